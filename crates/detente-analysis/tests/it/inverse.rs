//! The inverse search against exhaustive search: every combination of permitted changes is made
//! literally and analysed. Written from what questions and answers are said to mean, not from how the
//! search goes about it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use detente_analysis::inverse::{
    Answer, Change, Edit, Fact, Permitted, PreferenceChange, Prices, Question, Reachable,
    StatementChanges, Structural, StructuralChange, Want, solve,
};
use detente_analysis::{
    Budget, Concept, Conflict, Game, Outcome, Ranking, Settings, StateId, analyze, space,
};
use detente_model::model::{
    Consequence, Form, Model, Preferences, Prohibition, RankItem, RankTier, Rule, Statement,
};
use detente_model::syntax::ast::{Certainty, Direction};
use detente_model::{Condition, Expr, Literal, OptionId, PartyId};

use crate::random::Random;

const CONCEPTS: [Concept; 6] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::BestResponseSeq,
];

/// How long an answer may take; most take milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// An elementary change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    /// Two ranks of a party, counted from the worst, change their order.
    Swap(u16, u32, u32),
    Drop(u16, usize),
    Reverse(u16, usize),
    /// Two statements change their order.
    Pass(u16, usize, usize),
    Insert(u16, usize),
    /// A structural change, by its place in the question.
    Structure(usize),
}

type Changes = BTreeSet<Atom>;

/// What a party may be made to prefer.
#[derive(Debug, Clone)]
enum Wish {
    /// A value for each state of the game as it is; larger is better.
    Values(Vec<u32>),
    List(Vec<Statement>),
}

#[derive(Debug, Clone)]
struct Choice {
    price: u64,
    changes: Changes,
    wish: Wish,
    /// Where something is inserted.
    place: Option<usize>,
}

/// All orders of the numbers below `n` with at most so many inversions.
fn orders(n: usize, most: u64) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for next in 0..n {
        let mut longer = Vec::new();
        for order in &found {
            for place in 0..=order.len() {
                let mut order: Vec<usize> = order.clone();
                order.insert(place, next);
                if inversions(&order).len() as u64 <= most {
                    longer.push(order);
                }
            }
        }
        found = longer;
    }
    found
}

/// The pairs that are not in ascending order, the smaller first.
fn inversions(order: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for (at, a) in order.iter().enumerate() {
        for b in &order[at + 1..] {
            if a > b {
                pairs.insert((*b, *a));
            }
        }
    }
    pairs
}

fn subsets<T: Copy>(of: &[T]) -> Vec<Vec<T>> {
    (0..1_usize << of.len())
        .map(|bits| {
            let chosen = of.iter().enumerate().filter(|(k, _)| bits >> k & 1 == 1);
            chosen.map(|(_, x)| *x).collect()
        })
        .collect()
}

fn statement(condition: Condition) -> Statement {
    Statement {
        label: None,
        condition,
        certainty: Certainty::Certain,
        strongly: false,
        either_order: false,
        cites: Vec::new(),
    }
}

/// Exhaustive search. When `facts` are given, only they are taken for granted.
struct Exhaustive<'a> {
    game: &'a Game<'a>,
    question: &'a Question,
    facts: Option<&'a [Fact]>,
    /// Nothing dearer is looked at.
    cap: Option<u64>,
}

/// A way to get what is wanted.
#[derive(Debug, Clone)]
struct Solution {
    price: u64,
    changes: Changes,
    /// With what is inserted, where.
    places: Vec<usize>,
    lists: BTreeMap<u16, Vec<Statement>>,
    holds: Vec<Vec<StateId>>,
}

