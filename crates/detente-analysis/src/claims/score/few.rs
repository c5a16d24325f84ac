//! What a mean of few scores shows; its page is `few.md`.

use super::mean;

/// The 0.975 quantile of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// From how many scores an interval is given.
pub const FEWEST: usize = 3;

/// Below how many scores it is said that they are few.
pub const FEW: usize = 20;

/// The 0.975 quantiles of Student's t with 1 to 10 degrees of freedom, from published tables.
const T: [f64; 10] = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004,
    2.262_157, 2.228_139,
];

/// The 0.975 quantile of Student's t: to six decimals up to 10 degrees of freedom, from there on by the
/// expansion in powers of 1/df, to three. Source: Abramowitz and Stegun (1964), 26.7.5.
pub fn student(degrees: usize) -> f64 {
    if let Some(t) = degrees.checked_sub(1).and_then(|d| T.get(d)) {
        return *t;
    }
    let d = degrees.max(1) as f64;
    let z = |power: i32| Z.powi(power);
    let first = (z(3) + Z) / 4.0;
    let second = (5.0 * z(5) + 16.0 * z(3) + 3.0 * Z) / 96.0;
    let third = (3.0 * z(7) + 19.0 * z(5) + 17.0 * z(3) - 15.0 * Z) / 384.0;
    Z + first / d + second / (d * d) + third / (d * d * d)
}

/// The 95 % interval of the mean of scores between 0 and 1: mean ± t · s / √n with Student's t of n - 1
/// degrees of freedom and the sample's standard deviation s, cut at 0 and 1. `None` of fewer than
/// [`FEWEST`] scores.
pub fn interval(scores: &[f64]) -> Option<(f64, f64)> {
    if scores.len() < FEWEST {
        return None;
    }
    let n = scores.len() as f64;
    let middle = mean(scores)?;
    let squares: f64 = scores.iter().map(|s| (s - middle) * (s - middle)).sum();
    let half = student(scores.len() - 1) * (squares / (n - 1.0)).sqrt() / n.sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}
