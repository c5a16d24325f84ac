//! A negotiation from where one party stands: what would hold, what it gains by moving alone and what the others
//! could answer, what it has to fear, and what it would undo.
//!
//! Everything is judged in the game that is given, which should be the party's own
//! ([`detente_model::view::seen_by`]): the same questions asked of the true game would tell the party what it does
//! not know.

use detente_model::model::Form;
use detente_model::syntax::Diagnostic;
use detente_model::syntax::ast::Document;
use detente_model::{Model, OptionId, PartyId, discounts, resolve, view};

use crate::concept::{Concept, Settings};
use crate::equilibrium::mixed_equilibria;
use crate::reach::{Reach, Step, StepRule};
use crate::stability::{Analysis, analyze};
use crate::{Budget, Game, Outcome, StateId, Stop};

/// What a party can say from where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standpoint {
    /// The party.
    pub party: PartyId,
    /// The states that it likes best, all of them.
    pub best: Vec<StateId>,
    /// The states that it likes least, all of them.
    pub worst: Vec<StateId>,
    /// The equilibria when every party judges by its concept, the best for the party first, then ascending; `None`
    /// when a concept cannot be applied.
    pub holding: Option<Vec<StateId>>,
    /// What it would gain by moving alone from the present, the best for it first; empty without a present.
    pub alone: Vec<Alone>,
    /// The states worse for it than the present that the others can bring about from there by their own
    /// improvements in a legal sequence, the worst first, each with a shortest sequence.
    pub feared: Vec<Feared>,
    /// The states worse for it than the present, the worst first.
    pub below: Vec<Below>,
}

/// A unilateral improvement from the present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    /// Where it leads.
    pub to: StateId,
    /// What the others could make of it by their own improvements: the worst for the party, if it is worse than the
    /// improved state; the first by number among equals.
    pub answer: Option<Answer>,
}

/// What others could do after a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where it ends.
    pub to: StateId,
    /// The steps, a shortest legal sequence of improvements.
    pub steps: Vec<Step>,
    /// Whether the party would then be worse off than at present, so that the move does not pay.
    pub sanctions: bool,
}

/// A bad outcome that others can bring about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feared {
    /// The outcome.
    pub to: StateId,
    /// The steps to it.
    pub steps: Vec<Step>,
}

/// An outcome that is worse for the party than the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Below {
    /// The outcome.
    pub state: StateId,
    /// Whether the party could leave it by an improvement of its own: it would undo it.
    pub undone: bool,
}

/// Judges a game from the standpoint of a party. `present` is where things stand, as far as the game has it;
/// `concepts` has one concept for each party.
///
/// Stops when the budget is cancelled, and when an analysis needs more than it allows; what was found by then is
/// returned.
pub fn standpoint(
    game: &Game<'_>,
    party: PartyId,
    present: Option<StateId>,
    concepts: &[Concept],
    budget: &Budget,
) -> Outcome<Standpoint> {
    let ranking = &game.rankings[party.index()];
    let of_rank = |rank: Option<u32>| -> Vec<StateId> {
        let all = game.space.ids();
        all.filter(|s| Some(ranking.rank(*s)) == rank).collect()
    };
    let ranks = || game.space.ids().map(|s| ranking.rank(s));
    let mut found = Standpoint {
        party,
        best: of_rank(ranks().max()),
        worst: of_rank(ranks().min()),
        holding: None,
        alone: Vec::new(),
        feared: Vec::new(),
        below: Vec::new(),
    };
    if let Some(present) = present
        && let Err(stop) = from_present(game, present, &mut found, budget)
    {
        return Outcome::Stopped(found, stop);
    }
    match holding(game, party, concepts, budget) {
        Ok(holding) => found.holding = holding,
        Err(stop) => return Outcome::Stopped(found, stop),
    }
    Outcome::Complete(found)
}

fn holding(
    game: &Game<'_>,
    party: PartyId,
    concepts: &[Concept],
    budget: &Budget,
) -> Result<Option<Vec<StateId>>, Stop> {
    let outcome = analyze(&game.conflict(), concepts, &Settings::default(), budget);
    let Analysis { tables, .. } = outcome.complete()?;
    let ranking = &game.rankings[party.index()];
    Ok(mixed_equilibria(&tables, concepts).map(|set| {
        let mut states: Vec<StateId> = set.iter().collect();
        states.sort_by_key(|s| (std::cmp::Reverse(ranking.rank(*s)), *s));
        states
    }))
}