impl Exhaustive<'_> {
    fn in_force(&self, fact: &Fact) -> bool {
        self.facts.is_none_or(|facts| facts.contains(fact))
    }

    /// What may be made of the preferences of a party.
    fn choices(&self, party: PartyId) -> Vec<Choice> {
        let ranking = &self.game.rankings[party.index()];
        let ranked = |price: u64, keep: &dyn Fn(&[usize]) -> bool| -> Vec<Choice> {
            let most = match (self.cap, self.facts) {
                (_, None) if price == 0 => 0,
                (Some(cap), _) if price > 0 => cap / price,
                _ => u64::MAX,
            };
            let all = orders(ranking.levels() as usize, most);
            all.into_iter()
                .filter(|order| keep(order))
                .map(|order| {
                    let place = |rank: u32| order.iter().position(|r| *r == rank as usize).unwrap();
                    let pairs = inversions(&order);
                    Choice {
                        price: price * pairs.len() as u64,
                        changes: pairs
                            .iter()
                            .map(|(a, b)| Atom::Swap(party.0, *a as u32, *b as u32))
                            .collect(),
                        wish: Wish::Values(
                            self.game
                                .space
                                .ids()
                                .map(|s| place(ranking.rank(s)) as u32)
                                .collect(),
                        ),
                        place: None,
                    }
                })
                .collect()
        };
        // Of fixed preferences, what no fact says may be otherwise.
        let fixed = |order: &[usize]| {
            let Some(facts) = self.facts else {
                return order.is_sorted();
            };
            facts.iter().all(|fact| match fact {
                Fact::Prefers {
                    party: p,
                    better,
                    worse,
                } if *p == party => {
                    let place = |s: &StateId| {
                        let rank = ranking.rank(*s) as usize;
                        order.iter().position(|r| *r == rank)
                    };
                    place(better) > place(worse)
                }
                _ => true,
            })
        };
        match &self.question.permitted.preferences[party.index()] {
            PreferenceChange::Fixed => ranked(0, &fixed),
            PreferenceChange::Ranks(prices) => ranked(prices.swap, &|_| true),
            PreferenceChange::Statements(prices, permitted) => {
                match &self.game.model.party(party).preferences {
                    Preferences::Statements(list) => self.edits(party, list, *prices, permitted),
                    _ => ranked(0, &fixed),
                }
            }
        }
    }

    fn edits(
        &self,
        party: PartyId,
        list: &[Statement],
        prices: Prices,
        permitted: &StatementChanges,
    ) -> Vec<Choice> {
        let all: Vec<usize> = (0..list.len()).collect();
        let droppable: Vec<usize> = all
            .iter()
            .copied()
            .filter(|k| {
                permitted.drop
                    || !permitted.reverse
                        && !self.in_force(&Fact::Statement {
                            party,
                            statement: *k,
                        })
            })
            .collect();
        let may_pass = permitted.pass || !self.in_force(&Fact::Order { party });
        let mut found = Vec::new();
        for dropped in subsets(&droppable) {
            let kept: Vec<usize> = all
                .iter()
                .copied()
                .filter(|k| !dropped.contains(k))
                .collect();
            let reversible = if permitted.reverse {
                kept.as_slice()
            } else {
                &[]
            };
            for order in orders(kept.len(), if may_pass { u64::MAX } else { 0 }) {
                let order: Vec<usize> = order.into_iter().map(|k| kept[k]).collect();
                for reversed in subsets(reversible) {
                    let statements: Vec<Statement> = order
                        .iter()
                        .map(|k| {
                            let mut statement = list[*k].clone();
                            if reversed.contains(k) {
                                statement.condition.expr = statement.condition.expr.negated();
                            }
                            statement
                        })
                        .collect();
                    let pairs = inversions(&order);
                    let mut changes: Changes =
                        dropped.iter().map(|k| Atom::Drop(party.0, *k)).collect();
                    changes.extend(reversed.iter().map(|k| Atom::Reverse(party.0, *k)));
                    changes.extend(pairs.iter().map(|(a, b)| Atom::Pass(party.0, *a, *b)));
                    let price = prices.drop * dropped.len() as u64
                        + prices.reverse * reversed.len() as u64
                        + prices.pass * pairs.len() as u64;
                    for (c, condition) in permitted.insert.iter().enumerate() {
                        for place in 0..=statements.len() {
                            let mut longer = statements.clone();
                            longer.insert(place, statement(condition.clone()));
                            let mut changes = changes.clone();
                            changes.insert(Atom::Insert(party.0, c));
                            found.push(Choice {
                                price: price + prices.insert,
                                changes,
                                wish: Wish::List(longer),
                                place: Some(place),
                            });
                        }
                    }
                    found.push(Choice {
                        price,
                        changes,
                        wish: Wish::List(statements),
                        place: None,
                    });
                }
            }
        }
        if let Some(cap) = self.cap {
            found.retain(|c| c.price <= cap);
        }
        found
    }

    /// All combinations of structural changes, each with the model that they make.
    fn structures(&self) -> Vec<(Vec<usize>, u64, Model)> {
        let mut candidates = self.question.permitted.structure.clone();
        for option in self.game.model.option_ids() {
            let change = StructuralChange::Direction {
                option,
                direction: Direction::Both,
            };
            let one_way = !self.game.model.option(option).direction.is_both();
            let listed = candidates.iter().any(|s| s.change == change);
            if one_way && !listed && !self.in_force(&Fact::OneWay { option }) {
                candidates.push(Structural { change, price: 0 });
            }
        }
        let places: Vec<usize> = (0..candidates.len()).collect();
        let mut found = Vec::new();
        for chosen in subsets(&places) {
            let mut model = self.game.model.clone();
            let mut turned = BTreeSet::new();
            let mut fits = true;
            for k in &chosen {
                match &candidates[*k].change {
                    StructuralChange::Direction { option, direction } => {
                        fits &= turned.insert(*option);
                        model.options[option.index()].direction = *direction;
                    }
                    StructuralChange::Remove { option } => {
                        let taken = Expr::Literal(Literal {
                            option: *option,
                            from: 1,
                            to: u16::MAX,
                        });
                        model.rules.push(Rule {
                            condition: Condition::synthetic(taken, "taken"),
                            because: None,
                        });
                    }
                    StructuralChange::Link(consequence) => {
                        model.consequences.push(consequence.clone());
                    }
                    StructuralChange::Bar(rule) => model.rules.push(rule.clone()),
                    StructuralChange::Sequence(prohibition) => {
                        model.prohibitions.push(prohibition.clone());
                    }
                }
            }
            let price: u64 = chosen.iter().map(|k| candidates[*k].price).sum();
            if fits && self.cap.is_none_or(|cap| price <= cap) {
                found.push((chosen, price, model));
            }
        }
        found
    }

    /// What of each want holds; `None` when some want is not met.
    fn met(&self, game: &Game<'_>, rankings: &[Ranking]) -> Option<Vec<Vec<StateId>>> {
        let conflict = Conflict::new(&game.graph, rankings).unwrap();
        let concepts: Vec<Concept> = self.question.judgements.iter().flatten().copied().collect();
        let analysis = analyze(
            &conflict,
            &concepts,
            &Settings::default(),
            &Budget::default(),
        );
        let value = analysis.value();
        let equilibrium = |judgement: &[Concept], s: StateId| {
            let mut parties = game.graph.party_ids().zip(judgement);
            parties.all(|(p, c)| value.table(*c).unwrap().is_stable(p, s))
        };
        let reached = self
            .question
            .reachable
            .map(|how| reached(&conflict, game.status_quo.unwrap(), how));
        let mut holds = Vec::new();
        for (w, want) in self.question.wants.iter().enumerate() {
            let (Want::Some(states) | Want::None(states)) = want;
            let unwanted = matches!(want, Want::None(_));
            let held: Vec<StateId> = states
                .iter()
                .copied()
                .filter(|state| {
                    let now = game.space.find(self.game.space.value(*state));
                    now.is_some_and(|s| {
                        if unwanted {
                            return self.question.judgements.iter().any(|j| equilibrium(j, s));
                        }
                        self.question.judgements.iter().all(|j| equilibrium(j, s))
                            && reached.as_ref().is_none_or(|r| r.contains(&s))
                    })
                })
                .collect();
            if self.in_force(&Fact::Wanted(w)) && held.is_empty() != unwanted {
                return None;
            }
            holds.push(held);
        }
        Some(holds)
    }

    /// All solutions; `None` when there are too many combinations to try.
    fn solutions(&self, most: usize) -> Option<Vec<Solution>> {
        let parties: Vec<PartyId> = self.game.graph.party_ids().collect();
        let choices: Vec<Vec<Choice>> = parties.iter().map(|p| self.choices(*p)).collect();
        let structures = self.structures();
        let mut solutions = Vec::new();
        let mut tried = 0;
        for (chosen, price, model) in &structures {
            let Ok(game) = Game::new(model, &Budget::default()) else {
                continue;
            };
            // Many changes come to the same ranking.
            let mut rankings: Vec<Vec<Ranking>> = Vec::new();
            let mut which: Vec<Vec<usize>> = Vec::new();
            for (p, list) in parties.iter().zip(&choices) {
                let mut known: Vec<Ranking> = Vec::new();
                let mut of = Vec::new();
                for choice in list {
                    let ranking = self.ranking(&game, *p, &choice.wish);
                    let at = known.iter().position(|k| *k == ranking);
                    of.push(at.unwrap_or_else(|| {
                        known.push(ranking);
                        known.len() - 1
                    }));
                }
                rankings.push(known);
                which.push(of);
            }
            let combinations: usize = choices.iter().map(Vec::len).product();
            let different: usize = rankings.iter().map(Vec::len).product();
            tried += different + combinations / 8;
            if tried > most {
                return None;
            }
            let mut verdicts: BTreeMap<Vec<usize>, Option<Vec<Vec<StateId>>>> = BTreeMap::new();
            for mut number in 0..combinations {
                let mut picked = Vec::new();
                for list in &choices {
                    picked.push(number % list.len());
                    number /= list.len();
                }
                let picks: Vec<&Choice> =
                    choices.iter().zip(&picked).map(|(l, k)| &l[*k]).collect();
                let price = price + picks.iter().map(|c| c.price).sum::<u64>();
                if self.cap.is_some_and(|cap| price > cap) {
                    continue;
                }
                let key: Vec<usize> = which.iter().zip(&picked).map(|(w, k)| w[*k]).collect();
                let verdict = verdicts.entry(key.clone()).or_insert_with(|| {
                    let all: Vec<Ranking> = rankings
                        .iter()
                        .zip(&key)
                        .map(|(r, k)| r[*k].clone())
                        .collect();
                    self.met(&game, &all)
                });
                if let Some(holds) = verdict {
                    let mut changes: Changes = chosen.iter().map(|k| Atom::Structure(*k)).collect();
                    changes.extend(picks.iter().flat_map(|c| &c.changes));
                    let lists = parties
                        .iter()
                        .zip(&picks)
                        .filter_map(|(p, c)| match &c.wish {
                            Wish::List(list) => Some((p.0, list.clone())),
                            Wish::Values(_) => None,
                        });
                    solutions.push(Solution {
                        price,
                        changes,
                        places: picks.iter().filter_map(|c| c.place).collect(),
                        lists: lists.collect(),
                        holds: holds.clone(),
                    });
                }
            }
        }
        Some(solutions)
    }

    /// The ranking that a party has in a game after structural changes.
    fn ranking(&self, game: &Game<'_>, party: PartyId, wish: &Wish) -> Ranking {
        match wish {
            Wish::Values(values) => {
                let before = |s: StateId| self.game.space.find(game.space.value(s)).unwrap();
                let values: Vec<u32> = game
                    .space
                    .ids()
                    .map(|s| values[before(s).index()])
                    .collect();
                Ranking::from_values(&values)
            }
            Wish::List(list) => {
                let mut changed = game.model.party(party).clone();
                changed.preferences = Preferences::Statements(list.clone());
                space::ranking(&changed, &game.space).unwrap()
            }
        }
    }
}

