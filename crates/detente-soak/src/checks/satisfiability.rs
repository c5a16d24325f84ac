//! Equilibria listed by satisfiability: no more and no fewer than by the definitions.

use detente_analysis::Concept;
use detente_analysis::symbolic::{Search, Unanswered, security_levels};
use detente_model::Model;
use detente_syntax::ast::Direction;

use super::{Given, Held, joint};
use crate::case::Case;
use crate::examiner::Subject;
use crate::examiners::transitive;
use crate::verdicts::Verdicts;

/// Nash equilibria, listed to the last.
pub(super) fn nash(_: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let Some((_, measure)) = given.first() else {
        return Ok(0);
    };
    if !transitive(subject.model) {
        return Ok(0);
    }
    let search = Search::nash(subject.model, subject.budget()).map_err(|e| e.to_string())?;
    lists(search, Concept::Nash, measure)
}

/// Equilibria by general and symmetric metarationality, from the security levels of the parties, where
/// nothing constrains what parties choose together.
pub(super) fn security(_: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let Some((_, measure)) = given.first() else {
        return Ok(0);
    };
    if !transitive(subject.model) || !independent(subject.model) {
        return Ok(0);
    }
    let mut compared = 0;
    for concept in [Concept::Gmr, Concept::Smr] {
        let levels = security_levels(subject.model, concept, subject.budget())
            .map_err(|e| format!("{concept}: {e}"))?;
        let search = Search::metarational(subject.model, &levels, subject.budget())
            .map_err(|e| format!("{concept}: {e}"))?;
        compared += lists(search, concept, measure)?;
    }
    Ok(compared)
}

/// Whether every option goes both ways and every rule speaks of one party's options alone.
fn independent(model: &Model) -> bool {
    let owner = |o: &detente_model::OptionId| model.option(*o).owner;
    model.options.iter().all(|o| o.direction == Direction::Both)
        && model.rules.iter().all(|rule| {
            let options = rule.condition.expr.options();
            let mut owners = options.iter().map(owner);
            let first = owners.next();
            owners.all(|o| Some(o) == first)
        })
}

/// Whether a search lists the equilibria of a concept, each once.
fn lists(mut search: Search<'_>, concept: Concept, measure: &Verdicts) -> Held {
    let states = measure.states.len();
    let Some(table) = measure.table(concept) else {
        return Ok(0);
    };
    let (mut found, all) = search
        .list(states + 1)
        .map_err(|e: Unanswered| format!("{concept}: {e}"))?;
    if !all {
        return Err(format!("{concept}: more equilibria than states are listed"));
    }
    let equilibria = joint(table, states);
    let mut right: Vec<&Vec<u16>> = (0..states)
        .filter(|s| equilibria.contains(*s))
        .map(|s| &measure.states[s])
        .collect();
    found.sort_unstable();
    right.sort_unstable();
    if !found.iter().eq(right.iter().copied()) {
        let counts = (found.len(), right.len());
        return Err(format!(
            "{concept}: {} equilibria are listed, and there are {} or others",
            counts.0, counts.1
        ));
    }
    Ok(states as u64)
}
