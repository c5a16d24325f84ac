//! Shares against closed forms, and the same bytes from any number of threads.

use detente_analysis::bargain::doubt::{Ask, Doubts, Found, Request, Share, Standing, examine};
use detente_analysis::model::bargain::{Bargain, Quantity, Verdict, Weight};
use detente_analysis::{Budget, Outcome};

use super::build::*;

fn doubts(bargain: &Bargain, samples: u64, seed: u64) -> Doubts {
    let request = Request {
        samples,
        seed,
        ..Request::default()
    };
    let found = examine(bargain, &request, &Budget::default()).unwrap();
    let Outcome::Complete(Found::Doubts(doubts)) = found else {
        panic!("{found:?}")
    };
    *doubts
}

/// Within four standard errors, and these are small.
fn near(share: Share, expected: f64) {
    let off = (share.value - expected).abs();
    assert!(off <= 4.0 * share.error + 1e-3, "{share:?} for {expected}");
    assert!(share.error < 0.02, "{share:?}");
}

/// The example of the page: price weighs between 1/4 and 3/4 and delivery the rest.
fn buyer() -> Bargain {
    let weight = || Weight::Known(between(rational(1, 4), rational(3, 4)));
    let tables = vec![
        weighted(weight(), &[8, 2, 7]),
        weighted(Weight::Unknown, &[4, 3]),
    ];
    let own = utility(tables, Some(known(5)));
    let mut bargain = bargain(&[3, 2], vec![side(own)]);
    bargain.packages = vec![crisp(&[0, 0]), crisp(&[1, 0]), crisp(&[2, 1])];
    bargain
}

#[test]
fn the_example_of_the_page_comes_out() {
    let found = doubts(&buyer(), 8192, 1);
    let standings: Vec<Standing> = found.packages.iter().map(|p| p.agreed).collect();
    assert_eq!(standings, [Standing::Must, Standing::Cannot, Standing::May]);
    near(found.packages[0].shares[0].agreed, 1.0);
    near(found.packages[1].shares[0].agreed, 0.0);
    near(found.packages[2].shares[0].agreed, 0.5);
    // The best package is the Nash point of a lone party.
    near(found.packages[0].shares[0].nash.unwrap(), 1.0);
}

/// Three unknown weights are uniform in a triangle: the share in which the first is at least `t` is
/// `(1 - t)^2`, and the share in which it is the largest is a third.
#[test]
fn weights_are_uniform_in_the_simplex() {
    let unknown = |values: &[i64]| weighted(Weight::Unknown, values);
    let tables = vec![unknown(&[0, 4]), unknown(&[0, 4]), unknown(&[0, 4])];
    let own = utility(tables, Some(known(1)));
    let mut bargain = bargain(&[2, 2, 2], vec![side(own)]);
    bargain.packages = vec![crisp(&[1, 0, 0]), crisp(&[0, 1, 0]), crisp(&[0, 1, 1])];
    let found = doubts(&bargain, 8192, 7);
    near(found.packages[0].shares[0].agreed, 9.0 / 16.0);
    near(found.packages[1].shares[0].agreed, 9.0 / 16.0);
    near(found.packages[2].shares[0].agreed, 15.0 / 16.0);
    bargain.facts = vec![
        fact(party(0), Verdict::Prefers(0, 1)),
        fact(party(0), Verdict::Rejects(1)),
    ];
    // Of the triangle y < 1/4 leaves 7/16, and x > y of that 6/16; in 1/16 of these x is below 1/4.
    let found = doubts(&bargain, 8192, 7);
    assert_eq!(found.packages[0].opinions[0].standing, Standing::May);
    near(found.packages[0].shares[0].agreed, 5.0 / 6.0);
}

