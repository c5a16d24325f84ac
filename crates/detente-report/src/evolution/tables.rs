//! Status-quo tables as text.

use detente_analysis::StateId;
use detente_analysis::evolution::{Course, Table, Way};

use super::Found;
use crate::style::Page;
use crate::words;

/// How many states a cell lists before it counts the rest.
const MOST_IN_CELL: usize = 30;

/// How many rows a table shows.
const MOST_ROWS: usize = 60;

/// Adds the table of a way to the page.
pub(super) fn add(page: &mut Page, found: &Found<'_, '_>, course: &Course, table: &Table) {
    let by = match course.way {
        Way::Moves => "any moves",
        Way::Improvements => "improvements",
        Way::Joint => "improvements and joint steps",
    };
    page.heading(&format!("Status-quo table: {by}"));
    page.gap();
    if table.rows.is_empty() {
        page.paragraph("There is no step at all out of the start.");
        return;
    }
    let header = ["steps", "last mover", "ends in", "for the first time"].map(str::to_owned);
    let start = found.game.id(found.request.start).to_string();
    let mut rows = vec![["0", "nobody", &start, "all"].map(str::to_owned).to_vec()];
    for (steps, row) in (1..).zip(&table.rows) {
        let mut first = true;
        for (actor, members) in course.actors.iter().enumerate() {
            let (exactly, new) = (&row.exactly[actor], &row.new[actor]);
            if exactly.is_empty() {
                continue;
            }
            let names: Vec<&str> = members
                .iter()
                .map(|p| words::party(found.game, *p))
                .collect();
            rows.push(vec![
                if first {
                    steps.to_string()
                } else {
                    String::new()
                },
                names.join("+"),
                cell(found, exactly),
                if new == exactly {
                    "all".to_owned()
                } else {
                    cell(found, new)
                },
            ]);
            first = false;
        }
    }
    let more = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    page.table(&header, &rows, &[true, false, false, false]);
    page.gap();
    let steps = table.rows.len();
    if more > 0 {
        page.paragraph(&format!(
            "And {}; --format json has them all.",
            words::count(more, "row")
        ));
    } else if table.complete {
        page.paragraph(&format!(
            "More than {} {} nothing new.",
            words::count(steps, "step"),
            if steps == 1 { "reaches" } else { "reach" }
        ));
    } else {
        page.paragraph("INCOMPLETE: further rows would be too large.");
    }
}

fn cell(found: &Found<'_, '_>, states: &[StateId]) -> String {
    let shown = states.iter().take(MOST_IN_CELL);
    let mut list: Vec<String> = shown.map(|s| found.game.id(*s).to_string()).collect();
    if states.len() > MOST_IN_CELL {
        list.push(format!("and {} more", states.len() - MOST_IN_CELL));
    }
    if list.is_empty() {
        "-".to_owned()
    } else {
        list.join(", ")
    }
}
