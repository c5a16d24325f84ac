//! What parties perceive: the founding case and Syria and Iraq by name, with results from outside.

use std::collections::BTreeMap;

use detente::analysis::hypergame::{
    Hypergame, Judged, Likeness, Misheard, Request, Sights, corrections, distance, misheard,
    moves_deleted, study,
};
use detente::analysis::inverse::Change;
use detente::analysis::{Budget, Concept, Outcome, StateId, StateSet};
use detente::model::{Model, PartyId};
use serde::Deserialize;

use crate::harness::{On, case, document, on};
use crate::terms::{DPRK_SENSE, US_SENSE, by_hand, plain};

const HANOI: &str = "diplomacy/us-dprk-2019/hanoi";
const SYRIA: &str = "water/syria-iraq-1975/syria_iraq";
const CONCEPTS: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];
const FIRST: PartyId = PartyId(0);
const SECOND: PartyId = PartyId(1);

fn with<R>(
    text: &str,
    variants: &[&str],
    concept: Concept,
    use_it: impl FnOnce(&Hypergame<'_>, &Judged) -> R,
) -> R {
    let sights = Sights::new(&document(text, variants)).unwrap();
    let budget = Budget::default();
    let hypergame = Hypergame::new(&sights, &budget).unwrap();
    let parties = sights.truth().parties.len();
    let judgements = vec![vec![concept; parties]; sights.models().len()];
    let judged = hypergame.judge(&judgements, &budget).unwrap();
    use_it(&hypergame, &judged)
}

/// The names of states, in their order.
fn named<'g>(hypergame: &'g Hypergame<'_>, states: &StateSet) -> Vec<&'g str> {
    let truth = hypergame.truth();
    let name = |s: StateId| {
        let place = truth.named(s).unwrap();
        truth.model.states[place].name.as_str()
    };
    states.iter().map(name).collect()
}

#[derive(Deserialize)]
struct Hanoi {
    options: Vec<(String, String)>,
    variants: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    equilibria: BTreeMap<String, Vec<Vec<String>>>,
}

/// The equilibria of a variant, as sets of options that are on.
fn from_outside(variant: &str, concept: Concept) -> Vec<On> {
    let hanoi: Hanoi = serde_json::from_str(include_str!("../data/hanoi.json")).unwrap();
    let full = |short: &String| -> String {
        let (party, option) = hanoi.options.iter().find(|(_, o)| o == short).unwrap();
        format!("{party}.{option}")
    };
    let row = hanoi.variants.iter().find(|v| v.name == variant).unwrap();
    let mut sets: Vec<On> = row.equilibria[&concept.id()]
        .iter()
        .map(|s| s.iter().map(full).collect())
        .collect();
    sets.sort();
    sets
}

#[test]
fn each_side_of_hanoi_sees_its_own_deal() {
    for concept in CONCEPTS {
        with(case(HANOI), &[], concept, |hypergame, judged| {
            let sets = |states: &StateSet| {
                let mut sets: Vec<On> = states.iter().map(|s| on(hypergame.truth(), s)).collect();
                sets.sort();
                sets
            };
            assert_eq!(sets(&judged.equilibria[0]), from_outside("A", concept));
            assert_eq!(
                sets(&judged.expected[0]),
                from_outside("H1_US_view", concept)
            );
            assert_eq!(
                sets(&judged.expected[1]),
                from_outside("H2_DPRK_view", concept)
            );
            assert_eq!(sets(&judged.hypergame), from_outside("A", concept));
        });
    }
    with(case(HANOI), &[], Concept::Seq, |hypergame, judged| {
        assert_eq!(named(hypergame, &judged.equilibria[0]), ["none"]);
        assert_eq!(named(hypergame, &judged.expected[0]), ["none", "big"]);
        assert_eq!(named(hypergame, &judged.expected[1]), ["none", "small"]);
        assert_eq!(named(hypergame, &judged.hypergame), ["none"]);
        let standings = judged.standings(hypergame);
        assert!(standings.iter().all(|s| s.steady && s.stealthy));
        for (viewer, other) in [(FIRST, SECOND), (SECOND, FIRST)] {
            assert_eq!(distance(hypergame, viewer, other).opposite, 1);
            assert!(distance(hypergame, viewer, viewer).is_none());
        }
    });
}

#[test]
fn variants_of_hanoi_change_the_truth_under_the_beliefs() {
    let variants: [(&[&str], &str); 6] = [
        (&[], "A"),
        (&["b"], "B"),
        (&["c"], "C"),
        (&["d"], "D"),
        (&["e"], "E"),
        (&["both"], "both_beliefs_true"),
    ];
    for (names, row) in variants {
        for concept in CONCEPTS {
            with(case(HANOI), names, concept, |hypergame, judged| {
                let truth = judged.equilibria[0].iter();
                let mut sets: Vec<On> = truth.map(|s| on(hypergame.truth(), s)).collect();
                sets.sort();
                assert_eq!(sets, from_outside(row, concept), "{row} {concept}");
            });
        }
    }
    // When both beliefs are true, each side sees the conflict as it is, and both deals hold.
    with(case(HANOI), &["both"], Concept::Seq, |hypergame, judged| {
        assert_eq!(hypergame.games.len(), 1);
        for party in [FIRST, SECOND] {
            assert_eq!(
                named(hypergame, &judged.expected[party.index()]),
                ["none", "small", "big"]
            );
            for of in [FIRST, SECOND] {
                assert!(distance(hypergame, party, of).is_none());
            }
        }
        assert_eq!(
            named(hypergame, &judged.hypergame),
            ["none", "small", "big"]
        );
    });
}

/// Whose wish it is, for which state, and each plan's price with how it compares with the belief.
type Told = (PartyId, String, Vec<(u64, Likeness)>);

#[test]
fn hanoi_surprises_corrections_and_wishes() {
    let text = document(case(HANOI), &[]);
    with(case(HANOI), &[], Concept::Seq, |hypergame, judged| {
        let by = |_: &Model| Some(vec![Concept::Seq; 2]);
        let request = Request {
            eyes: vec![FIRST, SECOND],
            states: Vec::new(),
        };
        let outcome = study(&text, hypergame, judged, &by, &request, &Budget::default()).unwrap();
        let Outcome::Complete(found) = outcome else {
            panic!("stopped");
        };
        let name = |s: StateId| {
            let mut one = StateSet::empty(hypergame.universe.len());
            one.insert(s);
            named(hypergame, &one)[0].to_owned()
        };
        let surprises: Vec<(PartyId, PartyId, String, usize, Vec<String>)> = found
            .surprises
            .iter()
            .map(|s| {
                let moves = s.happens.as_ref().unwrap().iter();
                let moves = moves.map(|t| name(*t)).collect();
                (s.viewer, s.by, name(s.at), s.expected.len(), moves)
            })
            .collect();
        // DPRK leaves the big deal for what it likes best, the US the small one.
        assert_eq!(surprises.len(), 2);
        assert_eq!(surprises[0].0, FIRST);
        assert_eq!((surprises[0].2.as_str(), surprises[0].3), ("big", 0));
        assert_eq!(surprises[1].0, SECOND);
        assert_eq!((surprises[1].2.as_str(), surprises[1].3), ("small", 0));
        assert_eq!(surprises[1].4, ["yong"]);
        let results: Vec<_> = found
            .corrections
            .all
            .iter()
            .map(|c| (c.path.clone(), c.result.clone().unwrap()))
            .collect();
        assert_eq!(results.len(), 2);
        assert_eq!(results[0].0, ["US"]);
        assert_eq!(named(hypergame, &results[0].1.expected[0]), ["none"]);
        assert_eq!(
            named(hypergame, &results[0].1.expected[1]),
            ["none", "small"]
        );
        assert_eq!(results[1].0, ["DPRK"]);
        assert_eq!(named(hypergame, &results[1].1.expected[0]), ["none", "big"]);
        assert_eq!(named(hypergame, &results[1].1.expected[1]), ["none"]);
        // Each belief is the one cheapest change that would make the deal hold.
        let wishes: Vec<Told> = found
            .wishes
            .all
            .iter()
            .map(|w| {
                let plans = w.plans.iter().map(|(p, likeness)| (p.price, *likeness));
                (w.viewer, name(w.states[0]), plans.collect())
            })
            .collect();
        assert_eq!(
            wishes,
            [
                (FIRST, "big".to_owned(), vec![(1, Likeness::Same)]),
                (SECOND, "small".to_owned(), vec![(1, Likeness::Same)])
            ]
        );
    });
}

/// For each concept and party, the states that are stable for it.
type Stable = [(Concept, [&'static [&'static str]; 2]); 5];

