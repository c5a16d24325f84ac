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

mod arena;
mod arrange;
mod carry_out;
mod change;
pub mod conditions;
pub mod count;
mod facts;
mod linear;
mod optimizer;
mod question;
mod ranks;
mod reaching;
mod search;
mod stable;
mod statements;

pub use carry_out::met;
pub use change::{
    Change, Edit, Plan, PreferenceChange, Prices, StatementChanges, Structural, StructuralChange,
};
pub use question::{Answer, Fact, Judgement, Permitted, Question, Reachable, Unsuited, Want};

use detente_model::model::Form;
use detente_model::syntax::ast::Direction;

use crate::concept::Settings;
use crate::stability::{explain, rule};
use crate::{Budget, Concept, Conflict, Game, Outcome, Ranking, StateId, Stop};
use search::{Candidate, Next, Search};

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
    game: &Game<'_>,
    question: &Question,
    budget: &Budget,
) -> Result<Outcome<Answer>, Unsuited> {
    check(game, question)?;
    let mut answer = Answer::default();
    answer.plans.extend(fallback(game, question, budget)?);
    if answer.plans.iter().any(|p| p.changes.is_empty()) {
        // Everything is so already.
        answer.all = true;
        return Ok(Outcome::Complete(answer));
    }
    let mut search = Search::new(game, question, Vec::new(), budget)?;
    let result = list(&mut search, question, &mut answer);
    answer.least = search.optimizer.least();
    answer.candidates = search.candidates;
    let found = match result {
        Ok(core) => core,
        Err(Unsuited::Stopped(stop)) => return Ok(Outcome::Stopped(answer, stop)),
        Err(other) => return Err(other),
    };
    if let Some(first) = answer.plans.first() {
        answer.least = first.price;
    }
    if found {
        return Ok(Outcome::Complete(answer));
    }
    let result = explain_impossible(game, question, budget, &mut answer);
    match result {
        Ok(()) => Ok(Outcome::Complete(answer)),
        Err(Unsuited::Stopped(stop)) => Ok(Outcome::Stopped(answer, stop)),
        Err(other) => Err(other),
    }
}

/// A plan to show when the budget ends before the cheapest is known; `None` when none is quick to find.
///
/// Where rankings may change, each wanted state is raised, one rank at a time, in the rankings of those
/// for whom it is not stable. Else the plan is the cheapest that makes the wanted states Nash stable: what
/// is Nash stable is stable by the other concepts too.
fn fallback(
    game: &Game<'_>,
    question: &Question,
    budget: &Budget,
) -> Result<Option<Plan>, Unsuited> {
    let mut small = budget.clone();
    small.max_work /= 20;
    if let Some(candidate) = raised(game, question, budget)? {
        let search = Search::new(game, question, Vec::new(), &small)?;
        match search.plan(&candidate) {
            Err(Unsuited::Failed) => {}
            other => return other.map(Some),
        }
    }
    let nash = vec![Concept::Nash; game.graph.parties()];
    if question.judgements.iter().all(|j| *j == nash) {
        return Ok(None);
    }
    let mut stronger = question.clone();
    stronger.judgements = vec![nash];
    let mut search = Search::new(game, &stronger, Vec::new(), &small)?;
    let Ok(Next::Found(candidate)) = search.next() else {
        return Ok(None);
    };
    let mut plan = search.plan(&candidate)?;
    Ok(
        carry_out::meets(game, question, &plan, budget)?.map(|holds| {
            plan.holds = holds;
            plan
        }),
    )
}

/// Rankings in which wanted states, one of each want, are raised until they are stable for all.
fn raised(
    game: &Game<'_>,
    question: &Question,
    budget: &Budget,
) -> Result<Option<Candidate>, Unsuited> {
    let mut rankings = game.rankings.clone();
    // Wants may be at odds and raise their states past each other for ever.
    let levels: usize = rankings.iter().map(|r| r.levels() as usize).sum();
    let mut raises = levels * question.wants.len();
    let mut changed = true;
    while changed {
        changed = false;
        if budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        for want in &question.wants {
            let Want::Some(states) = want else {
                return Ok(None);
            };
            let Some(state) = search::likeliest(game, states) else {
                return Ok(None);
            };
            for judgement in &question.judgements {
                for (party, concept) in game.graph.party_ids().zip(judgement) {
                    let Some(conflict) = Conflict::new(&game.graph, &rankings) else {
                        return Ok(None);
                    };
                    let settings = Settings::default();
                    let verdict = explain(&conflict, *concept, &settings, party, state, budget);
                    if verdict.is_ok_and(|v| v.stable) {
                        continue;
                    }
                    let ranking = &mut rankings[party.index()];
                    let permitted = &question.permitted.preferences[party.index()];
                    let rank = ranking.rank(state);
                    if !matches!(permitted, PreferenceChange::Ranks(_))
                        || rank + 1 >= ranking.levels()
                        || raises == 0
                    {
                        return Ok(None);
                    }
                    let swapped = |s: StateId| match ranking.rank(s) {
                        r if r == rank => rank + 1,
                        r if r == rank + 1 => rank,
                        other => other,
                    };
                    let values: Vec<u32> = game.graph.state_ids().map(swapped).collect();
                    *ranking = Ranking::from_values(&values);
                    raises -= 1;
                    changed = true;
                }
            }
        }
    }
    Ok(Some(Candidate {
        lists: vec![None; rankings.len()],
        rankings,
        chosen: vec![false; question.permitted.structure.len()],
    }))
}

