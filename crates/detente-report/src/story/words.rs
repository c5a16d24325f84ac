//! What many sections say: states, moves, parties and lists as pieces of sentences.

use crate::document::{Composer, Form, Inline, Line, Pointer};
use crate::finding::{Analysis, OptionInfo, State, Step};
use crate::words::Tense;

/// Words of a rule that are put together.
pub(crate) fn words(text: &'static str) -> Inline {
    Inline::words(text)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: Vec<Line>) -> Line {
    joined(items, ", ", " and ")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(items: Vec<Line>) -> Line {
    joined(items, ", ", " or ")
}

/// Things one after the other, parted by one mark and, before the last, by another.
pub(crate) fn joined(items: Vec<Line>, mark: &'static str, last: &'static str) -> Line {
    let count = items.len();
    let mut line = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            line.push(words(if place + 1 == count { last } else { mark }));
        }
        line.extend(item);
    }
    line
}

/// Names in a row: `US and DPRK`.
pub(crate) fn names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Line {
    let each = names.into_iter().map(|n| vec![Inline::name(n.as_ref())]);
    list(each.collect())
}

/// A class or a title in quotation marks, so that it stands in a sentence whatever it is.
pub(crate) fn quoted(name: &str) -> Line {
    vec![words("“"), Inline::name(name), words("”")]
}

/// A class; the states of no class are "none of the named outcomes".
pub(crate) fn class(name: Option<&str>) -> Line {
    name.map_or_else(|| vec![words("none of the named outcomes")], quoted)
}

/// How many elements an array of the findings has, with the word for them: `1 state`, `2 states`.
pub(crate) fn count(
    c: &Composer<'_>,
    array: &Pointer,
    number: usize,
    one: &'static str,
    many: &'static str,
) -> Line {
    let word = if number == 1 { one } else { many };
    vec![c.number(array, Form::Length), words(" "), words(word)]
}

/// The same for a number of the findings.
pub(crate) fn amount(
    c: &Composer<'_>,
    from: &Pointer,
    number: usize,
    one: &'static str,
    many: &'static str,
) -> Line {
    let word = if number == 1 { one } else { many };
    vec![c.number(from, Form::Whole), words(" "), words(word)]
}

/// `is` or `are`, and the like.
pub(crate) fn verb(number: usize, one: &'static str, many: &'static str) -> Inline {
    words(if number == 1 { one } else { many })
}

/// The state with this number.
pub(crate) fn find<'a>(c: &Composer<'a>, id: u32) -> Option<&'a State> {
    c.state(id).map(|(_, state)| state)
}

/// What a state is called: its title, its first class, or its name; `None` when there is nothing but what is on.
pub(crate) fn headline(c: &Composer<'_>, state: &State) -> Option<Line> {
    let has_options = c
        .dossier
        .analysis
        .as_ref()
        .is_some_and(|a| !a.options.is_empty());
    let name = state
        .title
        .as_deref()
        .or(state.classes.first().map(String::as_str))
        .or(state.name.as_deref().filter(|_| has_options))?;
    Some(quoted(name))
}

/// Whether the author said what a state is, so that its options need not be told.
fn is_titled(state: &State) -> bool {
    state.title.is_some()
}

/// What is on in a state, party by party: `US: sign, relief; DPRK: sign`. Empty when nothing is, and in the graph form.
pub(crate) fn on(c: &Composer<'_>, state: &State) -> Line {
    let Some(analysis) = &c.dossier.analysis else {
        return Vec::new();
    };
    let mut line: Line = Vec::new();
    for party in &analysis.parties {
        let own: Vec<&str> = state
            .on
            .iter()
            .filter_map(|on| bare(&party.name, on))
            .collect();
        if own.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(words("; "));
        }
        line.push(Inline::name(&party.name));
        line.push(words(": "));
        for (place, option) in own.into_iter().enumerate() {
            if place > 0 {
                line.push(words(", "));
            }
            line.push(Inline::name(option));
        }
    }
    line
}

/// An option without its party.
fn bare<'o>(party: &str, option: &'o str) -> Option<&'o str> {
    option.strip_prefix(party)?.strip_prefix('.')
}

/// A state with all that says what it is, as a link to its row: `“vague text” (state 17; US: sign; DPRK: sign)`.
pub(crate) fn state(c: &Composer<'_>, id: u32) -> Line {
    told(c, id, true)
}

