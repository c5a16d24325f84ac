//! What is known and when: what resolves to what, and what is refused.

use detente_model::record::{ClaimKind, Effect, Event, Resolution, When};
use detente_model::{OptionId, PartyId, codes as c, resolve};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::record_support::{codes, dated, model, with};

fn event(fields: &Value) -> Value {
    let mut event = json!({ "when": { "on": "2019-01-18" }, "kind": "meeting" });
    for (key, value) in fields.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

fn claim(fields: &Value) -> Value {
    let mut claim = json!({ "name": "c", "by": "author" });
    for (key, value) in fields.as_object().unwrap() {
        claim[key] = value.clone();
    }
    claim
}

fn claims(list: &Value) -> Vec<&'static str> {
    codes(&with(&json!({ "claims": list })))
}

#[test]
fn events_are_sorted_by_their_first_day_and_keep_what_is_said() {
    let document = dated(&json!([
        { "when": { "during": ["2019-02-27", "2019-02-28"] }, "kind": "summit", "name": "hanoi",
          "track": "leaders", "known": "2019-01-19", "chance": { "words": "very likely", "number": "0.9" } },
        { "when": { "on": "last Friday" }, "kind": "meeting", "name": "visit", "track": "leaders",
          "with": ["US", "Biegun"], "cites": [{ "source": "whitehouse" }, { "source": "kcna" }],
          "values": [{ "of": "duration", "value": "nearly two hours", "cites": [{ "source": "article" }] },
                     { "of": "duration", "value": "an hour and half" }] },
        { "when": { "on": "2000-10-10" }, "kind": "precedent", "title": "Jo Myong-rok" },
        { "when": { "by": "2019-12-31" }, "kind": "deadline" },
    ]));
    assert_eq!(codes(&document), [] as [&str; 0]);
    let record = model(&document).record;
    let names: Vec<&str> = record.events.iter().map(Event::display).collect();
    assert_eq!(names, ["Jo Myong-rok", "visit", "hanoi", "deadline"]);
    let visit = &record.events[1];
    assert_eq!(visit.when, When::On(date(2019, 1, 18)));
    assert_eq!(visit.words.as_deref(), Some("last Friday"));
    assert_eq!(
        (&visit.parties[..], &visit.persons[..]),
        (&[PartyId(0)][..], &["Biegun".to_owned()][..])
    );
    assert_eq!(
        visit.known,
        Some(date(2018, 12, 20)),
        "the earliest source counts"
    );
    assert_eq!(visit.values.len(), 2);
    assert!(visit.is_meeting());
    let hanoi = &record.events[2];
    assert_eq!(hanoi.known, Some(date(2019, 1, 19)));
    assert_eq!(
        hanoi.parties.len(),
        2,
        "everybody takes part where nobody is named"
    );
    assert_eq!(
        hanoi.chance.map(|c| (c.used(), c.to_string())),
        Some((900_000, "0.9, very likely (80-95 %)".to_owned()))
    );
    assert!(record.events[0].precedent);
    assert_eq!(
        record.events[0].known,
        Some(date(2000, 10, 10)),
        "its own day, as it is past"
    );
    assert_eq!(record.events[3].known, None);
    let tracks: Vec<&str> = record.tracks.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(
        tracks,
        ["leaders", "working"],
        "agents and meetings name tracks"
    );
    let agents = &model(&document).parties[0].agents;
    assert_eq!(
        (agents[1].track, agents[1].during),
        (Some(1), Some(When::From(date(2018, 8, 23))))
    );
}

