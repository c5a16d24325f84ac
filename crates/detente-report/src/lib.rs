//! Findings of `detente` as text, JSON and other faces.
//!
//! Everything shown is first put into a serialisable finding (`analysis`, `why`, `states`); text is
//! a view of it. Nothing is computed here that the findings do not already say.

pub mod analogies;
pub mod attitudes;
pub mod breakthrough;
pub mod brief;
pub mod build;
pub mod claims;
pub mod coalitions;
pub mod coalitions_text;
pub mod commitments;
pub mod comparison;
pub mod conditions;
mod csv;
pub mod diagnostics;
pub mod document;
pub mod dossier;
pub mod doubt;
mod elsewhere;
pub mod events;
pub mod evidence;
pub mod evolution;
pub mod find;
pub mod finding;
pub mod firmness;
pub mod forecast;
pub mod listing;
pub mod markdown;
pub mod moves;
pub mod offers;
pub mod packages;
pub mod perception;
pub mod picture;
pub mod places;
pub mod render;
pub mod sensitivity;
pub mod story;
pub mod strength;
pub mod style;
pub mod survey;
pub mod terms;
pub mod text;
pub mod timeline;
pub mod unlisted;
pub mod verification;
pub mod why;
pub mod words;
