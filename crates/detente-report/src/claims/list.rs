//! What became of claims, as a serialisable finding.

use detente_analysis::claims::score::{Score, number};
use detente_analysis::claims::{Saying, Standing};
use detente_analysis::model::estimative::Chance;
use detente_analysis::model::record::{Claim, When};
use detente_analysis::model::syntax::ast::Came;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, words};
use crate::terms::cited;

/// What `claims` finds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Claims {
    /// What this is: `detente-claims/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day on which claims were judged.
    pub as_of: Option<String>,
    /// The claims, in the order of the file.
    pub claims: Vec<ClaimFinding>,
    /// The names of claims whose rule and stated outcome differ.
    pub contradicted: Vec<String>,
    /// The names of claims whose time is over and of which nothing says what came.
    pub due: Vec<String>,
}

/// What was found of one claim.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClaimFinding {
    /// Its name.
    pub name: String,
    /// What is claimed.
    pub title: Option<String>,
    /// Who says so.
    pub by: String,
    /// `forecast`, `conditional`, `assertion`, `denial` or `advice`.
    pub kind: String,
    /// When it was said.
    pub said: Option<String>,
    /// How likely it is said to be, in words with band and number.
    pub likelihood: Option<String>,
    /// The probability that counts; `null` when none is given.
    pub probability: Option<f64>,
    /// Whether that is only the middle of a word's band.
    pub assumed: bool,
    /// The band of the word, if one is given.
    pub band: Option<BandFinding>,
    /// Ordered outcomes with their probabilities.
    pub graded: Vec<GradeFinding>,
    /// When it is to come true.
    pub window: Option<WindowFinding>,
    /// The condition under which alone it is claimed.
    pub condition: Option<String>,
    /// What makes it true.
    pub resolves: Option<String>,
    /// The claim that it denies.
    pub denies: Option<String>,
    /// The claims by which it is denied, with their speakers: `no_ffvd (author)`.
    pub denied_by: Vec<String>,
    /// `open`, `due`, `unjudged`, `yes`, `no`, `partly`, `void` or `grade`.
    pub standing: String,
    /// The grade that came.
    pub grade: Option<String>,
    /// Since when it is decided.
    pub on: Option<String>,
    /// Why it stands so.
    pub why: String,
    /// Why in the analyst's words, where the file states the outcome.
    pub because: Option<String>,
    /// Where the outcome is known from.
    pub outcome_cites: Vec<String>,
    /// What the rule says, where it differs from the stated outcome, which counts.
    pub contradiction: Option<ContradictionFinding>,
    /// The Brier score, single form, 0 (best) to 1; `null` when it is not scored.
    pub brier: Option<f64>,
    /// Where the claim is known from.
    pub cites: Vec<String>,
}

/// The band of a word of estimative probability.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BandFinding {
    /// The word.
    pub word: String,
    /// Its least probability.
    pub least: f64,
    /// Its most.
    pub most: f64,
}

/// One of ordered outcomes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GradeFinding {
    /// What it is.
    pub outcome: String,
    /// Its probability.
    pub probability: f64,
}

/// A window of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowFinding {
    /// The first day; `null` when it has no beginning.
    pub first: Option<String>,
    /// The last day; `null` when it has no end.
    pub last: Option<String>,
    /// In words.
    pub text: String,
}

/// What a rule says against a stated outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContradictionFinding {
    /// What follows from the rule.
    pub rule: String,
    /// Why.
    pub why: String,
    /// What the file states.
    pub stated: String,
}

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_>) -> Claims {
    let claims = found.model.record.claims.iter().enumerate();
    let claims: Vec<ClaimFinding> = claims
        .map(|(place, claim)| one(found, place, claim))
        .collect();
    let named = |wanted: fn(&ClaimFinding) -> bool| {
        let names = claims.iter().filter(|c| wanted(c)).map(|c| c.name.clone());
        names.collect::<Vec<_>>()
    };
    Claims {
        format: "detente-claims/1".to_owned(),
        negotiation: found.model.title.clone(),
        as_of: found.model.as_of.map(|d| d.to_string()),
        contradicted: named(|c| c.contradiction.is_some()),
        due: named(|c| c.standing == "due"),
        claims,
    }
}

pub(super) fn band(chance: &Chance) -> Option<BandFinding> {
    chance.band.map(|band| BandFinding {
        word: band.likelihood.to_owned(),
        least: number(band.least * 10_000),
        most: number(band.most * 10_000),
    })
}

pub(super) fn window(when: When) -> WindowFinding {
    WindowFinding {
        first: when.first().map(|d| d.to_string()),
        last: when.last().map(|d| d.to_string()),
        text: words::window(when),
    }
}

fn one(found: &Found<'_>, place: usize, claim: &Claim) -> ClaimFinding {
    let model = found.model;
    let judged = found.judged.get(place);
    let claims = &model.record.claims;
    let forecast = found.questions.get(place).and_then(|q| q.forecasts.first());
    let graded = match forecast.map(|f| &f.saying) {
        Some(Saying::Graded(grades)) => grades
            .iter()
            .map(|(outcome, p)| GradeFinding {
                outcome: outcome.clone(),
                probability: number(*p),
            })
            .collect(),
        _ => Vec::new(),
    };
    let denials = claims.iter().filter(|c| c.denies == Some(place));
    let standing = judged.map(|j| &j.standing);
    let stated = claim
        .outcome
        .as_ref()
        .filter(|_| judged.is_some_and(|j| j.reason == detente_analysis::claims::Reason::Stated));
    ClaimFinding {
        name: claim.name.clone(),
        title: claim.title.clone(),
        by: claim.by.clone(),
        kind: words::kind(claim.kind).to_owned(),
        said: claim.said.map(|d| d.to_string()),
        likelihood: claim.chance.map(|c| c.to_string()),
        probability: claim.chance.map(|c| number(c.used())),
        assumed: claim.chance.is_some_and(Chance::is_assumed),
        band: claim.chance.as_ref().and_then(band),
        graded,
        window: claim.window.map(window),
        condition: claim
            .condition
            .as_ref()
            .map(|c| words::resolution(model, c)),
        resolves: claim.resolves.as_ref().map(|r| words::resolution(model, r)),
        denies: claim
            .denies
            .and_then(|d| claims.get(d))
            .map(|c| c.name.clone()),
        denied_by: denials.map(|c| format!("{} ({})", c.name, c.by)).collect(),
        standing: standing.map_or("unjudged", words::standing).to_owned(),
        grade: match standing {
            Some(Standing::Came(Came::Grade(grade))) => Some(grade.clone()),
            _ => None,
        },
        on: judged.and_then(|j| j.on).map(|d| d.to_string()),
        why: judged.map_or_else(String::new, |j| words::why(model, claim, &j.reason)),
        because: stated.and_then(|o| o.because.clone()),
        outcome_cites: stated.map_or_else(Vec::new, |o| cited(&o.cites)),
        contradiction: judged.and_then(|j| j.contradiction.as_ref()).map(|c| {
            ContradictionFinding {
                rule: words::came(&c.rule).to_owned(),
                why: words::why(model, claim, &c.reason),
                stated: words::came(&c.stated).to_owned(),
            }
        }),
        brier: match found.scores.questions.get(place).map(|s| &s.score) {
            Some(Score::Binary(binary)) => Some(binary.brier),
            _ => None,
        },
        cites: cited(&claim.cites),
    }
}
