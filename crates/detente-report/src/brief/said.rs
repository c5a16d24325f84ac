//! A condition as its author wrote it, without what is hidden from the reader, told in sentences.

use detente_model::syntax::ast::{Comparison, Count, Formula, FormulaKind, Ref};
use detente_model::syntax::parse_formula;
use detente_model::{Condition, Expr, Literal, Model, OptionId, PartyId};

use super::plain::Words;
use super::verbs;

/// A condition with its connectives as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Always so, or never.
    Constant(bool),
    /// An option stands at some of its levels; a yes-or-no option is taken.
    Fact(Literal),
    /// The outcome belongs to a class.
    Class(String),
    /// In the graph form: the outcome is this one, by its title.
    Outcome(String),
    Not(Box<Said>),
    And(Vec<Said>),
    Or(Vec<Said>),
    If(Box<Said>, Box<Said>),
    Unless(Box<Said>, Box<Said>),
    Iff(Box<Said>, Box<Said>),
    Count(Count, u32, Vec<Said>),
}

/// In whose mouth a sentence is put.
#[derive(Clone, Copy)]
struct Voice<'a> {
    model: &'a Model,
    /// Whether options are told as deeds, else by their titles in quotes.
    deeds: bool,
    /// Who wants it: `it`, unless that is the reader.
    wanter: Option<PartyId>,
}

