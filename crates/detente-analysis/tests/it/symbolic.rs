//! The symbolic engines against the explicit engine, the literal definitions and families with known
//! results.

use detente_analysis::model::expr::Literal;
use detente_analysis::model::model::{
    Assignment, Model, Preferences, RankItem, RankTier, Strength,
};
use detente_analysis::model::syntax::ast::{Count, Direction, Place};
use detente_analysis::model::{Expr, OptionId, PartyId};
use detente_analysis::symbolic::{Encoding, Engine};
use detente_analysis::{Budget, Concept, Game, Settings, analyze};
use proptest::prelude::*;

use crate::literal;
use crate::negotiations::{Random, blank, condition, families, rule, statement};

pub(crate) const CONCEPTS: [Concept; 5] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
];

/// Any expression over the options of a model.
pub(crate) fn expr(random: &mut Random, model: &Model, depth: u32) -> Expr {
    let some = |random: &mut Random| -> Vec<Expr> {
        (0..=random.below(3))
            .map(|_| expr(random, model, depth - 1))
            .collect()
    };
    match random.below(if depth == 0 { 3 } else { 9 }) {
        0..=2 => {
            let option = random.below(model.options.len());
            let top = model.options[option].level_count() as usize;
            let from = random.below(top);
            Expr::Literal(Literal {
                option: OptionId(option as u32),
                from: from as u16,
                to: (from + random.below(top - from)) as u16,
            })
        }
        3 => expr(random, model, depth - 1).negated(),
        4 | 5 => Expr::And(some(random)),
        6 | 7 => Expr::Or(some(random)),
        _ => {
            let of = some(random);
            Expr::Count {
                count: [Count::AtLeast, Count::AtMost, Count::Exactly][random.below(3)],
                number: random.below(of.len() + 2) as u32,
                of,
            }
        }
    }
}

/// A model of any kind that the symbolic engines take, small enough to list its states.
pub(crate) fn any_model(seed: u64, most_options: usize) -> Model {
    let random = &mut Random(seed);
    let parties = 2 + random.below(3);
    let count = 3 + random.below(most_options - 2);
    let owners: Vec<usize> = (0..count).map(|_| random.below(parties)).collect();
    let mut model = blank(parties, &owners);
    let (graded, one_way) = (random.below(30) as u32, random.below(60) as u32);
    for option in &mut model.options {
        if random.percent(graded) {
            let levels = 1 + random.below(3);
            option.levels = (0..levels).map(|l| format!("l{l}")).collect();
        }
        if random.percent(one_way) {
            option.direction = [Direction::OnlyOn, Direction::OnlyOff][random.below(2)];
        }
    }
    for _ in 0..random.below(4) {
        let excluded = Expr::And(vec![expr(random, &model, 1), expr(random, &model, 0)]);
        model.rules.push(rule(excluded));
    }
    for party in 0..parties {
        let number = random.below(6);
        let any = |random: &mut Random| condition(expr(random, &model, 2));
        let preferences = match random.below(8) {
            0 => Preferences::Unstated,
            1 => Preferences::Weights(
                (0..number)
                    .map(|_| {
                        let weight = i64::from(random.below(9) as u8) - 4;
                        (weight * 500_000, any(random))
                    })
                    .collect(),
            ),
            2 | 3 => {
                let mut tiers: Vec<RankTier> = (0..number)
                    .map(|_| RankTier {
                        items: (0..=random.below(2))
                            .map(|_| RankItem::Matching(any(random)))
                            .collect(),
                        strength: Strength::PLAIN,
                    })
                    .collect();
                let rest = RankTier {
                    items: vec![RankItem::Rest(Place::default())],
                    strength: Strength::PLAIN,
                };
                let at = random.below(tiers.len() + 1);
                tiers.insert(at, rest);
                Preferences::Ranks(tiers)
            }
            _ => {
                Preferences::Statements((0..=number).map(|_| statement(any(random).expr)).collect())
            }
        };
        model.parties[party].preferences = preferences;
    }
    model
}

/// The explicit engine's view of a model, `None` when no state is feasible.
pub(crate) fn game(model: &Model) -> Option<Game<'_>> {
    Game::new(model, &Budget::default()).ok()
}

