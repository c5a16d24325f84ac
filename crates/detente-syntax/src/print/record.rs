//! What is known and when, as text.

use std::fmt;

use super::{Printer, because, cited, list, titled};
use crate::ast::{
    Agent, Came, Claim, ClaimOutcome, Commitment, Day, Document, Effect, Event, Likelihood,
    Mandate, Pace, Reference, Resolution, Track, When, Wording,
};
use crate::quote;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_words() {
            f.write_str(&quote(&self.text))
        } else {
            f.write_str(&self.text)
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => write!(f, "{day}"),
            Self::During(from, to) => write!(f, "{from} .. {to}"),
            Self::Between(from, to) => write!(f, "between {from} and {to}"),
            Self::By(day) => write!(f, "by {day}"),
            Self::From(day) => write!(f, "from {day}"),
            Self::Until(day) => write!(f, "until {day}"),
        }
    }
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words.as_deref().unwrap_or("chance"))?;
        match &self.number {
            Some(number) => write!(f, " {number}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Mandate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("binds all"),
            Self::Nothing => f.write_str("binds nothing"),
            Self::Options(options) => write!(f, "binds {}", list(options, ", ")),
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(event) => write!(f, "event {event}"),
            Self::NoEvent(event) => write!(f, "not event {event}"),
            Self::State(formula) => write!(f, "{formula}"),
        }
    }
}

impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No => f.write_str("no"),
            Self::Partly => f.write_str("partly"),
            Self::Void => f.write_str("void"),
            Self::Grade(outcome) => f.write_str(&quote(outcome)),
        }
    }
}

/// A blank, a word and what it is about, if there is something.
fn after<T: fmt::Display>(word: &str, what: Option<&T>) -> String {
    what.map(|what| format!(" {word} {what}"))
        .unwrap_or_default()
}

pub(super) fn agent(agent: &Agent) -> String {
    let during = agent.during.as_ref().map(|d| format!(" {d}"));
    format!(
        "speaks through {}{}{}{}{}{}",
        agent.name,
        titled(agent.title.as_ref()),
        after("as", agent.role.as_ref().map(|r| quote(r)).as_ref()),
        after("at", agent.track.as_ref()),
        during.unwrap_or_default(),
        cited(&agent.cites)
    )
}

pub(super) fn pace(pace: &Pace) -> String {
    format!("acts every {} days{}", pace.days, cited(&pace.cites))
}

fn track(track: &Track) -> String {
    let binds = track.binds.as_ref().map(|b| format!(" {b}"));
    format!(
        "track {}{}{}{}{}",
        track.name,
        titled(track.title.as_ref()),
        binds.unwrap_or_default(),
        after("hands to", track.hands_to.as_ref()),
        cited(&track.cites)
    )
}

fn reference(reference: &Reference) -> String {
    let classes: Vec<String> = reference
        .classes
        .iter()
        .map(|class| format!("class {}", quote(class)))
        .collect();
    let classes = (!classes.is_empty()).then(|| classes.join(", "));
    format!(
        "reference {}{} {}{}{}",
        reference.name,
        titled(reference.title.as_ref()),
        reference.chance,
        after("for", classes.as_ref()),
        cited(&reference.cites)
    )
}

fn wording(word: &str, wording: &Wording) -> String {
    format!("{word} {}{}", quote(&wording.text), cited(&wording.cites))
}

fn event_head(event: &Event) -> String {
    let name = event.name.as_ref().map(|n| format!(" {n}"));
    let with = (!event.with.is_empty()).then(|| list(&event.with, ", "));
    format!(
        "{} {}{}{}{}{}{}",
        event.when,
        event.kind,
        name.unwrap_or_default(),
        titled(event.title.as_ref()),
        after("at", event.track.as_ref()),
        after("with", with.as_ref()),
        cited(&event.cites)
    )
}

fn outcome(outcome: &ClaimOutcome) -> String {
    format!(
        "outcome {}{}{}{}",
        outcome.verdict,
        after("on", outcome.on.as_ref()),
        because(outcome.because.as_ref()),
        cited(&outcome.cites)
    )
}

