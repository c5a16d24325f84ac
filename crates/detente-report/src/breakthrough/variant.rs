//! A plan as a variant in the language, to be pasted into the negotiation.

use detente_analysis::inverse::{Change, Edit, Plan, StructuralChange};
use detente_analysis::model::model::{Party, Preferences, RankItem, RankTier, Statement};
use detente_analysis::model::syntax::ast::{Certainty, Direction};
use detente_analysis::model::syntax::quote;
use detente_analysis::model::{Expr, PartyId};
use detente_analysis::{Game, StateId};

/// A ranking is edited by at most this many swaps; beyond that it is said anew.
const MOST_SWAPS: usize = 6;

/// The variant that makes the changes of a plan, in the style of `detente fmt`. `extends` are the
/// variants that the game has already.
pub fn block(game: &Game<'_>, plan: &Plan, name: &str, title: &str, extends: &[String]) -> String {
    let mut lines = Vec::new();
    for change in &plan.changes {
        match change {
            Change::Ranks { party, order, .. } => ranks(game, *party, order, &mut lines),
            Change::Statements {
                party, edits, list, ..
            } => statements(game, *party, edits, list, &mut lines),
            Change::Structural(structural) => {
                lines.push(format!("  {}", rule(game, &structural.change)));
            }
        }
    }
    let extends = if extends.is_empty() {
        String::new()
    } else {
        format!(" extends {}", extends.join(", "))
    };
    let head = format!("variant {name} {}{extends}", quote(title));
    if lines.is_empty() {
        return format!("{head} {{ }}\n");
    }
    format!("{head} {{\n{}\n}}\n", lines.join("\n"))
}

fn because(reason: Option<&String>) -> String {
    reason.map_or_else(String::new, |b| format!(" because {}", quote(b)))
}

pub(crate) fn rule(game: &Game<'_>, change: &StructuralChange) -> String {
    let model = game.model;
    match change {
        StructuralChange::Direction { option, direction } => {
            let word = match direction {
                Direction::Both => "reversible",
                Direction::OnlyOn => "irreversible",
                Direction::OnlyOff => "only off",
            };
            format!("{word} {}", model.qualified(*option))
        }
        StructuralChange::Remove { option } => format!("never {}", model.qualified(*option)),
        StructuralChange::Link(link) => format!(
            "when {} then {}{}",
            link.condition.text,
            link.then_text,
            because(link.because.as_ref())
        ),
        StructuralChange::Bar(bar) => format!(
            "never {}{}",
            bar.condition.text,
            because(bar.because.as_ref())
        ),
        StructuralChange::Sequence(prohibition) => {
            let by = prohibition
                .party
                .map_or_else(String::new, |p| format!(" by {}", model.party(p).name));
            format!(
                "no move{by} from {} to {}{}",
                prohibition.from.text,
                prohibition.to.text,
                because(prohibition.because.as_ref())
            )
        }
    }
}

/// The note before preferences that replace several candidates, of which none can be edited.
fn in_place_of_candidates(owner: &Party) -> Option<String> {
    let several = !owner.candidates.is_empty();
    several.then(|| format!("  # in place of all candidates of {}", owner.name))
}

// --- rankings ---

