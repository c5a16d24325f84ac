//! Pictures within a page: their names are made their own, and nothing is kept that could run or load.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::letters::clean;
use crate::picture::Picture;

/// A picture within a page.
pub(super) struct Drawn {
    pub(super) markup: Markup,
    /// Whether it is too wide for a narrow screen.
    pub(super) is_wide: bool,
}

/// The elements of a picture that are kept.
const KEPT: [&str; 26] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// The narrowest screen, without its margins.
const NARROW: f64 = 288.0;

/// A picture is made smaller on narrow screens down to this share, at which its texts are still legible; beyond that it
/// is moved sideways.
const SMALLEST: f64 = 0.75;

/// A picture whose names begin with that of its figure; its words instead, if it is no picture.
pub(super) fn inline(picture: &Picture, figure: &str) -> Drawn {
    let svg = clean(&picture.svg);
    let copied = names(&svg).and_then(|names| {
        let mut copy = Copy {
            figure,
            names: &names,
            depth: 0,
            width: 0.0,
            out: String::new(),
        };
        copy.all(&svg)?;
        Some((copy.out, copy.width))
    });
    match copied {
        Some((out, width)) => Drawn {
            markup: PreEscaped(out),
            is_wide: width * SMALLEST > NARROW,
        },
        None => Drawn {
            markup: html! { p { (clean(&picture.says)) } },
            is_wide: false,
        },
    }
}

type Attributes = BTreeMap<String, String>;

/// The attributes of an element with their values.
fn attributes(start: &BytesStart<'_>) -> Option<Attributes> {
    let mut found = Attributes::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        found.insert(name, value.into_owned());
    }
    Some(found)
}

