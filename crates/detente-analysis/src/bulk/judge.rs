//! The judgement of a batch.

use super::cover::Cover;
use super::lanes::{Lanes, Plain};
use super::plan::{Opponent, Side};
use super::verdicts::Desk;
use super::{Batch, Plan, Row, Verdicts};
use crate::graph::Moves;
use crate::{Concept, StateId};
use detente_model::PartyId;

/// Judges a batch that fits the plan, in wide registers where there are any.
pub(super) fn judge(plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        simd.vectorize(
            #[inline(always)]
            || judge_with(super::lanes::Wide(simd), plan, batch, verdicts),
        );
        return;
    }
    judge_plainly(plan, batch, verdicts);
}

/// Judges a batch that fits the plan, in plain code.
pub(super) fn judge_plainly(plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    judge_with(Plain, plan, batch, verdicts);
}

/// What the party gets at a state to which the opponents bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Its rank.
    Rank,
    /// The best rank of the state and of what the party can move to from there.
    Best,
}

#[inline(always)]
fn judge_with<L: Lanes>(lanes: L, plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    let (states, parties) = (plan.states(), plan.parties());
    verdicts.equilibria.fill(u32::MAX);
    verdicts.stable.fill(u32::MAX);
    let place = |concept: Concept| plan.concepts().iter().position(|c| *c == concept);
    let nash = place(Concept::Nash);
    let by_moves = [place(Concept::Gmr), place(Concept::Smr)];
    let by_improvements = [place(Concept::Seq), place(Concept::Sseq)];
    for (party, side) in plan.sides.iter().enumerate() {
        if plan.moves[party].is_empty() {
            continue;
        }
        let ranks = batch.rows(PartyId(party as u16));
        let mut book = Book {
            states,
            parties,
            party,
            equilibria: &mut verdicts.equilibria,
            stable: &mut verdicts.stable,
        };
        let Desk {
            own,
            best,
            values,
            sets,
        } = &mut verdicts.desk;
        let mut bench = Bench {
            lanes,
            plan,
            batch,
            side,
            ranks,
            best,
            own,
            values,
            sets,
        };
        bench.find_best(nash, &mut book);
        match by_moves {
            [Some(gmr), Some(smr)] => {
                bench.moves([Level::Rank, Level::Best], [gmr, smr], &mut book);
            }
            [Some(gmr), None] => bench.moves([Level::Rank], [gmr], &mut book),
            [None, Some(smr)] => bench.moves([Level::Best], [smr], &mut book),
            [None, None] => {}
        }
        match by_improvements {
            [Some(seq), Some(sseq)] => {
                bench.improvements([Level::Rank, Level::Best], [seq, sseq], &mut book);
            }
            [Some(seq), None] => bench.improvements([Level::Rank], [seq], &mut book),
            [None, Some(sseq)] => bench.improvements([Level::Best], [sseq], &mut book),
            [None, None] => {}
        }
    }
}

/// Where verdicts on one party are written down.
struct Book<'a> {
    states: usize,
    parties: usize,
    party: usize,
    equilibria: &'a mut [u32],
    stable: &'a mut [u32],
}

impl Book<'_> {
    /// Writes the lanes in which states are stable, under the concept at this place.
    #[inline(always)]
    fn enter(&mut self, place: usize, stable: impl Fn(usize) -> u32) {
        let equilibria = &mut self.equilibria[place * self.states..][..self.states];
        if self.stable.is_empty() {
            for (state, all) in equilibria.iter_mut().enumerate() {
                *all &= stable(state);
            }
            return;
        }
        let mine = &mut self.stable[(place * self.parties + self.party) * self.states..];
        for (state, (all, mine)) in equilibria.iter_mut().zip(mine).enumerate() {
            *mine = stable(state);
            *all &= *mine;
        }
    }
}

/// What is at hand while one party's states are judged.
struct Bench<'a, L> {
    lanes: L,
    plan: &'a Plan,
    batch: &'a Batch,
    side: &'a Side,
    ranks: &'a [Row],
    best: &'a mut Vec<Row>,
    own: &'a mut Vec<Row>,
    values: &'a mut Vec<Row>,
    sets: &'a mut Vec<Row>,
}

