//! Whether what is agreed would hold: the state of the conflict that a package makes, and who would leave it.

use detente_model::PartyId;
use detente_model::bargain::Bargain;
use detente_model::model::{Assignment, Form, Model};

use crate::space::Consequences;
use crate::{Budget, Concept, ConceptError, Game, Refusal, Settings, StateId, Verdict, explain};

/// What a package makes of a conflict.
///
/// # Definition
///
/// Of each option the first line of `agreed` whose condition the package satisfies decides its level. The other
/// options stay as they are in the status quo, or at their first level when the text names none; what follows
/// from the change by a `when` rule follows. The agreement holds when the state is feasible and stable for every
/// party.
///
/// # Reading
///
/// Everybody may gain by a package and nobody keep to it: somebody could do better still by not doing its part.
/// Such an agreement needs something that keeps it, or other steps in another order.
///
/// # Witness
///
/// The verdict of every party: which improvement undoes the agreement, and what stops the others.
///
/// # Relations
///
/// That a package is accepted compares it with no agreement by the utilities of packages; that it holds compares
/// states by the preferences of the conflict. Neither implies the other.
///
/// # Example
///
/// Two countries agree to disarm, and both prefer that to nobody disarming. Each prefers most to be the only one
/// that is armed: the agreement is accepted, and not Nash stable.
///
/// # References
///
/// - Fang, L., Hipel, K. W. and Kilgour, D. M. (1993). Interactive Decision Making: The Graph Model for Conflict
///   Resolution.
/// - Barrett, S. (1994). Self-enforcing international environmental agreements. Oxford Economic Papers 46.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The level of every option as the agreement sets it.
    pub levels: Assignment,
    /// The state that it makes; `None` when the rules of the conflict exclude it.
    pub state: Option<StateId>,
    /// The verdict of every party on that state; none when there is no state.
    pub verdicts: Vec<Verdict>,
}

impl Holding {
    /// Whether the agreement holds.
    pub fn holds(&self) -> bool {
        self.state.is_some() && self.verdicts.iter().all(|v| v.stable)
    }
}

/// Why it is not known whether an agreement holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unheld {
    /// The text has no `agreed` block.
    #[error("the text does not say what an agreement makes of the options")]
    Unsaid,
    /// There are no options.
    #[error("the conflict has no options that an agreement could set")]
    NoOptions,
    /// A concept does not apply, or the budget does not suffice.
    #[error("{}", .0.reason)]
    Refused(Refusal),
}

/// Whether a conflict can say what becomes of agreements.
///
/// # Errors
///
/// Refuses a model without an `agreed` block or without options.
pub fn can_say(model: &Model) -> Result<(), Unheld> {
    if model.bargain.agreed.is_empty() {
        return Err(Unheld::Unsaid);
    }
    if model.form == Form::Graph || model.options.is_empty() {
        return Err(Unheld::NoOptions);
    }
    Ok(())
}

/// The level of every option after an agreement, given the levels before it.
pub fn agreed_levels(bargain: &Bargain, before: &[u16], deal: &[u16]) -> Assignment {
    let mut levels = before.to_vec();
    let mut decided = vec![false; levels.len()];
    for line in &bargain.agreed {
        let place = line.option.index();
        let applies = line.when.as_ref().is_none_or(|w| w.test.holds(deal));
        if applies && !decided[place] {
            levels[place] = line.level;
            decided[place] = true;
        }
    }
    levels
}

/// What a package makes of a conflict. `judges` has the concept by which each party judges.
///
/// # Errors
///
/// Refuses a model without an `agreed` block or without options and concepts that do not apply, and stops when
/// the budget is used up.
pub fn hold(
    game: &Game<'_>,
    judges: &[Concept],
    settings: &Settings,
    deal: &[u16],
    budget: &Budget,
) -> Result<Holding, Unheld> {
    let model = game.model;
    can_say(model)?;
    let before = match &model.status_quo {
        Some(status_quo) => status_quo.assignment.clone(),
        None => vec![0; model.options.len()],
    };
    let levels = agreed_levels(&model.bargain, &before, deal);
    let value = |levels: &[u16]| {
        let both = (0..).map(detente_model::OptionId).zip(levels);
        let layout = game.space.layout();
        both.fold(0, |value, (option, level)| {
            value | layout.bits(option, *level)
        })
    };
    let consequences = Consequences::new(model, &game.space);
    let state = game
        .space
        .find(consequences.apply(value(&before), value(&levels)));
    let mut verdicts = Vec::new();
    if let Some(state) = state {
        let conflict = game.conflict();
        for (party, concept) in (0..).map(PartyId).zip(judges) {
            let verdict = explain(&conflict, *concept, settings, party, state, budget);
            let refused = |reason: ConceptError| {
                Unheld::Refused(Refusal {
                    concept: *concept,
                    reason,
                })
            };
            verdicts.push(verdict.map_err(refused)?);
        }
    }
    Ok(Holding {
        levels: state.map_or(levels, |s| game.space.assignment(s)),
        state,
        verdicts,
    })
}
