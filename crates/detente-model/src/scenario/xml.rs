//! XML as a tree with the place of every element.

use detente_syntax::{Diagnostic, Span};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::codes;

/// How deeply elements may stand inside each other.
const MAX_DEPTH: usize = 64;

/// How many elements a file may have.
const MAX_ELEMENTS: usize = 2_000_000;

/// An element; text between elements is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    /// Where its first tag stands.
    pub(crate) span: Span,
}

impl Element {
    /// An attribute's value, without blanks around it; the first of several.
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(name, _)| name == attribute)
            .map(|(_, v)| v.trim())
    }

    /// The children with this name.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first child with this name.
    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }
}

/// Whether the text begins as XML does.
pub(crate) fn looks_like(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Reads a text as one XML element. Blank lines before it do not matter.
pub(crate) fn parse(text: &str) -> Result<Element, Diagnostic> {
    let skipped = text.len() - text.trim_start().len();
    let mut reader = Reader::from_str(text.trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let mut elements = 0usize;
    loop {
        let start = skipped + place(reader.buffer_position());
        let event = reader.read_event();
        let span = Span::new(start, skipped + place(reader.buffer_position()));
        let (element, closes) = match event {
            Ok(Event::Start(tag)) => (Some(element(&tag, span)?), false),
            Ok(Event::Empty(tag)) => (Some(element(&tag, span)?), true),
            Ok(Event::End(_)) => (None, true),
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(error) => {
                let at = (skipped + place(reader.error_position())).min(text.len());
                return Err(wrong(Span::new(at, at), error.to_string().to_lowercase()));
            }
        };
        if let Some(element) = element {
            elements += 1;
            if elements > MAX_ELEMENTS || open.len() >= MAX_DEPTH {
                let what = if open.len() >= MAX_DEPTH {
                    "elements are nested more than 64 levels deep"
                } else {
                    "the file has more than 2,000,000 elements"
                };
                let d = Diagnostic::error(codes::TOO_LARGE, what).at(span, "");
                return Err(d.hint("is this a bargaining scenario?"));
            }
            open.push(element);
        }
        if closes && let Some(done) = open.pop() {
            if let Some(parent) = open.last_mut() {
                parent.children.push(done);
            } else if root.is_none() {
                root = Some(done);
            } else {
                let message = "a second element stands after the first".to_owned();
                return Err(wrong(done.span, message));
            }
        }
    }
    if let Some(unclosed) = open.pop() {
        let message = format!("`{}` is not closed", super::shorten(&unclosed.name));
        return Err(wrong(unclosed.span, message));
    }
    root.ok_or_else(|| wrong(Span::default(), "there is no element".to_owned()))
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn wrong(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(codes::NOT_READ, message)
        .at(span, "")
        .hint("the file is no well-formed XML; mend it in a text editor")
}

fn element(tag: &BytesStart<'_>, span: Span) -> Result<Element, Diagnostic> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|e| wrong(span, e.to_string().to_lowercase()))?;
        // An ampersand that begins no entity is kept as it stands.
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.unwrap_or_else(|_| attribute.value.clone());
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(Element {
        name: tag.name().0.to_owned(),
        attributes,
        children: Vec::new(),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_almost_xml_is_read() {
        let text = "\n\n<?xml version=\"1.0\"?>\n<a x=\"R&D\" y='1 &amp; 2'><b/><!-- c --><b z=\"\"></b></a>";
        let root = parse(text).expect("read");
        assert_eq!(root.get("x"), Some("R&D"));
        assert_eq!(root.get("y"), Some("1 & 2"));
        assert_eq!(root.all("b").count(), 2);
        assert_eq!(
            &text[root.span.start..root.span.end],
            "<a x=\"R&D\" y='1 &amp; 2'>"
        );
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        let deep = "<a>".repeat(10_000);
        for text in [
            "", "<", "<a>", "<a></b>", "<a/><b/>", "<a x=>", "0.5, 0.7", &deep,
        ] {
            assert!(parse(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
    }
}
