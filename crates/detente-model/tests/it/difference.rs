//! What changed between two documents: everything that was edited, and nothing else.

use std::collections::BTreeSet;

use detente_model::difference::{Bears, Change, Kind, Shift, What, difference};
use detente_model::syntax::ast::{
    Certainty, Direction, Document, Formula, Name, PickedLevel, Preferences, Statement, Strength,
};
use detente_model::syntax::{format, parse, parse_formula, print};
use proptest::prelude::*;

fn read(text: &str) -> Document {
    let parsed = parse(text);
    assert!(!parsed.has_errors(), "{:#?}", parsed.diagnostics);
    parsed.document
}

fn case(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

/// Negotiations of all kinds: with rankings, statements, weights, issues, views, terms and records.
const CASES: [&str; 7] = [
    "diplomacy/us-dprk-2019/january.detente",
    "diplomacy/us-dprk-2019/season.detente",
    "diplomacy/us-dprk-2019/hanoi.detente",
    "diplomacy/us-dprk-2019/packages.detente",
    "diplomacy/us-dprk-2019/readings.detente",
    "diplomacy/us-dprk-2019/weights.detente",
    "water/elmira/elmira.detente",
];

fn documents() -> Vec<Document> {
    CASES.iter().map(|name| read(&case(name))).collect()
}

fn all(changes: &[Change]) -> BTreeSet<usize> {
    (0..changes.len()).collect()
}

#[test]
fn a_document_is_like_itself_however_it_is_laid_out() {
    for document in documents() {
        let found = difference(&document, &document);
        assert!(found.is_empty(), "{:#?}", found.changes);
    }
    let text = case(CASES[0]);
    let with_comments = text.replace('\n', "  # remark\n\n");
    assert!(difference(&read(&text), &read(&format(&with_comments))).is_empty());
}

/// All changes made lead from the first to the second, whatever the two are; none made, back to the first.
#[test]
fn all_changes_together_lead_to_the_other_document() {
    let documents = documents();
    for a in &documents {
        for b in &documents {
            let found = difference(a, b);
            let there = found.with(&all(&found.changes));
            let left = difference(&there, b);
            assert!(left.is_empty(), "{left:#?}");
            let here = difference(&found.with(&BTreeSet::new()), found.before());
            assert!(here.is_empty(), "{here:#?}");
        }
    }
}

#[test]
fn the_changes_back_are_the_changes_there_in_reverse() {
    let documents = documents();
    for a in &documents {
        for b in &documents {
            let (there, back) = (difference(a, b), difference(b, a));
            if !there.renamings.is_empty() || !back.renamings.is_empty() {
                continue;
            }
            // What is known by more than its key is called by the name in the second document.
            let shape = |change: &Change| format!("{:?} {:?}", change.kind, change.what);
            let mut there: Vec<String> =
                there.changes.iter().map(|c| shape(&c.reversed())).collect();
            let mut back: Vec<String> = back.changes.iter().map(shape).collect();
            there.sort();
            back.sort();
            assert_eq!(there, back);
        }
    }
}

fn changes(a: &str, b: &str) -> Vec<Change> {
    let found = difference(&read(a), &read(b));
    assert_eq!(found.renamings, []);
    found.changes
}

#[test]
fn an_option_may_be_written_with_its_party() {
    let a = "party A { option x; option y; prefers { x; not y } }\nnever x and y\n";
    let b = "party A { option y; option x; prefers { A.x; not A.y } }\nnever A.x and A.y\n";
    assert_eq!(changes(a, b), []);
}

/// A pattern's letters stand for the options in their order, so that their order counts.
#[test]
fn the_order_of_options_counts_for_patterns() {
    let a = "party A { option x; option y; prefers { x } }\nclass \"c\" when \"YN\"\n";
    let b = "party A { option y; option x; prefers { x } }\nclass \"c\" when \"YN\"\n";
    let found = changes(a, b);
    assert!(matches!(found.as_slice(), [c] if matches!(c.what, What::Moved { .. })));
}

#[test]
fn renamed_elements_are_found_wherever_they_are_used() {
    let text = case(CASES[0]);
    for (was, now, kind) in [
        ("yongbyon", "reactor", Kind::Option),
        ("DPRK", "North", Kind::Party),
        ("flex", "supple", Kind::Variant),
        ("singapore", "sentosa", Kind::Source),
        ("hanoi", "metropole", Kind::Event),
        ("denuclearised", "disarmed", Kind::Term),
        ("Trump", "President", Kind::Agent),
    ] {
        // Whole words, but not those in quotes or comments.
        let mut renamed = String::new();
        let mut word = String::new();
        let mut quoted = false;
        for c in text.chars().chain(['\n']) {
            if c.is_alphanumeric() || c == '_' || c == '-' {
                word.push(c);
                continue;
            }
            renamed.push_str(if word == was && !quoted { now } else { &word });
            word.clear();
            quoted ^= c == '"';
            renamed.push(c);
        }
        let found = difference(&read(&text), &read(&renamed));
        let told: Vec<_> = found.renamings.iter().collect();
        assert_eq!(told.len(), 1, "{was}: {found:#?}");
        let one = told[0];
        assert_eq!(
            (one.kind, one.was.as_str(), one.now.as_str()),
            (kind, was, now)
        );
        assert_eq!(found.changes, [], "{was}");
    }
    let renamed = text.replace("\"small deal\"", "\"little deal\"");
    let found = difference(&read(&text), &read(&renamed));
    assert_eq!(found.renamings.len(), 1);
    assert_eq!(found.changes, []);
}

#[test]
fn what_has_another_content_is_not_renamed() {
    let a = "party A { option x \"Pay\"; prefers { x } }\n";
    let b = "party A { option z \"Walk\"; prefers { z } }\n";
    let found = difference(&read(a), &read(b));
    assert_eq!(found.renamings, []);
    assert_eq!(found.changes.len(), 4);
    // Nothing but that there is one option before and one after is alike.
    let a = "party A { option x; option y; prefers { y } }\n";
    let b = "party A { option z; option y; prefers { y } }\n";
    assert_eq!(difference(&read(a), &read(b)).renamings, []);
}

fn formula(text: &str) -> Formula {
    parse_formula(text).unwrap()
}

fn statements(document: &mut Document, party: usize) -> &mut Vec<Statement> {
    match &mut document.parties[party].preferences {
        Some(Preferences::Statements(list)) => list,
        other => panic!("{other:?}"),
    }
}

/// One edit of a text and how its change must be told: the kind, and a word of what became of it.
type Edit = (&'static str, fn(&mut Document, usize), Kind, &'static str);

const EDITS: &[Edit] = &[
    (
        "option",
        |d, n| {
            let i = n % 3;
            let mut o = d.parties[i].options[0].clone();
            o.name = Name::new("fresh");
            d.parties[i].options.push(o);
        },
        Kind::Option,
        "Added",
    ),
    (
        "direction",
        |d, n| d.parties[n % 3].options[0].direction = Direction::OnlyOff,
        Kind::Option,
        "direction",
    ),
    (
        "title",
        |d, n| d.parties[n % 3].title = Some("Another".to_owned()),
        Kind::Party,
        "title",
    ),
    (
        "agent",
        |d, n| {
            d.parties[n % 3].agents.remove(0);
        },
        Kind::Agent,
        "Dropped",
    ),
    (
        "drop",
        |d, n| {
            let list = statements(d, n % 3);
            let at = n % list.len();
            list.remove(at);
        },
        Kind::Statement,
        "Dropped",
    ),
    (
        "insert",
        |d, n| {
            let list = statements(d, n % 3);
            let mut new = list[0].clone();
            new.label = None;
            new.formula = formula("US.sign iff DPRK.test");
            let at = n % (list.len() + 1);
            list.insert(at, new);
        },
        Kind::Statement,
        "Added",
    ),
    (
        "move",
        |d, n| {
            let list = statements(d, n % 3);
            let moved = list.remove(n % list.len());
            let at = (n / 7) % (list.len() + 1);
            list.insert(at, moved);
        },
        Kind::Statement,
        "Moved",
    ),
    (
        "strength",
        |d, n| {
            let list = statements(d, n % 3);
            let at = n % list.len();
            list[at].strength = Strength::STRONG;
        },
        Kind::Statement,
        "strength",
    ),
    (
        "doubt",
        |d, n| {
            let list = statements(d, n % 3);
            let at = n % list.len();
            list[at].certainty = Certainty::Probability("0.25".to_owned());
        },
        Kind::Statement,
        "certainty",
    ),
    (
        "hinge",
        |d, _| {
            let list = statements(d, 0);
            list[3].formula = formula("not relief");
        },
        Kind::Statement,
        "formula",
    ),
    (
        "rule",
        |d, n| {
            let at = n % d.never.len();
            d.never.remove(at);
        },
        Kind::Never,
        "Dropped",
    ),
    (
        "because",
        |d, n| {
            let at = n % d.never.len();
            d.never[at].because = None;
        },
        Kind::Never,
        "because",
    ),
    (
        "when",
        |d, _| {
            d.when.pop();
        },
        Kind::Consequence,
        "Dropped",
    ),
    (
        "class",
        |d, n| {
            let at = n % (d.classes.len() - 1);
            d.classes[at].when = Some(formula("US.peace and DPRK.test"));
        },
        Kind::Class,
        "condition",
    ),
    (
        "status quo",
        |d, _| d.status_quo = None,
        Kind::Negotiation,
        "status quo",
    ),
    (
        "reading",
        |d, n| {
            d.terms[0].readings[n % 2].formula = formula("US.sign");
        },
        Kind::Reading,
        "formula",
    ),
    (
        "communicated",
        |d, _| {
            d.terms[0].communicated.clear();
        },
        Kind::Communication,
        "Dropped",
    ),
    (
        "view",
        |d, _| {
            d.views[0].changes.clear();
        },
        Kind::Change,
        "Dropped",
    ),
    (
        "variant",
        |d, n| {
            let at = n % d.variants.len();
            d.variants.remove(at);
        },
        Kind::Variant,
        "Dropped",
    ),
    (
        "variant's change",
        |d, _| {
            d.variants[1].changes.clear();
        },
        Kind::Change,
        "Dropped",
    ),
    (
        "source",
        |d, _| {
            d.sources.remove(0);
        },
        Kind::Source,
        "Dropped",
    ),
    (
        "date",
        |d, n| {
            let at = n % d.sources.len();
            d.sources[at]
                .properties
                .insert("date".to_owned(), "2020-02-20".to_owned());
        },
        Kind::Source,
        "properties",
    ),
    (
        "citation",
        |d, _| {
            statements(d, 0)[0].cites.clear();
        },
        Kind::Citation,
        "Dropped",
    ),
    (
        "event",
        |d, n| {
            let at = n % d.calendar.len();
            d.calendar.remove(at);
        },
        Kind::Event,
        "Dropped",
    ),
    (
        "claim",
        |d, _| {
            d.claims[0].likelihood = None;
        },
        Kind::Claim,
        "likelihood",
    ),
    (
        "track",
        |d, n| {
            d.tracks[n % 3].title = None;
        },
        Kind::Track,
        "title",
    ),
    ("as of", |d, _| d.as_of = None, Kind::Negotiation, "as of"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever was edited is told, and nothing else; the way back tells it too.
    #[test]
    fn every_edit_is_found(which in 0..EDITS.len(), n in 0_usize..500) {
        let (name, edit, kind, word) = EDITS[which];
        let a = read(&case(CASES[0]));
        let mut b = a.clone();
        edit(&mut b, n);
        // A statement may have been moved to where it was, or strengthened to what it is.
        prop_assume!(a != b);
        let found = difference(&a, &b);
        prop_assert_eq!(found.renamings.len(), 0);
        prop_assert_eq!(found.changes.len(), 1, "{}: {:#?}", name, found.changes);
        let change = &found.changes[0];
        prop_assert_eq!(change.kind, kind);
        prop_assert!(format!("{:?}", change.what).contains(word), "{:?}", change);
        prop_assert_eq!(&found.with(&BTreeSet::from([0])), &b);
        prop_assert_eq!(found.with(&BTreeSet::new()), a.clone());
        prop_assert_eq!(difference(&b, &a).changes[0].what.clone(), change.reversed().what);
        // What was read again from its text is the same.
        prop_assert_eq!(difference(&a, &read(&print(&b))).changes, found.changes);
    }

    /// Some of several edits, made on the way: the rest of the way has the other ones.
    #[test]
    fn some_changes_are_made_and_the_others_left(
        which in proptest::collection::btree_set(0..EDITS.len(), 1..6),
        n in 0_usize..500,
        made in proptest::collection::btree_set(0_usize..6, 0..6),
    ) {
        let a = read(&case(CASES[0]));
        let mut b = a.clone();
        for which in which {
            EDITS[which].1(&mut b, n);
        }
        let found = difference(&a, &b);
        let made: BTreeSet<usize> = made.into_iter().filter(|i| *i < found.changes.len()).collect();
        let between = found.with(&made);
        let left = difference(&between, &b);
        prop_assert!(left.changes.len() + made.len() <= found.changes.len() + 1);
        prop_assert_eq!(difference(&a, &between).changes.len(), made.len());
    }
}

#[test]
fn packages_and_their_worth() {
    let a = read(&case("diplomacy/us-dprk-2019/packages.detente"));
    let mut b = a.clone();
    let party = b.parties.iter_mut().find(|p| p.utility.is_some()).unwrap();
    let utility = party.utility.as_mut().unwrap();
    utility.issues.remove(0);
    utility.reservation = None;
    let package = b.packages.first_mut().unwrap();
    package.picks[0].levels = vec![PickedLevel::Named(Name::new("elsewhere"))];
    let found = difference(&a, &b);
    let kinds: Vec<Kind> = found.changes.iter().map(|c| c.kind).collect();
    let had = a.parties.iter().find_map(|p| p.utility.as_ref()).unwrap();
    let mut expected = vec![Kind::Worth];
    expected.extend(had.reservation.iter().map(|_| Kind::Reservation));
    expected.push(Kind::Package);
    assert_eq!(kinds, expected);
    assert!(found.changes.iter().all(|c| c.bears == Bears::PACKAGES));
}

/// The pairs of items that stand to each other as before, for every set of items, by looking at all sets.
fn most_that_stay(a: &[Vec<usize>], b: &[Vec<usize>], count: usize) -> usize {
    let place = |ranking: &[Vec<usize>], item: usize| {
        ranking.iter().position(|group| group.contains(&item))
    };
    let stands =
        |x: usize, y: usize| place(a, x).cmp(&place(a, y)) == place(b, x).cmp(&place(b, y));
    let sets = (0..1_usize << count).filter(|set| {
        let inside = |item: &usize| set & (1 << item) != 0;
        let items: Vec<usize> = (0..count).filter(inside).collect();
        items.iter().all(|x| items.iter().all(|y| stands(*x, *y)))
    });
    sets.map(|set| set.count_ones() as usize).max().unwrap_or(0)
}

fn ranking(groups: &[Vec<usize>]) -> Document {
    let groups: Vec<String> = groups
        .iter()
        .map(|group| {
            let items: Vec<String> = group.iter().map(|item| format!("s{item}")).collect();
            items.join(" = ")
        })
        .collect();
    read(&format!(
        "party P {{ ranks {{ {} }} }}\n",
        groups.join(" > ")
    ))
}

/// A ranking of some items with ties, from a place for each item.
fn grouped(places: &[usize]) -> Vec<Vec<usize>> {
    let groups = (0..places.len()).map(|place| {
        let items = places.iter().enumerate().filter(|(_, at)| **at == place);
        items.map(|(item, _)| item).collect::<Vec<usize>>()
    });
    groups.filter(|group| !group.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// As few items as can be are told to have moved, each with all items that it passed.
    #[test]
    fn what_moved_in_a_ranking(
        places in (1_usize..7).prop_flat_map(|n| {
            let list = || proptest::collection::vec(0..n, n);
            (list(), list())
        })
    ) {
        let (a, b) = (grouped(&places.0), grouped(&places.1));
        let count = places.0.len();
        let found = difference(&ranking(&a), &ranking(&b));
        if a == b {
            prop_assert!(found.is_empty());
            return Ok(());
        }
        let [change] = found.changes.as_slice() else { panic!("{:#?}", found.changes) };
        prop_assert_eq!(change.shifts.len(), count - most_that_stay(&a, &b, count));
        let place = |ranking: &[Vec<usize>], item: usize| {
            ranking.iter().position(|group| group.contains(&item)).unwrap()
        };
        let mut moved = BTreeSet::new();
        for shift in &change.shifts {
            let Shift::Moved { item, from, to, up, past } = shift else { panic!("{shift:?}") };
            let own: usize = item[1..].parse().unwrap();
            moved.insert(own);
            prop_assert_eq!((from - 1, to - 1), (place(&a, own), place(&b, own)));
            let stands = |ranking: &[Vec<usize>], other: usize| {
                place(ranking, own).cmp(&place(ranking, other))
            };
            let passed: Vec<usize> =
                (0..count).filter(|other| stands(&a, *other) != stands(&b, *other)).collect();
            let better = passed.iter().filter(|o| stands(&b, **o) < stands(&a, **o)).count();
            prop_assert_eq!(*up, 2 * better >= passed.len());
            let names: Vec<String> = passed.iter().map(|o| format!("s{o}")).collect();
            prop_assert_eq!(past, &names);
            prop_assert_eq!(&shift.reversed().reversed(), shift);
        }
        for x in (0..count).filter(|x| !moved.contains(x)) {
            for y in (0..count).filter(|y| !moved.contains(y)) {
                prop_assert_eq!(
                    place(&a, x).cmp(&place(&a, y)),
                    place(&b, x).cmp(&place(&b, y))
                );
            }
        }
    }
}

#[test]
fn items_and_steps_of_a_ranking() {
    let with = |ranks: &str| read(&format!("party P {{ ranks {{ {ranks} }} }}\n"));
    let shifts = |a: &str, b: &str| {
        let found = difference(&with(a), &with(b));
        let change = found.changes.first().unwrap();
        change.shifts.clone()
    };
    assert_eq!(
        shifts("big > small > none", "big >> small > vague > none"),
        [
            Shift::Added {
                item: "vague".to_owned(),
                to: 3
            },
            Shift::Step {
                better: "big".to_owned(),
                worse: "small".to_owned(),
                was: ">".to_owned(),
                now: ">>".to_owned(),
            },
        ]
    );
    assert_eq!(
        shifts("big > small > none", "small > none"),
        [Shift::Dropped {
            item: "big".to_owned(),
            from: 1
        }]
    );
    let found = difference(
        &with("big > small"),
        &read("party P { prefers { state big } }\n"),
    );
    assert!(found.changes.iter().all(|change| change.shifts.is_empty()));
}

/// What can depend on a change: the conflict, packages, or the course alone.
#[test]
fn what_depends_on_a_change() {
    let base = "as of 2019-01-20\ntrack working\nparty P { option x; acts every 30 days; prefers { x } }\n";
    let bears = |added: &str, instead: (&str, &str)| {
        let b = base.replace(instead.0, instead.1) + added;
        let found = difference(&read(base), &read(&b));
        let [change] = found.changes.as_slice() else {
            panic!("{:#?}", found.changes)
        };
        change.bears
    };
    let same = ("", "");
    let told = "calendar { 2019-02-01 statement \"Words\" }\n";
    assert_eq!(bears(told, same), Bears::NOTHING);
    assert_eq!(bears("never P.x\n", same), Bears::CONFLICT);
    assert_eq!(bears("issues { i: a, b }\n", same), Bears::PACKAGES);
    assert_eq!(
        bears("calendar { 2019-02-01 talks at working }\n", same),
        Bears::COURSE
    );
    assert_eq!(
        bears("calendar { 2019-02-01 sets P.x }\n", same),
        Bears::CONFLICT
    );
    assert_eq!(bears("", ("every 30", "every 20")), Bears::COURSE);
    assert_eq!(bears("", ("working", "working binds all")), Bears::COURSE);
    assert_eq!(bears("source s \"A paper\"\n", same), Bears::NOTHING);
    let both = Bears {
        packages: true,
        ..Bears::CONFLICT
    };
    assert_eq!(bears("party Q { }\n", same), both);
}
