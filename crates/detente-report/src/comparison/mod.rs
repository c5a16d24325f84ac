//! Two negotiations side by side: the serialisable finding. Its text is in [`text`](text()), its tables in
//! [`csv`](csv()), the document that reports are made of in [`document`](document()).

mod beside;
mod build;
mod csv;
mod document;
mod text;
mod words;

use schemars::JsonSchema;
use serde::Serialize;

pub use build::{Found, Sides, finding};
pub use csv::csv;
pub use document::document;
pub use text::text;

/// Everything that `compare` finds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// What this is: `detente-comparison/1`.
    pub format: String,
    /// The first negotiation.
    pub a: Side,
    /// The second one. What is told as a change leads from the first to it.
    pub b: Side,
    /// Whether nothing of what was compared is different.
    pub same: bool,
    /// What changed in the model; `null` when that was not asked.
    pub model: Option<ModelDifference>,
    /// What changed in the answers; `null` when that was not asked, or one of the two has no conflict to analyse.
    pub answers: Option<AnswerDifference>,
    /// What changed in what could be agreed; `null` when not both say enough about it, or it was not asked.
    pub packages: Option<PackageDifference>,
    /// The claims of both that do not stand alike.
    pub claims: Vec<ClaimDifference>,
    /// How probable each class is on the days of both; `null` when not both have an exact forecast.
    pub forecast: Option<ForecastDifference>,
    /// What is said and cannot all be so, in words: in one of the two only.
    pub conflicts: ConflictDifference,
    /// What was not compared, and what is to be kept in mind.
    pub notes: Vec<String>,
}

impl Comparison {
    /// Whether an answer is another: about the conflict, its probable course, what could be agreed, a claim, or what is
    /// contradicted.
    pub fn answers_changed(&self) -> bool {
        let conflict = self.answers.as_ref().is_some_and(|a| a.changed);
        let packages = self
            .packages
            .as_ref()
            .is_some_and(|p| !p.changes.is_empty());
        let forecast = self.forecast.as_ref().is_some_and(|f| f.changed);
        let conflicts = &self.conflicts;
        let contradicted = !conflicts.gone.is_empty() || !conflicts.new.is_empty();
        conflict || packages || forecast || contradicted || !self.claims.is_empty()
    }
}

/// One of the two negotiations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// The file.
    pub file: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge it states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
}

/// A value in each of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pair<T> {
    /// In the first.
    pub a: T,
    /// In the second.
    pub b: T,
}

/// What changed in the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ModelDifference {
    /// Elements that are the same in everything but their names.
    pub renamed: Vec<Renamed>,
    /// The changes, numbered from 1, in the new names.
    pub changes: Vec<Change>,
}

/// An element with another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Renamed {
    /// What kind of element it is: `option`.
    pub kind: String,
    /// Inside what it stands, from the outermost: `party US`.
    pub within: Vec<String>,
    /// Its name in the first.
    pub was: String,
    /// Its name in the second.
    pub now: String,
    /// The same in words.
    pub text: String,
}

/// A change of the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Its number, from 1.
    pub number: usize,
    /// What kind of element it concerns: `statement`.
    pub kind: String,
    /// What the element is called: its name, or what it says.
    pub name: String,
    /// Inside what it stands, from the outermost: `party US`.
    pub within: Vec<String>,
    /// `added`, `dropped`, `altered` or `moved`.
    pub became: String,
    /// The property that is another, when it was altered.
    pub property: Option<String>,
    /// What the first says; `null` for nothing. For what moved its place in the list, from 1.
    pub was: Option<String>,
    /// What the second says; likewise.
    pub now: Option<String>,
    /// Whether what holds and what is reached can depend on it.
    pub bears: bool,
    /// What can depend on it: `conflict`, `packages`, `forecast`.
    pub bears_on: Vec<String>,
    /// What moved, when it is of a ranking into another: the fewest items that can be said to have moved, and steps of
    /// another strength.
    pub moved: Vec<String>,
    /// The same in words.
    pub text: String,
}

