//! Levels of strength against the definition, the Elmira case, refusals and limits.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::relation::{
    AttitudeMatrix, Attitudes, CONCEPTS, Chances, Degree, Degrees, Fuzzy, Graded, Known, Limits,
    ONE, Probabilities, RelationError, Simple, Standing, Thresholds, Tri, explain, graded_fates,
    standings, tables,
};
use detente_analysis::{
    Budget, Concept, ConceptError, Game, Outcome, Ranking, Settings, StateId, StepRule, Stop,
};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::graphs_of;
use crate::literal::Literal;
use crate::model::{Case, values};
use crate::published::{named, numbers};

/// The published nine-state case, with the strong gap that is recalled of it: the ministry and the
/// local governments strongly prefer every other state to abandonment, which both rank last.
fn elmira() -> (Case, Degrees) {
    let case = named("elmira-9state").build();
    let gaps: Vec<Vec<Degree>> = case
        .parties()
        .map(|p| {
            let mut gaps = vec![1; 8];
            if p != PartyId(1) {
                gaps[0] = 2;
            }
            gaps
        })
        .collect();
    let degrees = Degrees::from_rankings(&case.rankings, &gaps, &Budget::default()).unwrap();
    (case, degrees)
}

/// States as they are numbered in the publication.
fn published(states: &detente_analysis::StateSet) -> Vec<u32> {
    numbers(states).into_iter().map(|s| s + 1).collect()
}

#[test]
fn elmira_has_its_strong_equilibria() {
    let (case, degrees) = elmira();
    let graded = Graded {
        degrees: &degrees,
        unknown: None,
    };
    let settings = Settings::default();
    let all = standings(&case.graph, graded, &settings, &Budget::default())
        .complete()
        .unwrap();
    for table in &all {
        let (general, strong) = match table.concept {
            Concept::Gmr | Concept::Smr => (vec![1, 4, 5, 8, 9], vec![1, 4, 5, 8, 9]),
            _ => (vec![5, 8, 9], vec![5, 8, 9]),
        };
        assert_eq!(published(&table.equilibria()), general, "{}", table.concept);
        assert_eq!(
            published(&table.strong_equilibria()),
            strong,
            "{}",
            table.concept
        );
        for state in [4, 7, 8].map(StateId) {
            assert_eq!(table.weakest(state), Standing::Nash);
        }
    }
    // Without the gap nothing is strong but what is Nash stable for everybody.
    let plain = vec![vec![1; 8]; 3];
    let plain = Degrees::from_rankings(&case.rankings, &plain, &Budget::default()).unwrap();
    let graded = Graded {
        degrees: &plain,
        unknown: None,
    };
    let all = standings(&case.graph, graded, &settings, &Budget::default())
        .complete()
        .unwrap();
    for table in &all {
        assert_eq!(published(&table.strong_equilibria()), [5, 8, 9]);
    }
}

