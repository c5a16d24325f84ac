//! Which commitments would make an outcome hold, as a person reads it in a terminal.

use detente_analysis::Game;

use super::{Commitments, Row};
use crate::breakthrough::{self, named};
use crate::style::{Look, Page};
use crate::words;

/// Classes in a cell of the table at most.
const CLASSES: usize = 4;

/// Single changes that are shown.
const SHOWN: usize = 12;

/// The findings as a person reads them.
pub fn text(game: &Game<'_>, found: &Commitments, look: Look) -> String {
    let mut page = Page::new(look);
    for line in breakthrough::text(game, &found.search, look).lines() {
        page.line(line);
    }
    table(game, found, &mut page);
    singles(found, &mut page);
    if let Some(stop) = &found.stopped {
        page.gap();
        page.paragraph(&format!("INCOMPLETE: {stop}."));
    }
    page.finish()
}

fn table(game: &Game<'_>, found: &Commitments, page: &mut Page) {
    page.heading("What holds, by what cannot be taken back");
    page.gap();
    if found.table.is_empty() || found.options.is_empty() {
        page.paragraph("There is no option whose direction may change here.");
        return;
    }
    let first = found.search.judgements.first();
    let several = found.search.judgements.len() > 1;
    let equilibria = match (first, several) {
        (Some(name), true) => format!("equilibria ({name})"),
        _ => "equilibria".to_owned(),
    };
    let header = ["cannot be taken back", "price", "holds", &equilibria].map(str::to_owned);
    let rows: Vec<Vec<String>> = found
        .table
        .iter()
        .map(|row| {
            let mark = if row.cheapest { "* " } else { "  " };
            let what = if row.one_way.is_empty() {
                "nothing".to_owned()
            } else {
                row.one_way.join(", ")
            };
            let price = if row.price == 0 {
                "now".to_owned()
            } else {
                row.price.to_string()
            };
            let states = first.and_then(|name| row.equilibria.get(name));
            let states = states.map_or(&[][..], Vec::as_slice);
            let which = if states.is_empty() {
                "none".to_owned()
            } else {
                classes(game, states)
            };
            vec![format!("{mark}{what}"), price, holds(found, row), which]
        })
        .collect();
    page.table(&header, &rows, &[false, true, false, false]);
    page.gap();
    let marked = if found.table.iter().any(|r| r.cheapest) {
        "* is cheapest of those that hold. "
    } else {
        ""
    };
    let left_out = if found.left_out.is_empty() {
        String::new()
    } else {
        format!(" Left as they are: {}.", words::list(&found.left_out))
    };
    page.paragraph(&format!(
        "{marked}Prices are counted from how things are now.{left_out}"
    ));
    if !found.reading.is_empty() {
        page.gap();
        page.paragraph(&found.reading.join(" "));
    }
}

fn holds(found: &Commitments, row: &Row) -> String {
    let several = found.search.judgements.len() > 1;
    match (row.holds, several) {
        (true, _) => "yes".to_owned(),
        (false, true) if !row.by.is_empty() => format!("by {} only", row.by.join(", ")),
        (false, _) => "no".to_owned(),
    }
}

/// Equilibria counted by class, or by number when there are no classes.
fn classes(game: &Game<'_>, ids: &[u32]) -> String {
    if game.model.classes.is_empty() {
        return named(game, ids);
    }
    let mut groups: Vec<(String, usize)> = Vec::new();
    for state in ids.iter().filter_map(|id| game.by_id(*id)) {
        let class = game.headline(state);
        let name = class.map_or("(of no class)".to_owned(), |c| {
            game.model.classes[c].name.clone()
        });
        match groups.iter_mut().find(|(n, _)| *n == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let rest = groups.len().saturating_sub(CLASSES);
    let most = if rest > 1 { CLASSES } else { groups.len() };
    let mut said: Vec<String> = groups
        .into_iter()
        .take(most)
        .map(|(name, n)| match n {
            1 => name,
            n => format!("{name} ({n})"),
        })
        .collect();
    if rest > 1 {
        said.push(format!("{rest} more classes"));
    }
    said.join(", ")
}

fn singles(found: &Commitments, page: &mut Page) {
    let Some(singles) = &found.singles else {
        return;
    };
    if found.search.already {
        page.heading("Single links, sequences and rules with which it still holds");
    } else {
        page.heading("Single links, sequences and rules that make it hold");
    }
    page.gap();
    if singles.is_empty() {
        page.paragraph("None of those permitted, each by itself.");
        return;
    }
    for single in singles.iter().take(SHOWN) {
        let who = words::list(&single.parties);
        page.hanging(
            "  - ",
            "    ",
            &format!(
                "{} (price {}, {who}): {}",
                single.line, single.price, single.said
            ),
        );
    }
    if singles.len() > SHOWN {
        page.more(singles.len() - SHOWN);
    }
}
