//! Why a state is stable for a party or not: the moves that prove it.

use biodivine_lib_bdd::Bdd;
use detente_model::PartyId;
use detente_model::model::Assignment;

use super::encoding::holds;
use super::engine::{Engine, States, Unanswered};
use super::moves::best;
use super::sequential::{constants, improving, no_better};
use crate::{Concept, Stop};

/// A move of an opponent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who moves.
    pub party: PartyId,
    /// To which state.
    pub to: Assignment,
}

/// Why a state is stable for a party, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Stable: the party has no move to a state that it prefers.
    NoImprovement,
    /// Stable: every improvement is answered. Here is how the best of them is.
    Answered {
        /// The improvement, the best for the party (the smallest number among equals).
        improvement: Assignment,
        /// A legal sequence of the opponents' moves that ends no better for the party than where it
        /// started; for SMR and SSEQ, whatever it does then. Never empty.
        answer: Vec<Answer>,
    },
    /// Unstable: the opponents have no such answer to this improvement.
    Unanswered {
        /// The improvement, the best of those without an answer (the smallest number among equals).
        improvement: Assignment,
        /// How many improvements have no answer.
        others: num_bigint::BigUint,
    },
}

impl Why {
    /// Whether the state is stable.
    pub fn is_stable(&self) -> bool {
        !matches!(self, Self::Unanswered { .. })
    }
}

/// What opponents can answer by, step by step backwards.
struct Trace {
    /// The states where the party is no better off.
    end: Bdd,
    /// Whose moves were traced back, and from where what was found then leads on.
    rings: Vec<(PartyId, Bdd)>,
    /// All states that lead to the end.
    all: Bdd,
}

impl Engine<'_, '_, '_> {
    /// Why a feasible state is stable for a party under Nash, GMR, SMR, SEQ or SSEQ, or not.
    pub fn why(
        &self,
        concept: Concept,
        party: PartyId,
        state: &Assignment,
    ) -> Result<Why, Unanswered> {
        let better = self.improvements(party, state)?;
        let (improving_only, escape) = match concept {
            Concept::Gmr => (false, false),
            Concept::Smr => (false, true),
            Concept::Nash | Concept::Seq => (true, false),
            Concept::Sseq => (true, true),
            other => return Err(Unanswered::Concept(other)),
        };
        if better.is_false() {
            return Ok(Why::NoImprovement);
        }
        if concept == Concept::Nash {
            return self.unanswered(party, better);
        }
        let values = self.encoding.values(state).ok_or(Unanswered::State)?;
        let worth: Vec<bool> = self.encoding.players[party.index()]
            .worth
            .iter()
            .map(|w| holds(w, &values))
            .collect();
        let threshold = constants(self.encoding, &worth);
        let end = no_better(self.encoding, &self.meter, party, &threshold, escape)?;
        let trace = self.trace(party, &end, improving_only, &better)?;
        let open = self.meter.and_not(&better, &trace.all)?;
        if !open.is_false() {
            return self.unanswered(party, open);
        }
        let improvement = self
            .best_for(party, &States { diagram: better })?
            .ok_or(Unanswered::State)?
            .state;
        let answer = self.follow(&trace, &improvement, improving_only)?;
        Ok(Why::Answered {
            improvement,
            answer,
        })
    }

    fn unanswered(&self, party: PartyId, open: Bdd) -> Result<Why, Unanswered> {
        let others = open.exact_cardinality();
        let found = self.best_for(party, &States { diagram: open })?;
        let improvement = found.ok_or(Unanswered::State)?.state;
        Ok(Why::Unanswered {
            improvement,
            others,
        })
    }

    /// Traces the opponents' moves (or improvements) back from `end` until all of `better` is found or
    /// nothing more is.
    fn trace(
        &self,
        party: PartyId,
        end: &Bdd,
        improving_only: bool,
        better: &Bdd,
    ) -> Result<Trace, Stop> {
        let (encoding, meter) = (self.encoding, &self.meter);
        // The party's own options stay as the improvements leave them.
        let owns = &encoding.players[party.index()].owns;
        let choices = meter.exists(better, &|v| owns.get(v.to_index()) != Some(&true))?;
        let domain = meter.and(&encoding.feasible, &choices)?;
        let end = meter.and(end, &choices)?;
        let opponents: Vec<PartyId> = encoding
            .model
            .party_ids()
            .filter(|p| *p != party && encoding.players[p.index()].can_move())
            .collect();
        let mut trace = Trace {
            all: end.clone(),
            end,
            rings: Vec::new(),
        };
        let mut quiet = 0;
        for opponent in opponents.iter().cycle() {
            if quiet >= opponents.len() || meter.and_not(better, &trace.all)?.is_false() {
                break;
            }
            let open = meter.and_not(&domain, &trace.all)?;
            let player = &encoding.players[opponent.index()];
            let more = if improving_only {
                improving(meter, &open, &trace.all, player)?
            } else {
                meter.and(&open, &best(meter, &trace.all, &[], player)?.exists)?
            };
            if more.is_false() {
                quiet += 1;
                continue;
            }
            quiet = 1;
            trace.rings.push((*opponent, trace.all.clone()));
            trace.all = meter.or(&trace.all, &more)?;
        }
        Ok(trace)
    }

    /// A sequence of the opponents' moves from a traced state to the end.
    fn follow(
        &self,
        trace: &Trace,
        from: &Assignment,
        improving_only: bool,
    ) -> Result<Vec<Answer>, Unanswered> {
        let mut answer = Vec::new();
        let mut values = self.encoding.values(from).ok_or(Unanswered::State)?;
        let mut rings = trace.rings.as_slice();
        while !holds(&trace.end, &values) {
            // The ring in which the state was found: the last one that leads on from elsewhere.
            let at = rings
                .iter()
                .rposition(|(_, target)| !holds(target, &values));
            let ring = at.and_then(|at| Some((at, rings.get(at)?)));
            let (at, (party, target)) = ring.ok_or(Unanswered::State)?;
            let player = &self.encoding.players[party.index()];
            let moves = self.moves(player, &values)?;
            let mut into = self.meter.and(&moves, target)?;
            if improving_only {
                let state = self.encoding.state(&values);
                let better = self.improvements(*party, &state)?;
                into = self.meter.and(&into, &better)?;
            }
            let to = self
                .lowest(&States { diagram: into })?
                .ok_or(Unanswered::State)?;
            values = self.encoding.values(&to).ok_or(Unanswered::State)?;
            answer.push(Answer { party: *party, to });
            rings = &rings[..at];
        }
        Ok(answer)
    }
}
