//! Lotteries between packages: known cases, and grids of all mixtures of two or three points.

use detente_analysis::Budget;
use detente_analysis::bargain::lottery::{Lotteries, Solution, lotteries};
use detente_analysis::bargain::{DealSpace, Frontier, Point, Worth, frontier};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::coupled::scenario::{Draw, voice};
use crate::hanoi;

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

fn ratio(a: i64, b: i64) -> BigRational {
    BigRational::new(a.into(), b.into())
}

/// The solutions for these points, where having no agreement is worth `none`.
fn solved(points: &[Vec<i64>], none: &[i64]) -> Lotteries {
    let voices = none.len();
    let space = DealSpace {
        sizes: vec![1],
        rules: Vec::new(),
        voices: (0..voices).map(|v| voice(v, Worth::default())).collect(),
    };
    let points = points.iter().map(|p| Point {
        worth: p.iter().map(|u| i128::from(*u)).collect(),
        packages: BigUint::from(1_u32),
    });
    let frontier = Frontier::new((0..voices).collect(), points.collect());
    let none: Vec<BigRational> = none.iter().map(|n| whole(*n)).collect();
    let found = lotteries(&space, &frontier, &none);
    let all = [
        &found.nash,
        &found.kalai_smorodinsky,
        &found.egalitarian,
        &found.utilitarian,
    ];
    for solution in all.into_iter().flatten() {
        consistent(&frontier, &none, solution);
    }
    found
}

/// Chances are above 0 and sum to 1, the worth is the mean, nobody loses, the bound is no less than the value.
fn consistent(frontier: &Frontier, none: &[BigRational], solution: &Solution) {
    let parts = &solution.lottery.parts;
    assert!(parts.iter().all(|p| p.chance > BigRational::zero()));
    let total = parts
        .iter()
        .fold(BigRational::zero(), |sum, p| sum + &p.chance);
    assert_eq!(total, BigRational::one());
    for (voice, none) in none.iter().enumerate() {
        let mean = parts.iter().fold(BigRational::zero(), |sum, p| {
            let units = frontier.points[p.point].worth[voice];
            sum + &p.chance * BigRational::from_integer(BigInt::from(units))
        });
        assert_eq!(mean, solution.lottery.worth[voice]);
        assert!(mean >= *none);
    }
    assert!(solution.at_most >= solution.value);
    if let Some((_, single)) = &solution.single {
        assert!(*single <= solution.at_most);
    }
}

#[test]
fn a_coin_between_two_extremes() {
    let found = solved(&[vec![1, 0], vec![0, 1]], &[0, 0]);
    let half = vec![ratio(1, 2), ratio(1, 2)];
    for solution in [&found.nash, &found.kalai_smorodinsky, &found.egalitarian] {
        assert_eq!(solution.as_ref().unwrap().lottery.worth, half);
    }
    let nash = found.nash.unwrap();
    assert_eq!(
        (nash.value, nash.single),
        (ratio(1, 4), Some((0, whole(0))))
    );
}

#[test]
fn nash_and_kalai_smorodinsky_part() {
    // Points (0, 10), (6, 8), (10, 0): the ideal is (10, 10), so that Kalai and Smorodinsky's is equal in both, on
    // the edge from (6, 8) to (10, 0): 6 + 4t = 8 - 8t at t = 1/6. The product (6 + 4t)(8 - 8t) falls from
    // t = 0 on, and (6t)(10 - 2t) rises until t = 1: Nash's is (6, 8) itself.
    let found = solved(&[vec![10, 0], vec![6, 8], vec![0, 10]], &[0, 0]);
    assert_eq!(found.ideal, vec![whole(10), whole(10)]);
    let nash = found.nash.unwrap();
    assert_eq!(nash.lottery.worth, vec![whole(6), whole(8)]);
    let other = found.kalai_smorodinsky.unwrap();
    assert_eq!(other.lottery.worth, vec![ratio(20, 3), ratio(20, 3)]);
    assert_eq!(other.lottery.parts[0].chance, ratio(1, 6));
    assert_eq!(found.utilitarian.unwrap().value, whole(14));
}

