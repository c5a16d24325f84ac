//! From a game to its certificate.

use std::collections::{BTreeMap, HashMap, HashSet};

use detente_model::PartyId;
use detente_model::model::Form;

use super::{
    Answer, Certificate, ClosedSet, Equilibria, FORMAT, Item, Member, Move, Rules, Sequences,
    State, Steps, Verdict,
};
use crate::stability::{Fate, ImprovementFate, Sanction, explain};
use crate::{
    Budget, Concept, ConceptError, Conflict, Game, Reach, SequenceRule, Settings, StateId,
    StepRule, Stop,
};

/// The usual limit on the size of a certificate, in entries: verdicts, moves of the others, and
/// members of closed sets. A certificate of that size takes some 50 megabytes.
pub const MOST_ENTRIES: u64 = 1_000_000;

/// What a certificate is to be about.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The variants whose changes the model has, in order.
    pub variants: &'a [String],
    /// The fingerprint of the negotiation with these changes; see [`super::fingerprint`].
    pub fingerprint: String,
    /// The concepts. Where simultaneous stability is among them, sequential stability is added,
    /// because its proofs rest on it.
    pub concepts: &'a [Concept],
    /// The rules of stability.
    pub settings: Settings,
    /// How large the certificate may be; see [`MOST_ENTRIES`].
    pub most_entries: u64,
}

/// Why there is no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The form has no proofs for the concept.
    #[error("a certificate has no proofs for `{0}`")]
    Unsupported(Concept),
    /// The concept does not apply, or the computation stopped.
    #[error(transparent)]
    Concept(#[from] ConceptError),
    /// The computation stopped, or the certificate would be too large.
    #[error("the certificate was not finished: {0}")]
    Stopped(#[from] Stop),
    /// The closed set of an unstable verdict contains a sanction. The verdict or the set is wrong;
    /// this is an error in the program.
    #[error(
        "the verdict of `{concept}` on party {} and state {} cannot be proved; please report this",
        party.0, state.0
    )]
    Unproved {
        /// The concept.
        concept: Concept,
        /// The party.
        party: PartyId,
        /// The state.
        state: StateId,
    },
}

/// How many nodes of closures are kept for the next verdict.
const MOST_KEPT: usize = 4_000_000;

/// Whether certificates can prove verdicts of a concept. They cannot where parties look a number of
/// moves ahead: limited-move, non-myopic and Stackelberg stability.
pub fn supports(concept: Concept) -> bool {
    match concept {
        Concept::Nash
        | Concept::Gmr
        | Concept::Smr
        | Concept::Seq
        | Concept::Sseq
        | Concept::BestResponseSeq
        | Concept::Sim
        | Concept::SimOneSided => true,
        Concept::LimitedMove(_) | Concept::NonMyopic | Concept::Stackelberg(_) => false,
    }
}

/// The steps of the others under a concept that looks at sequences, and whether the party may escape.
fn sanctioning(concept: Concept) -> Option<(Steps, bool)> {
    match concept {
        Concept::Gmr => Some((Steps::Moves, false)),
        Concept::Smr => Some((Steps::Moves, true)),
        Concept::Seq => Some((Steps::Improvements, false)),
        Concept::Sseq => Some((Steps::Improvements, true)),
        Concept::BestResponseSeq => Some((Steps::BestImprovements, false)),
        _ => None,
    }
}

fn step_rule(steps: Steps) -> StepRule {
    match steps {
        Steps::Moves => StepRule::Moves,
        Steps::Improvements => StepRule::Improvements,
        Steps::BestImprovements => StepRule::BestImprovements,
    }
}

/// Writes the certificate of a game. Same game and request, same certificate.
///
/// There is never half a certificate: what would be too large, or was not finished, is an error.
///
/// # Errors
///
/// Concepts without proofs or that do not apply; a certificate beyond its limit; cancellation.
pub fn write(
    game: &Game<'_>,
    request: &Request<'_>,
    budget: &Budget,
) -> Result<Certificate, WriteError> {
    let conflict = game.conflict();
    let mut concepts: Vec<Concept> = Vec::new();
    for &concept in request.concepts {
        if !supports(concept) {
            return Err(WriteError::Unsupported(concept));
        }
        concept.check(&conflict)?;
        if concept == Concept::Sim && !request.concepts.contains(&Concept::Seq) {
            concepts.push(Concept::Seq);
        }
        concepts.push(concept);
    }
    let mut seen = HashSet::new();
    concepts.retain(|c| seen.insert(*c));
    let mut writer = Writer {
        game,
        conflict: &conflict,
        settings: &request.settings,
        budget,
        limit: request.most_entries,
        entries: 0,
        closures: HashMap::new(),
        kept: 0,
        places: BTreeMap::new(),
        sets: Vec::new(),
    };
    let states = game.space.len() as u64;
    let verdicts = states
        .saturating_mul(game.model.parties.len() as u64)
        .saturating_mul(concepts.len() as u64);
    writer.count(verdicts)?;
    let mut certificate = writer.header(request);
    for (done, &concept) in (0_u64..).zip(&concepts) {
        budget.report("concepts proved", done, concepts.len() as u64);
        let mut equilibria: Vec<bool> = vec![true; game.space.len()];
        for party in game.model.party_ids() {
            for (state, holds) in game.space.ids().zip(&mut equilibria) {
                let verdict = writer.verdict(concept, party, state)?;
                *holds &= verdict.stable;
                certificate.verdicts.push(verdict);
            }
        }
        let states = game.space.ids().zip(equilibria).filter(|(_, holds)| *holds);
        certificate.equilibria.push(Equilibria {
            concept: concept.id(),
            states: states.map(|(s, _)| game.id(s)).collect(),
        });
    }
    certificate.closed_sets = writer.sets;
    Ok(certificate)
}

