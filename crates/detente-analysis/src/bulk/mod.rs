//! One conflict under very many preference profiles.
//!
//! Who can move where is fixed; what each party prefers is not. A [`Plan`] holds what follows from the
//! moves alone. A [`Batch`] holds [`LANES`] profiles side by side, and [`Plan::judge`] judges all of
//! them at once: every number of the computation is a row of [`LANES`] numbers, one per profile.
//! [`count`] goes through a range of samples, block by block, and counts how often each state is an
//! equilibrium. [`Stream`] gives each block its own random numbers, so that a sample has the same ones
//! wherever and whenever it is judged.
//!
//! The concepts are those of which a table follows from least and largest ranks: Nash stability, GMR,
//! SMR, SEQ and SSEQ, under the usual [`Settings`](crate::Settings). For party `i` let `C(t)` be state
//! `t` and everything that the opponents can reach from it, by any of their moves (GMR, SMR) or by their
//! improvements (SEQ, SSEQ). Let the level of a state be its rank (GMR, SEQ) or the best rank of it and
//! of what `i` can move to from it (SMR, SSEQ). Then a state `s` is stable for `i` if and only if no
//! `t` to which `i` can move has a rank and a least level over `C(t)` that are both above the rank of `s`.
//! That `C(t)` has `t` itself in it changes nothing: `t` sanctions no move to itself, because a move
//! that needs a sanction leads to a rank above that of `s`.
//!
//! ```
//! use detente_analysis::bulk::{self, LANES, Plan, Stream, Tally};
//! use detente_analysis::{Budget, Concept, Graph, Moves, StateId};
//!
//! // Two parties with one option each: state 0 is neither, 3 is both.
//! let flip = |bit: u32| Moves::from_lists((0..4).map(|s| vec![StateId(s ^ bit)]));
//! let graph = Graph::new(4, vec![flip(1), flip(2)]).ok_or("no graph")?;
//! let plan = Plan::new(&graph, &[Concept::Nash, Concept::Seq], &Budget::default())?;
//! let stream = Stream::new(7);
//! let draw = |block, batch: &mut bulk::Batch| {
//!     let mut random = stream.block(block);
//!     for party in graph.party_ids() {
//!         batch.rows_mut(party).fill_with(|| random.row());
//!     }
//! };
//! let counts = bulk::count(&plan, &Tally::default(), 0..1_000, draw, &Budget::default());
//! assert_eq!(counts.value().samples(), 1_000);
//! assert!(counts.value().equilibria(Concept::Seq).is_some_and(|c| c.len() == 4));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![expect(
    clippy::inline_always,
    reason = "vector instructions chosen when the program runs reach only what is inlined"
)]

mod batch;
mod count;
mod cover;
mod draws;
mod judge;
mod lanes;
mod plan;
mod sweep;
mod verdicts;

pub use batch::{Batch, Mismatch, Row};
pub use count::{Counts, Tally, count, fold};
pub use draws::{Draws, Stream};
pub use plan::{CONCEPTS, Plan, Refused};
pub use verdicts::{Detail, Verdicts};

/// How many profiles are judged at once.
pub const LANES: usize = 32;
