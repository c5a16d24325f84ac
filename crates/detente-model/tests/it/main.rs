//! Tests of the crate through its public functions.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and read files"
)]

mod as_of;
mod attitudes;
mod bargain;
mod bargain_cases;
mod candidates;
mod days;
mod difference;
mod estimative;
mod events;
mod gmcr_export;
mod gmcr_import;
mod gmcr_malformed;
mod gmcr_random;
mod gmcr_support;
mod gmcr_text;
mod present;
mod record;
mod record_support;
mod scenario_dirt;
mod scenario_export;
mod scenario_kinds;
mod scenario_malformed;
mod scenario_oracle;
mod scenario_support;
mod terms;
mod views;
