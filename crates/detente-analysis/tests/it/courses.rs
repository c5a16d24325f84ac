//! How a conflict gets somewhere and where it loses the way, against the definitions written down
//! literally: sets of situations, which are pairs of a state and who moved last, and sequences step by
//! step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::coalition::coalitions;
use detente_analysis::evolution::{
    ActorStep, Course, Courses, Obstacle, Request, RouteLeg, Traps, Unwanted, Way, courses,
};
use detente_analysis::{
    Budget, Conflict, Graph, Outcome, Settings, StateId, StateSet, StepRule, Stop,
};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs_of, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::published::named;

/// A state, and the place of the actor who moved last.
type Situation = (StateId, Option<usize>);

type Table = Vec<Vec<BTreeSet<StateId>>>;

/// One way, written down as a table of steps by actor and state.
struct Walk<'a> {
    case: &'a Case,
    actors: Vec<Vec<PartyId>>,
    steps: Table,
    start: StateId,
}

impl<'a> Walk<'a> {
    fn new(case: &'a Case, way: Way, joint: &[Vec<PartyId>], start: StateId) -> Self {
        let conflict = case.conflict();
        let literal = Literal {
            conflict: &conflict,
            settings: Settings::default(),
        };
        let mut actors: Vec<Vec<PartyId>> = case.parties().map(|p| vec![p]).collect();
        if way == Way::Joint {
            actors.extend(joint.iter().cloned());
        }
        let better = |p: PartyId, from, to| literal.rank(p, to) > literal.rank(p, from);
        let step = |actor: &[PartyId], from: StateId| -> BTreeSet<StateId> {
            match (actor, way) {
                ([p], Way::Moves) => literal.steps(*p, from, StepRule::Moves),
                ([p], _) => literal.steps(*p, from, StepRule::Improvements),
                _ => literal
                    .reach(actor, from, StepRule::Moves)
                    .into_iter()
                    .filter(|t| actor.iter().all(|p| better(*p, from, *t)))
                    .collect(),
            }
        };
        let steps = actors
            .iter()
            .map(|a| case.states().map(|s| step(a, s)).collect())
            .collect();
        Self {
            case,
            actors,
            steps,
            start,
        }
    }

    fn next(&self, (state, last): Situation) -> BTreeSet<Situation> {
        (0..self.actors.len())
            .filter(|a| Some(*a) != last)
            .flat_map(|a| {
                let targets = &self.steps[a][state.index()];
                targets.iter().map(move |t| (*t, Some(a)))
            })
            .collect()
    }

    fn after(&self, now: &BTreeSet<Situation>) -> BTreeSet<Situation> {
        now.iter().flat_map(|s| self.next(*s)).collect()
    }

    /// By how few steps each situation is reached, those from which it begins by none.
    fn reach(&self, from: &BTreeSet<Situation>) -> BTreeMap<Situation, usize> {
        let mut found: BTreeMap<Situation, usize> = from.iter().map(|s| (*s, 0)).collect();
        let mut now = from.clone();
        for k in 1.. {
            now = self.after(&now);
            now.retain(|s| !found.contains_key(s));
            if now.is_empty() {
                return found;
            }
            found.extend(now.iter().map(|s| (*s, k)));
        }
        unreachable!()
    }

    fn reached(&self) -> BTreeMap<Situation, usize> {
        self.reach(&BTreeSet::from([(self.start, None)]))
    }

    fn open(&self, from: Situation, target: &StateSet) -> bool {
        let found = self.reach(&BTreeSet::from([from]));
        found.keys().any(|(s, _)| target.contains(*s))
    }
}

fn states(set: &StateSet) -> BTreeSet<StateId> {
    set.iter().collect()
}

fn set(case: &Case, list: impl IntoIterator<Item = StateId>) -> StateSet {
    let mut set = StateSet::empty(case.graph.states());
    for state in list {
        set.insert(state);
    }
    set
}

