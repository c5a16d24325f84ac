//! Ladders on which every state stands.

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::{Group, Path};

use super::super::conflict::{RING, View};
use super::super::{legend, metrics, paper};
use super::Strip;
use super::marks;
use super::moving::Moving;
use crate::document::Pointer;
use crate::finding::Party;

/// Up to so many states all are joined across ladders; with more, only equilibria and the status quo are.
const ALL_JOINED: usize = 12;

/// How much room the ranks have at the left of a ladder.
const RANKS: f64 = 26.0;

/// A rung: its rank, and who stands on it.
struct Rung {
    rank: u32,
    states: Vec<usize>,
}

/// The rungs of a party, the best first.
fn rungs(view: &View<'_>, party: &Party) -> Vec<Rung> {
    let mut by_rank: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, state) in view.analysis.states.iter().enumerate() {
        if let Some(rank) = state.ranks.get(&party.name) {
            by_rank.entry(*rank).or_default().push(place);
        }
    }
    by_rank
        .into_iter()
        .rev()
        .map(|(rank, states)| Rung { rank, states })
        .collect()
}

/// Sizes of marks: their radius, the distance from one to the next, and the size of their numbers.
fn sizes(view: &View<'_>) -> (f64, f64, u32) {
    let wide = view.widest_number(11) / 2.0 + 3.0;
    let r = if view.analysis.states.len() <= 24 {
        11.0
    } else {
        9.5
    };
    let r = wide.max(r);
    (r, 2.0 * (r + RING) + 2.0, 11)
}

/// Where each state stands on a ladder: where what is written beside it ends, and how high.
type Ends = BTreeMap<usize, (f64, f64)>;

pub(super) fn row(view: &View<'_>, parties: &[&Party], strips: &[Strip], top: f64) -> (Group, f64) {
    let mut out = paper::group();
    let mut bottom = top;
    let mut heights: Vec<Ends> = Vec::new();
    let mut marks = paper::group();
    for (party, strip) in parties.iter().zip(strips) {
        let (ladder, end, of_ladder) = one(view, party, *strip, top);
        marks = marks.add(ladder);
        bottom = bottom.max(end);
        heights.push(of_ladder);
    }
    out = out.add(joins(view, strips, &heights)).add(marks);
    (out, bottom)
}

fn one(view: &View<'_>, party: &Party, strip: Strip, top: f64) -> (Group, f64, Ends) {
    let (r, step, size) = sizes(view);
    let moving = Moving::of(view, party);
    let lanes = moving.as_ref().map_or(0.0, Moving::room);
    let room = strip.width - lanes - RANKS - 4.0;
    let per_line = metrics::fits(room, step);
    let mut out = paper::group();
    let mut ends = BTreeMap::new();
    let mut y = top + 8.0;
    let hue = view.hue(&party.name);
    let rail = strip.left + lanes + RANKS - 3.0;
    let mut heights = BTreeMap::new();
    let mut ends_of = Vec::new();
    let start = y;
    for rung in rungs(view, party) {
        let lines = rung.states.len().div_ceil(per_line);
        let height = step * lines as f64;
        let middle = y + step / 2.0;
        heights.insert(rung.rank, middle);
        let first = rung.states.first().copied().unwrap_or_default();
        let rank = rung.rank.to_string();
        let at = Pointer::to("analysis")
            .key("states")
            .index(first)
            .key("ranks")
            .key(&party.name);
        let shown = paper::anchored(&rank, rail - 5.0, middle + 4.0, 11, "end");
        out = out.add(
            paper::valued(shown, &at)
                .set("class", "ink soft")
                .set("fill", "#4a515a"),
        );
        let tick = paper::line((rail - 2.0, middle), (rail + 3.0, middle), 1.2);
        out = out.add(tick.set("class", hue.stroke).set("stroke", hue.light));
        if rung.states.len() > 1 {
            let wide = step * rung.states.len().min(per_line) as f64;
            let back = paper::rectangle(rail + 4.0, y + 1.0, wide, height - 2.0);
            out = out.add(
                back.set("rx", 9)
                    .set("class", "pale")
                    .set("fill", "#eceff3"),
            );
            if moving.as_ref().is_some_and(|m| m.parts(rung.rank)) {
                let back = paper::rectangle(rail + 4.0, y + 1.0, wide, height - 2.0);
                out = out.add(marks::apart(back));
            }
        }
        for (number, place) in rung.states.iter().enumerate() {
            let x = rail + 4.0 + step * ((number % per_line) as f64 + 0.5);
            let mark_y = middle + step * (number / per_line) as f64;
            out = out.add(view.numbered(*place, x, mark_y, r, size));
            let in_line = (rung.states.len() - number / per_line * per_line).min(per_line);
            ends.insert(*place, (rail + 4.0 + step * in_line as f64, mark_y));
        }
        if let [place] = rung.states[..] {
            let x = rail + 4.0 + step + 3.0;
            let name = view.short(place);
            let room = strip.left + strip.width - x;
            if room > 40.0 && !name.is_empty() {
                out = out.add(paper::label(&name, x, middle + 4.0, 11, "start", room));
                let end = x + metrics::width(&metrics::fit(&name, 11, room), 11);
                ends.insert(place, (end, middle));
            }
        }
        y += height;
        ends_of.push((rung.rank, y));
    }
    let side = paper::line((rail, start), (rail, y), 1.2);
    out = out.add(side.set("class", hue.stroke).set("stroke", hue.light));
    for (rank, y) in &ends_of {
        if let Some(degree) = strong(view, party, *rank) {
            out = out.add(marks::degree(rail, *y, degree));
        }
    }
    if let Some(moving) = &moving {
        out = out.add(moving.draw(&heights, strip.left + lanes - 3.0));
    }
    (out, y, ends)
}

