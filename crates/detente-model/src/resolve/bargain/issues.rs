//! The issues and their levels, and how they are looked up.

use std::collections::HashMap;

use detente_syntax::ast::{self, Amount, Levels, Name};
use detente_syntax::{Diagnostic, Span};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::wrong;
use crate::bargain::{Issue, Level, exact, written};
use crate::codes;
use crate::ids::IssueId;
use crate::resolve::Resolver;
use crate::resolve::scope::{once, suggest};

/// How many levels an issue has at most.
pub(crate) const MOST_LEVELS: usize = 65_536;

/// All issues, by number and by name.
pub(super) struct Issues<'a> {
    pub(super) list: Vec<Issue>,
    by_name: HashMap<&'a str, IssueId>,
}

impl Issues<'_> {
    /// Looks an issue up.
    pub(super) fn find(&self, name: &Name) -> Result<IssueId, Diagnostic> {
        self.find_named(name.as_str(), name.span())
    }

    pub(super) fn find_named(&self, name: &str, span: Span) -> Result<IssueId, Diagnostic> {
        self.by_name.get(name).copied().ok_or_else(|| {
            let d = Diagnostic::error(codes::UNKNOWN_ISSUE, format!("there is no issue `{name}`"))
                .at(span, "not declared");
            let d = suggest(d, name, self.list.iter().map(|i| i.name.as_str()), "issues");
            if self.list.is_empty() {
                d.hint(format!("declare it: `issues {{ {name}: none, all }}`"))
            } else {
                d
            }
        })
    }

    pub(super) fn issue(&self, id: IssueId) -> &Issue {
        &self.list[id.index()]
    }

    /// The highest level of an issue.
    pub(super) fn top(&self, id: IssueId) -> u16 {
        u16::try_from(self.issue(id).levels.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Looks a level up by its name, or by its number.
    pub(super) fn level(&self, id: IssueId, name: &Name) -> Result<u16, Diagnostic> {
        let number = Amount::try_from(name.text.clone()).ok();
        match number {
            Some(number) => self.numbered(id, &number, name.span()),
            None => self.named(id, name),
        }
    }

    fn named(&self, id: IssueId, name: &Name) -> Result<u16, Diagnostic> {
        let issue = self.issue(id);
        let at = issue.levels.iter().position(|l| l.name == name.text);
        at.and_then(|at| u16::try_from(at).ok()).ok_or_else(|| {
            let d = Diagnostic::error(
                codes::UNKNOWN_LEVEL,
                format!("issue `{}` has no level `{name}`", issue.name),
            )
            .at(name.span(), "not declared");
            if is_numbered(issue) {
                return d.hint(wrong::range_of(issue));
            }
            let names = issue.levels.iter().map(|l| l.name.as_str());
            suggest(d, name.as_str(), names, "levels")
        })
    }

    /// The level of exactly this number.
    pub(super) fn numbered(
        &self,
        id: IssueId,
        number: &Amount,
        span: Span,
    ) -> Result<u16, Diagnostic> {
        let issue = self.issue(id);
        let value = exact(number).ok_or_else(|| wrong::number(number, span))?;
        let at = issue.levels.binary_search_by(|l| match &l.number {
            Some(number) => number.cmp(&value),
            None => std::cmp::Ordering::Less,
        });
        at.ok()
            .and_then(|at| u16::try_from(at).ok())
            .ok_or_else(|| {
                Diagnostic::error(
                    codes::UNKNOWN_LEVEL,
                    format!("issue `{}` has no level `{number}`", issue.name),
                )
                .at(span, "not one of its levels")
                .hint(wrong::range_of(issue))
            })
    }

    /// How many levels have a number less than this, and how many have this number at most.
    pub(super) fn around(
        &self,
        id: IssueId,
        number: &Amount,
        span: Span,
    ) -> Result<(usize, usize), Diagnostic> {
        let issue = self.issue(id);
        if !is_numbered(issue) {
            return Err(Diagnostic::error(
                codes::UNKNOWN_LEVEL,
                format!("the levels of issue `{}` are no numbers", issue.name),
            )
            .at(span, "")
            .hint(wrong::range_of(issue)));
        }
        let value = exact(number).ok_or_else(|| wrong::number(number, span))?;
        let count = |holds: &dyn Fn(&BigRational) -> bool| {
            issue
                .levels
                .partition_point(|l| l.number.as_ref().is_some_and(holds))
        };
        Ok((count(&|n| *n < value), count(&|n| *n <= value)))
    }
}

/// Whether the levels of an issue are numbers.
pub(super) fn is_numbered(issue: &Issue) -> bool {
    issue.levels.first().is_some_and(|l| l.number.is_some())
}

impl<'a> Resolver<'a> {
    pub(super) fn issues(&mut self) -> Issues<'a> {
        let document = self.document;
        let mut issues = Issues {
            list: Vec::with_capacity(document.issues.len()),
            by_name: HashMap::new(),
        };
        let mut seen = HashMap::new();
        for (index, issue) in document.issues.iter().enumerate() {
            self.cites(&issue.cites);
            let name = issue.name.as_str();
            once(&mut seen, "issue", name, issue.name.span(), &mut self.out);
            let id = IssueId(u32::try_from(index).unwrap_or(u32::MAX));
            issues.by_name.entry(name).or_insert(id);
            let levels = match &issue.levels {
                Levels::Named(levels) => self.named_levels(issue, levels),
                Levels::Numbers { from, to, by } => {
                    let found = numbered_levels(issue, from, to, by.as_ref());
                    self.keep(found)
                }
            };
            issues.list.push(Issue {
                name: issue.name.text.clone(),
                title: issue.title.clone(),
                levels: levels.unwrap_or_default(),
                place: issue.place,
            });
        }
        issues
    }

    fn named_levels(
        &mut self,
        issue: &'a ast::Issue,
        levels: &'a [ast::Level],
    ) -> Option<Vec<Level>> {
        let mut seen = HashMap::new();
        for level in levels {
            let (name, span) = (level.name.as_str(), level.name.span());
            once(&mut seen, "level", name, span, &mut self.out);
        }
        if levels.is_empty() || levels.len() > MOST_LEVELS {
            self.out
                .push(wrong::level_count(issue, &levels.len().to_string()));
            return None;
        }
        let level = |l: &ast::Level| Level {
            name: l.name.text.clone(),
            title: l.title.clone(),
            number: None,
        };
        Some(levels.iter().map(level).collect())
    }
}

