//! What packages make of the conflict, and by whom that is judged.

use detente::analysis::holding::Unheld;
use detente::analysis::model::Model;
use detente::analysis::{Concept, Game};
use detente::report::build;

use crate::commands::judging;
use crate::failure::Failure;
use crate::input::Loaded;

/// The concept by which each party judges an agreement: the one that is asked for, else its own, else `seq`.
pub(super) fn judges(
    loaded: &Loaded,
    model: &Model,
    asked: Option<&str>,
) -> Result<Vec<Concept>, Failure> {
    let all = |concept| vec![concept; model.parties.len()];
    if let Some(name) = asked {
        return Ok(all(judging::concept(model, name)?));
    }
    let own = judging::assignment(loaded, model, Concept::Seq, &[])?;
    Ok(own.unwrap_or_else(|| all(Concept::Seq)))
}

/// Why it is not known whether an agreement holds.
pub(super) fn unheld(game: &Game<'_>, why: &Unheld) -> String {
    match why {
        Unheld::Refused(refusal) => {
            let name = build::concept_name(game, refusal.concept);
            format!("`{name}` {}", build::refusal(game, refusal))
        }
        other => other.to_string(),
    }
}