fn check_traps(walk: &Walk<'_>, free: &Walk<'_>, traps: &Traps, target: &StateSet) {
    let reached = walk.reached();
    let closure: BTreeSet<StateId> = reached.keys().map(|(s, _)| *s).collect();
    let open: BTreeSet<StateId> = closure
        .iter()
        .copied()
        .filter(|s| walk.open((*s, None), target))
        .collect();
    let mut crossings: BTreeSet<ActorStep> = BTreeSet::new();
    for &from in reached.keys().filter(|(s, _)| open.contains(s)) {
        for (to, by) in walk.next(from) {
            if !open.contains(&to) {
                crossings.insert(ActorStep {
                    actor: by.unwrap(),
                    from: from.0,
                    to,
                });
            }
        }
    }
    let listed: BTreeSet<ActorStep> = traps.crossings.iter().copied().collect();
    assert_eq!(listed.len(), traps.crossings.len());
    assert_eq!(listed, crossings);
    assert_eq!(traps.all_crossings(), crossings.len());
    for (actor, count) in traps.crossings_by_actor.iter().enumerate() {
        let of_actor = crossings.iter().filter(|c| c.actor == actor).count();
        assert_eq!(*count, of_actor);
    }
    let listed: Vec<StateId> = traps.traps.iter().map(|t| t.state).collect();
    let lost: Vec<StateId> = closure.difference(&open).copied().collect();
    assert_eq!(listed, lost);
    for trap in &traps.traps {
        assert_eq!(trap.irreversible, !free.open((trap.state, None), target));
        assert!(crossings.contains(&trap.entry));
        // From the entry on a shortest way goes on through lost states alone.
        let fewest = |from: &dyn Fn(Situation) -> bool, of: &BTreeMap<Situation, usize>| {
            let here = of.iter().filter(|(s, _)| from(**s));
            here.map(|(_, k)| *k).min().unwrap()
        };
        let to_entry = fewest(
            &|(s, l)| s == trap.entry.from && l != Some(trap.entry.actor),
            &reached,
        );
        let lost_only = Walk {
            case: walk.case,
            actors: walk.actors.clone(),
            steps: walk
                .steps
                .iter()
                .map(|by_state| {
                    let kept = by_state
                        .iter()
                        .map(|to| to.difference(&open).copied().collect());
                    kept.collect()
                })
                .collect(),
            start: walk.start,
        };
        let entered = (trap.entry.to, Some(trap.entry.actor));
        let onwards = lost_only.reach(&BTreeSet::from([entered]));
        let onwards = fewest(&|(s, _)| s == trap.state, &onwards);
        let shortest = fewest(&|(s, _)| s == trap.state, &reached);
        assert_eq!(to_entry + 1 + onwards, shortest);
    }
}

/// Why a party would not make a move.
fn unwanted(case: &Case, party: PartyId, from: StateId, to: StateId) -> Option<Unwanted> {
    let ranking = &case.rankings[party.index()];
    let (before, after) = (i64::from(ranking.rank(from)), i64::from(ranking.rank(to)));
    match after - before {
        1.. => None,
        0 => Some(Unwanted::Tie),
        worse => Some(Unwanted::Worse(u32::try_from(-worse).unwrap())),
    }
}

/// The fewest unwanted steps to the target, and the fewest steps with so many.
fn cheapest(walk: &Walk<'_>, target: &StateSet) -> Option<(usize, usize)> {
    let case = walk.case;
    // What is reached by so many unwanted steps and, among these, by so many steps.
    let mut costs: BTreeMap<Situation, (usize, usize)> =
        BTreeMap::from([((walk.start, None), (0, 0))]);
    loop {
        let mut changed = false;
        for (from, (u, k)) in costs.clone() {
            let mut offer = |to: Situation, cost: (usize, usize)| {
                if costs.get(&to).is_none_or(|known| cost < *known) {
                    costs.insert(to, cost);
                    changed = true;
                }
            };
            for to in walk.next(from) {
                offer(to, (u, k + 1));
            }
            for party in case.parties().filter(|p| Some(p.index()) != from.1) {
                for &to in case.graph.moves(party).from(from.0) {
                    if unwanted(case, party, from.0, to).is_some() {
                        offer((to, Some(party.index())), (u + 1, k + 1));
                    }
                }
            }
        }
        if !changed {
            break;
        }
    }
    let ends = costs.iter().filter(|((s, _), _)| target.contains(*s));
    ends.map(|(_, cost)| *cost).min()
}

