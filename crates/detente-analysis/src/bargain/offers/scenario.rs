//! Who sits at the table, what they can agree to, and until when.

use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use rayon::prelude::*;

use super::super::count::{self, Range};
use super::super::solution::{Disagreement, Stake};
use super::super::space::{DealSpace, Voice};
use super::calendar::Calendar;
use super::choice::Choice;
use super::ladder::{Ladder, discounted};
use super::landmarks::Landmarks;
use super::listing::{Listing, within};
use crate::budget::{Budget, Outcome, Stop};
use crate::model::PartyId;
use crate::model::bargain::{Bargain, Discount, Side, Who, ratifies};

/// The rules of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// How many turns each party has at most; 1 at least.
    pub rounds: u32,
    /// The days of the rounds; without them nothing is discounted.
    pub calendar: Option<Calendar>,
    /// Whether parties neither offer nor accept what would not be ratified at home.
    pub ratified: bool,
    /// How an offer is chosen among those that are worth enough.
    pub choice: Choice,
}

/// Why nothing can be negotiated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoScenario {
    /// Fewer than two parties say what packages are worth.
    #[error("offers need two parties with a utility")]
    TooFewParties,
    /// The rules exclude every package that was looked at.
    #[error("the rules exclude every package")]
    NoPackages,
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// A negotiation that is ready to be played.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The rules of the table.
    pub setting: Setting,
    /// The parties at the table, in their order.
    pub parties: Vec<PartyId>,
    /// How many levels each issue has.
    pub sizes: Vec<u32>,
    /// The packages.
    pub listing: Listing,
    /// For each party at the table what packages are worth to it.
    pub ladders: Vec<Ladder>,
    /// What could be agreed; `None` when no package is worth it to all.
    pub landmarks: Option<Landmarks>,
    /// For each party how many of its units make 1.
    voices: Vec<Voice>,
    /// For each party, from which round on which factor counts, and how many steps are worth it then.
    periods: Vec<Vec<Period>>,
}

/// A time in which one discount counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Period {
    from: u32,
    factor: BigRational,
    steps: u32,
}

impl Scenario {
    /// Lists and sorts packages.
    pub fn new(
        bargain: &Bargain,
        space: &DealSpace,
        setting: Setting,
        budget: &Budget,
    ) -> Result<Self, NoScenario> {
        let leaders = space.leaders();
        if leaders.len() < 2 {
            return Err(NoScenario::TooFewParties);
        }
        let listing = Listing::new(space, &leaders, budget)?;
        if listing.is_empty() {
            return Err(NoScenario::NoPackages);
        }
        let ladders: Vec<Ladder> = leaders
            .par_iter()
            .map(|leader| ladder(bargain, space, *leader, &listing, setting.ratified, budget))
            .collect();
        if budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        let voices: Vec<Voice> = leaders.iter().map(|l| space.voices[*l].clone()).collect();
        let periods = voices.iter().zip(&ladders).map(|(voice, ladder)| {
            let side = bargain.sides.get(voice.who.party.index());
            let utility = side.and_then(|s| s.utility.as_ref());
            let discounts = utility.map_or(&[][..], |u| &u.discounts);
            periods(discounts, &setting, ladder)
        });
        let periods = periods.collect();
        let landmarks = Landmarks::new(space, &leaders, &ladders);
        Ok(Self {
            parties: voices.iter().map(|v| v.who.party).collect(),
            sizes: space.sizes.clone(),
            setting,
            listing,
            ladders,
            landmarks,
            voices,
            periods,
        })
    }

    /// Whether what an agreement is worth changes in time.
    pub fn is_discounted(&self) -> bool {
        self.periods.iter().any(|p| p.len() > 1)
    }

    fn period(&self, party: usize, round: u32) -> Option<&Period> {
        let periods = self.periods.get(party)?;
        periods.iter().rev().find(|p| p.from <= round)
    }

    /// How many steps of a party's ladder are worth an agreement in a round.
    pub(super) fn steps(&self, party: usize, round: u32) -> u32 {
        self.period(party, round).map_or(0, |p| p.steps)
    }

    /// Whether a party can agree to a package in a round.
    pub fn accepts(&self, party: usize, deal: u32, round: u32) -> bool {
        let step = self.ladders.get(party).and_then(|l| l.step(deal));
        step.is_some_and(|s| s < self.steps(party, round))
    }

    /// What a package is worth to a party, agreed in a round.
    pub fn utility(&self, party: usize, deal: u32, round: u32) -> BigRational {
        let units = self
            .ladders
            .get(party)
            .and_then(|l| l.worth.get(deal as usize));
        let one = BigRational::one();
        let factor = self.period(party, round).map_or(&one, |p| &p.factor);
        let left = discounted(units.copied().unwrap_or_default(), factor);
        match self.voices.get(party) {
            Some(voice) => left * voice.utility(1),
            None => left,
        }
    }

