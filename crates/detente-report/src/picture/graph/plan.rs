//! How large the marks of a state graph are, and where its numbers stand.

use std::f64::consts::TAU;

use super::ALL_NAMED;
use super::wheel::most_radius;
use crate::picture::conflict::{RING, View};

/// How the states of a picture are drawn.
pub(super) struct Plan {
    /// The radius of a mark.
    pub(super) r: f64,
    /// The size of the numbers in marks; none when they stand with the names.
    pub(super) number: Option<u32>,
    /// What is left between marks.
    pub(super) gap: f64,
    /// Whether what is on is said below a name.
    pub(super) both: bool,
}

impl Plan {
    pub(super) fn new(view: &View<'_>) -> Self {
        let count = view.analysis.states.len();
        let (r, size, gap) = match count {
            0..=12 => (17.0, 14, 12.0),
            13..=24 => (14.0, 12, 7.0),
            25..=48 => (11.0, 11, 4.0),
            49..=ALL_NAMED => (9.0, 11, 2.5),
            _ => return Self::BARE,
        };
        let wide = view.widest_number(size) / 2.0 + 1.0;
        let plan = Self {
            r: if wide <= 17.0 && count <= 48 {
                wide.max(r)
            } else {
                r
            },
            number: (wide <= r.max(17.0) && count <= ALL_NAMED && (count <= 48 || wide <= 10.5))
                .then_some(size),
            gap,
            both: count <= 24,
        };
        if plan.fits(view) { plan } else { Self::BARE }
    }

    /// Marks without numbers, as small as they can be told apart.
    const BARE: Self = Self {
        r: 3.5,
        number: None,
        gap: 1.5,
        both: false,
    };

    /// Whether all marks have room around the largest circle.
    fn fits(&self, view: &View<'_>) -> bool {
        let count = view.analysis.states.len() as f64;
        let around = count * (2.0 * self.r + self.gap) + 2.0 * RING * view.held.len() as f64;
        around <= TAU * most_radius(self.r + RING, true)
    }
}