/// Tables of the two subjective games, computed by an independent reference implementation.
const IN_THE_EYES_OF_SYRIA: Stable = [
    (Concept::Nash, [&["1", "6"], &["4", "6"]]),
    (Concept::Gmr, [&["1", "3", "6"], &["4", "6"]]),
    (Concept::Smr, [&["1", "3", "6"], &["4", "6"]]),
    (Concept::Seq, [&["1", "3", "6"], &["4", "6"]]),
    (Concept::Sseq, [&["1", "3", "6"], &["4", "6"]]),
];
const IN_THE_EYES_OF_IRAQ: Stable = [
    (Concept::Nash, [&["3", "6"], &["2", "6"]]),
    (Concept::Gmr, [&["3", "6"], &["2", "5", "6"]]),
    (Concept::Smr, [&["3", "6"], &["2", "6"]]),
    (Concept::Seq, [&["3", "6"], &["2", "5", "6"]]),
    (Concept::Sseq, [&["3", "6"], &["2", "6"]]),
];

#[test]
fn syria_and_iraq_do_not_see_the_same_states() {
    for (viewer, table) in [(FIRST, IN_THE_EYES_OF_SYRIA), (SECOND, IN_THE_EYES_OF_IRAQ)] {
        for (concept, stable) in table {
            with(case(SYRIA), &[], concept, |hypergame, judged| {
                let game = hypergame.sights.seen_by(viewer);
                for (party, expected) in stable.iter().enumerate() {
                    let found = named(hypergame, &judged.stable[game][party]);
                    assert_eq!(found, *expected, "{viewer:?} {concept} {party}");
                }
                assert_eq!(named(hypergame, &judged.equilibria[game]), ["6"]);
                assert_eq!(named(hypergame, &judged.hypergame), ["6"], "{concept}");
            });
        }
    }
    // A run of GMCR+ of its own example file gives these for all of its concepts.
    for concept in [
        Concept::Nash,
        Concept::Gmr,
        Concept::Smr,
        Concept::Seq,
        Concept::SimOneSided,
    ] {
        with(case(SYRIA), &[], concept, |hypergame, judged| {
            let by = &judged.judgements[0];
            let found = moves_deleted(hypergame, by, &Budget::default()).unwrap();
            assert_eq!(named(hypergame, &found), ["1", "2", "6"], "{concept}");
        });
    }
}

