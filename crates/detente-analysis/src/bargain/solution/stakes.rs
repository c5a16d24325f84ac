//! What everybody has to win and to lose.

use crate::bargain::count::{Range, range};
use crate::bargain::frontier::Frontier;
use crate::bargain::space::DealSpace;
use crate::budget::{Budget, Outcome, Stop};

/// From where gains are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Disagreement {
    /// The reservation value, or the worst package where that is better or where no reservation value is given.
    #[default]
    ReservationOrWorst,
    /// The reservation value, or the worst package where none is given.
    Reservation,
}

/// What one voice has to win and to lose, in its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    /// What no agreement is worth to it.
    pub disagreement: i128,
    /// Whether that is the worth of its worst package, rather than its reservation value.
    pub is_worst: bool,
    /// What its worst package is worth.
    pub least: i128,
    /// What its best package is worth.
    pub most: i128,
}

impl Stake {
    /// Of somebody with or without a reservation value.
    pub(crate) fn new(
        reservation: Option<i128>,
        range: Range,
        measured_from: Disagreement,
    ) -> Self {
        let (disagreement, is_worst) = match reservation {
            None => (range.least, true),
            Some(value) => match measured_from {
                Disagreement::ReservationOrWorst if value < range.least => (range.least, true),
                _ => (value, false),
            },
        };
        Self {
            disagreement,
            is_worst,
            least: range.least,
            most: range.most,
        }
    }
}

/// What the voices of a frontier have to win and to lose, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakes {
    /// Each voice.
    pub voices: Vec<Stake>,
}

impl Stakes {
    /// What no agreement is worth to each voice, in its units.
    pub fn disagreement(&self) -> Vec<i128> {
        self.voices.iter().map(|s| s.disagreement).collect()
    }

    /// The points of a frontier that nobody likes less than no agreement, as places in it, ascending.
    pub fn rational(&self, frontier: &Frontier) -> Vec<usize> {
        let enough = |worth: &[i128]| {
            let mut voices = worth.iter().zip(&self.voices);
            voices.all(|(worth, stake)| *worth >= stake.disagreement)
        };
        let points = frontier.points.iter().enumerate();
        points
            .filter(|(_, p)| enough(&p.worth))
            .map(|(place, _)| place)
            .collect()
    }
}

/// What some voices, given as places in [`DealSpace::voices`], have to win and to lose; `None` when the rules permit
/// no package, or when the search is stopped.
pub fn stakes(
    space: &DealSpace,
    voices: &[usize],
    measured_from: Disagreement,
    budget: &Budget,
) -> Outcome<Option<Stakes>> {
    let all: Result<Vec<Option<Stake>>, Stop> = voices
        .iter()
        .map(|v| stake(space, *v, measured_from, budget))
        .collect();
    match all {
        Ok(all) => {
            let all: Option<Vec<Stake>> = all.into_iter().collect();
            Outcome::Complete(all.map(|voices| Stakes { voices }))
        }
        Err(stop) => Outcome::Stopped(None, stop),
    }
}

fn stake(
    space: &DealSpace,
    voice: usize,
    measured_from: Disagreement,
    budget: &Budget,
) -> Result<Option<Stake>, Stop> {
    let range = range(space, voice, budget).complete()?;
    Ok(range.map(|range| Stake::new(space.voices[voice].reservation, range, measured_from)))
}
