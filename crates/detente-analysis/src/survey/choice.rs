//! Which engine computes a conflict, what that will cost, and why.

use std::fmt;
use std::str::FromStr;

use detente_model::Model;

use crate::engine::closed_form::Unconstrained;
use crate::engine::{Cost, Shape, coset, features};
use crate::space::Size;
use crate::symbolic::{self, Encoding};
use crate::{Budget, Concept};

/// A way to compute stability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Every state and every move is listed; takes every model, and proves every verdict.
    Graph,
    /// States are bits, and what parties can reach is found by reductions over whole blocks of
    /// states. For option forms without forced consequences, prohibited transitions and options that
    /// move step by step.
    Explicit,
    /// Security levels, by two passes over states that are never stored. For conflicts in which
    /// everything is feasible and can be taken back; Nash, GMR and SMR only.
    ClosedForm,
    /// Sets of states as decision diagrams. For as many options as there are, as long as the diagrams
    /// stay small.
    Symbolic,
}

impl Engine {
    /// All engines, in the order in which they are tried.
    pub const ALL: [Self; 4] = [
        Self::Graph,
        Self::Explicit,
        Self::ClosedForm,
        Self::Symbolic,
    ];

    /// The name by which it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Explicit => "explicit",
            Self::ClosedForm => "closed-form",
            Self::Symbolic => "symbolic",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no engine has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no engine `{0}`")]
pub struct UnknownEngine(pub String);

impl FromStr for Engine {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, UnknownEngine> {
        let found = Self::ALL.into_iter().find(|e| e.name() == text);
        found.ok_or_else(|| UnknownEngine(text.to_owned()))
    }
}

/// What can be said of an engine before the work.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospect {
    /// The engine.
    pub engine: Engine,
    /// Why it does not take the model within the budget; `None` when it does.
    pub obstacle: Option<String>,
    /// Predicted seconds on one core; `None` where that cannot be said beforehand.
    pub seconds: Option<f64>,
    /// Predicted bytes of memory; `None` where that cannot be said beforehand.
    pub bytes: Option<u64>,
}

/// The engine chosen, and what else there was.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The engine.
    pub engine: Engine,
    /// Why this one, in words that follow "because".
    pub because: String,
    /// All engines.
    pub prospects: Vec<Prospect>,
}

impl Choice {
    /// What was said of an engine.
    pub fn prospect(&self, engine: Engine) -> Option<&Prospect> {
        self.prospects.iter().find(|p| p.engine == engine)
    }
}

/// Up to this many states every state and move is listed where that can be done: it takes
/// seconds, and everything is explained.
pub const LISTED_UP_TO: u128 = 1 << 16;

/// The concepts that have closed forms, in the order in which
/// [`ClosedForm`](crate::engine::closed_form::ClosedForm) lists what it says of them.
pub(super) const STREAMED: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];

/// The engine that goes through all states without storing them is chosen up to so many states.
const MOST_STREAMED: u64 = 1 << 34;

/// Chooses an engine for a model and concepts, before any state is enumerated.
pub fn choose(model: &Model, concepts: &[Concept], budget: &Budget) -> Choice {
    let size = Size::of(model);
    let raw = size.raw;
    let prospects: Vec<Prospect> = Engine::ALL
        .into_iter()
        .map(|engine| prospect(model, engine, concepts, raw, budget))
        .collect();
    let fits = |engine: Engine| {
        let found = prospects.iter().find(|p| p.engine == engine);
        found.is_some_and(|p| p.obstacle.is_none())
    };
    let transitive = features(model);
    let (engine, because) = if let Some(first) = transitive.first() {
        (
            Engine::Graph,
            format!("only this one takes the model: {}", first.what),
        )
    } else if raw.is_some_and(|raw| raw <= LISTED_UP_TO) || few_feasible(model, budget) {
        (
            Engine::Graph,
            "the states are few enough to list and explain them all".to_owned(),
        )
    } else if concepts.iter().all(|c| !coset::CONCEPTS.contains(c)) {
        (
            Engine::Graph,
            "the other engines know Nash, GMR, SMR, SEQ and SSEQ only".to_owned(),
        )
    } else if fits(Engine::Explicit) {
        (
            Engine::Explicit,
            "there are too many states to list, and few enough to hold as bits".to_owned(),
        )
    } else if fits(Engine::ClosedForm) {
        (
            Engine::ClosedForm,
            "there are too many states to hold, and everything is feasible and can be taken back"
                .to_owned(),
        )
    } else {
        (
            Engine::Symbolic,
            "there are too many states to hold in memory".to_owned(),
        )
    };
    Choice {
        engine,
        because,
        prospects,
    }
}

