//! How a party makes offers and what it accepts: one strategy, one file, with its page beside it.

mod averaged;
mod boulware;
mod conceder;
mod hardliner;
mod hybrid;
mod linear;
mod micro;
mod random;
mod reciprocal;
mod time;
mod tit_for_tat;

use std::fmt;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::ladder::Ladder;

/// What a party asks for in one of its turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspiration {
    /// A package of at least that worth; a standing offer is accepted when it is worth as much as the
    /// least of these.
    AtLeast(i128),
    /// A certain package, as a place in the party's own order, best first; a standing offer is accepted when
    /// it is worth as much as the package at another place.
    Place {
        /// What is offered.
        offered: u32,
        /// What is still accepted.
        accepted: u32,
    },
}

/// What a party knows in one of its turns.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What packages are worth to it.
    pub ladder: &'a Ladder,
    /// The round, from 0.
    pub round: u32,
    /// How many rounds there are.
    pub rounds: u32,
    /// How many steps of its ladder are still worth an agreement today.
    pub steps: u32,
    /// What the offer that stood in each of its turns was worth to it.
    pub received: &'a [i128],
    /// How many different packages each of the others has offered or accepted, at least.
    pub different_offers: u32,
}

impl View<'_> {
    /// The share of the time that is over, from 0 in the first round to 1 in the last.
    pub fn time(&self) -> f64 {
        f64::from(self.round) / f64::from(self.rounds.saturating_sub(1).max(1))
    }

    /// How many packages it can still offer: the first ones of its own order.
    pub fn offerable(&self) -> u32 {
        self.ladder.until(self.steps)
    }
}

/// The random numbers of one session.
#[derive(Debug, Clone)]
pub struct Luck {
    random: ChaCha8Rng,
}

impl Luck {
    /// The numbers of a session; those of different sessions are unrelated, whoever plays them when.
    pub fn new(seed: u64, session: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(session);
        Self { random }
    }

    /// A number from 0 up to and without `bound`, all equally likely up to a difference of `bound` in 2^64; 0
    /// when `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.random.next_u64()) * u128::from(bound)) >> 64) as u32
    }
}

/// Somebody who makes offers.
pub(super) trait Negotiator {
    /// What is asked for now. Called once in each turn.
    fn aspire(&mut self, view: &View<'_>, luck: &mut Luck) -> Aspiration;

    /// Told which place of its order it has offered.
    fn offered(&mut self, _place: u32) {}

    /// Told what its own offer is worth to it.
    fn offered_worth(&mut self, _worth: i128) {}
}

/// The number that a strategy takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// What it means.
    pub meaning: &'static str,
    /// What it is unless it is given.
    pub usual: f64,
    /// The least that it can be.
    pub least: f64,
    /// The most that it can be.
    pub most: f64,
    /// Whether only whole numbers will do.
    pub whole: bool,
}

/// A strategy that can be asked for.
#[derive(Debug)]
pub struct StrategyInfo {
    /// How it is called on the command line and in results.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// It in one sentence.
    pub says: &'static str,
    /// Its number, if it takes one.
    pub parameter: Option<Parameter>,
    /// Its page.
    pub page: &'static str,
    make: fn(f64) -> Box<dyn Negotiator>,
}

const fn exponent(usual: f64, least: f64, most: f64) -> Parameter {
    Parameter {
        meaning: "e: after a share t of the time, the part t^(1/e) is conceded",
        usual,
        least,
        most,
        whole: false,
    }
}

const fn count(meaning: &'static str, usual: f64) -> Parameter {
    Parameter {
        meaning,
        usual,
        least: 1.0,
        most: 1_000_000.0,
        whole: true,
    }
}

