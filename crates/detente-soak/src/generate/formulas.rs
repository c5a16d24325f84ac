//! Random formulas over what a document declares.

use detente_syntax::ast::{Comparison, Count, Document, Formula, FormulaKind, Name, OptionDecl};

use super::build::{all_of, formula, not, pattern, reference};
use crate::random::Random;

/// What formulas can speak of.
pub(super) struct Vocabulary {
    /// Every option with its owner, in order of declaration.
    pub(super) options: Vec<(usize, String, OptionDecl)>,
    /// The names of the states that can be named.
    pub(super) states: Vec<Name>,
    /// The names of the classes declared so far.
    pub(super) classes: Vec<String>,
}

impl Vocabulary {
    /// What a document declares. Classes are added one by one, so that none leads back to itself.
    pub(super) fn of(document: &Document) -> Self {
        let options = document.parties.iter().enumerate().flat_map(|(i, party)| {
            let name = party.name.text.clone();
            let own = party.options.iter();
            own.map(move |o| (i, name.clone(), o.clone()))
        });
        Self {
            options: options.collect(),
            states: document.states.iter().map(|s| s.name.clone()).collect(),
            classes: Vec::new(),
        }
    }

    /// A formula of at most so many levels. Within the block of party `home` its own options may
    /// stand without their owner.
    pub(super) fn formula(
        &self,
        random: &mut Random,
        depth: usize,
        home: Option<usize>,
    ) -> Formula {
        if depth == 0 || random.chance(350) {
            return self.literal(random, home);
        }
        let part = |random: &mut Random| self.formula(random, depth - 1, home);
        let two = |random: &mut Random| (Box::new(part(random)), Box::new(part(random)));
        let several = |random: &mut Random| -> Vec<Formula> {
            let count = random.between(2, 3);
            (0..count).map(|_| part(random)).collect()
        };
        formula(match random.weighted(&[2, 4, 4, 3, 3, 2, 3]) {
            0 => FormulaKind::Not(Box::new(part(random))),
            1 => FormulaKind::And(flat(several(random), |kind| match kind {
                FormulaKind::And(parts) => Ok(parts),
                other => Err(other),
            })),
            2 => FormulaKind::Or(flat(several(random), |kind| match kind {
                FormulaKind::Or(parts) => Ok(parts),
                other => Err(other),
            })),
            3 => {
                let (a, b) = two(random);
                FormulaKind::If(a, b)
            }
            4 => {
                let (a, b) = two(random);
                FormulaKind::Unless(a, b)
            }
            5 => {
                let (a, b) = two(random);
                FormulaKind::Iff(a, b)
            }
            _ => {
                let of: Vec<Formula> = (0..random.between(2, 4)).map(|_| part(random)).collect();
                let counts = [Count::AtLeast, Count::AtMost, Count::Exactly];
                FormulaKind::Count {
                    count: counts[random.weighted(&[3, 1, 1])],
                    number: random.between(0, of.len()) as u32,
                    of,
                }
            }
        })
    }

    /// An atom or its negation.
    pub(super) fn literal(&self, random: &mut Random, home: Option<usize>) -> Formula {
        let atom = self.atom(random, home);
        if random.chance(400) { not(atom) } else { atom }
    }

    /// So many literals, all of which must hold.
    pub(super) fn conjunction(&self, random: &mut Random, low: usize, high: usize) -> Formula {
        let count = random.between(low, high);
        all_of((0..count).map(|_| self.literal(random, None)).collect())
    }

    fn atom(&self, random: &mut Random, home: Option<usize>) -> Formula {
        let other = random.below(1000);
        if other < 8 {
            return formula(FormulaKind::Constant(random.chance(500)));
        }
        if other < 80
            && let Some(name) = random.pick(&self.classes)
        {
            return formula(FormulaKind::Class {
                name: name.clone(),
                place: detente_syntax::ast::Place::default(),
            });
        }
        if other < 110 && !self.options.is_empty() {
            return self.some_pattern(random);
        }
        if (self.options.is_empty() || other < 150)
            && let Some(name) = random.pick(&self.states)
        {
            return formula(FormulaKind::State(name.clone()));
        }
        self.option(random, home)
    }

    fn option(&self, random: &mut Random, home: Option<usize>) -> Formula {
        let Some((owner, party, option)) = random.pick(&self.options) else {
            return formula(FormulaKind::Constant(true));
        };
        let bare = home == Some(*owner) && random.chance(500);
        let name = reference((!bare).then_some(party.as_str()), option.name.as_str());
        match random.pick(&option.levels) {
            Some(level) if random.chance(800) => {
                let comparisons = [
                    Comparison::Is,
                    Comparison::IsNot,
                    Comparison::Less,
                    Comparison::AtMost,
                    Comparison::Greater,
                    Comparison::AtLeast,
                ];
                formula(FormulaKind::Level {
                    option: name,
                    comparison: comparisons[random.below(comparisons.len())],
                    level: level.clone(),
                })
            }
            _ => formula(FormulaKind::Option(name)),
        }
    }

    fn some_pattern(&self, random: &mut Random) -> Formula {
        let mut text = String::new();
        for (_, _, option) in &self.options {
            for _ in 0..option.levels.len().saturating_sub(1).max(1) {
                text.push(['Y', 'N', '-'][random.weighted(&[1, 1, 3])]);
            }
        }
        pattern(text)
    }
}

/// The parts, with the parts of those that are joined in the same way in their place: the language
/// does not tell `(A and B) and C` from `A and B and C`.
fn flat(
    parts: Vec<Formula>,
    joined: fn(FormulaKind) -> Result<Vec<Formula>, FormulaKind>,
) -> Vec<Formula> {
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        match joined(part.kind) {
            Ok(inner) => out.extend(inner),
            Err(kind) => out.push(formula(kind)),
        }
    }
    out
}
