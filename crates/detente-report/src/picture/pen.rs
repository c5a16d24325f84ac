//! What charts share: sheets with a heading, texts that take exactly the room that they are given, colours besides
//! those of parties.

use svg::Document;
use svg::node::element::{Group, Line, Path, Style, Text};

use super::palette::{self, Hue};
use super::paper::{anchored, at, group, label, line, valued};
use super::{Picture, metrics, paper};
use crate::document::Pointer;
use crate::words;

/// The width of a chart.
pub(super) const WIDTH: f64 = 960.0;

/// Room around everything.
pub(super) const MARGIN: f64 = 20.0;

/// The size of the texts of a chart, and the height of their lines.
pub(super) const SIZE: u32 = 12;
pub(super) const LINE: f64 = 16.0;

/// The size of small texts.
pub(super) const SMALL: u32 = 11;

/// Between the top of a line and the foot of its letters.
pub(super) const RISE: f64 = 12.0;

/// Colours of charts on dark pages, besides those of the paper.
const DARK: &str = "@media screen and (prefers-color-scheme: dark) {\
    .card { fill: #1d222a; stroke: #5a626d } .grid { stroke: #434a54 }\
    .band { fill: #242a33 } .edge { stroke: #14171c } .dim { stroke: #7d858f } .rest { fill: #5a626d } }";

/// The hue of what is good to know and bad to hear: surprises, contradictions.
pub(super) fn alarm() -> Hue {
    palette::party(1)
}

/// The hue of what is as it should be.
pub(super) fn calm() -> Hue {
    palette::party(0)
}

/// What a picture of a negotiation is called.
pub(super) fn titled(negotiation: Option<&String>, what: &str) -> String {
    match negotiation {
        Some(name) => format!("{name}: {what}"),
        None => words::capital(what),
    }
}

/// A sheet that is being drawn on.
pub(super) struct Chart {
    kind: &'static str,
    title: String,
    says: String,
    body: Group,
    /// How far down it is drawn on.
    pub(super) foot: f64,
}

impl Chart {
    /// A sheet with its title, and what is shown in words, which stands under the title too.
    pub(super) fn new(kind: &'static str, title: String, says: String) -> Self {
        let bold = label(&title, MARGIN, 32.0, 18, "start", WIDTH - 2.0 * MARGIN);
        let mut chart = Self {
            kind,
            title,
            says,
            body: group().add(paper::heading(bold.set("font-weight", "bold"), 38.0)),
            foot: 42.0,
        };
        let says = chart.says.clone();
        chart.paragraph(&says, 4);
        chart
    }

    /// Draws something.
    pub(super) fn add(&mut self, node: impl Into<Box<dyn svg::Node>>) {
        let body = std::mem::take(&mut self.body);
        self.body = body.add(node);
    }

    /// Lines of text over the whole width, under everything.
    pub(super) fn paragraph(&mut self, says: &str, most: usize) {
        let (words, high) = soft_lines(says, MARGIN, self.foot, WIDTH - 2.0 * MARGIN, most);
        self.add(words);
        self.foot += high;
    }

    /// Bold words at a place.
    pub(super) fn heading(&mut self, says: &str, x: f64, y: f64, room: f64) {
        self.add(label(says, x, y, 13, "start", room).set("font-weight", "bold"));
    }

    /// The picture.
    pub(super) fn done(self) -> Picture {
        let document: Document = paper::sheet(WIDTH, self.foot + MARGIN, &self.title, &self.says)
            .add(Style::new(DARK))
            .add(self.body);
        let mut svg = paper::written(&document);
        svg.push('\n');
        Picture {
            kind: self.kind,
            title: self.title,
            says: self.says,
            svg,
        }
    }
}

/// A value of the findings as text.
pub(super) fn value(says: &str, x: f64, y: f64, size: u32, anchor: &str, from: &Pointer) -> Text {
    valued(anchored(says, x, y, size, anchor), from)
}

/// A text in lines that have room, from the top down; the whole is said when it is pointed at and does not stand
/// there. Says how high it is.
pub(super) fn lines(says: &str, x: f64, top: f64, room: f64, most: usize) -> (Group, f64) {
    block(says, x, top, room, most, |t| t)
}

/// The same in the colour of what matters less.
pub(super) fn soft_lines(says: &str, x: f64, top: f64, room: f64, most: usize) -> (Group, f64) {
    block(says, x, top, room, most, paper::soft)
}

fn block(
    says: &str,
    x: f64,
    top: f64,
    room: f64,
    most: usize,
    ink: impl Fn(Text) -> Text,
) -> (Group, f64) {
    let shown = metrics::lines(says, SIZE, room, most);
    let mut words = group();
    if shown.iter().any(|l| l.ends_with('\u{2026}')) {
        words = words.add(paper::tip(says));
    }
    for (number, line) in shown.iter().enumerate() {
        let y = top + LINE * number as f64 + RISE;
        words = words.add(ink(paper::exact(line, x, y, SIZE)));
    }
    (words, LINE * shown.len() as f64)
}

/// How high a text in lines is.
pub(super) fn height(says: &str, room: f64, most: usize) -> f64 {
    LINE * metrics::lines(says, SIZE, room, most).len() as f64
}

/// A faint line of a scale.
pub(super) fn grid(from: (f64, f64), to: (f64, f64)) -> Line {
    line(from, to, 1.0)
        .set("class", "grid")
        .set("stroke", "#d9dce1")
}

/// Places for labels of this height that are wanted at these places, ascending: in the same order, as near as a pass
/// down and a pass up find them, and none upon another as long as there is room for all.
pub(super) fn spread(wanted: &[f64], apart: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut places = Vec::with_capacity(wanted.len());
    let mut least = top;
    for want in wanted {
        let place = want.max(least);
        places.push(place);
        least = place + apart;
    }
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - apart;
    }
    places
}

/// The whole part of a number; 0 of one that is negative.
#[expect(clippy::cast_sign_loss, reason = "it is not negative")]
pub(super) fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

/// An outline without colours.
pub(super) fn path(way: &str) -> Path {
    Path::new().set("d", way).set("fill", "none")
}

/// A line through these places.
pub(super) fn through(places: &[(f64, f64)]) -> String {
    let mut way = String::new();
    for (number, (x, y)) in places.iter().enumerate() {
        way.push(if number == 0 { 'M' } else { 'L' });
        way.push_str(&at(*x));
        way.push(' ');
        way.push_str(&at(*y));
    }
    way
}

/// Between two places, leaving and arriving level.
pub(super) fn bow(from: (f64, f64), to: (f64, f64)) -> String {
    let middle = f64::midpoint(from.0, to.0);
    format!(
        "M{} {}C{} {} {} {} {} {}",
        at(from.0),
        at(from.1),
        at(middle),
        at(from.1),
        at(middle),
        at(to.1),
        at(to.0),
        at(to.1)
    )
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_are_spread() {
        assert_eq!(spread(&[10.0, 50.0], 15.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(
            spread(&[10.0, 11.0, 12.0], 15.0, 0.0, 100.0),
            [10.0, 25.0, 40.0]
        );
        assert_eq!(
            spread(&[90.0, 99.0, 99.0], 15.0, 0.0, 100.0),
            [70.0, 85.0, 100.0]
        );
        assert!(spread(&[], 15.0, 0.0, 100.0).is_empty());
    }
}