/// What all parties together reach from a state, the state included.
fn reached(conflict: &Conflict<'_>, start: StateId, how: Reachable) -> BTreeSet<StateId> {
    let graph = conflict.graph();
    let mut seen: BTreeSet<(StateId, Option<PartyId>)> = BTreeSet::from([(start, None)]);
    let mut open = vec![(start, None)];
    while let Some((state, last)) = open.pop() {
        for p in graph.party_ids().filter(|p| Some(*p) != last) {
            for to in graph.moves(p).from(state) {
                let steps = how == Reachable::Moves || conflict.improves(p, state, *to);
                if steps && seen.insert((*to, Some(p))) {
                    open.push((*to, Some(p)));
                }
            }
        }
    }
    seen.into_iter().map(|(s, _)| s).collect()
}

/// The elementary changes of a plan, with what can be checked of each change by itself.
fn changes_of(
    game: &Game<'_>,
    question: &Question,
    plan: &detente_analysis::inverse::Plan,
) -> Changes {
    let mut changes = Changes::new();
    for change in &plan.changes {
        match change {
            Change::Ranks {
                party,
                order,
                reversed,
                ..
            } => {
                let ranking = &game.rankings[party.index()];
                let tier = |states: &Vec<StateId>| {
                    let rank = ranking.rank(states[0]);
                    assert!(states.is_sorted());
                    let all = game.space.ids().filter(|s| ranking.rank(*s) == rank);
                    assert_eq!(*states, all.collect::<Vec<_>>());
                    rank
                };
                let ranks: Vec<usize> = order.iter().rev().map(|t| tier(t) as usize).collect();
                let said: BTreeSet<(usize, usize)> = reversed
                    .iter()
                    .map(|(now, was)| (tier(now) as usize, tier(was) as usize))
                    .collect();
                assert_eq!(said, inversions(&ranks));
                changes.extend(
                    said.into_iter()
                        .map(|(a, b)| Atom::Swap(party.0, a as u32, b as u32)),
                );
            }
            Change::Statements { party, edits, .. } => {
                let PreferenceChange::Statements(_, permitted) =
                    &question.permitted.preferences[party.index()]
                else {
                    panic!("nobody permitted {edits:?}")
                };
                for edit in edits {
                    match edit {
                        Edit::Drop { statement } => {
                            assert!(changes.insert(Atom::Drop(party.0, *statement)));
                        }
                        Edit::Reverse { statement } => {
                            assert!(changes.insert(Atom::Reverse(party.0, *statement)));
                        }
                        Edit::Move { statement, past } => {
                            for other in past {
                                let (a, b) = (*statement.min(other), *statement.max(other));
                                assert!(changes.insert(Atom::Pass(party.0, a, b)));
                            }
                        }
                        Edit::Insert { condition, .. } => {
                            let place = permitted.insert.iter().position(|c| c == condition);
                            assert!(changes.insert(Atom::Insert(party.0, place.unwrap())));
                        }
                    }
                }
            }
            Change::Structural(structural) => {
                let place = question
                    .permitted
                    .structure
                    .iter()
                    .position(|s| s == structural);
                assert!(changes.insert(Atom::Structure(place.unwrap())));
            }
        }
    }
    changes
}

