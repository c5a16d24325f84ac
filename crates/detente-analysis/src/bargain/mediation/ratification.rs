//! Agreements that must be ratified at home.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;

use super::super::space::DealSpace;
use super::settle::{Aim, Settlement, settle, settle_any};
use super::talks::Talks;
use crate::budget::{Budget, Stop};
use crate::model::PartyId;
use crate::model::bargain::{Side, Who, ratifies};
use crate::model::syntax::ast::Ratification;

/// Ratifiers of one side at most: all sets of them are looked at.
pub const MOST_RATIFIERS: usize = 16;

/// Who decides on one side: the party at the table, and those who must ratify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The party.
    pub party: PartyId,
    /// Its voice, as a place in the space; `None` when it has no utility of its own and accepts everything.
    pub leader: Option<usize>,
    /// The voices of its ratifiers, and their votes.
    pub ratifiers: Vec<(usize, u32)>,
    /// Which of them must accept.
    pub rule: Ratification,
}

/// Who decides on each side of a bargain that has a voice in its space.
pub fn homes(space: &DealSpace, sides: &[Side]) -> Vec<Home> {
    let mut homes = Vec::new();
    for (party, side) in (0..).map(PartyId).zip(sides) {
        let leader = space.voice(Who {
            party,
            ratifier: None,
        });
        let place = |number| {
            space.voice(Who {
                party,
                ratifier: Some(number),
            })
        };
        let ratifiers = (0..).zip(&side.ratifiers);
        let ratifiers: Vec<(usize, u32)> = ratifiers
            .filter_map(|(number, r)| Some((place(number)?, r.votes)))
            .collect();
        if leader.is_some() || !ratifiers.is_empty() {
            homes.push(Home {
                party,
                leader,
                ratifiers,
                rule: side.ratified,
            });
        }
    }
    homes
}

impl Home {
    /// Whether a package is ratified that these of the ratifiers accept; places among them as bits.
    fn ratifies(&self, accepting: u32) -> bool {
        let places = self.ratifiers.iter().enumerate();
        let votes = places.map(|(place, (_, votes))| (*votes, accepting >> place & 1 == 1));
        ratifies(self.rule, votes)
    }

    /// Whether the side accepts a package.
    pub fn accepts(&self, talks: &Talks<'_>, deal: &[u16]) -> bool {
        self.leader.is_none_or(|l| talks.accepts(l, deal)) && self.is_ratified(talks, deal)
    }

    /// Whether those who must ratify accept a package, whatever the leader thinks of it.
    pub fn is_ratified(&self, talks: &Talks<'_>, deal: &[u16]) -> bool {
        let places = self.ratifiers.iter().enumerate();
        let accepting = places.filter(|(_, (voice, _))| talks.accepts(*voice, deal));
        let accepting = accepting.fold(0, |set, (place, _)| set | 1 << place);
        self.ratifies(accepting)
    }

    /// The side with its leader alone.
    fn leader_alone(&self) -> Self {
        Self {
            ratifiers: Vec::new(),
            ..self.clone()
        }
    }

    /// The side as if one of its ratifiers had no say.
    pub(super) fn without(&self, place: usize) -> Self {
        let mut home = self.clone();
        home.ratifiers.remove(place);
        home
    }

    fn voices(&self, set: u32) -> Vec<usize> {
        let places = self.ratifiers.iter().enumerate();
        let members = places.filter(|(place, _)| set >> place & 1 == 1);
        members.map(|(_, (voice, _))| *voice).collect()
    }

    /// The smallest sets of ratifiers that suffice, as voices.
    pub fn coalitions(&self) -> Vec<Vec<usize>> {
        let mut sets: Vec<u32> = (0..=full(self.ratifiers.len())).collect();
        sets.sort_by_key(|set| set.count_ones());
        let mut found: Vec<u32> = Vec::new();
        for set in sets {
            if self.ratifies(set) && !found.iter().any(|known| known & set == *known) {
                found.push(set);
            }
        }
        found.into_iter().map(|set| self.voices(set)).collect()
    }

