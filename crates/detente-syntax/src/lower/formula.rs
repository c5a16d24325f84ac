//! Formulas and settings.

use super::{
    as_reference, child, children, has_keyword, name, place, reference, text, token, token_span,
    tokens,
};
use crate::ast::{Comparison, Count, Formula, FormulaKind, Place, Setting, SettingValue};
use crate::kind::{SyntaxKind, SyntaxNode};

/// The first formula directly in a node.
pub(super) fn formula_in(node: &SyntaxNode) -> Option<Formula> {
    formulas_in(node).next()?
}

/// The formulas directly in a node; nothing for one that could not be read.
pub(super) fn formulas_in(node: &SyntaxNode) -> impl Iterator<Item = Option<Formula>> {
    node.children()
        .filter(|c| c.kind().is_formula())
        .map(|c| formula(&c))
}

fn all_in(node: &SyntaxNode) -> Option<Vec<Formula>> {
    formulas_in(node).collect()
}

/// What a formula node says; nothing when a part of it could not be read.
fn formula(node: &SyntaxNode) -> Option<Formula> {
    use SyntaxKind as K;
    if child(node, K::Error).is_some() {
        return None;
    }
    let kind = match node.kind() {
        K::Paren => return formula_in(node),
        K::Constant => FormulaKind::Constant(has_keyword(node, "true")),
        K::OptionAtom => FormulaKind::Option(reference(node)?),
        K::LevelAtom => FormulaKind::Level {
            option: reference(node)?,
            comparison: comparison(node)?,
            level: name(node)?,
        },
        K::ClassAtom => {
            let quoted = token(node, K::String)?;
            FormulaKind::Class {
                name: text(node)?,
                place: Place(token_span(&quoted)),
            }
        }
        K::StateAtom => FormulaKind::State(name(node)?),
        K::TermAtom => FormulaKind::Term(name(node)?),
        K::PatternAtom => FormulaKind::Pattern {
            text: text(node)?,
            place: place(node),
        },
        K::Not => FormulaKind::Not(Box::new(formula_in(node)?)),
        K::And => FormulaKind::And(flat(node, |kind| match kind {
            FormulaKind::And(parts) => Ok(parts),
            other => Err(other),
        })?),
        K::Or => FormulaKind::Or(flat(node, |kind| match kind {
            FormulaKind::Or(parts) => Ok(parts),
            other => Err(other),
        })?),
        K::Conditional => {
            let words: Vec<String> = super::keywords(node);
            return fold(node, |i, a, b| {
                let unless = words.get(i).is_some_and(|w| w == "unless");
                if unless {
                    FormulaKind::Unless(a, b)
                } else {
                    FormulaKind::If(a, b)
                }
            });
        }
        K::Iff => return fold(node, |_, a, b| FormulaKind::Iff(a, b)),
        K::Count => count(node)?,
        _ => return None,
    };
    Some(Formula {
        kind,
        place: place(node),
    })
}

/// The operands of a chain of `and` or `or`, with those of nested chains of the same kind in their
/// place.
fn flat(
    node: &SyntaxNode,
    parts: fn(FormulaKind) -> Result<Vec<Formula>, FormulaKind>,
) -> Option<Vec<Formula>> {
    let mut out = Vec::new();
    for operand in all_in(node)? {
        match parts(operand.kind) {
            Ok(inner) => out.extend(inner),
            Err(kind) => out.push(Formula {
                kind,
                place: operand.place,
            }),
        }
    }
    if out.len() < 2 { None } else { Some(out) }
}

/// A chain as a tree that grows to the left.
fn fold(
    node: &SyntaxNode,
    join: impl Fn(usize, Box<Formula>, Box<Formula>) -> FormulaKind,
) -> Option<Formula> {
    let mut operands = all_in(node)?.into_iter();
    let mut out = operands.next()?;
    let operators = tokens(node)
        .filter(|t| t.kind() == SyntaxKind::Keyword)
        .count();
    let mut joined = 0;
    for (i, next) in operands.enumerate() {
        let place = Place(out.place.0.cover(next.place.0));
        out = Formula {
            kind: join(i, Box::new(out), Box::new(next)),
            place,
        };
        joined += 1;
    }
    (joined > 0 && joined == operators).then_some(out)
}

fn comparison(node: &SyntaxNode) -> Option<Comparison> {
    use SyntaxKind as K;
    for token in tokens(node) {
        return Some(match token.kind() {
            K::Lt => Comparison::Less,
            K::Le => Comparison::AtMost,
            K::Gt => Comparison::Greater,
            K::Ge => Comparison::AtLeast,
            K::Other => Comparison::IsNot,
            K::Keyword if has_keyword(node, "not") => Comparison::IsNot,
            K::Keyword | K::Eq => Comparison::Is,
            _ => continue,
        });
    }
    None
}

fn count(node: &SyntaxNode) -> Option<FormulaKind> {
    let count = if has_keyword(node, "exactly") {
        Count::Exactly
    } else if has_keyword(node, "least") {
        Count::AtLeast
    } else {
        Count::AtMost
    };
    let number = token(node, SyntaxKind::Number)?.text().parse().ok()?;
    let of = all_in(node)?;
    if of.is_empty() {
        None
    } else {
        Some(FormulaKind::Count { count, number, of })
    }
}

/// What a setting node says.
pub(super) fn setting(node: &SyntaxNode) -> Option<Setting> {
    if child(node, SyntaxKind::Error).is_some() {
        return None;
    }
    let option = child(node, SyntaxKind::Ref).and_then(|r| as_reference(&r))?;
    let value = if has_keyword(node, "not") {
        SettingValue::Off
    } else if has_keyword(node, "is") {
        SettingValue::Level(name(node)?)
    } else {
        SettingValue::On
    };
    Some(Setting {
        option,
        value,
        place: place(node),
    })
}

/// The settings directly in a node.
pub(super) fn settings(node: &SyntaxNode) -> Vec<Setting> {
    children(node, SyntaxKind::Setting)
        .filter_map(|s| setting(&s))
        .collect()
}
