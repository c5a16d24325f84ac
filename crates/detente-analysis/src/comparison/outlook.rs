//! How probable each class is on the days that the forecasts of both reach.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::model::Model;
use detente_model::present;
use detente_model::syntax::ast::Document;
use jiff::civil::Date;

use crate::timed::{
    Behaviour, Found, MEETING, MOST_TARGETS, Method, PACE, Request, Target, forecast, horizon,
    usual_days,
};
use crate::{Budget, Game, StateSet};

/// How probable each class is on some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// For each day and class, a state counting under its first, the probability to be in it: a floating-point number,
    /// exact but for rounding.
    pub days: BTreeMap<Date, BTreeMap<String, f64>>,
    /// What finding it took: histories that are told apart, in all games that come of doubts, once for each day.
    pub(super) work: usize,
}

impl Outlook {
    /// The probability of a class on a day; `None` where there is no such class or day.
    pub fn of(&self, day: Date, class: &str) -> Option<f64> {
        self.days.get(&day)?.get(class).copied()
    }
}

/// For which days two forecasts answer when no days are asked for: see [`usual_days`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// Days for which both answer, and the last day that both reach; ascending.
    pub both: Vec<Date>,
    /// Other days of the first.
    pub a: Vec<Date>,
    /// Other days of the second.
    pub b: Vec<Date>,
}

/// The days of both forecasts; `None` when not both say from which day they look ahead, or one ends before the other
/// begins.
pub fn days(a: &Model, b: &Model) -> Option<Days> {
    let last = horizon(a)?.0.min(horizon(b)?.0);
    let first = a.as_of?.max(b.as_of?);
    if first >= last {
        return None;
    }
    let asked = |model: &Model| -> BTreeSet<Date> { usual_days(model).into_iter().collect() };
    let (asked_a, asked_b) = (asked(a), asked(b));
    let ahead = |day: &&Date| first < **day && **day < last;
    let common = asked_a.intersection(&asked_b).filter(ahead);
    let mut both: Vec<Date> = common.copied().collect();
    both.push(last);
    let other = |asked: BTreeSet<Date>| -> Vec<Date> {
        let others = asked.into_iter().filter(|day| !both.contains(day));
        others.collect()
    };
    let (a, b) = (other(asked_a), other(asked_b));
    Some(Days { both, a, b })
}

/// How probable each class is on these days, ascending, with the paces of the text and everything else as `forecast` has it when
/// nothing is asked for; `None` when no exact forecast can be made. Drawn histories would differ by chance alone.
pub fn outlook(
    document: &Document,
    game: &Game<'_>,
    days: &[Date],
    budget: &Budget,
) -> Option<Outlook> {
    let model = game.model;
    let until = *days.last()?;
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
        until,
        paces: model
            .parties
            .iter()
            .map(|p| p.pace.unwrap_or(PACE))
            .collect(),
        behaviours: vec![Behaviour::Improving; model.parties.len()],
        meeting: MEETING,
        targets,
        dates: days.to_vec(),
        method: Method::Exact,
        replicates: 0,
        seed: 0,
        comparisons: false,
    };
    let after = |events: &[usize]| present::after(document, events);
    let found = forecast(game, &after, &request, &budget.silent()).ok()?;
    let found = found.complete().ok()?;
    let Found::Exact { games, nodes, .. } = found.found else {
        return None;
    };
    let length = found.until.since(found.start).ok()?.get_days();
    let length = usize::try_from(length).unwrap_or(1);
    let mut by_day: BTreeMap<Date, BTreeMap<String, f64>> = BTreeMap::new();
    for (place, day) in found
        .dates
        .iter()
        .enumerate()
        .filter(|(_, d)| days.contains(d))
    {
        let targets = request.targets.iter().zip(&found.targets);
        let shares = targets.filter_map(|(target, finding)| {
            let share = finding.at.get(place)?;
            Some((target.name.clone(), share.value))
        });
        by_day.insert(*day, shares.collect());
    }
    Some(Outlook {
        days: by_day,
        work: games.saturating_mul(nodes).saturating_mul(length),
    })
}
