//! What must hold whatever the verdicts are.

mod bystander;
mod certified;
mod closed_form;
mod ground;
mod inclusions;
mod relabel;
mod round_trip;
mod satisfiability;

use detente_analysis::Concept;
use detente_model::Model;

pub use self::certified::defect as certificate_defect;
pub use self::ground::difference as ground_difference;
use crate::case::Case;
use crate::examiner::{Examiner, Subject, ask};
use crate::examiners::GraphEngine;
use crate::verdicts::{Bits, Table, Verdicts};

/// What examiners said, with the states in one common order.
pub type Given = [(&'static str, Verdicts)];

/// What a check says: how much was compared, 0 where it does not apply; or what does not hold.
pub type Held = Result<u64, String>;

/// Something that must always hold.
#[derive(Clone, Copy)]
pub struct Check {
    /// What it is called in reports.
    pub name: &'static str,
    /// It is made of one model in so many; in a thorough examination, of every model.
    pub every: u64,
    /// Of those whose number leaves this rest.
    pub rest: u64,
    /// Makes it.
    pub run: fn(&Case, &Subject<'_>, &Given) -> Held,
}

/// All checks.
pub const ALL: [Check; 9] = [
    Check {
        name: "inclusions",
        every: 1,
        rest: 0,
        run: inclusions::run,
    },
    Check {
        name: "ground",
        every: 1,
        rest: 0,
        run: ground::run,
    },
    Check {
        name: "relabelled",
        every: 3,
        rest: 0,
        run: relabel::run,
    },
    Check {
        name: "bystander",
        every: 3,
        rest: 1,
        run: bystander::run,
    },
    Check {
        name: "round trip",
        every: 4,
        rest: 0,
        run: round_trip::run,
    },
    Check {
        name: "closed form",
        every: 1,
        rest: 0,
        run: closed_form::run,
    },
    Check {
        name: "sat",
        every: 4,
        rest: 1,
        run: satisfiability::nash,
    },
    Check {
        name: "security",
        every: 4,
        rest: 3,
        run: satisfiability::security,
    },
    Check {
        name: "certificate",
        every: 10,
        rest: 3,
        run: certified::run,
    },
];

/// The states that are stable for every party.
fn joint(table: &Table, states: usize) -> Bits {
    let all = Bits::all(states);
    table.stable.iter().fold(all, |a, b| a.and(b))
}

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

/// Whether two whole sets of verdicts are the same.
fn same(before: &Verdicts, after: &Verdicts) -> Held {
    match difference(before, after) {
        Some(difference) => Err(difference),
        None => Ok(before.count()),
    }
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
