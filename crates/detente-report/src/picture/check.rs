//! What must be true of every picture, read from its SVG by someone who knows nothing of how it was drawn: texts are
//! large enough, on the paper and not upon each other, and values are those of the findings.
//!
//! It names nothing of this crate but how wide a text is that does not say so itself, so that tests outside it can use it
//! too.

use roxmltree::{Document, Node};
use serde_json::Value;

use super::metrics;

/// How far two texts may reach into each other, and over the edge: what is rounded away.
const SLACK: f64 = 0.3;

/// A text and the area that it covers.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) says: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
    size: f64,
    pub(crate) from: Option<String>,
    /// Its parts that say where they come from.
    parts: Vec<(String, String)>,
}

impl Shown {
    fn of(node: Node<'_, '_>) -> Self {
        let by = moved(node);
        let (x, y) = (number(node, "x") + by.0, number(node, "y") + by.1);
        let (says, size) = (said(node), number(node, "font-size"));
        let width = match node.attribute("textLength") {
            Some(_) => number(node, "textLength"),
            None => metrics::width(&says, 100) * size / 100.0,
        };
        let before = match node.attribute("text-anchor") {
            None | Some("start") => 0.0,
            Some("middle") => width / 2.0,
            Some("end") => width,
            Some(other) => panic!("no text is anchored at its {other}"),
        };
        let (rise, fall) = (0.74 * size, 0.2 * size);
        // What is turned is turned about its place, to be read from below.
        let (left, top, right, bottom) = if node.attribute("transform").is_some_and(is_turn) {
            (x - rise, y + before - width, x + fall, y + before)
        } else {
            (x - before, y - rise, x - before + width, y + fall)
        };
        let parts = node.children();
        let parts = parts.filter_map(|p| Some((said(p), p.attribute("data-from")?.to_owned())));
        Self {
            says,
            left,
            top,
            right,
            bottom,
            size,
            from: node.attribute("data-from").map(str::to_owned),
            parts: parts.collect(),
        }
    }

    /// What it shows of the findings, whole or in parts, with the place of each.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&String, &String)> {
        let whole = self.from.iter().map(|from| (&self.says, from));
        whole.chain(self.parts.iter().map(|(says, from)| (says, from)))
    }

    fn meets(&self, other: &Self) -> bool {
        self.left + SLACK < other.right
            && other.left + SLACK < self.right
            && self.top + SLACK < other.bottom
            && other.top + SLACK < self.bottom
    }
}

/// An attribute that is a number.
pub(crate) fn number(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name).and_then(|v| v.parse().ok());
    value.unwrap_or_else(|| panic!("no number {name} of {node:?}"))
}

/// Whether a transformation turns a text rather than moves it.
fn is_turn(transform: &str) -> bool {
    transform.starts_with("rotate(-90 ")
}

/// How far a node and the groups around it move it.
pub(crate) fn moved(node: Node<'_, '_>) -> (f64, f64) {
    let moves = node.ancestors().filter_map(|n| n.attribute("transform"));
    let moves = moves.filter(|transform| !is_turn(transform));
    moves.fold((0.0, 0.0), |by, transform| {
        let inner = transform.strip_prefix("translate(");
        let inner = inner.and_then(|t| t.strip_suffix(')'));
        let (x, y) = inner
            .and_then(|i| i.split_once(' '))
            .expect("a translation");
        let place = |text: &str| text.parse::<f64>().expect("a number");
        (by.0 + place(x), by.1 + place(y))
    })
}

fn said(node: Node<'_, '_>) -> String {
    let all = node.descendants().filter(Node::is_text);
    let all: String = all.filter_map(|n| n.text()).collect();
    all.trim().to_owned()
}

fn parsed(svg: &str) -> Document<'_> {
    Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"))
}

/// The texts of a picture, and how large the paper is.
pub(crate) fn texts(svg: &str) -> (Vec<Shown>, (f64, f64)) {
    let document = parsed(svg);
    let root = document.root_element();
    let texts = root.descendants();
    let texts = texts.filter(|n| n.tag_name().name() == "text");
    let paper = (number(root, "width"), number(root, "height"));
    let texts = texts.map(Shown::of).collect();
    (texts, paper)
}

/// Everything that is not as it must be.
pub(crate) fn faults(svg: &str, json: &Value) -> Vec<String> {
    let document = parsed(svg);
    let (texts, paper) = texts(svg);
    let mut faults = Vec::new();
    let first = document.root_element().children().filter(Node::is_element);
    let first: Vec<&str> = first.map(|n| n.tag_name().name()).take(2).collect();
    if first != ["title", "desc"] {
        faults.push("there are no title and description".to_owned());
    }
    if paper.0 > 960.0 {
        faults.push(format!("the paper is {} wide", paper.0));
    }
    for id in [" id=\"", "url(#"] {
        if svg.contains(id) {
            faults.push(format!("`{id}`: pictures of one page may not share names"));
        }
    }
    for bad in ["NaN", "\"inf", "-inf"] {
        if svg.contains(bad) {
            faults.push(format!("`{bad}` is no place"));
        }
    }
    let mut texts: Vec<&Shown> = texts.iter().collect();
    texts.sort_by(|a, b| a.top.total_cmp(&b.top));
    for (place, text) in texts.iter().enumerate() {
        let says = &text.says;
        if text.size < 11.0 {
            faults.push(format!("`{says}` has {} units", text.size));
        }
        let inside = text.left >= -SLACK
            && text.top >= -SLACK
            && text.right <= paper.0 + SLACK
            && text.bottom <= paper.1 + SLACK;
        if !inside {
            let (left, top) = (text.left, text.top);
            faults.push(format!("`{says}` at {left} {top} leaves the paper"));
        }
        let below = texts[place + 1..].iter();
        for other in below.take_while(|o| o.top < text.bottom) {
            if text.meets(other) {
                faults.push(format!("`{says}` and `{}` overlap", other.says));
            }
        }
        for (says, from) in text.values() {
            let value = json.pointer(from);
            if !value.is_some_and(|value| shows(value, says)) {
                faults.push(format!("`{says}` is not what is at {from}: {value:?}"));
            }
        }
    }
    faults
}

/// Whether a text shows a value: as it is, by its length, or as a share in whole percents.
fn shows(value: &Value, says: &str) -> bool {
    match value {
        Value::String(text) => text.trim() == says,
        Value::Array(list) => list.len().to_string() == says,
        Value::Object(map) => map.len().to_string() == says,
        Value::Number(number) => {
            number.to_string() == says || number.as_f64().is_some_and(|v| percent(v) == says)
        }
        Value::Bool(_) | Value::Null => false,
    }
}

/// A share in whole percents; what is neither nothing nor all is not rounded to it.
fn percent(share: f64) -> String {
    let rounded = format!("{:.0}", share * 100.0);
    match rounded.as_str() {
        "0" if share > 0.0 => "<\u{a0}1\u{a0}%".to_owned(),
        "100" if share < 1.0 => ">\u{a0}99\u{a0}%".to_owned(),
        _ => format!("{rounded}\u{a0}%"),
    }
}

/// The values of these attributes of all elements of a name that have all of them.
pub(crate) fn attributes(svg: &str, element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let document = parsed(svg);
    let all = document.descendants();
    let all = all.filter(|n| n.tag_name().name() == element);
    let of = |node: Node<'_, '_>| -> Option<Vec<String>> {
        let found = names.iter().map(|name| node.attribute(*name));
        found.map(|value| value.map(str::to_owned)).collect()
    };
    all.filter_map(of).collect()
}
