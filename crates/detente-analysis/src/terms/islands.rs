//! Islands of agreement: what the parties hold in common, and what not.
//!
//! After Gabriella Blum (*Islands of Agreement*, 2007): even bitter rivals share facts and norms, and a
//! process can start from these. Here a table of four sorts is made from the model:
//!
//! - [`Agreed`]: facts that nobody in the model disputes;
//! - [`Contested`]: facts on which the parties part;
//! - [`Shared`]: what two or more parties want, wherever it stands in their lists;
//! - [`Opposed`]: what one party wants and another wants not.
//!
//! That two statements say the same is decided over the feasible states, not by their words. Statements
//! that hold in every feasible state or in none guide nobody and are left out, as are rankings and
//! weights, which name no single wish; they count in the shares of [`Direction`].

use std::collections::{BTreeMap, BTreeSet};

use detente_model::PartyId;
use detente_model::model::Preferences;
use detente_model::syntax::ast::{Change, Communicated, View};

use super::Reader;
use super::readings::{Relation, holding, pairs, senses, splits};
use crate::hypergame::{Belief, beliefs};
use crate::{Budget, Game, StateId, StateSet, Stop};

/// Ranks of one party that are compared for one count of pairs, at most.
pub const MOST_COMPARISONS: u64 = 200_000_000;

/// A fact that nobody in the model disputes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Agreed {
    /// A `never` rule, as a place in the model's rules.
    Rule(usize),
    /// A forced consequence, as a place in the model's.
    Consequence(usize),
    /// A prohibited transition, as a place in the model's.
    Prohibition(usize),
    /// The words of a source: a term, and a place among what is stated of it.
    Stated(usize, usize),
    /// A term that all its readers, two or more, read in the same way over the feasible states.
    Term(usize),
    /// One party knows how another reads a term.
    Known {
        /// The term.
        term: usize,
        /// Whose reading.
        by: PartyId,
        /// Who knows it.
        to: PartyId,
    },
    /// All parties know all options, and no others: no view hides or invents one.
    Options,
}

/// A fact on which the parties part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contested {
    /// Two readers of a term part on some feasible states.
    Reading {
        /// The term.
        term: usize,
        /// The one reader.
        first: Reader,
        /// The other.
        second: Reader,
        /// How their readings are related.
        relation: Relation,
        /// In how many feasible states one reading holds and the other does not.
        states: usize,
        /// One of these states.
        example: StateId,
    },
    /// It is unclear whether one party knows how another reads a term.
    Unclear {
        /// The term.
        term: usize,
        /// Whose reading.
        by: PartyId,
        /// Who may know it.
        to: PartyId,
    },
    /// A party believes otherwise, or is thought to: an option, a rule or a preference that is not so.
    Believed(Belief),
}

/// A statement of a party: the party, and the place in its list from the most important, from 0.
pub type Wish = (PartyId, usize);

/// What two or more parties want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The statements, in the order of the parties; of two parties or more.
    pub wishes: Vec<Wish>,
    /// In how many feasible states what is wanted holds.
    pub states: usize,
}

/// What some parties want and others want not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opposed {
    /// The statements that want it: those of the first party that speaks of it, and others that say the
    /// same.
    pub wanted: Vec<Wish>,
    /// The statements that want its contrary.
    pub unwanted: Vec<Wish>,
    /// In how many feasible states what is wanted holds.
    pub states: usize,
}

/// How many pairs of feasible states parties rank in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    /// Pairs of different states.
    pub pairs: u128,
    /// Those of which all of the parties strictly prefer the same state.
    pub same: u128,
    /// Those of which some of the parties strictly prefers the one state, and some the other.
    pub opposite: u128,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Islands {
    /// Facts that nobody disputes, in the order of the model.
    pub agreed: Vec<Agreed>,
    /// Facts on which the parties part.
    pub contested: Vec<Contested>,
    /// What parties want in common, in the order in which the first of them wants it.
    pub shared: Vec<Shared>,
    /// What one party wants and another wants not, in the same order.
    pub opposed: Vec<Opposed>,
    /// The pairs of states that all parties rank in the same direction; or why they were not counted.
    pub all: Result<Direction, Stop>,
    /// The same for each two parties, in order.
    pub each_two: Vec<(PartyId, PartyId, Result<Direction, Stop>)>,
}

