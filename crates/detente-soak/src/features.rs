//! Which features of the language a negotiation has.

use detente_model::model::Form;
use detente_syntax::ast::{
    Direction, Document, Formula, FormulaKind, Preferences, RankItem, StatusQuo,
};

use crate::case::Case;

/// Every feature that is counted, in the order of reports.
pub const FEATURES: [&str; 39] = [
    "option form",
    "graph form",
    "2 parties",
    "3 parties",
    "4 parties",
    "5 parties",
    "party without options",
    "graded option",
    "irreversible option",
    "option only off",
    "stepwise option",
    "never",
    "consequence",
    "consequence for another party",
    "several consequences",
    "prohibition for one party",
    "prohibition for all",
    "class",
    "class otherwise",
    "named state",
    "status quo",
    "statements",
    "doubtful or strong statement",
    "ranking",
    "ranking with ties",
    "ranking with rest",
    "weights",
    "unstated",
    "and, or",
    "if",
    "unless",
    "iff",
    "count",
    "level",
    "pattern",
    "class in a formula",
    "state in a formula",
    "more than 64 states",
    "more than 256 states",
];

/// The features of a negotiation, as places in [`FEATURES`], ascending.
pub fn features(case: &Case, states: usize) -> Vec<usize> {
    let document = &case.document;
    let options: Vec<_> = document.parties.iter().flat_map(|p| &p.options).collect();
    let graph = case.model.form == Form::Graph;
    let idle = |p: &detente_syntax::ast::Party| {
        if graph {
            p.moves.is_empty()
        } else {
            p.options.is_empty()
        }
    };
    let prefers = |test: &dyn Fn(&Preferences) -> bool| {
        let mut stated = document
            .parties
            .iter()
            .filter_map(|p| p.preferences.as_ref());
        stated.any(test)
    };
    let ranks = |test: &dyn Fn(&[RankItem]) -> bool| {
        prefers(&|p| match p {
            Preferences::Ranks(groups) => groups.iter().any(|g| test(&g.items)),
            _ => false,
        })
    };
    let doubtful = |s: &detente_syntax::ast::Statement| {
        !s.certainty.is_certain() || !s.strength.is_plain() || s.either_order
    };
    let others = document.when.iter().any(|rule| {
        let owner = |r: &detente_syntax::ast::Ref| r.party.as_ref().map(|p| p.text.clone());
        let first = rule.then.first().map(|s| owner(&s.option));
        rule.then.iter().any(|s| Some(owner(&s.option)) != first) || rule_is_foreign(case, rule)
    });
    let mut kinds = [false; 9];
    each_formula(document, &mut |f| {
        if let Some(seen) = kind(f).and_then(|k| kinds.get_mut(k)) {
            *seen = true;
        }
    });
    let has = [
        !graph,
        graph,
        document.parties.len() == 2,
        document.parties.len() == 3,
        document.parties.len() == 4,
        document.parties.len() == 5,
        document.parties.iter().any(idle),
        options.iter().any(|o| !o.levels.is_empty()),
        options.iter().any(|o| o.direction == Direction::OnlyOn),
        options.iter().any(|o| o.direction == Direction::OnlyOff),
        options.iter().any(|o| o.stepwise),
        !document.never.is_empty(),
        !document.when.is_empty(),
        others,
        document.when.len() > 1,
        document.no_move.iter().any(|r| r.party.is_some()),
        document.no_move.iter().any(|r| r.party.is_none()),
        !document.classes.is_empty(),
        document.classes.iter().any(|c| c.when.is_none()),
        document.states.iter().any(|s| s.settings.is_some()),
        document.status_quo.is_some(),
        prefers(&|p| matches!(p, Preferences::Statements(_))),
        prefers(&|p| matches!(p, Preferences::Statements(list) if list.iter().any(doubtful))),
        prefers(&|p| matches!(p, Preferences::Ranks(_))),
        ranks(&|items| items.len() > 1),
        ranks(&|items| items.iter().any(|i| matches!(i, RankItem::Rest(_)))),
        prefers(&|p| matches!(p, Preferences::Weights(_))),
        document.parties.iter().any(|p| p.preferences.is_none()),
        kinds[0],
        kinds[1],
        kinds[2],
        kinds[3],
        kinds[4],
        kinds[5],
        kinds[6],
        kinds[7],
        kinds[8] || matches!(document.status_quo, Some(StatusQuo::State(_))),
        states > 64,
        states > 256,
    ];
    (0..FEATURES.len()).filter(|f| has[*f]).collect()
}