#[test]
fn the_misperceived_example_of_gmcr_is_the_same_case() {
    let file = include_str!("../../../detente-model/tests/data/gmcr/syria-iraq-misperception.gmcr");
    let imported = detente::model::gmcr::import(file).unwrap().document;
    let text = detente::syntax::print(&imported);
    with(&text, &[], Concept::Seq, |hypergame, judged| {
        let ids =
            |set: &StateSet| -> Vec<u32> { set.iter().map(|s| hypergame.truth().id(s)).collect() };
        assert_eq!(ids(&judged.hypergame), [6]);
        let by = &judged.judgements[0];
        let found = moves_deleted(hypergame, by, &Budget::default()).unwrap();
        assert_eq!(ids(&found), [1, 2, 6]);
    });
}

#[test]
fn north_korea_expected_the_small_deal_of_january() {
    let january = case("diplomacy/us-dprk-2019/january");
    with(january, &[], Concept::Seq, |hypergame, judged| {
        let mut eyes = judged.expected[1].iter();
        let class = |s: StateId| {
            let truth = hypergame.truth();
            truth.model.classes[truth.headline(s).unwrap()].name.clone()
        };
        assert!(eyes.any(|s| class(s) == "small deal"));
        let mut truth = judged.equilibria[0].iter();
        assert!(!truth.any(|s| class(s) == "small deal"));
        // What it sees is the variant in which the hinge is dropped.
        let flex = document(january, &["flex"]);
        let sights = Sights::new(&flex).unwrap();
        let budget = Budget::default();
        let true_game = Hypergame::new(&sights, &budget).unwrap();
        assert_eq!(true_game.games.len(), 1);
        let judged_flex = true_game
            .judge(&vec![vec![Concept::Seq; 3]; true_game.games.len()], &budget)
            .unwrap();
        let game = hypergame.sights.seen_by(SECOND);
        assert_eq!(judged.equilibria[game], judged_flex.equilibria[0]);
    });
}

