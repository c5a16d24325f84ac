//! The sections about what each side misreads, what could be agreed, how likely by when, the record, what is not known,
//! and the sources: no fault in any document, the facts of the founding case as they were found independently, and
//! words of likelihood that fit their numbers.

mod gather;
mod held;
pub(crate) mod random;

use std::path::Path;

use detente::report::document::{Document, check};
use detente::report::dossier::Dossier;
use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use self::gather::Effort;
use self::held::{agrees_in_number, likelihoods_fit};
use crate::collection::CASES;
use crate::harness::case;
use crate::told::{each_sentence, faultless, text};

struct Written {
    json: Value,
    document: Document,
    text: String,
}

/// The document of a dossier, in which nothing may be at fault.
fn write(dossier: &Dossier) -> Written {
    let (document, json) = faultless(dossier);
    let text = text(&document.sections);
    let written = Written {
        json,
        document,
        text,
    };
    likelihoods_fit(&written);
    agrees_in_number(&written.text);
    written
}

/// The texts of a case's sources.
fn texts(name: &str, text: &str) -> IndexMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases")
        .join(name);
    let folder = folder.parent().unwrap();
    let model = crate::harness::model(&crate::harness::document(text, &[]));
    let sources = model.sources.iter().filter_map(|source| {
        let file = source.file.as_ref()?;
        let read = std::fs::read_to_string(folder.join(file)).ok()?;
        Some((source.name.clone(), read))
    });
    sources.collect()
}

fn dossier(name: &str) -> Dossier {
    let text = case(name);
    gather::dossier(text, &texts(name, text), Effort::Usual)
}

/// The text of one section and all within it.
fn section(written: &Written, id: &str) -> String {
    crate::told::section(&written.document, id)
}

