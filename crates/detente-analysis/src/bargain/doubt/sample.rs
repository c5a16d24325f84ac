//! Utilities drawn uniformly from those that agree with what is known.
//!
//! Hit-and-run (Smith 1984): from where a walk stands it takes a direction, whose probability does not depend on
//! the place, and goes to a point drawn uniformly from the chord in that direction. Its points are uniform in
//! the limit. Walks are independent and many, so that their spread tells how far off the estimates are.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::Request;
use super::region::{Form, Region, approximate};

/// How many walks there are.
pub const CHAINS: u64 = 64;

/// Parameters drawn for one voice, walk after walk.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// The points.
    pub points: Vec<Vec<f64>>,
    /// How many dimensions what is consistent has.
    pub dimensions: usize,
}

/// Draws for the voice with this number. Random numbers depend on the seed, the voice and the walk alone.
pub fn draw(cases: &[Region], request: &Request, voice: u64) -> Draws {
    let each = request.samples.div_ceil(CHAINS).max(1);
    let mut cases = cases.to_vec();
    let hulls: Vec<Hull> = cases.iter_mut().map(Hull::new).collect();
    let dimensions = hulls.iter().map(|h| h.directions.len()).max().unwrap_or(0);
    // What has fewer dimensions has no share. Of those with as many, but in different directions, the first
    // directions count: this takes facts that leave no room in several ways.
    let mut widest: Vec<Hull> = Vec::new();
    for hull in hulls {
        if hull.directions.len() == dimensions && widest.first().is_none_or(|w| w.holds(&hull)) {
            widest.push(hull);
        }
    }
    let walks: Vec<Vec<Vec<f64>>> = (0..CHAINS)
        .into_par_iter()
        .map(|chain| walk(&widest, request.seed, voice * CHAINS + chain, chain, each))
        .collect();
    Draws {
        points: walks.into_iter().flatten().collect(),
        dimensions,
    }
}

/// A region as the directions that it extends in and the rows that bound it there.
struct Hull {
    middle: Vec<f64>,
    exact_middle: Vec<BigRational>,
    /// A basis, each direction as long as the region is wide in the parameter that it is for.
    directions: Vec<Vec<f64>>,
    /// Rows that hold with room to spare in the middle.
    rows: Vec<(Vec<f64>, f64)>,
    /// Rows that hold without any.
    equal: Vec<(Vec<BigRational>, BigRational)>,
}

impl Hull {
    fn new(region: &mut Region) -> Self {
        let parameters = region.parameters();
        let unit = |place: usize, sign: i32| {
            let mut form = Form::known(BigRational::zero(), parameters);
            form.coefficients[place] = BigRational::from_integer(sign.into());
            form
        };
        let mut points = vec![region.inner().to_vec()];
        let mut widths = Vec::new();
        for place in 0..parameters {
            let most = region.largest(&unit(place, 1));
            let least = region.largest(&unit(place, -1));
            let (Some((most, high)), Some((least, low))) = (most, least) else {
                widths.push(BigRational::one());
                continue;
            };
            widths.push(most + least);
            points.extend([high, low]);
        }
        let halves = region.halves().to_vec();
        // The middle of points has room wherever one of them has.
        for half in &halves {
            if points.iter().all(|p| room(half, p).is_zero()) {
                let inwards = Form {
                    constant: half.bound.clone(),
                    coefficients: half.coefficients.iter().map(|c| -c).collect(),
                };
                let found = region.largest(&inwards);
                points.extend(found.filter(|(room, _)| room.is_positive()).map(|(_, p)| p));
            }
        }
        let count = BigRational::from_integer(points.len().into());
        let middle: Vec<BigRational> = (0..parameters)
            .map(|place| {
                let all = points.iter().map(|p| &p[place]);
                all.fold(BigRational::zero(), |sum, x| sum + x) / &count
            })
            .collect();
        let (mut rows, mut equal) = (Vec::new(), Vec::new());
        for half in halves {
            if half.coefficients.iter().all(Zero::is_zero) {
                continue;
            }
            if room(&half, &middle).is_zero() {
                equal.push((half.coefficients, half.bound));
            } else {
                let coefficients = half.coefficients.iter().map(approximate).collect();
                rows.push((coefficients, approximate(&half.bound)));
            }
        }
        let normals = equal.iter().map(|(normal, _)| normal.clone()).collect();
        Self {
            middle: middle.iter().map(approximate).collect(),
            exact_middle: middle,
            directions: directions(normals, parameters, &widths),
            rows,
            equal,
        }
    }

