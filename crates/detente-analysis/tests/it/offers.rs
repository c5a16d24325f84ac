//! Alternating offers: closed forms, published points, and a literal reading of the protocol.

#[path = "offers_conduct.rs"]
mod conduct;
#[path = "offers_literal.rs"]
mod literal;

use detente_analysis::bargain::DealSpace;
use detente_analysis::bargain::offers::{
    Act, Calendar, Choice, End, Luck, NoScenario, NoStrategy, Pace, Pairing, Plan, Scenario, Seats,
    Session, Setting, Strategy, play, strategies, tournament,
};
use detente_analysis::model::bargain::{
    Bargain, Discount, Issue, Level, Quantity, Ratifier, Side, Table, Utility, Weight,
};
use detente_analysis::model::syntax::ast::Place;
use detente_analysis::{Budget, Outcome};
use num_rational::BigRational;

use crate::hanoi;

pub(crate) fn number(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

/// A utility of whole numbers: for each issue the worth of each level.
pub(crate) fn utility(tables: &[Vec<i64>], reservation: Option<i64>) -> Utility {
    Utility {
        tables: tables
            .iter()
            .map(|values| Table {
                weight: Weight::Known(Quantity::known(number(1))),
                values: values.iter().map(|v| Quantity::known(number(*v))).collect(),
                trend: None,
                cites: Vec::new(),
            })
            .collect(),
        terms: Vec::new(),
        importance: Vec::new(),
        reservation: reservation.map(|r| Quantity::known(number(r))),
        discounts: Vec::new(),
        place: Place::default(),
    }
}

/// Issues of the sizes of the first utility's tables, and one party for each utility.
pub(crate) fn bargain(utilities: Vec<Utility>) -> Bargain {
    let sizes = utilities[0].tables.iter().map(|t| t.values.len());
    let issue = |(number, size): (usize, usize)| Issue {
        name: format!("issue{number}"),
        title: None,
        levels: (0..size)
            .map(|level| Level {
                name: format!("l{level}"),
                title: None,
                number: None,
            })
            .collect(),
        place: Place::default(),
    };
    Bargain {
        issues: sizes.enumerate().map(issue).collect(),
        sides: utilities
            .into_iter()
            .map(|utility| Side {
                utility: Some(utility),
                ..Side::default()
            })
            .collect(),
        ..Bargain::default()
    }
}

pub(crate) fn setting(rounds: u32) -> Setting {
    Setting {
        rounds,
        calendar: None,
        ratified: false,
        choice: Choice::Nearest,
    }
}

pub(crate) fn scenario(bargain: &Bargain, setting: Setting) -> Scenario {
    let space = DealSpace::new(bargain).unwrap();
    Scenario::new(bargain, &space, setting, &Budget::default()).unwrap()
}

pub(crate) fn strategy(text: &str) -> Strategy {
    Strategy::read(text).unwrap()
}

pub(crate) fn session(
    scenario: &Scenario,
    strategies: &[&str],
    first: usize,
    luck: &mut Luck,
) -> Session {
    let strategies: Vec<Strategy> = strategies.iter().map(|s| strategy(s)).collect();
    let seats = Seats {
        strategies: &strategies,
        first,
        traced: true,
    };
    play(scenario, seats, luck)
}

pub(crate) fn luck() -> Luck {
    Luck::new(1, 0)
}

/// A cake of a hundred parts: what one gets the other does not.
fn cake() -> Bargain {
    let one: Vec<i64> = (0..=100).collect();
    let other: Vec<i64> = one.iter().rev().copied().collect();
    bargain(vec![utility(&[one], Some(0)), utility(&[other], Some(0))])
}

/// What was offered by a party, in order.
fn offers(session: &Session, party: usize) -> Vec<u32> {
    let own = session.turns.iter().filter(|t| t.party == party);
    own.filter_map(|t| match t.act {
        Act::Offer(deal) => Some(deal),
        _ => None,
    })
    .collect()
}

#[test]
fn two_who_concede_linearly_halve_the_cake_in_the_middle_of_the_time() {
    let scenario = scenario(&cake(), setting(101));
    let session = session(&scenario, &["linear", "linear"], 0, &mut luck());
    // In round r the first asks 100 - r, and so does the second. In round 50 the offer of 50 is accepted.
    assert_eq!(
        session.end,
        End::Agreed {
            deal: 50,
            round: 50,
            by: 0
        }
    );
    assert_eq!(offers(&session, 0), (50..=100).rev().collect::<Vec<_>>());
    assert_eq!(offers(&session, 1), (0..50).collect::<Vec<_>>());
    assert_eq!(session.offers, 101);
}

#[test]
fn aspirations_follow_the_formula_and_never_rise() {
    let scenario = scenario(&cake(), setting(201));
    for (text, e) in [
        ("boulware:0.2", 0.2_f64),
        ("boulware:0.5", 0.5),
        ("conceder:2", 2.0),
        ("conceder:5", 5.0),
    ] {
        let session = session(&scenario, &[text, "hardliner"], 0, &mut luck());
        let made = offers(&session, 0);
        assert!(made.is_sorted_by(|a, b| a >= b));
        for (round, deal) in made.iter().enumerate() {
            let time = round as f64 / 200.0;
            let asked = 100.0 * (1.0 - time.powf(1.0 / e));
            // The nearest whole number from above.
            assert!((f64::from(*deal) - asked) >= -1e-6 && (f64::from(*deal) - asked) < 1.0 + 1e-6);
        }
        // In the last round it accepts what it has: nothing is as good as no agreement.
        assert_eq!(
            session.end,
            End::Agreed {
                deal: 0,
                round: 200,
                by: 1
            }
        );
    }
}

#[test]
fn whoever_concedes_later_gets_more() {
    let scenario = scenario(&cake(), setting(201));
    let mut got = Vec::new();
    for text in [
        "boulware:0.1",
        "boulware:0.5",
        "linear",
        "conceder:2",
        "conceder:5",
    ] {
        let session = session(&scenario, &[text, "linear"], 0, &mut luck());
        let End::Agreed { deal, .. } = session.end else {
            panic!("{text} agrees with linear")
        };
        got.push(deal);
    }
    assert!(got.is_sorted_by(|a, b| a > b), "{got:?}");
}

#[test]
fn those_who_wait_for_each_other_never_agree() {
    let scenario = scenario(&cake(), setting(50));
    for pair in [
        ["hardliner", "hardliner"],
        ["tit_for_tat", "tit_for_tat"],
        ["tit_for_tat:3", "averaged"],
        ["hardliner", "tit_for_tat"],
        ["hardliner", "micro"],
    ] {
        for first in 0..2 {
            let session = session(&scenario, &pair, first, &mut luck());
            assert_eq!(session.end, End::Deadline, "{pair:?}");
            assert_eq!(session.offers, 100);
        }
    }
}

#[test]
fn tit_for_tat_gives_as_it_is_given() {
    // The linear one gives up 1 of 100 in each round: it demands 100, 99, 98. Tit for tat then asks for
    // 100, 100, 99, 98, rounded up.
    let scenario = scenario(&cake(), setting(101));
    let session = session(&scenario, &["linear", "tit_for_tat"], 0, &mut luck());
    let asked: Vec<u32> = offers(&session, 1).iter().map(|d| 100 - d).collect();
    assert_eq!(asked[..4], [100, 99, 98, 97]);
    let End::Agreed { deal, .. } = session.end else {
        panic!("they agree")
    };
    assert!((49..=51).contains(&deal));
}

#[test]
fn micro_meets_micro_in_the_middle() {
    let scenario = scenario(&cake(), setting(200));
    let session = session(&scenario, &["micro", "micro"], 0, &mut luck());
    assert_eq!(
        session.end,
        End::Agreed {
            deal: 50,
            round: 50,
            by: 0
        }
    );
}

#[test]
fn nothing_is_agreed_where_nothing_is_worth_it_to_both() {
    let mut bargain = cake();
    for side in &mut bargain.sides {
        side.utility.as_mut().unwrap().reservation = Some(Quantity::known(number(60)));
    }
    let scenario = scenario(&bargain, setting(100));
    assert!(scenario.landmarks.is_none());
    for one in strategies() {
        for other in strategies() {
            let session = session(&scenario, &[one.id, other.id], 0, &mut luck());
            assert_eq!(session.end, End::Deadline, "{} {}", one.id, other.id);
        }
    }
}

#[test]
fn whoever_can_gain_nothing_leaves() {
    let mut bargain = cake();
    bargain.sides[1].utility.as_mut().unwrap().reservation = Some(Quantity::known(number(101)));
    let scenario = scenario(&bargain, setting(100));
    let session = session(&scenario, &["linear", "linear"], 0, &mut luck());
    assert_eq!(session.end, End::Left { party: 1, round: 0 });
}

/// The nine packages that can be checked by hand.
fn nine() -> Bargain {
    bargain(vec![
        utility(&[vec![7000, 4200, 700], vec![1200, 3000, 0]], Some(0)),
        utility(&[vec![0, 2000, 4000], vec![600, 3600, 6000]], Some(0)),
    ])
}

/// The talks of 2019 in seven issues; weights made up to fit what is known to have been accepted.
pub(crate) fn korea() -> Bargain {
    let sides = [hanoi::US, hanoi::DPRK].map(|side| utility(&hanoi::tables(side), Some(0)));
    bargain(sides.to_vec())
}

#[test]
fn the_points_are_those_computed_elsewhere() {
    let scenario = scenario(&nine(), setting(10));
    let found = scenario.landmarks.as_ref().unwrap();
    let expected = vec![
        vec![10000, 3600],
        vec![7200, 5600],
        vec![7000, 6000],
        vec![4200, 8000],
        vec![700, 10000],
    ];
    assert_eq!(found.efficient, expected);
    assert_eq!(found.nash, [vec![7000, 6000]]);
    assert_eq!(found.kalai_smorodinsky, [vec![7000, 6000]]);
    assert_eq!(found.kalai, [vec![7000, 6000]]);
    assert_eq!(found.agreeable, 9);
    assert!(found.distances(&[7000, 6000]).nash < 1e-12);
    assert!(found.distances(&[7200, 5600]).nash > 0.04);
    // No reservation value is better than the worst package, which counts then.
    assert_eq!(scenario.ladders[0].disagreement, 700);
    assert_eq!(scenario.ladders[1].disagreement, 600);

    let scenario = crate::offers::scenario(&korea(), setting(10));
    let found = scenario.landmarks.as_ref().unwrap();
    assert_eq!(scenario.listing.len(), 2304);
    assert_eq!(found.agreeable, 197);
    assert_eq!(found.efficient.len(), 7);
    assert_eq!(found.nash, [vec![8, 7]]);
    assert_eq!(found.kalai_smorodinsky, [vec![8, 7]]);
    assert_eq!(found.kalai, [vec![8, 7]]);
}

#[test]
fn a_discount_shrinks_what_is_agreed_late_and_what_can_be() {
    let mut bargain = cake();
    for side in &mut bargain.sides {
        let utility = side.utility.as_mut().unwrap();
        utility.reservation = Some(Quantity::known(number(30)));
        utility.discounts = vec![Discount {
            factor: BigRational::new(1.into(), 2.into()),
            from: "2019-03-04".parse().unwrap(),
            event: None,
        }];
    }
    let calendar = Calendar {
        from: "2019-03-01".parse().unwrap(),
        pace: Pace::default(),
    };
    let with = |rounds| Setting {
        calendar: Some(calendar),
        ..setting(rounds)
    };
    // On 1 to 3 March, in rounds 0 to 2, everything from 30 on is worth it; from the 4th only 60 and more:
    // no package is, to both.
    let scenario = scenario(&bargain, with(100));
    assert!(scenario.is_discounted());
    assert!(
        scenario.accepts(0, 30, 2) && !scenario.accepts(0, 59, 3) && scenario.accepts(0, 60, 3)
    );
    assert_eq!(scenario.utility(0, 60, 2), number(60));
    assert_eq!(scenario.utility(0, 60, 3), number(30));
    let late = session(&scenario, &["linear", "linear"], 0, &mut luck());
    assert_eq!(late.end, End::Deadline);
    let early = session(&scenario, &["conceder:100", "conceder:100"], 0, &mut luck());
    let End::Agreed { round, .. } = early.end else {
        panic!("they agree early")
    };
    assert!(round < 3);
}

#[test]
fn home_may_veto() {
    let mut bargain = cake();
    bargain.sides[0].ratifiers = vec![Ratifier {
        name: "hawks".to_owned(),
        title: None,
        votes: 1,
        utility: utility(&[(0..=100).collect()], Some(55)),
        place: Place::default(),
    }];
    let free = scenario(&bargain, setting(101));
    let tied = scenario(
        &bargain,
        Setting {
            ratified: true,
            ..setting(101)
        },
    );
    let deal =
        |scenario: &Scenario| match session(scenario, &["linear", "linear"], 1, &mut luck()).end {
            End::Agreed { deal, .. } => deal,
            end => panic!("{end:?}"),
        };
    assert_eq!(deal(&free), 50);
    // Tied hands get more.
    assert!(deal(&tied) >= 55);
    assert!(!tied.ladders[0].accepts(54) && tied.ladders[1].accepts(54));
}

#[test]
fn the_calendar_counts_rounds() {
    let day = |text: &str| text.parse().unwrap();
    let calendar = |pace| Calendar {
        from: day("2019-01-20"),
        pace: Pace::read(pace).unwrap(),
    };
    for pace in ["1/day", "3/day", "1/week", "2/5", "7/3"] {
        let calendar = calendar(pace);
        for until in [
            "2019-01-19",
            "2019-01-20",
            "2019-01-21",
            "2019-02-28",
            "2019-03-01",
        ] {
            let until = day(until);
            let literal = (0..1000).filter(|r| calendar.day(*r) <= until).count();
            assert_eq!(
                calendar.rounds_until(until) as usize,
                literal,
                "{pace} {until}"
            );
        }
    }
    assert_eq!(calendar("1/week").day(2), day("2019-02-03"));
    assert_eq!(calendar("3/day").day(5), day("2019-01-21"));
    assert_eq!(calendar("1/4294967295").day(u32::MAX), day("9999-12-31"));
    for bad in [
        "", "1", "0/day", "1/0", "-1/day", "1/month", "x/day", "1/2/3",
    ] {
        assert_eq!(Pace::read(bad), None, "{bad}");
    }
}

#[test]
fn strategies_are_read_as_they_are_written() {
    for strategy in Strategy::all() {
        assert_eq!(Strategy::read(&strategy.to_string()), Ok(strategy));
    }
    assert_eq!(strategy("boulware:0.3").number(), Some(0.3));
    assert!(matches!(Strategy::read("tough"), Err(NoStrategy::Unknown(name)) if name == "tough"));
    assert!(matches!(
        Strategy::read("linear:2"),
        Err(NoStrategy::NoNumber("linear"))
    ));
    for bad in [
        "boulware:1",
        "boulware:0",
        "boulware:-1",
        "boulware:nan",
        "boulware:inf",
        "boulware:",
        "conceder:1",
        "tit_for_tat:0",
        "tit_for_tat:1.5",
        "averaged:1e30",
        "hybrid:x",
    ] {
        assert!(
            matches!(Strategy::read(bad), Err(NoStrategy::Number { .. })),
            "{bad}"
        );
    }
}

#[test]
fn a_tournament_is_the_same_for_any_number_of_threads() {
    let mut korea = scenario(&korea(), setting(60));
    korea.setting.choice = Choice::Drawn;
    let three = bargain(vec![
        utility(&[vec![0, 3, 5], vec![4, 0, 1], vec![2, 1, 0]], Some(1)),
        utility(&[vec![5, 1, 0], vec![0, 3, 2], vec![0, 1, 4]], Some(1)),
        utility(&[vec![1, 2, 0], vec![0, 2, 4], vec![3, 0, 1]], None),
    ]);
    let scenarios = [korea, scenario(&three, setting(40))];
    let plan = Plan {
        strategies: Strategy::all(),
        pairing: Pairing::All,
        repeats: 2,
        seed: 7,
    };
    let play = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| tournament(&scenarios, &plan, &Budget::default()))
    };
    let one = play(1);
    let Outcome::Complete(found) = &one else {
        panic!("nothing stops it")
    };
    // 81 pairs of strategies, either begins; for three parties one of 3 seats is the odd one.
    assert_eq!(found.sessions, 2 * (81 * 2 + (9 + 72 * 3) * 3));
    assert!(found.agreements.mean().unwrap() > 0.3);
    let cells: u64 = found
        .cells
        .iter()
        .flatten()
        .map(|c| c.advantage.count)
        .sum();
    assert_eq!(cells, 2 * (81 * 2 * 2 + (9 + 72 * 3) * 3 * 6));
    assert_eq!(one, play(2));
    assert_eq!(one, play(3));
    let other = Plan { seed: 8, ..plan };
    assert_ne!(one, tournament(&scenarios, &other, &Budget::default()));
}

