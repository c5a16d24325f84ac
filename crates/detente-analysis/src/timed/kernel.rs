//! Where parties go from each state: alone by their behaviour, and together at meetings.

use detente_model::model::{Form, Model};
use detente_model::{OptionId, PartyId};

use super::{Behaviour, Unforecast};
use crate::coalition::{merged_moves, pareto_maximal};
use crate::concept::{Concept, Settings};
use crate::graph::Moves;
use crate::stability::{Fate, explain};
use crate::{Budget, Conflict, Game, Graph, Ranking, StateId};

/// The moves that there are while something is in force, whatever anybody prefers.
pub(super) struct Ground {
    /// Each party alone, without its closed options.
    graph: Graph,
    /// Each group of parties that meets somewhere, together, without their closed options.
    groups: Vec<Moves>,
}

/// The bits of some options in a state's number.
fn mask(game: &Game<'_>, options: &[OptionId]) -> u128 {
    let layout = game.space.layout();
    options.iter().fold(0, |mask, o| mask | layout.mask(*o))
}

/// The moves of some parties that leave closed options of theirs as they are.
fn open(game: &Game<'_>, moves: &Moves, closed: u128) -> Moves {
    if closed == 0 {
        return moves.clone();
    }
    Moves::from_lists(game.space.ids().map(|from| {
        let before = game.space.value(from);
        let stays = |to: &StateId| (before ^ game.space.value(*to)) & closed == 0;
        moves.from(from).iter().copied().filter(stays).collect()
    }))
}

/// The options of some parties.
pub(super) fn own(model: &Model, parties: &[PartyId]) -> Vec<OptionId> {
    let options = parties
        .iter()
        .flat_map(|p| model.party(*p).options.iter().copied());
    options.collect()
}

impl Ground {
    pub(super) fn new(
        game: &Game<'_>,
        closed: &[OptionId],
        groups: &[Vec<PartyId>],
        budget: &Budget,
    ) -> Result<Self, Unforecast> {
        let of = |parties: &[PartyId]| {
            let own = own(game.model, parties);
            let closed: Vec<OptionId> =
                closed.iter().copied().filter(|o| own.contains(o)).collect();
            if game.model.form == Form::Options {
                mask(game, &closed)
            } else {
                0
            }
        };
        let moves = game
            .graph
            .party_ids()
            .map(|p| open(game, game.graph.moves(p), of(&[p])))
            .collect();
        let mut together = Vec::with_capacity(groups.len());
        for members in groups {
            let moves = merged_moves(game, members, budget).map_err(Unforecast::Stopped)?;
            together.push(open(game, &moves, of(members)));
        }
        Ok(Self {
            graph: Graph::new(game.space.len(), moves)
                .unwrap_or_else(|| Graph::empty(game.space.len())),
            groups: together,
        })
    }

    /// How many moves it holds.
    pub(super) fn moves(&self) -> usize {
        self.graph.total_moves() + self.groups.iter().map(Moves::len).sum::<usize>()
    }

    /// The states to one of which a party goes from a state when it reconsiders, all equally likely; none when
    /// it stays.
    pub(super) fn choices(
        &self,
        rankings: &[Ranking],
        party: PartyId,
        from: StateId,
        behaviour: Behaviour,
        budget: &Budget,
    ) -> Result<Vec<StateId>, Unforecast> {
        let conflict = Conflict::matched(&self.graph, rankings);
        let improvements = || conflict.improvements(party, from);
        Ok(match behaviour {
            Behaviour::Improving => improvements().collect(),
            Behaviour::Best => {
                let ranking = conflict.ranking(party);
                let best = improvements().map(|t| ranking.rank(t)).max();
                improvements()
                    .filter(|t| Some(ranking.rank(*t)) == best)
                    .collect()
            }
            Behaviour::Wary => {
                if improvements().next().is_none() {
                    return Ok(Vec::new());
                }
                let settings = Settings::default();
                let verdict = explain(&conflict, Concept::Seq, &settings, party, from, budget)
                    .map_err(Unforecast::Unjudged)?;
                let open = verdict.improvements.iter();
                let open = open.filter(|i| matches!(i.fate, Fate::Open { .. }));
                open.map(|i| i.to).collect()
            }
        })
    }

    /// The states that a group reaches together from a state and that each member prefers, ascending.
    pub(super) fn joint(
        &self,
        rankings: &[Ranking],
        members: &[PartyId],
        group: usize,
        from: StateId,
    ) -> Vec<StateId> {
        let Some(moves) = self.groups.get(group) else {
            return Vec::new();
        };
        let conflict = Conflict::matched(&self.graph, rankings);
        let gladly = |to: &&StateId| members.iter().all(|p| conflict.improves(*p, from, **to));
        moves.from(from).iter().filter(gladly).copied().collect()
    }

    /// Those of some states that no other of them betters for the members.
    pub(super) fn best(
        &self,
        rankings: &[Ranking],
        members: &[PartyId],
        states: &[StateId],
    ) -> Vec<StateId> {
        let conflict = Conflict::matched(&self.graph, rankings);
        pareto_maximal(&conflict, members, states.iter().copied())
            .iter()
            .collect()
    }
}

/// Lists one after another.
#[derive(Debug, Clone)]
pub(super) struct Lists {
    offsets: Vec<u32>,
    items: Vec<StateId>,
}

impl Lists {
    fn new() -> Self {
        Self {
            offsets: vec![0],
            items: Vec::new(),
        }
    }

    fn push(&mut self, list: &[StateId]) {
        self.items.extend_from_slice(list);
        self.offsets.push(self.items.len() as u32);
    }

