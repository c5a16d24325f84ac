//! All findings about one negotiation together: what a report is written from.

mod about;
mod titled;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::breakthrough::Breakthrough;
use crate::claims::Claims;
use crate::doubt::Doubt;
use crate::evidence::Ledger;
use crate::evolution::Evolution;
use crate::finding::Analysis;
use crate::forecast::Forecast;
use crate::moves::Moves;
use crate::packages::overview::Packages;
use crate::perception::Perception;
use crate::places::Places;
use crate::sensitivity::Sensitivity;
use crate::survey::Survey;
use crate::terms::Terms;
use crate::timeline::Calendar;

/// The findings that a report is a view of, as `report --format json` prints them. Each part is what the command of
/// its name finds; `null` when it does not apply, and then `left_out` says why.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Dossier {
    /// What this is: `detente-report/1`.
    pub format: String,
    /// What made it: `detente` with its version.
    pub made_by: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge it states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// What is mentioned of the negotiation itself.
    pub about: About,
    /// Which outcomes would hold, and why, when the states can be listed.
    pub analysis: Option<Analysis>,
    /// What of that is counted for the report.
    pub summary: Option<crate::story::Summary>,
    /// The same when there are too many states to list.
    pub survey: Option<Survey>,
    /// The moves between the states, for pictures.
    pub moves: Option<Moves>,
    /// How the outcomes that hold are reached from the status quo.
    pub evolution: Option<Evolution>,
    /// For outcomes that do not hold, the least changes after which they would; one for each goal.
    pub breakthroughs: Vec<Breakthrough>,
    /// What single assumptions carry.
    pub sensitivity: Option<Sensitivity>,
    /// What doubt about preferences makes of it.
    pub doubt: Option<Doubt>,
    /// How firm the rankings are, for pictures: which places doubt leaves the states, and what is strongly preferred.
    pub places: Option<Places>,
    /// How the parties see the conflict.
    pub perception: Option<Perception>,
    /// What they take words to mean.
    pub terms: Option<Terms>,
    /// What could be agreed.
    pub packages: Option<Packages>,
    /// How probable each outcome is by when.
    pub forecast: Option<Forecast>,
    /// What became of claims.
    pub claims: Option<Claims>,
    /// What happened when.
    pub calendar: Option<Calendar>,
    /// What stands behind the elements of the negotiation.
    pub evidence: Option<Ledger>,
    /// The parts that come from another file, with what the negotiation there is called.
    pub supplied: IndexMap<String, String>,
    /// The parts that stopped before their end, and why; nothing is written where all came to their end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stopped: Vec<LeftOut>,
    /// The parts that are not there, and why.
    pub left_out: Vec<LeftOut>,
}

/// What a negotiation says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct About {
    /// The parties, in order.
    pub parties: Vec<PartyAbout>,
    /// What cannot be together, and what is irreversible, in the words of the language.
    pub rules: Vec<RuleAbout>,
    /// The outcome classes with their conditions.
    pub classes: Vec<ClassAbout>,
    /// The variants that the text offers.
    pub variants: Vec<String>,
}

/// A party as the text has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyAbout {
    /// Its short name.
    pub name: String,
    /// Its full name.
    pub title: Option<String>,
    /// Who speaks for it.
    pub agents: Vec<String>,
    /// What it wants, most important first.
    pub wants: Vec<Want>,
}

/// A statement of preference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Want {
    /// The name by which the file refers to it.
    pub label: Option<String>,
    /// The statement in the words of the language.
    pub says: String,
    /// The same with each option in the words of its title: `not "Resume testing" (DPRK)`.
    pub titled: String,
    /// Whether it is in doubt.
    pub doubtful: bool,
    /// How strongly it is held, if the text says so.
    pub strength: Option<String>,
    /// From where it is known: `article ¶5`.
    pub cites: Vec<String>,
}

/// A rule of what is feasible or can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleAbout {
    /// The rule in the words of the language.
    pub says: String,
    /// Why, in the author's words.
    pub because: Option<String>,
    /// From where it is known.
    pub cites: Vec<String>,
}

/// An outcome class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassAbout {
    /// Its name.
    pub name: String,
    /// When an outcome belongs to it, in the words of the language.
    pub when: String,
    /// From where it is known.
    pub cites: Vec<String>,
}

/// A part that is not there, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The part, as its field is called.
    pub part: String,
    /// Why, in a sentence.
    pub why: String,
}
