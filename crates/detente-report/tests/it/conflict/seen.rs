//! What is in a picture, read from its SVG by someone who knows nothing of how it was drawn.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use serde_json::Value;

/// A text and the area that it covers.
struct Text {
    says: String,
    from: Option<String>,
    /// Its parts that say where they come from.
    parts: Vec<(String, String)>,
    size: f64,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// A round mark.
struct Circle {
    x: f64,
    y: f64,
    r: f64,
}

pub(super) struct Seen {
    width: f64,
    height: f64,
    texts: Vec<Text>,
    circles: Vec<Circle>,
    ids: Vec<String>,
    lines: Vec<(String, String, String)>,
    /// The numbers of states whose mark has a ring.
    ringed: BTreeSet<u32>,
    named: bool,
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node
        .attribute(name)
        .unwrap_or_else(|| panic!("{name} of {node:?}"));
    value
        .parse()
        .unwrap_or_else(|_| panic!("{name} of {node:?}"))
}

/// How far the groups around a node move it.
fn moved(node: Node<'_, '_>) -> (f64, f64) {
    let mut by = (0.0, 0.0);
    for one in node.ancestors() {
        if let Some(transform) = one.attribute("transform") {
            let inner = transform
                .strip_prefix("translate(")
                .and_then(|t| t.strip_suffix(')'));
            let (x, y) = inner
                .and_then(|i| i.split_once(' '))
                .expect("a translation");
            by.0 += x.parse::<f64>().expect("a number");
            by.1 += y.parse::<f64>().expect("a number");
        }
    }
    by
}

fn said(node: Node<'_, '_>) -> String {
    let all = node
        .descendants()
        .filter(Node::is_text)
        .filter_map(|n| n.text());
    all.collect::<String>().trim().to_owned()
}

impl Seen {
    pub(super) fn new(svg: &str) -> Self {
        let document = Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"));
        let root = document.root_element();
        let mut out = Self {
            width: number(root, "width"),
            height: number(root, "height"),
            texts: Vec::new(),
            circles: Vec::new(),
            ids: Vec::new(),
            lines: Vec::new(),
            ringed: BTreeSet::new(),
            named: false,
        };
        let first: Vec<&str> = root
            .children()
            .filter(Node::is_element)
            .map(|n| n.tag_name().name())
            .take(2)
            .collect();
        out.named = first == ["title", "desc"];
        for node in root.descendants().filter(Node::is_element) {
            out.ids.extend(node.attribute("id").map(str::to_owned));
            match node.tag_name().name() {
                "text" => out.texts.push(text(node)),
                "circle" => {
                    let by = moved(node);
                    out.circles.push(Circle {
                        x: number(node, "cx") + by.0,
                        y: number(node, "cy") + by.1,
                        r: number(node, "r"),
                    });
                }
                _ => {}
            }
            if node.attribute("class") == Some("held") {
                let state = node
                    .ancestors()
                    .find_map(|around| around.attribute("data-state"));
                let id: Option<u32> = state.and_then(|s| s.parse().ok());
                out.ringed.extend(id);
            }
            if let Some(kind) = node.attribute("data-line") {
                let by = node.attribute("data-by").unwrap_or_default();
                let between = node.attribute("data-between").unwrap_or_default();
                out.lines
                    .push((kind.to_owned(), by.to_owned(), between.to_owned()));
            }
        }
        out
    }

    /// The improvements that are drawn.
    pub(super) fn improvements(&self) -> BTreeSet<(String, u32, u32)> {
        let lines = self.lines.iter().filter(|(kind, ..)| kind == "improvement");
        let found: Vec<(String, u32, u32)> = lines
            .map(|(_, by, between)| {
                let (from, to) = between.split_once(' ').expect("two states");
                (
                    by.clone(),
                    from.parse().expect("a state"),
                    to.parse().expect("a state"),
                )
            })
            .collect();
        let set: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!(set.len(), found.len(), "an improvement is drawn twice");
        set
    }

    /// The states that have a ring.
    pub(super) fn marked(&self) -> BTreeSet<u32> {
        self.ringed.clone()
    }

