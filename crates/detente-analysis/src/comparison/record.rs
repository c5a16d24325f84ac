//! Claims that are decided in one and not, or otherwise, in the other; contradictions in what is said.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::Model;
use detente_model::syntax::ast::Document;
use indexmap::IndexMap;

use crate::Budget;
use crate::claims::{Course, Standing, judge};
use crate::evidence::{Question, evidence};

/// A claim that both have and that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimChange {
    /// The claim.
    pub name: String,
    /// How it stands in the first.
    pub a: Standing,
    /// How it stands in the second.
    pub b: Standing,
}

/// The claims of both that do not stand alike, in alphabetical order; what cannot be judged, because the text of one
/// does not say how things went, is left out.
pub fn claims(a: (&Document, &Model), b: (&Document, &Model)) -> Vec<ClaimChange> {
    let (Some(a), Some(b)) = (standings(a), standings(b)) else {
        return Vec::new();
    };
    let pairs = a.into_iter().filter_map(|(name, one)| {
        let other = b.get(&name)?.clone();
        (one != other).then_some(ClaimChange {
            name,
            a: one,
            b: other,
        })
    });
    pairs.collect()
}

fn standings((document, model): (&Document, &Model)) -> Option<BTreeMap<String, Standing>> {
    let course = Course::new(document, model).ok()?;
    let judged = judge(model, &course).into_iter().map(|j| j.standing);
    let names = model.record.claims.iter().map(|c| c.name.clone());
    Some(names.zip(judged).collect())
}

/// What is said and cannot all be so, in words, as far as the text alone shows it: the texts of sources are not read,
/// and readings are not compared state by state.
pub fn conflicts(document: &Document, model: &Model, budget: &Budget) -> BTreeSet<String> {
    let question = Question {
        document,
        model,
        texts: &IndexMap::new(),
        game: None,
    };
    let outcome = evidence(&question, budget);
    let conflicts = outcome.value().conflicts.iter();
    conflicts
        .map(|conflict| format!("{}: {}", conflict.about, conflict.finding))
        .collect()
}