impl Words<'_> {
    /// What a condition says to the reader. It follows the author's text where every name in it means what the
    /// condition means, and the condition itself elsewhere.
    pub(super) fn said(&self, model: &Model, condition: &Condition, teller: PartyId) -> Said {
        let written = parse_formula(&condition.text)
            .ok()
            .and_then(|formula| self.read(model, &formula, teller));
        let from_expr = self.meant(model, &condition.expr);
        match written {
            Some(said) if same_options(&said, &from_expr) => said,
            _ => from_expr,
        }
    }

    /// As a clause: `you dismantle Yongbyon unless US grants relief`; `None` when it is always so, or never.
    pub(super) fn clause(
        &self,
        model: &Model,
        condition: &Condition,
        teller: PartyId,
    ) -> Option<String> {
        match self.said(model, condition, teller) {
            Said::Constant(_) => None,
            said => Some(self.full(model, &said, Some(teller)).0),
        }
    }

    /// As what is wanted or meant: `to sign`, `not to sign`, `that US signs`.
    pub(super) fn sentence(&self, model: &Model, said: &Said, wanter: Option<PartyId>) -> String {
        let (deed, sign) = match said {
            Said::Not(inner) => (inner.as_ref(), "not "),
            other => (other, ""),
        };
        if let Said::Fact(literal) = deed
            && wanter == Some(model.option(literal.option).owner)
            && let Some(deed) = deed_of(model, *literal)
            && let Some(deed) = verbs::plain(deed)
        {
            return format!("{sign}to {deed}");
        }
        let (text, is_sentence) = self.full(model, said, wanter);
        if is_sentence {
            format!("that {text}")
        } else {
            text
        }
    }

    /// A clause, and whether it is a sentence.
    fn full(&self, model: &Model, said: &Said, wanter: Option<PartyId>) -> (String, bool) {
        let deeds = all_deeds(model, said);
        let voice = Voice {
            model,
            deeds,
            wanter,
        };
        (self.write(voice, said), deeds)
    }

    /// The formula with its names resolved; `None` when a name is not found or cannot be told in words.
    fn read(&self, model: &Model, formula: &Formula, teller: PartyId) -> Option<Said> {
        let all = |parts: &[Formula]| -> Option<Vec<Said>> {
            parts.iter().map(|p| self.read(model, p, teller)).collect()
        };
        let one = |part: &Formula| self.read(model, part, teller);
        Some(match &formula.kind {
            FormulaKind::Constant(value) => Said::Constant(*value),
            FormulaKind::Option(option) => {
                let option = find(model, option, teller)?;
                let to = model.option(option).level_count().saturating_sub(1);
                self.fact(
                    model,
                    Literal {
                        option,
                        from: 1,
                        to,
                    },
                )
            }
            FormulaKind::Level {
                option,
                comparison,
                level,
            } => {
                let option = find(model, option, teller)?;
                let choice = model.option(option);
                let top = choice.level_count().saturating_sub(1);
                let at = choice.levels.iter().position(|l| l == level.as_str())?;
                let at = u16::try_from(at).ok()?;
                let (from, to) = match comparison {
                    Comparison::Is | Comparison::IsNot => (at, at),
                    Comparison::AtMost => (0, at),
                    Comparison::AtLeast => (at, top),
                    Comparison::Less => (0, at.checked_sub(1)?),
                    Comparison::Greater if at < top => (at + 1, top),
                    Comparison::Greater => return None,
                };
                let fact = self.fact(model, Literal { option, from, to });
                match comparison {
                    Comparison::IsNot => not(fact),
                    _ => fact,
                }
            }
            FormulaKind::Class { name, .. } => {
                let class = model.classes.iter().find(|c| c.name == *name)?;
                if !self.knows_all(model, &class.condition.expr) {
                    return None;
                }
                Said::Class(name.clone())
            }
            FormulaKind::State(_) | FormulaKind::Term(_) | FormulaKind::Pattern { .. } => {
                return None;
            }
            FormulaKind::Not(inner) => not(one(inner)?),
            FormulaKind::And(parts) => joined(all(parts)?, false),
            FormulaKind::Or(parts) => joined(all(parts)?, true),
            FormulaKind::If(then, condition) => match (one(then)?, one(condition)?) {
                (_, Said::Constant(false)) | (Said::Constant(true), _) => Said::Constant(true),
                (then, Said::Constant(true)) => then,
                (Said::Constant(false), condition) => not(condition),
                (then, condition) => Said::If(Box::new(then), Box::new(condition)),
            },
            FormulaKind::Unless(then, condition) => match (one(then)?, one(condition)?) {
                (_, Said::Constant(true)) | (Said::Constant(true), _) => Said::Constant(true),
                (part, Said::Constant(false)) | (Said::Constant(false), part) => part,
                (then, condition) => Said::Unless(Box::new(then), Box::new(condition)),
            },
            FormulaKind::Iff(left, right) => match (one(left)?, one(right)?) {
                (Said::Constant(true), part) | (part, Said::Constant(true)) => part,
                (Said::Constant(false), part) | (part, Said::Constant(false)) => not(part),
                (left, right) => Said::Iff(Box::new(left), Box::new(right)),
            },
            FormulaKind::Count { count, number, of } => counted(*count, *number, all(of)?),
        })
    }

    /// What the condition means, where its text is of no use.
    fn meant(&self, model: &Model, expr: &Expr) -> Said {
        let all =
            |parts: &[Expr]| -> Vec<Said> { parts.iter().map(|p| self.meant(model, p)).collect() };
        match expr {
            Expr::Constant(value) => Said::Constant(*value),
            Expr::Literal(literal) => self.fact(model, *literal),
            Expr::Node(node) => {
                let state = model.states.get(*node as usize);
                let name = state.map(|s| s.title.as_deref().unwrap_or(&s.name));
                Said::Outcome(name.unwrap_or_default().to_owned())
            }
            Expr::Not(inner) => not(self.meant(model, inner)),
            Expr::And(parts) => joined(all(parts), false),
            Expr::Or(parts) => joined(all(parts), true),
            Expr::Count { count, number, of } => counted(*count, *number, all(of)),
        }
    }

    /// An option at some of its levels; what the reader does not know of is not taken.
    fn fact(&self, model: &Model, literal: Literal) -> Said {
        let choice = model.option(literal.option);
        if !self.knows(model, literal.option) {
            return Said::Constant(literal.admits(0));
        }
        if choice.levels.is_empty() && literal.from == 0 && literal.to == 0 {
            return not(Said::Fact(Literal {
                from: 1,
                to: choice.level_count().saturating_sub(1),
                ..literal
            }));
        }
        Said::Fact(literal)
    }

    fn write(&self, voice: Voice<'_>, said: &Said) -> String {
        let part = |inner: &Said, loose: bool| {
            let text = self.write(voice, inner);
            let bare = match inner {
                Said::And(_) | Said::Or(_) => loose,
                Said::If(..) | Said::Unless(..) | Said::Iff(..) | Said::Count(..) => false,
                _ => true,
            };
            if bare { text } else { format!("({text})") }
        };
        let two =
            |a: &Said, word: &str, b: &Said| format!("{} {word} {}", part(a, true), part(b, true));
        let many = |parts: &[Said], word: &str| -> String {
            let each: Vec<String> = parts.iter().map(|p| part(p, false)).collect();
            match each.split_last() {
                Some((last, before)) if !before.is_empty() => {
                    format!("{} {word} {last}", before.join(", "))
                }
                _ => each.concat(),
            }
        };
        match said {
            Said::Constant(true) => "anything".to_owned(),
            Said::Constant(false) => "nothing".to_owned(),
            Said::Fact(literal) => self.deed(voice, *literal, true),
            Said::Class(name) if voice.deeds => format!("the outcome is \"{name}\""),
            Said::Class(name) => format!("the outcome \"{name}\""),
            Said::Outcome(name) => format!("\"{name}\""),
            Said::Not(inner) => match inner.as_ref() {
                Said::Fact(literal) => self.deed(voice, *literal, false),
                Said::Class(name) if voice.deeds => format!("the outcome is not \"{name}\""),
                inner if voice.deeds => format!("it is not so that {}", part(inner, false)),
                inner => format!("not {}", part(inner, false)),
            },
            Said::And(parts) => many(parts, "and"),
            Said::Or(parts) => many(parts, "or"),
            Said::If(a, b) => two(a, "if", b),
            Said::Unless(a, b) => two(a, "unless", b),
            Said::Iff(a, b) if voice.deeds => two(a, "if, and only if,", b),
            Said::Iff(a, b) => two(a, "if and only if", b),
            Said::Count(count, number, of) => {
                let each: Vec<String> = of.iter().map(|p| part(p, true)).collect();
                let each = each.join("; ");
                let so = if voice.deeds { " are so" } else { "" };
                format!("{} {number} of these{so}: {each}", count.text())
            }
        }
    }

    /// `US grants relief`, `you do not grant relief`, or the title with its owner.
    fn deed(&self, voice: Voice<'_>, literal: Literal, done: bool) -> String {
        let model = voice.model;
        let owner = model.option(literal.option).owner;
        let told = deed_of(model, literal).filter(|_| voice.deeds);
        let told = told.and_then(|title| Some((verbs::plain(title)?, verbs::third(title)?)));
        let Some((plain, third)) = told else {
            let sign = if done { "" } else { "not " };
            return format!("{sign}{}", self.literal(model, literal));
        };
        if owner == self.reader {
            let sign = if done { "" } else { "do not " };
            return format!("you {sign}{plain}");
        }
        let who = if voice.wanter == Some(owner) {
            "it"
        } else {
            model.party(owner).name.as_str()
        };
        if done {
            format!("{who} {third}")
        } else {
            format!("{who} does not {plain}")
        }
    }

    fn literal(&self, model: &Model, literal: Literal) -> String {
        let choice = model.option(literal.option);
        let name = self.option(model, literal.option);
        let top = choice.level_count().saturating_sub(1);
        let level = |at: u16| {
            let level = choice.levels.get(usize::from(at));
            level.cloned().unwrap_or_default()
        };
        match (literal.from, literal.to.min(top)) {
            _ if choice.levels.is_empty() => name,
            (from, to) if from == to => format!("{name} at `{}`", level(from)),
            (0, to) => format!("{name} at `{}` or less", level(to)),
            (from, to) if to == top => format!("{name} at `{}` or more", level(from)),
            (from, to) => format!("{name} between `{}` and `{}`", level(from), level(to)),
        }
    }
}

