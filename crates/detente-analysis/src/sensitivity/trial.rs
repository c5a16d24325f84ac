//! One change made and judged.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use detente_model::PartyId;
use detente_model::model::Form;
use rayon::prelude::*;

use super::assumption::Change;
use super::ways::{Way, Ways};
use super::{Held, Request};
use crate::concept::Concept;
use crate::equilibrium::mixed_equilibria;
use crate::space::ranking;
use crate::stability::{Analysis, ConceptError, analyze};
use crate::{Budget, Conflict, Game, Outcome, Ranking, StateSet, Stop};

/// A change, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The change.
    pub change: Change,
    /// What it does; `Err` says in words why it cannot be said; `None` when the budget ended before.
    pub result: Option<Result<Effect, String>>,
    /// Whether joint steps were followed.
    pub(super) joint: bool,
}

impl Trial {
    pub(super) fn not_made(change: Change) -> Self {
        Self {
            change,
            result: None,
            joint: true,
        }
    }

    /// What the change does, if that is known.
    pub fn effect(&self) -> Option<&Effect> {
        self.result.as_ref()?.as_ref().ok()
    }
}

/// What a change does to the equilibria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Feasible states with the change.
    pub states: usize,
    /// The equilibria that are none with the change, ascending.
    pub vanished: Vec<Held>,
    /// The equilibria that only the change makes, ascending.
    pub appeared: Vec<Held>,
    /// The classes that lose their last equilibrium.
    pub lost: Vec<Option<usize>>,
    /// The classes that gain their first equilibrium.
    pub gained: Vec<Option<usize>>,
    /// The classes whose equilibria are reached from the status quo in another way than before, among
    /// those that have equilibria with and without the change.
    pub ways: Vec<WayChange>,
}

/// That the equilibria of a class are reached in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayChange {
    /// The class; `None` for the states of no class.
    pub class: Option<usize>,
    /// The easiest way without the change.
    pub before: Way,
    /// The easiest way with it.
    pub after: Way,
}

impl Effect {
    /// How many classes lose their last equilibrium or gain their first.
    pub fn classes_changed(&self) -> usize {
        self.lost.len() + self.gained.len()
    }

    /// How many equilibria vanish or appear.
    pub fn equilibria_changed(&self) -> usize {
        self.vanished.len() + self.appeared.len()
    }

    /// Whether neither the equilibria nor the ways to their classes change.
    pub fn is_idle(&self) -> bool {
        self.equilibria_changed() == 0 && self.ways.is_empty()
    }

    /// By what effects are ordered: classes, then equilibria, then ways.
    pub(super) fn weight(&self) -> (usize, usize, usize) {
        (
            self.classes_changed(),
            self.equilibria_changed(),
            self.ways.len(),
        )
    }
}

/// The equilibria of a model, and the ways to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    states: usize,
    /// Ascending by value.
    pub(super) held: Vec<Held>,
    /// For each class with equilibria the easiest way to one of them; `None` without a status quo.
    pub(super) ways: BTreeMap<Option<usize>, Option<Way>>,
}

/// What all trials have in common.
pub(super) struct Job<'a, 'm> {
    pub(super) game: &'a Game<'m>,
    pub(super) request: &'a Request,
    /// Limits and cancellation, without progress.
    pub(super) budget: &'a Budget,
}

/// What is to be analysed for a trial.
enum Plan {
    /// It makes no difference to any ranking.
    Nothing,
    /// The graph stays, these rankings change.
    Rankings(Vec<(PartyId, Ranking)>),
    /// The whole model changes.
    Model,
    /// It cannot be analysed.
    Refused(String),
}

/// How a trial went: why it cannot be said, or the picture and whether joint steps were followed.
type Went = Result<(Picture, bool), String>;

impl Job<'_, '_> {
    /// The concepts of all parties, each once.
    pub(super) fn concepts(&self) -> Vec<Concept> {
        let mut concepts: Vec<Concept> = Vec::new();
        for concept in &self.request.judges {
            if !concepts.contains(concept) {
                concepts.push(*concept);
            }
        }
        concepts
    }

    /// The ways from the status quo of a game, if it has one.
    pub(super) fn ways<'g>(&self, game: &'g Game<'_>) -> Option<Ways<'g>> {
        let start = game.status_quo?;
        Some(Ways::new(&game.graph, start, self.budget))
    }

