//! What could be agreed: packages of issues, what they are worth to whom, and which of them nobody can better.
//!
//! [`DealSpace`] says in whole numbers what a [`Bargain`](crate::model::bargain::Bargain) says: which packages
//! there are and what each is worth to each [`Voice`], a party or one of its ratifiers.

mod additive;
mod count;
pub mod coupled;
pub mod doubt;
mod frontier;
mod listing;
pub mod lottery;
pub mod mediation;
mod named;
pub mod offers;
pub mod overview;
mod readings;
mod solution;
mod space;

pub use count::{Floor, Range, acceptable, permitted, range};
pub use frontier::{Frontier, Point, frontier};
pub use named::{Named, Unclear};
pub use readings::Answer;
pub use solution::{
    Chosen, Disagreement, Solution, SolutionInfo, Stake, Stakes, UnknownSolution, choose,
    solutions, stakes,
};
pub use space::{Deal, DealSpace, Unfit, Voice, Worth};
