//! In which directions the frontier is looked for, and the order of the searches.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigUint;
use rayon::prelude::*;

use super::compile::{Effect, Problem};
use super::goals::{Highest, Tally, Unbettered};
use super::relax::Direction;
use super::search::{Meter, Packages, search};
use super::zones::Pool;
use super::{Found, Tie};
use crate::budget::Stop;

/// A direction and a value that no package reaches.
struct Proven {
    direction: Direction,
    unreached: f64,
}

/// The frontier of connected issues.
pub(super) fn solve(problem: &Problem, meter: &mut Meter) -> (Found, Option<Stop>) {
    let mut pool = Pool::new(floor(problem));
    let found = find(problem, &mut pool, meter);
    let mut points = std::mem::take(&mut pool.points);
    points.sort_unstable();
    let tie = |point: Vec<i128>| {
        let classes = pool.examples.get(&point);
        let tie = Tie {
            packages: BigUint::from(1_u32),
            example: classes.into_iter().flatten().copied().enumerate().collect(),
        };
        (point, tie)
    };
    let mut ties: Found = points.iter().cloned().map(tie).collect();
    let stop = match found {
        Ok(proven) => count(problem, &points, &proven, &mut ties, meter).err(),
        Err(stop) => Some(stop),
    };
    (ties, stop)
}

/// What the best package of connected issues is worth to the only voice.
pub(super) fn best(problem: &Problem, meter: &mut Meter) -> Result<Option<i128>, Stop> {
    let mut pool = Pool::new(floor(problem));
    prove(problem, &[1.0], &mut pool, meter)?;
    Ok(pool.points.first().map(|best| best[0]))
}

/// Less than anything is worth.
fn floor(problem: &Problem) -> Vec<i128> {
    let mut floor: Vec<i128> = problem.base.iter().map(|b| b - 1).collect();
    for (voice, least) in floor.iter_mut().enumerate() {
        for issue in &problem.issues {
            *least += issue.worth.iter().map(|w| w[voice]).min().unwrap_or(0);
        }
        for block in &problem.blocks {
            if let Effect::Pays(v, units) = block.effect
                && v == voice
            {
                *least += units.min(0);
            }
        }
    }
    floor
}

/// Finds all points; the directions that bound them.
fn find(problem: &Problem, pool: &mut Pool, meter: &mut Meter) -> Result<Vec<Proven>, Stop> {
    let voices = problem.base.len();
    let mut proven: Vec<Proven> = Vec::new();
    for voice in 0..voices {
        let mut weights = vec![0.0; voices];
        weights[voice] = 1.0;
        proven.push(prove(problem, &weights, pool, meter)?);
        if pool.points.is_empty() {
            return Ok(proven);
        }
    }
    if voices == 2 {
        hull(problem, pool, &mut proven, meter)?;
    } else if voices > 2 {
        for weights in grid(pool, voices) {
            proven.push(prove(problem, &weights, pool, meter)?);
        }
    }
    let open = pool.zones.iter().cloned();
    let open = open.filter_map(|zone| {
        let least: Vec<i128> = zone.corner.iter().map(|c| c + 1).collect();
        let beyond = |p: &Proven| p.unreached <= p.direction.value(&least);
        (!proven.iter().any(beyond)).then(|| (nearest(&proven, &least), zone))
    });
    let groups = grouped(open);
    let known = pool.points.clone();
    let searched = each(&groups, meter, |(number, zones), meter| {
        let directions = around(&proven, *number, voices);
        let local = Pool {
            points: known.clone(),
            examples: BTreeMap::new(),
            zones: zones.clone(),
        };
        let mut goal = Unbettered::new(&directions, local);
        let done = search(problem, &directions, &mut goal, meter);
        (goal.pool.examples, done)
    });
    let mut outcome = Ok(());
    for (points, done) in searched {
        for (point, classes) in &points {
            pool.insert(point, Packages::One(classes));
        }
        outcome = outcome.and(done);
    }
    outcome.map(|()| proven)
}

/// What belongs to each direction.
fn grouped<T>(items: impl Iterator<Item = (usize, T)>) -> Vec<(usize, Vec<T>)> {
    let mut groups: BTreeMap<usize, Vec<T>> = BTreeMap::new();
    for (number, item) in items {
        groups.entry(number).or_default().push(item);
    }
    groups.into_iter().collect()
}

/// Searches that do not depend on each other, side by side; each has the work that is left now.
fn each<T: Sync, R: Send>(
    groups: &[T],
    meter: &mut Meter,
    run: impl Fn(&T, &mut Meter) -> R + Sync,
) -> Vec<R> {
    let (budget, before) = (meter.budget, meter.steps);
    let one = |group: &T| {
        let mut own = Meter {
            budget,
            steps: before,
        };
        let result = run(group, &mut own);
        (result, own.steps - before)
    };
    let done: Vec<(R, u64)> = groups.par_iter().map(one).collect();
    meter.steps += done.iter().map(|(_, steps)| steps).sum::<u64>();
    done.into_iter().map(|(result, _)| result).collect()
}

