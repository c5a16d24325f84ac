//! Very many sessions, and what strategies get out of them.

use num_traits::ToPrimitive;
use rayon::prelude::*;

use super::protocol::{End, Seats, play};
use super::scenario::Scenario;
use super::strategy::{Luck, Strategy};
use crate::budget::{Budget, Outcome, Stop};

/// How many sessions are played between two looks at the budget.
const BLOCK: u64 = 2048;

/// Which sessions are played.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The strategies.
    pub strategies: Vec<Strategy>,
    /// Who meets whom.
    pub pairing: Pairing,
    /// How often each session is played, with other random numbers.
    pub repeats: u32,
    /// Where the random numbers start.
    pub seed: u64,
}

/// Who meets whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairing {
    /// Each party has the strategy with its number, in every session.
    Fixed,
    /// Each strategy meets each, itself too: one party has the first and all the others the second. Every party
    /// takes every seat.
    All,
}

/// What strategies got.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many sessions were played.
    pub sessions: u64,
    /// How many offers were made in them.
    pub offers: u64,
    /// How often there was an agreement.
    pub agreements: Moments,
    /// For each strategy what it got over all.
    pub rows: Vec<Score>,
    /// For each strategy, for each other party that it met, by that party's strategy, what the first got.
    pub cells: Vec<Vec<Score>>,
    /// For each party of the first scenario what it got there.
    pub parties: Vec<Score>,
    /// The distance of agreements to the nearest efficient package.
    pub efficient: Moments,
    /// The distance of agreements to the nearest Nash point.
    pub nash: Moments,
    /// The distance of agreements to the nearest Kalai-Smorodinsky point.
    pub kalai_smorodinsky: Moments,
    /// The sum of the parties' shares in a session.
    pub welfare: Moments,
    /// The rounds that sessions with an agreement took.
    pub rounds: Moments,
}

/// What was got, one number for each seat of each session.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// How often there was an agreement.
    pub agreements: Moments,
    /// The advantage over having no agreement, as a share of what is possible.
    pub advantage: Moments,
    /// The utility, in the numbers of the text.
    pub utility: Moments,
}

/// Sums of numbers and of their squares.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// How many.
    pub count: u64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, number: f64) {
        self.count += 1;
        self.sum += number;
        self.squares += number * number;
    }

    /// Their mean; `None` when there are none.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    /// The standard error of the mean; `None` of fewer than two.
    pub fn standard_error(&self) -> Option<f64> {
        let mean = self.mean()?;
        if self.count < 2 {
            return None;
        }
        let count = self.count as f64;
        let variance = (self.squares - count * mean * mean) / (count - 1.0);
        // Rounding makes small numbers out of none.
        let variance = if variance < 1e-12 * (1.0 + mean * mean) {
            0.0
        } else {
            variance
        };
        Some((variance / count).sqrt())
    }
}

/// One session of the plan: where, which strategy each party has, and who begins.
struct Fixture<'a> {
    scenario: usize,
    place: &'a Scenario,
    lineup: &'a [usize],
    first: usize,
}

/// What came of it.
struct Played {
    scenario: usize,
    offers: u64,
    rounds: Option<u32>,
    distances: Option<[f64; 4]>,
    /// For each party its strategy, advantage and utility.
    seats: Vec<(usize, f64, f64)>,
}