/// Two values between bounds and a reservation value between bounds: volumes of a cube.
#[test]
fn values_are_uniform_between_their_bounds() {
    let unit = || between(whole(0), whole(1));
    let one = || Weight::Known(known(1));
    let tables = vec![
        table(one(), None, vec![known(0), unit()]),
        table(one(), None, vec![known(0), unit()]),
    ];
    let own = utility(tables.clone(), Some(unit()));
    let mut bargain = bargain(&[2, 2], vec![side(own.clone()), side(own)]);
    bargain.packages = vec![crisp(&[1, 0]), crisp(&[1, 1])];
    let found = doubts(&bargain, 16384, 3);
    // x >= r: 1/2; x + y >= r: 5/6. Both parties do, each for itself: squares.
    near(found.packages[0].shares[0].accepted[0], 0.5);
    near(found.packages[0].shares[0].agreed, 0.25);
    near(found.packages[1].shares[0].accepted[1], 5.0 / 6.0);
    near(found.packages[1].shares[0].agreed, 25.0 / 36.0);
    near(found.packages[1].shares[0].efficient.unwrap(), 1.0);
}

/// A fact of a vague package leaves two squares that lie apart; shares are those of both together.
#[test]
fn shares_are_of_all_ways_in_which_facts_may_be_meant() {
    let unit = || between(whole(0), whole(4));
    let one = || Weight::Known(known(1));
    let tables = vec![table(one(), None, vec![known(0), unit(), unit()])];
    let own = utility(tables, Some(known(3)));
    let mut bargain = bargain(&[3], vec![side(own)]);
    bargain.packages = vec![package(&[&[1, 2]]), crisp(&[1])];
    bargain.facts = vec![fact(party(0), Verdict::Accepts(0))];
    let found = doubts(&bargain, 8192, 3);
    // Of 16 the 7 with x >= 3 or y >= 3 are left; in 4 of them x >= 3.
    near(found.packages[1].shares[0].agreed, 4.0 / 7.0);
    assert_eq!(found.voices[0].cases, 2);
}

#[test]
fn what_leaves_no_room_is_drawn_where_it_is() {
    let unit = || between(whole(0), whole(2));
    let one = || Weight::Known(known(1));
    let tables = vec![
        table(one(), None, vec![known(0), unit()]),
        table(one(), None, vec![known(0), unit()]),
    ];
    let own = utility(tables, Some(known(4)));
    let mut bargain = bargain(&[2, 2], vec![side(own)]);
    bargain.packages = vec![crisp(&[1, 1]), crisp(&[1, 0])];
    // Only 2 + 2 reaches 4.
    bargain.facts = vec![fact(party(0), Verdict::Accepts(0))];
    let found = doubts(&bargain, 64, 3);
    near(found.packages[0].shares[0].agreed, 1.0);
    let range = &found.voices[0].ranges[0];
    assert_eq!(range.stated, [whole(0), whole(2)]);
    assert_eq!(range.left, [whole(2), whole(2)]);
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let run = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| doubts(&buyer(), 512, seed))
    };
    assert_eq!(run(1, 5), run(4, 5));
    assert_ne!(run(1, 5), run(1, 6));
}

/// One package is in doubt, and asking about it decides it.
#[test]
fn the_best_question_is_the_one_that_decides() {
    let doubtful: Quantity = between(whole(-1), whole(1));
    let own = utility(
        vec![table(
            Weight::Known(known(1)),
            None,
            vec![known(0), doubtful, known(1)],
        )],
        Some(known(0)),
    );
    let bargain = bargain(&[3], vec![side(own)]);
    let found = doubts(&bargain, 4096, 1);
    assert_eq!(found.counts.agreed, [2, 1, 0]);
    let question = &found.questions[0];
    assert_eq!(question.ask, Ask::Accept(vec![1]));
    assert_eq!(question.yes.agreed, [3, 0, 0]);
    assert_eq!(question.no.agreed, [2, 0, 1]);
    assert!((question.bits - 1.0).abs() < 0.01);
    assert!(question.undecided.abs() < 1e-12);
}
