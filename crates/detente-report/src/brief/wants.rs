//! What parties can do and want, in the reader's eyes.

use detente_model::bargain::{Quantity, Weight};
use detente_model::model::{Preferences, RankItem, Statement as Wanted};
use detente_model::syntax::ast::{Certainty, Direction, decimal};
use detente_model::{Condition, Model, OptionId, PartyId, bargain};

use super::plain::{Told, Words, options_of};
use super::{Asked, Statement, record};

/// The reader's options.
pub(super) fn can(asked: &Asked<'_>, words: &Words<'_>) -> Vec<Statement> {
    let seen = asked.seen;
    let known = seen.party(asked.party).options.iter();
    let known = known.filter(|o| words.knows(seen, **o));
    let one = |option: &OptionId| {
        let choice = seen.option(*option);
        let title = choice.title.as_deref().unwrap_or(&choice.name);
        let mut text = format!("{title} (`{}`)", choice.name);
        if !choice.levels.is_empty() {
            text.push_str(&format!(": {}", choice.levels.join(", ")));
            if choice.stepwise {
                text.push_str(", one step at a time");
            }
        }
        text.push('.');
        text.push_str(match choice.direction {
            Direction::Both => "",
            Direction::OnlyOn => " Once done, it cannot be taken back.",
            Direction::OnlyOff => " Once given up, it cannot be taken up again.",
        });
        text.push_str(&record::when_open(asked, *option));
        Statement {
            options: vec![seen.qualified(*option)],
            ..Statement::new(text)
        }
    };
    known.map(one).collect()
}

/// What the reader wants.
pub(super) fn own(asked: &Asked<'_>, words: &Words<'_>) -> Vec<Statement> {
    let model = asked.seen;
    if model.options.is_empty() && model.states.is_empty() {
        return packages(model, asked.party);
    }
    let party = model.party(asked.party);
    let mut out = Vec::new();
    if !party.candidates.is_empty() {
        out.push(Statement::new(
            "Your government has not settled what it wants. These are the orders it may come to:",
        ));
        for candidate in &party.candidates {
            let name = candidate.title.as_deref().unwrap_or(&candidate.name);
            let order = in_one(asked, words, asked.party, &candidate.preferences);
            out.push(Statement::new(format!("{name}: {order}.")));
        }
        return out;
    }
    if let Preferences::Statements(list) = &party.preferences {
        for (place, wanted) in list.iter().enumerate() {
            let Told::Words(what) =
                words.told(model, &wanted.condition, asked.party, Some(asked.party))
            else {
                continue;
            };
            let mut text = match (&wanted.certainty, out.is_empty()) {
                (Certainty::Certain, true) => format!("Above all you want {what}."),
                (Certainty::Certain, false) => format!("Then you want {what}."),
                (_, _) => format!("Your government has not settled whether it wants {what}."),
            };
            let more = list.get(place + 1).is_some();
            if wanted.either_order && more {
                text.push_str(" It has not settled whether this or the next matters more.");
            }
            out.push(about(words, model, wanted, text));
        }
        return out;
    }
    listed(asked, words, &party.preferences)
}

/// What the reader believes the others want.
pub(super) fn others(asked: &Asked<'_>, words: &Words<'_>) -> Vec<Statement> {
    let model = asked.seen;
    let mut out = Vec::new();
    if model.options.is_empty() && model.states.is_empty() {
        return out;
    }
    for other in model.party_ids().filter(|p| *p != asked.party) {
        out.extend(of(asked, words, other));
    }
    out
}

fn of(asked: &Asked<'_>, words: &Words<'_>, other: PartyId) -> Vec<Statement> {
    let model = asked.seen;
    let party = model.party(other);
    let name = &party.name;
    if !party.candidates.is_empty() {
        let each = party.candidates.iter().map(|candidate| {
            let order = in_one(asked, words, other, &candidate.preferences);
            let called = candidate.title.as_deref().unwrap_or(&candidate.name);
            format!("{order} ({called})")
        });
        let each: Vec<String> = each.collect();
        return vec![Statement::new(format!(
            "You are not sure what {name} wants. It may be: {}.",
            each.join("; or ")
        ))];
    }
    let Preferences::Statements(list) = &party.preferences else {
        return match &party.preferences {
            Preferences::Unstated => {
                vec![Statement::new(format!(
                    "You do not know what {name} wants."
                ))]
            }
            order => vec![Statement::new(format!(
                "You believe that {name} wants, best first: {}.",
                in_one(asked, words, other, order)
            ))],
        };
    };
    let mut out: Vec<Statement> = Vec::new();
    for wanted in list {
        let Told::Words(what) = words.told(model, &wanted.condition, other, Some(other)) else {
            continue;
        };
        let text = match (&wanted.certainty, out.is_empty()) {
            (Certainty::Certain, true) => {
                format!("You believe that {name} wants above all {what}.")
            }
            (Certainty::Certain, false) => format!("Then {name} wants {what}."),
            (_, _) => format!("You are not sure whether {name} wants {what}."),
        };
        out.push(about(words, model, wanted, text));
    }
    out
}

