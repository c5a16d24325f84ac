//! Options that never change.

use detente_model::syntax::Diagnostic;

use crate::codes;
use crate::game::Game;

/// Options with one value in every feasible state, and options that no move changes.
pub(super) fn dead_options(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    let (model, space) = (game.model, &game.space);
    for option in model.option_ids() {
        let mask = space.layout().mask(option);
        let first = space.ids().next().map_or(0, |s| space.value(s) & mask);
        let name = model.qualified(option);
        let span = model.option(option).place.0;
        if space.ids().all(|s| space.value(s) & mask == first) {
            let level = space.ids().next().map_or(0, |s| space.level(s, option));
            let value = crate::describe::setting(model, option, level);
            out.push(
                Diagnostic::warning(
                    codes::DEAD_OPTION,
                    format!("in every feasible state {value}"),
                )
                .at(span, "never changes")
                .hint("drop the option, or loosen the rule that fixes it"),
            );
            continue;
        }
        let moved = game.graph.party_ids().any(|p| {
            let moves = game.graph.moves(p);
            space.ids().any(|s| {
                moves
                    .from(s)
                    .iter()
                    .any(|t| (space.value(s) ^ space.value(*t)) & mask != 0)
            })
        });
        if !moved {
            out.push(
                Diagnostic::warning(codes::DEAD_OPTION, format!("no move ever changes `{name}`"))
                    .at(span, "cannot be moved")
                    .hint("check the rules and the direction of the option"),
            );
        }
    }
}