/// The title of a yes-or-no option.
fn deed_of(model: &Model, literal: Literal) -> Option<&str> {
    let choice = model.option(literal.option);
    let binary = choice.levels.is_empty();
    choice.title.as_deref().filter(|_| binary)
}

/// Whether all of it can be told as deeds.
fn all_deeds(model: &Model, said: &Said) -> bool {
    match said {
        Said::Constant(_) | Said::Outcome(_) => false,
        Said::Class(_) => true,
        Said::Fact(literal) => deed_of(model, *literal).and_then(verbs::plain).is_some(),
        Said::Not(inner) => all_deeds(model, inner),
        Said::And(parts) | Said::Or(parts) | Said::Count(_, _, parts) => {
            parts.iter().all(|p| all_deeds(model, p))
        }
        Said::If(a, b) | Said::Unless(a, b) | Said::Iff(a, b) => {
            all_deeds(model, a) && all_deeds(model, b)
        }
    }
}

/// The option that a name means in a party's mouth.
fn find(model: &Model, name: &Ref, teller: PartyId) -> Option<OptionId> {
    let named = |o: &OptionId| model.option(*o).name == name.name.as_str();
    let of = |party: PartyId| move |o: &OptionId| named(o) && model.option(*o).owner == party;
    if let Some(party) = &name.party {
        let party = model
            .party_ids()
            .find(|p| model.party(*p).name == party.as_str())?;
        return model.option_ids().find(of(party));
    }
    let own = model.option_ids().find(of(teller));
    own.or_else(|| model.option_ids().find(named))
}

