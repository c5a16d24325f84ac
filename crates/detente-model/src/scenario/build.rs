//! From issues and profiles to a document.

use detente_syntax::Diagnostic;
use detente_syntax::ast::{
    self, Amount, Comparison, Document, Formula, FormulaKind, IssueWeight, IssueWorth, Level,
    LevelValue, Name, NumberValue, Place, Quantity, Ratification, Ratifier, Ref, Reservation,
    Utility, UtilityTerm, Values,
};
use num_rational::BigRational;

use super::parties::{self, Voice};
use super::raw::{Bound, Condition, Domain, Issue, Levels, Profile, Table};
use super::reader::{Reader, clean};
use super::{ScenarioFile, codes, number};
use crate::gmcr::names::Names;

/// Words that begin another line where an issue's name may stand.
const NOT_ISSUES: &[&str] = &[
    "always",
    "discount",
    "importance",
    "package",
    "reservation",
    "term",
    "utility",
    "weight",
];

/// Words that mean something else where a level's name may stand.
const NOT_LEVELS: &[&str] = &["any", "by", "weight"];

/// The negotiation that a scenario is.
pub(crate) fn document(
    domain: &Domain,
    profiles: &[Profile],
    files: &[ScenarioFile],
    reader: &mut Reader<'_>,
) -> Option<Document> {
    let sides = parties::sides(profiles, files, reader)?;
    let mut names = Names::avoiding("issue", NOT_ISSUES);
    let spoken: Vec<Spoken> = domain
        .issues
        .iter()
        .enumerate()
        .map(|(place, issue)| Spoken::new(issue, names.derive(&issue.name, place + 1)))
        .collect();
    let mut builder = Builder {
        domain,
        spoken: &spoken,
        reader,
        rounded: 0,
        too_large: false,
    };
    let issues = builder.issues();
    let mut parties = Vec::new();
    for side in &sides {
        let utility = builder.utility(&profiles[side.voice.profile]);
        let ratifiers = side.ratifiers.iter();
        let ratifiers = ratifiers
            .map(|voice| builder.ratifier(voice, profiles))
            .collect();
        parties.push(party(&side.voice, utility, ratifiers));
    }
    builder.finish();
    let name = domain.name.clone().or_else(|| reader.options.name.clone());
    reader.problems.is_empty().then(|| Document {
        negotiation: name.map(|n| clean(&n)).filter(|n| !n.is_empty()),
        issues,
        parties,
        ..Document::default()
    })
}

fn party(voice: &Voice, utility: Utility, ratifiers: Vec<Ratifier>) -> ast::Party {
    ast::Party {
        name: Name::new(voice.name.clone()),
        title: voice.title.clone(),
        agents: Vec::new(),
        pace: None,
        options: Vec::new(),
        moves: Vec::new(),
        preferences: None,
        candidates: Vec::new(),
        concept: None,
        attitudes: Vec::new(),
        utility: Some(utility),
        ratifiers,
        ratified: Ratification::All,
        cites: Vec::new(),
        place: Place::default(),
    }
}

/// How an issue and its levels are called.
struct Spoken {
    name: String,
    /// The levels' names; of numbered ones, their numbers are computed.
    levels: Vec<String>,
}

impl Spoken {
    fn new(issue: &Issue, name: String) -> Self {
        let levels = match &issue.levels {
            Levels::Items(items) => {
                let mut names = Names::avoiding("level", NOT_LEVELS);
                let items = items.iter().enumerate();
                items.map(|(i, item)| names.derive(item, i + 1)).collect()
            }
            Levels::Numbers { .. } => Vec::new(),
        };
        Self { name, levels }
    }
}

struct Builder<'b, 'o> {
    domain: &'b Domain,
    spoken: &'b [Spoken],
    reader: &'b mut Reader<'o>,
    /// How many numbers were rounded.
    rounded: usize,
    too_large: bool,
}

