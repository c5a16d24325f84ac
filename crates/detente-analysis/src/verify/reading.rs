//! The checker's own reading of a model: which states are feasible, who can move where, and which of
//! two states a party prefers. Every condition is evaluated on option levels, one state at a time.

use std::collections::HashMap;

use detente_model::expr::{Atom, Condition};
use detente_model::model::{Form, Model, Preferences, RankItem};
use detente_model::{OptionId, PartyId};

use crate::{Budget, Stop};

/// A state as the model says it: the level of every option, or the node of the graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    pub(super) node: Option<u32>,
    pub(super) levels: Vec<u16>,
}

impl State {
    fn satisfies(&self, condition: &Condition) -> bool {
        condition.expr.eval(&mut |atom| match atom {
            Atom::Literal(literal) => literal.admits(self.levels[literal.option.index()]),
            Atom::Node(node) => self.node == Some(*node),
        })
    }

    pub(super) fn is_feasible(&self, model: &Model) -> bool {
        !model.rules.iter().any(|r| self.satisfies(&r.condition))
    }
}

/// Counts steps against the limit of the budget.
pub(super) struct Meter<'b>(pub(super) &'b Budget, pub(super) u64);

impl Meter<'_> {
    pub(super) fn add(&mut self, steps: usize) -> Result<(), Stop> {
        let before = self.1 >> 12;
        self.1 = self.1.saturating_add(steps as u64);
        let (what, limit) = ("steps", self.0.max_steps);
        match (self.1 > limit, self.1 >> 12 != before) {
            (true, _) => return Err(Stop::Limit { what, limit }),
            (_, true) if self.0.is_cancelled() => return Err(Stop::Cancelled),
            (_, true) => self.0.report("steps of the check", self.1, 0),
            _ => {}
        }
        Ok(())
    }
}

/// Goes through all combinations of the levels of some options. `keep` is told of every level that an
/// option is given, by the option's place; when it says no, the combinations with it are left out.
fn walk(
    model: &Model,
    mut state: State,
    options: &[OptionId],
    meter: &mut Meter<'_>,
    keep: impl Fn(usize, &State) -> bool,
    mut visit: impl FnMut(&State),
) -> Result<(), Stop> {
    let mut next = vec![0; options.len() + 1];
    let mut known = 0;
    loop {
        meter.add(1)?;
        match options.get(known) {
            Some(option) if next[known] < model.option(*option).level_count() => {
                state.levels[option.index()] = next[known];
                next[known] += 1;
                if keep(known, &state) {
                    known += 1;
                    next[known] = 0;
                }
                continue;
            }
            Some(_) => {}
            None => visit(&state),
        }
        match known.checked_sub(1) {
            Some(before) => known = before,
            None => return Ok(()),
        }
    }
}

/// Calls `visit` for every feasible state. A rule is tried as soon as the last option that it mentions
/// has a level.
pub(super) fn feasible(
    model: &Model,
    meter: &mut Meter<'_>,
    mut visit: impl FnMut(&State),
) -> Result<(), Stop> {
    let mut visit = |s: &State| {
        if s.is_feasible(model) {
            visit(s);
        }
    };
    if model.form == Form::Graph {
        let nodes = (0..model.states.len() as u32).map(Some);
        nodes.for_each(|node| {
            visit(&State {
                node,
                levels: Vec::new(),
            });
        });
        return Ok(());
    }
    let mut decided: Vec<Vec<&Condition>> = vec![Vec::new(); model.options.len()];
    for rule in &model.rules {
        if let Some(last) = rule.condition.expr.options().last() {
            decided[last.index()].push(&rule.condition);
        }
    }
    let keep = |known: usize, s: &State| !decided[known].iter().any(|c| s.satisfies(c));
    let (node, levels) = (None, vec![0; model.options.len()]);
    let options: Vec<OptionId> = model.option_ids().collect();
    walk(model, State { node, levels }, &options, meter, keep, visit)
}

/// What a state is worth to a party: of two states, the one with the larger number in the first place
/// where they differ is preferred. `None` when the ranking does not place the state.
///
/// For statements these are their truths, most important first; for weights the sum of what is true.
fn worth(preferences: &Preferences, state: &State) -> Option<Vec<i128>> {
    Some(match preferences {
        Preferences::Unstated => Vec::new(),
        Preferences::Statements(list) => {
            let truths = list.iter().map(|s| state.satisfies(&s.condition));
            truths.map(i128::from).collect()
        }
        Preferences::Weights(list) => {
            let held = list.iter().filter(|(_, c)| state.satisfies(c));
            vec![held.map(|(weight, _)| i128::from(*weight)).sum()]
        }
        Preferences::Ranks(tiers) => {
            let named =
                |item: &RankItem| matches!(item, RankItem::Matching(c) if state.satisfies(c));
            let rest = |item: &RankItem| matches!(item, RankItem::Rest(_));
            let first = tiers.iter().position(|tier| tier.items.iter().any(named));
            let rest = tiers.iter().position(|tier| tier.items.iter().any(rest));
            vec![-(first.or(rest)? as i128)]
        }
    })
}

