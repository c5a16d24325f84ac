//! Lists of states, and how large a model is before any state is enumerated.

use detente_analysis::Budget;
use detente_analysis::engine::coset;
use detente_analysis::model::Model;
use detente_analysis::model::model::Form;
use detente_analysis::space::Size;
use detente_analysis::survey::{choice, choose};
use detente_analysis::{Game, StateId};
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::csv::table;
use crate::finding::{OptionInfo, Party, State};
use crate::style::{Look, Page};
use crate::words;

/// States as `states --format json` prints them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateList {
    /// What this is: `detente-states/1`.
    pub format: String,
    /// How large the whole conflict is.
    pub size: crate::finding::Size,
    /// The parties.
    pub parties: Vec<Party>,
    /// The options; each takes `positions` characters of a state's `yn`.
    pub options: Vec<OptionInfo>,
    /// The number of the status quo.
    pub status_quo: Option<u32>,
    /// The states asked for, ascending.
    pub states: Vec<State>,
}

/// Lists some states of a game.
pub fn list(game: &Game<'_>, states: &[StateId]) -> StateList {
    StateList {
        format: "detente-states/1".to_owned(),
        size: build::size(game),
        parties: build::parties(game),
        options: build::options(game),
        status_quo: game.status_quo.map(|s| game.id(s)),
        states: states.iter().map(|s| build::state(game, *s)).collect(),
    }
}

/// The list as a table.
pub fn text(game: &Game<'_>, states: &[StateId], list: &StateList, look: Look) -> String {
    let mut page = Page::new(look);
    let options = game.model.form == Form::Options;
    let mut header = vec!["state".to_owned()];
    if options {
        header.push("options".to_owned());
    }
    header.push("what it is".to_owned());
    let rows: Vec<Vec<String>> = states
        .iter()
        .zip(&list.states)
        .map(|(id, state)| {
            let mark = if list.status_quo == Some(state.id) {
                "* "
            } else {
                ""
            };
            let mut row = vec![format!("{mark}{}", state.id)];
            if options {
                row.push(state.yn.clone());
            }
            row.push(words::content(game, *id));
            row
        })
        .collect();
    page.table(&header, &rows, &[true, false, false]);
    page.gap();
    let total = list.size.feasible;
    let mut sum = if states.len() == total {
        words::count(total, "feasible state")
    } else {
        format!(
            "{} of {}",
            states.len(),
            words::count(total, "feasible state")
        )
    };
    if let (Some(raw), true) = (&list.size.raw, options) {
        sum.push_str(&format!(", of {raw} combinations"));
    }
    if list.status_quo.is_some() {
        sum.push_str("; * is the status quo");
    }
    page.paragraph(&format!("{sum}."));
    page.finish()
}

/// The list as comma-separated values with a header line.
pub fn csv(list: &StateList) -> String {
    let mut rows = Vec::new();
    for state in &list.states {
        let class = state.classes.first().cloned().unwrap_or_default();
        let name = state
            .title
            .clone()
            .or_else(|| state.name.clone())
            .unwrap_or_default();
        let cells = [
            state.id.to_string(),
            state.decimal.clone(),
            state.yn.clone(),
            name,
            class,
            state.on.join(" "),
        ];
        rows.push(cells);
    }
    table("id,decimal,yn,name,class,on", rows)
}

/// How large a model is, before any state is enumerated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sizes {
    /// What this is: `detente-sizes/1`.
    pub format: String,
    /// All combinations of options, or all states of a graph; `null` beyond 2^128.
    pub raw: Option<String>,
    /// Y/N positions of a state.
    pub positions: u64,
    /// For each party its name, its options, and the combinations of its own options.
    pub parties: Vec<PartySize>,
    /// How many `never` rules can make it smaller.
    pub rules: usize,
    /// The engine that `analyze` chooses for the usual concepts.
    pub engine: String,
    /// Why that one, in words that follow "because".
    pub because: String,
    /// All engines, and what each is expected to take.
    pub engines: Vec<EngineSize>,
}

/// What an engine is expected to take.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EngineSize {
    /// `graph`, `explicit`, `closed-form` or `symbolic`.
    pub name: String,
    /// Why it does not take the model; `null` when it does.
    pub obstacle: Option<String>,
    /// Expected seconds on one core; `null` where that cannot be said beforehand.
    pub seconds: Option<f64>,
    /// Expected bytes of memory; `null` where that cannot be said beforehand.
    pub bytes: Option<u64>,
}

/// How much one party can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartySize {
    /// The party.
    pub name: String,
    /// Its options.
    pub options: usize,
    /// The combinations of its own options; `null` beyond 2^128.
    pub raw: Option<String>,
}

/// Reads the sizes off a model.
pub fn sizes(model: &Model, budget: &Budget) -> Sizes {
    let size = Size::of(model);
    let choice = choose(model, &coset::CONCEPTS, budget);
    Sizes {
        format: "detente-sizes/1".to_owned(),
        raw: size.raw.map(|n| n.to_string()),
        positions: size.width,
        parties: model
            .parties
            .iter()
            .zip(&size.per_party)
            .map(|(party, raw)| PartySize {
                name: party.name.clone(),
                options: party.options.len(),
                raw: raw.map(|n| n.to_string()),
            })
            .collect(),
        rules: model.rules.len(),
        engine: choice.engine.name().to_owned(),
        because: choice.because,
        engines: choice
            .prospects
            .into_iter()
            .map(|p| EngineSize {
                name: p.engine.name().to_owned(),
                obstacle: p.obstacle,
                seconds: p.seconds,
                bytes: p.bytes,
            })
            .collect(),
    }
}

/// The sizes in words.
pub fn sizes_text(model: &Model, sizes: &Sizes, look: Look) -> String {
    let mut page = Page::new(look);
    let many = |raw: &Option<String>| raw.clone().unwrap_or_else(|| "more than 2^128".to_owned());
    if model.form == Form::Graph {
        page.paragraph(&format!("{} states, given as a graph.", many(&sizes.raw)));
        return page.finish();
    }
    let rows: Vec<Vec<String>> = sizes
        .parties
        .iter()
        .map(|p| vec![p.name.clone(), p.options.to_string(), many(&p.raw)])
        .collect();
    let header = ["party", "options", "combinations"].map(str::to_owned);
    page.table(&header, &rows, &[false, true, true]);
    page.gap();
    page.paragraph(&format!(
        "{} raw combinations in {} yes/no positions, before {}.",
        many(&sizes.raw),
        sizes.positions,
        words::count(sizes.rules, "`never` rule")
    ));
    page.heading("What analyze would compute it with");
    page.gap();
    let rows: Vec<Vec<String>> = sizes
        .engines
        .iter()
        .map(|engine| {
            let expected = [
                engine.seconds.map(words::seconds),
                engine.bytes.map(choice::memory),
            ];
            let expected: Vec<String> = expected.into_iter().flatten().collect();
            let said = match &engine.obstacle {
                Some(obstacle) => format!("no: {obstacle}"),
                None if expected.is_empty() => "yes".to_owned(),
                None => format!("yes: {}", expected.join(", ")),
            };
            vec![engine.name.clone(), said]
        })
        .collect();
    let header = ["engine", "can it, and what it takes"].map(str::to_owned);
    page.table(&header, &rows, &[false, false]);
    page.gap();
    page.paragraph(&format!(
        "The {} engine, because {}.",
        sizes.engine, sizes.because
    ));
    page.finish()
}