    /// Sets of voices with numbers such that the packages that the side accepts are, in number, the sum over the
    /// sets of the number times how many packages all of the set accept (Moebius inversion of the rule).
    fn signed(&self) -> BTreeMap<Vec<usize>, BigInt> {
        let sets = 0..=full(self.ratifiers.len());
        let mut numbers: Vec<i64> = sets.map(|s| i64::from(self.ratifies(s))).collect();
        for place in 0..self.ratifiers.len() {
            for set in 0..numbers.len() {
                if set >> place & 1 == 1 {
                    numbers[set] -= numbers[set & !(1 << place)];
                }
            }
        }
        let mut signed = BTreeMap::new();
        for (set, number) in (0..).zip(numbers) {
            if number != 0 {
                let mut voices = self.voices(set);
                voices.extend(self.leader);
                voices.sort_unstable();
                signed.insert(voices, BigInt::from(number));
            }
        }
        signed
    }
}

fn full(ratifiers: usize) -> u32 {
    (1_u32 << ratifiers) - 1
}

/// What ratification at home does to the talks.
///
#[doc = include_str!("ratification.md")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratified {
    /// How many packages there are.
    pub packages: BigUint,
    /// The size of the win-set of every voice of the space.
    pub voices: Vec<BigUint>,
    /// The win-set of every side, in the order of the homes.
    pub sides: Vec<SideWinSet>,
    /// How many packages all leaders accept.
    pub leaders: BigUint,
    /// How many packages all sides accept and ratify.
    pub ratified: BigUint,
    /// The Nash product of the leaders over all packages that the leaders accept.
    pub free: Option<Settlement>,
    /// The same over all packages that are also ratified.
    pub bound: Option<Settlement>,
    /// The Nash product of all voices, as if ratifiers sat at the table.
    pub everybody: Option<Settlement>,
}

/// The win-set of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideWinSet {
    /// Who decides.
    pub home: Home,
    /// How many packages the side accepts and ratifies.
    pub size: BigUint,
    /// What each ratifier does, in their order.
    pub without: Vec<WithoutRatifier>,
    /// The Nash product of the leaders when this side alone must ratify. Compared with [`Ratified::free`] it
    /// says what the side's ratifiers are worth to its leader.
    pub alone: Option<Settlement>,
}

/// What would be if a ratifier had no say. Votes that are asked for stay as many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutRatifier {
    /// The ratifier's voice.
    pub voice: usize,
    /// How many packages its side would accept and ratify.
    pub size: BigUint,
    /// How many packages all sides would accept and ratify.
    pub ratified: BigUint,
}

/// Who decides, and the numbers of packages found so far.
pub struct Deciders<'t, 's> {
    talks: &'t Talks<'s>,
    counts: BTreeMap<Vec<usize>, BigUint>,
}

impl<'t, 's> Deciders<'t, 's> {
    /// Nothing is counted yet.
    pub fn new(talks: &'t Talks<'s>) -> Self {
        Self {
            talks,
            counts: BTreeMap::new(),
        }
    }

    /// How many packages all of these voices accept.
    ///
    /// # Errors
    ///
    /// Stops when the budget does not suffice.
    pub fn all_of(&mut self, voices: &[usize], budget: &Budget) -> Result<BigUint, Stop> {
        if let Some(known) = self.counts.get(voices) {
            return Ok(known.clone());
        }
        let number = self.talks.count(voices, budget)?;
        self.counts.insert(voices.to_vec(), number.clone());
        Ok(number)
    }

