//! The moves that there are, and those that structural changes would bring or take away.

use std::collections::HashSet;

use detente_model::model::{Form, Model};
use detente_model::{OptionId, PartyId};

use super::Unsuited;
use super::change::{Structural, StructuralChange};
use crate::space::{Space, Test};
use crate::{Budget, Game, StateId, Stop};

/// A condition on which candidates are chosen: one of these, each chosen (`true`) or not.
pub(super) type Choice = Vec<(usize, bool)>;

/// A number of choices, all of which must hold; by its place in [`Arena::guards`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Guard(u32);

impl Guard {
    /// The guard that always holds.
    pub(super) const OPEN: Self = Self(0);

    /// The place of the guard.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A move of one party, under a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Edge {
    /// Where it leads.
    pub(super) to: StateId,
    /// When it exists.
    pub(super) guard: Guard,
}

/// The states of a game and every move that exists under some choice of candidates.
pub(super) struct Arena {
    /// By party, then by state.
    edges: Vec<Vec<Vec<Edge>>>,
    guards: Vec<Vec<Choice>>,
    /// By state, the candidates that would make it impossible.
    barred: Vec<Vec<usize>>,
    /// Pairs of candidates that exclude each other.
    pub(super) rivals: Vec<(usize, usize)>,
}

impl Arena {
    /// The moves of a game under the candidates for change.
    pub(super) fn new(
        game: &Game<'_>,
        candidates: &[Structural],
        budget: &Budget,
    ) -> Result<Self, Unsuited> {
        let states = game.graph.states();
        let mut arena = Self {
            edges: Vec::with_capacity(game.graph.parties()),
            guards: vec![Vec::new()],
            barred: vec![Vec::new(); states],
            rivals: Vec::new(),
        };
        if candidates.is_empty() {
            for party in game.graph.party_ids() {
                let moves = game.graph.moves(party);
                let of = |s| {
                    let open = |t: &StateId| Edge {
                        to: *t,
                        guard: Guard::OPEN,
                    };
                    moves.from(s).iter().map(open).collect()
                };
                arena.edges.push(game.graph.state_ids().map(of).collect());
            }
            return Ok(arena);
        }
        if game.model.form == Form::Graph {
            return Err(Unsuited::Question(
                "a conflict given as a graph has no options whose moves could change",
            ));
        }
        Builder::new(game.model, &game.space, candidates, budget)?.fill(&mut arena)?;
        Ok(arena)
    }

    /// The moves of a party from a state.
    pub(super) fn edges(&self, party: PartyId, from: StateId) -> &[Edge] {
        &self.edges[party.index()][from.index()]
    }

    /// The choices that a guard asks for, all of them.
    pub(super) fn guard(&self, guard: Guard) -> &[Choice] {
        &self.guards[guard.index()]
    }

    /// The candidates that would make a state impossible.
    pub(super) fn barred(&self, state: StateId) -> &[usize] {
        &self.barred[state.index()]
    }
}

/// A consequence ready to be applied: its condition, what it clears, what it sets, and the candidate
/// that it is.
struct Following {
    test: Test,
    mask: u128,
    bits: u128,
    candidate: Option<usize>,
}

struct Builder<'a> {
    model: &'a Model,
    space: &'a Space,
    candidates: &'a [Structural],
    /// For each option its candidates for another direction.
    directions: Vec<Vec<usize>>,
    following: Vec<Following>,
    /// Candidates that exclude states, and which.
    bars: Vec<(usize, Test)>,
    /// Candidates that prohibit transitions, with whose, from and to.
    sequences: Vec<(usize, Option<PartyId>, Test, Test)>,
    /// The prohibitions of the model: whose, from, to.
    prohibitions: Vec<(Option<PartyId>, Test, Test)>,
    known: indexmap::IndexSet<Vec<Choice>>,
    budget: &'a Budget,
    work: u64,
}

