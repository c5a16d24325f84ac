//! The game in the eyes of parties that know some readings of the others and not the rest.

use detente_model::model::TermUser;
use detente_model::syntax::ast::{Communicated, Document};
use detente_model::{PartyId, resolve, term};

use super::{Equilibria, Failed, Request, Seen, Toggle};
use crate::space::ranking;
use crate::stability::analyze;
use crate::{Budget, Game, Outcome, Ranking, StabilityTable};

/// Makes games in the eyes of parties, and judges each different one once.
pub(super) struct Eyes<'a, 'm> {
    document: Document,
    game: &'a Game<'m>,
    request: &'a Request,
    budget: &'a Budget,
    judged: Vec<(Vec<Ranking>, Equilibria)>,
}

impl<'a, 'm> Eyes<'a, 'm> {
    pub(super) fn new(
        document: &Document,
        game: &'a Game<'m>,
        request: &'a Request,
        budget: &'a Budget,
    ) -> Self {
        let mut document = document.clone();
        // They have been made, and would be resolved again with every view.
        document.variants.clear();
        Self {
            document,
            game,
            request,
            budget,
            judged: Vec::new(),
        }
    }

    /// The equilibria of the game in which everybody's readings are known to all.
    pub(super) fn common(&mut self) -> Result<Equilibria, Failed> {
        let rankings = self.game.rankings.clone();
        self.judge(rankings)
    }

    /// What every party sees when the document says who knows what.
    pub(super) fn all(&mut self, document: &Document) -> Result<Vec<Seen>, Failed> {
        let mut out = Vec::new();
        for party in self.game.model.party_ids() {
            let rankings = self.rankings(document, party)?;
            let mistaken = |p: &PartyId| rankings[p.index()] != self.game.rankings[p.index()];
            let mistaken_about = self.game.model.party_ids().filter(mistaken).collect();
            out.push(Seen {
                party,
                equilibria: self.judge(rankings)?,
                mistaken_about,
            });
        }
        Ok(out)
    }

    /// What every party sees when all readings of a term are known to all.
    pub(super) fn told(&mut self, term: usize) -> Result<Vec<Seen>, Failed> {
        let mut told = self.document.clone();
        for by in &self.document.parties {
            for to in &self.document.parties {
                if by.name != to.name {
                    self.say(
                        &mut told,
                        term,
                        &by.name.text,
                        &to.name.text,
                        Communicated::Yes,
                    );
                }
            }
        }
        self.all(&told)
    }

    /// What changes when one party learns how another reads a term.
    pub(super) fn toggles(&mut self, term: usize) -> Result<Vec<Toggle>, Failed> {
        let model = self.game.model;
        let of = &model.terms[term];
        let mut out = Vec::new();
        for by in model.party_ids() {
            let uses = |u: &detente_model::model::TermUse| matches!(u.user, TermUser::Preference(p, _) if p == by);
            if of.sense(by).is_none() || !of.uses.iter().any(uses) {
                continue;
            }
            for to in model.party_ids().filter(|to| *to != by) {
                if of.sense(to).is_none() {
                    continue;
                }
                let view = |known| {
                    let mut told = self.document.clone();
                    let (by, to) = (&model.party(by).name, &model.party(to).name);
                    self.say(&mut told, term, by, to, known);
                    told
                };
                let (unknown, known) = (view(Communicated::No), view(Communicated::Yes));
                let before = self.rankings(&unknown, to)?;
                let after = self.rankings(&known, to)?;
                out.push(Toggle {
                    by,
                    to,
                    said: of.known(by, to),
                    matters: before != after,
                    without: self.judge(before)?,
                    with: self.judge(after)?,
                });
            }
        }
        Ok(out)
    }

    /// Says in a document who knows a reading of a term of the model.
    fn say(&self, document: &mut Document, term: usize, by: &str, to: &str, known: Communicated) {
        let name = &self.game.model.terms[term].name;
        let mut terms = document.terms.iter_mut();
        if let Some(found) = terms.find(|t| t.name.as_str() == name) {
            term::communicate(found, by, to, known);
        }
    }

    /// The rankings of all parties as one of them sees them.
    fn rankings(&self, document: &Document, viewer: PartyId) -> Result<Vec<Ranking>, Failed> {
        if self.budget.is_cancelled() {
            return Err(Failed::Stopped(crate::Stop::Cancelled));
        }
        let mut view = document.clone();
        view.variants.clear();
        let name = &self.game.model.party(viewer).name;
        term::seen_by(&mut view, name).map_err(Failed::Problems)?;
        let resolved = resolve(&view);
        let Some(model) = resolved.model else {
            return Err(Failed::Problems(resolved.diagnostics));
        };
        let ranked: Result<Vec<Ranking>, _> = model
            .parties
            .iter()
            .map(|party| ranking(party, &self.game.space))
            .collect();
        match ranked {
            Ok(rankings) => Ok(rankings),
            Err(_) => Err(Failed::Problems(match Game::new(&model, self.budget) {
                Ok(_) => Vec::new(),
                Err(problems) => problems,
            })),
        }
    }

    /// The equilibria when the parties rank the states so.
    fn judge(&mut self, rankings: Vec<Ranking>) -> Result<Equilibria, Failed> {
        if let Some((_, known)) = self.judged.iter().find(|(r, _)| *r == rankings) {
            return Ok(known.clone());
        }
        let mut game = self.game.clone();
        game.rankings.clone_from(&rankings);
        let concepts = &self.request.concepts;
        let outcome = analyze(
            &game.conflict(),
            concepts,
            &self.request.settings,
            self.budget,
        );
        let analysis = match outcome {
            Outcome::Complete(analysis) => analysis,
            Outcome::Stopped(_, stop) => return Err(Failed::Stopped(stop)),
        };
        let found: Equilibria = concepts
            .iter()
            .map(|c| analysis.table(*c).map(StabilityTable::equilibria))
            .collect();
        self.judged.push((rankings, found.clone()));
        Ok(found)
    }
}
