//! What single strategies and choices make of what they see, against their formulas written again.

use detente_analysis::bargain::offers::{
    Act, Choice, PROTOCOL_PAGE, Scenario, Session, Setting, strategies,
};
use num_rational::BigRational;

use super::{korea, luck, number, scenario, session, setting};

#[test]
fn the_pages_of_strategies_have_one_shape() {
    let pages = strategies().iter().map(|s| (s.name, s.page));
    for (name, page) in pages.chain([("Alternating offers", PROTOCOL_PAGE)]) {
        let headings: Vec<&str> = page.lines().filter(|l| l.starts_with('#')).collect();
        let names = [
            "Definition",
            "Reading",
            "Witness",
            "Relations",
            "Example",
            "References",
        ];
        assert_eq!(headings[0], format!("# {name}"));
        assert_eq!(headings[1..], names.map(|n| format!("## {n}")));
    }
}

/// What each turn of a session was worth to a party: who acted, and the worth of what was offered or accepted.
fn worths(scenario: &Scenario, session: &Session, party: usize) -> Vec<(usize, i128)> {
    let turns = session.turns.iter();
    turns
        .filter_map(|t| match t.act {
            Act::Offer(deal) | Act::Accept(deal) => {
                Some((t.party, scenario.ladders[party].worth[deal as usize]))
            }
            Act::Leave => None,
        })
        .collect()
}

#[test]
fn hybrid_asks_for_what_its_formula_says() {
    let scenario = scenario(&korea(), setting(80));
    for (other, e) in [("linear", 1.0_f64), ("conceder:3", 0.5), ("random", 2.0)] {
        let text = format!("hybrid:{e}");
        let session = session(&scenario, &[&text, other], 1, &mut luck());
        let ladder = &scenario.ladders[0];
        let (best, least) = (ladder.best() as f64, ladder.disagreement as f64);
        let turns = worths(&scenario, &session, 0);
        let (mut seen, mut own): (Vec<f64>, Option<f64>) = (Vec::new(), None);
        let mut round = 0.0;
        let mut checked = 0;
        for (party, worth) in turns {
            let worth = worth as f64;
            if party == 1 {
                seen.push(worth);
                continue;
            }
            let time: f64 = round / 79.0;
            let by_time = best - (best - least) * time.powf(1.0 / e);
            let asked = match own {
                Some(last) if seen.len() >= 3 => {
                    let steps: Vec<f64> = seen.windows(2).map(|w| w[1] - w[0]).collect();
                    let recent = &steps[steps.len().saturating_sub(4)..];
                    let weights: &[f64] = match recent.len() {
                        2 => &[0.25, 0.75],
                        3 => &[0.11, 0.22, 0.66],
                        _ => &[0.05, 0.15, 0.3, 0.5],
                    };
                    let conceded: f64 = recent.iter().zip(weights).map(|(s, w)| s * w).sum();
                    let by_conduct =
                        (last - f64::midpoint(1.0, time) * conceded).clamp(least, best);
                    (1.0 - time * time) * by_conduct + time * time * by_time
                }
                _ => by_time,
            };
            // Whole numbers are rounded a few times; the nearest package from above is offered, or one that is
            // better was accepted.
            assert!(
                worth >= asked - 3.0,
                "{other}, round {round}: {worth} for {asked}"
            );
            let accepted = session
                .turns
                .last()
                .is_some_and(|t| (f64::from(t.round) - round).abs() < 0.5);
            let nearest = ladder
                .worth
                .iter()
                .filter(|w| **w as f64 >= asked + 3.0)
                .min();
            if let Some(nearest) = nearest
                && !accepted
            {
                assert!(
                    worth <= *nearest as f64,
                    "{other}, round {round}: {worth} for {asked}"
                );
            }
            checked += 1;
            own = Some(worth);
            round += 1.0;
        }
        assert!(checked > 5, "{other}: {checked}");
    }
}

#[test]
fn the_kindest_offer_is_the_one_whose_levels_were_offered_most() {
    let bargain = korea();
    let kind = Setting {
        choice: Choice::Kindest,
        ..setting(60)
    };
    let scenario = scenario(&bargain, kind);
    let session = session(&scenario, &["linear", "conceder:2"], 1, &mut luck());
    let ladder = &scenario.ladders[0];
    let mut counts = vec![[0_u32; 4]; 7];
    let mut checked = 0;
    for turn in &session.turns {
        let Act::Offer(deal) = turn.act else { continue };
        let levels = scenario.listing.deal(deal);
        if turn.party == 1 {
            for (counts, level) in counts.iter_mut().zip(levels) {
                counts[usize::from(*level)] += 1;
            }
            continue;
        }
        // The lowest worth that is enough, and the hundred packages from there upwards.
        let asked = number(ladder.best() as i64)
            * BigRational::new((59 - i64::from(turn.round)).into(), 59.into());
        let mut order: Vec<u32> = (0..2304).filter(|d| ladder.accepts(*d)).collect();
        order.sort_by_key(|d| (std::cmp::Reverse(ladder.worth[*d as usize]), *d));
        order.retain(|d| number(ladder.worth[*d as usize] as i64) >= asked);
        let window = &order[order.len().saturating_sub(100)..];
        let liking = |d: u32| -> u32 {
            let levels = scenario.listing.deal(d).iter().zip(&counts);
            levels.map(|(l, c)| c[usize::from(*l)]).sum()
        };
        let most = window.iter().map(|d| liking(*d)).max().unwrap();
        assert!(window.contains(&deal));
        assert_eq!(liking(deal), most);
        checked += 1;
    }
    assert!(checked > 5);
}
