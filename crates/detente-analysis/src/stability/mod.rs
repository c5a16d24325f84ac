//! Which states are stable for which party, under the concepts of the graph model, and why.
//!
//! [`analyze`] fills whole tables, in time about linear in the number of moves. [`explain`] gives one
//! verdict with its witness: what stops each improvement, or what the party would do and where it
//! would end. Both follow the same definitions, one page per concept.

pub mod best_response_seq;
mod error;
mod explain;
pub mod gmr;
mod horizon;
mod kernel;
pub mod limited_move;
pub mod nash;
pub mod non_myopic;
pub mod seq;
pub mod sim;
pub mod sim_one_sided;
mod simultaneous;
pub mod smr;
pub mod sseq;
pub mod stackelberg;
mod verdict;

use detente_model::PartyId;

pub use error::ConceptError;
pub use explain::explain;
pub use verdict::{Anticipation, Fate, ImprovementFate, Sanction, Undone, Verdict};

use crate::concept::{Concept, Settings};
use crate::engine::MarginTable;
use crate::equilibrium::StabilityTable;
use crate::reach::{LowestReachable, Reach, StepRule};
use crate::{Budget, Conflict, Graph, Outcome, StateSet, Stop};
pub(crate) use kernel::{Rule, rule};

/// A concept that does not apply to a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The concept.
    pub concept: Concept,
    /// Why it does not apply.
    pub reason: ConceptError,
}

/// The tables of the concepts asked for, in that order, and the concepts that do not apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// One table per concept that applies.
    pub tables: Vec<StabilityTable>,
    /// The concepts that do not apply, each with the reason.
    pub refused: Vec<Refusal>,
}

impl Analysis {
    /// The table of a concept.
    pub fn table(&self, concept: Concept) -> Option<&StabilityTable> {
        self.tables.iter().find(|t| t.concept == concept)
    }
}

/// The parties that have at least one move. A party without moves never matters to the others, and
/// every state is stable for it.
pub(crate) fn movers(graph: &Graph) -> Vec<PartyId> {
    graph
        .party_ids()
        .filter(|p| !graph.moves(*p).is_empty())
        .collect()
}

/// Finds, for every concept, the states that are stable for each party.
///
/// A concept asked for twice is analysed once. When the computation stops early, the tables are those
/// that were finished; there is never half a table.
pub fn analyze(
    conflict: &Conflict<'_>,
    concepts: &[Concept],
    settings: &Settings,
    budget: &Budget,
) -> Outcome<Analysis> {
    let mut refused = Vec::new();
    let mut asked: Vec<Concept> = Vec::new();
    for &concept in concepts {
        if asked.contains(&concept) || refused.iter().any(|r: &Refusal| r.concept == concept) {
            continue;
        }
        match concept.check(conflict) {
            Ok(()) => asked.push(concept),
            Err(reason) => refused.push(Refusal { concept, reason }),
        }
    }
    let mut finished: Vec<(usize, StabilityTable)> = Vec::new();
    let result = fill(conflict, &asked, settings, budget, &mut finished);
    finished.sort_by_key(|(place, _)| *place);
    let tables = finished.into_iter().map(|(_, table)| table).collect();
    let analysis = Analysis { tables, refused };
    match result {
        Ok(()) => Outcome::Complete(analysis),
        Err(stop) => Outcome::Stopped(analysis, stop),
    }
}

