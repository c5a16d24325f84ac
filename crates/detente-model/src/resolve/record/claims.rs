//! Claims, resolved.

use std::collections::HashMap;

use detente_syntax::ast::{self, Came};
use detente_syntax::{Diagnostic, Span};

use super::super::{Resolver, scope::suggest};
use super::Names;
use super::events::Calendar;
use crate::codes;
use crate::estimative::{Worded, lint};
use crate::record::{Claim, ClaimKind, ClaimOutcome, Resolution};

impl<'a> Resolver<'a> {
    pub(super) fn claims(&mut self, names: &Names<'a>, calendar: &Calendar<'_>) -> Vec<Claim> {
        let document = self.document;
        let claims = document.claims.iter();
        claims.map(|c| self.claim(names, calendar, c)).collect()
    }

    fn claim(&mut self, names: &Names<'a>, calendar: &Calendar<'_>, claim: &ast::Claim) -> Claim {
        self.cites(&claim.cites);
        let said = claim.said.as_ref().and_then(|d| self.day(d));
        let said = said.or_else(|| self.day_of_sources(&claim.cites));
        let chance = claim.likelihood.as_ref().and_then(|l| self.chance(l));
        let window = claim.window.as_ref().and_then(|w| self.time(w));
        let condition = claim.condition.as_ref();
        let condition = condition.and_then(|r| self.resolution(calendar, r));
        let resolves = claim.resolves.as_ref();
        let resolves = resolves.and_then(|r| self.resolution(calendar, r));
        let denies = claim.denies.as_ref();
        let denies = denies.and_then(|name| self.denied(names, claim, name));
        let reference = claim.reference.as_ref();
        let reference = reference.and_then(|name| self.reference(names, name));
        self.sense(claim);
        let graded = self.graded(claim);
        let outcome = claim.outcome.as_ref().map(|o| self.outcome(claim, o));
        Claim {
            name: claim.name.text.clone(),
            title: claim.title.clone(),
            kind: kind(claim),
            by: claim.by.text.clone(),
            said,
            chance,
            worded: self.wordings(&claim.worded),
            window,
            condition,
            resolves,
            denies,
            graded,
            reference,
            outcome,
            cites: claim.cites.clone(),
            place: claim.place,
        }
    }

    fn resolution(
        &mut self,
        calendar: &Calendar<'_>,
        resolution: &ast::Resolution,
    ) -> Option<Resolution> {
        Some(match resolution {
            ast::Resolution::Event(name) => Resolution::Event(self.good(calendar.find(name))?),
            ast::Resolution::NoEvent(name) => Resolution::NoEvent(self.good(calendar.find(name))?),
            ast::Resolution::State(formula) => Resolution::State(self.neutral(formula)?),
        })
    }

    fn denied(&mut self, names: &Names<'a>, claim: &ast::Claim, name: &ast::Name) -> Option<usize> {
        if *name == claim.name {
            self.out.push(
                Diagnostic::error(codes::BAD_CLAIM, format!("claim `{name}` denies itself"))
                    .at(name.span(), "")
                    .hint("name the claim that it contradicts"),
            );
            return None;
        }
        let found = names.claims.get(name.as_str()).copied();
        if found.is_none() {
            let d = Diagnostic::error(codes::UNKNOWN_CLAIM, format!("there is no claim `{name}`"))
                .at(name.span(), "not declared");
            let known = names.claims.keys().copied();
            self.out.push(suggest(d, name.as_str(), known, "claims"));
        }
        found
    }

