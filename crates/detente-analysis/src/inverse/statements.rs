//! Lists of statements that may be edited.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::model::{Party, Preferences, Statement, Strength};
use detente_model::syntax::ast::Certainty;
use detente_model::{Condition, Expr};
use rustsat::types::Lit;

use super::Unsuited;
use super::change::{Edit, Prices, StatementChanges};
use super::linear::{Linear, Price};
use super::optimizer::{Optimizer, Term};
use crate::space::Space;
use crate::{Ranking, StateId};

/// The statements of one party, most important first, as variables.
///
/// Which of two states is better is decided by the *leader*: the most important statement that is
/// kept and on which they differ.
pub(super) struct Statements {
    list: Vec<Statement>,
    /// What each statement, and then each candidate for insertion, says of each kind of state.
    kinds: Vec<Vec<bool>>,
    kind_of: Vec<u32>,
    dropped: Vec<Lit>,
    reversed: Vec<Option<Lit>>,
    order: Linear,
    /// The candidates for insertion, each chosen or not.
    candidates: Vec<Condition>,
    chosen: Vec<Lit>,
    /// For each statement, whether the inserted one is more important.
    inserted_before: Vec<Lit>,
    compared: BTreeMap<(u32, u32), (Lit, Lit)>,
    prices: Prices,
}

/// A list of statements as the assignment found last has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edited {
    /// Statements of the model by their places, whether reversed; or a candidate for insertion.
    pub(super) items: Vec<Item>,
}

/// An item of an edited list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Kept { statement: usize, reversed: bool },
    Inserted(usize),
}

impl Statements {
    /// The statements of a party; `None` when it has none.
    pub(super) fn new(
        party: &Party,
        space: &Space,
        prices: Prices,
        changes: &StatementChanges,
        optimizer: &mut Optimizer,
    ) -> Result<Option<Self>, Unsuited> {
        let Preferences::Statements(list) = &party.preferences else {
            return Ok(None);
        };
        let conditions = list.iter().map(|s| &s.condition).chain(&changes.insert);
        let tests: Vec<_> = conditions.map(|c| space.test(c)).collect();
        let mut known: indexmap::IndexSet<Vec<bool>> = indexmap::IndexSet::new();
        let kind_of = space
            .ids()
            .map(|s| {
                let value = space.value(s);
                let says = tests.iter().map(|t| t.holds(value)).collect();
                known.insert_full(says).0 as u32
            })
            .collect();
        let mut dropped = Vec::new();
        let mut reversed = Vec::new();
        for _ in list {
            let drop = optimizer.fresh();
            if changes.drop {
                optimizer.prefer(!drop, prices.drop);
            } else if changes.reverse {
                optimizer.clause(&[Term::Lit(!drop)])?;
            } else {
                optimizer.fact(!drop);
            }
            dropped.push(drop);
            reversed.push(if changes.reverse {
                let reverse = optimizer.fresh();
                optimizer.prefer(!reverse, prices.reverse);
                optimizer.clause(&[Term::Lit(!reverse), Term::Lit(!drop)])?;
                Some(reverse)
            } else {
                None
            });
        }
        let order = Linear::new(if changes.pass {
            Price::Of(prices.pass)
        } else {
            let fact = optimizer.fresh();
            optimizer.fact(fact);
            Price::While(fact)
        });
        let mut chosen: Vec<Lit> = Vec::new();
        for _ in &changes.insert {
            let choose = optimizer.fresh();
            optimizer.prefer(!choose, prices.insert);
            for other in &chosen {
                optimizer.clause(&[Term::Lit(!choose), Term::Lit(!*other)])?;
            }
            chosen.push(choose);
        }
        let inserted_before = if chosen.is_empty() {
            Vec::new()
        } else {
            list.iter().map(|_| optimizer.fresh()).collect()
        };
        Ok(Some(Self {
            list: list.clone(),
            kinds: known.into_iter().collect(),
            kind_of,
            dropped,
            reversed,
            order,
            candidates: changes.insert.clone(),
            chosen,
            inserted_before,
            compared: BTreeMap::new(),
            prices,
        }))
    }

    /// The literal of the order of the statements, when it is a fact.
    pub(super) fn order_fact(&self) -> Option<Lit> {
        self.order.fact()
    }

    /// The statement whose being kept is this fact.
    pub(super) fn kept_fact(&self, lit: Lit) -> Option<usize> {
        self.dropped.iter().position(|d| !*d == lit)
    }

