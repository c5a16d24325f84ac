//! The frontier without enumeration against the frontier by enumeration.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::bargain::{DealSpace, coupled, frontier, permitted};
use detente_analysis::{Budget, Stop};
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

    #[test]
    fn the_engine_by_blocks_agrees_and_lists_the_same_packages(space in naive::space(1..4, 2, 3)) {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let expected = naive::frontier(&space, &voices);
        let found = coupled::frontier(&space, &voices, &Budget::default()).complete();
        let found = found.map_err(|stop| TestCaseError::fail(stop.to_string()))?;
        let worths: Vec<_> = found.points.iter().map(|p| p.worth.clone()).collect();
        prop_assert_eq!(worths, expected.iter().map(|e| e.0.clone()).collect::<Vec<_>>());
        for (place, (_, packages)) in expected.iter().enumerate() {
            prop_assert_eq!(&found.points[place].packages, &packages.len().into());
            prop_assert_eq!(&found.packages(place, usize::MAX), packages);
        }
    }
}

/// A space on which a small budget does not suffice.
#[test]
fn a_search_that_is_stopped_says_so() {
    let space = crate::genius::scenario("own-3p-1e4");
    let mut budget = Budget::default();
    budget.max_work = 10;
    let found = frontier(&space, &[0, 1, 2], &budget);
    assert!(found.value().points.is_empty());
    let stop = found.complete().unwrap_err().to_string();
    assert_eq!(
        stop,
        "stopped at the limit of 10 steps of the search for efficient packages"
    );
    let found = permitted(&space, &budget)
        .complete()
        .unwrap_err()
        .to_string();
    assert_eq!(
        found,
        "stopped at the limit of 10 steps of counting packages"
    );
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    let found = frontier(&space, &[0, 1], &cancelled).complete();
    assert_eq!(found.unwrap_err(), Stop::Cancelled);
    let many = vec![0; 65];
    let found = frontier(&space, &many, &Budget::default())
        .complete()
        .unwrap_err()
        .to_string();
    assert_eq!(found, "stopped at the limit of 64 voices at once");
}

/// Worths far beyond 64 bits.
#[test]
fn large_worths_are_exact() {
    let mut space = crate::genius::scenario("own-3p-1e4");
    let small = frontier(&space, &[0, 1, 2], &Budget::default())
        .complete()
        .unwrap();
    let by = 1_i128 << 80;
    for voice in &mut space.voices {
        voice
            .worth
            .tables
            .iter_mut()
            .flatten()
            .for_each(|worth| *worth *= by);
    }
    let large = frontier(&space, &[0, 1, 2], &Budget::default())
        .complete()
        .unwrap();
    assert_eq!(small.points.len(), large.points.len());
    for (small, large) in small.points.iter().zip(&large.points) {
        let times: Vec<i128> = small.worth.iter().map(|worth| worth * by).collect();
        assert_eq!(large.worth, times);
        assert_eq!(small.packages, large.packages);
    }
}
