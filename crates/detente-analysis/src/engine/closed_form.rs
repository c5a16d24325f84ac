//! Nash, GMR and SMR for unconstrained conflicts, without storing states.
//!
//! Where nothing is infeasible and nothing is one-way, the opponents can bring about any combination of
//! their own options. A state is then Nash stable for a party when it is the best of its column, GMR
//! stable when it is no worse than what the party can guarantee itself by choosing first (*maximin*), and
//! SMR stable when it is no worse than what it can guarantee itself by choosing last (*minimax*). Two
//! passes suffice: one for these levels, one to judge. Ranks are computed anew in each, a block of
//! states at a time; only one number per column and one per pattern of each party are kept.

use detente_model::model::{Model, Preferences};
use detente_model::{Expr, PartyId};
use rayon::prelude::*;

use super::arena::{Holding, holdings};
use super::build::{self, Misfit};
use super::expand;
use super::formula::{BLOCK, BLOCK_BITS, Formula, Place, WORDS};
use crate::budget::{Budget, Stop};

/// Bits of a code at most.
pub const MAX_BITS: u32 = 48;

/// Statements of a party at most, so that its rank is a number of 16 bits.
pub const MOST_STATEMENTS: usize = 16;

/// Why the closed forms do not apply, or did not finish.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoClosedForm {
    /// The conflict has features or constraints that the closed forms exclude.
    #[error("{}", .0.iter().map(|m| m.what.as_str()).collect::<Vec<_>>().join("; "))]
    Features(Vec<Misfit>),
    /// The budget ended first, or is too small.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// A level that a party can guarantee itself: the truth of its statements, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// For each of the party's statements whether it holds at that level.
    pub statements: Vec<bool>,
}

/// What one party can count on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyLevels {
    /// What it can guarantee itself by choosing before the others; GMR stable is what is no worse.
    pub maximin: Level,
    /// What it can guarantee itself by choosing after the others; SMR stable is what is no worse.
    pub minimax: Level,
    /// How many states are Nash, GMR and SMR stable for it.
    pub stable: [u64; 3],
}

/// What the closed forms yield. Lists of three are about Nash, GMR and SMR, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedForm {
    /// Options of the conflict, as bits of a code.
    pub bits: u32,
    /// For each party what it can count on.
    pub parties: Vec<PartyLevels>,
    /// How many equilibria there are.
    pub equilibria: [u64; 3],
    /// For each class of the model how many equilibria belong to it; a state may belong to several.
    pub by_class: Vec<[u64; 3]>,
    /// The first equilibria, ascending by code, as many as were asked for.
    pub first: [Vec<u64>; 3],
    /// For each option its first bit in a code and how many bits it has.
    pub places: Vec<(u32, u32)>,
}

impl ClosedForm {
    /// What a party can count on; `None` when there is no such party.
    pub fn party(&self, party: PartyId) -> Option<&PartyLevels> {
        self.parties.get(party.index())
    }

    /// A state's number as [`Space::value`](crate::space::Space::value) has it.
    pub fn value(&self, code: u64) -> u128 {
        let mut at = 0;
        self.places.iter().fold(0, |value, (first, width)| {
            let own = code >> first & ((1 << width) - 1);
            let level = u64::BITS - own.leading_zeros();
            let bit = if level == 0 {
                0
            } else {
                1_u128 << (at + level - 1)
            };
            at += width;
            value | bit
        })
    }
}

/// A conflict to which the closed forms apply.
#[derive(Debug, Clone)]
pub struct Unconstrained {
    bits: u32,
    places: Vec<Place>,
    parties: Vec<Player>,
    classes: Vec<Formula>,
}

#[derive(Debug, Clone)]
struct Player {
    holding: Holding,
    statements: Vec<Formula>,
}

impl Player {
    /// Columns whose best rank is kept; none for a party without options, which never moves.
    fn columns(&self, bits: u32) -> usize {
        if self.holding.bits == 0 {
            0
        } else {
            1 << (bits - self.holding.bits)
        }
    }
}

