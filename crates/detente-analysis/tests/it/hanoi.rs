//! What lay on the table in Hanoi, as the founding case gives it: drills, relief, political steps, Yongbyon, beyond
//! Yongbyon, moratorium, remains.

/// How many levels each issue has.
pub(crate) const SIZES: [u16; 7] = [3, 4, 3, 4, 4, 2, 2];

/// What the levels are worth to the United States.
pub(crate) const US: [&[i64]; 7] = [
    &[0, -1, -4],
    &[0, -8, -30, -55],
    &[0, -1, -5],
    &[0, 6, 12, 22],
    &[0, 12, 28, 60],
    &[0, 6],
    &[0, 3],
];

/// What they are worth to North Korea.
pub(crate) const DPRK: [&[i64]; 7] = [
    &[0, 3, 8],
    &[0, 12, 35, 50],
    &[0, 4, 9],
    &[0, -5, -12, -22],
    &[0, -14, -35, -90],
    &[0, -4],
    &[0, -1],
];

/// The same worths in the numbers of a test.
pub(crate) fn tables<N: From<i64>>(side: [&[i64]; 7]) -> Vec<Vec<N>> {
    let levels = |issue: &[i64]| issue.iter().map(|worth| N::from(*worth)).collect();
    side.into_iter().map(levels).collect()
}
