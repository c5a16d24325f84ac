//! The tests of the language: what is read, what is reported, what is written back.

mod codes;
mod founding;
mod generate;
mod precedence;
mod robust;
mod round_trip;
mod slips;
mod style;
