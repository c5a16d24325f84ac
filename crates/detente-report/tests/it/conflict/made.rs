//! Findings made at random: any shape, whatever the engine would say of it.

use std::collections::BTreeMap;

use detente_report::dossier::{About, Dossier, PartyAbout, Want};
use detente_report::finding::{
    Analysis, ClassInfo, Leg, OptionInfo, Party, Reachability, Route, Settings, Size, State,
};
use detente_report::moves::{BetweenFinding, MOST_MOVES, MoveFinding, Moves};
use detente_report::places::{PartyPlaces, Places, RunEntry, StatePlaces};
use indexmap::IndexMap;

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) states: usize,
    pub(super) parties: usize,
    pub(super) options: usize,
    pub(super) classes: usize,
    pub(super) start: bool,
    pub(super) hostile: bool,
}

impl Shape {
    /// Up to 80 states.
    pub(super) fn few(seed: u64) -> Self {
        let mut random = Random(seed);
        let most = if random.below(2) == 0 { 16 } else { 80 };
        Self {
            states: 1 + random.below(most),
            parties: 1 + random.below(7),
            options: [0, 7, 8][random.below(3)],
            classes: random.below(9),
            start: random.below(4) > 0,
            hostile: random.below(2) == 0,
        }
    }

    /// Up to 2000 states.
    pub(super) fn many(seed: u64) -> Self {
        let mut random = Random(seed);
        Self {
            states: 81 + random.below(1920),
            options: 11 + random.below(3),
            classes: random.below(40),
            ..Self::few(seed)
        }
    }
}

/// Numbers by chance, by the rule `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn name(&mut self, hostile: bool) -> String {
        let plain = [
            "deal",
            "no deal",
            "vague text with peace",
            "Sign a joint text",
            "war",
        ];
        if !hostile {
            return plain[self.below(plain.len())].to_owned();
        }
        let odd = [
            "a name of three hundred letters ".repeat(10),
            "x".repeat(300),
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202e}back\u{202c}".to_owned(),
            "\u{6838}\u{534f}\u{8bae}".repeat(20),
            "<b>&amp;</b> \"quoted\" 'x' ]]>".to_owned(),
            "two\nlines\u{1}\u{fffe}\u{feff}".to_owned(),
            String::new(),
            "e\u{301}\u{301}\u{301} \u{1f469}\u{200d}\u{1f680}".to_owned(),
            "0".to_owned(),
        ];
        odd[self.below(odd.len())].clone()
    }
}

const CONCEPTS: [&str; 5] = ["seq", "nash", "gmr", "smr", "a_concept_with_a_long_name"];

pub(super) fn made(seed: u64, shape: Shape) -> Dossier {
    let mut random = Random(seed ^ 0x5555);
    let names: Vec<String> = (0..shape.parties).map(|p| format!("P{p}")).collect();
    let options = options(&mut random, shape, &names);
    let states = states(&mut random, shape, &names, &options);
    let class_names: Vec<String> = (0..shape.classes)
        .map(|c| format!("{} {c}", random.name(shape.hostile)))
        .collect();
    let mut analysis = analysis(&mut random, shape, &names, states, &class_names);
    analysis.options = options;
    let moves = moves(&mut random, &analysis);
    ways(&mut analysis, moves.each.as_deref().unwrap_or_default());
    let wants = (0..random.below(16)).map(|n| Want {
        label: None,
        says: format!("{} {n}", random.name(shape.hostile)),
        titled: format!("{} {n}", random.name(shape.hostile)),
        doubtful: random.below(3) == 0,
        strength: (random.below(3) == 0).then(|| "strong".to_owned()),
        cites: Vec::new(),
    });
    let about = PartyAbout {
        name: names[0].clone(),
        title: None,
        agents: Vec::new(),
        wants: wants.collect(),
    };
    let places = (random.below(3) > 0).then(|| places(&mut random, &analysis));
    Dossier {
        negotiation: Some(random.name(shape.hostile)),
        about: About {
            parties: vec![about],
            ..About::default()
        },
        analysis: Some(analysis),
        moves: Some(moves),
        places,
        ..Dossier::default()
    }
}

