//! Which outcomes hold, which are expected, and where a side is surprised.

use svg::node::element::Group;

use super::{Columns, MARGIN, NAMES, PAD, Side};
use crate::perception::{Perception, SeenState};
use crate::picture::metrics;
use crate::picture::paper::{anchored, group, label, line, rectangle, soft, tick, tip};
use crate::picture::pen::{Chart, SIZE, SMALL, WIDTH, alarm, calm, whole};

/// The side of a mark, and how far apart marks are.
const SIDE: f64 = 10.0;
const STEP: f64 = 14.0;

/// Rows of marks in a cell at most.
const MOST_ROWS: usize = 3;

/// How many surprises are told of one side.
const MOST_SURPRISES: usize = 4;

/// How an outcome stands in the eyes of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It holds, and is expected.
    Holds,
    /// It would hold if nobody were mistaken.
    Would,
    /// It is expected and does not hold.
    Fails,
    /// It holds and is not expected.
    Missed,
}

/// The outcomes that hold, by the rule that was asked for.
pub(super) fn holds(finding: &Perception) -> Vec<u32> {
    if finding.semantics == "moves-deleted" {
        return finding.moves_deleted.clone();
    }
    finding.hypergame.iter().map(|s| s.state).collect()
}

/// The marks of one class in one column, each with what it is.
type Cell = Vec<(Mark, String)>;

/// The outcomes by class, for what is and for each side.
pub(super) struct Table {
    rows: Vec<(String, Vec<Cell>)>,
    abreast: usize,
}

