//! How strongly states are held, as a person reads it in a terminal.

use detente_analysis::relation::{Standing, Standings};
use detente_analysis::{Game, StateId};

use super::build::{reason, set_aside};
use super::{Found, MOST_WEAK};
use crate::doubt::unknown_pairs;
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words;

/// How many states a table lists before the rest is counted.
const SHOWN: usize = 40;

/// The report.
pub fn text(found: &Found<'_, '_>, look: Look) -> String {
    let mut page = Page::new(look);
    head(&mut page, found);
    if let Some(state) = found.state {
        asked(&mut page, found, state);
    } else {
        equilibria(&mut page, found);
        standings(&mut page, found);
        weak(&mut page, found);
    }
    page.finish()
}

fn head(page: &mut Page, found: &Found<'_, '_>) {
    let game = found.game;
    page.heading(&words::title(game.model, found.variants));
    page.paragraph(&words::size(game));
    page.gap();
    let degrees = found.graded.degrees.used();
    let most = degrees.last().copied().unwrap_or(0);
    page.paragraph(&match most {
        0 | 1 if found.graded.fears_the_unknown() => {
            "No preference is certainly a strong one, but what is not known is feared like the worst: a \
             state is strong for a party when each move that gains can be answered by something of which \
             it is not known whether it is worse."
                .to_owned()
        }
        0 | 1 if found.graded.unknown.is_some_and(|(tri, _)| !tri.is_certain()) => {
            "No preference is certainly a strong one, so that nothing holds strongly but what nobody gains \
             by leaving."
                .to_owned()
        }
        0 | 1 => "No preference between two states is a strong one, so that nothing holds strongly but \
                  what nobody gains by leaving. Write `strongly:` before a statement that decides, or \
                  `>>` in a ranking."
            .to_owned(),
        2 => "Preferences are plain or strong. A state is strong for a party when each move that gains \
              can be answered by something much worse, weak when some can only be answered more mildly."
            .to_owned(),
        most => format!(
            "Preferences have degrees up to {most}. A state's level is the degree by which the answers \
             to its party's moves are worse at least: weak with 0 or 1, strong from 2."
        ),
    });
    let Some((tri, extension)) = found.graded.unknown else {
        let parties = set_aside(found);
        if !parties.is_empty() {
            page.paragraph(&format!(
                "The doubt about {} is set aside; `--extension a` joins it, or b, c, d.",
                words::list(&parties)
            ));
        }
        return;
    };
    if tri.is_certain() {
        page.paragraph("Nothing is in doubt, so that the extension makes no difference.");
        return;
    }
    page.paragraph(&format!(
        "Of what is not known a party makes this (extension {}): it {}.",
        extension.id(),
        extension.summary()
    ));
    let counts = unknown_pairs(game, tri).into_iter();
    let counts: Vec<String> = counts.map(|(name, n)| format!("{name} {n}")).collect();
    page.paragraph(&format!(
        "Ordered pairs of states of which it is not known whether the first is preferred: {}.",
        counts.join(", ")
    ));
}

/// `nash`, `strong`, `weak` or a dash, with the level where there are more than three degrees.
fn word(found: &Found<'_, '_>, standing: Standing) -> String {
    let many = found.graded.degrees.used().last().is_some_and(|d| *d > 2);
    match standing {
        Standing::Unstable => "-".to_owned(),
        Standing::Held(level) if many => format!("{} {level}", standing.id()),
        _ => standing.id().to_owned(),
    }
}

/// States in the order of their classes, those of no class last.
fn by_class(game: &Game<'_>, states: &mut [StateId]) {
    states.sort_by_key(|s| (game.headline(*s).unwrap_or(usize::MAX), *s));
}

/// The rows of a table of states, with the name of a class before its states.
fn rows(
    game: &Game<'_>,
    mut states: Vec<StateId>,
    cells: impl Fn(StateId) -> Vec<String>,
) -> (Vec<Vec<String>>, usize) {
    by_class(game, &mut states);
    let left_out = states.len().saturating_sub(SHOWN);
    let mut out = Vec::new();
    for state in states.into_iter().take(SHOWN) {
        let class = game.headline(state).and_then(|c| game.model.classes.get(c));
        let mark = if game.status_quo == Some(state) {
            "* "
        } else {
            ""
        };
        let mut row = vec![
            format!("{mark}{}", game.id(state)),
            class.map_or_else(String::new, |c| c.name.clone()),
        ];
        row.extend(cells(state));
        out.push(row);
    }
    (out, left_out)
}

