//! Issues, utilities, ratifiers, packages and facts as texts.

use detente_syntax::ast::{
    Amount, IssueWeight, Levels, PickedLevel, Quantity, Ratification, Trend, Values, Verdict,
};
use detente_syntax::{TokenClass, format, highlight, is_writable, parse, print};

const TEXT: &str = "\
issues {
  drills \"Spring drills\": normal, calibrated \"Calibrated, renamed\", ended
  troops: 0 .. 28500 by 500  [s ¶1]
  never drills is ended and troops < 14000 because \"both\"
  always drills >= calibrated or troops is -2.5
}
party US \"United States\" {
  option troops \"An option may be called as an issue\"
  utility {
    drills weight 0.4 falling: normal 100, calibrated 70 .. 90, ended 0  # not certain
    troops weight ?: 0 at 0, -10 at 14000, -90/7 at 28500
    6: drills is ended
    3 .. 5: not drills or troops >= 100
    importance troops > drills  [s]
    reservation 1/3             [s]
    discount 0.9 from 2019-03-04 \"Drills resume\"
  }
  ratifier hawks \"Hard-liners\" votes 2 [s] { drills: 0, -2, -9; reservation 1 }
  ratified by 3 votes
}
package offer \"An offer\" { drills normal or ended  troops 1000 .. 3000 or 0 }  [s ¶2]
package vague { drills any }
fact US rejects offer  [s]
fact US.hawks accepts offer
fact US prefers vague to offer
agreed {
  US.troops when troops > 0
  not US.troops
}
";

#[test]
fn everything_is_read() {
    let parsed = parse(TEXT);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(format(TEXT), TEXT);
    let document = parsed.document;
    let Levels::Named(levels) = &document.issues[0].levels else {
        panic!()
    };
    assert_eq!(levels[1].title.as_deref(), Some("Calibrated, renamed"));
    let Levels::Numbers { from, to, by } = &document.issues[1].levels else {
        panic!()
    };
    assert_eq!((from.text.as_str(), to.text.as_str()), ("0", "28500"));
    assert_eq!(by.as_ref().map(|b| b.text.as_str()), Some("500"));
    assert_eq!(document.package_rules.len(), 2);
    assert_eq!(document.package_rules[0].because.as_deref(), Some("both"));
    let party = &document.parties[0];
    let utility = party.utility.as_ref().unwrap();
    let [drills, troops] = utility.issues.as_slice() else {
        panic!()
    };
    assert_eq!(drills.trend, Some(Trend::Falling));
    let Values::ByLevel(values) = &drills.values else {
        panic!()
    };
    assert_eq!(values[1].value.to_string(), "70 .. 90");
    assert_eq!(troops.weight, Some(IssueWeight::Unknown));
    let Values::AtNumbers(values) = &troops.values else {
        panic!()
    };
    assert_eq!(values[2].value.to_string(), "-90/7");
    assert_eq!(utility.terms[1].worth.to_string(), "3 .. 5");
    assert_eq!(utility.importance[0].issues.len(), 2);
    assert_eq!(utility.discounts[0].event.as_deref(), Some("Drills resume"));
    assert_eq!(party.ratifiers[0].votes, Some(2));
    assert_eq!(party.ratified, Ratification::Votes(3));
    let picks = &document.packages[0].picks;
    assert!(matches!(picks[1].levels[0], PickedLevel::Between(..)));
    assert!(document.packages[1].picks[0].levels.is_empty());
    assert!(matches!(document.facts[2].verdict, Verdict::Prefers { .. }));
    assert_eq!(document.facts[1].who.to_string(), "US.hawks");
    assert!(document.agreed[0].when.is_some());
    assert_eq!(parse(&print(&document)).document, document);
}

#[test]
fn a_discount_can_begin_with_an_event() {
    let text =
        "party A {\n  utility {\n    discount 0.9 from event drills \"Drills\"  [s ¶1]\n  }\n}\n";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let discount = &parsed.document.parties[0]
        .utility
        .as_ref()
        .unwrap()
        .discounts[0];
    assert_eq!(discount.from.event().unwrap().as_str(), "drills");
    assert_eq!(discount.event.as_deref(), Some("Drills"));
    assert_eq!(print(&parsed.document), text);
    let json = serde_json::to_value(&parsed.document).unwrap();
    let from = &json["parties"][0]["utility"]["discounts"][0]["from"];
    assert_eq!(*from, serde_json::json!({ "event": "drills" }));
    assert_eq!(
        serde_json::from_value::<detente_syntax::ast::Document>(json).unwrap(),
        parsed.document
    );
}

#[test]
fn lines_of_a_utility_may_stand_side_by_side() {
    let close = "party A { utility { a: 0, -1  b weight 0.5: x 1, y 2  3: a is x  -1 .. 2: b  \
                 importance a > b  reservation 1  discount 1 from 2019-01-01 } }";
    let apart = close.replace("  ", "; ");
    let (close, apart) = (parse(close), parse(&apart));
    assert_eq!(close.diagnostics, []);
    assert_eq!(close.document, apart.document);
    assert_eq!(
        close.document.parties[0]
            .utility
            .as_ref()
            .unwrap()
            .terms
            .len(),
        2
    );
}

