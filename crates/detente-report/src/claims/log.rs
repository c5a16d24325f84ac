//! What a sealed log of forecasts holds, and whether its seals are whole.

use detente_analysis::claims::Saying;
use detente_analysis::claims::log::{Fault, ForecastEntry, Log};
use detente_analysis::claims::register::{Register, Registered, saying};
use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::style::{Look, Page};
use crate::words::{capital, count};

/// What `claims show` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimLog {
    /// What this is: `detente-claim-log/1`.
    pub format: String,
    /// How many entries the log has.
    pub entries: usize,
    /// The seal of the last entry.
    pub head: String,
    /// The questions, in the order in which they were first asked.
    pub questions: Vec<AskedFinding>,
}

/// A question of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AskedFinding {
    /// Its name.
    pub name: String,
    /// What is claimed.
    pub title: Option<String>,
    /// The first day of its window.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// The condition under which alone it is claimed.
    pub condition: Option<String>,
    /// What makes it true.
    pub rule: Option<String>,
    /// The least and the most frequency of its reference class, as written.
    pub reference: Option<(String, String)>,
    /// The forecasts, in the order of the log.
    pub forecasts: Vec<ForecastFinding>,
    /// The outcomes, in the order of the log; the last counts.
    pub outcomes: Vec<OutcomeFinding>,
}

/// A forecast of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ForecastFinding {
    /// Who says so.
    pub by: String,
    /// When it was said.
    pub said: String,
    /// What is said: `0.7, likely (55-80 %)`, or ordered outcomes with their probabilities.
    pub says: String,
}

/// An outcome of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutcomeFinding {
    /// `yes`, `no`, `partly`, `void`, or the grade.
    pub came: String,
    /// When it was known.
    pub on: String,
    /// Why.
    pub because: Option<String>,
}

/// What `claims verify` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimSeal {
    /// What this is: `detente-claim-seal/1`.
    pub format: String,
    /// Whether every byte is sealed and in its place, and the head that was asked for is there.
    pub sound: bool,
    /// How many entries are sealed and in their place.
    pub entries: usize,
    /// The seal of the last of them.
    pub head: String,
    /// Torn bytes that a later entry has marked.
    pub torn: Vec<TornFinding>,
    /// The line where a torn end begins that no entry has marked yet.
    pub torn_end: Option<usize>,
    /// What is wrong.
    pub defects: Vec<DefectFinding>,
    /// Whether the seal that was asked for is that of an entry; `null` when none was.
    pub knows_head: Option<bool>,
}

/// Torn bytes that were never an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TornFinding {
    /// The line of the entry that marks them; they stand right before it.
    pub before_line: usize,
    /// How many they are.
    pub bytes: u64,
}

/// Something wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DefectFinding {
    /// In which line.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// What is wrong with a line, as a clause.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Seal => {
            "it is not sealed as it stands: it was changed, or its end is missing".to_owned()
        }
        Fault::Form(error) => format!("it is sealed and is no entry of a log: {error}"),
        Fault::Number { found, expected } => {
            format!("it is numbered {found} and should be {expected}")
        }
        Fault::Chain => {
            "it does not follow the entry before it: a line was taken away, added or moved"
                .to_owned()
        }
        Fault::Torn => "the torn bytes before an entry are not those that it marks".to_owned(),
        Fault::Begin => "a log begins here, or does not begin where it should".to_owned(),
        Fault::Foreign => "the file is no log of forecasts".to_owned(),
    }
}

/// Puts the state of the seals into its serialisable form; `known` is a seal from before that must still be there.
pub fn seal(log: &Log, known: Option<&str>) -> ClaimSeal {
    let knows_head = known.map(|seal| log.entries.iter().any(|e| e.seal == seal));
    let torn = log.entries.iter().filter_map(|entry| {
        let torn = entry.torn.as_ref()?;
        Some(TornFinding {
            before_line: entry.line,
            bytes: torn.bytes,
        })
    });
    ClaimSeal {
        format: "detente-claim-seal/1".to_owned(),
        sound: log.defects.is_empty() && log.tail.is_none() && knows_head != Some(false),
        entries: log.entries.len(),
        head: log.head().to_owned(),
        torn: torn.collect(),
        torn_end: log.tail.as_ref().map(|t| t.line),
        defects: log
            .defects
            .iter()
            .map(|d| DefectFinding {
                line: d.line,
                what: fault(&d.fault),
            })
            .collect(),
        knows_head,
    }
}

