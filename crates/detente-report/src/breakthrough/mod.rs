//! What would have to change for an outcome to hold, as serialisable values and as text.

mod plan;
mod said;
mod text;
mod variant;

use detente_analysis::inverse::{Answer, Question, Reachable, Want};
use detente_analysis::model::syntax::Diagnostic;
use detente_analysis::stability::ConceptError;
use detente_analysis::{Budget, Game, StateId, Stop};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::finding::{Reachability, State, Step};
use crate::why::Explanation;

pub(crate) use plan::change as plan_change;
pub(crate) use said::{Mood, judgement as judgement_in_words, rule as rule_in_words};
pub(crate) use text::named;
pub use text::text;
pub use variant::block;
pub(crate) use variant::rule as rule_line;

/// What would have to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Breakthrough {
    /// What this is: `detente-breakthrough/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before the question was asked, in order.
    pub variants: Vec<String>,
    /// What is wanted, all of it at once.
    pub wanted: Vec<Wanted>,
    /// By what stability is judged: a concept, or one per party; wanted states hold by all of them,
    /// unwanted ones by none.
    pub judgements: Vec<String>,
    /// How wanted states have to be reachable from the status quo: `moves`, `improvements`, `joint`;
    /// `null` when they do not.
    pub reachable: Option<String>,
    /// What was permitted to change, in the words of the command line.
    pub permitted: Vec<String>,
    /// Whether everything wanted is so already.
    pub already: bool,
    /// The plans, cheapest first; one without changes when everything wanted is so already.
    pub plans: Vec<Plan>,
    /// No plan costs less.
    pub least: u64,
    /// Whether the plans are all of those asked for.
    pub all: bool,
    /// When no permitted change does it: facts that forbid it together, each of which is needed, a
    /// clause each; `null` otherwise.
    pub forbidden: Option<Vec<String>>,
    /// Whether no smaller set of facts forbids it.
    pub smallest: bool,
    /// What could be permitted in addition, a sentence each.
    pub could_permit: Vec<String>,
    /// How many candidates the search examined.
    pub candidates: u64,
    /// The states that are mentioned.
    pub mentioned: Vec<State>,
    /// Why the search stopped before its end; `null` when it did not.
    pub stopped: Option<String>,
}

/// Something that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wanted {
    /// What it is called.
    pub name: String,
    /// Whether none of the states is to be an equilibrium; otherwise one of them is.
    pub unwanted: bool,
    /// The states.
    pub states: Vec<u32>,
}

/// Changes after which everything wanted is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Plan {
    /// The name of its variant.
    pub name: String,
    /// What the changes cost together.
    pub price: u64,
    /// The parties that have to change what they want or what they can do.
    pub who: Vec<String>,
    /// The changes.
    pub changes: Vec<PlanChange>,
    /// The changes as a condition, without "if" and without a full stop.
    pub condition: String,
    /// The changes as a variant in the language, to be pasted into the negotiation; empty when there
    /// are none.
    pub variant: String,
    /// For each want the states of it that are equilibria afterwards.
    pub holds: Vec<Vec<u32>>,
    /// Why: for each state that holds, and each unwanted one that did, by each judgement.
    pub because: Vec<Because>,
    /// What becomes of all equilibria, by judgement.
    pub equilibria: Vec<Shift>,
    /// How the states that hold are reached from the status quo afterwards, by their numbers; empty
    /// without a status quo.
    pub reachability: IndexMap<u32, Reachability>,
}

/// One change of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanChange {
    /// `ranks`, `statements`, `irreversible`, `reversible`, `remove`, `link`, `bar` or `sequence`.
    pub kind: String,
    /// Who has to make it.
    pub parties: Vec<String>,
    /// What it costs.
    pub price: u64,
    /// What it is, a clause each.
    pub said: Vec<String>,
    /// For a ranking: the new order of the states, best first, tied states together.
    pub order: Option<Vec<Vec<u32>>>,
    /// For statements: the new list, most important first.
    pub list: Option<Vec<String>>,
}

/// Why a state holds after the changes, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Because {
    /// The state.
    pub state: u32,
    /// By which judgement.
    pub judgement: String,
    /// Whether it is an equilibrium after the changes.
    pub holds: bool,
    /// Whether it was one before them.
    pub held: bool,
    /// What the changes do: what becomes of each improvement that undid the state, the simplest first,
    /// or which one undoes it now.
    pub effects: Vec<Effect>,
    /// The whole proof: one explanation per party.
    pub parties: Vec<Explanation>,
}

/// What the changes do to one improvement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Effect {
    /// A clause that follows "if ..., then", without a full stop.
    pub said: String,
    /// The states in it.
    pub states: Vec<u32>,
    /// The improvement; `null` when the state itself is excluded.
    pub improvement: Option<Step>,
    /// What becomes of it.
    pub becomes: Becomes,
    /// How it is answered, when the answer consists of moves one after the other.
    pub answer: Option<Answered>,
}

