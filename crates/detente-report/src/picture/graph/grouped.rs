//! The state graph by classes, when there are too many states to draw one by one.

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::{Circle, Group};

use super::super::conflict::{Frame, MARGIN, View, WIDTH};
use super::super::paper::{self, Piece, at};
use super::super::{Picture, legend, metrics};
use super::curve::{Style, Weight, moved};
use super::wheel::{self, Line, Spoke, Wheel};
use super::{Curves, line_sample};
use crate::document::Pointer;
use crate::moves::BetweenFinding;

/// With more classes than these there is no table of counts below the circle.
const MOST_IN_TABLE: usize = 12;

/// A class as the picture shows it.
struct Node {
    /// Its place among the classes of the analysis.
    class: usize,
    states: usize,
    held: usize,
    start: bool,
}

pub(super) fn draw(view: &View<'_>, between: &[BetweenFinding]) -> Picture {
    let nodes: Vec<Node> = view
        .analysis
        .classes
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.states.is_empty())
        .map(|(class, of)| Node {
            class,
            states: of.states.len(),
            held: view
                .held
                .iter()
                .filter(|p| view.class[**p] == Some(class))
                .count(),
            start: view.start.is_some_and(|p| view.class[p] == Some(class)),
        })
        .collect();
    let most = nodes.iter().map(|n| n.states).max().unwrap_or(1).max(1) as f64;
    let smallest: f64 = if nodes.len() <= 24 { 13.0 } else { 9.0 };
    let largest: f64 = if nodes.len() <= 24 { 34.0 } else { 12.0 };
    let r: Vec<f64> = nodes
        .iter()
        .map(|n| smallest.max(largest * (n.states as f64 / most).sqrt()))
        .collect();
    let spokes: Vec<Spoke> = nodes
        .iter()
        .zip(&r)
        .map(|(node, r)| Spoke {
            reach: r + if node.held > 0 { 4.0 } else { 0.0 },
            lines: lines(view, node),
            group: node.class,
            heading: None,
            whole: view.class_name(Some(node.class)).to_owned(),
        })
        .collect();
    let wheel = Wheel::new(&spokes, 48.0, 12.0);
    let spoke_of = |class: Option<usize>| {
        let class = class.or_else(|| view.analysis.classes.iter().position(|c| c.name.is_none()));
        nodes.iter().position(|n| Some(n.class) == class)
    };
    let drawn: Vec<(&BetweenFinding, usize, usize)> = between
        .iter()
        .filter(|b| b.improvements > 0)
        .filter_map(|b| Some((b, spoke_of(b.from)?, spoke_of(b.to)?)))
        .filter(|(_, from, to)| from != to)
        .collect();
    let mut curves = Curves::new(&wheel);
    for (_, from, to) in &drawn {
        curves.count(*from, *to);
    }
    let largest = drawn
        .iter()
        .map(|(b, ..)| b.improvements)
        .max()
        .unwrap_or(1)
        .max(1) as f64;
    let base = Weight::for_lines(drawn.len());
    let mut lines = paper::group();
    for (one, from, to) in &drawn {
        let mut curve = curves.next((*from, *from), (*to, *to));
        curve.leave = spokes[*from].reach + 1.5;
        curve.arrive = spokes[*to].reach + 1.5;
        let share = (one.improvements as f64 / largest).sqrt();
        let weight = Weight {
            bold: 0.9 + 3.4 * share,
            head: 7.0 + 6.0 * share,
            ..base
        };
        let style = Style {
            improves: true,
            reversible: true,
            hue: view.hue(&one.party),
        };
        let says = format!(
            "{}: {} improvements from {} to {}",
            one.party,
            one.improvements,
            view.class_name(Some(nodes[*from].class)),
            view.class_name(Some(nodes[*to].class))
        );
        let node = paper::group()
            .set("data-line", "improvements")
            .set("data-by", metrics::clean(&one.party))
            .set(
                "data-between",
                format!("{} {}", nodes[*from].class, nodes[*to].class),
            )
            .add(paper::tip(&says))
            .add(moved(&curve, style, weight));
        lines = lines.add(node);
    }
    let mut marks = paper::group();
    for ((node, r), (x, y, _)) in nodes.iter().zip(&r).zip(&wheel.at) {
        marks = marks.add(mark(node, *x, *y, *r));
    }
    let mut body = vec![wheel::labels(&wheel, &spokes, None), lines, marks];
    let mut bottom = wheel.bottom;
    let mut notes = vec![
        "Each disc is a class, as large as it has states; the number in it counts them.".to_owned(),
    ];
    if !drawn.is_empty() {
        notes.push(
            "Lines are improvements from class to class, broader where there are more.".to_owned(),
        );
    }
    if nodes.len() <= MOST_IN_TABLE {
        let (table, end) = table(view, &nodes, between, wheel.bottom + 26.0);
        body.push(table);
        bottom = end;
    } else {
        notes.push("There are too many classes for a table of their moves here.".to_owned());
    }
    let title = view.title("Classes of states and moves between them");
    let says = said(view, &nodes);
    let movers: BTreeSet<&str> = between.iter().map(|b| b.party.as_str()).collect();
    let entries = entries(view, &nodes, &movers, !drawn.is_empty());
    let frame = Frame {
        kind: super::KIND.name,
        title,
        says,
    };
    frame.filled(body, bottom + 16.0, entries, &notes)
}

