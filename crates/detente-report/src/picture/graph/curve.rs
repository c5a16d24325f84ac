//! Curved lines with heads between marks.

use svg::node::element::{Group, Line, Path};

use super::super::paper::{self, at};

/// A place.
pub(super) type Place = (f64, f64);

/// A curve between two marks: the places of the marks, the place that pulls it, and how far the marks reach.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    pub(super) from: Place,
    pub(super) pull: Place,
    pub(super) to: Place,
    pub(super) leave: f64,
    pub(super) arrive: f64,
}

/// The step of length one from a place towards another.
fn towards(from: Place, to: Place) -> Place {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    if length < 1e-9 {
        (0.0, 0.0)
    } else {
        (x / length, y / length)
    }
}

fn along(from: Place, step: Place, by: f64) -> Place {
    (from.0 + step.0 * by, from.1 + step.1 * by)
}

impl Curve {
    /// The same curve the other way.
    pub(super) fn turned(&self) -> Self {
        Self {
            from: self.to,
            pull: self.pull,
            to: self.from,
            leave: self.arrive,
            arrive: self.leave,
        }
    }

    /// The line, `short` units before its end so that a head has room.
    pub(super) fn path(&self, short: f64) -> Path {
        let start = along(self.from, towards(self.from, self.pull), self.leave);
        let end = along(self.to, towards(self.to, self.pull), self.arrive + short);
        let way = format!(
            "M{} {}Q{} {} {} {}",
            at(start.0),
            at(start.1),
            at(self.pull.0),
            at(self.pull.1),
            at(end.0),
            at(end.1)
        );
        Path::new().set("d", way).set("fill", "none")
    }

    /// A head that touches the mark at the end.
    pub(super) fn head(&self, length: f64, half: f64) -> Path {
        let step = towards(self.to, self.pull);
        let tip = along(self.to, step, self.arrive);
        let base = along(tip, step, length);
        let side = (-step.1 * half, step.0 * half);
        let way = format!(
            "M{} {}L{} {}L{} {}Z",
            at(tip.0),
            at(tip.1),
            at(base.0 + side.0),
            at(base.1 + side.1),
            at(base.0 - side.0),
            at(base.1 - side.1)
        );
        Path::new().set("d", way)
    }

    /// A bar across the start: there is no way back.
    pub(super) fn bar(&self, half: f64) -> Line {
        let step = towards(self.from, self.pull);
        let middle = along(self.from, step, self.leave + 2.5);
        let side = (-step.1 * half, step.0 * half);
        paper::line(
            (middle.0 + side.0, middle.1 + side.1),
            (middle.0 - side.0, middle.1 - side.1),
            2.0,
        )
    }
}

/// How heavy lines are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub(super) bold: f64,
    pub(super) thin: f64,
    pub(super) head: f64,
    pub(super) opacity: f64,
}

impl Weight {
    /// The same for lines that must be seen.
    pub(super) fn clear(self) -> Self {
        Self {
            opacity: 1.0,
            bold: self.bold.max(1.8),
            thin: self.thin.max(1.1),
            head: self.head.max(7.0),
        }
    }

    /// Fewer lines are heavier.
    pub(super) fn for_lines(count: usize) -> Self {
        let (bold, thin, head, opacity) = match count {
            0..=30 => (2.6, 1.1, 9.0, 1.0),
            31..=90 => (1.9, 0.9, 7.0, 0.9),
            91..=250 => (1.3, 0.7, 6.0, 0.75),
            _ => (1.0, 0.6, 5.0, 0.6),
        };
        Self {
            bold,
            thin,
            head,
            opacity,
        }
    }
}

/// How a line looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) improves: bool,
    pub(super) reversible: bool,
    pub(super) hue: super::super::palette::Hue,
}

/// A move: the line in the mover's colour and dashes, with a head where it leads, if it leads one way, and a bar where
/// there is no way back.
pub(super) fn moved(curve: &Curve, style: Style, weight: Weight) -> Group {
    let Style {
        improves,
        reversible,
        hue,
    } = style;
    let width = if improves { weight.bold } else { weight.thin };
    let one_way = improves || !reversible;
    let head = if improves {
        weight.head
    } else {
        weight.head * 0.8
    };
    let line = curve
        .path(if one_way { head * 0.9 } else { 0.0 })
        .set("class", hue.stroke)
        .set("stroke", hue.light)
        .set("stroke-width", width)
        .set("stroke-dasharray", hue.dashes)
        .set("stroke-opacity", weight.opacity);
    let mut out = paper::group().add(line);
    if one_way {
        let half = if improves { head * 0.42 } else { head * 0.36 };
        out = out.add(
            curve
                .head(head, half)
                .set("class", hue.fill)
                .set("fill", hue.light),
        );
    }
    if !reversible {
        let bar = curve.bar(weight.head * 0.5);
        out = out.add(bar.set("class", hue.stroke).set("stroke", hue.light));
    }
    out
}

/// The emphasis below a step of a way, with a broad head where it leads.
pub(super) fn glow(curve: &Curve, width: f64) -> Group {
    let line = curve
        .path(width * 1.6)
        .set("class", "glow")
        .set("stroke", "#ffd766")
        .set("stroke-width", width);
    let head = curve.head(width * 2.2, width * 1.35);
    paper::group()
        .add(line)
        .add(head.set("class", "glow-fill").set("fill", "#ffd766"))
}