#[test]
fn sources_and_pace_are_read() {
    let mut document = with(&json!({}));
    let properties = &mut document.sources[1].properties;
    properties.insert("republishes".to_owned(), "article".to_owned());
    properties.insert("grade".to_owned(), "b2".to_owned());
    properties.insert("holds".to_owned(), "notes".to_owned());
    properties.insert("shelf".to_owned(), "3".to_owned());
    document.parties[0].pace = serde_json::from_value(json!({ "days": "30" })).unwrap();
    let model = model(&document);
    let source = &model.sources[1];
    assert_eq!((source.republishes, source.notes), (Some(0), true));
    assert_eq!(
        source.grade.map(|g| (g.reliability, g.credibility)),
        Some(('B', Some(2)))
    );
    assert_eq!(source.properties["shelf"], "3");
    assert_eq!(model.witness(1), 0);
    assert_eq!(model.parties[0].pace, Some(30_000_000));
    let wrong = |key: &str, value: &str| {
        let mut document = document.clone();
        document.sources[0]
            .properties
            .insert(key.to_owned(), value.to_owned());
        codes(&document)
    };
    assert_eq!(
        wrong("republishes", "whitehouse"),
        [c::BAD_SOURCE],
        "a circle"
    );
    assert_eq!(wrong("republishes", "article"), [c::BAD_SOURCE], "itself");
    assert_eq!(wrong("republishes", "artikel"), [c::BAD_SOURCE]);
    for grade in ["G2", "B7", "B0", "B22", "", "2"] {
        assert_eq!(wrong("grade", grade), [c::BAD_SOURCE], "{grade}");
    }
    assert_eq!(wrong("holds", "nothing"), [c::BAD_SOURCE]);
    for days in ["0", "-3", "1/2000000"] {
        document.parties[0].pace = serde_json::from_value(json!({ "days": days })).unwrap();
        assert_eq!(codes(&document), [c::BAD_PACE], "{days}");
    }
}

#[test]
fn a_circle_of_republications_is_told_once() {
    let mut document = with(&json!({}));
    for (from, to) in [
        (0, "whitehouse"),
        (1, "kcna"),
        (2, "article"),
        (3, "article"),
    ] {
        document.sources[from]
            .properties
            .insert("republishes".to_owned(), to.to_owned());
    }
    let found = resolve(&document).diagnostics;
    assert_eq!(
        found.iter().filter(|d| d.code == c::BAD_SOURCE).count(),
        1,
        "{found:?}"
    );
}

#[test]
fn effects_name_options_levels_and_tracks() {
    let document = dated(&json!([event(
        &json!({ "when": { "on": "2019-05-01" }, "effects": [
            { "sets": ["US.drills is calibrate", "not US.relief"] },
            { "opens": ["relief"] },
            { "mandate": { "track": "working", "binds": { "options": ["US.relief"] } } },
            { "mandate": { "track": "working", "binds": "all" } },
        ] })
    ),]));
    let effects = model(&document).record.events[0].effects.clone();
    assert_eq!(
        effects[0],
        Effect::Sets(vec![(OptionId(2), 1), (OptionId(0), 0)])
    );
    assert_eq!(effects[1], Effect::Opens(vec![OptionId(0)]));
    assert_eq!(
        effects[2],
        Effect::Mandate {
            track: 1,
            binds: Some(vec![OptionId(0)])
        }
    );
    assert_eq!(
        effects[3],
        Effect::Mandate {
            track: 1,
            binds: None
        }
    );
    for (effect, code) in [
        (json!({ "sets": ["US.releif"] }), c::UNKNOWN_OPTION),
        (json!({ "sets": ["US.drills"] }), c::NEEDS_LEVEL),
        (
            json!({ "default": ["US.relief", "not US.relief"] }),
            c::CONTRADICTORY_SETTING,
        ),
        (json!({ "closes": ["nothing"] }), c::UNKNOWN_OPTION),
        (json!({ "sets_state": "5" }), c::UNKNOWN_STATE),
        (
            json!({ "mandate": { "track": "wrking", "binds": "nothing" } }),
            c::UNKNOWN_TRACK,
        ),
        (
            json!({ "change": { "never": { "formula": "US.relief" } } }),
            c::BAD_EFFECT,
        ),
        (
            json!({ "change": { "status_quo": { "state": "1" } } }),
            c::BAD_EFFECT,
        ),
        (
            json!({ "change": { "hide": ["US.relief"] } }),
            c::BAD_EFFECT,
        ),
        (
            json!({ "change": { "direction": { "direction": "only-on", "options": ["US.x"] } } }),
            c::UNKNOWN_OPTION,
        ),
        (
            json!({ "change": { "preferences": { "party": "US", "edit": { "edit": [{ "settle": { "name": "hing" } }] } } } }),
            c::UNKNOWN_TARGET,
        ),
    ] {
        for day in ["2019-01-18", "2019-05-01"] {
            let document = dated(&json!([event(
                &json!({ "when": { "on": day }, "effects": [effect] })
            )]));
            assert_eq!(codes(&document), [code], "{effect} on {day}");
        }
    }
}

