//! The scores of questions, one by one and of all, of each speaker and of each kind.

use detente_model::estimative::Chance;
use detente_model::record::ClaimKind;
use detente_model::syntax::ast::Came;

use super::calibration::{self, Bins, Row};
use super::murphy::{self, Murphy};
use super::ranked::{self, Ranked};
use super::{ONE, Point, brier, few, logarithmic, mean, skill, time_weighted};
use crate::claims::question::{Question, Saying};

/// Why a question has no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unscored {
    /// It is not resolved.
    Open,
    /// It came true in part.
    Partly,
    /// Its condition did not hold, or nobody can say.
    Void,
    /// It says what should be done.
    Advice,
    /// It came true or not, and no probability was given.
    NoProbability,
    /// Every forecast of it was made after it had closed.
    Late,
    /// What came is none of the outcomes of the forecast, or the forecast is of another kind than the outcome.
    OtherOutcome,
}

/// The scores of a claim that comes true or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Binary {
    /// What was said, in the forecast that counts.
    pub chance: Chance,
    /// The probability that was scored, and whether the claim came true.
    pub point: Point,
    /// The Brier score, single form, 0 (best) to 1.
    pub brier: f64,
    /// The Brier score, summed form, 0 (best) to 2.
    pub brier_sum: f64,
    /// The least and the most Brier score, single form, over the band of the word, when no number was given.
    pub range: Option<(f64, f64)>,
    /// The logarithmic score, at most 0 (best).
    pub logarithmic: f64,
    /// Whether the probability was clipped before its logarithm was taken.
    pub clipped: bool,
    /// The mean Brier score (single form) over the days for which its forecasts stood; `None` when a day is
    /// not known.
    pub time_weighted: Option<f64>,
    /// The Brier scores, single form, of the reference class: with the middle, the least and the most of its
    /// frequency.
    pub reference: Option<[f64; 3]>,
}

/// The scores of a forecast of ordered outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// Which of the outcomes came.
    pub came: usize,
    /// The Brier score, summed form, 0 (best) to 2.
    pub brier_sum: f64,
    /// The ranked probability score.
    pub ranked: Ranked,
    /// The logarithmic score, at most 0 (best).
    pub logarithmic: f64,
    /// Whether the probability was clipped before its logarithm was taken.
    pub clipped: bool,
}

/// What a question scores.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// It comes true or not.
    Binary(Binary),
    /// It has ordered outcomes.
    Graded(Graded),
    /// It has no score.
    None(Unscored),
}

/// A question's score, with whether it came true.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Whether what was claimed is so; `None` when that is open or neither.
    pub right: Option<bool>,
    /// The score.
    pub score: Score,
}

/// Mean scores against the reference classes of claims that have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstReference {
    /// How many claims have one and are scored.
    pub count: usize,
    /// The mean Brier score, single form, of their forecasts.
    pub brier: f64,
    /// That of the reference classes, with the middle of their frequencies.
    pub reference: f64,
    /// The skill; `None` when the reference is perfect.
    pub skill: Option<f64>,
    /// The skill when every frequency is at its least, and at its most.
    pub at_bounds: [Option<f64>; 2],
}

/// The scores of several questions together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// How many questions there are.
    pub count: usize,
    /// How many came true, with or without a probability.
    pub right: usize,
    /// How many did not.
    pub wrong: usize,
    /// The points of the forecasts that were scored, in the order of the questions.
    pub points: Vec<Point>,
    /// Their mean Brier score, single form.
    pub brier: Option<f64>,
    /// The 95 % interval of that mean, with at least three scores.
    pub interval: Option<(f64, f64)>,
    /// Their mean Brier score, summed form.
    pub brier_sum: Option<f64>,
    /// Their mean logarithmic score.
    pub logarithmic: Option<f64>,
    /// How many logarithms were clipped, those of graded forecasts included.
    pub clipped: usize,
    /// The mean of their time-weighted scores, where all have one.
    pub time_weighted: Option<f64>,
    /// The mean Brier score of always saying the share of them that came true.
    pub base_rate_brier: Option<f64>,
    /// The skill against that.
    pub base_rate_skill: Option<f64>,
    /// Against the reference classes.
    pub reference: Option<AgainstReference>,
    /// The calibration table.
    pub calibration: Vec<Row>,
    /// The decomposition with one bin for each different probability.
    pub murphy: Option<Murphy>,
    /// The decomposition with the bins of the calibration table.
    pub murphy_binned: Option<Murphy>,
    /// How many graded forecasts are scored.
    pub graded: usize,
    /// Their mean ranked probability score.
    pub ranked: Option<Ranked>,
    /// Their mean Brier score, summed form.
    pub graded_brier_sum: Option<f64>,
}

