//! Contradictions between sources, both sides side by side. Nothing is decided between them.

use detente_model::syntax::ast::{Document, Event, Place, When};
use detente_model::{Model, days};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::checks::{Quotation, Verdict};
use super::hedge;
use super::ledger::{Cited, Element, Ledger, Mark};
use super::nearest::Edit;
use super::quantity::{self, Bounds};
use super::readings::Related;

/// What kind of contradiction it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Sources give different values of an event under one name.
    Value,
    /// Sources give different days of an event.
    Day,
    /// A quotation is not as its source has it.
    Quotation,
    /// Sources give one party different readings of a term or of a commitment.
    Reading,
    /// Sources say with different degrees of likelihood that something will be.
    Likelihood,
    /// Two persons act for a party in one role at one time.
    Role,
    /// One person acts at two tracks at one time.
    Track,
    /// Somebody denies what somebody else claims.
    Denial,
    /// A commitment is not kept as things stand.
    NotKept,
    /// A party that is bound would have it kept in none of the states that it wants most.
    Unwanted,
}

impl ConflictKind {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Value => "different values",
            Self::Day => "different days",
            Self::Quotation => "not verbatim",
            Self::Reading => "rival readings",
            Self::Likelihood => "different likelihoods",
            Self::Role => "two persons in one role",
            Self::Track => "one person at two tracks",
            Self::Denial => "denied",
            Self::NotKept => "not kept at present",
            Self::Unwanted => "against what the party wants",
        }
    }
}

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// The element that says so; a number of the ledger, and `null` for the text of a source.
    pub element: Option<usize>,
    /// What it says.
    pub says: String,
    /// Where it is known from.
    pub cites: Vec<String>,
    /// Who is behind the sources.
    pub witnesses: Vec<String>,
}

/// Things that are said and cannot all be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conflict {
    /// Its number, from 1.
    pub number: usize,
    /// What kind it is.
    pub kind: ConflictKind,
    /// What it is about: `duration of event visit`.
    pub about: String,
    /// Who says what.
    pub sides: Vec<Side>,
    /// In what they differ, in words.
    pub finding: String,
    /// Whether one witness says both sides.
    pub within_one_witness: bool,
    /// How two rival readings are related.
    pub related: Option<Related>,
    /// Where the first side stands.
    #[serde(skip)]
    pub place: Place,
}

/// A side that an element of the ledger says.
pub(super) fn side(ledger: &Ledger, number: usize, says: String) -> Side {
    let element = ledger.element(number);
    let around = element
        .and_then(|e| e.through)
        .and_then(|n| ledger.element(n));
    let cites = around
        .or(element)
        .map(|e| e.cites.iter().map(Cited::text).collect());
    Side {
        element: element.map(|e| e.number),
        says,
        cites: cites.unwrap_or_default(),
        witnesses: element.map(|e| e.witnesses.clone()).unwrap_or_default(),
    }
}

pub(super) fn conflict(
    kind: ConflictKind,
    about: String,
    sides: Vec<Side>,
    finding: String,
    place: Place,
) -> Conflict {
    let first = sides
        .first()
        .map(|s| s.witnesses.clone())
        .unwrap_or_default();
    let one = !first.is_empty() && sides.iter().all(|s| s.witnesses == first);
    Conflict {
        number: 0,
        kind,
        about,
        sides,
        finding,
        within_one_witness: one,
        related: None,
        place,
    }
}

fn name_of(element: Option<&Element>) -> String {
    element.map(|e| e.name.clone()).unwrap_or_default()
}

/// Values of events under one name that differ, days under `date` among them, and degrees of likelihood in
/// `wording`s.
pub(super) fn values(ledger: &Ledger, document: &Document, as_of: Option<Date>) -> Vec<Conflict> {
    let mut out = Vec::new();
    for (at, event) in document.calendar.iter().enumerate() {
        let mut names: Vec<&str> = Vec::new();
        for value in &event.values {
            if !names.contains(&value.of.as_str()) {
                names.push(value.of.as_str());
            }
        }
        for name in names {
            let group: Vec<usize> = (0..event.values.len())
                .filter(|place| event.values[*place].of.as_str() == name)
                .collect();
            out.extend(values_under(ledger, at, event, name, &group, as_of));
        }
    }
    out
}

