//! From a model to an arena.

use detente_model::model::{Form, Model, Party, Preferences, RankItem};
use detente_model::syntax::ast::Direction;
use detente_model::{Expr, PartyId};
use rayon::prelude::*;

use super::arena::{Arena, MAX_BITS, holdings};
use super::code::Codes;
use super::expand;
use super::formula::{BLOCK, Block, Formula, Place, WORDS};
use super::rank::{LANES, Ranks};
use crate::budget::{Budget, Stop};
use crate::graph::StateId;

/// Why a model does not fit an arena.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsuitable {
    /// The model has features that the transitive option form has not.
    #[error("{}", said(.0))]
    Features(Vec<Misfit>),
    /// The rules exclude every state.
    #[error("the rules leave no feasible state")]
    NoFeasibleState,
    /// A ranking leaves out feasible states.
    #[error("a ranking leaves out {} feasible states", states.len())]
    Unranked {
        /// Whose ranking.
        party: PartyId,
        /// The states that it leaves out, ascending.
        states: Vec<StateId>,
    },
    /// The budget ended first.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// One feature that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The party that it is about; `None` when it is about the whole model.
    pub party: Option<PartyId>,
    /// What it is, in words.
    pub what: String,
}

fn said(misfits: &[Misfit]) -> String {
    let words: Vec<&str> = misfits.iter().map(|m| m.what.as_str()).collect();
    words.join("; ")
}

/// What of a model does not fit the transitive option form; empty when everything does.
pub fn misfits(model: &Model) -> Vec<Misfit> {
    let mut list = features(model);
    let bits = model.width();
    if model.form == Form::Options && bits > u64::from(MAX_BITS) {
        let what = format!("the options need {bits} bits; at most {MAX_BITS} are supported");
        list.push(Misfit { party: None, what });
    }
    list
}

/// The same but for the size.
pub(crate) fn features(model: &Model) -> Vec<Misfit> {
    let mut list = Vec::new();
    let mut add = |party, what: String| list.push(Misfit { party, what });
    if model.form == Form::Graph {
        add(None, "the conflict is given as a graph".to_owned());
        return list;
    }
    if !model.consequences.is_empty() {
        add(None, "moves have forced consequences".to_owned());
    }
    for prohibition in &model.prohibitions {
        let who = prohibition.party.map_or("everybody", |p| {
            model
                .parties
                .get(p.index())
                .map_or("a party", Party::display)
        });
        let what = format!("some transitions are prohibited to `{who}`");
        add(prohibition.party, what);
    }
    for option in &model.options {
        if option.stepwise && option.level_count() > 2 {
            let party = model.parties.get(option.owner.index());
            let who = party.map_or("", |p| p.name.as_str());
            let what = format!("`{who}.{}` moves step by step", option.name);
            add(Some(option.owner), what);
        }
    }
    list
}

/// Where each option's bits stand, and how many bits each party has.
pub(crate) fn layout(model: &Model) -> (Vec<Place>, Vec<u32>) {
    let mut places = vec![Place { first: 0, width: 0 }; model.options.len()];
    let mut widths = Vec::with_capacity(model.parties.len());
    let mut at = 0;
    for party in &model.parties {
        let start = at;
        for option in &party.options {
            let width = model.option(*option).width();
            places[option.index()] = Place { first: at, width };
            at += width;
        }
        widths.push(at - start);
    }
    (places, widths)
}

pub(crate) fn directions(model: &Model, places: &[Place]) -> (u64, u64) {
    let (mut on, mut off) = (0, 0);
    for (option, place) in model.options.iter().zip(places) {
        let mask = ((1_u64 << place.width) - 1) << place.first;
        match option.direction {
            Direction::Both => {}
            Direction::OnlyOn => on |= mask,
            Direction::OnlyOff => off |= mask,
        }
    }
    (on, off)
}

/// What excludes a code: it is no combination of levels, or it breaks a rule.
pub(crate) fn exclusions(model: &Model, places: &[Place]) -> Option<Vec<Formula>> {
    let codes = places
        .iter()
        .filter_map(|p| Formula::no_level(*p).map(Some));
    let rules = model
        .rules
        .iter()
        .map(|r| Formula::new(&r.condition.expr, places));
    codes.chain(rules).collect()
}

fn graph_form() -> Unsuitable {
    Unsuitable::Features(vec![Misfit {
        party: None,
        what: "an expression is about the states of a graph".to_owned(),
    }])
}

