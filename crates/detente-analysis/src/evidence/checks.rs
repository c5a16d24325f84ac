//! Every quotation against the text that it is from.

use detente_model::Model;
use detente_model::syntax::ast::{Document, Place, Wording};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::ledger::{Cited, Ledger, Mark};
use super::nearest::{Nearest, WordEdit, nearest, too_long};
use super::quotation::{Found, Quotation as Sought};
use super::text::{SourceText, located, number};
use crate::budget::{Budget, Stop};

/// What became of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The text has it word by word, and where the citation says.
    Verbatim,
    /// The text has it word by word, in another paragraph than the citation says.
    Elsewhere,
    /// The text has something near to it; or both are too long to look for that.
    Differs,
    /// The text has nothing near to it.
    Absent,
    /// The file holds notes, and it is not among them; that says nothing of the source.
    NotInNotes,
    /// There is no text to check it against.
    Unchecked,
}

impl Verdict {
    /// Whether it is not as the source has it.
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::Differs | Self::Absent)
    }
}

/// A quotation, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quotation {
    /// The element that quotes; a number of the ledger.
    pub element: usize,
    /// The source whose words they are said to be.
    pub source: Option<String>,
    /// The element whose words they are said to be, for a quotation of a commitment; a number of the ledger.
    pub of: Option<usize>,
    /// The words.
    pub words: String,
    /// Where in the source they are said to stand.
    pub locator: Option<String>,
    /// What became of it.
    pub verdict: Verdict,
    /// The paragraph in which it was found, or the passage nearest to it.
    pub paragraph: Option<String>,
    /// The passage nearest to it, where it was not found.
    pub passage: Option<String>,
    /// The passage and the quotation word by word, where it was not found.
    pub edits: Vec<WordEdit>,
    /// Why it was not checked.
    pub why: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// The texts of sources that were read.
pub(super) struct Library<'a> {
    model: &'a Model,
    texts: IndexMap<&'a str, SourceText>,
}

impl<'a> Library<'a> {
    pub(super) fn new(model: &'a Model, texts: &'a IndexMap<String, String>) -> Self {
        let read = texts.iter();
        Self {
            model,
            texts: read
                .map(|(n, t)| (n.as_str(), SourceText::new(t)))
                .collect(),
        }
    }

    /// The text of a source, and whether it is notes: its own, else that of a source that it republishes.
    fn of(&self, source: &str) -> Option<(&SourceText, bool)> {
        let sources = &self.model.sources;
        let at = sources.iter().position(|s| s.name == source)?;
        let mut chain = self.model.chain(at).filter_map(|at| sources.get(at));
        chain.find_map(|one| Some((self.texts.get(one.name.as_str())?, one.notes)))
    }
}

/// Checks them all, in the order of the ledger.
pub(super) fn all(
    ledger: &Ledger,
    document: &Document,
    library: &Library<'_>,
    budget: &Budget,
) -> Result<Vec<Quotation>, Stop> {
    let mut found = Vec::new();
    for element in &ledger.elements {
        budget.report(
            "quotations",
            element.number as u64,
            ledger.elements.len() as u64,
        );
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        for cite in &element.cites {
            if let Some(words) = &cite.quote {
                found.push(library.check(element.number, cite, words));
            }
        }
    }
    let mut wordings = |mark: Mark, one: &Wording| {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        found.extend(library.wording(ledger, ledger.at(mark), &one.text, one.place));
        Ok(())
    };
    for (at, one) in document.commitments.iter().enumerate() {
        for (place, text) in one.texts.iter().enumerate() {
            wordings(Mark::Text(at, place), text)?;
        }
        for (place, text) in one.quoted.iter().enumerate() {
            wordings(Mark::Quoted(at, place), text)?;
        }
    }
    let claims = document.claims.len() as u64;
    for (at, one) in document.claims.iter().enumerate() {
        budget.report("wordings of claims", at as u64, claims);
        for (place, text) in one.worded.iter().enumerate() {
            wordings(Mark::Worded(at, place), text)?;
        }
    }
    for (at, one) in document.terms.iter().enumerate() {
        for (place, stated) in one.stated.iter().enumerate() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let number = ledger.at(Mark::Stated(at, place));
            found.extend(library.wording(ledger, number, &stated.quote, stated.place));
        }
    }
    for (at, one) in document.commitments.iter().enumerate() {
        for (place, quoted) in one.quoted.iter().enumerate() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let number = ledger.at(Mark::Quoted(at, place));
            found.push(library.of_commitment(ledger, at, &one.texts, number, quoted));
        }
    }
    found.sort_by_key(|q| q.element);
    Ok(found)
}

