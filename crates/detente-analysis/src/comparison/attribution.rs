//! Which change of the text is behind which change of the answers.

use std::collections::BTreeSet;

use detente_model::difference::Difference;
use detente_model::resolve;

use super::answers::{Answers, answers};
use super::between::{Group, Part};
use super::sets::Sets;
use super::{Answer, Question, Request};
use crate::{Budget, Game, Stop};

/// Changes that are told apart, at most.
pub const MOST_CHANGES: usize = 10;

/// Documents between the two that are looked at, at most: all that there are with [`MOST_CHANGES`].
pub const MOST_TRIALS: usize = 1 << MOST_CHANGES;

/// Moves looked at in all trials together, at most.
const MOST_WORK: usize = 400_000_000;

/// What is behind one changed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause<Q = Question> {
    /// The question.
    pub question: Q,
    /// Changes each of which, made alone to the first, gives the answer of the second.
    pub alone: Vec<usize>,
    /// Changes without each of which, all others made, the answer is not that of the second.
    pub needed: Vec<usize>,
    /// The smallest sets of changes that give the answer of the second when no single one does; all of the same
    /// size. Empty when they were not looked for, or a single change does it.
    pub together: Vec<Vec<usize>>,
}

/// What is behind the changed answers. Changes are indices into [`Difference::changes`]; where there are groups, what
/// causes say is of groups, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution<Q = Question> {
    /// The changes on which answers can depend.
    pub changes: Vec<usize>,
    /// The groups in which they are told apart, where there are too many to tell each; else empty.
    pub groups: Vec<Group>,
    /// What is behind each changed answer, in the order of the questions.
    pub causes: Vec<Cause<Q>>,
    /// Changes that cannot be made alone: the text would make no sense, for it names what is not there yet.
    pub not_alone: Vec<usize>,
    /// Changes that cannot be left out alone, for the same reason.
    pub not_omitted: Vec<usize>,
    /// Why not all sets of changes that were needed were looked at; `None` when they were.
    pub stopped: Option<Stop>,
}

/// Why nothing can be said about what is behind the changed answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unattributed {
    /// There are more changes than are told apart.
    #[error("{0} changes can bear on the answers, and at most {MOST_CHANGES} are told apart")]
    TooMany(usize),
    /// It would take too long.
    #[error("it is too large to be analysed once for each change")]
    TooLarge,
    /// The second answers do not come from the changes on which they can depend.
    #[error("the changes cannot be told apart: together they do not lead from one to the other")]
    Inseparable,
    /// The budget ended.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// Makes each change alone to the first text, leaves each alone out of the second, and, where no single change gives
/// the answer, looks for the smallest sets that do. Every trial is a whole analysis, so that what is said is exact.
///
/// # Errors
///
/// When there is too much to look at, or the changes cannot be told apart.
pub fn attribute(
    difference: &Difference,
    questions: &[Question],
    ends: (&Answers, &Answers),
    moves: usize,
    request: &Request,
    budget: &Budget,
) -> Result<Attribution, Unattributed> {
    let request = Request {
        // Only what is asked is needed.
        concepts: Vec::new(),
        ..request.clone()
    };
    let quiet = budget.silent();
    let judge = |made: &BTreeSet<usize>| -> Result<Option<Vec<Answer>>, Stop> {
        let Some(model) = resolve(&Part::Conflict.between(difference, made)).model else {
            return Ok(None);
        };
        let Ok(game) = Game::new(&model, &quiet) else {
            return Ok(None);
        };
        let answers = answers(&game, &request, &quiet)?;
        Ok(Some(questions.iter().map(|q| answers.answer(q)).collect()))
    };
    let of = (difference, Part::Conflict);
    let mut sets = Sets::new(of, MOST_WORK / moves.max(1), &judge, budget)?;
    let expected = |answers: &Answers| -> Vec<Answer> {
        questions.iter().map(|q| answers.answer(q)).collect()
    };
    let (before, after) = (expected(ends.0), expected(ends.1));
    sets.causes(questions, (&before, &after), |a, b| a == b)
}
