//! Durations, counts and days in words, read as bounds.
//!
//! What a hedge makes of a number is a convention of this program, said here and in `docs/evidence.md`: `nearly`,
//! `almost`, `just under` and `close to` mean no more than the number and more than it less its slack; `about`,
//! `around`, `some`, `roughly` and `approximately` the number give or take its slack, both excluded. The slack of
//! a number is half a unit up to 10 and a tenth of the number above: "nearly two hours" is more than 90 minutes
//! and up to 120.

use detente_model::days::{self, Days};
use jiff::civil::Date;

use super::text::alike;

/// The day from which days are counted.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Time, in minutes.
    Minutes,
    /// A plain number.
    Count,
    /// A day, as days since 1970-01-01.
    Day,
}

/// Bounds of a quantity. `None` is no bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// What is measured.
    pub unit: Unit,
    /// The least, and whether it is itself excluded.
    pub least: Option<(f64, bool)>,
    /// The most, and whether it is itself excluded.
    pub most: Option<(f64, bool)>,
}

impl Bounds {
    /// Whether the two can be the same quantity; `None` when they measure different things.
    pub fn meet(&self, other: &Self) -> Option<bool> {
        let beyond = |least: Option<(f64, bool)>, most: Option<(f64, bool)>| match (least, most) {
            (Some((least, a)), Some((most, b))) => least > most || (least >= most && (a || b)),
            _ => false,
        };
        let apart = beyond(self.least, other.most) || beyond(other.least, self.most);
        (self.unit == other.unit).then_some(!apart)
    }

    /// In words: `90 minutes`, `more than 90 and up to 120 minutes`.
    pub fn words(&self) -> String {
        let unit = match self.unit {
            Unit::Minutes => " minutes",
            Unit::Count | Unit::Day => "",
        };
        let text = |value: f64| match self.unit {
            Unit::Day => day_text(value),
            _ => format!("{}", (value * 100.0).round() / 100.0),
        };
        let least = |(value, out): (f64, bool)| {
            format!(
                "{} {}",
                if out { "more than" } else { "at least" },
                text(value)
            )
        };
        let most = |(value, out): (f64, bool)| {
            format!(
                "{} {}",
                if out { "less than" } else { "up to" },
                text(value)
            )
        };
        match (self.least, self.most) {
            (Some((a, false)), Some((b, false))) if a >= b => format!("{}{unit}", text(a)),
            (Some(a), Some(b)) => format!("{} and {}{unit}", least(a), most(b)),
            (Some(a), None) => format!("{}{unit}", least(a)),
            (None, Some(b)) => format!("{}{unit}", most(b)),
            (None, None) => "any".to_owned(),
        }
    }
}

fn day_text(days: f64) -> String {
    let span = jiff::Span::new().try_days(days as i64);
    let day = span.and_then(|s| EPOCH.checked_add(s));
    day.map_or_else(|_| format!("day {days}"), |d| d.to_string())
}

/// The days that words mean ([`days::meant`]), for an event that begins on `event`, in a negotiation as of `as_of`.
/// A day or a month without a year is in the year of the event; other words count from `as_of`.
pub fn read_day(words: &str, event: Option<Date>, as_of: Option<Date>) -> Option<Bounds> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = words.to_lowercase();
    let named = lower
        .split_whitespace()
        .any(|w| MONTHS.iter().any(|m| w.starts_with(m)));
    let year = event.map(|day| Date::constant(day.year(), 1, 1));
    let from = if named { year.or(as_of) } else { as_of };
    let meant = match words.trim().parse::<Date>() {
        Ok(day) => Days::one(day),
        Err(_) => days::meant(words, from?)?,
    };
    let value = |day: Date| f64::from((day - EPOCH).get_days());
    Some(Bounds {
        unit: Unit::Day,
        least: Some((value(meant.first), false)),
        most: Some((value(meant.last), false)),
    })
}