fn assert_says(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

#[test]
fn no_document_of_a_case_is_at_fault() {
    for included in CASES {
        write(&dossier(included.name));
    }
}

#[test]
fn what_each_side_misreads_in_january() {
    let written = write(&dossier("diplomacy/us-dprk-2019/january"));
    let misread = section(&written, "misread");
    assert_says(
        &misread,
        &[
            // The article, paragraph 3: North Korea takes the United States to be more flexible than it is.
            "North Korea (DPRK) sees the others otherwise than they are.",
            "DPRK takes for true that United States (US) does not ask for “not ‘Grant partial sanctions relief’ unless ‘Declare and hand over the rest’ (DPRK)”.",
            // It expects the small deal, and that does not hold.
            "DPRK expects “small deal”",
            "in truth they do not",
            // Its misperception is exactly the change that would make its own deal hold.
            "1 change in what parties want",
            "that is exactly what DPRK believes",
            // Two readings of one word.
            "denuclearization of the Korean peninsula",
            "The readings part on 14 of the 70 possible states",
            "It is unclear whether US knows how DPRK reads it.",
        ],
    );
    let grounds = written.document.sections.iter().find(|s| s.id == "misread");
    let mut cited = false;
    each_sentence(std::slice::from_ref(grounds.unwrap()), &mut |s| {
        if s.rule == "misread.belief" {
            cited |= format!("{:?}", s.grounds).contains("¶3");
        }
    });
    assert!(cited, "the belief stands on paragraph 3");
    let unknown = section(&written, "unknown");
    assert_says(
        &unknown,
        &[
            "whether “hinge: not ‘Grant partial sanctions relief’ unless ‘Declare and hand over the rest’ (DPRK)” holds",
            "That “small deal” can hold has a probability of 1/2.",
            "1.00 bits",
            "taken as 1/2",
        ],
    );
    assert!(written.document.sections.iter().any(|s| s.id == "likely"));
    assert!(likelihoods_fit(&written) > 5);
}

/// The numbers of the packages were counted by a literal reading of all 2,304.
#[test]
fn what_could_be_agreed_in_hanoi() {
    let written = write(&dossier("diplomacy/us-dprk-2019/packages"));
    let agreement = section(&written, "agreement");
    assert_says(
        &agreement,
        &[
            "7 issues are negotiated",
            "2304 packages",
            "197 packages are worth to each of United States (US) and North Korea (DPRK) at least",
            "159 are worth more to all",
            "77 packages cannot be bettered",
            "Of these, all could accept 7.",
            "“Nash product”",
            "Nash product | 56 | US 8, DPRK 7",
            "US 8, DPRK 7",
            "Ri's offer: US -2, DPRK 9",
            "US would rather have no agreement.",
            "Big deal: US 27, DPRK -50",
            "DPRK would rather have no agreement.",
            "What happened in March: US -4, DPRK 8",
            "agrees with these numbers",
            "it would make “Small deal: relief for Yongbyon” (state 4), which would not hold.",
        ],
    );
}

/// What became of the commentary's claims, as the back-test of it has it.
#[test]
fn what_became_of_what_was_said() {
    let written = write(&dossier("diplomacy/us-dprk-2019/season"));
    let claims = section(&written, "claims");
    assert_says(
        &claims,
        &[
            "Came true: summit, announced and no_closer.",
            "Came true in part: second_route.",
            "Did not come true: vague and friction.",
            "Its Brier score is 0.0900.",
            "likely (55-80 %)",
        ],
    );
    let record = section(&written, "record");
    assert_says(
        &record,
        &["Hanoi", "2019-02-27 .. 2019-02-28", "it became Hanoi"],
    );
    let unknown = section(&written, "unknown");
    assert_says(
        &unknown,
        &[
            "8 contradictions stand in the evidence",
            "nearly two hours [article ¶2]",
            "an hour and half [whitehouse ¶1]",
            "missing “complete”",
            "lead negotiator of DPRK",
        ],
    );
    let elements = written.json["evidence"]["elements"].as_array().unwrap();
    let asserts = elements.iter().filter(|e| e["asserts"] == true);
    let (assumed, sourced): (Vec<&Value>, Vec<&Value>) =
        asserts.partition(|e| e["assumed"] == true);
    let counted = format!(
        "Of {} things that the file asserts, {} have a source and {} are assumed.",
        assumed.len() + sourced.len(),
        sourced.len(),
        assumed.len()
    );
    assert_says(&unknown, &[&counted]);
    let alone = |e: &&Value| e["witnesses"] == json!(["article"]);
    let fall = elements.iter().filter(alone).count();
    assert!(fall > 20, "{fall}");
    let sources = section(&written, "sources");
    assert_says(
        &sources,
        &[
            "22 sources are declared or cited; 21 of them repeat no other",
            "It repeats article, and is no witness of its own.",
            &format!("If it is wrong, {fall} elements fall, among them statement 1 of US"),
        ],
    );
}

#[test]
fn what_must_be_ratified_is_told() {
    let written = write(&dossier("bargaining/korea-2019-ratified/korea_ratified"));
    assert_says(
        &section(&written, "agreement"),
        &[
            "The leaders would accept 975 packages; 414 of these would also be ratified at home.",
            "needs US.hardliners (all): it would accept and ratify 888 packages.",
            "needs DPRK.military (all): it would accept and ratify 1480 packages.",
            "At home US would ratify it.",
        ],
    );
}

/// Parts from another file are said to be, and their states are not taken for those of the report.
#[test]
fn parts_from_another_file_are_said_to_be() {
    let mut own = dossier("diplomacy/us-dprk-2019/hanoi");
    let other = dossier("diplomacy/us-dprk-2019/january");
    let table = dossier("diplomacy/us-dprk-2019/packages");
    own.perception = other.perception;
    own.terms = other.terms;
    own.forecast = other.forecast;
    own.claims = other.claims;
    own.packages = table.packages;
    for part in ["perception", "terms", "forecast", "claims"] {
        own.supplied
            .insert(part.to_owned(), other.negotiation.clone().unwrap());
    }
    own.supplied
        .insert("packages".to_owned(), table.negotiation.clone().unwrap());
    let written = write(&own);
    for id in ["misread", "agreement", "likely", "claims"] {
        assert_says(
            &section(&written, id),
            &["This part is from another file: "],
        );
    }
    let misread = section(&written, "misread");
    assert_says(
        &misread,
        &["“small deal” (states 23, 25, 28, 30, 59, 60, 61 and 62)"],
    );
}

/// What is not there gives no section, and is said to be left out.
#[test]
fn an_empty_dossier_says_what_it_has_not() {
    let mut empty = Dossier::default();
    empty.left_out.push(detente::report::dossier::LeftOut {
        part: "packages".to_owned(),
        why: "there are no issues".to_owned(),
    });
    let written = write(&empty);
    let ids: Vec<&str> = written
        .document
        .sections
        .iter()
        .map(|s| s.id.as_str())
        .collect();
    for id in [
        "misread",
        "agreement",
        "likely",
        "record",
        "preferences",
        "sources",
    ] {
        assert!(!ids.contains(&id), "{ids:?}");
    }
    assert_says(
        &section(&written, "unknown"),
        &["What could be agreed: there are no issues."],
    );
}

/// Findings that are changed after the document was written, and parts that are taken away, are found.
#[test]
fn faults_that_are_put_in_are_found() {
    let january = write(&dossier("diplomacy/us-dprk-2019/january"));
    for place in [
        "/perception/wishes/0/plans/0/price",
        "/terms/terms/0/parted",
        "/forecast/targets/6/at/8/value",
        "/forecast/targets/6/at/8/word",
        "/forecast/assumptions/0",
        "/doubt/doubts/0/says",
        "/places/parties/0/runs/0/highest",
        "/evidence/counts/assumptions",
        "/calendar/events/0/when",
    ] {
        let mut json = january.json.clone();
        *json.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = json!(4711);
        assert!(!check(&january.document, &json).is_empty(), "{place}");
    }
    let mut without = january.document.clone();
    without.sections.retain(|s| s.id != "sources");
    assert!(!check(&without, &january.json).is_empty());
    let table = write(&dossier("diplomacy/us-dprk-2019/packages"));
    for place in [
        "/packages/frontier/points/47/worth/0",
        "/packages/zone/weak/count",
        "/packages/named/0/worth/1/0",
        "/packages/facts/0/compared/0",
    ] {
        let mut json = table.json.clone();
        *json.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = json!("4711");
        assert!(!check(&table.document, &json).is_empty(), "{place}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_document_of_a_random_negotiation_is_at_fault(
        text in random::negotiation(),
        drawn in any::<bool>(),
    ) {
        let effort = if drawn { Effort::Drawn } else { Effort::Usual };
        let written = write(&gather::dossier(&text, &IndexMap::new(), effort));
        section(&written, "unknown");
        section(&written, "preferences");
    }
}
