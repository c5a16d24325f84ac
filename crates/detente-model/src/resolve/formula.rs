//! Formulas: names become options, levels, states; classes are expanded.

use detente_syntax::ast::{
    Comparison, Document, Formula, FormulaKind, Name, Ref, Setting, SettingValue,
};
use detente_syntax::{Diagnostic, Span};

use super::scope::{Scope, suggest};
use super::terms::{Terms, Voice};
use crate::codes;
use crate::expr::{Condition, Expr, Literal};
use crate::ids::{OptionId, PartyId};
use crate::model::{Assignment, Form};

/// Resolves formulas of one document.
pub(crate) struct Formulas<'a> {
    pub(crate) document: &'a Document,
    pub(crate) scope: &'a Scope<'a>,
    pub(crate) form: Form,
    /// The classes already resolved.
    classes: Vec<Written>,
    pub(super) terms: Terms,
}

/// How far a class, or a term in the sense of one reader, has been written out.
#[derive(Clone)]
pub(super) enum Written {
    New,
    Open,
    Done(Expr),
    Failed,
}

/// The largest expression that a class may stand for. Classes that mention each other could grow
/// exponentially, and a deep expression could exhaust the stack.
pub(crate) const MAX_EXTENT: usize = 20_000;

/// The number of nodes, each counted with its depth so that deep expressions count as large.
pub(super) fn extent(expr: &Expr) -> usize {
    fn walk(expr: &Expr, depth: usize, total: &mut usize) {
        *total += 1 + depth / 200 * MAX_EXTENT;
        if *total > MAX_EXTENT {
            return;
        }
        match expr {
            Expr::Constant(_) | Expr::Literal(_) | Expr::Node(_) => {}
            Expr::Not(inner) => walk(inner, depth + 1, total),
            Expr::And(parts) | Expr::Or(parts) | Expr::Count { of: parts, .. } => {
                for part in parts {
                    walk(part, depth + 1, total);
                }
            }
        }
    }
    let mut total = 0;
    walk(expr, 0, &mut total);
    total
}

pub(super) type Found<T> = Result<T, Diagnostic>;

impl<'a> Formulas<'a> {
    pub(crate) fn new(document: &'a Document, scope: &'a Scope<'a>, form: Form) -> Self {
        let classes = vec![Written::New; document.classes.len()];
        Self {
            document,
            scope,
            form,
            classes,
            terms: Terms::default(),
        }
    }