fn check_route(walk: &Walk<'_>, legs: &[RouteLeg], target: &StateSet) {
    let case = walk.case;
    let mut at: Situation = (walk.start, None);
    for leg in legs {
        assert_eq!(leg.step.from, at.0);
        let next = (leg.step.to, Some(leg.step.actor));
        match leg.unwanted {
            None => assert!(walk.next(at).contains(&next)),
            Some(why) => {
                assert_ne!(at.1, Some(leg.step.actor));
                let party = PartyId(u16::try_from(leg.step.actor).unwrap());
                assert!(case.graph.moves(party).from(at.0).contains(&leg.step.to));
                assert_eq!(unwanted(case, party, at.0, leg.step.to), Some(why));
            }
        }
        at = next;
    }
    assert!(target.contains(at.0));
}

fn check_obstacle(walk: &Walk<'_>, joint: bool, found: &Obstacle, target: &StateSet) {
    let case = walk.case;
    let reached = walk.reached();
    let closure: BTreeSet<StateId> = reached.keys().map(|(s, _)| *s).collect();
    let in_turn = |actor: usize, s: StateId| {
        reached
            .keys()
            .any(|(at, last)| *at == s && *last != Some(actor))
    };
    let mut openings = BTreeSet::new();
    for party in case.parties() {
        let mut leaving = 0;
        for &from in &closure {
            for &to in case.graph.moves(party).from(from) {
                leaving += usize::from(!closure.contains(&to));
                let turn = in_turn(party.index(), from);
                let why = match unwanted(case, party, from, to) {
                    Some(why) if turn => why,
                    None if !turn => Unwanted::OutOfTurn,
                    _ => continue,
                };
                if walk.open((to, Some(party.index())), target) {
                    openings.insert((party, from, to, format!("{why:?}")));
                }
            }
        }
        assert_eq!(found.leaving[party.index()], leaving);
    }
    let listed: BTreeSet<_> = found
        .openings
        .iter()
        .map(|o| {
            (
                o.step.party,
                o.step.from,
                o.step.to,
                format!("{:?}", o.unwanted),
            )
        })
        .collect();
    assert_eq!(listed, openings);
    assert_eq!(found.all_openings, openings.len());
    let cheapest = cheapest(walk, target);
    let cost = found.route.as_ref().map(|legs| {
        check_route(walk, legs, target);
        let unwanted = legs.iter().filter(|l| l.unwanted.is_some()).count();
        (unwanted, legs.len())
    });
    assert_eq!(cost, cheapest);
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    let nearest = |s: StateId| {
        let here = reached.iter().filter(|((at, _), _)| *at == s);
        here.map(|(_, k)| *k).min().unwrap()
    };
    let mut expected = Vec::new();
    for (actor, members) in walk.actors.iter().enumerate().filter(|_| joint) {
        let mut best = None;
        for &from in closure.iter().filter(|s| in_turn(actor, **s)) {
            for to in literal.reach(members, from, StepRule::Moves) {
                let gains = |p: &PartyId| literal.rank(*p, to) > literal.rank(*p, from);
                let against: Vec<PartyId> = members.iter().copied().filter(|p| !gains(p)).collect();
                if members.len() < 2 || !target.contains(to) {
                    continue;
                }
                assert!(!against.is_empty());
                let candidate = (against.len(), nearest(from), from, to, against);
                if best.as_ref().is_none_or(|b| candidate < *b) {
                    best = Some(candidate);
                }
            }
        }
        expected.extend(best.map(|(_, _, from, to, against)| (actor, from, to, against)));
    }
    let listed: Vec<_> = found
        .objections
        .iter()
        .map(|o| (o.actor, o.from, o.to, o.against.clone()))
        .collect();
    assert_eq!(listed, expected);
}

