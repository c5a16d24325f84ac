//! A session as a person reads it in a terminal.

use indexmap::IndexMap;

use super::build::{Played, finding};
use super::chosen;
use super::finding::{Bargaining, LandmarkEntry, TurnEntry};
use crate::packages::{Exact, words};
use crate::style::{Look, Page};

/// How many turns are listed at most.
const SHOWN: usize = 200;

/// The report of a session.
pub fn text(played: &Played<'_>, look: Look) -> String {
    let found = finding(played);
    let mut page = Page::new(look);
    page.heading_here(&crate::words::title(played.model, played.variants));
    page.gap();
    head(&mut page, &found, played);
    parties(&mut page, &found, played);
    if let Some(turns) = &found.turns {
        trace(&mut page, turns);
    }
    outcome(&mut page, &found);
    if let Some(landmarks) = &found.landmarks {
        points(&mut page, &found, landmarks);
    }
    page.finish()
}

fn head(page: &mut Page, found: &Bargaining, played: &Played<'_>) {
    let mut head = format!(
        "Alternating offers: {} at most, {} begins.",
        crate::words::count(found.rounds as usize, "round"),
        found.first
    );
    if let Some(calendar) = &found.calendar {
        head.push(' ');
        head.push_str(&pace(calendar.rounds, calendar.days));
        head.push_str(&format!(", from {} to {}.", calendar.from, calendar.until));
    }
    page.paragraph(&head);
    let ratified = if found.ratified {
        " Nobody offers or accepts what its ratifiers refuse."
    } else {
        ""
    };
    page.paragraph(&format!(
        "A party accepts what is worth as much to it as what it would offer itself. {}{ratified}",
        chosen(played.scenario.setting.choice)
    ));
    for note in &found.notes {
        page.paragraph(note);
    }
}

/// How fast rounds follow, as the beginning of a sentence.
pub(super) fn pace(rounds: u32, days: u32) -> String {
    let rounds = crate::words::count(rounds as usize, "round");
    match days {
        1 => format!("There are {rounds} a day").replace("are 1 ", "is 1 "),
        7 => format!("There are {rounds} a week").replace("are 1 ", "is 1 "),
        _ => format!("There are {rounds} in {days} days").replace("are 1 ", "is 1 "),
    }
}

fn parties(page: &mut Page, found: &Bargaining, played: &Played<'_>) {
    page.heading("At the table");
    let header = ["party", "strategy", "no agreement", "best", "acceptable"];
    let rows: Vec<Vec<String>> = found
        .parties
        .iter()
        .map(|p| {
            vec![
                p.party.clone(),
                p.strategy.clone(),
                p.disagreement.to_string(),
                p.best.to_string(),
                words::grouped(&p.acceptable.to_string()),
            ]
        })
        .collect();
    page.table(
        &header.map(str::to_owned),
        &rows,
        &[false, false, true, true, true],
    );
    let mut told: Vec<&str> = Vec::new();
    for strategy in played.strategies {
        let info = strategy.info();
        if !told.contains(&info.id) {
            told.push(info.id);
            page.hanging("  ", "    ", &format!("{}: {}.", info.id, info.says));
        }
    }
    let worst: Vec<&str> = found
        .parties
        .iter()
        .filter(|p| !p.by_reservation)
        .map(|p| p.party.as_str())
        .collect();
    if !worst.is_empty() {
        page.hanging(
            "  ",
            "    ",
            &format!(
                "No agreement counts as the worst package for {}.",
                crate::words::list(&worst)
            ),
        );
    }
    page.hanging(
        "  ",
        "    ",
        &format!(
            "{} of {} are acceptable to all.",
            words::grouped(&found.agreeable.to_string()),
            words::packages(&found.packages.to_string())
        ),
    );
}

