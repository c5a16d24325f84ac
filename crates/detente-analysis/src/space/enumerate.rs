//! Which states are feasible: a depth-first walk over the options that drops a branch as soon as a
//! rule is certainly broken.

use detente_model::model::{Form, Model};
use detente_model::syntax::ast::Count;
use detente_model::{Expr, OptionId, PartyId};

use super::{Layout, Space};
use crate::budget::{Budget, Stop};

/// How large a model is, before any state is enumerated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// All combinations of levels; `None` beyond 2^128.
    pub raw: Option<u128>,
    /// The combinations of each party's own options.
    pub per_party: Vec<Option<u128>>,
    /// Y/N positions of a state.
    pub width: u64,
}

impl Size {
    /// Reads the size off a model. In the graph form the raw size is the number of states.
    pub fn of(model: &Model) -> Self {
        let product = |options: &[OptionId]| {
            options.iter().try_fold(1_u128, |product, option| {
                product.checked_mul(u128::from(model.option(*option).level_count()))
            })
        };
        let party = |p: PartyId| product(&model.party(p).options);
        Self {
            raw: match model.form {
                Form::Options => product(&model.option_ids().collect::<Vec<_>>()),
                Form::Graph => Some(model.states.len() as u128),
            },
            per_party: model.party_ids().map(party).collect(),
            width: model.width(),
        }
    }
}

/// Why there is no state space.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpaceError {
    /// The rules exclude every state.
    #[error("the rules leave no feasible state")]
    NoFeasibleState,
    /// More Y/N positions than a state's number has bits.
    #[error("the options need {0} yes/no positions; at most 128 can be enumerated")]
    TooWide(u64),
    /// The budget ended first.
    #[error("the states were not all enumerated: {0}")]
    Stopped(Stop),
}

/// The states of the graph form: those listed.
pub(super) fn list(model: &Model, budget: &Budget) -> Result<Space, SpaceError> {
    let count = model.states.len() as u64;
    if count > budget.max_states {
        return Err(SpaceError::Stopped(Stop::Limit {
            what: "states",
            limit: budget.max_states,
        }));
    }
    let layout = Layout {
        places: Vec::new(),
        width: 0,
    };
    let all = Space {
        values: (0..u128::from(count)).collect(),
        layout,
    };
    if model.rules.is_empty() {
        return Ok(all);
    }
    // A rule of the graph form removes states; the others keep their numbers.
    let tests: Vec<_> = model.rules.iter().map(|r| all.test(&r.condition)).collect();
    let mut space = all;
    space.values.retain(|v| !tests.iter().any(|t| t.holds(*v)));
    if space.values.is_empty() {
        Err(SpaceError::NoFeasibleState)
    } else {
        Ok(space)
    }
}

struct Walk<'a> {
    model: &'a Model,
    budget: &'a Budget,
    layout: &'a Layout,
    /// For each option the rules that mention it.
    rules_of: Vec<Vec<&'a Expr>>,
    levels: Vec<Option<u16>>,
    values: Vec<u128>,
    steps: u64,
}

pub(super) fn enumerate(model: &Model, budget: &Budget) -> Result<Space, SpaceError> {
    let layout = Layout::new(model).ok_or_else(|| SpaceError::TooWide(model.width()))?;
    let mut rules_of = vec![Vec::new(); model.options.len()];
    let undecided = vec![None; model.options.len()];
    for rule in &model.rules {
        let expr = &rule.condition.expr;
        if truth(expr, &undecided) == Some(true) {
            return Err(SpaceError::NoFeasibleState);
        }
        for option in expr.options() {
            rules_of[option.index()].push(expr);
        }
    }
    let mut walk = Walk {
        model,
        budget,
        layout: &layout,
        rules_of,
        levels: undecided,
        values: Vec::new(),
        steps: 0,
    };
    // The last option is the most significant: deciding it first visits states in ascending order.
    walk.descend(model.options.len(), 0)
        .map_err(SpaceError::Stopped)?;
    let values = walk.values;
    if values.is_empty() {
        return Err(SpaceError::NoFeasibleState);
    }
    Ok(Space { values, layout })
}

impl Walk<'_> {
    /// Decides the options below `next`, the most significant first. Depth is bounded by the 128
    /// positions of a state.
    fn descend(&mut self, next: usize, value: u128) -> Result<(), Stop> {
        let Some(index) = next.checked_sub(1) else {
            if self.values.len() as u64 >= self.budget.max_states {
                return Err(Stop::Limit {
                    what: "states",
                    limit: self.budget.max_states,
                });
            }
            self.values.push(value);
            return Ok(());
        };
        let option = OptionId(index as u32);
        for level in 0..self.model.option(option).level_count() {
            self.steps += 1;
            if self.steps > self.budget.max_steps {
                return Err(Stop::Limit {
                    what: "steps",
                    limit: self.budget.max_steps,
                });
            }
            if self.steps.is_multiple_of(1 << 16) {
                if self.budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
                self.budget
                    .report("feasible states", self.values.len() as u64, 0);
            }
            self.levels[index] = Some(level);
            let broken = self.rules_of[index]
                .iter()
                .any(|rule| truth(rule, &self.levels) == Some(true));
            if !broken {
                self.descend(index, value | self.layout.bits(option, level))?;
            }
        }
        self.levels[index] = None;
        Ok(())
    }
}

/// The truth of an expression when some options are undecided; `None` when it depends on them.
fn truth(expr: &Expr, levels: &[Option<u16>]) -> Option<bool> {
    match expr {
        Expr::Constant(value) => Some(*value),
        Expr::Node(_) => None,
        Expr::Literal(literal) => levels[literal.option.index()].map(|l| literal.admits(l)),
        Expr::Not(inner) => truth(inner, levels).map(|t| !t),
        Expr::And(parts) => fold(parts, levels, false),
        Expr::Or(parts) => fold(parts, levels, true),
        Expr::Count { count, number, of } => {
            let (mut holding, mut open) = (0_u64, 0_u64);
            for part in of {
                match truth(part, levels) {
                    Some(true) => holding += 1,
                    Some(false) => {}
                    None => open += 1,
                }
            }
            let number = u64::from(*number);
            let at_least = |n: u64| match (holding >= n, holding + open >= n) {
                (true, _) => Some(true),
                (_, false) => Some(false),
                _ => None,
            };
            match count {
                Count::AtLeast => at_least(number),
                Count::AtMost => at_least(number + 1).map(|t| !t),
                Count::Exactly => match (at_least(number), at_least(number + 1)) {
                    (Some(false), _) | (_, Some(true)) => Some(false),
                    (Some(true), Some(false)) => Some(true),
                    _ => None,
                },
            }
        }
    }
}

/// `and` when `decisive` is false, `or` when it is true.
fn fold(parts: &[Expr], levels: &[Option<u16>], decisive: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match truth(part, levels) {
            Some(t) if t == decisive => return Some(decisive),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decisive)
}
