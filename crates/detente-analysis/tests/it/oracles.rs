//! Tables computed by an independent implementation.

use std::collections::BTreeMap;

use detente_analysis::{Concept, SequenceRule, Settings};
use serde::Deserialize;

use crate::model::{Case, Direction, Options};
use crate::properties::run;

#[derive(Deserialize)]
pub(crate) struct OptionRow {
    dm: String,
    direction: String,
}

#[derive(Deserialize)]
pub(crate) struct ModelRow {
    dms: Vec<String>,
    options: Vec<OptionRow>,
    infeasible: Vec<String>,
    /// 1 is best.
    ranks: BTreeMap<String, Vec<i64>>,
}

impl ModelRow {
    pub(crate) fn case(&self) -> Case {
        let options = self
            .options
            .iter()
            .map(|o| {
                let owner = self.dms.iter().position(|d| *d == o.dm).unwrap();
                (owner, Direction::parse(&o.direction))
            })
            .collect();
        let matches = |s: u32, pattern: &str| {
            pattern.chars().enumerate().all(|(k, c)| match c {
                'Y' => s >> k & 1 == 1,
                'N' => s >> k & 1 == 0,
                _ => true,
            })
        };
        let feasible = |s: u32| !self.infeasible.iter().any(|p| matches(s, p));
        let model = Options::new(self.dms.len(), options, feasible, Vec::new());
        let values: Vec<Vec<i64>> = self
            .dms
            .iter()
            .map(|d| self.ranks[d].iter().map(|r| -r).collect())
            .collect();
        Case::by_options(model, &values)
    }
}

const CONCEPTS: [(&str, Concept); 6] = [
    ("Nash", Concept::Nash),
    ("GMR", Concept::Gmr),
    ("SMR", Concept::Smr),
    ("SEQ", Concept::Seq),
    ("SSEQ", Concept::Sseq),
    ("SIM", Concept::SimOneSided),
];

fn compare(
    name: &str,
    model: &ModelRow,
    stability: &BTreeMap<String, BTreeMap<String, Vec<bool>>>,
    equilibria: &BTreeMap<String, Vec<u32>>,
) -> usize {
    let case = model.case();
    let analysis = run(&case, &CONCEPTS.map(|(_, c)| c), &Settings::default());
    let mut cells = 0;
    for (key, concept) in CONCEPTS {
        let table = analysis.table(concept).unwrap();
        for (p, dm) in case.parties().zip(&model.dms) {
            let expected = &stability[key][dm];
            assert_eq!(expected.len(), case.graph.states(), "{name}");
            let found: Vec<bool> = case.states().map(|s| table.is_stable(p, s)).collect();
            assert_eq!(&found, expected, "{name} {key} {dm}");
            cells += expected.len();
        }
        let found: Vec<u32> = table.equilibria().iter().map(|s| s.0 + 1).collect();
        assert_eq!(found, equilibria[key], "{name} {key}");
    }
    cells
}

#[derive(Deserialize)]
pub(crate) struct RandomRow {
    id: u32,
    model: ModelRow,
    stability: BTreeMap<String, BTreeMap<String, String>>,
    equilibria: BTreeMap<String, Vec<u32>>,
}

