//! Small polytopes by their vertices: every choice of as many rows as there are dimensions is solved, and what
//! satisfies all rows is kept. Nothing of the engine is used.

use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// `coefficients · x + constant >= 0`, or `> 0`.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) coefficients: Vec<BigRational>,
    pub(crate) constant: BigRational,
    pub(crate) strict: bool,
}

impl Row {
    pub(crate) fn at(&self, point: &[BigRational]) -> BigRational {
        value(&self.coefficients, &self.constant, point)
    }
}

pub(crate) fn value(
    coefficients: &[BigRational],
    constant: &BigRational,
    point: &[BigRational],
) -> BigRational {
    let terms = coefficients.iter().zip(point);
    terms.fold(constant.clone(), |sum, (a, b)| sum + a * b)
}

/// The solution of as many equations as variables; `None` when there is not just one.
fn solve(mut rows: Vec<(Vec<BigRational>, BigRational)>) -> Option<Vec<BigRational>> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).find(|r| !rows[*r].0[column].is_zero())?;
        rows.swap(column, pivot);
        for other in 0..n {
            if other != column && !rows[other].0[column].is_zero() {
                let factor = &rows[other].0[column] / &rows[column].0[column];
                for place in 0..n {
                    let part = &rows[column].0[place] * &factor;
                    rows[other].0[place] -= part;
                }
                let part = &rows[column].1 * &factor;
                rows[other].1 -= part;
            }
        }
    }
    Some((0..n).map(|i| -&rows[i].1 / &rows[i].0[i]).collect())
}

fn choices(rows: usize, number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for last in number - 1..rows {
        for mut rest in choices(last, number - 1) {
            rest.push(last);
            all.push(rest);
        }
    }
    all
}

/// The vertices of the closure; it must be bounded.
pub(crate) fn vertices(dimensions: usize, rows: &[Row]) -> Vec<Vec<BigRational>> {
    let mut found: Vec<Vec<BigRational>> = Vec::new();
    for choice in choices(rows.len(), dimensions) {
        let chosen = choice
            .iter()
            .map(|r| (rows[*r].coefficients.clone(), rows[*r].constant.clone()))
            .collect();
        if let Some(point) = solve(chosen)
            && rows.iter().all(|r| !r.at(&point).is_negative())
            && !found.contains(&point)
        {
            found.push(point);
        }
    }
    found
}

/// The mean of points.
fn middle(points: &[Vec<BigRational>]) -> Vec<BigRational> {
    let count = BigRational::from_integer(points.len().into());
    (0..points[0].len())
        .map(|i| {
            points
                .iter()
                .fold(BigRational::zero(), |sum, p| sum + &p[i])
                / &count
        })
        .collect()
}

/// Whether the middle of these points satisfies the strict rows too. If a point of their hull does, so does the
/// middle, in which each has a part.
fn strictly(points: &[Vec<BigRational>], rows: &[Row]) -> bool {
    if points.is_empty() {
        return false;
    }
    let middle = middle(points);
    let strict = rows.iter().filter(|r| r.strict);
    strict.into_iter().all(|r| r.at(&middle).is_positive())
}

/// Whether some point satisfies all rows.
pub(crate) fn some(dimensions: usize, rows: &[Row]) -> bool {
    strictly(&vertices(dimensions, rows), rows)
}

/// Whether at some point that satisfies all rows a function is not negative, or is positive.
pub(crate) fn some_with(dimensions: usize, rows: &[Row], function: Row) -> bool {
    let mut rows = rows.to_vec();
    rows.push(function);
    some(dimensions, &rows)
}
