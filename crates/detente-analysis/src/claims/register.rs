//! What the entries of a log amount to: questions with all forecasts of them, and outcomes.

use detente_model::estimative::{Band, Chance, term};
use detente_model::record::ClaimKind;
use detente_model::syntax::ast::{self, Came};

use super::log::{Entry, ForecastEntry, OutcomeEntry, What};
use super::question::{Forecast, Question, Saying, closed};
use super::score::ONE;

/// Why an entry is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is neither a probability nor a word nor graded outcomes, or there are both sorts.
    NoLikelihood,
    /// This is no probability.
    NoProbability(String),
    /// This is no word of estimative probability.
    NoWord(String),
    /// The number lies outside the band of the word, given in hundredths.
    OutsideBand(&'static Band, String),
    /// The probabilities of graded outcomes do not sum to 1; they sum to so many millionths.
    Sum(u64),
    /// A graded outcome is given twice, or there is only one.
    Grades,
    /// The bounds of the reference class are in the wrong order.
    Reference,
    /// The window ends before it begins.
    Window,
    /// The question already has another title, window, condition, rule, reference or kind of forecast.
    Changed(&'static str),
    /// The question is resolved.
    Resolved(Came),
    /// There is no such question.
    Unknown,
    /// The outcome does not fit the forecasts: a grade for a question that comes true or not, or the other
    /// way round, or none of its outcomes.
    Unfit(Vec<String>),
    /// A name, a speaker or a text is empty, or has a line break in it.
    Name(String),
}

/// A question of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// What is the same for all forecasts of it: the first entry, with what later ones added.
    pub asked: ForecastEntry,
    /// The forecasts, in the order of the log.
    pub forecasts: Vec<ForecastEntry>,
    /// The outcomes, in the order of the log; the last counts.
    pub outcomes: Vec<OutcomeEntry>,
}

/// The questions of a log, in the order in which they were first asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The questions.
    pub questions: Vec<Registered>,
}

impl Register {
    /// Goes through the entries of a log. Entries were checked when they were made; what does not fit all the
    /// same is kept as it is.
    pub fn new(entries: &[Entry]) -> Self {
        let mut register = Self::default();
        for entry in entries {
            match &entry.what {
                What::Begin(_) => {}
                What::Forecast(forecast) => register.add(forecast),
                What::Outcome(outcome) => register.resolve(outcome),
            }
        }
        register
    }

    /// A question by its name.
    pub fn question(&self, name: &str) -> Option<&Registered> {
        self.questions.iter().find(|q| q.asked.name == name)
    }

    /// Takes a forecast without checking it.
    pub fn add(&mut self, forecast: &ForecastEntry) {
        let found = self
            .questions
            .iter_mut()
            .find(|q| q.asked.name == forecast.name);
        let Some(question) = found else {
            self.questions.push(Registered {
                asked: forecast.clone(),
                forecasts: vec![forecast.clone()],
                outcomes: Vec::new(),
            });
            return;
        };
        fill(&mut question.asked.title, forecast.title.as_ref());
        fill(&mut question.asked.first, forecast.first.as_ref());
        fill(&mut question.asked.last, forecast.last.as_ref());
        fill(&mut question.asked.condition, forecast.condition.as_ref());
        fill(&mut question.asked.rule, forecast.rule.as_ref());
        fill(&mut question.asked.reference, forecast.reference.as_ref());
        question.forecasts.push(forecast.clone());
    }

    /// Takes an outcome without checking it; that of an unknown question is dropped.
    pub fn resolve(&mut self, outcome: &OutcomeEntry) {
        let found = self
            .questions
            .iter_mut()
            .find(|q| q.asked.name == outcome.name);
        if let Some(question) = found {
            question.outcomes.push(outcome.clone());
        }
    }

    /// Whether a forecast may be added, and whether it says anything new: `false` when the speaker's last
    /// forecast of the question says the same.
    pub fn check(&self, forecast: &ForecastEntry) -> Result<bool, Refusal> {
        let texts = [
            Some(&forecast.name),
            Some(&forecast.by),
            forecast.title.as_ref(),
        ];
        let texts = texts
            .into_iter()
            .chain([forecast.condition.as_ref(), forecast.rule.as_ref()]);
        for text in texts
            .flatten()
            .chain(forecast.graded.iter().map(|g| &g.outcome))
        {
            if text.trim().is_empty() || text.contains(['\n', '\r']) {
                return Err(Refusal::Name(text.clone()));
            }
        }
        saying(forecast)?;
        reference(forecast)?;
        if matches!((forecast.first, forecast.last), (Some(first), Some(last)) if first > last) {
            return Err(Refusal::Window);
        }
        let Some(question) = self.question(&forecast.name) else {
            return Ok(true);
        };
        let asked = &question.asked;
        for (what, same) in [
            (
                "title",
                agree(asked.title.as_ref(), forecast.title.as_ref()),
            ),
            (
                "window",
                agree(asked.first.as_ref(), forecast.first.as_ref())
                    && agree(asked.last.as_ref(), forecast.last.as_ref()),
            ),
            (
                "condition",
                agree(asked.condition.as_ref(), forecast.condition.as_ref()),
            ),
            ("rule", agree(asked.rule.as_ref(), forecast.rule.as_ref())),
            (
                "reference",
                agree(asked.reference.as_ref(), forecast.reference.as_ref()),
            ),
            ("outcomes", grades(asked) == grades(forecast)),
        ] {
            if !same {
                return Err(Refusal::Changed(what));
            }
        }
        let mut own = question.forecasts.iter().filter(|f| f.by == forecast.by);
        let last = own.next_back();
        if last.is_some_and(|last| saying(last) == saying(forecast)) {
            return Ok(false);
        }
        match question.outcomes.last() {
            Some(outcome) => Err(Refusal::Resolved(outcome.came.clone())),
            None => Ok(true),
        }
    }

