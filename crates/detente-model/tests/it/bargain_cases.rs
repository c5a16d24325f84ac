//! The cases about packages say what was computed apart from this program: by enumeration, from the tables alone.

use detente_model::bargain::{Bargain, Utility, Verdict, Weight};
use detente_model::{Model, resolve};
use detente_syntax::parse;
use num_rational::BigRational;

const HANOI: &str = include_str!("../../../../cases/diplomacy/us-dprk-2019/packages.detente");
const KOREA: &str =
    include_str!("../../../../cases/bargaining/korea-2019-ratified/korea_ratified.detente");

fn model(text: &str) -> Model {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let resolved = resolve(&parsed.document);
    assert_eq!(resolved.diagnostics, []);
    resolved.model.unwrap()
}

/// A number that has no digits after the point once it is multiplied.
fn whole(number: &BigRational, times: i64) -> i64 {
    let number = number * BigRational::from_integer(times.into());
    assert!(number.is_integer());
    number.to_integer().try_into().unwrap()
}

/// What a package is worth, times a number.
fn worth(utility: &Utility, levels: &[u16], times: i64) -> i64 {
    assert!(utility.terms.is_empty());
    let tables = utility.tables.iter().zip(levels);
    let sum = tables.map(|(table, level)| {
        let Weight::Known(weight) = &table.weight else {
            panic!("all weights are known")
        };
        let value = &table.values[usize::from(*level)];
        assert!(!weight.is_doubtful() && !value.is_doubtful());
        &weight.least * &value.least
    });
    whole(&sum.sum(), times)
}