#[test]
fn nothing_that_both_accept() {
    let found = solved(&[vec![10, 0], vec![0, 10]], &[6, 6]);
    assert!(found.ideal.is_empty() && found.nash.is_none() && found.egalitarian.is_none());
    // One lottery alone, in which nobody gains.
    let found = solved(&[vec![10, 0], vec![0, 10]], &[5, 5]);
    assert!(found.nash.is_none() && found.kalai_smorodinsky.is_none());
    assert_eq!(found.egalitarian.unwrap().value, whole(0));
}

#[test]
fn one_voice_takes_its_best() {
    let found = solved(&[vec![7]], &[3]);
    assert_eq!(found.nash.unwrap().value, whole(4));
    assert!(solved(&[vec![7]], &[8]).egalitarian.is_none());
}

fn points(draw: &mut Draw, voices: usize, number: i64) -> Vec<Vec<i64>> {
    let one = |draw: &mut Draw| (0..voices).map(|_| draw.between(-5, 20)).collect();
    (0..number).map(|_| one(draw)).collect()
}

/// All mixtures of three of the points in steps of an eighth that everybody accepts, as floats.
fn grid(points: &[Vec<i64>], none: &[i64], steps: i64) -> Vec<Vec<f64>> {
    let mut found = Vec::new();
    for a in points {
        for b in points {
            for c in points {
                for i in 0..=steps {
                    for j in 0..=steps - i {
                        let mix = |v: usize| {
                            let sum = a[v] * i + b[v] * j + c[v] * (steps - i - j);
                            sum as f64 / steps as f64
                        };
                        let gains = (0..none.len()).map(|v| mix(v) - none[v] as f64);
                        let gains: Vec<f64> = gains.collect();
                        if gains.iter().all(|g| *g >= 0.0) {
                            found.push(gains);
                        }
                    }
                }
            }
        }
    }
    found
}

fn float(number: &BigRational) -> f64 {
    let digits = (number * BigRational::from_integer(BigInt::from(1_u64 << 50))).to_integer();
    digits.to_string().parse::<f64>().unwrap() / (1_u64 << 50) as f64
}

