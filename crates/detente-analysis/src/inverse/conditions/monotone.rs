//! Monotone formulas: a conjunction of choices, a choice being a disjunction of conjunctions of atoms.
//!
//! Atoms are numbers. A set of atoms is a sorted list without repetition.

use crate::{Budget, Stop};

/// Atoms that are true together.
pub(crate) type Term = Vec<u32>;

/// Terms of which one holds at least. A choice with an empty term always holds.
pub(crate) type Choice = Vec<Term>;

/// How many clauses a choice may be written out into while looking for a shorter form.
const MOST_CLAUSES: usize = 256;

/// Counts steps, and looks whether the user asked to stop.
#[derive(Debug)]
pub(crate) struct Meter<'b> {
    budget: &'b Budget,
    work: u64,
    look: u64,
}

impl<'b> Meter<'b> {
    const LOOK: u64 = 1 << 16;

    pub(crate) fn new(budget: &'b Budget) -> Self {
        Self {
            budget,
            work: 0,
            look: 0,
        }
    }

    pub(crate) fn budget(&self) -> &'b Budget {
        self.budget
    }

    /// Counts so many steps more.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), Stop> {
        self.work = self.work.saturating_add(steps as u64);
        if self.work > self.budget.max_work {
            return Err(Stop::Limit {
                what: "steps with formulas",
                limit: self.budget.max_work,
            });
        }
        if self.work >= self.look {
            self.look = self.work + Self::LOOK;
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
        }
        Ok(())
    }
}

/// Whether every atom of the first set is in the second.
fn within(first: &[u32], second: &[u32]) -> bool {
    let mut rest = second.iter();
    first.len() <= second.len() && first.iter().all(|a| rest.by_ref().any(|b| a == b))
}

/// Those sets that contain no other, by length, then by content.
pub(crate) fn minimal(mut sets: Vec<Term>, meter: &mut Meter<'_>) -> Result<Vec<Term>, Stop> {
    sets.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets.dedup();
    meter.spend(sets.iter().map(|s| s.len() + 1).sum())?;
    if sets.first().is_some_and(Vec::is_empty) {
        return Ok(vec![Vec::new()]);
    }
    let singles: Vec<u32> = sets
        .iter()
        .take_while(|s| s.len() == 1)
        .filter_map(|s| s.first().copied())
        .collect();
    let mut kept: Vec<Term> = Vec::with_capacity(sets.len());
    for set in sets {
        if set.len() > 1 {
            if set.iter().any(|a| singles.binary_search(a).is_ok()) {
                continue;
            }
            let larger = kept.get(singles.len()..).unwrap_or(&[]);
            meter.spend(larger.iter().map(|k| k.len() + set.len()).sum())?;
            if larger.iter().any(|k| within(k, &set)) {
                continue;
            }
        }
        kept.push(set);
    }
    Ok(kept)
}

/// Whether the choice is a disjunction of atoms.
fn is_plain(choice: &Choice) -> bool {
    choice.iter().all(|t| t.len() == 1)
}

