//! What could be agreed, as serialisable values, text and pictures.

pub mod overview;
pub mod words;
