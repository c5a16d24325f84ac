//! From a GMCR+ file to a document.

use std::collections::HashMap;

use detente_syntax::ast::{
    self, Change, Document, Formula, FormulaKind, Name, OptionDecl, Party, Place, Preferences,
    RankGroup, RankItem, Ratification, Ref, Rest, Rule, Statement, Strength, View,
};
use detente_syntax::{Diagnostic, Span};

use super::conditional::{Literal, as_if, as_iff};
use super::layout::{Layout, Slot};
use super::read::{Compound, File, Problems, RawParty, shorten};
use super::states::{Counter, MAX_WIDTH};
use super::{codes, json, read};

/// A document, and what there is to say of how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The negotiation. Places in it are places in the GMCR+ file.
    pub document: Document,
    /// What was changed or kept apart, with places in the GMCR+ file.
    pub notes: Vec<Diagnostic>,
}

/// Reads the text of a GMCR+ file (`.gmcr`).
///
/// The options of the document stand in the order that GMCR+ gives them on load, so that states
/// have the numbers that GMCR+ shows. Names are made valid and unique; where that changes a name,
/// the file's own is kept as the title. A decision maker without preference statements becomes a
/// party whose preferences are not stated. See [the module](super) for what is read differently.
///
/// # Errors
///
/// Everything that is wrong with the file, in the order of the text, with places in it; see
/// [`codes`].
pub fn import(text: &str) -> Result<Imported, Vec<Diagnostic>> {
    let root = json::parse(text).map_err(|d| vec![d])?;
    let mut problems = Problems::default();
    let Some(file) = read::read(&root, &mut problems) else {
        return Err(problems.finish());
    };
    if !problems.is_empty() {
        return Err(problems.finish());
    }
    let Some(layout) = Layout::new(&file, &mut problems) else {
        return Err(problems.finish());
    };
    let mut importer = Importer {
        file: &file,
        layout,
        problems,
        notes: Vec::new(),
        counter: Counter::default(),
    };
    let document = importer.document();
    if !importer.problems.is_empty() {
        return Err(importer.problems.finish());
    }
    let mut notes = importer.notes;
    notes.sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
    Ok(Imported { document, notes })
}

struct Importer<'f> {
    file: &'f File,
    layout: Layout,
    problems: Problems,
    notes: Vec<Diagnostic>,
    counter: Counter,
}

