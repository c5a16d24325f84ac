//! A comparison as comma-separated values: one row for each change of the model and of the answers.

use super::{Comparison, Equilibria, ForecastDifference, words};
use crate::csv::table;

/// One row for each change: what part it is of, what it concerns, and what it was and is.
pub fn csv(found: &Comparison) -> String {
    let mut rows: Vec<[String; 8]> = Vec::new();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if let Some(model) = &found.model {
        for renamed in &model.renamed {
            rows.push([
                "model".to_owned(),
                String::new(),
                renamed.kind.clone(),
                renamed.now.clone(),
                renamed.within.join("; "),
                "renamed".to_owned(),
                renamed.was.clone(),
                renamed.now.clone(),
            ]);
        }
        for change in &model.changes {
            let became = match &change.property {
                Some(property) => property.clone(),
                None => change.became.clone(),
            };
            rows.push([
                "model".to_owned(),
                change.number.to_string(),
                change.kind.clone(),
                change.name.clone(),
                change.within.join("; "),
                became,
                text(&change.was),
                text(&change.now),
            ]);
        }
    }
    let mut answer = |kind: &str, name: &str, what: &str, was: String, now: String| {
        if was != now {
            rows.push([
                "answers".to_owned(),
                String::new(),
                kind.to_owned(),
                name.to_owned(),
                String::new(),
                what.to_owned(),
                was,
                now,
            ]);
        }
    };
    if let Some(answers) = &found.answers {
        let (a, b) = (answers.feasible.a.clone(), answers.feasible.b.clone());
        answer("states", "", "feasible", a, b);
        for by in &answers.concepts {
            let (was, now) = (text(&by.count.a), text(&by.count.b));
            answer("equilibria", &by.concept, "count", was, now);
            if let Some(Equilibria { gone, new, kept: _ }) = &by.equilibria {
                for state in gone {
                    let name = words::state(&state.on);
                    answer(
                        "state",
                        &name,
                        &by.concept,
                        "holds".to_owned(),
                        String::new(),
                    );
                }
                for state in new {
                    let name = words::state(&state.on);
                    answer(
                        "state",
                        &name,
                        &by.concept,
                        String::new(),
                        "holds".to_owned(),
                    );
                }
            }
        }
        for class in &answers.classes {
            let number = |n: Option<usize>| n.map_or(String::new(), |n| n.to_string());
            let name = text(&class.class);
            let states = (number(class.states.a), number(class.states.b));
            answer("class", &name, "states", states.0, states.1);
            let held = (number(class.held.a), number(class.held.b));
            answer("class", &name, "hold", held.0, held.1);
            let (was, now) = (text(&class.reached.a), text(&class.reached.b));
            answer("class", &name, "reached", was, now);
        }
    }
    for claim in &found.claims {
        let (was, now) = (claim.standing.a.clone(), claim.standing.b.clone());
        answer("claim", &claim.claim, "standing", was, now);
    }
    if let Some(forecast) = &found.forecast {
        let share = |p: Option<f64>| p.map_or(String::new(), |p| p.to_string());
        for day in &forecast.days {
            for class in &day.classes {
                let p = &class.probability;
                let (was, now) = (share(p.a), share(p.b));
                answer("probability", &class.class, &day.day, was, now);
            }
        }
    }
    for conflict in &found.conflicts.gone {
        answer(
            "contradiction",
            conflict,
            "",
            "yes".to_owned(),
            String::new(),
        );
    }
    for conflict in &found.conflicts.new {
        answer(
            "contradiction",
            conflict,
            "",
            String::new(),
            "yes".to_owned(),
        );
    }
    if let Some(packages) = &found.packages {
        for change in &packages.changes {
            let (was, now) = (change.found.a.clone(), change.found.b.clone());
            answer("packages", &change.what, "", was, now);
        }
    }
    rows.extend(found.forecast.iter().flat_map(shares));
    table("part,number,kind,name,within,what,was,now", rows)
}

/// What each change does to each probability that differs: one row for each of its three numbers.
fn shares(forecast: &ForecastDifference) -> Vec<[String; 8]> {
    let mut rows = Vec::new();
    let groups = forecast.causes.iter().flat_map(|causes| &causes.groups);
    let groups: Vec<_> = groups.collect();
    for cause in forecast.causes.iter().flat_map(|causes| &causes.answers) {
        for change in &cause.changes {
            let group = groups.iter().find(|group| group.number == change.change);
            let group = group.map_or(String::new(), |group| format!("group {}", group.text));
            let numbers = [
                ("made", change.made),
                ("left out", change.unmade),
                ("share", change.share),
            ];
            for (what, number) in numbers {
                rows.push([
                    "causes".to_owned(),
                    change.change.to_string(),
                    what.to_owned(),
                    cause.class.clone(),
                    group.clone(),
                    cause.day.clone(),
                    String::new(),
                    number.map_or(String::new(), |n| n.to_string()),
                ]);
            }
        }
    }
    rows
}
