//! What the sections count that no finding counts by itself, so that every number has a place.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::dossier::Dossier;
use crate::finding::{Analysis, ClassInfo, Reachability, State};

/// What holds and how it is reached, counted for the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The states that hold under the concept of the report, or when each party judges by its own: those that
    /// are reached most easily first.
    pub equilibria: Vec<u32>,
    /// Of these, those to which improvements of single parties lead from the status quo.
    pub by_improvements: Vec<u32>,
    /// Those to which improvements lead only when parties also act together.
    pub by_joint_steps: Vec<u32>,
    /// Those to which moves lead, but no improvements.
    pub by_moves_only: Vec<u32>,
    /// Those to which nothing leads from the status quo.
    pub nowise: Vec<u32>,
    /// The outcome classes, in order, last the states of no class.
    pub classes: Vec<ClassSummary>,
    /// The names of the classes that have a state that holds.
    pub holding: Vec<String>,
    /// The names of the classes that have states of which none holds.
    pub failing: Vec<String>,
    /// The assumptions of `sensitivity` of which no change alters anything, as places among them.
    pub idle: Vec<usize>,
}

/// What holds of one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassSummary {
    /// Its name; `null` stands for the states of no class.
    pub name: Option<String>,
    /// How many states are counted under it.
    pub states: usize,
    /// Those of them that hold, those that are reached most easily first.
    pub equilibria: Vec<u32>,
    /// How many parties at most strictly prefer one and the same state of it to the status quo; `null` without a
    /// status quo.
    pub liked_by: Option<usize>,
}

/// Counts; `None` when there is no analysis, or when the concept of the report was refused.
pub fn summary(dossier: &Dossier) -> Option<Summary> {
    let analysis = dossier.analysis.as_ref()?;
    let mut equilibria = holding(analysis)?.to_vec();
    let eases: BTreeMap<u32, u8> = analysis
        .states
        .iter()
        .map(|s| (s.id, ease_of(Some(s))))
        .collect();
    let level = |id: &u32| eases.get(id).copied().unwrap_or(4);
    equilibria.sort_by_cached_key(|id| (level(id), *id));
    let of = |wanted: u8| {
        let those = equilibria.iter().filter(|id| level(id) == wanted);
        those.copied().collect()
    };
    let class = |class: &ClassInfo| ClassSummary {
        name: class.name.clone(),
        states: class.states.len(),
        equilibria: {
            let members: BTreeSet<u32> = class.states.iter().copied().collect();
            let of_class = equilibria.iter().filter(|e| members.contains(e));
            of_class.copied().collect()
        },
        liked_by: liked_by(analysis, class),
    };
    let classes: Vec<ClassSummary> = analysis.classes.iter().map(class).collect();
    let named = |holds: bool| {
        let those = classes
            .iter()
            .filter(|c| c.states > 0 && c.equilibria.is_empty() != holds);
        those.filter_map(|c| c.name.clone()).collect()
    };
    let assumptions = dossier.sensitivity.iter().flat_map(|s| &s.assumptions);
    Some(Summary {
        by_improvements: of(0),
        by_joint_steps: of(1),
        by_moves_only: of(2),
        nowise: of(3),
        holding: named(true),
        failing: named(false),
        idle: {
            let places = assumptions.enumerate().filter(|(_, a)| a.idle);
            places.map(|(place, _)| place).collect()
        },
        classes,
        equilibria,
    })
}

/// So many outcomes have plans sought for them when none is named.
const GOALS: usize = 6;

/// The outcomes that are worth a plan, by their names, in the order of the file: those of which no state holds, and of
/// which at least half of the parties strictly prefer one and the same state to the status quo; where there are none,
/// or no status quo, all of which no state holds.
pub fn goals(analysis: &Analysis) -> Vec<String> {
    let held = holding(analysis).unwrap_or_default();
    let fails = |class: &&ClassInfo| {
        !class.states.is_empty() && !class.states.iter().any(|s| held.contains(s))
    };
    let failing: Vec<&ClassInfo> = analysis.classes.iter().filter(fails).collect();
    let parties = analysis.parties.len();
    let liked = |class: &&&ClassInfo| {
        liked_by(analysis, class).is_some_and(|number| is_wanted(number, parties))
    };
    let wanted: Vec<&ClassInfo> = failing.iter().filter(liked).copied().collect();
    let named = wanted.iter().any(|class| class.name.is_some());
    let chosen = if named { wanted } else { failing };
    let names = chosen.into_iter().filter_map(|class| class.name.clone());
    names.take(GOALS).collect()
}

/// Whether an outcome that so many of the parties prefer to the status quo is worth a plan.
pub(super) fn is_wanted(liked_by: usize, parties: usize) -> bool {
    liked_by > 0 && 2 * liked_by >= parties
}

/// How many parties at most strictly prefer one and the same state of a class to the status quo.
fn liked_by(analysis: &Analysis, class: &ClassInfo) -> Option<usize> {
    let here = analysis.status_quo?;
    let here = analysis.states.iter().find(|s| s.id == here)?;
    let members: BTreeSet<u32> = class.states.iter().copied().collect();
    let likes = |state: &State| {
        let ranks = here.ranks.iter();
        ranks
            .filter(|(party, rank)| state.ranks.get(*party).is_some_and(|own| own > *rank))
            .count()
    };
    let states = analysis.states.iter().filter(|s| members.contains(&s.id));
    Some(states.map(likes).max().unwrap_or_default())
}

/// The states that hold: when each party judges by its own concept, by these.
fn holding(analysis: &Analysis) -> Option<&[u32]> {
    if let Some(mixed) = &analysis.mixed_equilibria {
        return Some(mixed);
    }
    let found = analysis.equilibria.get(&analysis.settings.main)?;
    Some(found)
}

/// How easily a state is reached: 0 by improvements, 1 with joint steps, 2 by moves, 3 not at all.
fn ease(way: &Reachability) -> u8 {
    if way.improvements.is_some() {
        0
    } else if way.joint.is_some() {
        1
    } else if way.moves.is_some() {
        2
    } else {
        3
    }
}

/// The same of a state; 4 without a status quo.
pub(super) fn ease_of(state: Option<&State>) -> u8 {
    let way = state.and_then(|s| s.reachability.as_ref());
    way.map_or(4, ease)
}
