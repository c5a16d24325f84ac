//! The inverse search against exhaustive search: every combination of permitted changes is made
//! literally and analysed. Written from what questions and answers are said to mean, not from how the
//! search goes about it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use detente_analysis::inverse::{
    Answer, Change, Edit, Fact, Plan, PreferenceChange, Question, StatementChanges, solve,
};
use detente_analysis::{Budget, Game, Outcome, StateId};
use detente_model::Expr;
use detente_model::model::{Model, Statement};

use crate::inverse_draw::{
    condition, graph_form, option_form, permitted, prices, question, some_nodes, statements,
    structure,
};
use crate::inverse_exhaustive::{Atom, Changes, Exhaustive, Solution, inversions};
use crate::random::Random;

/// How long an answer may take; most take milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// The elementary changes of a plan, with what can be checked of each change by itself.
fn changes_of(game: &Game<'_>, question: &Question, plan: &Plan) -> Changes {
    let mut changes = Changes::new();
    for change in &plan.changes {
        match change {
            Change::Ranks {
                party,
                order,
                reversed,
                ..
            } => {
                let ranking = &game.rankings[party.index()];
                let tier = |states: &Vec<StateId>| {
                    let rank = ranking.rank(states[0]);
                    assert!(states.is_sorted());
                    let all = game.space.ids().filter(|s| ranking.rank(*s) == rank);
                    assert_eq!(*states, all.collect::<Vec<_>>());
                    rank
                };
                let ranks: Vec<usize> = order.iter().rev().map(|t| tier(t) as usize).collect();
                let said: BTreeSet<(usize, usize)> = reversed
                    .iter()
                    .map(|(now, was)| (tier(now) as usize, tier(was) as usize))
                    .collect();
                assert_eq!(said, inversions(&ranks));
                changes.extend(
                    said.into_iter()
                        .map(|(a, b)| Atom::Swap(party.0, a as u32, b as u32)),
                );
            }
            Change::Statements { party, edits, .. } => {
                let PreferenceChange::Statements(_, permitted) =
                    &question.permitted.preferences[party.index()]
                else {
                    panic!("nobody permitted {edits:?}")
                };
                for edit in edits {
                    match edit {
                        Edit::Drop { statement } => {
                            assert!(changes.insert(Atom::Drop(party.0, *statement)));
                        }
                        Edit::Reverse { statement } => {
                            assert!(changes.insert(Atom::Reverse(party.0, *statement)));
                        }
                        Edit::Move { statement, past } => {
                            for other in past {
                                let (a, b) = (*statement.min(other), *statement.max(other));
                                assert!(changes.insert(Atom::Pass(party.0, a, b)));
                            }
                        }
                        Edit::Insert { condition, .. } => {
                            let place = permitted.insert.iter().position(|c| c == condition);
                            assert!(changes.insert(Atom::Insert(party.0, place.unwrap())));
                        }
                    }
                }
            }
            Change::Structural(structural) => {
                let place = question
                    .permitted
                    .structure
                    .iter()
                    .position(|s| s == structural);
                assert!(changes.insert(Atom::Structure(place.unwrap())));
            }
        }
    }
    changes
}

/// How often each kind of answer was compared.
#[derive(Debug, Default)]
struct Tally {
    skipped: usize,
    already: usize,
    plans: usize,
    forbidden: usize,
    beyond: usize,
}

/// The complete answer, which has to come before long: all questions here are small.
fn answered(game: &Game<'_>, question: &Question) -> Answer {
    let flag = Arc::new(AtomicBool::new(false));
    let budget = Budget::default().cancelled_by(Arc::clone(&flag));
    let (done, waiting) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waiting.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            flag.store(true, Ordering::Relaxed);
        }
    });
    let outcome = solve(game, question, &budget);
    drop(done);
    watch.join().unwrap();
    match outcome.unwrap() {
        Outcome::Complete(answer) => answer,
        stopped @ Outcome::Stopped(..) => panic!("no answer in {PATIENCE:?}: {stopped:?}"),
    }
}

