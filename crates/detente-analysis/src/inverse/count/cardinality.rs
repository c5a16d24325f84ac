//! How many sets of each size satisfy a monotone formula.
//!
//! The formula is taken apart: atoms that must hold stand alone, parts without a common atom are
//! counted apart and multiplied, and otherwise one atom is set both ways. What was counted once is kept.
//! Atoms that always occur together, in one term or in the same plain choices, count as one of which the
//! weight says how many sets it stands for; so that long lists of answers that are alike cost nothing.

use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;

use crate::Stop;
use crate::inverse::conditions::monotone::{Choice, Meter, Term, simplify};

/// Numbers by size: the coefficient of `x^k` is the number of sets of size `k`.
pub(super) type Sizes = Vec<BigUint>;

/// How many atoms may be set one inside the other; a guard against exhausting the stack.
const DEEPEST: usize = 2_000;

/// The sets that an atom stands for, when it is true and when it is false.
#[derive(Debug, Clone)]
struct Weight {
    yes: Sizes,
    no: Sizes,
}

impl Weight {
    fn free(&self) -> Sizes {
        sum(&self.yes, &self.no)
    }
}

fn one() -> Sizes {
    vec![BigUint::from(1_u8)]
}

fn sum(a: &Sizes, b: &Sizes) -> Sizes {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut sum = long.clone();
    for (to, value) in sum.iter_mut().zip(short) {
        *to += value;
    }
    sum
}

/// `a - b`, where nothing is negative.
fn less(a: &Sizes, b: &Sizes) -> Sizes {
    let mut rest = a.clone();
    for (from, value) in rest.iter_mut().zip(b) {
        // Never less than zero: sets are taken from among more sets.
        *from -= value.min(&from.clone());
    }
    rest
}

fn product(a: &Sizes, b: &Sizes, meter: &mut Meter<'_>) -> Result<Sizes, Stop> {
    if *a == one() {
        return Ok(b.clone());
    }
    let (Some(la), Some(lb)) = (a.len().checked_sub(1), b.len().checked_sub(1)) else {
        return Ok(Vec::new());
    };
    // A number of so many binary digits takes a step for each word.
    meter.spend((la + 1) * (lb + 1) * (1 + (la + lb) / 64))?;
    let mut product = vec![BigUint::ZERO; la + lb + 1];
    for (i, x) in a.iter().enumerate() {
        for (to, y) in product.iter_mut().skip(i).zip(b) {
            *to += x * y;
        }
    }
    Ok(product)
}

/// For a formula: how many atoms it mentions, and how many of their sets of each size satisfy it.
pub(super) fn by_size(choices: Vec<Choice>, meter: &mut Meter<'_>) -> Result<(usize, Sizes), Stop> {
    let choices = simplify(choices, meter)?;
    let atoms = atoms_of(&choices);
    let count = atoms.len();
    let unit = Weight {
        yes: vec![BigUint::ZERO, BigUint::from(1_u8)],
        no: one(),
    };
    let mut counting = Counting {
        weights: atoms.iter().map(|a| (*a, unit.clone())).collect(),
        known: HashMap::new(),
        held: 0,
    };
    let choices = counting.merge(choices, meter)?;
    let mut sizes = counting.count(choices, 0, meter)?;
    sizes.resize(count + 1, BigUint::ZERO);
    Ok((count, sizes))
}

/// The atoms of a formula, ascending.
fn atoms_of(choices: &[Choice]) -> Term {
    let mut atoms: Term = choices.iter().flatten().flatten().copied().collect();
    atoms.sort_unstable();
    atoms.dedup();
    atoms
}

struct Counting {
    weights: BTreeMap<u32, Weight>,
    known: HashMap<Vec<Choice>, Sizes>,
    held: u64,
}

impl Counting {
    fn weight(&self, atom: u32) -> Weight {
        self.weights.get(&atom).cloned().unwrap_or(Weight {
            yes: vec![BigUint::ZERO, BigUint::from(1_u8)],
            no: one(),
        })
    }

    /// Makes one of atoms that always occur together.
    fn merge(
        &mut self,
        mut choices: Vec<Choice>,
        meter: &mut Meter<'_>,
    ) -> Result<Vec<Choice>, Stop> {
        loop {
            let before = atoms_of(&choices).len();
            // All in the same terms: all true, or not.
            let mut places: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
            for (c, choice) in choices.iter().enumerate() {
                for (t, term) in choice.iter().enumerate() {
                    meter.spend(term.len())?;
                    for atom in term {
                        places.entry(*atom).or_default().push((c, t));
                    }
                }
            }
            let gone = self.join(places, true, meter)?;
            remove(&mut choices, &gone);
            // Each alone in a term of the same choices: none true, or one.
            let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
            let mut inside = Vec::new();
            for (c, choice) in choices.iter().enumerate() {
                for term in choice {
                    meter.spend(term.len())?;
                    match term.as_slice() {
                        [atom] => places.entry(*atom).or_default().push(c),
                        _ => inside.extend_from_slice(term),
                    }
                }
            }
            for atom in inside {
                places.remove(&atom);
            }
            let gone = self.join(places, false, meter)?;
            for choice in &mut choices {
                choice.retain(|t| !matches!(t.as_slice(), [a] if gone.binary_search(a).is_ok()));
            }
            if atoms_of(&choices).len() == before {
                return Ok(choices);
            }
        }
    }

