//! The cross-examination: several engines are run against each other, and against a literal
//! transcription of the definitions, on random negotiations of all features.
//!
//! [`generate()`] draws a negotiation, a [`Panel`] of examiners judges it, a disagreement is
//! [shrunk](shrink()) and saved as a `.detente` file. [`run()`] does this for many models.

pub mod case;
pub mod checks;
pub mod compare;
pub mod examiner;
pub mod examiners;
pub mod faults;
pub mod features;
pub mod generate;
pub mod literal;
pub mod random;
pub mod run;
pub mod shrink;
pub mod verdicts;

pub use case::{Case, Unfit};
pub use compare::{Examination, Finding, Panel};
pub use examiner::{Examiner, Subject};
pub use generate::{Mixture, generate};
pub use run::{Plan, Summary, run};
pub use shrink::{Shrunk, shrink};
pub use verdicts::{Bits, Table, Verdicts};
