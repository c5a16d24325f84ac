//! What a result hangs on: one assumption of the model changed at a time, and what becomes of the
//! equilibria.
//!
//! Every change of [`changes`] is made by itself, and the changed model is analysed anew by the same
//! kernel. Equilibria are compared by what is on, not by their numbers, because a dropped rule can add
//! states. What is said of an assumption holds for it alone: two assumptions that each change nothing may
//! change everything together.

mod assumption;
mod trial;
mod ways;

use detente_model::model::Assignment;

pub use assumption::{About, Alteration, Assumption, Change, changes};
pub use trial::{Effect, Trial, WayChange};
pub use ways::{JOINT_UP_TO, Way};

use crate::concept::{Concept, Settings};
use crate::robustness::{Robustness, robustness};
use crate::stability::Refusal;
use crate::{Budget, Game, Outcome, StateId, Stop};
use trial::{Job, Picture};

/// What to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concept by which each party judges, one per party.
    pub judges: Vec<Concept>,
    /// The rules on which published tools differ.
    pub settings: Settings,
    /// Which assumptions are doubted.
    pub about: About,
    /// Look at the equilibria of this outcome class only, an index into the model's classes.
    pub class: Option<usize>,
}

impl Request {
    /// Every assumption, with the same concept for all parties.
    pub fn new(game: &Game<'_>, concept: Concept) -> Self {
        Self {
            judges: vec![concept; game.graph.parties()],
            settings: Settings::default(),
            about: About::ALL,
            class: None,
        }
    }
}

/// A state that is an equilibrium with or without a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its number with the first option as the least significant bit, or its place in the list of the
    /// graph form; the same in the model and in the changed model.
    pub value: u128,
    /// The state, when it is feasible in the unchanged model.
    pub state: Option<StateId>,
    /// The level of every option; empty in the graph form.
    pub levels: Assignment,
    /// The class under which it is counted.
    pub class: Option<usize>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// What was asked.
    pub request: Request,
    /// The equilibria of the unchanged model that are looked at, ascending.
    pub equilibria: Vec<StateId>,
    /// For every class that is looked at, in order, how its equilibria are reached from the status quo, the
    /// easiest way to any of them; `None` for a class without equilibria. The class `None`, last, stands
    /// for the states of no class, if there are any. Without a status quo all ways are `None`.
    pub classes: Vec<ClassBefore>,
    /// The changes that were tried, in the order of the model.
    pub trials: Vec<Trial>,
    /// How firmly each equilibrium holds, judged by changes of one party's own ranking.
    pub robustness: Vec<Robustness>,
    /// Whether joint steps were followed in every trial; otherwise [`Way::JointSteps`] does not occur.
    pub joint: bool,
}

/// A class in the unchanged model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassBefore {
    /// The class, as an index into the model's classes.
    pub class: Option<usize>,
    /// How many equilibria are counted under it.
    pub equilibria: usize,
    /// The easiest way from the status quo to one of them.
    pub way: Option<Way>,
}

impl Sensitivity {
    /// For every assumption the change that moves the most, assumptions on which most hangs first: those
    /// that take the last equilibrium from, or give the first to, the most classes, then those that make
    /// the most equilibria vanish or appear, then those that change the ways to the most classes, then in
    /// the order of the model. Assumptions without a finished trial are left out.
    pub fn ranked(&self) -> Vec<&Trial> {
        let mut most: Vec<&Trial> = Vec::new();
        for trial in &self.trials {
            let Some(effect) = trial.effect() else {
                continue;
            };
            match most.last_mut() {
                Some(last) if last.change.assumption == trial.change.assumption => {
                    if last.effect().is_none_or(|e| effect.weight() > e.weight()) {
                        *last = trial;
                    }
                }
                _ => most.push(trial),
            }
        }
        // The sort is stable, so equals stay in the order of the model.
        most.sort_by_key(|t| std::cmp::Reverse(t.effect().map(Effect::weight)));
        most
    }

