//! How many rankings make an outcome hold.
//!
//! Counted are complete strict rankings: orders of all states without ties. Of one party, with the
//! others as they are, that is exact for hundreds of states: the condition for a state *s* to be stable
//! ([`StabilityCondition`]) speaks of *m* other states only and asks which of them lie below *s*; a set
//! of *k* of them is what lies below *s* in *k*! (*m* - *k*)! orders of the *m* + 1 states concerned, and
//! each of these is part of *n*! / (*m* + 1)! rankings of all *n* states. So
//!
//! > number = *n*! / (*m* + 1)! · Σ *c*(*k*) *k*! (*m* - *k*)!
//!
//! where *c*(*k*) is the number of sets of size *k* that satisfy the condition.
//!
//! When several parties change, the number is a product as long as nobody's verdict depends on what
//! another of them prefers: always under Nash, GMR and SMR, and under SEQ, SSEQ and best-response SEQ
//! where the answers of the others are the same whatever these prefer, or make no difference. Otherwise
//! the orders of those states on which something depends are enumerated, as one for each combination
//! of the comparisons that matter, and every combination is judged by the definitions. Parties that do
//! not bear on each other are enumerated apart.

mod cardinality;
mod orders;
mod verdicts;

use detente_model::PartyId;
use num_bigint::BigUint;

use super::conditions::monotone::Meter;
use super::conditions::{StabilityCondition, exists, fits};
use super::question::{Judgement, Unsuited, Want};
use crate::{Budget, Conflict, Settings, StateId, Stop};
use verdicts::{Kind, Verdict, Verdicts};

/// So many of so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// How many rankings, or combinations of one ranking per party, do what was asked.
    pub holding: BigUint,
    /// How many there are.
    pub of: BigUint,
}

impl Count {
    /// The share of those that do, in millionths, rounded to the nearest.
    pub fn millionths(&self) -> u64 {
        if self.of == BigUint::ZERO {
            return 0;
        }
        let scaled = (&self.holding * 2_000_000_u32 + &self.of) / (&self.of * 2_u32);
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }
}

/// How many strict rankings of `states` states, of the party that the condition is about, satisfy it.
///
/// # Errors
///
/// Stops when the budget ends: when the formula is too intricate, or there are very many states.
pub fn rankings(
    condition: &StabilityCondition,
    states: usize,
    budget: &Budget,
) -> Result<Count, Stop> {
    let mut meter = Meter::new(budget);
    let of = factorial(states, &mut meter)?;
    let holding = satisfying(condition, states, &mut meter)?;
    Ok(Count { holding, of })
}

fn satisfying(
    condition: &StabilityCondition,
    states: usize,
    meter: &mut Meter<'_>,
) -> Result<BigUint, Stop> {
    let (atoms, sizes) = cardinality::by_size(condition.choices(), meter)?;
    let mut factorials = vec![BigUint::from(1_u8)];
    for k in 1..=atoms {
        meter.spend(1 + k / 8)?;
        let next = factorials.last().map(|f| f * k).unwrap_or_default();
        factorials.push(next);
    }
    let mut orders = BigUint::ZERO;
    for (k, sets) in sizes.iter().enumerate() {
        meter.spend(1 + (atoms / 8) * (atoms / 8))?;
        if let Some((below, above)) = factorials.get(k).zip(factorials.get(atoms - k)) {
            orders += sets * below * above;
        }
    }
    Ok(orders * falling(atoms + 1, states, meter)?)
}

/// `n!`.
fn factorial(n: usize, meter: &mut Meter<'_>) -> Result<BigUint, Stop> {
    falling(0, n, meter)
}

/// `n! / low!`; 1 when `low` is `n` or more.
fn falling(low: usize, n: usize, meter: &mut Meter<'_>) -> Result<BigUint, Stop> {
    let mut product = BigUint::from(1_u8);
    for k in low + 1..=n {
        meter.spend(1 + (k - low) / 4)?;
        product *= k;
    }
    Ok(product)
}

