//! Terms as their readers see them.
//!
//! A term is one expression of a negotiation that parties read in their own ways
//! ([`ast::Term`]). Every use of it is read in the sense of whoever says it: in the block of a party in
//! that party's own reading, or the neutral one if it has none; elsewhere in the neutral reading.
//! [`crate::resolve()`] writes every use out so.
//!
//! What a party believes of the others is another matter. Where it does not know how another party reads
//! a term, it hears its own meaning in the other's words: [`seen_by`] gives the negotiation as such a
//! party sees it. Readings that part and are not known thus make a hypergame of a negotiation in which
//! nobody errs otherwise.

use detente_syntax::Diagnostic;
use detente_syntax::ast::{
    self, Change, Citation, Communicated, Communication, Document, Formula, FormulaKind, Name,
    Place, PreferenceEdit, Preferences, RankItem, Reading, StatementEdit, Term, View,
};

use crate::ids::PartyId;
use crate::resolve::{MAX_EXTENT, Scope, circular, too_large};
use crate::variant::qualified;

/// Through how many terms a reading may lead. A longer chain is a mistake, and its recursion could
/// exhaust the stack.
pub(crate) const DEEPEST: usize = 64;

/// What a term means to a reader.
pub(crate) struct Sense<'t> {
    /// What it means.
    pub(crate) formula: &'t Formula,
    /// Whose options need no prefix in it; `None` for the neutral reading.
    pub(crate) owner: Option<&'t Name>,
}

/// What a term means to a party, or outside every party's block.
pub(crate) fn sense<'t>(term: &'t Term, reader: Option<&str>) -> Option<Sense<'t>> {
    let own = reader.and_then(|party| term.readings.iter().find(|r| r.party.as_str() == party));
    match (own, &term.means) {
        (Some(reading), _) => Some(Sense {
            formula: &reading.formula,
            owner: Some(&reading.party),
        }),
        (None, Some(means)) => Some(Sense {
            formula: &means.formula,
            owner: None,
        }),
        (None, None) => None,
    }
}

/// Whether the reading of `by` is known to `to`. A party knows its own; of what nothing is said is not
/// known.
pub fn known(term: &Term, by: &str, to: &str) -> Communicated {
    if by == to {
        return Communicated::Yes;
    }
    let mut said = term.communicated.iter();
    said.find(|c| c.by.as_str() == by && c.to.as_str() == to)
        .map_or(Communicated::No, |c| c.known)
}

/// Says of a term whether the reading of `by` is known to `to`, whatever was said before.
pub fn communicate(term: &mut Term, by: &str, to: &str, known: Communicated) {
    let said = term.communicated.iter_mut();
    let mut said = said.filter(|c| c.by.as_str() == by && c.to.as_str() == to);
    if let Some(before) = said.next() {
        before.known = known;
        return;
    }
    term.communicated.push(Communication {
        by: Name::new(by),
        to: Name::new(to),
        known,
        cites: Vec::new(),
        place: Place::default(),
    });
}