fn same_options(a: &Said, b: &Said) -> bool {
    let sorted = |said: &Said| {
        let mut out = Vec::new();
        options(said, &mut out);
        out.sort_unstable();
        out.dedup();
        out
    };
    let classes = has_class(a);
    classes || sorted(a) == sorted(b)
}

fn has_class(said: &Said) -> bool {
    match said {
        Said::Class(_) => true,
        Said::Constant(_) | Said::Fact(_) | Said::Outcome(_) => false,
        Said::Not(inner) => has_class(inner),
        Said::And(parts) | Said::Or(parts) | Said::Count(_, _, parts) => {
            parts.iter().any(has_class)
        }
        Said::If(a, b) | Said::Unless(a, b) | Said::Iff(a, b) => has_class(a) || has_class(b),
    }
}

fn options(said: &Said, out: &mut Vec<OptionId>) {
    match said {
        Said::Constant(_) | Said::Class(_) | Said::Outcome(_) => {}
        Said::Fact(literal) => out.push(literal.option),
        Said::Not(inner) => options(inner, out),
        Said::And(parts) | Said::Or(parts) | Said::Count(_, _, parts) => {
            for part in parts {
                options(part, out);
            }
        }
        Said::If(a, b) | Said::Unless(a, b) | Said::Iff(a, b) => {
            options(a, out);
            options(b, out);
        }
    }
}

fn not(said: Said) -> Said {
    match said {
        Said::Constant(value) => Said::Constant(!value),
        Said::Not(inner) => *inner,
        other => Said::Not(Box::new(other)),
    }
}

/// All of the parts, or one of them, where `ends` is what settles the whole.
fn joined(parts: Vec<Said>, ends: bool) -> Said {
    if parts.contains(&Said::Constant(ends)) {
        return Said::Constant(ends);
    }
    let mut kept = parts;
    kept.retain(|p| !matches!(p, Said::Constant(_)));
    match <[Said; 1]>::try_from(kept) {
        Ok([one]) => one,
        Err(kept) if kept.is_empty() => Said::Constant(!ends),
        Err(kept) if ends => Said::Or(kept),
        Err(kept) => Said::And(kept),
    }
}

fn counted(count: Count, number: u32, of: Vec<Said>) -> Said {
    let sure = of.iter().filter(|p| **p == Said::Constant(true)).count();
    let still = u32::try_from(sure).ok().and_then(|s| number.checked_sub(s));
    let mut open = of;
    open.retain(|p| !matches!(p, Said::Constant(_)));
    match (count, still) {
        (Count::AtLeast, None | Some(0)) => Said::Constant(true),
        (Count::AtMost | Count::Exactly, None) => Said::Constant(false),
        (_, Some(number)) if open.is_empty() => Said::Constant(match count {
            Count::AtMost => true,
            Count::AtLeast | Count::Exactly => number == 0,
        }),
        (count, Some(number)) => Said::Count(count, number, open),
    }
}
