//! Answers about sets of states that are too large to list.

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddVariable};
use detente_model::model::Assignment;
use detente_model::{OptionId, PartyId};
use num_bigint::BigUint;

use super::engine::{Engine, States, Unanswered};
use crate::Stop;

/// A state of a set that is closest to a given state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The state; among equally close ones that with the smallest number (the last option is the most
    /// significant, as in [`crate::space::Space`]).
    pub state: Assignment,
    /// The number of options on which the two differ.
    pub distance: u32,
}

/// The best or worst states of a set for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// That with the smallest number.
    pub state: Assignment,
    /// All of them: they are tied.
    pub tied: States,
}

/// The levels that an option takes in a set of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// The option.
    pub option: OptionId,
    /// The lowest level that it takes.
    pub lowest: u16,
    /// The highest level that it takes.
    pub highest: u16,
}

impl Levels {
    /// Whether the option has the same level in all states of the set.
    pub fn is_fixed(self) -> bool {
        self.lowest == self.highest
    }
}

/// How many states of a set belong to an outcome class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassCount {
    /// The class, as an index into the model's classes; `None` for the states that belong to none.
    pub class: Option<usize>,
    /// The states that belong to it.
    pub members: BigUint,
    /// Those of them that belong to no earlier class.
    pub headline: BigUint,
}

