//! Whether a row may speak of history rather than of its own day.
//!
//! Coders of news date an event by the day of the story unless the sentence gives another day that they
//! understand. A sentence that recalls an envoy's visit nineteen years ago then becomes a visit of today.

use std::fmt;

use jiff::civil::Date;

/// A day of publication so many days after the event is late: news are told within a month.
const LATE: i32 = 30;

/// Words with which stories recall what was long ago; part of a word counts (`anniversary`, `anniversaries`).
const RECALLING: [&str; 10] = [
    "anniversar",
    "commemorat",
    "memorial",
    "years ago",
    "decades ago",
    "decade ago",
    "remembered",
    "in history",
    "former president",
    "then-president",
];

/// Why a row may be a reference to history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The text names an earlier year.
    EarlierYear(i16),
    /// The text has words with which stories recall something.
    Recalls(&'static str),
    /// The story is so many days younger than the day that the event is given.
    ToldLater(i32),
    /// The event is given a day after its story: an announcement, or a mistake.
    ToldBefore(i32),
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EarlierYear(year) => write!(f, "the text names the year {year}"),
            Self::Recalls(words) => write!(f, "the text has `{words}`"),
            Self::ToldLater(days) => write!(f, "the story came {days} days after"),
            Self::ToldBefore(1) => write!(f, "the story came 1 day before"),
            Self::ToldBefore(days) => write!(f, "the story came {days} days before"),
        }
    }
}

/// The signs in a row, ascending. `told` is the sentence, or the address where the story has no other words.
pub(super) fn signs(date: Date, published: Option<Date>, told: Option<&str>) -> Vec<Sign> {
    let mut signs = Vec::new();
    if let Some(text) = told {
        signs.extend(earlier_years(text, date.year()).map(Sign::EarlierYear));
        let plain = text.to_lowercase().replace(['-', '_', '+'], " ");
        let recalling = RECALLING.into_iter();
        signs.extend(
            recalling
                .filter(|w| plain.contains(&w.replace('-', " ")))
                .map(Sign::Recalls),
        );
    }
    if let Some(published) = published {
        match (published - date).get_days() {
            days if days > LATE => signs.push(Sign::ToldLater(days)),
            days if days < 0 => signs.push(Sign::ToldBefore(-days)),
            _ => {}
        }
    }
    signs.sort();
    signs.dedup();
    signs
}

/// The years from 1800 on that a text names and that are earlier than this one: four digits that stand alone.
fn earlier_years(text: &str, year: i16) -> impl Iterator<Item = i16> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|word| {
            let digits = word.strip_suffix('s').unwrap_or(word);
            let four = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
            four.then(|| digits.parse::<i16>().ok()).flatten()
        })
        .filter(move |named| (1800..year).contains(named))
}
