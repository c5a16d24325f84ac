//! Any text can be read: no byte is lost, nothing panics, nothing grows without bound.

use detente_syntax::{SyntaxKind, format, highlight, is_writable, parse, parse_formula, print};
use proptest::prelude::*;

const FOUNDING: &str = include_str!("../data/founding.detente");

fn survive(text: &str) {
    let read = parse(text);
    assert_eq!(read.tree().text().to_string(), text);
    for diagnostic in &read.diagnostics {
        let span = diagnostic.primary.as_ref().unwrap().span;
        assert!(text.get(span.start..span.end).is_some(), "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty());
    }
    assert!(
        read.diagnostics
            .is_sorted_by_key(|d| d.primary.as_ref().map(|l| l.span))
    );
    let mut end = 0;
    for (span, _) in highlight(text) {
        assert!(span.start >= end && text.get(span.start..span.end).is_some());
        end = span.end;
    }
    let formatted = format(text);
    if read.has_errors() {
        assert_eq!(formatted, text);
    } else {
        let again = parse(&formatted);
        assert_eq!(again.document, read.document, "{text}\n===\n{formatted}");
        assert_eq!(format(&formatted), formatted, "{text}\n===\n{formatted}");
        assert!(is_writable(&read.document), "{text}\n===\n{formatted}");
    }
    let _ = print(&read.document);
    let _ = parse_formula(text);
}

fn soup() -> impl Strategy<Value = String> {
    let words = [
        "negotiation",
        "as",
        "of",
        "source",
        "party",
        "never",
        "when",
        "then",
        "because",
        "no",
        "move",
        "by",
        "from",
        "to",
        "class",
        "otherwise",
        "state",
        "status",
        "quo",
        "variant",
        "extends",
        "speaks",
        "through",
        "at",
        "option",
        "one",
        "irreversible",
        "only",
        "on",
        "off",
        "step",
        "prefers",
        "ranks",
        "weights",
        "moves",
        "concept",
        "attitude",
        "toward",
        "self",
        "negative",
        ">>>",
        "maybe",
        "strongly",
        "either",
        "order",
        "rest",
        "drop",
        "insert",
        "swap",
        "first",
        "before",
        "without",
        "term",
        "in",
        "the",
        "eyes",
        "hides",
        "invents",
        "knows",
        "view",
        "of",
        "calendar",
        "claim",
        "track",
        "binds",
        "hands",
        "reference",
        "for",
        "acts",
        "every",
        "days",
        "until",
        "between",
        "with",
        "known",
        "replaces",
        "likely",
        "very",
        "chance",
        "sets",
        "default",
        "opens",
        "mandate",
        "commitment",
        "text",
        "kept",
        "reads",
        "said",
        "worded",
        "event",
        "resolves",
        "denies",
        "advice",
        "graded",
        "outcome",
        "yes",
        "settle",
        "fact",
        "issues",
        "always",
        "package",
        "agreed",
        "accepts",
        "rejects",
        "utility",
        "ratifier",
        "ratified",
        "by",
        "votes",
        "majority",
        "weight",
        "?",
        "falling",
        "importance",
        "reservation",
        "discount",
        "from",
        "2/7",
        "any",
        "and",
        "or",
        "not",
        "if",
        "unless",
        "iff",
        "is",
        "least",
        "exactly",
        "true",
        "US",
        "x",
        "DPRK.test",
        "{",
        "}",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ".",
        ";",
        ":",
        "=",
        ">",
        ">>",
        "<",
        ">=",
        "->",
        "..",
        "-",
        "12",
        "0.4",
        "2019-01-20",
        "\"t\"",
        "\"YN-\"",
        "\"",
        "“t”",
        "\\",
        "&&",
        "|",
        "!",
        "¶5",
        "# c\n",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\r\n",
        "\t",
        "\u{0}",
        "AND",
        "Party",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text(text in any::<String>()) {
        survive(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survive(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_words(text in soup()) {
        survive(&text);
    }

}

proptest! {
    // Each case reads the whole text several times.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn founding_case_with_a_cut(from in 0..FOUNDING.len(), len in 0..60_usize, put in soup()) {
        let from = (from..=FOUNDING.len()).find(|i| FOUNDING.is_char_boundary(*i)).unwrap();
        let to = (from + len).min(FOUNDING.len());
        let to = (to..=FOUNDING.len()).find(|i| FOUNDING.is_char_boundary(*i)).unwrap();
        let put: String = put.chars().take(20).collect();
        survive(&format!("{}{put}{}", &FOUNDING[..from], &FOUNDING[to..]));
        survive(&format!("{}{}", &FOUNDING[..from], &FOUNDING[to..]));
        survive(&FOUNDING[..from]);
    }
}

#[test]
fn deep_nesting_is_one_error() {
    for (piece, prefix) in [
        ("(", "never "),
        ("not ", "never "),
        ("a if ", "never "),
        ("a iff ", "never "),
        ("at least 1 of (", "never "),
        ("(a and ", "party A { ranks { "),
        ("not (a or ", "when "),
        ("{", "party A "),
        ("{", "variant A "),
        ("{", "status quo "),
        ("{", "term x "),
        ("{ a ", "term x "),
        ("{ 2019-01-01 ", "calendar "),
        ("{ likely ", "claim x by y "),
        ("{ kept when ", "commitment x by y "),
        ("[", "never a "),
        ("[a \"b\" ", "never a "),
    ] {
        let text = format!("{prefix}{}", piece.repeat(100_000));
        let read = parse(&text);
        assert_eq!(u32::from(read.tree().text().len()) as usize, text.len());
        let codes: Vec<_> = read.diagnostics.iter().map(|d| d.code).collect();
        assert!(
            (1..=2).contains(&codes.len()),
            "{prefix}{piece}: {:?}",
            &codes[..3.min(codes.len())]
        );
    }
    let lines = "{\n".repeat(100_000);
    assert!(parse(&lines).has_errors());
    let lines = "((((((((((]\n".repeat(20_000);
    assert!(parse(&lines).has_errors());
    let blocks = "party A { prefers {\n".repeat(20_000);
    assert!(parse(&blocks).has_errors());
}

#[test]
fn the_limit_is_where_it_is_said_to_be() {
    let nots = |n: usize| parse_formula(&format!("{}a", "not ".repeat(n)));
    assert!(nots(63).is_ok());
    assert_eq!(nots(64).unwrap_err().code, "E0024");
    let brackets = |n: usize| parse_formula(&format!("{}a{}", "(".repeat(n), ")".repeat(n)));
    assert!(brackets(64).is_ok());
    assert_eq!(brackets(65).unwrap_err().code, "E0024");
    let chain = |n: usize| parse_formula(&format!("a{}", " if a".repeat(n)));
    assert!(chain(63).is_ok());
    assert_eq!(chain(64).unwrap_err().code, "E0024");
    let long = parse_formula(&format!("a{}", " and a".repeat(100_000)));
    assert!(long.is_ok());
}

#[test]
fn large_texts_are_read_in_proportion() {
    let mut text = String::from("party US {\n");
    let mut count = 0;
    while text.len() < 5_000_000 {
        text += &format!("  option opt{count} \"Option number {count}\" irreversible\n");
        count += 1;
    }
    text += "}\n";
    let read = parse(&text);
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.document.parties[0].options.len(), count);
    let words = read
        .tree()
        .descendants_with_tokens()
        .filter(|e| {
            matches!(
                e.kind(),
                SyntaxKind::Keyword | SyntaxKind::Ident | SyntaxKind::String
            )
        })
        .count();
    assert_eq!(words, 2 + 4 * count);
    let formatted = read.format().unwrap();
    assert!(formatted.len() >= text.len());
}

/// Long lines of every sort are read, formatted and coloured in proportion to their length: were
/// one of them quadratic, this would take hours.
#[test]
fn long_lines_are_no_trouble() {
    for (piece, prefix) in [
        ("[", "claim a "),
        ("[a] ", "claim a "),
        ("[a] ", "claim a x "),
        ("[a \"b\"] ", "never a "),
        ("\"b\" ", "claim a "),
        ("maybe ", "party A { prefers { "),
        ("a, ", "when a then "),
        ("a; ", "party A { prefers { "),
        ("worded \"c\" ", "claim a by b { "),
        ("likely, ", "claim a by b\n  "),
        ("\"b\" 0.1, ", "claim a by b { graded "),
        ("2019-01-01 x\n", "calendar { "),
        ("x \"y\" ", "calendar { 2019-01-01 a { "),
        ("a, ", "track x binds "),
        ("a prefers [b] ", "calendar { 2019-01-01 "),
        ("; ", ""),
        ("a = ", "party A { ranks { "),
        ("x ", ""),
        ("# ", ""),
        (") ", "never a "),
        ("\\", "never \""),
        ("é", ""),
    ] {
        let text = format!("{prefix}{}", piece.repeat(60_000));
        let read = parse(&text);
        assert!(read.diagnostics.len() <= 2, "{prefix}{piece}");
        assert_eq!(u32::from(read.tree().text().len()) as usize, text.len());
        assert!(highlight(&text).len() <= text.len());
        assert!(!format(&text).is_empty() || prefix.is_empty());
    }
}
