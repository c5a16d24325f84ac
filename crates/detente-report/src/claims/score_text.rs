//! Scores as a person reads them in a terminal.

use super::scores::{ClaimScores, GroupScore, MurphyFinding, QuestionScore};
use super::words::{bounds, score};
use crate::style::{Look, Page};
use crate::words::count;

/// The scores of a negotiation or of a log.
pub fn scores_text(found: &ClaimScores, look: Look) -> String {
    let mut page = Page::new(look);
    let of = found.of.as_deref().unwrap_or("Untitled negotiation");
    let day = found.as_of.as_ref().map(|d| format!(", as of {d}"));
    page.heading_here(&format!(
        "Scores of claims: {of}{}",
        day.unwrap_or_default()
    ));
    if found.questions.is_empty() {
        page.paragraph("There are no claims.");
        return page.finish();
    }
    table(&mut page, found);
    graded(&mut page, found);
    unscored(&mut page, found);
    group(&mut page, "All", &found.all);
    if found.speakers.len() > 1 {
        for speaker in &found.speakers {
            group(&mut page, &format!("By {}", speaker.name), &speaker.scores);
        }
    }
    if found.kinds.len() > 1 {
        kinds(&mut page, found);
    }
    calibration(&mut page, found);
    page.notes(&definitions(found));
    page.finish()
}

