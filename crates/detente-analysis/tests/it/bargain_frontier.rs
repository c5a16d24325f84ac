//! The frontier without enumeration against the frontier by enumeration.

use detente_analysis::Budget;
use detente_analysis::bargain::{DealSpace, frontier};
use proptest::prelude::*;

use crate::bargain_naive as naive;

/// The engine must find the same worths, the same number of packages for each, and the same packages.
fn agrees(space: &DealSpace, voices: &[usize]) -> Result<(), TestCaseError> {
    let expected = naive::frontier(space, voices);
    let found = frontier(space, voices, &Budget::default()).complete();
    let found = found.map_err(|stop| TestCaseError::fail(stop.to_string()))?;
    let worths: Vec<_> = found.points.iter().map(|p| p.worth.clone()).collect();
    prop_assert_eq!(
        worths,
        expected.iter().map(|e| e.0.clone()).collect::<Vec<_>>()
    );
    for (place, (worth, packages)) in expected.iter().enumerate() {
        prop_assert_eq!(&found.points[place].packages, &packages.len().into());
        prop_assert_eq!(&found.packages(place, usize::MAX), packages);
        let few = packages.len().min(2);
        prop_assert_eq!(&found.packages(place, 2), &packages[..few].to_vec());
        prop_assert_eq!(found.find(worth), Some(place));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn additive_spaces_agree_with_enumeration(space in naive::space(1..6, 0, 0)) {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        agrees(&space, &voices)?;
    }

    #[test]
    fn spaces_with_rules_agree_with_enumeration(space in naive::space(1..6, 3, 0)) {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        agrees(&space, &voices)?;
    }

    #[test]
    fn spaces_with_rules_and_terms_agree_with_enumeration(space in naive::space(1..5, 2, 3)) {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        agrees(&space, &voices)?;
    }

    #[test]
    fn some_of_the_voices_in_any_order(space in naive::space(1..5, 1, 1)) {
        let mut voices: Vec<usize> = (0..space.voices.len()).rev().collect();
        agrees(&space, &[])?;
        agrees(&space, &voices[..1])?;
        voices.push(0);
        agrees(&space, &voices)?;
    }
}
