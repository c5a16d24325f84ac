//! Whether claims came true, as far as that is known on the day of `as of`.

use detente_model::Model;
use detente_model::record::{Claim, ClaimKind, Event, Resolution, When};
use detente_model::syntax::ast::Came;
use jiff::civil::Date;

use super::course::Course;

/// How a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is not decided yet.
    Open,
    /// Its time is over, and nothing says what came of it.
    Due,
    /// There is nothing to decide it by.
    Unjudged,
    /// It is decided.
    Came(Came),
}

/// Why a claim, or its condition, stands as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The text gives the outcome.
    Stated,
    /// The event, an index into the record, took place within the window.
    TookPlace(usize),
    /// The window ended, and the event had not taken place within it.
    DidNotTakePlace(usize),
    /// How things stood on a day satisfies the formula, or does not.
    Stood {
        /// The day.
        day: Date,
        /// Whether the formula held.
        holds: bool,
    },
    /// How things stood on a day belongs to this class.
    Class {
        /// The day.
        day: Date,
        /// The class; `None` when it belongs to none.
        class: Option<String>,
    },
    /// The condition of the claim did not hold, for this reason.
    Condition(Box<Reason>),
    /// The condition of the claim is not decided, for this reason.
    ConditionOpen(Box<Reason>),
    /// It says the opposite of this claim, an index into the record, which is decided.
    Opposite(usize),
    /// The window ends on that day.
    NotYet(Date),
    /// The claim has no last day, so that time alone never decides it.
    NoEnd,
    /// The text does not say what would make it true.
    NoRule,
    /// The text has no `as of`, so that it is not known what has happened.
    NoDay,
    /// The text does not say how things stood.
    NoStatusQuo,
    /// The calendar gives the event only a chance, and its day has passed.
    Uncertain(usize),
    /// The event lies partly in the window and partly outside.
    Straddles(usize),
    /// It is advice.
    Advice,
}

/// That the rule of a claim and its stated outcome differ. The stated outcome counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What follows from the rule.
    pub rule: Came,
    /// Why.
    pub reason: Reason,
    /// What the text states.
    pub stated: Came,
}

/// What is found of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// How it stands.
    pub standing: Standing,
    /// Since when that is known, for a claim that is decided.
    pub on: Option<Date>,
    /// Why.
    pub reason: Reason,
    /// Whether rule and stated outcome differ.
    pub contradiction: Option<Contradiction>,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ruled {
    Decided(Came, Date),
    Open,
    /// Time will not help.
    Unknown,
}

/// Resolves the claims of a model, in its order, by what is known on the day of its `as of`.
///
/// An outcome in the text counts, unless it dates from a later day. Else a rule decides: an event has taken place
/// within the window when it is certain, over, and lies in the window as a whole, which needs no waiting; that it has
/// not is known at the end of the window. A formula is judged by how things stood at the end of the
/// window; a graded forecast by the class that state is counted under. The condition of a claim is judged
/// first, in the same manner and at the same time; where it fails the claim is void. A claim that is denied and
/// its denial decide each other when only one of them is decided.
pub fn judge(model: &Model, course: &Course) -> Vec<Judged> {
    let judge = Judge { model, course };
    let claims = &model.record.claims;
    let own: Vec<Judged> = claims.iter().map(|c| judge.claim(c)).collect();
    let opposite = |place: usize| -> Option<(usize, &Judged)> {
        let denied = claims.get(place)?.denies.into_iter();
        let denials = claims.iter().enumerate();
        let denials = denials
            .filter(|(_, c)| c.denies == Some(place))
            .map(|(d, _)| d);
        let mut others = denied
            .chain(denials)
            .filter_map(|other| Some((other, own.get(other)?)));
        others.find(|(_, j)| matches!(j.standing, Standing::Came(Came::Yes | Came::No)))
    };
    let decide = |(place, judged): (usize, &Judged)| {
        let undecided = !matches!(judged.standing, Standing::Came(_));
        let found = if undecided && judged.reason != Reason::Advice {
            opposite(place)
        } else {
            None
        };
        let Some((other, theirs)) = found else {
            return judged.clone();
        };
        let came = if theirs.standing == Standing::Came(Came::Yes) {
            Came::No
        } else {
            Came::Yes
        };
        Judged {
            standing: Standing::Came(came),
            on: theirs.on,
            reason: Reason::Opposite(other),
            contradiction: None,
        }
    };
    own.iter().enumerate().map(decide).collect()
}

