//! Doubt with numbers too large for machine words, and answers that tell something only together.

use detente_analysis::doubt::{Family, Found, MOST_COMPLETIONS, Method, Ratio, Request};
use detente_analysis::{Budget, Concept, Game};
use num_bigint::BigUint;

use super::doubt::{asked, document, model, ratio};

/// Millionths of which none has a factor in common with a million, so that nothing is reduced.
const HOLDS: [u32; 7] = [
    123_457, 654_321, 271_829, 314_159, 999_999, 500_001, 777_777,
];

fn big(numbers: impl Iterator<Item = u32>) -> BigUint {
    numbers.fold(BigUint::from(1_u8), |product, n| product * n)
}

/// Each party wants its option with a probability of its own, and is indifferent otherwise: a state is a
/// Nash equilibrium when all whose option is off are indifferent.
#[test]
fn exact_probabilities_beyond_machine_words() {
    const MILLION: u32 = 1_000_000;
    let mut text = String::new();
    for (n, holds) in HOLDS.iter().enumerate() {
        text.push_str(&format!(
            "party P{n} {{ option o; prefers {{ maybe 0.{holds}: o }} }}\n"
        ));
    }
    text.push_str("class \"one off\" when not P0.o or not P1.o\nclass \"both\" otherwise\n");
    let model = model(&document(&text));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &Budget::default()).unwrap();
    let total = family.doubts().iter().map(|d| BigUint::from(d.total()));
    let total: BigUint = total.product();
    assert_eq!(total, big(HOLDS.iter().map(|_| MILLION)));
    assert!(total.bits() > 128, "no machine word holds it");
    let mut request = Request::usual(HOLDS.len(), Concept::Nash);
    request.method = Method::Counted;
    let found = asked(&family, &request);
    assert!(matches!(&found.found, Found::Counted { completions, .. }
        if *completions == BigUint::from(128_u8)));
    let row = &found.rows[found.main];
    for state in game.space.ids() {
        let value = game.space.value(state);
        let off: Vec<u32> = (0..HOLDS.len())
            .filter(|n| value >> n & 1 == 0)
            .map(|n| MILLION - HOLDS[n])
            .collect();
        let wanted = Ratio::new(big(off.iter().copied()), big(off.iter().map(|_| MILLION)));
        let share = &row.states[state.index()];
        assert_eq!(ratio(&share.chance), wanted);
        let (count, _) = share.completions.clone().unwrap();
        assert_eq!(count, BigUint::from(1_u8 << (HOLDS.len() - off.len())));
    }
    // One of the first two is indifferent: 1 - p q.
    let of = |n: usize| BigUint::from(HOLDS[n]);
    let squared = BigUint::from(MILLION) * MILLION;
    let either = Ratio::new(&squared - of(0) * of(1), squared);
    assert_eq!(ratio(&row.classes[0].chance), either);
    assert!(ratio(&row.classes[1].chance).is_one());
    // Once the first wants its option, all hangs on the second.
    let aim = &found.aims[0];
    let question = |doubt: usize| {
        let mut all = aim.questions.single.iter();
        all.find(|q| q.doubts == [doubt]).unwrap()
    };
    let told = &question(0).told;
    assert_eq!(ratio(&told[0].probability), Ratio::new(of(0), MILLION));
    assert_eq!(
        ratio(&told[0].target),
        Ratio::new(MILLION - HOLDS[1], MILLION)
    );
    assert!(ratio(&told[1].target).is_one());
    assert!(question(0).telling && question(1).telling);
    for other in 2..HOLDS.len() {
        assert!(!question(other).telling);
        assert!(
            question(other)
                .told
                .iter()
                .all(|t| ratio(&t.target) == either)
        );
    }
}

/// Each party wants its option or the opposite, as likely: whether both do the same is known only when
/// both are.
#[test]
fn only_both_answers_together_tell() {
    let text = "party A { option a; prefers { maybe: a; not a } }
                party B { option b; prefers { maybe: b; not b } }
                class \"same\" when A.a iff B.b\nclass \"not\" otherwise";
    let model = model(&document(text));
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &Budget::default()).unwrap();
    let mut request = Request::usual(2, Concept::Nash);
    let found = asked(&family, &request);
    assert_eq!(found.aims.len(), 2);
    let half = Ratio::new(1_u8, 2_u8);
    for (aim, same) in found.aims.iter().zip([true, false]) {
        assert_eq!(ratio(&aim.share.chance), half);
        let questions = &aim.questions;
        assert_eq!(questions.single.len(), 2);
        for question in &questions.single {
            assert!(!question.telling && question.bits < 1e-9);
            assert!(question.told.iter().all(|t| ratio(&t.target) == half));
        }
        let [pair] = questions.pairs.as_slice() else {
            panic!("{questions:?}")
        };
        assert_eq!(pair.doubts, [0, 1]);
        assert!(pair.telling && (pair.bits - 1.0).abs() < 1e-9);
        assert!((pair.variance - 0.25).abs() < 1e-9);
        assert_eq!(pair.told.len(), 4);
        for told in &pair.told {
            let holds = (told.answers[0] == told.answers[1]) == same;
            let wanted = if holds {
                Ratio::new(1_u8, 1_u8)
            } else {
                Ratio::zero()
            };
            assert_eq!(ratio(&told.target), wanted);
            assert_eq!(ratio(&told.probability), Ratio::new(1_u8, 4_u8));
        }
    }
    // Draws find the same.
    (request.method, request.samples) = (Method::Sampled, 4_000);
    let drawn = asked(&family, &request);
    for aim in &drawn.aims {
        assert!(aim.questions.single.iter().all(|q| !q.telling));
        assert_eq!(aim.questions.pairs.len(), 1);
        assert!(aim.questions.pairs[0].telling && aim.questions.pairs[0].bits > 0.99);
    }
}