/// Places for some parties, as a finding could have them and as none has: what a picture makes of them must be sound.
fn places(random: &mut Random, analysis: &Analysis) -> Places {
    let count = analysis.states.len();
    let mut parties = Vec::new();
    for party in &analysis.parties {
        if random.below(3) == 0 {
            continue;
        }
        let one_in = 1 + random.below(8);
        let far = 1 + random.below(count);
        let mut states = Vec::new();
        for state in &analysis.states {
            if random.below(one_in) == 0 {
                let best = 1 + random.below(count);
                let worst = (best + random.below(far)).min(count);
                let state = state.id;
                states.push(StatePlaces { state, best, worst });
            }
        }
        let mut ranks: Vec<u32> = analysis
            .states
            .iter()
            .map(|s| s.ranks[&party.name])
            .collect();
        ranks.sort_unstable();
        ranks.dedup();
        let mut runs = Vec::new();
        while let Some(highest) = ranks.pop() {
            let mut lowest = highest;
            for _ in 0..random.below(4) {
                lowest = ranks.pop().unwrap_or(lowest);
            }
            let within = |s: &&State| (lowest..=highest).contains(&s.ranks[&party.name]);
            let states = analysis.states.iter().filter(within);
            let states: Vec<u32> = states.map(|s| s.id).collect();
            if random.below(3) == 0 {
                runs.push(RunEntry {
                    highest,
                    lowest,
                    states,
                });
            }
        }
        let (every, drawn) = [(true, false), (false, true), (false, false)][random.below(3)];
        parties.push(PartyPlaces {
            party: party.name.clone(),
            found: "every".to_owned(),
            completions: every.then(|| 1 + random.below(4096)),
            orders: every.then(|| 1 + random.below(3)),
            samples: drawn.then_some(4096),
            states,
            runs,
        });
    }
    let mut boundaries = IndexMap::new();
    for party in &analysis.parties {
        if random.below(3) == 0 {
            let degrees = (0..random.below(count)).map(|_| random.below(10) as u8);
            boundaries.insert(party.name.clone(), degrees.collect());
        }
    }
    Places {
        format: String::new(),
        parties,
        boundaries,
        stopped: None,
    }
}

fn options(random: &mut Random, shape: Shape, names: &[String]) -> Vec<OptionInfo> {
    let one = |number: usize| {
        let levels = if number % 5 == 4 { 3 } else { 0 };
        OptionInfo {
            name: format!("{}.o{number}", names[number * names.len() / shape.options]),
            title: (random.below(2) == 0).then(|| random.name(shape.hostile)),
            levels: (0..levels).map(|l| format!("level{l}")).collect(),
            positions: if levels == 0 { 1 } else { 2 },
        }
    };
    (0..shape.options).map(one).collect()
}

fn states(
    random: &mut Random,
    shape: Shape,
    names: &[String],
    options: &[OptionInfo],
) -> Vec<State> {
    let spread = 1 + random.below(shape.states);
    let scale = [1, 1, 7, 12_345][random.below(4)];
    let mut out = Vec::new();
    for place in 0..shape.states {
        // The place in mixed digits: one digit for each option.
        let mut rest = place;
        let mut on = Vec::new();
        for option in options {
            let height = option.levels.len().max(2);
            let level = rest % height;
            rest /= height;
            if level > 0 {
                on.push(match option.levels.get(level) {
                    Some(level) => format!("{} is {level}", option.name),
                    None => option.name.clone(),
                });
            }
        }
        let ranks = names
            .iter()
            .map(|n| (n.clone(), random.below(spread) as u32));
        let ranks: IndexMap<String, u32> = ranks.collect();
        out.push(State {
            id: (place * scale) as u32 + u32::from(scale == 1),
            decimal: place.to_string(),
            yn: String::new(),
            on,
            name: None,
            title: (random.below(3) == 0).then(|| random.name(shape.hostile)),
            classes: Vec::new(),
            ranks,
            reachability: None,
        });
    }
    out
}