/// `0 .. 28500 by 500`, one by one.
fn numbered_levels(
    issue: &ast::Issue,
    from: &Amount,
    to: &Amount,
    by: Option<&Amount>,
) -> Result<Vec<Level>, Diagnostic> {
    let span = issue.place.0;
    let number = |amount: &Amount| exact(amount).ok_or_else(|| wrong::number(amount, span));
    let (first, last) = (number(from)?, number(to)?);
    let step = match by {
        Some(by) => number(by)?,
        None => BigRational::from_integer(1.into()),
    };
    let bad = |message: String, hint: &str| {
        Err(Diagnostic::error(codes::BAD_LEVELS, message)
            .at(span, "")
            .hint(hint))
    };
    if !step.is_positive() {
        let message = format!(
            "the numbers of issue `{}` get nowhere in steps of {step}",
            issue.name
        );
        return bad(message, "write a step above 0; levels ascend");
    }
    if last < first {
        let message = format!("the numbers of issue `{}` descend", issue.name);
        return bad(message, "write the least number first; levels ascend");
    }
    let steps: BigInt = ((last - &first) / &step).floor().to_integer();
    let count = steps.to_usize().filter(|steps| *steps < MOST_LEVELS);
    let Some(steps) = count else {
        return Err(wrong::level_count(issue, &(steps + 1_u8).to_string()));
    };
    let mut levels = Vec::with_capacity(steps + 1);
    let mut value = first;
    for _ in 0..=steps {
        levels.push(Level {
            name: written(&value),
            title: None,
            number: Some(value.clone()),
        });
        value += &step;
    }
    debug_assert!(!levels.is_empty() && !step.is_zero());
    Ok(levels)
}
