//! Forecasts in one form, wherever they come from.

use detente_model::Model;
use detente_model::estimative::Chance;
use detente_model::record::{Claim, ClaimKind, When};
use detente_model::syntax::ast::{self, Came};
use jiff::civil::Date;

use super::judge::{Judged, Standing};

/// What was said of how likely something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// That it comes true.
    Chance(Chance),
    /// That each of several ordered outcomes comes, in millionths that sum to a million.
    Graded(Vec<(String, u32)>),
}

/// One forecast of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The day on which it was made.
    pub said: Option<Date>,
    /// What it says.
    pub saying: Saying,
}

/// Something that one speaker said, with all forecasts of it and with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The short name.
    pub name: String,
    /// What is claimed.
    pub title: Option<String>,
    /// Who says so.
    pub by: String,
    /// What kind of claim it is.
    pub kind: ClaimKind,
    /// The forecasts, in the order in which they were made; none for a claim without a likelihood.
    pub forecasts: Vec<Forecast>,
    /// What came of it; `None` while that is open.
    pub came: Option<Came>,
    /// The day from which forecasts of it no longer count: the day on which the outcome was known or the last
    /// day of its window, whichever is first.
    pub closed: Option<Date>,
    /// The bounds of how often the like came true elsewhere, in millionths.
    pub reference: Option<(u32, u32)>,
}

impl Question {
    /// The forecast that counts: the last one that was made before the question closed, or on that day; `None`
    /// when there is none.
    pub fn last(&self) -> Option<&Forecast> {
        self.counting().last()
    }

    /// The forecasts that were made before the question closed, or on that day.
    pub fn counting(&self) -> impl Iterator<Item = &Forecast> {
        let late = |f: &&Forecast| matches!((f.said, self.closed), (Some(said), Some(closed)) if said > closed);
        self.forecasts.iter().filter(move |f| !late(f))
    }
}

/// The claims of a model as questions, in the order of the model, with what [`judge`](super::judge()) found.
pub fn questions(model: &Model, judged: &[Judged]) -> Vec<Question> {
    let claims = model.record.claims.iter().zip(judged);
    claims
        .map(|(claim, judged)| Question {
            name: claim.name.clone(),
            title: claim.title.clone(),
            by: claim.by.clone(),
            kind: claim.kind,
            forecasts: forecast(claim).into_iter().collect(),
            came: match &judged.standing {
                Standing::Came(came) => Some(came.clone()),
                Standing::Open | Standing::Due | Standing::Unjudged => None,
            },
            closed: closed(judged.on, claim.window.and_then(When::last)),
            reference: claim
                .reference
                .and_then(|r| model.record.references.get(r))
                .map(|r| (r.least, r.most)),
        })
        .collect()
}

/// The day from which forecasts of a question no longer count; see [`Question::closed`].
pub(super) fn closed(known: Option<Date>, last: Option<Date>) -> Option<Date> {
    match (known, last) {
        (Some(known), Some(last)) => Some(known.min(last)),
        (known, last) => known.or(last),
    }
}

/// What a claim says of how likely it is, as a forecast.
pub fn forecast(claim: &Claim) -> Option<Forecast> {
    let saying = if claim.graded.is_empty() {
        Saying::Chance(claim.chance?)
    } else {
        let grades = claim.graded.iter();
        let grades = grades.map(|(name, text)| (name.clone(), millionths(text)));
        Saying::Graded(grades.collect())
    };
    Some(Forecast {
        said: claim.said,
        saying,
    })
}

fn millionths(text: &str) -> u32 {
    ast::probability(text).map_or(0, |p| p as u32)
}
