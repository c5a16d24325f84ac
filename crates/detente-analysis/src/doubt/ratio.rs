//! Exact probabilities.

use std::fmt;

use num_bigint::BigUint;

/// A fraction of two whole numbers in lowest terms; for probabilities, never negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    numerator: BigUint,
    denominator: BigUint,
}

fn greatest_common_divisor(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        let rest = a % &b;
        a = b;
        b = rest;
    }
    a
}

impl Ratio {
    /// `numerator / denominator` in lowest terms; 0 when the denominator is 0.
    pub fn new(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Self {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        if denominator == BigUint::ZERO {
            return Self::zero();
        }
        let common = greatest_common_divisor(numerator.clone(), denominator.clone());
        Self {
            numerator: numerator / &common,
            denominator: denominator / common,
        }
    }

    /// 0.
    pub fn zero() -> Self {
        Self {
            numerator: BigUint::ZERO,
            denominator: BigUint::from(1_u8),
        }
    }

    /// The number above the line.
    pub fn numerator(&self) -> &BigUint {
        &self.numerator
    }

    /// The number below the line; never 0.
    pub fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.numerator == BigUint::ZERO
    }

    /// Whether it is 1.
    pub fn is_one(&self) -> bool {
        self.numerator == self.denominator
    }

    /// The product of both.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self::new(
            &self.numerator * &other.numerator,
            &self.denominator * &other.denominator,
        )
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(
            &self.numerator * &other.denominator + &other.numerator * &self.denominator,
            &self.denominator * &other.denominator,
        )
    }

    /// The difference of both, 0 when `other` is larger.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let left = &self.numerator * &other.denominator;
        let right = &other.numerator * &self.denominator;
        if left < right {
            return Self::zero();
        }
        Self::new(left - right, &self.denominator * &other.denominator)
    }

    /// The nearest number with a floating point, for what is not exact by nature.
    pub fn approximate(&self) -> f64 {
        let scaled = (&self.numerator << 64_u8) / &self.denominator;
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
        let doubled = &self.numerator * 2_000_000_u32 + &self.denominator;
        let rounded = doubled / (&self.denominator * 2_u8);
        rounded.to_u64_digits().first().copied().unwrap_or(0)
    }

    /// The decimal form when it ends after at most six digits: `0.54`.
    pub fn decimal(&self) -> Option<String> {
        let scaled = &self.numerator * 1_000_000_u32;
        if &scaled % &self.denominator != BigUint::ZERO {
            return None;
        }
        let digits = (scaled / &self.denominator).to_string();
        let digits = format!("{digits:0>7}");
        let (whole, fraction) = digits.split_at(digits.len() - 6);
        let fraction = fraction.trim_end_matches('0');
        Some(if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        })
    }
}

impl fmt::Display for Ratio {
    /// `27/50`, or a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == BigUint::from(1_u8) {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}