    /// The equilibria of a conflict on the states of a game.
    pub(super) fn picture(
        &self,
        game: &Game<'_>,
        conflict: &Conflict<'_>,
        ways: Option<&Ways<'_>>,
        rankings: &[Ranking],
    ) -> Result<Picture, Stop> {
        match self.judge(game, conflict, ways, rankings)? {
            Ok(picture) => Ok(picture),
            // Concepts were checked for the unchanged model.
            Err(_) => Ok(Picture {
                states: game.space.len(),
                held: Vec::new(),
                ways: BTreeMap::new(),
            }),
        }
    }

    fn judge(
        &self,
        game: &Game<'_>,
        conflict: &Conflict<'_>,
        ways: Option<&Ways<'_>>,
        rankings: &[Ranking],
    ) -> Result<Result<Picture, String>, Stop> {
        let settings = &self.request.settings;
        let Analysis { tables, refused } =
            match analyze(conflict, &self.concepts(), settings, self.budget) {
                Outcome::Complete(analysis) => analysis,
                Outcome::Stopped(_, stop) => return Err(stop),
            };
        if let Some(refused) = refused.first() {
            return Ok(Err(refusal(game, &refused.reason)));
        }
        // Without parties nobody leaves any state.
        let equilibria = mixed_equilibria(&tables, &self.request.judges)
            .unwrap_or_else(|| StateSet::all(game.space.len()));
        let mut held = Vec::new();
        let mut by_class = BTreeMap::new();
        let easiest = ways.map(|w| w.all(rankings));
        for state in equilibria.iter() {
            let class = game.headline(state);
            if self.request.class.is_some() && class != self.request.class {
                continue;
            }
            let way = easiest.as_ref().map(|w| w[state.index()]);
            let entry = by_class.entry(class).or_insert(way);
            *entry = (*entry).min(way);
            let value = game.space.value(state);
            held.push(Held {
                value,
                state: self.game.space.find(value),
                levels: match game.model.form {
                    Form::Options => game.space.assignment(state),
                    Form::Graph => Vec::new(),
                },
                class,
            });
        }
        Ok(Ok(Picture {
            states: game.space.len(),
            held,
            ways: by_class,
        }))
    }

    /// Makes all trials.
    pub(super) fn run(
        &self,
        before: &Picture,
        ways: Option<&Ways<'_>>,
        trials: &mut [Trial],
        budget: &Budget,
    ) -> Result<(), Stop> {
        let plans: Vec<Plan> = trials
            .par_iter()
            .map(|trial| {
                if budget.is_cancelled() {
                    Plan::Nothing
                } else {
                    self.plan(trial.change)
                }
            })
            .collect();
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        // Changes that come to the same rankings are analysed once: `sources[i]` is the trial whose
        // result the trial `i` shares.
        let sources: Vec<usize> = (0..plans.len())
            .map(|i| (0..i).find(|j| same(&plans[*j], &plans[i])).unwrap_or(i))
            .collect();
        let fits = self.affordable(&plans, &sources);
        let done = AtomicU64::new(0);
        let total = fits as u64;
        let results: Vec<Option<Result<Went, Stop>>> = (0..fits)
            .into_par_iter()
            .map(|i| {
                if sources[i] != i {
                    return None;
                }
                if budget.is_cancelled() {
                    return Some(Err(Stop::Cancelled));
                }
                let went = self.carry_out(trials[i].change, &plans[i], before, ways);
                budget.report("changes", done.fetch_add(1, Ordering::Relaxed) + 1, total);
                Some(went)
            })
            .collect();
        let mut stop = (fits < trials.len()).then_some(Stop::Limit {
            what: "work",
            limit: budget.max_work,
        });
        for (i, trial) in trials.iter_mut().enumerate().take(fits) {
            match results.get(sources[i]).and_then(Option::as_ref) {
                Some(Ok(Ok((after, joint)))) => {
                    trial.joint = *joint;
                    trial.result = Some(Ok(compare(before, after)));
                }
                Some(Ok(Err(reason))) => trial.result = Some(Err(reason.clone())),
                Some(Err(why)) => {
                    stop.get_or_insert(why.clone());
                }
                None => {}
            }
        }
        match stop {
            None => Ok(()),
            Some(stop) => Err(stop),
        }
    }

    /// How many trials the budget allows, one after the other.
    fn affordable(&self, plans: &[Plan], sources: &[usize]) -> usize {
        let graph = &self.game.graph;
        let one = (graph.total_moves() as u64)
            .saturating_add(graph.states() as u64)
            .saturating_mul(graph.parties() as u64)
            .max(1);
        let mut spent = 0_u64;
        for (i, plan) in plans.iter().enumerate() {
            if sources[i] == i && matches!(plan, Plan::Rankings(_) | Plan::Model) {
                spent = spent.saturating_add(one);
            }
            if spent > self.budget.max_work {
                return i;
            }
        }
        plans.len()
    }

