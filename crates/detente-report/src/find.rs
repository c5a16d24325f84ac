//! Equilibria with a property, as serialisable values and as text.

use detente_analysis::model::Model;
use detente_analysis::survey::Shown;
use detente_analysis::survey::find::{Finds as Found, Method, Wanted};
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::style::{Look, Page};
use crate::survey::{Equilibrium, described, equilibrium, grouped};

/// Equilibria with a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finds {
    /// What this is: `detente-find/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// The concept.
    pub concept: String,
    /// What must be true of them; `null` when nothing must.
    pub condition: Option<String>,
    /// How they were found: `listed`, `diagrams` or `satisfiability`.
    pub method: String,
    /// How many there are, as a decimal number; `null` when they were not counted.
    pub total: Option<String>,
    /// Whether `equilibria` are all of them.
    pub complete: bool,
    /// The seed with which they were drawn; `null` when they are the first that were found.
    pub seed: Option<u64>,
    /// Some of them.
    pub equilibria: Vec<Equilibrium>,
}

/// The serialisable form of what was found.
pub fn finding(model: &Model, wanted: &Wanted, found: &Found, variants: &[String]) -> Finds {
    let shown = |state: &Vec<u16>| Shown {
        state: state.clone(),
        margins: Vec::new(),
    };
    let method = match found.method {
        Method::Listed => "listed",
        Method::Diagrams => "diagrams",
        Method::Satisfiability => "satisfiability",
    };
    Finds {
        format: "detente-find/1".to_owned(),
        negotiation: model.title.clone(),
        variants: variants.to_vec(),
        concept: build::name_of(model, wanted.concept),
        condition: wanted.condition.as_ref().map(|c| c.text.clone()),
        method: method.to_owned(),
        total: found.total.as_ref().map(ToString::to_string),
        complete: found.complete,
        seed: wanted.seed,
        equilibria: found
            .states
            .iter()
            .map(|s| equilibrium(model, &shown(s)))
            .collect(),
    }
}

/// What was found as a person reads it in a terminal.
pub fn text(model: &Model, wanted: &Wanted, found: &Found, look: Look) -> String {
    let mut page = Page::new(look);
    let of = wanted
        .condition
        .as_ref()
        .map_or_else(String::new, |c| format!(" with `{}`", c.text));
    let name = build::name_of(model, wanted.concept);
    let how = match found.method {
        Method::Listed => "by listing every state",
        Method::Diagrams => "by decision diagrams, without listing the states",
        Method::Satisfiability => "by a search that proves it when there are no more",
    };
    let number = found.states.len();
    let said = match (&found.total, number) {
        (_, 0) => format!("There is no equilibrium under {name}{of}; found {how}."),
        (Some(total), _) if found.complete => {
            format!("{total} under {name}{of}, found {how}:")
        }
        (Some(total), _) => {
            let which = if wanted.seed.is_some() {
                "drawn at random"
            } else {
                "the first by number"
            };
            let total = grouped(&total.to_string());
            format!("{number} of {total} equilibria under {name}{of}, {which}, found {how}:")
        }
        (None, _) => {
            format!("{number} equilibria under {name}{of}, found {how}; there are more:")
        }
    };
    page.paragraph(&said);
    for state in &found.states {
        page.hanging("  ", "      ", &described(model, state));
    }
    page.finish()
}
