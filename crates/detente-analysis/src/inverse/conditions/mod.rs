//! What a party's preferences have to be for a state to be stable for it.
//!
//! A state *s* is stable for a party *i* unless *i* leaves it by an improvement that nothing deters. So,
//! for each of its moves to a state *q*, either *i* does not prefer *q* to *s*, or the move is deterred:
//! the others can answer it with a state *u* that *i* does not prefer to *s* either and, under the
//! symmetric concepts, nor does it prefer to *s* anything that it can move to from *u*. Everything that
//! the condition asks of *i* is of the kind "*i* does not prefer *t* to *s*" for some state *t*: the
//! condition is a monotone formula over these atoms, and every combination of their truth values is
//! that of some ranking. It is necessary and sufficient for every ranking of *i*, with ties or without.
//!
//! Which states *u* the others can answer with depends on their moves alone under Nash stability (where
//! none counts), GMR and SMR: there the conditions of the parties are independent, and a state is an
//! equilibrium exactly when each party's preferences satisfy that party's. Under SEQ, SSEQ and
//! best-response SEQ the others answer by improvements of theirs. There the condition is stated given
//! what the *other* parties prefer now, [`StabilityCondition::given_others`] says so, and it has to be
//! asked for again when their preferences change.

pub(crate) mod monotone;

use detente_model::PartyId;

use self::monotone::{Choice, Meter, Term, implicants, implicates, simplify};
use super::question::{Judgement, Unsuited};
use crate::reach::{Reach, SequenceRule, StepRule, explore};
use crate::{Budget, Concept, Conflict, Outcome, Ranking, Settings, StateId, Stop};

/// When a state is stable for a party: each requirement has to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StabilityCondition {
    /// The party.
    pub party: PartyId,
    /// The state.
    pub state: StateId,
    /// The concept.
    pub concept: Concept,
    /// To how many states the party can move from there.
    pub moves: usize,
    /// What is required of the party's preferences; nothing when the state is stable whatever they
    /// are. No requirement follows from the others as far as that could be seen cheaply; those of a
    /// single state come first. Under the concepts without escapes they are the prime implicates of
    /// the condition, and so determined by it.
    pub requirements: Vec<Requirement>,
    /// Whether the requirements hold for the present preferences of the other parties only, because
    /// these answer by improvements of theirs.
    pub given_others: bool,
}

/// One of these sets of states has to be such that the party prefers none of it to the state in
/// question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requirement {
    /// The sets; each ascending, smaller sets first.
    pub alternatives: Vec<Vec<StateId>>,
}

impl Requirement {
    /// Whether it is met when `acceptable` says which states the party does not prefer to the state in
    /// question.
    pub fn is_met(&self, acceptable: impl Fn(StateId) -> bool) -> bool {
        let all = |set: &Vec<StateId>| set.iter().all(|s| acceptable(*s));
        self.alternatives.iter().any(all)
    }
}

impl StabilityCondition {
    /// Whether the state is stable for the party when it ranks the states so.
    pub fn holds(&self, ranking: &Ranking) -> bool {
        self.holds_when(|s| !ranking.prefers(s, self.state))
    }

    /// Whether the state is stable for the party when `acceptable` says which states it does not
    /// prefer to the state.
    pub fn holds_when(&self, acceptable: impl Fn(StateId) -> bool) -> bool {
        self.requirements.iter().all(|r| r.is_met(&acceptable))
    }

    /// The states of which the condition speaks, ascending.
    pub fn states(&self) -> Vec<StateId> {
        let sets = self.requirements.iter().flat_map(|r| &r.alternatives);
        let mut states: Vec<StateId> = sets.flatten().copied().collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// The prime implicates of the condition: the smallest sets of states of which the party must not
    /// prefer one at least to the state. `None` when more than `most` come up on the way.
    ///
    /// # Errors
    ///
    /// Stops when the budget ends.
    pub fn clauses(&self, most: usize, budget: &Budget) -> Result<Option<Vec<Vec<StateId>>>, Stop> {
        let found = implicates(&self.choices(), most, &mut Meter::new(budget))?;
        Ok(found.map(|sets| sets.into_iter().map(named).collect()))
    }

    /// The prime implicants of the condition: the smallest sets of states such that it suffices that
    /// the party prefers none of one set to the state. `None` when more than `most` come up on the
    /// way.
    ///
    /// # Errors
    ///
    /// Stops when the budget ends.
    pub fn ways(&self, most: usize, budget: &Budget) -> Result<Option<Vec<Vec<StateId>>>, Stop> {
        let found = implicants(&self.choices(), most, &mut Meter::new(budget))?;
        Ok(found.map(|sets| sets.into_iter().map(named).collect()))
    }

    pub(crate) fn choices(&self) -> Vec<Choice> {
        let numbers = |set: &Vec<StateId>| set.iter().map(|s| s.0).collect();
        let choice = |r: &Requirement| r.alternatives.iter().map(numbers).collect();
        self.requirements.iter().map(choice).collect()
    }
}

fn named(set: Term) -> Vec<StateId> {
    set.into_iter().map(StateId).collect()
}

/// Whether conditions can be given under a concept: under Nash, GMR, SMR, SEQ, SSEQ and best-response
/// SEQ.
pub fn has_condition(concept: Concept) -> bool {
    Rule::of(concept).is_ok()
}

/// What sets the concepts apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// By which steps the others answer; `None` when they do not.
    pub(crate) answers: Option<StepRule>,
    /// Whether the party may escape from an answer.
    pub(crate) escapes: bool,
}

