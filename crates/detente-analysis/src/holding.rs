//! Whether what is agreed would hold: the state of the conflict that a package makes, and who would leave it.

use std::collections::BTreeMap;

use detente_model::PartyId;
use detente_model::bargain::Bargain;
use detente_model::model::{Assignment, Form, Model};

use crate::bargain::Deal;
use crate::space::Consequences;
use crate::{Budget, Concept, ConceptError, Game, Refusal, Settings, StateId, Verdict, explain};

/// What a package makes of a conflict.
///
#[doc = include_str!("holding.md")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The level of every option as the agreement sets it.
    pub levels: Assignment,
    /// The state that it makes; `None` when the rules of the conflict exclude it.
    pub state: Option<StateId>,
    /// The verdict of every party on that state; none when there is no state.
    pub verdicts: Vec<Verdict>,
}

impl Holding {
    /// Whether the agreement holds.
    pub fn holds(&self) -> bool {
        self.state.is_some() && self.verdicts.iter().all(|v| v.stable)
    }
}

/// Why it is not known whether an agreement holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unheld {
    /// The text has no `agreed` block.
    #[error("the text does not say what an agreement makes of the options")]
    Unsaid,
    /// There are no options.
    #[error("the conflict has no options that an agreement could set")]
    NoOptions,
    /// A concept does not apply, or the budget does not suffice.
    #[error("{}", .0.reason)]
    Refused(Refusal),
}

/// Whether a conflict can say what becomes of agreements.
///
/// # Errors
///
/// Refuses a model without an `agreed` block or without options.
pub fn can_say(model: &Model) -> Result<(), Unheld> {
    if model.bargain.agreed.is_empty() {
        return Err(Unheld::Unsaid);
    }
    if model.form == Form::Graph || model.options.is_empty() {
        return Err(Unheld::NoOptions);
    }
    Ok(())
}

/// The level of every option before an agreement.
fn before(model: &Model) -> Assignment {
    match &model.status_quo {
        Some(status_quo) => status_quo.assignment.clone(),
        None => vec![0; model.options.len()],
    }
}

/// Follows many packages into one conflict. What packages that set its options alike make of it is found out once.
pub struct Follower<'g, 'm> {
    game: &'g Game<'m>,
    judges: Vec<Concept>,
    settings: Settings,
    before: Assignment,
    known: BTreeMap<Assignment, Holding>,
}

impl<'g, 'm> Follower<'g, 'm> {
    /// Nothing is known yet. `judges` has the concept by which each party judges.
    pub fn new(game: &'g Game<'m>, judges: Vec<Concept>, settings: Settings) -> Self {
        Self {
            before: before(game.model),
            game,
            judges,
            settings,
            known: BTreeMap::new(),
        }
    }

    /// What a package makes of the conflict, as [`hold`] says.
    ///
    /// # Errors
    ///
    /// Those of [`hold`].
    pub fn follow(&mut self, deal: &[u16], budget: &Budget) -> Result<Holding, Unheld> {
        let agreed = agreed_levels(&self.game.model.bargain, &self.before, deal);
        if let Some(known) = self.known.get(&agreed) {
            return Ok(known.clone());
        }
        let found = hold(self.game, &self.judges, &self.settings, deal, budget)?;
        self.known.insert(agreed, found.clone());
        Ok(found)
    }

    /// The different results of several packages: the first package that has each, and how many do.
    ///
    /// # Errors
    ///
    /// Those of [`hold`].
    pub fn results(
        &mut self,
        deals: Vec<Deal>,
        budget: &Budget,
    ) -> Result<Vec<(Deal, usize, Holding)>, Unheld> {
        let mut results: Vec<(Deal, usize, Holding)> = Vec::new();
        for deal in deals {
            let holding = self.follow(&deal, budget)?;
            match results.iter_mut().find(|(.., h)| *h == holding) {
                Some((_, number, _)) => *number += 1,
                None => results.push((deal, 1, holding)),
            }
        }
        Ok(results)
    }
}

/// The level of every option after an agreement, given the levels before it.
pub fn agreed_levels(bargain: &Bargain, before: &[u16], deal: &[u16]) -> Assignment {
    let mut levels = before.to_vec();
    let mut decided = vec![false; levels.len()];
    for line in &bargain.agreed {
        let place = line.option.index();
        let applies = line.when.as_ref().is_none_or(|w| w.test.holds(deal));
        if applies && !decided[place] {
            levels[place] = line.level;
            decided[place] = true;
        }
    }
    levels
}

/// What a package makes of a conflict. `judges` has the concept by which each party judges.
///
/// # Errors
///
/// Refuses a model without an `agreed` block or without options and concepts that do not apply, and stops when
/// the budget is used up.
pub fn hold(
    game: &Game<'_>,
    judges: &[Concept],
    settings: &Settings,
    deal: &[u16],
    budget: &Budget,
) -> Result<Holding, Unheld> {
    let model = game.model;
    can_say(model)?;
    let before = before(model);
    let levels = agreed_levels(&model.bargain, &before, deal);
    let value = |levels: &[u16]| {
        let both = (0..).map(detente_model::OptionId).zip(levels);
        let layout = game.space.layout();
        both.fold(0, |value, (option, level)| {
            value | layout.bits(option, *level)
        })
    };
    let consequences = Consequences::new(model, &game.space);
    let state = game
        .space
        .find(consequences.apply(value(&before), value(&levels)));
    let mut verdicts = Vec::new();
    if let Some(state) = state {
        let conflict = game.conflict();
        for (party, concept) in (0..).map(PartyId).zip(judges) {
            let verdict = explain(&conflict, *concept, settings, party, state, budget);
            let refused = |reason: ConceptError| {
                Unheld::Refused(Refusal {
                    concept: *concept,
                    reason,
                })
            };
            verdicts.push(verdict.map_err(refused)?);
        }
    }
    Ok(Holding {
        levels: state.map_or(levels, |s| game.space.assignment(s)),
        state,
        verdicts,
    })
}
