//! What a model says that its author may not mean.

mod classes;
mod options;
mod packages;
mod preferences;
mod rules;

use detente_model::syntax::Diagnostic;

use crate::budget::Budget;
use crate::game::Game;

pub use packages::packages;

/// Looks for everything suspicious that can be seen from the states alone, in the order of the text.
pub fn lint(game: &Game<'_>, budget: &Budget) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    rules::hidden_vetoes(game, &mut out);
    rules::idle_rules(game, budget, &mut out);
    options::dead_options(game, &mut out);
    preferences::statements(game, &mut out);
    preferences::ranks(game, &mut out);
    preferences::uncited(game, &mut out);
    classes::classes(game, &mut out);
    out.sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
    out
}
