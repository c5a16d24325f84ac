//! The places that states may take against every completion written out as a negotiation of its own.

use detente_analysis::doubt::places::{Extent, MOST_PLACED, Places, Run, Span, places};
use detente_analysis::doubt::{Family, MOST_COMPLETIONS};
use detente_analysis::{Budget, Game, Outcome, Ranking, StateId, Stop};
use detente_model::PartyId;
use proptest::prelude::*;

use super::doubt::{completions, document, list, model, wants};
use num_bigint::BigUint;

fn found(text: &str, most: u64) -> Vec<Places> {
    let model = model(&document(text));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, most, &Budget::default()).unwrap();
    places(&family, (MOST_PLACED, 1), &Budget::default())
        .complete()
        .unwrap()
}

/// The first and the last place of a state among those that it shares with its equals, counted one by one.
fn place(ranking: &Ranking, state: usize) -> (usize, usize) {
    let id = |s: usize| StateId(s as u32);
    let others = || 0..ranking.states();
    let better = others().filter(|o| ranking.rank(id(*o)) > ranking.rank(id(state)));
    let alike = others().filter(|o| ranking.rank(id(*o)) == ranking.rank(id(state)));
    let better = better.count();
    (better + 1, better + alike.count())
}

/// The runs, rank by rank: two neighbouring ranks are divided when in every order all states down to the first are
/// preferred to all others.
fn runs(basic: &Ranking, orders: &[Ranking]) -> Vec<Run> {
    let ids: Vec<StateId> = (0..basic.states() as u32).map(StateId).collect();
    let divided = |rank: u32| {
        orders.iter().all(|order| {
            let above = ids.iter().filter(|s| basic.rank(**s) >= rank);
            above.into_iter().all(|a| {
                let mut below = ids.iter().filter(|s| basic.rank(**s) < rank);
                below.all(|b| order.prefers(*a, *b))
            })
        })
    };
    let alike = |rank: u32| {
        let of: Vec<&StateId> = ids.iter().filter(|s| basic.rank(**s) == rank).collect();
        let same = |order: &Ranking| of.iter().all(|s| order.rank(**s) == order.rank(*of[0]));
        orders.iter().all(same)
    };
    let mut out = Vec::new();
    let mut highest = basic.levels() - 1;
    for lowest in (0..basic.levels()).rev() {
        if !divided(lowest) {
            continue;
        }
        if highest > lowest || !alike(lowest) {
            out.push(Run { highest, lowest });
        }
        highest = lowest.saturating_sub(1);
    }
    out
}

/// Compares with the completions written out; returns how many parties are in doubt.
fn compare(text: &str) -> usize {
    let document = document(text);
    let own = model(&document);
    let game = Game::new(&own, &Budget::default()).unwrap();
    let (_, all) = completions(&document);
    let possible = all.iter().filter(|c| c.weight > BigUint::ZERO);
    let orders: Vec<Vec<Ranking>> = possible
        .map(|completion| {
            let model = model(&completion.document);
            let game = Game::new(&model, &Budget::default()).unwrap();
            game.rankings.clone()
        })
        .collect();
    let found = found(text, MOST_COMPLETIONS);
    for places in &found {
        let party = places.party.index();
        let of: Vec<Ranking> = orders.iter().map(|o| o[party].clone()).collect();
        for (state, span) in places.spans.iter().enumerate() {
            let best = of.iter().map(|o| place(o, state).0).min();
            let worst = of.iter().map(|o| place(o, state).1).max();
            let expected = (best, worst);
            assert_eq!((Some(span.best), Some(span.worst)), expected, "{text}");
        }
        assert_eq!(places.runs, runs(&game.rankings[party], &of), "{text}");
        let Extent::Every { orders, .. } = places.extent else {
            panic!("{text}: {:?}", places.extent)
        };
        let mut different = of.clone();
        different.sort_by_key(|o| {
            (0..o.states())
                .map(|s| o.rank(StateId(s as u32)))
                .collect::<Vec<_>>()
        });
        different.dedup();
        assert_eq!(orders, different.len(), "{text}");
    }
    found.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn places_are_those_of_all_completions(a in list(4), b in wants()) {
        let text = format!(
            "party A {{ option a; option b; {a} }}\nparty B {{ option c; option d; {b} }}\n\
             never A.a and A.b and B.d\n"
        );
        compare(&text);
    }
}

#[test]
fn places_are_those_of_the_candidates() {
    let text = "party A {\n  option a\n  option b\n\
        candidate one 0.6 { prefers { a\n b } }\n\
        candidate two 0.3 { prefers { not a\n b } }\n\
        candidate three { prefers { B.c\n not b } }\n}\n\
        party B { option c\n prefers { A.a\n c } }";
    let text = text.replace("candidate three", "candidate three 0.1");
    assert_eq!(compare(&text), 1);
}

