//! What is wrong with the wording of a text, by the rules of ICD 203.

use detente_analysis::model::estimative;
use schemars::JsonSchema;
use serde::Serialize;

use crate::style::{Look, Page};
use crate::words::count;

/// What `claims lint` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prose {
    /// What this is: `detente-prose/1`.
    pub format: String,
    /// What is wrong, in the order of the text.
    pub findings: Vec<ProseFinding>,
}

/// Something wrong with the wording of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProseFinding {
    /// In which line, from 1.
    pub line: usize,
    /// In which column, from 1, in characters.
    pub column: usize,
    /// The words.
    pub words: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// Looks through a text.
pub fn prose(text: &str) -> Prose {
    let findings = estimative::lint(text).into_iter().map(|found| {
        let before = text.get(..found.at.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        ProseFinding {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: found.message(),
            hint: found.what.hint().to_owned(),
            words: found.words,
        }
    });
    Prose {
        format: "detente-prose/1".to_owned(),
        findings: findings.collect(),
    }
}

/// The findings as a person reads them.
pub fn prose_text(name: &str, finding: &Prose, look: Look) -> String {
    let mut page = Page::new(look);
    for found in &finding.findings {
        let place = format!("{name}:{}:{}", found.line, found.column);
        page.hanging("", "  ", &format!("{place}: {}", found.message));
        page.hanging("  = help: ", "    ", &found.hint);
    }
    if !finding.findings.is_empty() {
        page.gap();
    }
    page.line(&format!(
        "{} in the wording.",
        count(finding.findings.len(), "finding")
    ));
    page.finish()
}
