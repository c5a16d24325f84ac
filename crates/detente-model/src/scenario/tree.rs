//! JSON and YAML as one kind of tree. Numbers stay the text that they are written as.

use std::collections::HashMap;

use detente_syntax::{Diagnostic, Span};
use granit_parser::{Event, Parser, ScalarStyle};

use super::codes;
use super::number::Number;
use crate::gmcr::json;

/// How deeply lists and maps may stand inside each other.
const MAX_DEPTH: usize = 64;

/// How many values a file may have, those that aliases repeat included.
const MAX_NODES: usize = 2_000_000;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// A value of JSON or YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Without quotes: a number, `true`, `null`, and in YAML any text.
    Plain(String),
    /// In quotes.
    Quoted(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value of a field, when this is a map that has it and it is not null; the last of several.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let mut fields = self.fields().iter().rev();
        let found = fields.find(|(name, _)| name == key).map(|(_, node)| node);
        found.filter(|node| !node.is_null())
    }

    /// The fields of a map; none for anything else.
    pub(crate) fn fields(&self) -> &[(String, Node)] {
        match &self.value {
            Value::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The fields of a map by their names; the last of several.
    pub(crate) fn index(&self) -> HashMap<&str, &Node> {
        let fields = self.fields().iter();
        fields.map(|(name, node)| (name.as_str(), node)).collect()
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// A text or number as written.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Plain(text) | Value::Quoted(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Plain(text) if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// A number, in quotes or without.
    pub(crate) fn number(&self) -> Option<Number> {
        self.scalar().and_then(Number::parse)
    }

    /// What kind of value it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Plain(_) | Value::Quoted(_) if self.number().is_some() => "a number",
            Value::Plain(_) if self.is_null() => "nothing",
            Value::Plain(_) | Value::Quoted(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Reads JSON; what is no JSON is read as YAML, which also takes Python's `NaN` and `Infinity`.
pub(crate) fn parse(text: &str) -> Result<Node, Diagnostic> {
    if !text.trim_start().starts_with(['{', '[']) {
        return yaml(text);
    }
    match json::parse(text) {
        Ok(node) => Ok(from_json(&node, text)),
        Err(problem) => yaml(text).map_err(|_| Diagnostic {
            code: codes::NOT_READ,
            hint: Some("the file is no JSON; mend it in a text editor".to_owned()),
            ..problem
        }),
    }
}

fn from_json(node: &json::Node, text: &str) -> Node {
    let value = match &node.value {
        json::Value::Text(text) => Value::Quoted(text.clone()),
        json::Value::List(items) => Value::List(items.iter().map(|i| from_json(i, text)).collect()),
        json::Value::Object(fields) => {
            let fields = fields.iter();
            Value::Map(
                fields
                    .map(|(k, v)| (k.clone(), from_json(v, text)))
                    .collect(),
            )
        }
        json::Value::Null | json::Value::Bool(_) | json::Value::Number(_) => {
            let written = text.get(node.span.start..node.span.end).unwrap_or("");
            Value::Plain(written.to_owned())
        }
    };
    Node {
        span: node.span,
        value,
    }
}

/// The fields of a map that is being read, and the key that waits for its value.
type Fields = (Vec<(String, Node)>, Option<String>);

/// A list or map that is being read.
struct Open {
    anchor: usize,
    span: Span,
    items: Vec<Node>,
    /// For a map.
    map: Option<Fields>,
}

fn yaml(text: &str) -> Result<Node, Diagnostic> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, (Node, usize)> = HashMap::new();
    let mut root: Option<Node> = None;
    let mut count = 0usize;
    for event in Parser::new_from_str(text) {
        let (event, at) = event.map_err(|e| {
            let at = e.marker().byte_offset().unwrap_or(0).min(text.len());
            wrong(Span::new(at, at), e.to_string().to_lowercase())
        })?;
        let span = at
            .byte_range()
            .map_or(Span::default(), |r| Span::new(r.start, r.end));
        let (done, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                count += 1;
                let value = match style {
                    ScalarStyle::Plain => Value::Plain(text.into_owned()),
                    _ => Value::Quoted(text.into_owned()),
                };
                (Node { span, value }, anchor)
            }
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _)
                if open.len() >= MAX_DEPTH =>
            {
                let _ = anchor;
                let message = "lists and maps are nested more than 64 levels deep";
                return Err(
                    Diagnostic::error(codes::TOO_LARGE, message).at(span, "one level too many")
                );
            }
            Event::SequenceStart(_, anchor, _) => {
                open.push(Open {
                    anchor,
                    span,
                    items: Vec::new(),
                    map: None,
                });
                continue;
            }
            Event::MappingStart(_, anchor, _) => {
                open.push(Open {
                    anchor,
                    span,
                    items: Vec::new(),
                    map: Some((Vec::new(), None)),
                });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { continue };
                count += 1;
                let value = match closed.map {
                    Some((fields, _)) => Value::Map(fields),
                    None => Value::List(closed.items),
                };
                (
                    Node {
                        span: closed.span,
                        value,
                    },
                    closed.anchor,
                )
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = anchors.get(&anchor) else {
                    return Err(wrong(
                        span,
                        "an alias refers to what it stands in".to_owned(),
                    ));
                };
                count = count.saturating_add(*size);
                if count > MAX_NODES {
                    return Err(too_many(span));
                }
                (node.clone(), 0)
            }
            _ => continue,
        };
        if count > MAX_NODES {
            return Err(too_many(span));
        }
        if anchor != 0 {
            let size = size(&done);
            count = count.saturating_add(size);
            anchors.insert(anchor, (done.clone(), size));
        }
        match open.last_mut() {
            None if root.is_none() => root = Some(done),
            None => return Err(wrong(span, "there is a second document".to_owned())),
            Some(Open {
                map: None, items, ..
            }) => items.push(done),
            Some(Open {
                map: Some((fields, key)),
                ..
            }) => match key.take() {
                Some(key) => fields.push((key, done)),
                None => match done.scalar() {
                    Some(text) => *key = Some(text.to_owned()),
                    None => {
                        return Err(wrong(
                            span,
                            "a list or map cannot be the name of a field".to_owned(),
                        ));
                    }
                },
            },
        }
    }
    root.ok_or_else(|| wrong(Span::default(), "the file is empty".to_owned()))
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum::<usize>(),
        Value::Map(fields) => fields.iter().map(|(_, node)| size(node)).sum(),
        _ => 0,
    }
}

