//! Who must, may and cannot accept a package, and what must, may and cannot be agreed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::PackageDoubt;
use super::belief::Belief;
use super::evidence::Consistent;
use super::region::{Claim, Form, Region};
use crate::bargain::space::{Deal, DealSpace, common_unit, turn};
use crate::budget::{Budget, Stop};
use crate::model::bargain::{Bargain, Who, ratifies};

/// In which of the consistent utilities something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In all.
    Must,
    /// In some.
    May,
    /// In none.
    Cannot,
}

/// What a voice makes of a package, with utilities that prove it: the values of its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whether it accepts it.
    pub standing: Standing,
    /// Under this consistent utility it does.
    pub accepting: Option<Vec<BigRational>>,
    /// Under this one it does not.
    pub rejecting: Option<Vec<BigRational>>,
}

/// A voice, and what is known of its utility.
#[derive(Debug, Clone)]
pub struct Mind {
    /// Its utility, in linear form.
    pub belief: Belief,
    /// What its parameters may be.
    pub known: Consistent,
}

impl Mind {
    /// A voice with what is known of it.
    pub fn new(belief: Belief, known: Consistent) -> Self {
        Self { belief, known }
    }

    /// A consistent utility under which the form is not negative.
    pub fn reaching(&mut self, form: &Form) -> Option<Vec<BigRational>> {
        self.known.cases.iter_mut().find_map(|c| c.reaching(form))
    }

    /// A consistent utility under which the form is positive.
    pub fn exceeding(&mut self, form: &Form) -> Option<Vec<BigRational>> {
        self.known.cases.iter_mut().find_map(|c| c.exceeding(form))
    }

    /// Whether it accepts a package that is worth so much beyond having no agreement.
    pub fn opinion(&mut self, gain: &Form) -> Opinion {
        let accepting = self.reaching(gain);
        let rejecting = self.exceeding(&gain.opposite());
        let standing = match (&accepting, &rejecting) {
            (Some(_), None) => Standing::Must,
            (None, _) => Standing::Cannot,
            (Some(_), Some(_)) => Standing::May,
        };
        Opinion {
            standing,
            accepting,
            rejecting,
        }
    }

    /// The least and the most of a parameter, over the closure of what is consistent.
    pub fn range(&mut self, parameter: usize) -> [BigRational; 2] {
        let mut form = Form::known(BigRational::zero(), self.belief.parameters.len());
        form.coefficients[parameter] = BigRational::from_integer(1.into());
        let most = self.most(&form);
        let least = -self.most(&form.opposite());
        [least, most]
    }

    /// The same voice before any fact was known of it.
    pub(super) fn without_facts(&self) -> Self {
        let alone = Region::new(self.belief.parameters.len(), &self.belief.claims);
        let cases = alone.map_or_else(|_| self.known.cases.clone(), |region| vec![region]);
        Self {
            belief: self.belief.clone(),
            known: Consistent {
                cases,
                facts: Vec::new(),
                aside: Vec::new(),
            },
        }
    }

    fn most(&mut self, form: &Form) -> BigRational {
        let all = self.known.cases.iter_mut();
        let largest = all.filter_map(|c| c.largest(form)).map(|(value, _)| value);
        largest.max().unwrap_or_default()
    }

    /// How many linear programmes were solved.
    pub fn programmes(&self) -> u64 {
        self.known.cases.iter().map(|c| c.programmes).sum()
    }

    /// The same voice after one more thing is known of it; `None` when that contradicts what is known.
    pub(super) fn told(&self, form: &Form, strict: bool) -> Option<Self> {
        let told = Claim {
            form: form.clone(),
            strict,
            source: (),
        };
        let cases = self.known.cases.iter().filter_map(|case| {
            let mut claims = case.claims();
            claims.push(told.clone());
            Region::new(case.parameters(), &claims).ok()
        });
        let cases: Vec<Region> = cases.collect();
        (!cases.is_empty()).then(|| Self {
            belief: self.belief.clone(),
            known: Consistent {
                cases,
                ..self.known.clone()
            },
        })
    }
}

