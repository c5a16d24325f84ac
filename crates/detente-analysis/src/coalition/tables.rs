//! Which states are stable for which coalitions, for all states at once.

use detente_model::PartyId;

use super::STEPS;
use super::judge::CoalitionJudge;
use super::{CoalitionConcept, Semantics};
use crate::graph::{Graph, Moves, Ranking};
use crate::meter::Meter;
use crate::reach::{Lowest, LowestReachable, Reach, StepRule};
use crate::{Budget, Conflict, Outcome, StateId, StateSet, Stop};

/// From so many opponents on it is worth while to see whether the rule that nobody moves twice in
/// succession makes a difference.
const MANY: usize = 8;

/// The stable states of every coalition under one concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoalitionTable {
    /// The concept.
    pub concept: CoalitionConcept,
    stable: Vec<StateSet>,
    states: usize,
}

impl CoalitionTable {
    /// The states that are stable for a coalition, by its place in [`CoalitionJudge::coalitions`].
    pub fn stable_for(&self, coalition: usize) -> Option<&StateSet> {
        self.stable.get(coalition)
    }

    /// Whether a state is stable for a coalition, by its place.
    pub fn is_stable(&self, coalition: usize, state: StateId) -> bool {
        self.stable
            .get(coalition)
            .is_some_and(|set| set.contains(state))
    }

    /// The coalitional equilibria: the states that are stable for every coalition that was judged,
    /// single parties included. When these are all coalitions, such a state is called universally
    /// coalitionally stable.
    pub fn equilibria(&self) -> StateSet {
        let mut set = StateSet::all(self.states);
        for stable in &self.stable {
            set.intersect(stable);
        }
        set
    }
}

/// Finds the stable states of every coalition, for each concept once.
///
/// When the computation stops early there are no tables: none can be told before the last coalition
/// is judged.
pub fn coalition_tables(
    judge: &CoalitionJudge<'_>,
    concepts: &[CoalitionConcept],
    budget: &Budget,
) -> Outcome<Vec<CoalitionTable>> {
    match fill(judge, concepts, budget) {
        Ok(tables) => Outcome::Complete(tables),
        Err(stop) => Outcome::Stopped(Vec::new(), stop),
    }
}

fn fill(
    judge: &CoalitionJudge<'_>,
    concepts: &[CoalitionConcept],
    budget: &Budget,
) -> Result<Vec<CoalitionTable>, Stop> {
    let states = judge.states();
    let mut tables: Vec<CoalitionTable> = Vec::new();
    for &concept in concepts {
        if tables.iter().all(|t| t.concept != concept) {
            tables.push(CoalitionTable {
                concept,
                stable: Vec::new(),
                states,
            });
        }
    }
    let mut meter = Meter::new(budget, STEPS);
    let total = judge.coalitions().len();
    for coalition in 0..total {
        budget.report("coalitions judged", coalition as u64, total as u64);
        meter.check()?;
        let sets = judged(judge, coalition, &tables, &mut meter)?;
        for (table, set) in tables.iter_mut().zip(sets) {
            table.stable.push(set);
        }
    }
    Ok(tables)
}

/// The stable states of one coalition under the concepts of the tables.
fn judged(
    judge: &CoalitionJudge<'_>,
    coalition: usize,
    tables: &[CoalitionTable],
    meter: &mut Meter<'_>,
) -> Result<Vec<StateSet>, Stop> {
    let members = &judge.coalitions()[coalition];
    let gains = judge.improvements(coalition);
    let opponents = judge.opponents(members);
    let wanted = |concept| tables.iter().any(|t| t.concept == concept);
    let (need_gmr, need_smr, need_seq) = (
        wanted(CoalitionConcept::Cgmr),
        wanted(CoalitionConcept::Csmr),
        wanted(CoalitionConcept::Cseq),
    );
    let nash = stable_where(judge.states(), gains, |_, _| false);
    let mut gmr = None;
    if need_gmr || need_smr {
        let lowest = Deterrence::new(judge, members, judge.steps(), &opponents.movers, meter)?;
        gmr = Some(stable_where(judge.states(), gains, |s, t| {
            lowest.deters(s, t)
        }));
    }
    let mut smr = None;
    if let (true, Some(gmr)) = (need_smr, &gmr) {
        smr = Some(symmetric(
            judge,
            coalition,
            &opponents.movers,
            &nash,
            gmr,
            meter,
        )?);
    }
    let mut seq = None;
    if need_seq {
        let lowest = Deterrence::new(judge, members, judge.gains(), &opponents.actors, meter)?;
        seq = Some(stable_where(judge.states(), gains, |s, t| {
            lowest.deters(s, t)
        }));
    }
    let set = |table: &CoalitionTable| match table.concept {
        CoalitionConcept::Cnash => nash.clone(),
        CoalitionConcept::Cgmr => gmr.clone().unwrap_or_else(|| nash.clone()),
        CoalitionConcept::Csmr => smr.clone().unwrap_or_else(|| nash.clone()),
        CoalitionConcept::Cseq => seq.clone().unwrap_or_else(|| nash.clone()),
    };
    Ok(tables.iter().map(set).collect())
}

