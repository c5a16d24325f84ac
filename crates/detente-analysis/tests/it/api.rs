//! Names, refusals, limits, and what callers may get wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use detente_analysis::coalition::joint_improvements;
use detente_analysis::status_quo::{EvolutionRule, evolve};
use detente_analysis::{
    Budget, Concept, ConceptError, Conflict, Graph, Outcome, Reach, SequenceRule, Settings,
    StateId, StateSet, StepRule, Stop, Superposition, analyze, concepts, explain, mixed_equilibria,
};
use detente_model::PartyId;

use crate::model::{Case, Direction, Options};
use crate::published::{named, numbers};

#[test]
fn names_are_read_as_they_are_written() {
    let all = [
        (Concept::Nash, "nash"),
        (Concept::Gmr, "gmr"),
        (Concept::Smr, "smr"),
        (Concept::Seq, "seq"),
        (Concept::Sseq, "sseq"),
        (Concept::BestResponseSeq, "best_response_seq"),
        (Concept::Sim, "sim"),
        (Concept::SimOneSided, "sim_one_sided"),
        (Concept::LimitedMove(1), "l1"),
        (Concept::LimitedMove(12), "l12"),
        (Concept::NonMyopic, "non_myopic"),
        (Concept::Stackelberg(PartyId(0)), "stackelberg_0"),
        (Concept::Stackelberg(PartyId(3)), "stackelberg_3"),
    ];
    for (concept, id) in all {
        assert_eq!(concept.id(), id);
        assert_eq!(concept.to_string(), id);
        assert_eq!(id.parse(), Ok(concept));
    }
    for text in [
        "",
        "NASH",
        "l",
        "l0",
        "l01",
        "l-1",
        "l+1",
        "l99999999999",
        "stackelberg",
        "stackelberg_",
        "stackelberg_00",
        "stackelberg_70000",
        "l<h>",
        "seq ",
        "nesh",
    ] {
        let error = text.parse::<Concept>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("there is no stability concept `{text}`")
        );
        assert!(error.hint().contains("`best_response_seq`"));
    }
}

#[test]
fn a_conflict_with_three_parties_and_ties() {
    let case = Case::by_graph(
        &vec![vec![vec![1], vec![0]]; 3],
        &[vec![0, 1], vec![1, 0], vec![2, 2]],
    );
    let asked = [
        Concept::Seq,
        Concept::NonMyopic,
        Concept::Sim,
        Concept::LimitedMove(0),
        Concept::Stackelberg(PartyId(3)),
        Concept::Seq,
        Concept::NonMyopic,
    ];
    let budget = Budget::default();
    let analysis = analyze(&case.conflict(), &asked, &Settings::default(), &budget)
        .complete()
        .unwrap();
    assert_eq!(analysis.tables.len(), 1);
    assert!(analysis.table(Concept::Seq).is_some() && analysis.table(Concept::Sim).is_none());
    let reasons: Vec<String> = analysis
        .refused
        .iter()
        .map(|r| r.reason.to_string())
        .collect();
    assert_eq!(
        reasons,
        [
            "`non_myopic` is for two parties that can move, but 3 can",
            "`sim` needs a conflict given by options, not by a graph",
            "a horizon of 0 moves says nothing",
            "there is no party 3 among 3 parties",
        ]
    );
    assert!(analysis.refused.iter().all(|r| r.reason.hint().is_some()));
    let error = explain(
        &case.conflict(),
        Concept::NonMyopic,
        &Settings::default(),
        PartyId(0),
        StateId(0),
        &budget,
    );
    assert_eq!(
        error.unwrap_err(),
        ConceptError::NotTwoParties {
            concept: Concept::NonMyopic,
            movers: 3
        }
    );
}

#[test]
fn a_tie_is_named() {
    let case = Case::by_graph(
        &vec![vec![vec![1], vec![2], vec![0], vec![]]; 2],
        &[vec![0, 1, 2, 3], vec![5, 7, 6, 7]],
    );
    let concept = Concept::LimitedMove(2);
    let error = concept.check(&case.conflict()).unwrap_err();
    assert_eq!(
        error,
        ConceptError::Ties {
            concept,
            party: PartyId(1),
            first: StateId(1),
            second: StateId(3)
        }
    );
    assert_eq!(
        error.to_string(),
        "`l2` needs rankings without ties, but party 1 ranks the states 1 and 3 alike"
    );
}

