//! What follows from the moves, in the reader's eyes.

use detente_analysis::reach::Step;
use detente_analysis::standpoint::{Standpoint, present_in};
use detente_analysis::{Game, StateId};
use detente_model::model::Form;
use detente_model::{OptionId, PartyId};

use super::plain::Words;
use super::{Asked, Statement, days, record};
use crate::words::{self, Tense};

/// So many outcomes are told of each kind.
const TOLD: usize = 5;

/// Where things stand, and what has happened lately.
pub(super) fn standing(asked: &Asked<'_>, words: &Words<'_>) -> Vec<Statement> {
    let mut out = Vec::new();
    if let Some((game, _)) = asked.judged {
        match present_in(game, asked.truth) {
            Some(state) => out.push(Statement {
                states: vec![game.id(state)],
                ..Statement::new(format!("Today: {}.", outcome(game, state)))
            }),
            None if asked.truth.status_quo.is_some() => out.push(Statement::new(
                "What is going on does not fit how you see things: in your eyes it cannot be.",
            )),
            None => {}
        }
    }
    let past = asked.truth.record.events.iter();
    let past = past.filter(|e| !e.precedent && asked.is_past(e.when.last().or(e.when.first())));
    let past: Vec<_> = past.filter(|e| record::is_known(asked, words, e)).collect();
    let skipped = past.len().saturating_sub(TOLD);
    for event in past.into_iter().skip(skipped) {
        out.push(Statement::new(format!(
            "{}: {}.",
            days(event.when),
            event.display()
        )));
    }
    out
}

/// What the reader gains by moving alone, and what the others could answer.
pub(super) fn alone(asked: &Asked<'_>) -> Vec<Statement> {
    let Some((game, found)) = judged(asked) else {
        return Vec::new();
    };
    let Some(present) = present_in(game, asked.truth) else {
        return Vec::new();
    };
    // What the calendar does not open before a later day, or has closed, is no move of today.
    let open = |to: StateId| {
        if game.model.form == Form::Graph {
            return true;
        }
        let (before, after) = (game.space.assignment(present), game.space.assignment(to));
        let own = |o: &OptionId| game.model.option(*o).owner == asked.party;
        let changed = game
            .model
            .option_ids()
            .filter(|o| before.get(o.index()) != after.get(o.index()));
        changed.filter(own).all(|o| record::is_open(asked, o))
    };
    let alone: Vec<_> = found.alone.iter().filter(|gain| open(gain.to)).collect();
    if alone.is_empty() {
        return vec![Statement::new(
            "No move of yours alone makes things better for you today.",
        )];
    }
    let mut out: Vec<Statement> = Vec::new();
    for gain in alone.iter().take(TOLD) {
        let deed = words::deed(game, asked.party, present, gain.to, Tense::Infinitive);
        let mut text = format!("You could {deed}. That gives: {}.", outcome(game, gain.to));
        let mut states = vec![game.id(gain.to)];
        match &gain.answer {
            None => {
                text.push_str(" The others have no answer of their own interest that hurts you.");
            }
            Some(answer) => {
                text.push_str(&format!(
                    " But then {}, which leaves: {}.",
                    steps(game, &answer.steps),
                    outcome(game, answer.to)
                ));
                text.push_str(if answer.sanctions {
                    " You would be no better off than today."
                } else {
                    " That is still better for you than today."
                });
                states.push(game.id(answer.to));
            }
        }
        out.push(Statement {
            states,
            ..Statement::new(text)
        });
    }
    more(&mut out, alone.len(), "moves");
    out
}

/// The outcomes that would hold, best and worst for the reader.
pub(super) fn holding(asked: &Asked<'_>) -> Vec<Statement> {
    let Some((game, found)) = judged(asked) else {
        return Vec::new();
    };
    let Some(holding) = &found.holding else {
        return Vec::new();
    };
    let mut out = extremes(game, found, holding);
    if holding.is_empty() {
        out.push(Statement::new(
            "Nothing would hold: somebody always gains by moving on.",
        ));
        return out;
    }
    // Of outcomes with one name the best for the reader stands for all.
    let mut kinds: Vec<(Option<String>, StateId, usize)> = Vec::new();
    for state in holding {
        let name = words::headline(game, *state);
        match kinds
            .iter_mut()
            .find(|(known, ..)| name.is_some() && *known == name)
        {
            Some((.., forms)) => *forms += 1,
            None => kinds.push((name, *state, 1)),
        }
    }
    let all = kinds.len();
    for (place, (_, state, forms)) in kinds.iter().take(TOLD).enumerate() {
        let which = match (place, all) {
            (_, 1) => "What would hold",
            (0, _) => "The best for you that would hold",
            _ => "Next",
        };
        let others = match forms {
            1 => String::new(),
            2 => ", and 1 other form of it".to_owned(),
            n => format!(", and {} other forms of it", n - 1),
        };
        let text = format!("{which}: {}{others}.", outcome(game, *state));
        out.push(about(game, *state, text));
    }
    more(&mut out, all, "outcomes that would hold");
    let shown = |state: &StateId| kinds.iter().take(TOLD).any(|(_, s, _)| s == state);
    if let Some(last) = holding.last().filter(|last| !shown(last)) {
        let text = format!(
            "The worst for you that would hold: {}.",
            outcome(game, *last)
        );
        out.push(about(game, *last, text));
    }
    out
}

