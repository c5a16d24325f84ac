//! What numbers are worth: curves that are exact over whole and decimal numbers.

use num_rational::BigRational;
use num_traits::Zero;

use super::number;
use super::raw::Issue;

/// A curve over the numbers of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Curve {
    /// The sum over the powers, that of 0 first.
    Polynomial(Vec<BigRational>),
    /// From 0 at `start` up to 1 at `top` and down to 0 at `end`; 0 outside.
    Triangular {
        start: BigRational,
        top: BigRational,
        end: BigRational,
    },
}

impl Curve {
    /// `offset + slope * x`.
    pub(crate) fn linear(offset: BigRational, slope: BigRational) -> Self {
        Self::Polynomial(vec![offset, slope])
    }

    pub(crate) fn at(&self, x: &BigRational) -> BigRational {
        match self {
            Self::Polynomial(coefficients) => {
                let mut value = BigRational::zero();
                for coefficient in coefficients.iter().rev() {
                    value = value * x + coefficient;
                }
                value
            }
            Self::Triangular { start, top, end } => {
                if x < start || x > end {
                    number::whole(0)
                } else if x < top {
                    (x - start) / (top - start)
                } else if x == top {
                    number::whole(1)
                } else {
                    (end - x) / (end - top)
                }
            }
        }
    }

    /// The values of all levels of an issue; `None` when a level is no number.
    pub(crate) fn values(&self, issue: &Issue) -> Option<Vec<BigRational>> {
        (0..issue.len())
            .map(|level| issue.number(level).map(|x| self.at(&x)))
            .collect()
    }
}

/// Keeps values between 0 and 1.
pub(crate) fn clip(values: &mut [BigRational]) {
    let (zero, one) = (number::whole(0), number::whole(1));
    for value in values {
        if *value < zero {
            *value = zero.clone();
        } else if *value > one {
            *value = one.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_exact() {
        let whole = |n: i32| number::whole(n);
        let curve = Curve::Polynomial(vec![whole(1), whole(-2), whole(3)]);
        assert_eq!(curve.at(&whole(2)), whole(1 - 4 + 12));
        let triangle = Curve::Triangular {
            start: whole(0),
            top: whole(3),
            end: whole(5),
        };
        let values: Vec<_> = (-1..7)
            .map(|x| triangle.at(&whole(x)).to_string())
            .collect();
        assert_eq!(values, ["0", "0", "1/3", "2/3", "1", "1/2", "0", "0"]);
        let steep = Curve::Triangular {
            start: whole(2),
            top: whole(2),
            end: whole(2),
        };
        assert_eq!(steep.at(&whole(2)), whole(1));
    }
}
