//! A model read word for word: which states there are, who can move where, who prefers what.
//!
//! Nothing here is shared with the engines: conditions are evaluated on the levels of the options,
//! and directions, steps, consequences and prohibitions are applied as the language defines them.

use std::cmp::Ordering;

use detente_model::expr::Atom;
use detente_model::model::{Choice, Consequence, Form, Model, Preferences, RankItem};
use detente_model::syntax::ast::Direction;
use detente_model::{Condition, Expr, PartyId};

/// Combinations of levels, feasible or not, at most.
pub const MOST_COMBINATIONS: usize = 1 << 14;
/// Feasible states, at most.
pub const MOST_STATES: usize = 512;

/// Why a model is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// There are more combinations of levels than [`MOST_COMBINATIONS`] or more feasible states than
    /// [`MOST_STATES`].
    #[error("the model has too many states to be examined word for word")]
    TooLarge,
    /// The rules exclude every state.
    #[error("no state is feasible")]
    NothingFeasible,
    /// The status quo is excluded by a rule.
    #[error("the status quo is not feasible")]
    StatusQuo,
    /// A ranking leaves a feasible state out.
    #[error("the ranking of party {0} leaves out a state")]
    Unranked(usize),
}

/// What a party's preferences say of one state. The larger of two is preferred.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Worth {
    /// For each statement whether it is true, most important first.
    Statements(Vec<bool>),
    /// In which tier of the ranking the state stands, 0 for the best.
    Tier(usize),
    /// The sum of the weights of the true formulas, in millionths.
    Sum(i128),
    /// Nothing.
    Unstated,
}

impl Worth {
    /// Whether a state of this worth is preferred to a state of the other.
    fn exceeds(&self, other: &Self) -> bool {
        match (self, other) {
            // The most important statement on which the two states differ decides.
            (Self::Statements(a), Self::Statements(b)) => {
                a.iter().zip(b).find(|(x, y)| x != y) == Some((&true, &false))
            }
            (Self::Tier(a), Self::Tier(b)) => a < b,
            (Self::Sum(a), Self::Sum(b)) => a > b,
            _ => false,
        }
    }
}

/// A model read word for word.
#[derive(Debug)]
pub struct Reading<'m> {
    model: &'m Model,
    /// All combinations of levels, the first option fastest; in the graph form the listed states,
    /// each as its own number.
    combinations: Vec<Vec<u16>>,
    /// By how much a combination's number grows with the level of each option.
    strides: Vec<usize>,
    /// The feasible states, as numbers of combinations, ascending.
    states: Vec<usize>,
    /// For each combination the state, if it is feasible.
    state_of: Vec<Option<usize>>,
    /// For each consequence, the truth of its condition at each combination.
    conditions: Vec<Vec<bool>>,
    /// For each party and state what its preferences say.
    worth: Vec<Vec<Worth>>,
    status_quo: Option<usize>,
}

fn level_count(option: &Choice) -> usize {
    match option.levels.len() {
        0 => 2,
        levels => levels,
    }
}

/// Whether the owner may change the option from one level to another, different one.
fn may_change(option: &Choice, from: u16, to: u16) -> bool {
    let way = match option.direction {
        Direction::Both => true,
        Direction::OnlyOn => to > from,
        Direction::OnlyOff => to < from,
    };
    let distance = to.abs_diff(from);
    way && (!option.stepwise || distance == 1)
}

