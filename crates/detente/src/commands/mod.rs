//! One module per command.

pub(crate) mod analogies;
pub(crate) mod analyze;
pub(crate) mod attitudes;
pub(crate) mod bargain;
pub(crate) mod breakthrough;
pub(crate) mod brief;
pub(crate) mod cases;
pub(crate) mod check;
pub(crate) mod coalitions;
pub(crate) mod commitments;
pub(crate) mod conditions;
pub(crate) mod doubt;
pub(crate) mod events;
pub(crate) mod evolve;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod fmt;
pub(crate) mod import;
pub(crate) mod new;
pub(crate) mod packages;
pub(crate) mod perceive;
pub(crate) mod schema;
pub(crate) mod sensitivity;
pub(crate) mod shell;
pub(crate) mod states;
pub(crate) mod strength;
pub(crate) mod survey;
pub(crate) mod terms;
pub(crate) mod verify;
pub(crate) mod why;

mod aim;
mod judging;
mod permitted;
mod target;
