//! The coset engine against the literal definitions, the engine for arbitrary graphs, independent
//! tables and families with known counts.

use detente_analysis::engine::coset::{self, CONCEPTS};
use detente_analysis::engine::{Arena, CosetAnalysis, Parts, Request, Unsuitable};
use detente_analysis::model::syntax;
use detente_analysis::{Budget, Concept, Game, Settings, analyze, stability};
use detente_model::PartyId;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::literal::Literal;
use crate::model::{Case, Direction, Options};
use crate::random::{Random, model_text};

/// A random arena, and the same conflict for the literal definitions.
#[derive(Debug, Clone)]
struct Twin {
    parts: Parts,
    case: Case,
}

/// Options given by owner and direction, feasible codes, and values per party and code.
fn twin(
    widths: &[u32],
    directions: &[Direction],
    feasible: &[bool],
    values: &[Vec<u32>],
) -> Option<Twin> {
    let bits: u32 = widths.iter().sum();
    let owners = (0..).zip(widths).flat_map(|(p, w)| vec![p; *w as usize]);
    let switches: Vec<(usize, Direction)> = owners.zip(directions.iter().copied()).collect();
    let mask = |wanted: Direction| {
        (0..bits)
            .filter(|b| directions[*b as usize] == wanted)
            .fold(0_u64, |mask, b| mask | 1 << b)
    };
    let words = feasible.chunks(64).map(|chunk| {
        (0..64)
            .filter(|i| chunk.get(*i) == Some(&true))
            .fold(0_u64, |word, i| word | 1 << i)
    });
    let parts = Parts {
        widths: widths.to_vec(),
        only_on: mask(Direction::On),
        only_off: mask(Direction::Off),
        feasible: Some(words.collect()),
        values: values.to_vec(),
    };
    let options = Options::new(widths.len(), switches, |s| feasible[s as usize], Vec::new());
    if options.states.is_empty() {
        return None;
    }
    let values: Vec<Vec<u32>> = values
        .iter()
        .map(|v| options.states.iter().map(|s| v[*s as usize]).collect())
        .collect();
    Some(Twin {
        parts,
        case: Case::by_options(options, &values),
    })
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![
        4 => Just(Direction::Both),
        1 => Just(Direction::On),
        1 => Just(Direction::Off)
    ]
}

/// Two to five parties, with or without holes and one-way options, rankings with ties.
fn twins(most: u32) -> impl Strategy<Value = Twin> {
    (2..=5_usize, any::<bool>(), any::<bool>())
        .prop_flat_map(move |(parties, holes, one_way)| {
            let widths = vec(0..=3_u32, parties)
                .prop_filter("size", move |w| (1..=most).contains(&w.iter().sum::<u32>()));
            (widths, Just(holes), Just(one_way))
        })
        .prop_flat_map(|(widths, holes, one_way)| {
            let bits: u32 = widths.iter().sum();
            let states = 1_usize << bits;
            let levels = prop_oneof![Just(2_u32), Just(5), Just(1000), Just(100_000)];
            let feasible = vec(0..10_u8, states)
                .prop_map(move |v| v.iter().map(|x| !holes || *x < 6).collect::<Vec<bool>>());
            let directions = vec(direction(), bits as usize).prop_map(move |d| {
                let keep = |d| if one_way { d } else { Direction::Both };
                d.into_iter().map(keep).collect::<Vec<_>>()
            });
            let parties = widths.len();
            let values = levels.prop_flat_map(move |l| vec(vec(0..l, states), parties));
            (Just(widths), directions, feasible, values)
        })
        .prop_filter_map(
            "no feasible state",
            |(widths, directions, feasible, values)| twin(&widths, &directions, &feasible, &values),
        )
}

pub(crate) fn judge(arena: &Arena, request: &Request) -> CosetAnalysis {
    coset::analyze(arena, request, &Budget::default())
        .complete()
        .unwrap()
}

fn with_margins() -> Request {
    Request {
        margins: true,
        ..Request::default()
    }
}

