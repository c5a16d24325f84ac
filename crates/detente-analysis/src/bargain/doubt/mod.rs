//! Doubt about what packages are worth: what must, may and cannot be agreed, whatever the numbers that the text
//! leaves open.
//!
//! Everything that is said of a voice's utility is linear in its doubtful numbers, so that the utilities that
//! agree with all of it form a polytope ([`Region`]). Questions about all of them are linear programmes, solved
//! in exact arithmetic ([`simplex`]). Shares of them are estimated from points drawn uniformly ([`shares`]).

mod belief;
mod dominance;
mod evidence;
mod question;
pub mod region;
mod sample;
pub mod shares;
pub mod simplex;
mod verdict;

use num_rational::BigRational;

pub use belief::{Belief, Parameter, Source};
pub use dominance::{Dominance, Relation};
pub use evidence::{Consistent, MOST_MEANT, consistent, meant};
pub use question::{Answer, Ask, Question};
pub use region::{Claim, Form, Region};
pub use sample::{CHAINS, Draws, draw};
pub use shares::{PackageShares, Share};
pub use verdict::{Counts, Mind, Opinion, Standing, agreement};

use super::space::{Deal, DealSpace, Unfit};
use crate::budget::{Budget, Outcome, Stop};
use crate::model::IssueId;
use crate::model::bargain::{Bargain, Who};

/// What this computes, in the fixed shape of all concepts.
pub const PAGE: &str = include_str!("package_doubt.md");

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undoubted {
    /// There are no packages.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The weight and a value of one line are in doubt.
    #[error("the weight and the values of an issue are both in doubt")]
    Product {
        /// Whose utility.
        who: Who,
        /// The issue.
        issue: IssueId,
    },
}

/// What is known of a voice contradicts itself: no utility agrees with all of these, and with all but one of
/// them some do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Whose utility.
    pub who: Who,
    /// What contradicts itself.
    pub sources: Vec<Source>,
}

/// A fact that is left out because its packages may mean too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// Whose.
    pub who: Who,
    /// Its place.
    pub fact: usize,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// How many utilities of each voice are drawn; rounded up to a whole number for each of the
    /// [`CHAINS`] walks.
    pub samples: u64,
    /// Where the random numbers start.
    pub seed: u64,
    /// How many questions of each kind are answered in full.
    pub questions: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            samples: 2048,
            seed: 1,
            questions: 3,
        }
    }
}

/// Up to so many packages of the whole space get shares and are asked about; beyond, only those with a name.
pub const MOST_RATED: usize = 20_000;

/// What is known of one voice.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceDoubt {
    /// Whose.
    pub who: Who,
    /// Its doubtful numbers, and between which bounds all that is known leaves them.
    pub ranges: Vec<Range>,
    /// The facts that were used, as places.
    pub facts: Vec<usize>,
    /// In how many ways vague facts may be meant.
    pub cases: usize,
    /// Whether the text gives it a reservation value.
    pub reserved: bool,
}

/// What is left of a doubtful number. Where facts are strict, bounds may be approached only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Which number.
    pub parameter: Parameter,
    /// The least and the most by the lines of the utility alone.
    pub stated: [BigRational; 2],
    /// The least and the most with the facts.
    pub left: [BigRational; 2],
}

/// What is found of a package with a name, whatever it may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageDoubt {
    /// Its place in [`Bargain::packages`].
    pub package: usize,
    /// How many packages it may mean.
    pub meant: usize,
    /// What each voice makes of it, in their order.
    pub opinions: Vec<Opinion>,
    /// Whether it must, may or cannot be agreed.
    pub agreed: Standing,
    /// Whether in no consistent utilities any package is at least as good for all parties and better for one;
    /// `None` for vague packages and where there are too many packages to compare with.
    pub always_efficient: Option<bool>,
    /// Shares, of a vague package for each that it may mean, in their order.
    pub shares: Vec<PackageShares>,
}

/// All that is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubts {
    /// What is known of each voice, in the order of [`DealSpace::voices`].
    pub voices: Vec<VoiceDoubt>,
    /// Facts that were left out.
    pub aside: Vec<SetAside>,
    /// How many packages must, may and cannot be agreed; and how many each voice must, may and cannot accept.
    pub counts: Counts,
    /// The packages with a name.
    pub packages: Vec<PackageDoubt>,
    /// Who betters whom, of the packages with a name that mean one package.
    pub dominance: Vec<Dominance>,
    /// Which packages are most often the Nash point, best first.
    pub leading: Vec<(Deal, PackageShares)>,
    /// The most useful questions about any packages, best first.
    pub questions: Vec<Question>,
    /// The most useful ones about packages with a name.
    pub named_questions: Vec<Question>,
    /// How many utilities were drawn for each voice.
    pub samples: u64,
    /// How many linear programmes were solved.
    pub programmes: u64,
}

