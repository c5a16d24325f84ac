//! Back-tests: nothing that became known later is left, and nothing that was known is lost.

use std::collections::BTreeMap;

use detente_model::as_of::as_of;
use detente_model::model::Preferences;
use detente_model::syntax::ast::Document;
use detente_model::syntax::{parse, print};
use detente_model::{Model, codes, json, resolve};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;

fn read(text: &str) -> Document {
    let parsed = parse(text);
    let wrong = parsed.diagnostics.iter().map(|d| {
        let span = d.primary.as_ref().map(|l| l.span).unwrap_or_default();
        let line = text[..span.start].lines().count();
        format!(
            "line {line}: {}: {}",
            d.message,
            text.lines().nth(line.saturating_sub(1)).unwrap_or_default()
        )
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [String; 0]);
    parsed.document
}

fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:#?}", resolved.diagnostics))
}

fn season() -> Document {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../cases/diplomacy/us-dprk-2019/season.detente"
    );
    read(&std::fs::read_to_string(path).unwrap())
}

fn hinge(model: &Model) -> Option<bool> {
    let Preferences::Statements(list) = &model.parties[0].preferences else {
        return None;
    };
    let hinge = list.iter().find(|s| s.label.as_deref() == Some("hinge"));
    hinge.map(|s| s.certainty.is_certain())
}

#[test]
fn the_season_as_it_was_known_in_january() {
    let full = season();
    assert_eq!(hinge(&model(&full)), Some(true), "the paper settles it");
    let (known, hidden) = as_of(&full, date(2019, 1, 20));
    let then = model(&known);
    assert_eq!(then.as_of, Some(date(2019, 1, 20)));
    assert_eq!(hinge(&then), Some(false), "in January it was not settled");
    nothing_later(&known, date(2019, 1, 20));
    let events: Vec<&str> = then
        .record
        .events
        .iter()
        .filter_map(|e| e.name.as_deref())
        .collect();
    assert!(
        events.contains(&"second") && !events.contains(&"hanoi"),
        "{events:?}"
    );
    assert!(then.record.claims.iter().all(|c| c.outcome.is_none()));
    assert_eq!(then.status_quo, model(&known).status_quo);
    let names: Vec<&str> = hidden.iter().map(|h| h.what.as_str()).collect();
    assert!(
        names.contains(&"source stanford") && names.contains(&"event \"Hanoi\""),
        "{names:?}"
    );
    assert!(names.contains(&"person KimHyokChol of DPRK"), "{names:?}");
    assert!(hidden.iter().all(|h| h.known > date(2019, 1, 20)));
    assert!(
        !resolve(&known)
            .diagnostics
            .iter()
            .any(|d| d.code == codes::KNOWN_LATER)
    );
    let (whole, none) = as_of(&full, date(2019, 6, 1));
    assert_eq!(
        (&whole, none.len()),
        (&full, 0),
        "a later day brings nothing"
    );
}

#[test]
fn who_leads_the_talks_is_known_from_its_day() {
    let full = season();
    let people = |day| -> Vec<String> {
        let model = model(&as_of(&full, day).0);
        model.parties[1]
            .agents
            .iter()
            .map(|a| a.name.clone())
            .collect()
    };
    assert_eq!(people(date(2019, 1, 20)), ["Kim", "KimYongChol", "Choe"]);
    assert_eq!(
        people(date(2019, 2, 21)),
        ["Kim", "KimYongChol", "Choe", "KimHyokChol"]
    );
}