/// The listed states, numbered by their place in the list, with everybody's moves and preferences.
pub(super) struct Reading<'m> {
    pub(super) model: &'m Model,
    states: Vec<State>,
    index: HashMap<State, u32>,
    worth: Vec<Vec<Option<Vec<i128>>>>,
    /// For every party and state, where the party can move, ascending.
    moves: Vec<Vec<Vec<u32>>>,
}

impl<'m> Reading<'m> {
    /// Reads the moves among the listed states, each of them feasible and listed once.
    pub(super) fn new(
        model: &'m Model,
        states: Vec<State>,
        meter: &mut Meter<'_>,
    ) -> Result<Self, Stop> {
        let of_party = |p: &Preferences| states.iter().map(|s| worth(p, s)).collect();
        let mut reading = Self {
            model,
            worth: model
                .parties
                .iter()
                .map(|p| of_party(&p.preferences))
                .collect(),
            index: (0..).zip(&states).map(|(i, s)| (s.clone(), i)).collect(),
            states,
            moves: Vec::new(),
        };
        for party in model.party_ids() {
            let states = reading.states.iter();
            let lists = states.map(|s| reading.moves_from(party, s, meter));
            let lists = lists.collect::<Result<_, Stop>>()?;
            reading.moves.push(lists);
        }
        Ok(reading)
    }

    pub(super) fn find(&self, state: &State) -> Option<u32> {
        self.index.get(state).copied()
    }

    /// Where a party can move from a state by itself, ascending.
    pub(super) fn moves(&self, party: PartyId, from: u32) -> &[u32] {
        &self.moves[party.index()][from as usize]
    }

    pub(super) fn move_count(&self) -> u64 {
        self.moves
            .iter()
            .flatten()
            .map(|list| list.len() as u64)
            .sum()
    }

    /// Whether the party's preferences compare every pair of listed states.
    pub(super) fn ranks_all(&self, party: PartyId) -> bool {
        self.worth[party.index()].iter().all(Option::is_some)
    }

    /// Whether the party prefers state `a` to state `b`.
    pub(super) fn prefers(&self, party: PartyId, a: u32, b: u32) -> bool {
        let worth = &self.worth[party.index()];
        worth[a as usize] > worth[b as usize]
    }

    /// The moves of a party to states that it prefers, ascending.
    pub(super) fn improvements(&self, party: PartyId, from: u32) -> Vec<u32> {
        let moves = self.moves(party, from).iter().copied();
        moves.filter(|t| self.prefers(party, *t, from)).collect()
    }

    /// What several parties make of a state when each changes its own options, at the same time, as
    /// its move to the given state does.
    pub(super) fn together(&self, from: u32, choices: &[(PartyId, u32)]) -> Option<u32> {
        let before = &self.states[from as usize];
        let mut after = before.clone();
        for (party, to) in choices {
            for option in &self.model.party(*party).options {
                after.levels[option.index()] = self.states[*to as usize].levels[option.index()];
            }
        }
        self.find(&self.followed(before, after))
    }

    /// A change with what follows of it: consequences whose condition was false before the change and
    /// is true now, each once, the first that there is, again and again until there is none.
    fn followed(&self, before: &State, mut after: State) -> State {
        let mut waiting: Vec<_> = self.model.consequences.iter().collect();
        while let Some(next) = waiting
            .iter()
            .position(|r| after.satisfies(&r.condition) && !before.satisfies(&r.condition))
        {
            for (option, level) in &waiting.remove(next).then {
                after.levels[option.index()] = *level;
            }
        }
        after
    }

    fn moves_from(
        &self,
        party: PartyId,
        before: &State,
        meter: &mut Meter<'_>,
    ) -> Result<Vec<u32>, Stop> {
        let model = self.model;
        let mut targets = Vec::new();
        let mut reach = |after: &State| {
            let barred = model.prohibitions.iter().any(|rule| {
                rule.party.is_none_or(|p| p == party)
                    && before.satisfies(&rule.from)
                    && after.satisfies(&rule.to)
            });
            // A state that is not listed is infeasible, or else the list is found to be incomplete.
            targets.extend(self.find(after).filter(|_| !barred && after != before));
        };
        for (from, to) in &model.party(party).moves {
            meter.add(1)?;
            if before.node == Some(*from) {
                reach(&State {
                    node: Some(*to),
                    levels: Vec::new(),
                });
            }
        }
        let own = &model.party(party).options;
        let permitted = |place: usize, after: &State| {
            let level = |s: &State| s.levels[own[place].index()];
            model
                .option(own[place])
                .permits(level(before), level(after))
        };
        walk(model, before.clone(), own, meter, permitted, |changed| {
            if changed != before {
                reach(&self.followed(before, changed.clone()));
            }
        })?;
        targets.sort_unstable();
        targets.dedup();
        Ok(targets)
    }
}
