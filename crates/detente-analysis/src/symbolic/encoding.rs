//! A model as decision diagrams over one copy of its options.

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use detente_model::model::{Assignment, Model};
use detente_model::syntax::ast::Direction;
use detente_model::{Expr, PartyId};

use super::diagram::{Diagrams, Meter};
use super::layout::Layout;
use super::logic;
use super::refusal::{self, Unsuited};
use crate::{Budget, Stop};

/// A model as decision diagrams: which states are feasible, and what each is worth to each party.
///
/// A state is an assignment of the options' levels; every option takes one variable for each level
/// above its first. Nothing is enumerated: the number of options is not limited to the bits of a
/// state's number.
#[derive(Debug, Clone)]
pub struct Encoding<'m> {
    pub(crate) model: &'m Model,
    pub(crate) layout: Layout,
    pub(crate) set: BddVariableSet,
    /// The variable of each bit.
    pub(crate) variables: Vec<BddVariable>,
    pub(crate) feasible: Bdd,
    pub(crate) players: Vec<Player>,
    /// Whether every rule speaks of one party's options only.
    pub(crate) separate: bool,
}

/// What one party can do and wants, in diagrams.
#[derive(Debug, Clone)]
pub(crate) struct Player {
    /// For each variable whether it is this party's.
    pub(crate) owns: Vec<bool>,
    /// Its variables that may change both ways, by variable.
    pub(crate) free: Vec<bool>,
    /// Its one-way variables.
    pub(crate) one_way: Vec<OneWay>,
    /// What states are worth to it, most significant bit first.
    pub(crate) worth: Vec<Bdd>,
}

/// A variable that changes in one direction only.
#[derive(Debug, Clone)]
pub(crate) struct OneWay {
    pub(crate) variable: BddVariable,
    /// The value that it may not leave.
    pub(crate) end: bool,
    /// Where it has that value.
    pub(crate) reached: Bdd,
}

impl Player {
    /// Whether it has a move at all.
    pub(crate) fn can_move(&self) -> bool {
        self.owns.contains(&true)
    }
}

impl<'m> Encoding<'m> {
    /// Encodes a model within the budget (`max_nodes`, `max_work`).
    ///
    /// # Errors
    ///
    /// Says why the model does not fit; see [`Unsuited`].
    pub fn new(model: &'m Model, budget: &Budget) -> Result<Self, Unsuited> {
        refusal::check(model)?;
        let meter = Meter::new(budget);
        let layout = Layout::new(model);
        let order = layout.order().iter().flat_map(|o| layout.of(*o));
        let mut place = vec![0; layout.bits.len()];
        for (at, bit) in order.enumerate() {
            place[bit] = at;
        }
        let encoding = Self::with_variables(model, layout, &place, &meter)?;
        if encoding.feasible.is_false() {
            return Err(Unsuited::NoFeasibleState);
        }
        Ok(encoding)
    }

    fn with_variables(
        model: &'m Model,
        layout: Layout,
        place: &[usize],
        meter: &Meter<'_>,
    ) -> Result<Self, Unsuited> {
        let count = u16::try_from(place.len()).map_err(|_| Unsuited::TooWide(model.width()))?;
        let set = BddVariableSet::new_anonymous(count);
        let variables: Vec<BddVariable> =
            place.iter().map(|p| BddVariable::from_index(*p)).collect();
        let mut logic = Diagrams {
            meter,
            set: &set,
            variables: &variables,
        };
        let feasible = logic::feasible(&mut logic, &layout, model)?;
        let mut players = Vec::with_capacity(model.parties.len());
        for (id, party) in model.party_ids().zip(&model.parties) {
            let mut worth = logic::worth(&mut logic, &layout, party)?;
            worth.bits.retain(|b| b.as_bool().is_none());
            if !meter.and_not(&feasible, &worth.ranked)?.is_false() {
                return Err(Unsuited::Unranked(id));
            }
            let mut player = Player {
                owns: vec![false; usize::from(count)],
                free: vec![false; usize::from(count)],
                one_way: Vec::new(),
                worth: worth.bits,
            };
            for (bit, variable) in layout.bits.iter().zip(&variables) {
                if bit.owner != id {
                    continue;
                }
                player.owns[variable.to_index()] = true;
                match bit.direction {
                    Direction::Both => player.free[variable.to_index()] = true,
                    Direction::OnlyOn | Direction::OnlyOff => {
                        let end = bit.direction == Direction::OnlyOn;
                        player.one_way.push(OneWay {
                            variable: *variable,
                            end,
                            reached: set.mk_literal(*variable, end),
                        });
                    }
                }
            }
            players.push(player);
        }
        Ok(Self {
            model,
            layout,
            variables,
            feasible,
            players,
            separate: logic::rules_are_separate(model),
            set,
        })
    }

    /// The model.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.players.len()
    }

    /// The number of yes/no positions of a state: variables of the diagrams.
    pub fn width(&self) -> usize {
        self.variables.len()
    }

    /// The states that satisfy an expression over options, feasible or not.
    pub(crate) fn states(&self, expr: &Expr, meter: &Meter<'_>) -> Result<Bdd, Stop> {
        let mut logic = Diagrams {
            meter,
            set: &self.set,
            variables: &self.variables,
        };
        logic::formula(&mut logic, &self.layout, expr)
    }

    /// Whether a state is one of the model's states and feasible.
    pub fn is_feasible(&self, state: &Assignment) -> bool {
        self.values(state)
            .is_some_and(|values| holds(&self.feasible, &values))
    }

    /// What a state is worth to a party: comparable numbers in binary, most significant bit first.
    /// `None` for a state or party that the model does not have.
    pub fn worth(&self, party: PartyId, state: &Assignment) -> Option<Vec<bool>> {
        let values = self.values(state)?;
        let player = self.players.get(party.index())?;
        Some(player.worth.iter().map(|w| holds(w, &values)).collect())
    }

    /// The value of every variable in a state.
    pub(crate) fn values(&self, state: &Assignment) -> Option<Vec<bool>> {
        let bits = self.layout.encode(state)?;
        let mut values = vec![false; usize::from(self.set.num_vars())];
        for (variable, bit) in self.variables.iter().zip(bits) {
            values[variable.to_index()] = bit;
        }
        Some(values)
    }

    /// The state in which the variables have these values.
    pub(crate) fn state(&self, values: &[bool]) -> Assignment {
        let bits: Vec<bool> = self
            .variables
            .iter()
            .map(|v| values.get(v.to_index()).copied().unwrap_or(false))
            .collect();
        self.layout.decode(&bits)
    }
}

/// Whether a diagram holds for these values of its variables.
pub(crate) fn holds(diagram: &Bdd, values: &[bool]) -> bool {
    let mut at = diagram.root_pointer();
    while !at.is_terminal() {
        let value = values.get(diagram.var_of(at).to_index());
        at = if value == Some(&true) {
            diagram.high_link_of(at)
        } else {
            diagram.low_link_of(at)
        };
    }
    at.is_one()
}
