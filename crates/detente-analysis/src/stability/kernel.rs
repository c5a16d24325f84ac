//! What the sanction concepts have in common.
//!
//! General metarationality, symmetric metarationality, sequential stability and their variants
//! differ in two things only: by which steps the opponents answer, and whether the party may then
//! try to escape. Everything that depends on what the party prefers goes through the three tests of a
//! [`Structure`](crate::relation::Structure): which moves it *leaves* by, which states *sanction*, and
//! which steps the opponents *take*. The definitions over them are in [`crate::relation`]. Rankings
//! allow a shortcut for tables, which is here: a state sanctions by its rank alone ([`sanctions`]), so
//! that the least rank over everything reachable decides.

use detente_model::PartyId;

use super::verdict::ImprovementFate;
use super::{best_response_seq, gmr, seq, smr, sseq};
use crate::concept::{Concept, Settings};
use crate::reach::{Lowest, StepRule};
use crate::relation::{self, Simple};
use crate::{Conflict, StateId, StateSet};

/// What sets one sanction concept apart from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The steps by which the opponents answer an improvement.
    pub(crate) steps: StepRule,
    /// Whether the party may escape from a sanction by one further move of its own.
    pub(crate) escapes: bool,
}

/// The rule of a sanction concept; `None` for other concepts.
pub(crate) fn rule(concept: Concept) -> Option<Rule> {
    match concept {
        Concept::Gmr => Some(gmr::RULE),
        Concept::Smr => Some(smr::RULE),
        Concept::Seq => Some(seq::RULE),
        Concept::Sseq => Some(sseq::RULE),
        Concept::BestResponseSeq => Some(best_response_seq::RULE),
        _ => None,
    }
}

/// The moves by which a party leaves a state: its unilateral improvements, ascending.
pub(super) fn leaves_by<'a>(
    conflict: &Conflict<'a>,
    party: PartyId,
    from: StateId,
) -> impl Iterator<Item = StateId> + use<'a> {
    conflict.improvements(party, from)
}

/// Whether ending at the given level sanctions the party that left a state: it does not prefer that
/// to the state that it left. A tie is a sanction.
pub(super) fn sanctions(
    conflict: &Conflict<'_>,
    party: PartyId,
    left: StateId,
    level: u32,
) -> bool {
    level <= conflict.ranking(party).rank(left)
}

/// For every state, the level at which the party ends when the opponents answer with that state: its
/// rank, or, when it may escape, the rank of the best that it can make of it.
pub(super) fn levels(conflict: &Conflict<'_>, party: PartyId, rule: Rule) -> Vec<u32> {
    conflict
        .graph()
        .state_ids()
        .map(|s| level(conflict, party, rule.escapes, s))
        .collect()
}

fn level(conflict: &Conflict<'_>, party: PartyId, escapes: bool, state: StateId) -> u32 {
    let ranking = conflict.ranking(party);
    let escape = best_move(conflict, party, state)
        .filter(|_| escapes)
        .map(|s| ranking.rank(s));
    escape.unwrap_or(0).max(ranking.rank(state))
}

/// The best state that a party can move to, the lowest among equals.
fn best_move(conflict: &Conflict<'_>, party: PartyId, from: StateId) -> Option<StateId> {
    let ranking = conflict.ranking(party);
    let targets = conflict.graph().moves(party).from(from);
    targets
        .iter()
        .copied()
        .rev()
        .max_by_key(|s| ranking.rank(*s))
}

/// The states that are stable for a party, given the least level that the opponents can bring it to
/// from each state.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    party: PartyId,
    settings: &Settings,
    lowest: &[Lowest],
) -> StateSet {
    let mut stable = StateSet::empty(conflict.graph().states());
    for state in conflict.graph().state_ids() {
        let all_sanctioned = leaves_by(conflict, party, state).all(|to| {
            let worst = lowest.get(to.index()).and_then(|l| {
                if settings.diagonal {
                    l.value()
                } else {
                    l.value_except(state)
                }
            });
            worst.is_some_and(|level| sanctions(conflict, party, state, level))
        });
        if all_sanctioned {
            stable.insert(state);
        }
    }
    stable
}

/// For every state how far it is from being unstable for a party, given the least level that the
/// opponents can bring it to from each state (no limit when `lowest` is `None`): the rank of the state
/// minus the best of what the party is sure of after each of its moves. `None` where it has no move.
pub(super) fn margins(
    conflict: &Conflict<'_>,
    party: PartyId,
    settings: &Settings,
    lowest: Option<&[Lowest]>,
) -> Vec<Option<i64>> {
    let ranking = conflict.ranking(party);
    let sure = |state: StateId, to: StateId| {
        let worst = lowest.and_then(|l| l.get(to.index())).and_then(|l| {
            if settings.diagonal {
                l.value()
            } else {
                l.value_except(state)
            }
        });
        worst.map_or(ranking.rank(to), |level| level.min(ranking.rank(to)))
    };
    let margin = |state: StateId| {
        let targets = conflict.graph().moves(party).from(state).iter();
        let best = targets.map(|to| sure(state, *to)).max()?;
        Some(i64::from(ranking.rank(state)) - i64::from(best))
    };
    conflict.graph().state_ids().map(margin).collect()
}

/// What becomes of every improvement of a party from a state.
pub(super) fn fates(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    rule: Rule,
    settings: &Settings,
) -> Vec<ImprovementFate> {
    let structure = Simple::new(conflict);
    relation::kernel::fates(conflict.graph(), &structure, party, state, rule, settings)
}