    /// Whether the other extends in the same directions from the same plane.
    fn holds(&self, other: &Self) -> bool {
        let product = |normal: &[BigRational]| {
            let terms = normal.iter().zip(&other.exact_middle);
            terms.fold(BigRational::zero(), |sum, (a, b)| sum + a * b)
        };
        let on = self
            .equal
            .iter()
            .all(|(normal, bound)| product(normal) == *bound);
        on && self.directions.len() == other.directions.len()
    }

    /// Between which lengths a line from a point in a direction lies inside.
    fn chord(&self, point: &[f64], direction: &[f64]) -> Option<(f64, f64)> {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for (normal, bound) in &self.rows {
            let along = product(normal, direction);
            let room = bound - product(normal, point);
            if along > 0.0 {
                high = high.min(room / along);
            } else if along < 0.0 {
                low = low.max(room / along);
            } else if room < 0.0 {
                return None;
            }
        }
        (low < high && low.is_finite() && high.is_finite()).then_some((low, high))
    }
}

fn room(half: &super::simplex::Half, point: &[BigRational]) -> BigRational {
    let terms = half.coefficients.iter().zip(point);
    terms.fold(half.bound.clone(), |room, (a, b)| room - a * b)
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (x, y)| sum + x * y)
}

/// A basis of what is orthogonal to the normals, by Gauss-Jordan elimination: one direction for each parameter
/// that is left free.
fn directions(
    mut normals: Vec<Vec<BigRational>>,
    parameters: usize,
    widths: &[BigRational],
) -> Vec<Vec<f64>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..parameters {
        let done = pivots.len();
        let Some(row) = (done..normals.len()).find(|r| !normals[*r][column].is_zero()) else {
            continue;
        };
        normals.swap(done, row);
        let entry = normals[done][column].clone();
        for number in &mut normals[done] {
            *number = &*number / &entry;
        }
        let chosen = normals[done].clone();
        for (place, other) in normals.iter_mut().enumerate() {
            let factor = other[column].clone();
            if place != done && !factor.is_zero() {
                for (number, c) in other.iter_mut().zip(&chosen) {
                    *number -= &factor * c;
                }
            }
        }
        pivots.push(column);
    }
    let free = (0..parameters).filter(|c| !pivots.contains(c));
    free.map(|column| {
        let mut direction = vec![0.0; parameters];
        direction[column] = approximate(&widths[column]);
        for (row, pivot) in pivots.iter().enumerate() {
            direction[*pivot] = -approximate(&(&normals[row][column] * &widths[column]));
        }
        direction
    })
    .collect()
}

/// The points of one walk.
fn walk(hulls: &[Hull], seed: u64, stream: u64, chain: u64, each: u64) -> Vec<Vec<f64>> {
    let Some(start) = hulls.get((chain % hulls.len().max(1) as u64) as usize) else {
        return Vec::new();
    };
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(stream);
    let mut point = start.middle.clone();
    let dimensions = start.directions.len() as u64;
    if dimensions == 0 {
        return vec![point; each as usize];
    }
    // In one dimension every step is a draw of its own; else walks need longer to forget where they were.
    let (warm, between) = if dimensions == 1 && hulls.len() == 1 {
        (1, 1)
    } else {
        (40 * dimensions + 100, 4 * dimensions)
    };
    let mut points = Vec::with_capacity(each as usize);
    for step in 0..warm + between * each {
        advance(hulls, start, &mut point, &mut random);
        if step >= warm && (step - warm + 1).is_multiple_of(between) {
            points.push(point.clone());
        }
    }
    points
}

fn advance(hulls: &[Hull], start: &Hull, point: &mut [f64], random: &mut ChaCha8Rng) {
    let mut direction = vec![0.0; point.len()];
    for axis in &start.directions {
        let factor = 2.0 * uniform(random) - 1.0;
        for (sum, part) in direction.iter_mut().zip(axis) {
            *sum += factor * part;
        }
    }
    let mut chords: Vec<(f64, f64)> = hulls
        .iter()
        .filter_map(|h| h.chord(point, &direction))
        .collect();
    chords.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut union: Vec<(f64, f64)> = Vec::new();
    for (low, high) in chords {
        match union.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => union.push((low, high)),
        }
    }
    let length: f64 = union.iter().map(|(low, high)| high - low).sum();
    let mut left = uniform(random) * length;
    for (low, high) in union {
        if left <= high - low {
            for (x, d) in point.iter_mut().zip(&direction) {
                *x += (low + left) * d;
            }
            return;
        }
        left -= high - low;
    }
}

/// A number from 0 to 1, in steps of 2^-53.
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}
