//! Which change is behind the difference of two forecasts.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::difference::Difference;
use detente_model::resolve;
use jiff::civil::Date;

use super::attribution::{Attribution, Unattributed};
use super::between::Part;
use super::outlook::{Outlook, outlook};
use super::sets::Sets;
use crate::{Budget, Game, Stop};

/// Probabilities that differ by less than this are the same but for rounding.
const ROUNDING: f64 = 1e-9;

/// Work on all trials together, at most, as [`Outlook`] counts it.
const MOST_WORK: usize = 4_000_000;

/// How probable a class is on a day. Where there is no such class, the probability is 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CourseQuestion {
    /// The day.
    pub day: Date,
    /// The class.
    pub class: String,
}

impl Outlook {
    fn answer(&self, question: &CourseQuestion) -> f64 {
        self.of(question.day, &question.class).unwrap_or(0.0)
    }
}

/// The classes and days whose probabilities differ by more than rounding, day by day.
pub fn probabilities_changed(a: &Outlook, b: &Outlook) -> Vec<CourseQuestion> {
    let mut all = BTreeSet::new();
    for (day, classes) in a.days.iter().chain(&b.days) {
        for class in classes.keys() {
            all.insert(CourseQuestion {
                day: *day,
                class: class.clone(),
            });
        }
    }
    let differs = |q: &CourseQuestion| (a.answer(q) - b.answer(q)).abs() > ROUNDING;
    all.into_iter().filter(differs).collect()
}

/// What one change does to a probability. All are differences of probabilities, from -1 to 1, in floating point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// The change, as an index into [`Difference::changes`], or the place of its group.
    pub change: usize,
    /// The probability in the first text with this change alone, less that in the first; `None` when it cannot be made
    /// alone, or there is no exact forecast of that text.
    pub made: Option<f64>,
    /// The probability in the second text, less that in the second without this change alone; `None` likewise.
    pub unmade: Option<f64>,
    /// Its share of the whole difference: what it adds when it is made, on average over all orders in which the changes
    /// can be made one by one so that every text on the way makes sense. Where each order can be gone this is the
    /// Shapley value. The shares of all changes add up to the whole difference. `None` when they were not found.
    ///
    /// L. S. Shapley, A value for n-person games, in: Contributions to the Theory of Games II (1953), pages 307-317;
    /// for orders of which some cannot be gone U. Faigle and W. Kern, The Shapley value for cooperative games under
    /// precedence constraints, International Journal of Game Theory 21 (1992), pages 249-266.
    pub share: Option<f64>,
}

/// What is behind the difference of one probability.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseCause {
    /// Of which class and day.
    pub question: CourseQuestion,
    /// For each change on which the forecast can depend.
    pub contributions: Vec<Contribution>,
}

/// Why there are no shares.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unshared {
    /// Not all sets of changes were looked at.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// A text on the way has no exact forecast.
    #[error("of some texts between the two there is no exact forecast")]
    NotExact,
    /// The changes cannot be made one by one.
    #[error("the changes cannot be made one by one so that every text on the way makes sense")]
    NoOrder,
}

/// What is behind the difference of two forecasts.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseAttribution {
    /// Which changes suffice and which are needed, up to rounding; its causes are in the order of the questions.
    pub sufficing: Attribution<CourseQuestion>,
    /// By how much each change raises the probability, in the same order.
    pub causes: Vec<CourseCause>,
    /// In how many orders the changes can be made; `None` when not all sets of changes were looked at.
    pub orders: Option<u64>,
    /// Why there are no shares; `None` when there are.
    pub unshared: Option<Unshared>,
}

