//! The coset engine: Nash, GMR, SMR, SEQ and SSEQ for all states of an arena, in nearly linear time.
//!
//! One formula covers all five. A state `s` is stable for a party exactly when the largest
//! `min(rank(s1), sigma(s1))` over the party's moves `s1` from `s` is not above `rank(s)`, where `sigma`
//! is infinite under Nash stability, and otherwise a least value over `s1` and all that the opponents
//! can reach from it: by moves (GMR, SMR) or by improvements (SEQ, SSEQ), of the party's rank (GMR,
//! SEQ) or of the best that it can make of the state (SMR, SSEQ). By how much it is below is the
//! state's margin.

use detente_model::PartyId;
use rayon::prelude::*;

use super::arena::{Arena, Holding};
use super::bits::{CodeSet, Marks};
use super::close::{Closing, Effort, Mover, Steps};
use super::cost::{Shape, fields, is_direct};
use super::kernel;
use super::margin::{MarginTable, best_elsewhere};
use super::order::Plan;
use super::rank::{Field, LANES, Lanes, Rank, Ranks, Source};
use super::stream::{self, Columns, Guaranteed};
use super::tile::Tiling;
use crate::budget::{Budget, Outcome, Stop};
use crate::concept::Concept;
use crate::equilibrium::StabilityTable;

/// The concepts that the coset engine knows.
pub use crate::relation::CONCEPTS;

/// What is asked of the coset engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts; those that the engine does not know are left out, see [`CONCEPTS`].
    pub concepts: Vec<Concept>,
    /// Whether margins are asked for: four bytes per state, party and concept.
    pub margins: bool,
    /// After how many full visits to all tiles a search changes to one whose time has a bound
    /// whatever the structure. Results do not depend on it.
    pub patience: u64,
}

impl Default for Request {
    /// All five concepts, without margins; a patience of 64.
    fn default() -> Self {
        Self {
            concepts: CONCEPTS.to_vec(),
            margins: false,
            patience: 64,
        }
    }
}

impl Request {
    /// Whether a concept is asked for.
    pub fn asks(&self, concept: Concept) -> bool {
        self.concepts.contains(&concept)
    }
}

/// What the coset engine found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CosetAnalysis {
    /// One table per concept that was asked for, in the order of [`CONCEPTS`].
    pub tables: Vec<CosetTable>,
    /// How much work the searches took.
    pub effort: Effort,
}

impl CosetAnalysis {
    /// The table of a concept.
    pub fn table(&self, concept: Concept) -> Option<&CosetTable> {
        self.tables.iter().find(|t| t.concept == concept)
    }
}

/// For one concept, the codes that are stable for each party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosetTable {
    /// The concept.
    pub concept: Concept,
    /// For each party its stable states.
    pub stable: Vec<CodeSet>,
    /// The states that are stable for all.
    pub equilibria: CodeSet,
    margins: Option<Vec<Vec<i32>>>,
}

/// Stands for a state that the party cannot leave.
const NO_MOVE: i32 = i32::MAX;

impl CosetTable {
    /// How far a state is from being unstable for a party, see [`MarginTable`]; `None` when the party
    /// cannot leave it, when the code is not feasible, or when margins were not asked for.
    pub fn margin(&self, party: PartyId, code: u64) -> Option<i64> {
        let list = self.margins.as_ref()?.get(party.index())?;
        let margin = *list.get(usize::try_from(code).ok()?)?;
        (margin != NO_MOVE).then_some(i64::from(margin))
    }

    /// The table by states rather than codes.
    pub fn by_states(&self, arena: &Arena) -> StabilityTable {
        let states = arena.states() as usize;
        let stable = self
            .stable
            .iter()
            .map(|set| arena.codes().states(set.words()));
        StabilityTable::new(self.concept, states, stable.collect())
    }