#[test]
fn parties_and_states_that_do_not_exist() {
    let case = named("chicken").build();
    let ask = |p, s| {
        let (settings, budget) = (Settings::default(), Budget::default());
        explain(
            &case.conflict(),
            Concept::Seq,
            &settings,
            PartyId(p),
            StateId(s),
            &budget,
        )
    };
    assert!(ask(1, 3).is_ok());
    assert_eq!(
        ask(2, 0).unwrap_err(),
        ConceptError::NoSuchParty {
            party: PartyId(2),
            parties: 2
        }
    );
    let error = ask(0, 4).unwrap_err();
    assert_eq!(
        error,
        ConceptError::NoSuchState {
            state: StateId(4),
            states: 4
        }
    );
    assert_eq!(error.to_string(), "there is no state 4 among 4 states");
}

#[test]
fn nobody_and_nothing() {
    let graph = Graph::new(0, Vec::new()).unwrap();
    let conflict = Conflict::new(&graph, &[]).unwrap();
    let asked = [
        Concept::Nash,
        Concept::Smr,
        Concept::NonMyopic,
        Concept::LimitedMove(3),
    ];
    let analysis = analyze(&conflict, &asked, &Settings::default(), &Budget::default());
    let analysis = analysis.complete().unwrap();
    assert_eq!(analysis.tables.len(), 4);
    assert!(
        analysis
            .tables
            .iter()
            .all(|t| t.equilibria().is_empty() && t.parties() == 0)
    );

    // One party alone, without and with a superposition.
    let options = Options::new(1, vec![(0, Direction::Both)], |_| true, Vec::new());
    let case = Case::by_options(options, &[vec![0, 1]]);
    let asked = [
        Concept::Seq,
        Concept::Sim,
        Concept::SimOneSided,
        Concept::NonMyopic,
    ];
    let analysis = analyze(
        &case.conflict(),
        &asked,
        &Settings::default(),
        &Budget::default(),
    );
    for table in analysis.complete().unwrap().tables {
        assert_eq!(numbers(&table.equilibria()), [1], "{}", table.concept);
    }
}

#[test]
fn a_concept_for_each_party() {
    let case = named("chicken").build();
    let asked = [Concept::Nash, Concept::Gmr];
    let analysis = analyze(
        &case.conflict(),
        &asked,
        &Settings::default(),
        &Budget::default(),
    )
    .complete();
    let tables = analysis.unwrap().tables;
    let mixed = |a: &[Concept]| mixed_equilibria(&tables, a).map(|set| numbers(&set));
    // The first driver stays at 1 and 2 in the sense of Nash, the second at 0, 1 and 2 in the
    // sense of general metarationality.
    assert_eq!(mixed(&[Concept::Nash, Concept::Gmr]), Some(vec![1, 2]));
    assert_eq!(mixed(&[Concept::Gmr, Concept::Gmr]), Some(vec![0, 1, 2]));
    assert_eq!(mixed(&[Concept::Gmr, Concept::Nash]), Some(vec![1, 2]));
    assert_eq!(mixed(&[Concept::Gmr]), None);
    assert_eq!(mixed(&[Concept::Gmr, Concept::Seq]), None);
    assert_eq!(mixed_equilibria(&[], &[]), None);
}