    /// A formula with its text; reports and returns `None` when a name does not fit.
    pub(crate) fn condition(
        &mut self,
        formula: &Formula,
        voice: Voice,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Condition> {
        match self.expr(formula, voice) {
            Ok(expr) => Some(Condition {
                expr,
                text: formula.to_string(),
                span: formula.place.0,
            }),
            Err(diagnostic) => {
                out.push(diagnostic);
                None
            }
        }
    }

    fn all(&mut self, parts: &[Formula], voice: Voice) -> Found<Vec<Expr>> {
        parts.iter().map(|p| self.expr(p, voice)).collect()
    }

    pub(crate) fn expr(&mut self, formula: &Formula, voice: Voice) -> Found<Expr> {
        Ok(match &formula.kind {
            FormulaKind::Constant(value) => Expr::Constant(*value),
            FormulaKind::Option(option) => {
                let option = self.option(option, voice.home)?;
                let top = self.level_count(option) - 1;
                Expr::Literal(Literal {
                    option,
                    from: 1,
                    to: top,
                })
            }
            FormulaKind::Level {
                option,
                comparison,
                level,
            } => {
                let id = self.option(option, voice.home)?;
                let level = self.level(id, option, level)?;
                let top = self.level_count(id) - 1;
                let range = |from, to| {
                    Expr::Literal(Literal {
                        option: id,
                        from,
                        to,
                    })
                };
                match comparison {
                    Comparison::Is => range(level, level),
                    Comparison::IsNot => range(level, level).negated(),
                    Comparison::AtMost => range(0, level),
                    Comparison::Greater => range(0, level).negated(),
                    Comparison::AtLeast => range(level, top),
                    Comparison::Less => range(level, top).negated(),
                }
            }
            FormulaKind::Class { name, place } => self.class(name, place.0)?,
            FormulaKind::State(name) => self.state(name)?,
            FormulaKind::Term(name) => self.term(name, voice)?,
            FormulaKind::Pattern { text, place } => self.pattern(text, place.0)?,
            FormulaKind::Not(inner) => self.expr(inner, voice)?.negated(),
            FormulaKind::And(parts) => Expr::And(self.all(parts, voice)?),
            FormulaKind::Or(parts) => Expr::Or(self.all(parts, voice)?),
            FormulaKind::If(then, condition) => {
                let then = self.expr(then, voice)?;
                Expr::Or(vec![then, self.expr(condition, voice)?.negated()])
            }
            FormulaKind::Unless(then, condition) => {
                let then = self.expr(then, voice)?;
                Expr::Or(vec![then, self.expr(condition, voice)?])
            }
            FormulaKind::Iff(a, b) => {
                let (a, b) = (self.expr(a, voice)?, self.expr(b, voice)?);
                Expr::Or(vec![
                    Expr::And(vec![a.clone(), b.clone()]),
                    Expr::And(vec![a.negated(), b.negated()]),
                ])
            }
            FormulaKind::Count { count, number, of } => Expr::Count {
                count: *count,
                number: *number,
                of: self.all(of, voice)?,
            },
        })
    }

    fn option(&self, option: &Ref, home: Option<PartyId>) -> Found<OptionId> {
        self.scope.find_option(option, home)
    }

    fn level_count(&self, option: OptionId) -> u16 {
        let levels = self.scope.option(option).declaration.levels.len();
        if levels == 0 { 2 } else { levels as u16 }
    }

    fn level(&self, id: OptionId, option: &Ref, level: &Name) -> Found<u16> {
        let declaration = self.scope.option(id).declaration;
        if declaration.levels.is_empty() {
            return Err(Diagnostic::error(
                codes::NOT_GRADED,
                format!("`{option}` has no levels to compare with"),
            )
            .at(option.span().cover(level.span()), "")
            .see(declaration.name.span(), "declared here without levels")
            .hint(format!(
                "write `{option}` or `not {option}`, or declare levels with `one of a, b, c`"
            )));
        }
        declaration
            .levels
            .iter()
            .position(|l| l.as_str() == level.as_str())
            .map(|i| i as u16)
            .ok_or_else(|| {
                let d = Diagnostic::error(
                    codes::UNKNOWN_LEVEL,
                    format!("`{option}` has no level `{level}`"),
                )
                .at(level.span(), "not declared");
                suggest(
                    d,
                    level.as_str(),
                    declaration.levels.iter().map(Name::as_str),
                    "levels",
                )
            })
    }

    /// The condition of a class, with the classes that it mentions expanded.
    pub(crate) fn class(&mut self, name: &str, span: Span) -> Found<Expr> {
        let index = self.scope.find_class(name, span)?;
        self.class_at(index, span)
    }

    pub(crate) fn class_at(&mut self, index: usize, span: Span) -> Found<Expr> {
        let name = &self.document.classes[index].name;
        match &self.classes[index] {
            Written::Done(expr) => return Ok(expr.clone()),
            Written::Open => {
                return Err(Diagnostic::error(
                    codes::CIRCULAR_CLASS,
                    format!("class `{name}` is defined by itself"),
                )
                .at(span, "leads back to it")
                .hint("define one of the classes by options alone"));
            }
            // Reported where the class is declared; here it only must not be reported again.
            Written::Failed => return Ok(Expr::Constant(false)),
            Written::New => {}
        }
        self.classes[index] = Written::Open;
        let class = &self.document.classes[index];
        let result = match &class.when {
            Some(formula) => self.expr(formula, Voice::NEUTRAL),
            None => (0..index)
                .map(|i| self.class_at(i, class.place.0).map(Expr::negated))
                .collect::<Found<Vec<_>>>()
                .map(Expr::And),
        };
        let result = result.and_then(|expr| {
            if extent(&expr) <= MAX_EXTENT {
                return Ok(expr);
            }
            Err(Diagnostic::error(
                codes::CLASS_TOO_LARGE,
                format!("class `{name}` becomes too large when its classes are written out"),
            )
            .at(class.place.0, "")
            .hint("define it by options, or by fewer classes"))
        });
        self.classes[index] = match &result {
            Ok(expr) => Written::Done(expr.clone()),
            Err(_) => Written::Failed,
        };
        result
    }

    fn state(&self, name: &Name) -> Found<Expr> {
        let index = self.scope.find_state(name)?;
        match self.form {
            Form::Graph => Ok(Expr::Node(index as u32)),
            Form::Options => {
                let settings = self.document.states[index]
                    .settings
                    .as_deref()
                    .unwrap_or(&[]);
                // Problems of the settings are reported where the state is declared.
                let mut quiet = Vec::new();
                let levels = self.assignment(settings, &mut quiet).unwrap_or_default();
                Ok(exactly(&levels))
            }
        }
    }

    fn pattern(&self, text: &str, span: Span) -> Found<Expr> {
        let wrong = |message: String, hint: String| {
            Err(Diagnostic::error(codes::BAD_PATTERN, message)
                .at(span, "")
                .hint(hint))
        };
        if self.form == Form::Graph {
            return wrong(
                "a pattern needs options, and this negotiation is given as a graph".to_owned(),
                "name the states, for example `state 1 or state 2`".to_owned(),
            );
        }
        if let Some(c) = text.chars().find(|c| !matches!(c, 'Y' | 'N' | '-')) {
            let d = Diagnostic::error(
                codes::BAD_PATTERN,
                format!("a pattern has only `Y`, `N` and `-`, not `{c}`"),
            )
            .at(span, "");
            return Err(if self.scope.classes.contains_key(text) {
                d.hint(format!("to name the class, write `class \"{text}\"`"))
            } else {
                d.hint("to name a class, write `class` before the quotes")
            });
        }
        let width: usize = self
            .scope
            .options
            .iter()
            .map(|o| o.declaration.levels.len().saturating_sub(1).max(1))
            .sum();
        if text.len() != width {
            return wrong(
                format!(
                    "the pattern has {} positions, the options need {width}",
                    text.len()
                ),
                "one position per binary option, and one per level above the first of a graded \
                 option, in order of declaration"
                    .to_owned(),
            );
        }
        let mut marks = text.bytes();
        let mut parts = Vec::new();
        for index in 0..self.scope.options.len() {
            let option = OptionId(index as u32);
            for level in 1..self.level_count(option) {
                let literal = Expr::Literal(Literal {
                    option,
                    from: level,
                    to: level,
                });
                match marks.next() {
                    Some(b'Y') => parts.push(literal),
                    Some(b'N') => parts.push(literal.negated()),
                    _ => {}
                }
            }
        }
        Ok(Expr::And(parts))
    }

    /// A setting as option and level.
    pub(crate) fn setting(
        &self,
        setting: &Setting,
        home: Option<PartyId>,
    ) -> Found<(OptionId, u16)> {
        let option = self.option(&setting.option, home)?;
        let level = match &setting.value {
            SettingValue::Off => 0,
            SettingValue::Level(level) => self.level(option, &setting.option, level)?,
            SettingValue::On => {
                let declaration = self.scope.option(option).declaration;
                if let Some(top) = declaration.levels.last() {
                    return Err(Diagnostic::error(
                        codes::NEEDS_LEVEL,
                        format!("`{}` has levels: which one?", setting.option),
                    )
                    .at(setting.option.span(), "")
                    .hint(format!("write for example `{} is {top}`", setting.option)));
                }
                1
            }
        };
        Ok((option, level))
    }

    /// A full assignment from settings, everything else at its first level.
    pub(crate) fn assignment(
        &self,
        settings: &[Setting],
        out: &mut Vec<Diagnostic>,
    ) -> Option<Assignment> {
        let mut levels: Vec<Option<(u16, Span)>> = vec![None; self.scope.options.len()];
        let mut good = true;
        for setting in settings {
            match self.setting(setting, None) {
                Err(diagnostic) => {
                    out.push(diagnostic);
                    good = false;
                }
                Ok((option, level)) => {
                    let span = setting.place.0;
                    match levels[option.index()] {
                        Some((before, first)) if before != level => {
                            out.push(
                                Diagnostic::error(
                                    codes::CONTRADICTORY_SETTING,
                                    format!("`{}` is set twice, differently", setting.option),
                                )
                                .at(span, "and again here")
                                .see(first, "set here")
                                .hint("keep one of the two"),
                            );
                            good = false;
                        }
                        _ => levels[option.index()] = Some((level, span)),
                    }
                }
            }
        }
        good.then(|| {
            levels
                .into_iter()
                .map(|l| l.map_or(0, |(level, _)| level))
                .collect()
        })
    }
}

/// "The state is exactly this one."
pub(crate) fn exactly(levels: &[u16]) -> Expr {
    let literal = |(i, level): (usize, &u16)| {
        Expr::Literal(Literal {
            option: OptionId(i as u32),
            from: *level,
            to: *level,
        })
    };
    Expr::And(levels.iter().enumerate().map(literal).collect())
}
