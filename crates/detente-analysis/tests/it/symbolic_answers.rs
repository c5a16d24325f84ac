//! Answers about sets of states, and the satisfiability engine, against listing all states.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::model::model::{Assignment, Class, Form, Model, Prohibition};
use detente_analysis::model::syntax::ast::Direction;
use detente_analysis::model::{OptionId, PartyId};
use detente_analysis::symbolic::{
    Encoding, Engine, Search, Unanswered, Unsuited, Why, security_levels,
};
use detente_analysis::{
    Budget, Concept, Conflict, Game, Settings, StabilityTable, StateId, Stop, analyze,
};
use proptest::prelude::*;

use crate::negotiations::{Random, Shape, condition, families, negotiation};
use crate::symbolic::{CONCEPTS, any_model, expr, game};

fn tables(conflict: &Conflict<'_>) -> Vec<StabilityTable> {
    let settings = Settings::default();
    let outcome = analyze(conflict, &CONCEPTS, &settings, &Budget::default());
    outcome.complete().unwrap().tables
}

fn equilibria(game: &Game<'_>, table: &StabilityTable) -> Vec<StateId> {
    let parties: Vec<PartyId> = game.model.party_ids().collect();
    let all = |s: &StateId| parties.iter().all(|p| table.is_stable(*p, *s));
    game.space.ids().filter(all).collect()
}

/// Differences, options and then numbers: what "nearest" minimises.
fn distance(a: &Assignment, b: &Assignment) -> u32 {
    a.iter().zip(b).map(|(x, y)| u32::from(x != y)).sum()
}

fn answers(model: &Model, seed: u64) {
    let budget = Budget::default();
    let Some(game) = game(model) else { return };
    let random = &mut Random(seed);
    let encoding = Encoding::new(model, &budget).unwrap();
    let engine = Engine::new(&encoding, &budget);
    let conflict = game.conflict();
    for table in tables(&conflict) {
        let joint = engine
            .equilibria(&engine.stable(table.concept).unwrap())
            .unwrap();
        // States in ascending order of their numbers.
        let expected: Vec<StateId> = equilibria(&game, &table);
        let states: Vec<Assignment> = expected.iter().map(|s| game.space.assignment(*s)).collect();
        assert_eq!(engine.lowest(&joint).unwrap(), states.first().cloned());
        let to: Assignment = model
            .options
            .iter()
            .map(|o| random.below(o.level_count() as usize) as u16)
            .collect();
        let nearest = engine.nearest(&joint, &to).unwrap();
        let closest = states.iter().min_by_key(|s| distance(s, &to));
        assert_eq!(nearest.as_ref().map(|n| &n.state), closest);
        assert_eq!(
            nearest.map(|n| n.distance),
            closest.map(|s| distance(s, &to))
        );
        for party in model.party_ids() {
            let rank = |s: &StateId| game.rankings[party.index()].rank(*s);
            let (best, worst) = (
                expected.iter().map(rank).max(),
                expected.iter().map(rank).min(),
            );
            for (found, value) in [
                (engine.best_for(party, &joint).unwrap(), best),
                (engine.worst_for(party, &joint).unwrap(), worst),
            ] {
                let tied: Vec<&StateId> =
                    expected.iter().filter(|s| Some(rank(s)) == value).collect();
                assert_eq!(
                    found.as_ref().map(|f| f.state.clone()),
                    tied.first().map(|s| game.space.assignment(**s))
                );
                if let Some(found) = found {
                    assert_eq!(engine.count(&found.tied), tied.len().into());
                }
            }
        }
        let levels = engine.levels(&joint).unwrap();
        assert_eq!(
            levels.is_empty(),
            states.is_empty() || model.options.is_empty()
        );
        for range in levels {
            let taken = || states.iter().map(|s| s[range.option.index()]);
            assert_eq!(
                (Some(range.lowest), Some(range.highest)),
                (taken().min(), taken().max())
            );
        }
        let mut rest: BTreeSet<&StateId> = expected.iter().collect();
        for count in engine.by_class(&joint).unwrap() {
            let member = |s: &StateId| match count.class {
                Some(class) => game.classes[s.index()].contains(&class),
                None => game.classes[s.index()].is_empty(),
            };
            let members = expected.iter().filter(|s| member(s)).count();
            assert_eq!(count.members, members.into());
            let before = rest.len();
            rest.retain(|s| !member(s));
            assert_eq!(count.headline, (before - rest.len()).into());
        }
        assert!(rest.is_empty());
        let sample = engine.sample(&joint, 5, seed).unwrap();
        assert_eq!(sample, engine.sample(&joint, 5, seed).unwrap());
        assert_eq!(sample.len(), if states.is_empty() { 0 } else { 5 });
        assert!(sample.iter().all(|s| states.contains(s)));
    }
}

