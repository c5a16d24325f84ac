//! Hypergames against the definitions written down literally, over sets of options that are on.
//!
//! Nothing here is shared with the engine: states are sets of bits, moves, reachable states and stability are
//! found by search, views are applied to tables.

use detente_analysis::hypergame::{
    Distance, Hypergame, Judged, Sights, corrections, distance, empty_sanctions, moves_deleted,
    surprises, wishes,
};
use detente_analysis::{Budget, Concept, Outcome, StateId, StateSet};
use detente_model::syntax::{ast::Document, parse};
use detente_model::{Model, PartyId, variant};
use proptest::prelude::*;

use crate::hypergame_tables::{Beliefs, Drawn, Set, Tables, draw};

const CONCEPTS: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];

fn document(text: &str) -> Document {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.document
}

fn with<R>(
    document: &Document,
    concept: Concept,
    use_it: impl FnOnce(&Hypergame<'_>, &Judged) -> R,
) -> R {
    let budget = Budget::default();
    let sights = Sights::new(document).unwrap();
    let hypergame = Hypergame::new(&sights, &budget).unwrap();
    let parties = sights.truth().parties.len();
    let judgements = vec![vec![concept; parties]; sights.models().len()];
    let judged = hypergame.judge(&judgements, &budget).unwrap();
    use_it(&hypergame, &judged)
}

/// States as sets of options that are on; states in somebody's eyes only too.
fn told(hypergame: &Hypergame<'_>, states: &StateSet) -> Set {
    states.iter().map(|s| value(hypergame, s)).collect()
}

fn value(hypergame: &Hypergame<'_>, state: StateId) -> u32 {
    let (game, state) = hypergame.universe.home(state).unwrap();
    hypergame.games[game].space.value(state) as u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_definitions_written_down(seed in any::<u64>()) {
        let drawn = draw(seed);
        prop_assume!(drawn.is_playable());
        let text = drawn.text();
        let document = document(&text);
        for concept in CONCEPTS {
            with(&document, concept, |hypergame, judged| {
                let real = told(hypergame, &judged.equilibria[0]);
                prop_assert_eq!(real, drawn.truth.equilibria(concept), "{}", text);
                let found = told(hypergame, &judged.hypergame);
                prop_assert_eq!(found, drawn.hypergame(concept), "{} {}", concept, text);
                for i in 0..drawn.parties() {
                    let party = PartyId(i as u16);
                    let game = hypergame.sights.seen_by(party);
                    let own = told(hypergame, &judged.equilibria[game]);
                    prop_assert_eq!(own, drawn.game(i).equilibria(concept), "{} {}", concept, text);
                    let expected = told(hypergame, &judged.expected[i]);
                    prop_assert_eq!(expected, drawn.expected(concept, i), "{} {}", concept, text);
                }
                let judgement = &judged.judgements[0];
                let deleted = moves_deleted(hypergame, judgement, &Budget::default()).unwrap();
                let deleted = told(hypergame, &deleted);
                prop_assert_eq!(deleted, drawn.moves_deleted(concept), "{} {}", concept, text);
                standings(&drawn, hypergame, judged, concept)?;
                surprised(&drawn, hypergame, judged, concept)?;
                distances(&drawn, hypergame)?;
                Ok(())
            })?;
        }
    }

    #[test]
    fn views_that_change_nothing_are_the_ordinary_analysis(seed in any::<u64>()) {
        let mut drawn = draw(seed);
        prop_assume!(!drawn.truth.states.is_empty());
        let said = drawn.views.clone();
        for view in &mut drawn.views {
            *view = view.as_ref().map(|_| Beliefs::default());
        }
        drawn.nested = None;
        let mut views: Vec<Document> = vec![document(&drawn.text())];
        // Repeating what is true is no belief either.
        for (view, before) in drawn.views.iter_mut().zip(said) {
            *view = before.map(|b| Beliefs {
                values: b.values.iter().map(|(p, _)| (*p, drawn.truth.values[*p].clone())).collect(),
                ..Beliefs::default()
            });
        }
        views.push(document(&drawn.text()));
        for (document, concept) in views.iter().flat_map(|d| CONCEPTS.map(|c| (d, c))) {
            with(document, concept, |hypergame, judged| {
                let truth = told(hypergame, &judged.equilibria[0]);
                prop_assert_eq!(&truth, &drawn.truth.equilibria(concept));
                prop_assert_eq!(&told(hypergame, &judged.hypergame), &truth);
                let standings = judged.standings(hypergame);
                prop_assert!(standings.iter().all(|s| s.steady && !s.stealthy));
                for party in hypergame.party_ids() {
                    prop_assert_eq!(&told(hypergame, &judged.expected[party.index()]), &truth);
                    for state in hypergame.universe.ids() {
                        let budget = Budget::default();
                        let found = surprises(hypergame, judged, party, state, &budget).unwrap();
                        prop_assert_eq!(found, []);
                    }
                }
                let judgement = &judged.judgements[0];
                let deleted = moves_deleted(hypergame, judgement, &Budget::default()).unwrap();
                prop_assert_eq!(&told(hypergame, &deleted), &truth);
                let Outcome::Complete(wishes) = wishes(hypergame, judged, &Budget::default()) else {
                    panic!("stopped");
                };
                prop_assert_eq!(wishes.all, []);
                Ok(())
            })?;
        }
    }

    #[test]
    fn a_correction_is_the_text_without_the_belief(seed in any::<u64>()) {
        let drawn = draw(seed);
        prop_assume!(drawn.is_playable());
        let text = drawn.text();
        let document = document(&text);
        let parties = drawn.parties();
        let by = |_: &Model| Some(vec![Concept::Seq; parties]);
        let Outcome::Complete(found) = corrections(&document, &by, &Budget::default()) else {
            panic!("stopped");
        };
        let mut told = 0;
        for (viewer, view) in drawn.views.iter().enumerate() {
            let Some(view) = view else { continue };
            let count = view.values.len() + view.hidden.len() + view.excluded.len();
            for belief in 0..count {
                // In the order in which they are written.
                let mut less = Drawn { views: drawn.views.clone(), nested: drawn.nested.clone(),
                    truth: drawn.truth.clone(), ..drawn };
                let left = less.views[viewer].as_mut().unwrap();
                let mut at = belief;
                if at < left.values.len() {
                    left.values.remove(at);
                } else {
                    at -= left.values.len();
                    if at < left.hidden.len() {
                        left.hidden.remove(at);
                    } else {
                        left.excluded.remove(at - left.hidden.len());
                    }
                }
                let own = [format!("P{viewer}")];
                let mut all = found.all.iter().filter(|c| c.path == own && c.belief.is_some());
                let correction = all.nth(belief).unwrap();
                told += 1;
                if !less.is_playable() {
                    continue;
                }
                let result = correction.result.as_ref().unwrap();
                with(&document, Concept::Seq, |hypergame, _| {
                    let values: Set = result.hypergame.iter().map(|s| value(hypergame, s)).collect();
                    prop_assert_eq!(values, less.hypergame(Concept::Seq), "{:?} {}", correction, text);
                    for i in 0..parties {
                        let states = result.expected[i].iter();
                        let values: Set = states.map(|s| value(hypergame, s)).collect();
                        let expected = less.expected(Concept::Seq, i);
                        prop_assert_eq!(values, expected, "{:?} {}", correction, text);
                    }
                    Ok(())
                })?;
            }
        }
        let own = found.all.iter().filter(|c| c.path.len() == 1 && c.belief.is_some());
        prop_assert_eq!(own.count(), told);
    }
}

fn standings(
    drawn: &Drawn,
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    concept: Concept,
) -> Result<(), TestCaseError> {
    let parties: Vec<usize> = (0..drawn.parties()).collect();
    // Other numbers in the same order are the same preferences.
    let game = |tables: &Tables| {
        let below = |of: &Vec<u32>| -> Vec<usize> {
            of.iter()
                .map(|v| of.iter().filter(|w| *w < v).count())
                .collect()
        };
        let orders: Vec<Vec<usize>> = tables.values.iter().map(below).collect();
        (tables.states.clone(), orders)
    };
    let mistaken: Vec<usize> = parties
        .iter()
        .copied()
        .filter(|i| game(&drawn.game(*i)) != game(&drawn.truth))
        .collect();
    for standing in judged.standings(hypergame) {
        let state = value(hypergame, standing.state);
        let expects = |i: &usize| drawn.expected(concept, *i).contains(&state);
        prop_assert_eq!(standing.steady, parties.iter().all(expects));
        // A view that repeats the truth is none in the tables, and one in the text.
        let said: Vec<usize> = parties
            .iter()
            .copied()
            .filter(|i| hypergame.sights.is_mistaken(PartyId(*i as u16)))
            .collect();
        prop_assert!(
            mistaken.iter().all(|i| said.contains(i)),
            "{}",
            drawn.text()
        );
        if said == mistaken {
            let stealthy = !mistaken.is_empty() && mistaken.iter().all(expects);
            prop_assert_eq!(standing.stealthy, stealthy);
        }
    }
    Ok(())
}

fn surprised(
    drawn: &Drawn,
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    concept: Concept,
) -> Result<(), TestCaseError> {
    let budget = Budget::default();
    for state in hypergame.universe.ids() {
        let s = value(hypergame, state);
        for i in 0..drawn.parties() {
            let viewer = PartyId(i as u16);
            let found = surprises(hypergame, judged, viewer, state, &budget).unwrap();
            for j in (0..drawn.parties()).filter(|j| *j != i) {
                let thought = drawn.thought(i, j);
                let own = drawn.game(j);
                let seen = drawn.game(i).states.contains(&s) && thought.states.contains(&s);
                let by = found.iter().find(|f| f.by == PartyId(j as u16));
                if !seen {
                    prop_assert!(by.is_none());
                    continue;
                }
                let expected = thought.open(concept, j, s);
                let happens = own.states.contains(&s).then(|| own.open(concept, j, s));
                prop_assert_eq!(by.is_some(), happens.as_ref() != Some(&expected));
                if let Some(by) = by {
                    let set = |list: &[StateId]| -> Set {
                        list.iter().map(|t| value(hypergame, *t)).collect()
                    };
                    prop_assert_eq!(set(&by.expected), expected);
                    prop_assert_eq!(by.happens.as_deref().map(set), happens);
                }
            }
            empty(drawn, hypergame, judged, (concept, i, state))?;
        }
    }
    Ok(())
}

fn empty(
    drawn: &Drawn,
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    (concept, i, state): (Concept, usize, StateId),
) -> Result<(), TestCaseError> {
    let s = value(hypergame, state);
    let viewer = PartyId(i as u16);
    let found = empty_sanctions(hypergame, judged, viewer, state, &Budget::default()).unwrap();
    let own = drawn.game(i);
    let both = own.states.contains(&s) && drawn.truth.states.contains(&s);
    let expected: Set = if both && own.stable(concept, i, s) && hypergame.sights.is_mistaken(viewer)
    {
        let open = drawn.truth.open(concept, i, s);
        own.better(i, s)
            .into_iter()
            .filter(|t| open.contains(t))
            .collect()
    } else {
        Set::new()
    };
    let improvements: Set = found
        .iter()
        .map(|e| value(hypergame, e.improvement))
        .collect();
    prop_assert_eq!(improvements, expected);
    for empty in &found {
        let mut at = value(hypergame, empty.improvement);
        for (place, step) in empty.steps.iter().enumerate() {
            let (from, to) = (value(hypergame, step.from), value(hypergame, step.to));
            prop_assert_eq!(from, at);
            let mover = step.party.index();
            prop_assert!(own.moves(mover, from).contains(&to));
            let theirs = drawn.game(mover);
            let willing = theirs.states.contains(&from) && theirs.better(mover, from).contains(&to);
            let first = empty.unwilling.map(|(place, _)| place);
            prop_assert_eq!(
                first == Some(place),
                !willing && first.is_none_or(|f| f >= place)
            );
            at = to;
        }
        prop_assert!(own.values[i][at as usize] <= own.values[i][s as usize]);
    }
    Ok(())
}

fn distances(drawn: &Drawn, hypergame: &Hypergame<'_>) -> Result<(), TestCaseError> {
    for i in 0..drawn.parties() {
        for j in 0..drawn.parties() {
            let seen = drawn.thought(i, j);
            let (a, b) = (&drawn.truth.values[j], &seen.values[j]);
            let common: Vec<u32> = drawn
                .truth
                .states
                .intersection(&seen.states)
                .copied()
                .collect();
            let mut expected = Distance::default();
            for (k, s) in common.iter().enumerate() {
                for t in &common[..k] {
                    let order = |v: &[u32]| v[*s as usize].cmp(&v[*t as usize]);
                    let (x, y) = (order(a), order(b));
                    if x == y.reverse() && x.is_ne() {
                        expected.opposite += 1;
                    } else if x != y {
                        expected.tied_in_one += 1;
                    }
                }
            }
            let found = distance(hypergame, PartyId(i as u16), PartyId(j as u16));
            prop_assert_eq!(found, expected);
        }
    }
    Ok(())
}

#[test]
fn invented_options_make_states_that_are_not_real() {
    let text = "party A { option x; prefers { x } }
                party B { option y; prefers { not A.x } }
                never A.x and B.y
                in the eyes of A {
                  invents B.secret
                  B prefers { secret; not A.x }
                }";
    with(&document(text), Concept::Nash, |hypergame, judged| {
        assert_eq!(hypergame.truth().space.len(), 3);
        assert_eq!(hypergame.universe.len(), 6);
        let unreal: Vec<bool> = hypergame
            .universe
            .ids()
            .map(|s| hypergame.universe.is_real(s))
            .collect();
        assert_eq!(unreal, [true, true, true, false, false, false]);
        // A expects the secret site, and there is none: what holds is that A takes x.
        let expected: Vec<StateId> = judged.expected[0].iter().collect();
        assert!(expected.iter().all(|s| !hypergame.universe.is_real(*s)));
        let holds: Vec<StateId> = judged.hypergame.iter().collect();
        assert_eq!(holds, judged.equilibria[0].iter().collect::<Vec<_>>());
        assert!(
            judged
                .standings(hypergame)
                .iter()
                .all(|s| !s.steady && !s.stealthy)
        );
    });
}

#[test]
fn an_option_invented_twice_has_one_set_of_levels() {
    let text = "party A { option x }
                party B { option y }
                in the eyes of A { invents B.secret }
                in the eyes of B { invents B.secret one of low, mid, high }";
    let sights = Sights::new(&document(text)).unwrap();
    let Err(problems) = Hypergame::new(&sights, &Budget::default()) else {
        panic!("accepted");
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "E0206");
}

#[test]
fn graphs_hide_states_and_keep_their_numbers() {
    let text = "state 1; state 2; state 3
                party A { moves { 1 -> 2, 3; 2 -> 1 }; ranks { 3 > 2 > 1 } }
                party B { moves { 3 -> 1 }; ranks { 1 > 2 > 3 } }
                status quo state 1
                in the eyes of A { never state 3 }
                variant sees { without view of A }";
    let document = document(text);
    with(&document, Concept::Nash, |hypergame, judged| {
        let ids =
            |set: &StateSet| -> Vec<u32> { set.iter().map(|s| hypergame.truth().id(s)).collect() };
        assert_eq!(ids(&judged.equilibria[0]), [2]);
        assert_eq!(ids(&judged.expected[0]), [2]);
        assert_eq!(ids(&judged.hypergame), [2]);
        let deleted = moves_deleted(hypergame, &judged.judgements[0], &Budget::default()).unwrap();
        assert_eq!(ids(&deleted), [2]);
    });
    let sees = variant::apply(&document, &["sees"]).unwrap();
    with(&sees, Concept::Nash, |hypergame, _| {
        assert_eq!(hypergame.games.len(), 1);
    });
}

#[test]
fn a_view_without_states_says_which_rules_did_it() {
    let text =
        "party A { option x }\nparty B { option y }\nin the eyes of A { never A.x or not A.x }";
    let sights = Sights::new(&document(text)).unwrap();
    let Err(problems) = Hypergame::new(&sights, &Budget::default()) else {
        panic!("accepted");
    };
    assert_eq!(problems[0].code, "E0201");
    let span = problems[0].primary.as_ref().unwrap().span;
    assert!(
        text[span.start..].starts_with("A.x or not A.x") || text[span.start..].starts_with("never")
    );
}

/// Two parties whose first wish is a term, written out or not.
fn worded(first: &str, second: &str, rest: &str) -> Document {
    document(&format!(
        "party A {{ option x\noption u\nprefers {{ {first}; not x; u }} }}
        party B {{ option y\nprefers {{ {second}; not y }} }}\n{rest}"
    ))
}

#[test]
fn an_unknown_reading_is_heard_in_the_own_sense() {
    let senses = ["A.x", "B.y", "A.x and B.y", "not A.x and B.y", "A.u if B.y"];
    let flags = [false, true];
    for (a, b) in senses.iter().flat_map(|a| senses.map(|b| (*a, b))) {
        for (a_known, b_known) in flags.iter().flat_map(|x| flags.map(|y| (*x, y))) {
            let said = |known, line| if known { line } else { "" };
            let text = |a_known, b_known| {
                let (of_a, of_b) = (
                    said(a_known, "communicated by A to B"),
                    said(b_known, "communicated by B to A"),
                );
                let term = format!("term t {{ A reads {a}\nB reads {b}\n{of_a}\n{of_b} }}");
                worded("term t", "term t", &term)
            };
            let hears = |known, meant, own| if known { meant } else { own };
            // What each believes of both, written out.
            let plain = [
                worded(a, hears(b_known, b, a), ""),
                worded(hears(a_known, a, b), b, ""),
            ];
            for concept in CONCEPTS {
                let by_hand: Vec<Set> = plain
                    .iter()
                    .map(|d| with(d, concept, |h, judged| told(h, &judged.equilibria[0])))
                    .collect();
                with(&text(a_known, b_known), concept, |h, judged| {
                    let found: Vec<Set> = judged.expected.iter().map(|e| told(h, e)).collect();
                    assert_eq!(found, by_hand, "{a} {b} {a_known} {b_known} {concept}");
                });
            }
            // To tell a reading is to write that it is known.
            let by = |_: &Model| Some(vec![Concept::Seq; 2]);
            let found = corrections(&text(a_known, b_known), &by, &Budget::default());
            for correction in found.complete().unwrap().all {
                let reading = correction.reading.unwrap();
                let corrected = match reading.viewer.index() {
                    0 => text(a_known, true),
                    _ => text(true, b_known),
                };
                let result = correction.result.unwrap();
                with(&corrected, Concept::Seq, |_, judged| {
                    assert!(result.hypergame.iter().eq(judged.hypergame.iter()));
                    for (then, told) in result.expected.iter().zip(&judged.expected) {
                        assert!(then.iter().eq(told.iter()));
                    }
                });
            }
        }
    }
}
