//! Facts as claims about parameters, and what of them contradicts each other.

use super::belief::{Belief, Source};
use super::region::{Claim, Form, Region};
use super::{Contradiction, SetAside, deals};
use crate::bargain::space::{Deal, DealSpace};
use crate::model::bargain::{Bargain, Package, Verdict};

/// The packages that a named one may mean are looked at up to this many.
pub const MOST_MEANT: usize = 4096;
/// The ways in which vague facts may be meant, together, are kept apart up to this many.
const MOST_CASES: usize = 64;

/// A fact as the claims of which at least one holds.
#[derive(Clone)]
struct Evidence {
    fact: usize,
    claims: Vec<Claim<Source>>,
    /// Those that do not follow from others by the lines of the utility.
    weakest: Vec<Claim<Source>>,
}

/// What a voice's parameters may be: those that lie in one of the regions.
#[derive(Debug, Clone)]
pub struct Consistent {
    /// One for each way in which vague facts may be meant; at least one.
    pub cases: Vec<Region>,
    /// The facts that were used, as places.
    pub facts: Vec<usize>,
    /// Facts that are too vague to be used.
    pub aside: Vec<SetAside>,
}

/// The parameters that agree with all that is known of a voice; else a smallest set of what contradicts itself.
pub fn consistent(
    belief: &Belief,
    bargain: &Bargain,
    space: &DealSpace,
) -> Result<Consistent, Contradiction> {
    let mut aside = Vec::new();
    let mut evidence = Vec::new();
    for (fact, known) in bargain.facts.iter().enumerate() {
        if known.who != belief.who {
            continue;
        }
        match claims(belief, &known.verdict, fact, bargain, space) {
            Some(claims) => evidence.push(Evidence {
                fact,
                weakest: claims.clone(),
                claims,
            }),
            None => aside.push(SetAside {
                who: belief.who,
                fact,
            }),
        }
    }
    if let Ok(mut base) = Region::new(belief.parameters.len(), &belief.claims) {
        for known in &mut evidence {
            weakest(&mut known.weakest, &mut base);
        }
    }
    let mut ways = 1;
    evidence.retain(|known| {
        if ways * known.weakest.len() > MOST_CASES {
            aside.push(SetAside {
                who: belief.who,
                fact: known.fact,
            });
            return false;
        }
        ways *= known.weakest.len();
        true
    });
    let facts = evidence.iter().map(|e| e.fact).collect();
    let parameters = belief.parameters.len();
    let mut cases = Vec::new();
    let mut guilty: Vec<Source> = Vec::new();
    for case in ways_of(&belief.claims, evidence.iter().map(|e| &e.weakest)) {
        match Region::new(parameters, &case) {
            Ok(region) => cases.push(region),
            Err(places) => guilty.extend(places.into_iter().map(|p| case[p].source)),
        }
    }
    if cases.is_empty() {
        return Err(Contradiction {
            who: belief.who,
            sources: smallest(guilty, belief, &evidence),
        });
    }
    Ok(Consistent {
        cases,
        facts,
        aside,
    })
}

/// The claims of a fact, of which at least one holds; `None` when it may mean too much.
fn claims(
    belief: &Belief,
    verdict: &Verdict,
    fact: usize,
    bargain: &Bargain,
    space: &DealSpace,
) -> Option<Vec<Claim<Source>>> {
    let of = |package: usize| meant(&bargain.packages[package], space);
    let claim = |form: Form, strict: bool| Claim {
        form,
        strict,
        source: Source::Fact(fact),
    };
    let mut found: Vec<Claim<Source>> = Vec::new();
    let mut keep = |new: Claim<Source>| {
        if !found.contains(&new) {
            found.push(new);
        }
    };
    match verdict {
        Verdict::Accepts(package) => {
            for deal in of(*package)? {
                keep(claim(belief.gain(&deal), false));
            }
        }
        Verdict::Rejects(package) => {
            for deal in of(*package)? {
                keep(claim(belief.gain(&deal).opposite(), true));
            }
        }
        Verdict::Prefers(better, worse) => {
            let (better, worse) = (of(*better)?, of(*worse)?);
            if better.len() * worse.len() > MOST_MEANT {
                return None;
            }
            for high in &better {
                let high = belief.worth(high);
                for low in &worse {
                    keep(claim(high.minus(&belief.worth(low)), true));
                }
            }
        }
    }
    Some(found)
}