/// The outcomes that the reader likes best and least of all, and whether they would hold.
fn extremes(game: &Game<'_>, found: &Standpoint, holding: &[StateId]) -> Vec<Statement> {
    if found.best == found.worst {
        return Vec::new();
    }
    let one = |states: &[StateId], which: &str| {
        let held = states.iter().find(|s| holding.contains(s));
        let shown = held.or(states.first())?;
        let whether = if held.is_some() { "would" } else { "would not" };
        let text = format!(
            "{which} of all for you is {}; it {whether} hold.",
            outcome(game, *shown)
        );
        Some(about(game, *shown, text))
    };
    [one(&found.best, "Best"), one(&found.worst, "Worst")]
        .into_iter()
        .flatten()
        .collect()
}

/// What the others can do to the reader by their own improvements.
pub(super) fn fears(asked: &Asked<'_>) -> Vec<Statement> {
    let Some((game, found)) = judged(asked) else {
        return Vec::new();
    };
    if present_in(game, asked.truth).is_none() {
        return Vec::new();
    }
    if found.feared.is_empty() {
        return vec![Statement::new(
            "Nothing that the others would do in their own interest makes things worse for you than they are.",
        )];
    }
    let mut out = Vec::new();
    for feared in found.feared.iter().take(TOLD) {
        let text = format!(
            "{}: {}.",
            words::capital(&outcome(game, feared.to)),
            steps(game, &feared.steps)
        );
        out.push(about(game, feared.to, text));
    }
    more(&mut out, found.feared.len(), "such outcomes");
    out
}

/// What is worse than today: never to be accepted.
pub(super) fn lines(asked: &Asked<'_>) -> Vec<Statement> {
    let Some((game, found)) = judged(asked) else {
        return Vec::new();
    };
    if found.below.is_empty() {
        return Vec::new();
    }
    let undone = found.below.iter().filter(|b| b.undone).count();
    let all = game.space.len();
    let mut out = vec![Statement::new(format!(
        "Of {}, {} {} worse for you than today. Agree to none of them; {undone} of them you would undo \
         yourself by a move that you prefer.",
        words::count(all, "outcome"),
        found.below.len(),
        if found.below.len() == 1 { "is" } else { "are" },
    ))];
    let is_below = |state: StateId| found.below.iter().any(|b| b.state == state);
    for (class, declared) in game.model.classes.iter().enumerate() {
        let of_class = game
            .space
            .ids()
            .filter(|s| game.headline(*s) == Some(class));
        let members: Vec<StateId> = of_class.collect();
        let below = members.iter().filter(|s| is_below(**s)).count();
        let name = &declared.name;
        let text = match below {
            0 => continue,
            n if n == members.len() => format!("\"{name}\": worse than today in every form."),
            n => format!(
                "\"{name}\": worse than today in {n} of {} forms.",
                members.len()
            ),
        };
        let ids = members
            .iter()
            .filter(|s| is_below(**s))
            .map(|s| game.id(*s));
        out.push(Statement {
            states: ids.collect(),
            ..Statement::new(text)
        });
    }
    out
}

fn judged<'a>(asked: &Asked<'a>) -> Option<(&'a Game<'a>, &'a Standpoint)> {
    asked.judged.map(|(game, outcome)| (game, outcome.value()))
}

fn about(game: &Game<'_>, state: StateId, text: String) -> Statement {
    Statement {
        states: vec![game.id(state)],
        ..Statement::new(text)
    }
}

fn more(out: &mut Vec<Statement>, all: usize, what: &str) {
    if all > TOLD {
        out.push(Statement::new(format!("And {} more {what}.", all - TOLD)));
    }
}

/// An outcome: its name, and what is done in it.
fn outcome(game: &Game<'_>, state: StateId) -> String {
    let done = words::on_by_party(game, state);
    match (words::headline(game, state), done.is_empty()) {
        (Some(headline), true) => format!("\"{headline}\""),
        (Some(headline), false) => format!("\"{headline}\" ({done})"),
        (None, true) => format!("nothing is done (state {})", game.id(state)),
        (None, false) => done,
    }
}

/// Steps of others: `US would choose relief, then ROK would choose bridge`.
fn steps(game: &Game<'_>, steps: &[Step]) -> String {
    let one = |step: &Step| {
        let who: PartyId = step.party;
        let deed = words::deed(game, who, step.from, step.to, Tense::Infinitive);
        format!("{} would {deed}", words::party(game, who))
    };
    steps.iter().map(one).collect::<Vec<_>>().join(", then ")
}
