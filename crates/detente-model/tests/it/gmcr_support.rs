//! Two small enumerators of states, moves and preferences: one for models, one for the JSON of
//! GMCR+ files. Neither uses the code under test.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use detente_model::expr::Atom;
use detente_model::gmcr::{Imported, RankedStates, import};
use detente_model::model::{Preferences, RankItem};
use detente_model::syntax::ast::Document;
use detente_model::{Condition, Model, resolve};
use serde_json::Value;

/// Everything an analysis needs to know of a conflict; states are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) states: u32,
    /// For every party: groups of tied states, best first, each ascending.
    pub(crate) ranks: Vec<Vec<Vec<u32>>>,
    /// For every party: its moves.
    pub(crate) moves: Vec<BTreeSet<(u32, u32)>>,
}

impl Conflict {
    /// The states that each party cannot improve upon by a move of its own, ascending.
    pub(crate) fn nash(&self, party: usize) -> Vec<u32> {
        let rank = |state: u32| {
            self.ranks[party]
                .iter()
                .position(|g| g.contains(&state))
                .unwrap()
        };
        let improves = |from: u32| {
            let mut all = self.moves[party].iter();
            all.any(|(a, b)| *a == from && rank(*b) < rank(from))
        };
        (1..=self.states).filter(|s| !improves(*s)).collect()
    }

    pub(crate) fn ranked(&self) -> RankedStates {
        RankedStates {
            parties: self.ranks.clone(),
        }
    }
}

/// Puts states (by index) into groups of equal keys, the smallest key first.
fn grouped<K: Ord>(keys: &[K]) -> Vec<Vec<u32>> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
    order
        .chunk_by(|a, b| keys[*a] == keys[*b])
        .map(|g| g.iter().map(|i| *i as u32 + 1).collect())
        .collect()
}

fn pairs(count: usize, permitted: impl Fn(usize, usize) -> bool) -> BTreeSet<(u32, u32)> {
    let all = (0..count).flat_map(|a| (0..count).map(move |b| (a, b)));
    all.filter(|(a, b)| a != b && permitted(*a, *b))
        .map(|(a, b)| (a as u32 + 1, b as u32 + 1))
        .collect()
}

fn holds(condition: &Condition, levels: &[u16]) -> bool {
    condition.expr.eval(&mut |atom| match atom {
        Atom::Literal(l) => l.admits(levels[l.option.index()]),
        Atom::Node(_) => unreachable!("no graph here"),
    })
}

/// Works a model out, state by state.
pub(crate) fn of_model(model: &Model) -> Conflict {
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    for option in &model.options {
        // The first option changes fastest.
        all = (0..option.level_count())
            .flat_map(|level| all.iter().map(move |s| [s.as_slice(), &[level]].concat()))
            .collect();
    }
    let states: Vec<Vec<u16>> = all
        .into_iter()
        .filter(|s| !model.rules.iter().any(|r| holds(&r.condition, s)))
        .collect();
    let ranks = model
        .parties
        .iter()
        .map(|party| match &party.preferences {
            Preferences::Unstated => grouped(&vec![0; states.len()]),
            Preferences::Statements(list) => grouped(
                &states
                    .iter()
                    .map(|s| {
                        list.iter()
                            .map(|p| Reverse(holds(&p.condition, s)))
                            .collect::<Vec<_>>()
                    })
                    .collect::<Vec<_>>(),
            ),
            Preferences::Weights(list) => grouped(
                &states
                    .iter()
                    .map(|s| {
                        let held = list.iter().filter(|(_, c)| holds(c, s));
                        Reverse(held.map(|(w, _)| i128::from(*w)).sum::<i128>())
                    })
                    .collect::<Vec<_>>(),
            ),
            Preferences::Ranks(tiers) => {
                let matched = |s: &Vec<u16>| {
                    tiers.iter().position(|t| {
                        t.items.iter().any(|i| match i {
                            RankItem::Matching(c) => holds(c, s),
                            RankItem::Rest(_) => false,
                        })
                    })
                };
                let rest = tiers
                    .iter()
                    .position(|t| t.items.iter().any(|i| matches!(i, RankItem::Rest(_))))
                    .unwrap_or(tiers.len());
                grouped(
                    &states
                        .iter()
                        .map(|s| matched(s).unwrap_or(rest))
                        .collect::<Vec<_>>(),
                )
            }
        })
        .collect();
    let moves = model
        .party_ids()
        .map(|party| {
            pairs(states.len(), |a, b| {
                model.options.iter().enumerate().all(|(i, option)| {
                    let (from, to) = (states[a][i], states[b][i]);
                    if option.owner == party {
                        option.permits(from, to)
                    } else {
                        from == to
                    }
                })
            })
        })
        .collect();
    Conflict {
        states: states.len() as u32,
        ranks,
        moves,
    }
}

