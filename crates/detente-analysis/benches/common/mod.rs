//! Models and arenas to measure with.

use detente_analysis::model::model::Model;
use detente_analysis::model::{resolve, syntax};

/// The generator `SplitMix64`.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// How preferences are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// One statement on each option, in random order: no ties.
    Single,
    /// So many statements of one to three literals, every other one about an own option first.
    Random(usize),
}

/// Options dealt evenly.
pub(crate) fn even(options: u32, parties: u32) -> Vec<u32> {
    (0..parties)
        .map(|p| options / parties + u32::from(p < options % parties))
        .collect()
}

/// What a benchmark model has.
pub(crate) struct Recipe {
    pub(crate) widths: Vec<u32>,
    pub(crate) wants: Wants,
    /// Patterns of three options that are not feasible.
    pub(crate) never: usize,
    /// One-way options of each party.
    pub(crate) one_way: u32,
    pub(crate) seed: u64,
}

pub(crate) fn model(recipe: &Recipe) -> Model {
    model_with(recipe, "")
}

fn model_with(recipe: &Recipe, rules: &str) -> Model {
    let mut random = Random(recipe.seed);
    let names: Vec<(usize, String)> = recipe
        .widths
        .iter()
        .enumerate()
        .flat_map(|(p, width)| (0..*width).map(move |o| (p, format!("P{p}.x{o}"))))
        .collect();
    let mut text = "negotiation \"Measured\"\n".to_owned();
    for (p, width) in recipe.widths.iter().enumerate() {
        text += &format!("party P{p} \"P{p}\" {{\n");
        for o in 0..*width {
            let direction = if o < recipe.one_way {
                " irreversible"
            } else {
                ""
            };
            text += &format!("  option x{o} \"x\"{direction}\n");
        }
        text += "  prefers {\n";
        let own: Vec<&String> = names.iter().filter(|n| n.0 == p).map(|n| &n.1).collect();
        let signed = |random: &mut Random, name: &str| {
            let not = if random.below(2) == 0 { "not " } else { "" };
            format!("{not}{name}")
        };
        match recipe.wants {
            Wants::Single => {
                let mut order: Vec<&String> = names.iter().map(|n| &n.1).collect();
                for i in (1..order.len()).rev() {
                    order.swap(i, random.below(i as u64 + 1) as usize);
                }
                for name in order {
                    text += &format!("    {}\n", signed(&mut random, name));
                }
            }
            Wants::Random(count) => {
                for s in 0..count {
                    let mut literals = Vec::new();
                    for l in 0..=random.below(3) {
                        let name = if l == 0 && s % 2 == 0 && !own.is_empty() {
                            own[random.below(own.len() as u64) as usize]
                        } else {
                            &names[random.below(names.len() as u64) as usize].1
                        };
                        literals.push(signed(&mut random, name));
                    }
                    let join = if random.below(2) == 0 {
                        " and "
                    } else {
                        " or "
                    };
                    text += &format!("    {}\n", literals.join(join));
                }
            }
        }
        text += "  }\n}\n";
    }
    for _ in 0..recipe.never {
        let literals: Vec<String> = (0..3)
            .map(|_| {
                let name = &names[random.below(names.len() as u64) as usize].1;
                let not = if random.below(2) == 0 { "not " } else { "" };
                format!("{not}{name}")
            })
            .collect();
        text += &format!("never {}\n", literals.join(" and "));
    }
    text += rules;
    let resolved = resolve(&syntax::parse(&text).document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{text}\n{:?}", resolved.diagnostics))
}

/// A model of the shape of the GATT negotiation: six parties with 5, 4, 3, 2, 3 and 3 options, seven
/// rules that leave 138,240 of 1,048,576 states, fourteen random statements a party. The published
/// model's rules are not ours to print; these are as many and as strict: three options that exclude
/// another one, one that excludes two, and a pair of which exactly one is taken.
pub(crate) fn gatt(seed: u64) -> Model {
    let recipe = Recipe {
        widths: vec![5, 4, 3, 2, 3, 3],
        wants: Wants::Random(14),
        never: 0,
        one_way: 0,
        seed,
    };
    model_with(&recipe, GATT_RULES)
}

const GATT_RULES: &str = "never P0.x0 and P0.x1
never P1.x0 and P1.x1
never P2.x0 and P3.x0
never P4.x0 and P4.x1
never P4.x0 and P5.x2
never P0.x4 and P1.x3
never not P0.x4 and not P1.x3
";