const READINGS: &str = "diplomacy/us-dprk-2019/readings";

fn ids(hypergame: &Hypergame<'_>, states: &StateSet) -> Vec<u32> {
    states.iter().map(|s| hypergame.truth().id(s)).collect()
}

#[test]
fn readings_that_are_not_known_make_a_hypergame() {
    // The uses of the term written out by hand, in the sense in which each side hears them.
    let truth = plain(&by_hand(US_SENSE, DPRK_SENSE));
    let us = plain(&by_hand(US_SENSE, US_SENSE));
    let dprk = plain(&by_hand(DPRK_SENSE, DPRK_SENSE));
    for (place, concept) in CONCEPTS.into_iter().enumerate() {
        let expected: [(&[&str], &Vec<u32>, &Vec<u32>); 3] = [
            (&[], &us[place], &dprk[place]),
            (&["told"], &truth[place], &dprk[place]),
            (&["open"], &truth[place], &truth[place]),
        ];
        for (variants, first, second) in expected {
            with(case(READINGS), variants, concept, |hypergame, judged| {
                assert_eq!(&ids(hypergame, &judged.equilibria[0]), &truth[place]);
                assert_eq!(&ids(hypergame, &judged.expected[0]), first, "{variants:?}");
                assert_eq!(&ids(hypergame, &judged.expected[1]), second, "{variants:?}");
            });
        }
    }
    // Computed independently.
    with(case(READINGS), &[], Concept::Seq, |hypergame, judged| {
        assert_eq!(ids(hypergame, &judged.equilibria[0]), [1, 12]);
        assert_eq!(ids(hypergame, &judged.expected[0]), [1, 10]);
        assert_eq!(ids(hypergame, &judged.expected[1]), [1, 8, 12]);
        assert_eq!(ids(hypergame, &judged.hypergame), [1]);
    });
    with(case(READINGS), &["open"], Concept::Seq, |hypergame, _| {
        assert_eq!(hypergame.games.len(), 1);
    });
}

