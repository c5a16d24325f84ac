//! What could be agreed in each of the two, as far as both say.

use std::collections::BTreeMap;

use detente_model::Model;
use detente_model::bargain::Who;
use num_bigint::BigUint;

use crate::bargain::overview::{Fallback, Request, overview};
use crate::bargain::{Answer, DealSpace};
use crate::{Budget, Stop};

/// Work that is spent on each count at most.
const COUNTING: u64 = 2_000_000;

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
    /// The packages with a name.
    pub named: BTreeMap<String, NamedPackage>,
    /// Why the frontier is not complete; `None` when it is.
    pub stopped: Option<Stop>,
}

/// What a package with a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPackage {
    /// Whether each voice finds it worth as much as having no agreement.
    pub accepted: Vec<(Who, Answer)>,
    /// Whether somebody could gain without anybody losing; `None` when that was not found out.
    pub dominated: Option<Answer>,
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
        solutions: Vec::new(),
        counting: COUNTING,
        cloud: 0,
    };
    let outcome = overview(&space, bargain, &request, budget).ok()?;
    let found = outcome.value();
    let voices = || space.voices.iter().map(|voice| voice.who);
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
    Some(Table {
        permitted: found.permitted.as_ref().ok().cloned(),
        zone: found.weak.as_ref().ok().cloned(),
        frontier: found.frontier.points.len(),
        acceptable: found.acceptable.iter().filter(|a| **a).count(),
        named: named.collect(),
        stopped: outcome.stop().cloned(),
    })
}