/// A state in short, as a link to its row: `“vague text” (state 17)`.
pub(crate) fn brief(c: &Composer<'_>, id: u32) -> Line {
    told(c, id, false)
}

/// A state of a class that is named already: `state 46 (US: cancel; DPRK: test)`.
pub(crate) fn without_class(c: &Composer<'_>, id: u32) -> Line {
    let mut line = vec![words("state "), number(c, id)];
    let on = find(c, id).map_or_else(Vec::new, |state| match &state.title {
        Some(title) => quoted(title),
        None => options_of(c, state),
    });
    if !on.is_empty() {
        line.push(words(" ("));
        line.extend(on);
        line.push(words(")"));
    }
    line
}

/// A line at the beginning of a sentence.
pub(crate) fn begin(mut line: Line) -> Line {
    if let Some(Inline::Words(first)) = line.first_mut() {
        *first = crate::words::capital(first).into();
    }
    line
}

/// The bare number of a state, as a link to its row.
pub(crate) fn number(c: &Composer<'_>, id: u32) -> Inline {
    c.state_number(id)
}

fn told(c: &Composer<'_>, id: u32, whole: bool) -> Line {
    let number = vec![words("state "), number(c, id)];
    let Some(found) = find(c, id) else {
        return number;
    };
    let on = if whole && !is_titled(found) {
        options_of(c, found)
    } else {
        Vec::new()
    };
    let (mut line, mut inner) = match headline(c, found) {
        Some(line) => (line, number),
        None => (number, Vec::new()),
    };
    if !on.is_empty() {
        if !inner.is_empty() {
            inner.push(words("; "));
        }
        inner.extend(on);
    }
    if !inner.is_empty() {
        line.push(words(" ("));
        line.extend(inner);
        line.push(words(")"));
    }
    line
}

/// What is on, or that nothing is; empty in the graph form.
fn options_of(c: &Composer<'_>, state: &State) -> Line {
    let on = on(c, state);
    if on.is_empty() && !state.yn.is_empty() {
        return vec![words("nothing chosen")];
    }
    on
}

/// What a state is, without its number: `“vague text”; US: sign, cancel; DPRK: sign`.
pub(crate) fn content(c: &Composer<'_>, state: &State) -> Line {
    let mut line = headline(c, state).unwrap_or_default();
    if is_titled(state) {
        return line;
    }
    let on = options_of(c, state);
    if !on.is_empty() && !line.is_empty() {
        line.push(words("; "));
    }
    line.extend(on);
    line
}

/// The level of an option in a state: 0 for the lowest, or for an option that is off.
fn levels(options: &[OptionInfo], yn: &str) -> Vec<usize> {
    let mut rest = yn;
    let mut found = Vec::new();
    for option in options {
        let width = option.positions as usize;
        let (own, after) = rest.split_at_checked(width).unwrap_or((rest, ""));
        rest = after;
        found.push(own.find('Y').map_or(0, |at| at + 1));
    }
    found
}

/// What a party does in a move, and what follows of itself: `withdrawing “Grant relief” (which ends “Start projects”)`,
/// in the graph form `moving to “Delay”`.
pub(crate) fn deed(c: &Composer<'_>, party: &str, from: u32, to: u32, tense: Tense) -> Line {
    let verb = |gerund, infinitive, present| match tense {
        Tense::Gerund => gerund,
        Tense::Infinitive => infinitive,
        Tense::Present => present,
    };
    let found = c.dossier.analysis.as_ref();
    let (Some(analysis), Some(before), Some(after)) = (found, find(c, from), find(c, to)) else {
        return vec![words(verb("moving on", "move on", "moves on"))];
    };
    if analysis.options.is_empty() {
        let mut line = vec![words(verb("moving to ", "move to ", "moves to "))];
        line.extend(headline(c, after).unwrap_or_else(|| vec![words("state "), number(c, to)]));
        return line;
    }
    let changes = Changes::new(analysis, party, before, after);
    let mut parts: Vec<Line> = Vec::new();
    let mut say = |verb: &'static str, what: Vec<Line>| {
        if !what.is_empty() {
            let mut line = vec![words(verb)];
            line.extend(list(what));
            parts.push(line);
        }
    };
    say(
        verb("withdrawing ", "withdraw ", "withdraws "),
        changes.withdrawn,
    );
    say(verb("choosing ", "choose ", "chooses "), changes.chosen);
    say(verb("setting ", "set ", "sets "), changes.set);
    let mut line = list(parts);
    if !changes.follows.is_empty() {
        line.push(words(" (which "));
        line.extend(list(changes.follows));
        line.push(words(")"));
    }
    line
}

