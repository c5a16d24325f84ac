//! The solution points against their definitions, written out.

use std::str::FromStr;

use detente_analysis::Budget;
use detente_analysis::bargain::{
    DealSpace, Disagreement, Solution, choose, frontier, solutions, stakes,
};
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

use crate::bargain_naive as naive;

/// What a rule makes of a package: values are compared lexicographically, the greatest is best.
fn values(
    solution: Solution,
    utility: &[BigRational],
    gain: &[BigRational],
    ideal: &[BigRational],
    overall: &[BigRational],
) -> Option<Vec<BigRational>> {
    let shares = |of: &[BigRational]| -> Vec<BigRational> {
        let pairs = gain.iter().zip(of).filter(|(_, o)| !o.is_zero());
        pairs.map(|(g, o)| g / o).collect()
    };
    let spread = |of: &[BigRational]| Some(of.iter().min()? - of.iter().max()?);
    let one = match solution {
        Solution::Nash => Some(gain.iter().product()),
        Solution::KalaiSmorodinsky => shares(ideal).into_iter().min(),
        Solution::KalaiSmorodinskyOverall => shares(overall).into_iter().min(),
        Solution::LeastSpread => spread(&shares(overall)),
        Solution::LeastSpreadRaw => spread(utility),
        Solution::Egalitarian => gain.iter().min().cloned(),
        Solution::Leximin => {
            let mut ordered = gain.to_vec();
            ordered.sort();
            return Some(ordered);
        }
        Solution::Utilitarian => Some(gain.iter().sum()),
        Solution::RelativeWelfare => {
            let shares = shares(overall);
            (!shares.is_empty()).then(|| shares.iter().sum())
        }
    };
    one.map(|value| vec![value])
}

