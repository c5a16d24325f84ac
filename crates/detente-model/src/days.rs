//! Days in words: `last Friday`, `near the end of February`, counted from the day of `as of`.
//!
//! Words of a source name a day or a span of days only by convention. Each convention stands once, in [`FORMS`],
//! which is the documentation and the reader at the same time. Weeks run from Monday to Sunday. A month, a day of
//! a month or a season without a year is the present one if `as of` lies in it, else the next one to come; with
//! `last` it is the one before the present one.

use detente_syntax::Diagnostic;
use detente_syntax::ast;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::codes;
use crate::record::When;

mod forms;

pub use self::forms::{FORMS, Form};

/// A day, or the days one of which is meant: from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first that may be meant.
    pub first: Date,
    /// The last that may be meant.
    pub last: Date,
}

impl Days {
    /// One day.
    pub const fn one(day: Date) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    /// The day, if only one may be meant.
    pub fn single(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }
}

/// The days that words mean, counted from a day; `None` when no form fits, or the days lie beyond the calendar.
/// Capitals and commas do not matter, nor do `on`, `in`, `during` and `sometime` before.
pub fn meant(words: &str, as_of: Date) -> Option<Days> {
    let lower = words.to_lowercase().replace(',', " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let read = |words: &[&str]| {
        let days = FORMS.iter().find_map(|form| (form.read)(words, as_of));
        // Days before the year 0 cannot be written.
        days.filter(|days| days.first.year() >= 0)
    };
    if let Some(days) = read(&words) {
        return Some(days);
    }
    match words.as_slice() {
        ["sometime", "in" | "during", rest @ ..]
        | ["on" | "in" | "during" | "sometime", rest @ ..] => read(rest),
        _ => None,
    }
}

/// The days that a day of the text means.
///
/// # Errors
///
/// When it is no day of the calendar, when the words are not known, or when there is no day from which they
/// could be counted.
pub fn read(day: &ast::Day, as_of: Option<Date>) -> Result<Days, Diagnostic> {
    let span = day.place.0;
    if !day.is_words() {
        return day.text.parse().map(Days::one).map_err(|_| {
            Diagnostic::error(
                codes::BAD_DATE,
                format!("`{}` is no day of the calendar", day.text),
            )
            .at(span, "")
            .hint("write year, month and day: `2019-01-20`")
        });
    }
    let Some(as_of) = as_of else {
        return Err(Diagnostic::error(
            codes::DAY_IN_WORDS,
            format!(
                "`{}` counts from a day that the text does not say",
                day.text
            ),
        )
        .at(span, "")
        .hint("say when this was known: `as of 2019-01-20`, or write the day as a date"));
    };
    meant(&day.text, as_of).ok_or_else(|| {
        Diagnostic::error(
            codes::DAY_IN_WORDS,
            format!("it is not known which day `{}` is", day.text),
        )
        .at(span, "")
        .hint(
            "write a date, or words such as `last Friday`, `two weeks ago`, `mid-March` or `near the end of \
             February`; `detente explain E0174` lists them all",
        )
    })
}

/// The one day that a day of the text means.
///
/// # Errors
///
/// As [`read`], and when the words mean several days.
pub fn single(day: &ast::Day, as_of: Option<Date>) -> Result<Date, Diagnostic> {
    let days = read(day, as_of)?;
    days.single().ok_or_else(|| {
        Diagnostic::error(
            codes::DAY_IN_WORDS,
            format!(
                "`{}` may be any day from {} to {}",
                day.text, days.first, days.last
            ),
        )
        .at(day.place.0, "one day is needed here")
        .hint("write the day as a date")
    })
}

/// When something is, in days. Words that may mean several days make `On` a `Between`; as a beginning they count
/// from their first day, as an end to their last.
///
/// # Errors
///
/// As [`read`], and when the end comes before the beginning.
pub fn when(when: &ast::When, as_of: Option<Date>) -> Result<When, Diagnostic> {
    let bounds = |from: &ast::Day, to: &ast::Day| {
        let (first, last) = (read(from, as_of)?.first, read(to, as_of)?.last);
        if last < first {
            return Err(Diagnostic::error(
                codes::BACKWARDS,
                format!("{last} comes before {first}"),
            )
            .at(from.place.0.cover(to.place.0), "")
            .hint("write the earlier day first"));
        }
        Ok((first, last))
    };
    Ok(match when {
        ast::When::On(day) => {
            let days = read(day, as_of)?;
            match days.single() {
                Some(day) => When::On(day),
                None => When::Between(days.first, days.last),
            }
        }
        ast::When::During(from, to) => {
            let (first, last) = bounds(from, to)?;
            When::During(first, last)
        }
        ast::When::Between(from, to) => {
            let (first, last) = bounds(from, to)?;
            When::Between(first, last)
        }
        ast::When::By(day) => When::By(read(day, as_of)?.last),
        ast::When::From(day) => When::From(read(day, as_of)?.first),
        ast::When::Until(day) => When::Until(read(day, as_of)?.last),
    })
}

/// The days of the text in it, in their order.
pub fn days_of(when: &ast::When) -> Vec<&ast::Day> {
    match when {
        ast::When::On(day) | ast::When::By(day) | ast::When::From(day) | ast::When::Until(day) => {
            vec![day]
        }
        ast::When::During(from, to) | ast::When::Between(from, to) => vec![from, to],
    }
}

fn shifted(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

/// The Monday of a day's week.
fn monday(day: Date) -> Option<Date> {
    shifted(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
