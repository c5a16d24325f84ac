use detente_syntax::ast::{Certainty, Direction, FormulaKind, Preferences, Strength};
use detente_syntax::parse;

const TEXT: &str = include_str!("../data/founding.detente");

#[test]
fn the_founding_case_is_read_without_errors() {
    let parse = parse(TEXT);
    assert_eq!(parse.diagnostics, []);
    assert_eq!(parse.tree().text().to_string(), TEXT);
    let document = parse.document;
    assert_eq!(document.as_of.unwrap().text, "2019-01-20");
    let names: Vec<&str> = document.sources.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["scmp", "singapore", "biegun-2019", "ri-2019-02-28"]);
    let pairs: Vec<_> = document.sources[1].properties.iter().collect();
    assert_eq!(pairs.len(), 2);
    assert_eq!(document.sources[1].properties["kind"], "treaty-text");
    assert_eq!(document.parties.len(), 3);
    let us = &document.parties[0];
    assert_eq!(
        &TEXT[us.place.0.start..us.place.0.end],
        "party US \"United States\""
    );
    assert_eq!(us.agents.len(), 3);
    assert_eq!(us.agents[2].track.as_ref().unwrap().as_str(), "working");
    assert_eq!(us.options[2].direction, Direction::OnlyOn);
    let levels: Vec<&str> = us.options[3]
        .levels
        .iter()
        .map(detente_syntax::ast::Name::as_str)
        .collect();
    assert_eq!(levels, ["hold", "calibrate", "cancel"]);
    let Some(Preferences::Statements(statements)) = &us.preferences else {
        panic!()
    };
    assert_eq!(statements.len(), 9);
    assert!(matches!(
        statements[1].formula.kind,
        FormulaKind::Unless(..)
    ));
    assert_eq!(statements[3].certainty, Certainty::Maybe);
    let cites: Vec<_> = statements[5]
        .cites
        .iter()
        .map(|c| (c.source.as_str(), c.locator.as_deref(), c.quote.as_deref()))
        .collect();
    assert_eq!(
        cites,
        [("scmp", Some("¶8"), None), ("scmp", Some("¶13"), None)]
    );
    let place = statements[3].place.0;
    assert_eq!(
        &TEXT[place.start..place.end],
        "maybe: not relief unless DPRK.declare"
    );
    let Some(Preferences::Statements(statements)) = &document.parties[1].preferences else {
        panic!()
    };
    assert_eq!(statements[2].label.as_ref().unwrap().as_str(), "hinge");
    assert_eq!(
        statements[3].certainty,
        Certainty::Probability("0.4".into())
    );
    assert_eq!(statements[3].strength, Strength::STRONG);
    assert!(statements[4].either_order);
    assert_eq!(document.never.len(), 2);
    assert!(document.never[0].because.is_some());
    assert_eq!(document.when.len(), 1);
    assert_eq!(document.classes.len(), 4);
    assert!(document.status_quo.is_some());
    assert_eq!(document.variants.len(), 1);
    assert_eq!(document.views.len(), 1);
    assert_eq!(document.views[0].viewer.as_str(), "DPRK");
    assert_eq!(document.views[0].changes.len(), 1);
    let kept: Vec<&str> = document.kept.iter().map(|k| k.construct.as_str()).collect();
    assert_eq!(kept, ["calendar", "claim", "claim"]);
    assert_eq!(document.issues.len(), 4);
    assert_eq!(document.packages.len(), 1);
    assert_eq!(document.facts.len(), 2);
    assert!(document.kept[1].text.contains("resolves when summit held"));
}
