//! Turns and scores as comma-separated values.

use super::finding::Bargaining;
use super::tournament::Tournament;
use crate::csv::lines;

/// One line for each turn: the package, and what it is worth to each party on that day.
pub fn csv(finding: &Bargaining) -> String {
    let turns = finding.turns.as_deref().unwrap_or_default();
    let package = turns.iter().find_map(|t| t.package.as_ref());
    let issues: Vec<String> = package
        .map(|p| p.keys().cloned().collect())
        .unwrap_or_default();
    let parties: Vec<String> = finding.parties.iter().map(|p| p.party.clone()).collect();
    let mut header = vec!["round", "day", "party", "does"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    header.extend(issues.iter().cloned());
    header.extend(parties.iter().map(|p| format!("utility {p}")));
    let mut rows = vec![header];
    for turn in turns {
        let mut row = vec![
            turn.round.to_string(),
            turn.day.clone().unwrap_or_default(),
            turn.party.clone(),
            turn.does.clone(),
        ];
        for issue in &issues {
            let level = turn.package.as_ref().and_then(|p| p.get(issue));
            row.push(level.cloned().unwrap_or_default());
        }
        for party in &parties {
            row.push(
                turn.utilities
                    .get(party)
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            );
        }
        rows.push(row);
    }
    lines(rows)
}

/// One line for each strategy against each other, and one against all of them.
pub fn tournament_csv(finding: &Tournament) -> String {
    let header =
        "strategy,against,seats,agreement_rate,advantage,advantage_error,utility,utility_error";
    let mut rows = vec![header.split(',').map(str::to_owned).collect()];
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    for row in &finding.strategies {
        let all = std::iter::once(("all", &row.overall));
        let each = row
            .against
            .iter()
            .map(|(name, score)| (name.as_str(), score));
        for (against, score) in all.chain(each) {
            rows.push(vec![
                row.name.clone(),
                against.to_owned(),
                score.seats.to_string(),
                number(score.agreement_rate),
                number(score.advantage.mean),
                number(score.advantage.standard_error),
                number(score.utility.mean),
                number(score.utility.standard_error),
            ]);
        }
    }
    lines(rows)
}
