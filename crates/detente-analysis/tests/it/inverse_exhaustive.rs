//! Exhaustive search for changes that do what is wanted: every combination is made literally and
//! analysed.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::inverse::{
    Fact, PreferenceChange, Prices, Question, Reachable, StatementChanges, Structural,
    StructuralChange, Want,
};
use detente_analysis::{
    Budget, Concept, Conflict, Game, Ranking, Settings, StateId, analyze, space,
};
use detente_model::model::{Model, Preferences, Rule, Statement};
use detente_model::syntax::ast::Direction;
use detente_model::{Condition, Expr, Literal, PartyId};

use crate::inverse_draw::statement;

/// An elementary change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
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

pub(crate) type Changes = BTreeSet<Atom>;

/// What a party may be made to prefer.
#[derive(Debug, Clone)]
pub(crate) enum Wish {
    /// A value for each state of the game as it is; larger is better.
    Values(Vec<u32>),
    List(Vec<Statement>),
}

#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) price: u64,
    pub(crate) changes: Changes,
    wish: Wish,
    /// Where something is inserted.
    place: Option<usize>,
}

/// All orders of the numbers below `n` with at most so many inversions.
pub(crate) fn orders(n: usize, most: u64) -> Vec<Vec<usize>> {
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
pub(crate) fn inversions(order: &[usize]) -> BTreeSet<(usize, usize)> {
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

pub(crate) fn subsets<T: Copy>(of: &[T]) -> Vec<Vec<T>> {
    (0..1_usize << of.len())
        .map(|bits| {
            let chosen = of.iter().enumerate().filter(|(k, _)| bits >> k & 1 == 1);
            chosen.map(|(_, x)| *x).collect()
        })
        .collect()
}

/// Exhaustive search. When `facts` are given, only they are taken for granted.
pub(crate) struct Exhaustive<'a> {
    pub(crate) game: &'a Game<'a>,
    pub(crate) question: &'a Question,
    pub(crate) facts: Option<&'a [Fact]>,
    /// Nothing dearer is looked at.
    pub(crate) cap: Option<u64>,
}

/// A way to get what is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) price: u64,
    pub(crate) changes: Changes,
    /// With what is inserted, where.
    pub(crate) places: Vec<usize>,
    pub(crate) lists: BTreeMap<u16, Vec<Statement>>,
    pub(crate) holds: Vec<Vec<StateId>>,
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
                            cites: Vec::new(),
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
    pub(crate) fn met(&self, game: &Game<'_>, rankings: &[Ranking]) -> Option<Vec<Vec<StateId>>> {
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
    pub(crate) fn solutions(&self, most: usize) -> Option<Vec<Solution>> {
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
pub(crate) fn reached(
    conflict: &Conflict<'_>,
    start: StateId,
    how: Reachable,
) -> BTreeSet<StateId> {
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