/// The negotiation as a party sees it, as far as terms go: what another party says with a term is read in
/// that party's own sense only if that is communicated to the viewer, and else in the viewer's sense.
///
/// Only readings change. They are written by options, classes and states, with every option as
/// `PARTY.option`, so that resolving the document afterwards gives the viewer's game. A viewer to whom a
/// term means nothing (no reading of its own, no neutral one) takes the others to mean what they mean.
/// `unclear` counts as not communicated; [`communicate`] says otherwise beforehand. Changes of variants
/// are not looked at: apply them first.
///
/// # Errors
///
/// When there is no party of that name, or a reading of the viewer leads back to its own term, uses one
/// that is not declared, or becomes too large when it is written out.
pub fn seen_by(document: &mut Document, viewer: &str) -> Result<(), Vec<Diagnostic>> {
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    let eye = scope
        .find_party(&Name::new(viewer))
        .map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut heard: Vec<(usize, Name, Formula)> = Vec::new();
    for (index, term) in document.terms.iter().enumerate() {
        let others = document.parties.iter().map(|p| &p.name);
        let others = others.filter(|p| p.as_str() != viewer);
        let mistaken: Vec<&Name> = others
            .filter(|p| !known(term, p.as_str(), viewer).is_yes())
            .collect();
        if mistaken.is_empty() || sense(term, Some(viewer)).is_none() {
            continue;
        }
        let mut writer = Writer {
            document,
            scope: &scope,
            reader: eye,
            open: Vec::new(),
            size: 0,
        };
        match writer.sense(index, term.name.span()) {
            Ok(formula) => {
                let parties = mistaken.into_iter().cloned();
                heard.extend(parties.map(|party| (index, party, formula.clone())));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    for (index, party, formula) in heard {
        read(&mut document.terms[index], party, formula);
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Gives a party a reading of a term, whatever it read before.
fn read(term: &mut Term, party: Name, formula: Formula) {
    let mut readings = term.readings.iter_mut();
    if let Some(own) = readings.find(|r| r.party == party) {
        own.formula = formula;
        return;
    }
    term.readings.push(Reading {
        party,
        formula,
        cites: Vec::new(),
        place: Place::default(),
    });
}

/// Writes formulas out in the sense of one party.
struct Writer<'a> {
    document: &'a Document,
    scope: &'a Scope<'a>,
    reader: PartyId,
    open: Vec<usize>,
    size: usize,
}

type Written<T> = Result<T, Box<Diagnostic>>;

impl Writer<'_> {
    /// What the term means to the reader, without terms.
    fn sense(&mut self, index: usize, span: detente_syntax::Span) -> Written<Formula> {
        let term = &self.document.terms[index];
        if self.open.contains(&index) || self.open.len() >= DEEPEST {
            return Err(Box::new(circular(&term.name, span)));
        }
        let party = self.document.parties[self.reader.index()].name.as_str();
        let Some(Sense { formula, owner }) = sense(term, Some(party)) else {
            return Err(Box::new(crate::resolve::unread(
                term,
                Some(&self.document.parties[self.reader.index()].name),
                span,
            )));
        };
        let full = Formula {
            kind: qualified(formula, self.scope, owner.map(|_| self.reader)),
            place: formula.place,
        };
        self.open.push(index);
        let result = self.plain(&full, &term.name);
        self.open.pop();
        result
    }

    /// A formula with its terms written out.
    fn plain(&mut self, formula: &Formula, of: &Name) -> Written<Formula> {
        self.size += 1;
        if self.size > MAX_EXTENT {
            return Err(Box::new(too_large(of, formula.place.0)));
        }
        let kind = match &formula.kind {
            FormulaKind::Term(name) => {
                let index = self.scope.find_term(name).map_err(Box::new)?;
                return self.sense(index, name.span());
            }
            FormulaKind::Not(inner) => FormulaKind::Not(Box::new(self.plain(inner, of)?)),
            FormulaKind::And(parts) => FormulaKind::And(self.flat(parts, of, true)?),
            FormulaKind::Or(parts) => FormulaKind::Or(self.flat(parts, of, false)?),
            FormulaKind::If(a, b) => {
                FormulaKind::If(Box::new(self.plain(a, of)?), Box::new(self.plain(b, of)?))
            }
            FormulaKind::Unless(a, b) => {
                FormulaKind::Unless(Box::new(self.plain(a, of)?), Box::new(self.plain(b, of)?))
            }
            FormulaKind::Iff(a, b) => {
                FormulaKind::Iff(Box::new(self.plain(a, of)?), Box::new(self.plain(b, of)?))
            }
            FormulaKind::Count {
                count,
                number,
                of: parts,
            } => FormulaKind::Count {
                count: *count,
                number: *number,
                of: parts
                    .iter()
                    .map(|p| self.plain(p, of))
                    .collect::<Written<_>>()?,
            },
            kind @ (FormulaKind::Constant(_)
            | FormulaKind::Option(_)
            | FormulaKind::Level { .. }
            | FormulaKind::Class { .. }
            | FormulaKind::State(_)
            | FormulaKind::Pattern { .. }) => kind.clone(),
        };
        Ok(Formula {
            kind,
            place: formula.place,
        })
    }

    /// The parts of a chain; chains of the same kind among them are taken apart, as reading does.
    fn flat(&mut self, parts: &[Formula], of: &Name, and: bool) -> Written<Vec<Formula>> {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            let part = self.plain(part, of)?;
            match part.kind {
                FormulaKind::And(inner) if and => out.extend(inner),
                FormulaKind::Or(inner) if !and => out.extend(inner),
                _ => out.push(part),
            }
        }
        Ok(out)
    }
}

/// Makes the changes that a `term` block of a variant says: each line takes the place of the one that said
/// the same before, or is added.
pub(crate) fn revise(term: &mut Term, new: &Term) {
    if new.title.is_some() {
        term.title.clone_from(&new.title);
    }
    if !new.cites.is_empty() {
        term.cites.clone_from(&new.cites);
    }
    if new.means.is_some() {
        term.means.clone_from(&new.means);
    }
    replace(&mut term.stated, &new.stated, |a, b| a.source == b.source);
    replace(&mut term.readings, &new.readings, |a, b| a.party == b.party);
    replace(&mut term.communicated, &new.communicated, |a, b| {
        a.by == b.by && a.to == b.to
    });
}

/// Puts each new line in the place of those that say the same, or at the end. What the new lines say twice
/// stays twice, so that it is reported.
fn replace<T: Clone>(lines: &mut Vec<T>, new: &[T], same: impl Fn(&T, &T) -> bool) {
    let before = lines.len();
    let mut taken = vec![false; before];
    for line in new {
        let at = (0..before).find(|i| !taken[*i] && same(&lines[*i], line));
        match at {
            Some(at) => {
                lines[at] = line.clone();
                taken[at] = true;
            }
            None => lines.push(line.clone()),
        }
    }
}

/// Shows all citations of a term to `cite`.
pub(crate) fn citations(term: &Term, cite: &mut impl FnMut(&[Citation])) {
    cite(&term.cites);
    term.stated.iter().for_each(|s| cite(&s.cites));
    term.means.iter().for_each(|m| cite(&m.cites));
    term.readings.iter().for_each(|r| cite(&r.cites));
    term.communicated.iter().for_each(|c| cite(&c.cites));
}

/// Calls `visit` with every formula of a document, its views and its variants.
pub(crate) fn each_formula<'d>(document: &'d Document, visit: &mut impl FnMut(&'d Formula)) {
    for party in &document.parties {
        party.preferences.iter().for_each(|p| each_wish(p, visit));
    }
    document.never.iter().for_each(|r| visit(&r.formula));
    document.when.iter().for_each(|r| visit(&r.condition));
    for rule in &document.no_move {
        visit(&rule.from);
        visit(&rule.to);
    }
    let classes = document.classes.iter();
    classes
        .filter_map(|c| c.when.as_ref())
        .for_each(&mut *visit);
    document.terms.iter().for_each(|t| each_reading(t, visit));
    let variants = document.variants.iter().flat_map(|v| &v.changes);
    variants.for_each(|c| each_change(c, visit));
    document.views.iter().for_each(|v| each_belief(v, visit));
}

fn each_belief<'d>(view: &'d View, visit: &mut impl FnMut(&'d Formula)) {
    view.changes.iter().for_each(|c| each_change(c, visit));
    view.views.iter().for_each(|v| each_belief(v, visit));
}

fn each_change<'d>(change: &'d Change, visit: &mut impl FnMut(&'d Formula)) {
    match change {
        Change::Preferences { edit, .. } => match edit {
            PreferenceEdit::Replace(preferences) => each_wish(preferences, visit),
            PreferenceEdit::Edit(edits) => {
                for edit in edits {
                    if let StatementEdit::Insert { statement, .. } = edit {
                        visit(&statement.formula);
                    }
                }
            }
        },
        Change::Never(ast::Rule { formula, .. }) => visit(formula),
        Change::When(rule) => visit(&rule.condition),
        Change::NoMove(rule) => {
            visit(&rule.from);
            visit(&rule.to);
        }
        Change::Term(term) => each_reading(term, visit),
        Change::View(view) => each_belief(view, visit),
        Change::WithoutNever(_)
        | Change::WithoutWhen(_)
        | Change::Direction { .. }
        | Change::Concept { .. }
        | Change::Attitude { .. }
        | Change::Hide(_)
        | Change::Invent { .. }
        | Change::WithoutView(_)
        | Change::StatusQuo(_) => {}
    }
}

fn each_wish<'d>(preferences: &'d Preferences, visit: &mut impl FnMut(&'d Formula)) {
    match preferences {
        Preferences::Statements(list) => list.iter().for_each(|s| visit(&s.formula)),
        Preferences::Weights(list) => list.iter().for_each(|w| visit(&w.formula)),
        Preferences::Ranks(groups) => {
            for item in groups.iter().flat_map(|g| &g.items) {
                if let RankItem::Formula(formula) = item {
                    visit(formula);
                }
            }
        }
    }
}

fn each_reading<'d>(term: &'d Term, visit: &mut impl FnMut(&'d Formula)) {
    term.means.iter().for_each(|m| visit(&m.formula));
    term.readings.iter().for_each(|r| visit(&r.formula));
}
