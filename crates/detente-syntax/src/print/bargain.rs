//! What can be agreed, and what it is worth, as text.

use super::{Printer, because, cited, list, titled};
use crate::ast::{
    Document, Fact, Issue, IssueWeight, IssueWorth, Level, Levels, Package, PackageRule,
    PackageRuleKind, Party, Pick, PickedLevel, Ratification, Trend, Utility, Values, Verdict,
};

fn levels(levels: &Levels) -> String {
    match levels {
        Levels::Named(named) => {
            let level = |l: &Level| format!("{}{}", l.name, titled(l.title.as_ref()));
            named.iter().map(level).collect::<Vec<_>>().join(", ")
        }
        Levels::Numbers { from, to, by } => {
            let by = by.as_ref().map(|by| format!(" by {by}"));
            format!("{from} .. {to}{}", by.unwrap_or_default())
        }
    }
}

fn issue(issue: &Issue) -> String {
    format!(
        "{}{}: {}{}",
        issue.name,
        titled(issue.title.as_ref()),
        levels(&issue.levels),
        cited(&issue.cites)
    )
}

fn rule(rule: &PackageRule) -> String {
    let word = match rule.kind {
        PackageRuleKind::Never => "never",
        PackageRuleKind::Always => "always",
    };
    let reason = because(rule.because.as_ref());
    format!("{word} {}{reason}{}", rule.formula, cited(&rule.cites))
}

fn values(values: &Values) -> String {
    match values {
        Values::InOrder(values) => list(values, ", "),
        Values::ByLevel(values) => {
            let value = values.iter().map(|v| format!("{} {}", v.level, v.value));
            value.collect::<Vec<_>>().join(", ")
        }
        Values::AtNumbers(values) => {
            let value = values.iter().map(|v| format!("{} at {}", v.value, v.at));
            value.collect::<Vec<_>>().join(", ")
        }
    }
}

fn worth(worth: &IssueWorth) -> String {
    let weight = match &worth.weight {
        None => String::new(),
        Some(IssueWeight::Unknown) => " weight ?".to_owned(),
        Some(IssueWeight::Known(weight)) => format!(" weight {weight}"),
    };
    let trend = match worth.trend {
        None => "",
        Some(Trend::Rising) => " rising",
        Some(Trend::Falling) => " falling",
    };
    let (values, cites) = (values(&worth.values), cited(&worth.cites));
    format!("{}{weight}{trend}: {values}{cites}", worth.issue)
}

/// The lines of a utility.
fn lines(utility: &Utility) -> Vec<String> {
    let mut out: Vec<String> = utility.issues.iter().map(worth).collect();
    for term in &utility.terms {
        out.push(format!(
            "{}: {}{}",
            term.worth,
            term.formula,
            cited(&term.cites)
        ));
    }
    for order in &utility.importance {
        let issues = list(&order.issues, " > ");
        out.push(format!("importance {issues}{}", cited(&order.cites)));
    }
    if let Some(reservation) = &utility.reservation {
        let cites = cited(&reservation.cites);
        out.push(format!("reservation {}{cites}", reservation.value));
    }
    for discount in &utility.discounts {
        out.push(format!(
            "discount {} from {}{}{}",
            discount.factor,
            discount.from,
            titled(discount.event.as_ref()),
            cited(&discount.cites)
        ));
    }
    out
}

fn pick(pick: &Pick) -> String {
    let level = |level: &PickedLevel| match level {
        PickedLevel::Named(name) => name.to_string(),
        PickedLevel::Number(number) => number.to_string(),
        PickedLevel::Between(from, to) => format!("{from} .. {to}"),
    };
    let levels: Vec<String> = pick.levels.iter().map(level).collect();
    let levels = match levels.as_slice() {
        [] => "any".to_owned(),
        _ => levels.join(" or "),
    };
    format!("{} {levels}", pick.issue)
}

fn package(package: &Package) -> String {
    let picks: Vec<String> = package.picks.iter().map(pick).collect();
    let block = match picks.as_slice() {
        [] => "{ }".to_owned(),
        _ => format!("{{ {} }}", picks.join("  ")),
    };
    let title = titled(package.title.as_ref());
    format!(
        "package {}{title} {block}{}",
        package.name,
        cited(&package.cites)
    )
}

fn fact(fact: &Fact) -> String {
    let verdict = match &fact.verdict {
        Verdict::Accepts(package) => format!("accepts {package}"),
        Verdict::Rejects(package) => format!("rejects {package}"),
        Verdict::Prefers { better, worse } => format!("prefers {better} to {worse}"),
    };
    format!("fact {} {verdict}{}", fact.who, cited(&fact.cites))
}

impl Printer {
    /// What is negotiated.
    pub(super) fn issues(&mut self, document: &Document) {
        if document.issues.is_empty() && document.package_rules.is_empty() {
            return;
        }
        self.gap();
        let mut lines: Vec<String> = document.issues.iter().map(issue).collect();
        lines.extend(document.package_rules.iter().map(rule));
        self.lines_in_braces(0, "issues", &lines);
    }

    /// What is known of packages, and what an agreement makes of options.
    pub(super) fn packages(&mut self, document: &Document) {
        self.group(&document.packages, |p, of| p.line(0, &package(of)));
        self.group(&document.facts, |p, of| p.line(0, &fact(of)));
        if document.agreed.is_empty() {
            return;
        }
        self.gap();
        let lines = document.agreed.iter().map(|line| {
            let when = line.when.as_ref().map(|f| format!(" when {f}"));
            let when = when.unwrap_or_default();
            format!("{}{when}{}", line.setting, cited(&line.cites))
        });
        self.lines_in_braces(0, "agreed", &lines.collect::<Vec<_>>());
    }

    /// What packages are worth to a party, and who must ratify.
    pub(super) fn worth(&mut self, party: &Party, gap: impl Fn(&mut Self)) {
        if let Some(utility) = &party.utility {
            gap(self);
            self.lines_in_braces(2, "utility", &lines(utility));
        }
        for ratifier in &party.ratifiers {
            gap(self);
            let votes = ratifier.votes.map(|v| format!(" votes {v}"));
            let head = format!(
                "ratifier {}{}{}{}",
                ratifier.name,
                titled(ratifier.title.as_ref()),
                votes.unwrap_or_default(),
                cited(&ratifier.cites)
            );
            self.lines_in_braces(2, &head, &lines(&ratifier.utility));
        }
        let ratified = match party.ratified {
            Ratification::All => return,
            Ratification::Any => "any".to_owned(),
            Ratification::Majority => "majority".to_owned(),
            Ratification::Votes(votes) => format!("{votes} votes"),
        };
        gap(self);
        self.line(2, &format!("ratified by {ratified}"));
    }
}