fn table(page: &mut Page, heads: Vec<String>, (rows, left_out): (Vec<Vec<String>>, usize)) {
    let mut header = vec!["state".to_owned(), "outcome".to_owned()];
    header.extend(heads);
    let mut right = vec![true, false];
    right.resize(header.len(), false);
    page.table(&header, &rows, &right);
    if left_out > 0 {
        page.more(left_out);
    }
}

fn equilibria(page: &mut Page, found: &Found<'_, '_>) {
    let game = found.game;
    let stable = |s: &StateId| found.standings.iter().any(|t| t.weakest(*s).is_stable());
    let states: Vec<StateId> = game.space.ids().filter(stable).collect();
    if states.is_empty() {
        page.gap();
        page.paragraph("No state holds for every party under any of these concepts.");
        return;
    }
    page.heading("Equilibria, and how strongly they hold");
    page.gap();
    let heads = found.standings.iter().map(|t| t.concept.id()).collect();
    let cells = |s: StateId| -> Vec<String> {
        let each = found.standings.iter();
        each.map(|t| word(found, t.weakest(s))).collect()
    };
    table(page, heads, rows(game, states, cells));
}

fn main<'r>(found: &Found<'r, '_>) -> Option<&'r Standings> {
    found.standings.iter().find(|t| t.concept == found.concept)
}

fn standings(page: &mut Page, found: &Found<'_, '_>) {
    let game = found.game;
    let Some(main) = main(found) else { return };
    page.heading(&format!(
        "How each state stands for each party, under {}",
        concept_in_text(main.concept)
    ));
    page.gap();
    let heads = game.model.parties.iter().map(|p| p.name.clone()).collect();
    let cells = |s: StateId| -> Vec<String> {
        let each = game.model.party_ids();
        each.map(|p| word(found, main.of(p, s))).collect()
    };
    table(page, heads, rows(game, game.space.ids().collect(), cells));
    if game.status_quo.is_some() {
        page.gap();
        page.paragraph("* is the status quo.");
    }
}

/// What makes the weak equilibria weak.
fn weak(page: &mut Page, found: &Found<'_, '_>) {
    let Some(main) = main(found) else { return };
    let weak = |s: &StateId| {
        let standing = main.weakest(*s);
        standing.is_stable() && !standing.is_firm()
    };
    let all = found.game.space.ids().filter(weak).count();
    if all == 0 || found.graded.degrees.used().iter().all(|d| *d < 2) {
        return;
    }
    page.heading(&format!(
        "What weakens the weak ones, under {}",
        concept_in_text(main.concept)
    ));
    for (state, lists) in found.fates {
        page.gap();
        page.hanging("  ", "  ", &words::state(found.game, *state));
        for (party, fates) in found.game.model.party_ids().zip(lists) {
            let standing = main.of(party, *state);
            if standing.is_firm() {
                continue;
            }
            for step in reason(found, party, *state, fates).moves {
                if step.degree.is_none_or(|d| d < 2) {
                    page.hanging("    - ", "      ", &step.text);
                }
            }
        }
    }
    if all > MOST_WEAK {
        page.gap();
        page.paragraph(&format!(
            "And {} more; --state asks about one of them.",
            all - MOST_WEAK
        ));
    }
}

/// Everything about one state.
fn asked(page: &mut Page, found: &Found<'_, '_>, state: StateId) {
    page.heading(&format!("State {}", words::state(found.game, state)));
    for (_, lists) in found.fates.iter().filter(|(s, _)| *s == state) {
        for (party, fates) in found.game.model.party_ids().zip(lists) {
            let reason = reason(found, party, state, fates);
            page.gap();
            page.paragraph(&reason.claim);
            for step in &reason.moves {
                page.hanging("  - ", "    ", &step.text);
            }
        }
    }
}
