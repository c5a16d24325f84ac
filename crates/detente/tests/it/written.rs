//! Random models, and the text that says the same.

use proptest::collection::vec;
use proptest::prelude::*;

/// The levels of all options.
pub(crate) type Levels = Vec<u8>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Both,
    Up,
    Down,
}

#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) owner: usize,
    /// 2 for a binary option.
    pub(crate) levels: u8,
    pub(crate) direction: Direction,
    pub(crate) stepwise: bool,
}

/// Options at levels, all of them, or not all of them.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) all: Vec<(usize, u8)>,
    pub(crate) negated: bool,
}

impl Condition {
    pub(crate) fn holds(&self, state: &[u8]) -> bool {
        self.all.iter().all(|(o, l)| state[*o] == *l) != self.negated
    }
}

/// A conflict in the option form.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) parties: usize,
    pub(crate) options: Vec<Choice>,
    pub(crate) never: Vec<Condition>,
    pub(crate) when: Vec<(Condition, Vec<(usize, u8)>)>,
    pub(crate) no_move: Vec<(Option<usize>, Condition, Condition)>,
    /// For each party what each state is worth to it, by the state's place among all combinations.
    pub(crate) worth: Vec<Vec<u8>>,
}

impl Written {
    /// All combinations, the first option changing fastest.
    pub(crate) fn combinations(&self) -> Vec<Levels> {
        let mut all = vec![Vec::new()];
        for option in &self.options {
            let shorter = std::mem::take(&mut all);
            for level in 0..option.levels {
                all.extend(shorter.iter().map(|s: &Levels| {
                    let mut longer = s.clone();
                    longer.push(level);
                    longer
                }));
            }
        }
        all
    }

    /// The feasible ones of them, each with its place.
    pub(crate) fn feasible(&self) -> Vec<(usize, Levels)> {
        let all = self.combinations().into_iter().enumerate();
        all.filter(|(_, s)| !self.never.iter().any(|c| c.holds(s)))
            .collect()
    }

    fn name(&self, option: usize) -> String {
        format!("P{}.o{option}", self.options[option].owner)
    }

    fn setting(&self, (option, level): (usize, u8)) -> String {
        let name = self.name(option);
        match (self.options[option].levels, level) {
            (2, 0) => format!("not {name}"),
            (2, _) => name,
            (_, level) => format!("{name} is l{level}"),
        }
    }

    fn settings(&self, all: &[(usize, u8)]) -> String {
        let parts: Vec<String> = all.iter().map(|s| self.setting(*s)).collect();
        parts.join(" and ")
    }

    fn condition(&self, condition: &Condition) -> String {
        let all = self.settings(&condition.all);
        if condition.negated {
            format!("not ({all})")
        } else {
            all
        }
    }

    /// A state as a pattern: a graded option has one position for each level above its first.
    fn pattern(&self, state: &[u8]) -> String {
        let mut out = String::new();
        for (option, level) in self.options.iter().zip(state) {
            for position in 1..option.levels {
                out.push(if position == *level { 'Y' } else { 'N' });
            }
        }
        format!("\"{out}\"")
    }

    pub(crate) fn text(&self) -> String {
        let mut out = String::from("negotiation \"A random conflict\"\n");
        let feasible = self.feasible();
        for p in 0..self.parties {
            out += &format!("party P{p} {{\n");
            for (o, option) in self.options.iter().enumerate() {
                if option.owner != p {
                    continue;
                }
                out += &format!("  option o{o}");
                if option.levels > 2 {
                    let levels: Vec<String> = (0..option.levels).map(|l| format!("l{l}")).collect();
                    out += &format!(" one of {}", levels.join(", "));
                }
                out += match option.direction {
                    Direction::Both => "",
                    Direction::Up => " irreversible",
                    Direction::Down => " only off",
                };
                out += if option.stepwise { " step by step" } else { "" };
                out += "\n";
            }
            let worth = |place: &usize| self.worth[p][*place % self.worth[p].len()];
            let mut tiers: Vec<u8> = feasible.iter().map(|(place, _)| worth(place)).collect();
            tiers.sort_unstable_by(|a, b| b.cmp(a));
            tiers.dedup();
            let mut tiers: Vec<String> = tiers
                .into_iter()
                .map(|tier| {
                    let tied = feasible.iter().filter(|(place, _)| worth(place) == tier);
                    let tied: Vec<String> = tied.map(|(_, s)| self.pattern(s)).collect();
                    tied.join(" = ")
                })
                .collect();
            // What is ranked last may also be left to the rest.
            if let (true, Some(last)) = (p % 2 == 1 && tiers.len() > 1, tiers.last_mut()) {
                *last = String::from("rest");
            }
            out += &format!("  ranks {{ {} }}\n}}\n", tiers.join(" > "));
        }
        for c in &self.never {
            out += &format!("never {}\n", self.condition(c));
        }
        for (c, then) in &self.when {
            out += &format!("when {} then {}\n", self.condition(c), self.settings(then));
        }
        for (p, from, to) in &self.no_move {
            let by = p.map_or(String::new(), |p| format!(" by P{p}"));
            let (from, to) = (self.condition(from), self.condition(to));
            out += &format!("no move{by} from {from} to {to}\n");
        }
        out
    }
}

fn choice(parties: usize) -> impl Strategy<Value = Choice> {
    let direction = prop_oneof![
        4 => Just(Direction::Both),
        1 => Just(Direction::Up),
        1 => Just(Direction::Down),
    ];
    let levels = prop_oneof![4 => Just(2u8), 1 => Just(3u8)];
    (0..parties, levels, direction, any::<bool>()).prop_map(|(owner, levels, direction, step)| {
        Choice {
            owner,
            levels,
            direction,
            stepwise: levels > 2 && step,
        }
    })
}

/// One to `most` different options, each at a level.
fn settings(options: &[Choice], most: usize) -> impl Strategy<Value = Vec<(usize, u8)>> + use<> {
    let levels: Vec<u8> = options.iter().map(|o| o.levels).collect();
    let count = levels.len();
    vec((0..count, any::<u8>()), 1..=most).prop_map(move |mut all| {
        all.sort_by_key(|(o, _)| *o);
        all.dedup_by_key(|(o, _)| *o);
        all.into_iter().map(|(o, l)| (o, l % levels[o])).collect()
    })
}

fn condition(options: &[Choice], negatable: bool) -> impl Strategy<Value = Condition> + use<> {
    (settings(options, 3), any::<bool>()).prop_map(move |(all, negated)| Condition {
        all,
        negated: negatable && negated,
    })
}

/// Conflicts of two to five parties with two to five options, forced consequences and prohibitions
/// among them.
pub(crate) fn written() -> impl Strategy<Value = Written> {
    (2..=5usize)
        .prop_flat_map(|parties| (Just(parties), vec(choice(parties), 2..=5)))
        .prop_flat_map(|(parties, mut options)| {
            // The text lists options by party, and numbers them so.
            options.sort_by_key(|o| o.owner);
            let rule = || condition(&options, true);
            let never = vec(condition(&options, false), 0..=3);
            let when = vec((rule(), settings(&options, 2)), 0..=4);
            let no_move = vec((proptest::option::of(0..parties), rule(), rule()), 0..=2);
            let ranks = prop_oneof![Just(4u8), Just(16u8), Just(255u8)];
            let worth = ranks.prop_flat_map(move |r| vec(vec(0..r, 61), parties));
            (Just((parties, options)), never, when, no_move, worth)
        })
        .prop_map(
            |((parties, options), never, when, no_move, worth)| Written {
                parties,
                options,
                never,
                when,
                no_move,
                worth,
            },
        )
}
