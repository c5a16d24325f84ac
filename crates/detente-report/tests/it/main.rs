//! The faces of findings, held against the document that they are views of.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod comparison;
mod conflict;
mod documents;
mod formats;
mod html;
mod markup;