/// Checks the moves of an explanation one by one against graph and rankings.
fn reasons(model: &Model, seed: u64) {
    let budget = Budget::default();
    let Some(game) = game(model) else { return };
    let random = &mut Random(seed);
    let encoding = Encoding::new(model, &budget).unwrap();
    let engine = Engine::new(&encoding, &budget);
    let conflict = game.conflict();
    let find = |a: &Assignment| game.space.find_assignment(a).unwrap();
    let moves = |p: PartyId, s: StateId| game.graph.moves(p).from(s);
    for table in tables(&conflict) {
        for _ in 0..4 {
            let state = StateId(random.below(game.space.len()) as u32);
            let party = PartyId(random.below(model.parties.len()) as u16);
            let ranking = &game.rankings[party.index()];
            let why = engine
                .why(table.concept, party, &game.space.assignment(state))
                .unwrap();
            assert_eq!(why.is_stable(), table.is_stable(party, state));
            let improves = |to: &Assignment| {
                let to = find(to);
                assert!(moves(party, state).contains(&to) && ranking.prefers(to, state));
                to
            };
            match why {
                Why::NoImprovement => {
                    assert_eq!(conflict.improvements(party, state).count(), 0);
                }
                Why::Unanswered {
                    improvement,
                    others,
                } => {
                    improves(&improvement);
                    let all = conflict.improvements(party, state).count();
                    assert!(others >= 1_u8.into() && others <= all.into());
                }
                Why::Answered {
                    improvement,
                    answer,
                } => {
                    let mut at = improves(&improvement);
                    let mut last = party;
                    assert!(!answer.is_empty());
                    let escape = matches!(table.concept, Concept::Smr | Concept::Sseq);
                    let steps = matches!(table.concept, Concept::Seq | Concept::Sseq);
                    for step in answer {
                        let to = find(&step.to);
                        assert!(step.party != party && step.party != last);
                        assert!(moves(step.party, at).contains(&to));
                        assert!(!steps || conflict.improves(step.party, at, to));
                        (at, last) = (to, step.party);
                    }
                    assert!(!ranking.prefers(at, state));
                    assert!(
                        !escape || !moves(party, at).iter().any(|t| ranking.prefers(*t, state))
                    );
                }
            }
        }
    }
}

fn searches(model: &Model, seed: u64) {
    let budget = Budget::default();
    let Some(game) = game(model) else {
        assert!(Search::nash(model, &budget).is_err());
        return;
    };
    let random = &mut Random(seed);
    let (wanted, unwanted) = (expr(random, model, 1), expr(random, model, 1));
    let tables = tables(&game.conflict());
    let test = |s: &StateId| {
        let wanted = game.space.test(&condition(wanted.clone()));
        let unwanted = game.space.test(&condition(unwanted.clone()));
        wanted.holds(game.space.value(*s)) && !unwanted.holds(game.space.value(*s))
    };
    let all = |search: &mut Search<'_>| {
        let (found, complete) = search.list(usize::MAX).unwrap();
        assert!(complete);
        let set: BTreeSet<Assignment> = found.iter().cloned().collect();
        assert_eq!(set.len(), found.len());
        set
    };
    let set = |states: Vec<StateId>| -> BTreeSet<Assignment> {
        states.iter().map(|s| game.space.assignment(*s)).collect()
    };
    let nash = equilibria(&game, &tables[0]);
    assert_eq!(
        all(&mut Search::nash(model, &budget).unwrap()),
        set(nash.clone())
    );
    let mut some = Search::nash(model, &budget).unwrap();
    some.require(&wanted).unwrap();
    some.exclude(&unwanted).unwrap();
    assert_eq!(all(&mut some), set(nash.into_iter().filter(test).collect()));
    // Two of the concepts by security levels, where there are such.
    let mut free = model.clone();
    for option in &mut free.options {
        option.direction = Direction::Both;
    }
    free.rules.clear();
    let game = Game::new(&free, &budget).unwrap();
    let tables = crate::symbolic_answers::tables(&game.conflict());
    for (concept, table) in [(Concept::Gmr, &tables[1]), (Concept::Smr, &tables[2])] {
        let levels = security_levels(&free, concept, &budget).unwrap();
        let mut search = Search::metarational(&free, &levels, &budget).unwrap();
        let expected: BTreeSet<Assignment> = equilibria(&game, table)
            .iter()
            .map(|s| game.space.assignment(*s))
            .collect();
        assert_eq!(all(&mut search), expected, "{concept}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_those_of_listing_all_states(seed in any::<u64>()) {
        let mut model = any_model(seed, 6);
        let random = &mut Random(seed ^ 1);
        for c in 0..random.below(4) {
            let class = Class {
                name: format!("c{c}"),
                condition: condition(expr(random, &model, 1)),
                otherwise: false,
            };
            model.classes.push(class);
        }
        answers(&model, seed);
    }

    #[test]
    fn reasons_hold_move_by_move(seed in any::<u64>()) {
        reasons(&any_model(seed, 7), seed);
    }

    #[test]
    fn searches_find_all_equilibria_and_no_other(seed in any::<u64>()) {
        searches(&any_model(seed, 6), seed);
    }
}

