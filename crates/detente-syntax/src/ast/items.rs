//! The elements of a negotiation.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bargain::{Agreed, Fact, Issue, Package, PackageRule};
use super::formula::Formula;
use super::names::{Date, Name, Place, Ref};
use super::party::Party;
use super::record::{Claim, Commitment, Event, Reference, Track};
use super::term::Term;
use super::variant::Variant;
use super::view::View;

/// One negotiation, as its text says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// In the JSON form: which edition of the form this is.
    #[serde(default)]
    pub detente: Edition,
    /// `negotiation "..."`: what the negotiation is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negotiation: Option<String>,
    /// `as of 2019-01-20`: the day whose knowledge the file states.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::date"
    )]
    pub as_of: Option<Date>,
    /// Where claims come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The parties (decision makers), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// `never ...`: what cannot be together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<Rule>,
    /// `when ... then ...`: forced consequences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Consequence>,
    /// `no move ...`: prohibited transitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_move: Vec<Prohibition>,
    /// Named states; in the graph form, all states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateDecl>,
    /// Outcome classes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// `term ...`: words of the negotiation that parties read in their own ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Where things stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_quo: Option<StatusQuo>,
    /// `issues { ... }`: what is negotiated, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Which packages there are: `never` and `always` inside `issues`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub package_rules: Vec<PackageRule>,
    /// `package ...`: packages with a name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
    /// `fact ...`: offers that were accepted or rejected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// `agreed { ... }`: what an agreed package makes of the parties' options. The first line that says
    /// something of an option decides; options of which none does stay as they are in the status quo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreed: Vec<Agreed>,
    /// How parties see the negotiation, where they do not see it as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    /// Named sets of changes to try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// `track ...`: the levels at which parties talk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track>,
    /// `calendar { ... }`: what happened and what is to come, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<Event>,
    /// `commitment ...`: what parties have bound themselves to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// `claim ...`: what somebody says was, is or will be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// `reference ...`: how often the like came true elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
}

impl Document {
    /// A copy without views and variants.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self {
            detente: self.detente,
            negotiation: self.negotiation.clone(),
            as_of: self.as_of.clone(),
            sources: self.sources.clone(),
            parties: self.parties.clone(),
            never: self.never.clone(),
            when: self.when.clone(),
            no_move: self.no_move.clone(),
            states: self.states.clone(),
            classes: self.classes.clone(),
            terms: self.terms.clone(),
            status_quo: self.status_quo.clone(),
            issues: self.issues.clone(),
            package_rules: self.package_rules.clone(),
            packages: self.packages.clone(),
            facts: self.facts.clone(),
            agreed: self.agreed.clone(),
            views: Vec::new(),
            variants: Vec::new(),
            tracks: self.tracks.clone(),
            calendar: self.calendar.clone(),
            commitments: self.commitments.clone(),
            claims: self.claims.clone(),
            references: self.references.clone(),
        }
    }
}

/// The edition of the JSON form; there is only 1 so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(with = "u32")]
pub struct Edition(u32);

impl Default for Edition {
    fn default() -> Self {
        Self(1)
    }
}

impl TryFrom<u32> for Edition {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if number == 1 {
            Ok(Self(1))
        } else {
            Err(format!(
                "edition {number} of the JSON form is not known; this program knows edition 1"
            ))
        }
    }
}

impl From<Edition> for u32 {
    fn from(edition: Edition) -> Self {
        edition.0
    }
}

/// `[scmp ¶5 "unclear whether either side has changed"]`: where an element is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The source's name.
    pub source: Name,
    /// Where in the source, such as `¶5` or `p. 12`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::locator"
    )]
    pub locator: Option<String>,
    /// The words quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where the citation stands.
    #[serde(skip)]
    pub place: Place,
}

/// A source, a place in it and words of it, as a citation has them, without brackets.
pub fn citation(source: &str, locator: Option<&str>, quote: Option<&str>) -> String {
    let quoted = quote.map(crate::quote);
    let parts = [Some(source), locator, quoted.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl Citation {
    /// As it is written, without brackets: `scmp ¶5 "unclear"`.
    pub fn text(&self) -> String {
        citation(
            &self.source.text,
            self.locator.as_deref(),
            self.quote.as_deref(),
        )
    }
}

/// `source scmp "Commentary" { kind commentary }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name that citations use.
    pub name: Name,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Properties such as `file`, `date`, `kind`, `url`, in order; every value as text.
    #[serde(
        default,
        skip_serializing_if = "IndexMap::is_empty",
        deserialize_with = "super::guard::properties"
    )]
    pub properties: IndexMap<String, String>,
    /// Where the declaration stands.
    #[serde(skip)]
    pub place: Place,
}

/// `never DPRK.declare and not DPRK.yongbyon because "..."`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What cannot be.
    pub formula: Formula,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the rule stands.
    #[serde(skip)]
    pub place: Place,
}

/// `when not US.relief then not ROK.bridge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// What a move must make true.
    pub condition: Formula,
    /// What is switched with it: settings joined by `and` or commas.
    pub then: Vec<Setting>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the rule stands.
    #[serde(skip)]
    pub place: Place,
}

/// One option set to one value: `US.relief`, `not US.relief`, `US.drills is hold`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Formula", into = "Formula")]
#[schemars(with = "String")]
pub struct Setting {
    /// The option.
    pub option: Ref,
    /// The value.
    pub value: SettingValue,
    /// Where it stands.
    pub place: Place,
}

/// What an option is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// Taken.
    On,
    /// Not taken; for a graded option, at its first level.
    Off,
    /// A level of a graded option.
    Level(Name),
}

/// `no move by US from class "big deal" to class "no text" because "..."`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prohibition {
    /// The party that may not; `None` for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Name>,
    /// The states that may not be left ...
    pub from: Formula,
    /// ... for these.
    pub to: Formula,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the rule stands.
    #[serde(skip)]
    pub place: Place,
}

/// `state small "Partial deal" { US.relief, DPRK.yongbyon }`, or in the graph form
/// `state 1 "Delay"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateDecl {
    /// Its name or number.
    pub name: Name,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// In the option form: what is set; everything else is off. `None` in the graph form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<Setting>>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands.
    #[serde(skip)]
    pub place: Place,
}

/// `class "small deal" when US.relief and DPRK.yongbyon`, or `class "no text" otherwise`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Which states belong to it; `None` for `otherwise`: those in no class declared before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Formula>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands.
    #[serde(skip)]
    pub place: Place,
}

/// `status quo { US.drills is hold }` (everything else off) or `status quo state 1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusQuo {
    /// What is set; everything else is off.
    Settings {
        /// The settings.
        settings: Vec<Setting>,
        /// Where the block stands.
        #[serde(skip)]
        place: Place,
    },
    /// A state by its name or number.
    State(Name),
}