    fn plan(&self, change: Change) -> Plan {
        if !change.assumption.is_preference() {
            return Plan::Model;
        }
        let model = change.applied_to(self.game.model);
        let owner = change.assumption.party(&model);
        let concerned = model
            .party_ids()
            .filter(|p| owner.is_none_or(|owner| owner == *p));
        let mut changed = Vec::new();
        for party in concerned {
            match ranking(model.party(party), &self.game.space) {
                Ok(new) if new == self.game.rankings[party.index()] => {}
                Ok(new) => changed.push((party, new)),
                Err(unranked) => {
                    return Plan::Refused(format!(
                        "the ranking of `{}` would leave out {} states",
                        model.party(party).name,
                        unranked.states.len()
                    ));
                }
            }
        }
        if changed.is_empty() {
            Plan::Nothing
        } else {
            Plan::Rankings(changed)
        }
    }

    fn carry_out(
        &self,
        change: Change,
        plan: &Plan,
        before: &Picture,
        ways: Option<&Ways<'_>>,
    ) -> Result<Went, Stop> {
        let joint = |ways: Option<&Ways<'_>>| ways.is_none_or(Ways::joint);
        match plan {
            Plan::Refused(reason) => Ok(Err(reason.clone())),
            Plan::Nothing => Ok(Ok((before.clone(), joint(ways)))),
            Plan::Rankings(changed) => {
                let mut rankings = self.game.rankings.clone();
                for (party, new) in changed {
                    rankings[party.index()] = new.clone();
                }
                let mut conflict = Conflict::matched(&self.game.graph, &rankings);
                if let Some(superposition) = self.game.conflict().superposition() {
                    conflict = conflict.with_superposition(superposition);
                }
                let picture = self.judge(self.game, &conflict, ways, &rankings)?;
                Ok(picture.map(|p| (p, joint(ways))))
            }
            Plan::Model => {
                let model = change.applied_to(self.game.model);
                let game = match Game::new(&model, self.budget) {
                    Ok(game) => game,
                    Err(_) if self.budget.is_cancelled() => return Err(Stop::Cancelled),
                    Err(problems) => {
                        let problems: Vec<&str> =
                            problems.iter().map(|d| d.message.as_str()).collect();
                        return Ok(Err(problems.join("; ")));
                    }
                };
                let ways = self.ways(&game);
                let conflict = game.conflict();
                let picture = self.judge(&game, &conflict, ways.as_ref(), &game.rankings)?;
                Ok(picture.map(|p| (p, joint(ways.as_ref()))))
            }
        }
    }
}

/// Why a concept does not apply to a changed model, with parties and states by their names.
fn refusal(game: &Game<'_>, reason: &ConceptError) -> String {
    match reason {
        ConceptError::Ties {
            concept,
            party,
            first,
            second,
        } => format!(
            "`{concept}` needs rankings without ties, but {} would rank the states {} and {} alike",
            game.model.party(*party).name,
            game.id(*first),
            game.id(*second)
        ),
        other => other.to_string(),
    }
}

/// Whether two plans come to the same analysis.
fn same(a: &Plan, b: &Plan) -> bool {
    match (a, b) {
        (Plan::Nothing, Plan::Nothing) => true,
        (Plan::Rankings(a), Plan::Rankings(b)) => a == b,
        _ => false,
    }
}

fn compare(before: &Picture, after: &Picture) -> Effect {
    let missing = |from: &Picture, of: &Picture| -> Vec<Held> {
        let held = of.held.iter();
        let absent = |h: &&Held| {
            from.held
                .binary_search_by_key(&h.value, |f| f.value)
                .is_err()
        };
        held.filter(absent).cloned().collect()
    };
    let classes = |from: &Picture, of: &Picture| -> Vec<Option<usize>> {
        let keys = of.ways.keys().copied();
        let mut absent: Vec<Option<usize>> = keys.filter(|c| !from.ways.contains_key(c)).collect();
        // Classes in order, the states of no class last.
        absent.sort_by_key(|c| (c.is_none(), *c));
        absent
    };
    let mut ways: Vec<WayChange> = before
        .ways
        .iter()
        .filter_map(|(class, way)| {
            let (before, after) = ((*way)?, (*after.ways.get(class)?)?);
            (before != after).then_some(WayChange {
                class: *class,
                before,
                after,
            })
        })
        .collect();
    ways.sort_by_key(|w| (w.class.is_none(), w.class));
    Effect {
        states: after.states,
        vanished: missing(after, before),
        appeared: missing(before, after),
        lost: classes(after, before),
        gained: classes(before, after),
        ways,
    }
}
