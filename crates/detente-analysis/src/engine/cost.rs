//! What an analysis will take, before it is begun.
//!
//! Memory counts the arrays that grow with the number of states; the buffers of a tile or two per thread
//! are left out, and the room to sort rankings in is an upper estimate. Times are rough estimates: nanoseconds per state
//! and party, measured on one core of a 2024 server processor, and scaled by the shape of the conflict.

use detente_model::model::{Model, Preferences};

use super::arena::{Arena, Holding, holdings};
use super::build;
use super::coset::Request;
use super::order::Plan;
use super::rank::{LANE_BITS, LANES};
use crate::budget::{Budget, Stop};
use crate::concept::Concept;

/// What a computation is expected to take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Bytes of memory.
    pub bytes: u64,
    /// Seconds on one core, an estimate.
    pub seconds: f64,
}

/// The shape of an arena, as far as costs depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Bits of a code.
    pub bits: u32,
    /// The bits of each party.
    pub holdings: Vec<Holding>,
    /// Whether every code is a feasible state.
    pub all_feasible: bool,
    /// Bytes of a rank: 2, or 4 where a party distinguishes more than 65,534 ranks.
    pub rank_bytes: u64,
    /// Conditions to evaluate for the rankings, over all parties; 0 when the arena exists already.
    pub conditions: u64,
    /// Parties whose rankings are sorted: weights, rankings, more than fifteen statements.
    pub sorted: u64,
}

impl Shape {
    /// The shape of an arena.
    pub fn of(arena: &Arena) -> Self {
        Self {
            bits: arena.bits,
            holdings: arena.holdings.clone(),
            all_feasible: arena.all_feasible,
            rank_bytes: arena
                .ranks
                .iter()
                .map(super::rank::Ranks::width)
                .max()
                .unwrap_or(2),
            conditions: 0,
            sorted: 0,
        }
    }

    /// The shape that the arena of a model will have; `None` when the model does not fit.
    pub fn expected(model: &Model) -> Option<Self> {
        if !build::misfits(model).is_empty() {
            return None;
        }
        let (places, widths) = build::layout(model);
        let (only_on, only_off) = build::directions(model, &places);
        let mut shape = Self {
            bits: widths.iter().sum(),
            holdings: holdings(&widths, only_on, only_off),
            all_feasible: build::exclusions(model, &places)?.is_empty(),
            rank_bytes: 2,
            conditions: model.rules.len() as u64,
            sorted: 0,
        };
        for party in &model.parties {
            let (conditions, sorted) = match &party.preferences {
                Preferences::Unstated => (0, false),
                Preferences::Statements(list) => (list.len(), list.len() > 15),
                Preferences::Weights(list) => (list.len(), true),
                Preferences::Ranks(tiers) => (tiers.iter().map(|t| t.items.len()).sum(), true),
            };
            shape.conditions += conditions as u64;
            shape.sorted += u64::from(sorted);
            if sorted && shape.bits >= 16 {
                shape.rank_bytes = 4;
            }
        }
        Some(shape)
    }

    fn states(&self) -> u64 {
        (1_u64 << self.bits).max(LANES as u64)
    }

    fn parties(&self) -> u64 {
        self.holdings.len() as u64
    }

    fn able(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.iter().filter(|h| h.bits > 0)
    }

    fn is_unconstrained(&self) -> bool {
        self.all_feasible && self.able().all(Holding::is_free)
    }

    /// What building the arena takes: the arena itself, and room to sort in.
    pub fn arena(&self) -> Cost {
        let states = self.states();
        let feasible = if self.all_feasible {
            0
        } else {
            states / 8 * 2 + states / 16
        };
        let keys = if self.sorted > 0 { 40 * states } else { 0 };
        let per_state = 0.06 * self.conditions as f64 + 0.3 * self.parties() as f64;
        let sorting = 60.0 * self.sorted as f64;
        Cost {
            bytes: states * self.rank_bytes * self.parties() + feasible + keys,
            seconds: states as f64 * (per_state + sorting) * 1e-9 + 1e-6,
        }
    }

