//! A verdict on one state and coalition, with what proves it.

use detente_model::PartyId;

use super::CoalitionConcept;
use super::STEPS;
use super::judge::CoalitionJudge;
use super::tables::Trap;
use crate::graph::Moves;
use crate::meter::Meter;
use crate::reach::{Reach, Step, StepRule};
use crate::status_quo::Leg;
use crate::{Budget, Conflict, StateId, Stop};

/// Whether a state is stable for a coalition under a concept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoalitionVerdict {
    /// The members, ascending.
    pub members: Vec<PartyId>,
    /// The state.
    pub state: StateId,
    /// The concept.
    pub concept: CoalitionConcept,
    /// Whether it is stable: exactly when none of the improvements is open.
    pub stable: bool,
    /// Every improvement of the coalition, by ascending state, and what becomes of it.
    pub improvements: Vec<CoalitionFate>,
}

/// An improvement of a coalition, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoalitionFate {
    /// The state that the coalition would go to.
    pub to: StateId,
    /// A shortest legal sequence of the members' moves that leads there. Empty for a merged party
    /// that changes several parties' options at once.
    pub moves: Vec<Step>,
    /// What the others can do about it.
    pub answer: Answer,
}

/// What the opponents of a coalition can do about an improvement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// They can lead to a state that some member does not prefer to the one that was left.
    Sanction {
        /// A shortest way to do so.
        by: Vec<Leg>,
        /// Where it ends.
        result: StateId,
        /// The members that do not prefer that to the state that was left.
        unwilling: Vec<PartyId>,
    },
    /// Nothing stops it.
    Open {
        /// Under the symmetric concept, the nearest answer that would be a sanction but for an
        /// escape of the coalition.
        undone: Option<CoalitionUndone>,
    },
}

impl CoalitionFate {
    /// Whether nothing stops the improvement.
    pub fn is_open(&self) -> bool {
        matches!(self.answer, Answer::Open { .. })
    }
}

/// An answer to an improvement that the coalition can escape from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoalitionUndone {
    /// The answer.
    pub by: Vec<Leg>,
    /// Where it ends.
    pub result: StateId,
    /// The lowest state to which the coalition can go from there and which all its members prefer to
    /// the one that was left.
    pub escape: StateId,
}

/// Judges states for one coalition, sharing what does not depend on the state.
pub struct CoalitionWitness<'j, 'a> {
    judge: &'j CoalitionJudge<'a>,
    coalition: usize,
    concept: CoalitionConcept,
    opponents: Vec<PartyId>,
    /// All moves of the coalition, where the concept lets it escape.
    escapes: Option<Moves>,
}

impl<'j, 'a> CoalitionWitness<'j, 'a> {
    /// Prepares the verdicts on a coalition, by its place; `None` when there is no such coalition.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled or used up.
    pub fn new(
        judge: &'j CoalitionJudge<'a>,
        coalition: usize,
        concept: CoalitionConcept,
        budget: &Budget,
    ) -> Result<Option<Self>, Stop> {
        let Some(members) = judge.coalitions().get(coalition) else {
            return Ok(None);
        };
        let opponents = judge.opponents(members);
        let escapes = match concept {
            CoalitionConcept::Csmr => Some(judge.moves(members, budget)?),
            CoalitionConcept::Cnash | CoalitionConcept::Cgmr | CoalitionConcept::Cseq => None,
        };
        Ok(Some(Self {
            judge,
            coalition,
            concept,
            opponents: match concept {
                CoalitionConcept::Cnash => Vec::new(),
                CoalitionConcept::Cgmr | CoalitionConcept::Csmr => opponents.movers,
                CoalitionConcept::Cseq => opponents.actors,
            },
            escapes,
        }))
    }

    /// The verdict on a state.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled or used up.
    pub fn verdict(&self, state: StateId, budget: &Budget) -> Result<CoalitionVerdict, Stop> {
        self.judge_state(state, &mut Meter::new(budget, STEPS))
    }

    /// The verdict on a state, as part of a larger question.
    pub(super) fn judge_state(
        &self,
        state: StateId,
        meter: &mut Meter<'_>,
    ) -> Result<CoalitionVerdict, Stop> {
        let judge = self.judge;
        let members = &judge.coalitions()[self.coalition];
        let gain = self.concept == CoalitionConcept::Cseq;
        let graph = if gain { judge.gains() } else { judge.steps() };
        let conflict = Conflict::matched(graph, &[]);
        let reach = Reach::new(&conflict, self.opponents.iter().copied(), StepRule::Moves);
        let trap = Trap::new(judge, members, state);
        let mut improvements = Vec::new();
        let targets = if state.index() < judge.states() {
            judge.improvements(self.coalition).from(state)
        } else {
            &[]
        };
        for &to in targets {
            meter.check()?;
            let mut seen = 0u64;
            let found = reach.shortest(to, |result| {
                seen += 1;
                match &self.escapes {
                    None => trap.bad(result),
                    Some(moves) => {
                        seen += moves.from(result).len() as u64;
                        trap.holds(moves, result)
                    }
                }
            });
            let answer = match found {
                Some(steps) => {
                    let result = steps.last().map_or(to, |s| s.to);
                    let prefers = |p: &PartyId| judge.conflict.improves(*p, state, result);
                    Answer::Sanction {
                        by: judge.legs(&steps, gain),
                        result,
                        unwilling: members.iter().copied().filter(|p| !prefers(p)).collect(),
                    }
                }
                None => Answer::Open {
                    undone: self.undone(&reach, &trap, to),
                },
            };
            meter.add(seen)?;
            improvements.push(CoalitionFate {
                to,
                moves: judge.way(members, state, to),
                answer,
            });
        }
        Ok(CoalitionVerdict {
            members: members.clone(),
            state,
            concept: self.concept,
            stable: improvements.iter().all(|i| !i.is_open()),
            improvements,
        })
    }

    fn undone(&self, reach: &Reach<'_>, trap: &Trap<'_>, to: StateId) -> Option<CoalitionUndone> {
        let moves = self.escapes.as_ref()?;
        let steps = reach.shortest(to, |result| trap.bad(result))?;
        let result = steps.last()?.to;
        let escape = moves.from(result).iter().copied().find(|t| !trap.bad(*t))?;
        Some(CoalitionUndone {
            by: self.judge.legs(&steps, false),
            result,
            escape,
        })
    }
}
