//! Lines, and sentences with the marks of what they stand on.

use maud::{Markup, html};
use serde_json::Value;

use super::Writer;
use super::letters::{Plain, breakable, clean};
use crate::document::{Form, Ground, Inline, Number, Sentence};

/// Whether a line stands within a link, where no other link can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Link,
}

impl Writer<'_> {
    /// A line.
    pub(super) fn line(&self, line: &[Inline]) -> Markup {
        self.parts(line, Within::Text)
    }

    /// A line within a link.
    pub(super) fn linked(&self, line: &[Inline]) -> Markup {
        self.parts(line, Within::Link)
    }

    fn parts(&self, line: &[Inline], within: Within) -> Markup {
        html! { @for part in line { (self.part(part, within)) } }
    }

    fn part(&self, part: &Inline, within: Within) -> Markup {
        match part {
            Inline::Words(words) => html! { (Plain(words)) },
            Inline::Name(name) => html! { bdi { (breakable(name)) } },
            Inline::Number(number) => self.number(number),
            Inline::Told { text, from } => html! {
                span dir="auto" data-from=(clean(from.as_str())) { (breakable(text)) }
            },
            Inline::Quote(words) => html! { q dir="auto" { (breakable(words)) } },
            Inline::Code(code) => html! { code dir="ltr" { (breakable(code)) } },
            Inline::Strong(parts) => html! { strong { (self.parts(parts, within)) } },
            Inline::Link { to, parts } => {
                let shown = self.parts(parts, Within::Link);
                html! {
                    @if within == Within::Text && self.index.place(to).is_some() {
                        a href={ "#" (clean(to)) } { (shown) }
                    } @else { (shown) }
                }
            }
            Inline::Away { url, parts } => {
                let shown = self.parts(parts, Within::Link);
                // An address that is shown already is not printed once more.
                let bare = (crate::document::plain(parts) == *url).then_some("bare");
                html! {
                    @if within == Within::Text && is_web(url) {
                        a class=[bare] href=(address(url)) rel="noopener noreferrer" { (shown) }
                    } @else { (shown) }
                }
            }
        }
    }

    fn number(&self, number: &Number) -> Markup {
        let from = number.from.as_str();
        let value = self.json.pointer(from).and_then(scalar);
        let value = value.unwrap_or_else(|| number.shown.clone());
        let short = (number.shown.chars().count() <= 16).then_some("short");
        html! {
            data class=[short] value=(clean(&value)) data-from=(clean(from)) data-form=(form(number.form)) {
                (breakable(&number.shown))
            }
        }
    }

    /// Sentences one after the other.
    pub(super) fn sentences(&self, sentences: &[Sentence]) -> Markup {
        html! {
            @for (place, sentence) in sentences.iter().enumerate() {
                @if place > 0 { " " }
                (self.sentence(sentence))
            }
        }
    }

    fn sentence(&self, sentence: &Sentence) -> Markup {
        let place = self.said.get();
        self.said.set(place + 1);
        html! {
            span.said #(sentence_id(place)) data-rule=(clean(sentence.rule)) { (self.line(&sentence.parts)) }
            @if !sentence.grounds.is_empty() {
                small.marks { @for ground in &sentence.grounds { " " (self.mark(ground)) } }
            }
        }
    }

    fn mark(&self, ground: &Ground) -> Markup {
        match ground {
            Ground::Moves(to) => self.inner_mark("moves", "moves", to),
            Ground::See(to) => self.inner_mark("see", "see", to),
            Ground::Source {
                anchor,
                name,
                passage,
            } => {
                let cite = html! {
                    cite {
                        bdi { (breakable(name)) }
                        @if let Some(passage) = passage { " " bdi { (breakable(passage)) } }
                    }
                };
                html! {
                    span.mark.source {
                        "["
                        @if self.index.place(anchor).is_some() {
                            a href={ "#" (clean(anchor)) } { (cite) }
                        } @else { (cite) }
                        "]"
                    }
                }
            }
            Ground::Stated(from) => html! {
                span.mark data-from=(clean(from.as_str())) title={ "the negotiation says so at " (clean(from.as_str())) } {
                    "stated"
                }
            },
        }
    }

    /// A mark that leads to a part of the page and, read aloud, says which.
    fn inner_mark(&self, word: &'static str, class: &'static str, to: &str) -> Markup {
        match self.index.place(to) {
            Some(place) => html! {
                a.mark class=(class) href={ "#" (clean(to)) } data-to=(clean(&place.short))
                    aria-label={ (word) " " (clean(&place.long)) } { (word) }
            },
            None => html! { span.mark { (word) } },
        }
    }
}

/// The name by which links lead back to a sentence; no part of a document has a point in its name.
pub(super) fn sentence_id(place: usize) -> String {
    format!("said.{place}")
}

/// Whether an address is one of the web; nothing else becomes a link.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// An address with what must not stand in one as it is written in one.
fn address(url: &str) -> String {
    let mut address = String::new();
    for letter in url.chars() {
        let is_plain = letter.is_ascii_graphic() && !r#""<>\^`{|}"#.contains(letter);
        if is_plain || !letter.is_ascii() && !letter.is_control() && !letter.is_whitespace() {
            address.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    clean(&address).into_owned()
}

/// A value as other programs read it.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => Some(list.len().to_string()),
        Value::Object(map) => Some(map.len().to_string()),
        Value::Bool(_) | Value::Null => None,
    }
}

fn form(form: Form) -> String {
    match form {
        Form::Whole => "whole".to_owned(),
        Form::Length => "length".to_owned(),
        Form::Decimals(digits) => format!("decimals-{digits}"),
        Form::Percent(digits) => format!("percent-{digits}"),
        Form::Signed => "signed".to_owned(),
        Form::Points(digits) => format!("points-{digits}"),
        Form::AsIs => "as-is".to_owned(),
    }
}
