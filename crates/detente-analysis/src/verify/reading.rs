//! The checker's own reading of a model: which states are feasible, who can move where, and which of
//! two states a party prefers. Every condition is evaluated on option levels, one state at a time.

use std::collections::HashMap;

use detente_model::PartyId;
use detente_model::expr::{Atom, Condition};
use detente_model::model::{Model, Preferences, RankItem};

use crate::Stop;
use crate::certificate::{Examination, Steps, Values, sizes};

fn satisfies(state: &Values, condition: &Condition) -> bool {
    condition.expr.eval(&mut |atom| match atom {
        Atom::Literal(literal) => literal.admits(state[literal.option.index()] as u16),
        Atom::Node(node) => state[..] == [*node],
    })
}

/// Goes through all combinations of values at some places, each with the number of its values. `keep`
/// is told of every value given to the n-th place; when it says no, nothing is built on it.
pub(super) fn walk(
    mut state: Values,
    places: &[(usize, u32)],
    ex: &Examination<'_>,
    keep: impl Fn(usize, &Values) -> bool,
    mut visit: impl FnMut(&Values),
) -> Result<(), Stop> {
    let (mut next, mut known) = (vec![0; places.len() + 1], 0);
    loop {
        ex.step(1)?;
        if known == places.len() {
            visit(&state);
        } else if next[known] < places[known].1 {
            state[places[known].0] = next[known];
            next[known] += 1;
            if keep(known, &state) {
                known += 1;
                next[known] = 0;
            }
            continue;
        }
        if known == 0 {
            return Ok(());
        }
        known -= 1;
    }
}

/// Calls `visit` for every feasible state. A rule is tried as soon as the last option that it mentions
/// has a level, and every rule in the end.
pub(super) fn feasible(
    model: &Model,
    ex: &Examination<'_>,
    mut visit: impl FnMut(&Values),
) -> Result<(), Stop> {
    let places: Vec<_> = sizes(model).into_iter().enumerate().collect();
    let mut decided = vec![Vec::new(); places.len()];
    for rule in &model.rules {
        if let Some(last) = rule.condition.expr.options().last() {
            decided[last.index()].push(&rule.condition);
        }
    }
    let keep = |n: usize, state: &Values| !decided[n].iter().any(|c| satisfies(state, c));
    walk(vec![0; places.len()], &places, ex, keep, |state| {
        if !model.rules.iter().any(|r| satisfies(state, &r.condition)) {
            visit(state);
        }
    })
}

/// What a state is worth to a party: of two states, the one with the larger number in the first place
/// where they differ is preferred. `None` when the ranking does not place the state.
///
/// For statements these are their truths, most important first; for weights the sum of what is true.
fn worth(preferences: &Preferences, state: &Values) -> Option<Vec<i128>> {
    Some(match preferences {
        Preferences::Unstated => Vec::new(),
        Preferences::Statements(list) => {
            let truths = list.iter().map(|s| satisfies(state, &s.condition));
            truths.map(i128::from).collect()
        }
        Preferences::Weights(list) => {
            let held = list.iter().filter(|(_, c)| satisfies(state, c));
            vec![held.map(|(weight, _)| i128::from(*weight)).sum()]
        }
        Preferences::Ranks(tiers) => {
            let tier = |fits: &dyn Fn(&RankItem) -> bool| {
                tiers.iter().position(|tier| tier.items.iter().any(fits))
            };
            let named = tier(&|i| matches!(i, RankItem::Matching(c) if satisfies(state, c)));
            let placed = named.or_else(|| tier(&|i| matches!(i, RankItem::Rest(_))));
            vec![-(placed? as i128)]
        }
    })
}

/// The listed states, numbered by their place in the list, with everybody's moves and preferences.
pub(super) struct Reading<'a> {
    pub(super) model: &'a Model,
    pub(super) ex: &'a Examination<'a>,
    pub(super) states: Vec<Values>,
    pub(super) index: HashMap<Values, u32>,
    /// For every party, what each state is worth.
    worth: Vec<Vec<Option<Vec<i128>>>>,
    /// For every party and state, where the party can move, ascending.
    moves: Vec<Vec<Vec<u32>>>,
}