    /// That the party prefers `a` to `b`.
    pub(super) fn prefers(
        &mut self,
        optimizer: &mut Optimizer,
        a: StateId,
        b: StateId,
    ) -> Result<Term, Unsuited> {
        let (ka, kb) = (self.kind_of[a.index()], self.kind_of[b.index()]);
        Ok(match ka.cmp(&kb) {
            std::cmp::Ordering::Equal => Term::Known(false),
            std::cmp::Ordering::Less => Term::Lit(self.compare(optimizer, ka, kb)?.0),
            std::cmp::Ordering::Greater => Term::Lit(self.compare(optimizer, kb, ka)?.1),
        })
    }

    /// That statement `first` is more important than `second`.
    fn before(
        &mut self,
        optimizer: &mut Optimizer,
        first: usize,
        second: usize,
    ) -> Result<Term, Unsuited> {
        let (low, high) = (first.min(second), first.max(second));
        let (lit, new) = self.order.inverted(optimizer, low, high)?;
        if new {
            // What is dropped has no place.
            for dropped in [self.dropped[low], self.dropped[high]] {
                optimizer.clause(&[Term::Lit(!lit), Term::Lit(!dropped)])?;
            }
        }
        Ok(Term::Lit(if first < second { !lit } else { lit }))
    }

    /// That states of kind `a` are better, and that states of kind `b` are.
    fn compare(
        &mut self,
        optimizer: &mut Optimizer,
        a: u32,
        b: u32,
    ) -> Result<(Lit, Lit), Unsuited> {
        if let Some(known) = self.compared.get(&(a, b)) {
            return Ok(*known);
        }
        let (better, worse) = (optimizer.fresh(), optimizer.fresh());
        self.compared.insert((a, b), (better, worse));
        let (says_a, says_b) = (&self.kinds[a as usize], &self.kinds[b as usize]);
        let count = self.list.len();
        let differ: Vec<(usize, bool)> = (0..count)
            .filter(|k| says_a[*k] != says_b[*k])
            .map(|k| (k, says_a[k]))
            .collect();
        let inserted: Vec<(Lit, bool)> = self
            .chosen
            .iter()
            .enumerate()
            .filter(|(c, _)| says_a[count + c] != says_b[count + c])
            .map(|(c, lit)| (*lit, says_a[count + c]))
            .collect();
        let (better, worse) = (Term::Lit(better), Term::Lit(worse));
        let tie = Term::Lit(optimizer.fresh());
        let mut leaders = vec![tie];
        optimizer.clause(&[tie.negated(), better.negated()])?;
        optimizer.clause(&[tie.negated(), worse.negated()])?;
        let differs = if inserted.is_empty() {
            Term::Known(false)
        } else {
            let differs = Term::Lit(optimizer.fresh());
            let mut any = vec![differs.negated()];
            for (choose, _) in &inserted {
                optimizer.clause(&[Term::Lit(!*choose), differs])?;
                any.push(Term::Lit(*choose));
            }
            optimizer.clause(&any)?;
            differs
        };
        optimizer.clause(&[tie.negated(), differs.negated()])?;
        for (k, sign) in &differ {
            let lead = Term::Lit(optimizer.fresh());
            leaders.push(lead);
            optimizer.clause(&[tie.negated(), Term::Lit(self.dropped[*k])])?;
            optimizer.clause(&[lead.negated(), Term::Lit(!self.dropped[*k])])?;
            for (l, _) in &differ {
                if k != l {
                    let before = self.before(optimizer, *k, *l)?;
                    optimizer.clause(&[lead.negated(), Term::Lit(self.dropped[*l]), before])?;
                }
            }
            if differs != Term::Known(false) {
                let inserted_before = Term::Lit(self.inserted_before[*k]);
                optimizer.clause(&[
                    lead.negated(),
                    differs.negated(),
                    inserted_before.negated(),
                ])?;
            }
            let (good, bad) = if *sign {
                (better, worse)
            } else {
                (worse, better)
            };
            let reversed = self.reversed[*k].map_or(Term::Known(false), Term::Lit);
            optimizer.clause(&[lead.negated(), reversed, good])?;
            optimizer.clause(&[lead.negated(), reversed, bad.negated()])?;
            optimizer.clause(&[lead.negated(), reversed.negated(), bad])?;
            optimizer.clause(&[lead.negated(), reversed.negated(), good.negated()])?;
        }
        if differs != Term::Known(false) {
            let lead = Term::Lit(optimizer.fresh());
            leaders.push(lead);
            optimizer.clause(&[lead.negated(), differs])?;
            for (l, _) in &differ {
                let before = Term::Lit(self.inserted_before[*l]);
                optimizer.clause(&[lead.negated(), Term::Lit(self.dropped[*l]), before])?;
            }
            for (choose, sign) in &inserted {
                let (good, bad) = if *sign {
                    (better, worse)
                } else {
                    (worse, better)
                };
                let choose = Term::Lit(!*choose);
                optimizer.clause(&[lead.negated(), choose, good])?;
                optimizer.clause(&[lead.negated(), choose, bad.negated()])?;
            }
        }
        optimizer.clause(&leaders)?;
        Ok(self.compared[&(a, b)])
    }