/// Everything that the engines say about the same states, cell by cell.
fn agrees(arena: &Arena, conflict: &detente_analysis::Conflict<'_>, literal: bool) {
    let settings = Settings::default();
    let plain = judge(arena, &Request::default());
    let margins = judge(arena, &with_margins());
    let tables = analyze(conflict, &CONCEPTS, &settings, &Budget::default())
        .complete()
        .unwrap();
    let steps = stability::margins(conflict, &CONCEPTS, &settings, &Budget::default()).unwrap();
    let definitions = Literal {
        conflict,
        settings: settings.clone(),
    };
    assert_eq!(plain.tables.len(), CONCEPTS.len());
    for ((found, table), expected) in plain.tables.iter().zip(&tables.tables).zip(&steps) {
        let concept = table.concept;
        let converted = found.by_states(arena);
        assert_eq!(&converted, table, "{concept}");
        let with = margins.table(concept).unwrap();
        assert_eq!(found.stable, with.stable, "{concept}");
        let only = Request {
            concepts: vec![concept],
            ..Request::default()
        };
        let alone = judge(arena, &only).tables;
        assert_eq!(alone.iter().collect::<Vec<_>>(), [found], "{concept}");
        let by_states = with.margins_by_states(arena).unwrap();
        assert_eq!(&by_states, expected, "{concept}");
        assert_eq!(found.equilibria.count() as usize, table.equilibria().len());
        for p in conflict.graph().party_ids() {
            for s in conflict.graph().state_ids() {
                let stable = by_states.margin(p, s).is_none_or(|m| m >= 0);
                assert_eq!(stable, table.is_stable(p, s), "{concept} {p:?} {s:?}");
                if literal {
                    assert_eq!(
                        stable,
                        definitions.stable(concept, p, s),
                        "{concept} {p:?} {s:?}"
                    );
                    assert_eq!(
                        by_states.margin(p, s),
                        literal_margin(&definitions, concept, p, s),
                        "{concept} {p:?} {s:?}"
                    );
                }
            }
        }
    }
}

/// The margin as its definition has it, from nothing but sets of reachable states.
fn literal_margin(
    literal: &Literal<'_>,
    concept: Concept,
    i: PartyId,
    s: detente_analysis::StateId,
) -> Option<i64> {
    use detente_analysis::StepRule::{Improvements, Moves};
    let escape = |t| {
        literal
            .steps(i, t, Moves)
            .into_iter()
            .map(|u| literal.rank(i, u))
            .max()
            .unwrap_or(0)
            .max(literal.rank(i, t))
    };
    let (steps, escapes) = match concept {
        Concept::Gmr => (Moves, false),
        Concept::Smr => (Moves, true),
        Concept::Seq => (Improvements, false),
        _ => (Improvements, true),
    };
    let sure = |to| {
        let own = literal.rank(i, to);
        if concept == Concept::Nash {
            return own;
        }
        let reached = literal.reach(&literal.others(i), to, steps);
        let level = |t| {
            if escapes {
                escape(t)
            } else {
                literal.rank(i, t)
            }
        };
        reached.into_iter().map(level).fold(own, u32::min)
    };
    let best = literal.steps(i, s, Moves).into_iter().map(sure).max()?;
    Some(i64::from(literal.rank(i, s)) - i64::from(best))
}

