//! What must be true of every picture: texts are large enough, on the paper and not upon each other, and values are
//! those of the findings.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::metrics;
use crate::document::Form;

/// How far two texts may reach into each other: what is rounded away.
const SLACK: f64 = 0.3;

/// A text on the paper.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) says: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    size: u32,
    pub(crate) from: Option<String>,
    /// Its parts that say where they come from.
    parts: Vec<(String, String)>,
}

impl Shown {
    fn of(node: &BytesStart<'_>) -> Self {
        let number = |name| attribute(node, name).and_then(|v| v.parse::<f64>().ok());
        let (x, y) = (number("x").unwrap_or(0.0), number("y").unwrap_or(0.0));
        Self {
            says: attribute(node, "text-anchor").unwrap_or_default(),
            left: x,
            top: y,
            right: number("textLength").unwrap_or(f64::NAN),
            // Marked until the text is known.
            bottom: f64::from(u8::from(attribute(node, "transform").is_some())),
            size: attribute(node, "font-size")
                .and_then(|v| v.parse().ok())
                .unwrap_or(0),
            from: attribute(node, "data-from"),
            parts: Vec::new(),
        }
    }

    /// With what it says, its place is known.
    fn saying(self, says: &str) -> Self {
        let wide = if self.right.is_nan() {
            metrics::width(says, self.size)
        } else {
            self.right
        };
        let before = match self.says.as_str() {
            "middle" => wide / 2.0,
            "end" => wide,
            _ => 0.0,
        };
        let size = f64::from(self.size);
        let (rise, fall) = (0.74 * size, 0.2 * size);
        let (x, y) = (self.left, self.top);
        let upright = self.bottom > 0.5;
        let (left, top, right, bottom) = if upright {
            (x - rise, y + before - wide, x + fall, y + before)
        } else {
            (x - before, y - rise, x - before + wide, y + fall)
        };
        Self {
            says: says.to_owned(),
            left,
            top,
            right,
            bottom,
            ..self
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left + SLACK < other.right
            && other.left + SLACK < self.right
            && self.top + SLACK < other.bottom
            && other.top + SLACK < self.bottom
    }
}

fn attribute(node: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = node.try_get_attribute(name).ok()??;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}

/// The texts of a picture, and how large the paper is.
pub(crate) fn texts(svg: &str) -> (Vec<Shown>, (f64, f64)) {
    let mut reader = Reader::from_str(svg);
    let mut all = Vec::new();
    let mut paper = (0.0, 0.0);
    let mut open: Option<(Shown, String)> = None;
    // Where the part begins that says where it comes from.
    let mut part: Option<(usize, String)> = None;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return (all, paper),
            Event::Start(node) if node.name().as_ref() == "svg" => {
                let side = |name| attribute(&node, name).and_then(|v| v.parse().ok());
                paper = (side("width").unwrap_or(0.0), side("height").unwrap_or(0.0));
            }
            Event::Start(node) if node.name().as_ref() == "text" => {
                open = Some((Shown::of(&node), String::new()));
            }
            Event::Start(node) if node.name().as_ref() == "tspan" => {
                let begin = open.as_ref().map_or(0, |(_, says)| says.len());
                part = attribute(&node, "data-from").map(|from| (begin, from));
            }
            Event::End(node) if node.name().as_ref() == "tspan" => {
                if let (Some((shown, says)), Some((begin, from))) = (&mut open, part.take()) {
                    shown.parts.push((says[begin..].to_owned(), from));
                }
            }
            Event::Text(text) => {
                if let Some((_, says)) = &mut open {
                    says.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some((_, says)) = &mut open {
                    says.push_str(match &*reference {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" | "#39" | "#x27" => "'",
                        other => panic!("reference {other}"),
                    });
                }
            }
            Event::End(node) if node.name().as_ref() == "text" => {
                if let Some((shown, says)) = open.take() {
                    all.push(shown.saying(says.trim()));
                }
            }
            _ => {}
        }
    }
}

/// Everything that is not as it must be.
pub(crate) fn faults(svg: &str, json: &Value) -> Vec<String> {
    let (texts, paper) = texts(svg);
    let mut faults = Vec::new();
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
    for (place, text) in texts.iter().enumerate() {
        let says = &text.says;
        if text.size < 11 {
            faults.push(format!("`{says}` has {} units", text.size));
        }
        if text.left < -SLACK || text.top < -SLACK {
            faults.push(format!(
                "`{says}` leaves the paper at {} {}",
                text.left, text.top
            ));
        }
        if text.right > paper.0 + SLACK || text.bottom > paper.1 + SLACK {
            faults.push(format!(
                "`{says}` leaves the paper at {} {}",
                text.right, text.bottom
            ));
        }
        for other in texts.iter().take(place).filter(|o| o.meets(text)) {
            faults.push(format!("`{says}` and `{}` overlap", other.says));
        }
        let whole = text.from.iter().map(|from| (says, from));
        for (says, from) in whole.chain(text.parts.iter().map(|(says, from)| (says, from))) {
            let value = json.pointer(from);
            let forms = [Form::AsIs, Form::Whole, Form::Length, Form::Percent(0)];
            let mut shown = forms.iter().filter_map(|f| f.show(value?));
            if !shown.any(|s| s == *says) {
                faults.push(format!("`{says}` is not what is at {from}: {value:?}"));
            }
        }
    }
    faults
}

/// The values of these attributes of all elements of a name that have all of them.
pub(crate) fn attributes(svg: &str, element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = Reader::from_str(svg);
    let mut all = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return all,
            Event::Start(node) | Event::Empty(node) if node.name().as_ref() == element => {
                let found = names.iter().map(|name| attribute(&node, name));
                all.extend(found.collect::<Option<Vec<String>>>());
            }
            _ => {}
        }
    }
}
