//! Utilities: what packages are worth.

use detente_syntax::ast::{self, Amount, IssueWeight, Trend, Values};
use detente_syntax::{Diagnostic, Span};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::issues::{Issues, is_numbered};
use super::wrong;
use crate::bargain::{Discount, Quantity, Table, Term, Utility, Weight, exact, written};
use crate::codes;
use crate::ids::IssueId;
use crate::resolve::Resolver;

type Found<T> = Result<T, Diagnostic>;

impl<'a> Resolver<'a> {
    pub(super) fn utility(&mut self, issues: &Issues<'_>, utility: &'a ast::Utility) -> Utility {
        let mut tables: Vec<Table> = issues
            .list
            .iter()
            .map(|i| worthless(i.levels.len()))
            .collect();
        let mut lines: Vec<Option<&'a ast::IssueWorth>> = vec![None; tables.len()];
        for line in &utility.issues {
            self.cites(&line.cites);
            let found = issues.find(&line.issue);
            let Some(id) = self.keep(found) else { continue };
            if let Some(first) = lines.get_mut(id.index()).and_then(|l| l.replace(line)) {
                self.out.push(said_twice(line, first));
                continue;
            }
            let found = table(issues, id, line);
            if let (Some(found), Some(slot)) = (self.keep(found), tables.get_mut(id.index())) {
                *slot = found;
            }
        }
        self.room_for_weights(&tables, &lines);
        let mut terms = Vec::with_capacity(utility.terms.len());
        for term in &utility.terms {
            self.cites(&term.cites);
            let condition = self.package_condition(issues, &term.formula);
            let worth = quantity(&term.worth, term.place.0);
            if let (Some(worth), Some(condition)) = (self.keep(worth), condition) {
                terms.push(Term {
                    worth,
                    condition,
                    cites: term.cites.clone(),
                });
            }
        }
        let reservation = utility.reservation.as_ref().and_then(|r| {
            self.cites(&r.cites);
            let found = quantity(&r.value, r.place.0);
            self.keep(found)
        });
        Utility {
            importance: self.importance(issues, &tables, &lines, utility),
            discounts: self.discounts(utility),
            tables,
            terms,
            reservation,
            place: utility.place,
        }
    }

