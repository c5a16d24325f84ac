//! Scores against published figures, literal formulas, identities, and numbers computed elsewhere.

use detente_analysis::claims::score::calibration::{Bins, table, wilson};
use detente_analysis::claims::score::{
    ONE, Point, Score, Unscored, brier, few, logarithmic, murphy, number, ranked, score, skill,
    time_weighted,
};
use detente_analysis::claims::{Forecast, Question, Saying};
use detente_model::estimative::{BANDS, Chance};
use detente_model::record::ClaimKind;
use detente_model::syntax::ast::Came;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn the_figures_of_the_literature() {
    assert!(close(brier::single(700_000, true), 0.09));
    assert!(close(brier::sum(&[700_000, 300_000], 0), 0.18));
    assert!((logarithmic::score(700_000) + 0.3567).abs() < 5e-5);
    // Whoever always says the base rate p has p(1 - p).
    let said: f64 = (0..10).map(|i| brier::single(700_000, i < 7)).sum();
    assert!(close(said / 10.0, 0.7 * 0.3));
    assert!(close(skill::base_rate_brier(7, 10).unwrap(), 0.21));
    // A forecast of 0 that fails is clipped to 0.001: ln 0.001 = -6.9078.
    assert!((logarithmic::score(0) + 6.907_755).abs() < 1e-6);
    let scored = ranked::score(&[300_000, 500_000, 200_000], 0);
    assert!(close(scored.sum, 0.53) && close(scored.normalised, 0.265));
    assert!(close(
        skill::score(0.09, 0.680_625).unwrap(),
        0.867_768_595_041_322
    ));
    assert_eq!(skill::score(0.1, 0.0), None);
}

/// Quantiles of Student's t at 0.975 as statistical tables print them.
#[test]
fn intervals_of_few_scores() {
    for (degrees, t) in [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228)] {
        assert!((few::student(degrees) - t).abs() < 5e-4, "{degrees}");
    }
    for (degrees, t) in [
        (11, 2.201),
        (15, 2.131),
        (20, 2.086),
        (30, 2.042),
        (120, 1.980),
    ] {
        assert!((few::student(degrees) - t).abs() < 1e-3, "{degrees}");
    }
    assert_eq!(few::interval(&[0.1, 0.2]), None);
    let (low, high) = few::interval(&[0.09, 0.04, 0.49]).unwrap();
    assert!(low == 0.0 && (high - 0.819_365).abs() < 1e-5);
    let (low, high) = wilson(7, 10);
    assert!((low - 0.396_778).abs() < 1e-6 && (high - 0.892_209).abs() < 1e-6);
    assert_eq!(wilson(0, 0), (0.0, 1.0));
    assert!(wilson(0, 5).0 == 0.0 && wilson(5, 5).1 == 1.0);
}

#[test]
fn bins_hold_what_they_say() {
    let tenth = |p: u32| Bins::Tenths.of(p);
    assert_eq!(
        [tenth(0), tenth(99_999), tenth(100_000), tenth(ONE)],
        [0, 0, 1, 9]
    );
    let band = |p: u32| Bins::Bands.of(p);
    assert_eq!(
        [band(0), band(49_999), band(50_000), band(200_000)],
        [0, 0, 1, 2]
    );
    assert_eq!(
        [band(549_999), band(550_000), band(700_000), band(ONE)],
        [3, 3, 4, 6]
    );
    for bins in [Bins::Bands, Bins::Tenths] {
        for p in (0..=ONE).step_by(500) {
            let (least, most) = bins.bounds(bins.of(p));
            assert!(least <= p && p <= most);
        }
    }
}