fn check_cycle(walk: &Walk<'_>, course: &Course) {
    let reached = walk.reached();
    // A situation lies on a circle when it is reached again from what follows it.
    let returns = |s: Situation| {
        let onwards = walk.reach(&walk.next(s));
        onwards.get(&s).map(|k| k + 1)
    };
    let on_circle: Vec<Situation> = reached
        .keys()
        .copied()
        .filter(|s| returns(*s).is_some())
        .collect();
    let Some(cycle) = &course.cycle else {
        assert_eq!(on_circle, []);
        return;
    };
    let expected: BTreeSet<StateId> = on_circle.iter().map(|(s, _)| *s).collect();
    assert_eq!(states(&cycle.states), expected);
    let last = cycle.steps.last().unwrap();
    let first: Situation = (last.to, Some(last.actor));
    let nearest = on_circle.iter().map(|s| reached[s]).min().unwrap();
    assert_eq!(reached[&first], nearest);
    assert_eq!(Some(cycle.steps.len()), returns(first));
    let mut at = first;
    for step in &cycle.steps {
        assert_eq!(step.from, at.0);
        let next = (step.to, Some(step.actor));
        assert!(walk.next(at).contains(&next));
        at = next;
    }
    assert_eq!(at, first);
}

fn check_table(walk: &Walk<'_>, course: &Course) {
    let table = course.table.as_ref().unwrap();
    assert!(table.complete);
    let mut now = BTreeSet::from([(walk.start, None)]);
    let mut seen: BTreeSet<Situation> = BTreeSet::new();
    let of = |set: &BTreeSet<Situation>, actor: usize| -> Vec<StateId> {
        let here = set.iter().filter(|(_, last)| *last == Some(actor));
        here.map(|(s, _)| *s).collect()
    };
    for (k, row) in (1..).zip(&table.rows) {
        now = walk.after(&now);
        let new: BTreeSet<Situation> = now.difference(&seen).copied().collect();
        assert!(!new.is_empty());
        seen.extend(new.iter().copied());
        for actor in 0..walk.actors.len() {
            assert_eq!(row.exactly[actor], of(&now, actor));
            assert_eq!(row.new[actor], of(&new, actor));
            assert_eq!(table.at_most(k)[actor], of(&seen, actor));
        }
    }
    now = walk.after(&now);
    assert!(now.is_subset(&seen));
}

fn run(case: &Case, start: StateId, targets: &[StateSet], joint: &[Vec<PartyId>]) -> Courses {
    let request = Request {
        start,
        targets: targets.to_vec(),
        coalitions: joint.to_vec(),
        tables: true,
    };
    let outcome = courses(&case.conflict(), &request, &Budget::default());
    outcome.complete().unwrap()
}