    /// The states whose numbers are there.
    pub(super) fn numbered(&self) -> BTreeSet<u32> {
        let values = self.texts.iter().flat_map(Text::values);
        let numbers =
            values.filter(|(_, f)| f.starts_with("/analysis/states/") && f.ends_with("/id"));
        numbers.filter_map(|(says, _)| says.parse().ok()).collect()
    }

    /// What must not be.
    pub(super) fn faults(&self, json: &Value) -> Vec<String> {
        let mut out = Vec::new();
        if !self.named {
            out.push("there are no title and description".to_owned());
        }
        if self.width > 960.0 {
            out.push(format!("it is {} wide", self.width));
        }
        if !self.ids.is_empty() {
            out.push(format!("ids: {:?}", self.ids));
        }
        let mut texts: Vec<&Text> = self.texts.iter().collect();
        texts.sort_by(|a, b| a.top.total_cmp(&b.top));
        for (place, one) in texts.iter().enumerate() {
            if one.size < 11.0 {
                out.push(format!("`{}` is small", one.says));
            }
            let inside = one.left >= -0.2
                && one.top >= -0.2
                && one.right <= self.width + 0.2
                && one.bottom <= self.height + 0.2;
            if !inside {
                out.push(format!(
                    "`{}` leaves the paper: {} to {}",
                    one.says, one.left, one.right
                ));
            }
            for other in texts[place + 1..].iter().take_while(|o| o.top < one.bottom) {
                if one.meets(other) {
                    out.push(format!(
                        "`{}` covers `{}` at {} {}",
                        one.says, other.says, one.left, one.top
                    ));
                }
            }
            for circle in &self.circles {
                if one.is_cut_by(circle) {
                    out.push(format!(
                        "`{}` is cut by a mark at {} {}",
                        one.says, circle.x, circle.y
                    ));
                }
            }
            for (says, from) in one.values() {
                let value = json.pointer(from);
                let shown = value.map(|v| match v {
                    Value::String(text) => text.trim().to_owned(),
                    Value::Array(list) => list.len().to_string(),
                    other => other.to_string(),
                });
                if shown.as_ref() != Some(says) {
                    out.push(format!("`{says}` is not what is at {from}: {shown:?}"));
                }
            }
        }
        out.truncate(8);
        out
    }
}

fn text(node: Node<'_, '_>) -> Text {
    let by = moved(node);
    let (x, y) = (number(node, "x") + by.0, number(node, "y") + by.1);
    let (size, width) = (number(node, "font-size"), number(node, "textLength"));
    let left = match node.attribute("text-anchor") {
        Some("start") => x,
        Some("middle") => x - width / 2.0,
        _ => x - width,
    };
    Text {
        says: said(node),
        from: node.attribute("data-from").map(str::to_owned),
        parts: node
            .children()
            .filter_map(|part| Some((said(part), part.attribute("data-from")?.to_owned())))
            .collect(),
        size,
        left,
        top: y - size * 0.74,
        right: left + width,
        bottom: y + size * 0.2,
    }
}

impl Text {
    /// What it shows of the findings, whole or in parts, with the place of each.
    fn values(&self) -> impl Iterator<Item = (&String, &String)> {
        let whole = self.from.iter().map(|from| (&self.says, from));
        whole.chain(self.parts.iter().map(|(says, from)| (says, from)))
    }

    fn meets(&self, other: &Self) -> bool {
        let apart = 0.4;
        self.left + apart < other.right
            && other.left + apart < self.right
            && self.top + apart < other.bottom
            && other.top + apart < self.bottom
    }

    /// Whether a mark that does not hold the text reaches into it.
    fn is_cut_by(&self, circle: &Circle) -> bool {
        let middle = (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        );
        let holds = (middle.0 - circle.x).hypot(middle.1 - circle.y) < circle.r;
        let near = (
            circle.x.clamp(self.left, self.right),
            circle.y.clamp(self.top, self.bottom),
        );
        !holds && (near.0 - circle.x).hypot(near.1 - circle.y) + 0.4 < circle.r
    }
}
