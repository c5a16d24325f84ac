//! Variants: a document with some changes made.

use detente_syntax::ast::{
    Attitude, AttitudeDecl, Certainty, Change, Citation, Document, Formula, FormulaKind, Name,
    Party, Place, Position, PreferenceEdit, Preferences, RankGroup, RankItem, Ref, Rule, Statement,
    StatementEdit, Target, Variant,
};
use detente_syntax::{Diagnostic, Span, parse_formula};

use crate::codes;
use crate::ids::PartyId;
use crate::resolve::{self, Scope, suggest};
use crate::{present, view};

/// Makes the changes of the named variants, in order, each after those that it extends.
///
/// They are made to the present: first what the events before the day of `as of` have changed, see
/// [`crate::present`]. The result has no variants of its own. A belief that the variants make void, such as that a statement is
/// dropped which they drop in truth, falls away. Errors say which name, statement or rule was not found.
pub fn apply(document: &Document, names: &[&str]) -> Result<Document, Vec<Diagnostic>> {
    applied(document, names).map(|(changed, _)| changed)
}

/// As [`apply`], and whether the changes concern views: where they do not, views are as sound as before.
pub(crate) fn applied(
    document: &Document,
    names: &[&str],
) -> Result<(Document, bool), Vec<Diagnostic>> {
    let mut order = Vec::new();
    let now = present::made(document)?;
    let document = now.as_ref();
    for name in names {
        let variant = find(document, name, None)?;
        collect(document, variant, &mut Vec::new(), &mut order)?;
    }
    let mut changed = document.bare();
    changed.views.clone_from(&document.views);
    let mut problems = Vec::new();
    let mut concerns = false;
    for change in order.iter().flat_map(|v| &v.changes) {
        concerns |= concerns_views(change);
        if let Err(problem) = make(&mut changed, change) {
            problems.push(*problem);
        }
    }
    if concerns {
        view::settle(&document.views, &mut changed);
    }
    if problems.is_empty() {
        Ok((changed, concerns))
    } else {
        Err(problems)
    }
}

/// Whether a change says anything that views read or build on: statements, rules, terms, beliefs.
fn concerns_views(change: &Change) -> bool {
    !matches!(
        change,
        Change::Direction { .. }
            | Change::Concept { .. }
            | Change::Attitude { .. }
            | Change::StatusQuo(_)
    )
}

fn find<'a>(
    document: &'a Document,
    name: &str,
    span: Option<Span>,
) -> Result<&'a Variant, Vec<Diagnostic>> {
    document
        .variants
        .iter()
        .find(|v| v.name.as_str() == name)
        .ok_or_else(|| {
            let mut d = Diagnostic::error(
                codes::UNKNOWN_VARIANT,
                format!("there is no variant `{name}`"),
            );
            if let Some(span) = span {
                d = d.at(span, "not declared");
            }
            vec![suggest(
                d,
                name,
                document.variants.iter().map(|v| v.name.as_str()),
                "variants",
            )]
        })
}

/// Lists a variant after those that it extends.
fn collect<'a>(
    document: &'a Document,
    variant: &'a Variant,
    open: &mut Vec<&'a str>,
    order: &mut Vec<&'a Variant>,
) -> Result<(), Vec<Diagnostic>> {
    // A chain longer than this is a mistake, and its recursion could exhaust the stack.
    const LONGEST_CHAIN: usize = 64;
    let name = variant.name.as_str();
    if open.contains(&name) || open.len() >= LONGEST_CHAIN {
        return Err(vec![
            Diagnostic::error(
                codes::CIRCULAR_VARIANT,
                format!("variant `{name}` extends itself, or by too many steps"),
            )
            .at(variant.name.span(), "")
            .hint("let one of them extend nothing"),
        ]);
    }
    open.push(name);
    for base in &variant.extends {
        let base = find(document, base.as_str(), Some(base.span()))?;
        collect(document, base, open, order)?;
    }
    open.pop();
    if !order.iter().any(|v| v.name == variant.name) {
        order.push(variant);
    }
    Ok(())
}

type Made = Result<(), Box<Diagnostic>>;