#[test]
fn words_of_packages_are_names_elsewhere() {
    let text = "\
issues {
  importance: lo, hi
  reservation: lo, hi
  weight: lo, any
  always \"A title\": lo, hi
  rising: lo, hi
  always: lo, hi
}
party package {
  option fact
  option utility one of agreed, issues
  prefers {
    fact
    utility is agreed
    ratifier
  }
  utility {
    importance weight 2: 0, 1
    reservation: 0, 1
    weight weight ? rising: 0, 1
    rising falling: 0, 1
    importance weight > rising
    importance importance > reservation
    reservation 3
  }
  ratifier ratifier { }
}
package package { weight any or lo  always hi  importance any  rising hi }
fact package accepts package
fact package.ratifier accepts package
variant v {
  package prefers { drop fact }
  fact ranks { 1 > 2 }
}
";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let utility = parsed.document.parties[0].utility.as_ref().unwrap();
    assert_eq!((utility.issues.len(), utility.importance.len()), (4, 2));
    assert_eq!(parsed.document.variants[0].changes.len(), 2);
    assert!(is_writable(&parsed.document));
}

#[test]
fn slips_are_one_mistake_each() {
    for (text, code, hint) in [
        (
            "issues { a none, all }",
            "E0080",
            "`relief \"Sanctions relief\": none",
        ),
        ("issues { a: none all, some }", "E0082", "commas"),
        ("issues { a: 0 to 5 }", "E0006", "0 .. 28500"),
        ("issues { a: 0 .. 5 by 1/0 }", "E0081", "40 digits"),
        ("issues { a: x, y\nparty A { }", "E0009", "`}`"),
        ("issues { a: x }\nissues { b: x }", "E0016", "keep one"),
        ("package p { a is x }", "E0083", "relief waivers"),
        ("package p { a }", "E0083", "relief waivers"),
        ("package p { a x\nfact US rejects p", "E0009", "`}`"),
        ("fact US refuses p", "E0084", "US rejects big_deal"),
        ("fact US prefers p", "E0006", "prefers vox to ri_offer"),
        ("fact US Rejects p", "E0008", "rejects"),
        ("party A { utility { a 0, 1 } }", "E0080", "relief: 0"),
        ("party A { utility { a: 0, x 1 } }", "E0082", "relief: 0"),
        ("party A { utility { a: 0 1 } }", "E0082", "commas"),
        ("party A { utility { a: 0, 1 / 2 } }", "E0004", ""),
        ("party A { utility { a weight: 0 } }", "E0081", "2/7"),
        (
            "party A { utility { resrvation 5 } }",
            "E0007",
            "did you mean `reservation`",
        ),
        (
            "party A { utility { importance a } }",
            "E0006",
            "relief > yongbyon",
        ),
        (
            "party A { utility { discount 0.9 from event } }",
            "E0012",
            "",
        ),
        (
            "party A { utility { discount 0.9 from March } }",
            "E0039",
            "2019-03-04",
        ),
        ("party A { utility { }\nutility { } }", "E0016", "keep one"),
        ("party A { utility { 5 a is x } }", "E0080", "6: relief"),
        ("party A { utility { a: 1\nratifier h { } }", "E0009", "`}`"),
        ("party A { ratifier h votes two { } }", "E0085", "votes 2"),
        ("party A { ratified by both }", "E0085", "majority"),
        (
            "party A { ratifed by all }",
            "E0007",
            "did you mean `ratified by`",
        ),
        ("utility { }", "E0015", "braces of its party"),
        ("agreed { US.relief if x }", "E0017", "order"),
        ("packge p { }", "E0007", "did you mean `package`"),
    ] {
        let found = parse(text).diagnostics;
        let [one] = found.as_slice() else {
            panic!("{text}\n{found:#?}")
        };
        assert_eq!(one.code, code, "{text}");
        let said = one.hint.as_deref().unwrap_or_default();
        assert!(said.contains(hint), "{text}\n{said}");
    }
}

#[test]
fn numbers_are_levels_of_formulas_too() {
    for text in [
        "a >= -2.5",
        "a is 1/3",
        "not a < 4 and b is c",
        "a is not 0",
    ] {
        assert_eq!(
            detente_syntax::parse_formula(text).unwrap().to_string(),
            text
        );
    }
    assert!(detente_syntax::parse_formula("a >= 1/0").is_err());
    assert!(detente_syntax::parse_formula("a >= -").is_err());
}

#[test]
fn json_takes_numbers_that_are_numbers() {
    let amount = |text: &str| serde_json::from_str::<Amount>(&format!("\"{text}\""));
    for good in ["0", "-2.5", "2/7", &"9".repeat(40)] {
        assert_eq!(amount(good).unwrap().text, good);
    }
    for bad in [
        "",
        "-",
        ".5",
        "5.",
        "1/0",
        "1/-2",
        "1e5",
        "0x5",
        "+1",
        "1.5/2",
        " 1",
        &"9".repeat(41),
    ] {
        assert!(amount(bad).is_err(), "{bad}");
    }
    let bounds: Quantity = serde_json::from_str("\"1..3.5\"").unwrap();
    assert_eq!(bounds.to_string(), "1 .. 3.5");
}

#[test]
fn an_unknown_weight_and_a_fraction_have_their_colours() {
    let text = "party A { utility { a weight ?: 2/7 } }";
    let parts = highlight(text);
    let class = |word: &str| {
        let at = text.find(word).unwrap();
        let part = parts.iter().find(|(span, _)| span.start == at);
        part.map(|(span, class)| (&text[span.start..span.end], *class))
    };
    assert_eq!(class("weight"), Some(("weight", TokenClass::Keyword)));
    assert_eq!(class("?"), Some(("?", TokenClass::Keyword)));
    assert_eq!(class("2/7"), Some(("2/7", TokenClass::Number)));
}
