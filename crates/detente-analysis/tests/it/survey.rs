//! Surveys against the study of every state, engine against engine.

use detente_analysis::model::Model;
use detente_analysis::model::model::{Assignment, Class, Preferences};
use detente_analysis::survey::find::{Wanted, find};
use detente_analysis::survey::{Choice, Engine, Request, Survey, SurveyError, choose, survey};
use detente_analysis::{Budget, Concept, Game, Outcome, Settings, StateId, analyze};

use crate::negotiations::{Random, Shape, blank, condition, families, lit, negotiation, statement};
use crate::symbolic::{any_model, expr};

const FIVE: [Concept; 5] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
];

fn classes(model: &mut Model, random: &mut Random) {
    let all = (0..random.below(4))
        .map(|i| Class {
            name: format!("c{i}"),
            condition: condition(expr(random, model, 2)),
            otherwise: false,
        })
        .collect();
    model.classes = all;
}

fn request(model: &Model, main: Concept) -> Request {
    Request {
        concepts: FIVE.to_vec(),
        main,
        shown: 5,
        status_quo: Some(vec![0; model.options.len()]),
    }
}

fn surveyed(model: &Model, request: &Request, engine: Engine) -> Survey {
    survey(model, request, engine, &Budget::default())
        .unwrap()
        .complete()
        .unwrap()
}

/// Everything that a survey says, counted state by state.
fn check(model: &Model, request: &Request, found: &Survey) {
    let game = Game::new(model, &Budget::default()).unwrap();
    let tables = analyze(
        &game.conflict(),
        &FIVE,
        &Settings::default(),
        &Budget::default(),
    )
    .complete()
    .unwrap();
    assert_eq!(found.feasible, game.space.len().into());
    let class = |s: StateId| game.headline(s).unwrap_or(model.classes.len());
    for summary in &found.summaries {
        let table = tables.table(summary.concept).unwrap();
        let equilibria: Vec<StateId> = table.equilibria().iter().collect();
        assert_eq!(
            summary.equilibria,
            equilibria.len().into(),
            "{}",
            summary.concept.id()
        );
        for (party, count) in model.party_ids().zip(&summary.stable) {
            let stable = game.space.ids().filter(|s| table.is_stable(party, *s));
            assert_eq!(*count, stable.count().into());
        }
        for (place, count) in summary.by_class.iter().enumerate() {
            let counted = equilibria.iter().filter(|s| class(**s) == place);
            assert_eq!(*count, counted.count().into());
        }
        assert_eq!(summary.by_class.len(), model.classes.len() + 1);
    }
    for (place, count) in found.classes.iter().enumerate() {
        let counted = game.space.ids().filter(|s| class(*s) == place);
        assert_eq!(*count, counted.count().into());
    }
    let portrait = found.portrait.as_ref().unwrap();
    let table = tables.table(request.main).unwrap();
    let equilibria: Vec<StateId> = table.equilibria().iter().collect();
    let levels = |s: StateId| game.space.assignment(s);
    let first: Vec<Assignment> = portrait.first.iter().map(|s| s.state.clone()).collect();
    if found.engine == Engine::ClosedForm {
        // By number where every party's options stand together, as in a text; here they do not.
        assert_eq!(first.len(), equilibria.len().min(5));
        let known: Vec<Assignment> = equilibria.iter().map(|s| levels(*s)).collect();
        assert!(first.iter().all(|s| known.contains(s)));
        return;
    }
    let expected: Vec<Assignment> = equilibria.iter().take(5).map(|s| levels(*s)).collect();
    assert_eq!(first, expected);
    if equilibria.is_empty() {
        return;
    }
    let fixed: Vec<_> = model
        .option_ids()
        .filter_map(|o| {
            let level = game.space.level(equilibria[0], o);
            let same = equilibria.iter().all(|s| game.space.level(*s, o) == level);
            same.then_some((o, level))
        })
        .collect();
    assert_eq!(portrait.fixed, fixed);
    let away = |s: StateId| levels(s).iter().filter(|l| **l > 0).count();
    let nearest = equilibria
        .iter()
        .copied()
        .min_by_key(|s| (away(*s), *s))
        .unwrap();
    let (distance, shown) = portrait.nearest.as_ref().unwrap();
    assert_eq!((*distance, &shown.state), (away(nearest), &levels(nearest)));
    for party in model.party_ids() {
        let rank = |s: &StateId| game.rankings[party.index()].rank(*s);
        let best = equilibria.iter().rev().max_by_key(|s| rank(s)).unwrap();
        let worst = equilibria.iter().min_by_key(|s| rank(s)).unwrap();
        assert_eq!(portrait.best[party.index()].state, levels(*best));
        assert_eq!(portrait.worst[party.index()].state, levels(*worst));
    }
}

