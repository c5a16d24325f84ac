//! States, moves and parties in words.

use detente_analysis::model::expr::Atom;
use detente_analysis::model::model::{Assignment, Class, Form};
use detente_analysis::model::{Model, OptionId, PartyId};
use detente_analysis::reach::Step;
use detente_analysis::status_quo::{Evolution, Leg};
use detente_analysis::study::Evolutions;
use detente_analysis::{Game, StateId, describe};

/// What the negotiation is called, with the variants whose changes were made.
pub(crate) fn title(model: &Model, variants: &[String]) -> String {
    titled(model.display_title(), variants)
}

/// A title, with the variants whose changes were made.
pub(crate) fn titled(title: &str, variants: &[String]) -> String {
    if variants.is_empty() {
        return title.to_owned();
    }
    format!("{title} [{}]", variants.join(" + "))
}

/// So many parties.
pub(crate) fn party_count(count: usize) -> String {
    if count == 1 {
        "1 party".to_owned()
    } else {
        format!("{count} parties")
    }
}

/// How many parties and states there are.
pub(crate) fn size(game: &Game<'_>) -> String {
    let parties = party_count(game.model.parties.len());
    format!("{parties}, {}", count(game.space.len(), "state"))
}

/// The headline of a state: the name that its author gave it, or its first class.
pub fn headline(game: &Game<'_>, state: StateId) -> Option<String> {
    let named = game.named(state).and_then(|n| game.model.states.get(n));
    match (named, game.headline(state)) {
        (Some(named), _) if named.title.is_some() => named.title.clone(),
        (_, Some(class)) => Some(game.model.classes[class].name.clone()),
        (Some(named), None) if game.model.form == Form::Options => Some(named.name.clone()),
        _ => None,
    }
}

/// What is on, party by party: `US: sign, relief; DPRK: sign`. Empty when nothing is.
pub fn on_by_party(game: &Game<'_>, state: StateId) -> String {
    by_party(game.model, &game.space.on(state))
}

/// As [`on_by_party`], for a state given by the levels of all options.
pub fn levels_by_party(model: &Model, levels: &Assignment) -> String {
    by_party(model, &above_first(levels))
}

/// The options that are on, as `US.relief` or `US.drills is cancel`, in order, in a state given by the
/// levels of all options.
pub fn levels_on(model: &Model, levels: &Assignment) -> Vec<String> {
    above_first(levels)
        .into_iter()
        .map(|(option, level)| describe::plain_setting(model, option, level))
        .collect()
}

/// The class under which a state is counted, for a state given by the levels of all options.
pub fn class_of<'m>(model: &'m Model, levels: &Assignment) -> Option<&'m str> {
    let holds = |class: &&Class| {
        class.condition.expr.eval(&mut |atom| match atom {
            Atom::Literal(l) => levels.get(l.option.index()).is_some_and(|v| l.admits(*v)),
            Atom::Node(_) => false,
        })
    };
    model.classes.iter().find(holds).map(|c| c.name.as_str())
}

/// A state given by the levels of all options as a row of `Y` and `N`, first option first.
pub fn yn(model: &Model, levels: &Assignment) -> String {
    let mut row = String::new();
    for (choice, level) in model.options.iter().zip(levels) {
        let width = choice.width();
        row.extend((1..=width).map(|l| if l == u32::from(*level) { 'Y' } else { 'N' }));
    }
    row
}

fn above_first(levels: &Assignment) -> Vec<(OptionId, u16)> {
    let all = (0_u32..).map(OptionId).zip(levels.iter().copied());
    all.filter(|(_, level)| *level > 0).collect()
}

fn by_party(model: &Model, on: &[(OptionId, u16)]) -> String {
    let mut groups = Vec::new();
    for party in model.party_ids() {
        let own: Vec<String> = on
            .iter()
            .filter(|(option, _)| model.option(*option).owner == party)
            .map(|(option, level)| bare(model, *option, *level))
            .collect();
        if !own.is_empty() {
            groups.push(format!("{}: {}", model.party(party).name, own.join(", ")));
        }
    }
    groups.join("; ")
}

