//! Evidence, contradictions, commitments and the calendar of texts that state both sides.

use detente_analysis::evidence::{
    Asks, ConflictKind, Evidence, Question, Reported, Tense, Verdict, evidence, on_day, timeline,
};
use detente_analysis::{Budget, Game};
use detente_model::Model;
use detente_model::syntax::ast::Document;
use detente_model::{resolve, syntax};
use indexmap::IndexMap;
use proptest::prelude::*;

/// Both sides of the five differences between a commentary and the record of 2018 and 2019.
const SEASON: &str = include_str!("../data/evidence/season.detente");
const ARTICLE: &str = include_str!("../data/evidence/sources/article.txt");
const SINGAPORE: &str = include_str!("../data/evidence/sources/singapore.txt");

fn read(text: &str) -> (Document, Model) {
    let parsed = syntax::parse(text);
    assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
    let resolved = resolve(&parsed.document);
    let model = resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics));
    (parsed.document, model)
}

fn found(text: &str, texts: &[(&str, &str)]) -> Evidence {
    let (document, model) = read(text);
    let texts: IndexMap<String, String> = texts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).ok();
    let question = Question {
        document: &document,
        model: &model,
        texts: &texts,
        game: game.as_ref(),
    };
    evidence(&question, &budget).value().clone()
}

fn season() -> Evidence {
    found(SEASON, &[("article", ARTICLE), ("singapore", SINGAPORE)])
}

fn says(found: &Evidence, kind: ConflictKind) -> Vec<Vec<(String, Vec<String>)>> {
    let of = found.conflicts.iter().filter(|c| c.kind == kind);
    of.map(|c| {
        c.sides
            .iter()
            .map(|s| (s.says.clone(), s.cites.clone()))
            .collect()
    })
    .collect()
}

fn side(says: &str, cite: &str) -> (String, Vec<String>) {
    (says.to_owned(), vec![cite.to_owned()])
}

#[test]
fn the_five_differences_are_found_with_both_sides() {
    let found = season();
    // 1. How long the meeting was.
    assert_eq!(
        says(&found, ConflictKind::Value),
        [vec![
            side("nearly two hours", "article ¶2"),
            side("an hour and half", "whitehouse")
        ]]
    );
    // 2. The quotation is not verbatim.
    assert_eq!(
        says(&found, ConflictKind::Quotation),
        [vec![
            side(
                "work towards the denuclearization of the Korean peninsula",
                "article ¶6"
            ),
            side(
                "work toward complete denuclearization of the Korean Peninsula",
                "singapore"
            )
        ]]
    );
    // 3. The reading of the commentary asks for less than North Korea's own words.
    let rival = says(&found, ConflictKind::Reading);
    assert_eq!(
        rival,
        [vec![
            side("US.umbrella", "article ¶7"),
            side("US.umbrella and US.assets", "kcna")
        ]]
    );
    let rival = found
        .conflicts
        .iter()
        .find(|c| c.kind == ConflictKind::Reading)
        .unwrap();
    let related = rival.related.as_ref().unwrap();
    // Of the 2^4 states half have the one option, a quarter both.
    assert_eq!(
        (related.asks, related.first, related.second),
        (Asks::Less, 8, 4)
    );
    assert_eq!(related.only_first.as_ref().unwrap().on, ["US.umbrella"]);
    assert_eq!(related.only_second, None);
    // 4. The hedge.
    assert_eq!(
        says(&found, ConflictKind::Likelihood),
        [vec![
            side("will probably take place", "article ¶8"),
            side("will take place near the end of February", "whitehouse")
        ]]
    );
    // 5. Two lead negotiators.
    let roles = found
        .conflicts
        .iter()
        .filter(|c| c.kind == ConflictKind::Role);
    let roles: Vec<&str> = roles.map(|c| c.finding.as_str()).collect();
    assert_eq!(roles, ["both from 2019-02-06 on"]);
}

#[test]
fn everything_else_that_the_text_says_twice_is_found() {
    let found = season();
    let kinds = |kind| says(&found, kind).len();
    assert_eq!(kinds(ConflictKind::Day), 1);
    assert_eq!(kinds(ConflictKind::Denial), 1);
    assert_eq!(kinds(ConflictKind::NotKept), 1);
    // North Korea wants most what leaves its promise unkept: `not declare` comes first.
    assert_eq!(kinds(ConflictKind::Unwanted), 1);
    assert_eq!(kinds(ConflictKind::Track), 0);
    let denial = found
        .conflicts
        .iter()
        .find(|c| c.kind == ConflictKind::Denial)
        .unwrap();
    assert!(denial.within_one_witness);
    for conflict in &found.conflicts {
        for number in conflict.sides.iter().filter_map(|s| s.element) {
            let element = found.element(number).unwrap();
            assert!(
                element.conflicts.contains(&conflict.number),
                "{}",
                element.name
            );
        }
    }
}

