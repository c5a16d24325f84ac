//! The symbolic engine of `detente-analysis`: sets of states as decision diagrams.

use detente_analysis::Concept;
use detente_analysis::symbolic::{Encoding, Engine};
use detente_model::PartyId;

use super::transitive;
use crate::examiner::{Examiner, Subject};
use crate::literal::Unread;
use crate::random::Random;
use crate::verdicts::{Bits, Table, Verdicts};

/// What the engine knows.
const CONCEPTS: [Concept; 5] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
];

/// [`Engine::stable`] on an [`Encoding`].
///
/// Its numbers of states and of equilibria, and what [`Engine::is_stable`] says of one state for each
/// concept, must be what its sets say.
#[derive(Debug, Clone, Copy)]
pub struct Symbolic {
    /// One model in so many is judged, by its number.
    pub every: u64,
    /// Of the models with more than 64 states, one in so many.
    pub every_large: u64,
}

/// Models with more states are large.
const MANY: usize = 64;

impl Default for Symbolic {
    /// Every other model, and every tenth of the large ones.
    fn default() -> Self {
        Self {
            every: 2,
            every_large: 10,
        }
    }
}

impl Examiner for Symbolic {
    fn name(&self) -> &'static str {
        "symbolic"
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        let every = match subject.reading() {
            Err(Unread::TooLarge) => return false,
            Ok(reading) if reading.states() > MANY => self.every_large,
            _ => self.every,
        };
        transitive(subject.model) && (subject.thorough || subject.number.is_multiple_of(every))
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let model = subject.model;
        let encoding = Encoding::new(model, subject.budget()).map_err(|e| e.to_string())?;
        let engine = Engine::new(&encoding, subject.budget());
        let mut states = vec![Vec::new()];
        for option in &model.options {
            let with = |s: &Vec<u16>| {
                let levels = 0..option.level_count();
                let longer = |level| s.iter().copied().chain([level]).collect();
                levels.map(longer).collect::<Vec<Vec<u16>>>()
            };
            states = states.iter().flat_map(with).collect();
        }
        states.retain(|s| encoding.is_feasible(s));
        if engine.count(&engine.feasible()) != states.len().into() {
            return Err("it counts other states than it takes for feasible".to_owned());
        }
        let mut random = Random::new(4, subject.number);
        let mut tables = Vec::new();
        for concept in CONCEPTS {
            if !subject.concepts().contains(&concept) {
                continue;
            }
            let stable = engine.stable(concept).map_err(|e| e.to_string())?;
            let bits = |set| {
                let members = (0..states.len()).filter(|s| engine.contains(set, &states[*s]));
                Bits::from_states(states.len(), members)
            };
            let sets: Vec<Bits> = stable.parties.iter().map(bits).collect();
            let joint = sets.iter().fold(Bits::all(states.len()), |a, b| a.and(b));
            let equilibria = engine.equilibria(&stable).map_err(|e| e.to_string())?;
            if engine.count(&equilibria) != joint.len().into() || bits(&equilibria) != joint {
                return Err(format!("{concept}: the equilibria say otherwise"));
            }
            let (party, state) = (random.below(sets.len()), random.below(states.len()));
            let alone = engine.is_stable(concept, PartyId(party as u16), &states[state]);
            if alone.map_err(|e| e.to_string())? != sets[party].contains(state) {
                return Err(format!(
                    "{concept}: the verdict on one state says otherwise"
                ));
            }
            tables.push(Table::whole(concept, states.len(), sets));
        }
        Ok(Verdicts {
            states,
            parties: encoding.parties(),
            tables,
        })
    }
}