impl<'a> Builder<'a> {
    fn new(
        model: &'a Model,
        space: &'a Space,
        candidates: &'a [Structural],
        budget: &'a Budget,
    ) -> Result<Self, Unsuited> {
        let layout = space.layout();
        let known_option = |o: OptionId| o.index() < model.options.len();
        let mut directions = vec![Vec::new(); model.options.len()];
        let mut bars = Vec::new();
        let mut sequences = Vec::new();
        let mut consequences: Vec<_> = model.consequences.iter().map(|c| (None, c)).collect();
        for (index, candidate) in candidates.iter().enumerate() {
            match &candidate.change {
                StructuralChange::Direction { option, .. }
                | StructuralChange::Remove { option }
                    if !known_option(*option) =>
                {
                    return Err(Unsuited::Question("there is no such option"));
                }
                StructuralChange::Direction { option, .. } => {
                    directions[option.index()].push(index);
                }
                StructuralChange::Remove { option } => {
                    let above = detente_model::Expr::Literal(detente_model::Literal {
                        option: *option,
                        from: 1,
                        to: u16::MAX,
                    });
                    let condition = detente_model::Condition::synthetic(above, "");
                    bars.push((index, space.test(&condition)));
                }
                StructuralChange::Link(consequence) => {
                    consequences.push((Some(index), consequence));
                }
                StructuralChange::Bar(rule) => bars.push((index, space.test(&rule.condition))),
                StructuralChange::Sequence(p) => {
                    sequences.push((index, p.party, space.test(&p.from), space.test(&p.to)));
                }
            }
        }
        let following = consequences
            .into_iter()
            .map(|(candidate, c)| {
                let (mut mask, mut bits) = (0, 0);
                for (option, level) in &c.then {
                    mask |= layout.mask(*option);
                    bits |= layout.bits(*option, *level);
                }
                Following {
                    test: space.test(&c.condition),
                    mask,
                    bits,
                    candidate,
                }
            })
            .collect();
        Ok(Self {
            model,
            space,
            candidates,
            directions,
            following,
            bars,
            sequences,
            prohibitions: model
                .prohibitions
                .iter()
                .map(|p| (p.party, space.test(&p.from), space.test(&p.to)))
                .collect(),
            known: [Vec::new()].into_iter().collect(),
            budget,
            work: 0,
        })
    }

    fn fill(mut self, arena: &mut Arena) -> Result<(), Unsuited> {
        for state in self.space.ids() {
            let value = self.space.value(state);
            let hit = self.bars.iter().filter(|(_, t)| t.holds(value));
            arena.barred[state.index()] = hit.map(|(c, _)| *c).collect();
        }
        for of_option in &self.directions {
            for (at, a) in of_option.iter().enumerate() {
                arena
                    .rivals
                    .extend(of_option[at + 1..].iter().map(|b| (*a, *b)));
            }
        }
        let links: Vec<usize> = self.following.iter().filter_map(|f| f.candidate).collect();
        for (at, a) in links.iter().enumerate() {
            arena
                .rivals
                .extend(links[at + 1..].iter().map(|b| (*a, *b)));
        }
        for party in self.model.party_ids() {
            let mut lists = Vec::with_capacity(self.space.len());
            for state in self.space.ids() {
                lists.push(self.from(party, state, arena)?);
            }
            arena.edges.push(lists);
        }
        arena.guards = self.known.into_iter().collect();
        Ok(())
    }

