//! Frontiers of made-up tables.

use indexmap::IndexMap;
use num_rational::BigRational;

use super::dice::Dice;
use super::drawn;
use crate::dossier::Dossier;
use crate::packages::Exact;
use crate::packages::overview::{
    CountFinding, FrontierFinding, NamedFinding, Packages, PointFinding, SideFinding,
    SolutionFinding, ZoneFinding,
};

fn exact(number: i64) -> Exact {
    Exact(BigRational::from_integer(number.into()))
}

fn count() -> CountFinding {
    CountFinding {
        count: Some("5120".to_owned()),
        not_counted: None,
    }
}

fn packages(dice: &mut Dice, sides: usize, points: usize) -> Packages {
    let worths = |dice: &mut Dice| -> Vec<Exact> {
        let of = |dice: &mut Dice| exact(dice.between(-100, 100));
        (0..sides).map(|_| of(dice)).collect()
    };
    let side = |dice: &mut Dice| SideFinding {
        name: dice.name(),
        title: dice.often(50).then(|| dice.name()),
        worst: exact(-100),
        best: exact(100),
        reservation: None,
        disagreement: exact(dice.between(-130, 130)),
        by_reservation: false,
        doubtful: false,
    };
    let point = |dice: &mut Dice| PointFinding {
        worth: worths(dice),
        gain: Vec::new(),
        acceptable: dice.often(40),
        packages: "1".to_owned(),
        examples: Vec::new(),
        absent: Vec::new(),
        ratified: Vec::new(),
        holds: None,
    };
    let named = |dice: &mut Dice| NamedFinding {
        name: dice.name(),
        title: dice.often(50).then(|| dice.name()),
        meanings: None,
        picks: IndexMap::new(),
        worth: worths(dice)
            .into_iter()
            .map(|w| {
                let more = Exact(&w.0 + BigRational::from_integer(dice.below(30).into()));
                [w, more]
            })
            .collect(),
        accepted: Vec::new(),
        dominated: None,
        better: None,
        ratified: Vec::new(),
        holds: Vec::new(),
    };
    let solution = |dice: &mut Dice| SolutionFinding {
        name: String::new(),
        title: dice.name(),
        definition: String::new(),
        source: String::new(),
        value: None,
        points: (0..=dice.below(4)).map(|_| dice.below(points)).collect(),
    };
    let points: Vec<PointFinding> = (0..points).map(|_| point(dice)).collect();
    Packages {
        format: String::new(),
        negotiation: Some(dice.name()),
        variants: Vec::new(),
        issues: Vec::new(),
        rules: Vec::new(),
        combinations: String::new(),
        permitted: count(),
        table: (0..sides).map(|_| side(dice)).collect(),
        absent: Vec::new(),
        disagreement: "worst".to_owned(),
        zone: ZoneFinding {
            exists: None,
            weak: count(),
            strict: count(),
        },
        voices: Vec::new(),
        in_the_way: None,
        ratification: None,
        holds_by: None,
        holds_unknown: None,
        frontier: FrontierFinding {
            acceptable_points: points.iter().filter(|p| p.acceptable).count(),
            points,
            packages: String::new(),
            acceptable_packages: String::new(),
        },
        solutions: (0..dice.below(9)).map(|_| solution(dice)).collect(),
        named: (0..dice.below(8)).map(|_| named(dice)).collect(),
        facts: Vec::new(),
        cloud: (0..dice.below(90)).map(|_| worths(dice)).collect(),
        notes: Vec::new(),
        stopped: None,
    }
}

#[test]
fn frontiers_of_all_sizes_are_legible() {
    for seed in super::SEEDS {
        let mut dice = Dice::new(seed);
        let (sides, points) = (2 + dice.below(5), 1 + dice.below(60));
        let dossier = Dossier {
            packages: Some(packages(&mut dice, sides, points)),
            ..Dossier::default()
        };
        drawn("frontier", &dossier).expect("a picture");
    }
}
