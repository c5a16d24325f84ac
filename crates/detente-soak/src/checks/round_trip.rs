//! Text to JSON and back: the same text, and the same model.

use detente_model::json::{from_json, to_json};

use super::{Given, Held};
use crate::case::{Case, Unfit};
use crate::examiner::Subject;

pub(super) fn run(case: &Case, _: &Subject<'_>, _: &Given) -> Held {
    let again = match from_json(&to_json(&case.document)) {
        Ok(document) => document,
        Err(diagnostic) => return Err(diagnostic.message),
    };
    if again != case.document {
        return Err("the JSON form says something else than the text".to_owned());
    }
    match Case::read(detente_syntax::print(&again)) {
        Err(Unfit::Refused(why)) => Err(format!("the text written from the JSON form: {why}")),
        // Equal models have equal verdicts.
        Ok(second) if second.model != case.model => {
            Err("the text written from the JSON form means something else".to_owned())
        }
        _ => Ok(1),
    }
}