#[test]
fn changed_forecasts_are_weighted_by_days() {
    let (a, b, c) = (date(2019, 1, 1), date(2019, 1, 11), date(2019, 1, 16));
    let scores = [(a, 0.25), (b, 0.04)];
    assert!(close(
        time_weighted::average(&scores, c).unwrap(),
        (2.5 + 0.2) / 15.0
    ));
    // What was said after the question closed does not count.
    assert!(close(
        time_weighted::average(&scores, date(2019, 1, 6)).unwrap(),
        0.25
    ));
    assert!(close(
        time_weighted::average(&scores[..1], a).unwrap(),
        0.25
    ));
    assert_eq!(time_weighted::average(&scores, date(2018, 12, 1)), None);
}

fn question(chance: Chance, came: Option<Came>) -> Question {
    Question {
        name: "q".to_owned(),
        title: None,
        by: "author".to_owned(),
        kind: ClaimKind::Forecast,
        forecasts: vec![Forecast {
            said: Some(date(2019, 1, 20)),
            saying: Saying::Chance(chance),
        }],
        came,
        closed: Some(date(2019, 2, 27)),
        reference: None,
    }
}

/// "Likely" is 55 to 80 %: scored as 0.675, and between 0.04 and 0.2025 if it comes true.
#[test]
fn words_alone_are_scored_with_the_middle_of_their_band() {
    let words = Chance {
        band: Some(&BANDS[4]),
        number: None,
    };
    let scores = score(&[question(words, Some(Came::Yes))], Bins::Bands);
    let Score::Binary(scored) = &scores.questions[0].score else {
        panic!("{scores:?}");
    };
    assert!(close(scored.brier, 0.325 * 0.325));
    let (low, high) = scored.range.unwrap();
    assert!(close(low, 0.04) && close(high, 0.2025));
    let both = Chance {
        number: Some(700_000),
        ..words
    };
    let scores = score(&[question(both, Some(Came::Yes))], Bins::Bands);
    let Score::Binary(scored) = &scores.questions[0].score else {
        panic!("{scores:?}");
    };
    assert!(close(scored.brier, 0.09) && scored.range.is_none());
    assert!(close(scored.time_weighted.unwrap(), 0.09));
}

#[test]
fn what_is_open_partly_or_void_is_not_scored() {
    let chance = Chance {
        band: None,
        number: Some(500_000),
    };
    let mut late = question(chance, Some(Came::Yes));
    late.forecasts[0].said = Some(date(2019, 2, 28));
    let mut advice = question(chance, Some(Came::Yes));
    advice.kind = ClaimKind::Advice;
    for (question, why) in [
        (question(chance, None), Unscored::Open),
        (question(chance, Some(Came::Partly)), Unscored::Partly),
        (question(chance, Some(Came::Void)), Unscored::Void),
        (
            question(chance, Some(Came::Grade("x".to_owned()))),
            Unscored::OtherOutcome,
        ),
        (late, Unscored::Late),
        (advice, Unscored::Advice),
    ] {
        let scores = score(&[question], Bins::Bands);
        assert_eq!(scores.questions[0].score, Score::None(why));
        assert_eq!((scores.all.brier, scores.all.points.len()), (None, 0));
    }
}

/// Two dozen forecasts scored by a script of a few lines, in Python, from the definitions: `p = [7, 12, 93, ...]` in
/// hundredths, `o` what came, `mean((p/100 - o)**2)`, and so on for each figure.
const SAID: [u32; 24] = [
    7, 12, 93, 70, 70, 50, 33, 88, 60, 20, 5, 97, 45, 55, 65, 80, 15, 30, 99, 1, 70, 50, 62, 41,
];
const CAME: [u8; 24] = [
    0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0,
];

