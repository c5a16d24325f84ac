//! What a forecast assumes, in sentences.

use detente_analysis::model::model::{Model, Preferences};
use detente_analysis::model::record::When;
use detente_analysis::model::syntax::ast::{Certainty, decimal};
use detente_analysis::timed::{Behaviour, PACE, probability};

use super::Found;
use super::words;
use crate::words::list;

/// Everything that is assumed: what holds of every forecast of this kind, then what the text does not say.
pub(super) fn assumptions(found: &Found<'_, '_>) -> Vec<String> {
    let model = found.game.model;
    let mut all = behaviours(found);
    all.extend(paces(found));
    all.push(format!(
        "Joint steps are taken at meetings only. Parties who meet and could take one that all of them prefer agree \
         with probability {} (--meeting): nothing in the text says how often; of several that none of the others \
         betters for them, each is equally likely.",
        f64::from(found.request.meeting) / 1e6
    ));
    let record = &model.record;
    let ahead = found
        .forecast
        .events
        .iter()
        .filter_map(|e| record.events.get(e.event));
    for event in ahead {
        let name = words::event(model, event);
        if let Some(chance) = event.chance
            && chance.is_assumed()
            && let Some(band) = chance.band
        {
            all.push(format!(
                "\"{name}\" takes place with probability {}, the middle of \"{}\" ({}-{} %).",
                probability(chance),
                band.likelihood,
                band.least,
                band.most
            ));
        }
        if event.is_over(found.forecast.start) {
            all.push(format!(
                "Whether \"{name}\" took place is not certain: it does at the start, or not."
            ));
        }
        if matches!(event.when, When::Between(..) | When::By(_)) {
            all.push(format!(
                "Each day of \"{name}\" ({}) is equally likely.",
                event.when
            ));
        }
    }
    all.extend(doubts(model));
    all
}

fn behaviours(found: &Found<'_, '_>) -> Vec<String> {
    let of = |wanted: Behaviour| {
        let parties = found
            .game
            .model
            .parties
            .iter()
            .zip(&found.request.behaviours);
        let own = parties.filter(|(_, b)| **b == wanted);
        own.map(|(p, _)| p.name.as_str()).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for behaviour in [Behaviour::Improving, Behaviour::Best, Behaviour::Wary] {
        let who = of(behaviour);
        if who.is_empty() {
            continue;
        }
        let how = match behaviour {
            Behaviour::Improving => "one of its unilateral improvements, all equally likely",
            Behaviour::Best => "its most preferred unilateral improvement, ties equally likely",
            Behaviour::Wary => {
                "one of its unilateral improvements that no credible sanction answers (SEQ), all equally likely"
            }
        };
        let who = if who.len() == found.game.model.parties.len() && who.len() > 1 {
            "each party".to_owned()
        } else {
            list(&who)
        };
        all.push(format!(
            "Between events {who} reconsiders at random times, independently of the others, and makes {how}; if there \
             is none, it stays."
        ));
    }
    all
}

fn paces(found: &Found<'_, '_>) -> Vec<String> {
    let model = found.game.model;
    let mut all = Vec::new();
    let mut silent = Vec::new();
    let given = found.paced.iter().chain(std::iter::repeat(&false));
    for ((party, pace), given) in model.parties.iter().zip(&found.request.paces).zip(given) {
        if *given {
            let every = decimal(*pace);
            all.push(format!(
                "{} reconsiders every {every} days on average (--pace).",
                party.name
            ));
        } else if party.pace.is_none() {
            silent.push(party.name.as_str());
        }
    }
    if !silent.is_empty() {
        all.push(format!(
            "How often {} reconsider{} is not said: every {} days on average.",
            list(&silent),
            if silent.len() == 1 { "s" } else { "" },
            decimal(PACE)
        ));
    }
    all
}

/// Doubts about preferences to which the text gives no probability.
fn doubts(model: &Model) -> Vec<String> {
    let mut all = Vec::new();
    for party in &model.parties {
        let mut what = Vec::new();
        if let Preferences::Statements(statements) = &party.preferences {
            if statements.iter().any(|s| s.certainty == Certainty::Maybe) {
                what.push("a statement marked `maybe` holds with probability 1/2");
            }
            if statements.iter().any(|s| s.either_order) {
                what.push("statements in either order stand as written with probability 1/2");
            }
        }
        if party.candidates.len() > 1 && party.candidates.iter().all(|c| c.probability.is_none()) {
            what.push("its candidates are equally likely");
        }
        if !party.intervals.is_empty() {
            what.push("a weight between bounds is uniform between them");
        }
        if !what.is_empty() {
            all.push(format!(
                "Of {}, where the text gives no number: {}.",
                party.name,
                list(&what)
            ));
        }
    }
    all
}
