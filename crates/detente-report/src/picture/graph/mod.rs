//! The state graph: states around a circle, grouped by class, with the moves between them.

mod curve;
mod dot;
mod edges;
mod grouped;
mod plan;
mod wheel;

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::{Group, Path};

pub use dot::dot;

use self::curve::{Curve, Style, Weight, glow, moved};
use self::edges::Edges;
use self::plan::Plan;
use self::wheel::{Line, Spoke, Wheel};
use super::conflict::{Frame, RING, View};
use super::paper::{self, Piece, at};
use super::{Asked, Kind, MOST_STATES, Picture, legend, metrics};
use crate::dossier::Dossier;
use crate::moves::MoveFinding;

/// The kind.
pub(super) const KIND: Kind = Kind {
    name: "graph",
    says: "the states, the moves between them, the equilibria, and the ways to them",
    needs: &["analysis", "moves"],
    draw,
};

/// More states than these are never drawn one by one.
const FAR_TOO_MANY: usize = 400;

/// With more states than these, only equilibria and the status quo have their names beside them.
const ALL_NAMED: usize = 100;

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let view = View::new(dossier)?;
    let moves = dossier.moves.as_ref()?;
    match moves.each.as_deref().filter(|_| one_by_one(&view, asked)) {
        Some(each) => Some(states(&view, each)),
        None => Some(grouped::draw(&view, &moves.between)),
    }
}

/// Whether each state is drawn by itself.
fn one_by_one(view: &View<'_>, asked: &Asked) -> bool {
    let count = view.analysis.states.len();
    count <= MOST_STATES || (asked.every_state && count <= FAR_TOO_MANY)
}

fn states(view: &View<'_>, each: &[MoveFinding]) -> Picture {
    let plan = Plan::new(view);
    let order = view.by_class();
    let all_named = order.len() <= ALL_NAMED;
    let spokes: Vec<Spoke> = order
        .iter()
        .map(|place| {
            let look = view.look(*place);
            let named = all_named || look.held || look.start;
            Spoke {
                reach: plan.r + if look.held { RING } else { 0.0 },
                lines: if named {
                    lines(view, &plan, *place)
                } else {
                    Vec::new()
                },
                group: view.class[*place].unwrap_or(usize::MAX),
                heading: view
                    .classed()
                    .then(|| view.class_name(view.class[*place]).to_owned()),
                whole: view.short(*place),
            }
        })
        .collect();
    let wheel = Wheel::new(&spokes, 48.0, plan.gap);
    let spoke_of: BTreeMap<usize, usize> = order.iter().enumerate().map(|(s, p)| (*p, s)).collect();
    let edges = Edges::new(view, each);
    let says = said(view, &edges);
    let title = view.title("States and moves");

    let mut body = Vec::new();
    body.push(bands(view, &wheel, &spokes));
    body.push(wheel::labels(
        &wheel,
        &spokes,
        view.classed().then_some(wheel.reach + BAND + 1.0),
    ));
    let weight = Weight::for_lines(edges.lines.len());
    let reach = |place: usize| spoke_of.get(&place).map_or(0.0, |s| spokes[*s].reach + 1.5);
    let mut curves = Curves::new(&wheel);
    for edge in &edges.lines {
        curves.count(edge.from, edge.to);
    }
    let mut below = paper::group();
    let mut thin = paper::group();
    let mut bold = paper::group();
    let mut glowing: BTreeSet<(usize, usize)> = BTreeSet::new();
    for edge in &edges.lines {
        let (Some(a), Some(b)) = (spoke_of.get(&edge.from), spoke_of.get(&edge.to)) else {
            continue;
        };
        let mut curve = curves.next((edge.from, *a), (edge.to, *b));
        curve.leave = reach(edge.from);
        curve.arrive = reach(edge.to);
        for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if edges.ways.contains(&(from, to)) && glowing.insert((from, to)) {
                let way = if from == edge.from {
                    curve
                } else {
                    curve.turned()
                };
                below = below.add(glow(&way, (weight.bold * 3.2).max(5.0)));
            }
        }
        let style = Style {
            improves: edge.improves,
            reversible: edge.reversible,
            hue: view.hue(edge.party),
        };
        let on_way = edges.ways.contains(&(edge.from, edge.to))
            || edges.ways.contains(&(edge.to, edge.from));
        let weight = if on_way { weight.clear() } else { weight };
        let node = described(view, edge, moved(&curve, style, weight));
        if edge.improves {
            bold = bold.add(node);
        } else {
            thin = thin.add(node);
        }
    }
    body.extend([below, thin, bold]);
    let mut marks = paper::group();
    for (spoke, place) in order.iter().enumerate() {
        let (x, y, _) = wheel.at[spoke];
        marks = marks.add(match plan.number {
            Some(size) => view.numbered(*place, x, y, plan.r, size),
            None => view.bare(*place, x, y, plan.r),
        });
    }
    body.push(marks);

    let entries = entries(view, &edges, &order);
    let notes = notes(view, &edges, all_named);
    let frame = Frame {
        kind: KIND.name,
        title,
        says,
    };
    frame.filled(body, wheel.bottom + 16.0, entries, &notes)
}