    /// The assumptions none of whose changes alters equilibria or the ways to them, in the order of the
    /// model. An assumption with a trial that was refused or not made is not among them.
    pub fn idle(&self) -> Vec<Assumption> {
        let mut idle: Vec<Assumption> = Vec::new();
        for group in self
            .trials
            .chunk_by(|a, b| a.change.assumption == b.change.assumption)
        {
            if group
                .iter()
                .all(|t| t.effect().is_some_and(Effect::is_idle))
            {
                idle.extend(group.first().map(|t| t.change.assumption));
            }
        }
        idle
    }

    /// The single changes that make an equilibrium vanish.
    pub fn breaking(&self, state: StateId) -> impl Iterator<Item = &Trial> {
        let broken = move |e: &Effect| e.vanished.iter().any(|h| h.state == Some(state));
        self.trials
            .iter()
            .filter(move |t| t.effect().is_some_and(broken))
    }

    /// The single changes that take the last equilibrium from a class.
    pub fn emptying(&self, class: Option<usize>) -> impl Iterator<Item = &Trial> {
        let emptied = move |e: &Effect| e.lost.contains(&class);
        self.trials
            .iter()
            .filter(move |t| t.effect().is_some_and(emptied))
    }

    /// The single changes that give a class its first equilibrium.
    pub fn opening(&self, class: Option<usize>) -> impl Iterator<Item = &Trial> {
        let opened = move |e: &Effect| e.gained.contains(&class);
        self.trials
            .iter()
            .filter(move |t| t.effect().is_some_and(opened))
    }
}

/// Changes one assumption at a time and says what becomes of the equilibria.
///
/// When the budget ends first, what was finished is returned with the reason; the trials that were not made
/// have no effect. A trial costs the moves of the conflict times the number of its parties; trials are
/// left out when their sum passes the budget's `max_work`. The work is done by the threads of the
/// current `rayon` pool; the result does not depend on their number.
///
/// # Errors
///
/// Refuses a concept that does not apply to the conflict.
pub fn sensitivity(
    game: &Game<'_>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Sensitivity>, Refusal> {
    let quiet = budget.silent();
    let job = Job {
        game,
        request,
        budget: &quiet,
    };
    for concept in job.concepts() {
        if let Err(reason) = concept.check(&game.conflict()) {
            return Err(Refusal { concept, reason });
        }
    }
    let mut found = Sensitivity {
        equilibria: Vec::new(),
        classes: Vec::new(),
        trials: changes(game.model, request.about)
            .into_iter()
            .map(Trial::not_made)
            .collect(),
        robustness: Vec::new(),
        joint: true,
        request: request.clone(),
    };
    Ok(match fill(&job, &mut found, budget) {
        Ok(()) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(found, stop),
    })
}

fn fill(job: &Job<'_, '_>, found: &mut Sensitivity, budget: &Budget) -> Result<(), Stop> {
    let game = job.game;
    let ways = job.ways(game);
    let conflict = game.conflict();
    let before = job.picture(game, &conflict, ways.as_ref(), &game.rankings)?;
    found.equilibria = before.held.iter().filter_map(|h| h.state).collect();
    found.classes = classes(game, &found.request, &before);
    let stop = job.run(&before, ways.as_ref(), &mut found.trials, budget);
    found.joint = found.trials.iter().all(|t| t.joint) && ways.is_none_or(|w| w.joint());
    stop?;
    let (judges, settings) = (&found.request.judges, &found.request.settings);
    found.robustness = robustness(&conflict, judges, settings, &found.equilibria, budget)?;
    Ok(())
}

fn classes(game: &Game<'_>, request: &Request, before: &Picture) -> Vec<ClassBefore> {
    let of_none = || game.space.ids().any(|s| game.headline(s).is_none());
    let classes: Vec<Option<usize>> = if request.class.is_some() {
        vec![request.class]
    } else {
        let named = (0..game.model.classes.len()).map(Some);
        named.chain(of_none().then_some(None)).collect()
    };
    let of = |class: Option<usize>| ClassBefore {
        class,
        equilibria: before.held.iter().filter(|h| h.class == class).count(),
        way: before.ways.get(&class).copied().flatten(),
    };
    classes.into_iter().map(of).collect()
}