#[test]
fn a_model_states_its_degrees() {
    let text = r#"negotiation "Degrees"
party A {
  option x
  option y
  option z
  prefers {
    x
    strongly 3: y
    z
  }
}
party B {
  option b
  ranks { (A.x and b) >>> (A.x and not b) > (b) >> rest }
}
party C {
  option c
  weights {
    2: c
    1: B.b
  }
}
"#;
    let read = detente_model::syntax::parse(text);
    assert_eq!(read.diagnostics, []);
    let resolved = detente_model::resolve(&read.document);
    let model = resolved.model.unwrap();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    let degrees = Degrees::of(&game, &budget).unwrap();
    assert_eq!(degrees.used(), [1, 2, 3]);
    // Options in their order: x, y, z, b, c; the first is the lowest bit.
    let state = |bits: u32| StateId(bits);
    let [a, b, c] = [0, 1, 2].map(PartyId);
    // The most important statement on which the two differ decides.
    assert_eq!(degrees.degree(a, state(0b001), state(0b110)), 1);
    assert_eq!(degrees.degree(a, state(0b110), state(0b001)), 0);
    assert_eq!(degrees.degree(a, state(0b011), state(0b101)), 3);
    assert_eq!(degrees.degree(a, state(0b100), state(0b000)), 1);
    assert_eq!(degrees.degree(a, state(0b1000), state(0b0000)), 0);
    // The greatest boundary between the two tiers decides.
    let (both, x, alone, rest) = (state(0b1001), state(0b0001), state(0b1000), state(0));
    assert_eq!(degrees.degree(b, both, x), 3);
    assert_eq!(degrees.degree(b, x, alone), 1);
    assert_eq!(degrees.degree(b, x, rest), 2);
    assert_eq!(degrees.degree(b, alone, rest), 2);
    assert_eq!(degrees.degree(b, both, rest), 3);
    assert_eq!(degrees.degree(b, rest, both), 0);
    assert_eq!(degrees.degree(c, state(0b10000), state(0b01000)), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The level is the least, over the improvements, of the greatest degree of a sanction; an escape
    /// lowers what a sanction is worth.
    #[test]
    fn levels_are_minima_of_maxima(
        case in graphs_of(2..=4, 1..=6),
        gaps in proptest::collection::vec(1..=4_u8, 24),
    ) {
        let budget = Budget::default();
        let settings = Settings::default();
        let boundaries: Vec<Vec<Degree>> = case
            .rankings
            .iter()
            .enumerate()
            .map(|(p, r)| (1..r.levels() as usize).map(|l| gaps[p * 6 + l - 1]).collect())
            .collect();
        let degrees = Degrees::from_rankings(&case.rankings, &boundaries, &budget).unwrap();
        for (p, ranking) in case.parties().zip(&case.rankings) {
            prop_assert_eq!(&degrees.boundaries(p, ranking), &boundaries[p.index()]);
        }
        let conflict = case.conflict();
        let literal = Literal { conflict: &conflict, settings: settings.clone() };
        // How much worse a state is than the one left; nothing when it is better.
        let worse = |p: PartyId, left: StateId, end: StateId| -> Option<u8> {
            let (high, low) = (literal.rank(p, left) as usize, literal.rank(p, end) as usize);
            (low <= high).then(|| boundaries[p.index()][low..high].iter().copied().max().unwrap_or(0))
        };
        let graded = Graded { degrees: &degrees, unknown: None };
        for table in standings(&case.graph, graded, &settings, &budget).complete().unwrap() {
            let (rule, escapes) = match table.concept {
                Concept::Gmr => (StepRule::Moves, false),
                Concept::Smr => (StepRule::Moves, true),
                Concept::Seq => (StepRule::Improvements, false),
                _ => (StepRule::Improvements, true),
            };
            for p in case.parties() {
                for s in case.states() {
                    let worth = |end: StateId| {
                        let own = worse(p, s, end)?;
                        if !escapes {
                            return Some(own);
                        }
                        let after = literal.steps(p, end, StepRule::Moves);
                        after.into_iter().map(|e| worse(p, s, e)).try_fold(own, |a, b| Some(a.min(b?)))
                    };
                    let by_move: Vec<Option<u8>> = literal
                        .improvements(p, s)
                        .into_iter()
                        .map(|s1| {
                            let ends = literal.reach(&literal.others(p), s1, rule);
                            ends.into_iter().filter_map(worth).max()
                        })
                        .collect();
                    let wanted = match by_move.iter().min() {
                        None => Standing::Nash,
                        Some(None) => Standing::Unstable,
                        Some(Some(level)) => Standing::Held(*level),
                    };
                    prop_assert_eq!(table.of(p, s), wanted, "{} {:?} {:?}", table.concept, p, s);
                    let at = (p, s);
                    let fates =
                        graded_fates(&case.graph, graded, table.concept, &settings, at, &budget);
                    let found: Vec<Option<u8>> =
                        fates.unwrap().into_iter().map(|f| f.degree).collect();
                    prop_assert_eq!(found, by_move);
                }
            }
        }
    }
}

#[test]
fn tables_say_what_cannot_be() {
    let budget = Budget::default();
    let (a, s, t) = (PartyId(0), StateId(0), StateId(1));
    let clash = RelationError::Contradiction {
        party: a,
        first: s,
        second: t,
    };
    let both = Degrees::from_fn(1, 2, &budget, |_, x, y| u8::from(x != y));
    assert_eq!(both.unwrap_err(), clash);
    let both = Tri::from_fn(1, 2, &budget, |_, x, y| match (x == s, y == t) {
        (true, true) => Known::Preferred,
        (false, false) => Known::Unknown,
        _ => Known::NotPreferred,
    });
    assert_eq!(both.unwrap_err(), clash);
    let itself = Tri::from_fn(1, 1, &budget, |_, _, _| Known::Unknown);
    assert!(matches!(itself, Err(RelationError::Contradiction { .. })));
    let fuzzy = Fuzzy::from_fn(1, 2, &budget, |_, x, y| if x == y { ONE / 2 } else { ONE });
    assert!(matches!(
        fuzzy,
        Err(RelationError::Sum { sum: 2_000_000, .. })
    ));
    let fuzzy = Fuzzy::from_fn(1, 1, &budget, |_, _, _| ONE / 2).unwrap();
    assert!(Thresholds::new(&fuzzy, vec![0]).is_err());
    assert!(Thresholds::new(&fuzzy, vec![ONE + 1]).is_err());
    assert!(Thresholds::new(&fuzzy, vec![ONE, ONE]).is_err());
    let chances = Probabilities::from_fn(1, 2, &budget, |_, _, _| ONE);
    assert!(chances.is_err());
    let none = Probabilities::from_fn(1, 2, &budget, |_, _, _| 0).unwrap();
    let limits = Limits {
        leave: ONE,
        sanction: 0,
        step: ONE,
    };
    assert!(Chances::new(&none, limits).is_err());
    let ranking = Ranking::from_values(&[1, 2, 3]);
    let short = Degrees::from_rankings(&[ranking], &[vec![1]], &budget);
    assert!(matches!(
        short,
        Err(RelationError::Length { expected: 2, .. })
    ));
    let case = Case::by_graph(&[vec![vec![1], vec![]]], &[values(2, &[1, 0])]);
    let matrix = AttitudeMatrix::ordinary(2);
    assert!(Attitudes::new(&case.conflict(), matrix).is_err());
}

#[test]
fn limits_and_cancellation_stop_the_work() {
    let case = named("elmira-9state").build();
    let conflict = case.conflict();
    let simple = Simple::new(&conflict);
    let settings = Settings::default();
    let mut small = Budget::default();
    small.max_work = 100;
    let stopped = tables(&case.graph, &simple, &CONCEPTS, &settings, &small);
    let Outcome::Stopped(analysis, Stop::Limit { limit: 100, .. }) = stopped else {
        panic!("{stopped:?}")
    };
    assert!(analysis.tables.len() < CONCEPTS.len());
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    let stopped = tables(&case.graph, &simple, &CONCEPTS, &settings, &cancelled);
    assert!(matches!(stopped, Outcome::Stopped(_, Stop::Cancelled)));
    let mut narrow = Budget::default();
    narrow.max_memory = 80;
    let large = Degrees::from_fn(1, 9, &narrow, |_, _, _| 0);
    assert!(matches!(
        large,
        Err(RelationError::Stopped(Stop::Limit { limit: 80, .. }))
    ));
}

#[test]
fn what_does_not_apply_is_refused() {
    let case = named("elmira-9state").build();
    let conflict = case.conflict();
    let simple = Simple::new(&conflict);
    let (settings, budget) = (Settings::default(), Budget::default());
    let asked = [Concept::Sim, Concept::Nash, Concept::Sim];
    let analysis = tables(&case.graph, &simple, &asked, &settings, &budget);
    let analysis = analysis.complete().unwrap();
    assert_eq!((analysis.refused.len(), analysis.tables.len()), (1, 1));
    let refused = |concept, party, state| {
        let at = (PartyId(party), StateId(state));
        explain(&case.graph, &simple, concept, &settings, at, &budget).unwrap_err()
    };
    assert!(matches!(
        refused(Concept::NonMyopic, 0, 0),
        ConceptError::NeedsRankings { .. }
    ));
    assert!(matches!(
        refused(Concept::Seq, 9, 0),
        ConceptError::NoSuchParty { .. }
    ));
    assert!(matches!(
        refused(Concept::Seq, 0, 9),
        ConceptError::NoSuchState { .. }
    ));
}
