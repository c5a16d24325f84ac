//! The stability concepts: their names, what each needs, and the page that explains each.

use std::fmt;
use std::str::FromStr;

use detente_model::PartyId;

use crate::reach::SequenceRule;
use crate::stability::{self, ConceptError};
use crate::{Conflict, StateId};

/// A stability concept, with its parameter where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// Nash stability (R).
    Nash,
    /// General metarationality.
    Gmr,
    /// Symmetric metarationality.
    Smr,
    /// Sequential stability.
    Seq,
    /// Symmetric sequential stability.
    Sseq,
    /// Sequential stability against best responses only.
    BestResponseSeq,
    /// Simultaneous stability, as Fraser and Hipel have it.
    Sim,
    /// Simultaneous stability, as GMCR+ has it.
    SimOneSided,
    /// Limited-move stability of the given horizon, which is 1 or more.
    LimitedMove(u32),
    /// Non-myopic stability.
    NonMyopic,
    /// Stackelberg stability with the given leader.
    Stackelberg(PartyId),
}

/// What the registry says about a concept, or about a family of concepts with a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConceptInfo {
    /// The stable name; a parameter is written in angle brackets, as in `l<h>`.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// One line on what it means.
    pub summary: &'static str,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
    /// Whether it applies to more than two parties that can move.
    pub many_parties: bool,
    /// Whether it applies to a conflict given as a graph, without options.
    pub graph_form: bool,
    /// Whether it allows ties in the rankings.
    pub ties: bool,
}

const fn info(id: &'static str, name: &'static str, summary: &'static str) -> ConceptInfo {
    ConceptInfo {
        id,
        name,
        summary,
        page: "",
        many_parties: true,
        graph_form: true,
        ties: true,
    }
}

static CONCEPTS: [ConceptInfo; 11] = [
    ConceptInfo {
        page: stability::nash::PAGE,
        ..info(
            "nash",
            "Nash stability",
            "the party has no improvement to move to",
        )
    },
    ConceptInfo {
        page: stability::gmr::PAGE,
        ..info(
            "gmr",
            "General metarationality",
            "the others can answer every improvement with something no better, whatever it costs them",
        )
    },
    ConceptInfo {
        page: stability::smr::PAGE,
        ..info(
            "smr",
            "Symmetric metarationality",
            "as general metarationality, and the party cannot escape from the answer either",
        )
    },
    ConceptInfo {
        page: stability::seq::PAGE,
        ..info(
            "seq",
            "Sequential stability",
            "the others can answer every improvement with something no better by improvements of their own",
        )
    },
    ConceptInfo {
        page: stability::sseq::PAGE,
        ..info(
            "sseq",
            "Symmetric sequential stability",
            "as sequential stability, and the party cannot escape from the answer either",
        )
    },
    ConceptInfo {
        page: stability::best_response_seq::PAGE,
        ..info(
            "best_response_seq",
            "Sequential stability against best responses",
            "as sequential stability, but the others answer by their most preferred improvements only",
        )
    },
    ConceptInfo {
        page: stability::sim::PAGE,
        graph_form: false,
        ..info(
            "sim",
            "Simultaneous stability",
            "every improvement goes wrong when all others that are sequentially unstable improve at the same time",
        )
    },
    ConceptInfo {
        page: stability::sim_one_sided::PAGE,
        graph_form: false,
        ..info(
            "sim_one_sided",
            "One-sided simultaneous stability",
            "every improvement goes wrong when some of the others improve at the same time",
        )
    },
    ConceptInfo {
        page: stability::limited_move::PAGE,
        many_parties: false,
        ties: false,
        ..info(
            "l<h>",
            "Limited-move stability",
            "the party gains nothing by moving when both sides look the given number of moves ahead",
        )
    },
    ConceptInfo {
        page: stability::non_myopic::PAGE,
        many_parties: false,
        ties: false,
        ..info(
            "non_myopic",
            "Non-myopic stability",
            "the party gains nothing by moving however far both sides look ahead, from some horizon on",
        )
    },
    ConceptInfo {
        page: stability::stackelberg::PAGE,
        many_parties: false,
        ties: false,
        ..info(
            "stackelberg_<party>",
            "Stackelberg stability",
            "the leader looks two moves ahead, the follower has no improvement",
        )
    },
];

/// All concepts and families of concepts, in the order in which they are presented.
pub fn concepts() -> &'static [ConceptInfo] {
    &CONCEPTS
}