#[test]
fn who_repeats_is_no_second_witness() {
    let found = season();
    let by = |name: &str| found.elements.iter().find(|e| e.name == name).unwrap();
    let twice = by("statement 1 of US");
    assert_eq!(twice.sources, ["article", "reprint"]);
    assert_eq!(twice.witnesses, ["article"]);
    let two = by("event visit");
    assert_eq!(two.witnesses.len(), 2);
    let reprint = found.sources.iter().find(|s| s.name == "reprint").unwrap();
    assert_eq!(
        (reprint.chain.as_slice(), reprint.alone.len()),
        (["article".to_owned()].as_slice(), 0)
    );
    let article = found.sources.iter().find(|s| s.name == "article").unwrap();
    assert_eq!(article.grade.as_deref(), Some("B2"));
    assert!(article.alone.contains(&twice.number) && !article.alone.contains(&two.number));
    // Literally: an element falls with a witness when every citation of it leads there.
    for source in &found.sources {
        let falls = found.elements.iter().filter(|e| {
            let around = e.through.map_or(*e, |n| found.element(n).unwrap());
            let witness = |name: &String| {
                let mut name = name.clone();
                if name == "reprint" {
                    name = "article".to_owned();
                }
                name
            };
            let all = around
                .cites
                .iter()
                .all(|c| witness(&c.source) == source.name);
            !around.cites.is_empty() && all
        });
        let falls: Vec<usize> = falls.map(|e| e.number).collect();
        assert_eq!(source.alone, falls, "{}", source.name);
    }
}

#[test]
fn what_nobody_says_is_an_assumption() {
    let found = season();
    let assumed: Vec<&str> = found
        .elements
        .iter()
        .filter(|e| e.assumed)
        .map(|e| e.name.as_str())
        .collect();
    assert_eq!(
        assumed,
        ["statement 2 of US", "statement 2 of DPRK", "event demand"]
    );
}

#[test]
fn quotations_are_checked_where_there_is_a_text() {
    let found = season();
    let verdicts: Vec<(&str, Verdict)> = found
        .quotations
        .iter()
        .map(|q| (q.words.as_str(), q.verdict))
        .collect();
    let quoted = "work towards the denuclearization of the Korean peninsula";
    let text = "the DPRK commits to work toward complete denuclearization of the Korean Peninsula";
    assert_eq!(
        verdicts,
        [
            (
                "unclear whether either side has changed its basic position",
                Verdict::Verbatim
            ),
            // Through the reprint, which has no file of its own.
            ("unclear whether either side", Verdict::Verbatim),
            (text, Verdict::Verbatim),
            (quoted, Verdict::Verbatim),
            (quoted, Verdict::Differs),
            ("will probably take place", Verdict::Verbatim),
            (
                "will take place near the end of February",
                Verdict::Unchecked
            ),
            (
                "nothing could be further from the truth",
                Verdict::NotInNotes
            ),
        ]
    );
}

#[test]
fn a_stopped_check_says_so() {
    let (document, model) = read(SEASON);
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let budget = Budget::default().cancelled_by(flag);
    let question = Question {
        document: &document,
        model: &model,
        texts: &IndexMap::new(),
        game: None,
    };
    let outcome = evidence(&question, &budget);
    assert!(matches!(outcome, detente_analysis::Outcome::Stopped(..)));
    // What needs no states and no texts is there.
    assert_eq!(says(outcome.value(), ConflictKind::Value).len(), 1);
}

#[test]
fn the_calendar_tells_what_was_known_when() {
    let (document, model) = read(SEASON);
    let calendar = timeline(&document, &model, None);
    let precedents: Vec<&str> = calendar
        .precedents
        .iter()
        .map(|e| e.when.as_str())
        .collect();
    assert_eq!(precedents, ["2000-10-10"]);
    assert!(calendar.events.iter().all(|e| e.kind != "precedent"));
    let by = |name: &str| {
        let mut named = calendar
            .events
            .iter()
            .filter(|e| e.name.as_deref() == Some(name));
        named.next().unwrap().clone()
    };
    let visit = by("visit");
    assert_eq!(
        (visit.when.as_str(), visit.words.as_deref()),
        ("2019-01-18", Some("last Friday"))
    );
    // Announced on the fifth for the twenty-seventh; written up on the thirtieth of March.
    let hanoi = by("hanoi");
    assert_eq!(
        (hanoi.reported, hanoi.gap, hanoi.tense),
        (Reported::Before, Some(22), Tense::Coming)
    );
    let demand = by("demand");
    assert_eq!((demand.reported, demand.gap), (Reported::After, Some(2)));
}