/// The packages that a named one may mean: those that the rules permit, or all if they permit none. `None` when
/// they are too many.
pub fn meant(package: &Package, space: &DealSpace) -> Option<Vec<Deal>> {
    let all = deals(&package.levels, MOST_MEANT)?;
    let permitted: Vec<Deal> = all.iter().filter(|d| space.permits(d)).cloned().collect();
    Some(if permitted.is_empty() { all } else { permitted })
}

/// Leaves out claims from which another of them follows: whoever could satisfy them satisfies the other.
fn weakest(claims: &mut Vec<Claim<Source>>, base: &mut Region) {
    let mut kept: Vec<Claim<Source>> = Vec::new();
    for claim in claims.drain(..) {
        let mut follows = |from: &Claim<Source>, to: &Claim<Source>| {
            base.exceeding(&from.form.minus(&to.form)).is_none()
        };
        if kept.iter().any(|other| follows(&claim, other)) {
            continue;
        }
        kept.retain(|other| !follows(other, &claim));
        kept.push(claim);
    }
    *claims = kept;
}

/// All claims, for each way to choose one of each fact's.
fn ways_of<'a>(
    own: &[Claim<Source>],
    facts: impl Iterator<Item = &'a Vec<Claim<Source>>>,
) -> Vec<Vec<Claim<Source>>> {
    let mut ways = vec![own.to_vec()];
    for claims in facts {
        ways = ways
            .iter()
            .flat_map(|way| {
                claims.iter().map(|claim| {
                    let mut longer = way.clone();
                    longer.push(claim.clone());
                    longer
                })
            })
            .collect();
    }
    ways
}

/// A smallest part of all sources that contradicts itself: each is taken away, and given back if the rest can be
/// true without it (Chinneck and Dravnieks 1991). It starts from the sources that the proofs use, if these are
/// enough. Lines are tried before facts, so that what is left says as much as it can by facts.
///
/// Facts that may be meant in very many ways are read by what does not follow from the lines; these then all
/// stay, and only facts are taken away.
fn smallest(proofs: Vec<Source>, belief: &Belief, evidence: &[Evidence]) -> Vec<Source> {
    let mut lengths = evidence.iter().map(|e| e.claims.len());
    let ways = lengths.try_fold(1_usize, usize::checked_mul);
    let few = ways.is_some_and(|w| w <= MOST_MEANT);
    let contradictory = |sources: &[Source]| {
        let own = belief.claims.iter();
        let own: Vec<_> = own
            .filter(|c| !few || sources.contains(&c.source))
            .cloned()
            .collect();
        let facts = evidence.iter();
        let facts = facts.filter(|e| sources.contains(&Source::Fact(e.fact)));
        let claims = facts.map(|e| if few { &e.claims } else { &e.weakest });
        ways_of(&own, claims)
            .iter()
            .all(|way| Region::new(belief.parameters.len(), way).is_err())
    };
    let mut left = proofs;
    left.sort_unstable();
    left.dedup();
    if !contradictory(&left) {
        left = evidence.iter().map(|e| Source::Fact(e.fact)).collect();
        left.extend(belief.claims.iter().map(|c| c.source));
        left.sort_unstable();
        left.dedup();
    }
    for place in (0..left.len()).rev() {
        let taken = left.remove(place);
        if !contradictory(&left) {
            left.insert(place, taken);
        }
    }
    left
}