impl<'a> Reading<'a> {
    /// Reads the moves among the listed states.
    pub(super) fn new(
        model: &'a Model,
        states: Vec<Values>,
        ex: &'a Examination<'a>,
    ) -> Result<Self, Stop> {
        let mut reading = Self {
            model,
            ex,
            index: states.iter().cloned().zip(0..).collect(),
            states,
            worth: Vec::new(),
            moves: Vec::new(),
        };
        for (id, party) in model.party_ids().zip(&model.parties) {
            let states = reading.states.iter();
            let worth: Vec<_> = states.map(|s| worth(&party.preferences, s)).collect();
            if worth.contains(&None) {
                let message = format!("`{}` does not rank all states", party.name);
                ex.defect("/states", message);
            }
            reading.worth.push(worth);
            let moves = reading.states.iter().map(|s| reading.moves_from(id, s));
            let moves: Vec<_> = moves.collect::<Result<_, Stop>>()?;
            ex.count(|c| c.moves += moves.iter().map(|to| to.len() as u64).sum::<u64>());
            reading.moves.push(moves);
        }
        Ok(reading)
    }

    /// Whether the party prefers state `a` to state `b`.
    pub(super) fn prefers(&self, party: PartyId, a: u32, b: u32) -> bool {
        let worth = &self.worth[party.index()];
        worth[a as usize] > worth[b as usize]
    }

    /// Where a party can move from a state by itself, in steps of some kind, ascending.
    pub(super) fn steps(&self, party: PartyId, from: u32, steps: Steps) -> Result<Vec<u32>, Stop> {
        let mut to = self.moves[party.index()][from as usize].clone();
        self.ex.step(to.len() + 1)?;
        if steps != Steps::Moves {
            to.retain(|t| self.prefers(party, *t, from));
        }
        if steps == Steps::BestImprovements {
            let worth = |t: u32| &self.worth[party.index()][t as usize];
            let best = to.iter().copied().map(worth).max();
            to.retain(|t| Some(worth(*t)) == best);
        }
        Ok(to)
    }

    /// What several parties make of a state when each changes its own options, at the same time, as
    /// its move to the given state does.
    pub(super) fn together(&self, from: u32, choices: &[(PartyId, u32)]) -> Option<u32> {
        let before = &self.states[from as usize];
        let mut after = before.clone();
        for (party, to) in choices {
            for option in &self.model.party(*party).options {
                after[option.index()] = self.states[*to as usize][option.index()];
            }
        }
        self.index.get(&self.followed(before, after)).copied()
    }

    /// A change with what follows of it: consequences whose condition was false before the change and
    /// is true now, each once, the first that there is, again and again until there is none.
    fn followed(&self, before: &Values, mut after: Values) -> Values {
        let mut waiting: Vec<_> = self.model.consequences.iter().collect();
        waiting.retain(|r| !satisfies(before, &r.condition));
        while let Some(next) = waiting.iter().position(|r| satisfies(&after, &r.condition)) {
            for (option, level) in &waiting.remove(next).then {
                after[option.index()] = u32::from(*level);
            }
        }
        after
    }

    fn moves_from(&self, party: PartyId, before: &Values) -> Result<Vec<u32>, Stop> {
        let (model, declared) = (self.model, self.model.party(party));
        let mut targets = Vec::new();
        let mut reach = |after: &Values| {
            let barred = model.prohibitions.iter().any(|rule| {
                let concerned = rule.party.is_none_or(|p| p == party);
                concerned && satisfies(before, &rule.from) && satisfies(after, &rule.to)
            });
            // A state that is not listed is infeasible, or else the list is found to be incomplete.
            targets.extend(self.index.get(after).filter(|_| !barred && after != before));
        };
        for (from, to) in &declared.moves {
            self.ex.step(1)?;
            if before[..] == [*from] {
                reach(&vec![*to]);
            }
        }
        let sizes = sizes(model);
        let own = declared.options.iter();
        let own: Vec<_> = own.map(|o| (o.index(), sizes[o.index()])).collect();
        let permitted = |n: usize, after: &Values| {
            let option = declared.options[n];
            let level = |state: &Values| state[option.index()] as u16;
            model.option(option).permits(level(before), level(after))
        };
        let visit = |after: &Values| reach(&self.followed(before, after.clone()));
        walk(before.clone(), &own, self.ex, permitted, visit)?;
        targets.sort_unstable();
        targets.dedup();
        Ok(targets)
    }
}