fn from_present(
    game: &Game<'_>,
    present: StateId,
    found: &mut Standpoint,
    budget: &Budget,
) -> Result<(), Stop> {
    let conflict = game.conflict();
    let party = found.party;
    let ranking = &game.rankings[party.index()];
    let others = Reach::opponents(&conflict, party, StepRule::Improvements);
    let mut gains: Vec<StateId> = conflict.improvements(party, present).collect();
    gains.sort_by_key(|s| (std::cmp::Reverse(ranking.rank(*s)), *s));
    for (done, to) in (0_u64..).zip(&gains) {
        check(budget)?;
        budget.report("moves", done, gains.len() as u64);
        let routes = others.routes(*to);
        let worst = routes.states().min_by_key(|s| (ranking.rank(*s), *s));
        let worst = worst.filter(|s| ranking.prefers(*to, *s));
        let answer = worst.and_then(|end| {
            Some(Answer {
                to: end,
                steps: routes.to(end)?,
                sanctions: !ranking.prefers(end, present),
            })
        });
        found.alone.push(Alone { to: *to, answer });
    }
    check(budget)?;
    let routes = others.routes(present);
    let mut feared: Vec<StateId> = routes.states().collect();
    feared.retain(|s| ranking.prefers(present, *s));
    feared.sort_by_key(|s| (ranking.rank(*s), *s));
    let with_steps = feared.into_iter().filter_map(|to| {
        let steps = routes.to(to)?;
        Some(Feared { to, steps })
    });
    found.feared = with_steps.collect();
    check(budget)?;
    let mut below: Vec<StateId> = game.space.ids().collect();
    below.retain(|s| ranking.prefers(present, *s));
    below.sort_by_key(|s| (ranking.rank(*s), *s));
    let judged = below.into_iter().map(|state| Below {
        state,
        undone: conflict.improvements(party, state).next().is_some(),
    });
    found.below = judged.collect();
    Ok(())
}

fn check(budget: &Budget) -> Result<(), Stop> {
    if budget.is_cancelled() {
        return Err(Stop::Cancelled);
    }
    Ok(())
}

/// The negotiation in the eyes of a party, without the record: what is known of the calendar, of commitments and of
/// claims is the analyst's, and speaks of options that the party may not know of.
///
/// # Errors
///
/// Reports what is wrong with the view, with its place.
pub fn seen_by(document: &Document, party: &str) -> Result<Model, Vec<Diagnostic>> {
    let mut seen = view::seen_by(document, &[party])?;
    discounts::date(&mut seen);
    seen.calendar.clear();
    seen.commitments.clear();
    seen.claims.clear();
    seen.references.clear();
    let resolved = resolve(&seen);
    resolved.model.ok_or(resolved.diagnostics)
}

/// Where things stand, in the states of a party's own game: options are matched by their names, those that it does
/// not know of count as not taken, and so do those that only it believes in. `None` when the text does not say how
/// things stand, or when that is no feasible state in the party's eyes.
pub fn present_in(game: &Game<'_>, truth: &Model) -> Option<StateId> {
    let status_quo = truth.status_quo.as_ref()?;
    if truth.form == Form::Graph {
        let node = status_quo.node.and_then(|n| truth.states.get(n as usize))?;
        let seen = game.model.states.iter().position(|s| s.name == node.name)?;
        return game.space.find(seen as u128);
    }
    let level = |option: OptionId| {
        let name = game.model.qualified(option);
        let same = truth.option_ids().find(|o| truth.qualified(*o) == name);
        let level = same.and_then(|o| status_quo.assignment.get(o.index()).copied());
        let top = game.model.option(option).level_count().saturating_sub(1);
        level.unwrap_or(0).min(top)
    };
    let mut levels: Vec<u16> = game.model.option_ids().map(level).collect();
    if let Some(state) = game.space.find_assignment(&levels) {
        return Some(state);
    }
    for option in unthinkable(game.model) {
        levels[option.index()] = 0;
    }
    game.space.find_assignment(&levels)
}

/// The options that a rule of the model excludes by itself: those that are hidden from the party whose view it is.
pub fn unthinkable(model: &Model) -> Vec<OptionId> {
    let excluded = |option: &OptionId| {
        model.rules.iter().any(|rule| match &rule.condition.expr {
            detente_model::Expr::Literal(l) => {
                l.option == *option
                    && l.from <= 1
                    && l.admits(1)
                    && !l.admits(0)
                    && l.to + 1 >= model.option(*option).level_count()
            }
            _ => false,
        })
    };
    model.option_ids().filter(excluded).collect()
}
