//! Made-up findings: more, longer and odder than any negotiation has.

use detente_analysis::evidence::{
    Conflict, ConflictKind, Element, EventFound, Kind, Reported, Side, SourceUse, Tense, Timeline,
};
use detente_syntax::ast::Place;
use indexmap::IndexMap;

use super::dice::Dice;
use crate::evidence::{Counts, Ledger};
use crate::finding::Settings;
use crate::forecast::{
    EventEntry, Forecast, MethodEntry, PassageEntry, ProbabilityEntry, TargetEntry,
};
use crate::perception::{
    CorrectionFinding, Departure, DistanceFinding, Perception, SeenState, Standing,
    SurpriseFinding, UnknownReading, Viewer,
};
use crate::sensitivity::{Assumption, Change, Effect, Outcome, Sensitivity, WayChange};
use crate::timeline::Calendar;

fn probability(value: f64, error: Option<f64>) -> ProbabilityEntry {
    ProbabilityEntry {
        value,
        standard_error: error,
        word: "likely".to_owned(),
    }
}

/// A forecast of so many classes, on so many dates, with so many events ahead.
pub(super) fn forecast(dice: &mut Dice, classes: usize, dates: usize, events: usize) -> Forecast {
    let days: Vec<String> = (0..dates)
        .map(|n| format!("20{:02}-03-{:02}", 20 + n / 20, 1 + n % 20))
        .collect();
    let sampled = dice.often(50);
    // Shares of one on each date; at times one class has all.
    let mut shares = vec![Vec::new(); classes];
    for _ in 0..dates {
        let certain = dice.often(15).then(|| dice.below(classes));
        let mut weights: Vec<f64> = (0..classes).map(|_| dice.share().powi(3)).collect();
        if let Some(certain) = certain {
            weights = (0..classes)
                .map(|n| f64::from(u8::from(n == certain)))
                .collect();
        }
        let all: f64 = weights.iter().sum::<f64>().max(1e-9);
        for (class, weight) in shares.iter_mut().zip(weights) {
            class.push(weight / all);
        }
    }
    let targets = shares.into_iter().map(|values| {
        let at: Vec<ProbabilityEntry> = values
            .into_iter()
            .map(|v| probability(v, sampled.then_some(0.03)))
            .collect();
        TargetEntry {
            name: dice.name(),
            kind: "class".to_owned(),
            states: 1,
            reached: at.clone(),
            at,
            passage: PassageEntry {
                never: probability(0.0, None),
                mean_days: None,
                quartiles: None,
            },
        }
    });
    Forecast {
        targets: targets.collect(),
        events: (0..events)
            .map(|_| EventEntry {
                name: dice.often(50).then(|| dice.name()),
                title: dice.name(),
                when: match dice.below(4) {
                    0 => "some day".to_owned(),
                    1 => format!("{} .. 2021-03-09", dice.day()),
                    _ => format!("2020-03-{:02}", 1 + dice.below(28)),
                },
                takes_place: probability(0.5, None),
                happened: IndexMap::new(),
                changes: IndexMap::new(),
            })
            .collect(),
        format: String::new(),
        negotiation: None,
        as_of: "2020-03-01".to_owned(),
        until: days.last().cloned().unwrap_or_default(),
        until_because: "usual".to_owned(),
        days: 1,
        variants: Vec::new(),
        method: MethodEntry {
            kind: "exact".to_owned(),
            doubts: 0,
            games: None,
            situations: None,
            bound: None,
            replicates: None,
            seed: None,
            because: None,
        },
        behaviours: IndexMap::new(),
        paces: IndexMap::new(),
        meeting: 1.0,
        assumptions: Vec::new(),
        dates: days,
        pace_changes: Vec::new(),
        paths: Vec::new(),
        paths_of: 0,
        references: Vec::new(),
        check: None,
        states: Vec::new(),
        stopped: None,
    }
}

/// A calendar of so many events.
pub(super) fn calendar(dice: &mut Dice, events: usize) -> Calendar {
    let event = |dice: &mut Dice| {
        let first = dice.day();
        EventFound {
            when: if dice.often(10) {
                dice.name()
            } else {
                first.clone()
            },
            last: dice.often(30).then(|| dice.day()).filter(|d| *d > first),
            first: dice.often(95).then_some(first),
            words: None,
            kind: dice.one(&["talks", "summit", "deadline"]).to_owned(),
            name: dice.often(50).then(|| dice.name()),
            title: dice.often(50).then(|| dice.name()),
            track: dice.often(60).then(|| dice.name()),
            with: Vec::new(),
            known: None,
            reported: Reported::Unknown,
            gap: None,
            tense: if dice.often(50) {
                Tense::Past
            } else {
                Tense::Coming
            },
            became: None,
            chance: None,
            values: Vec::new(),
            effects: if dice.often(30) {
                vec![dice.name()]
            } else {
                Vec::new()
            },
            cites: Vec::new(),
            witnesses: Vec::new(),
        }
    };
    Calendar {
        format: String::new(),
        negotiation: Some(dice.name()),
        variants: Vec::new(),
        party: None,
        timeline: Timeline {
            as_of: dice.often(70).then(|| dice.day()),
            events: (0..events).map(|_| event(dice)).collect(),
            ..Timeline::default()
        },
        on: None,
    }
}

