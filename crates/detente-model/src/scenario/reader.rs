//! What is collected while a scenario is read.

use std::collections::HashMap;

use detente_syntax::{Diagnostic, Span};
use num_rational::BigRational;

use super::evaluator::Curve;
use super::number::Number;
use super::raw::{Domain, Issue, Levels, Profile, Table};
use super::tree::Node;
use super::{Options, Remark, codes, number, shorten};

/// Levels of an issue at most.
pub(crate) const MAX_LEVELS: usize = 65_536;

/// Issues and profiles at most.
pub(crate) const MAX_ISSUES: usize = 1_000;

/// Values of all tables together, and bounds of all boxes together, at most.
const MAX_CELLS: usize = 5_000_000;

/// Problems that are told at most; the rest of a broken file is of the same kind.
const MAX_PROBLEMS: usize = 20;

pub(crate) struct Reader<'o> {
    pub(crate) options: &'o Options,
    pub(crate) notes: Vec<Remark>,
    pub(crate) problems: Vec<Remark>,
    /// The file that is being read.
    pub(crate) file: Option<usize>,
    cells: usize,
}

impl<'o> Reader<'o> {
    pub(crate) fn new(options: &'o Options) -> Self {
        Self {
            options,
            notes: Vec::new(),
            problems: Vec::new(),
            file: None,
            cells: 0,
        }
    }

    pub(crate) fn note(&mut self, diagnostic: Diagnostic) {
        self.notes.push(Remark {
            file: self.file,
            diagnostic,
        });
    }

