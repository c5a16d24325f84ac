//! What is left of a test when the level of an issue is known.

use crate::model::IssueId;
use crate::model::bargain::Test;
use crate::model::syntax::ast::Count;

/// The test with the level of an issue put in, if one is given, and constants folded.
pub(super) fn residual(test: &Test, known: Option<(IssueId, u16)>) -> Test {
    match test {
        Test::Constant(value) => Test::Constant(*value),
        Test::Between { issue, from, to } => match known {
            Some((known, level)) if known == *issue => {
                Test::Constant(*from <= level && level <= *to)
            }
            _ => test.clone(),
        },
        Test::Not(inner) => match residual(inner, known) {
            Test::Constant(value) => Test::Constant(!value),
            rest => Test::Not(Box::new(rest)),
        },
        Test::And(parts) => gate(parts, known, true),
        Test::Or(parts) => gate(parts, known, false),
        Test::Count { count, number, of } => {
            let (open, holding) = open_parts(of, known);
            counted(*count, *number, open, holding)
        }
    }
}

/// What is left of a conjunction (`neutral` is true) or a disjunction.
fn gate(parts: &[Test], known: Option<(IssueId, u16)>, neutral: bool) -> Test {
    let mut open = Vec::new();
    for part in parts {
        match residual(part, known) {
            Test::Constant(value) if value == neutral => {}
            Test::Constant(_) => return Test::Constant(!neutral),
            rest => open.push(rest),
        }
    }
    match (open.len(), neutral) {
        (0, _) => Test::Constant(neutral),
        (1, _) => open.swap_remove(0),
        (_, true) => Test::And(open),
        (_, false) => Test::Or(open),
    }
}

/// The parts that are not decided, and how many hold.
fn open_parts(parts: &[Test], known: Option<(IssueId, u16)>) -> (Vec<Test>, u64) {
    let mut open = Vec::new();
    let mut holding = 0;
    for part in parts {
        match residual(part, known) {
            Test::Constant(value) => holding += u64::from(value),
            rest => open.push(rest),
        }
    }
    (open, holding)
}

/// So many of the open parts and of those that hold already.
fn counted(count: Count, number: u32, open: Vec<Test>, holding: u64) -> Test {
    let wanted = u64::from(number);
    let most = holding + open.len() as u64;
    let decided = match count {
        Count::AtLeast if holding >= wanted => Some(true),
        Count::AtLeast if most < wanted => Some(false),
        Count::AtMost if holding > wanted => Some(false),
        Count::AtMost if most <= wanted => Some(true),
        Count::Exactly if holding > wanted || most < wanted => Some(false),
        Count::Exactly if open.is_empty() => Some(true),
        _ => None,
    };
    match decided {
        Some(value) => Test::Constant(value),
        None => Test::Count {
            count,
            // Never below zero: a count that holds already is decided.
            number: u32::try_from(wanted.saturating_sub(holding)).unwrap_or(number),
            of: open,
        },
    }
}
