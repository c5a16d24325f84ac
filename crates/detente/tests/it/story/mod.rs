//! The narrative about the conflict: no fault in any document, the facts of the founding cases as they were found
//! independently, and everything told that has to be.

mod odd;
mod order;
mod reading;

use std::collections::BTreeSet;

use detente::analysis::Concept;
use detente::report::build::Witnesses;
use detente::report::document::{self, Block, Document, Ground, Inline, Section, check, plain};
use serde_json::Value;

use self::reading::{Written, assert_says, of_case, write};
use crate::dossiers::{Depth, WHOLE, of_conflict as dossier};
use crate::harness::case;
use crate::told::{each_sentence, section};

#[test]
fn no_document_of_a_case_is_at_fault() {
    for included in crate::conflicts() {
        complete(&of_case(included.name, &[]));
        let few = dossier(
            included.text,
            &[],
            &Depth {
                witnesses: Witnesses::Equilibria,
                dear: false,
                ..WHOLE
            },
        );
        complete(&write(few));
    }
}

/// Every equilibrium is told, and every class without one is explained.
fn complete(written: &Written) {
    let analysis = written.dossier.analysis.as_ref().unwrap();
    let summary = written.dossier.summary.as_ref().unwrap();
    let held: BTreeSet<u32> = match &analysis.mixed_equilibria {
        Some(mixed) => mixed.iter().copied().collect(),
        None => analysis.equilibria[&analysis.settings.main]
            .iter()
            .copied()
            .collect(),
    };
    assert_eq!(held, summary.equilibria.iter().copied().collect());
    let tables = tables(&written.document);
    let listed: BTreeSet<u32> = tables
        .iter()
        .filter(|t| t.id == "table-equilibria")
        .flat_map(|t| &t.rows)
        .map(|r| plain(&r.cells[0]).parse().unwrap())
        .collect();
    assert_eq!(listed, held);
    let stuck = section(&written.document, "stuck");
    for class in &analysis.classes {
        let (Some(name), false) = (&class.name, class.states.iter().any(|s| held.contains(s)))
        else {
            continue;
        };
        assert_says(&stuck, &format!("“{name}”"));
        // Whoever leaves the nearest state is named with the move.
        let Some(obstacle) = analysis.obstacles.iter().find(|o| o.class == *name) else {
            continue;
        };
        for verdict in &obstacle.verdicts {
            let some = verdict
                .improvements
                .iter()
                .filter(|i| i.sanction.is_none())
                .any(|i| {
                    let arrow = format!("({} → {})", obstacle.state, i.to);
                    let gain = format!("{} would gain by ", verdict.party);
                    let first = format!("({}) would gain by ", verdict.party);
                    let gains = |l: &str| l.contains(&gain) || l.contains(&first);
                    stuck.lines().any(|l| gains(l) && l.contains(&arrow))
                });
            let ahead = verdict.anticipation.is_some();
            assert!(some || ahead, "{name}: {verdict:?}\n{stuck}");
        }
    }
    // A state that is spoken of has its row.
    let rows: BTreeSet<String> = tables
        .iter()
        .flat_map(|t| &t.rows)
        .filter_map(|r| r.id.clone())
        .collect();
    if analysis.states.len() <= 80 {
        assert_eq!(
            rows.iter().filter(|r| r.starts_with("state-")).count(),
            analysis.states.len()
        );
    }
}

fn tables(document: &Document) -> Vec<&document::Table> {
    fn of<'a>(section: &'a Section, out: &mut Vec<&'a document::Table>) {
        for block in &section.blocks {
            if let Block::Table(table) = block {
                out.push(table);
            }
        }
        for inner in &section.sections {
            of(inner, out);
        }
    }
    let mut out = Vec::new();
    for section in &document.sections {
        of(section, &mut out);
    }
    out
}

#[test]
fn january_is_told_as_it_was_found_independently() {
    let written = of_case("diplomacy/us-dprk-2019/january", &[]);
    let answer = section(&written.document, "answer");
    // Of 70 states 5 hold under sequential stability: one without a text, one vague text, one with peace, and two
    // that nobody would lead to.
    assert_says(&answer, "Of 70 possible states, 5 would hold");
    assert_says(&answer, "“FFVD without relief” (2 states)");
    assert_says(
        &answer,
        "lead to “no text”, “vague text” and “vague text with peace”",
    );
    assert_says(
        &answer,
        "“FFVD without relief” would hold too, but no steps that pay",
    );
    let stuck = section(&written.document, "stuck");
    // The small deal is undone by the United States, which could take back relief.
    let small = stuck.lines().find(|l| l.contains("“small deal”")).unwrap();
    assert_says(
        small,
        "US would gain by withdrawing “Grant partial sanctions relief”",
    );
    assert_says(small, "nothing would deter it");
    assert_says(
        &stuck,
        "US and DPRK would both gain by going together to “vague text”",
    );
    // Without the hinge the small deal holds; the plan says so and offers the variant.
    let movement = section(&written.document, "movement");
    assert_says(
        &movement,
        "no longer asked for “hinge: not ‘Grant partial sanctions relief’ unless ‘Declare and hand over the rest’ (DPRK)”",
    );
    let witnesses = section(&written.document, "witnesses");
    assert_says(&witnesses, "drop hinge");
}