#[test]
fn where_packages_are_too_many_a_part_is_taken_and_said_to_be_one() {
    let bargain = korea();
    let space = DealSpace::new(&bargain).unwrap();
    let mut small = Budget::default();
    small.max_states = 1000;
    let part = Scenario::new(&bargain, &space, setting(50), &small).unwrap();
    let all = scenario(&bargain, setting(50));
    assert!(all.listing.whole && !part.listing.whole);
    assert!(part.listing.len() <= 1000);
    let found = part.landmarks.as_ref().unwrap();
    // Additive worths: what is best for a mixture is efficient, and the best packages are among them.
    for (one, other) in part.ladders.iter().zip(&all.ladders) {
        assert_eq!(one.best(), other.best());
    }
    assert_eq!(found.nash, all.landmarks.as_ref().unwrap().nash);

    let tables = |by: i64| -> Vec<Vec<i64>> {
        let level = |issue: i64| (0..10).map(move |l| (l * (7 + issue * by)) % 31).collect();
        (0..20).map(level).collect()
    };
    let huge = bargain_of(&[tables(3), tables(5), tables(11)]);
    let huge = scenario(&huge, setting(50));
    assert!(!huge.listing.whole);
    // The worst of 10^20 packages takes the worst level of each issue.
    for (ladder, by) in huge.ladders.iter().zip([3, 5, 11]) {
        let worst: i64 = tables(by).iter().map(|t| t.iter().min().unwrap()).sum();
        assert_eq!(ladder.disagreement, i128::from(worst));
    }
    let session = session(&huge, &["linear", "conceder", "micro"], 0, &mut luck());
    let End::Agreed { deal, .. } = session.end else {
        panic!("they agree: {:?}", session.end)
    };
    assert!((0..3).all(|party| huge.ladders[party].accepts(deal)));
}

fn bargain_of(tables: &[Vec<Vec<i64>>]) -> Bargain {
    bargain(tables.iter().map(|t| utility(t, None)).collect())
}

#[test]
fn what_cannot_be_played_is_refused() {
    let alone = bargain(vec![utility(&[vec![0, 1]], None)]);
    let space = DealSpace::new(&alone).unwrap();
    let refused = Scenario::new(&alone, &space, setting(5), &Budget::default());
    assert_eq!(refused.unwrap_err(), NoScenario::TooFewParties);
    let space = DealSpace::new(&cake()).unwrap();
    let none = DealSpace {
        rules: vec![detente_analysis::model::bargain::Test::Constant(false)],
        ..space
    };
    let refused = Scenario::new(&cake(), &none, setting(5), &Budget::default());
    assert_eq!(refused.unwrap_err(), NoScenario::NoPackages);
}
