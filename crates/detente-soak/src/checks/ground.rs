//! Whether `detente-analysis` sees the same moves, preferences, classes and status quo as a literal
//! reading of the model.

use detente_analysis::{Game, StateId};
use detente_model::PartyId;

use super::{Given, Held};
use crate::case::Case;
use crate::examiner::Subject;
use crate::examiners::assignments;
use crate::literal::Reading;

pub(super) fn run(_: &Case, subject: &Subject<'_>, _: &Given) -> Held {
    let (Ok(game), Ok(reading)) = (subject.game(), subject.reading()) else {
        return Ok(0);
    };
    match difference(game, reading) {
        Some(difference) => Err(difference),
        None => Ok(reading.states() as u64),
    }
}

/// The first thing on which an enumerated game and a literal reading differ, in words: states, moves,
/// rankings, classes, status quo.
pub fn difference(game: &Game<'_>, reading: &Reading<'_>) -> Option<String> {
    if !numbered_alike(game, reading) {
        return Some("the states are not the same or not in the same order".to_owned());
    }
    let states = reading.states();
    let id = |s: usize| StateId(s as u32);
    for party in 0..reading.parties() {
        let p = PartyId(party as u16);
        let ranking = game.rankings.get(party)?;
        let order = reading.order(party);
        for pair in order.windows(2) {
            let [a, b] = *pair else { continue };
            let (better, worse) = (ranking.rank(id(a)), ranking.rank(id(b)));
            let right = if reading.prefers(party, a, b) {
                better > worse
            } else {
                better == worse
            };
            if !right {
                return Some(format!(
                    "party {party} ranks the states {a} and {b} otherwise"
                ));
            }
        }
        for s in 0..states {
            let mut literal = reading.moves(party, s);
            literal.sort_unstable();
            let found = game.graph.moves(p).from(id(s));
            if !found.iter().map(|t| t.index()).eq(literal.iter().copied()) {
                return Some(format!(
                    "the moves of party {party} from state {s} are not the same"
                ));
            }
        }
    }
    for s in 0..states {
        let classes = &reading.model().classes;
        let literal = (0..classes.len()).filter(|c| reading.satisfies(s, &classes[*c].condition));
        if !literal.eq(game.classes.get(s)?.iter().copied()) {
            return Some(format!("the classes of state {s} are not the same"));
        }
    }
    (game.status_quo.map(StateId::index) != reading.status_quo())
        .then(|| "the status quo is not the same".to_owned())
}

fn numbered_alike(game: &Game<'_>, reading: &Reading<'_>) -> bool {
    let seen = assignments(game);
    seen.len() == reading.states()
        && seen
            .iter()
            .enumerate()
            .all(|(s, a)| a == reading.assignment(s))
}
