//! Sources in rows: witnesses, and under each those who repeat it.

use detente_analysis::evidence::SourceUse;

use crate::evidence::Ledger;

/// More sources than these are not drawn one by one: those that are cited least are put together.
const MOST: usize = 36;

/// A source, or several that are put together.
pub(super) struct Row<'a> {
    /// Its place in the findings; none where several are put together.
    pub(super) place: Option<usize>,
    /// What it is called.
    pub(super) says: String,
    /// The witnesses that it stands for; none when it repeats another.
    pub(super) witnesses: Vec<&'a str>,
    /// The elements that it alone supports.
    pub(super) alone: Vec<usize>,
    /// Whether it repeats the source above it.
    pub(super) repeats: bool,
    /// Whether it is no source but the analyst's assumption.
    pub(super) is_assumption: bool,
}

/// The rows in the order of the text, repeaters under whom they repeat.
pub(super) fn rows(ledger: &Ledger) -> Vec<Row<'_>> {
    let sources = &ledger.sources;
    let mut ranked: Vec<usize> = (0..sources.len()).collect();
    ranked.sort_by_key(|n| std::cmp::Reverse(sources[*n].elements.len()));
    let few = sources.len() <= MOST;
    let mut kept: Vec<usize> = if few {
        ranked.clone()
    } else {
        ranked.iter().copied().take(MOST - 1).collect()
    };
    kept.sort_unstable();
    let is_kept = |name: &str| kept.iter().any(|n| sources[*n].name == name);
    let mut rows = Vec::new();
    for place in kept.iter().copied() {
        let source = &sources[place];
        if !source.chain.is_empty() && is_kept(&source.witness) {
            continue;
        }
        rows.push(row(place, source));
        let behind = kept.iter().copied().filter(|n| {
            let other = &sources[*n];
            *n != place && !other.chain.is_empty() && other.witness == source.name
        });
        rows.extend(behind.map(|n| row(n, &sources[n])));
    }
    if !few {
        let rest = ranked.iter().skip(MOST - 1).map(|n| &sources[*n]);
        let witnesses = rest.filter(|s| s.chain.is_empty());
        rows.push(Row {
            place: None,
            says: "other sources".to_owned(),
            witnesses: witnesses.map(|s| s.name.as_str()).collect(),
            alone: Vec::new(),
            repeats: false,
            is_assumption: false,
        });
    }
    rows
}

fn row(place: usize, source: &SourceUse) -> Row<'_> {
    let repeats = !source.chain.is_empty();
    let mut says = source.name.clone();
    if let Some(title) = &source.title {
        says.push_str(": ");
        says.push_str(title);
    }
    Row {
        place: Some(place),
        says,
        witnesses: if repeats {
            Vec::new()
        } else {
            vec![source.name.as_str()]
        },
        alone: source.alone.clone(),
        repeats,
        is_assumption: source.kind.as_deref() == Some("assumption"),
    }
}