/// What becomes of an improvement that undid a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// The state is not feasible any more.
    Excluded,
    /// Nothing deters it: it undoes the state.
    Open,
    /// The party cannot make the move any more.
    Gone,
    /// The others would answer it; see `answer`.
    Answered,
    /// It is deterred in another way.
    Deterred,
    /// It is not better for the party any more.
    NoGain,
}

/// How others answer an improvement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answered {
    /// By which concept.
    pub concept: String,
    /// The moves, one after the other.
    pub steps: Vec<Step>,
    /// Where they end.
    pub result: u32,
    /// What that is to the party after the changes, beside the state that it left.
    pub is: Lot,
}

/// What the end of an answer is to the party that moved, beside what it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lot {
    /// The same state.
    Back,
    /// A worse one.
    Worse,
    /// One that is as good.
    NoBetter,
    /// A better one.
    Better,
}

/// What becomes of all equilibria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shift {
    /// By which judgement.
    pub judgement: String,
    /// The equilibria before the changes.
    pub before: Vec<u32>,
    /// The equilibria after them.
    pub after: Vec<u32>,
    /// Those that are new.
    pub appear: Vec<u32>,
    /// Those that are lost.
    pub vanish: Vec<u32>,
}

/// What was asked, in the words of the one who asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// What each want is called.
    pub names: &'a [String],
    /// What may change.
    pub permitted: &'a [String],
    /// What could be permitted in addition when nothing permitted does it.
    pub could_permit: &'a [String],
    /// The variants that the game has already.
    pub variants: &'a [String],
    /// Names that a new variant may not have.
    pub taken: &'a [String],
}

/// Why an answer could not be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unexplained {
    /// A concept does not apply, or the budget ended.
    #[error(transparent)]
    Concept(#[from] ConceptError),
    /// A changed negotiation cannot be analysed.
    #[error("a changed negotiation cannot be analysed: {}", .0.first().map_or("", |d| d.message.as_str()))]
    Model(Vec<Diagnostic>),
}

impl From<Stop> for Unexplained {
    fn from(stop: Stop) -> Self {
        Self::Concept(stop.into())
    }
}

/// Puts an answer into its serialisable form: every plan is carried out and explained.
///
/// # Errors
///
/// Stops when the budget ends.
pub fn finding(
    game: &Game<'_>,
    asked: &Asked<'_>,
    answer: &Answer,
    stopped: Option<&Stop>,
    budget: &Budget,
) -> Result<Breakthrough, Unexplained> {
    let question = asked.question;
    let mut mentioned: Vec<StateId> = Vec::new();
    let mut plans = Vec::new();
    for (place, plan) in answer.plans.iter().enumerate() {
        plans.push(plan::finding(
            game,
            asked,
            plan,
            place,
            &mut mentioned,
            budget,
        )?);
    }
    if let Some(facts) = &answer.forbidden {
        for fact in facts {
            if let detente_analysis::inverse::Fact::Prefers { better, worse, .. } = fact {
                mentioned.extend([*better, *worse]);
            }
        }
    }
    mentioned.sort_unstable();
    mentioned.dedup();
    Ok(Breakthrough {
        format: "detente-breakthrough/1".to_owned(),
        negotiation: game.model.title.clone(),
        variants: asked.variants.to_vec(),
        wanted: wanted(game, asked),
        judgements: judgements(game, question),
        reachable: question.reachable.map(|r| reachable(r).to_owned()),
        permitted: asked.permitted.to_vec(),
        already: answer.plans.first().is_some_and(|p| p.changes.is_empty()),
        plans,
        least: answer.least,
        all: answer.all,
        forbidden: answer.forbidden.as_ref().map(|facts| {
            let said = |f| said::fact(game, question, asked.names, f);
            facts.iter().map(said).collect()
        }),
        smallest: answer.smallest,
        could_permit: if answer.forbidden.is_some() {
            asked.could_permit.to_vec()
        } else {
            Vec::new()
        },
        candidates: answer.candidates,
        mentioned: mentioned.iter().map(|s| build::state(game, *s)).collect(),
        stopped: stopped.map(ToString::to_string),
    })
}

pub(crate) fn judgements(game: &Game<'_>, question: &Question) -> Vec<String> {
    let judgements = question.judgements.iter();
    judgements.map(|j| said::judgement(game, j)).collect()
}

pub(crate) const fn reachable(reachable: Reachable) -> &'static str {
    match reachable {
        Reachable::Moves => "moves",
        Reachable::Improvements => "improvements",
        Reachable::Joint => "joint",
    }
}

pub(crate) fn wanted(game: &Game<'_>, asked: &Asked<'_>) -> Vec<Wanted> {
    let named = asked.names.iter().zip(&asked.question.wants);
    named
        .map(|(name, want)| {
            let (states, unwanted) = match want {
                Want::Some(states) => (states, false),
                Want::None(states) => (states, true),
            };
            Wanted {
                name: name.clone(),
                unwanted,
                states: states.iter().map(|s| game.id(*s)).collect(),
            }
        })
        .collect()
}