/// The conflict that the search with a bound on its time gets right, too.
fn agrees_when_guarded(arena: &Arena) {
    let usual = judge(arena, &with_margins());
    let guarded = judge(
        arena,
        &Request {
            patience: 0,
            ..with_margins()
        },
    );
    assert_eq!(usual.tables, guarded.tables);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn arenas_equal_the_definitions(twin in twins(4)) {
        let arena = Arena::from_parts(twin.parts.clone()).unwrap();
        agrees(&arena, &twin.case.conflict(), true);
        agrees_when_guarded(&arena);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn arenas_of_more_options_equal_the_other_engine(twin in twins(8)) {
        let arena = Arena::from_parts(twin.parts.clone()).unwrap();
        agrees(&arena, &twin.case.conflict(), false);
        agrees_when_guarded(&arena);
    }

    #[test]
    fn models_equal_the_other_engine(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let text = model_text(&mut random);
        let parsed = syntax::parse(&text);
        let resolved = detente_model::resolve(&parsed.document);
        let model = resolved.model.unwrap_or_else(|| panic!("{text}\n{:?}", resolved.diagnostics));
        let budget = Budget::default();
        match (Arena::new(&model, &budget), Game::new(&model, &budget)) {
            (Ok(arena), Ok(game)) => {
                prop_assert_eq!(arena.states() as usize, game.space.len());
                for state in game.space.ids() {
                    let code = arena.codes().code(state).unwrap();
                    prop_assert_eq!(arena.codes().value(code), game.space.value(state));
                    prop_assert_eq!(arena.codes().find(game.space.value(state)), Some(code));
                    prop_assert_eq!(arena.codes().state(code), Some(state));
                }
                agrees(&arena, &game.conflict(), false);
            }
            (Err(Unsuitable::NoFeasibleState | Unsuitable::Unranked { .. }), Err(_)) => {}
            (arena, game) => panic!("{text}\n{:?} {:?}", arena.err(), game.err()),
        }
    }
}

/// Parties with so many options that their cosets are walked in order rather than pair by pair.
#[test]
fn parties_with_many_options() {
    let mut random = Random::new(5);
    let shapes: [(&[u32], bool, bool); 12] = [
        (&[5, 1, 2], true, false),
        (&[6, 2, 1], true, false),
        (&[7, 1, 1], false, false),
        (&[1, 7, 1], true, false),
        (&[2, 7], true, false),
        (&[1, 1, 7], true, false),
        (&[8, 1, 1], false, true),
        (&[1, 8, 1], true, true),
        (&[1, 1, 8], true, true),
        (&[7, 2, 0], true, true),
        (&[3, 0, 7], false, false),
        (&[9], true, true),
    ];
    for (widths, holes, one_way) in shapes {
        let bits: u32 = widths.iter().sum();
        let directions: Vec<Direction> = (0..bits)
            .map(|_| match random.below(8) {
                0 if one_way => Direction::On,
                1 if one_way => Direction::Off,
                _ => Direction::Both,
            })
            .collect();
        let feasible: Vec<bool> = (0..1 << bits)
            .map(|_| !holes || random.below(4) > 0)
            .collect();
        for levels in [3, 70_000] {
            let values: Vec<Vec<u32>> = widths
                .iter()
                .map(|_| {
                    (0..1 << bits)
                        .map(|_| random.below(levels) as u32)
                        .collect()
                })
                .collect();
            let twin = twin(widths, &directions, &feasible, &values).unwrap();
            let arena = Arena::from_parts(twin.parts).unwrap();
            agrees(&arena, &twin.case.conflict(), false);
            agrees_when_guarded(&arena);
        }
    }
}

/// A path on which two parties improve in turn, one small step each: `a` then `b` up to the top.
fn staircase(bits: u32) -> Parts {
    let steps = 1_u32 << bits;
    let mut values = vec![Vec::new(); 3];
    for code in 0..1_u32 << (2 * bits + 1) {
        let (a, b) = (code & (steps - 1), code >> bits & (steps - 1));
        let on_path = a == b || a == b + 1;
        let height = if on_path { a + b + 1 } else { 0 };
        values[0].push(height);
        values[1].push(height);
        // The third party's worst state is at the top of the stairs.
        values[2].push(4 * steps - height);
    }
    Parts {
        widths: vec![bits, bits, 1],
        only_on: 0,
        only_off: 0,
        feasible: None,
        values,
    }
}

#[test]
fn staircases_are_climbed_in_bounded_time() {
    for bits in 2..=4 {
        let arena = Arena::from_parts(staircase(bits)).unwrap();
        let usual = judge(&arena, &Request::default());
        agrees_when_guarded(&arena);
        let switches = vec![(0, Direction::Both); bits as usize]
            .into_iter()
            .chain(vec![(1, Direction::Both); bits as usize])
            .chain([(2, Direction::Both)])
            .collect();
        let case = Case::by_options(
            Options::new(3, switches, |_| true, Vec::new()),
            &staircase(bits).values,
        );
        let tables = analyze(
            &case.conflict(),
            &CONCEPTS,
            &Settings::default(),
            &Budget::default(),
        )
        .complete()
        .unwrap();
        for (found, table) in usual.tables.iter().zip(&tables.tables) {
            assert_eq!(&found.by_states(&arena), table);
        }
    }
    let arena = Arena::from_parts(staircase(7)).unwrap();
    let usual = judge(&arena, &Request::default());
    assert!(usual.effort.guarded > 0, "{:?}", usual.effort);
    let patient = Request {
        patience: u64::MAX,
        ..Request::default()
    };
    let patient = judge(&arena, &patient);
    assert_eq!(patient.effort.guarded, 0);
    assert_eq!(usual.tables, patient.tables);
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let mut random = Random::new(11);
    let bits = 16;
    let values: Vec<Vec<u32>> = (0..3)
        .map(|_| (0..1 << bits).map(|_| random.below(300) as u32).collect())
        .collect();
    let feasible: Vec<u64> = (0..1_usize << (bits - 6))
        .map(|_| random.next() | random.next())
        .collect();
    let parts = Parts {
        widths: vec![6, 5, 5],
        only_on: 1 << 3,
        only_off: 1 << 8,
        feasible: Some(feasible),
        values,
    };
    let arena = Arena::from_parts(parts).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| judge(&arena, &Request::default()))
    };
    let one = run(1);
    for threads in [2, 7] {
        assert_eq!(run(threads), one, "{threads} threads");
    }
}

