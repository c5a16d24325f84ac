//! What the sections count that no finding counts by itself, so that every number has a place.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::worth::{Worth, worth};
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
    /// Which of the outcomes that do not hold are worth a plan.
    pub worth: Option<Worth>,
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
        worth: worth(analysis),
    })
}

/// The states that hold: when each party judges by its own concept, by these.
pub(super) fn holding(analysis: &Analysis) -> Option<&[u32]> {
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
