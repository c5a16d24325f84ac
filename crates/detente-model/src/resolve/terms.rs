//! Terms: every use is written out in the sense of whoever says it.

use std::collections::{BTreeSet, HashMap};

use detente_syntax::ast::{self, Citation, Formula, FormulaKind, Name, Preferences, RankItem};
use detente_syntax::{Diagnostic, Span};

use super::Resolver;
use super::formula::{Formulas, Found, MAX_EXTENT, Written, extent};
use crate::codes;
use crate::expr::Expr;
use crate::ids::PartyId;
use crate::model::{Communication, Meaning, Reading, Term, TermUse, TermUser};
use crate::term::{DEEPEST, Sense, each_formula, sense};

/// Who says a formula: whose options need no prefix in it, and in whose sense its terms are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Voice {
    pub(crate) home: Option<PartyId>,
    pub(crate) reader: Option<PartyId>,
}

impl Voice {
    /// The analyst's: outside every party's block.
    pub(crate) const NEUTRAL: Self = Self {
        home: None,
        reader: None,
    };

    /// A party's own, in its block.
    pub(crate) fn of(party: PartyId) -> Self {
        Self {
            home: Some(party),
            reader: Some(party),
        }
    }

    /// The analyst's, of something that a party does.
    pub(crate) fn about(party: Option<PartyId>) -> Self {
        Self {
            home: party,
            reader: None,
        }
    }
}

/// The senses of terms that have been written out, by term and reader.
#[derive(Default)]
pub(super) struct Terms {
    written: HashMap<(usize, Option<PartyId>), Written>,
    open: usize,
}

impl Formulas<'_> {
    /// What a term means to the reader, with the terms and classes in it written out.
    pub(super) fn term(&mut self, name: &Name, voice: Voice) -> Found<Expr> {
        let index = self.scope.find_term(name)?;
        self.term_at(index, voice.reader, name.span())
    }

    fn term_at(&mut self, index: usize, reader: Option<PartyId>, span: Span) -> Found<Expr> {
        let document = self.document;
        let term = &document.terms[index];
        let name = &term.name;
        match self.terms.written.get(&(index, reader)) {
            Some(Written::Done(expr)) => return Ok(expr.clone()),
            // Reported where the reading stands; here it only must not be reported again.
            Some(Written::Failed) => return Ok(Expr::Constant(false)),
            Some(Written::Open) => return Err(circular(name, span)),
            Some(Written::New) | None => {}
        }
        if self.terms.open >= DEEPEST {
            return Err(circular(name, span));
        }
        let party = reader.map(|p| &document.parties[p.index()].name);
        let Some(Sense { formula, owner }) = sense(term, party.map(Name::as_str)) else {
            return Err(unread(term, party, span));
        };
        let home = owner.and(reader);
        self.terms.written.insert((index, reader), Written::Open);
        self.terms.open += 1;
        let result = self.expr(formula, Voice { home, reader }).and_then(|expr| {
            if extent(&expr) <= MAX_EXTENT {
                return Ok(expr);
            }
            Err(too_large(name, formula.place.0))
        });
        self.terms.open -= 1;
        let written = match &result {
            Ok(expr) => Written::Done(expr.clone()),
            Err(_) => Written::Failed,
        };
        self.terms.written.insert((index, reader), written);
        result
    }
}

pub(crate) fn circular(name: &Name, span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::CIRCULAR_TERM,
        format!("term `{name}` is defined by itself, or by too many others"),
    )
    .at(span, "leads back to it")
    .hint("say one of the readings by options and classes alone")
}

pub(crate) fn too_large(name: &Name, span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::TERM_TOO_LARGE,
        format!("term `{name}` becomes too large when its terms are written out"),
    )
    .at(span, "")
    .hint("say it by options, or by fewer terms")
}

/// That no reading of a term applies where it is used.
pub(crate) fn unread(term: &ast::Term, reader: Option<&Name>, span: Span) -> Diagnostic {
    let name = &term.name;
    let (message, hint) = match reader {
        Some(party) => (
            format!("`{party}` has no reading of the term `{name}`"),
            format!("add `{party} reads ...` or a neutral `means ...` to the term"),
        ),
        None => (
            format!("the term `{name}` has no neutral reading"),
            "nobody in particular says this: add `means ...` to the term, or write out what is meant"
                .to_owned(),
        ),
    };
    Diagnostic::error(codes::NO_READING, message)
        .at(span, "used here")
        .see(term.name.span(), "declared here")
        .hint(hint)
}