fn values_under(
    ledger: &Ledger,
    at: usize,
    event: &Event,
    name: &str,
    group: &[usize],
    as_of: Option<Date>,
) -> Option<Conflict> {
    let (first, own) = own_day(event, as_of);
    let dates = name == "date";
    let bounds = |text: &str| {
        if dates {
            quantity::read_day(text, first, as_of)
        } else {
            quantity::read(text)
        }
    };
    let texts: Vec<&str> = group
        .iter()
        .map(|p| event.values[*p].value.as_str())
        .collect();
    let mut sides: Vec<Side> = group
        .iter()
        .map(|p| {
            side(
                ledger,
                ledger.at(Mark::Value(at, *p)),
                event.values[*p].value.clone(),
            )
        })
        .collect();
    let about = format!(
        "{name} of {}",
        name_of(ledger.element(ledger.at(Mark::Event(at))))
    );
    let place = event.values[*group.first()?].place;
    if name == "wording" {
        let degrees: Vec<_> = texts.iter().map(|t| hedge::degree(t)).collect();
        if degrees.iter().flatten().count() > 1 {
            return likelihoods(about, &sides, &degrees, place);
        }
    }
    let mut read: Vec<Option<Bounds>> = texts.iter().map(|t| bounds(t)).collect();
    if dates && let Some(own) = &own {
        // The day of the event itself is one of the days that are said.
        read.insert(0, bounds(own));
        sides.insert(0, side(ledger, ledger.at(Mark::Event(at)), own.clone()));
    }
    let same = |a: &Side, b: &Side| plain(&a.says) == plain(&b.says);
    let mut differs = false;
    let mut unread = false;
    for a in 0..sides.len() {
        for b in a + 1..sides.len() {
            let meet = match (&read[a], &read[b]) {
                (Some(x), Some(y)) => x.meet(y),
                _ => None,
            };
            match meet {
                Some(meet) => differs |= !meet,
                None if !same(&sides[a], &sides[b]) => {
                    differs = true;
                    unread = true;
                }
                None => {}
            }
        }
    }
    if !differs {
        return None;
    }
    let mut words = Vec::new();
    for (side, bounds) in sides.iter().zip(&read) {
        if let Some(bounds) = bounds {
            words.push(format!("\"{}\" is {}", side.says, bounds.words()));
        }
    }
    let finding = if unread || words.len() < 2 {
        "the values differ, and cannot be compared as quantities".to_owned()
    } else {
        format!("{}: not all of it can be so", words.join("; "))
    };
    let day = name == "date";
    let kind = if day {
        ConflictKind::Day
    } else {
        ConflictKind::Value
    };
    Some(conflict(kind, about, sides, finding, place))
}

/// The first day of an event, and its own day as it is written if it is one day.
fn own_day(event: &Event, as_of: Option<Date>) -> (Option<Date>, Option<String>) {
    let when = days::when(&event.when, as_of).ok();
    let first = when.and_then(|w| w.first().or(w.last()));
    let own = match &event.when {
        When::On(day) => Some(day.text.clone()),
        _ => None,
    };
    (first, own)
}

/// A text without case, punctuation and spacing.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().map(super::text::bare);
    words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Wordings of claims that do not say the same degree of likelihood.
pub(super) fn wordings(ledger: &Ledger, document: &Document) -> Vec<Conflict> {
    let mut out = Vec::new();
    for (at, claim) in document.claims.iter().enumerate() {
        let degrees: Vec<_> = claim
            .worded
            .iter()
            .map(|w| hedge::degree(&w.text))
            .collect();
        let sides = (0..claim.worded.len()).map(|place| {
            let number = ledger.at(Mark::Worded(at, place));
            side(ledger, number, claim.worded[place].text.clone())
        });
        let sides: Vec<Side> = sides.collect();
        let about = format!("claim {}", claim.name);
        let place = claim.worded.first().map_or(claim.place, |w| w.place);
        out.extend(likelihoods(about, &sides, &degrees, place));
    }
    out
}