fn is_forecast(claim: &Claim) -> bool {
    matches!(claim.kind, ClaimKind::Forecast | ClaimKind::Conditional)
}

struct Judge<'a> {
    model: &'a Model,
    course: &'a Course,
}

impl Judge<'_> {
    fn claim(&self, claim: &Claim) -> Judged {
        let undecided = |standing, reason| Judged {
            standing,
            on: None,
            reason,
            contradiction: None,
        };
        if claim.kind == ClaimKind::Advice {
            return undecided(Standing::Unjudged, Reason::Advice);
        }
        let (ruled, reason) = self.by_rule(claim);
        let stated = claim.outcome.as_ref().filter(|outcome| {
            let later = outcome
                .on
                .zip(self.model.as_of)
                .is_some_and(|(on, today)| on > today);
            !later
        });
        if let Some(outcome) = stated {
            let stated = outcome.verdict.clone();
            let (same, day, contradiction) = match ruled {
                Ruled::Decided(rule, day) if rule == stated => (true, Some(day), None),
                Ruled::Decided(rule, _) => {
                    let stated = stated.clone();
                    (
                        false,
                        None,
                        Some(Contradiction {
                            rule,
                            reason,
                            stated,
                        }),
                    )
                }
                Ruled::Open | Ruled::Unknown => (false, None, None),
            };
            return Judged {
                standing: Standing::Came(stated),
                on: outcome.on.or(day.filter(|_| same)),
                reason: Reason::Stated,
                contradiction,
            };
        }
        match ruled {
            Ruled::Decided(came, day) => Judged {
                standing: Standing::Came(came),
                on: Some(day),
                reason,
                contradiction: None,
            },
            Ruled::Open => undecided(Standing::Open, reason),
            Ruled::Unknown => {
                let over = is_forecast(claim) && self.model.as_of.is_some();
                undecided(
                    if over {
                        Standing::Due
                    } else {
                        Standing::Unjudged
                    },
                    reason,
                )
            }
        }
    }

    /// What the claim's own rule says, its condition first.
    fn by_rule(&self, claim: &Claim) -> (Ruled, Reason) {
        let Some(today) = self.model.as_of else {
            return (Ruled::Unknown, Reason::NoDay);
        };
        if let Some(condition) = &claim.condition {
            match self.resolution(condition, claim.window, today) {
                (Ruled::Decided(Came::Yes, _), _) => {}
                (Ruled::Decided(_, day), why) => {
                    return (
                        Ruled::Decided(Came::Void, day),
                        Reason::Condition(Box::new(why)),
                    );
                }
                (undecided, why) => return (undecided, Reason::ConditionOpen(Box::new(why))),
            }
        }
        if !claim.graded.is_empty() {
            return self.graded(claim, today);
        }
        match &claim.resolves {
            Some(resolution) => self.resolution(resolution, claim.window, today),
            None => match claim.window.and_then(When::last) {
                Some(last) if last > today => (Ruled::Open, Reason::NotYet(last)),
                None if is_forecast(claim) => (Ruled::Open, Reason::NoRule),
                _ => (Ruled::Unknown, Reason::NoRule),
            },
        }
    }

    fn resolution(&self, what: &Resolution, window: Option<When>, today: Date) -> (Ruled, Reason) {
        match what {
            Resolution::Event(event) => self.event(*event, window, today),
            Resolution::NoEvent(event) => {
                let (ruled, reason) = self.event(*event, window, today);
                let opposite = match ruled {
                    Ruled::Decided(Came::Yes, day) => Ruled::Decided(Came::No, day),
                    Ruled::Decided(_, day) => Ruled::Decided(Came::Yes, day),
                    undecided => undecided,
                };
                (opposite, reason)
            }
            Resolution::State(condition) => match end(window, today) {
                Err(open) => (Ruled::Open, open),
                Ok(day) => match self.course.on(self.model, day) {
                    None => (Ruled::Unknown, Reason::NoStatusQuo),
                    Some(place) => {
                        let holds = place.satisfies(&condition.expr);
                        let came = if holds { Came::Yes } else { Came::No };
                        (Ruled::Decided(came, day), Reason::Stood { day, holds })
                    }
                },
            },
        }
    }

    fn event(&self, planned: usize, window: Option<When>, today: Date) -> (Ruled, Reason) {
        let place = self.became(planned);
        let Some(event) = self.model.record.events.get(place) else {
            return (Ruled::Unknown, Reason::NoRule);
        };
        let position = position(event, window);
        let day = event.when.takes_effect();
        if event.is_over(today) && position != Position::Outside {
            if !event.is_certain() {
                return (Ruled::Unknown, Reason::Uncertain(place));
            }
            return match (position, day) {
                (Position::Inside, Some(day)) => {
                    (Ruled::Decided(Came::Yes, day), Reason::TookPlace(place))
                }
                _ => (Ruled::Unknown, Reason::Straddles(place)),
            };
        }
        match end(window, today) {
            Err(open) => (Ruled::Open, open),
            // It is going on or still to come, and may have begun within the window.
            Ok(_) if position != Position::Outside => (Ruled::Unknown, Reason::Straddles(place)),
            Ok(last) => (
                Ruled::Decided(Came::No, last),
                Reason::DidNotTakePlace(place),
            ),
        }
    }

    /// What became of a planned event: the event that took its place at last, else itself.
    fn became(&self, planned: usize) -> usize {
        let events = &self.model.record.events;
        let mut place = planned;
        for _ in 0..events.len() {
            match events.get(place).and_then(|e| e.replaced_by) {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }

    fn graded(&self, claim: &Claim, today: Date) -> (Ruled, Reason) {
        let day = match end(claim.window, today) {
            Err(open) => return (Ruled::Open, open),
            Ok(day) => day,
        };
        let classes = &self.model.classes;
        let named = |name: &str| claim.graded.iter().any(|(grade, _)| grade == name);
        if !classes.iter().any(|c| named(&c.name)) {
            return (Ruled::Unknown, Reason::NoRule);
        }
        let Some(place) = self.course.on(self.model, day) else {
            return (Ruled::Unknown, Reason::NoStatusQuo);
        };
        let class = classes.iter().find(|c| place.satisfies(&c.condition.expr));
        let class = class.map(|c| c.name.clone());
        let came = class.clone().filter(|name| named(name)).map(Came::Grade);
        let ruled = came.map_or(Ruled::Unknown, |came| Ruled::Decided(came, day));
        (ruled, Reason::Class { day, class })
    }
}

/// The last day of a window that has ended; else why the claim is open.
fn end(window: Option<When>, today: Date) -> Result<Date, Reason> {
    match window.and_then(When::last) {
        None => Err(Reason::NoEnd),
        Some(last) if last > today => Err(Reason::NotYet(last)),
        Some(last) => Ok(last),
    }
}

/// Where an event lies with respect to a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Inside,
    Across,
    Outside,
}

fn position(event: &Event, window: Option<When>) -> Position {
    let Some(window) = window else {
        return Position::Inside;
    };
    if !event.when.overlaps(window) {
        return Position::Outside;
    }
    let starts = match (event.when.first(), window.first()) {
        (_, None) => true,
        (first, Some(opens)) => first.is_some_and(|first| first >= opens),
    };
    let ends = match (event.when.takes_effect(), window.last()) {
        (_, None) => true,
        (last, Some(closes)) => last.is_some_and(|last| last <= closes),
    };
    if starts && ends {
        Position::Inside
    } else {
        Position::Across
    }
}