impl<'m> Reading<'m> {
    /// Reads a model.
    ///
    /// # Errors
    ///
    /// Refuses models that are too large to be read word for word, or that say nothing that can be
    /// analysed.
    pub fn new(model: &'m Model) -> Result<Self, Unread> {
        let (combinations, strides) = match model.form {
            Form::Options => all_combinations(model)?,
            Form::Graph => (
                (0..model.states.len() as u16).map(|n| vec![n]).collect(),
                Vec::new(),
            ),
        };
        if combinations.len() > MOST_COMBINATIONS {
            return Err(Unread::TooLarge);
        }
        let mut reading = Self {
            model,
            states: Vec::new(),
            state_of: vec![None; combinations.len()],
            combinations,
            strides,
            conditions: Vec::new(),
            worth: Vec::new(),
            status_quo: None,
        };
        for combination in 0..reading.combinations.len() {
            let excluded = |rule: &Condition| reading.holds(&rule.expr, combination);
            if !model.rules.iter().any(|r| excluded(&r.condition)) {
                reading.state_of[combination] = Some(reading.states.len());
                reading.states.push(combination);
            }
        }
        if reading.states.is_empty() {
            return Err(Unread::NothingFeasible);
        }
        if reading.states.len() > MOST_STATES {
            return Err(Unread::TooLarge);
        }
        reading.conditions = model
            .consequences
            .iter()
            .map(|c| {
                (0..reading.combinations.len())
                    .map(|n| reading.holds(&c.condition.expr, n))
                    .collect()
            })
            .collect();
        reading.worth = reading.read_preferences()?;
        if let Some(status_quo) = &model.status_quo {
            let at = match status_quo.node {
                Some(node) => reading.state_of.get(node as usize).copied().flatten(),
                None => reading
                    .combinations
                    .iter()
                    .position(|c| *c == status_quo.assignment)
                    .and_then(|n| reading.state_of[n]),
            };
            reading.status_quo = Some(at.ok_or(Unread::StatusQuo)?);
        }
        Ok(reading)
    }

