//! A comparison for people.

mod beside;

use super::{
    AnswerDifference, Causes, ClassDifference, Comparison, Group, ModelDifference, Side, StateIn,
    VerdictDifference, words,
};
use crate::style::{Look, Page};
use crate::words::{capital, count, titled};

/// Changes of the model that are listed at most.
const MOST_CHANGES: usize = 60;

/// States that are listed at most in one place.
const MOST_STATES: usize = 12;

/// Verdicts that are explained at most.
const MOST_VERDICTS: usize = 3;

/// Improvements of which it is told what becomes of them, at most, in one verdict.
const MOST_REASONS: usize = 3;

/// The comparison as a person reads it.
pub fn text(found: &Comparison, look: Look) -> String {
    let mut page = Page::new(look);
    page.hanging("A: ", "   ", &side(&found.a));
    page.hanging("B: ", "   ", &side(&found.b));
    if found.same {
        page.gap();
        page.paragraph("No difference.");
        page.notes(&found.notes);
        return page.finish();
    }
    if let Some(model) = &found.model {
        changes(&mut page, model);
    }
    if let Some(answers) = &found.answers {
        conflict(&mut page, answers);
    }
    if let Some(packages) = found.packages.as_ref().filter(|p| !p.changes.is_empty()) {
        beside::packages(&mut page, packages);
    }
    if !found.claims.is_empty() {
        page.heading("Claims");
        for claim in &found.claims {
            let (was, now) = (&claim.standing.a, &claim.standing.b);
            page.hanging(
                "  - ",
                "    ",
                &format!("`{}`: {was} -> {now}", claim.claim),
            );
        }
    }
    if let Some(forecast) = found.forecast.as_ref().filter(|f| f.changed) {
        beside::forecast(&mut page, forecast);
    }
    let conflicts = &found.conflicts;
    if !conflicts.gone.is_empty() || !conflicts.new.is_empty() {
        page.heading("Contradictions in what is said");
        for (word, list) in [("gone", &conflicts.gone), ("new", &conflicts.new)] {
            for conflict in list {
                page.hanging(&format!("  {word:<5} "), "        ", conflict);
            }
        }
    }
    page.notes(&found.notes);
    page.finish()
}

/// `january.detente, variant flex: "United States and North Korea", as of 2019-01-20`.
fn side(side: &Side) -> String {
    let mut text = titled(&side.file, &side.variants);
    if let Some(negotiation) = &side.negotiation {
        text = format!("{text}: {negotiation}");
    }
    match &side.as_of {
        Some(day) => format!("{text} (as of {day})"),
        None => text,
    }
}

fn changes(page: &mut Page, model: &ModelDifference) {
    let number = model.changes.len();
    if number == 0 && model.renamed.is_empty() {
        page.heading("The model is the same");
        return;
    }
    page.heading(&format!(
        "What changed in the model: {}",
        count(number, "change")
    ));
    for renamed in &model.renamed {
        page.hanging("   -  ", "      ", &renamed.text);
    }
    // What the answers can depend on comes first; numbers stay.
    let (bears, words): (Vec<_>, Vec<_>) = model.changes.iter().partition(|c| c.bears);
    for change in bears.iter().take(MOST_CHANGES) {
        page.hanging(&format!("{:>4}  ", change.number), "      ", &change.text);
    }
    if bears.len() > MOST_CHANGES {
        page.more(bears.len() - MOST_CHANGES);
    }
    if words.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(if bears.is_empty() {
        "What holds and what is reached does not depend on:"
    } else {
        "And what holds and what is reached does not depend on these:"
    });
    for change in words.iter().take(MOST_CHANGES) {
        page.hanging(&format!("{:>4}  ", change.number), "      ", &change.text);
    }
    if words.len() > MOST_CHANGES {
        page.more(words.len() - MOST_CHANGES);
    }
}