    /// What the coset engine takes besides the arena.
    pub fn coset(&self, request: &Request) -> Cost {
        let states = self.states();
        let asks = |c| u64::from(request.asks(c));
        let able = self.able().count() as u64;
        let (plain, best) = fields(self, request);
        let fields = u64::from(plain) + u64::from(best);
        let improvements = asks(Concept::Seq) | asks(Concept::Sseq);
        let concepts: u64 = super::coset::CONCEPTS.into_iter().map(asks).sum();
        let mut bytes = states * fields * self.rank_bytes;
        if improvements > 0 && able > 1 {
            let feasible = |h: &Holding| {
                if self.all_feasible {
                    0
                } else {
                    4 * (states >> h.bits).max(LANES as u64)
                }
            };
            bytes += self
                .able()
                .map(|h| (Plan::bytes_per_state(h) * states, feasible(h)))
                .map(|(order, feasible)| if order > 0 { order + feasible } else { 0 })
                .sum::<u64>();
        }
        bytes += states / 8 * concepts * (self.parties() + 1);
        if request.margins {
            bytes += states * (concepts * self.parties() * 4 + self.rank_bytes);
        }
        Cost {
            bytes,
            seconds: self.coset_seconds(request, able) + 5e-6,
        }
    }

    fn coset_seconds(&self, request: &Request, able: u64) -> f64 {
        let asks = |c| f64::from(u8::from(request.asks(c)));
        let wide = self.rank_bytes as f64 / 2.0;
        let rounds = if able <= 2 { 1.0 } else { 2.0 * able as f64 };
        let move_rounds = match (self.all_feasible, able) {
            (_, 0..=2) => 1.0,
            (true, n) => n as f64 - 1.0,
            (false, n) => 1.5 * n as f64,
        };
        let mut nanoseconds = 0.0;
        for holding in self.able() {
            nanoseconds += 0.8;
            let pair = asks(Concept::Gmr) + asks(Concept::Smr);
            nanoseconds += if self.is_unconstrained() {
                0.1 * pair
            } else {
                pair * (0.7 + 0.5 * move_rounds)
            };
            let pair = asks(Concept::Seq) + asks(Concept::Sseq);
            if pair > 0.0 && able > 1 {
                let visit = if Plan::by_pairs(holding) {
                    1.0 + 0.08 * holding.patterns() as f64 * pair
                } else if holding.is_free() {
                    12.0 + 2.0 * pair
                } else {
                    25.0 + 5.0 * pair
                };
                // Every party's tiles are visited on behalf of each of the others.
                nanoseconds += visit * rounds / 2.0 * (able as f64 - 1.0) / able as f64 * 2.0;
                nanoseconds += 0.7 * pair;
            }
            if request.margins {
                nanoseconds +=
                    4.0 * (asks(Concept::Nash) + pair + asks(Concept::Gmr) + asks(Concept::Smr));
            }
        }
        nanoseconds * wide * self.states() as f64 * 1e-9
    }
}

/// Whether GMR and SMR are judged by a level rather than by a search: a conflict without constraints
/// in which more than one party can move.
pub(crate) fn is_direct(shape: &Shape, request: &Request) -> bool {
    shape.is_unconstrained()
        && !request.margins
        && shape.bits >= LANE_BITS
        && shape.able().count() > 1
}

/// Which values per state a request needs room for: what starts as a party's ranks, and what starts
/// as the best that it can make of each state.
pub(crate) fn fields(shape: &Shape, request: &Request) -> (bool, bool) {
    let searched = |concept| request.asks(concept) && !is_direct(shape, request);
    (
        searched(Concept::Gmr) || request.asks(Concept::Seq),
        searched(Concept::Smr) || request.asks(Concept::Sseq),
    )
}

fn limit(budget: &Budget) -> Stop {
    Stop::Limit {
        what: "bytes of memory",
        limit: budget.max_memory,
    }
}

/// Refuses an arena that would take more memory than the budget allows.
pub(crate) fn refuse_arena(model: &Model, budget: &Budget) -> Result<(), Stop> {
    match Shape::expected(model) {
        Some(shape) if shape.arena().bytes > budget.max_memory => Err(limit(budget)),
        _ => Ok(()),
    }
}

/// Refuses an analysis that would take more memory than the budget allows, the arena included; says
/// how much is left.
pub(crate) fn refuse_coset(arena: &Arena, request: &Request, budget: &Budget) -> Result<u64, Stop> {
    let needed = Shape::of(arena)
        .coset(request)
        .bytes
        .saturating_add(arena.bytes());
    budget
        .max_memory
        .checked_sub(needed)
        .ok_or_else(|| limit(budget))
}
