//! What must hold for every input, for the fuzzer.

pub mod knowledge;
pub mod targets;
