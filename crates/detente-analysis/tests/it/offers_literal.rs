//! The protocol and the strategies as their pages say them, written for reading: every turn looks at all
//! packages afresh.

use std::collections::BTreeSet;

use detente_analysis::Budget;
use detente_analysis::bargain::DealSpace;
use detente_analysis::bargain::offers::{Act, Calendar, End, Luck, Pace, Scenario, Setting, Turn};
use detente_analysis::model::bargain::{Bargain, Discount, Ratifier};
use detente_analysis::model::syntax::ast::{Place, Ratification};
use num_rational::BigRational;
use proptest::prelude::*;

use super::{bargain, number, session, utility};

type Package = Vec<usize>;

/// What a party thinks.
struct Side {
    tables: Vec<Vec<i64>>,
    disagreement: i64,
    /// From which round on by which factor gains shrink.
    discounts: Vec<(u32, BigRational)>,
    home: Vec<Home>,
    ratified: Ratification,
}

struct Home {
    tables: Vec<Vec<i64>>,
    disagreement: i64,
    votes: u32,
}

fn worth(tables: &[Vec<i64>], package: &Package) -> i64 {
    tables.iter().zip(package).map(|(t, l)| t[*l]).sum()
}

impl Side {
    fn worth(&self, package: &Package) -> i64 {
        worth(&self.tables, package)
    }

    /// Whether it would agree to a package on the day of a round.
    fn agrees(&self, package: &Package, round: u32) -> bool {
        let worth = number(self.worth(package));
        let discount = self.discounts.iter().rev().find(|(from, _)| *from <= round);
        let left = match discount {
            Some((_, factor)) if worth > number(0) => worth * factor,
            _ => worth,
        };
        left >= number(self.disagreement) && self.would_be_ratified(package)
    }

    fn would_be_ratified(&self, package: &Package) -> bool {
        if self.home.is_empty() {
            return true;
        }
        let accepts = |h: &&Home| super::literal::worth(&h.tables, package) >= h.disagreement;
        let for_it: Vec<&Home> = self.home.iter().filter(accepts).collect();
        let votes: u32 = for_it.iter().map(|h| h.votes).sum();
        let all: u32 = self.home.iter().map(|h| h.votes).sum();
        match self.ratified {
            Ratification::All => for_it.len() == self.home.len(),
            Ratification::Any => !for_it.is_empty(),
            Ratification::Majority => votes * 2 > all,
            Ratification::Votes(n) => votes >= n,
        }
    }
}

/// What a party remembers.
#[derive(Default)]
struct Memory {
    stood: Vec<i64>,
    asked: Option<i64>,
    last_offer: Option<i64>,
    made: usize,
    offered_or_accepted: BTreeSet<Package>,
}

fn ceiling(number: &BigRational) -> i64 {
    i64::try_from(number.ceil().to_integer()).unwrap()
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything that a turn depends on, in one place"
)]
/// What it asks for: the offer that it would make, and the worth from which on it accepts.
fn ask(
    strategy: &str,
    side: &Side,
    memory: &mut Memory,
    packages: &[Package],
    round: u32,
    rounds: u32,
    others_made: usize,
    luck: &mut Luck,
) -> Option<(Package, i64)> {
    // Its order: best first, then as listed.
    let mut own: Vec<&Package> = packages.iter().filter(|p| side.agrees(p, 0)).collect();
    own.sort_by_key(|p| std::cmp::Reverse(side.worth(p)));
    let today: Vec<&Package> = own
        .iter()
        .copied()
        .filter(|p| side.agrees(p, round))
        .collect();
    let least_today = side.worth(today.last()?);
    let best = side.worth(own[0]);
    let last = rounds - 1;
    let time = |e: u32| -> i64 {
        if round >= last {
            return side.disagreement;
        }
        assert_eq!(e, 1);
        let part = BigRational::new(round.into(), last.into());
        ceiling(&(number(best) - number(best - side.disagreement) * part))
    };
    // Of gains after two demands.
    let answer = |before: i64, earlier: i64, later: i64| -> i64 {
        let (earlier, later) = ((best - earlier).max(0), (best - later).max(0));
        if earlier == later {
            return before;
        }
        if earlier == 0 {
            return best;
        }
        let ratio = BigRational::new(later.into(), earlier.into());
        let gain = number(before - side.disagreement) * ratio;
        // More is rounded down, less is rounded up.
        let gain = if later > earlier {
            gain.floor()
        } else {
            gain.ceil()
        };
        (side.disagreement + ceiling(&gain)).min(best)
    };
    let asked = match strategy {
        "linear" => time(1),
        "hardliner" => best,
        "tit_for_tat" | "tit_for_tat:2" | "averaged" | "averaged:3" => {
            let stood = &memory.stood;
            let asked = match memory.asked {
                None => best,
                Some(before) => {
                    let pair = match strategy {
                        "tit_for_tat" if stood.len() >= 2 => {
                            Some((stood[stood.len() - 2], stood[stood.len() - 1]))
                        }
                        "tit_for_tat:2" if stood.len() >= 3 => {
                            Some((stood[stood.len() - 3], stood[stood.len() - 2]))
                        }
                        "averaged" | "averaged:3" if stood.len() >= 2 => {
                            let window = if strategy == "averaged" { 2 } else { 3 };
                            let back = window.min(stood.len() - 1);
                            Some((stood[stood.len() - 1 - back], stood[stood.len() - 1]))
                        }
                        _ => None,
                    };
                    pair.map_or(before, |(a, b)| answer(before, a, b))
                }
            };
            memory.asked = Some(asked);
            asked
        }
        "micro" => {
            if memory.made == 0 || (memory.made <= others_made && memory.made < today.len()) {
                let next = today[memory.made.min(today.len() - 1)];
                return Some((next.clone(), side.worth(next)));
            }
            let made = memory.made.min(today.len());
            let again = today[luck.below(made as u32) as usize];
            return Some((again.clone(), side.worth(today[made - 1])));
        }
        "random" => {
            let any = today[luck.below(today.len() as u32) as usize];
            return Some((any.clone(), side.worth(any)));
        }
        other => panic!("{other}"),
    };
    // The package nearest to it from above, and nothing that is no longer worth it.
    let enough: Vec<&&Package> = today
        .iter()
        .filter(|p| side.worth(p) >= asked.max(least_today))
        .collect();
    let nearest = match enough.last() {
        Some(lowest) => side.worth(lowest),
        None => best,
    };
    let offer = packages
        .iter()
        .find(|p| side.worth(p) == nearest && side.agrees(p, 0))?;
    Some((offer.clone(), nearest))
}