/// How often each kind of answer was compared.
#[derive(Debug, Default)]
struct Tally {
    skipped: usize,
    already: usize,
    plans: usize,
    forbidden: usize,
    beyond: usize,
}

/// The complete answer, which has to come before long: all questions here are small.
fn answered(game: &Game<'_>, question: &Question) -> Answer {
    let flag = Arc::new(AtomicBool::new(false));
    let budget = Budget::default().cancelled_by(Arc::clone(&flag));
    let (done, waiting) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waiting.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            flag.store(true, Ordering::Relaxed);
        }
    });
    let outcome = solve(game, question, &budget);
    drop(done);
    watch.join().unwrap();
    match outcome.unwrap() {
        Outcome::Complete(answer) => answer,
        stopped @ Outcome::Stopped(..) => panic!("no answer in {PATIENCE:?}: {stopped:?}"),
    }
}

/// Compares an answer with exhaustive search.
fn examine(game: &Game<'_>, question: &Question, cap: Option<u64>, most: usize, tally: &mut Tally) {
    let exhaustive = Exhaustive {
        game,
        question,
        facts: None,
        cap,
    };
    let Some(solutions) = exhaustive.solutions(most) else {
        tally.skipped += 1;
        return;
    };
    let answer = answered(game, question);
    let Some(least) = solutions.iter().map(|s| s.price).min() else {
        if let Some(cap) = cap {
            assert!(
                answer.forbidden.is_some() || answer.least > cap,
                "{answer:?}"
            );
            tally.beyond += 1;
            return;
        }
        assert!(
            answer.plans.is_empty(),
            "a plan where there is none: {answer:?}"
        );
        check_facts(game, question, &answer, most);
        tally.forbidden += 1;
        return;
    };
    assert_eq!(answer.forbidden, None);
    assert_eq!(answer.least, least, "the least price; {answer:?}");
    assert!(answer.all);
    let limit = question.up_to.unwrap_or(0).max(least);
    let within: Vec<&Solution> = solutions.iter().filter(|s| s.price <= limit).collect();
    let mut expected: BTreeMap<Changes, Vec<&Solution>> = BTreeMap::new();
    for solution in &within {
        let smaller = |other: &&Solution| {
            other.changes.len() < solution.changes.len()
                && other.changes.is_subset(&solution.changes)
        };
        if !within.iter().any(|o| smaller(o)) {
            expected
                .entry(solution.changes.clone())
                .or_default()
                .push(solution);
        }
    }
    let found: Vec<Changes> = answer
        .plans
        .iter()
        .map(|p| changes_of(game, question, p))
        .collect();
    let set: BTreeSet<Changes> = found.iter().cloned().collect();
    assert_eq!(set.len(), found.len(), "a plan twice: {answer:?}");
    assert_eq!(set, expected.keys().cloned().collect(), "the plans");
    assert!(answer.plans.is_sorted_by_key(|p| p.price));
    for (plan, changes) in answer.plans.iter().zip(&found) {
        let same = &expected[changes];
        assert_eq!(plan.price, same[0].price);
        assert_eq!(
            plan.price,
            plan.changes.iter().map(Change::price).sum::<u64>()
        );
        // The same lists, in one of the places that do.
        let mut lists = BTreeMap::new();
        for change in &plan.changes {
            if let Change::Statements { party, list, .. } = change {
                lists.insert(party.0, list);
            }
        }
        let says = |list: &[Statement]| -> Vec<Expr> {
            list.iter().map(|s| s.condition.expr.clone()).collect()
        };
        let alike: Vec<&&Solution> = same
            .iter()
            .filter(|s| {
                lists
                    .iter()
                    .all(|(p, list)| says(&s.lists[p]) == says(list))
            })
            .collect();
        assert_eq!(alike.len(), 1, "the lists of {plan:?}");
        assert_eq!(plan.holds, alike[0].holds);
        // A single insertion goes to the least important place that does, and it is said which is
        // the most important one.
        let inserted = plan.changes.iter().flat_map(|c| match c {
            Change::Statements { edits, .. } => edits.clone(),
            _ => Vec::new(),
        });
        let inserted: Vec<(usize, usize)> = inserted
            .filter_map(|e| match e {
                Edit::Insert { place, highest, .. } => Some((place, highest)),
                _ => None,
            })
            .collect();
        if let [(place, highest)] = inserted.as_slice() {
            let places: Vec<usize> = same.iter().map(|s| s.places[0]).collect();
            assert_eq!(Some(place), places.iter().max(), "{plan:?} {places:?}");
            assert_eq!(Some(highest), places.iter().min(), "{plan:?} {places:?}");
        }
        let model = plan.apply(game);
        let changed = Game::new(&model, &Budget::default()).unwrap();
        assert_eq!(
            exhaustive.met(&changed, &changed.rankings),
            Some(plan.holds.clone())
        );
    }
    if least == 0 {
        tally.already += 1;
    } else {
        tally.plans += 1;
    }
}