/// What changed in the answers about the conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnswerDifference {
    /// The concept by which parties judge that name none of their own.
    pub main: String,
    /// Whether an answer is another.
    pub changed: bool,
    /// How many states are feasible.
    pub feasible: Pair<String>,
    /// What is on in the status quo; `null` without one.
    pub status_quo: Pair<Option<Vec<String>>>,
    /// Whether the states of both were listed; else only counts were compared.
    pub listed: bool,
    /// The states that are stable for all, each party judging by its own concept or the main one; `null` when they
    /// were not listed, or a concept does not apply.
    pub held: Option<Equilibria>,
    /// The same by each concept.
    pub concepts: Vec<ByConcept>,
    /// What is found of each class; a state counts under its first.
    pub classes: Vec<ClassDifference>,
    /// Parties for which a state is stable in one of the two only, of the states that hold in one of the two only and
    /// the status quos.
    pub verdicts: Vec<VerdictDifference>,
    /// States that hold in both, and more or less firmly.
    pub firmness: Vec<FirmnessDifference>,
    /// What is behind the changed answers, when that was found out.
    pub causes: Option<Causes>,
    /// Why it was not found out; `null` when it was, or no answer changed.
    pub not_attributed: Option<String>,
}

/// A state, as each of the two numbers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateIn {
    /// What is on in it, or its name in the graph form.
    pub on: Vec<String>,
    /// Its number in the first; `null` where it is not feasible there.
    pub a: Option<u32>,
    /// Its number in the second; likewise.
    pub b: Option<u32>,
    /// The class under which it counts, in the second if it is feasible there.
    pub class: Option<String>,
}

/// The states that hold in the first only, in the second only, and in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Equilibria {
    /// In the first only.
    pub gone: Vec<StateIn>,
    /// In the second only.
    pub new: Vec<StateIn>,
    /// In both.
    pub kept: Vec<StateIn>,
}

/// The equilibria by one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByConcept {
    /// The concept.
    pub concept: String,
    /// How many there are; `null` where the concept does not apply.
    pub count: Pair<Option<String>>,
    /// Which they are, where they were listed and the concept applies to both.
    pub equilibria: Option<Equilibria>,
}

/// What is found of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassDifference {
    /// The class; `null` for states of no class.
    pub class: Option<String>,
    /// How many states count under it; `null` where there is no such class.
    pub states: Pair<Option<usize>>,
    /// How many of them hold; `null` where that is not known.
    pub held: Pair<Option<usize>>,
    /// The easiest way to one of them from the status quo: `there`, `improvements`, `joint`, `moves` or `none`.
    pub reached: Pair<Option<String>>,
    /// Whether one of these is another.
    pub changed: bool,
}

/// A party for which a state is stable in one of the two only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerdictDifference {
    /// The state.
    pub state: StateIn,
    /// The party.
    pub party: String,
    /// What is found in each, in its own numbers of states.
    pub verdict: Pair<Told>,
}

/// A verdict in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// Whether the state is stable for the party.
    pub stable: bool,
    /// The verdict in a sentence.
    pub claim: String,
    /// What becomes of each improvement, a sentence each.
    pub reasons: Vec<String>,
}

/// How firmly a state holds that holds in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirmnessDifference {
    /// The state.
    pub state: StateIn,
    /// By how many swaps of adjacent ranks in one party's order it breaks; `null` when by none.
    pub swaps: Pair<Option<u32>>,
}

/// Changes that were made or left out together, because there are too many to tell each apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Group {
    /// Its number, from 1.
    pub number: usize,
    /// What its changes are about: `US, preferences`.
    pub about: String,
    /// Its changes by their numbers.
    pub changes: Vec<usize>,
    /// The same in words.
    pub text: String,
}

/// What is behind the changed answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Causes {
    /// Where there are too many changes to tell each apart: the groups in which they are told apart. Then the numbers
    /// of what suffices and is needed are those of groups.
    pub groups: Vec<Group>,
    /// For each changed answer the changes behind it.
    pub answers: Vec<Cause>,
    /// Changes, by their numbers, that cannot be made alone, because the text would name what is not there.
    pub not_alone: Vec<usize>,
    /// Changes that cannot be left out alone, likewise.
    pub not_omitted: Vec<usize>,
    /// Why not all sets of changes were looked at that were needed; `null` when they were.
    pub stopped: Option<String>,
}

/// What is behind one changed answer. Changes are given by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    /// What changed, in words.
    pub answer: String,
    /// Changes each of which, made alone to the first, gives the answer of the second.
    pub alone: Vec<usize>,
    /// Changes without each of which, all others made, the answer is not that of the second.
    pub needed: Vec<usize>,
    /// When no change does it alone: the smallest sets that do, all of the same size.
    pub together: Vec<Vec<usize>>,
    /// The same in words.
    pub text: String,
}

