//! Conditions and numbers of rankings against enumeration of all rankings with the ordinary analysis.

use detente_analysis::inverse::Want;
use detente_analysis::inverse::conditions::{StabilityCondition, condition, conditions};
use detente_analysis::inverse::count::{profiles, rankings};
use detente_analysis::{
    Budget, Concept, Conflict, Game, Ranking, SequenceRule, Settings, StateId, Stop, analyze,
};
use detente_model::PartyId;
use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::generate::{graphs, option_forms};
use crate::model::Case;
use crate::properties::{ALL_FORMS, settings};

/// All orders of `n` states, as values; larger is better.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else {
        return vec![Vec::new()];
    };
    orders(last)
        .into_iter()
        .flat_map(|order| {
            (0..n).map(move |place| {
                let mut longer = order.clone();
                longer.insert(place, last);
                longer
            })
        })
        .collect()
}

/// Says of the equilibria, given as a test of states, whether they are as wanted.
type Judge<'a> = &'a dyn Fn(&dyn Fn(StateId) -> bool) -> bool;

/// For every combination of strict rankings of the varying parties, whether `judge` says yes of the
/// tables.
fn enumerate(
    case: &Case,
    judgement: &[Concept],
    settings: &Settings,
    varying: &[PartyId],
    judge: Judge<'_>,
) -> (usize, usize) {
    let n = case.graph.states();
    let orders = orders(n);
    let mut at = vec![0; varying.len()];
    let (mut holding, mut of) = (0, 0);
    loop {
        let mut all = case.rankings.clone();
        for (p, k) in varying.iter().zip(&at) {
            all[p.index()] = Ranking::from_values(&orders[*k]);
        }
        let conflict = Conflict::new(&case.graph, &all).unwrap();
        let analysis = analyze(&conflict, judgement, settings, &Budget::default());
        let value = analysis.value();
        let equilibrium = |s: StateId| {
            case.parties()
                .zip(judgement)
                .all(|(p, c)| value.table(*c).unwrap().is_stable(p, s))
        };
        holding += usize::from(judge(&equilibrium));
        of += 1;
        let mut k = 0;
        while k < at.len() && at[k] + 1 == orders.len() {
            at[k] = 0;
            k += 1;
        }
        if k == at.len() {
            return (holding, of);
        }
        at[k] += 1;
    }
}

fn judgements(case: &Case, seeds: &[u8]) -> Vec<Concept> {
    case.parties()
        .map(|p| ALL_FORMS[usize::from(seeds[p.index() % seeds.len()]) % ALL_FORMS.len()])
        .collect()
}

/// Few enough states, and two or three parties.
fn small(case: &Case, states: usize) -> bool {
    (2..=states).contains(&case.graph.states()) && (2..=3).contains(&case.parties().count())
}

fn cases(states: usize) -> impl Strategy<Value = Case> {
    prop_oneof![graphs(), option_forms(3)].prop_filter("too large", move |case| small(case, states))
}