impl Rule {
    pub(crate) fn of(concept: Concept) -> Result<Self, Unsuited> {
        let (answers, escapes) = match concept {
            Concept::Nash => (None, false),
            Concept::Gmr => (Some(StepRule::Moves), false),
            Concept::Smr => (Some(StepRule::Moves), true),
            Concept::Seq => (Some(StepRule::Improvements), false),
            Concept::Sseq => (Some(StepRule::Improvements), true),
            Concept::BestResponseSeq => (Some(StepRule::BestImprovements), false),
            Concept::Sim
            | Concept::SimOneSided
            | Concept::LimitedMove(_)
            | Concept::NonMyopic
            | Concept::Stackelberg(_) => return Err(Unsuited::Concept(concept)),
        };
        Ok(Self { answers, escapes })
    }

    /// Whether the answers depend on what those who answer prefer.
    pub(crate) fn looks_at_others(self) -> bool {
        matches!(
            self.answers,
            Some(StepRule::Improvements | StepRule::BestImprovements)
        )
    }
}

/// The condition for a state to be stable for a party.
///
/// # Errors
///
/// Refuses a concept without such a condition and parties and states that do not exist, and stops when
/// the budget ends.
pub fn condition(
    conflict: &Conflict<'_>,
    concept: Concept,
    settings: &Settings,
    party: PartyId,
    state: StateId,
    budget: &Budget,
) -> Result<StabilityCondition, Unsuited> {
    let rule = Rule::of(concept)?;
    exists(conflict, party, state)?;
    let mut meter = Meter::new(budget);
    let steps = vec![rule.answers; conflict.graph().parties()];
    let answers = Answers::new(conflict, settings, party, &steps, budget)?;
    let guards = guards(&answers, rule, state, &mut meter)?;
    Ok(assembled(
        conflict, concept, party, state, guards, &mut meter,
    )?)
}

/// The conditions for a state to be an equilibrium, one per party, in order: `judgement` says by which
/// concept each party's stability is judged. The state is an equilibrium when all hold; see
/// [`StabilityCondition::given_others`] for what that means when several parties change.
///
/// When the budget ends early, the result holds the conditions of the first parties.
///
/// # Errors
///
/// Refuses concepts without such a condition, a judgement that is not about the parties, and a state
/// that does not exist.
pub fn conditions(
    conflict: &Conflict<'_>,
    judgement: &Judgement,
    settings: &Settings,
    state: StateId,
    budget: &Budget,
) -> Result<Outcome<Vec<StabilityCondition>>, Unsuited> {
    let parties = conflict.graph().parties();
    fits(conflict, judgement)?;
    let mut found = Vec::with_capacity(parties);
    for (party, concept) in conflict.graph().party_ids().zip(judgement) {
        budget.report("conditions", u64::from(party.0), parties as u64);
        match condition(conflict, *concept, settings, party, state, budget) {
            Ok(condition) => found.push(condition),
            Err(Unsuited::Stopped(stop)) => return Ok(Outcome::Stopped(found, stop)),
            Err(other) => return Err(other),
        }
    }
    Ok(Outcome::Complete(found))
}

pub(crate) fn fits(conflict: &Conflict<'_>, judgement: &Judgement) -> Result<(), Unsuited> {
    if judgement.len() != conflict.graph().parties() {
        return Err(Unsuited::Question("there has to be one concept per party"));
    }
    judgement.iter().try_for_each(|c| Rule::of(*c).map(|_| ()))
}

pub(crate) fn exists(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
) -> Result<(), Unsuited> {
    if party.index() >= conflict.graph().parties() {
        return Err(Unsuited::Question("there is no such party"));
    }
    if state.index() >= conflict.graph().states() {
        return Err(Unsuited::Question("there is no such state"));
    }
    Ok(())
}