impl Concept {
    /// What the registry says about this concept.
    pub fn info(self) -> &'static ConceptInfo {
        let [
            nash,
            gmr,
            smr,
            seq,
            sseq,
            best,
            sim,
            one_sided,
            limited,
            non_myopic,
            stackelberg,
        ] = &CONCEPTS;
        match self {
            Self::Nash => nash,
            Self::Gmr => gmr,
            Self::Smr => smr,
            Self::Seq => seq,
            Self::Sseq => sseq,
            Self::BestResponseSeq => best,
            Self::Sim => sim,
            Self::SimOneSided => one_sided,
            Self::LimitedMove(_) => limited,
            Self::NonMyopic => non_myopic,
            Self::Stackelberg(_) => stackelberg,
        }
    }

    /// The stable name, such as `smr`, `l3` or `stackelberg_0`. Parties are numbered from 0.
    pub fn id(self) -> String {
        match self {
            Self::LimitedMove(horizon) => format!("l{horizon}"),
            Self::Stackelberg(leader) => format!("stackelberg_{}", leader.0),
            _ => self.info().id.to_owned(),
        }
    }

    /// Whether the concept can be applied to a conflict.
    ///
    /// # Errors
    ///
    /// Says what the conflict lacks.
    pub fn check(self, conflict: &Conflict<'_>) -> Result<(), ConceptError> {
        let (graph, concept) = (conflict.graph(), self);
        if let Self::LimitedMove(0) = self {
            return Err(ConceptError::NoHorizon);
        }
        if let Self::Stackelberg(leader) = self
            && leader.index() >= graph.parties()
        {
            return Err(ConceptError::NoSuchParty {
                party: leader,
                parties: graph.parties(),
            });
        }
        if !self.info().graph_form && conflict.superposition().is_none() {
            return Err(ConceptError::NeedsOptionForm { concept });
        }
        if !self.info().many_parties {
            let movers = stability::movers(graph);
            if movers.len() > 2 {
                return Err(ConceptError::NotTwoParties {
                    concept,
                    movers: movers.len(),
                });
            }
            for party in movers {
                if let Some((first, second)) = tie(conflict, party) {
                    return Err(ConceptError::Ties {
                        concept,
                        party,
                        first,
                        second,
                    });
                }
            }
        }
        Ok(())
    }
}

/// The lowest state that the party ranks like an earlier one, with that one.
fn tie(conflict: &Conflict<'_>, party: PartyId) -> Option<(StateId, StateId)> {
    let ranking = conflict.ranking(party);
    if ranking.is_strict() {
        return None;
    }
    let mut holders = vec![None; ranking.levels() as usize];
    conflict.graph().state_ids().find_map(|state| {
        let holder = holders.get_mut(ranking.rank(state) as usize)?;
        let earlier = holder.replace(state);
        earlier.map(|first| (first, state))
    })
}

impl fmt::Display for Concept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.id())
    }
}

/// A text that names no concept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no stability concept `{given}`")]
pub struct UnknownConcept {
    /// What was given.
    pub given: String,
}

impl UnknownConcept {
    /// What to write instead.
    pub fn hint(&self) -> String {
        let names: Vec<_> = concepts().iter().map(|c| format!("`{}`", c.id)).collect();
        format!(
            "the concepts are {}, where `h` is a number from 1 and `party` the number of a party from 0",
            names.join(", ")
        )
    }
}

impl FromStr for Concept {
    type Err = UnknownConcept;

    fn from_str(text: &str) -> Result<Self, UnknownConcept> {
        let simple = [
            Self::Nash,
            Self::Gmr,
            Self::Smr,
            Self::Seq,
            Self::Sseq,
            Self::BestResponseSeq,
            Self::Sim,
            Self::SimOneSided,
            Self::NonMyopic,
        ];
        let number = |prefix| {
            text.strip_prefix(prefix)
                .filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
                .filter(|n| *n == "0" || !n.starts_with('0'))
        };
        let horizon = || {
            number("l")?
                .parse()
                .ok()
                .filter(|h| *h > 0)
                .map(Self::LimitedMove)
        };
        let leader = || {
            number("stackelberg_")?
                .parse()
                .ok()
                .map(|p| Self::Stackelberg(PartyId(p)))
        };
        simple
            .into_iter()
            .find(|c| c.info().id == text)
            .or_else(horizon)
            .or_else(leader)
            .ok_or_else(|| UnknownConcept {
                given: text.to_owned(),
            })
    }
}

/// The rules on which published tools differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Which sequences of moves the opponents may sanction by.
    pub sequences: SequenceRule,
    /// Whether a sanction that leads back to the very state where the party started counts. The
    /// usual matrix form of the concepts drops it.
    pub diagonal: bool,
}

impl Default for Settings {
    /// Legal sequences; a return to the start counts as a sanction.
    fn default() -> Self {
        Self {
            sequences: SequenceRule::Legal,
            diagonal: true,
        }
    }
}
