//! The evidence map: sources on the left, what is said on the right, lines between.
//!
//! Every element that asserts something, or for which there is a source, is a square; squares of one kind and party
//! stand together. Lines lead from witnesses, not from those who repeat them: these stand under their witness.

mod groups;
mod marks;
mod sources;

use self::groups::{Group, Support};
use self::sources::Row;
use super::paper::{anchored, label, soft, tick};
use super::pen::{self, Chart, LINE, MARGIN, SIZE, SMALL, WIDTH, alarm, bow, calm, path, value};
use super::{Asked, Kind, Picture, metrics};
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::evidence::Ledger;

pub(super) const KIND: Kind = Kind {
    name: "evidence",
    says: "which sources stand behind what, and what contradicts what",
    needs: &["evidence"],
    draw,
};

/// Where the names of sources end, and where lines begin.
const NAMES: f64 = 302.0;
const FROM: f64 = 342.0;

/// Where lines end, and where squares begin.
const TO: f64 = 512.0;
const SQUARES: f64 = 522.0;

/// Where the names of groups begin and end.
const GROUPS: f64 = 666.0;
const GROUPS_END: f64 = 872.0;

/// Where the numbers of contradictions stand.
const NUMBERS: f64 = 918.0;

/// The least height of a source.
const ROW: f64 = 24.0;

/// How many contradictions are drawn.
const MOST_CONFLICTS: usize = 20;

fn draw(dossier: &Dossier, _asked: &Asked) -> Option<Picture> {
    let ledger = dossier.evidence.as_ref()?;
    let groups = groups::all(ledger, dossier);
    let rows = sources::rows(ledger);
    if groups.is_empty() {
        return None;
    }
    let title = pen::titled(dossier.negotiation.as_ref(), "what is known from where");
    let mut chart = Chart::new("evidence", title, says(ledger));
    chart.foot += 12.0;
    let y = chart.foot + 12.0;
    chart.heading("Sources", MARGIN, y, 150.0);
    let falls = label("stands on it alone", FROM, y, SMALL, "end", 130.0);
    chart.add(falls);
    chart.heading("What is said", SQUARES, y, 130.0);
    chart.heading("by kind and party", GROUPS, y, 150.0);
    if !ledger.conflicts.is_empty() {
        chart.add(label("at odds", WIDTH - MARGIN, y, SMALL, "end", 80.0));
    }
    chart.foot += 24.0;
    let top = chart.foot;
    let left = ROW * rows.len() as f64;
    let right: f64 = groups.iter().map(Group::high).sum();
    let high = left.max(right);
    let row_at = heights(rows.iter().map(|_| ROW), top, high - left);
    let group_at = heights(groups.iter().map(Group::high), top, high - right);
    links(&mut chart, &rows, &groups, &row_at, &group_at);
    for (row, y) in rows.iter().zip(&row_at) {
        source(&mut chart, row, *y);
    }
    for (group, y) in groups.iter().zip(&group_at) {
        block(&mut chart, group, *y);
    }
    let told = conflicts(&mut chart, ledger, &groups, &group_at, (top, top + high));
    chart.foot = top + high.max(told) + 16.0;
    marks::legend(&mut chart);
    list(&mut chart, ledger);
    Some(chart.done())
}

/// What is shown, in words.
fn says(ledger: &Ledger) -> String {
    let mut says = String::from(
        "Lines lead from a witness to what it says. A line is solid where something hangs on that witness alone, and \
         dashed where others say the same.",
    );
    let witness = ledger
        .sources
        .iter()
        .filter(|s| s.kind.as_deref() != Some("assumption"));
    if let Some(most) = witness.rev().max_by_key(|s| s.alone.len())
        && !most.alone.is_empty()
    {
        says.push_str(&format!(" Most hangs on {} alone.", most.name));
    }
    if ledger.elements.iter().any(|e| e.assumed) {
        says.push_str(" Hollow squares are assumptions: no source is behind them.");
    }
    if ledger.stopped.is_some() {
        says.push_str(" Not all quotations were checked.");
    }
    says
}