impl Engine<'_, '_, '_> {
    /// The state of a set with the smallest number; `None` when the set is empty.
    pub fn lowest(&self, states: &States) -> Result<Option<Assignment>, Unanswered> {
        let no_cost = vec![[0, 0]; usize::from(self.encoding.set.num_vars())];
        let found = self.cheapest(self.own(states)?, &no_cost)?;
        Ok(found.map(|(state, _)| state))
    }

    /// The states of a set with the smallest numbers, ascending, `count` of them at most.
    pub fn first(&self, states: &States, count: usize) -> Result<Vec<Assignment>, Unanswered> {
        let mut rest = self.own(states)?.clone();
        let mut found = Vec::new();
        while found.len() < count {
            let no_cost = vec![[0, 0]; usize::from(self.encoding.set.num_vars())];
            let Some((state, _)) = self.cheapest(&rest, &no_cost)? else {
                break;
            };
            let values = self.encoding.values(&state).ok_or(Unanswered::State)?;
            let variables = self.encoding.variables.iter();
            let pairs: Vec<_> = variables.map(|v| (*v, values[v.to_index()])).collect();
            let pattern = BddPartialValuation::from_values(&pairs);
            let this = self.encoding.set.mk_conjunctive_clause(&pattern);
            rest = self.meter.and_not(&rest, &this)?;
            found.push(state);
        }
        Ok(found)
    }

    /// The state of a set that differs from a given state on the fewest options; `None` when the set
    /// is empty. The given state need not be feasible.
    pub fn nearest(&self, states: &States, to: &Assignment) -> Result<Option<Nearest>, Unanswered> {
        let encoding = self.encoding;
        encoding.values(to).ok_or(Unanswered::State)?;
        let mut cost = vec![[0, 0]; usize::from(encoding.set.num_vars())];
        for (bit, variable) in encoding.layout.bits.iter().zip(&encoding.variables) {
            // The level differs iff the bit of the given level is off or that above it is on.
            let level = to.get(bit.option.index()).copied().unwrap_or(0);
            if bit.level == level {
                cost[variable.to_index()] = [1, 0];
            } else if bit.level == level + 1 {
                cost[variable.to_index()] = [0, 1];
            }
        }
        let found = self.cheapest(self.own(states)?, &cost)?;
        Ok(found.map(|(state, distance)| Nearest { state, distance }))
    }

    /// The state of least cost, the smallest number among equals, and its cost.
    fn cheapest(&self, set: &Bdd, cost: &[[u32; 2]]) -> Result<Option<(Assignment, u32)>, Stop> {
        let Some(total) = least_cost(set, cost) else {
            return Ok(None);
        };
        let (layout, variables) = (&self.encoding.layout, &self.encoding.variables);
        let mut left = set.clone();
        let mut spent = 0;
        let mut state = vec![0_u16; self.encoding.model.options.len()];
        for option in self.encoding.model.option_ids().rev() {
            let own: Vec<BddVariable> = layout.of(option).map(|b| variables[b]).collect();
            for level in 0..=own.len() {
                let fixed: Vec<(BddVariable, bool)> = own
                    .iter()
                    .enumerate()
                    .map(|(l, v)| (*v, l < level))
                    .collect();
                let here: u32 = fixed
                    .iter()
                    .map(|(v, value)| cost[v.to_index()][usize::from(*value)])
                    .sum();
                let rest = self.meter.fix(&left, &fixed)?;
                if least_cost(&rest, cost).is_some_and(|more| spent + here + more == total) {
                    state[option.index()] = level as u16;
                    spent += here;
                    left = rest;
                    break;
                }
            }
        }
        Ok(Some((state, total)))
    }

    /// The states of a set that a party likes best; `None` when the set is empty.
    pub fn best_for(&self, party: PartyId, states: &States) -> Result<Option<Extreme>, Unanswered> {
        self.extreme(party, states, true)
    }

    /// The states of a set that a party likes least; `None` when the set is empty.
    pub fn worst_for(
        &self,
        party: PartyId,
        states: &States,
    ) -> Result<Option<Extreme>, Unanswered> {
        self.extreme(party, states, false)
    }

    fn extreme(
        &self,
        party: PartyId,
        states: &States,
        best: bool,
    ) -> Result<Option<Extreme>, Unanswered> {
        let player = self
            .encoding
            .players
            .get(party.index())
            .ok_or(Unanswered::Party(party.0))?;
        let mut left = self.own(states)?.clone();
        for worth in &player.worth {
            let kept = if best {
                self.meter.and(&left, worth)?
            } else {
                self.meter.and_not(&left, worth)?
            };
            if !kept.is_false() {
                left = kept;
            }
        }
        let tied = States { diagram: left };
        let lowest = self.lowest(&tied)?;
        Ok(lowest.map(|state| Extreme { state, tied }))
    }

    /// The range of levels that each option takes in a set; empty for the empty set. The options that
    /// are fixed are what all its states have in common.
    pub fn levels(&self, states: &States) -> Result<Vec<Levels>, Unanswered> {
        if states.is_empty() {
            return Ok(Vec::new());
        }
        let set = self.own(states)?;
        let mut all = Vec::with_capacity(self.encoding.model.options.len());
        for option in self.encoding.model.option_ids() {
            let (mut lowest, mut highest) = (0, 0);
            for bit in self.encoding.layout.of(option) {
                let variable = self.encoding.variables[bit];
                let fixed = |value| self.meter.fix(set, &[(variable, value)]);
                lowest += u16::from(fixed(false)?.is_false());
                highest += u16::from(!fixed(true)?.is_false());
            }
            all.push(Levels {
                option,
                lowest,
                highest,
            });
        }
        Ok(all)
    }

    /// How many states of a set belong to each outcome class of the model, in the order of the
    /// classes, and last how many belong to none.
    pub fn by_class(&self, states: &States) -> Result<Vec<ClassCount>, Unanswered> {
        let mut rest = self.own(states)?.clone();
        let mut counts = Vec::with_capacity(self.encoding.model.classes.len() + 1);
        for (index, class) in self.encoding.model.classes.iter().enumerate() {
            let members = self.encoding.states(&class.condition.expr, &self.meter)?;
            let all = self.meter.and(&states.diagram, &members)?;
            let new = self.meter.and(&rest, &members)?;
            rest = self.meter.and_not(&rest, &members)?;
            counts.push(ClassCount {
                class: Some(index),
                members: all.exact_cardinality(),
                headline: new.exact_cardinality(),
            });
        }
        let none = rest.exact_cardinality();
        counts.push(ClassCount {
            class: None,
            members: none.clone(),
            headline: none,
        });
        Ok(counts)
    }
}

/// The least cost of a valuation in a diagram; `None` when there is none. A variable costs nothing at
/// one of its values, so one that a path skips is free.
fn least_cost(set: &Bdd, cost: &[[u32; 2]]) -> Option<u32> {
    let mut least: Vec<Option<u32>> = Vec::with_capacity(set.size());
    for pointer in set.pointers() {
        let value = if pointer.is_zero() {
            None
        } else if pointer.is_one() {
            Some(0)
        } else {
            let [low, high] = cost[set.var_of(pointer).to_index()];
            let side = |to: biodivine_lib_bdd::BddPointer, cost: u32| {
                least
                    .get(to.to_index())
                    .copied()
                    .flatten()
                    .map(|c| c + cost)
            };
            let (a, b) = (
                side(set.low_link_of(pointer), low),
                side(set.high_link_of(pointer), high),
            );
            a.into_iter().chain(b).min()
        };
        least.push(value);
    }
    least.last().copied().flatten()
}
