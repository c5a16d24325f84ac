//! Random negotiations and questions about them.

use detente_analysis::inverse::{
    Permitted, PreferenceChange, Prices, Question, Reachable, Structural, StructuralChange, Want,
};
use detente_analysis::{Concept, Game, StateId};
use detente_model::model::{
    Consequence, Form, Model, Preferences, Prohibition, RankItem, RankTier, Rule, Statement,
    Strength,
};
use detente_model::syntax::ast::{Certainty, Direction};
use detente_model::{Condition, Expr, Literal, OptionId};

use crate::random::Random;

const CONCEPTS: [Concept; 6] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
];

/// A negotiation with so many states by graph and so many parties.
pub(crate) fn graph_form(random: &mut Random, parties: usize, states: usize, levels: u64) -> Model {
    let mut text = "negotiation \"drawn\"\n".to_owned();
    for p in 0..parties {
        let density = 2 + random.below(5);
        let mut arcs = String::new();
        for a in 0..states {
            for b in 0..states {
                if a != b && random.below(10) < density {
                    arcs += &format!("    s{a} -> s{b}\n");
                }
            }
        }
        let order: Vec<String> = (0..states).map(|s| format!("s{s}")).collect();
        text += &format!(
            "party P{p} {{\n  ranks {{ {} }}\n  moves {{\n{arcs}  }}\n}}\n",
            order.join(" > ")
        );
    }
    for s in 0..states {
        text += &format!("state s{s}\n");
    }
    text += "status quo state s0\n";
    let parsed = detente_model::syntax::parse(&text);
    let resolved = detente_model::resolve(&parsed.document);
    let mut model = resolved
        .model
        .unwrap_or_else(|| panic!("{text}{:?}", resolved.diagnostics));
    for p in 0..parties {
        let tiers = tiers(random, states, levels, |s| Expr::Node(s as u32));
        model.parties[p].preferences = Preferences::Ranks(tiers);
    }
    model
}

/// States ranked at random on at most so many levels.
pub(crate) fn tiers(
    random: &mut Random,
    states: usize,
    levels: u64,
    exactly: impl Fn(usize) -> Expr,
) -> Vec<RankTier> {
    let levels = levels.min(states as u64);
    let mut tiers: Vec<Vec<usize>> = vec![Vec::new(); levels as usize];
    let mut all: Vec<usize> = (0..states).collect();
    for k in (1..states).rev() {
        all.swap(k, random.below(k as u64 + 1) as usize);
    }
    for (place, s) in all.into_iter().enumerate() {
        let tier = if place < tiers.len() {
            place
        } else {
            random.below(levels) as usize
        };
        tiers[tier].push(s);
    }
    tiers
        .into_iter()
        .map(|tier| RankTier {
            items: tier
                .into_iter()
                .map(|s| RankItem::Matching(Condition::synthetic(exactly(s), format!("s{s}"))))
                .collect(),
            strength: Strength::PLAIN,
        })
        .collect()
}

pub(crate) fn literal(option: usize, level: u16) -> Expr {
    Expr::Literal(Literal {
        option: OptionId(option as u32),
        from: level,
        to: level,
    })
}

/// A condition over so many binary options.
pub(crate) fn condition(random: &mut Random, options: usize) -> Condition {
    let mut one = || {
        literal(
            random.below(options as u64) as usize,
            random.below(2) as u16,
        )
    };
    let (a, b) = (one(), one());
    let expr = match random.below(4) {
        0 => Expr::And(vec![a, b]),
        1 => Expr::Or(vec![a, b]),
        _ => a,
    };
    Condition::synthetic(expr, format!("c{}", random.below(1000)))
}

/// A negotiation with so many parties and binary options.
pub(crate) fn option_form(
    random: &mut Random,
    parties: usize,
    options: usize,
    levels: u64,
) -> Model {
    let mut text = "negotiation \"drawn\"\n".to_owned();
    for p in 0..parties {
        text += &format!("party P{p} {{\n");
        for o in (0..options).filter(|o| o % parties == p) {
            let way = ["", "", "", " irreversible", " only off"][random.below(5) as usize];
            text += &format!("  option x{o} \"x\"{way}\n");
        }
        text += "}\n";
    }
    text += "status quo { }\n";
    let parsed = detente_model::syntax::parse(&text);
    let resolved = detente_model::resolve(&parsed.document);
    let mut model = resolved
        .model
        .unwrap_or_else(|| panic!("{text}{:?}", resolved.diagnostics));
    if random.below(3) == 0 {
        let rule = |random: &mut Random| {
            let at = random.below(options as u64) as usize;
            Expr::And(vec![
                literal(at, 1),
                literal((at + 1) % options, random.below(2) as u16),
            ])
        };
        let expr = rule(random);
        model.rules.push(Rule {
            condition: Condition::synthetic(expr, "rule"),
            because: None,
            cites: Vec::new(),
        });
    }
    for p in 0..parties {
        let tiers = tiers(random, 1 << options, levels, |s| {
            Expr::And(
                (0..options)
                    .map(|o| literal(o, (s >> o & 1) as u16))
                    .collect(),
            )
        });
        model.parties[p].preferences = Preferences::Ranks(tiers);
    }
    model
}

