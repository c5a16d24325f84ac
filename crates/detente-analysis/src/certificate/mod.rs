//! Certificates: the verdicts on a negotiation, each with what proves it, in a form that can be
//! checked without the engine that found them.
//!
//! A certificate lists the feasible states, and for every concept, party and state one verdict:
//!
//! - *stable*, with an answer of the others to every improvement of the party;
//! - *unstable*, with an improvement and a **closed set**: states that contain where the improvement
//!   leads, that the others cannot leave by the steps that the concept allows them, and none of which
//!   is a sanction. Where the others can lead is then known without looking for it.
//!
//! Closed sets stand in one table, because many verdicts share one. [`write()`] makes a certificate of
//! a game, [`crate::verify`] checks one against a model by readings of its own. The page
//! `docs/certificates.md` describes the form and how to write another checker.

mod form;
mod json;
mod report;
mod write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use form::{Names, Values, header, sizes};
pub use json::{ReadError, fingerprint, from_json, to_json};
pub(crate) use report::{Checked, Examination, so};
pub use report::{Counts, Defect, MOST_DEFECTS, Report};
pub use write::{MOST_ENTRIES, Request, WriteError, supports, write};

/// The tag of the form described here.
pub const FORMAT: &str = "detente-certificate/1";

/// The verdicts on a negotiation, with what proves them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The form: `detente-certificate/1`.
    pub format: String,
    /// What the negotiation is called; null when it has no title.
    pub title: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// `sha256:` and the hash, in hexadecimal digits, of the JSON form of the negotiation, as
    /// `detente export --to json` prints it with these variants.
    pub fingerprint: String,
    /// The rules by which stability was judged.
    pub rules: Rules,
    /// The parties, by name, in order of declaration.
    pub parties: Vec<String>,
    /// The options, in order of declaration; empty in the graph form.
    pub options: Vec<Item>,
    /// The claim that no other state than those listed is feasible.
    pub complete: bool,
    /// The feasible states, ascending.
    pub states: Vec<State>,
    /// The equilibria of every concept that the certificate is about.
    pub equilibria: Vec<Equilibria>,
    /// Closed sets, to which verdicts refer by their place, counted from 0.
    pub closed_sets: Vec<ClosedSet>,
    /// One verdict for every concept, party and state.
    pub verdicts: Vec<Verdict>,
}

/// The rules on which published tools differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Which sequences of the others' moves count.
    pub sequences: Sequences,
    /// Whether a sanction counts that leads back to the state where the party started.
    pub diagonal: bool,
}

/// Which sequences of moves count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sequences {
    /// No party moves twice in succession.
    Legal,
    /// Each party moves once at most, as GMCR+ has it.
    EachOnce,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Whose it is.
    pub party: String,
    /// Its name.
    pub option: String,
    /// The names of the levels of a graded option, lowest first; left out for a binary option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
}

/// A feasible state: the level of every option, or the name of a node of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The number by which the certificate and the reports of `detente` refer to it.
    pub number: u32,
    /// In the option form: the level of every option, in order; 0 is not taken or the first level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<u16>>,
    /// In the graph form: the name of the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
}

/// The equilibria of one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equilibria {
    /// The concept, such as `seq`.
    pub concept: String,
    /// The numbers of the states that are stable for every party.
    pub states: Vec<u32>,
}

/// By which steps the others answer an improvement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Steps {
    /// Any moves.
    Moves,
    /// Moves that the mover gains by, judged from the state that each leaves.
    Improvements,
    /// Those improvements that the mover likes best, judged from the state that each leaves.
    BestImprovements,
}

/// States that the opponents of a party cannot leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosedSet {
    /// The party whose opponents cannot leave it.
    pub party: String,
    /// By which of their steps they cannot.
    pub steps: Steps,
    /// What is in it.
    pub members: Vec<Member>,
}

/// A state in a closed set.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The state.
    pub state: u32,
    /// Which opponents cannot move next, because they came here by a move of theirs (or, where each
    /// party moves once, have moved before). When left out, every opponent may move next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<String>,
    /// The best state that the party itself can move to from here, when it prefers that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escape: Option<u32>,
}

/// Whether a state is stable for a party by a concept, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The concept, such as `seq`.
    pub concept: String,
    /// The party.
    pub party: String,
    /// The state.
    pub state: u32,
    /// The verdict.
    pub stable: bool,
    /// When stable: an answer to every improvement of the party from the state. When there is no
    /// improvement, nothing is left to answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// When unstable: an improvement that nothing answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub improvement: Option<u32>,
    /// When unstable, under the concepts that look at sequences of moves: the place of a closed set
    /// that contains the improvement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_set: Option<u32>,
}

/// How the others answer an improvement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The improvement: the state that the party would move to.
    pub to: u32,
    /// The moves of the others after it, in order. The last one leads to the sanction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Move>,
    /// Under simultaneous stability: the improvements that others take at the same time, from the
    /// state that is judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Move>,
    /// Under simultaneous stability: the state that all these changes make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<u32>,
}

/// A move of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Who moves.
    pub party: String,
    /// To which state.
    pub to: u32,
}