/// How many packages must, may and cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many packages were looked at: all that the rules permit, unless the computation stopped.
    pub packages: u64,
    /// How many must, may and cannot be agreed.
    pub agreed: [u64; 3],
    /// For each voice how many it must, may and cannot accept.
    pub accepted: Vec<[u64; 3]>,
}

/// What everybody makes of all packages.
pub(super) struct Judged {
    pub deals: Vec<Deal>,
    /// For each voice, for each package.
    pub standings: Vec<Vec<Standing>>,
    pub agreed: Vec<Standing>,
    pub counts: Counts,
    pub stop: Option<Stop>,
}

/// Judges all packages, as many as the budget allows.
pub(super) fn judge(
    bargain: &Bargain,
    space: &DealSpace,
    minds: &mut [Mind],
    budget: &Budget,
) -> Judged {
    let mut judged = Judged {
        deals: Vec::new(),
        standings: vec![Vec::new(); minds.len()],
        agreed: Vec::new(),
        counts: Counts {
            accepted: vec![[0; 3]; minds.len()],
            ..Counts::default()
        },
        stop: None,
    };
    let ranges: Vec<Bounds> = minds.iter_mut().map(Bounds::new).collect();
    let mut deal: Deal = vec![0; space.sizes.len()];
    let mut steps = 0_u64;
    loop {
        if budget.is_cancelled() {
            judged.stop = Some(Stop::Cancelled);
            break;
        }
        if steps >= budget.max_states {
            judged.stop = Some(Stop::Limit {
                what: "packages",
                limit: budget.max_states,
            });
            break;
        }
        steps += 1;
        if space.permits(&deal) {
            let standings: Vec<Standing> = minds
                .iter_mut()
                .zip(&ranges)
                .map(|(mind, bounds)| {
                    let quick = bounds.standing(&mind.belief, &deal);
                    quick.unwrap_or_else(|| mind.opinion(&mind.belief.gain(&deal)).standing)
                })
                .collect();
            let agreed = agreement(bargain, minds, &standings);
            judged.counts.packages += 1;
            judged.counts.agreed[agreed as usize] += 1;
            for (place, standing) in standings.iter().enumerate() {
                judged.counts.accepted[place][*standing as usize] += 1;
                judged.standings[place].push(*standing);
            }
            judged.agreed.push(agreed);
            judged.deals.push(deal.clone());
            budget.report("packages", steps, 0);
        }
        if !turn(&mut deal, &space.sizes) {
            break;
        }
    }
    judged
}

/// The least and the most of each number of a utility, by itself, in whole numbers of one unit. Their sums bound the
/// worth of packages; what they do not decide is left to linear programmes.
struct Bounds {
    tables: Vec<Vec<(BigInt, BigInt)>>,
    terms: Vec<(BigInt, BigInt)>,
    reservation: Option<(BigInt, BigInt)>,
}

impl Bounds {
    fn new(mind: &mut Mind) -> Self {
        let (tables, terms) = mind.belief.parts();
        let reservation = mind.belief.reservation().cloned();
        let mut bounds = |form: &Form| {
            if form.is_known() {
                return (form.constant.clone(), form.constant.clone());
            }
            (-mind.most(&form.opposite()), mind.most(form))
        };
        let tables: Vec<Vec<_>> = tables
            .iter()
            .map(|table| table.iter().map(&mut bounds).collect())
            .collect();
        let terms: Vec<_> = terms.iter().map(&mut bounds).collect();
        let reservation = reservation.as_ref().map(&mut bounds);
        let all = tables.iter().flatten().chain(&terms).chain(&reservation);
        let unit = common_unit(all.flat_map(|(low, high)| [low, high]));
        let whole = |number: &BigRational| (number * &unit).to_integer();
        let both = |(low, high): &(BigRational, BigRational)| (whole(low), whole(high));
        Self {
            tables: tables
                .iter()
                .map(|table| table.iter().map(both).collect())
                .collect(),
            terms: terms.iter().map(both).collect(),
            reservation: reservation.as_ref().map(both),
        }
    }