/// The states from which every improvement is deterred.
fn stable_where(
    states: usize,
    gains: &Moves,
    deterred: impl Fn(StateId, StateId) -> bool,
) -> StateSet {
    let mut set = StateSet::empty(states);
    for state in (0..states as u32).map(StateId) {
        if gains.from(state).iter().all(|&to| deterred(state, to)) {
            set.insert(state);
        }
    }
    set
}

/// For each member of a coalition and each state, the member's lowest rank over what the opponents
/// can reach from it.
struct Deterrence<'a> {
    members: Vec<(&'a Ranking, Vec<Option<u32>>)>,
}

impl<'a> Deterrence<'a> {
    fn new(
        judge: &CoalitionJudge<'a>,
        members: &[PartyId],
        graph: &Graph,
        opponents: &[PartyId],
        meter: &mut Meter<'_>,
    ) -> Result<Self, Stop> {
        let union;
        let (graph, opponents) = match two_are_one(graph, opponents) {
            Some(moves) => {
                // Two that move in turn by the same moves: any sequence of these moves.
                let both = vec![moves.clone(), moves];
                union = Graph::new(graph.states(), both)
                    .unwrap_or_else(|| Graph::empty(graph.states()));
                (&union, vec![PartyId(0), PartyId(1)])
            }
            None => (graph, opponents.to_vec()),
        };
        let (m, n) = (opponents.len() as u64, graph.states() as u64);
        let moves: u64 = opponents.iter().map(|o| graph.moves(*o).len() as u64).sum();
        let nodes = m.saturating_mul(m).saturating_mul(n).saturating_add(moves);
        meter.add(nodes.saturating_mul(1 + members.len() as u64))?;
        let conflict = Conflict::matched(graph, &[]);
        let reach = Reach::new(&conflict, opponents, StepRule::Moves);
        let search = LowestReachable::new(&reach, meter.budget())?;
        let mut found = Vec::with_capacity(members.len());
        for &member in members {
            let ranking = judge.conflict.ranking(member);
            let ranks: Vec<u32> = (0..graph.states() as u32)
                .map(|s| ranking.rank(StateId(s)))
                .collect();
            let lowest = search.of(&ranks, meter.budget())?;
            found.push((ranking, lowest.iter().map(Lowest::value).collect()));
        }
        Ok(Self { members: found })
    }

    /// Whether the opponents can reach from `to` a state that some member does not prefer to `from`.
    fn deters(&self, from: StateId, to: StateId) -> bool {
        self.members.iter().any(|(ranking, lowest)| {
            lowest[to.index()].is_some_and(|value| value <= ranking.rank(from))
        })
    }
}

/// The moves of many opponents together, when each of them could make two moves in a row in one, so
/// that who moved last does not matter.
fn two_are_one(graph: &Graph, opponents: &[PartyId]) -> Option<Moves> {
    /// Pairs of moves that are looked at for one opponent, at most.
    const PAIRS: usize = 1 << 24;
    if opponents.len() <= MANY {
        return None;
    }
    let states = || graph.state_ids();
    for &opponent in opponents {
        let moves = graph.moves(opponent);
        let pairs: usize = states()
            .flat_map(|s| moves.from(s))
            .map(|t| moves.from(*t).len())
            .sum();
        if pairs > PAIRS || !moves.is_transitive() {
            return None;
        }
    }
    Some(Moves::from_lists(states().map(|s| {
        opponents
            .iter()
            .flat_map(|o| graph.moves(*o).from(s).iter().copied())
            .collect()
    })))
}

