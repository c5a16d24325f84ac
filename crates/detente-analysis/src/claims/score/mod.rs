//! Scoring: how good forecasts were, one rule a file with its page beside it.
//!
//! Probabilities are whole millionths; scores are numbers in floating point (64 bits), computed from them in a fixed
//! order, and good to 1e-12 for one claim and to 1e-9 for sums over a million of them.

pub mod brier;
pub mod calibration;
pub mod few;
pub mod logarithmic;
pub mod murphy;
pub mod ranked;
pub mod skill;
mod summary;
pub mod time_weighted;

pub use self::summary::{
    AgainstReference, Binary, Graded, Group, Score, Scored, Scores, Unscored, score,
};

/// One: a million millionths.
pub const ONE: u32 = 1_000_000;

/// A probability in millionths as a number.
pub fn number(millionths: u32) -> f64 {
    f64::from(millionths) / f64::from(ONE)
}

/// The mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// A forecast of whether something comes true, and whether it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The probability that it comes true, in millionths.
    pub probability: u32,
    /// Whether it came true.
    pub came: bool,
}

/// A rule of scoring, and the page that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoringRule {
    /// The stable name.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// The page, in Markdown.
    pub page: &'static str,
}

/// All rules of scoring.
pub fn scoring_rules() -> &'static [ScoringRule] {
    &[
        ScoringRule {
            id: "brier",
            name: "Brier score",
            summary: "the squared distance between what was said and what came",
            page: include_str!("brier.md"),
        },
        ScoringRule {
            id: "logarithmic-score",
            name: "Logarithmic score",
            summary: "the logarithm of the probability given to what came",
            page: include_str!("logarithmic.md"),
        },
        ScoringRule {
            id: "ranked-probability-score",
            name: "Ranked probability score",
            summary: "the squared distance for outcomes that have an order",
            page: include_str!("ranked.md"),
        },
        ScoringRule {
            id: "skill",
            name: "Skill",
            summary: "by how much forecasts beat a frequency known beforehand",
            page: include_str!("skill.md"),
        },
        ScoringRule {
            id: "calibration",
            name: "Calibration",
            summary: "how often came true what was called so likely",
            page: include_str!("calibration.md"),
        },
        ScoringRule {
            id: "murphy",
            name: "Murphy decomposition",
            summary: "the parts of a mean Brier score: reliability, resolution, uncertainty",
            page: include_str!("murphy.md"),
        },
        ScoringRule {
            id: "time-weighted",
            name: "Time-weighted score",
            summary: "the mean over days of a forecast that was changed",
            page: include_str!("time_weighted.md"),
        },
        ScoringRule {
            id: "few-claims",
            name: "Few claims",
            summary: "how little a mean of few scores shows",
            page: include_str!("few.md"),
        },
    ]
}
