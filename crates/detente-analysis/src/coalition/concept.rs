//! The coalitional stability concepts, and the two readings of what a coalition is.

use std::fmt;
use std::str::FromStr;

use detente_model::PartyId;

/// What a coalition is, and what its opponents may do.
///
/// In both readings a coalition improves by going to a state that *every* member prefers, and a
/// state is bad for it when *some* member does not prefer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Semantics {
    /// After Inohara and Hipel (2008). Coalitions form and dissolve at will: members act one after
    /// another, by legal sequences of their own moves; opponents threaten as single parties, and
    /// where a sanction must pay for those who carry it out, as whichever of them gain together.
    InoharaHipel,
    /// As in GMCR+. A coalition is one party with its members' options: it changes any number of
    /// them at once, in one move, and its members cannot act alone. In the graph form, which has no
    /// options, its moves are the legal sequences of its members' moves.
    ///
    /// With a partition of the parties into coalitions, each of them is judged against the others,
    /// which are merged as well; parties that no coalition names stand alone. Without one, every
    /// coalition in turn is merged while all other parties stand alone.
    Merged(Option<Vec<Vec<PartyId>>>),
}

impl Semantics {
    /// The name by which it is asked for.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::InoharaHipel => "inohara-hipel",
            Self::Merged(_) => "merged",
        }
    }
}

/// A coalitional stability concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoalitionConcept {
    /// Coalitional Nash stability.
    Cnash,
    /// Coalitional general metarationality.
    Cgmr,
    /// Coalitional symmetric metarationality.
    Csmr,
    /// Coalitional sequential stability.
    Cseq,
}

/// What the registry says about a coalitional concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoalitionConceptInfo {
    /// The concept.
    pub concept: CoalitionConcept,
    /// The stable name.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// One line on what it means.
    pub summary: &'static str,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
}

static CONCEPTS: [CoalitionConceptInfo; 4] = [
    CoalitionConceptInfo {
        concept: CoalitionConcept::Cnash,
        id: "cnash",
        name: "Coalitional Nash stability",
        summary: "the coalition can reach no state that all its members prefer",
        page: include_str!("cnash.md"),
    },
    CoalitionConceptInfo {
        concept: CoalitionConcept::Cgmr,
        id: "cgmr",
        name: "Coalitional general metarationality",
        summary: "the others can answer every coalition improvement with something no better for some member",
        page: include_str!("cgmr.md"),
    },
    CoalitionConceptInfo {
        concept: CoalitionConcept::Csmr,
        id: "csmr",
        name: "Coalitional symmetric metarationality",
        summary: "as coalitional general metarationality, and the coalition cannot escape from the answer either",
        page: include_str!("csmr.md"),
    },
    CoalitionConceptInfo {
        concept: CoalitionConcept::Cseq,
        id: "cseq",
        name: "Coalitional sequential stability",
        summary: "the others can answer every coalition improvement by improvements of their own, alone or together",
        page: include_str!("cseq.md"),
    },
];

/// All coalitional concepts, in the order in which they are presented.
pub fn coalition_concepts() -> &'static [CoalitionConceptInfo] {
    &CONCEPTS
}

impl CoalitionConcept {
    /// All of them, in the order in which they are presented.
    pub const ALL: [Self; 4] = [Self::Cnash, Self::Cgmr, Self::Csmr, Self::Cseq];

    /// What the registry says about it.
    pub fn info(self) -> &'static CoalitionConceptInfo {
        let [nash, gmr, smr, seq] = &CONCEPTS;
        match self {
            Self::Cnash => nash,
            Self::Cgmr => gmr,
            Self::Csmr => smr,
            Self::Cseq => seq,
        }
    }

    /// The stable name.
    pub fn id(self) -> &'static str {
        self.info().id
    }
}

impl fmt::Display for CoalitionConcept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A text that names no coalitional concept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no coalitional concept `{given}`")]
pub struct UnknownCoalitionConcept {
    /// What was given.
    pub given: String,
}

impl FromStr for CoalitionConcept {
    type Err = UnknownCoalitionConcept;

    fn from_str(text: &str) -> Result<Self, UnknownCoalitionConcept> {
        let found = CONCEPTS.iter().find(|c| c.id == text);
        found
            .map(|c| c.concept)
            .ok_or_else(|| UnknownCoalitionConcept {
                given: text.to_owned(),
            })
    }
}
