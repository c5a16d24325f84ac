//! How much is asked when only the time decides: polynomial concession.

use super::{Aspiration, View};

/// How many parts a share is counted in.
const PARTS: i128 = 1_000_000_000;

/// What is asked for after a share of the time, when the part t^(1/e) of the way from the best package to
/// the disagreement point is conceded. It falls in time, from the best package in the first round to the
/// disagreement point in the last. With `e` = 1 it is exact; else the part is rounded to a billionth.
pub(super) fn aspiration(view: &View<'_>, e: f64) -> Aspiration {
    let ladder = view.ladder;
    let range = ladder.best() - ladder.disagreement;
    let last = view.rounds.saturating_sub(1);
    if view.round >= last {
        return Aspiration::AtLeast(ladder.disagreement);
    }
    let (part, of) = if (e - 1.0).abs() < f64::EPSILON {
        (i128::from(view.round), i128::from(last))
    } else {
        let share = view.time().powf(e.recip()) * PARTS as f64;
        ((share.round() as i128).clamp(0, PARTS), PARTS)
    };
    Aspiration::AtLeast(ladder.best() - super::portion(range, part, of))
}
