//! Which packages are better than others under every consistent utility, and under some.

use super::region::Form;
use super::verdict::Mind;
use crate::bargain::space::Deal;

/// In which combinations of consistent utilities one package dominates another: it is worth at least as much to
/// every party and more to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// In all.
    Necessary,
    /// In some.
    Possible,
}

/// One package dominates another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dominance {
    /// The better, as a place in the bargain's packages.
    pub better: usize,
    /// The worse.
    pub worse: usize,
    /// Whether necessarily.
    pub relation: Relation,
}

/// All dominances between packages with a name that mean one package, in the order of the better and the worse.
pub(super) fn compare(
    minds: &mut [Mind],
    leaders: &[usize],
    packages: &[(usize, Deal)],
) -> Vec<Dominance> {
    let mut found = Vec::new();
    for (better, high) in packages {
        for (worse, low) in packages {
            if better != worse {
                found.extend(
                    relation(minds, leaders, high, low).map(|relation| Dominance {
                        better: *better,
                        worse: *worse,
                        relation,
                    }),
                );
            }
        }
    }
    found
}

/// How the first package dominates the second, if it does.
pub(super) fn relation(
    minds: &mut [Mind],
    leaders: &[usize],
    high: &[u16],
    low: &[u16],
) -> Option<Relation> {
    if !possible(minds, leaders, high, low) {
        return None;
    }
    // Utilities of different parties vary freely beside each other. So it is necessary if no party can prefer
    // the other, and if there is a party that cannot but prefer this one.
    let mut always = true;
    let mut preferred = false;
    for leader in leaders {
        let mind = &mut minds[*leader];
        let loss = difference(mind, low, high);
        always &= mind.exceeding(&loss).is_none();
        if !always {
            break;
        }
        preferred = preferred || mind.reaching(&loss).is_none();
    }
    Some(if always && preferred {
        Relation::Necessary
    } else {
        Relation::Possible
    })
}

/// Whether the first package dominates the second in some combination of consistent utilities.
fn possible(minds: &mut [Mind], leaders: &[usize], high: &[u16], low: &[u16]) -> bool {
    let mut preferred = false;
    for leader in leaders {
        let mind = &mut minds[*leader];
        let gain = difference(mind, high, low);
        if mind.reaching(&gain).is_none() {
            return false;
        }
        preferred = preferred || mind.exceeding(&gain).is_some();
    }
    preferred
}

fn difference(mind: &Mind, high: &[u16], low: &[u16]) -> Form {
    mind.belief.worth(high).minus(&mind.belief.worth(low))
}

/// Whether no package dominates this one in any combination of consistent utilities.
pub(super) fn always_efficient(
    minds: &mut [Mind],
    leaders: &[usize],
    deal: &[u16],
    all: &[Deal],
) -> bool {
    !all.iter()
        .any(|other| other != deal && possible(minds, leaders, other, deal))
}