const LARGE: Shape = Shape {
    options: 60,
    parties: 5,
    statements: 20,
    patterns: 10,
    cross: 60,
    one_way: 10,
};

#[test]
fn the_engines_agree_where_states_cannot_be_listed() {
    let budget = Budget::default();
    for seed in 0..3 {
        let model = negotiation(LARGE, seed);
        let encoding = Encoding::new(&model, &budget).unwrap();
        let engine = Engine::new(&encoding, &budget);
        let nash = engine
            .equilibria(&engine.stable(Concept::Nash).unwrap())
            .unwrap();
        let (found, complete) = Search::nash(&model, &budget).unwrap().list(20).unwrap();
        assert!(found.iter().all(|s| engine.contains(&nash, s)));
        let distinct: BTreeSet<&Assignment> = found.iter().collect();
        assert_eq!(distinct.len(), found.len());
        assert_eq!(
            complete,
            engine.count(&nash) <= 20_u8.into() && found.len() < 20
        );
        // What does not hold of any equilibrium by one engine does not by the other.
        let fixed = engine.levels(&nash).unwrap();
        for range in fixed.iter().filter(|r| r.is_fixed()).take(3) {
            let mut search = Search::nash(&model, &budget).unwrap();
            let same = crate::negotiations::lit(range.option.index(), range.lowest == 1);
            search.exclude(&same).unwrap();
            assert_eq!(search.find_next().unwrap(), None);
        }
    }
}

#[test]
fn samples_are_uniform() {
    let model = families::coordination(2, 3);
    let budget = Budget::default();
    let encoding = Encoding::new(&model, &budget).unwrap();
    let engine = Engine::new(&encoding, &budget);
    let nash = engine
        .equilibria(&engine.stable(Concept::Nash).unwrap())
        .unwrap();
    let sample = engine.sample(&nash, 8_000, 7).unwrap();
    let states: BTreeSet<&Assignment> = sample.iter().collect();
    assert_eq!(states.len(), 8);
    for state in states {
        let times = sample.iter().filter(|s| *s == state).count();
        // Six standard deviations of a binomial (8000, 1/8) are 177.
        assert!(times.abs_diff(1_000) < 177, "{times}");
    }
}

