//! The marks of the frontier.

use svg::Node;
use svg::node::element::{Circle, Path, Rectangle, Title};

use crate::picture::labels::Area;
use crate::picture::paper::{at, group, rectangle};

/// How a dot of the frontier looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// An efficient package that all could accept.
    Full,
    /// An efficient package that somebody would not have.
    Hollow,
    /// What a rule of division picks.
    Ring,
    /// A package with a name.
    Named,
    /// Any package.
    Cloud,
}

impl Mark {
    /// How far it reaches from its place.
    pub(super) fn reach(self) -> f64 {
        match self {
            Self::Full => 4.0,
            Self::Hollow => 3.5,
            Self::Ring => 8.0,
            Self::Named => 7.0,
            Self::Cloud => 1.4,
        }
    }
}

/// A mark, with what it says when it is pointed at.
pub(super) fn mark(kind: Mark, x: f64, y: f64, says: Option<&str>) -> Box<dyn Node> {
    let circle = || {
        Circle::new()
            .set("cx", at(x))
            .set("cy", at(y))
            .set("r", at(kind.reach()))
    };
    let node: Box<dyn Node> = match kind {
        Mark::Full => Box::new(
            circle()
                .set("class", "full")
                .set("fill", "#0072b2")
                .set("stroke", "#fff"),
        ),
        Mark::Hollow => Box::new(
            circle()
                .set("class", "hollow")
                .set("fill", "#fff")
                .set("stroke", "#0072b2")
                .set("stroke-width", 1.2),
        ),
        Mark::Ring => Box::new(
            circle()
                .set("class", "ring")
                .set("fill", "none")
                .set("stroke", "#d55e00")
                .set("stroke-width", 2.5),
        ),
        Mark::Named => {
            let r = kind.reach() - 1.0;
            let outline = format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                at(x),
                at(y - r),
                at(x + r),
                at(y),
                at(x),
                at(y + r),
                at(x - r),
                at(y)
            );
            Box::new(
                Path::new()
                    .set("class", "named")
                    .set("d", outline)
                    .set("fill", "#fff")
                    .set("stroke", "#007a58")
                    .set("stroke-width", 2),
            )
        }
        Mark::Cloud => Box::new(circle().set("class", "cloud").set("fill", "#b5b5b5")),
    };
    match says {
        None => node,
        Some(says) => Box::new(group().add(Title::new(says)).add(node)),
    }
}

/// A rectangle without colours.
pub(super) fn area(area: &Area) -> Rectangle {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    rectangle(area.left, area.top, width, height)
}

/// What all could accept, as far as two of them are concerned.
pub(super) fn zone(of: &Area) -> Rectangle {
    area(of)
        .set("class", "zone")
        .set("fill", "#0072b2")
        .set("fill-opacity", 0.12)
}

/// What is shown larger elsewhere.
pub(super) fn outline(of: &Area) -> Rectangle {
    area(of)
        .set("class", "line")
        .set("fill", "none")
        .set("stroke", "#555")
        .set("stroke-width", 0.8)
}

/// All that a vague package may be worth.
pub(super) fn vague(of: &Area) -> Rectangle {
    area(of)
        .set("class", "vague")
        .set("fill", "none")
        .set("stroke", "#007a58")
        .set("stroke-width", 1.5)
        .set("stroke-dasharray", "2 3")
}

/// The edge of what can be had.
pub(super) fn steps(places: &[(f64, f64)]) -> Path {
    let mut way = String::new();
    for (number, (x, y)) in places.iter().enumerate() {
        if number == 0 {
            way = format!("M{} {}", at(*x), at(*y));
        } else {
            // Left to the next one's worth, then up to it: what lies under this edge is no better.
            way.push_str(&format!("H{}V{}", at(*x), at(*y)));
        }
    }
    Path::new()
        .set("class", "step")
        .set("d", way)
        .set("fill", "none")
        .set("stroke", "#0072b2")
        .set("stroke-opacity", 0.6)
}
