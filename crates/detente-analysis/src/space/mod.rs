//! The states of a negotiation: which are feasible, how they are numbered and named.

mod enumerate;
mod moves;
mod ranks;
mod test;

use detente_model::model::{Assignment, Form, Model};
use detente_model::{Condition, OptionId};

pub use self::enumerate::{Size, SpaceError};
pub(crate) use self::moves::Consequences;
pub use self::moves::moves;
pub use self::ranks::{Unranked, ranking};
pub(crate) use self::ranks::{statement_keys, tier_places};
pub use self::test::Test;
use crate::budget::Budget;
use crate::graph::StateId;

/// The feasible states of a model, ascending.
///
/// In the option form a state is a number in which the first option is the least significant bit; a
/// graded option takes one bit for each level above its first. In the graph form it is the place of
/// the state in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    values: Vec<u128>,
    layout: Layout,
}

/// Where each option's bits stand in a state's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// For each option the first bit and the number of bits.
    places: Vec<(u32, u32)>,
    width: u32,
}

impl Layout {
    fn new(model: &Model) -> Option<Self> {
        let mut places = Vec::with_capacity(model.options.len());
        let mut at: u32 = 0;
        for option in &model.options {
            let width = option.width();
            places.push((at, width));
            at = at.checked_add(width)?;
        }
        (at <= u128::BITS).then_some(Self { places, width: at })
    }

    /// The bits of an option.
    pub(crate) fn mask(&self, option: OptionId) -> u128 {
        let (at, width) = self.places[option.index()];
        ones(width) << (at % u128::BITS)
    }

    /// The option at this level, all others at their first.
    pub(crate) fn bits(&self, option: OptionId, level: u16) -> u128 {
        let (at, _) = self.places[option.index()];
        if level == 0 {
            0
        } else {
            1_u128 << (at + u32::from(level) - 1)
        }
    }

    /// The level of an option in a state.
    pub(crate) fn level(&self, value: u128, option: OptionId) -> u16 {
        let (at, width) = self.places[option.index()];
        if width == 0 {
            return 0;
        }
        let bits = (value >> at) & ones(width);
        (u128::BITS - bits.leading_zeros()) as u16
    }

    fn value(&self, levels: &[u16]) -> u128 {
        levels.iter().enumerate().fold(0, |value, (i, level)| {
            value | self.bits(OptionId(i as u32), *level)
        })
    }
}

fn ones(width: u32) -> u128 {
    if width >= u128::BITS {
        u128::MAX
    } else {
        (1 << width) - 1
    }
}

impl Space {
    /// Enumerates the feasible states of a model within the budget.
    pub fn new(model: &Model, budget: &Budget) -> Result<Self, SpaceError> {
        match model.form {
            Form::Options => enumerate::enumerate(model, budget),
            Form::Graph if model.states.is_empty() => Err(SpaceError::NoFeasibleState),
            Form::Graph => enumerate::list(model, budget),
        }
    }

    /// The number of feasible states.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none; never true of a space that was built.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All states, ascending.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = StateId> + use<> {
        (0..self.values.len() as u32).map(StateId)
    }

    /// A state's number: the first option is the least significant bit.
    pub fn value(&self, state: StateId) -> u128 {
        self.values[state.index()]
    }

    /// The state with this number, if it is feasible.
    pub fn find(&self, value: u128) -> Option<StateId> {
        // Up to the first state that is not feasible, numbers are places.
        if let Ok(at) = u32::try_from(value)
            && self.values.get(at as usize) == Some(&value)
        {
            return Some(StateId(at));
        }
        self.values
            .binary_search(&value)
            .ok()
            .map(|i| StateId(i as u32))
    }

    /// The state in which every option has the given level, if it is feasible.
    pub fn find_assignment(&self, levels: &Assignment) -> Option<StateId> {
        self.find(self.layout.value(levels))
    }

    /// The level of an option in a state: 0 when it is not taken.
    pub fn level(&self, state: StateId, option: OptionId) -> u16 {
        self.layout.level(self.value(state), option)
    }

    /// The levels of all options.
    pub fn assignment(&self, state: StateId) -> Assignment {
        (0..self.layout.places.len() as u32)
            .map(|o| self.level(state, OptionId(o)))
            .collect()
    }

    /// The state as a row of `Y` and `N`, first option first; empty in the graph form.
    pub fn yn(&self, state: StateId) -> String {
        let value = self.value(state);
        (0..self.layout.width)
            .map(|b| if value >> b & 1 == 1 { 'Y' } else { 'N' })
            .collect()
    }

    /// The options above their first level, ascending, with their levels.
    pub fn on(&self, state: StateId) -> Vec<(OptionId, u16)> {
        (0..self.layout.places.len() as u32)
            .map(|o| (OptionId(o), self.level(state, OptionId(o))))
            .filter(|(_, level)| *level > 0)
            .collect()
    }

    /// A condition made ready to be tested on many states.
    pub fn test(&self, condition: &Condition) -> Test {
        Test::new(&condition.expr, &self.layout)
    }

    /// The states that satisfy a condition, ascending.
    pub fn matching(&self, condition: &Condition) -> Vec<StateId> {
        let test = self.test(condition);
        self.ids().filter(|s| test.holds(self.value(*s))).collect()
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }
}
