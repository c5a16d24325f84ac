//! Strength and doubt together, from a text: what is known, and how strongly, from every completion
//! written out, and the hybrid stability of it by the definitions.

use std::collections::BTreeSet;

use detente_analysis::doubt::{Family, MOST_COMPLETIONS, in_doubt, relations};
use detente_analysis::relation::{Degrees, Extension, Graded, Known, Standing, standings};
use detente_analysis::{Budget, Game, Settings, StateId};
use detente_model::PartyId;
use detente_model::model::Preferences;
use proptest::prelude::*;

use super::doubt::{completions, document, model};
use super::model::Case;
use super::relations::{Book, Matrix, unknown_book};

const NOT: u32 = 0;
const CERTAIN: u32 = 1;
const DOUBTFUL: u32 = 2;

/// By how much each party prefers each state to each other, by statements read from the top.
fn degrees_of(game: &Game<'_>) -> Matrix {
    let states: Vec<StateId> = game.space.ids().collect();
    let parties = game.model.parties.iter();
    parties
        .map(|party| {
            let list = match &party.preferences {
                Preferences::Statements(list) => list.as_slice(),
                _ => &[],
            };
            let read: Vec<(BTreeSet<StateId>, u32)> = list
                .iter()
                .map(|s| {
                    let true_in = game.space.matching(&s.condition).into_iter().collect();
                    (true_in, u32::from(s.strength.degree()))
                })
                .collect();
            let degree = |s: &StateId, t: &StateId| {
                for (holds, strength) in &read {
                    match (holds.contains(s), holds.contains(t)) {
                        (true, false) => return *strength,
                        (false, true) => return 0,
                        _ => {}
                    }
                }
                0
            };
            let row = |s| states.iter().map(|t| degree(s, t)).collect();
            states.iter().map(row).collect()
        })
        .collect()
}

/// What holds in all completions: the knowledge, and the least degree.
fn certain(text: &str) -> (Matrix, Matrix) {
    let (_, all) = completions(&document(text));
    let tables: Vec<Matrix> = all
        .iter()
        .map(|completion| {
            let model = model(&completion.document);
            degrees_of(&Game::new(&model, &Budget::default()).unwrap())
        })
        .collect();
    let (mut known, mut least) = (tables[0].clone(), tables[0].clone());
    for (p, rows) in tables[0].iter().enumerate() {
        for s in 0..rows.len() {
            for t in 0..rows.len() {
                let given: Vec<u32> = tables.iter().map(|table| table[p][s][t]).collect();
                let preferred = given.iter().filter(|d| **d > 0).count();
                known[p][s][t] = match preferred {
                    0 => NOT,
                    n if n == given.len() => CERTAIN,
                    _ => DOUBTFUL,
                };
                least[p][s][t] = given.into_iter().min().unwrap();
            }
        }
    }
    (known, least)
}

/// The states that sanction strongly enough, after Xu, Hipel and Kilgour: certainly worse by the degree,
/// or in c and d possibly worse.
fn hybrid(case: &Case, known: &Matrix, of: &Matrix, extension: Extension, least: u32) -> Book {
    let mut book = unknown_book(case, known, extension);
    if least == 0 {
        return book;
    }
    let lenient = matches!(extension, Extension::C | Extension::D);
    for (p, sets) in book.bad.iter_mut().enumerate() {
        for (s, set) in sets.iter_mut().enumerate() {
            *set = (0..known[p].len())
                .filter(|t| match known[p][s][*t] {
                    CERTAIN => of[p][s][*t] >= least,
                    DOUBTFUL => lenient,
                    _ => false,
                })
                .collect();
        }
    }
    book
}