impl Unconstrained {
    /// Takes a model if the closed forms apply to it: options without constraints and directions, and
    /// preferences by up to sixteen statements, or none.
    ///
    /// # Errors
    ///
    /// Says in words what does not fit.
    pub fn new(model: &Model) -> Result<Self, NoClosedForm> {
        let mut misfits = build::features(model);
        if !misfits.is_empty() {
            return Err(NoClosedForm::Features(misfits));
        }
        let mut add = |party, what: String| misfits.push(Misfit { party, what });
        let width = model.width();
        if width > u64::from(MAX_BITS) {
            let what = format!("the options need {width} bits; at most {MAX_BITS} are supported");
            add(None, what);
            return Err(NoClosedForm::Features(misfits));
        }
        if !model.rules.is_empty() {
            add(None, "some states are not feasible".to_owned());
        }
        let (places, widths) = build::layout(model);
        if places.iter().any(|p| p.width > 1) {
            add(None, "some options have more than two levels".to_owned());
        }
        let (only_on, only_off) = build::directions(model, &places);
        if only_on | only_off != 0 {
            add(None, "some options are one-way".to_owned());
        }
        let compile = |expr: &Expr| Formula::new(expr, &places);
        let mut parties = Vec::with_capacity(model.parties.len());
        let held = holdings(&widths, 0, 0);
        for ((id, party), holding) in model.party_ids().zip(&model.parties).zip(held) {
            let list = match &party.preferences {
                Preferences::Unstated => Some(Vec::new()),
                Preferences::Statements(list) if list.len() <= MOST_STATEMENTS => {
                    list.iter().map(|s| compile(&s.condition.expr)).collect()
                }
                _ => None,
            };
            match list {
                Some(statements) => parties.push(Player {
                    holding,
                    statements,
                }),
                None => add(
                    Some(id),
                    format!(
                        "`{}` does not state its preferences by up to {MOST_STATEMENTS} statements",
                        party.name
                    ),
                ),
            }
        }
        let classes = model.classes.iter().map(|c| compile(&c.condition.expr));
        match classes.collect() {
            Some(classes) if misfits.is_empty() => Ok(Self {
                bits: widths.iter().sum(),
                places,
                parties,
                classes,
            }),
            _ => Err(NoClosedForm::Features(misfits)),
        }
    }

    /// The number of states.
    pub fn states(&self) -> u64 {
        1 << self.bits
    }

    /// Bytes that [`Unconstrained::judge`] takes with so many threads, an upper bound.
    pub fn bytes(&self, threads: usize) -> u64 {
        let table = |p: &Player| 2 * (p.columns(self.bits) as u64 + (1 << p.holding.bits));
        let tables: u64 = self.parties.iter().map(table).sum();
        // While levels are gathered every thread has tables of its own.
        tables * (threads as u64 + 1) + (1 << 20)
    }

    /// Seconds on one core, an estimate.
    pub fn seconds(&self) -> f64 {
        let per_party = |p: &Player| 1.0 + 0.15 * p.statements.len() as f64;
        let nanoseconds: f64 = self.parties.iter().map(per_party).sum();
        2.0 * nanoseconds * self.states() as f64 * 1e-9
    }