    /// Whether an outcome may be added, and whether it says anything new.
    pub fn check_outcome(&self, outcome: &OutcomeEntry) -> Result<bool, Refusal> {
        let question = self.question(&outcome.name).ok_or(Refusal::Unknown)?;
        let known = grades(&question.asked);
        let fits = match &outcome.came {
            Came::Yes | Came::No => known.is_empty(),
            Came::Grade(grade) => known.contains(&grade.as_str()),
            Came::Partly | Came::Void => true,
        };
        if !fits {
            return Err(Refusal::Unfit(
                known.into_iter().map(str::to_owned).collect(),
            ));
        }
        if let Some(text) = outcome
            .because
            .as_ref()
            .filter(|t| t.contains(['\n', '\r']))
        {
            return Err(Refusal::Name(text.clone()));
        }
        let last = question.outcomes.last();
        Ok(last.is_none_or(|l| (&l.came, l.on) != (&outcome.came, outcome.on)))
    }

    /// The questions as they are scored: each with each of its speakers.
    pub fn questions(&self) -> Vec<Question> {
        let mut all = Vec::new();
        for question in &self.questions {
            let mut speakers: Vec<&str> = Vec::new();
            for forecast in &question.forecasts {
                if !speakers.contains(&forecast.by.as_str()) {
                    speakers.push(&forecast.by);
                }
            }
            let outcome = question.outcomes.last();
            let known = outcome.map(|o| o.on);
            let asked = &question.asked;
            for speaker in speakers {
                let own = question.forecasts.iter().filter(|f| f.by == speaker);
                let mut forecasts: Vec<Forecast> = own
                    .filter_map(|f| {
                        Some(Forecast {
                            said: Some(f.said),
                            saying: saying(f).ok()?,
                        })
                    })
                    .collect();
                forecasts.sort_by_key(|f| f.said);
                all.push(Question {
                    name: asked.name.clone(),
                    title: asked.title.clone(),
                    by: speaker.to_owned(),
                    kind: if asked.condition.is_some() {
                        ClaimKind::Conditional
                    } else {
                        ClaimKind::Forecast
                    },
                    forecasts,
                    came: outcome.map(|o| o.came.clone()),
                    closed: closed(known, asked.last),
                    reference: reference(asked).ok().flatten(),
                });
            }
        }
        all
    }
}

fn fill<T: Clone>(asked: &mut Option<T>, given: Option<&T>) {
    if asked.is_none() {
        *asked = given.cloned();
    }
}

/// Whether what is given now is what was given before; what is not given agrees.
fn agree<T: PartialEq>(asked: Option<&T>, given: Option<&T>) -> bool {
    given.is_none() || asked == given
}

fn grades(entry: &ForecastEntry) -> Vec<&str> {
    entry.graded.iter().map(|g| g.outcome.as_str()).collect()
}

fn millionths(text: &str) -> Result<u32, Refusal> {
    let value = ast::probability(text).and_then(|p| u32::try_from(p).ok());
    value.ok_or_else(|| Refusal::NoProbability(text.to_owned()))
}

/// What an entry says of how likely something is.
pub fn saying(entry: &ForecastEntry) -> Result<Saying, Refusal> {
    let single = entry.probability.is_some() || entry.words.is_some();
    if single != entry.graded.is_empty() {
        return Err(Refusal::NoLikelihood);
    }
    if single {
        let number = entry.probability.as_deref().map(millionths).transpose()?;
        let word = |words: &String| {
            let found = term(words).map(|(band, _)| band);
            found.ok_or_else(|| Refusal::NoWord(words.clone()))
        };
        let band = entry.words.as_ref().map(word).transpose()?;
        if let (Some(band), Some(number)) = (band, number)
            && !band.admits(number)
        {
            let written = entry.probability.clone().unwrap_or_default();
            return Err(Refusal::OutsideBand(band, written));
        }
        return Ok(Saying::Chance(Chance { band, number }));
    }
    let mut grades: Vec<(String, u32)> = Vec::new();
    for grade in &entry.graded {
        if grades.iter().any(|(name, _)| *name == grade.outcome) {
            return Err(Refusal::Grades);
        }
        grades.push((grade.outcome.clone(), millionths(&grade.probability)?));
    }
    if grades.len() < 2 {
        return Err(Refusal::Grades);
    }
    let sum: u64 = grades.iter().map(|(_, p)| u64::from(*p)).sum();
    if sum != u64::from(ONE) {
        return Err(Refusal::Sum(sum));
    }
    Ok(Saying::Graded(grades))
}

fn reference(entry: &ForecastEntry) -> Result<Option<(u32, u32)>, Refusal> {
    let Some((least, most)) = &entry.reference else {
        return Ok(None);
    };
    let (least, most) = (millionths(least)?, millionths(most)?);
    if least > most {
        return Err(Refusal::Reference);
    }
    Ok(Some((least, most)))
}
