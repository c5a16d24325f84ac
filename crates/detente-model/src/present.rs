//! Where a negotiation stands on the day of `as of`: what the calendar says has happened is applied.

use std::borrow::Cow;

use detente_syntax::ast::{Change, Document, Effect, Event, Setting, SettingValue, StatusQuo};
use detente_syntax::{Diagnostic, ast};
use jiff::civil::Date;

use crate::model::Model;
use crate::resolve::Scope;
use crate::{days, variant};

/// The document as it is on the day of `as of`: the effects of every event that is over by then and certain are
/// made, in the order of their last days, then of the text.
///
/// `sets` changes the status quo; what a text without a status quo does not set is off. `default` sets what no
/// earlier event has set. Changes of preferences and of directions are made as a variant would make them. The events stay in the calendar, without what has
/// been made of them, so that nothing is made twice; [`crate::resolve()`] keeps their effects in the record. What
/// opens or closes an option, or gives a track a mandate, stays too; the tracks of the record have their present
/// mandates.
///
/// Every analysis starts from the present: [`crate::resolve()`], [`crate::variant::apply`] and
/// [`crate::view::seen_by`] make it themselves. A document without past effects comes back as it is.
///
/// # Errors
///
/// Says, with its place, which name or statement of a change was not found.
pub fn present(document: &Document) -> Result<Document, Vec<Diagnostic>> {
    made(document).map(Cow::into_owned)
}

/// As [`present`], without a copy where nothing has happened.
pub(crate) fn made(document: &Document) -> Result<Cow<'_, Document>, Vec<Diagnostic>> {
    let Some(as_of) = day_of(document) else {
        return Ok(Cow::Borrowed(document));
    };
    let mut over: Vec<(Date, usize)> = Vec::new();
    for (index, event) in document.calendar.iter().enumerate() {
        if event.effects.iter().any(is_made)
            && !is_replaced(document, event)
            && let Some(day) = taken_place(event, as_of)
        {
            over.push((day, index));
        }
    }
    if over.is_empty() {
        return Ok(Cow::Borrowed(document));
    }
    over.sort_unstable();
    let mut now = document.clone();
    let mut problems = Vec::new();
    let mut set: Vec<Setting> = Vec::new();
    for (_, index) in over {
        for effect in &document.calendar[index].effects {
            if let Err(problem) = make(&mut now, effect, &mut set) {
                problems.push(*problem);
            }
        }
        now.calendar[index].effects.retain(|e| !is_made(e));
    }
    if problems.is_empty() {
        Ok(Cow::Owned(now))
    } else {
        Err(problems)
    }
}

