//! Scenarios with results from an independent implementation, and the founding case.

use detente_analysis::Budget;
use detente_analysis::bargain::{
    Deal, DealSpace, Disagreement, Floor, Frontier, Solution, Stakes, acceptable, choose, frontier,
    permitted, range, stakes,
};
use num_bigint::BigUint;
use num_rational::BigRational;
use serde_json::Value;

use crate::bargain_naive as naive;
use crate::genius::{expected, scenario};
use crate::hanoi;

const SCENARIOS: [&str; 10] = [
    "own-2p-1e20",
    "own-2p-1e5",
    "own-3p-1e4",
    "own-empty-zopa",
    "own-korea-2019-2p",
    "own-korea-2019-4p",
    "own-ks-differs",
    "own-logroll-binary",
    "own-ties",
    "own-tiny-9",
];

fn numbers(value: &Value) -> Vec<i128> {
    let number = |v: &Value| match v {
        Value::String(text) => text.parse().unwrap(),
        other => i128::from(other.as_i64().unwrap()),
    };
    value.as_array().unwrap().iter().map(number).collect()
}

fn points(value: &Value) -> Vec<Vec<i128>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn rational(text: &str) -> BigRational {
    text.parse().unwrap()
}

/// A space, the frontier for all its voices, and what they have at stake.
fn solved(space: &DealSpace) -> (Frontier, Stakes) {
    let voices: Vec<usize> = (0..space.voices.len()).collect();
    let budget = Budget::default();
    let frontier = frontier(space, &voices, &budget).complete().unwrap();
    let stakes = stakes(space, &voices, Disagreement::default(), &budget);
    (frontier, stakes.complete().unwrap().unwrap())
}

fn worths(frontier: &Frontier, points: &[usize]) -> Vec<Vec<i128>> {
    points
        .iter()
        .map(|p| frontier.points[*p].worth.clone())
        .collect()
}

#[test]
fn frontiers_counts_and_ranges_are_those_expected() {
    for name in SCENARIOS {
        let expected = expected(name);
        let space = scenario(name);
        let (frontier, stakes) = solved(&space);
        let budget = Budget::default();
        let sizes: Vec<i128> = space.sizes.iter().map(|s| i128::from(*s)).collect();
        assert_eq!(sizes, numbers(&expected["issue_sizes"]), "{name}");
        assert_eq!(
            space.voices.len() as u64,
            expected["parties"].as_u64().unwrap()
        );
        let all: BigUint = expected["n_outcomes"].as_str().unwrap().parse().unwrap();
        assert_eq!(permitted(&space, &budget).complete(), Ok(all), "{name}");
        let reservations: Vec<i128> = space
            .voices
            .iter()
            .map(|v| v.reservation.unwrap())
            .collect();
        assert_eq!(reservations, numbers(&expected["reservation"]), "{name}");
        let least: Vec<i128> = stakes.voices.iter().map(|s| s.least).collect();
        let most: Vec<i128> = stakes.voices.iter().map(|s| s.most).collect();
        assert_eq!(least, numbers(&expected["min"]), "{name}");
        assert_eq!(most, numbers(&expected["max"]), "{name}");
        let used = &expected["disagreement_used=max(reservation,min)"];
        assert_eq!(stakes.disagreement(), numbers(used), "{name}");

        let mut efficient = points(&expected["pareto_ignoring_reservation"]);
        efficient.sort_by(|a, b| b.cmp(a));
        let found: Vec<_> = frontier.points.iter().map(|p| p.worth.clone()).collect();
        assert_eq!(found, efficient, "{name}");
        assert_eq!(
            found.len() as u64,
            expected["n_pareto_vectors_ignoring_reservation"]
                .as_u64()
                .unwrap()
        );
        let among = worths(&frontier, &stakes.rational(&frontier));
        match &expected["pareto_rational"] {
            Value::String(same) if same == "same" => assert_eq!(among, efficient, "{name}"),
            listed => {
                let mut listed = points(listed);
                listed.sort_by(|a, b| b.cmp(a));
                assert_eq!(among, listed, "{name}");
            }
        }
        assert_eq!(
            among.len() as u64,
            expected["n_pareto_rational"].as_u64().unwrap()
        );
        let floors = stakes
            .voices
            .iter()
            .enumerate()
            .map(|(voice, stake)| Floor {
                voice,
                worth: stake.disagreement,
            });
        if let Some(weak) = expected["n_rational_outcomes_weak"].as_u64() {
            let found = acceptable(&space, &floors.collect::<Vec<_>>(), &budget);
            assert_eq!(found.complete(), Ok(weak.into()), "{name}");
        }
    }
}

