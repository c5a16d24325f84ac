//! Judging many profiles of preferences.

use crate::bulk::{Batch, Detail, LANES, Plan, Verdicts};
use crate::stability::Refusal;
use crate::{
    Analysis, Budget, Concept, Conflict, Game, Outcome, Ranking, Settings, StateSet, Stop, analyze,
    mixed_equilibria,
};
use detente_model::PartyId;

/// A set of profiles of one block: lane `l` is bit `l`.
pub(super) type Lanes = u32;

/// What profiles are judged by: row after row, for each state the lanes in which it is an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// The concepts by which everybody is judged, a row each.
    pub(super) concepts: Vec<Concept>,
    /// One concept per party, when they differ: the last row.
    pub(super) assigned: Option<Vec<Concept>>,
}

impl Rows {
    /// How many rows there are.
    pub(super) fn count(&self) -> usize {
        self.concepts.len() + usize::from(self.assigned.is_some())
    }

    fn all_concepts(&self) -> Vec<Concept> {
        let assigned = self.assigned.iter().flatten();
        self.concepts.iter().chain(assigned).copied().collect()
    }
}

/// Judges up to [`LANES`] profiles at once.
pub(super) trait Panel: Sync {
    /// Writes the verdicts on the profiles, one ranking per party each, row after row into `masks`.
    fn judge(&self, profiles: &[Vec<Ranked<'_>>], masks: &mut [Lanes]) -> Result<(), Stop>;
}

/// A ranking from a list, or one that was drawn.
#[derive(Debug, Clone)]
pub(super) enum Ranked<'a> {
    Listed(&'a Ranking),
    Drawn(Ranking),
}

impl Ranked<'_> {
    pub(super) fn ranking(&self) -> &Ranking {
        match self {
            Self::Listed(ranking) => ranking,
            Self::Drawn(ranking) => ranking,
        }
    }
}

/// The panel for these rows: in bulk where the concepts allow it, else one profile after the other.
pub(super) fn panel<'g>(
    game: &'g Game<'_>,
    rows: &'g Rows,
    settings: &'g Settings,
    budget: &Budget,
) -> Result<Box<dyn Panel + 'g>, Refusal> {
    let concepts = rows.all_concepts();
    for &concept in &concepts {
        let checked = concept.check(&game.conflict());
        checked.map_err(|reason| Refusal { concept, reason })?;
    }
    let narrow = game.space.len() < 1 << 16;
    if *settings == Settings::default()
        && narrow
        && let Ok(plan) = Plan::new(&game.graph, &concepts, budget)
    {
        return Ok(Box::new(Bulk { plan, rows }));
    }
    Ok(Box::new(OneByOne {
        game,
        rows,
        settings,
        budget: budget.silent(),
    }))
}

struct Bulk<'g> {
    plan: Plan,
    rows: &'g Rows,
}

impl Panel for Bulk<'_> {
    fn judge(&self, profiles: &[Vec<Ranked<'_>>], masks: &mut [Lanes]) -> Result<(), Stop> {
        let mismatch = |_| Stop::Limit {
            what: "profiles that fit the conflict",
            limit: 0,
        };
        let mut batch: Batch = self.plan.batch();
        for (lane, profile) in profiles.iter().take(LANES).enumerate() {
            for (party, ranked) in (0..).map(PartyId).zip(profile) {
                let ranking = ranked.ranking();
                batch.set_ranking(party, lane, ranking).map_err(mismatch)?;
            }
        }
        let detail = match self.rows.assigned {
            Some(_) => Detail::Parties,
            None => Detail::Equilibria,
        };
        let mut verdicts = Verdicts::new(&self.plan, detail);
        self.plan.judge(&batch, &mut verdicts).map_err(mismatch)?;
        let mut rows = masks.chunks_exact_mut(self.plan.states().max(1));
        for concept in &self.rows.concepts {
            if let (Some(row), Some(found)) = (rows.next(), verdicts.equilibria(*concept)) {
                row.copy_from_slice(found);
            }
        }
        if let (Some(assigned), Some(row)) = (&self.rows.assigned, rows.next()) {
            row.fill(Lanes::MAX);
            for (party, concept) in (0..).map(PartyId).zip(assigned) {
                let stable = verdicts.stable(*concept, party).unwrap_or_default();
                for (all, lanes) in row.iter_mut().zip(stable) {
                    *all &= lanes;
                }
            }
        }
        Ok(())
    }
}

/// Every profile by itself.
struct OneByOne<'g, 'm> {
    game: &'g Game<'m>,
    rows: &'g Rows,
    settings: &'g Settings,
    budget: Budget,
}

impl Panel for OneByOne<'_, '_> {
    fn judge(&self, profiles: &[Vec<Ranked<'_>>], masks: &mut [Lanes]) -> Result<(), Stop> {
        masks.fill(0);
        let states = self.game.space.len();
        let concepts = self.rows.all_concepts();
        let own = self.game.conflict();
        for (lane, profile) in profiles.iter().take(LANES).enumerate() {
            let rankings: Vec<Ranking> = profile.iter().map(|r| r.ranking().clone()).collect();
            let mut conflict = Conflict::matched(&self.game.graph, &rankings);
            if let Some(superposition) = own.superposition() {
                conflict = conflict.with_superposition(superposition);
            }
            let outcome = analyze(&conflict, &concepts, self.settings, &self.budget);
            let found: Analysis = match outcome {
                Outcome::Complete(found) => found,
                Outcome::Stopped(_, stop) => return Err(stop),
            };
            let mut sets: Vec<StateSet> = Vec::with_capacity(self.rows.count());
            for concept in &self.rows.concepts {
                // A concept that does not apply to an order of this kind holds nowhere.
                let table = found.table(*concept);
                sets.push(table.map_or(StateSet::empty(states), crate::StabilityTable::equilibria));
            }
            if let Some(assigned) = &self.rows.assigned {
                let mixed = mixed_equilibria(&found.tables, assigned);
                sets.push(mixed.unwrap_or(StateSet::empty(states)));
            }
            for (row, set) in masks.chunks_exact_mut(states.max(1)).zip(&sets) {
                for state in set.iter() {
                    if let Some(mask) = row.get_mut(state.index()) {
                        *mask |= 1 << lane;
                    }
                }
            }
        }
        Ok(())
    }
}
