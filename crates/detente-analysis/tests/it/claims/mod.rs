//! Claims: resolution, scoring and the sealed log.

mod judging;
mod pages;
mod scoring;
mod sealed;
