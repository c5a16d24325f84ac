//! How firmly equilibria hold: how far a party's own ranking must change before it would leave.
//!
//! The unit is the *swap*: two adjacent ranks of one party's ranking change places, each as a whole, so
//! that tied states stay tied. For a state `s` that is stable for party `i`, the count is the least
//! number of swaps of `i`'s ranking after which `s` is no longer stable for `i`, all other rankings and
//! all moves left as they are. The number of places that `s` may fall and still hold for the party is
//! one less; after Xu, Kilgour and others it is called the *level of freedom* here.
//!
//! Only what stands above `s` matters, and the more stands above it, the less it holds: what the
//! opponents can do does not depend on `i`'s ranking, an improvement stays one, and a sanction can only
//! cease to be one. To bring some lower ranks above `s`, the lowest of which is `m` places below it, takes
//! `m` swaps at least, and `m` swaps suffice to let `s` fall below all `m` of them. So the least number of
//! swaps is the least fall after which `s` does not hold, and with `rank'(t) = rank(t)`, but below
//! everything where `t` is tied with `s` or is `s` (these never come to be preferred to `s`), it is
//!
//! `rank(s) - max over moves s1 of min(rank'(s1), sigma'(s1))`
//!
//! where `sigma'` is the least `rank'` (under the symmetric concepts: of the better of the state and the
//! party's best move from it) over what the opponents reach from `s1` by the steps of the concept. This is
//! the threshold form of the concepts, as in [`MarginTable`](crate::engine::MarginTable), with the states
//! tied with `s` taken out; a margin counts these as any others, and differs where a sanction returns to
//! `s` or to a state tied with it.
//!
//! A change of `i`'s ranking can also break an equilibrium for *another* party, whose sanctions are `i`'s
//! improvements under SEQ and SSEQ. That is not counted here.

use detente_model::PartyId;

use crate::concept::{Concept, Settings};
use crate::reach::{LowestReachable, Reach, Step};
use crate::stability::{Rule, rule};
use crate::{Budget, Conflict, StateId, Stop};

/// How firmly a state holds for one party, judged by changes of that party's own ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// The concept has no such count: it is not Nash stability, and its sanctions are not sequences of
    /// moves.
    Undefined,
    /// The state is not stable for the party as it is.
    Unstable,
    /// The party has no move from the state.
    NoMove,
    /// No change of the party's own ranking makes the state unstable for it.
    Unbreakable,
    /// So many swaps break it.
    Breaks(Fall),
}

/// The least change of a party's own ranking that makes it leave a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// How many swaps of adjacent ranks: the state falls so many places. 1 or more.
    pub swaps: u32,
    /// The state on which it turns: the party must come to prefer it to the one that it leaves. It has
    /// the lowest of the ranks that the state must fall below.
    pub below: StateId,
    /// The move that then pays; the lowest such state.
    pub to: StateId,
    /// Whether that move is an improvement as the ranking stands, so that only an answer deters it.
    pub improves_now: bool,
    /// The answer that deters the move until then, a shortest one; after it, or after the party's best
    /// move from there, the party ends in `below`. Empty when none is needed because the party does
    /// not want the move: `below` is then `to`.
    pub answer: Vec<Step>,
}

impl Fall {
    /// How many places the state may fall in the party's ranking and still hold: the level of freedom,
    /// after Xu, Kilgour and others.
    pub fn freedom(&self) -> u32 {
        self.swaps.saturating_sub(1)
    }
}

impl Own {
    /// The number of swaps that break it; `None` when there is no such number.
    pub fn swaps(&self) -> Option<u32> {
        match self {
            Self::Breaks(fall) => Some(fall.swaps),
            Self::Unstable => Some(0),
            Self::Undefined | Self::NoMove | Self::Unbreakable => None,
        }
    }
}

/// How firmly a state holds for every party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// The state.
    pub state: StateId,
    /// One entry per party.
    pub own: Vec<Own>,
}

impl Robustness {
    /// The party whose own ranking breaks the state by the fewest swaps, the first such, and how;
    /// `None` when no party's can.
    pub fn weakest(&self) -> Option<(PartyId, &Fall)> {
        let falls = (0..).map(PartyId).zip(&self.own);
        let falls = falls.filter_map(|(party, own)| match own {
            Own::Breaks(fall) => Some((party, fall)),
            _ => None,
        });
        falls.min_by_key(|(party, fall)| (fall.swaps, *party))
    }

    /// The fewest swaps of one party's own ranking that make the state unstable for that party; `None`
    /// when no party's can.
    pub fn robustness(&self) -> Option<u32> {
        self.own.iter().filter_map(Own::swaps).min()
    }
}

/// Finds how firmly states hold for every party, each judging by its own concept (`judges` has one per
/// party; a party without one is [`Own::Undefined`]). States that do not exist are left out.
///
/// One search per party, and one pass over it for each different rank of the states.
///
/// # Errors
///
/// Stops when the budget is cancelled or too small for the search.
pub fn robustness(
    conflict: &Conflict<'_>,
    judges: &[Concept],
    settings: &Settings,
    states: &[StateId],
    budget: &Budget,
) -> Result<Vec<Robustness>, Stop> {
    let exists = |s: &&StateId| s.index() < conflict.graph().states();
    let blank = |state: &StateId| Robustness {
        state: *state,
        own: Vec::with_capacity(conflict.graph().parties()),
    };
    let mut found: Vec<Robustness> = states.iter().filter(exists).map(blank).collect();
    let parties = conflict.graph().parties() as u64;
    for party in conflict.graph().party_ids() {
        budget.report("robustness", u64::from(party.0), parties);
        let judged = match judges.get(party.index()) {
            Some(Concept::Nash) => Some(None),
            Some(concept) => rule(*concept).map(Some),
            None => None,
        };
        let Some(rule) = judged else {
            for one in &mut found {
                one.own.push(Own::Undefined);
            }
            continue;
        };
        let mut judge = Judge::new(conflict, party, rule, settings, budget)?;
        // States of one rank share a pass.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|i| (conflict.ranking(party).rank(found[*i].state), *i));
        for i in order {
            let own = judge.own(found[i].state, budget)?;
            found[i].own.push(own);
        }
    }
    Ok(found)
}

