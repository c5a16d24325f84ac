//! What the report is about, and what it asks.

use super::words;
use crate::document::{Composer, Form, Ground, Inline, Line, Pointer, Section, Sentence, anchor};

/// More parties than these are counted and not named.
const NAMED: usize = 6;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let dossier = c.dossier;
    if dossier.analysis.is_none() && dossier.survey.is_none() {
        return None;
    }
    let mut section = Section::new("question", "The question");
    let mut opening = vec![subject(c)];
    opening.extend(variants(c));
    opening.extend(here(c));
    opening.push(asked(c));
    section.paragraph(opening);
    Some(section)
}

/// Who takes part, with the number of them.
fn who<'a>(c: &Composer<'a>) -> (Vec<&'a str>, Pointer) {
    let about = &c.dossier.about.parties;
    if !about.is_empty() {
        let names = about.iter().map(|p| p.name.as_str());
        return (names.collect(), Pointer::to("about").key("parties"));
    }
    match (&c.dossier.analysis, &c.dossier.survey) {
        (Some(a), _) => (
            a.parties.iter().map(|p| p.name.as_str()).collect(),
            Pointer::to("analysis").key("parties"),
        ),
        (None, Some(_)) => (Vec::new(), Pointer::to("survey").key("parties")),
        (None, None) => (Vec::new(), Pointer::to("analysis")),
    }
}

/// What it is called, as of when, and how many take part.
fn subject(c: &Composer<'_>) -> Sentence {
    let sentence = Sentence::new("question.subject").words("This report is about ");
    let sentence = match &c.dossier.negotiation {
        Some(title) => sentence.parts(words::quoted(title)),
        None => sentence.words("a negotiation without a title"),
    };
    let sentence = if c.dossier.as_of.is_some() {
        sentence
            .words(", with what is known on ")
            .part(c.number(&Pointer::to("as_of"), Form::AsIs))
    } else {
        sentence
    };
    let (names, at) = who(c);
    let sentence = match names.len() {
        0 => sentence.words("."),
        1 => sentence
            .words(". Only one party takes part: ")
            .parts(words::names(&names))
            .words("."),
        _ if names.len() > NAMED => sentence
            .words(". It has ")
            .part(c.number(&at, Form::Length))
            .words(" parties."),
        _ => sentence
            .words(". The parties are ")
            .parts(words::names(&names))
            .words("."),
    };
    if c.dossier.about.parties.is_empty() {
        sentence.on(Ground::Stated(at))
    } else {
        sentence.see(anchor::table("parties"))
    }
}

/// The changes that were made before anything was asked.
fn variants(c: &Composer<'_>) -> Option<Sentence> {
    let variants = &c.dossier.variants;
    if variants.is_empty() {
        return None;
    }
    let each: Vec<Line> = variants
        .iter()
        .map(|v| vec![Inline::Code(v.clone())])
        .collect();
    let sentence = Sentence::new("question.variants")
        .words("It is told with the changes of the ")
        .part(words::verb(variants.len(), "variant ", "variants "))
        .parts(words::list(each))
        .words(".")
        .on(Ground::Stated(Pointer::to("variants")));
    Some(sentence)
}

/// What is asked.
fn asked(c: &Composer<'_>) -> Sentence {
    Sentence::new("question.asked")
        .words(
            "The question is which outcomes would last, how they are reached from where things stand, and what would \
             have to change for others to last.",
        )
        .see(if c.dossier.summary.is_some() || c.dossier.survey.is_some() {
            "answer"
        } else {
            "question"
        })
}

/// How many states there are, and what a state is.
pub(super) fn size(c: &Composer<'_>) -> Vec<Sentence> {
    let Some(analysis) = &c.dossier.analysis else {
        return super::survey::size(c);
    };
    let at = Pointer::to("analysis").key("size");
    let states = words::amount(
        c,
        &at.key("feasible"),
        analysis.size.feasible,
        "possible state",
        "possible states",
    );
    let sentence = Sentence::new("question.size");
    let sentence = if analysis.options.is_empty() {
        sentence.words("The conflict has ").parts(states)
    } else if let Some(raw) = &analysis.size.raw {
        let sentence = sentence
            .words("What the parties can do combines in ")
            .part(c.number(&at.key("raw"), Form::Whole))
            .words(if raw == "1" { " way" } else { " ways" });
        if *raw == analysis.size.feasible.to_string() {
            sentence.words(", all of which are possible")
        } else {
            sentence
                .words(", of which ")
                .part(c.number(&at.key("feasible"), Form::Whole))
                .part(words::verb(
                    analysis.size.feasible,
                    " is possible",
                    " are possible",
                ))
        }
    } else {
        sentence
            .words("What the parties can do makes ")
            .parts(states)
    };
    let sentence = sentence.words(if analysis.options.is_empty() {
        ". Each has a number by which the text refers to it."
    } else {
        ". Each is called a state, and has a number by which the text refers to it."
    });
    vec![sentence.see(super::states_anchor(c))]
}

/// Where things stand.
fn here(c: &Composer<'_>) -> Option<Sentence> {
    let analysis = c.dossier.analysis.as_ref()?;
    Some(if let Some(here) = analysis.status_quo {
        let sentence = Sentence::new("question.here")
            .words("Things stand now at ")
            .parts(words::state(c, here))
            .words(".");
        sentence.see(anchor::state(here))
    } else {
        let sentence = Sentence::new("question.nowhere")
            .words("The file does not say where things stand, so that nothing is said of how outcomes are reached.");
        sentence.on(Ground::Stated(Pointer::to("analysis").key("status_quo")))
    })
}
