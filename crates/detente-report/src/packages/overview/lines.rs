//! Lines of the overview that stand for themselves.

use super::{IssueFinding, SolutionFinding, ZoneFinding};
use crate::packages::words;

/// Levels of an issue that are listed at most, before the rest is counted.
pub(super) const MOST_LEVELS: usize = 8;

/// `1 package is`, `2 packages are`.
pub(super) fn are(says: &str, digits: &str) -> String {
    format!("{says} {}", if digits == "1" { "is" } else { "are" })
}

/// `relief (Sanctions relief): none, waivers (Inter-Korean waivers), all`.
pub(super) fn issue_line(issue: &IssueFinding) -> String {
    let name = match &issue.title {
        Some(title) => format!("{} ({title})", issue.name),
        None => issue.name.clone(),
    };
    let levels = &issue.levels;
    if let ([first, .., last], true) = (levels.as_slice(), levels.len() > MOST_LEVELS) {
        return format!(
            "{name}: {} to {}, {} levels",
            first.name,
            last.name,
            levels.len()
        );
    }
    let levels: Vec<String> = levels
        .iter()
        .map(|l| match &l.title {
            Some(title) => format!("{} ({title})", l.name),
            None => l.name.clone(),
        })
        .collect();
    format!("{name}: {}", levels.join(", "))
}

/// `Nash product 56: the largest product of gains over no agreement [Nash (1950)]`.
pub(super) fn rule_line(rule: &SolutionFinding) -> String {
    let value = rule.value.as_ref();
    let value = value.map_or_else(String::new, |v| format!(", {}", words::readable(&v.0)));
    // Author and year; the title stands in the other forms.
    let source = rule.source.split_inclusive(')').next();
    format!(
        "{}{value}: {} [{}]",
        rule.title,
        rule.definition.trim_end_matches('.'),
        source.unwrap_or(&rule.source)
    )
}

/// How many packages all could accept.
pub(super) fn zone_line(zone: &ZoneFinding) -> String {
    let (weak, strict) = (&zone.weak, &zone.strict);
    match (&weak.count, &strict.count) {
        (Some(weak), _) if weak == "0" => {
            "No package is worth to all what having no agreement is: there is no zone of \
             agreement."
                .to_owned()
        }
        (Some(weak), Some(strict)) => format!(
            "{} worth to all at least what having no agreement is; {} worth more to all.",
            are(&words::packages(weak), weak),
            are(&words::grouped(strict), strict),
        ),
        _ => {
            let why = weak.not_counted.as_ref().or(strict.not_counted.as_ref());
            let why = why.map_or("unknown", String::as_str);
            match zone.exists {
                Some(true) => format!(
                    "There are packages that all could accept. How many was not counted: {why}; \
                     --max-work allows more."
                ),
                Some(false) => "No package is worth to all what having no agreement is: there \
                                is no zone of agreement."
                    .to_owned(),
                None => format!(
                    "Whether there is a package that all could accept is not \
                                 known: {why}."
                ),
            }
        }
    }
}
