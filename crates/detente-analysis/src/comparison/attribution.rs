//! Which change of the text is behind which change of the answers.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::difference::{Difference, Kind, What};
use detente_model::resolve;
use detente_model::syntax::ast::Document;

use super::answers::{Answers, answers};
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
pub struct Cause {
    /// The question.
    pub question: Question,
    /// Changes each of which, made alone to the first, gives the answer of the second.
    pub alone: Vec<usize>,
    /// Changes without each of which, all others made, the answer is not that of the second.
    pub needed: Vec<usize>,
    /// The smallest sets of changes that give the answer of the second when no single one does; all of the same
    /// size. Empty when they were not looked for, or a single change does it.
    pub together: Vec<Vec<usize>>,
}

/// What is behind the changed answers. Changes are indices into [`Difference::changes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The changes on which answers can depend.
    pub changes: Vec<usize>,
    /// What is behind each changed answer, in the order of the questions.
    pub causes: Vec<Cause>,
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
    #[error("the conflict is too large to be analysed once for each change")]
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
    let bears = |(_, change): &(usize, &detente_model::difference::Change)| change.bears;
    let listed = difference.changes.iter().enumerate().filter(bears);
    let changes: Vec<usize> = listed.map(|(index, _)| index).collect();
    let count = changes.len();
    if count > MOST_CHANGES {
        return Err(Unattributed::TooMany(count));
    }
    let affordable = (MOST_WORK / moves.max(1)).min(MOST_TRIALS);
    if affordable < 2 * count + 2 {
        return Err(Unattributed::TooLarge);
    }
    let mut trials = Trials {
        difference,
        changes: &changes,
        questions,
        request: Request {
            // Only what is asked is needed.
            concepts: Vec::new(),
            ..request.clone()
        },
        budget,
        known: BTreeMap::new(),
        left: affordable,
    };
    let all = (1_u32 << count) - 1;
    let expected = |answers: &Answers| -> Vec<Answer> {
        questions.iter().map(|q| answers.answer(q)).collect()
    };
    let before = expected(ends.0);
    let after = expected(ends.1);
    let fits = trials.answers(0)?.as_ref() == Some(&before)
        && trials.answers(all)?.as_ref() == Some(&after);
    if !fits {
        return Err(Unattributed::Inseparable);
    }
    let mut causes: Vec<Cause> = questions
        .iter()
        .map(|question| Cause {
            question: question.clone(),
            alone: Vec::new(),
            needed: Vec::new(),
            together: Vec::new(),
        })
        .collect();
    let (mut not_alone, mut not_omitted) = (Vec::new(), Vec::new());
    for (place, change) in changes.iter().enumerate() {
        match trials.answers(1 << place)? {
            None => not_alone.push(*change),
            Some(found) => {
                for (index, cause) in causes.iter_mut().enumerate() {
                    if found[index] == after[index] {
                        cause.alone.push(*change);
                    }
                }
            }
        }
        match trials.answers(all & !(1 << place))? {
            None => not_omitted.push(*change),
            Some(found) => {
                for (index, cause) in causes.iter_mut().enumerate() {
                    if found[index] != after[index] {
                        cause.needed.push(*change);
                    }
                }
            }
        }
    }
    let stopped = together(&mut trials, &mut causes, &after).err();
    Ok(Attribution {
        changes,
        causes,
        not_alone,
        not_omitted,
        stopped,
    })
}

/// Looks for the smallest sets of changes where no single change gives the answer.
fn together(trials: &mut Trials<'_>, causes: &mut [Cause], after: &[Answer]) -> Result<(), Stop> {
    let count = trials.changes.len() as u32;
    for size in 2..=count {
        let open: Vec<usize> = (0..causes.len())
            .filter(|i| causes[*i].alone.is_empty() && causes[*i].together.is_empty())
            .collect();
        if open.is_empty() {
            break;
        }
        for set in (0..1_u32 << count).filter(|set| set.count_ones() == size) {
            if trials.left == 0 && !trials.known.contains_key(&set) {
                for index in &open {
                    causes[*index].together.clear();
                }
                return Err(Stop::Limit {
                    what: "trials",
                    limit: MOST_TRIALS as u64,
                });
            }
            let Some(found) = trials.answers(set)? else {
                continue;
            };
            for index in &open {
                if found[*index] == after[*index] {
                    let members = trials.members(set);
                    causes[*index].together.push(members);
                }
            }
        }
    }
    Ok(())
}

/// The documents between the two, each analysed once.
struct Trials<'t> {
    difference: &'t Difference,
    changes: &'t [usize],
    questions: &'t [Question],
    request: Request,
    budget: &'t Budget,
    known: BTreeMap<u32, Option<Vec<Answer>>>,
    left: usize,
}

impl Trials<'_> {
    fn members(&self, set: u32) -> Vec<usize> {
        let places = self.changes.iter().enumerate();
        places
            .filter(|(place, _)| set & (1 << place) != 0)
            .map(|(_, change)| *change)
            .collect()
    }

    /// The answers with these changes made; `None` when the text makes no sense with them.
    fn answers(&mut self, set: u32) -> Result<Option<Vec<Answer>>, Stop> {
        if let Some(known) = self.known.get(&set) {
            return Ok(known.clone());
        }
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        self.left = self.left.saturating_sub(1);
        let total = 1_u64 << self.changes.len();
        self.budget
            .report("texts between the two", self.known.len() as u64, total);
        let made: BTreeSet<usize> = self.members(set).into_iter().collect();
        let found = self.judge(&made)?;
        self.known.insert(set, found.clone());
        Ok(found)
    }

    /// The text with these changes, as far as the conflict depends on it. What names elements of the conflict and
    /// changes nothing of it, such as claims and variants, would only keep the text from making sense. Sources,
    /// people, tracks and events that change nothing are those of both.
    fn between(&self, made: &BTreeSet<usize>) -> Document {
        let named =
            |kind: Kind| matches!(kind, Kind::Source | Kind::Agent | Kind::Track | Kind::Event);
        let listed = self.difference.changes.iter().enumerate();
        let added =
            listed.filter(|(_, c)| !c.bears && named(c.kind) && matches!(c.what, What::Added(_)));
        let mut made = made.clone();
        made.extend(added.map(|(index, _)| index));
        let mut document = self.difference.with(&made).bare();
        document.claims.clear();
        document.commitments.clear();
        document.references.clear();
        document.facts.clear();
        document.agreed.clear();
        document.packages.clear();
        document.package_rules.clear();
        document.issues.clear();
        for party in &mut document.parties {
            party.utility = None;
            party.ratifiers.clear();
        }
        document
    }

    fn judge(&self, made: &BTreeSet<usize>) -> Result<Option<Vec<Answer>>, Stop> {
        let quiet = self.budget.silent();
        let Some(model) = resolve(&self.between(made)).model else {
            return Ok(None);
        };
        let Ok(game) = Game::new(&model, &quiet) else {
            return Ok(None);
        };
        let answers = answers(&game, &self.request, &quiet)?;
        let asked = self.questions.iter();
        Ok(Some(asked.map(|q| answers.answer(q)).collect()))
    }
}
