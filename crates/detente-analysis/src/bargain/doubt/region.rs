//! The parameters of one voice that agree with all that is known: a polytope, some of whose faces do not belong
//! to it.

use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::simplex::{Half, Largest, Programme};

/// A number that depends on the parameters: `constant + coefficients · parameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is when all parameters are 0.
    pub constant: BigRational,
    /// One number for each parameter.
    pub coefficients: Vec<BigRational>,
}

impl Form {
    /// A number that depends on nothing.
    pub fn known(constant: BigRational, parameters: usize) -> Self {
        Self {
            constant,
            coefficients: vec![BigRational::zero(); parameters],
        }
    }

    /// Its value at a point.
    pub fn at(&self, point: &[BigRational]) -> BigRational {
        let terms = self.coefficients.iter().zip(point);
        terms.fold(self.constant.clone(), |sum, (c, x)| {
            if c.is_zero() { sum } else { sum + c * x }
        })
    }

    /// Adds another, times a factor.
    pub fn add(&mut self, other: &Self, factor: &BigRational) {
        self.constant += &other.constant * factor;
        for (a, b) in self.coefficients.iter_mut().zip(&other.coefficients) {
            if !b.is_zero() {
                *a += b * factor;
            }
        }
    }

    /// This minus the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        difference.add(other, &-BigRational::one());
        difference
    }

    /// Its opposite.
    #[must_use]
    pub fn opposite(&self) -> Self {
        Self {
            constant: -&self.constant,
            coefficients: self.coefficients.iter().map(|c| -c).collect(),
        }
    }

    /// Whether it depends on no parameter.
    pub fn is_known(&self) -> bool {
        self.coefficients.iter().all(Zero::is_zero)
    }
}

/// That a form is not negative, or is positive; and from where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<S> {
    /// What is not negative.
    pub form: Form,
    /// Whether it is not zero either.
    pub strict: bool,
    /// Whose claim it is.
    pub source: S,
}

/// All parameters that satisfy some claims. There is at least one.
#[derive(Debug, Clone)]
pub struct Region {
    parameters: usize,
    halves: Vec<Half>,
    strict: Vec<bool>,
    programme: Programme,
    /// Points of the closure, exact and rounded, that decide most questions without a programme.
    pool: Vec<(Vec<BigRational>, Vec<f64>)>,
    inner: Vec<BigRational>,
    /// How many linear programmes were solved.
    pub programmes: u64,
}

/// How many points are kept at most.
const POOL: usize = 48;

impl Region {
    /// The parameters that satisfy the claims; else the places of claims that contradict each other, as many as
    /// the proof uses.
    pub fn new<S>(parameters: usize, claims: &[Claim<S>]) -> Result<Self, Vec<usize>> {
        let halves: Vec<Half> = claims.iter().map(|c| half(&c.form)).collect();
        let strict: Vec<bool> = claims.iter().map(|c| c.strict).collect();
        let programme = Programme::new(parameters, halves.clone())?;
        let first = programme.point();
        let inner = if strict.contains(&true) {
            within(parameters, &halves, &strict)?
        } else {
            first.clone()
        };
        let mut region = Self {
            parameters,
            halves,
            strict,
            programme,
            pool: Vec::new(),
            inner: inner.clone(),
            programmes: 1,
        };
        region.remember(first);
        region.remember(inner);
        Ok(region)
    }

    /// How many parameters there are.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// A point that satisfies every claim.
    pub fn inner(&self) -> &[BigRational] {
        &self.inner
    }

    /// What all parameters satisfy.
    pub(super) fn claims(&self) -> Vec<Claim<()>> {
        let rows = self.halves.iter().zip(&self.strict);
        rows.map(|(row, strict)| Claim {
            form: Form {
                constant: row.bound.clone(),
                coefficients: row.coefficients.iter().map(|c| -c).collect(),
            },
            strict: *strict,
            source: (),
        })
        .collect()
    }

    /// The rows, `coefficients · x <= bound`.
    pub(super) fn halves(&self) -> &[Half] {
        &self.halves
    }

    fn remember(&mut self, point: Vec<BigRational>) {
        if self.pool.len() < POOL && !self.pool.iter().any(|(p, _)| *p == point) {
            let rounded = point.iter().map(approximate).collect();
            self.pool.push((point, rounded));
        }
    }

    /// The largest value of a form over the closure and where it is reached; `None` when there is no end to it.
    pub fn largest(&mut self, form: &Form) -> Option<(BigRational, Vec<BigRational>)> {
        self.programmes += 1;
        match self.programme.largest(&form.coefficients) {
            Largest::Unbounded => None,
            Largest::At { value, point, .. } => {
                self.remember(point.clone());
                Some((value + &form.constant, point))
            }
        }
    }