    /// How many packages all of these sides accept and ratify.
    ///
    /// # Errors
    ///
    /// Stops when the budget does not suffice.
    pub fn ratified(&mut self, homes: &[Home], budget: &Budget) -> Result<BigUint, Stop> {
        let mut sums: BTreeMap<Vec<usize>, BigInt> = BTreeMap::new();
        sums.insert(Vec::new(), BigInt::from(1));
        for home in homes {
            check(home)?;
            let mut longer: BTreeMap<Vec<usize>, BigInt> = BTreeMap::new();
            for (voices, number) in &sums {
                for (more, by) in home.signed() {
                    let mut all = [voices.as_slice(), more.as_slice()].concat();
                    all.sort_unstable();
                    *longer.entry(all).or_default() += number * by;
                }
            }
            sums = longer;
        }
        let mut total = BigInt::zero();
        for (voices, number) in sums.into_iter().filter(|(_, n)| !n.is_zero()) {
            let packages = self.all_of(&voices, budget)?;
            total += number * BigInt::from_biguint(Sign::Plus, packages);
        }
        // Inclusion and exclusion counts packages, which are never fewer than none.
        Ok(total.to_biguint().unwrap_or_default())
    }
}

fn check(home: &Home) -> Result<(), Stop> {
    if home.ratifiers.len() > MOST_RATIFIERS {
        return Err(Stop::Limit {
            what: "ratifiers of one side",
            limit: MOST_RATIFIERS as u64,
        });
    }
    Ok(())
}

/// The best package for the leaders among those that all sides accept and ratify; `None` when there is none.
///
/// # Errors
///
/// Stops when the budget does not suffice, or for more than [`MOST_RATIFIERS`] ratifiers of one side.
pub fn settle_ratified(
    talks: &Talks<'_>,
    homes: &[Home],
    aim: Aim,
    budget: &Budget,
) -> Result<Option<Settlement>, Stop> {
    let table: Vec<usize> = homes.iter().filter_map(|h| h.leader).collect();
    let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
    for home in homes {
        check(home)?;
        let coalitions = home.coalitions();
        let with = |group: &Vec<usize>| -> Vec<Vec<usize>> {
            let joined = coalitions.iter().map(|c| [group.as_slice(), c].concat());
            joined.collect()
        };
        groups = groups.iter().flat_map(with).collect();
    }
    settle_any(talks, &table, &groups, aim, budget)
}

/// What ratification at home does to the talks.
///
/// # Errors
///
/// Stops when the budget does not suffice, or for more than [`MOST_RATIFIERS`] ratifiers of one side.
pub fn ratification(talks: &Talks<'_>, homes: &[Home], budget: &Budget) -> Result<Ratified, Stop> {
    for home in homes {
        check(home)?;
    }
    let mut deciders = Deciders::new(talks);
    let alone: Vec<Home> = homes.iter().map(Home::leader_alone).collect();
    let everybody: Vec<usize> = (0..talks.space.voices.len()).collect();
    let mut sides = Vec::with_capacity(homes.len());
    for (place, home) in homes.iter().enumerate() {
        let mut without = Vec::with_capacity(home.ratifiers.len());
        for (ratifier, (voice, _)) in home.ratifiers.iter().enumerate() {
            let mut changed = homes.to_vec();
            changed[place] = home.without(ratifier);
            without.push(WithoutRatifier {
                voice: *voice,
                size: deciders.ratified(&changed[place..=place], budget)?,
                ratified: deciders.ratified(&changed, budget)?,
            });
        }
        let mut only = alone.clone();
        only[place] = home.clone();
        sides.push(SideWinSet {
            size: deciders.ratified(&homes[place..=place], budget)?,
            alone: settle_ratified(talks, &only, Aim::Nash, budget)?,
            home: home.clone(),
            without,
        });
    }
    let mut voices = Vec::with_capacity(everybody.len());
    for voice in &everybody {
        voices.push(deciders.all_of(&[*voice], budget)?);
    }
    Ok(Ratified {
        packages: deciders.all_of(&[], budget)?,
        voices,
        leaders: deciders.ratified(&alone, budget)?,
        ratified: deciders.ratified(homes, budget)?,
        free: settle_ratified(talks, &alone, Aim::Nash, budget)?,
        bound: settle_ratified(talks, homes, Aim::Nash, budget)?,
        everybody: settle(talks, &everybody, &[], Aim::Nash, budget)?,
        sides,
    })
}
