//! Linear programmes in exact arithmetic.
//!
//! The tableau holds whole numbers over one common denominator; every division of a pivot is exact, because all
//! entries are minors of the first matrix (Edmonds 1967; Bareiss 1968). It is tried in 128 bits, and again in
//! numbers of any size where these do not suffice. No entry is ever rounded, so that a tie is a tie.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::bargain::space::common_unit;

/// `coefficients · x <= bound`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// One number for each variable.
    pub coefficients: Vec<BigRational>,
    /// What the product is at most.
    pub bound: BigRational,
}

/// What the largest value of a linear function is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Largest {
    /// It grows without end.
    Unbounded,
    /// The value, a point where it is reached, and which rows prove that it is not more.
    At {
        /// The value.
        value: BigRational,
        /// A vertex.
        point: Vec<BigRational>,
        /// The rows with a multiplier that is not zero.
        because: Vec<usize>,
    },
}

/// A set of points that satisfy all rows, ready to be asked for largest values.
#[derive(Debug, Clone)]
pub struct Programme {
    rows: Vec<Half>,
    variables: usize,
    table: Table,
}

#[derive(Debug, Clone)]
enum Table {
    Small(Tableau<i128>),
    Large(Tableau<BigInt>),
}

impl Programme {
    /// The points that satisfy all rows; else rows that contradict each other, as places.
    pub fn new(variables: usize, rows: Vec<Half>) -> Result<Self, Vec<usize>> {
        let table = match Tableau::<i128>::feasible(variables, &rows) {
            Some(found) => Table::Small(found?),
            None => large(variables, &rows)?,
        };
        Ok(Self {
            rows,
            variables,
            table,
        })
    }

    /// The largest value of `function · x`.
    pub fn largest(&mut self, function: &[BigRational]) -> Largest {
        if let Table::Small(table) = &mut self.table {
            if let Some(found) = table.largest(function) {
                return found;
            }
            // The rows have a point in common, so that this cannot fail.
            if let Ok(table) = large(self.variables, &self.rows) {
                self.table = table;
            }
        }
        match &mut self.table {
            Table::Large(table) => table.largest(function).unwrap_or(Largest::Unbounded),
            Table::Small(_) => Largest::Unbounded,
        }
    }

    /// A point that satisfies all rows: a vertex.
    pub fn point(&self) -> Vec<BigRational> {
        match &self.table {
            Table::Small(table) => table.point(),
            Table::Large(table) => table.point(),
        }
    }
}

fn large(variables: usize, rows: &[Half]) -> Result<Table, Vec<usize>> {
    match Tableau::<BigInt>::feasible(variables, rows) {
        Some(found) => Ok(Table::Large(found?)),
        // Numbers of any size are always enough.
        None => Err(Vec::new()),
    }
}

/// Whole numbers, in which a step of a pivot may fail for lack of room.
trait Whole: Clone + Ord + Zero + One + Signed {
    /// `(a b - c d) / by`, which is whole.
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self, by: &Self) -> Option<Self>;
    /// The same number.
    fn from_big(number: &BigInt) -> Option<Self>;
    /// The same number.
    fn to_big(&self) -> BigInt;
}

impl Whole for i128 {
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self, by: &Self) -> Option<Self> {
        let left = a.checked_mul(*b)?;
        let difference = left.checked_sub(c.checked_mul(*d)?)?;
        Some(if *by == 1 {
            difference
        } else {
            difference / by
        })
    }

    fn from_big(number: &BigInt) -> Option<Self> {
        number.to_i128()
    }

    fn to_big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Whole for BigInt {
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self, by: &Self) -> Option<Self> {
        Some((a * b - c * d) / by)
    }

    fn from_big(number: &BigInt) -> Option<Self> {
        Some(number.clone())
    }

    fn to_big(&self) -> BigInt {
        self.clone()
    }
}

/// Who stands in a row or a column: a variable, which may take any sign, or what a row leaves to its bound,
/// which must not be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Variable(usize),
    Slack(usize),
}

/// Rows `name = (last entry - sum of entries times columns) / denominator`.
#[derive(Debug, Clone)]
struct Tableau<W> {
    entries: Vec<Vec<W>>,
    rows: Vec<Name>,
    columns: Vec<Name>,
    denominator: W,
    variables: usize,
}

