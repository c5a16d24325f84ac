//! The marks of the evidence map, and what they mean.

use detente_analysis::evidence::{Conflict, Element};
use svg::node::element::{Circle, Group};

use super::Support;
use super::sources::Row;
use crate::picture::metrics;
use crate::picture::paper::{at, group, label, line, rectangle, tip};
use crate::picture::pen::{Chart, MARGIN, SIZE, WIDTH, alarm, calm};

/// The side of a square.
const SIDE: f64 = 10.0;

/// A source: the larger, the more hangs on it alone; hollow when nothing does.
pub(super) fn source(row: &Row, x: f64, y: f64) -> Circle {
    let reach = (2.6 + 0.55 * (row.alone.len() as f64).sqrt()).min(6.5);
    let dot = Circle::new()
        .set("cx", at(x))
        .set("cy", at(y))
        .set("r", at(reach))
        .set("stroke", calm().light)
        .set("stroke-width", 1.3);
    if row.alone.is_empty() || row.is_assumption {
        return dot
            .set("class", format!("paper {}", calm().stroke))
            .set("fill", "#fff");
    }
    dot.set("class", format!("{} {}", calm().fill, calm().stroke))
        .set("fill", calm().light)
}

/// An element: filled when several witnesses say it, half when one does, hollow when none; crossed where it is
/// contradicted.
pub(super) fn square(element: &Element, x: f64, y: f64) -> Group {
    let mut says = element.name.clone();
    if let Some(more) = &element.says {
        says.push_str(": ");
        says.push_str(more);
    }
    mark(Support::of(element), !element.conflicts.is_empty(), x, y).add(tip(&says))
}

fn mark(support: Support, is_contradicted: bool, x: f64, y: f64) -> Group {
    let hue = calm();
    let frame = rectangle(x, y, SIDE, SIDE)
        .set("class", format!("paper {}", hue.stroke))
        .set("fill", "#fff")
        .set("stroke", hue.light)
        .set("stroke-width", 1.2);
    let full = |high: f64| {
        rectangle(x, y + SIDE - high, SIDE, high)
            .set("class", hue.fill)
            .set("fill", hue.light)
    };
    let mut mark = match support {
        Support::Nothing => group().add(frame.set("stroke-dasharray", "2 2")),
        Support::One => group().add(frame).add(full(SIDE / 2.0)),
        Support::Several => group().add(frame).add(full(SIDE)),
    };
    if is_contradicted {
        let odd = alarm();
        for (a, b) in [
            ((x, y), (x + SIDE, y + SIDE)),
            ((x, y + SIDE), (x + SIDE, y)),
        ] {
            let cross = line(a, b, 2.0)
                .set("class", odd.stroke)
                .set("stroke", odd.light);
            mark = mark.add(cross);
        }
    }
    mark
}

/// The ring around the number of a contradiction.
pub(super) fn odds(conflict: &Conflict, x: f64, y: f64) -> Group {
    let hue = alarm();
    let says = format!(
        "{}: {}. {}",
        conflict.kind.words(),
        conflict.about,
        conflict.finding
    );
    group().add(tip(&says)).add(
        Circle::new()
            .set("cx", at(x))
            .set("cy", at(y))
            .set("r", 9)
            .set("class", format!("paper {}", hue.stroke))
            .set("fill", "#fff")
            .set("stroke", hue.light)
            .set("stroke-width", 1.5),
    )
}

/// What the marks mean.
pub(super) fn legend(chart: &mut Chart) {
    let entries = [
        (Support::Several, false, "said by several witnesses"),
        (Support::One, false, "hangs on one witness"),
        (Support::Nothing, false, "assumed, without a source"),
        (Support::One, true, "contradicted"),
    ];
    let mut x = MARGIN;
    let y = chart.foot + 12.0;
    for (support, is_contradicted, says) in entries {
        chart.add(mark(support, is_contradicted, x, y - 9.0));
        chart.add(label(says, x + 17.0, y, SIZE, "start", WIDTH));
        x += 17.0 + metrics::width(says, SIZE) + 24.0;
    }
    chart.foot += 20.0;
}
