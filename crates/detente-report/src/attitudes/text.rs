//! What attitudes change, as a person reads it in a terminal.

use detente_analysis::StateId;
use detente_analysis::relation::CONCEPTS;

use super::Found;
use super::build::{equilibria, reasons};
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words;

/// How many states are listed by number before the rest are counted.
const SHOWN: usize = 16;

/// How many changes are explained.
const SHOWN_CHANGES: usize = 8;

/// The report.
pub fn text(found: &Found<'_, '_>, look: Look) -> String {
    let mut page = Page::new(look);
    head(&mut page, found);
    matrix(&mut page, found);
    tables(&mut page, found);
    changes(&mut page, found);
    page.finish()
}

fn head(page: &mut Page, found: &Found<'_, '_>) {
    let game = found.game;
    page.heading(&words::title(game.model, found.variants));
    page.paragraph(&words::size(game));
}

fn matrix(page: &mut Page, found: &Found<'_, '_>) {
    let game = found.game;
    page.heading("Attitudes");
    page.gap();
    let mut header = vec!["of".to_owned()];
    header.extend(
        game.model
            .parties
            .iter()
            .map(|p| format!("toward {}", p.name)),
    );
    let row = |of| {
        let mut row = vec![words::party(game, of).to_owned()];
        row.extend(game.model.party_ids().map(|to| {
            let tried = found.tried.iter().any(|(a, b, _)| (*a, *b) == (of, to));
            let mark = if tried { " *" } else { "" };
            format!("{}{mark}", found.matrix.of(of, to).word())
        }));
        row
    };
    let rows: Vec<Vec<String>> = game.model.party_ids().map(row).collect();
    page.table(&header, &rows, &vec![false; header.len()]);
    page.gap();
    if !found.tried.is_empty() {
        page.paragraph("* is tried here; the file does not say so.");
    }
    if found.matrix.is_ordinary() {
        page.paragraph(
            "Everybody cares for itself alone. Write `attitude toward DPRK positive` in a party's \
             block, or try --attitude US:DPRK=positive.",
        );
    }
}

fn numbers(found: &Found<'_, '_>, states: &[StateId]) -> String {
    if states.is_empty() {
        return "none".to_owned();
    }
    let mut shown: Vec<String> = states
        .iter()
        .take(SHOWN)
        .map(|s| found.game.id(*s).to_string())
        .collect();
    if states.len() > SHOWN {
        shown.push(format!("and {} more", states.len() - SHOWN));
    }
    shown.join(", ")
}

fn tables(page: &mut Page, found: &Found<'_, '_>) {
    page.heading("Equilibria without the attitudes, and with them");
    page.gap();
    let rows: Vec<Vec<String>> = CONCEPTS
        .into_iter()
        .map(|concept| {
            vec![
                concept.id(),
                numbers(found, &equilibria(found.ordinary, concept)),
                numbers(found, &equilibria(found.relational, concept)),
            ]
        })
        .collect();
    let header = ["concept", "without", "with"].map(str::to_owned);
    page.table(&header, &rows, &[false, false, false]);
}

fn changes(page: &mut Page, found: &Found<'_, '_>) {
    let by = concept_in_text(found.concept);
    if found.changes == 0 {
        page.gap();
        page.paragraph(&format!("The attitudes change no equilibrium under {by}."));
        return;
    }
    for (gained, heading) in [
        (true, "What holds because of the attitudes"),
        (false, "What no longer holds because of them"),
    ] {
        let of_kind = || found.changed.iter().filter(|c| c.gained == gained);
        if of_kind().next().is_none() {
            continue;
        }
        page.heading(&format!("{heading}, under {by}"));
        for changed in of_kind().take(SHOWN_CHANGES) {
            page.gap();
            page.hanging("  ", "  ", &words::state(found.game, changed.state));
            for reason in reasons(found, changed) {
                for sentence in reason.said {
                    page.hanging("    - ", "      ", &sentence);
                }
            }
        }
        let more = of_kind().count().saturating_sub(SHOWN_CHANGES);
        if more > 0 {
            page.gap();
            page.more(more);
        }
    }
    let untold = found.changes.saturating_sub(found.changed.len());
    if untold > 0 {
        page.gap();
        page.paragraph(&format!(
            "{} more are not explained.",
            words::count(untold, "change")
        ));
    }
}
