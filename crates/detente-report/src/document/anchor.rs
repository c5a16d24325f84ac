//! The names by which links lead to parts of a document. They are ASCII and contain no name of the negotiation, so
//! that every format can carry them.

/// A state of the conflict, by its number: its row in the table of states.
pub fn state(id: u32) -> String {
    format!("state-{id}")
}

/// What proves the verdict of a party, by its place, on a state, under the concept of the report.
pub fn verdict(party: usize, state: u32) -> String {
    format!("verdict-{party}-{state}")
}

/// What proves the verdicts of all parties on a state, under the concept of the report.
pub fn verdicts(state: u32) -> String {
    format!("verdicts-{state}")
}

/// The shortest way to a state.
pub fn way(state: u32) -> String {
    format!("way-{state}")
}

/// A plan that would make something hold, by the places of the goal and of the plan.
pub fn plan(goal: usize, plan: usize) -> String {
    format!("plan-{goal}-{plan}")
}

/// A source, by its place in the ledger of evidence.
pub fn source(place: usize) -> String {
    format!("source-{place}")
}

/// A claim, by its place.
pub fn claim(place: usize) -> String {
    format!("claim-{place}")
}

/// An event of the calendar, by its place.
pub fn event(place: usize) -> String {
    format!("event-{place}")
}

/// A picture, by its kind.
pub fn picture(kind: &str) -> String {
    format!("picture-{kind}")
}

/// A table, by what it lists.
pub fn table(what: &str) -> String {
    format!("table-{what}")
}
