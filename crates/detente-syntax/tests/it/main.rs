//! The tests of the language: what is read, what is reported, what is written back.

mod founding;
mod slips;
