//! Sequential stability for all states at once.

use biodivine_lib_bdd::{Bdd, BddNode, BddPointer, BddVariable, BddVariableSet};
use detente_model::PartyId;

use super::diagram::{Meter, greater};
use super::encoding::Encoding;
use super::layout::Layout;
use super::moves::best;
use super::refusal::Unsuited;
use super::sequential::{closure, no_better};
use crate::Stop;

/// Where the party is sequentially stable; with `escape`, symmetrically so. The result is about the
/// variables of `encoding`.
pub(crate) fn sequential(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    escape: bool,
) -> Result<Bdd, Stop> {
    let with = Encoding::build(
        encoding.model,
        Layout::new(encoding.model),
        Some(party),
        meter,
    )
    .map_err(|unsuited| match unsuited {
        Unsuited::Stopped(stop) => stop,
        // The model was taken before, without thresholds.
        _ => Stop::Limit {
            what: "diagram variables",
            limit: u64::from(u16::MAX),
        },
    })?;
    let player = &with.players[party.index()];
    let threshold: Vec<Bdd> = with
        .threshold
        .iter()
        .map(|v| with.set.mk_var(*v))
        .collect();
    let start = no_better(&with, meter, party, &threshold, escape)?;
    let sanctioned = closure(&with, meter, party, start, &mut |_| Ok(false))?;
    // The best unsanctioned move, by threshold; the state is unstable where it exceeds the threshold
    // that is the state's own worth.
    let open = meter.and_not(&with.feasible, &sanctioned)?;
    let gain = best(meter, &open, &player.worth, player)?.values;
    let (mut unstable, _) = greater(meter, &with.feasible, &gain, &threshold)?;
    for (variable, worth) in with.threshold.iter().zip(&player.worth) {
        let high = meter.fix(&unstable, &[(*variable, true)])?;
        let low = meter.fix(&unstable, &[(*variable, false)])?;
        unstable = meter.choose(worth, &high, &low)?;
    }
    let stable = meter.and_not(&with.feasible, &unstable)?;
    rename(&stable, &with.variables, &encoding.variables, &encoding.set)
}

/// The same diagram over other variables that are in the same order.
fn rename(
    diagram: &Bdd,
    from: &[BddVariable],
    to: &[BddVariable],
    set: &BddVariableSet,
) -> Result<Bdd, Stop> {
    if let Some(value) = diagram.as_bool() {
        return Ok(if value { set.mk_true() } else { set.mk_false() });
    }
    let mut new = vec![None; usize::from(diagram.num_vars())];
    for (old, variable) in from.iter().zip(to) {
        new[old.to_index()] = Some(*variable);
    }
    let mut nodes = vec![BddNode::mk_zero(set.num_vars()), BddNode::mk_one(set.num_vars())];
    let mistaken = Stop::Limit {
        what: "diagram variables",
        limit: u64::from(u16::MAX),
    };
    for pointer in diagram.pointers().skip(2) {
        let variable = new[diagram.var_of(pointer).to_index()].ok_or_else(|| mistaken.clone())?;
        let (low, high): (BddPointer, BddPointer) =
            (diagram.low_link_of(pointer), diagram.high_link_of(pointer));
        nodes.push(BddNode::mk_node(variable, low, high));
    }
    Bdd::from_nodes(&nodes).map_err(|_| mistaken)
}
