//! What a mediator asks: whether there is anything to agree on and who stands in the way, what must be ratified
//! at home, which concessions pay for each other, what it is worth to negotiate issues together, and what
//! becomes of drafts.
//!
//! Everything here is exact. Where packages are too many to list, answers come from Pareto frontiers
//! ([`frontier`](super::frontier())) of the packages or of a part of them, never from a sample.

mod drafts;
mod equal;
mod exchange;
mod improve;
mod linkage;
mod ratification;
mod settle;
mod talks;
mod zone;

pub use drafts::{Dominator, Draft, Over, compare, draft};
pub use equal::{EqualOffer, equal_offers};
pub use exchange::{Change, Trade, Trades, climb, compromise, trades};
pub use improve::{Improvement, Improvements, improvements};
pub use linkage::{Bundle, Linkage, WithoutIssue, WithoutVoice, apart, linkage};
pub use ratification::{
    Deciders, Home, MOST_RATIFIERS, Ratified, SideWinSet, WithoutRatifier, homes, ratification,
    settle_ratified,
};
pub use settle::{Aim, Settlement, settle};
pub use talks::{Talks, readings};
pub use zone::{MOST_VOICES, Objection, Shift, Zone, objections, zone};
