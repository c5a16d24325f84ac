//! The packages that stand out among those that all parties can agree to, and how far agreements lie from them.

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::super::frontier::{Frontier, Point};
use super::super::solution::{Solution, Stake, Stakes, choose};
use super::super::space::{DealSpace, at_least};
use super::ladder::Ladder;

/// What the packages are worth that stand out among those that all parties at the table can agree to: for
/// each the worth to each party, in its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landmarks {
    /// How many packages all can agree to.
    pub agreeable: usize,
    /// Those that nobody can better without somebody losing, best for the first party first.
    pub efficient: Vec<Vec<i128>>,
    /// Those that [`Solution::Nash`] chooses.
    pub nash: Vec<Vec<i128>>,
    /// Those that [`Solution::KalaiSmorodinsky`] chooses.
    pub kalai_smorodinsky: Vec<Vec<i128>>,
    /// Those that [`Solution::Egalitarian`] chooses: Kalai's rule.
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
    /// `None` when no package is agreeable to all. `leaders` are the voices of the parties at the table.
    pub(super) fn new(space: &DealSpace, leaders: &[usize], ladders: &[Ladder]) -> Option<Self> {
        let count = ladders.first().map_or(0, |l| l.worth.len()) as u32;
        let common = (0..count).filter(|deal| ladders.iter().all(|l| l.accepts(*deal)));
        let vector =
            |deal: u32| -> Vec<i128> { ladders.iter().map(|l| l.worth[deal as usize]).collect() };
        let mut vectors: Vec<Vec<i128>> = common.map(vector).collect();
        let agreeable = vectors.len();
        vectors.sort_unstable_by(|a, b| b.cmp(a));
        let points = undominated(vectors);
        if points.is_empty() {
            return None;
        }
        let frontier = Frontier::new(leaders.to_vec(), points);
        let stake = |ladder: &Ladder| Stake {
            disagreement: ladder.disagreement,
            is_worst: ladder.worst == ladder.disagreement,
            least: ladder.worst,
            most: ladder.best(),
        };
        let stakes = Stakes {
            voices: ladders.iter().map(stake).collect(),
        };
        let efficient: Vec<Vec<i128>> = frontier.points.iter().map(|p| p.worth.clone()).collect();
        let chosen = |solution| -> Vec<Vec<i128>> {
            match choose(solution, space, &frontier, &stakes) {
                Some(chosen) => chosen
                    .points
                    .iter()
                    .map(|p| efficient[*p].clone())
                    .collect(),
                // Where nobody can gain, a rule that compares shares takes all.
                None => efficient.clone(),
            }
        };
        Some(Self {
            agreeable,
            nash: chosen(Solution::Nash),
            kalai_smorodinsky: chosen(Solution::KalaiSmorodinsky),
            kalai: chosen(Solution::Egalitarian),
            disagreement: stakes.disagreement(),
            best: (0..ladders.len())
                .map(|party| efficient.iter().map(|p| p[party]).max().unwrap_or_default())
                .collect(),
            efficient,
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

/// Of worths in descending order those that no others are at least as good as for everybody, with how many
/// packages have them.
fn undominated(worths: Vec<Vec<i128>>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for worth in worths {
        // Later worths never dominate earlier ones. Of two parties the latest kept point says it all.
        let covers = |k: &Point| at_least(&k.worth, &worth);
        let by = if worth.len() == 2 {
            kept.len()
                .checked_sub(1)
                .filter(|last| covers(&kept[*last]))
        } else {
            kept.iter().position(covers)
        };
        match by.and_then(|k| kept.get_mut(k)) {
            None => kept.push(Point {
                worth,
                packages: BigUint::from(1_u32),
            }),
            Some(point) if point.worth == worth => point.packages += 1_u32,
            Some(_) => {}
        }
    }
    kept
}