#[test]
fn solutions_are_those_expected() {
    let rules = [
        (Solution::Nash, "nash"),
        (Solution::Egalitarian, "kalai_egalitarian"),
        (
            Solution::KalaiSmorodinskyOverall,
            "ks_textbook_max_min_ratio",
        ),
        (Solution::LeastSpread, "ks_negmas_min_spread"),
        (Solution::Utilitarian, "max_welfare"),
        (
            Solution::RelativeWelfare,
            "max_relative_welfare_from_disagreement",
        ),
    ];
    let mut compared = 0;
    for name in SCENARIOS {
        let expected = expected(name);
        let space = scenario(name);
        let (frontier, stakes) = solved(&space);
        for (solution, key) in rules {
            let found = choose(solution, &space, &frontier, &stakes);
            let Some(expected) = expected.get(key) else {
                assert_eq!(found, None, "{name} {key}");
                continue;
            };
            let found = found.unwrap();
            let mut value = found.value;
            if solution == Solution::Utilitarian {
                // The expected number is the sum of utilities, ours that of gains.
                let none: i128 = stakes.disagreement().iter().sum();
                value += BigRational::from_integer(none.into());
            }
            assert_eq!(
                value,
                rational(expected["value"].as_str().unwrap()),
                "{name} {key}"
            );
            let mut places = points(&expected["points"]);
            places.sort_by(|a, b| b.cmp(a));
            assert_eq!(worths(&frontier, &found.points), places, "{name} {key}");
            compared += 1;
        }
    }
    assert_eq!(compared, 54);
}

#[test]
fn two_level_games_have_the_win_sets_expected() {
    let space = scenario("own-korea-2019-4p");
    let budget = Budget::default();
    let win_set = |voices: &[usize]| {
        let floor = |voice: &usize| Floor {
            voice: *voice,
            worth: space.voices[*voice].reservation.unwrap(),
        };
        let floors: Vec<Floor> = voices.iter().map(floor).collect();
        acceptable(&space, &floors, &budget).complete().unwrap()
    };
    let expected = [
        (vec![0], 1365_u32),
        (vec![1], 1620),
        (vec![2], 888),
        (vec![3], 1509),
        (vec![0, 1], 975),
        (vec![0, 1, 2, 3], 414),
    ];
    for (voices, size) in expected {
        assert_eq!(win_set(&voices), BigUint::from(size), "{voices:?}");
    }
}

/// The founding case's packages: drills, relief, political, Yongbyon, beyond, moratorium, remains.
pub(crate) fn founding() -> DealSpace {
    DealSpace {
        sizes: hanoi::SIZES.map(u32::from).to_vec(),
        rules: Vec::new(),
        voices: vec![
            naive::voice(0, 0, hanoi::tables(hanoi::US), Vec::new(), Some(0)),
            naive::voice(1, 0, hanoi::tables(hanoi::DPRK), Vec::new(), Some(0)),
        ],
    }
}

#[test]
fn the_founding_case_has_the_packages_and_solutions_known_of_it() {
    let space = founding();
    let budget = Budget::default();
    let both = |worth| [Floor { voice: 0, worth }, Floor { voice: 1, worth }];
    let count = |floors: &[Floor]| acceptable(&space, floors, &budget).complete();
    assert_eq!(permitted(&space, &budget).complete(), Ok(2304_u32.into()));
    assert_eq!(count(&both(0)), Ok(197_u32.into()));
    assert_eq!(count(&both(1)), Ok(159_u32.into()));
    let (frontier, stakes) = solved(&space);
    // 77 efficient packages, 7 of them rational.
    let total: BigUint = frontier.points.iter().map(|p| &p.packages).sum();
    assert_eq!(total, 77_u32.into());
    let rational = stakes.rational(&frontier);
    let total: BigUint = rational.iter().map(|p| &frontier.points[*p].packages).sum();
    assert_eq!(total, 7_u32.into());
    let best: Deal = vec![2, 1, 1, 2, 0, 1, 1];
    let ratio = BigRational::new(1.into(), 2.into());
    for (solution, value) in [
        (Solution::Nash, BigRational::from_integer(56.into())),
        (Solution::Egalitarian, BigRational::from_integer(7.into())),
        (Solution::Leximin, BigRational::from_integer(7.into())),
        (Solution::KalaiSmorodinsky, ratio),
    ] {
        let chosen = choose(solution, &space, &frontier, &stakes).unwrap();
        assert_eq!(chosen.value, value, "{solution}");
        assert_eq!(worths(&frontier, &chosen.points), [[8, 7]], "{solution}");
        assert_eq!(
            frontier.packages(chosen.points[0], 10),
            std::slice::from_ref(&best)
        );
    }
    let ideal = rational.iter().map(|p| frontier.points[*p].worth[0]).max();
    assert_eq!(ideal, Some(14));
    let sum = choose(Solution::Utilitarian, &space, &frontier, &stakes).unwrap();
    assert_eq!(sum.value, BigRational::from_integer(16.into()));
    let tied: BigUint = sum
        .points
        .iter()
        .map(|p| &frontier.points[*p].packages)
        .sum();
    assert_eq!(tied, 3_u32.into());
    let range = range(&space, 1, &budget).complete().unwrap().unwrap();
    assert_eq!((range.least, range.most), (-22 - 90 - 4 - 1, 8 + 50 + 9));
}
