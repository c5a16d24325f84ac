//! Numbers of packages.

use std::ops::AddAssign;

use num_bigint::BigUint;
use num_traits::{One, Zero};

/// Numbers that packages are counted in: small ones where all packages together are few enough.
pub(super) trait Tally:
    Clone + Zero + One + for<'a> AddAssign<&'a Self> + Into<BigUint>
{
    /// The product.
    fn times(&self, by: &Self) -> Self;
}

impl Tally for u128 {
    fn times(&self, by: &Self) -> Self {
        self * by
    }
}

impl Tally for BigUint {
    fn times(&self, by: &Self) -> Self {
        self * by
    }
}
