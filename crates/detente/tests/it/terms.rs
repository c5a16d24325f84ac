//! Terms with several readings, and islands of agreement, against the definitions written out by hand.

use std::collections::BTreeSet;

use detente::analysis::terms::islands::{Agreed, Contested, islands};
use detente::analysis::terms::{Reader, Relation, Request, Terms, terms};
use detente::analysis::{Budget, Concept, Game, Settings, StateId, StateSet};
use detente::model::PartyId;
use detente::model::model::Preferences;
use detente::syntax::ast::Communicated;

use crate::harness::{case, document, model, on, tables};

const READINGS: &str = "diplomacy/us-dprk-2019/readings";
pub(crate) const CONCEPTS: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];
const US: PartyId = PartyId(0);
const DPRK: PartyId = PartyId(1);

fn found(text: &str, variants: &[&str], use_it: impl FnOnce(&Game<'_>, &Terms)) {
    let document = document(text, variants);
    let model = model(&document);
    let budget = Budget::default();
    let game = Game::new(&model, &budget).unwrap_or_else(|e| panic!("{e:?}"));
    let request = Request {
        terms: (0..model.terms.len()).collect(),
        concepts: CONCEPTS.to_vec(),
        settings: Settings::default(),
    };
    let outcome = terms(&document, &game, &request, &budget).unwrap();
    use_it(&game, &outcome.complete().unwrap());
}

fn ids(set: &StateSet) -> Vec<u32> {
    set.iter().map(|s| s.0 + 1).collect()
}

/// Equilibria of a text without terms, by concept.
pub(crate) fn plain(text: &str) -> Vec<Vec<u32>> {
    let model = model(&document(text, &[]));
    assert!(model.terms.is_empty());
    let game = Game::new(&model, &Budget::default()).unwrap_or_else(|e| panic!("{e:?}"));
    let found = tables(&game, &CONCEPTS);
    found.tables.iter().map(|t| ids(&t.equilibria())).collect()
}

/// The case with each party's use of the term written out by hand, and without the term.
pub(crate) fn by_hand(us: &str, dprk: &str) -> String {
    let text = case(READINGS);
    let from = text.find("term denuclearised \"").unwrap();
    let to = from + text[from..].find("\n}\n").unwrap() + 3;
    let variants = text.find("# What if?").unwrap();
    let text = format!("{}{}", &text[..from], &text[to..variants]);
    let text = text.replacen("term denuclearised", us, 1);
    let text = text.replacen("term denuclearised", dprk, 1);
    assert!(!text.contains("term "));
    text
}

fn seen(of: &[Option<StateSet>]) -> Vec<Vec<u32>> {
    of.iter().map(|s| ids(s.as_ref().unwrap())).collect()
}

pub(crate) const US_SENSE: &str = "(DPRK.yongbyon and DPRK.declare)";
pub(crate) const DPRK_SENSE: &str = "(DPRK.yongbyon and US.umbrella)";

#[test]
fn the_two_readings_part_on_four_states() {
    found(case(READINGS), &[], |game, found| {
        let [term] = found.terms.as_slice() else {
            panic!()
        };
        assert_eq!(game.space.len(), 12);
        assert_eq!(term.parted(), 4);
        assert!(term.parts());
        let parted: BTreeSet<StateId> = term
            .splits
            .iter()
            .filter(|s| s.parts(2))
            .flat_map(|s| s.states.iter())
            .collect();
        // Literally: the states on which the two formulas differ.
        let differ = |s: &StateId| {
            let on = on(game, *s);
            let has = |o: &str| on.contains(o);
            let yongbyon = has("DPRK.yongbyon");
            (yongbyon && has("DPRK.declare")) != (yongbyon && has("US.umbrella"))
        };
        assert_eq!(parted, game.space.ids().filter(differ).collect());
        assert_eq!(term.pairs.len(), 1);
        assert_eq!(term.pairs[0].relation, Relation::Overlapping);
        assert_eq!(term.senses[0].reader, Reader::Party(US));
        let users: Vec<_> = game.model.terms[0]
            .uses
            .iter()
            .map(|u| u.text.as_str())
            .collect();
        assert_eq!(
            users,
            ["term denuclearised", "US.relief and term denuclearised"]
        );
        assert_eq!(
            game.model.terms[0].stated[0].quote,
            "work toward complete denuclearization of the Korean Peninsula"
        );
    });
}

#[test]
fn each_expects_a_deal_in_its_own_sense_until_it_knows_better() {
    let common = plain(&by_hand(US_SENSE, DPRK_SENSE));
    let us = plain(&by_hand(US_SENSE, US_SENSE));
    let dprk = plain(&by_hand(DPRK_SENSE, DPRK_SENSE));
    // Computed apart from the program, by the definitions: nash, gmr, smr, seq.
    assert_eq!(common, [vec![1], vec![1, 12], vec![1, 12], vec![1, 12]]);
    assert_eq!(us, [vec![1], vec![1, 10, 12], vec![1, 10, 12], vec![1, 10]]);
    assert_eq!(
        dprk,
        [vec![1], vec![1, 8, 12], vec![1, 8, 12], vec![1, 8, 12]]
    );
    found(case(READINGS), &[], |_, found| {
        assert_eq!(seen(&found.common), common);
        assert_eq!(seen(&found.eyes[0].equilibria), us);
        assert_eq!(seen(&found.eyes[1].equilibria), dprk);
        assert_eq!(found.eyes[0].mistaken_about, [DPRK]);
        assert_eq!(found.eyes[1].mistaken_about, [US]);
        let toggles = &found.terms[0].toggles;
        assert_eq!(toggles.len(), 2);
        let [of_us, of_dprk] = [&toggles[0], &toggles[1]];
        assert_eq!(
            (of_us.by, of_us.to, of_us.said),
            (US, DPRK, Communicated::No)
        );
        assert_eq!((of_dprk.by, of_dprk.to), (DPRK, US));
        assert_eq!(of_dprk.said, Communicated::Unclear);
        assert!(of_us.matters && of_dprk.matters);
        assert_eq!(seen(&of_dprk.without), us);
        assert_eq!(seen(&of_dprk.with), common);
        assert_eq!(seen(&of_us.without), dprk);
        assert_eq!(seen(&of_us.with), common);
        for told in &found.terms[0].told {
            assert_eq!(seen(&told.equilibria), common);
            assert_eq!(told.mistaken_about, []);
        }
    });
    // One is told: its game is the common one. Both are told: the two games are one.
    found(case(READINGS), &["told"], |_, found| {
        assert_eq!(seen(&found.eyes[0].equilibria), common);
        assert_eq!(seen(&found.eyes[1].equilibria), dprk);
    });
    found(case(READINGS), &["open"], |_, found| {
        for eyes in &found.eyes {
            assert_eq!(seen(&eyes.equilibria), common);
            assert_eq!(eyes.mistaken_about, []);
        }
    });
}

#[test]
fn the_relations_of_two_readings() {
    let with = |us: &str, dprk: &str| {
        let text = case(READINGS)
            .replace(
                "US   reads DPRK.yongbyon and DPRK.declare",
                &format!("US reads {us}"),
            )
            .replace(
                "DPRK reads DPRK.yongbyon and US.umbrella",
                &format!("DPRK reads {dprk}"),
            );
        let mut out = None;
        found(&text, &[], |game, found| {
            let pair = found.terms[0].pairs[0].clone();
            let senses = &found.terms[0].senses;
            for (witness, a, b) in [
                (pair.both, true, true),
                (pair.only_first, true, false),
                (pair.only_second, false, true),
            ] {
                let fits = |s: &StateId| {
                    senses[0].states.contains(*s) == a && senses[1].states.contains(*s) == b
                };
                assert_eq!(witness, game.space.ids().find(fits));
            }
            out = Some((pair.relation, found.terms[0].parted()));
        });
        out.unwrap()
    };
    // Equal over the feasible states, though not by their words.
    assert_eq!(
        with("DPRK.declare", "DPRK.declare and DPRK.yongbyon"),
        (Relation::Equivalent, 0)
    );
    assert_eq!(
        with("DPRK.declare", "DPRK.yongbyon"),
        (Relation::Implies, 4)
    );
    assert_eq!(
        with("DPRK.yongbyon", "DPRK.declare"),
        (Relation::ImpliedBy, 4)
    );
    assert_eq!(
        with("DPRK.declare", "not DPRK.yongbyon"),
        (Relation::Disjoint, 8)
    );
    assert_eq!(
        with("US.relief", "DPRK.declare"),
        (Relation::Overlapping, 6)
    );
}

/// Pairs of states that all of some parties strictly rank in the same direction, and those of which two
/// of them rank oppositely; one pair after the other.
fn counted(game: &Game<'_>, parties: &[PartyId]) -> (u128, u128, u128) {
    let (mut pairs, mut same, mut opposite) = (0, 0, 0);
    for a in game.space.ids() {
        for b in game.space.ids().filter(|b| a < *b) {
            pairs += 1;
            let up = |p: &PartyId| game.rankings[p.index()].prefers(a, b);
            let down = |p: &PartyId| game.rankings[p.index()].prefers(b, a);
            same += u128::from(parties.iter().all(up) || parties.iter().all(down));
            opposite += u128::from(parties.iter().any(up) && parties.iter().any(down));
        }
    }
    (pairs, same, opposite)
}

#[test]
fn islands_are_what_the_definitions_say() {
    for (name, variant) in [
        (READINGS, &[][..]),
        ("diplomacy/us-dprk-2019/january", &[]),
        ("diplomacy/us-dprk-2019/january", &["flex"]),
        ("diplomacy/us-dprk-2019/hanoi", &[]),
        ("textbook/chicken/chicken", &[]),
        ("water/elmira/elmira", &[]),
        ("water/syria-iraq-1975/syria_iraq", &[]),
    ] {
        let model = model(&document(case(name), variant));
        let game = Game::new(&model, &Budget::default()).unwrap();
        let found = islands(&game, &Budget::default());
        let all: Vec<PartyId> = model.party_ids().collect();
        let direction = found.all.as_ref().unwrap();
        let shown = (direction.pairs, direction.same, direction.opposite);
        assert_eq!(shown, counted(&game, &all), "{name}");
        for (a, b, direction) in &found.each_two {
            let direction = direction.as_ref().unwrap();
            let shown = (direction.pairs, direction.same, direction.opposite);
            assert_eq!(shown, counted(&game, &[*a, *b]), "{name}");
        }
        // Every two statements of different parties, compared state by state.
        let mut wishes: Vec<((PartyId, usize), Vec<bool>)> = Vec::new();
        for party in model.party_ids() {
            if let Preferences::Statements(list) = &model.party(party).preferences {
                for (i, statement) in list.iter().enumerate() {
                    let states = game.space.matching(&statement.condition);
                    let truth: Vec<bool> = game.space.ids().map(|s| states.contains(&s)).collect();
                    if truth.contains(&true) && truth.contains(&false) {
                        wishes.push(((party, i), truth));
                    }
                }
            }
        }
        let (mut same, mut contrary) = (BTreeSet::new(), BTreeSet::new());
        for (a, x) in &wishes {
            for (b, y) in wishes.iter().filter(|(b, _)| a.0 < b.0) {
                if x == y {
                    same.insert((*a, *b));
                } else if x.iter().zip(y).all(|(x, y)| x != y) {
                    contrary.insert((*a, *b));
                }
            }
        }
        let pairs = |one: &[(PartyId, usize)], other: &[(PartyId, usize)]| {
            let mut out = BTreeSet::new();
            for a in one {
                for b in other.iter().filter(|b| b.0 != a.0) {
                    out.insert((*a.min(b), *a.max(b)));
                }
            }
            out
        };
        let shared = found
            .shared
            .iter()
            .flat_map(|s| pairs(&s.wishes, &s.wishes));
        assert_eq!(shared.collect::<BTreeSet<_>>(), same, "{name}");
        let opposed = found
            .opposed
            .iter()
            .flat_map(|o| pairs(&o.wanted, &o.unwanted));
        assert_eq!(opposed.collect::<BTreeSet<_>>(), contrary, "{name}");
    }
}

#[test]
fn facts_are_agreed_or_contested() {
    found(case(READINGS), &["told"], |game, _| {
        let found = islands(game, &Budget::default());
        assert_eq!(
            found.agreed,
            [
                Agreed::Rule(0),
                Agreed::Stated(0, 0),
                Agreed::Known {
                    term: 0,
                    by: DPRK,
                    to: US
                },
                Agreed::Options,
            ]
        );
        let [
            Contested::Reading {
                states, example, ..
            },
        ] = found.contested.as_slice()
        else {
            panic!("{:?}", found.contested)
        };
        assert_eq!((*states, example.0 + 1), (4, 9));
    });
    let same = case(READINGS).replace(
        "DPRK reads DPRK.yongbyon and US.umbrella",
        "DPRK reads DPRK.declare",
    );
    found(&same, &[], |game, _| {
        let found = islands(game, &Budget::default());
        assert!(found.agreed.contains(&Agreed::Term(0)));
        assert_eq!(
            found.contested,
            [Contested::Unclear {
                term: 0,
                by: DPRK,
                to: US
            }]
        );
    });
}

#[test]
fn what_views_change_is_contested() {
    let said = |text: &str| -> Vec<(String, String, usize)> {
        let model = model(&document(text, &[]));
        let game = Game::new(&model, &Budget::default()).unwrap();
        let contested = islands(&game, &Budget::default()).contested;
        let believed = contested.into_iter().filter_map(|c| match c {
            Contested::Believed(belief) => {
                Some((belief.path.join("."), belief.text, belief.cites.len()))
            }
            _ => None,
        });
        believed.collect()
    };
    let line = |path: &str, text: &str, cites| (path.to_owned(), text.to_owned(), cites);
    assert_eq!(
        said(case("diplomacy/us-dprk-2019/january")),
        [line("DPRK", "US prefers { drop hinge }", 1)]
    );
    assert_eq!(said(case(READINGS)), []);
    let base = "source s \"A source\"\nparty A { option x\noption y\nprefers { x } }
        party B { option z\nprefers { z } }\nnever A.x and A.y\nnever A.x and B.z\nwhen A.y then not B.z
        when A.x then not A.y\n";
    let views = "in the eyes of A [s] { hides B.z\nwithout never A.x and B.z
        in the eyes of B { invents A.w \"Another\" [s] } }
        in the eyes of B { without when A.y\nA prefers { x [s]; not y [s] } }";
    let text = format!("{base}{views}");
    let shown: Vec<(String, String)> = said(&text).into_iter().map(|(p, t, _)| (p, t)).collect();
    let shown: Vec<(&str, &str)> = shown.iter().map(|(p, t)| (&**p, &**t)).collect();
    assert_eq!(
        shown,
        [
            ("A", "hides B.z"),
            ("A", "without never A.x and B.z"),
            ("A.B", "invents A.w \"Another\""),
            ("B", "without when A.y"),
            ("B", "A prefers { x; not y }"),
        ]
    );
    // What somebody does not take for a fact is not agreed.
    let agreed = |text: &str| {
        let model = model(&document(text, &[]));
        let game = Game::new(&model, &Budget::default()).unwrap();
        islands(&game, &Budget::default()).agreed
    };
    assert_eq!(agreed(&text), [Agreed::Rule(0), Agreed::Consequence(1)]);
    assert_eq!(
        agreed(base),
        [
            Agreed::Rule(0),
            Agreed::Rule(1),
            Agreed::Consequence(0),
            Agreed::Consequence(1),
            Agreed::Options
        ]
    );
}
