//! The calendar, tracks, commitments and claims: what is read, and what is said of mistakes.

use detente_syntax::ast::*;
use detente_syntax::{SyntaxKind, TokenClass, highlight, is_writable, parse};

/// A text without mistakes, and what it says.
fn said(text: &str) -> Document {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert!(is_writable(&parsed.document), "{text}");
    parsed.document
}

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
        ("party A { acts every month }", "E0081", "month", ""),
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

#[test]
fn words_of_the_record_are_names_elsewhere() {
    let document = said(
        "\
track track binds binds.hands, all.all hands to hands
track between binds all
party likely {
  speaks through from from 2018-01-01
  speaks through as as \"as\" at working until \"today\"
  option sets
  option event one of known, chance
  prefers {
    settle: sets
    event is chance
  }
}
calendar {
  2019-01-01 likely likely with likely, with
  2019-01-01 .. \"today\" known chance \"x\" at at_ { chance \"y\"; sets \"z\"; by \"d\" }
  by 2019-01-01 likely prefers { settle settle }
  2019-01-01 default default
  2019-01-01 default event is known, not sets
  2019-01-01 sets prefers { settle settle }
  2019-01-01 mandate concept binds nothing
  2019-01-01 sets concept seq
  2019-01-01 x { replaces replaces  replaces prefers { settle a } }
}
commitment commitment by by, to to to, on on 2019-01-01 {
  text reads text
  term reads
  kept reads kept
  kept when kept
}
claim claim by by said \"today\" {
  if event
  then event and x
}
claim by by said { resolves when not event event; by 2019-01-01 }
claim said by claim { resolves when not event }
reference reference 1/3 for class \"for\"
",
    );
    assert_eq!(document.tracks[1].binds, Some(Mandate::All));
    assert_eq!(document.parties[0].agents.len(), 2);
    let events = &document.calendar;
    assert_eq!(events.len(), 9);
    assert!(events[8].replaces.is_some() && events[8].effects.len() == 1);
    assert_eq!(events[0].with.len(), 2);
    assert_eq!(events[1].values.len(), 3);
    let change = |n: usize| matches!(events[n].effects.as_slice(), [Effect::Change(_)]);
    assert!(change(2) && change(5) && change(7));
    assert!(matches!(events[3].effects.as_slice(), [Effect::Default(d)] if d.len() == 1));
    assert!(matches!(events[4].effects.as_slice(), [Effect::Default(d)] if d.len() == 2));
    assert!(
        matches!(&events[6].effects[..], [Effect::Mandate { track, .. }] if track.as_str() == "concept")
    );
    let commitment = &document.commitments[0];
    assert_eq!((commitment.by.len(), commitment.to.len()), (2, 2));
    assert_eq!((commitment.readings.len(), commitment.terms.len()), (2, 1));
    let state = |r: &Option<Resolution>| matches!(r, Some(Resolution::State(_)));
    assert!(state(&document.claims[0].condition) && state(&document.claims[0].resolves));
    assert_eq!(
        document.claims[1].resolves,
        Some(Resolution::NoEvent(Name::new("event")))
    );
    assert!(state(&document.claims[2].resolves));
}

#[test]
fn lines_of_events_and_claims_may_stand_side_by_side() {
    let document = said(
        "\
calendar {
  2019-01-01 x { known \"today\"  very likely 0.9  US prefers { settle a }  opens US.b, US.c  where \"d\" [s] }
}
claim a by b { likely  worded \"c\" [s]  by 2019-01-01  resolves when US.a  reference r  outcome no }
commitment a by b { text \"c\"  b reads d  term e  kept when f }
",
    );
    let event = &document.calendar[0];
    assert_eq!(event.effects.len(), 2);
    assert_eq!(event.values.len(), 1);
    assert_eq!(
        event.chance.as_ref().unwrap().to_string(),
        "very likely 0.9"
    );
    let claim = &document.claims[0];
    assert!(claim.likelihood.is_some() && claim.window.is_some() && claim.outcome.is_some());
    assert_eq!(document.commitments[0].readings.len(), 1);
}

#[test]
fn in_a_claim_if_starts_a_line_of_its_own() {
    let claims = said(
        "claim a by b {\n  resolves when x\n  if y\n}\nclaim c by d { resolves when x if y }\n",
    )
    .claims;
    assert!(claims[0].condition.is_some());
    assert!(claims[1].condition.is_none());
    // Elsewhere a formula goes on.
    let rules = said("never x\n  if y\n").never;
    assert_eq!(rules[0].formula.to_string(), "x if y");
}

#[test]
fn every_word_of_likelihood_is_read() {
    for words in estimative::WORDS {
        let claims = said(&format!(
            "claim a by b {{ {words} }}\nclaim c by d {{ {words} 0.5 }}\n"
        ))
        .claims;
        for (claim, number) in claims.iter().zip([None, Some("0.5")]) {
            let likelihood = claim.likelihood.as_ref().unwrap();
            assert_eq!(likelihood.words.as_deref(), Some(*words));
            assert_eq!(likelihood.number.as_deref(), number);
        }
    }
    assert_eq!(estimative::WORDS.len(), 14);
}

#[test]
fn a_day_in_quotes_is_the_same_as_without_if_it_is_a_date() {
    let events = said("calendar {\n  \"2019-01-01\" x\n  2019-01-01 x\n}\n").calendar;
    assert_eq!(events[0], events[1]);
}

#[test]
fn a_change_says_the_same_with_and_without_its_kind() {
    let events = said(
        "calendar {\n  2019-01-01 opens US.a [s]\n  2019-01-01 change [s] { opens US.a }\n}\n",
    )
    .calendar;
    assert_eq!(events[0], events[1]);
}

#[test]
fn words_are_coloured_where_they_are_used_as_such() {
    let text = "calendar {\n  by 2019-01-01 deadline by \"x\" at at_ { very likely 0.9 }\n}\n";
    let parts: Vec<(&str, TokenClass)> = highlight(text)
        .into_iter()
        .map(|(s, class)| (&text[s.start..s.end], class))
        .collect();
    use TokenClass::{Keyword, Name, Number, Operator, String};
    assert_eq!(
        parts,
        [
            ("calendar", Keyword),
            ("{", Operator),
            ("by", Keyword),
            ("2019-01-01", Number),
            ("deadline", Name),
            ("by", Name),
            ("\"x\"", String),
            ("at", Keyword),
            ("at_", Name),
            ("{", Operator),
            ("very", Keyword),
            ("likely", Keyword),
            ("0.9", Number),
            ("}", Operator),
            ("}", Operator),
        ]
    );
    let read = parse(text);
    let mut kinds = read.tree().descendants().map(|n| n.kind());
    assert!(kinds.any(|k| k == SyntaxKind::Likelihood));
}
