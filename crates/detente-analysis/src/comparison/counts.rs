//! Negotiations with too many states to list: what can be counted.

use detente_model::Model;
use num_bigint::BigUint;

use super::Request;
use super::answers::{Answers, named_concept};
use crate::survey::{self, Engine, SurveyError, choose};
use crate::{Budget, Concept, Stop};

/// Whether the states of a negotiation can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// They can.
    Listed,
    /// They are too many; what could be counted.
    Counted(Counts),
    /// They are too many, and could not be counted either, for this reason.
    Neither(String),
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// How many states are feasible.
    pub feasible: BigUint,
    /// How many of each concept hold, and of these how many each class counts, last those of no class; nothing where
    /// classes were not counted.
    pub equilibria: Vec<(String, BigUint, Vec<BigUint>)>,
    /// The names of the classes.
    pub classes: Vec<String>,
    /// Why it is not complete; `None` when it is.
    pub stopped: Option<Stop>,
}

impl Counts {
    /// The counts of a negotiation whose states were listed, for one beside it whose states were not.
    pub fn of(model: &Model, answers: &Answers, main: &str) -> Self {
        let classes: Vec<String> = model.classes.iter().map(|c| c.name.clone()).collect();
        let held = |name: Option<&String>| {
            let class = answers.classes.get(&name.cloned());
            BigUint::from(class.map_or(0, |c| c.held.len()))
        };
        let by_class = classes.iter().map(Some).chain([None]).map(held);
        let by_class: Vec<BigUint> = by_class.collect();
        let equilibria = answers.equilibria.iter().filter_map(|(name, list)| {
            let number = BigUint::from(list.as_ref()?.len());
            let by_class = if name == main {
                by_class.clone()
            } else {
                Vec::new()
            };
            Some((name.clone(), number, by_class))
        });
        Self {
            feasible: BigUint::from(answers.feasible),
            equilibria: equilibria.collect(),
            classes,
            stopped: None,
        }
    }
}

/// Says whether the states of a negotiation are listed, and counts them where they are not.
pub fn listing(model: &Model, request: &Request, budget: &Budget) -> Listing {
    let named = request.concepts.iter().chain([&request.main]);
    let mut concepts: Vec<Concept> = named.filter_map(|c| named_concept(model, c)).collect();
    let mut seen = std::collections::BTreeSet::new();
    concepts.retain(|c| seen.insert(*c));
    let Some(main) = named_concept(model, &request.main) else {
        return Listing::Listed;
    };
    let engine = choose(model, &concepts, budget).engine;
    if engine == Engine::Graph {
        return Listing::Listed;
    }
    let asked = survey::Request {
        concepts: concepts.clone(),
        main,
        shown: 0,
        status_quo: None,
    };
    match survey::survey(model, &asked, engine, budget) {
        Err(error @ (SurveyError::Unsuitable { .. } | SurveyError::NoFeasibleState)) => {
            Listing::Neither(error.to_string())
        }
        Err(SurveyError::Stopped(stop)) => Listing::Neither(stop.to_string()),
        Ok(outcome) => {
            let found = outcome.value();
            let name = |concept: Concept| match concept {
                Concept::Stackelberg(leader) => {
                    format!("stackelberg_{}", model.party(leader).name)
                }
                other => other.id(),
            };
            let counted = found.summaries.iter();
            let counted =
                counted.map(|s| (name(s.concept), s.equilibria.clone(), s.by_class.clone()));
            Listing::Counted(Counts {
                feasible: found.feasible.clone(),
                equilibria: counted.collect(),
                classes: model.classes.iter().map(|c| c.name.clone()).collect(),
                stopped: outcome.stop().cloned(),
            })
        }
    }
}
