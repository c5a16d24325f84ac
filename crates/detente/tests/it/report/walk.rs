//! A page against the findings that it shows, number by number, by rules of its own: nothing here asks the program how
//! a value is shown.

use std::collections::BTreeSet;

use serde_json::Value;

use super::named;
use crate::markup::{Element, Node};

/// What is not as the findings have it, and how much was looked at.
#[derive(Debug, Default)]
pub(super) struct Walk<'a> {
    pub(super) faults: Vec<String>,
    /// Numbers of sentences and tables.
    pub(super) numbers: usize,
    /// Texts of pictures that say from where they are.
    pub(super) drawn: usize,
    /// Names, code and quotations with digits.
    pub(super) names: usize,
    texts: BTreeSet<&'a str>,
    /// All texts, one after the other.
    joined: String,
    /// All runs of digits in the findings, and all lengths.
    runs: BTreeSet<String>,
}

/// The name of a standard, in words of rules.
const STANDARD: &str = "ICD 203";

/// Goes through a page that was made from these findings.
pub(super) fn walk<'a>(page: &Element, json: &'a Value) -> Walk<'a> {
    let mut walk = Walk::default();
    texts(json, &mut walk.texts);
    for text in &walk.texts {
        walk.joined.push_str(&held(text));
        walk.joined.push('\n');
    }
    counts(json, &mut walk.runs);
    walk.element(page, json, false);
    walk
}

/// The runs of digits in a text.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !c.is_ascii_digit());
    pieces.filter(|piece| !piece.is_empty())
}

/// The runs of digits in all texts and numbers of a JSON value, and how long its lists and objects are.
fn counts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => into.extend(runs(text).map(str::to_owned)),
        Value::Number(number) => into.extend(runs(&number.to_string()).map(str::to_owned)),
        Value::Array(list) => {
            into.insert(list.len().to_string());
            for inner in list {
                counts(inner, into);
            }
        }
        Value::Object(map) => {
            into.insert(map.len().to_string());
            for (key, inner) in map {
                into.extend(runs(key).map(str::to_owned));
                counts(inner, into);
            }
        }
        _ => {}
    }
}

/// All texts and keys of a JSON value.
fn texts<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => {
            into.insert(text);
        }
        Value::Array(list) => list.iter().for_each(|inner| texts(inner, into)),
        Value::Object(map) => {
            for (key, inner) in map {
                into.insert(key);
                texts(inner, into);
            }
        }
        _ => {}
    }
}

