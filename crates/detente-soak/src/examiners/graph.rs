//! The graph engine of `detente-analysis`: whole tables from minima over the condensed graph of
//! states and last movers.

use detente_analysis::{Game, Settings, StabilityTable, StateId, analyze};

use crate::examiner::{Examiner, Subject};
use crate::verdicts::{Bits, Table, Verdicts};

/// [`detente_analysis::analyze`] on a [`Game`].
#[derive(Debug, Clone, Copy, Default)]
pub struct GraphEngine;

impl Examiner for GraphEngine {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn applicable(&self, _: &Subject<'_>) -> bool {
        true
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let game = subject.game()?;
        let analysis = analyze(
            &game.conflict(),
            subject.concepts(),
            &Settings::default(),
            subject.budget(),
        );
        let analysis = analysis.complete().map_err(|stop| stop.to_string())?;
        Ok(Verdicts {
            states: assignments(game),
            parties: game.graph.parties(),
            tables: tables(&analysis.tables),
        })
    }
}

/// The tables of an analysis as an examiner gives them.
pub(crate) fn tables(of: &[StabilityTable]) -> Vec<Table> {
    let bits = |set: &detente_analysis::StateSet| {
        Bits::from_states(set.states(), set.iter().map(StateId::index))
    };
    let table = |t: &StabilityTable| {
        let parties = (0..t.parties() as u16).map(detente_model::PartyId);
        let stable = parties.filter_map(|p| t.stable_for(p)).map(bits).collect();
        Table::whole(t.concept, t.states(), stable)
    };
    of.iter().map(table).collect()
}

/// The states of a game, each with the levels of its options, or its number in the graph form.
pub(crate) fn assignments(game: &Game<'_>) -> Vec<Vec<u16>> {
    let options = !game.model.options.is_empty();
    let graph = game.model.form == detente_model::model::Form::Graph;
    game.space
        .ids()
        .map(|s| match (graph, options) {
            (true, _) => vec![game.space.value(s) as u16],
            _ => game.space.assignment(s),
        })
        .collect()
}
