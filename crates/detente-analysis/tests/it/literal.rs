//! The definitions written down literally: sets and sequences by brute force, nothing shared with
//! the engine but the accessors of graph and rankings.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::{Concept, Conflict, SequenceRule, Settings, StateId, StepRule};
use detente_model::PartyId;

pub(crate) struct Literal<'a> {
    pub(crate) conflict: &'a Conflict<'a>,
    pub(crate) settings: Settings,
}

type Pair = (StateId, PartyId);

impl Literal<'_> {
    pub(crate) fn rank(&self, p: PartyId, s: StateId) -> u32 {
        self.conflict.ranking(p).rank(s)
    }

    fn parties(&self) -> Vec<PartyId> {
        self.conflict.graph().party_ids().collect()
    }

    pub(crate) fn others(&self, i: PartyId) -> Vec<PartyId> {
        self.parties().into_iter().filter(|p| *p != i).collect()
    }

    pub(crate) fn steps(&self, p: PartyId, s: StateId, rule: StepRule) -> BTreeSet<StateId> {
        let moves: BTreeSet<StateId> = self
            .conflict
            .graph()
            .moves(p)
            .from(s)
            .iter()
            .copied()
            .collect();
        let better: BTreeSet<StateId> = moves
            .iter()
            .copied()
            .filter(|t| self.rank(p, *t) > self.rank(p, s))
            .collect();
        match rule {
            StepRule::Moves => moves,
            StepRule::Improvements => better,
            StepRule::BestImprovements => {
                let beaten =
                    |t: &StateId| better.iter().any(|u| self.rank(p, *u) > self.rank(p, *t));
                better.iter().copied().filter(|t| !beaten(t)).collect()
            }
        }
    }

    /// For each number of steps, the states that legal sequences of exactly that many reach.
    pub(crate) fn layers(
        &self,
        movers: &[PartyId],
        from: StateId,
        rule: StepRule,
    ) -> Vec<BTreeSet<StateId>> {
        let mut now: BTreeSet<Pair> = movers
            .iter()
            .flat_map(|&p| self.steps(p, from, rule).into_iter().map(move |t| (t, p)))
            .collect();
        let mut layers = Vec::new();
        for _ in 0..=self.conflict.graph().states() * movers.len() {
            layers.push(now.iter().map(|(s, _)| *s).collect());
            now = now
                .iter()
                .flat_map(|&(s, last)| {
                    movers
                        .iter()
                        .filter(move |p| **p != last)
                        .flat_map(move |&p| self.steps(p, s, rule).into_iter().map(move |t| (t, p)))
                })
                .collect();
        }
        layers
    }

    fn each_once(
        &self,
        movers: &[PartyId],
        from: StateId,
        rule: StepRule,
        into: &mut BTreeSet<StateId>,
    ) {
        for &p in movers {
            let rest: Vec<PartyId> = movers.iter().copied().filter(|q| *q != p).collect();
            for t in self.steps(p, from, rule) {
                into.insert(t);
                self.each_once(&rest, t, rule, into);
            }
        }
    }

    pub(crate) fn reach(
        &self,
        movers: &[PartyId],
        from: StateId,
        rule: StepRule,
    ) -> BTreeSet<StateId> {
        match self.settings.sequences {
            SequenceRule::Legal => self
                .layers(movers, from, rule)
                .into_iter()
                .flatten()
                .collect(),
            SequenceRule::EachOnce => {
                let mut set = BTreeSet::new();
                self.each_once(movers, from, rule, &mut set);
                set
            }
        }
    }

    fn not_better(&self, i: PartyId, s: StateId, t: StateId) -> bool {
        self.rank(i, t) <= self.rank(i, s)
    }

    fn sanctioned(
        &self,
        i: PartyId,
        s: StateId,
        s1: StateId,
        rule: StepRule,
        escapes: bool,
    ) -> bool {
        self.reach(&self.others(i), s1, rule).into_iter().any(|s2| {
            (self.settings.diagonal || s2 != s)
                && self.not_better(i, s, s2)
                && (!escapes
                    || self
                        .steps(i, s2, StepRule::Moves)
                        .into_iter()
                        .all(|s3| self.not_better(i, s, s3)))
        })
    }

    pub(crate) fn improvements(&self, i: PartyId, s: StateId) -> BTreeSet<StateId> {
        self.steps(i, s, StepRule::Improvements)
    }

    /// All ways in which the others choose, each one of its list.
    fn products(lists: &[(PartyId, Vec<Option<StateId>>)]) -> Vec<Vec<(PartyId, StateId)>> {
        let Some(((p, list), rest)) = lists.split_first() else {
            return vec![Vec::new()];
        };
        let tails = Self::products(rest);
        list.iter()
            .flat_map(|choice| {
                tails.iter().map(move |tail| {
                    choice
                        .iter()
                        .map(|t| (*p, *t))
                        .chain(tail.iter().copied())
                        .collect()
                })
            })
            .collect()
    }

    fn blocked(&self, i: PartyId, s: StateId, s1: StateId, one_sided: bool) -> bool {
        let lists: Vec<(PartyId, Vec<Option<StateId>>)> = self
            .others(i)
            .into_iter()
            .filter(|j| one_sided || !self.stable(Concept::Seq, *j, s))
            .map(|j| {
                let mut list: Vec<_> = self.improvements(j, s).into_iter().map(Some).collect();
                if one_sided {
                    list.push(None);
                }
                (j, list)
            })
            .collect();
        Self::products(&lists)
            .into_iter()
            .filter(|c| !c.is_empty())
            .any(|mut choices| {
                choices.push((i, s1));
                let result = self.conflict.superposition().unwrap().combine(s, &choices);
                result
                    .is_some_and(|t| self.not_better(i, s, t) && (self.settings.diagonal || t != s))
            })
    }

    /// Two parties only: where `i` expects to end.
    pub(crate) fn g(&self, h: u32, i: PartyId, s: StateId) -> StateId {
        if h == 0 {
            return s;
        }
        let j = PartyId(1 - i.0);
        let ends: Vec<StateId> = self
            .steps(i, s, StepRule::Moves)
            .into_iter()
            .map(|m| self.g(h - 1, j, m))
            .collect();
        ends.into_iter()
            .max_by_key(|e| self.rank(i, *e))
            .filter(|e| self.rank(i, *e) > self.rank(i, s))
            .unwrap_or(s)
    }

    /// Two parties only: every pair of maps by horizon until one comes back, and the horizon at
    /// which that one was first seen.
    pub(crate) fn maps(&self) -> (Vec<[Vec<StateId>; 2]>, usize) {
        let states: Vec<StateId> = self.conflict.graph().state_ids().collect();
        let mut all = vec![[states.clone(), states.clone()]];
        let mut seen = BTreeMap::new();
        loop {
            let before = all.last().unwrap().clone();
            let now = [0u16, 1].map(|i| {
                let (i, j) = (PartyId(i), usize::from(1 - i));
                states
                    .iter()
                    .map(|&s| {
                        self.steps(i, s, StepRule::Moves)
                            .into_iter()
                            .map(|m| before[j][m.index()])
                            .max_by_key(|e| self.rank(i, *e))
                            .filter(|e| self.rank(i, *e) > self.rank(i, s))
                            .unwrap_or(s)
                    })
                    .collect::<Vec<_>>()
            });
            if let Some(first) = seen.insert(now.clone(), all.len()) {
                return (all, first);
            }
            all.push(now);
        }
    }

    pub(crate) fn stable(&self, concept: Concept, i: PartyId, s: StateId) -> bool {
        let every = |test: &dyn Fn(StateId) -> bool| self.improvements(i, s).into_iter().all(test);
        match concept {
            Concept::Nash => self.improvements(i, s).is_empty(),
            Concept::Gmr => every(&|s1| self.sanctioned(i, s, s1, StepRule::Moves, false)),
            Concept::Smr => every(&|s1| self.sanctioned(i, s, s1, StepRule::Moves, true)),
            Concept::Seq => every(&|s1| self.sanctioned(i, s, s1, StepRule::Improvements, false)),
            Concept::Sseq => every(&|s1| self.sanctioned(i, s, s1, StepRule::Improvements, true)),
            Concept::BestResponseSeq => {
                every(&|s1| self.sanctioned(i, s, s1, StepRule::BestImprovements, false))
            }
            Concept::Sim => every(&|s1| self.blocked(i, s, s1, false)),
            Concept::SimOneSided => every(&|s1| self.blocked(i, s, s1, true)),
            Concept::LimitedMove(h) => self.g(h, i, s) == s,
            Concept::NonMyopic => {
                let (maps, first) = self.maps();
                maps[first..].iter().all(|m| m[i.index()][s.index()] == s)
            }
            Concept::Stackelberg(leader) if leader == i => self.g(2, i, s) == s,
            Concept::Stackelberg(_) => self.stable(Concept::Nash, i, s),
        }
    }
}