static STRATEGIES: [StrategyInfo; 9] = [
    StrategyInfo {
        id: "boulware",
        name: "Boulware",
        says: "asks for much until late",
        parameter: Some(exponent(0.2, 0.001, 0.999)),
        page: boulware::PAGE,
        make: |e| Box::new(boulware::Boulware(e)),
    },
    StrategyInfo {
        id: "linear",
        name: "Linear concession",
        says: "concedes the same in every round",
        parameter: None,
        page: linear::PAGE,
        make: |_| Box::new(linear::Linear),
    },
    StrategyInfo {
        id: "conceder",
        name: "Conceder",
        says: "concedes early",
        parameter: Some(exponent(2.0, 1.001, 1000.0)),
        page: conceder::PAGE,
        make: |e| Box::new(conceder::Conceder(e)),
    },
    StrategyInfo {
        id: "tit_for_tat",
        name: "Tit for tat, relative",
        says: "answers a concession by one in the same proportion",
        parameter: Some(count("how many offers ago the concession was made", 1.0)),
        page: tit_for_tat::PAGE,
        make: |lag| Box::new(tit_for_tat::TitForTat::new(whole(lag))),
    },
    StrategyInfo {
        id: "averaged",
        name: "Tit for tat, averaged",
        says: "answers what was conceded over several offers",
        parameter: Some(count("over how many offers", 2.0)),
        page: averaged::PAGE,
        make: |window| Box::new(averaged::Averaged::new(whole(window))),
    },
    StrategyInfo {
        id: "micro",
        name: "MiCRO",
        says: "makes one new offer for each new offer of the others",
        parameter: None,
        page: micro::PAGE,
        make: |_| Box::new(micro::Micro::new()),
    },
    StrategyInfo {
        id: "hybrid",
        name: "Hybrid",
        says: "goes by the others' conduct first, by the time in the end",
        parameter: Some(exponent(1.0, 0.001, 1000.0)),
        page: hybrid::PAGE,
        make: |e| Box::new(hybrid::Hybrid::new(e)),
    },
    StrategyInfo {
        id: "hardliner",
        name: "Hardliner",
        says: "never concedes",
        parameter: None,
        page: hardliner::PAGE,
        make: |_| Box::new(hardliner::Hardliner),
    },
    StrategyInfo {
        id: "random",
        name: "Random",
        says: "offers any package that is worth it",
        parameter: None,
        page: random::PAGE,
        make: |_| Box::new(random::Random),
    },
];

/// All strategies.
pub fn strategies() -> &'static [StrategyInfo] {
    &STRATEGIES
}

/// A strategy with its number.
#[derive(Debug, Clone, Copy)]
pub struct Strategy {
    info: &'static StrategyInfo,
    number: f64,
}

impl PartialEq for Strategy {
    fn eq(&self, other: &Self) -> bool {
        self.info.id == other.info.id && self.number.to_bits() == other.number.to_bits()
    }
}

/// A number of offers; numbers that are none, or no whole ones, were not read.
fn whole(number: f64) -> usize {
    number.to_usize().unwrap_or(1)
}

/// Why a text is no strategy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoStrategy {
    /// There is none of that name.
    #[error("there is no strategy `{0}`")]
    Unknown(String),
    /// It takes no number.
    #[error("`{0}` takes no number")]
    NoNumber(&'static str),
    /// The number does not fit.
    #[error("`{text}` is no number for `{id}`")]
    Number {
        /// The strategy.
        id: &'static str,
        /// The number as written.
        text: String,
        /// What would fit.
        wanted: String,
    },
}

impl Strategy {
    /// Reads `linear` or, with a number, `boulware:0.2`.
    pub fn read(text: &str) -> Result<Self, NoStrategy> {
        let (id, number) = match text.split_once(':') {
            Some((id, number)) => (id.trim(), Some(number.trim())),
            None => (text.trim(), None),
        };
        let info = STRATEGIES.iter().find(|s| s.id == id);
        let info = info.ok_or_else(|| NoStrategy::Unknown(id.to_owned()))?;
        let number = match (number, &info.parameter) {
            (None, parameter) => parameter.map_or(0.0, |p| p.usual),
            (Some(_), None) => return Err(NoStrategy::NoNumber(info.id)),
            (Some(text), Some(p)) => {
                let fits =
                    |n: &f64| *n >= p.least && *n <= p.most && (!p.whole || n.fract() == 0.0);
                text.parse()
                    .ok()
                    .filter(fits)
                    .ok_or_else(|| NoStrategy::Number {
                        id: info.id,
                        text: text.to_owned(),
                        wanted: format!(
                            "a {} from {} to {}: {}",
                            if p.whole { "whole number" } else { "number" },
                            p.least,
                            p.most,
                            p.meaning
                        ),
                    })?
            }
        };
        Ok(Self { info, number })
    }

    /// All strategies, with their usual numbers.
    pub fn all() -> Vec<Self> {
        let usual = |info: &'static StrategyInfo| info.parameter.map_or(0.0, |p| p.usual);
        let all = STRATEGIES.iter();
        all.map(|info| Self {
            info,
            number: usual(info),
        })
        .collect()
    }

    /// What it is.
    pub fn info(&self) -> &'static StrategyInfo {
        self.info
    }

    /// Its number, if it takes one.
    pub fn number(&self) -> Option<f64> {
        self.info.parameter.map(|_| self.number)
    }

    pub(super) fn negotiator(&self) -> Box<dyn Negotiator> {
        (self.info.make)(self.number)
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            Some(number) => write!(f, "{}:{number}", self.info.id),
            None => f.write_str(self.info.id),
        }
    }
}

/// `amount` times `part` divided by `of`, rounded down; nothing negative comes in.
fn portion(amount: i128, part: i128, of: i128) -> i128 {
    let product = amount.checked_mul(part);
    product.map_or_else(
        || {
            let exact = BigInt::from(amount) * part / of;
            exact.to_i128().unwrap_or(i128::MAX)
        },
        |p| p / of,
    )
}