/// How many combinations of strict rankings of the `varying` parties, the others' preferences being as
/// they are, do all that is wanted. `judgement` says by which concept each party's stability is judged.
///
/// A single state that is wanted as an equilibrium is counted by formulas where it can be. With
/// several states wanted and unwanted, or verdicts that depend on each other, the relevant orders are
/// enumerated.
///
/// # Errors
///
/// Refuses concepts other than Nash, GMR, SMR, SEQ, SSEQ and best-response SEQ, and parties and states
/// that do not exist. Stops when the budget ends; then the number is not known.
pub fn profiles(
    conflict: &Conflict<'_>,
    judgement: &Judgement,
    settings: &Settings,
    varying: &[PartyId],
    wants: &[Want],
    budget: &Budget,
) -> Result<Count, Unsuited> {
    fits(conflict, judgement)?;
    let mut varying = varying.to_vec();
    varying.sort_unstable();
    varying.dedup();
    let mut targets: Vec<StateId> = wants
        .iter()
        .flat_map(|w| match w {
            Want::Some(states) | Want::None(states) => states,
        })
        .copied()
        .collect();
    targets.sort_unstable();
    targets.dedup();
    for party in &varying {
        exists(conflict, *party, StateId(0))?;
    }
    for state in &targets {
        exists(conflict, PartyId(0), *state)?;
    }
    let mut meter = Meter::new(budget);
    let states = conflict.graph().states();
    let all = factorial(states, &mut meter)?;
    let mut of = BigUint::from(1_u8);
    for _ in &varying {
        meter.spend(states)?;
        of *= &all;
    }
    let verdicts = Verdicts {
        conflict,
        judgement,
        settings,
        varying: &varying,
    };
    let mut found = Vec::new();
    for state in targets {
        for party in conflict.graph().party_ids() {
            found.push(verdicts.of(party, state, &mut meter)?);
        }
    }
    let holding = match wants {
        [Want::Some(one)] if one.len() == 1 => single(&verdicts, found, wants, &all, &mut meter)?,
        _ => {
            let (orders, bearing) = orders::count(&verdicts, &found, wants, &mut meter)?;
            orders * power(&all, varying.len() - bearing)
        }
    };
    Ok(Count { holding, of })
}

fn power(base: &BigUint, exponent: usize) -> BigUint {
    (0..exponent).fold(BigUint::from(1_u8), |product, _| product * base)
}

/// Counts the combinations that make one state an equilibrium: those parties apart that do not bear
/// on each other.
fn single(
    verdicts: &Verdicts<'_>,
    found: Vec<Verdict>,
    wants: &[Want],
    all: &BigUint,
    meter: &mut Meter<'_>,
) -> Result<BigUint, Unsuited> {
    if found.iter().any(|v| matches!(v.kind, Kind::Never)) {
        return Ok(BigUint::ZERO);
    }
    // Groups of verdicts with the varying parties on which they depend.
    let mut groups: Vec<(Vec<PartyId>, Vec<Verdict>)> = Vec::new();
    for verdict in found {
        let mut parties = verdicts.depends_on(&verdict);
        if parties.is_empty() {
            continue;
        }
        let mut members = vec![verdict];
        let (touching, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(other, _)| other.iter().any(|p| parties.contains(p)));
        for (other, more) in touching {
            parties.extend(other);
            members.extend(more);
        }
        parties.sort_unstable();
        parties.dedup();
        groups = apart;
        groups.push((parties, members));
    }
    let states = verdicts.conflict.graph().states();
    let mut bearing = 0;
    let mut product = BigUint::from(1_u8);
    for (parties, members) in groups {
        if let [
            Verdict {
                kind: Kind::Own(condition),
                ..
            },
        ] = members.as_slice()
        {
            product *= satisfying(condition, states, meter)?;
            bearing += parties.len();
        } else {
            let (orders, parties) = orders::count(verdicts, &members, wants, meter)?;
            product *= orders;
            bearing += parties;
        }
    }
    Ok(product * power(all, verdicts.varying.len() - bearing))
}
