//! The feasible states of a GMCR+ file, in the order in which it numbers them.

/// The largest number of options for which states are counted.
pub(crate) const MAX_WIDTH: usize = 22;

/// How many states may be found, and rules looked at, for one file.
const MAX_WORK: u64 = 1 << 29;

/// A condition over at most [`MAX_WIDTH`] options as bits: option k is bit k.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cube {
    /// Which options it speaks of.
    pub(crate) mask: u32,
    /// Which of them are taken.
    pub(crate) value: u32,
}

/// Counts states, within a bound on the work for one file.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    work: u64,
}

impl Counter {
    /// All states that satisfy none of `infeasible`, ascending, the first option being the least
    /// significant bit. `None` when there are too many options or rules to count them.
    pub(crate) fn feasible(&mut self, width: usize, infeasible: &[Cube]) -> Option<Vec<u32>> {
        if width > MAX_WIDTH {
            return None;
        }
        let mut found = Vec::new();
        self.below(width as u32, 0, infeasible, &mut found)
            .then_some(found)
    }

    fn spend(&mut self, work: u64) -> bool {
        self.work = self.work.saturating_add(work);
        self.work <= MAX_WORK
    }

    /// Adds the states whose bits from `open` up are those of `prefix`. `rules` has all rules that
    /// `prefix` does not yet rule out. False when this is too much work.
    fn below(&mut self, open: u32, prefix: u32, rules: &[Cube], found: &mut Vec<u32>) -> bool {
        let below = (1_u32 << open) - 1;
        if rules.iter().any(|r| r.mask & below == 0) {
            return true;
        }
        if rules.is_empty() {
            found.extend(prefix..=prefix + below);
            return self.spend(u64::from(below) + 1);
        }
        // Some rule speaks of an open option, so there is one.
        let bit = 1_u32 << (open - 1);
        [prefix, prefix | bit].into_iter().all(|prefix| {
            let decided = !(bit - 1);
            let left: Vec<Cube> = rules
                .iter()
                .copied()
                .filter(|r| (prefix ^ r.value) & r.mask & decided == 0)
                .collect();
            self.spend(rules.len() as u64) && self.below(open - 1, prefix, &left, found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn feasible(width: usize, infeasible: &[Cube]) -> Option<Vec<u32>> {
        Counter::default().feasible(width, infeasible)
    }

    #[test]
    fn counts_all_and_none() {
        assert_eq!(feasible(2, &[]), Some(vec![0, 1, 2, 3]));
        assert_eq!(feasible(0, &[]), Some(vec![0]));
        assert_eq!(feasible(3, &[Cube { mask: 0, value: 0 }]), Some(vec![]));
        assert_eq!(feasible(23, &[]), None);
        assert_eq!(feasible(22, &[]).map(|s| s.len()), Some(1 << 22));
    }

    proptest! {
        #[test]
        fn agrees_with_trying_every_state(
            width in 0_usize..7,
            raw in prop::collection::vec((0_u32..128, 0_u32..128), 0..6),
        ) {
            let all = (1_u32 << width) - 1;
            let rules: Vec<Cube> = raw
                .into_iter()
                .map(|(mask, value)| Cube { mask: mask & all, value: value & mask & all })
                .collect();
            let expected: Vec<u32> =
                (0..=all).filter(|s| !rules.iter().any(|r| (s ^ r.value) & r.mask == 0)).collect();
            prop_assert_eq!(feasible(width, &rules), Some(expected));
        }
    }
}
