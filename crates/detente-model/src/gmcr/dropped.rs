//! What a GMCR+ file cannot say: errors where it changes the analysis, notes elsewhere.

use detente_syntax::Diagnostic;
use detente_syntax::ast::Direction;

use super::codes;
use crate::ids::PartyId;
use crate::model::{Attitude, Form, Model, Preferences};
use crate::record::Record;

/// What changes states or moves and so must not be left out.
pub(crate) fn errors(model: &Model) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    if model.form == Form::Graph {
        out.push(
            Diagnostic::error(
                codes::GRAPH_FORM,
                "this negotiation is given as a graph, and a GMCR+ file needs options",
            )
            .hint("describe the states by options"),
        );
    }
    for rule in &model.consequences {
        out.push(
            Diagnostic::error(
                codes::CONSEQUENCES,
                format!(
                    "a GMCR+ file cannot say `when {} then {}`",
                    rule.condition.text, rule.then_text
                ),
            )
            .at(rule.condition.span, "forced consequence")
            .hint("export a variant without it: `without when ...`"),
        );
    }
    for rule in &model.prohibitions {
        let from = &rule.from;
        out.push(
            Diagnostic::error(
                codes::PROHIBITIONS,
                format!(
                    "a GMCR+ file cannot say `no move from {} to {}`",
                    from.text, rule.to.text
                ),
            )
            .at(from.span.cover(rule.to.span), "prohibited transition")
            .hint("leave it out, or say it by the directions of options and by `never`"),
        );
    }
    for id in model.option_ids() {
        let option = model.option(id);
        if option.level_count() < 3 {
            continue;
        }
        let name = model.qualified(id);
        let what = match option.direction {
            Direction::Both if option.stepwise => "moves step by step",
            Direction::Both => continue,
            Direction::OnlyOn => "can only go up",
            Direction::OnlyOff => "can only go down",
        };
        out.push(
            Diagnostic::error(
                codes::GRADED,
                format!("a GMCR+ file cannot say that the graded option `{name}` {what}"),
            )
            .at(option.place.0, "")
            .hint("let it move freely, or make binary options of it"),
        );
    }
    out
}

/// What is left out, and what is said otherwise.
pub(crate) fn notes(model: &Model) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let parties = &model.parties;
    let statements = || {
        parties.iter().flat_map(|p| match &p.preferences {
            Preferences::Statements(list) => list.as_slice(),
            _ => &[],
        })
    };
    let strong_ranks = parties.iter().any(|p| match &p.preferences {
        Preferences::Ranks(tiers) => tiers.iter().any(|t| !t.strength.is_plain()),
        _ => false,
    });
    let reasons = model.rules.iter().any(|r| r.because.is_some());
    let doubts = statements()
        .any(|s| !s.certainty.is_certain() || !s.strength.is_plain() || s.either_order)
        || parties
            .iter()
            .any(|p| !p.candidates.is_empty() || !p.intervals.is_empty());
    let attitudes = model
        .party_ids()
        .zip(parties)
        .any(|(id, p)| !ordinary(id, &p.attitudes));
    let left_out = [
        (model.title.is_some(), "the title of the negotiation"),
        (model.as_of.is_some(), "the day whose knowledge is stated"),
        (!model.sources.is_empty(), "sources and citations"),
        (
            parties.iter().any(|p| !p.agents.is_empty()),
            "the persons who speak for a party",
        ),
        (
            parties.iter().any(|p| p.concept.is_some()),
            "the solution concepts of parties",
        ),
        (attitudes, "the attitudes of parties"),
        (!model.classes.is_empty(), "outcome classes"),
        (!model.terms.is_empty(), "terms and who knows whose reading"),
        (!model.states.is_empty(), "names of states"),
        (model.status_quo.is_some(), "the status quo"),
        (reasons, "the reasons for rules"),
        (
            statements().any(|s| s.label.is_some()),
            "the labels of statements",
        ),
        (!model.views.is_empty(), "how parties see the negotiation"),
        (bargains(model), "issues, packages and what they are worth"),
        (
            model.record != Record::default(),
            "the calendar, tracks, commitments and claims",
        ),
        (doubts || strong_ranks, "doubt and strength of preferences"),
    ];
    for (_, what) in left_out.into_iter().filter(|(there, _)| *there) {
        out.push(not_written(what));
    }
    let titled = parties.iter().any(|p| p.title.is_some())
        || model.options.iter().any(|o| o.title.is_some());
    if titled {
        out.push(Diagnostic::note(
            codes::TITLES_AS_NAMES,
            "full names are written where there are some, and short names are not",
        ));
    }
    out
}

/// Whether anything is said of packages.
fn bargains(model: &Model) -> bool {
    let bargain = &model.bargain;
    let sides = bargain.sides.iter();
    !bargain.issues.is_empty()
        || !bargain.packages.is_empty()
        || sides
            .into_iter()
            .any(|s| s.utility.is_some() || !s.ratifiers.is_empty())
}

/// Whether a party cares for itself alone.
fn ordinary(party: PartyId, attitudes: &[Attitude]) -> bool {
    let usual = |i: usize| {
        if i == party.index() {
            Attitude::Positive
        } else {
            Attitude::Neutral
        }
    };
    attitudes.iter().enumerate().all(|(i, a)| *a == usual(i))
}

fn not_written(what: &str) -> Diagnostic {
    Diagnostic::note(
        codes::NOT_WRITTEN,
        format!("a GMCR+ file cannot say {what}; left out"),
    )
}
