//! By which rule outcomes are judged, in words for readers who know none.

use detente_analysis::concept::{ConceptInfo, concepts};

use super::words::{self, words as say};
use crate::document::{Composer, Ground, Inline, Line, Pointer, Sentence};
use crate::finding::Analysis;

/// What the registry says of a concept by its name, such as `seq`, `l3` or `stackelberg_US`.
fn info(name: &str) -> Option<&'static ConceptInfo> {
    let family = |info: &&ConceptInfo| match info.id.split_once('<') {
        None => info.id == name,
        Some((start, _)) => name.strip_prefix(start).is_some_and(|rest| {
            start.ends_with('_') || (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        }),
    };
    concepts().iter().find(family)
}

/// The name of a concept in running text, with its short name: `sequential stability (seq)`.
fn concept(name: &str) -> Line {
    let mut line = Vec::new();
    if let Some(info) = info(name) {
        line.push(Inline::Words(in_text(info.name).into()));
        line.push(say(" ("));
        line.push(Inline::Code(name.to_owned()));
        line.push(say(")"));
    } else {
        line.push(Inline::Code(name.to_owned()));
    }
    line
}

fn in_text(name: &str) -> String {
    const PROPER: [&str; 2] = ["Nash", "Stackelberg"];
    if PROPER.iter().any(|p| name.starts_with(p)) {
        name.to_owned()
    } else {
        name.to_lowercase()
    }
}

/// What it means that an outcome holds, by the rule of the report.
pub(super) fn sentences(c: &Composer<'_>) -> Vec<Sentence> {
    let Some(analysis) = &c.dossier.analysis else {
        return super::survey::judging(c);
    };
    if c.dossier.summary.is_none() {
        return Vec::new();
    }
    let stated = Ground::Stated(Pointer::to("analysis").key("settings"));
    if analysis.settings.by_party.is_empty() {
        vec![by_rule(&analysis.settings.main, stated)]
    } else {
        vec![by_party(analysis, stated)]
    }
}

/// The rule by which all judge.
pub(super) fn by_rule(main: &str, stated: Ground) -> Sentence {
    let sentence = Sentence::new("question.rule_of_judging")
        .words("An outcome holds when no party has reason to leave it; the rule for that here is ")
        .parts(concept(main));
    let sentence = match plainly(main) {
        Some(plain) => sentence.words(": ").words(plain),
        None => match info(main) {
            Some(info) => sentence.words(": a party stays when ").words(info.summary),
            None => sentence,
        },
    };
    sentence.words(".").on(stated)
}

/// What a rule asks, in a few words: `seq, sequential stability: the others can answer …`.
pub(super) fn in_short(name: &str) -> Option<Sentence> {
    let info = info(name)?;
    let sentence = Sentence::new("counts.rule")
        .part(Inline::Code(name.to_owned()))
        .words(", ")
        .part(Inline::Words(in_text(info.name).into()))
        .words(": ");
    Some(sentence.words(info.summary).words("."))
}

/// A rule for readers who know none.
fn plainly(concept: &str) -> Option<&'static str> {
    Some(match concept {
        "nash" => {
            "a party leaves whenever a move of its own makes it better off at once, whatever follows"
        }
        "gmr" => {
            "a party stays if the others could answer every move that makes it better off so that it ends no better \
             off, whatever that costs them"
        }
        "smr" => {
            "a party stays if the others could answer every move that makes it better off so that it ends no better \
             off, whatever that costs them, and it could not make that good"
        }
        "seq" => {
            "a party stays if every move that makes it better off would be answered, by moves that the others \
             themselves gain from, so that it ends no better off"
        }
        "sseq" => {
            "a party stays if every move that makes it better off would be answered, by moves that the others \
             themselves gain from, so that it ends no better off and cannot make that good"
        }
        _ => return None,
    })
}

fn by_party(analysis: &Analysis, stated: Ground) -> Sentence {
    let each = analysis.settings.by_party.iter().map(|(party, name)| {
        let mut line = vec![Inline::name(party), say(" by ")];
        line.extend(concept(name));
        line
    });
    Sentence::new("question.rules_of_judging")
        .words(
            "An outcome holds when no party has reason to leave it; each judges that here by a rule of its own: ",
        )
        .parts(words::list(each.collect()))
        .words(".")
        .on(stated)
}

/// That the rule of the report does not apply.
pub(super) fn refused(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    let main = &analysis.settings.main;
    analysis.not_applicable.get(main)?;
    let at = Pointer::to("analysis").key("not_applicable").key(main);
    let sentence = Sentence::new("question.refused")
        .words("The rule ")
        .part(Inline::Code(main.clone()))
        .words(" cannot be applied: it ")
        .part(c.told(&at))
        .words(".");
    Some(sentence.on(Ground::Stated(at)))
}

/// That the computation did not come to its end.
pub(super) fn stopped(c: &Composer<'_>, analysis: &Analysis) -> Option<Sentence> {
    analysis.stopped.as_ref()?;
    let at = Pointer::to("analysis").key("stopped");
    let sentence = Sentence::new("question.stopped")
        .words("The computation stopped before its end, so that what is said here is incomplete: ")
        .part(c.told(&at))
        .words(".");
    Some(sentence.on(Ground::Stated(at)))
}