/// Where the states of a class stand: as many as it has elements.
fn states_of(class: usize) -> Pointer {
    Pointer::to("analysis")
        .key("classes")
        .index(class)
        .key("states")
}

fn lines(view: &View<'_>, node: &Node) -> Vec<Line> {
    let name = view.class_name(Some(node.class));
    let mut out = vec![Line {
        pieces: vec![Piece::name(metrics::fit(name, 12, 190.0))],
        size: 12,
    }];
    let mut second = Vec::new();
    if node.held > 0 {
        let main = &view.analysis.settings.main;
        let at = Pointer::to("analysis")
            .key("classes")
            .index(node.class)
            .key("equilibria")
            .key(main);
        if view.analysis.mixed_equilibria.is_none() {
            second.push(Piece::value(&node.held, at));
            second.push(Piece::words(if node.held == 1 {
                " equilibrium"
            } else {
                " equilibria"
            }));
        } else {
            second.push(Piece::words("with equilibria"));
        }
    }
    if node.start {
        second.push(Piece::words(if second.is_empty() {
            "status quo"
        } else {
            ", status quo"
        }));
    }
    if !second.is_empty() {
        out.push(Line {
            pieces: second,
            size: 11,
        });
    }
    out
}

/// The disc of a class: a ring where there are equilibria, a square within where the status quo is.
fn mark(node: &Node, x: f64, y: f64, r: f64) -> Group {
    let circle = |r: f64, class: &str, fill: &str, stroke: &str, width: f64| {
        Circle::new()
            .set("cx", at(x))
            .set("cy", at(y))
            .set("r", at(r))
            .set("class", class)
            .set("fill", fill)
            .set("stroke", stroke)
            .set("stroke-width", width)
    };
    let mut out = paper::group();
    if node.held > 0 {
        out = out.add(circle(r + 3.0, "held", "#fff", "#b06f00", 2.6));
    }
    out = out.add(circle(r, "disc", "#fff", "#222", 1.3));
    if node.start {
        let side = r * 1.1;
        let square = paper::rectangle(
            x - side / 2.0 - 2.0,
            y - side / 2.0 - 2.0,
            side + 4.0,
            side + 4.0,
        );
        out = out.add(
            square
                .set("class", "line")
                .set("fill", "none")
                .set("stroke", "#555")
                .set("stroke-width", 1.0),
        );
    }
    let size = if r >= 20.0 { 14 } else { 11 };
    let count = node.states.to_string();
    let number = paper::anchored(&count, x, y + f64::from(size) * 0.36, size, "middle");
    out.add(paper::valued(number, &states_of(node.class)))
}

/// What a cell of the table shows for a party: improvements, moves, and where they stand.
type Count = (usize, usize, usize);