impl<W: Whole> Tableau<W> {
    /// A tableau of a point that satisfies all rows, or the rows that contradict each other. `None` for lack of
    /// room.
    fn feasible(variables: usize, rows: &[Half]) -> Option<Result<Self, Vec<usize>>> {
        let mut table = Self {
            entries: Vec::with_capacity(rows.len()),
            rows: (0..rows.len()).map(Name::Slack).collect(),
            columns: (0..variables).map(Name::Variable).collect(),
            denominator: W::one(),
            variables,
        };
        for row in rows {
            let (whole, _) = whole(row.coefficients.iter().chain([&row.bound]))?;
            table.entries.push(whole);
        }
        for column in 0..variables {
            let slack = |row: &usize| matches!(table.rows[*row], Name::Slack(_));
            let candidates = (0..table.rows.len()).filter(slack);
            let pivot = candidates
                .filter(|row| !table.entries[*row][column].is_zero())
                .min_by_key(|row| table.entries[*row][column].abs());
            if let Some(row) = pivot {
                table.pivot(row, column)?;
            }
        }
        // Least-index criss-cross with nothing to maximise: it ends (Terlaky 1985).
        loop {
            let bad = (0..table.rows.len())
                .filter(|row| table.is_slack(*row) && table.last(*row).is_negative())
                .min_by_key(|row| table.rows[*row]);
            let Some(row) = bad else {
                return Some(Ok(table));
            };
            let column = (0..table.columns.len())
                .filter(|c| table.entries[row][*c].is_negative())
                .min_by_key(|c| table.columns[*c]);
            match column {
                Some(column) => table.pivot(row, column)?,
                None => return Some(Err(table.proof(row))),
            }
        }
    }

    fn is_slack(&self, row: usize) -> bool {
        matches!(self.rows[row], Name::Slack(_))
    }

    fn last(&self, row: usize) -> &W {
        &self.entries[row][self.columns.len()]
    }

    /// The rows whose slacks have an entry in this row, and the row's own.
    fn proof(&self, row: usize) -> Vec<usize> {
        let columns = self.columns.iter().zip(&self.entries[row]);
        let used = columns.filter(|(_, entry)| !entry.is_zero());
        let names = used.map(|(name, _)| name).chain(self.rows.get(row));
        let mut rows: Vec<usize> = names
            .filter_map(|name| match name {
                Name::Slack(row) => Some(*row),
                Name::Variable(_) => None,
            })
            .collect();
        rows.sort_unstable();
        rows
    }

