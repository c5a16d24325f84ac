//! What must, may and cannot be agreed when the worth of packages is in doubt.

mod build;
mod finding;
mod text;

use detente_analysis::Stop;
use detente_analysis::bargain::doubt::{self, Request};
use detente_analysis::model::Model;

pub use build::finding;
pub use finding::{
    AnswerFinding, ContradictionFinding, CountsFinding, DominanceFinding, NamedDoubtFinding,
    NashFinding, OpinionFinding, PackageDoubt, QuestionFinding, RangeFinding, ShareFinding,
    SharesFinding, VoiceFinding,
};
pub use text::text;

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// What was asked.
    pub request: &'a Request,
    /// What was found.
    pub found: &'a doubt::Found,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}
