//! What could be agreed, as serialisable values, text and pictures.

mod exact;
pub mod overview;
pub mod words;

pub use exact::Exact;