/// Whether a consequence switches an option of another party than those that can make its condition
/// true.
fn rule_is_foreign(case: &Case, rule: &detente_syntax::ast::Consequence) -> bool {
    let place = case
        .document
        .when
        .iter()
        .position(|r| std::ptr::eq(r, rule));
    let Some(resolved) = place.and_then(|p| case.model.consequences.get(p)) else {
        return false;
    };
    let owner = |o: &detente_model::OptionId| case.model.option(*o).owner;
    let causes: Vec<_> = resolved
        .condition
        .expr
        .options()
        .iter()
        .map(owner)
        .collect();
    resolved
        .then
        .iter()
        .any(|(o, _)| !causes.contains(&owner(o)))
}

/// Which kind of formula it is, as a place in the list of kinds; `None` for those that are not counted.
fn kind(formula: &Formula) -> Option<usize> {
    Some(match &formula.kind {
        FormulaKind::And(_) | FormulaKind::Or(_) => 0,
        FormulaKind::If(..) => 1,
        FormulaKind::Unless(..) => 2,
        FormulaKind::Iff(..) => 3,
        FormulaKind::Count { .. } => 4,
        FormulaKind::Level { .. } => 5,
        FormulaKind::Pattern { .. } => 6,
        FormulaKind::Class { .. } => 7,
        FormulaKind::State(_) => 8,
        FormulaKind::Constant(_)
        | FormulaKind::Option(_)
        | FormulaKind::Term(_)
        | FormulaKind::Not(_) => return None,
    })
}

/// Calls `visit` with every formula of a document and every part of it.
fn each_formula(document: &Document, visit: &mut impl FnMut(&Formula)) {
    for rule in &document.never {
        each_part(&rule.formula, visit);
    }
    for rule in &document.when {
        each_part(&rule.condition, visit);
    }
    for rule in &document.no_move {
        each_part(&rule.from, visit);
        each_part(&rule.to, visit);
    }
    for formula in document.classes.iter().filter_map(|c| c.when.as_ref()) {
        each_part(formula, visit);
    }
    for preferences in document
        .parties
        .iter()
        .filter_map(|p| p.preferences.as_ref())
    {
        match preferences {
            Preferences::Statements(list) => {
                for s in list {
                    each_part(&s.formula, visit);
                }
            }
            Preferences::Weights(list) => {
                for w in list {
                    each_part(&w.formula, visit);
                }
            }
            Preferences::Ranks(groups) => {
                for item in groups.iter().flat_map(|g| &g.items) {
                    if let RankItem::Formula(formula) = item {
                        each_part(formula, visit);
                    }
                }
            }
        }
    }
}

fn each_part(formula: &Formula, visit: &mut impl FnMut(&Formula)) {
    visit(formula);
    match &formula.kind {
        FormulaKind::Not(inner) => each_part(inner, visit),
        FormulaKind::And(parts) | FormulaKind::Or(parts) | FormulaKind::Count { of: parts, .. } => {
            for part in parts {
                each_part(part, visit);
            }
        }
        FormulaKind::If(a, b) | FormulaKind::Unless(a, b) | FormulaKind::Iff(a, b) => {
            each_part(a, visit);
            each_part(b, visit);
        }
        _ => {}
    }
}
