//! Three voices or more: linear programmes find the lotteries, exact numbers judge them.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::programme::{Target, best, product, proof};
use super::{Aim, Lotteries, Lottery, Part, Solution, Table};

/// Chances are whole multiples of one in so many, before they are made to sum to 1.
const GRAIN: f64 = (1_u64 << 40) as f64;

/// The solutions among all lotteries.
pub(super) fn solve(table: &Table) -> Lotteries {
    try_solve(table).unwrap_or_else(|| table.nothing())
}

fn try_solve(table: &Table) -> Option<Lotteries> {
    let voices = table.voices();
    let exact: Vec<Vec<BigRational>> = table.points.iter().map(|p| table.gains(p)).collect();
    let gains: Vec<Vec<f64>> = exact
        .iter()
        .map(|row| row.iter().map(float).collect())
        .collect();
    let ones = vec![1.0; voices];
    let all = vec![BigRational::one(); voices];
    let even = Target::Multiple(&ones);
    let start = best(&gains, even)?;
    let safe = lottery(table, &start)?;
    let lambda = proof(&gains, even)?;
    let most = multiple_at_most(&exact, &lambda, &all)?;
    if !table.gains(&safe.worth).iter().all(Signed::is_positive) {
        return Some(packages(table, most));
    }
    // In shares of what each can gain at best the numbers are of one size.
    let mut ideal = Vec::new();
    for voice in 0..voices {
        let mut weights = vec![0.0; voices];
        weights[voice] = 1.0;
        let found = accepted(table, &best(&gains, Target::Sum(&weights))?, &safe)?;
        ideal.push(found.worth[voice].clone());
    }
    let scale = table.gains(&ideal);
    let scaled: Vec<Vec<f64>> = exact
        .iter()
        .map(|row| {
            row.iter()
                .zip(&scale)
                .map(|(g, s)| float(&(g / s)))
                .collect()
        })
        .collect();
    let nash = accepted(
        table,
        &product(&scaled, &chances(&safe, scaled.len())),
        &safe,
    )?;
    let nash_most = product_at_most(&exact, &table.gains(&nash.worth));
    let shares = accepted(table, &best(&scaled, even)?, &safe)?;
    let lambda: Vec<f64> = proof(&scaled, even)?;
    let in_shares: Vec<Vec<BigRational>> = exact
        .iter()
        .map(|row| row.iter().zip(&scale).map(|(g, s)| g / s).collect())
        .collect();
    let shares_most = multiple_at_most(&in_shares, &lambda, &all)?;
    let sum = accepted(table, &best(&gains, Target::Sum(&ones))?, &safe)?;
    let lambda = proof(&gains, Target::Sum(&ones))?;
    let base = table
        .disagreement
        .iter()
        .fold(BigRational::zero(), |a, d| a + d);
    let sum_most = base + most_in(&exact, &rationals(&lambda, 1.0));
    let solution = |aim: &Aim, lottery: Lottery, at_most: BigRational| {
        let value = table.value(aim, &lottery.worth);
        Solution {
            at_most: at_most.max(value.clone()),
            single: table.single(aim),
            value,
            lottery,
        }
    };
    Some(Lotteries {
        disagreement: table.disagreement.clone(),
        nash: Some(solution(&Aim::Nash, nash, nash_most)),
        kalai_smorodinsky: Some(solution(&Aim::Shares(&scale), shares, shares_most)),
        egalitarian: Some(solution(&Aim::Least, safe, most)),
        utilitarian: Some(solution(&Aim::Sum, sum, sum_most)),
        ideal,
    })
}

/// Where not everybody can gain, only single packages are told of.
fn packages(table: &Table, most: BigRational) -> Lotteries {
    let mut found = table.nothing();
    let places: Vec<usize> = (0..table.points.len())
        .filter(|p| table.accepted(&table.points[*p]))
        .collect();
    let chosen = places
        .iter()
        .rev()
        .max_by_key(|p| table.value(&Aim::Sum, &table.points[**p]));
    let Some(chosen) = chosen else {
        return found;
    };
    let pure = Lottery {
        parts: vec![Part {
            point: *chosen,
            chance: BigRational::one(),
        }],
        worth: table.points[*chosen].clone(),
    };
    let mut solution = table.exact(&Aim::Least, pure);
    solution.at_most = most.max(solution.value.clone());
    found.egalitarian = Some(solution);
    found.ideal = (0..table.voices())
        .filter_map(|v| places.iter().map(|p| table.points[*p][v].clone()).max())
        .collect();
    found
}

fn float(number: &BigRational) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