fn agree(model: &Model, with_definitions: bool) {
    let budget = Budget::default();
    let encoding = Encoding::new(model, &budget);
    let Some(game) = game(model) else {
        assert!(encoding.is_err());
        return;
    };
    let encoding = encoding.unwrap();
    let engine = Engine::new(&encoding, &budget);
    let conflict = game.conflict();
    let literal = literal::Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    let settings = Settings::default();
    let explicit = analyze(&conflict, &CONCEPTS, &settings, &budget)
        .complete()
        .unwrap();
    let feasible = engine.feasible();
    assert_eq!(engine.count(&feasible), game.space.len().into());
    for concept in CONCEPTS {
        let table = explicit.table(concept).unwrap();
        let stable = engine.stable(concept).unwrap();
        let joint = engine.equilibria(&stable).unwrap();
        let mut equilibria = 0_u32;
        for state in game.space.ids() {
            let assignment: Assignment = game.space.assignment(state);
            let mut all = true;
            for party in model.party_ids() {
                let expected = table.is_stable(party, state);
                all &= expected;
                let set = &stable.parties[party.index()];
                assert_eq!(
                    engine.contains(set, &assignment),
                    expected,
                    "{concept} {party:?} {assignment:?}"
                );
                assert_eq!(
                    engine.is_stable(concept, party, &assignment).unwrap(),
                    expected,
                    "one state: {concept} {party:?} {assignment:?}"
                );
                if with_definitions {
                    assert_eq!(expected, literal.stable(concept, party, state));
                }
            }
            equilibria += u32::from(all);
            assert_eq!(engine.contains(&joint, &assignment), all);
        }
        assert_eq!(engine.count(&joint), equilibria.into());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stable_states_are_those_of_the_explicit_engine(seed in any::<u64>()) {
        agree(&any_model(seed, 8), false);
    }

    #[test]
    fn stable_states_are_those_of_the_definitions(seed in any::<u64>()) {
        agree(&any_model(seed, 4), true);
    }
}

/// Numbers of equilibria (Nash, GMR, SMR, SEQ, SSEQ) of a family, as powers of two; `None` for 0.
fn counted(model: &Model, concepts: &[Concept], powers: &[Option<u64>]) {
    let budget = Budget::default();
    let encoding = Encoding::new(model, &budget).unwrap();
    for (concept, power) in concepts.iter().zip(powers) {
        let engine = Engine::new(&encoding, &budget);
        let stable = engine.stable(*concept).unwrap();
        let joint = engine.equilibria(&stable).unwrap();
        let expected = power.map_or(0_u8.into(), |p| num_bigint::BigUint::from(1_u8) << p);
        assert_eq!(engine.count(&joint), expected, "{concept}");
    }
}

#[test]
fn families_have_their_known_numbers_of_equilibria() {
    for q in [1, 2, 5] {
        let k = q as u64;
        counted(&families::dominant(2, q), &CONCEPTS, &[Some(0); 5]);
        counted(&families::others(2, q), &CONCEPTS, &[Some(2 * k); 5]);
        let pennies = [None, Some(2 * k), None, Some(2 * k), None];
        counted(&families::pennies(q), &CONCEPTS, &pennies);
        let two = [Some(k), Some(2 * k), Some(k), Some(k), Some(k)];
        counted(&families::coordination(2, q), &CONCEPTS, &two);
    }
    for q in [1, 2, 3] {
        let k = q as u64;
        counted(&families::dominant(3, q), &CONCEPTS, &[Some(0); 5]);
        counted(&families::others(3, q), &CONCEPTS, &[Some(3 * k); 5]);
        let three = [Some(k), Some(3 * k), Some(3 * k), Some(k), Some(k)];
        counted(&families::coordination(3, q), &CONCEPTS, &three);
    }
}

#[test]
fn families_have_them_at_60_and_200_options_too() {
    for q in [30, 100] {
        let k = q as u64;
        counted(&families::dominant(2, q), &CONCEPTS, &[Some(0); 5]);
        counted(&families::others(2, q), &CONCEPTS, &[Some(2 * k); 5]);
        let pennies = [None, Some(2 * k), None, Some(2 * k), None];
        counted(&families::pennies(q), &CONCEPTS, &pennies);
        let two = [Some(k), Some(2 * k), Some(k), Some(k), Some(k)];
        counted(&families::coordination(2, q), &CONCEPTS, &two);
    }
    for q in [20, 66] {
        let k = q as u64;
        let three = [Some(k), Some(3 * k), Some(3 * k)];
        counted(&families::coordination(3, q), &CONCEPTS, &three);
    }
}

#[test]
fn parties_that_do_not_exist_are_refused() {
    let model = families::pennies(1);
    let budget = Budget::default();
    let encoding = Encoding::new(&model, &budget).unwrap();
    let engine = Engine::new(&encoding, &budget);
    assert!(engine.stable_for(Concept::Nash, PartyId(2)).is_err());
    assert!(engine.stable_for(Concept::Sim, PartyId(0)).is_err());
}