/// The middles of rows of these heights, with what is left over shared among them.
fn heights(rows: impl ExactSizeIterator<Item = f64>, top: f64, over: f64) -> Vec<f64> {
    let share = over.max(0.0) / rows.len().max(1) as f64;
    let mut foot = top;
    rows.map(|high| {
        let middle = foot + f64::midpoint(high, share);
        foot += high + share;
        middle
    })
    .collect()
}

/// The lines from witnesses to groups.
fn links(chart: &mut Chart, rows: &[Row], groups: &[Group], row_at: &[f64], group_at: &[f64]) {
    let strongest = rows.iter().map(|r| r.alone.len()).max().unwrap_or(0);
    for (row, from) in rows.iter().zip(row_at) {
        let is_first = strongest > 0 && row.alone.len() == strongest && !row.is_assumption;
        for (group, to) in groups.iter().zip(group_at) {
            let (all, alone) = group.behind(&row.witnesses);
            if all == 0 {
                continue;
            }
            let wide = 0.9 + 0.55 * (all as f64).sqrt();
            let line = path(&bow((FROM + 8.0, *from), (TO, *to))).set("stroke-width", wide);
            let line = if is_first {
                line.set("class", calm().stroke).set("stroke", calm().light)
            } else {
                line.set("class", "dim").set("stroke", "#7b828c")
            };
            let dashes = match (row.is_assumption, alone) {
                (true, _) => "1 4",
                (false, 0) => "6 4",
                _ => "none",
            };
            chart.add(
                line.set("stroke-opacity", 0.75)
                    .set("stroke-dasharray", dashes),
            );
        }
    }
}

/// A source with its mark.
fn source(chart: &mut Chart, row: &Row, y: f64) {
    let indent = if row.repeats { 16.0 } else { 0.0 };
    let x = MARGIN + indent;
    if row.repeats {
        chart.add(
            path(&pen::through(&[
                (x - 10.0, y - 14.0),
                (x - 10.0, y),
                (x - 3.0, y),
            ]))
            .set("class", "line")
            .set("stroke", "#555"),
        );
    }
    chart.add(label(&row.says, x, y + 4.0, SIZE, "start", NAMES - x));
    if let Some(place) = row.place
        && !row.alone.is_empty()
        && !row.is_assumption
    {
        let from = Pointer::to("evidence")
            .key("sources")
            .index(place)
            .key("alone");
        let says = row.alone.len().to_string();
        let number = value(&says, FROM - 8.0, y + 4.0, SIZE, "end", &from);
        chart.add(number.set("font-weight", "bold"));
    }
    if !row.repeats {
        chart.add(marks::source(row, FROM + 2.0, y));
    }
}

/// The squares of a group and its name.
fn block(chart: &mut Chart, group: &Group, y: f64) {
    let top = y - group.high() / 2.0 + 4.0;
    for (number, element) in group.shown().iter().enumerate() {
        let column = (number % groups::COLUMNS) as f64;
        let line = (number / groups::COLUMNS) as f64;
        let (x, y) = (SQUARES + column * groups::STEP, top + line * groups::STEP);
        chart.add(marks::square(element, x, y));
    }
    let (count, name, end) = group_name(group);
    chart.add(label(&group.name, GROUPS, y + 4.0, SIZE, "start", name));
    let number = tick(anchored(&count, end, y + 4.0, SMALL, "end"));
    chart.add(soft(number));
}

/// How many elements a group has, the room for its name, and where both end.
fn group_name(group: &Group) -> (String, f64, f64) {
    let count = group.elements.len().to_string();
    let wide = metrics::width(&count, SMALL);
    let room = GROUPS_END - GROUPS - 8.0 - wide;
    let name = metrics::width(&metrics::fit(&group.name, SIZE, room), SIZE);
    (count, room, GROUPS + name + 7.0 + wide)
}

