//! The paper that every picture is drawn on: sheets, texts, lines.
//!
//! Each colour is an attribute, and a class by which a dark page gets another; printed pages are always light. The
//! colours are those of Okabe and Ito (2008), which people with any kind of colour blindness tell apart; whatever
//! differs in colour differs in shape, dashes or words too, so that nothing hangs on colour. Texts are as wide as
//! [`metrics`] says in every program, whatever face it has: labels that were placed apart stay apart.

use svg::Document;
use svg::node::element::{Description, Group, Line, Rectangle, Style, Text, Title};

use super::{metrics, palette};
use crate::document::Pointer;
use crate::render::visible_lines;

/// Paper and ink of the picture, on light and on dark pages.
const DARK: &str = "@media screen and (prefers-color-scheme: dark) {\
    .paper { fill: #14171c } .ink { fill: #e6e6e6 } .halo { stroke: #14171c } .line { stroke: #b9bec6 }\
    .zone { fill: #56b4e9 } .full { fill: #56b4e9; stroke: #14171c } .hollow { fill: #14171c; stroke: #56b4e9 }\
    .step { stroke: #56b4e9 } .ring { stroke: #e69f00 } .named { fill: #14171c; stroke: #2fcf9f }\
    .vague { stroke: #2fcf9f } .cloud { fill: #6d737c }\
    .soft { fill: #b6bcc6 } .pale { fill: #20262e } .deep { fill: #2e3640 } .pale-edge { stroke: #3a4450 }\
    .deep-edge { stroke: #6f7b89 } .glow { stroke: #7a6520 } .glow-fill { fill: #7a6520 }\
    .disc { fill: #14171c; stroke: #e6e6e6 } .held { fill: #14171c; stroke: #f0b030 } .solid { fill: #e6e6e6 } .on-solid { fill: #14171c } }";