/// Plays a session; packages are given by their places in the list.
fn literal(
    sides: &[Side],
    packages: &[Package],
    strategies: &[&str],
    rounds: u32,
    first: usize,
    luck: &mut Luck,
) -> (End, Vec<Turn>) {
    let place = |p: &Package| packages.iter().position(|q| q == p).unwrap() as u32;
    let mut memories: Vec<Memory> = sides.iter().map(|_| Memory::default()).collect();
    let mut turns = Vec::new();
    // The offer that stands, who made it, and who has accepted it.
    let mut standing: Option<(Package, usize, Vec<usize>)> = None;
    for round in 0..rounds {
        for turn in 0..sides.len() {
            let party = (first + turn) % sides.len();
            if let Some((package, by, accepted)) = &standing
                && !accepted
                    .iter()
                    .chain([by])
                    .all(|p| sides[*p].agrees(package, round))
            {
                standing = None;
            }
            let made = memories.iter().enumerate().filter(|(p, _)| *p != party);
            let others_made = made
                .map(|(_, m)| m.offered_or_accepted.len())
                .min()
                .unwrap();
            let memory = &mut memories[party];
            let leaves = !packages.iter().any(|p| sides[party].agrees(p, round));
            if leaves {
                turns.push(Turn {
                    round,
                    party,
                    act: Act::Leave,
                });
                return (End::Left { party, round }, turns);
            }
            if let Some((package, ..)) = &standing {
                memory.stood.push(sides[party].worth(package));
            }
            let (offer, accepts) = ask(
                strategies[party],
                &sides[party],
                memory,
                packages,
                round,
                rounds,
                others_made,
                luck,
            )
            .unwrap();
            if let Some((package, by, accepted)) = &mut standing
                && sides[party].agrees(package, round)
                && sides[party].worth(package) >= accepts
            {
                turns.push(Turn {
                    round,
                    party,
                    act: Act::Accept(place(package)),
                });
                memory.offered_or_accepted.insert(package.clone());
                accepted.push(party);
                if accepted.len() == sides.len() - 1 {
                    let deal = place(package);
                    return (
                        End::Agreed {
                            deal,
                            round,
                            by: *by,
                        },
                        turns,
                    );
                }
                continue;
            }
            turns.push(Turn {
                round,
                party,
                act: Act::Offer(place(&offer)),
            });
            if strategies[party] == "micro" {
                // How far down its order it has come.
                let side = &sides[party];
                let before = packages.iter().filter(|p| side.agrees(p, 0)).filter(|p| {
                    (std::cmp::Reverse(side.worth(p)), place(p))
                        <= (std::cmp::Reverse(side.worth(&offer)), place(&offer))
                });
                memory.made = memory.made.max(before.count());
            }
            memory.last_offer = Some(sides[party].worth(&offer));
            memory.offered_or_accepted.insert(offer.clone());
            standing = Some((offer, party, Vec::new()));
        }
    }
    (End::Deadline, turns)
}

