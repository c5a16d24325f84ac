//! Which answer would tell most about what can be agreed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Request;
use super::region::Form;
use super::shares::{Bits, Rated, count};
use super::verdict::{Judged, Mind, Standing, agreement};
use crate::bargain::space::Deal;
use crate::budget::Budget;
use crate::model::bargain::{Bargain, Who};

/// What a voice could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Would you accept this?
    Accept(Deal),
    /// Would you rather have the first of these packages with a name than the second? They are places in the
    /// bargain's packages.
    Prefer(usize, usize),
}

/// What an answer would mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// In which share of the draws it is the answer.
    pub share: f64,
    /// How many packages then must, may and cannot be agreed.
    pub agreed: [u64; 3],
}

/// A question, and what its answers would mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Who is asked.
    pub who: Who,
    /// What.
    pub ask: Ask,
    /// How many bits the answer tells about which packages are agreed, summed over packages: their expected loss
    /// of entropy, estimated from the draws.
    pub bits: f64,
    /// How many packages are left undecided, in the mean of both answers.
    pub undecided: f64,
    /// What yes would mean.
    pub yes: Answer,
    /// What no would mean.
    pub no: Answer,
}

struct Candidate {
    voice: usize,
    ask: Ask,
    bits: Bits,
    told: f64,
}

/// Questions are compared up to this many for each voice.
const MOST_ASKED: usize = 2048;
/// An answer that is expected to tell fewer bits than this tells nothing.
const NOTHING: f64 = 1e-6;

/// The most useful questions, about any packages and about those with a name. All are compared by what they are expected to tell, and the best are answered in
/// full, exactly.
pub(super) fn best(
    bargain: &Bargain,
    minds: &[Mind],
    rated: &Rated,
    judged: &Judged,
    named: &[(usize, Deal)],
    request: &Request,
    budget: &Budget,
) -> (Vec<Question>, Vec<Question>) {
    let undecided: Vec<usize> = judged
        .deals
        .iter()
        .zip(&judged.agreed)
        .filter(|(_, agreed)| **agreed == Standing::May)
        .filter_map(|(deal, _)| rated.place(deal))
        .collect();
    let mut candidates = Vec::new();
    for (voice, mind) in minds.iter().enumerate() {
        candidates.extend(asked(voice, mind, rated, judged, named));
    }
    let all = rated.samples();
    let undecided: Vec<(&Bits, u64)> = undecided
        .iter()
        .map(|place| &rated.agreed[*place])
        .map(|bits| (bits, count(bits)))
        .filter(|(_, hits)| *hits > 0 && *hits < all)
        .collect();
    let logs = Logs::new(all);
    let before: f64 = undecided
        .iter()
        .map(|(_, hits)| logs.doubt(*hits, all))
        .sum();
    candidates.par_iter_mut().for_each(|candidate| {
        if budget.is_cancelled() {
            return;
        }
        let yes = count(&candidate.bits);
        let no = all - yes;
        let (mut after_yes, mut after_no) = (0.0, 0.0);
        for (agreed, hits) in &undecided {
            let both = agreed.iter().zip(&candidate.bits);
            let both: u64 = both.map(|(a, b)| u64::from((a & b).count_ones())).sum();
            after_yes += logs.doubt(both, yes);
            after_no += logs.doubt(hits - both, no);
        }
        candidate.told = (before - after_yes - after_no) / all.max(1) as f64;
    });
    candidates.retain(|c| c.told > NOTHING);
    candidates.sort_by(|a, b| b.told.total_cmp(&a.told));
    let answer = |candidate: &Candidate| answered(bargain, minds, judged, named, candidate, all);
    let (best, rest) = candidates.split_at(request.questions.min(candidates.len()));
    let is_named = |candidate: &&Candidate| match &candidate.ask {
        Ask::Accept(deal) => named.iter().any(|(_, own)| own == deal),
        Ask::Prefer(..) => true,
    };
    if budget.is_cancelled() {
        return (Vec::new(), Vec::new());
    }
    let about_named = best.iter().chain(rest).filter(is_named);
    (
        best.iter().map(answer).collect(),
        about_named.take(request.questions).map(answer).collect(),
    )
}