/// A text as pages and pictures hold it: one mark of replacement for each control, spaces for ends of lines.
fn held(text: &str) -> String {
    let letters = text.chars().map(|c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    letters.collect()
}

/// A text with the marks of a keyboard, of which pages make those of a book.
fn typed(text: &str) -> String {
    let marks = ['“', '”', '‘', '’', '`'];
    held(text).replace(marks, "\"").replace('→', "->")
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

impl Walk<'_> {
    fn element(&mut self, element: &Element, json: &Value, in_picture: bool) {
        let name = element.name.as_str();
        let in_picture = in_picture || name == "svg";
        let is_text = in_picture && matches!(name, "text" | "tspan");
        match (element.attribute("data-from"), name) {
            (_, "style") => return,
            (Some(from), "data") => return self.number(element, from, json),
            (Some(from), _) if is_text => return self.drawn(element, from, json),
            (Some(from), "span" | "bdi") => return self.told(element, from, json),
            (_, "title" | "desc") if in_picture => return self.tip(&element.text()),
            (None, "data") => self
                .faults
                .push(format!("`{}` is from nowhere", element.text())),
            (None, "span") if element.is("picture-title") => return self.label(&element.text()),
            (None, "bdi" | "code" | "q" | "cite" | "title") => {
                return self.name(&element.text());
            }
            (None, _) if is_text && element.attribute("data-tick").is_some() => return,
            (None, _) if is_text => {
                // A line of a picture may be in pieces, of which each has a place of its own or none.
                for node in &element.children {
                    match node {
                        Node::Element(piece) => self.element(piece, json, in_picture),
                        Node::Text(text) => self.label(text),
                    }
                }
                return;
            }
            _ => {}
        }
        for node in &element.children {
            match node {
                Node::Element(inner) => self.element(inner, json, in_picture),
                Node::Text(text) if has_digit(text) => {
                    self.faults.push(format!("digits in `{text}` of {name}"));
                }
                Node::Text(_) => {}
            }
        }
    }

    /// A number: its value is what stands at its place, and its text is that value in its form.
    fn number(&mut self, element: &Element, from: &str, json: &Value) {
        self.numbers += 1;
        let shown = element.text();
        let form = element.attribute("data-form").unwrap_or_default();
        let Some(value) = json.pointer(from) else {
            self.faults
                .push(format!("`{shown}`: there is nothing at {from}"));
            return;
        };
        if element.attribute("value") != Some(&raw(value)) {
            let carried = element.attribute("value");
            self.faults
                .push(format!("`{shown}` carries {carried:?}, not {value}"));
        }
        if !is_shown_as(&shown, form, value) {
            self.faults
                .push(format!("`{shown}` is not {value} as {form}, at {from}"));
        }
    }

    /// A text of a picture: the value at its place, its length, or a share as a percentage.
    fn drawn(&mut self, element: &Element, from: &str, json: &Value) {
        self.drawn += 1;
        let shown = element.text();
        let shown = shown.trim();
        let forms = ["as-is", "whole", "length", "percent-0"];
        let value = json.pointer(from);
        if !value.is_some_and(|v| forms.iter().any(|f| is_shown_as(shown, f, v))) {
            self.faults.push(format!(
                "the picture's `{shown}` is not {value:?} at {from}"
            ));
        }
    }

    /// What a finding says, word by word.
    fn told(&mut self, element: &Element, from: &str, json: &Value) {
        let says = element.text();
        let value = json.pointer(from);
        let verbatim = value.and_then(Value::as_str).map(typed) == Some(typed(&says));
        let is_mark = element.is("stated") && says == "stated" && value.is_some();
        let named = || {
            let said = value.and_then(Value::as_str);
            said.is_some_and(|said| named::tells(&says, said, json))
        };
        if !verbatim && !is_mark && !named() {
            self.faults
                .push(format!("`{says}` is not what is told at {from}"));
        }
    }

    /// What a picture says to those who point at it or hear it, which is seen by nobody else: each of its numbers stands
    /// somewhere in the findings, or counts something in them.
    fn tip(&mut self, says: &str) {
        let says = says.replace('\u{a0}', " ").replace(STANDARD, "");
        for run in runs(&says) {
            if !self.runs.contains(run) {
                self.faults
                    .push(format!("{run} of the tip `{says}` is nowhere"));
            }
        }
    }

    /// A text of a picture that says from nowhere: each of its words with digits is one of a name, or the number of one
    /// of several that are tied, as in `Leximin (1 of 3)`.
    fn label(&mut self, says: &str) {
        let edge = |c: char| !c.is_alphanumeric();
        let says = says.replace('\u{a0}', " ").replace(STANDARD, "");
        let is_tied = says.contains(" of ") && says.trim_end().ends_with(')');
        for word in says.split_whitespace().filter(|word| has_digit(word)) {
            self.names += 1;
            let word = word.trim_matches(edge);
            let is_place = is_tied && self.runs.contains(word);
            if !is_place && !self.joined.contains(word) {
                self.faults
                    .push(format!("`{word}` of the picture's `{says}` is no name"));
            }
        }
    }

    /// A name with digits stands in the findings, whole or as a part of a text.
    fn name(&mut self, says: &str) {
        if !has_digit(says) {
            return;
        }
        self.names += 1;
        let says = held(says);
        let bare = says.trim().trim_start_matches('“').trim_end_matches('”');
        if !self.joined.contains(bare) {
            self.faults
                .push(format!("`{says}` is no name of the findings"));
        }
    }
}

/// A value without any form, and of what is no single value its length.
fn raw(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.len().to_string(),
        Value::Object(map) => map.len().to_string(),
        other => other.to_string(),
    }
}

/// Whether a text is a value in a form: the digits after the point are as many as the form says, and the text is not
/// further from the value than half of the last one.
fn is_shown_as(shown: &str, form: &str, value: &Value) -> bool {
    let (kind, digits) = match form.rsplit_once('-') {
        Some((kind, digits)) if has_digit(digits) => (kind, digits.parse().unwrap()),
        _ => (form, 0),
    };
    match kind {
        "as-is" => value.as_str() == Some(shown),
        "whole" => match value {
            Value::Number(number) => !number.is_f64() && number.to_string() == shown,
            Value::String(text) => text == shown && text.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        },
        "length" => matches!(value, Value::Array(_) | Value::Object(_)) && raw(value) == shown,
        "decimals" => is_rounded(shown, value.as_f64(), 1.0, digits),
        "percent" => shown
            .strip_suffix("\u{a0}%")
            .is_some_and(|number| is_share(number, value.as_f64(), digits)),
        "signed" => {
            let sign = value.as_i64().map(i64::signum);
            has_sign(shown, sign) && is_rounded(shown, value.as_f64(), 1.0, 0)
        }
        "points" => {
            let rounded = shown.parse::<f64>().ok().filter(|n| *n != 0.0);
            let sign = rounded.map_or(0, |n| if n > 0.0 { 1 } else { -1 });
            has_sign(shown, Some(sign)) && is_rounded(shown, value.as_f64(), 100.0, digits)
        }
        _ => false,
    }
}

fn has_sign(shown: &str, sign: Option<i64>) -> bool {
    let first = shown.chars().next();
    match sign {
        Some(1) => first == Some('+'),
        Some(-1) => first == Some('-'),
        Some(_) => first.is_some_and(|c| c.is_ascii_digit()),
        None => false,
    }
}