/// Makes one change of a variant or of a view.
pub(crate) fn make(document: &mut Document, change: &Change) -> Made {
    match change {
        Change::Preferences { party, edit, .. } => match edit {
            PreferenceEdit::Replace(new) => {
                let party = party_mut(document, party)?;
                party.preferences = Some(new.clone());
                party.candidates.clear();
            }
            PreferenceEdit::Edit(edits) => {
                for edit in edits {
                    edit_preferences(document, party, edit)?;
                }
            }
        },
        Change::Concept { party, concept } => {
            party_mut(document, party)?.concept = Some(concept.clone());
        }
        Change::Attitude {
            party,
            toward,
            attitude,
        } => set_attitude(document, party, toward, *attitude)?,
        Change::Direction { direction, options } => {
            for option in options {
                let (party, index) = locate(document, option)?;
                document.parties[party].options[index].direction = *direction;
            }
        }
        Change::Never(rule) => document.never.push(rule.clone()),
        Change::When(rule) => document.when.push(rule.clone()),
        Change::NoMove(rule) => document.no_move.push(rule.clone()),
        Change::StatusQuo(status_quo) => document.status_quo = Some(status_quo.clone()),
        Change::Term(new) => {
            let mut ignored = Vec::new();
            let scope = Scope::new(document, &mut ignored);
            let index = scope.find_term(&new.name).map_err(Box::new)?;
            crate::term::revise(&mut document.terms[index], new);
        }
        Change::Hide(options) => {
            for option in options {
                let rule = hidden(document, option)?;
                document.never.push(rule);
            }
        }
        Change::Invent { party, option } => {
            party_mut(document, party)?.options.push(option.clone());
        }
        Change::View(view) => view::add(&mut document.views, view),
        Change::WithoutView(viewer) => view::remove(&mut document.views, viewer)?,
        Change::WithoutNever(formula) => {
            let gone = matching(document, formula, |d| {
                d.never.iter().map(|r| &r.formula).collect()
            });
            drop_rules(&mut document.never, &gone, formula, "never")?;
        }
        Change::WithoutWhen(formula) => {
            let gone = matching(document, formula, |d| {
                d.when.iter().map(|r| &r.condition).collect()
            });
            drop_rules(&mut document.when, &gone, formula, "when")?;
        }
    }
    Ok(())
}

/// Gives a party another attitude toward a party, in place of what the document says of it.
fn set_attitude(document: &mut Document, party: &Name, toward: &Name, attitude: Attitude) -> Made {
    let index = party_index(document, party)?;
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    let whom = |name: &Name| resolve::toward(&scope, PartyId(index as u16), name);
    let meant = whom(toward).map_err(Box::new)?;
    let mut list = document.parties[index].attitudes.iter();
    let place = list.position(|line| whom(&line.toward).is_ok_and(|p| p == meant));
    let list = &mut document.parties[index].attitudes;
    match place {
        Some(place) => list[place].attitude = attitude,
        None => list.push(AttitudeDecl {
            toward: toward.clone(),
            attitude,
            cites: Vec::new(),
            place: toward.place,
        }),
    }
    Ok(())
}

/// Makes as much of a change as can be made, and says what that is; `None` for nothing.
pub(crate) fn possible(document: &mut Document, change: &Change) -> Option<Change> {
    let Change::Preferences {
        party,
        edit: PreferenceEdit::Edit(edits),
        cites,
    } = change
    else {
        return make(document, change).is_ok().then(|| change.clone());
    };
    let mut made = Vec::with_capacity(edits.len());
    for edit in edits {
        if edit_preferences(document, party, edit).is_ok() {
            made.push(edit.clone());
        }
    }
    (!made.is_empty()).then(|| Change::Preferences {
        party: party.clone(),
        edit: PreferenceEdit::Edit(made),
        cites: cites.clone(),
    })
}

/// That an option stays at its first level.
fn hidden(document: &Document, option: &Ref) -> Result<Rule, Box<Diagnostic>> {
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    scope.find_option(option, None).map_err(Box::new)?;
    let place = Place(option.span());
    Ok(Rule {
        formula: Formula {
            kind: FormulaKind::Option(option.clone()),
            place,
        },
        because: None,
        cites: Vec::new(),
        place,
    })
}

