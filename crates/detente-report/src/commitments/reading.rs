//! What a table of commitments says, in sentences.

use detente_analysis::inverse::Want;

use super::Row;
use crate::breakthrough::Asked;
use crate::words;

/// With more alternatives than this the table speaks for itself.
const MOST_TERMS: usize = 4;

/// For each option whether it must go one way only (`Some(true)`), must not, or does not matter.
type Term = Vec<Option<bool>>;

/// The table in one or two sentences; none when it is not whole.
pub(super) fn sentences(asked: &Asked<'_>, options: &[String], rows: &[Row]) -> Vec<String> {
    let mut truth: Vec<Option<bool>> = vec![None; 1 << options.len().min(16)];
    for row in rows {
        let place = options
            .iter()
            .enumerate()
            .filter(|(_, o)| row.one_way.contains(o))
            .fold(0, |n, (i, _)| n | 1 << i);
        if let Some(cell) = truth.get_mut(place) {
            *cell = Some(row.holds);
        }
    }
    let Some(truth) = truth.into_iter().collect::<Option<Vec<bool>>>() else {
        return Vec::new();
    };
    if options.is_empty() {
        return Vec::new();
    }
    let subject = match (asked.names, asked.question.wants.as_slice()) {
        ([name], [Want::Some(_)]) => name.clone(),
        _ => "What is asked for".to_owned(),
    };
    let matters: Vec<usize> = (0..options.len())
        .filter(|i| (0..truth.len()).any(|n| truth[n] != truth[n ^ 1 << i]))
        .collect();
    let mut said = vec![format!("{subject} {}.", when(options, &truth, &matters))];
    let idle: Vec<&String> = (0..options.len())
        .filter(|i| !matters.contains(i))
        .map(|i| &options[i])
        .collect();
    if !matters.is_empty() && !idle.is_empty() {
        said.push(format!(
            "Whether {} can be taken back makes no difference to that.",
            words::list(&idle)
        ));
    }
    said
}

fn when(options: &[String], truth: &[bool], matters: &[usize]) -> String {
    let at = |bits: &[bool]| {
        let place = matters
            .iter()
            .zip(bits)
            .filter(|(_, on)| **on)
            .fold(0, |n, (i, _)| n | 1 << i);
        truth.get(place).copied().unwrap_or(false)
    };
    match matters {
        [] if truth.first() == Some(&true) => {
            "holds whichever of these options can be taken back".to_owned()
        }
        [] => "holds in none of these combinations".to_owned(),
        [one] => {
            let can = if at(&[false]) { "can" } else { "cannot" };
            format!(
                "holds when {} {can} be taken back, and only then",
                options[*one]
            )
        }
        [a, b] => {
            let (a, b) = (&options[*a], &options[*b]);
            match (
                at(&[false, false]),
                at(&[true, false]),
                at(&[false, true]),
                at(&[true, true]),
            ) {
                (true, false, false, true) => format!(
                    "holds when both {a} and {b} can be taken back, or neither can; it is lost when \
                     only one of them can"
                ),
                (false, true, true, false) => {
                    format!("holds when exactly one of {a} and {b} can be taken back")
                }
                (true, false, false, false) => {
                    format!("holds only when both {a} and {b} can be taken back")
                }
                (false, false, false, true) => {
                    format!("holds only when neither {a} nor {b} can be taken back")
                }
                (false, true, true, true) => {
                    format!("holds unless both {a} and {b} can be taken back")
                }
                (true, true, true, false) => {
                    format!("holds unless neither {a} nor {b} can be taken back")
                }
                (_, x, ..) => {
                    // One or three of the four: name the single one.
                    let only = truth_count(&[
                        at(&[false, false]),
                        at(&[true, false]),
                        at(&[false, true]),
                        at(&[true, true]),
                    ]) == 1;
                    let a_stays = x == only;
                    let (stays, goes) = if a_stays { (a, b) } else { (b, a) };
                    let when = if only { "only when" } else { "unless" };
                    format!("holds {when} {goes} can be taken back and {stays} cannot")
                }
            }
        }
        _ => {
            let terms = cover(options.len(), truth);
            if terms.len() > MOST_TERMS {
                let count = truth_count(truth);
                return format!("holds in {count} of these {} combinations", truth.len());
            }
            let each: Vec<String> = terms.iter().map(|t| term(options, t)).collect();
            format!("holds when {}", each.join(", or when "))
        }
    }
}

fn truth_count(truth: &[bool]) -> usize {
    truth.iter().filter(|t| **t).count()
}

fn term(options: &[String], term: &Term) -> String {
    let of = |wanted: bool| -> Vec<&String> {
        let fits = options.iter().zip(term);
        fits.filter(|(_, t)| **t == Some(wanted))
            .map(|(o, _)| o)
            .collect()
    };
    let mut parts = Vec::new();
    let (free, bound) = (of(false), of(true));
    if !free.is_empty() {
        parts.push(format!("{} can be taken back", words::list(&free)));
    }
    match bound.as_slice() {
        [] => {}
        [one] => parts.push(format!("{one} cannot be taken back")),
        [a, b] => parts.push(format!("neither {a} nor {b} can be taken back")),
        all => parts.push(format!("none of {} can be taken back", words::list(all))),
    }
    parts.join(" and ")
}

/// A short list of terms that together say when the table holds: prime implicants, the widest first,
/// until all cells are covered.
fn cover(options: usize, truth: &[bool]) -> Vec<Term> {
    let covers = |t: &Term, n: usize| {
        t.iter()
            .enumerate()
            .all(|(i, want)| want.is_none_or(|w| w == (n >> i & 1 == 1)))
    };
    let mut terms: Vec<Term> = vec![Vec::new()];
    for _ in 0..options {
        terms = terms
            .iter()
            .flat_map(|t| {
                [None, Some(false), Some(true)].map(|next| [t.as_slice(), &[next]].concat())
            })
            .collect();
    }
    terms.retain(|t| (0..truth.len()).all(|n| !covers(t, n) || truth[n]));
    terms.sort_by_key(|t| t.iter().filter(|w| w.is_some()).count());
    let mut open: Vec<usize> = (0..truth.len()).filter(|n| truth[*n]).collect();
    let mut chosen = Vec::new();
    while !open.is_empty() {
        // The first of those that cover most, so that the list does not depend on anything else.
        let count = |t: &Term| open.iter().filter(|n| covers(t, **n)).count();
        let Some(best) = terms.iter().rev().max_by_key(|t| count(t)).cloned() else {
            break;
        };
        open.retain(|n| !covers(&best, *n));
        chosen.push(best);
    }
    chosen
}
