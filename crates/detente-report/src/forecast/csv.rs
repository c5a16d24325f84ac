//! A forecast as comma-separated values.

use super::Forecast;
use super::finding::ProbabilityEntry;
use crate::csv::table;

/// One line for each target and date: the probability to be in it at the end of that day, and to have been in it by
/// then, each with its standard error, which is empty where the number is exact.
pub fn csv(finding: &Forecast) -> String {
    let mut rows = Vec::new();
    for target in &finding.targets {
        let both = target.at.iter().zip(&target.reached);
        for (date, (at, reached)) in finding.dates.iter().zip(both) {
            let error =
                |p: &ProbabilityEntry| p.standard_error.map_or(String::new(), |e| e.to_string());
            let cells = [
                target.name.clone(),
                target.kind.clone(),
                date.clone(),
                at.value.to_string(),
                error(at),
                reached.value.to_string(),
                error(reached),
            ];
            rows.push(cells);
        }
    }
    table(
        "target,kind,date,probability,standard_error,reached,reached_standard_error",
        rows,
    )
}