/// Which change is behind the difference of two forecasts, by exact forecasts of the texts between them.
///
/// # Errors
///
/// When there is too much to look at, or the changes cannot be told apart.
pub fn attribute_course(
    difference: &Difference,
    questions: &[CourseQuestion],
    ends: (&Outlook, &Outlook),
    budget: &Budget,
) -> Result<CourseAttribution, Unattributed> {
    let quiet = budget.silent();
    let days: BTreeSet<Date> = ends
        .0
        .days
        .keys()
        .chain(ends.1.days.keys())
        .copied()
        .collect();
    let days: Vec<Date> = days.into_iter().collect();
    let judge = |made: &BTreeSet<usize>| -> Result<Option<Vec<Option<f64>>>, Stop> {
        let document = Part::Course.between(difference, made);
        let Some(model) = resolve(&document).model else {
            return Ok(None);
        };
        let Ok(game) = Game::new(&model, &quiet) else {
            return Ok(None);
        };
        let found = outlook(&document, &game, &days, &quiet);
        if quiet.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let answer = |q: &CourseQuestion| found.as_ref().map(|found| found.answer(q));
        Ok(Some(questions.iter().map(answer).collect()))
    };
    let work = ends.0.work.max(ends.1.work);
    let of = (difference, Part::Course);
    let mut sets = Sets::new(of, MOST_WORK / work.max(1), &judge, budget)?;
    let expected = |found: &Outlook| {
        questions
            .iter()
            .map(|q| Some(found.answer(q)))
            .collect::<Vec<_>>()
    };
    let (before, after) = (expected(ends.0), expected(ends.1));
    let same = |a: &Option<f64>, b: &Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= ROUNDING,
        _ => false,
    };
    let sufficing = sets.causes(questions, (&before, &after), same)?;
    let every = 0..=sets.all();
    let looked = match &sufficing.stopped {
        Some(stop) => Err(stop.clone()),
        None => sets.look(every),
    };
    let orders = looked.as_ref().ok().map(|()| Orders::new(&sets));
    let mut unshared = match (&looked, &orders) {
        (Err(stop), _) => Some(Unshared::Stopped(stop.clone())),
        (Ok(()), Some(orders)) if orders.number() == 0 => Some(Unshared::NoOrder),
        _ => None,
    };
    let mut causes = Vec::with_capacity(questions.len());
    for (index, question) in questions.iter().enumerate() {
        let value = |set: u32| {
            sets.of(set)
                .and_then(|found| found.get(index).copied().flatten())
        };
        let shares = match (&orders, &unshared) {
            (Some(orders), None) => orders.shares(value),
            _ => None,
        };
        if unshared.is_none() && shares.is_none() {
            unshared = Some(Unshared::NotExact);
        }
        let all = sets.all();
        let less = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
        let contributions = (0..sets.count()).map(|place| Contribution {
            change: sets.label(place),
            made: less(value(1 << place), value(0)),
            unmade: less(value(all), value(all & !(1 << place))),
            share: shares
                .as_ref()
                .and_then(|shares| shares.get(place).copied()),
        });
        causes.push(CourseCause {
            question: question.clone(),
            contributions: contributions.collect(),
        });
    }
    Ok(CourseAttribution {
        sufficing,
        causes,
        orders: orders.map(|orders| orders.number()),
        unshared,
    })
}

/// The orders in which changes can be made one by one so that every text on the way makes sense.
struct Orders {
    count: usize,
    /// For each set that makes sense in how many orders it is come to from none.
    to: BTreeMap<u32, u64>,
    /// In how many orders all are come to from it.
    from: BTreeMap<u32, u64>,
}

impl Orders {
    /// At most [`MOST_CHANGES`](super::MOST_CHANGES) changes have 3,628,800 orders, so that no number overflows.
    fn new<V: Send + Sync>(sets: &Sets<'_, V>) -> Self {
        let (count, all) = (sets.count(), sets.all());
        let bits = || (0..count).map(|place| 1_u32 << place);
        let sense = |set: u32| sets.of(set).is_some();
        let mut to = BTreeMap::from([(0, 1)]);
        for set in (1..=all).filter(|set| sense(*set)) {
            let steps = bits().filter(|bit| set & bit != 0);
            let ways = steps.filter_map(|bit| to.get(&(set & !bit)));
            let ways = ways.sum();
            to.insert(set, ways);
        }
        let mut from = BTreeMap::from([(all, 1)]);
        for set in (0..all).rev().filter(|set| sense(*set)) {
            let steps = bits().filter(|bit| set & bit == 0);
            let ways = steps.filter_map(|bit| from.get(&(set | bit)));
            let ways = ways.sum();
            from.insert(set, ways);
        }
        Self { count, to, from }
    }

    /// How many there are.
    fn number(&self) -> u64 {
        self.from.get(&0).copied().unwrap_or(0)
    }

    /// What each change adds on average; `None` when a text on the way has no value.
    fn shares(&self, value: impl Fn(u32) -> Option<f64>) -> Option<Vec<f64>> {
        let number = self.number() as f64;
        (0..self.count)
            .map(|place| {
                let bit = 1 << place;
                let mut sum = 0.0;
                for (set, to) in self.to.iter().filter(|(set, _)| *set & bit == 0) {
                    let from = self.from.get(&(set | bit)).copied().unwrap_or(0);
                    let orders = to * from;
                    if orders > 0 {
                        sum += orders as f64 * (value(set | bit)? - value(*set)?);
                    }
                }
                Some(sum / number)
            })
            .collect()
    }
}