/// By hand: with `a` in doubt over `b`, four states stand 4 > 2 > 3 > 1 or, in pairs, 3 and 4 over 1 and 2.
#[test]
fn two_rungs_of_four_by_hand() {
    let text = "party A { option a\n option b\n prefers { maybe: a\n b } }\nparty B { }";
    let found = found(text, MOST_COMPLETIONS);
    let span = |best, worst| Span { best, worst };
    // The states: nothing, a, b, both.
    assert_eq!(
        found[0].spans,
        [span(3, 4), span(2, 4), span(1, 3), span(1, 2)]
    );
    let all = Run {
        highest: 3,
        lowest: 0,
    };
    assert_eq!(found[0].runs, [all]);
    let (completions, orders) = (2, 2);
    assert_eq!(
        found[0].extent,
        Extent::Every {
            completions,
            orders
        }
    );
}

const WEIGHED: &str = "party A {\n  option a\n  option b\n  option c\n\
    weights { 1 .. 4: a\n 2 .. 3: b\n 1: c\n 3: not a and b }\n}\nparty B { }";

/// Weights of which only bounds are known, against a fine grid of them that takes in every order: nothing lies
/// outside, and what two states may do to each other is exact.
#[test]
fn bounds_of_several_weights_hold_every_order_of_a_grid() {
    let found = found(WEIGHED, MOST_COMPLETIONS);
    assert_eq!(found[0].extent, Extent::Pairs);
    let states: Vec<[i64; 3]> = (0..8).map(|n| [n & 1, n >> 1 & 1, n >> 2 & 1]).collect();
    let worth = |[a, b, c]: [i64; 3], x: i64, y: i64| x * a + y * b + 10 * c + 30 * (1 - a) * b;
    let mut orders = Vec::new();
    for x in 10..=40 {
        for y in 20..=30 {
            let values: Vec<i64> = states.iter().map(|s| worth(*s, x, y)).collect();
            orders.push(Ranking::from_values(&values));
        }
    }
    for (state, span) in found[0].spans.iter().enumerate() {
        for order in &orders {
            let (first, last) = place(order, state);
            assert!(
                span.best <= first && last <= span.worst,
                "{state}: {span:?}"
            );
        }
        // From pairs: those that are preferred in every order of the grid.
        let id = |s: usize| StateId(s as u32);
        let surely = |a: usize, b: usize| orders.iter().all(|o| o.prefers(id(a), id(b)));
        let above = (0..8).filter(|o| surely(*o, state)).count();
        let below = (0..8).filter(|o| surely(state, *o)).count();
        assert_eq!((span.best, span.worst), (above + 1, 8 - below), "{state}");
    }
    let model = model(&document(WEIGHED));
    let game = Game::new(&model, &Budget::default()).unwrap();
    assert_eq!(found[0].runs, runs(&game.rankings[0], &orders));
}

#[test]
fn one_weight_is_exact() {
    let text = "party A {\n  option a\n  option b\n weights { 1 .. 4: a\n 2: b }\n}\nparty B { }";
    let found = found(text, MOST_COMPLETIONS);
    let orders: Vec<Ranking> = (10..=40)
        .map(|x| Ranking::from_values(&[0, x, 20, x + 20]))
        .collect();
    for (state, span) in found[0].spans.iter().enumerate() {
        let places = orders.iter().map(|o| place(o, state));
        let best = places.clone().map(|p| p.0).min();
        let worst = places.map(|p| p.1).max();
        assert_eq!(
            (Some(span.best), Some(span.worst)),
            (best, worst),
            "{state}"
        );
    }
    assert!(matches!(found[0].extent, Extent::Every { orders: 3, .. }));
}

/// With more completions than are listed some are drawn, and the same are drawn again; what was seen lies within what
/// there is.
#[test]
fn what_is_drawn_lies_within_what_there_is() {
    let lines = ["a", "not b", "B.c", "b", "not a or B.c", "not B.c"];
    let lines: Vec<String> = lines.iter().map(|l| format!("maybe: {l}")).collect();
    let text = format!(
        "party A {{ option a\n option b\n prefers {{ {} }} }}\nparty B {{ option c }}",
        lines.join("\n")
    );
    let all = found(&text, MOST_COMPLETIONS);
    let drawn = found(&text, 8);
    assert_eq!(drawn, found(&text, 8));
    let samples = MOST_PLACED;
    assert_eq!(drawn[0].extent, Extent::Drawn { samples });
    // Thousands of draws of 64 completions miss none.
    assert_eq!(drawn[0].spans, all[0].spans);
    assert_eq!(drawn[0].runs, all[0].runs);
}

#[test]
fn nobody_in_doubt_has_no_places() {
    assert!(found("party A { option a\n prefers { a } }\nparty B { }", 8).is_empty());
}

#[test]
fn a_budget_that_ends_leaves_the_parties_until_then() {
    let text = "party A { option a\n prefers { maybe: a } }\n\
        party B { option b\n prefers { maybe: b\n maybe: A.a\n maybe: not b } }";
    let model = model(&document(text));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, 64, &Budget::default()).unwrap();
    let mut few = Budget::default();
    few.max_work = 8;
    let Outcome::Stopped(found, stop) = places(&family, (MOST_PLACED, 1), &few) else {
        panic!("the budget is enough")
    };
    let parties: Vec<PartyId> = found.iter().map(|p| p.party).collect();
    assert_eq!(parties, [PartyId(0)]);
    assert!(matches!(stop, Stop::Limit { limit: 8, .. }));
}
