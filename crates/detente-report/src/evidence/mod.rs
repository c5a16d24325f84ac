//! The evidence behind a negotiation, as a serialisable finding, as text and as CSV.
//!
//! The finding is the ledger that the analysis draws up ([`detente_analysis::evidence`]), with counts, and with what
//! was asked for picked out.

mod commitments;
mod csv;
mod pick;
mod short;
mod text;
mod words;

use detente_analysis::evidence::{
    CommitmentFound, Conflict, Element, Evidence, Quotation, SourceUse, Verdict,
};
use detente_analysis::model::Model;
use schemars::JsonSchema;
use serde::Serialize;

pub use csv::csv;
pub use pick::is_named;
pub(crate) use text::conflict_text;
pub use text::text;
pub(crate) use words::graded;

/// What is to be shown.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Only elements of this number, or in whose name this stands, whatever the case.
    pub element: Option<String>,
    /// Only what hangs on this source.
    pub source: Option<String>,
    /// Only assumptions.
    pub unsupported: bool,
    /// Only contradictions.
    pub conflicts: bool,
    /// Only quotations.
    pub quotations: bool,
    /// Only commitments.
    pub commitments: bool,
    /// Everything, the ledger of all elements too.
    pub all: bool,
}

impl Shown {
    /// Whether only some sections are to be shown.
    pub fn is_narrowed(&self) -> bool {
        self.unsupported || self.conflicts || self.quotations || self.commitments
    }

    /// Whether nothing was asked for: then what matters most is shown, and not the whole ledger.
    pub fn is_short(&self) -> bool {
        *self == Self::default()
    }
}

/// A source whose text was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unread {
    /// The source.
    pub source: String,
    /// Its file, as written.
    pub file: String,
    /// Why it was not read.
    pub why: String,
}

/// What was found, and what was asked.
pub struct Found<'a> {
    /// The model.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The evidence.
    pub evidence: &'a Evidence,
    /// Sources whose texts were not read.
    pub unread: &'a [Unread],
    /// Why readings were not compared over the states, if they were not.
    pub not_compared: Option<String>,
    /// What is to be shown.
    pub shown: &'a Shown,
    /// Why it is not complete.
    pub stopped: Option<String>,
}

/// The ledger as `evidence --format json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ledger {
    /// What this is: `detente-evidence/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge it states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// How many there are of what, whatever is shown.
    pub counts: Counts,
    /// Sources whose texts were not read.
    pub unread: Vec<Unread>,
    /// Why readings were not compared over the states; `null` when they were.
    pub not_compared: Option<String>,
    /// The elements that were asked for.
    pub elements: Vec<Element>,
    /// The sources that were asked for.
    pub sources: Vec<SourceUse>,
    /// The quotations that were asked for.
    pub quotations: Vec<Quotation>,
    /// The contradictions that were asked for.
    pub conflicts: Vec<Conflict>,
    /// The commitments that were asked for.
    pub commitments: Vec<CommitmentFound>,
    /// Why the quotations were not all checked; `null` when they were.
    pub stopped: Option<String>,
}

/// How many there are of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Elements that can carry citations.
    pub elements: usize,
    /// Those that assert something, rather than giving a name or supposing a variant.
    pub assertions: usize,
    /// Assertions with a source at least, one of the kind `assumption` aside.
    pub supported: usize,
    /// Assertions whose sources are one witness.
    pub one_witness: usize,
    /// Assertions without a source, or with none but one of the kind `assumption`.
    pub assumptions: usize,
    /// Sources that are declared or cited.
    pub sources: usize,
    /// Sources that repeat no other.
    pub witnesses: usize,
    /// Contradictions.
    pub conflicts: usize,
    /// Quotations.
    pub quotations: usize,
    /// Quotations found word by word where they should be.
    pub verbatim: usize,
    /// Quotations found word by word in another paragraph.
    pub elsewhere: usize,
    /// Quotations that are not as the source has them.
    pub wrong: usize,
    /// Quotations that are not among the notes on their source.
    pub not_in_notes: usize,
    /// Quotations without a text to check them against.
    pub unchecked: usize,
}

impl Counts {
    fn of(evidence: &Evidence) -> Self {
        let assertions: Vec<&Element> = evidence.elements.iter().filter(|e| e.asserts).collect();
        let with = |test: fn(&Element) -> bool| assertions.iter().filter(|e| test(e)).count();
        let of = |test: fn(Verdict) -> bool| {
            let quotations = evidence.quotations.iter();
            quotations.filter(|q| test(q.verdict)).count()
        };
        Self {
            elements: evidence.elements.len(),
            assertions: assertions.len(),
            supported: with(|e| !e.assumed),
            one_witness: with(|e| !e.assumed && e.witnesses.len() == 1),
            assumptions: with(|e| e.assumed),
            sources: evidence.sources.len(),
            witnesses: evidence
                .sources
                .iter()
                .filter(|s| s.chain.is_empty())
                .count(),
            conflicts: evidence.conflicts.len(),
            quotations: evidence.quotations.len(),
            verbatim: of(|v| v == Verdict::Verbatim),
            elsewhere: of(|v| v == Verdict::Elsewhere),
            wrong: of(Verdict::is_wrong),
            not_in_notes: of(|v| v == Verdict::NotInNotes),
            unchecked: of(|v| v == Verdict::Unchecked),
        }
    }
}

/// The ledger, with what was asked for.
pub fn finding(found: &Found<'_>) -> Ledger {
    let evidence = found.evidence;
    let picked = pick::pick(evidence, found.shown);
    Ledger {
        format: "detente-evidence/1".to_owned(),
        negotiation: found.model.title.clone(),
        as_of: found.model.as_of.map(|d| d.to_string()),
        variants: found.variants.to_vec(),
        counts: Counts::of(evidence),
        unread: found.unread.to_vec(),
        not_compared: found.not_compared.clone(),
        elements: picked.elements,
        sources: picked.sources,
        quotations: picked.quotations,
        conflicts: picked.conflicts,
        commitments: picked.commitments,
        stopped: found.stopped.clone(),
    }
}
