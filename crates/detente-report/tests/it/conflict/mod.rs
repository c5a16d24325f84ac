//! Pictures of the conflict: no text covers another or leaves the paper, whatever the findings; what is found is drawn.

#[path = "../../../src/picture/check.rs"]
mod check;
mod made;
mod seen;

use std::collections::BTreeSet;

use detente_report::dossier::Dossier;
use detente_report::picture::{self, Asked, Picture};
use proptest::prelude::*;

use self::made::{Shape, made};
use self::seen::Seen;

/// In pictures of the conflict every text says how wide it is.
mod metrics {
    pub(super) fn width(says: &str, _: u32) -> f64 {
        panic!("`{says}` does not say how wide it is")
    }
}

const KINDS: [&str; 3] = ["graph", "options", "preferences"];

fn drawn(kind: &str, dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let kind = picture::kind(kind).expect("a kind of picture");
    (kind.draw)(dossier, asked)
}

/// All that must be true of every picture.
fn examined(dossier: &Dossier, asked: &Asked) {
    let json = serde_json::to_value(dossier).expect("findings as JSON");
    for kind in KINDS {
        let Some(found) = drawn(kind, dossier, asked) else {
            continue;
        };
        assert_eq!(found.kind, kind);
        assert_eq!(drawn(kind, dossier, asked), Some(found.clone()));
        let seen = Seen::new(&found.svg);
        let faults = seen.faults(&json);
        assert!(faults.is_empty(), "{kind}: {}", faults.join("\n"));
        assert!(!found.says.is_empty());
    }
}

fn every() -> Asked {
    Asked {
        every_state: true,
        ..Asked::default()
    }
}

/// The improvements of the findings: who moves, from, to.
fn improvements(dossier: &Dossier) -> BTreeSet<(String, u32, u32)> {
    let each = dossier.moves.as_ref().and_then(|m| m.each.as_ref());
    let each = each.expect("moves").iter().filter(|m| m.improves);
    each.map(|m| (m.party.clone(), m.from, m.to)).collect()
}

