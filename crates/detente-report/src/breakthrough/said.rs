//! Changes and facts in words.

use detente_analysis::inverse::{Change, Edit, Fact, Question, StructuralChange, Want};
use detente_analysis::model::model::{Preferences, Statement};
use detente_analysis::model::syntax::ast::Direction;
use detente_analysis::model::{OptionId, PartyId};
use detente_analysis::{Game, StateId, describe};

use crate::words;

/// At most so many pairs of a ranking are told one by one.
const MOST_PAIRS: usize = 6;

/// How a change is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// `US ranks 4 above 1`
    Fact,
    /// `US ranked 4 above 1`, after "if"
    Condition,
}

impl Mood {
    fn of<'t>(self, fact: &'t str, condition: &'t str) -> &'t str {
        match self {
            Self::Fact => fact,
            Self::Condition => condition,
        }
    }
}

/// A change as one or more clauses without a full stop.
pub(super) fn change(game: &Game<'_>, change: &Change, mood: Mood) -> Vec<String> {
    match change {
        Change::Ranks {
            party, reversed, ..
        } => {
            let name = words::party(game, *party);
            let verb = mood.of("ranks", "ranked");
            let pairs = grouped(&reversed[..reversed.len().min(MOST_PAIRS)]);
            let pair = |(better, worse): &Pair| {
                let of = |list: &[Vec<StateId>]| {
                    let each: Vec<String> = list.iter().map(|s| tied(game, s, mood)).collect();
                    words::list(&each)
                };
                format!("{} above {}", of(better), of(worse))
            };
            let pairs: Vec<String> = pairs.iter().map(pair).collect();
            let mut said = format!("{name} {verb} {}", pairs.join(", "));
            if reversed.len() > MOST_PAIRS {
                let rest = reversed.len() - MOST_PAIRS;
                said.push_str(&format!(
                    ", and {} the other way round",
                    words::count(rest, "more pair")
                ));
            }
            vec![said]
        }
        Change::Statements {
            party, edits, list, ..
        } => edits
            .iter()
            .map(|e| edit(game, *party, e, list, mood))
            .collect(),
        Change::Structural(structural) => vec![rule(game, &structural.change, mood)],
    }
}

/// What is better, and than what; each a list of ranks.
type Pair = (Vec<Vec<StateId>>, Vec<Vec<StateId>>);

/// Pairs with the same better side together, then those with the same worse sides.
fn grouped(reversed: &[(Vec<StateId>, Vec<StateId>)]) -> Vec<Pair> {
    let mut by_better: Vec<Pair> = Vec::new();
    for (better, worse) in reversed {
        match by_better
            .iter_mut()
            .find(|(b, _)| b.first() == Some(better))
        {
            Some((_, all)) => all.push(worse.clone()),
            None => by_better.push((vec![better.clone()], vec![worse.clone()])),
        }
    }
    let mut found: Vec<Pair> = Vec::new();
    for (better, worse) in by_better {
        match found.iter_mut().find(|(_, w)| *w == worse) {
            Some((all, _)) => all.extend(better),
            None => found.push((better, worse)),
        }
    }
    found
}

fn tied(game: &Game<'_>, states: &[StateId], mood: Mood) -> String {
    let one = |s: &StateId| match mood {
        Mood::Fact => words::brief(game, *s),
        Mood::Condition => short(game, *s),
    };
    let shown: Vec<String> = states.iter().take(3).map(one).collect();
    match states.len() {
        0..=3 => words::list(&shown),
        n => format!(
            "{} and {}",
            shown.join(", "),
            words::count(n - 3, "tied state")
        ),
    }
}

/// A state in a clause that has to stay short: `small (4)`, or as [`words::brief`] has it when it has no
/// name.
fn short(game: &Game<'_>, state: StateId) -> String {
    let named = game.named(state).and_then(|n| game.model.states.get(n));
    match named.filter(|n| n.name != game.id(state).to_string()) {
        Some(named) => format!("{} ({})", named.name, game.id(state)),
        None => words::brief(game, state),
    }
}

fn original<'g>(game: &'g Game<'_>, party: PartyId) -> &'g [Statement] {
    match &game.model.party(party).preferences {
        Preferences::Statements(list) => list,
        _ => &[],
    }
}

/// A statement as it is referred to: `hinge` with its formula, or the formula.
fn statement(game: &Game<'_>, party: PartyId, place: usize) -> String {
    match original(game, party).get(place) {
        None => format!("statement {}", place + 1),
        Some(s) => match &s.label {
            Some(label) => format!("`{label}: {}`", s.condition.text),
            None => format!("`{}`", s.condition.text),
        },
    }
}

fn edit(game: &Game<'_>, party: PartyId, edit: &Edit, list: &[Statement], mood: Mood) -> String {
    let name = words::party(game, party);
    match edit {
        Edit::Drop { statement: s } => {
            let verb = mood.of("no longer asks for", "no longer asked for");
            format!("{name} {verb} {}", statement(game, party, *s))
        }
        Edit::Reverse { statement: s } => {
            let verb = mood.of("wants", "wanted");
            format!(
                "{name} {verb} the opposite of {}",
                statement(game, party, *s)
            )
        }
        Edit::Move { statement: s, past } => {
            let up = past.iter().all(|p| p < s);
            let where_to = if up { "above" } else { "below" };
            let others: Vec<String> = past.iter().map(|p| statement(game, party, *p)).collect();
            let verb = mood.of("puts", "put");
            format!(
                "{name} {verb} {} {where_to} {}",
                statement(game, party, *s),
                words::list(&others)
            )
        }
        Edit::Insert {
            condition,
            place,
            highest,
        } => {
            let verb = mood.of("also wants", "also wanted");
            let said = format!("{name} {verb} `{}`", condition.text);
            if mood == Mood::Condition {
                return said;
            }
            let after = |at: usize| match at.checked_sub(1).and_then(|i| list.get(i)) {
                Some(s) => match &s.label {
                    Some(label) => format!("after `{label}`"),
                    None => format!("after `{}`", s.condition.text),
                },
                None => "before everything else".to_owned(),
            };
            let wider = if highest < place {
                format!(
                    ", or up to {} more important",
                    words::count(place - highest, "place")
                )
            } else {
                String::new()
            };
            format!("{said}, {}{wider}", after(*place))
        }
    }
}

