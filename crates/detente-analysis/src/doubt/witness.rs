//! On which doubts a verdict hangs.

use super::count::{Worlds, holds};
use super::family::Family;
use super::panel::Lanes;
use super::worlds::{All, Drawn};

/// Two completions that differ in one doubt alone, in one of which a target is an equilibrium and in the
/// other not.
///
/// Such a pair exists whenever the verdict is not the same in all completions, since one leads to
/// every other by changing one answer at a time. This one is as near to the basic reading as can be: the
/// verdict is that of the basic reading as long as one of [`Witness::changed`] has its basic answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Whether the target is an equilibrium in the basic reading.
    pub basic: bool,
    /// The doubts that must all be answered otherwise than in the basic reading to change that, and the
    /// answers, as places.
    pub changed: Vec<(usize, usize)>,
    /// Whether fewer changes never do; otherwise it was only tried to leave out single ones.
    pub fewest: bool,
    /// The answers to all doubts in a completion in which it is an equilibrium.
    pub holds: Vec<usize>,
    /// The answers to all doubts in one in which it is not. They differ in the last of the changed doubts.
    pub fails: Vec<usize>,
}

fn between(basic: &[usize], other: &[usize], verdict: bool, fewest: bool) -> Option<Witness> {
    let changed: Vec<(usize, usize)> = basic
        .iter()
        .zip(other)
        .enumerate()
        .filter(|(_, (b, o))| b != o)
        .map(|(doubt, (_, o))| (doubt, *o))
        .collect();
    let (last, _) = *changed.last()?;
    let mut before = other.to_vec();
    *before.get_mut(last)? = *basic.get(last)?;
    let (holds, fails) = if verdict {
        (before, other.to_vec())
    } else {
        (other.to_vec(), before)
    };
    Some(Witness {
        basic: verdict,
        changed,
        fewest,
        holds,
        fails,
    })
}

/// How far every profile is from the basic reading.
pub(super) struct Distances<'f> {
    all: &'f All<'f>,
    basic: Vec<usize>,
    /// The profile of the basic reading.
    world: u64,
    /// For each party and order the completion that is nearest to the basic reading, and its changes.
    nearest: Vec<Vec<(u32, usize)>>,
    /// For each profile how many answers have to be changed for it.
    changes: Vec<u32>,
}

impl<'f> Distances<'f> {
    pub(super) fn new(family: &Family<'_, '_>, all: &'f All<'f>) -> Self {
        let basic = family.basic();
        let mut nearest: Vec<Vec<(u32, usize)>> = Vec::with_capacity(all.lists.len());
        let mut world = 0;
        for (list, possible) in all.lists.iter().zip(family.parties()) {
            let own = basic.get(possible.doubts()).unwrap_or_default();
            let mut found = vec![(u32::MAX, 0); list.orders().len()];
            for completion in 0..list.completions() {
                let answers = list.answers(completion);
                let changes = answers.iter().zip(own).filter(|(a, b)| a != b).count() as u32;
                if let Some(slot) = found.get_mut(list.order_of(completion))
                    && changes < slot.0
                {
                    *slot = (changes, completion);
                }
            }
            nearest.push(found);
            let order = list.order_of(list.completion(own)) as u64;
            world = world * list.orders().len() as u64 + order;
        }
        let changes = (0..all.count()).map(|world| {
            let orders = all.orders(world);
            let of = nearest.iter().zip(&orders);
            of.filter_map(|(n, order)| Some(n.get(*order)?.0)).sum()
        });
        Self {
            changes: changes.collect(),
            all,
            basic,
            world,
            nearest,
        }
    }

    /// The witness with the fewest changes of the basic reading, from the verdicts on all profiles.
    pub(super) fn witness(&self, record: &[Lanes]) -> Option<Witness> {
        let verdict = holds(record, self.world);
        let others = (0..).zip(&self.changes);
        let others = others.filter(|(world, _)| holds(record, *world) != verdict);
        let (world, _) = others.min_by_key(|(_, changes)| **changes)?;
        let mut other = Vec::with_capacity(self.basic.len());
        let orders = self.all.orders(world);
        for ((list, nearest), order) in self.all.lists.iter().zip(&self.nearest).zip(orders) {
            other.extend(list.answers(nearest.get(order)?.1));
        }
        between(&self.basic, &other, verdict, true)
    }
}

/// A witness from draws: the first one whose verdict is not that of the basic reading, with as many
/// answers taken back as can be.
pub(super) fn drawn(
    family: &Family<'_, '_>,
    drawn: &Drawn<'_, '_, '_>,
    samples: u64,
    record: &[Lanes],
    judge: &dyn Fn(&[usize]) -> Option<bool>,
) -> Option<Witness> {
    let game = family.game();
    let mut parties = game.model.party_ids().zip(family.parties());
    if parties.any(|(id, p)| p.listed().is_none() && !game.model.party(id).intervals.is_empty()) {
        return None;
    }
    let basic = family.basic();
    let verdict = judge(&basic)?;
    let draw = (0..samples).find(|draw| holds(record, *draw) != verdict)?;
    let mut other: Vec<usize> = drawn.answers(draw).into_iter().map(|(a, _)| a).collect();
    loop {
        let mut fewer = false;
        for doubt in 0..other.len() {
            let (Some(now), Some(back)) = (other.get(doubt).copied(), basic.get(doubt)) else {
                continue;
            };
            if now == *back {
                continue;
            }
            if let Some(slot) = other.get_mut(doubt) {
                *slot = *back;
            }
            if judge(&other)? == verdict {
                if let Some(slot) = other.get_mut(doubt) {
                    *slot = now;
                }
            } else {
                fewer = true;
            }
        }
        if !fewer {
            break;
        }
    }
    between(&basic, &other, verdict, false)
}