#[test]
fn surveys_say_what_the_states_say() {
    let mut random = Random(2019);
    let (mut explicit, mut symbolic, mut closed) = (0, 0, 0);
    for seed in 0..60 {
        // Every second one without constraints, so that the closed forms apply.
        let mut model = if seed % 2 == 0 {
            any_model(seed, 8)
        } else {
            let shape = Shape {
                options: 7 + random.below(3),
                parties: 2,
                statements: 1 + random.below(6),
                patterns: 0,
                cross: 20,
                one_way: 0,
            };
            negotiation(shape, seed)
        };
        if Game::new(&model, &Budget::default()).is_err() {
            continue; // no feasible state
        }
        classes(&mut model, &mut random);
        let main = FIVE[random.below(5)];
        let asked = request(&model, main);
        check(&model, &asked, &surveyed(&model, &asked, Engine::Explicit));
        explicit += 1;
        check(&model, &asked, &surveyed(&model, &asked, Engine::Symbolic));
        symbolic += 1;
        let asked = Request {
            concepts: vec![Concept::Nash, Concept::Gmr, Concept::Smr],
            main: [Concept::Nash, Concept::Gmr, Concept::Smr][random.below(3)],
            ..asked
        };
        match survey(&model, &asked, Engine::ClosedForm, &Budget::default()) {
            Ok(found) => {
                check(&model, &asked, &found.complete().unwrap());
                closed += 1;
            }
            Err(SurveyError::Unsuitable { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(
        explicit >= 50 && symbolic == explicit && closed >= 20,
        "{explicit} {closed}"
    );
}

fn chosen(model: &Model, concepts: &[Concept], budget: &Budget) -> Choice {
    choose(model, concepts, budget)
}

/// Options without rules or directions, and a statement about each.
fn free(options: usize) -> Model {
    let owners: Vec<usize> = (0..options).map(|o| o % 3).collect();
    let mut model = blank(3, &owners);
    for (party, list) in model.parties.iter_mut().enumerate() {
        let own = (party..options).step_by(3).take(4);
        let list_of = own.map(|o| statement(lit(o, true)));
        list.preferences = Preferences::Statements(list_of.collect());
    }
    model
}

#[test]
fn the_engine_follows_from_size_and_kind() {
    let budget = Budget::default();
    let engine = |options, concepts: &[Concept]| chosen(&free(options), concepts, &budget).engine;
    assert_eq!(engine(10, &FIVE), Engine::Graph);
    assert_eq!(engine(20, &FIVE), Engine::Explicit);
    assert_eq!(engine(32, &[Concept::Nash]), Engine::ClosedForm);
    assert_eq!(engine(32, &FIVE), Engine::Symbolic);
    assert_eq!(engine(200, &FIVE), Engine::Symbolic);
    assert_eq!(engine(20, &[Concept::BestResponseSeq]), Engine::Graph);
    let mut graded = free(20);
    graded.options[0].levels = vec!["low".into(), "middle".into(), "high".into()];
    graded.options[0].stepwise = true;
    let choice = chosen(&graded, &FIVE, &budget);
    assert_eq!(choice.engine, Engine::Graph);
    assert!(
        choice.because.contains("takes the model"),
        "{}",
        choice.because
    );
    // A million combinations of which rules leave few.
    let mut tight = free(20);
    for o in 5..20 {
        tight.rules.push(crate::negotiations::rule(lit(o, true)));
    }
    assert_eq!(chosen(&tight, &FIVE, &budget).engine, Engine::Graph);
    let mut little = Budget::default();
    little.max_memory = 1_000_000;
    let choice = chosen(&free(20), &FIVE, &little);
    assert_eq!(choice.engine, Engine::Symbolic);
    let explicit = choice.prospect(Engine::Explicit).unwrap();
    assert!(explicit.obstacle.as_ref().unwrap().contains("1.0 MB"));
}

#[test]
fn more_states_than_are_listed_are_held_as_bits() {
    // Each party wants four options of its own on; the other nine of twenty-one are all one.
    let model = free(21);
    let asked = Request {
        concepts: vec![Concept::Nash],
        main: Concept::Nash,
        shown: 1,
        status_quo: None,
    };
    let found = surveyed(&model, &asked, Engine::Explicit);
    assert_eq!(found.feasible, (1_u32 << 21).into());
    assert_eq!(found.summaries[0].equilibria, (1_u32 << 9).into());
    let fixed = found.portrait.unwrap().fixed;
    assert_eq!(fixed.len(), 12);
}

#[test]
fn a_survey_beyond_listing_is_exact() {
    // One party wants its sixty options on, the other its own off: one state holds.
    let mut model = families::dominant(2, 60);
    model.classes.clear();
    let asked = request(&model, Concept::Gmr);
    let found = surveyed(&model, &asked, Engine::Symbolic);
    assert_eq!(found.feasible, num_bigint::BigUint::from(1_u8) << 120);
    assert!(found.summaries.iter().all(|s| s.equilibria == 1_u8.into()));
    match survey(&model, &asked, Engine::Explicit, &Budget::default()) {
        Err(SurveyError::Unsuitable { engine, .. }) => assert_eq!(engine, Engine::Explicit),
        other => panic!("{other:?}"),
    }
    let mut little = Budget::default();
    little.max_nodes = 2;
    match survey(&model, &asked, Engine::Symbolic, &little) {
        Ok(Outcome::Complete(found)) => assert!(!found.unanswered.is_empty()),
        Ok(Outcome::Stopped(..)) | Err(SurveyError::Stopped(_)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_found_are_the_equilibria_with_the_property() {
    let mut random = Random(7);
    let mut found_some = 0;
    for seed in 0..60 {
        let model = any_model(seed, 7);
        let Ok(game) = Game::new(&model, &Budget::default()) else {
            continue;
        };
        let concept = FIVE[random.below(5)];
        let condition = condition(expr(&mut random, &model, 2));
        let tables = analyze(
            &game.conflict(),
            &FIVE,
            &Settings::default(),
            &Budget::default(),
        )
        .complete()
        .unwrap();
        let test = game.space.test(&condition);
        let equilibria = tables.table(concept).unwrap().equilibria();
        let expected: Vec<Assignment> = equilibria
            .iter()
            .filter(|s| test.holds(game.space.value(*s)))
            .map(|s| game.space.assignment(s))
            .collect();
        let mut wanted = Wanted {
            concept,
            condition: Some(condition),
            most: 1000,
            seed: None,
        };
        let found = find(&model, &wanted, &Budget::default()).unwrap();
        assert!(found.complete);
        assert_eq!(found.states, expected, "{}", concept.id());
        assert_eq!(found.total, Some(expected.len().into()));
        wanted.seed = Some(seed);
        wanted.most = 20;
        let drawn = find(&model, &wanted, &Budget::default()).unwrap();
        assert_eq!(drawn.states.is_empty(), expected.is_empty());
        assert!(drawn.states.iter().all(|s| expected.contains(s)));
        let again = find(&model, &wanted, &Budget::default()).unwrap();
        assert_eq!(drawn, again);
        found_some += usize::from(!expected.is_empty());
    }
    assert!(found_some >= 15, "{found_some}");
}
