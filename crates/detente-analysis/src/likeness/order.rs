//! How far two orders of the same things agree: Kendall's tau-b.

/// Kendall's tau-b of two lists of ranks of the same things: (C - D) / sqrt((n0 - n1) (n0 - n2)), where C pairs are
/// ordered alike, D pairs are ordered in opposite ways, n0 is the number of pairs and n1 and n2 the numbers of pairs
/// that the first and the second list tie. From -1 (opposed) to 1 (the same); `None` when a list ties everything.
///
/// The counts are exact, by sorting (W. R. Knight, A Computer Method for Calculating Kendall's Tau with Ungrouped
/// Data, Journal of the American Statistical Association 61, 1966); the quotient is a float. Lists of different
/// lengths are cut to the shorter.
pub fn tau_b(one: &[u32], other: &[u32]) -> Option<f64> {
    let mut both: Vec<(u32, u32)> = one.iter().copied().zip(other.iter().copied()).collect();
    both.sort_unstable();
    let pairs = |n: u64| u128::from(n) * u128::from(n.saturating_sub(1)) / 2;
    let all = pairs(both.len() as u64);
    let tied_one: u128 = runs(both.iter().map(|(a, _)| *a)).map(pairs).sum();
    let tied_both: u128 = runs(both.iter().copied()).map(pairs).sum();
    let mut second: Vec<u32> = both.into_iter().map(|(_, b)| b).collect();
    let opposed = inversions(&mut second);
    let tied_other: u128 = runs(second.iter().copied()).map(pairs).sum();
    let ordered = all + tied_both - tied_one - tied_other;
    let alike = ordered - opposed;
    tau_b_of(alike, opposed, all - tied_one, all - tied_other)
}

/// Tau-b from its counts: pairs ordered alike, pairs ordered in opposite ways, pairs that the first list does not
/// tie, pairs that the second does not tie.
pub fn tau_b_of(alike: u128, opposed: u128, free_one: u128, free_other: u128) -> Option<f64> {
    if free_one == 0 || free_other == 0 {
        return None;
    }
    let size = (free_one as f64 * free_other as f64).sqrt();
    Some((alike as f64 - opposed as f64) / size)
}

/// The lengths of runs of equal values.
fn runs<T: PartialEq>(values: impl Iterator<Item = T>) -> impl Iterator<Item = u64> {
    let mut values = values.peekable();
    std::iter::from_fn(move || {
        let first = values.next()?;
        let mut length = 1;
        while values.next_if(|next| *next == first).is_some() {
            length += 1;
        }
        Some(length)
    })
}

/// How many pairs stand in the wrong order, strictly; sorts the values.
fn inversions(values: &mut Vec<u32>) -> u128 {
    let mut count = 0_u128;
    let mut width = 1;
    while width < values.len() {
        let mut merged = Vec::with_capacity(values.len());
        for chunk in values.chunks(2 * width) {
            let (left, right) = chunk.split_at(width.min(chunk.len()));
            let (mut i, mut j) = (0, 0);
            while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
                if b < a {
                    count += (left.len() - i) as u128;
                    merged.push(*b);
                    j += 1;
                } else {
                    merged.push(*a);
                    i += 1;
                }
            }
            merged.extend_from_slice(left.get(i..).unwrap_or_default());
            merged.extend_from_slice(right.get(j..).unwrap_or_default());
        }
        *values = merged;
        width *= 2;
    }
    count
}
