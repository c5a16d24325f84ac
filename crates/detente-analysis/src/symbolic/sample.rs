//! Uniform random states of a set.

use biodivine_lib_bdd::Bdd;
use detente_model::model::Assignment;
use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::engine::{Engine, States, Unanswered};
use crate::Stop;

impl Engine<'_, '_, '_> {
    /// So many states of a set, drawn independently, each state as likely as any other; none from the
    /// empty set. The same seed draws the same states (`ChaCha8`).
    pub fn sample(
        &self,
        states: &States,
        count: usize,
        seed: u64,
    ) -> Result<Vec<Assignment>, Unanswered> {
        let set = self.own(states)?;
        if set.is_false() {
            return Ok(Vec::new());
        }
        let below = self.below(set)?;
        let total = set.exact_cardinality();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut drawn = Vec::with_capacity(count.min(1 << 16));
        for _ in 0..count {
            if self.meter.budget().is_cancelled() {
                return Err(Stop::Cancelled.into());
            }
            let nth = uniform(&mut random, &total);
            drawn.push(self.encoding.state(&unrank(set, &below, nth)));
        }
        Ok(drawn)
    }

    /// For every node the number of valuations of its variable and all after it.
    fn below(&self, set: &Bdd) -> Result<Vec<BigUint>, Stop> {
        let mut below: Vec<BigUint> = Vec::with_capacity(set.size());
        for (n, pointer) in set.pointers().enumerate() {
            if n.is_multiple_of(1 << 14) && self.meter.budget().is_cancelled() {
                return Err(Stop::Cancelled);
            }
            below.push(if pointer.is_terminal() {
                u8::from(pointer.is_one()).into()
            } else {
                let side = |to: biodivine_lib_bdd::BddPointer| {
                    let skipped = set.var_of(to).to_index() - set.var_of(pointer).to_index() - 1;
                    below
                        .get(to.to_index())
                        .map(|b| b << skipped)
                        .unwrap_or_default()
                };
                side(set.low_link_of(pointer)) + side(set.high_link_of(pointer))
            });
        }
        Ok(below)
    }
}

/// A number below `total`, all alike: bits are drawn until they make one.
fn uniform(random: &mut ChaCha8Rng, total: &BigUint) -> BigUint {
    let bits = total.bits();
    loop {
        let words: Vec<u32> = (0..bits.div_ceil(32))
            .map(|w| {
                let word = random.next_u32();
                let unused = (32 * (w + 1)).saturating_sub(bits);
                word >> unused
            })
            .collect();
        let number = BigUint::new(words);
        if number < *total {
            return number;
        }
    }
}

/// The valuation that comes `nth`, counted from 0, in the order of the variables.
fn unrank(set: &Bdd, below: &[BigUint], mut nth: BigUint) -> Vec<bool> {
    let variables = usize::from(set.num_vars());
    let mut values = vec![false; variables];
    let mut at = set.root_pointer();
    for (variable, value) in values.iter_mut().enumerate() {
        let decides = set.var_of(at).to_index() == variable;
        let low = if decides { set.low_link_of(at) } else { at };
        let skipped = set.var_of(low).to_index() - variable - 1;
        let first = below
            .get(low.to_index())
            .map(|b| b << skipped)
            .unwrap_or_default();
        *value = nth >= first;
        if *value {
            nth -= first;
        }
        at = match (decides, *value) {
            (false, _) => at,
            (true, false) => low,
            (true, true) => set.high_link_of(at),
        };
    }
    values
}
