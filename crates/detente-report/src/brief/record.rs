//! What of the record a party can know: its own people, meetings, what was promised, what is coming.

use detente_model::model::Agent;
use detente_model::record::{Effect, Event, Track};
use detente_model::{OptionId, PartyId, bargain};

use super::plain::{Told, Words};
use super::{Asked, Statement, days};
use crate::words;

/// Who the reader is, and who speaks for it at which track.
pub(super) fn who(asked: &Asked<'_>, reader: &Words<'_>) -> Vec<Statement> {
    let truth = asked.truth;
    let party = truth.party(asked.party);
    let mut out = vec![Statement::new(match truth.as_of {
        Some(day) => format!("You speak for {}. It is {day}.", party.display()),
        None => format!("You speak for {}.", party.display()),
    })];
    let today = |agent: &&Agent| match (agent.during, truth.as_of) {
        (Some(during), Some(day)) => during.covers(day),
        _ => true,
    };
    for agent in party.agents.iter().filter(today) {
        let mut text = agent.title.clone().unwrap_or_else(|| agent.name.clone());
        text.push_str(" speaks for you");
        if let Some(role) = &agent.role {
            text.push_str(&format!(" as {role}"));
        }
        if let Some(track) = agent.track.and_then(|t| truth.record.tracks.get(t)) {
            text.push_str(&format!(" at the track {}", called(track)));
        }
        out.push(Statement::new(format!("{text}.")));
    }
    for (index, track) in truth.record.tracks.iter().enumerate() {
        out.extend(mandate(asked, reader, index, track));
    }
    out
}

/// What can be settled at a track today.
fn mandate(
    asked: &Asked<'_>,
    reader: &Words<'_>,
    index: usize,
    track: &Track,
) -> Option<Statement> {
    let past = asked.truth.record.events.iter().filter(|e| {
        !e.precedent
            && e.chance.is_none()
            && asked.is_past(e.when.last())
            && is_known(asked, reader, e)
    });
    let effects = past.flat_map(|e| &e.effects);
    let mut given = effects.filter_map(|effect| match effect {
        Effect::Mandate { track, binds } if *track == index => Some(binds),
        _ => None,
    });
    let binds = given.next_back().unwrap_or(&track.binds);
    let own = |o: &&OptionId| asked.truth.option(**o).owner == asked.party;
    let name = called(track);
    let text = match binds {
        None => return None,
        Some(options) => {
            let known = options
                .iter()
                .filter(own)
                .filter(|o| reader.knows(asked.truth, **o));
            let known: Vec<String> = known.map(|o| reader.true_option(*o)).collect();
            if known.is_empty() {
                format!("Nothing of yours can be settled at the track {name}")
            } else {
                format!(
                    "Of yours, the track {name} can settle {}",
                    words::list(&known)
                )
            }
        }
    };
    let next = track
        .hands_to
        .and_then(|t| asked.truth.record.tracks.get(t));
    let next = next.map_or(String::new(), |t| {
        format!("; what is drafted there goes to {}", called(t))
    });
    Some(Statement::new(format!("{text}{next}.")))
}

fn called(track: &Track) -> String {
    match &track.title {
        Some(title) => format!("{} ({title})", track.name),
        None => track.name.clone(),
    }
}

/// Whether the reader can know of an event: it is known to somebody by now, it changes nothing that the reader does
/// not know of, and it is no meeting of others alone.
pub(super) fn is_known(asked: &Asked<'_>, reader: &Words<'_>, event: &Event) -> bool {
    let by_now = |event: &Event| match (event.known, asked.truth.as_of) {
        (Some(known), Some(today)) => known <= today,
        _ => true,
    };
    // Of a planned event what became of it is told instead.
    let became = event
        .replaced_by
        .and_then(|e| asked.truth.record.events.get(e));
    let told = by_now(event) && !became.is_some_and(by_now);
    let others_alone =
        event.is_meeting() && !event.parties.is_empty() && !event.parties.contains(&asked.party);
    let mut touched: Vec<OptionId> = Vec::new();
    for effect in &event.effects {
        match effect {
            Effect::Sets(settings) | Effect::Default(settings) => {
                touched.extend(settings.iter().map(|(o, _)| *o));
            }
            Effect::Opens(options) | Effect::Closes(options) => touched.extend(options),
            Effect::Mandate { binds, .. } => touched.extend(binds.iter().flatten()),
            Effect::SetsState(_) | Effect::Change(_) => {}
        }
    }
    told && !others_alone && touched.into_iter().all(|o| reader.knows(asked.truth, o))
}

