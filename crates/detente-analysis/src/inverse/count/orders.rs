//! Counting by enumerating orders of the states that matter.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::PartyId;
use num_bigint::BigUint;

use super::falling;
use super::verdicts::{Kind, Verdict, Verdicts};
use crate::inverse::conditions::monotone::Meter;
use crate::inverse::question::{Unsuited, Want};
use crate::stability::ConceptError;
use crate::{Conflict, Ranking, StateId, Stop, explain};

/// The orders of the states that matter of one party, by the comparisons that they make.
struct Orders {
    party: PartyId,
    /// The states, ascending.
    states: Vec<StateId>,
    /// One order for every combination of comparisons, as a place per state, larger is better; and how
    /// many make the same ones.
    classes: Vec<(Vec<u32>, u64)>,
}

impl Orders {
    fn new(
        party: PartyId,
        comparisons: &BTreeSet<(StateId, StateId)>,
        meter: &mut Meter<'_>,
    ) -> Result<Self, Stop> {
        let both = comparisons.iter().flat_map(|(a, b)| [*a, *b]);
        let states: Vec<StateId> = both.collect::<BTreeSet<_>>().into_iter().collect();
        let place = |s: &StateId| states.binary_search(s).unwrap_or(0);
        let pairs: Vec<(usize, usize)> = comparisons
            .iter()
            .map(|(a, b)| (place(a), place(b)))
            .collect();
        let limit = meter.budget().max_work;
        let cost = pairs.len() as u64 + 16;
        let orders = (1..=states.len() as u64).try_fold(1_u64, u64::checked_mul);
        if orders
            .and_then(|n| n.checked_mul(cost))
            .is_none_or(|n| n > limit)
        {
            return Err(Stop::Limit {
                what: "comparisons in orders of states",
                limit,
            });
        }
        let total = orders.unwrap_or(0);
        let mut order: Vec<u32> = (0..states.len() as u32).collect();
        let mut classes: BTreeMap<Vec<u64>, (Vec<u32>, u64)> = BTreeMap::new();
        for done in 0_u64.. {
            meter.spend(cost as usize)?;
            if done.is_multiple_of(1 << 16) {
                meter.budget().report("orders of states", done, total);
            }
            let mut bits = vec![0_u64; pairs.len().div_ceil(64)];
            for (k, (a, b)) in pairs.iter().enumerate() {
                if let (true, Some(word)) = (order.get(*a) > order.get(*b), bits.get_mut(k / 64)) {
                    *word |= 1 << (k % 64);
                }
            }
            classes.entry(bits).or_insert_with(|| (order.clone(), 0)).1 += 1;
            if !advance(&mut order) {
                break;
            }
        }
        Ok(Self {
            party,
            states,
            classes: classes.into_values().collect(),
        })
    }

    /// A ranking of all states that makes the comparisons of a class. The other states come last,
    /// tied: nothing asks for them.
    fn ranking(&self, class: usize, states: usize) -> Ranking {
        let mut values = vec![0_u32; states];
        if let Some((order, _)) = self.classes.get(class) {
            for (state, place) in self.states.iter().zip(order) {
                if let Some(value) = values.get_mut(state.index()) {
                    *value = place + 1;
                }
            }
        }
        Ranking::from_values(&values)
    }
}

/// The next order in lexicographic order; false after the last.
fn advance(order: &mut [u32]) -> bool {
    let Some(at) = order.windows(2).rposition(|w| w[0] < w[1]) else {
        return false;
    };
    let Some(with) = order.iter().rposition(|x| Some(x) > order.get(at)) else {
        return false;
    };
    order.swap(at, with);
    if let Some(tail) = order.get_mut(at + 1..) {
        tail.reverse();
    }
    true
}

