//! Calibration tables; their page is `calibration.md`.

use detente_model::estimative::{BANDS, Band};

use super::{ONE, Point, number};

/// Into which bins probabilities are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bins {
    /// The seven bands of ICD 203, each number in the band that [`Band::of`] says.
    #[default]
    Bands,
    /// Tenths: [0, 0.1), [0.1, 0.2), ..., [0.9, 1].
    Tenths,
}

impl Bins {
    /// How many bins there are.
    pub fn count(self) -> usize {
        match self {
            Self::Bands => BANDS.len(),
            Self::Tenths => 10,
        }
    }

    /// The bin of a probability in millionths.
    pub fn of(self, probability: u32) -> usize {
        match self {
            Self::Bands => {
                let band = Band::of(probability);
                BANDS.iter().position(|b| b == band).unwrap_or(0)
            }
            Self::Tenths => (probability / 100_000).min(9) as usize,
        }
    }

    /// The least and the most probability of a bin, in millionths.
    pub fn bounds(self, bin: usize) -> (u32, u32) {
        match self {
            Self::Bands => {
                let least = BANDS.get(bin).map_or(0, |b| b.least * 10_000);
                let most = BANDS.get(bin + 1).map_or(ONE, |b| b.least * 10_000);
                (if bin == 0 { 0 } else { least }, most)
            }
            Self::Tenths => {
                let least = (bin.min(9) * 100_000) as u32;
                (least, least + 100_000)
            }
        }
    }

    /// What a bin is called: the word of its band, or its bounds.
    pub fn name(self, bin: usize) -> String {
        if let (Self::Bands, Some(band)) = (self, BANDS.get(bin)) {
            return band.likelihood.to_owned();
        }
        let (least, most) = self.bounds(bin);
        format!("{:.1} to {:.1}", number(least), number(most))
    }
}

/// One line of a calibration table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which bin.
    pub bin: usize,
    /// How many forecasts lie in it.
    pub count: usize,
    /// How many of them came true.
    pub came: usize,
    /// The mean of their probabilities.
    pub forecast: f64,
    /// The share that came true.
    pub observed: f64,
    /// The bounds of that share at 95 %, by Wilson's score interval, as if the claims were independent.
    pub interval: (f64, f64),
}

/// The table of the bins that are not empty, ascending.
pub fn table(points: &[Point], bins: Bins) -> Vec<Row> {
    let mut rows = Vec::new();
    for bin in 0..bins.count() {
        let inside = points.iter().filter(|p| bins.of(p.probability) == bin);
        let inside: Vec<&Point> = inside.collect();
        let count = inside.len();
        if count == 0 {
            continue;
        }
        let came = inside.iter().filter(|p| p.came).count();
        let sum: u64 = inside.iter().map(|p| u64::from(p.probability)).sum();
        rows.push(Row {
            bin,
            count,
            came,
            forecast: sum as f64 / 1e6 / count as f64,
            observed: came as f64 / count as f64,
            interval: wilson(came, count),
        });
    }
    rows
}

/// Wilson's score interval of a share at 95 %, `(0, 1)` of nothing. Source: Wilson (1927).
pub fn wilson(came: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, z2) = (of as f64, super::few::Z * super::few::Z);
    let share = came as f64 / n;
    let middle = share + z2 / (2.0 * n);
    let half = super::few::Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    let low = if came == 0 {
        0.0
    } else {
        (middle - half) / whole
    };
    let high = if came == of {
        1.0
    } else {
        (middle + half) / whole
    };
    (low.max(0.0), high.min(1.0))
}