/// Whether the second choice holds whenever the first does.
fn implies(first: &Choice, second: &Choice, meter: &mut Meter<'_>) -> Result<bool, Stop> {
    if is_plain(first) && is_plain(second) {
        meter.spend(first.len() + second.len())?;
        let mut rest = second.iter();
        return Ok(
            first.len() <= second.len() && first.iter().all(|a| rest.by_ref().any(|b| a == b))
        );
    }
    for term in first {
        meter.spend(second.iter().map(|t| t.len() + term.len()).sum())?;
        if !second.iter().any(|t| within(t, term)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The clauses of a choice: the smallest sets that meet every term. `None` when there are more than
/// `most` on the way.
fn clauses_of(
    choice: &Choice,
    most: usize,
    meter: &mut Meter<'_>,
) -> Result<Option<Vec<Term>>, Stop> {
    let mut clauses = vec![Vec::new()];
    for term in choice {
        let mut next = Vec::new();
        for clause in &clauses {
            meter.spend(clause.len() + term.len())?;
            if term.iter().any(|a| clause.binary_search(a).is_ok()) {
                next.push(clause.clone());
                continue;
            }
            if term.len() > most {
                return Ok(None);
            }
            for atom in term {
                meter.spend(clause.len() + 1)?;
                next.push(with(clause, *atom));
            }
        }
        // Each round multiplies, before the smallest are chosen.
        if next.len() > most.saturating_mul(16) {
            return Ok(None);
        }
        clauses = minimal(next, meter)?;
        if clauses.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(clauses))
}

fn with(set: &[u32], atom: u32) -> Term {
    let mut larger = set.to_vec();
    if let Err(place) = larger.binary_search(&atom) {
        larger.insert(place, atom);
    }
    larger
}

/// The prime implicates: the smallest sets of atoms of which one must hold. `None` when there are
/// more than `most` on the way.
pub(crate) fn implicates(
    choices: &[Choice],
    most: usize,
    meter: &mut Meter<'_>,
) -> Result<Option<Vec<Term>>, Stop> {
    let mut all = Vec::new();
    for choice in choices {
        let Some(clauses) = clauses_of(choice, most, meter)? else {
            return Ok(None);
        };
        all.extend(clauses);
        if all.len() > most {
            all = minimal(all, meter)?;
        }
        if all.len() > most {
            return Ok(None);
        }
    }
    minimal(all, meter).map(Some)
}

/// The prime implicants: the smallest sets of atoms that suffice. `None` when there are more than
/// `most` on the way.
pub(crate) fn implicants(
    choices: &[Choice],
    most: usize,
    meter: &mut Meter<'_>,
) -> Result<Option<Vec<Term>>, Stop> {
    let mut ways: Vec<Term> = vec![Vec::new()];
    for choice in choices {
        let mut next = Vec::new();
        for way in &ways {
            if choice.iter().any(|t| within(t, way)) {
                next.push(way.clone());
                continue;
            }
            for term in choice {
                meter.spend(way.len() + term.len())?;
                let mut larger = [way.as_slice(), term.as_slice()].concat();
                larger.sort_unstable();
                larger.dedup();
                next.push(larger);
            }
            if next.len() > most.saturating_mul(16) {
                return Ok(None);
            }
        }
        ways = minimal(next, meter)?;
        if ways.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(ways))
}

/// An equivalent formula in which nothing is superfluous as far as that can be seen cheaply: no
/// choice holds always or follows from another, no term contains another, atoms that must hold stand
/// alone and nowhere else. Where the clauses are few, no choice follows from all others together, and
/// the shorter of the given form and the prime implicates is taken. Same formula, same result,
/// whatever the order of what was given.
pub(crate) fn simplify(choices: Vec<Choice>, meter: &mut Meter<'_>) -> Result<Vec<Choice>, Stop> {
    let mut choices = choices;
    loop {
        let mut kept = Vec::with_capacity(choices.len());
        for choice in choices {
            let choice = minimal(choice, meter)?;
            match choice.as_slice() {
                [only] => kept.extend(only.iter().map(|a| vec![vec![*a]])),
                _ => kept.push(choice),
            }
        }
        kept.sort_unstable();
        kept.dedup();
        let must: Vec<u32> = kept.iter().filter_map(alone).collect();
        let mut changed = false;
        for choice in &mut kept {
            if choice.len() == 1 {
                continue;
            }
            for term in choice {
                let before = term.len();
                meter.spend(before)?;
                term.retain(|a| must.binary_search(a).is_err());
                changed |= term.len() < before;
            }
        }
        choices = kept;
        if !changed {
            break;
        }
    }
    let choices = independent(choices, meter)?;
    shorter(choices, meter)
}

/// The atom of a choice that is nothing else.
fn alone(choice: &Choice) -> Option<u32> {
    match choice.as_slice() {
        [term] => match term.as_slice() {
            [atom] => Some(*atom),
            _ => None,
        },
        _ => None,
    }
}

/// Without the choices that follow from another.
fn independent(choices: Vec<Choice>, meter: &mut Meter<'_>) -> Result<Vec<Choice>, Stop> {
    let mut follows = vec![false; choices.len()];
    for (b, second) in choices.iter().enumerate() {
        // What must hold stands nowhere else by now.
        if alone(second).is_some() {
            continue;
        }
        for (a, first) in choices.iter().enumerate() {
            if a != b && alone(first).is_none() && implies(first, second, meter)? {
                // Equal choices were merged, so that it is not the other way round as well.
                if let Some(f) = follows.get_mut(b) {
                    *f = true;
                }
                break;
            }
        }
    }
    let kept = choices.into_iter().zip(follows);
    Ok(kept.filter(|(_, f)| !f).map(|(c, _)| c).collect())
}

/// Uses the clauses, where they are few, to find what follows from all others together, and takes the
/// clauses instead where they are shorter.
fn shorter(choices: Vec<Choice>, meter: &mut Meter<'_>) -> Result<Vec<Choice>, Stop> {
    if choices.iter().all(is_plain) {
        return Ok(choices);
    }
    let mut written = Vec::with_capacity(choices.len());
    for choice in &choices {
        match clauses_of(choice, MOST_CLAUSES, meter)? {
            Some(clauses) => written.push(clauses),
            None => return Ok(choices),
        }
    }
    if written.iter().map(Vec::len).sum::<usize>() > MOST_CLAUSES {
        return Ok(choices);
    }
    let mut kept: Vec<bool> = vec![true; choices.len()];
    for (b, clauses) in written.iter().enumerate().rev() {
        let others: Vec<&Term> = written
            .iter()
            .enumerate()
            .filter(|(a, _)| *a != b && kept.get(*a) == Some(&true))
            .flat_map(|(_, c)| c)
            .collect();
        meter.spend(clauses.len() * others.len())?;
        let follows = clauses
            .iter()
            .all(|clause| others.iter().any(|o| within(o, clause)));
        if let (true, Some(k)) = (follows, kept.get_mut(b)) {
            *k = false;
        }
    }
    let mut choices = choices.into_iter().zip(&kept);
    let choices: Vec<Choice> = choices
        .by_ref()
        .filter(|(_, k)| **k)
        .map(|(c, _)| c)
        .collect();
    let clauses = minimal(written.into_iter().flatten().collect(), meter)?;
    let length = |choices: &[Choice]| -> usize { choices.iter().flatten().map(Vec::len).sum() };
    let clauses: Vec<Choice> = clauses
        .into_iter()
        .map(|c| c.into_iter().map(|a| vec![a]).collect())
        .collect();
    let mut best = if length(&clauses) <= length(&choices) {
        clauses
    } else {
        choices
    };
    best.sort_unstable();
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every formula of up to three choices over four atoms, drawn by a counter, keeps its meaning.
    #[test]
    fn simpler_formulas_mean_the_same() {
        let mut seed = 1_u64;
        let mut draw = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % limit
        };
        let holds = |choices: &[Choice], set: u32| {
            choices
                .iter()
                .all(|c| c.iter().any(|t| t.iter().all(|a| set >> a & 1 == 1)))
        };
        for _ in 0..3000 {
            let choices: Vec<Choice> = (0..=draw(4))
                .map(|_| {
                    (0..=draw(3))
                        .map(|_| {
                            let set = draw(15) + 1;
                            (0..4).filter(|a| set >> a & 1 == 1).collect()
                        })
                        .collect()
                })
                .collect();
            let budget = Budget::default();
            let mut meter = Meter::new(&budget);
            let simple = simplify(choices.clone(), &mut meter).unwrap_or_default();
            let clauses = implicates(&choices, 100, &mut meter).ok().flatten();
            let ways = implicants(&choices, 100, &mut meter).ok().flatten();
            let (clauses, ways) = (clauses.unwrap_or_default(), ways.unwrap_or_default());
            for set in 0..16 {
                let truth = holds(&choices, set);
                assert_eq!(holds(&simple, set), truth, "{choices:?} {simple:?}");
                let all = clauses.iter().all(|c| c.iter().any(|a| set >> a & 1 == 1));
                let any = ways.iter().any(|w| w.iter().all(|a| set >> a & 1 == 1));
                assert_eq!(
                    (all, any),
                    (truth, truth),
                    "{choices:?} {clauses:?} {ways:?}"
                );
            }
            // Nothing can be left out of a prime form.
            for (place, _) in clauses.iter().enumerate() {
                let mut fewer = clauses.clone();
                fewer.remove(place);
                let all = |set: u32| fewer.iter().all(|c| c.iter().any(|a| set >> a & 1 == 1));
                assert!((0..16).any(|set| all(set) != holds(&choices, set)));
            }
            for (place, _) in simple.iter().enumerate() {
                let mut fewer = simple.clone();
                fewer.remove(place);
                assert!((0..16).any(|set| holds(&fewer, set) != holds(&choices, set)));
            }
        }
    }
}
