//! From a document to a model: every name is looked up, every mismatch reported.

mod aside;
mod attitudes;
mod bargain;
mod candidates;
mod formula;
mod preferences;
mod record;
mod scope;
mod terms;

use std::borrow::Cow;

use detente_syntax::ast::{self, Citation, Document, Name};
use detente_syntax::{Diagnostic, Severity, Span};
use jiff::civil::Date;

pub(crate) use self::attitudes::toward;
use self::formula::Formulas;
pub(crate) use self::formula::MAX_EXTENT;
pub(crate) use self::scope::{Scope, suggest};
use self::terms::Voice;
pub(crate) use self::terms::{circular, too_large, unread};
use crate::codes;
use crate::expr::{Condition, Expr};
use crate::ids::{OptionId, PartyId};
use crate::model::{
    Choice, Class, Consequence, Form, Model, NamedState, Party, Prohibition, Rule, StatusQuo,
};
use crate::{present, variant, view};

/// A model, if there was no error, and everything there is to report.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The model; `None` when a diagnostic is an error.
    pub model: Option<Model>,
    /// What was found, errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves every name of a document as it is on the day of `as of` ([`present::present`]), of each of its views, and
/// of each of its variants.
pub fn resolve(document: &Document) -> Resolved {
    let (now, mut found) = match present::made(document) {
        Ok(now) => (now, Vec::new()),
        Err(problems) => (Cow::Borrowed(document), problems),
    };
    let mut resolved = resolve_base(&now, &document.calendar);
    if found.is_empty() {
        found.extend(to_come(&now));
        found.extend(in_views(&now));
        for v in &now.variants {
            match variant::applied(&now, &[v.name.as_str()]) {
                Err(problems) => found.extend(problems),
                Ok((changed, concerns_views)) => {
                    found.extend(resolve_base(&changed, &changed.calendar).diagnostics);
                    if concerns_views {
                        found.extend(in_views(&changed));
                    }
                }
            }
        }
    }
    for diagnostic in found {
        if diagnostic.is_error() && !resolved.diagnostics.contains(&diagnostic) {
            resolved.diagnostics.push(diagnostic);
        }
    }
    sort(&mut resolved.diagnostics);
    if resolved.diagnostics.iter().any(Diagnostic::is_error) {
        resolved.model = None;
    }
    resolved
}

/// What is wrong with the changes that events to come would make, one after the other.
fn to_come(now: &Document) -> Vec<Diagnostic> {
    let (changed, mut found) = present::all_made(now);
    if let Some(changed) = changed {
        found.extend(resolve_base(&changed, &[]).diagnostics);
    }
    found
}

/// What is wrong with the negotiation as it is seen along each path of views.
fn in_views(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for path in view::paths(document) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match view::seen_by(document, &path) {
            Err(problems) => found.extend(problems),
            Ok(seen) => found.extend(resolve_base(&seen, &[]).diagnostics),
        }
    }
    found
}

/// Resolves one more formula against a document, as if it stood outside every party's block.
pub fn condition(document: &Document, formula: &ast::Formula) -> Result<Condition, Diagnostic> {
    let mut problems = Vec::new();
    let scope = Scope::new(document, &mut problems);
    let form = form_of(document, &mut problems);
    let mut formulas = Formulas::new(document, &scope, form);
    let expr = formulas.expr(formula, Voice::NEUTRAL)?;
    Ok(Condition {
        expr,
        text: formula.to_string(),
        span: formula.place.0,
    })
}

fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
}

/// Resolves a document without its variants; the record tells of the given calendar.
fn resolve_base(document: &Document, calendar: &[ast::Event]) -> Resolved {
    let mut out = Vec::new();
    let scope = Scope::new(document, &mut out);
    let form = form_of(document, &mut out);
    let mut resolver = Resolver {
        document,
        calendar,
        as_of: present::day_of(document),
        cited: record::Cited::default(),
        formulas: Formulas::new(document, &scope, form),
        form,
        doubts: Vec::new(),
        out,
    };
    let model = resolver.model();
    let mut diagnostics = resolver.out;
    sort(&mut diagnostics);
    // A reading that is wrong is wrong for each of its readers.
    diagnostics.dedup();
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Resolved {
        model: (!failed).then_some(model),
        diagnostics,
    }
}

