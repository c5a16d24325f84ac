//! The serialisable form of scores.

use schemars::JsonSchema;
use serde::Serialize;

/// What `claims score` finds. All numbers are in floating point, good to 1e-9.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClaimScores {
    /// What this is: `detente-claim-scores/1`.
    pub format: String,
    /// What the negotiation is called, or the file of the log.
    pub of: Option<String>,
    /// The day on which claims were judged; `null` for a log.
    pub as_of: Option<String>,
    /// The bins of the calibration table: `bands` of ICD 203 or `tenths`.
    pub bins: String,
    /// Probabilities are clipped to this and one less it before logarithms are taken.
    pub clip: f64,
    /// Every question with its scores, in order.
    pub questions: Vec<QuestionScore>,
    /// All together.
    pub all: GroupScore,
    /// By speaker, in the order in which they first speak.
    pub speakers: Vec<NamedGroup>,
    /// By kind.
    pub kinds: Vec<NamedGroup>,
}

/// The scores of one question by one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuestionScore {
    /// Its name.
    pub name: String,
    /// What is claimed.
    pub title: Option<String>,
    /// Who says so.
    pub by: String,
    /// `forecast`, `conditional`, `assertion`, `denial` or `advice`.
    pub kind: String,
    /// How many forecasts there are.
    pub forecasts: usize,
    /// What came of it: `yes`, `no`, `partly`, `void`, `grade`; `null` while open.
    pub came: Option<String>,
    /// The grade that came.
    pub grade: Option<String>,
    /// Whether what was claimed is so; `null` when that is open or neither.
    pub right: Option<bool>,
    /// The scores of a claim that comes true or not.
    pub binary: Option<BinaryScore>,
    /// The scores of a forecast of ordered outcomes.
    pub graded: Option<GradedScore>,
    /// Why there is no score; `null` when there is one.
    pub unscored: Option<String>,
}

/// The scores of a claim that comes true or not.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BinaryScore {
    /// The probability that was scored: of the last forecast that counts.
    pub probability: f64,
    /// What was said, in words.
    pub said: String,
    /// Whether the probability is only the middle of a word's band.
    pub assumed: bool,
    /// Brier score, single form, 0 (best) to 1.
    pub brier: f64,
    /// Brier score, summed form, 0 (best) to 2.
    pub brier_sum: f64,
    /// The bounds of the single form over the band of the word, when only a word was given.
    pub range: Option<Interval>,
    /// Natural logarithm of the probability of what came, clipped; at most 0 (best).
    pub logarithmic: f64,
    /// Whether it was clipped.
    pub clipped: bool,
    /// Brier score, single form, averaged over the days for which forecasts stood.
    pub time_weighted: Option<f64>,
    /// Brier score, single form, of the reference class, with the middle of its frequency.
    pub reference: Option<f64>,
}

/// The scores of a forecast of ordered outcomes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GradedScore {
    /// Brier score, summed form, 0 (best) to 2.
    pub brier_sum: f64,
    /// Ranked probability score, unnormalised: 0 (best) to the number of outcomes less one.
    pub ranked_sum: f64,
    /// The same, normalised: 0 (best) to 1.
    pub ranked_normalised: f64,
    /// Natural logarithm of the probability of what came, clipped; at most 0 (best).
    pub logarithmic: f64,
    /// Whether it was clipped.
    pub clipped: bool,
}

/// Two bounds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

/// The scores of several questions together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GroupScore {
    /// How many questions there are.
    pub questions: usize,
    /// How many came true, with or without a probability.
    pub right: usize,
    /// How many did not.
    pub wrong: usize,
    /// How many of them were scored, those with ordered outcomes not counted.
    pub scored: usize,
    /// How many of the scored came true.
    pub came: usize,
    /// Mean Brier score, single form.
    pub brier: Option<f64>,
    /// The 95 % interval of that mean by Student's t; `null` with fewer than three scores.
    pub interval: Option<Interval>,
    /// Mean Brier score, summed form.
    pub brier_sum: Option<f64>,
    /// Mean logarithmic score.
    pub logarithmic: Option<f64>,
    /// How many logarithms were clipped.
    pub clipped: usize,
    /// Mean time-weighted Brier score; `null` unless every scored question has one.
    pub time_weighted: Option<f64>,
    /// Mean Brier score of always saying the share that came true.
    pub base_rate_brier: Option<f64>,
    /// Skill against it.
    pub base_rate_skill: Option<f64>,
    /// Against the reference classes.
    pub reference: Option<ReferenceScore>,
    /// The calibration table, of the bins that are not empty.
    pub calibration: Vec<CalibrationRow>,
    /// Murphy decomposition with one bin for each different probability.
    pub murphy: Option<MurphyFinding>,
    /// Murphy decomposition with the bins of the calibration table, and its two further parts.
    pub murphy_binned: Option<MurphyFinding>,
    /// How many forecasts of ordered outcomes were scored.
    pub graded: usize,
    /// Their mean ranked probability score, unnormalised.
    pub ranked_sum: Option<f64>,
    /// The same, normalised.
    pub ranked_normalised: Option<f64>,
    /// Their mean Brier score, summed form.
    pub graded_brier_sum: Option<f64>,
}

/// The scores of a speaker or of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedGroup {
    /// Who, or which kind.
    pub name: String,
    /// The scores.
    pub scores: GroupScore,
}

/// Scores against reference classes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReferenceScore {
    /// How many scored claims have a reference class.
    pub count: usize,
    /// Mean Brier score, single form, of their forecasts.
    pub brier: f64,
    /// That of the reference classes, with the middle of their frequencies.
    pub reference: f64,
    /// The skill with the middle of the frequencies.
    pub skill: Option<f64>,
    /// The skill with their least.
    pub skill_at_least: Option<f64>,
    /// The skill with their most.
    pub skill_at_most: Option<f64>,
}

/// One line of the calibration table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CalibrationRow {
    /// The bin.
    pub bin: String,
    /// Its least probability.
    pub least: f64,
    /// Its most.
    pub most: f64,
    /// How many forecasts lie in it.
    pub count: usize,
    /// How many of them came true.
    pub came: usize,
    /// Their mean probability.
    pub forecast: f64,
    /// The share that came true.
    pub observed: f64,
    /// The 95 % interval of that share by Wilson's formula.
    pub interval: Interval,
}

/// A decomposition: `brier = reliability - resolution + uncertainty + within_variance - within_covariance`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MurphyFinding {
    /// How far probabilities were off; 0 is best.
    pub reliability: f64,
    /// How well claims were told apart; more is better.
    pub resolution: f64,
    /// The variance of what came.
    pub uncertainty: f64,
    /// The variance of probabilities within bins.
    pub within_variance: f64,
    /// Twice the covariance of probabilities and outcomes within bins.
    pub within_covariance: f64,
}
