//! Rows that tell of one event become one candidate.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::row::Row;
use super::words::Code;
use super::{Candidate, Side};

/// Letters that an address's last part must have to name a story wherever it is republished.
const TELLING: usize = 20;

/// Rows by the event of which they tell.
#[derive(Debug, Default)]
pub(super) struct Collected {
    events: IndexMap<Key, Vec<Row>>,
}

/// What makes two rows one event: the day, who toward whom, the kind of event, and whether the row may speak of
/// history, so that a visit and a story that recalls an older one stay apart. Who meets whom does not matter, since
/// coders write a meeting down from both sides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    date: Date,
    source: String,
    target: String,
    root: String,
    recalled: bool,
}

impl Key {
    fn of(row: &Row) -> Self {
        let name = |side: &Side| side.display().to_lowercase();
        let (mut source, mut target) = (name(&row.source), name(&row.target));
        if row.code.is_mutual() && target < source {
            std::mem::swap(&mut source, &mut target);
        }
        Self {
            date: row.date,
            source,
            target,
            root: row.code.root.clone(),
            recalled: !row.signs.is_empty(),
        }
    }

    /// A letter and ten hexadecimal digits (40 bits of the 64-bit FNV-1a hash): the same in every run.
    fn id(&self) -> String {
        let recalled = if self.recalled { "\nrecalled" } else { "" };
        let text = format!(
            "{}\n{}\n{}\n{}{recalled}",
            self.date, self.source, self.target, self.root
        );
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("e{:010x}", hash >> 24)
    }
}

impl Collected {
    /// Puts a row to those of its event.
    pub(super) fn add(&mut self, row: Row) {
        self.events.entry(Key::of(&row)).or_default().push(row);
    }

    /// The candidates, by day, then by who acts toward whom, then by kind.
    pub(super) fn candidates(mut self) -> Vec<Candidate> {
        self.events.sort_unstable_keys();
        let all = self.events.into_iter();
        let mut candidates: Vec<Candidate> = all
            .filter_map(|(key, rows)| candidate(key.id(), rows))
            .collect();
        // Forty bits may meet by chance; an id names one candidate all the same.
        let mut taken: IndexMap<String, u32> = IndexMap::new();
        for candidate in &mut candidates {
            let times = taken.entry(candidate.id.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                candidate.id = format!("{}-{times}", candidate.id);
            }
        }
        candidates
    }
}

fn candidate(id: String, rows: Vec<Row>) -> Option<Candidate> {
    let mut counts: IndexMap<&str, (usize, &Code)> = IndexMap::new();
    for row in &rows {
        counts.entry(&row.code.written).or_insert((0, &row.code)).0 += 1;
    }
    let mut codes: Vec<String> = counts.keys().map(|c| (*c).to_owned()).collect();
    codes.sort();
    let most = counts.values().map(|(count, _)| *count).max();
    let main = counts.values().find(|(count, _)| Some(*count) == most);
    let (kind, words, code) =
        main.map(|(_, code)| (code.kind, code.words.clone(), code.written.clone()))?;
    // Who visits and who receives depends on the code.
    let first = rows.iter().find(|r| r.code.written == code)?.clone();
    let mut signs: Vec<_> = rows.iter().flat_map(|r| r.signs.iter().cloned()).collect();
    signs.sort();
    signs.dedup();
    Some(Candidate {
        id,
        date: first.date,
        source: first.source,
        target: first.target,
        codes,
        kind,
        words,
        text: rows.iter().find_map(|r| r.text.clone()),
        witnesses: witnesses(&rows),
        reports: rows.into_iter().map(|r| r.report).collect(),
        signs,
    })
}

/// How many groups the rows fall into, where rows of one sentence, one story, one address, or of addresses with
/// the same telling last part are together.
fn witnesses(rows: &[Row]) -> usize {
    let mut group: Vec<usize> = (0..rows.len()).collect();
    let mut first: IndexMap<String, usize> = IndexMap::new();
    for (index, row) in rows.iter().enumerate() {
        for trace in traces(row) {
            let seen = *first.entry(trace).or_insert(index);
            let (a, b) = (root(&group, seen), root(&group, index));
            if let Some(place) = group.get_mut(a.max(b)) {
                *place = a.min(b);
            }
        }
    }
    (0..rows.len()).filter(|i| root(&group, *i) == *i).count()
}

fn root(group: &[usize], mut at: usize) -> usize {
    while let Some(next) = group.get(at).filter(|next| **next < at) {
        at = *next;
    }
    at
}

/// By what a row is known to tell the same story as another.
fn traces(row: &Row) -> Vec<String> {
    let mut traces = Vec::new();
    if let Some(text) = &row.text {
        let words: Vec<&str> = text.split_whitespace().collect();
        traces.push(format!("text {}", words.join(" ").to_lowercase()));
    }
    if let Some(story) = &row.report.story {
        // Sentences of one story are one witness.
        let story = story.split(", sentence ").next().unwrap_or(story);
        traces.push(format!("story {story}"));
        let path = story.split(['?', '#']).next().unwrap_or(story);
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let telling = last.chars().filter(|c| c.is_alphabetic()).count() >= TELLING;
        if path.contains("://") && telling {
            traces.push(format!("last {}", last.to_lowercase()));
        }
    }
    traces
}
