//! Nash, GMR, SMR, SEQ and SSEQ, written once over the three tests of a [`Structure`].

use detente_model::PartyId;

use super::Structure;
use crate::concept::{Concept, Settings};
use crate::equilibrium::StabilityTable;
use crate::meter::Meter;
use crate::reach::{SequenceRule, Step, StepRule, Tree, explore, sets_of_movers};
use crate::stability::{
    Analysis, ConceptError, Fate, ImprovementFate, Refusal, Rule, Sanction, Undone, Verdict,
    movers, rule,
};
use crate::{Budget, Graph, Outcome, StateId, StateSet, Stop};

/// What the work is counted in.
const STEPS: &str = "steps of the search over pairs of states";

/// The moves by which a party leaves a state, ascending.
pub(crate) fn leaves_by(
    graph: &Graph,
    structure: &dyn Structure,
    party: PartyId,
    from: StateId,
) -> impl Iterator<Item = StateId> {
    let targets = graph.moves(party).from(from).iter().copied();
    targets.filter(move |to| structure.leaves(party, from, *to))
}

/// The answers of everybody but one party.
struct Answers<'a> {
    graph: &'a Graph,
    structure: &'a dyn Structure,
    movers: Vec<PartyId>,
    steps: StepRule,
    sequences: SequenceRule,
}

impl<'a> Answers<'a> {
    fn to(
        graph: &'a Graph,
        structure: &'a dyn Structure,
        party: PartyId,
        steps: StepRule,
        sequences: SequenceRule,
    ) -> Self {
        let movers = movers(graph).into_iter().filter(|p| *p != party).collect();
        Self {
            graph,
            structure,
            movers,
            steps,
            sequences,
        }
    }

    /// Appends where one mover steps to from a state, ascending.
    fn steps_of(&self, mover: PartyId, from: StateId, into: &mut Vec<StateId>) {
        let targets = self.graph.moves(mover).from(from);
        let takes = |to: &StateId| self.structure.takes(mover, from, *to);
        match self.steps {
            StepRule::Moves => into.extend_from_slice(targets),
            StepRule::Improvements => into.extend(targets.iter().copied().filter(takes)),
            StepRule::BestImprovements => {
                let better: Vec<StateId> = targets.iter().copied().filter(takes).collect();
                let outdone = |to: &StateId| {
                    let mut others = better.iter();
                    others.any(|other| self.structure.outdoes(mover, *other, *to))
                };
                into.extend(better.iter().copied().filter(|to| !outdone(to)));
            }
        }
    }

    /// Searches by shortest sequences until a state satisfies the goal.
    fn explore(
        &self,
        from: StateId,
        seen: &mut u64,
        goal: &mut dyn FnMut(StateId) -> bool,
    ) -> (Tree, Option<usize>) {
        explore(
            self.graph.states(),
            self.movers.len(),
            from,
            self.sequences,
            &mut |mover, state, into| {
                if let Some(&party) = self.movers.get(mover) {
                    *seen += 1 + self.graph.moves(party).from(state).len() as u64;
                    self.steps_of(party, state, into);
                }
            },
            goal,
        )
    }

    /// The states that legal sequences of one or more steps lead to.
    fn reachable(&self, from: StateId, meter: &mut Meter<'_>) -> Result<StateSet, Stop> {
        let mut seen = 0;
        let mut set = StateSet::empty(self.graph.states());
        for state in self.explore(from, &mut seen, &mut |_| false).0.reached() {
            set.insert(state);
        }
        meter.add(seen)?;
        Ok(set)
    }

    /// A shortest sequence to a state that satisfies the goal, and that state.
    fn shortest(
        &self,
        from: StateId,
        mut goal: impl FnMut(StateId) -> bool,
    ) -> Option<(Vec<Step>, StateId)> {
        let (tree, found) = self.explore(from, &mut 0, &mut goal);
        let path = tree.path(found?);
        let steps: Vec<Step> = path
            .into_iter()
            .filter_map(|(mover, from, to)| {
                let party = *self.movers.get(mover)?;
                Some(Step { party, from, to })
            })
            .collect();
        let result = steps.last()?.to;
        Some((steps, result))
    }

    /// Whether the search fits the budget under the rule that each party moves once.
    fn fits(&self, budget: &Budget) -> Result<(), Stop> {
        match self.sequences {
            SequenceRule::Legal => Ok(()),
            SequenceRule::EachOnce => {
                sets_of_movers(self.movers.len(), self.graph.states(), budget).map(|_| ())
            }
        }
    }
}

/// Whether an answer that ends at `result` stops the party from leaving `left`: it is a sanction, and
/// so is everything that the party can still move to from there, if it may.
fn stops(
    graph: &Graph,
    structure: &dyn Structure,
    settings: &Settings,
    escapes: bool,
    (party, left): (PartyId, StateId),
    result: StateId,
) -> bool {
    let bad = |s: StateId| structure.sanctions(party, left, s);
    (settings.diagonal || result != left)
        && bad(result)
        && (!escapes || graph.moves(party).from(result).iter().all(|s| bad(*s)))
}

