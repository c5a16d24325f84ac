//! Formulas in which options are called by their titles.

use detente_analysis::model::syntax::ast::{Document, Formula, FormulaKind, Ref};

/// The formula as `party` has it, with each option in the words of its title; one of another party has the party behind
/// it: `not "Resume testing" (DPRK)`. An option without a title keeps its name.
pub(super) fn titled(document: &Document, party: &str, formula: &Formula) -> String {
    let mut formula = formula.clone();
    rename(document, party, &mut formula);
    formula.to_string()
}

fn rename(document: &Document, own: &str, formula: &mut Formula) {
    match &mut formula.kind {
        FormulaKind::Option(option) | FormulaKind::Level { option, .. } => {
            title(document, own, option);
        }
        FormulaKind::Not(inner) => rename(document, own, inner),
        FormulaKind::And(parts) | FormulaKind::Or(parts) | FormulaKind::Count { of: parts, .. } => {
            for part in parts {
                rename(document, own, part);
            }
        }
        FormulaKind::If(a, b) | FormulaKind::Unless(a, b) | FormulaKind::Iff(a, b) => {
            rename(document, own, a);
            rename(document, own, b);
        }
        FormulaKind::Constant(_)
        | FormulaKind::Class { .. }
        | FormulaKind::State(_)
        | FormulaKind::Term(_)
        | FormulaKind::Pattern { .. } => {}
    }
}

fn title(document: &Document, own: &str, option: &mut Ref) {
    let owner = option.party.as_ref().map_or(own, |p| p.text.as_str());
    let parties = document.parties.iter();
    let mut options = parties
        .filter(|p| p.name.text == owner)
        .flat_map(|p| &p.options);
    let found = options.find(|o| o.name.text == option.name.text);
    let Some(title) = found.and_then(|o| o.title.as_ref()) else {
        return;
    };
    option.name.text = if owner == own {
        format!("\"{title}\"")
    } else {
        format!("\"{title}\" ({owner})")
    };
    option.party = None;
}