    fn of(&self, place: usize) -> &[StateId] {
        match (self.offsets.get(place), self.offsets.get(place + 1)) {
            (Some(from), Some(to)) => self.items.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// The same for one game, worked out for every state.
pub(super) struct Kernel {
    states: usize,
    /// Party after party, for each state its choices.
    choices: Lists,
    /// Group after group, for each state all joint improvements, and those of them that nothing betters.
    joint: Lists,
    best: Lists,
}

impl Kernel {
    pub(super) fn new(
        ground: &Ground,
        rankings: &[Ranking],
        behaviours: &[Behaviour],
        groups: &[Vec<PartyId>],
        budget: &Budget,
    ) -> Result<Self, Unforecast> {
        let states = ground.graph.states();
        let mut kernel = Self {
            states,
            choices: Lists::new(),
            joint: Lists::new(),
            best: Lists::new(),
        };
        for (party, behaviour) in ground.graph.party_ids().zip(behaviours) {
            for from in ground.graph.state_ids() {
                let list = ground.choices(rankings, party, from, *behaviour, budget)?;
                kernel.choices.push(&list);
            }
            kernel.check(budget)?;
        }
        for (group, members) in groups.iter().enumerate() {
            for from in ground.graph.state_ids() {
                let all = ground.joint(rankings, members, group, from);
                kernel.best.push(&ground.best(rankings, members, &all));
                kernel.joint.push(&all);
            }
            kernel.check(budget)?;
        }
        Ok(kernel)
    }

    fn check(&self, budget: &Budget) -> Result<(), Unforecast> {
        if budget.is_cancelled() {
            return Err(Unforecast::Stopped(crate::Stop::Cancelled));
        }
        let moves = self.choices.items.len() + self.joint.items.len() + self.best.items.len();
        if moves as u64 > budget.max_moves.min(u64::from(u32::MAX)) {
            return Err(Unforecast::Stopped(crate::Stop::Limit {
                what: "moves",
                limit: budget.max_moves,
            }));
        }
        Ok(())
    }
}

/// Where parties go in one replicate or one game.
pub(super) trait Rules {
    /// The states to one of which a party goes when it reconsiders.
    fn choices(&mut self, environment: u32, party: usize, from: StateId) -> &[StateId];
    /// The joint improvements of a group that none of them betters.
    fn best(&mut self, environment: u32, group: usize, from: StateId) -> &[StateId];
    /// Whether a step is a joint improvement of a group.
    fn is_joint(&mut self, environment: u32, group: usize, from: StateId, to: StateId) -> bool;
}

/// The rules of a game whose kernels are worked out, one for each environment.
#[derive(Clone, Copy)]
pub(super) struct Ready<'k>(pub(super) &'k [Kernel]);

impl Rules for Ready<'_> {
    fn choices(&mut self, environment: u32, party: usize, from: StateId) -> &[StateId] {
        let kernel = self.0.get(environment as usize);
        kernel.map_or(&[], |k| k.choices.of(party * k.states + from.index()))
    }

    fn best(&mut self, environment: u32, group: usize, from: StateId) -> &[StateId] {
        let kernel = self.0.get(environment as usize);
        kernel.map_or(&[], |k| k.best.of(group * k.states + from.index()))
    }

    fn is_joint(&mut self, environment: u32, group: usize, from: StateId, to: StateId) -> bool {
        let kernel = self.0.get(environment as usize);
        kernel.is_some_and(|k| {
            let all = k.joint.of(group * k.states + from.index());
            all.binary_search(&to).is_ok()
        })
    }
}

/// The rules of one completion among too many to list: worked out where they are needed.
pub(super) struct Fresh<'a> {
    pub(super) grounds: &'a [Ground],
    /// For each environment which model it has.
    pub(super) models: &'a [usize],
    /// For each model the rankings of this completion.
    pub(super) rankings: Vec<Vec<Ranking>>,
    pub(super) behaviours: &'a [Behaviour],
    pub(super) groups: &'a [Vec<PartyId>],
    pub(super) budget: &'a Budget,
    pub(super) found: Vec<StateId>,
    /// The first problem; what follows it is not to be used.
    pub(super) problem: Option<Unforecast>,
}

impl Fresh<'_> {
    fn at(&self, environment: u32) -> Option<(&Ground, &[Ranking])> {
        let ground = self.grounds.get(environment as usize)?;
        let model = self.models.get(environment as usize)?;
        Some((ground, self.rankings.get(*model)?))
    }

    fn members(&self, group: usize) -> &[PartyId] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }
}

impl Rules for Fresh<'_> {
    fn choices(&mut self, environment: u32, party: usize, from: StateId) -> &[StateId] {
        let behaviour = self.behaviours.get(party).copied().unwrap_or_default();
        let found = self.at(environment).map(|(ground, rankings)| {
            ground.choices(
                rankings,
                PartyId(party as u16),
                from,
                behaviour,
                self.budget,
            )
        });
        self.found = match found {
            Some(Ok(list)) => list,
            Some(Err(problem)) => {
                self.problem.get_or_insert(problem);
                Vec::new()
            }
            None => Vec::new(),
        };
        &self.found
    }

    fn best(&mut self, environment: u32, group: usize, from: StateId) -> &[StateId] {
        let members = self.members(group);
        let found = self.at(environment).map(|(ground, rankings)| {
            let all = ground.joint(rankings, members, group, from);
            ground.best(rankings, members, &all)
        });
        self.found = found.unwrap_or_default();
        &self.found
    }

    fn is_joint(&mut self, environment: u32, group: usize, from: StateId, to: StateId) -> bool {
        let members = self.members(group);
        self.at(environment).is_some_and(|(ground, rankings)| {
            ground
                .joint(rankings, members, group, from)
                .binary_search(&to)
                .is_ok()
        })
    }
}