/// The equilibria that are to be marked.
fn held(dossier: &Dossier) -> BTreeSet<u32> {
    let analysis = dossier.analysis.as_ref().expect("an analysis");
    analysis.equilibria[&analysis.settings.main]
        .iter()
        .copied()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pictures_of_few_states_are_sound(seed in any::<u64>()) {
        let dossier = made(seed, Shape::few(seed));
        examined(&dossier, &Asked::default());
    }

    #[test]
    fn every_improvement_and_equilibrium_is_drawn(seed in any::<u64>()) {
        let dossier = made(seed, Shape::few(seed));
        let found = drawn("graph", &dossier, &Asked::default()).expect("a graph");
        let seen = Seen::new(&found.svg);
        prop_assert_eq!(seen.improvements(), improvements(&dossier));
        prop_assert_eq!(seen.marked(), held(&dossier));
        for kind in ["options", "preferences"] {
            if let Some(found) = drawn(kind, &dossier, &Asked::default()) {
                prop_assert_eq!(Seen::new(&found.svg).marked(), held(&dossier), "{}", kind);
            }
        }
    }

    #[test]
    fn every_state_is_in_the_pictures_of_few(seed in any::<u64>()) {
        let dossier = made(seed, Shape::few(seed));
        let states = &dossier.analysis.as_ref().expect("an analysis").states;
        let all: BTreeSet<u32> = states.iter().map(|s| s.id).collect();
        for kind in KINDS {
            if let Some(found) = drawn(kind, &dossier, &Asked::default()) {
                prop_assert_eq!(Seen::new(&found.svg).numbered(), all.clone(), "{}", kind);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pictures_of_many_states_are_sound(seed in any::<u64>()) {
        let dossier = made(seed, Shape::many(seed));
        examined(&dossier, &Asked::default());
        let marked = held(&dossier);
        if let Some(found) = drawn("options", &dossier, &Asked::default()) {
            prop_assert_eq!(Seen::new(&found.svg).marked(), marked);
        }
    }

    #[test]
    fn up_to_four_hundred_states_can_be_drawn_one_by_one(seed in any::<u64>()) {
        let dossier = made(seed, Shape { states: 81 + (seed % 320) as usize, options: 9, ..Shape::few(seed) });
        examined(&dossier, &every());
        let found = drawn("graph", &dossier, &every()).expect("a graph");
        prop_assert_eq!(Seen::new(&found.svg).improvements(), improvements(&dossier));
    }
}

/// Long numbers make broad columns; all states have one all the same.
#[test]
fn eighty_states_with_long_numbers_have_a_column_each() {
    let shape = Shape {
        states: picture::MOST_STATES,
        options: 7,
        ..Shape::few(3_013_145_315_485_004_967)
    };
    let dossier = made(3_013_145_315_485_004_967, shape);
    let states = &dossier.analysis.as_ref().expect("an analysis").states;
    let all: BTreeSet<u32> = states.iter().map(|s| s.id).collect();
    let found = drawn("options", &dossier, &Asked::default()).expect("a table");
    assert_eq!(Seen::new(&found.svg).numbered(), all);
}

/// On a full circle numbers that have no room in the marks stand with the names.
#[test]
fn a_full_circle_of_equilibria_is_legible() {
    let seed = 10_942_291_473_886_858_897;
    for states in [24, 48, 81, 90, 100] {
        let shape = Shape {
            states,
            options: 9,
            ..Shape::few(seed)
        };
        let mut dossier = made(seed, shape);
        examined(&dossier, &every());
        if let Some(analysis) = &mut dossier.analysis {
            let all: Vec<u32> = analysis.states.iter().map(|s| s.id).collect();
            let main = analysis.settings.main.clone();
            analysis.equilibria.insert(main, all);
        }
        examined(&dossier, &every());
    }
}

#[test]
fn one_state_without_anything_is_drawn() {
    let shape = Shape {
        states: 1,
        parties: 1,
        options: 0,
        classes: 0,
        start: false,
        hostile: false,
    };
    let dossier = made(1, shape);
    examined(&dossier, &Asked::default());
    assert!(drawn("graph", &dossier, &Asked::default()).is_some());
    assert!(drawn("options", &dossier, &Asked::default()).is_none());
}

#[test]
fn without_its_parts_there_is_no_picture() {
    for kind in KINDS {
        assert_eq!(drawn(kind, &Dossier::default(), &Asked::default()), None);
    }
    assert_eq!(picture::dot(&Dossier::default(), &Asked::default()), None);
    let mut dossier = made(5, Shape::few(5));
    dossier.moves = None;
    assert_eq!(drawn("graph", &dossier, &Asked::default()), None);
    assert!(drawn("preferences", &dossier, &Asked::default()).is_some());
}

#[test]
fn dot_names_every_state_and_quotes_what_names_contain() {
    let mut dossier = made(
        3,
        Shape {
            states: 10,
            hostile: false,
            ..Shape::few(3)
        },
    );
    let analysis = dossier.analysis.as_mut().expect("an analysis");
    analysis.states[0].title = Some("a \"quoted\" \\ name\nof two lines".to_owned());
    let dot = picture::dot(&dossier, &Asked::default()).expect("a graph");
    let states = &dossier.analysis.as_ref().expect("an analysis").states;
    for state in states {
        assert!(dot.contains(&format!("s{} [label=", state.id)), "{dot}");
    }
    assert!(
        dot.contains("a \\\"quoted\\\" \\\\ name\\nof two lines"),
        "{dot}"
    );
    let bold = dot.lines().filter(|l| l.contains("penwidth=2.2"));
    assert_eq!(bold.count(), improvements(&dossier).len());
}

#[test]
fn only_the_class_and_the_parties_that_are_asked_for_are_drawn() {
    let dossier = made(
        11,
        Shape {
            states: 24,
            parties: 3,
            options: 5,
            classes: 3,
            start: true,
            hostile: false,
        },
    );
    let analysis = dossier.analysis.as_ref().expect("an analysis");
    let class = analysis.classes[1].name.clone().expect("a name");
    let asked = Asked {
        class: Some(class.clone()),
        ..Asked::default()
    };
    let found = drawn("options", &dossier, &asked).expect("a table");
    let wanted = analysis
        .states
        .iter()
        .filter(|s| s.classes.contains(&class));
    let wanted: BTreeSet<u32> = wanted.map(|s| s.id).collect();
    assert_eq!(Seen::new(&found.svg).numbered(), wanted);
    let asked = Asked {
        parties: vec![analysis.parties[1].name.clone()],
        ..Asked::default()
    };
    let found = drawn("preferences", &dossier, &asked).expect("a ladder");
    assert!(found.svg.contains("/ranks/P1"));
    assert!(!found.svg.contains("/ranks/P0") && !found.svg.contains("/ranks/P2"));
}
