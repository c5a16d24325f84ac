//! Hanoi: the numbers of the founding case, and what is left when they are in doubt.

use detente_analysis::bargain::doubt::{Doubts, Found, Request, Standing, examine};
use detente_analysis::model::bargain::{Bargain, Quantity, Table, Utility, Verdict, Weight};
use detente_analysis::model::syntax::ast::Trend;
use detente_analysis::{Budget, Outcome};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::build::*;
use crate::hanoi::{DPRK, SIZES, US};

const RI: usize = 0;
const BIG: usize = 1;
const VOX: usize = 2;
const ALPHA: usize = 3;

/// The documented facts: Washington rejects Ri's offer, which Pyongyang makes; Pyongyang rejects the big deal,
/// which Washington makes; both drafted the Vox text; Pyongyang rejects "Yongbyon + alpha" for partial relief.
fn hanoi(sides: [Utility; 2]) -> Bargain {
    let [us, dprk] = sides;
    let mut bargain = bargain(&SIZES, vec![side(us), side(dprk)]);
    bargain.packages = vec![
        crisp(&[0, 2, 0, 3, 0, 1, 0]),
        crisp(&[2, 3, 2, 3, 3, 1, 1]),
        package(&[&[0], &[1], &[2], &[1, 2], &[0], &[0], &[1]]),
        package(&[&[0], &[1], &[0], &[3], &[1, 2, 3], &[0], &[0]]),
        crisp(&[2, 1, 1, 2, 0, 1, 1]),
    ];
    bargain.facts = vec![
        fact(party(0), Verdict::Rejects(RI)),
        fact(party(1), Verdict::Accepts(RI)),
        fact(party(0), Verdict::Accepts(BIG)),
        fact(party(1), Verdict::Rejects(BIG)),
        fact(party(0), Verdict::Accepts(VOX)),
        fact(party(1), Verdict::Accepts(VOX)),
        fact(party(1), Verdict::Rejects(ALPHA)),
    ];
    bargain
}

fn crisp_utility(values: [&[i64]; 7]) -> Utility {
    utility(values.iter().map(|v| plain(v)).collect(), Some(known(0)))
}

/// Every value from nothing to twice what the founding case assumes, falling or rising as it does there.
fn doubtful_utility(values: [&[i64]; 7]) -> Utility {
    let doubtful = |v: &i64| between(whole((2 * v).min(0)), whole((2 * v).max(0)));
    let table_of = |values: &&[i64]| -> Table {
        let falling = values.iter().any(|v| *v < 0);
        let trend = if falling {
            Trend::Falling
        } else {
            Trend::Rising
        };
        let values: Vec<Quantity> = values.iter().map(doubtful).collect();
        table(Weight::Known(known(1)), Some(trend), values)
    };
    utility(values.iter().map(table_of).collect(), Some(known(0)))
}

fn doubts(bargain: &Bargain) -> Doubts {
    let Outcome::Complete(found) =
        examine(bargain, &Request::default(), &Budget::default()).unwrap()
    else {
        panic!("complete")
    };
    match found {
        Found::Doubts(doubts) => *doubts,
        Found::Contradictions(all) => panic!("{all:?}"),
    }
}

/// The assumed numbers agree with all facts; then nothing is in doubt, and the published counts come out.
#[test]
fn the_assumed_numbers_agree_with_the_facts() {
    let found = doubts(&hanoi([crisp_utility(US), crisp_utility(DPRK)]));
    assert_eq!(found.counts.packages, 2304);
    assert_eq!(found.counts.agreed, [197, 0, 2107]);
    let leading: Vec<_> = found.leading.iter().map(|(deal, _)| deal.clone()).collect();
    assert_eq!(leading, [vec![2, 1, 1, 2, 0, 1, 1]]);
    assert!(found.questions.is_empty());
}