/// By which degree a rank is preferred to the next lower one, if that is more than plain.
fn strong(view: &View<'_>, party: &Party, rank: u32) -> Option<u8> {
    let boundaries = &view.dossier.places.as_ref()?.boundaries;
    let of_party = boundaries.get(&party.name)?;
    let degree = of_party.get((rank as usize).checked_sub(1)?);
    degree.copied().filter(|degree| *degree > 1)
}

/// Which states are joined across ladders.
fn joined(view: &View<'_>) -> BTreeSet<usize> {
    let all = view.analysis.states.len() <= ALL_JOINED;
    let marked = || view.held.iter().copied().chain(view.start);
    if all {
        (0..view.analysis.states.len()).collect()
    } else {
        marked().collect()
    }
}

/// Lines in the gaps that join the same state.
fn joins(view: &View<'_>, strips: &[Strip], ends: &[Ends]) -> Group {
    let mut out = paper::group();
    for (strips, ends) in strips.windows(2).zip(ends.windows(2)) {
        let ([left, right], [from, to]) = (strips, ends) else {
            continue;
        };
        let (a, b) = (left.left + left.width + 2.0, right.left + 1.0);
        for place in joined(view) {
            let (Some((reach, start)), Some((_, end))) = (from.get(&place), to.get(&place)) else {
                continue;
            };
            let middle = f64::midpoint(a, b);
            let way = format!(
                "M{} {}H{}C{} {} {} {} {} {}",
                paper::at((reach + 6.0).min(a)),
                paper::at(*start),
                paper::at(a),
                paper::at(middle),
                paper::at(*start),
                paper::at(middle),
                paper::at(*end),
                paper::at(b),
                paper::at(*end)
            );
            let look = view.look(place);
            let (class, stroke, width, dashes) = match (look.held, look.start) {
                (true, _) => ("ring", "#b06f00", 2.2, "none"),
                (false, true) => ("line", "#222", 1.6, "3 2"),
                (false, false) => ("line", "#8a929c", 0.8, "none"),
            };
            let line = Path::new()
                .set("d", way)
                .set("fill", "none")
                .set("class", class)
                .set("stroke", stroke)
                .set("stroke-width", width)
                .set("stroke-dasharray", dashes);
            let says = format!("state {}", view.state(place).id);
            out = out.add(paper::group().add(paper::tip(&says)).add(line));
        }
    }
    out
}

/// What the lines between ladders, and across their rails, mean.
pub(super) fn entries(view: &View<'_>, parties: &[&Party]) -> Vec<legend::Entry> {
    let mut out = Vec::new();
    let strongly = |party: &&Party| (0..party.ranks).any(|r| strong(view, party, r).is_some());
    if parties.iter().any(strongly) {
        let sample = paper::group().add(marks::degree(17.0, 0.0, 2));
        let says = "strongly preferred to the next rung below: a line for each degree";
        out.push(legend::entry(sample, says));
    }
    if parties.len() < 2 || joined(view).is_empty() {
        return out;
    }
    let line = paper::line((0.0, 0.0), (32.0, 0.0), 2.2);
    let held = !view.held.is_empty();
    let line = if held {
        line.set("class", "ring").set("stroke", "#b06f00")
    } else {
        line
    };
    let says = if view.analysis.states.len() <= ALL_JOINED {
        "line: the same state"
    } else {
        "line: the same state; only equilibria and the status quo are joined"
    };
    out.push(legend::entry(paper::group().add(line), says));
    out
}
