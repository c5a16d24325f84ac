//! HTML as a tree, read by a tokenizer that follows the standard and by nesting that forgives nothing.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{Token, Tokenizer};

#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
}

/// Elements that have no end.
const VOID: [&str; 4] = ["link", "meta", "wbr", "br"];

/// A page as a tree. Fails on whatever the standard calls an error, on elements that are closed in another order than
/// they were opened, and on names that are given twice.
pub(crate) fn parse(html: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut ids = BTreeSet::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let mut element = Element {
                    name: text(&tag.name),
                    ..Element::default()
                };
                for (name, value) in &tag.attributes {
                    element.attributes.insert(text(name), text(value));
                }
                if let Some(id) = element.attributes.get("id") {
                    assert!(ids.insert(id.clone()), "two elements are called {id}");
                    assert!(!id.contains(char::is_whitespace), "{id:?}");
                }
                let is_void = VOID.contains(&element.name.as_str());
                if is_void || tag.self_closing {
                    add(&mut open, Node::Element(element));
                } else {
                    open.push(element);
                }
            }
            Token::EndTag(tag) => {
                let closed = open.pop().unwrap();
                assert_eq!(closed.name, text(&tag.name), "closed out of order");
                add(&mut open, Node::Element(closed));
            }
            Token::String(letters) => add(&mut open, Node::Text(text(&letters))),
            Token::Doctype(_) => assert!(open[0].children.is_empty()),
            Token::Comment(comment) => panic!("a comment: {}", text(&comment)),
            Token::Error(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(open.len(), 1, "not all is closed");
    open.pop().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn add(open: &mut [Element], node: Node) {
    let parent = open.last_mut().expect("an element for everything");
    match (parent.children.last_mut(), node) {
        (Some(Node::Text(before)), Node::Text(more)) => before.push_str(&more),
        (_, node) => parent.children.push(node),
    }
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn is(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_whitespace().any(|c| c == class)
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All elements below this one, in order.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            found.push(element);
            found.extend(element.all());
        }
        found
    }

    /// The elements of this name below this one.
    pub(crate) fn named(&self, name: &str) -> Vec<&Element> {
        let all = self.all().into_iter();
        all.filter(|element| element.name == name).collect()
    }

    /// What is read in it; quotations have quotation marks.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.children {
            match node {
                Node::Text(letters) => text.push_str(letters),
                Node::Element(inner) if inner.name == "q" => {
                    text.push_str(&format!("\"{}\"", inner.text()));
                }
                Node::Element(inner) => text.push_str(&inner.text()),
            }
        }
        text
    }
}