impl Resolver<'_> {
    pub(super) fn terms(&mut self) -> Vec<Term> {
        let document = self.document;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        each_formula(document, &mut |formula| {
            formula.terms(&mut |name| {
                used.insert(name.as_str());
            });
        });
        let mut uses = self.uses();
        let mut terms = Vec::new();
        for (index, term) in document.terms.iter().enumerate() {
            // A term that is declared twice has been reported, and keeps its first meaning.
            if self.formulas.scope.terms.get(term.name.as_str()) == Some(&index) {
                let uses = uses.get_mut(index).map(std::mem::take).unwrap_or_default();
                let used = used.contains(term.name.as_str());
                self.unread_by_users(term, &uses);
                terms.push(self.one_term(index, term, uses, used));
            }
        }
        terms
    }

    fn one_term(&mut self, index: usize, term: &ast::Term, uses: Vec<TermUse>, used: bool) -> Term {
        self.cites(&term.cites);
        for stated in &term.stated {
            self.cites(&stated.cites);
            self.cites(&[Citation {
                source: stated.source.clone(),
                locator: None,
                quote: Some(stated.quote.clone()),
                place: stated.source.place,
            }]);
        }
        let means = term.means.as_ref().and_then(|means| {
            self.cites(&means.cites);
            let condition = self.sense_of(index, None, &means.formula)?;
            Some(Meaning {
                condition,
                cites: means.cites.clone(),
            })
        });
        let readings = self.readings(index, term);
        let communicated = self.communicated(term);
        if !used {
            self.out.push(
                Diagnostic::warning(
                    codes::UNUSED_TERM,
                    format!("nothing uses the term `{}`", term.name),
                )
                .at(term.name.span(), "its readings change no result")
                .hint(format!("use it in a formula as `term {}`", term.name)),
            );
        }
        Term {
            name: term.name.text.clone(),
            title: term.title.clone(),
            stated: term.stated.clone(),
            means,
            readings,
            communicated,
            uses,
            cites: term.cites.clone(),
            place: term.place,
        }
    }

    /// A reading as a condition; what is wrong with it is reported once.
    fn sense_of(
        &mut self,
        index: usize,
        reader: Option<PartyId>,
        formula: &Formula,
    ) -> Option<crate::expr::Condition> {
        match self.formulas.term_at(index, reader, formula.place.0) {
            Ok(expr) => Some(crate::expr::Condition {
                expr,
                text: formula.to_string(),
                span: formula.place.0,
            }),
            Err(diagnostic) => {
                self.out.push(diagnostic);
                None
            }
        }
    }

    fn party_named(&mut self, name: &Name) -> Option<PartyId> {
        match self.formulas.scope.find_party(name) {
            Ok(party) => Some(party),
            Err(diagnostic) => {
                self.out.push(diagnostic);
                None
            }
        }
    }

    fn said_twice(&mut self, message: String, again: Span, first: Span) {
        self.out.push(
            Diagnostic::error(codes::SAID_TWICE, message)
                .at(again, "again here")
                .see(first, "first here")
                .hint("keep one of the two"),
        );
    }

    fn readings(&mut self, index: usize, term: &ast::Term) -> Vec<Reading> {
        let mut readings: Vec<Reading> = Vec::new();
        let mut seen: Vec<(PartyId, Span)> = Vec::new();
        for reading in &term.readings {
            self.cites(&reading.cites);
            let Some(party) = self.party_named(&reading.party) else {
                continue;
            };
            let place = reading.party.span();
            if let Some((_, first)) = seen.iter().find(|(p, _)| *p == party) {
                let message = format!("`{}` reads `{}` twice", reading.party, term.name);
                self.said_twice(message, place, *first);
                continue;
            }
            seen.push((party, place));
            if let Some(condition) = self.sense_of(index, Some(party), &reading.formula) {
                readings.push(Reading {
                    party,
                    condition,
                    cites: reading.cites.clone(),
                });
            }
        }
        readings
    }

    fn communicated(&mut self, term: &ast::Term) -> Vec<Communication> {
        let mut out: Vec<(Communication, Span)> = Vec::new();
        for said in &term.communicated {
            self.cites(&said.cites);
            let (by, to) = (self.party_named(&said.by), self.party_named(&said.to));
            let (Some(by), Some(to)) = (by, to) else {
                continue;
            };
            let span = said.place.0;
            if let Some((_, first)) = out.iter().find(|(c, _)| c.by == by && c.to == to) {
                let message = format!(
                    "whether `{}` knows how `{}` reads `{}` is said twice",
                    said.to, said.by, term.name
                );
                let first = *first;
                self.said_twice(message, span, first);
                continue;
            }
            // The neutral reading is what a party without one of its own has to say.
            let mute = sense(term, Some(said.by.as_str())).is_none();
            if by == to || mute {
                let message = if by == to {
                    format!("`{}` always knows its own reading", said.by)
                } else {
                    format!("`{}` has no reading to communicate", said.by)
                };
                self.out.push(
                    Diagnostic::warning(codes::NOTHING_TO_COMMUNICATE, message)
                        .at(span, "changes nothing")
                        .hint(format!("leave it out, or add `{} reads ...`", said.by)),
                );
            }
            let communication = Communication {
                by,
                to,
                known: said.known,
                cites: said.cites.clone(),
            };
            out.push((communication, span));
        }
        out.into_iter().map(|(c, _)| c).collect()
    }

    /// Where each term is used.
    fn uses(&self) -> Vec<Vec<TermUse>> {
        let document = self.document;
        let mut uses: Vec<Vec<TermUse>> = vec![Vec::new(); document.terms.len()];
        if document.terms.is_empty() {
            return uses;
        }
        let mut note = |user, reader: Option<PartyId>, formula: &Formula| {
            let (direct, reached) = self.reached(formula, reader);
            for index in reached {
                uses[index].push(TermUse {
                    user,
                    text: formula.to_string(),
                    directly: direct.contains(&index),
                    span: formula.place.0,
                });
            }
        };
        for (p, party) in document.parties.iter().enumerate() {
            let id = PartyId(p as u16);
            for (i, formula) in wanted(party.preferences.as_ref()).into_iter().enumerate() {
                if let Some(formula) = formula {
                    note(TermUser::Preference(id, i), Some(id), formula);
                }
            }
        }
        for (i, rule) in document.never.iter().enumerate() {
            note(TermUser::Rule(i), None, &rule.formula);
        }
        for (i, rule) in document.when.iter().enumerate() {
            note(TermUser::Consequence(i), None, &rule.condition);
        }
        for (i, rule) in document.no_move.iter().enumerate() {
            for formula in [&rule.from, &rule.to] {
                note(TermUser::Prohibition(i), None, formula);
            }
        }
        for (i, class) in document.classes.iter().enumerate() {
            if let Some(formula) = &class.when {
                note(TermUser::Class(i), None, formula);
            }
        }
        uses
    }

    /// The terms that a formula names, and those that it leads to through other terms and classes in the
    /// sense of a reader.
    fn reached(
        &self,
        formula: &Formula,
        reader: Option<PartyId>,
    ) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (document, scope) = (self.document, self.formulas.scope);
        let party =
            |reader: Option<PartyId>| reader.map(|p| document.parties[p.index()].name.as_str());
        let mut direct = BTreeSet::new();
        formula.terms(&mut |name| direct.extend(scope.terms.get(name.as_str())));
        let mut reached = direct.clone();
        let mut open: Vec<(&Formula, Option<PartyId>)> = vec![(formula, reader)];
        let mut terms: BTreeSet<(usize, Option<PartyId>)> = BTreeSet::new();
        let mut classes: BTreeSet<usize> = BTreeSet::new();
        while let Some((formula, reader)) = open.pop() {
            formula.atoms(&mut |atom| match atom {
                FormulaKind::Term(name) => {
                    let Some(at) = scope.terms.get(name.as_str()).copied() else {
                        return;
                    };
                    reached.insert(at);
                    if terms.insert((at, reader))
                        && let Some(sense) = sense(&document.terms[at], party(reader))
                    {
                        open.push((sense.formula, reader));
                    }
                }
                FormulaKind::Class { name, .. } => {
                    let Some(at) = scope.classes.get(name.as_str()).copied() else {
                        return;
                    };
                    // `otherwise` speaks of every class before it.
                    let (from, to) = match document.classes[at].when {
                        Some(_) => (at, at + 1),
                        None => (0, at),
                    };
                    for class in from..to {
                        if let Some(formula) = &document.classes[class].when
                            && classes.insert(class)
                        {
                            open.push((formula, None));
                        }
                    }
                }
                _ => {}
            });
        }
        (direct, reached)
    }

    /// Warns of parties that use a term without a reading of their own, where others have one.
    fn unread_by_users(&mut self, term: &ast::Term, uses: &[TermUse]) {
        let document = self.document;
        if term.readings.is_empty() || term.means.is_none() {
            return;
        }
        let mut told: Vec<PartyId> = Vec::new();
        for found in uses.iter().filter(|u| u.directly) {
            let TermUser::Preference(party, _) = found.user else {
                continue;
            };
            let name = &document.parties[party.index()].name;
            if told.contains(&party) || term.readings.iter().any(|r| r.party == *name) {
                continue;
            }
            told.push(party);
            self.out.push(
                Diagnostic::warning(
                    codes::NO_OWN_READING,
                    format!(
                        "`{name}` has no reading of its own of the term `{}`",
                        term.name
                    ),
                )
                .at(found.span, "read as the analyst reads it")
                .hint(format!("add `{name} reads ...` to the term")),
            );
        }
    }
}

/// The formulas of what a party wants, one for each line or element; nothing for a named state or
/// `rest`.
fn wanted(preferences: Option<&Preferences>) -> Vec<Option<&Formula>> {
    match preferences {
        None => Vec::new(),
        Some(Preferences::Statements(list)) => list.iter().map(|s| Some(&s.formula)).collect(),
        Some(Preferences::Weights(list)) => list.iter().map(|w| Some(&w.formula)).collect(),
        Some(Preferences::Ranks(groups)) => groups
            .iter()
            .flat_map(|g| &g.items)
            .map(|item| match item {
                RankItem::Formula(formula) => Some(formula),
                RankItem::State(_) | RankItem::Rest(_) => None,
            })
            .collect(),
    }
}