/// What changed in what could be agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PackageDifference {
    /// How many packages the rules permit; `null` when that was not counted.
    pub permitted: Pair<Option<String>>,
    /// How many are worth to all parties with a utility at least what having no agreement is; likewise.
    pub zone: Pair<Option<String>>,
    /// How many different worths nobody can better without somebody losing.
    pub frontier: Pair<usize>,
    /// How many of these are worth to all at least what having no agreement is.
    pub acceptable: Pair<usize>,
    /// What is another; packages with a name among them, and what rules of division pick.
    pub changes: Vec<PackageChange>,
    /// What is behind it, when that was found out.
    pub causes: Option<Causes>,
    /// Why it was not found out; `null` when it was, or nothing is another.
    pub not_attributed: Option<String>,
}

/// Something that is otherwise in what could be agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PackageChange {
    /// What it is.
    pub what: String,
    /// What is found of it, in words.
    pub found: Pair<String>,
    /// The same in a line.
    pub text: String,
}

/// A claim that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimDifference {
    /// The claim.
    pub claim: String,
    /// How it stands: `open`, `due`, `unjudged`, or what came of it.
    pub standing: Pair<String>,
}

/// How probable each class is on the days that both forecasts reach.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForecastDifference {
    /// Whether a probability differs by more than rounding.
    pub changed: bool,
    /// The days for which both forecasts answer unless they are asked for others, and the last day that both reach.
    pub days: Vec<ForecastDay>,
    /// Other days for which the first answers.
    pub only_a: Vec<String>,
    /// Other days for which the second answers.
    pub only_b: Vec<String>,
    /// What is behind the differences, when that was found out.
    pub causes: Option<ForecastCauses>,
    /// Why it was not found out; `null` when it was, or no probability differs.
    pub not_attributed: Option<String>,
}

/// How probable each class is on one day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForecastDay {
    /// The day.
    pub day: String,
    /// Whether a probability differs by more than rounding.
    pub changed: bool,
    /// The classes of either, in alphabetical order.
    pub classes: Vec<ClassForecast>,
}

/// What is behind the differences of two forecasts. All numbers are differences of probabilities, from -1 to 1, in
/// floating point.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForecastCauses {
    /// What the numbers mean.
    pub rule: String,
    /// Where there are too many changes to tell each apart: the groups in which they are told apart. Then the numbers
    /// of changes below are those of groups.
    pub groups: Vec<Group>,
    /// For each class and day whose probability differs.
    pub answers: Vec<ForecastCause>,
    /// Changes, by their numbers, that cannot be made alone, because the text would name what is not there.
    pub not_alone: Vec<usize>,
    /// Changes that cannot be left out alone, likewise.
    pub not_omitted: Vec<usize>,
    /// In how many orders the changes can be made so that every text on the way makes sense; `null` when not all sets
    /// of changes were looked at.
    pub orders: Option<u64>,
    /// Why there are no shares; `null` when there are.
    pub not_shared: Option<String>,
    /// Why not all sets of changes were looked at that were needed; `null` when they were.
    pub stopped: Option<String>,
}

/// What is behind the difference of one probability. Changes are given by their numbers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForecastCause {
    /// The day.
    pub day: String,
    /// The class.
    pub class: String,
    /// The probability in each; 0 where there is no such class.
    pub probability: Pair<f64>,
    /// What each change does to it.
    pub changes: Vec<ForecastContribution>,
    /// Changes each of which, made alone to the first, gives the probability of the second, up to rounding.
    pub alone: Vec<usize>,
    /// Changes without each of which, all others made, the probability is not that of the second.
    pub needed: Vec<usize>,
    /// When no change does it alone: the smallest sets that do, all of the same size.
    pub together: Vec<Vec<usize>>,
    /// What suffices and what is needed, in words.
    pub text: String,
}

/// What one change does to a probability.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForecastContribution {
    /// The number of the change.
    pub change: usize,
    /// The probability in the first with this change alone, less that in the first; `null` when it cannot be made
    /// alone.
    pub made: Option<f64>,
    /// The probability in the second, less that in the second without this change alone; `null` when it cannot be left
    /// out alone.
    pub unmade: Option<f64>,
    /// What it adds on average over all orders in which the changes can be made one by one: the Shapley value where
    /// each order can be gone. The shares add up to the difference; `null` when they were not found.
    pub share: Option<f64>,
}

/// How probable a class is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClassForecast {
    /// The class.
    pub class: String,
    /// The probability to be in it on the day: a floating-point number; `null` where there is no such class.
    pub probability: Pair<Option<f64>>,
}

/// What is said and cannot all be so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct ConflictDifference {
    /// In the first only.
    pub gone: Vec<String>,
    /// In the second only.
    pub new: Vec<String>,
}
