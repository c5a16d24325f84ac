//! The best that a party can move to, as numbers in binary over the states.

use biodivine_lib_bdd::{Bdd, BddVariable};

use super::diagram::{Meter, greater};
use super::encoding::{OneWay, Player};
use crate::Stop;

/// For every state the largest value among the states that a party can move to from it and the state
/// itself, as far as they belong to a set; bits, most significant first. Where there is none, 0.
pub(crate) struct Best {
    /// Where there is one.
    pub(crate) exists: Bdd,
    /// The value.
    pub(crate) values: Vec<Bdd>,
}

/// Maximises `values` over the states of `within` that `player` can move to.
///
/// Options that go both ways are decided bit by bit: the states that are best so far keep the next
/// bit if one of them has it. One-way options follow one by one: the value where the option can still
/// be changed is the better of the values on either side.
pub(crate) fn best(
    meter: &Meter<'_>,
    within: &Bdd,
    values: &[Bdd],
    player: &Player,
) -> Result<Best, Stop> {
    let free = |v: BddVariable| player.free.get(v.to_index()) == Some(&true);
    let mut left = within.clone();
    let mut result = Best {
        exists: meter.exists(within, &free)?,
        values: Vec::with_capacity(values.len()),
    };
    for value in values {
        let best = meter.meet(&left, value, &free)?;
        left = keep(meter, &left, value, &best)?;
        result.values.push(best);
    }
    for one_way in &player.one_way {
        spread(meter, &mut result, one_way)?;
    }
    Ok(result)
}

/// Of the states that are best so far, those with the best next bit.
pub(crate) fn keep(meter: &Meter<'_>, left: &Bdd, value: &Bdd, best: &Bdd) -> Result<Bdd, Stop> {
    let missed = meter.and_not(best, value)?;
    meter.and_not(left, &missed)
}

/// One step of the zeta transform: where the one-way `variable` has not reached `end` yet, the better
/// of the values with and without changing it.
fn spread(meter: &Meter<'_>, result: &mut Best, one_way: &OneWay) -> Result<(), Stop> {
    let end = one_way.end;
    let side = |a: &Bdd, value: bool| meter.fix(a, &[(one_way.variable, value)]);
    let changed = side(&result.exists, end)?;
    let stayed = side(&result.exists, !end)?;
    let mut here: Vec<Bdd> = Vec::with_capacity(result.values.len());
    let mut there: Vec<Bdd> = Vec::with_capacity(result.values.len());
    for value in &result.values {
        here.push(side(value, !end)?);
        there.push(side(value, end)?);
    }
    // A value of 0 where there is no state never wins against a state.
    let (better, _) = greater(meter, &changed, &there, &here)?;
    let only = meter.and_not(&changed, &stayed)?;
    let better = meter.or(&better, &only)?;
    let take = meter.and_not(&better, &one_way.reached)?;
    if take.is_false() {
        return Ok(());
    }
    for (value, there) in result.values.iter_mut().zip(&there) {
        *value = meter.choose(&take, there, value)?;
    }
    result.exists = meter.or(&result.exists, &take)?;
    Ok(())
}
