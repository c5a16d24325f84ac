//! Comparisons: what the finding, its text and its document say of each other.

use detente_analysis::comparison::{
    Days, Request, answers, attribute, attribute_course, attribute_packages, changed, claims,
    conflicts, days, outlook, packages_changed, probabilities_changed, table, verdicts,
};
use detente_analysis::model::difference::difference;
use detente_analysis::model::syntax::ast::Document;
use detente_analysis::model::syntax::parse;
use detente_analysis::model::{resolve, variant};
use detente_analysis::{Budget, Game};
use detente_report::comparison::{Comparison, Found, Side, Sides, csv, document, finding, text};
use detente_report::document::{Form, check};
use detente_report::render::html::page_from;
use detente_report::style::Look;
use serde_json::json;

use crate::markup::{self, Element};

fn read(text: &str) -> Document {
    let parsed = parse(text);
    assert!(!parsed.has_errors());
    parsed.document
}

fn compared(a: &Document, b: &Document) -> Comparison {
    let found = difference(a, b);
    let models = (
        resolve(found.before()).model.unwrap(),
        resolve(found.after()).model.unwrap(),
    );
    let budget = Budget::default();
    let games = (
        Game::new(&models.0, &budget).unwrap(),
        Game::new(&models.1, &budget).unwrap(),
    );
    let request = Request::new("seq");
    let one = answers(&games.0, &request, &budget).unwrap();
    let other = answers(&games.1, &request, &budget).unwrap();
    let questions = changed(&one, &other);
    let told = verdicts((&games.0, &one), (&games.1, &other), &request, &budget).unwrap();
    let ends = (&one, &other);
    let attribution = (!questions.is_empty())
        .then(|| attribute(&found, &questions, ends, 1000, &request, &budget));
    let side = |file: &str, document: &Document| Side {
        file: file.to_owned(),
        negotiation: document.negotiation.clone(),
        as_of: document.as_of.as_ref().map(ToString::to_string),
        variants: Vec::new(),
    };
    let tables = (table(&models.0, &budget), table(&models.1, &budget));
    let tables = match (&tables.0, &tables.1) {
        (Some(one), Some(other)) => Some((one, other)),
        _ => None,
    };
    let package_causes = tables.and_then(|tables| {
        let questions = packages_changed(tables.0, tables.1);
        (!questions.is_empty()).then(|| attribute_packages(&found, &questions, tables, &budget))
    });
    let both: Days = days(&models.0, &models.1).unwrap_or_default();
    let outlooks = (
        outlook(found.before(), &games.0, &both.both, &budget),
        outlook(found.after(), &games.1, &both.both, &budget),
    );
    let outlooks = outlooks.0.as_ref().zip(outlooks.1.as_ref());
    let course = outlooks.and_then(|outlooks| {
        let questions = probabilities_changed(outlooks.0, outlooks.1);
        (!questions.is_empty()).then(|| attribute_course(&found, &questions, outlooks, &budget))
    });
    finding(Found {
        sides: (side("a.detente", a), side("b.detente", b)),
        difference: &found,
        tell_model: true,
        request: &request,
        compared: Sides::Listed {
            games: (&games.0, &games.1),
            answers: ends,
            verdicts: &told.0,
        },
        attribution: attribution.as_ref(),
        tables,
        package_causes: package_causes.as_ref(),
        claims: &claims((found.before(), &models.0), (found.after(), &models.1)),
        outlooks,
        days: &both,
        course: course.as_ref(),
        conflicts: (
            &conflicts(found.before(), &models.0, &budget),
            &conflicts(found.after(), &models.1, &budget),
        ),
        notes: vec!["A note.".to_owned()],
    })
}

/// Two texts with packages and forecasts that differ.
fn water() -> (Document, Document) {
    (
        read(include_str!(
            "../../../detente/tests/cmd/compare.in/offer.detente"
        )),
        read(include_str!(
            "../../../detente/tests/cmd/compare.in/answer.detente"
        )),
    )
}

/// Several pairs: a variant, two cases of one negotiation, packages, and two that have nothing in common.
fn pairs() -> Vec<(Document, Document)> {
    let january = read(include_str!(
        "../../../../cases/diplomacy/us-dprk-2019/january.detente"
    ));
    let season = read(include_str!(
        "../../../../cases/diplomacy/us-dprk-2019/season.detente"
    ));
    let elmira = read(include_str!(
        "../../../../cases/water/elmira/elmira.detente"
    ));
    let flex = variant::apply(&january, &["flex"]).unwrap();
    let plain = variant::apply(&january, &[]).unwrap();
    vec![
        (plain, flex),
        (january.clone(), season),
        water(),
        (january.clone(), elmira),
        (january.clone(), january),
    ]
}

