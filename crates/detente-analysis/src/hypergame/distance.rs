//! How far a believed ranking is from the true one.

use detente_model::PartyId;

use super::Hypergame;
use crate::StateId;

/// How far a believed ranking is from the true one, over the states that both games have.
///
/// The number of pairs that two rankings order in opposite ways is the distance of Kendall (1938); between
/// rankings without ties it is the least number of swaps of neighbours that lead from one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Distance {
    /// Pairs of states that are ordered in opposite ways.
    pub opposite: u64,
    /// Pairs of states that are tied in one ranking only.
    pub tied_in_one: u64,
}

impl Distance {
    /// Whether the rankings are the same.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// How far what `viewer` believes that `party` wants is from what it wants. The belief is the ranking of the
/// party in the game that the viewer thinks the party to see.
pub fn distance(hypergame: &Hypergame<'_>, viewer: PartyId, party: PartyId) -> Distance {
    let game = hypergame.sights.thought_of(viewer, party);
    let (truth, seen) = (hypergame.truth(), &hypergame.games[game]);
    let pair = |state: StateId| {
        let there = hypergame.universe.inward(game, state)?;
        let party = party.index();
        Some((
            truth.rankings[party].rank(state),
            seen.rankings[party].rank(there),
        ))
    };
    between(truth.space.ids().filter_map(pair).collect())
}

/// The distance between two rankings given as pairs of ranks.
pub(super) fn between(mut ranks: Vec<(u32, u32)>) -> Distance {
    ranks.sort_unstable();
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let tied = |key: fn(&(u32, u32)) -> (u32, u32), list: &[(u32, u32)]| {
        let runs = list.chunk_by(|a, b| key(a) == key(b));
        runs.map(|run| pairs(run.len() as u64)).sum::<u64>()
    };
    let in_both = tied(|p| *p, &ranks);
    let in_first = tied(|p| (p.0, 0), &ranks);
    let mut by_second = ranks.clone();
    by_second.sort_unstable_by_key(|p| p.1);
    let in_second = tied(|p| (0, p.1), &by_second);
    // Within a tie of the first ranking the second ascends, so that only opposite pairs are inverted.
    let mut second: Vec<u32> = ranks.iter().map(|p| p.1).collect();
    let mut room = second.clone();
    Distance {
        opposite: inversions(&mut second, &mut room),
        tied_in_one: in_first + in_second - 2 * in_both,
    }
}

/// Sorts a list and counts the pairs that stood in descending order.
fn inversions(list: &mut [u32], room: &mut [u32]) -> u64 {
    let mut count = 0;
    let mut width = 1;
    while width < list.len() {
        for start in (0..list.len()).step_by(2 * width) {
            let middle = (start + width).min(list.len());
            let end = (start + 2 * width).min(list.len());
            count += merge(list, room, start, middle, end);
        }
        width *= 2;
    }
    count
}

fn merge(list: &mut [u32], room: &mut [u32], start: usize, middle: usize, end: usize) -> u64 {
    let (mut left, mut right, mut count) = (start, middle, 0);
    for slot in room.iter_mut().take(end).skip(start) {
        if left < middle && (right >= end || list[left] <= list[right]) {
            *slot = list[left];
            left += 1;
        } else {
            *slot = list[right];
            count += (middle - left) as u64;
            right += 1;
        }
    }
    list[start..end].copy_from_slice(&room[start..end]);
    count
}