fn conflict(page: &mut Page, answers: &AnswerDifference) {
    if !answers.changed {
        page.heading("No answer about the conflict changed");
        let kept = answers.held.as_ref().map(|held| held.kept.len());
        if let Some(kept) = kept {
            let word = if kept == 1 { "holds" } else { "hold" };
            let states = count(kept, "state");
            page.paragraph(&format!("{states} {word} under {}, in both.", answers.main));
        }
        return;
    }
    page.heading("What changed in the answers");
    let feasible = &answers.feasible;
    if feasible.a != feasible.b {
        let line = format!("feasible states: {} -> {}", feasible.a, feasible.b);
        page.hanging("  ", "    ", &line);
    }
    let quo = &answers.status_quo;
    if answers.listed && quo.a != quo.b {
        let told =
            |on: &Option<Vec<String>>| on.as_ref().map_or("none".to_owned(), |on| words::state(on));
        let line = format!("status quo: {} -> {}", told(&quo.a), told(&quo.b));
        page.hanging("  ", "    ", &line);
    }
    if let Some(held) = &answers.held {
        page.gap();
        page.paragraph(&format!(
            "States that hold under {}: {} gone, {} new, {} in both.",
            answers.main,
            held.gone.len(),
            held.new.len(),
            held.kept.len()
        ));
        states(page, "gone", &held.gone);
        states(page, "new", &held.new);
    }
    concepts(page, answers);
    classes(page, &answers.classes);
    if let Some(causes) = &answers.causes {
        behind(page, causes);
    }
    if let Some(why) = &answers.not_attributed {
        page.heading("What is behind it");
        page.paragraph(&format!("Not said: {why}."));
    }
    verdicts(page, &answers.verdicts);
    if !answers.firmness.is_empty() {
        page.heading("How firmly");
        page.paragraph(
            "By how many swaps of adjacent ranks in one party's order a state breaks that holds in both:",
        );
        for firm in answers.firmness.iter().take(MOST_STATES) {
            let told =
                |swaps: Option<u32>| swaps.map_or("none breaks it".to_owned(), |n| n.to_string());
            let line = format!(
                "{}: {} -> {}",
                state(&firm.state),
                told(firm.swaps.a),
                told(firm.swaps.b)
            );
            page.hanging("  - ", "    ", &line);
        }
        if answers.firmness.len() > MOST_STATES {
            page.more(answers.firmness.len() - MOST_STATES);
        }
    }
}

/// `A 8, B 9 [small deal]: US.relief, US.sign`.
fn state(state: &StateIn) -> String {
    let number = |name: &str, id: Option<u32>| match id {
        Some(id) => format!("{name} {id}"),
        None => format!("not in {name}"),
    };
    let class = state.class.as_ref().map(|c| format!(" [{c}]"));
    format!(
        "{}, {}{}: {}",
        number("A", state.a),
        number("B", state.b),
        class.unwrap_or_default(),
        words::state(&state.on)
    )
}

fn states(page: &mut Page, word: &str, list: &[StateIn]) {
    for one in list.iter().take(MOST_STATES) {
        page.hanging(&format!("  {word:<5} "), "        ", &state(one));
    }
    if list.len() > MOST_STATES {
        page.more(list.len() - MOST_STATES);
    }
}

