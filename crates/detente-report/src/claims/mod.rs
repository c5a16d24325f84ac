//! Claims: what came of them, how they score, and what a sealed log of forecasts holds.

mod csv;
mod list;
mod list_text;
mod log;
mod prose;
mod score_build;
mod score_text;
mod scores;
mod words;

use detente_analysis::claims::score::Scores;
use detente_analysis::claims::{Judged, Question};
use detente_analysis::model::Model;

pub use self::csv::{list_csv, scores_csv};
pub use self::list::{
    BandFinding, ClaimFinding, Claims, ContradictionFinding, GradeFinding, WindowFinding, finding,
};
pub use self::list_text::text;
pub use self::log::{
    AskedFinding, ClaimLog, ClaimSeal, DefectFinding, ForecastFinding, OutcomeFinding, TornFinding,
    fault, log, log_text, seal, seal_text,
};
pub use self::prose::{Prose, ProseFinding, prose, prose_text};
pub use self::score_build::scores;
pub use self::score_text::scores_text;
pub use self::scores::{
    BinaryScore, CalibrationRow, ClaimScores, GradedScore, GroupScore, Interval, MurphyFinding,
    NamedGroup, QuestionScore, ReferenceScore,
};

pub use self::words::resolution;

/// The claims of a negotiation with what was found of them.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// What was found of each claim, in the order of the model.
    pub judged: &'a [Judged],
    /// The claims as questions, in the same order.
    pub questions: &'a [Question],
    /// Their scores.
    pub scores: &'a Scores,
}