    /// The model.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.states.len()
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.model.parties.len()
    }

    /// The level of every option in a state; in the graph form the number of the state alone.
    pub fn assignment(&self, state: usize) -> &[u16] {
        &self.combinations[self.states[state]]
    }

    /// Where things stand.
    pub fn status_quo(&self) -> Option<usize> {
        self.status_quo
    }

    /// Whether a state satisfies a condition.
    pub fn satisfies(&self, state: usize, condition: &Condition) -> bool {
        self.holds(&condition.expr, self.states[state])
    }

    /// Whether a party prefers state `t` to state `s`.
    pub fn prefers(&self, party: usize, t: usize, s: usize) -> bool {
        self.worth[party][t].exceeds(&self.worth[party][s])
    }

    fn holds(&self, expr: &Expr, combination: usize) -> bool {
        let levels = &self.combinations[combination];
        expr.eval(&mut |atom| match atom {
            Atom::Literal(l) => {
                let level = levels[l.option.index()];
                l.from <= level && level <= l.to
            }
            Atom::Node(node) => *node as usize == combination,
        })
    }

    fn read_preferences(&self) -> Result<Vec<Vec<Worth>>, Unread> {
        let states = 0..self.states.len();
        let each = |party: usize, preferences: &Preferences| -> Result<Vec<Worth>, Unread> {
            states
                .clone()
                .map(|s| self.worth_of(preferences, s).ok_or(Unread::Unranked(party)))
                .collect()
        };
        self.model
            .parties
            .iter()
            .enumerate()
            .map(|(i, party)| each(i, &party.preferences))
            .collect()
    }

    fn worth_of(&self, preferences: &Preferences, state: usize) -> Option<Worth> {
        Some(match preferences {
            Preferences::Unstated => Worth::Unstated,
            Preferences::Statements(statements) => Worth::Statements(
                statements
                    .iter()
                    .map(|s| self.satisfies(state, &s.condition))
                    .collect(),
            ),
            Preferences::Weights(weights) => Worth::Sum(
                weights
                    .iter()
                    .filter(|(_, condition)| self.satisfies(state, condition))
                    .map(|(weight, _)| i128::from(*weight))
                    .sum(),
            ),
            Preferences::Ranks(tiers) => {
                let matches = |item: &RankItem| match item {
                    RankItem::Matching(condition) => self.satisfies(state, condition),
                    RankItem::Rest(_) => false,
                };
                let rest = |item: &RankItem| matches!(item, RankItem::Rest(_));
                let place = tiers
                    .iter()
                    .position(|tier| tier.items.iter().any(matches))
                    .or_else(|| tiers.iter().position(|tier| tier.items.iter().any(rest)));
                Worth::Tier(place?)
            }
        })
    }

    /// The states that a party can move to from a state, each once, in no particular order.
    ///
    /// Option form: the party changes any number of its own options, at least one, each in a
    /// direction that it permits; what follows of that belongs to the move; the move must end in
    /// another feasible state, and the transition must not be prohibited.
    pub fn moves(&self, party: usize, state: usize) -> Vec<usize> {
        let mut targets: Vec<usize> = Vec::new();
        let mut reach = |target: Option<usize>| {
            if let Some(t) = target
                && t != state
                && !targets.contains(&t)
                && !self.prohibited(party, state, t)
            {
                targets.push(t);
            }
        };
        match self.model.form {
            Form::Graph => {
                for (from, to) in &self.model.parties[party].moves {
                    if *from as usize == self.states[state] {
                        reach(self.state_of[*to as usize]);
                    }
                }
            }
            Form::Options => {
                let before = self.states[state];
                for after in self.own_changes(party, before) {
                    if after != before {
                        reach(self.state_of[self.what_follows(before, after)]);
                    }
                }
            }
        }
        targets
    }

    /// The combinations that differ from one in own options of a party only, each in a direction
    /// that it permits.
    fn own_changes(&self, party: usize, before: usize) -> Vec<usize> {
        let mut changes = vec![before];
        for option in &self.model.parties[party].options {
            let choice = &self.model.options[option.index()];
            let now = self.combinations[before][option.index()];
            let stride = self.strides[option.index()];
            for k in 0..changes.len() {
                for level in 0..level_count(choice) as u16 {
                    if level != now && may_change(choice, now, level) {
                        let base = changes[k] - stride * now as usize;
                        changes.push(base + stride * level as usize);
                    }
                }
            }
        }
        changes
    }

    /// The combination after a change and all that follows of it: as long as there is a rule that
    /// has not switched anything yet, whose condition is true now and was false before the change,
    /// the first such rule switches what it says.
    fn what_follows(&self, before: usize, mut after: usize) -> usize {
        let rules = &self.model.consequences;
        let mut done = vec![false; rules.len()];
        let follows = |k: usize, after: usize, done: &[bool]| {
            !done[k] && self.conditions[k][after] && !self.conditions[k][before]
        };
        while let Some(k) = (0..rules.len()).find(|k| follows(*k, after, &done)) {
            done[k] = true;
            after = self.switched(after, &rules[k]);
        }
        after
    }

    fn switched(&self, combination: usize, rule: &Consequence) -> usize {
        rule.then.iter().fold(combination, |now, (option, level)| {
            let level_now = self.combinations[now][option.index()] as usize;
            let stride = self.strides[option.index()];
            now - stride * level_now + stride * *level as usize
        })
    }

    fn prohibited(&self, party: usize, from: usize, to: usize) -> bool {
        self.model.prohibitions.iter().any(|p| {
            p.party.is_none_or(|of: PartyId| of.index() == party)
                && self.satisfies(from, &p.from)
                && self.satisfies(to, &p.to)
        })
    }

    /// The state that results when, from `state`, each listed party sets its own options as they are
    /// in the state given for it, all at once, with what follows of the changes together; `None`
    /// when it is not feasible. Option form only.
    pub fn together(&self, state: usize, choices: &[(usize, usize)]) -> Option<usize> {
        let before = self.states[state];
        let mut after = before;
        for (party, target) in choices {
            for option in &self.model.parties[*party].options {
                let stride = self.strides[option.index()];
                let now = self.combinations[after][option.index()] as usize;
                let then = self.assignment(*target)[option.index()] as usize;
                after = after - stride * now + stride * then;
            }
        }
        self.state_of[self.what_follows(before, after)]
    }

    /// How the states would be ordered by a party, best first; ties in ascending order.
    pub fn order(&self, party: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.states()).collect();
        order.sort_by(|a, b| {
            if self.prefers(party, *a, *b) {
                Ordering::Less
            } else if self.prefers(party, *b, *a) {
                Ordering::Greater
            } else {
                Ordering::Equal
            }
        });
        order
    }
}

/// Every combination of levels, the first option fastest, and the strides of the options.
fn all_combinations(model: &Model) -> Result<(Vec<Vec<u16>>, Vec<usize>), Unread> {
    let mut strides = Vec::with_capacity(model.options.len());
    let mut count: usize = 1;
    for option in &model.options {
        strides.push(count);
        count = count
            .checked_mul(level_count(option))
            .filter(|n| *n <= MOST_COMBINATIONS)
            .ok_or(Unread::TooLarge)?;
    }
    let level = |n: usize, k: usize| (n / strides[k] % level_count(&model.options[k])) as u16;
    let combinations = (0..count)
        .map(|n| (0..strides.len()).map(|k| level(n, k)).collect())
        .collect();
    Ok((combinations, strides))
}