    /// The name of the row and that of the column change places.
    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let mut chosen = std::mem::take(&mut self.entries[row]);
        let entry = chosen[column].clone();
        let positive = entry.is_positive();
        for (place, other) in self.entries.iter_mut().enumerate() {
            if place == row {
                continue;
            }
            let factor = other[column].clone();
            if factor.is_zero() && entry.abs() == self.denominator {
                continue;
            }
            for (at, number) in other.iter_mut().enumerate() {
                if at == column {
                    continue;
                }
                let crossed = W::cross(number, &entry, &factor, &chosen[at], &self.denominator)?;
                *number = if positive { crossed } else { -crossed };
            }
            other[column] = if positive { -factor } else { factor };
        }
        if !positive {
            for (at, number) in chosen.iter_mut().enumerate() {
                if at != column {
                    *number = -number.clone();
                }
            }
        }
        let before = std::mem::replace(&mut self.denominator, entry.abs());
        chosen[column] = if positive { before } else { -before };
        self.entries[row] = chosen;
        if let (Some(a), Some(b)) = (self.rows.get_mut(row), self.columns.get_mut(column)) {
            std::mem::swap(a, b);
        }
        Some(())
    }

    /// The largest value of a function. `None` for lack of room; the tableau is then of no more use.
    fn largest(&mut self, function: &[BigRational]) -> Option<Largest> {
        let (coefficients, scale) = whole::<W>(function.iter())?;
        let width = self.columns.len() + 1;
        let mut goal = vec![W::zero(); width];
        for (column, name) in self.columns.iter().enumerate() {
            if let Name::Variable(variable) = name {
                let product = W::cross(
                    &coefficients[*variable],
                    &self.denominator,
                    &W::zero(),
                    &W::zero(),
                    &W::one(),
                )?;
                goal[column] = goal[column].clone() - product;
            }
        }
        for (row, name) in self.rows.iter().enumerate() {
            let Name::Variable(variable) = name else {
                continue;
            };
            let factor = &coefficients[*variable];
            if factor.is_zero() {
                continue;
            }
            for (sum, entry) in goal.iter_mut().zip(&self.entries[row]) {
                // `sum + factor entry`.
                *sum = W::cross(sum, &W::one(), &-factor.clone(), entry, &W::one())?;
            }
        }
        self.entries.push(goal);
        let found = self.climb();
        let goal = self.entries.pop()?;
        if !found? {
            return Some(Largest::Unbounded);
        }
        let value = goal[self.columns.len()].to_big();
        let columns = self.columns.iter().zip(&goal);
        let mut because: Vec<usize> = columns
            .filter(|(_, entry)| !entry.is_zero())
            .filter_map(|(name, _)| match name {
                Name::Slack(row) => Some(*row),
                Name::Variable(_) => None,
            })
            .collect();
        because.sort_unstable();
        Some(Largest::At {
            value: BigRational::new(value, self.denominator.to_big() * scale),
            point: self.point(),
            because,
        })
    }

    /// Pivots until the last row, the goal, is as large as can be; false when there is no end to it. Takes the
    /// steepest column first, and the least index once that may be going round in circles (Bland 1977).
    fn climb(&mut self) -> Option<bool> {
        let goal = self.entries.len() - 1;
        let patience = 2 * (self.rows.len() + self.columns.len());
        let mut pivots = 0;
        loop {
            let growing = |column: &usize| {
                let entry = &self.entries[goal][*column];
                match self.columns[*column] {
                    Name::Slack(_) => entry.is_negative(),
                    Name::Variable(_) => !entry.is_zero(),
                }
            };
            let columns = (0..self.columns.len()).filter(growing);
            let column = if pivots < patience {
                columns.min_by_key(|c| self.entries[goal][*c].clone())
            } else {
                columns.min_by_key(|c| self.columns[*c])
            };
            let Some(column) = column else {
                return Some(true);
            };
            if matches!(self.columns[column], Name::Variable(_)) {
                return Some(false);
            }
            let Some(row) = self.leaving(column) else {
                return Some(false);
            };
            self.pivot(row, column)?;
            pivots += 1;
        }
    }

    /// The row that is the first to reach zero when the column grows; of several that with the least index.
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut best: Option<usize> = None;
        for row in 0..self.rows.len() {
            if !self.is_slack(row) || !self.entries[row][column].is_positive() {
                continue;
            }
            let Some(other) = best else {
                best = Some(row);
                continue;
            };
            let (a, b) = (self.last(row), &self.entries[other][column]);
            let (c, d) = (self.last(other), &self.entries[row][column]);
            let order = match W::cross(a, b, c, d, &W::one()) {
                Some(difference) => difference.cmp(&W::zero()),
                None => (a.to_big() * b.to_big()).cmp(&(c.to_big() * d.to_big())),
            };
            if order.then(self.rows[row].cmp(&self.rows[other])).is_lt() {
                best = Some(row);
            }
        }
        best
    }

    /// The vertex at which the tableau stands; a variable that no row bounds is 0.
    fn point(&self) -> Vec<BigRational> {
        let mut point = vec![BigRational::zero(); self.variables];
        for (row, name) in self.rows.iter().enumerate() {
            if let Name::Variable(variable) = name {
                point[*variable] =
                    BigRational::new(self.last(row).to_big(), self.denominator.to_big());
            }
        }
        point
    }
}

/// The numbers times their common denominator, which is returned too.
fn whole<'a, W: Whole>(
    numbers: impl Iterator<Item = &'a BigRational> + Clone,
) -> Option<(Vec<W>, BigInt)> {
    let common = common_unit(numbers.clone());
    let whole = numbers.map(|n| W::from_big(&(n.numer() * (&common / n.denom()))));
    Some((whole.collect::<Option<_>>()?, common))
}
