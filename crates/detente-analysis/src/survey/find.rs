//! Equilibria with a property, without listing the states where that can be avoided.

use detente_model::model::{Assignment, Form, Model};
use detente_model::{Condition, Expr};
use num_bigint::BigUint;

use super::{Engine as Chosen, SurveyError};
use crate::engine::features;
use crate::symbolic::{Encoding, Engine, Search, Unanswered, Unsuited};
use crate::{Budget, Concept, Game, Outcome, Settings, StateId, analyze};

/// Which equilibria are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// By which concept.
    pub concept: Concept,
    /// What must be true of them, if anything.
    pub condition: Option<Condition>,
    /// How many are named.
    pub most: usize,
    /// Whether those named are drawn at random with this seed, each as likely as any other, instead of
    /// being the first by number.
    pub seed: Option<u64>,
}

/// The equilibria found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finds {
    /// How they were found.
    pub method: Method,
    /// How many there are; `None` when the search does not count them.
    pub total: Option<BigUint>,
    /// Some of them; with a seed possibly the same several times.
    pub states: Vec<Assignment>,
    /// Whether these are all.
    pub complete: bool,
}

/// How equilibria are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Every state is listed and judged.
    Listed,
    /// Sets of states as decision diagrams.
    Diagrams,
    /// A satisfiability solver proposes states and the parties' best replies refute them, until one
    /// stands or none is left.
    Satisfiability,
}

/// Finds equilibria. Nash equilibria are searched for one by one where they need not be drawn at random;
/// other concepts by decision diagrams; models that no symbolic engine takes by listing their states.
pub fn find(model: &Model, wanted: &Wanted, budget: &Budget) -> Result<Finds, SurveyError> {
    let listed =
        !features(model).is_empty() || !crate::engine::coset::CONCEPTS.contains(&wanted.concept);
    if listed {
        return by_listing(model, wanted, budget);
    }
    if wanted.concept == Concept::Nash && wanted.seed.is_none() {
        return by_satisfiability(model, wanted, budget);
    }
    by_diagrams(model, wanted, budget)
}

fn refused(problem: Unsuited) -> SurveyError {
    match problem {
        Unsuited::NoFeasibleState => SurveyError::NoFeasibleState,
        Unsuited::Stopped(stop) => SurveyError::Stopped(stop),
        other => SurveyError::Unsuitable {
            engine: Chosen::Symbolic,
            reason: other.to_string(),
        },
    }
}

fn failed(problem: Unanswered) -> SurveyError {
    match problem {
        Unanswered::Stopped(stop) => SurveyError::Stopped(stop),
        other => SurveyError::Unsuitable {
            engine: Chosen::Symbolic,
            reason: other.to_string(),
        },
    }
}

fn condition(wanted: &Wanted) -> Expr {
    let stated = wanted.condition.as_ref();
    stated.map_or(Expr::Constant(true), |c| c.expr.clone())
}

fn by_satisfiability(
    model: &Model,
    wanted: &Wanted,
    budget: &Budget,
) -> Result<Finds, SurveyError> {
    let mut search = Search::nash(model, budget).map_err(refused)?;
    search.require(&condition(wanted))?;
    let (mut states, complete) = search.list(wanted.most).map_err(failed)?;
    states.sort_by(|a, b| a.iter().rev().cmp(b.iter().rev()));
    Ok(Finds {
        method: Method::Satisfiability,
        total: complete.then(|| states.len().into()),
        states,
        complete,
    })
}

fn by_diagrams(model: &Model, wanted: &Wanted, budget: &Budget) -> Result<Finds, SurveyError> {
    let encoding = Encoding::new(model, budget).map_err(refused)?;
    let engine = Engine::new(&encoding, budget);
    let found = || -> Result<Finds, Unanswered> {
        let equilibria = engine.equilibria(&engine.stable(wanted.concept)?)?;
        let matching = engine.matching(&condition(wanted))?;
        let set = engine.joint(&[&equilibria, &matching])?;
        let total = engine.count(&set);
        let states = match wanted.seed {
            Some(seed) => engine.sample(&set, wanted.most, seed)?,
            None => engine.first(&set, wanted.most)?,
        };
        Ok(Finds {
            method: Method::Diagrams,
            complete: wanted.seed.is_none() && total == states.len().into(),
            total: Some(total),
            states,
        })
    };
    found().map_err(failed)
}

fn by_listing(model: &Model, wanted: &Wanted, budget: &Budget) -> Result<Finds, SurveyError> {
    let unsuitable = |reason: String| SurveyError::Unsuitable {
        engine: Chosen::Graph,
        reason,
    };
    if model.form == Form::Graph {
        let reason = "it is given as a graph, of which `analyze` lists the equilibria".to_owned();
        return Err(unsuitable(reason));
    }
    if wanted.seed.is_some() {
        let reason = "it draws nothing at random; leave out the seed".to_owned();
        return Err(unsuitable(reason));
    }
    let game = Game::new(model, budget).map_err(|problems| {
        let first = problems.into_iter().next().map(|p| p.message);
        unsuitable(first.unwrap_or_default())
    })?;
    let outcome = analyze(
        &game.conflict(),
        &[wanted.concept],
        &Settings::default(),
        budget,
    );
    let analysis = match outcome {
        Outcome::Complete(analysis) => analysis,
        Outcome::Stopped(_, stop) => return Err(SurveyError::Stopped(stop)),
    };
    let Some(table) = analysis.table(wanted.concept) else {
        let reason = analysis
            .refused
            .iter()
            .map(|r| r.reason.to_string())
            .collect();
        return Err(unsuitable(reason));
    };
    let test = wanted.condition.as_ref().map(|c| game.space.test(c));
    let holds = |s: &StateId| test.as_ref().is_none_or(|t| t.holds(game.space.value(*s)));
    let equilibria = table.equilibria();
    let all: Vec<StateId> = equilibria.iter().filter(holds).collect();
    let levels = |s: &StateId| game.space.assignment(*s);
    Ok(Finds {
        method: Method::Listed,
        total: Some(all.len().into()),
        complete: all.len() <= wanted.most,
        states: all.iter().take(wanted.most).map(levels).collect(),
    })
}
