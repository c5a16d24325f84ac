//! What could be agreed: packages of issues, what they are worth to whom, and which of them nobody can better.
//!
//! [`DealSpace`] says in whole numbers what a [`Bargain`](crate::model::bargain::Bargain) says: which packages
//! there are and what each is worth to each [`Voice`], a party or one of its ratifiers.

mod additive;
mod frontier;
pub mod offers;
mod space;

pub use frontier::{Frontier, Point, frontier};
pub use space::{Deal, DealSpace, Unfit, Voice, Worth};