/// Compares an answer with exhaustive search.
fn examine(game: &Game<'_>, question: &Question, cap: Option<u64>, most: usize, tally: &mut Tally) {
    let exhaustive = Exhaustive {
        game,
        question,
        facts: None,
        cap,
    };
    let Some(solutions) = exhaustive.solutions(most) else {
        tally.skipped += 1;
        return;
    };
    let answer = answered(game, question);
    let Some(least) = solutions.iter().map(|s| s.price).min() else {
        if let Some(cap) = cap {
            assert!(
                answer.forbidden.is_some() || answer.least > cap,
                "{answer:?}"
            );
            tally.beyond += 1;
            return;
        }
        assert!(
            answer.plans.is_empty(),
            "a plan where there is none: {answer:?}"
        );
        check_facts(game, question, &answer, most);
        tally.forbidden += 1;
        return;
    };
    assert_eq!(answer.forbidden, None);
    assert_eq!(answer.least, least, "the least price; {answer:?}");
    assert!(answer.all);
    let limit = question.up_to.unwrap_or(0).max(least);
    let within: Vec<&Solution> = solutions.iter().filter(|s| s.price <= limit).collect();
    let mut expected: BTreeMap<Changes, Vec<&Solution>> = BTreeMap::new();
    for solution in &within {
        let smaller = |other: &&Solution| {
            other.changes.len() < solution.changes.len()
                && other.changes.is_subset(&solution.changes)
        };
        if !within.iter().any(smaller) {
            expected
                .entry(solution.changes.clone())
                .or_default()
                .push(solution);
        }
    }
    let found: Vec<Changes> = answer
        .plans
        .iter()
        .map(|p| changes_of(game, question, p))
        .collect();
    let set: BTreeSet<Changes> = found.iter().cloned().collect();
    assert_eq!(set.len(), found.len(), "a plan twice: {answer:?}");
    assert_eq!(set, expected.keys().cloned().collect(), "the plans");
    assert!(answer.plans.is_sorted_by_key(|p| p.price));
    for (plan, changes) in answer.plans.iter().zip(&found) {
        let same = &expected[changes];
        assert_eq!(plan.price, same[0].price);
        assert_eq!(
            plan.price,
            plan.changes.iter().map(Change::price).sum::<u64>()
        );
        // The same lists, in one of the places that do.
        let mut lists = BTreeMap::new();
        for change in &plan.changes {
            if let Change::Statements { party, list, .. } = change {
                lists.insert(party.0, list);
            }
        }
        let says = |list: &[Statement]| -> Vec<Expr> {
            list.iter().map(|s| s.condition.expr.clone()).collect()
        };
        let alike: Vec<&&Solution> = same
            .iter()
            .filter(|s| {
                lists
                    .iter()
                    .all(|(p, list)| says(&s.lists[p]) == says(list))
            })
            .collect();
        assert_eq!(alike.len(), 1, "the lists of {plan:?}");
        assert_eq!(plan.holds, alike[0].holds);
        // A single insertion goes to the least important place that does, and it is said which is
        // the most important one.
        let inserted = plan.changes.iter().flat_map(|c| match c {
            Change::Statements { edits, .. } => edits.clone(),
            _ => Vec::new(),
        });
        let inserted: Vec<(usize, usize)> = inserted
            .filter_map(|e| match e {
                Edit::Insert { place, highest, .. } => Some((place, highest)),
                _ => None,
            })
            .collect();
        if let [(place, highest)] = inserted.as_slice() {
            let places: Vec<usize> = same.iter().map(|s| s.places[0]).collect();
            assert_eq!(Some(place), places.iter().max(), "{plan:?} {places:?}");
            assert_eq!(Some(highest), places.iter().min(), "{plan:?} {places:?}");
        }
        let model = plan.apply(game);
        let changed = Game::new(&model, &Budget::default()).unwrap();
        assert_eq!(
            exhaustive.met(&changed, &changed.rankings),
            Some(plan.holds.clone())
        );
    }
    if least == 0 {
        tally.already += 1;
    } else {
        tally.plans += 1;
    }
}

/// With the facts and nothing else taken for granted there is no solution; without any one there is.
fn check_facts(game: &Game<'_>, question: &Question, answer: &Answer, most: usize) {
    let facts = answer.forbidden.clone().unwrap();
    let possible = |facts: &[Fact]| {
        let exhaustive = Exhaustive {
            game,
            question,
            facts: Some(facts),
            cap: None,
        };
        exhaustive.solutions(most * 4).map(|s| !s.is_empty())
    };
    for fact in &facts {
        if let Fact::Prefers {
            party,
            better,
            worse,
        } = fact
        {
            assert!(
                game.rankings[party.index()].prefers(*better, *worse),
                "{fact:?}"
            );
        }
    }
    assert_ne!(
        possible(&facts),
        Some(true),
        "facts that do not forbid it: {facts:?}"
    );
    for place in 0..facts.len() {
        let mut fewer = facts.clone();
        fewer.remove(place);
        assert_ne!(
            possible(&fewer),
            Some(false),
            "not needed: {:?} of {facts:?}",
            facts[place]
        );
    }
}

