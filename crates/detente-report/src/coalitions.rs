//! What coalitions can do: the serialisable finding. [`crate::coalitions_text`] is its text.

use detente_analysis::coalition::{
    self, Answer, CoalitionConcept, CoalitionJudge, CoalitionTable, CoalitionUndone,
    CoalitionWitness, Semantics,
};
use detente_analysis::model::PartyId;
use detente_analysis::status_quo::Leg as Steps;
use detente_analysis::{Budget, Game, StateId, StateSet, Stop, reach};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::build::{options, parties, size, state, steps};
use crate::finding::{OptionInfo, Party, Size, State, Step};
use crate::words;

/// Everything that `coalitions` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coalitions {
    /// What this is: `detente-coalitions/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// What a coalition is: `inohara-hipel` or `merged`.
    pub semantics: String,
    /// The coalitions into which the parties are merged; `null` when each is looked at in turn.
    pub partition: Option<Vec<Vec<String>>>,
    /// The concept that says which coalition improvements are answered: `cnash`, `cgmr`, `csmr` or
    /// `cseq`.
    pub concept: String,
    /// How large the conflict is.
    pub size: Size,
    /// The parties, in order.
    pub parties: Vec<Party>,
    /// The options, in order. Empty in the graph form.
    pub options: Vec<OptionInfo>,
    /// The number of the status quo, if the model has one.
    pub status_quo: Option<u32>,
    /// All feasible states, ascending.
    pub states: Vec<State>,
    /// Whether all coalitions were looked at; otherwise they are the single parties, the pairs and
    /// everybody, also as opponents.
    pub all_coalitions: bool,
    /// The coalitions that were judged, single parties among them, smaller ones first.
    pub coalitions: Vec<Coalition>,
    /// For each concept the states that are stable for every coalition of the list, ascending.
    pub equilibria: IndexMap<String, Vec<u32>>,
    /// The verdicts with their proofs, by concept, coalition and state; which states are covered is
    /// said by `witnessed`.
    pub verdicts: Vec<Verdict>,
    /// `all` states, or only those of `equilibria` under `concept` and the status quo.
    pub witnessed: String,
    /// Who can block an outcome; `null` when that was not asked.
    pub blocking: Option<Blocking>,
    /// Who must act together to reach an outcome; `null` when that was not asked.
    pub toward: Option<Toward>,
    /// Limits of the results, in words.
    pub notes: Vec<String>,
}

/// A coalition, what it can gain, and what holds against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coalition {
    /// Its members.
    pub members: Vec<String>,
    /// The states from which it can improve, with the states that it can improve to.
    pub improvements: Vec<Improvements>,
    /// For each concept the states that are stable for it, ascending.
    pub stable: IndexMap<String, Vec<u32>>,
}

/// Where a coalition can improve to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Improvements {
    /// The state that is left.
    pub from: u32,
    /// The states that every member prefers to it and that they can reach together, ascending.
    pub to: Vec<u32>,
}

/// Whether a state is stable for a coalition, and the moves that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The members of the coalition.
    pub members: Vec<String>,
    /// The state.
    pub state: u32,
    /// The concept.
    pub concept: String,
    /// Whether it is stable: whether each improvement has a sanction.
    pub stable: bool,
    /// Every improvement of the coalition and what becomes of it.
    pub improvements: Vec<Improvement>,
}

/// An improvement of a coalition and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Improvement {
    /// The state that the coalition would go to.
    pub to: u32,
    /// A shortest legal sequence of the members' moves; empty for a merged coalition that changes
    /// several parties' options at once.
    pub moves: Vec<Step>,
    /// The answer that deters it; `null` when nothing does.
    pub sanction: Option<Sanction>,
    /// The nearest answer that would deter but for an escape; `null` when there is none.
    pub undone: Option<Undone>,
}

/// An answer after which some member is no better off than where it started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sanction {
    /// The steps, one after the other.
    pub by: Vec<Leg>,
    /// Where it ends.
    pub result: u32,
    /// The members that do not prefer that to the state that was left.
    pub unwilling: Vec<String>,
}

/// An answer that the coalition can escape from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Undone {
    /// The steps, one after the other.
    pub by: Vec<Leg>,
    /// Where they end.
    pub result: u32,
    /// Where the coalition goes from there.
    pub escape: u32,
}

/// One step of a party or of a coalition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Leg {
    /// Who moves.
    pub parties: Vec<String>,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
    /// The moves of the members that make up the step; empty for a merged coalition that changes
    /// several parties' options at once.
    pub moves: Vec<Step>,
}

/// What a question is about: an outcome class, or one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcome {
    /// The class; `null` when the question is about one state.
    pub class: Option<String>,
    /// Its states, ascending.
    pub states: Vec<u32>,
}

/// Who can lead away from an outcome, unanswered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blocking {
    /// The outcome.
    pub outcome: Outcome,
    /// The least coalitions that block every state of it.
    pub whole: Vec<Vec<String>>,
    /// Its states, each with who blocks it.
    pub states: Vec<Blocked>,
}

