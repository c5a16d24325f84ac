//! Utilities of GENIUS that are sums of boxes (`hyperRectangle`).

use std::collections::HashMap;

use detente_syntax::{Diagnostic, Span};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::raw::{Bound, Condition, Domain, Profile, Term};
use super::reader::Reader;
use super::xml::Element;
use super::{Evaluations, codes, number, shorten};

/// Boxes of which the greatest or least counts, at most: each of them becomes a combination of all.
const MAX_JOINED: usize = 64;

/// How deeply sums of sums are followed.
const MAX_DEPTH: usize = 32;

/// Reads `utility maxutility=...` with its `ufun` into terms.
pub(crate) fn read(
    utility: &Element,
    issues: &[(&Element, usize)],
    domain: &Domain,
    profile: &mut Profile,
    reader: &mut Reader<'_>,
) {
    let mut places = HashMap::new();
    for (order, (element, place)) in issues.iter().enumerate() {
        let index = element.get("index").and_then(|i| i.parse::<i64>().ok());
        let index =
            index.unwrap_or_else(|| i64::try_from(order).unwrap_or(i64::MAX).saturating_add(1));
        places.entry(index).or_insert(*place);
    }
    // A profile may list no issues of its own.
    if issues.is_empty() {
        for place in 0..domain.issues.len() {
            places.insert(
                i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1),
                place,
            );
        }
    }
    let mut boxes = Boxes {
        domain,
        places,
        reader,
        terms: Vec::new(),
    };
    let mut scale = BigRational::one();
    if boxes.reader.options.evaluations == Evaluations::Genius
        && let Some(text) = utility.get("maxutility")
        && let Some(most) = boxes.reader.finite(text, utility.span, "maxutility")
        && most.is_positive()
    {
        scale = most.recip();
    }
    let sums = utility.all("ufun");
    for ufun in sums {
        boxes.sum(ufun, &scale, 0);
    }
    let terms = std::mem::take(&mut boxes.terms);
    if boxes.reader.options.evaluations == Evaluations::Genius {
        let most: BigRational = terms
            .iter()
            .map(|t| &t.worth)
            .filter(|w| w.is_positive())
            .sum();
        if most > BigRational::one() {
            let message = "boxes may be worth more than `maxutility` together; GENIUS cuts there, and this does not";
            reader.note(Diagnostic::note(codes::READ_AS, message).at(utility.span, ""));
        }
    }
    profile.terms.extend(terms);
}

/// The levels that a bound leaves.
enum Row {
    Empty,
    Levels(Bound),
}

struct Boxes<'r, 'o> {
    domain: &'r Domain,
    /// Issues by their number in the file.
    places: HashMap<i64, usize>,
    reader: &'r mut Reader<'o>,
    terms: Vec<Term>,
}

impl Boxes<'_, '_> {
    fn number(&mut self, element: &Element, name: &str, default: i32) -> Option<BigRational> {
        match element.get(name) {
            Some(text) => self.reader.finite(text, element.span, name),
            None => Some(number::whole(default)),
        }
    }

    fn sum(&mut self, ufun: &Element, factor: &BigRational, depth: usize) -> Option<()> {
        let weight = self.number(ufun, "weight", 1)? * factor;
        let aggregation = ufun.get("aggregation").unwrap_or("sum").to_lowercase();
        if depth > MAX_DEPTH {
            self.reader
                .too_large(ufun.span, "utilities are nested more than 32 levels deep");
            return None;
        }
        let joins = match aggregation.as_str() {
            "sum" => None,
            "max" => Some(true),
            "min" => Some(false),
            other => {
                let message = format!("the aggregation `{}` cannot be read", shorten(other));
                self.reader.unsupported(ufun.span, message);
                return None;
            }
        };
        let mut parts = Vec::new();
        for child in &ufun.children {
            match child.name.to_lowercase().as_str() {
                "ufun" if joins.is_none() => {
                    self.sum(child, &weight, depth + 1)?;
                }
                "ufun" => {
                    let message =
                        "the greatest or least of sums cannot be read, only that of boxes";
                    self.reader.unsupported(child.span, message);
                    return None;
                }
                "hyperrectangle" => {
                    let (worth, condition) = self.rectangle(child)?;
                    parts.push((worth * &weight, condition));
                }
                _ => {}
            }
        }
        match joins {
            None => {
                let terms = parts.into_iter();
                self.terms
                    .extend(terms.map(|(worth, condition)| Term { worth, condition }));
            }
            Some(_) if parts.len() > MAX_JOINED => {
                let message = "the greatest or least of more than 64 boxes cannot be read";
                self.reader.unsupported(ufun.span, message);
                return None;
            }
            Some(greatest) => self.terms.extend(joined(&parts, greatest)),
        }
        Some(())
    }

