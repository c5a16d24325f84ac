//! A space of deals as blocks: products of sets of levels that pay, cost or are forbidden.

use std::collections::BTreeMap;

use crate::bargain::space::DealSpace;
use crate::model::bargain::Test;

use super::paths::{Cells, Path, paths};

/// Blocks of one test at most; a test that needs more is left to the other method.
const PATHS: usize = 512;

/// Blocks of all tests at most.
const BLOCKS: usize = 20_000;

/// What a block does to the packages in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It is worth so much to one voice, more or less than nothing.
    Pays(usize, i128),
    /// There are no such packages.
    Forbids,
}

/// A product of sets of classes on some issues, two at least.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// What it does.
    pub effect: Effect,
    /// The issues, each with the words of its set in [`Problem::masks`].
    pub sides: Vec<Side>,
    /// The number of its first side, counted through all blocks.
    pub first: usize,
}

/// One issue of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    /// The issue.
    pub issue: usize,
    /// Where the words of its set begin in [`Problem::masks`]; as many as the issue has.
    pub mask: usize,
}

/// An issue whose levels are put together in classes: levels that no block tells apart and that are worth the
/// same to everybody.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    /// The first class, counted through all issues.
    pub first: usize,
    /// The first word, counted through all issues.
    pub word: usize,
    /// How many words the classes need, 64 a word.
    pub words: usize,
    /// How many levels each class has.
    pub levels: Vec<u64>,
    /// What each class is worth to each voice.
    pub worth: Vec<Vec<i128>>,
    /// The class of each level; none where no package has the level.
    pub class_of: Vec<Option<usize>>,
}

/// A space of deals for some voices, as classes and blocks.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// What all packages are worth to each voice.
    pub base: Vec<i128>,
    /// The issues; none is without classes.
    pub issues: Vec<Classes>,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The sets of the sides.
    pub masks: Vec<u64>,
    /// How many words a domain has.
    pub words: usize,
    /// How many classes there are in all.
    pub classes: usize,
    /// How many sides there are in all.
    pub sides: usize,
}

/// What became of a space.
pub(super) enum Compiled {
    /// No package satisfies the rules.
    Empty,
    /// Some test needs too many blocks.
    TooMany,
    /// Blocks.
    Blocks(Problem),
}

/// A block before levels are put into classes: the sets are of cells.
struct Raw {
    effect: Effect,
    sides: Path,
}

/// Writes the space as blocks.
pub(super) fn compile(space: &DealSpace, voices: &[usize]) -> Compiled {
    let chosen: Vec<_> = voices.iter().map(|v| &space.voices[*v].worth).collect();
    let tests = chosen.iter().flat_map(|w| w.terms.iter().map(|(_, t)| t));
    let cells = Cells::new(&space.sizes, tests.chain(&space.rules));
    let mut base: Vec<i128> = chosen.iter().map(|w| w.base).collect();
    let mut tables: Vec<Vec<Vec<i128>>> = (0..space.sizes.len())
        .map(|issue| {
            let of = |w: &&crate::bargain::Worth| w.tables.get(issue).cloned().unwrap_or_default();
            chosen.iter().map(of).collect()
        })
        .collect();
    let mut permitted: Vec<Vec<bool>> = cells.counts().map(|n| vec![true; n]).collect();
    let mut raw: Vec<Raw> = Vec::new();
    for (voice, worth) in chosen.iter().enumerate() {
        for (amount, test) in worth.terms.iter().filter(|(amount, _)| *amount != 0) {
            let Some((when, found)) = paths(test, &cells, PATHS) else {
                return Compiled::TooMany;
            };
            let amount = if when {
                *amount
            } else {
                base[voice] += amount;
                -amount
            };
            for sides in found {
                match sides.as_slice() {
                    [] => base[voice] += amount,
                    [(issue, inside)] => cells.add(
                        *issue,
                        inside,
                        amount,
                        &mut tables[*issue][voice],
                        space.sizes[*issue],
                    ),
                    _ => raw.push(Raw {
                        effect: Effect::Pays(voice, amount),
                        sides,
                    }),
                }
            }
        }
    }
    for rule in &space.rules {
        let refused = Test::Not(Box::new(rule.clone()));
        let Some(found) = super::paths::true_paths(&refused, &cells, PATHS) else {
            return Compiled::TooMany;
        };
        for sides in found {
            match sides.as_slice() {
                [] => return Compiled::Empty,
                [(issue, inside)] => {
                    let cells = permitted[*issue].iter_mut().zip(inside);
                    cells.for_each(|(open, inside)| *open &= !inside);
                }
                _ => raw.push(Raw {
                    effect: Effect::Forbids,
                    sides,
                }),
            }
        }
    }
    if raw.len() > BLOCKS {
        return Compiled::TooMany;
    }
    if permitted.iter().any(|p| p.iter().all(|open| !open)) {
        return Compiled::Empty;
    }
    Compiled::Blocks(classify(space, &cells, base, &tables, &permitted, &raw))
}

