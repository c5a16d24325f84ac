//! Which places states may take in the order of a party that is in doubt.
//!
//! States that a party ranks alike share places: with two states preferred to them, three such states take the
//! places 3 to 5. A [`Span`] is what all orders together leave a state: from the best place that it has or shares in
//! any of them to the worst. [`Run`]s say which neighbouring ranks of the basic reading may change their order.

use detente_model::PartyId;

use super::count::Worlds;
use super::family::{Family, in_doubt};
use super::orders::Listed;
use super::relations::at_bounds;
use super::worlds::Drawn;
use crate::relation::Known;
use crate::{Budget, Outcome, Ranking, StateId, Stop};

/// How many completions of a party are gone through at most, and how many are drawn when it has more, unless there are
/// very many states.
pub const MOST_PLACED: u64 = 4096;

/// With more states than these not every two are compared: orders are drawn instead.
const MOST_PAIRED: usize = 4096;

/// From what the places of a party are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// From all its orders: the ends of every span occur.
    Every {
        /// How many completions the party has.
        completions: usize,
        /// How many different orders they give.
        orders: usize,
    },
    /// From every two states by themselves, which is exact for weights between bounds: no state comes to a place
    /// outside its span, but the weights that bring it past one state need not be those that bring it past another.
    Pairs,
    /// From some completions that were drawn: states may come to other places too.
    Drawn {
        /// How many.
        samples: u64,
    },
}

/// The places that a state may take; 1 is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The best.
    pub best: usize,
    /// The worst.
    pub worst: usize,
}

/// Neighbouring ranks of the basic reading that no place divides in all orders: what is above and what is below
/// stays there, while between them states may change places. A run of one rank means that its states, alike in the
/// basic reading, are not alike in some order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The best rank of the run, in the basic reading; larger is better.
    pub highest: u32,
    /// The worst.
    pub lowest: u32,
}

/// The places of the states in the orders of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Whose orders.
    pub party: PartyId,
    /// From what they are known.
    pub extent: Extent,
    /// For each state the places that it may take.
    pub spans: Vec<Span>,
    /// Where the order may differ from the basic reading, the best first.
    pub runs: Vec<Run>,
}

/// The places that states may take in the orders of the parties that are in doubt, one entry for each such party.
///
/// All orders of a party are compared where the family lists them. Weights between bounds whose orders are not
/// listed are compared at their extreme points. Of statements with more completions than the family lists, so many
/// samples are drawn, from this seed. When the budget ends early, the parties until then are there.
pub fn places(
    family: &Family<'_, '_>,
    (samples, seed): (u64, u64),
    budget: &Budget,
) -> Outcome<Vec<Places>> {
    let game = family.game();
    let mut found = Vec::new();
    for (party, marked) in game.model.party_ids().zip(in_doubt(game.model)) {
        if !marked {
            continue;
        }
        match of_party(family, party, (samples, seed), budget) {
            Ok(places) => found.extend(places),
            Err(stop) => return Outcome::Stopped(found, stop),
        }
        budget.report(
            "parties",
            found.len() as u64,
            game.model.parties.len() as u64,
        );
    }
    Outcome::Complete(found)
}

fn of_party(
    family: &Family<'_, '_>,
    party: PartyId,
    draws: (u64, u64),
    budget: &Budget,
) -> Result<Option<Places>, Stop> {
    let game = family.game();
    let (Some(possible), Some(basic)) = (
        family.parties().get(party.index()),
        game.rankings.get(party.index()),
    ) else {
        return Ok(None);
    };
    let states = game.space.len();
    let rungs = Rungs::of(basic);
    let weighed = !game.model.party(party).intervals.is_empty();
    let done = match possible.listed() {
        Some(listed) => every(&rungs, listed, budget)?,
        None if weighed
            && states <= MOST_PAIRED
            && allowed(states, states as u64, budget).is_ok() =>
        {
            by_pairs(&rungs, family, party)
        }
        None => drawn(&rungs, family, party, draws, budget)?,
    };
    let (extent, seen) = done;
    Ok(Some(Places {
        party,
        extent,
        runs: rungs.runs(&seen),
        spans: seen.spans,
    }))
}

/// Whether each state may be looked at so many times.
fn allowed(states: usize, times: u64, budget: &Budget) -> Result<(), Stop> {
    if (states as u64).saturating_mul(times) > budget.max_work {
        return Err(Stop::Limit {
            what: "states in orders",
            limit: budget.max_work,
        });
    }
    Ok(())
}

fn every(rungs: &Rungs, listed: &Listed, budget: &Budget) -> Result<(Extent, Seen), Stop> {
    let orders = listed.orders();
    allowed(rungs.of.len(), orders.len() as u64, budget)?;
    let mut seen = Seen::nothing(rungs);
    for order in orders {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        seen.add(rungs, &order.ranking);
    }
    let extent = Extent::Every {
        completions: listed.completions(),
        orders: orders.len(),
    };
    Ok((extent, seen))
}

