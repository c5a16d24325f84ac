//! Exact probabilities.

use std::fmt;

use num_bigint::BigUint;
use num_rational::{BigRational, Ratio as Fraction};
use num_traits::{One, Zero};

use crate::model::bargain::decimal;

/// A fraction of two whole numbers in lowest terms; for probabilities, never negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio(Fraction<BigUint>);

impl Ratio {
    /// `numerator / denominator` in lowest terms; 0 when the denominator is 0.
    pub fn new(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Self {
        let denominator = denominator.into();
        if denominator.is_zero() {
            return Self::zero();
        }
        Self(Fraction::new(numerator.into(), denominator))
    }

    /// 0.
    pub fn zero() -> Self {
        Self(Fraction::zero())
    }

    /// The number above the line.
    pub fn numerator(&self) -> &BigUint {
        self.0.numer()
    }

    /// The number below the line; never 0.
    pub fn denominator(&self) -> &BigUint {
        self.0.denom()
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is 1.
    pub fn is_one(&self) -> bool {
        self.0.is_one()
    }

    /// The product of both.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// The difference of both, 0 when `other` is larger.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        if self.0 < other.0 {
            return Self::zero();
        }
        Self(&self.0 - &other.0)
    }

    /// The nearest number with a floating point, for what is not exact by nature.
    pub fn approximate(&self) -> f64 {
        let scaled = (self.numerator() << 64_u8) / self.denominator();
        scaled
            .to_u64_digits()
            .iter()
            .rev()
            .fold(0.0, |value, digit| {
                value * 18_446_744_073_709_551_616.0 + *digit as f64
            })
            / 18_446_744_073_709_551_616.0
    }

    /// The number of millionths, rounded to the nearest, halves up.
    pub fn millionths(&self) -> u64 {
        let doubled = self.numerator() * 2_000_000_u32 + self.denominator();
        let rounded = doubled / (self.denominator() * 2_u8);
        rounded.to_u64_digits().first().copied().unwrap_or(0)
    }

    /// The decimal form when it ends after at most six digits: `0.54`.
    pub fn decimal(&self) -> Option<String> {
        let (numerator, denominator) = (self.numerator().clone(), self.denominator().clone());
        decimal(&BigRational::new(numerator.into(), denominator.into()), 6)
    }
}

impl fmt::Display for Ratio {
    /// `27/50`, or a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
