//! The overview of packages with a name against their readings one by one.

use detente_analysis::Budget;
use detente_analysis::bargain::overview::{Fallback, Overview, Request, overview};
use detente_analysis::bargain::{Answer, Deal, DealSpace};
use detente_analysis::model::bargain::{Bargain, Fact, Package, Verdict};
use detente_analysis::model::syntax::Span;
use detente_analysis::model::syntax::ast::Place;
use num_rational::BigRational;
use proptest::prelude::*;

use crate::bargain_naive as naive;

const NOWHERE: Place = Place(Span { start: 0, end: 0 });

/// Packages whose issues allow the levels that a number says by its bits, one level at least.
fn packages(space: &DealSpace, masks: &[Vec<u16>]) -> Vec<Package> {
    let levels = |mask: &[u16]| -> Vec<Vec<u16>> {
        let both = space.sizes.iter().zip(mask);
        both.map(|(size, mask)| {
            let all: Vec<u16> = (0..*size as u16).collect();
            let some: Vec<u16> = all.iter().copied().filter(|l| mask >> l & 1 == 1).collect();
            if some.is_empty() { vec![0] } else { some }
        })
        .collect()
    };
    masks
        .iter()
        .map(|mask| Package {
            name: "draft".to_owned(),
            title: None,
            levels: levels(mask),
            cites: Vec::new(),
            place: NOWHERE,
        })
        .collect()
}

/// Each voice on the first two packages.
fn facts(space: &DealSpace) -> Vec<Fact> {
    let verdicts = [
        Verdict::Accepts(0),
        Verdict::Rejects(0),
        Verdict::Prefers(0, 1),
    ];
    let fact = |(who, verdict)| Fact {
        who,
        verdict,
        cites: Vec::new(),
        place: NOWHERE,
    };
    let voices = space.voices.iter();
    let all = voices.flat_map(|voice| verdicts.map(|verdict| (voice.who, verdict)));
    all.map(fact).collect()
}

fn of(all: impl IntoIterator<Item = bool>) -> Answer {
    let all: Vec<bool> = all.into_iter().collect();
    match (all.contains(&true), all.contains(&false)) {
        (true, true) => Answer::Depends,
        (true, false) => Answer::Yes,
        (false, _) => Answer::No,
    }
}

fn dominates(a: &[i128], b: &[i128]) -> bool {
    a != b && a.iter().zip(b).all(|(a, b)| a >= b)
}

