//! Boolean expressions with every name resolved.

use detente_syntax::Span;
use detente_syntax::ast::Count;

use crate::ids::OptionId;

/// "The level of this option lies between these, both included." A binary option has the levels 0
/// (not taken) and 1 (taken).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Literal {
    /// The option.
    pub option: OptionId,
    /// The lowest level that counts.
    pub from: u16,
    /// The highest level that counts.
    pub to: u16,
}

impl Literal {
    /// Whether `level` lies in the range.
    pub const fn admits(self, level: u16) -> bool {
        self.from <= level && level <= self.to
    }
}

/// A Boolean expression over option levels, or over the numbered states of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Always or never.
    Constant(bool),
    /// The option's level lies in a range.
    Literal(Literal),
    /// In the graph form: the state is this one, numbered from 0 in order of declaration.
    Node(u32),
    /// Not.
    Not(Box<Expr>),
    /// All of them; true when empty.
    And(Vec<Expr>),
    /// One of them at least; false when empty.
    Or(Vec<Expr>),
    /// So many of them.
    Count {
        /// At least, at most or exactly.
        count: Count,
        /// How many.
        number: u32,
        /// Of which.
        of: Vec<Expr>,
    },
}

impl Expr {
    /// `not self`, without a double negation.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Its truth when atoms are judged by `atom`.
    pub fn eval(&self, atom: &mut impl FnMut(&Atom) -> bool) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Literal(literal) => atom(&Atom::Literal(*literal)),
            Self::Node(node) => atom(&Atom::Node(*node)),
            Self::Not(inner) => !inner.eval(atom),
            Self::And(parts) => parts.iter().all(|p| p.eval(atom)),
            Self::Or(parts) => parts.iter().any(|p| p.eval(atom)),
            Self::Count { count, number, of } => {
                let holding = of.iter().filter(|p| p.eval(atom)).count() as u64;
                let number = u64::from(*number);
                match count {
                    Count::AtLeast => holding >= number,
                    Count::AtMost => holding <= number,
                    Count::Exactly => holding == number,
                }
            }
        }
    }

    /// Whether it is true where every option stands at a level and, in the graph form, at a state.
    pub fn holds_in(&self, levels: &[u16], node: Option<u32>) -> bool {
        self.eval(&mut |atom| match atom {
            Atom::Literal(literal) => {
                let level = levels.get(literal.option.index());
                level.is_some_and(|level| literal.admits(*level))
            }
            Atom::Node(state) => node == Some(*state),
        })
    }

    /// Calls `visit` for every literal in it.
    pub fn literals(&self, visit: &mut impl FnMut(Literal)) {
        match self {
            Self::Constant(_) | Self::Node(_) => {}
            Self::Literal(literal) => visit(*literal),
            Self::Not(inner) => inner.literals(visit),
            Self::And(parts) | Self::Or(parts) | Self::Count { of: parts, .. } => {
                for part in parts {
                    part.literals(visit);
                }
            }
        }
    }

    /// The options that it mentions, ascending, each once.
    pub fn options(&self) -> Vec<OptionId> {
        let mut options = Vec::new();
        self.literals(&mut |l| options.push(l.option));
        options.sort_unstable();
        options.dedup();
        options
    }
}

/// What an [`Expr`] is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atom {
    /// See [`Expr::Literal`].
    Literal(Literal),
    /// See [`Expr::Node`].
    Node(u32),
}

/// An expression, how its author wrote it, and where.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it says.
    pub expr: Expr,
    /// The author's words, with no more brackets than needed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Condition {
    /// Conditions are equal when they are written the same and mean the same, wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr && self.text == other.text
    }
}

impl Eq for Condition {}