/// All scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// For each question its score, in order.
    pub questions: Vec<Scored>,
    /// All together.
    pub all: Group,
    /// By speaker, in the order in which they first speak.
    pub speakers: Vec<(String, Group)>,
    /// By kind, ascending, for the kinds that occur.
    pub kinds: Vec<(ClaimKind, Group)>,
}

/// Scores questions, in the order given.
pub fn score(questions: &[Question], bins: Bins) -> Scores {
    let scored: Vec<Scored> = questions.iter().map(one).collect();
    let both = || questions.iter().zip(&scored);
    let group = |wanted: &dyn Fn(&Question) -> bool| {
        let members = both().filter(|(q, _)| wanted(q)).map(|(_, s)| s);
        group(&members.collect::<Vec<_>>(), bins)
    };
    let mut names: Vec<&str> = Vec::new();
    for question in questions {
        if !names.contains(&question.by.as_str()) {
            names.push(&question.by);
        }
    }
    let mut kinds: Vec<ClaimKind> = questions.iter().map(|q| q.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let speakers = names.iter();
    let speakers = speakers.map(|n| ((*n).to_owned(), group(&|q| q.by == *n)));
    let kinds = kinds.iter().map(|k| (*k, group(&|q| q.kind == *k)));
    Scores {
        all: group(&|_| true),
        speakers: speakers.collect(),
        kinds: kinds.collect(),
        questions: scored,
    }
}

fn one(question: &Question) -> Scored {
    let unscored = |right, why| Scored {
        right,
        score: Score::None(why),
    };
    if question.kind == ClaimKind::Advice {
        return unscored(None, Unscored::Advice);
    }
    let Some(came) = &question.came else {
        return unscored(None, Unscored::Open);
    };
    let right = match came {
        Came::Yes => Some(true),
        Came::No => Some(false),
        Came::Partly => return unscored(None, Unscored::Partly),
        Came::Void => return unscored(None, Unscored::Void),
        Came::Grade(_) => None,
    };
    if question.forecasts.is_empty() {
        return unscored(right, Unscored::NoProbability);
    }
    let Some(forecast) = question.last() else {
        return unscored(right, Unscored::Late);
    };
    let score = match (&forecast.saying, right) {
        (Saying::Chance(chance), Some(_)) if says_nothing(*chance) => {
            Score::None(Unscored::NoProbability)
        }
        (Saying::Chance(chance), Some(came)) => {
            let probability = chance.used();
            Score::Binary(binary(question, *chance, Point { probability, came }))
        }
        (Saying::Graded(grades), None) => graded(grades, came),
        _ => Score::None(Unscored::OtherOutcome),
    };
    Scored { right, score }
}

/// Whether a chance has neither a number nor a word.
fn says_nothing(chance: Chance) -> bool {
    chance.number.is_none() && chance.band.is_none()
}

fn binary(question: &Question, chance: Chance, point: Point) -> Binary {
    let Point { probability, came } = point;
    let given = if came {
        probability
    } else {
        ONE.saturating_sub(probability)
    };
    let range = chance.is_assumed().then(|| {
        let (least, most) = chance.bounds();
        let ends = [least, most].map(|p| brier::single(p, came));
        (ends[0].min(ends[1]), ends[0].max(ends[1]))
    });
    let reference = question.reference.map(|(least, most)| {
        let middle = least + most.saturating_sub(least) / 2;
        [middle, least, most].map(|p| brier::single(p, came))
    });
    Binary {
        chance,
        point,
        brier: brier::single(probability, came),
        brier_sum: 2.0 * brier::single(probability, came),
        range,
        logarithmic: logarithmic::score(given),
        clipped: logarithmic::is_clipped(given),
        time_weighted: over_time(question, came),
        reference,
    }
}

fn over_time(question: &Question, came: bool) -> Option<f64> {
    let closed = question.closed?;
    let mut scores = Vec::new();
    for forecast in &question.forecasts {
        let Saying::Chance(chance) = &forecast.saying else {
            return None;
        };
        scores.push((forecast.said?, brier::single(chance.used(), came)));
    }
    scores.sort_by_key(|(day, _)| *day);
    time_weighted::average(&scores, closed)
}

fn graded(grades: &[(String, u32)], came: &Came) -> Score {
    let Came::Grade(name) = came else {
        return Score::None(Unscored::OtherOutcome);
    };
    let Some(place) = grades.iter().position(|(grade, _)| grade == name) else {
        return Score::None(Unscored::OtherOutcome);
    };
    let probabilities: Vec<u32> = grades.iter().map(|(_, p)| *p).collect();
    let given = probabilities.get(place).copied().unwrap_or_default();
    Score::Graded(Graded {
        came: place,
        brier_sum: brier::sum(&probabilities, place),
        ranked: ranked::score(&probabilities, place),
        logarithmic: logarithmic::score(given),
        clipped: logarithmic::is_clipped(given),
    })
}

fn group(scored: &[&Scored], bins: Bins) -> Group {
    let binary = scored.iter().filter_map(|s| match &s.score {
        Score::Binary(binary) => Some(binary),
        _ => None,
    });
    let binary: Vec<&Binary> = binary.collect();
    let graded = scored.iter().filter_map(|s| match &s.score {
        Score::Graded(graded) => Some(graded),
        _ => None,
    });
    let graded: Vec<&Graded> = graded.collect();
    let points: Vec<Point> = binary.iter().map(|b| b.point).collect();
    let of = |value: fn(&Binary) -> f64| binary.iter().map(|b| value(b)).collect::<Vec<f64>>();
    let graded_mean =
        |value: fn(&Graded) -> f64| mean(&graded.iter().map(|g| value(g)).collect::<Vec<f64>>());
    let briers = of(|b| b.brier);
    let weighted: Option<Vec<f64>> = binary.iter().map(|b| b.time_weighted).collect();
    let came = points.iter().filter(|p| p.came).count();
    let base_rate_brier = skill::base_rate_brier(came, points.len());
    let brier = mean(&briers);
    let ranked = graded_mean(|g| g.ranked.sum).zip(graded_mean(|g| g.ranked.normalised));
    let clipped = binary.iter().map(|b| b.clipped);
    let clipped = clipped.chain(graded.iter().map(|g| g.clipped));
    Group {
        count: scored.len(),
        right: scored.iter().filter(|s| s.right == Some(true)).count(),
        wrong: scored.iter().filter(|s| s.right == Some(false)).count(),
        brier,
        interval: few::interval(&briers),
        brier_sum: mean(&of(|b| b.brier_sum)),
        logarithmic: mean(&of(|b| b.logarithmic)),
        clipped: clipped.filter(|c| *c).count(),
        time_weighted: weighted.and_then(|w| mean(&w)),
        base_rate_brier,
        base_rate_skill: brier
            .zip(base_rate_brier)
            .and_then(|(b, base)| skill::score(b, base)),
        reference: against_reference(&binary),
        calibration: calibration::table(&points, bins),
        murphy: murphy::decompose(&points, None),
        murphy_binned: murphy::decompose(&points, Some(bins)),
        graded: graded.len(),
        ranked: ranked.map(|(sum, normalised)| Ranked { sum, normalised }),
        graded_brier_sum: graded_mean(|g| g.brier_sum),
        points,
    }
}

fn against_reference(binary: &[&Binary]) -> Option<AgainstReference> {
    let both = binary.iter().filter_map(|b| Some((b.brier, b.reference?)));
    let both: Vec<(f64, [f64; 3])> = both.collect();
    let brier = mean(&both.iter().map(|(b, _)| *b).collect::<Vec<_>>())?;
    let reference = |place: usize| {
        mean(&both.iter().map(|(_, r)| r[place]).collect::<Vec<_>>()).unwrap_or_default()
    };
    let skill_at = |place: usize| skill::score(brier, reference(place));
    Some(AgainstReference {
        count: both.len(),
        brier,
        reference: reference(0),
        skill: skill_at(0),
        at_bounds: [skill_at(1), skill_at(2)],
    })
}
