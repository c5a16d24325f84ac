//! A small random source and random models as texts.

/// The generator `SplitMix64`.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

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

/// An option: its name with its party's, and its levels; empty when it is binary.
struct Named(String, Vec<String>);

fn literal(random: &mut Random, options: &[Named]) -> String {
    let Named(name, levels) = &options[random.below(options.len() as u64) as usize];
    let not = if random.below(2) == 0 { "not " } else { "" };
    if levels.is_empty() {
        return format!("{not}{name}");
    }
    let level = &levels[random.below(levels.len() as u64) as usize];
    let relation = ["is", "<", "<=", ">", ">="][random.below(5) as usize];
    format!("{not}({name} {relation} {level})")
}

/// A formula of literals, `and`, `or`, `not` and counts.
pub(crate) fn formula(
    random: &mut Random,
    options: &[(String, Vec<String>)],
    depth: u32,
) -> String {
    let named: Vec<Named> = options
        .iter()
        .map(|(n, l)| Named(n.clone(), l.clone()))
        .collect();
    grow(random, &named, depth)
}

fn grow(random: &mut Random, options: &[Named], depth: u32) -> String {
    if depth == 0 {
        return literal(random, options);
    }
    let parts = |random: &mut Random| -> Vec<String> {
        (0..2 + random.below(3))
            .map(|_| grow(random, options, depth - 1))
            .collect()
    };
    match random.below(6) {
        0 => format!("({})", parts(random).join(" and ")),
        1 => format!("({})", parts(random).join(" or ")),
        2 => format!("not ({})", grow(random, options, depth - 1)),
        3 => {
            let bound = ["at least", "at most", "exactly"][random.below(3) as usize];
            let parts = parts(random);
            let number = random.below(parts.len() as u64 + 1);
            format!("{bound} {number} of ({})", parts.join(", "))
        }
        _ => literal(random, options),
    }
}

/// A negotiation of two to four parties with binary and graded options in all directions, rules, and
/// preferences of every kind.
pub(crate) fn model_text(random: &mut Random) -> String {
    let parties = 2 + random.below(3);
    let mut options = Vec::new();
    let mut heads = Vec::new();
    let mut bits = 0;
    for p in 0..parties {
        let mut lines = String::new();
        for o in 0..=random.below(3) {
            let graded = random.below(4) == 0;
            let levels: Vec<String> = if graded {
                (0..2 + random.below(3)).map(|l| format!("v{l}")).collect()
            } else {
                Vec::new()
            };
            let width = levels.len().max(2) - 1;
            if bits + width > 9 {
                continue;
            }
            bits += width;
            let kind = if graded {
                format!(" one of {}", levels.join(", "))
            } else {
                String::new()
            };
            let direction = ["", "", "", " irreversible", " only off"][random.below(5) as usize];
            lines += &format!("  option x{o} \"x\"{kind}{direction}\n");
            options.push((format!("P{p}.x{o}"), levels));
        }
        heads.push(lines);
    }
    let mut text = "negotiation \"Random\"\n".to_owned();
    for (p, head) in heads.iter().enumerate() {
        text += &format!("party P{p} \"P{p}\" {{\n{head}");
        let kind = random.below(6);
        let count = match kind {
            0..=2 => random.below(8),
            3 => 14 + random.below(30),
            _ => 1 + random.below(5),
        };
        let list: Vec<String> = (0..count).map(|_| formula(random, &options, 2)).collect();
        text += &match kind {
            0..=3 => {
                let list: Vec<String> = list.iter().map(|f| format!("    {f}\n")).collect();
                format!("  prefers {{\n{}  }}\n", list.concat())
            }
            4 => {
                let list: Vec<String> = list
                    .iter()
                    .map(|f| format!("    {}: {f}\n", i64::try_from(random.below(9)).unwrap() - 4))
                    .collect();
                format!("  weights {{\n{}  }}\n", list.concat())
            }
            _ => {
                let list: Vec<String> = list.iter().map(|f| format!("({f})")).collect();
                let rest = if random.below(8) == 0 { "" } else { " > rest" };
                format!("  ranks {{ {}{rest} }}\n", list.join(" > "))
            }
        };
        text += "}\n";
    }
    for _ in 0..random.below(4) {
        text += &format!(
            "never {} and {}\n",
            formula(random, &options, 0),
            formula(random, &options, 1)
        );
    }
    text
}
