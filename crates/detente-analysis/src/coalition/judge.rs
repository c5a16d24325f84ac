//! Coalitions made ready to be judged: who they are, what each gains by, and who can answer.

use std::borrow::Cow;

use detente_model::PartyId;

use super::STEPS;
use super::moves::{sequential, sequential_moves, within};
use super::{Coalitions, Semantics, coalitions};
use crate::graph::{Graph, Moves};
use crate::meter::Meter;
use crate::reach::{Reach, Step, StepRule};
use crate::status_quo::Leg;
use crate::{Budget, Conflict, StateId, Stop};

/// Gives the moves of some parties merged into one, see [`super::merged_moves`].
pub type MergedMoves<'a> = dyn Fn(&[PartyId], &Budget) -> Result<Moves, Stop> + 'a;

/// The coalitions of a conflict under one reading of what a coalition is, with what each can gain.
///
/// The coalitions are those that are judged: under [`Semantics::Merged`] with a partition its parts,
/// else the single parties and the [`coalitions`] of two or more, smaller ones first.
pub struct CoalitionJudge<'a> {
    pub(super) conflict: &'a Conflict<'a>,
    semantics: Semantics,
    coalitions: Vec<Vec<PartyId>>,
    all: bool,
    /// What each coalition gains by, in the place of a party's moves.
    improvements: Graph,
    /// Who makes the steps of answers that need not pay, and by which moves.
    movers: Vec<Vec<PartyId>>,
    steps: Cow<'a, Graph>,
    merged: &'a MergedMoves<'a>,
}

/// Who can answer a coalition: movers by any moves, and coalitions by improvements, as places.
pub(super) struct Opponents {
    pub(super) movers: Vec<PartyId>,
    pub(super) actors: Vec<PartyId>,
}

/// A place in a list of coalitions, as the graphs of this module number those who move.
pub(super) fn place(index: usize) -> PartyId {
    PartyId(index as u16)
}

fn disjoint(a: &[PartyId], b: &[PartyId]) -> bool {
    a.iter().all(|p| !b.contains(p))
}

/// The parts of a partition: the coalitions that are named, without parties that there are not, and
/// everybody else alone. A party that is named twice belongs to the first that names it.
fn parts(parties: usize, named: &[Vec<PartyId>]) -> Vec<Vec<PartyId>> {
    let mut free = vec![true; parties];
    let mut take = |p: &PartyId| free.get_mut(p.index()).is_some_and(std::mem::take);
    let mut parts: Vec<Vec<PartyId>> = Vec::new();
    for members in named {
        let mut part: Vec<PartyId> = members.iter().copied().filter(&mut take).collect();
        part.sort_unstable();
        parts.push(part);
    }
    let alone = (0..=u16::MAX).map(PartyId).take(parties);
    parts.extend(alone.filter(&mut take).map(|p| vec![p]));
    parts.retain(|p| !p.is_empty());
    parts.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    parts
}

impl<'a> CoalitionJudge<'a> {
    /// Finds what every coalition gains by, from every state.
    ///
    /// `merged` says what merged parties can do; it is asked under [`Semantics::Merged`] only.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled or its moves or work are used up.
    pub fn new(
        conflict: &'a Conflict<'a>,
        semantics: Semantics,
        merged: &'a MergedMoves<'a>,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let parties = conflict.graph().parties();
        let singles = || conflict.graph().party_ids().map(|p| vec![p]);
        let (sets, all) = match &semantics {
            Semantics::Merged(Some(named)) => (parts(parties, named), true),
            Semantics::InoharaHipel | Semantics::Merged(None) => {
                let Coalitions {
                    coalitions: several,
                    all,
                } = coalitions(parties);
                (singles().chain(several).collect(), all)
            }
        };
        let limit = u64::from(u16::MAX);
        if sets.len() as u64 > limit {
            return Err(Stop::Limit {
                what: "coalitions",
                limit,
            });
        }
        let mut meter = Meter::new(budget, STEPS);
        let mut improvements = Vec::with_capacity(sets.len());
        let mut block_moves = Vec::new();
        let mut total = 0u64;
        for (done, members) in (0u64..).zip(&sets) {
            budget.report("coalitions", done, sets.len() as u64);
            meter.check()?;
            let gains = |from, to| members.iter().all(|&p| conflict.improves(p, from, to));
            let found = match &semantics {
                Semantics::InoharaHipel => sequential(conflict, members, gains, &mut meter)?,
                Semantics::Merged(partition) => {
                    let moves = merged(members, budget)?;
                    meter.add(moves.len() as u64)?;
                    let found = Moves::from_lists(conflict.graph().state_ids().map(|from| {
                        let to = moves.from(from).iter().copied();
                        to.filter(|&to| gains(from, to)).collect()
                    }));
                    if partition.is_some() {
                        block_moves.push(moves);
                    }
                    found
                }
            };
            total += found.len() as u64;
            if total > budget.max_moves {
                return Err(Stop::Limit {
                    what: "moves",
                    limit: budget.max_moves,
                });
            }
            improvements.push(found);
        }
        let states = conflict.graph().states();
        let graph = |moves| Graph::new(states, moves).unwrap_or_else(|| Graph::empty(states));
        let (movers, steps) = if let Semantics::Merged(Some(_)) = &semantics {
            (sets.clone(), Cow::Owned(graph(block_moves)))
        } else {
            (singles().collect(), Cow::Borrowed(conflict.graph()))
        };
        Ok(Self {
            conflict,
            semantics,
            coalitions: sets,
            all,
            improvements: graph(improvements),
            movers,
            steps,
            merged,
        })
    }