impl Arena {
    /// Puts a model into transitive option form within a budget.
    ///
    /// # Errors
    ///
    /// Says what of the model does not fit, that no state is feasible, which states a ranking leaves
    /// out, or which limit of the budget is too small.
    pub fn new(model: &Model, budget: &Budget) -> Result<Self, Unsuitable> {
        let misfits = misfits(model);
        if !misfits.is_empty() {
            return Err(Unsuitable::Features(misfits));
        }
        let (places, widths) = layout(model);
        let bits: u32 = widths.iter().sum();
        super::cost::refuse_arena(model, budget)?;
        let blocks = (1_u64 << bits).div_ceil(BLOCK as u64);
        let feasible = feasible(model, &places, bits, blocks, budget)?;
        let count = feasible.as_ref().map_or(1 << bits, |words| {
            words.iter().map(|w| u64::from(w.count_ones())).sum()
        });
        if count == 0 {
            return Err(Unsuitable::NoFeasibleState);
        }
        if count > budget.max_states {
            return Err(Unsuitable::Stopped(Stop::Limit {
                what: "states",
                limit: budget.max_states,
            }));
        }
        let codes = Codes::new(bits, &places, feasible);
        let filler = Filler {
            bits,
            places: &places,
            codes: &codes,
            blocks,
            budget,
        };
        let mut ranks = Vec::with_capacity(model.parties.len());
        for (id, party) in model.party_ids().zip(&model.parties) {
            budget.report("rankings", u64::from(id.0), model.parties.len() as u64);
            ranks.push(filler.ranks(id, party)?);
        }
        Ranks::unify(&mut ranks);
        let (only_on, only_off) = directions(model, &places);
        Ok(Self {
            bits,
            holdings: holdings(&widths, only_on, only_off),
            all_feasible: codes.feasible().is_none(),
            ranks,
            codes,
        })
    }
}

/// One bit per code; `None` when every code is feasible.
fn feasible(
    model: &Model,
    places: &[Place],
    bits: u32,
    blocks: u64,
    budget: &Budget,
) -> Result<Option<Vec<u64>>, Unsuitable> {
    let never = exclusions(model, places).ok_or_else(graph_form)?;
    if never.is_empty() {
        return Ok(None);
    }
    let states = 1_usize << bits;
    let mut words = vec![0_u64; blocks as usize * WORDS];
    words
        .par_chunks_mut(WORDS)
        .enumerate()
        .for_each(|(block, out)| {
            if budget.is_cancelled() {
                return;
            }
            let mut broken = [0_u64; WORDS];
            for formula in &never {
                for (b, t) in broken.iter_mut().zip(&formula.truth(block as u64)) {
                    *b |= t;
                }
            }
            for (o, b) in out.iter_mut().zip(&broken) {
                *o = !b;
            }
        });
    if budget.is_cancelled() {
        return Err(Unsuitable::Stopped(Stop::Cancelled));
    }
    words.truncate(states.div_ceil(64));
    if let (Some(last), true) = (words.last_mut(), states < 64) {
        *last &= (1 << states) - 1;
    }
    let full = if states < 64 {
        (1 << states) - 1
    } else {
        u64::MAX
    };
    Ok((!words.iter().all(|w| *w == full)).then_some(words))
}

/// Fills rankings.
struct Filler<'a> {
    bits: u32,
    places: &'a [Place],
    codes: &'a Codes,
    blocks: u64,
    budget: &'a Budget,
}

