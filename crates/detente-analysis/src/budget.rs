//! Limits on work, cancellation, progress, and why a computation stopped.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Told how far a long computation has come.
pub trait Progress: Send + Sync {
    /// `done` of `total` steps of `what` are done; `total` is 0 when it is not known.
    fn report(&self, what: &str, done: u64, total: u64);
}

/// What a computation may use, and how it is stopped or watched.
#[derive(Clone)]
pub struct Budget {
    /// Feasible states at most.
    pub max_states: u64,
    /// Moves (arcs of all parties together) at most.
    pub max_moves: u64,
    /// Partial assignments looked at while feasible states are enumerated, at most.
    pub max_steps: u64,
    /// Nodes of one decision diagram at most.
    pub max_nodes: u64,
    /// Pairs of nodes that operations on decision diagrams look at, and decisions of the
    /// satisfiability solver, at most for one question; moves and states that a question about
    /// coalitions looks at. Unlike a time limit it stops at the same place on every machine.
    pub max_work: u64,
    /// Bytes of memory at most, where the need is known beforehand: the engine for large option
    /// forms refuses what would take more.
    pub max_memory: u64,
    cancel: Option<Arc<AtomicBool>>,
    progress: Option<Arc<dyn Progress>>,
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget")
            .field("max_states", &self.max_states)
            .field("max_moves", &self.max_moves)
            .field("max_steps", &self.max_steps)
            .field("max_nodes", &self.max_nodes)
            .field("max_work", &self.max_work)
            .field("max_memory", &self.max_memory)
            .finish_non_exhaustive()
    }
}

impl Default for Budget {
    /// One million states, fifty million moves, two hundred million enumeration steps, four gibibytes,
    /// four million nodes, two billion pairs of nodes.
    fn default() -> Self {
        Self {
            max_states: 1 << 20,
            max_moves: 50_000_000,
            max_steps: 200_000_000,
            max_nodes: 4_000_000,
            max_work: 2_000_000_000,
            max_memory: 4 << 30,
            cancel: None,
            progress: None,
        }
    }
}

impl Budget {
    /// Stops as soon as `flag` becomes true.
    #[must_use]
    pub fn cancelled_by(mut self, flag: Arc<AtomicBool>) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// Reports progress to `observer`.
    #[must_use]
    pub fn watched_by(mut self, observer: Arc<dyn Progress>) -> Self {
        self.progress = Some(observer);
        self
    }

    /// The same limits and the same cancellation, without progress: for the parts of a computation that
    /// reports its progress as a whole.
    pub(crate) fn silent(&self) -> Self {
        Self {
            progress: None,
            ..self.clone()
        }
    }

    /// Whether the user asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel
            .as_ref()
            .is_some_and(|c| c.load(Ordering::Relaxed))
    }

    /// The flag by which the user asks to stop, if there is one.
    pub(crate) fn flag(&self) -> Option<Arc<AtomicBool>> {
        self.cancel.clone()
    }

    /// Reports progress, if anybody watches.
    pub fn report(&self, what: &str, done: u64, total: u64) {
        if let Some(progress) = &self.progress {
            progress.report(what, done, total);
        }
    }
}

/// Why a computation stopped before its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The user asked for it.
    #[error("cancelled")]
    Cancelled,
    /// A limit of the budget was reached.
    #[error("stopped at the limit of {limit} {what}")]
    Limit {
        /// What is limited, such as `states`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// A result, and whether it is the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// Everything was computed.
    Complete(T),
    /// What was computed until the computation stopped, and why it did.
    Stopped(T, Stop),
}

impl<T> Outcome<T> {
    /// The value, complete or not.
    pub fn value(&self) -> &T {
        match self {
            Self::Complete(value) | Self::Stopped(value, _) => value,
        }
    }

    /// Why the computation stopped before its end, if it did.
    pub fn stop(&self) -> Option<&Stop> {
        match self {
            Self::Complete(_) => None,
            Self::Stopped(_, stop) => Some(stop),
        }
    }

    /// The value if it is complete, else the reason why it is not.
    pub fn complete(self) -> Result<T, Stop> {
        match self {
            Self::Complete(value) => Ok(value),
            Self::Stopped(_, stop) => Err(stop),
        }
    }
}
