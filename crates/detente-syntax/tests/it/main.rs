//! The tests of the language: what is read, what is reported, what is written back.

#![expect(
    clippy::unwrap_used,
    reason = "tests may fail loudly, and need not be fast"
)]

mod bargain;
mod codes;
mod formulas;
mod founding;
mod generate;
mod highlights;
mod hints;
mod precedence;
mod record;
mod record_slips;
mod reference;
mod robust;
mod round_trip;

mod slips;
mod style;