    /// Whether the weights that are known leave room for those that are not.
    fn room_for_weights(&mut self, tables: &[Table], lines: &[Option<&'a ast::IssueWorth>]) {
        let unknown = |line: &&ast::IssueWorth| line.weight == Some(IssueWeight::Unknown);
        let Some(first) = lines.iter().flatten().find(|l| unknown(l)) else {
            return;
        };
        let mut known = BigRational::zero();
        for (table, line) in tables.iter().zip(lines) {
            let (Some(line), Weight::Known(weight)) = (line, &table.weight) else {
                continue;
            };
            known += &weight.least;
            if line.weight.is_none() {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_WEIGHTS,
                        format!(
                            "issue `{}` has no weight, and others are unknown",
                            line.issue
                        ),
                    )
                    .at(line.issue.span(), "")
                    .see(first.issue.span(), "unknown, so that all weights sum to 1")
                    .hint("write `weight ?`, or its share, such as `weight 0.25`"),
                );
                return;
            }
        }
        if known > BigRational::one() {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_WEIGHTS,
                    format!(
                        "the weights that are known sum to {}, which is over 1",
                        written(&known)
                    ),
                )
                .at(first.issue.span(), "nothing is left for this weight")
                .hint("where a weight is unknown, all weights of the utility sum to 1"),
            );
        }
    }

    fn importance(
        &mut self,
        issues: &Issues<'_>,
        tables: &[Table],
        lines: &[Option<&ast::IssueWorth>],
        utility: &ast::Utility,
    ) -> Vec<Vec<IssueId>> {
        let mut out: Vec<Vec<IssueId>> = Vec::new();
        // Which issues each one is said to be at least as important as.
        let mut said: Vec<Vec<IssueId>> = vec![Vec::new(); tables.len()];
        for line in &utility.importance {
            self.cites(&line.cites);
            let find = |name| {
                let id = issues.find(name)?;
                match lines.get(id.index()) {
                    Some(Some(_)) => Ok(id),
                    _ => Err(weightless(name)),
                }
            };
            let found: Found<Vec<IssueId>> = line.issues.iter().map(find).collect();
            let Some(order) = self.keep(found) else {
                continue;
            };
            let mut names = line.issues.iter().skip(1);
            for pair in order.windows(2) {
                let (&[above, below], Some(name)) = (pair, names.next()) else {
                    continue;
                };
                let contradiction = if reaches(&said, below, above) {
                    Some("lines of `importance` lead round in a circle")
                } else if certainly_less(tables, above, below) {
                    Some("the weights that are known say otherwise")
                } else {
                    None
                };
                if let Some(why) = contradiction {
                    let (a, b) = (&issues.issue(above).name, &issues.issue(below).name);
                    self.out.push(
                        Diagnostic::error(
                            codes::CONTRADICTORY_WORTH,
                            format!("`{a}` cannot be more important than `{b}`"),
                        )
                        .at(name.span(), why)
                        .hint("leave one of the two out"),
                    );
                    continue;
                }
                if let Some(list) = said.get_mut(above.index()) {
                    list.push(below);
                }
            }
            out.push(order);
        }
        out
    }

    fn discounts(&mut self, utility: &ast::Utility) -> Vec<Discount> {
        let mut out = Vec::with_capacity(utility.discounts.len());
        for discount in &utility.discounts {
            self.cites(&discount.cites);
            let span = discount.place.0;
            let factor =
                exact(&discount.factor).ok_or_else(|| wrong::number(&discount.factor, span));
            let factor = self.keep(factor);
            let from = match &discount.from {
                ast::Start::Day(day) => self.date(day).map(|day| (day, None)),
                ast::Start::Event(start) => {
                    let found = self.last_day(&start.event);
                    self.keep(found).flatten()
                }
            };
            let (Some(factor), Some((from, title))) = (factor, from) else {
                continue;
            };
            if factor.is_negative() || factor > BigRational::one() {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_DISCOUNT,
                        format!("a discount of {} is not from 0 to 1", discount.factor),
                    )
                    .at(span, "")
                    .hint("write what is left of the worth: `0.9` where a tenth is lost"),
                );
                continue;
            }
            out.push(Discount {
                factor,
                from,
                event: discount.event.clone().or(title),
            });
        }
        out.sort_by_key(|d| d.from);
        out
    }
}

/// An issue of which nothing is said.
fn worthless(levels: usize) -> Table {
    Table {
        weight: Weight::Known(Quantity::known(BigRational::zero())),
        values: vec![Quantity::known(BigRational::zero()); levels],
        trend: None,
        cites: Vec::new(),
    }
}

fn weightless(issue: &ast::Name) -> Diagnostic {
    Diagnostic::error(
        codes::BAD_WEIGHTS,
        format!("issue `{issue}` has no weight: the utility has no line for it"),
    )
    .at(issue.span(), "")
    .hint("say what its levels are worth, or leave it out of `importance`")
}

fn said_twice(line: &ast::IssueWorth, first: &ast::IssueWorth) -> Diagnostic {
    Diagnostic::error(
        codes::SAID_TWICE_OF_ISSUE,
        format!("what issue `{}` is worth is said twice", line.issue),
    )
    .at(line.issue.span(), "again here")
    .see(first.issue.span(), "first here")
    .hint("keep one of the two lines; what a combination is worth in addition is a line such as `6: relief is all`")
}

