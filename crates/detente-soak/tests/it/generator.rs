//! What is drawn.

use detente_soak::features::{FEATURES, features};
use detente_soak::generate::{SHARES, generate};
use detente_soak::literal::Reading;
use detente_soak::{Case, Mixture};
use detente_syntax::print;

fn model(number: u64, mixture: &Mixture) -> Case {
    generate(7, number, mixture).map_err(|r| r.why).unwrap()
}

#[test]
fn every_feature_is_drawn_often() {
    let mut counts = vec![0; FEATURES.len()];
    let mut small = 0;
    for number in 0..1500 {
        let case = model(number, &Mixture::default());
        let states = Reading::new(&case.model).unwrap().states();
        small += u32::from(states <= 64);
        for feature in features(&case, states) {
            counts[feature] += 1;
        }
    }
    for (name, count) in FEATURES.iter().zip(&counts) {
        let least = if *name == "more than 256 states" {
            3
        } else {
            40
        };
        assert!(*count >= least, "{name}: {count} of 1500");
        assert!(*count < 1500, "{name} in every model");
    }
    assert!(small > 1200, "{small}");
}

#[test]
fn a_model_is_the_same_whenever_it_is_drawn() {
    let mixture = Mixture::default();
    let forward: Vec<String> = (0..40).map(|n| model(n, &mixture).text).collect();
    for number in (0..40).rev() {
        assert_eq!(model(number, &mixture).text, forward[number as usize]);
    }
    let mut different = forward.clone();
    different.sort();
    different.dedup();
    assert!(different.len() > 38, "{}", different.len());
    assert_ne!(generate(8, 0, &mixture).unwrap().text, forward[0]);
}

#[test]
fn texts_are_canonical_and_read_as_they_were_written() {
    for number in 0..200 {
        let case = model(number, &Mixture::default());
        assert_eq!(print(&case.document), case.text, "model {number}");
    }
}

#[test]
fn shares_say_how_often() {
    let with = |name: &str, permille: u32| {
        let mut mixture = Mixture::default();
        mixture.set(name, permille).unwrap();
        mixture
    };
    let graphs = |mixture: &Mixture| {
        let cases = (0..60).map(|n| model(n, mixture));
        cases
            .filter(|c| c.model.options.is_empty() && !c.model.states.is_empty())
            .count()
    };
    assert_eq!(graphs(&with("graph-form", 1000)), 60);
    // In the option form every model has an option.
    assert_eq!(graphs(&with("graph-form", 0)), 0);
    let mut mixture = with("consequences", 0);
    mixture.set("graph-form", 0).unwrap();
    assert!((0..60).all(|n| model(n, &mixture).model.consequences.is_empty()));
    assert!(mixture.set("no-such-share", 1).is_err());
    for (share, name, permille, _) in SHARES {
        assert_eq!(Mixture::default().share(share), permille, "{name}");
    }
}
