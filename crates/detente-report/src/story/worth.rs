//! Which outcomes are worth a plan when nobody says which.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::summary::holding;
use crate::finding::{Analysis, ClassInfo, State};

/// So many outcomes have plans sought for them when none is named.
pub(super) const MOST: usize = 6;

/// By which rule outcomes are worth a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorthRule {
    /// Pareto improvements: a state of the outcome is better for some party, and worse for none, than where things
    /// stand.
    WorseForNone,
    /// There is no such outcome. As many parties prefer one and the same state of it to where things stand as of any
    /// other; and of a state of it that so many prefer it is true that for no such state of another of these outcomes
    /// there is a majority: more parties that prefer the other than parties that prefer this one (Condorcet's pairwise
    /// comparison). Where a cycle of majorities leaves none, the outcomes that most prefer are taken as they are.
    MostPrefer,
    /// No outcome that does not hold is preferred by any party to where things stand: none is worth a plan.
    NonePreferred,
    /// It is not known where things stand: every outcome that does not hold.
    NotHolding,
}

/// Which outcomes are worth a plan, of those of which no state holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Worth {
    /// The rule by which they were chosen.
    pub rule: WorthRule,
    /// How many parties at most prefer one and the same state of one of the outcomes to where things stand.
    pub most: usize,
    /// How many parties there are.
    pub parties: usize,
    /// The outcomes of which no state holds, in the order of the file.
    pub outcomes: Vec<Candidate>,
}

/// An outcome of which no state holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// The state of it by which it was judged: of those that fit the rule best, the one that the most parties prefer
    /// to where things stand, the fewest find worse, and that has the lowest number.
    pub state: u32,
    /// The parties that prefer that state to where things stand.
    pub better: Vec<String>,
    /// The parties that prefer where things stand.
    pub worse: Vec<String>,
    /// Whether the rule chooses it.
    pub chosen: bool,
    /// A state that a majority prefers to `state`, when it was left out for that.
    pub beaten_by: Option<u32>,
}

impl Worth {
    /// The names of the outcomes that were chosen; of many the first.
    pub fn chosen(&self) -> impl Iterator<Item = &str> {
        let chosen = self.outcomes.iter().filter(|o| o.chosen);
        chosen.map(|o| o.name.as_str()).take(MOST)
    }
}

/// A state beside where things stand.
struct Beside<'a> {
    state: &'a State,
    better: usize,
    worse: usize,
}

/// An outcome with its states that no other state of it is better than for all.
struct Field<'a> {
    name: &'a str,
    best: Vec<Beside<'a>>,
}

/// Chooses the outcomes that are worth a plan; `None` when it is not known what holds.
pub fn worth(analysis: &Analysis) -> Option<Worth> {
    let held: BTreeSet<u32> = holding(analysis)?.iter().copied().collect();
    let here = analysis
        .status_quo
        .and_then(|id| analysis.states.iter().find(|s| s.id == id));
    let fails = |class: &&ClassInfo| class.states.iter().all(|s| !held.contains(s));
    let failing = analysis.classes.iter().filter(fails);
    let fields: Vec<Field<'_>> = failing.filter_map(|c| field(analysis, here, c)).collect();
    let all = || fields.iter().flat_map(|f| &f.best);
    let most = all().map(|b| b.better).max().unwrap_or_default();
    let improves = |b: &Beside<'_>| b.worse == 0 && b.better > 0;
    let rule = if here.is_none() {
        WorthRule::NotHolding
    } else if all().any(improves) {
        WorthRule::WorseForNone
    } else if most > 0 {
        WorthRule::MostPrefer
    } else {
        WorthRule::NonePreferred
    };
    let standings = if rule == WorthRule::MostPrefer {
        standings(&fields, most)
    } else {
        vec![None; fields.len()]
    };
    let outcomes = fields.iter().zip(standings).map(|(field, standing)| {
        let chosen = match rule {
            WorthRule::NotHolding => true,
            WorthRule::NonePreferred => false,
            WorthRule::WorseForNone => field.best.iter().any(improves),
            WorthRule::MostPrefer => standing.is_some_and(|s| s.beaten_by.is_none()),
        };
        let fits = |b: &&Beside<'_>| match rule {
            WorthRule::WorseForNone if chosen => improves(b),
            _ => standing.is_none_or(|s| s.state == b.state.id),
        };
        let shown = field.best.iter().filter(fits);
        let shown = shown.min_by_key(|b| (most.saturating_sub(b.better), b.worse, b.state.id));
        let state = shown.map(|b| b.state)?;
        let beside = here.map_or_else(Vec::new, |here| compared(state, here));
        let side = |wanted: Ordering| {
            let those = beside.iter().filter(|(_, o)| *o == wanted);
            those.map(|(party, _)| (*party).to_owned()).collect()
        };
        Some(Candidate {
            name: field.name.to_owned(),
            state: state.id,
            better: side(Ordering::Greater),
            worse: side(Ordering::Less),
            chosen,
            beaten_by: standing.and_then(|s| s.beaten_by),
        })
    });
    Some(Worth {
        rule,
        most,
        parties: analysis.parties.len(),
        outcomes: outcomes.collect::<Option<_>>()?,
    })
}

