//! What parties have bound themselves to, resolved.

use detente_syntax::Diagnostic;
use detente_syntax::ast;

use super::super::{Resolver, terms::Voice};
use crate::codes;
use crate::ids::PartyId;
use crate::model::Term;
use crate::record::{Commitment, Reading, Wording};

impl Resolver<'_> {
    pub(super) fn commitments(&mut self, terms: &[Term]) -> Vec<Commitment> {
        let document = self.document;
        let mut commitments = Vec::with_capacity(document.commitments.len());
        for commitment in &document.commitments {
            self.cites(&commitment.cites);
            let by = self.party_list(&commitment.by);
            if commitment.by.is_empty() {
                self.out.push(
                    Diagnostic::error(
                        codes::UNKNOWN_PARTY,
                        format!("commitment `{}` binds nobody", commitment.name),
                    )
                    .at(commitment.place.0, "")
                    .hint("say who is bound: `by DPRK`"),
                );
            }
            let mut to = self.party_list(&commitment.to);
            if commitment.to.is_empty() {
                let all = (0..document.parties.len() as u16).map(PartyId);
                to = all.filter(|p| !by.contains(p)).collect();
            }
            let on = commitment.on.as_ref().and_then(|d| self.day(d));
            let mut used = Vec::new();
            for name in &commitment.terms {
                let found = self.formulas.scope.find_term(name);
                if let Some(index) = self.good(found) {
                    // A term that could not be resolved is missing in the model.
                    let place = terms
                        .iter()
                        .position(|t| t.name == document.terms[index].name.text);
                    used.extend(place);
                }
            }
            let readings = commitment
                .readings
                .iter()
                .filter_map(|r| self.taken(r))
                .collect();
            let kept = commitment.kept.as_ref().and_then(|f| self.neutral(f));
            commitments.push(Commitment {
                name: commitment.name.text.clone(),
                title: commitment.title.clone(),
                by,
                to,
                on,
                texts: self.wordings(&commitment.texts),
                quoted: self.wordings(&commitment.quoted),
                terms: used,
                readings,
                kept,
                cites: commitment.cites.clone(),
                place: commitment.place,
            });
        }
        commitments
    }

    fn party_list(&mut self, names: &[ast::Name]) -> Vec<PartyId> {
        let mut parties = Vec::with_capacity(names.len());
        for name in names {
            let found = self.formulas.scope.find_party(name);
            if let Some(party) = self.good(found)
                && !parties.contains(&party)
            {
                parties.push(party);
            }
        }
        parties
    }

    /// What a party takes a commitment to bind to.
    fn taken(&mut self, reading: &ast::Reading) -> Option<Reading> {
        self.cites(&reading.cites);
        let found = self.formulas.scope.find_party(&reading.party);
        let party = self.good(found)?;
        let condition =
            self.formulas
                .condition(&reading.formula, Voice::of(party), &mut self.out)?;
        Some(Reading {
            party,
            condition,
            cites: reading.cites.clone(),
            place: reading.place,
        })
    }

    pub(super) fn wordings(&mut self, list: &[ast::Wording]) -> Vec<Wording> {
        let mut wordings = Vec::with_capacity(list.len());
        for wording in list {
            self.cites(&wording.cites);
            wordings.push(Wording {
                text: wording.text.clone(),
                cites: wording.cites.clone(),
                place: wording.place,
            });
        }
        wordings
    }
}