fn ranks(game: &Game<'_>, party: PartyId, order: &[Vec<StateId>], lines: &mut Vec<String>) {
    let owner = game.model.party(party);
    let name = &owner.name;
    let instead = in_place_of_candidates(owner);
    lines.extend(instead.clone());
    if let Preferences::Ranks(tiers) = &owner.preferences
        && instead.is_none()
        && let Some(swaps) = swaps(game, tiers, order)
    {
        if let [one] = swaps.as_slice() {
            lines.push(format!("  {name} ranks {{ {one} }}"));
            return;
        }
        lines.push(format!("  {name} ranks {{"));
        lines.extend(swaps.into_iter().map(|s| format!("    {s}")));
        lines.push("  }".to_owned());
        return;
    }
    let tier = |states: &Vec<StateId>| {
        let names: Vec<String> = states.iter().map(|s| element(game, *s)).collect();
        names.join(" = ")
    };
    let mut line = "   ".to_owned();
    lines.push(format!("  {name} ranks {{"));
    for (place, states) in order.iter().enumerate() {
        let sign = if place == 0 { "" } else { "> " };
        let piece = format!(" {sign}{}", tier(states));
        if line.len() + piece.len() > 78 && line.trim() != "" {
            lines.push(std::mem::replace(&mut line, "   ".to_owned()));
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines.push("  }".to_owned());
}

/// A state as an element of a ranking: its name, or its row of `Y` and `N`.
fn element(game: &Game<'_>, state: StateId) -> String {
    match game.named(state).and_then(|n| game.model.states.get(n)) {
        Some(named) => named.name.clone(),
        None => quote(&game.space.yn(state)),
    }
}

/// The adjacent swaps that lead from a ranking of single items to an order; `None` when there is no
/// such way, or a long one.
fn swaps(game: &Game<'_>, tiers: &[RankTier], order: &[Vec<StateId>]) -> Option<Vec<String>> {
    let mut items: Vec<&RankItem> = Vec::new();
    for tier in tiers {
        match tier.items.as_slice() {
            [one] => items.push(one),
            _ => return None,
        }
    }
    // Where each rank of the order stands now; items without states stay where they are.
    let now = placed(game, &items);
    let mut places: Vec<usize> = Vec::new();
    for states in order {
        places.push(now.iter().position(|s| s == states)?);
    }
    let slots: Vec<usize> = (0..items.len()).filter(|i| !now[*i].is_empty()).collect();
    if slots.len() != places.len() {
        return None;
    }
    let mut said = Vec::new();
    let mut current = slots.clone();
    for (at, wanted) in places.iter().enumerate() {
        let mut from = current.iter().position(|p| p == wanted)?;
        while from > at {
            let (up, down) = (named(game, items[current[from]])?, {
                named(game, items[current[from - 1]])?
            });
            said.push(format!("swap {up} and {down}"));
            current.swap(from, from - 1);
            from -= 1;
            if said.len() > MOST_SWAPS {
                return None;
            }
        }
    }
    // A state is placed by the first item that it matches, so that what overlaps may not be swapped.
    let mut after = items.clone();
    for (slot, item) in slots.iter().zip(&current) {
        after[*slot] = items[*item];
    }
    let reached: Vec<Vec<StateId>> = placed(game, &after)
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect();
    (reached == order).then_some(said)
}

/// The states that each item places.
fn placed(game: &Game<'_>, items: &[&RankItem]) -> Vec<Vec<StateId>> {
    let mut found = vec![Vec::new(); items.len()];
    let tests: Vec<_> = items
        .iter()
        .map(|item| match item {
            RankItem::Matching(condition) => Some(game.space.test(condition)),
            RankItem::Rest(_) => None,
        })
        .collect();
    let rest = tests.iter().position(Option::is_none);
    for state in game.space.ids() {
        let value = game.space.value(state);
        let first = tests
            .iter()
            .position(|t| t.as_ref().is_some_and(|t| t.holds(value)));
        if let Some(place) = first.or(rest) {
            found[place].push(state);
        }
    }
    found
}

/// How an edit refers to an item of a ranking.
fn named(game: &Game<'_>, item: &RankItem) -> Option<String> {
    let RankItem::Matching(condition) = item else {
        return None;
    };
    let text = &condition.text;
    let state = game.model.states.iter().any(|s| s.name == *text);
    let option = game.model.options.iter().any(|o| o.name == *text);
    match (state, option) {
        (true, true) => None,
        (true, false) => Some(text.clone()),
        (false, _) => Some(quote(text)),
    }
}

// --- statements ---

/// A statement while edits are made: how edits refer to it, and what it will be in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    label: Option<String>,
    text: String,
}

impl Piece {
    fn of(statement: &Statement) -> Self {
        Self {
            label: statement.label.clone(),
            text: statement.condition.text.clone(),
        }
    }

    fn target(&self) -> String {
        self.label.clone().unwrap_or_else(|| quote(&self.text))
    }
}

/// The text of a negation: brackets unless there is one word only.
pub(super) fn negated(text: &str) -> String {
    let atom = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if atom {
        format!("not {text}")
    } else {
        format!("not ({text})")
    }
}

fn written(statement: &Statement, text: &str) -> String {
    let mut before = String::new();
    match &statement.certainty {
        Certainty::Certain => {}
        Certainty::Maybe => before.push_str("maybe "),
        Certainty::Probability(p) => before.push_str(&format!("maybe {p} ")),
    }
    if let Some(words) = statement.strength.words() {
        before.push_str(&words);
        before.push(' ');
    }
    if statement.either_order {
        before.push_str("either order ");
    }
    if let Some(label) = &statement.label {
        before.push_str(label);
    }
    let before = before.trim_end();
    if before.is_empty() {
        text.to_owned()
    } else {
        format!("{before}: {text}")
    }
}

fn statements(
    game: &Game<'_>,
    party: PartyId,
    edits: &[Edit],
    list: &[Statement],
    lines: &mut Vec<String>,
) {
    let owner = game.model.party(party);
    let original: &[Statement] = match &owner.preferences {
        Preferences::Statements(original) => original,
        _ => &[],
    };
    let instead = in_place_of_candidates(owner);
    let edited = match &instead {
        Some(_) => None,
        None => edited(original, edits, list),
    };
    lines.extend(instead);
    let said = edited.unwrap_or_else(|| anew(original, edits, list));
    if let [one] = said.as_slice() {
        lines.push(format!("  {} prefers {{ {one} }}", owner.name));
        return;
    }
    lines.push(format!("  {} prefers {{", owner.name));
    lines.extend(said.into_iter().map(|s| format!("    {s}")));
    lines.push("  }".to_owned());
}

/// The text of each statement of the new list: of one that was reversed, the negation of what was
/// written.
fn texts(
    original: &[Statement],
    edits: &[Edit],
    list: &[Statement],
) -> Vec<(String, Option<usize>)> {
    let inserted = |place: usize| {
        edits
            .iter()
            .any(|e| matches!(e, Edit::Insert { place: p, .. } if *p == place))
    };
    let dropped = |i: usize| edits.contains(&Edit::Drop { statement: i });
    let reversed = |i: usize| edits.contains(&Edit::Reverse { statement: i });
    let mut used = vec![false; original.len()];
    let mut found = Vec::new();
    for (place, statement) in list.iter().enumerate() {
        let from = (0..original.len()).find(|&i| {
            let wanted = &original[i].condition.expr;
            let same = if reversed(i) {
                let expr = &statement.condition.expr;
                *expr == wanted.clone().negated() || *expr == Expr::Not(Box::new(wanted.clone()))
            } else {
                statement.condition.expr == *wanted
            };
            !used[i] && !dropped(i) && statement.label == original[i].label && same
        });
        match from.filter(|_| !inserted(place)) {
            Some(i) => {
                used[i] = true;
                let text = &original[i].condition.text;
                let text = if reversed(i) {
                    negated(text)
                } else {
                    text.clone()
                };
                found.push((text, Some(i)));
            }
            None => found.push((statement.condition.text.clone(), None)),
        }
    }
    found
}

fn anew(original: &[Statement], edits: &[Edit], list: &[Statement]) -> Vec<String> {
    let texts = texts(original, edits, list);
    list.iter()
        .zip(texts)
        .map(|(statement, (text, _))| written(statement, &text))
        .collect()
}

/// The edits, one line each; `None` when they cannot be told apart by labels and formulas.
fn edited(original: &[Statement], edits: &[Edit], list: &[Statement]) -> Option<Vec<String>> {
    let goal = texts(original, edits, list);
    let mut work: Vec<(Piece, Option<usize>)> = original
        .iter()
        .enumerate()
        .map(|(i, s)| (Piece::of(s), Some(i)))
        .collect();
    let mut said = Vec::new();
    // An edit is about the first statement of its label or formula: it must be the one that is meant.
    let first = |work: &[(Piece, Option<usize>)], at: usize| {
        let piece = &work[at].0;
        work.iter().position(|(other, _)| match &piece.label {
            Some(label) => other.label.as_ref() == Some(label),
            None => other.text == piece.text,
        }) == Some(at)
    };
    let before = |work: &[(Piece, Option<usize>)], at: usize| -> Option<String> {
        match work.get(at) {
            None => Some("last".to_owned()),
            Some((piece, _)) => first(work, at).then(|| format!("before {}", piece.target())),
        }
    };
    for edit in edits {
        let (Edit::Drop { statement } | Edit::Reverse { statement }) = edit else {
            continue;
        };
        let at = work
            .iter()
            .position(|(_, from)| *from == Some(*statement))?;
        if !first(&work, at) {
            return None;
        }
        said.push(format!("drop {}", work[at].0.target()));
        work.remove(at);
        if matches!(edit, Edit::Reverse { .. }) {
            let kept = &original[*statement];
            let piece = Piece {
                label: kept.label.clone(),
                text: negated(&kept.condition.text),
            };
            let line = written(kept, &piece.text);
            said.push(format!("insert {line} {}", before(&work, at)?));
            work.insert(at, (piece, Some(*statement)));
        }
    }
    let moved = |i: usize| {
        edits
            .iter()
            .any(|e| matches!(e, Edit::Move { statement, .. } if *statement == i))
    };
    let kept: Vec<usize> = goal.iter().filter_map(|(_, from)| *from).collect();
    for (place, statement) in kept.iter().enumerate().rev() {
        if !moved(*statement) {
            continue;
        }
        let at = work
            .iter()
            .position(|(_, from)| *from == Some(*statement))?;
        if !first(&work, at) {
            return None;
        }
        let piece = work.remove(at);
        let to = match kept.get(place + 1) {
            None => work.len(),
            Some(next) => work.iter().position(|(_, from)| *from == Some(*next))?,
        };
        said.push(format!("move {} {}", piece.0.target(), before(&work, to)?));
        work.insert(to, piece);
    }
    for (place, (text, from)) in goal.iter().enumerate().rev() {
        if from.is_some() {
            continue;
        }
        // What follows it in the goal stands already; the place is counted from the end.
        let to = work.len().checked_sub(goal.len() - place - 1)?;
        said.push(format!(
            "insert {} {}",
            written(&list[place], text),
            before(&work, to)?
        ));
        let piece = Piece {
            label: list[place].label.clone(),
            text: text.clone(),
        };
        work.insert(to, (piece, None));
    }
    let reached: Vec<(String, Option<usize>)> = work
        .into_iter()
        .map(|(piece, from)| (piece.text, from))
        .collect();
    (reached == goal).then_some(said)
}
