//! The calendar, tracks, commitments and claims: what is read.

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
    use TokenClass::{Keyword, Name, Number, Operator, String};
    let text = "calendar {\n  by 2019-01-01 deadline by \"x\" at at_ { very likely 0.9 }\n}\n";
    let parts: Vec<(&str, TokenClass)> = highlight(text)
        .into_iter()
        .map(|(s, class)| (&text[s.start..s.end], class))
        .collect();
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