    fn rectangle(&mut self, element: &Element) -> Option<(BigRational, Condition)> {
        let text = element.get("utility").or(element.get("utility_function"));
        let utility = match text {
            Some(text) => self.reader.finite(text, element.span, "utility")?,
            None => BigRational::zero(),
        };
        let worth = utility * self.number(element, "weight", 1)?;
        let (mut inside, mut outside) = (Some(Vec::new()), Some(Vec::new()));
        let (mut includes, mut excludes) = (false, false);
        for child in &element.children {
            let list = match child.name.to_lowercase().as_str() {
                "includes" => {
                    includes = true;
                    &mut inside
                }
                "excludes" => {
                    excludes = true;
                    &mut outside
                }
                _ => continue,
            };
            if !self.reader.affordable(1, child.span) {
                return None;
            }
            match self.bound(child)? {
                Row::Empty => *list = None,
                Row::Levels(bound) => {
                    if let Some(list) = list {
                        list.push(bound);
                    }
                }
            }
        }
        let inside = inside.map_or(Condition::Never, Condition::Inside);
        let outside = outside.map_or(Condition::Always, Condition::Outside);
        let condition = match (includes, excludes) {
            (false, false) => Condition::Always,
            (true, false) => inside,
            (false, true) => outside,
            (true, true) => Condition::All(vec![inside, outside]),
        };
        Some((worth, condition))
    }

    /// The levels between two numbers.
    fn bound(&mut self, element: &Element) -> Option<Row> {
        let index = element.get("index").and_then(|i| i.parse::<i64>().ok());
        let Some(issue) = index.and_then(|i| self.places.get(&i)).copied() else {
            let message = "a bound of a box belongs to no issue";
            self.reader
                .bad(element.span, message, "`index` counts the issues from 1");
            return None;
        };
        let span: Span = element.span;
        let mut end = |name: &str| {
            if let Some(text) = element.get(name) {
                return self.reader.finite(text, span, name);
            }
            let message = format!("a bound of a box has no `{name}`");
            self.reader.bad(span, message, "write both ends");
            None
        };
        let (min, max) = (end("min")?, end("max")?);
        let issue_of_bound = &self.domain.issues[issue];
        let Ok(levels) = issue_of_bound.between(&min, &max) else {
            let message = format!(
                "the values of issue `{}` are no numbers in order, so that a bound says nothing",
                shorten(&issue_of_bound.name)
            );
            self.reader
                .bad(span, message, "boxes need issues of ascending numbers");
            return None;
        };
        Some(levels.map_or(Row::Empty, |(from, to)| {
            Row::Levels(Bound { issue, from, to })
        }))
    }
}

/// The greatest or the least of what boxes pay, a box that does not hold paying 0, as a sum: the least of all
/// possible payments, and for each step from one possible payment to the next the condition that it is reached.
fn joined(parts: &[(BigRational, Condition)], greatest: bool) -> Vec<Term> {
    if parts.is_empty() {
        return Vec::new();
    }
    let zero = BigRational::zero();
    let mut payments: Vec<&BigRational> = parts.iter().map(|(worth, _)| worth).collect();
    payments.push(&zero);
    payments.sort();
    payments.dedup();
    let mut terms = Vec::new();
    let mut before = payments[0].clone();
    if !before.is_zero() {
        terms.push(Term {
            worth: before.clone(),
            condition: Condition::Always,
        });
    }
    for payment in payments.into_iter().skip(1) {
        let reaches = |(worth, condition): &(BigRational, Condition)| match (
            worth >= payment,
            zero >= *payment,
        ) {
            (true, true) => Condition::Always,
            (true, false) => condition.clone(),
            (false, true) => condition.clone().negated(),
            (false, false) => Condition::Never,
        };
        let reached: Vec<Condition> = parts.iter().map(reaches).collect();
        terms.push(Term {
            worth: payment - &before,
            condition: if greatest {
                Condition::Any(reached)
            } else {
                Condition::All(reached)
            },
        });
        before = payment.clone();
    }
    terms
}
