//! What a check of a certificate found.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Stop;

/// How many defects are told; the others are counted.
pub const MOST_DEFECTS: usize = 100;

/// What was checked of a certificate, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// Whether everything that the certificate claims was checked and is so.
    pub valid: bool,
    /// What is wrong, in the order of the checks; no more than [`MOST_DEFECTS`].
    pub defects: Vec<Defect>,
    /// How many more defects there are.
    pub more_defects: u64,
    /// Why the check ended early; null when it did not. Then the certificate is not valid.
    pub stopped: Option<String>,
    /// What was checked.
    pub checked: Counts,
}

/// Something in a certificate that is not so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Defect {
    /// Where it stands, as a JSON Pointer such as `/verdicts/12/answers/0/by/1`.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// How much was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Feasible states.
    pub states: u64,
    /// Moves that the model allows.
    pub moves: u64,
    /// Concepts.
    pub concepts: u64,
    /// Verdicts.
    pub verdicts: u64,
    /// Answers to improvements.
    pub answers: u64,
    /// Moves in these answers.
    pub steps: u64,
    /// Closed sets.
    pub closed_sets: u64,
    /// Their members.
    pub members: u64,
    /// Combinations of simultaneous moves.
    pub combinations: u64,
    /// Steps of the check, those of the search for states that the list leaves out among them.
    pub steps_of_check: u64,
}

impl Report {
    pub(crate) fn defect(&mut self, place: impl Into<String>, message: impl Into<String>) {
        if self.defects.len() >= MOST_DEFECTS {
            self.more_defects += 1;
            return;
        }
        let (place, message) = (place.into(), message.into());
        self.defects.push(Defect { place, message });
    }

    /// Keeps what was found to be so, and reports what is wrong.
    pub(crate) fn told<T>(&mut self, place: String, checked: Result<T, String>) -> Option<T> {
        checked.map_err(|message| self.defect(place, message)).ok()
    }

    pub(crate) fn finish(mut self, end: Result<(), Stop>) -> Self {
        self.stopped = end.err().map(|stop| stop.to_string());
        self.valid = self.defects.is_empty() && self.stopped.is_none();
        self
    }
}