#[test]
fn budgets_stop() {
    let model = negotiation(LARGE, 1);
    let encoding = Encoding::new(&model, &Budget::default()).unwrap();
    let stopped = |budget: &Budget| {
        let engine = Engine::new(&encoding, budget);
        match engine.stable(Concept::Gmr) {
            Err(Unanswered::Stopped(stop)) => stop,
            other => panic!("{other:?}"),
        }
    };
    let mut small = Budget::default();
    small.max_nodes = 100;
    assert!(matches!(
        stopped(&small),
        Stop::Limit {
            what: "nodes",
            limit: 100
        }
    ));
    let mut short = Budget::default();
    short.max_work = 1_000;
    assert!(matches!(
        stopped(&short),
        Stop::Limit {
            what: "node pairs",
            limit: 1_000
        }
    ));
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    assert_eq!(stopped(&cancelled), Stop::Cancelled);
    assert!(matches!(
        Search::nash(&model, &cancelled),
        Err(Unsuited::Stopped(Stop::Cancelled))
    ));
    small.max_nodes = 10;
    assert!(matches!(
        Encoding::new(&model, &small).map(|_| ()),
        Err(Unsuited::Stopped(Stop::Limit { .. }))
    ));
    let mut few = Budget::default();
    few.max_work = 50;
    let found = Search::nash(&model, &few)
        .map_err(|_| ())
        .and_then(|mut s| s.list(1_000).map_err(|_| ()));
    assert!(found.is_err());
}

#[test]
fn what_does_not_fit_is_refused() {
    let budget = Budget::default();
    let refusal = |model: &Model| Encoding::new(model, &budget).map(|_| ()).unwrap_err();
    let plain = families::pennies(2);
    let mut graph = plain.clone();
    graph.form = Form::Graph;
    assert_eq!(refusal(&graph), Unsuited::GraphForm);
    let mut stepwise = plain.clone();
    stepwise.options[1].levels = ["a", "b", "c"].map(String::from).to_vec();
    stepwise.options[1].stepwise = true;
    assert_eq!(refusal(&stepwise), Unsuited::Stepwise(OptionId(1)));
    let always = detente_analysis::model::Expr::Constant(true);
    let mut prohibited = plain.clone();
    prohibited.prohibitions.push(Prohibition {
        party: None,
        from: condition(always.clone()),
        to: condition(always.clone()),
        because: None,
    });
    assert_eq!(refusal(&prohibited), Unsuited::Prohibitions);
    let mut empty = plain.clone();
    empty.rules.push(crate::negotiations::rule(always));
    assert_eq!(refusal(&empty), Unsuited::NoFeasibleState);
    let mut one_way = plain;
    one_way.options[0].direction = Direction::OnlyOn;
    assert!(matches!(
        security_levels(&one_way, Concept::Gmr, &budget),
        Err(Unanswered::Constrained)
    ));
}

#[test]
fn a_model_without_options_has_one_state() {
    let budget = Budget::default();
    for parties in [0, 2] {
        let model = crate::negotiations::blank(parties, &[]);
        let encoding = Encoding::new(&model, &budget).unwrap();
        let engine = Engine::new(&encoding, &budget);
        for concept in CONCEPTS {
            let joint = engine.equilibria(&engine.stable(concept).unwrap()).unwrap();
            assert_eq!(engine.count(&joint), 1_u8.into());
            assert_eq!(engine.sample(&joint, 1, 0).unwrap(), [Assignment::new()]);
            assert_eq!(engine.lowest(&joint).unwrap(), Some(Assignment::new()));
        }
        let found = Search::nash(&model, &budget).unwrap().list(3).unwrap();
        assert_eq!(found, (vec![Assignment::new()], true));
    }
}

#[test]
fn sets_and_states_of_another_model_are_refused() {
    let budget = Budget::default();
    let (small, large) = (families::pennies(1), families::pennies(2));
    let (small, large) = (
        Encoding::new(&small, &budget).unwrap(),
        Encoding::new(&large, &budget).unwrap(),
    );
    let (small, large) = (Engine::new(&small, &budget), Engine::new(&large, &budget));
    let foreign = small.feasible();
    assert_eq!(large.joint(&[&foreign]), Err(Unanswered::Foreign));
    assert_eq!(large.lowest(&foreign), Err(Unanswered::Foreign));
    assert_eq!(large.sample(&foreign, 1, 0), Err(Unanswered::Foreign));
    assert_eq!(large.levels(&foreign), Err(Unanswered::Foreign));
    assert_eq!(large.by_class(&foreign), Err(Unanswered::Foreign));
    assert_eq!(
        large.best_for(PartyId(0), &foreign),
        Err(Unanswered::Foreign)
    );
    let state = vec![0; 2];
    assert_eq!(
        large.why(Concept::Seq, PartyId(0), &state),
        Err(Unanswered::State)
    );
    assert!(!large.contains(&large.feasible(), &state));
}