/// The model after some events that are yet to come, given as indices into [`crate::record::Record::events`], in
/// the order in which they take place: with their changes of preferences and of directions. What they set is
/// not applied. The states of the model are those of the present.
///
/// # Errors
///
/// Says which name or statement of a change was not found, and what is wrong with the document.
pub fn after(document: &Document, events: &[usize]) -> Result<Model, Vec<Diagnostic>> {
    let now = made(document)?;
    let mut changed = now.clone().into_owned();
    let order = in_order(&now);
    let mut problems = Vec::new();
    for index in events {
        let event = order.get(*index).and_then(|place| now.calendar.get(*place));
        for effect in event.iter().flat_map(|e| &e.effects) {
            if let Effect::Change(change) = effect
                && is_permitted(change)
                && let Err(problem) = variant::make(&mut changed, change)
            {
                problems.push(*problem);
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let resolved = crate::resolve(&changed);
    resolved.model.ok_or(resolved.diagnostics)
}

/// The document after the changes of all events to come, in their order, and what is wrong with them; `None` when no
/// event changes preferences or directions.
pub(crate) fn all_made(document: &Document) -> (Option<Document>, Vec<Diagnostic>) {
    let mut changed: Option<Document> = None;
    let mut problems = Vec::new();
    for place in in_order(document) {
        let event = &document.calendar[place];
        for effect in &event.effects {
            if let Effect::Change(change) = effect
                && is_permitted(change)
            {
                let changed = changed.get_or_insert_with(|| document.clone());
                problems.extend(variant::make(changed, change).err().map(|p| *p));
            }
        }
    }
    (changed, problems)
}

/// The places in the calendar of the text of the events of [`crate::record::Record::events`].
fn in_order(document: &Document) -> Vec<usize> {
    let as_of = day_of(document);
    let mut order: Vec<(Date, usize)> = Vec::new();
    for (place, event) in document.calendar.iter().enumerate() {
        if let Ok(when) = days::when(&event.when, as_of)
            && let Some(day) = when.first().or(when.last())
        {
            order.push((day, place));
        }
    }
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}

/// The day of `as of`.
pub(crate) fn day_of(document: &Document) -> Option<Date> {
    document.as_of.as_ref()?.text.parse().ok()
}

/// Whether an event may make this change: changes of what parties want and can do, and no others. The rules of what
/// can be together hold at all times, and views and terms are the analyst's.
pub(crate) fn is_permitted(change: &Change) -> bool {
    matches!(
        change,
        Change::Preferences { .. }
            | Change::Direction { .. }
            | Change::Concept { .. }
            | Change::Attitude { .. }
            | Change::NoMove(_)
    )
}

/// Whether another event of the calendar is what became of this one.
fn is_replaced(document: &Document, event: &Event) -> bool {
    let name = event.name.as_ref();
    name.is_some()
        && document
            .calendar
            .iter()
            .any(|e| e.replaces.as_ref() == name)
}

/// The last day of an event that has taken place by a day for certain.
fn taken_place(event: &Event, as_of: Date) -> Option<Date> {
    let certain = event.chance.as_ref().is_none_or(|said| {
        let number = said.number.as_deref().and_then(ast::probability);
        number == Some(1_000_000)
    });
    if !certain || event.kind.as_str() == "precedent" {
        return None;
    }
    let when = days::when(&event.when, Some(as_of)).ok()?;
    let last = when.takes_effect()?;
    (last <= as_of).then_some(last)
}

/// Whether an effect can be made in the document itself.
fn is_made(effect: &Effect) -> bool {
    !matches!(
        effect,
        Effect::Opens(_) | Effect::Closes(_) | Effect::Mandate { .. }
    )
}

/// Makes one effect; `set` holds what events have set so far. Names that are not declared are reported with the
/// record, where all effects are looked at.
fn make(
    document: &mut Document,
    effect: &Effect,
    set: &mut Vec<Setting>,
) -> Result<(), Box<Diagnostic>> {
    match effect {
        Effect::Sets(settings) => {
            sets(document, settings);
            set.extend(settings.iter().cloned());
        }
        Effect::Default(settings) => {
            let open: Vec<Setting> = {
                let mut ignored = Vec::new();
                let scope = Scope::new(document, &mut ignored);
                let option = |s: &Setting| scope.find_option(&s.option, None).ok();
                let moved = |s: &Setting| set.iter().any(|before| option(before) == option(s));
                settings.iter().filter(|s| !moved(s)).cloned().collect()
            };
            sets(document, &open);
        }
        Effect::SetsState(name) => document.status_quo = Some(StatusQuo::State(name.clone())),
        Effect::Change(change) if is_permitted(change) => variant::make(document, change)?,
        Effect::Change(_) | Effect::Opens(_) | Effect::Closes(_) | Effect::Mandate { .. } => {}
    }
    Ok(())
}

/// Puts settings into the status quo, each in the place of what it said of the option before.
fn sets(document: &mut Document, settings: &[Setting]) {
    let mut now = match &document.status_quo {
        Some(StatusQuo::Settings { settings, .. }) => settings.clone(),
        Some(StatusQuo::State(name)) => {
            let mut states = document.states.iter();
            let state = states.find(|s| s.name == *name);
            match state.map(|s| &s.settings) {
                Some(Some(settings)) => settings.clone(),
                // A graph, or a state that is not declared, which is reported there.
                _ => return,
            }
        }
        None => Vec::new(),
    };
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    for setting in settings {
        let Ok(option) = scope.find_option(&setting.option, None) else {
            continue;
        };
        now.retain(|s| scope.find_option(&s.option, None).ok() != Some(option));
        if setting.value != SettingValue::Off {
            now.push(setting.clone());
        }
    }
    let place = match &document.status_quo {
        Some(StatusQuo::Settings { place, .. }) => *place,
        Some(StatusQuo::State(name)) => name.place,
        None => settings.first().map(|s| s.place).unwrap_or_default(),
    };
    document.status_quo = Some(StatusQuo::Settings {
        settings: now,
        place,
    });
}