fn form_of(document: &Document, out: &mut Vec<Diagnostic>) -> Form {
    let option = document.parties.iter().flat_map(|p| &p.options).next();
    let arcs = document.parties.iter().find(|p| !p.moves.is_empty());
    match (option, arcs) {
        (Some(option), Some(party)) => {
            let span = party.moves.first().map_or(party.place.0, |m| m.from.span());
            out.push(
                Diagnostic::error(
                    codes::MIXED_FORMS,
                    "options and hand-drawn moves cannot be mixed in one negotiation",
                )
                .at(span, "hand-drawn moves")
                .see(option.name.span(), "options")
                .hint("give the states by options, or list states and moves, not both"),
            );
            Form::Options
        }
        (None, Some(_)) => Form::Graph,
        (Some(_), None) => Form::Options,
        (None, None) => {
            let drawn = document.states.iter().any(|s| s.settings.is_none());
            if drawn { Form::Graph } else { Form::Options }
        }
    }
}

struct Resolver<'a> {
    document: &'a Document,
    /// The calendar as written: that of the document may lack what past events have changed.
    calendar: &'a [ast::Event],
    /// The day of `as of`, from which days in words count.
    as_of: Option<Date>,
    cited: record::Cited,
    formulas: Formulas<'a>,
    form: Form,
    /// Where preferences are in doubt.
    doubts: Vec<Span>,
    out: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn model(&mut self) -> Model {
        let document = self.document;
        if document.parties.is_empty() {
            self.out.push(
                Diagnostic::error(codes::NO_PARTIES, "there is no party in this negotiation")
                    .hint("declare one: `party US \"United States\" { option relief \"...\" }`"),
            );
        } else if document.parties.len() > usize::from(u16::MAX) {
            self.out.push(Diagnostic::error(
                codes::NO_PARTIES,
                "there are more than 65,535 parties",
            ));
        }
        let as_of = document.as_of.as_ref().and_then(|d| self.date(d));
        let sources = self.sources();
        let options = self.options();
        let terms = self.terms();
        let parties = document
            .parties
            .iter()
            .enumerate()
            .map(|(i, p)| self.party(i, p))
            .collect();
        let classes = self.classes();
        let rules = document.never.iter().filter_map(|r| self.rule(r)).collect();
        let consequences = document
            .when
            .iter()
            .filter_map(|c| self.consequence(c))
            .collect();
        let prohibitions = document
            .no_move
            .iter()
            .filter_map(|p| self.prohibition(p))
            .collect();
        let states = document
            .states
            .iter()
            .filter_map(|s| self.state(s))
            .collect();
        let status_quo = document
            .status_quo
            .as_ref()
            .and_then(|s| self.status_quo(s));
        let bargain = self.bargain();
        let record = self.record(&terms);
        self.views();
        self.doubted();
        self.set_aside(&terms);
        Model {
            title: document.negotiation.clone(),
            as_of,
            sources,
            parties,
            options,
            rules,
            consequences,
            prohibitions,
            classes,
            states,
            terms,
            form: self.form,
            status_quo,
            bargain,
            views: document.views.clone(),
            record,
        }
    }

    /// What is wrong with the views, apart from what their changes say.
    fn views(&mut self) {
        let mut found = Vec::new();
        let (views, scope) = (&self.document.views, self.formulas.scope);
        let problems = view::check(views, scope, &mut |cites| found.extend_from_slice(cites));
        self.cites(&found);
        self.out.extend(problems);
    }

    /// One note for everything that is in doubt.
    fn doubted(&mut self) {
        let Some(first) = self.doubts.first() else {
            return;
        };
        let more = match self.doubts.len() - 1 {
            0 => String::new(),
            1 => ", and in one place below".to_owned(),
            others => format!(", and in {others} places below"),
        };
        self.out.push(
            Diagnostic::note(
                codes::BASIC_READING,
                format!("preferences are in doubt here{more}: the basic reading is taken"),
            )
            .at(*first, "")
            .hint("`detente doubt` computes with the doubt; `detente explain N0103` says more"),
        );
    }

    fn report(&mut self, severity: Severity, code: &'static str, text: String, span: Span) {
        self.out
            .push(Diagnostic::new(severity, code, text).at(span, ""));
    }

    fn date(&mut self, date: &ast::Date) -> Option<Date> {
        let parsed = date.text.parse::<Date>().ok();
        if parsed.is_none() {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_DATE,
                    format!("`{date}` is no day of the calendar"),
                )
                .at(date.place.0, "")
                .hint("write year, month and day: `2019-01-20`"),
            );
        }
        parsed
    }

    /// Warns of citations of sources that are not declared.
    fn cites(&mut self, cites: &[Citation]) {
        for cite in cites {
            let name = cite.source.as_str();
            self.cited.add(name, cite.place.0);
            if !self
                .document
                .sources
                .iter()
                .any(|s| s.name.as_str() == name)
            {
                let d = Diagnostic::warning(
                    codes::UNKNOWN_SOURCE,
                    format!("source `{name}` is cited but not declared"),
                )
                .at(cite.place.0, "");
                let names = self.document.sources.iter().map(|s| s.name.as_str());
                let d = suggest(d, name, names, "sources");
                let declare = format!("declare it: `source {name} \"What it is\"`");
                let hint = match d.hint.as_deref() {
                    Some(hint) if hint.starts_with("did you mean") => hint.to_owned(),
                    _ => declare,
                };
                self.out.push(d.hint(hint));
            }
        }
    }

    fn options(&mut self) -> Vec<Choice> {
        let scope = self.formulas.scope;
        let mut options = Vec::with_capacity(scope.options.len());
        for declared in &scope.options {
            let declaration = declared.declaration;
            self.cites(&declaration.cites);
            if declaration.levels.len() == 1 {
                self.report(
                    Severity::Error,
                    codes::ONE_LEVEL,
                    format!("option `{}` has only one level", declaration.name),
                    declaration.name.span(),
                );
            }
            if declaration.levels.len() > 1000 {
                self.report(
                    Severity::Error,
                    codes::ONE_LEVEL,
                    format!("option `{}` has more than 1,000 levels", declaration.name),
                    declaration.name.span(),
                );
            }
            options.push(Choice {
                name: declaration.name.text.clone(),
                title: declaration.title.clone(),
                owner: declared.party,
                levels: declaration.levels.iter().map(|l| l.text.clone()).collect(),
                direction: declaration.direction,
                stepwise: declaration.stepwise,
                place: declaration.place,
            });
        }
        options
    }

    fn party(&mut self, index: usize, party: &'a ast::Party) -> Party {
        let id = PartyId(index as u16);
        self.cites(&party.cites);
        let agents = self.agents(party);
        let pace = party.pace.as_ref().and_then(|p| self.pace(p));
        let scope = self.formulas.scope;
        let options = (0..scope.options.len() as u32)
            .map(OptionId)
            .filter(|o| scope.option(*o).party == id)
            .collect();
        let mut moves = Vec::new();
        for arc in &party.moves {
            match (self.node(&arc.from), self.node(&arc.to)) {
                (Some(from), Some(to)) if from == to => self.report(
                    Severity::Error,
                    codes::MOVE_TO_ITSELF,
                    format!("a move from `{}` to itself is no move", arc.from),
                    arc.from.span().cover(arc.to.span()),
                ),
                (Some(from), Some(to)) => moves.push((from, to)),
                _ => {}
            }
        }
        let candidates = self.candidates(id, party);
        let mut intervals = Vec::new();
        let preferences = match candidates::basic(&candidates) {
            Some(order) => order,
            None => self.preferences(id, party, &mut intervals),
        };
        let concept = party.concept.as_ref().map(|c| c.text.clone());
        let attitudes = self.attitudes(id, party);
        Party {
            name: party.name.text.clone(),
            title: party.title.clone(),
            agents,
            pace,
            pace_cites: party
                .pace
                .as_ref()
                .map(|p| p.cites.clone())
                .unwrap_or_default(),
            options,
            moves,
            preferences,
            candidates,
            intervals,
            concept,
            attitudes,
            place: party.name.place,
        }
    }

    fn node(&mut self, name: &Name) -> Option<u32> {
        match self.formulas.scope.find_state(name) {
            Ok(index) => Some(index as u32),
            Err(diagnostic) => {
                self.out.push(diagnostic);
                None
            }
        }
    }

    fn condition(&mut self, formula: &ast::Formula) -> Option<Condition> {
        self.formulas
            .condition(formula, Voice::NEUTRAL, &mut self.out)
    }

    fn classes(&mut self) -> Vec<Class> {
        let mut classes = Vec::new();
        for (index, class) in self.document.classes.iter().enumerate() {
            self.cites(&class.cites);
            match self.formulas.class_at(index, class.place.0) {
                Ok(expr) => {
                    let text = class
                        .when
                        .as_ref()
                        .map_or("otherwise".to_owned(), ToString::to_string);
                    let span = class.when.as_ref().map_or(class.place.0, |f| f.place.0);
                    classes.push(Class {
                        name: class.name.clone(),
                        condition: Condition { expr, text, span },
                        otherwise: class.when.is_none(),
                    });
                }
                Err(diagnostic) => self.out.push(diagnostic),
            }
        }
        classes
    }

    fn rule(&mut self, rule: &ast::Rule) -> Option<Rule> {
        self.cites(&rule.cites);
        let condition = self.condition(&rule.formula)?;
        Some(Rule {
            condition,
            because: rule.because.clone(),
            cites: rule.cites.clone(),
        })
    }

    fn consequence(&mut self, rule: &ast::Consequence) -> Option<Consequence> {
        self.cites(&rule.cites);
        if self.form == Form::Graph {
            self.needs_options("a forced consequence", rule.place.0);
            return None;
        }
        let condition = self.condition(&rule.condition);
        let mut then: Vec<(OptionId, u16)> = Vec::new();
        for setting in &rule.then {
            match self.formulas.setting(setting, None) {
                Ok((option, level)) => {
                    if then.iter().any(|(o, l)| *o == option && *l != level) {
                        self.report(
                            Severity::Error,
                            codes::CONTRADICTORY_SETTING,
                            format!("`{}` is set twice, differently", setting.option),
                            setting.place.0,
                        );
                    }
                    then.push((option, level));
                }
                Err(diagnostic) => self.out.push(diagnostic),
            }
        }
        let texts: Vec<String> = rule.then.iter().map(ToString::to_string).collect();
        Some(Consequence {
            condition: condition?,
            then,
            then_text: texts.join(" and "),
            because: rule.because.clone(),
            cites: rule.cites.clone(),
        })
    }

    fn needs_options(&mut self, what: &str, span: Span) {
        self.out.push(
            Diagnostic::error(
                codes::NEEDS_OPTIONS,
                format!("{what} needs options, and this negotiation is given as a graph"),
            )
            .at(span, "")
            .hint("in a graph, say it by leaving states or moves out"),
        );
    }

    fn prohibition(&mut self, rule: &ast::Prohibition) -> Option<Prohibition> {
        self.cites(&rule.cites);
        let party = match &rule.party {
            None => None,
            Some(name) => match self.formulas.scope.find_party(name) {
                Ok(party) => Some(party),
                Err(diagnostic) => {
                    self.out.push(diagnostic);
                    return None;
                }
            },
        };
        let voice = Voice::about(party);
        let from = self.formulas.condition(&rule.from, voice, &mut self.out);
        let to = self.formulas.condition(&rule.to, voice, &mut self.out);
        Some(Prohibition {
            party,
            from: from?,
            to: to?,
            because: rule.because.clone(),
        })
    }

    fn state(&mut self, state: &ast::StateDecl) -> Option<NamedState> {
        self.cites(&state.cites);
        let named = |assignment| NamedState {
            name: state.name.text.clone(),
            title: state.title.clone(),
            assignment,
            place: state.name.place,
        };
        match (self.form, &state.settings) {
            (Form::Graph, None) => Some(named(Vec::new())),
            (Form::Graph, Some(_)) => {
                self.needs_options("a state with settings", state.place.0);
                None
            }
            (Form::Options, None) => {
                self.out.push(
                    Diagnostic::error(
                        codes::STATE_WITHOUT_SETTINGS,
                        format!("state `{}` does not say what is on", state.name),
                    )
                    .at(state.name.span(), "")
                    .hint("list what is on between braces; `{ }` when nothing is"),
                );
                None
            }
            (Form::Options, Some(settings)) => {
                self.formulas.assignment(settings, &mut self.out).map(named)
            }
        }
    }

    fn status_quo(&mut self, status_quo: &ast::StatusQuo) -> Option<StatusQuo> {
        match status_quo {
            ast::StatusQuo::Settings { settings, place } => {
                if self.form == Form::Graph {
                    self.needs_options("a status quo in braces", place.0);
                    return None;
                }
                let assignment = self.formulas.assignment(settings, &mut self.out)?;
                Some(StatusQuo {
                    assignment,
                    node: None,
                    place: *place,
                })
            }
            ast::StatusQuo::State(name) => {
                let index = self.node(name)?;
                let place = name.place;
                if self.form == Form::Graph {
                    return Some(StatusQuo {
                        assignment: Vec::new(),
                        node: Some(index),
                        place,
                    });
                }
                let settings = self.document.states[index as usize]
                    .settings
                    .as_deref()
                    .unwrap_or(&[]);
                let mut reported_there = Vec::new();
                let assignment = self.formulas.assignment(settings, &mut reported_there)?;
                Some(StatusQuo {
                    assignment,
                    node: None,
                    place,
                })
            }
        }
    }
}

/// An expression that no state satisfies, in place of one that could not be resolved.
pub(crate) const NEVER: Expr = Expr::Constant(false);
