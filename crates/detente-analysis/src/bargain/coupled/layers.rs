//! Issue by issue, for tests that need too many blocks: packages so far that leave the same of every test are kept
//! together.

use indexmap::IndexMap;
use num_bigint::BigUint;

use super::residual::residual;
use super::{Counted, unbettered};
use crate::bargain::space::DealSpace;
use crate::budget::{Budget, Stop};
use crate::model::IssueId;
use crate::model::bargain::Test;

/// What is left of the rules and the terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Rest {
    rules: Vec<Test>,
    /// The voice, the amount, and when it pays.
    terms: Vec<(usize, i128, Test)>,
}

/// The frontier, or nothing and why.
pub(super) fn solve(
    space: &DealSpace,
    voices: &[usize],
    budget: &Budget,
) -> (Counted, Option<Stop>) {
    match layers(space, voices, budget) {
        Ok(found) => (found, None),
        Err(stop) => (Counted::new(), Some(stop)),
    }
}

fn layers(space: &DealSpace, voices: &[usize], budget: &Budget) -> Result<Counted, Stop> {
    let worths: Vec<_> = voices.iter().map(|v| &space.voices[*v].worth).collect();
    let start = Rest {
        rules: space.rules.clone(),
        terms: worths
            .iter()
            .enumerate()
            .flat_map(|(voice, w)| w.terms.iter().map(move |(u, t)| (voice, *u, t.clone())))
            .collect(),
    };
    let base: Vec<i128> = worths.iter().map(|w| w.base).collect();
    let mut here: IndexMap<Rest, Counted> = IndexMap::new();
    if let Some((rest, paid)) = start.after(None, voices.len()) {
        here.insert(
            rest,
            Counted::from([(add(&base, &paid), BigUint::from(1_u32))]),
        );
    }
    let (mut steps, mut kept) = (0_u64, 0_u64);
    for (issue, size) in space.sizes.iter().enumerate() {
        let mut next: IndexMap<Rest, Counted> = IndexMap::new();
        for (rest, sums) in &here {
            for level in 0..*size {
                let known = (IssueId(issue as u32), level as u16);
                let Some((after, mut paid)) = rest.after(Some(known), voices.len()) else {
                    continue;
                };
                for (sum, worth) in paid.iter_mut().zip(&worths) {
                    let table = worth.tables.get(issue);
                    *sum += table.and_then(|t| t.get(level as usize)).unwrap_or(&0);
                }
                let reached = next.entry(after).or_default();
                for (sum, packages) in sums {
                    *reached.entry(add(sum, &paid)).or_default() += packages;
                }
                steps += sums.len() as u64;
                if steps > budget.max_steps {
                    return Err(Stop::Limit {
                        what: "parts of the packages",
                        limit: budget.max_steps,
                    });
                }
                if budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
            }
        }
        here.clear();
        for (rest, sums) in next {
            let sums = unbettered(sums);
            kept += sums.len() as u64;
            if kept > budget.max_nodes {
                return Err(Stop::Limit {
                    what: "sums of parts of the packages",
                    limit: budget.max_nodes,
                });
            }
            here.insert(rest, sums);
        }
        budget.report("issues", issue as u64 + 1, space.sizes.len() as u64);
    }
    let mut all = Counted::new();
    for sums in here.into_values() {
        for (sum, packages) in sums {
            *all.entry(sum).or_default() += packages;
        }
    }
    Ok(unbettered(all))
}

impl Rest {
    /// What is left when a level is known, and what is paid for certain; `None` when a rule is broken.
    fn after(&self, known: Option<(IssueId, u16)>, voices: usize) -> Option<(Self, Vec<i128>)> {
        let mut rules = Vec::new();
        for rule in &self.rules {
            match residual(rule, known) {
                Test::Constant(true) => {}
                Test::Constant(false) => return None,
                rest => rules.push(rest),
            }
        }
        let mut paid = vec![0; voices];
        let mut terms = Vec::new();
        for (voice, units, test) in &self.terms {
            match residual(test, known) {
                Test::Constant(true) => paid[*voice] += units,
                Test::Constant(false) => {}
                rest => terms.push((*voice, *units, rest)),
            }
        }
        Some((Self { rules, terms }, paid))
    }
}

fn add(a: &[i128], b: &[i128]) -> Vec<i128> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}
