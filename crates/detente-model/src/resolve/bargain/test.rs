//! Formulas over issues.

use detente_syntax::Diagnostic;
use detente_syntax::ast::{Amount, Comparison, Count, Formula, FormulaKind, Name, Ref};

use super::issues::{Issues, is_numbered};
use crate::bargain::Test;
use crate::codes;
use crate::ids::IssueId;
use crate::resolve::scope::Scope;

type Found<T> = Result<T, Diagnostic>;

impl Issues<'_> {
    /// A formula as a test of packages.
    pub(super) fn test(&self, formula: &Formula, scope: &Scope<'_>) -> Found<Test> {
        let one = |f: &Formula| self.test(f, scope);
        let all = |parts: &[Formula]| parts.iter().map(one).collect::<Found<Vec<_>>>();
        Ok(match &formula.kind {
            FormulaKind::Constant(value) => Test::Constant(*value),
            FormulaKind::Option(reference) => {
                let issue = self.reference(reference, scope)?;
                between(issue, 1, self.issue(issue).levels.len(), self.top(issue))
            }
            FormulaKind::Level {
                option,
                comparison,
                level,
            } => {
                let issue = self.reference(option, scope)?;
                self.compared(issue, *comparison, level)?
            }
            FormulaKind::Class { place, .. } => return Err(foreign("a class", place.0)),
            FormulaKind::State(name) => return Err(foreign("a state", name.span())),
            FormulaKind::Term(name) => return Err(foreign("a term", name.span())),
            FormulaKind::Pattern { place, .. } => {
                return Err(foreign("a pattern of options", place.0));
            }
            FormulaKind::Not(inner) => negated(one(inner)?),
            FormulaKind::And(parts) => Test::And(all(parts)?),
            FormulaKind::Or(parts) => Test::Or(all(parts)?),
            FormulaKind::If(then, condition) => {
                Test::Or(vec![one(then)?, negated(one(condition)?)])
            }
            FormulaKind::Unless(then, condition) => Test::Or(vec![one(then)?, one(condition)?]),
            // Not exactly one of the two, so that neither stands in it twice.
            FormulaKind::Iff(a, b) => negated(Test::Count {
                count: Count::Exactly,
                number: 1,
                of: vec![one(a)?, one(b)?],
            }),
            FormulaKind::Count { count, number, of } => Test::Count {
                count: *count,
                number: *number,
                of: all(of)?,
            },
        })
    }

    fn reference(&self, reference: &Ref, scope: &Scope<'_>) -> Found<IssueId> {
        let option = scope.find_option(reference, None).is_ok();
        let d = match &reference.party {
            Some(party) => Diagnostic::error(
                codes::NOT_AN_ISSUE,
                format!("`{reference}` is no issue: a package has levels of issues only"),
            )
            .at(party.span().cover(reference.name.span()), ""),
            None => match self.find(&reference.name) {
                Err(_) if option => Diagnostic::error(
                    codes::NOT_AN_ISSUE,
                    format!("`{reference}` is an option, and a package has levels of issues only"),
                )
                .at(reference.span(), ""),
                found => return found,
            },
        };
        let named = self.find(&reference.name);
        Err(match named {
            Ok(_) => d.hint(format!(
                "issues belong to no party: write `{}`",
                reference.name
            )),
            Err(_) => d.hint("what an agreement makes of options is said in `agreed { ... }`"),
        })
    }

    fn compared(&self, issue: IssueId, comparison: Comparison, level: &Name) -> Found<Test> {
        use Comparison as C;
        let size = self.issue(issue).levels.len();
        let number = Amount::try_from(level.text.clone()).ok();
        let number = number.filter(|_| is_numbered(self.issue(issue)));
        // How many levels are below it, and how many are not above.
        let (below, up_to) = match (comparison, number) {
            (C::Is | C::IsNot, _) | (_, None) => {
                let at = usize::from(self.level(issue, level)?);
                (at, at + 1)
            }
            (_, Some(number)) => self.around(issue, &number, level.span())?,
        };
        let range = |from, until| between(issue, from, until, self.top(issue));
        Ok(match comparison {
            C::Is => range(below, up_to),
            C::IsNot => negated(range(below, up_to)),
            C::Less => range(0, below),
            C::AtMost => range(0, up_to),
            C::Greater => range(up_to, size),
            C::AtLeast => range(below, size),
        })
    }
}

/// "The level is one of those from the first number up to, not including, the second."
fn between(issue: IssueId, from: usize, until: usize, top: u16) -> Test {
    let (Ok(from), Some(Ok(to))) = (u16::try_from(from), until.checked_sub(1).map(u16::try_from))
    else {
        return Test::Constant(false);
    };
    if from > to {
        Test::Constant(false)
    } else if from == 0 && to == top {
        Test::Constant(true)
    } else {
        Test::Between { issue, from, to }
    }
}

fn negated(test: Test) -> Test {
    match test {
        Test::Constant(value) => Test::Constant(!value),
        Test::Not(inner) => *inner,
        other => Test::Not(Box::new(other)),
    }
}

fn foreign(what: &str, span: detente_syntax::Span) -> Diagnostic {
    Diagnostic::error(
        codes::NOT_AN_ISSUE,
        format!("{what} says nothing of packages: a package has levels of issues only"),
    )
    .at(span, "")
    .hint("write it with issues, for example `relief >= waivers and yongbyon is all`")
}