/// Who can lead away from one state of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blocked {
    /// The state.
    pub state: u32,
    /// The least coalitions with an unanswered improvement out of the outcome, with all their
    /// improvements out of it.
    pub by: Vec<Verdict>,
    /// The coalitions that would gain by leaving the outcome and are deterred from it.
    pub deterred: Vec<Verdict>,
}

/// Who must act together to reach an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Toward {
    /// Where it begins.
    pub from: u32,
    /// The outcome.
    pub outcome: Outcome,
    /// How many coalitions of two or more parties each of the ways needs.
    pub coalitions_needed: usize,
    /// The least ways, each with a shortest sequence of improvements; empty when nothing was found.
    pub ways: Vec<Way>,
    /// Whether the search went through everything; otherwise there may be other ways.
    pub complete: bool,
    /// How many families of two or more coalitions were tried.
    pub families_tried: u64,
}

/// A way to an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Way {
    /// The coalitions that must form; empty when single parties suffice.
    pub coalitions: Vec<Vec<String>>,
    /// The steps.
    pub legs: Vec<Leg>,
}

/// An outcome as the analysis takes it, with its class if it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The place of the class in the model.
    pub class: Option<usize>,
    /// Its states, ascending.
    pub states: Vec<StateId>,
}

/// What was computed, as the finding takes it.
pub struct Computed<'r, 'a> {
    /// The coalitions.
    pub judge: &'r CoalitionJudge<'a>,
    /// The main concept.
    pub concept: CoalitionConcept,
    /// One table per concept.
    pub tables: &'r [CoalitionTable],
    /// Who blocks what.
    pub blocking: Option<(&'r Aim, &'r coalition::Blocking)>,
    /// Who must act together for what.
    pub toward: Option<(&'r Aim, &'r coalition::Toward)>,
}

/// More verdicts than this are not written out.
pub const MOST_VERDICTS: usize = crate::build::MOST_VERDICTS;

/// Puts an analysis of coalitions into its serialisable form.
///
/// # Errors
///
/// Stops when the budget is cancelled or used up while verdicts are proved.
pub fn finding(
    game: &Game<'_>,
    computed: &Computed<'_, '_>,
    variants: &[String],
    budget: &Budget,
) -> Result<Coalitions, Stop> {
    let judge = computed.judge;
    let partition = match judge.semantics() {
        Semantics::Merged(Some(_)) => Some(judge.coalitions()),
        Semantics::Merged(None) | Semantics::InoharaHipel => None,
    };
    let all = judge.coalitions().len() * judge.states() * computed.tables.len() <= MOST_VERDICTS;
    let ids = |set: &StateSet| set.iter().map(|s| game.id(s)).collect();
    let equilibria = computed
        .tables
        .iter()
        .map(|t| (t.concept.id().to_owned(), ids(&t.equilibria())));
    Ok(Coalitions {
        format: "detente-coalitions/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: variants.to_vec(),
        semantics: judge.semantics().id().to_owned(),
        partition: partition.map(|parts| parts.iter().map(|c| names(game, c)).collect()),
        concept: computed.concept.id().to_owned(),
        size: size(game),
        parties: parties(game),
        options: options(game),
        status_quo: game.status_quo.map(|s| game.id(s)),
        states: game.space.ids().map(|s| state(game, s)).collect(),
        all_coalitions: judge.all(),
        coalitions: (0..judge.coalitions().len())
            .map(|k| coalition(game, computed, k))
            .collect(),
        equilibria: equilibria.collect(),
        verdicts: verdicts(game, computed, all, budget)?,
        witnessed: if all { "all" } else { "equilibria" }.to_owned(),
        blocking: computed.blocking.map(|(aim, b)| blocking(game, aim, b)),
        toward: computed.toward.map(|(aim, t)| toward(game, aim, t)),
        notes: notes(computed),
    })
}

/// Limits of the results, in words.
pub(crate) fn notes(computed: &Computed<'_, '_>) -> Vec<String> {
    let mut notes = Vec::new();
    if !computed.judge.all() {
        let most = coalition::ALL_COALITIONS_UP_TO;
        let mut note = format!(
            "With more than {most} parties only single parties, pairs and everybody are looked at"
        );
        if computed.judge.answers_are_partial() {
            note.push_str(
                ", also among those who answer by improvements (cseq): a larger coalition might \
                 gain, or answer",
            );
        }
        note.push('.');
        notes.push(note);
    }
    if let Some((_, toward)) = computed.toward
        && !toward.complete
        && toward.families_tried > 0
    {
        notes.push(format!(
            "The search for coalitions that must form ended after {} families of coalitions.",
            toward.families_tried
        ));
    }
    notes
}

fn names(game: &Game<'_>, members: &[PartyId]) -> Vec<String> {
    let name = |p: &PartyId| words::party(game, *p).to_owned();
    members.iter().map(name).collect()
}

