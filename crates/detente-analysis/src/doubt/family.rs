//! What the text leaves open, and the orders of each party that come of it.

use detente_model::PartyId;
use detente_model::model::{Candidate, Interval, Model, Preferences, Statement};
use detente_model::syntax::ast::{Certainty, probability};

use super::orders::{self, Listed};
use crate::{Budget, Game, Ranking, Stop};

/// One thing about a party's preferences that is not known, independent of all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Whose preferences.
    pub party: PartyId,
    /// What is in doubt.
    pub about: About,
    /// The answers that there are, two or more.
    pub answers: Vec<Answer>,
    /// The answer of the basic reading, as a place among the answers.
    pub basic: usize,
    /// Whether the text gives no probabilities, so that they are assumed.
    pub assumed: bool,
}

/// What is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Whether the statement at this place holds.
    Statement(usize),
    /// Whether the statement at this place stands before or after the next one.
    Swap(usize),
    /// Which candidate is the order.
    Candidates,
    /// The weight of the line at this place.
    Weight(usize),
}

/// One answer to a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What it says.
    pub says: Says,
    /// Its probability, as a share of the sum of all weights of the doubt.
    pub weight: u64,
}

/// What an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The statement holds.
    Holds,
    /// It does not hold.
    Dropped,
    /// The statements stand as written.
    AsWritten,
    /// They change places.
    Swapped,
    /// The candidate of this number.
    Candidate(usize),
    /// The weight lies between two values, in millionths. Both are the same for the very value at which
    /// the order changes.
    Between(i64, i64),
}

impl Doubt {
    /// The sum of the weights of its answers.
    pub fn total(&self) -> u64 {
        self.answers.iter().map(|a| a.weight).sum()
    }
}

/// What one party may prefer.
#[derive(Debug, Clone)]
pub struct Possible {
    /// The first of its doubts in [`Family::doubts`], and how many it has.
    first: usize,
    count: usize,
    /// Its different orders; `None` when there are too many to list.
    listed: Option<Listed>,
}

impl Possible {
    /// Its different orders, unless there are too many to list.
    pub fn listed(&self) -> Option<&Listed> {
        self.listed.as_ref()
    }

    /// The places of its doubts in [`Family::doubts`].
    pub fn doubts(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.count
    }
}

/// All completions of the preferences of a game: every combination of answers to what is in doubt.
///
/// The doubts are independent of each other. A statement marked `maybe` holds or does not; one marked
/// `either order` stands as written or changes places with the one after it. Several marks are carried
/// out from the top down, each on the two statements that stand there by then, so that a statement can
/// sink through a whole chain of marks; after that the statements that do not hold are left out.
/// Without a probability both answers have 1/2, and candidates have the same. A weight between bounds is
/// uniform between them. Answers of probability 0 are left out.
#[derive(Clone)]
pub struct Family<'g, 'm> {
    game: &'g Game<'m>,
    doubts: Vec<Doubt>,
    parties: Vec<Possible>,
}

impl<'g, 'm> Family<'g, 'm> {
    /// Collects what is in doubt and lists the orders of each party that has at most `most` completions.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled.
    pub fn new(game: &'g Game<'m>, most: u64, budget: &Budget) -> Result<Self, Stop> {
        let mut doubts = Vec::new();
        let mut parties = Vec::with_capacity(game.model.parties.len());
        for party in game.model.party_ids() {
            let first = doubts.len();
            let (own, listed) = orders::of_party(game, party, most, budget)?;
            parties.push(Possible {
                first,
                count: own.len(),
                listed,
            });
            doubts.extend(own);
        }
        Ok(Self {
            game,
            doubts,
            parties,
        })
    }

    /// The game.
    pub fn game(&self) -> &'g Game<'m> {
        self.game
    }

    /// Everything that is in doubt, party by party.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// What each party may prefer.
    pub fn parties(&self) -> &[Possible] {
        &self.parties
    }

    /// The answers of the basic reading.
    pub fn basic(&self) -> Vec<usize> {
        self.doubts.iter().map(|d| d.basic).collect()
    }

    /// How many combinations of different orders there are; `None` when a party's orders are not listed
    /// or the number is too large.
    pub fn profiles(&self) -> Option<u64> {
        self.parties.iter().try_fold(1_u64, |product, party| {
            product.checked_mul(party.listed.as_ref()?.orders().len() as u64)
        })
    }

    /// The ranking that a party has with these answers to all doubts. A weight is taken in the middle of
    /// what its answer says.
    pub fn ranking(&self, party: PartyId, answers: &[usize]) -> Ranking {
        let Some(possible) = self.parties.get(party.index()) else {
            return Ranking::from_values(&vec![0_u8; self.game.space.len()]);
        };
        let own = answers.get(possible.doubts()).unwrap_or_default();
        if let Some(listed) = &possible.listed {
            return listed.ranking(own).clone();
        }
        let doubts = self.doubts.get(possible.doubts()).unwrap_or_default();
        orders::unlisted(self.game, party, doubts, own)
    }
}

/// For each party whether the text marks something of its preferences as doubtful.
pub fn in_doubt(model: &Model) -> Vec<bool> {
    let marked = |s: &Statement| !s.certainty.is_certain() || s.either_order;
    let parties = model.parties.iter();
    parties
        .map(|party| {
            party.candidates.len() > 1
                || !party.intervals.is_empty()
                || statements(&party.preferences).iter().any(marked)
        })
        .collect()
}

