//! One-step moves: what each party can do by itself.

use detente_model::model::{Form, Model};
use detente_model::{OptionId, PartyId};

use super::{Space, Test};
use crate::budget::{Budget, Stop};
use crate::graph::{Moves, StateId};

/// What follows of itself from a change: the forced consequences of a model, ready to be applied.
#[derive(Clone)]
pub(crate) struct Consequences {
    rules: Vec<(Test, u128, u128)>,
}

impl Consequences {
    pub(crate) fn new(model: &Model, space: &Space) -> Self {
        let layout = space.layout();
        let rules = model
            .consequences
            .iter()
            .map(|rule| {
                let (mut mask, mut bits) = (0, 0);
                for (option, level) in &rule.then {
                    mask |= layout.mask(*option);
                    bits |= layout.bits(*option, *level);
                }
                (space.test(&rule.condition), mask, bits)
            })
            .collect();
        Self { rules }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The state after a change from `before` to `after` and all that follows of it.
    ///
    /// A rule fires when its condition was false before the move and is true now; it fires once.
    /// Rules are tried in order until none fires. What they switch does not ask for directions.
    pub(crate) fn apply(&self, before: u128, mut after: u128) -> u128 {
        let mut fired = vec![false; self.rules.len()];
        loop {
            let next =
                self.rules.iter().enumerate().find(|(i, (test, _, _))| {
                    !fired[*i] && test.holds(after) && !test.holds(before)
                });
            let Some((i, (_, mask, bits))) = next else {
                return after;
            };
            fired[i] = true;
            after = after & !mask | bits;
        }
    }
}

/// The moves of one party: any number of its options at once, each in a direction that it permits,
/// with forced consequences, to a feasible state, unless the transition is prohibited.
pub fn moves(model: &Model, space: &Space, party: PartyId, budget: &Budget) -> Result<Moves, Stop> {
    let barred: Vec<(Test, Test)> = model
        .prohibitions
        .iter()
        .filter(|p| p.party.is_none_or(|p| p == party))
        .map(|p| (space.test(&p.from), space.test(&p.to)))
        .collect();
    let allowed = |from: u128, to: u128| !barred.iter().any(|(f, t)| f.holds(from) && t.holds(to));
    let consequences = Consequences::new(model, space);
    let lists = match model.form {
        Form::Graph => drawn(model, space, party),
        Form::Options if consequences.is_empty() => within_cosets(model, space, party, budget)?,
        Form::Options => with_consequences(model, space, party, &consequences, budget)?,
    };
    let mut all = Moves::from_lists([]);
    for (state, mut list) in space.ids().zip(lists) {
        list.retain(|t| allowed(space.value(state), space.value(*t)));
        all.push(list);
    }
    Ok(all)
}

fn drawn(model: &Model, space: &Space, party: PartyId) -> Vec<Vec<StateId>> {
    let mut lists = vec![Vec::new(); space.len()];
    for (from, to) in &model.party(party).moves {
        if let (Some(from), Some(to)) = (space.find(u128::from(*from)), space.find(u128::from(*to)))
        {
            lists[from.index()].push(to);
        }
    }
    lists
}

/// Counts moves against the budget.
struct Meter<'a> {
    budget: &'a Budget,
    work: u64,
}

impl Meter<'_> {
    fn add(&mut self, work: u64) -> Result<(), Stop> {
        let before = self.work >> 16;
        self.work = self.work.saturating_add(work);
        if self.work > self.budget.max_moves {
            return Err(Stop::Limit {
                what: "moves",
                limit: self.budget.max_moves,
            });
        }
        if self.work >> 16 != before {
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            self.budget.report("moves", self.work, 0);
        }
        Ok(())
    }
}

fn permitted(model: &Model, space: &Space, own: &[OptionId], from: u128, to: u128) -> bool {
    let layout = space.layout();
    own.iter().all(|o| {
        model
            .option(*o)
            .permits(layout.level(from, *o), layout.level(to, *o))
    })
}

/// Without consequences a party moves among the states that differ in its own options only.
fn within_cosets(
    model: &Model,
    space: &Space,
    party: PartyId,
    budget: &Budget,
) -> Result<Vec<Vec<StateId>>, Stop> {
    let own = &model.party(party).options;
    let mask = own.iter().fold(0, |mask, o| mask | space.layout().mask(*o));
    let mut order: Vec<StateId> = space.ids().collect();
    order.sort_by_key(|s| (space.value(*s) & !mask, *s));
    let mut lists = vec![Vec::new(); space.len()];
    let mut meter = Meter { budget, work: 0 };
    for coset in order.chunk_by(|a, b| space.value(*a) & !mask == space.value(*b) & !mask) {
        meter.add((coset.len() as u64).saturating_mul(coset.len() as u64))?;
        for from in coset {
            for to in coset {
                if from != to && permitted(model, space, own, space.value(*from), space.value(*to))
                {
                    lists[from.index()].push(*to);
                }
            }
        }
    }
    Ok(lists)
}

/// With consequences every combination of the party's own options is tried.
fn with_consequences(
    model: &Model,
    space: &Space,
    party: PartyId,
    consequences: &Consequences,
    budget: &Budget,
) -> Result<Vec<Vec<StateId>>, Stop> {
    let own = &model.party(party).options;
    let layout = space.layout();
    let mask = own.iter().fold(0, |mask, o| mask | layout.mask(*o));
    let mut meter = Meter { budget, work: 0 };
    let mut lists = Vec::with_capacity(space.len());
    for state in space.ids() {
        let from = space.value(state);
        let mut choices = vec![from & !mask];
        for option in own {
            let level = layout.level(from, *option);
            let choice = model.option(*option);
            let open: Vec<u128> = (0..choice.level_count())
                .filter(|l| choice.permits(level, *l))
                .map(|l| layout.bits(*option, l))
                .collect();
            meter.add((choices.len() as u64).saturating_mul(open.len() as u64))?;
            choices = choices
                .iter()
                .flat_map(|c| open.iter().map(move |o| c | o))
                .collect();
        }
        let targets = choices
            .into_iter()
            .filter(|choice| *choice != from)
            .filter_map(|choice| space.find(consequences.apply(from, choice)))
            .filter(|t| *t != state);
        lists.push(targets.collect());
    }
    Ok(lists)
}
