//! Sequential stability for all states at once, layer by layer.

use biodivine_lib_bdd::{Bdd, BddVariable};
use detente_model::PartyId;

use super::diagram::{Meter, greater};
use super::encoding::Encoding;
use super::moves::{best, keep};
use super::sequential::closure;
use super::stable::lesser;
use crate::Stop;

/// The least value on `within` for each of the party's own choices: bits over its own options.
fn least(
    meter: &Meter<'_>,
    within: &Bdd,
    level: &[Bdd],
    others: &dyn Fn(BddVariable) -> bool,
) -> Result<(Vec<Bdd>, Bdd), Stop> {
    let mut left = within.clone();
    let mut values = Vec::with_capacity(level.len());
    for value in level {
        let complement = value.not();
        let low = meter.meet(&left, &complement, others)?;
        left = keep(meter, &left, &complement, &low)?;
        values.push(low.not());
    }
    Ok((values, left))
}

/// Where the party is sequentially stable; with `escape`, symmetrically so.
pub(crate) fn sequential(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    escape: bool,
) -> Result<Bdd, Stop> {
    let player = &encoding.players[party.index()];
    let others = |v: BddVariable| !player.owns[v.to_index()];
    let level = if escape {
        best(meter, &encoding.feasible, &player.worth, player)?.values
    } else {
        player.worth.clone()
    };
    let mut unstable = meter.and_not(&encoding.feasible, &encoding.feasible)?;
    let mut reached = unstable.clone();
    let mut open = encoding.feasible.clone();
    let mut k = 0;
    while !open.is_false() {
        let (value, lowest) = least(meter, &open, &level, &others)?;
        let start = meter.or(&reached, &lowest)?;
        reached = closure(encoding, meter, party, start, &mut |_| Ok(false))?;
        let layer = meter.and(&open, &reached)?;
        open = meter.and_not(&open, &reached)?;
        let (harmless, _) = greater(meter, &layer, &player.worth, &value)?;
        let gain = lesser(meter, &harmless, &player.worth, &value)?;
        let gain = best(meter, &layer, &gain, player)?.values;
        let stay = meter.and_not(&encoding.feasible, &unstable)?;
        let (over, _) = greater(meter, &stay, &gain, &player.worth)?;
        unstable = meter.or(&unstable, &over)?;
        k += 1;
        if std::env::var("LAYERS").is_ok() {
            eprintln!(
                "party {} layer {k}: layer {:.3e} ({}) open {:.3e} ({}) reached {} unstable {} work {}",
                party.0, layer.cardinality(), layer.size(), open.cardinality(), open.size(), reached.size(), unstable.size(), meter.work()
            );
        }
    }
    meter.and_not(&encoding.feasible, &unstable)
}