/// What one voice could be asked: to accept or reject each package that it may, packages with a name first, and
/// to choose between two of these. Questions with the same answers in all draws are one.
fn asked(
    voice: usize,
    mind: &Mind,
    rated: &Rated,
    judged: &Judged,
    named: &[(usize, Deal)],
) -> Vec<Candidate> {
    let mut different: BTreeMap<Bits, Ask> = BTreeMap::new();
    let mut order = Vec::new();
    let mut consider = |bits: Bits, ask: Ask| {
        let yes = count(&bits);
        if yes > 0 && yes < rated.samples() && order.len() < MOST_ASKED {
            different.entry(bits.clone()).or_insert_with(|| {
                order.push(bits);
                ask
            });
        }
    };
    let accepted = |deal: &Deal| rated.place(deal).map(|p| rated.accepted[p][voice].clone());
    for (_, deal) in named {
        if let Some(bits) = accepted(deal) {
            consider(bits, Ask::Accept(deal.clone()));
        }
    }
    for (place, (better, high)) in named.iter().enumerate() {
        for (worse, low) in named.iter().skip(place + 1) {
            let difference = mind.belief.worth(high).minus(&mind.belief.worth(low));
            consider(
                rated.positive(voice, &difference),
                Ask::Prefer(*better, *worse),
            );
        }
    }
    for (deal, standing) in judged.deals.iter().zip(&judged.standings[voice]) {
        if *standing == Standing::May
            && let Some(bits) = accepted(deal)
        {
            consider(bits, Ask::Accept(deal.clone()));
        }
    }
    let found = order.into_iter().filter_map(|bits| {
        let ask = different.get(&bits)?.clone();
        Some(Candidate {
            voice,
            ask,
            bits,
            told: 0.0,
        })
    });
    found.collect()
}

fn answered(
    bargain: &Bargain,
    minds: &[Mind],
    judged: &Judged,
    named: &[(usize, Deal)],
    candidate: &Candidate,
    all: u64,
) -> Question {
    let mind = &minds[candidate.voice];
    let belief = &mind.belief;
    // What yes claims, and what no claims; strict or not.
    let (yes, no): ((Form, bool), (Form, bool)) = match &candidate.ask {
        Ask::Accept(deal) => {
            let gain = belief.gain(deal);
            let opposite = gain.opposite();
            ((gain, false), (opposite, true))
        }
        Ask::Prefer(better, worse) => {
            let of = |package: &usize| {
                let found = named.iter().find(|(place, _)| place == package);
                found.map_or_else(
                    || {
                        Form::known(
                            num_rational::BigRational::default(),
                            belief.parameters.len(),
                        )
                    },
                    |(_, deal)| belief.worth(deal),
                )
            };
            let difference = of(better).minus(&of(worse));
            let opposite = difference.opposite();
            ((difference, true), (opposite, false))
        }
    };
    let share = count(&candidate.bits) as f64 / all.max(1) as f64;
    let answer = |(form, strict): (Form, bool), share: f64| Answer {
        share,
        agreed: mind.told(&form, strict).map_or([0; 3], |told| {
            recounted(bargain, minds, judged, candidate.voice, told)
        }),
    };
    let yes = answer(yes, share);
    let no = answer(no, 1.0 - share);
    let undecided = yes.share * yes.agreed[1] as f64 + no.share * no.agreed[1] as f64;
    Question {
        who: belief.who,
        ask: candidate.ask.clone(),
        bits: candidate.told,
        undecided,
        yes,
        no,
    }
}

/// How many packages must, may and cannot be agreed after one voice was told more of.
fn recounted(
    bargain: &Bargain,
    minds: &[Mind],
    judged: &Judged,
    voice: usize,
    mut told: Mind,
) -> [u64; 3] {
    let mut counts = [0; 3];
    for (place, deal) in judged.deals.iter().enumerate() {
        let mut agreed = judged.agreed[place];
        if agreed == Standing::May && judged.standings[voice][place] == Standing::May {
            let mut standings: Vec<Standing> =
                judged.standings.iter().map(|all| all[place]).collect();
            standings[voice] = told.opinion(&told.belief.gain(deal)).standing;
            agreed = agreement(bargain, minds, &standings);
        }
        counts[agreed as usize] += 1;
    }
    counts
}

/// `n log2 n` for all numbers of draws.
struct Logs(Vec<f64>);

impl Logs {
    fn new(most: u64) -> Self {
        let product = |n: u64| {
            if n == 0 {
                return 0.0;
            }
            n as f64 * (n as f64).log2()
        };
        Self((0..=most).map(product).collect())
    }

    /// The entropy of a yes or no that is yes in so many of so many draws, in bits, times the draws.
    fn doubt(&self, yes: u64, of: u64) -> f64 {
        let log = |n: u64| self.0[n as usize];
        log(of) - log(yes) - log(of - yes)
    }
}
