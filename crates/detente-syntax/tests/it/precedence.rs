//! How formulas bind, against their fully bracketed forms.

use detente_syntax::ast::{Formula, FormulaKind};
use detente_syntax::parse_formula;

/// The formula with a bracket around everything that is not an atom.
fn bracketed(formula: &Formula) -> String {
    use FormulaKind as F;
    let all = |parts: &[Formula], word: &str| {
        let parts: Vec<String> = parts.iter().map(bracketed).collect();
        format!("({})", parts.join(&format!(" {word} ")))
    };
    let two = |a: &Formula, word: &str, b: &Formula| {
        format!("({} {word} {})", bracketed(a), bracketed(b))
    };
    match &formula.kind {
        F::Not(a) => format!("(not {})", bracketed(a)),
        F::And(parts) => all(parts, "and"),
        F::Or(parts) => all(parts, "or"),
        F::If(a, b) => two(a, "if", b),
        F::Unless(a, b) => two(a, "unless", b),
        F::Iff(a, b) => two(a, "iff", b),
        F::Count { number, of, .. } => format!("{number} of {}", all(of, ",")),
        _ => formula.to_string(),
    }
}

#[test]
fn operators_bind_as_documented() {
    for (text, expected) in [
        ("a", "a"),
        ("not a and b", "((not a) and b)"),
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c", "((a and b) or c)"),
        ("not a or not b", "((not a) or (not b))"),
        ("not not a", "(not (not a))"),
        ("not (a or b)", "(not (a or b))"),
        ("a and b and c", "(a and b and c)"),
        ("(a and b) and (c and d)", "(a and b and c and d)"),
        ("a or (b or c)", "(a or b or c)"),
        ("a and (b or c)", "(a and (b or c))"),
        (
            "not relief unless yongbyon",
            "((not relief) unless yongbyon)",
        ),
        ("a or b if c or d", "((a or b) if (c or d))"),
        ("a and b unless c and d", "((a and b) unless (c and d))"),
        ("a if b if c", "((a if b) if c)"),
        ("a if b unless c", "((a if b) unless c)"),
        ("a if (b if c)", "(a if (b if c))"),
        ("a iff b if c", "(a iff (b if c))"),
        ("a if b iff c unless d", "((a if b) iff (c unless d))"),
        ("a iff b iff c", "((a iff b) iff c)"),
        ("not US.drills is cancel", "(not US.drills is cancel)"),
        ("drills is not cancel and a", "(drills is not cancel and a)"),
        (
            "drills >= calibrate or drills < hold",
            "(drills >= calibrate or drills < hold)",
        ),
        (
            "at least 2 of (a or b, not c, d) and e",
            "(2 of ((a or b) , (not c) , d) and e)",
        ),
        (
            "class \"x\" or state 5 and \"YN-\"",
            "(class \"x\" or (state 5 and \"YN-\"))",
        ),
        ("true if false", "(true if false)"),
        ("a\n and b # why\n or c", "((a and b) or c)"),
    ] {
        assert_eq!(bracketed(&parse_formula(text).unwrap()), expected, "{text}");
    }
}
