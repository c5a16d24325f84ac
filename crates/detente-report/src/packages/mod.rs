//! What could be agreed, as serialisable values, text and pictures.

pub mod doubt;
mod exact;
pub mod lotteries;
pub mod mediation;
pub mod overview;
pub mod words;

pub use exact::Exact;