/// What an option is called in a sentence: its title, or its name where it has none. It stands in quotation marks,
/// because titles are words of any kind: verbs, nouns, whole sentences.
pub(crate) fn called(option: &OptionInfo, name: &str) -> Line {
    quoted(option.title.as_deref().unwrap_or(name))
}

/// How many options differ between two states: a measure of how simple a move is.
pub(crate) fn distance(c: &Composer<'_>, from: u32, to: u32) -> usize {
    let found = c.dossier.analysis.as_ref();
    let (Some(analysis), Some(before), Some(after)) = (found, find(c, from), find(c, to)) else {
        return 0;
    };
    let before = levels(&analysis.options, &before.yn);
    let after = levels(&analysis.options, &after.yn);
    before.iter().zip(&after).filter(|(a, b)| a != b).count()
}

/// What a move changes.
#[derive(Default)]
struct Changes {
    withdrawn: Vec<Line>,
    chosen: Vec<Line>,
    set: Vec<Line>,
    follows: Vec<Line>,
}

impl Changes {
    fn new(analysis: &Analysis, party: &str, before: &State, after: &State) -> Self {
        let mut changes = Self::default();
        let options = &analysis.options;
        let levels = levels(options, &before.yn)
            .into_iter()
            .zip(levels(options, &after.yn));
        for (option, (before, after)) in options.iter().zip(levels) {
            if before == after {
                continue;
            }
            let level = option.levels.get(after);
            match (bare(party, &option.name), level) {
                (None, Some(level)) => {
                    let mut line = vec![words("sets ")];
                    line.extend(called(option, &option.name));
                    line.push(words(" to "));
                    line.extend(quoted(level));
                    changes.follows.push(line);
                }
                (None, None) => {
                    let mut line = vec![words(if after == 0 { "ends " } else { "brings " })];
                    line.extend(called(option, &option.name));
                    changes.follows.push(line);
                }
                (Some(own), Some(level)) => {
                    let mut line = called(option, own);
                    line.push(words(" to "));
                    line.extend(quoted(level));
                    changes.set.push(line);
                }
                (Some(own), None) if after == 0 => changes.withdrawn.push(called(option, own)),
                (Some(own), None) => changes.chosen.push(called(option, own)),
            }
        }
        changes
    }
}

/// From where to where: `17 → 19`, both as links.
pub(crate) fn arrow(c: &Composer<'_>, from: u32, to: u32) -> Line {
    vec![number(c, from), words(" → "), number(c, to)]
}

/// A move with its party: `US withdraws “Grant relief” (23 → 22)`.
pub(crate) fn step(c: &Composer<'_>, step: &Step) -> Line {
    let mut line = vec![Inline::name(&step.party), words(" ")];
    line.extend(deed(c, &step.party, step.from, step.to, Tense::Present));
    line.push(words(" ("));
    line.extend(arrow(c, step.from, step.to));
    line.push(words(")"));
    line
}

/// Moves one after the other: `US chooses “Sign” (1 → 2), then DPRK chooses “Sign” (2 → 5)`.
pub(crate) fn steps(c: &Composer<'_>, steps: &[Step]) -> Line {
    let mut line = Vec::new();
    for (place, one) in steps.iter().enumerate() {
        if place > 0 {
            line.push(words(", then "));
        }
        line.extend(step(c, one));
    }
    line
}

/// The place of a state in the findings.
pub(crate) fn state_place(c: &Composer<'_>, id: u32) -> Pointer {
    let place = c.state(id).map_or(usize::MAX, |(place, _)| place);
    Pointer::to("analysis").key("states").index(place)
}

/// The rank that a party gives to a state, larger being better.
pub(crate) fn rank(c: &Composer<'_>, id: u32, party: &str) -> Inline {
    let from = state_place(c, id).key("ranks").key(party);
    c.number(&from, Form::Whole)
}
