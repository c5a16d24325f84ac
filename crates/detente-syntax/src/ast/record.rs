//! What is known and when: days, the calendar, tracks of talks, commitments, claims and reference classes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bargain::{Amount, Quantity};
use super::formula::Formula;
use super::items::{Citation, Setting};
use super::names::{Name, Place, Ref};
use super::variant::Change;

/// A day as written: `2019-01-18`, or in quotes the words of a source, `"last Friday"`, which count from the
/// day of `as of`. Whether the day exists, and what the words mean, is found later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day {
    /// The date, or the words without their quotes.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Day {
    /// Whether it is given in words rather than as a date.
    pub fn is_words(&self) -> bool {
        !crate::lexer::is_one(&self.text, crate::kind::SyntaxKind::Date)
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err(
                "a day is a date such as `2019-01-18`, or words such as `last Friday`".to_owned(),
            );
        }
        Ok(Self {
            text,
            place: Place::default(),
        })
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.text
    }
}

/// When something is, was, or will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// `2019-01-18`: on that day.
    On(Day),
    /// `2019-01-19 .. 2019-01-21`: from one day to another, both included.
    During(Day, Day),
    /// `between 2019-02-15 and 2019-03-05`: on one day of these; it is not known which.
    Between(Day, Day),
    /// `by 2019-03-05`: on that day or before.
    By(Day),
    /// `from 2018-06-12`: from that day on.
    From(Day),
    /// `until 2019-01-31`: up to that day, it included.
    Until(Day),
}

/// `track working "Envoys" binds US.sign hands to leaders [cites]`: a level at which parties talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// The name that agents and meetings use.
    pub name: Name,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Which options can be settled at it. A track that does not say can settle everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binds: Option<Mandate>,
    /// `hands to leaders`: the track whose next meeting takes up what was drafted here without a mandate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hands_to: Option<Name>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands.
    #[serde(skip)]
    pub place: Place,
}

/// Which options may be bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mandate {
    /// `binds all`: every option.
    All,
    /// `binds nothing`: no option.
    Nothing,
    /// `binds US.sign, DPRK.sign`: these.
    Options(#[serde(deserialize_with = "super::guard::bound_options")] Vec<Ref>),
}

/// `acts every 30 days`, in a party: how often it reconsiders its moves, on average.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Days between two times, on average; more than 0.
    pub days: Amount,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// One line of `calendar`: `2019-02-27 .. 2019-02-28 summit hanoi "Hanoi" at leaders [cites] { ... }`.
///
/// A line that starts with an effect after its day, such as `2019-03-04 default not US.cancel`, is an event of
/// the kind `change` with that effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When it is.
    pub when: When,
    /// What kind of event it is, in one word of the analyst's: `summit`, `talks`, `statement`, `deadline`.
    /// `precedent` is a reference to history, which stays out of the timeline.
    #[serde(deserialize_with = "super::guard::event_kind")]
    pub kind: Name,
    /// The name by which claims and other events use it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::event_name"
    )]
    pub name: Option<Name>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `at leaders`: the track at which parties meet. An event at a track is a meeting: joint steps happen
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Name>,
    /// `with US, DPRK`: the parties or persons that take part; every party when it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Name>,
    /// `known 2019-02-05`: since when it is known that it is, or will be. When it is not said: the day of the
    /// earliest source that is cited, else the event's own day if it is past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Day>,
    /// `replaces second_summit`: the event of the calendar that this one is, now that more is known of it: of the
    /// other only the plan is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Name>,
    /// `likely 0.7`, `chance 0.7`: how likely it is that it takes place at all.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::likelihood"
    )]
    pub chance: Option<Likelihood>,
    /// `duration "nearly two hours" [article ¶2]`: what sources say of it. Several values under one name stand
    /// side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<StatedValue>,
    /// What changes on its (last) day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands (without its block).
    #[serde(skip)]
    pub place: Place,
}

impl Event {
    /// The words that start what an event changes; no kind of events is called so.
    pub const EFFECTS: &[&str] = &[
        "sets",
        "default",
        "opens",
        "closes",
        "mandate",
        "irreversible",
        "reversible",
        "only",
        "without",
        "no",
        "status",
        "in",
        "hides",
        "invents",
        "knows",
    ];
    /// The words of which one after a party's name changes the party; no event is called so.
    pub const CHANGED: &[&str] = &["prefers", "ranks", "weights", "concept", "attitude"];

    /// Whether it says nothing but one effect: `2019-03-04 default not US.cancel`.
    pub fn is_bare_change(&self) -> bool {
        let said = self.name.is_some()
            || self.title.is_some()
            || self.track.is_some()
            || !self.with.is_empty()
            || self.known.is_some()
            || self.replaces.is_some()
            || self.chance.is_some()
            || !self.values.is_empty();
        // A change takes citations after it for its own.
        let change = matches!(self.effects.as_slice(), [Effect::Change(_)]);
        self.kind.as_str() == "change"
            && self.effects.len() == 1
            && !said
            && (!change || self.cites.is_empty())
    }
}

