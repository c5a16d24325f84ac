//! From a model to a GMCR+ file.

use detente_syntax::Diagnostic;
use detente_syntax::ast::Direction;
use serde_json::{Value, json};

use super::dnf::{MAX_TERMS, Maker, Positions, Term, TooLarge};
use super::{codes, dropped};
use crate::expr::Condition;
use crate::ids::OptionId;
use crate::model::{Model, Preferences};

/// How many preference statements GMCR+ can weigh.
const MAX_STATEMENTS: usize = 63;

/// What every party thinks of every state, for files that rank states by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RankedStates {
    /// For every party, in order: groups of tied states, best first. A state is given by its place
    /// among the feasible states in ascending order, counted from 1, where the first option is the
    /// least significant digit.
    pub parties: Vec<Vec<Vec<u32>>>,
}

/// Writes a model as a GMCR+ file (`.gmcr`).
///
/// A graded option becomes one option for each level above the first, no two of which are feasible
/// together. Every rule becomes infeasible conditions, every preference statement a condition.
/// Rankings, weights and more than 63 statements of one party cannot be written so: then the
/// preferences of all parties are written as rankings, for which `ranked` is needed.
///
/// Full names are written where there are some. What else is left out without changing states, moves
/// or preferences, [`left_out`] tells. The fields `program` and `version` name the format that is
/// written.
///
/// # Errors
///
/// Everything in the model that the file cannot say without changing its meaning; see [`codes`].
pub fn export(model: &Model, ranked: Option<&RankedStates>) -> Result<String, Vec<Diagnostic>> {
    let mut errors = dropped::errors(model);
    if !errors.is_empty() {
        return Err(errors);
    }
    let positions = Positions::new(model);
    let mut maker = Maker::new(&positions);
    let infeasibles = infeasibles(model, &positions, &mut maker, &mut errors);
    let statements = statements(model, &mut maker, &mut errors);
    let manual = model
        .parties
        .iter()
        .zip(&statements)
        .find(|(party, list)| {
            let weighed = match party.preferences {
                Preferences::Unstated | Preferences::Statements(_) => false,
                Preferences::Ranks(_) | Preferences::Weights(_) => true,
            };
            weighed || list.len() > MAX_STATEMENTS
        })
        .map(|(party, _)| party);
    let rankings = match (manual, ranked) {
        (None, _) => None,
        (Some(party), None) => {
            errors.push(
                Diagnostic::error(
                    codes::NEEDS_RANKING,
                    format!(
                        "the preferences of `{}` can only be written as a ranking of all states",
                        party.name
                    ),
                )
                .at(party.place.0, "")
                .hint("count and rank the states first, or state preferences with `prefers`"),
            );
            None
        }
        (Some(_), Some(ranked)) => {
            check(model, ranked).unwrap_or_else(|e| errors.push(e));
            Some(ranked)
        }
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    let parties: Vec<Value> = model
        .parties
        .iter()
        .zip(statements)
        .enumerate()
        .map(|(index, (party, list))| {
            let options: Vec<u32> = party
                .options
                .iter()
                .flat_map(|o| positions.of(o.index()))
                .collect();
            let list = if list.len() > MAX_STATEMENTS {
                Vec::new()
            } else {
                list
            };
            let mut fields = json!({
                "name": party.display(),
                "options": options,
                "preferences": list,
                "misperceptions": [],
            });
            let groups = rankings.and_then(|r| r.parties.get(index));
            if let (Some(groups), Value::Object(fields)) = (groups, &mut fields) {
                fields.insert("preferenceRanking".to_owned(), ranking(groups));
            }
            fields
        })
        .collect();
    let file = json!({
        "program": "gmcr-py",
        "version": "0.4.1",
        "options": options(model),
        "decisionMakers": parties,
        "infeasibles": infeasibles,
        "useManualPreferenceRanking": manual.is_some(),
        "coalitions": (0..model.parties.len()).collect::<Vec<_>>(),
    });
    Ok(format!("{file}\n"))
}

/// What [`export`] leaves out of a file, or says otherwise, without changing states, moves or
/// preferences: a note for each construct.
pub fn left_out(model: &Model) -> Vec<Diagnostic> {
    dropped::notes(model)
}

fn options(model: &Model) -> Vec<Value> {
    let mut out = Vec::new();
    for option in &model.options {
        let name = option.title.as_deref().unwrap_or(&option.name);
        let direction = match option.direction {
            Direction::Both => "both",
            Direction::OnlyOn => "fwd",
            Direction::OnlyOff => "back",
        };
        if option.levels.is_empty() {
            out.push(json!({ "name": name, "permittedDirection": direction }));
        }
        for level in option.levels.iter().skip(1) {
            let name = format!("{name}: {level}");
            out.push(json!({ "name": name, "permittedDirection": direction }));
        }
    }
    out
}

/// A simple condition.
fn simple(term: &Term) -> Value {
    term.iter()
        .map(|(p, taken)| json!([p, if *taken { "Y" } else { "N" }]))
        .collect()
}

fn infeasibles(
    model: &Model,
    positions: &Positions,
    maker: &mut Maker<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Value> {
    let mut out = Vec::new();
    for (index, option) in model.options.iter().enumerate() {
        let levels = positions.of(index);
        // Counted before they are written: 1,000 levels have half a million pairs.
        let pairs = levels.len() * levels.len().saturating_sub(1) / 2;
        if out.len() + pairs > MAX_TERMS {
            let name = model.qualified(OptionId(index as u32));
            errors.push(
                Diagnostic::error(
                    codes::FORMULA_TOO_LARGE,
                    format!("the levels of `{name}` need too many infeasible conditions"),
                )
                .at(option.place.0, format!("{} levels", option.levels.len()))
                .hint("give it fewer levels"),
            );
            return Vec::new();
        }
        for low in levels.clone() {
            out.extend((low + 1..levels.end).map(|high| simple(&vec![(low, true), (high, true)])));
        }
    }
    for rule in &model.rules {
        match maker.alternatives(&rule.condition.expr) {
            Ok(terms) if terms.iter().any(Vec::is_empty) => errors.push(
                Diagnostic::error(
                    codes::NOTHING_FEASIBLE,
                    format!("`never {}` leaves no state", rule.condition.text),
                )
                .at(rule.condition.span, "always true")
                .hint("GMCR+ needs at least one feasible state"),
            ),
            Ok(terms) if out.len() + terms.len() <= MAX_TERMS => {
                out.extend(terms.iter().map(simple));
            }
            _ => {
                errors.push(too_large(&rule.condition));
                return Vec::new();
            }
        }
    }
    out
}

fn too_large(condition: &Condition) -> Diagnostic {
    Diagnostic::error(
        codes::FORMULA_TOO_LARGE,
        format!(
            "`{}` has too many alternatives for a GMCR+ file",
            condition.text
        ),
    )
    .at(condition.span, "more than 10,000 when written out")
    .hint("split it, or say it with fewer options")
}

/// The statements of every party that make a difference, as conditions.
fn statements(
    model: &Model,
    maker: &mut Maker<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Vec<Value>> {
    let mut out = Vec::new();
    for party in &model.parties {
        let mut list: Vec<Value> = Vec::new();
        let stated = match &party.preferences {
            Preferences::Statements(stated) => stated.as_slice(),
            _ => &[],
        };
        for statement in stated {
            match maker.alternatives(&statement.condition.expr) {
                Err(TooLarge) => errors.push(too_large(&statement.condition)),
                // What holds in all states, or in none, prefers none to another.
                Ok(terms) if terms.iter().all(Vec::is_empty) => {}
                Ok(terms) => list.push(match terms.as_slice() {
                    [term] => simple(term),
                    terms => {
                        let members: Vec<Value> = terms.iter().map(simple).collect();
                        json!({ "compound": true, "members": members })
                    }
                }),
            }
        }
        out.push(list);
    }
    out
}

fn ranking(groups: &[Vec<u32>]) -> Value {
    groups
        .iter()
        .map(|group| match group.as_slice() {
            [state] => json!(state),
            tied => json!(tied),
        })
        .collect()
}

/// Every party must rank the same states, each once.
fn check(model: &Model, ranked: &RankedStates) -> Result<(), Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::error(codes::BAD_RANKING, message)
            .hint("rank the feasible states, numbered from 1, each once by every party")
    };
    if ranked.parties.len() != model.parties.len() {
        return Err(wrong(format!(
            "{} parties have a ranking, and there are {}",
            ranked.parties.len(),
            model.parties.len()
        )));
    }
    let count = |groups: &Vec<Vec<u32>>| groups.iter().map(Vec::len).sum::<usize>();
    let states = ranked.parties.first().map_or(0, count);
    if states == 0 {
        return Err(
            Diagnostic::error(codes::NOTHING_FEASIBLE, "no state is feasible")
                .hint("GMCR+ needs at least one feasible state"),
        );
    }
    for (party, groups) in model.parties.iter().zip(&ranked.parties) {
        let mut seen = vec![false; states];
        let numbers = groups.iter().flatten();
        let good = numbers.copied().all(|number| {
            let place = (number as usize)
                .checked_sub(1)
                .and_then(|i| seen.get_mut(i));
            place.is_some_and(|seen| !std::mem::replace(seen, true))
        });
        if !good || count(groups) != states || groups.iter().any(Vec::is_empty) {
            return Err(wrong(format!(
                "the ranking of `{}` does not list each state once",
                party.name
            )));
        }
    }
    Ok(())
}