/// Judges the states of one party.
struct Judge<'a> {
    conflict: &'a Conflict<'a>,
    party: PartyId,
    settings: &'a Settings,
    /// What the opponents can do; `None` under Nash stability.
    opponents: Option<(Rule, Reach<'a>, LowestReachable)>,
    /// The rank of the last pass, and its result.
    pass: Option<(u32, Pass)>,
}

/// For every state: where it stands when what is tied with a rank is taken out, and the least that the
/// opponents can bring the party to from it.
struct Pass {
    levels: Vec<u32>,
    lowest: Option<Vec<crate::reach::Lowest>>,
}

impl<'a> Judge<'a> {
    fn new(
        conflict: &'a Conflict<'a>,
        party: PartyId,
        rule: Option<Rule>,
        settings: &'a Settings,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let opponents = match rule {
            None => None,
            Some(rule) => {
                let reach = Reach::opponents(conflict, party, rule.steps)
                    .with_sequences(settings.sequences);
                let search = LowestReachable::new(&reach, budget)?;
                Some((rule, reach, search))
            }
        };
        Ok(Self {
            conflict,
            party,
            settings,
            opponents,
            pass: None,
        })
    }

    /// Where a state stands for the party: 0 when it is tied with rank `out`, else its rank plus 1.
    fn key(&self, state: StateId, out: u32) -> u32 {
        let rank = self.conflict.ranking(self.party).rank(state);
        if rank == out { 0 } else { rank + 1 }
    }

    /// As [`Judge::key`], or the best that the party can make of the state when it may escape.
    fn level(&self, state: StateId, out: u32, escapes: bool) -> u32 {
        let moves = self.conflict.graph().moves(self.party).from(state).iter();
        let escape = moves.map(|t| self.key(*t, out)).max().filter(|_| escapes);
        escape.unwrap_or(0).max(self.key(state, out))
    }

    fn pass(&mut self, out: u32, budget: &Budget) -> Result<&Pass, Stop> {
        if self.pass.as_ref().is_none_or(|(rank, _)| *rank != out) {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let states = self.conflict.graph().state_ids();
            let pass = match &self.opponents {
                None => Pass {
                    levels: Vec::new(),
                    lowest: None,
                },
                Some((rule, _, search)) => {
                    let levels: Vec<u32> =
                        states.map(|s| self.level(s, out, rule.escapes)).collect();
                    let lowest = Some(search.of(&levels, budget)?);
                    Pass { levels, lowest }
                }
            };
            self.pass = Some((out, pass));
        }
        self.pass.as_ref().map(|(_, p)| p).ok_or(Stop::Cancelled)
    }

    fn own(&mut self, state: StateId, budget: &Budget) -> Result<Own, Stop> {
        let conflict = self.conflict;
        let rank = conflict.ranking(self.party).rank(state);
        let targets = conflict.graph().moves(self.party).from(state);
        if targets.is_empty() {
            return Ok(Own::NoMove);
        }
        let diagonal = self.settings.diagonal;
        let pass = self.pass(rank, budget)?;
        let answers: Vec<Option<u32>> = targets
            .iter()
            .map(|to| {
                let lowest = pass.lowest.as_ref()?.get(to.index())?;
                if diagonal {
                    lowest.value()
                } else {
                    lowest.value_except(state)
                }
            })
            .collect();
        // The first of the best, so that the witness is the lowest state.
        let mut best: Option<(u32, StateId)> = None;
        for (to, answer) in targets.iter().zip(answers) {
            let sure = answer.unwrap_or(u32::MAX).min(self.key(*to, rank));
            if sure > 0 && best.is_none_or(|(b, _)| sure > b) {
                best = Some((sure, *to));
            }
        }
        let Some((sure, to)) = best else {
            return Ok(Own::Unbreakable);
        };
        // Keys are ranks plus 1, and none is that of the state itself.
        let Some(swaps) = (rank + 1).checked_sub(sure) else {
            return Ok(Own::Unstable);
        };
        let improves_now = conflict.improves(self.party, state, to);
        let (below, answer) = if self.key(to, rank) == sure {
            (to, Vec::new())
        } else {
            self.turning_point(state, to, sure)
                .unwrap_or((to, Vec::new()))
        };
        Ok(Own::Breaks(Fall {
            swaps,
            below,
            to,
            improves_now,
            answer,
        }))
    }

    /// The shortest answer that brings the party to the given level after a move, and where it ends.
    fn turning_point(
        &self,
        state: StateId,
        to: StateId,
        sure: u32,
    ) -> Option<(StateId, Vec<Step>)> {
        let (_, reach, _) = self.opponents.as_ref()?;
        let levels = self.pass.as_ref().map(|(_, p)| &p.levels)?;
        let rank = self.conflict.ranking(self.party).rank(state);
        let steps = reach.shortest(to, |s| {
            (self.settings.diagonal || s != state) && levels.get(s.index()) == Some(&sure)
        })?;
        let result = steps.last()?.to;
        let below = if self.key(result, rank) == sure {
            result
        } else {
            let escapes = self.conflict.graph().moves(self.party).from(result).iter();
            escapes.copied().find(|t| self.key(*t, rank) == sure)?
        };
        Some((below, steps))
    }
}
