//! Words of estimative probability: the seven bands of ICD 203, in their two rows of terms.

mod prose;

use std::fmt;

pub use detente_syntax::ast::decimal;

pub(crate) use self::prose::is_vague;
pub use self::prose::{Finding, Mention, Worded, lint, mentions, vague};

/// Millionths in one.
const ONE: u32 = 1_000_000;

/// A probability as an analyst gives it: a number, or the band of a word, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// The band of the word, if there is one.
    pub band: Option<&'static Band>,
    /// The number in millionths, if there is one.
    pub number: Option<u32>,
}

impl Chance {
    /// The number that is computed with, in millionths: the number as given; else the middle of the band, which
    /// is an assumption ([`Chance::is_assumed`]) that results have to mention.
    pub fn used(self) -> u32 {
        match (self.number, self.band) {
            (Some(number), _) => number,
            (None, Some(band)) => band.middle(),
            (None, None) => ONE / 2,
        }
    }

    /// Whether the number that is computed with is only the middle of a band.
    pub fn is_assumed(self) -> bool {
        self.number.is_none()
    }

    /// The least and the most that it says, in millionths: the bounds of the band where only a word is given,
    /// else the number twice.
    pub fn bounds(self) -> (u32, u32) {
        match (self.number, self.band) {
            (Some(number), _) => (number, number),
            (None, Some(band)) => (band.least * 10_000, band.most * 10_000),
            (None, None) => (0, ONE),
        }
    }

    /// Whether the two may say the same: whether their [`Chance::bounds`] share more than an end.
    pub fn agrees(self, other: Self) -> bool {
        meet(self.bounds(), other.bounds())
    }

    /// Whether it says that something is certain: the number 1.
    pub fn is_certain(self) -> bool {
        self.number == Some(ONE)
    }
}

/// Whether two spans, each with its least and its most, share more than an end; a span of one number needs no more.
pub fn meet((a, b): (u32, u32), (c, d): (u32, u32)) -> bool {
    let (low, high) = (a.max(c), b.min(d));
    low < high || (low == high && (a == b || c == d))
}

impl fmt::Display for Chance {
    /// The word with its band, the number with its word: `likely (55-80 %)`, `0.7, likely (55-80 %)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let band = match (self.number, self.band) {
            (Some(0), _) => return f.write_str("0 (excluded)"),
            (Some(ONE), _) => return f.write_str("1 (certain)"),
            (Some(number), band) => {
                write!(f, "{}, ", decimal(number))?;
                band.unwrap_or_else(|| Band::of(number))
            }
            (None, Some(band)) => band,
            (None, None) => return f.write_str("not said"),
        };
        write!(f, "{band}")
    }
}

/// One band of likelihood.
#[derive(Debug, PartialEq, Eq)]
pub struct Band {
    /// The term of the first row, such as `likely`.
    pub likelihood: &'static str,
    /// The term of the second row, such as `probable`.
    pub probability: &'static str,
    /// The least probability, in hundredths.
    pub least: u32,
    /// The most, in hundredths.
    pub most: u32,
}

impl Band {
    /// The band of a number in millionths. Bands share their ends; a number there belongs to the one nearer to
    /// an even chance, which claims less: 0.2 is unlikely, 0.55 is roughly even, 0.8 is likely. So a number and
    /// its complement lie in opposite bands. What is below the first band or above the last is in it.
    pub fn of(millionths: u32) -> &'static Self {
        let [lowest, .., highest] = &BANDS;
        if millionths <= ONE / 2 {
            let mut rising = BANDS.iter();
            let found = rising.find(|b| millionths < b.most * 10_000);
            found.unwrap_or(highest)
        } else {
            let mut falling = BANDS.iter().rev();
            let found = falling.find(|b| millionths > b.least * 10_000);
            found.unwrap_or(lowest)
        }
    }

    /// Whether a number in millionths lies in it, its ends included. The first band begins at 0 and the last one
    /// ends at 1 here: a number is never too extreme for the most extreme word.
    pub fn admits(&self, millionths: u32) -> bool {
        let [lowest, .., highest] = &BANDS;
        let above = self == lowest || millionths >= self.least * 10_000;
        above && (self == highest || millionths <= self.most * 10_000)
    }

    /// The middle, in millionths.
    pub fn middle(&self) -> u32 {
        (self.least + self.most) * 5_000
    }

    /// The term of a row.
    pub fn term(&self, row: Row) -> &'static str {
        match row {
            Row::Likelihood => self.likelihood,
            Row::Probability => self.probability,
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}-{} %)", self.likelihood, self.least, self.most)
    }
}

/// One of the two rows of terms, which are not to be mixed in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// `likely` and the like.
    Likelihood,
    /// `probable` and the like.
    Probability,
}

/// The band of a term and its row; `None` when it is no term of either row.
pub fn term(words: &str) -> Option<(&'static Band, Row)> {
    BANDS.iter().find_map(|band| {
        if band.likelihood == words {
            Some((band, Row::Likelihood))
        } else if band.probability == words {
            Some((band, Row::Probability))
        } else {
            None
        }
    })
}

/// The seven bands, from the least likely to the most. Source: Intelligence Community Directive 203,
/// Analytic Standards (2015).
pub static BANDS: [Band; 7] = [
    band("almost no chance", "remote", 1, 5),
    band("very unlikely", "highly improbable", 5, 20),
    band("unlikely", "improbable", 20, 45),
    band("roughly even chance", "roughly even odds", 45, 55),
    band("likely", "probable", 55, 80),
    band("very likely", "highly probable", 80, 95),
    band("almost certain", "nearly certain", 95, 99),
];

const fn band(likelihood: &'static str, probability: &'static str, least: u32, most: u32) -> Band {
    Band {
        likelihood,
        probability,
        least,
        most,
    }
}