fn compare(text: &str) {
    let model = model(&document(text));
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &budget).unwrap();
    let tri = relations::known(&family, &budget).unwrap();
    let degrees = relations::degrees(&family, &budget).unwrap();
    let (known, of) = certain(text);
    for (p, rows) in known.iter().enumerate() {
        for (s, row) in rows.iter().enumerate() {
            for (t, cell) in row.iter().enumerate() {
                let (party, a, b) = (PartyId(p as u16), StateId(s as u32), StateId(t as u32));
                let wanted = [Known::NotPreferred, Known::Preferred, Known::Unknown];
                assert_eq!(tri.known(party, a, b), wanted[*cell as usize], "{text}");
                assert_eq!(
                    u32::from(degrees.degree(party, a, b)),
                    of[p][s][t],
                    "{text}"
                );
            }
        }
    }
    if !in_doubt(&model).contains(&true) {
        assert!(tri.is_certain());
        assert_eq!(degrees, Degrees::of(&game, &budget).unwrap());
    }
    let case = Case {
        graph: game.graph.clone(),
        rankings: game.rankings.clone(),
        options: None,
    };
    let settings = Settings::default();
    for extension in Extension::ALL {
        let graded = Graded {
            degrees: &degrees,
            unknown: Some((&tri, extension)),
        };
        let books: Vec<(u8, Book)> = [0, 1, 2, 3]
            .into_iter()
            .map(|least| {
                (
                    least,
                    hybrid(&case, &known, &of, extension, u32::from(least)),
                )
            })
            .collect();
        let found = standings(&case.graph, graded, &settings, &budget);
        for table in found.complete().unwrap() {
            for party in case.parties() {
                for state in case.states() {
                    let (p, s) = (party.index(), state.index());
                    let stable = |book: &Book| book.stable(table.concept, &settings, p, s);
                    let held = books.iter().rev().find(|(_, book)| stable(book));
                    let standing = table.of(party, state);
                    let at = format!("{text}\n{extension:?} {} {p} {s}", table.concept);
                    if books[0].1.leaves[p][s].is_empty() {
                        assert_eq!(standing, Standing::Nash, "{at}");
                        continue;
                    }
                    match (held, standing) {
                        (None, found) => assert_eq!(found, Standing::Unstable, "{at}"),
                        // Of the unknown there are no degrees: strong is strong.
                        (Some((level, _)), Standing::Held(found)) => {
                            assert_eq!(*level.min(&2), found.min(2), "{at}");
                            if extension == Extension::A || extension == Extension::B {
                                assert_eq!(*level, found, "{at}");
                            }
                        }
                        (Some(_), other) => panic!("{other:?} {at}"),
                    }
                }
            }
        }
    }
}

fn list(formulas: &'static [&'static str]) -> impl Strategy<Value = String> {
    let prefixes = vec![
        "",
        "",
        "strongly: ",
        "strongly 3: ",
        "maybe: ",
        "maybe strongly: ",
        "maybe 0.3 strongly 3: ",
        "either order: ",
        "strongly either order: ",
    ];
    let chosen = prop::sample::subsequence(formulas.to_vec(), 1..=4).prop_shuffle();
    (
        chosen,
        prop::collection::vec(prop::sample::select(prefixes), 4),
    )
        .prop_map(|(list, before)| {
            let lines = list.iter().zip(before);
            let lines: Vec<String> = lines.map(|(f, b)| format!("{b}{f}")).collect();
            format!("prefers {{ {} }}", lines.join("; "))
        })
}

const WANTS: [&str; 7] = [
    "A.a",
    "not B.c",
    "not A.b",
    "B.c and not A.a",
    "A.b iff B.c",
    "not A.a or not B.c",
    "A.a or A.b",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn hybrid_from_a_text_is_as_defined(a in list(&WANTS), b in list(&WANTS), of_two: bool) {
        let second = if of_two {
            "candidate hard 0.4 { prefers { strongly: not A.a; B.c } }
             candidate soft 0.6 { prefers { not A.a; strongly 3: not B.c } }"
        } else {
            b.as_str()
        };
        compare(&format!(
            "party A {{ option a; option b; {a} }}\nparty B {{ option c; {second} }}\n"
        ));
    }
}

/// In a and b one is not held by what is not known, in c and d strongly so.
#[test]
fn the_unknown_is_feared_in_c_and_d() {
    let text = "party A { option a; prefers { maybe: not B.b or not a; a } }
                party B { option b; prefers { A.a iff b } }";
    compare(text);
    let model = model(&document(text));
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &budget).unwrap();
    let tri = relations::known(&family, &budget).unwrap();
    let degrees = relations::degrees(&family, &budget).unwrap();
    let standing = |extension| {
        let graded = Graded {
            degrees: &degrees,
            unknown: Some((&tri, extension)),
        };
        let all = standings(&game.graph, graded, &Settings::default(), &budget);
        // From nothing on, A would choose a, and B would follow: both on, better or worse for A.
        all.complete().unwrap()[0].of(PartyId(0), StateId(0))
    };
    let found = Extension::ALL.map(standing);
    assert!(!found[0].is_stable() && !found[1].is_stable());
    assert_eq!(found[2], Standing::Held(2));
    assert_eq!(found[3], Standing::Held(2));
}
