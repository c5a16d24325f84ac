//! Candidates from a table of coded events, as serialisable values and as comma-separated values. As text they are
//! written in the language: see [`detente_model::events::candidates_text`].

use detente_model::events::{self, Found};
use schemars::JsonSchema;
use serde::Serialize;

use crate::csv::table;
use crate::words;

/// What a table of events holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventCandidates {
    /// What this is: `detente-event-candidates/1`.
    pub format: String,
    /// Whose layout the table has: `ICEWS`, `GDELT 1.0`, `GDELT 2.0`, `POLECAT`, `a plain table`.
    pub layout: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many rows name only one side or none, and are left out.
    pub one_sided: u64,
    /// How many rows lie outside the days and actors that were asked for.
    pub outside: u64,
    /// The rows that could not be used.
    pub malformed: Vec<Malformed>,
    /// Whether the rows hold no words of the story, so that references to history cannot be seen in them.
    pub wordless: bool,
    /// The candidates, by day.
    pub candidates: Vec<Candidate>,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Malformed {
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// An event to be accepted or dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Candidate {
    /// The same for the same day, actors and kind of event in every table.
    pub id: String,
    /// The day that the table gives it.
    pub date: String,
    /// Who acts, as the table calls it.
    pub source: String,
    /// The party that it is, where the request says so.
    pub source_party: Option<String>,
    /// Toward whom.
    pub target: String,
    /// The party that it is, where the request says so.
    pub target_party: Option<String>,
    /// The word for the calendar.
    pub kind: String,
    /// What the most frequent code means.
    pub words: String,
    /// The codes of its reports.
    pub codes: Vec<String>,
    /// The sentence of the first report that has one.
    pub text: Option<String>,
    /// How many reports are not of the same sentence, story or address as another: at most so many witnesses.
    pub witnesses: usize,
    /// Why it may be a reference to history.
    pub perhaps_history: Vec<String>,
    /// Who reports it.
    pub reports: Vec<Report>,
}

/// A row behind a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// The line of the table.
    pub line: u64,
    /// Who published the story.
    pub publisher: Option<String>,
    /// What names the story.
    pub story: Option<String>,
    /// The code of the row.
    pub code: String,
}

/// Puts what was found into a value.
pub fn finding(found: &Found) -> EventCandidates {
    EventCandidates {
        format: "detente-event-candidates/1".to_owned(),
        layout: found.layout.name().to_owned(),
        rows: found.rows,
        one_sided: found.one_sided,
        outside: found.outside,
        malformed: found
            .malformed
            .iter()
            .map(|m| Malformed {
                line: m.line,
                reason: m.reason.clone(),
            })
            .collect(),
        wordless: found.layout.is_wordless(),
        candidates: found.candidates.iter().map(candidate).collect(),
    }
}

fn candidate(candidate: &events::Candidate) -> Candidate {
    let report = |r: &events::Report| Report {
        line: r.line,
        publisher: r.publisher.clone(),
        story: r.story.clone(),
        code: r.code.clone(),
    };
    Candidate {
        id: candidate.id.clone(),
        date: candidate.date.to_string(),
        source: candidate.source.name.clone(),
        source_party: candidate.source.party.clone(),
        target: candidate.target.name.clone(),
        target_party: candidate.target.party.clone(),
        kind: candidate.kind.to_owned(),
        words: candidate.words.clone(),
        codes: candidate.codes.clone(),
        text: candidate.text.clone(),
        witnesses: candidate.witnesses,
        perhaps_history: candidate.signs.iter().map(ToString::to_string).collect(),
        reports: candidate.reports.iter().map(report).collect(),
    }
}

/// What was read and what was left out, in sentences.
pub fn account(found: &EventCandidates) -> Vec<String> {
    let candidates = words::count(found.candidates.len(), "candidate");
    let rows = words::count(usize::try_from(found.rows).unwrap_or(usize::MAX), "row");
    let mut said = vec![format!("{}: {rows}, {candidates}", found.layout)];
    if found.one_sided > 0 {
        said.push(format!("left out: {} of one side only", found.one_sided));
    }
    if found.outside > 0 {
        said.push(format!(
            "left out: {} of other days or actors",
            found.outside
        ));
    }
    let history = found.candidates.iter();
    let history = history.filter(|c| !c.perhaps_history.is_empty()).count();
    if history > 0 {
        said.push(format!("perhaps history: {history}"));
    }
    if found.wordless {
        said.push(
            "the rows hold no words of the stories: what recalls history cannot be told from them"
                .to_owned(),
        );
    }
    said
}

/// One line per candidate, with a header.
pub fn csv(found: &EventCandidates) -> String {
    let header = "id,date,source,source_party,target,target_party,kind,words,codes,text,reports,\
                  witnesses,publishers,perhaps_history";
    let mut rows = Vec::new();
    for candidate in &found.candidates {
        let mut publishers: Vec<&str> = Vec::new();
        for publisher in candidate
            .reports
            .iter()
            .filter_map(|r| r.publisher.as_deref())
        {
            if !publishers.contains(&publisher) {
                publishers.push(publisher);
            }
        }
        let cells = [
            candidate.id.clone(),
            candidate.date.clone(),
            candidate.source.clone(),
            candidate.source_party.clone().unwrap_or_default(),
            candidate.target.clone(),
            candidate.target_party.clone().unwrap_or_default(),
            candidate.kind.clone(),
            candidate.words.clone(),
            candidate.codes.join(" "),
            candidate.text.clone().unwrap_or_default(),
            candidate.reports.len().to_string(),
            candidate.witnesses.to_string(),
            publishers.join("; "),
            candidate.perhaps_history.join("; "),
        ];
        rows.push(cells);
    }
    table(header, rows)
}