    /// Finds the levels, the counts, and the first `first` equilibria of each concept.
    ///
    /// Works with the threads of the current `rayon` pool; the result does not depend on their
    /// number.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled or allows too little memory.
    pub fn judge(&self, first: usize, budget: &Budget) -> Result<ClosedForm, NoClosedForm> {
        if self.bytes(rayon::current_num_threads()) > budget.max_memory {
            return Err(NoClosedForm::Stopped(Stop::Limit {
                what: "bytes of memory",
                limit: budget.max_memory,
            }));
        }
        let levels = self.levels(budget)?;
        let sums = self.count(&levels, first, budget)?;
        let level = |player: &Player, number: u16| {
            let last = player.statements.len();
            let statements = (0..last).map(|i| number >> (last - 1 - i) & 1 == 1);
            Level {
                statements: statements.collect(),
            }
        };
        let parties = self.parties.iter().zip(&levels).zip(&sums.stable);
        Ok(ClosedForm {
            bits: self.bits,
            parties: parties
                .map(|((player, levels), stable)| PartyLevels {
                    maximin: level(player, levels.maximin),
                    minimax: level(player, levels.minimax),
                    stable: *stable,
                })
                .collect(),
            equilibria: sums.equilibria,
            by_class: sums.by_class,
            first: sums.first,
            places: self.places.iter().map(|p| (p.first, p.width)).collect(),
        })
    }

    /// Blocks of the codes.
    fn blocks(&self) -> u64 {
        (self.states() / BLOCK as u64).max(1)
    }

    /// States of a block.
    fn block_states(&self) -> usize {
        BLOCK.min(1 << self.bits)
    }

    /// Splits the blocks into a fixed number of runs, so that the work of each is worth a thread.
    fn runs(&self) -> Vec<std::ops::Range<u64>> {
        let blocks = self.blocks();
        let runs = (blocks / 64).clamp(1, 64);
        (0..runs)
            .map(|r| blocks * r / runs..blocks * (r + 1) / runs)
            .collect()
    }

    fn levels(&self, budget: &Budget) -> Result<Vec<Levels>, Stop> {
        let mut all = Vec::with_capacity(self.parties.len());
        for (done, player) in (0_u64..).zip(&self.parties) {
            budget.report("levels", done, self.parties.len() as u64);
            let make = || Tables::new(player, self.bits);
            // One table per thread, whatever the number of runs.
            let runs = self.runs();
            let share = runs.len().div_ceil(rayon::current_num_threads().max(1));
            let gathered = runs
                .par_chunks(share)
                .map(|runs| {
                    let mut tables = make();
                    for block in runs.iter().cloned().flatten() {
                        if block % 256 == 0 && budget.is_cancelled() {
                            break;
                        }
                        let numbers = expand::numbers(&player.statements, block);
                        tables.gather(player, block, &numbers[..self.block_states()]);
                    }
                    tables
                })
                .reduce_with(|a, b| a.join(&b))
                .unwrap_or_else(make);
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            all.push(Levels {
                maximin: gathered.worst.iter().max().copied().unwrap_or(0),
                minimax: gathered.minimax(),
                best: gathered.best,
            });
        }
        Ok(all)
    }

    fn count(&self, levels: &[Levels], first: usize, budget: &Budget) -> Result<Sums, Stop> {
        let make = || Sums::new(self.parties.len(), self.classes.len());
        let runs: Vec<Sums> = self
            .runs()
            .into_par_iter()
            .map(|run| {
                let mut sums = make();
                for block in run {
                    if block % 256 == 0 && budget.is_cancelled() {
                        break;
                    }
                    self.count_block(levels, block, first, &mut sums);
                }
                sums
            })
            .collect();
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let mut all = make();
        for run in runs {
            all.join(run, first);
        }
        Ok(all)
    }

