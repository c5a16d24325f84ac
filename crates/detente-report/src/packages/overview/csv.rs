//! The frontier as comma-separated values.

use super::Packages;
use crate::csv::lines;

/// One line for each point of the frontier: its worths, its gains, whether all could accept it, how many packages
/// have it, the rules of division that pick it, and the level of each issue in the first of its packages.
pub fn csv(finding: &Packages) -> String {
    let table = || finding.table.iter();
    let mut header: Vec<String> = table().map(|s| format!("worth {}", s.name)).collect();
    header.extend(table().map(|s| format!("gain {}", s.name)));
    header.extend(["acceptable", "packages", "solutions"].map(str::to_owned));
    header.extend(finding.issues.iter().map(|i| i.name.clone()));
    let mut rows = vec![header];
    for (place, point) in finding.frontier.points.iter().enumerate() {
        let numbers = point.worth.iter().chain(&point.gain);
        let mut cells: Vec<String> = numbers.map(ToString::to_string).collect();
        cells.push(if point.acceptable { "yes" } else { "no" }.to_owned());
        cells.push(point.packages.clone());
        let picking = finding
            .solutions
            .iter()
            .filter(|s| s.points.contains(&place));
        let picking: Vec<&str> = picking.map(|s| s.name.as_str()).collect();
        cells.push(picking.join(" "));
        let example = point.examples.first();
        for issue in &finding.issues {
            let first = issue.levels.first().map(|l| l.name.as_str());
            let level = example.map(|e| e.get(&issue.name).map(String::as_str).or(first));
            cells.push(level.flatten().unwrap_or_default().to_owned());
        }
        rows.push(cells);
    }
    lines(rows)
}
