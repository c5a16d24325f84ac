//! What could be agreed in each of the two, as far as both say, and which change is behind the difference.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::Model;
use detente_model::bargain::Bargain;
use detente_model::difference::Difference;
use detente_model::resolve;
use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::answers::Mark;
use super::attribution::{Attribution, Unattributed};
use super::between::Part;
use super::sets::Sets;
use crate::bargain::overview::{Fallback, Overview, Request, overview};

use crate::bargain::{Answer, DealSpace, Solution, Unclear};
use crate::{Budget, Stop};

/// Work that is spent on each count at most.
const COUNTING: u64 = 2_000_000;

/// The rules of division by which both are compared.
pub const RULES: [Solution; 4] = [
    Solution::Nash,
    Solution::KalaiSmorodinsky,
    Solution::Egalitarian,
    Solution::Utilitarian,
];

/// Packages of one worth that are listed, at most.
const MOST_LISTED: usize = 64;

/// Work on all trials together, at most: packages without rules, or what counting may cost, and what the frontier
/// takes.
const MOST_WORK: usize = 200_000_000;

/// What could be agreed, by the parties that have a utility, ratifiers apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How many packages the rules permit; `None` when counting them would take too long.
    pub permitted: Option<BigUint>,
    /// How many are worth to all at least what having no agreement is; `None` likewise.
    pub zone: Option<BigUint>,
    /// How many different worths nobody can better without somebody losing.
    pub frontier: usize,
    /// How many of these are worth to all at least what having no agreement is.
    pub acceptable: usize,
    /// The packages with a name that the rules permit.
    pub named: BTreeMap<String, NamedPackage>,
    /// The packages with a name of which the rules permit no meaning.
    pub forbidden: BTreeSet<String>,
    /// What each of [`RULES`] picks, all packages that are equally good by it; `None` when it picks nothing. Empty when
    /// the frontier is not complete. A package is known by the issues that are above their first level.
    pub picked: BTreeMap<Solution, Option<BTreeSet<Mark>>>,
    /// Why the frontier is not complete; `None` when it is.
    pub stopped: Option<Stop>,
    /// What finding this took, in packages looked at.
    work: usize,
}

/// What a package with a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPackage {
    /// Whether each voice, a party `US` or a ratifier `US.senate`, finds it worth as much as having no agreement.
    pub accepted: BTreeMap<String, Answer>,
    /// Whether somebody could gain without anybody losing; `None` when that was not found out.
    pub dominated: Option<Answer>,
}

/// What can be asked of what could be agreed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackageQuestion {
    /// How many packages the rules permit.
    Permitted,
    /// How many packages all could accept.
    Zone,
    /// How many worths are on the frontier.
    Frontier,
    /// How many of these all could accept.
    Acceptable,
    /// Whether the rules permit a package with a name, in one of its meanings at least.
    Allowed(String),
    /// Whether a package with a name is acceptable to a voice.
    Accepts {
        /// The package.
        package: String,
        /// The voice.
        voice: String,
    },
    /// Whether a package with a name could be bettered for all.
    Bettered(String),
    /// What a rule of division picks.
    Picked(Solution),
}

/// An answer to a [`PackageQuestion`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageAnswer {
    /// So many.
    Count(BigUint),
    /// Yes, no, or by what is meant.
    Judged(Answer),
    /// These packages are equally good.
    Picked(BTreeSet<Mark>),
    /// The rule picks none.
    Nothing,
    /// It was not found, or there is no such package or voice.
    Unsaid,
}

impl Table {
    /// The answer to a question.
    pub fn answer(&self, question: &PackageQuestion) -> PackageAnswer {
        let count = |n: &Option<BigUint>| n.clone().map(PackageAnswer::Count);
        let whole = |n: usize| {
            let whole = self.stopped.is_none();
            whole.then(|| PackageAnswer::Count(BigUint::from(n)))
        };
        let found = match question {
            PackageQuestion::Permitted => count(&self.permitted),
            PackageQuestion::Zone => count(&self.zone),
            PackageQuestion::Frontier => whole(self.frontier),
            PackageQuestion::Acceptable => whole(self.acceptable),
            PackageQuestion::Allowed(package) => {
                if self.forbidden.contains(package) {
                    Some(PackageAnswer::Judged(Answer::No))
                } else {
                    let named = self.named.contains_key(package);
                    named.then_some(PackageAnswer::Judged(Answer::Yes))
                }
            }
            PackageQuestion::Accepts { package, voice } => {
                let named = self.named.get(package);
                named
                    .and_then(|n| n.accepted.get(voice))
                    .copied()
                    .map(PackageAnswer::Judged)
            }
            PackageQuestion::Bettered(package) => {
                let named = self.named.get(package);
                named.and_then(|n| n.dominated).map(PackageAnswer::Judged)
            }
            PackageQuestion::Picked(rule) => self.picked.get(rule).map(|picked| match picked {
                Some(packages) => PackageAnswer::Picked(packages.clone()),
                None => PackageAnswer::Nothing,
            }),
        };
        found.unwrap_or(PackageAnswer::Unsaid)
    }

    fn questions(&self) -> Vec<PackageQuestion> {
        let mut all = vec![
            PackageQuestion::Permitted,
            PackageQuestion::Zone,
            PackageQuestion::Frontier,
            PackageQuestion::Acceptable,
        ];
        let packages = self.forbidden.iter().cloned();
        all.extend(packages.map(PackageQuestion::Allowed));
        for (package, named) in &self.named {
            all.push(PackageQuestion::Allowed(package.clone()));
            for voice in named.accepted.keys() {
                let (package, voice) = (package.clone(), voice.clone());
                all.push(PackageQuestion::Accepts { package, voice });
            }
            all.push(PackageQuestion::Bettered(package.clone()));
        }
        all.extend(
            self.picked
                .keys()
                .map(|rule| PackageQuestion::Picked(*rule)),
        );
        all
    }
}

