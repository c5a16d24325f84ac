//! What can be tried to make a document smaller, the largest cuts first.

use detente_syntax::ast::{Certainty, Direction, Document, Preferences, RankGroup, Strength};

use super::formulas::{each, reductions, tidy};
use super::without;

/// Every document that comes from this one by one cut.
pub(super) fn candidates(document: &Document) -> Vec<Document> {
    let mut out = Vec::new();
    parties_and_options(document, &mut out);
    for place in 0..document.states.len() {
        out.push(without::state(document, place));
    }
    for place in 0..document.classes.len() {
        out.push(without::class(document, place));
    }
    elements(document, &mut out);
    preferences(document, &mut out);
    simpler_formulas(document, &mut out);
    details(document, &mut out);
    out
}

fn parties_and_options(document: &Document, out: &mut Vec<Document>) {
    if document.parties.len() > 1 {
        out.extend((0..document.parties.len()).filter_map(|p| without::party(document, p)));
    }
    for (p, party) in document.parties.iter().enumerate() {
        for (o, option) in party.options.iter().enumerate() {
            let levels = option.levels.len().max(2);
            out.extend((0..levels).filter_map(|l| without::option(document, p, o, l)));
        }
    }
    for (p, party) in document.parties.iter().enumerate() {
        for (o, option) in party.options.iter().enumerate() {
            let levels = 0..option.levels.len();
            out.extend(levels.filter_map(|l| without::level(document, p, o, l)));
        }
    }
}

/// The document after a change, if there is something to change.
fn changed(document: &Document, change: impl FnOnce(&mut Document)) -> Document {
    let mut out = document.clone();
    change(&mut out);
    tidy(&mut out);
    out
}

fn elements(document: &Document, out: &mut Vec<Document>) {
    for k in 0..document.never.len() {
        out.push(changed(document, |d| drop(d.never.remove(k))));
    }
    for k in 0..document.when.len() {
        out.push(changed(document, |d| drop(d.when.remove(k))));
        for s in 0..document.when[k].then.len() {
            out.push(changed(document, |d| drop(d.when[k].then.remove(s))));
        }
    }
    for k in 0..document.no_move.len() {
        out.push(changed(document, |d| drop(d.no_move.remove(k))));
    }
    if document.status_quo.is_some() {
        out.push(changed(document, |d| d.status_quo = None));
    }
    out.push(changed(document, |d| {
        d.negotiation = None;
        d.as_of = None;
        d.sources.clear();
        d.variants.clear();
        d.views.clear();
        d.tracks.clear();
        d.calendar.clear();
        d.commitments.clear();
        d.claims.clear();
        d.references.clear();
    }));
    for (p, party) in document.parties.iter().enumerate() {
        for k in 0..party.moves.len() {
            out.push(changed(document, |d| drop(d.parties[p].moves.remove(k))));
        }
    }
}

fn preferences(document: &Document, out: &mut Vec<Document>) {
    for (p, party) in document.parties.iter().enumerate() {
        let Some(preferences) = &party.preferences else {
            continue;
        };
        out.push(changed(document, |d| d.parties[p].preferences = None));
        let mut with = |new: Preferences| {
            out.push(changed(document, |d| d.parties[p].preferences = Some(new)));
        };
        match preferences {
            Preferences::Statements(list) => {
                for k in 0..list.len() {
                    let mut fewer = list.clone();
                    fewer.remove(k);
                    with(Preferences::Statements(fewer));
                }
            }
            Preferences::Weights(list) => {
                for k in 0..list.len() {
                    let mut fewer = list.clone();
                    fewer.remove(k);
                    with(Preferences::Weights(fewer));
                    let mut plain = list.clone();
                    "1".clone_into(&mut plain[k].weight.text);
                    with(Preferences::Weights(plain));
                }
            }
            Preferences::Ranks(groups) => rankings(groups, &mut with),
        }
    }
}

fn rankings(groups: &[RankGroup], with: &mut impl FnMut(Preferences)) {
    for k in 0..groups.len() {
        for i in 0..groups[k].items.len() {
            let mut fewer = groups.to_vec();
            fewer[k].items.remove(i);
            with(Preferences::Ranks(fewer));
        }
        let mut plain = groups.to_vec();
        plain[k].strength = Strength::PLAIN;
        with(Preferences::Ranks(plain));
    }
}

fn simpler_formulas(document: &Document, out: &mut Vec<Document>) {
    let mut all = Vec::new();
    each(&mut document.clone(), &mut |_, f| all.push(f.clone()));
    for (place, formula) in all.iter().enumerate() {
        for simpler in reductions(formula) {
            out.push(changed(document, |d| {
                let mut at = 0;
                each(d, &mut |_, f| {
                    if at == place {
                        *f = simpler.clone();
                    }
                    at += 1;
                });
            }));
        }
    }
}

fn details(document: &Document, out: &mut Vec<Document>) {
    for (p, party) in document.parties.iter().enumerate() {
        for (o, option) in party.options.iter().enumerate() {
            if option.direction != Direction::Both {
                out.push(changed(document, |d| {
                    d.parties[p].options[o].direction = Direction::Both;
                }));
            }
            if option.stepwise {
                out.push(changed(document, |d| {
                    d.parties[p].options[o].stepwise = false;
                }));
            }
        }
        out.push(changed(document, |d| {
            let party = &mut d.parties[p];
            party.title = None;
            party.agents.clear();
            party.concept = None;
            party.cites.clear();
            for option in &mut party.options {
                option.title = None;
                option.cites.clear();
            }
            if let Some(Preferences::Statements(list)) = &mut party.preferences {
                for statement in list {
                    statement.label = None;
                    statement.certainty = Certainty::Certain;
                    statement.strength = Strength::PLAIN;
                    statement.either_order = false;
                    statement.cites.clear();
                }
            }
        }));
    }
}