/// Millionths of a probability as written, one half when none is given, and whether none is.
fn millionths(written: Option<&str>) -> (u64, bool) {
    let given = written.and_then(probability);
    (given.unwrap_or(500_000), given.is_none())
}

/// The weights divided by what they have in common.
fn reduced(mut answers: Vec<Answer>) -> Vec<Answer> {
    let common = answers.iter().fold(0, |common, a| {
        let (mut a, mut b) = (a.weight, common);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    for answer in &mut answers {
        answer.weight = answer.weight.checked_div(common).unwrap_or(answer.weight);
    }
    answers
}

/// The doubts about a list of statements, in order.
pub(super) fn about_statements(party: PartyId, list: &[Statement]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (place, statement) in list.iter().enumerate() {
        let probability = match &statement.certainty {
            Certainty::Certain => None,
            Certainty::Maybe => Some(None),
            Certainty::Probability(text) => Some(Some(text.as_str())),
        };
        if let Some(probability) = probability {
            let (holds, assumed) = millionths(probability);
            if (1..1_000_000).contains(&holds) {
                doubts.push(Doubt {
                    party,
                    about: About::Statement(place),
                    answers: reduced(vec![
                        Answer {
                            says: Says::Holds,
                            weight: holds,
                        },
                        Answer {
                            says: Says::Dropped,
                            weight: 1_000_000 - holds,
                        },
                    ]),
                    basic: 0,
                    assumed,
                });
            }
        }
        if statement.either_order && place + 1 < list.len() {
            let answer = |says| Answer { says, weight: 1 };
            doubts.push(Doubt {
                party,
                about: About::Swap(place),
                answers: vec![answer(Says::AsWritten), answer(Says::Swapped)],
                basic: 0,
                assumed: true,
            });
        }
    }
    doubts
}

/// The statements that hold with these answers, in their order, as places in the list as written.
pub(super) fn standing(list: &[Statement], doubts: &[Doubt], answers: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    let mut dropped: Vec<bool> = list
        .iter()
        .map(|s| {
            let Certainty::Probability(text) = &s.certainty else {
                return false;
            };
            millionths(Some(text)).0 == 0
        })
        .collect();
    for (doubt, answer) in doubts.iter().zip(answers) {
        let says = doubt.answers.get(*answer).map(|a| a.says);
        match (doubt.about, says) {
            (About::Statement(place), Some(Says::Dropped)) => {
                if let Some(dropped) = dropped.get_mut(place) {
                    *dropped = true;
                }
            }
            (About::Swap(place), Some(Says::Swapped)) => order.swap(place, place + 1),
            _ => {}
        }
    }
    order.retain(|place| !dropped.get(*place).copied().unwrap_or(true));
    order
}

/// The doubt about which candidate is the order, unless there is one only.
pub(super) fn about_candidates(party: PartyId, candidates: &[Candidate]) -> Option<Doubt> {
    let assumed = candidates.iter().all(|c| c.probability.is_none());
    let mut answers = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let weight = if assumed {
            1
        } else {
            millionths(candidate.probability.as_deref()).0
        };
        if weight > 0 {
            answers.push(Answer {
                says: Says::Candidate(place),
                weight,
            });
        }
    }
    let mut basic = 0;
    for (place, answer) in answers.iter().enumerate() {
        if answers.get(basic).is_some_and(|b| answer.weight > b.weight) {
            basic = place;
        }
    }
    Some(Doubt {
        party,
        about: About::Candidates,
        answers: reduced(answers),
        basic,
        assumed,
    })
    .filter(|d| d.answers.len() > 1)
}

/// The doubt about a weight, from the values between its bounds, ascending, at which the order changes:
/// the open pieces between them, and these values themselves, of probability 0.
pub(super) fn about_weight(party: PartyId, interval: &Interval, turns: &[i64]) -> Doubt {
    let mut answers: Vec<Answer> = Vec::new();
    let mut from = interval.least;
    let middle = interval.middle();
    for &turn in turns {
        if turn > from {
            answers.push(between(from, turn));
        }
        answers.push(between(turn, turn));
        from = turn;
    }
    if interval.most > from {
        answers.push(between(from, interval.most));
    }
    let holds = |a: &Answer| match a.says {
        Says::Between(from, to) if from == to => middle == from,
        // A piece that begins or ends at a bound of the interval has that bound in it.
        Says::Between(from, to) => {
            (from < middle || from == interval.least && middle == from)
                && (middle < to || to == interval.most && middle == to)
        }
        _ => false,
    };
    let point = answers
        .iter()
        .position(|a| matches!(a.says, Says::Between(f, t) if f == t && f == middle));
    let basic = point
        .or_else(|| answers.iter().position(holds))
        .unwrap_or(0);
    Doubt {
        party,
        about: About::Weight(interval.line),
        answers: reduced(answers),
        basic,
        assumed: true,
    }
}

fn between(from: i64, to: i64) -> Answer {
    Answer {
        says: Says::Between(from, to),
        weight: to.abs_diff(from),
    }
}

/// Whether the party's preferences are statements, and which.
pub(super) fn statements(preferences: &Preferences) -> &[Statement] {
    match preferences {
        Preferences::Statements(list) => list,
        _ => &[],
    }
}