pub(crate) fn statements(random: &mut Random, model: &mut Model, party: usize, count: usize) {
    let list = (0..count).map(|_| {
        let condition = if model.form == Form::Options {
            condition(random, model.options.len())
        } else {
            some_nodes(random, model.states.len())
        };
        statement(condition)
    });
    let list = list.collect();
    model.parties[party].preferences = Preferences::Statements(list);
}

pub(crate) fn some_nodes(random: &mut Random, states: usize) -> Condition {
    let nodes = (0..states as u32).filter(|_| random.below(2) == 0);
    Condition::synthetic(
        Expr::Or(nodes.map(Expr::Node).collect()),
        format!("n{}", random.below(1000)),
    )
}

pub(crate) fn prices(random: &mut Random) -> Prices {
    if random.below(2) == 0 {
        return Prices::default();
    }
    let mut price = || 1 + random.below(4);
    Prices {
        swap: price(),
        pass: price(),
        drop: price(),
        reverse: price(),
        insert: price(),
    }
}

pub(crate) fn question(
    random: &mut Random,
    game: &Game<'_>,
    preferences: Vec<PreferenceChange>,
) -> Question {
    let states = game.space.len() as u64;
    let parties = game.graph.parties();
    let some = |random: &mut Random, many: u64| -> Vec<StateId> {
        let mut list: Vec<StateId> = (0..many)
            .map(|_| StateId(random.below(states) as u32))
            .collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let mut wants = Vec::new();
    let many = 1 + random.below(2);
    wants.push(if random.below(6) == 0 {
        Want::None(some(random, many))
    } else {
        Want::Some(some(random, many))
    });
    if random.below(3) == 0 {
        let many = 1 + random.below(3);
        wants.push(if random.below(3) > 0 {
            Want::None(some(random, many))
        } else {
            Want::Some(some(random, 1))
        });
    }
    let judgement = |random: &mut Random| {
        if random.below(3) > 0 {
            return vec![CONCEPTS[random.below(6) as usize]; parties];
        }
        (0..parties)
            .map(|_| CONCEPTS[random.below(6) as usize])
            .collect()
    };
    let mut judgements = vec![judgement(random)];
    if random.below(5) == 0 {
        judgements.push(judgement(random));
    }
    Question {
        wants,
        judgements,
        reachable: match random.below(8) {
            0 => Some(Reachable::Moves),
            1 => Some(Reachable::Improvements),
            _ => None,
        },
        permitted: Permitted {
            preferences,
            structure: Vec::new(),
        },
        most_plans: 100_000,
        up_to: (random.below(4) == 0).then(|| 1 + random.below(6)),
    }
}

pub(crate) fn structure(random: &mut Random, options: usize, count: usize) -> Vec<Structural> {
    let mut list: Vec<Structural> = Vec::new();
    while list.len() < count {
        let at = random.below(options as u64) as usize;
        let option = OptionId(at as u32);
        let directions = [Direction::Both, Direction::OnlyOn, Direction::OnlyOff];
        let change = match random.below(6) {
            0 | 1 => StructuralChange::Direction {
                option,
                direction: directions[random.below(3) as usize],
            },
            2 => StructuralChange::Remove { option },
            3 => StructuralChange::Link(Consequence {
                condition: condition(random, options),
                then: vec![(option, random.below(2) as u16)],
                then_text: "then".to_owned(),
                because: None,
                cites: Vec::new(),
            }),
            4 => StructuralChange::Bar(Rule {
                condition: condition(random, options),
                because: None,
                cites: Vec::new(),
            }),
            _ => StructuralChange::Sequence(Prohibition {
                party: None,
                from: condition(random, options),
                to: condition(random, options),
                because: None,
            }),
        };
        if !list.iter().any(|s| s.change == change) {
            list.push(Structural {
                change,
                price: 1 + random.below(3),
            });
        }
    }
    list
}

/// A plain statement.
pub(crate) fn statement(condition: Condition) -> Statement {
    Statement {
        label: None,
        condition,
        certainty: Certainty::Certain,
        strength: Strength::PLAIN,
        either_order: false,
        cites: Vec::new(),
    }
}

/// Each party with fixed preferences in so many of ten cases, else with ranks that may be swapped.
pub(crate) fn permitted(random: &mut Random, parties: usize, fixed: u64) -> Vec<PreferenceChange> {
    (0..parties)
        .map(|_| {
            if random.below(10) < fixed {
                PreferenceChange::Fixed
            } else {
                PreferenceChange::Ranks(prices(random))
            }
        })
        .collect()
}