#[test]
fn hanoi_is_one_swap_away_from_a_small_deal() {
    let written = of_case("diplomacy/us-dprk-2019/hanoi", &[]);
    let answer = section(&written.document, "answer");
    assert_says(
        &answer,
        "Of 6 possible states, 1 would hold, which is to say that no party would leave it of its own accord: “no deal”.",
    );
    assert_says(
        &answer,
        "Where things stand now, “No deal” (state 1), is the one.",
    );
    let movement = section(&written.document, "movement");
    assert_says(&movement, "1 plan would do it at the price of 1");
    let small = movement.find("For “small deal” to hold").unwrap();
    let next = movement[small..].find("For “big deal” to hold").unwrap();
    assert_says(
        &movement[small..small + next],
        "US alone would have to change",
    );
    assert_says(&movement[small + next..], "DPRK alone would have to change");
    let with = of_case("diplomacy/us-dprk-2019/hanoi", &["b"]);
    let answer = section(&with.document, "answer");
    assert_says(&answer, "2 would hold");
    assert_says(&answer, "“small deal”");
}

#[test]
fn textbook_conflicts_are_told() {
    let prisoners = of_case("textbook/prisoners-dilemma/prisoners_dilemma", &[]);
    let answer = section(&prisoners.document, "answer");
    assert_says(
        &answer,
        "Only by acting together do parties get to “mutual cooperation”.",
    );
    let nash = dossier(
        case("textbook/prisoners-dilemma/prisoners_dilemma"),
        &[],
        &Depth {
            concept: Concept::Nash,
            ..WHOLE
        },
    );
    let nash = write(nash);
    complete(&nash);
    assert_says(
        &section(&nash.document, "answer"),
        "leave it of its own accord: “mutual betrayal”",
    );
    let chicken = of_case("textbook/chicken/chicken", &[]);
    let answer = section(&chicken.document, "answer");
    assert_says(
        &answer,
        "2 would hold, which is to say that no party would leave them of its own accord: “one gives way” (2 states).",
    );
    // In the graph form moves are told by where they lead.
    let elmira = of_case("water/elmira/elmira", &[]);
    let holds = section(&elmira.document, "holds");
    assert_says(&holds, " moves to “Delay, insist”");
    assert_says(&holds, " together go to “Modify, accept, insist” (5 → 8)");
}

/// Every sentence of a document that says something about the conflict leads to moves, rows or sources; the grounds of
/// verdicts are moves of that very party and state.
#[test]
fn a_verdict_leads_to_its_own_moves() {
    let written = of_case("diplomacy/us-dprk-2019/january", &["flex"]);
    let analysis = written.dossier.analysis.as_ref().unwrap();
    let mut seen = 0;
    each_sentence(&written.document.sections, &mut |sentence| {
        if sentence.rule != "holds.deterred" {
            return;
        }
        seen += 1;
        let Some(Inline::Name(party)) = sentence.parts.first() else {
            panic!("{sentence:?}");
        };
        let place = analysis
            .parties
            .iter()
            .position(|p| p.name == *party || p.title.as_ref() == Some(party))
            .unwrap();
        let [Ground::Moves(to)] = sentence.grounds.as_slice() else {
            panic!("{sentence:?}");
        };
        assert!(to.starts_with(&format!("verdict-{place}-")), "{sentence:?}");
    });
    assert!(seen > 0);
}

/// Faults put into the findings after the document was written are found.
#[test]
fn a_document_that_does_not_fit_its_findings_is_found_out() {
    let written = of_case("diplomacy/us-dprk-2019/january", &[]);
    for place in [
        "/analysis/size/feasible",
        "/summary/equilibria",
        "/analysis/states/16/ranks/US",
        "/sensitivity/changes",
    ] {
        let mut json = written.json.clone();
        *json.pointer_mut(place).unwrap() = Value::from(4711);
        let faults = check(&written.document, &json);
        assert!(!faults.is_empty(), "{place}");
    }
    let mut document = written.document.clone();
    document.sections.retain(|s| s.id != "witnesses");
    assert!(!check(&document, &written.json).is_empty());
}