fn agrees(space: &DealSpace, bargain: &Bargain, voices: &[usize]) -> Result<(), TestCaseError> {
    let request = Request {
        voices: voices.to_vec(),
        fallback: Fallback::Better,
        solutions: Vec::new(),
        counting: u64::MAX,
        cloud: usize::MAX,
    };
    let all = naive::deals(space);
    let found = overview(space, bargain, &request, &Budget::default());
    let Ok(found) = found else {
        prop_assert!(all.is_empty());
        return Ok(());
    };
    let found: Overview = found.complete().unwrap();
    let everybody: Vec<usize> = (0..space.voices.len()).collect();
    let floor = |voice: usize| {
        let worst = all.iter().map(|d| space.voices[voice].worth.of(d)).min();
        let worst = worst.unwrap();
        space.voices[voice]
            .reservation
            .map_or(worst, |r| r.max(worst))
    };
    let mut cloud: Vec<Vec<i128>> = all.iter().map(|d| naive::worth(space, voices, d)).collect();
    cloud.sort();
    cloud.dedup();
    prop_assert_eq!(&found.cloud, &cloud);
    let readings = |package: &Package| -> Vec<Deal> {
        let meant = |deal: &&Deal| {
            deal.iter()
                .zip(&package.levels)
                .all(|(l, of)| of.contains(l))
        };
        all.iter().filter(meant).cloned().collect()
    };
    for (package, named) in bargain.packages.iter().zip(&found.named) {
        let readings = readings(package);
        let Ok(named) = named else {
            prop_assert!(readings.is_empty());
            continue;
        };
        prop_assert_eq!(named.meanings.clone(), Some(readings.len().into()));
        for voice in &everybody {
            let worths = || readings.iter().map(|d| space.voices[*voice].worth.of(d));
            prop_assert_eq!(named.worth[*voice].least, worths().min().unwrap());
            prop_assert_eq!(named.worth[*voice].most, worths().max().unwrap());
            prop_assert_eq!(
                named.accepted[*voice],
                of(worths().map(|w| w >= floor(*voice)))
            );
        }
        let worths: Vec<Vec<i128>> = readings
            .iter()
            .map(|d| naive::worth(space, voices, d))
            .collect();
        let dominated = of(worths.iter().map(|w| cloud.iter().any(|c| dominates(c, w))));
        prop_assert_eq!(named.dominated, Some(dominated));
        // Better than all readings, by the smallest gain over the most that a reading is worth to each.
        let most: Vec<i128> = (0..voices.len())
            .map(|v| worths.iter().map(|w| w[v]).max().unwrap())
            .collect();
        let mut best: Option<(usize, (bool, BigRational))> = None;
        for (place, point) in naive::frontier(space, voices).iter().enumerate() {
            if !worths.iter().all(|w| dominates(&point.0, w)) {
                continue;
            }
            let accepted = point.0.iter().zip(voices).all(|(w, v)| *w >= floor(*v));
            let gains = point.0.iter().zip(&most).zip(voices);
            let gain = gains
                .map(|((w, m), v)| space.voices[*v].utility(w - m))
                .min();
            let key = (accepted, gain.unwrap());
            if best.as_ref().is_none_or(|(_, other)| key > *other) {
                best = Some((place, key));
            }
        }
        prop_assert_eq!(named.better, best.map(|(place, _)| place));
    }
    for (fact, fits) in bargain.facts.iter().zip(&found.facts) {
        let voice = space.voice(fact.who).unwrap();
        let worths = |package: usize| -> Vec<i128> {
            let readings = readings(&bargain.packages[package]);
            readings
                .iter()
                .map(|d| space.voices[voice].worth.of(d))
                .collect()
        };
        let expected = match fact.verdict {
            Verdict::Accepts(p) => of(worths(p).iter().map(|w| *w >= floor(voice))),
            Verdict::Rejects(p) => of(worths(p).iter().map(|w| *w < floor(voice))),
            Verdict::Prefers(better, worse) => {
                let worse = worths(worse);
                of(worths(better)
                    .iter()
                    .flat_map(|b| worse.iter().map(move |w| b > w)))
            }
        };
        let about = |package: usize| !worths(package).is_empty();
        let known = match fact.verdict {
            Verdict::Accepts(p) | Verdict::Rejects(p) => about(p),
            Verdict::Prefers(better, worse) => about(better) && about(worse),
        };
        prop_assert_eq!(*fits, known.then_some(expected));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn packages_with_a_name_agree_with_their_readings(
        space in naive::space(1..4, 2, 2),
        masks in prop::collection::vec(prop::collection::vec(1_u16..16, 7), 2..5),
    ) {
        let bargain = Bargain {
            packages: packages(&space, &masks),
            facts: facts(&space),
            ..Bargain::default()
        };
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        agrees(&space, &bargain, &voices)?;
        agrees(&space, &bargain, &voices[..1])?;
    }
}

/// One reading is best for the first party, another one for the second, and a package outside is as good to both.
#[test]
fn what_matches_the_most_of_all_readings_beats_them() {
    let voices = [vec![1, 0, 1, 0], vec![0, 1, 1, 0]];
    let space = DealSpace {
        sizes: vec![4],
        rules: Vec::new(),
        voices: (0..)
            .zip(voices)
            .map(|(number, table)| naive::voice(number, 0, vec![table], Vec::new(), None))
            .collect(),
    };
    let bargain = Bargain {
        packages: packages(&space, &[vec![0b0011]]),
        ..Bargain::default()
    };
    let request = Request {
        voices: vec![0, 1],
        fallback: Fallback::Better,
        solutions: Vec::new(),
        counting: u64::MAX,
        cloud: 0,
    };
    let found = overview(&space, &bargain, &request, &Budget::default()).unwrap();
    let found = found.complete().unwrap();
    let named = found.named[0].as_ref().unwrap();
    assert_eq!(named.dominated, Some(Answer::Yes));
    assert_eq!(named.better, Some(0));
    assert_eq!(found.frontier.points[0].worth, [1, 1]);
}
