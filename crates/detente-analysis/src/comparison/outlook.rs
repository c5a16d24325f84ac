//! How probable each class is on one day that both forecasts reach.

use std::collections::BTreeMap;

use detente_model::model::Model;
use detente_model::present;
use detente_model::syntax::ast::Document;
use jiff::civil::Date;

use crate::timed::{
    Behaviour, MEETING, MOST_TARGETS, Method, PACE, Request, Target, forecast, horizon,
};
use crate::{Budget, Game, StateSet};

/// How probable each class is on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The day.
    pub day: Date,
    /// For each class, a state counting under its first, the probability to be in it: a floating-point number, exact
    /// but for rounding.
    pub classes: BTreeMap<String, f64>,
}

/// The last day that the forecasts of both reach, when both say from which day they look ahead.
pub fn common_day(a: &Model, b: &Model) -> Option<Date> {
    let (until_a, until_b) = (horizon(a)?.0, horizon(b)?.0);
    let day = until_a.min(until_b);
    let ahead = |model: &Model| model.as_of.is_some_and(|start| start < day);
    (ahead(a) && ahead(b)).then_some(day)
}

/// How probable each class is on a day, with the paces of the text and everything else as `forecast` has it when
/// nothing is asked for; `None` when no exact forecast can be made. Drawn histories would differ by chance alone.
pub fn outlook(
    document: &Document,
    game: &Game<'_>,
    day: Date,
    budget: &Budget,
) -> Option<Outlook> {
    let model = game.model;
    let targets: Vec<Target> = model
        .classes
        .iter()
        .enumerate()
        .map(|(class, declared)| {
            let mut states = StateSet::empty(game.space.len());
            for state in game.space.ids() {
                if game.headline(state) == Some(class) {
                    states.insert(state);
                }
            }
            Target {
                name: declared.name.clone(),
                states,
                class: Some(class),
            }
        })
        .collect();
    if targets.is_empty() || targets.len() > MOST_TARGETS {
        return None;
    }
    let request = Request {
        until: day,
        paces: model
            .parties
            .iter()
            .map(|p| p.pace.unwrap_or(PACE))
            .collect(),
        behaviours: vec![Behaviour::Improving; model.parties.len()],
        meeting: MEETING,
        targets,
        dates: vec![day],
        method: Method::Exact,
        replicates: 0,
        seed: 0,
        comparisons: false,
    };
    let after = |events: &[usize]| present::after(document, events);
    let found = forecast(game, &after, &request, &budget.silent()).ok()?;
    let found = found.complete().ok()?;
    let shares = found.targets.iter().map(|t| t.at.last().copied());
    let names = request.targets.iter().map(|t| t.name.clone());
    let classes = names
        .zip(shares)
        .filter_map(|(name, share)| share.map(|s| (name, s.value)));
    Some(Outlook {
        day,
        classes: classes.collect(),
    })
}
