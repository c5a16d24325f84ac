//! Every format read back by a reader of its own.

mod csv;
mod expected;
mod latex;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "png")]
mod png;
mod text;
#[cfg(feature = "pdf")]
mod typst;
mod xlsx;

use detente_report::document::Document;
use detente_report::render::{Rendered, Unrendered, beside, by_ending, by_name, formats};
use detente_report::style::Look;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::documents::{any_document, rich};

/// What is rendered without files beside it, at 80 columns.
fn rendered<'a>(document: &'a Document, json: &'a Value) -> Rendered<'a> {
    Rendered {
        document,
        findings: json,
        look: Look::default(),
        stem: None,
    }
}

fn bytes(format: &str, document: &Document, json: &Value) -> Vec<u8> {
    let format = by_name(format).expect("a format");
    (format.render)(&rendered(document, json)).expect("rendered")
}

fn string(format: &str, document: &Document, json: &Value) -> String {
    String::from_utf8(bytes(format, document, json)).expect("a text")
}

#[test]
fn formats_are_found_by_name_and_by_ending() {
    for format in formats() {
        assert_eq!(by_name(format.name).unwrap().name, format.name);
        for ending in format.endings {
            let file = format!("a.b.{}", ending.to_uppercase());
            assert_eq!(by_ending(&file).unwrap().name, format.name);
        }
    }
    assert!(by_ending("report").is_none());
    assert!(by_ending("report.doc").is_none());
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (document, json) = rich();
    for format in formats() {
        let once = (format.render)(&rendered(&document, &json));
        let again = (format.render)(&rendered(&document, &json));
        assert_eq!(once, again, "{}", format.name);
        match once {
            Ok(bytes) => assert!(!bytes.is_empty()),
            Err(Unrendered::NotBuilt { what, hint }) => {
                assert!(["PDF", "Parquet"].contains(&what), "{what}");
                assert!(hint.contains("--features"), "{hint}");
            }
            // No font of the program has Chinese letters.
            Err(error) => assert!(error.to_string().contains('\u{6cb3}'), "{error}"),
        }
    }
}

#[test]
fn json_is_the_findings() {
    let (document, json) = rich();
    let read: Value = serde_json::from_slice(&bytes("json", &document, &json)).unwrap();
    assert_eq!(read, json);
}

#[test]
fn pictures_stand_beside_what_cannot_hold_them() {
    let (document, json) = rich();
    let named = Rendered {
        stem: Some("my report"),
        ..rendered(&document, &json)
    };
    let format = by_name("markdown").unwrap();
    let text = String::from_utf8((format.render)(&named).unwrap()).unwrap();
    let files = beside(format, &named).unwrap();
    assert_eq!(files.len(), 3);
    for file in &files {
        assert!(text.contains(&format!("]({})", file.name)), "{}", file.name);
        assert!(file.bytes.starts_with(b"<svg"));
    }
    let format = by_name("latex").unwrap();
    let text = String::from_utf8((format.render)(&named).unwrap()).unwrap();
    let files = beside(format, &named).unwrap();
    assert!(files.iter().any(|f| f.name == "my-report-picture-wide.svg"));
    for kind in ["wide", "small", "tall"] {
        assert!(text.contains(&format!("{{my-report-picture-{kind}.pdf}}")));
    }
    for format in formats() {
        assert!(
            beside(format, &rendered(&document, &json))
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn documents_with_other_letters_share_no_picture() {
    let (document, json) = rich();
    let names = |stem| {
        let named = Rendered {
            stem: Some(stem),
            ..rendered(&document, &json)
        };
        let files = beside(by_name("markdown").unwrap(), &named).unwrap();
        files.into_iter().map(|file| file.name).collect::<Vec<_>>()
    };
    let (river, gorge) = (names("\u{6cb3}\u{6d41}"), names("\u{5ce1}\u{8c37}"));
    assert!(river.iter().chain(&gorge).all(|name| name.is_ascii()));
    assert!(river.iter().all(|name| !gorge.contains(name)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_document_is_refused(document in any_document()) {
        for format in formats() {
            // PDF refuses letters that it has no font for, and has its own test.
            if format.name == "pdf" {
                continue;
            }
            match (format.render)(&rendered(&document, &json!({}))) {
                Ok(_) | Err(Unrendered::NotBuilt { .. }) => {}
                Err(error) => panic!("{}: {error}", format.name),
            }
        }
    }
}