/// Whether the reader can move an option of its own today, as far as the calendar goes.
pub(super) fn is_open(asked: &Asked<'_>, option: OptionId) -> bool {
    let said = when_open(asked, option);
    !said.contains(NOT_BEFORE) && !said.contains(CLOSED)
}

/// How it is said that an option opens later.
const NOT_BEFORE: &str = " Not before: ";

/// How it is said that an option is closed.
const CLOSED: &str = " This can no longer be moved.";

/// From when on, or until when, the reader can move an option of its own, in a sentence with a space before it;
/// nothing where the calendar does not say. `option` is one of the reader's own game.
pub(super) fn when_open(asked: &Asked<'_>, option: OptionId) -> String {
    let truth = asked.truth;
    let name = asked.seen.qualified(option);
    let Some(own) = truth.option_ids().find(|o| truth.qualified(*o) == name) else {
        return String::new();
    };
    let mut said = String::new();
    for event in truth.record.events.iter().filter(|e| !e.precedent) {
        let past = asked.is_past(event.when.last().or(event.when.first()));
        for effect in &event.effects {
            match effect {
                Effect::Opens(options) if options.contains(&own) => {
                    said = if past {
                        String::new()
                    } else {
                        format!("{NOT_BEFORE}{}.", days(event.when))
                    };
                }
                Effect::Closes(options) if options.contains(&own) && past => {
                    CLOSED.clone_into(&mut said);
                }
                Effect::Closes(options) if options.contains(&own) => {
                    said.push_str(&format!(" Not after: {}.", days(event.when)));
                }
                _ => {}
            }
        }
    }
    said
}

/// What is coming, in the order of the calendar.
pub(super) fn coming(asked: &Asked<'_>, reader: &Words<'_>) -> Vec<Statement> {
    let truth = asked.truth;
    let events = truth.record.events.iter().filter(|e| !e.precedent);
    let ahead = events.filter(|e| !asked.is_past(e.when.last().or(e.when.first())));
    let known = ahead.filter(|e| is_known(asked, reader, e));
    let one = |event: &Event| {
        let mut text = format!("{}: ", days(event.when));
        text.push_str(event.display());
        if event.title.is_some() || event.name.is_some() {
            text.push_str(&format!(" ({})", event.kind));
        }
        if let Some(track) = event.track.and_then(|t| truth.record.tracks.get(t)) {
            text.push_str(&format!(", at the track {}", track.name));
        }
        let some = event.parties.len() < truth.parties.len();
        if some && !event.parties.is_empty() {
            let names: Vec<&str> = event
                .parties
                .iter()
                .map(|p| truth.party(*p).name.as_str())
                .collect();
            text.push_str(&format!(", with {}", words::list(&names)));
        }
        if event.chance.is_some() {
            text.push_str("; it is not certain that it takes place");
        }
        text.push('.');
        let mut options = Vec::new();
        for effect in &event.effects {
            text.push_str(&consequence(asked, reader, effect, &mut options));
        }
        Statement {
            options,
            ..Statement::new(text)
        }
    };
    known.map(one).collect()
}

/// What an event changes, in a sentence with a space before it; what others will prefer then is not told.
fn consequence(
    asked: &Asked<'_>,
    reader: &Words<'_>,
    effect: &Effect,
    mentioned: &mut Vec<String>,
) -> String {
    let mut names = |options: &[OptionId]| -> String {
        mentioned.extend(options.iter().map(|o| asked.truth.qualified(*o)));
        let each: Vec<String> = options.iter().map(|o| reader.true_option(*o)).collect();
        words::list(&each)
    };
    let mut settings = |settings: &[(OptionId, u16)]| -> String {
        let each: Vec<String> = settings
            .iter()
            .map(|(option, level)| {
                let name = names(&[*option]);
                match asked.truth.option(*option).levels.get(usize::from(*level)) {
                    Some(level) => format!("{name} at `{level}`"),
                    None if *level == 0 => format!("not {name}"),
                    None => name,
                }
            })
            .collect();
        words::list(&each)
    };
    match effect {
        Effect::Sets(list) => format!(" Then this is so: {}.", settings(list)),
        Effect::Default(list) => {
            format!(
                " Unless somebody moves before, then this is so: {}.",
                settings(list)
            )
        }
        Effect::Opens(options) => format!(" From then on this can be moved: {}.", names(options)),
        Effect::Closes(options) => {
            format!(
                " From then on this can no longer be moved: {}.",
                names(options)
            )
        }
        Effect::SetsState(_) | Effect::Mandate { .. } | Effect::Change(_) => String::new(),
    }
}

