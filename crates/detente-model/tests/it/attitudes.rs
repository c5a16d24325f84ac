//! Attitudes and degrees of preference, resolved, changed by variants, carried by the JSON form, and
//! missed by GMCR+ files.

use detente_model::gmcr::left_out;
use detente_model::model::{Attitude, Preferences};
use detente_model::syntax::ast::Document;
use detente_model::syntax::{parse, print};
use detente_model::{json, resolve, variant};

use Attitude::{Negative, Neutral, Positive};

const TEXT: &str = r#"negotiation "Attitudes"

party A {
  option x

  prefers {
    strongly 4: x
    B.y
  }

  attitude toward C negative
  attitude toward self neutral
}

party B {
  option y

  ranks { (y) >>> (A.x) > rest }

  attitude toward B negative
}

party C {
  option z

  weights {
    1: z
  }
}

variant other {
  A attitude toward A positive
  A attitude toward B positive
  B attitude toward self positive
}
"#;

fn document() -> Document {
    let read = parse(TEXT);
    assert_eq!(read.diagnostics, []);
    read.document
}

fn attitudes(document: &Document) -> Vec<Vec<Attitude>> {
    let resolved = resolve(document);
    let model = resolved.model.unwrap();
    model.parties.into_iter().map(|p| p.attitudes).collect()
}

#[test]
fn what_is_not_said_is_ordinary() {
    assert_eq!(
        attitudes(&document()),
        [
            [Neutral, Neutral, Negative],
            [Neutral, Negative, Neutral],
            [Neutral, Neutral, Positive],
        ]
    );
}

#[test]
fn variants_replace_what_is_said_and_add_to_it() {
    let changed = variant::apply(&document(), &["other"]).unwrap();
    assert_eq!(
        attitudes(&changed),
        [
            [Positive, Positive, Negative],
            [Neutral, Positive, Neutral],
            [Neutral, Neutral, Positive],
        ]
    );
    let lines: Vec<usize> = changed.parties.iter().map(|p| p.attitudes.len()).collect();
    assert_eq!(lines, [3, 1, 0]);
}

#[test]
fn degrees_reach_the_model_without_a_note() {
    let resolved = resolve(&document());
    assert_eq!(resolved.diagnostics, []);
    let model = resolved.model.unwrap();
    let Preferences::Statements(list) = &model.parties[0].preferences else {
        panic!("{:?}", model.parties[0].preferences)
    };
    let degrees: Vec<u8> = list.iter().map(|s| s.strength.degree()).collect();
    assert_eq!(degrees, [4, 1]);
    let Preferences::Ranks(tiers) = &model.parties[1].preferences else {
        panic!("{:?}", model.parties[1].preferences)
    };
    let degrees: Vec<u8> = tiers.iter().map(|t| t.strength.degree()).collect();
    assert_eq!(degrees, [3, 1, 1]);
}

#[test]
fn the_json_form_and_the_text_say_the_same() {
    let document = document();
    assert_eq!(print(&document), TEXT);
    let again = json::from_json(&json::to_json(&document)).unwrap();
    assert_eq!(again, document);
    assert_eq!(resolve(&again).model.unwrap().parties.len(), 3);
}

#[test]
fn a_gmcr_file_says_what_it_leaves_out() {
    let model = resolve(&document()).model.unwrap();
    let notes = format!("{:?}", left_out(&model));
    assert!(notes.contains("the attitudes of parties"), "{notes}");
    assert!(notes.contains("strength of preferences"), "{notes}");
}
