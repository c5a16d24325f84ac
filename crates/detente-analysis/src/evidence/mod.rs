//! The evidence behind a negotiation: what supports each element, what contradicts it, and what has nothing.
//!
//! [`evidence`] reads the document and its model together. Sources that repeat others are no further witnesses
//! ([`Model::witness`]). Quotations are checked against the texts of their sources, which the caller has read
//! ([`checks`](Quotation)); contradictions are found and not decided ([`Conflict`]): both sides are kept. Readings
//! of commitments are compared as sets of feasible states, where a [`Game`] is given.
//!
//! [`timeline()`] is the calendar with who acted for whom.

mod checks;
mod conflicts;
pub mod hedge;
mod ledger;
mod nearest;
mod offices;
pub mod quantity;
mod quotation;
mod readings;
mod sources;
mod text;
mod timeline;
mod walk;

use detente_model::Model;
use detente_model::syntax::ast::Document;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

pub use checks::{Quotation, Verdict, look_up};
pub use conflicts::{Conflict, ConflictKind, Side, differences};
pub use ledger::{Cited, Element, Kind};
pub use nearest::{Edit, WordEdit};
pub use quotation::{MOST_REPLACED, MOST_SKIPPED};
pub use readings::{Asks, CommitmentFound, Example, ReadingFound, ReadingPair, Related};
pub use sources::SourceUse;
pub use timeline::{EventFound, OfficeFound, OnDay, Reported, Tense, Timeline, on_day, timeline};

use crate::budget::{Budget, Outcome, Stop};
use crate::game::Game;
use ledger::Ledger;

/// What to look at.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What the text says.
    pub document: &'a Document,
    /// The same with names resolved.
    pub model: &'a Model,
    /// The texts of sources, by the names of the sources; those that were not read are not there.
    pub texts: &'a IndexMap<String, String>,
    /// The states, for comparing readings; without it they are listed and not compared.
    pub game: Option<&'a Game<'a>>,
}

/// What is known, from where, and what contradicts what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Evidence {
    /// Every element that can carry citations, in the order of the document.
    pub elements: Vec<Element>,
    /// The sources, and what hangs on each.
    pub sources: Vec<SourceUse>,
    /// Every quotation, and what became of it.
    pub quotations: Vec<Quotation>,
    /// The contradictions, in the order of their kinds.
    pub conflicts: Vec<Conflict>,
    /// The commitments.
    pub commitments: Vec<CommitmentFound>,
}

impl Evidence {
    /// An element by its number.
    pub fn element(&self, number: usize) -> Option<&Element> {
        self.elements.get(number.checked_sub(1)?)
    }
}

/// Draws up the evidence. When the budget ends first, what was found until then is returned with the reason.
pub fn evidence(question: &Question<'_>, budget: &Budget) -> Outcome<Evidence> {
    let Question {
        document,
        model,
        texts,
        game,
    } = *question;
    let mut ledger = Ledger::of(document, model);
    let library = checks::Library::new(model, texts);
    let (quotations, stop) = match checks::all(&ledger, document, &library, budget) {
        Ok(quotations) => (quotations, None),
        Err(stop) => (Vec::new(), Some(stop)),
    };
    let mut conflicts = conflicts::values(&ledger, document, model.as_of);
    conflicts.extend(conflicts::wordings(&ledger, document));
    conflicts.extend(conflicts::quotations(&ledger, &quotations, model));
    conflicts.extend(conflicts::denials(&ledger, document));
    conflicts.extend(offices::conflicts(&ledger, model));
    let (commitments, against) = readings::commitments(&ledger, model, game);
    conflicts.extend(against);
    conflicts.sort_by_key(|c| c.kind);
    for (at, conflict) in conflicts.iter_mut().enumerate() {
        conflict.number = at + 1;
        for number in conflict.sides.iter().filter_map(|s| s.element) {
            if let Some(element) = ledger.element_mut(number)
                && !element.conflicts.contains(&(at + 1))
            {
                element.conflicts.push(at + 1);
            }
        }
    }
    let found = Evidence {
        sources: sources::uses(&ledger, model),
        elements: ledger.elements,
        quotations,
        conflicts,
        commitments,
    };
    outcome(found, stop)
}

fn outcome<T>(found: T, stop: Option<Stop>) -> Outcome<T> {
    match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    }
}
