//! From scores to their serialisable form.

use detente_analysis::claims::Question;
use detente_analysis::claims::score::calibration::Bins;
use detente_analysis::claims::score::murphy::Murphy;
use detente_analysis::claims::score::{
    Group, Score, Scored, Scores, Unscored, logarithmic, number,
};
use detente_analysis::model::syntax::ast::Came;

use super::scores::{
    BinaryScore, CalibrationRow, ClaimScores, GradedScore, GroupScore, Interval, MurphyFinding,
    NamedGroup, QuestionScore, ReferenceScore,
};
use super::words;

/// Puts scores into their serialisable form. `of` is the negotiation or the log, `as_of` the day of a negotiation.
pub fn scores(
    of: Option<String>,
    as_of: Option<String>,
    questions: &[Question],
    scores: &Scores,
    bins: Bins,
) -> ClaimScores {
    let named = |name: &str, scores: &Group| NamedGroup {
        name: name.to_owned(),
        scores: group(scores, bins),
    };
    let both = questions.iter().zip(&scores.questions);
    let speakers = scores.speakers.iter().map(|(name, g)| named(name, g));
    let kinds = scores
        .kinds
        .iter()
        .map(|(kind, g)| named(words::kind(*kind), g));
    ClaimScores {
        format: "detente-claim-scores/1".to_owned(),
        of,
        as_of,
        bins: match bins {
            Bins::Bands => "bands",
            Bins::Tenths => "tenths",
        }
        .to_owned(),
        clip: number(logarithmic::CLIP),
        questions: both.map(|(q, s)| question(q, s)).collect(),
        all: group(&scores.all, bins),
        speakers: speakers.collect(),
        kinds: kinds.collect(),
    }
}

fn interval((low, high): (f64, f64)) -> Interval {
    Interval { low, high }
}

fn question(question: &Question, scored: &Scored) -> QuestionScore {
    let binary = match &scored.score {
        Score::Binary(binary) => Some(BinaryScore {
            probability: number(binary.point.probability),
            said: binary.chance.to_string(),
            assumed: binary.chance.is_assumed(),
            brier: binary.brier,
            brier_sum: binary.brier_sum,
            range: binary.range.map(interval),
            logarithmic: binary.logarithmic,
            clipped: binary.clipped,
            time_weighted: binary.time_weighted,
            reference: binary.reference.map(|r| r[0]),
        }),
        _ => None,
    };
    let graded = match &scored.score {
        Score::Graded(graded) => Some(GradedScore {
            brier_sum: graded.brier_sum,
            ranked_sum: graded.ranked.sum,
            ranked_normalised: graded.ranked.normalised,
            logarithmic: graded.logarithmic,
            clipped: graded.clipped,
        }),
        _ => None,
    };
    let unscored = match &scored.score {
        Score::None(why) => Some(unscored(*why).to_owned()),
        _ => None,
    };
    QuestionScore {
        name: question.name.clone(),
        title: question.title.clone(),
        by: question.by.clone(),
        kind: words::kind(question.kind).to_owned(),
        forecasts: question.forecasts.len(),
        came: question
            .came
            .as_ref()
            .map(|c| words::came_word(c).to_owned()),
        grade: match &question.came {
            Some(Came::Grade(grade)) => Some(grade.clone()),
            _ => None,
        },
        right: scored.right,
        binary,
        graded,
        unscored,
    }
}

/// Why a question has no score, as a clause.
fn unscored(why: Unscored) -> &'static str {
    match why {
        Unscored::Open => "not decided",
        Unscored::Partly => "true in part",
        Unscored::Void => "void",
        Unscored::Advice => "advice",
        Unscored::NoProbability => "no probability given",
        Unscored::Late => "said after it was decided",
        Unscored::OtherOutcome => "what came is none of its outcomes",
    }
}

fn murphy(parts: &Murphy) -> MurphyFinding {
    MurphyFinding {
        reliability: parts.reliability,
        resolution: parts.resolution,
        uncertainty: parts.uncertainty,
        within_variance: parts.within_variance,
        within_covariance: parts.within_covariance,
    }
}

fn group(group: &Group, bins: Bins) -> GroupScore {
    let rows = group.calibration.iter().map(|row| {
        let (least, most) = bins.bounds(row.bin);
        CalibrationRow {
            bin: bins.name(row.bin),
            least: number(least),
            most: number(most),
            count: row.count,
            came: row.came,
            forecast: row.forecast,
            observed: row.observed,
            interval: interval(row.interval),
        }
    });
    GroupScore {
        questions: group.count,
        right: group.right,
        wrong: group.wrong,
        scored: group.points.len(),
        came: group.points.iter().filter(|p| p.came).count(),
        brier: group.brier,
        interval: group.interval.map(interval),
        brier_sum: group.brier_sum,
        logarithmic: group.logarithmic,
        clipped: group.clipped,
        time_weighted: group.time_weighted,
        base_rate_brier: group.base_rate_brier,
        base_rate_skill: group.base_rate_skill,
        reference: group.reference.map(|r| ReferenceScore {
            count: r.count,
            brier: r.brier,
            reference: r.reference,
            skill: r.skill,
            skill_at_least: r.at_bounds[0],
            skill_at_most: r.at_bounds[1],
        }),
        calibration: rows.collect(),
        murphy: group.murphy.as_ref().map(murphy),
        murphy_binned: group.murphy_binned.as_ref().map(murphy),
        graded: group.graded,
        ranked_sum: group.ranked.map(|r| r.sum),
        ranked_normalised: group.ranked.map(|r| r.normalised),
        graded_brier_sum: group.graded_brier_sum,
    }
}
