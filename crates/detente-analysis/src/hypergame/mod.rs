//! Misperception: what each party sees, what it expects, and what happens instead.
//!
//! A [`Hypergame`] holds the conflict as it is and as each party sees it. [`Hypergame::judge`] finds the
//! equilibria in each party's eyes, those that each expects, and those of the hypergame; [`surprises`]
//! says where expectations fail, [`corrections`] which belief the result hangs on, and [`wishes`] what
//! would have to be true for an expectation to hold. [`moves_deleted`] is the rule of GMCR+.
//!
//! States of all games are told in one numbering, [`Universe`]: the states of the true game keep their
//! numbers.

mod beliefs;
mod correction;
mod distance;
mod judged;
mod misheard;
mod moves_deleted;
mod sights;
mod study;
mod surprise;
mod universe;
mod wish;

use detente_model::PartyId;
use detente_model::syntax::Diagnostic;

pub use beliefs::{Belief, beliefs};
pub use correction::{Corrected, Correction, Corrections, corrections};
pub use distance::{Distance, distance};
pub use judged::{Judged, Standing};
pub use misheard::{Misheard, misheard};
pub use moves_deleted::{PAGE as MOVES_DELETED_PAGE, moves_deleted};
pub use sights::Sights;
pub use study::{Findings, Request, study};
pub use surprise::{EmptySanction, Surprise, Unwilling, empty_sanctions, surprises};
pub use universe::Universe;
pub use wish::{Likeness, Refused, Wish, Wishes, wishes};

use crate::inverse::Judgement;
use crate::stability::ConceptError;
use crate::{Budget, Game, StateId};

/// The page of the hypergame.
pub const PAGE: &str = include_str!("hypergame.md");

/// A conflict as it is, and as its parties see it.
pub struct Hypergame<'m> {
    /// Who sees what.
    pub sights: &'m Sights,
    /// The games of [`Sights::models`], in that order; the first is the true one.
    pub games: Vec<Game<'m>>,
    /// Their states in one numbering.
    pub universe: Universe,
}

impl<'m> Hypergame<'m> {
    /// Enumerates the states, moves and rankings of all games, each within the budget.
    ///
    /// # Errors
    ///
    /// Reports what is wrong with a game, with its place in the text: a view may exclude every state, or
    /// a believed ranking leave states out.
    pub fn new(sights: &'m Sights, budget: &Budget) -> Result<Self, Vec<Diagnostic>> {
        let mut games = Vec::with_capacity(sights.models().len());
        for (done, model) in sights.models().iter().enumerate() {
            budget.report("views", done as u64, sights.models().len() as u64);
            games.push(Game::new(model, budget)?);
        }
        let universe = Universe::new(&games)?;
        Ok(Self {
            sights,
            games,
            universe,
        })
    }

    /// The true game.
    pub fn truth(&self) -> &Game<'m> {
        &self.games[0]
    }

    /// All parties, ascending.
    pub fn party_ids(&self) -> impl DoubleEndedIterator<Item = PartyId> + use<> {
        self.sights.truth().party_ids()
    }

    /// A game with one state of it that has this number in the universe, if the game has the state.
    fn at(&self, game: usize, state: StateId) -> Option<(&Game<'m>, StateId)> {
        Some((self.games.get(game)?, self.universe.inward(game, state)?))
    }

    /// Judges every game.
    ///
    /// `judgements` says for each game, in order, by which concept each party judges.
    ///
    /// # Errors
    ///
    /// Says which concept does not apply to which game, or that the budget ended.
    pub fn judge(&self, judgements: &[Judgement], budget: &Budget) -> Result<Judged, NotJudged> {
        judged::judge(self, judgements, budget)
    }
}

/// Why the games could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct NotJudged {
    /// The game, by its place among the games.
    pub game: usize,
    /// Why.
    pub error: ConceptError,
}