/// All packages one by one: the best by the rule among those that are rational and that nothing betters.
fn by_definition(
    solution: Solution,
    space: &DealSpace,
    from: Disagreement,
) -> Option<(Vec<BigRational>, Vec<Vec<i128>>)> {
    let voices: Vec<usize> = (0..space.voices.len()).collect();
    let all: Vec<Vec<i128>> = naive::deals(space)
        .iter()
        .map(|d| naive::worth(space, &voices, d))
        .collect();
    let none: Vec<i128> = voices
        .iter()
        .map(|v| {
            let worst = all.iter().map(|w| w[*v]).min().unwrap_or(0);
            match (space.voices[*v].reservation, from) {
                (None, _) => worst,
                (Some(value), Disagreement::Reservation) => value,
                (Some(value), Disagreement::ReservationOrWorst) => value.max(worst),
            }
        })
        .collect();
    let units = |v: usize, worth: i128| space.voices[v].utility(worth);
    let rational = |w: &&Vec<i128>| w.iter().zip(&none).all(|(a, b)| a >= b);
    let largest = |among: Vec<&Vec<i128>>| -> Vec<BigRational> {
        let best = |v: &usize| among.iter().map(|w| w[*v]).max().unwrap_or(none[*v]);
        voices
            .iter()
            .map(|v| units(*v, best(v)) - units(*v, none[*v]))
            .collect()
    };
    let ideal = largest(all.iter().filter(rational).collect());
    let overall = largest(all.iter().collect());
    let mut best: Option<(Vec<BigRational>, Vec<Vec<i128>>)> = None;
    for (worth, _) in naive::frontier(space, &voices) {
        if !rational(&&worth) {
            continue;
        }
        let utility: Vec<BigRational> = voices.iter().map(|v| units(*v, worth[*v])).collect();
        let gain: Vec<BigRational> = voices
            .iter()
            .map(|v| &utility[*v] - units(*v, none[*v]))
            .collect();
        let value = values(solution, &utility, &gain, &ideal, &overall)?;
        match &mut best {
            Some((most, points)) if *most == value => points.push(worth),
            Some((most, _)) if *most > value => {}
            _ => best = Some((value, vec![worth])),
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn solutions_are_what_their_definitions_say(
        mut space in naive::space(1..5, 1, 1),
        units in prop::collection::vec(1_u32..7, 5),
        bare in any::<bool>(),
    ) {
        for (voice, unit) in space.voices.iter_mut().zip(units) {
            voice.unit = unit.into();
        }
        let from = if bare { Disagreement::Reservation } else { Disagreement::default() };
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let budget = Budget::default();
        let found = frontier(&space, &voices, &budget).complete().unwrap();
        let stakes = stakes(&space, &voices, from, &budget).complete().unwrap();
        for info in solutions() {
            let expected = by_definition(info.solution, &space, from);
            let chosen = stakes
                .as_ref()
                .and_then(|stakes| choose(info.solution, &space, &found, stakes));
            prop_assert_eq!(chosen.is_some(), expected.is_some(), "{}", info.id);
            let (Some(chosen), Some((value, worths))) = (chosen, expected) else {
                continue;
            };
            let points = chosen.points.iter().map(|p| found.points[*p].worth.clone());
            prop_assert_eq!(points.collect::<Vec<_>>(), worths, "{}", info.id);
            let value = if info.least { -value[0].clone() } else { value[0].clone() };
            prop_assert_eq!(chosen.value, value, "{}", info.id);
        }
    }
}

#[test]
fn every_solution_has_a_name_and_a_page_of_its_own() {
    let parts = [
        "# ",
        "Definition",
        "Reading",
        "Witness",
        "Relations",
        "Example",
        "References",
    ];
    let mut ids: Vec<&str> = Vec::new();
    for info in solutions() {
        assert_eq!(Solution::from_str(info.id), Ok(info.solution));
        assert_eq!(info.solution.info(), info);
        assert!(!ids.contains(&info.id));
        ids.push(info.id);
        let headings = info.page.lines().filter(|l| l.starts_with('#'));
        let headings: Vec<&str> = headings.collect();
        assert_eq!(headings.len(), parts.len(), "{}", info.id);
        assert_eq!(headings[0], format!("# {}", info.name));
        for (heading, part) in headings.iter().zip(parts).skip(1) {
            assert_eq!(*heading, format!("## {part}"), "{}", info.id);
        }
    }
    assert_eq!(
        Solution::from_str("shapley").unwrap_err().to_string(),
        "there is no solution `shapley`"
    );
}

/// The example of the pages.
#[test]
fn rules_that_are_called_the_same_choose_differently() {
    let tables = |worths: Vec<i128>| vec![worths];
    let space = DealSpace {
        sizes: vec![4],
        rules: Vec::new(),
        voices: vec![
            naive::voice(0, 0, tables(vec![100, 46, 45, 0]), Vec::new(), Some(0)),
            naive::voice(1, 0, tables(vec![0, 44, 90, 100]), Vec::new(), Some(0)),
        ],
    };
    let budget = Budget::default();
    let found = frontier(&space, &[0, 1], &budget).complete().unwrap();
    let stakes = stakes(&space, &[0, 1], Disagreement::default(), &budget);
    let stakes = stakes.complete().unwrap().unwrap();
    for (solution, level, value) in [
        (Solution::Nash, 2, (4050, 1)),
        (Solution::KalaiSmorodinsky, 2, (45, 100)),
        (Solution::KalaiSmorodinskyOverall, 2, (45, 100)),
        (Solution::Egalitarian, 2, (45, 1)),
        (Solution::Leximin, 2, (45, 1)),
        (Solution::Utilitarian, 2, (135, 1)),
        (Solution::RelativeWelfare, 2, (135, 100)),
        (Solution::LeastSpread, 1, (2, 100)),
        (Solution::LeastSpreadRaw, 1, (2, 1)),
    ] {
        let chosen = choose(solution, &space, &found, &stakes).unwrap();
        assert_eq!(
            chosen.value,
            BigRational::new(value.0.into(), value.1.into()),
            "{solution}"
        );
        let deals: Vec<_> = chosen
            .points
            .iter()
            .flat_map(|p| found.packages(*p, 9))
            .collect();
        assert_eq!(deals, [[level]], "{solution}");
    }
}
