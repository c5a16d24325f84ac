//! The calendar, resolved.

use std::collections::HashMap;

use detente_syntax::Diagnostic;
use detente_syntax::ast::{self, Change, Name, Setting};
use jiff::civil::Date;

use super::super::{Resolver, scope::once, scope::suggest};
use super::Names;
use crate::codes;
use crate::ids::{OptionId, PartyId};
use crate::model::Form;
use crate::present::is_permitted;
use crate::record::{Effect, Event, StatedValue};
use crate::{days, discounts, variant};

/// The events in their order, and where each name stands among them.
pub(super) struct Calendar<'a> {
    pub(super) events: Vec<Event>,
    by_name: HashMap<&'a str, usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn calendar(&mut self, names: &Names<'a>) -> Calendar<'a> {
        let list = self.calendar;
        let mut seen = HashMap::new();
        let mut events: Vec<(&'a ast::Event, Event)> = Vec::with_capacity(list.len());
        for event in list {
            if let Some(name) = &event.name {
                once(
                    &mut seen,
                    "event",
                    name.as_str(),
                    name.span(),
                    &mut self.out,
                );
            }
            if let Some(resolved) = self.event(names, event) {
                events.push((event, resolved));
            }
        }
        // Stable: events of one day stay in the order of the text.
        events.sort_by_key(|(_, e)| e.when.first().or(e.when.last()));
        let mut by_name = HashMap::new();
        for (index, (written, _)) in events.iter().enumerate() {
            if let Some(name) = &written.name {
                by_name.entry(name.as_str()).or_insert(index);
            }
        }
        let (written, events): (Vec<&ast::Event>, Vec<Event>) = events.into_iter().unzip();
        let mut calendar = Calendar { events, by_name };
        self.replacements(&written, &mut calendar);
        self.still_likely(&calendar.events);
        calendar
    }

    /// The last day of an event by its name, or of the event that it became, and what that is called.
    pub(in crate::resolve) fn last_day(
        &self,
        name: &Name,
    ) -> Result<Option<(Date, Option<String>)>, Diagnostic> {
        let Some(event) = discounts::event(self.calendar, name) else {
            let names = self.calendar.iter().filter_map(|e| e.name.as_ref());
            return Err(unknown(name, names.map(Name::as_str)));
        };
        let title = event.title.clone();
        // A day that cannot be read is told with the calendar.
        let Ok(when) = days::when(&event.when, self.as_of) else {
            return Ok(None);
        };
        match when.last() {
            Some(day) => Ok(Some((day, title))),
            None => Err(Diagnostic::error(
                codes::BAD_DISCOUNT,
                format!("event `{name}` has no last day from which a discount could count"),
            )
            .at(name.span(), "")
            .hint("give the event a last day, or write the day of the discount: `discount 0.9 from 2019-03-04`")),
        }
    }

    /// Notes at each event which other one it became.
    fn replacements(&mut self, written: &[&'a ast::Event], calendar: &mut Calendar<'a>) {
        for (index, event) in written.iter().enumerate() {
            let Some(name) = &event.replaces else {
                continue;
            };
            let found = calendar.find(name);
            let Some(replaced) = self.good(found) else {
                continue;
            };
            let mut at = Some(index);
            while let Some(next) = at.filter(|next| *next != replaced) {
                at = calendar.events[next].replaced_by;
            }
            if at.is_some() || calendar.events[replaced].replaced_by.is_some() {
                let message = if at.is_some() {
                    format!("`{name}` would become itself")
                } else {
                    format!("two events replace `{name}`")
                };
                self.out.push(
                    Diagnostic::error(codes::BAD_REPLACEMENT, message)
                        .at(name.span(), "")
                        .hint(
                            "an event replaces one that was planned before, and is replaced once",
                        ),
                );
                continue;
            }
            calendar.events[replaced].replaced_by = Some(index);
        }
    }

    fn event(&mut self, names: &Names<'a>, event: &ast::Event) -> Option<Event> {
        self.cites(&event.cites);
        let when = self.time(&event.when);
        let words = crate::days::days_of(&event.when);
        let words = words.into_iter().find(|d| d.is_words());
        let precedent = event.kind.as_str() == "precedent";
        let mut parties = Vec::new();
        let mut persons = Vec::new();
        for name in &event.with {
            self.participant(name, &mut parties, &mut persons);
        }
        if event.with.is_empty() {
            parties = (0..self.document.parties.len() as u16)
                .map(PartyId)
                .collect();
        }
        let known = event.known.as_ref().and_then(|d| self.day(d));
        let chance = event.chance.as_ref().and_then(|c| self.chance(c));
        let mut values = Vec::with_capacity(event.values.len());
        for value in &event.values {
            self.cites(&value.cites);
            values.push(StatedValue {
                of: value.of.text.clone(),
                value: value.value.clone(),
                cites: value.cites.clone(),
                place: value.place,
            });
        }
        if let Some(first) = event.effects.first()
            && precedent
        {
            self.out.push(
                Diagnostic::warning(
                    codes::IDLE_EFFECT,
                    "a precedent is history: what it changes is left out",
                )
                .at(effect_span(first, event), "")
                .hint("give the event another kind if it belongs to this negotiation"),
            );
        }
        let effects: Vec<Effect> = event
            .effects
            .iter()
            .filter_map(|e| self.effect(names, event, e))
            .collect();
        let track = event.track.as_ref();
        let track = track.and_then(|t| names.tracks.iter().position(|n| **n == *t));
        let when = when?;
        let past = when.first().or(when.last());
        let past = past.filter(|d| self.as_of.is_some_and(|as_of| *d <= as_of));
        let known = known.or_else(|| self.day_of_sources(&event.cites)).or(past);
        Some(Event {
            when,
            words: words.map(|d| d.text.clone()),
            kind: event.kind.text.clone(),
            precedent,
            name: event.name.as_ref().map(|n| n.text.clone()),
            title: event.title.clone(),
            track,
            parties,
            persons,
            known,
            replaced_by: None,
            chance,
            values,
            effects: if precedent { Vec::new() } else { effects },
            cites: event.cites.clone(),
            place: event.place,
        })
    }

    fn participant(&mut self, name: &Name, parties: &mut Vec<PartyId>, persons: &mut Vec<String>) {
        if let Ok(party) = self.formulas.scope.find_party(name) {
            if !parties.contains(&party) {
                parties.push(party);
            }
            return;
        }
        let document = self.document;
        let agents = || document.parties.iter().flat_map(|p| &p.agents);
        if agents().any(|a| a.name == *name) {
            if !persons.contains(&name.text) {
                persons.push(name.text.clone());
            }
            return;
        }
        let d = Diagnostic::error(
            codes::UNKNOWN_PERSON,
            format!("there is no party or person `{name}`"),
        )
        .at(name.span(), "not declared");
        let known = document.parties.iter().map(|p| p.name.as_str());
        let known = known.chain(agents().map(|a| a.name.as_str()));
        self.out
            .push(suggest(d, name.as_str(), known, "parties and persons"));
    }

    fn effect(
        &mut self,
        names: &Names<'a>,
        event: &ast::Event,
        effect: &ast::Effect,
    ) -> Option<Effect> {
        Some(match effect {
            ast::Effect::Sets(list) => Effect::Sets(self.settings(list)),
            ast::Effect::Default(list) => Effect::Default(self.settings(list)),
            ast::Effect::SetsState(name) => {
                let state = self.node(name)?;
                if self.form == Form::Graph {
                    return Some(Effect::SetsState(state));
                }
                let settings = self.document.states[state as usize].settings.as_deref();
                let mut reported_there = Vec::new();
                let levels = self
                    .formulas
                    .assignment(settings.unwrap_or(&[]), &mut reported_there)?;
                let options = (0..levels.len() as u32).map(OptionId);
                Effect::Sets(options.zip(levels).collect())
            }
            ast::Effect::Opens(list) => Effect::Opens(self.option_list(list)),
            ast::Effect::Closes(list) => Effect::Closes(self.option_list(list)),
            ast::Effect::Mandate { track, binds } => {
                let track = self.track(names, track);
                let binds = self.mandate(binds);
                Effect::Mandate {
                    track: track?,
                    binds,
                }
            }
            ast::Effect::Change(change) => {
                let mut cited = Vec::new();
                variant::citations(change, &mut |cites| cited.extend_from_slice(cites));
                self.cites(&cited);
                if !is_permitted(change) {
                    self.refused(change, event);
                    return None;
                }
                Effect::Change(change.clone())
            }
        })
    }

    /// Settings as options and levels; in a graph there are none.
    fn settings(&mut self, list: &[Setting]) -> Vec<(OptionId, u16)> {
        if let Some(first) = list.first()
            && self.form == Form::Graph
        {
            self.out.push(
                Diagnostic::error(
                    codes::NEEDS_OPTIONS,
                    "this negotiation is given as a graph, and has no options to set",
                )
                .at(first.place.0, "")
                .hint("name the state: `sets state 5`"),
            );
            return Vec::new();
        }
        let mut settings: Vec<(OptionId, u16)> = Vec::with_capacity(list.len());
        for setting in list {
            let found = self.formulas.setting(setting, None);
            let Some((option, level)) = self.good(found) else {
                continue;
            };
            match settings.iter().find(|(o, _)| *o == option) {
                Some((_, before)) if *before != level => self.out.push(
                    Diagnostic::error(
                        codes::CONTRADICTORY_SETTING,
                        format!("`{}` is set twice, differently", setting.option),
                    )
                    .at(setting.place.0, "and again here")
                    .hint("keep one of the two"),
                ),
                Some(_) => {}
                None => settings.push((option, level)),
            }
        }
        settings
    }

    fn refused(&mut self, change: &Change, event: &ast::Event) {
        let (what, hint) = match change {
            Change::Never(_) | Change::WithoutNever(_) => (
                "what cannot be together",
                "say what can be done from then on: `opens`, `closes`, `irreversible`, or a prohibited move",
            ),
            Change::When(_) | Change::WithoutWhen(_) => (
                "what follows of itself",
                "say what the event sets: `sets US.relief`",
            ),
            Change::StatusQuo(_) => (
                "the status quo",
                "say what it sets: `sets US.relief, not US.cancel`",
            ),
            Change::Term(_) => (
                "what a term means",
                "write another reading into a variant, and compare",
            ),
            _ => (
                "what a party sees",
                "write the view into a variant, and compare",
            ),
        };
        let d = Diagnostic::error(codes::BAD_EFFECT, format!("an event cannot change {what}"));
        self.out.push(d.at(event.place.0, "").hint(hint));
    }

    /// Notes events that should be over and are still only likely.
    fn still_likely(&mut self, events: &[Event]) {
        let Some(as_of) = self.as_of else { return };
        let over = events.iter().filter(|e| e.is_current() && e.is_over(as_of));
        for event in over.filter(|e| !e.is_certain() && !e.effects.is_empty()) {
            self.out.push(
                Diagnostic::note(
                    codes::STILL_LIKELY,
                    format!(
                        "`{}` is over on {as_of} and still only likely: what it changes is left out",
                        event.display()
                    ),
                )
                .at(event.place.0, "")
                .hint("take the likelihood away if it took place, or the event if it did not"),
            );
        }
    }
}

impl Calendar<'_> {
    /// The place of an event by its name.
    pub(super) fn find(&self, name: &Name) -> Result<usize, Diagnostic> {
        self.by_name
            .get(name.as_str())
            .copied()
            .ok_or_else(|| unknown(name, self.by_name.keys().copied()))
    }
}

fn unknown<'n>(name: &Name, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let d = Diagnostic::error(codes::UNKNOWN_EVENT, format!("there is no event `{name}`"))
        .at(name.span(), "not declared");
    let d = suggest(d, name.as_str(), known, "events");
    match d.hint {
        Some(_) => d,
        None => d.hint(format!(
            "add it to the calendar: `2019-02-27 summit {name} \"What it is\"`"
        )),
    }
}

fn effect_span(effect: &ast::Effect, event: &ast::Event) -> detente_syntax::Span {
    match effect {
        ast::Effect::Sets(list) | ast::Effect::Default(list) => {
            list.first().map_or(event.place.0, |s| s.place.0)
        }
        _ => event.place.0,
    }
}