/// What one line says of an issue.
fn table(issues: &Issues<'_>, id: IssueId, line: &ast::IssueWorth) -> Found<Table> {
    let span = line.place.0;
    let weight = match &line.weight {
        None => Weight::Known(Quantity::known(BigRational::one())),
        Some(IssueWeight::Unknown) => Weight::Unknown,
        Some(IssueWeight::Known(weight)) => {
            let weight = quantity(weight, span)?;
            if weight.least.is_negative() {
                return Err(Diagnostic::error(
                    codes::BAD_WEIGHTS,
                    format!("the weight of issue `{}` is below 0", line.issue),
                )
                .at(line.issue.span(), "")
                .hint("give the values the other sign instead"));
            }
            Weight::Known(weight)
        }
    };
    let values = values(issues, id, line)?;
    if let Some(trend) = line.trend {
        keeps(trend, &values, issues, id, line)?;
    }
    Ok(Table {
        weight,
        values,
        trend: line.trend,
        cites: line.cites.clone(),
    })
}

fn values(issues: &Issues<'_>, id: IssueId, line: &ast::IssueWorth) -> Found<Vec<Quantity>> {
    let issue = issues.issue(id);
    let (span, size) = (line.place.0, issue.levels.len());
    match &line.values {
        Values::InOrder(values) if values.len() == size => {
            values.iter().map(|v| quantity(v, span)).collect()
        }
        Values::InOrder(values) => {
            let hint = if is_numbered(issue) {
                let last = issue.levels.last().map_or("", |l| &l.name);
                let first = issue.levels.first().map_or("", |l| &l.name);
                format!("write the values at some numbers: `0 at {first}, 10 at {last}`")
            } else {
                format!("{}, in this order", wrong::range_of(issue))
            };
            Err(Diagnostic::error(
                codes::VALUES_DO_NOT_FIT,
                format!(
                    "issue `{}` has {size} levels, and {} values are given",
                    line.issue,
                    values.len()
                ),
            )
            .at(line.issue.span(), "")
            .hint(hint))
        }
        Values::ByLevel(values) => {
            let mut out: Vec<Option<Quantity>> = vec![None; size];
            for value in values {
                let level = issues.level(id, &value.level)?;
                let found = quantity(&value.value, value.level.span())?;
                let slot = out.get_mut(usize::from(level));
                if slot.is_some_and(|s| s.replace(found).is_some()) {
                    return Err(twice(&value.level.text, value.level.span()));
                }
            }
            let nothing = || Quantity::known(BigRational::zero());
            Ok(out.into_iter().map(|v| v.unwrap_or_else(nothing)).collect())
        }
        Values::AtNumbers(values) => straight_lines(issues, id, values, span),
    }
}

fn twice(level: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::SAID_TWICE_OF_ISSUE,
        format!("the worth of level `{level}` is said twice"),
    )
    .at(span, "again here")
    .hint("keep one of the two; bounds are written `70 .. 90`")
}

/// Values at some numbers, with straight lines between them; the first and the last level are among them.
fn straight_lines(
    issues: &Issues<'_>,
    id: IssueId,
    values: &[ast::NumberValue],
    span: Span,
) -> Found<Vec<Quantity>> {
    let issue = issues.issue(id);
    let mut points: Vec<(BigRational, Quantity)> = Vec::with_capacity(values.len());
    for value in values {
        issues.around(id, &value.at, span)?;
        let at = exact(&value.at).ok_or_else(|| wrong::number(&value.at, span))?;
        points.push((at, quantity(&value.value, span)?));
    }
    points.sort_by(|(a, _), (b, _)| a.cmp(b));
    let repeated = points
        .windows(2)
        .find(|p| matches!(p, [a, b] if a.0 == b.0));
    if let Some([(at, _), _]) = repeated {
        return Err(twice(&written(at), span));
    }
    let mut out = Vec::with_capacity(issue.levels.len());
    for number in issue.levels.iter().filter_map(|l| l.number.as_ref()) {
        let after = points.partition_point(|(at, _)| at < number);
        let found = match (
            after.checked_sub(1).and_then(|b| points.get(b)),
            points.get(after),
        ) {
            (_, Some((at, value))) if at == number => value.clone(),
            (Some((from, first)), Some((to, second))) => {
                let share = (number - from) / (to - from);
                let on = |a: &BigRational, b: &BigRational| a + (b - a) * &share;
                Quantity {
                    least: on(&first.least, &second.least),
                    most: on(&first.most, &second.most),
                }
            }
            _ => {
                return Err(Diagnostic::error(
                    codes::VALUES_DO_NOT_FIT,
                    format!(
                        "no value is given at or beyond {} of issue `{}`",
                        written(number),
                        issue.name
                    ),
                )
                .at(span, "")
                .hint(format!(
                    "give values at the first and the last number at least; {}",
                    wrong::range_of(issue)
                )));
            }
        };
        out.push(found);
    }
    Ok(out)
}

