//! Lines, and sentences with the marks of what they stand on.

use maud::{Markup, html};

use super::Writer;
use super::letters::{Plain, breakable, clean, is_unseen, nth_letter};
use crate::document::{Form, Ground, Inline, Number, Sentence, plain};

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
            Inline::Told { text, from } => {
                let short = (text.chars().count() <= 12).then_some("short");
                html! {
                    span class=[short] dir="auto" data-from=(clean(from.as_str())) { (breakable(text)) }
                }
            }
            Inline::Quote(words) => html! { q dir="auto" { (breakable(words)) } },
            Inline::Code(code) => html! { code dir="ltr" { (breakable(code)) } },
            Inline::Strong(parts) => html! { strong { (self.parts(parts, within)) } },
            Inline::Link { to, parts } => {
                let shown = self.parts(parts, Within::Link);
                let can_link = within == Within::Text && !is_unseen(parts);
                html! {
                    @if can_link && self.index.place(to).is_some() {
                        a href={ "#" (clean(to)) } { (shown) }
                    } @else { (shown) }
                }
            }
            Inline::Away { url, parts } => {
                let shown = self.parts(parts, Within::Link);
                // An address that is shown already is not printed once more.
                let says = plain(parts);
                let bare = (says == *url).then_some("bare");
                html! {
                    @if within == Within::Text && is_web(url) && !is_unseen(parts) {
                        a class=[bare] href=(address(url)) rel="noopener noreferrer" { (shown) }
                    } @else { (shown) }
                }
            }
        }
    }

    fn number(&self, number: &Number) -> Markup {
        let from = number.from.as_str();
        let value = self.findings.at(from).and_then(|held| held.exact());
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
                small.marks {
                    @for (before, ground) in self.counted(&sentence.grounds) { " " (self.mark(ground, before)) }
                }
            }
        }
    }

    /// Grounds, each with how many before it would have the same mark: moves, and rows of one table.
    fn counted<'a>(&self, grounds: &'a [Ground]) -> Vec<(usize, &'a Ground)> {
        let called = |ground: &Ground| match ground {
            Ground::Moves(_) => Some("moves"),
            Ground::See(to) => self.index.place(to).map(|place| place.short.as_str()),
            Ground::Source { .. } | Ground::Stated(_) => None,
        };
        let same = |place: usize, ground: &Ground| {
            let before = grounds[..place].iter().map(called);
            called(ground).map_or(0, |own| before.filter(|b| *b == Some(own)).count())
        };
        let all = grounds.iter().enumerate();
        all.map(|(place, ground)| (same(place, ground), ground))
            .collect()
    }

    /// A mark; of several that are the same the first says what it is, and those after it are letters.
    fn mark(&self, ground: &Ground, before: usize) -> Markup {
        match ground {
            Ground::Moves(to) if before > 0 => self.lettered("moves", before, to),
            Ground::See(to) if before > 0 => self.lettered("see", before, to),
            Ground::Moves(to) => self.inner_mark("moves", to),
            Ground::See(to) => self.inner_mark("see", to),
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
                let length = name.chars().count() + passage.as_deref().map_or(0, str::len);
                let is_short = length <= 24;
                html! {
                    span.mark.source.short[is_short] {
                        "["
                        @if self.index.place(anchor).is_some() {
                            a href={ "#" (clean(anchor)) } { (cite) }
                        } @else { (cite) }
                        "]"
                    }
                }
            }
            Ground::Stated(from) => html! {
                span.mark.stated data-from=(clean(from.as_str())) title={ "the negotiation says so at " (clean(from.as_str())) } {
                    "stated"
                }
            },
        }
    }

    /// A mark after one that says what it is: `b` for the second.
    fn lettered(&self, word: &'static str, place: usize, to: &str) -> Markup {
        let letter = nth_letter(place);
        html! {
            @if let Some(place) = self.index.place(to) {
                a class={ "mark " (word) " more" } href={ "#" (clean(to)) } data-to=(clean(&place.short))
                    aria-label={ (letter) ", " (word) " " (clean(&place.long)) } { span { (letter) } }
            } @else {
                span.mark { (letter) }
            }
        }
    }

    /// A mark that leads to a part of the page and, read aloud, says which.
    fn inner_mark(&self, word: &'static str, to: &str) -> Markup {
        html! {
            @if let Some(place) = self.index.place(to) {
                a class={ "mark " (word) } href={ "#" (clean(to)) } data-to=(clean(&place.short))
                    aria-label={ (word) " " (clean(&place.long)) } { (word) }
            } @else {
                span.mark { (word) }
            }
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