fn simple_holds(condition: &Value, state: u64) -> bool {
    condition.as_array().unwrap().iter().all(|pair| {
        let taken = state >> pair[0].as_u64().unwrap() & 1 == 1;
        pair[1].as_str().unwrap() == if taken { "Y" } else { "N" }
    })
}

fn condition_holds(condition: &Value, state: u64) -> bool {
    match condition.get("members") {
        Some(members) => members
            .as_array()
            .unwrap()
            .iter()
            .any(|m| simple_holds(m, state)),
        None => simple_holds(condition, state),
    }
}

/// Works a GMCR+ file out, state by state, its options being in the order of their owners.
pub(crate) fn of_file(text: &str) -> Conflict {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let options = file["options"].as_array().unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let infeasibles = list(&file["infeasibles"]);
    let states: Vec<u64> = (0..1_u64 << options.len())
        .filter(|s| !infeasibles.iter().any(|c| simple_holds(c, *s)))
        .collect();
    let manual = file
        .get("useManualPreferenceRanking")
        .or(file.get("useManualPreferenceVectors"))
        .and_then(Value::as_bool)
        .unwrap();
    let mut ranks = Vec::new();
    let mut moves = Vec::new();
    for party in &list(&file["decisionMakers"]) {
        if manual {
            let ranking = party
                .get("preferenceRanking")
                .or(party.get("preferenceVector"));
            let group = |value: &Value| {
                let mut group: Vec<u32> = match value.as_array() {
                    Some(tied) => tied.iter().map(|n| n.as_u64().unwrap() as u32).collect(),
                    None => vec![value.as_u64().unwrap() as u32],
                };
                group.sort_unstable();
                group
            };
            ranks.push(
                ranking
                    .unwrap()
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(group)
                    .collect(),
            );
        } else {
            let wanted = list(&party["preferences"]);
            let key = |s: &u64| -> Vec<Reverse<bool>> {
                wanted
                    .iter()
                    .map(|c| Reverse(condition_holds(c, *s)))
                    .collect()
            };
            ranks.push(grouped(&states.iter().map(key).collect::<Vec<_>>()));
        }
        let own: Vec<u64> = list(&party["options"])
            .iter()
            .map(|o| o.as_u64().unwrap())
            .collect();
        moves.push(pairs(states.len(), |a, b| {
            (0..options.len() as u64).all(|o| {
                let (from, to) = (states[a] >> o & 1, states[b] >> o & 1);
                let permitted = match options[o as usize]["permittedDirection"].as_str().unwrap() {
                    "fwd" => to >= from,
                    "back" => to <= from,
                    _ => true,
                };
                from == to || (own.contains(&o) && permitted)
            })
        }));
    }
    Conflict {
        states: states.len() as u32,
        ranks,
        moves,
    }
}

/// Imports a file that must be good.
pub(crate) fn imported(text: &str) -> Imported {
    import(text).unwrap_or_else(|e| panic!("{e:#?}"))
}

/// The model of a document that must be good.
pub(crate) fn resolved(document: &Document) -> Model {
    let resolved = resolve(document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:#?}", resolved.diagnostics))
}

/// A file by way of import and model.
pub(crate) fn by_import(text: &str) -> Conflict {
    of_model(&resolved(&imported(text).document))
}

/// The codes of diagnostics.
pub(crate) fn codes(list: &[detente_model::syntax::Diagnostic]) -> Vec<&'static str> {
    list.iter().map(|d| d.code).collect()
}