/// No mixture of the grid betters a solution, and the bound is near.
fn beats_the_grid(voices: usize, number: i64, seeds: u64, near: f64) {
    let mut solutions = 0;
    for seed in 0..seeds {
        let mut draw = Draw(seed);
        let points = points(&mut draw, voices, number);
        let none: Vec<i64> = (0..voices).map(|_| draw.between(-5, 6)).collect();
        let found = solved(&points, &none);
        let grid = grid(&points, &none, 8);
        let most = |value: &dyn Fn(&[f64]) -> f64| {
            grid.iter()
                .map(|g| value(g))
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let ideal: Vec<f64> = found.ideal.iter().map(float).collect();
        let base: i64 = none.iter().sum();
        let shares = |g: &[f64]| {
            let parts = g.iter().zip(ideal.iter().zip(&none));
            parts
                .map(|(g, (m, d))| g / (m - *d as f64))
                .fold(f64::INFINITY, f64::min)
        };
        let checks: [(&Option<Solution>, f64); 4] = [
            (&found.nash, most(&|g| g.iter().product())),
            (&found.kalai_smorodinsky, most(&shares)),
            (
                &found.egalitarian,
                most(&|g| g.iter().copied().fold(f64::INFINITY, f64::min)),
            ),
            (
                &found.utilitarian,
                most(&|g| g.iter().sum::<f64>() + base as f64),
            ),
        ];
        for (solution, most) in checks {
            let Some(solution) = solution else {
                continue;
            };
            solutions += 1;
            let (value, bound) = (float(&solution.value), float(&solution.at_most));
            assert!(value >= most - near, "seed {seed}: {value} < {most}");
            assert!(
                bound - value <= near * bound.abs().max(1.0),
                "seed {seed}: {bound} {value}"
            );
        }
        if found.nash.is_none() {
            let product = most(&|g| g.iter().product());
            assert!(product <= near, "seed {seed}: {product}");
        }
    }
    assert!(solutions > seeds);
}

#[test]
fn no_grid_betters_two_voices() {
    beats_the_grid(2, 6, 60, 1e-12);
}

#[test]
fn no_grid_betters_three_voices() {
    beats_the_grid(3, 5, 60, 1e-6);
}

#[test]
fn no_grid_betters_four_voices() {
    beats_the_grid(4, 6, 40, 1e-6);
}

#[test]
fn three_extremes_share_evenly() {
    let found = solved(&[vec![1, 0, 0], vec![0, 1, 0], vec![0, 0, 1]], &[0, 0, 0]);
    let nash = found.nash.unwrap();
    assert!((float(&nash.value) - 1.0 / 27.0).abs() < 1e-9);
    assert!((float(&nash.at_most) - 1.0 / 27.0).abs() < 1e-9);
    assert_eq!(nash.lottery.parts.len(), 3);
}

/// The best of all mixtures of two packages of Hanoi: where somebody gets just what having no agreement is worth,
/// where both gain the same, and where the product is greatest.
#[test]
fn hanoi_by_lot_is_the_best_mixture_of_any_two_packages() {
    let mut worths: Vec<[i64; 2]> = vec![[0, 0]];
    for (us, dprk) in hanoi::US.iter().zip(hanoi::DPRK) {
        let levels = |w: &[i64; 2]| -> Vec<[i64; 2]> {
            let both = us.iter().zip(dprk);
            both.map(|(a, b)| [w[0] + a, w[1] + b]).collect()
        };
        worths = worths.iter().flat_map(levels).collect();
    }
    assert_eq!(worths.len(), 2304);
    worths.sort_unstable();
    worths.dedup();
    let beaten = |w: &[i64; 2]| {
        let others = worths.iter().filter(|o| *o != w);
        others.into_iter().any(|o| o[0] >= w[0] && o[1] >= w[1])
    };
    let best: Vec<[i64; 2]> = worths.iter().filter(|w| !beaten(w)).copied().collect();
    let (mut product, mut least, mut sum) = (whole(-1), whole(-1000), whole(-1000));
    for a in &best {
        for b in &best {
            let (x, y) = (b[0] - a[0], b[1] - a[1]);
            if x <= 0 || y >= 0 {
                continue;
            }
            let shares = [
                ratio(-a[0], x),
                ratio(-a[1], y),
                ratio(a[1] - a[0], x - y),
                ratio(-(x * a[1] + y * a[0]), 2 * x * y),
                whole(0),
                whole(1),
            ];
            for share in shares {
                let first = whole(a[0]) + whole(x) * &share;
                let second = whole(a[1]) + whole(y) * &share;
                let is_share = share >= whole(0) && share <= whole(1);
                if !is_share || first < whole(0) || second < whole(0) {
                    continue;
                }
                product = product.max(&first * &second);
                least = least.max(first.clone().min(second.clone()));
                sum = sum.max(first + second);
            }
        }
    }
    assert_eq!((&product, &least), (&ratio(18225, 272), &ratio(90, 11)));
    let text = include_str!("../../../../cases/diplomacy/us-dprk-2019/packages.detente");
    let model = detente_model::resolve(&detente_model::syntax::parse(text).document).model;
    let space = DealSpace::new(&model.unwrap().bargain).unwrap();
    let frontier = frontier(&space, &[0, 1], &Budget::default())
        .complete()
        .unwrap();
    assert_eq!(frontier.points.len(), best.len());
    let found = lotteries(&space, &frontier, &[whole(0), whole(0)]);
    assert_eq!(found.nash.unwrap().value, product);
    assert_eq!(found.egalitarian.unwrap().value, least);
    assert_eq!(found.utilitarian.unwrap().value, sum);
}
