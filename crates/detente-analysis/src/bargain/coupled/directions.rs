//! In which directions the frontier is looked for, and the order of the searches.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::Counted;
use super::compile::{Effect, Problem};
use super::goals::{Highest, Tally, Unbettered};
use super::relax::Direction;
use super::search::{Meter, search};
use super::zones::{Pool, Zone};
use crate::budget::Stop;

/// A direction and a value that no package reaches.
struct Proven {
    direction: Direction,
    unreached: f64,
}

/// The frontier of connected issues.
pub(super) fn solve(problem: &Problem, meter: &mut Meter) -> (Counted, Option<Stop>) {
    let mut pool = Pool::new(floor(problem));
    let stop = find(problem, &mut pool, meter).err();
    let mut points = pool.points.clone();
    points.sort_unstable();
    let one = BigUint::from(1_u32);
    if stop.is_some() {
        let found = points.into_iter().map(|p| (p, one.clone()));
        return (found.collect(), stop);
    }
    count(problem, &points, meter)
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

/// Finds all points.
fn find(problem: &Problem, pool: &mut Pool, meter: &mut Meter) -> Result<(), Stop> {
    let voices = problem.base.len();
    let mut proven: Vec<Proven> = Vec::new();
    for voice in 0..voices {
        let mut weights = vec![0.0; voices];
        weights[voice] = 1.0;
        proven.push(prove(problem, &weights, pool, meter)?);
        if pool.points.is_empty() {
            return Ok(());
        }
    }
    if voices == 2 {
        hull(problem, pool, &mut proven, meter)?;
    } else if voices > 2 {
        for weights in grid(pool, voices) {
            proven.push(prove(problem, &weights, pool, meter)?);
        }
    }
    let zones = pool.zones.clone();
    let mut groups: Vec<Vec<Zone>> = proven.iter().map(|_| Vec::new()).collect();
    for zone in zones {
        if let Some(group) = nearest(&proven, &zone) {
            groups[group].push(zone);
        }
    }
    let known = pool.points.clone();
    let mut found = BTreeSet::new();
    for (number, zones) in groups.into_iter().enumerate() {
        if zones.is_empty() {
            continue;
        }
        let directions = around(&proven, number, voices);
        let local = Pool {
            points: known.clone(),
            zones,
        };
        let mut goal = Unbettered::new(&directions, local);
        let done = search(problem, &directions, &mut goal, meter);
        found.extend(goal.pool.points);
        if let Err(stop) = done {
            found.iter().for_each(|p| {
                pool.insert(p);
            });
            return Err(stop);
        }
    }
    for point in found {
        pool.insert(&point);
    }
    Ok(())
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
    let mut done: BTreeSet<(i128, i128)> = BTreeSet::new();
    loop {
        let corners = upper_hull(&pool.points);
        let edges = corners.windows(2).map(|pair| {
            let (up, along) = (pair[0][1] - pair[1][1], pair[1][0] - pair[0][0]);
            let by = gcd(up, along);
            (up / by, along / by)
        });
        let Some(edge) = edges.into_iter().find(|e| !done.contains(e)) else {
            break;
        };
        done.insert(edge);
        let weights = [edge.0 as f64, edge.1 as f64];
        proven.push(prove(problem, &weights, pool, meter)?);
    }
    if done.is_empty() {
        proven.push(prove(problem, &[1.0, 1.0], pool, meter)?);
    }
    Ok(())
}

/// The corners of the upper right convex hull, ascending for the first voice.
fn upper_hull(points: &[Vec<i128>]) -> Vec<&Vec<i128>> {
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

/// The direction in which least can lie in the zone; `None` when nothing does.
fn nearest(proven: &[Proven], zone: &Zone) -> Option<usize> {
    let least: Vec<i128> = zone.corner.iter().map(|c| c + 1).collect();
    let mut best: Option<(f64, usize)> = None;
    for (number, p) in proven.iter().enumerate() {
        let slack = p.unreached - p.direction.value(&least);
        if slack <= 0.0 {
            return None;
        }
        if p.direction.weights.iter().any(|w| *w == 0.0) {
            continue;
        }
        let length = p
            .direction
            .weights
            .iter()
            .map(|w| w * w)
            .sum::<f64>()
            .sqrt();
        if best.is_none_or(|(s, _)| slack / length < s) {
            best = Some((slack / length, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The direction itself and those that bound the search to its side.
fn around(proven: &[Proven], number: usize, voices: usize) -> Vec<&Direction> {
    let own = proven[..voices]
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != number);
    let mut directions = vec![&proven[number].direction];
    directions.extend(own.map(|(_, p)| &p.direction));
    directions
}

/// How many packages are worth each point; the points are ascending.
fn count(problem: &Problem, points: &[Vec<i128>], meter: &mut Meter) -> (Counted, Option<Stop>) {
    let one = BigUint::from(1_u32);
    let mut counted: Counted = points.iter().map(|p| (p.clone(), one.clone())).collect();
    let voices = problem.base.len();
    for group in points.chunks(1) {
        let weights = weights_for(points, &group[0], voices);
        let lead = Direction::new(problem, &weights);
        let own: Vec<Direction> = (0..voices)
            .map(|voice| {
                let mut weights = vec![0.0; voices];
                weights[voice] = 1.0;
                Direction::new(problem, &weights)
            })
            .collect();
        let mut directions = vec![&lead];
        directions.extend(&own);
        let wanted = group.iter().map(Vec::as_slice).collect();
        let mut goal = Tally::new(&directions, wanted);
        let done = search(problem, &directions, &mut goal, meter);
        for (point, packages) in goal.points {
            if packages > one {
                counted.insert(point.to_vec(), packages);
            }
        }
        if let Err(stop) = done {
            return (counted, Some(stop));
        }
    }
    (counted, None)
}

/// A direction in which the point is best or nearly so.
fn weights_for(points: &[Vec<i128>], point: &[i128], voices: usize) -> Vec<f64> {
    if voices != 2 {
        return vec![1.0; voices];
    }
    let corners = upper_hull(points);
    let edge = corners.windows(2).find(|pair| pair[1][0] >= point[0]);
    match edge {
        Some(pair) => vec![
            (pair[0][1] - pair[1][1]) as f64,
            (pair[1][0] - pair[0][0]) as f64,
        ],
        None => vec![1.0; voices],
    }
}