/// `duration "nearly two hours" [article ¶2]`: one value that a source gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedValue {
    /// Of what, in one word: `duration`, `where`, `wording`; not `known`.
    #[serde(deserialize_with = "super::guard::value_name")]
    pub of: Name,
    /// The value, in the source's words.
    pub value: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// What an event changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// `sets US.cancel, not US.relief`: how things stand from that day. Of a past event this is the record of
    /// what happened; of a coming one, what happens of itself.
    Sets(#[serde(deserialize_with = "super::guard::some")] Vec<Setting>),
    /// `sets state 5`, in the graph form.
    SetsState(Name),
    /// `default US.drills is hold`: takes effect on that day unless the option's owner has moved the option
    /// before.
    Default(#[serde(deserialize_with = "super::guard::some")] Vec<Setting>),
    /// `opens US.relief`: its owner can move the option from that day on. An option that some event opens is
    /// closed before.
    Opens(#[serde(deserialize_with = "super::guard::some")] Vec<Ref>),
    /// `closes US.relief`: its owner can no longer move the option.
    Closes(#[serde(deserialize_with = "super::guard::some")] Vec<Ref>),
    /// `mandate working binds US.relief`: the track can settle these options from that day on.
    Mandate {
        /// The track.
        track: Name,
        /// What it can settle now; takes the place of what it could settle before.
        binds: Mandate,
    },
    /// `US prefers { ... }`, `irreversible US.relief` and other changes, as in a variant.
    Change(Change),
}

/// How likely something is, in words of estimative probability, as a number, or both: `likely`, `likely 0.7`,
/// `chance 0.7`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Likelihood {
    /// The words, in lower case with single blanks, such as `very likely`; one of
    /// [`WORDS`](super::estimative::WORDS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The number, a decimal from 0 to 1, as written.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::possible_probability"
    )]
    pub number: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// `commitment singapore4 "..." by DPRK to US on 2018-06-12 [cites] { ... }`: what a party has bound itself to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The short name.
    pub name: Name,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who is bound.
    #[serde(deserialize_with = "super::guard::some")]
    pub by: Vec<Name>,
    /// To whom; to all others when it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Name>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// `text "..." [singapore]`: its exact words, with the source that holds them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Wording>,
    /// `quoted "..." [article ¶6]`: how others quote it; checked against the source of its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted: Vec<Wording>,
    /// `term denuclearised`: the terms in it, whose readings are those of the parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Name>,
    /// `DPRK reads US.umbrella [article ¶7]`: what parties take it to bind to, where no term says it. Several
    /// readings of one party, by different sources, stand side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<super::term::Reading>,
    /// `kept when FORMULA`: the states in which it is honoured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Formula>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head).
    #[serde(skip)]
    pub place: Place,
}

/// Words with the source that has them: `text "..." [singapore]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The words.
    pub text: String,
    /// Who has them so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `claim summit "A second summit will take place" by author said 2019-01-20 [article ¶8] { ... }`: what
/// somebody says was, is or will be.
///
/// A claim with a likelihood, a window or a resolution is a forecast; with `if`, a conditional one; with
/// `denies`, a denial; with `advice`, a piece of advice, which is not scored; else an assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The short name.
    pub name: Name,
    /// What is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who says so: a party, a person, or a name of the analyst's choice.
    pub by: Name,
    /// When it was said; the day of the source when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Day>,
    /// `likely`, `likely 0.7`, `chance 0.7`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::likelihood"
    )]
    pub likelihood: Option<Likelihood>,
    /// `worded "will probably take place" [article ¶8]`: how sources word it. Different degrees of likelihood
    /// in the wordings are a contradiction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worded: Vec<Wording>,
    /// `by 2019-03-05`, `between 2019-02-15 and 2019-03-05`: when it is to come true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<When>,
    /// `if class "..."`: the condition under which alone it is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Resolution>,
    /// `resolves when summit`, or `then FORMULA`: what makes it true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolves: Option<Resolution>,
    /// `denies ffvd`: the claim that this one contradicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denies: Option<Name>,
    /// `advice`: says what should be done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advice: bool,
    /// `graded "no text" 0.3, "vague text" 0.5, "small deal" 0.2`: probabilities of ordered outcomes, worst or
    /// least first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub graded: Vec<Grade>,
    /// `reference deadline`: the reference class against which skill is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Name>,
    /// `outcome yes on 2019-02-27 [cites]`: what came of it, as the analyst found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ClaimOutcome>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head).
    #[serde(skip)]
    pub place: Place,
}

/// What is to be so for a claim to come true, or for its condition to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// `event hanoi`: the event of the calendar takes place.
    Event(Name),
    /// `not event hanoi`: it does not.
    NoEvent(Name),
    /// A formula over options, classes and terms, of how things stand at the end of the window.
    State(Formula),
}

/// One of the ordered outcomes of a graded forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// What it is; the name of a class, or any text.
    pub outcome: String,
    /// Its probability, a decimal from 0 to 1, as written.
    #[serde(deserialize_with = "super::guard::probability")]
    pub probability: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// `outcome no on 2019-02-28 because "..." [cites]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimOutcome {
    /// What came of it.
    pub verdict: Came,
    /// When that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// `yes`: it came true.
    Yes,
    /// `no`: it did not.
    No,
    /// `partly`: in part, which is recorded and not scored.
    Partly,
    /// `void`: its condition did not hold, or nobody can say; not scored.
    Void,
    /// `"vague text"`: this outcome of a graded forecast.
    Grade(String),
}

/// `reference deadline "Agreements reached by a deadline" 0.15 .. 0.20 for class "small deal" [cites]`: how
/// often the like came true elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The short name.
    pub name: Name,
    /// Of what the class consists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How often it came true: a probability or bounds of one.
    pub chance: Quantity,
    /// `for class "small deal", class "big deal"`: the classes of outcomes beside which it is shown, taken
    /// together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands.
    #[serde(skip)]
    pub place: Place,
}
