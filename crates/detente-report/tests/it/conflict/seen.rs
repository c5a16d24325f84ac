//! What is in a picture of the conflict beside what every picture has.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use serde_json::Value;

use super::check::{self, Shown, attributes, moved, number};

/// A round mark.
struct Circle {
    x: f64,
    y: f64,
    r: f64,
}

pub(super) struct Seen<'a> {
    svg: &'a str,
    texts: Vec<Shown>,
    circles: Vec<Circle>,
    /// The numbers of states whose mark has a ring.
    ringed: BTreeSet<u32>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(svg: &'a str) -> Self {
        let document = Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"));
        let mut out = Self {
            svg,
            texts: check::texts(svg).0,
            circles: Vec::new(),
            ringed: BTreeSet::new(),
        };
        for node in document.descendants().filter(Node::is_element) {
            if node.tag_name().name() == "circle" {
                let by = moved(node);
                out.circles.push(Circle {
                    x: number(node, "cx") + by.0,
                    y: number(node, "cy") + by.1,
                    r: number(node, "r"),
                });
            }
            if node.attribute("class") == Some("held") {
                let state = node
                    .ancestors()
                    .find_map(|around| around.attribute("data-state"));
                let id: Option<u32> = state.and_then(|s| s.parse().ok());
                out.ringed.extend(id);
            }
        }
        out
    }

    /// The improvements that are drawn.
    pub(super) fn improvements(&self) -> BTreeSet<(String, u32, u32)> {
        let names = ["data-line", "data-by", "data-between"];
        let lines = attributes(self.svg, "g", &names).into_iter();
        let found: Vec<(String, u32, u32)> = lines
            .filter(|line| line[0] == "improvement")
            .map(|line| {
                let (from, to) = line[2].split_once(' ').expect("two states");
                (
                    line[1].clone(),
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
        let values = self.texts.iter().flat_map(Shown::values);
        let numbers =
            values.filter(|(_, f)| f.starts_with("/analysis/states/") && f.ends_with("/id"));
        numbers.filter_map(|(says, _)| says.parse().ok()).collect()
    }

    /// What must not be: the faults of every picture, and texts into which a mark reaches.
    pub(super) fn faults(&self, json: &Value) -> Vec<String> {
        let mut out = check::faults(self.svg, json);
        for text in &self.texts {
            for circle in self.circles.iter().filter(|c| c.cuts(text)) {
                let (says, x, y) = (&text.says, circle.x, circle.y);
                out.push(format!("`{says}` is cut by a mark at {x} {y}"));
            }
        }
        out.truncate(8);
        out
    }
}

impl Circle {
    /// Whether it reaches into a text that it does not hold.
    fn cuts(&self, text: &Shown) -> bool {
        let far = |x: f64, y: f64| (x - self.x).hypot(y - self.y);
        let middle = (
            f64::midpoint(text.left, text.right),
            f64::midpoint(text.top, text.bottom),
        );
        let near = (
            self.x.clamp(text.left, text.right),
            self.y.clamp(text.top, text.bottom),
        );
        far(middle.0, middle.1) >= self.r && far(near.0, near.1) + 0.4 < self.r
    }
}
