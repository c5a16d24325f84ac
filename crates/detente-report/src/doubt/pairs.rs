//! Doubt by pairs of states: what is unknown, fuzzy or probable about each preference.

use detente_analysis::doubt::Family;
use detente_analysis::model::syntax::ast::decimal;
use detente_analysis::relation::{Extension, Known, Tri};
use detente_analysis::{Concept, Game, StateSet};
use indexmap::IndexMap;

use super::words;
use super::{DoubtPairs, PairsTable};
use crate::build::{self, name_of};
use crate::style::{Look, Page};
use crate::words as common;

/// How many states are listed.
const SHOWN: usize = 30;

/// What was asked, and what was found.
pub struct PairsAsked<'a, 'g, 'm> {
    /// The family of completions.
    pub family: &'a Family<'g, 'm>,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// `unknown`, `fuzzy` or `probabilistic`.
    pub by: &'a str,
    /// What parties act on, by name, in millionths.
    pub limits: Vec<(String, u32)>,
    /// Whether all probabilities are exact.
    pub exact: bool,
    /// What is known of each pair; only by `unknown`.
    pub tri: Option<&'a Tri>,
    /// For each table the extension, the concept and the equilibria.
    pub tables: Vec<(Option<Extension>, Concept, StateSet)>,
}

/// Puts what was found into its serialisable form.
pub fn pairs(asked: &PairsAsked<'_, '_, '_>) -> DoubtPairs {
    let game = asked.family.game();
    let model = game.model;
    let unknown = asked.tri.map(|tri| unknown_pairs(game, tri));
    let holds = |state| asked.tables.iter().any(|(.., set)| set.contains(state));
    let shown = game.space.ids().filter(|s| holds(*s));
    DoubtPairs {
        format: "detente-doubt-pairs/1".to_owned(),
        negotiation: model.title.clone(),
        variants: asked.variants.to_vec(),
        by: asked.by.to_owned(),
        limits: asked.limits.iter().cloned().collect(),
        exact: asked.exact,
        unknown_pairs: unknown.unwrap_or_default(),
        assumptions: if asked.tri.is_some() {
            Vec::new()
        } else {
            words::assumptions(asked.family)
        },
        tables: asked
            .tables
            .iter()
            .map(|(extension, concept, set)| PairsTable {
                extension: extension.map(|e| e.id().to_owned()),
                concept: name_of(model, *concept),
                equilibria: set.iter().map(|s| game.id(s)).collect(),
            })
            .collect(),
        states: shown.map(|s| build::state(game, s)).collect(),
    }
}

/// For each party the number of ordered pairs of states of which it is not known whether the first is
/// preferred.
pub(crate) fn unknown_pairs(game: &Game<'_>, tri: &Tri) -> IndexMap<String, usize> {
    let of = |party| {
        let unknown = |a, b| tri.known(party, a, b) == Known::Unknown;
        let second = |a| game.space.ids().filter(move |b| unknown(a, *b)).count();
        let count: usize = game.space.ids().map(second).sum();
        (game.model.party(party).name.clone(), count)
    };
    game.model.party_ids().map(of).collect()
}

/// The report as a person reads it in a terminal.
pub fn pairs_text(asked: &PairsAsked<'_, '_, '_>, finding: &DoubtPairs, look: Look) -> String {
    let game = asked.family.game();
    let mut page = Page::new(look);
    page.heading_here(game.model.display_title());
    if !asked.variants.is_empty() {
        let names = asked.variants.join(", ");
        page.line(&format!("with the changes of {names}"));
    }
    page.gap();
    let about = match asked.by {
        "unknown" => {
            "What is preferred in some completions only counts as unknown. The extensions differ in \
             what is made of that:"
        }
        "fuzzy" => {
            "A party acts on a preference when the probability that it has it exceeds the probability \
             of the opposite by its threshold; a tie counts half for each side."
        }
        _ => {
            "A party leaves for what it prefers with probability alpha or more, is held back by what \
             it prefers with less than beta, and opponents take steps that they prefer with gamma or \
             more."
        }
    };
    page.paragraph(about);
    if asked.tri.is_some() {
        for extension in Extension::ALL {
            let text = format!("{}: {}", extension.id(), extension.summary());
            page.hanging("  ", "     ", &text);
        }
        let counts = finding.unknown_pairs.iter();
        let counts: Vec<String> = counts.map(|(p, n)| format!("{p} {n}")).collect();
        page.gap_once();
        page.paragraph(&format!(
            "Ordered pairs of states of which it is not known whether the first is preferred: {}.",
            counts.join(", ")
        ));
    } else {
        let limits = finding.limits.iter();
        let limits: Vec<String> = limits
            .map(|(name, value)| format!("{name} {}", decimal(*value)))
            .collect();
        page.gap_once();
        page.paragraph(&format!("{}.", limits.join(", ")));
        if !asked.exact {
            page.paragraph("Some probabilities were found by drawing completions.");
        }
        if !finding.assumptions.is_empty() {
            page.heading("Assumed");
            for assumption in &finding.assumptions {
                page.hanging("  ", "    ", assumption);
            }
        }
    }
    page.heading("Equilibria");
    let mut header = vec!["state".to_owned()];
    header.extend(finding.tables.iter().map(|table| match &table.extension {
        Some(extension) => format!("{} {extension}", table.concept),
        None => table.concept.clone(),
    }));
    let rows: Vec<Vec<String>> = game
        .space
        .ids()
        .filter(|s| asked.tables.iter().any(|(.., set)| set.contains(*s)))
        .map(|state| {
            let mut row = vec![common::brief(game, state)];
            row.extend(asked.tables.iter().map(|(.., set)| {
                let holds = set.contains(state);
                if holds { "yes" } else { "-" }.to_owned()
            }));
            row
        })
        .collect();
    let shown = rows.get(..rows.len().min(SHOWN)).unwrap_or_default();
    let left = vec![false; header.len()];
    page.table(&header, shown, &left);
    if rows.len() > SHOWN {
        page.more(rows.len() - SHOWN);
    }
    page.finish()
}
