//! Parties and what they want.

use super::formula::formula_in;
use super::{
    Lower, bargain, child, children, citations, has_keyword, head, keywords, name, names, place,
    record, span_of, text, token, token_span, tokens,
};
use crate::ast::{
    Agent, Attitude, AttitudeDecl, Candidate, Certainty, Direction, Move, Name, OptionDecl, Party,
    Place, Preferences, RankGroup, RankItem, Ratification, Rest, Statement, Strength, Weight,
    WeightedFormula,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn party(&mut self, node: &SyntaxNode) -> Option<Party> {
        use SyntaxKind as K;
        let mut out = Party {
            name: name(node)?,
            title: text(node),
            agents: Vec::new(),
            options: Vec::new(),
            moves: Vec::new(),
            preferences: None,
            candidates: Vec::new(),
            concept: None,
            attitudes: Vec::new(),
            utility: None,
            pace: None,
            ratifiers: Vec::new(),
            ratified: Ratification::All,
            cites: citations(node),
            place: head(node),
        };
        let (mut preferences, mut concept) = (None, None);
        let (mut utility, mut ratified, mut pace) = (None, None, None);
        for item in children(node, K::Block).flat_map(|block| block.children()) {
            match item.kind() {
                K::Agent => out.agents.extend(agent(&item)),
                K::OptionDecl => out.options.extend(option(&item)),
                K::Moves => out.moves.extend(moves(&item)),
                K::Prefers | K::Ranks | K::Weights => {
                    let span = token(&item, K::Keyword).map_or(span_of(&item), |t| token_span(&t));
                    let what = "what a party wants";
                    if self.once(&mut preferences, span, what) {
                        out.preferences = preferences_of(&item);
                    }
                }
                K::Utility if self.once(&mut utility, span_of(&item), "`utility`") => {
                    out.utility = Some(self.utility(&item));
                }
                K::Pace if self.once(&mut pace, span_of(&item), "`acts every`") => {
                    out.pace = record::pace(&item);
                }
                K::Ratifier => out.ratifiers.extend(self.ratifier(&item)),
                K::Ratified if self.once(&mut ratified, span_of(&item), "`ratified by`") => {
                    out.ratified = bargain::ratified(&item).unwrap_or_default();
                }
                K::Attitude => out.attitudes.extend(attitude(&item)),
                K::Candidate => {
                    let span = token(&item, K::Keyword).map_or(span_of(&item), |t| token_span(&t));
                    if out.candidates.is_empty()
                        && out.preferences.is_some()
                        && !self.once(&mut preferences, span, "what a party wants")
                    {
                        continue;
                    }
                    preferences = preferences.or(Some(span));
                    out.candidates.extend(self.candidate(&item));
                }
                K::Concept if self.once(&mut concept, span_of(&item), "`concept`") => {
                    out.concept = name(&item);
                }
                _ => {}
            }
        }
        Some(out)
    }
}

impl Lower<'_> {
    fn candidate(&mut self, node: &SyntaxNode) -> Option<Candidate> {
        use SyntaxKind as K;
        let candidate = name(node)?;
        let (mut first, mut preferences) = (None, None);
        for item in children(node, K::Block).flat_map(|block| block.children()) {
            let span = token(&item, K::Keyword).map_or(span_of(&item), |t| token_span(&t));
            let order = matches!(item.kind(), K::Prefers | K::Ranks | K::Weights);
            if order && self.once(&mut first, span, "what a candidate wants") {
                preferences = preferences_of(&item);
            }
        }
        let block = child(node, K::Block)?;
        if first.is_none() && child(&block, K::Error).is_none() {
            self.diagnostics.push(
                Diagnostic::error(
                    "E0061",
                    format!("candidate `{candidate}` does not say what the party wants"),
                )
                .at(candidate.span(), "")
                .hint("write `prefers { ... }`, `ranks { ... }` or `weights { ... }` in its block"),
            );
        }
        Some(Candidate {
            name: candidate,
            probability: token(node, K::Number).map(|t| t.text().to_owned()),
            title: text(node),
            preferences: preferences?,
            cites: citations(node),
            place: head(node),
        })
    }
}

fn agent(node: &SyntaxNode) -> Option<Agent> {
    use SyntaxKind as K;
    let mut parts = names(node).into_iter();
    Some(Agent {
        name: parts.next()?,
        title: text(node),
        role: child(node, K::Role).and_then(|r| text(&r)),
        track: parts.next(),
        during: match child(node, K::Time) {
            Some(time) => Some(record::when(&time)?),
            None => None,
        },
        cites: citations(node),
        place: place(node),
    })
}

fn attitude(node: &SyntaxNode) -> Option<AttitudeDecl> {
    Some(AttitudeDecl {
        toward: name(node)?,
        attitude: attitude_word(node)?,
        cites: citations(node),
        place: place(node),
    })
}

/// `positive`, `neutral` or `negative`.
pub(super) fn attitude_word(node: &SyntaxNode) -> Option<Attitude> {
    keywords(node).iter().find_map(|word| Attitude::named(word))
}

fn option(node: &SyntaxNode) -> Option<OptionDecl> {
    Some(option_named(name(node)?, node))
}

/// What stands about an option after its name.
pub(super) fn option_named(name: Name, node: &SyntaxNode) -> OptionDecl {
    OptionDecl {
        name,
        title: text(node),
        levels: child(node, SyntaxKind::Levels)
            .map(|l| names(&l))
            .unwrap_or_default(),
        direction: direction(node).unwrap_or_default(),
        stepwise: child(node, SyntaxKind::Stepwise).is_some(),
        cites: citations(node),
        place: place(node),
    }
}

