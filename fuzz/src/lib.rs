//! What must hold for every input, for the fuzzer.

pub mod targets;
