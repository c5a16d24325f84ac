//! What the check of a certificate found.

use detente_analysis::certificate::{Certificate, Report, Rules, Sequences};
use schemars::JsonSchema;
use serde::Serialize;

use crate::style::{Look, Page};
use crate::words;

/// What the check of a certificate found, and what the certificate is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verification {
    /// What the negotiation is called, as the certificate says.
    pub title: Option<String>,
    /// The variants whose changes were made, in order, as the certificate says.
    pub variants: Vec<String>,
    /// The fingerprint of the negotiation, as the certificate says.
    pub fingerprint: String,
    /// The rules by which stability was judged.
    pub rules: Rules,
    /// The concepts that the certificate is about.
    pub concepts: Vec<String>,
    /// What was checked, and what is wrong.
    pub report: Report,
}

/// Puts the report on a certificate together with what the certificate is about.
pub fn verification(certificate: &Certificate, report: Report) -> Verification {
    let concepts = certificate.equilibria.iter().map(|e| e.concept.clone());
    Verification {
        title: certificate.title.clone(),
        variants: certificate.variants.clone(),
        fingerprint: certificate.fingerprint.clone(),
        rules: certificate.rules,
        concepts: concepts.collect(),
        report,
    }
}

/// The verification as text.
pub fn text(found: &Verification, look: Look) -> String {
    let mut page = Page::new(look);
    let mut title = found.title.clone().unwrap_or_default();
    if title.is_empty() {
        "Untitled negotiation".clone_into(&mut title);
    }
    if !found.variants.is_empty() {
        title.push_str(&format!(" [{}]", found.variants.join(", ")));
    }
    page.heading_here(&printable(&title));
    let report = &found.report;
    let defects = report.defects.len() + report.more_defects as usize;
    let all = words::list(&found.concepts);
    let all = printable(&all);
    page.paragraph(&match (report.valid, &report.stopped) {
        (true, _) => format!("The certificate is valid: every verdict by {all} is proved."),
        (false, None) => format!(
            "The certificate is rejected: {}.",
            words::count(defects, "defect")
        ),
        (false, Some(stop)) if defects == 0 => format!("The check is incomplete: {stop}."),
        (false, Some(stop)) => format!(
            "The certificate is rejected: {}, and the check is incomplete: {stop}.",
            words::count(defects, "defect")
        ),
    });
    if found.rules.sequences == Sequences::EachOnce {
        page.paragraph("By the rule that each of the others moves once at most, as in GMCR+.");
    }
    if !found.rules.diagonal {
        page.paragraph("By the rule that a sanction must not lead back to the start.");
    }
    page.heading("What was checked");
    page.gap();
    let checked = &report.checked;
    let rows = [
        (checked.states, "states, and that no other is feasible"),
        (
            checked.moves,
            "moves, made option by option or along the arcs",
        ),
        (
            checked.verdicts,
            "verdicts, one for each concept, party and state",
        ),
        (checked.answers, "answers to improvements"),
        (checked.steps, "moves of the others in these answers"),
        (
            checked.closed_sets,
            "closed sets that the others cannot leave",
        ),
        (checked.members, "members of closed sets"),
        (
            checked.combinations,
            "combinations of simultaneous moves, without an answer",
        ),
    ];
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|(count, what)| vec![count.to_string(), (*what).to_owned()])
        .collect();
    page.table(&[], &rows, &[true, false]);
    if defects > 0 {
        page.heading("What is wrong");
        page.gap();
        for defect in &report.defects {
            page.hanging(
                "  - ",
                "    ",
                &printable(&format!("{}: {}", defect.place, defect.message)),
            );
        }
        if report.more_defects > 0 {
            page.paragraph(&format!("and {} more", report.more_defects));
        }
    }
    page.finish()
}

/// A text of unknown origin without characters that could steer a terminal.
fn printable(text: &str) -> String {
    let shown = text.chars();
    shown
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