fn about(words: &Words<'_>, model: &Model, wanted: &Wanted, text: String) -> Statement {
    Statement {
        options: options_of(words, model, &wanted.condition.expr),
        ..Statement::new(text)
    }
}

/// A ranking or weights, one statement a line.
fn listed(asked: &Asked<'_>, words: &Words<'_>, preferences: &Preferences) -> Vec<Statement> {
    match preferences {
        Preferences::Unstated => vec![Statement::new(
            "Nothing is said of what you want: play for what you think is best.",
        )],
        Preferences::Ranks(_) => parts(asked, words, asked.party, preferences)
            .into_iter()
            .enumerate()
            .map(|(place, part)| Statement::new(format!("{}. {part}.", place + 1)))
            .collect(),
        _ => parts(asked, words, asked.party, preferences)
            .into_iter()
            .map(|part| Statement::new(format!("You count {part}.")))
            .collect(),
    }
}

/// Preferences in one sentence without its end.
fn in_one(
    asked: &Asked<'_>,
    words: &Words<'_>,
    whose: PartyId,
    preferences: &Preferences,
) -> String {
    let parts = parts(asked, words, whose, preferences);
    if parts.is_empty() {
        return "nothing that you know of".to_owned();
    }
    parts.join(", then ")
}

fn parts(
    asked: &Asked<'_>,
    words: &Words<'_>,
    whose: PartyId,
    preferences: &Preferences,
) -> Vec<String> {
    let told = |condition: &Condition| match words.told(asked.seen, condition, whose, Some(whose)) {
        Told::Words(text) => Some(text),
        Told::Constant(_) => None,
    };
    match preferences {
        Preferences::Unstated => Vec::new(),
        Preferences::Statements(list) => list.iter().filter_map(|s| told(&s.condition)).collect(),
        Preferences::Ranks(tiers) => {
            let item = |item: &RankItem| match item {
                RankItem::Matching(condition) => {
                    named(asked, condition).or_else(|| told(condition))
                }
                RankItem::Rest(_) => Some("everything else".to_owned()),
            };
            let tier = tiers.iter().map(|tier| {
                let items: Vec<String> = tier.items.iter().filter_map(item).collect();
                items.join(", or as good, ")
            });
            tier.filter(|t| !t.is_empty()).collect()
        }
        Preferences::Weights(lines) => {
            let line = |(weight, condition): &(i64, Condition)| {
                let text = words.clause(asked.seen, condition, whose)?;
                Some(format!("{} where {text}", decimal(*weight)))
            };
            lines.iter().filter_map(line).collect()
        }
    }
}

/// The name of the only outcome that an item of a ranking means, if it means one and that has a name.
fn named(asked: &Asked<'_>, condition: &Condition) -> Option<String> {
    let (game, _) = asked.judged?;
    let matching = game.space.matching(condition);
    let [state] = matching.as_slice() else {
        return None;
    };
    crate::words::headline(game, *state).map(|name| format!("\"{name}\""))
}

/// What the levels of each issue are worth to the reader; what they are worth to others is not told.
fn packages(model: &Model, reader: PartyId) -> Vec<Statement> {
    let bargain = &model.bargain;
    let utility = bargain
        .sides
        .get(reader.index())
        .and_then(|s| s.utility.as_ref());
    let Some(utility) = utility else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (issue, table) in bargain.issues.iter().zip(&utility.tables) {
        let weight = match &table.weight {
            Weight::Known(weight) => weight.clone(),
            Weight::Unknown => {
                let text = format!(
                    "It is not settled how much \"{}\" counts for you.",
                    issue.display()
                );
                out.push(Statement::new(text));
                continue;
            }
        };
        let worth = |value: &Quantity| {
            let text = bargain::written(&(weight.middle() * value.middle()));
            let doubtful = weight.is_doubtful() || value.is_doubtful();
            if doubtful {
                format!("about {text}")
            } else {
                text
            }
        };
        let levels = issue.levels.iter().zip(&table.values);
        let each: Vec<String> = levels
            .map(|(level, value)| format!("{} {}", level.display(), worth(value)))
            .collect();
        out.push(Statement::new(format!(
            "\"{}\" is worth to you: {}.",
            issue.display(),
            each.join("; ")
        )));
    }
    if !utility.terms.is_empty() {
        out.push(Statement::new(
            "Some combinations are worth more or less than their parts:",
        ));
    }
    for term in &utility.terms {
        let worth = bargain::written(&term.worth.middle());
        out.push(Statement::new(format!(
            "{worth} for {}.",
            term.condition.text
        )));
    }
    out
}
