//! Conflicts judged by an independent implementation, written as text and compared cell by cell.

use std::collections::BTreeMap;

use detente::analysis::{Concept, StateId};
use serde::Deserialize;

use crate::harness::{party, tables, with_game};

#[derive(Deserialize)]
struct OptionRow {
    name: String,
    dm: String,
    direction: String,
}

#[derive(Deserialize)]
struct ModelRow {
    dms: Vec<String>,
    options: Vec<OptionRow>,
    infeasible: Vec<String>,
    /// 1 is best.
    ranks: BTreeMap<String, Vec<u32>>,
}

impl ModelRow {
    /// The feasible patterns, the first option being the least significant.
    fn states(&self) -> Vec<String> {
        let pattern = |number: u32| -> String {
            let bit = |o| if number >> o & 1 == 1 { 'Y' } else { 'N' };
            (0..self.options.len()).map(bit).collect()
        };
        let excluded = |state: &String| {
            self.infeasible.iter().any(|p| {
                p.chars()
                    .zip(state.chars())
                    .all(|(a, b)| a == '-' || a == b)
            })
        };
        let all = (0..1 << self.options.len()).map(pattern);
        all.filter(|s| !excluded(s)).collect()
    }

    fn text(&self) -> String {
        let states = self.states();
        let mut out = String::new();
        for dm in &self.dms {
            out += &format!("party {dm} {{\n");
            for option in self.options.iter().filter(|o| o.dm == *dm) {
                let direction = match option.direction.as_str() {
                    "both" => "",
                    "fwd" => " irreversible",
                    "back" => " only off",
                    other => panic!("direction {other}"),
                };
                out += &format!("  option {}{direction}\n", option.name);
            }
            let ranks = &self.ranks[dm];
            assert_eq!(ranks.len(), states.len());
            let mut tiers: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            for (rank, state) in ranks.iter().zip(&states) {
                tiers.entry(*rank).or_default().push(format!("\"{state}\""));
            }
            let tiers: Vec<String> = tiers.into_values().map(|t| t.join(" = ")).collect();
            out += &format!("  ranks {{ {} }}\n}}\n", tiers.join(" > "));
        }
        for pattern in &self.infeasible {
            out += &format!("never \"{pattern}\"\n");
        }
        out
    }

    /// Options stand in the order of their parties, as the text lists them.
    fn in_order(&self) -> bool {
        let owner = |o: &OptionRow| self.dms.iter().position(|d| *d == o.dm);
        self.options.is_sorted_by_key(owner)
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

type Cells = BTreeMap<String, BTreeMap<String, Vec<bool>>>;

fn compare(
    label: &str,
    model: &ModelRow,
    stability: &Cells,
    equilibria: &BTreeMap<String, Vec<u32>>,
) -> usize {
    assert!(model.in_order(), "{label}");
    let mut cells = 0;
    with_game(&model.text(), &[], |game| {
        let found: Vec<String> = game.space.ids().map(|s| game.space.yn(s)).collect();
        assert_eq!(found, model.states(), "{label}");
        let analysis = tables(game, &CONCEPTS.map(|(_, c)| c));
        assert_eq!(stability.len(), CONCEPTS.len(), "{label}");
        for (key, concept) in CONCEPTS {
            let table = analysis.table(concept).unwrap();
            for dm in &model.dms {
                let stable = |s| table.is_stable(party(game, dm), s);
                let found: Vec<bool> = game.space.ids().map(stable).collect();
                assert_eq!(found, stability[key][dm], "{label}: {key} for {dm}");
                cells += found.len();
            }
            let found = table.equilibria();
            let found: Vec<u32> = found.iter().map(|s: StateId| s.0 + 1).collect();
            assert_eq!(found, equilibria[key], "{label}: {key}");
        }
    });
    cells
}

#[derive(Deserialize)]
struct RandomRow {
    id: u32,
    model: ModelRow,
    stability: BTreeMap<String, BTreeMap<String, String>>,
    equilibria: BTreeMap<String, Vec<u32>>,
}

#[test]
fn sixty_random_conflicts() {
    let bits = |cells: BTreeMap<String, String>| -> BTreeMap<String, Vec<bool>> {
        let cells = cells.into_iter();
        cells
            .map(|(dm, bits)| (dm, bits.chars().map(|c| c == '1').collect()))
            .collect()
    };
    let (mut rows, mut cells) = (0, 0);
    for line in include_str!("../data/random-60.jsonl").lines() {
        let row: RandomRow = serde_json::from_str(line).unwrap();
        let stability = row
            .stability
            .into_iter()
            .map(|(c, t)| (c, bits(t)))
            .collect();
        cells += compare(&row.id.to_string(), &row.model, &stability, &row.equilibria);
        rows += 1;
    }
    assert_eq!(rows, 60);
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
    stability: Cells,
    equilibria: BTreeMap<String, Vec<u32>>,
}

#[test]
fn conflicts_on_which_tools_differ() {
    let all: Discriminating =
        serde_json::from_str(include_str!("../data/discriminating.json")).unwrap();
    assert_eq!(all.cases.len(), 4);
    for row in all.cases {
        compare(&row.id, &row.model, &row.stability, &row.equilibria);
    }
}
