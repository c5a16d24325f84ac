//! What must hold for every input, for the fuzzer.

pub mod dossier;
pub mod knowledge;
pub mod targets;