/// For each party its strategy, in all ways that the pairing asks for; ascending, each once.
fn lineups(plan: &Plan, parties: usize) -> Vec<Vec<usize>> {
    let all = plan.strategies.len();
    if plan.pairing == Pairing::Fixed {
        return vec![(0..parties).map(|p| p.min(all.saturating_sub(1))).collect()];
    }
    let mut found = Vec::new();
    for seat in 0..parties {
        for own in 0..all {
            for others in 0..all {
                let mut lineup = vec![others; parties];
                lineup[seat] = own;
                found.push(lineup);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Plays all sessions of a plan: each lineup in each scenario, each party beginning in turn, as often as asked.
/// The random numbers of a session depend on the seed and on its number alone, and results are added up in the
/// order of the numbers: they are the same for any number of threads.
pub fn tournament(scenarios: &[Scenario], plan: &Plan, budget: &Budget) -> Outcome<Results> {
    let strategies = plan.strategies.len();
    let parties = scenarios.first().map_or(0, |s| s.parties.len());
    let lineups: Vec<Vec<Vec<usize>>> = scenarios
        .iter()
        .map(|s| lineups(plan, s.parties.len()))
        .collect();
    let mut fixtures = Vec::new();
    for (scenario, (place, lineups)) in scenarios.iter().zip(&lineups).enumerate() {
        for lineup in lineups {
            for first in 0..place.parties.len() {
                fixtures.push(Fixture {
                    scenario,
                    place,
                    lineup,
                    first,
                });
            }
        }
    }
    let repeats = u64::from(plan.repeats);
    let total = fixtures.len() as u64 * repeats;
    let mut results = Results {
        sessions: 0,
        offers: 0,
        agreements: Moments::default(),
        rows: vec![Score::default(); strategies],
        cells: vec![vec![Score::default(); strategies]; strategies],
        parties: vec![Score::default(); parties],
        efficient: Moments::default(),
        nash: Moments::default(),
        kalai_smorodinsky: Moments::default(),
        welfare: Moments::default(),
        rounds: Moments::default(),
    };
    let mut begun = 0;
    while begun < total {
        if budget.is_cancelled() {
            return Outcome::Stopped(results, Stop::Cancelled);
        }
        let end = total.min(begun + BLOCK);
        let played: Vec<Played> = (begun..end)
            .into_par_iter()
            .filter_map(|number| {
                let fixture = fixtures.get((number / repeats) as usize)?;
                Some(one(fixture, plan, number))
            })
            .collect();
        for session in &played {
            results.add(session);
        }
        begun = end;
        budget.report("sessions played", begun, total);
    }
    Outcome::Complete(results)
}

fn one(fixture: &Fixture<'_>, plan: &Plan, number: u64) -> Played {
    let place = fixture.place;
    let strategies: Vec<Strategy> = fixture
        .lineup
        .iter()
        .filter_map(|s| plan.strategies.get(*s).copied())
        .collect();
    let seats = Seats {
        strategies: &strategies,
        first: fixture.first,
        traced: false,
    };
    let session = play(place, seats, &mut Luck::new(plan.seed, number));
    let agreed = match session.end {
        End::Agreed { deal, round, .. } => Some((deal, round)),
        End::Deadline | End::Left { .. } => None,
    };
    let distances = agreed.and_then(|(deal, _)| {
        let landmarks = place.landmarks.as_ref()?;
        let ladders = place.ladders.iter();
        let point: Vec<i128> = ladders.map(|l| l.worth[deal as usize]).collect();
        let d = landmarks.distances(&point);
        Some([d.efficient, d.nash, d.kalai_smorodinsky, d.welfare])
    });
    let lineup = fixture.lineup;
    let seats = (0..lineup.len()).map(|party| {
        let (advantage, utility) = match agreed {
            Some((deal, round)) => (
                place.advantage(party, deal, round),
                place.utility(party, deal, round),
            ),
            None => (0.0, place.disagreement(party)),
        };
        let utility = utility.to_f64().unwrap_or_default();
        (lineup[party], advantage, utility)
    });
    Played {
        scenario: fixture.scenario,
        offers: session.offers,
        rounds: agreed.map(|(_, round)| round + 1),
        distances,
        seats: seats.collect(),
    }
}

impl Results {
    fn add(&mut self, session: &Played) {
        self.sessions += 1;
        self.offers += session.offers;
        let agreed = f64::from(u8::from(session.rounds.is_some()));
        self.agreements.add(agreed);
        if let Some(rounds) = session.rounds {
            self.rounds.add(f64::from(rounds));
        }
        if let Some([efficient, nash, kalai_smorodinsky, _]) = session.distances {
            self.efficient.add(efficient);
            self.nash.add(nash);
            self.kalai_smorodinsky.add(kalai_smorodinsky);
        }
        self.welfare.add(session.distances.map_or(0.0, |d| d[3]));
        for (party, (own, advantage, utility)) in session.seats.iter().enumerate() {
            let add = |score: &mut Score| {
                score.agreements.add(agreed);
                score.advantage.add(*advantage);
                score.utility.add(*utility);
            };
            self.rows.get_mut(*own).map(add);
            let party_score = self.parties.get_mut(party);
            party_score.filter(|_| session.scenario == 0).map(add);
            for (other, (strategy, ..)) in session.seats.iter().enumerate() {
                if other != party
                    && let Some(cell) = self.cells.get_mut(*own).and_then(|c| c.get_mut(*strategy))
                {
                    add(cell);
                }
            }
        }
    }
}