#[test]
fn documents_say_what_the_finding_says() {
    for (a, b) in pairs() {
        let found = compared(&a, &b);
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(check(&document(&found, &json), &json), []);
    }
}

#[test]
fn text_stays_within_eighty_columns() {
    for (a, b) in pairs() {
        let found = compared(&a, &b);
        let told = text(&found, Look::default());
        let long: Vec<&str> = told.lines().filter(|l| l.chars().count() > 80).collect();
        assert_eq!(long, [] as [&str; 0]);
    }
}

#[test]
fn the_same_is_the_same() {
    let (a, b) = pairs().pop().unwrap();
    let found = compared(&a, &b);
    assert!(found.same && !found.answers_changed());
    assert!(text(&found, Look::default()).contains("No difference."));
    assert_eq!(csv(&found).lines().count(), 1);
}

/// What is gone one way is new the other way, number by number.
#[test]
fn the_other_way_round() {
    for (a, b) in pairs() {
        let (there, back) = (compared(&a, &b), compared(&b, &a));
        let (there, back) = (there.answers.unwrap(), back.answers.unwrap());
        assert_eq!(there.changed, back.changed);
        let (there, back) = (there.concepts, back.concepts);
        for (one, other) in there.iter().zip(&back) {
            assert_eq!(
                (&one.count.a, &one.count.b),
                (&other.count.b, &other.count.a)
            );
            let (Some(one), Some(other)) = (&one.equilibria, &other.equilibria) else {
                continue;
            };
            assert_eq!(one.kept.len(), other.kept.len());
            for (gone, new) in [(&one.gone, &other.new), (&one.new, &other.gone)] {
                assert_eq!(gone.len(), new.len());
                for (gone, new) in gone.iter().zip(new) {
                    assert_eq!((&gone.on, gone.a, gone.b), (&new.on, new.b, new.a));
                }
            }
        }
    }
}

/// The hinge of January: dropped, it alone is behind every changed answer.
#[test]
fn the_hinge_is_behind_it() {
    let (a, b) = pairs().remove(0);
    let found = compared(&a, &b);
    let model = found.model.unwrap();
    // Who believed that it is not so is not mistaken any more: the change of the view goes with it, and bears on nothing.
    let bearing: Vec<&str> = model
        .changes
        .iter()
        .filter(|c| c.bears)
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(bearing.len(), 1, "{bearing:?}");
    assert!(bearing[0].starts_with("US: statement `hinge` dropped"));
    let others = model.changes.iter().filter(|c| !c.bears);
    let within: Vec<&[String]> = others.map(|c| c.within.as_slice()).collect();
    assert_eq!(within, [["view DPRK".to_owned()]]);
    let answers = found.answers.unwrap();
    let small = answers
        .classes
        .iter()
        .find(|c| c.class.as_deref() == Some("small deal"));
    let small = small.unwrap();
    assert_eq!(small.held.a, Some(0));
    assert!(small.held.b > Some(0));
    for cause in answers.causes.unwrap().answers {
        assert_eq!((cause.alone, cause.needed), (vec![1], vec![1]));
    }
}

/// The cells of a table of a page, row by row, without its head.
fn cells(page: &Element, id: &str) -> Vec<Vec<String>> {
    let all = page.all();
    let place = all.iter().find(|e| e.attribute("id") == Some(id)).unwrap();
    let rows = place.named("tr").into_iter();
    rows.map(|row| {
        let cells = row.elements().filter(|e| e.name == "td" || e.name == "th");
        cells.map(|cell| cell.text().trim().to_owned()).collect()
    })
    .skip(1)
    .collect()
}