/// Puts the levels of every issue into classes.
fn classify(
    space: &DealSpace,
    cells: &Cells,
    base: Vec<i128>,
    tables: &[Vec<Vec<i128>>],
    permitted: &[Vec<bool>],
    raw: &[Raw],
) -> Problem {
    let mut problem = Problem {
        base,
        issues: Vec::new(),
        blocks: Vec::new(),
        masks: Vec::new(),
        words: 0,
        classes: 0,
        sides: 0,
    };
    // For each issue and class a cell of it, which says in which sets the class lies.
    let mut samples: Vec<Vec<usize>> = Vec::new();
    for (issue, size) in space.sizes.iter().enumerate() {
        let sets: Vec<&Vec<bool>> = raw
            .iter()
            .flat_map(|r| r.sides.iter().filter(|(i, _)| *i == issue))
            .map(|(_, inside)| inside)
            .collect();
        let mut kinds: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        let kind_of_cell: Vec<usize> = (0..permitted[issue].len())
            .map(|cell| {
                let signature: Vec<bool> = sets.iter().map(|s| s[cell]).collect();
                let next = kinds.len();
                *kinds.entry(signature).or_insert(next)
            })
            .collect();
        let mut numbers: BTreeMap<(usize, Vec<i128>), usize> = BTreeMap::new();
        let mut classes = Classes {
            first: problem.classes,
            word: problem.words,
            words: 0,
            levels: Vec::new(),
            worth: Vec::new(),
            class_of: vec![None; *size as usize],
        };
        let mut sample = Vec::new();
        for level in 0..*size {
            let cell = cells.of(issue, level);
            if !permitted[issue][cell] {
                continue;
            }
            let worth = |t: &Vec<i128>| t.get(level as usize).copied().unwrap_or(0);
            let worth: Vec<i128> = tables[issue].iter().map(worth).collect();
            let next = numbers.len();
            let key = (kind_of_cell[cell], worth);
            let number = *numbers.entry(key.clone()).or_insert(next);
            if number == next {
                classes.levels.push(0);
                classes.worth.push(key.1);
                sample.push(cell);
            }
            classes.levels[number] += 1;
            classes.class_of[level as usize] = Some(number);
        }
        classes.words = classes.levels.len().div_ceil(64);
        problem.classes += classes.levels.len();
        problem.words += classes.words;
        problem.issues.push(classes);
        samples.push(sample);
    }
    for block in raw {
        let first = problem.sides;
        let mut sides = Vec::new();
        for (issue, inside) in &block.sides {
            let mask = problem.masks.len();
            let words = problem.issues[*issue].words;
            problem.masks.resize(mask + words, 0);
            for (class, cell) in samples[*issue].iter().enumerate() {
                if inside[*cell] {
                    problem.masks[mask + class / 64] |= 1 << (class % 64);
                }
            }
            sides.push(Side {
                issue: *issue,
                mask,
            });
        }
        problem.sides += sides.len();
        problem.blocks.push(Block {
            effect: block.effect,
            sides,
            first,
        });
    }
    problem
}

impl Problem {
    /// All classes of all issues.
    pub(super) fn everything(&self) -> Vec<u64> {
        let mut domain = vec![0; self.words];
        for issue in &self.issues {
            for class in 0..issue.levels.len() {
                domain[issue.word + class / 64] |= 1 << (class % 64);
            }
        }
        domain
    }

    /// The issues in groups that no block connects, and the blocks of each.
    pub(super) fn components(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut group: Vec<usize> = (0..self.issues.len()).collect();
        for block in &self.blocks {
            let least = block.sides.iter().map(|s| group[s.issue]).min();
            let joined: Vec<usize> = block.sides.iter().map(|s| group[s.issue]).collect();
            for g in &mut group {
                if joined.contains(g) {
                    *g = least.unwrap_or(*g);
                }
            }
        }
        let mut found: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (issue, g) in group.iter().enumerate() {
            found.entry(*g).or_default().0.push(issue);
        }
        for (number, block) in self.blocks.iter().enumerate() {
            if let Some(side) = block.sides.first() {
                let entry = found.entry(group[side.issue]).or_default();
                entry.1.push(number);
            }
        }
        found.into_values().collect()
    }

    /// The problem of some issues alone, with nothing as its base.
    pub(super) fn part(&self, issues: &[usize], blocks: &[usize]) -> Self {
        let mut part = Self {
            base: vec![0; self.base.len()],
            issues: Vec::new(),
            blocks: Vec::new(),
            masks: self.masks.clone(),
            words: 0,
            classes: 0,
            sides: 0,
        };
        let mut place = vec![0; self.issues.len()];
        for issue in issues {
            place[*issue] = part.issues.len();
            let mut classes = self.issues[*issue].clone();
            classes.first = part.classes;
            classes.word = part.words;
            part.classes += classes.levels.len();
            part.words += classes.words;
            part.issues.push(classes);
        }
        for block in blocks {
            let mut block = self.blocks[*block].clone();
            block.first = part.sides;
            part.sides += block.sides.len();
            for side in &mut block.sides {
                side.issue = place[side.issue];
            }
            part.blocks.push(block);
        }
        part
    }
}