fn table(page: &mut Page, found: &ClaimScores) {
    let weighted = found.questions.iter().any(|q| q.forecasts > 1);
    let referred = found.all.reference.is_some();
    let mut rows = Vec::new();
    for question in &found.questions {
        let Some(binary) = &question.binary else {
            continue;
        };
        let star = if binary.assumed { "*" } else { "" };
        let mut row = vec![
            question.name.clone(),
            question.by.clone(),
            format!("{}{star}", score(binary.probability)),
            question.came.clone().unwrap_or_default(),
            score(binary.brier),
            score(binary.brier_sum),
            format!(
                "{}{}",
                score(binary.logarithmic),
                if binary.clipped { "c" } else { "" }
            ),
        ];
        if weighted {
            row.push(binary.time_weighted.map_or_else(String::new, score));
        }
        if referred {
            row.push(binary.reference.map_or_else(String::new, score));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return;
    }
    let mut header = vec!["claim", "by", "said", "came", "Brier", "0-2", "log"];
    if weighted {
        header.push("over days");
    }
    if referred {
        header.push("reference");
    }
    let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
    page.gap();
    let right: Vec<bool> = (0..header.len()).map(|i| i == 2 || i > 3).collect();
    page.table(&header, &rows, &right);
    for question in &found.questions {
        let Some(binary) = &question.binary else {
            continue;
        };
        if let Some(range) = &binary.range {
            page.hanging("  ", "    ", &format!(
                "* {}: {} is a word alone, scored with the middle of its band, an assumption; over the band the Brier score goes from {}.",
                question.name, binary.said, bounds(range.low, range.high)
            ));
        }
    }
}

fn graded(page: &mut Page, found: &ClaimScores) {
    let mut rows = Vec::new();
    for question in &found.questions {
        let Some(graded) = &question.graded else {
            continue;
        };
        rows.push(vec![
            question.name.clone(),
            question.by.clone(),
            question.grade.clone().unwrap_or_default(),
            score(graded.ranked_sum),
            score(graded.ranked_normalised),
            score(graded.brier_sum),
            format!(
                "{}{}",
                score(graded.logarithmic),
                if graded.clipped { "c" } else { "" }
            ),
        ]);
    }
    if rows.is_empty() {
        return;
    }
    page.gap();
    let header = [
        "graded claim",
        "by",
        "came",
        "RPS",
        "RPS normalised",
        "Brier 0-2",
        "log",
    ];
    let header = header.map(str::to_owned);
    page.table(
        &header,
        &rows,
        &[false, false, false, true, true, true, true],
    );
}

fn unscored(page: &mut Page, found: &ClaimScores) {
    let one = |q: &QuestionScore| {
        let why = q.unscored.as_ref()?;
        let right = match q.right {
            Some(true) => "right, ",
            Some(false) => "wrong, ",
            None => "",
        };
        Some(format!("{} ({right}{why})", q.name))
    };
    let all: Vec<String> = found.questions.iter().filter_map(one).collect();
    if !all.is_empty() {
        page.gap();
        page.hanging("Not scored: ", "  ", &format!("{}.", all.join("; ")));
    }
}

fn group(page: &mut Page, name: &str, found: &GroupScore) {
    page.heading(name);
    page.paragraph(&format!(
        "{}: {} right, {} wrong; {} with a probability, of which {} came true.",
        count(found.questions, "claim"),
        found.right,
        found.wrong,
        found.scored,
        found.came
    ));
    if let Some(brier) = found.brier {
        let interval = match (&found.interval, found.scored) {
            (Some(i), _) => format!(", 95 % interval {}", bounds(i.low, i.high)),
            (None, 1) => ": one score shows nothing".to_owned(),
            (None, _) => ": two scores show nothing".to_owned(),
        };
        page.hanging(
            "  ",
            "    ",
            &format!("Mean Brier score {}{interval}.", score(brier)),
        );
    }
    if let (Some(sum), Some(log)) = (found.brier_sum, found.logarithmic) {
        let clipped = match found.clipped {
            0 => String::new(),
            n => format!(", {n} clipped"),
        };
        let days = found
            .time_weighted
            .map(|t| format!("; over days {}", score(t)));
        page.hanging(
            "  ",
            "    ",
            &format!(
                "In the summed form {}; mean logarithmic score {}{clipped}{}.",
                score(sum),
                score(log),
                days.unwrap_or_default()
            ),
        );
    }
    if let Some(base) = found.base_rate_brier.filter(|_| found.scored > 1) {
        let skill = match found.base_rate_skill {
            Some(skill) => format!("skill {}", score(skill)),
            None => "no skill can be told, since all or none came true".to_owned(),
        };
        page.hanging(
            "  ",
            "    ",
            &format!(
                "Always saying their base rate scores {}: {skill}.",
                score(base)
            ),
        );
    }
    if let Some(reference) = &found.reference {
        let shown = |skill: Option<f64>| skill.map_or_else(|| "none".to_owned(), score);
        page.hanging("  ", "    ", &format!(
            "Reference classes, {}: {} against {}, skill {} ({} to {} over the bounds of their frequencies).",
            count(reference.count, "claim"),
            score(reference.brier), score(reference.reference), shown(reference.skill),
            shown(reference.skill_at_least), shown(reference.skill_at_most)
        ));
    }
    if let Some(murphy) = found.murphy.as_ref().filter(|_| found.scored > 1) {
        page.hanging(
            "  ",
            "    ",
            &parts("Parts, by equal probabilities", murphy, false),
        );
    }
    if let Some(murphy) = found.murphy_binned.as_ref().filter(|_| found.scored > 1) {
        page.hanging("  ", "    ", &parts("Parts, by bins", murphy, true));
    }
    if let (Some(sum), Some(normalised)) = (found.ranked_sum, found.ranked_normalised) {
        page.hanging(
            "  ",
            "    ",
            &format!(
                "{}: mean ranked probability score {}, normalised {}.",
                count(found.graded, "graded forecast"),
                score(sum),
                score(normalised)
            ),
        );
    }
}

fn parts(name: &str, murphy: &MurphyFinding, within: bool) -> String {
    let mut text = format!(
        "{name}: reliability {} - resolution {} + uncertainty {}",
        score(murphy.reliability),
        score(murphy.resolution),
        score(murphy.uncertainty)
    );
    if within {
        text.push_str(&format!(
            " + within-bin variance {} - within-bin covariance {}",
            score(murphy.within_variance),
            score(murphy.within_covariance)
        ));
    }
    text.push('.');
    text
}

fn kinds(page: &mut Page, found: &ClaimScores) {
    page.heading("By kind");
    let rows: Vec<Vec<String>> = found
        .kinds
        .iter()
        .map(|kind| {
            vec![
                kind.name.clone(),
                kind.scores.questions.to_string(),
                kind.scores.right.to_string(),
                kind.scores.wrong.to_string(),
                kind.scores.scored.to_string(),
                kind.scores.brier.map_or_else(String::new, score),
            ]
        })
        .collect();
    let header = ["kind", "claims", "right", "wrong", "scored", "mean Brier"].map(str::to_owned);
    page.table(&header, &rows, &[false, true, true, true, true, true]);
}

fn calibration(page: &mut Page, found: &ClaimScores) {
    let rows = &found.all.calibration;
    if rows.is_empty() {
        return;
    }
    page.heading("Calibration");
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.bin.clone(),
                row.count.to_string(),
                score(row.forecast),
                row.came.to_string(),
                score(row.observed),
                bounds(row.interval.low, row.interval.high),
            ]
        })
        .collect();
    let header = [
        "bin",
        "forecasts",
        "mean",
        "came true",
        "share",
        "95 % interval",
    ];
    page.table(
        &header.map(str::to_owned),
        &cells,
        &[false, true, true, true, true, true],
    );
}

fn definitions(found: &ClaimScores) -> Vec<String> {
    let mut notes = Vec::new();
    if found.all.scored > 0 {
        notes.push(
            "Brier: single form, 0 (best) to 1; 0-2: the form summed over true and false. log: natural logarithm of the probability of what came, at most 0 (best), clipped to 0.001 and 0.999 (c). Skill: 1 - score / reference."
                .to_owned(),
        );
    }
    if found.all.graded > 0 {
        notes.push(
            "RPS: ranked probability score, the sum over cumulated probabilities, 0 (best) to the number of outcomes less one; normalised: divided by that number."
                .to_owned(),
        );
    }
    if (1..20).contains(&found.all.scored) {
        notes.push(format!(
            "{} scored: so few show little, and claims about one negotiation hang together. See `detente explain few-claims`.",
            count(found.all.scored, "claim")
        ));
    }
    notes
}
