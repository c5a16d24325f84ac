//! What must hold whatever the verdicts are.

mod bystander;
mod ground;
mod inclusions;
mod relabel;
mod round_trip;

use detente_analysis::Concept;
use detente_model::Model;

pub use self::ground::difference as ground_difference;
use crate::case::Case;
use crate::examiner::{Examiner, Subject, ask};
use crate::examiners::GraphEngine;
use crate::verdicts::Verdicts;

/// What examiners said, with the states in one common order.
pub type Given = [(&'static str, Verdicts)];

/// Something that must always hold.
#[derive(Clone, Copy)]
pub struct Check {
    /// What it is called in reports.
    pub name: &'static str,
    /// Says what does not hold; `None` when all is well.
    pub run: fn(&Case, &Subject<'_>, &Given) -> Option<String>,
}

/// All checks.
pub const ALL: [Check; 5] = [
    Check {
        name: "inclusions",
        run: inclusions::run,
    },
    Check {
        name: "ground",
        run: ground::run,
    },
    Check {
        name: "relabelled",
        run: relabel::run,
    },
    Check {
        name: "bystander",
        run: bystander::run,
    },
    Check {
        name: "round trip",
        run: round_trip::run,
    },
];

/// What the graph engine said of the model itself.
fn base(given: &Given) -> Option<&Verdicts> {
    let name = GraphEngine.name();
    given.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// What the graph engine says of a changed model, under the same concepts.
fn of_changed(model: &Model, like: &Subject<'_>) -> Result<Verdicts, String> {
    let subject = Subject::new(model, like.number)
        .within(like.budget())
        .under(like.concepts());
    ask(&GraphEngine, &subject)
}

/// The first verdict on which two whole sets of verdicts differ, in words.
fn difference(before: &Verdicts, after: &Verdicts) -> Option<String> {
    let Some(after) = after.in_order(&before.states) else {
        return Some("the states are not the same".to_owned());
    };
    if before.tables.len() != after.tables.len() {
        return Some("not the same concepts apply".to_owned());
    }
    before.tables.iter().zip(&after.tables).find_map(|(a, b)| {
        (a != b).then(|| {
            let cells =
                (0..a.stable.len()).flat_map(|p| (0..before.states.len()).map(move |s| (p, s)));
            let mut differing = cells.filter(|(p, s)| a.verdict(*p, *s) != b.verdict(*p, *s));
            describe_cell(a.concept, differing.next(), before)
        })
    })
}

fn describe_cell(concept: Concept, cell: Option<(usize, usize)>, of: &Verdicts) -> String {
    match cell {
        Some((party, state)) => format!(
            "{concept} for party {party} at {:?} is not the same",
            of.states.get(state).map_or(&[][..], Vec::as_slice)
        ),
        None => format!("{concept} is not about the same parties"),
    }
}
