//! Changes to a negotiation, their prices, and plans made of them.

use detente_model::model::{Consequence, Prohibition, Rule, Statement};
use detente_model::syntax::ast::Direction;
use detente_model::{Condition, OptionId, PartyId};

use crate::StateId;

/// What one change of each kind costs. Prices are whole numbers; 1 each by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// Two adjacent ranks of a party change places.
    pub swap: u64,
    /// A statement is moved past one other.
    pub pass: u64,
    /// A statement is dropped.
    pub drop: u64,
    /// A statement is replaced by its negation.
    pub reverse: u64,
    /// A statement is inserted, wherever.
    pub insert: u64,
}

impl Default for Prices {
    fn default() -> Self {
        Self {
            swap: 1,
            pass: 1,
            drop: 1,
            reverse: 1,
            insert: 1,
        }
    }
}

/// How the preferences of one party may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreferenceChange {
    /// Not at all: what it prefers is a fact.
    Fixed,
    /// Adjacent ranks may be swapped. A rank is a set of tied states; ties are kept.
    Ranks(Prices),
    /// Its statements may be edited. For a party that has none, nothing may change.
    Statements(Prices, StatementChanges),
}

/// Which edits of a list of statements are permitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementChanges {
    /// Statements may be dropped.
    pub drop: bool,
    /// Statements may be replaced by their negations.
    pub reverse: bool,
    /// Statements may be moved.
    pub pass: bool,
    /// Of these, one may be inserted at any place.
    pub insert: Vec<Condition>,
}

/// A change to who can move where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StructuralChange {
    /// An option is made irreversible, or reversible, or can only be given up.
    Direction {
        /// The option.
        option: OptionId,
        /// The direction that it has then.
        direction: Direction,
    },
    /// An option is taken away: it stays at its first level for good.
    Remove {
        /// The option.
        option: OptionId,
    },
    /// A forced consequence is added, after those that there are. It links options: "when A is
    /// withdrawn, B falls".
    Link(Consequence),
    /// A rule is added: these options cannot be together, or one not without the other.
    Bar(Rule),
    /// A prohibition is added. It sequences options: "A not before B".
    Sequence(Prohibition),
}

/// A structural change that is thinkable, and its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structural {
    /// The change.
    pub change: StructuralChange,
    /// What it costs.
    pub price: u64,
}

/// An edit of a party's statements; statements are named by their place in the model, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The statement is dropped.
    Drop {
        /// Which.
        statement: usize,
    },
    /// The statement is replaced by its negation.
    Reverse {
        /// Which.
        statement: usize,
    },
    /// The statement is moved: after the edit it stands where the plan's list has it.
    Move {
        /// Which.
        statement: usize,
        /// The statements that it is moved past, by their places in the model.
        past: Vec<usize>,
    },
    /// A statement is inserted.
    Insert {
        /// What it says.
        condition: Condition,
        /// Where in the plan's list, counted from 0: the least important place that does.
        place: usize,
        /// The most important place that does, all else being equal.
        highest: usize,
    },
}

/// One change of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A party ranks the states otherwise.
    Ranks {
        /// Whose.
        party: PartyId,
        /// Its new ranking, best first; tied states stand together, ascending.
        order: Vec<Vec<StateId>>,
        /// Which pairs of ranks change their order: what is better now, and what was.
        reversed: Vec<(Vec<StateId>, Vec<StateId>)>,
        /// The price of the swaps together.
        price: u64,
    },
    /// A party's statements are edited.
    Statements {
        /// Whose.
        party: PartyId,
        /// The edits, in order of the statements; insertions last.
        edits: Vec<Edit>,
        /// The new list, most important first.
        list: Vec<Statement>,
        /// The price of the edits together.
        price: u64,
    },
    /// The moves change.
    Structural(Structural),
}

impl Change {
    /// What the change costs.
    pub fn price(&self) -> u64 {
        match self {
            Self::Ranks { price, .. } | Self::Statements { price, .. } => *price,
            Self::Structural(s) => s.price,
        }
    }
}

/// Changes after which everything that was wanted is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The changes: of preferences by party, then of moves. None when everything is so already.
    pub changes: Vec<Change>,
    /// What they cost together.
    pub price: u64,
    /// For each want of the question, in order, the states of it that are equilibria afterwards (of
    /// every judgement); states are those of the game before the changes.
    pub holds: Vec<Vec<StateId>>,
}
