//! The definitions of stability written down literally: sets of states, sequences over a state and
//! the party that moved last, all by brute force.
//!
//! The transcription shares nothing with the engines that it is to catch out. It reads the resolved
//! model itself ([`Reading`]) and judges by the definitions of the graph model for conflict
//! resolution as they stand on the page of each concept. `W` is the number of 64-bit words that a
//! set of states takes.

mod judge;
mod reading;
mod set;

use detente_analysis::Concept;

pub(crate) use self::judge::{Judge, Steps};
pub use self::reading::{MOST_COMBINATIONS, MOST_STATES, Reading, Unread};
pub(crate) use self::set::Set;
use crate::verdicts::Verdicts;

/// The concepts that are written down here.
pub const CONCEPTS: [Concept; 8] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
    Concept::Sim,
    Concept::SimOneSided,
];

/// Judges every state for every party under each of the concepts; those that are not written down
/// here, or that need options where there are none, are left out.
pub fn judge(reading: &Reading<'_>, concepts: &[Concept]) -> Verdicts {
    match reading.states() {
        0..=64 => Judge::<1>::new(reading).verdicts(concepts),
        65..=128 => Judge::<2>::new(reading).verdicts(concepts),
        129..=256 => Judge::<4>::new(reading).verdicts(concepts),
        _ => Judge::<8>::new(reading).verdicts(concepts),
    }
}