#[test]
fn what_cannot_be_in_a_calendar_is_refused() {
    for (fields, code) in [
        (
            json!({ "when": { "during": ["2019-01-21", "2019-01-19"] } }),
            c::BACKWARDS,
        ),
        (json!({ "when": { "on": "2019-02-30" } }), c::BAD_DATE),
        (json!({ "when": { "on": "some day" } }), c::DAY_IN_WORDS),
        (json!({ "known": "this month" }), c::DAY_IN_WORDS),
        (json!({ "with": ["USA"] }), c::UNKNOWN_PERSON),
        (
            json!({ "chance": { "words": "likely", "number": "0.3" } }),
            c::WORD_AND_NUMBER,
        ),
        (json!({ "cites": [{ "source": "paper" }] }), c::KNOWN_LATER),
        (
            json!({ "cites": [{ "source": "nobody" }] }),
            c::UNKNOWN_SOURCE,
        ),
        (
            json!({ "kind": "precedent", "effects": [{ "opens": ["relief"] }] }),
            c::IDLE_EFFECT,
        ),
        (
            json!({ "chance": { "number": "0.7" }, "effects": [{ "sets": ["US.relief"] }] }),
            c::STILL_LIKELY,
        ),
    ] {
        assert_eq!(codes(&dated(&json!([event(&fields)]))), [code], "{fields}");
    }
    let twice = json!([
        event(&json!({ "name": "a" })),
        event(&json!({ "name": "a" }))
    ]);
    assert_eq!(codes(&dated(&twice)), [c::DUPLICATE_NAME]);
    let mut document = dated(&json!([event(&json!({ "when": { "on": "last Friday" } }))]));
    document.as_of = None;
    assert_eq!(codes(&document), [c::DAY_IN_WORDS]);
}

#[test]
fn tracks_are_looked_up() {
    let track = |fields: &Value| {
        let mut track = json!({ "name": "leaders" });
        for (key, value) in fields.as_object().unwrap() {
            track[key] = value.clone();
        }
        with(&json!({ "tracks": [track, { "name": "working" }] }))
    };
    let document = track(&json!({ "binds": { "options": ["US.relief"] }, "hands_to": "working" }));
    let tracks = model(&document).record.tracks;
    assert_eq!(
        (tracks[0].binds.clone(), tracks[0].hands_to),
        (Some(vec![OptionId(0)]), Some(1))
    );
    assert_eq!(
        codes(&track(&json!({ "hands_to": "wrking" }))),
        [c::UNKNOWN_TRACK]
    );
    assert_eq!(
        codes(&track(&json!({ "hands_to": "leaders" }))),
        [c::UNKNOWN_TRACK]
    );
    assert_eq!(
        codes(&track(&json!({ "name": "working" }))),
        [c::DUPLICATE_NAME, c::UNDECLARED_TRACK]
    );
    let one = with(&json!({ "tracks": [{ "name": "leaders" }] }));
    assert_eq!(
        codes(&one),
        [c::UNDECLARED_TRACK],
        "working is named by an agent alone"
    );
}