/// A place on the paper, to a tenth.
pub(crate) fn at(place: f64) -> String {
    let text = format!("{place:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// What makes the picture readable on dark pages.
fn dark() -> Style {
    Style::new(format!("{DARK}{}", palette::dark()))
}

/// A text; `anchor` is `start`, `middle` or `end`.
pub(crate) fn text(says: &str, x: f64, y: f64, size: u32, anchor: &str) -> Text {
    Text::new(metrics::clean(says))
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

/// What a part of the picture says when it is pointed at, or read aloud.
pub(crate) fn tip(says: &str) -> Title {
    Title::new(metrics::clean(says))
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

/// A group of what belongs together.
pub(crate) fn group() -> Group {
    Group::new()
}

/// A picture as SVG. Characters that XML forbids, for which every program would refuse it, and marks that turn the
/// direction of a text become U+FFFD.
pub(crate) fn written(document: &Document) -> String {
    visible_lines(&document.to_string())
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
        .add(tip(name))
        .add(Description::new().add(svg::node::Text::new(metrics::clean(shows))))
        .add(dark())
        .add(
            rectangle(0.0, 0.0, width, height)
                .set("class", "paper")
                .set("fill", "#fff"),
        )
}

/// A text that is exactly as wide as [`metrics::width`] says: it can be placed close to others. What is too long for
/// `room` ends in an ellipsis, and says itself whole when it is pointed at.
pub(crate) fn label(says: &str, x: f64, y: f64, size: u32, anchor: &str, room: f64) -> Group {
    let shown = metrics::fit(says, size, room);
    let node = anchored(&shown, x, y, size, anchor);
    if shown == says {
        group().add(node)
    } else {
        group().add(tip(says)).add(node)
    }
}

/// That what a node shows is a value of the findings: what stands at this place.
pub(crate) fn valued(node: Text, from: &Pointer) -> Text {
    node.set("data-from", from.as_str())
}

/// That a text belongs to a scale, and is no value of the findings.
pub(crate) fn tick(node: Text) -> Text {
    node.set("data-tick", "1")
}

/// A text that says less than others.
pub(crate) fn soft(node: Text) -> Text {
    node.set("class", "ink soft").set("fill", "#4a515a")
}

/// A piece of a line of text, with the place of the value that it shows, if it shows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) says: String,
    pub(crate) from: Option<Pointer>,
    /// Whether it says less than others.
    pub(crate) soft: bool,
}

impl Piece {
    /// A name.
    pub(crate) fn name(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            from: None,
            soft: false,
        }
    }

    /// Words that say less than names and values.
    pub(crate) fn words(says: impl Into<String>) -> Self {
        Self {
            soft: true,
            ..Self::name(says)
        }
    }

    /// A value of the findings.
    pub(crate) fn value(says: &impl ToString, from: Pointer) -> Self {
        Self {
            says: says.to_string(),
            from: Some(from),
            soft: false,
        }
    }
}

/// How wide a line of pieces is.
pub(crate) fn width_of(pieces: &[Piece], size: u32) -> f64 {
    pieces.iter().map(|p| metrics::width(&p.says, size)).sum()
}

/// Pieces one after the other from a place on, as many as there is room for. They are one text with its exact width, so
/// that they keep apart in every face and at every size; each piece is a span in it.
pub(crate) fn pieces(pieces: &[Piece], x: f64, y: f64, size: u32, room: f64) -> Group {
    let mut shown: Vec<(String, &Piece)> = Vec::new();
    let mut used = 0.0;
    for piece in pieces {
        let left = room - used;
        let whole = metrics::width(&piece.says, size);
        let short = metrics::width("\u{2026}", size) * 2.0;
        let cut = whole > left + 0.1;
        if cut && (piece.from.is_some() || left < short) {
            break;
        }
        shown.push((metrics::fit(&piece.says, size, left + 0.1), piece));
        used += whole;
        if cut {
            break;
        }
    }
    if let Some((last, _)) = shown.last_mut() {
        last.truncate(last.trim_end().len());
    }
    let lead = shown.first().map_or(0.0, |(first, _)| {
        metrics::width(&first[..first.len() - first.trim_start().len()], size)
    });
    let all: String = shown.iter().map(|(says, _)| says.as_str()).collect();
    let words = all.trim();
    if words.is_empty() {
        return group();
    }
    let mut spans = String::new();
    for (place, (says, piece)) in shown.iter().enumerate() {
        let says = if place == 0 { says.trim_start() } else { says };
        spans.push_str(&span(says, piece));
    }
    let node = text("", x + lead, y, size, "start")
        .set("textLength", at(metrics::width(words, size)))
        .set("lengthAdjust", "spacingAndGlyphs")
        .add(svg::node::Blob::new(spans));
    group().add(node)
}

/// A piece as a part of a text. Two spaces stay two.
fn span(says: &str, piece: &Piece) -> String {
    let says = metrics::clean(says).replace("  ", "\u{a0}\u{a0}");
    let says = quick_xml::escape::escape(says.as_str());
    match &piece.from {
        Some(from) => {
            let from = quick_xml::escape::escape(from.as_str());
            format!("<tspan data-from=\"{from}\">{says}</tspan>")
        }
        None if piece.soft => {
            format!("<tspan class=\"ink soft\" fill=\"#4a515a\">{says}</tspan>")
        }
        None => format!("<tspan>{says}</tspan>"),
    }
}

/// A text from a place on that is exactly as wide as [`metrics::width`] says.
pub(crate) fn exact(says: &str, x: f64, y: f64, size: u32) -> Text {
    anchored(says, x, y, size, "start")
}

/// As [`exact`], with an anchor.
pub(crate) fn anchored(says: &str, x: f64, y: f64, size: u32, anchor: &str) -> Text {
    text(says, x, y, size, anchor)
        .set("textLength", at(metrics::width(says, size)))
        .set("lengthAdjust", "spacingAndGlyphs")
}

/// What is cut off where the picture stands in a document, which says its title itself: the upper part of the paper
/// down to `foot`.
pub(crate) fn heading(node: Group, foot: f64) -> Group {
    node.set(HEADING, at(foot))
}

/// The attribute of the heading of a picture.
const HEADING: &str = "data-heading";

/// A picture without its heading, for documents, whose captions say it.
pub(crate) fn headless(svg: &str) -> Option<String> {
    let mark = svg.find(&format!("{HEADING}=\""))?;
    let start = svg[..mark].rfind("<g")?;
    let (foot, _) = svg[mark + HEADING.len() + 2..].split_once('"')?;
    let foot = foot.parse::<f64>().ok()?.round();
    let end = start + closed(&svg[start..])?;
    let body = format!("{}{}", &svg[..start], svg[end..].trim_start_matches('\n'));
    let (_, view) = body.split_once("viewBox=\"")?;
    let (view, _) = view.split_once('"')?;
    let sides: Vec<f64> = view
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    let [left, top, width, height] = sides[..] else {
        return None;
    };
    let left_over = height - foot;
    let cut = body
        .replacen(
            &format!("viewBox=\"{view}\""),
            &format!("viewBox=\"{left} {} {width} {left_over}\"", top + foot),
            1,
        )
        .replacen(
            &format!(" height=\"{height}\""),
            &format!(" height=\"{left_over}\""),
            1,
        );
    Some(cut)
}

/// Where the group that a text begins with ends.
fn closed(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let next = at + text.get(at..)?.find('<')?;
        let rest = &text[next..];
        if rest.starts_with("</g>") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(next + "</g>".len());
            }
        } else if rest.starts_with("<g>") || rest.starts_with("<g ") {
            depth += 1;
        }
        at = next + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{group, heading, headless, label, sheet};

    #[test]
    fn a_picture_loses_its_heading_and_the_room_for_it() {
        let title = heading(
            label("A <title> that is too long", 0.0, 20.0, 17, "start", 90.0),
            34.0,
        );
        let body = group().add(label("kept", 0.0, 60.0, 12, "start", 90.0));
        let whole = sheet(100.0, 80.0, "name", "what")
            .add(title)
            .add(body)
            .to_string();
        let cut = headless(&whole).expect("it has one");
        assert!(
            whole.contains("title&gt;") && whole.contains("viewBox=\"0 0 100 80\""),
            "{whole}"
        );
        assert!(
            cut.contains("viewBox=\"0 34 100 46\"") && cut.contains(" height=\"46\""),
            "{cut}"
        );
        assert!(cut.contains("kept") && cut.contains("<title>"), "{cut}");
        assert!(
            !cut.contains("A &lt;") && cut.matches("<g").count() == cut.matches("</g>").count()
        );
        assert_eq!(headless(&cut), None);
    }
}
