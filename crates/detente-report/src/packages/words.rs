//! Packages, their worth and who judges them in words.

use detente_analysis::bargain::{Answer, DealSpace};
use detente_analysis::model::Model;
use detente_analysis::model::bargain::{Bargain, Fact, Verdict, Who, decimal};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;

use super::exact::Exact;
use super::overview::DealFinding;

/// The full name of a party or a ratifier.
pub fn title(model: &Model, who: Who) -> Option<&str> {
    let side = model.bargain.sides.get(who.party.index());
    match who.ratifier {
        None => model.party(who.party).title.as_deref(),
        Some(number) => {
            let ratifier = side?.ratifiers.get(usize::from(number))?;
            ratifier.title.as_deref()
        }
    }
}

/// The short name of a package, given as a place in [`Bargain::packages`].
pub fn package(bargain: &Bargain, place: usize) -> &str {
    let package = bargain.packages.get(place);
    package.map_or("?", |p| p.name.as_str())
}

/// `yes`, `no` or `depends`.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Depends => "depends",
    }
}

/// What is known of somebody: `US rejects ri_offer`.
pub fn fact(model: &Model, fact: &Fact) -> String {
    let who = fact.who.name(model);
    let package = |place: usize| package(&model.bargain, place);
    match fact.verdict {
        Verdict::Accepts(p) => format!("{who} accepts {}", package(p)),
        Verdict::Rejects(p) => format!("{who} rejects {}", package(p)),
        Verdict::Prefers(better, worse) => {
            format!("{who} prefers {} to {}", package(better), package(worse))
        }
    }
}

/// An exact number: a decimal when it ends after at most six digits, else a fraction such as `2/3`.
pub fn number(value: &BigRational) -> String {
    decimal(value, 6).unwrap_or_else(|| value.to_string())
}

/// As [`number`], with the nearest decimal beside a fraction, and alone where the fraction is long: `2/3 (about
/// 0.6667)`, `about 0.3333`.
pub fn readable(value: &BigRational) -> String {
    let text = number(value);
    if !text.contains('/') {
        return text;
    }
    let nearest = (value * BigRational::from_integer(10_000.into())).round() / BigInt::from(10_000);
    let about = format!("about {}", number(&nearest));
    if text.len() > LONG_FRACTION {
        about
    } else {
        format!("{text} ({about})")
    }
}

/// Fractions of more characters are shown as decimals only.
const LONG_FRACTION: usize = 11;

/// What a voice of the space finds a number of its units worth, exactly.
pub fn worth(space: &DealSpace, voice: usize, units: i128) -> String {
    space
        .voices
        .get(voice)
        .map_or_else(String::new, |v| number(&v.utility(units)))
}

/// The package that leaves every issue at its first level.
const UNCHANGED: &str = "nothing changes";

/// A package by what differs from the first level of each issue: `drills ended, relief waivers`.
pub fn deal(bargain: &Bargain, deal: &[u16]) -> String {
    changes(&deal_finding(bargain, deal))
}

/// A count with its digits in groups of three, or as a power of ten when it is long: `2,304`, `about 1.2 x 10^30`.
pub fn count(number: &BigUint) -> String {
    grouped(&number.to_string())
}

/// As [`count`], of a number that is written out.
pub fn grouped(digits: &str) -> String {
    if digits.len() > 15 {
        let (first, second) = (&digits[..1], &digits[1..3]);
        return format!("about {first}.{second} x 10^{}", digits.len() - 1);
    }
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 package`, `2,304 packages`, of a number that is written out.
pub fn packages(digits: &str) -> String {
    let plural = if digits == "1" { "" } else { "s" };
    format!("{} package{plural}", grouped(digits))
}

/// A package in its serialisable form: what it changes, issue by issue.
pub fn deal_finding(bargain: &Bargain, deal: &[u16]) -> DealFinding {
    let changed = bargain.issues.iter().zip(deal).filter(|(_, l)| **l > 0);
    let named = changed.filter_map(|(issue, level)| {
        let level = issue.levels.get(usize::from(*level))?;
        Some((issue.name.clone(), level.name.clone()))
    });
    named.collect()
}

/// A package of a finding in one line: `drills ended, relief waivers`.
pub fn changes(deal: &DealFinding) -> String {
    if deal.is_empty() {
        return UNCHANGED.to_owned();
    }
    let parts: Vec<String> = deal.iter().map(|(i, l)| format!("{i} {l}")).collect();
    parts.join(", ")
}

/// `US 8, DPRK 7`: what something is worth to each.
pub fn worths<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a Exact)>) -> String {
    let pairs = pairs.into_iter();
    let parts: Vec<String> = pairs
        .map(|(name, worth)| format!("{name} {worth}"))
        .collect();
    parts.join(", ")
}
