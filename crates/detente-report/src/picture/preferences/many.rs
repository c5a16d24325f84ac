//! Ladders of classes, when there are too many states to stand on them.

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::{Circle, Group};

use super::super::conflict::View;
use super::super::options::letter;
use super::super::{legend, paper};
use super::Strip;
use super::marks::whisker;
use super::moving::{Moving, Reach};
use crate::finding::Party;

/// How many rows a ladder has at most.
const ROWS: u32 = 20;

/// The height of a row.
const ROW: f64 = 24.0;

/// Classes beyond these have no column of their own.
const MOST_CLASSES: usize = 26;

/// The classes that have states, with the letters that stand above their columns.
fn classes(view: &View<'_>) -> Vec<(Option<usize>, String)> {
    let found: BTreeSet<(bool, Option<usize>)> =
        view.class.iter().map(|c| (c.is_none(), *c)).collect();
    let each = found.into_iter().take(MOST_CLASSES).enumerate();
    each.map(|(number, (_, class))| (class, letter(number)))
        .collect()
}

/// The row of a rank when so many ranks are cut into rows, the best first.
fn row_of(rank: u32, ranks: u32) -> u32 {
    let per_row = ranks.div_ceil(ROWS).max(1);
    ranks.saturating_sub(1).saturating_sub(rank) / per_row
}

pub(super) fn row(view: &View<'_>, parties: &[&Party], strips: &[Strip], top: f64) -> (Group, f64) {
    let classes = classes(view);
    let mut out = paper::group();
    let mut bottom = top;
    for (party, strip) in parties.iter().zip(strips) {
        let (ladder, end) = one(view, party, &classes, *strip, top);
        out = out.add(ladder);
        bottom = bottom.max(end);
    }
    (out, bottom)
}

/// What stands in a cell: states, equilibria among them, whether the status quo is.
#[derive(Default)]
struct Cell {
    states: usize,
    held: usize,
    start: bool,
}

fn one(
    view: &View<'_>,
    party: &Party,
    classes: &[(Option<usize>, String)],
    strip: Strip,
    top: f64,
) -> (Group, f64) {
    let mut cells: BTreeMap<(u32, usize), Cell> = BTreeMap::new();
    let mut last = 0;
    for (place, state) in view.analysis.states.iter().enumerate() {
        let column = classes.iter().position(|(c, _)| *c == view.class[place]);
        let (Some(column), Some(rank)) = (column, state.ranks.get(&party.name)) else {
            continue;
        };
        let row = row_of(*rank, party.ranks);
        let look = view.look(place);
        let cell = cells.entry((row, column)).or_default();
        cell.states += 1;
        cell.held += usize::from(look.held);
        cell.start |= look.start;
        last = last.max(row);
    }
    let reaches = reaches(view, party, classes);
    for reach in &reaches {
        last = last.max(row_of(reach.1.bottom, party.ranks));
    }
    let width = strip.width / classes.len().max(1) as f64;
    let most = cells.values().map(|c| c.states).max().unwrap_or(1).max(1) as f64;
    let largest = (ROW / 2.0 - 3.0).min(width / 2.0 - 2.0).max(2.0);
    let mut out = paper::group();
    for row in 0..=last {
        let y = top + 18.0 + ROW * f64::from(row);
        if row % 2 == 0 {
            let band = paper::rectangle(strip.left, y, strip.width, ROW);
            out = out.add(band.set("class", "pale").set("fill", "#f1f4f7"));
        }
    }
    if width >= 12.0 {
        for (number, (class, letter)) in classes.iter().enumerate() {
            let x = strip.left + width * (number as f64 + 0.5);
            let node = paper::anchored(letter, x, top + 12.0, 11, "middle");
            let title = paper::tip(view.class_name(*class));
            out = out.add(paper::group().add(title).add(paper::tick(node)));
        }
    }
    let middle = |rank: u32| {
        let row = row_of(rank, party.ranks);
        top + 18.0 + ROW * (f64::from(row) + 0.5)
    };
    for (column, reach, start) in &reaches {
        let shift = if *start { 0.5 * width - 1.0 } else { 0.0 };
        let x = strip.left + width * (*column as f64 + 0.5) + shift.max(0.0);
        let (high, low) = (middle(reach.top), middle(reach.bottom));
        if high < low {
            let own = reach.own.filter(|_| *start).map(middle);
            let name = if *start {
                "the status quo"
            } else {
                view.class_name(classes[*column].0)
            };
            let says = format!(
                "{name}: by what is in doubt ranks {} to {}",
                reach.top, reach.bottom
            );
            let line = whisker(x, high, low, own).add(paper::tip(&says));
            let line = line.set("data-party", party.name.as_str());
            out = out.add(line.set("data-reach", format!("{} {}", reach.top, reach.bottom)));
        }
    }
    for ((row, column), cell) in &cells {
        let x = strip.left + width * (*column as f64 + 0.5);
        let y = top + 18.0 + ROW * (f64::from(*row) + 0.5);
        let r = (largest * (cell.states as f64 / most).sqrt()).max(2.0);
        let name = view.class_name(classes[*column].0);
        let mut says = format!("{name}: states {}", cell.states);
        if cell.held > 0 {
            says.push_str(&format!(", equilibria {}", cell.held));
        }
        if cell.start {
            says.push_str(", with the status quo");
        }
        out = out.add(
            paper::group()
                .add(paper::tip(&says))
                .add(disc(view, party, x, y, r, cell)),
        );
    }
    (out, top + 18.0 + ROW * f64::from(last + 1))
}