    /// The margins by states rather than codes; `None` when they were not asked for.
    pub fn margins_by_states(&self, arena: &Arena) -> Option<MarginTable> {
        let codes: Vec<u64> = arena.codes().in_order().collect();
        let lists = self.margins.as_ref()?.iter().map(|list| {
            let margin = |code: &u64| {
                let margin = list.get(*code as usize).copied().unwrap_or(NO_MOVE);
                (margin != NO_MOVE).then_some(i64::from(margin))
            };
            codes.iter().map(margin).collect()
        });
        Some(MarginTable::new(self.concept, lists.collect()))
    }
}

/// Finds, for every concept asked for, the states of an arena that are stable for each party.
///
/// Works with the threads of the current `rayon` pool; the result does not depend on their number.
/// When the budget ends first there are no tables.
pub fn analyze(arena: &Arena, request: &Request, budget: &Budget) -> Outcome<CosetAnalysis> {
    let result = super::cost::refuse_coset(arena, request, budget).and_then(|spare| {
        let narrow: Option<Vec<&[u16]>> = arena.ranks.iter().map(Ranks::narrow).collect();
        let wide: Option<Vec<&[u32]>> = arena.ranks.iter().map(Ranks::wide).collect();
        match (narrow, wide) {
            (Some(ranks), _) => Engine::new(arena, request, ranks, spare, budget).run(),
            (None, Some(ranks)) => Engine::new(arena, request, ranks, spare, budget).run(),
            (None, None) => Ok(CosetAnalysis::default()),
        }
    });
    match result {
        Ok(analysis) => Outcome::Complete(analysis),
        Err(stop) => Outcome::Stopped(CosetAnalysis::default(), stop),
    }
}

/// States from which on threads share the tiles of one pass.
const SHARE: usize = 1 << 16;

/// Works on so many parts of so many states, each thread with a desk of its own, and returns the desks.
fn each<D: Send>(
    (parts, size): (usize, usize),
    make: impl Fn() -> D + Sync + Send,
    work: impl Fn(&mut D, usize) + Sync + Send,
) -> Vec<D> {
    if parts * size < SHARE || rayon::current_num_threads() == 1 {
        let mut desk = make();
        for part in 0..parts {
            work(&mut desk, part);
        }
        return vec![desk];
    }
    (0..parts)
        .into_par_iter()
        .with_min_len((SHARE / size).max(1))
        .fold(make, |mut desk, part| {
            work(&mut desk, part);
            desk
        })
        .collect()
}

/// Buffers for one tile, and what is gathered over tiles.
struct Desk<T> {
    ranks: Vec<Lanes<T>>,
    values: Vec<Lanes<T>>,
    second: Vec<Lanes<T>>,
    /// The least over the columns of the best rank.
    least_best: T,
}

impl<T: Rank> Desk<T> {
    fn new(rows: usize, pad: T) -> Self {
        Self {
            ranks: vec![[pad; LANES]; rows],
            values: vec![[T::default(); LANES]; rows],
            second: Vec::new(),
            least_best: T::TOP,
        }
    }
}

/// What one party's states are judged by.
struct Judged {
    concept: Concept,
    stable: CodeSet,
    margins: Option<Vec<i32>>,
}

struct Engine<'a, T> {
    arena: &'a Arena,
    request: &'a Request,
    movers: Vec<Mover<'a, T>>,
    chunks: usize,
    spare: u64,
    budget: &'a Budget,
}

