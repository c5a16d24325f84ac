//! Which of some vectors no other one betters.
//!
//! One and two voices take a sweep over the sorted vectors, three a sweep with a staircase. More are divided
//! and conquered: Kung, Luccio and Preparata (1975), On finding the maxima of a set of vectors.

use super::vector::{Vector, Whole};
use crate::budget::Stop;
use crate::meter::Meter;

/// Pairs below this many are compared one by one.
const FEW: usize = 1024;

/// Sorts vectors, greatest first, and keeps each one once that no other is at least as good as for all voices.
pub(super) fn prune<N: Whole, const M: usize>(
    vectors: &mut Vec<Vector<N, M>>,
    meter: &mut Meter,
) -> Result<(), Stop> {
    meter.add(vectors.len() as u64)?;
    vectors.sort_by(|a, b| b.cmp(a));
    match M {
        1 => vectors.truncate(1),
        2 => sweep(vectors),
        3 => {
            vectors.dedup();
            staircase(vectors);
        }
        _ => {
            vectors.dedup();
            divide(vectors, meter)?;
        }
    }
    Ok(())
}

/// Two voices: the second must get more than it got from anything that the first prefers.
fn sweep<N: Whole, const M: usize>(vectors: &mut Vec<Vector<N, M>>) {
    let mut best: Option<N> = None;
    vectors.retain(|v| {
        let better = best.is_none_or(|b| v[1] > b);
        if better {
            best = Some(v[1]);
        }
        better
    });
}

/// Three voices: what the second and third can have at once among the vectors so far is a staircase.
fn staircase<N: Whole, const M: usize>(vectors: &mut Vec<Vector<N, M>>) {
    // Corners, second voice ascending, third descending.
    let mut corners: Vec<(N, N)> = Vec::new();
    vectors.retain(|v| {
        let place = corners.partition_point(|c| c.0 < v[1]);
        if corners.get(place).is_some_and(|c| c.1 >= v[2]) {
            return false;
        }
        // Corners that this one covers: at most as good for the second, and for the third.
        let end = place + usize::from(corners.get(place).is_some_and(|c| c.0 == v[1]));
        let start = corners[..end].partition_point(|c| c.1 > v[2]);
        corners.splice(start..end, [(v[1], v[2])]);
        true
    });
}

/// More voices.
fn divide<N: Whole, const M: usize>(
    vectors: &mut Vec<Vector<N, M>>,
    meter: &mut Meter,
) -> Result<(), Stop> {
    let mut division = Division {
        vectors,
        worse: vec![false; vectors.len()],
        meter,
    };
    division.within(0, vectors.len())?;
    let mut worse = division.worse.into_iter();
    vectors.retain(|_| !worse.next().unwrap_or(false));
    Ok(())
}

struct Division<'a, 'b, N, const M: usize> {
    vectors: &'a [Vector<N, M>],
    worse: Vec<bool>,
    meter: &'a mut Meter<'b>,
}

impl<N: Whole, const M: usize> Division<'_, '_, N, M> {
    /// Marks what is bettered by something between the same two places.
    fn within(&mut self, from: usize, to: usize) -> Result<(), Stop> {
        if to - from <= 32 {
            self.meter.add(((to - from) * (to - from)) as u64)?;
            for right in from + 1..to {
                let v = &self.vectors[right];
                let covers = |u: &Vector<N, M>| (1..M).all(|k| u[k] >= v[k]);
                self.worse[right] |= self.vectors[from..right].iter().any(covers);
            }
            return Ok(());
        }
        let middle = usize::midpoint(from, to);
        self.within(from, middle)?;
        let unmarked = |worse: &[bool], from: usize, to: usize| -> Vec<u32> {
            (from as u32..to as u32)
                .filter(|i| !worse[*i as usize])
                .collect()
        };
        let mut left = unmarked(&self.worse, from, middle);
        let mut right = unmarked(&self.worse, middle, to);
        self.between(&mut left, &mut right, 1)?;
        self.within(middle, to)
    }

    /// Marks what on the right is bettered by something on the left, where everything on the left is at least
    /// as good as everything on the right for the voices before `voice`.
    fn between(
        &mut self,
        left: &mut [u32],
        right: &mut Vec<u32>,
        voice: usize,
    ) -> Result<(), Stop> {
        right.retain(|r| !self.worse[*r as usize]);
        if left.is_empty() || right.is_empty() {
            return Ok(());
        }
        self.meter.add((left.len() + right.len()) as u64)?;
        let all = self.vectors;
        if left.len() * right.len() <= FEW {
            self.meter.add((left.len() * right.len()) as u64)?;
            for r in right.iter() {
                let v = &all[*r as usize];
                let covers = |l: &u32| (voice..M).all(|k| all[*l as usize][k] >= v[k]);
                self.worse[*r as usize] |= left.iter().any(covers);
            }
            return Ok(());
        }
        let at = |i: u32| all[i as usize][voice];
        if voice + 2 >= M {
            self.last_two(left, right, voice);
            return Ok(());
        }
        let larger: &[u32] = if left.len() > right.len() {
            left
        } else {
            right
        };
        let mut worths: Vec<N> = larger.iter().map(|i| at(*i)).collect();
        let half = worths.len() / 2;
        let pivot = *worths.select_nth_unstable(half).1;
        // The left in three parts: above the pivot, at it, below it.
        left.sort_unstable_by_key(|i| std::cmp::Reverse((at(*i) >= pivot, at(*i) > pivot)));
        let above = left.partition_point(|i| at(*i) > pivot);
        let from = left.partition_point(|i| at(*i) >= pivot);
        let (mut high, mut low): (Vec<u32>, Vec<u32>) = right.iter().partition(|i| at(**i) > pivot);
        // Each call puts its part of the left into another order, so the smaller part is taken first.
        self.between(&mut left[..above], &mut high, voice)?;
        self.between(&mut left[..from], &mut low, voice + 1)?;
        low.retain(|i| at(*i) < pivot);
        self.between(&mut left[from..], &mut low, voice)
    }

    /// The same where only two voices are left to compare.
    fn last_two(&mut self, left: &mut [u32], right: &mut [u32], voice: usize) {
        let all = self.vectors;
        let at = |i: u32| all[i as usize][voice];
        let last = |i: u32| all[i as usize][M - 1];
        left.sort_unstable_by(|a, b| at(*b).cmp(&at(*a)));
        right.sort_unstable_by(|a, b| at(*b).cmp(&at(*a)));
        let mut coming = left.iter().peekable();
        let mut best: Option<N> = None;
        for r in right.iter() {
            while let Some(l) = coming.next_if(|l| at(**l) >= at(*r)) {
                best = best.max(Some(last(*l)));
            }
            if best.is_some_and(|b| b >= last(*r)) {
                self.worse[*r as usize] = true;
            }
        }
    }
}
