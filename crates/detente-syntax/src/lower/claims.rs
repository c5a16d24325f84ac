//! Claims.

use super::formula::formula_in;
use super::items::because;
use super::record::{day, likelihood, on_day, when, wording};
use super::{
    Lower, child, children, citations, has_keyword, head, name, names, place, span_of, text, token,
};
use crate::ast::{Came, Claim, ClaimOutcome, Grade, Resolution};
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn claim(&mut self, node: &SyntaxNode) -> Option<Claim> {
        use SyntaxKind as K;
        let mut named = names(node).into_iter();
        let mut out = Claim {
            name: named.next()?,
            title: text(node),
            by: named.next()?,
            said: child(node, K::Said).and_then(|s| day(&s)),
            likelihood: None,
            worded: Vec::new(),
            window: None,
            condition: None,
            resolves: None,
            denies: None,
            advice: false,
            graded: Vec::new(),
            reference: None,
            outcome: None,
            cites: citations(node),
            place: head(node),
        };
        let (mut likely, mut window, mut condition, mut resolves) = (None, None, None, None);
        let (mut denies, mut advice, mut graded) = (None, None, None);
        let (mut reference, mut outcome) = (None, None);
        for line in children(node, K::Block).flat_map(|b| b.children()) {
            let span = span_of(&line);
            match line.kind() {
                K::Likelihood if self.once(&mut likely, span, "how likely it is") => {
                    out.likelihood = likelihood(&line);
                }
                K::Wording => out.worded.extend(wording(&line)),
                K::Window if self.once(&mut window, span, "when it is to come true") => {
                    out.window = child(&line, K::Time).and_then(|t| when(&t));
                }
                K::Condition if self.once(&mut condition, span, "`if`") => {
                    out.condition = resolution(&line);
                }
                K::Resolves if self.once(&mut resolves, span, "what makes it true") => {
                    out.resolves = resolution(&line);
                }
                K::Denies if self.once(&mut denies, span, "`denies`") => {
                    out.denies = name(&line);
                }
                K::Advice if self.once(&mut advice, span, "`advice`") => out.advice = true,
                K::Graded if self.once(&mut graded, span, "`graded`") => {
                    let grades = children(&line, K::GradedOutcome).map(|g| grade(&g));
                    out.graded = grades.collect::<Option<_>>().unwrap_or_default();
                }
                K::AgainstReference if self.once(&mut reference, span, "`reference`") => {
                    out.reference = name(&line);
                }
                K::CameOf if self.once(&mut outcome, span, "`outcome`") => {
                    out.outcome = came_of(&line);
                }
                _ => {}
            }
        }
        Some(out)
    }
}

fn resolution(node: &SyntaxNode) -> Option<Resolution> {
    if !has_keyword(node, "event") {
        return formula_in(node).map(Resolution::State);
    }
    let event = name(node)?;
    Some(if has_keyword(node, "not") {
        Resolution::NoEvent(event)
    } else {
        Resolution::Event(event)
    })
}

fn grade(node: &SyntaxNode) -> Option<Grade> {
    Some(Grade {
        outcome: text(node)?,
        probability: token(node, SyntaxKind::Number)?.text().to_owned(),
        place: place(node),
    })
}

fn came_of(node: &SyntaxNode) -> Option<ClaimOutcome> {
    let came = [
        ("yes", Came::Yes),
        ("no", Came::No),
        ("partly", Came::Partly),
        ("void", Came::Void),
    ];
    let verdict = match text(node) {
        Some(grade) => Came::Grade(grade),
        None => {
            came.into_iter()
                .find(|(word, _)| has_keyword(node, word))?
                .1
        }
    };
    Some(ClaimOutcome {
        verdict,
        on: on_day(node),
        because: because(node),
        cites: citations(node),
        place: place(node),
    })
}