/// With the facts and nothing else taken for granted there is no solution; without any one there is.
fn check_facts(game: &Game<'_>, question: &Question, answer: &Answer, most: usize) {
    let facts = answer.forbidden.clone().expect("facts");
    let possible = |facts: &[Fact]| {
        let exhaustive = Exhaustive {
            game,
            question,
            facts: Some(facts),
            cap: None,
        };
        exhaustive.solutions(most * 4).map(|s| !s.is_empty())
    };
    for fact in &facts {
        if let Fact::Prefers {
            party,
            better,
            worse,
        } = fact
        {
            assert!(
                game.rankings[party.index()].prefers(*better, *worse),
                "{fact:?}"
            );
        }
    }
    assert_ne!(
        possible(&facts),
        Some(true),
        "facts that do not forbid it: {facts:?}"
    );
    for place in 0..facts.len() {
        let mut fewer = facts.clone();
        fewer.remove(place);
        assert_ne!(
            possible(&fewer),
            Some(false),
            "not needed: {:?} of {facts:?}",
            facts[place]
        );
    }
}

/// A negotiation with so many states by graph and so many parties.
fn graph_form(random: &mut Random, parties: usize, states: usize, levels: u64) -> Model {
    let mut text = "negotiation \"drawn\"\n".to_owned();
    for p in 0..parties {
        let density = 2 + random.below(5);
        let mut arcs = String::new();
        for a in 0..states {
            for b in 0..states {
                if a != b && random.below(10) < density {
                    arcs += &format!("    s{a} -> s{b}\n");
                }
            }
        }
        let order: Vec<String> = (0..states).map(|s| format!("s{s}")).collect();
        text += &format!(
            "party P{p} {{\n  ranks {{ {} }}\n  moves {{\n{arcs}  }}\n}}\n",
            order.join(" > ")
        );
    }
    for s in 0..states {
        text += &format!("state s{s}\n");
    }
    text += "status quo state s0\n";
    let parsed = detente_model::syntax::parse(&text);
    let resolved = detente_model::resolve(&parsed.document);
    let mut model = resolved
        .model
        .unwrap_or_else(|| panic!("{text}{:?}", resolved.diagnostics));
    for p in 0..parties {
        let tiers = tiers(random, states, levels, |s| Expr::Node(s as u32));
        model.parties[p].preferences = Preferences::Ranks(tiers);
    }
    model
}

