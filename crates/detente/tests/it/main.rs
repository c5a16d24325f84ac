//! Whole analyses, from text to results, held against results from outside.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests fail by panicking, and read and write files"
)]

mod breakthrough;
mod brief;
mod cases;
mod certificates;
mod claims;
mod coalition_cases;
mod commands;
mod crash;
mod dossiers;
mod evolution;
mod expected;
mod forged;
mod founding_hanoi;
mod founding_jacobi;
mod founding_january;
mod founding_season;
mod harness;
mod inverse;
mod likeness;
mod lints;
mod literal;
mod malformed;
mod mutated;
mod odd_files;
mod option_form;
mod oracles;
mod packages;
mod perception;
mod places;
mod promises;
mod relations;
mod report;
mod sensitivity;
mod story;
mod terms;
mod told;
mod verify_command;
mod voices;
mod written;

/// The collection that comes with the program.
#[path = "../../src/cases.rs"]
mod collection;

/// Pages as trees.
#[path = "../../../detente-report/tests/it/markup.rs"]
mod markup;

/// The cases that are conflicts: all but those that only have packages.
fn conflicts() -> impl Iterator<Item = &'static collection::Included> {
    let only_packages = |text: &str| text.contains("\nissues {") && !text.contains("\n  option ");
    let cases = collection::CASES.iter();
    cases.filter(move |case| !only_packages(case.text))
}
