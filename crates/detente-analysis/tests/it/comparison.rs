//! Two negotiations side by side, against readings of the definitions that share nothing with the engine.
#![expect(
    clippy::disallowed_methods,
    reason = "cases and their expected results are files"
)]

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::comparison::{
    About, Answer, Answers, Aspect, MOST_CHANGES, Mark, Question, Request, Unattributed, Way,
    answers, attribute, changed, verdicts,
};
use detente_analysis::{Budget, Concept, Game, Settings, StateId};
use detente_model::difference::difference;
use detente_model::syntax::ast::{Direction, Document, Preferences, Statement};
use detente_model::syntax::{parse, parse_formula};
use detente_model::{Model, resolve};
use proptest::prelude::*;

use crate::comparison_naive::{naive, naive_mark, naive_reach};
use crate::literal::Literal;
use crate::random::{Random, model_text};

fn read(text: &str) -> Document {
    let parsed = parse(text);
    assert!(!parsed.has_errors(), "{:#?}\n{text}", parsed.diagnostics);
    parsed.document
}

fn model(document: &Document) -> Option<Model> {
    resolve(document).model
}

fn text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

fn case(name: &str) -> Document {
    read(&text(name))
}

const CONCEPTS: [(&str, Concept); 5] = [
    ("nash", Concept::Nash),
    ("gmr", Concept::Gmr),
    ("smr", Concept::Smr),
    ("seq", Concept::Seq),
    ("sseq", Concept::Sseq),
];

fn request() -> Request {
    Request {
        concepts: CONCEPTS
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        ..Request::new("seq")
    }
}

/// What a document answers.
fn answered(document: &Document) -> Answers {
    let model = model(document).unwrap();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    answers(&game, &request(), &budget).unwrap()
}

