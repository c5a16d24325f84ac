//! The sources, and what hangs on each.

use detente_model::Model;
use schemars::JsonSchema;
use serde::Serialize;

use super::ledger::{Ledger, witness};

/// A source, and what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceUse {
    /// Its name.
    pub name: String,
    /// Whether it is declared.
    pub declared: bool,
    /// What it is.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// What kind of source it is.
    pub kind: Option<String>,
    /// How good it is: `B2`. The letter is the reliability of the source, `A` reliable to `E` unreliable and `F`
    /// cannot be judged; the digit the credibility of what it says, 1 confirmed to 5 improbable and 6 cannot be
    /// judged (AJP-2.1).
    pub grade: Option<String>,
    /// The file with its text.
    pub file: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Whether the file holds notes.
    pub notes: bool,
    /// The sources that it repeats: the next, the one behind that, and so on.
    pub chain: Vec<String>,
    /// The last of the chain, or itself: the witness.
    pub witness: String,
    /// The elements that cite it, as numbers of the ledger.
    pub elements: Vec<usize>,
    /// For a witness: the elements that it alone supports, by itself or through who repeats it. If it is wrong,
    /// these fall. Empty for a source that repeats another.
    pub alone: Vec<usize>,
}

/// All sources that are declared, then those that are cited and not declared.
pub(super) fn uses(ledger: &Ledger, model: &Model) -> Vec<SourceUse> {
    let mut out: Vec<SourceUse> = Vec::new();
    for (at, source) in model.sources.iter().enumerate() {
        let chain = model.chain(at).skip(1);
        let chain = chain.filter_map(|n| Some(model.sources.get(n)?.name.clone()));
        let grade = source.grade.map(|g| {
            let credibility = g.credibility.map(|c| c.to_string());
            format!("{}{}", g.reliability, credibility.unwrap_or_default())
        });
        let witness = model.sources.get(model.witness(at));
        out.push(SourceUse {
            name: source.name.clone(),
            declared: true,
            title: source.title.clone(),
            date: source.date.map(|d| d.to_string()),
            kind: source.kind.clone(),
            grade,
            file: source.file.clone(),
            url: source.properties.get("url").cloned(),
            notes: source.notes,
            chain: chain.collect(),
            witness: witness.unwrap_or(source).name.clone(),
            elements: Vec::new(),
            alone: Vec::new(),
        });
    }
    for element in &ledger.elements {
        for name in &element.sources {
            let at = out.iter().position(|s| s.name == *name);
            let at = at.unwrap_or_else(|| {
                out.push(undeclared(name, model));
                out.len() - 1
            });
            out[at].elements.push(element.number);
        }
        if let [alone] = element.witnesses.as_slice()
            && let Some(source) = out.iter_mut().find(|s| s.name == *alone)
        {
            source.alone.push(element.number);
        }
    }
    out
}

fn undeclared(name: &str, model: &Model) -> SourceUse {
    SourceUse {
        name: name.to_owned(),
        declared: false,
        title: None,
        date: None,
        kind: None,
        grade: None,
        file: None,
        url: None,
        notes: false,
        chain: Vec::new(),
        witness: witness(name, model),
        elements: Vec::new(),
        alone: Vec::new(),
    }
}