/// What comes of asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Some utilities agree with all that is known.
    Doubts(Box<Doubts>),
    /// None does, for these voices.
    Contradictions(Vec<Contradiction>),
}

/// All packages made of these levels; `None` when they are more than `most`.
pub fn deals(levels: &[Vec<u16>], most: usize) -> Option<Vec<Deal>> {
    let mut size = 1_usize;
    for choices in levels {
        size = size.checked_mul(choices.len()).filter(|s| *s <= most)?;
    }
    let mut all = Vec::with_capacity(size);
    all.push(Vec::with_capacity(levels.len()));
    for choices in levels {
        all = all
            .iter()
            .flat_map(|deal: &Deal| {
                choices.iter().map(|level| {
                    let mut longer = deal.clone();
                    longer.push(*level);
                    longer
                })
            })
            .collect();
    }
    Some(all)
}

/// What can be said of packages under every utility that agrees with what is known.
pub fn examine(
    bargain: &Bargain,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Found>, Undoubted> {
    let space = DealSpace::new(bargain)?;
    let mut minds = Vec::new();
    let mut contradictions = Vec::new();
    for voice in &space.voices {
        let Some(utility) = bargain.utility(voice.who) else {
            continue;
        };
        let belief = Belief::new(voice.who, utility)?;
        match evidence::consistent(&belief, bargain, &space) {
            Ok(known) => minds.push(Mind::new(belief, known)),
            Err(contradiction) => contradictions.push(contradiction),
        }
    }
    if !contradictions.is_empty() {
        return Ok(Outcome::Complete(Found::Contradictions(contradictions)));
    }
    let (doubts, stop) = weigh(bargain, &space, &mut minds, request, budget);
    let found = Found::Doubts(Box::new(doubts));
    Ok(match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    })
}

fn weigh(
    bargain: &Bargain,
    space: &DealSpace,
    minds: &mut [Mind],
    request: &Request,
    budget: &Budget,
) -> (Doubts, Option<Stop>) {
    let voices = minds.iter_mut().map(described).collect();
    let aside = minds.iter().flat_map(|m| m.known.aside.clone()).collect();
    let judged = verdict::judge(bargain, space, minds, budget);
    let mut named: Vec<(usize, Vec<Deal>)> = Vec::new();
    for (place, package) in bargain.packages.iter().enumerate() {
        named.extend(meant(package, space).map(|deals| (place, deals)));
    }
    let whole = judged.stop.is_none() && judged.deals.len() <= MOST_RATED;
    let mut packages: Vec<PackageDoubt> = named
        .iter()
        .map(|(place, deals)| verdict::named(bargain, minds, *place, deals))
        .collect();
    let single: Vec<(usize, Deal)> = named
        .iter()
        .filter(|(_, deals)| deals.len() == 1)
        .map(|(place, deals)| (*place, deals[0].clone()))
        .collect();
    let leaders = space.leaders();
    let dominance = dominance::compare(minds, &leaders, &single);
    if whole {
        for package in packages.iter_mut().filter(|p| p.meant == 1) {
            let own = single.iter().find(|(place, _)| *place == package.package);
            package.always_efficient = own
                .map(|(_, deal)| dominance::always_efficient(minds, &leaders, deal, &judged.deals));
        }
    }
    let draws: Vec<Draws> = (0..)
        .zip(minds.iter())
        .map(|(number, mind)| draw(&mind.known.cases, request, number))
        .collect();
    let rated = shares::rate(
        bargain,
        &leaders,
        minds,
        &draws,
        whole.then_some(&judged),
        &named,
        budget,
    );
    for (package, (_, deals)) in packages.iter_mut().zip(&named) {
        package.shares = deals.iter().filter_map(|d| rated.of(d)).collect();
    }
    let (questions, named_questions) = if whole {
        question::best(bargain, minds, &rated, &judged, &single, request, budget)
    } else {
        (Vec::new(), Vec::new())
    };
    let programmes = minds.iter().map(Mind::programmes).sum();
    let stop = judged.stop.clone().or_else(|| {
        let cancelled = budget.is_cancelled();
        cancelled.then_some(Stop::Cancelled)
    });
    let doubts = Doubts {
        voices,
        aside,
        counts: judged.counts,
        packages,
        dominance,
        leading: rated.leading(),
        questions,
        named_questions,
        samples: rated.samples(),
        programmes,
    };
    (doubts, stop)
}

fn described(mind: &mut Mind) -> VoiceDoubt {
    let parameters = mind.belief.parameters.clone();
    let mut alone = mind.without_facts();
    let ranges = parameters
        .iter()
        .enumerate()
        .map(|(place, parameter)| Range {
            parameter: *parameter,
            stated: alone.range(place),
            left: mind.range(place),
        });
    VoiceDoubt {
        ranges: ranges.collect(),
        who: mind.belief.who,
        facts: mind.known.facts.clone(),
        cases: mind.known.cases.len(),
        reserved: mind.belief.reservation().is_some(),
    }
}
