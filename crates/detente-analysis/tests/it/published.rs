//! Published cases.

use std::collections::BTreeMap;

use detente_analysis::{Concept, Horizon, Settings, StateId, StateSet};
use detente_model::PartyId;
use serde::Deserialize;

use crate::model::{Case, Direction, Options, values};
use crate::oracles::ModelRow;
use crate::properties::run;

#[derive(Deserialize)]
struct OptionRow {
    owner: usize,
    direction: String,
}

#[derive(Deserialize)]
pub(crate) struct StatusQuoRow {
    pub(crate) start: u32,
    pub(crate) by_improvements: Vec<u32>,
    pub(crate) by_moves: Vec<Vec<u32>>,
}

#[derive(Deserialize)]
pub(crate) struct CoalitionRow {
    pub(crate) members: Vec<u16>,
    pub(crate) from: Vec<(u32, Vec<u32>)>,
}

#[derive(Deserialize)]
pub(crate) struct CaseRow {
    pub(crate) case: String,
    parties: Vec<String>,
    labels: Vec<String>,
    order: Vec<Vec<usize>>,
    #[serde(default)]
    moves: Vec<Vec<Vec<u32>>>,
    #[serde(default)]
    options: Vec<OptionRow>,
    #[serde(default)]
    states: Vec<u32>,
    stable: BTreeMap<String, Vec<Vec<u32>>>,
    equilibria: BTreeMap<String, Vec<u32>>,
    settles: Option<u64>,
    cycle: Option<u64>,
    seq_with_simultaneous: Option<Vec<u32>>,
    pub(crate) status_quo: Option<StatusQuoRow>,
    #[serde(default)]
    pub(crate) coalition_improvements: Vec<CoalitionRow>,
}

#[derive(Deserialize)]
struct Cases {
    cases: Vec<CaseRow>,
}

pub(crate) fn cases() -> Vec<CaseRow> {
    let cases: Cases = serde_json::from_str(include_str!("../data/cases.json")).unwrap();
    cases.cases
}

/// The published case of that name.
pub(crate) fn named(name: &str) -> CaseRow {
    cases().into_iter().find(|c| c.case == name).unwrap()
}

impl CaseRow {
    /// The published stable states of each party under a concept.
    pub(crate) fn stable(&self, concept: &str) -> &[Vec<u32>] {
        &self.stable[concept]
    }

    pub(crate) fn build(&self) -> Case {
        let values: Vec<Vec<usize>> = self
            .order
            .iter()
            .map(|o| values(self.labels.len(), o))
            .collect();
        if self.options.is_empty() {
            return Case::by_graph(&self.moves, &values);
        }
        let options = self
            .options
            .iter()
            .map(|o| (o.owner, Direction::parse(&o.direction)))
            .collect();
        let model = Options::new(
            self.parties.len(),
            options,
            |s| self.states.contains(&s),
            Vec::new(),
        );
        Case::by_options(model, &values)
    }
}

pub(crate) fn numbers(set: &StateSet) -> Vec<u32> {
    set.iter().map(|s| s.0).collect()
}

#[test]
fn every_published_table() {
    let mut tables = 0;
    for row in cases() {
        let case = row.build();
        for (id, expected) in &row.stable {
            let concept: Concept = id.parse().unwrap();
            let analysis = run(&case, &[concept], &Settings::default());
            for (p, expected) in case.parties().zip(expected) {
                let found = numbers(analysis.tables[0].stable_for(p).unwrap());
                assert_eq!(&found, expected, "{} {id} party {}", row.case, p.0);
            }
            tables += 1;
        }
        for (id, expected) in &row.equilibria {
            let concept: Concept = id.parse().unwrap();
            let analysis = run(&case, &[concept], &Settings::default());
            let found = numbers(&analysis.tables[0].equilibria());
            assert_eq!(&found, expected, "{} {id}", row.case);
        }
        if let (Some(settles), Some(cycle)) = (row.settles, row.cycle) {
            let analysis = run(&case, &[Concept::NonMyopic], &Settings::default());
            assert_eq!(
                analysis.tables[0].horizon,
                Some(Horizon { settles, cycle }),
                "{}",
                row.case
            );
        }
    }
    assert_eq!(tables, 8 * 11 + 5);
}

/// States at which every party is stable sequentially or simultaneously.
fn either(case: &Case, simultaneous: Concept) -> Vec<u32> {
    let analysis = run(case, &[Concept::Seq, simultaneous], &Settings::default());
    let stable = |p: PartyId, s: StateId| analysis.tables.iter().any(|t| t.is_stable(p, s));
    case.states()
        .filter(|s| case.parties().all(|p| stable(p, *s)))
        .map(|s| s.0)
        .collect()
}

#[test]
fn sequential_or_simultaneous_equilibria() {
    let mut seen = 0;
    for row in cases() {
        if let Some(expected) = &row.seq_with_simultaneous {
            assert_eq!(
                &either(&row.build(), Concept::Sim),
                expected,
                "{}",
                row.case
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}

#[derive(Deserialize)]
struct Study {
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    preferences: String,
    invasion: String,
    model: ModelRow,
    #[serde(rename = "order_US")]
    order_us: Vec<u32>,
    reference: BTreeMap<String, Vec<u32>>,
    author: Option<BTreeMap<String, Vec<u32>>>,
}

#[test]
fn the_study_of_2017() {
    let study: Study =
        serde_json::from_str(include_str!("../data/us-north-korea-2017.json")).unwrap();
    assert_eq!(study.variants.len(), 8);
    let mut authors = 0;
    for v in study.variants {
        let case = v.model.case();
        let bits = case.options.as_ref().unwrap().states.clone();
        let best = case
            .states()
            .max_by_key(|s| case.rankings[0].rank(*s))
            .unwrap();
        assert_eq!(bits[best.index()], v.order_us[0]);
        for (key, concept) in [
            ("Nash", Concept::Nash),
            ("GMR", Concept::Gmr),
            ("SMR", Concept::Smr),
            ("SEQ", Concept::Seq),
            ("SSEQ", Concept::Sseq),
            ("SIM", Concept::SimOneSided),
        ] {
            let analysis = run(&case, &[concept], &Settings::default());
            let found: Vec<u32> = analysis.tables[0]
                .equilibria()
                .iter()
                .map(|s| bits[s.index()])
                .collect();
            assert_eq!(
                found, v.reference[key],
                "{} {} {key}",
                v.preferences, v.invasion
            );
        }
        if let Some(expected) = v.author.as_ref().and_then(|a| a.get("SMR")) {
            assert_eq!(expected, &v.reference["SMR"]);
            authors += 1;
        }
        let found: Vec<u32> = either(&case, Concept::SimOneSided)
            .iter()
            .map(|s| bits[*s as usize])
            .collect();
        assert_eq!(
            found, v.reference["Nash+SEQ+SIM"],
            "{} {}",
            v.preferences, v.invasion
        );
    }
    assert_eq!(authors, 4);
}
