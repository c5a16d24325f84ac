//! What is written as a GENIUS scenario and read again is the same.

use detente_model::scenario::{Evaluations, Options, ScenarioFile, export};
use detente_model::{Model, resolve};

use crate::scenario_support::{
    files, folder, packages, read, some_packages, utilities, whole, worth,
};

fn text_model(text: &str) -> Model {
    let parsed = detente_syntax::parse(text);
    assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
    let resolved = resolve(&parsed.document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

fn back(model: &Model) -> Model {
    let exported = export(model, "talks").unwrap_or_else(|p| panic!("{p:?}"));
    let files: Vec<ScenarioFile> = exported
        .files
        .into_iter()
        .map(|(name, text)| ScenarioFile {
            name,
            bytes: text.into_bytes(),
        })
        .collect();
    read(&files, &Options::default())
}

#[test]
fn scenarios_come_back_as_they_went() {
    for name in [
        "own-2p-1e20",
        "own-3p-1e4",
        "own-box-1e4",
        "own-box-1e10",
        "own-korea-2019-4p",
        "own-ties",
        "own-tiny-9",
    ] {
        for evaluations in [Evaluations::Raw, Evaluations::Genius] {
            let options = Options {
                evaluations,
                ..Options::default()
            };
            let model = read(&files(&folder(name), &["xml"]), &options);
            let again = back(&model);
            let parties = |m: &Model| m.parties.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
            assert_eq!(parties(&again), parties(&model), "{name}");
            for (a, b) in utilities(&model.bargain)
                .iter()
                .zip(utilities(&again.bargain))
            {
                // A factor makes fractions such as 1/706 whole.
                let factor = some_packages(&model.bargain, 20).iter().find_map(|p| {
                    let before = worth(a, p);
                    (before != whole(0)).then(|| worth(b, p) / before)
                });
                let factor = factor.unwrap();
                for package in some_packages(&model.bargain, 100) {
                    assert_eq!(
                        worth(a, &package) * &factor,
                        worth(b, &package),
                        "{name} {evaluations:?}"
                    );
                }
                let reservation = |u: &detente_model::bargain::Utility| {
                    u.reservation.as_ref().unwrap().least.clone()
                };
                assert_eq!(reservation(a) * &factor, reservation(b));
                if evaluations == Evaluations::Raw {
                    assert_eq!(factor, whole(1));
                }
            }
        }
    }
}

#[test]
fn additive_scenarios_come_back_word_for_word() {
    let options = Options::default();
    for name in ["own-korea-2019-2p", "own-tiny-9"] {
        let model = read(&files(&folder(name), &["xml"]), &options);
        assert_eq!(back(&model).bargain, model.bargain, "{name}");
    }
}

const TALKS: &str = r#"
negotiation "Talks & <more>"
issues {
  relief "Relief \"now\"": none, some "Some & more", all
  troops: -10 .. 10 by 5
  days: 3 .. 6
}
party US {
  utility {
    relief weight 1/3: 0, -1, -2/7
    troops: 0 at -10, 20 at 10
    5: relief >= some and troops <= 0 and not days is 4
    -2: not (relief is all and days >= 5)
    1/2: troops is -10 or troops is 5
    3: days <= 4 and days >= 4
  }
  ratifier hawks { days: 1, 2, 3, 4  reservation 2 }
}
party DPRK { utility { relief: 0, 5, 9  reservation 1 } }
"#;

#[test]
fn terms_become_boxes() {
    let text = TALKS.replace("Relief \\\"now\\\"", "Relief now");
    let model = text_model(&text.replace("20 at 10\n", "20 at 10\n    reservation 1/7\n"));
    let again = back(&model);
    let (before, after) = (utilities(&model.bargain), utilities(&again.bargain));
    assert_eq!((before.len(), after.len()), (3, 3));
    let factors = [whole(21), whole(1), whole(1)];
    for package in packages(&model.bargain) {
        for (voice, factor) in factors.iter().enumerate() {
            assert_eq!(
                worth(before[voice], &package) * factor,
                worth(after[voice], &package),
                "{package:?}"
            );
        }
    }
    let names: Vec<&str> = again.parties.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["US", "US_hawks", "DPRK"]);
}

#[test]
fn without_a_reservation_value_the_worst_package_is_written() {
    let model = text_model(
        "issues { x: a, b, c\n y: 0 .. 4 }\nparty P { utility { x weight 2: 3, 1, 5\n y: 4 at 0, -4 at 4 } }",
    );
    let again = back(&model);
    let utility = utilities(&again.bargain)[0];
    let worst = packages(&model.bargain)
        .iter()
        .map(|p| worth(utilities(&model.bargain)[0], p))
        .min();
    assert_eq!(
        Some(&utility.reservation.as_ref().unwrap().least),
        worst.as_ref()
    );
}

#[test]
fn what_genius_cannot_say_is_refused_or_told() {
    let issues = "issues { x: a, b, c\n y: 0 .. 4 }\n";
    for (text, message) in [
        (
            "issues { x: a, b\n never x is b }\nparty P { utility { x: 0, 1 } }",
            "rules on packages",
        ),
        (
            "issues { x: a, b }\nparty P { utility { x: 0, 1 .. 2 } }",
            "only its bounds",
        ),
        (
            "issues { x: a, b }\nparty P { utility { x weight ?: 0, 1 } }",
            "is not known",
        ),
        (
            "issues { x: a, b }\nparty P { utility { x: 0, 1\n reservation 1 .. 2 } }",
            "only its bounds",
        ),
        (
            "party P { option o }",
            "nobody says what packages are worth",
        ),
    ] {
        let problems = export(&text_model(text), "t").expect_err(text);
        let found = problems
            .iter()
            .map(|p| p.message.as_str())
            .collect::<Vec<_>>()
            .join("; ");
        assert!(found.contains(message), "{text}: {found}");
        assert!(problems.iter().all(|p| p.hint.is_some()));
    }
    let general = format!("{issues}party P {{ utility {{ 3: x is a or y >= 2 }} }}");
    let problems = export(&text_model(&general), "t").expect_err("no box");
    assert!(problems[0].message.contains("which is no box"));
    let rich = format!(
        "{issues}party P {{ option o\n utility {{ x: 0, 1, 2\n y: 0 at 0, 2 at 4\n importance x > y\n discount 0.9 from 2019-01-01 }} }}\n\
         package d {{ x b }}\nfact P accepts d\nagreed {{ P.o when x is c }}"
    );
    let notes = export(&text_model(&rich), "t").unwrap().notes;
    let told = notes
        .iter()
        .map(|n| n.message.as_str())
        .collect::<Vec<_>>()
        .join("; ");
    for word in [
        "packages with names",
        "facts",
        "what an agreement makes",
        "options",
        "discounts",
        "more important",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
}
