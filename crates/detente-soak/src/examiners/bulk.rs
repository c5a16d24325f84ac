//! The engine of `detente-analysis` for many preference profiles at once.

use detente_analysis::StateId;
use detente_analysis::bulk::{self, Detail, LANES, Plan};
use detente_model::PartyId;

use super::assignments;
use crate::examiner::{Examiner, Subject};
use crate::verdicts::{Bits, Table, Verdicts};

/// [`Plan::judge`] with the model's rankings in one lane, chosen by the number of the model, and in every
/// other lane rankings of other states, which must make no difference.
///
/// The equilibria must say what the verdicts say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bulk;

impl Examiner for Bulk {
    fn name(&self) -> &'static str {
        "bulk"
    }

    fn applicable(&self, _: &Subject<'_>) -> bool {
        true
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let game = subject.game()?;
        let mut concepts = subject.concepts().to_vec();
        concepts.retain(|c| bulk::CONCEPTS.contains(c));
        let plan =
            Plan::new(&game.graph, &concepts, subject.budget()).map_err(|e| e.to_string())?;
        let (states, parties) = (plan.states(), plan.parties());
        let own = (subject.number % LANES as u64) as usize;
        let mut batch = plan.batch();
        for (party, ranking) in game.graph.party_ids().zip(&game.rankings) {
            for (state, row) in batch.rows_mut(party).iter_mut().enumerate() {
                for (lane, rank) in row.0.iter_mut().enumerate() {
                    let shift = (lane + LANES - own) % LANES * (party.index() + 1);
                    let seen = StateId(((state + shift) % states) as u32);
                    *rank = u16::try_from(ranking.rank(seen)).map_err(|e| e.to_string())?;
                }
            }
        }
        let mut verdicts = bulk::Verdicts::new(&plan, Detail::Parties);
        plan.judge(&batch, &mut verdicts)
            .map_err(|e| e.to_string())?;
        let set = |lanes: &[u32]| {
            let held = (0..states).filter(|s| lanes[*s] >> own & 1 == 1);
            Bits::from_states(states, held)
        };
        let mut tables = Vec::with_capacity(concepts.len());
        for concept in concepts {
            let missing = || format!("{concept}: there is no table");
            let mut all = vec![u32::MAX; states];
            let mut stable = Vec::with_capacity(parties);
            for party in (0..parties as u16).map(PartyId) {
                let lanes = verdicts.stable(concept, party).ok_or_else(missing)?;
                for (all, lanes) in all.iter_mut().zip(lanes) {
                    *all &= lanes;
                }
                stable.push(set(lanes));
            }
            if verdicts.equilibria(concept).ok_or_else(missing)? != all {
                return Err(format!("{concept}: the equilibria say otherwise"));
            }
            tables.push(Table::whole(concept, states, stable));
        }
        Ok(Verdicts {
            states: assignments(game),
            parties,
            tables,
        })
    }
}
