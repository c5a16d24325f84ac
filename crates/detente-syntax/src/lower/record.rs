//! Days, tracks, reference classes and commitments.

use super::bargain::{amount, quantity};
use super::formula::formula_in;
use super::terms::reading;
use super::variant::references;
use super::{
    Lower, child, children, citations, has_keyword, head, keywords, name, names, place, span_of,
    text, token, tokens,
};
use crate::ast::{Commitment, Day, Likelihood, Mandate, Pace, Reference, Track, When, Wording};
use crate::kind::{SyntaxKind, SyntaxNode};
use crate::lexer::unquote;

/// What a day node says.
fn as_day(node: &SyntaxNode) -> Option<Day> {
    let said = tokens(node).find(|t| !t.kind().is_trivia())?;
    let text = match said.kind() {
        SyntaxKind::String => unquote(said.text()),
        _ => said.text().to_owned(),
    };
    Some(Day {
        text,
        place: place(node),
    })
}

/// The first day directly in a node.
pub(super) fn day(node: &SyntaxNode) -> Option<Day> {
    child(node, SyntaxKind::Day).and_then(|d| as_day(&d))
}

/// What a time node says.
pub(super) fn when(node: &SyntaxNode) -> Option<When> {
    let mut days = children(node, SyntaxKind::Day).map(|d| as_day(&d));
    let first = days.next()??;
    let word = keywords(node).into_iter().next();
    Some(match word.as_deref() {
        Some("between") => When::Between(first, days.next()??),
        Some("by") => When::By(first),
        Some("from") => When::From(first),
        Some("until") => When::Until(first),
        _ if token(node, SyntaxKind::DotDot).is_some() => When::During(first, days.next()??),
        _ => When::On(first),
    })
}

/// The day of `on 2018-06-12` in a node.
pub(super) fn on_day(node: &SyntaxNode) -> Option<Day> {
    child(node, SyntaxKind::OnDay).and_then(|n| day(&n))
}

pub(super) fn likelihood(node: &SyntaxNode) -> Option<Likelihood> {
    let words = keywords(node).join(" ");
    let number = token(node, SyntaxKind::Number).map(|t| t.text().to_owned());
    let words = (words != "chance").then_some(words);
    let known = |w: &String| crate::ast::estimative::WORDS.contains(&w.as_str());
    if !words.as_ref().map_or(number.is_some(), known) {
        return None;
    }
    Some(Likelihood {
        words,
        number,
        place: place(node),
    })
}

pub(super) fn track(node: &SyntaxNode) -> Option<Track> {
    Some(Track {
        name: name(node)?,
        title: text(node),
        binds: match child(node, SyntaxKind::Mandate) {
            Some(binds) => Some(mandate(&binds)?),
            None => None,
        },
        hands_to: child(node, SyntaxKind::HandsTo).and_then(|h| name(&h)),
        cites: citations(node),
        place: head(node),
    })
}

pub(super) fn mandate(node: &SyntaxNode) -> Option<Mandate> {
    if has_keyword(node, "all") {
        return Some(Mandate::All);
    }
    if has_keyword(node, "nothing") {
        return Some(Mandate::Nothing);
    }
    let options = references(node);
    (!options.is_empty()).then_some(Mandate::Options(options))
}

pub(super) fn pace(node: &SyntaxNode) -> Option<Pace> {
    Some(Pace {
        days: amount(&child(node, SyntaxKind::Amount)?)?,
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn reference_class(node: &SyntaxNode) -> Option<Reference> {
    let mut title = None;
    let mut classes = Vec::new();
    let mut of_classes = false;
    for token in tokens(node) {
        match token.kind() {
            SyntaxKind::Keyword if token.text() == "for" => of_classes = true,
            SyntaxKind::String if of_classes => classes.push(unquote(token.text())),
            SyntaxKind::String => title = Some(unquote(token.text())),
            _ => {}
        }
    }
    Some(Reference {
        name: name(node)?,
        title,
        chance: quantity(node)?,
        classes,
        cites: citations(node),
        place: head(node),
    })
}

pub(super) fn wording(node: &SyntaxNode) -> Option<Wording> {
    Some(Wording {
        text: text(node)?,
        cites: citations(node),
        place: place(node),
    })
}

impl Lower<'_> {
    pub(super) fn commitment(&mut self, node: &SyntaxNode) -> Option<Commitment> {
        use SyntaxKind as K;
        let listed = |kind| child(node, kind).map(|n| names(&n)).unwrap_or_default();
        let mut out = Commitment {
            name: name(node)?,
            title: text(node),
            by: listed(K::Bound),
            to: listed(K::Toward),
            on: on_day(node),
            texts: Vec::new(),
            quoted: Vec::new(),
            terms: Vec::new(),
            readings: Vec::new(),
            kept: None,
            cites: citations(node),
            place: head(node),
        };
        if out.by.is_empty() {
            return None;
        }
        let mut kept = None;
        for line in children(node, K::Block).flat_map(|b| b.children()) {
            match line.kind() {
                K::Wording if has_keyword(&line, "text") => out.texts.extend(wording(&line)),
                K::Wording => out.quoted.extend(wording(&line)),
                K::HeldTerm => out.terms.extend(name(&line)),
                K::Reading => out.readings.extend(reading(&line)),
                K::KeptWhen if self.once(&mut kept, span_of(&line), "`kept when`") => {
                    out.kept = formula_in(&line);
                }
                _ => {}
            }
        }
        Some(out)
    }
}