fn bare(model: &Model, option: OptionId, level: u16) -> String {
    let choice = model.option(option);
    match choice.levels.get(usize::from(level)) {
        Some(level) => format!("{} {level}", choice.name),
        None => choice.name.clone(),
    }
}

/// What a state is, without its number: `no text; US: cancel`.
pub fn content(game: &Game<'_>, state: StateId) -> String {
    let on = on_by_party(game, state);
    let on = match game.model.form {
        Form::Options if on.is_empty() => "nothing on".to_owned(),
        _ => on,
    };
    match headline(game, state) {
        Some(headline) if on.is_empty() => headline,
        Some(headline) => format!("{headline}; {on}"),
        None => on,
    }
}

/// A state with its number: `5 (no text; US: cancel)`.
pub fn state(game: &Game<'_>, state: StateId) -> String {
    let content = content(game, state);
    if content.is_empty() {
        game.id(state).to_string()
    } else {
        format!("{} ({content})", game.id(state))
    }
}

/// The short name of a party.
pub fn party<'g>(game: &'g Game<'_>, party: PartyId) -> &'g str {
    &game.model.party(party).name
}

/// A sentence with a capital.
pub(crate) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", init.join(", "), last.as_ref())
        }
    }
}

/// The names of several parties: `US and DPRK`.
pub fn parties(game: &Game<'_>, members: &[PartyId]) -> String {
    list(&members.iter().map(|p| party(game, *p)).collect::<Vec<_>>())
}

/// `1 state`, `2 states`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// In which grammatical form a move is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// `choosing relief`
    Gerund,
    /// `choose relief`
    Infinitive,
    /// `chooses relief`
    Present,
}

impl Tense {
    fn of(
        self,
        gerund: &'static str,
        infinitive: &'static str,
        present: &'static str,
    ) -> &'static str {
        match self {
            Self::Gerund => gerund,
            Self::Infinitive => infinitive,
            Self::Present => present,
        }
    }
}

/// What a party does in a move, and what follows of itself: `withdrawing relief (which ends
/// ROK.bridge)`.
pub fn deed(game: &Game<'_>, mover: PartyId, from: StateId, to: StateId, tense: Tense) -> String {
    if game.model.form == Form::Graph {
        let to = headline(game, to).map_or_else(|| game.id(to).to_string(), |h| format!("`{h}`"));
        return format!("{} to {to}", tense.of("moving", "move", "moves"));
    }
    let (before, after) = (game.space.assignment(from), game.space.assignment(to));
    change(game.model, mover, &before, &after, tense)
}

/// As [`deed`], between states given by the levels of all options.
pub fn change(
    model: &Model,
    mover: PartyId,
    from: &Assignment,
    to: &Assignment,
    tense: Tense,
) -> String {
    let (mut chosen, mut withdrawn, mut set, mut follows) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for ((option, before), after) in model.option_ids().zip(from).zip(to) {
        if before == after {
            continue;
        }
        let after = *after;
        let choice = model.option(option);
        if choice.owner != mover {
            let name = model.qualified(option);
            follows.push(match choice.levels.get(usize::from(after)) {
                Some(level) => format!("sets {name} to {level}"),
                None if after == 0 => format!("ends {name}"),
                None => format!("brings {name}"),
            });
        } else if let Some(level) = choice.levels.get(usize::from(after)) {
            set.push(format!("{} to {level}", choice.name));
        } else if after == 0 {
            withdrawn.push(choice.name.clone());
        } else {
            chosen.push(choice.name.clone());
        }
    }
    let mut parts = Vec::new();
    let mut say = |verb: &str, what: &[String]| {
        if !what.is_empty() {
            parts.push(format!("{verb} {}", list(what)));
        }
    };
    say(tense.of("withdrawing", "withdraw", "withdraws"), &withdrawn);
    say(tense.of("choosing", "choose", "chooses"), &chosen);
    say(tense.of("setting", "set", "sets"), &set);
    let own = list(&parts);
    if follows.is_empty() {
        own
    } else {
        format!("{own} (which {})", list(&follows))
    }
}

