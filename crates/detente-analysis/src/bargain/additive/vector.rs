//! Worths to several voices at once.

use std::fmt::Debug;
use std::ops::{Add, Sub};

/// The whole numbers that worths are counted in.
pub(super) trait Whole:
    Copy
    + Ord
    + Default
    + Debug
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + TryFrom<i128>
    + Into<i128>
    + 'static
{
}

impl Whole for i32 {}
impl Whole for i64 {}
impl Whole for i128 {}

/// What something is worth to each voice. Comparison is lexicographic. Places beyond the voices hold nothing.
pub(super) type Vector<N, const M: usize> = [N; M];

/// The sum, voice by voice.
#[inline]
pub(super) fn plus<N: Whole, const M: usize>(a: &Vector<N, M>, b: &Vector<N, M>) -> Vector<N, M> {
    std::array::from_fn(|k| a[k] + b[k])
}

/// The difference, voice by voice.
#[inline]
pub(super) fn minus<N: Whole, const M: usize>(a: &Vector<N, M>, b: &Vector<N, M>) -> Vector<N, M> {
    std::array::from_fn(|k| a[k] - b[k])
}