impl Table {
    pub(super) fn of(finding: &Perception, sides: &[Side<'_>], columns: &Columns) -> Self {
        let holds = holds(finding);
        let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
        for state in &finding.states {
            let mut marks = vec![truth(finding, &holds, state.id)];
            for (_, viewer) in sides {
                marks.push(seen(&holds, viewer.expected.contains(&state.id), state.id));
            }
            if marks.iter().all(Option::is_none) {
                continue;
            }
            let class = class(state);
            let known = rows.iter().position(|(name, _)| *name == class);
            let at = known.unwrap_or(rows.len());
            if known.is_none() {
                rows.push((class, vec![Vec::new(); marks.len()]));
            }
            for (cell, mark) in rows[at].1.iter_mut().zip(marks) {
                cell.extend(mark.map(|m| (m, format!("{}: {}", state.id, state.says))));
            }
        }
        let abreast = whole((columns.room() - 30.0) / STEP).max(1);
        Self { rows, abreast }
    }

    fn row_high(&self, cells: &[Cell]) -> f64 {
        let most = cells.iter().map(|c| c.len().div_ceil(self.abreast)).max();
        STEP * most.unwrap_or(1).clamp(1, MOST_ROWS) as f64 + 8.0
    }

    /// How high it is.
    pub(super) fn high(&self) -> f64 {
        let rows = self.rows.iter().map(|(_, cells)| self.row_high(cells));
        34.0 + rows.sum::<f64>()
    }

    pub(super) fn draw(&self, chart: &mut Chart, columns: &Columns) {
        let sides = self.rows.first().map_or(1, |(_, cells)| cells.len()) - 1;
        super::rule(chart, sides, columns);
        let y = chart.foot + 20.0;
        chart.heading("outcomes", MARGIN, y, NAMES);
        for column in 0..=sides {
            let head = if column == 0 {
                "hold"
            } else {
                "are expected to hold"
            };
            super::words(chart, head, columns.left(column) + PAD, y, columns.room());
        }
        chart.foot += 28.0;
        for (name, cells) in &self.rows {
            let high = self.row_high(cells);
            let y = chart.foot;
            chart.add(label(name, MARGIN, y + 13.0, SIZE, "start", NAMES));
            for (column, cell) in cells.iter().enumerate() {
                self.cell(chart, cell, columns.left(column) + PAD, y + 3.0);
            }
            chart.foot += high;
        }
        chart.foot += 6.0;
    }

    fn cell(&self, chart: &mut Chart, marks: &[(Mark, String)], left: f64, top: f64) {
        let shown = marks.len().min(self.abreast * MOST_ROWS);
        for (number, (kind, says)) in marks.iter().take(shown).enumerate() {
            let x = left + STEP * (number % self.abreast) as f64;
            let y = top + STEP * (number / self.abreast) as f64;
            chart.add(mark(*kind, x, y).add(tip(says)));
        }
        if marks.len() > 1 {
            let x = left + STEP * shown.min(self.abreast) as f64 + 5.0;
            let count = tick(anchored(
                &marks.len().to_string(),
                x,
                top + 9.5,
                SMALL,
                "start",
            ));
            chart.add(soft(count));
        }
    }
}

fn class(state: &SeenState) -> String {
    state.class.clone().unwrap_or_else(|| "no class".to_owned())
}

/// How it stands in truth.
fn truth(finding: &Perception, holds: &[u32], state: u32) -> Option<Mark> {
    if holds.contains(&state) {
        Some(Mark::Holds)
    } else {
        finding.truth.contains(&state).then_some(Mark::Would)
    }
}

/// How it stands for a side.
fn seen(holds: &[u32], is_expected: bool, state: u32) -> Option<Mark> {
    match (is_expected, holds.contains(&state)) {
        (true, true) => Some(Mark::Holds),
        (true, false) => Some(Mark::Fails),
        (false, true) => Some(Mark::Missed),
        (false, false) => None,
    }
}

fn mark(kind: Mark, x: f64, y: f64) -> Group {
    let (good, bad) = (calm(), alarm());
    let square = rectangle(x, y, SIDE, SIDE);
    let hollow = |hue: crate::picture::palette::Hue| {
        rectangle(x, y, SIDE, SIDE)
            .set("class", format!("paper {}", hue.stroke))
            .set("fill", "#fff")
            .set("stroke", hue.light)
            .set("stroke-width", 1.3)
    };
    match kind {
        Mark::Holds => group().add(square.set("class", good.fill).set("fill", good.light)),
        Mark::Would => group().add(hollow(good)),
        Mark::Missed => group().add(hollow(good).set("stroke-dasharray", "2 2")),
        Mark::Fails => {
            let cross = |a: (f64, f64), b: (f64, f64)| {
                line(a, b, 1.6)
                    .set("class", bad.stroke)
                    .set("stroke", bad.light)
            };
            group()
                .add(hollow(bad))
                .add(cross((x, y), (x + SIDE, y + SIDE)))
                .add(cross((x, y + SIDE), (x + SIDE, y)))
        }
    }
}

/// Where each side is surprised: by whom, at outcomes of which class, and what happens instead.
pub(super) fn surprises(finding: &Perception, sides: &[Side<'_>]) -> Vec<Vec<String>> {
    let of = |id: u32| finding.states.iter().find(|s| s.id == id);
    let told = |viewer: &str| {
        let mut keys: Vec<(String, String, String)> = Vec::new();
        let mut says: Vec<String> = Vec::new();
        for one in finding.surprises.iter().filter(|s| s.viewer == viewer) {
            let class = of(one.state).map_or_else(|| "no class".to_owned(), class);
            let key = (class.clone(), one.by.clone(), one.kind.clone());
            if keys.contains(&key) {
                continue;
            }
            keys.push(key);
            let done = |moves: &[crate::perception::Departure]| {
                let first = moves.first().map_or("moves", |d| d.says.as_str());
                if first.is_empty() { "moves" } else { first }.to_owned()
            };
            let by = &one.by;
            says.push(match one.kind.as_str() {
                "leaves" => format!(
                    "At {class} it expects {by} to stay; {by} {}.",
                    done(&one.happens)
                ),
                "stays" => format!(
                    "At {class} it expects that {by} {}; {by} stays.",
                    done(&one.expected)
                ),
                "unaware" => format!("{by} does not think of {class}."),
                _ => format!(
                    "At {class} it expects that {by} {}; {by} {}.",
                    done(&one.expected),
                    done(&one.happens)
                ),
            });
        }
        if says.len() > MOST_SURPRISES {
            says.truncate(MOST_SURPRISES - 1);
            says.push("It is surprised elsewhere too.".to_owned());
        }
        says
    };
    sides.iter().map(|(_, v)| told(&v.name)).collect()
}

/// What the marks mean, as far as they are there.
pub(super) fn legend(chart: &mut Chart, finding: &Perception, sides: &[Side<'_>]) {
    let holds = holds(finding);
    let any = |kind: Mark| {
        finding.states.iter().any(|s| {
            let seen = sides
                .iter()
                .any(|(_, v)| seen(&holds, v.expected.contains(&s.id), s.id) == Some(kind));
            seen || truth(finding, &holds, s.id) == Some(kind)
        })
    };
    let entries = [
        (Mark::Holds, "an outcome that holds"),
        (Mark::Would, "would hold if nobody were mistaken"),
        (Mark::Fails, "is expected and does not hold"),
        (Mark::Missed, "holds and is not expected"),
    ];
    let (mut x, mut y) = (MARGIN, chart.foot + 12.0);
    for (kind, says) in entries.into_iter().filter(|(k, _)| any(*k)) {
        let wide = 17.0 + metrics::width(says, SIZE);
        if x + wide > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + 18.0);
        }
        chart.add(mark(kind, x, y - 9.0));
        chart.add(label(says, x + 17.0, y, SIZE, "start", WIDTH));
        x += wide + 24.0;
    }
    chart.foot = y + 6.0;
}