/// All packages, the last issue fastest.
fn packages(bargain: &Bargain) -> Vec<Vec<u16>> {
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    for issue in &bargain.issues {
        let longer = |p: &Vec<u16>| {
            let size = u16::try_from(issue.levels.len()).unwrap();
            let p = p.clone();
            (0..size).map(move |level| [p.as_slice(), &[level]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// Whether the first is better for somebody and worse for nobody.
fn dominates(a: &[i64], b: &[i64]) -> bool {
    a != b && a.iter().zip(b).all(|(a, b)| a >= b)
}

fn undominated(vectors: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let best = |v: &&Vec<i64>| !vectors.iter().any(|other| dominates(other, v));
    vectors.iter().filter(best).cloned().collect()
}

#[test]
fn hanoi_has_the_numbers_of_the_table() {
    let model = model(HANOI);
    let bargain = &model.bargain;
    let utilities: Vec<&Utility> = bargain.sides.iter().flat_map(|s| &s.utility).collect();
    for utility in &utilities {
        assert_eq!(whole(&utility.reservation.as_ref().unwrap().least, 1), 0);
    }
    let both =
        |levels: &[u16]| -> Vec<i64> { utilities.iter().map(|u| worth(u, levels, 1)).collect() };
    let all = packages(bargain);
    assert_eq!(all.len(), 2304);
    let values: Vec<Vec<i64>> = all.iter().map(|p| both(p)).collect();
    let rational: Vec<Vec<i64>> = values
        .iter()
        .filter(|v| v[0] >= 0 && v[1] >= 0)
        .cloned()
        .collect();
    assert_eq!(rational.len(), 197);
    assert_eq!(
        rational.iter().filter(|v| v[0] > 0 && v[1] > 0).count(),
        159
    );
    let efficient = undominated(&values);
    assert_eq!(efficient.len(), 77);
    let of_both = efficient.iter().filter(|v| v[0] >= 0 && v[1] >= 0);
    assert_eq!(of_both.count(), 7);
    // Nash, egalitarian and Kalai-Smorodinsky agree on one package; the ideal is 14 for each.
    let ideal = |i: usize| rational.iter().map(|v| v[i]).max().unwrap();
    assert_eq!([ideal(0), ideal(1)], [14, 14]);
    let solution = [2, 1, 1, 2, 0, 1, 1];
    assert_eq!(both(&solution), [8, 7]);
    let single = |score: &dyn Fn(&[i64]) -> i64, best: i64, count: usize| {
        assert_eq!(rational.iter().map(|v| score(v)).max(), Some(best));
        assert_eq!(rational.iter().filter(|v| score(v) == best).count(), count);
    };
    single(&|v| v[0] * v[1], 56, 1);
    // The least of the two is 7 once more, at (7, 7), which (8, 7) dominates.
    single(&|v| v[0].min(v[1]), 7, 2);
    assert!(rational.contains(&vec![7, 7]));
    single(&|v| v[0] + v[1], 16, 3);
    // The five packages that were on the table.
    let named = |name: &str| {
        let package = bargain.packages.iter().find(|p| p.name == name).unwrap();
        let clear: Vec<u16> = package.levels.iter().map(|l| l[0]).collect();
        (both(&clear), package.is_vague())
    };
    for (name, value) in [
        ("ri_offer", [-2, 9]),
        ("big_deal", [27, -50]),
        ("vox", [2, 8]),
        ("vague", [0, 0]),
        ("march", [-4, 8]),
    ] {
        let (found, vague) = named(name);
        assert_eq!(
            (found.as_slice(), vague),
            (value.as_slice(), false),
            "{name}"
        );
        let dominated = rational.iter().any(|v| dominates(v, &found));
        assert_eq!(dominated, name != "big_deal", "{name}");
    }
    assert_eq!(named("vox_reported"), (vec![-4, 15], true));
    // The facts agree with the numbers, whatever is vague in them.
    assert_eq!(bargain.facts.len(), 7);
    for fact in &bargain.facts {
        let (package, accepted) = match fact.verdict {
            Verdict::Accepts(package) => (package, true),
            Verdict::Rejects(package) => (package, false),
            Verdict::Prefers(..) => panic!("no such fact"),
        };
        let package = &bargain.packages[package];
        let meant = all
            .iter()
            .filter(|p| p.iter().zip(&package.levels).all(|(l, of)| of.contains(l)));
        for levels in meant {
            let value = both(levels)[fact.who.party.index()];
            assert_eq!(value >= 0, accepted, "{} {levels:?}", package.name);
        }
    }
}

#[test]
fn an_agreement_leads_to_states_of_the_conflict() {
    let model = model(HANOI);
    let agreed = &model.bargain.agreed;
    assert_eq!(agreed.len(), 3);
    let package = |name: &str| {
        let package = model
            .bargain
            .packages
            .iter()
            .find(|p| p.name == name)
            .unwrap();
        let levels: Vec<u16> = package.levels.iter().map(|l| l[0]).collect();
        let mut state = model.status_quo.clone().unwrap().assignment;
        for line in agreed {
            let applies = line.when.as_ref().is_none_or(|c| c.test.holds(&levels));
            if applies {
                state[line.option.index()] = line.level;
            }
        }
        let named = model.states.iter().find(|s| s.assignment == state).unwrap();
        named.name.clone()
    };
    assert_eq!(package("ri_offer"), "small");
    assert_eq!(package("vox"), "small");
    assert_eq!(package("vox_reported"), "gift");
    assert_eq!(package("big_deal"), "big");
    assert_eq!(package("vague"), "none");
    assert_eq!(package("march"), "none");
}

#[test]
fn the_ratified_case_has_the_numbers_computed_elsewhere() {
    let model = model(KOREA);
    let bargain = &model.bargain;
    // The leaders, then those who ratify.
    let sides = bargain.sides.iter();
    let mut voices: Vec<&Utility> = sides.clone().flat_map(|s| &s.utility).collect();
    voices.extend(sides.flat_map(|s| &s.ratifiers).map(|r| &r.utility));
    let reserved = voices
        .iter()
        .map(|u| whole(&u.reservation.as_ref().unwrap().least, 100));
    let reserved: Vec<i64> = reserved.collect();
    assert_eq!(reserved, [5200, 3800, 6000, 4000]);
    let all = packages(bargain);
    assert_eq!(all.len(), 2025);
    let mut values: Vec<Vec<i64>> = all
        .iter()
        .map(|p| voices.iter().map(|u| worth(u, p, 100)).collect())
        .collect();
    let ends = |pick: fn(Vec<i64>) -> Option<i64>| -> Vec<i64> {
        (0..4)
            .map(|i| pick(values.iter().map(|v: &Vec<i64>| v[i]).collect()).unwrap())
            .collect()
    };
    assert_eq!(ends(|v| v.into_iter().min()), [1000, 200, 400, 250]);
    assert_eq!(ends(|v| v.into_iter().max()), [10000; 4]);
    let rational = |v: &&Vec<i64>| v.iter().zip(&reserved).all(|(v, r)| v >= r);
    assert_eq!(values.iter().filter(rational).count(), 414);
    values.sort();
    values.dedup();
    let efficient = undominated(&values);
    assert_eq!(efficient.len(), 65);
    let acceptable: Vec<&Vec<i64>> = efficient.iter().filter(rational).collect();
    assert_eq!(acceptable.len(), 24);
    let product = |v: &&&Vec<i64>| v.iter().zip(&reserved).map(|(v, r)| v - r).product::<i64>();
    let best = acceptable.iter().max_by_key(product).unwrap();
    assert_eq!(best.as_slice(), [7650, 6675, 7775, 5350]);
    assert_eq!(product(&best), 16_878_585_937_500);
}
