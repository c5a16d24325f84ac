//! Terms and what their lines say.

use super::formula::formula_in;
use super::{
    Lower, child, children, citations, has_keyword, head, name, names, place, span_of, text,
};
use crate::ast::{Communicated, Communication, Meaning, Reading, Stated, Term};
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn term(&mut self, node: &SyntaxNode) -> Option<Term> {
        use SyntaxKind as K;
        let mut out = Term {
            name: name(node)?,
            title: text(node),
            stated: Vec::new(),
            means: None,
            readings: Vec::new(),
            communicated: Vec::new(),
            cites: citations(node),
            place: head(node),
        };
        let mut means = None;
        for line in child(node, K::Block).iter().flat_map(SyntaxNode::children) {
            match line.kind() {
                K::Stated => out.stated.extend(stated(&line)),
                K::Means if self.once(&mut means, span_of(&line), "`means`") => {
                    out.means = meaning(&line);
                }
                K::Reading => out.readings.extend(reading(&line)),
                K::Communicated => out.communicated.extend(communication(&line)),
                _ => {}
            }
        }
        Some(out)
    }
}

fn stated(node: &SyntaxNode) -> Option<Stated> {
    Some(Stated {
        source: name(node)?,
        quote: text(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn meaning(node: &SyntaxNode) -> Option<Meaning> {
    Some(Meaning {
        formula: formula_in(node)?,
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn reading(node: &SyntaxNode) -> Option<Reading> {
    Some(Reading {
        party: name(node)?,
        formula: formula_in(node)?,
        cites: citations(node),
        place: place(node),
    })
}

fn communication(node: &SyntaxNode) -> Option<Communication> {
    // What could not be read has been reported.
    if children(node, SyntaxKind::Error).next().is_some() {
        return None;
    }
    let mut parties = names(node).into_iter();
    let known = if has_keyword(node, "unclear") {
        Communicated::Unclear
    } else if has_keyword(node, "no") {
        Communicated::No
    } else {
        Communicated::Yes
    };
    Some(Communication {
        by: parties.next()?,
        to: parties.next()?,
        known,
        cites: citations(node),
        place: place(node),
    })
}
