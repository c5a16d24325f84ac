//! What would have to change, as a person reads it in a terminal.

use detente_analysis::{Game, StateId};

use super::{Because, Breakthrough, Plan, Shift, said};
use crate::style::{Look, Page};
use crate::words;

/// Equilibria that appear or vanish are named one by one up to this number, else by class.
const FEW: usize = 4;

/// So many sentences are shown on why a state holds.
const SENTENCES: usize = 4;

/// States of the legend at most.
const LEGEND: usize = 20;

/// The answer as a person reads it.
pub fn text(game: &Game<'_>, found: &Breakthrough, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&heading(found));
    page.gap();
    page.paragraph(&asked(found));
    page.paragraph(&verdict(found));
    if let Some(facts) = &found.forbidden {
        page.gap();
        page.paragraph(match (facts.len(), found.smallest) {
            (1, _) => "What forbids it:",
            (_, true) => "What forbids it, together; each is needed, and no smaller set does:",
            (_, false) => "What forbids it, together; each is needed:",
        });
        for fact in facts {
            page.hanging("  - ", "    ", &format!("{fact}."));
        }
        if !found.could_permit.is_empty() {
            page.gap();
            page.paragraph("What could be permitted as well:");
            for hint in &found.could_permit {
                page.hanging("  - ", "    ", hint);
            }
        }
    }
    let mut shown: Vec<u32> = Vec::new();
    for (place, one) in found.plans.iter().enumerate() {
        plan(game, found, one, place, &mut shown, &mut page);
    }
    legend(game, found, &shown, &mut page);
    page.finish()
}

fn heading(found: &Breakthrough) -> String {
    let (unwanted, wanted): (Vec<_>, Vec<_>) = found.wanted.iter().partition(|w| w.unwanted);
    let names = |list: &[&super::Wanted]| {
        words::list(&list.iter().map(|w| w.name.as_str()).collect::<Vec<_>>())
    };
    match (wanted.as_slice(), unwanted.as_slice()) {
        (wanted, []) => format!("What would make {} hold", names(wanted)),
        ([], unwanted) => format!("What would undo {}", names(unwanted)),
        (wanted, unwanted) => format!(
            "What would make {} hold, and {} not",
            names(wanted),
            names(unwanted)
        ),
    }
}

/// What was asked, and what may change.
fn asked(found: &Breakthrough) -> String {
    let by = match found.judgements.as_slice() {
        [one] => format!("Judged by {one}"),
        several => format!("Judged by {}, all at once", words::list(several)),
    };
    let reach = match found.reachable.as_deref() {
        None => "",
        Some("moves") => ", and reachable from the status quo by moves",
        Some("improvements") => ", and reachable from the status quo by improvements",
        Some(_) => ", and reachable from the status quo by improvements and joint ones",
    };
    format!(
        "{by}{reach}. What may change: {}.",
        words::list(&found.permitted)
    )
}

/// The answer in a sentence.
fn verdict(found: &Breakthrough) -> String {
    if found.already {
        return "Nothing has to change: it is so already.".to_owned();
    }
    let cheapest = found.plans.iter().map(|p| p.price).min();
    if let Some(stop) = &found.stopped {
        return match cheapest {
            Some(price) if price > found.least => format!(
                "INCOMPLETE: {stop}. The cheapest plan found costs {price}; no plan costs less than \
                 {}, so one that is up to {} cheaper may exist.",
                found.least,
                price - found.least
            ),
            Some(price) => format!(
                "INCOMPLETE: {stop}. The cheapest plan costs {price}; there may be more of this price."
            ),
            None if found.least == 0 => format!("INCOMPLETE: {stop}. No plan was found yet."),
            None => format!(
                "INCOMPLETE: {stop}. No plan was found yet; none costs less than {}.",
                found.least
            ),
        };
    }
    if found.forbidden.is_some() {
        return "No permitted change does it.".to_owned();
    }
    let dearest = found.plans.iter().map(|p| p.price).max();
    match (cheapest, dearest, found.plans.len(), found.all) {
        (Some(price), _, 1, true) => {
            format!("One plan does it, at price {price}; every other costs more.")
        }
        (Some(low), Some(_), n, true) if Some(low) == dearest => {
            format!("{n} plans do it at price {low}; every other costs more.")
        }
        (Some(low), Some(high), n, true) => {
            format!("{n} plans do it, at prices {low} to {high}; the cheapest costs {low}.")
        }
        (Some(low), _, n, false) => format!(
            "The cheapest price is {low}. {} shown; there may be more (--most).",
            if n == 1 {
                "1 plan is".to_owned()
            } else {
                format!("{n} plans are")
            }
        ),
        (None, ..) | (_, None, ..) => "No plan was found.".to_owned(),
    }
}

