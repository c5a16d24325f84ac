//! The chain between the events of two days: where it jumps, and how its distribution passes by uniformisation.

use detente_model::PartyId;

use super::exact::{Arc, Run};
use super::kernel::{Ready, Rules};
use super::process::Node;
use super::random::whole;
use crate::Stop;

/// What is cut off the Poisson weights of one step, at most.
const TAIL: f64 = 1e-16;
/// The mean of the Poisson weights of one step, at most; longer times are divided.
const MOST_JUMPS: f64 = 64.0;

impl Run<'_> {
    /// Works out where the chain jumps from a node.
    fn expand(&mut self, environment: u32, node: usize) {
        let known = self
            .arcs
            .get(environment as usize)
            .and_then(|list| list.get(node));
        if known.is_some_and(Option::is_some) {
            return;
        }
        let mut found = Vec::new();
        if !self.has_ended(node)
            && let Some(from) = self.nodes.get_index(node).cloned()
        {
            let mut rules = Ready(self.task.kernels);
            for party in 0..self.task.rates.len() {
                let choices = rules.choices(environment, party, from.state).to_vec();
                let share = 1.0 / choices.len().max(1) as f64;
                for to in choices {
                    let mover = [PartyId(party as u16)];
                    let next = Node {
                        state: to,
                        moved: (from.moved | self.task.process.moved(&mover, from.state, to))
                            & self.live,
                        drafts: from.drafts.clone(),
                    };
                    let to = self.node(next) as u32;
                    found.push(Arc {
                        to,
                        party: party as u16,
                        share,
                    });
                }
            }
        }
        if let Some(list) = self.arcs.get_mut(environment as usize) {
            if list.len() <= node {
                list.resize(node + 1, None);
            }
            if let Some(place) = list.get_mut(node) {
                *place = Some(found);
            }
        }
    }

    /// Lets a day pass. Gives the integral over that day of the probability that the history has ended.
    pub(super) fn pass(&mut self, environment: u32, mass: &mut Vec<f64>) -> Result<f64, Stop> {
        // Every node that can be reached gets its arcs.
        let mut open: Vec<usize> = (0..mass.len())
            .filter(|n| mass.get(*n).is_some_and(|m| *m > 0.0))
            .collect();
        let mut seen = vec![false; self.nodes.len()];
        for node in &open {
            if let Some(seen) = seen.get_mut(*node) {
                *seen = true;
            }
        }
        let mut next = 0;
        while let Some(&node) = open.get(next) {
            next += 1;
            self.expand(environment, node);
            self.work(1)?;
            seen.resize(self.nodes.len(), false);
            let arcs = self
                .arcs
                .get(environment as usize)
                .and_then(|list| list.get(node));
            for arc in arcs.into_iter().flatten().flatten() {
                if let Some(seen) = seen.get_mut(arc.to as usize).filter(|s| !**s) {
                    *seen = true;
                    open.push(arc.to as usize);
                }
            }
        }
        open.sort_unstable();
        mass.resize(self.nodes.len(), 0.0);
        let rate: f64 = self.task.rates.iter().sum();
        if rate <= 0.0 {
            return Ok(self.ended_mass(mass));
        }
        let pieces = (rate / MOST_JUMPS).ceil().max(1.0);
        let time = 1.0 / pieces;
        let mut integral = 0.0;
        for _ in 0..whole(pieces) {
            integral += self.uniformise(environment, mass, &open, rate, time)?;
        }
        Ok(integral)
    }

    pub(super) fn ended_mass(&self, mass: &[f64]) -> f64 {
        let both = mass.iter().zip(&self.ended);
        both.filter(|(_, ended)| **ended).map(|(m, _)| m).sum()
    }

    fn uniformise(
        &mut self,
        environment: u32,
        mass: &mut Vec<f64>,
        open: &[usize],
        rate: f64,
        time: f64,
    ) -> Result<f64, Stop> {
        let mean = rate * time;
        let arcs = self
            .arcs
            .get_mut(environment as usize)
            .map(std::mem::take)
            .unwrap_or_default();
        let arcs_of = |n: usize| {
            arcs.get(n)
                .and_then(Option::as_ref)
                .map_or(&[][..], Vec::as_slice)
        };
        let steps: usize = open.iter().map(|n| arcs_of(*n).len() + 1).sum();
        let jump: Vec<f64> = self.task.rates.iter().map(|r| r / rate).collect();
        let mut weight = (-mean).exp();
        // What is left of the Poisson weights beyond the current one.
        let mut left = 1.0 - weight;
        let mut current = mass.clone();
        let mut sum: Vec<f64> = current.iter().map(|m| m * weight).collect();
        let mut integral = self.ended_mass(&current) * left / rate;
        let mut n = 0.0;
        while left > TAIL && n < 4.0 * mean + 100.0 {
            self.work(steps)?;
            n += 1.0;
            weight *= mean / n;
            left -= weight;
            let mut next = vec![0.0; current.len()];
            for node in open {
                let Some(own) = current.get(*node).copied().filter(|m| *m > 0.0) else {
                    continue;
                };
                let mut stays = own;
                for arc in arcs_of(*node) {
                    let share =
                        jump.get(usize::from(arc.party)).copied().unwrap_or(0.0) * arc.share;
                    let goes = own * share;
                    stays -= goes;
                    if let Some(place) = next.get_mut(arc.to as usize) {
                        *place += goes;
                    }
                }
                if let Some(place) = next.get_mut(*node) {
                    *place += stays.max(0.0);
                }
            }
            current = next;
            for (sum, m) in sum.iter_mut().zip(&current) {
                *sum += m * weight;
            }
            integral += self.ended_mass(&current) * left.max(0.0) / rate;
        }
        if let Some(place) = self.arcs.get_mut(environment as usize) {
            *place = arcs;
        }
        *mass = sum;
        Ok(integral)
    }
}
