//! Linear programmes over lotteries, in floating-point numbers, and their duals.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

/// What is to be made large.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// The least multiple of these scales that anybody gains.
    Multiple(&'a [f64]),
    /// The sum of gains with these weights, where nobody may lose.
    Sum(&'a [f64]),
}

/// The chances of the best lottery, given what each package gains to each voice.
pub(super) fn best(gains: &[Vec<f64>], target: Target) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let chances: Vec<Variable> = gains
        .iter()
        .map(|row| {
            let worth = match target {
                Target::Multiple(_) => 0.0,
                Target::Sum(weights) => row.iter().zip(weights).map(|(g, w)| g * w).sum(),
            };
            problem.add_var(worth, (0.0, 1.0))
        })
        .collect();
    let scales = match target {
        Target::Multiple(scales) => {
            let multiple = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
            scales.iter().map(|s| (multiple, -s)).collect()
        }
        Target::Sum(_) => Vec::new(),
    };
    for voice in 0..gains.first()?.len() {
        let own = chances.iter().zip(gains).map(|(p, row)| (*p, row[voice]));
        let terms: Vec<(Variable, f64)> = own.chain(scales.get(voice).copied()).collect();
        problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
    }
    let all: Vec<(Variable, f64)> = chances.iter().map(|p| (*p, 1.0)).collect();
    problem.add_constraint(all, ComparisonOp::Eq, 1.0);
    let solution = problem.solve().ok()?.into_solution().ok()?;
    Some(chances.iter().map(|p| solution.var_value(*p)).collect())
}

/// The multipliers of the voices that prove the best bound: no package has more in that direction.
pub(super) fn proof(gains: &[Vec<f64>], target: Target) -> Option<Vec<f64>> {
    let voices = gains.first()?.len();
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let multipliers: Vec<Variable> = (0..voices)
        .map(|_| problem.add_var(0.0, (0.0, f64::INFINITY)))
        .collect();
    let bound = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
    if let Target::Multiple(scales) = target {
        let all: Vec<_> = multipliers
            .iter()
            .copied()
            .zip(scales.iter().copied())
            .collect();
        problem.add_constraint(all, ComparisonOp::Eq, 1.0);
    }
    for row in gains {
        let given = match target {
            Target::Multiple(_) => 0.0,
            Target::Sum(weights) => row.iter().zip(weights).map(|(g, w)| g * w).sum(),
        };
        let own = multipliers.iter().zip(row).map(|(m, g)| (*m, -g));
        let terms: Vec<_> = own.chain([(bound, 1.0)]).collect();
        problem.add_constraint(terms, ComparisonOp::Ge, given);
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let value = |m: &Variable| solution.var_value(*m).max(0.0);
    Some(multipliers.iter().map(value).collect())
}

/// Rounds of the method for the product at most, and the logarithm of the factor by which it may fall short.
const ROUNDS: usize = 5_000;
const NEAR: f64 = 1e-10;

/// The chances of a lottery whose product of gains is nearly the greatest, from one in which everybody gains.
///
/// The pairwise conditional gradient method: chance moves from the package of the support that is worst by
/// the slope of the sum of logarithms to the package that is best, as far as is best. The slope also bounds what
/// is missing. Source: S. Lacoste-Julien, M. Jaggi, "On the global linear convergence of Frank-Wolfe
/// optimization variants", NIPS 2015.
pub(super) fn product(gains: &[Vec<f64>], start: &[f64]) -> Vec<f64> {
    let voices = gains.first().map_or(0, Vec::len);
    let mut chances = start.to_vec();
    for _ in 0..ROUNDS {
        let mut mean = vec![0.0; voices];
        for (row, chance) in gains.iter().zip(&chances) {
            for (sum, gain) in mean.iter_mut().zip(row) {
                *sum += gain * chance;
            }
        }
        let slope = |row: &[f64]| -> f64 { row.iter().zip(&mean).map(|(g, m)| g / m).sum() };
        let (mut up, mut down) = ((f64::NEG_INFINITY, 0), (f64::INFINITY, 0));
        for (place, row) in gains.iter().enumerate() {
            let value = slope(row);
            if value > up.0 {
                up = (value, place);
            }
            if chances[place] > 0.0 && value < down.0 {
                down = (value, place);
            }
        }
        if up.0 - (voices as f64) < NEAR || up.1 == down.1 {
            break;
        }
        let step: Vec<f64> = gains[up.1]
            .iter()
            .zip(&gains[down.1])
            .map(|(a, b)| a - b)
            .collect();
        let far = farthest(&mean, &step, chances[down.1]);
        chances[up.1] += far;
        chances[down.1] -= far;
        if chances[down.1] < 1e-15 {
            chances[down.1] = 0.0;
        }
    }
    chances
}

/// How far along the step the product rises.
fn farthest(mean: &[f64], step: &[f64], most: f64) -> f64 {
    let slope = |far: f64| -> f64 {
        let parts = mean.iter().zip(step);
        parts
            .map(|(m, s)| {
                let gain = m + far * s;
                if gain > 0.0 {
                    s / gain
                } else {
                    f64::NEG_INFINITY
                }
            })
            .sum()
    };
    if slope(most) >= 0.0 {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if slope(middle) >= 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