    /// The moves of a party from a state.
    fn from(
        &mut self,
        party: PartyId,
        state: StateId,
        arena: &Arena,
    ) -> Result<Vec<Edge>, Unsuited> {
        let layout = self.space.layout();
        let own = &self.model.party(party).options;
        let from = self.space.value(state);
        let mask = own.iter().fold(0, |mask, o| mask | layout.mask(*o));
        let mut choices: Vec<(u128, Vec<Choice>)> = vec![(from & !mask, Vec::new())];
        for option in own {
            let level = layout.level(from, *option);
            let mut longer = Vec::new();
            for to in 0..self.model.option(*option).level_count() {
                let Some(guard) = self.permits(*option, level, to) else {
                    continue;
                };
                for (value, guards) in &choices {
                    let mut guards = guards.clone();
                    guards.extend(guard.iter().cloned());
                    longer.push((value | layout.bits(*option, to), guards));
                }
            }
            self.work = self.work.saturating_add(longer.len() as u64);
            choices = longer;
        }
        if self.work > self.budget.max_moves {
            return Err(Stop::Limit {
                what: "moves",
                limit: self.budget.max_moves,
            }
            .into());
        }
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        let mut edges = HashSet::new();
        for (after, guards) in choices {
            if after == from {
                continue;
            }
            let mut ends = Vec::new();
            let mut fired = vec![false; self.following.len()];
            self.follow(from, after, &mut fired, guards, &mut ends);
            for (value, mut guards) in ends {
                let Some(to) = self.space.find(value) else {
                    continue;
                };
                if to == state || !self.transition(party, from, value, &mut guards) {
                    continue;
                }
                guards.extend(arena.barred(to).iter().map(|c| vec![(*c, false)]));
                guards.sort();
                guards.dedup();
                let (place, _) = self.known.insert_full(guards);
                let guard = Guard(place as u32);
                edges.insert(Edge { to, guard });
            }
        }
        let mut edges: Vec<Edge> = edges.into_iter().collect();
        edges.sort_unstable();
        Ok(edges)
    }

    /// Under which choices the owner may move an option between two levels, all of them; `None` when
    /// under none.
    fn permits(&self, option: OptionId, from: u16, to: u16) -> Option<Vec<Choice>> {
        let choice = self.model.option(option);
        let then = |candidate: &usize| match self.candidates[*candidate].change {
            StructuralChange::Direction { direction, .. } => {
                let mut changed = choice.clone();
                changed.direction = direction;
                changed.permits(from, to)
            }
            _ => false,
        };
        let others = self.directions[option.index()].iter().copied();
        if choice.permits(from, to) {
            let forbidding = others.filter(|c| !then(c));
            return Some(forbidding.map(|c| vec![(c, false)]).collect());
        }
        let permitting: Choice = others.filter(then).map(|c| (c, true)).collect();
        (!permitting.is_empty()).then(|| vec![permitting])
    }

    /// Where a change leads, with what follows of it: without links that are candidates, and with each
    /// one of them that takes effect. One at most is chosen.
    fn follow(
        &self,
        before: u128,
        after: u128,
        fired: &mut [bool],
        guards: Vec<Choice>,
        ends: &mut Vec<(u128, Vec<Choice>)>,
    ) {
        let next = self
            .following
            .iter()
            .enumerate()
            .find(|(i, f)| !fired[*i] && f.test.holds(after) && !f.test.holds(before));
        let Some((place, rule)) = next else {
            ends.push((after, guards));
            return;
        };
        fired[place] = true;
        let then = after & !rule.mask | rule.bits;
        match rule.candidate {
            None => self.follow(before, then, fired, guards, ends),
            Some(_) if then == after => self.follow(before, after, fired, guards, ends),
            Some(candidate) => {
                let mut chosen = guards.clone();
                chosen.push(vec![(candidate, true)]);
                // The others are not chosen then.
                let mut alone = fired.to_vec();
                for (other, fired) in self.following.iter().zip(&mut alone) {
                    *fired |= other.candidate.is_some();
                }
                self.follow(before, then, &mut alone, chosen, ends);
                let mut left = guards;
                left.push(vec![(candidate, false)]);
                self.follow(before, after, fired, left, ends);
            }
        }
        fired[place] = false;
    }

    /// Whether a transition is allowed, and under which further choices.
    fn transition(&self, party: PartyId, from: u128, to: u128, guards: &mut Vec<Choice>) -> bool {
        for (candidate, whose, source, target) in &self.sequences {
            if whose.is_none_or(|p| p == party) && source.holds(from) && target.holds(to) {
                guards.push(vec![(*candidate, false)]);
            }
        }
        let allowed = |(whose, source, target): &(Option<PartyId>, Test, Test)| {
            whose.is_some_and(|p| p != party) || !(source.holds(from) && target.holds(to))
        };
        self.prohibitions.iter().all(allowed)
    }
}