#[test]
fn telling_a_reading_corrects_one_belief() {
    let one = |viewer, by| Misheard {
        viewer,
        by,
        term: 0,
    };
    let of = |variants: &[&str]| misheard(&document(case(READINGS), variants));
    assert_eq!(of(&[]), [one(FIRST, SECOND), one(SECOND, FIRST)]);
    assert_eq!(of(&["told"]), [one(SECOND, FIRST)]);
    assert_eq!(of(&["open"]), []);
    // A term that nobody's wants turn on deceives nobody.
    let january = document(case("diplomacy/us-dprk-2019/january"), &[]);
    assert_eq!(misheard(&january), []);
    let sights = Sights::new(&january).unwrap();
    assert!(!sights.is_mistaken(FIRST));
    assert!(sights.is_mistaken(SECOND));
    let meant = document(case("diplomacy/us-dprk-2019/january"), &["meant"]);
    assert_eq!(misheard(&meant), [one(FIRST, SECOND), one(SECOND, FIRST)]);

    let by = |_: &Model| Some(vec![Concept::Seq; 2]);
    let readings = document(case(READINGS), &[]);
    let found = corrections(&readings, &by, &Budget::default());
    let found = found.complete().unwrap().all;
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].path, ["US"]);
    assert_eq!(found[0].reading, Some(one(FIRST, SECOND)));
    assert_eq!(found[1].reading, Some(one(SECOND, FIRST)));
    // To tell it is what the variant does.
    with(case(READINGS), &["told"], Concept::Seq, |_, told| {
        let result = found[0].result.as_ref().unwrap();
        let states = |set: &StateSet| -> Vec<StateId> { set.iter().collect() };
        assert_eq!(states(&result.hypergame), states(&told.hypergame));
        for (then, told) in result.expected.iter().zip(&told.expected) {
            assert_eq!(states(then), states(told));
        }
    });
    // Together with a view, the view as a whole takes the readings along.
    let viewed = format!(
        "{}in the eyes of US {{ DPRK prefers {{ US.relief and term denuclearised; not declare; US.relief }} }}\n",
        case(READINGS)
    );
    let found = corrections(&document(&viewed, &[]), &by, &Budget::default());
    let found = found.complete().unwrap().all;
    let kinds: Vec<(&str, bool, bool)> = found
        .iter()
        .map(|c| (&*c.path[0], c.belief.is_some(), c.reading.is_some()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("US", true, false),
            ("US", false, true),
            ("US", false, false),
            ("DPRK", false, true)
        ]
    );
    with(case(READINGS), &["told"], Concept::Seq, |_, told| {
        let whole = found[2].result.as_ref().unwrap();
        assert!(whole.hypergame.iter().eq(told.hypergame.iter()));
        assert!(whole.expected[0].iter().eq(told.expected[0].iter()));
    });
}

#[test]
fn what_would_have_to_be_true_in_january_is_the_hinge_dropped() {
    let january = case("diplomacy/us-dprk-2019/january");
    let text = document(january, &[]);
    with(january, &[], Concept::Seq, |hypergame, judged| {
        let by = |_: &Model| Some(vec![Concept::Seq; 3]);
        let request = Request {
            eyes: vec![SECOND],
            states: Vec::new(),
        };
        let found = study(&text, hypergame, judged, &by, &request, &Budget::default()).unwrap();
        let wishes = found.complete().unwrap().wishes.all;
        let [wish] = wishes.as_slice() else {
            panic!("{wishes:?}")
        };
        assert!(wish.plans.iter().all(|(plan, _)| plan.price == 1));
        let same: Vec<_> = wish
            .plans
            .iter()
            .filter(|(_, likeness)| *likeness == Likeness::Same)
            .collect();
        let [(plan, _)] = same.as_slice() else {
            panic!("{:?}", wish.plans)
        };
        let [Change::Statements { party, list, .. }] = plan.changes.as_slice() else {
            panic!("{plan:?}")
        };
        assert_eq!(*party, FIRST);
        // Nothing else is changed than by the variant in which the hinge is dropped.
        let flex = crate::harness::model(&document(january, &["flex"]));
        let detente::model::model::Preferences::Statements(dropped) = &flex.parties[0].preferences
        else {
            panic!()
        };
        assert!(
            list.iter()
                .map(|s| &s.condition)
                .eq(dropped.iter().map(|s| &s.condition))
        );
    });
}
