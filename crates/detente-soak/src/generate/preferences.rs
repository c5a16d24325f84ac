//! What parties want: statements, rankings, weights.

use detente_syntax::ast::{
    Certainty, FormulaKind, Name, Place, Preferences, RankGroup, RankItem, Rest, Statement,
    Strength, Weight, WeightedFormula,
};

use super::build::{formula, pattern, statement};
use super::formulas::Vocabulary;
use super::{Mixture, Share};
use crate::random::Random;

/// What a party wants, or `None` when it does not say.
pub(super) fn draw(
    random: &mut Random,
    mixture: &Mixture,
    words: &Vocabulary,
    home: usize,
) -> Option<Preferences> {
    if random.chance(mixture.share(Share::Unstated)) {
        return None;
    }
    if random.chance(mixture.share(Share::Ranking)) {
        return Some(Preferences::Ranks(ranking(random, words, home)));
    }
    if random.chance(mixture.share(Share::Weights)) {
        return Some(Preferences::Weights(weights(random, words, home)));
    }
    Some(Preferences::Statements(statements(random, words, home)))
}

/// A strong preference in so many of a thousand cases.
fn strength(random: &mut Random, chance: u32) -> Strength {
    if !random.chance(chance) {
        return Strength::PLAIN;
    }
    let degree = 2 + random.below(3) as u8;
    Strength::of(degree).unwrap_or(Strength::STRONG)
}

fn statements(random: &mut Random, words: &Vocabulary, home: usize) -> Vec<Statement> {
    let most = if random.chance(100) { 12 } else { 6 };
    let count = random.between(1, most);
    let one = |random: &mut Random, n: usize| {
        let depth = random.weighted(&[4, 4, 2]);
        let mut one = statement(words.formula(random, depth, Some(home)));
        if random.chance(100) {
            one.label = Some(Name::new(format!("s{n}")));
        }
        one.certainty = match random.below(100) {
            0..=2 => Certainty::Maybe,
            3..=5 => Certainty::Probability("0.4".to_owned()),
            _ => Certainty::Certain,
        };
        one.strength = strength(random, 30);
        one.either_order = random.chance(30);
        one
    };
    (0..count).map(|n| one(random, n)).collect()
}

fn weights(random: &mut Random, words: &Vocabulary, home: usize) -> Vec<WeightedFormula> {
    let count = random.between(1, 7);
    let one = |random: &mut Random| {
        let sign = if random.chance(400) { "-" } else { "" };
        let whole = random.below(6);
        let fraction = match random.below(4) {
            0 => ".5",
            1 => ".000001",
            _ => "",
        };
        WeightedFormula {
            weight: Weight {
                text: format!("{sign}{whole}{fraction}"),
            },
            up_to: None,
            formula: {
                let depth = random.weighted(&[5, 3, 1]);
                words.formula(random, depth, Some(home))
            },
            cites: Vec::new(),
            place: Place::default(),
        }
    };
    (0..count).map(|_| one(random)).collect()
}

fn rest() -> RankItem {
    RankItem::Rest(Rest {
        place: Place::default(),
    })
}

/// Puts items into groups, best first, some of them tied.
fn grouped(random: &mut Random, items: Vec<RankItem>) -> Vec<RankGroup> {
    let ties = [0, 100, 300, 600][random.below(4)];
    let mut groups: Vec<RankGroup> = Vec::new();
    for item in items {
        match groups.last_mut() {
            Some(group) if random.chance(ties) => group.items.push(item),
            _ => groups.push(RankGroup {
                items: vec![item],
                strength: strength(random, 50),
            }),
        }
    }
    // After the last group there is nothing to prefer it to.
    if let Some(last) = groups.last_mut() {
        last.strength = Strength::PLAIN;
    }
    groups
}

fn ranking(random: &mut Random, words: &Vocabulary, home: usize) -> Vec<RankGroup> {
    let every = every_state(words);
    let full = !every.is_empty() && (words.options.is_empty() || random.chance(700));
    let mut items = if full {
        every
    } else {
        let count = random.between(1, 5);
        (0..count)
            .map(|_| match random.pick(&words.states) {
                Some(name) if random.chance(300) => RankItem::State(name.clone()),
                _ => {
                    let depth = random.weighted(&[3, 4, 1]);
                    RankItem::Formula(words.formula(random, depth, Some(home)))
                }
            })
            .collect()
    };
    random.shuffle(&mut items);
    if full && random.chance(200) {
        items.truncate(random.between(1, items.len()));
        items.push(rest());
    }
    if !full {
        let place = if random.chance(700) {
            items.len()
        } else {
            random.below(items.len() + 1)
        };
        items.insert(place, rest());
    }
    grouped(random, items)
}

/// An item for each state, when there are not too many: by number in the graph form, by a pattern in
/// the option form.
fn every_state(words: &Vocabulary) -> Vec<RankItem> {
    if words.options.is_empty() {
        return words.states.iter().cloned().map(RankItem::State).collect();
    }
    let mut texts = vec![String::new()];
    for (_, _, option) in &words.options {
        let levels = option.levels.len().max(2);
        let place = |level: usize| -> String {
            (1..levels)
                .map(|l| if l == level { 'Y' } else { 'N' })
                .collect()
        };
        texts = texts
            .iter()
            .flat_map(|text| (0..levels).map(move |l| format!("{text}{}", place(l))))
            .collect();
        if texts.len() > 64 {
            return Vec::new();
        }
    }
    texts
        .into_iter()
        .map(|t| RankItem::Formula(pattern(t)))
        .collect()
}

/// The formula that says that the state is one of these.
pub(super) fn one_of(
    random: &mut Random,
    states: &[Name],
    most: usize,
) -> detente_syntax::ast::Formula {
    let state = |random: &mut Random| {
        let name = random
            .pick(states)
            .cloned()
            .unwrap_or_else(|| Name::new("1"));
        formula(FormulaKind::State(name))
    };
    match random.between(1, most.max(1)) {
        1 => state(random),
        count => formula(FormulaKind::Or((0..count).map(|_| state(random)).collect())),
    }
}
