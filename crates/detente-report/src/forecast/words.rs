//! Numbers, days and refusals in words.

use detente_analysis::model::estimative::{Band, Row};
use detente_analysis::model::model::Model;
use detente_analysis::model::record::{Effect, Event};
use detente_analysis::model::syntax::ast::Change;
use detente_analysis::timed::{Behaviour, Changed, MOST_DAYS, MOST_TARGETS, Share, Unforecast};
use detente_analysis::{Stop, describe};

/// The word for a probability by ICD 203; `excluded` and `certain` where it is exactly 0 or 1.
pub(super) fn term(share: Share) -> String {
    if share.error == 0.0 && share.value <= 1e-12 {
        return "excluded".to_owned();
    }
    if share.error == 0.0 && share.value >= 1.0 - 1e-12 {
        return "certain".to_owned();
    }
    Band::of(millionths(share.value))
        .term(Row::Likelihood)
        .to_owned()
}

#[expect(clippy::cast_sign_loss, reason = "a probability is never negative")]
fn millionths(probability: f64) -> u32 {
    (probability * 1e6).round().clamp(0.0, 1e6) as u32
}

/// A probability in percent: `62 %`, `0.4 %`, `62.1 ± 0.2 %`.
pub(super) fn percent(share: Share) -> String {
    if share.error > 0.0 {
        let error = (share.error * 100.0).max(0.01);
        let places = if error < 0.1 { 2 } else { 1 };
        return format!(
            "{:.places$}\u{a0}±\u{a0}{error:.places$}\u{a0}%",
            share.value * 100.0
        );
    }
    format!("{}\u{a0}%", cell(share))
}

/// The same without the error and the sign, for tables.
pub(super) fn cell(share: Share) -> String {
    let value = share.value * 100.0;
    if value <= 1e-10 {
        "0".to_owned()
    } else if value < 0.05 {
        "< 0.1".to_owned()
    } else if (99.95..100.0 - 1e-10).contains(&value) {
        "> 99.9".to_owned()
    } else {
        format!("{value:.1}")
    }
}

/// A change in points of percent: `+12.3`, `-0.4 ± 0.1`.
pub(super) fn points(changed: Changed) -> String {
    if changed.error > 0.0 {
        return format!("{:+.1} ± {:.1}", changed.by * 100.0, changed.error * 100.0);
    }
    format!("{:+.1}", changed.by * 100.0)
}

/// Whether a change is to be mentioned: half a point at least and, of an estimate, more than chance would make.
pub(super) fn telling(changed: &Changed) -> bool {
    changed.by.abs() >= 0.005 && changed.by.abs() > 3.0 * changed.error
}

/// The name of a behaviour.
pub(super) fn behaviour(behaviour: Behaviour) -> &'static str {
    match behaviour {
        Behaviour::Improving => "improving",
        Behaviour::Best => "best",
        Behaviour::Wary => "wary",
    }
}

/// What an event is called; one that says nothing but an effect, by the effect: `default not US.cancel`.
pub(super) fn event(model: &Model, event: &Event) -> String {
    if event.title.is_some() || event.name.is_some() || event.kind != "change" {
        return event.display().to_owned();
    }
    match event.effects.as_slice() {
        [one @ (Effect::Sets(_) | Effect::Default(_) | Effect::Opens(_) | Effect::Closes(_))] => {
            describe::effect(model, one)
        }
        [Effect::Change(Change::Preferences { party, .. })] => {
            format!("{party} prefers otherwise")
        }
        [Effect::Change(_)] => "other moves or preferences".to_owned(),
        [Effect::Mandate { track, .. }] => match model.record.tracks.get(*track) {
            Some(track) => format!("mandate of {}", track.name),
            None => "another mandate".to_owned(),
        },
        _ => event.display().to_owned(),
    }
}

/// The same for an event by its place in the record.
fn event_at(model: &Model, place: usize) -> String {
    let found = model.record.events.get(place);
    found.map_or_else(|| place.to_string(), |e| event(model, e))
}

/// Why there is no forecast, and what can be done; `None` where diagnostics say it.
pub fn refusal(model: &Model, why: &Unforecast) -> Option<(String, String)> {
    let (message, hint): (String, String) = match why {
        Unforecast::NoDay => (
            "the file does not say from which day to look ahead".to_owned(),
            "write `as of 2019-01-20`".to_owned(),
        ),
        Unforecast::NoStatusQuo => (
            "the file does not say where things stand".to_owned(),
            "write `status quo { ... }`".to_owned(),
        ),
        Unforecast::Horizon { start, until } => (
            format!("a forecast from {start} cannot look to {until}"),
            if until > start {
                format!("name an earlier day with --until, at most {MOST_DAYS} days ahead")
            } else {
                format!("name a later day with --until, at most {MOST_DAYS} days ahead")
            },
        ),
        Unforecast::Targets { targets: 0 } => (
            "there is nothing to forecast: the file declares no class".to_owned(),
            "declare classes, or name what is asked about with --target".to_owned(),
        ),
        Unforecast::Targets { targets } => (
            format!("{targets} classes and targets are too many, {MOST_TARGETS} the most"),
            "name those that matter with --target alone".to_owned(),
        ),
        Unforecast::TooManyEvents { events, most } => (
            format!("{events} events or defaults change what is in force, and {most} are the most"),
            "look less far ahead with --until, or leave out what does not matter".to_owned(),
        ),
        Unforecast::TooManyChanges { sets, most } => (
            format!(
                "the events that change preferences, options or mandates may have happened in {sets} or \
                 more ways, and {most} are the most"
            ),
            "make days and chances certain where they hardly matter, or look less far ahead with --until"
                .to_owned(),
        ),
        Unforecast::OtherStates { event: place } => (
            format!("after `{}` there are other states than before", event_at(model, *place)),
            "an event can change what parties want and may do, and not what can be together".to_owned(),
        ),
        Unforecast::Unjudged(error) => (
            format!("whether a party would be sanctioned was not found: {error}"),
            "take --behaviour improving or best".to_owned(),
        ),
        Unforecast::TooLarge(stop) => (
            format!("the exact answer takes too long: {stop}"),
            "take --method auto or sampled".to_owned(),
        ),
        Unforecast::TooManyGames => (
            "there are too many completions of the preferences for an exact answer".to_owned(),
            "take --method auto or sampled".to_owned(),
        ),
        Unforecast::Stopped(Stop::Cancelled) => (
            "the forecast was not finished: cancelled".to_owned(),
            "ask for fewer --replicates".to_owned(),
        ),
        Unforecast::Stopped(stop) => (
            format!("the forecast was not made: {stop}"),
            "raise the limits, or leave out what does not matter".to_owned(),
        ),
        Unforecast::Changes(_) => return None,
    };
    Some((message, hint))
}