/// A change of moves as a clause.
pub(crate) fn rule(game: &Game<'_>, change: &StructuralChange, mood: Mood) -> String {
    let model = game.model;
    match change {
        StructuralChange::Direction { option, direction } => {
            let name = model.qualified(*option);
            match direction {
                Direction::Both => format!("{name} {} be taken back", mood.of("can", "could")),
                Direction::OnlyOn => {
                    format!("{name} {} be taken back", mood.of("cannot", "could not"))
                }
                Direction::OnlyOff => {
                    format!("{name} {} only be given up", mood.of("can", "could"))
                }
            }
        }
        StructuralChange::Remove { option } => {
            let name = model.qualified(*option);
            format!("{name} {} not to be had", mood.of("is", "were"))
        }
        StructuralChange::Link(link) => format!(
            "a move to `{}` {} `{}` with it",
            link.condition.text,
            mood.of("brings", "brought"),
            link.then_text
        ),
        StructuralChange::Bar(bar) => format!(
            "`{}` {} excluded",
            bar.condition.text,
            mood.of("is", "were")
        ),
        StructuralChange::Sequence(prohibition) => {
            let who = prohibition
                .party
                .map_or("nobody", |p| words::party(game, p));
            let to = prohibition.to.expr.options();
            let first: Vec<String> = prohibition
                .from
                .expr
                .options()
                .into_iter()
                .filter(|o| !to.contains(o))
                .map(|o| model.qualified(o))
                .collect();
            match (to.as_slice(), first.as_slice(), prohibition.party) {
                ([second], [first], Some(_)) => format!(
                    "{who} {} choose {} only after {first}",
                    mood.of("may", "might"),
                    model.option(*second).name
                ),
                (_, _, Some(_)) => format!(
                    "{who} {} not move from `{}` to `{}`",
                    mood.of("may", "might"),
                    prohibition.from.text,
                    prohibition.to.text
                ),
                (_, _, None) => format!(
                    "nobody {} move from `{}` to `{}`",
                    mood.of("may", "might"),
                    prohibition.from.text,
                    prohibition.to.text
                ),
            }
        }
    }
}

/// The kind of a change of moves: the word that permits it on the command line.
pub(super) fn kind(change: &StructuralChange) -> &'static str {
    match change {
        StructuralChange::Direction {
            direction: Direction::Both,
            ..
        } => "reversible",
        StructuralChange::Direction {
            direction: Direction::OnlyOn,
            ..
        } => "irreversible",
        StructuralChange::Direction { .. } => "only_off",
        StructuralChange::Remove { .. } => "remove",
        StructuralChange::Link(_) => "link",
        StructuralChange::Bar(_) => "bar",
        StructuralChange::Sequence(_) => "sequence",
    }
}

/// A fact that stands in the way, in a sentence without a full stop.
pub(super) fn fact(game: &Game<'_>, question: &Question, names: &[String], fact: &Fact) -> String {
    match fact {
        Fact::Wanted(place) => {
            let name = names
                .get(*place)
                .map_or("what is asked for", String::as_str);
            match question.wants.get(*place) {
                Some(Want::None(_)) => format!("{name} is not to hold"),
                _ => format!("{name} is to hold"),
            }
        }
        Fact::Prefers {
            party,
            better,
            worse,
        } => format!(
            "{} prefers {} to {}",
            words::party(game, *party),
            words::brief(game, *better),
            words::brief(game, *worse)
        ),
        Fact::Statement {
            party,
            statement: s,
        } => format!(
            "{} wants {}",
            words::party(game, *party),
            statement(game, *party, *s)
        ),
        Fact::Order { party } => format!(
            "{}'s statements stand in this order",
            words::party(game, *party)
        ),
        Fact::OneWay { option } => one_way(game, *option),
    }
}

fn one_way(game: &Game<'_>, option: OptionId) -> String {
    let name = game.model.qualified(option);
    match game.model.option(option).direction {
        Direction::OnlyOff => format!("{name}, once given up, cannot be had again"),
        _ => format!("{name} cannot be taken back"),
    }
}

/// `nash`, or `US nash, DPRK seq` when each judges by its own concept.
pub(crate) fn judgement(game: &Game<'_>, judgement: &[detente_analysis::Concept]) -> String {
    let name = |c: detente_analysis::Concept| crate::build::concept_name(game, c);
    match judgement {
        [first, rest @ ..] if rest.iter().all(|c| c == first) => name(*first),
        all => {
            let parties = game.model.party_ids().zip(all);
            let each: Vec<String> = parties
                .map(|(p, c)| format!("{} {}", words::party(game, p), name(*c)))
                .collect();
            each.join(", ")
        }
    }
}

/// What a state is, for the legend: nothing when it says no more than its headline.
pub(super) fn content(game: &Game<'_>, state: StateId) -> Option<String> {
    let content = words::content(game, state);
    (!content.is_empty() && !describe::on(game, state).is_empty()).then_some(content)
}