/// The dam is built when the upper town first reconsiders: after 30 days on average in A, 60 in B, from the first of April
/// or of May on. So its probability on the last of May is 1 less the exponential of 2, 1, 1 and one half.
#[test]
fn shares_of_the_dam_against_the_exponential() {
    let (a, b) = water();
    let found = compared(&a, &b);
    let forecast = found.forecast.as_ref().unwrap();
    assert_eq!(forecast.only_a, ["2020-04-30"]);
    assert_eq!(forecast.only_b, ["2020-08-20", "2020-09-30", "2020-10-28"]);
    let causes = forecast.causes.as_ref().unwrap();
    let dam = causes.answers.first().unwrap();
    assert_eq!(
        (dam.day.as_str(), dam.class.as_str()),
        ("2020-05-31", "dam")
    );
    let near = |told: Option<f64>, expected: f64| (told.unwrap() - expected).abs() < 1e-9;
    let e = |x: f64| (-x).exp();
    assert!(near(Some(dam.probability.a), 1.0 - e(2.0)));
    assert!(near(Some(dam.probability.b), 1.0 - e(0.5)));
    let numbers: Vec<usize> = dam.changes.iter().map(|c| c.change).collect();
    assert_eq!(
        numbers,
        [1, 3, 4, 7],
        "the day, the pace, the ranking, the talks"
    );
    for (change, expected) in dam.changes.iter().zip([0.5, 0.5, 0.0, 0.0]) {
        let half = |of: f64| if expected > 0.0 { of } else { 0.0 };
        assert!(near(change.made, half(e(2.0) - e(1.0))), "{change:?}");
        assert!(near(change.unmade, half(e(1.0) - e(0.5))), "{change:?}");
        assert!(
            near(change.share, expected * (e(2.0) - e(0.5))),
            "{change:?}"
        );
    }
    assert_eq!(causes.orders, Some(24));
    for cause in &causes.answers {
        let sum: f64 = cause.changes.iter().map(|c| c.share.unwrap()).sum();
        assert!((sum - (cause.probability.b - cause.probability.a)).abs() < 1e-9);
    }
}

/// What the page shows of packages and forecasts is what was found, row by row.
#[test]
fn pages_show_what_is_behind_packages_and_forecasts() {
    let (a, b) = water();
    let found = compared(&a, &b);
    let json = serde_json::to_value(&found).unwrap();
    let page = markup::parse(&page_from(&document(&found, &json), &json));
    let forecast = found.forecast.as_ref().unwrap();
    let causes = forecast.causes.as_ref().unwrap();
    let points = |number: Option<f64>| Form::Points(2).show(&json!(number.unwrap())).unwrap();
    let expected: Vec<Vec<String>> = causes
        .answers
        .iter()
        .flat_map(|cause| {
            cause.changes.iter().map(|change| {
                vec![
                    cause.day.clone(),
                    cause.class.clone(),
                    change.change.to_string(),
                    points(change.made),
                    points(change.unmade),
                    points(change.share),
                ]
            })
        })
        .collect();
    let shown = cells(&page, "table-forecast-causes");
    assert_eq!(shown, expected);
    assert_eq!(
        shown[0],
        ["2020-05-31", "dam", "1", "-23.25", "-23.87", "-23.56"]
    );
    let packages = found.packages.as_ref().unwrap();
    let answers = &packages.causes.as_ref().unwrap().answers;
    assert_eq!(cells(&page, "table-package-causes").len(), answers.len());
    let days: usize = forecast.days.iter().map(|day| day.classes.len()).sum();
    assert_eq!(cells(&page, "table-forecast").len(), days);
}

/// The lower town's loss of the high price was changed with the upper town's loss of some water; each is behind what
/// can be worked out by hand.
#[test]
fn what_is_behind_the_packages_of_the_water() {
    let (a, b) = water();
    let found = compared(&a, &b);
    let packages = found.packages.unwrap();
    let told: Vec<&str> = packages.changes.iter().map(|c| c.text.as_str()).collect();
    // Worths to the upper and lower town that neither can better: (-9, 10), (-4, 7), (-1, 4), (4, 1), (8, -6) in A, and
    // (-9, 10), (-2, 7), (-1, 4), (1, 3), (6, 1), (8, -6) in B; with the upper town's change alone (1, 4) is one of them
    // and beats (-1, 4), with the lower town's alone they are those of A.
    assert!(
        told.contains(&"packages that all could accept: 2 -> 3"),
        "{told:?}"
    );
    assert!(told.contains(&"worths on the frontier: 5 -> 6"), "{told:?}");
    let causes = packages.causes.unwrap();
    let zone = causes
        .answers
        .iter()
        .find(|c| c.answer.starts_with("packages that"))
        .unwrap();
    assert_eq!((&zone.alone, &zone.needed), (&vec![2], &vec![2]));
    let frontier = causes
        .answers
        .iter()
        .find(|c| c.answer.starts_with("worths on the frontier: "));
    let frontier = frontier.unwrap();
    assert_eq!(
        (&frontier.needed, &frontier.together),
        (&vec![2, 5], &vec![vec![2, 5]])
    );
}
