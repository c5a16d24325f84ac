//! A party that can do nothing changes no verdict on the others, and everything is stable for it.

use detente_model::PartyId;
use detente_model::model::Model;

use super::{Given, Held, base, of_changed, same};
use crate::case::Case;
use crate::examiner::Subject;
use crate::random::Random;

pub(super) fn run(_: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let Some(before) = base(given) else {
        return Ok(0);
    };
    let mut random = Random::new(2, subject.number);
    let place = random.below(subject.model.parties.len() + 1);
    let like = random.below(subject.model.parties.len());
    let Some(model) = with_bystander(subject.model, place, like) else {
        return Ok(0);
    };
    let mut after = of_changed(&model, subject)?;
    for table in &mut after.tables {
        if place >= table.stable.len() {
            return Err("the party is not seen".to_owned());
        }
        if table.stable.remove(place).len() != after.states.len() {
            return Err(format!("{} is not stable everywhere for it", table.concept));
        }
        table.judged.remove(place);
    }
    after.parties -= 1;
    same(before, &after)
}

/// The model with one more party at a place, without options and moves, that wants what the party
/// `like` wants.
fn with_bystander(model: &Model, place: usize, like: usize) -> Option<Model> {
    let mut out = model.clone();
    let mut party = model.parties.get(like)?.clone();
    party.options.clear();
    party.moves.clear();
    "Bystander".clone_into(&mut party.name);
    out.parties.insert(place, party);
    let shifted = |p: PartyId| PartyId(p.0 + u16::from(p.index() >= place));
    for option in &mut out.options {
        option.owner = shifted(option.owner);
    }
    for rule in &mut out.prohibitions {
        rule.party = rule.party.map(shifted);
    }
    Some(out)
}