pub(crate) fn random_rows() -> impl Iterator<Item = RandomRow> {
    include_str!("../data/random-60.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
}

/// A conflict by options with each party's options side by side.
pub(crate) struct Regrouped {
    widths: Vec<u32>,
    /// For each option as given its place among those regrouped.
    places: Vec<usize>,
    directions: Vec<Direction>,
    values: Vec<BTreeMap<u32, u32>>,
}

impl Regrouped {
    pub(crate) fn code(&self, state: u32) -> u64 {
        (0..self.places.len())
            .filter(|k| state >> k & 1 == 1)
            .map(|k| 1 << self.places[k])
            .sum()
    }

    pub(crate) fn parts(&self) -> detente_analysis::engine::Parts {
        let states = 1_usize << self.places.len();
        let mut feasible = vec![0_u64; states.div_ceil(64)];
        let mut values = vec![vec![0; states]; self.widths.len()];
        for (list, given) in values.iter_mut().zip(&self.values) {
            for (state, value) in given {
                let code = self.code(*state);
                feasible[(code / 64) as usize] |= 1 << (code % 64);
                list[code as usize] = *value;
            }
        }
        let mask = |wanted| {
            (0..self.places.len())
                .filter(|k| self.directions[*k] == wanted)
                .map(|k| 1 << self.places[k])
                .sum()
        };
        detente_analysis::engine::Parts {
            widths: self.widths.clone(),
            only_on: mask(Direction::On),
            only_off: mask(Direction::Off),
            feasible: Some(feasible),
            values,
        }
    }
}

impl RandomRow {
    pub(crate) fn parties(&self) -> &[String] {
        &self.model.dms
    }

    pub(crate) fn expected(&self, concept: &str, party: &str) -> Vec<bool> {
        self.stability[concept][party]
            .chars()
            .map(|c| c == '1')
            .collect()
    }

    pub(crate) fn case(&self) -> Case {
        self.model.case()
    }

    pub(crate) fn regrouped(&self) -> (Case, Regrouped) {
        let case = self.model.case();
        let options = &self.model.options;
        let owner = |k: usize| {
            self.model
                .dms
                .iter()
                .position(|d| *d == options[k].dm)
                .unwrap()
        };
        let mut order: Vec<usize> = (0..options.len()).collect();
        order.sort_by_key(|k| (owner(*k), *k));
        let mut places = vec![0; order.len()];
        for (place, option) in order.iter().enumerate() {
            places[*option] = place;
        }
        let widths = (0..self.model.dms.len())
            .map(|p| (0..options.len()).filter(|k| owner(*k) == p).count() as u32)
            .collect();
        let states = &case.options.as_ref().unwrap().states;
        let values = self.model.dms.iter().map(|dm| {
            let ranks = self.model.ranks[dm].iter();
            states
                .iter()
                .copied()
                .zip(ranks.map(|r| 1000 - u32::try_from(*r).unwrap()))
                .collect()
        });
        let regrouped = Regrouped {
            widths,
            places,
            directions: options
                .iter()
                .map(|o| Direction::parse(&o.direction))
                .collect(),
            values: values.collect(),
        };
        (case, regrouped)
    }
}

#[test]
fn sixty_random_conflicts() {
    let mut cells = 0;
    for line in include_str!("../data/random-60.jsonl").lines() {
        let row: RandomRow = serde_json::from_str(line).unwrap();
        let bits = |text: &String| text.chars().map(|c| c == '1').collect();
        let stability = row
            .stability
            .iter()
            .map(|(k, t)| {
                (
                    k.clone(),
                    t.iter().map(|(d, b)| (d.clone(), bits(b))).collect(),
                )
            })
            .collect();
        cells += compare(&row.id.to_string(), &row.model, &stability, &row.equilibria);
    }
    assert!(cells > 10_000, "{cells} cells");
}

#[derive(Deserialize)]
struct Discriminating {
    cases: Vec<DiscriminatingRow>,
}

#[derive(Deserialize)]
struct DiscriminatingRow {
    id: String,
    model: ModelRow,
    stability: BTreeMap<String, BTreeMap<String, Vec<bool>>>,
    equilibria: BTreeMap<String, Vec<u32>>,
    gmcrplus_equilibria: BTreeMap<String, Vec<u32>>,
}

fn discriminating() -> Discriminating {
    serde_json::from_str(include_str!("../data/discriminating.json")).unwrap()
}

#[test]
fn conflicts_on_which_tools_differ() {
    let rows = discriminating().cases;
    assert_eq!(rows.len(), 4);
    for row in rows {
        compare(&row.id, &row.model, &row.stability, &row.equilibria);
    }
}

#[test]
fn moving_once_each_gives_the_results_of_gmcr_plus() {
    let settings = Settings {
        sequences: SequenceRule::EachOnce,
        ..Settings::default()
    };
    for row in discriminating().cases {
        let case = row.model.case();
        let analysis = run(&case, &CONCEPTS.map(|(_, c)| c), &settings);
        for (key, concept) in CONCEPTS {
            // Simultaneous sanctions are what GMCR+ gets wrong there, whatever the sequences.
            let Some(expected) = row.gmcrplus_equilibria.get(key) else {
                continue;
            };
            if row.id == "min-sim" && key == "SIM" {
                continue;
            }
            let found: Vec<u32> = analysis
                .table(concept)
                .unwrap()
                .equilibria()
                .iter()
                .map(|s| s.0 + 1)
                .collect();
            assert_eq!(&found, expected, "{} {key}", row.id);
        }
    }
}