/// The best in a direction, by search.
fn prove(
    problem: &Problem,
    weights: &[f64],
    pool: &mut Pool,
    meter: &mut Meter,
) -> Result<Proven, Stop> {
    let direction = Direction::new(problem, weights);
    let mut goal = Highest::new(&direction, pool);
    search(problem, &[&direction], &mut goal, meter)?;
    let unreached = goal.unreached();
    Ok(Proven {
        direction,
        unreached,
    })
}

/// With two voices: proves the directions of all edges of the convex hull.
fn hull(
    problem: &Problem,
    pool: &mut Pool,
    proven: &mut Vec<Proven>,
    meter: &mut Meter,
) -> Result<(), Stop> {
    let mut done: BTreeSet<[i128; 2]> = BTreeSet::new();
    loop {
        let corners = upper_hull(&pool.points);
        let edges = corners.windows(2);
        let edges = edges.map(|pair| proportions(pair[0], pair[1]));
        let Some(edge) = { edges }.find(|e| !done.contains(e)) else {
            break;
        };
        done.insert(edge);
        let weights = edge.map(|units| units as f64);
        proven.push(prove(problem, &weights, pool, meter)?);
    }
    if done.is_empty() {
        proven.push(prove(problem, &[1.0, 1.0], pool, meter)?);
    }
    Ok(())
}

/// The direction in which two points are worth the same, in whole units; the second is better for the first voice.
pub(super) fn proportions(from: &[i128], to: &[i128]) -> [i128; 2] {
    let (up, along) = (from[1] - to[1], to[0] - from[0]);
    let by = gcd(up, along);
    [up / by, along / by]
}

/// The corners of the upper right convex hull, ascending for the first voice.
pub(super) fn upper_hull(points: &[Vec<i128>]) -> Vec<&Vec<i128>> {
    let mut sorted: Vec<&Vec<i128>> = points.iter().collect();
    sorted.sort_unstable();
    let mut hull: Vec<&Vec<i128>> = Vec::new();
    for point in sorted {
        while let [.., a, b] = hull.as_slice() {
            // Whether b lies on or below the line from a to the point. As floats: which directions are looked
            // at changes nothing in what is found.
            let rise = (b[1] - a[1]) as f64 * (point[0] - a[0]) as f64;
            if rise > (point[1] - a[1]) as f64 * (b[0] - a[0]) as f64 {
                break;
            }
            hull.pop();
        }
        hull.push(point);
    }
    hull
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs().max(1), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// With three voices or more: directions between theirs, in units of what each can gain.
fn grid(pool: &Pool, voices: usize) -> Vec<Vec<f64>> {
    let range = |voice: usize| {
        let worths = pool.points.iter().map(|p| p[voice]);
        let most = worths.clone().max().unwrap_or(0);
        (most - worths.min().unwrap_or(0)).max(1) as f64
    };
    let ranges: Vec<f64> = (0..voices).map(range).collect();
    let largest = ranges.iter().fold(1.0_f64, |a, b| a.max(*b));
    let mut found = Vec::new();
    let mut shares = vec![1_u32; voices];
    loop {
        let weights = shares.iter().zip(&ranges);
        found.push(
            weights
                .map(|(share, range)| (f64::from(*share) * 64.0 * largest / range).ceil())
                .collect(),
        );
        let Some(place) = shares.iter().position(|s| *s < 4) else {
            return found;
        };
        shares[place] *= 4;
        shares[..place].fill(1);
    }
}

/// The direction with weight for everybody in which the worth is nearest to what no package reaches.
fn nearest(proven: &[Proven], worth: &[i128]) -> usize {
    let mut best = (f64::INFINITY, 0);
    for (number, p) in proven.iter().enumerate() {
        let weights = &p.direction.weights;
        if weights.contains(&0.0) {
            continue;
        }
        let length = weights.iter().map(|w| w * w).sum::<f64>().sqrt();
        let slack = (p.unreached - p.direction.value(worth)) / length;
        if slack < best.0 {
            best = (slack, number);
        }
    }
    best.1
}

/// The direction itself and those of the voices, which bound the search to its side.
fn around(proven: &[Proven], number: usize, voices: usize) -> Vec<&Direction> {
    let own = proven.iter().enumerate().take(voices);
    let own = own.filter(|(n, _)| *n != number).map(|(_, p)| &p.direction);
    [&proven[number].direction].into_iter().chain(own).collect()
}

/// Counts the packages that are worth each point; the points are ascending.
fn count(
    problem: &Problem,
    points: &[Vec<i128>],
    proven: &[Proven],
    ties: &mut Found,
    meter: &mut Meter,
) -> Result<(), Stop> {
    let voices = problem.base.len();
    let groups = grouped(points.iter().map(|p| (nearest(proven, p), p.as_slice())));
    let tallied = each(&groups, meter, |(number, points), meter| {
        let directions = around(proven, *number, voices);
        let mut goal = Tally::new(&directions, points.clone());
        let done = search(problem, &directions, &mut goal, meter);
        (goal.points, done)
    });
    let mut outcome = Ok(());
    for (points, done) in tallied {
        for (point, packages) in points {
            if let Some(tie) = ties.get_mut(point)
                && packages > tie.packages
            {
                tie.packages = packages;
            }
        }
        outcome = outcome.and(done);
    }
    outcome
}