/// How far the states of each class may come, and how far the status quo may, with their columns; only of classes of
/// which some state may move.
fn reaches(
    view: &View<'_>,
    party: &Party,
    classes: &[(Option<usize>, String)],
) -> Vec<(usize, Reach, bool)> {
    let Some(moving) = Moving::of(view, party) else {
        return Vec::new();
    };
    let mut found: BTreeMap<usize, (Reach, bool)> = BTreeMap::new();
    let mut start = None;
    for (place, state) in view.analysis.states.iter().enumerate() {
        let column = classes.iter().position(|(c, _)| *c == view.class[place]);
        let (Some(column), Some(rank)) = (column, state.ranks.get(&party.name)) else {
            continue;
        };
        let moves = moving.reach(state.id);
        let still = Reach {
            own: Some(*rank),
            top: *rank,
            bottom: *rank,
        };
        let reach = moves.unwrap_or(still);
        let (whole, any) = found.entry(column).or_insert((reach, false));
        whole.top = whole.top.max(reach.top);
        whole.bottom = whole.bottom.min(reach.bottom);
        *any |= moves.is_some();
        if view.start == Some(place) && moves.is_some() {
            start = Some((column, reach, true));
        }
    }
    let classes = found.into_iter().filter(|(_, (_, any))| *any);
    let classes = classes.map(|(column, (reach, _))| (column, reach, false));
    classes.chain(start).collect()
}

fn disc(view: &View<'_>, party: &Party, x: f64, y: f64, r: f64, cell: &Cell) -> Group {
    let hue = view.hue(&party.name);
    let circle = |r: f64| {
        Circle::new()
            .set("cx", paper::at(x))
            .set("cy", paper::at(y))
            .set("r", paper::at(r))
    };
    let mut out = paper::group().add(circle(r).set("class", hue.fill).set("fill", hue.light));
    if cell.held > 0 {
        let ring = circle(r + 2.2).set("fill", "none").set("class", "ring");
        out = out.add(ring.set("stroke", "#b06f00").set("stroke-width", 2));
    }
    if cell.start {
        out = out.add(square(x, y, r + 4.0));
    }
    out
}

fn square(x: f64, y: f64, half: f64) -> svg::node::element::Rectangle {
    paper::rectangle(x - half, y - half, 2.0 * half, 2.0 * half)
        .set("class", "line")
        .set("fill", "none")
        .set("stroke", "#555")
        .set("stroke-width", 1.2)
}

pub(super) fn entries(view: &View<'_>, parties: &[&Party]) -> Vec<legend::Entry> {
    let mut out = Vec::new();
    let found = classes(view);
    let reaches: Vec<bool> = parties
        .iter()
        .flat_map(|party| reaches(view, party, &found))
        .map(|(_, _, start)| start)
        .collect();
    if reaches.contains(&false) {
        let sample = paper::group().add(whisker(17.0, -7.0, 7.0, None));
        let says = "how far the states of a class may come by what is in doubt";
        out.push(legend::entry(sample, says));
    }
    if reaches.contains(&true) {
        let sample = paper::group().add(whisker(17.0, -7.0, 7.0, Some(3.0)));
        let says = "how far the status quo may come";
        out.push(legend::entry(sample, says));
    }
    let ring = |r: f64, fill: &str| {
        Circle::new()
            .set("cx", 17)
            .set("cy", 0)
            .set("r", r)
            .set("fill", fill)
    };
    if !view.held.is_empty() {
        let circle = ring(7.0, "none")
            .set("class", "ring")
            .set("stroke", "#b06f00");
        let dot = ring(4.5, "#333").set("class", "solid");
        let sample = paper::group().add(dot).add(circle.set("stroke-width", 2));
        out.push(legend::entry(
            sample,
            format!("an equilibrium {} is among them", view.rule()),
        ));
    }
    if view.start.is_some() {
        let dot = ring(4.5, "#333").set("class", "solid");
        let sample = paper::group().add(dot).add(square(17.0, 0.0, 7.0));
        out.push(legend::entry(sample, "the status quo is among them"));
    }
    for (class, letter) in &found {
        let node = paper::anchored(letter, 17.0, 4.0, 12, "middle").set("font-weight", "bold");
        out.push(legend::entry(
            paper::group().add(node),
            view.class_name(*class),
        ));
    }
    let all: BTreeSet<Option<usize>> = view.class.iter().copied().collect();
    if all.len() > found.len() {
        out.push(legend::entry(
            paper::group(),
            "further classes are left out",
        ));
    }
    out
}
