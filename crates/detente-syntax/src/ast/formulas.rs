//! All formulas of a negotiation, wherever they stand.

use super::{
    Change, Claim, Commitment, Document, Effect, Event, Formula, FormulaKind, Party,
    PreferenceEdit, Preferences, RankItem, Resolution, StatementEdit, Term, Utility, View,
};

impl Document {
    /// The formulas in it: those of preferences, rules, classes, terms, packages and claims, and those of variants,
    /// views and events.
    pub fn formulas(&self) -> Vec<&Formula> {
        // Each part is named, so that a new one is not forgotten here.
        let Self {
            detente: _,
            negotiation: _,
            as_of: _,
            sources: _,
            parties,
            never,
            when,
            no_move,
            states: _,
            classes,
            terms,
            status_quo: _,
            issues: _,
            package_rules,
            packages: _,
            facts: _,
            agreed,
            views,
            variants,
            tracks: _,
            calendar,
            commitments,
            claims,
            references: _,
        } = self;
        let mut found = Vec::new();
        for p in parties {
            party(p, &mut found);
        }
        found.extend(never.iter().map(|r| &r.formula));
        found.extend(when.iter().map(|r| &r.condition));
        found.extend(no_move.iter().flat_map(|r| [&r.from, &r.to]));
        found.extend(classes.iter().filter_map(|k| k.when.as_ref()));
        for t in terms {
            term(t, &mut found);
        }
        found.extend(package_rules.iter().map(|r| &r.formula));
        found.extend(agreed.iter().filter_map(|a| a.when.as_ref()));
        for v in views {
            view(v, &mut found);
        }
        let changes = variants.iter().flat_map(|v| &v.changes);
        for k in changes {
            change(k, &mut found);
        }
        for e in calendar {
            event(e, &mut found);
        }
        for k in commitments {
            commitment(k, &mut found);
        }
        for k in claims {
            claim(k, &mut found);
        }
        found
    }
}

impl Formula {
    /// Whether a pattern of `Y`, `N` and `-` is in it, which hangs on the order of the options.
    pub fn has_pattern(&self) -> bool {
        match &self.kind {
            FormulaKind::Pattern { .. } => true,
            FormulaKind::Constant(_)
            | FormulaKind::Option(_)
            | FormulaKind::Level { .. }
            | FormulaKind::Class { .. }
            | FormulaKind::State(_)
            | FormulaKind::Term(_) => false,
            FormulaKind::Not(inner) => inner.has_pattern(),
            FormulaKind::And(parts)
            | FormulaKind::Or(parts)
            | FormulaKind::Count { of: parts, .. } => parts.iter().any(Self::has_pattern),
            FormulaKind::If(a, b) | FormulaKind::Unless(a, b) | FormulaKind::Iff(a, b) => {
                a.has_pattern() || b.has_pattern()
            }
        }
    }
}

fn party<'a>(party: &'a Party, found: &mut Vec<&'a Formula>) {
    let stated = party.preferences.iter();
    let candidates = party.candidates.iter().map(|c| &c.preferences);
    stated.chain(candidates).for_each(|p| preferences(p, found));
    let ratifiers = party.ratifiers.iter().map(|r| &r.utility);
    party
        .utility
        .iter()
        .chain(ratifiers)
        .for_each(|u| utility(u, found));
}

fn utility<'a>(utility: &'a Utility, found: &mut Vec<&'a Formula>) {
    found.extend(utility.terms.iter().map(|t| &t.formula));
}

fn preferences<'a>(preferences: &'a Preferences, found: &mut Vec<&'a Formula>) {
    match preferences {
        Preferences::Statements(list) => found.extend(list.iter().map(|s| &s.formula)),
        Preferences::Ranks(groups) => {
            let items = groups.iter().flat_map(|g| &g.items);
            found.extend(items.filter_map(|item| match item {
                RankItem::Formula(formula) => Some(formula),
                RankItem::State(_) | RankItem::Rest(_) => None,
            }));
        }
        Preferences::Weights(list) => found.extend(list.iter().map(|w| &w.formula)),
    }
}

fn term<'a>(term: &'a Term, found: &mut Vec<&'a Formula>) {
    found.extend(term.means.iter().map(|m| &m.formula));
    found.extend(term.readings.iter().map(|r| &r.formula));
}

fn view<'a>(view: &'a View, found: &mut Vec<&'a Formula>) {
    for k in &view.changes {
        change(k, found);
    }
    for v in &view.views {
        self::view(v, found);
    }
}

fn change<'a>(change: &'a Change, found: &mut Vec<&'a Formula>) {
    match change {
        Change::Preferences { edit, .. } => match edit {
            PreferenceEdit::Replace(stated) => preferences(stated, found),
            PreferenceEdit::Edit(edits) => found.extend(edits.iter().filter_map(|e| match e {
                StatementEdit::Insert { statement, .. } => Some(&statement.formula),
                StatementEdit::Drop(_)
                | StatementEdit::Move { .. }
                | StatementEdit::Swap(..)
                | StatementEdit::Settle(_) => None,
            })),
        },
        Change::Never(rule) => found.push(&rule.formula),
        Change::When(rule) => found.push(&rule.condition),
        Change::NoMove(rule) => found.extend([&rule.from, &rule.to]),
        Change::WithoutNever(formula) | Change::WithoutWhen(formula) => found.push(formula),
        Change::Term(meant) => term(meant, found),
        Change::View(seen) => view(seen, found),
        Change::Direction { .. }
        | Change::Concept { .. }
        | Change::Attitude { .. }
        | Change::StatusQuo(_)
        | Change::Hide(_)
        | Change::Invent { .. }
        | Change::WithoutView(_) => {}
    }
}

fn event<'a>(event: &'a Event, found: &mut Vec<&'a Formula>) {
    for effect in &event.effects {
        match effect {
            Effect::Change(made) => change(made, found),
            Effect::Sets(_)
            | Effect::SetsState(_)
            | Effect::Default(_)
            | Effect::Opens(_)
            | Effect::Closes(_)
            | Effect::Mandate { .. } => {}
        }
    }
}

fn commitment<'a>(commitment: &'a Commitment, found: &mut Vec<&'a Formula>) {
    found.extend(commitment.readings.iter().map(|r| &r.formula));
    found.extend(&commitment.kept);
}

fn claim<'a>(claim: &'a Claim, found: &mut Vec<&'a Formula>) {
    let resolutions = claim.condition.iter().chain(&claim.resolves);
    found.extend(resolutions.filter_map(|r| match r {
        Resolution::State(formula) => Some(formula),
        Resolution::Event(_) | Resolution::NoEvent(_) => None,
    }));
}
