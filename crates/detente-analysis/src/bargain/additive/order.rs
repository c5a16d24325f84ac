//! In which order issues are settled.

/// Issues that hang together through rules or terms, each group in the order in which it is settled.
///
/// Within a group the next issue is always the one after which the fewest combinations of levels of settled
/// issues can still matter: those of issues that some open rule or term asks about.
pub(super) fn groups(sizes: &[u32], couplings: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..sizes.len()).collect();
    for coupled in couplings {
        let Some(first) = coupled.iter().map(|i| group[*i]).min() else {
            continue;
        };
        let joined: Vec<usize> = coupled.iter().map(|i| group[*i]).collect();
        for place in &mut group {
            if joined.contains(place) {
                *place = first;
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); sizes.len()];
    for (issue, place) in group.iter().enumerate() {
        groups[*place].push(issue);
    }
    groups.retain(|g| !g.is_empty());
    for group in &mut groups {
        if group.len() > 2 {
            *group = within(group, sizes, couplings);
        }
    }
    groups
}

/// How many starts are tried for the order of a group.
const STARTS: usize = 16;

fn within(group: &[usize], sizes: &[u32], couplings: &[Vec<usize>]) -> Vec<usize> {
    let couplings: Vec<&Vec<usize>> = couplings
        .iter()
        .filter(|c| c.iter().any(|i| group.contains(i)))
        .collect();
    let mut starts: Vec<usize> = group.to_vec();
    let degree = |issue: &usize| couplings.iter().filter(|c| c.contains(issue)).count();
    starts.sort_by_key(|i| (degree(i), *i));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for start in starts.into_iter().take(STARTS) {
        let mut order = vec![start];
        let mut widest = open(&order, sizes, &couplings);
        while order.len() < group.len() {
            let rest = group.iter().filter(|i| !order.contains(i));
            let after = rest.map(|i| {
                let mut longer = order.clone();
                longer.push(*i);
                (open(&longer, sizes, &couplings), *i)
            });
            let Some((width, next)) = after.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                break;
            };
            widest = widest.max(width);
            order.push(next);
        }
        if best.as_ref().is_none_or(|(width, _)| widest < *width) {
            best = Some((widest, order));
        }
    }
    best.map_or_else(|| group.to_vec(), |(_, order)| order)
}

/// The logarithm of how many combinations of levels can still matter.
fn open(settled: &[usize], sizes: &[u32], couplings: &[&Vec<usize>]) -> f64 {
    let mut matter: Vec<usize> = Vec::new();
    for coupled in couplings {
        if coupled.iter().any(|i| !settled.contains(i)) {
            matter.extend(coupled.iter().filter(|i| settled.contains(i)));
        }
    }
    matter.sort_unstable();
    matter.dedup();
    matter.iter().map(|i| f64::from(sizes[*i]).ln()).sum()
}
