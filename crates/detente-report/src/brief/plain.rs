//! Options and conditions in plain words, without what is hidden from the reader.

use detente_analysis::standpoint::unthinkable;
use detente_model::syntax::ast::Count;
use detente_model::{Expr, Literal, Model, OptionId, PartyId};

use super::Asked;

/// In whose words things are told.
pub(super) struct Words<'a> {
    truth: &'a Model,
    seen: &'a Model,
    reader: PartyId,
    /// What the reader does not know of, as `DPRK.secret`.
    hidden: Vec<String>,
}

/// What a condition comes to when hidden options count as not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// It says something.
    Words(String),
    /// It is always so, or never.
    Constant(bool),
}

impl<'a> Words<'a> {
    pub(super) fn new(asked: &Asked<'a>) -> Self {
        let hidden = unthinkable(asked.seen).into_iter();
        Self {
            truth: asked.truth,
            seen: asked.seen,
            reader: asked.party,
            hidden: hidden.map(|o| asked.seen.qualified(o)).collect(),
        }
    }

    /// Whether the reader knows of an option of a model.
    pub(super) fn knows(&self, model: &Model, option: OptionId) -> bool {
        let name = model.qualified(option);
        let seen = || {
            self.seen
                .option_ids()
                .any(|o| self.seen.qualified(o) == name)
        };
        !self.hidden.contains(&name) && seen()
    }

    /// An option of the true model with its owner: `"Grant sanctions relief" (United States)`.
    pub(super) fn true_option(&self, option: OptionId) -> String {
        self.option(self.truth, option)
    }

    fn option(&self, model: &Model, option: OptionId) -> String {
        let choice = model.option(option);
        let title = choice.title.as_deref().unwrap_or(&choice.name);
        if choice.owner == self.reader {
            return format!("\"{title}\" (you)");
        }
        format!("\"{title}\" ({})", model.party(choice.owner).name)
    }

    /// What the reader takes a condition of a model to say; `None` when it uses what the reader does not know of
    /// and would say something else without it.
    pub(super) fn told(&self, model: &Model, expr: &Expr) -> Told {
        let reduced = self.reduced(model, expr);
        match reduced {
            Expr::Constant(value) => Told::Constant(value),
            expr => Told::Words(self.written(model, &expr, false)),
        }
    }

    /// Whether the reader knows of all that a condition mentions.
    pub(super) fn knows_all(&self, model: &Model, expr: &Expr) -> bool {
        expr.options().into_iter().all(|o| self.knows(model, o))
    }

    /// The condition when hidden options are not taken.
    fn reduced(&self, model: &Model, expr: &Expr) -> Expr {
        let parts = |parts: &[Expr], ends: bool| -> Result<Vec<Expr>, Expr> {
            let mut kept = Vec::new();
            for part in parts.iter().map(|p| self.reduced(model, p)) {
                match part {
                    Expr::Constant(value) if value == ends => return Err(Expr::Constant(ends)),
                    Expr::Constant(_) => {}
                    other => kept.push(other),
                }
            }
            Ok(kept)
        };
        let joined = |found: Result<Vec<Expr>, Expr>, ends: bool| match found {
            Err(constant) => constant,
            Ok(kept) => match <[Expr; 1]>::try_from(kept) {
                Ok([one]) => one,
                Err(kept) if kept.is_empty() => Expr::Constant(!ends),
                Err(kept) if ends => Expr::Or(kept),
                Err(kept) => Expr::And(kept),
            },
        };
        match expr {
            Expr::Literal(literal) if !self.knows(model, literal.option) => {
                Expr::Constant(literal.admits(0))
            }
            Expr::Constant(_) | Expr::Literal(_) | Expr::Node(_) => expr.clone(),
            Expr::Not(inner) => self.reduced(model, inner).negated(),
            Expr::And(all) => joined(parts(all, false), false),
            Expr::Or(all) => joined(parts(all, true), true),
            Expr::Count { count, number, of } => {
                let of: Vec<Expr> = of.iter().map(|p| self.reduced(model, p)).collect();
                let sure = of.iter().filter(|p| **p == Expr::Constant(true)).count() as u32;
                let open: Vec<Expr> = of
                    .into_iter()
                    .filter(|p| !matches!(p, Expr::Constant(_)))
                    .collect();
                let still = number.checked_sub(sure);
                match (count, still) {
                    (Count::AtLeast, None | Some(0)) => Expr::Constant(true),
                    (Count::AtMost | Count::Exactly, None) => Expr::Constant(false),
                    (_, Some(number)) if open.is_empty() => Expr::Constant(match count {
                        Count::AtMost => true,
                        Count::AtLeast | Count::Exactly => number == 0,
                    }),
                    (count, Some(number)) => Expr::Count {
                        count: *count,
                        number,
                        of: open,
                    },
                }
            }
        }
    }

    /// In words; brackets around what has several parts, where it stands inside something else.
    fn written(&self, model: &Model, expr: &Expr, inside: bool) -> String {
        let list = |parts: &[Expr], word: &str| {
            let each: Vec<String> = parts.iter().map(|p| self.written(model, p, true)).collect();
            let text = each.join(word);
            if inside { format!("({text})") } else { text }
        };
        match expr {
            Expr::Constant(value) => if *value { "anything" } else { "nothing" }.to_owned(),
            Expr::Literal(literal) => self.literal(model, *literal),
            Expr::Node(node) => {
                let state = model.states.get(*node as usize);
                let name = state.map(|s| s.title.as_deref().unwrap_or(&s.name));
                format!("\"{}\"", name.unwrap_or_default())
            }
            Expr::Not(inner) => format!("not {}", self.written(model, inner, true)),
            Expr::And(parts) => list(parts, " and "),
            Expr::Or(parts) => list(parts, " or "),
            Expr::Count { count, number, of } => {
                let how = match count {
                    Count::AtLeast => "at least",
                    Count::AtMost => "at most",
                    Count::Exactly => "exactly",
                };
                let each: Vec<String> = of.iter().map(|p| self.written(model, p, true)).collect();
                format!("{how} {number} of these: {}", each.join("; "))
            }
        }
    }

    fn literal(&self, model: &Model, literal: Literal) -> String {
        let choice = model.option(literal.option);
        let name = self.option(model, literal.option);
        let top = choice.level_count().saturating_sub(1);
        let level = |at: u16| {
            choice
                .levels
                .get(usize::from(at))
                .cloned()
                .unwrap_or_default()
        };
        let (from, to) = (literal.from, literal.to.min(top));
        match (from, to) {
            _ if choice.levels.is_empty() && from == 0 && to == 0 => format!("not {name}"),
            _ if choice.levels.is_empty() => name,
            (from, to) if from == to => format!("{name} at `{}`", level(from)),
            (0, to) => format!("{name} at `{}` or less", level(to)),
            (from, to) if to == top => format!("{name} at `{}` or more", level(from)),
            (from, to) => format!("{name} between `{}` and `{}`", level(from), level(to)),
        }
    }
}

/// The options of a condition, as `US.relief`.
pub(super) fn options_of(words: &Words<'_>, model: &Model, expr: &Expr) -> Vec<String> {
    let known = expr
        .options()
        .into_iter()
        .filter(|o| words.knows(model, *o));
    known.map(|o| model.qualified(o)).collect()
}
