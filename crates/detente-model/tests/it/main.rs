//! Tests of the crate through its public functions.

mod gmcr_export;
mod gmcr_import;
mod gmcr_malformed;
mod gmcr_random;
mod gmcr_support;