impl<L: Lanes> Bench<'_, L> {
    /// Finds the best of each state and of what the party can move to from it. A state is Nash stable
    /// where that is its own rank.
    #[inline(always)]
    fn find_best(&mut self, nash: Option<usize>, book: &mut Book<'_>) {
        let (lanes, ranks, own) = (self.lanes, self.ranks, &self.side.own);
        let (sets, _) = self.own.as_chunks_mut::<1>();
        let rank = |state: usize| [lanes.load(&ranks[state])];
        fold(lanes, own, sets, Row::splat(0), rank, |a, b| {
            lanes.max(a, b)
        });
        if let Some(place) = nash {
            book.enter(place, |state| {
                let best = lanes.load(&sets[own.of[state] as usize][0]);
                lanes.lanes_at_most(best, lanes.load(&ranks[state]))
            });
        }
        for (best, set) in self.best.iter_mut().zip(&own.of) {
            *best = sets[*set as usize][0];
        }
    }

    /// The concepts under which the opponents answer by any moves.
    #[inline(always)]
    fn moves<const V: usize>(
        &mut self,
        levels: [Level; V],
        places: [usize; V],
        book: &mut Book<'_>,
    ) {
        let (lanes, ranks, best) = (self.lanes, self.ranks, &self.best[..]);
        let reached = &self.side.reached;
        let (sets, _) = self.sets.as_chunks_mut::<V>();
        let level = |state: usize| {
            levels.map(|level| match level {
                Level::Rank => lanes.load(&ranks[state]),
                Level::Best => lanes.load(&best[state]),
            })
        };
        fold(lanes, reached, sets, Row::splat(u16::MAX), level, |a, b| {
            lanes.min(a, b)
        });
        let sets = &*sets;
        let least = |state: usize| &sets[reached.of[state] as usize];
        let (values, _) = self.values.as_chunks_mut::<V>();
        conclude(lanes, &self.side.own, ranks, least, values, places, book);
    }

    /// The concepts under which the opponents answer by improvements.
    #[inline(always)]
    fn improvements<const V: usize>(
        &mut self,
        levels: [Level; V],
        places: [usize; V],
        book: &mut Book<'_>,
    ) {
        let (lanes, ranks) = (self.lanes, self.ranks);
        let states = ranks.len();
        let (values, _) = self.values.as_chunks_mut::<V>();
        let values = &mut values[..self.side.tables * states];
        for table in values.chunks_exact_mut(states) {
            for (state, value) in table.iter_mut().enumerate() {
                for (value, level) in value.iter_mut().zip(&levels) {
                    *value = match level {
                        Level::Rank => ranks[state],
                        Level::Best => self.best[state],
                    };
                }
            }
        }
        let opponents = &self.side.opponents;
        let mut quiet = 0;
        for opponent in opponents.iter().cycle() {
            if quiet >= opponents.len() {
                break;
            }
            let theirs = self.batch.rows(PartyId(opponent.party as u16));
            let moves = &self.plan.moves[opponent.party];
            let changed = if self.side.tables == 1 {
                sweep(lanes, moves, theirs, values)
            } else {
                sweep_apart(lanes, moves, theirs, *opponent, values)
            };
            // Going through the same party again would change nothing.
            quiet = if changed { 1 } else { quiet + 1 };
        }
        let values = &*values;
        let (sets, _) = self.sets.as_chunks_mut::<V>();
        let least = |state: usize| &values[state];
        conclude(lanes, &self.side.own, ranks, least, sets, places, book);
    }
}

/// The value of each set: that of its states and of its parts taken together.
#[inline(always)]
fn fold<L: Lanes, const V: usize>(
    lanes: L,
    cover: &Cover,
    sets: &mut [[Row; V]],
    unit: Row,
    of: impl Fn(usize) -> [L::Value; V],
    join: impl Fn(L::Value, L::Value) -> L::Value,
) {
    let unit = lanes.load(&unit);
    for (place, (parts, members)) in cover.sets().enumerate() {
        let mut value = [unit; V];
        for state in members {
            let more = of(*state as usize);
            for v in 0..V {
                value[v] = join(value[v], more[v]);
            }
        }
        for part in parts {
            let more = &sets[*part as usize];
            for v in 0..V {
                value[v] = join(value[v], lanes.load(&more[v]));
            }
        }
        sets[place] = value.map(|v| lanes.store(v));
    }
}

/// Says in which lanes states are stable, given the least that the opponents can bring the party to from
/// each state.
#[inline(always)]
fn conclude<'a, L: Lanes, const V: usize>(
    lanes: L,
    own: &Cover,
    ranks: &[Row],
    least: impl Fn(usize) -> &'a [Row; V],
    sets: &mut [[Row; V]],
    places: [usize; V],
    book: &mut Book<'_>,
) {
    let sure = |state: usize| {
        let rank = lanes.load(&ranks[state]);
        let least = least(state);
        std::array::from_fn(|v| lanes.min(rank, lanes.load(&least[v])))
    };
    fold(lanes, own, sets, Row::splat(0), sure, |a, b| {
        lanes.max(a, b)
    });
    for (v, place) in places.into_iter().enumerate() {
        book.enter(place, |state| {
            let best = lanes.load(&sets[own.of[state] as usize][v]);
            lanes.lanes_at_most(best, lanes.load(&ranks[state]))
        });
    }
}