/// A contradiction: its place in the findings, where its number would best stand, and where its sides are.
type Odds = (usize, f64, Vec<(f64, f64)>);

/// Contradictions as marked links between both sides; says how far down they reach.
fn conflicts(
    chart: &mut Chart,
    ledger: &Ledger,
    groups: &[Group],
    group_at: &[f64],
    span: (f64, f64),
) -> f64 {
    let mut all: Vec<Odds> = Vec::new();
    for (place, conflict) in ledger.conflicts.iter().enumerate().take(MOST_CONFLICTS) {
        let numbers: Vec<usize> = conflict.sides.iter().filter_map(|s| s.element).collect();
        let ends: Vec<(f64, f64)> = groups
            .iter()
            .zip(group_at)
            .filter(|(g, _)| g.elements.iter().any(|e| numbers.contains(&e.number)))
            .map(|(g, y)| (group_name(g).2 + 8.0, *y))
            .collect();
        if let (Some((_, first)), Some((_, last))) = (ends.first(), ends.last()) {
            all.push((place, f64::midpoint(*first, *last), ends));
        }
    }
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    let wanted: Vec<f64> = all.iter().map(|c| c.1).collect();
    let bottom = span.1.max(span.0 + 20.0 * wanted.len() as f64);
    let places = pen::spread(&wanted, 20.0, span.0 + 8.0, bottom - 8.0);
    let hue = alarm();
    for ((place, _, ends), y) in all.iter().zip(&places) {
        let Some(conflict) = ledger.conflicts.get(*place) else {
            continue;
        };
        for end in ends {
            chart.add(
                path(&bow(*end, (NUMBERS - 9.0, *y)))
                    .set("class", hue.stroke)
                    .set("stroke", hue.light)
                    .set("stroke-width", 1.4),
            );
        }
        let from = Pointer::to("evidence")
            .key("conflicts")
            .index(*place)
            .key("number");
        let says = conflict.number.to_string();
        chart.add(marks::odds(conflict, NUMBERS, *y));
        chart.add(value(&says, NUMBERS, y + 4.0, SMALL, "middle", &from));
    }
    bottom - span.0
}

/// What the contradictions are about.
fn list(chart: &mut Chart, ledger: &Ledger) {
    if ledger.conflicts.is_empty() {
        return;
    }
    chart.foot += 6.0;
    chart.heading("At odds", MARGIN, chart.foot + 12.0, 300.0);
    chart.foot += 20.0;
    for (place, conflict) in ledger.conflicts.iter().enumerate().take(MOST_CONFLICTS) {
        let y = chart.foot + 12.0;
        let from = Pointer::to("evidence")
            .key("conflicts")
            .index(place)
            .key("number");
        let number = value(
            &conflict.number.to_string(),
            MARGIN + 22.0,
            y,
            SIZE,
            "end",
            &from,
        );
        chart.add(number.set("font-weight", "bold"));
        let mut says = format!("{}: {}", conflict.kind.words(), conflict.about);
        let sides: Vec<String> = conflict
            .sides
            .iter()
            .map(|side| match side.witnesses.as_slice() {
                [] => side.says.clone(),
                witnesses => format!("{} ({})", side.says, witnesses.join(", ")),
            })
            .collect();
        if !sides.is_empty() {
            says.push_str(&format!(". {}", sides.join("; against: ")));
        }
        let (words, high) = pen::lines(&says, MARGIN + 32.0, chart.foot, WIDTH - 72.0, 2);
        chart.add(words);
        chart.foot += high + 3.0;
    }
    if ledger.conflicts.len() > MOST_CONFLICTS {
        chart.paragraph("Further contradictions are not drawn.", 1);
    }
    chart.foot += LINE / 4.0;
}
