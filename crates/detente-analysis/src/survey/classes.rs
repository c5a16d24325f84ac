//! Outcome classes that exclude each other: a state is counted under the first that it belongs to.

use detente_model::model::{Class, Model};
use detente_model::{Condition, Expr};
use num_bigint::BigUint;

use crate::Budget;
use crate::symbolic::{Encoding, Engine, Unanswered};

/// The classes of a model, each without the states of those before it, and last the states of none.
pub(super) fn headlines(model: &Model) -> Vec<Class> {
    let mut before: Vec<Expr> = Vec::new();
    let mut apart = |expr: Expr| {
        let mut parts = before.clone();
        parts.push(expr.clone());
        before.push(expr.negated());
        Expr::And(parts)
    };
    let all = model
        .classes
        .iter()
        .map(|c| (c.name.clone(), c.condition.expr.clone()));
    all.chain([(String::new(), Expr::Constant(true))])
        .map(|(name, expr)| Class {
            condition: Condition::synthetic(apart(expr), name.clone()),
            name,
            otherwise: false,
        })
        .collect()
}

/// How many feasible states are counted under each class, and last under none; `None` when the model
/// does not fit or the budget ends.
pub(super) fn sizes(model: &Model, budget: &Budget) -> Option<Vec<BigUint>> {
    let encoding = Encoding::new(model, budget).ok()?;
    counts(model, &Engine::new(&encoding, budget)).ok()
}

fn counts(model: &Model, engine: &Engine<'_, '_, '_>) -> Result<Vec<BigUint>, Unanswered> {
    headlines(model)
        .iter()
        .map(|class| Ok(engine.count(&engine.matching(&class.condition.expr)?)))
        .collect()
}