    fn standing(&self, belief: &Belief, deal: &[u16]) -> Option<Standing> {
        let Some((low, high)) = &self.reservation else {
            return Some(Standing::Must);
        };
        let (mut least, mut most) = (-high, -low);
        for (table, level) in self.tables.iter().zip(deal) {
            let (low, high) = &table[usize::from(*level)];
            least += low;
            most += high;
        }
        for ((low, high), holds) in self.terms.iter().zip(belief.holding(deal)) {
            if holds {
                least += low;
                most += high;
            }
        }
        if !least.is_negative() {
            return Some(Standing::Must);
        }
        most.is_negative().then_some(Standing::Cannot)
    }
}

/// Whether a package is agreed: every party with a utility accepts it, and at home it is ratified. What one
/// voice thinks says nothing of another, so that all can be as favourable, or as unfavourable, at once.
pub fn agreement(bargain: &Bargain, minds: &[Mind], standings: &[Standing]) -> Standing {
    let of: Vec<(Who, Standing)> = minds
        .iter()
        .map(|m| m.belief.who)
        .zip(standings.iter().copied())
        .collect();
    let holds = |counts: &dyn Fn(Standing) -> bool| ratified(bargain, &of, counts);
    if holds(&|s| s == Standing::Must) {
        Standing::Must
    } else if holds(&|s| s != Standing::Cannot) {
        Standing::May
    } else {
        Standing::Cannot
    }
}

/// Whether all agree when those accept whose standing counts.
pub(super) fn ratified<T: Copy>(
    bargain: &Bargain,
    of: &[(Who, T)],
    counts: &dyn Fn(T) -> bool,
) -> bool {
    let leaders = of.iter().filter(|(who, _)| who.ratifier.is_none());
    if !leaders.into_iter().all(|(_, t)| counts(*t)) {
        return false;
    }
    (0..).zip(&bargain.sides).all(|(party, side)| {
        let own = of.iter().filter_map(|(who, t)| {
            let ratifier = who.ratifier.filter(|_| who.party.0 == party)?;
            let ratifier = side.ratifiers.get(usize::from(ratifier))?;
            Some((ratifier.votes, counts(*t)))
        });
        ratifies(side.ratified, own)
    })
}

/// What is found of a package with a name. Of a vague one: it must if all that it may mean must, and cannot if
/// none can.
pub(super) fn named(
    bargain: &Bargain,
    minds: &mut [Mind],
    package: usize,
    deals: &[Deal],
) -> PackageDoubt {
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut agreed = None;
    for deal in deals {
        let here: Vec<Opinion> = minds
            .iter_mut()
            .map(|mind| mind.opinion(&mind.belief.gain(deal)))
            .collect();
        let standings: Vec<Standing> = here.iter().map(|o| o.standing).collect();
        let all = agreement(bargain, minds, &standings);
        agreed = Some(together(agreed, all));
        if opinions.is_empty() {
            opinions = here;
            continue;
        }
        for (sum, new) in opinions.iter_mut().zip(here) {
            sum.standing = together(Some(sum.standing), new.standing);
            sum.accepting = sum.accepting.take().or(new.accepting);
            sum.rejecting = sum.rejecting.take().or(new.rejecting);
        }
    }
    PackageDoubt {
        package,
        meant: deals.len(),
        opinions,
        agreed: agreed.unwrap_or(Standing::Cannot),
        always_efficient: None,
        shares: Vec::new(),
    }
}

fn together(before: Option<Standing>, new: Standing) -> Standing {
    match before {
        Some(before) if before != new => Standing::May,
        _ => new,
    }
}