fn check(case: &Case, start: StateId, targets: &[StateSet], joint: &[Vec<PartyId>]) {
    let found = run(case, start, targets, joint);
    assert_eq!(found.joint_skipped, None);
    let ways: Vec<Way> = found.courses.iter().map(|c| c.way).collect();
    assert_eq!(ways, Way::ALL);
    let free = Walk::new(case, Way::Moves, joint, start);
    for course in &found.courses {
        let walk = Walk::new(case, course.way, joint, start);
        assert_eq!(course.actors, walk.actors);
        let reached = walk.reached();
        let closure: BTreeSet<StateId> = reached.keys().map(|(s, _)| *s).collect();
        assert_eq!(states(&course.reached), closure);
        let idle = |s: &&StateId| walk.next((**s, None)).is_empty();
        let ends: BTreeSet<StateId> = closure.iter().filter(idle).copied().collect();
        assert_eq!(states(&course.ends), ends);
        let distance = |s: StateId| {
            let here = reached.iter().filter(|((at, _), _)| *at == s);
            here.map(|(_, k)| *k).min()
        };
        for s in case.states() {
            assert_eq!(course.distance(s), distance(s));
            let legs = course.legs_to(&case.conflict(), s);
            assert_eq!(legs.as_ref().map(Vec::len), distance(s));
            let mut at: Situation = (start, None);
            for leg in legs.into_iter().flatten() {
                let actor = walk.actors.iter().position(|a| *a == leg.movers).unwrap();
                let next = (leg.to, Some(actor));
                assert!(leg.from == at.0 && walk.next(at).contains(&next));
                at = next;
                assert_eq!(leg.moves[0].from, leg.from);
                assert_eq!(leg.moves.last().unwrap().to, leg.to);
                for pair in leg.moves.windows(2) {
                    assert!(pair[0].to == pair[1].from && pair[0].party != pair[1].party);
                }
                for m in &leg.moves {
                    assert!(leg.movers.contains(&m.party));
                    assert!(case.graph.moves(m.party).from(m.from).contains(&m.to));
                }
            }
        }
        for (target, of) in targets.iter().zip(&course.targets) {
            let nearest = target.iter().filter_map(|s| Some((distance(s)?, s))).min();
            assert_eq!(of.nearest, nearest.map(|(_, s)| s));
            assert_eq!(of.traps.is_some(), of.nearest.is_some());
            if let Some(traps) = &of.traps {
                check_traps(&walk, &free, traps, target);
            }
            assert_eq!(
                of.obstacle.is_some(),
                of.nearest.is_none() && course.way != Way::Moves
            );
            if let Some(obstacle) = &of.obstacle {
                check_obstacle(&walk, course.way == Way::Joint, obstacle, target);
            }
        }
        if course.way == Way::Moves {
            assert_eq!(course.cycle, None);
        } else {
            check_cycle(&walk, course);
        }
        check_table(&walk, course);
    }
}

/// Targets of one and of several states, from the bits of a number.
fn some_targets(case: &Case, bits: u32) -> Vec<StateSet> {
    let count = case.graph.states();
    let one = StateId(bits % count as u32);
    let several = case.states().filter(|s| bits >> (s.0 % 31) & 1 == 1);
    vec![set(case, [one]), set(case, several)]
}

fn some_coalitions(case: &Case, bits: u32) -> Vec<Vec<PartyId>> {
    let all = coalitions(case.graph.parties()).coalitions;
    let chosen = all.into_iter().enumerate();
    let chosen = chosen.filter(|(i, _)| bits >> (i % 31) & 1 == 1);
    chosen.map(|(_, c)| c).take(4).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn on_graphs(case in graphs_of(2..=4, 1..=10), start: u32, bits: u32, joint: u32) {
        let start = StateId(start % case.graph.states() as u32);
        check(&case, start, &some_targets(&case, bits), &some_coalitions(&case, joint));
    }

    #[test]
    fn on_option_forms(case in option_forms(4), start: u32, bits: u32, joint: u32) {
        let start = StateId(start % case.graph.states() as u32);
        check(&case, start, &some_targets(&case, bits), &some_coalitions(&case, joint));
    }
}

/// The states of the publication, which counts from 1.
fn numbers<'a>(states: impl IntoIterator<Item = &'a StateId>) -> Vec<u32> {
    states.into_iter().map(|s| s.0 + 1).collect()
}

