//! One mistake, one diagnostic, at the right place, and what comes after is still read.

use detente_syntax::parse;

/// A file with one mistake: the code, and the exact text that is pointed at.
const SLIPS: &[(&str, &str, &str)] = &[
    ("class \"a when US.x", "E0001", "\"a when US.x"),
    ("party A \"Title {\n  option x\n}", "E0001", "\"Title"),
    (
        "party A { prefers {\n x [s ¶1 \"oh]\n y } }",
        "E0001",
        "\"oh",
    ),
    ("party A “Title” { option x }", "E0002", "“Title”"),
    ("negotiation \"a\\qb\"", "E0003", "\\q"),
    ("never a \u{0} b", "E0004", "\u{0}"),
    ("§ 5", "E0004", "§"),
    ("source s \"x\" { kind }", "E0006", "kind"),
    ("party A { speaks for B }", "E0006", "for"),
    ("no move from a", "E0006", "a"),
    ("status quo US.a", "E0006", "US"),
    ("option", "E0015", "option"),
    (
        "partie A \"x\" {\n  option x\n  prefers { x }\n}",
        "E0007",
        "partie",
    ),
    (
        "party A {\n  opton x \"y\"\n  option z\n}",
        "E0007",
        "opton",
    ),
    ("PARTY A { option x }", "E0008", "PARTY"),
    ("never a AND b", "E0008", "AND"),
    ("never NOT a", "E0008", "NOT"),
    (
        "party A {\n  option x\n\nparty B { option y }",
        "E0009",
        "{",
    ),
    (
        "party A {\n  prefers {\n    x\n  option y\n}\nparty B { option y }",
        "E0009",
        "{",
    ),
    ("party A {\n  option x\n", "E0009", "{"),
    ("party A { option x }\n}\nnever x", "E0010", "}"),
    (
        "party A {\n option x\n}\n option y\n prefers { x }\n}\nnever x",
        "E0015",
        "option",
    ),
    ("never a)", "E0010", ")"),
    ("negotiation North and South", "E0011", "North and South"),
    (
        "party A { option sign Sign a text irreversible }",
        "E0011",
        "Sign a text",
    ),
    (
        "party \"United States\" { option x }",
        "E0012",
        "\"United States\"",
    ),
    ("party A { option }", "E0012", "option"),
    ("party A { option order\n option class }", "E0013", "class"),
    ("party A { option: x \"y\" }", "E0014", ":"),
    ("party A { option x = \"y\" }", "E0014", "="),
    (
        "as of 2019-01-01\nas of 2019-01-02",
        "E0016",
        "as of 2019-01-02",
    ),
    (
        "negotiation \"a\"\nnegotiation \"b\"",
        "E0016",
        "negotiation \"b\"",
    ),
    (
        "status quo state 1\nstatus quo state 2",
        "E0016",
        "status quo state 2",
    ),
    ("party A { prefers { a }\n ranks { 1 } }", "E0016", "ranks"),
    ("party A { option x \"y\" option z }", "E0017", "option"),
    ("party A \"x\"\nnever y", "E0018", "\"x\""),
    ("never a && b", "E0019", "&&"),
    ("never a | b", "E0019", "|"),
    ("never !a", "E0019", "!"),
    ("never a == b", "E0019", "=="),
    ("never a != b", "E0019", "!="),
    ("status quo { A.x = b }", "E0019", "="),
    ("never a -> b", "E0019", "->"),
    ("never (a => b)", "E0019", "=>"),
    ("never", "E0020", "never"),
    ("never a and\nnever b", "E0020", "and"),
    ("never a or )", "E0020", ")"),
    ("never (a or b\nnever c", "E0021", "("),
    (
        "party A { prefers {\n (a or b\n c [s]\n d } }",
        "E0021",
        "(",
    ),
    ("never drills is", "E0022", "is"),
    ("never drills is not\nnever a", "E0022", "not"),
    ("never at least 2 (a, b)", "E0023", "("),
    ("never at 2 of (a, b)", "E0023", "2"),
    ("party A { prefers {\n a\n - b\n c } }", "E0020", "-"),
    ("party A { prefers { a, b } }", "E0017", ","),
    ("variant v { A prefers { drop x [s ¶3] } }", "E0017", "["),
    ("status quo {\n A.x B.y\n}", "E0017", "B"),
    ("never a b", "E0025", "b"),
    ("never (a\n b)", "E0025", "b"),
    ("status quo { not }", "E0026", "not"),
    ("when a then b or c", "E0026", "or"),
    (
        "never at least 99999999999 of (a, b)",
        "E0027",
        "99999999999",
    ),
    ("never a [s ¶5\nnever b [s]", "E0028", "["),
    ("never a [¶5]", "E0029", "¶"),
    ("never a [s, ]", "E0030", "]"),
    ("never a [s \"x\" \"y\"]", "E0030", "\"y\""),
    ("party A { prefers { maybe not a } }", "E0031", "maybe"),
    ("party A { prefers {\n maybe 1.4: a\n b } }", "E0032", "1.4"),
    ("party A { prefers {\n strongly 1: a\n b } }", "E0070", "1"),
    (
        "party A { prefers {\n strongly 10: a\n b } }",
        "E0070",
        "10",
    ),
    (
        "party A { prefers {\n strongly 2.5: a\n b } }",
        "E0070",
        "2.5",
    ),
    (
        "party A { prefers {\n strongly 3 a\n b } }",
        "E0031",
        "strongly 3",
    ),
    (
        "party A { ranks { 1 >>>>>>>>>> 2 } }",
        "E0070",
        ">>>>>>>>>>",
    ),
    ("party A { attitude toward B good }", "E0071", "good"),
    ("party A { attitude toward B }", "E0071", "B"),
    ("party A { attitude to B positive }", "E0006", "to"),
    ("party A { attitude toward positive }", "E0071", "positive"),
    ("variant v { A attitude toward B kind }", "E0071", "kind"),
    ("attitude toward B positive", "E0015", "attitude"),
    (
        "variant v { A prefers {\n drop a\n b and c\n } }",
        "E0033",
        "b",
    ),
    (
        "variant v { A prefers {\n b and c\n drop a } }",
        "E0033",
        "drop",
    ),
    ("variant v { A prefers { move hinge } }", "E0034", "hinge"),
    ("variant v { A prefers { swap a and } }", "E0034", "and"),
    ("party A { weights {\n US.a\n 2: b } }", "E0035", "US"),
    ("party A { weights { 2 b } }", "E0035", "b"),
    ("party A { ranks { 1 2 > 3 } }", "E0036", "2"),
    ("party A { ranks { 1 < 2 < 3 } }", "E0036", "<"),
    ("party A { ranks { 1 > } }", "E0036", ">"),
    ("class \"a\"", "E0037", "\"a\""),
    ("party A { moves {\n 1 2\n 2 -> 3\n} }", "E0038", "2"),
    ("as of 20 January 2019", "E0039", "20"),
    ("when a\nnever b", "E0040", "a"),
    (
        "party A { option x irreversible only off }",
        "E0041",
        "only",
    ),
    ("party A { option x one of hold }", "E0042", "one of hold"),
    ("term x {\n  US reads y\n", "E0009", "{"),
    ("term x \"a thing\"", "E0018", "\"a thing\""),
    ("term \"a thing\" { }", "E0012", "\"a thing\""),
    ("term x {\n  US read y\n}", "E0007", "US"),
    ("term x {\n  US reads\n}", "E0020", "reads"),
    ("term x {\n  mean y\n}", "E0007", "mean"),
    ("term x {\n  means y\n  means z\n}", "E0016", "means z"),
    ("term x {\n  stated \"words\"\n}", "E0006", "\"words\""),
    ("term x {\n  stated in scmp\n}", "E0006", "scmp"),
    ("term x {\n  communicated to US\n}", "E0006", "to"),
    (
        "term x {\n  communicated by A to B perhaps\n}",
        "E0006",
        "perhaps",
    ),
    ("never term", "E0012", "term"),
    ("never term and a", "E0013", "and"),
    ("party term { }", "E0013", "term"),
];

#[test]
fn one_mistake_gives_one_diagnostic() {
    let mut wrong = String::new();
    for (text, code, pointed) in SLIPS {
        let text = format!("{text}\nnever last.one\n");
        let parse = parse(&text);
        assert_eq!(parse.tree().text().to_string(), text);
        let found: Vec<(&str, &str)> = parse
            .diagnostics
            .iter()
            .map(|d| {
                (
                    d.code,
                    d.primary
                        .as_ref()
                        .map_or("", |l| &text[l.span.start..l.span.end]),
                )
            })
            .collect();
        let last = parse.document.never.last().map(|r| r.formula.to_string());
        // What a brace never closes may run on to the end of the text.
        let runs_on = *code == "E0009" && !text.contains("party B");
        let last_read = runs_on || last.as_deref() == Some("last.one");
        if found != [(*code, *pointed)] || !last_read {
            wrong += &format!("{text:?}: expected {code} at {pointed:?}\n");
            for d in &parse.diagnostics {
                wrong += &format!("   {d:?}\n");
            }
            if !last_read {
                wrong += "   the last item is lost\n";
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