#[test]
fn words_for_days_stay_where_they_were() {
    let full = read(
        "as of 2019-01-27
         party A { option x; prefers { x } }
         calendar { \"last Friday\" meeting visit { known \"two weeks ago\" }
           \"this month\" talks at working { known 2019-01-02 } }
         claim c by author said \"the day before yesterday\" { by \"the end of the month\" }",
    );
    let (known, _) = as_of(&full, date(2019, 1, 26));
    let record = model(&known).record;
    let same = model(&full).record;
    let days = |r: &detente_model::record::Record| {
        r.events
            .iter()
            .map(|e| (e.when, e.known))
            .collect::<Vec<_>>()
    };
    assert_eq!(days(&record), days(&same));
    assert_eq!(
        (record.claims[0].said, record.claims[0].window),
        (same.claims[0].said, same.claims[0].window)
    );
}

#[test]
fn an_announced_event_keeps_its_plan_and_loses_its_outcome() {
    let full = read(
        "as of 2019-03-05
         source dates { date 2019-02-05 }
         source post { date 2019-02-28 }
         party A { option x; option y; prefers { x; y } }
         calendar {
           2019-02-27 .. 2019-02-28 summit hanoi at leaders [dates, post] {
             where \"Hanoi\" [dates]
             wording \"no joint statement\" [post]
             duration \"two days\"
             sets A.x
             closes A.y
           }
           2019-03-04 change { known 2019-02-01; default A.y }
           2019-04-01 decision later [dates] { sets A.y }
         }",
    );
    let (known, _) = as_of(&full, date(2019, 2, 10));
    let record = model(&known).record;
    let hanoi = &record.events[0];
    assert_eq!(
        hanoi
            .values
            .iter()
            .map(|v| v.of.as_str())
            .collect::<Vec<_>>(),
        ["where"]
    );
    assert_eq!(
        (hanoi.effects.len(), hanoi.cites.len()),
        (1, 1),
        "what is closed was announced"
    );
    assert_eq!(record.events[1].effects.len(), 1, "a default is a plan");
    assert_eq!(
        record.events[2].effects.len(),
        1,
        "so is what happens of itself after the day of the text"
    );
}

#[test]
fn what_leads_to_something_hidden_goes_too() {
    let full = read(
        "as of 2019-03-05
         source late { date 2019-03-01 }
         party A {
           option x
           candidate one 0.4 { prefers { x } }
           candidate two 0.6 [late] { prefers { not x } }
         }
         party B { option z; prefers { label: z [late]; A.x; term peace } }
         term peace { B reads z [late] }
         issues { price: 0 .. 3 by 1 }
         package offer [late] { price 1 }
         fact A accepts offer
         in the eyes of A { B prefers { drop label } }
         variant v { B prefers { swap label and \"A.x\" }; irreversible A.x }
         calendar {
           2019-03-02 talks hidden [late]
           2019-01-02 change past { B prefers { move label last } }
         }
         claim open by author said 2019-01-01 { by 2019-03-05; resolves when event hidden }
         claim only by author said 2019-01-01 { if event hidden; then A.x }
         claim nay by author said 2019-01-01 { denies late_claim }
         claim late_claim by author said 2019-03-02",
    );
    assert!(
        resolve(&full).model.is_some(),
        "{:?}",
        resolve(&full).diagnostics
    );
    let (known, hidden) = as_of(&full, date(2019, 1, 20));
    let then = model(&known);
    assert_eq!(
        then.record
            .claims
            .iter()
            .map(|c| c.name.as_str())
            .collect::<Vec<_>>(),
        ["open", "nay"]
    );
    assert_eq!(
        (
            then.record.claims[0].resolves.is_none(),
            then.record.claims[1].denies
        ),
        (true, None)
    );
    assert_eq!(then.parties[0].candidates.len(), 1);
    assert_eq!(known.facts.len() + known.packages.len(), 0);
    assert_eq!(known.variants[0].changes.len(), 1);
    assert_eq!(known.views[0].changes.len(), 0);
    let Preferences::Statements(list) = &then.parties[1].preferences else {
        panic!("statements")
    };
    assert_eq!(
        list.iter()
            .map(|s| s.condition.text.as_str())
            .collect::<Vec<_>>(),
        ["A.x"]
    );
    assert!(hidden.len() >= 10, "{hidden:?}");
}

/// Walks through the JSON form: no source is later, and no date but those of plans.
fn nothing_later(known: &Document, day: Date) {
    let value = serde_json::to_value(known).unwrap();
    let dates: BTreeMap<String, Date> = value["sources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| {
            let date = s["properties"]["date"].as_str()?.parse().ok()?;
            Some((s["name"].as_str()?.to_owned(), date))
        })
        .collect();
    assert!(dates.values().all(|d| *d <= day), "{dates:?}");
    let names: Vec<&str> = value["sources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| s["name"].as_str())
        .collect();
    walk(&value, &mut Vec::new(), &mut |path, text| {
        if path
            .last()
            .is_some_and(|p| *p == "source" || *p == "republishes")
        {
            assert!(names.contains(&text), "{text} at {path:?}");
        }
        let plan = path.contains(&"window") || path.contains(&"when");
        if let Ok(found) = text.parse::<Date>()
            && text.len() == 10
        {
            assert!(plan || found <= day, "{text} at {path:?}");
        }
    });
}

fn walk<'v>(value: &'v Value, path: &mut Vec<&'v str>, visit: &mut impl FnMut(&[&str], &str)) {
    match value {
        Value::String(text) => visit(path, text),
        Value::Array(list) => list.iter().for_each(|v| walk(v, path, visit)),
        Value::Object(fields) => {
            for (key, value) in fields {
                path.push(key);
                walk(value, path, visit);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Everything that can cite; `@` is replaced by citations.
const EVERYTHING: &str = "
as of 2019-07-01
party A \"The first\" @ {
  speaks through Ann at leaders @
  speaks through Abe at working from 2019-03-10 @
  speaks through Ada at working until 2019-04-10 @
  acts every 30 days @
  option x @
  option y @
  attitude toward B positive @
  prefers { a1: x @; maybe a2: B.z @; a3: y @; a4: term peace @ }
  utility { price: 0 at 0, 1 at 3 @; 2: price >= 2 @; reservation 1 @ }
  ratifier hawks @ { price: 1 at 0, 0 at 3 @ }
}
party B @ {
  option z @
  candidate one 0.5 @ { prefers { z @; A.x @ } }
  candidate two 0.5 @ { weights { 2: z @; 1: not z @ } }
}
party C { option w; weights { 2: w @; 1: A.x @ } }
never A.x and A.y and B.z @
when A.x then not C.w @
no move by A from A.x to A.y @
state one { A.x } @
class \"deal\" when A.x and B.z @
class \"other\" otherwise @
term peace \"peace\" @ { stated in s2 \"words\" @; means A.x @; A reads x and y @; communicated by A to B @ }
status quo { A.y }
issues { price: 0 .. 3 by 1 @; never price is 3 @ }
package offer @ { price 1 }
package other @ { price 2 }
fact A accepts offer @
fact A prefers offer to other @
agreed { A.x when price >= 1 @ }
in the eyes of B @ { A prefers { drop a1; insert C.w before a2 @ } ; in the eyes of A @ { C weights { 1: w @ } } }
variant v { A prefers { swap a1 and a2 } ; A prefers { x @; y @ } @ ; never A.y @ ; term peace { B reads z @ } }
variant u extends v { irreversible A.x; without never A.x and A.y and B.z }
track leaders \"Leaders\" binds all @
track working binds A.x hands to leaders @
calendar {
  2018-10-10 precedent old @
  2019-01-10 meeting first at leaders with A, Ann @ { duration \"one\" @; duration \"two\" @ }
  2019-02-10 .. 2019-04-12 talks second at working @ { sets A.x; A prefers { settle a2 } }
  2019-04-20 summit third at leaders @ { known 2019-03-20; replaces fourth; where \"here\" @; B prefers { z @ } @ }
  between 2019-04-01 and 2019-06-01 summit fourth @ { likely }
  2019-05-20 decision fifth @ { sets not A.x; irreversible A.y; opens C.w }
  2019-08-01 decision sixth @ { sets A.y }
  by 2019-12-31 deadline seventh @
}
commitment words \"Words\" by A to B on 2018-06-12 @ { text \"we will\" @; quoted \"we\" @; term peace; A reads x @; B reads z @; kept when A.x }
commitment late by B on 2019-04-02 @ { text \"yes\" @ }
reference base \"Base\" 0.1 .. 0.2 for class \"deal\" @
claim one \"It comes\" by author said 2019-01-05 @ { likely; worded \"will\" @; by 2019-06-01; resolves when event third; reference base; outcome yes on 2019-04-20 @ }
claim two by author @ { if event fourth; then A.x; by 2019-06-01; outcome no @ }
claim three by author said 2019-03-03 @ { denies one }
claim four by A @ { graded \"no\" 0.4, \"yes\" 0.6; by 2019-05-01; outcome \"no\" on 2019-05-01 }
";

fn everything(cites: &[Vec<usize>], dates: &[Option<u8>]) -> String {
    let mut text = String::new();
    let mut sources = String::new();
    for (index, month) in dates.iter().enumerate() {
        let date = month
            .map(|m| format!("date 2019-{m:02}-15  "))
            .unwrap_or_default();
        let repeats = if index == 3 { "republishes s0" } else { "" };
        sources += &format!("source s{index} {{ {date}kind note  {repeats} }}\n");
    }
    let mut next = cites.iter().cycle();
    for part in EVERYTHING.split('@') {
        text += part;
        let cited: Vec<String> = next
            .next()
            .unwrap()
            .iter()
            .map(|s| format!("s{s}"))
            .collect();
        if !cited.is_empty() && text.len() < usize::MAX {
            text += &format!("[{}]", cited.join(", "));
        }
    }
    // The last part has no place for a citation.
    let end = text.rfind('}').unwrap();
    text.truncate(end + 1);
    text.replacen(
        "as of 2019-07-01\n",
        &format!("as of 2019-07-01\n{sources}"),
        1,
    )
}

#[test]
fn the_example_of_everything_is_in_order() {
    for cites in [vec![], vec![0, 1]] {
        let full = read(&everything(&[cites], &[None; 5]));
        assert!(
            resolve(&full).model.is_some(),
            "{:?}",
            resolve(&full).diagnostics
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn nothing_later_is_left_and_days_can_be_taken_in_steps(
        cites in prop::collection::vec(prop::collection::vec(0_usize..5, 0..3), 97),
        dates in prop::collection::vec(prop::option::weighted(0.8, 1_u8..=6), 5),
        first in 1_i8..=6, second in 1_i8..=6,
    ) {
        let text = everything(&cites, &dates);
        let full = read(&text);
        prop_assert!(resolve(&full).model.is_some(), "{:?}\n{text}", resolve(&full).diagnostics);
        let (late, early) = (date(2019, first.max(second), 20), date(2019, first.min(second), 20));
        let (known, _) = as_of(&full, late);
        let (earlier, hidden) = as_of(&full, early);
        nothing_later(&known, late);
        nothing_later(&earlier, early);
        prop_assert_eq!(&as_of(&known, early).0, &earlier, "in two steps");
        prop_assert_eq!(as_of(&earlier, early), (earlier.clone(), Vec::new()));
        for h in &hidden {
            prop_assert!(h.known > early, "{:?}", h);
        }
        let resolved = resolve(&earlier);
        prop_assert!(resolved.model.is_some(), "{:?}\n{}", resolved.diagnostics, print(&earlier));
        prop_assert_eq!(&json::from_json(&json::to_json(&earlier)).unwrap(), &earlier);
        // What has no later source is still there: the rules and statements, counted by hand.
        let later = |c: &detente_model::syntax::ast::Citation| {
            let index: usize = c.source.as_str()[1..].parse().unwrap();
            dates[index].is_some_and(|m| date(2019, i8::try_from(m).unwrap(), 15) > early)
        };
        let stays = |cites: &[detente_model::syntax::ast::Citation]| cites.is_empty() || !cites.iter().all(later);
        prop_assert_eq!(earlier.when.len(), full.when.iter().filter(|r| stays(&r.cites)).count());
        prop_assert_eq!(earlier.no_move.len(), full.no_move.iter().filter(|r| stays(&r.cites)).count());
        prop_assert_eq!(earlier.references.len(), full.references.iter().filter(|r| stays(&r.cites)).count());
        let weights = |d: &Document| match &d.parties[2].preferences {
            Some(detente_model::syntax::ast::Preferences::Weights(list)) => list.iter().filter(|w| stays(&w.cites)).count(),
            _ => 0,
        };
        prop_assert_eq!(weights(&earlier), weights(&full));
    }
}