/// A small generator of our own, so that one number makes a whole negotiation.
struct Dice(u64);

impl Dice {
    fn to(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn signed(&mut self, bound: u32) -> i64 {
        i64::from(self.to(u64::from(bound)) as u32)
    }

    fn tables(&mut self, sizes: &[usize]) -> Vec<Vec<i64>> {
        let most = [4, 20, 100][self.to(3) as usize];
        let level = |dice: &mut Self| dice.signed(most) - i64::from(most) / 4;
        sizes
            .iter()
            .map(|s| (0..*s).map(|_| level(self)).collect())
            .collect()
    }
}

const PLAYED: [&str; 8] = [
    "linear",
    "hardliner",
    "tit_for_tat",
    "tit_for_tat:2",
    "averaged",
    "averaged:3",
    "micro",
    "random",
];

fn everything(sizes: &[usize]) -> Vec<Package> {
    let mut all: Vec<Package> = vec![Vec::new()];
    for size in sizes {
        all = all
            .iter()
            .flat_map(|p| (0..*size).map(|l| [p.clone(), vec![l]].concat()))
            .collect();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn sessions_are_those_of_the_literal_reading(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let sizes: Vec<usize> = (0..=dice.to(3)).map(|_| 1 + dice.to(5) as usize).collect();
        let packages = everything(&sizes);
        let parties = 2 + dice.to(3) as usize;
        let rounds = 1 + dice.to(30) as u32;
        let worst = |tables: &[Vec<i64>]| packages.iter().map(|p| worth(tables, p)).min().unwrap();
        let (mut sides, mut utilities) = (Vec::new(), Vec::new());
        for _ in 0..parties {
            let tables = dice.tables(&sizes);
            let reservation = (dice.to(2) == 0).then(|| dice.signed(20) - 5);
            let mut made = utility(&tables, reservation);
            let mut discounts = Vec::new();
            if dice.to(3) == 0 {
                let from = dice.to(40) as u32;
                let factor = BigRational::new((dice.to(5)).into(), 4.into());
                discounts.push((from, factor.clone()));
                let day: jiff::civil::Date = "2019-01-01".parse().unwrap();
                let day = (0..from).fold(day, |d, _| d.tomorrow().unwrap());
                made.discounts = vec![Discount { factor, from: day, event: None }];
            }
            let disagreement = worst(&tables).max(reservation.unwrap_or(i64::MIN));
            let mut home = Vec::new();
            for _ in 0..dice.to(3) {
                let tables = dice.tables(&sizes);
                let reservation = dice.signed(12) - 6;
                let disagreement = worst(&tables).max(reservation);
                home.push((Home { tables, disagreement, votes: 1 + dice.to(3) as u32 }, reservation));
            }
            let ratified = [
                Ratification::All, Ratification::Any, Ratification::Majority, Ratification::Votes(2),
            ][dice.to(4) as usize];
            utilities.push((made, ratified, home.iter().map(|(h, r)| Ratifier {
                name: "home".to_owned(),
                title: None,
                votes: h.votes,
                utility: utility(&h.tables, Some(*r)),
                place: Place::default(),
            }).collect::<Vec<_>>()));
            let home = home.into_iter().map(|(h, _)| h).collect();
            sides.push(Side { tables, disagreement, discounts, home, ratified });
        }
        let mut bargain: Bargain = bargain(utilities.iter().map(|(u, ..)| u.clone()).collect());
        for (side, (_, ratified, home)) in bargain.sides.iter_mut().zip(utilities) {
            side.ratified = ratified;
            side.ratifiers = home;
        }
        let names: Vec<&str> = (0..parties).map(|_| PLAYED[dice.to(8) as usize]).collect();
        let first = dice.to(parties as u64) as usize;
        let setting = Setting {
            ratified: true,
            calendar: Some(Calendar { from: "2019-01-01".parse().unwrap(), pace: Pace::default() }),
            ..super::setting(rounds)
        };
        let space = DealSpace::new(&bargain).unwrap();
        let scenario = Scenario::new(&bargain, &space, setting, &Budget::default()).unwrap();
        let played = session(&scenario, &names, first, &mut Luck::new(seed, 3));
        let expected = literal(&sides, &packages, &names, rounds, first, &mut Luck::new(seed, 3));
        prop_assert_eq!((played.end, played.turns), expected);
        if let End::Agreed { deal, round, .. } = played.end {
            for (party, side) in sides.iter().enumerate() {
                prop_assert!(side.agrees(&packages[deal as usize], round));
                prop_assert!(scenario.utility(party, deal, round) >= number(side.disagreement));
            }
        }
    }
}