impl Filler<'_> {
    fn compile(&self, expr: &Expr) -> Result<Formula, Unsuitable> {
        Formula::new(expr, self.places).ok_or_else(graph_form)
    }

    fn ranks(&self, id: PartyId, party: &Party) -> Result<Ranks, Unsuitable> {
        match &party.preferences {
            Preferences::Unstated => self.by_statements(&[]),
            Preferences::Statements(list) => {
                let list = list.iter().map(|s| self.compile(&s.condition.expr));
                self.by_statements(&list.collect::<Result<Vec<_>, _>>()?)
            }
            Preferences::Weights(list) => {
                let mut keys = vec![0_i128; 1 << self.bits];
                for (weight, condition) in list {
                    let formula = self.compile(&condition.expr)?;
                    self.each_block(&mut keys, |block, keys| {
                        let truth = formula.truth(block);
                        for (i, key) in keys.iter_mut().enumerate() {
                            if truth[i / 64] >> (i % 64) & 1 == 1 {
                                *key = key.saturating_add(i128::from(*weight));
                            }
                        }
                    })?;
                }
                Ok(self.dense(&keys))
            }
            Preferences::Ranks(tiers) => {
                // Best first: the place of the first item that a state satisfies.
                let last = tiers.len() as u32;
                let mut keys = vec![None; 1 << self.bits];
                let mut rest = None;
                for (place, tier) in (0..).zip(tiers) {
                    for item in &tier.items {
                        let RankItem::Matching(condition) = item else {
                            rest = Some(last - place);
                            continue;
                        };
                        let formula = self.compile(&condition.expr)?;
                        self.each_block(&mut keys, |block, keys: &mut [Option<u32>]| {
                            let truth = formula.truth(block);
                            for (i, key) in keys.iter_mut().enumerate() {
                                if truth[i / 64] >> (i % 64) & 1 == 1 && key.is_none() {
                                    *key = Some(last - place);
                                }
                            }
                        })?;
                    }
                }
                for key in &mut keys {
                    *key = key.or(rest);
                }
                let left_out = |code: &u64| keys[*code as usize].is_none();
                let states: Vec<StateId> = (0..)
                    .map(StateId)
                    .zip(self.codes.in_order())
                    .filter(|(_, code)| left_out(code))
                    .map(|(state, _)| state)
                    .collect();
                if !states.is_empty() {
                    return Err(Unsuitable::Unranked { party: id, states });
                }
                Ok(self.dense(&keys))
            }
        }
    }

    fn dense<K: Ord + Copy>(&self, keys: &[K]) -> Ranks {
        let keys: Vec<Option<K>> = (0..)
            .zip(keys)
            .map(|(code, key)| self.codes.is_feasible(code).then_some(*key))
            .collect();
        Ranks::from_keys(&keys, keys.len().max(LANES))
    }

    /// Works on every block of a list with one entry per code.
    fn each_block<T: Send>(
        &self,
        list: &mut [T],
        work: impl Fn(u64, &mut [T]) + Sync,
    ) -> Result<(), Unsuitable> {
        let step = |(block, part): (usize, &mut [T])| {
            if !self.budget.is_cancelled() {
                work(block as u64, part);
            }
        };
        if self.blocks < 64 {
            list.chunks_mut(BLOCK).enumerate().for_each(step);
        } else {
            list.par_chunks_mut(BLOCK)
                .with_min_len(16)
                .enumerate()
                .for_each(step);
        }
        if self.budget.is_cancelled() {
            return Err(Unsuitable::Stopped(Stop::Cancelled));
        }
        Ok(())
    }

    fn feasible_block(&self, block: u64) -> Block {
        let mut out = [u64::MAX; WORDS];
        if let Some(words) = self.codes.feasible() {
            let at = block as usize * WORDS;
            out = [0; WORDS];
            for (o, w) in out.iter_mut().zip(&words[at.min(words.len())..]) {
                *o = *w;
            }
        }
        out
    }

    /// The number whose binary digits are the truths of the statements. Up to fifteen statements
    /// need no sorting; more are taken fifteen at a time, and the numbers so far made dense.
    fn by_statements(&self, list: &[Formula]) -> Result<Ranks, Unsuitable> {
        const AT_ONCE: usize = 15;
        let states = 1_usize << self.bits;
        let (first, more) = list.split_at(list.len().min(AT_ONCE));
        let mut ranks = vec![0_u16; states.max(LANES)];
        self.each_block(&mut ranks[..states], |block, out| {
            let mut numbers = expand::numbers(first, block);
            expand::mark_infeasible(&mut numbers, &self.feasible_block(block));
            out.copy_from_slice(&numbers[..out.len()]);
        })?;
        let mut so_far = Ranks::U16(ranks);
        for next in more.chunks(AT_ONCE) {
            let mut keys = vec![0_u64; states];
            self.each_block(&mut keys, |block, out| {
                let numbers = expand::numbers(next, block);
                let start = block as usize * BLOCK;
                for (i, (o, n)) in out.iter_mut().zip(&numbers).enumerate() {
                    *o = u64::from(so_far.number(start + i)) << AT_ONCE | u64::from(*n);
                }
            })?;
            so_far = dense_numbers(&keys, &so_far, states.max(LANES));
        }
        Ok(so_far)
    }
}

/// Dense ranks from numbers; a table of the numbers that occur where that is small, else sorting.
fn dense_numbers(keys: &[u64], feasible: &Ranks, length: usize) -> Ranks {
    const TABLE_BITS: u32 = 31;
    let holds = |code: usize| feasible.number(code) != 0;
    let most = keys.iter().max().copied().unwrap_or(0);
    let table = most >> TABLE_BITS == 0 && (most / 64) as usize <= keys.len().max(1 << 10);
    if !table {
        let keys = keys.iter().enumerate();
        let keys: Vec<_> = keys.map(|(c, k)| holds(c).then_some(*k)).collect();
        return Ranks::from_keys(&keys, length);
    }
    let mut used = vec![0_u64; (most / 64) as usize + 1];
    for (code, key) in keys.iter().enumerate() {
        if holds(code) {
            used[(key / 64) as usize] |= 1 << (key % 64);
        }
    }
    let mut before = Vec::with_capacity(used.len());
    let mut count = 0_u32;
    for word in &used {
        before.push(count);
        count += word.count_ones();
    }
    let number = |(code, key): (usize, &u64)| {
        if !holds(code) {
            return 0;
        }
        let below = used[(key / 64) as usize] & ((1 << (key % 64)) - 1);
        before[(key / 64) as usize] + below.count_ones() + 1
    };
    let numbers = keys.iter().enumerate().map(number);
    if count < u32::from(u16::MAX) {
        let mut ranks: Vec<u16> = numbers.map(|n| n as u16).collect();
        ranks.resize(length, 0);
        Ranks::U16(ranks)
    } else {
        let mut ranks: Vec<u32> = numbers.collect();
        ranks.resize(length, 0);
        Ranks::U32(ranks)
    }
}
