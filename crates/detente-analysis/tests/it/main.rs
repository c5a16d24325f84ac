//! The analyses against literal definitions, published cases and independent tables.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod api;
mod certificates;
mod closed_form;
mod coalition_definitions;
mod coalition_facts;
mod coalitions;
mod coset;
mod courses;
mod evolution;
mod founding;
mod generate;
mod hypergame;
mod hypergame_tables;
mod inverse;
mod inverse_conditions;
mod inverse_draw;
mod inverse_exhaustive;
mod literal;
mod model;
mod negotiations;
mod oracles;
mod pages;
mod properties;
mod published;
mod random;
mod reachability;
mod robustness;
mod sensitivity;
mod survey;
mod symbolic;
mod symbolic_answers;
mod witness;