impl Builder<'_, '_> {
    fn amount(&mut self, value: &BigRational) -> Amount {
        if let Some((amount, exact)) = number::amount(value) {
            self.rounded += usize::from(!exact);
            return amount;
        }
        self.too_large = true;
        Amount {
            text: "0".to_owned(),
        }
    }

    fn quantity(&mut self, value: &BigRational) -> Quantity {
        number::quantity(self.amount(value))
    }

    fn finish(&mut self) {
        self.reader.file = None;
        if self.rounded > 0 {
            let message = format!(
                "numbers of more than 40 digits: {} rounded to 30 places",
                self.rounded
            );
            self.reader.note(Diagnostic::note(codes::ROUNDED, message));
        }
        if self.too_large {
            let message = "a number has more than 40 digits before the point";
            let problem = Diagnostic::error(codes::BAD_VALUE, message);
            self.reader
                .problem(problem.hint("divide the profile's numbers by a power of ten"));
        }
    }

    fn issues(&mut self) -> Vec<ast::Issue> {
        let (domain, spoken) = (self.domain, self.spoken);
        let issues = domain.issues.iter().zip(spoken);
        issues
            .map(|(issue, spoken)| self.issue(issue, spoken))
            .collect()
    }

    fn issue(&mut self, issue: &Issue, spoken: &Spoken) -> ast::Issue {
        let levels = match &issue.levels {
            Levels::Items(items) => {
                let levels = items.iter().zip(&spoken.levels);
                let level = |(item, name): (&String, &String)| Level {
                    name: Name::new(name.clone()),
                    title: title(item, name),
                };
                ast::Levels::Named(levels.map(level).collect())
            }
            Levels::Numbers { from, by, count } => {
                let to = from + by * number::whole(count.saturating_sub(1));
                let one = *by == number::whole(1);
                ast::Levels::Numbers {
                    from: self.amount(from),
                    to: self.amount(&to),
                    by: (!one).then(|| self.amount(by)),
                }
            }
        };
        ast::Issue {
            name: Name::new(spoken.name.clone()),
            title: title(&issue.name, &spoken.name),
            levels,
            cites: Vec::new(),
            place: Place::default(),
        }
    }

    fn ratifier(&mut self, voice: &Voice, profiles: &[Profile]) -> Ratifier {
        Ratifier {
            name: Name::new(voice.name.clone()),
            title: voice.title.clone(),
            votes: None,
            utility: self.utility(&profiles[voice.profile]),
            cites: Vec::new(),
            place: Place::default(),
        }
    }

    fn utility(&mut self, profile: &Profile) -> Utility {
        let mut utility = Utility::default();
        for (place, table) in profile.tables.iter().enumerate() {
            if let Some(table) = table {
                utility.issues.push(self.worths(place, table));
            }
        }
        for term in &profile.terms {
            if term.condition == Condition::Never || term.worth == number::whole(0) {
                continue;
            }
            utility.terms.push(UtilityTerm {
                worth: self.quantity(&term.worth),
                formula: self.formula(&term.condition),
                cites: Vec::new(),
                place: Place::default(),
            });
        }
        utility.reservation = profile.reservation.as_ref().map(|value| Reservation {
            value: self.quantity(value),
            cites: Vec::new(),
            place: Place::default(),
        });
        utility
    }

    fn worths(&mut self, place: usize, table: &Table) -> IssueWorth {
        let (issue, spoken) = (&self.domain.issues[place], &self.spoken[place]);
        let one = number::whole(1);
        let weight = table.weight.as_ref().filter(|w| **w != one);
        let weight = weight.map(|w| IssueWeight::Known(self.quantity(w)));
        let values = match &issue.levels {
            Levels::Items(_) => {
                let levels = spoken.levels.iter().zip(&table.values);
                let level = |(name, value): (&String, &BigRational)| LevelValue {
                    level: Name::new(name.clone()),
                    value: self.quantity(value),
                };
                Values::ByLevel(levels.map(level).collect())
            }
            Levels::Numbers { .. } => self.line(issue, &table.values),
        };
        IssueWorth {
            issue: Name::new(spoken.name.clone()),
            weight,
            trend: None,
            values,
            cites: Vec::new(),
            place: Place::default(),
        }
    }