    /// A point at which every claim holds and the form is positive.
    pub fn exceeding(&mut self, form: &Form) -> Option<Vec<BigRational>> {
        if form.is_known() {
            return form.constant.is_positive().then(|| self.inner.clone());
        }
        let best = self.promising(form);
        if let Some(point) = best.filter(|p| form.at(p).is_positive()) {
            return Some(self.pulled(point, form));
        }
        match self.largest(form) {
            None => self.far(form),
            Some((value, point)) => value.is_positive().then(|| self.pulled(point, form)),
        }
    }

    /// A point at which every claim holds and the form is not negative.
    pub fn reaching(&mut self, form: &Form) -> Option<Vec<BigRational>> {
        if form.is_known() {
            return (!form.constant.is_negative()).then(|| self.inner.clone());
        }
        if !form.at(&self.inner).is_negative() {
            return Some(self.inner.clone());
        }
        let best = self.promising(form);
        if let Some(point) = best.filter(|p| form.at(p).is_positive()) {
            return Some(self.pulled(point, form));
        }
        let Some((value, point)) = self.largest(form) else {
            return self.far(form);
        };
        if value.is_positive() {
            return Some(self.pulled(point, form));
        }
        if value.is_negative() {
            return None;
        }
        if !self.strict.contains(&true) {
            return Some(point);
        }
        // Just zero, at the border: is there a point of it that the strict claims leave?
        let mut halves = self.halves.clone();
        let mut strict = self.strict.clone();
        halves.push(half(form));
        strict.push(false);
        self.programmes += 1;
        within(self.parameters, &halves, &strict).ok()
    }

    /// A point where a form without an end is positive.
    fn far(&self, form: &Form) -> Option<Vec<BigRational>> {
        let mut halves = self.halves.clone();
        let mut strict = self.strict.clone();
        halves.push(half(form));
        strict.push(true);
        within(self.parameters, &halves, &strict).ok()
    }

    /// The remembered point with the largest value, in rounded numbers, if it is positive there.
    fn promising(&self, form: &Form) -> Option<Vec<BigRational>> {
        let constant = approximate(&form.constant);
        let coefficients: Vec<f64> = form.coefficients.iter().map(approximate).collect();
        let values = self.pool.iter().map(|(_, rounded)| {
            let terms = coefficients.iter().zip(rounded);
            terms.fold(constant, |sum, (c, x)| sum + c * x)
        });
        let best =
            values.enumerate().fold(
                (0, 0.0),
                |best, (place, value)| {
                    if value > best.1 { (place, value) } else { best }
                },
            );
        (best.1 > 0.0).then(|| self.pool[best.0].0.clone())
    }

    /// A point between the inner one and this one of the closure at which the form is still positive: every
    /// claim holds there.
    fn pulled(&self, point: Vec<BigRational>, form: &Form) -> Vec<BigRational> {
        let strict = self.halves.iter().zip(&self.strict);
        let at_border = |half: &Half| product(&half.coefficients, &point) == half.bound;
        if !strict.filter(|(_, s)| **s).any(|(half, _)| at_border(half)) {
            return point;
        }
        let high = form.at(&point);
        let low = form.at(&self.inner);
        // At the share `t` of the way inwards the form is `high + t (low - high)`.
        let half = BigRational::new(1.into(), 2.into());
        let share = if low.is_positive() {
            half
        } else {
            &high / (&high - &low) * half
        };
        let steps = point.iter().zip(&self.inner);
        steps.map(|(p, i)| p + (i - p) * &share).collect()
    }
}

/// `form >= 0` as a row.
fn half(form: &Form) -> Half {
    Half {
        coefficients: form.coefficients.iter().map(|c| -c).collect(),
        bound: form.constant.clone(),
    }
}

fn product(coefficients: &[BigRational], point: &[BigRational]) -> BigRational {
    let terms = coefficients.iter().zip(point);
    terms.fold(BigRational::zero(), |sum, (c, x)| {
        if c.is_zero() { sum } else { sum + c * x }
    })
}

/// A point that satisfies all rows, the strict ones with room to spare: the least room, at most 1, is as large as
/// can be. Else the rows of the proof that there is none.
fn within(
    parameters: usize,
    halves: &[Half],
    strict: &[bool],
) -> Result<Vec<BigRational>, Vec<usize>> {
    let one = BigRational::one;
    let mut rows: Vec<Half> = halves.to_vec();
    for (row, strict) in rows.iter_mut().zip(strict) {
        let room = if *strict { one() } else { BigRational::zero() };
        row.coefficients.push(room);
    }
    let mut margin = vec![BigRational::zero(); parameters + 1];
    margin[parameters] = one();
    rows.push(Half {
        coefficients: margin.clone(),
        bound: one(),
    });
    let mut programme = Programme::new(parameters + 1, rows)?;
    match programme.largest(&margin) {
        Largest::At {
            value,
            mut point,
            because,
        } => {
            if value.is_positive() {
                point.truncate(parameters);
                Ok(point)
            } else {
                Err(because.into_iter().filter(|r| *r < halves.len()).collect())
            }
        }
        Largest::Unbounded => Err(Vec::new()),
    }
}

/// A rational as a number with a floating point.
pub(super) fn approximate(number: &BigRational) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}
