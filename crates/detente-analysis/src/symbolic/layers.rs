//! Sequential stability for all states at once, layer by layer.
//!
//! What a party's opponents can bring it to from a state takes far fewer values than what states are
//! worth, and the party's own options stay as they are meanwhile. So the threshold of `sequential` is
//! raised from the least value upwards, at the same time for every choice of the party's own options,
//! each at its own pace. Three things keep the number of layers small: only states that are stable by
//! general metarationality (symmetric, for the symmetric concept) but not Nash stable are in question;
//! values that no state in question can be compared with are skipped; and choices of own options to
//! which no state in question has an unanswered improvement are dropped.

use biodivine_lib_bdd::{Bdd, BddVariable};
use detente_model::PartyId;

use super::diagram::{Meter, greater};
use super::encoding::Encoding;
use super::moves::{best, keep};
use super::sequential::{closure, improving};
use super::stable::{self, lesser};
use crate::Stop;

/// Where the party is sequentially stable; with `escape`, symmetrically so.
pub(crate) fn sequential(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    escape: bool,
) -> Result<Bdd, Stop> {
    let player = &encoding.players[party.index()];
    let owns = |v: BddVariable| player.owns.get(v.to_index()) == Some(&true);
    let others = |v: BddVariable| !owns(v);
    let level = if escape {
        best(meter, &encoding.feasible, &player.worth, player)?.values
    } else {
        player.worth.clone()
    };
    let mut stable = stable::nash(encoding, meter, party)?;
    let candidates = stable::metarational(encoding, meter, party, escape)?;
    let candidates = meter.and_not(&candidates, &stable)?;
    // An improvement to a state where no opponent has one is never answered.
    let mut still = encoding.feasible.clone();
    for opponent in encoding.model.party_ids().filter(|p| *p != party) {
        still = meter.and(&still, &stable::nash(encoding, meter, opponent)?)?;
    }
    let unanswered = improving(meter, &candidates, &still, player)?;
    let mut undecided = meter.and_not(&candidates, &unanswered)?;
    // States with the party's choices that are still in question; of them, those that the threshold
    // was not reached from yet, and the rest.
    let mut domain = encoding.feasible.clone();
    let mut open = domain.clone();
    let mut reached = meter.and_not(&domain, &domain)?;
    loop {
        // From no open state is less than this reached: who prefers an open state to the state where
        // it is, and is worth less there, is unstable.
        let value = least(meter, &open, &level, &others)?;
        let (harmless, _) = greater(meter, &open, &player.worth, &value)?;
        let gain = lesser(meter, &harmless, &player.worth, &value)?;
        let gain = best(meter, &open, &gain, player)?.values;
        let (unstable, _) = greater(meter, &undecided, &gain, &player.worth)?;
        let rest = meter.and_not(&undecided, &unstable)?;
        // Who has no improvement among the open states any more is stable.
        undecided = improving(meter, &rest, &open, player)?;
        let settled = meter.and_not(&rest, &undecided)?;
        stable = meter.or(&stable, &settled)?;
        if undecided.is_false() {
            return Ok(stable);
        }
        // The least worth of an undecided state that differs in the party's options only.
        let compared = least(meter, &undecided, &player.worth, &owns)?;
        let cosets = meter.exists(&undecided, &owns)?;
        let cosets = meter.and(&open, &cosets)?;
        let (relevant, _) = greater(meter, &cosets, &player.worth, &compared)?;
        let choices = meter.exists(&relevant, &others)?;
        domain = meter.and(&domain, &choices)?;
        open = meter.and(&open, &choices)?;
        reached = meter.and(&reached, &choices)?;
        // No value below the least that is compared with matters.
        let jump = least(meter, &relevant, &compared, &others)?;
        let (higher, _) = greater(meter, &choices, &jump, &value)?;
        let threshold = lesser(meter, &higher, &value, &jump)?;
        let (above, _) = greater(meter, &open, &level, &threshold)?;
        let start = meter.and_not(&open, &above)?;
        let start = meter.or(&reached, &start)?;
        reached = closure(encoding, meter, party, &domain, start)?;
        open = meter.and_not(&domain, &reached)?;
    }
}

/// The least value on `within` over all values of the variables, as bits over the other variables; all
/// ones where there is none.
fn least(
    meter: &Meter<'_>,
    within: &Bdd,
    level: &[Bdd],
    over: &dyn Fn(BddVariable) -> bool,
) -> Result<Vec<Bdd>, Stop> {
    let mut left = within.clone();
    let mut values = Vec::with_capacity(level.len());
    for value in level {
        let complement = value.not();
        let low = meter.meet(&left, &complement, over)?;
        left = keep(meter, &left, &complement, &low)?;
        values.push(low.not());
    }
    Ok(values)
}