    /// Joins atoms with the same places into the first of them; returns those that are gone.
    fn join<P: Ord>(
        &mut self,
        places: BTreeMap<u32, P>,
        together: bool,
        meter: &mut Meter<'_>,
    ) -> Result<Term, Stop> {
        let mut alike: BTreeMap<P, Vec<u32>> = BTreeMap::new();
        for (atom, places) in places {
            alike.entry(places).or_default().push(atom);
        }
        let mut gone = Vec::new();
        for group in alike.into_values() {
            let [first, others @ ..] = group.as_slice() else {
                continue;
            };
            if others.is_empty() {
                continue;
            }
            let (mut all, mut none, mut free) = (one(), one(), one());
            for atom in &group {
                let weight = self.weight(*atom);
                all = product(&all, &weight.yes, meter)?;
                none = product(&none, &weight.no, meter)?;
                free = product(&free, &weight.free(), meter)?;
            }
            let weight = if together {
                Weight {
                    no: less(&free, &all),
                    yes: all,
                }
            } else {
                Weight {
                    yes: less(&free, &none),
                    no: none,
                }
            };
            self.weights.insert(*first, weight);
            gone.extend_from_slice(others);
        }
        gone.sort_unstable();
        Ok(gone)
    }

    /// The sets of the atoms that the formula mentions.
    fn count(
        &mut self,
        choices: Vec<Choice>,
        depth: usize,
        meter: &mut Meter<'_>,
    ) -> Result<Sizes, Stop> {
        let mut sizes = one();
        for part in parts(choices) {
            let of_part = match part.as_slice() {
                [choice] if matches!(choice.as_slice(), [t] if t.len() == 1) => {
                    let atom = choice.iter().flatten().next().copied();
                    atom.map_or_else(one, |a| self.weight(a).yes)
                }
                _ => self.split(part, depth, meter)?,
            };
            sizes = product(&sizes, &of_part, meter)?;
        }
        Ok(sizes)
    }

    /// Counts a part by setting one atom both ways.
    fn split(
        &mut self,
        part: Vec<Choice>,
        depth: usize,
        meter: &mut Meter<'_>,
    ) -> Result<Sizes, Stop> {
        if let Some(known) = self.known.get(&part) {
            return Ok(known.clone());
        }
        if depth >= DEEPEST {
            return Err(Stop::Limit {
                what: "decisions one inside the other",
                limit: DEEPEST as u64,
            });
        }
        let atoms = atoms_of(&part);
        let mut often: BTreeMap<u32, usize> = BTreeMap::new();
        for atom in part.iter().flatten().flatten() {
            *often.entry(*atom).or_default() += 1;
        }
        meter.spend(often.values().sum())?;
        let most = often
            .iter()
            .max_by_key(|(a, n)| (**n, std::cmp::Reverse(**a)));
        let Some(atom) = most.map(|(a, _)| *a) else {
            return Ok(one());
        };
        let weight = self.weight(atom);
        let mut total = Vec::new();
        for value in [true, false] {
            let mut set = part.clone();
            for choice in &mut set {
                if value {
                    for term in choice {
                        term.retain(|a| *a != atom);
                    }
                } else {
                    choice.retain(|t| t.binary_search(&atom).is_err());
                }
            }
            if set.iter().any(Vec::is_empty) {
                continue;
            }
            let set = simplify(set, meter)?;
            let left = atoms_of(&set);
            let mut sizes = self.count(set, depth + 1, meter)?;
            for free in atoms.iter().filter(|a| **a != atom) {
                if left.binary_search(free).is_err() {
                    sizes = product(&sizes, &self.weight(*free).free(), meter)?;
                }
            }
            let chosen = if value { &weight.yes } else { &weight.no };
            total = sum(&total, &product(&sizes, chosen, meter)?);
        }
        let most = meter.budget().max_nodes;
        self.held = self.held.saturating_add(total.len() as u64);
        if self.held > most {
            return Err(Stop::Limit {
                what: "numbers kept while counting",
                limit: most,
            });
        }
        self.known.insert(part, total.clone());
        Ok(total)
    }
}

fn remove(choices: &mut [Choice], gone: &[u32]) {
    for term in choices.iter_mut().flatten() {
        term.retain(|a| gone.binary_search(a).is_err());
    }
}

/// The parts of a formula that have no atom in common, in order of their first choices.
fn parts(choices: Vec<Choice>) -> Vec<Vec<Choice>> {
    // Each choice points to an earlier one of the same part, or to itself.
    let mut first: Vec<usize> = (0..choices.len()).collect();
    let root = |first: &[usize], mut at: usize| {
        while let Some(&next) = first.get(at) {
            if next == at {
                break;
            }
            at = next;
        }
        at
    };
    let mut holder: BTreeMap<u32, usize> = BTreeMap::new();
    for (c, choice) in choices.iter().enumerate() {
        for atom in choice.iter().flatten() {
            let with = *holder.entry(*atom).or_insert(c);
            let (a, b) = (root(&first, with), root(&first, c));
            if let Some(f) = first.get_mut(a.max(b)) {
                *f = a.min(b);
            }
        }
    }
    let mut parts: BTreeMap<usize, Vec<Choice>> = BTreeMap::new();
    for (c, choice) in choices.into_iter().enumerate() {
        parts.entry(root(&first, c)).or_default().push(choice);
    }
    parts.into_values().collect()
}
