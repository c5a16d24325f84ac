//! How many packages leave everybody what they ask for at least.
//!
//! Issues are settled one at a time. Of the choices so far only what matters later is remembered: what rules and
//! terms leave open, and how far each voice is from what it asks for. A voice that gets enough whatever follows
//! is as far as any other such; choices after which a voice cannot get enough are dropped. Choices of which the
//! same is remembered are counted together.

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::order;
use super::residual::FALSE;
use super::setup::Setup;
use super::solve::{Move, moves};
use super::tally::Tally;
use super::vector::{Vector, Whole, plus};
use crate::budget::Stop;
use crate::meter::Meter;

/// What is remembered of choices, and how many there are: what is open, how far each voice is above what it asks
/// for.
type Kept<N, C, const M: usize> = (usize, Vector<N, M>, C);

/// The number of packages that are worth as much to each voice as it asks for, in its units; `size` is how many
/// packages there are without rules.
pub(super) fn count<N: Whole, const M: usize>(
    setup: &mut Setup<N, M>,
    sizes: &[u32],
    asked: &[N],
    size: &BigUint,
    meter: &mut Meter,
) -> Result<BigUint, Stop> {
    if setup.start.rules == FALSE {
        return Ok(0_u32.into());
    }
    if size.to_u64().is_some() {
        Ok(Counter::new(setup, sizes, asked.len(), meter)
            .count::<u128>(asked)?
            .into())
    } else {
        Counter::new(setup, sizes, asked.len(), meter).count::<BigUint>(asked)
    }
}

struct Counter<'a, 'b, N, const M: usize> {
    setup: &'a mut Setup<N, M>,
    meter: &'a mut Meter<'b>,
    /// Issues that hang together, in the order in which they are settled.
    groups: Vec<Vec<usize>>,
    /// Before each issue and after the last: the least and the most that each voice can still get.
    rest: Vec<(Vector<N, M>, Vector<N, M>)>,
}

impl<'a, 'b, N: Whole, const M: usize> Counter<'a, 'b, N, M> {
    fn new(
        setup: &'a mut Setup<N, M>,
        sizes: &[u32],
        voices: usize,
        meter: &'a mut Meter<'b>,
    ) -> Self {
        let mut groups = order::groups(sizes, &setup.couplings());
        let bounds = |issue: usize| {
            let table = &setup.tables[issue];
            let fold = |best: fn(N, N) -> N| {
                let first = table.first().copied().unwrap_or([N::default(); M]);
                table
                    .iter()
                    .fold(first, |a, b| std::array::from_fn(|k| best(a[k], b[k])))
            };
            (fold(N::min), fold(N::max))
        };
        // What decides most comes first: the widest range of any voice.
        let range = |issue: &usize| {
            let (least, most) = bounds(*issue);
            (0..voices)
                .map(|k| most[k] - least[k])
                .max()
                .unwrap_or_default()
        };
        groups.sort_by_key(|g| std::cmp::Reverse(g.iter().map(range).max()));
        let mut rest = vec![([N::default(); M], [N::default(); M])];
        let mut later: Vec<usize> = Vec::new();
        let terms = setup.start.terms.clone();
        for issue in groups.iter().flatten().rev() {
            let (mut least, mut most) = bounds(*issue);
            // A term is open as long as any of its issues is: it counts with the last of them.
            for (term, residual) in &terms {
                let mut about = Vec::new();
                setup.pool.issues(*residual, &mut about);
                if about.contains(issue) && !about.iter().any(|i| later.contains(i)) {
                    let worth = &setup.worths[*term as usize];
                    least = std::array::from_fn(|k| least[k] + worth[k].min(N::default()));
                    most = std::array::from_fn(|k| most[k] + worth[k].max(N::default()));
                }
            }
            later.push(*issue);
            if let Some((low, high)) = rest.last() {
                rest.push((plus(low, &least), plus(high, &most)));
            }
        }
        rest.reverse();
        Self {
            setup,
            meter,
            groups,
            rest,
        }
    }

    fn count<C: Tally>(mut self, asked: &[N]) -> Result<C, Stop> {
        let mut start = [N::default(); M];
        for (place, asked) in start.iter_mut().zip(asked) {
            *place = N::default() - *asked;
        }
        let mut kept: Vec<Kept<N, C, M>> = Vec::new();
        kept.extend(
            self.remembered(0, asked.len(), &start)
                .map(|v| (0, v, C::one())),
        );
        let mut done = 0;
        for group in std::mem::take(&mut self.groups) {
            let mut states = vec![self.setup.part(&group)];
            for issue in group {
                let (mut moves, after) = moves(self.setup, issue, &states, self.meter)?;
                moves.sort_by_key(|m| m.from);
                done += 1;
                let total = self.rest.len() as u64 - 1;
                self.meter.budget().report("issues", done as u64, total);
                kept = self.settle(done, asked.len(), &kept, &moves)?;
                states = after;
            }
        }
        let mut total = C::zero();
        for (_, _, ways) in &kept {
            total += ways;
        }
        Ok(total)
    }

    fn settle<C: Tally>(
        &mut self,
        done: usize,
        voices: usize,
        kept: &[Kept<N, C, M>],
        moves: &[Move<N, M>],
    ) -> Result<Vec<Kept<N, C, M>>, Stop> {
        const MANY: usize = 1 << 20;
        let mut after: Vec<Kept<N, C, M>> = Vec::new();
        let mut most = MANY;
        for (open, above, ways) in kept {
            let from = moves.partition_point(|m| m.from < *open);
            let taken = moves[from..].iter().take_while(|m| m.from == *open);
            for step in taken {
                let above = plus(above, &step.worth);
                if let Some(above) = self.remembered(done, voices, &above) {
                    after.push((step.to, above, ways.clone()));
                }
            }
            if after.len() > most {
                self.together(&mut after)?;
                most = MANY.max(after.len() * 2);
            }
        }
        self.together(&mut after)?;
        Ok(after)
    }

    /// How far each voice is above what it asks for, as far as it matters; `None` if some cannot get enough.
    fn remembered(&self, done: usize, voices: usize, above: &Vector<N, M>) -> Option<Vector<N, M>> {
        let (least, most) = &self.rest[done];
        let mut remembered = *above;
        for voice in 0..voices {
            if above[voice] + most[voice] < N::default() {
                return None;
            }
            remembered[voice] = above[voice].min(N::default() - least[voice]);
        }
        Some(remembered)
    }

    /// Counts together what is remembered alike.
    fn together<C: Tally>(&mut self, kept: &mut Vec<Kept<N, C, M>>) -> Result<(), Stop> {
        self.meter.add(kept.len() as u64)?;
        kept.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        kept.dedup_by(|later, first| {
            let alike = later.0 == first.0 && later.1 == first.1;
            if alike {
                first.2 += &later.2;
            }
            alike
        });
        super::fits::<Kept<N, C, M>>(kept.len(), self.meter.budget())
    }
}
