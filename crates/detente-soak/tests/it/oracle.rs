//! The literal transcription against tables computed by an independent implementation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use detente_analysis::Concept;
use detente_soak::literal::{CONCEPTS, Reading, judge};
use detente_soak::{Case, Panel};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: u32,
    model: ModelRow,
    stability: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct ModelRow {
    dms: Vec<String>,
    options: Vec<OptionRow>,
    infeasible: Vec<String>,
    /// For each feasible state, ascending; 1 is best.
    ranks: BTreeMap<String, Vec<u32>>,
}

#[derive(Deserialize)]
struct OptionRow {
    name: String,
    dm: String,
    direction: String,
}

const NAMES: [(&str, Concept); 6] = [
    ("Nash", Concept::Nash),
    ("GMR", Concept::Gmr),
    ("SMR", Concept::Smr),
    ("SEQ", Concept::Seq),
    ("SSEQ", Concept::Sseq),
    ("SIM", Concept::SimOneSided),
];

fn rows() -> Vec<Row> {
    include_str!("../data/random-60.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl ModelRow {
    /// The model as a text, with the options in the order of their owners: the text lists them by
    /// party, and the oracle numbers states with the first option least significant.
    fn text(&self) -> String {
        let owner = |o: &OptionRow| self.dms.iter().position(|d| *d == o.dm).unwrap();
        let owners: Vec<usize> = self.options.iter().map(owner).collect();
        assert!(owners.is_sorted(), "options are listed by party");
        let count = self.options.len();
        let feasible = |s: &usize| {
            !self.infeasible.iter().any(|pattern| {
                pattern.chars().enumerate().all(|(k, c)| match c {
                    'Y' => s >> k & 1 == 1,
                    'N' => s >> k & 1 == 0,
                    _ => true,
                })
            })
        };
        let states: Vec<usize> = (0..1 << count).filter(feasible).collect();
        let mut text = String::new();
        for party in &self.dms {
            writeln!(text, "party {party} {{").unwrap();
            for option in self.options.iter().filter(|o| o.dm == *party) {
                let direction = match option.direction.as_str() {
                    "both" => "",
                    "on" | "fwd" => " irreversible",
                    "off" | "back" => " only off",
                    other => panic!("direction {other}"),
                };
                writeln!(text, "  option {}{direction}", option.name).unwrap();
            }
            let ranks = &self.ranks[party];
            assert_eq!(ranks.len(), states.len());
            let mut tiers: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            for (state, rank) in states.iter().zip(ranks) {
                let row: String = (0..count)
                    .map(|k| if state >> k & 1 == 1 { 'Y' } else { 'N' })
                    .collect();
                tiers.entry(*rank).or_default().push(format!("\"{row}\""));
            }
            let tiers: Vec<String> = tiers.values().map(|t| t.join(" = ")).collect();
            writeln!(text, "  ranks {{ {} }}\n}}", tiers.join(" > ")).unwrap();
        }
        for pattern in &self.infeasible {
            writeln!(text, "never \"{pattern}\"").unwrap();
        }
        text
    }
}

#[test]
fn the_definitions_give_the_tables_of_an_independent_implementation() {
    let mut cells = 0;
    let rows = rows();
    assert_eq!(rows.len(), 60);
    for row in &rows {
        let case = Case::read(row.model.text()).unwrap();
        let verdicts = judge(&Reading::new(&case.model).unwrap(), &CONCEPTS);
        for (name, concept) in NAMES {
            let table = verdicts.table(concept).unwrap();
            for (party, dm) in row.model.dms.iter().enumerate() {
                let found: String = (0..verdicts.states.len())
                    .map(|s| {
                        if table.verdict(party, s).unwrap() {
                            '1'
                        } else {
                            '0'
                        }
                    })
                    .collect();
                assert_eq!(
                    found, row.stability[name][dm],
                    "model {} {name} {dm}",
                    row.id
                );
                cells += found.len();
            }
        }
    }
    assert!(cells > 10_000, "{cells}");
}

#[test]
fn all_examiners_agree_on_the_models_of_the_oracle() {
    let panel = Panel::default();
    for row in rows().iter().filter(|r| r.model.options.len() <= 4) {
        let case = Case::read(row.model.text()).unwrap();
        let examination = panel.examine(&case, u64::from(row.id), true);
        assert_eq!(examination.findings, [], "model {}", row.id);
        assert_eq!(examination.asked.len(), panel.examiners.len());
    }
}
