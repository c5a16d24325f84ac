//! Why a model cannot be analysed symbolically.

use detente_model::model::{Form, Model};
use detente_model::{OptionId, PartyId};

use crate::Stop;

/// A model that the symbolic engines do not take.
///
/// They work on the option form in which every party may change any of its options at once, each in
/// its permitted directions: then moves are transitive, and sequences of moves need no memory of who
/// moved last.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsuited {
    /// States and arcs are listed one by one.
    #[error("a model given as a list of states and arcs has no options to compute with")]
    GraphForm,
    /// Moves switch more than the mover's own options.
    #[error("forced consequences are not supported without enumerating the states")]
    Consequences,
    /// Some transitions are prohibited.
    #[error("prohibited transitions are not supported without enumerating the states")]
    Prohibitions,
    /// An option that moves only to a neighbouring level.
    #[error("stepwise options are not supported without enumerating the states")]
    Stepwise(OptionId),
    /// An option, statement or state that does not belong to the model.
    #[error("the model or the question names something that the model does not have")]
    Foreign,
    /// A ranking that leaves out feasible states.
    #[error("a ranking leaves out feasible states")]
    Unranked(PartyId),
    /// The rules exclude every state.
    #[error("the rules leave no feasible state")]
    NoFeasibleState,
    /// More Y/N positions than diagrams can have variables.
    #[error("the options need {0} yes/no positions; at most {MOST_BITS} can be encoded")]
    TooWide(u64),
    /// The budget ended first.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// The largest number of Y/N positions that the symbolic engines take.
pub const MOST_BITS: u64 = 16_000;

/// What can be seen without computing.
pub(super) fn check(model: &Model) -> Result<(), Unsuited> {
    if model.form == Form::Graph {
        return Err(Unsuited::GraphForm);
    }
    if !model.consequences.is_empty() {
        return Err(Unsuited::Consequences);
    }
    if !model.prohibitions.is_empty() {
        return Err(Unsuited::Prohibitions);
    }
    // With two levels every move is to a neighbouring level.
    let stepwise = |o: &OptionId| model.option(*o).stepwise && model.option(*o).level_count() > 2;
    if let Some(option) = model.option_ids().find(stepwise) {
        return Err(Unsuited::Stepwise(option));
    }
    if model.width() > MOST_BITS {
        return Err(Unsuited::TooWide(model.width()));
    }
    let owned = model.parties.iter().map(|p| p.options.len()).sum::<usize>();
    let foreign = owned != model.options.len()
        || model
            .option_ids()
            .any(|o| model.option(o).owner.index() >= model.parties.len());
    if foreign {
        Err(Unsuited::Foreign)
    } else {
        Ok(())
    }
}
