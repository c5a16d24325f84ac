//! Coalitional stability against the definitions, written down literally.

use std::collections::BTreeSet;

use detente_analysis::coalition::{
    Answer, CoalitionConcept, CoalitionJudge, CoalitionTable, CoalitionVerdict, CoalitionWitness,
    Semantics, blocking, coalition_tables, sequential_moves, toward,
};
use detente_analysis::status_quo::Leg;
use detente_analysis::{
    Budget, Conflict, Moves, Settings, StateId, StateSet, Step, StepRule, Stop,
};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs_of, option_forms};
use crate::literal::Literal;
use crate::model::{Case, Options};

type Members = Vec<PartyId>;
type States = BTreeSet<StateId>;

/// What merged parties can do, by means of the tests: options change owner, arcs are strung together.
pub(crate) fn merged(case: &Case, members: &[PartyId], budget: &Budget) -> Result<Moves, Stop> {
    let Some(options) = &case.options else {
        return sequential_moves(&case.conflict(), members, budget);
    };
    let first = members[0].index();
    let owner = |p: usize| {
        let member = members.iter().any(|m| m.index() == p);
        if member { first } else { p }
    };
    let switches = options
        .switches
        .iter()
        .map(|(p, d)| (owner(*p), *d))
        .collect();
    let feasible = |s: u32| options.states.contains(&s);
    let one = Options::new(options.parties, switches, feasible, options.forced.clone());
    Ok(one.graph().moves(members[0]).clone())
}

/// The definitions of the two readings.
struct Definition<'a> {
    case: &'a Case,
    conflict: &'a Conflict<'a>,
    semantics: &'a Semantics,
}

