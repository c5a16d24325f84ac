//! Commitments as a design variable: what holds when options can be taken back, and when not.
//!
//! [`table`] tries every combination of directions of the options that a target turns on; [`singles`]
//! tries single links, rules and sequences. Both carry a change out on the model and analyse that anew.

use detente_model::OptionId;
use detente_model::model::Form;
use detente_model::syntax::Diagnostic;
use detente_model::syntax::ast::Direction;

use crate::inverse::{Change, Plan, Question, Structural, StructuralChange, Want, met};
use crate::revised::Revised;
use crate::stability::ConceptError;
use crate::{Budget, Game, Outcome, StateId, StateSet, Stop};

/// Rows of a table at most.
pub const MOST_ROWS: usize = 64;

/// With up to this many options, the table has all of them.
pub const FEW_OPTIONS: usize = 4;

/// Moves of all analyses of a table, or of all single changes, at most.
const WORK: usize = 100_000_000;

/// What holds when options have certain directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// The direction of each option of the table, in order.
    pub directions: Vec<Direction>,
    /// What it costs to come to it from how things are.
    pub price: u64,
    /// For each want of the question the states of it that are equilibria of every judgement (and can
    /// be reached, if that was asked); `None` when something wanted is not so.
    pub holds: Option<Vec<Vec<StateId>>>,
    /// The equilibria of each judgement.
    pub equilibria: Vec<StateSet>,
    /// Whether it is a cheapest one of those in which everything wanted is so.
    pub cheapest: bool,
}

/// Every combination of directions of some options.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The options.
    pub options: Vec<OptionId>,
    /// Options that the target turns on as well, and that stay as they are here, so that the table
    /// does not grow too large or because nothing else is permitted.
    pub left_out: Vec<OptionId>,
    /// The combinations: those with the fewest options that go one way first.
    pub rows: Vec<Combination>,
}

/// A single change after which everything wanted is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Single {
    /// The change.
    pub structural: Structural,
    /// For each want the states of it that are equilibria then.
    pub holds: Vec<Vec<StateId>>,
}

/// Why a table could not be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A concept does not apply, or the budget ended.
    #[error(transparent)]
    Concept(#[from] ConceptError),
    /// A changed model cannot be analysed.
    #[error("a changed negotiation cannot be analysed: {}", .0.first().map_or("", |d| d.message.as_str()))]
    Model(Vec<Diagnostic>),
}

impl From<Stop> for TableError {
    fn from(stop: Stop) -> Self {
        Self::Concept(stop.into())
    }
}