/// Shows all citations of a change, those of the views in it too, to `cite`.
pub(crate) fn citations(change: &Change, cite: &mut impl FnMut(&[Citation])) {
    match change {
        Change::Preferences { edit, cites, .. } => {
            cite(cites);
            match edit {
                PreferenceEdit::Replace(Preferences::Statements(list)) => {
                    for statement in list {
                        cite(&statement.cites);
                    }
                }
                PreferenceEdit::Replace(Preferences::Weights(list)) => {
                    for weight in list {
                        cite(&weight.cites);
                    }
                }
                PreferenceEdit::Replace(Preferences::Ranks(_)) => {}
                PreferenceEdit::Edit(edits) => {
                    for edit in edits {
                        if let StatementEdit::Insert { statement, .. } = edit {
                            cite(&statement.cites);
                        }
                    }
                }
            }
        }
        Change::Never(rule) => cite(&rule.cites),
        Change::When(rule) => cite(&rule.cites),
        Change::NoMove(rule) => cite(&rule.cites),
        Change::Invent { option, .. } => cite(&option.cites),
        Change::Direction { .. }
        | Change::Concept { .. }
        | Change::WithoutNever(_)
        | Change::WithoutWhen(_)
        | Change::StatusQuo(_)
        | Change::Hide(_)
        | Change::View(_)
        | Change::WithoutView(_)
        | Change::Attitude { .. } => {}
        Change::Term(term) => crate::term::citations(term, cite),
    }
}

/// Which of the listed formulas say the same as `formula`.
fn matching<'d>(
    document: &'d Document,
    formula: &Formula,
    list: impl Fn(&'d Document) -> Vec<&'d Formula>,
) -> Vec<bool> {
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    let wanted = qualified(formula, &scope, None);
    list(document)
        .into_iter()
        .map(|f| qualified(f, &scope, None) == wanted)
        .collect()
}

fn drop_rules<R>(rules: &mut Vec<R>, gone: &[bool], formula: &Formula, word: &str) -> Made {
    if !gone.contains(&true) {
        return Err(Box::new(
            Diagnostic::error(
                codes::UNKNOWN_TARGET,
                format!("no `{word}` rule says `{formula}`"),
            )
            .at(formula.place.0, "")
            .hint("repeat the rule as it is written"),
        ));
    }
    let mut gone = gone.iter();
    rules.retain(|_| gone.next() != Some(&true));
    Ok(())
}

fn party_index(document: &Document, name: &Name) -> Result<usize, Box<Diagnostic>> {
    if let Some(index) = document.parties.iter().position(|p| p.name == *name) {
        return Ok(index);
    }
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    Ok(scope.find_party(name).map_err(Box::new)?.index())
}

fn party_mut<'d>(
    document: &'d mut Document,
    name: &Name,
) -> Result<&'d mut Party, Box<Diagnostic>> {
    let index = party_index(document, name)?;
    Ok(&mut document.parties[index])
}

/// The party's index and the option's index within it.
fn locate(document: &Document, reference: &Ref) -> Result<(usize, usize), Box<Diagnostic>> {
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    let option = scope.find_option(reference, None).map_err(Box::new)?;
    let party = scope.option(option).party.index();
    let name = &scope.option(option).declaration.name;
    let index = document.parties[party]
        .options
        .iter()
        .position(|o| o.name == *name);
    Ok((party, index.unwrap_or_default()))
}