fn analysis(
    random: &mut Random,
    shape: Shape,
    names: &[String],
    mut states: Vec<State>,
    class_names: &[String],
) -> Analysis {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); class_names.len() + 1];
    for state in &mut states {
        let class = random.below(class_names.len() + 1);
        members[class].push(state.id);
        state.classes.extend(class_names.get(class).cloned());
    }
    let mut equilibria: IndexMap<String, Vec<u32>> = IndexMap::new();
    for concept in CONCEPTS {
        let one_in = 1 + random.below(12);
        let found = states
            .iter()
            .map(|s| s.id)
            .filter(|_| random.below(one_in) == 0);
        equilibria.insert(concept.to_owned(), found.take(40).collect());
    }
    let class = |(number, states): (usize, Vec<u32>)| {
        let within = |list: &Vec<u32>| {
            list.iter()
                .copied()
                .filter(|s| states.contains(s))
                .collect()
        };
        ClassInfo {
            name: class_names.get(number).cloned(),
            equilibria: equilibria
                .iter()
                .map(|(c, list)| (c.clone(), within(list)))
                .collect(),
            states,
        }
    };
    let mut classes: Vec<ClassInfo> = members.into_iter().enumerate().map(class).collect();
    classes.retain(|c| c.name.is_some() || !c.states.is_empty());
    let party = |name: &String| Party {
        name: name.clone(),
        title: (random.below(2) == 0).then(|| random.name(shape.hostile)),
        raw: None,
        moves: 0,
        ranks: states.iter().map(|s| s.ranks[name] + 1).max().unwrap_or(0),
    };
    Analysis {
        format: "detente-analysis/1".to_owned(),
        negotiation: None,
        as_of: None,
        variants: Vec::new(),
        settings: Settings {
            main: "seq".to_owned(),
            sequences: "legal".to_owned(),
            diagonal: true,
            by_party: IndexMap::new(),
        },
        size: Size {
            raw: None,
            feasible: states.len(),
            positions: 0,
            moves: 0,
        },
        parties: names.iter().map(party).collect(),
        options: Vec::new(),
        status_quo: shape.start.then(|| states[states.len() / 3].id),
        states,
        classes,
        stability: IndexMap::new(),
        margins: IndexMap::new(),
        equilibria,
        robustness: Vec::new(),
        mixed_equilibria: None,
        not_applicable: IndexMap::new(),
        joint_improvements: Vec::new(),
        obstacles: Vec::new(),
        witnesses: IndexMap::new(),
        witnessed: "none".to_owned(),
        notes: Vec::new(),
        stopped: None,
    }
}

/// The class that is left, that which is reached, and the party.
type Between = (Option<usize>, Option<usize>, usize);

fn moves(random: &mut Random, analysis: &Analysis) -> Moves {
    let states = &analysis.states;
    let mut known: BTreeMap<(u32, usize, u32), (usize, usize)> = BTreeMap::new();
    for _ in 0..states.len() * (1 + random.below(5)) {
        let (from, to) = (random.below(states.len()), random.below(states.len()));
        let party = random.below(analysis.parties.len());
        if from != to {
            known.insert((states[from].id, party, states[to].id), (from, to));
            if random.below(3) > 0 {
                known.insert((states[to].id, party, states[from].id), (to, from));
            }
        }
    }
    let class_of = |id: u32| {
        let class = analysis.classes.iter().position(|c| c.states.contains(&id));
        class.filter(|c| analysis.classes[*c].name.is_some())
    };
    let mut each = Vec::new();
    let mut between: BTreeMap<Between, (usize, usize)> = BTreeMap::new();
    for ((from, party, to), (a, b)) in &known {
        let name = &analysis.parties[*party].name;
        let improves = states[*b].ranks[name] > states[*a].ranks[name];
        let count = between
            .entry((class_of(*from), class_of(*to), *party))
            .or_default();
        count.0 += 1;
        count.1 += usize::from(improves);
        each.push(MoveFinding {
            party: name.clone(),
            from: *from,
            to: *to,
            improves,
            reversible: known.contains_key(&(*to, *party, *from)),
        });
    }
    Moves {
        format: "detente-moves/1".to_owned(),
        each: (each.len() <= MOST_MOVES).then_some(each),
        between: between
            .into_iter()
            .map(
                |((from, to, party), (moves, improvements))| BetweenFinding {
                    from,
                    to,
                    party: analysis.parties[party].name.clone(),
                    moves,
                    improvements,
                },
            )
            .collect(),
    }
}

/// The shortest ways from the status quo by any moves, found breadth first.
fn ways(analysis: &mut Analysis, each: &[MoveFinding]) {
    let Some(start) = analysis.status_quo else {
        return;
    };
    let mut found: BTreeMap<u32, Vec<Leg>> = BTreeMap::from([(start, Vec::new())]);
    let mut queue = vec![start];
    while let Some(at) = queue.first().copied() {
        queue.remove(0);
        for one in each.iter().filter(|m| m.from == at) {
            if !found.contains_key(&one.to) {
                let mut way = found[&at].clone();
                way.push(Leg {
                    parties: vec![one.party.clone()],
                    from: at,
                    to: one.to,
                });
                found.insert(one.to, way);
                queue.push(one.to);
            }
        }
    }
    for state in &mut analysis.states {
        state.reachability = Some(Reachability {
            moves: found.get(&state.id).map(|steps| Route {
                steps: steps.clone(),
                must_move: Vec::new(),
            }),
            improvements: None,
            joint: None,
        });
    }
}
