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
use detente_report::document::check;
use detente_report::style::Look;

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

/// Several pairs: a variant, two cases of one negotiation, and two that have nothing in common.
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