#[test]
fn who_leads_on_a_day() {
    let (_, model) = read(SEASON);
    let leads = |day: &str, track: &str| -> Vec<String> {
        let on = on_day(&model, day.parse().unwrap(), Some("DPRK"));
        let at = on
            .offices
            .iter()
            .filter(|o| o.track.as_deref() == Some(track));
        at.map(|o| o.person.clone()).collect()
    };
    assert_eq!(leads("2019-02-21", "working"), ["KimHyokChol"]);
    assert_eq!(leads("2019-01-20", "working"), ["Choe"]);
    // The day on which one follows the other.
    assert_eq!(leads("2019-02-06", "working"), ["KimHyokChol"]);
    let ahead = |day: &str| -> Vec<String> {
        let on = on_day(&model, day.parse().unwrap(), None);
        on.ahead.iter().filter_map(|e| e.name.clone()).collect()
    };
    assert_eq!(ahead("2019-02-01"), [] as [&str; 0]);
    assert_eq!(ahead("2019-02-05"), ["hanoi"]);
    let made = |day: &str| on_day(&model, day.parse().unwrap(), None).commitments;
    assert_eq!(made("2018-06-11"), [] as [&str; 0]);
    assert_eq!(made("2018-06-12"), ["singapore4"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two persons share a role when they have two days or more in common; one day is a handover.
    #[test]
    fn roles_overlap_as_days_say(
        a in (1_u32..12, 0_u32..9), b in (1_u32..12, 0_u32..9), same in any::<bool>(),
    ) {
        let day = |d: u32| format!("2019-01-{d:02}");
        let bounds = |(from, len): (u32, u32)| format!("{} .. {}", day(from), day(from + len));
        let role = if same { "envoy" } else { "other" };
        let text = format!(
            "as of 2019-02-01\nparty A {{\n  speaks through One as \"envoy\" {}\n  \
             speaks through Two as \"{role}\" {}\n  option x\n  prefers {{ x }}\n}}\n",
            bounds(a), bounds(b)
        );
        let common = (1..=31).filter(|d| {
            let acts = |(from, len): (u32, u32)| from <= *d && *d <= from + len;
            acts(a) && acts(b)
        });
        let found = found(&text, &[]);
        let roles = found.conflicts.iter().filter(|c| c.kind == ConflictKind::Role).count();
        prop_assert_eq!(roles, usize::from(same && common.count() >= 2));
    }
}

#[test]
fn one_person_at_two_tracks_is_told() {
    let found = found(
        "track high\ntrack low\nparty A {\n  speaks through One at high from 2019-01-01\n  \
         speaks through One at low until 2019-03-01\n  option x\n  prefers { x }\n}\n",
        &[],
    );
    let kinds: Vec<ConflictKind> = found.conflicts.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [ConflictKind::Track]);
    assert_eq!(
        found.conflicts[0].finding,
        "both from 2019-01-01 to 2019-03-01"
    );
}

#[test]
fn every_relation_of_rival_readings_is_told() {
    for (first, second, asks) in [
        ("A.x", "A.x and A.y", Some(Asks::Less)),
        ("A.x and A.y", "A.x", Some(Asks::More)),
        ("A.x", "A.y", Some(Asks::Overlapping)),
        ("A.x", "not A.x", Some(Asks::Disjoint)),
        ("A.x and A.y", "A.y and A.x", None),
    ] {
        let text = format!(
            "source s\nsource t\nparty A {{ option x; option y; prefers {{ x }} }}\nparty B {{ option z; \
             prefers {{ z }} }}\ncommitment c by A to B {{\n  B reads {first}  [s]\n  B reads {second}  \
             [t]\n}}\n"
        );
        let found = found(&text, &[]);
        let told = found
            .conflicts
            .iter()
            .find(|c| c.kind == ConflictKind::Reading);
        let told = told.map(|c| c.related.as_ref().unwrap().asks);
        assert_eq!(told, asks, "{first} against {second}");
        assert_eq!(found.commitments[0].pairs.len(), 1);
    }
}

#[test]
fn what_is_over_has_happened_when_its_chance_is_one() {
    for (chance, tense) in [
        ("", Tense::Past),
        ("{ chance 1 }", Tense::Past),
        ("{ chance 0.9 }", Tense::Lapsed),
        ("{ likely }", Tense::Lapsed),
    ] {
        let text = format!(
            "as of 2019-02-01\nparty A {{ option x; prefers {{ x }} }}\nstatus quo {{ }}\n\
             calendar {{ 2019-01-10 talks {chance} }}\n"
        );
        let (document, model) = read(&text);
        let calendar = timeline(&document, &model, None);
        assert_eq!(calendar.events[0].tense, tense, "{chance}");
    }
}
