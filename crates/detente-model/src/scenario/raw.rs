//! What all forms of scenarios have in common: issues, and profiles that give worths to levels and to boxes.

use std::collections::HashMap;

use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::number;

/// A domain: what is negotiated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Domain {
    /// What the file calls it.
    pub(crate) name: Option<String>,
    pub(crate) issues: Vec<Issue>,
}

/// One of the things that are negotiated.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) name: String,
    pub(crate) levels: Levels,
    /// Levels by their text.
    places: HashMap<String, usize>,
}

/// What can be agreed on an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Levels {
    Items(Vec<String>),
    Numbers {
        from: BigRational,
        by: BigRational,
        count: usize,
    },
}

impl Issue {
    pub(crate) fn items(name: String, items: Vec<String>) -> Self {
        let mut places = HashMap::new();
        for (place, item) in items.iter().enumerate() {
            places.entry(item.clone()).or_insert(place);
        }
        // `1` and `1.0` are one level, unless both are listed.
        for (place, item) in items.iter().enumerate() {
            if let Some(text) = canonical(item) {
                places.entry(text).or_insert(place);
            }
        }
        Self {
            name,
            levels: Levels::Items(items),
            places,
        }
    }

    pub(crate) fn numbers(name: String, from: BigRational, by: BigRational, count: usize) -> Self {
        Self {
            name,
            levels: Levels::Numbers { from, by, count },
            places: HashMap::new(),
        }
    }

    /// How many levels it has.
    pub(crate) fn len(&self) -> usize {
        match &self.levels {
            Levels::Items(items) => items.len(),
            Levels::Numbers { count, .. } => *count,
        }
    }

    /// The number that a level stands for.
    pub(crate) fn number(&self, level: usize) -> Option<BigRational> {
        match &self.levels {
            Levels::Items(items) => items.get(level).and_then(|text| number::parse(text)),
            Levels::Numbers { from, by, .. } => Some(from + by * number::whole(level)),
        }
    }

    /// The level that a text names.
    pub(crate) fn place(&self, text: &str) -> Option<usize> {
        match &self.levels {
            Levels::Items(_) => {
                let found = self
                    .places
                    .get(text)
                    .or_else(|| self.places.get(text.trim()));
                found
                    .copied()
                    .or_else(|| self.places.get(&canonical(text)?).copied())
            }
            Levels::Numbers { from, by, count } => {
                let steps = if by.is_zero() {
                    number::parse(text)? - from
                } else {
                    (number::parse(text)? - from) / by
                };
                let place = steps
                    .is_integer()
                    .then(|| steps.to_integer().to_usize())??;
                (place < *count).then_some(place)
            }
        }
    }

    /// The levels whose numbers lie between two, both included; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`OutOfOrder`] when the levels are no numbers, or do not stand beside each other.
    pub(crate) fn between(
        &self,
        least: &BigRational,
        most: &BigRational,
    ) -> Result<Option<(usize, usize)>, OutOfOrder> {
        match &self.levels {
            Levels::Items(_) => {
                let numbers: Option<Vec<_>> = (0..self.len()).map(|l| self.number(l)).collect();
                let numbers = numbers.ok_or(OutOfOrder)?;
                let inside = |level: &usize| *least <= numbers[*level] && numbers[*level] <= *most;
                let levels: Vec<usize> = (0..self.len()).filter(inside).collect();
                let (Some(first), Some(last)) = (levels.first(), levels.last()) else {
                    return Ok(None);
                };
                if last - first + 1 == levels.len() {
                    Ok(Some((*first, *last)))
                } else {
                    Err(OutOfOrder)
                }
            }
            Levels::Numbers { from, by, count } => {
                Ok(steps_between((from, by, *count), least, most))
            }
        }
    }
}

/// The levels between two numbers are no row of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OutOfOrder;

/// The steps of an issue of numbers that lie between two.
fn steps_between(
    (from, by, count): (&BigRational, &BigRational, usize),
    least: &BigRational,
    most: &BigRational,
) -> Option<(usize, usize)> {
    let most_level = count.checked_sub(1)?;
    if by.is_zero() {
        return (least <= from && from <= most).then_some((0, most_level));
    }
    let low = ((least - from) / by).ceil();
    let high = ((most - from) / by).floor();
    if high.is_negative() || low > number::whole(most_level) || low > high {
        return None;
    }
    let low = low.to_integer().to_usize().unwrap_or(0);
    let high = high.to_integer().to_usize().unwrap_or(most_level);
    Some((low, high.min(most_level)))
}

/// One text for all ways to write a number.
fn canonical(text: &str) -> Option<String> {
    number::parse(text).map(|n| n.to_string())
}