#[test]
fn claims_have_their_kinds_and_refer_to_each_other() {
    let document = with(&json!({
        "calendar": [{ "when": { "on": "2019-02-27" }, "kind": "summit", "name": "hanoi", "known": "2019-01-19" }],
        "references": [{ "name": "deadline", "chance": "0.15 .. 1/3", "classes": ["small deal"] }],
        "claims": [
            { "name": "summit", "by": "author", "likelihood": { "words": "likely" }, "reference": "deadline",
              "window": { "between": ["2019-02-15", "2019-03-05"] }, "resolves": { "event": "hanoi" },
              "cites": [{ "source": "article" }] },
            { "name": "vague", "by": "author", "condition": { "state": "not class \"small deal\"" },
              "resolves": { "no_event": "hanoi" } },
            { "name": "ffvd", "by": "US" },
            { "name": "no_ffvd", "by": "author", "denies": "ffvd" },
            { "name": "focus", "by": "author", "advice": true },
            { "name": "how", "by": "analyst", "graded": [
                { "outcome": "no text", "probability": "0.3" }, { "outcome": "vague text", "probability": "0.7" }],
              "outcome": { "verdict": { "grade": "no text" } } },
        ],
    }));
    assert_eq!(codes(&document), [] as [&str; 0]);
    let record = model(&document).record;
    let kinds: Vec<ClaimKind> = record.claims.iter().map(|c| c.kind).collect();
    assert_eq!(
        kinds,
        [
            ClaimKind::Forecast,
            ClaimKind::Conditional,
            ClaimKind::Assertion,
            ClaimKind::Denial,
            ClaimKind::Advice,
            ClaimKind::Forecast
        ]
    );
    let summit = &record.claims[0];
    assert_eq!(summit.resolves, Some(Resolution::Event(0)));
    assert_eq!(summit.said, Some(date(2019, 1, 20)));
    assert_eq!(summit.reference, Some(0));
    assert_eq!(
        summit.chance.map(|c| (c.used(), c.is_assumed())),
        Some((675_000, true))
    );
    assert_eq!(record.claims[3].denies, Some(2));
    let reference = &record.references[0];
    assert_eq!(
        (reference.least, reference.most, &reference.classes[..]),
        (150_000, 333_334, &[0][..])
    );
}

#[test]
fn claims_that_do_not_go_together_are_refused() {
    let grade = |name: &str, p: &str| json!({ "outcome": name, "probability": p });
    for (fields, code) in [
        (json!({ "denies": "c" }), c::BAD_CLAIM),
        (json!({ "denies": "d" }), c::UNKNOWN_CLAIM),
        (
            json!({ "condition": { "state": "US.relief" } }),
            c::BAD_CLAIM,
        ),
        (
            json!({ "condition": { "state": "US.releif" }, "resolves": { "state": "US.relief" } }),
            c::UNKNOWN_OPTION,
        ),
        (
            json!({ "resolves": { "event": "hanoi" } }),
            c::UNKNOWN_EVENT,
        ),
        (json!({ "reference": "deadline" }), c::UNKNOWN_REFERENCE),
        (
            json!({ "likelihood": { "words": "likely" }, "window": { "by": "2019-03-05" } }),
            c::UNRESOLVED,
        ),
        (
            json!({ "graded": [grade("a", "0.5"), grade("b", "0.4")] }),
            c::BAD_GRADES,
        ),
        (
            json!({ "graded": [grade("a", "0.5"), grade("a", "0.5")] }),
            c::BAD_GRADES,
        ),
        (json!({ "graded": [grade("a", "1")] }), c::BAD_GRADES),
        (
            json!({ "graded": [grade("a", "0.5"), grade("b", "0.5")], "outcome": { "verdict": { "grade": "c" } } }),
            c::BAD_GRADES,
        ),
        (
            json!({ "graded": [grade("a", "0.5"), grade("b", "0.5")], "outcome": { "verdict": "yes" } }),
            c::BAD_CLAIM,
        ),
        (
            json!({ "outcome": { "verdict": { "grade": "c" } } }),
            c::BAD_GRADES,
        ),
        (json!({ "said": "2019-02-01" }), c::KNOWN_LATER),
        (
            json!({ "outcome": { "verdict": "no", "on": "2019-03-01" } }),
            c::KNOWN_LATER,
        ),
        (
            json!({ "title": "A summit may take place" }),
            c::ESTIMATIVE_WORDS,
        ),
    ] {
        assert_eq!(claims(&json!([claim(&fields)])), [code], "{fields}");
    }
    assert_eq!(
        claims(&json!([claim(&json!({})), claim(&json!({}))])),
        [c::DUPLICATE_NAME]
    );
    let said = |words: &str| {
        json!({ "likelihood": { "words": words }, "window": { "by": "2019-03-05" },
        "resolves": { "state": "US.relief" } })
    };
    let mut other = claim(&said("probable"));
    other["name"] = json!("d");
    assert_eq!(
        claims(&json!([claim(&said("likely")), other])),
        [c::ESTIMATIVE_WORDS]
    );
    for chance in ["1.5", "-0.1", "0.3 .. 0.2", "1/0.5"] {
        let references = json!([{ "name": "r", "chance": chance }]);
        let Ok(document) = serde_json::from_value::<detente_model::syntax::ast::Document>(
            json!({ "parties": [{ "name": "A" }], "references": references }),
        ) else {
            continue;
        };
        assert!(codes(&document).contains(&c::BAD_FREQUENCY), "{chance}");
    }
}