    /// The list of the assignment found last; `None` when it has no order, after adding the clauses
    /// that say why.
    pub(super) fn found(&mut self, optimizer: &mut Optimizer) -> Result<Option<Edited>, Unsuited> {
        let count = self.list.len();
        let inversions = self.order.inversions(optimizer);
        let gone: Vec<bool> = self.dropped.iter().map(|d| optimizer.holds(*d)).collect();
        let broken = Linear::broken(&inversions, count, |k| gone[k]);
        for (a, b, c, outer) in &broken {
            let ab = self.before(optimizer, *a, *b)?;
            let bc = self.before(optimizer, *b, *c)?;
            let ac = self.before(optimizer, *a, *c)?;
            if *outer {
                let dropped = Term::Lit(self.dropped[*b]);
                optimizer.clause(&[ac, ab.negated(), bc.negated(), dropped])?;
            } else {
                optimizer.clause(&[ab, bc, ac.negated()])?;
            }
        }
        if !broken.is_empty() {
            return Ok(None);
        }
        let kept: Vec<usize> = (0..count).filter(|k| !gone[*k]).collect();
        let order = ordered(&kept, &inversions);
        let mut items: Vec<Item> = order
            .iter()
            .map(|k| Item::Kept {
                statement: *k,
                reversed: self.reversed[*k].is_some_and(|r| optimizer.holds(r)),
            })
            .collect();
        if let Some(candidate) = self.chosen.iter().position(|c| optimizer.holds(*c)) {
            let before: Vec<bool> = order
                .iter()
                .map(|k| optimizer.holds(self.inserted_before[*k]))
                .collect();
            let place = before.iter().position(|b| *b).unwrap_or(before.len());
            // From there on all must be less important.
            let mut wrong = false;
            for at in place + 1..before.len() {
                if before[at] {
                    continue;
                }
                wrong = true;
                let (first, second) = (order[place], order[at]);
                let in_order = self.before(optimizer, first, second)?;
                optimizer.clause(&[
                    Term::Lit(!self.inserted_before[first]),
                    in_order.negated(),
                    Term::Lit(self.inserted_before[second]),
                    Term::Lit(self.dropped[first]),
                    Term::Lit(self.dropped[second]),
                ])?;
            }
            if wrong {
                return Ok(None);
            }
            items.insert(place, Item::Inserted(candidate));
        }
        Ok(Some(Edited { items }))
    }

    /// The ranking that an edited list makes.
    pub(super) fn ranking(&self, edited: &Edited) -> Ranking {
        let count = self.list.len();
        let key = |kind: &Vec<bool>| -> Vec<bool> {
            let says = edited.items.iter().map(|item| match item {
                Item::Kept {
                    statement,
                    reversed,
                } => kind[*statement] != *reversed,
                Item::Inserted(candidate) => kind[count + candidate],
            });
            says.collect()
        };
        let keys: Vec<Vec<bool>> = self.kinds.iter().map(key).collect();
        let values: Vec<&Vec<bool>> = self.kind_of.iter().map(|k| &keys[*k as usize]).collect();
        Ranking::from_values(&values)
    }

    /// The literals of the changes made in the assignment found last. Where an insertion goes is not
    /// among them.
    pub(super) fn changes(&self, optimizer: &Optimizer) -> Vec<Lit> {
        let mut lits: Vec<Lit> = self.dropped.clone();
        lits.extend(self.reversed.iter().flatten());
        lits.extend(&self.chosen);
        lits.retain(|l| optimizer.holds(*l));
        lits.extend(self.order.inverted_lits(optimizer));
        lits
    }

