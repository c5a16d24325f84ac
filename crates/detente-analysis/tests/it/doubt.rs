//! Doubt about preferences against every completion written out as a negotiation of its own.

use detente_analysis::doubt::{
    Chance, Doubts, Family, Found, MOST_COMPLETIONS, Questions, Ratio, Request, Target, doubt,
};
use detente_analysis::{Budget, Concept, Game, Outcome, Settings, analyze};
use detente_model::model::Model;
use detente_model::resolve;
use detente_model::syntax::ast::{Certainty, Document, Preferences, Statement};
use num_bigint::BigUint;
use proptest::prelude::*;

pub(crate) fn document(text: &str) -> Document {
    let parsed = detente_model::syntax::parse(text);
    assert!(!parsed.has_errors(), "{text}\n{:?}", parsed.diagnostics);
    parsed.document
}

pub(crate) fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

/// One completion: the answers to all doubts, its weight, and what it says.
pub(crate) struct Completion {
    answers: Vec<usize>,
    pub(crate) weight: BigUint,
    pub(crate) document: Document,
}

/// Answers, their weight, and the statements that are left.
type OneList = (Vec<usize>, BigUint, Vec<Statement>);

/// A decimal from 0 to 1 in millionths.
fn millionths(text: &str) -> u128 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<6}").parse().unwrap()
}

/// The lists of statements that a list may stand for, with answers and weights. Literally: marks are
/// taken from the top, then what does not hold is left out.
fn lists(list: &[Statement]) -> (BigUint, Vec<OneList>) {
    let mut out = vec![(
        Vec::new(),
        BigUint::from(1_u8),
        list.iter().map(|s| Some(s.clone())).collect::<Vec<_>>(),
    )];
    let mut total = BigUint::from(1_u8);
    let mut gone: Vec<(usize, usize)> = Vec::new();
    for (place, statement) in list.iter().enumerate() {
        let millionths = match &statement.certainty {
            Certainty::Certain => None,
            Certainty::Maybe => Some(500_000),
            Certainty::Probability(text) => Some(millionths(text)),
        };
        if let Some(holds) = millionths {
            total *= 1_000_000_u32;
            gone.push((place, out[0].0.len()));
            out = out
                .into_iter()
                .flat_map(|(answers, weight, list)| {
                    [(0, holds), (1, 1_000_000 - holds)].map(|(answer, share)| {
                        (
                            [answers.clone(), vec![answer]].concat(),
                            &weight * share,
                            list.clone(),
                        )
                    })
                })
                .collect();
        }
        if statement.either_order && place + 1 < list.len() {
            total *= 2_u8;
            out = out
                .into_iter()
                .flat_map(|(answers, weight, list)| {
                    [0, 1].map(|answer| {
                        let mut list = list.clone();
                        if answer == 1 {
                            list.swap(place, place + 1);
                        }
                        (
                            [answers.clone(), vec![answer]].concat(),
                            weight.clone(),
                            list,
                        )
                    })
                })
                .collect();
        }
    }
    let done = out.into_iter().map(|(answers, weight, order)| {
        let dropped = |s: &Statement| {
            let of = gone.iter().find(|(place, _)| list[*place] == *s);
            of.is_some_and(|(_, doubt)| answers[*doubt] == 1)
        };
        let kept = order
            .into_iter()
            .flatten()
            .filter(|s| !dropped(s))
            .collect();
        (answers, weight, kept)
    });
    (total, done.collect())
}

