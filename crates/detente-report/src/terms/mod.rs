//! Terms that parties read in their own ways, and islands of agreement: as a serialisable finding and as
//! text.

mod build;
mod finding;
mod islands;
mod text;

use detente_analysis::terms::{self, Islands, Reader, Request};
use detente_analysis::{Game, Stop};
use detente_model::syntax::ast::Citation;

pub use build::finding;
pub use finding::{
    CommunicatedFinding, DirectionFinding, Equilibria, FactFinding, IslandsFinding, OpposedFinding,
    PairFinding, ReadingFinding, SeenFinding, SharedFinding, SplitFinding, StatedFinding,
    TermFinding, Terms, ToggleFinding, UseFinding, WishFinding,
};
pub use text::text;

/// What was asked, and what was found.
pub struct Found<'a, 'm> {
    /// The game.
    pub game: &'a Game<'m>,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// What was asked.
    pub request: &'a Request,
    /// What was found of terms.
    pub terms: &'a terms::Terms,
    /// The islands of agreement, if they were asked for.
    pub islands: Option<&'a Islands>,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}

/// The name of a reader; `None` for the neutral one.
fn reader_name(game: &Game<'_>, reader: Reader) -> Option<String> {
    match reader {
        Reader::Party(party) => Some(game.model.party(party).name.clone()),
        Reader::Neutral => None,
    }
}

/// Citations as they are written, without brackets.
pub(crate) fn cited(cites: &[Citation]) -> Vec<String> {
    cites.iter().map(Citation::text).collect()
}
