//! Options and conditions in plain words, without what is hidden from the reader.

use detente_analysis::standpoint::unthinkable;
use detente_model::{Condition, Expr, Model, OptionId, PartyId};

use super::Asked;
use super::said::Said;

/// In whose words things are told.
pub(super) struct Words<'a> {
    truth: &'a Model,
    seen: &'a Model,
    pub(super) reader: PartyId,
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

    pub(super) fn option(&self, model: &Model, option: OptionId) -> String {
        let choice = model.option(option);
        let title = choice.title.as_deref().unwrap_or(&choice.name);
        if choice.owner == self.reader {
            return format!("\"{title}\" (you)");
        }
        format!("\"{title}\" ({})", model.party(choice.owner).name)
    }

    /// What the reader takes a condition to say, as `teller`, one of whose options a name without a party means, has
    /// written it. What a `wanter` is said to want of itself is told as `to dismantle Yongbyon`.
    pub(super) fn told(
        &self,
        model: &Model,
        condition: &Condition,
        teller: PartyId,
        wanter: Option<PartyId>,
    ) -> Told {
        match self.said(model, condition, teller) {
            Said::Constant(value) => Told::Constant(value),
            said => Told::Words(self.sentence(model, &said, wanter)),
        }
    }

    /// Whether the reader knows of all that a condition mentions.
    pub(super) fn knows_all(&self, model: &Model, expr: &Expr) -> bool {
        expr.options().into_iter().all(|o| self.knows(model, o))
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