/// Lowers the values of each state to the least that one improvement of a party leads to, and says whether
/// that changed anything. Two of its moves in a row are one move, so it does not matter that some states
/// that it leads to are lowered before.
#[inline(always)]
fn sweep<L: Lanes, const V: usize>(
    lanes: L,
    moves: &Moves,
    ranks: &[Row],
    values: &mut [[Row; V]],
) -> bool {
    let unit = lanes.load(&Row::splat(0));
    let mut changes = unit;
    for (state, mine) in ranks.iter().enumerate() {
        let mine = lanes.load(mine);
        let before: [L::Value; V] = std::array::from_fn(|v| lanes.load(&values[state][v]));
        let mut now = before;
        for to in moves.from(StateId(state as u32)) {
            let not_better = lanes.at_most(lanes.load(&ranks[to.index()]), mine);
            let there = &values[to.index()];
            for v in 0..V {
                now[v] = lanes.min(now[v], lanes.or(lanes.load(&there[v]), not_better));
            }
        }
        for v in 0..V {
            changes = lanes.or(changes, lanes.xor(before[v], now[v]));
            values[state][v] = lanes.store(now[v]);
        }
    }
    lanes.lanes_at_most(changes, unit) != u32::MAX
}

/// As [`sweep`], where some parties have a table of their own: what a move leads to is read from the
/// mover's table, and lowers all tables in which the mover may move next.
#[inline(always)]
fn sweep_apart<L: Lanes, const V: usize>(
    lanes: L,
    moves: &Moves,
    ranks: &[Row],
    opponent: Opponent,
    values: &mut [[Row; V]],
) -> bool {
    let states = ranks.len();
    let unit = lanes.load(&Row::splat(0));
    let top = lanes.load(&Row::splat(u16::MAX));
    let mut changes = unit;
    for (state, mine) in ranks.iter().enumerate() {
        let mine = lanes.load(mine);
        let mut least = [top; V];
        for to in moves.from(StateId(state as u32)) {
            let not_better = lanes.at_most(lanes.load(&ranks[to.index()]), mine);
            let there = &values[opponent.table * states + to.index()];
            for v in 0..V {
                least[v] = lanes.min(least[v], lanes.or(lanes.load(&there[v]), not_better));
            }
        }
        for (table, values) in values.chunks_exact_mut(states).enumerate() {
            if table > 0 && table == opponent.table {
                continue;
            }
            for v in 0..V {
                let before = lanes.load(&values[state][v]);
                let now = lanes.min(before, least[v]);
                changes = lanes.or(changes, lanes.xor(before, now));
                values[state][v] = lanes.store(now);
            }
        }
    }
    lanes.lanes_at_most(changes, unit) != u32::MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::{CONCEPTS, Detail, Stream};
    use crate::{Budget, Graph};

    /// So many states and parties, arcs with the given chance in 256, ranks of so many levels.
    fn drawn(seed: u64, states: u32, parties: u64, chance: u16, levels: u32) -> (Plan, Batch) {
        let mut random = Stream::new(seed).block(0);
        let mut moves = Vec::new();
        for _ in 0..parties {
            let mut lists = Vec::new();
            for _ in 0..states {
                let lots = random.row().0.map(|lot| lot % 256 < chance);
                let targets = (0..states).filter(|t| lots[*t as usize]);
                lists.push(targets.map(StateId).collect());
            }
            moves.push(Moves::from_lists(lists));
        }
        let graph = Graph::new(states as usize, moves).unwrap();
        let plan = Plan::new(&graph, &CONCEPTS, &Budget::default()).unwrap();
        let mut batch = plan.batch();
        for party in graph.party_ids() {
            for row in batch.rows_mut(party) {
                *row = Row(random.below(levels).map(|rank| rank as u16));
            }
        }
        (plan, batch)
    }

    #[test]
    fn plain_code_says_the_same_as_registers() {
        let mut lanes = 0;
        for seed in 0..200_u64 {
            let states = 1 + (seed % 24) as u32;
            let levels = [2, 7, 1 << 16][(seed % 3) as usize];
            let (plan, batch) = drawn(seed, states, 1 + seed % 4, (seed % 90) as u16, levels);
            let mut wide = Verdicts::new(&plan, Detail::Parties);
            let mut plain = wide.clone();
            judge(&plan, &batch, &mut wide);
            judge_plainly(&plan, &batch, &mut plain);
            assert_eq!(wide.equilibria, plain.equilibria, "{seed}");
            assert_eq!(wide.stable, plain.stable, "{seed}");
            let held = wide.stable.iter().map(|l| l.count_ones());
            lanes += held.filter(|count| (1..32).contains(count)).count();
        }
        assert!(lanes > 5_000, "{lanes}");
    }

    /// Neither what a batch before left behind nor a plan before matters.
    #[test]
    fn nothing_is_left_behind() {
        let mut used: Option<Verdicts> = None;
        for seed in 0..60 {
            let (plan, batch) = drawn(seed, 9, 3, 40, 5);
            let mut fresh = Verdicts::new(&plan, Detail::Parties);
            let mut verdicts = used.take().unwrap_or_else(|| fresh.clone());
            plan.judge(&batch, &mut fresh).unwrap();
            plan.judge(&batch, &mut verdicts).unwrap();
            assert_eq!(fresh.stable, verdicts.stable);
            assert_eq!(fresh.equilibria, verdicts.equilibria);
            used = Some(verdicts);
        }
    }
}