/// Reads a duration or a count; `None` when it is not one that this can read.
pub fn read(text: &str) -> Option<Bounds> {
    let text = alike(text).to_lowercase();
    let text = fractions(&text);
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|w| w.trim_matches(|c: char| matches!(c, '.' | ';' | '(' | ')' | '"')))
        .filter(|w| !w.is_empty())
        .collect();
    let (hedge, rest) = hedge(&words);
    let rest = rest.strip_prefix(&["between"]).unwrap_or(rest);
    let split = |word: &str| rest.iter().position(|w| *w == word);
    // `two to three days`, `between 2 and 3 days`; an `and` before `a half` or before a smaller unit adds.
    let range = split("to").or(split("-")).or_else(|| {
        let between = rest.len() < words.len() && words.contains(&"between");
        split("and").filter(|_| between)
    });
    if let Some(at) = range {
        let (least, most) = (&rest[..at], &rest[at + 1..]);
        let (high, unit) = amount(most)?;
        let (low, low_unit) = amount(least)?;
        let scale = if low_unit.is_some() { 1.0 } else { per(most) };
        let same = low_unit.is_none() || low_unit == unit;
        return (same && low * scale <= high).then_some(Bounds {
            unit: unit.unwrap_or(Unit::Count),
            least: Some((low * scale, false)),
            most: Some((high, false)),
        });
    }
    let (value, unit) = amount(rest)?;
    let one = per(rest);
    let number = value / one;
    let slack = if number > 10.0 {
        value / 10.0
    } else {
        one / 2.0
    };
    let (least, most) = match hedge {
        Hedge::None => (Some((value, false)), Some((value, false))),
        Hedge::Nearly => (Some((value - slack, true)), Some((value, false))),
        Hedge::About => (Some((value - slack, true)), Some((value + slack, true))),
        Hedge::MoreThan => (Some((value, true)), None),
        Hedge::AtLeast => (Some((value, false)), None),
        Hedge::LessThan => (None, Some((value, true))),
        Hedge::AtMost => (None, Some((value, false))),
    };
    Some(Bounds {
        unit: unit.unwrap_or(Unit::Count),
        least,
        most,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hedge {
    None,
    Nearly,
    About,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

/// The hedge at the start, and the rest.
fn hedge<'w, 't>(words: &'w [&'t str]) -> (Hedge, &'w [&'t str]) {
    const HEDGES: &[(&[&str], Hedge)] = &[
        (&["just", "under"], Hedge::Nearly),
        (&["close", "to"], Hedge::Nearly),
        (&["nearly"], Hedge::Nearly),
        (&["almost"], Hedge::Nearly),
        (&["more", "than"], Hedge::MoreThan),
        (&["longer", "than"], Hedge::MoreThan),
        (&["just", "over"], Hedge::MoreThan),
        (&["over"], Hedge::MoreThan),
        (&["at", "least"], Hedge::AtLeast),
        (&["less", "than"], Hedge::LessThan),
        (&["fewer", "than"], Hedge::LessThan),
        (&["under"], Hedge::LessThan),
        (&["at", "most"], Hedge::AtMost),
        (&["up", "to"], Hedge::AtMost),
        (&["about"], Hedge::About),
        (&["around"], Hedge::About),
        (&["roughly"], Hedge::About),
        (&["approximately"], Hedge::About),
        (&["some"], Hedge::About),
    ];
    let found = HEDGES.iter().find(|(start, _)| words.starts_with(start));
    found.map_or((Hedge::None, words), |(start, hedge)| {
        (*hedge, &words[start.len()..])
    })
}

/// `½` and its like as decimals, and a number set apart from its unit: `1½h` is `1.5 h`.
fn fractions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_digit = out.ends_with(|p: char| p.is_ascii_digit());
        let part = match c {
            '½' => ".5",
            '¼' => ".25",
            '¾' => ".75",
            // Between two numbers it is a range; in `half-hour` it joins words.
            '-' if after_digit && chars.peek().is_some_and(char::is_ascii_digit) => " - ",
            '-' => " ",
            c => {
                if after_digit && c.is_alphabetic() {
                    out.push(' ');
                }
                out.push(c);
                continue;
            }
        };
        if part.starts_with('.') && !after_digit {
            out.push('0');
        }
        out.push_str(part);
    }
    out
}

/// Minutes in one unit of time; `None` for another word.
fn minutes(word: &str) -> Option<f64> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" => 1.0,
        "hour" | "hours" | "h" | "hr" | "hrs" => 60.0,
        "day" | "days" => 24.0 * 60.0,
        "week" | "weeks" => 7.0 * 24.0 * 60.0,
        _ => return None,
    })
}

/// The size of the largest unit named, 1 for plain numbers.
fn per(words: &[&str]) -> f64 {
    let units = words.iter().filter_map(|w| minutes(w));
    units.reduce(f64::max).unwrap_or(1.0)
}

/// A sum of numbers with units: `an hour and a half`, `2 hours 30 minutes`, `half an hour`, `20 people`.
fn amount(words: &[&str]) -> Option<(f64, Option<Unit>)> {
    let mut total = 0.0;
    let mut number: Option<f64> = None;
    let mut unit: Option<f64> = None;
    let mut nouns = 0;
    for word in words {
        let word = *word;
        if matches!(word, "and" | "-" | "of") {
            continue;
        }
        if let Some(minutes) = minutes(word) {
            if nouns > 0 {
                return None;
            }
            total += number.take().unwrap_or(1.0) * minutes;
            unit = Some(minutes);
        } else if word == "half" {
            number = match (number, unit) {
                // `a half` after `an hour`, and `two and a half hours`.
                (Some(1.0) | None, Some(minutes)) => {
                    total += minutes / 2.0;
                    None
                }
                (Some(n), None) => Some(n + 0.5),
                (None, None) => Some(0.5),
                (Some(_), Some(_)) => return None,
            };
        } else if let Some(n) = numeral(word) {
            number = match number {
                None => Some(n),
                // `half an hour`, `two and a half`.
                Some(before) if matches!(word, "a" | "an") => Some(before),
                // `one hundred`, `two hundred and fifty`.
                Some(before) if n >= 100.0 || word == "dozen" => Some(before * n),
                Some(before) if before >= 20.0 && n < before => Some(before + n),
                Some(_) => return None,
            };
        } else if number.is_some() && unit.is_none() {
            // What is counted.
            nouns += 1;
            if nouns > 2 {
                return None;
            }
        } else {
            return None;
        }
    }
    match (unit, number) {
        (Some(_), None) => Some((total, Some(Unit::Minutes))),
        (None, Some(n)) => Some((n, None)),
        _ => None,
    }
}

fn numeral(word: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as f64);
    }
    let named = match word {
        "a" | "an" => 1.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1000.0,
        _ => {
            let plain = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            return (plain && word.len() <= 12)
                .then(|| word.parse().ok())
                .flatten();
        }
    };
    Some(named)
}