impl<'a, T: Rank> Engine<'a, T>
where
    [T]: Source<T>,
{
    fn new(
        arena: &'a Arena,
        request: &'a Request,
        ranks: Vec<&'a [T]>,
        spare: u64,
        budget: &'a Budget,
    ) -> Self {
        let chunks = arena.chunks();
        let mover = |(holding, ranks): (&Holding, &'a [T])| Mover {
            holding: *holding,
            tiling: Tiling::new(holding, chunks),
            ranks,
            plan: None,
        };
        Self {
            movers: arena.holdings.iter().zip(ranks).map(mover).collect(),
            arena,
            request,
            chunks,
            spare,
            budget,
        }
    }

    fn run(mut self) -> Result<CosetAnalysis, Stop> {
        let (asks_f, asks_g) = fields(&Shape::of(self.arena), self.request);
        let improvements = self.request.asks(Concept::Seq) || self.request.asks(Concept::Sseq);
        let able = self.movers.iter().filter(|m| m.holding.bits > 0).count();
        if improvements && able > 1 {
            for at in 0..self.movers.len() {
                if self.budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
                let mover = &mut self.movers[at];
                if mover.holding.bits > 0 {
                    mover.plan = Some(Plan::new(
                        &mover.holding,
                        &mover.tiling,
                        mover.ranks,
                        self.arena.all_feasible,
                    ));
                }
            }
        }
        let field = |asked: bool| Field::new(if asked { self.chunks } else { 0 });
        let (plain, best): (Field<T>, Field<T>) = (field(asks_f), field(asks_g));
        let mut effort = Effort::default();
        let mut by_party = Vec::with_capacity(self.movers.len());
        for at in 0..self.movers.len() {
            self.budget
                .report("parties", at as u64, self.movers.len() as u64);
            by_party.push(self.party(at, &plain, &best, &mut effort)?);
        }
        Ok(CosetAnalysis {
            tables: self.tables(by_party),
            effort,
        })
    }

    fn tables(&self, by_party: Vec<Vec<Judged>>) -> Vec<CosetTable> {
        let mut by_party: Vec<_> = by_party.into_iter().map(Vec::into_iter).collect();
        let asked = CONCEPTS.into_iter().filter(|c| self.request.asks(*c));
        asked
            .map(|concept| {
                let mut stable = Vec::with_capacity(by_party.len());
                let mut margins = Vec::new();
                for judged in &mut by_party {
                    let next = judged.find(|j| j.concept == concept);
                    if let Some(judged) = next {
                        stable.push(judged.stable);
                        margins.extend(judged.margins);
                    }
                }
                CosetTable {
                    concept,
                    equilibria: CodeSet::common(&stable).unwrap_or_else(|| self.everything()),
                    margins: self.request.margins.then_some(margins),
                    stable,
                }
            })
            .collect()
    }

    /// All feasible codes.
    fn everything(&self) -> CodeSet {
        let states = 1_usize << self.arena.bits;
        CodeSet::from_words(match self.arena.codes.feasible() {
            Some(words) => words.to_vec(),
            None if states < 64 => vec![(1 << states) - 1],
            None => vec![u64::MAX; states / 64],
        })
    }

    /// The stable states of one party, under every concept asked for, in the order of [`CONCEPTS`].
    fn party(
        &self,
        at: usize,
        plain: &Field<T>,
        best: &Field<T>,
        effort: &mut Effort,
    ) -> Result<Vec<Judged>, Stop> {
        let asks = |concept| self.request.asks(concept);
        let mut list = Vec::new();
        let mover = &self.movers[at];
        if mover.holding.bits == 0 {
            let margins = self
                .request
                .margins
                .then(|| vec![NO_MOVE; 1 << self.arena.bits]);
            list.extend(
                CONCEPTS
                    .into_iter()
                    .filter(|c| asks(*c))
                    .map(|concept| Judged {
                        concept,
                        stable: self.everything(),
                        margins: margins.clone(),
                    }),
            );
            return Ok(list);
        }
        let others: Vec<&Mover<'_, T>> = (0..self.movers.len())
            .filter(|j| *j != at && self.movers[*j].holding.bits > 0)
            .map(|j| &self.movers[j])
            .collect();
        let direct = is_direct(&Shape::of(self.arena), self.request);
        let asks_best = asks(Concept::Sseq) || asks(Concept::Smr) && !direct;
        let (mut nash, mut minimax) = (None, None);
        if asks(Concept::Nash) || asks_best || asks(Concept::Smr) {
            let found = self.first_pass(mover, asks_best.then_some(best), direct);
            (nash, minimax) = (found.0, found.1);
        }
        if let Some(nash) = nash {
            let margins = self.request.margins.then(|| self.margins(mover, None));
            list.push(Judged {
                concept: Concept::Nash,
                stable: nash,
                margins,
            });
        }
        if direct {
            if asks(Concept::Gmr) {
                list.push(self.at_level(Concept::Gmr, mover, Self::maximin(mover)));
            }
            if let Some(level) = minimax.filter(|_| asks(Concept::Smr)) {
                list.push(self.at_level(Concept::Smr, mover, level));
            }
        } else {
            let pair = [(Concept::Gmr, plain), (Concept::Smr, best)];
            self.group(Steps::Moves, pair, mover, &others, effort, &mut list)?;
        }
        if asks(Concept::Sseq) && !direct && asks(Concept::Smr) {
            // The search for SMR has changed it.
            self.first_pass(mover, Some(best), false);
        }
        let pair = [(Concept::Seq, plain), (Concept::Sseq, best)];
        self.group(Steps::Improvements, pair, mover, &others, effort, &mut list)?;
        Ok(list)
    }

    /// Two concepts that differ in whether the party may escape share a search.
    fn group(
        &self,
        steps: Steps,
        pair: [(Concept, &Field<T>); 2],
        mover: &Mover<'_, T>,
        others: &[&Mover<'_, T>],
        effort: &mut Effort,
        list: &mut Vec<Judged>,
    ) -> Result<(), Stop> {
        let [(first, plain), (second, best)] = pair;
        if self.request.asks(first) {
            self.copy_ranks(mover, plain);
        }
        match (self.request.asks(first), self.request.asks(second)) {
            (false, false) => return Ok(()),
            (true, false) => effort.add(self.close(steps, others, [plain])?),
            (false, true) => effort.add(self.close(steps, others, [best])?),
            (true, true) => effort.add(self.close(steps, others, [plain, best])?),
        }
        for (concept, field) in pair {
            if self.request.asks(concept) {
                let margins = self
                    .request
                    .margins
                    .then(|| self.margins(mover, Some(field)));
                list.push(Judged {
                    concept,
                    stable: self.judge(mover, field),
                    margins,
                });
            }
        }
        Ok(())
    }

    fn close<const V: usize>(
        &self,
        steps: Steps,
        others: &[&Mover<'_, T>],
        fields: [&Field<T>; V],
    ) -> Result<Effort, Stop> {
        if others.is_empty() {
            return Ok(Effort::default());
        }
        Closing {
            steps,
            movers: others.to_vec(),
            fields,
            all_feasible: self.arena.all_feasible,
            spare: self.spare,
            patience: self.request.patience,
            budget: self.budget,
        }
        .run()
    }

    /// The states that are Nash stable, if that is asked for; the best rank that the party can reach
    /// from each state, written to `best`; and, for a conflict that is judged directly, the level that
    /// the party can guarantee itself when it chooses last (minimax).
    fn first_pass(
        &self,
        mover: &Mover<'_, T>,
        best: Option<&Field<T>>,
        direct: bool,
    ) -> (Option<CodeSet>, Option<T>) {
        let asks_nash = self.request.asks(Concept::Nash);
        let marks = Marks::new(if asks_nash { self.chunks } else { 0 });
        let marks_asked = asks_nash.then_some(&marks);
        let minimax = match Columns::new(&mover.holding, self.arena.bits) {
            Some(columns) => self.first_pass_by_columns(mover, columns, best, marks_asked),
            None => self.first_pass_by_tiles(mover, best, marks_asked, direct),
        };
        (asks_nash.then(|| marks.finish()), direct.then_some(minimax))
    }

    fn first_pass_by_tiles(
        &self,
        mover: &Mover<'_, T>,
        best: Option<&Field<T>>,
        marks: Option<&Marks>,
        direct: bool,
    ) -> T {
        let tiling = &mover.tiling;
        let pad = if direct { T::TOP } else { T::default() };
        let desks = each(
            (tiling.tiles(), tiling.rows() * LANES),
            || Desk::new(tiling.rows(), pad),
            |desk, tile| {
                pulp::Arch::new().dispatch(
                    #[inline(always)]
                    || {
                        tiling.load(mover.ranks, tile, &mut desk.ranks);
                        desk.values.copy_from_slice(&desk.ranks);
                        kernel::largest(&mover.holding, &mut desk.values);
                        if direct && let Some(best) = desk.values.first() {
                            let least = best.iter().fold(desk.least_best, |a, b| a.min(*b));
                            desk.least_best = least;
                        }
                        if let Some(best) = best {
                            if !self.arena.all_feasible {
                                kernel::mark_infeasible(&desk.ranks, &mut desk.values);
                            }
                            tiling.store(best, tile, &desk.values);
                        }
                        let Some(marks) = marks else { return };
                        kernel::not_above(&desk.ranks, &mut desk.values);
                        tiling.unload(
                            tile,
                            &desk.values,
                            #[inline(always)]
                            |chunk, flags| {
                                marks.store(chunk, flags);
                            },
                        );
                    },
                );
            },
        );
        let least = desks.iter().map(|desk| desk.least_best);
        least.min().unwrap_or(T::TOP)
    }

    fn first_pass_by_columns(
        &self,
        mover: &Mover<'_, T>,
        columns: Columns,
        field: Option<&Field<T>>,
        marks: Option<&Marks>,
    ) -> T {
        let least = each(
            (columns.sets(), columns.states()),
            || (columns.room::<T>(), T::TOP),
            |(best, minimax), set| {
                pulp::Arch::new().dispatch(
                    #[inline(always)]
                    || {
                        let mark = marks.map(|marks| {
                            #[inline(always)]
                            |chunk, bits| marks.store_bits(chunk, bits)
                        });
                        columns.best(set, mover.ranks, best, mark);
                        *minimax = best.iter().fold(*minimax, |a, b| a.min(*b));
                        let Some(field) = field else { return };
                        for (chunk, at) in columns.chunks(set) {
                            let mut lanes = [T::default(); LANES];
                            lanes.copy_from_slice(&best[at..at + LANES]);
                            if !self.arena.all_feasible {
                                let mut row = [lanes];
                                kernel::mark_infeasible(&[mover.ranks.chunk(chunk)], &mut row);
                                lanes = row[0];
                            }
                            field.store(chunk, &lanes);
                        }
                    },
                );
            },
        );
        let least = least.into_iter().map(|(_, minimax)| minimax);
        least.min().unwrap_or(T::TOP)
    }

    /// The level that the party can guarantee itself when it chooses first.
    fn maximin(mover: &Mover<'_, T>) -> T {
        let parts = mover.ranks.len().div_ceil(SHARE);
        let found = each(
            (parts, SHARE),
            || Guaranteed::new(&mover.holding),
            |guaranteed, part| {
                let end = mover.ranks.len().min((part + 1) * SHARE);
                guaranteed.add(part * SHARE, &mover.ranks[part * SHARE..end]);
            },
        );
        let all = found.into_iter().reduce(|all, part| all.join(&part));
        all.map_or(T::TOP, |all| all.maximin())
    }

    /// What is judged by a level: the states that the party ranks there or above are stable.
    fn at_level(&self, concept: Concept, mover: &Mover<'_, T>, level: T) -> Judged {
        let mut words = vec![0_u64; self.chunks.div_ceil(2)];
        let parts = words.par_chunks_mut(SHARE / 64);
        let run = |(words, ranks): (&mut [u64], &[T])| {
            pulp::Arch::new().dispatch(
                #[inline(always)]
                || {
                    stream::at_least(
                        ranks,
                        &[level; LANES],
                        #[inline(always)]
                        |chunk, bits| words[chunk / 2] |= u64::from(bits) << (chunk % 2 * LANES),
                    );
                },
            );
        };
        parts.zip(mover.ranks.par_chunks(SHARE)).for_each(run);
        Judged {
            concept,
            stable: CodeSet::from_words(words),
            margins: None,
        }
    }

    /// Sets a field to the party's ranks, what is not feasible to the top.
    fn copy_ranks(&self, mover: &Mover<'_, T>, field: &Field<T>) {
        let run = |(part, ranks): (usize, &[T])| {
            pulp::Arch::new().dispatch(
                #[inline(always)]
                || {
                    let mut row = [[T::default(); LANES]];
                    for (at, ranks) in ranks.chunks_exact(LANES).enumerate() {
                        row[0].copy_from_slice(ranks);
                        if !self.arena.all_feasible {
                            let ranks = row;
                            kernel::mark_infeasible(&ranks, &mut row);
                        }
                        field.store(part * SHARE / LANES + at, &row[0]);
                    }
                },
            );
        };
        mover.ranks.par_chunks(SHARE).enumerate().for_each(run);
    }

    /// The states at which no move leads to a larger least of rank and sanction level.
    fn judge(&self, mover: &Mover<'_, T>, sigma: &Field<T>) -> CodeSet {
        let marks = Marks::new(self.chunks);
        let tiling = &mover.tiling;
        each(
            (tiling.tiles(), tiling.rows() * LANES),
            || Desk::new(tiling.rows(), T::default()),
            |desk, tile| {
                pulp::Arch::new().dispatch(
                    #[inline(always)]
                    || {
                        tiling.load(mover.ranks, tile, &mut desk.ranks);
                        tiling.load(sigma, tile, &mut desk.values);
                        for (value, rank) in desk.values.iter_mut().zip(&desk.ranks) {
                            kernel::lower(value, rank);
                        }
                        kernel::largest(&mover.holding, &mut desk.values);
                        kernel::not_above(&desk.ranks, &mut desk.values);
                        tiling.unload(
                            tile,
                            &desk.values,
                            #[inline(always)]
                            |chunk, flags| {
                                marks.store(chunk, flags);
                            },
                        );
                    },
                );
            },
        );
        marks.finish()
    }

    /// For every code by how much it is stable, in steps of the party's ranking.
    fn margins(&self, mover: &Mover<'_, T>, sigma: Option<&Field<T>>) -> Vec<i32> {
        let tiling = &mover.tiling;
        let elsewhere: Field<T> = Field::new(self.chunks);
        each(
            (tiling.tiles(), tiling.rows() * LANES),
            || Desk::new(tiling.rows(), T::default()),
            |desk, tile| {
                tiling.load(mover.ranks, tile, &mut desk.ranks);
                desk.values.copy_from_slice(&desk.ranks);
                if let Some(sigma) = sigma {
                    tiling.load(sigma, tile, &mut desk.values);
                    for (value, rank) in desk.values.iter_mut().zip(&desk.ranks) {
                        kernel::lower(value, rank);
                    }
                }
                best_elsewhere(&mover.holding, &mut desk.values, &mut desk.second);
                tiling.store(&elsewhere, tile, &desk.values);
            },
        );
        let steps = steps(mover.ranks);
        let step = |rank: T| {
            steps
                .get(rank.number() as usize)
                .copied()
                .unwrap_or(0)
                .cast_signed()
        };
        let mut margins = Vec::with_capacity(self.chunks * LANES);
        for (chunk, ranks) in mover.ranks.chunks_exact(LANES).enumerate() {
            for (rank, best) in ranks.iter().zip(&elsewhere.chunk(chunk)) {
                let stays = *rank == T::default() || *best == T::default();
                margins.push(if stays {
                    NO_MOVE
                } else {
                    step(*rank) - step(*best)
                });
            }
        }
        margins.truncate(1 << self.arena.bits);
        margins
    }
}

/// For every number that occurs among ranks, its place among those that do.
fn steps<T: Rank>(ranks: &[T]) -> Vec<u32> {
    let most = ranks.iter().max().map_or(0, |r| r.number() as usize);
    let mut steps = vec![0_u32; most + 1];
    for rank in ranks {
        steps[rank.number() as usize] = 1;
    }
    steps[0] = 0;
    let mut next = 0;
    for step in &mut steps {
        let used = *step;
        *step = next;
        next += used;
    }
    steps
}
