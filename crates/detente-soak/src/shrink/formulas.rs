//! The formulas of a document: visited, replaced, simplified.

use detente_syntax::ast::{Document, Formula, FormulaKind, Place, Preferences, RankItem};

/// Calls `visit` with every formula of a document, and the party in whose block it stands.
pub(super) fn each(document: &mut Document, visit: &mut dyn FnMut(Option<&str>, &mut Formula)) {
    for rule in &mut document.never {
        visit(None, &mut rule.formula);
    }
    for rule in &mut document.when {
        visit(None, &mut rule.condition);
    }
    for rule in &mut document.no_move {
        let home = rule.party.as_ref().map(|p| p.text.as_str());
        visit(home, &mut rule.from);
        visit(home, &mut rule.to);
    }
    for formula in document.classes.iter_mut().filter_map(|c| c.when.as_mut()) {
        visit(None, formula);
    }
    for party in &mut document.parties {
        let home = Some(party.name.text.as_str());
        match &mut party.preferences {
            None => {}
            Some(Preferences::Statements(list)) => {
                for s in list {
                    visit(home, &mut s.formula);
                }
            }
            Some(Preferences::Weights(list)) => {
                for w in list {
                    visit(home, &mut w.formula);
                }
            }
            Some(Preferences::Ranks(groups)) => {
                for item in groups.iter_mut().flat_map(|g| &mut g.items) {
                    if let RankItem::Formula(formula) = item {
                        visit(home, formula);
                    }
                }
            }
        }
    }
}

pub(super) fn constant(value: bool) -> Formula {
    formula(FormulaKind::Constant(value))
}

pub(super) fn formula(kind: FormulaKind) -> Formula {
    Formula {
        kind,
        place: Place::default(),
    }
}

fn truth(of: &Formula) -> Option<bool> {
    match of.kind {
        FormulaKind::Constant(value) => Some(value),
        _ => None,
    }
}

/// Replaces atoms, from the leaves up, and simplifies what has become constant.
pub(super) fn rewritten(of: &Formula, atom: &dyn Fn(&FormulaKind) -> Option<Formula>) -> Formula {
    let one = |f: &Formula| rewritten(f, atom);
    let kind = match &of.kind {
        FormulaKind::Not(inner) => {
            let inner = one(inner);
            return negated(inner);
        }
        FormulaKind::And(parts) => {
            return joined(parts.iter().map(one).collect(), false, FormulaKind::And);
        }
        FormulaKind::Or(parts) => {
            return joined(parts.iter().map(one).collect(), true, FormulaKind::Or);
        }
        FormulaKind::If(a, b) => return conditional(one(a), one(b)),
        FormulaKind::Unless(a, b) => return joined(vec![one(a), one(b)], true, unless),
        FormulaKind::Iff(a, b) => return equivalent(one(a), one(b)),
        FormulaKind::Count { count, number, of } => {
            // What is never true never counts.
            let of: Vec<Formula> = of.iter().map(one).collect();
            let of: Vec<Formula> = of.into_iter().filter(|f| truth(f) != Some(false)).collect();
            if of.is_empty() {
                return constant(match count {
                    detente_syntax::ast::Count::AtMost => true,
                    _ => *number == 0,
                });
            }
            FormulaKind::Count {
                count: *count,
                number: *number,
                of,
            }
        }
        leaf => return atom(leaf).unwrap_or_else(|| of.clone()),
    };
    formula(kind)
}

fn negated(of: Formula) -> Formula {
    match of.kind {
        FormulaKind::Constant(value) => constant(!value),
        kind => formula(FormulaKind::Not(Box::new(formula(kind)))),
    }
}

fn conditional(then: Formula, condition: Formula) -> Formula {
    match (truth(&then), truth(&condition)) {
        (Some(true), _) | (_, Some(false)) => constant(true),
        (_, Some(true)) => then,
        (Some(false), None) => negated(condition),
        (None, None) => formula(FormulaKind::If(Box::new(then), Box::new(condition))),
    }
}

fn equivalent(a: Formula, b: Formula) -> Formula {
    match (truth(&a), truth(&b)) {
        (_, Some(true)) => a,
        (_, Some(false)) => negated(a),
        (Some(true), None) => b,
        (Some(false), None) => negated(b),
        (None, None) => formula(FormulaKind::Iff(Box::new(a), Box::new(b))),
    }
}