fn concepts(page: &mut Page, answers: &AnswerDifference) {
    let rows: Vec<Vec<String>> = answers
        .concepts
        .iter()
        .map(|by| {
            let count = |n: &Option<String>| n.clone().unwrap_or_else(|| "-".to_owned());
            let length = |of: Option<usize>| of.map_or("-".to_owned(), |n| n.to_string());
            let sets = by.equilibria.as_ref();
            vec![
                by.concept.clone(),
                count(&by.count.a),
                count(&by.count.b),
                length(sets.map(|s| s.gone.len())),
                length(sets.map(|s| s.new.len())),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.gap();
        let header = ["equilibria", "A", "B", "gone", "new"].map(str::to_owned);
        page.table(&header, &rows, &[false, true, true, true, true]);
    }
}

fn classes(page: &mut Page, classes: &[ClassDifference]) {
    let rows: Vec<Vec<String>> = classes
        .iter()
        .filter(|class| class.changed)
        .map(|class| {
            let number = |n: Option<usize>| n.map_or("-".to_owned(), |n| n.to_string());
            let way =
                |way: &Option<String>| way.as_deref().map_or("-", words::way_in_words).to_owned();
            let change = |was: String, now: String| {
                if was == now {
                    was
                } else {
                    format!("{was} -> {now}")
                }
            };
            vec![
                class
                    .class
                    .clone()
                    .unwrap_or_else(|| "(no class)".to_owned()),
                change(number(class.states.a), number(class.states.b)),
                change(number(class.held.a), number(class.held.b)),
                change(way(&class.reached.a), way(&class.reached.b)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.gap();
        let header = ["class", "states", "hold", "reached from the status quo"];
        page.table(&header.map(str::to_owned), &rows, &[false; 4]);
    }
}

fn behind(page: &mut Page, causes: &Causes) {
    if causes.answers.is_empty() {
        return;
    }
    page.heading("Which change is behind it");
    tried(page, &causes.groups);
    groups(page, causes);
}

/// What was made alone and left out alone: each change, or each of these groups.
fn tried(page: &mut Page, groups: &[Group]) {
    if groups.is_empty() {
        page.paragraph("Each change was made alone to A, and left out alone of B.");
        return;
    }
    page.paragraph(
        "There are too many changes to tell each apart. Those about the same were taken together, and each group was \
         made alone to A, and left out alone of B:",
    );
    for group in groups {
        page.hanging(&format!("{:>4}  ", group.number), "      ", &group.text);
    }
}

/// Answers by what is behind them.
fn groups(page: &mut Page, causes: &Causes) {
    // Answers with the same behind them stand together, in the order of the first of each.
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for cause in &causes.answers {
        let group = groups.iter_mut().find(|(text, _)| *text == cause.text);
        match group {
            Some((_, answers)) => answers.push(&cause.answer),
            None => groups.push((&cause.text, vec![&cause.answer])),
        }
    }
    for (text, answers) in groups.iter().take(MOST_CHANGES) {
        page.gap();
        page.paragraph(&format!("{}:", capital(text)));
        for answer in answers.iter().take(MOST_STATES) {
            page.hanging("  - ", "    ", answer);
        }
        if answers.len() > MOST_STATES {
            page.more(answers.len() - MOST_STATES);
        }
    }
    if groups.len() > MOST_CHANGES {
        page.more(groups.len() - MOST_CHANGES);
    }
    limits(
        page,
        &causes.not_alone,
        &causes.not_omitted,
        causes.stopped.as_deref(),
    );
}

/// What could not be tried.
fn limits(page: &mut Page, not_alone: &[usize], not_omitted: &[usize], stopped: Option<&str>) {
    if !not_alone.is_empty() || !not_omitted.is_empty() || stopped.is_some() {
        page.gap();
    }
    let listed = |list: &[usize]| {
        let numbers: Vec<String> = list.iter().map(ToString::to_string).collect();
        crate::words::list(&numbers)
    };
    if !not_alone.is_empty() {
        page.paragraph(&format!(
            "Not to be made alone, for the text would name what is not there: {}.",
            listed(not_alone)
        ));
    }
    if !not_omitted.is_empty() {
        page.paragraph(&format!(
            "Not to be left out alone, likewise: {}.",
            listed(not_omitted)
        ));
    }
    if let Some(stopped) = stopped {
        page.paragraph(&format!("Not all sets of changes were tried: {stopped}."));
    }
}

fn verdicts(page: &mut Page, verdicts: &[VerdictDifference]) {
    if verdicts.is_empty() {
        return;
    }
    page.heading("For whom, and why");
    for change in verdicts.iter().take(MOST_VERDICTS) {
        page.gap_once();
        page.hanging("", "  ", &state(&change.state));
        for (name, told) in [("A", &change.verdict.a), ("B", &change.verdict.b)] {
            page.hanging(&format!("  {name}  "), "     ", &told.claim);
            for reason in told.reasons.iter().take(MOST_REASONS) {
                page.hanging("     - ", "       ", reason);
            }
            if told.reasons.len() > MOST_REASONS {
                let left = told.reasons.len() - MOST_REASONS;
                page.hanging("     ", "     ", &format!("and {left} more."));
            }
        }
    }
    if verdicts.len() > MOST_VERDICTS {
        page.gap();
        page.more(verdicts.len() - MOST_VERDICTS);
    }
}
