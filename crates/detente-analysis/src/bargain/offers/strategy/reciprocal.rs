//! What is asked when only the conduct of the others decides.

use super::{Aspiration, View};

/// What is asked after an earlier and a later demand of the others: the gain asked before, times the ratio
/// of the later to the earlier demand. A demand of the others is what their offer leaves short of the own
/// best package. Not more than the best package, not less than the disagreement point.
pub(super) fn answer(view: &View<'_>, before: i128, earlier: i128, later: i128) -> i128 {
    let ladder = view.ladder;
    let (best, least) = (ladder.best(), ladder.disagreement);
    let demand = |worth: i128| (best - worth).max(0);
    let (earlier, later) = (demand(earlier), demand(later));
    if earlier == later {
        return before;
    }
    if earlier == 0 {
        // More is demanded than nothing: no ratio says how much more.
        return best;
    }
    let gain = (before - least).max(0);
    // Rounded up, so that never more is conceded than was received.
    let answer = if later > earlier {
        gain + super::portion(gain, later - earlier, earlier)
    } else {
        gain - super::portion(gain, earlier - later, earlier)
    };
    least + answer.min(best - least)
}

/// The best package in the first round.
pub(super) fn opening(view: &View<'_>) -> Aspiration {
    Aspiration::AtLeast(view.ladder.best())
}
