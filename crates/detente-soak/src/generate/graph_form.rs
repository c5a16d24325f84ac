//! Negotiations given as a graph: numbered states and arcs.

use detente_syntax::ast::{Document, Move, Name, Place, Rule, StateDecl, StatusQuo};

use super::build::party;
use super::formulas::Vocabulary;
use super::{Mixture, Share, option_form, preferences};
use crate::random::Random;

pub(super) fn draw(random: &mut Random, mixture: &Mixture) -> Document {
    let count = if random.chance(mixture.share(Share::Large)) {
        random.between(13, 48)
    } else {
        random.between(2, 12)
    };
    let names: Vec<Name> = (1..=count).map(|n| Name::new(n.to_string())).collect();
    let state = |name: &Name| StateDecl {
        name: name.clone(),
        title: None,
        settings: None,
        cites: Vec::new(),
        place: Place::default(),
    };
    let mut document = Document {
        parties: (0..2 + random.weighted(&[30, 40, 20, 10]))
            .map(party)
            .collect(),
        states: names.iter().map(state).collect(),
        ..Document::default()
    };
    let mut words = Vocabulary::of(&document);
    if random.chance(mixture.share(Share::Classes)) {
        document.classes = option_form::classes(random, &mut words);
    }
    if random.chance(mixture.share(Share::Never)) && random.chance(400) {
        document.never.push(Rule {
            formula: preferences::one_of(random, &names, 2),
            because: None,
            cites: Vec::new(),
            place: Place::default(),
        });
    }
    option_form::prohibitions(random, mixture, &words, &mut document);
    if random.chance(mixture.share(Share::StatusQuo)) {
        document.status_quo = random.pick(&names).cloned().map(StatusQuo::State);
    }
    for (home, party) in document.parties.iter_mut().enumerate() {
        party.moves = arcs(random, &names);
        party.preferences = preferences::draw(random, mixture, &words, home);
    }
    document
}

fn arcs(random: &mut Random, names: &[Name]) -> Vec<Move> {
    // About so many arcs from each state, whatever the number of states.
    let density = [0, 600, 1200, 2000, 3500][random.weighted(&[1, 4, 5, 4, 2])];
    let chance = (density / names.len().max(1)).min(1000) as u32;
    let mut moves = Vec::new();
    for from in names {
        for to in names {
            if from != to && random.chance(chance) {
                moves.push(Move {
                    from: from.clone(),
                    to: to.clone(),
                });
            }
        }
    }
    moves
}
