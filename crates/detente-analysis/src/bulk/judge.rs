//! The judgement of a batch.
//!
//! Vector instructions are chosen when the program runs, and reach only what is inlined; so everything here
//! that touches registers is a method or a function that is always inlined, and never a closure.

use super::cover::Cover;
use super::lanes::{Lanes, Plain};
use super::plan::Side;
use super::sweep::Sweep;
use super::verdicts::Desk;
use super::{Batch, Plan, Row, Verdicts};
use crate::Concept;
use detente_model::PartyId;

/// Judges a batch that fits the plan, in wide registers where there are any.
pub(super) fn judge(plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        simd.vectorize(Task {
            lanes: super::lanes::Wide(simd),
            plan,
            batch,
            verdicts,
        });
        return;
    }
    judge_plainly(plan, batch, verdicts);
}

/// The judgement of one batch. A closure would be called through a function of the compiler's, which is
/// too large to be inlined.
#[cfg(target_arch = "x86_64")]
struct Task<'a, L> {
    lanes: L,
    plan: &'a Plan,
    batch: &'a Batch,
    verdicts: &'a mut Verdicts,
}

#[cfg(target_arch = "x86_64")]
impl<L: Lanes> pulp::NullaryFnOnce for Task<'_, L> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        judge_with(self.lanes, self.plan, self.batch, self.verdicts);
    }
}

/// Judges a batch that fits the plan, in plain code.
pub(super) fn judge_plainly(plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    judge_with(Plain, plan, batch, verdicts);
}

#[inline(always)]
fn judge_with<L: Lanes>(lanes: L, plan: &Plan, batch: &Batch, verdicts: &mut Verdicts) {
    verdicts.equilibria.fill(u32::MAX);
    verdicts.stable.fill(u32::MAX);
    for (party, side) in plan.sides.iter().enumerate() {
        if plan.moves[party].is_empty() {
            continue;
        }
        let Desk {
            own,
            best,
            values,
            sets,
            lowered,
        } = &mut verdicts.desk;
        let mut bench = Bench {
            lanes,
            plan,
            batch,
            side,
            ranks: batch.rows(PartyId(party as u16)),
            own,
            values,
            sets,
            lowered,
            book: Book {
                states: plan.states(),
                parties: plan.parties(),
                party,
                equilibria: &mut verdicts.equilibria,
                stable: &mut verdicts.stable,
            },
        };
        bench.all(best);
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
    /// Writes, under the concept at this place, in which lanes the states are stable: those in which the
    /// best that the party is sure of is at most the rank of the state. There is one best for each of its
    /// own sets, the `v`th value.
    #[inline(always)]
    fn enter<L: Lanes, const V: usize>(
        &mut self,
        lanes: L,
        place: usize,
        ranks: &[Row],
        own: &Cover,
        (sets, v): (&[[Row; V]], usize),
    ) {
        let equilibria = &mut self.equilibria[place * self.states..][..self.states];
        let detailed = !self.stable.is_empty();
        let start = (place * self.parties + self.party) * self.states;
        for (state, ((all, rank), set)) in equilibria.iter_mut().zip(ranks).zip(&own.of).enumerate()
        {
            let best = lanes.load(&sets[*set as usize][v]);
            let stable = lanes.lanes_at_most(best, lanes.load(rank));
            *all &= stable;
            if detailed {
                self.stable[start + state] = stable;
            }
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
    own: &'a mut Vec<Row>,
    values: &'a mut Vec<Row>,
    sets: &'a mut Vec<Row>,
    lowered: &'a mut Vec<bool>,
    book: Book<'a>,
}

impl<L: Lanes> Bench<'_, L> {
    /// Judges the states under every concept of the plan. What the party gets at a state to which the
    /// opponents bring it is its rank there, or the best rank of the state and of what it can move to from
    /// there.
    #[inline(always)]
    fn all(&mut self, best: &mut [Row]) {
        let place = |concept: Concept| self.plan.concepts().iter().position(|c| *c == concept);
        let (nash, gmr, smr) = (
            place(Concept::Nash),
            place(Concept::Gmr),
            place(Concept::Smr),
        );
        let (seq, sseq) = (place(Concept::Seq), place(Concept::Sseq));
        let best = &mut best[..self.ranks.len()];
        self.find_best(nash, best);
        let ranks = self.ranks;
        match (gmr, smr) {
            (Some(gmr), Some(smr)) => self.by_moves([ranks, best], [gmr, smr]),
            (Some(gmr), None) => self.by_moves([ranks], [gmr]),
            (None, Some(smr)) => self.by_moves([best], [smr]),
            (None, None) => {}
        }
        match (seq, sseq) {
            (Some(seq), Some(sseq)) => self.by_improvements([ranks, best], [seq, sseq]),
            (Some(seq), None) => self.by_improvements([ranks], [seq]),
            (None, Some(sseq)) => self.by_improvements([best], [sseq]),
            (None, None) => {}
        }
    }

    /// Finds the best of each state and of what the party can move to from it. A state is Nash stable
    /// where that is its own rank.
    #[inline(always)]
    fn find_best(&mut self, nash: Option<usize>, best: &mut [Row]) {
        let own = &self.side.own;
        let (sets, _) = self.own.as_chunks_mut::<1>();
        Most.fold(self.lanes, own, &[self.ranks], sets);
        if let Some(place) = nash {
            self.book
                .enter(self.lanes, place, self.ranks, own, (sets, 0));
        }
        for (best, set) in best.iter_mut().zip(&own.of) {
            *best = sets[*set as usize][0];
        }
    }

    /// The concepts under which the opponents answer by any moves.
    #[inline(always)]
    fn by_moves<const V: usize>(&mut self, levels: [&[Row]; V], places: [usize; V]) {
        let reached = &self.side.reached;
        let (least, _) = self.sets.as_chunks_mut::<V>();
        Least.fold(self.lanes, reached, &levels, least);
        let (sets, _) = self.values.as_chunks_mut::<V>();
        let sure = Sure {
            ranks: self.ranks,
            least,
            of: Some(&reached.of),
        };
        Most.fold(self.lanes, &self.side.own, &sure, sets);
        for (v, place) in places.into_iter().enumerate() {
            let own = &self.side.own;
            self.book
                .enter(self.lanes, place, self.ranks, own, (sets, v));
        }
    }

    /// The concepts under which the opponents answer by improvements.
    #[inline(always)]
    fn by_improvements<const V: usize>(&mut self, levels: [&[Row]; V], places: [usize; V]) {
        let (lanes, states) = (self.lanes, self.ranks.len());
        let (values, _) = self.values.as_chunks_mut::<V>();
        let values = &mut values[..self.side.tables * states];
        for table in values.chunks_exact_mut(states) {
            for (state, value) in table.iter_mut().enumerate() {
                for (value, level) in value.iter_mut().zip(&levels) {
                    *value = level[state];
                }
            }
        }
        let mut sweep = Sweep {
            lanes,
            plan: self.plan,
            opponents: &self.side.opponents,
            values,
            lowered: self.lowered,
        };
        sweep.all(self.batch, self.side.tables);
        let values = &*sweep.values;
        let (sets, _) = self.sets.as_chunks_mut::<V>();
        let sure = Sure {
            ranks: self.ranks,
            least: values,
            of: None,
        };
        Most.fold(lanes, &self.side.own, &sure, sets);
        for (v, place) in places.into_iter().enumerate() {
            let own = &self.side.own;
            self.book.enter(lanes, place, self.ranks, own, (sets, v));
        }
    }
}

/// Values of the states.
trait Source<L: Lanes, const V: usize> {
    /// The values of one state.
    fn at(&self, lanes: L, state: usize) -> [L::Value; V];
}

impl<L: Lanes, const V: usize> Source<L, V> for [&[Row]; V] {
    #[inline(always)]
    fn at(&self, lanes: L, state: usize) -> [L::Value; V] {
        let mut values = [lanes.load(&self[0][state]); V];
        for v in 1..V {
            values[v] = lanes.load(&self[v][state]);
        }
        values
    }
}

/// What a party is sure of when it moves to a state: its rank there, or the least to which the opponents
/// can bring it from there.
struct Sure<'a, const V: usize> {
    ranks: &'a [Row],
    least: &'a [[Row; V]],
    /// Where the least values of a state stand, if not at its number.
    of: Option<&'a [u32]>,
}

impl<L: Lanes, const V: usize> Source<L, V> for Sure<'_, V> {
    #[inline(always)]
    fn at(&self, lanes: L, state: usize) -> [L::Value; V] {
        let rank = lanes.load(&self.ranks[state]);
        let place = match self.of {
            Some(of) => of[state] as usize,
            None => state,
        };
        let least = &self.least[place];
        let mut values = [rank; V];
        for v in 0..V {
            values[v] = lanes.min(rank, lanes.load(&least[v]));
        }
        values
    }
}