impl Library<'_> {
    /// Words of a source that stand in an element, against every source that the element cites.
    fn wording(
        &self,
        ledger: &Ledger,
        element: usize,
        words: &str,
        place: Place,
    ) -> Vec<Quotation> {
        let Some(one) = ledger.element(element) else {
            return Vec::new();
        };
        let around = one.through.and_then(|n| ledger.element(n));
        let cites = around.map_or(&one.cites, |around| &around.cites);
        let mut checked = Vec::new();
        for cite in cites {
            // A citation with a quotation of its own is about that quotation.
            if cite.quote.is_none() {
                let mut quotation = self.check(element, cite, words);
                quotation.place = place;
                checked.push(quotation);
            }
        }
        checked
    }

    fn check(&self, element: usize, cite: &Cited, words: &str) -> Quotation {
        let blank = Quotation {
            element,
            source: Some(cite.source.clone()),
            of: None,
            words: words.to_owned(),
            locator: cite.locator.clone(),
            verdict: Verdict::Unchecked,
            paragraph: None,
            passage: None,
            edits: Vec::new(),
            why: None,
            place: cite.place,
        };
        let Some((text, notes)) = self.of(&cite.source) else {
            let why = format!("there is no text of {}", cite.source);
            return Quotation {
                why: Some(why),
                ..blank
            };
        };
        judge(blank, text, notes)
    }

    /// How others quote a commitment, against its words, and else against the sources of its words.
    fn of_commitment(
        &self,
        ledger: &Ledger,
        at: usize,
        texts: &[Wording],
        element: usize,
        quoted: &Wording,
    ) -> Quotation {
        let blank = |of: Option<usize>, source: Option<String>| Quotation {
            element,
            source,
            of,
            words: quoted.text.clone(),
            locator: None,
            verdict: Verdict::Unchecked,
            paragraph: None,
            passage: None,
            edits: Vec::new(),
            why: None,
            place: quoted.place,
        };
        let mut best: Option<Quotation> = None;
        let mut take = |one: Quotation| {
            if best.as_ref().is_none_or(|b| one.verdict < b.verdict) {
                best = Some(one);
            }
        };
        for (place, text) in texts.iter().enumerate() {
            let number = ledger.at(Mark::Text(at, place));
            let mut one = judge(
                blank(Some(number), None),
                &SourceText::new(&text.text),
                false,
            );
            one.paragraph = None;
            take(one);
        }
        for (place, _) in texts.iter().enumerate() {
            let number = ledger.at(Mark::Text(at, place));
            let sources = ledger.element(number).map(|e| e.sources.clone());
            for source in sources.unwrap_or_default() {
                if let Some((text, false)) = self.of(&source) {
                    take(judge(blank(Some(number), Some(source)), text, false));
                }
            }
        }
        best.unwrap_or_else(|| Quotation {
            why: Some("the commitment does not say its exact words".to_owned()),
            ..blank(None, None)
        })
    }
}

/// Looks for words in a text. `locator` says where they should stand, as a citation does; `notes` that the text holds
/// notes on its source.
pub fn look_up(words: &str, locator: Option<&str>, text: &str, notes: bool) -> Quotation {
    let blank = Quotation {
        element: 0,
        source: None,
        of: None,
        words: words.to_owned(),
        locator: locator.map(str::to_owned),
        verdict: Verdict::Unchecked,
        paragraph: None,
        passage: None,
        edits: Vec::new(),
        why: None,
        place: Place::default(),
    };
    judge(blank, &SourceText::new(text), notes)
}

/// Looks for a quotation in a text.
fn judge(blank: Quotation, text: &SourceText, notes: bool) -> Quotation {
    let sought = Sought::new(&blank.words);
    if sought.is_empty() {
        return Quotation {
            why: Some("there are no words in it".to_owned()),
            ..blank
        };
    }
    let wanted = blank.locator.as_deref().and_then(located);
    let found = sought.find(text);
    if let Some((at, here)) = place(text, &found, wanted) {
        return Quotation {
            verdict: if here {
                Verdict::Verbatim
            } else {
                Verdict::Elsewhere
            },
            paragraph: text.label_at(at.0).map(str::to_owned),
            ..blank
        };
    }
    let words = sought.words();
    if too_long(&words, text) && !notes {
        let why = "it and the text are too long to look for what is nearest";
        return Quotation {
            verdict: Verdict::Differs,
            why: Some(why.to_owned()),
            ..blank
        };
    }
    let near = nearest(&words, text);
    let verdict = match (&near, notes) {
        (_, true) => Verdict::NotInNotes,
        (Some(_), false) => Verdict::Differs,
        (None, false) => Verdict::Absent,
    };
    let Some(Nearest { from, to, edits }) = near else {
        return Quotation { verdict, ..blank };
    };
    Quotation {
        verdict,
        paragraph: text.label_at(from).map(str::to_owned),
        passage: Some(text.passage(from, to)),
        edits,
        ..blank
    }
}

/// The place to name of those at which a quotation was found, and whether it is where it should be: always so
/// when the citation names no paragraph.
fn place(text: &SourceText, found: &[Found], wanted: Option<(u64, u64)>) -> Option<(Found, bool)> {
    let first = *found.first()?;
    let Some((least, most)) = wanted else {
        return Some((first, true));
    };
    let here = found.iter().find(|f| {
        let label = text.label_at(f.0).and_then(number);
        label.is_some_and(|n| least <= n && n <= most)
    });
    Some(here.map_or((first, false), |here| (*here, true)))
}
