//! The coset engine of `detente-analysis`: tables from least and largest values over cosets.

use detente_analysis::engine::{Arena, CosetTable, Request, coset};
use detente_analysis::{StabilityTable, StateId};
use detente_model::PartyId;

use super::graph::tables;
use super::transitive;
use crate::examiner::{Examiner, Subject};
use crate::verdicts::Verdicts;

/// [`detente_analysis::engine::coset::analyze`] on an [`Arena`].
///
/// The sign of every margin and the equilibria must say what the verdicts say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coset;

impl Examiner for Coset {
    fn name(&self) -> &'static str {
        "coset"
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        transitive(subject.model)
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let arena = Arena::new(subject.model, subject.budget()).map_err(|e| e.to_string())?;
        let request = Request {
            concepts: subject.concepts().to_vec(),
            margins: true,
            // Results do not depend on it.
            patience: [64, 1, 0][(subject.number % 3) as usize],
        };
        let analysis = coset::analyze(&arena, &request, subject.budget())
            .complete()
            .map_err(|stop| stop.to_string())?;
        let mut by_states = Vec::with_capacity(analysis.tables.len());
        for table in &analysis.tables {
            let states = table.by_states(&arena);
            consistent(&arena, table, &states)?;
            by_states.push(states);
        }
        let codes = arena.codes();
        Ok(Verdicts {
            states: codes.in_order().map(|code| codes.levels(code)).collect(),
            parties: arena.parties(),
            tables: tables(&by_states),
        })
    }
}

/// Whether the margins and the equilibria of a table say what its verdicts say.
fn consistent(arena: &Arena, table: &CosetTable, states: &StabilityTable) -> Result<(), String> {
    let concept = table.concept;
    let margins = table
        .margins_by_states(arena)
        .ok_or("margins were asked for and not given")?;
    for (at, code) in (0..).zip(arena.codes().in_order()) {
        let state = StateId(at);
        let mut all = true;
        for party in (0..arena.parties() as u16).map(PartyId) {
            let stable = states.is_stable(party, state);
            all &= stable;
            if margins.margin(party, state).is_none_or(|m| m >= 0) != stable {
                return Err(format!("{concept}: the sign of a margin says otherwise"));
            }
        }
        if table.equilibria.contains(code) != all {
            return Err(format!("{concept}: the equilibria say otherwise"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use detente_analysis::{Budget, Concept};

    use super::{Arena, Request, consistent, coset};
    use crate::generate::{Mixture, generate};

    /// Margins and equilibria of one concept contradict the verdicts of another, where those differ.
    #[test]
    fn margins_and_equilibria_that_say_otherwise_are_found() {
        let (mut margins, mut equilibria) = (0, 0);
        for number in 0..60 {
            let case = generate(5, number, &Mixture::default());
            let Some(case) = case.ok() else { continue };
            let budget = Budget::default();
            let Ok(arena) = Arena::new(&case.model, &budget) else {
                continue;
            };
            let request = Request {
                margins: true,
                ..Request::default()
            };
            let analysis = coset::analyze(&arena, &request, &budget);
            let analysis = analysis.value();
            let (Some(nash), Some(seq)) =
                (analysis.table(Concept::Nash), analysis.table(Concept::Seq))
            else {
                continue;
            };
            let (by_nash, by_seq) = (nash.by_states(&arena), seq.by_states(&arena));
            assert_eq!(consistent(&arena, nash, &by_nash), Ok(()));
            assert_eq!(consistent(&arena, seq, &by_seq), Ok(()));
            let mixed = consistent(&arena, seq, &by_nash);
            assert_eq!(mixed.is_err(), nash.stable != seq.stable);
            margins += u32::from(mixed.is_err_and(|e| e.contains("margin")));
            let mut other = nash.clone();
            other.equilibria = seq.equilibria.clone();
            let mixed = consistent(&arena, &other, &by_nash);
            assert_eq!(mixed.is_err(), nash.equilibria != seq.equilibria);
            equilibria += u32::from(mixed.is_err_and(|e| e.contains("equilibria")));
        }
        assert!(margins > 10 && equilibria > 2, "{margins} {equilibria}");
    }
}