fn too_many(span: Span) -> Diagnostic {
    Diagnostic::error(codes::TOO_LARGE, "the file has more than 2,000,000 values").at(span, "")
}

fn wrong(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(codes::NOT_READ, message)
        .at(span, "")
        .hint("the file is no YAML; mend it in a text editor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_yaml_are_one_tree_with_numbers_as_written() {
        let json = parse("{\"a\": [0.10, \"x\", null], \"b\": 1e2}").expect("JSON");
        let yaml = parse("a: [0.10, 'x', ~]\nb: 1e2\n").expect("YAML");
        for tree in [&json, &yaml] {
            let items = tree.get("a").and_then(Node::items).expect("a list");
            assert_eq!(items[0].scalar(), Some("0.10"));
            assert_eq!(items[1].value, Value::Quoted("x".to_owned()));
            assert!(items[2].is_null());
            assert_eq!(tree.get("b").and_then(Node::scalar), Some("1e2"));
        }
        let python = parse("{\"reserved_value\": -Infinity}").expect("read as YAML");
        assert_eq!(
            python.get("reserved_value").and_then(Node::number),
            Some(Number::MinusInfinity)
        );
    }

    #[test]
    fn aliases_are_copied_and_bombs_refused() {
        let tree = parse("a: &x [1, 2]\nb: *x\n").expect("read");
        assert_eq!(
            tree.get("b").and_then(Node::items).map(<[Node]>::len),
            Some(2)
        );
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            bomb.push_str(&format!(
                "a{level}: &a{level} [{}]\n",
                vec![before; 10].join(", ")
            ));
        }
        assert_eq!(parse(&bomb).expect_err("refused").code, codes::TOO_LARGE);
        for text in [
            "",
            "a: [",
            "? [a]\n: b\n",
            "--- a\n--- b\n",
            &"[".repeat(5000),
        ] {
            assert!(parse(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
    }
}