#[test]
fn a_cancelled_computation_gives_what_it_has() {
    let case = named("elmira-9state").build();
    let flag = Arc::new(AtomicBool::new(true));
    let budget = Budget::default().cancelled_by(Arc::clone(&flag));
    let asked = [Concept::Nash, Concept::Gmr];
    let result = analyze(&case.conflict(), &asked, &Settings::default(), &budget);
    let Outcome::Stopped(analysis, stop) = result else {
        panic!("not stopped")
    };
    assert_eq!(stop, Stop::Cancelled);
    assert!(analysis.tables.is_empty());
    let conflict = case.conflict();
    assert_eq!(
        evolve(&conflict, StateId(0), &EvolutionRule::Moves, &budget).unwrap_err(),
        Stop::Cancelled
    );
    assert_eq!(
        joint_improvements(&conflict, StateId(0), None, &budget).unwrap_err(),
        Stop::Cancelled
    );
    flag.store(false, Ordering::Relaxed);
    let result = analyze(&conflict, &asked, &Settings::default(), &budget).complete();
    assert_eq!(result.unwrap().tables.len(), 2);
}

fn limited(set: impl FnOnce(&mut Budget)) -> Budget {
    let mut budget = Budget::default();
    set(&mut budget);
    budget
}

#[test]
fn limits_stop_what_explodes() {
    // Two parties with two options each: at the first state each has three improvements.
    let options: Vec<(usize, Direction)> = [0, 0, 1, 1].map(|p| (p, Direction::Both)).to_vec();
    let model = Options::new(2, options, |_| true, Vec::new());
    let up: Vec<u32> = (0..16).collect();
    let case = Case::by_options(model, &[up.clone(), up]);
    let conflict = case.conflict();
    let settings = Settings::default();

    let tight = limited(|b| b.max_steps = 3);
    let result = analyze(
        &conflict,
        &[Concept::Nash, Concept::SimOneSided],
        &settings,
        &tight,
    );
    let Outcome::Stopped(analysis, stop) = result else {
        panic!("not stopped")
    };
    let what = "combinations of simultaneous moves";
    assert_eq!(stop, Stop::Limit { what, limit: 3 });
    assert_eq!(analysis.tables.len(), 1);
    let concept = Concept::SimOneSided;
    let error = explain(
        &conflict,
        concept,
        &settings,
        PartyId(0),
        StateId(0),
        &tight,
    )
    .unwrap_err();
    assert_eq!(error, ConceptError::Stopped(Stop::Limit { what, limit: 3 }));

    let far = Concept::LimitedMove(u32::MAX);
    let result = analyze(&conflict, &[far], &settings, &Budget::default());
    assert!(matches!(
        result,
        Outcome::Stopped(
            _,
            Stop::Limit {
                what: "moves looked ahead",
                ..
            }
        )
    ));
    for concept in [far, Concept::NonMyopic] {
        let error = explain(
            &conflict,
            concept,
            &settings,
            PartyId(0),
            StateId(0),
            &tight,
        );
        let stop = Stop::Limit {
            what: "moves looked ahead",
            limit: 0,
        };
        assert_eq!(error.unwrap_err(), ConceptError::Stopped(stop));
    }

    let once = Settings {
        sequences: SequenceRule::EachOnce,
        ..settings
    };
    let tight = limited(|b| b.max_moves = 31);
    let result = analyze(&conflict, &[Concept::Gmr], &once, &tight);
    assert!(matches!(
        result,
        Outcome::Stopped(_, Stop::Limit { limit: 31, .. })
    ));
    let error = explain(
        &conflict,
        Concept::Gmr,
        &once,
        PartyId(0),
        StateId(0),
        &tight,
    );
    assert!(matches!(
        error,
        Err(ConceptError::Stopped(Stop::Limit { limit: 31, .. }))
    ));
    let enough = limited(|b| b.max_moves = 32);
    assert!(
        analyze(&conflict, &[Concept::Gmr], &once, &enough)
            .complete()
            .is_ok()
    );
}