/// What tells one closure from another: the party whose opponents move, their steps, where they
/// begin, and whether it is remembered who moved.
type ClosureKey = (PartyId, Steps, StateId, bool);

/// A state in a closure, and who may not move next.
type Node = (StateId, Vec<PartyId>);

struct Writer<'a> {
    game: &'a Game<'a>,
    conflict: &'a Conflict<'a>,
    settings: &'a Settings,
    budget: &'a Budget,
    limit: u64,
    entries: u64,
    /// Closures found so far, and how many nodes they have together.
    closures: HashMap<ClosureKey, Vec<Node>>,
    kept: usize,
    /// Where a closed set stands in the table.
    places: BTreeMap<(PartyId, Steps, Vec<Node>), u32>,
    sets: Vec<ClosedSet>,
}

impl Writer<'_> {
    fn count(&mut self, entries: u64) -> Result<(), Stop> {
        self.entries = self.entries.saturating_add(entries);
        if self.entries > self.limit {
            return Err(Stop::Limit {
                what: "certificate entries",
                limit: self.limit,
            });
        }
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    fn header(&self, request: &Request<'_>) -> Certificate {
        let (game, model) = (self.game, self.game.model);
        let name = |party: PartyId| model.party(party).name.clone();
        let state = |s: StateId| State {
            number: game.id(s),
            levels: (model.form == Form::Options).then(|| game.space.assignment(s)),
            node: (model.form == Form::Graph)
                .then(|| model.states.get(game.space.value(s) as usize))
                .flatten()
                .map(|named| named.name.clone()),
        };
        Certificate {
            format: FORMAT.to_owned(),
            title: model.title.clone(),
            variants: request.variants.to_vec(),
            fingerprint: request.fingerprint.clone(),
            rules: Rules {
                sequences: match request.settings.sequences {
                    SequenceRule::Legal => Sequences::Legal,
                    SequenceRule::EachOnce => Sequences::EachOnce,
                },
                diagonal: request.settings.diagonal,
            },
            parties: model.party_ids().map(name).collect(),
            options: model
                .options
                .iter()
                .map(|option| Item {
                    party: name(option.owner),
                    option: option.name.clone(),
                    levels: option.levels.clone(),
                })
                .collect(),
            complete: true,
            states: game.space.ids().map(state).collect(),
            equilibria: Vec::new(),
            closed_sets: Vec::new(),
            verdicts: Vec::new(),
        }
    }

    fn name(&self, party: PartyId) -> String {
        self.game.model.party(party).name.clone()
    }

    fn a_move(&self, party: PartyId, to: StateId) -> Move {
        Move {
            party: self.name(party),
            to: self.game.id(to),
        }
    }

    fn verdict(
        &mut self,
        concept: Concept,
        party: PartyId,
        state: StateId,
    ) -> Result<Verdict, WriteError> {
        let found = explain(
            self.conflict,
            concept,
            self.settings,
            party,
            state,
            self.budget,
        )?;
        let open = found
            .improvements
            .iter()
            .find(|i| matches!(i.fate, Fate::Open { .. }))
            .map(|i| i.to);
        let mut verdict = Verdict {
            concept: concept.id(),
            party: self.name(party),
            state: self.game.id(state),
            stable: open.is_none(),
            answers: Vec::new(),
            improvement: open.map(|to| self.game.id(to)),
            closed_set: None,
        };
        match (open, sanctioning(concept)) {
            (None, _) => {
                for improvement in &found.improvements {
                    let answer = self.answer(improvement);
                    self.count((answer.by.len() + answer.together.len()) as u64)?;
                    verdict.answers.push(answer);
                }
                self.count(0)?;
            }
            (Some(to), Some((steps, escapes))) => {
                let set = self.closed_set(party, state, to, steps, escapes)?;
                verdict.closed_set = Some(set.ok_or(WriteError::Unproved {
                    concept,
                    party,
                    state,
                })?);
            }
            (Some(_), None) => {}
        }
        Ok(verdict)
    }

    fn answer(&self, improvement: &ImprovementFate) -> Answer {
        let mut answer = Answer {
            to: self.game.id(improvement.to),
            by: Vec::new(),
            together: Vec::new(),
            result: None,
        };
        if let Fate::Sanctioned { by, result, .. } = &improvement.fate {
            match by {
                Sanction::Sequence(steps) => {
                    let steps = steps.iter().map(|s| self.a_move(s.party, s.to));
                    answer.by = steps.collect();
                }
                Sanction::Together(choices) => {
                    let choices = choices.iter().map(|(p, to)| self.a_move(*p, *to));
                    answer.together = choices.collect();
                    answer.result = Some(self.game.id(*result));
                }
            }
        }
        answer
    }

    /// The best state that the party can move to from a state, if it prefers that one.
    fn escape(&self, party: PartyId, from: StateId) -> Option<StateId> {
        let ranking = self.conflict.ranking(party);
        let improvements: Vec<StateId> = self.conflict.improvements(party, from).collect();
        let best = improvements.iter().rev();
        best.max_by_key(|s| ranking.rank(**s)).copied()
    }

    /// Whether ending in a state would not sanction the party that left another.
    fn harmless(&self, party: PartyId, left: StateId, end: StateId, escapes: bool) -> bool {
        let better = |s: StateId| self.conflict.improves(party, left, s);
        better(end)
            || (!self.settings.diagonal && end == left)
            || (escapes && self.escape(party, end).is_some_and(better))
    }

    /// The place of a closed set that proves that nothing sanctions a move; `None` when it is not so.
    ///
    /// Who moved last is remembered only where it matters.
    fn closed_set(
        &mut self,
        party: PartyId,
        left: StateId,
        to: StateId,
        steps: Steps,
        escapes: bool,
    ) -> Result<Option<u32>, Stop> {
        for remember in [false, true] {
            let key = (party, steps, to, remember);
            if !self.closures.contains_key(&key) {
                let closure = self.closure(key)?;
                self.kept += closure.len();
                if self.kept > MOST_KEPT {
                    self.closures.clear();
                    self.kept = closure.len();
                }
                self.closures.insert(key, closure);
            }
            let Some(closure) = self.closures.get(&key) else {
                continue;
            };
            if closure
                .iter()
                .all(|(s, _)| self.harmless(party, left, *s, escapes))
            {
                let closure = closure.clone();
                return self.place(party, steps, closure).map(Some);
            }
        }
        Ok(None)
    }

    /// Everything that the opponents reach, the start included, ascending.
    fn closure(&mut self, key: ClosureKey) -> Result<Vec<Node>, Stop> {
        let (party, steps, start, remember) = key;
        let reach = Reach::opponents(self.conflict, party, step_rule(steps));
        let mut seen: HashSet<Node> = HashSet::from([(start, Vec::new())]);
        let mut nodes: Vec<Node> = vec![(start, Vec::new())];
        let mut targets = Vec::new();
        let mut next = 0;
        while let Some((state, barred)) = nodes.get(next).cloned() {
            next += 1;
            for &mover in reach.movers() {
                if barred.contains(&mover) {
                    continue;
                }
                let mut after = Vec::new();
                if remember {
                    if self.settings.sequences == SequenceRule::EachOnce {
                        after.clone_from(&barred);
                    }
                    after.push(mover);
                    after.sort_unstable();
                }
                targets.clear();
                reach.steps_of(mover, state, &mut targets);
                for &to in &targets {
                    // At the start everybody may move, so nothing is gained by coming back.
                    let node = (to, after.clone());
                    if to != start && seen.insert(node.clone()) {
                        nodes.push(node);
                    }
                }
            }
            if nodes.len() as u64 > self.limit {
                self.count(self.limit)?;
            }
            if next.is_multiple_of(1024) {
                self.count(0)?;
            }
        }
        nodes.sort_unstable();
        Ok(nodes)
    }

    fn place(&mut self, party: PartyId, steps: Steps, nodes: Vec<Node>) -> Result<u32, Stop> {
        let key = (party, steps, nodes);
        if let Some(place) = self.places.get(&key) {
            return Ok(*place);
        }
        self.count(key.2.len() as u64)?;
        let members = key.2.iter().map(|(state, barred)| Member {
            state: self.game.id(*state),
            barred: barred.iter().map(|p| self.name(*p)).collect(),
            escape: self.escape(party, *state).map(|s| self.game.id(s)),
        });
        let set = ClosedSet {
            party: self.name(party),
            steps,
            members: members.collect(),
        };
        let place = self.sets.len() as u32;
        self.sets.push(set);
        self.places.insert(key, place);
        Ok(place)
    }
}