    /// Numbers that lie on few straight lines are given by the lines' ends.
    fn line(&mut self, issue: &Issue, values: &[BigRational]) -> Values {
        let corners = corners(values);
        if values.len() < 3 || corners.len() * 2 > values.len() {
            return Values::InOrder(values.iter().map(|v| self.quantity(v)).collect());
        }
        let corner = |level: usize| NumberValue {
            value: self.quantity(&values[level]),
            at: self.amount(&issue.number(level).unwrap_or_default()),
        };
        Values::AtNumbers(corners.into_iter().map(corner).collect())
    }

    fn formula(&mut self, condition: &Condition) -> Formula {
        let kind = match condition {
            Condition::Always => FormulaKind::Constant(true),
            Condition::Never => FormulaKind::Constant(false),
            Condition::Inside(bounds) => return self.inside(bounds),
            Condition::Outside(bounds) => match self.inside(bounds).kind {
                FormulaKind::Constant(value) => FormulaKind::Constant(!value),
                _ => FormulaKind::Not(Box::new(self.inside(bounds))),
            },
            Condition::All(parts) => {
                let parts = parts.iter().map(|p| self.formula(p)).collect();
                return joined(parts, true);
            }
            Condition::Any(parts) => {
                let parts = parts.iter().map(|p| self.formula(p)).collect();
                return joined(parts, false);
            }
        };
        formula(kind)
    }

    fn inside(&mut self, bounds: &[Bound]) -> Formula {
        let mut parts = Vec::new();
        for Bound { issue, from, to } in bounds {
            let last = self.domain.issues[*issue].len() - 1;
            let mut compare =
                |comparison, level| parts.push(self.comparison(*issue, comparison, level));
            if from == to && last > 0 {
                compare(Comparison::Is, *from);
                continue;
            }
            if *from > 0 {
                compare(Comparison::AtLeast, *from);
            }
            if *to < last {
                compare(Comparison::AtMost, *to);
            }
        }
        joined(parts, true)
    }

    fn comparison(&mut self, issue: usize, comparison: Comparison, level: usize) -> Formula {
        let spoken = &self.spoken[issue];
        let level = if let Some(name) = spoken.levels.get(level) {
            name.clone()
        } else {
            let number = self.domain.issues[issue].number(level).unwrap_or_default();
            self.amount(&number).text
        };
        formula(FormulaKind::Level {
            option: Ref {
                party: None,
                name: Name::new(spoken.name.clone()),
            },
            comparison,
            level: Name::new(level),
        })
    }
}

/// The first, the last, and those levels at which the slope changes.
fn corners(values: &[BigRational]) -> Vec<usize> {
    let last = values.len().saturating_sub(1);
    let bends = |level: usize| {
        let before = &values[level] - &values[level - 1];
        &values[level + 1] - &values[level] != before
    };
    (0..values.len())
        .filter(|&level| level == 0 || level == last || bends(level))
        .collect()
}

fn formula(kind: FormulaKind) -> Formula {
    Formula {
        kind,
        place: Place::default(),
    }
}

/// All or one of the parts; constants among them are worked out.
fn joined(parts: Vec<Formula>, all: bool) -> Formula {
    let constant = |value: bool| FormulaKind::Constant(value);
    if parts.iter().any(|p| p.kind == constant(!all)) {
        return formula(constant(!all));
    }
    let mut parts: Vec<Formula> = parts
        .into_iter()
        .filter(|p| p.kind != constant(all))
        .collect();
    match (parts.pop(), parts.is_empty()) {
        (None, _) => formula(constant(all)),
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            formula(if all {
                FormulaKind::And(parts)
            } else {
                FormulaKind::Or(parts)
            })
        }
    }
}

/// The file's own words, where the name says less.
fn title(text: &str, name: &str) -> Option<String> {
    let text = clean(text);
    (text != name && !text.is_empty()).then_some(text)
}