/// All completions, and what their weights sum to.
pub(crate) fn completions(document: &Document) -> (BigUint, Vec<Completion>) {
    let mut total = BigUint::from(1_u8);
    let mut all = vec![Completion {
        answers: Vec::new(),
        weight: BigUint::from(1_u8),
        document: document.clone(),
    }];
    for (party, declared) in document.parties.iter().enumerate() {
        let mut own: Vec<(Vec<usize>, BigUint, Preferences)> = Vec::new();
        match &declared.preferences {
            Some(Preferences::Statements(list)) => {
                let (sum, lists) = lists(list);
                total *= sum;
                for (answers, weight, list) in lists {
                    own.push((answers, weight, Preferences::Statements(list)));
                }
            }
            Some(other) => own.push((Vec::new(), BigUint::from(1_u8), other.clone())),
            None => {
                let mut sum = 0;
                for (place, candidate) in declared.candidates.iter().enumerate() {
                    let given = candidate.probability.as_ref();
                    let weight = given.map_or(1, |p| millionths(p));
                    sum += weight;
                    own.push((vec![place], weight.into(), candidate.preferences.clone()));
                }
                total *= sum;
            }
        }
        all = all
            .into_iter()
            .flat_map(|before| {
                own.iter()
                    .map(|(answers, weight, preferences)| {
                        let mut document = before.document.clone();
                        document.parties[party].preferences = Some(preferences.clone());
                        document.parties[party].candidates.clear();
                        Completion {
                            answers: [before.answers.clone(), answers.clone()].concat(),
                            weight: &before.weight * weight,
                            document,
                        }
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    (total, all)
}

/// For each completion, concept and cell (states, then classes) whether it is an equilibrium.
fn judged(all: &[Completion], concepts: &[Concept]) -> Vec<Vec<Vec<bool>>> {
    all.iter()
        .map(|completion| {
            let model = model(&completion.document);
            let game = Game::new(&model, &Budget::default()).unwrap();
            let outcome = analyze(
                &game.conflict(),
                concepts,
                &Settings::default(),
                &Budget::default(),
            );
            let found = outcome.complete().unwrap();
            let cells = |concept: &Concept| {
                let set = found.table(*concept).unwrap().equilibria();
                let states = game.space.ids().map(|s| set.contains(s));
                let mut cells: Vec<bool> = states.collect();
                for class in 0..model.classes.len() {
                    cells.push(set.iter().any(|s| game.classes[s.index()].contains(&class)));
                }
                cells
            };
            concepts.iter().map(cells).collect()
        })
        .collect()
}

pub(crate) fn asked(family: &Family<'_, '_>, request: &Request) -> Doubts {
    match doubt(family, request, &Budget::default()).unwrap() {
        Outcome::Complete(found) => found,
        Outcome::Stopped(_, stop) => panic!("{stop}"),
    }
}

pub(crate) fn ratio(chance: &Chance) -> Ratio {
    assert!(matches!(chance, Chance::Exact(_)));
    chance.ratio()
}

/// Compares everything that is counted with the completions written out.
pub(crate) fn compare(text: &str, concepts: &[Concept]) {
    let document = document(text);
    let model = model(&document);
    let game = Game::new(&model, &Budget::default()).unwrap();
    let family = Family::new(&game, MOST_COMPLETIONS, &Budget::default()).unwrap();
    let mut request = Request::usual(model.parties.len(), concepts[0]);
    request.concepts = concepts.to_vec();
    let states = game.space.ids().map(Target::State);
    let classes = (0..model.classes.len()).map(Target::Class);
    request.targets = Some(states.chain(classes).collect());
    let found = asked(&family, &request);
    let (total, all) = completions(&document);
    let verdicts = judged(&all, concepts);
    let sum = |of: &dyn Fn(usize) -> bool| -> BigUint {
        let among = (0..all.len()).filter(|c| of(*c));
        among.map(|c| &all[c].weight).sum()
    };
    assert_eq!(sum(&|_| true), total);
    let Found::Counted { completions, .. } = &found.found else {
        panic!("{text}")
    };
    assert_eq!(*completions, BigUint::from(all.len()));
    for (row, concept) in found.rows.iter().zip(0..) {
        for (cell, share) in row.states.iter().chain(&row.classes).enumerate() {
            let holds = |c: usize| verdicts[c][concept][cell];
            let count = (0..all.len()).filter(|c| holds(*c)).count();
            let expected = (BigUint::from(count), BigUint::from(all.len()));
            assert_eq!(share.completions, Some(expected), "{text}");
            assert_eq!(
                ratio(&share.chance),
                Ratio::new(sum(&holds), total.clone()),
                "{text}"
            );
        }
    }
    let basic = family.basic();
    for (cell, aim) in found.aims.iter().enumerate() {
        let holds = |c: usize| verdicts[c][0][cell];
        let p = sum(&holds);
        told(text, &aim.questions, &all, &total, &holds);
        let at = |answers: &[usize]| all.iter().position(|c| c.answers == answers).unwrap();
        let differences =
            |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a != b).count();
        let verdict = holds(at(&basic));
        let fewest = (0..all.len())
            .filter(|c| holds(*c) != verdict)
            .map(|c| differences(&all[c].answers, &basic))
            .min();
        assert_eq!(
            aim.witness.as_ref().map(|w| w.changed.len()),
            fewest,
            "{text}"
        );
        if let Some(witness) = &aim.witness {
            assert_eq!(witness.basic, verdict);
            assert!(
                holds(at(&witness.holds)) && !holds(at(&witness.fails)),
                "{text}"
            );
            assert_eq!(differences(&witness.holds, &witness.fails), 1);
        } else {
            assert!(p == BigUint::ZERO || p == total);
        }
    }
}

fn told(
    text: &str,
    questions: &Questions,
    all: &[Completion],
    total: &BigUint,
    holds: &dyn Fn(usize) -> bool,
) {
    let weight = |of: &dyn Fn(usize) -> bool| -> BigUint {
        let among = (0..all.len()).filter(|c| of(*c));
        among.map(|c| &all[c].weight).sum()
    };
    let target = Ratio::new(weight(holds), total.clone());
    for question in questions.single.iter().chain(&questions.pairs) {
        let mut telling = false;
        for told in &question.told {
            let given = |c: usize| {
                let pairs = question.doubts.iter().zip(&told.answers);
                pairs.into_iter().all(|(d, a)| all[c].answers[*d] == *a)
            };
            let answer = weight(&given);
            assert_eq!(
                ratio(&told.probability),
                Ratio::new(answer.clone(), total.clone()),
                "{text}"
            );
            let both = Ratio::new(weight(&|c| given(c) && holds(c)), answer);
            assert_eq!(ratio(&told.target), both, "{text}");
            telling |= both != target;
        }
        assert_eq!(question.telling, telling, "{text}");
    }
    let bits: Vec<f64> = questions.single.iter().map(|q| q.bits).collect();
    assert!(bits.is_sorted_by(|a, b| a >= b));
    assert!(questions.pairs.is_empty() || questions.single.iter().all(|q| !q.telling));
}

fn statement() -> impl Strategy<Value = String> {
    let prefixes = vec![
        "",
        "",
        "maybe: ",
        "maybe 0.4: ",
        "either order: ",
        "maybe 0.25 either order: ",
    ];
    let formulas = vec![
        "A.a",
        "not A.a",
        "B.c",
        "not B.c",
        "A.b",
        "not A.b",
        "A.a and B.c",
        "A.b iff B.c",
        "not A.a unless B.c",
        "A.a or A.b",
        "B.d",
        "not B.d",
        "B.d and not A.a",
    ];
    (
        prop::sample::select(prefixes),
        prop::sample::select(formulas),
    )
        .prop_map(|(p, f)| format!("{p}{f}"))
}

pub(crate) fn list(most: usize) -> impl Strategy<Value = String> {
    // Statements differ, so that a literal reader can find each again.
    prop::collection::vec(statement(), 1..most).prop_map(|lines| {
        let mut said: Vec<String> = Vec::new();
        let mut kept: Vec<String> = Vec::new();
        for line in lines {
            let formula = line.rsplit(": ").next().unwrap().to_owned();
            if !said.contains(&formula) {
                said.push(formula);
                kept.push(line);
            }
        }
        format!("prefers {{ {} }}", kept.join("; "))
    })
}

pub(crate) fn wants() -> impl Strategy<Value = String> {
    let plain = list(5).prop_map(|text| text.replace("maybe 0.4", "").replace("maybe 0.25", ""));
    let plain = plain.prop_map(|text| {
        text.replace("either order", "")
            .replace("maybe", "")
            .replace("{ :", "{")
            .replace("; :", ";")
            .replace(" :", "")
    });
    let probabilities = prop::sample::select(vec![
        ["", "", ""],
        [" 0.2", " 0.5", " 0.3"],
        [" 0", " 1", " 0"],
    ]);
    let candidates = (prop::collection::vec(plain, 3), probabilities).prop_map(|(lists, p)| {
        let lines = lists.iter().zip(p).enumerate();
        let lines = lines.map(|(n, (list, p))| format!("candidate c{n}{p} {{ {list} }}"));
        lines.collect::<Vec<_>>().join("\n")
    });
    prop_oneof![4 => list(5), 1 => candidates]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn counting_is_writing_out_every_completion(a in list(4), b in wants(), direction in 0..3_usize) {
        prop_assume!(!b.contains("candidate c0 0 "));
        let direction = ["", " irreversible", " only off"][direction];
        let text = format!(
            "party A {{ option a{direction}; option b; {a} }}\nparty B {{ option c; option d; {b} }}\n\
             never A.a and A.b and B.d\nclass \"x\" when A.a and B.c\nclass \"y\" when A.b or B.d\n"
        );
        let usual = [Concept::Seq, Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Sseq];
        compare(&text, &usual);
        // One profile after the other, by the tables that everything else is judged by.
        compare(&text, &[Concept::Seq, Concept::BestResponseSeq]);
    }
}
