//! Lines, marks and texts in the colours of the picture.
//!
//! Each colour is an attribute, and a class by which a dark page gets another. The colours are those of Okabe and
//! Ito (2008), which people with any kind of colour blindness tell apart; every kind of mark has a shape of its own
//! too, so that nothing hangs on colour.

use svg::node::element::{Circle, Description, Group, Line, Path, Rectangle, Style, Text, Title};
use svg::{Document, Node};

use super::labels::Area;

/// Paper and ink of the picture, on light and on dark pages.
const DARK: &str = "@media (prefers-color-scheme: dark) {\
    .paper { fill: #14171c } .ink { fill: #e6e6e6 } .halo { stroke: #14171c } .line { stroke: #b9bec6 }\
    .zone { fill: #56b4e9 } .full { fill: #56b4e9; stroke: #14171c } .hollow { fill: #14171c; stroke: #56b4e9 }\
    .step { stroke: #56b4e9 } .ring { stroke: #e69f00 } .named { fill: #14171c; stroke: #2fcf9f }\
    .vague { stroke: #2fcf9f } .cloud { fill: #6d737c } }";

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

/// A place on the paper, to a tenth.
pub(crate) fn at(place: f64) -> String {
    let text = format!("{place:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// What makes the picture readable on dark pages.
fn dark() -> Style {
    Style::new(DARK)
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

/// A text; `anchor` is `start`, `middle` or `end`.
pub(crate) fn text(says: &str, x: f64, y: f64, size: u32, anchor: &str) -> Text {
    Text::new(says)
        .set("class", "ink")
        .set("fill", "#111")
        .set("x", at(x))
        .set("y", at(y))
        .set("font-size", size)
        .set("text-anchor", anchor)
}

/// A text that stays readable over dots.
pub(crate) fn over_dots(text: Text) -> Text {
    text.set("class", "ink halo")
        .set("stroke", "#fff")
        .set("stroke-width", 3)
        .set("stroke-linejoin", "round")
        .set("paint-order", "stroke")
}

/// A straight line.
pub(crate) fn line(from: (f64, f64), to: (f64, f64), width: f64) -> Line {
    Line::new()
        .set("class", "line")
        .set("x1", at(from.0))
        .set("y1", at(from.1))
        .set("x2", at(to.0))
        .set("y2", at(to.1))
        .set("stroke", "#555")
        .set("stroke-width", width)
}

/// A rectangle without colours, by its corner and its sides.
pub(crate) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Rectangle {
    Rectangle::new()
        .set("x", at(x))
        .set("y", at(y))
        .set("width", at(width))
        .set("height", at(height))
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

/// A group of what belongs together.
pub(crate) fn group() -> Group {
    Group::new()
}

/// An empty sheet with its name and what it shows, for those who do not see it.
pub(crate) fn sheet(width: f64, height: f64, name: &str, shows: &str) -> Document {
    Document::new()
        .set("viewBox", (0, 0, width.ceil() as i64, height.ceil() as i64))
        .set("width", width.ceil() as i64)
        .set("height", height.ceil() as i64)
        .set("role", "img")
        .set(
            "font-family",
            "Helvetica, Arial, 'Liberation Sans', sans-serif",
        )
        .add(Title::new(name))
        .add(Description::new().add(svg::node::Text::new(shows)))
        .add(dark())
        .add(
            rectangle(0.0, 0.0, width, height)
                .set("class", "paper")
                .set("fill", "#fff"),
        )
}
