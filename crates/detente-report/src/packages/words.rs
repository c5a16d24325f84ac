//! Packages, their worth and who judges them in words.

use detente_analysis::bargain::DealSpace;
use detente_analysis::model::Model;
use detente_analysis::model::bargain::{Bargain, Who};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// A party `US`, or a ratifier `US.hawks`, as it is called in the text.
pub fn who(model: &Model, who: Who) -> String {
    let party = &model.party(who.party).name;
    let side = model.bargain.sides.get(who.party.index());
    let home = side.zip(who.ratifier);
    match home.and_then(|(side, number)| side.ratifiers.get(usize::from(number))) {
        Some(ratifier) => format!("{party}.{}", ratifier.name),
        None => party.clone(),
    }
}

/// An exact number: a decimal when it ends after at most six digits, else a fraction such as `2/3`.
pub fn number(value: &BigRational) -> String {
    let millions = BigInt::from(1_000_000);
    let scaled = value * BigRational::from_integer(millions.clone());
    if !scaled.is_integer() {
        return format!("{}/{}", value.numer(), value.denom());
    }
    let (whole, rest) = {
        let scaled = scaled.to_integer().abs();
        (&scaled / &millions, &scaled % &millions)
    };
    let sign = if value.is_negative() { "-" } else { "" };
    if rest.is_zero() {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:0>6}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// What a voice of the space finds a number of its units worth, exactly.
pub fn worth(space: &DealSpace, voice: usize, units: i128) -> String {
    space
        .voices
        .get(voice)
        .map_or_else(String::new, |v| number(&v.utility(units)))
}

/// A package by what differs from the first level of each issue: `drills ended, relief waivers`; `nothing changes`
/// when nothing does.
pub fn deal(bargain: &Bargain, deal: &[u16]) -> String {
    let changed = bargain.issues.iter().zip(deal).filter(|(_, l)| **l > 0);
    let parts: Vec<String> = changed
        .map(|(issue, level)| {
            let level = issue.levels.get(usize::from(*level));
            format!("{} {}", issue.name, level.map_or("?", |l| l.name.as_str()))
        })
        .collect();
    if parts.is_empty() {
        "nothing changes".to_owned()
    } else {
        parts.join(", ")
    }
}

/// A count with its digits in groups of three, or as a power of ten when it is long: `2,304`, `about 1.2 x 10^30`.
pub fn count(number: &BigUint) -> String {
    let digits = number.to_string();
    if digits.len() > 15 {
        let (first, second) = (&digits[..1], &digits[1..3]);
        return format!("about {first}.{second} x 10^{}", digits.len() - 1);
    }
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 package`, `2,304 packages`.
pub fn packages(number: &BigUint) -> String {
    let plural = if number.is_one() { "" } else { "s" };
    format!("{} package{plural}", count(number))
}