/// A step with its numbers: `DPRK would then choose test (5 -> 21)`, without the subject.
pub fn step(game: &Game<'_>, step: &Step, tense: Tense) -> String {
    format!(
        "{} ({} -> {})",
        deed(game, step.party, step.from, step.to, tense),
        game.id(step.from),
        game.id(step.to)
    )
}

/// The steps of an evolution: `US chooses relief (1 -> 2), then US and DPRK together (2 -> 5)`.
pub fn legs(game: &Game<'_>, legs: &[Leg]) -> String {
    let one = |leg: &Leg| match leg.movers.as_slice() {
        [mover] => format!(
            "{} {} ({} -> {})",
            party(game, *mover),
            deed(game, *mover, leg.from, leg.to, Tense::Present),
            game.id(leg.from),
            game.id(leg.to)
        ),
        members => format!(
            "{} together ({} -> {})",
            parties(game, members),
            game.id(leg.from),
            game.id(leg.to)
        ),
    };
    legs.iter().map(one).collect::<Vec<_>>().join(", then ")
}

/// How easily a state is reached from the status quo: 0 by improvements, 1 with joint steps, 2 by any
/// moves, 3 not at all.
pub fn reach_level(ways: &Evolutions, state: StateId) -> usize {
    let reaches = |way: &Evolution| way.distance(state).is_some();
    if reaches(&ways.improvements) {
        0
    } else if ways.joint.as_ref().is_some_and(reaches) {
        1
    } else if reaches(&ways.moves) {
        2
    } else {
        3
    }
}

/// How a state is reached from the status quo, in a sentence.
pub fn way(game: &Game<'_>, ways: &Evolutions, state: StateId) -> Option<String> {
    Some(match reach_level(ways, state) {
        0 => match ways.improvements.legs_to(state)?.as_slice() {
            [] => "The status quo.".to_owned(),
            steps => format!("Reached by improvements: {}.", legs(game, steps)),
        },
        1 => {
            let steps = ways.joint.as_ref()?.legs_to(state)?;
            format!("Reached only with a joint step: {}.", legs(game, &steps))
        }
        2 if ways.joint.is_none() => {
            "Possible from the status quo, but no improvements of single parties lead to it."
                .to_owned()
        }
        2 => "Possible from the status quo, but no improvements lead to it, not even joint ones."
            .to_owned(),
        _ => "Cannot be reached from the status quo.".to_owned(),
    })
}

/// A state in short: its number and its headline, or what is on when it has none: `4 (Small deal)`.
pub fn brief(game: &Game<'_>, state: StateId) -> String {
    let what = headline(game, state).unwrap_or_else(|| on_by_party(game, state));
    if what.is_empty() {
        game.id(state).to_string()
    } else {
        format!("{} ({what})", game.id(state))
    }
}

/// What the lines of [`margins`] mean.
pub const ABOUT_MARGINS: &str = "Margin: a party's rank of the state minus the best rank that it is sure \
     of by leaving it, in steps of its ranking.";

/// Stability margins of one state: `Margin: US 3, DPRK 0; ROK cannot leave it.` `None` when there are
/// none.
pub fn margins(margins: &[(&str, Option<i64>)]) -> Option<String> {
    let able: Vec<String> = margins
        .iter()
        .filter_map(|(party, m)| Some(format!("{party} {}", (*m)?)))
        .collect();
    let unable: Vec<&str> = margins
        .iter()
        .filter(|(_, m)| m.is_none())
        .map(|(party, _)| *party)
        .collect();
    let mut parts = Vec::new();
    if !able.is_empty() {
        parts.push(format!("Margin: {}", able.join(", ")));
    }
    if !unable.is_empty() {
        parts.push(format!("{} cannot leave it", list(&unable)));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

/// A duration in words: `38 ms`, `2.7 s`.
pub fn seconds(seconds: f64) -> String {
    if seconds < 0.0095 {
        "less than 10 ms".to_owned()
    } else if seconds < 0.95 {
        format!("{:.0} ms", seconds * 1e3)
    } else if seconds < 90.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.0} minutes", seconds / 60.0)
    }
}
