//! What could be agreed and how probable the classes are, for people.

use serde_json::json;

use super::super::{ForecastCause, ForecastCauses, ForecastDifference, PackageDifference};
use super::{groups, limits, tried};
use crate::document::Form;
use crate::style::Page;
use crate::words::{capital, list};

/// Rows of probabilities that are shown at most.
const MOST_ROWS: usize = 24;

/// Probabilities of which it is told what is behind them, at most.
const MOST_CAUSES: usize = 12;

/// Days that are named at most.
const MOST_DAYS: usize = 8;

pub(super) fn packages(page: &mut Page, packages: &PackageDifference) {
    page.heading("What could be agreed");
    for change in &packages.changes {
        page.hanging("  - ", "    ", &change.text);
    }
    if let Some(causes) = packages.causes.as_ref().filter(|c| !c.answers.is_empty()) {
        page.heading("Which change is behind what could be agreed");
        tried(page, &causes.groups);
        groups(page, causes);
    }
    if let Some(why) = &packages.not_attributed {
        page.heading("What is behind what could be agreed");
        page.paragraph(&format!("Not said: {why}."));
    }
}

/// A probability as it is printed.
fn shown(probability: f64) -> String {
    format!("{probability:.3}")
}

pub(super) fn forecast(page: &mut Page, forecast: &ForecastDifference) {
    page.heading("How probable");
    let share = |p: Option<f64>| p.map_or("-".to_owned(), shown);
    let last = forecast.days.len().saturating_sub(1);
    let mut rows = Vec::new();
    let mut same = 0;
    for (place, day) in forecast.days.iter().enumerate() {
        for class in &day.classes {
            let p = &class.probability;
            let (was, now) = (share(p.a), share(p.b));
            if place < last && was == now {
                same += 1;
                continue;
            }
            rows.push(vec![day.day.clone(), class.class.clone(), was, now]);
        }
    }
    // The last day is the one to show where not all can be.
    let more = rows.len().saturating_sub(MOST_ROWS);
    let header = ["day", "class", "A", "B"].map(str::to_owned);
    page.table(
        &header,
        rows.get(more..).unwrap_or_default(),
        &[false, false, true, true],
    );
    if more > 0 || same > 0 {
        page.gap();
    }
    if more > 0 {
        page.paragraph(&format!(
            "And {more} more of earlier days; --format json has them all."
        ));
    }
    if same > 0 {
        page.paragraph(&format!(
            "Left out: {same} of earlier days, the same to three digits."
        ));
    }
    only(page, "A", &forecast.only_a);
    only(page, "B", &forecast.only_b);
    if let Some(causes) = &forecast.causes {
        behind(page, causes, forecast);
    }
    if let Some(why) = &forecast.not_attributed {
        page.heading("What is behind the probabilities");
        page.paragraph(&format!("Not said: {why}."));
    }
}

fn only(page: &mut Page, name: &str, days: &[String]) {
    if days.is_empty() {
        return;
    }
    let mut named: Vec<String> = days.iter().take(MOST_DAYS).cloned().collect();
    if days.len() > MOST_DAYS {
        named.push(format!("{} more", days.len() - MOST_DAYS));
    }
    page.gap();
    page.paragraph(&format!("Only {name} answers for {}.", list(&named)));
}

/// What is behind the probabilities of the last day on which one differs.
fn behind(page: &mut Page, causes: &ForecastCauses, forecast: &ForecastDifference) {
    let seen = |cause: &&ForecastCause| shown(cause.probability.a) != shown(cause.probability.b);
    let differing = causes.answers.iter().filter(seen);
    let Some(day) = differing.map(|cause| &cause.day).max() else {
        return;
    };
    page.heading(&format!(
        "Which change is behind the probabilities of {day}"
    ));
    page.paragraph(&format!("In percentage points. {}", causes.rule));
    let unit = if causes.groups.is_empty() {
        "change"
    } else {
        page.gap();
        tried(page, &causes.groups);
        "group"
    };
    let of_day = causes.answers.iter().filter(|cause| cause.day == *day);
    let told: Vec<&ForecastCause> = of_day.filter(seen).collect();
    for cause in told.iter().take(MOST_CAUSES) {
        page.gap();
        let p = &cause.probability;
        page.hanging(
            "",
            "  ",
            &format!("{}: {} -> {}", cause.class, shown(p.a), shown(p.b)),
        );
        let points = |p: Option<f64>| {
            p.and_then(|p| Form::Points(1).show(&json!(p)))
                .unwrap_or_else(|| "-".to_owned())
        };
        let rows: Vec<Vec<String>> = cause
            .changes
            .iter()
            .map(|change| {
                vec![
                    format!("{unit} {}", change.change),
                    points(change.made),
                    points(change.unmade),
                    points(change.share),
                ]
            })
            .collect();
        let header = ["", "made", "left out", "share"].map(str::to_owned);
        page.table(&header, &rows, &[false, true, true, true]);
        page.paragraph(&format!("{}.", capital(&cause.text)));
    }
    if told.len() > MOST_CAUSES {
        page.more(told.len() - MOST_CAUSES);
    }
    if forecast.days.len() > 1 {
        page.gap();
        page.paragraph("--format json, --format csv and pages with -o have the other days.");
    }
    limits(
        page,
        &causes.not_alone,
        &causes.not_omitted,
        causes.stopped.as_deref(),
    );
    if let Some(why) = causes
        .not_shared
        .as_ref()
        .filter(|_| causes.stopped.is_none())
    {
        page.gap();
        page.paragraph(&format!("There are no shares: {why}."));
    }
}
