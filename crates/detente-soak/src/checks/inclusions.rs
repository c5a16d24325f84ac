//! Which concept implies which.

use detente_analysis::Concept;

use super::{Given, Held};
use crate::case::Case;
use crate::examiner::Subject;

/// Pairs of concepts: what is stable under the first is stable under the second.
const IMPLIES: [(Concept, Concept); 10] = [
    (Concept::Nash, Concept::Sseq),
    (Concept::Sseq, Concept::Seq),
    (Concept::Seq, Concept::Gmr),
    (Concept::Sseq, Concept::Smr),
    (Concept::Smr, Concept::Gmr),
    (Concept::Nash, Concept::Smr),
    (Concept::Nash, Concept::BestResponseSeq),
    (Concept::BestResponseSeq, Concept::Seq),
    (Concept::Nash, Concept::Sim),
    (Concept::Sim, Concept::SimOneSided),
];

pub(super) fn run(_: &Case, _: &Subject<'_>, given: &Given) -> Held {
    let compared: u64 = given.iter().map(|(_, v)| v.count()).sum();
    let broken = given.iter().find_map(|(examiner, verdicts)| {
        IMPLIES.iter().find_map(|(narrow, wide)| {
            let (narrow, wide) = (verdicts.table(*narrow)?, verdicts.table(*wide)?);
            (0..verdicts.parties).find_map(|party| {
                let within = narrow.judged.get(party)?.and(wide.judged.get(party)?);
                let outside = narrow.stable.get(party)?;
                let state = outside.first_outside(wide.stable.get(party)?, &within)?;
                Some(format!(
                    "{examiner} finds {:?} stable for party {party} under {} but not under {}",
                    verdicts.states.get(state),
                    narrow.concept,
                    wide.concept
                ))
            })
        })
    });
    broken.map_or(Ok(compared), Err)
}