/// Makes the table. The work for statements is theirs times the states; pairs of states are counted when
/// the comparisons of different ranks fit into [`MOST_COMPARISONS`] and the budget's `max_work`.
pub fn islands(game: &Game<'_>, budget: &Budget) -> Islands {
    let (shared, opposed) = norms(game);
    let parties: Vec<PartyId> = game.model.party_ids().collect();
    let mut each_two = Vec::new();
    for (i, a) in parties.iter().enumerate() {
        for b in &parties[i + 1..] {
            each_two.push((*a, *b, direction(game, &[*a, *b], budget)));
        }
    }
    Islands {
        agreed: agreed(game),
        contested: contested(game),
        shared,
        opposed,
        all: direction(game, &parties, budget),
        each_two,
    }
}

fn agreed(game: &Game<'_>) -> Vec<Agreed> {
    let model = game.model;
    let doubted = Doubted::by(&model.views);
    let rules = (0..model.rules.len()).filter(|i| {
        let text = &model.rules[*i].condition.text;
        !doubted.rules.contains(text)
    });
    let mut out: Vec<Agreed> = rules.map(Agreed::Rule).collect();
    let consequences = (0..model.consequences.len()).filter(|i| {
        let text = &model.consequences[*i].condition.text;
        !doubted.consequences.contains(text)
    });
    out.extend(consequences.map(Agreed::Consequence));
    out.extend((0..model.prohibitions.len()).map(Agreed::Prohibition));
    for (at, term) in model.terms.iter().enumerate() {
        out.extend((0..term.stated.len()).map(|i| Agreed::Stated(at, i)));
        let senses = senses(game, at);
        let same = pairs(&senses);
        let same = same.iter().all(|p| p.relation == Relation::Equivalent);
        if senses.len() > 1 && same {
            out.push(Agreed::Term(at));
        }
        let known = term.communicated.iter();
        out.extend(
            known
                .filter(|c| c.known.is_yes() && c.by != c.to && term.sense(c.by).is_some())
                .map(|c| Agreed::Known {
                    term: at,
                    by: c.by,
                    to: c.to,
                }),
        );
    }
    if !model.options.is_empty() && !doubted.options {
        out.push(Agreed::Options);
    }
    out
}

fn contested(game: &Game<'_>) -> Vec<Contested> {
    let mut out = Vec::new();
    for (at, term) in game.model.terms.iter().enumerate() {
        let senses = senses(game, at);
        let splits = splits(game, &senses);
        for pair in pairs(&senses) {
            let Some(example) = pair.only_first.or(pair.only_second) else {
                continue;
            };
            let one = |s: &&super::Split| {
                s.holding.contains(&pair.first) != s.holding.contains(&pair.second)
            };
            out.push(Contested::Reading {
                term: at,
                first: senses[pair.first].reader,
                second: senses[pair.second].reader,
                relation: pair.relation,
                states: splits.iter().filter(one).map(|s| s.states.len()).sum(),
                example,
            });
        }
        let unclear = term.communicated.iter();
        out.extend(
            unclear
                .filter(|c| c.known == Communicated::Unclear)
                .map(|c| Contested::Unclear {
                    term: at,
                    by: c.by,
                    to: c.to,
                }),
        );
    }
    let views = beliefs(&game.model.views);
    out.extend(views.into_iter().map(Contested::Believed));
    out
}

/// What somebody who believes otherwise does not take for a fact.
#[derive(Default)]
struct Doubted {
    /// Conditions of `never` rules.
    rules: BTreeSet<String>,
    /// Conditions of forced consequences.
    consequences: BTreeSet<String>,
    /// Whether somebody does not know an option, or believes in one that is none.
    options: bool,
}

impl Doubted {
    fn by(views: &[View]) -> Self {
        let mut out = Self::default();
        out.add(views);
        out
    }

    fn add(&mut self, views: &[View]) {
        for view in views {
            for change in &view.changes {
                match change {
                    Change::WithoutNever(formula) => {
                        self.rules.insert(formula.to_string());
                    }
                    Change::WithoutWhen(formula) => {
                        self.consequences.insert(formula.to_string());
                    }
                    Change::Hide(_) | Change::Invent { .. } => self.options = true,
                    _ => {}
                }
            }
            self.add(&view.views);
        }
    }
}