/// The questions that both answer, and differently.
pub fn packages_changed(a: &Table, b: &Table) -> Vec<PackageQuestion> {
    let differs = |question: &PackageQuestion| {
        let (was, now) = (a.answer(question), b.answer(question));
        was != now && was != PackageAnswer::Unsaid && now != PackageAnswer::Unsaid
    };
    a.questions().into_iter().filter(differs).collect()
}

/// What could be agreed; `None` when the text says nothing of it, or not enough.
pub fn table(model: &Model, budget: &Budget) -> Option<Table> {
    let bargain = &model.bargain;
    let space = DealSpace::new(bargain).ok()?;
    let voices = space.leaders();
    if voices.is_empty() {
        return None;
    }
    let request = Request {
        voices,
        fallback: Fallback::Better,
        solutions: RULES.to_vec(),
        counting: COUNTING,
        cloud: 0,
    };
    let outcome = overview(&space, bargain, &request, budget).ok()?;
    let found = outcome.value();
    let voices = || space.voices.iter().map(|voice| voice.who.name(model));
    let packages = bargain.packages.iter().zip(&found.named);
    let named = packages.filter_map(|(package, named)| {
        let named = named.as_ref().ok()?;
        let accepted = voices().zip(named.accepted.iter().copied());
        let package_is = NamedPackage {
            accepted: accepted.collect(),
            dominated: named.dominated,
        };
        Some((package.name.clone(), package_is))
    });
    let all = bargain.packages.iter().zip(&found.named);
    let forbidden = all.filter(|(_, named)| matches!(named, Err(Unclear::Forbidden)));
    let forbidden = forbidden.map(|(package, _)| package.name.clone()).collect();
    let counted = space.raw_size().to_usize().unwrap_or(usize::MAX);
    let levels: usize = space.sizes.iter().map(|size| *size as usize).sum();
    let points = found.frontier.points.len();
    Some(Table {
        permitted: found.permitted.as_ref().ok().cloned(),
        zone: found.weak.as_ref().ok().cloned(),
        frontier: points,
        acceptable: found.acceptable.iter().filter(|a| **a).count(),
        named: named.collect(),
        forbidden,
        picked: match outcome.stop() {
            None => picked(bargain, found),
            Some(_) => BTreeMap::new(),
        },
        stopped: outcome.stop().cloned(),
        work: counted
            .min(COUNTING as usize)
            .saturating_add(points.saturating_mul(levels)),
    })
}

/// What each rule picks, where all that is equally good can be listed.
fn picked(bargain: &Bargain, found: &Overview) -> BTreeMap<Solution, Option<BTreeSet<Mark>>> {
    let name = |deal: &Vec<u16>| {
        let levels = bargain.issues.iter().zip(deal).filter(|(_, l)| **l > 0);
        let named = levels.filter_map(|(issue, level)| {
            let level = issue.levels.get(usize::from(*level))?;
            Some(format!("{} {}", issue.name, level.name))
        });
        let mut named: Vec<String> = named.collect();
        named.sort();
        Mark(named)
    };
    let mut picked = BTreeMap::new();
    for (rule, chosen) in &found.chosen {
        let Some(chosen) = chosen else {
            picked.insert(*rule, None);
            continue;
        };
        let mut packages = BTreeSet::new();
        let mut whole = true;
        for point in &chosen.points {
            let deals = found.frontier.packages(*point, MOST_LISTED + 1);
            whole &= (1..=MOST_LISTED).contains(&deals.len());
            packages.extend(deals.iter().map(name));
        }
        if whole {
            picked.insert(*rule, Some(packages));
        }
    }
    picked
}

/// Which change is behind what could be agreed otherwise, as [`attribute`](super::attribute()) does for the conflict.
/// The conflict itself is left out of the texts between, for packages do not depend on it.
///
/// # Errors
///
/// When there is too much to look at, or the changes cannot be told apart.
pub fn attribute_packages(
    difference: &Difference,
    questions: &[PackageQuestion],
    ends: (&Table, &Table),
    budget: &Budget,
) -> Result<Attribution<PackageQuestion>, Unattributed> {
    let quiet = budget.silent();
    let judge = |made: &BTreeSet<usize>| -> Result<Option<Vec<PackageAnswer>>, Stop> {
        let Some(model) = resolve(&Part::Packages.between(difference, made)).model else {
            return Ok(None);
        };
        let found = table(&model, &quiet);
        if quiet.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let answer = |question: &PackageQuestion| {
            let found = found.as_ref().map(|found| found.answer(question));
            found.unwrap_or(PackageAnswer::Unsaid)
        };
        Ok(Some(questions.iter().map(answer).collect()))
    };
    let work = ends.0.work.max(ends.1.work);
    let of = (difference, Part::Packages);
    let mut sets = Sets::new(of, MOST_WORK / work.max(1), &judge, budget)?;
    let expected = |table: &Table| -> Vec<PackageAnswer> {
        questions.iter().map(|q| table.answer(q)).collect()
    };
    let (before, after) = (expected(ends.0), expected(ends.1));
    sets.causes(questions, (&before, &after), |a, b| a == b)
}
