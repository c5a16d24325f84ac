//! What follows from the moves alone.

use super::cover::Cover;
use super::verdicts::Desk;
use super::{Batch, Mismatch, Verdicts, judge};
use crate::graph::Moves;
use crate::{Budget, Concept, Graph, Stop};

/// The concepts that can be judged in bulk.
pub use crate::relation::CONCEPTS;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The concept does not follow from least and largest ranks.
    #[error("`{concept}` cannot be judged for many preferences at once")]
    Concept {
        /// The concept.
        concept: Concept,
    },
    /// The budget was cancelled, or is too small.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

impl Refused {
    /// What to do instead, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Concept { .. } => Some("the concepts are `nash`, `gmr`, `smr`, `seq` and `sseq`"),
            Self::Stopped(_) => None,
        }
    }
}

/// A conflict without its preferences, prepared for judging very many of them.
///
/// It is right for every graph: a party whose two moves in a row are not always one move makes no two
/// moves in a row.
#[derive(Debug, Clone)]
pub struct Plan {
    states: usize,
    parties: usize,
    concepts: Vec<Concept>,
    /// The moves of every party.
    pub(super) moves: Vec<Moves>,
    /// What is known of each party.
    pub(super) sides: Vec<Side>,
}

/// What one party and its opponents can do.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// For each state the state and what the party can move to from it.
    pub(super) own: Cover,
    /// For each state the state and what the opponents can reach from it; of no sets unless asked for.
    pub(super) reached: Cover,
    /// The opponents that can move.
    pub(super) opponents: Vec<Opponent>,
    /// How many tables the search by improvements needs: one, and one for each opponent that has its own.
    pub(super) tables: usize,
}

/// One opponent that can move.
///
/// Where two of its moves in a row are one move or a return, letting it move again after itself adds
/// nothing to a sequence of improvements: it cannot return by them, so that they are one improvement. In a
/// sequence of any moves the return would let the mover before it move again after itself, which does
/// matter if that one's moves do not combine; then every opponent has a table of its own, see [`apart`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Opponent {
    pub(super) party: usize,
    /// The table of what can be reached after its move: the common one where two of its moves in a row
    /// are one move, else one of its own, where it does not move next.
    pub(super) table: usize,
}

/// The opponents with tables for sequences of any moves: the common one if the moves of each of them
/// combine, else one for each.
fn apart(opponents: &[Opponent]) -> Vec<Opponent> {
    let mixed = opponents.iter().any(|o| o.table > 0);
    let table = |place| if mixed { place } else { 0 };
    let numbered = (1..).zip(opponents);
    numbered
        .map(|(place, opponent)| Opponent {
            table: table(place),
            ..*opponent
        })
        .collect()
}

impl Plan {
    /// Prepares a graph for some of the [`CONCEPTS`]. A concept asked for twice is judged once.
    ///
    /// # Errors
    ///
    /// When a concept cannot be judged in bulk, when the budget is cancelled, and when the graph or the
    /// sets of states to be worked out are larger than the budget permits.
    pub fn new(graph: &Graph, concepts: &[Concept], budget: &Budget) -> Result<Self, Refused> {
        let mut asked: Vec<Concept> = Vec::new();
        for &concept in concepts {
            if !CONCEPTS.contains(&concept) {
                return Err(Refused::Concept { concept });
            }
            if !asked.contains(&concept) {
                asked.push(concept);
            }
        }
        check("states", graph.states() as u64, budget.max_states)?;
        check("moves", graph.total_moves() as u64, budget.max_moves)?;
        let moves: Vec<Moves> = graph.party_ids().map(|p| graph.moves(p).clone()).collect();
        let transitive: Vec<bool> = moves.iter().map(Moves::is_transitive).collect();
        let search = asked.contains(&Concept::Gmr) || asked.contains(&Concept::Smr);
        let mut sides = Vec::with_capacity(moves.len());
        for (party, own) in moves.iter().enumerate() {
            let mut tables = 1;
            let mut opponents = Vec::new();
            for (other, moves) in moves.iter().enumerate() {
                if other == party || moves.is_empty() {
                    continue;
                }
                let table = if transitive[other] { 0 } else { tables };
                tables += usize::from(table > 0);
                opponents.push(Opponent {
                    party: other,
                    table,
                });
            }
            let reached = if search && !own.is_empty() {
                Cover::reached(graph.states(), &moves, &apart(&opponents), budget)?
            } else {
                Cover::default()
            };
            sides.push(Side {
                own: Cover::of_moves(own, budget)?,
                reached,
                opponents,
                tables,
            });
        }
        Ok(Self {
            states: graph.states(),
            parties: moves.len(),
            concepts: asked,
            moves,
            sides,
        })
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// The concepts, in the order in which they were asked for.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// An empty batch of this conflict.
    pub fn batch(&self) -> Batch {
        Batch::sized(self.states, self.parties)
    }

    /// Judges the profiles of a batch. Lanes have no influence on one another.
    ///
    /// # Errors
    ///
    /// When the batch or the verdicts were made for another number of states or parties or for other
    /// concepts.
    pub fn judge(&self, batch: &Batch, verdicts: &mut Verdicts) -> Result<(), Mismatch> {
        if batch.states() != self.states || batch.parties() != self.parties || !verdicts.fits(self)
        {
            return Err(Mismatch::Plan);
        }
        verdicts.desk.prepare(self);
        judge::judge(self, batch, verdicts);
        Ok(())
    }

    pub(super) fn desk(&self) -> Desk {
        let mut desk = Desk::default();
        desk.prepare(self);
        desk
    }

    /// About how many operations on rows it takes to judge one batch.
    pub(super) fn effort(&self) -> u64 {
        let arcs: usize = self.moves.iter().map(Moves::len).sum();
        let sets: usize = self.sides.iter().map(|s| s.reached.effort()).sum();
        let per_state = 8 * self.states * self.parties;
        (per_state + sets + 8 * arcs * self.parties) as u64
    }
}

/// Whether so much is permitted.
pub(super) fn check(what: &'static str, count: u64, limit: u64) -> Result<(), Stop> {
    if count > limit {
        return Err(Stop::Limit { what, limit });
    }
    Ok(())
}