#[test]
fn two_dozen_forecasts_score_as_computed_elsewhere() {
    let both = SAID.iter().zip(CAME);
    let questions: Vec<Question> = both
        .map(|(p, came)| {
            let chance = Chance {
                band: None,
                number: Some(p * 10_000),
            };
            question(chance, Some(if came == 1 { Came::Yes } else { Came::No }))
        })
        .collect();
    let all = score(&questions, Bins::Bands).all;
    let murphy = all.murphy_binned.unwrap();
    for (what, found, elsewhere) in [
        ("brier", all.brier.unwrap(), ELSEWHERE[0]),
        ("log", all.logarithmic.unwrap(), ELSEWHERE[1]),
        ("reliability", murphy.reliability, ELSEWHERE[2]),
        ("resolution", murphy.resolution, ELSEWHERE[3]),
        ("uncertainty", murphy.uncertainty, ELSEWHERE[4]),
        ("within variance", murphy.within_variance, ELSEWHERE[5]),
        ("within covariance", murphy.within_covariance, ELSEWHERE[6]),
        ("skill", all.base_rate_skill.unwrap(), ELSEWHERE[7]),
    ] {
        assert!(
            (found - elsewhere).abs() < 1e-9,
            "{what}: {found} {elsewhere}"
        );
    }
    let counts: Vec<(usize, usize)> = all.calibration.iter().map(|r| (r.count, r.came)).collect();
    assert_eq!(counts, COUNTS);
}

const ELSEWHERE: [f64; 8] = [
    0.142_233_333_333,
    -0.430_021_731_341,
    0.003_288_839_286,
    0.117_559_523_810,
    0.250_000_000_000,
    0.002_575_446_429,
    -0.003_928_571_429,
    0.431_066_666_667,
];
const COUNTS: [(usize, usize); 7] = [(1, 0), (4, 0), (4, 1), (4, 2), (7, 5), (2, 2), (2, 2)];

/// The ranked probability score as it is written in the papers: cumulated from lists.
fn literal_ranked(probabilities: &[f64], came: usize) -> f64 {
    let mut sum = 0.0;
    for k in 0..probabilities.len() - 1 {
        let forecast: f64 = probabilities[..=k].iter().sum();
        let observed: f64 = (0..=k).map(|i| if i == came { 1.0 } else { 0.0 }).sum();
        sum += (forecast - observed).powi(2);
    }
    sum
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let point =
        (0..=ONE, any::<bool>()).prop_map(|(probability, came)| Point { probability, came });
    let round = (0..=10_u32, any::<bool>()).prop_map(|(tenths, came)| Point {
        probability: tenths * 100_000,
        came,
    });
    prop_oneof![
        proptest::collection::vec(point, 1..60),
        proptest::collection::vec(round, 1..60)
    ]
}

fn grades() -> impl Strategy<Value = (Vec<u32>, usize)> {
    let cuts = proptest::collection::vec(0..=ONE, 1..6);
    (cuts, any::<proptest::sample::Index>()).prop_map(|(mut cuts, came)| {
        cuts.push(0);
        cuts.push(ONE);
        cuts.sort_unstable();
        let grades: Vec<u32> = cuts.windows(2).map(|w| w[1] - w[0]).collect();
        let came = came.index(grades.len());
        (grades, came)
    })
}

