//! A space of packages as the engine takes it: worths as vectors over the voices asked for, terms of one issue
//! within the tables, and what couples issues as residuals.

use super::residual::{FALSE, Pool, Residual, TRUE};
use super::vector::{Vector, Whole, plus};
use crate::bargain::space::{DealSpace, Voice};

/// A space of packages for some voices.
#[derive(Debug)]
pub(super) struct Setup<N, const M: usize> {
    /// Added to all packages.
    pub(super) base: Vec<i128>,
    /// For each issue, for each level.
    pub(super) tables: Vec<Vec<Vector<N, M>>>,
    /// What couples issues before any is settled.
    pub(super) start: State,
    /// What each term adds when it holds.
    pub(super) worths: Vec<Vector<N, M>>,
    /// The conditions.
    pub(super) pool: Pool,
}

/// What the levels chosen so far leave open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct State {
    /// What must still hold.
    pub(super) rules: Residual,
    /// Terms that are not decided, by their number, and what must still hold for each.
    pub(super) terms: Vec<(u32, Residual)>,
}

/// A bound on the size of every worth, and of all sums of them, for some voices.
pub(super) fn magnitude(space: &DealSpace, voices: &[usize]) -> i128 {
    let farthest = |table: &Vec<i128>| table.iter().map(|w| w.saturating_abs()).max().unwrap_or(0);
    let of = |voice: &Voice| {
        let tables = voice.worth.tables.iter().map(farthest);
        let terms = voice.worth.terms.iter().map(|(w, _)| w.saturating_abs());
        tables.chain(terms).fold(0_i128, i128::saturating_add)
    };
    voices
        .iter()
        .map(|v| of(&space.voices[*v]))
        .max()
        .unwrap_or(0)
}

impl<N: Whole, const M: usize> Setup<N, M> {
    /// Fails when the worths do not fit into `N`, which [`magnitude`] tells beforehand.
    pub(super) fn new(space: &DealSpace, voices: &[usize]) -> Result<Self, N::Error> {
        let mut pool = Pool::new();
        let rules = space.rules.iter().map(|r| pool.whole(r)).collect();
        let rules = pool.and(rules);
        let mut base = vec![0; voices.len()];
        let mut tables: Vec<Vec<Vector<N, M>>> = Vec::with_capacity(space.sizes.len());
        for (issue, size) in space.sizes.iter().enumerate() {
            let mut table = vec![[N::default(); M]; *size as usize];
            for (place, voice) in voices.iter().enumerate() {
                let worths = &space.voices[*voice].worth.tables[issue];
                for (level, worth) in table.iter_mut().zip(worths) {
                    level[place] = N::try_from(*worth)?;
                }
            }
            tables.push(table);
        }
        let mut worths = Vec::new();
        let mut terms = Vec::new();
        for (place, voice) in voices.iter().enumerate() {
            let worth = &space.voices[*voice].worth;
            base[place] = worth.base;
            for (units, test) in &worth.terms {
                let mut added = [N::default(); M];
                added[place] = N::try_from(*units)?;
                let whole = pool.whole(test);
                let mut about = Vec::new();
                pool.issues(whole, &mut about);
                about.sort_unstable();
                about.dedup();
                match about.as_slice() {
                    [] if whole == TRUE => base[place] += units,
                    [] => {}
                    [issue] => {
                        for (level, table) in (0..).zip(&mut tables[*issue]) {
                            if pool.settle(*issue, level).rest(whole) == TRUE {
                                *table = plus(table, &added);
                            }
                        }
                    }
                    _ => match terms.iter().find(|(_, residual)| *residual == whole) {
                        Some((term, _)) => {
                            let worth: &mut Vector<N, M> = &mut worths[*term as usize];
                            *worth = plus(worth, &added);
                        }
                        None => {
                            terms.push((worths.len() as u32, whole));
                            worths.push(added);
                        }
                    },
                }
            }
        }
        Ok(Self {
            base,
            tables,
            start: State { rules, terms },
            worths,
            pool,
        })
    }

    /// The issues that each rule and each term about several issues couples.
    pub(super) fn couplings(&self) -> Vec<Vec<usize>> {
        let rules = self.pool.conjuncts(self.start.rules);
        let terms = self.start.terms.iter().map(|(_, residual)| *residual);
        let issues = |residual| {
            let mut issues = Vec::new();
            self.pool.issues(residual, &mut issues);
            issues.sort_unstable();
            issues.dedup();
            issues
        };
        rules.into_iter().chain(terms).map(issues).collect()
    }

    /// What is open of some issues alone, and of the others nothing.
    pub(super) fn part(&mut self, issues: &[usize]) -> State {
        let about = |pool: &Pool, residual: Residual| {
            let mut found = Vec::new();
            pool.issues(residual, &mut found);
            found.iter().any(|i| issues.contains(i))
        };
        let mut rules = self.pool.conjuncts(self.start.rules);
        rules.retain(|r| about(&self.pool, *r));
        let mut terms = self.start.terms.clone();
        terms.retain(|(_, residual)| about(&self.pool, *residual));
        State {
            rules: self.pool.and(rules),
            terms,
        }
    }

    /// What a level of an issue makes of each of some states: what is open then, and what is added besides the
    /// table; `None` when a rule is broken.
    pub(super) fn settle(
        &mut self,
        issue: usize,
        level: u16,
        states: &[State],
    ) -> Vec<Option<(State, Vector<N, M>)>> {
        let mut settling = self.pool.settle(issue, level);
        let table = self.tables[issue][usize::from(level)];
        let mut after = |state: &State| {
            let rules = settling.rest(state.rules);
            if rules == FALSE {
                return None;
            }
            let mut worth = table;
            let mut terms = Vec::new();
            for (term, residual) in &state.terms {
                match settling.rest(*residual) {
                    TRUE => worth = plus(&worth, &self.worths[*term as usize]),
                    FALSE => {}
                    open => terms.push((*term, open)),
                }
            }
            Some((State { rules, terms }, worth))
        };
        states.iter().map(&mut after).collect()
    }
}