/// An outcome that as many parties as of any prefer to where things stand, beside the others of which that is so.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// A state of it that so many prefer: one that no majority is against, if there is one.
    state: u32,
    /// A state of another outcome that a majority prefers to it.
    beaten_by: Option<u32>,
}

/// What majorities say of the outcomes; `None` for one that fewer parties prefer to where things stand.
fn standings(fields: &[Field<'_>], most: usize) -> Vec<Option<Standing>> {
    let all: Vec<usize> = (0..fields.len()).collect();
    let first: Vec<Option<Standing>> = all
        .iter()
        .map(|p| against(fields, *p, &all, most))
        .collect();
    let is_unbeaten = |place: &usize| {
        let standing = first.get(*place).copied().flatten();
        standing.is_some_and(|s| s.beaten_by.is_none())
    };
    let unbeaten: Vec<usize> = all.into_iter().filter(is_unbeaten).collect();
    let told = first.iter().enumerate().map(|(place, standing)| {
        let standing = (*standing)?;
        if unbeaten.is_empty() {
            // A cycle: each loses to another.
            return Some(Standing {
                beaten_by: None,
                ..standing
            });
        }
        if standing.beaten_by.is_none() {
            return Some(standing);
        }
        // Where one that is chosen wins against it, that is the one to tell.
        let told = against(fields, place, &unbeaten, most);
        told.filter(|s| s.beaten_by.is_some()).or(Some(standing))
    });
    told.collect()
}

/// How an outcome stands against these.
fn against(fields: &[Field<'_>], place: usize, rivals: &[usize], most: usize) -> Option<Standing> {
    let own = fields.get(place)?;
    let rivals: Vec<&Field<'_>> = rivals
        .iter()
        .filter(|rival| **rival != place)
        .filter_map(|rival| fields.get(*rival))
        .collect();
    let states = own.best.iter().filter(|b| b.better == most);
    let all: Vec<Standing> = states
        .map(|b| Standing {
            state: b.state.id,
            beaten_by: rivals.iter().find_map(|r| beaten_by(r, b.state, most)),
        })
        .collect();
    let unbeaten = all.iter().find(|s| s.beaten_by.is_none());
    unbeaten.or(all.first()).copied()
}

fn beaten_by(field: &Field<'_>, state: &State, most: usize) -> Option<u32> {
    let preferred = field.best.iter().filter(|b| b.better == most);
    let mut preferred = preferred.map(|b| b.state);
    let wins = preferred.find(|other| {
        let (for_it, against) = sides(other, state);
        for_it > against
    })?;
    Some(wins.id)
}

/// The states of an outcome than which no other of it is better for some party and worse for none, with what the parties
/// think of them: what beats one of them beats all that it is better than, and they beat what those beat.
fn field<'a>(
    analysis: &'a Analysis,
    here: Option<&State>,
    class: &'a ClassInfo,
) -> Option<Field<'a>> {
    let members: BTreeSet<u32> = class.states.iter().copied().collect();
    let mut best: Vec<&State> = Vec::new();
    for state in analysis.states.iter().filter(|s| members.contains(&s.id)) {
        let as_good = |other: &&State| sides(state, other).0 == 0;
        if best.iter().any(as_good) {
            continue;
        }
        best.retain(|other| sides(other, state).0 > 0);
        best.push(state);
    }
    let best: Vec<Beside<'_>> = best
        .into_iter()
        .map(|state| {
            let (better, worse) = here.map_or((0, 0), |here| sides(state, here));
            Beside {
                state,
                better,
                worse,
            }
        })
        .collect();
    let name = class.name.as_deref()?;
    (!best.is_empty()).then_some(Field { name, best })
}

/// How many parties prefer the first state, and how many the second.
fn sides(one: &State, other: &State) -> (usize, usize) {
    let all = compared(one, other);
    let of = |wanted| all.iter().filter(|(_, o)| *o == wanted).count();
    (of(Ordering::Greater), of(Ordering::Less))
}

/// Each party with what the first state is for it beside the second.
fn compared<'a>(one: &'a State, other: &State) -> Vec<(&'a str, Ordering)> {
    let ranks = one.ranks.iter();
    ranks
        .filter_map(|(party, rank)| Some((party.as_str(), rank.cmp(other.ranks.get(party)?))))
        .collect()
}