/// States ranked at random on at most so many levels.
fn tiers(
    random: &mut Random,
    states: usize,
    levels: u64,
    exactly: impl Fn(usize) -> Expr,
) -> Vec<RankTier> {
    let levels = levels.min(states as u64);
    let mut tiers: Vec<Vec<usize>> = vec![Vec::new(); levels as usize];
    let mut all: Vec<usize> = (0..states).collect();
    for k in (1..states).rev() {
        all.swap(k, random.below(k as u64 + 1) as usize);
    }
    for (place, s) in all.into_iter().enumerate() {
        let tier = if place < tiers.len() {
            place
        } else {
            random.below(levels) as usize
        };
        tiers[tier].push(s);
    }
    tiers
        .into_iter()
        .map(|tier| RankTier {
            items: tier
                .into_iter()
                .map(|s| RankItem::Matching(Condition::synthetic(exactly(s), format!("s{s}"))))
                .collect(),
            strongly: false,
        })
        .collect()
}

fn literal(option: usize, level: u16) -> Expr {
    Expr::Literal(Literal {
        option: OptionId(option as u32),
        from: level,
        to: level,
    })
}

/// A condition over so many binary options.
fn condition(random: &mut Random, options: usize) -> Condition {
    let mut one = || {
        literal(
            random.below(options as u64) as usize,
            random.below(2) as u16,
        )
    };
    let (a, b) = (one(), one());
    let expr = match random.below(4) {
        0 => Expr::And(vec![a, b]),
        1 => Expr::Or(vec![a, b]),
        _ => a,
    };
    Condition::synthetic(expr, format!("c{}", random.below(1000)))
}

