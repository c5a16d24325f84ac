//! One mistake, one diagnostic, at the right place, and what comes after is still read.

use detente_syntax::parse;

/// A file with one mistake: the code, and the exact text that is pointed at.
const SLIPS: &[(&str, &str, &str)] = &[
    ("class \"a when US.x", "E0101", "\"a when US.x"),
    ("party A \"Title {\n  option x\n}", "E0101", "\"Title"),
    (
        "party A { prefers {\n x [s ¶1 \"oh]\n y } }",
        "E0101",
        "\"oh",
    ),
    ("party A “Title” { option x }", "E0102", "“Title”"),
    ("negotiation \"a\\qb\"", "E0103", "\\q"),
    ("never a \u{0} b", "E0104", "\u{0}"),
    ("§ 5", "E0104", "§"),
    ("source s \"x\" { kind }", "E0201", "kind"),
    ("party A { speaks for B }", "E0201", "for"),
    ("no move from a", "E0201", "a"),
    ("status quo US.a", "E0201", "US"),
    ("option", "E0210", "option"),
    (
        "partie A \"x\" {\n  option x\n  prefers { x }\n}",
        "E0202",
        "partie",
    ),
    (
        "party A {\n  opton x \"y\"\n  option z\n}",
        "E0202",
        "opton",
    ),
    ("PARTY A { option x }", "E0203", "PARTY"),
    ("never a AND b", "E0203", "AND"),
    ("never NOT a", "E0203", "NOT"),
    (
        "party A {\n  option x\n\nparty B { option y }",
        "E0204",
        "{",
    ),
    (
        "party A {\n  prefers {\n    x\n  option y\n}\nparty B { option y }",
        "E0204",
        "{",
    ),
    ("party A {\n  option x\n", "E0204", "{"),
    ("party A { option x }\n}\nnever x", "E0205", "}"),
    (
        "party A {\n option x\n}\n option y\n prefers { x }\n}\nnever x",
        "E0210",
        "option",
    ),
    ("never a)", "E0205", ")"),
    ("negotiation North and South", "E0206", "North and South"),
    (
        "party A { option sign Sign a text irreversible }",
        "E0206",
        "Sign a text",
    ),
    (
        "party \"United States\" { option x }",
        "E0207",
        "\"United States\"",
    ),
    ("party A { option }", "E0207", "option"),
    ("party A { option order\n option class }", "E0208", "class"),
    ("party A { option: x \"y\" }", "E0209", ":"),
    ("party A { option x = \"y\" }", "E0209", "="),
    (
        "as of 2019-01-01\nas of 2019-01-02",
        "E0211",
        "as of 2019-01-02",
    ),
    (
        "negotiation \"a\"\nnegotiation \"b\"",
        "E0211",
        "negotiation \"b\"",
    ),
    (
        "status quo state 1\nstatus quo state 2",
        "E0211",
        "status quo state 2",
    ),
    ("party A { prefers { a }\n ranks { 1 } }", "E0211", "ranks"),
    ("party A { option x \"y\" option z }", "E0212", "option"),
    ("party A \"x\"\nnever y", "E0213", "\"x\""),
    ("never a && b", "E0301", "&&"),
    ("never a | b", "E0301", "|"),
    ("never !a", "E0301", "!"),
    ("never a == b", "E0301", "=="),
    ("never a != b", "E0301", "!="),
    ("status quo { A.x = b }", "E0301", "="),
    ("never a -> b", "E0301", "->"),
    ("never (a => b)", "E0301", "=>"),
    ("never", "E0302", "never"),
    ("never a and\nnever b", "E0302", "and"),
    ("never a or )", "E0302", ")"),
    ("never (a or b\nnever c", "E0303", "("),
    (
        "party A { prefers {\n (a or b\n c [s]\n d } }",
        "E0303",
        "(",
    ),
    ("never drills is", "E0304", "is"),
    ("never drills is not\nnever a", "E0304", "not"),
    ("never at least 2 (a, b)", "E0305", "("),
    ("never at 2 of (a, b)", "E0305", "2"),
    ("party A { prefers {\n a\n - b\n c } }", "E0302", "-"),
    ("party A { prefers { a, b } }", "E0212", ","),
    ("variant v { A prefers { drop x [s ¶3] } }", "E0212", "["),
    ("status quo {\n A.x B.y\n}", "E0212", "B"),
    ("never a b", "E0307", "b"),
    ("never (a\n b)", "E0307", "b"),
    ("status quo { not }", "E0308", "not"),
    ("when a then b or c", "E0308", "or"),
    (
        "never at least 99999999999 of (a, b)",
        "E0309",
        "99999999999",
    ),
    ("never a [s ¶5\nnever b [s]", "E0401", "["),
    ("never a [¶5]", "E0402", "¶"),
    ("never a [s, ]", "E0403", "]"),
    ("never a [s \"x\" \"y\"]", "E0403", "\"y\""),
    ("party A { prefers { maybe not a } }", "E0501", "maybe"),
    ("party A { prefers {\n maybe 1.4: a\n b } }", "E0502", "1.4"),
    (
        "variant v { A prefers {\n drop a\n b and c\n } }",
        "E0503",
        "b",
    ),
    (
        "variant v { A prefers {\n b and c\n drop a } }",
        "E0503",
        "drop",
    ),
    ("variant v { A prefers { move hinge } }", "E0504", "hinge"),
    ("variant v { A prefers { swap a and } }", "E0504", "and"),
    ("party A { weights {\n US.a\n 2: b } }", "E0505", "US"),
    ("party A { weights { 2 b } }", "E0505", "b"),
    ("party A { ranks { 1 2 > 3 } }", "E0506", "2"),
    ("party A { ranks { 1 < 2 < 3 } }", "E0506", "<"),
    ("party A { ranks { 1 > } }", "E0506", ">"),
    ("class \"a\"", "E0507", "\"a\""),
    ("party A { moves {\n 1 2\n 2 -> 3\n} }", "E0508", "2"),
    ("as of 20 January 2019", "E0509", "20"),
    ("when a\nnever b", "E0510", "a"),
    (
        "party A { option x irreversible only off }",
        "E0511",
        "only",
    ),
    ("party A { option x one of hold }", "E0512", "one of hold"),
    ("term x {\n  US reads y\n", "E0204", "{"),
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
        let runs_on = *code == "E0204" && !text.contains("party B");
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