    pub(crate) fn problem(&mut self, diagnostic: Diagnostic) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Remark {
                file: self.file,
                diagnostic,
            });
        }
    }

    /// A value that cannot be used.
    pub(crate) fn bad(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        self.problem(
            Diagnostic::error(codes::BAD_VALUE, message)
                .at(span, "")
                .hint(hint),
        );
    }

    /// A kind of utility that the language has no words for.
    pub(crate) fn unsupported(&mut self, span: Span, message: impl Into<String>) {
        self.problem(
            Diagnostic::error(codes::NOT_SUPPORTED, message)
                .at(span, "")
                .hint("`detente explain E0354` lists what is read"),
        );
    }

    /// A repair, told at the first place where it was needed, and how often it was.
    pub(crate) fn repaired(&mut self, places: &[Span], message: impl Into<String>) {
        if let Some(first) = places.first() {
            let label = match places.len() {
                1 => String::new(),
                n => format!("and {} more", n - 1),
            };
            let note = Diagnostic::note(codes::REPAIRED, message).at(*first, label);
            self.note(note);
        }
    }

    /// A number; `None`, and a problem, when the text is none.
    pub(crate) fn finite(&mut self, text: &str, span: Span, what: &str) -> Option<BigRational> {
        if let Some(Number::Finite(number)) = Number::parse(text) {
            return Some(number);
        }
        let message = format!("{what} `{}` is no number", shorten(text));
        self.bad(span, message, "write a decimal number such as `0.25`");
        None
    }

    /// A number of a tree.
    pub(crate) fn number(&mut self, node: &Node, what: &str) -> Option<BigRational> {
        if let Some(text) = node.scalar() {
            return self.finite(text, node.span, what);
        }
        let message = format!("expected {what}, a number, found {}", node.kind());
        self.bad(node.span, message, "write a decimal number such as `0.25`");
        None
    }

    /// The values of an issue's levels under a curve; a problem with this hint when they are no numbers.
    pub(crate) fn under(
        &mut self,
        curve: &Curve,
        issue: &Issue,
        span: Span,
        hint: &str,
    ) -> Option<Vec<BigRational>> {
        let values = curve.values(issue);
        if values.is_none() {
            let message = format!(
                "issue `{}` has levels that are no numbers",
                shorten(&issue.name)
            );
            self.bad(span, message, hint);
        }
        values
    }

    /// Reads a weight and the values of its levels for each issue of the domain, from two maps by its name. What
    /// they lack, and what the domain lacks, is told in the words of the format.
    pub(crate) fn weighted<'n>(
        &mut self,
        (domain, profile): (&Domain, &mut Profile),
        (mut values, weights): (HashMap<&'n str, &'n Node>, HashMap<&'n str, &'n Node>),
        at: Span,
        (missing, strange): (&str, &str),
        read: impl Fn(&Node, &Issue, &mut Self) -> Option<Vec<BigRational>>,
    ) -> Option<()> {
        for (place, issue) in domain.issues.iter().enumerate() {
            let name = issue.name.as_str();
            let (Some(of_levels), Some(weight)) = (values.remove(name), weights.get(name)) else {
                let message = format!("issue `{}` has {missing}; worth nothing", shorten(name));
                self.repaired(&[at], message);
                continue;
            };
            profile.tables[place] = Some(Table {
                weight: Some(self.number(weight, "the weight")?),
                values: read(of_levels, issue, self)?,
            });
        }
        let mut unknown: Vec<_> = values.values().map(|n| n.span).collect();
        unknown.sort();
        let message = format!("an issue of the profile is not in {strange}; left out");
        self.repaired(&unknown, message);
        Some(())
    }

    /// A number of a map, when it is there.
    pub(crate) fn number_of(&mut self, map: &Node, field: &str) -> Option<BigRational> {
        let node = map.get(field)?;
        self.number(node, field)
    }

    /// Counts values; `false`, and a problem, when there are too many.
    pub(crate) fn affordable(&mut self, cells: usize, span: Span) -> bool {
        self.cells = self.cells.saturating_add(cells);
        if self.cells <= MAX_CELLS {
            return true;
        }
        self.too_large(span, "the scenario has more than 5,000,000 values");
        false
    }

    pub(crate) fn too_large(&mut self, span: Span, message: &str) {
        self.problem(
            Diagnostic::error(codes::TOO_LARGE, message)
                .at(span, "")
                .hint("read a part of it, or an issue in larger steps"),
        );
    }

    /// An issue with items, if there are as many as an issue may have.
    pub(crate) fn items(&mut self, name: &str, items: Vec<String>, span: Span) -> Option<Issue> {
        if items.is_empty() {
            let message = format!("issue `{}` has no values", shorten(name));
            self.bad(span, message, "an issue needs at least one value");
            return None;
        }
        if items.len() > MAX_LEVELS {
            self.too_large(span, "an issue has more than 65,536 values");
            return None;
        }
        Some(Issue::items(clean(name), items))
    }

    /// An issue with numbers in steps; too many of them are cut into larger ones.
    pub(crate) fn numbers(
        &mut self,
        name: &str,
        (from, to): (BigRational, BigRational),
        by: Option<BigRational>,
        span: Span,
    ) -> Option<Issue> {
        if from > to {
            let message = format!("issue `{}` ends before it begins", shorten(name));
            self.bad(
                span,
                message,
                "the lower bound must not be above the upper one",
            );
            return None;
        }
        let steps = number::whole(self.options.steps.clamp(1, 65_535));
        let one = number::whole(1);
        let zero = number::whole(0);
        let many = number::whole(MAX_LEVELS - 1);
        let mut cut = false;
        let by = match by {
            Some(by) if by <= zero => {
                let message = format!("the step of issue `{}` is not above 0", shorten(name));
                self.bad(span, message, "write a positive step");
                return None;
            }
            Some(by) if &(&to - &from) / &by <= many => by,
            // Whole numbers stay whole.
            Some(by) => {
                cut = true;
                let jumps = ((&to - &from) / &steps / &by).ceil();
                by * jumps.max(one)
            }
            None if from == to => one,
            None => {
                cut = true;
                (&to - &from) / steps
            }
        };
        let count = ((&to - &from) / &by).to_integer();
        let count = usize::try_from(count).unwrap_or(MAX_LEVELS) + 1;
        if cut {
            let message = format!("issue `{}` is cut into {count} levels", shorten(name));
            let note = Diagnostic::note(codes::DISCRETISED, message).at(span, "");
            self.note(note.hint("`--steps` says how many steps there are"));
        }
        Some(Issue::numbers(clean(name), from, by, count))
    }

    /// Whether an issue's levels are numbers in steps.
    pub(crate) fn is_range(issue: &Issue) -> bool {
        matches!(issue.levels, Levels::Numbers { .. })
    }
}

/// A text of a file without control characters and without blanks around it.
pub(crate) fn clean(text: &str) -> String {
    let clean = text.replace(|c: char| c.is_control(), " ");
    clean.trim().to_owned()
}