/// Whether a number of hundredths is a share; a share that is neither nothing nor all is not shown as if it were.
fn is_share(shown: &str, share: Option<f64>, digits: usize) -> bool {
    let Some(share) = share else {
        return false;
    };
    let mut least = 1.0;
    for _ in 0..digits {
        least /= 10.0;
    }
    let (rest, from_end) = match (shown.strip_prefix("<\u{a0}"), shown.strip_prefix(">\u{a0}")) {
        (Some(bound), _) => (bound, share),
        (_, Some(bound)) => (bound, 1.0 - share),
        _ => {
            let is_an_end = matches!(shown.parse(), Ok(0.0 | 100.0));
            let is_at_end = share <= 0.0 || share >= 1.0;
            return (!is_an_end || is_at_end) && is_rounded(shown, Some(share), 100.0, digits);
        }
    };
    let bound = if shown.starts_with('<') {
        least
    } else {
        100.0 - least
    };
    is_rounded(rest, Some(bound), 1.0, digits)
        && from_end > 0.0
        && from_end * 100.0 <= least / 2.0 + 1e-9
}

fn is_rounded(shown: &str, value: Option<f64>, unit: f64, digits: usize) -> bool {
    let (Some(value), Ok(number)) = (value, shown.parse::<f64>()) else {
        return false;
    };
    let after = shown.split_once('.').map_or(0, |(_, after)| after.len());
    let mut half = 0.5;
    for _ in 0..digits {
        half /= 10.0;
    }
    let is_negative_zero = number == 0.0 && shown.starts_with('-');
    let exact = value * unit;
    after == digits
        && !is_negative_zero
        && (exact - number).abs() <= half * (1.0 + 1e-9) + exact.abs() * 1e-12
}

/// Turns the last digit of each number's text into another, and says how many numbers were changed.
pub(super) fn falsify(element: &mut Element) -> usize {
    let is_number = element.name == "data"
        || element.name == "text" && element.attribute("data-from").is_some();
    let mut changed = 0;
    for node in &mut element.children {
        match node {
            Node::Text(text) if is_number && has_digit(text) => {
                let place = text.rfind(|c: char| c.is_ascii_digit()).unwrap();
                let digit = text.as_bytes()[place];
                let other = char::from(b'0' + (digit - b'0' + 5) % 10);
                text.replace_range(place..=place, &other.to_string());
                changed += 1;
            }
            Node::Text(_) => {}
            Node::Element(inner) => changed += falsify(inner),
        }
    }
    changed
}

#[test]
fn forms_are_told_from_each_other() {
    use serde_json::json;
    for (shown, form, value) in [
        ("512", "whole", json!(512)),
        (
            "340282366920938463463",
            "whole",
            json!("340282366920938463463"),
        ),
        ("3", "length", json!([1, 2, 3])),
        ("0.13", "decimals-2", json!(0.126)),
        ("55\u{a0}%", "percent-0", json!(0.551)),
        ("<\u{a0}1\u{a0}%", "percent-0", json!(0.004)),
        (">\u{a0}99.9\u{a0}%", "percent-1", json!(0.9999)),
        ("100\u{a0}%", "percent-0", json!(1.0)),
        ("+4.2", "points-1", json!(0.042)),
        ("0.0", "points-1", json!(-0.0001)),
        ("-3", "signed", json!(-3)),
        ("0", "signed", json!(0)),
        ("2019-03-05", "as-is", json!("2019-03-05")),
    ] {
        assert!(is_shown_as(shown, form, &value), "{shown} {form} {value}");
    }
    for (shown, form, value) in [
        ("511", "whole", json!(512)),
        ("0.5", "whole", json!(0.5)),
        ("2", "length", json!([1, 2, 3])),
        ("0.12", "decimals-2", json!(0.126)),
        ("0.126", "decimals-2", json!(0.126)),
        ("-0.00", "decimals-2", json!(-0.0001)),
        ("56\u{a0}%", "percent-0", json!(0.551)),
        ("55", "percent-0", json!(0.551)),
        ("0\u{a0}%", "percent-0", json!(0.004)),
        ("<\u{a0}1\u{a0}%", "percent-0", json!(0.0)),
        ("<\u{a0}1\u{a0}%", "percent-0", json!(0.02)),
        ("<\u{a0}6\u{a0}%", "percent-0", json!(0.004)),
        (">\u{a0}99\u{a0}%", "percent-0", json!(1.0)),
        ("4.2", "points-1", json!(0.042)),
        ("-0.0", "points-1", json!(-0.0001)),
        ("3", "signed", json!(3)),
        ("2019-03-06", "as-is", json!("2019-03-05")),
        ("512", "unheard", json!(512)),
    ] {
        assert!(!is_shown_as(shown, form, &value), "{shown} {form} {value}");
    }
}
