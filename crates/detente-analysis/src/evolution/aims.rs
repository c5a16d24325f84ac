//! Targets of a negotiation, and the equilibria among them grouped by outcome class.

use crate::{Game, StateId, StateSet};

/// Up to this many equilibria without a class are targets of their own each; more are one target.
pub const OWN_TARGETS_UP_TO: usize = 12;

/// What a negotiation should get to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Any state of an outcome class, given as its place in the model.
    Class(usize),
    /// One state.
    State(StateId),
    /// Any equilibrium that is counted under this class; `None` for those that belong to no class.
    Equilibria(Option<usize>),
}

impl Aim {
    /// Its states; `equilibria` are those of the concept asked for.
    pub fn states(self, game: &Game<'_>, equilibria: &[StateId]) -> StateSet {
        let mut set = StateSet::empty(game.space.len());
        match self {
            Self::State(state) => {
                set.insert(state);
            }
            Self::Class(class) => {
                let of_class = |s: &StateId| game.classes[s.index()].contains(&class);
                for state in game.space.ids().filter(of_class) {
                    set.insert(state);
                }
            }
            Self::Equilibria(class) => {
                for state in equilibria.iter().filter(|s| game.headline(**s) == class) {
                    set.insert(*state);
                }
            }
        }
        set
    }
}

/// The equilibria as targets: those of each class together, in the order of the classes, then those
/// without a class, each by itself when they are few.
pub fn equilibria_by_class(game: &Game<'_>, equilibria: &[StateId]) -> Vec<Aim> {
    let classes = (0..game.model.classes.len()).map(Some);
    let held = |class: &Option<usize>| equilibria.iter().any(|s| game.headline(*s) == *class);
    let mut aims: Vec<Aim> = classes.filter(held).map(Aim::Equilibria).collect();
    let rest: Vec<StateId> = equilibria
        .iter()
        .copied()
        .filter(|s| game.headline(*s).is_none())
        .collect();
    if rest.len() <= OWN_TARGETS_UP_TO {
        aims.extend(rest.into_iter().map(Aim::State));
    } else {
        aims.push(Aim::Equilibria(None));
    }
    aims
}