impl Definition<'_> {
    fn literal(&self) -> Literal<'_> {
        Literal {
            conflict: self.conflict,
            settings: Settings::default(),
        }
    }

    fn parties(&self) -> Members {
        self.case.parties().collect()
    }

    /// All non-empty sets of these parties.
    fn subsets(of: &[PartyId]) -> Vec<Members> {
        (1..1u32 << of.len())
            .map(|bits| {
                let in_set = |k: &usize| bits >> k & 1 == 1;
                (0..of.len()).filter(in_set).map(|k| of[k]).collect()
            })
            .collect()
    }

    fn others(&self, members: &[PartyId]) -> Members {
        let outside = |p: &PartyId| !members.contains(p);
        self.parties().into_iter().filter(outside).collect()
    }

    /// The parts of the partition, everybody unnamed alone.
    fn parts(&self, named: &[Members]) -> Vec<Members> {
        let alone = |p: &PartyId| !named.iter().any(|m| m.contains(p));
        let singles = self.parties().into_iter().filter(alone).map(|p| vec![p]);
        named.iter().cloned().chain(singles).collect()
    }

    fn moves(&self, members: &[PartyId], from: StateId) -> States {
        match self.semantics {
            Semantics::Merged(_) if self.case.options.is_some() => {
                let all = merged(self.case, members, &Budget::default()).unwrap();
                all.from(from).iter().copied().collect()
            }
            _ => self.literal().reach(members, from, StepRule::Moves),
        }
    }

    fn gains(&self, members: &[PartyId], from: StateId) -> States {
        let literal = self.literal();
        let better = |p: &PartyId, t: StateId| literal.rank(*p, t) > literal.rank(*p, from);
        let mut reached = self.moves(members, from);
        reached.retain(|t| members.iter().all(|p| better(p, *t)));
        reached
    }

    /// Whether some member does not prefer `t` to `s`.
    fn bad(&self, members: &[PartyId], s: StateId, t: StateId) -> bool {
        let literal = self.literal();
        members
            .iter()
            .any(|p| literal.rank(*p, s) >= literal.rank(*p, t))
    }

    /// Those who move in an answer to a coalition by any moves, and by improvements.
    fn opponents(&self, members: &[PartyId]) -> (Vec<Members>, Vec<Members>) {
        let others = self.others(members);
        let singles: Vec<Members> = others.iter().map(|p| vec![*p]).collect();
        match self.semantics {
            Semantics::InoharaHipel => (singles, Self::subsets(&others)),
            Semantics::Merged(None) => (singles.clone(), singles),
            Semantics::Merged(Some(named)) => {
                let mut parts = self.parts(named);
                parts.retain(|p| p.as_slice() != members);
                (parts.clone(), parts)
            }
        }
    }

    /// What sequences of steps reach in which nobody takes two steps in succession.
    fn answers(
        who: &[Members],
        from: StateId,
        steps: &dyn Fn(&[PartyId], StateId) -> States,
    ) -> States {
        let mut reached: BTreeSet<(StateId, usize)> = BTreeSet::new();
        let mut now: BTreeSet<(StateId, usize)> = (0..who.len())
            .flat_map(|k| steps(&who[k], from).into_iter().map(move |t| (t, k)))
            .collect();
        while !now.is_subset(&reached) {
            reached.extend(now.iter().copied());
            let mut next = BTreeSet::new();
            for (s, last) in now {
                for k in (0..who.len()).filter(|k| *k != last) {
                    next.extend(steps(&who[k], s).into_iter().map(|t| (t, k)));
                }
            }
            now = next;
        }
        reached.into_iter().map(|(s, _)| s).collect()
    }

    fn deterred(&self, concept: CoalitionConcept, h: &[PartyId], s: StateId, t: StateId) -> bool {
        let (movers, actors) = self.opponents(h);
        let by_moves = || Self::answers(&movers, t, &|k, x| self.moves(k, x));
        let by_gains = || Self::answers(&actors, t, &|k, x| self.gains(k, x));
        let no_way_out = |u: &StateId| self.moves(h, *u).iter().all(|v| self.bad(h, s, *v));
        match concept {
            CoalitionConcept::Cnash => false,
            CoalitionConcept::Cgmr => by_moves().iter().any(|u| self.bad(h, s, *u)),
            CoalitionConcept::Csmr => by_moves()
                .iter()
                .any(|u| self.bad(h, s, *u) && no_way_out(u)),
            CoalitionConcept::Cseq => by_gains().iter().any(|u| self.bad(h, s, *u)),
        }
    }

    fn stable(&self, concept: CoalitionConcept, h: &[PartyId], s: StateId) -> bool {
        let mut gains = self.gains(h, s).into_iter();
        gains.all(|t| self.deterred(concept, h, s, t))
    }

    /// The coalitions that are judged.
    fn judged(&self) -> Vec<Members> {
        match self.semantics {
            Semantics::Merged(Some(named)) => self.parts(named),
            _ => Self::subsets(&self.parties()),
        }
    }

    /// That steps lead on from a state, by who may take them and nobody twice in succession.
    fn check_legs(&self, from: StateId, legs: &[Leg], who: &[Members], gain: bool) -> StateId {
        let mut at = from;
        let mut last: Option<&Members> = None;
        for leg in legs {
            assert_eq!(leg.from, at);
            assert_ne!(last, Some(&leg.movers));
            assert!(who.contains(&leg.movers), "{:?} of {who:?}", leg.movers);
            let steps = if gain {
                self.gains(&leg.movers, leg.from)
            } else {
                self.moves(&leg.movers, leg.from)
            };
            assert!(steps.contains(&leg.to));
            self.check_moves(&leg.movers, leg.from, leg.to, &leg.moves);
            at = leg.to;
            last = Some(&leg.movers);
        }
        at
    }

    fn check_moves(&self, members: &[PartyId], from: StateId, to: StateId, moves: &[Step]) {
        let merged = matches!(self.semantics, Semantics::Merged(_));
        if members.len() > 1 && merged && self.case.options.is_some() {
            assert_eq!(moves, []);
            return;
        }
        assert_eq!((moves[0].from, moves.last().unwrap().to), (from, to));
        for step in moves {
            assert!(members.contains(&step.party));
            let own = self.conflict.graph().moves(step.party);
            assert!(own.from(step.from).contains(&step.to));
        }
        for pair in moves.windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
            assert_ne!(pair[0].party, pair[1].party);
        }
    }

    fn check_verdict(&self, verdict: &CoalitionVerdict) {
        let (concept, h, s) = (verdict.concept, &verdict.members, verdict.state);
        let gains = self.gains(h, s);
        let listed: Vec<StateId> = verdict.improvements.iter().map(|i| i.to).collect();
        assert_eq!(listed, gains.into_iter().collect::<Vec<_>>());
        let (movers, actors) = self.opponents(h);
        for improvement in &verdict.improvements {
            let to = improvement.to;
            self.check_moves(h, s, to, &improvement.moves);
            let deterred = self.deterred(concept, h, s, to);
            match &improvement.answer {
                Answer::Sanction {
                    by,
                    result,
                    unwilling,
                } => {
                    assert!(deterred);
                    let gain = concept == CoalitionConcept::Cseq;
                    let who = if gain { &actors } else { &movers };
                    assert!(!by.is_empty());
                    assert_eq!(self.check_legs(to, by, who, gain), *result);
                    let literal = self.literal();
                    let not_glad =
                        |p: &&PartyId| literal.rank(**p, s) >= literal.rank(**p, *result);
                    let expected: Members = h.iter().filter(not_glad).copied().collect();
                    assert_eq!(*unwilling, expected);
                    assert!(!unwilling.is_empty());
                    if concept == CoalitionConcept::Csmr {
                        let out = self.moves(h, *result);
                        assert!(out.iter().all(|v| self.bad(h, s, *v)));
                    }
                }
                Answer::Open { undone } => {
                    assert!(!deterred);
                    if let Some(undone) = undone {
                        assert_eq!(concept, CoalitionConcept::Csmr);
                        let end = self.check_legs(to, &undone.by, &movers, false);
                        assert_eq!(end, undone.result);
                        assert!(self.bad(h, s, end));
                        assert!(self.moves(h, end).contains(&undone.escape));
                        assert!(!self.bad(h, s, undone.escape));
                    } else if concept == CoalitionConcept::Csmr {
                        assert!(!self.deterred(CoalitionConcept::Cgmr, h, s, to));
                    }
                }
            }
        }
    }

    fn check_blocking(&self, judge: &CoalitionJudge<'_>, outcome: &StateSet) {
        let minimal = |mut all: Vec<Members>| {
            let copy = all.clone();
            let within = |a: &Members, b: &Members| a != b && a.iter().all(|p| b.contains(p));
            all.retain(|c| !copy.iter().any(|other| within(other, c)));
            all.sort_by_key(|c| (c.len(), c.clone()));
            all
        };
        for concept in CoalitionConcept::ALL {
            let found = blocking(judge, outcome, concept, &Budget::default()).unwrap();
            let blocks = |h: &Members, s: StateId| {
                self.gains(h, s)
                    .iter()
                    .any(|t| !outcome.contains(*t) && !self.deterred(concept, h, s, *t))
            };
            let wants =
                |h: &Members, s: StateId| self.gains(h, s).iter().any(|t| !outcome.contains(*t));
            let judged = self.judged();
            assert_eq!(found.states.len(), outcome.len());
            for (place, s) in found.states.iter().zip(outcome.iter()) {
                assert_eq!(place.state, s);
                let by: Vec<Members> = place.by.iter().map(|v| v.members.clone()).collect();
                let all = judged.iter().filter(|h| blocks(h, s)).cloned().collect();
                assert_eq!(by, minimal(all));
                let deterred: BTreeSet<Members> =
                    place.deterred.iter().map(|v| v.members.clone()).collect();
                let expected = |h: &&Members| wants(h, s) && !blocks(h, s);
                assert_eq!(deterred, judged.iter().filter(expected).cloned().collect());
            }
            let every = |h: &&Members| !outcome.is_empty() && outcome.iter().all(|s| blocks(h, s));
            let whole = judged.iter().filter(every).cloned().collect();
            assert_eq!(found.whole, minimal(whole));
        }
    }

    /// Whether a family of coalitions, with the single parties that still act, leads to an outcome.
    fn leads(&self, family: &[Members], from: StateId, outcome: &StateSet) -> bool {
        let merged = matches!(self.semantics, Semantics::Merged(_));
        let bound = |p: &PartyId| merged && family.iter().any(|c| c.contains(p));
        let base: Vec<Members> = if let Semantics::Merged(Some(named)) = self.semantics {
            self.parts(named)
        } else {
            let free = self.parties().into_iter().filter(|p| !bound(p));
            free.map(|p| vec![p]).collect()
        };
        let who: Vec<Members> = base.into_iter().chain(family.iter().cloned()).collect();
        let reached = Self::answers(&who, from, &|k, x| self.gains(k, x));
        outcome.contains(from) || reached.iter().any(|s| outcome.contains(*s))
    }

    fn check_toward(&self, judge: &CoalitionJudge<'_>, from: StateId, outcome: &StateSet) {
        let found = toward(judge, from, outcome, 100_000, &Budget::default()).unwrap();
        for way in &found.ways {
            assert_eq!(way.coalitions.len(), found.coalitions_needed);
            assert!(self.leads(&way.coalitions, from, outcome));
            let merged = matches!(self.semantics, Semantics::Merged(_));
            let bound = |p: &PartyId| merged && way.coalitions.iter().any(|c| c.contains(p));
            let who: Vec<Members> = if let Semantics::Merged(Some(named)) = self.semantics {
                self.parts(named)
            } else {
                let singles = self.parties().into_iter().filter(|p| !bound(p));
                let formed = way.coalitions.iter().cloned();
                formed.chain(singles.map(|p| vec![p])).collect()
            };
            let end = self.check_legs(from, &way.legs, &who, true);
            assert!(outcome.contains(end));
        }
        assert!(found.complete);
        let alone = self.leads(&[], from, outcome);
        assert_eq!(alone, found.coalitions_needed == 0 && found.is_reachable());
        if alone || matches!(self.semantics, Semantics::Merged(Some(_))) {
            return;
        }
        let several: Vec<Members> = {
            let mut sets = Self::subsets(&self.parties());
            sets.retain(|c| c.len() > 1);
            sets
        };
        let suffices = |c: &&Members| self.leads(&[(*c).clone()], from, outcome);
        let ones: Vec<&Members> = several.iter().filter(suffices).collect();
        let within = |a: &Members, b: &Members| a != b && a.iter().all(|p| b.contains(p));
        let least: BTreeSet<Vec<Members>> = ones
            .iter()
            .filter(|c| !ones.iter().any(|other| within(other, c)))
            .map(|c| vec![(*c).clone()])
            .collect();
        if !least.is_empty() {
            let ways: BTreeSet<Vec<Members>> =
                found.ways.iter().map(|w| w.coalitions.clone()).collect();
            assert_eq!(ways, least);
            return;
        }
        assert_ne!(found.coalitions_needed, 1);
        let merged = matches!(self.semantics, Semantics::Merged(_));
        let apart = |a: &Members, b: &Members| !merged || a.iter().all(|p| !b.contains(p));
        let any = several.iter().enumerate().any(|(k, a)| {
            several[k + 1..]
                .iter()
                .any(|b| apart(a, b) && self.leads(&[a.clone(), b.clone()], from, outcome))
        });
        assert_eq!(any, found.coalitions_needed == 2);
        if !found.is_reachable() && !merged {
            assert!(!self.leads(&several, from, outcome));
        }
    }
}

