//! Events, commitments and claims: when each is known, and what of them.

use detente_syntax::Span;
use detente_syntax::ast::{
    Citation, Claim, ClaimOutcome, Commitment, Day, Effect, Event, Place, When,
};
use jiff::civil::Date;

use super::Cut;
use super::elements::Element;
use crate::{days, record};

impl Cut {
    /// The one day that a day of the text means.
    fn day(&self, day: &Day) -> Option<Date> {
        days::single(day, self.stated).ok()
    }

    fn sources_from(&self, cites: &[Citation]) -> Option<Date> {
        let dates = cites.iter();
        dates
            .filter_map(|c| self.sources.get(c.source.as_str()).copied())
            .min()
    }

    /// Writes words as the date that they mean: the day from which they count changes.
    fn dated_day(&self, day: &mut Day) {
        if day.is_words()
            && let Some(date) = self.day(day)
        {
            day.text = date.to_string();
        }
    }

    /// Writes words as the dates that they mean.
    pub(super) fn dated(&self, when: &mut When) {
        let list = days::days_of(when);
        if !list.iter().any(|d| d.is_words()) {
            return;
        }
        let place = list.first().map(|d| d.place).unwrap_or_default();
        if let Ok(meant) = days::when(when, self.stated) {
            *when = written(meant, place);
        }
    }
}

/// A time in dates, as the text has it.
fn written(when: record::When, place: Place) -> When {
    let day = |date: Date| Day {
        text: date.to_string(),
        place,
    };
    match when {
        record::When::On(on) => When::On(day(on)),
        record::When::During(first, last) => When::During(day(first), day(last)),
        record::When::Between(first, last) => When::Between(day(first), day(last)),
        record::When::By(last) => When::By(day(last)),
        record::When::From(first) => When::From(day(first)),
        record::When::Until(last) => When::Until(day(last)),
    }
}

/// The first of some days, if it is later than that of the cut.
fn after(cut: &Cut, day: Option<Date>) -> Option<Date> {
    day.filter(|d| *d > cut.day)
}

impl Element for Event {
    fn called(&self, _: usize) -> String {
        match (&self.title, &self.name) {
            (Some(title), _) => format!("event `{title}`"),
            (None, Some(name)) => format!("event `{name}`"),
            (None, None) => format!("event of the kind `{}`", self.kind),
        }
    }

    fn span(&self) -> Span {
        self.place.0
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let when = days::when(&self.when, cut.stated).ok();
        let own = when.and_then(|w| w.first().or(w.last()));
        let sources = cut.sources_from(&self.cites);
        let known = self.known.as_ref().and_then(|d| cut.day(d));
        let known = after(cut, known.or(sources).or(own));
        cut.cites(&mut self.cites);
        known
    }

    fn inside(&mut self, cut: &mut Cut) {
        let called = self.called(0);
        let Self {
            when,
            kind: _,
            name: _,
            title: _,
            track: _,
            with: _,
            known,
            replaces: _,
            chance: _,
            values,
            effects,
            cites: _,
            place,
        } = self;
        cut.dated(when);
        if let Some(known) = known {
            cut.dated_day(known);
        }
        let last = days::when(when, cut.stated).ok();
        let last = last.and_then(record::When::takes_effect);
        // Between the day of the cut and that of the document: what is told of it is told afterwards.
        let happened =
            last.filter(|d| *d > cut.day && cut.stated.is_none_or(|stated| *d <= stated));
        if let Some(last) = happened {
            values.retain(|value| {
                let from = cut.sources_from(&value.cites);
                let told = from.is_some_and(|d| d <= cut.day);
                if !told {
                    let known = from.unwrap_or(last);
                    cut.hide(format!("{} of {called}", value.of), known, value.place.0);
                }
                told
            });
        }
        cut.list(values);
        effects.retain_mut(|effect| match effect {
            Effect::Sets(_) | Effect::SetsState(_) | Effect::Change(_) if happened.is_some() => {
                let known = happened.unwrap_or(cut.day);
                cut.hide(format!("change by {called}"), known, place.0);
                false
            }
            Effect::Change(change) => cut.change(change),
            Effect::Sets(_)
            | Effect::SetsState(_)
            | Effect::Default(_)
            | Effect::Opens(_)
            | Effect::Closes(_)
            | Effect::Mandate { .. } => true,
        });
    }
}

impl Element for Commitment {
    fn called(&self, _: usize) -> String {
        format!("commitment `{}`", self.name)
    }

    fn span(&self) -> Span {
        self.place.0
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let on = self.on.as_ref().and_then(|d| cut.day(d));
        let known = cut.cites(&mut self.cites);
        after(cut, on).or(known)
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name,
            title: _,
            by: _,
            to: _,
            on,
            texts,
            quoted,
            terms: _,
            readings,
            kept: _,
            cites: _,
            place: _,
        } = self;
        if let Some(on) = on {
            cut.dated_day(on);
        }
        cut.within(format!("commitment `{name}`"), |cut| {
            cut.list(texts);
            cut.list(quoted);
            cut.list(readings);
        });
    }
}

impl Element for Claim {
    fn called(&self, _: usize) -> String {
        format!("claim `{}`", self.name)
    }

    fn span(&self) -> Span {
        self.place.0
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let said = self.said.as_ref().and_then(|d| cut.day(d));
        let known = cut.cites(&mut self.cites);
        after(cut, said).or(known)
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name,
            title: _,
            by: _,
            said,
            likelihood: _,
            worded,
            window,
            condition: _,
            resolves: _,
            denies: _,
            advice: _,
            graded: _,
            reference: _,
            outcome,
            cites: _,
            place: _,
        } = self;
        if let Some(said) = said {
            cut.dated_day(said);
        }
        if let Some(window) = window {
            cut.dated(window);
        }
        cut.within(format!("claim `{name}`"), |cut| {
            cut.list(worded);
            cut.maybe(outcome);
        });
    }
}

impl Element for ClaimOutcome {
    fn called(&self, _: usize) -> String {
        "outcome".to_owned()
    }

    fn span(&self) -> Span {
        self.place.0
    }

    /// Without a day it may be of any day, and is not known on one before that of the document.
    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let known = cut.cites(&mut self.cites);
        match self.on.as_ref().map(|d| cut.day(d)) {
            Some(Some(on)) => after(cut, Some(on)).or(known),
            Some(None) | None => Some(known.or(cut.stated).unwrap_or(Date::MAX)),
        }
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            verdict: _,
            on,
            because: _,
            cites: _,
            place: _,
        } = self;
        if let Some(on) = on {
            cut.dated_day(on);
        }
    }
}
