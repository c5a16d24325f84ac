//! What a text holds although it was known only after its day.

use std::collections::BTreeMap;

use detente_syntax::{Diagnostic, Span};

use super::super::Resolver;
use crate::codes;
use crate::record::{Claim, Event};

/// Where each source is cited first, by its name.
#[derive(Default)]
pub(in super::super) struct Cited(BTreeMap<String, Span>);

impl Cited {
    /// Remembers a citation.
    pub(in super::super) fn add(&mut self, name: &str, span: Span) {
        let first = self.0.entry(name.to_owned()).or_insert(span);
        *first = (*first).min(span);
    }
}

impl Resolver<'_> {
    /// One warning that names everything that was known only after the day of `as of`.
    pub(super) fn known_later(&mut self, events: &[Event], claims: &[Claim]) {
        let Some(as_of) = self.as_of else { return };
        let mut later: Vec<(Span, String)> = Vec::new();
        for source in &self.document.sources {
            let date = source.properties.get("date");
            let date = date.and_then(|d| d.parse::<jiff::civil::Date>().ok());
            if let Some(date) = date.filter(|d| *d > as_of)
                && let Some(span) = self.cited.0.get(source.name.as_str())
            {
                later.push((*span, format!("source `{}` of {date}", source.name)));
            }
        }
        for event in events {
            if let Some(known) = event.known.filter(|k| *k > as_of) {
                let what = format!("`{}`, known from {known}", event.display());
                later.push((event.place.0, what));
            }
        }
        for claim in claims {
            if let Some(said) = claim.said.filter(|s| *s > as_of) {
                later.push((
                    claim.place.0,
                    format!("claim `{}`, said {said}", claim.name),
                ));
            }
            let outcome = claim.outcome.as_ref();
            if let Some(outcome) = outcome.filter(|o| o.on.is_some_and(|on| on > as_of)) {
                let what = format!("the outcome of claim `{}`", claim.name);
                later.push((outcome.place.0, what));
            }
        }
        let Some(first) = later.iter().map(|(span, _)| *span).min() else {
            return;
        };
        let names: Vec<String> = later.iter().take(6).map(|(_, what)| what.clone()).collect();
        let more = match later.len().saturating_sub(names.len()) {
            0 => String::new(),
            others => format!(", and {others} more"),
        };
        self.out.push(
            Diagnostic::warning(
                codes::KNOWN_LATER,
                format!(
                    "the text is as of {as_of}, and rests on what was known later: {}{more}",
                    names.join(", ")
                ),
            )
            .at(first, "here first")
            .hint("set `as of` to a later day, or leave this out; `--as-of` hides it"),
        );
    }
}