fn coalition(game: &Game<'_>, computed: &Computed<'_, '_>, place: usize) -> Coalition {
    let gains = computed.judge.improvements(place);
    let improvements = |s: StateId| {
        let to: Vec<u32> = gains.from(s).iter().map(|t| game.id(*t)).collect();
        (!to.is_empty()).then(|| Improvements {
            from: game.id(s),
            to,
        })
    };
    let stable = |t: &CoalitionTable| {
        let states = t.stable_for(place).into_iter().flat_map(StateSet::iter);
        (
            t.concept.id().to_owned(),
            states.map(|s| game.id(s)).collect(),
        )
    };
    Coalition {
        members: names(game, &computed.judge.coalitions()[place]),
        improvements: game.space.ids().filter_map(improvements).collect(),
        stable: computed.tables.iter().map(stable).collect(),
    }
}

fn verdicts(
    game: &Game<'_>,
    computed: &Computed<'_, '_>,
    all: bool,
    budget: &Budget,
) -> Result<Vec<Verdict>, Stop> {
    let main = computed
        .tables
        .iter()
        .find(|t| t.concept == computed.concept);
    let covered: Vec<StateId> = if all {
        game.space.ids().collect()
    } else {
        let mut some: Vec<StateId> = main
            .map(|t| t.equilibria().iter().collect())
            .unwrap_or_default();
        some.extend(game.status_quo);
        some.sort_unstable();
        some.dedup();
        some
    };
    let mut found = Vec::new();
    for table in computed.tables {
        for place in 0..computed.judge.coalitions().len() {
            let witness = CoalitionWitness::new(computed.judge, place, table.concept, budget)?;
            for &s in &covered {
                if let Some(witness) = &witness {
                    found.push(verdict(game, &witness.verdict(s, budget)?));
                }
            }
        }
    }
    Ok(found)
}

/// A verdict in its serialisable form.
pub fn verdict(game: &Game<'_>, verdict: &coalition::CoalitionVerdict) -> Verdict {
    let improvement = |i: &coalition::CoalitionFate| {
        let (sanction, undone) = match &i.answer {
            Answer::Sanction {
                by,
                result,
                unwilling,
            } => {
                let sanction = Sanction {
                    by: legs(game, by),
                    result: game.id(*result),
                    unwilling: names(game, unwilling),
                };
                (Some(sanction), None)
            }
            Answer::Open { undone } => (None, undone.as_ref().map(|u| escaped(game, u))),
        };
        Improvement {
            to: game.id(i.to),
            moves: moves(game, &i.moves),
            sanction,
            undone,
        }
    };
    Verdict {
        members: names(game, &verdict.members),
        state: game.id(verdict.state),
        concept: verdict.concept.id().to_owned(),
        stable: verdict.stable,
        improvements: verdict.improvements.iter().map(improvement).collect(),
    }
}

fn escaped(game: &Game<'_>, undone: &CoalitionUndone) -> Undone {
    Undone {
        by: legs(game, &undone.by),
        result: game.id(undone.result),
        escape: game.id(undone.escape),
    }
}

fn moves(game: &Game<'_>, moves: &[reach::Step]) -> Vec<Step> {
    steps(game, moves)
}

fn legs(game: &Game<'_>, legs: &[Steps]) -> Vec<Leg> {
    let leg = |leg: &Steps| Leg {
        parties: names(game, &leg.movers),
        from: game.id(leg.from),
        to: game.id(leg.to),
        moves: moves(game, &leg.moves),
    };
    legs.iter().map(leg).collect()
}

fn outcome(game: &Game<'_>, aim: &Aim) -> Outcome {
    let class = aim.class.and_then(|c| game.model.classes.get(c));
    Outcome {
        class: class.map(|c| c.name.clone()),
        states: aim.states.iter().map(|s| game.id(*s)).collect(),
    }
}

fn blocking(game: &Game<'_>, aim: &Aim, found: &coalition::Blocking) -> Blocking {
    let blocked = |place: &coalition::BlockedState| Blocked {
        state: game.id(place.state),
        by: place.by.iter().map(|v| verdict(game, v)).collect(),
        deterred: place.deterred.iter().map(|v| verdict(game, v)).collect(),
    };
    Blocking {
        outcome: outcome(game, aim),
        whole: found.whole.iter().map(|c| names(game, c)).collect(),
        states: found.states.iter().map(blocked).collect(),
    }
}

fn toward(game: &Game<'_>, aim: &Aim, found: &coalition::Toward) -> Toward {
    let way = |way: &coalition::Way| Way {
        coalitions: way.coalitions.iter().map(|c| names(game, c)).collect(),
        legs: legs(game, &way.legs),
    };
    Toward {
        from: game.id(found.from),
        outcome: outcome(game, aim),
        coalitions_needed: found.coalitions_needed,
        ways: found.ways.iter().map(way).collect(),
        complete: found.complete,
        families_tried: found.families_tried,
    }
}
