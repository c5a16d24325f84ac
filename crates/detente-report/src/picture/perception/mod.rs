//! What is, beside what each side sees: differences row by row, then the outcomes that hold and those that are
//! expected, then where a side is surprised.

mod outcomes;
mod seen;

use self::seen::{Cell, Difference};
use super::paper::{self, label, rectangle};
use super::pen::{
    self, Chart, LINE, MARGIN, RISE, SIZE, WIDTH, alarm, grid, lines, soft_lines, value,
};
use super::{Asked, Kind, Picture, metrics};
use crate::dossier::Dossier;
use crate::perception::{Perception, Viewer};

pub(super) const KIND: Kind = Kind {
    name: "perception",
    says: "what is beside what each side sees, and where it will be surprised",
    needs: &["perception"],
    draw,
};

/// The column of names.
const NAMES: f64 = 150.0;

/// How many sides stand beside each other.
const ABREAST: usize = 3;

/// Between columns.
const GAP: f64 = 14.0;

/// Within a column.
const PAD: f64 = 12.0;

/// Lines of a cell at most.
const MOST_LINES: usize = 6;

/// A side that is drawn, with its place among the parties.
type Side<'a> = (usize, &'a Viewer);

/// The columns of one band of sides.
struct Columns {
    wide: f64,
}

impl Columns {
    fn of(sides: usize) -> Self {
        let columns = sides as f64 + 1.0;
        let room = WIDTH - 2.0 * MARGIN - NAMES;
        Self {
            wide: (room - GAP * columns) / columns,
        }
    }

    /// Where a column begins; what is comes first.
    fn left(&self, column: usize) -> f64 {
        MARGIN + NAMES + GAP + column as f64 * (self.wide + GAP)
    }

    /// The room for words within a column.
    fn room(&self) -> f64 {
        self.wide - 2.0 * PAD
    }
}

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let finding = dossier.perception.as_ref()?;
    let is_asked = |v: &Viewer| asked.parties.is_empty() || asked.parties.contains(&v.name);
    let (sides, clear): (Vec<Side>, Vec<Side>) = finding
        .parties
        .iter()
        .enumerate()
        .filter(|(_, v)| is_asked(v))
        .partition(|(_, v)| v.mistaken || finding.surprises.iter().any(|s| s.viewer == v.name));
    if sides.is_empty() {
        return None;
    }
    let title = pen::titled(
        dossier.negotiation.as_ref(),
        "what is, and what each side sees",
    );
    let mut chart = Chart::new("perception", title, says(finding, &sides, &clear));
    for band in sides.chunks(ABREAST) {
        chart.foot += 12.0;
        draw_band(&mut chart, dossier, finding, band);
    }
    chart.foot += 10.0;
    outcomes::legend(&mut chart, finding, &sides);
    Some(chart.done())
}

/// What is shown, in words.
fn says(finding: &Perception, sides: &[Side<'_>], clear: &[Side<'_>]) -> String {
    let holds = outcomes::holds(finding);
    let mut parts = Vec::new();
    for (_, viewer) in sides {
        let fails = viewer.expected.iter().any(|s| !holds.contains(s));
        let missed = holds.iter().any(|s| !viewer.expected.contains(s));
        let what = match (fails, missed) {
            (true, true) => "expects outcomes that do not hold, and does not expect some that do",
            (true, false) => "expects outcomes that do not hold",
            (false, true) => "does not expect some outcomes that hold",
            (false, false) if viewer.mistaken => "is mistaken, and expects what holds all the same",
            (false, false) => "expects what holds",
        };
        parts.push(format!("{} {what}.", viewer.name));
    }
    let names: Vec<&str> = clear.iter().map(|(_, v)| v.name.as_str()).collect();
    match names.as_slice() {
        [] => {}
        [one] => parts.push(format!("{one} sees it as it is.")),
        [some @ .., last] => parts.push(format!("{} and {last} see it as it is.", some.join(", "))),
    }
    if finding.stopped.is_some() {
        parts.push("The analysis is incomplete.".to_owned());
    }
    parts.join(" ")
}