/// `A unless B` from its two open parts.
fn unless(mut parts: Vec<Formula>) -> FormulaKind {
    match (parts.pop(), parts.pop()) {
        (Some(b), Some(a)) => FormulaKind::Unless(Box::new(a), Box::new(b)),
        _ => FormulaKind::Constant(true),
    }
}

fn joined(
    parts: Vec<Formula>,
    decisive: bool,
    kind: impl FnOnce(Vec<Formula>) -> FormulaKind,
) -> Formula {
    if parts.iter().any(|p| truth(p) == Some(decisive)) {
        return constant(decisive);
    }
    let mut open: Vec<Formula> = parts.into_iter().filter(|p| truth(p).is_none()).collect();
    match (open.pop(), open.is_empty()) {
        (None, _) => constant(!decisive),
        (Some(only), true) => only,
        (Some(last), false) => {
            open.push(last);
            formula(kind(open))
        }
    }
}

/// Every formula that comes from this one by one step: a part in place of the whole, a constant in
/// place of an atom, one part fewer.
pub(super) fn reductions(of: &Formula) -> Vec<Formula> {
    let mut out = Vec::new();
    match &of.kind {
        FormulaKind::Not(inner) => {
            out.push((**inner).clone());
            let wrap = |f| formula(FormulaKind::Not(Box::new(f)));
            out.extend(reductions(inner).into_iter().map(wrap));
        }
        FormulaKind::And(parts) => several(parts, 2, &FormulaKind::And, &mut out),
        FormulaKind::Or(parts) => several(parts, 2, &FormulaKind::Or, &mut out),
        FormulaKind::Count { count, number, of } => {
            let (count, number) = (*count, *number);
            let wrap = move |of| FormulaKind::Count { count, number, of };
            several(of, 1, &wrap, &mut out);
        }
        FormulaKind::If(a, b) => two(a, b, FormulaKind::If, &mut out),
        FormulaKind::Unless(a, b) => two(a, b, FormulaKind::Unless, &mut out),
        FormulaKind::Iff(a, b) => two(a, b, FormulaKind::Iff, &mut out),
        FormulaKind::Constant(_)
        | FormulaKind::Option(_)
        | FormulaKind::Level { .. }
        | FormulaKind::Class { .. }
        | FormulaKind::State(_)
        | FormulaKind::Term(_)
        | FormulaKind::Pattern { .. } => {}
    }
    if truth(of).is_none() {
        out.push(constant(true));
        out.push(constant(false));
    }
    out
}

fn several(
    parts: &[Formula],
    fewest: usize,
    wrap: &dyn Fn(Vec<Formula>) -> FormulaKind,
    out: &mut Vec<Formula>,
) {
    out.extend(parts.iter().cloned());
    for k in 0..parts.len() {
        if parts.len() > fewest {
            let mut fewer = parts.to_vec();
            fewer.remove(k);
            out.push(formula(wrap(fewer)));
        }
        for part in reductions(&parts[k]) {
            let mut changed = parts.to_vec();
            changed[k] = part;
            out.push(formula(wrap(changed)));
        }
    }
}

fn two(
    a: &Formula,
    b: &Formula,
    wrap: fn(Box<Formula>, Box<Formula>) -> FormulaKind,
    out: &mut Vec<Formula>,
) {
    out.extend([a.clone(), b.clone()]);
    for a in reductions(a) {
        out.push(formula(wrap(Box::new(a), Box::new(b.clone()))));
    }
    for b in reductions(b) {
        out.push(formula(wrap(Box::new(a.clone()), Box::new(b))));
    }
}

/// Drops what says nothing because its formula is constant, and simplifies the rest.
pub(super) fn tidy(document: &mut Document) {
    each(document, &mut |_, f| *f = rewritten(f, &|_| None));
    document.never.retain(|r| truth(&r.formula) != Some(false));
    document
        .when
        .retain(|r| truth(&r.condition).is_none() && !r.then.is_empty());
    document
        .no_move
        .retain(|r| truth(&r.from) != Some(false) && truth(&r.to) != Some(false));
    for party in &mut document.parties {
        match &mut party.preferences {
            Some(Preferences::Statements(list)) => list.retain(|s| truth(&s.formula).is_none()),
            Some(Preferences::Weights(list)) => list.retain(|w| truth(&w.formula).is_none()),
            Some(Preferences::Ranks(groups)) => {
                for group in groups.iter_mut() {
                    group.items.retain(|item| match item {
                        RankItem::Formula(f) => truth(f) != Some(false),
                        _ => true,
                    });
                }
                groups.retain(|g| !g.items.is_empty());
            }
            None => {}
        }
    }
}
