//! Conditions on states as bit operations.

use detente_model::Expr;
use detente_model::syntax::ast::Count;

use super::Layout;

/// A condition ready to be tested on a state's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Constant(bool),
    /// One of these bits is set.
    Any(u128),
    /// None of these bits is set.
    Clear(u128),
    /// The number is this one (graph form).
    Equal(u128),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Count(Count, u64, Vec<Node>),
}

impl Test {
    pub(crate) fn new(expr: &Expr, layout: &Layout) -> Self {
        Self(compile(expr, layout))
    }

    /// Whether the state with this number satisfies the condition.
    pub fn holds(&self, value: u128) -> bool {
        self.0.holds(value)
    }
}

fn compile(expr: &Expr, layout: &Layout) -> Node {
    let all = |parts: &[Expr]| parts.iter().map(|p| compile(p, layout)).collect();
    match expr {
        Expr::Constant(value) => Node::Constant(*value),
        Expr::Node(node) => Node::Equal(u128::from(*node)),
        Expr::Literal(literal) => {
            let (at, width) = layout.places[literal.option.index()];
            let top = width as u16;
            let bits = |from: u16, to: u16| {
                (from.max(1)..=to).fold(0, |mask, l| mask | 1_u128 << (at + u32::from(l) - 1))
            };
            if literal.from > 0 {
                Node::Any(bits(literal.from, literal.to.min(top)))
            } else {
                Node::Clear(bits(literal.to + 1, top))
            }
        }
        Expr::Not(inner) => Node::Not(Box::new(compile(inner, layout))),
        Expr::And(parts) => Node::And(all(parts)),
        Expr::Or(parts) => Node::Or(all(parts)),
        Expr::Count { count, number, of } => Node::Count(*count, u64::from(*number), all(of)),
    }
}

impl Node {
    fn holds(&self, value: u128) -> bool {
        match self {
            Self::Constant(truth) => *truth,
            Self::Any(mask) => value & mask != 0,
            Self::Clear(mask) => value & mask == 0,
            Self::Equal(other) => value == *other,
            Self::Not(inner) => !inner.holds(value),
            Self::And(parts) => parts.iter().all(|p| p.holds(value)),
            Self::Or(parts) => parts.iter().any(|p| p.holds(value)),
            Self::Count(count, number, of) => {
                let holding = of.iter().filter(|p| p.holds(value)).count() as u64;
                match count {
                    Count::AtLeast => holding >= *number,
                    Count::AtMost => holding <= *number,
                    Count::Exactly => holding == *number,
                }
            }
        }
    }
}