/// With every number free from nothing to twice as much the facts decide what parties were seen to decide, and
/// the assumed numbers are among those that are left.
#[test]
fn the_facts_decide_what_was_seen() {
    let crisp = doubts(&hanoi([crisp_utility(US), crisp_utility(DPRK)]));
    let found = doubts(&hanoi([doubtful_utility(US), doubtful_utility(DPRK)]));
    let standing = |package: usize, voice: usize| found.packages[package].opinions[voice].standing;
    assert_eq!(standing(RI, 0), Standing::Cannot);
    assert_eq!(standing(RI, 1), Standing::Must);
    assert_eq!(standing(BIG, 0), Standing::Must);
    assert_eq!(standing(BIG, 1), Standing::Cannot);
    assert_eq!(found.packages[RI].agreed, Standing::Cannot);
    assert_eq!(found.packages[BIG].agreed, Standing::Cannot);
    for (voice, _) in found.voices.iter().enumerate() {
        assert_eq!(found.counts.accepted[voice].iter().sum::<u64>(), 2304);
        // Nothing that must be accepted is rejected with the assumed numbers, nor the other way round.
        assert!(found.counts.accepted[voice][0] <= crisp.counts.accepted[voice][0]);
        assert!(found.counts.accepted[voice][2] <= crisp.counts.accepted[voice][2]);
    }
}

/// A utility drawn from its bounds and trends: values are drawn until they fall or rise as they must.
fn drawn(values: [&[i64]; 7], random: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
    let mut uniform = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut line = |values: &[i64]| loop {
        let drawn: Vec<f64> = values.iter().map(|v| 2.0 * *v as f64 * uniform()).collect();
        let falling = values.iter().any(|v| *v < 0);
        let follows = |pair: &[f64]| {
            let (before, after) = (pair[0], pair[1]);
            if falling {
                before >= after
            } else {
                before <= after
            }
        };
        if drawn.windows(2).all(follows) {
            return drawn;
        }
    };
    values.iter().map(|v| line(v)).collect()
}

/// The shares agree with utilities that were drawn without regard to the facts and thrown away if they break one.
#[test]
fn shares_agree_with_draws_that_are_thrown_away() {
    const DRAWS: usize = 3000;
    let found = doubts(&hanoi([doubtful_utility(US), doubtful_utility(DPRK)]));
    let mut random = ChaCha8Rng::seed_from_u64(99);
    let worth = |utility: &[Vec<f64>], deal: &[u16]| -> f64 {
        let levels = utility.iter().zip(deal);
        levels.map(|(line, level)| line[usize::from(*level)]).sum()
    };
    let deal = |relief, political, yongbyon, beyond, rest: [u16; 3]| {
        vec![
            rest[0], relief, political, yongbyon, beyond, rest[1], rest[2],
        ]
    };
    let ri = deal(2, 0, 3, 0, [0, 1, 0]);
    let big = deal(3, 2, 3, 3, [2, 1, 1]);
    let vox = [deal(1, 2, 1, 0, [0, 0, 1]), deal(1, 2, 2, 0, [0, 0, 1])];
    let alpha: Vec<_> = (1..=3).map(|b| deal(1, 0, 3, b, [0, 0, 0])).collect();
    let some = |of: &[Vec<u16>], test: &dyn Fn(&[u16]) -> bool| of.iter().any(|d| test(d));
    let mut kept: [Vec<Vec<Vec<f64>>>; 2] = [Vec::new(), Vec::new()];
    while kept[0].len() < DRAWS {
        let u = drawn(US, &mut random);
        let accepts = |d: &[u16]| worth(&u, d) >= 0.0;
        if !accepts(&ri) && accepts(&big) && some(&vox, &accepts) {
            kept[0].push(u);
        }
    }
    while kept[1].len() < DRAWS {
        let u = drawn(DPRK, &mut random);
        let accepts = |d: &[u16]| worth(&u, d) >= 0.0;
        let rejects = |d: &[u16]| !accepts(d);
        if accepts(&ri) && rejects(&big) && some(&vox, &accepts) && some(&alpha, &rejects) {
            kept[1].push(u);
        }
    }
    let share = |voice: usize, deal: &[u16]| {
        let accepted = kept[voice].iter().filter(|u| worth(u, deal) >= 0.0);
        accepted.count() as f64 / DRAWS as f64
    };
    let mut compared = 0;
    for (deal, shares) in &found.leading {
        for (voice, said) in shares.accepted.iter().enumerate() {
            let expected = share(voice, deal);
            let error = (expected * (1.0 - expected) / DRAWS as f64).sqrt();
            let off = (said.value - expected).abs();
            assert!(
                off < 4.0 * (error + said.error) + 1e-3,
                "{deal:?}: {said:?}, {expected}"
            );
            compared += 1;
        }
    }
    assert!(compared >= 16);
}
