//! What packages with a name are worth, whether anything is better for all, and whether facts fit the numbers.

use num_bigint::BigUint;
use num_rational::BigRational;

use super::frontier::{Frontier, Point};
use super::space::{Deal, DealSpace};
use crate::model::bargain::{Fact, Package, Verdict};

/// Whether something is so, when it may hang on what a vague package means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Whatever it means.
    Yes,
    /// Whatever it means, it is not so.
    No,
    /// That depends on what it means.
    Depends,
}

impl Answer {
    /// What is said of all meanings together.
    pub(super) fn of(all: impl IntoIterator<Item = bool>) -> Option<Self> {
        let (mut yes, mut no) = (false, false);
        for one in all {
            yes |= one;
            no |= !one;
        }
        match (yes, no) {
            (true, true) => Some(Self::Depends),
            (true, false) => Some(Self::Yes),
            (false, true) => Some(Self::No),
            (false, false) => None,
        }
    }
}

/// What a package with a name is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// How many permitted packages it may mean.
    pub meanings: BigUint,
    /// To each voice of the space the least that it may be worth, and the most.
    pub worth: Vec<(i128, i128)>,
    /// Whether somebody at the table could gain without anybody there losing; `None` when that would take too
    /// long to find out.
    pub dominated: Option<Answer>,
    /// A point of the frontier that is better than all that it may mean: worse for nobody, better for somebody.
    /// One that all could accept, if there is one; of these the one whose smallest gain over it is largest, then
    /// the first.
    pub better: Option<usize>,
}

/// Why it is not said what a package with a name is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// The rules permit none of the packages that it may mean.
    #[error("the rules permit no package that it may mean")]
    Forbidden,
    /// It may mean very many packages.
    #[error("it may mean more than {MOST_MEANINGS} packages")]
    TooVague,
}

/// Packages that a vague one may mean at most, to be looked at one by one.
pub(super) const MOST_MEANINGS: usize = 65_536;

/// Comparisons of a meaning with a point of the frontier, at most.
const MOST_COMPARISONS: usize = 50_000_000;

/// Looks at a package with a name; `acceptable` says of each point of the frontier whether all could accept it.
pub(super) fn named(
    space: &DealSpace,
    package: &Package,
    frontier: &Frontier,
    acceptable: &[bool],
) -> Result<Named, Unclear> {
    let meanings = meanings(space, package)?;
    let mut worth: Vec<(i128, i128)> = Vec::new();
    for voice in &space.voices {
        let worths = || meanings.iter().map(|m| voice.worth.of(m));
        let bounds = worths().min().zip(worths().max());
        worth.push(bounds.ok_or(Unclear::Forbidden)?);
    }
    let at_table = |of: &dyn Fn(usize) -> i128| -> Vec<i128> {
        frontier.voices.iter().map(|v| of(*v)).collect()
    };
    let dominated = |meaning: &Deal| {
        let worth = at_table(&|v| space.voices[v].worth.of(meaning));
        frontier.points.iter().any(|p| betters(&p.worth, &worth))
    };
    let comparisons = meanings.len().saturating_mul(frontier.points.len());
    let dominated = if comparisons <= MOST_COMPARISONS {
        Answer::of(meanings.iter().map(dominated))
    } else {
        None
    };
    let most = at_table(&|v| worth[v].1);
    let smallest_gain = |point: &Point| {
        let gains = frontier.voices.iter().zip(point.worth.iter().zip(&most));
        gains
            .map(|(v, (after, before))| space.voices[*v].utility(after - before))
            .min()
    };
    let mut better: Option<(usize, (bool, Option<BigRational>))> = None;
    for (place, point) in frontier.points.iter().enumerate() {
        if betters(&point.worth, &most) {
            let accepted = acceptable.get(place).copied().unwrap_or(false);
            let key = (accepted, smallest_gain(point));
            if better.as_ref().is_none_or(|(_, best)| key > *best) {
                better = Some((place, key));
            }
        }
    }
    Ok(Named {
        meanings: BigUint::from(meanings.len()),
        worth,
        dominated,
        better: better.map(|(place, _)| place),
    })
}

/// Whether the first is worse for nobody and better for somebody.
fn betters(first: &[i128], second: &[i128]) -> bool {
    first.iter().zip(second).all(|(a, b)| a >= b) && first != second
}

/// All permitted packages that a package with a name may mean.
fn meanings(space: &DealSpace, package: &Package) -> Result<Vec<Deal>, Unclear> {
    let mut counts = package.levels.iter().map(Vec::len);
    let all = counts.try_fold(1_usize, usize::checked_mul);
    if all.is_none_or(|a| a > MOST_MEANINGS) {
        return Err(Unclear::TooVague);
    }
    let mut meanings: Vec<Deal> = vec![Vec::new()];
    for levels in &package.levels {
        let longer = |begun: &Deal| -> Vec<Deal> {
            let one = |level: &u16| {
                let mut deal = begun.clone();
                deal.push(*level);
                deal
            };
            levels.iter().map(one).collect()
        };
        meanings = meanings.iter().flat_map(longer).collect();
    }
    meanings.retain(|m| space.permits(m));
    if meanings.is_empty() {
        return Err(Unclear::Forbidden);
    }
    Ok(meanings)
}

/// Whether a fact fits the numbers; `None` when it is about somebody without a utility, or a package of which it is
/// not said what it is worth. `floor` says what having no agreement is worth to a voice.
pub(super) fn fits(
    space: &DealSpace,
    fact: &Fact,
    named: &[Result<Named, Unclear>],
    floor: impl Fn(usize) -> Option<i128>,
) -> Option<Answer> {
    let voice = space.voice(fact.who)?;
    let worth = |package: usize| -> Option<(i128, i128)> {
        let named = named.get(package)?.as_ref().ok()?;
        named.worth.get(voice).copied()
    };
    let (sure, possible) = match fact.verdict {
        Verdict::Accepts(package) => {
            let ((least, most), floor) = (worth(package)?, floor(voice)?);
            (least >= floor, most >= floor)
        }
        Verdict::Rejects(package) => {
            let ((least, most), floor) = (worth(package)?, floor(voice)?);
            (most < floor, least < floor)
        }
        Verdict::Prefers(better, worse) => {
            let (better, worse) = (worth(better)?, worth(worse)?);
            (better.0 > worse.1, better.1 > worse.0)
        }
    };
    Some(match (sure, possible) {
        (true, _) => Answer::Yes,
        (_, true) => Answer::Depends,
        _ => Answer::No,
    })
}
