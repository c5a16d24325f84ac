//! A brief as Markdown that reads well in a terminal, and as comma-separated values.

use super::Brief;
use crate::csv::table;
use crate::style::{Look, Page};

/// Markdown, wrapped to the width.
pub fn text(brief: &Brief, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading_here(&format!("# {}: {}", brief.name, brief.title));
    for section in &brief.sections {
        page.heading(&format!("## {}", section.heading));
        page.gap();
        for statement in &section.statements {
            page.hanging("- ", "  ", &statement.text);
        }
    }
    if let Some(stopped) = &brief.stopped {
        page.gap_once();
        page.paragraph(&format!(
            "What follows from the moves is not all told here: {stopped}."
        ));
    }
    page.finish()
}

/// One row a statement, with a header.
pub fn csv(briefs: &[Brief]) -> String {
    let mut rows = Vec::new();
    for brief in briefs {
        for section in &brief.sections {
            for (number, statement) in (1_usize..).zip(&section.statements) {
                let states: Vec<String> = statement.states.iter().map(u32::to_string).collect();
                let cells = [
                    brief.party.clone(),
                    section.about.clone(),
                    number.to_string(),
                    statement.text.clone(),
                    statement.options.join(" "),
                    states.join(" "),
                ];
                rows.push(cells);
            }
        }
    }
    table("party,section,number,statement,options,states", rows)
}