/// The language has no other words; a document that is put together otherwise may.
#[test]
fn words_that_say_no_degree_are_refused() {
    let likely = claim(
        &json!({ "likelihood": { "words": "likely" }, "window": { "by": "2019-03-05" },
        "resolves": { "state": "US.relief" } }),
    );
    let document = with(&json!({ "claims": [likely] }));
    for words in [Some("liekly"), Some("possible"), None] {
        let mut document = document.clone();
        let said = document.claims[0].likelihood.as_mut().unwrap();
        said.words = words.map(str::to_owned);
        assert_eq!(codes(&document), [c::BAD_LIKELIHOOD], "{words:?}");
    }
}

#[test]
fn commitments_name_parties_terms_and_conditions() {
    let document = with(&json!({
        "terms": [{ "name": "denuclearised", "means": { "formula": "DPRK.declare" } }],
        "commitments": [{
            "name": "singapore4", "by": ["DPRK"], "on": "2018-06-12", "terms": ["denuclearised"],
            "texts": [{ "text": "work toward complete denuclearization" }],
            "readings": [{ "party": "DPRK", "formula": "US.relief", "cites": [{ "source": "article" }] },
                         { "party": "DPRK", "formula": "declare", "cites": [{ "source": "kcna" }] }],
            "kept": "DPRK.yongbyon and DPRK.declare",
        }],
    }));
    let record = model(&document).record;
    let found = &record.commitments[0];
    assert_eq!(
        (&found.by[..], &found.to[..]),
        (&[PartyId(1)][..], &[PartyId(0)][..])
    );
    assert_eq!(
        (found.on, &found.terms[..]),
        (Some(date(2018, 6, 12)), &[0][..])
    );
    assert_eq!(found.readings.len(), 2);
    assert_eq!(
        found.kept.as_ref().map(|k| k.text.as_str()),
        Some("DPRK.yongbyon and DPRK.declare")
    );
    for (fields, code) in [
        (json!({ "name": "x", "by": ["RPDK"] }), c::UNKNOWN_PARTY),
        (
            json!({ "name": "x", "by": ["DPRK"], "terms": ["peace"] }),
            c::UNKNOWN_TERM,
        ),
        (
            json!({ "name": "x", "by": ["DPRK"], "kept": "class \"peace\"" }),
            c::UNKNOWN_CLASS,
        ),
        (
            json!({ "name": "x", "by": ["DPRK"], "on": "last summer" }),
            c::DAY_IN_WORDS,
        ),
    ] {
        assert_eq!(
            codes(&with(&json!({ "commitments": [fields] }))),
            [code],
            "{fields}"
        );
    }
}
