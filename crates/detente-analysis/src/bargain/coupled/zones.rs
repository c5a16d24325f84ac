//! The worths found so far that nothing found betters, and where others may still lie.

use std::collections::BTreeMap;

use super::search::Packages;
use crate::bargain::space::at_least;

/// Part of what remains open: all worths above a corner, strictly and for every voice.
///
/// The zones of a set of points cover just what no point is at least as good as. Source: K. Klamroth,
/// R. Lacour, D. Vanderpooten, "On the representation of the search region in multi-objective optimization",
/// European Journal of Operational Research 245 (2015), 767 to 778.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Zone {
    /// The corner: one unit more for everybody is the least that lies in the zone.
    pub corner: Vec<i128>,
}

/// Points none of which is at least as good as another, and the zones that they leave open.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    /// The points.
    pub points: Vec<Vec<i128>>,
    /// For each point the classes of a package that is worth just that.
    pub examples: BTreeMap<Vec<i128>, Vec<usize>>,
    /// The zones.
    pub zones: Vec<Zone>,
}

impl Pool {
    /// No points; everything above the corner is open.
    pub(super) fn new(corner: Vec<i128>) -> Self {
        Self {
            points: Vec::new(),
            examples: BTreeMap::new(),
            zones: vec![Zone { corner }],
        }
    }

    /// Takes a point in, unless one is there that is at least as good; true when it was taken.
    pub(super) fn insert(&mut self, point: &[i128], packages: Packages<'_>) -> bool {
        if !self.zones.iter().any(|z| z.holds(point)) {
            return false;
        }
        self.points.retain(|p| !at_least(point, p));
        self.points.push(point.to_vec());
        self.examples.retain(|p, _| !at_least(point, p));
        if let Packages::One(classes) = packages {
            self.examples.insert(point.to_vec(), classes.to_vec());
        }
        let (cut, kept): (Vec<Zone>, Vec<Zone>) = std::mem::take(&mut self.zones)
            .into_iter()
            .partition(|z| z.holds(point));
        let mut parts: Vec<Zone> = Vec::new();
        for zone in cut {
            for (voice, worth) in point.iter().enumerate() {
                let mut corner = zone.corner.clone();
                corner[voice] = *worth;
                parts.push(Zone { corner });
            }
        }
        parts.sort_unstable();
        parts.dedup();
        self.zones = kept;
        let inside = |part: &Zone, other: &Zone| at_least(&part.corner, &other.corner);
        let needed: Vec<Zone> = parts
            .iter()
            .filter(|p| !parts.iter().any(|o| o != *p && inside(p, o)))
            .filter(|p| !self.zones.iter().any(|o| inside(p, o)))
            .cloned()
            .collect();
        self.zones.extend(needed);
        true
    }
}

impl Zone {
    /// Whether the point lies in the zone.
    pub(super) fn holds(&self, point: &[i128]) -> bool {
        self.corner.iter().zip(point).all(|(c, p)| c < p)
    }
}
