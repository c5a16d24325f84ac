//! Events in lanes and rows.

use detente_analysis::evidence::EventFound;

use super::scale::{Scale, days};
use super::{LEFT, RIGHT, ROW};
use crate::picture::metrics;
use crate::picture::pen::SMALL;

/// No name at a mark takes more room.
const ROOM: f64 = 170.0;

/// A name beside a mark has at least so much room.
const LEAST: f64 = 80.0;

/// An event with its place on the paper.
pub(super) struct Placed<'a> {
    /// Its place among the events of the findings.
    pub(super) place: usize,
    pub(super) event: &'a EventFound,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) lane: usize,
    pub(super) row: usize,
    /// What stands beside the mark, where, and how it is anchored there.
    pub(super) says: String,
    pub(super) label: (f64, &'static str),
}

/// From where to where mark and name of an event reach.
type Reach = (f64, f64);

/// All lanes.
pub(super) struct Lanes<'a> {
    /// The tracks at which something happens, in order of their first event, and `None` for events at none.
    pub(super) names: Vec<Option<&'a str>>,
    /// The events that have days.
    pub(super) placed: Vec<Placed<'a>>,
    /// What stands in each row of each lane.
    rows: Vec<Vec<Vec<Reach>>>,
}

impl<'a> Lanes<'a> {
    pub(super) fn of(events: &[&'a EventFound], scale: &Scale) -> Self {
        let names = names(events);
        let mut lanes = Self {
            rows: vec![Vec::new(); names.len()],
            names,
            placed: Vec::new(),
        };
        for (place, event) in events.iter().enumerate() {
            if let Some((first, last)) = days(event) {
                let placed = lanes.find(place, event, (scale.x(first), scale.x(last)));
                lanes.placed.push(placed);
            }
        }
        lanes
    }

    /// An event in its lane, in the first row where there is room.
    fn find(&mut self, place: usize, event: &'a EventFound, (from, to): (f64, f64)) -> Placed<'a> {
        let track = event.track.as_deref();
        let lane = self
            .names
            .iter()
            .position(|l| *l == track)
            .unwrap_or_default();
        let whole = metrics::width(called(event), SMALL).min(ROOM);
        let (after, before) = (RIGHT - to - 12.0, from - 12.0 - LEFT);
        // Beside the mark; within it where it leaves no room on either side.
        let within = whole > after && whole > before && after.max(before) < LEAST;
        let room = if within {
            to - from - 16.0
        } else {
            after.max(before)
        };
        let says = metrics::fit(called(event), SMALL, room.min(ROOM));
        let wide = metrics::width(&says, SMALL);
        let (label, reach) = if within {
            ((from + 8.0, "start"), (from - 8.0, to + 8.0))
        } else if wide <= after {
            ((to + 10.0, "start"), (from - 8.0, to + 10.0 + wide))
        } else {
            ((from - 10.0, "end"), (from - 10.0 - wide, to + 8.0))
        };
        Placed {
            place,
            event,
            from,
            to,
            lane,
            row: self.row(lane, reach),
            says,
            label,
        }
    }

    /// Takes the first row of a lane where there is room.
    fn row(&mut self, lane: usize, reach: Reach) -> usize {
        let Some(rows) = self.rows.get_mut(lane) else {
            return 0;
        };
        let free = |other: &Reach| reach.0 >= other.1 + 8.0 || other.0 >= reach.1 + 8.0;
        if let Some(number) = rows.iter().position(|row| row.iter().all(free)) {
            rows[number].push(reach);
            return number;
        }
        rows.push(vec![reach]);
        rows.len() - 1
    }

    /// How far down a lane begins.
    pub(super) fn top(&self, lane: usize) -> f64 {
        let before = self.rows.iter().take(lane);
        before
            .map(|rows| rows.len().max(1) as f64 * ROW + 10.0)
            .sum()
    }
}

fn names<'a>(events: &[&'a EventFound]) -> Vec<Option<&'a str>> {
    let mut names: Vec<Option<&str>> = Vec::new();
    for event in events {
        let track = event.track.as_deref();
        if track.is_some() && !names.contains(&track) {
            names.push(track);
        }
    }
    if events.iter().any(|e| e.track.is_none()) {
        names.push(None);
    }
    names
}

/// What an event is called.
pub(super) fn called(event: &EventFound) -> &str {
    let named = event.title.as_ref().or(event.name.as_ref());
    named.or(event.effects.first()).unwrap_or(&event.kind)
}
