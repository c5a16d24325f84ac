//! Boolean expressions over options, states and classes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::{Name, Place, Ref};

/// A Boolean expression with its place. In JSON it is its text, such as
/// `"not US.relief unless DPRK.yongbyon"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Formula {
    /// What it says.
    pub kind: FormulaKind,
    /// Where it stands.
    pub place: Place,
}

/// The forms that a [`Formula`] takes, from tightest to loosest binding:
/// atoms and `not`; `and`; `or`; `if` and `unless`; `iff`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormulaKind {
    /// `true` or `false`.
    Constant(bool),
    /// A binary option is taken, or a graded option is above its first level: `US.relief`.
    Option(Ref),
    /// A graded option compared with one of its levels: `US.drills is cancel`,
    /// `US.drills >= calibrate`.
    Level {
        /// The graded option.
        option: Ref,
        /// How it is compared.
        comparison: Comparison,
        /// The level.
        level: Name,
    },
    /// The state belongs to an outcome class: `class "small deal"`.
    Class {
        /// The class's name.
        name: String,
        /// Where the quoted name stands.
        place: Place,
    },
    /// The state is the named or numbered one: `state 5`, `state small`.
    State(Name),
    /// The term holds, in the sense of whoever says so: `term denuclearised`.
    Term(Name),
    /// The state matches a pattern of `Y`, `N` and `-` (either), first option first: `"YN-"`.
    Pattern {
        /// The pattern.
        text: String,
        /// Where it stands.
        place: Place,
    },
    /// `not A`.
    Not(Box<Formula>),
    /// `A and B and ...`, two or more.
    And(Vec<Formula>),
    /// `A or B or ...`, two or more.
    Or(Vec<Formula>),
    /// `A if B`: true unless B holds without A.
    If(Box<Formula>, Box<Formula>),
    /// `A unless B`: A or B.
    Unless(Box<Formula>, Box<Formula>),
    /// `A iff B`: both or neither.
    Iff(Box<Formula>, Box<Formula>),
    /// `at least 2 of (A, B, C)`.
    Count {
        /// At least, at most or exactly.
        count: Count,
        /// How many.
        number: u32,
        /// Of which.
        of: Vec<Formula>,
    },
}

/// How a graded option is compared with a level; levels ascend in the order of their declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is not",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// How a count is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `exactly`
    Exactly,
}

impl Count {
    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Exactly => "exactly",
        }
    }
}

impl Formula {
    /// Calls `visit` with every atom in it, from left to right.
    pub fn atoms<'f>(&'f self, visit: &mut impl FnMut(&'f FormulaKind)) {
        match &self.kind {
            FormulaKind::Not(inner) => inner.atoms(visit),
            FormulaKind::And(parts)
            | FormulaKind::Or(parts)
            | FormulaKind::Count { of: parts, .. } => {
                for part in parts {
                    part.atoms(visit);
                }
            }
            FormulaKind::If(a, b) | FormulaKind::Unless(a, b) | FormulaKind::Iff(a, b) => {
                a.atoms(visit);
                b.atoms(visit);
            }
            atom => visit(atom),
        }
    }

    /// Calls `visit` with the name of every term in it, from left to right.
    pub fn terms<'f>(&'f self, visit: &mut impl FnMut(&'f Name)) {
        self.atoms(&mut |atom| {
            if let FormulaKind::Term(name) = atom {
                visit(name);
            }
        });
    }

    /// The same formula with everything in it at one place: for a formula that stands in quotes.
    #[must_use]
    pub fn placed(mut self, at: Place) -> Self {
        self.place_at(at);
        self
    }

    fn place_at(&mut self, at: Place) {
        self.place = at;
        match &mut self.kind {
            FormulaKind::Constant(_) => {}
            FormulaKind::Option(option) => option.place_at(at),
            FormulaKind::Level { option, level, .. } => {
                option.place_at(at);
                level.place = at;
            }
            FormulaKind::Class { place, .. } | FormulaKind::Pattern { place, .. } => *place = at,
            FormulaKind::State(name) | FormulaKind::Term(name) => name.place = at,
            FormulaKind::Not(inner) => inner.place_at(at),
            FormulaKind::And(parts)
            | FormulaKind::Or(parts)
            | FormulaKind::Count { of: parts, .. } => {
                for part in parts {
                    part.place_at(at);
                }
            }
            FormulaKind::If(a, b) | FormulaKind::Unless(a, b) | FormulaKind::Iff(a, b) => {
                a.place_at(at);
                b.place_at(at);
            }
        }
    }
}

impl TryFrom<String> for Formula {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        crate::parse_formula(&text).map_err(|diagnostic| match diagnostic.hint {
            Some(hint) => format!("{} in `{text}`: {hint}", diagnostic.message),
            None => format!("{} in `{text}`", diagnostic.message),
        })
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.to_string()
    }
}