/// What packages are worth to somebody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    /// The file it came from, as a place in the list of files.
    pub(crate) file: usize,
    /// What the file calls it.
    pub(crate) title: Option<String>,
    /// For each issue of the domain.
    pub(crate) tables: Vec<Option<Table>>,
    pub(crate) terms: Vec<Term>,
    pub(crate) reservation: Option<BigRational>,
}

/// What the levels of an issue are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) weight: Option<BigRational>,
    pub(crate) values: Vec<BigRational>,
}

impl Table {
    /// Weight times value, of each level.
    fn flat(&self) -> Vec<BigRational> {
        match &self.weight {
            Some(weight) => self.values.iter().map(|v| v * weight).collect(),
            None => self.values.clone(),
        }
    }
}

/// What a combination is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) worth: BigRational,
    pub(crate) condition: Condition,
}

/// A combination of levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    Always,
    Never,
    /// All of these.
    Inside(Vec<Bound>),
    /// Not all of these.
    Outside(Vec<Bound>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// The level of an issue lies between two, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) issue: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Condition {
    /// The opposite.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Inside(bounds) => Self::Outside(bounds),
            Self::Outside(bounds) => Self::Inside(bounds),
            Self::All(parts) => Self::Any(parts.into_iter().map(Self::negated).collect()),
            Self::Any(parts) => Self::All(parts.into_iter().map(Self::negated).collect()),
        }
    }
}

impl Profile {
    /// The profile of a file over so many issues, all worth nothing.
    pub(crate) fn new(file: usize, issues: usize) -> Self {
        Self {
            file,
            tables: vec![None; issues],
            ..Self::default()
        }
    }

    /// Adds a number to the worth of all packages.
    pub(crate) fn add_constant(&mut self, worth: BigRational) {
        self.terms.push(Term {
            worth,
            condition: Condition::Always,
        });
    }

    /// Adds another profile's worths, multiplied by a factor. Reservation and title stay.
    pub(crate) fn add(&mut self, other: Self, factor: &BigRational) {
        for (mine, theirs) in self.tables.iter_mut().zip(other.tables) {
            let Some(theirs) = theirs else { continue };
            match mine {
                None => {
                    let weight = match theirs.weight {
                        Some(weight) => Some(weight * factor),
                        None if *factor == number::whole(1) => None,
                        None => Some(factor.clone()),
                    };
                    *mine = Some(Table { weight, ..theirs });
                }
                Some(table) => {
                    let mut values = table.flat();
                    for (value, more) in values.iter_mut().zip(theirs.flat()) {
                        *value += more * factor;
                    }
                    *table = Table {
                        weight: None,
                        values,
                    };
                }
            }
        }
        let terms = other.terms.into_iter();
        self.terms.extend(terms.map(|t| Term {
            worth: t.worth * factor,
            ..t
        }));
    }

    /// What a package is worth; terms are not counted.
    pub(crate) fn worth_of_levels(&self, levels: &[Option<usize>]) -> BigRational {
        let mut sum = BigRational::zero();
        for (table, level) in self.tables.iter().zip(levels) {
            if let (Some(table), Some(level)) = (table, level)
                && let Some(value) = table.values.get(*level)
            {
                sum += match &table.weight {
                    Some(weight) => value * weight,
                    None => value.clone(),
                };
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_found_by_text_and_by_number() {
        let items = ["low", "2", "3.0"].map(str::to_owned).to_vec();
        let issue = Issue::items("x".to_owned(), items);
        assert_eq!(issue.place(" low "), Some(0));
        assert_eq!(issue.place("2.0"), Some(1));
        assert_eq!(issue.place("3"), Some(2));
        assert_eq!(issue.place("4"), None);
        let issue = Issue::numbers("y".to_owned(), number::whole(-2), number::whole(2), 4);
        assert_eq!(issue.place("2"), Some(2));
        assert_eq!(issue.place("1"), None);
        assert_eq!(issue.place("6"), None);
        let between =
            |least: i32, most: i32| issue.between(&number::whole(least), &number::whole(most));
        assert_eq!(between(-1, 2), Ok(Some((1, 2))));
        assert_eq!(between(-9, 99), Ok(Some((0, 3))));
        assert_eq!(between(1, 1), Ok(None));
        assert_eq!(between(5, 9), Ok(None));
        let items = ["3", "1", "2"].map(str::to_owned).to_vec();
        let issue = Issue::items("z".to_owned(), items);
        assert_eq!(
            issue.between(&number::whole(1), &number::whole(2)),
            Ok(Some((1, 2)))
        );
        assert_eq!(
            issue.between(&number::whole(2), &number::whole(3)),
            Err(OutOfOrder)
        );
    }
}