/// Whether values can follow the trend.
fn keeps(
    trend: Trend,
    values: &[Quantity],
    issues: &Issues<'_>,
    id: IssueId,
    line: &ast::IssueWorth,
) -> Found<()> {
    // What the value must not go below (rising) or above (falling), by the levels before.
    let mut bound: Option<&BigRational> = None;
    for (value, level) in values.iter().zip(&issues.issue(id).levels) {
        let broken = match (trend, bound) {
            (_, None) => false,
            (Trend::Rising, Some(bound)) => value.most < *bound,
            (Trend::Falling, Some(bound)) => value.least > *bound,
        };
        if broken {
            let word = match trend {
                Trend::Rising => "rising",
                Trend::Falling => "falling",
            };
            return Err(Diagnostic::error(
                codes::CONTRADICTORY_WORTH,
                format!(
                    "the values of issue `{}` are not {word} at `{}`",
                    line.issue, level.name
                ),
            )
            .at(line.issue.span(), "")
            .hint(format!("change the values, or leave `{word}` out")));
        }
        bound = Some(match (trend, bound) {
            (Trend::Rising, None) => &value.least,
            (Trend::Falling, None) => &value.most,
            (Trend::Rising, Some(bound)) => bound.max(&value.least),
            (Trend::Falling, Some(bound)) => bound.min(&value.most),
        });
    }
    Ok(())
}

/// A number or its bounds, exactly.
fn quantity(quantity: &ast::Quantity, span: Span) -> Found<Quantity> {
    let number = |amount: &Amount| exact(amount).ok_or_else(|| wrong::number(amount, span));
    let least = number(&quantity.amount)?;
    let most = match &quantity.up_to {
        Some(up_to) => number(up_to)?,
        None => least.clone(),
    };
    if least > most {
        return Err(Diagnostic::error(
            codes::CONTRADICTORY_WORTH,
            format!(
                "no number lies between {least} and {most}",
                least = written(&least),
                most = written(&most)
            ),
        )
        .at(span, "")
        .hint("write the lesser bound first"));
    }
    Ok(Quantity { least, most })
}

/// Whether what is below an issue, and so on, leads to another.
fn reaches(below: &[Vec<IssueId>], from: IssueId, to: IssueId) -> bool {
    let mut seen = vec![false; below.len()];
    let mut open = vec![from];
    while let Some(issue) = open.pop() {
        if issue == to {
            return true;
        }
        if seen
            .get_mut(issue.index())
            .is_some_and(|s| !std::mem::replace(s, true))
        {
            open.extend(below.get(issue.index()).into_iter().flatten());
        }
    }
    false
}

/// Whether the first weight is less than the second whatever the bounds.
fn certainly_less(tables: &[Table], first: IssueId, second: IssueId) -> bool {
    let weight = |id: IssueId| tables.get(id.index()).map(|t| &t.weight);
    match (weight(first), weight(second)) {
        (Some(Weight::Known(a)), Some(Weight::Known(b))) => a.most < b.least,
        _ => false,
    }
}
