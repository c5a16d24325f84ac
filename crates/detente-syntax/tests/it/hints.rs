//! What is said beside a mistake: the hint, and the other places that explain it.

use detente_syntax::parse;

#[test]
fn hints_say_what_to_write() {
    for (text, hint) in [
        ("partie A { }", "did you mean `party`?"),
        ("party A {\n  opton x\n}", "did you mean `option`?"),
        ("nevre a", "did you mean `never`?"),
        ("staet 1", "did you mean `state`?"),
        (
            "party A { speeks through B }",
            "did you mean `speaks through`?",
        ),
        ("never a && b", "write `and`"),
        ("never a || b", "write `or`"),
        ("never !a", "write `not`"),
        ("never a == b", "write `is`"),
        ("never a != b", "write `is not`"),
        ("never a OR b", "write `or`"),
        ("never a => b", "write `B if A` for \"A implies B\""),
        ("negotiation “x”", "write \"x\""),
        ("negotiation North and South", "write `\"North and South\"`"),
        (
            "party A { prefers { maybe 0.4 not a } }",
            "write `maybe 0.4:` before the formula",
        ),
        ("PARTY A { }", "write `party`"),
        ("party A { option = x }", "leave the `=` out"),
    ] {
        let diagnostics = parse(text).diagnostics;
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        assert_eq!(diagnostics[0].hint.as_deref(), Some(hint), "{text}");
    }
}

#[test]
fn related_places_are_shown() {
    let at = |text: &str| -> Vec<String> {
        let read = parse(text);
        assert_eq!(read.diagnostics.len(), 1, "{:?}", read.diagnostics);
        let related = &read.diagnostics[0].related;
        related
            .iter()
            .map(|l| text[l.span.start..l.span.end].to_owned())
            .collect()
    };
    assert_eq!(
        at("as of 2019-01-01\nas of 2019-01-02"),
        ["as of 2019-01-01"]
    );
    assert_eq!(at("party A {\n  option x\nparty B { option y }"), ["party"]);
}

#[test]
fn messages_are_sentences_without_a_full_stop() {
    let text = include_str!("../data/founding.detente");
    let mut seen = 0;
    for (from, _) in text.char_indices().step_by(7) {
        for diagnostic in parse(&text[..from]).diagnostics {
            let message = &diagnostic.message;
            assert!(
                message.starts_with(|c: char| c.is_lowercase() || c == '`'),
                "{message}"
            );
            assert!(!message.ends_with('.'), "{message}");
            assert!(
                diagnostic
                    .hint
                    .is_none_or(|h| !h.ends_with('.') && !h.is_empty())
            );
            seen += 1;
        }
    }
    assert!(seen > 100);
}
