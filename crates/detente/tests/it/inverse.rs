//! What would make the deals of the founding models hold.

use detente::analysis::inverse::{
    Answer, Change, Edit, Fact, Permitted, PreferenceChange, Prices, Question, Reachable,
    StatementChanges, Structural, StructuralChange, Want, solve,
};
use detente::analysis::{Budget, Concept, Game, StateId};
use detente::model::PartyId;
use detente::syntax::ast::Direction;

use crate::harness::{case, state_named, with_game};

const SANCTIONS: [Concept; 3] = [Concept::Gmr, Concept::Smr, Concept::Seq];

fn question(
    game: &Game<'_>,
    wants: Vec<Want>,
    concept: Concept,
    change: &PreferenceChange,
) -> Question {
    let parties = game.graph.parties();
    Question {
        wants,
        judgements: vec![vec![concept; parties]],
        reachable: None,
        permitted: Permitted {
            preferences: vec![change.clone(); parties],
            structure: Vec::new(),
        },
        most_plans: 50,
        up_to: None,
    }
}

fn answer(game: &Game<'_>, question: &Question) -> Answer {
    solve(game, question, &Budget::default())
        .unwrap()
        .complete()
        .unwrap()
}

/// For each plan, by how many swaps each party changes its ranking.
fn swaps(game: &Game<'_>, answer: &Answer) -> Vec<Vec<(String, u64)>> {
    let of = |change: &Change| match change {
        Change::Ranks { party, price, .. } => (game.model.party(*party).name.clone(), *price),
        other => panic!("{other:?}"),
    };
    answer
        .plans
        .iter()
        .map(|p| p.changes.iter().map(of).collect())
        .collect()
}

fn hanoi(irreversible: &str) -> String {
    let text = case("diplomacy/us-dprk-2019/hanoi").to_owned();
    let which = match irreversible {
        "" => return text,
        list => list,
    };
    format!("{text}\nvariant fixed {{\n  irreversible {which}\n}}\n")
}

fn by_swaps(irreversible: &str, target: &str, concept: Concept) -> (u64, Vec<Vec<(String, u64)>>) {
    let text = hanoi(irreversible);
    let variants: &[&str] = if irreversible.is_empty() {
        &[]
    } else {
        &["fixed"]
    };
    with_game(&text, variants, |game| {
        let wants = vec![Want::Some(vec![state_named(game, target)])];
        let ranks = PreferenceChange::Ranks(Prices::default());
        let found = answer(game, &question(game, wants, concept, &ranks));
        assert!(found.all);
        (found.least, swaps(game, &found))
    })
}

fn us(swaps: u64) -> (String, u64) {
    ("US".to_owned(), swaps)
}

fn dprk(swaps: u64) -> (String, u64) {
    ("DPRK".to_owned(), swaps)
}

#[test]
fn each_deal_is_one_swap_away_and_the_swap_is_unique() {
    for concept in SANCTIONS {
        assert_eq!(by_swaps("", "small", concept), (1, vec![vec![us(1)]]));
        assert_eq!(by_swaps("", "big", concept), (1, vec![vec![dprk(1)]]));
    }
    with_game(case("diplomacy/us-dprk-2019/hanoi"), &[], |game| {
        let small = state_named(game, "small");
        let none = state_named(game, "none");
        let ranks = PreferenceChange::Ranks(Prices::default());
        let found = answer(
            game,
            &question(game, vec![Want::Some(vec![small])], Concept::Seq, &ranks),
        );
        let Change::Ranks { reversed, .. } = &found.plans[0].changes[0] else {
            panic!("{:?}", found.plans)
        };
        assert_eq!(*reversed, [(vec![small], vec![none])]);
    });
}

#[test]
fn a_deal_from_which_nobody_gains_by_leaving_takes_more() {
    let both = vec![us(2), dprk(1)];
    assert_eq!(
        by_swaps("", "small", Concept::Nash),
        (3, vec![both.clone(), both])
    );
    assert_eq!(by_swaps("", "big", Concept::Nash).0, 4);
}

#[test]
fn what_cannot_be_taken_back_decides_what_a_deal_costs() {
    let seq = Concept::Seq;
    assert_eq!(
        by_swaps("DPRK.yongbyon", "small", seq),
        (2, vec![vec![us(2)]; 2])
    );
    assert_eq!(by_swaps("DPRK.yongbyon", "big", seq).0, 0);
    assert_eq!(
        by_swaps("US.relief", "small", seq),
        (1, vec![vec![dprk(1)]])
    );
    assert_eq!(by_swaps("US.relief", "big", seq).0, 3);
    assert_eq!(by_swaps("DPRK.yongbyon, US.relief", "small", seq).0, 0);
    assert_eq!(by_swaps("DPRK.yongbyon, US.relief", "big", seq).0, 2);
}

