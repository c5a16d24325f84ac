//! The verdicts that come with a witness, each found by a search of its own.

use detente_analysis::{Settings, StateId, explain};
use detente_model::PartyId;

use super::graph::assignments;
use crate::examiner::{Examiner, Subject};
use crate::random::Random;
use crate::verdicts::{Bits, Table, Verdicts};

/// A thorough sample takes so many pairs at most, besides those that it takes anyway.
const MOST: usize = 600;

/// [`detente_analysis::explain`] on a sample of parties and states.
#[derive(Debug, Clone, Copy)]
pub struct Explain {
    /// How many pairs of a party and a state are drawn for each concept.
    pub sample: usize,
}

impl Default for Explain {
    /// Three for each concept.
    fn default() -> Self {
        Self { sample: 3 }
    }
}

impl Examiner for Explain {
    fn name(&self) -> &'static str {
        "explain"
    }

    fn applicable(&self, _: &Subject<'_>) -> bool {
        true
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let game = subject.game()?;
        let conflict = game.conflict();
        let (states, parties) = (game.graph.states(), game.graph.parties());
        let mut random = Random::new(0, subject.number);
        let mut more = Random::new(3, subject.number);
        let mut tables = Vec::new();
        for concept in subject.concepts() {
            if concept.check(&conflict).is_err() {
                continue;
            }
            let all = states * parties;
            let mut cells: Vec<usize> = (0..self.sample).map(|_| random.below(all)).collect();
            if subject.thorough && all <= MOST {
                cells = (0..all).collect();
            } else if subject.thorough {
                cells.extend((0..MOST).map(|_| more.below(all)));
            }
            let mut judged = vec![Bits::none(states); parties];
            let mut stable = judged.clone();
            for cell in cells {
                let (party, state) = (cell / states, cell % states);
                let verdict = explain(
                    &conflict,
                    *concept,
                    &Settings::default(),
                    PartyId(party as u16),
                    StateId(state as u32),
                    subject.budget(),
                )
                .map_err(|e| e.to_string())?;
                judged[party].insert(state);
                if verdict.stable {
                    stable[party].insert(state);
                }
            }
            tables.push(Table {
                concept: *concept,
                judged,
                stable,
            });
        }
        Ok(Verdicts {
            states: assignments(game),
            parties,
            tables,
        })
    }
}
