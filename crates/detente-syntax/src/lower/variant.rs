//! Variants and their changes.

use super::formula::formula_in;
use super::items::{consequence, prohibition, rule, status_quo_of};
use super::party::{attitude_word, direction, preferences_of, statement};
use super::view::invention;
use super::{
    Lower, as_reference, child, children, citations, has_keyword, head, name, names, text, token,
    token_span,
};
use crate::ast::{
    Change, FormulaKind, Position, PreferenceEdit, Preferences, Ref, Statement, StatementEdit,
    Target, Variant,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn variant(&mut self, node: &SyntaxNode) -> Option<Variant> {
        let blocks = children(node, SyntaxKind::Block);
        let changes = blocks
            .flat_map(|block| block.children())
            .filter_map(|c| self.change(&c));
        let changes = changes.collect();
        Some(Variant {
            name: name(node)?,
            title: text(node),
            extends: child(node, SyntaxKind::Extends)
                .map(|e| names(&e))
                .unwrap_or_default(),
            changes,
            place: head(node),
        })
    }

    pub(super) fn change(&mut self, node: &SyntaxNode) -> Option<Change> {
        use SyntaxKind as K;
        Some(match node.kind() {
            K::Never => Change::Never(rule(node)?),
            K::When => Change::When(consequence(node)?),
            K::NoMove => Change::NoMove(prohibition(node)?),
            K::StatusQuo => Change::StatusQuo(status_quo_of(node)?),
            K::Term => Change::Term(self.term(node)?),
            K::WithoutNever => Change::WithoutNever(formula_in(node)?),
            K::WithoutWhen => Change::WithoutWhen(formula_in(node)?),
            K::View => Change::View(self.view(node)?),
            K::WithoutView => Change::WithoutView(name(node)?),
            K::Hides => {
                let options = references(node);
                if options.is_empty() {
                    return None;
                }
                Change::Hide(options)
            }
            K::Invents => invention(node)?,
            K::ChangeConcept => {
                let mut parts = names(node).into_iter();
                Change::Concept {
                    party: parts.next()?,
                    concept: parts.next()?,
                }
            }
            K::ChangeAttitude => {
                let mut parts = names(node).into_iter();
                Change::Attitude {
                    party: parts.next()?,
                    toward: parts.next()?,
                    attitude: attitude_word(node)?,
                }
            }
            K::ChangeDirection => {
                let options = references(node);
                if options.is_empty() {
                    return None;
                }
                Change::Direction {
                    direction: direction(node)?,
                    options,
                }
            }
            K::ChangePreferences => {
                let edit = self.preference_edit(node)?;
                let shared = match &edit {
                    PreferenceEdit::Replace(Preferences::Ranks(_)) | PreferenceEdit::Edit(_) => {
                        citations(node)
                    }
                    PreferenceEdit::Replace(_) => Vec::new(),
                };
                Change::Preferences {
                    party: name(node)?,
                    edit,
                    cites: shared,
                }
            }
            _ => return None,
        })
    }

    fn preference_edit(&mut self, node: &SyntaxNode) -> Option<PreferenceEdit> {
        use SyntaxKind as K;
        let block = child(node, K::Block)?;
        let is_edit = |kind| {
            matches!(
                kind,
                K::Drop | K::Insert | K::MoveEdit | K::Swap | K::Settle
            )
        };
        if !block.children().any(|c| is_edit(c.kind())) {
            return preferences_of(node).map(PreferenceEdit::Replace);
        }
        let edits = block.children().filter_map(|c| self.edit(&c)).collect();
        Some(PreferenceEdit::Edit(edits))
    }

    fn edit(&mut self, node: &SyntaxNode) -> Option<StatementEdit> {
        use SyntaxKind as K;
        let mut targets = children(node, K::Target).map(|t| target(&t));
        let at = child(node, K::Position).and_then(|p| position(&p));
        Some(match node.kind() {
            K::Drop => StatementEdit::Drop(targets.next()??),
            K::Settle => StatementEdit::Settle(targets.next()??),
            K::MoveEdit => StatementEdit::Move {
                statement: targets.next()??,
                to: at?,
            },
            K::Swap => StatementEdit::Swap(targets.next()??, targets.next()??),
            K::Insert => {
                let mut statement = statement(&child(node, K::Statement)?)?;
                statement.cites.extend(citations(node));
                self.unfold(&mut statement)?;
                StatementEdit::Insert { statement, at: at? }
            }
            _ => return None,
        })
    }

    /// A formula in quotes is inserted as that formula, unless it is a pattern of states.
    fn unfold(&mut self, statement: &mut Statement) -> Option<()> {
        let FormulaKind::Pattern { text, place } = &statement.formula.kind else {
            return Some(());
        };
        if text.chars().all(|c| matches!(c, 'Y' | 'N' | '-')) {
            return Some(());
        }
        let span = place.0;
        match crate::parse_formula(text) {
            Ok(formula) => {
                statement.formula = formula.placed(span.into());
                Some(())
            }
            Err(diagnostic) => {
                self.diagnostics.push(inside(diagnostic, span));
                None
            }
        }
    }
}

pub(super) fn references(node: &SyntaxNode) -> Vec<Ref> {
    children(node, SyntaxKind::Ref)
        .filter_map(|r| as_reference(&r))
        .collect()
}

/// What is wrong with a text in quotes, as said of the whole text.
fn inside(diagnostic: Diagnostic, span: Span) -> Diagnostic {
    Diagnostic {
        related: Vec::new(),
        ..diagnostic.at(span, "in this formula")
    }
}

fn target(node: &SyntaxNode) -> Option<Target> {
    if let Some(name) = name(node) {
        return Some(Target::Name(name));
    }
    let quoted = token(node, SyntaxKind::String)?;
    Some(Target::Text {
        text: text(node)?,
        place: token_span(&quoted).into(),
    })
}

fn position(node: &SyntaxNode) -> Option<Position> {
    if has_keyword(node, "first") {
        return Some(Position::First);
    }
    if has_keyword(node, "last") {
        return Some(Position::Last);
    }
    let target = target(&child(node, SyntaxKind::Target)?)?;
    Some(if has_keyword(node, "before") {
        Position::Before(target)
    } else {
        Position::After(target)
    })
}