    fn count_block(&self, levels: &[Levels], block: u64, first: usize, sums: &mut Sums) {
        let states = self.block_states();
        let mut every = [[u64::MAX; WORDS]; 3];
        for word in 0..WORDS {
            if word * 64 >= states {
                for set in &mut every {
                    set[word] = 0;
                }
            } else if states < 64 {
                for set in &mut every {
                    set[word] = (1 << states) - 1;
                }
            }
        }
        let whole = every[0];
        let parties = self.parties.iter().zip(levels).zip(&mut sums.stable);
        for ((player, levels), stable) in parties {
            let numbers = expand::numbers(&player.statements, block);
            let mut best = [0; BLOCK];
            best_of_columns(player, &levels.best, block, &mut best[..states]);
            let sets = compare(&numbers, &best, levels);
            for ((set, every), stable) in sets.iter().zip(&mut every).zip(stable) {
                for ((set, every), whole) in set.iter().zip(every).zip(&whole) {
                    *stable += u64::from((set & whole).count_ones());
                    *every &= set;
                }
            }
        }
        let count = |set: &[u64; WORDS]| set.iter().map(|w| u64::from(w.count_ones())).sum::<u64>();
        for (which, set) in every.iter().enumerate() {
            let found = count(set);
            sums.equilibria[which] += found;
            if found == 0 {
                continue;
            }
            for (class, sum) in self.classes.iter().zip(&mut sums.by_class) {
                let mut truth = class.truth(block);
                for (t, s) in truth.iter_mut().zip(set) {
                    *t &= s;
                }
                sum[which] += count(&truth);
            }
            let list = &mut sums.first[which];
            for (at, word) in (0_u64..).zip(set) {
                let mut rest = *word;
                while rest != 0 && list.len() < first {
                    let bit = u64::from(rest.trailing_zeros());
                    list.push(block * BLOCK as u64 + at * 64 + bit);
                    rest &= rest - 1;
                }
            }
        }
    }
}

/// What one party's first pass yields.
struct Levels {
    maximin: u16,
    minimax: u16,
    /// For each column the best rank.
    best: Vec<u16>,
}

/// What is gathered in the first pass.
struct Tables {
    /// For each column the best rank.
    best: Vec<u16>,
    /// For each pattern of the party the worst rank.
    worst: Vec<u16>,
}

impl Tables {
    fn new(player: &Player, bits: u32) -> Self {
        Self {
            best: vec![0; player.columns(bits)],
            worst: vec![u16::MAX; 1 << player.holding.bits],
        }
    }

    /// The least of the best ranks; for a party that never moves the worst rank.
    fn minimax(&self) -> u16 {
        let best = self.best.iter().min();
        best.or(self.worst.first()).copied().unwrap_or(0)
    }

    fn join(mut self, other: &Self) -> Self {
        for (a, b) in self.best.iter_mut().zip(&other.best) {
            *a = (*a).max(*b);
        }
        for (a, b) in self.worst.iter_mut().zip(&other.worst) {
            *a = (*a).min(*b);
        }
        self
    }

    fn gather(&mut self, player: &Player, block: u64, numbers: &[u16]) {
        for (piece, at) in pieces(player, block, numbers.len()) {
            let numbers = &numbers[piece];
            if self.best.is_empty() {
                let worst = &mut self.worst[0];
                *worst = numbers.iter().fold(*worst, |w, n| w.min(*n));
                continue;
            }
            match at {
                At::Row { row, column } => {
                    let best = &mut self.best[column..column + numbers.len()];
                    let worst = &mut self.worst[row];
                    pulp::Arch::new().dispatch(
                        #[inline(always)]
                        || {
                            for (b, n) in best.iter_mut().zip(numbers) {
                                *b = (*b).max(*n);
                            }
                            *worst = numbers.iter().fold(*worst, |w, n| w.min(*n));
                        },
                    );
                }
                At::Column { row, column } => {
                    let best = &mut self.best[column];
                    let worst = &mut self.worst[row..row + numbers.len()];
                    pulp::Arch::new().dispatch(
                        #[inline(always)]
                        || {
                            for (w, n) in worst.iter_mut().zip(numbers) {
                                *w = (*w).min(*n);
                            }
                            *best = numbers.iter().fold(*best, |b, n| b.max(*n));
                        },
                    );
                }
            }
        }
    }
}

/// Where consecutive states stand: in one row and consecutive columns, or in one column and
/// consecutive rows.
enum At {
    Row { row: usize, column: usize },
    Column { row: usize, column: usize },
}