fn check(case: &Case, semantics: &Semantics, outcome_bits: u32) {
    let conflict = case.conflict();
    let budget = Budget::default();
    let moves = |members: &[PartyId], budget: &Budget| merged(case, members, budget);
    let judge = CoalitionJudge::new(&conflict, semantics.clone(), &moves, &budget).unwrap();
    let definition = Definition {
        case,
        conflict: &conflict,
        semantics,
    };
    let judged: BTreeSet<Members> = judge.coalitions().iter().cloned().collect();
    assert_eq!(judged, definition.judged().into_iter().collect());
    assert!(judge.all());
    let tables: Vec<CoalitionTable> = coalition_tables(&judge, &CoalitionConcept::ALL, &budget)
        .complete()
        .unwrap();
    for table in &tables {
        for (k, members) in judge.coalitions().iter().enumerate() {
            let witness = CoalitionWitness::new(&judge, k, table.concept, &budget)
                .unwrap()
                .unwrap();
            for s in case.states() {
                let expected = definition.stable(table.concept, members, s);
                assert_eq!(
                    table.is_stable(k, s),
                    expected,
                    "{semantics:?} {} {members:?} {s:?}",
                    table.concept
                );
                let verdict = witness.verdict(s, &budget).unwrap();
                assert_eq!(verdict.stable, expected);
                assert_eq!(
                    (&verdict.members, verdict.state, verdict.concept),
                    (members, s, table.concept)
                );
                definition.check_verdict(&verdict);
            }
        }
        for s in case.states() {
            let mut all = judge.coalitions().iter();
            let everywhere = all.all(|h| definition.stable(table.concept, h, s));
            assert_eq!(table.equilibria().contains(s), everywhere);
        }
    }
    let transitive = case.parties().all(|p| case.graph.moves(p).is_transitive());
    let table = |concept| tables.iter().find(|t| t.concept == concept).unwrap();
    for k in 0..judge.coalitions().len() {
        use CoalitionConcept::{Cgmr, Cnash, Cseq, Csmr};
        let within = |a, b| {
            let of = |concept| table(concept).stable_for(k).unwrap();
            of(a).is_subset(of(b))
        };
        assert!(within(Cnash, Csmr) && within(Csmr, Cgmr) && within(Cnash, Cseq));
        let alone = *semantics != Semantics::InoharaHipel || transitive;
        assert!(!alone || within(Cseq, Cgmr));
    }
    let mut outcome = StateSet::empty(case.graph.states());
    for s in case
        .states()
        .filter(|s| outcome_bits >> (s.0 % 32) & 1 == 1)
    {
        outcome.insert(s);
    }
    definition.check_blocking(&judge, &outcome);
    definition.check_toward(&judge, StateId(0), &outcome);
}