fn drawn(
    rungs: &Rungs,
    family: &Family<'_, '_>,
    party: PartyId,
    (samples, seed): (u64, u64),
    budget: &Budget,
) -> Result<(Extent, Seen), Stop> {
    allowed(rungs.of.len(), samples, budget)?;
    let draws = Drawn::new(family, seed, samples);
    let mut seen = Seen::nothing(rungs);
    // The basic reading is one of the completions.
    seen.add(rungs, &family.ranking(party, &family.basic()));
    for draw in 0..samples {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        if let Some(ranked) = draws.profile(draw).get(party.index()) {
            seen.add(rungs, ranked.ranking());
        }
    }
    Ok((Extent::Drawn { samples }, seen))
}

fn by_pairs(rungs: &Rungs, family: &Family<'_, '_>, party: PartyId) -> (Extent, Seen) {
    let known = at_bounds(family, party);
    let states = rungs.of.len();
    let mut seen = Seen::nothing(rungs);
    let ids = || (0..states as u32).map(StateId);
    for (a, span) in ids().zip(&mut seen.spans) {
        let surely = |first, second| known.get(first, second) == Some(&Known::Preferred);
        let above = ids().filter(|b| surely(*b, a)).count();
        let below = ids().filter(|b| surely(a, *b)).count();
        (span.best, span.worst) = (above + 1, states - below);
        let own = rungs.of[a.index()];
        for b in ids() {
            let other = rungs.of[b.index()];
            if own < other && !surely(a, b) {
                // No place between the two ranks divides the states.
                seen.crossed[own..other].fill(true);
            } else if own == other && known.get(a, b) != Some(&Known::NotPreferred) {
                seen.parted[own] = true;
            }
        }
    }
    (Extent::Pairs, seen)
}

/// The ranks of the basic reading, the best first.
struct Rungs {
    /// For each state its rung.
    of: Vec<usize>,
    /// The states, the best first.
    order: Vec<usize>,
    /// How many rungs there are.
    count: usize,
}

impl Rungs {
    fn of(basic: &Ranking) -> Self {
        let count = basic.levels() as usize;
        let ids = (0..basic.states() as u32).map(StateId);
        let of: Vec<usize> = ids.map(|s| count - 1 - basic.rank(s) as usize).collect();
        let mut order: Vec<usize> = (0..of.len()).collect();
        order.sort_by_key(|state| of[*state]);
        Self { of, order, count }
    }

    fn runs(&self, seen: &Seen) -> Vec<Run> {
        let rank = |rung: usize| (self.count - 1 - rung) as u32;
        let mut runs = Vec::new();
        let mut first = 0;
        for rung in 0..self.count {
            if seen.crossed.get(rung).copied().unwrap_or(false) {
                continue;
            }
            if rung > first || seen.parted[rung] {
                runs.push(Run {
                    highest: rank(first),
                    lowest: rank(rung),
                });
            }
            first = rung + 1;
        }
        runs
    }
}

/// What was seen in the orders until now.
struct Seen {
    spans: Vec<Span>,
    /// For each rung but the last whether, in some order, a state of it or above is not preferred to one below.
    crossed: Vec<bool>,
    /// For each rung whether its states are not alike in some order.
    parted: Vec<bool>,
}

impl Seen {
    fn nothing(rungs: &Rungs) -> Self {
        let states = rungs.of.len();
        let nowhere = Span {
            best: states,
            worst: 1,
        };
        Self {
            spans: vec![nowhere; states],
            crossed: vec![false; rungs.count.saturating_sub(1)],
            parted: vec![false; rungs.count],
        }
    }

    fn add(&mut self, rungs: &Rungs, ranking: &Ranking) {
        let rank = |state: usize| ranking.rank(StateId(state as u32)) as usize;
        let mut alike = vec![0_usize; ranking.levels() as usize];
        for state in 0..rungs.of.len() {
            alike[rank(state)] += 1;
        }
        let mut until = vec![0; alike.len()];
        let mut sum = 0;
        for (until, alike) in until.iter_mut().zip(&alike).rev() {
            sum += alike;
            *until = sum;
        }
        for (state, span) in self.spans.iter_mut().enumerate() {
            let last = until[rank(state)];
            span.best = span.best.min(last + 1 - alike[rank(state)]);
            span.worst = span.worst.max(last);
        }
        // For each rung the least and the largest rank that its states have in this order.
        let mut within = vec![(usize::MAX, 0); rungs.count];
        for state in &rungs.order {
            let (least, most) = &mut within[rungs.of[*state]];
            *least = (*least).min(rank(*state));
            *most = (*most).max(rank(*state));
        }
        for (parted, (least, most)) in self.parted.iter_mut().zip(&within) {
            *parted |= least < most;
        }
        let mut below = vec![0; rungs.count];
        let mut most = 0;
        for (below, (_, of_rung)) in below.iter_mut().zip(&within).rev() {
            most = most.max(*of_rung);
            *below = most;
        }
        let mut least = usize::MAX;
        for (rung, crossed) in self.crossed.iter_mut().enumerate() {
            least = least.min(within[rung].0);
            *crossed |= least <= below[rung + 1];
        }
    }
}