#[test]
fn elmira() {
    let case = named("elmira-9state").build();
    let (ministry, company, local) = (PartyId(0), PartyId(1), PartyId(2));
    let pair = vec![vec![ministry, company]];
    let target = set(&case, [StateId(7)]);
    check(&case, StateId(0), std::slice::from_ref(&target), &pair);
    let found = run(&case, StateId(0), &[target], &pair);

    let moves = found.of(Way::Moves).unwrap();
    let table = moves.table.as_ref().unwrap();
    let reached = |k| {
        let lists = table.at_most(k);
        let all: BTreeSet<StateId> = lists.into_iter().flatten().collect();
        numbers(&all)
    };
    assert_eq!(reached(1), [2, 3, 5, 9]);
    // The local governments alone could go back to 1, and may not move twice in succession.
    assert_eq!(reached(2), [2, 3, 4, 5, 6, 7, 9]);
    assert_eq!(reached(3), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(moves.distance(StateId(7)), Some(3));
    assert_eq!(numbers(&table.rows[0].new[local.index()]), [5]);
    assert_eq!(numbers(&table.rows[0].new[company.index()]), [3, 9]);

    let improvements = found.of(Way::Improvements).unwrap();
    assert_eq!(numbers(&states(&improvements.reached)), [1, 5]);
    assert_eq!(numbers(&states(&improvements.ends)), [5]);
    assert_eq!(improvements.cycle, None);
    let obstacle = improvements.targets[0].obstacle.as_ref().unwrap();
    // From 5 the ministry would have to modify its order, which it does not want; then the company
    // accepts.
    let legs = obstacle.route.as_ref().unwrap();
    let told: Vec<(usize, u32, bool)> = legs
        .iter()
        .map(|l| (l.step.actor, l.step.to.0 + 1, l.unwanted.is_some()))
        .collect();
    assert_eq!(told, [(2, 5, false), (0, 6, true), (1, 8, false)]);
    assert!(
        obstacle.openings.iter().any(|o| {
            (o.step.party, o.step.from, o.step.to) == (ministry, StateId(4), StateId(5))
        })
    );

    let joint = found.of(Way::Joint).unwrap();
    let legs = joint.legs_to(&case.conflict(), StateId(7)).unwrap();
    let told: Vec<(Vec<PartyId>, u32)> = legs.into_iter().map(|l| (l.movers, l.to.0 + 1)).collect();
    assert_eq!(told, [(vec![local], 5), (vec![ministry, company], 8)]);
}

/// `A` moves 1 to 2 and 2 to 3, `B` nothing that helps: after `A`, it is `A` again that would have to
/// move, which is not legal.
#[test]
fn nobody_moves_twice() {
    let moves = vec![vec![vec![1], vec![2], vec![]], vec![vec![], vec![], vec![]]];
    let case = Case::by_graph(&moves, &[vec![0, 1, 2], vec![0, 0, 0]]);
    let target = set(&case, [StateId(2)]);
    check(&case, StateId(0), std::slice::from_ref(&target), &[]);
    let found = run(&case, StateId(0), &[target], &[]);
    let course = found.of(Way::Improvements).unwrap();
    assert_eq!(
        states(&course.reached),
        BTreeSet::from([StateId(0), StateId(1)])
    );
    let obstacle = course.targets[0].obstacle.as_ref().unwrap();
    assert_eq!(obstacle.openings[0].unwanted, Unwanted::OutOfTurn);
    assert_eq!(obstacle.route, None);
}

/// `A` improves from 0 to 1 or to 2, and only 1 leads on to 3: whoever goes to 2 has lost it, by
/// improvements; `B` could go back from 2, which it does not want.
#[test]
fn a_trap() {
    let moves = vec![
        vec![vec![1, 2], vec![], vec![], vec![]],
        vec![vec![], vec![3], vec![0], vec![]],
    ];
    let case = Case::by_graph(&moves, &[vec![0, 1, 2, 3], vec![1, 1, 2, 3]]);
    let target = set(&case, [StateId(3)]);
    check(&case, StateId(0), std::slice::from_ref(&target), &[]);
    let found = run(&case, StateId(0), &[target], &[]);
    let traps = found.of(Way::Improvements).unwrap().targets[0]
        .traps
        .clone()
        .unwrap();
    let step = ActorStep {
        actor: 0,
        from: StateId(0),
        to: StateId(2),
    };
    assert_eq!(traps.crossings, [step]);
    assert_eq!(traps.traps.len(), 1);
    let trap = traps.traps[0];
    assert_eq!((trap.state, trap.irreversible), (StateId(2), false));
    assert_eq!(trap.entry, step);
    let free = found.of(Way::Moves).unwrap().targets[0]
        .traps
        .clone()
        .unwrap();
    assert_eq!(free.traps, []);
}

/// Two parties that chase each other through a square.
#[test]
fn a_circle() {
    let moves = vec![
        vec![vec![1], vec![], vec![3], vec![]],
        vec![vec![], vec![2], vec![], vec![0]],
    ];
    let case = Case::by_graph(&moves, &[vec![0, 1, 0, 1], vec![1, 0, 1, 0]]);
    let target = set(&case, [StateId(3)]);
    check(&case, StateId(0), std::slice::from_ref(&target), &[]);
    let found = run(&case, StateId(0), &[target], &[]);
    let course = found.of(Way::Improvements).unwrap();
    assert_eq!(course.cycle.as_ref().unwrap().steps.len(), 4);
    assert!(course.ends.is_empty());
}

#[test]
fn limits_and_odd_inputs() {
    let case = named("elmira-9state").build();
    let all = coalitions(3).coalitions;
    let request = Request {
        start: StateId(0),
        targets: vec![StateSet::empty(9), set(&case, [StateId(0)])],
        coalitions: all,
        tables: false,
    };
    let mut budget = Budget::default();
    budget.max_work = 5;
    let found = courses(&case.conflict(), &request, &budget)
        .complete()
        .unwrap();
    assert_eq!(found.courses.len(), 2);
    assert!(matches!(
        found.joint_skipped,
        Some(Stop::Limit { limit: 5, .. })
    ));
    assert!(found.of(Way::Joint).is_none());
    let course = found.of(Way::Moves).unwrap();
    assert_eq!(course.targets[0].nearest, None);
    assert_eq!(course.targets[1].nearest, Some(StateId(0)));
    assert!(course.table.is_none());

    let mut budget = Budget::default();
    budget.max_moves = 0;
    let found = courses(&case.conflict(), &request, &budget)
        .complete()
        .unwrap();
    assert!(matches!(
        found.joint_skipped,
        Some(Stop::Limit { limit: 0, .. })
    ));

    let budget = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    let outcome = courses(&case.conflict(), &request, &budget);
    assert!(matches!(outcome, Outcome::Stopped(_, Stop::Cancelled)));

    let nowhere = Request {
        start: StateId(77),
        coalitions: vec![vec![PartyId(0), PartyId(50)], vec![]],
        tables: true,
        ..request
    };
    let found = courses(&case.conflict(), &nowhere, &Budget::default())
        .complete()
        .unwrap();
    for course in &found.courses {
        assert_eq!(course.actors.len(), 3);
        assert!(course.reached.is_empty());
        assert!(course.table.as_ref().unwrap().rows.is_empty());
        assert!(course.targets.iter().all(|t| t.nearest.is_none()));
    }
}

#[test]
fn nobody_there() {
    let case = Case::by_graph::<u8>(&[], &[]);
    assert_eq!(case.graph.states(), 0);
    let found = run(&case, StateId(0), &[StateSet::empty(0)], &[]);
    assert_eq!(found.courses.len(), 3);
    let graph = Graph::new(2, vec![]).unwrap();
    let conflict = Conflict::new(&graph, &[]).unwrap();
    let here = {
        let mut set = StateSet::empty(2);
        set.insert(StateId(1));
        set
    };
    let request = Request {
        start: StateId(1),
        targets: vec![here],
        coalitions: Vec::new(),
        tables: true,
    };
    let found = courses(&conflict, &request, &Budget::default());
    for course in &found.complete().unwrap().courses {
        assert_eq!(course.distance(StateId(1)), Some(0));
        assert_eq!(course.targets[0].nearest, Some(StateId(1)));
        assert_eq!(numbers(&states(&course.ends)), [2]);
    }
}