/// How values of states are taken together.
trait Join: Copy {
    /// What changes nothing.
    const UNIT: Row;

    /// Both together.
    fn join<L: Lanes>(self, lanes: L, a: L::Value, b: L::Value) -> L::Value;

    /// The values of each set: those of its states and of its parts taken together.
    #[inline(always)]
    fn fold<L: Lanes, const V: usize>(
        self,
        lanes: L,
        cover: &Cover,
        source: &impl Source<L, V>,
        sets: &mut [[Row; V]],
    ) {
        let unit = lanes.load(&Self::UNIT);
        for (place, (parts, members)) in cover.sets().enumerate() {
            let mut value = [unit; V];
            for state in members {
                let more = source.at(lanes, *state as usize);
                for v in 0..V {
                    value[v] = self.join(lanes, value[v], more[v]);
                }
            }
            for part in parts {
                for v in 0..V {
                    let more = lanes.load(&sets[*part as usize][v]);
                    value[v] = self.join(lanes, value[v], more);
                }
            }
            let set = &mut sets[place];
            for v in 0..V {
                set[v] = lanes.store(value[v]);
            }
        }
    }
}

/// The least value.
#[derive(Clone, Copy)]
struct Least;

impl Join for Least {
    const UNIT: Row = Row::splat(u16::MAX);

    #[inline(always)]
    fn join<L: Lanes>(self, lanes: L, a: L::Value, b: L::Value) -> L::Value {
        lanes.min(a, b)
    }
}

/// The largest value.
#[derive(Clone, Copy)]
struct Most;

impl Join for Most {
    const UNIT: Row = Row::splat(0);

    #[inline(always)]
    fn join<L: Lanes>(self, lanes: L, a: L::Value, b: L::Value) -> L::Value {
        lanes.max(a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::{CONCEPTS, Detail, Stream};
    use crate::{Budget, Graph, Moves, StateId};

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
