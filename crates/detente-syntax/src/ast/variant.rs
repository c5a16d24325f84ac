//! Named sets of changes: "what if".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::formula::Formula;
use super::items::{Citation, Consequence, Prohibition, Rule, StatusQuo};
use super::names::{Name, Place, Ref};
use super::party::{Attitude, Direction, OptionDecl};
use super::preference::{Preferences, Statement};
use super::term::Term;
use super::view::View;

/// `variant flex "the hinge dropped" extends other { ... }`: the negotiation with some changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The short name.
    pub name: Name,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Variants whose changes are made first, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<Name>,
    /// The changes, in order.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Where the declaration stands (its head).
    #[serde(skip)]
    pub place: Place,
}

/// One change to a negotiation, in a variant or in a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// `US prefers { ... }`, `US ranks { ... }`, `US weights { ... }`.
    Preferences {
        /// Whose.
        party: Name,
        /// Replaced or edited.
        edit: PreferenceEdit,
        /// Where an edit, or a new ranking, is known from; other lists carry their citations themselves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cites: Vec<Citation>,
    },
    /// `irreversible US.relief, DPRK.yongbyon`; likewise `reversible` and `only off`.
    Direction {
        /// The new direction.
        direction: Direction,
        /// Of which options.
        options: Vec<Ref>,
    },
    /// `US concept smr`: judge this party by another solution concept.
    Concept {
        /// Whose.
        party: Name,
        /// The concept.
        concept: Name,
    },
    /// `US attitude toward DPRK positive`: another attitude of a party.
    Attitude {
        /// Whose.
        party: Name,
        /// Toward whom; `self` is the party itself.
        toward: Name,
        /// The new attitude.
        attitude: Attitude,
    },
    /// A further `never` rule.
    Never(Rule),
    /// A further forced consequence.
    When(Consequence),
    /// A further prohibited transition.
    NoMove(Prohibition),
    /// `without never FORMULA`: drop the rule that says so.
    WithoutNever(Formula),
    /// `without when FORMULA`: drop the forced consequences with this condition.
    WithoutWhen(Formula),
    /// Another status quo; not in a view.
    StatusQuo(StatusQuo),
    /// `term denuclearised { US reads ... }`: each line takes the place of the line that said the same of
    /// the term before, or is added.
    Term(Term),
    /// `hides DPRK.test`, in a view: options that the viewer does not know of.
    Hide(Vec<Ref>),
    /// `invents DPRK.secret "Secret site"`, in a view: an option that exists in the viewer's eyes only.
    Invent {
        /// Whose option it would be.
        party: Name,
        /// The option.
        option: OptionDecl,
    },
    /// `in the eyes of US { ... }`, in a variant: adds to the view that the party has.
    View(View),
    /// `without view of US`, in a variant: the party sees the negotiation as it is.
    WithoutView(Name),
}

/// How a party's preferences change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreferenceEdit {
    /// Other preferences altogether.
    Replace(Preferences),
    /// Edits of what is there, in order.
    Edit(Vec<StatementEdit>),
}

/// One edit of a list of statements, or of a ranking (`swap` only).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementEdit {
    /// `drop hinge`.
    Drop(Target),
    /// `insert DPRK.declare before hinge`.
    Insert {
        /// The new statement.
        statement: Statement,
        /// Where it goes.
        at: Position,
    },
    /// `move hinge first`.
    Move {
        /// Which statement.
        statement: Target,
        /// Where it goes.
        to: Position,
    },
    /// `swap small and none`.
    Swap(Target, Target),
    /// `settle hinge`: what was in doubt about the statement is certain now, and it stands as written.
    Settle(Target),
}

/// What an edit is about: a label, a state's name, or the text of a formula in quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// `hinge`, `5`.
    Name(Name),
    /// `"not relief unless DPRK.declare"`; also the text of a ranking's element, such as
    /// `"class \"big deal\""`.
    Text {
        /// The text between the quotes.
        text: String,
        /// Where it stands.
        #[serde(skip)]
        place: Place,
    },
}

/// A place in a list of statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// The most important.
    First,
    /// The least important.
    Last,
    /// Just more important than this one.
    Before(Target),
    /// Just less important than this one.
    After(Target),
}
