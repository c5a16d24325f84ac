//! What is said of mistakes in the calendar, tracks, commitments and claims.

use detente_syntax::parse;

#[test]
fn slips_are_one_mistake_each() {
    let mut wrong = String::new();
    for (text, code, pointed, hint) in [
        // Days.
        (
            "calendar {\n 28 February summit x\n}",
            "E0090",
            "28",
            "2019-01-20",
        ),
        (
            "calendar {\n summit hanoi\n}",
            "E0090",
            "summit",
            "last Friday",
        ),
        (
            "calendar {\n 2019-02-27 to 2019-02-28 summit hanoi\n}",
            "E0091",
            "to",
            "2019-02-27 .. 2019-02-28",
        ),
        (
            "calendar {\n 2019-02-27-2019-02-28 summit hanoi\n}",
            "E0091",
            "-",
            "2019-02-27 .. 2019-02-28",
        ),
        (
            "calendar {\n 2019-12-31 by deadline patience \"The end of the year\"\n}",
            "E0091",
            "by",
            "`by` before the day",
        ),
        (
            "calendar {\n 2019-12-31 deadline patience \"The end\" [s] opens US.relief\n}",
            "E0017",
            "opens",
            "{ opens US.relief }",
        ),
        (
            "calendar {\n 2019-12-31 deadline patience { 0.6 }\n}",
            "E0006",
            "0.6",
            "chance 0.6",
        ),
        ("claim a by b { 0.6 }", "E0006", "0.6", "chance 0.6"),
        ("claim a by b { chance 60 }", "E0032", "60", "`0.6` is 60"),
        (
            "track a binds nothing hand to b",
            "E0017",
            "hand",
            "hands to",
        ),
        (
            "calendar {\n 2019-02-27 .. summit hanoi\n}",
            "E0090",
            "summit",
            "last Friday",
        ),
        (
            "calendar {\n 2019-02-27 ..\n 2019-02-28 x\n}",
            "E0090",
            "..",
            "last Friday",
        ),
        (
            "calendar {\n \" \" summit\n}",
            "E0090",
            "\" \"",
            "last Friday",
        ),
        (
            "calendar {\n by deadline\n}",
            "E0090",
            "deadline",
            "last Friday",
        ),
        (
            "calendar {\n between 2019-02-27 to 2019-02-28 x\n}",
            "E0006",
            "to",
            "between 2019-02-15 and 2019-03-05",
        ),
        (
            "claim a by b said yesterday",
            "E0090",
            "yesterday",
            "quotes",
        ),
        // Events.
        (
            "calendar {\n 2019-02-27\n}",
            "E0091",
            "2019-02-27",
            "summit hanoi",
        ),
        (
            "calendar {\n 2019-02-27 \"Hanoi\"\n}",
            "E0091",
            "\"Hanoi\"",
            "summit hanoi",
        ),
        (
            "calendar {\n 2019-02-27 summit hanoi at\n}",
            "E0012",
            "at",
            "",
        ),
        (
            "calendar {\n 2019-02-27 summit hanoi Big talks at x\n}",
            "E0011",
            "Big talks",
            "\"Big talks\"",
        ),
        (
            "calendar {\n 2019-02-27 sets\n}",
            "E0026",
            "sets",
            "US.relief",
        ),
        (
            "calendar {\n 2019-02-27 sets US.a or US.b\n}",
            "E0017",
            "or",
            "",
        ),
        ("calendar {\n 2019-02-27 opens\n}", "E0012", "opens", ""),
        (
            "calendar {\n 2019-02-27 mandate x US.a\n}",
            "E0006",
            "US",
            "binds all",
        ),
        (
            "calendar {\n 2019-02-27 US prefers\n}",
            "E0018",
            "prefers",
            "braces",
        ),
        (
            "calendar {\n 2019-02-27 hides US.a\n}",
            "E0044",
            "hides",
            "in the eyes of",
        ),
        (
            "calendar {\n 2019-02-27 x { knwon 2019-01-01 }\n}",
            "E0007",
            "knwon",
            "did you mean `known`",
        ),
        (
            "calendar {\n 2019-02-27 x { known }\n}",
            "E0090",
            "known",
            "last Friday",
        ),
        (
            "calendar {\n 2019-02-27 x { likely 7 }\n}",
            "E0032",
            "7",
            "from 0 to 1",
        ),
        (
            "calendar {\n 2019-02-27 x { very sure }\n}",
            "E0092",
            "very",
            "`very likely`",
        ),
        (
            "calendar {\n 2019-02-27 x { chance 0.2; likely }\n}",
            "E0016",
            "likely",
            "keep one",
        ),
        (
            "calendar {\n 2019-02-27 x {\n  likely\n 2019-02-28 y\n}",
            "E0009",
            "{",
            "`}`",
        ),
        (
            "calendar {\n 2019-02-27 x\nparty A { }",
            "E0009",
            "{",
            "`}`",
        ),
        // Tracks, agents, paces and reference classes.
        ("track \"Envoys\"", "E0012", "\"Envoys\"", "short name"),
        ("track a binds", "E0012", "binds", ""),
        (
            "track a hands leaders",
            "E0006",
            "leaders",
            "hands to leaders",
        ),
        (
            "party A { speaks through B as envoy at x }",
            "E0011",
            "envoy",
            "",
        ),
        (
            "party A { speaks through B at x 2018-08-23 }",
            "E0090",
            "2018-08-23",
            "from 2018-08-23",
        ),
        (
            "party A { speaks through B at x by 2018-08-23 }",
            "E0017",
            "by",
            "",
        ),
        (
            "party A { acts each 30 days }",
            "E0006",
            "each",
            "every 30 days",
        ),
        (
            "party A { acts every month }",
            "E0081",
            "month",
            "paces are in days",
        ),
        (
            "party A { acts every 3 weeks }",
            "E0006",
            "weeks",
            "every 30 days",
        ),
        (
            "party A { acts every 3 days; acts every 4 days }",
            "E0016",
            "acts every 4 days",
            "",
        ),
        ("acts every 3 days", "E0015", "acts", "braces of its party"),
        ("reference a \"b\"", "E0081", "\"b\"", ""),
        (
            "reference a 0.1 for \"deal\"",
            "E0006",
            "\"deal\"",
            "for class",
        ),
        // Commitments.
        ("commitment a \"b\"", "E0006", "\"b\"", "by DPRK to US"),
        ("commitment a by DPRK on March", "E0090", "March", ""),
        (
            "commitment a by DPRK { text words here }",
            "E0011",
            "words here",
            "",
        ),
        (
            "commitment a by DPRK { kept DPRK.x }",
            "E0006",
            "DPRK",
            "kept when",
        ),
        (
            "commitment a by DPRK { quotd \"b\" }",
            "E0007",
            "quotd",
            "did you mean `quoted`",
        ),
        // Claims.
        (
            "claim a \"b\" said 2019-01-01",
            "E0006",
            "said",
            "by author",
        ),
        (
            "claim a by b { likly }",
            "E0007",
            "likly",
            "did you mean `likely`",
        ),
        ("claim a by b { Likely }", "E0008", "Likely", "`likely`"),
        ("claim a by b { chance }", "E0092", "chance", "chance 0.7"),
        (
            "claim a by b { resolves event c }",
            "E0006",
            "event",
            "resolves when",
        ),
        ("claim a by b { if }", "E0020", "if", ""),
        (
            "claim a by b { graded \"x\", \"y\" 0.3 }",
            "E0092",
            ",",
            "graded",
        ),
        ("claim a by b { outcome maybe }", "E0094", "maybe", "partly"),
        ("claim a by b { by March }", "E0090", "March", ""),
        (
            "claim a by b { resolves when c; then d }",
            "E0016",
            "then d",
            "keep one",
        ),
        (
            "claim a by b { likely, by 2019-03-05 }",
            "E0017",
            ",",
            "each item",
        ),
        (
            "claim a by b said 2019-01-18  [s ¶8]\n  likely, by 2019-03-05, resolves when summit held",
            "E0093",
            "likely, by 2019-03-05, resolves when summit held",
            "`{ likely; by 2019-03-05; resolves when summit held }`",
        ),
        (
            "claim a by b\n  if class \"c\"\n  then class \"d\"",
            "E0093",
            "if class \"c\"\n  then class \"d\"",
            "`{ if class \"c\"; then class \"d\" }`",
        ),
        ("claim a by b likely", "E0093", "likely", "`{ likely }`"),
        // Edits.
        (
            "variant v { A prefers {\n drop a\n settle\n } }",
            "E0034",
            "settle",
            "label",
        ),
        (
            "variant v { A prefers {\n settle a\n b and c\n } }",
            "E0033",
            "b",
            "edits only",
        ),
    ] {
        let whole = format!("{text}\nnever last.one\n");
        let parsed = parse(&whole);
        assert_eq!(parsed.tree().text().to_string(), whole);
        let found: Vec<(&str, &str)> = parsed
            .diagnostics
            .iter()
            .map(|d| {
                let span = d.primary.as_ref().unwrap().span;
                (d.code, &whole[span.start..span.end])
            })
            .collect();
        let given = parsed.diagnostics.first().and_then(|d| d.hint.as_deref());
        let given = given.unwrap_or_default();
        let last = parsed.document.never.last().map(|r| r.formula.to_string());
        // What a brace never closes may run on to the end of the text.
        let last_read = code == "E0009" || last.as_deref() == Some("last.one");
        if found != [(code, pointed)] || !given.contains(hint) || !last_read {
            wrong += &format!("{text}\n   {found:?}\n   {given}\n   last item read: {last_read}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_comes_after_a_mistake_is_read() {
    let text = "\
calendar {
  2019-01-01 summit one
  2019-01-02
  2019-01-03 summit three { likely; vrey likely; known 2019-01-01 }
}
claim a by b { likely; nonsense here; by 2019-03-05 }
claim c by d
  unlikely
claim e by f { if x; then y }
";
    let parsed = parse(text);
    let codes: Vec<&str> = parsed.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0091", "E0007", "E0007", "E0093"]);
    let document = parsed.document;
    assert_eq!(document.calendar.len(), 2);
    assert!(document.calendar[1].known.is_some());
    assert_eq!(document.claims.len(), 3);
    assert!(document.claims[0].window.is_some());
}
