//! Tests of the crate through its public functions.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod attitudes;
mod candidates;
mod gmcr_export;
mod gmcr_import;
mod gmcr_malformed;
mod gmcr_random;
mod gmcr_support;
mod gmcr_text;
mod scenario_oracle;
mod scenario_support;
mod terms;
mod views;