/// Lists the plans that are asked for; says whether there is any.
fn list(
    search: &mut Search<'_, '_>,
    question: &Question,
    answer: &mut Answer,
) -> Result<bool, Unsuited> {
    let mut plans = Vec::new();
    loop {
        if plans.len() >= question.most_plans.max(1) {
            return Ok(true);
        }
        match search.next()? {
            Next::Found(candidate) => {
                let least = search.optimizer.least();
                let changed = search.exclude()?;
                let plan = search.plan(&candidate)?;
                if plan.price != least {
                    return Err(Unsuited::Failed);
                }
                if plans.is_empty() {
                    search
                        .optimizer
                        .limit(question.up_to.unwrap_or(0).max(least));
                }
                plans.push(plan);
                answer.plans.clone_from(&plans);
                if !changed {
                    answer.all = true;
                    return Ok(true);
                }
            }
            Next::Dearer => {
                answer.all = true;
                return Ok(true);
            }
            Next::Forbidden(_) => {
                answer.all = true;
                return Ok(!plans.is_empty());
            }
        }
    }
}

/// Finds the facts that forbid everything. That an option goes one way only is among them, when
/// nobody may change that.
fn explain_impossible(
    game: &Game<'_>,
    question: &Question,
    budget: &Budget,
    answer: &mut Answer,
) -> Result<(), Unsuited> {
    let mut facts = Vec::new();
    if game.model.form == Form::Options {
        for option in game.model.option_ids() {
            let free = StructuralChange::Direction {
                option,
                direction: Direction::Both,
            };
            let may = question
                .permitted
                .structure
                .iter()
                .any(|s| s.change == free);
            if !game.model.option(option).direction.is_both() && !may {
                facts.push(Structural {
                    change: free,
                    price: 0,
                });
            }
        }
    }
    let mut search = Search::new(game, question, facts, budget)?;
    let core = match search.next()? {
        Next::Forbidden(core) => core,
        Next::Found(_) | Next::Dearer => return Err(Unsuited::Failed),
    };
    let forbidden = search.smallest(core, budget)?;
    let mut named: Vec<Fact> = forbidden
        .facts
        .iter()
        .filter_map(|lit| search.fact(*lit))
        .collect();
    named.sort_by_key(Fact::place);
    answer.forbidden = Some(named);
    answer.smallest = forbidden.smallest;
    Ok(())
}

/// Whether the question fits the game.
fn check(game: &Game<'_>, question: &Question) -> Result<(), Unsuited> {
    let parties = game.graph.parties();
    let states = game.graph.states();
    if question.wants.is_empty() {
        return Err(Unsuited::Question("nothing is wanted"));
    }
    for want in &question.wants {
        let (Want::Some(list) | Want::None(list)) = want;
        if list.iter().any(|s| s.index() >= states) {
            return Err(Unsuited::Question("there is no such state"));
        }
    }
    if question.judgements.is_empty() {
        return Err(Unsuited::Question("no concept is given"));
    }
    for judgement in &question.judgements {
        if judgement.len() != parties {
            return Err(Unsuited::Question("a judgement has one concept per party"));
        }
        let without = |c: &&Concept| **c != Concept::Nash && rule(**c).is_none();
        if let Some(concept) = judgement.iter().find(without) {
            return Err(Unsuited::Concept(*concept));
        }
    }
    if question.permitted.preferences.len() != parties {
        return Err(Unsuited::Question(
            "what is permitted is said once per party",
        ));
    }
    if question.reachable.is_some() && game.status_quo.is_none() {
        return Err(Unsuited::Question(
            "without a status quo nothing can be reached from it",
        ));
    }
    Ok(())
}