fn name_of(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// All names in a picture, and `title` and `desc` if they stand at its head; `None` if it cannot be read.
fn names(svg: &str) -> Option<BTreeSet<String>> {
    let mut reader = Reader::from_str(svg);
    let mut names = BTreeSet::new();
    let (mut depth, mut is_picture) = (0, false);
    loop {
        let event = reader.read_event().ok()?;
        if let Event::Start(start) | Event::Empty(start) = &event {
            if let Some(id) = attributes(start)?.remove("id") {
                names.insert(id);
            }
            let name = name_of(start);
            if depth == 0 && name != "svg" {
                return None;
            }
            is_picture = true;
            if depth == 1 && matches!(name.as_str(), "title" | "desc") {
                names.insert(name);
            }
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    (depth == 0 && is_picture).then_some(names)
}

struct Copy<'a> {
    figure: &'a str,
    names: &'a BTreeSet<String>,
    depth: usize,
    width: f64,
    out: String,
}

impl Copy<'_> {
    /// Copies a picture; `None` if it cannot be read.
    fn all(&mut self, svg: &str) -> Option<()> {
        let mut reader = Reader::from_str(svg);
        // How deep within an element that is left out.
        let mut left_out = 0_usize;
        let mut in_style = false;
        let mut headed = BTreeSet::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(_) if left_out > 0 => left_out += 1,
                Event::End(_) if left_out > 0 => left_out -= 1,
                Event::Start(start) if !is_kept(&name_of(&start)) => left_out = 1,
                Event::Start(start) => {
                    in_style = start.name().as_ref() == "style";
                    self.open(&start, &mut headed)?;
                    self.out.push('>');
                    self.depth += 1;
                }
                Event::Empty(start) if left_out == 0 && is_kept(&name_of(&start)) => {
                    self.open(&start, &mut headed)?;
                    self.out.push_str("/>");
                }
                Event::End(end) => {
                    in_style = false;
                    self.depth = self.depth.saturating_sub(1);
                    let name = end.name().as_ref().to_owned();
                    self.out.push_str(&format!("</{name}>"));
                }
                Event::Text(text) if left_out == 0 && self.depth > 0 => {
                    let text = unescape(&text).ok()?.into_owned();
                    self.text(&text, in_style);
                }
                Event::CData(text) if left_out == 0 && self.depth > 0 => {
                    self.text(&text, in_style);
                }
                Event::GeneralRef(name) if left_out == 0 && self.depth > 0 => {
                    let text = unescape(&format!("&{};", &*name)).ok()?.into_owned();
                    self.text(&text, in_style);
                }
                Event::Eof => return Some(()),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str, in_style: bool) {
        if in_style {
            let rules = self.own_places(text);
            self.out.push_str(&escape(rules.as_str()));
        } else {
            self.out.push_str(&escape(&*clean(text)));
        }
    }

    /// Writes the beginning of an element, without its closing bracket.
    fn open(&mut self, start: &BytesStart<'_>, headed: &mut BTreeSet<String>) -> Option<()> {
        let name = name_of(start);
        let mut attributes = attributes(start)?;
        attributes.retain(|name, value| {
            let is_link = matches!(name.as_str(), "href" | "xlink:href");
            !name.starts_with("on")
                && !name.starts_with("xmlns:")
                && (!is_link || value.starts_with('#'))
        });
        if self.depth == 0 {
            self.root(&mut attributes);
        }
        let is_head = self.depth == 1 && matches!(name.as_str(), "title" | "desc");
        if is_head && headed.insert(name.clone()) {
            attributes.insert("id".to_owned(), name.clone());
        }
        self.out.push('<');
        self.out.push_str(&name);
        for (name, value) in &attributes {
            let value = match name.as_str() {
                "id" => self.own(value),
                "href" | "xlink:href" => match value.strip_prefix('#') {
                    Some(to) if self.names.contains(to) => format!("#{}", self.own(to)),
                    _ => value.clone(),
                },
                "aria-labelledby" | "aria-describedby" => {
                    let own: Vec<String> = value.split_whitespace().map(|n| self.own(n)).collect();
                    own.join(" ")
                }
                _ => self.own_places(value),
            };
            let name = if name == "xlink:href" { "href" } else { name };
            self.out
                .push_str(&format!(" {name}=\"{}\"", escape(&*clean(&value))));
        }
        Some(())
    }

    /// The attributes of the whole picture: what names and describes it, and between which widths it is shown.
    fn root(&mut self, attributes: &mut Attributes) {
        let heads = ["title", "desc"].into_iter();
        let heads: Vec<&str> = heads.filter(|h| self.names.contains(*h)).collect();
        if !heads.is_empty() {
            attributes.insert("aria-labelledby".to_owned(), heads.join(" "));
        }
        attributes.insert("role".to_owned(), "img".to_owned());
        let width = attributes.get("width").and_then(|w| w.parse::<f64>().ok());
        if let Some(width) = width.filter(|w| w.is_finite() && *w > 0.0) {
            self.width = width;
            let least = (width * SMALLEST).floor();
            let style = format!("max-width:{}px;min-width:{least}px", width.ceil());
            attributes.insert("style".to_owned(), style);
        }
    }

    /// A name of the picture as it is called on the page.
    fn own(&self, name: &str) -> String {
        format!("{}.{name}", self.figure)
    }

    /// A value in which `url(#name)` leads to the name as it is called on the page.
    fn own_places(&self, value: &str) -> String {
        value.replace("url(#", &format!("url(#{}.", self.figure))
    }
}

fn is_kept(name: &str) -> bool {
    KEPT.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Drawn, inline};
    use crate::picture::Picture;

    fn drawn(svg: &str) -> Drawn {
        let picture = Picture {
            kind: "test",
            title: "Test".to_owned(),
            says: "What it <shows>.".to_owned(),
            svg: svg.to_owned(),
        };
        inline(&picture, "picture-test")
    }

    #[test]
    fn names_are_its_own() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="900" height="4"><title>A &amp; B</title>
            <marker id="tip"/><path marker-end="url(#tip)"/><use href="#tip"/><a href="#state-3"/></svg>"##;
        let page = drawn(svg).markup.into_string();
        for part in [
            r#"<title id="picture-test.title">A &amp; B</title>"#,
            r#"id="picture-test.tip""#,
            r#"marker-end="url(#picture-test.tip)""#,
            r##"href="#picture-test.tip""##,
            r##"href="#state-3""##,
            r#"aria-labelledby="picture-test.title""#,
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(drawn(svg).is_wide);
    }

    #[test]
    fn nothing_runs_or_loads() {
        let page = drawn(
            "<?xml version='1.0'?><!-- no --><svg onload='x()'><script>y()</script><foreignObject><p>z</p>\
             </foreignObject><image href='http://example.org'/><a href='javascript:w()'>in</a>\
             <style>.a &gt; .b{}</style><text>&lt;b&gt;]]&gt;</text></svg>",
        );
        let page = page.markup.into_string();
        for part in ["x()", "y()", "<p>", "image", "javascript", "no -->"] {
            assert!(!page.contains(part), "{part} in {page}");
        }
        assert!(
            page.contains("<a>in</a>") && page.contains("&lt;b&gt;]]&gt;"),
            "{page}"
        );
    }

    #[test]
    fn what_is_no_picture_is_told() {
        for svg in ["", "<p>no</p>", "<svg><g></svg>", "<svg>"] {
            let page = drawn(svg).markup.into_string();
            assert_eq!(page, "<p>What it &lt;shows&gt;.</p>", "{svg}");
        }
    }
}
