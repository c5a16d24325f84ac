//! From what was found to its serialisable form.

use detente_analysis::model::model::{Term, TermUser};
use detente_analysis::model::{Condition, PartyId};
use detente_analysis::terms::{
    self, Pair, Reader, Relation, Seen, Sense, Split, TermFound, Toggle,
};
use detente_analysis::{Game, StateId, StateSet};
use indexmap::IndexMap;

use super::finding::{
    CommunicatedFinding, Equilibria, PairFinding, ReadingFinding, SeenFinding, SplitFinding,
    StatedFinding, TermFinding, Terms, ToggleFinding, UseFinding,
};
use super::{Found, cited, islands, reader_name};
use crate::build::{concept_name, state as state_finding};
use crate::words;

/// With more states than this, only those that are referred to are described.
const ALL_STATES_UP_TO: usize = 1 << 12;

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_, '_>) -> Terms {
    let game = found.game;
    let builder = Builder { found };
    let terms = found.terms.terms.iter().map(|t| builder.term(t)).collect();
    Terms {
        format: "detente-terms/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: found.variants.to_vec(),
        feasible: game.space.len(),
        common: builder.equilibria(&found.terms.common),
        eyes: builder.eyes(&found.terms.eyes),
        terms,
        islands: found.islands.map(|i| islands::finding(game, i)),
        states: builder.states(),
        stopped: found.stop.map(ToString::to_string),
    }
}

/// The name of a relation.
pub(super) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equivalent => "equivalent",
        Relation::Disjoint => "disjoint",
        Relation::Implies => "implies",
        Relation::ImpliedBy => "implied_by",
        Relation::Overlapping => "overlapping",
    }
}

/// The condition of a reading, and where it is known from.
pub(super) fn reading(term: &Term, reader: Reader) -> Option<(&Condition, Vec<String>)> {
    match reader {
        Reader::Party(party) => term.own(party).map(|r| (&r.condition, cited(&r.cites))),
        Reader::Neutral => {
            let means = term.means.as_ref();
            means.map(|m| (&m.condition, cited(&m.cites)))
        }
    }
}

struct Builder<'a, 'm> {
    found: &'a Found<'a, 'm>,
}