    /// The reading of what a coalition is.
    pub fn semantics(&self) -> &Semantics {
        &self.semantics
    }

    /// The coalitions that are judged, single parties among them, smaller ones first.
    pub fn coalitions(&self) -> &[Vec<PartyId>] {
        &self.coalitions
    }

    /// Whether these are all that the reading allows, or single parties, pairs and everybody only.
    pub fn all(&self) -> bool {
        self.all
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.conflict.graph().states()
    }

    /// The place of a coalition, given its members in any order.
    pub fn find(&self, members: &[PartyId]) -> Option<usize> {
        let mut members = members.to_vec();
        members.sort_unstable();
        members.dedup();
        self.coalitions.iter().position(|c| *c == members)
    }

    /// What a coalition gains by: for each state the states that it can go to and that all its
    /// members prefer.
    pub fn improvements(&self, coalition: usize) -> &Moves {
        self.improvements.moves(place(coalition))
    }

    /// The improvements of all coalitions, each in the place of a party.
    pub(super) fn gains(&self) -> &Graph {
        &self.improvements
    }

    /// The moves of those who need not gain, each mover in the place of a party.
    pub(super) fn steps(&self) -> &Graph {
        &self.steps
    }

    /// Whether a coalition changes several parties' options at once.
    fn at_once(&self) -> bool {
        matches!(self.semantics, Semantics::Merged(_)) && self.conflict.superposition().is_some()
    }

    /// All moves of a coalition, `R_H`.
    pub(super) fn moves(&self, members: &[PartyId], budget: &Budget) -> Result<Moves, Stop> {
        let moves = match &self.semantics {
            Semantics::InoharaHipel => sequential_moves(self.conflict, members, budget)?,
            Semantics::Merged(_) => (self.merged)(members, budget)?,
        };
        within(&moves, budget)?;
        Ok(moves)
    }

    /// Who can answer a coalition. Who has nothing to answer by is left out.
    pub(super) fn opponents(&self, members: &[PartyId]) -> Opponents {
        let movers = (0..self.movers.len())
            .filter(|&k| disjoint(&self.movers[k], members))
            .map(place)
            .filter(|&k| !self.steps.moves(k).is_empty())
            .collect();
        let actors = (0..self.coalitions.len())
            .filter(|&k| disjoint(&self.coalitions[k], members) && self.acts_alone(k))
            .map(place)
            .filter(|&k| !self.improvements.moves(k).is_empty())
            .collect();
        Opponents { movers, actors }
    }

    /// Whether a coalition acts while another is looked at: when each is merged in turn, only single
    /// parties do.
    pub(super) fn acts_alone(&self, coalition: usize) -> bool {
        self.semantics != Semantics::Merged(None) || self.coalitions[coalition].len() == 1
    }

    /// Steps between states as legs, with the moves that make them up. `gain` says whether those who
    /// move are coalitions that gain, or movers that need not.
    pub(super) fn legs(&self, steps: &[Step], gain: bool) -> Vec<Leg> {
        let movers = if gain { &self.coalitions } else { &self.movers };
        steps
            .iter()
            .filter_map(|step| {
                let movers = movers.get(step.party.index())?.clone();
                let moves = self.way(&movers, step.from, step.to);
                Some(Leg {
                    movers,
                    from: step.from,
                    to: step.to,
                    moves,
                })
            })
            .collect()
    }

    /// The moves by which a coalition goes from one state to another: a shortest legal sequence of
    /// its members' moves. Empty when a merged party makes one move of several parties' options.
    pub(super) fn way(&self, members: &[PartyId], from: StateId, to: StateId) -> Vec<Step> {
        if let &[party] = members {
            return vec![Step { party, from, to }];
        }
        if self.at_once() {
            return Vec::new();
        }
        Reach::new(self.conflict, members.iter().copied(), StepRule::Moves)
            .shortest(from, |t| t == to)
            .unwrap_or_default()
    }
}