    /// The statements of an edited list.
    pub(super) fn list(&self, edited: &Edited) -> Vec<Statement> {
        let statement = |item: &Item| match item {
            Item::Kept {
                statement,
                reversed: false,
            } => self.list[*statement].clone(),
            Item::Kept {
                statement,
                reversed: true,
            } => {
                let mut reversed = self.list[*statement].clone();
                reversed.condition = negation(&reversed.condition);
                reversed
            }
            Item::Inserted(candidate) => Statement {
                label: None,
                condition: self.candidates[*candidate].clone(),
                certainty: Certainty::Certain,
                strength: Strength::PLAIN,
                either_order: false,
                cites: Vec::new(),
            },
        };
        edited.items.iter().map(statement).collect()
    }

    /// The edits that lead to a list, and what they cost. An insertion is said to go where the list
    /// has it.
    pub(super) fn edits(&self, edited: &Edited) -> (Vec<Edit>, u64) {
        let order: Vec<usize> = edited
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Kept { statement, .. } => Some(*statement),
                Item::Inserted(_) => None,
            })
            .collect();
        let mut edits = Vec::new();
        let mut price: u64 = 0;
        for statement in 0..self.list.len() {
            if !order.contains(&statement) {
                edits.push(Edit::Drop { statement });
                price = price.saturating_add(self.prices.drop);
            }
        }
        for item in &edited.items {
            if let Item::Kept {
                statement,
                reversed: true,
            } = item
            {
                edits.push(Edit::Reverse {
                    statement: *statement,
                });
                price = price.saturating_add(self.prices.reverse);
            }
        }
        let inverted = |a: usize, b: usize| {
            let place = |k: usize| order.iter().position(|o| *o == k);
            (a < b) != (place(a) < place(b))
        };
        let stay = longest_increasing(&order);
        let mut told: Vec<(usize, usize)> = Vec::new();
        let mut movers: Vec<usize> = order
            .iter()
            .copied()
            .filter(|k| !stay.contains(k))
            .collect();
        movers.sort_unstable();
        for statement in movers {
            let mut past: Vec<usize> = order
                .iter()
                .copied()
                .filter(|other| *other != statement && inverted(statement, *other))
                .filter(|other| !told.contains(&(statement.min(*other), statement.max(*other))))
                .collect();
            past.sort_unstable();
            told.extend(past.iter().map(|o| (statement.min(*o), statement.max(*o))));
            price = price.saturating_add(self.prices.pass.saturating_mul(past.len() as u64));
            if !past.is_empty() {
                edits.push(Edit::Move { statement, past });
            }
        }
        for (place, item) in edited.items.iter().enumerate() {
            if let Item::Inserted(candidate) = item {
                edits.push(Edit::Insert {
                    condition: self.candidates[*candidate].clone(),
                    place,
                    highest: place,
                });
                price = price.saturating_add(self.prices.insert);
            }
        }
        (edits, price)
    }
}

/// The negation of a statement, as an author would write it.
fn negation(condition: &Condition) -> Condition {
    let text = match &condition.expr {
        Expr::Not(_) if condition.text.starts_with("not ") => {
            let rest = condition.text["not ".len()..].trim();
            let whole = !rest.contains(' ') || (rest.starts_with('(') && rest.ends_with(')'));
            if whole {
                rest.to_owned()
            } else {
                format!("not ({})", condition.text)
            }
        }
        _ if condition.text.contains(' ') => format!("not ({})", condition.text),
        _ => format!("not {}", condition.text),
    };
    Condition {
        expr: condition.expr.clone().negated(),
        text,
        span: condition.span,
    }
}

/// Items in the order that the inversions make of them.
fn ordered(items: &[usize], inversions: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let mut order = items.to_vec();
    let before = |a: usize, b: usize| {
        if a < b {
            !inversions.contains(&(a, b))
        } else {
            inversions.contains(&(b, a))
        }
    };
    let place = |k: usize| items.iter().filter(|o| **o != k && before(**o, k)).count();
    order.sort_by_key(|k| place(*k));
    order
}

/// A longest increasing subsequence: the items that can be said to stay where they are.
fn longest_increasing(order: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(order.len());
    for (at, item) in order.iter().enumerate() {
        let mut length = (1, None);
        for earlier in 0..at {
            if order[earlier] < *item && best[earlier].0 + 1 > length.0 {
                length = (best[earlier].0 + 1, Some(earlier));
            }
        }
        best.push(length);
    }
    let mut at = (0..order.len()).max_by_key(|i| (best[*i].0, std::cmp::Reverse(*i)));
    let mut stay = Vec::new();
    while let Some(place) = at {
        stay.push(order[place]);
        at = best[place].1;
    }
    stay
}