/// Floats as the numbers that they are, with something added to each.
fn rationals(numbers: &[f64], plus: f64) -> Vec<BigRational> {
    let exact = |n: &f64| BigRational::from_float(n + plus).unwrap_or_else(BigRational::zero);
    numbers.iter().map(exact).collect()
}

/// The chances of a lottery as floats.
fn chances(lottery: &Lottery, points: usize) -> Vec<f64> {
    let mut chances = vec![0.0; points];
    for part in &lottery.parts {
        chances[part.point] = float(&part.chance);
    }
    chances
}

/// The lottery with nearly these chances, which sum to 1 exactly.
fn lottery(table: &Table, chances: &[f64]) -> Option<Lottery> {
    let grains = chances
        .iter()
        .map(|c| (c.clamp(0.0, 1.0) * GRAIN).round() as u64);
    let grains: Vec<u64> = grains.map(|g| if g < 1 << 8 { 0 } else { g }).collect();
    let total = grains.iter().fold(BigInt::zero(), |a, g| a + *g);
    if total.is_zero() {
        return None;
    }
    let parts = grains.iter().enumerate().filter(|(_, g)| **g > 0);
    let parts = parts.map(|(point, grains)| Part {
        point,
        chance: BigRational::new(BigInt::from(*grains), total.clone()),
    });
    Some(expected(table, parts.collect()))
}

/// What a lottery is worth.
fn expected(table: &Table, parts: Vec<Part>) -> Lottery {
    let mut worth = vec![BigRational::zero(); table.voices()];
    for part in &parts {
        for (sum, utility) in worth.iter_mut().zip(&table.points[part.point]) {
            *sum += utility * &part.chance;
        }
    }
    Lottery { parts, worth }
}

/// The lottery with nearly these chances, and as little as needed of one in which everybody gains, so that nobody
/// loses.
fn accepted(table: &Table, wanted: &[f64], safe: &Lottery) -> Option<Lottery> {
    let found = lottery(table, wanted)?;
    if table.accepted(&found.worth) {
        return Some(found);
    }
    for power in (1..=32).rev() {
        let share = BigRational::new(BigInt::one(), BigInt::one() << power);
        let mixed = blend(table, &found, safe, &share);
        if table.accepted(&mixed.worth) {
            return Some(mixed);
        }
    }
    Some(safe.clone())
}

/// The second with the given chance, else the first.
fn blend(table: &Table, a: &Lottery, b: &Lottery, share: &BigRational) -> Lottery {
    let rest = BigRational::one() - share;
    let mut parts: Vec<Part> = Vec::new();
    for (lottery, by) in [(a, &rest), (b, share)] {
        for part in &lottery.parts {
            let chance = &part.chance * by;
            match parts.iter_mut().find(|p| p.point == part.point) {
                Some(same) => same.chance += chance,
                None => parts.push(Part {
                    point: part.point,
                    chance,
                }),
            }
        }
    }
    parts.sort_unstable_by_key(|p| p.point);
    expected(table, parts)
}

/// The most that any package, and so any lottery, has in a direction.
fn most_in(gains: &[Vec<BigRational>], weights: &[BigRational]) -> BigRational {
    let value = |row: &Vec<BigRational>| {
        let parts = row.iter().zip(weights);
        parts.fold(BigRational::zero(), |sum, (g, w)| sum + g * w)
    };
    gains
        .iter()
        .map(value)
        .max()
        .unwrap_or_else(BigRational::zero)
}

/// No lottery gives everybody a greater multiple of the scales than the mean of the multiples by any weights.
fn multiple_at_most(
    gains: &[Vec<BigRational>],
    weights: &[f64],
    scale: &[BigRational],
) -> Option<BigRational> {
    let weights = rationals(weights, 0.0);
    let all = weights.iter().zip(scale);
    let total = all.fold(BigRational::zero(), |sum, (w, s)| sum + w * s);
    total
        .is_positive()
        .then(|| most_in(gains, &weights) / total)
}

/// No product of gains exceeds what the mean of arithmetic and geometry allows: with the gains of the lottery found as
/// units, the product is at most the power of the mean.
fn product_at_most(gains: &[Vec<BigRational>], found: &[BigRational]) -> BigRational {
    let units: Vec<BigRational> = found.iter().map(BigRational::recip).collect();
    let voices = BigRational::from_integer(BigInt::from(found.len()));
    let mean = most_in(gains, &units) / voices;
    let mut bound = BigRational::one();
    for gain in found {
        bound *= gain * &mean;
    }
    bound
}