fn prospect(
    model: &Model,
    engine: Engine,
    concepts: &[Concept],
    raw: Option<u128>,
    budget: &Budget,
) -> Prospect {
    let mut prospect = Prospect {
        engine,
        obstacle: None,
        seconds: None,
        bytes: None,
    };
    if engine == Engine::Graph {
        if raw.is_none_or(|raw| raw > u128::from(budget.max_states)) && model.rules.is_empty() {
            prospect.obstacle = Some(format!("more than {} states to list", budget.max_states));
        } else if model.rules.is_empty() && most_moves(&Size::of(model)) > budget.max_moves.into() {
            prospect.obstacle = Some(format!("more than {} moves to list", budget.max_moves));
        }
        return prospect;
    }
    if let Some(misfit) = features(model).first() {
        prospect.obstacle = Some(misfit.what.clone());
        return prospect;
    }
    let fits = |p: &mut Prospect, cost: Cost| {
        p.seconds = Some(cost.seconds);
        p.bytes = Some(cost.bytes);
        if cost.bytes > budget.max_memory {
            p.obstacle = Some(format!(
                "it would take {}, more than the limit of {}",
                memory(cost.bytes),
                memory(budget.max_memory)
            ));
        }
    };
    let request = coset::Request {
        concepts: concepts.to_vec(),
        ..coset::Request::default()
    };
    match engine {
        Engine::Explicit => {
            let Some(shape) = Shape::expected(model) else {
                let what = "there are too many options to hold states as bits";
                prospect.obstacle = Some(what.to_owned());
                return prospect;
            };
            let (arena, judging) = (shape.arena(), shape.coset(&request));
            let total = Cost {
                bytes: arena.bytes.saturating_add(judging.bytes),
                seconds: arena.seconds + judging.seconds,
            };
            fits(&mut prospect, total);
        }
        Engine::ClosedForm => match Unconstrained::new(model) {
            _ if !concepts.iter().all(|c| STREAMED.contains(c)) => {
                let what = "it knows Nash, GMR and SMR only";
                prospect.obstacle = Some(what.to_owned());
            }
            Err(error) => prospect.obstacle = Some(error.to_string()),
            Ok(conflict) if conflict.states() > MOST_STREAMED => {
                let what = "there are too many states to go through";
                prospect.obstacle = Some(what.to_owned());
            }
            Ok(conflict) => {
                let cost = Cost {
                    bytes: conflict.bytes(2),
                    seconds: conflict.seconds(),
                };
                fits(&mut prospect, cost);
            }
        },
        Engine::Symbolic | Engine::Graph => {}
    }
    prospect
}

/// Whether the rules leave few enough states to list, which is counted without listing them.
fn few_feasible(model: &Model, budget: &Budget) -> bool {
    if model.rules.is_empty() || model.width() > u64::from(u128::BITS) {
        return false;
    }
    let Ok(encoding) = Encoding::new(model, budget) else {
        return false;
    };
    let engine = symbolic::Engine::new(&encoding, budget);
    engine.count(&engine.feasible()) <= LISTED_UP_TO.into()
}

/// The moves of the party that has the most, where everything is feasible and goes both ways.
fn most_moves(size: &Size) -> u128 {
    let raw = size.raw.unwrap_or(u128::MAX);
    let moves = |own: &Option<u128>| raw.saturating_mul(own.unwrap_or(u128::MAX).saturating_sub(1));
    size.per_party.iter().map(moves).max().unwrap_or(0)
}

/// Bytes in words: `31 MB`.
pub fn memory(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let mut value = bytes as f64 / 1e3;
    let mut unit = UNITS[0];
    for next in &UNITS[1..] {
        if value < 999.5 {
            break;
        }
        value /= 1e3;
        unit = next;
    }
    if value < 9.95 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}