#[test]
fn very_many_parties() {
    // Forty parties, each may switch one state on and off again; movers once each is hopeless.
    let n = 40;
    let lists = |p: u32| {
        (0..=n).map(move |s| {
            if s == 0 {
                vec![p + 1]
            } else if s == p + 1 {
                vec![0]
            } else {
                vec![]
            }
        })
    };
    let moves: Vec<Vec<Vec<u32>>> = (0..n).map(|p| lists(p).collect()).collect();
    let values = vec![(0..=n).collect::<Vec<_>>(); n as usize];
    let case = Case::by_graph(&moves, &values);
    let conflict = case.conflict();
    let asked = [Concept::Gmr, Concept::Seq];
    let analysis = analyze(&conflict, &asked, &Settings::default(), &Budget::default());
    assert_eq!(analysis.complete().unwrap().tables.len(), 2);
    let once = Settings {
        sequences: SequenceRule::EachOnce,
        ..Settings::default()
    };
    let result = analyze(&conflict, &asked, &once, &Budget::default());
    assert!(matches!(result, Outcome::Stopped(_, Stop::Limit { .. })));
    let short = Reach::new(&conflict, case.parties(), StepRule::Moves)
        .with_sequences(SequenceRule::EachOnce)
        .shortest(StateId(0), |s| s == StateId(n));
    assert_eq!(short.unwrap().len(), 1);
}

#[test]
fn sets_of_states() {
    for states in [0, 1, 63, 64, 65, 130] {
        let all = StateSet::all(states);
        assert_eq!(all.len(), states);
        assert_eq!(all.iter().count(), states);
        let mut set = StateSet::empty(states);
        assert!(set.is_empty());
        assert!(!set.insert(StateId(states as u32)) && !set.contains(StateId(states as u32)));
        if states > 1 {
            assert!(set.insert(StateId(1)) && !set.insert(StateId(1)));
            assert!(set.is_subset(&all) && !all.is_subset(&set));
            let mut both = all.clone();
            both.intersect(&set);
            assert_eq!(both, set);
            assert_eq!(format!("{set:?}"), "{1}");
        }
        assert_eq!(all.states(), states);
    }
}

#[test]
fn the_registry_is_whole() {
    let ids: Vec<&str> = concepts().iter().map(|c| c.id).collect();
    assert_eq!(
        ids,
        [
            "nash",
            "gmr",
            "smr",
            "seq",
            "sseq",
            "best_response_seq",
            "sim",
            "sim_one_sided",
            "l<h>",
            "non_myopic",
            "stackelberg_<party>"
        ]
    );
    for c in [
        Concept::LimitedMove(4),
        Concept::Stackelberg(PartyId(1)),
        Concept::Sim,
    ] {
        assert!(concepts().contains(c.info()));
    }
    assert_eq!(Concept::LimitedMove(4).info().id, "l<h>");
    assert!(!Concept::Sim.info().graph_form && Concept::Seq.info().graph_form);
    assert!(!Concept::NonMyopic.info().many_parties && !Concept::NonMyopic.info().ties);
}

/// Everything that happens at the same time comes to nothing.
struct Futile;

impl Superposition for Futile {
    fn combine(&self, from: StateId, _: &[(PartyId, StateId)]) -> Option<StateId> {
        Some(from)
    }
}

/// Leads to a state that does not exist.
struct Astray;

impl Superposition for Astray {
    fn combine(&self, _: StateId, _: &[(PartyId, StateId)]) -> Option<StateId> {
        Some(StateId(77))
    }
}

#[test]
fn coming_back_at_the_same_time_counts_unless_it_is_dropped() {
    let case = Case::by_graph(
        &[vec![vec![1], vec![], vec![]], vec![vec![2], vec![], vec![]]],
        &[vec![0, 1, 0], vec![0, 0, 1]],
    );
    let budget = Budget::default();
    for concept in [Concept::Sim, Concept::SimOneSided] {
        for diagonal in [true, false] {
            let conflict = case.conflict().with_superposition(&Futile);
            let settings = Settings {
                diagonal,
                ..Settings::default()
            };
            let tables = analyze(&conflict, &[concept], &settings, &budget)
                .complete()
                .unwrap();
            assert_eq!(tables.tables[0].is_equilibrium(StateId(0)), diagonal);
            let verdict = explain(
                &conflict,
                concept,
                &settings,
                PartyId(1),
                StateId(0),
                &budget,
            );
            assert_eq!(verdict.unwrap().stable, diagonal);
        }
        let conflict = case.conflict().with_superposition(&Astray);
        let tables = analyze(&conflict, &[concept], &Settings::default(), &budget);
        assert!(!tables.complete().unwrap().tables[0].is_equilibrium(StateId(0)));
    }
}