impl Builder<'_, '_> {
    fn game(&self) -> &Game<'_> {
        self.found.game
    }

    fn name(&self, party: PartyId) -> String {
        words::party(self.game(), party).to_owned()
    }

    fn ids(&self, states: &StateSet) -> Vec<u32> {
        states.iter().map(|s| self.game().id(s)).collect()
    }

    fn id(&self, state: Option<StateId>) -> Option<u32> {
        state.map(|s| self.game().id(s))
    }

    fn equilibria(&self, of: &terms::Equilibria) -> Equilibria {
        let concepts = self.found.request.concepts.iter();
        concepts
            .zip(of)
            .map(|(c, set)| {
                (
                    concept_name(self.game(), *c),
                    set.as_ref().map(|s| self.ids(s)),
                )
            })
            .collect()
    }

    fn eyes(&self, eyes: &[Seen]) -> IndexMap<String, SeenFinding> {
        let one = |seen: &Seen| {
            let mistaken = seen.mistaken_about.iter().map(|p| self.name(*p));
            let finding = SeenFinding {
                equilibria: self.equilibria(&seen.equilibria),
                mistaken_about: mistaken.collect(),
            };
            (self.name(seen.party), finding)
        };
        eyes.iter().map(one).collect()
    }

    fn term(&self, found: &TermFound) -> TermFinding {
        let game = self.game();
        let term = &game.model.terms[found.term];
        let reader = |at: usize| reader_name(game, found.senses[at].reader);
        TermFinding {
            name: term.name.clone(),
            title: term.title.clone(),
            cites: cited(&term.cites),
            stated: term.stated.iter().map(|s| self.stated(s)).collect(),
            readings: found.senses.iter().map(|s| self.reading(term, s)).collect(),
            communicated: term
                .communicated
                .iter()
                .map(|c| CommunicatedFinding {
                    by: self.name(c.by),
                    to: self.name(c.to),
                    known: c.known.text().to_owned(),
                    cites: cited(&c.cites),
                })
                .collect(),
            uses: self.uses(term),
            parted: found.parted(),
            splits: found
                .splits
                .iter()
                .map(|s| self.split(found, s, &reader))
                .collect(),
            pairs: found
                .pairs
                .iter()
                .map(|p: &Pair| PairFinding {
                    first: reader(p.first),
                    second: reader(p.second),
                    relation: relation(p.relation).to_owned(),
                    both: self.id(p.both),
                    only_first: self.id(p.only_first),
                    only_second: self.id(p.only_second),
                })
                .collect(),
            toggles: found.toggles.iter().map(|t| self.toggle(t)).collect(),
            told: self.eyes(&found.told),
        }
    }

    fn stated(&self, stated: &detente_model::syntax::ast::Stated) -> StatedFinding {
        let sources = self.game().model.sources.iter();
        let source = sources.clone().find(|s| s.name == stated.source.text);
        StatedFinding {
            source: stated.source.text.clone(),
            title: source.and_then(|s| s.title.clone()),
            quote: stated.quote.clone(),
        }
    }

    fn reading(&self, term: &Term, sense: &Sense) -> ReadingFinding {
        let (text, cites) = reading(term, sense.reader)
            .map_or_else(Default::default, |(c, cites)| (c.text.clone(), cites));
        ReadingFinding {
            reader: reader_name(self.game(), sense.reader),
            text,
            states: sense.states.len(),
            cites,
        }
    }

    fn uses(&self, term: &Term) -> Vec<UseFinding> {
        let one = |u: &detente_model::model::TermUse| {
            let (what, party, place) = match u.user {
                TermUser::Preference(party, i) => ("preference", Some(self.name(party)), i),
                TermUser::Rule(i) => ("never", None, i),
                TermUser::Consequence(i) => ("when", None, i),
                TermUser::Prohibition(i) => ("no_move", None, i),
                TermUser::Class(i) => ("class", None, i),
            };
            UseFinding {
                what: what.to_owned(),
                party,
                place: place + 1,
                text: u.text.clone(),
                directly: u.directly,
            }
        };
        term.uses.iter().map(one).collect()
    }

    fn split(
        &self,
        found: &TermFound,
        split: &Split,
        reader: &impl Fn(usize) -> Option<String>,
    ) -> SplitFinding {
        let game = self.game();
        let mut counts = vec![0_usize; game.model.classes.len() + 1];
        for state in split.states.iter() {
            let class = game.headline(state).unwrap_or(game.model.classes.len());
            counts[class] += 1;
        }
        let names = game
            .model
            .classes
            .iter()
            .map(|c| c.name.as_str())
            .chain([""]);
        SplitFinding {
            holding: split.holding.iter().map(|i| reader(*i)).collect(),
            parted: split.parts(found.senses.len()),
            count: split.states.len(),
            classes: names
                .zip(counts)
                .filter(|(_, n)| *n > 0)
                .map(|(name, n)| (name.to_owned(), n))
                .collect(),
            states: self.ids(&split.states),
        }
    }

    fn toggle(&self, toggle: &Toggle) -> ToggleFinding {
        ToggleFinding {
            by: self.name(toggle.by),
            to: self.name(toggle.to),
            said: toggle.said.text().to_owned(),
            matters: toggle.matters,
            without: self.equilibria(&toggle.without),
            with: self.equilibria(&toggle.with),
        }
    }

    /// The states that are described.
    fn states(&self) -> Vec<crate::finding::State> {
        let game = self.game();
        let found = self.found.terms;
        let mut named = StateSet::empty(game.space.len());
        if game.space.len() <= ALL_STATES_UP_TO {
            named = StateSet::all(game.space.len());
        } else {
            let mut add = |of: &terms::Equilibria| {
                for set in of.iter().flatten() {
                    set.iter().for_each(|s| {
                        named.insert(s);
                    });
                }
            };
            add(&found.common);
            found.eyes.iter().for_each(|e| add(&e.equilibria));
            for term in &found.terms {
                term.told.iter().for_each(|e| add(&e.equilibria));
                for toggle in &term.toggles {
                    add(&toggle.without);
                    add(&toggle.with);
                }
            }
            for pair in found.terms.iter().flat_map(|t| &t.pairs) {
                let witnesses = [pair.both, pair.only_first, pair.only_second];
                witnesses.into_iter().flatten().for_each(|s| {
                    named.insert(s);
                });
            }
        }
        named.iter().map(|s| state_finding(game, s)).collect()
    }
}