/// The counts of moves between classes: rows are left, columns are reached.
fn table(view: &View<'_>, nodes: &[Node], between: &[BetweenFinding], top: f64) -> (Group, f64) {
    let rest = view.analysis.classes.iter().position(|c| c.name.is_none());
    let mut cells: BTreeMap<(usize, usize), Vec<(&str, Count)>> = BTreeMap::new();
    for (place, one) in between.iter().enumerate() {
        if let (Some(from), Some(to)) = (one.from.or(rest), one.to.or(rest)) {
            let count = (one.improvements, one.moves, place);
            cells
                .entry((from, to))
                .or_default()
                .push((&one.party, count));
        }
    }
    let label = if nodes.len() > 8 { 120.0 } else { 150.0 };
    let cell = (WIDTH - 2.0 * MARGIN - label) / nodes.len().max(1) as f64;
    let cell = cell.min(150.0);
    let mut out = paper::group();
    let heading = "Improvements and, after the stroke, all moves, from the class of the row to that of the column";
    out = out.add(paper::soft(paper::exact(heading, MARGIN, top, 12)));
    let mut y = top + 10.0;
    for (place, node) in nodes.iter().enumerate() {
        let x = MARGIN + label + cell * place as f64;
        let says = metrics::lines(view.class_name(Some(node.class)), 11, cell - 8.0, 2);
        for (line, part) in says.iter().enumerate() {
            out = out.add(paper::exact(
                part,
                x + 4.0,
                y + 14.0 + 13.0 * line as f64,
                11,
            ));
        }
    }
    y += 36.0;
    let right = MARGIN + label + cell * nodes.len() as f64;
    for (place, row) in nodes.iter().enumerate() {
        let of_row = |column: &Node| cells.get(&(row.class, column.class));
        let most = nodes
            .iter()
            .filter_map(of_row)
            .map(Vec::len)
            .max()
            .unwrap_or(0)
            .max(1);
        let height = 10.0 + 14.0 * most as f64;
        if place % 2 == 0 {
            let band = paper::rectangle(MARGIN, y, right - MARGIN, height);
            out = out.add(band.set("class", "pale").set("fill", "#eef1f4"));
        }
        let name = view.class_name(Some(row.class));
        out = out.add(paper::label(
            name,
            MARGIN + 4.0,
            y + 17.0,
            11,
            "start",
            label - 10.0,
        ));
        for (column, of) in nodes.iter().enumerate() {
            let x = MARGIN + label + cell * column as f64 + 4.0;
            for (line, (party, count)) in of_row(of).into_iter().flatten().enumerate() {
                let base = y + 17.0 + 14.0 * line as f64;
                let at = Pointer::to("moves").key("between").index(count.2);
                let numbers = [
                    Piece::value(&count.0, at.key("improvements")),
                    Piece::words("/"),
                    Piece::value(&count.1, at.key("moves")),
                ];
                let width = paper::width_of(&numbers, 11);
                let room = cell - 14.0 - width;
                if room > 12.0 {
                    let hue = view.hue(party);
                    let shown = metrics::fit(party, 11, room);
                    let node = paper::exact(&shown, x, base, 11);
                    out = out.add(node.set("class", hue.fill).set("fill", hue.light));
                }
                out = out.add(paper::pieces(
                    &numbers,
                    x + cell - 8.0 - width,
                    base,
                    11,
                    width + 1.0,
                ));
            }
        }
        y += height;
    }
    (out, y)
}

fn entries(
    view: &View<'_>,
    nodes: &[Node],
    movers: &BTreeSet<&str>,
    lines: bool,
) -> Vec<legend::Entry> {
    let mut out = Vec::new();
    if lines {
        for party in view
            .analysis
            .parties
            .iter()
            .filter(|p| movers.contains(p.name.as_str()))
        {
            out.push(legend::entry(
                line_sample(view.hue(&party.name), 2.2),
                party.name.clone(),
            ));
        }
    }
    let node = |held: usize, start: bool| Node {
        class: 0,
        states: 0,
        held,
        start,
    };
    let sample = |node: &Node| {
        let mut group = paper::group();
        if node.held > 0 {
            group = group.add(ring(17.0, 10.0, "held", "#b06f00", 2.6));
        }
        group = group.add(ring(17.0, 7.0, "disc", "#222", 1.3));
        if node.start {
            let square = paper::rectangle(12.0, -5.0, 10.0, 10.0);
            group = group.add(
                square
                    .set("class", "line")
                    .set("fill", "none")
                    .set("stroke", "#555"),
            );
        }
        group
    };
    if nodes.iter().any(|n| n.held > 0) {
        let says = format!("equilibrium {} among its states", view.rule());
        out.push(legend::entry(sample(&node(1, false)), says));
    }
    if nodes.iter().any(|n| n.start) {
        out.push(legend::entry(
            sample(&node(0, true)),
            "status quo among its states",
        ));
    }
    out
}

fn ring(x: f64, r: f64, class: &str, stroke: &str, width: f64) -> Circle {
    Circle::new()
        .set("cx", at(x))
        .set("cy", 0)
        .set("r", at(r))
        .set("class", class)
        .set("fill", "#fff")
        .set("stroke", stroke)
        .set("stroke-width", width)
}

fn said(view: &View<'_>, nodes: &[Node]) -> String {
    let each: Vec<String> = nodes
        .iter()
        .map(|n| format!("{} ({} states)", view.class_name(Some(n.class)), n.states))
        .collect();
    format!(
        "There are too many states to draw one by one: they are grouped by class. {}. Lines are improvements \
         from class to class. {}",
        each.join("; "),
        view.said()
    )
}