/// How broad the band is that shows the classes.
const BAND: f64 = 7.0;

/// The bands around the circle: one for each class.
fn bands(view: &View<'_>, wheel: &Wheel, spokes: &[Spoke]) -> Group {
    let mut out = paper::group();
    if !view.classed() {
        return out;
    }
    let mut first = 0;
    let mut number = 0;
    while first < spokes.len() {
        let group = spokes[first].group;
        let end = first
            + spokes[first..]
                .iter()
                .take_while(|s| s.group == group)
                .count();
        let pad = 0.012;
        let (from, to) = (wheel.arcs[first].0 + pad, wheel.arcs[end - 1].1 - pad);
        let r = wheel.radius + wheel.reach + BAND / 2.0 + 2.0;
        let (class, stroke) = if number % 2 == 0 {
            ("deep-edge", "#8795a3")
        } else {
            ("pale-edge", "#c6ced6")
        };
        let on = |turn: f64| {
            (
                wheel.middle.0 + r * turn.cos(),
                wheel.middle.1 + r * turn.sin(),
            )
        };
        // In two halves, so that a whole circle is one too.
        let half = f64::midpoint(from, to);
        let mut way = format!("M{} {}", at(on(from).0), at(on(from).1));
        for turn in [half, to] {
            let (x, y) = on(turn);
            way.push_str(&format!("A{0} {0} 0 0 1 {1} {2}", at(r), at(x), at(y)));
        }
        let arc = Path::new()
            .set("d", way)
            .set("fill", "none")
            .set("class", class)
            .set("stroke", stroke)
            .set("stroke-width", BAND);
        let name = spokes[first].heading.clone().unwrap_or_default();
        out = out.add(paper::group().add(paper::tip(&name)).add(arc));
        number += 1;
        first = end;
    }
    out
}

/// The label of a state.
fn lines(view: &View<'_>, plan: &Plan, place: usize) -> Vec<Line> {
    let mut first = Vec::new();
    if plan.number.is_none() {
        let id = view.state(place).id;
        first.push(Piece::value(&id, View::number(place)));
        first.push(Piece::words("  "));
    }
    let name = view.short(place);
    let letters = view.letters(place);
    let size = if plan.both { 12 } else { 11 };
    let room = name_room(size, &letters);
    let parts = metrics::lines(&name, size, room, if plan.both { 2 } else { 1 });
    let mut out = Vec::new();
    for part in parts {
        first.push(Piece::name(part));
        out.push(Line {
            pieces: std::mem::take(&mut first),
            size,
        });
    }
    if out.is_empty() {
        out.push(Line {
            pieces: first,
            size,
        });
    }
    if let (Some(line), false) = (out.first_mut(), letters.is_empty()) {
        line.pieces.push(Piece::words(format!("  {letters}")));
    }
    let on = view.on(place);
    if plan.both && on != name && !on.is_empty() {
        out.push(Line {
            pieces: vec![Piece::words(on)],
            size: 11,
        });
    }
    out
}