fn edits() -> PreferenceChange {
    PreferenceChange::Statements(
        Prices::default(),
        StatementChanges {
            drop: true,
            reverse: true,
            pass: true,
            insert: Vec::new(),
        },
    )
}

fn of_class(game: &Game<'_>, name: &str) -> Vec<StateId> {
    let class = game
        .model
        .classes
        .iter()
        .position(|c| c.name == name)
        .unwrap();
    game.space
        .ids()
        .filter(|s| game.headline(*s) == Some(class))
        .collect()
}

#[test]
fn dropping_the_hinge_makes_the_small_deal_hold() {
    with_game(case("diplomacy/us-dprk-2019/january"), &[], |game| {
        let deals = of_class(game, "small deal");
        let found = answer(
            game,
            &question(game, vec![Want::Some(deals)], Concept::Seq, &edits()),
        );
        assert_eq!((found.least, found.all), (1, true));
        let hinge = found.plans.iter().any(|p| {
            matches!(&p.changes[..], [Change::Statements { party: PartyId(0), edits, .. }]
                if *edits == [Edit::Drop { statement: 3 }])
        });
        assert!(hinge, "{:#?}", found.plans);
    });
}

#[test]
fn what_forbids_a_deal_is_named() {
    with_game(case("diplomacy/us-dprk-2019/hanoi"), &[], |game| {
        let wants = vec![Want::Some(vec![state_named(game, "small")])];
        let fixed = question(game, wants, Concept::Seq, &PreferenceChange::Fixed);
        let found = answer(game, &fixed);
        assert_eq!(found.plans, []);
        let forbidden = found.forbidden.unwrap();
        assert!(found.smallest);
        assert!(forbidden.contains(&Fact::Wanted(0)), "{forbidden:?}");
        // The US leaves for Yongbyon without relief, and neither answer of North Korea hurts it; that
        // North Korea will not answer by declaring everything does as well as that it would please
        // the US.
        let us = |better, worse| Fact::Prefers {
            party: PartyId(0),
            better: state_named(game, better),
            worse: state_named(game, worse),
        };
        assert_eq!(forbidden.len(), 4, "{forbidden:?}");
        assert!(forbidden.contains(&us("yong", "small")));
        assert!(forbidden.contains(&us("none", "small")));
        let unwilling = Fact::Prefers {
            party: PartyId(1),
            better: state_named(game, "yong"),
            worse: state_named(game, "all_for_nothing"),
        };
        assert!(
            forbidden.contains(&us("all_for_nothing", "small")) || forbidden.contains(&unwilling),
            "{forbidden:?}"
        );
    });
}

#[test]
fn commitments_of_both_sides_save_the_small_deal() {
    let text = hanoi("");
    // With the preferences of variant b, Yongbyon irreversible: the relief must be so too.
    let text =
        format!("{text}\nvariant yongbyon_stays extends b {{\n  irreversible DPRK.yongbyon\n}}\n");
    with_game(&text, &["yongbyon_stays"], |game| {
        let mut asked = question(
            game,
            vec![Want::Some(vec![state_named(game, "small")])],
            Concept::Seq,
            &PreferenceChange::Fixed,
        );
        for option in game.model.option_ids() {
            let now = game.model.option(option).direction;
            for direction in [Direction::Both, Direction::OnlyOn] {
                if direction != now {
                    let change = StructuralChange::Direction { option, direction };
                    asked
                        .permitted
                        .structure
                        .push(Structural { change, price: 1 });
                }
            }
        }
        let found = answer(game, &asked);
        let names: Vec<String> = found
            .plans
            .iter()
            .map(|p| match &p.changes[..] {
                [
                    Change::Structural(Structural {
                        change: StructuralChange::Direction { option, direction },
                        ..
                    }),
                ] => {
                    format!("{} {direction:?}", game.model.qualified(*option))
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found.least, 1);
        let mut names = names;
        names.sort();
        assert_eq!(names, ["DPRK.yongbyon Both", "US.relief OnlyOn"]);
    });
}

#[test]
fn an_equilibrium_that_must_be_reached_by_improvements() {
    with_game(case("diplomacy/us-dprk-2019/january"), &["flex"], |game| {
        let deals = of_class(game, "small deal");
        let mut asked = question(game, vec![Want::Some(deals)], Concept::Seq, &edits());
        assert_eq!(answer(game, &asked).least, 0);
        asked.reachable = Some(Reachable::Joint);
        assert_eq!(answer(game, &asked).least, 0);
        asked.reachable = Some(Reachable::Improvements);
        let found = answer(game, &asked);
        assert!(found.least > 0);
    });
}
