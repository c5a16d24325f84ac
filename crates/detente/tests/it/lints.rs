//! What the lint says of preferences.

use detente::analysis::lint::lint;
use detente::analysis::{Budget, codes};

use crate::harness::with_game;

/// The codes that the lint gives for one party with these statements about its options `x` and `y`.
fn found(statements: &str) -> Vec<&'static str> {
    let text = format!("party A {{ option x; option y; prefers {{ {statements} }} }}");
    let found = with_game(&text, &[], |game| lint(game, &Budget::default()));
    found
        .iter()
        .map(|d| d.code)
        .filter(|c| *c == codes::IDLE_STATEMENT)
        .collect()
}

#[test]
fn a_statement_decides_where_those_above_it_are_in_doubt() {
    assert_eq!(found("x; not x"), [codes::IDLE_STATEMENT]);
    assert_eq!(found("x; y; x iff y"), [codes::IDLE_STATEMENT]);
    assert!(found("maybe: x; not x").is_empty());
    assert!(found("either order: x; not x").is_empty());
    assert!(found("maybe 0.3: x; y; x iff y").is_empty());
    assert_eq!(found("x; maybe: not x"), [codes::IDLE_STATEMENT]);
}