/// Fills the tables; those of the sanction concepts together, because they share the search.
fn fill(
    conflict: &Conflict<'_>,
    asked: &[Concept],
    settings: &Settings,
    budget: &Budget,
    finished: &mut Vec<(usize, StabilityTable)>,
) -> Result<(), Stop> {
    let states = conflict.graph().states();
    for steps in [
        StepRule::Moves,
        StepRule::Improvements,
        StepRule::BestImprovements,
    ] {
        let sharing: Vec<(usize, Concept, Rule)> = asked
            .iter()
            .enumerate()
            .filter_map(|(place, &c)| Some((place, c, kernel::rule(c)?)))
            .filter(|(.., rule)| rule.steps == steps)
            .collect();
        let rules: Vec<Rule> = sharing.iter().map(|(.., rule)| *rule).collect();
        let tables = sanction_tables(conflict, steps, &rules, settings, budget)?;
        finished.extend(
            sharing
                .iter()
                .zip(tables)
                .map(|((place, concept, _), stable)| {
                    (*place, StabilityTable::new(*concept, states, stable))
                }),
        );
    }
    for (place, &concept) in asked.iter().enumerate() {
        budget.report("concepts", place as u64, asked.len() as u64);
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let table = |stable| StabilityTable::new(concept, states, stable);
        let filled = match concept {
            Concept::Nash => table(per_party(conflict, |p| nash::stable_states(conflict, p))),
            Concept::Sim => table(sim::stable_states(conflict, settings, budget)?),
            Concept::SimOneSided => {
                table(sim_one_sided::stable_states(conflict, settings, budget)?)
            }
            Concept::LimitedMove(h) => table(limited_move::stable_states(conflict, h, budget)?),
            Concept::NonMyopic => {
                let (stable, horizon) = non_myopic::stable_states(conflict, budget)?;
                table(stable).settled(horizon)
            }
            Concept::Stackelberg(leader) => {
                table(stackelberg::stable_states(conflict, leader, budget)?)
            }
            Concept::Gmr
            | Concept::Smr
            | Concept::Seq
            | Concept::Sseq
            | Concept::BestResponseSeq => continue,
        };
        finished.push((place, filled));
    }
    Ok(())
}

/// For each concept how far every state is from being unstable for each party, see [`MarginTable`];
/// in the order asked for. Concepts without a margin are left out: margins exist for Nash stability
/// and for the concepts whose sanctions are sequences of moves (GMR, SMR, SEQ, SSEQ, best-response SEQ).
///
/// # Errors
///
/// Stops when the budget is cancelled or too small for the search.
pub fn margins(
    conflict: &Conflict<'_>,
    concepts: &[Concept],
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<MarginTable>, Stop> {
    let mut tables = Vec::with_capacity(concepts.len());
    for &concept in concepts {
        let mut lists = Vec::with_capacity(conflict.graph().parties());
        let rule = kernel::rule(concept);
        if rule.is_none() && concept != Concept::Nash {
            continue;
        }
        for party in conflict.graph().party_ids() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let lowest = match rule {
                None => None,
                Some(rule) => {
                    let reach = Reach::opponents(conflict, party, rule.steps)
                        .with_sequences(settings.sequences);
                    let search = LowestReachable::new(&reach, budget)?;
                    Some(search.of(&kernel::levels(conflict, party, rule), budget)?)
                }
            };
            lists.push(kernel::margins(
                conflict,
                party,
                settings,
                lowest.as_deref(),
            ));
        }
        tables.push(MarginTable::new(concept, lists));
    }
    Ok(tables)
}

fn per_party(conflict: &Conflict<'_>, of: impl FnMut(PartyId) -> StateSet) -> Vec<StateSet> {
    conflict.graph().party_ids().map(of).collect()
}

/// For each rule, the stable states of each party. All rules have the same kind of steps.
fn sanction_tables(
    conflict: &Conflict<'_>,
    steps: StepRule,
    rules: &[Rule],
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<Vec<StateSet>>, Stop> {
    let mut tables = vec![Vec::new(); rules.len()];
    if rules.is_empty() {
        return Ok(tables);
    }
    for party in conflict.graph().party_ids() {
        budget.report(
            "parties",
            u64::from(party.0),
            conflict.graph().parties() as u64,
        );
        let reach = Reach::opponents(conflict, party, steps).with_sequences(settings.sequences);
        let search = LowestReachable::new(&reach, budget)?;
        for (rule, table) in rules.iter().zip(&mut tables) {
            let lowest = search.of(&kernel::levels(conflict, party, *rule), budget)?;
            table.push(kernel::stable_states(conflict, party, settings, &lowest));
        }
    }
    Ok(tables)
}
