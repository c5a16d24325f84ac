//! Packages and their worth in whole numbers.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::model::bargain::{Bargain, Quantity, Test, Utility, Weight, Who};
use crate::model::{IssueId, PartyId};

/// A package: the level of every issue, in their order.
pub type Deal = Vec<u16>;

/// Which packages there are, and what each is worth to everybody at the table and at home.
///
/// Worths are whole numbers of a unit that each voice has for itself ([`Voice::unit`]), so that every comparison
/// is exact. Doubtful quantities stand at the middle of their bounds, and unknown weights are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealSpace {
    /// How many levels each issue has, in the order of the issues: 1 to 65,536.
    pub sizes: Vec<u32>,
    /// Packages are those that satisfy all of these.
    pub rules: Vec<Test>,
    /// Everybody with a utility: each party, in their order, followed by its ratifiers, in theirs.
    pub voices: Vec<Voice>,
}

/// A party or a ratifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Who that is.
    pub who: Who,
    /// What packages are worth to it, in its units.
    pub worth: Worth,
    /// What having no agreement is worth to it, in its units; `None` when the text does not say.
    pub reservation: Option<i128>,
    /// How many of its units make 1.
    pub unit: BigUint,
}

impl Voice {
    /// A number of units as the utility that it stands for.
    pub fn utility(&self, units: i128) -> BigRational {
        BigRational::new(BigInt::from(units), BigInt::from(self.unit.clone()))
    }

    /// Somebody who wants what this one does not want, and says nothing of having no agreement.
    pub(super) fn opposite(&self) -> Self {
        let mut turned = self.clone();
        let worth = &mut turned.worth;
        worth.base = -worth.base;
        let tables = worth.tables.iter_mut().flatten();
        for units in tables.chain(worth.terms.iter_mut().map(|(units, _)| units)) {
            *units = -*units;
        }
        turned.reservation = None;
        turned
    }
}

/// What packages are worth: the base, and the worth of each level, and of each term that holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worth {
    /// Added to all packages.
    pub base: i128,
    /// For each issue, for each level.
    pub tables: Vec<Vec<i128>>,
    /// Combinations and what they are worth in addition.
    pub terms: Vec<(i128, Test)>,
}

impl Worth {
    /// What a package is worth.
    pub fn of(&self, deal: &[u16]) -> i128 {
        let tables = self.tables.iter().zip(deal);
        let levels: i128 = tables.map(|(t, level)| t[usize::from(*level)]).sum();
        let holding = self.terms.iter().filter(|(_, test)| test.holds(deal));
        self.base + levels + holding.map(|(worth, _)| worth).sum::<i128>()
    }
}

/// Why a bargain is no [`DealSpace`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No issue is declared.
    #[error("nothing is negotiated: there are no issues")]
    NoIssues,
    /// Nobody has a utility.
    #[error("nobody says what packages are worth")]
    NoUtility,
    /// The numbers of one utility have no common unit within reach.
    #[error("the numbers of a utility are too fine, or too large, to be added exactly")]
    TooFine {
        /// Whose.
        who: Who,
    },
}

/// Worths are kept below this, so that sums and differences of them cannot overflow.
const LARGEST: i128 = 1 << 100;

impl DealSpace {
    /// The packages of a bargain in the basic reading.
    pub fn new(bargain: &Bargain) -> Result<Self, Unfit> {
        if bargain.issues.is_empty() {
            return Err(Unfit::NoIssues);
        }
        let rule = |r: &crate::model::bargain::Rule| {
            let test = r.condition.test.clone();
            if r.required {
                test
            } else {
                Test::Not(Box::new(test))
            }
        };
        let mut voices = Vec::new();
        for (party, side) in (0..).zip(&bargain.sides) {
            let party = PartyId(party);
            let own = side.utility.iter().map(|u| (None, u));
            let home = (0..).zip(&side.ratifiers);
            let home = home.map(|(number, r)| (Some(number), &r.utility));
            for (ratifier, utility) in own.chain(home) {
                let who = Who { party, ratifier };
                voices.push(voice(who, utility).ok_or(Unfit::TooFine { who })?);
            }
        }
        if voices.is_empty() {
            return Err(Unfit::NoUtility);
        }
        Ok(Self {
            sizes: bargain
                .issues
                .iter()
                .map(|i| i.levels.len() as u32)
                .collect(),
            rules: bargain.rules.iter().map(rule).collect(),
            voices,
        })
    }

    /// How many packages there would be without rules.
    pub fn raw_size(&self) -> BigUint {
        self.sizes.iter().map(|s| BigUint::from(*s)).product()
    }

    /// Whether the rules permit a package.
    pub fn permits(&self, deal: &[u16]) -> bool {
        self.rules.iter().all(|r| r.holds(deal))
    }

