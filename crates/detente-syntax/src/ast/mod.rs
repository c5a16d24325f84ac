//! What a negotiation's text says, with names not yet resolved.
//!
//! A [`Document`] is the common form of the three ways in: `.detente` text, its JSON form (these
//! types serialise to it) and imported foreign files. Two documents are equal when they say the
//! same: places in the source do not count.

mod bargain;
mod convert;
pub mod estimative;
mod formula;
mod formulas;
mod guard;
mod items;
mod names;
mod party;
mod preference;
mod record;
mod term;
mod variant;
mod view;

pub use bargain::{
    Agreed, Amount, Discount, Fact, Importance, Issue, IssueWeight, IssueWorth, Level, LevelValue,
    Levels, NumberValue, Package, PackageRule, PackageRuleKind, Pick, PickedLevel, Quantity,
    Ratification, Ratifier, Reservation, Trend, Utility, UtilityTerm, Values, Verdict,
};
pub use formula::{Comparison, Count, Formula, FormulaKind};
pub use items::{
    Citation, Class, Consequence, Document, Edition, Prohibition, Rule, Setting, SettingValue,
    Source, StateDecl, StatusQuo, citation,
};
pub use names::{Date, InvalidName, Name, Place, Ref, Start, StartEvent};
pub use party::{Agent, Attitude, AttitudeDecl, Direction, Move, OptionDecl, Party};
pub use preference::{
    Candidate, Certainty, Preferences, RankGroup, RankItem, Rest, Statement, Strength, Weight,
    WeightedFormula, decimal, is_probability, probability,
};
pub use record::{
    Came, Claim, ClaimOutcome, Commitment, Day, Effect, Event, Grade, Likelihood, Mandate, Pace,
    Reference, Resolution, StatedValue, Track, When, Wording,
};
pub use term::{Communicated, Communication, Meaning, Reading, Stated, Term};
pub use variant::{Change, Position, PreferenceEdit, StatementEdit, Target, Variant};
pub use view::View;
