//! The analyses against literal definitions, published cases and independent tables.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod api;
mod closed_form;
mod coalitions;
mod coset;
mod evolution;
mod founding;
mod generate;
mod literal;
mod model;
mod oracles;
mod pages;
mod properties;
mod published;
mod random;
mod reachability;
mod witness;
