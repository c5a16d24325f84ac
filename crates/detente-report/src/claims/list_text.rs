//! What became of claims, as a person reads it in a terminal.

use super::list::{ClaimFinding, Claims, finding};
use super::{Found, words};
use crate::style::{Look, Page};
use crate::words::{capital, count};

/// The claims of a negotiation, one by one.
pub fn text(found: &Found<'_>, look: Look) -> String {
    let finding = finding(found);
    let mut page = Page::new(look);
    page.heading_here(found.model.display_title());
    page.paragraph(&head(&finding));
    for claim in &finding.claims {
        page.gap();
        one(&mut page, claim);
    }
    let mut notes = Vec::new();
    if finding.claims.iter().any(|c| c.brier.is_some()) {
        notes.push(
            "Brier: single form, from 0 (best) to 1; `detente claims score` has the other scores."
                .to_owned(),
        );
    }
    if finding
        .claims
        .iter()
        .any(|c| c.brier.is_some() && c.assumed)
    {
        notes.push(
            "* The score takes the middle of the word's band for its probability, an assumption."
                .to_owned(),
        );
    }
    page.notes(&notes);
    page.finish()
}

fn head(finding: &Claims) -> String {
    let claims = &finding.claims;
    if claims.is_empty() {
        return "The file has no claims.".to_owned();
    }
    let mut parts = Vec::new();
    for (standing, words) in [
        ("yes", "true"),
        ("no", "false"),
        ("grade", "graded"),
        ("partly", "true in part"),
        ("void", "void"),
        ("open", "open"),
        ("due", "due and undecided"),
        ("unjudged", "not judged"),
    ] {
        let number = claims.iter().filter(|c| c.standing == standing).count();
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    let day = finding.as_of.as_ref().map(|d| format!(" on {d}"));
    format!(
        "{}{}: {}.",
        count(claims.len(), "claim"),
        day.unwrap_or_default(),
        parts.join(", ")
    )
}

fn one(page: &mut Page, claim: &ClaimFinding) {
    let said = claim.said.as_ref().map(|d| format!(", said {d}"));
    let line = format!(
        "{} ({} by {}{})",
        claim.name,
        claim.kind,
        claim.by,
        said.unwrap_or_default()
    );
    page.hanging("", "  ", &line);
    let mut put = |text: String| page.hanging("  ", "    ", &text);
    if let Some(title) = &claim.title {
        put(title.clone());
    }
    let mut terms = Vec::new();
    if let Some(likelihood) = &claim.likelihood {
        terms.push(likelihood.clone());
    }
    let grades = claim.graded.iter();
    let grades: Vec<String> = grades
        .map(|g| format!("{} \"{}\"", g.probability, g.outcome))
        .collect();
    if !grades.is_empty() {
        terms.push(grades.join(", "));
    }
    if let Some(window) = &claim.window {
        terms.push(window.text.clone());
    }
    if let Some(condition) = &claim.condition {
        terms.push(format!("if {condition}"));
    }
    if let Some(resolves) = &claim.resolves {
        let word = if claim.condition.is_some() {
            "then"
        } else {
            "resolves when"
        };
        terms.push(format!("{word} {resolves}"));
    }
    if let Some(denied) = &claim.denies {
        terms.push(format!("denies {denied}"));
    }
    if !claim.denied_by.is_empty() {
        terms.push(format!("denied by {}", claim.denied_by.join(", ")));
    }
    if !terms.is_empty() {
        put(terms.join("; "));
    }
    put(outcome(claim));
    if let Some(contradiction) = &claim.contradiction {
        put(format!(
            "Contradiction: the rule says {}, since {}; the outcome in the file, {}, counts.",
            contradiction.rule, contradiction.why, contradiction.stated
        ));
    }
}

fn outcome(claim: &ClaimFinding) -> String {
    let standing = match claim.standing.as_str() {
        "yes" => "true",
        "no" => "false",
        "partly" => "true in part",
        "void" => "void",
        "grade" => "came to",
        "due" => "due: its time is over, and nothing says what came of it",
        "unjudged" if claim.kind == "advice" => {
            return "Advice: listed, and never scored.".to_owned();
        }
        "unjudged" => "not judged",
        other => other,
    };
    let mut text = capital(standing);
    if let Some(grade) = &claim.grade {
        text.push_str(&format!(" \"{grade}\""));
    }
    if let Some(on) = &claim.on {
        text.push_str(&format!(" on {on}"));
    }
    let why = claim.because.as_ref().unwrap_or(&claim.why);
    text.push_str(&format!(": {why}"));
    if !claim.outcome_cites.is_empty() {
        text.push_str(&format!(" [{}]", claim.outcome_cites.join(", ")));
    }
    text.push('.');
    if matches!(claim.standing.as_str(), "partly" | "void") {
        text.push_str(" Not scored.");
    }
    if let Some(brier) = claim.brier {
        let star = if claim.assumed { "*" } else { "" };
        text.push_str(&format!(" Brier {}{star}.", words::score(brier)));
    }
    text
}