impl Importer<'_> {
    fn document(&mut self) -> Document {
        let file = self.file;
        self.note_layout();
        let ranking = file.parties.iter().find_map(|p| p.ranking.as_ref());
        let states = ranking.and_then(|r| self.states(&[], r.span));
        let mut views = Vec::new();
        let mut parties = Vec::new();
        for (index, raw) in file.parties.iter().enumerate() {
            let name = self.layout.party_names[index].clone();
            let preferences = match &states {
                Some(states) => self.ranks(raw, states),
                None if file.manual => None,
                None => self.statements(index, raw),
            };
            if !raw.misperceptions.is_empty() {
                views.push(self.view(&name, raw));
            }
            parties.push(Party {
                title: (name != raw.name && !raw.name.is_empty()).then(|| raw.name.clone()),
                name: placed(name, raw.span),
                agents: Vec::new(),
                pace: None,
                options: raw.options.iter().map(|(o, _)| self.option(*o)).collect(),
                moves: Vec::new(),
                preferences,
                candidates: Vec::new(),
                concept: None,
                attitudes: Vec::new(),
                utility: None,
                ratifiers: Vec::new(),
                ratified: Ratification::All,
                cites: Vec::new(),
                place: raw.span.into(),
            });
        }
        if let Some(span) = file.coalitions {
            self.notes.push(
                Diagnostic::note(codes::COALITIONS, "the coalitions of the file are left out")
                    .at(span, "not read")
                    .hint(
                        "analyses of coalitions examine the joint improvements of every coalition",
                    ),
            );
        }
        Document {
            parties,
            never: file
                .infeasibles
                .iter()
                .filter_map(|c| self.rule(c))
                .collect(),
            views,
            ..Document::default()
        }
    }

    fn note_layout(&mut self) {
        let file = self.file;
        for (option, raw) in file.options.iter().enumerate() {
            if let Slot::Fixed(value) = self.layout.places[option] {
                let always = if value { "taken" } else { "not taken" };
                self.notes.push(
                    Diagnostic::note(
                        codes::FIXED_OPTION,
                        format!(
                            "option `{}` is always {always} and is left out",
                            shorten(&raw.name)
                        ),
                    )
                    .at(
                        raw.span,
                        "nobody owns it and an infeasible condition fixes it",
                    ),
                );
            }
        }
        if !self.layout.order.is_sorted() {
            let names: Vec<String> = self
                .layout
                .order
                .iter()
                .take(12)
                .map(|o| format!("`{}`", shorten(&file.options[*o].name)))
                .collect();
            let more = if self.layout.order.len() > 12 {
                ", ..."
            } else {
                ""
            };
            let first = self.layout.order.iter().enumerate().find(|(i, o)| i != *o);
            let span = first
                .and_then(|(_, o)| file.options.get(*o))
                .map(|o| o.span);
            self.notes.push(
                Diagnostic::note(
                    codes::REORDERED,
                    "the options are put in the order of their owners, as GMCR+ does",
                )
                .at(span.unwrap_or_default(), "moved")
                .hint(format!("the order is now {}{more}", names.join(", "))),
            );
        }
    }

    fn option(&self, option: usize) -> OptionDecl {
        let raw = &self.file.options[option];
        let name = self.layout.option_names[option].clone();
        OptionDecl {
            title: (name != raw.name && !raw.name.is_empty()).then(|| raw.name.clone()),
            name: placed(name, raw.span),
            levels: Vec::new(),
            direction: raw.direction,
            stepwise: false,
            cites: Vec::new(),
            place: raw.span.into(),
        }
    }

    /// A literal; options of `home` need no prefix.
    fn literal(&self, (option, taken): Literal, span: Span, home: Option<usize>) -> Formula {
        let owner = match self.layout.places[option] {
            Slot::At { owner, .. } if Some(owner) != home => Some(owner),
            _ => None,
        };
        let atom = formula(
            FormulaKind::Option(Ref {
                party: owner.map(|o| placed(self.layout.party_names[o].clone(), span)),
                name: placed(self.layout.option_names[option].clone(), span),
            }),
            span,
        );
        if taken {
            atom
        } else {
            formula(FormulaKind::Not(Box::new(atom)), span)
        }
    }

    fn simple(&self, literals: &[Literal], span: Span, home: Option<usize>) -> Formula {
        let mut parts: Vec<Formula> = literals
            .iter()
            .map(|l| self.literal(*l, span, home))
            .collect();
        match parts.len() {
            0 => formula(FormulaKind::Constant(true), span),
            1 => parts.remove(0),
            _ => formula(FormulaKind::And(parts), span),
        }
    }

    fn condition(&self, condition: &Compound, home: Option<usize>) -> Formula {
        let members: Vec<(Vec<Literal>, Span)> = condition
            .members
            .iter()
            .filter_map(|m| {
                let cube = self.layout.cube(m)?;
                Some((cube.into_iter().map(|(_, l)| *l).collect(), m.span))
            })
            .collect();
        let span = condition.span;
        let plain: Vec<&[Literal]> = members.iter().map(|(m, _)| m.as_slice()).collect();
        if let Some((then, when)) = as_if(&plain) {
            let then = Box::new(self.literal(then, span, home));
            return formula(
                FormulaKind::If(then, Box::new(self.literal(when, span, home))),
                span,
            );
        }
        if let Some((a, b)) = as_iff(&plain) {
            let a = Box::new(self.literal(a, span, home));
            return formula(
                FormulaKind::Iff(a, Box::new(self.literal(b, span, home))),
                span,
            );
        }
        let mut parts: Vec<Formula> = members
            .iter()
            .map(|(m, span)| self.simple(m, *span, home))
            .collect();
        match parts.len() {
            0 => formula(FormulaKind::Constant(false), span),
            1 => parts.remove(0),
            _ => formula(FormulaKind::Or(parts), span),
        }
    }

    fn rule(&self, condition: &Compound) -> Option<Rule> {
        let formula = self.condition(condition, None);
        // What fixes an option that is left out says nothing more.
        (formula.kind != FormulaKind::Constant(false)).then(|| Rule {
            formula,
            because: None,
            cites: Vec::new(),
            place: condition.span.into(),
        })
    }

    fn statements(&self, index: usize, raw: &RawParty) -> Option<Preferences> {
        let statement = |condition: &Compound| Statement {
            label: None,
            formula: self.condition(condition, Some(index)),
            certainty: ast::Certainty::Certain,
            strength: Strength::PLAIN,
            either_order: false,
            cites: Vec::new(),
            place: condition.span.into(),
        };
        (!raw.preferences.is_empty())
            .then(|| Preferences::Statements(raw.preferences.iter().map(statement).collect()))
    }

    /// The feasible states, ascending, without those that satisfy one of `hidden`; reports when
    /// they cannot be counted.
    fn states(&mut self, hidden: &[Compound], span: Span) -> Option<Vec<u32>> {
        let width = self.layout.order.len();
        let mut rules = Vec::new();
        if width <= MAX_WIDTH {
            rules = self.layout.all_bits(&self.file.infeasibles);
            rules.extend(self.layout.all_bits(hidden));
        }
        let states = self.counter.feasible(width, &rules);
        if states.is_none() {
            let message = if width > MAX_WIDTH {
                format!("states cannot be ranked by number with {width} options")
            } else {
                "there are too many states and infeasible conditions to count the states".to_owned()
            };
            self.problems.push(
                Diagnostic::error(codes::TOO_LARGE, message)
                    .at(span, "")
                    .hint("state preferences by statements in GMCR+ and save the file again"),
            );
        }
        states
    }

    fn ranks(&mut self, raw: &RawParty, states: &[u32]) -> Option<Preferences> {
        let ranking = raw.ranking.as_ref()?;
        if !raw.preferences.is_empty() {
            self.notes.push(
                Diagnostic::note(
                    codes::STATEMENTS_UNUSED,
                    format!(
                        "the preference statements of `{}` are left out",
                        shorten(&raw.name)
                    ),
                )
                .at(
                    raw.preferences_span,
                    "the file ranks states directly instead",
                ),
            );
        }
        let mut seen: HashMap<usize, Span> = HashMap::new();
        let mut groups = Vec::new();
        let mut all_exist = true;
        for group in &ranking.groups {
            let mut items = Vec::new();
            for (number, span) in group {
                let index = number.checked_sub(1).and_then(|n| usize::try_from(n).ok());
                let found = index.and_then(|i| Some((i, *states.get(i)?)));
                let Some((index, state)) = found else {
                    all_exist = false;
                    self.problems.push(
                        Diagnostic::error(
                            codes::NO_SUCH_STATE,
                            format!("there is no state `{number}`"),
                        )
                        .at(*span, "")
                        .hint(match states.len() {
                            0 => "every state is infeasible".to_owned(),
                            n => format!("the feasible states are numbered from 1 to {n}"),
                        }),
                    );
                    continue;
                };
                if let Some(first) = seen.insert(index, *span) {
                    self.problems.push(
                        Diagnostic::error(
                            codes::RANKED_TWICE,
                            format!("state `{number}` is ranked twice"),
                        )
                        .at(*span, "again here")
                        .see(first, "first here")
                        .hint("list each state once"),
                    );
                }
                items.push(self.pattern(state, *span));
            }
            groups.push(RankGroup {
                items,
                strength: Strength::PLAIN,
            });
        }
        if all_exist {
            self.unranked(raw, states, &seen, &mut groups);
        }
        (!groups.is_empty()).then_some(Preferences::Ranks(groups))
    }

    /// Puts the states last that are not ranked because they are not perceived; reports others.
    fn unranked(
        &mut self,
        raw: &RawParty,
        states: &[u32],
        seen: &HashMap<usize, Span>,
        groups: &mut Vec<RankGroup>,
    ) {
        let Some(ranking) = &raw.ranking else { return };
        if seen.len() == states.len() {
            return;
        }
        let perceived = if raw.misperceptions.is_empty() {
            None
        } else {
            match self.states(&raw.misperceptions, raw.misperceptions_span) {
                None => return,
                found => found,
            }
        };
        let mut missing: Vec<String> = perceived
            .as_deref()
            .unwrap_or(states)
            .iter()
            .filter_map(|s| states.binary_search(s).ok())
            .filter(|index| !seen.contains_key(index))
            .take(9)
            .map(|index| format!("`{}`", index + 1))
            .collect();
        let ranked = format!("{} of {} states", seen.len(), states.len());
        let name = shorten(&raw.name);
        if missing.is_empty() {
            self.notes.push(
                Diagnostic::note(
                    codes::UNPERCEIVED_LAST,
                    format!("the states that `{name}` does not perceive are put last"),
                )
                .at(ranking.span, ranked),
            );
            let rest = RankItem::Rest(Rest {
                place: ranking.span.into(),
            });
            groups.push(RankGroup {
                items: vec![rest],
                strength: Strength::PLAIN,
            });
            return;
        }
        let (word, verb) = if missing.len() == 1 {
            ("state", "is")
        } else {
            ("states", "are")
        };
        let more = if missing.len() > 8 { ", ..." } else { "" };
        missing.truncate(8);
        self.problems.push(
            Diagnostic::error(
                codes::NOT_RANKED,
                format!(
                    "{word} {}{more} {verb} not ranked by `{name}`",
                    missing.join(", ")
                ),
            )
            .at(ranking.span, ranked)
            .hint("list every feasible state once, ties in a list of their own: `[1, [2, 3]]`"),
        );
    }

    /// "The state is this one", as a pattern.
    fn pattern(&self, state: u32, span: Span) -> RankItem {
        let mark = |i| if state >> i & 1 == 1 { 'Y' } else { 'N' };
        let text = (0..self.layout.order.len()).map(mark).collect();
        RankItem::Formula(formula(
            FormulaKind::Pattern {
                text,
                place: span.into(),
            },
            span,
        ))
    }

    /// What a decision maker does not perceive, as its view.
    fn view(&mut self, name: &str, raw: &RawParty) -> View {
        let span = raw.misperceptions_span;
        let unseen = raw.misperceptions.iter().filter_map(|c| self.rule(c));
        let changes = unseen.map(Change::Never).collect();
        self.notes.push(
            Diagnostic::note(
                codes::MISPERCEPTIONS,
                format!(
                    "what `{}` does not perceive is left out of its view only",
                    shorten(&raw.name)
                ),
            )
            .at(span, "")
            .hint(format!(
                "it is written as `in the eyes of {name} {{ ... }}`, and `detente perceive` computes with it"
            )),
        );
        View {
            viewer: placed(name.to_owned(), span),
            title: None,
            knows: Vec::new(),
            changes,
            views: Vec::new(),
            cites: Vec::new(),
            place: span.into(),
        }
    }
}

fn formula(kind: FormulaKind, span: Span) -> Formula {
    Formula {
        kind,
        place: Place(span),
    }
}

fn placed(text: String, span: Span) -> Name {
    Name {
        text,
        place: Place(span),
    }
}