    fn reference(&mut self, names: &Names<'a>, name: &ast::Name) -> Option<usize> {
        let found = names.references.get(name.as_str()).copied();
        if found.is_none() {
            let d = Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                format!("there is no reference class `{name}`"),
            )
            .at(name.span(), "not declared");
            let known = names.references.keys().copied();
            let d = suggest(d, name.as_str(), known, "reference classes");
            self.out.push(match d.hint {
                Some(_) => d,
                None => d.hint(format!(
                    "declare it: `reference {name} \"Of what it consists\" 0.15 .. 0.2`"
                )),
            });
        }
        found
    }

    /// What of a claim does not go together, and how it is worded.
    fn sense(&mut self, claim: &ast::Claim) {
        let span = claim.place.0;
        let name = &claim.name;
        let nothing = claim.resolves.is_none() && claim.graded.is_empty();
        if claim.condition.is_some() && nothing && claim.denies.is_none() {
            self.wrong(
                span,
                format!("claim `{name}` has an `if` and no `then`"),
                "say what is claimed if the condition holds: `then class \"vague text\"`",
            );
        }
        if claim.denies.is_some() && claim.advice {
            self.wrong(
                span,
                format!("claim `{name}` is advice and a denial at once"),
                "make two claims of it",
            );
        }
        if !claim.graded.is_empty() && (claim.likelihood.is_some() || claim.resolves.is_some()) {
            self.wrong(
                span,
                format!("claim `{name}` is graded, and has another likelihood or resolution"),
                "make two claims of it",
            );
        }
        if claim.likelihood.is_some()
            && !claim.advice
            && (claim.window.is_none() || claim.resolves.is_none())
        {
            let what = match (&claim.window, &claim.resolves) {
                (None, None) => "neither a window nor a resolution",
                (None, Some(_)) => "no window",
                _ => "no resolution",
            };
            self.out.push(
                Diagnostic::note(
                    codes::UNRESOLVED,
                    format!("claim `{name}` has a likelihood and {what}: it cannot be scored by itself"),
                )
                .at(span, "")
                .hint("say when and by what it comes true: `by 2019-03-05`, `resolves when event hanoi`"),
            );
        }
        for found in claim.title.as_deref().map(lint).unwrap_or_default() {
            // A claim that has a likelihood says its degree beside its title.
            if found.what == Worded::Vague && (claim.likelihood.is_some() || claim.advice) {
                continue;
            }
            self.out.push(
                Diagnostic::note(codes::ESTIMATIVE_WORDS, found.message())
                    .at(span, "in this title")
                    .hint(found.what.hint()),
            );
        }
    }

    fn wrong(&mut self, span: Span, message: String, hint: &str) {
        self.out.push(
            Diagnostic::error(codes::BAD_CLAIM, message)
                .at(span, "")
                .hint(hint),
        );
    }

    /// Ordered outcomes with their probabilities.
    fn graded(&mut self, claim: &ast::Claim) -> Vec<(String, String)> {
        let Some(first) = claim.graded.first() else {
            return Vec::new();
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut sum = 0_u64;
        let mut good = true;
        for grade in &claim.graded {
            if let Some(before) = seen.insert(&grade.outcome, grade.place.0) {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_GRADES,
                        format!("`{}` stands twice among the outcomes", grade.outcome),
                    )
                    .at(grade.place.0, "again here")
                    .see(before, "first here"),
                );
            }
            if let Some(value) = ast::probability(&grade.probability) {
                sum = sum.saturating_add(value);
            } else {
                good = false;
                self.bad_probability(&grade.probability, grade.place.0);
            }
        }
        if good && sum != 1_000_000 {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_GRADES,
                    format!(
                        "the probabilities of claim `{}` sum to {}",
                        claim.name,
                        ast::decimal(sum)
                    ),
                )
                .at(first.place.0, "the first of them")
                .hint("let them sum to 1; add what is left out, as `\"anything else\" 0.1`"),
            );
        }
        if claim.graded.len() == 1 {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_GRADES,
                    format!("claim `{}` has only one outcome", claim.name),
                )
                .at(first.place.0, "")
                .hint("list the ordered outcomes, worst or least first"),
            );
        }
        let grades = claim.graded.iter();
        grades
            .map(|g| (g.outcome.clone(), g.probability.clone()))
            .collect()
    }

    fn outcome(&mut self, claim: &ast::Claim, outcome: &ast::ClaimOutcome) -> ClaimOutcome {
        self.cites(&outcome.cites);
        let span = outcome.place.0;
        match &outcome.verdict {
            Came::Grade(text) if !claim.graded.iter().any(|g| g.outcome == *text) => {
                let d = Diagnostic::error(
                    codes::BAD_GRADES,
                    format!("`{text}` is none of the outcomes of claim `{}`", claim.name),
                )
                .at(span, "");
                let known = claim.graded.iter().map(|g| g.outcome.as_str());
                let d = suggest(d, text, known, "outcomes");
                self.out.push(match d.hint {
                    Some(_) => d,
                    None => {
                        d.hint("the claim is not graded: write `yes`, `no`, `partly` or `void`")
                    }
                });
            }
            Came::Yes | Came::No | Came::Partly if !claim.graded.is_empty() => self.wrong(
                span,
                format!("claim `{}` is graded: which outcome came?", claim.name),
                "write one of its outcomes in quotes, or `void`",
            ),
            _ => {}
        }
        ClaimOutcome {
            verdict: outcome.verdict.clone(),
            on: outcome.on.as_ref().and_then(|d| self.day(d)),
            because: outcome.because.clone(),
            cites: outcome.cites.clone(),
            place: outcome.place,
        }
    }
}

/// What kind of claim it is; see [`ast::Claim`].
fn kind(claim: &ast::Claim) -> ClaimKind {
    let forecast = claim.likelihood.is_some()
        || claim.window.is_some()
        || claim.resolves.is_some()
        || !claim.graded.is_empty();
    if claim.advice {
        ClaimKind::Advice
    } else if claim.denies.is_some() {
        ClaimKind::Denial
    } else if claim.condition.is_some() {
        ClaimKind::Conditional
    } else if forecast {
        ClaimKind::Forecast
    } else {
        ClaimKind::Assertion
    }
}