    /// A number of a party's units as the utility that it stands for.
    pub fn in_utility(&self, party: usize, units: i128) -> BigRational {
        let voice = self.voices.get(party);
        voice.map_or_else(BigRational::default, |v| v.utility(units))
    }

    /// What having no agreement is worth to a party.
    pub fn disagreement(&self, party: usize) -> BigRational {
        let ladder = self.ladders.get(party);
        self.in_utility(party, ladder.map_or(0, |l| l.disagreement))
    }

    /// What its best package is worth to a party, without a discount.
    pub fn best(&self, party: usize) -> BigRational {
        self.in_utility(party, self.ladders.get(party).map_or(0, Ladder::best))
    }

    /// Whether the disagreement point of a party is its reservation value, rather than its worst package.
    pub fn is_reserved(&self, party: usize) -> bool {
        match (self.voices.get(party), self.ladders.get(party)) {
            (Some(voice), Some(ladder)) => voice.reservation == Some(ladder.disagreement),
            _ => false,
        }
    }

    /// A party's advantage from an agreement in a round: the share of what is between the disagreement point
    /// and its best package that it gets; 0 when there is nothing between them.
    pub fn advantage(&self, party: usize, deal: u32, round: u32) -> f64 {
        let (no, best) = (self.disagreement(party), self.best(party));
        if best <= no {
            return 0.0;
        }
        let share = (self.utility(party, deal, round) - &no) / (best - no);
        share.to_f64().unwrap_or_default()
    }
}

/// What packages are worth to one voice, given as a place in [`DealSpace::voices`], and what it has to win and to
/// lose. The worst package is that of all, or, where it is out of reach, of those listed.
fn judged(
    space: &DealSpace,
    place: usize,
    listing: &Listing,
    budget: &Budget,
) -> (Vec<i128>, Stake) {
    let voice = &space.voices[place];
    let worth: Vec<i128> = listing.deals().map(|d| voice.worth.of(d)).collect();
    let mut range = Range {
        least: worth.iter().min().copied().unwrap_or_default(),
        most: worth.iter().max().copied().unwrap_or_default(),
    };
    if !listing.whole
        && let Outcome::Complete(Some(all)) = count::range(space, place, &within(budget))
    {
        range.least = range.least.min(all.least);
    }
    let stake = Stake::new(voice.reservation, range, Disagreement::default());
    (worth, stake)
}

fn ladder(
    bargain: &Bargain,
    space: &DealSpace,
    leader: usize,
    listing: &Listing,
    ratified: bool,
    budget: &Budget,
) -> Ladder {
    let voice = &space.voices[leader];
    let (worth, stake) = judged(space, leader, listing, budget);
    let side = bargain.sides.get(voice.who.party.index());
    let side = side.filter(|s| ratified && !s.ratifiers.is_empty());
    let home = side.map(|side| refusals(side, voice.who.party, space, listing, budget));
    Ladder::new(worth, stake, |place| {
        home.as_ref().is_some_and(|refused| refused[place])
    })
}

/// For each package whether too few at home accept it.
fn refusals(
    side: &Side,
    party: PartyId,
    space: &DealSpace,
    listing: &Listing,
    budget: &Budget,
) -> Vec<bool> {
    let mut accepting: Vec<(u32, Vec<bool>)> = Vec::new();
    for (number, ratifier) in (0..).zip(&side.ratifiers) {
        let who = Who {
            party,
            ratifier: Some(number),
        };
        let Some(voice) = space.voice(who) else {
            continue;
        };
        let (worth, stake) = judged(space, voice, listing, budget);
        let accepts = worth.iter().map(|w| *w >= stake.disagreement);
        accepting.push((ratifier.votes, accepts.collect()));
    }
    let ratified = |place: usize| {
        let home = accepting.iter();
        ratifies(
            side.ratified,
            home.map(|(votes, accepts)| (*votes, accepts[place])),
        )
    };
    (0..listing.len()).map(|place| !ratified(place)).collect()
}

/// From which round on which discount counts.
fn periods(discounts: &[Discount], setting: &Setting, ladder: &Ladder) -> Vec<Period> {
    let mut periods = vec![Period {
        from: 0,
        factor: BigRational::one(),
        steps: ladder.steps(),
    }];
    let Some(calendar) = setting.calendar else {
        return periods;
    };
    for discount in discounts {
        // The rounds until the day before come before it.
        let before = discount.from.yesterday();
        let from = before.map_or(0, |day| calendar.rounds_until(day));
        if from >= setting.rounds {
            continue;
        }
        let period = Period {
            from,
            factor: discount.factor.clone(),
            steps: ladder.worth_it(&discount.factor),
        };
        // Of discounts that count from the same round the later one counts.
        match periods.last_mut() {
            Some(last) if last.from == from => *last = period,
            _ => periods.push(period),
        }
    }
    periods
}
