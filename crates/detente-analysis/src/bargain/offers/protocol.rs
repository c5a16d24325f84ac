#![doc = include_str!("protocol.md")]

use super::choice::{Choice, Frequencies};
use super::scenario::Scenario;
use super::strategy::{Aspiration, Luck, Negotiator, Strategy, View};

/// The page of the protocol.
pub const PAGE: &str = include_str!("protocol.md");

/// What a party does in a turn. Parties are places at the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It offers a package.
    Offer(u32),
    /// It accepts the package that stands.
    Accept(u32),
    /// No package is worth it any more: it leaves, and the negotiation is over.
    Leave,
}

/// A turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The round, from 0.
    pub round: u32,
    /// Whose turn it is.
    pub party: usize,
    /// What it does.
    pub act: Act,
}

/// How a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All agree to a package, in a round.
    Agreed {
        /// The package.
        deal: u32,
        /// The round, from 0.
        round: u32,
        /// Whose offer it was.
        by: usize,
    },
    /// Time runs out.
    Deadline,
    /// A party leaves, in a round.
    Left {
        /// Who.
        party: usize,
        /// The round, from 0.
        round: u32,
    },
}

/// What happened in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// How it ended.
    pub end: End,
    /// How many offers were made.
    pub offers: u64,
    /// All turns, if they were asked for.
    pub turns: Vec<Turn>,
}

/// How a session is played.
#[derive(Debug, Clone, Copy)]
pub struct Seats<'a> {
    /// The strategy of each party at the table.
    pub strategies: &'a [Strategy],
    /// Who begins.
    pub first: usize,
    /// Whether all turns are kept.
    pub traced: bool,
}

/// A party in the course of a session.
struct Player {
    negotiator: Box<dyn Negotiator>,
    received: Vec<i128>,
    seen: Option<Frequencies>,
    /// Which packages it has offered or accepted, and how many.
    made: Vec<u64>,
    different: u32,
}

impl Player {
    fn stands_for(&mut self, deal: u32) {
        let (word, bit) = (deal as usize / 64, 1_u64 << (deal % 64));
        if let Some(word) = self.made.get_mut(word)
            && *word & bit == 0
        {
            *word |= bit;
            self.different += 1;
        }
    }
}

/// The offer that stands.
struct Standing {
    deal: u32,
    by: usize,
    accepted: usize,
}

/// Plays one session.
pub fn play(scenario: &Scenario, seats: Seats<'_>, luck: &mut Luck) -> Session {
    let parties = scenario.parties.len();
    let kind = scenario.setting.choice == Choice::Kindest;
    let mut players: Vec<Player> = (0..parties)
        .filter_map(|party| seats.strategies.get(party))
        .map(|strategy| Player {
            negotiator: strategy.negotiator(),
            received: Vec::new(),
            seen: kind.then(|| Frequencies::new(&scenario.sizes)),
            made: vec![0; scenario.listing.len().div_ceil(64)],
            different: 0,
        })
        .collect();
    let mut session = Session {
        end: End::Deadline,
        offers: 0,
        turns: Vec::new(),
    };
    if players.len() < parties {
        return session;
    }
    let discounted = scenario.is_discounted();
    let mut standing: Option<Standing> = None;
    for round in 0..scenario.setting.rounds {
        for turn in 0..parties {
            let party = (seats.first + turn) % parties;
            if discounted && let Some(offer) = &standing {
                // Who made or accepted it would not any more.
                let mut behind = (0..=offer.accepted).map(|k| (offer.by + k) % parties);
                if !behind.all(|p| scenario.accepts(p, offer.deal, round)) {
                    standing = None;
                }
            }
            let act = decide(
                scenario,
                &mut players,
                standing.as_ref(),
                party,
                round,
                luck,
            );
            if seats.traced {
                session.turns.push(Turn { round, party, act });
            }
            match act {
                Act::Leave => {
                    session.end = End::Left { party, round };
                    return session;
                }
                Act::Offer(deal) => {
                    session.offers += 1;
                    players[party].stands_for(deal);
                    if kind {
                        for (other, player) in players.iter_mut().enumerate() {
                            if other != party
                                && let Some(seen) = &mut player.seen
                            {
                                seen.saw(scenario.listing.deal(deal));
                            }
                        }
                    }
                    standing = Some(Standing {
                        deal,
                        by: party,
                        accepted: 0,
                    });
                }
                Act::Accept(deal) => {
                    players[party].stands_for(deal);
                    if let Some(offer) = &mut standing {
                        offer.accepted += 1;
                        if offer.accepted + 1 == parties {
                            let by = offer.by;
                            session.end = End::Agreed { deal, round, by };
                            return session;
                        }
                    }
                }
            }
        }
    }
    session
}

/// What a party does in its turn.
fn decide(
    scenario: &Scenario,
    players: &mut [Player],
    standing: Option<&Standing>,
    party: usize,
    round: u32,
    luck: &mut Luck,
) -> Act {
    let ladder = &scenario.ladders[party];
    let steps = scenario.steps(party, round);
    if steps == 0 {
        return Act::Leave;
    }
    let others = players.iter().enumerate().filter(|(p, _)| *p != party);
    let different_offers = others.map(|(_, p)| p.different).min().unwrap_or(0);
    let player = &mut players[party];
    if let Some(offer) = standing {
        player.received.push(ladder.worth[offer.deal as usize]);
    }
    let view = View {
        ladder,
        round,
        rounds: scenario.setting.rounds,
        steps,
        received: &player.received,
        different_offers,
    };
    let lowest = steps - 1;
    let (place, accepted) = match player.negotiator.aspire(&view, luck) {
        Aspiration::AtLeast(worth) => {
            let step = ladder.lowest(worth).min(lowest);
            (None, step)
        }
        Aspiration::Place { offered, accepted } => {
            let standing = ladder.standing(accepted);
            let step = standing.map_or(lowest, |(_, step)| step.min(lowest));
            (Some(offered), step)
        }
    };
    if let Some(offer) = standing
        && ladder.step(offer.deal).is_some_and(|step| step <= accepted)
    {
        return Act::Accept(offer.deal);
    }
    let place = place.unwrap_or_else(|| {
        let seen = player.seen.as_ref();
        scenario
            .setting
            .choice
            .place(ladder, accepted, &scenario.listing, seen, luck)
    });
    let Some(deal) = ladder.at(place) else {
        return Act::Leave;
    };
    player.negotiator.offered(place);
    player.negotiator.offered_worth(ladder.worth[deal as usize]);
    Act::Offer(deal)
}
