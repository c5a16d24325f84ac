//! Sequential stability and symmetric sequential stability.
//!
//! What the opponents' improvements lead to is found by thresholds: from which states can they bring
//! the party to a state worth no more than this? The set of such states grows backwards from the
//! states that are themselves worth no more; a state is added when an opponent's best move into the
//! set improves on it. For one state the threshold is what that state is worth; `layers` raises it
//! step by step for all states.

use biodivine_lib_bdd::{Bdd, BddVariable};
use detente_model::PartyId;

use super::diagram::{Meter, greater};
use super::encoding::{Encoding, Player};
use super::moves::{best, keep};
use super::stable;
use crate::Stop;

/// The feasible states at which the party ends no better than the threshold: by what they are worth,
/// or, with `escape`, by the best that it can make of them.
pub(crate) fn no_better(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    threshold: &[Bdd],
    escape: bool,
) -> Result<Bdd, Stop> {
    let player = &encoding.players[party.index()];
    if escape {
        let reachable = best(meter, &encoding.feasible, &player.worth, player)?;
        stable::not_greater(encoding, meter, &reachable.values, threshold)
    } else {
        stable::not_greater(encoding, meter, &player.worth, threshold)
    }
}

/// The states of `open` from which the player can move to a state of `target` that it prefers.
pub(crate) fn improving(
    meter: &Meter<'_>,
    open: &Bdd,
    target: &Bdd,
    player: &Player,
) -> Result<Bdd, Stop> {
    let none = meter.and_not(open, open)?;
    if target.is_false() || open.is_false() {
        return Ok(none);
    }
    if !player.one_way.is_empty() {
        let reachable = best(meter, target, &player.worth, player)?;
        return Ok(greater(meter, open, &reachable.values, &player.worth)?.0);
    }
    let free = |v: BddVariable| player.free.get(v.to_index()) == Some(&true);
    let (mut left, mut equal, mut found) = (target.clone(), open.clone(), none);
    for (l, value) in player.worth.iter().enumerate() {
        let reach = meter.meet(&left, value, &free)?;
        let better = meter.and_not(&reach, value)?;
        let here = meter.and(&equal, &better)?;
        found = meter.or(&found, &here)?;
        if l + 1 == player.worth.len() {
            break;
        }
        let same = meter.iff(&reach, value)?;
        equal = meter.and(&equal, &same)?;
        if equal.is_false() {
            break;
        }
        left = keep(meter, &left, value, &reach)?;
    }
    Ok(found)
}

/// Everything within `domain` from which the opponents of the party can come to `start` by
/// improvements, `start` included.
///
/// `domain` holds with a state all feasible states that differ from it in the opponents' options only.
pub(crate) fn closure(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    domain: &Bdd,
    start: Bdd,
) -> Result<Bdd, Stop> {
    let opponents = answering(encoding, party);
    let mut set = start;
    // What each opponent's moves were already traced back from.
    let mut traced = vec![meter.and_not(&set, &set)?; opponents.len()];
    let mut quiet = 0;
    for nth in (0..opponents.len()).cycle() {
        if quiet >= opponents.len() {
            break;
        }
        let fresh = meter.and_not(&set, &traced[nth])?;
        let open = meter.and_not(domain, &set)?;
        let more = improving(meter, &open, &fresh, opponents[nth])?;
        if more.is_false() {
            quiet += 1;
        } else {
            // One party's moves are transitive: a second step of the same party adds nothing.
            quiet = 1;
            set = meter.or(&set, &more)?;
        }
        traced[nth] = set.clone();
    }
    Ok(set)
}

/// Whether the opponents can bring the party from each of the states `from`, which differ in its own
/// options only, to a state of `end` by improvements.
///
/// The party's own options stay as they are meanwhile: the search is narrowed to the choices of own
/// options that are not answered yet, and ends when none is left.
pub(crate) fn all_answered(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    from: &Bdd,
    end: &Bdd,
) -> Result<bool, Stop> {
    let owns = &encoding.players[party.index()].owns;
    let others = |v: BddVariable| owns.get(v.to_index()) != Some(&true);
    let opponents = answering(encoding, party);
    let mut set = end.clone();
    let mut unanswered = meter.and_not(from, &set)?;
    let mut choices = meter.exists(&unanswered, &others)?;
    let mut domain = meter.and(&encoding.feasible, &choices)?;
    set = meter.and(&set, &choices)?;
    let mut traced = vec![meter.and_not(&set, &set)?; opponents.len()];
    let mut quiet = 0;
    for nth in (0..opponents.len()).cycle() {
        if quiet >= opponents.len() || unanswered.is_false() {
            break;
        }
        let fresh = meter.and_not(&set, &traced[nth])?;
        let open = meter.and_not(&domain, &set)?;
        let more = improving(meter, &open, &fresh, opponents[nth])?;
        if more.is_false() {
            quiet += 1;
        } else {
            quiet = 1;
            set = meter.or(&set, &more)?;
            let left = meter.and_not(&unanswered, &more)?;
            if left != unanswered {
                unanswered = left;
                choices = meter.exists(&unanswered, &others)?;
                domain = meter.and(&domain, &choices)?;
                set = meter.and(&set, &choices)?;
            }
        }
        traced[nth] = set.clone();
    }
    Ok(unanswered.is_false())
}

/// The opponents of a party that may have improvements.
fn answering<'e>(encoding: &'e Encoding<'_>, party: PartyId) -> Vec<&'e Player> {
    encoding
        .model
        .party_ids()
        .filter(|p| *p != party)
        .map(|p| &encoding.players[p.index()])
        .filter(|p| p.can_move() && !p.worth.is_empty())
        .collect()
}

/// The threshold "what this state is worth", as constants.
pub(crate) fn constants(encoding: &Encoding<'_>, worth: &[bool]) -> Vec<Bdd> {
    worth
        .iter()
        .map(|w| {
            if *w {
                encoding.set.mk_true()
            } else {
                encoding.set.mk_false()
            }
        })
        .collect()
}
