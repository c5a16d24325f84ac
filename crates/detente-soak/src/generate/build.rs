//! Parts of documents without places.

use detente_syntax::ast::{
    Certainty, Formula, FormulaKind, Name, Party, Place, Ratification, Ref, Setting, SettingValue,
    Statement, Strength,
};

pub(super) fn formula(kind: FormulaKind) -> Formula {
    Formula {
        kind,
        place: Place::default(),
    }
}

pub(super) fn not(inner: Formula) -> Formula {
    formula(FormulaKind::Not(Box::new(inner)))
}

/// All of them; the formula itself when there is one, `true` when there is none.
pub(super) fn all_of(mut parts: Vec<Formula>) -> Formula {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            formula(FormulaKind::And(parts))
        }
        (None, _) => formula(FormulaKind::Constant(true)),
    }
}

pub(super) fn pattern(text: String) -> Formula {
    formula(FormulaKind::Pattern {
        text,
        place: Place::default(),
    })
}

pub(super) fn reference(party: Option<&str>, option: &str) -> Ref {
    Ref {
        party: party.map(Name::new),
        name: Name::new(option),
    }
}

pub(super) fn setting(option: Ref, value: SettingValue) -> Setting {
    Setting {
        option,
        value,
        place: Place::default(),
    }
}

pub(super) fn party(index: usize) -> Party {
    Party {
        name: Name::new(format!("P{}", index + 1)),
        title: None,
        agents: Vec::new(),
        pace: None,
        options: Vec::new(),
        moves: Vec::new(),
        preferences: None,
        candidates: Vec::new(),
        concept: None,
        attitudes: Vec::new(),
        utility: None,
        ratifiers: Vec::new(),
        ratified: Ratification::All,
        cites: Vec::new(),
        place: Place::default(),
    }
}

pub(super) fn statement(formula: Formula) -> Statement {
    Statement {
        label: None,
        formula,
        certainty: Certainty::Certain,
        strength: Strength::PLAIN,
        either_order: false,
        cites: Vec::new(),
        place: Place::default(),
    }
}
