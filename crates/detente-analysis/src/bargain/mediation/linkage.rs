//! What it is worth to negotiate issues together.

use num_bigint::BigUint;

use super::super::space::Deal;
use super::ratification::{Deciders, Home, settle_ratified};
use super::settle::{Aim, Settlement};
use super::talks::{Talks, held};
use crate::budget::{Budget, Stop};

/// What linking issues, and who sits at the table, does to the talks.
///
#[doc = include_str!("linkage.md")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linkage {
    /// How many packages all sides accept and ratify.
    pub zone: BigUint,
    /// The Nash product of the leaders over these packages.
    pub nash: Option<Settlement>,
    /// Their largest sum of utilities.
    pub utilitarian: Option<Settlement>,
    /// Talks about each issue apart, under the Nash product and under the sum of utilities.
    pub apart: [Bundle; 2],
    /// Talks about the groups of issues that were asked for.
    pub grouped: Option<[Bundle; 2]>,
    /// What would be without each issue.
    pub issues: Vec<WithoutIssue>,
    /// What would be without each voice, in the order of the space.
    pub voices: Vec<WithoutVoice>,
}

/// The results of separate talks, put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The issues of each of the talks. Issues in none of them stay at their first level.
    pub groups: Vec<Vec<usize>>,
    /// The package that the talks make together.
    pub deal: Deal,
    /// What it is worth to every voice of the space, in its units.
    pub worth: Vec<i128>,
    /// Whether the rules permit it.
    pub permitted: bool,
    /// Whether all sides accept and ratify it.
    pub accepted: bool,
}

/// What would be if an issue stayed at its first level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutIssue {
    /// The issue.
    pub issue: usize,
    /// How many packages all sides would accept and ratify.
    pub zone: BigUint,
    /// The Nash product of the leaders over these packages.
    pub nash: Option<Settlement>,
}

/// What would be if nobody asked a voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutVoice {
    /// The voice, as a place in the space.
    pub voice: usize,
    /// How many packages all sides would accept and ratify.
    pub zone: BigUint,
    /// The Nash product of the leaders over these packages.
    pub nash: Option<Settlement>,
}

/// Negotiates groups of issues apart.
///
/// # Errors
///
/// Stops when the budget does not suffice for the frontier of a group.
pub fn apart(
    talks: &Talks<'_>,
    homes: &[Home],
    groups: &[Vec<usize>],
    aim: Aim,
    budget: &Budget,
) -> Result<Bundle, Stop> {
    let issues = talks.space.sizes.len();
    let unchanged: Deal = vec![0; issues];
    let mut deal = unchanged.clone();
    for group in groups {
        let others: Vec<usize> = (0..issues).filter(|i| !group.contains(i)).collect();
        let part = held(talks.space, &others);
        let mut own = talks.about(&part);
        own.floors = talks.worth(&unchanged);
        if let Some(agreed) = settle_ratified(&own, homes, aim, budget)? {
            for issue in group {
                deal[*issue] = agreed.deal[*issue];
            }
        }
    }
    let permitted = talks.space.permits(&deal);
    Ok(Bundle {
        groups: groups.to_vec(),
        worth: talks.worth(&deal),
        accepted: permitted && homes.iter().all(|h| h.accepts(talks, &deal)),
        permitted,
        deal,
    })
}

/// What linking issues, and who sits at the table, does to the talks; for these groups of issues beside each issue
/// apart, if there are any.
///
/// # Errors
///
/// Stops when the budget does not suffice.
pub fn linkage(
    talks: &Talks<'_>,
    homes: &[Home],
    groups: &[Vec<usize>],
    budget: &Budget,
) -> Result<Linkage, Stop> {
    let issues = 0..talks.space.sizes.len();
    let split = |groups: &[Vec<usize>]| -> Result<[Bundle; 2], Stop> {
        Ok([
            apart(talks, homes, groups, Aim::Nash, budget)?,
            apart(talks, homes, groups, Aim::Utilitarian, budget)?,
        ])
    };
    let each: Vec<Vec<usize>> = issues.clone().map(|i| vec![i]).collect();
    let mut without_issues = Vec::new();
    for issue in issues {
        let part = held(talks.space, &[issue]);
        let fewer = talks.about(&part);
        without_issues.push(WithoutIssue {
            issue,
            zone: Deciders::new(&fewer).ratified(homes, budget)?,
            nash: settle_ratified(&fewer, homes, Aim::Nash, budget)?,
        });
    }
    let mut deciders = Deciders::new(talks);
    let mut without_voices = Vec::new();
    for voice in 0..talks.space.voices.len() {
        let fewer = without_voice(homes, voice);
        without_voices.push(WithoutVoice {
            voice,
            zone: deciders.ratified(&fewer, budget)?,
            nash: settle_ratified(talks, &fewer, Aim::Nash, budget)?,
        });
    }
    Ok(Linkage {
        zone: deciders.ratified(homes, budget)?,
        nash: settle_ratified(talks, homes, Aim::Nash, budget)?,
        utilitarian: settle_ratified(talks, homes, Aim::Utilitarian, budget)?,
        apart: split(&each)?,
        grouped: if groups.is_empty() {
            None
        } else {
            Some(split(groups)?)
        },
        issues: without_issues,
        voices: without_voices,
    })
}

/// The sides as if a voice had no say.
fn without_voice(homes: &[Home], voice: usize) -> Vec<Home> {
    let mut homes = homes.to_vec();
    for home in &mut homes {
        home.leader = home.leader.filter(|l| *l != voice);
        let place = home.ratifiers.iter().position(|(v, _)| *v == voice);
        if let Some(place) = place {
            *home = home.without(place);
        }
    }
    homes
}
