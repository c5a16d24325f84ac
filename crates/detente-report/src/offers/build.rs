//! From a session to its serialisable form.

use detente_analysis::bargain::offers::{Act, End, Ladder, Scenario, Session, Strategy};
use detente_analysis::model::Model;
use indexmap::IndexMap;

use super::finding::{
    AgreementEntry, Bargaining, CalendarEntry, DistanceEntry, LandmarkEntry, PartyEntry, Share,
    TurnEntry,
};
use super::{choice, notes};
use crate::doubt::rounded;
use crate::packages::Exact;

/// A session and how it was played.
#[derive(Debug, Clone, Copy)]
pub struct Played<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made before.
    pub variants: &'a [String],
    /// What was played.
    pub scenario: &'a Scenario,
    /// The strategy of each party at the table.
    pub strategies: &'a [Strategy],
    /// Who began, as a place at the table.
    pub first: usize,
    /// Where the random numbers started.
    pub seed: u64,
    /// What happened.
    pub session: &'a Session,
    /// Whether turns are listed.
    pub traced: bool,
    /// Whether a utility has discounts that do not count, since rounds have no days.
    pub undated: bool,
}

/// Puts a session into its serialisable form.
pub fn finding(played: &Played<'_>) -> Bargaining {
    let Played {
        model,
        scenario,
        session,
        ..
    } = *played;
    let name = |party: usize| name(model, scenario, party);
    let seats = scenario.parties.len();
    let calendar = scenario.setting.calendar;
    let parties = (0..seats).map(|turn| {
        let party = (played.first + turn) % seats;
        PartyEntry {
            party: name(party),
            strategy: played
                .strategies
                .get(party)
                .map(ToString::to_string)
                .unwrap_or_default(),
            disagreement: Exact(scenario.disagreement(party)),
            by_reservation: scenario.is_reserved(party),
            best: Exact(scenario.best(party)),
            acceptable: scenario.ladders.get(party).map_or(0, Ladder::len),
        }
    });
    let (end, left, agreement) = match session.end {
        End::Agreed { deal, round, by } => {
            ("agreed", None, Some(agreement(played, deal, round, by)))
        }
        End::Deadline => ("deadline", None, None),
        End::Left { party, .. } => ("left", Some(name(party)), None),
    };
    let points = |points: &[Vec<i128>]| -> Vec<IndexMap<String, Exact>> {
        let point = |p: &Vec<i128>| {
            let worths = p.iter().enumerate();
            worths
                .map(|(party, units)| (name(party), Exact(scenario.in_utility(party, *units))))
                .collect()
        };
        points.iter().map(point).collect()
    };
    Bargaining {
        format: "detente-bargain/1".to_owned(),
        negotiation: model.title.clone(),
        variants: played.variants.to_vec(),
        rounds: scenario.setting.rounds,
        calendar: calendar.map(|c| CalendarEntry {
            from: c.from.to_string(),
            until: c.day(scenario.setting.rounds.saturating_sub(1)).to_string(),
            rounds: c.pace.rounds(),
            days: c.pace.days(),
        }),
        ratified: scenario.setting.ratified,
        choice: choice(scenario.setting.choice).to_owned(),
        seed: played.seed,
        first: name(played.first),
        parties: parties.collect(),
        packages: scenario.listing.len(),
        all_packages: scenario.listing.whole,
        agreeable: scenario.landmarks.as_ref().map_or(0, |l| l.agreeable),
        end: end.to_owned(),
        left,
        agreement,
        offers: session.offers,
        landmarks: scenario.landmarks.as_ref().map(|l| LandmarkEntry {
            efficient: l.efficient.len(),
            nash: points(&l.nash),
            kalai_smorodinsky: points(&l.kalai_smorodinsky),
            kalai: points(&l.kalai),
        }),
        turns: played.traced.then(|| turns(played)),
        notes: notes(scenario, played.undated),
    }
}

/// The name of a party at the table.
pub(super) fn name(model: &Model, scenario: &Scenario, party: usize) -> String {
    let party = scenario.parties.get(party);
    party
        .map(|p| model.party(*p).name.clone())
        .unwrap_or_default()
}

/// The level of each issue.
fn package(played: &Played<'_>, deal: u32) -> IndexMap<String, String> {
    let issues = played.model.bargain.issues.iter();
    let levels = issues.zip(played.scenario.listing.deal(deal));
    levels
        .filter_map(|(issue, level)| {
            let level = issue.levels.get(usize::from(*level))?;
            Some((issue.name.clone(), level.name.clone()))
        })
        .collect()
}

fn agreement(played: &Played<'_>, deal: u32, round: u32, by: usize) -> AgreementEntry {
    let scenario = played.scenario;
    let seats = scenario.parties.len();
    let point: Vec<i128> = scenario
        .ladders
        .iter()
        .filter_map(|l| l.worth.get(deal as usize).copied())
        .collect();
    let distances = scenario.landmarks.as_ref().map(|l| l.distances(&point));
    AgreementEntry {
        package: package(played, deal),
        round: round + 1,
        day: scenario.setting.calendar.map(|c| c.day(round).to_string()),
        by: name(played.model, scenario, by),
        parties: (0..seats)
            .map(|party| {
                let share = Share {
                    utility: Exact(scenario.utility(party, deal, round)),
                    advantage: rounded(scenario.advantage(party, deal, round)),
                };
                (name(played.model, scenario, party), share)
            })
            .collect(),
        distances: distances.map(|d| DistanceEntry {
            efficient: rounded(d.efficient),
            nash: rounded(d.nash),
            kalai_smorodinsky: rounded(d.kalai_smorodinsky),
            kalai: rounded(d.kalai),
            welfare: rounded(d.welfare),
        }),
    }
}

fn turns(played: &Played<'_>) -> Vec<TurnEntry> {
    let scenario = played.scenario;
    let turns = played.session.turns.iter();
    turns
        .map(|turn| {
            let (does, deal) = match turn.act {
                Act::Offer(deal) => ("offers", Some(deal)),
                Act::Accept(deal) => ("accepts", Some(deal)),
                Act::Leave => ("leaves", None),
            };
            let utilities = deal.map_or_else(IndexMap::new, |deal| {
                let seats = 0..scenario.parties.len();
                let worth = |party| Exact(scenario.utility(party, deal, turn.round));
                seats
                    .map(|p| (name(played.model, scenario, p), worth(p)))
                    .collect()
            });
            TurnEntry {
                round: turn.round + 1,
                day: scenario
                    .setting
                    .calendar
                    .map(|c| c.day(turn.round).to_string()),
                party: name(played.model, scenario, turn.party),
                does: does.to_owned(),
                package: deal.map(|d| package(played, d)),
                utilities,
            }
        })
        .collect()
}