/// A negotiation with so many parties and binary options.
fn option_form(random: &mut Random, parties: usize, options: usize, levels: u64) -> Model {
    let mut text = "negotiation \"drawn\"\n".to_owned();
    for p in 0..parties {
        text += &format!("party P{p} {{\n");
        for o in (0..options).filter(|o| o % parties == p) {
            let way = ["", "", "", " irreversible", " only off"][random.below(5) as usize];
            text += &format!("  option x{o} \"x\"{way}\n");
        }
        text += "}\n";
    }
    text += "status quo { }\n";
    let parsed = detente_model::syntax::parse(&text);
    let resolved = detente_model::resolve(&parsed.document);
    let mut model = resolved
        .model
        .unwrap_or_else(|| panic!("{text}{:?}", resolved.diagnostics));
    if random.below(3) == 0 {
        let rule = |random: &mut Random| {
            let at = random.below(options as u64) as usize;
            Expr::And(vec![
                literal(at, 1),
                literal((at + 1) % options, random.below(2) as u16),
            ])
        };
        let expr = rule(random);
        model.rules.push(Rule {
            condition: Condition::synthetic(expr, "rule"),
            because: None,
        });
    }
    for p in 0..parties {
        let tiers = tiers(random, 1 << options, levels, |s| {
            Expr::And(
                (0..options)
                    .map(|o| literal(o, (s >> o & 1) as u16))
                    .collect(),
            )
        });
        model.parties[p].preferences = Preferences::Ranks(tiers);
    }
    model
}

fn statements(random: &mut Random, model: &mut Model, party: usize, count: usize) {
    let list = (0..count).map(|_| {
        let condition = if model.form == Form::Options {
            condition(random, model.options.len())
        } else {
            some_nodes(random, model.states.len())
        };
        statement(condition)
    });
    let list = list.collect();
    model.parties[party].preferences = Preferences::Statements(list);
}

fn some_nodes(random: &mut Random, states: usize) -> Condition {
    let nodes = (0..states as u32).filter(|_| random.below(2) == 0);
    Condition::synthetic(
        Expr::Or(nodes.map(Expr::Node).collect()),
        format!("n{}", random.below(1000)),
    )
}

fn prices(random: &mut Random) -> Prices {
    if random.below(2) == 0 {
        return Prices::default();
    }
    let mut price = || 1 + random.below(4);
    Prices {
        swap: price(),
        pass: price(),
        drop: price(),
        reverse: price(),
        insert: price(),
    }
}

fn question(random: &mut Random, game: &Game<'_>, preferences: Vec<PreferenceChange>) -> Question {
    let states = game.space.len() as u64;
    let parties = game.graph.parties();
    let some = |random: &mut Random, many: u64| -> Vec<StateId> {
        let mut list: Vec<StateId> = (0..many)
            .map(|_| StateId(random.below(states) as u32))
            .collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let mut wants = Vec::new();
    let many = 1 + random.below(2);
    wants.push(if random.below(6) == 0 {
        Want::None(some(random, many))
    } else {
        Want::Some(some(random, many))
    });
    if random.below(3) == 0 {
        let many = 1 + random.below(3);
        wants.push(if random.below(3) > 0 {
            Want::None(some(random, many))
        } else {
            Want::Some(some(random, 1))
        });
    }
    let judgement = |random: &mut Random| {
        if random.below(3) > 0 {
            return vec![CONCEPTS[random.below(6) as usize]; parties];
        }
        (0..parties)
            .map(|_| CONCEPTS[random.below(6) as usize])
            .collect()
    };
    let mut judgements = vec![judgement(random)];
    if random.below(5) == 0 {
        judgements.push(judgement(random));
    }
    Question {
        wants,
        judgements,
        reachable: match random.below(8) {
            0 => Some(Reachable::Moves),
            1 => Some(Reachable::Improvements),
            _ => None,
        },
        permitted: Permitted {
            preferences,
            structure: Vec::new(),
        },
        most_plans: 100_000,
        up_to: (random.below(4) == 0).then(|| 1 + random.below(6)),
    }
}

fn structure(random: &mut Random, options: usize, count: usize) -> Vec<Structural> {
    let mut list: Vec<Structural> = Vec::new();
    while list.len() < count {
        let at = random.below(options as u64) as usize;
        let option = OptionId(at as u32);
        let directions = [Direction::Both, Direction::OnlyOn, Direction::OnlyOff];
        let change = match random.below(6) {
            0 | 1 => StructuralChange::Direction {
                option,
                direction: directions[random.below(3) as usize],
            },
            2 => StructuralChange::Remove { option },
            3 => StructuralChange::Link(Consequence {
                condition: condition(random, options),
                then: vec![(option, random.below(2) as u16)],
                then_text: "then".to_owned(),
                because: None,
            }),
            4 => StructuralChange::Bar(Rule {
                condition: condition(random, options),
                because: None,
            }),
            _ => StructuralChange::Sequence(Prohibition {
                party: None,
                from: condition(random, options),
                to: condition(random, options),
                because: None,
            }),
        };
        if !list.iter().any(|s| s.change == change) {
            list.push(Structural {
                change,
                price: 1 + random.below(3),
            });
        }
    }
    list
}

/// The number of drawn models per test; `INVERSE_MODELS` of a build multiplies it.
fn models(count: u64) -> u64 {
    option_env!("INVERSE_MODELS").map_or(count, |factor| count * factor.parse::<u64>().unwrap())
}

fn drawn(
    first: u64,
    count: u64,
    cap: Option<u64>,
    most: usize,
    draw: impl Fn(&mut Random) -> (Model, Vec<PreferenceChange>, usize),
) -> Tally {
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    for seed in first..first + models(count) {
        let mut random = Random::new(seed);
        let (model, preferences, structural) = draw(&mut random);
        let Ok(game) = Game::new(&model, &Budget::default()) else {
            tally.skipped += 1;
            continue;
        };
        let mut question = question(&mut random, &game, preferences);
        // Beyond the cap the exhaustive search does not look.
        question.up_to = question.up_to.map(|to| cap.map_or(to, |cap| to.min(cap)));
        question.permitted.structure =
            structure(&mut random, model.options.len().max(1), structural);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            examine(&game, &question, cap, most, &mut tally);
        }));
        if result.is_err() {
            wrong.push(seed);
        }
    }
    assert!(wrong.is_empty(), "seeds that disagree: {wrong:?}");
    tally
}

