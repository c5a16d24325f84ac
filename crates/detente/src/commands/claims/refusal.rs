//! Why a log takes no entry, in words.

use detente::analysis::claims::register::Refusal;
use detente::report::claims::came;

use crate::failure::Failure;

/// Why an entry about a question is not taken; `known` are the questions of the log.
pub(super) fn failure(name: &str, refusal: &Refusal, known: &[&str]) -> Failure {
    let (message, hint) = match refusal {
        Refusal::NoLikelihood => (
            format!("`{name}` has no likelihood"),
            "give --probability, --words, or --graded for each of several outcomes".to_owned(),
        ),
        Refusal::NoProbability(text) => (
            format!("`{text}` is no probability"),
            "write a decimal from 0 to 1 with at most six digits after the point".to_owned(),
        ),
        Refusal::NoWord(text) => (
            format!("`{text}` is no term of likelihood"),
            "write one of ICD 203: almost no chance, very unlikely, unlikely, roughly even chance, likely, \
             very likely, almost certain"
                .to_owned(),
        ),
        Refusal::OutsideBand(band, text) => (
            format!("{text} is not {band}"),
            "change the number or the word".to_owned(),
        ),
        Refusal::Sum(sum) => (
            format!(
                "the probabilities of `{name}` sum to {}",
                detente::model::estimative::decimal(*sum)
            ),
            "they must sum to 1".to_owned(),
        ),
        Refusal::Grades => (
            format!("`{name}` needs two outcomes or more, each once"),
            "write --graded \"no text=0.3\" --graded \"a text=0.7\"".to_owned(),
        ),
        Refusal::Reference => (
            "the bounds of the reference class are in the wrong order".to_owned(),
            "write the lower one first: --reference 0.15..0.20".to_owned(),
        ),
        Refusal::Window => (
            format!("the time of `{name}` ends before it begins"),
            "write the earlier day first".to_owned(),
        ),
        Refusal::Changed(what) => (
            format!("`{name}` is in the log with another {what}"),
            "a question stays what it was; ask another one under another name".to_owned(),
        ),
        Refusal::Resolved(outcome) => (
            format!("`{name}` is resolved already: {}", came(outcome)),
            "what is said now is no forecast of it".to_owned(),
        ),
        Refusal::Unknown => {
            let message = format!("the log has no question `{name}`");
            let hint = "`detente claims show --log` lists the questions";
            return Failure::unknown(message, name, known, hint);
        }
        Refusal::Unfit(outcomes) if outcomes.is_empty() => (
            format!("`{name}` comes true or not"),
            "its outcome is yes, no, partly or void".to_owned(),
        ),
        Refusal::Unfit(outcomes) => (
            format!("this is none of the outcomes of `{name}`"),
            format!("they are {}; or partly, or void", outcomes.join(", ")),
        ),
        Refusal::Name(text) => (
            format!("`{}` cannot stand in a log", text.escape_debug()),
            "names and texts are not empty and have no line breaks".to_owned(),
        ),
    };
    Failure::with_hint(message, hint)
}