/// How much room a name has before its letters.
fn name_room(size: u32, letters: &str) -> f64 {
    let room = if size > 11 { 186.0 } else { 180.0 };
    room - metrics::width("  ", size) - metrics::width(letters, size)
}

/// A line with what it says when it is pointed at.
fn described(view: &View<'_>, edge: &edges::Edge<'_>, node: Group) -> Group {
    let (from, to) = (view.state(edge.from).id, view.state(edge.to).id);
    let mut says = format!("{} moves from {from} to {to}", edge.party);
    says.push_str(match (edge.improves, edge.reversible) {
        (true, true) => ": an improvement",
        (true, false) => ": an improvement that cannot be undone",
        (false, true) => ", or back",
        (false, false) => ": it cannot be undone",
    });
    let kind = if edge.improves { "improvement" } else { "move" };
    paper::group()
        .set("data-line", kind)
        .set("data-by", metrics::clean(edge.party))
        .set("data-between", format!("{from} {to}"))
        .add(paper::tip(&says))
        .add(node)
}

/// What the picture shows, in words.
fn said(view: &View<'_>, edges: &Edges<'_>) -> String {
    let mut out = format!(
        "The states of the conflict, {}, stand around a circle",
        view.analysis.states.len()
    );
    if view.classed() {
        out.push_str(", those of a class side by side");
    }
    out.push_str("; lines are moves, bold where they improve the mover's lot. ");
    out.push_str(&view.said());
    if !edges.ways.is_empty() {
        out.push_str(" The shortest ways from the status quo to the equilibria are emphasised.");
    }
    out
}

fn notes(view: &View<'_>, edges: &Edges<'_>, all_named: bool) -> Vec<String> {
    let mut out = Vec::new();
    if edges.thinned {
        out.push(
            "Moves that bring the mover nothing are left out, save those of the ways.".to_owned(),
        );
    }
    if !all_named {
        out.push("Only equilibria and the status quo are named.".to_owned());
    }
    let unreached: BTreeSet<usize> = view
        .held
        .iter()
        .filter(|p| {
            let way = view.state(**p).reachability.as_ref();
            way.is_some_and(|r| r.moves.is_none())
        })
        .copied()
        .collect();
    if !unreached.is_empty() {
        let verb = if unreached.len() == 1 {
            "leads to equilibrium"
        } else {
            "leads to the equilibria"
        };
        out.push(format!(
            "No way from the status quo {verb} {}.",
            view.numbers(&unreached)
        ));
    }
    out
}

