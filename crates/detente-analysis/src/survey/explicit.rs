//! A survey by the coset engine.

use detente_model::model::Model;
use detente_model::{OptionId, PartyId};
use num_bigint::BigUint;

use super::{
    Engine, Portrait, Request, Shown, Summary, Survey, SurveyError, concepts, distance, parties,
};
use crate::engine::{Arena, CodeSet, CosetTable, Unsuitable, coset};
use crate::{Budget, Concept, Outcome};

/// Margins are computed up to this many states.
const MARGINS_UP_TO: u64 = 1 << 21;

pub(super) fn survey(
    model: &Model,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Survey>, SurveyError> {
    // The limit of states is for lists of states; what is held as bits is limited by its memory.
    let budget = &{
        let mut unlisted = budget.clone();
        unlisted.max_states = u64::MAX;
        unlisted
    };
    let arena = Arena::new(model, budget).map_err(|problem| match problem {
        Unsuitable::NoFeasibleState => SurveyError::NoFeasibleState,
        Unsuitable::Stopped(stop) => SurveyError::Stopped(stop),
        other => SurveyError::Unsuitable {
            engine: Engine::Explicit,
            reason: other.to_string(),
        },
    })?;
    let asked = concepts(request);
    let classes = Classes::new(model, &arena);
    let mut survey = Survey {
        engine: Engine::Explicit,
        feasible: arena.states().into(),
        classes: classes.sizes(),
        summaries: Vec::new(),
        unanswered: Vec::new(),
        portrait: None,
    };
    let (known, unknown): (Vec<Concept>, Vec<Concept>) =
        asked.into_iter().partition(|c| coset::CONCEPTS.contains(c));
    for concept in unknown {
        let reason = "it needs every move listed, which only the graph engine does".to_owned();
        survey.unanswered.push((concept, reason));
    }
    let margins = arena.states() <= MARGINS_UP_TO;
    // The main concept alone, when its margins are asked for: they take memory.
    let (first, rest): (Vec<Concept>, Vec<Concept>) = if margins {
        known.iter().partition(|c| **c == request.main)
    } else {
        (Vec::new(), known.clone())
    };
    let mut tables = Vec::new();
    for (concepts, margins) in [(first, true), (rest, false)] {
        if concepts.is_empty() {
            continue;
        }
        let asked = coset::Request {
            concepts,
            margins,
            ..coset::Request::default()
        };
        match coset::analyze(&arena, &asked, budget) {
            Outcome::Complete(analysis) => tables.extend(analysis.tables),
            Outcome::Stopped(_, stop) => return Ok(Outcome::Stopped(survey, stop)),
        }
    }
    for concept in known {
        let Some(table) = tables.iter().find(|t| t.concept == concept) else {
            continue;
        };
        survey.summaries.push(Summary {
            concept,
            stable: table.stable.iter().map(|s| s.count().into()).collect(),
            equilibria: table.equilibria.count().into(),
            by_class: classes.counts(&table.equilibria),
        });
        if concept == request.main {
            let portray = Portrayed {
                model,
                arena: &arena,
                table,
                margins,
            };
            survey.portrait = Some(portray.portrait(request));
        }
    }
    Ok(Outcome::Complete(survey))
}

/// For each class the codes that it counts, and last those of no class.
struct Classes(Vec<CodeSet>);

impl Classes {
    fn new(model: &Model, arena: &Arena) -> Self {
        let mut left = arena.feasible();
        let mut sets = Vec::with_capacity(model.classes.len() + 1);
        for class in &model.classes {
            let matching = arena.matching(&class.condition.expr);
            sets.push(left.and(&matching));
            left = left.and_not(&matching);
        }
        sets.push(left);
        Self(sets)
    }

    fn sizes(&self) -> Vec<BigUint> {
        self.0.iter().map(|s| s.count().into()).collect()
    }

    fn counts(&self, of: &CodeSet) -> Vec<BigUint> {
        self.0.iter().map(|s| s.common_count(of).into()).collect()
    }
}

/// The equilibria of one concept, about to be portrayed.
struct Portrayed<'a> {
    model: &'a Model,
    arena: &'a Arena,
    table: &'a CosetTable,
    margins: bool,
}

/// The best of what was seen by some measure, the first by number among equals.
struct Best<K> {
    found: Option<(K, u128, u64)>,
}

impl<K: Ord + Copy> Best<K> {
    /// Keeps the code if its key is smaller, or as small and its number smaller.
    fn see(&mut self, key: K, number: u128, code: u64) {
        if self.found.is_none_or(|(k, n, _)| (key, number) < (k, n)) {
            self.found = Some((key, number, code));
        }
    }
}

impl Portrayed<'_> {
    fn portrait(&self, request: &Request) -> Portrait {
        let arena = self.arena;
        let mut first: Vec<(u128, u64)> = Vec::new();
        let mut nearest = Best { found: None };
        let all = parties(self.model);
        let mut best: Vec<_> = all.iter().map(|_| Best { found: None }).collect();
        let mut worst: Vec<_> = all.iter().map(|_| Best { found: None }).collect();
        let mut fixed: Option<Vec<Option<u16>>> = None;
        for code in self.table.equilibria.iter() {
            let number = arena.codes().value(code);
            if request.shown > 0
                && (first.len() < request.shown || first.last().is_some_and(|l| number < l.0))
            {
                let at = first.partition_point(|f| f.0 < number);
                first.insert(at, (number, code));
                first.truncate(request.shown);
            }
            let levels = arena.codes().levels(code);
            if let Some(status_quo) = &request.status_quo {
                nearest.see(distance(&levels, status_quo), number, code);
            }
            for party in &all {
                let rank = i64::from(arena.rank(*party, code).unwrap_or(0));
                best[party.index()].see(-rank, number, code);
                worst[party.index()].see(rank, number, code);
            }
            match &mut fixed {
                None => fixed = Some(levels.into_iter().map(Some).collect()),
                Some(fixed) => {
                    for (fixed, level) in fixed.iter_mut().zip(levels) {
                        if *fixed != Some(level) {
                            *fixed = None;
                        }
                    }
                }
            }
        }
        let levels = fixed.unwrap_or_default().into_iter();
        let fixed = (0_u32..)
            .zip(levels)
            .filter_map(|(o, level)| Some((OptionId(o), level?)))
            .collect();
        let shown = |list: Vec<Best<i64>>| {
            let codes = list.into_iter().filter_map(|b| b.found);
            codes.map(|(_, _, code)| self.shown(code)).collect()
        };
        Portrait {
            concept: self.table.concept,
            first: first
                .into_iter()
                .map(|(_, code)| self.shown(code))
                .collect(),
            fixed,
            nearest: nearest
                .found
                .map(|(distance, _, code)| (distance, self.shown(code))),
            best: shown(best),
            worst: shown(worst),
        }
    }

    fn shown(&self, code: u64) -> Shown {
        let margin = |party: PartyId| self.table.margin(party, code);
        Shown {
            state: self.arena.codes().levels(code),
            margins: if self.margins {
                parties(self.model).into_iter().map(margin).collect()
            } else {
                Vec::new()
            },
        }
    }
}
