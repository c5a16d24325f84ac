//! What can be reached and exceeded under strict and other claims, against all vertices.

use detente_analysis::bargain::doubt::{Claim, Form, Region};
use num_rational::BigRational;
use num_traits::Signed;
use proptest::prelude::*;

use super::build::whole;
use super::enumeration::{Row, some, some_with};

fn form(coefficients: &[i64], constant: i64) -> Form {
    Form {
        constant: whole(constant),
        coefficients: coefficients.iter().map(|c| whole(*c)).collect(),
    }
}

fn row(form: &Form, strict: bool) -> Row {
    Row {
        coefficients: form.coefficients.clone(),
        constant: form.constant.clone(),
        strict,
    }
}

fn holds(claim: &Claim<usize>, point: &[BigRational]) -> bool {
    let value = claim.form.at(point);
    value.is_positive() || !claim.strict && !value.is_negative()
}

fn cube(dimensions: usize) -> Vec<(Form, bool)> {
    let mut claims = Vec::new();
    for place in 0..dimensions {
        for sign in [1, -1] {
            let mut normal = vec![0; dimensions];
            normal[place] = sign;
            claims.push((form(&normal, 2), false));
        }
    }
    claims
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_reached_and_exceeded_is_exact(
        dimensions in 1_usize..=3,
        cuts in prop::collection::vec((prop::collection::vec(-2_i64..=2, 3), -2_i64..=2, any::<bool>()), 0..4),
        asked in prop::collection::vec((prop::collection::vec(-2_i64..=2, 3), -4_i64..=4), 1..6),
    ) {
        let mut all = cube(dimensions);
        all.extend(cuts.iter().map(|(c, b, strict)| (form(&c[..dimensions], *b), *strict)));
        let claims: Vec<Claim<usize>> = all
            .iter()
            .enumerate()
            .map(|(source, (form, strict))| Claim { form: form.clone(), strict: *strict, source })
            .collect();
        let rows: Vec<Row> = all.iter().map(|(f, strict)| row(f, *strict)).collect();
        match Region::new(dimensions, &claims) {
            Err(places) => {
                prop_assert!(!some(dimensions, &rows));
                let left: Vec<_> = places.iter().map(|p| claims[*p].clone()).collect();
                prop_assert!(Region::new(dimensions, &left).is_err());
            }
            Ok(mut region) => {
                prop_assert!(some(dimensions, &rows));
                prop_assert!(claims.iter().all(|c| holds(c, region.inner())));
                for (normal, constant) in asked {
                    let asked = form(&normal[..dimensions], constant);
                    let reached = region.reaching(&asked);
                    prop_assert_eq!(reached.is_some(), some_with(dimensions, &rows, row(&asked, false)));
                    if let Some(point) = reached {
                        prop_assert!(claims.iter().all(|c| holds(c, &point)));
                        prop_assert!(!asked.at(&point).is_negative());
                    }
                    let exceeded = region.exceeding(&asked);
                    prop_assert_eq!(exceeded.is_some(), some_with(dimensions, &rows, row(&asked, true)));
                    if let Some(point) = exceeded {
                        prop_assert!(claims.iter().all(|c| holds(c, &point)));
                        prop_assert!(asked.at(&point).is_positive());
                    }
                }
            }
        }
    }
}

/// What lies just at a border belongs to it or not, as the claim says.
#[test]
fn a_tie_is_a_tie() {
    let claims = |strict| {
        let mut claims = vec![
            Claim {
                form: form(&[1], 0),
                strict: false,
                source: 0,
            },
            Claim {
                form: form(&[-3], 1),
                strict: false,
                source: 1,
            },
        ];
        claims[1].strict = strict;
        claims
    };
    // x <= 1/3: is 3 x - 1 >= 0 for some x?
    let asked = form(&[3], -1);
    let mut closed = Region::new(1, &claims(false)).unwrap();
    assert!(closed.reaching(&asked).is_some());
    assert!(closed.exceeding(&asked).is_none());
    let mut open = Region::new(1, &claims(true)).unwrap();
    assert!(open.reaching(&asked).is_none());
}