/// The lines in the block of a claim.
fn claim_lines(claim: &Claim) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    out.extend(claim.likelihood.as_ref().map(ToString::to_string));
    out.extend(claim.worded.iter().map(|w| wording("worded", w)));
    out.extend(claim.window.as_ref().map(ToString::to_string));
    out.extend(claim.condition.as_ref().map(|c| format!("if {c}")));
    let word = match claim.condition {
        Some(_) => "then",
        None => "resolves when",
    };
    out.extend(claim.resolves.as_ref().map(|r| format!("{word} {r}")));
    out.extend(claim.denies.as_ref().map(|d| format!("denies {d}")));
    out.extend(claim.advice.then(|| "advice".to_owned()));
    let grades = claim.graded.iter();
    let grades: Vec<String> = grades
        .map(|g| format!("{} {}", quote(&g.outcome), g.probability))
        .collect();
    if !grades.is_empty() {
        out.push(format!("graded {}", grades.join(", ")));
    }
    out.extend(claim.reference.as_ref().map(|r| format!("reference {r}")));
    out.extend(claim.outcome.as_ref().map(outcome));
    out
}

fn commitment_lines(commitment: &Commitment) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    out.extend(commitment.texts.iter().map(|w| wording("text", w)));
    out.extend(commitment.quoted.iter().map(|w| wording("quoted", w)));
    out.extend(commitment.terms.iter().map(|t| format!("term {t}")));
    out.extend(commitment.readings.iter().map(super::reading));
    out.extend(commitment.kept.as_ref().map(|f| format!("kept when {f}")));
    out
}

impl Printer {
    /// Tracks and reference classes.
    pub(super) fn tracks(&mut self, document: &Document) {
        self.group(&document.tracks, |p, of| p.line(0, &track(of)));
        self.group(&document.references, |p, of| p.line(0, &reference(of)));
    }

    /// The calendar, commitments and claims.
    pub(super) fn record(&mut self, document: &Document) {
        if !document.calendar.is_empty() {
            self.gap();
            self.line(0, "calendar {");
            for event in &document.calendar {
                self.event(2, event);
            }
            self.line(0, "}");
        }
        self.group(&document.commitments, |p, of| {
            let to = (!of.to.is_empty()).then(|| list(&of.to, ", "));
            let head = format!(
                "commitment {}{} by {}{}{}{}",
                of.name,
                titled(of.title.as_ref()),
                list(&of.by, ", "),
                after("to", to.as_ref()),
                after("on", of.on.as_ref()),
                cited(&of.cites)
            );
            p.head_and_lines(&head, &commitment_lines(of));
        });
        self.group(&document.claims, |p, of| {
            let head = format!(
                "claim {}{} by {}{}{}",
                of.name,
                titled(of.title.as_ref()),
                of.by,
                after("said", of.said.as_ref()),
                cited(&of.cites)
            );
            p.head_and_lines(&head, &claim_lines(of));
        });
    }

    /// A head and, if there are any, lines in braces.
    fn head_and_lines(&mut self, head: &str, lines: &[String]) {
        if lines.is_empty() {
            self.line(0, head);
        } else {
            self.lines_in_braces(0, head, lines);
        }
    }

    fn event(&mut self, indent: usize, event: &Event) {
        if event.is_bare_change() {
            let mut inner = Self::default();
            for effect in &event.effects {
                inner.effect(indent, effect);
            }
            let change = inner.out.trim();
            self.line(
                indent,
                &format!("{} {change}{}", event.when, cited(&event.cites)),
            );
            return;
        }
        let head = event_head(event);
        if event.known.is_none()
            && event.replaces.is_none()
            && event.chance.is_none()
            && event.values.is_empty()
            && event.effects.is_empty()
        {
            self.line(indent, &head);
            return;
        }
        self.line(indent, &format!("{head} {{"));
        if let Some(known) = &event.known {
            self.line(indent + 2, &format!("known {known}"));
        }
        if let Some(replaced) = &event.replaces {
            self.line(indent + 2, &format!("replaces {replaced}"));
        }
        if let Some(chance) = &event.chance {
            self.line(indent + 2, &chance.to_string());
        }
        for value in &event.values {
            let (text, cites) = (quote(&value.value), cited(&value.cites));
            self.line(indent + 2, &format!("{} {text}{cites}", value.of));
        }
        for effect in &event.effects {
            self.effect(indent + 2, effect);
        }
        self.line(indent, "}");
    }

    fn effect(&mut self, indent: usize, effect: &Effect) {
        let line = match effect {
            Effect::Sets(settings) => format!("sets {}", list(settings, ", ")),
            Effect::SetsState(state) => format!("sets state {state}"),
            Effect::Default(settings) => format!("default {}", list(settings, ", ")),
            Effect::Opens(options) => format!("opens {}", list(options, ", ")),
            Effect::Closes(options) => format!("closes {}", list(options, ", ")),
            Effect::Mandate { track, binds } => format!("mandate {track} {binds}"),
            Effect::Change(change) => return self.change(indent, change),
        };
        self.line(indent, &line);
    }
}
