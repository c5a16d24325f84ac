//! Why nothing helps: a smallest set of facts that forbids it.

use std::collections::HashMap;

use rustsat::types::Lit;

use super::Unsuited;
use super::optimizer::{Optimizer, Step, Term};
use super::search::{Candidate, Order, Search};
use crate::Budget;

/// Facts that forbid everything, and whether no smaller set does.
pub(super) struct Forbidden {
    pub(super) facts: Vec<Lit>,
    pub(super) smallest: bool,
}

impl Search<'_, '_> {
    /// A smallest set of facts that forbids it, given one that does.
    ///
    /// Facts that are enough hit every set of facts that some candidate breaks (Reiter 1987; Ignatiev,
    /// Previti, Liffiton & Marques-Silva 2015): the smallest hitting set of the sets known so far is
    /// tried, and a candidate that it permits gives a further set. When that takes too long, the set
    /// given is made irreducible instead.
    pub(super) fn smallest(
        &mut self,
        core: Vec<Lit>,
        budget: &Budget,
    ) -> Result<Forbidden, Unsuited> {
        const MOST_ROUNDS: usize = 300;
        let core = self.irreducible(core)?;
        let mut broken: Vec<(Candidate, HashMap<Lit, bool>)> = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let trial = self.hitting_set(&broken, budget)?;
            if trial.len() >= core.len() {
                return Ok(Forbidden {
                    facts: core,
                    smallest: true,
                });
            }
            match self.possible(&trial)? {
                Err(facts) => {
                    return Ok(Forbidden {
                        facts,
                        smallest: true,
                    });
                }
                Ok(candidate) => {
                    let facts = self.optimizer.facts().to_vec();
                    let holds: HashMap<Lit, bool> = facts
                        .into_iter()
                        .map(|f| (f, self.optimizer.holds(f)))
                        .collect();
                    broken.push((candidate, holds));
                }
            }
        }
        Ok(Forbidden {
            facts: core,
            smallest: false,
        })
    }

    /// A subset of a set of facts that forbids everything of which each is needed.
    fn irreducible(&mut self, core: Vec<Lit>) -> Result<Vec<Lit>, Unsuited> {
        let mut kept = core;
        let mut at = 0;
        while at < kept.len() {
            let mut trial = kept.clone();
            trial.remove(at);
            match self.possible(&trial)? {
                Ok(_) => at += 1,
                Err(fewer) => {
                    // What was found to be needed stays in front.
                    kept.retain(|f| fewer.contains(f));
                    at = at.min(kept.len());
                }
            }
        }
        Ok(kept)
    }

    /// The fewest facts among which every candidate breaks one.
    fn hitting_set(
        &self,
        broken: &[(Candidate, HashMap<Lit, bool>)],
        budget: &Budget,
    ) -> Result<Vec<Lit>, Unsuited> {
        let facts = self.optimizer.facts().to_vec();
        let mut hitting = Optimizer::new(budget);
        let taken: Vec<Lit> = facts.iter().map(|_| hitting.fresh()).collect();
        for lit in &taken {
            hitting.prefer(!*lit, 1);
        }
        for (candidate, holds) in broken {
            let breaks = |fact: &Lit| match holds.get(fact) {
                Some(held) => !held,
                None => !self.held_by(*fact, candidate),
            };
            let clause: Vec<Term> = facts
                .iter()
                .zip(&taken)
                .filter(|(fact, _)| breaks(fact))
                .map(|(_, lit)| Term::Lit(*lit))
                .collect();
            hitting.clause(&clause)?;
        }
        match hitting.step()? {
            Step::Found => Ok(facts
                .into_iter()
                .zip(taken)
                .filter(|(_, lit)| hitting.holds(*lit))
                .map(|(fact, _)| fact)
                .collect()),
            _ => Ok(facts),
        }
    }

    /// Whether a candidate keeps to a fact that was not thought of when it was found: that a party
    /// prefers one state to another.
    fn held_by(&self, fact: Lit, candidate: &Candidate) -> bool {
        let orders = self.orders.iter().zip(&candidate.rankings);
        let mut pairs = orders.filter_map(|(order, ranking)| match order {
            Order::Ranks(ranks) => {
                let (worse, better) = ranks.states_of(!fact)?;
                Some(ranking.prefers(better, worse))
            }
            Order::Statements(_) => None,
        });
        pairs.next().unwrap_or(true)
    }
}
