//! Several orders one of which a party has, resolved.

use std::collections::HashMap;

use detente_syntax::ast;
use detente_syntax::{Diagnostic, Span};

use super::Resolver;
use crate::codes;
use crate::ids::PartyId;
use crate::model::{Candidate, Preferences};

/// The order that stands for the candidates in the basic reading: that of the most probable one,
/// or of the first when none is more probable than it.
pub(super) fn basic(candidates: &[Candidate]) -> Option<Preferences> {
    let mut best: Option<(u64, &Candidate)> = None;
    for candidate in candidates {
        let text = candidate.probability.as_deref();
        let probability = text.and_then(ast::probability).unwrap_or(0);
        if best.is_none_or(|(before, _)| probability > before) {
            best = Some((probability, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.preferences.clone())
}

impl Resolver<'_> {
    /// The candidates of a party; reports what does not go together.
    pub(super) fn candidates(&mut self, id: PartyId, party: &ast::Party) -> Vec<Candidate> {
        let list = &party.candidates;
        if list.is_empty() {
            return Vec::new();
        }
        if party.preferences.is_some() {
            self.out.push(
                Diagnostic::error(
                    codes::CANDIDATES,
                    format!(
                        "`{}` has an order of its own and candidates for one",
                        party.name
                    ),
                )
                .at(party.name.span(), "")
                .hint("make a candidate of its order too, or leave the candidates out"),
            );
        }
        self.candidate_names(list);
        self.candidate_probabilities(party);
        let before = self.doubts.len();
        let mut out = Vec::new();
        for candidate in list {
            self.cites(&candidate.cites);
            let mut bounds = Vec::new();
            let preferences = self.order(id, &candidate.preferences, &mut bounds);
            out.push(Candidate {
                name: candidate.name.text.clone(),
                title: candidate.title.clone(),
                probability: candidate.probability.clone(),
                preferences,
                cites: candidate.cites.clone(),
                place: candidate.place,
            });
        }
        for span in self.doubts.split_off(before) {
            self.out.push(
                Diagnostic::error(codes::CANDIDATES, "there is doubt within a candidate")
                    .at(span, "")
                    .hint("a candidate says one order for certain: write another candidate"),
            );
        }
        if list.len() > 1 {
            self.doubts.push(list[0].place.0);
        }
        out
    }

    fn candidate_names(&mut self, list: &[ast::Candidate]) {
        let mut names: HashMap<&str, Span> = HashMap::new();
        for candidate in list {
            let name = &candidate.name;
            if let Some(first) = names.insert(name.as_str(), name.span()) {
                self.out.push(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        format!("one party has two candidates `{name}`"),
                    )
                    .at(name.span(), "again here")
                    .see(first, "first here")
                    .hint("give one of them another name"),
                );
            }
        }
    }

    fn candidate_probabilities(&mut self, party: &ast::Party) {
        let list = &party.candidates;
        let without = list.iter().find(|c| c.probability.is_none());
        let given = list.iter().filter(|c| c.probability.is_some()).count();
        if given == 0 {
            return;
        }
        if let Some(without) = without {
            self.out.push(
                Diagnostic::error(
                    codes::CANDIDATES,
                    format!(
                        "candidate `{}` has no probability, but others have",
                        without.name
                    ),
                )
                .at(without.name.span(), "")
                .hint("give all candidates of a party a probability, or none"),
            );
            return;
        }
        let mut sum = 0_u64;
        for candidate in list {
            let text = candidate.probability.as_deref().unwrap_or_default();
            let Some(value) = ast::probability(text) else {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_PROBABILITY,
                        format!("`{text}` is no probability"),
                    )
                    .at(candidate.name.span(), "")
                    .hint("write a number from 0 to 1, such as `candidate hard 0.6 { ... }`"),
                );
                return;
            };
            sum = sum.saturating_add(value);
        }
        if sum != 1_000_000 {
            self.out.push(
                Diagnostic::error(
                    codes::CANDIDATES,
                    format!(
                        "the candidates of `{}` have probabilities that sum to {}",
                        party.name,
                        ast::decimal(sum)
                    ),
                )
                .at(list[0].place.0, "the first of them")
                .hint("let them sum to 1, or leave out all of them"),
            );
        }
    }
}
