//! The Murphy decomposition of a mean Brier score; its page is `murphy.md`.

use super::calibration::Bins;
use super::{Point, mean, number};

/// The parts of a mean Brier score, single form:
/// `brier = reliability - resolution + uncertainty + within_variance - within_covariance`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Murphy {
    /// How far the mean probabilities of the bins are from the shares that came true; 0 is best.
    pub reliability: f64,
    /// How far these shares are from the share of all; more is better.
    pub resolution: f64,
    /// The variance of what came, which no forecaster can change.
    pub uncertainty: f64,
    /// The variance of the probabilities within bins; 0 when those of a bin are equal.
    pub within_variance: f64,
    /// Twice the covariance of probabilities and outcomes within bins; 0 when those of a bin are equal.
    pub within_covariance: f64,
}

impl Murphy {
    /// The sum that is the mean Brier score, to 1e-9.
    pub fn brier(&self) -> f64 {
        self.reliability - self.resolution + self.uncertainty + self.within_variance
            - self.within_covariance
    }
}

/// Decomposes by bins; `None` groups equal probabilities, so that nothing is left within bins. Nothing comes of
/// nothing. Sources: Murphy (1973); Stephenson, Coelho and Jolliffe (2008) for the parts within bins.
pub fn decompose(points: &[Point], bins: Option<Bins>) -> Option<Murphy> {
    let outcome = |p: &Point| f64::from(u8::from(p.came));
    let all = mean(&points.iter().map(outcome).collect::<Vec<_>>())?;
    let total = points.len() as f64;
    let key = |p: &Point| bins.map_or(p.probability as usize, |b| b.of(p.probability));
    let mut sorted: Vec<Point> = points.to_vec();
    sorted.sort_by_key(|p| (key(p), p.probability, p.came));
    let mut parts = Murphy {
        reliability: 0.0,
        resolution: 0.0,
        uncertainty: all * (1.0 - all),
        within_variance: 0.0,
        within_covariance: 0.0,
    };
    for bin in sorted.chunk_by(|a, b| key(a) == key(b)) {
        let weight = bin.len() as f64 / total;
        let sum: u64 = bin.iter().map(|p| u64::from(p.probability)).sum();
        let forecast = sum as f64 / 1e6 / bin.len() as f64;
        let came = bin.iter().filter(|p| p.came).count() as f64 / bin.len() as f64;
        parts.reliability += weight * (forecast - came).powi(2);
        parts.resolution += weight * (came - all).powi(2);
        for point in bin {
            let off = number(point.probability) - forecast;
            parts.within_variance += off * off / total;
            parts.within_covariance += 2.0 * off * (outcome(point) - came) / total;
        }
    }
    if bins.is_none() {
        (parts.within_variance, parts.within_covariance) = (0.0, 0.0);
    }
    Some(parts)
}
