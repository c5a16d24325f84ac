use detente_syntax::ast::*;
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
    assert_eq!(document.issues.len(), 4);
    assert_eq!(document.packages.len(), 1);
    assert_eq!(document.facts.len(), 2);
}

#[test]
fn what_is_known_and_when_is_read() {
    let document = parse(TEXT).document;
    assert_eq!(document.tracks.len(), 2);
    assert_eq!(document.tracks[0].binds, None);
    let Some(Mandate::Options(bound)) = &document.tracks[1].binds else {
        panic!()
    };
    assert_eq!(bound.len(), 2);
    assert_eq!(document.tracks[1].hands_to, Some(Name::new("leaders")));
    assert_eq!(document.references[0].classes, ["small deal", "big deal"]);
    assert_eq!(document.references[0].chance.to_string(), "0.15 .. 0.20");

    let events = &document.calendar;
    let kinds: Vec<&str> = events.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "precedent",
            "meeting",
            "talks",
            "summit",
            "statement",
            "talks",
            "change",
            "change",
            "deadline"
        ]
    );
    assert!(
        matches!(&events[1].when, When::On(day) if day.is_words() && day.text == "last Friday")
    );
    assert_eq!(events[1].with, [Name::new("US"), Name::new("DPRK")]);
    assert_eq!(events[1].values.len(), 2);
    assert_eq!(
        &TEXT[events[1].place.0.start..events[1].place.0.end],
        "\"last Friday\" meeting visit \"Kim Yong-chol in Washington\" at leaders with US, DPRK [scmp ¶1]"
    );
    assert!(matches!(events[3].when, When::During(..)));
    assert_eq!(events[3].name, Some(Name::new("hanoi")));
    assert_eq!(events[3].track, Some(Name::new("leaders")));
    assert_eq!(events[3].known.as_ref().unwrap().text, "2019-02-05");
    let likely = events[3].chance.as_ref().unwrap();
    assert_eq!(likely.words.as_deref(), Some("likely"));
    assert_eq!(likely.number.as_deref(), Some("0.9"));
    let [
        Effect::Change(Change::Preferences { edit, .. }),
        Effect::Change(Change::Direction { .. }),
    ] = events[4].effects.as_slice()
    else {
        panic!("{:?}", events[4].effects)
    };
    let PreferenceEdit::Edit(edits) = edit else {
        panic!()
    };
    assert!(matches!(edits.as_slice(), [StatementEdit::Settle(_)]));
    assert!(matches!(events[5].when, When::Between(..)));
    assert!(matches!(events[5].effects[0], Effect::Mandate { .. }));
    assert!(events[6].is_bare_change() && matches!(events[6].effects[0], Effect::Default(_)));
    assert!(matches!(events[7].effects[0], Effect::Opens(_)));
    assert!(matches!(events[8].when, When::By(_)));

    let commitment = &document.commitments[0];
    assert_eq!(commitment.by, [Name::new("DPRK")]);
    assert_eq!(commitment.to, [Name::new("US")]);
    assert_eq!(commitment.on.as_ref().unwrap().text, "2018-06-12");
    assert_eq!(commitment.texts[0].cites[0].locator.as_deref(), Some("¶5"));
    assert_eq!(commitment.quoted.len(), 1);
    assert_eq!(commitment.terms, [Name::new("denuclearised")]);
    assert_eq!(commitment.readings.len(), 2);
    assert!(commitment.kept.is_some());

    let [summit, vague, denied, focus, result] = document.claims.as_slice() else {
        panic!()
    };
    assert_eq!(summit.by.as_str(), "WhiteHouse");
    assert_eq!(summit.said.as_ref().unwrap().text, "2019-01-18");
    assert_eq!(
        summit.likelihood.as_ref().unwrap().number.as_deref(),
        Some("0.7")
    );
    assert_eq!(summit.worded.len(), 1);
    assert!(matches!(summit.window, Some(When::Between(..))));
    assert_eq!(summit.resolves, Some(Resolution::Event(Name::new("hanoi"))));
    assert_eq!(summit.reference, Some(Name::new("deadline")));
    let outcome = summit.outcome.as_ref().unwrap();
    assert_eq!(outcome.verdict, Came::Yes);
    assert_eq!(outcome.because.as_deref(), Some("it was held"));
    assert!(matches!(vague.condition, Some(Resolution::State(_))));
    assert!(matches!(vague.resolves, Some(Resolution::State(_))));
    assert!(matches!(vague.window, Some(When::By(_))));
    assert_eq!(denied.denies, Some(Name::new("ffvd")));
    assert!(focus.advice);
    assert_eq!(result.graded.len(), 2);
    assert_eq!(result.graded[1].outcome, "vague text");
    assert!(matches!(result.window, Some(When::By(_))));
}
