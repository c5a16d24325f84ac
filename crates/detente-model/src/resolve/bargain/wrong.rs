//! What can be wrong with packages, in words.

use detente_syntax::ast::{self, Amount};
use detente_syntax::{Diagnostic, Span};

use super::issues::{MOST_LEVELS, is_numbered};
use crate::bargain::Issue;
use crate::codes;

/// A number that is none. Texts and JSON are checked before; only documents put together otherwise get here.
pub(super) fn number(amount: &Amount, span: Span) -> Diagnostic {
    Diagnostic::error(codes::BAD_LEVELS, format!("`{amount}` is no number"))
        .at(span, "")
        .hint("write a number such as `3`, `-2.5` or `2/7`")
}

/// Too many levels, or none.
pub(super) fn level_count(issue: &ast::Issue, count: &str) -> Diagnostic {
    Diagnostic::error(
        codes::BAD_LEVELS,
        format!("issue `{}` has {count} levels", issue.name),
    )
    .at(issue.place.0, "")
    .hint(format!(
        "an issue has from 1 to {MOST_LEVELS} levels; write larger steps with `by`"
    ))
}

/// Which levels there are, as a hint.
pub(super) fn range_of(issue: &Issue) -> String {
    let names: Vec<String> = issue
        .levels
        .iter()
        .map(|l| format!("`{}`", l.name))
        .collect();
    match names.as_slice() {
        [first, second, .., last] if is_numbered(issue) => {
            format!("its levels are {first}, {second} and so on up to {last}")
        }
        _ => {
            let more = if names.len() > 8 { ", ..." } else { "" };
            let shown: Vec<String> = names.into_iter().take(8).collect();
            format!("its levels are {}{more}", shown.join(", "))
        }
    }
}
