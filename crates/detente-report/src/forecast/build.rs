//! From what was found to what can be written out.

use detente_analysis::StateId;
use detente_analysis::timed::{Changed, Found as How, Happened, Mover, Path, Reason, Share};
use indexmap::IndexMap;

use super::finding::{
    ChangeEntry, CheckEntry, EventEntry, Forecast, LegEntry, MethodEntry, PaceEntry, PassageEntry,
    PathEntry, ProbabilityEntry, ReferenceEntry, TargetEntry,
};
use super::{Found, assumed, words};
use crate::build;
use crate::doubt::rounded;

/// The serialisable form.
pub fn finding(found: &Found<'_, '_>) -> Forecast {
    let (game, forecast, request) = (found.game, found.forecast, found.request);
    let model = game.model;
    let exact = matches!(forecast.found, How::Exact { .. });
    let probability = |share: Share| ProbabilityEntry {
        value: rounded(share.value),
        standard_error: (!exact).then(|| rounded(share.error)),
        word: words::term(share),
    };
    let change = |changed: &Changed| ChangeEntry {
        by: rounded(changed.by),
        standard_error: (!exact).then(|| rounded(changed.error)),
    };
    let changes = |list: &[Changed]| -> IndexMap<String, ChangeEntry> {
        let both = request.targets.iter().zip(list);
        both.map(|(t, c)| (t.name.clone(), change(c))).collect()
    };
    let targets = request
        .targets
        .iter()
        .zip(&forecast.targets)
        .map(|(target, own)| TargetEntry {
            name: target.name.clone(),
            kind: if target.class.is_some() {
                "class"
            } else {
                "target"
            }
            .to_owned(),
            states: target.states.len(),
            at: own.at.iter().map(|s| probability(*s)).collect(),
            reached: own.reached.iter().map(|s| probability(*s)).collect(),
            passage: PassageEntry {
                never: probability(own.never),
                mean_days: own.mean.map(rounded),
                quartiles: own.quartiles.map(|q| q.map(|day| day.to_string())),
            },
        });
    let events = forecast.events.iter().filter_map(|own| {
        let event = model.record.events.get(own.event)?;
        let happened = Happened::ALL.into_iter().skip(1);
        Some(EventEntry {
            name: event.name.clone(),
            title: words::event(model, event),
            when: event.when.to_string(),
            takes_place: probability(own.takes_place),
            happened: happened
                .filter(|h| own.of(*h) > 0.0)
                .map(|h| (outcome(h).to_owned(), rounded(own.of(h))))
                .collect(),
            changes: changes(&own.changes),
        })
    });
    let paces = model
        .parties
        .iter()
        .zip(&forecast.paces)
        .map(|(party, own)| PaceEntry {
            party: party.name.clone(),
            slower: changes(&own.slower),
            faster: changes(&own.faster),
        });
    let drawn = |share: Share| ProbabilityEntry {
        value: rounded(share.value),
        standard_error: Some(rounded(share.error)),
        word: words::term(share),
    };
    let references = forecast.references.iter().filter_map(|own| {
        let reference = model.record.references.get(own.reference)?;
        Some(ReferenceEntry {
            name: reference.name.clone(),
            title: reference.title.clone(),
            least: f64::from(reference.least) / 1e6,
            most: f64::from(reference.most) / 1e6,
            classes: own
                .targets
                .iter()
                .filter_map(|t| Some(request.targets.get(*t)?.name.clone()))
                .collect(),
            model: probability(own.model),
        })
    });
    let parties = || model.parties.iter().map(|p| p.name.clone());
    Forecast {
        format: "detente-forecast/1".to_owned(),
        negotiation: model.title.clone(),
        as_of: forecast.start.to_string(),
        until: forecast.until.to_string(),
        until_because: because(found.reason).to_owned(),
        days: u32::try_from((forecast.until - forecast.start).get_days()).unwrap_or(0),
        variants: found.variants.to_vec(),
        method: method(found),
        behaviours: parties()
            .zip(
                request
                    .behaviours
                    .iter()
                    .map(|b| words::behaviour(*b).to_owned()),
            )
            .collect(),
        paces: parties()
            .zip(request.paces.iter().map(|p| *p as f64 / 1e6))
            .collect(),
        meeting: f64::from(request.meeting) / 1e6,
        assumptions: assumed::assumptions(found),
        dates: forecast.dates.iter().map(ToString::to_string).collect(),
        targets: targets.collect(),
        events: events.collect(),
        pace_changes: paces.collect(),
        paths: forecast
            .paths
            .iter()
            .map(|path| PathEntry {
                share: drawn(path.share),
                legs: legs(found, path),
                longer: path.longer,
            })
            .collect(),
        paths_of: forecast.told,
        references: references.collect(),
        check: forecast.check.as_ref().map(|check| CheckEntry {
            numbers: check.numbers,
            replicates: check.replicates,
            difference: rounded(check.difference),
            standard_errors: rounded(check.errors),
        }),
        states: states(found),
        stopped: found.stop.map(ToString::to_string),
    }
}

fn method(found: &Found<'_, '_>) -> MethodEntry {
    let doubts = found.forecast.doubts;
    match &found.forecast.found {
        How::Exact {
            games,
            nodes,
            bound,
        } => MethodEntry {
            kind: "exact".to_owned(),
            doubts,
            games: Some(*games),
            situations: Some(*nodes),
            bound: Some(*bound),
            replicates: None,
            seed: None,
            because: None,
        },
        How::Sampled {
            replicates, seed, ..
        } => MethodEntry {
            kind: "sampled".to_owned(),
            doubts,
            games: None,
            situations: None,
            bound: None,
            replicates: Some(*replicates),
            seed: Some(*seed),
            because: found
                .why_drawn()
                .and_then(|why| words::refusal(found.game.model, why))
                .map(|(message, _)| message),
        },
    }
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Asked => "asked",
        Reason::Calendar => "calendar",
        Reason::Claim => "claim",
        Reason::Usual => "usual",
    }
}

fn outcome(happened: Happened) -> &'static str {
    match happened {
        Happened::Nothing => "nothing",
        Happened::Set => "set",
        Happened::Refused => "refused",
        Happened::NotAgreed => "not_agreed",
        Happened::Joint => "joint",
        Happened::Drafted => "drafted",
        Happened::Lapsed => "lapsed",
        Happened::Taken => "taken",
        Happened::Void => "void",
    }
}

fn legs(found: &Found<'_, '_>, path: &Path) -> Vec<LegEntry> {
    let game = found.game;
    let mut from = game.status_quo;
    let mut legs = Vec::new();
    for (mover, to) in &path.legs {
        let (party, event) = match mover {
            Mover::Party(party) => (Some(game.model.party(*party).name.clone()), None),
            Mover::Event(event) => {
                let event = game.model.record.events.get(*event);
                (None, event.map(|e| words::event(game.model, e)))
            }
        };
        legs.push(LegEntry {
            party,
            event,
            from: from.map_or(0, |s| game.id(s)),
            to: game.id(*to),
        });
        from = Some(*to);
    }
    legs
}

/// The status quo and the states of the paths.
fn states(found: &Found<'_, '_>) -> Vec<crate::finding::State> {
    let legs = found.forecast.paths.iter().flat_map(|p| &p.legs);
    let mut states: Vec<StateId> = legs
        .map(|(_, to)| *to)
        .chain(found.game.status_quo)
        .collect();
    states.sort_unstable();
    states.dedup();
    states
        .into_iter()
        .map(|s| build::state(found.game, s))
        .collect()
}
