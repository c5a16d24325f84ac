//! Nash stability and general and symmetric metarationality, for all states at once.
//!
//! By the threshold theorem a state is stable iff the largest, over the state and the party's moves
//! from it, of the lesser of what the state moved to is worth and of what its opponents can bring the
//! party to from there does not exceed what the state is worth. Everything is a maximum or minimum of
//! numbers in binary.

use biodivine_lib_bdd::Bdd;
use detente_model::PartyId;

use super::diagram::{Meter, greater};
use super::encoding::Encoding;
use super::moves::best;
use crate::Stop;

/// Where the party has no move to a state that it prefers.
pub(crate) fn nash(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
) -> Result<Bdd, Stop> {
    let player = &encoding.players[party.index()];
    let reachable = best(meter, &encoding.feasible, &player.worth, player)?;
    not_greater(encoding, meter, &reachable.values, &player.worth)
}

/// Where every move to a preferred state can be answered by moves of the opponents; with `escape`,
/// so that the party cannot make it good by a further move.
pub(crate) fn metarational(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    escape: bool,
) -> Result<Bdd, Stop> {
    let player = &encoding.players[party.index()];
    let level = if escape {
        best(meter, &encoding.feasible, &player.worth, player)?.values
    } else {
        player.worth.clone()
    };
    let answer = worst_reachable(encoding, meter, party, &level)?;
    let (harmless, _) = greater(meter, &encoding.feasible, &player.worth, &answer)?;
    let gain = lesser(meter, &harmless, &player.worth, &answer)?;
    let gain = best(meter, &encoding.feasible, &gain, player)?.values;
    not_greater(encoding, meter, &gain, &player.worth)
}

/// The least value that the opponents of a party can reach from each state, the state itself
/// included.
fn worst_reachable(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    party: PartyId,
    level: &[Bdd],
) -> Result<Vec<Bdd>, Stop> {
    let opponents: Vec<_> = encoding
        .model
        .party_ids()
        .filter(|p| *p != party)
        .map(|p| &encoding.players[p.index()])
        .filter(|p| p.can_move())
        .collect();
    // The least value is the greatest of the complements.
    let mut value: Vec<Bdd> = level.iter().map(Bdd::not).collect();
    let mut quiet = 0;
    for opponent in opponents.iter().cycle() {
        let next = best(meter, &encoding.feasible, &value, opponent)?.values;
        let unchanged = greater(meter, &encoding.feasible, &next, &value)?
            .0
            .is_false();
        quiet = if unchanged { quiet + 1 } else { 1 };
        value = next;
        // Rules within the options of one party never stand between two parties.
        let once = encoding.separate || opponents.len() == 1;
        if quiet >= opponents.len()
            || once && std::ptr::eq(*opponent, opponents[opponents.len() - 1])
        {
            break;
        }
    }
    Ok(value.iter().map(Bdd::not).collect())
}

/// The lesser of two numbers, given where the first is greater.
pub(crate) fn lesser(
    meter: &Meter<'_>,
    first_greater: &Bdd,
    first: &[Bdd],
    second: &[Bdd],
) -> Result<Vec<Bdd>, Stop> {
    first
        .iter()
        .zip(second)
        .map(|(a, b)| meter.choose(first_greater, b, a))
        .collect()
}

/// The feasible states where the first number is at most the second.
pub(crate) fn not_greater(
    encoding: &Encoding<'_>,
    meter: &Meter<'_>,
    first: &[Bdd],
    second: &[Bdd],
) -> Result<Bdd, Stop> {
    let (over, _) = greater(meter, &encoding.feasible, first, second)?;
    meter.and_not(&encoding.feasible, &over)
}