    /// The packages that the rules permit, in lexicographic order, by looking at every combination of levels.
    pub fn deals(&self) -> impl Iterator<Item = Deal> + '_ {
        let first = vec![0; self.sizes.len()];
        let all = std::iter::successors(Some(first), |deal| {
            let mut next = deal.clone();
            turn(&mut next, &self.sizes).then_some(next)
        });
        all.filter(|deal| self.permits(deal))
    }

    /// The packages of which each issue has one of the levels given for it.
    pub(super) fn restricted(&self, levels: &[Vec<u16>]) -> Self {
        let mut part = self.clone();
        for (issue, (allowed, size)) in (0..).zip(levels.iter().zip(&self.sizes)) {
            if allowed.len() as u32 >= *size {
                continue;
            }
            let run = |level: &u16| Test::Between {
                issue: IssueId(issue),
                from: *level,
                to: *level,
            };
            part.rules.push(Test::Or(allowed.iter().map(run).collect()));
        }
        part
    }

    /// The voice of a party or ratifier, as a place in [`DealSpace::voices`].
    pub fn voice(&self, who: Who) -> Option<usize> {
        self.voices.iter().position(|v| v.who == who)
    }

    /// The voices of the parties themselves, without ratifiers.
    pub fn leaders(&self) -> Vec<usize> {
        let voices = self.voices.iter().enumerate();
        let leaders = voices.filter(|(_, v)| v.who.ratifier.is_none());
        leaders.map(|(place, _)| place).collect()
    }
}

/// The next combination of levels in lexicographic order; false after the last one.
pub(super) fn turn(deal: &mut [u16], sizes: &[u32]) -> bool {
    for (level, size) in deal.iter_mut().zip(sizes).rev() {
        if u32::from(*level) + 1 < *size {
            *level += 1;
            return true;
        }
        *level = 0;
    }
    false
}

/// Whether the first is worth at least as much to everybody.
pub(super) fn at_least(first: &[i128], second: &[i128]) -> bool {
    first.iter().zip(second).all(|(a, b)| a >= b)
}

/// Whether the first dominates the second: it is worse for nobody and better for somebody.
pub(super) fn dominates(first: &[i128], second: &[i128]) -> bool {
    first != second && at_least(first, second)
}

/// In how many parts 1 must be divided for all these numbers to be whole ones: the least common multiple of their
/// denominators.
pub(super) fn common_unit<'n>(numbers: impl IntoIterator<Item = &'n BigRational>) -> BigInt {
    let whole = |unit: BigInt, number: &BigRational| {
        // Without a further dependency: the numerator of what is left of the fraction.
        let denominator = number.denom();
        BigRational::new(unit, denominator.clone()).numer() * denominator
    };
    numbers.into_iter().fold(BigInt::one(), whole)
}

/// A utility in whole numbers of the coarsest unit in which all its numbers are whole.
fn voice(who: Who, utility: &Utility) -> Option<Voice> {
    let unknown = equal_share(utility);
    let weight = |w: &Weight| match w {
        Weight::Known(quantity) => quantity.middle(),
        Weight::Unknown => unknown.clone(),
    };
    let weighted = |by: &BigRational, q: &Quantity| q.middle() * by;
    let tables: Vec<Vec<BigRational>> = utility
        .tables
        .iter()
        .map(|t| {
            let by = weight(&t.weight);
            t.values.iter().map(|q| weighted(&by, q)).collect()
        })
        .collect();
    let terms: Vec<BigRational> = utility.terms.iter().map(|t| t.worth.middle()).collect();
    let reservation = utility.reservation.as_ref().map(Quantity::middle);
    let unit = common_unit(tables.iter().flatten().chain(&terms).chain(&reservation));
    let whole = |number: &BigRational| -> Option<i128> {
        let units = (number * BigRational::from_integer(unit.clone())).to_integer();
        units.to_i128().filter(|u| u.abs() < LARGEST)
    };
    let mut worth = Worth::default();
    for table in &tables {
        worth
            .tables
            .push(table.iter().map(whole).collect::<Option<_>>()?);
    }
    for (number, term) in terms.iter().zip(&utility.terms) {
        worth
            .terms
            .push((whole(number)?, term.condition.test.clone()));
    }
    let farthest = |table: &Vec<i128>| table.iter().map(Signed::abs).max().unwrap_or(0);
    let tables = worth.tables.iter().map(farthest);
    let terms = worth.terms.iter().map(|(w, _)| w.abs());
    let bound = tables.chain(terms).try_fold(0_i128, i128::checked_add);
    bound.filter(|b| *b < LARGEST)?;
    Some(Voice {
        who,
        worth,
        reservation: match &reservation {
            Some(number) => Some(whole(number)?),
            None => None,
        },
        unit: unit.to_biguint()?,
    })
}

/// What each unknown weight is in the basic reading: an equal share of what the known ones leave of 1.
fn equal_share(utility: &Utility) -> BigRational {
    let mut left = BigRational::one();
    let mut unknown = 0_u32;
    for table in &utility.tables {
        match &table.weight {
            Weight::Known(quantity) => left -= quantity.middle(),
            Weight::Unknown => unknown += 1,
        }
    }
    if unknown == 0 || left.is_negative() {
        return BigRational::zero();
    }
    left / BigRational::from_integer(unknown.into())
}
