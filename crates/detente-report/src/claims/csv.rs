//! Claims and scores as comma-separated values.

use super::list::Claims;
use super::scores::ClaimScores;
use crate::csv::table;

/// One line for each claim.
pub fn list_csv(finding: &Claims) -> String {
    let header = "name,by,kind,said,probability,assumed,first,last,standing,grade,on,why,brier,contradiction";
    let rows = finding.claims.iter().map(|claim| {
        let window = claim.window.as_ref();
        [
            claim.name.clone(),
            claim.by.clone(),
            claim.kind.clone(),
            claim.said.clone().unwrap_or_default(),
            number(claim.probability),
            yes(claim.assumed),
            window.and_then(|w| w.first.clone()).unwrap_or_default(),
            window.and_then(|w| w.last.clone()).unwrap_or_default(),
            claim.standing.clone(),
            claim.grade.clone().unwrap_or_default(),
            claim.on.clone().unwrap_or_default(),
            claim.why.clone(),
            number(claim.brier),
            claim
                .contradiction
                .as_ref()
                .map_or_else(String::new, |c| c.rule.clone()),
        ]
    });
    table(header, rows)
}

/// One line for each question.
pub fn scores_csv(finding: &ClaimScores) -> String {
    let header = "name,by,kind,forecasts,came,grade,right,probability,assumed,brier,brier_sum,brier_low,\
                  brier_high,logarithmic,clipped,time_weighted,reference,ranked_sum,ranked_normalised,unscored";
    let rows = finding.questions.iter().map(|question| {
        let (binary, graded) = (question.binary.as_ref(), question.graded.as_ref());
        let sum = binary.map(|b| b.brier_sum).or(graded.map(|g| g.brier_sum));
        let logarithmic = binary
            .map(|b| b.logarithmic)
            .or(graded.map(|g| g.logarithmic));
        let clipped = binary.map(|b| b.clipped).or(graded.map(|g| g.clipped));
        let range = binary.and_then(|b| b.range.as_ref());
        [
            question.name.clone(),
            question.by.clone(),
            question.kind.clone(),
            question.forecasts.to_string(),
            question.came.clone().unwrap_or_default(),
            question.grade.clone().unwrap_or_default(),
            question.right.map_or_else(String::new, yes),
            number(binary.map(|b| b.probability)),
            binary.map_or_else(String::new, |b| yes(b.assumed)),
            number(binary.map(|b| b.brier)),
            number(sum),
            number(range.map(|r| r.low)),
            number(range.map(|r| r.high)),
            number(logarithmic),
            clipped.map_or_else(String::new, yes),
            number(binary.and_then(|b| b.time_weighted)),
            number(binary.and_then(|b| b.reference)),
            number(graded.map(|g| g.ranked_sum)),
            number(graded.map(|g| g.ranked_normalised)),
            question.unscored.clone().unwrap_or_default(),
        ]
    });
    table(header, rows)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}