fn outcomes(dice: &mut Dice, most: usize) -> Vec<Outcome> {
    let one = |_| Outcome {
        id: None,
        decimal: String::new(),
        on: Vec::new(),
        name: None,
        class: None,
    };
    (0..dice.below(most)).map(one).collect()
}

fn classes(dice: &mut Dice) -> Vec<Option<String>> {
    let count = dice.below(4);
    (0..count)
        .map(|_| dice.often(90).then(|| dice.name()))
        .collect()
}

/// What so many assumptions carry.
pub(super) fn sensitivity(dice: &mut Dice, assumptions: usize) -> Sensitivity {
    let most = if dice.often(20) { 300 } else { 12 };
    let change = |assumption: usize, dice: &mut Dice| Change {
        assumption,
        change: "dropped".to_owned(),
        says: format!("{} dropped", dice.name()),
        effect: dice.often(90).then(|| Effect {
            feasible: 1,
            vanished: outcomes(dice, most),
            appeared: outcomes(dice, most),
            classes_lost: classes(dice),
            classes_gained: classes(dice),
            ways: classes(dice)
                .into_iter()
                .map(|class| WayChange {
                    class,
                    before: "nowise".to_owned(),
                    after: "moves_only".to_owned(),
                })
                .collect(),
        }),
        refused: None,
    };
    let assumption = |n: usize, dice: &mut Dice| Assumption {
        says: dice.name(),
        kind: "statement".to_owned(),
        party: None,
        label: None,
        doubtful: false,
        changes: vec![n],
        most: dice.often(95).then_some(n),
        idle: false,
    };
    Sensitivity {
        format: String::new(),
        negotiation: None,
        variants: Vec::new(),
        settings: Settings {
            main: "seq".to_owned(),
            sequences: "legal".to_owned(),
            diagonal: true,
            by_party: IndexMap::new(),
        },
        about: Vec::new(),
        class: None,
        feasible: 1,
        equilibria: Vec::new(),
        classes: Vec::new(),
        assumptions: (0..assumptions).map(|n| assumption(n, dice)).collect(),
        ranked: (0..assumptions).rev().collect(),
        changes: (0..assumptions).map(|n| change(n, dice)).collect(),
        notes: Vec::new(),
        stopped: None,
    }
}

/// A ledger of so many elements and sources.
pub(super) fn ledger(dice: &mut Dice, elements: usize, sources: usize) -> Ledger {
    let names: Vec<String> = (0..sources).map(|n| format!("source{n}")).collect();
    let parties = ["US", "DPRK", "Ruritania"];
    let kinds = [
        Kind::Preference,
        Kind::Event,
        Kind::Rule,
        Kind::Agent,
        Kind::Party,
        Kind::Claim,
    ];
    let element = |n: usize, dice: &mut Dice| {
        let mut behind: Vec<String> = Vec::new();
        for _ in 0..dice.below(4) {
            let name = names.get(dice.below(sources.max(1)));
            behind.extend(name.filter(|n| !behind.contains(n)).cloned());
        }
        let kind = kinds[dice.below(kinds.len())];
        Element {
            number: n + 1,
            kind,
            name: format!("{} of {}", dice.name(), dice.one(&parties)),
            says: dice.often(50).then(|| dice.name()),
            asserts: kind.asserts(),
            cites: Vec::new(),
            through: None,
            assumed: kind.asserts() && behind.is_empty(),
            sources: behind.clone(),
            witnesses: behind,
            conflicts: if dice.often(10) { vec![1] } else { Vec::new() },
            place: Place::default(),
        }
    };
    let elements: Vec<Element> = (0..elements).map(|n| element(n, dice)).collect();
    let source = |n: usize, dice: &mut Dice| {
        let name = names[n].clone();
        let chain = if n > 0 && dice.often(15) {
            vec![names[0].clone()]
        } else {
            Vec::new()
        };
        let by = |e: &&Element| e.sources.contains(&name);
        let alone = |e: &&Element| e.witnesses == [name.clone()];
        SourceUse {
            declared: true,
            title: dice.often(80).then(|| dice.name()),
            date: None,
            kind: dice.often(10).then(|| "assumption".to_owned()),
            grade: None,
            file: None,
            url: None,
            notes: false,
            witness: chain.last().cloned().unwrap_or_else(|| name.clone()),
            chain,
            elements: elements.iter().filter(by).map(|e| e.number).collect(),
            alone: elements.iter().filter(alone).map(|e| e.number).collect(),
            name,
        }
    };
    let conflict = |n: usize, dice: &mut Dice| {
        let side = |dice: &mut Dice| Side {
            element: dice.often(80).then(|| 1 + dice.below(elements.len())),
            says: dice.name(),
            cites: Vec::new(),
            witnesses: if dice.often(50) {
                vec![dice.name()]
            } else {
                Vec::new()
            },
        };
        Conflict {
            number: n + 1,
            kind: ConflictKind::Value,
            about: dice.name(),
            sides: vec![side(dice), side(dice)],
            finding: dice.name(),
            within_one_witness: false,
            related: None,
            place: Place::default(),
        }
    };
    let many = if dice.often(20) { 60 } else { 9 };
    let conflicts = dice.below(many);
    Ledger {
        format: String::new(),
        negotiation: None,
        as_of: None,
        variants: Vec::new(),
        counts: Counts {
            elements: 0,
            assertions: 0,
            supported: 0,
            one_witness: 0,
            assumptions: 0,
            sources: 0,
            witnesses: 0,
            conflicts: 0,
            quotations: 0,
            verbatim: 0,
            elsewhere: 0,
            wrong: 0,
            not_in_notes: 0,
            unchecked: 0,
        },
        unread: Vec::new(),
        not_compared: None,
        sources: (0..sources).map(|n| source(n, dice)).collect(),
        conflicts: (0..conflicts).map(|n| conflict(n, dice)).collect(),
        elements,
        quotations: Vec::new(),
        commitments: Vec::new(),
        stopped: None,
    }
}

