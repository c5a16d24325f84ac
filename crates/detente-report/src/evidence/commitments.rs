//! Commitments in the report on evidence.

use detente_analysis::evidence::{CommitmentFound, ReadingPair};
use detente_model::syntax::quote;

use super::text::{cited, side_text};
use crate::style::Page;
use crate::words::{self, count};

pub(super) fn commitment_text(page: &mut Page, one: &CommitmentFound) {
    page.gap_once();
    let title = one
        .title
        .as_ref()
        .map(|t| format!(" {}", quote(t)))
        .unwrap_or_default();
    let to = if one.to.is_empty() {
        String::new()
    } else {
        format!(" to {}", words::list(&one.to))
    };
    let on = one
        .on
        .as_ref()
        .map(|d| format!(" on {d}"))
        .unwrap_or_default();
    let head = format!("{}{title}, by {}{to}{on}", one.name, words::list(&one.by));
    page.hanging("", "  ", &head);
    for side in &one.texts {
        side_text(page, "  text: ", side);
    }
    for side in &one.quoted {
        side_text(page, "  quoted: ", side);
    }
    for reading in &one.readings {
        let term = reading.term.as_ref().map(|t| format!(" in the term {t}"));
        let states = reading.states.map(|n| format!(" ({})", count(n, "state")));
        let text = format!(
            "{} reads{}: {}{}{}",
            reading.party,
            term.unwrap_or_default(),
            reading.side.says,
            cited(&reading.side.cites),
            states.unwrap_or_default()
        );
        page.hanging("  ", "    ", &text);
    }
    for pair in &one.pairs {
        pair_text(page, one, pair);
    }
    let kept = match (&one.kept_when, one.kept_now) {
        (None, _) => return,
        (Some(when), Some(true)) => format!("kept at present: {when}"),
        (Some(when), Some(false)) => format!("not kept at present: {when}"),
        (Some(when), None) => format!("kept when {when}; how things stand is not said"),
    };
    let states = one.kept_in.map(|n| format!(" ({})", count(n, "state")));
    page.hanging(
        "  ",
        "    ",
        &format!("{kept}{}", states.unwrap_or_default()),
    );
    for party in &one.unwanted_by {
        let text = format!("{party} would have it kept in none of the states that it wants most");
        page.hanging("  ", "    ", &text);
    }
}

/// How two readings are related, with who reads.
fn pair_text(page: &mut Page, one: &CommitmentFound, pair: &ReadingPair) {
    let (Some(a), Some(b)) = (one.readings.get(pair.first), one.readings.get(pair.second)) else {
        return;
    };
    let who = if pair.rival {
        format!("{}, {} against {}", a.party, a.side.says, b.side.says)
    } else {
        format!("{} and {}", a.party, b.party)
    };
    page.hanging("  ", "    ", &format!("{who}: {}", pair.related.words()));
}
