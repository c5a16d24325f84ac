//! The closing summary, for people and for programs.

use detente_soak::features::FEATURES;
use detente_soak::run::{Plan, Summary};
use serde_json::{Value, json};

/// One model with a finding, as it is reported.
pub(crate) struct Found {
    /// The number of the model.
    pub(crate) number: u64,
    /// What was found in the model as it was drawn.
    pub(crate) findings: Vec<String>,
    /// The shrunk negotiation with its comment, when it could be shrunk.
    pub(crate) text: Option<String>,
    /// Where it was saved.
    pub(crate) file: Option<String>,
}

/// The summary in words.
pub(crate) fn text(plan: &Plan, summary: &Summary, complete: bool, found: &[Found]) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    for one in found {
        line(format!("model {} of seed {}", one.number, plan.seed));
        for finding in &one.findings {
            line(format!("  {finding}"));
        }
        match (&one.file, &one.text) {
            (Some(file), _) => line(format!("  saved as {file}")),
            (None, Some(text)) => {
                for row in text.lines() {
                    line(format!("    {row}"));
                }
            }
            (None, None) => {}
        }
        line(String::new());
    }
    let models = summary.models;
    if !complete {
        let next = plan.from.wrapping_add(models.models);
        line(format!(
            "stopped after {} of {} models; to go on, use --from {next} --models {}",
            models.models,
            plan.models,
            plan.models - models.models
        ));
    }
    line(format!("seed            {:>14}", plan.seed));
    line(format!("models          {:>14}", models.models));
    line(format!("states          {:>14}", summary.states));
    line(format!("largest model   {:>14}", summary.largest));
    line(format!(
        "verdicts        {:>14}  compared with the first examiner",
        summary.compared
    ));
    line(format!(
        "disagreements   {:>14}  models with a finding",
        models.findings
    ));
    line(String::new());
    line("examiner                  models        verdicts".to_owned());
    for (name, models, verdicts) in &summary.examiners {
        line(format!("  {name:<18} {models:>11} {verdicts:>15}"));
    }
    line(String::new());
    line("check                     models        compared".to_owned());
    for (name, models, compared) in &summary.checks {
        line(format!("  {name:<18} {models:>11} {compared:>15}"));
    }
    line(String::new());
    line("feature                            models  findings".to_owned());
    for (name, tally) in FEATURES.iter().zip(&summary.features) {
        line(format!(
            "  {name:<30} {:>8} {:>9}",
            tally.models, tally.findings
        ));
    }
    out
}

/// The summary as JSON.
pub(crate) fn json(plan: &Plan, summary: &Summary, complete: bool, found: &[Found]) -> String {
    let examiners: Vec<Value> = summary
        .examiners
        .iter()
        .map(|(name, models, verdicts)| json!({"name": name, "models": models, "verdicts": verdicts}))
        .collect();
    let checks: Vec<Value> = summary
        .checks
        .iter()
        .map(|(name, models, compared)| json!({"name": name, "models": models, "compared": compared}))
        .collect();
    let features: Vec<Value> = FEATURES
        .iter()
        .zip(&summary.features)
        .map(|(name, t)| json!({"name": name, "models": t.models, "findings": t.findings}))
        .collect();
    let found: Vec<Value> = found
        .iter()
        .map(|one| {
            json!({
                "model": one.number,
                "findings": one.findings,
                "shrunk": one.text,
                "file": one.file,
            })
        })
        .collect();
    let whole = json!({
        "seed": plan.seed,
        "from": plan.from,
        "models": summary.models.models,
        "asked": plan.models,
        "complete": complete,
        "states": summary.states,
        "largest": summary.largest,
        "verdicts": summary.compared,
        "disagreements": summary.models.findings,
        "examiners": examiners,
        "checks": checks,
        "features": features,
        "found": found,
    });
    format!("{whole:#}\n")
}
