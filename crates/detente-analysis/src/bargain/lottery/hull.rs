//! One or two voices: the upper right convex hull, exactly.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::{Aim, Lotteries, Lottery, Part, Table};

/// The solutions on the hull.
pub(super) fn solve(table: &Table) -> Lotteries {
    let path = match table.voices() {
        0 => Vec::new(),
        1 => best_alone(table),
        _ => clipped(table),
    };
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return table.nothing();
    };
    let ideal = match table.voices() {
        1 => last.worth.clone(),
        _ => vec![last.worth[0].clone(), first.worth[1].clone()],
    };
    let best = table.gains(&ideal);
    let all_gain = best.iter().all(Signed::is_positive);
    let ones = vec![BigRational::one(); best.len()];
    let nash = path_best(&path, |a, b| peak(table, a, b), &|l| {
        table.value(&Aim::Nash, &l.worth)
    });
    let nash = nash.filter(|l| table.gains(&l.worth).iter().all(Signed::is_positive));
    Lotteries {
        disagreement: table.disagreement.clone(),
        nash: nash.map(|l| table.exact(&Aim::Nash, l)),
        kalai_smorodinsky: level(table, &path, &best)
            .filter(|_| all_gain)
            .map(|l| table.exact(&Aim::Shares(&best), l)),
        egalitarian: level(table, &path, &ones).map(|l| table.exact(&Aim::Least, l)),
        utilitarian: path_best(&path, |_, _| None, &|l| table.value(&Aim::Sum, &l.worth))
            .map(|l| table.exact(&Aim::Sum, l)),
        ideal,
    }
}

/// The best corner, or the best place within an edge.
fn path_best(
    path: &[Lottery],
    within: impl Fn(&Lottery, &Lottery) -> Option<Lottery>,
    value: &dyn Fn(&Lottery) -> BigRational,
) -> Option<Lottery> {
    let inner = path
        .windows(2)
        .filter_map(|pair| within(&pair[0], &pair[1]));
    let mut best: Option<(BigRational, Lottery)> = None;
    for lottery in path.iter().cloned().chain(inner) {
        let value = value(&lottery);
        if best.as_ref().is_none_or(|(b, _)| value > *b) {
            best = Some((value, lottery));
        }
    }
    best.map(|(_, lottery)| lottery)
}

/// Where the product of gains is greatest within an edge: the product is a parabola of the share.
fn peak(table: &Table, from: &Lottery, to: &Lottery) -> Option<Lottery> {
    let start = table.gains(&from.worth);
    let step: Vec<BigRational> = to
        .worth
        .iter()
        .zip(&from.worth)
        .map(|(b, a)| b - a)
        .collect();
    let [a, b] = start.as_slice() else {
        return None;
    };
    let bend = &step[0] * &step[1] * BigRational::from_integer(2.into());
    if bend.is_zero() {
        return None;
    }
    let share = -(&step[0] * b + &step[1] * a) / bend;
    let inside = share.is_positive() && share < BigRational::one();
    inside.then(|| mix(from, to, &share))
}

/// Where both gains are the same multiple of the given scales, or, when the hull ends before that, where who has the
/// smaller multiple has most.
fn level(table: &Table, path: &[Lottery], scale: &[BigRational]) -> Option<Lottery> {
    let [_, _] = scale else {
        return path.first().cloned();
    };
    // How far the first voice is ahead; it grows along the path.
    let ahead = |l: &Lottery| {
        let gains = table.gains(&l.worth);
        &gains[0] * &scale[1] - &gains[1] * &scale[0]
    };
    let first = path.first()?;
    if !ahead(first).is_negative() {
        return Some(first.clone());
    }
    for pair in path.windows(2) {
        let (here, there) = (ahead(&pair[0]), ahead(&pair[1]));
        if !there.is_negative() {
            let share = -&here / (there - here);
            return Some(mix(&pair[0], &pair[1], &share));
        }
    }
    path.last().cloned()
}

/// One voice: its best package, when it accepts it.
fn best_alone(table: &Table) -> Vec<Lottery> {
    let best = table.points.iter().enumerate().max_by(|a, b| {
        // The first of several.
        a.1.cmp(b.1).then(b.0.cmp(&a.0))
    });
    best.filter(|(_, p)| table.accepted(p))
        .map(|(place, _)| pure(table, place))
        .into_iter()
        .collect()
}

/// The hull from the second voice's best to the first's, without what somebody refuses.
fn clipped(table: &Table) -> Vec<Lottery> {
    let mut path: Vec<Lottery> = Vec::new();
    let mut order: Vec<usize> = (0..table.points.len()).collect();
    order.sort_by(|a, b| table.points[*a].cmp(&table.points[*b]).then(b.cmp(a)));
    for place in order {
        let point = &table.points[place];
        while let Some(last) = path.last() {
            let covered = last.worth[1] <= point[1];
            let under = path.len() > 1 && below(&path[path.len() - 2].worth, &last.worth, point);
            if !covered && !under {
                break;
            }
            path.pop();
        }
        path.push(pure(table, place));
    }
    let path = clip(path, 0, &table.disagreement[0]);
    let path = clip(path.into_iter().rev().collect(), 1, &table.disagreement[1]);
    path.into_iter().rev().collect()
}

/// Whether the middle one lies on or below the line from the first to the last.
fn below(a: &[BigRational], b: &[BigRational], c: &[BigRational]) -> bool {
    (&b[1] - &a[1]) * (&c[0] - &a[0]) <= (&c[1] - &a[1]) * (&b[0] - &a[0])
}

/// What is left of a path along which the voice's worth rises.
fn clip(path: Vec<Lottery>, voice: usize, least: &BigRational) -> Vec<Lottery> {
    let kept = path.partition_point(|l| l.worth[voice] < *least);
    let mut rest = path;
    let tail = rest.split_off(kept);
    let mut found = Vec::new();
    if let (Some(before), Some(after)) = (rest.last(), tail.first())
        && after.worth[voice] > *least
    {
        let rise = &after.worth[voice] - &before.worth[voice];
        let share = (least - &before.worth[voice]) / rise;
        found.push(mix(before, after, &share));
    }
    found.extend(tail);
    found
}

/// One package for sure.
fn pure(table: &Table, point: usize) -> Lottery {
    Lottery {
        parts: vec![Part {
            point,
            chance: BigRational::one(),
        }],
        worth: table.points[point].clone(),
    }
}

/// The second with the given chance, else the first.
fn mix(a: &Lottery, b: &Lottery, share: &BigRational) -> Lottery {
    let rest = BigRational::one() - share;
    let mut parts: Vec<Part> = Vec::new();
    for (lottery, by) in [(a, &rest), (b, share)] {
        for part in &lottery.parts {
            let chance = &part.chance * by;
            if chance.is_zero() {
                continue;
            }
            match parts.iter_mut().find(|p| p.point == part.point) {
                Some(same) => same.chance += chance,
                None => parts.push(Part {
                    point: part.point,
                    chance,
                }),
            }
        }
    }
    parts.sort_unstable_by_key(|p| p.point);
    let worth = a.worth.iter().zip(&b.worth);
    Lottery {
        parts,
        worth: worth.map(|(a, b)| a * &rest + b * share).collect(),
    }
}