pub(super) fn direction(node: &SyntaxNode) -> Option<Direction> {
    let words = keywords(&child(node, SyntaxKind::Direction)?);
    let has = |word: &str| words.iter().any(|w| w == word);
    Some(if has("reversible") {
        Direction::Both
    } else if has("off") {
        Direction::OnlyOff
    } else {
        Direction::OnlyOn
    })
}

fn moves(node: &SyntaxNode) -> Vec<Move> {
    let mut out = Vec::new();
    for entry in children(node, SyntaxKind::Block).flat_map(|b| b.children()) {
        let mut states = names(&entry).into_iter();
        if entry.kind() != SyntaxKind::MoveEntry {
            continue;
        }
        if let Some(from) = states.next() {
            out.extend(states.map(|to| Move {
                from: from.clone(),
                to,
            }));
        }
    }
    out
}

/// What `prefers`, `ranks` or `weights` say, in a party or in a variant. Citations of the whole
/// block are citations of each of its lines.
pub(super) fn preferences_of(node: &SyntaxNode) -> Option<Preferences> {
    let block = child(node, SyntaxKind::Block)?;
    let words = keywords(node);
    let is = |word: &str| words.iter().any(|w| w == word);
    if is("ranks") {
        return Some(Preferences::Ranks(ranking(&block)));
    }
    let shared = citations(node);
    if is("weights") {
        let lines = children(&block, SyntaxKind::Weighted).filter_map(|w| weighted(&w));
        return Some(Preferences::Weights(lines.collect()));
    }
    let lines = children(&block, SyntaxKind::Statement).filter_map(|s| statement(&s));
    let lines = lines.map(|mut line| {
        line.cites.extend(shared.iter().cloned());
        line
    });
    Some(Preferences::Statements(lines.collect()))
}

pub(super) fn statement(node: &SyntaxNode) -> Option<Statement> {
    let formula = formula_in(node)?;
    let prefix = child(node, SyntaxKind::Prefix);
    let has = |word| prefix.as_ref().is_some_and(|p| has_keyword(p, word));
    let number = |word| number_after(prefix.as_ref()?, word);
    let certainty = match number("maybe") {
        Some(number) => Certainty::Probability(number),
        None if has("maybe") => Certainty::Maybe,
        None => Certainty::Certain,
    };
    let strength = match number("strongly") {
        Some(number) => number.parse().ok().and_then(Strength::of)?,
        None if has("strongly") => Strength::STRONG,
        None => Strength::PLAIN,
    };
    let end = formula.place.0.end.max(span_of(node).start);
    let last = node
        .children()
        .filter(|c| c.kind().is_formula())
        .map(|c| span_of(&c).end)
        .max();
    Some(Statement {
        label: prefix.as_ref().and_then(name),
        certainty,
        strength,
        either_order: has("either"),
        cites: citations(node),
        place: Place(Span::new(span_of(node).start, last.unwrap_or(end))),
        formula,
    })
}

/// The number that follows a word before the colon of a statement.
fn number_after(prefix: &SyntaxNode, word: &str) -> Option<String> {
    let mut tokens = tokens(prefix).filter(|t| !t.kind().is_trivia());
    tokens.find(|t| t.kind() == SyntaxKind::Keyword && t.text() == word)?;
    let number = tokens.next().filter(|t| t.kind() == SyntaxKind::Number)?;
    Some(number.text().to_owned())
}

fn weighted(node: &SyntaxNode) -> Option<WeightedFormula> {
    let mut bounds: Vec<Weight> = Vec::new();
    let mut sign = "";
    for token in tokens(node) {
        match token.kind() {
            SyntaxKind::Minus => sign = "-",
            SyntaxKind::Number => {
                let text = format!("{sign}{}", token.text());
                bounds.push(Weight { text });
                sign = "";
            }
            _ => {}
        }
    }
    let mut bounds = bounds.into_iter();
    Some(WeightedFormula {
        weight: bounds.next()?,
        up_to: bounds.next(),
        formula: formula_in(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn ranking(block: &SyntaxNode) -> Vec<RankGroup> {
    use SyntaxKind as K;
    let mut out: Vec<RankGroup> = Vec::new();
    let mut tied = false;
    for element in block.children_with_tokens() {
        match element.kind() {
            K::Eq => tied = true,
            K::Gt => tied = false,
            K::GtGt => {
                tied = false;
                let degree = u8::try_from(usize::from(element.text_range().len())).ok();
                let strength = degree.and_then(Strength::of).unwrap_or(Strength::MOST);
                if let Some(group) = out.last_mut() {
                    group.strength = strength;
                }
            }
            K::RankItem => {
                let Some(item) = element.as_node().and_then(rank_item) else {
                    continue;
                };
                match out.last_mut() {
                    Some(group) if tied => group.items.push(item),
                    _ => out.push(RankGroup {
                        items: vec![item],
                        strength: Strength::PLAIN,
                    }),
                }
            }
            _ => {}
        }
    }
    out
}

fn rank_item(node: &SyntaxNode) -> Option<RankItem> {
    if let Some(formula) = formula_in(node) {
        return Some(RankItem::Formula(formula));
    }
    if let Some(name) = name(node) {
        return Some(RankItem::State(name));
    }
    has_keyword(node, "rest").then(|| RankItem::Rest(Rest { place: place(node) }))
}