fn plan(
    game: &Game<'_>,
    found: &Breakthrough,
    one: &Plan,
    place: usize,
    shown: &mut Vec<u32>,
    page: &mut Page,
) {
    if one.changes.is_empty() {
        page.heading("What holds now");
    } else {
        let who = match one.who.as_slice() {
            [] => String::new(),
            [alone] => format!(": {alone} alone would have to change"),
            [a, b] => format!(": both {a} and {b} would have to change"),
            all => format!(": {} would all have to change", words::list(all)),
        };
        page.heading(&format!("Plan {}, price {}{who}", place + 1, one.price));
        page.gap();
        let several = one.changes.len() > 1;
        for change in &one.changes {
            for (i, clause) in change.said.iter().enumerate() {
                let price = if several && i + 1 == change.said.len() {
                    format!(" (price {})", change.price)
                } else {
                    String::new()
                };
                page.hanging("  - ", "    ", &format!("{clause}{price}."));
            }
        }
    }
    for because in chosen(game, one) {
        page.gap();
        witness(game, found, one, because, shown, page);
        shown.push(because.state);
    }
    if let Some(text) = others(found, one) {
        page.paragraph(&text);
    }
    if one.changes.is_empty() {
        return;
    }
    for shift in &one.equilibria {
        page.paragraph(&shifted(game, found, shift));
    }
    page.gap();
    for line in one.variant.lines() {
        page.line(&format!("  {line}"));
    }
}

/// For each want and judgement one state: the one that is reached most easily. And the unwanted states
/// that did hold.
fn chosen<'p>(game: &Game<'_>, plan: &'p Plan) -> Vec<&'p Because> {
    let level = |id: &u32| {
        plan.reachability.get(id).map_or(3, |r| {
            if r.improvements.is_some() {
                0
            } else if r.joint.is_some() {
                1
            } else if r.moves.is_some() {
                2
            } else {
                3
            }
        })
    };
    let mut states: Vec<u32> = Vec::new();
    for list in &plan.holds {
        // One that held already is no example of what the plan does.
        let held = |id: &u32| plan.because.iter().any(|b| b.state == *id && b.held);
        states.extend(list.iter().min_by_key(|id| (held(id), level(id), **id)));
    }
    let lost = plan.because.iter().filter(|b| !b.holds && b.held);
    states.extend(lost.map(|b| b.state).take(FEW));
    states.retain(|id| game.by_id(*id).is_some());
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for id in states {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        found.extend(plan.because.iter().filter(|b| b.state == id));
    }
    found
}

fn witness(
    game: &Game<'_>,
    found: &Breakthrough,
    plan: &Plan,
    because: &Because,
    shown: &mut Vec<u32>,
    page: &mut Page,
) {
    let Some(state) = game.by_id(because.state) else {
        return;
    };
    let name = words::brief(game, state);
    let by = if found.judgements.len() > 1 {
        format!(" under {}", because.judgement)
    } else {
        String::new()
    };
    if plan.changes.is_empty() {
        page.paragraph(&format!("{name} holds{by}:"));
        for party in &because.parties {
            page.hanging("  - ", "    ", &party.claim);
        }
    } else if because.holds == because.held {
        page.paragraph(&format!("{name} holds{by} before and after."));
    } else {
        let becomes = if because.holds {
            "would hold"
        } else {
            "would no longer hold"
        };
        let rest = because.effects.len().saturating_sub(SENTENCES);
        let more = if rest > 0 {
            format!(" (and so for {})", words::count(rest, "more improvement"))
        } else {
            String::new()
        };
        let effects = because.effects.iter().take(SENTENCES);
        let sentences: Vec<&str> = effects
            .clone()
            .map(|e| {
                shown.extend(&e.states);
                e.said.as_str()
            })
            .collect();
        match sentences.as_slice() {
            [] => page.paragraph(&format!("Then {name} {becomes}{by}.")),
            [one] => page.paragraph(&format!(
                "{name} {becomes}{by}: if {}, then {one}.",
                plan.condition
            )),
            several => {
                page.paragraph(&format!(
                    "{name} {becomes}{by}. If {}, then",
                    plan.condition
                ));
                let last = several.len() - 1;
                for (i, one) in several.iter().enumerate() {
                    let end = if i == last {
                        format!("{more}.")
                    } else {
                        ";".to_owned()
                    };
                    page.hanging("  - ", "    ", &format!("{one}{end}"));
                }
            }
        }
    }
    // How it is reached is the same by every judgement.
    let first = plan.because.iter().find(|b| b.state == because.state);
    if because.holds
        && first == Some(because)
        && let Some(way) = reached(game, plan, because.state)
    {
        page.paragraph(&way);
    }
}

