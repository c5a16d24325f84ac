//! Which commitments would make an outcome hold, as serialisable values and as text.

mod reading;
mod text;

use detente_analysis::commitment::{Combination, Single, Table};
use detente_analysis::inverse::Want;
use detente_analysis::model::syntax::ast::Direction;
use detente_analysis::{Game, StateId, StateSet, Stop, candidates};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::breakthrough::{self, Asked, Breakthrough, Mood};
use crate::words;

pub use text::text;

/// Which commitments would make an outcome hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Commitments {
    /// What this is: `detente-commitments/1`.
    pub format: String,
    /// The cheapest plans, as `breakthrough` finds them among the changes permitted here.
    pub search: Breakthrough,
    /// The options of the table.
    pub options: Vec<String>,
    /// Options that the target turns on too and that stay as they are in the table.
    pub left_out: Vec<String>,
    /// Every combination of directions of the options.
    pub table: Vec<Row>,
    /// What the table says, in sentences.
    pub reading: Vec<String>,
    /// Single links, sequences and rules after which everything wanted is so, cheapest first; `null`
    /// when none were permitted.
    pub singles: Option<Vec<SingleChange>>,
    /// Why the table or the single changes are incomplete; `null` when they are not.
    pub stopped: Option<String>,
}

/// One combination of directions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The direction of each option of the table: `reversible`, `irreversible` or `only_off`.
    pub directions: IndexMap<String, String>,
    /// The options that go one way only.
    pub one_way: Vec<String>,
    /// What it costs to come to it; 0 is how things are.
    pub price: u64,
    /// Whether everything wanted is so.
    pub holds: bool,
    /// For each want the states of it that hold; empty when not everything wanted is so.
    pub states: Vec<Vec<u32>>,
    /// The judgements by which everything wanted is so, reachability aside.
    pub by: Vec<String>,
    /// The equilibria by judgement.
    pub equilibria: IndexMap<String, Vec<u32>>,
    /// Whether it is a cheapest one of those in which everything wanted is so.
    pub cheapest: bool,
}

/// A single change after which everything wanted is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SingleChange {
    /// Who has to make it.
    pub parties: Vec<String>,
    /// What it costs.
    pub price: u64,
    /// What it is, as a clause.
    pub said: String,
    /// As a line of a variant.
    pub line: String,
    /// For each want the states of it that hold then.
    pub states: Vec<Vec<u32>>,
}

/// Puts the search, the table and the single changes together.
pub fn finding(
    game: &Game<'_>,
    asked: &Asked<'_>,
    search: Breakthrough,
    table: &Table,
    singles: Option<&[Single]>,
    stopped: Option<&Stop>,
) -> Commitments {
    let rows: Vec<Row> = table
        .rows
        .iter()
        .map(|r| row(game, asked, table, r))
        .collect();
    let names = |options: &[detente_analysis::model::OptionId]| -> Vec<String> {
        options.iter().map(|o| game.model.qualified(*o)).collect()
    };
    let options = names(&table.options);
    let reading = reading::sentences(asked, &options, &rows);
    let ids = |list: &Vec<StateId>| list.iter().map(|s| game.id(*s)).collect();
    let single = |s: &Single| SingleChange {
        parties: candidates::makers(game, &s.structural.change)
            .into_iter()
            .map(|p| words::party(game, p).to_owned())
            .collect(),
        price: s.structural.price,
        said: breakthrough::rule_in_words(game, &s.structural.change, Mood::Fact),
        line: breakthrough::rule_line(game, &s.structural.change),
        states: s.holds.iter().map(ids).collect(),
    };
    Commitments {
        format: "detente-commitments/1".to_owned(),
        search,
        options,
        left_out: names(&table.left_out),
        table: rows,
        reading,
        singles: singles.map(|list| list.iter().map(single).collect()),
        stopped: stopped.map(ToString::to_string),
    }
}

fn row(game: &Game<'_>, asked: &Asked<'_>, table: &Table, row: &Combination) -> Row {
    let word = |d: &Direction| match d {
        Direction::Both => "reversible",
        Direction::OnlyOn => "irreversible",
        Direction::OnlyOff => "only_off",
    };
    let options = table.options.iter().zip(&row.directions);
    let judgements = breakthrough::judgements(game, asked.question);
    let met = |set: &StateSet| {
        asked.question.wants.iter().all(|want| match want {
            Want::Some(states) => states.iter().any(|s| set.contains(*s)),
            Want::None(states) => !states.iter().any(|s| set.contains(*s)),
        })
    };
    let judged = || judgements.iter().zip(&row.equilibria);
    let ids = |states: &mut dyn Iterator<Item = StateId>| states.map(|s| game.id(s)).collect();
    Row {
        directions: options
            .clone()
            .map(|(o, d)| (game.model.qualified(*o), word(d).to_owned()))
            .collect(),
        one_way: options
            .filter(|(_, d)| !d.is_both())
            .map(|(o, _)| game.model.qualified(*o))
            .collect(),
        price: row.price,
        holds: row.holds.is_some(),
        states: row
            .holds
            .iter()
            .flatten()
            .map(|list| ids(&mut list.iter().copied()))
            .collect(),
        by: judged()
            .filter(|(_, set)| met(set))
            .map(|(name, _)| name.clone())
            .collect(),
        equilibria: judged()
            .map(|(name, set)| (name.clone(), ids(&mut set.iter())))
            .collect(),
        cheapest: row.cheapest,
    }
}