/// What is, and up to three sides beside it.
fn draw_band(chart: &mut Chart, dossier: &Dossier, finding: &Perception, band: &[Side<'_>]) {
    let columns = Columns::of(band.len());
    let rows = seen::differences(dossier, finding, band);
    let outcomes = outcomes::Table::of(finding, band, &columns);
    let surprises = outcomes::surprises(finding, band);
    let top = chart.foot;
    let body = LINE + 16.0;
    let heights: Vec<f64> = rows.iter().map(|row| high(row, &columns)).collect();
    let told = band
        .iter()
        .zip(&surprises)
        .map(|(_, list)| {
            list.iter()
                .map(|s| pen::height(s, columns.room(), MOST_LINES) + 4.0)
                .sum()
        })
        .fold(0.0, f64::max);
    let told = if told > 0.0 { told + 14.0 } else { 0.0 };
    let bottom = top + body + heights.iter().sum::<f64>() + outcomes.high() + told;
    for column in 0..=band.len() {
        let card = rectangle(columns.left(column), top, columns.wide, bottom - top)
            .set("class", "card")
            .set("rx", 5)
            .set("fill", if column == 0 { "#fff" } else { "#f5f6f8" })
            .set("stroke", "#a9afb8")
            .set("stroke-width", if column == 0 { 1.6 } else { 0.8 });
        chart.add(card);
        let name = match column.checked_sub(1).and_then(|n| band.get(n)) {
            Some((_, viewer)) => format!("What {} sees", viewer.name),
            None => "What is".to_owned(),
        };
        chart.heading(
            &name,
            columns.left(column) + PAD,
            top + RISE + 8.0,
            columns.room(),
        );
    }
    chart.foot = top + body;
    for (row, high) in rows.iter().zip(&heights) {
        draw_row(chart, row, &columns, *high);
    }
    outcomes.draw(chart, &columns);
    if told > 0.0 {
        rule(chart, band.len(), &columns);
        let inner = chart.foot + 8.0;
        chart.add(lines("where it is surprised", MARGIN, inner, NAMES, 2).0);
        for (number, list) in surprises.iter().enumerate() {
            let mut foot = inner;
            for says in list {
                let left = columns.left(number + 1) + PAD;
                let (words, high) = lines(says, left, foot, columns.room(), MOST_LINES);
                chart.add(words);
                foot += high + 4.0;
            }
        }
    }
    chart.foot = bottom;
}

/// A line over all columns.
fn rule(chart: &mut Chart, sides: usize, columns: &Columns) {
    let right = columns.left(sides) + columns.wide;
    chart.add(grid((MARGIN, chart.foot), (right, chart.foot)));
}

/// How high a row is.
fn high(row: &Difference, columns: &Columns) -> f64 {
    let name = pen::height(&row.name, NAMES, 3);
    let truth = pen::height(&row.truth, columns.room(), MOST_LINES);
    let cell =
        |cell: &Cell| pen::height(&cell.says, columns.room() - number_wide(cell), MOST_LINES);
    let cells = row.cells.iter().map(cell).fold(LINE, f64::max);
    name.max(truth).max(cells) + 12.0
}

/// The room that the number of a cell takes.
fn number_wide(cell: &Cell) -> f64 {
    let number = cell.number.as_ref();
    number.map_or(0.0, |(says, _)| metrics::width(says, SIZE) + 5.0)
}

fn draw_row(chart: &mut Chart, row: &Difference, columns: &Columns, high: f64) {
    rule(chart, row.cells.len(), columns);
    let top = chart.foot + 6.0;
    chart.add(soft_lines(&row.name, MARGIN, top, NAMES, 3).0);
    let room = columns.room();
    chart.add(lines(&row.truth, columns.left(0) + PAD, top, room, MOST_LINES).0);
    for (number, cell) in row.cells.iter().enumerate() {
        let left = columns.left(number + 1);
        let inner = left + PAD + number_wide(cell);
        let room = columns.room() - number_wide(cell);
        if cell.differs {
            odds(chart, left, top + LINE / 2.0);
            if let Some((says, from)) = &cell.number {
                let number = value(says, left + PAD, top + RISE, SIZE, "start", from);
                chart.add(number.set("font-weight", "bold"));
            }
            chart.add(lines(&cell.says, inner, top, room, MOST_LINES).0);
        } else {
            chart.add(soft_lines(&cell.says, inner, top, room, MOST_LINES).0);
        }
    }
    chart.foot += high;
}

/// The mark of what differs, on the edge of a column.
fn odds(chart: &mut Chart, x: f64, y: f64) {
    let hue = alarm();
    chart.add(
        svg::node::element::Circle::new()
            .set("cx", paper::at(x))
            .set("cy", paper::at(y))
            .set("r", 7.5)
            .set("class", format!("paper {}", hue.stroke))
            .set("fill", "#fff")
            .set("stroke", hue.light)
            .set("stroke-width", 1.4),
    );
    for dy in [-2.0, 2.0] {
        let bar = paper::line((x - 3.5, y + dy), (x + 3.5, y + dy), 1.4);
        chart.add(bar.set("class", hue.stroke).set("stroke", hue.light));
    }
    let slash = paper::line((x - 2.5, y + 4.5), (x + 2.5, y - 4.5), 1.4);
    chart.add(slash.set("class", hue.stroke).set("stroke", hue.light));
}

/// Words at a place, in a column.
fn words(chart: &mut Chart, says: &str, x: f64, y: f64, room: f64) {
    chart.add(label(says, x, y, SIZE, "start", room));
}