/// The number of drawn models per test; `INVERSE_MODELS` of a build multiplies it.
fn models(count: u64) -> u64 {
    option_env!("INVERSE_MODELS").map_or(count, |factor| count * factor.parse::<u64>().unwrap())
}

fn drawn(
    first: u64,
    count: u64,
    cap: Option<u64>,
    most: usize,
    draw: impl Fn(&mut Random) -> (Model, Vec<PreferenceChange>, usize),
) -> Tally {
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    for seed in first..first + models(count) {
        let mut random = Random::new(seed);
        let (model, preferences, structural) = draw(&mut random);
        let Ok(game) = Game::new(&model, &Budget::default()) else {
            tally.skipped += 1;
            continue;
        };
        let mut question = question(&mut random, &game, preferences);
        // Beyond the cap the exhaustive search does not look.
        question.up_to = question.up_to.map(|to| cap.map_or(to, |cap| to.min(cap)));
        question.permitted.structure =
            structure(&mut random, model.options.len().max(1), structural);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            examine(&game, &question, cap, most, &mut tally);
        }));
        if result.is_err() {
            wrong.push(seed);
        }
    }
    assert!(wrong.is_empty(), "seeds that disagree: {wrong:?}");
    tally
}

#[test]
fn ranks_of_graphs() {
    let tally = drawn(1_000, 150, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let (states, levels) = if parties == 2 { (5, 5) } else { (4, 3) };
        let states = 3 + random.below(states - 2) as usize;
        let model = graph_form(random, parties, states, levels);
        let preferences = permitted(random, parties, 4);
        (model, preferences, 0)
    });
    assert!(tally.plans > 30 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn ranks_of_options() {
    let tally = drawn(2_000, 120, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let options = 2 + random.below(2) as usize;
        let levels = if parties == 2 { 5 } else { 3 };
        let model = option_form(random, parties, options.max(parties), levels);
        let preferences = permitted(random, parties, 4);
        (model, preferences, 0)
    });
    assert!(tally.plans > 20 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn nearby_ranks_among_many_states() {
    let tally = drawn(3_000, 60, Some(3), 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let model = if random.below(2) == 0 {
            let states = 6 + random.below(7) as usize;
            graph_form(random, parties, states, 12)
        } else {
            option_form(random, parties, 3, 8)
        };
        let preferences = permitted(random, parties, 3);
        (model, preferences, 0)
    });
    assert!(tally.plans > 10, "{tally:?}");
}

#[test]
fn statements_of_one_or_two_parties() {
    let tally = drawn(4_000, 120, None, 30_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let by_graph = random.below(3) == 0;
        let mut model = if by_graph {
            let states = 3 + random.below(7) as usize;
            graph_form(random, parties, states, 3)
        } else {
            option_form(random, parties, 3, 3)
        };
        let mut preferences = permitted(random, parties, 8);
        let editors = 1 + random.below(2) as usize;
        for (p, preference) in preferences.iter_mut().enumerate().take(editors) {
            let count = if editors == 1 {
                1 + random.below(4)
            } else {
                1 + random.below(2)
            };
            statements(random, &mut model, p, count as usize);
            let inserts = random.below(3).min(if editors == 1 { 2 } else { 1 });
            let insert = (0..inserts)
                .map(|_| {
                    if by_graph {
                        some_nodes(random, model.states.len())
                    } else {
                        condition(random, model.options.len())
                    }
                })
                .collect();
            let changes = StatementChanges {
                drop: random.below(2) == 0,
                reverse: random.below(2) == 0,
                pass: random.below(3) > 0,
                insert,
            };
            *preference = PreferenceChange::Statements(prices(random), changes);
        }
        (model, preferences, 0)
    });
    assert!(tally.plans > 20 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn structural_changes() {
    let tally = drawn(5_000, 100, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let model = option_form(random, parties, 3, 3);
        let preferences = permitted(random, parties, 8);
        let count = 1 + random.below(4) as usize;
        (model, preferences, count)
    });
    assert!(tally.plans > 10 && tally.forbidden > 5, "{tally:?}");
}