/// What the reader has promised, how it reads that, and what others have promised it.
pub(super) fn promises(asked: &Asked<'_>, reader: &Words<'_>) -> Vec<Statement> {
    let truth = asked.truth;
    let mut out = Vec::new();
    for commitment in &truth.record.commitments {
        let future =
            commitment.on.is_some() && !asked.is_past(commitment.on) && truth.as_of.is_some();
        let own = commitment.by.contains(&asked.party);
        let toward = commitment.to.is_empty() || commitment.to.contains(&asked.party);
        if future || !(own || toward) {
            continue;
        }
        let names = |parties: &[PartyId]| -> String {
            let each = parties.iter().map(|p| {
                if *p == asked.party {
                    "you"
                } else {
                    truth.party(*p).name.as_str()
                }
            });
            words::list(&each.collect::<Vec<_>>())
        };
        let title = commitment.title.as_deref().unwrap_or(&commitment.name);
        let by = words::capital(&names(&commitment.by));
        let have = if own || commitment.by.len() > 1 {
            "have"
        } else {
            "has"
        };
        let mut text = format!("{by} {have} promised");
        if !commitment.to.is_empty() {
            text.push_str(&format!(" {}", names(&commitment.to)));
        }
        if let Some(day) = commitment.on {
            text.push_str(&format!(" on {day}"));
        }
        text.push_str(&format!(": {title}."));
        if let Some(words) = commitment.texts.first() {
            text.push_str(&format!(" In words: \"{}\".", words.text));
        }
        let mut readings = Vec::new();
        for reading in commitment
            .readings
            .iter()
            .filter(|r| r.party == asked.party)
        {
            if reader.knows_all(truth, &reading.condition.expr)
                && let Told::Words(told) = reader.told(truth, &reading.condition, asked.party, None)
            {
                readings.push(told);
            }
        }
        if !readings.is_empty() {
            text.push_str(&format!(
                " You take it to mean {}.",
                readings.join("; or, as others say of you, ")
            ));
        }
        out.push(Statement::new(text));
    }
    out
}

/// What words mean to the reader, and what it has been told that they mean to others.
pub(super) fn terms(asked: &Asked<'_>, reader: &Words<'_>) -> Vec<Statement> {
    let seen = asked.seen;
    let mut out = Vec::new();
    for term in &seen.terms {
        let Some(sense) = term.sense(asked.party) else {
            continue;
        };
        let Told::Words(meaning) = reader.told(seen, sense, asked.party, None) else {
            continue;
        };
        let word = term.title.as_deref().unwrap_or(&term.name);
        let mut text = format!("By \"{word}\" you mean {meaning}.");
        for other in seen.party_ids().filter(|p| *p != asked.party) {
            let told = term.known(other, asked.party).is_yes();
            let reading = term.own(other).filter(|_| told);
            if let Some(reading) = reading
                && let Told::Words(meaning) = reader.told(seen, &reading.condition, other, None)
            {
                let name = &seen.party(other).name;
                text.push_str(&format!(" You know that {name} means {meaning}."));
            }
        }
        out.push(Statement::new(text));
    }
    out
}

/// Who must ratify, and what having no agreement is worth.
pub(super) fn home(asked: &Asked<'_>) -> Vec<Statement> {
    let mut out = Vec::new();
    let Some(side) = asked.seen.bargain.sides.get(asked.party.index()) else {
        return out;
    };
    if let Some(utility) = &side.utility {
        out.push(Statement::new(match &utility.reservation {
            Some(worth) if worth.is_doubtful() => format!(
                "Having no agreement is worth between {} and {} to you; agree to nothing that is worth less.",
                bargain::written(&worth.least),
                bargain::written(&worth.most)
            ),
            Some(worth) => format!(
                "Having no agreement is worth {} to you; agree to nothing that is worth less.",
                bargain::written(&worth.least)
            ),
            None => "It is not settled what having no agreement is worth to you.".to_owned(),
        }));
        for discount in &utility.discounts {
            out.push(Statement::new(format!(
                "From {} on an agreement is worth {} of that to you{}.",
                discount.from,
                bargain::written(&discount.factor),
                discount
                    .event
                    .as_ref()
                    .map_or(String::new(), |e| format!(" ({e})")),
            )));
        }
    }
    for ratifier in &side.ratifiers {
        let name = ratifier.title.as_deref().unwrap_or(&ratifier.name);
        let votes = words::count(ratifier.votes as usize, "vote");
        let worth = ratifier
            .utility
            .reservation
            .as_ref()
            .filter(|w| !w.is_doubtful());
        let least = worth.map_or(String::new(), |w| {
            format!(
                "; to it, having no agreement is worth {}",
                bargain::written(&w.least)
            )
        });
        out.push(Statement::new(format!(
            "{name} must be won over at home ({votes}){least}."
        )));
    }
    out
}