/// Cuts a block into pieces that stand in one row or in one column of a party.
fn pieces(
    player: &Player,
    block: u64,
    states: usize,
) -> impl Iterator<Item = (std::ops::Range<usize>, At)> + use<> {
    let Holding { first, bits, .. } = player.holding;
    let low = first == 0 && bits > 0;
    let length = 1_usize << if low { bits } else { first }.min(BLOCK_BITS);
    let length = if bits == 0 {
        states
    } else {
        length.min(states)
    };
    (0..states).step_by(length).map(move |start| {
        let code = (block << BLOCK_BITS) + start as u64;
        let row = (code >> first & ((1 << bits) - 1)) as usize;
        let column = (code >> (first + bits) << first | code & ((1 << first) - 1)) as usize;
        let at = if low {
            At::Column { row, column }
        } else {
            At::Row { row, column }
        };
        (start..start + length, at)
    })
}

/// For every state of a block the best rank of its column.
fn best_of_columns(player: &Player, table: &[u16], block: u64, out: &mut [u16]) {
    if table.is_empty() {
        return;
    }
    for (piece, at) in pieces(player, block, out.len()) {
        match at {
            At::Row { column, .. } => {
                let length = piece.len();
                out[piece].copy_from_slice(&table[column..column + length]);
            }
            At::Column { column, .. } => out[piece].fill(table[column]),
        }
    }
}

/// Which states of a block are Nash, GMR and SMR stable.
fn compare(numbers: &[u16; BLOCK], best: &[u16; BLOCK], levels: &Levels) -> [[u64; WORDS]; 3] {
    let (maximin, minimax) = (levels.maximin, levels.minimax);
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut sets = [[0; WORDS]; 3];
            let chunks = numbers.chunks_exact(64).zip(best.chunks_exact(64));
            for (word, (numbers, best)) in chunks.enumerate() {
                let mut flags = [[0_u8; 64]; 3];
                for i in 0..64 {
                    flags[0][i] = u8::from(numbers[i] >= best[i]);
                    flags[1][i] = u8::from(numbers[i] >= maximin);
                    flags[2][i] = u8::from(numbers[i] >= minimax);
                }
                for (set, flags) in sets.iter_mut().zip(&flags) {
                    set[word] = gather_bits(flags);
                }
            }
            sets
        },
    )
}

/// One bit for each byte, all of which are 0 or 1.
#[inline(always)]
fn gather_bits(flags: &[u8; 64]) -> u64 {
    let mut packed = 0;
    for (i, eight) in flags.chunks_exact(8).enumerate() {
        let mut array = [0; 8];
        array.copy_from_slice(eight);
        let gathered = u64::from_le_bytes(array).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        packed |= gathered << (8 * i);
    }
    packed
}

/// What is counted in the second pass.
struct Sums {
    stable: Vec<[u64; 3]>,
    equilibria: [u64; 3],
    by_class: Vec<[u64; 3]>,
    first: [Vec<u64>; 3],
}

impl Sums {
    fn new(parties: usize, classes: usize) -> Self {
        Self {
            stable: vec![[0; 3]; parties],
            equilibria: [0; 3],
            by_class: vec![[0; 3]; classes],
            first: [const { Vec::new() }; 3],
        }
    }

    /// Adds the sums of later states.
    fn join(&mut self, other: Self, first: usize) {
        let add = |a: &mut [u64; 3], b: &[u64; 3]| {
            for (a, b) in a.iter_mut().zip(b) {
                *a += b;
            }
        };
        for (a, b) in self.stable.iter_mut().zip(&other.stable) {
            add(a, b);
        }
        for (a, b) in self.by_class.iter_mut().zip(&other.by_class) {
            add(a, b);
        }
        add(&mut self.equilibria, &other.equilibria);
        for (a, b) in self.first.iter_mut().zip(other.first) {
            a.extend(b);
            a.truncate(first);
        }
    }
}
