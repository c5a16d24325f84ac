#![doc = include_str!("landmarks.md")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::super::space::Voice;
use super::ladder::Ladder;

/// The page on these points.
pub const PAGE: &str = include_str!("landmarks.md");

/// What the packages are worth that stand out among those that all parties at the table can agree to: for
/// each the worth to each party, in its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landmarks {
    /// How many packages all can agree to.
    pub agreeable: usize,
    /// Those that nobody can better without somebody losing, best for the first party first.
    pub efficient: Vec<Vec<i128>>,
    /// Those with the greatest product of gains.
    pub nash: Vec<Vec<i128>>,
    /// Those with the greatest smallest share of what a party could gain at most.
    pub kalai_smorodinsky: Vec<Vec<i128>>,
    /// Those with the greatest smallest gain, in utility as it is written.
    pub kalai: Vec<Vec<i128>>,
    disagreement: Vec<i128>,
    best: Vec<i128>,
}

/// How far an agreement lies from where it could be. Distances are those of straight lines between shares of
/// what each party could gain at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distances {
    /// To the nearest efficient package.
    pub efficient: f64,
    /// To the nearest Nash point.
    pub nash: f64,
    /// To the nearest Kalai-Smorodinsky point.
    pub kalai_smorodinsky: f64,
    /// To the nearest Kalai point.
    pub kalai: f64,
    /// The sum of all shares.
    pub welfare: f64,
}

impl Landmarks {
    /// `None` when no package is agreeable to all.
    pub(super) fn new(ladders: &[Ladder], voices: &[Voice]) -> Option<Self> {
        let count = ladders.first().map_or(0, |l| l.worth.len()) as u32;
        let common = (0..count).filter(|deal| ladders.iter().all(|l| l.accepts(*deal)));
        let vector =
            |deal: u32| -> Vec<i128> { ladders.iter().map(|l| l.worth[deal as usize]).collect() };
        let mut agreeable = 0;
        let mut vectors: Vec<Vec<i128>> = common.inspect(|_| agreeable += 1).map(vector).collect();
        vectors.sort_unstable_by(|a, b| b.cmp(a));
        vectors.dedup();
        let efficient = undominated(vectors);
        if efficient.is_empty() {
            return None;
        }
        let disagreement: Vec<i128> = ladders.iter().map(|l| l.disagreement).collect();
        let best: Vec<i128> = (0..ladders.len())
            .map(|party| efficient.iter().map(|p| p[party]).max().unwrap_or_default())
            .collect();
        let gains = |point: &[i128]| -> Vec<i128> {
            point
                .iter()
                .zip(&disagreement)
                .map(|(w, d)| w - d)
                .collect()
        };
        let nash = greatest(&efficient, |point| {
            gains(point)
                .into_iter()
                .map(BigInt::from)
                .product::<BigInt>()
        });
        let kalai_smorodinsky = greatest(&efficient, |point| {
            let most = gains(&best);
            let shares = gains(point).into_iter().zip(most);
            // Whoever can gain nothing does not count.
            let shares = shares.filter(|(_, most)| *most > 0);
            shares
                .map(|(gain, most)| BigRational::new(gain.into(), most.into()))
                .min()
        });
        let kalai = greatest(&efficient, |point| {
            let gains = gains(point);
            gains
                .iter()
                .zip(voices)
                .map(|(gain, voice)| voice.utility(*gain))
                .min()
        });
        Some(Self {
            agreeable,
            nash,
            kalai_smorodinsky,
            kalai,
            efficient,
            disagreement,
            best,
        })
    }

    /// How far a point of worths, one for each party, lies from these.
    pub fn distances(&self, point: &[i128]) -> Distances {
        let shares = self.shares(point);
        let to = |points: &[Vec<i128>]| {
            let all = points.iter().map(|p| {
                let squares = self.shares(p).into_iter().zip(&shares);
                squares.map(|(a, b)| (a - b) * (a - b)).sum::<f64>()
            });
            all.fold(f64::INFINITY, f64::min).sqrt()
        };
        Distances {
            efficient: to(&self.efficient),
            nash: to(&self.nash),
            kalai_smorodinsky: to(&self.kalai_smorodinsky),
            kalai: to(&self.kalai),
            welfare: shares.iter().sum(),
        }
    }

    /// Of what each party could gain at most the share that it gains; 0 for those who can gain nothing.
    fn shares(&self, point: &[i128]) -> Vec<f64> {
        let limits = self.disagreement.iter().zip(&self.best);
        let all = point.iter().zip(limits);
        all.map(|(worth, (no, best))| {
            if best == no {
                return 0.0;
            }
            let gain = (worth - no).to_f64().unwrap_or_default();
            gain / (best - no).to_f64().unwrap_or(1.0)
        })
        .collect()
    }
}

/// Of different points in descending order those that no other one is at least as good as for everybody.
fn undominated(points: Vec<Vec<i128>>) -> Vec<Vec<i128>> {
    let mut kept: Vec<Vec<i128>> = Vec::new();
    for point in points {
        // Later points never dominate earlier ones. Of two parties the latest kept point says it all.
        let covers = |k: &Vec<i128>| k.iter().zip(&point).all(|(a, b)| a >= b);
        let dominated = if point.len() == 2 {
            kept.last().is_some_and(covers)
        } else {
            kept.iter().any(covers)
        };
        if !dominated {
            kept.push(point);
        }
    }
    kept
}

/// The points for which a number is greatest.
fn greatest<T: Ord>(points: &[Vec<i128>], number: impl Fn(&[i128]) -> T) -> Vec<Vec<i128>> {
    let mut best: Option<T> = None;
    let mut found = Vec::new();
    for point in points {
        let this = number(point);
        match best.as_ref().map(|b| this.cmp(b)) {
            Some(std::cmp::Ordering::Less) => continue,
            Some(std::cmp::Ordering::Equal) => {}
            _ => {
                found.clear();
                best = Some(this);
            }
        }
        found.push(point.clone());
    }
    found
}
