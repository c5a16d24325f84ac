//! Tests of the cross-examination.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod binary;
mod checks;
mod definitions;
mod faults;
mod generator;
mod oracle;
mod panel;
mod reading;
mod soak;

use detente_soak::Case;

/// A case from its text.
fn case(text: &str) -> Case {
    Case::read(text.to_owned()).unwrap()
}
