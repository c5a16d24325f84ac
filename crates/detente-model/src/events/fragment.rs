//! Candidates in the language: as comments until they are accepted, then as lines of a calendar.

use std::fmt::Write;

use detente_syntax::{is_name, quote};
use indexmap::{IndexMap, IndexSet};

use super::{Candidate, Found, Side};

/// A title is not longer than this many letters.
const LONGEST_TITLE: usize = 120;

/// All candidates as comments, each with its id: a list to choose from, which is read as an empty calendar.
pub fn candidates_text(found: &Found) -> String {
    let mut out = String::new();
    let names = Publishers::new(&found.candidates);
    let _ = writeln!(
        out,
        "# Candidates from {}. Nothing here is a fact until it is accepted:",
        found.layout.name()
    );
    let _ = writeln!(out, "# name the ids of those that are with --accept.");
    let _ = writeln!(out, "calendar {{");
    for candidate in &found.candidates {
        let _ = writeln!(out, "  # {}  {}", candidate.id, line(candidate, &names));
        for remark in remarks(candidate) {
            let _ = writeln!(out, "  #   {remark}");
        }
    }
    out.push_str("}\n");
    out
}

/// Accepted candidates as lines of a calendar, with declarations of the publishers that they cite. A candidate
/// that may speak of history has that said above it.
pub fn calendar(accepted: &[&Candidate]) -> String {
    let mut out = String::new();
    let names = Publishers::new(accepted.iter().copied());
    for (publisher, name) in &names.names {
        let _ = writeln!(out, "source {name} {} {{ kind news }}", quote(publisher));
    }
    if !names.names.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "calendar {{");
    for candidate in accepted {
        for remark in remarks(candidate) {
            let _ = writeln!(out, "  # {}: {remark}", candidate.id);
        }
        let _ = writeln!(out, "  {}", line(candidate, &names));
    }
    out.push_str("}\n");
    out
}

/// `2019-01-18 consult "Kim Yong-chol at the White House" with US, DPRK [reuters]`.
fn line(candidate: &Candidate, names: &Publishers) -> String {
    let mut line = format!(
        "{} {} {}",
        candidate.date,
        candidate.kind,
        quote(&title(candidate))
    );
    let mut parties: Vec<&str> = Vec::new();
    for side in [&candidate.source, &candidate.target] {
        if let Some(party) = side.party.as_deref().filter(|p| !parties.contains(p)) {
            parties.push(party);
        }
    }
    if !parties.is_empty() {
        let _ = write!(line, " with {}", parties.join(", "));
    }
    let cited = names.of(candidate);
    if !cited.is_empty() {
        let _ = write!(line, " [{}]", cited.join(", "));
    }
    line
}

fn title(candidate: &Candidate) -> String {
    let Some(text) = &candidate.text else {
        let name = |side: &Side| side.name.clone();
        let (source, target) = (name(&candidate.source), name(&candidate.target));
        return format!("{source} toward {target}: {}", candidate.words);
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= LONGEST_TITLE {
        return text;
    }
    let start: String = text.chars().take(LONGEST_TITLE).collect();
    let whole = start
        .rsplit_once(' ')
        .map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole} ...")
}

/// What an analyst must know before accepting a candidate.
fn remarks(candidate: &Candidate) -> Vec<String> {
    let mut remarks = Vec::new();
    let reports = candidate.reports.len();
    let codes = candidate.codes.join(", ");
    let what = if reports == 1 { "report" } else { "reports" };
    let mut said = format!("{reports} {what}");
    if reports > 1 {
        let most = candidate.witnesses;
        let witness = if most == 1 { "witness" } else { "witnesses" };
        let _ = write!(said, ", at most {most} {witness}");
    }
    remarks.push(format!("{said}; coded {codes}"));
    if !candidate.signs.is_empty() {
        let signs: Vec<String> = candidate.signs.iter().map(ToString::to_string).collect();
        remarks.push(format!("perhaps history: {}", signs.join("; ")));
    }
    remarks
}

/// Names for publishers by which they can be cited.
struct Publishers {
    names: IndexMap<String, String>,
}

impl Publishers {
    fn new<'c>(candidates: impl IntoIterator<Item = &'c Candidate>) -> Self {
        let mut names: IndexMap<String, String> = IndexMap::new();
        let mut taken: IndexSet<String> = IndexSet::new();
        // How often each word was wanted: thousands of publishers may share one, so none is tried twice.
        let mut wanted: IndexMap<String, u32> = IndexMap::new();
        let reports = candidates.into_iter().flat_map(|c| &c.reports);
        for publisher in reports.filter_map(|r| r.publisher.as_ref()) {
            if names.contains_key(publisher) {
                continue;
            }
            let base = short(publisher);
            let mut name = base.clone();
            let times = wanted.entry(base.clone()).or_insert(1);
            while taken.contains(&name) {
                *times = times.saturating_add(1);
                name = format!("{base}{times}");
            }
            taken.insert(name.clone());
            names.insert(publisher.clone(), name);
        }
        Self { names }
    }

    /// The names of those that report a candidate, each once.
    fn of(&self, candidate: &Candidate) -> Vec<&str> {
        let mut cited: IndexSet<&str> = IndexSet::new();
        let publishers = candidate
            .reports
            .iter()
            .filter_map(|r| r.publisher.as_ref());
        for name in publishers.filter_map(|p| self.names.get(p)) {
            cited.insert(name);
        }
        cited.into_iter().collect()
    }
}

/// A publisher in a word: letters and digits in lower case, the rest as `_`.
fn short(publisher: &str) -> String {
    let mut word = String::new();
    for c in publisher.to_lowercase().chars().take(40) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else if !word.is_empty() && !word.ends_with('_') {
            word.push('_');
        }
    }
    let word = word.trim_end_matches('_');
    if is_name(word) {
        word.to_owned()
    } else {
        format!("news_{word}").trim_end_matches('_').to_owned()
    }
}
