//! What the parties want, resolved.

use std::collections::HashMap;

use detente_syntax::ast::{self, Certainty};
use detente_syntax::{Diagnostic, Span};

use super::terms::Voice;
use super::{NEVER, Resolver};
use crate::codes;
use crate::expr::{Condition, Expr};
use crate::ids::PartyId;
use crate::model::{Form, Interval, Preferences, RankItem, RankTier, Statement};

impl Resolver<'_> {
    /// What a party wants, in the basic reading; bounds of weights go into `intervals`.
    pub(super) fn preferences(
        &mut self,
        id: PartyId,
        party: &ast::Party,
        intervals: &mut Vec<Interval>,
    ) -> Preferences {
        match &party.preferences {
            None if !party.candidates.is_empty() => Preferences::Unstated,
            // It takes part in the bargaining, and there is nothing else that it could do.
            None if party.utility.is_some() && party.options.is_empty() => Preferences::Unstated,
            None => {
                let (what, hint) = if self.only_packages() {
                    (
                        "all packages are equal to it",
                        "add `utility { ... }`: what packages are worth to it",
                    )
                } else {
                    (
                        "all states are equal to it",
                        "add `prefers { ... }`, most important statement first",
                    )
                };
                self.out.push(
                    Diagnostic::warning(
                        codes::NO_PREFERENCES,
                        format!("nothing is said of what `{}` prefers", party.name),
                    )
                    .at(party.name.span(), what)
                    .hint(hint),
                );
                Preferences::Unstated
            }
            Some(order) => self.order(id, order, intervals),
        }
    }

    /// Whether packages are negotiated, and nothing else can be done.
    fn only_packages(&self) -> bool {
        let document = self.document;
        let acts = |p: &ast::Party| !p.options.is_empty() || !p.moves.is_empty();
        !document.issues.is_empty() && !document.parties.iter().any(acts)
    }

    pub(super) fn order(
        &mut self,
        id: PartyId,
        order: &ast::Preferences,
        intervals: &mut Vec<Interval>,
    ) -> Preferences {
        match order {
            ast::Preferences::Statements(list) => {
                Preferences::Statements(self.statements(id, list))
            }
            ast::Preferences::Ranks(groups) => Preferences::Ranks(self.tiers(id, groups)),
            ast::Preferences::Weights(list) => {
                Preferences::Weights(self.weights(id, list, intervals))
            }
        }
    }

    fn own(&mut self, formula: &ast::Formula, id: PartyId) -> Condition {
        self.formulas
            .condition(formula, Voice::of(id), &mut self.out)
            .unwrap_or_else(|| Condition::synthetic(NEVER, formula.to_string()))
    }

    fn statements(&mut self, id: PartyId, list: &[ast::Statement]) -> Vec<Statement> {
        let mut labels: HashMap<&str, Span> = HashMap::new();
        let mut statements = Vec::new();
        for statement in list {
            self.cites(&statement.cites);
            if let Some(label) = &statement.label
                && let Some(first) = labels.insert(label.as_str(), label.span())
            {
                self.out.push(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        format!("label `{label}` is used twice by one party"),
                    )
                    .at(label.span(), "again here")
                    .see(first, "first here")
                    .hint("give one of them another label"),
                );
            }
            if let Certainty::Probability(text) = &statement.certainty
                && !text.parse::<f64>().is_ok_and(|p| (0.0..=1.0).contains(&p))
            {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_PROBABILITY,
                        format!("`{text}` is no probability"),
                    )
                    .at(statement.place.0, "")
                    .hint("write a number from 0 to 1, such as `maybe 0.4:`"),
                );
            }
            if !statement.certainty.is_certain() || statement.either_order {
                self.doubts.push(statement.place.0);
            }
            statements.push(Statement {
                label: statement.label.as_ref().map(|l| l.text.clone()),
                condition: self.own(&statement.formula, id),
                certainty: statement.certainty.clone(),
                strength: statement.strength,
                either_order: statement.either_order,
                cites: statement.cites.clone(),
            });
        }
        statements
    }

    fn tiers(&mut self, id: PartyId, groups: &[ast::RankGroup]) -> Vec<RankTier> {
        let mut rest: Option<Span> = None;
        let mut tiers = Vec::new();
        for group in groups {
            let mut items = Vec::new();
            for item in &group.items {
                items.push(match item {
                    ast::RankItem::State(name) => RankItem::Matching(self.ranked_state(name)),
                    ast::RankItem::Formula(formula) => RankItem::Matching(self.own(formula, id)),
                    ast::RankItem::Rest(word) => {
                        if let Some(first) = rest.replace(word.place.0) {
                            self.out.push(
                                Diagnostic::error(
                                    codes::DUPLICATE_NAME,
                                    "`rest` can stand in one place of a ranking only",
                                )
                                .at(word.place.0, "again here")
                                .see(first, "first here"),
                            );
                        }
                        RankItem::Rest(word.place)
                    }
                });
            }
            tiers.push(RankTier {
                items,
                strength: group.strength,
            });
        }
        tiers
    }

    fn ranked_state(&mut self, name: &ast::Name) -> Condition {
        let expr = match self.formulas.scope.find_state(name) {
            Err(diagnostic) => {
                self.out.push(diagnostic);
                NEVER
            }
            Ok(index) if self.form == Form::Graph => Expr::Node(index as u32),
            Ok(index) => {
                let settings = self.document.states[index]
                    .settings
                    .as_deref()
                    .unwrap_or(&[]);
                let mut reported_there = Vec::new();
                self.formulas
                    .assignment(settings, &mut reported_there)
                    .map_or(NEVER, |levels| super::formula::exactly(&levels))
            }
        };
        Condition {
            expr,
            text: name.text.clone(),
            span: name.span(),
        }
    }

    fn weights(
        &mut self,
        id: PartyId,
        list: &[ast::WeightedFormula],
        intervals: &mut Vec<Interval>,
    ) -> Vec<(i64, Condition)> {
        let mut weights = Vec::new();
        for line in list {
            self.cites(&line.cites);
            let Some(least) = self.weight(&line.weight, line.place) else {
                continue;
            };
            let mut weight = least;
            if let Some(up_to) = &line.up_to {
                let Some(most) = self.weight(up_to, line.place) else {
                    continue;
                };
                let interval = Interval {
                    line: weights.len(),
                    least,
                    most,
                };
                if most < least {
                    self.out.push(
                        Diagnostic::error(
                            codes::BAD_WEIGHT,
                            format!(
                                "no weight lies between `{}` and `{}`",
                                line.weight.text, up_to.text
                            ),
                        )
                        .at(line.place.0, "")
                        .hint("write the smaller bound first: `-4 .. -2: relief`"),
                    );
                } else if most > least {
                    self.doubts.push(line.place.0);
                    weight = interval.middle();
                    intervals.push(interval);
                }
            }
            weights.push((weight, self.own(&line.formula, id)));
        }
        weights
    }

    fn weight(&mut self, weight: &ast::Weight, place: ast::Place) -> Option<i64> {
        let value = weight.millionths();
        if value.is_none() {
            self.out.push(
                Diagnostic::error(codes::BAD_WEIGHT, format!("`{}` is no weight", weight.text))
                    .at(place.0, "")
                    .hint(
                        "write a decimal number such as `3` or `-2.5`, with at most 12 digits \
                       before and 6 after the point",
                    ),
            );
        }
        value
    }
}