/// A partition: for each party the number of its part.
fn partition(parties: usize, code: u32) -> Vec<Members> {
    let mut parts: Vec<Members> = vec![Vec::new(); 4];
    for p in 0..parties as u16 {
        parts[(code >> (2 * p) & 3) as usize].push(PartyId(p));
    }
    parts.retain(|p| p.len() > 1);
    parts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    #[test]
    fn inohara_hipel_on_graphs(case in graphs_of(1..=4, 1..=7), outcome in any::<u32>()) {
        check(&case, &Semantics::InoharaHipel, outcome);
    }

    #[test]
    fn each_merged_in_turn_on_graphs(case in graphs_of(1..=4, 1..=7), outcome in any::<u32>()) {
        check(&case, &Semantics::Merged(None), outcome);
    }

    #[test]
    fn partitions_on_graphs(
        case in graphs_of(1..=4, 1..=10),
        code in any::<u32>(),
        outcome in any::<u32>(),
    ) {
        let parts = partition(case.graph.parties(), code);
        check(&case, &Semantics::Merged(Some(parts)), outcome);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn inohara_hipel_on_option_forms(case in option_forms(3), outcome in any::<u32>()) {
        check(&case, &Semantics::InoharaHipel, outcome);
    }

    #[test]
    fn each_merged_in_turn_on_option_forms(case in option_forms(3), outcome in any::<u32>()) {
        check(&case, &Semantics::Merged(None), outcome);
    }

    #[test]
    fn partitions_on_option_forms(
        case in option_forms(4),
        code in any::<u32>(),
        outcome in any::<u32>(),
    ) {
        let parts = partition(case.graph.parties(), code);
        check(&case, &Semantics::Merged(Some(parts)), outcome);
    }
}