/// What so many parties perceive, of so many states.
pub(super) fn perception(dice: &mut Dice, parties: usize, states: usize) -> Perception {
    let names: Vec<String> = (0..parties)
        .map(|n| format!("{}{n}", dice.name()))
        .collect();
    let all: Vec<u32> = (1..=states as u32).collect();
    let viewer = |name: &String, dice: &mut Dice| {
        let expected = dice.some(&all, 20);
        let few = |dice: &mut Dice| (0..dice.below(3)).map(|_| dice.name()).collect();
        Viewer {
            name: name.clone(),
            mistaken: dice.often(80),
            minded: Vec::new(),
            states,
            unseen: Vec::new(),
            unseen_count: dice.below(3),
            unreal_count: dice.below(2) * 77,
            hidden: few(dice),
            invented: few(dice),
            equilibria: expected.clone(),
            expected,
            distances: names
                .iter()
                .map(|n| {
                    let distance = DistanceFinding {
                        opposite: dice.below(2) as u64 * 1234,
                        tied_in_one: 0,
                    };
                    (n.clone(), distance)
                })
                .collect(),
        }
    };
    let departure = |dice: &mut Dice| Departure {
        to: 1,
        says: dice.name(),
    };
    let correction = |dice: &mut Dice| {
        let told = dice.often(40);
        CorrectionFinding {
            eyes: (0..=dice.below(2))
                .map(|_| names[dice.below(parties)].clone())
                .collect(),
            belief: (!told).then(|| format!("{} prefers {{ drop {} }}", dice.name(), dice.name())),
            reading: told.then(|| UnknownReading {
                term: dice.name(),
                by: dice.name(),
                meant: dice.name(),
                heard: dice.name(),
                unclear: false,
            }),
            result: None,
        }
    };
    let surprise = |dice: &mut Dice| SurpriseFinding {
        viewer: names[dice.below(parties)].clone(),
        by: names[dice.below(parties)].clone(),
        state: 1 + dice.below(states) as u32,
        kind: dice
            .one(&["leaves", "stays", "otherwise", "unaware"])
            .to_owned(),
        expected: if dice.often(50) {
            vec![departure(dice)]
        } else {
            Vec::new()
        },
        happens: if dice.often(50) {
            vec![departure(dice)]
        } else {
            Vec::new()
        },
    };
    let (corrections, surprises) = (dice.below(12), dice.below(20));
    Perception {
        format: String::new(),
        negotiation: Some(dice.name()),
        variants: Vec::new(),
        semantics: dice.one(&["hypergame", "moves-deleted"]).to_owned(),
        concepts: IndexMap::new(),
        feasible: states,
        status_quo: None,
        truth: dice.some(&all, 20),
        parties: names.iter().map(|n| viewer(n, dice)).collect(),
        hypergame: dice
            .some(&all, 20)
            .into_iter()
            .map(|state| Standing {
                state,
                expected_by: Vec::new(),
                steady: true,
                stealthy: true,
            })
            .collect(),
        moves_deleted: dice.some(&all, 20),
        by_concept: IndexMap::new(),
        surprises: (0..surprises).map(|_| surprise(dice)).collect(),
        empty_sanctions: Vec::new(),
        corrections: (0..corrections).map(|_| correction(dice)).collect(),
        wishes: Vec::new(),
        wishes_refused: None,
        states: all
            .iter()
            .map(|id| SeenState {
                id: *id,
                real: true,
                says: dice.name(),
                on: Vec::new(),
                class: dice.often(80).then(|| format!("class {}", id % 9)),
                unseen_by: Vec::new(),
            })
            .collect(),
        stopped: None,
    }
}
