//! Analogies for people, and as comma-separated values.

use super::{Analogies, Analogy, Beside, CameOf};
use crate::csv::table;
use crate::style::{Look, Page};
use crate::words;
use detente_analysis::likeness::FEATURES;

/// The ranking, and the nearest cases one by one, at most so many.
pub fn text(found: &Analogies, most: usize, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading_here(&format!("{}: cases of a like structure", found.title));
    if let Some(game) = &found.game {
        let name = game
            .name
            .as_ref()
            .map_or(String::new(), |n| format!(", the {n}"));
        page.gap();
        page.paragraph(&format!(
            "A strict 2x2 game of the type {}{name} (payoffs of both parties, row by row, 4 is best).",
            game.payoffs
        ));
    }
    if !found.cases.is_empty() {
        page.gap();
        let rows: Vec<Vec<String>> = found.cases.iter().map(row).collect();
        let header = ["distance", "case", "what came of it"].map(str::to_owned);
        page.table(&header, &rows, &[true, false, false]);
    }
    for case in found.cases.iter().take(most) {
        detail(&mut page, case);
    }
    if !found.not_ranked.is_empty() {
        page.heading("Not ranked");
        for case in &found.not_ranked {
            page.hanging("  ", "    ", &format!("{}: {}", case.case, case.why));
        }
    }
    page.heading("What is compared");
    let rows: Vec<Vec<String>> = found
        .features
        .iter()
        .map(|f| {
            let value = f.value.map_or("-".to_owned(), |v| format!("{v:.2}"));
            vec![
                f.what.clone(),
                f.scale.clone(),
                format!("{:.1}", f.weight),
                value,
            ]
        })
        .collect();
    let header = ["feature", "scale", "weight", "here"].map(str::to_owned);
    page.table(&header, &rows, &[false, false, true, true]);
    page.gap();
    page.paragraph(
        "Distance: the weighted mean of the absolute differences of the features that both have (Gower 1971), 0 alike \
         to 1; the weights are a choice. What a negotiation is about does not count.",
    );
    page.paragraph(&found.caution);
    if let Some(stopped) = &found.stopped {
        page.paragraph(&format!(
            "What follows from the moves of this negotiation is not compared: {stopped}."
        ));
    }
    page.finish()
}

fn row(case: &Analogy) -> Vec<String> {
    let mut came = case
        .came_of
        .as_ref()
        .map_or("not documented".to_owned(), |c| c.kind.clone());
    if case.same_game {
        came.push_str("; same game");
    }
    vec![format!("{:.3}", case.distance), case.case.clone(), came]
}

fn detail(page: &mut Page, case: &Analogy) {
    page.heading(&format!("{} ({})", case.title, case.case));
    let side = |list: &[Beside]| list.iter().map(beside).collect::<Vec<_>>().join("; ");
    if case.same_game {
        page.hanging("  ", "    ", "the same strict 2x2 game, up to names");
    }
    if !case.near.is_empty() {
        page.hanging("  ", "    ", &format!("alike: {}", side(&case.near)));
    }
    if !case.apart.is_empty() {
        page.hanging("  ", "    ", &format!("different: {}", side(&case.apart)));
    }
    match &case.came_of {
        Some(came) => page.hanging("  ", "    ", &format!("what came of it: {}", told(came))),
        None => page.hanging("  ", "    ", "what came of it: nothing is documented"),
    }
}

/// `whether there is a deadline (yes, here no)`.
fn beside(beside: &Beside) -> String {
    let what = FEATURES
        .iter()
        .find(|f| f.id == beside.feature)
        .map_or("", |f| f.what);
    let yes_or_no = what.starts_with("whether");
    let value = |value: f64| match value {
        v if yes_or_no && v > 0.5 => "yes".to_owned(),
        _ if yes_or_no => "no".to_owned(),
        v => format!("{v:.2}"),
    };
    let (here, there) = (value(beside.here), value(beside.there));
    if here == there {
        format!("{what} ({there})")
    } else {
        format!("{what} ({there}, here {here})")
    }
}

fn told(came: &CameOf) -> String {
    let mut text = came.what.clone();
    if let Some(source) = &came.source {
        text.push_str(&format!(" [{source}"));
        if let Some(provenance) = &came.provenance {
            text.push_str(&format!("; {provenance}"));
        }
        text.push(']');
    }
    text
}

/// One row a case, with a header; cases that are not ranked have no distance.
pub fn csv(found: &Analogies) -> String {
    let header =
        "rank,case,title,distance,compared,same_game,near,apart,outcome,when,what,source,why_not";
    let mut rows = Vec::new();
    let names = |list: &[Beside]| {
        let names: Vec<&str> = list.iter().map(|b| b.feature.as_str()).collect();
        names.join(" ")
    };
    for (rank, case) in (1_usize..).zip(&found.cases) {
        let came = case.came_of.as_ref();
        let of = |part: Option<&String>| part.cloned().unwrap_or_default();
        let cells = [
            rank.to_string(),
            case.case.clone(),
            case.title.clone(),
            format!("{:.6}", case.distance),
            format!("{:.6}", case.compared),
            case.same_game.to_string(),
            names(&case.near),
            names(&case.apart),
            of(came.map(|c| &c.kind)),
            of(came.and_then(|c| c.when.as_ref())),
            of(came.map(|c| &c.what)),
            of(came.and_then(|c| c.source.as_ref())),
            String::new(),
        ];
        rows.push(cells.to_vec());
    }
    for case in &found.not_ranked {
        let mut cells = vec![String::new(), case.case.clone()];
        cells.extend(std::iter::repeat_n(String::new(), 10));
        cells.push(words::capital(&case.why));
        rows.push(cells);
    }
    table(header, rows)
}