fn likelihoods(
    about: String,
    sides: &[Side],
    degrees: &[Option<hedge::Degree>],
    place: Place,
) -> Option<Conflict> {
    let read: Vec<(usize, &hedge::Degree)> = degrees
        .iter()
        .enumerate()
        .filter_map(|(at, d)| d.as_ref().map(|d| (at, d)))
        .collect();
    let apart = read
        .iter()
        .enumerate()
        .any(|(at, a)| read[at + 1..].iter().any(|b| !a.1.meets(b.1)));
    if !apart {
        return None;
    }
    let words: Vec<String> = read
        .iter()
        .map(|(_, d)| format!("\"{}\" is {}", d.words, d.text()))
        .collect();
    let sides = read
        .iter()
        .filter_map(|(at, _)| sides.get(*at).cloned())
        .collect();
    Some(conflict(
        ConflictKind::Likelihood,
        about,
        sides,
        words.join("; "),
        place,
    ))
}

/// Quotations that are not as their sources have them.
pub(super) fn quotations(
    ledger: &Ledger,
    quotations: &[Quotation],
    model: &Model,
) -> Vec<Conflict> {
    let wrong = quotations.iter().filter(|q| q.verdict.is_wrong());
    let made = wrong.map(|q| {
        let quoting = side(ledger, q.element, q.words.clone());
        let passage = q.passage.clone();
        let says = passage.unwrap_or_else(|| match &q.why {
            Some(why) => format!("({why})"),
            None => "(nothing near to it)".to_owned(),
        });
        let of = q.of.and_then(|n| ledger.element(n));
        let source = match (&q.source, of) {
            (Some(source), _) => Side {
                element: None,
                says,
                cites: vec![match &q.paragraph {
                    Some(paragraph) => format!("{source} {paragraph}"),
                    None => source.clone(),
                }],
                witnesses: vec![super::ledger::witness(source, model)],
            },
            (None, Some(of)) => side(ledger, of.number, says),
            (None, None) => side(ledger, 0, says),
        };
        let about = name_of(ledger.element(q.element));
        let finding = differences(q);
        conflict(
            ConflictKind::Quotation,
            about,
            vec![quoting, source],
            finding,
            q.place,
        )
    });
    made.collect()
}

/// In which words a quotation differs from its source.
pub fn differences(quotation: &Quotation) -> String {
    if quotation.verdict == Verdict::Absent {
        return "the source has nothing near to it".to_owned();
    }
    let mut parts = Vec::new();
    let edits = |edit: Edit| quotation.edits.iter().filter(move |e| e.edit == edit);
    let words = |edit: Edit, of_source: bool| {
        let word = edits(edit).filter_map(|e| {
            let word = if of_source { &e.source } else { &e.quotation };
            word.as_ref().map(|w| format!("\"{w}\""))
        });
        word.collect::<Vec<_>>().join(", ")
    };
    if edits(Edit::Missing).next().is_some() {
        parts.push(format!("missing {}", words(Edit::Missing, true)));
    }
    if edits(Edit::Added).next().is_some() {
        parts.push(format!("added {}", words(Edit::Added, false)));
    }
    for edit in edits(Edit::Changed) {
        if let (Some(source), Some(quoted)) = (&edit.source, &edit.quotation) {
            parts.push(format!("\"{source}\" became \"{quoted}\""));
        }
    }
    for edit in edits(Edit::Form) {
        if let (Some(source), Some(quoted)) = (&edit.source, &edit.quotation) {
            parts.push(format!("\"{source}\" is written \"{quoted}\""));
        }
    }
    if parts.is_empty() {
        return "only the punctuation differs".to_owned();
    }
    parts.join("; ")
}

/// Claims and their denials.
pub(super) fn denials(ledger: &Ledger, document: &Document) -> Vec<Conflict> {
    let mut out = Vec::new();
    for (at, claim) in document.claims.iter().enumerate() {
        let Some(denied) = &claim.denies else {
            continue;
        };
        let names = |c: &detente_model::syntax::ast::Claim| c.name.text == denied.text;
        let Some(other) = document.claims.iter().position(names) else {
            continue;
        };
        let says = |at: usize| {
            let claim = &document.claims[at];
            let says = claim
                .title
                .clone()
                .unwrap_or_else(|| claim.name.text.clone());
            side(
                ledger,
                ledger.at(Mark::Claim(at)),
                format!("{}: {says}", claim.by),
            )
        };
        let finding = format!(
            "{} claims it, {} denies it",
            document.claims[other].by, claim.by
        );
        let about = format!("claim {denied}");
        let sides = vec![says(other), says(at)];
        out.push(conflict(
            ConflictKind::Denial,
            about,
            sides,
            finding,
            claim.place,
        ));
    }
    out
}
