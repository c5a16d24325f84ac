//! What the text leaves open about preferences, before and after events that change them.

use detente_model::PartyId;
use detente_model::model::Model;
use indexmap::{IndexMap, IndexSet};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::random::below;
use crate::Ranking;
use crate::doubt::{About, Answer, Doubt, Family};

/// Completions that are gone through at most to find the distinct games.
const MOST_COMPLETIONS: u64 = 1 << 16;

/// One doubt of the whole story: it is the same before and after an event that leaves it open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    party: PartyId,
    about: String,
}

fn key(model: &Model, doubt: &Doubt) -> Key {
    use crate::doubt::Says;
    let party = model.party(doubt.party);
    let statement = |place: usize| match &party.preferences {
        detente_model::model::Preferences::Statements(list) => list.get(place).map(|s| {
            let label = s.label.as_deref().unwrap_or_default();
            format!("{label} {:?}", s.condition.expr)
        }),
        _ => None,
    };
    let about = match doubt.about {
        About::Statement(place) => format!("statement {:?}", statement(place)),
        About::Swap(place) => format!("swap {:?} {:?}", statement(place), statement(place + 1)),
        About::Candidates => {
            let names = doubt.answers.iter().map(|a| match a.says {
                Says::Candidate(c) => party.candidates.get(c).map_or("", |c| c.name.as_str()),
                _ => "",
            });
            format!("candidates {}", names.collect::<Vec<_>>().join(" "))
        }
        About::Weight(line) => format!("weight {line} {:?}", doubt.answers),
    };
    Key {
        party: doubt.party,
        about: format!("{about} {}", doubt.answers.len()),
    }
}

/// All doubts of a story, and where each model has them.
pub(super) struct Doubts<'f, 'g, 'm> {
    families: &'f [Family<'g, 'm>],
    /// The answers of each doubt.
    answers: Vec<Vec<Answer>>,
    /// For each model and each of its doubts which of these it is.
    places: Vec<Vec<usize>>,
}

/// One completion of everything that is open: for each model the ranking of each party.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) weight: f64,
    pub(super) rankings: Vec<Vec<Ranking>>,
}

impl<'f, 'g, 'm> Doubts<'f, 'g, 'm> {
    pub(super) fn new(families: &'f [Family<'g, 'm>]) -> Self {
        let mut all: IndexMap<Key, Vec<Answer>> = IndexMap::new();
        let mut places = Vec::new();
        for family in families {
            let model = family.game().model;
            let mut own = Vec::new();
            for doubt in family.doubts() {
                let entry = all.entry(key(model, doubt));
                own.push(entry.index());
                entry.or_insert_with(|| doubt.answers.clone());
            }
            places.push(own);
        }
        Self {
            families,
            answers: all.into_values().collect(),
            places,
        }
    }

    /// The answers of one model's doubts.
    fn of(&self, model: usize, answers: &[usize]) -> Vec<usize> {
        let places = self.places.get(model).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .map(|p| answers.get(*p).copied().unwrap_or(0))
            .collect()
    }

    fn rankings(&self, answers: &[usize]) -> Vec<Vec<Ranking>> {
        let families = self.families.iter().enumerate();
        families
            .map(|(place, family)| {
                let own = self.of(place, answers);
                let parties = family.game().model.party_ids();
                parties.map(|party| family.ranking(party, &own)).collect()
            })
            .collect()
    }

    /// How many doubts there are.
    pub(super) fn len(&self) -> usize {
        self.answers.len()
    }

    /// The distinct games with their probabilities, which sum to 1; `None` when there are more than `most`, or
    /// too many completions to go through.
    pub(super) fn listed(&self, most: usize) -> Option<Vec<World>> {
        let completions = self
            .answers
            .iter()
            .try_fold(1_u64, |n, a| n.checked_mul(a.len() as u64))
            .filter(|n| *n <= MOST_COMPLETIONS)?;
        let mut rankings: IndexSet<Ranking> = IndexSet::new();
        let mut worlds: IndexMap<Vec<usize>, f64> = IndexMap::new();
        for mut completion in 0..completions {
            let mut answers = vec![0; self.answers.len()];
            let mut weight = 1.0;
            for (answer, of) in answers.iter_mut().zip(&self.answers).rev() {
                let count = of.len() as u64;
                *answer = (completion % count) as usize;
                completion /= count;
                let total: u64 = of.iter().map(|a| a.weight).sum();
                let own = of.get(*answer).map_or(0, |a| a.weight);
                weight *= own as f64 / total.max(1) as f64;
            }
            if weight <= 0.0 {
                continue;
            }
            let mut profile = Vec::new();
            for (place, family) in self.families.iter().enumerate() {
                let own = self.of(place, &answers);
                for party in family.game().model.party_ids() {
                    let ranking = family.ranking(party, &own);
                    profile.push(rankings.insert_full(ranking).0);
                }
            }
            *worlds.entry(profile).or_insert(0.0) += weight;
            if worlds.len() > most {
                return None;
            }
        }
        let parties = self
            .families
            .first()
            .map_or(0, |f| f.game().model.parties.len());
        let listed = worlds.into_iter().map(|(profile, weight)| World {
            weight,
            rankings: profile
                .chunks(parties.max(1))
                .map(|own| {
                    own.iter()
                        .filter_map(|r| rankings.get_index(*r).cloned())
                        .collect()
                })
                .collect(),
        });
        Some(listed.collect())
    }

    /// A completion by chance.
    pub(super) fn drawn(&self, random: &mut ChaCha8Rng) -> Vec<Vec<Ranking>> {
        let answers: Vec<usize> = self
            .answers
            .iter()
            .map(|of| {
                let total: u64 = of.iter().map(|a| a.weight).sum();
                let mut left = below(random.next_u64(), total);
                let place = of.iter().position(|answer| {
                    let found = left < answer.weight;
                    left = left.saturating_sub(answer.weight);
                    found
                });
                place.unwrap_or(0)
            })
            .collect();
        self.rankings(&answers)
    }
}