/// The stable states under the symmetric concept: those Nash stable, and those generally stable
/// where every improvement has an answer that the coalition cannot escape from.
fn symmetric(
    judge: &CoalitionJudge<'_>,
    coalition: usize,
    movers: &[PartyId],
    nash: &StateSet,
    gmr: &StateSet,
    meter: &mut Meter<'_>,
) -> Result<StateSet, Stop> {
    let members = &judge.coalitions()[coalition];
    let gains = judge.improvements(coalition);
    let mut stable = nash.clone();
    if gmr.is_subset(nash) {
        return Ok(stable);
    }
    let states = judge.states();
    let budget = meter.budget();
    let moves = judge.moves(members, budget)?;
    let conflict = Conflict::matched(judge.steps(), &[]);
    let reach = Reach::new(&conflict, movers.iter().copied(), StepRule::Moves);
    let mut answers: Vec<Option<StateSet>> = vec![None; states];
    let mut held = 0u64;
    let mut traps = vec![None; states];
    for state in gmr.iter().filter(|s| !nash.contains(*s)) {
        traps.fill(None);
        meter.add(states as u64)?;
        let trap = Trap::new(judge, members, state);
        let mut all = true;
        for &to in gains.from(state) {
            if answers[to.index()].is_none() {
                held = held.saturating_add(states.div_ceil(8) as u64);
                if held > budget.max_memory {
                    return Err(Stop::Limit {
                        what: "bytes of memory",
                        limit: budget.max_memory,
                    });
                }
                let found = reach.reachable(to);
                let arcs = |s: StateId| {
                    let of = |m: &PartyId| 1 + judge.steps().moves(*m).from(s).len() as u64;
                    movers.iter().map(of).sum::<u64>()
                };
                meter.add(found.iter().map(arcs).sum())?;
                answers[to.index()] = Some(found);
            }
            let mut deterred = false;
            if let Some(found) = &answers[to.index()] {
                for result in found.iter() {
                    let holds = if let Some(known) = traps[result.index()] {
                        known
                    } else {
                        meter.add(1 + moves.from(result).len() as u64)?;
                        let holds = trap.holds(&moves, result);
                        traps[result.index()] = Some(holds);
                        holds
                    };
                    if holds {
                        deterred = true;
                        break;
                    }
                }
            }
            if !deterred {
                all = false;
                break;
            }
        }
        if all {
            stable.insert(state);
        }
    }
    Ok(stable)
}

/// What a coalition that leaves a state does not want.
pub(super) struct Trap<'a> {
    ranks: Vec<(&'a Ranking, u32)>,
}

impl<'a> Trap<'a> {
    pub(super) fn new(judge: &CoalitionJudge<'a>, members: &[PartyId], left: StateId) -> Self {
        let of = |p: &PartyId| {
            let ranking = judge.conflict.ranking(*p);
            (ranking, ranking.rank(left))
        };
        Self {
            ranks: members.iter().map(of).collect(),
        }
    }

    /// Whether some member does not prefer the state to the one that was left.
    pub(super) fn bad(&self, state: StateId) -> bool {
        self.ranks
            .iter()
            .any(|(ranking, left)| ranking.rank(state) <= *left)
    }

    /// Whether the state is bad for the coalition and so is all that it can go to from there.
    pub(super) fn holds(&self, moves: &Moves, state: StateId) -> bool {
        self.bad(state) && moves.from(state).iter().all(|&to| self.bad(to))
    }
}

impl CoalitionJudge<'_> {
    /// Whether single parties, pairs and everybody only were looked at, and so also as opponents
    /// that answer by improvements.
    pub fn answers_are_partial(&self) -> bool {
        !self.all() && *self.semantics() == Semantics::InoharaHipel
    }
}