/// A small random negotiation and one with some of its lines left out.
fn two(seed: u64) -> (Document, Document) {
    let mut random = Random::new(seed);
    let a = read(&model_text(&mut random));
    let mut b = a.clone();
    for _ in 0..=random.below(3) {
        match random.below(4) {
            0 => {
                b.never.pop();
            }
            1 => {
                b.when.pop();
            }
            2 => {
                let place = random.below(b.parties.len() as u64) as usize;
                if let Some(Preferences::Statements(list)) = &mut b.parties[place].preferences
                    && list.len() > 1
                {
                    list.remove(random.below(list.len() as u64) as usize);
                }
            }
            _ => {
                let place = random.below(b.parties.len() as u64) as usize;
                for option in &mut b.parties[place].options {
                    option.direction = Direction::Both;
                }
            }
        }
    }
    (a, b)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Which equilibria are gone and which are new, against the definitions; and the same from the other side.
    #[test]
    fn equilibria_that_are_gone_and_new(seed in any::<u64>()) {
        let (a, b) = two(seed);
        let (Some(a), Some(b)) = (model(&a), model(&b)) else { return Ok(()) };
        let budget = Budget::default();
        let (Ok(a), Ok(b)) = (Game::new(&a, &budget), Game::new(&b, &budget)) else {
            return Ok(());
        };
        prop_assume!(a.space.len() <= 64 && b.space.len() <= 64);
        let one = answers(&a, &request(), &budget).unwrap();
        let other = answers(&b, &request(), &budget).unwrap();
        for (index, (_, concept)) in CONCEPTS.iter().enumerate() {
            for (game, found) in [(&a, &one), (&b, &other)] {
                let told = found.equilibria[index].1.as_ref().unwrap();
                let told: BTreeSet<Vec<String>> = told.iter().map(|m| m.0.clone()).collect();
                prop_assert_eq!(told, naive(game, *concept), "{}", concept);
            }
        }
        let (before, after) = (naive(&a, Concept::Seq), naive(&b, Concept::Seq));
        let expected: BTreeSet<Vec<String>> =
            before.symmetric_difference(&after).cloned().collect();
        let told = changed(&one, &other);
        let holds = told.iter().filter_map(|q| match q {
            Question::Holds(Mark(on)) => Some(on.clone()),
            _ => None,
        });
        prop_assert_eq!(holds.collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(&told, &changed(&other, &one));
        prop_assert_eq!(changed(&one, &one), vec![]);
        for question in told {
            prop_assert!(one.answer(&question) != other.answer(&question));
        }
        // What is reached by improvements and by moves, step by step.
        for (game, found) in [(&a, &one), (&b, &other)] {
            let by = [naive_reach(game, true), naive_reach(game, false)];
            for (class, of_class) in &found.classes {
                let Some(way) = of_class.way else { continue };
                let of = |s: &StateId| {
                    let headline = game.headline(*s).map(|c| game.model.classes[c].name.clone());
                    headline == *class
                };
                prop_assert_eq!(way <= Way::Improvements, by[0].iter().any(of));
                prop_assert_eq!(way <= Way::MovesOnly, by[1].iter().any(of));
                let there = game.status_quo.as_ref().is_some_and(of);
                prop_assert_eq!(way == Way::There, there);
            }
        }
        // A verdict that is told is the literal one, in both.
        let (found, _) = verdicts((&a, &one), (&b, &other), &request(), &budget).unwrap();
        for change in found {
            prop_assert!(change.a.stable != change.b.stable);
            for (game, verdict) in [(&a, &change.a), (&b, &change.b)] {
                let conflict = game.conflict();
                let literal = Literal { conflict: &conflict, settings: Settings::default() };
                let expected = literal.stable(Concept::Seq, verdict.party, verdict.state);
                prop_assert_eq!(verdict.stable, expected);
                prop_assert_eq!(naive_mark(game, verdict.state), change.state.0.clone());
                prop_assert_eq!(&game.model.party(verdict.party).name, &change.party);
            }
        }
    }
}

fn statements(document: &mut Document, party: usize) -> &mut Vec<Statement> {
    match &mut document.parties[party].preferences {
        Some(Preferences::Statements(list)) => list,
        other => panic!("{other:?}"),
    }
}

type Edit = fn(&mut Document);

/// Edits of the case of January that do not touch each other.
const EDITS: [Edit; 6] = [
    |d| statements(d, 0).retain(|s| s.label.as_ref().is_none_or(|l| l.as_str() != "hinge")),
    |d| statements(d, 0).retain(|s| s.label.as_ref().is_none_or(|l| l.as_str() != "text")),
    |d| d.when.clear(),
    |d| d.parties[1].options[1].direction = Direction::OnlyOn,
    |d| {
        let first = statements(d, 1).remove(0);
        statements(d, 1).push(first);
    },
    |d| d.classes[0].when = Some(parse_formula("DPRK.test and not US.cancel").unwrap()),
];

/// The answers of a document, found without the walk through two documents and without the tables.
fn brute(document: &Document, questions: &[Question]) -> Vec<Answer> {
    let model = model(document).unwrap();
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    let held = naive(&game, Concept::Seq);
    let by_class: BTreeMap<Vec<String>, Option<String>> = game
        .space
        .ids()
        .map(|s| {
            let class = game.headline(s).map(|c| model.classes[c].name.clone());
            (naive_mark(&game, s), class)
        })
        .collect();
    let yes = |yes: bool| if yes { Answer::Yes } else { Answer::No };
    let reached = answers(&game, &request(), &budget).unwrap();
    let answer = |question: &Question| match question {
        Question::Holds(Mark(on)) => yes(held.contains(on)),
        Question::ClassHolds(class) => yes(held.iter().any(|on| by_class[on] == *class)),
        // Ways are held against steps one by one above.
        Question::Reached(_) => reached.answer(question),
    };
    questions.iter().map(answer).collect()
}

/// Every set of edits is made by hand, and what suffices and what is needed is read off.
#[test]
fn attribution_against_all_sets_of_edits() {
    let a = case("diplomacy/us-dprk-2019/january.detente").bare();
    let edited = |set: usize| {
        let mut document = a.clone();
        for (place, edit) in EDITS.iter().enumerate() {
            if set & (1 << place) != 0 {
                edit(&mut document);
            }
        }
        document
    };
    for last in [0b00_0011_usize, 0b11_0101, 0b11_1111] {
        let b = edited(last);
        let found = difference(&a, &b);
        let places: Vec<usize> = (0..EDITS.len()).filter(|p| last & (1 << p) != 0).collect();
        assert_eq!(found.changes.len(), places.len(), "{:#?}", found.changes);
        // Which change is which edit.
        let number = |place: usize| {
            let alone = difference(&a, &edited(1 << place));
            let [only] = alone.changes.as_slice() else {
                panic!("{:#?}", alone.changes)
            };
            found.changes.iter().position(|c| c == only).unwrap()
        };
        let numbers: BTreeMap<usize, usize> = places.iter().map(|p| (*p, number(*p))).collect();
        let budget = Budget::default();
        let (one, other) = (answered(&a), answered(&b));
        let questions = changed(&one, &other);
        assert!(!questions.is_empty());
        let ends = (&one, &other);
        let told = attribute(&found, &questions, ends, 1000, &request(), &budget).unwrap();
        assert_eq!(told.stopped, None);
        let sets: Vec<usize> = (0..1 << EDITS.len()).filter(|s| s & !last == 0).collect();
        let all: BTreeMap<usize, Vec<Answer>> = sets
            .iter()
            .map(|s| (*s, brute(&edited(*s), &questions)))
            .collect();
        for (index, cause) in told.causes.iter().enumerate() {
            let gives = |set: usize| all[&set][index] == all[&last][index];
            let sorted = |mut list: Vec<usize>| {
                list.sort_unstable();
                list
            };
            let of = |set: usize| {
                let members = places.iter().filter(|p| set & (1 << **p) != 0);
                sorted(members.map(|p| numbers[p]).collect())
            };
            let alone = places
                .iter()
                .filter(|p| gives(1 << **p))
                .map(|p| numbers[p]);
            assert_eq!(cause.alone, sorted(alone.collect()));
            let needed = places.iter().filter(|p| !gives(last & !(1 << **p)));
            assert_eq!(cause.needed, sorted(needed.map(|p| numbers[p]).collect()));
            let least = sets
                .iter()
                .filter(|s| gives(**s))
                .map(|s| s.count_ones())
                .min();
            let mut smallest: Vec<Vec<usize>> = sets
                .iter()
                .filter(|s| gives(**s) && Some(s.count_ones()) == least && least > Some(1))
                .map(|s| of(*s))
                .collect();
            smallest.sort();
            let mut together = cause.together.clone();
            together.sort();
            assert_eq!(together, smallest);
        }
    }
}

/// A statement about an option that only the second has cannot come without it.
#[test]
fn changes_that_depend_on_each_other() {
    let a = read(
        "party A { option x; option y; prefers { x; y } }\nparty B { option z; prefers { z } }\n\
         class \"c\" when not A.x\nclass \"d\" otherwise\nstatus quo { }\n",
    );
    let b = read(
        "party A { option x; option y; option w; prefers { w; not x; y } }\n\
         party B { option z; prefers { z } }\n\
         class \"c\" when not A.x\nclass \"d\" otherwise\nstatus quo { }\n",
    );
    let found = difference(&a, &b);
    let budget = Budget::default();
    let (one, other) = (answered(&a), answered(&b));
    let questions = changed(&one, &other);
    let told = attribute(&found, &questions, (&one, &other), 100, &request(), &budget).unwrap();
    let text = |index: usize| found.changes[index].name.as_str();
    let alone: Vec<&str> = told.not_alone.iter().map(|i| text(*i)).collect();
    assert_eq!(
        alone,
        ["A.w"],
        "the statement alone names what is not there"
    );
    let omitted: Vec<&str> = told.not_omitted.iter().map(|i| text(*i)).collect();
    assert_eq!(omitted, ["w"]);
    let mark = Question::Holds(Mark(vec![
        "A.w".to_owned(),
        "A.y".to_owned(),
        "B.z".to_owned(),
    ]));
    let cause = told.causes.iter().find(|c| c.question == mark).unwrap();
    assert_eq!(cause.alone, [] as [usize; 0]);
    // The option, and either that x is wanted no more or that it is wanted not; who does not care for w lets it be.
    let mut sets: Vec<Vec<&str>> = cause
        .together
        .iter()
        .map(|set| set.iter().map(|i| text(*i)).collect())
        .collect();
    for set in &mut sets {
        set.sort_unstable();
    }
    sets.sort();
    assert_eq!(sets, [["A.x", "w"], ["not A.x", "w"]]);
    let class = Question::ClassHolds(Some("c".to_owned()));
    let cause = told.causes.iter().find(|c| c.question == class).unwrap();
    // Who no longer wants x has no reason to choose it, and who wants that it is not so has one not to: each is enough.
    let names: BTreeSet<&str> = cause.alone.iter().map(|i| text(*i)).collect();
    assert_eq!(names, BTreeSet::from(["A.x", "not A.x"]));
}

#[test]
fn more_changes_than_are_told_apart() {
    let lines = |n: usize| -> String {
        let options: Vec<String> = (0..6).map(|i| format!("option o{i}")).collect();
        let prefers: Vec<String> = (0..6)
            .map(|i| {
                if i < n {
                    format!("o{i}")
                } else {
                    format!("not o{i}")
                }
            })
            .collect();
        format!(
            "party A {{ {}; prefers {{ {} }} }}\n",
            options.join("; "),
            prefers.join("; ")
        )
    };
    let (a, b) = (read(&lines(0)), read(&lines(6)));
    let found = difference(&a, &b);
    let budget = Budget::default();
    let (one, other) = (answered(&a), answered(&b));
    let questions = changed(&one, &other);
    let refused = attribute(&found, &questions, (&one, &other), 100, &request(), &budget);
    assert_eq!(refused, Err(Unattributed::TooMany(12)));
}

/// Too many changes to tell each apart are told apart by what they are about.
#[test]
fn groups_of_changes_against_the_texts_themselves() {
    let with = |a: &str, b: &str| {
        read(&format!(
            "party A {{ option x; option y; option z; option u; option v; prefers {{ {a} }} }}\n\
             party B {{ option w; prefers {{ {b} }} }}\nclass \"c\" when A.x and B.w\n\
             class \"d\" otherwise\nstatus quo {{ }}\n"
        ))
    };
    let for_a = ["x; y; z; u; v", "not x; not y; not z; not u; not v if B.w"];
    let for_b = ["A.x; w", "not A.x; not w"];
    let (a, b) = (with(for_a[0], for_b[0]), with(for_a[1], for_b[1]));
    let found = difference(&a, &b);
    assert!(found.changes.len() > MOST_CHANGES, "{:#?}", found.changes);
    let budget = Budget::default();
    let (one, other) = (answered(&a), answered(&b));
    let questions = changed(&one, &other);
    assert!(!questions.is_empty());
    let told = attribute(&found, &questions, (&one, &other), 100, &request(), &budget).unwrap();
    let about: Vec<&About> = told.groups.iter().map(|group| &group.about).collect();
    let prefers = |party: &str| About::Party(party.to_owned(), Some(Aspect::Preferences));
    assert_eq!(about, [&prefers("A"), &prefers("B")]);
    let mut all: Vec<usize> = told.groups.iter().flat_map(|g| g.changes.clone()).collect();
    all.sort_unstable();
    assert_eq!(all, (0..found.changes.len()).collect::<Vec<_>>());
    let only = [with(for_a[1], for_b[0]), with(for_a[0], for_b[1])].map(|d| answered(&d));
    for cause in &told.causes {
        let gives =
            |place: usize| only[place].answer(&cause.question) == other.answer(&cause.question);
        let alone: Vec<usize> = (0..2).filter(|place| gives(*place)).collect();
        assert_eq!(cause.alone, alone);
        // Who leaves one of the two out makes the other alone.
        let needed: Vec<usize> = (0..2).filter(|place| !gives(1 - place)).collect();
        assert_eq!(cause.needed, needed);
        let together = if alone.is_empty() {
            vec![vec![0, 1]]
        } else {
            Vec::new()
        };
        assert_eq!(cause.together, together);
    }
}

/// A variant that edits a statement does not keep it from being dropped in a trial, nor does a source that is gone.
#[test]
fn what_changes_nothing_does_not_stand_in_the_way() {
    let a = case("diplomacy/us-dprk-2019/january.detente");
    let mut b = a.clone();
    EDITS[0](&mut b);
    b.variants.clear();
    b.views.clear();
    b.claims.clear();
    let moon = |c: &detente_model::syntax::ast::Citation| c.source.as_str() == "moon";
    b.sources.retain(|s| s.name.as_str() != "moon");
    for party in &mut b.parties {
        for option in &mut party.options {
            option.cites.retain(|c| !moon(c));
        }
        if let Some(Preferences::Statements(list)) = &mut party.preferences {
            for statement in list {
                statement.cites.retain(|c| !moon(c));
            }
        }
    }
    let found = difference(&a, &b);
    assert!(found.changes.len() > 10, "{:#?}", found.changes);
    let budget = Budget::default();
    let (one, other) = (answered(&a), answered(&b));
    let questions = changed(&one, &other);
    assert!(!questions.is_empty());
    let told = attribute(&found, &questions, (&one, &other), 100, &request(), &budget).unwrap();
    assert_eq!(told.changes.len(), 1);
    for cause in told.causes {
        assert_eq!(cause.alone, told.changes);
        assert_eq!(cause.needed, told.changes);
    }
}

/// Variants of one case against what two independent implementations say of each.
#[test]
fn variants_against_independent_results() {
    let expected = text("diplomacy/us-dprk-2019/expected.json");
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let cases = expected["cases"].as_array().unwrap();
    let hanoi = cases.iter().find(|c| c["case"] == "hanoi.detente").unwrap();
    let document = case("diplomacy/us-dprk-2019/hanoi.detente");
    let budget = Budget::default();
    let mut known = Vec::new();
    for analysis in hanoi["analyses"].as_array().unwrap() {
        let texts = |value: &serde_json::Value| -> Vec<String> {
            let list = value.as_array().unwrap().iter();
            list.map(|v| v.as_str().unwrap().to_owned()).collect()
        };
        let variants = texts(&analysis["variants"]);
        let names: Vec<&str> = variants.iter().map(String::as_str).collect();
        let applied = detente_model::variant::apply(&document, &names).unwrap();
        let model = model(&applied).unwrap();
        let game = Game::new(&model, &budget).unwrap();
        let seq: BTreeSet<String> = texts(&analysis["equilibria"]["seq"]).into_iter().collect();
        // The results call the states by their names.
        let names: BTreeMap<Vec<String>, String> = game
            .space
            .ids()
            .filter_map(|s| {
                Some((
                    naive_mark(&game, s),
                    model.states[game.named(s)?].name.clone(),
                ))
            })
            .collect();
        known.push((answers(&game, &request(), &budget).unwrap(), seq, names));
    }
    assert!(known.len() > 4);
    let mut differ = 0;
    for (one, before, names) in &known {
        for (other, after, _) in &known {
            let told: BTreeSet<String> = changed(one, other)
                .into_iter()
                .filter_map(|question| match question {
                    Question::Holds(Mark(on)) => Some(names[&on].clone()),
                    _ => None,
                })
                .collect();
            let expected = before.symmetric_difference(after).cloned().collect();
            assert_eq!(told, expected);
            differ += usize::from(!told.is_empty());
        }
    }
    assert!(differ > 4);
}
