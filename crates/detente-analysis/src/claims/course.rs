//! How things stood on any day, from the status quo of the file and from what the calendar says has happened.

use detente_model::model::{Assignment, StatusQuo};
use detente_model::record::{Effect, Event};
use detente_model::syntax::Diagnostic;
use detente_model::syntax::ast::{self, Document};
use detente_model::{Expr, Model};
use jiff::civil::Date;

/// Where things stand: a level for every option, and in the graph form the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The level of every option.
    pub levels: Assignment,
    /// In the graph form: the index of the state.
    pub node: Option<u32>,
}

impl Place {
    /// Whether a condition holds there.
    pub fn satisfies(&self, expr: &Expr) -> bool {
        expr.holds_in(&self.levels, self.node)
    }
}

/// What has happened, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    start: Option<Place>,
    /// Days, ascending, with indices into the record's events.
    steps: Vec<(Date, usize)>,
}

impl Course {
    /// The course of a negotiation, of which `model` has been resolved.
    ///
    /// The model stands where things are on the day of `as of`. To know where they stood before, the document
    /// is resolved once more without what its events change.
    pub fn new(document: &Document, model: &Model) -> Result<Self, Vec<Diagnostic>> {
        let mut before = document.clone();
        for event in &mut before.calendar {
            event.effects.retain(|effect| !is_step(effect));
        }
        let resolved = detente_model::resolve(&before);
        let first = resolved.model.ok_or(resolved.diagnostics)?;
        Ok(Self::from_start(first.status_quo.as_ref(), model))
    }

    /// As [`Course::new`], where it is known how things stood before anything in the calendar happened.
    pub fn from_start(start: Option<&StatusQuo>, model: &Model) -> Self {
        let events = model.record.events.iter().enumerate();
        let mut steps: Vec<(Date, usize)> = events
            .filter(|(_, event)| event.is_certain() && event.is_current())
            .filter_map(|(place, event)| {
                let day = event.when.takes_effect()?;
                Some((day, place))
            })
            .collect();
        // What ends on the same day counts in the order of the text, in which the record need not be.
        let in_text = |place: &usize| model.record.events.get(*place).map(|e| e.place.0.start);
        steps.sort_by_key(|(day, place)| (*day, in_text(place)));
        Self {
            start: start.map(|s| Place {
                levels: s.assignment.clone(),
                node: s.node,
            }),
            steps,
        }
    }

    /// Everything off, if something has happened by a day.
    fn unstated(&self, model: &Model, day: Date) -> Option<Place> {
        let mut past = self.steps.iter().take_while(|(d, _)| *d <= day);
        let changes = |e: &Event| {
            let mut effects = e.effects.iter();
            effects.any(|e| {
                matches!(
                    e,
                    Effect::Sets(_) | Effect::SetsState(_) | Effect::Default(_)
                )
            })
        };
        let any = past.any(|(_, e)| model.record.events.get(*e).is_some_and(changes));
        any.then(|| Place {
            levels: vec![0; model.options.len()],
            node: None,
        })
    }

    /// Where things stood at the end of a day: the status quo of the file with what every certain event that was over
    /// by then had set, in the order of their last days. A default counts unless an event has set the option
    /// before. What a file without a status quo does not set is off; `None` when such a file sets nothing by then.
    pub fn on(&self, model: &Model, day: Date) -> Option<Place> {
        let mut place = self.start.clone().or_else(|| self.unstated(model, day))?;
        let mut moved = vec![false; place.levels.len()];
        let mut set = |place: &mut Place, option: usize, level: u16, by_default: bool| {
            let (Some(current), Some(moved)) =
                (place.levels.get_mut(option), moved.get_mut(option))
            else {
                return;
            };
            if by_default && *moved {
                return;
            }
            *current = level;
            *moved |= !by_default;
        };
        for (_, event) in self.steps.iter().take_while(|(d, _)| *d <= day) {
            let effects = model.record.events.get(*event).map(|e| &e.effects);
            for effect in effects.into_iter().flatten() {
                match effect {
                    Effect::Sets(settings) => {
                        for (option, level) in settings {
                            set(&mut place, option.index(), *level, false);
                        }
                    }
                    Effect::Default(settings) => {
                        for (option, level) in settings {
                            set(&mut place, option.index(), *level, true);
                        }
                    }
                    Effect::SetsState(node) => place.node = Some(*node),
                    Effect::Opens(_)
                    | Effect::Closes(_)
                    | Effect::Mandate { .. }
                    | Effect::Change(_) => {}
                }
            }
        }
        Some(place)
    }
}

fn is_step(effect: &ast::Effect) -> bool {
    matches!(
        effect,
        ast::Effect::Sets(_) | ast::Effect::SetsState(_) | ast::Effect::Default(_)
    )
}