/// The options that a target turns on: those above their first level in every state of some want, or
/// in any of its states when there are none; with few options, all.
pub fn turned_on(game: &Game<'_>, wants: &[Want]) -> Vec<OptionId> {
    if game.model.form == Form::Graph {
        return Vec::new();
    }
    let all: Vec<OptionId> = game.model.option_ids().collect();
    if all.len() <= FEW_OPTIONS {
        return all;
    }
    let mut found: Vec<OptionId> = Vec::new();
    for want in wants {
        let (Want::Some(states) | Want::None(states)) = want;
        let on = |o: &OptionId, s: &StateId| game.space.level(*s, *o) > 0;
        let always = all.iter().filter(|o| states.iter().all(|s| on(o, s)));
        let mut of_want: Vec<OptionId> = always.copied().collect();
        if of_want.is_empty() {
            let ever = all.iter().filter(|o| states.iter().any(|s| on(o, s)));
            of_want = ever.copied().collect();
        }
        found.extend(of_want);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Analyses every combination of the directions that the options have or may be given.
///
/// # Errors
///
/// Says why a concept does not apply. When the budget ends, the rows that were finished are returned.
pub fn table(
    game: &Game<'_>,
    question: &Question,
    options: &[OptionId],
    budget: &Budget,
) -> Result<Outcome<Table>, TableError> {
    let mut table = Table::default();
    let mut choices: Vec<Vec<(Direction, u64)>> = Vec::new();
    let work = game.graph.total_moves().max(game.space.len()).max(1);
    let most = (WORK / work).clamp(4, MOST_ROWS);
    let mut rows = 1;
    for option in options {
        let mut found = vec![(game.model.option(*option).direction, 0)];
        found.extend(
            question
                .permitted
                .structure
                .iter()
                .filter_map(|s| match &s.change {
                    StructuralChange::Direction {
                        option: o,
                        direction,
                    } if o == option => Some((*direction, s.price)),
                    _ => None,
                }),
        );
        found.sort_by_key(|(d, _)| !d.is_both());
        if found.len() < 2 || rows * found.len() > most {
            table.left_out.push(*option);
            continue;
        }
        rows *= found.len();
        table.options.push(*option);
        choices.push(found);
    }
    let mut combinations: Vec<Vec<(Direction, u64)>> = vec![Vec::new()];
    for found in &choices {
        combinations = combinations
            .iter()
            .flat_map(|c| found.iter().map(|d| [c.as_slice(), &[*d]].concat()))
            .collect();
    }
    combinations.sort_by_key(|c| c.iter().filter(|(d, _)| !d.is_both()).count());
    for (done, combination) in combinations.iter().enumerate() {
        budget.report("combinations", done as u64, combinations.len() as u64);
        let changes: Vec<Structural> = table
            .options
            .iter()
            .zip(combination)
            .filter(|(o, (d, _))| game.model.option(**o).direction != *d)
            .map(|(option, (direction, price))| Structural {
                change: StructuralChange::Direction {
                    option: *option,
                    direction: *direction,
                },
                price: *price,
            })
            .collect();
        match tried(game, question, &changes, budget) {
            Ok((holds, equilibria)) => table.rows.push(Combination {
                directions: combination.iter().map(|(d, _)| *d).collect(),
                price: changes.iter().fold(0, |sum, c| sum.saturating_add(c.price)),
                holds,
                equilibria,
                cheapest: false,
            }),
            Err(TableError::Concept(ConceptError::Stopped(stop))) => {
                return Ok(Outcome::Stopped(marked(table), stop));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(Outcome::Complete(marked(table)))
}

fn marked(mut table: Table) -> Table {
    let held = table.rows.iter().filter(|r| r.holds.is_some());
    let least = held.map(|r| r.price).min();
    for row in &mut table.rows {
        row.cheapest = row.holds.is_some() && Some(row.price) == least;
    }
    table
}

/// The permitted links, rules, sequences and removals, each by itself, after which everything wanted is
/// so; cheapest first. Changes after which the negotiation cannot be analysed are passed over.
///
/// # Errors
///
/// Says why a concept does not apply. When the budget ends, what was found until then is returned.
pub fn singles(
    game: &Game<'_>,
    question: &Question,
    budget: &Budget,
) -> Result<Outcome<Vec<Single>>, TableError> {
    let candidates = question.permitted.structure.iter();
    let candidates: Vec<&Structural> = candidates
        .filter(|s| !matches!(s.change, StructuralChange::Direction { .. }))
        .collect();
    let work = game.graph.total_moves().max(game.space.len()).max(1);
    let most = (WORK / work).max(1);
    let mut found = Vec::new();
    let mut stopped = None;
    for (done, structural) in candidates.iter().enumerate() {
        budget.report("single changes", done as u64, candidates.len() as u64);
        if done >= most {
            stopped = Some(Stop::Limit {
                what: "single changes",
                limit: most as u64,
            });
            break;
        }
        match tried(game, question, &[(*structural).clone()], budget) {
            Ok((Some(holds), _)) => found.push(Single {
                structural: (*structural).clone(),
                holds,
            }),
            Ok((None, _)) | Err(TableError::Model(_)) => {}
            Err(TableError::Concept(ConceptError::Stopped(stop))) => {
                stopped = Some(stop);
                break;
            }
            Err(other) => return Err(other),
        }
    }
    found.sort_by_key(|s: &Single| s.structural.price);
    Ok(match stopped {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    })
}

type Tried = (Option<Vec<Vec<StateId>>>, Vec<StateSet>);

fn tried(
    game: &Game<'_>,
    question: &Question,
    changes: &[Structural],
    budget: &Budget,
) -> Result<Tried, TableError> {
    if budget.is_cancelled() {
        return Err(Stop::Cancelled.into());
    }
    let plan = Plan {
        changes: changes.iter().cloned().map(Change::Structural).collect(),
        price: 0,
        holds: Vec::new(),
    };
    let changed = plan.apply(game);
    let revised = Revised::new(game, &changed, budget).map_err(TableError::Model)?;
    let mut equilibria = Vec::new();
    for judgement in &question.judgements {
        equilibria.push(revised.equilibria(judgement, budget)?);
    }
    let now = |s: StateId| revised.feasible.contains(s).then_some(s);
    let holds = met(&revised.game, now, question, &equilibria, budget)?;
    Ok((holds, equilibria))
}