/// What could be left out of a condition: a requirement without which it says the same, or a state
/// that makes no difference.
fn superfluous(condition: &StabilityCondition, states: u32) -> Option<String> {
    if states > 10 {
        return None;
    }
    let sets = 0..1_u32 << states;
    let holds = |c: &StabilityCondition, set: u32| c.holds_when(|s| set >> s.0 & 1 == 1);
    for place in 0..condition.requirements.len() {
        let mut fewer = condition.clone();
        fewer.requirements.remove(place);
        if sets
            .clone()
            .all(|set| holds(&fewer, set) == holds(condition, set))
        {
            return Some(format!("requirement {place} of {condition:?}"));
        }
    }
    condition.states().into_iter().find_map(|s| {
        let matters =
            |set: u32| holds(condition, set | 1 << s.0) && !holds(condition, set & !(1 << s.0));
        (!sets.clone().any(matters)).then(|| format!("{s:?} in {condition:?}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn conditions_are_the_verdicts(
        case in prop_oneof![graphs(), option_forms(4)],
        settings in settings(),
        drawn in vec(vec(0..6_u8, 16), 8),
    ) {
        for concept in ALL_FORMS {
            let judgement = vec![concept; case.parties().count()];
            for state in case.states() {
                let conflict = case.conflict();
                let found = conditions(&conflict, &judgement, &settings, state, &Budget::default());
                let found = found.unwrap().complete().unwrap();
                for condition in found {
                    let party = condition.party;
                    let clauses = condition.clauses(10_000, &Budget::default()).unwrap().unwrap();
                    let ways = condition.ways(10_000, &Budget::default()).unwrap().unwrap();
                    for values in &drawn {
                        let mut changed = case.rankings.clone();
                        changed[party.index()] =
                            Ranking::from_values(&values[..case.graph.states()]);
                        let conflict = Conflict::new(&case.graph, &changed).unwrap();
                        let analysis =
                            analyze(&conflict, &[concept], &settings, &Budget::default());
                        let stable = analysis.value().tables[0].is_stable(party, state);
                        let ranking = &changed[party.index()];
                        prop_assert_eq!(condition.holds(ranking), stable);
                        let fine = |s: &StateId| !ranking.prefers(*s, state);
                        prop_assert_eq!(clauses.iter().all(|c| c.iter().any(fine)), stable);
                        prop_assert_eq!(ways.iter().any(|w| w.iter().all(fine)), stable);
                    }
                    let superfluous = superfluous(&condition, case.graph.states() as u32);
                    prop_assert!(superfluous.is_none(), "{:?}", superfluous);
                }
            }
        }
    }

    #[test]
    fn rankings_of_one_party_are_counted(
        case in cases(5),
        settings in settings(),
        seeds in vec(0..6_u8, 3),
        pick in any::<prop::sample::Index>(),
    ) {
        let judgement = judgements(&case, &seeds);
        let n = case.graph.states();
        let state = StateId(pick.index(n) as u32);
        let conflict = case.conflict();
        for party in case.parties() {
            let concept = judgement[party.index()];
            let one =
                condition(&conflict, concept, &settings, party, state, &Budget::default()).unwrap();
            let count = rankings(&one, n, &Budget::default()).unwrap();
            let stable = orders(n)
                .iter()
                .filter(|values| {
                    let mut all = case.rankings.clone();
                    all[party.index()] = Ranking::from_values(values);
                    let conflict = Conflict::new(&case.graph, &all).unwrap();
                    let analysis = analyze(&conflict, &[concept], &settings, &Budget::default());
                    analysis.value().tables[0].is_stable(party, state)
                })
                .count();
            prop_assert_eq!(count.holding, BigUint::from(stable));
            let wants = [Want::Some(vec![state])];
            let count = profiles(
                &conflict, &judgement, &settings, &[party], &wants, &Budget::default(),
            ).unwrap();
            let (holding, of) =
                enumerate(&case, &judgement, &settings, &[party], &|eq| eq(state));
            prop_assert_eq!(count.holding, BigUint::from(holding));
            prop_assert_eq!(count.of, BigUint::from(of));
        }
    }

    #[test]
    fn rankings_that_do_several_things_are_counted(
        case in cases(5),
        settings in settings(),
        seeds in vec(0..6_u8, 3),
        sides in vec(0..4_u8, 6),
    ) {
        let judgement = judgements(&case, &seeds);
        let side = |k: u8| -> Vec<StateId> {
            case.states().filter(|s| sides[s.index() % sides.len()] == k).collect()
        };
        let (one, other, not) = (side(0), side(1), side(2));
        let wants = [Want::Some(one.clone()), Want::Some(other.clone()), Want::None(not.clone())];
        let conflict = case.conflict();
        for party in case.parties() {
            let count = profiles(
                &conflict, &judgement, &settings, &[party], &wants, &Budget::default(),
            ).unwrap();
            let (holding, _) = enumerate(&case, &judgement, &settings, &[party], &|eq| {
                one.iter().any(|s| eq(*s))
                    && other.iter().any(|s| eq(*s))
                    && !not.iter().any(|s| eq(*s))
            });
            prop_assert_eq!(count.holding, BigUint::from(holding));
        }
    }

    #[test]
    fn profiles_of_several_parties_are_counted(
        case in cases(4),
        settings in settings(),
        seeds in vec(0..6_u8, 3),
        pick in any::<prop::sample::Index>(),
        fixed in 0..6_usize,
        unwanted in any::<bool>(),
    ) {
        let judgement = judgements(&case, &seeds);
        let state = StateId(pick.index(case.graph.states()) as u32);
        let varying: Vec<PartyId> = case.parties().filter(|p| p.index() != fixed).collect();
        prop_assume!(varying.len() < 3 || case.graph.states() < 4);
        let wants = if unwanted {
            [Want::None(vec![state])]
        } else {
            [Want::Some(vec![state])]
        };
        let conflict = case.conflict();
        let count = profiles(
            &conflict, &judgement, &settings, &varying, &wants, &Budget::default(),
        ).unwrap();
        let (holding, of) =
            enumerate(&case, &judgement, &settings, &varying, &|eq| eq(state) != unwanted);
        prop_assert_eq!(count.holding, BigUint::from(holding));
        prop_assert_eq!(count.of, BigUint::from(of));
    }
}

/// The case of the Euphrates 1975: the expected numbers and conditions come from an independent
/// implementation of the definitions (`cases/water/syria-iraq-1975/expected.json` has the numbers).
#[test]
fn syria_and_iraq() {
    let text = include_str!("../../../../cases/water/syria-iraq-1975/syria_iraq.detente");
    let parsed = detente_model::syntax::parse(text);
    let model = detente_model::resolve(&parsed.document).model.unwrap();
    let game = Game::new(&model, &Budget::default()).unwrap();
    let conflict = game.conflict();
    let (syria, state) = (PartyId(0), StateId(1));
    let one = |s: u32| vec![StateId(s - 1)];
    let either = vec![vec![one(1), one(4)], vec![one(3), one(6)]];
    let both = vec![vec![one(1)], vec![one(3)]];
    for (concept, number, expected) in [
        (Concept::Nash, 240_u32, Some(&both)),
        (Concept::Gmr, 384, Some(&either)),
        (Concept::Smr, 300, None),
        (Concept::Seq, 384, Some(&either)),
        (Concept::Sseq, 300, None),
    ] {
        let settings = Settings::default();
        let budget = Budget::default();
        let found = condition(&conflict, concept, &settings, syria, state, &budget).unwrap();
        let requirements: Vec<Vec<Vec<StateId>>> = found
            .requirements
            .iter()
            .map(|r| r.alternatives.clone())
            .collect();
        if let Some(expected) = expected {
            assert_eq!(&requirements, expected, "{concept}");
        }
        assert!(!found.holds(&game.rankings[0]));
        let count = rankings(&found, 6, &budget).unwrap();
        assert_eq!(
            (count.holding, count.of),
            (number.into(), 720_u32.into()),
            "{concept}"
        );
        let wants = [Want::Some(vec![state])];
        let judgement = vec![concept; 2];
        let count = profiles(&conflict, &judgement, &settings, &[syria], &wants, &budget).unwrap();
        assert_eq!(
            (count.holding, count.of),
            (number.into(), 720_u32.into()),
            "{concept}"
        );
    }
}

/// A star: one party can move from the middle to each of many states, and the other can answer each.
fn star(states: usize) -> Case {
    let outer: Vec<u32> = (1..states as u32).collect();
    let mut first = vec![Vec::new(); states];
    first[0].clone_from(&outer);
    let second = (0..states as u32)
        .map(|s| if s == 0 { Vec::new() } else { outer.clone() })
        .collect();
    let values: Vec<usize> = (0..states).collect();
    Case::by_graph(&[first, second], &[values.clone(), values])
}

#[test]
fn hundreds_of_states_are_counted_exactly() {
    let n = 300;
    let case = star(n);
    let conflict = case.conflict();
    let budget = Budget::default();
    let factorial = |k: usize| (1..=k).fold(BigUint::from(1_u8), |f, k| f * k);
    for (concept, share) in [
        // The middle has to be best of all: one ranking of n.
        (Concept::Nash, factorial(n - 1)),
        // Anything but worst of all: the others can answer with every outer state.
        (Concept::Gmr, factorial(n) - factorial(n - 1)),
    ] {
        let settings = Settings::default();
        let found = condition(
            &conflict,
            concept,
            &settings,
            PartyId(0),
            StateId(0),
            &budget,
        );
        let count = rankings(&found.unwrap(), n, &budget).unwrap();
        assert_eq!(count.holding, share, "{concept}");
        assert_eq!(count.of, factorial(n));
    }
}

/// Random formulas with many states: the number by formula against the number by enumerating the
/// subsets of the states that matter.
#[test]
fn formulas_are_counted_by_the_size_of_their_sets() {
    let mut random = crate::random::Random::new(75);
    let budget = Budget::default();
    for _ in 0..60 {
        let n = 14;
        let lists = |random: &mut crate::random::Random, density: u64| -> Vec<Vec<u32>> {
            (0..n)
                .map(|_| {
                    (0..n as u32)
                        .filter(|_| random.below(20) < density)
                        .collect()
                })
                .collect()
        };
        let moves = [
            lists(&mut random, 5),
            lists(&mut random, 2),
            lists(&mut random, 2),
        ];
        let mut values = || -> Vec<u64> { (0..n).map(|_| random.below(9)).collect() };
        let case = Case::by_graph(&moves, &[values(), values(), values()]);
        let conflict = case.conflict();
        for concept in ALL_FORMS {
            let settings = Settings::default();
            let found = condition(
                &conflict,
                concept,
                &settings,
                PartyId(0),
                StateId(0),
                &budget,
            )
            .unwrap();
            let count = rankings(&found, n, &budget).unwrap();
            let factorial = |k: u32| (1..=u64::from(k)).product::<u64>();
            let expected: u64 = (0..1_u32 << (n - 1))
                .filter(|below| found.holds_when(|s| s.0 == 0 || below >> (s.0 - 1) & 1 == 1))
                .map(u32::count_ones)
                .map(|b| factorial(b) * factorial(n as u32 - 1 - b))
                .sum();
            assert_eq!(count.holding, BigUint::from(expected), "{concept}");
        }
    }
}

#[test]
fn shares_are_rounded() {
    let count = |holding: u32, of: u32| detente_analysis::inverse::count::Count {
        holding: holding.into(),
        of: of.into(),
    };
    assert_eq!(count(240, 720).millionths(), 333_333);
    assert_eq!(count(2, 3).millionths(), 666_667);
    assert_eq!(count(720, 720).millionths(), 1_000_000);
    assert_eq!(count(0, 0).millionths(), 0);
}

#[test]
fn limits_and_misfits_are_said() {
    let case = star(40);
    let conflict = case.conflict();
    let (settings, budget) = (Settings::default(), Budget::default());
    let (party, state) = (PartyId(0), StateId(0));
    let refused = condition(&conflict, Concept::Sim, &settings, party, state, &budget);
    assert!(refused.unwrap_err().to_string().contains("nash, gmr"));
    for (party, state) in [(PartyId(2), StateId(0)), (PartyId(0), StateId(40))] {
        assert!(condition(&conflict, Concept::Seq, &settings, party, state, &budget).is_err());
    }
    let wants = [Want::Some(vec![state]), Want::None(vec![StateId(3)])];
    let judgement = vec![Concept::Gmr; 2];
    assert!(
        profiles(
            &conflict,
            &vec![Concept::Gmr],
            &settings,
            &[],
            &wants,
            &budget
        )
        .is_err()
    );
    // Forty states have too many orders.
    let stopped = profiles(&conflict, &judgement, &settings, &[party], &wants, &budget);
    assert!(stopped.unwrap_err().to_string().contains("limit"));
    let mut little = Budget::default();
    little.max_work = 10;
    let stopped = conditions(&conflict, &judgement, &settings, state, &little).unwrap();
    assert!(matches!(stopped.complete(), Err(Stop::Limit { .. })));
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let cancelled = Budget::default().cancelled_by(flag);
    let stopped = conditions(&conflict, &judgement, &settings, state, &cancelled).unwrap();
    assert_eq!(stopped.complete(), Err(Stop::Cancelled));
}

#[test]
fn each_once_is_followed() {
    // 0 -> 1 by the first; the second moves 1 -> 2, the third 2 -> 3, the second again 3 -> 4.
    let arcs = |list: &[(usize, u32)]| {
        let mut lists = vec![Vec::new(); 5];
        for (from, to) in list {
            lists[*from].push(*to);
        }
        lists
    };
    let moves = [arcs(&[(0, 1)]), arcs(&[(1, 2), (3, 4)]), arcs(&[(2, 3)])];
    let values = vec![0; 5];
    let case = Case::by_graph(&moves, &[values.clone(), values.clone(), values]);
    let states = |sequences| {
        let settings = Settings {
            sequences,
            diagonal: true,
        };
        let conflict = case.conflict();
        let budget = Budget::default();
        condition(
            &conflict,
            Concept::Gmr,
            &settings,
            PartyId(0),
            StateId(0),
            &budget,
        )
        .unwrap()
        .states()
    };
    let numbers = |list: &[u32]| list.iter().copied().map(StateId).collect::<Vec<_>>();
    assert_eq!(states(SequenceRule::Legal), numbers(&[1, 2, 3, 4]));
    assert_eq!(states(SequenceRule::EachOnce), numbers(&[1, 2, 3]));
}
