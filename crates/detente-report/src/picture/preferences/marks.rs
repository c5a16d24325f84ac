//! Marks of what doubt leaves open: lines with ends, brackets, and edges of rungs that may part.

use svg::node::element::{Circle, Group, Rectangle};

use super::super::paper;

/// A line with ends, and a dot where the basic reading is.
pub(super) fn whisker(x: f64, top: f64, bottom: f64, own: Option<f64>) -> Group {
    let mut out = paper::group()
        .add(paper::line((x, top), (x, bottom), 1.4))
        .add(paper::line((x - 3.0, top), (x + 3.0, top), 1.4))
        .add(paper::line((x - 3.0, bottom), (x + 3.0, bottom), 1.4));
    if let Some(own) = own {
        out = out.add(dot(x, own));
    }
    out
}

/// A level line with ends, and a dot where the basic reading is.
pub(super) fn bar(left: f64, right: f64, own: f64, y: f64) -> Group {
    paper::group()
        .add(paper::line((left, y), (right, y), 1.4))
        .add(paper::line((left, y - 4.0), (left, y + 4.0), 1.4))
        .add(paper::line((right, y - 4.0), (right, y + 4.0), 1.4))
        .add(dot(own, y))
}

fn dot(x: f64, y: f64) -> Circle {
    Circle::new()
        .set("cx", paper::at(x))
        .set("cy", paper::at(y))
        .set("r", 3)
        .set("class", "solid")
        .set("fill", "#333")
}

/// A bracket that is open towards the ladder.
pub(super) fn bracket(x: f64, top: f64, bottom: f64) -> Group {
    let (top, bottom) = (top - 8.0, bottom + 8.0);
    paper::group()
        .add(paper::line((x, top), (x, bottom), 1.4))
        .add(paper::line((x, top), (x + 4.0, top), 1.4))
        .add(paper::line((x, bottom), (x + 4.0, bottom), 1.4))
}

/// More lines than these would be a block.
const MOST_LINES: u8 = 4;

/// Lines across a rail between two rungs: one for each degree by which the upper is preferred to the lower.
pub(super) fn degree(rail: f64, y: f64, degree: u8) -> Group {
    let says = format!("preferred to the rung below by degree {degree}");
    let mut out = paper::group().add(paper::tip(&says));
    let lines = degree.min(MOST_LINES);
    for number in 0..lines {
        let y = y + 2.8 * (f64::from(number) - f64::from(lines - 1) / 2.0);
        out = out.add(paper::line((rail - 9.0, y), (rail + 9.0, y), 1.5));
    }
    out
}

/// The looks of a rung whose states may be told apart.
pub(super) fn apart(back: Rectangle) -> Rectangle {
    back.set("rx", 9)
        .set("class", "line")
        .set("fill", "none")
        .set("stroke", "#555")
        .set("stroke-width", 1)
        .set("stroke-dasharray", "3 2")
}
