//! Which coalitions must form to lead to an outcome.

use detente_model::PartyId;

use super::STEPS;
use super::Semantics;
use super::block::minimal;
use super::judge::{CoalitionJudge, place};
use crate::meter::Meter;
use crate::reach::{Reach, StepRule};
use crate::status_quo::Leg;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// How many families of coalitions are tried unless something else is asked for.
pub const MOST_FAMILIES: u64 = 20_000;

/// A way to an outcome: who must act together for it, and a shortest sequence of improvements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The coalitions that must form, smaller ones first; none when single parties suffice.
    pub coalitions: Vec<Vec<PartyId>>,
    /// A shortest sequence of unilateral and joint improvements to the nearest state of the outcome;
    /// empty when it is reached already. No coalition and no party takes two steps in succession.
    pub legs: Vec<Leg>,
}

/// Which coalitions must form to lead from a state to an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toward {
    /// Where it begins.
    pub from: StateId,
    /// The least ways: by single parties alone if they can do it; else with one coalition, for each
    /// coalition that suffices and contains no smaller one that does; else with the fewest coalitions
    /// that suffice together, for each such family of which no member can be made smaller. Empty when
    /// nothing leads there.
    pub ways: Vec<Way>,
    /// How many coalitions each of the ways needs; 0 when there is none.
    pub coalitions_needed: usize,
    /// Whether the ways are all least ways, or, when there is none, whether it is certain that there
    /// is none.
    pub complete: bool,
    /// How many families of two or more coalitions were tried.
    pub families_tried: u64,
}

impl Toward {
    /// Whether something was found that leads there.
    pub fn is_reachable(&self) -> bool {
        !self.ways.is_empty()
    }
}

struct Search<'j, 'a, 'b> {
    judge: &'j CoalitionJudge<'a>,
    from: StateId,
    outcome: &'j StateSet,
    meter: Meter<'b>,
}

impl Search<'_, '_, '_> {
    /// A shortest sequence when these coalitions form, by their places.
    fn way(&mut self, family: &[usize]) -> Result<Option<Way>, Stop> {
        let judge = self.judge;
        let coalitions = judge.coalitions();
        let bound = |members: &[PartyId]| {
            // A merged party's members do not act alone.
            matches!(judge.semantics(), Semantics::Merged(_))
                && family
                    .iter()
                    .any(|&k| coalitions[k].iter().any(|p| members.contains(p)))
        };
        let base = (0..coalitions.len()).filter(|&k| match judge.semantics() {
            Semantics::Merged(Some(_)) => true,
            _ => coalitions[k].len() == 1 && !bound(&coalitions[k]),
        });
        let actors: Vec<PartyId> = base.chain(family.iter().copied()).map(place).collect();
        let mut named: Vec<Vec<PartyId>> = family.iter().map(|&k| coalitions[k].clone()).collect();
        named.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        if self.outcome.contains(self.from) {
            return Ok(Some(Way {
                coalitions: named,
                legs: Vec::new(),
            }));
        }
        let conflict = Conflict::matched(judge.gains(), &[]);
        let reach = Reach::new(&conflict, actors, StepRule::Moves);
        let mut seen = 0u64;
        let steps = reach.shortest(self.from, |s| {
            let arcs = |m: &PartyId| judge.gains().moves(*m).from(s).len() as u64;
            seen += 1 + reach.movers().iter().map(arcs).sum::<u64>();
            self.outcome.contains(s)
        });
        self.meter.add(1 + seen)?;
        Ok(steps.map(|steps| Way {
            coalitions: named,
            legs: judge.legs(&steps, true),
        }))
    }
}