#[test]
fn inclusions_hold() {
    let mut random = Random::new(3);
    for _ in 0..5 {
        let values = (0..3)
            .map(|_| (0..1 << 12).map(|_| random.below(100) as u32).collect())
            .collect();
        let feasible = (0..64).map(|_| random.next() | random.next()).collect();
        let parts = Parts {
            widths: vec![5, 4, 3],
            only_on: 2,
            only_off: 64,
            feasible: Some(feasible),
            values,
        };
        let arena = Arena::from_parts(parts).unwrap();
        let analysis = judge(&arena, &Request::default());
        for (strong, weak) in [
            (Concept::Nash, Concept::Sseq),
            (Concept::Sseq, Concept::Seq),
            (Concept::Seq, Concept::Gmr),
            (Concept::Sseq, Concept::Smr),
            (Concept::Smr, Concept::Gmr),
            (Concept::Nash, Concept::Smr),
        ] {
            let strong = analysis.table(strong).unwrap();
            let weak = analysis.table(weak).unwrap();
            for (a, b) in strong.stable.iter().zip(&weak.stable) {
                assert!(a.words().iter().zip(b.words()).all(|(a, b)| a & !b == 0));
            }
        }
    }
}

/// The option form of the independent tables, with each party's options together.
#[test]
fn the_independent_tables() {
    let budget = Budget::default();
    let mut cells = 0;
    for row in crate::oracles::random_rows() {
        let (case, regrouped) = row.regrouped();
        let arena = Arena::from_parts(regrouped.parts()).unwrap();
        let found = coset::analyze(&arena, &Request::default(), &budget)
            .complete()
            .unwrap();
        for (key, concept) in [
            ("Nash", Concept::Nash),
            ("GMR", Concept::Gmr),
            ("SMR", Concept::Smr),
            ("SEQ", Concept::Seq),
            ("SSEQ", Concept::Sseq),
        ] {
            let table = found.table(concept).unwrap();
            for (p, dm) in row.parties().iter().enumerate() {
                let expected = row.expected(key, dm);
                for (state, expected) in case.options.as_ref().unwrap().states.iter().zip(expected)
                {
                    let code = regrouped.code(*state);
                    assert_eq!(
                        table.stable[p].contains(code),
                        expected,
                        "{key} {dm} {state}"
                    );
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 10_000, "{cells}");
}

fn resolved(text: &str) -> detente_model::model::Model {
    detente_model::resolve(&syntax::parse(text).document)
        .model
        .unwrap()
}

#[test]
fn what_does_not_fit_is_said_in_words() {
    let model = resolved(
        "negotiation \"N\"\nparty A \"A\" {\n option x \"x\" one of a, b, c step by step\n}\n\
         party B \"B\" {\n option y \"y\"\n}\nwhen A.x is c then B.y\n",
    );
    let error = Arena::new(&model, &Budget::default()).unwrap_err();
    let words = error.to_string();
    assert!(words.contains("forced consequences"), "{words}");
    assert!(words.contains("`A.x` moves step by step"), "{words}");
    assert!(matches!(error, Unsuitable::Features(list) if list.len() == 2));
}

#[test]
fn limits_are_kept() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use detente_analysis::Stop;
    use detente_analysis::engine::Shape;

    let mut random = Random::new(1);
    let values = (0..2)
        .map(|_| (0..1 << 10).map(|_| random.below(9) as u32).collect())
        .collect();
    let arena = Arena::from_parts(Parts {
        widths: vec![5, 5],
        only_on: 0,
        only_off: 0,
        feasible: None,
        values,
    })
    .unwrap();
    let needed = Shape::of(&arena).coset(&with_margins()).bytes + arena.bytes();
    let mut small = Budget::default();
    small.max_memory = needed - 1;
    let stop = coset::analyze(&arena, &with_margins(), &small).complete();
    assert!(matches!(
        stop,
        Err(Stop::Limit {
            what: "bytes of memory",
            ..
        })
    ));
    let mut enough = Budget::default();
    enough.max_memory = needed;
    assert!(
        coset::analyze(&arena, &with_margins(), &enough)
            .complete()
            .is_ok()
    );
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    let stop = coset::analyze(&arena, &Request::default(), &cancelled).complete();
    assert_eq!(stop, Err(Stop::Cancelled));
    let model = resolved(
        "negotiation \"N\"\nparty A \"A\" {\n option x \"x\"\n option y \"y\"\n}\nparty B \"B\" {\n option z \"z\"\n}\n",
    );
    let mut few = Budget::default();
    few.max_states = 7;
    let stop = Arena::new(&model, &few).unwrap_err();
    assert!(matches!(
        stop,
        Unsuitable::Stopped(Stop::Limit {
            what: "states",
            limit: 7
        })
    ));
}