/// How a state is reached from the status quo afterwards.
fn reached(game: &Game<'_>, plan: &Plan, state: u32) -> Option<String> {
    let ways = plan.reachability.get(&state)?;
    let legs = |route: &crate::finding::Route| {
        let one = |leg: &crate::finding::Leg| {
            let deed = match leg.parties.as_slice() {
                [party] => {
                    let mover = game
                        .model
                        .party_ids()
                        .find(|p| words::party(game, *p) == party);
                    let ends = game.by_id(leg.from).zip(game.by_id(leg.to));
                    let told = mover.zip(ends).map(|(mover, (from, to))| {
                        words::deed(game, mover, from, to, words::Tense::Present)
                    });
                    format!("{party} {}", told.unwrap_or_else(|| "moves".to_owned()))
                }
                several => format!("{} together", words::list(several)),
            };
            format!("{deed} ({} -> {})", leg.from, leg.to)
        };
        route
            .steps
            .iter()
            .map(one)
            .collect::<Vec<_>>()
            .join(", then ")
    };
    Some(match (&ways.improvements, &ways.joint, &ways.moves) {
        (Some(route), _, _) if route.steps.is_empty() => "It is the status quo.".to_owned(),
        (Some(route), _, _) => format!(
            "From the status quo it is reached by improvements: {}.",
            legs(route)
        ),
        (None, Some(route), _) => format!(
            "From the status quo it is reached only with a joint step: {}.",
            legs(route)
        ),
        (None, None, Some(route)) => format!(
            "From the status quo no improvements lead to it; moves do: {}.",
            legs(route)
        ),
        (None, None, None) => "It cannot be reached from the status quo.".to_owned(),
    })
}

/// The other states that hold, where a want has several.
fn others(found: &Breakthrough, plan: &Plan) -> Option<String> {
    let mut said = Vec::new();
    for (want, held) in found.wanted.iter().zip(&plan.holds) {
        if held.len() > 1 {
            said.push(format!(
                "{} of {} of {} hold",
                held.len(),
                words::count(want.states.len(), "state"),
                want.name
            ));
        }
    }
    (!said.is_empty()).then(|| format!("In all, {}.", words::list(&said)))
}

/// What appears and vanishes besides.
fn shifted(game: &Game<'_>, found: &Breakthrough, shift: &Shift) -> String {
    let by = if found.judgements.len() > 1 {
        format!(" under {}", shift.judgement)
    } else {
        String::new()
    };
    let list = |ids: &[u32]| named(game, ids);
    let change = match (shift.appear.as_slice(), shift.vanish.as_slice()) {
        ([], []) => "unchanged".to_owned(),
        (new, []) => format!("new {}; none lost", list(new)),
        ([], lost) => format!("none new; lost {}", list(lost)),
        (new, lost) => format!("new {}; lost {}", list(new), list(lost)),
    };
    format!(
        "Equilibria{by}, {} before and {} after: {change}.",
        shift.before.len(),
        shift.after.len()
    )
}

/// States by name when they are few, else counted by class.
pub(crate) fn named(game: &Game<'_>, ids: &[u32]) -> String {
    let states: Vec<StateId> = ids.iter().filter_map(|id| game.by_id(*id)).collect();
    if states.len() <= FEW || game.model.classes.is_empty() {
        let names: Vec<String> = if states.len() <= FEW {
            states.iter().map(|s| words::brief(game, *s)).collect()
        } else {
            ids.iter().map(ToString::to_string).collect()
        };
        return words::list(&names);
    }
    let mut groups: Vec<(String, usize)> = Vec::new();
    for state in states {
        let class = game.headline(state);
        let name = class.map_or("(of no class)".to_owned(), |c| {
            game.model.classes[c].name.clone()
        });
        match groups.iter_mut().find(|(n, _)| *n == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(name, n)| format!("{name} ({n})"))
        .collect();
    words::list(&groups)
}

fn legend(game: &Game<'_>, found: &Breakthrough, shown: &[u32], page: &mut Page) {
    let lines: Vec<(u32, String)> = found
        .mentioned
        .iter()
        .filter(|m| found.forbidden.is_some() || shown.contains(&m.id))
        .filter_map(|m| Some((m.id, said::content(game, game.by_id(m.id)?)?)))
        .collect();
    if lines.is_empty() || lines.len() > LEGEND {
        return;
    }
    page.heading("The states mentioned");
    page.gap();
    for (id, content) in lines {
        page.hanging(&format!("{id:>4}  "), "      ", &content);
    }
}
