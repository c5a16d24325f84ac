//! A document without one of its parties, options or states: what speaks of it is adapted.

use detente_syntax::ast::{
    Comparison, Document, Formula, FormulaKind, OptionDecl, Preferences, RankItem, Ref, Setting,
    SettingValue, StatusQuo,
};

use super::formulas::{constant, each, formula, rewritten, tidy};

/// The document without a party; its options stay at their first level.
pub(super) fn party(document: &Document, place: usize) -> Option<Document> {
    let mut out = document.clone();
    while let Some(count) = out.parties.get(place).map(|p| p.options.len()) {
        let Some(last) = count.checked_sub(1) else {
            break;
        };
        out = option(&out, place, last, 0)?;
    }
    let gone = out.parties.remove(place);
    out.no_move.retain(|r| r.party.as_ref() != Some(&gone.name));
    Some(out)
}

/// The document without an option, which stays at a level.
pub(super) fn option(
    document: &Document,
    party: usize,
    option: usize,
    level: usize,
) -> Option<Document> {
    let mut out = document.clone();
    let owner = out.parties.get_mut(party)?;
    let name = owner.name.text.clone();
    let gone = owner.options.remove(option);
    let before: usize = out
        .parties
        .iter()
        .take(party)
        .map(|p| width(&p.options))
        .sum();
    let at = before + width(&out.parties.get(party)?.options[..option]);
    let own_width = width(std::slice::from_ref(&gone));
    let means = |home: Option<&str>, reference: &Ref| {
        let of = reference.party.as_ref().map(|p| p.text.as_str()).or(home);
        of == Some(name.as_str()) && reference.name == gone.name
    };
    each(&mut out, &mut |home, f| {
        *f = rewritten(f, &|atom| match atom {
            FormulaKind::Option(r) if means(home, r) => Some(constant(level > 0)),
            FormulaKind::Level {
                option,
                comparison,
                level: with,
            } if means(home, option) => {
                let with = gone.levels.iter().position(|l| l == with)?;
                Some(constant(match comparison {
                    Comparison::Is => level == with,
                    Comparison::IsNot => level != with,
                    Comparison::Less => level < with,
                    Comparison::AtMost => level <= with,
                    Comparison::Greater => level > with,
                    Comparison::AtLeast => level >= with,
                }))
            }
            FormulaKind::Pattern { text, .. } => Some(shorter(text, at, own_width, level)),
            _ => None,
        });
    });
    let stays = |s: &Setting| !means(None, &s.option);
    out.when.iter_mut().for_each(|r| r.then.retain(stays));
    for settings in out.states.iter_mut().filter_map(|s| s.settings.as_mut()) {
        settings.retain(stays);
    }
    if let Some(StatusQuo::Settings { settings, .. }) = &mut out.status_quo {
        settings.retain(stays);
    }
    tidy(&mut out);
    Some(out)
}

/// How many positions of a pattern options take.
fn width(options: &[OptionDecl]) -> usize {
    let one = |o: &OptionDecl| o.levels.len().saturating_sub(1).max(1);
    options.iter().map(one).sum()
}

/// A pattern without the positions of an option that is at a level.
fn shorter(text: &str, at: usize, width: usize, level: usize) -> Formula {
    let mut rest = String::new();
    for (place, mark) in text.chars().enumerate() {
        if place < at || place >= at + width {
            rest.push(mark);
            continue;
        }
        let set = place - at + 1 == level;
        if (mark == 'Y' && !set) || (mark == 'N' && set) {
            return constant(false);
        }
    }
    if rest.chars().all(|c| c == '-') {
        return constant(true);
    }
    formula(FormulaKind::Pattern {
        text: rest,
        place: detente_syntax::ast::Place::default(),
    })
}

/// The document without one of the levels of an option; what compares with it becomes false.
pub(super) fn level(
    document: &Document,
    party: usize,
    option: usize,
    level: usize,
) -> Option<Document> {
    let mut out = document.clone();
    let owner = out.parties.get_mut(party)?;
    let name = owner.name.text.clone();
    let choice = owner.options.get_mut(option)?;
    if choice.levels.len() < 3 {
        return None;
    }
    let gone = choice.levels.remove(level);
    let choice = choice.name.clone();
    let means = |home: Option<&str>, reference: &Ref| {
        let of = reference.party.as_ref().map(|p| p.text.as_str()).or(home);
        of == Some(name.as_str()) && reference.name == choice
    };
    each(&mut out, &mut |home, f| {
        *f = rewritten(f, &|atom| match atom {
            FormulaKind::Level {
                option, level: l, ..
            } if means(home, option) && *l == gone => Some(constant(false)),
            FormulaKind::Pattern { .. } => Some(constant(false)),
            _ => None,
        });
    });
    let stays =
        |s: &Setting| !(means(None, &s.option) && s.value == SettingValue::Level(gone.clone()));
    out.when.iter_mut().for_each(|r| r.then.retain(stays));
    for settings in out.states.iter_mut().filter_map(|s| s.settings.as_mut()) {
        settings.retain(stays);
    }
    if let Some(StatusQuo::Settings { settings, .. }) = &mut out.status_quo {
        settings.retain(stays);
    }
    tidy(&mut out);
    Some(out)
}

/// The document without a named or listed state.
pub(super) fn state(document: &Document, place: usize) -> Document {
    let mut out = document.clone();
    let gone = out.states.remove(place).name;
    each(&mut out, &mut |_, f| {
        *f = rewritten(f, &|atom| match atom {
            FormulaKind::State(name) if *name == gone => Some(constant(false)),
            _ => None,
        });
    });
    for party in &mut out.parties {
        party.moves.retain(|m| m.from != gone && m.to != gone);
        if let Some(Preferences::Ranks(groups)) = &mut party.preferences {
            for group in groups.iter_mut() {
                group.items.retain(|i| *i != RankItem::State(gone.clone()));
            }
        }
    }
    if out.status_quo == Some(StatusQuo::State(gone)) {
        out.status_quo = None;
    }
    tidy(&mut out);
    out
}

/// The document without a class: its formula stands wherever it is mentioned.
pub(super) fn class(document: &Document, place: usize) -> Document {
    let mut out = document.clone();
    let gone = out.classes.remove(place);
    let meaning = gone.when.unwrap_or_else(|| constant(false));
    each(&mut out, &mut |_, f| {
        *f = rewritten(f, &|atom| match atom {
            FormulaKind::Class { name, .. } if *name == gone.name => Some(meaning.clone()),
            _ => None,
        });
    });
    tidy(&mut out);
    out
}