/// Finds which coalitions must form so that improvements lead from a state to an outcome: single
/// parties always act by their unilateral improvements, coalitions that form by their joint ones.
///
/// Under [`Semantics::Merged`] the members of a coalition that forms do not act alone, and coalitions
/// that form have no members in common; with a partition its parts act, and no others form. At most
/// `most_families` families of two or more coalitions are tried.
///
/// # Errors
///
/// Stops when the budget is cancelled or used up.
pub fn toward(
    judge: &CoalitionJudge<'_>,
    from: StateId,
    outcome: &StateSet,
    most_families: u64,
    budget: &Budget,
) -> Result<Toward, Stop> {
    let mut search = Search {
        judge,
        from,
        outcome,
        meter: Meter::new(budget, STEPS),
    };
    let mut found = Toward {
        from,
        ways: Vec::new(),
        coalitions_needed: 0,
        complete: true,
        families_tried: 0,
    };
    if let Some(way) = search.way(&[])? {
        found.ways.push(way);
        return Ok(found);
    }
    if matches!(judge.semantics(), Semantics::Merged(Some(_))) {
        return Ok(found);
    }
    // A coalition that gains by nothing leads nowhere.
    let several: Vec<usize> = (0..judge.coalitions().len())
        .filter(|&k| judge.coalitions()[k].len() >= 2 && !judge.improvements(k).is_empty())
        .collect();
    let free = *judge.semantics() == Semantics::InoharaHipel;
    // Whether some coalition was not looked at.
    found.complete = judge.all();
    if free && search.way(&several)?.is_none() {
        return Ok(found);
    }
    let mut suffices = Vec::new();
    for &k in &several {
        if let Some(way) = search.way(&[k])? {
            suffices.push(way);
        }
    }
    if !suffices.is_empty() {
        let all: Vec<Vec<PartyId>> = suffices
            .iter()
            .flat_map(|w| w.coalitions.iter().cloned())
            .collect();
        let least = minimal(&all);
        suffices.retain(|w| w.coalitions.iter().all(|c| least.contains(c)));
        found.ways = suffices;
        found.coalitions_needed = 1;
        return Ok(found);
    }
    for size in 2..=several.len() {
        let mut families = Families::new(size, several.len());
        let mut any = false;
        while let Some(picked) = families.next() {
            let family: Vec<usize> = picked.iter().map(|&i| several[i]).collect();
            if !free && !apart(judge, &family) {
                continue;
            }
            if found.families_tried >= most_families {
                found.complete = false;
                break;
            }
            any = true;
            found.families_tried += 1;
            if found.families_tried.is_multiple_of(64) {
                budget.report(
                    "families of coalitions",
                    found.families_tried,
                    most_families,
                );
                search.meter.check()?;
            }
            if let Some(way) = search.way(&family)? {
                found.ways.push(way);
            }
        }
        if !found.ways.is_empty() {
            found.coalitions_needed = size;
            least_families(&mut found.ways);
            return Ok(found);
        }
        if found.families_tried >= most_families || !any {
            break;
        }
    }
    Ok(found)
}

/// Whether no two coalitions have a member in common.
fn apart(judge: &CoalitionJudge<'_>, family: &[usize]) -> bool {
    let mut members: Vec<PartyId> = family
        .iter()
        .flat_map(|&k| judge.coalitions()[k].iter().copied())
        .collect();
    let all = members.len();
    members.sort_unstable();
    members.dedup();
    members.len() == all
}

/// Keeps the families, all of one size, that do not arise from another by adding members to its
/// coalitions.
fn least_families(ways: &mut Vec<Way>) {
    let families: Vec<Vec<Vec<PartyId>>> = ways.iter().map(|w| w.coalitions.clone()).collect();
    ways.retain(|way| {
        let larger = |other: &Vec<Vec<PartyId>>| {
            *other != way.coalitions && fits(other, &mut vec![false; other.len()], &way.coalitions)
        };
        !families.iter().any(larger)
    });
}

/// Whether the coalitions of one family lie, one to one, within those of another.
fn fits(small: &[Vec<PartyId>], used: &mut [bool], large: &[Vec<PartyId>]) -> bool {
    let Some((first, rest)) = small.split_first() else {
        return true;
    };
    for (k, other) in large.iter().enumerate() {
        if !used[k] && first.iter().all(|p| other.contains(p)) {
            used[k] = true;
            if fits(rest, used, large) {
                return true;
            }
            used[k] = false;
        }
    }
    false
}

/// The ways to pick a number of places out of so many, in lexicographic order.
struct Families {
    picked: Vec<usize>,
    of: usize,
    begun: bool,
}

impl Families {
    fn new(size: usize, of: usize) -> Self {
        Self {
            picked: (0..size).collect(),
            of,
            begun: false,
        }
    }

    fn next(&mut self) -> Option<&[usize]> {
        let size = self.picked.len();
        if !self.begun {
            self.begun = true;
            return (size <= self.of).then_some(self.picked.as_slice());
        }
        let movable = (0..size)
            .rev()
            .find(|&i| self.picked[i] < self.of - size + i)?;
        self.picked[movable] += 1;
        for i in movable + 1..size {
            self.picked[i] = self.picked[i - 1] + 1;
        }
        Some(&self.picked)
    }
}