/// The state of the seals, as a person reads it.
pub fn seal_text(finding: &ClaimSeal, look: Look) -> String {
    let mut page = Page::new(look);
    let state = if finding.sound {
        "The log is sound"
    } else {
        "The log is not sound"
    };
    page.heading_here(&format!(
        "{state}: {} sealed and in place.",
        count(finding.entries, "entry").replace("entrys", "entries")
    ));
    for defect in &finding.defects {
        page.hanging(
            "  ",
            "    ",
            &format!("Line {}: {}.", defect.line, defect.what),
        );
    }
    if let Some(line) = finding.torn_end {
        page.hanging("  ", "    ", &format!(
            "Line {line} is torn: writing was cut short, or its end was changed. It was never accepted and is not read; the next entry will mark it."
        ));
    }
    for torn in &finding.torn {
        page.hanging(
            "  ",
            "    ",
            &format!(
                "Before line {} stand {} that were torn and never accepted; the line marks them.",
                torn.before_line,
                count(torn.bytes as usize, "byte")
            ),
        );
    }
    match finding.knows_head {
        Some(true) => page.hanging("  ", "    ", "The seal that was asked for is there."),
        Some(false) => page.hanging("  ", "    ", "The seal that was asked for is not there: the log has lost entries, or is another one."),
        None => {}
    }
    page.line(&format!("Last seal: {}", finding.head));
    page.finish()
}

/// Puts the content of a log into its serialisable form.
pub fn log(log: &Log) -> ClaimLog {
    let register = Register::new(&log.entries);
    ClaimLog {
        format: "detente-claim-log/1".to_owned(),
        entries: log.entries.len(),
        head: log.head().to_owned(),
        questions: register.questions.iter().map(asked).collect(),
    }
}

fn asked(question: &Registered) -> AskedFinding {
    let asked = &question.asked;
    AskedFinding {
        name: asked.name.clone(),
        title: asked.title.clone(),
        first: asked.first.map(|d| d.to_string()),
        last: asked.last.map(|d| d.to_string()),
        condition: asked.condition.clone(),
        rule: asked.rule.clone(),
        reference: asked.reference.clone(),
        forecasts: question.forecasts.iter().map(forecast).collect(),
        outcomes: question
            .outcomes
            .iter()
            .map(|outcome| OutcomeFinding {
                came: words::came(&outcome.came).to_owned(),
                on: outcome.on.to_string(),
                because: outcome.because.clone(),
            })
            .collect(),
    }
}

fn forecast(entry: &ForecastEntry) -> ForecastFinding {
    let says = match saying(entry) {
        Ok(Saying::Chance(chance)) => chance.to_string(),
        Ok(Saying::Graded(_)) => {
            let grades = entry.graded.iter();
            let grades = grades.map(|g| format!("{} \"{}\"", g.probability, g.outcome));
            grades.collect::<Vec<_>>().join(", ")
        }
        Err(_) => "nothing that can be scored".to_owned(),
    };
    ForecastFinding {
        by: entry.by.clone(),
        said: entry.said.to_string(),
        says,
    }
}

/// The content of a log, as a person reads it.
pub fn log_text(finding: &ClaimLog, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading_here(&count(finding.questions.len(), "question"));
    for question in &finding.questions {
        page.gap();
        let title = question.title.as_ref().map(|t| format!(": {t}"));
        page.hanging(
            "",
            "  ",
            &format!("{}{}", question.name, title.unwrap_or_default()),
        );
        let mut terms = Vec::new();
        match (&question.first, &question.last) {
            (Some(first), Some(last)) => terms.push(format!("between {first} and {last}")),
            (Some(first), None) => terms.push(format!("from {first}")),
            (None, Some(last)) => terms.push(format!("by {last}")),
            (None, None) => {}
        }
        terms.extend(question.condition.as_ref().map(|c| format!("if {c}")));
        terms.extend(question.rule.as_ref().map(|r| format!("true when {r}")));
        terms.extend(question.reference.as_ref().map(|(least, most)| {
            if least == most {
                format!("reference class {least}")
            } else {
                format!("reference class {least} to {most}")
            }
        }));
        if !terms.is_empty() {
            page.hanging("  ", "    ", &capital(&terms.join("; ")));
        }
        for forecast in &question.forecasts {
            page.hanging(
                "  ",
                "    ",
                &format!("{} {}: {}", forecast.said, forecast.by, forecast.says),
            );
        }
        for (place, outcome) in question.outcomes.iter().enumerate() {
            let because = outcome.because.as_ref().map(|b| format!(": {b}"));
            let counts = if place + 1 < question.outcomes.len() {
                " (replaced below)"
            } else {
                ""
            };
            page.hanging(
                "  ",
                "    ",
                &format!(
                    "{} outcome: {}{}{counts}",
                    outcome.on,
                    outcome.came,
                    because.unwrap_or_default()
                ),
            );
        }
    }
    page.finish()
}
