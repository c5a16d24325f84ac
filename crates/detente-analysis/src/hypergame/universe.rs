//! The states of several games in one numbering.

use detente_model::model::{Form, Model};
use detente_model::syntax::Diagnostic;
use detente_model::{OptionId, PartyId};

use crate::{Game, StateId, StateSet, codes};

/// The states of all games together: first those of the true game, with the numbers that they have there,
/// then those that exist in somebody's eyes only.
///
/// An option that a game does not have is at its first level in all states of that game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Universe {
    values: Vec<u128>,
    real: usize,
    /// For each game, the number here of each of its states ...
    outward: Vec<Vec<StateId>>,
    /// ... and the state of the game with each number here.
    inward: Vec<Vec<Option<StateId>>>,
}

impl Universe {
    /// Puts the states of the games together; the first game is the true one.
    ///
    /// # Errors
    ///
    /// Reports an option that two views invent with different levels, and options that are too many for
    /// one number.
    pub(super) fn new(games: &[Game<'_>]) -> Result<Self, Vec<Diagnostic>> {
        let models: Vec<&Model> = games.iter().map(|g| g.model).collect();
        let places = Places::new(&models)?;
        let values: Vec<Vec<u128>> = games
            .iter()
            .zip(&places.of_options)
            .map(|(game, places)| {
                let value = |s| widened(game, places, s);
                game.space.ids().map(value).collect()
            })
            .collect();
        let mut all = values.first().cloned().unwrap_or_default();
        let real = all.len();
        let known = all.clone();
        let mut more: Vec<u128> = values
            .iter()
            .skip(1)
            .flatten()
            .copied()
            .filter(|v| known.binary_search(v).is_err())
            .collect();
        more.sort_unstable();
        more.dedup();
        all.extend(&more);
        let find = |value: &u128| match known.binary_search(value) {
            Ok(at) => Some(at),
            Err(_) => more.binary_search(value).ok().map(|at| real + at),
        };
        let mut outward = Vec::with_capacity(games.len());
        let mut inward = Vec::with_capacity(games.len());
        for list in &values {
            let mut out = Vec::with_capacity(list.len());
            let mut back = vec![None; all.len()];
            for (state, value) in (0..).map(StateId).zip(list) {
                let at = find(value).unwrap_or_default();
                out.push(StateId(at as u32));
                back[at] = Some(state);
            }
            outward.push(out);
            inward.push(back);
        }
        Ok(Self {
            values: all,
            real,
            outward,
            inward,
        })
    }

    /// The number of states of all games together.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none; never true of games that were built.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All states, ascending.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = StateId> + use<> {
        (0..self.values.len() as u32).map(StateId)
    }

    /// Whether the state exists in the true game, and not in somebody's eyes only.
    pub fn is_real(&self, state: StateId) -> bool {
        state.index() < self.real
    }

    /// The number here of a state of a game.
    pub fn outward(&self, game: usize, state: StateId) -> StateId {
        self.outward[game][state.index()]
    }

    /// The state of a game that has this number here, if the game has it.
    pub fn inward(&self, game: usize, state: StateId) -> Option<StateId> {
        self.inward[game].get(state.index()).copied().flatten()
    }

    /// States of a game, in the numbers here.
    pub fn outward_set(&self, game: usize, states: &StateSet) -> StateSet {
        let mut out = StateSet::empty(self.len());
        for state in states.iter() {
            out.insert(self.outward(game, state));
        }
        out
    }

    /// All states of a game, in the numbers here.
    pub fn of_game(&self, game: usize) -> StateSet {
        let mut out = StateSet::empty(self.len());
        for state in &self.outward[game] {
            out.insert(*state);
        }
        out
    }

    /// The first game that has the state, and the state in it. Every state has one.
    pub fn home(&self, state: StateId) -> Option<(usize, StateId)> {
        (0..self.inward.len()).find_map(|g| Some((g, self.inward(g, state)?)))
    }
}

/// Where the options of each game stand in a common number.
struct Places {
    of_options: Vec<Vec<u32>>,
}

impl Places {
    fn new(models: &[&Model]) -> Result<Self, Vec<Diagnostic>> {
        let mut known: Vec<(PartyId, &str, u16, u32)> = Vec::new();
        let mut width = 0_u32;
        let mut of_options = Vec::with_capacity(models.len());
        let mut problems = Vec::new();
        for model in models {
            let mut places = Vec::with_capacity(model.options.len());
            for choice in &model.options {
                let before = known
                    .iter()
                    .find(|(owner, name, ..)| *owner == choice.owner && *name == choice.name);
                let Some((_, _, levels, place)) = before else {
                    known.push((choice.owner, &choice.name, choice.level_count(), width));
                    places.push(width);
                    width = width.saturating_add(choice.width());
                    continue;
                };
                if *levels != choice.level_count() {
                    let name = format!("{}.{}", model.party(choice.owner).name, choice.name);
                    problems.push(
                        Diagnostic::error(
                            codes::INVENTED_TWICE,
                            format!("`{name}` is invented twice, with different levels"),
                        )
                        .at(choice.place.0, "")
                        .hint("give it the same levels in both views, or two names"),
                    );
                }
                places.push(*place);
            }
            of_options.push(places);
        }
        if width > u128::BITS {
            problems.push(Diagnostic::error(
                codes::TOO_LARGE,
                format!("the views have {width} yes/no positions together; 128 are the most"),
            ));
        }
        if problems.is_empty() {
            Ok(Self { of_options })
        } else {
            Err(problems)
        }
    }
}

/// The number of a state over the options of all games.
fn widened(game: &Game<'_>, places: &[u32], state: StateId) -> u128 {
    if game.model.form == Form::Graph {
        return game.space.value(state);
    }
    let levels = (0_u32..).map(OptionId).zip(places);
    levels.fold(0, |value, (option, place)| {
        match u32::from(game.space.level(state, option)) {
            0 => value,
            level => value | 1 << (place + level - 1),
        }
    })
}
