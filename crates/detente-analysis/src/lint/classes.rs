//! Classes without states, and classes that overlap.

use std::collections::BTreeMap;

use detente_model::syntax::Diagnostic;

use crate::codes;
use crate::game::Game;

/// Empty and overlapping classes.
pub(super) fn classes(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    let classes = &game.model.classes;
    let mut sizes = vec![0_usize; classes.len()];
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for of_state in &game.classes {
        for (i, a) in of_state.iter().enumerate() {
            sizes[*a] += 1;
            for b in &of_state[i + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    for (class, size) in classes.iter().zip(&sizes) {
        if *size == 0 {
            out.push(
                Diagnostic::warning(
                    codes::EMPTY_CLASS,
                    format!("no feasible state belongs to class `{}`", class.name),
                )
                .at(class.condition.span, "")
                .hint("check its definition against the rules"),
            );
        }
    }
    for ((a, b), count) in shared {
        let (first, second) = (&classes[a], &classes[b]);
        let word = if count == 1 {
            "state belongs"
        } else {
            "states belong"
        };
        out.push(
            Diagnostic::warning(
                codes::OVERLAPPING_CLASSES,
                format!(
                    "{count} {word} to both `{}` and `{}`",
                    first.name, second.name
                ),
            )
            .at(second.condition.span, "overlaps")
            .see(first.condition.span, "counted here, because it comes first")
            .hint("make the definitions exclude each other if that is not meant"),
        );
    }
}
