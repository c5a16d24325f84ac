//! What a model states and only other commands use.

use detente_analysis::model::Model;
use detente_analysis::model::model::{Preferences, Strength};
use detente_analysis::relation::AttitudeMatrix;

/// A remark for each kind of statement that the ordinary concepts do not use, with the command that
/// does.
pub(crate) fn notes(model: &Model) -> Vec<String> {
    let strengths = model.parties.iter().flat_map(|p| strengths(&p.preferences));
    let mut notes = Vec::new();
    if strengths.into_iter().any(|s| !s.is_plain()) {
        notes.push(
            "All preferences count as plain here; `detente strength` uses how strong they are."
                .to_owned(),
        );
    }
    if !AttitudeMatrix::of_model(model).is_ordinary() {
        notes.push(
            "The attitudes of the parties do not count here; `detente attitudes` uses them."
                .to_owned(),
        );
    }
    notes
}

fn strengths(preferences: &Preferences) -> Vec<Strength> {
    match preferences {
        Preferences::Statements(list) => list.iter().map(|s| s.strength).collect(),
        Preferences::Ranks(tiers) => tiers.iter().map(|t| t.strength).collect(),
        Preferences::Weights(_) | Preferences::Unstated => Vec::new(),
    }
}
