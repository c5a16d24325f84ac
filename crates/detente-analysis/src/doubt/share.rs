//! How often something holds.

use num_bigint::BigUint;

use super::ratio::Ratio;

/// The quantile of the normal distribution that leaves 2.5 % above it.
const TWO_SIDED_95: f64 = 1.959_963_984_540_054;

/// A probability, exact or estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chance {
    /// Exactly this.
    Exact(Ratio),
    /// It held in so many of so many independent draws.
    Estimated {
        /// In how many draws it held.
        hits: u64,
        /// The draws.
        of: u64,
    },
}

impl Chance {
    /// The probability, or the estimate of it; 0 without draws.
    pub fn ratio(&self) -> Ratio {
        match self {
            Self::Exact(ratio) => ratio.clone(),
            Self::Estimated { hits, of } => Ratio::new(*hits, *of),
        }
    }

    /// As a number with a floating point.
    pub fn approximate(&self) -> f64 {
        self.ratio().approximate()
    }

    /// The standard error of an estimate, `sqrt(p (1 - p) / n)`; `None` for what is exact and without
    /// draws.
    pub fn standard_error(&self) -> Option<f64> {
        let Self::Estimated { hits, of } = self else {
            return None;
        };
        let (n, p) = (*of as f64, *hits as f64 / (*of).max(1) as f64);
        (*of > 0).then(|| (p * (1.0 - p) / n).sqrt())
    }

    /// The bounds between which the probability lies with a confidence of 95 %, after Wilson (1927);
    /// `None` for what is exact and without draws. They are sound also where nothing or everything hits.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let Self::Estimated { hits, of } = self else {
            return None;
        };
        if *of == 0 {
            return None;
        }
        let (n, z) = (*of as f64, TWO_SIDED_95);
        let p = *hits as f64 / n;
        let scale = 1.0 + z * z / n;
        let middle = (p + z * z / (2.0 * n)) / scale;
        let half = z / scale * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let low = if *hits == 0 { 0.0 } else { middle - half };
        let high = if hits == of { 1.0 } else { middle + half };
        Some((low, high))
    }
}

/// In how many completions something holds, and with which probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The completions in which it holds, and all of them; `None` when they were not counted.
    pub completions: Option<(BigUint, BigUint)>,
    /// The probability.
    pub chance: Chance,
}

impl Share {
    /// Whether it holds in every completion that was judged.
    pub fn always(&self) -> bool {
        match (&self.completions, &self.chance) {
            (Some((holds, of)), _) => holds == of,
            (None, Chance::Estimated { hits, of }) => hits == of && *of > 0,
            (None, Chance::Exact(ratio)) => ratio.is_one(),
        }
    }

    /// Whether it holds in none.
    pub fn never(&self) -> bool {
        match (&self.completions, &self.chance) {
            (Some((holds, _)), _) => *holds == BigUint::ZERO,
            (None, Chance::Estimated { hits, .. }) => *hits == 0,
            (None, Chance::Exact(ratio)) => ratio.is_zero(),
        }
    }
}