/// How many combinations of rankings do what is wanted, among those parties whose rankings matter to
/// these verdicts; and how many these parties are. States about which there is no verdict for a party
/// count as stable for it.
pub(super) fn count(
    verdicts: &Verdicts<'_>,
    found: &[Verdict],
    wants: &[Want],
    meter: &mut Meter<'_>,
) -> Result<(BigUint, usize), Unsuited> {
    let graph = verdicts.conflict.graph();
    let mut lists: Vec<Orders> = Vec::new();
    for party in verdicts.varying {
        let mut comparisons = BTreeSet::new();
        for verdict in found {
            verdicts.comparisons(verdict, *party, &mut comparisons, meter)?;
        }
        if !comparisons.is_empty() {
            lists.push(Orders::new(*party, &comparisons, meter)?);
        }
    }
    // What one combination costs: a search for each verdict that is open.
    let open = found
        .iter()
        .filter(|v| matches!(v.kind, Kind::Open { .. }))
        .map(|v| graph.moves(v.party).from(v.state).len() * (graph.states() + 64))
        .sum::<usize>();
    let cost = open + graph.states() + 64;
    let combinations = lists
        .iter()
        .try_fold(1_u64, |n, l| n.checked_mul(l.classes.len() as u64));
    let limit = meter.budget().max_work;
    let fitting = combinations.filter(|n| n.checked_mul(cost as u64).is_some_and(|c| c <= limit));
    let Some(combinations) = fitting else {
        return Err(Unsuited::Stopped(Stop::Limit {
            what: "steps with combinations of rankings",
            limit,
        }));
    };
    let mut rankings: Vec<Ranking> = graph
        .party_ids()
        .map(|p| verdicts.conflict.ranking(p).clone())
        .collect();
    let set = |rankings: &mut Vec<Ranking>, list: &Orders, class: usize| {
        if let Some(ranking) = rankings.get_mut(list.party.index()) {
            *ranking = list.ranking(class, graph.states());
        }
    };
    let mut at = vec![0_usize; lists.len()];
    for list in &lists {
        set(&mut rankings, list, 0);
    }
    let mut total = BigUint::ZERO;
    for done in 0..combinations {
        meter.spend(cost)?;
        if done.is_multiple_of(1 << 12) {
            meter
                .budget()
                .report("combinations of rankings", done, combinations);
        }
        if wanted(verdicts, found, wants, &rankings, meter)? {
            let mut weight = BigUint::from(1_u8);
            for (list, class) in lists.iter().zip(&at) {
                weight *= list.classes.get(*class).map_or(0, |(_, n)| *n);
            }
            total += weight;
        }
        for (list, class) in lists.iter().zip(&mut at) {
            *class += 1;
            let over = *class == list.classes.len();
            if over {
                *class = 0;
            }
            set(&mut rankings, list, *class);
            if !over {
                break;
            }
        }
    }
    for list in &lists {
        total *= falling(list.states.len(), graph.states(), meter)?;
    }
    Ok((total, lists.len()))
}

/// Whether the rankings do what is wanted.
fn wanted(
    verdicts: &Verdicts<'_>,
    found: &[Verdict],
    wants: &[Want],
    rankings: &[Ranking],
    meter: &Meter<'_>,
) -> Result<bool, Unsuited> {
    let Some(conflict) = Conflict::new(verdicts.conflict.graph(), rankings) else {
        return Err(Unsuited::Question("there has to be one ranking per party"));
    };
    let mut unstable = BTreeSet::new();
    for verdict in found {
        if unstable.contains(&verdict.state) {
            continue;
        }
        let (party, state) = (verdict.party, verdict.state);
        let stable = match &verdict.kind {
            Kind::Always => true,
            Kind::Never => false,
            Kind::Own(condition) => condition.holds(conflict.ranking(party)),
            Kind::Open { .. } => {
                let concept = verdicts.judgement.get(party.index()).copied();
                let concept =
                    concept.ok_or(Unsuited::Question("there has to be one concept per party"))?;
                let budget = meter.budget();
                explain(&conflict, concept, verdicts.settings, party, state, budget)
                    .map_err(|e| match e {
                        ConceptError::Stopped(stop) => Unsuited::Stopped(stop),
                        _ => Unsuited::Concept(concept),
                    })?
                    .stable
            }
        };
        if !stable {
            unstable.insert(state);
        }
    }
    let holds = |s: &StateId| !unstable.contains(s);
    Ok(wants.iter().all(|w| match w {
        Want::Some(states) => states.iter().any(holds),
        Want::None(states) => !states.iter().any(holds),
    }))
}