/// The legend: only of what is drawn.
fn entries(view: &View<'_>, edges: &Edges<'_>, order: &[usize]) -> Vec<legend::Entry> {
    let mut out = Vec::new();
    let movers: BTreeSet<&str> = edges.lines.iter().map(|e| e.party).collect();
    for party in &view.analysis.parties {
        if movers.contains(party.name.as_str()) {
            let line = line_sample(view.hue(&party.name), 2.2);
            let name = match &party.title {
                Some(title) if *title != party.name => format!("{} ({title})", party.name),
                _ => party.name.clone(),
            };
            out.push(legend::entry(line, name));
        }
    }
    let weight = Weight::for_lines(10);
    let sample = Curve {
        from: (0.0, 0.0),
        pull: (16.0, 0.0),
        to: (32.0, 0.0),
        leave: 0.0,
        arrive: 0.0,
    };
    let mut look = |improves: bool, reversible: bool, says: &str| {
        if edges
            .lines
            .iter()
            .any(|e| e.improves == improves && e.reversible == reversible)
        {
            let style = Style {
                improves,
                reversible,
                hue: super::palette::party(5),
            };
            let style = Style {
                hue: super::palette::Hue {
                    dashes: "none",
                    ..style.hue
                },
                ..style
            };
            out.push(legend::entry(moved(&sample, style, weight), says));
        }
    };
    look(true, true, "improvement (the mover can go back)");
    look(true, false, "improvement that cannot be undone");
    look(false, true, "move either way, no gain");
    look(false, false, "other move that cannot be undone");
    if !edges.ways.is_empty() {
        let says = "shortest way from the status quo to an equilibrium";
        out.push(legend::entry(glow(&sample, 6.0), says));
    }
    out.extend(view.marks(&order.iter().copied().collect()));
    if view.classed() {
        let band = paper::line((0.0, 0.0), (15.0, 0.0), BAND)
            .set("class", "deep-edge")
            .set("stroke", "#8795a3");
        let other = paper::line((17.0, 0.0), (32.0, 0.0), BAND)
            .set("class", "pale-edge")
            .set("stroke", "#c6ced6");
        out.push(legend::entry(
            paper::group().add(band).add(other),
            "classes, by their names",
        ));
    }
    out
}

/// A line of a party, as a sample.
fn line_sample(hue: super::palette::Hue, width: f64) -> Group {
    let line = paper::line((0.0, 0.0), (32.0, 0.0), width)
        .set("class", hue.stroke)
        .set("stroke", hue.light)
        .set("stroke-dasharray", hue.dashes);
    paper::group().add(line)
}

/// Lines between marks of a wheel; several between the same two lie side by side.
struct Curves<'w> {
    wheel: &'w Wheel,
    /// How many there are between two, and how many were drawn.
    between: BTreeMap<(usize, usize), (usize, usize)>,
}

impl<'w> Curves<'w> {
    fn new(wheel: &'w Wheel) -> Self {
        Self {
            wheel,
            between: BTreeMap::new(),
        }
    }

    fn count(&mut self, a: usize, b: usize) {
        self.between.entry((a.min(b), a.max(b))).or_default().0 += 1;
    }

    /// The next line between two: each by its name, and its place on the circle.
    fn next(&mut self, from: (usize, usize), to: (usize, usize)) -> Curve {
        let key = (from.0.min(to.0), from.0.max(to.0));
        let count = self.between.entry(key).or_default();
        let number = count.1;
        count.1 += 1;
        let aside = (number as f64 - (count.0.max(1) - 1) as f64 / 2.0) * 26.0;
        let aside = if from.0 < to.0 { aside } else { -aside };
        let (a, b) = (self.wheel.at[from.1], self.wheel.at[to.1]);
        let radius = self.wheel.radius;
        let apart = (a.2 - b.2).abs();
        let apart = apart.min(std::f64::consts::TAU - apart);
        let (x, y) = (
            f64::midpoint(a.0, b.0) - self.wheel.middle.0,
            f64::midpoint(a.1, b.1) - self.wheel.middle.1,
        );
        let away = x.hypot(y);
        // Close neighbours bend inwards so that the line leaves the circle; far ones are nearly straight.
        let pull = away.min(radius - 3.6 * self.wheel.reach) * (1.0 - 0.3 * apart / 3.2);
        let scale = if away < 1e-6 {
            0.0
        } else {
            pull.max(0.0) / away
        };
        let (cx, cy) = (b.0 - a.0, b.1 - a.1);
        let length = cx.hypot(cy).max(1.0);
        Curve {
            from: (a.0, a.1),
            pull: (
                self.wheel.middle.0 + x * scale - cy / length * aside,
                self.wheel.middle.1 + y * scale + cx / length * aside,
            ),
            to: (b.0, b.1),
            leave: 0.0,
            arrive: 0.0,
        }
    }
}