proptest! {
    /// Each decomposition adds up to the mean Brier score; with one bin for each value nothing is left within.
    #[test]
    fn decompositions_add_up(points in points()) {
        let literal: f64 = points.iter().map(|p| {
            let o = if p.came { 1.0 } else { 0.0 };
            (number(p.probability) - o).powi(2)
        }).sum::<f64>() / points.len() as f64;
        for bins in [None, Some(Bins::Bands), Some(Bins::Tenths)] {
            let parts = murphy::decompose(&points, bins).unwrap();
            prop_assert!((parts.brier() - literal).abs() < 1e-9);
            prop_assert!(parts.reliability >= 0.0 && parts.resolution >= 0.0);
            if bins.is_none() {
                prop_assert_eq!((parts.within_variance, parts.within_covariance), (0.0, 0.0));
            }
        }
    }

    /// A calibration table loses nobody, and its reliability is that of the decomposition.
    #[test]
    fn tables_count_everybody(points in points()) {
        for bins in [Bins::Bands, Bins::Tenths] {
            let rows = table(&points, bins);
            prop_assert_eq!(rows.iter().map(|r| r.count).sum::<usize>(), points.len());
            let n = points.len() as f64;
            let reliability: f64 = rows.iter()
                .map(|r| r.count as f64 / n * (r.forecast - r.observed).powi(2)).sum();
            let parts = murphy::decompose(&points, Some(bins)).unwrap();
            prop_assert!((parts.reliability - reliability).abs() < 1e-9);
            for row in rows {
                let (low, high) = row.interval;
                prop_assert!(low <= row.observed && row.observed <= high);
                prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            }
        }
    }

    #[test]
    fn ranked_scores_are_as_in_the_papers((grades, came) in grades()) {
        let numbers: Vec<f64> = grades.iter().map(|g| number(*g)).collect();
        let found = ranked::score(&grades, came);
        prop_assert!((found.sum - literal_ranked(&numbers, came)).abs() < 1e-9);
        let reversed: Vec<u32> = grades.iter().rev().copied().collect();
        let other = ranked::score(&reversed, grades.len() - 1 - came);
        prop_assert!((found.sum - other.sum).abs() < 1e-9);
        prop_assert!((0.0..=1.0 + 1e-12).contains(&found.normalised));
        let squares: f64 = numbers.iter().enumerate()
            .map(|(i, p)| (p - if i == came { 1.0 } else { 0.0 }).powi(2)).sum();
        prop_assert!((brier::sum(&grades, came) - squares).abs() < 1e-9);
        prop_assert!((0.0..=2.0 + 1e-12).contains(&brier::sum(&grades, came)));
    }

    /// For two outcomes the ranked score is the single form of the Brier score, half of the summed form.
    #[test]
    fn two_outcomes_are_a_simple_forecast(p in 0..=ONE, came in any::<bool>()) {
        let grades = [p, ONE - p];
        let place = usize::from(!came);
        prop_assert!((ranked::score(&grades, place).sum - brier::single(p, came)).abs() < 1e-12);
        prop_assert!((brier::sum(&grades, place) - 2.0 * brier::single(p, came)).abs() < 1e-12);
    }

    /// Saying what one believes is best on average: Brier and, within the clip, logarithm.
    #[test]
    fn the_rules_are_proper(believed in 1_000..=ONE - 1_000, said in 1_000..=ONE - 1_000) {
        let p = number(believed);
        let brier = |q: u32| p * brier::single(q, true) + (1.0 - p) * brier::single(q, false);
        prop_assert!(brier(believed) <= brier(said) + 1e-12);
        let log = |q: u32| p * logarithmic::score(q) + (1.0 - p) * logarithmic::score(ONE - q);
        prop_assert!(log(believed) >= log(said) - 1e-12);
    }

    /// The weighted score is the mean over single days of the score of the forecast that stood.
    #[test]
    fn weights_are_days(changes in proptest::collection::vec((0..60_i32, 0.0..1.0_f64), 1..8), closes in 0..80_i32) {
        let start = date(2019, 1, 1);
        let day = |offset: i32| -> Date { start.checked_add(jiff::Span::new().days(offset)).unwrap() };
        let mut changes = changes;
        changes.sort_by_key(|(d, _)| *d);
        let scores: Vec<(Date, f64)> = changes.iter().map(|(d, s)| (day(*d), *s)).collect();
        let (mut sum, mut days) = (0.0, 0);
        for d in 0..closes {
            if let Some((_, s)) = changes.iter().rfind(|(from, _)| *from <= d) {
                sum += s;
                days += 1;
            }
        }
        let found = time_weighted::average(&scores, day(closes));
        let last = changes.iter().rfind(|(from, _)| *from <= closes).map(|(_, s)| *s);
        let literal = if days == 0 { last } else { Some(sum / f64::from(days)) };
        prop_assert_eq!(found.is_some(), literal.is_some());
        if let (Some(found), Some(literal)) = (found, literal) {
            prop_assert!((found - literal).abs() < 1e-9);
        }
    }
}
