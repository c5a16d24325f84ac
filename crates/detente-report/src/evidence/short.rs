//! What of the evidence matters most, where nothing was asked for.

use detente_analysis::evidence::SourceUse;

use super::{Found, Ledger};
use crate::style::Page;
use crate::words::count;

/// Sources whose fall is told.
const SOURCES: usize = 3;
/// Elements that are named of each.
const ELEMENTS: usize = 5;

/// The sources on which most hangs, and where the rest can be seen.
pub(super) fn hanging(found: &Found<'_>, ledger: &Ledger, page: &mut Page) {
    let mut sources: Vec<&SourceUse> = ledger
        .sources
        .iter()
        .filter(|s| !s.alone.is_empty() && s.kind.as_deref() != Some("assumption"))
        .collect();
    // Stable: those on which as much hangs stay in the order of the text.
    sources.sort_by_key(|s| std::cmp::Reverse(s.alone.len()));
    if !sources.is_empty() {
        page.heading("What hangs on one witness");
        page.gap();
        for source in sources.iter().take(SOURCES) {
            let elements = source
                .alone
                .iter()
                .filter_map(|n| found.evidence.element(*n));
            let names = elements.take(ELEMENTS).map(|e| e.name.as_str());
            let names: Vec<&str> = names.collect();
            let more = source.alone.len().saturating_sub(names.len());
            let more = if more == 0 {
                String::new()
            } else {
                format!("; and {more} more")
            };
            let fall = if source.alone.len() == 1 {
                "falls"
            } else {
                "fall"
            };
            let text = format!(
                "If {} is wrong, {} {fall}: {}{more}.",
                source.name,
                count(source.alone.len(), "element"),
                names.join("; ")
            );
            page.hanging("", "  ", &text);
        }
        let rest = sources.len().saturating_sub(SOURCES);
        if rest > 0 {
            let have = if rest == 1 {
                "has something that hangs on it"
            } else {
                "have something that hangs on them"
            };
            page.paragraph(&format!("{} {have} alone.", count(rest, "more source")));
        }
    }
    page.gap_once();
    page.paragraph(
        "More: --source NAME, --element NAME, --commitments, --unsupported for what is assumed, and --all for \
         everything, with the ledger of all elements.",
    );
}