/// What becomes of every move by which a party leaves a state.
pub(crate) fn fates(
    graph: &Graph,
    structure: &dyn Structure,
    party: PartyId,
    state: StateId,
    rule: Rule,
    settings: &Settings,
) -> Vec<ImprovementFate> {
    let answers = Answers::to(graph, structure, party, rule.steps, settings.sequences);
    let answer = |to: StateId, escapes: bool| {
        answers.shortest(to, |s| {
            stops(graph, structure, settings, escapes, (party, state), s)
        })
    };
    let escape = |from: StateId| structure.escape(party, state, graph.moves(party).from(from));
    leaves_by(graph, structure, party, state)
        .map(|to| {
            let fate = if let Some((by, result)) = answer(to, rule.escapes) {
                let best_escape = if rule.escapes { escape(result) } else { None };
                Fate::Sanctioned {
                    by: Sanction::Sequence(by),
                    result,
                    best_escape,
                }
            } else {
                let undone = answer(to, false)
                    .filter(|_| rule.escapes)
                    .and_then(|(by, result)| {
                        let escape = escape(result)?;
                        Some(Undone { by, result, escape })
                    });
                Fate::Open { undone }
            };
            ImprovementFate { to, fate }
        })
        .collect()
}

/// Finds, for every concept, the states that are stable for each party under a structure of
/// preferences: all of [`CONCEPTS`](super::CONCEPTS), and `best_response_seq`.
///
/// A concept asked for twice is analysed once. When the computation stops early, the tables are those
/// that were finished; there is never half a table.
pub fn tables(
    graph: &Graph,
    structure: &dyn Structure,
    concepts: &[Concept],
    settings: &Settings,
    budget: &Budget,
) -> Outcome<Analysis> {
    let mut analysis = Analysis::default();
    let mut meter = Meter::new(budget, STEPS);
    for (place, &concept) in concepts.iter().enumerate() {
        budget.report("concepts", place as u64, concepts.len() as u64);
        let known = analysis.refused.iter().any(|r| r.concept == concept);
        if known || analysis.table(concept).is_some() {
            continue;
        }
        let rule = rule(concept);
        if rule.is_none() && concept != Concept::Nash {
            analysis.refused.push(Refusal {
                concept,
                reason: ConceptError::NeedsRankings { concept },
            });
            continue;
        }
        let stable: Result<Vec<StateSet>, Stop> = graph
            .party_ids()
            .map(|party| stable_states(graph, structure, party, rule, settings, &mut meter))
            .collect();
        match stable {
            Ok(stable) => {
                let table = StabilityTable::new(concept, graph.states(), stable);
                analysis.tables.push(table);
            }
            Err(stop) => return Outcome::Stopped(analysis, stop),
        }
    }
    Outcome::Complete(analysis)
}

/// The states that are stable for a party; without a rule those that it does not leave.
fn stable_states(
    graph: &Graph,
    structure: &dyn Structure,
    party: PartyId,
    rule: Option<Rule>,
    settings: &Settings,
    meter: &mut Meter<'_>,
) -> Result<StateSet, Stop> {
    let states = graph.states();
    let mut stable = StateSet::empty(states);
    let answers = rule.map(|r| Answers::to(graph, structure, party, r.steps, settings.sequences));
    if let Some(answers) = &answers {
        answers.fits(meter.budget())?;
    }
    let mut reached: Vec<Option<StateSet>> = vec![None; states];
    for state in graph.state_ids() {
        meter.check()?;
        meter.add(1 + graph.moves(party).from(state).len() as u64)?;
        let mut all_stopped = true;
        for to in leaves_by(graph, structure, party, state) {
            let (Some(rule), Some(answers)) = (rule, &answers) else {
                all_stopped = false;
                break;
            };
            let Some(place) = reached.get_mut(to.index()) else {
                continue;
            };
            let set = match place {
                Some(set) => set,
                None => place.insert(answers.reachable(to, meter)?),
            };
            let mut seen = 0;
            let stopped = set.iter().any(|result| {
                let escapes = rule.escapes;
                seen += 1 + u64::from(escapes) * graph.moves(party).from(result).len() as u64;
                stops(graph, structure, settings, escapes, (party, state), result)
            });
            meter.add(seen)?;
            if !stopped {
                all_stopped = false;
                break;
            }
        }
        if all_stopped {
            stable.insert(state);
        }
    }
    Ok(stable)
}

/// Says whether a state is stable for a party under a structure of preferences, and why.
///
/// The answer is the same as in [`tables`], found by a search of its own. Of several witnesses it is a
/// shortest one, and among those the first by party and state. The escape that is named is one that
/// ends well for the party; a structure in which states cannot be said to be best names none after a
/// sanction.
///
/// # Errors
///
/// Refuses a concept that is defined for rankings only, parties and states that do not exist, and
/// stops when the budget is used up.
pub fn explain(
    graph: &Graph,
    structure: &dyn Structure,
    concept: Concept,
    settings: &Settings,
    (party, state): (PartyId, StateId),
    budget: &Budget,
) -> Result<Verdict, ConceptError> {
    let rule = rule(concept);
    if rule.is_none() && concept != Concept::Nash {
        return Err(ConceptError::NeedsRankings { concept });
    }
    ConceptError::check_place(graph, party, state)?;
    if budget.is_cancelled() {
        return Err(Stop::Cancelled.into());
    }
    let improvements = match rule {
        Some(rule) => {
            Answers::to(graph, structure, party, rule.steps, settings.sequences).fits(budget)?;
            fates(graph, structure, party, state, rule, settings)
        }
        None => open(graph, structure, party, state),
    };
    let stable = improvements
        .iter()
        .all(|i| matches!(i.fate, Fate::Sanctioned { .. }));
    Ok(Verdict {
        party,
        state,
        concept,
        stable,
        improvements,
        anticipation: None,
    })
}

/// Every move by which the party leaves; nothing stops any of them.
pub(crate) fn open(
    graph: &Graph,
    structure: &dyn Structure,
    party: PartyId,
    state: StateId,
) -> Vec<ImprovementFate> {
    leaves_by(graph, structure, party, state)
        .map(|to| ImprovementFate {
            to,
            fate: Fate::Open { undone: None },
        })
        .collect()
}