fn edit_preferences(document: &mut Document, party: &Name, edit: &StatementEdit) -> Made {
    let index = party_index(document, party)?;
    if !document.parties[index].candidates.is_empty() {
        return Err(Box::new(
            Diagnostic::error(
                codes::EDIT_DOES_NOT_FIT,
                format!("`{party}` has several candidates for its order, and none to edit"),
            )
            .at(party.span(), "")
            .hint(format!(
                "give its preferences anew: `{party} prefers {{ ... }}`"
            )),
        ));
    }
    // Names are looked up in the document while its preferences are edited apart from it.
    let mut preferences = document.parties[index].preferences.take();
    let mut ignored = Vec::new();
    let scope = Scope::new(document, &mut ignored);
    let finder = Finder {
        scope: &scope,
        home: PartyId(index as u16),
        party: party.as_str(),
    };
    let made = match &mut preferences {
        Some(Preferences::Statements(list)) => finder.edit_statements(list, edit),
        Some(Preferences::Ranks(groups)) => finder.edit_ranks(groups, edit),
        Some(Preferences::Weights(_)) | None => Err(Box::new(
            Diagnostic::error(
                codes::EDIT_DOES_NOT_FIT,
                format!("`{party}` has no statements or ranking to edit"),
            )
            .at(party.span(), "")
            .hint(
                "give its preferences anew: `prefers { ... }`, `ranks { ... }` or \
                   `weights { ... }`",
            ),
        )),
    };
    document.parties[index].preferences = preferences;
    made
}

/// Finds statements and ranked items by label, name or formula.
struct Finder<'a> {
    scope: &'a Scope<'a>,
    home: PartyId,
    party: &'a str,
}

impl Finder<'_> {
    fn edit_statements(&self, list: &mut Vec<Statement>, edit: &StatementEdit) -> Made {
        match edit {
            StatementEdit::Drop(target) => {
                let at = self.statement(list, target)?;
                list.remove(at);
            }
            StatementEdit::Insert { statement, at } => {
                let at = self.position(list, at)?;
                list.insert(at, statement.clone());
            }
            StatementEdit::Move { statement, to } => {
                let from = self.statement(list, statement)?;
                let moved = list.remove(from);
                match self.position(list, to) {
                    Ok(at) => list.insert(at, moved),
                    Err(problem) => {
                        list.insert(from, moved);
                        return Err(problem);
                    }
                }
            }
            StatementEdit::Swap(a, b) => {
                let (a, b) = (self.statement(list, a)?, self.statement(list, b)?);
                list.swap(a, b);
            }
            StatementEdit::Settle(target) => {
                let at = self.statement(list, target)?;
                list[at].certainty = Certainty::Certain;
            }
        }
        Ok(())
    }

    fn edit_ranks(&self, groups: &mut [RankGroup], edit: &StatementEdit) -> Made {
        let StatementEdit::Swap(a, b) = edit else {
            let span = match edit {
                StatementEdit::Drop(t)
                | StatementEdit::Settle(t)
                | StatementEdit::Move { statement: t, .. } => span_of(t),
                StatementEdit::Insert { statement, .. } => statement.place.0,
                StatementEdit::Swap(..) => Span::default(),
            };
            return Err(Box::new(
                Diagnostic::error(
                    codes::EDIT_DOES_NOT_FIT,
                    "a ranking can only be edited by `swap`",
                )
                .at(span, "")
                .hint("write `swap a and b`, or the whole ranking anew"),
            ));
        };
        let (a, b) = (self.item(groups, a)?, self.item(groups, b)?);
        let kept = groups[a.0].items[a.1].clone();
        groups[a.0].items[a.1] = groups[b.0].items[b.1].clone();
        groups[b.0].items[b.1] = kept;
        Ok(())
    }

    fn position(&self, list: &[Statement], position: &Position) -> Result<usize, Box<Diagnostic>> {
        Ok(match position {
            Position::First => 0,
            Position::Last => list.len(),
            Position::Before(target) => self.statement(list, target)?,
            Position::After(target) => self.statement(list, target)? + 1,
        })
    }

    fn formula(&self, text: &str, span: Span) -> Result<FormulaKind, Box<Diagnostic>> {
        match parse_formula(text) {
            Ok(formula) => Ok(qualified(&formula, self.scope, Some(self.home))),
            Err(mut diagnostic) => {
                diagnostic = diagnostic.at(span, "in this formula");
                diagnostic.related.clear();
                Err(Box::new(diagnostic))
            }
        }
    }

    fn statement(&self, list: &[Statement], target: &Target) -> Result<usize, Box<Diagnostic>> {
        let found = match target {
            Target::Name(name) => list.iter().position(|s| s.label.as_ref() == Some(name)),
            Target::Text { text, place } => {
                let wanted = self.formula(text, place.0)?;
                list.iter()
                    .position(|s| qualified(&s.formula, self.scope, Some(self.home)) == wanted)
            }
        };
        found.ok_or_else(|| {
            let labels = list
                .iter()
                .filter_map(|s| s.label.as_ref())
                .map(Name::as_str);
            self.not_found(target, "statement", labels)
        })
    }

    fn item(
        &self,
        groups: &[RankGroup],
        target: &Target,
    ) -> Result<(usize, usize), Box<Diagnostic>> {
        let wanted = match target {
            Target::Name(name) => Err(name),
            Target::Text { text, place } => Ok(self.formula(text, place.0)?),
        };
        for (g, group) in groups.iter().enumerate() {
            for (i, item) in group.items.iter().enumerate() {
                let same = match (item, &wanted) {
                    (RankItem::State(name), Err(wanted)) => name == *wanted,
                    (RankItem::Formula(formula), Ok(wanted)) => {
                        qualified(formula, self.scope, Some(self.home)) == *wanted
                    }
                    _ => false,
                };
                if same {
                    return Ok((g, i));
                }
            }
        }
        let names = groups
            .iter()
            .flat_map(|g| &g.items)
            .filter_map(|i| match i {
                RankItem::State(name) => Some(name.as_str()),
                _ => None,
            });
        Err(self.not_found(target, "ranked item", names))
    }

    fn not_found<'n>(
        &self,
        target: &Target,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> Box<Diagnostic> {
        let (written, span) = match target {
            Target::Name(name) => (name.text.as_str(), name.span()),
            Target::Text { text, place } => (text.as_str(), place.0),
        };
        let d = Diagnostic::error(
            codes::UNKNOWN_TARGET,
            format!("`{}` has no {what} `{written}`", self.party),
        )
        .at(span, "");
        let d = suggest(d, written, names, "names");
        Box::new(if d.hint.is_none() {
            d.hint(
                "give the statement a label (`hinge: not relief`), or repeat its formula in \
                    quotes",
            )
        } else {
            d
        })
    }
}