/// Puts a condition together from what guards each move.
pub(crate) fn assembled(
    conflict: &Conflict<'_>,
    concept: Concept,
    party: PartyId,
    state: StateId,
    guards: Vec<Choice>,
    meter: &mut Meter<'_>,
) -> Result<StabilityCondition, Stop> {
    let given_others = Rule::of(concept).is_ok_and(Rule::looks_at_others) && !guards.is_empty();
    let requirement = |choice: Choice| Requirement {
        alternatives: choice.into_iter().map(named).collect(),
    };
    let mut choices = simplify(guards, meter)?;
    choices.sort_unstable_by_key(|c| (c.len() > 1, c.clone()));
    Ok(StabilityCondition {
        party,
        state,
        concept,
        moves: conflict.graph().moves(party).from(state).len(),
        requirements: choices.into_iter().map(requirement).collect(),
        given_others,
    })
}

/// What the opponents of a party can answer with, when each takes steps by a rule of its own.
pub(crate) struct Answers<'a> {
    conflict: &'a Conflict<'a>,
    party: PartyId,
    diagonal: bool,
    sequences: SequenceRule,
    /// The opponents that take steps, and which.
    movers: Vec<(PartyId, Reach<'a>)>,
}

impl<'a> Answers<'a> {
    /// `steps` has an entry per party: by which rule it takes steps, `None` when it takes none. That of
    /// the party itself is not looked at.
    pub(crate) fn new(
        conflict: &'a Conflict<'a>,
        settings: &Settings,
        party: PartyId,
        steps: &[Option<StepRule>],
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let opponents = conflict.graph().party_ids().filter(|p| *p != party);
        let moving = opponents.filter(|p| !conflict.graph().moves(*p).is_empty());
        let movers: Vec<(PartyId, Reach<'a>)> = moving
            .filter_map(|p| {
                let rule = steps.get(p.index()).copied().flatten()?;
                Some((p, Reach::new(conflict, [p], rule)))
            })
            .collect();
        Reach::new(conflict, movers.iter().map(|(p, _)| *p), StepRule::Moves)
            .with_sequences(settings.sequences)
            .fits(budget)?;
        Ok(Self {
            conflict,
            party,
            diagonal: settings.diagonal,
            sequences: settings.sequences,
            movers,
        })
    }

    /// The states that the opponents can answer a move to `from` with, ascending.
    pub(crate) fn to(&self, from: StateId, meter: &mut Meter<'_>) -> Result<Vec<StateId>, Stop> {
        let states = self.conflict.graph().states();
        if self.movers.is_empty() {
            return Ok(Vec::new());
        }
        let mut targets = 0;
        let (tree, _) = explore(
            states,
            self.movers.len(),
            from,
            self.sequences,
            &mut |mover, state, into| {
                if let Some((party, reach)) = self.movers.get(mover) {
                    reach.steps_of(*party, state, into);
                    targets += into.len() + 1;
                }
            },
            &mut |_| false,
        );
        let mut reached: Vec<StateId> = tree.reached().collect();
        reached.sort_unstable();
        reached.dedup();
        meter.spend(targets + reached.len() + (states * self.movers.len()).div_ceil(64))?;
        Ok(reached)
    }
}

/// For every move of the party from a state, in order, what keeps it from being an improvement that
/// nothing deters. Not yet simplified; a move that is deterred in any case has an empty term.
pub(crate) fn guards(
    answers: &Answers<'_>,
    rule: Rule,
    state: StateId,
    meter: &mut Meter<'_>,
) -> Result<Vec<Choice>, Stop> {
    let moves = answers.conflict.graph().moves(answers.party);
    let mut guards = Vec::with_capacity(moves.from(state).len());
    let (most, mut held) = (meter.budget().max_moves, 0_u64);
    for &to in moves.from(state) {
        let mut choice: Vec<Term> = vec![vec![to.0]];
        for answer in answers.to(to, meter)? {
            if answer == state && !answers.diagonal {
                continue;
            }
            let mut term = vec![answer.0];
            if rule.escapes {
                term.extend(moves.from(answer).iter().map(|s| s.0));
                term.sort_unstable();
            }
            // That it is no better than itself is no condition.
            term.retain(|s| *s != state.0);
            meter.spend(term.len() + 1)?;
            if term.is_empty() {
                choice = vec![term];
                break;
            }
            held = held.saturating_add(term.len() as u64);
            if held > most {
                return Err(Stop::Limit {
                    what: "mentions of states in conditions",
                    limit: most,
                });
            }
            choice.push(term);
        }
        // Many answers leave the party the same way out.
        choice.sort_unstable();
        choice.dedup();
        guards.push(choice);
    }
    Ok(guards)
}
