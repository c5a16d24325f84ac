//! The models of a negotiation in the eyes of its parties.

use detente_model::model::Model;
use detente_model::record::Record;
use detente_model::syntax::Diagnostic;
use detente_model::syntax::ast::Document;
use detente_model::{PartyId, resolve, view};

/// The negotiation as it is, as each party sees it, and as each thinks that each other sees it.
///
/// Parties that see the same share a model; the first model is the negotiation as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sights {
    models: Vec<Model>,
    /// The model that each party sees.
    first: Vec<usize>,
    /// For each party, the model that it thinks each other sees.
    second: Vec<Vec<usize>>,
    /// For each party, of whom it thinks that they see something else than it sees itself.
    minded: Vec<Vec<PartyId>>,
}

impl Sights {
    /// Resolves a document and all its views to the second level: what a party sees, and what it thinks
    /// that another sees. Views that are nested deeper are checked with the document, but no verdict
    /// depends on them.
    ///
    /// # Errors
    ///
    /// Reports what is wrong with the document or with a view, with its place.
    pub fn new(document: &Document) -> Result<Self, Vec<Diagnostic>> {
        let truth = model_of(&document.bare())?;
        let names: Vec<&str> = truth.parties.iter().map(|p| p.name.as_str()).collect();
        let mut builder = Builder {
            document,
            documents: vec![view::seen_by(document, &[])?],
            models: vec![truth.clone()],
        };
        let mut first = Vec::with_capacity(names.len());
        let mut second = Vec::with_capacity(names.len());
        let mut minded = Vec::with_capacity(names.len());
        let told = view::paths(document);
        for viewer in &names {
            let own = builder.place(&[viewer])?;
            let mut thought = Vec::with_capacity(names.len());
            let mut of_others = Vec::new();
            for (party, other) in truth.party_ids().zip(&names) {
                let nested = told
                    .iter()
                    .any(|p| p.len() == 2 && p[0] == *viewer && p[1] == *other);
                let place = if nested {
                    builder.place(&[viewer, other])?
                } else {
                    own
                };
                if place != own {
                    of_others.push(party);
                }
                thought.push(place);
            }
            first.push(own);
            second.push(thought);
            minded.push(of_others);
        }
        Ok(Self {
            models: builder.models,
            first,
            second,
            minded,
        })
    }

    /// All models: first the negotiation as it is, then every other one that somebody sees or is thought
    /// to see.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The negotiation as it is.
    pub fn truth(&self) -> &Model {
        &self.models[0]
    }

    /// The place among [`Sights::models`] of what a party sees; 0 when it sees things as they are.
    pub fn seen_by(&self, viewer: PartyId) -> usize {
        self.first[viewer.index()]
    }

    /// The place among [`Sights::models`] of what a party thinks that another sees; of itself, what it sees.
    pub fn thought_of(&self, viewer: PartyId, other: PartyId) -> usize {
        self.second[viewer.index()][other.index()]
    }

    /// The parties of whom a party thinks that they see something else than it sees itself.
    pub fn minded(&self, viewer: PartyId) -> &[PartyId] {
        &self.minded[viewer.index()]
    }

    /// Whether a party sees something else than there is.
    pub fn is_mistaken(&self, viewer: PartyId) -> bool {
        self.seen_by(viewer) != 0
    }
}

/// Collects the models that differ.
struct Builder<'d> {
    document: &'d Document,
    documents: Vec<Document>,
    models: Vec<Model>,
}

impl Builder<'_> {
    fn place(&mut self, path: &[&str]) -> Result<usize, Vec<Diagnostic>> {
        let seen = view::seen_by(self.document, path)?;
        if let Some(place) = self.documents.iter().position(|d| *d == seen) {
            return Ok(place);
        }
        let model = model_of(&seen)?;
        if let Some(place) = self.models.iter().position(|m| alike(m, &model)) {
            return Ok(place);
        }
        self.models.push(model);
        self.documents.push(seen);
        Ok(self.models.len() - 1)
    }
}

/// Whether two models are of the same game: how a term is read counts only where it is used. Where things
/// stand is no part of a view, nor are commitments and claims, and the calendar is that of all.
pub(super) fn alike(one: &Model, other: &Model) -> bool {
    let bare = |model: &Model| {
        let mut model = model.clone();
        model.terms.clear();
        model.status_quo = None;
        model.record = Record::default();
        model
    };
    bare(one) == bare(other)
}

pub(super) fn model_of(document: &Document) -> Result<Model, Vec<Diagnostic>> {
    let resolved = resolve(document);
    resolved.model.ok_or(resolved.diagnostics)
}