fn span_of(target: &Target) -> Span {
    match target {
        Target::Name(name) => name.span(),
        Target::Text { place, .. } => place.0,
    }
}

/// The formula with every option written as `PARTY.option`, so that formulas that say the same in
/// different places compare equal. Names that cannot be resolved stay as they are.
pub(crate) fn qualified(
    formula: &Formula,
    scope: &Scope<'_>,
    home: Option<PartyId>,
) -> FormulaKind {
    let full = |reference: &Ref| match scope.find_option(reference, home) {
        Err(_) => reference.clone(),
        Ok(id) => {
            let option = scope.option(id);
            Ref {
                party: Some(Name::new(option.party_name)),
                name: Name::new(option.declaration.name.as_str()),
            }
        }
    };
    let part = |f: &Formula| Formula {
        kind: qualified(f, scope, home),
        place: f.place,
    };
    let parts = |list: &[Formula]| list.iter().map(part).collect::<Vec<_>>();
    match &formula.kind {
        FormulaKind::Option(option) => FormulaKind::Option(full(option)),
        FormulaKind::Level {
            option,
            comparison,
            level,
        } => FormulaKind::Level {
            option: full(option),
            comparison: *comparison,
            level: level.clone(),
        },
        FormulaKind::Not(inner) => FormulaKind::Not(Box::new(part(inner))),
        FormulaKind::And(list) => FormulaKind::And(parts(list)),
        FormulaKind::Or(list) => FormulaKind::Or(parts(list)),
        FormulaKind::If(a, b) => FormulaKind::If(Box::new(part(a)), Box::new(part(b))),
        FormulaKind::Unless(a, b) => FormulaKind::Unless(Box::new(part(a)), Box::new(part(b))),
        FormulaKind::Iff(a, b) => FormulaKind::Iff(Box::new(part(a)), Box::new(part(b))),
        FormulaKind::Count { count, number, of } => FormulaKind::Count {
            count: *count,
            number: *number,
            of: parts(of),
        },
        kind @ (FormulaKind::Constant(_)
        | FormulaKind::Class { .. }
        | FormulaKind::State(_)
        | FormulaKind::Term(_)
        | FormulaKind::Pattern { .. }) => kind.clone(),
    }
}