fn trace(page: &mut Page, turns: &[TurnEntry]) {
    page.heading("Turns");
    let dated = turns.first().is_some_and(|t| t.day.is_some());
    let mut before: Option<&IndexMap<String, String>> = None;
    for turn in turns.iter().take(SHOWN) {
        let mut line = turn.round.to_string();
        if dated {
            line.push_str(&format!(" ({})", turn.day.as_deref().unwrap_or_default()));
        }
        line.push_str(&format!(" {} {}", turn.party, turn.does));
        if let Some(package) = &turn.package {
            if turn.does == "offers" {
                let same = before == Some(package);
                let said = if same {
                    "the same".to_owned()
                } else {
                    levels(package)
                };
                line.push_str(&format!(" {said}"));
            }
            line.push_str(&format!(" ({})", worths(&turn.utilities)));
            before = Some(package);
        }
        page.hanging("  ", "    ", &line);
    }
    if turns.len() > SHOWN {
        page.more(turns.len() - SHOWN);
    }
}

fn levels(package: &IndexMap<String, String>) -> String {
    let parts: Vec<String> = package
        .iter()
        .map(|(issue, level)| format!("{issue} {level}"))
        .collect();
    parts.join(", ")
}

fn worths(utilities: &IndexMap<String, Exact>) -> String {
    words::worths(utilities.iter().map(|(name, worth)| (name.as_str(), worth)))
}

fn outcome(page: &mut Page, found: &Bargaining) {
    let offers = crate::words::count(usize::try_from(found.offers).unwrap_or(usize::MAX), "offer");
    let Some(agreement) = &found.agreement else {
        page.heading("No agreement");
        let why = match &found.left {
            Some(party) => format!("No package is worth an agreement to {party}, which leaves"),
            None => "Time runs out".to_owned(),
        };
        page.paragraph(&format!(
            "{why} after {offers}. Everybody has what no agreement is worth."
        ));
        return;
    };
    let day = agreement
        .day
        .as_ref()
        .map_or_else(String::new, |d| format!(" ({d})"));
    page.heading(&format!("Agreement in round {}{day}", agreement.round));
    page.paragraph(&format!("Offered by {}, after {offers}.", agreement.by));
    page.hanging("  ", "    ", &levels(&agreement.package));
    page.gap();
    let header = ["party", "utility", "advantage"].map(str::to_owned);
    let rows: Vec<Vec<String>> = agreement
        .parties
        .iter()
        .map(|(name, share)| {
            vec![
                name.clone(),
                share.utility.to_string(),
                format!("{:.4}", share.advantage),
            ]
        })
        .collect();
    page.table(&header, &rows, &[false, true, true]);
    page.hanging(
        "  ",
        "    ",
        "Advantage: the share of what lies between having no agreement and the best package, rounded. \
         Utility and advantage are discounted where the day of the agreement is.",
    );
}

fn points(page: &mut Page, found: &Bargaining, landmarks: &LandmarkEntry) {
    page.heading("What could be agreed");
    let distances = found.agreement.as_ref().and_then(|a| a.distances);
    let far = |of: fn(&super::DistanceEntry) -> f64| {
        distances
            .as_ref()
            .map_or_else(|| "-".to_owned(), |d| format!("{:.4}", of(d)))
    };
    let list = |points: &[IndexMap<String, Exact>]| {
        let first = points.first().map(worths).unwrap_or_default();
        match points.len() {
            0 | 1 => first,
            n => format!("{first} and {} more", n - 1),
        }
    };
    let header = ["", "worth", "distance"].map(str::to_owned);
    let efficient = format!("{} different", landmarks.efficient);
    let rows = vec![
        vec![
            "Pareto-efficient".to_owned(),
            efficient,
            far(|d| d.efficient),
        ],
        vec!["Nash".to_owned(), list(&landmarks.nash), far(|d| d.nash)],
        vec![
            "Kalai-Smorodinsky".to_owned(),
            list(&landmarks.kalai_smorodinsky),
            far(|d| d.kalai_smorodinsky),
        ],
        vec![
            "Kalai (egalitarian)".to_owned(),
            list(&landmarks.kalai),
            far(|d| d.kalai),
        ],
    ];
    page.table(&header, &rows, &[false, false, true]);
    let welfare = distances.map_or_else(String::new, |d| {
        format!(" The shares of the agreement sum to {:.4}.", d.welfare)
    });
    page.hanging(
        "  ",
        "    ",
        &format!(
            "Nash: the greatest product of gains. Kalai-Smorodinsky: the greatest smallest share of what \
             a party can gain at most. Kalai: the greatest smallest gain. Distances are straight lines \
             between such shares, rounded; 0 is there.{welfare}"
        ),
    );
}
