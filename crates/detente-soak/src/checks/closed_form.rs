//! The closed forms for unconstrained conflicts: numbers of stable states and of equilibria, the
//! equilibria themselves, and the levels from which states are stable.

use detente_analysis::Concept;
use detente_analysis::engine::closed_form::MOST_STATEMENTS;
use detente_analysis::engine::{ClosedForm, Unconstrained};
use detente_model::Model;
use detente_model::model::Preferences;
use detente_syntax::ast::Direction;

use super::{Given, Held, joint};
use crate::case::Case;
use crate::examiner::Subject;
use crate::examiners::transitive;
use crate::literal::Reading;
use crate::verdicts::{Bits, Table, Verdicts};

/// What the closed forms are about, in their order.
const CONCEPTS: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];

pub(super) fn run(_: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let (Some((_, measure)), Ok(reading)) = (given.first(), subject.reading()) else {
        return Ok(0);
    };
    if !unconstrained(subject.model) {
        return Ok(0);
    }
    let form = Unconstrained::new(subject.model)
        .and_then(|conflict| conflict.judge(measure.states.len(), subject.budget()))
        .map_err(|e| e.to_string())?;
    agrees(&form, measure, reading)
}

/// Whether the closed forms hold: they need binary options without rules and directions, and
/// statements.
fn unconstrained(model: &Model) -> bool {
    let mut options = model.options.iter();
    let stated = |preferences: &Preferences| match preferences {
        Preferences::Unstated => true,
        Preferences::Statements(list) => list.len() <= MOST_STATEMENTS,
        _ => false,
    };
    transitive(model)
        && model.rules.is_empty()
        && options.all(|o| o.direction == Direction::Both && o.level_count() <= 2)
        && model.parties.iter().all(|p| stated(&p.preferences))
}

fn agrees(form: &ClosedForm, measure: &Verdicts, reading: &Reading<'_>) -> Held {
    let code = |state: usize| {
        let places = form.places.iter().zip(&measure.states[state]);
        places.fold(0, |code, ((first, _), level)| {
            code | u64::from(*level) << first
        })
    };
    let model = reading.model();
    let mut compared = 0;
    for (k, concept) in CONCEPTS.into_iter().enumerate() {
        let Some(table) = measure.table(concept) else {
            continue;
        };
        if form.parties.len() != table.stable.len() {
            return Err("the closed form sees other parties".to_owned());
        }
        for (party, (levels, stable)) in form.parties.iter().zip(&table.stable).enumerate() {
            if levels.stable[k] != stable.len() as u64 {
                return Err(format!(
                    "{concept}: {} states are stable for party {party}, not {}",
                    stable.len(),
                    levels.stable[k]
                ));
            }
            compared += 1 + by_level(form, table, party, reading)?;
        }
        let equilibria = joint(table, measure.states.len());
        let states = || (0..measure.states.len()).filter(|s| equilibria.contains(*s));
        let mut codes: Vec<u64> = states().map(code).collect();
        codes.sort_unstable();
        if form.equilibria[k] != codes.len() as u64 || form.first[k] != codes {
            return Err(format!("{concept}: the equilibria are not the same"));
        }
        for (class, found) in model.classes.iter().zip(&form.by_class) {
            let members = states().filter(|s| reading.satisfies(*s, &class.condition));
            if found[k] != members.count() as u64 {
                return Err(format!("{concept}: equilibria by class are not the same"));
            }
            compared += 1;
        }
        compared += 1 + measure.states.len() as u64;
    }
    Ok(compared)
}

/// Whether the states at or above a party's level are the stable ones. A party without options is left
/// out.
fn by_level(form: &ClosedForm, table: &Table, party: usize, reading: &Reading<'_>) -> Held {
    let holder = &reading.model().parties[party];
    let level = match table.concept {
        Concept::Gmr => &form.parties[party].maximin.statements,
        Concept::Smr => &form.parties[party].minimax.statements,
        _ => return Ok(0),
    };
    let list = match &holder.preferences {
        Preferences::Statements(list) if !holder.options.is_empty() => list,
        _ => return Ok(0),
    };
    let enough = |state: &usize| {
        let truths = list.iter().map(|s| reading.satisfies(*state, &s.condition));
        truths.ge(level.iter().copied())
    };
    let states = reading.states();
    if Bits::from_states(states, (0..states).filter(enough)) != table.stable[party] {
        return Err(format!(
            "{}: the level of party {party} tells other states stable",
            table.concept
        ));
    }
    Ok(states as u64)
}
