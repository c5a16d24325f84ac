//! Exact linear programmes against all vertices, and against floating-point ones.

use detente_analysis::bargain::doubt::simplex::{Half, Largest, Programme};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;

use super::build::{rational, whole};
use super::enumeration::{Row, value, vertices};

fn half(coefficients: &[i64], bound: i64) -> Half {
    Half {
        coefficients: coefficients.iter().map(|c| whole(*c)).collect(),
        bound: whole(bound),
    }
}

/// A cube around the origin, and what cuts it.
fn boxed(dimensions: usize, side: i64, cuts: &[(Vec<i64>, i64)]) -> Vec<Half> {
    let mut rows = Vec::new();
    for place in 0..dimensions {
        for sign in [1, -1] {
            let mut normal = vec![0; dimensions];
            normal[place] = sign;
            rows.push(half(&normal, side));
        }
    }
    rows.extend(cuts.iter().map(|(c, b)| half(&c[..dimensions], *b)));
    rows
}

fn literal(rows: &[Half]) -> Vec<Row> {
    let row = |h: &Half| Row {
        coefficients: h.coefficients.iter().map(|c| -c).collect(),
        constant: h.bound.clone(),
        strict: false,
    };
    rows.iter().map(row).collect()
}

fn satisfied(rows: &[Half], point: &[BigRational]) -> bool {
    rows.iter()
        .all(|h| value(&h.coefficients, &-&h.bound, point) <= BigRational::zero())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The largest value is the largest of all vertices, however many questions went before.
    #[test]
    fn the_largest_value_is_that_of_the_best_vertex(
        dimensions in 1_usize..=3,
        cuts in prop::collection::vec((prop::collection::vec(-4_i64..=4, 3), -5_i64..=6), 0..5),
        goals in prop::collection::vec(prop::collection::vec(-5_i64..=5, 3), 1..5),
    ) {
        let rows = boxed(dimensions, 3, &cuts);
        let corners = vertices(dimensions, &literal(&rows));
        match Programme::new(dimensions, rows.clone()) {
            Err(proof) => {
                prop_assert!(corners.is_empty());
                let guilty: Vec<Half> = proof.iter().map(|p| rows[*p].clone()).collect();
                // What is left of the rows contradicts itself without the rest.
                prop_assert!(Programme::new(dimensions, guilty).is_err());
            }
            Ok(mut programme) => {
                prop_assert!(!corners.is_empty());
                prop_assert!(satisfied(&rows, &programme.point()));
                for goal in goals {
                    let goal: Vec<BigRational> =
                        goal[..dimensions].iter().map(|g| whole(*g)).collect();
                    let zero = BigRational::zero();
                    let best = corners.iter().map(|c| value(&goal, &zero, c)).max().unwrap();
                    match programme.largest(&goal) {
                        Largest::Unbounded => prop_assert!(false, "a cube is bounded"),
                        Largest::At { value: found, point, .. } => {
                            prop_assert_eq!(&found, &best);
                            prop_assert!(satisfied(&rows, &point));
                            prop_assert_eq!(value(&goal, &zero, &point), found);
                        }
                    }
                }
            }
        }
    }

    /// Larger programmes agree with a floating-point solver, as nearly as that can tell.
    #[test]
    fn larger_ones_agree_with_floating_point(
        cuts in prop::collection::vec((prop::collection::vec(-9_i64..=9, 8), 1_i64..=40), 4..14),
        goal in prop::collection::vec(-9_i64..=9, 8),
    ) {
        let rows = boxed(8, 5, &cuts);
        let mut rounded = microlp::Problem::new(microlp::OptimizationDirection::Maximize);
        let variables: Vec<_> = goal.iter().map(|g| rounded.add_var(*g as f64, (-5.0, 5.0))).collect();
        for (normal, bound) in &cuts {
            let terms: Vec<_> = variables.iter().copied().zip(normal.iter().map(|c| *c as f64)).collect();
            rounded.add_constraint(terms.as_slice(), microlp::ComparisonOp::Le, *bound as f64);
        }
        let microlp::SolveOutcome::Solution(solution) = rounded.solve().unwrap() else {
            panic!("solved")
        };
        let near = solution.objective();
        let goal: Vec<BigRational> = goal.iter().map(|g| whole(*g)).collect();
        let Largest::At { value: found, point, .. } = Programme::new(8, rows.clone()).unwrap().largest(&goal)
        else { panic!("a cube is bounded") };
        prop_assert!((found.to_f64().unwrap() - near).abs() < 1e-6);
        prop_assert!(satisfied(&rows, &point));
    }
}

/// Numbers that do not fit 128 bits are computed in larger ones.
#[test]
fn numbers_of_any_size_are_exact() {
    let huge = BigRational::from_integer(num_bigint::BigInt::from(10).pow(60));
    let tiny = rational(1, 3) / &huge;
    let rows = vec![
        Half {
            coefficients: vec![huge.clone(), tiny.clone()],
            bound: whole(1),
        },
        Half {
            coefficients: vec![tiny.clone(), -huge.clone()],
            bound: whole(0),
        },
        Half {
            coefficients: vec![whole(0), whole(1)],
            bound: whole(1),
        },
    ];
    let mut programme = Programme::new(2, rows.clone()).unwrap();
    let Largest::At { value: found, .. } = programme.largest(&[whole(1), whole(0)]) else {
        panic!("bounded")
    };
    let corners = vertices(2, &literal(&rows));
    let best = corners.iter().map(|c| c[0].clone()).max().unwrap();
    assert_eq!(found, best);
}

/// A programme on which the steepest rule goes round in circles without a rule against it (Beale 1955).
#[test]
fn it_does_not_go_round_in_circles() {
    let quarter = |n: i64| rational(n, 4);
    let row = |c: [BigRational; 4], bound: i64| Half {
        coefficients: c.to_vec(),
        bound: whole(bound),
    };
    let zero = BigRational::zero;
    let mut rows = vec![
        row([quarter(1), whole(-8), whole(-1), whole(9)], 0),
        row([rational(1, 2), whole(-12), rational(-1, 2), whole(3)], 0),
        row([zero(), zero(), whole(1), zero()], 1),
    ];
    for place in 0..4 {
        let mut normal = [zero(), zero(), zero(), zero()];
        normal[place] = whole(-1);
        rows.push(row(normal, 0));
    }
    let goal = [quarter(3), whole(-20), rational(1, 2), whole(-6)];
    let Largest::At { value, .. } = Programme::new(4, rows).unwrap().largest(&goal) else {
        panic!("bounded")
    };
    assert_eq!(value, rational(5, 4));
}

/// A direction that nothing bounds has no largest value; one that is bounded beside it has.
#[test]
fn what_has_no_end_is_said_to_have_none() {
    let rows = vec![half(&[1, 0], 2), half(&[-1, 0], 0)];
    let mut programme = Programme::new(2, rows).unwrap();
    assert_eq!(programme.largest(&[whole(0), whole(1)]), Largest::Unbounded);
    let Largest::At { value, .. } = programme.largest(&[whole(1), whole(0)]) else {
        panic!("bounded")
    };
    assert_eq!(value, whole(2));
    assert!(!value.is_negative());
}