fn permitted(random: &mut Random, parties: usize, fixed: u64) -> Vec<PreferenceChange> {
    (0..parties)
        .map(|_| {
            if random.below(10) < fixed {
                PreferenceChange::Fixed
            } else {
                PreferenceChange::Ranks(prices(random))
            }
        })
        .collect()
}

#[test]
fn ranks_of_graphs() {
    let tally = drawn(1_000, 150, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let (states, levels) = if parties == 2 { (5, 5) } else { (4, 3) };
        let states = 3 + random.below(states - 2) as usize;
        let model = graph_form(random, parties, states, levels);
        let preferences = permitted(random, parties, 4);
        (model, preferences, 0)
    });
    assert!(tally.plans > 30 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn ranks_of_options() {
    let tally = drawn(2_000, 120, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let options = 2 + random.below(2) as usize;
        let levels = if parties == 2 { 5 } else { 3 };
        let model = option_form(random, parties, options.max(parties), levels);
        let preferences = permitted(random, parties, 4);
        (model, preferences, 0)
    });
    assert!(tally.plans > 20 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn nearby_ranks_among_many_states() {
    let tally = drawn(3_000, 60, Some(3), 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let model = if random.below(2) == 0 {
            let states = 6 + random.below(7) as usize;
            graph_form(random, parties, states, 12)
        } else {
            option_form(random, parties, 3, 8)
        };
        let preferences = permitted(random, parties, 3);
        (model, preferences, 0)
    });
    assert!(tally.plans > 10, "{tally:?}");
}

#[test]
fn statements_of_one_or_two_parties() {
    let tally = drawn(4_000, 120, None, 30_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let by_graph = random.below(3) == 0;
        let mut model = if by_graph {
            let states = 3 + random.below(7) as usize;
            graph_form(random, parties, states, 3)
        } else {
            option_form(random, parties, 3, 3)
        };
        let mut preferences = permitted(random, parties, 8);
        let editors = 1 + random.below(2) as usize;
        for (p, preference) in preferences.iter_mut().enumerate().take(editors) {
            let count = if editors == 1 {
                1 + random.below(4)
            } else {
                1 + random.below(2)
            };
            statements(random, &mut model, p, count as usize);
            let inserts = random.below(3).min(if editors == 1 { 2 } else { 1 });
            let insert = (0..inserts)
                .map(|_| {
                    if by_graph {
                        some_nodes(random, model.states.len())
                    } else {
                        condition(random, model.options.len())
                    }
                })
                .collect();
            let changes = StatementChanges {
                drop: random.below(2) == 0,
                reverse: random.below(2) == 0,
                pass: random.below(3) > 0,
                insert,
            };
            *preference = PreferenceChange::Statements(prices(random), changes);
        }
        (model, preferences, 0)
    });
    assert!(tally.plans > 20 && tally.forbidden > 5, "{tally:?}");
}

#[test]
fn structural_changes() {
    let tally = drawn(5_000, 100, None, 20_000, |random| {
        let parties = 2 + random.below(2) as usize;
        let model = option_form(random, parties, 3, 3);
        let preferences = permitted(random, parties, 8);
        let count = 1 + random.below(4) as usize;
        (model, preferences, count)
    });
    assert!(tally.plans > 10 && tally.forbidden > 5, "{tally:?}");
}