/// The statements that want one set of states, and those that want its contrary.
#[derive(Default)]
struct Sides {
    with: Vec<Wish>,
    without: Vec<Wish>,
    states: usize,
}

fn norms(game: &Game<'_>) -> (Vec<Shared>, Vec<Opposed>) {
    let all = game.space.len();
    // By the set that holds the first state: the wish for it, or for its contrary.
    let mut sides: BTreeMap<Vec<u64>, Sides> = BTreeMap::new();
    for party in game.model.party_ids() {
        let Preferences::Statements(list) = &game.model.party(party).preferences else {
            continue;
        };
        for (place, statement) in list.iter().enumerate() {
            let set = holding(game, &statement.condition);
            if set.is_empty() || set.len() == all {
                continue;
            }
            let with = set.contains(StateId(0));
            let set = if with { set } else { contrary(&set) };
            let entry = sides.entry(set.words().to_vec()).or_default();
            entry.states = set.len();
            let side = if with {
                &mut entry.with
            } else {
                &mut entry.without
            };
            side.push((party, place));
        }
    }
    let (mut shared, mut opposed) = (Vec::new(), Vec::new());
    for side in sides.into_values() {
        let Sides {
            with,
            without,
            states,
        } = side;
        for (wishes, states) in [(&with, states), (&without, all - states)] {
            if several(wishes) {
                let wishes = wishes.clone();
                shared.push(Shared { wishes, states });
            }
        }
        let against = |w: &Wish| without.iter().any(|o| o.0 != w.0);
        if with.iter().any(against) {
            let first = with.first() <= without.first();
            let (wanted, unwanted, states) = if first {
                (with, without, states)
            } else {
                (without, with, all - states)
            };
            opposed.push(Opposed {
                wanted,
                unwanted,
                states,
            });
        }
    }
    shared.sort_by(|a: &Shared, b| a.wishes.cmp(&b.wishes));
    opposed.sort_by(|a: &Opposed, b| a.wanted.cmp(&b.wanted));
    (shared, opposed)
}

/// Whether the wishes are of two parties or more.
fn several(wishes: &[Wish]) -> bool {
    wishes
        .first()
        .is_some_and(|f| wishes.iter().any(|w| w.0 != f.0))
}

fn contrary(set: &StateSet) -> StateSet {
    let mut out = StateSet::empty(set.states());
    for index in 0..set.states() {
        let state = StateId(index as u32);
        if !set.contains(state) {
            out.insert(state);
        }
    }
    out
}

/// Counts the pairs of states that parties rank in the same direction.
fn direction(game: &Game<'_>, parties: &[PartyId], budget: &Budget) -> Result<Direction, Stop> {
    // How many states have the same ranks for all of the parties.
    let mut alike: BTreeMap<Vec<u32>, u128> = BTreeMap::new();
    for state in game.space.ids() {
        let ranks = parties.iter().map(|p| game.rankings[p.index()].rank(state));
        *alike.entry(ranks.collect()).or_default() += 1;
    }
    let rows: Vec<(Vec<u32>, u128)> = alike.into_iter().collect();
    let work = (rows.len() as u64).saturating_mul(rows.len() as u64) / 2;
    let limit = budget.max_work.min(MOST_COMPARISONS);
    if work.saturating_mul(parties.len() as u64) > limit {
        return Err(Stop::Limit {
            what: "comparisons of ranks",
            limit,
        });
    }
    let (mut same, mut opposite) = (0, 0);
    for (i, (a, count)) in rows.iter().enumerate() {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        for (b, other) in &rows[i + 1..] {
            let better = a.iter().zip(b).filter(|(x, y)| x > y).count();
            let worse = a.iter().zip(b).filter(|(x, y)| x < y).count();
            if better == parties.len() || worse == parties.len() {
                same += count * other;
            } else if better > 0 && worse > 0 {
                opposite += count * other;
            }
        }
    }
    let states = game.space.len() as u128;
    Ok(Direction {
        pairs: states * states.saturating_sub(1) / 2,
        same,
        opposite,
    })
}
