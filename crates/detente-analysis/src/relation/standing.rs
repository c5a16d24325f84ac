//! How strongly a state is held by a party: not at all, by sanctions of some degree, or because there
//! is nothing better.

use detente_model::PartyId;

use super::strength::STRONG;
use super::{
    CONCEPTS, Degree, Degrees, Extension, Hybrid, Strength, Structure, Tri, explain, tables,
};
use crate::stability::{ConceptError, Fate, ImprovementFate};
use crate::{Budget, Concept, Graph, Outcome, Settings, StateId, StateSet, Stop};

/// How a state stands for a party under one concept. The order is that of firmness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The party leaves it, and nothing stops some such move.
    Unstable,
    /// Every move by which it would leave is stopped by a sanction that is worse by this degree at
    /// least, and for some move by no more; degree 0 is a sanction that is merely no better.
    Held(Degree),
    /// It has no move by which it would leave.
    Nash,
}

impl Standing {
    /// Whether the state is stable for the party, in whatever way.
    pub fn is_stable(self) -> bool {
        self != Self::Unstable
    }

    /// Whether the state is strongly stable for the party, or Nash stable.
    pub fn is_firm(self) -> bool {
        self >= Self::Held(STRONG)
    }

    /// `unstable`, `weak`, `strong` or `nash`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unstable => "unstable",
            Self::Held(degree) if degree < STRONG => "weak",
            Self::Held(_) => "strong",
            Self::Nash => "nash",
        }
    }
}

/// How all states stand for all parties under one concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// The concept.
    pub concept: Concept,
    lists: Vec<Vec<Standing>>,
    states: usize,
}

impl Standings {
    /// How a state stands for a party; unstable for what does not exist.
    pub fn of(&self, party: PartyId, state: StateId) -> Standing {
        let list = self.lists.get(party.index());
        let standing = list.and_then(|l| l.get(state.index()));
        standing.copied().unwrap_or(Standing::Unstable)
    }

    /// How a state stands for the party for which it stands least firmly. It is an equilibrium when
    /// that is stable, and a strong one when that is firm.
    pub fn weakest(&self, state: StateId) -> Standing {
        let standings = self.lists.iter().filter_map(|l| l.get(state.index()));
        standings.copied().min().unwrap_or(Standing::Nash)
    }

    /// The states that are stable for every party.
    pub fn equilibria(&self) -> StateSet {
        self.standing_at_least(Standing::Held(0))
    }

    /// The states that are strongly or Nash stable for every party.
    pub fn strong_equilibria(&self) -> StateSet {
        self.standing_at_least(Standing::Held(STRONG))
    }

    fn standing_at_least(&self, least: Standing) -> StateSet {
        let mut set = StateSet::empty(self.states);
        for state in (0..self.states as u32).map(StateId) {
            if self.weakest(state) >= least {
                set.insert(state);
            }
        }
        set
    }
}

/// Preferences with degrees, and what is unknown about them, if anything is.
#[derive(Debug, Clone, Copy)]
pub struct Graded<'a> {
    /// How strongly states are preferred.
    pub degrees: &'a Degrees,
    /// What is known of the preferences, and what is made of what is not.
    pub unknown: Option<(&'a Tri, Extension)>,
}

impl<'a> Graded<'a> {
    /// The structure in which a sanction must be worse by the given degree.
    pub fn at_least(self, least: Degree) -> Box<dyn Structure + 'a> {
        match self.unknown {
            None => Box::new(Strength::at_least(self.degrees, least)),
            Some((tri, extension)) => {
                Box::new(Hybrid::at_least(tri, self.degrees, extension, least))
            }
        }
    }

    /// Whether what is not known sanctions like the worst: in the extensions c and d, when anything is
    /// unknown.
    pub fn fears_the_unknown(self) -> bool {
        let fears = |(tri, extension): (&Tri, Extension)| extension.fears() && !tri.is_certain();
        self.unknown.is_some_and(fears)
    }

    /// The degrees by which a sanction may be worse, ascending, from 0. Plain preferences have degree
    /// 1 whether they occur among the degrees or not, as what is known may have more of them. Where the
    /// unknown is feared a sanction may be a strong one though no preference is.
    fn levels(self) -> Vec<Degree> {
        let mut levels = vec![0, 1];
        levels.extend(self.degrees.used().iter().filter(|d| **d > 1));
        if self.fears_the_unknown() && levels.len() == 2 {
            levels.push(STRONG);
        }
        levels
    }
}

/// Finds how every state stands for every party under GMR, SMR, SEQ and SSEQ: whether it is stable,
/// and by how much its sanctions are worse. One run of the kernel for each degree that occurs.
///
/// When the computation stops early, the concepts are those that were finished.
pub fn standings(
    graph: &Graph,
    graded: Graded<'_>,
    settings: &Settings,
    budget: &Budget,
) -> Outcome<Vec<Standings>> {
    let mut all = Vec::new();
    for concept in CONCEPTS.into_iter().filter(|c| *c != Concept::Nash) {
        match of_concept(graph, graded, concept, settings, budget) {
            Ok(standings) => all.push(standings),
            Err(stop) => return Outcome::Stopped(all, stop),
        }
    }
    Outcome::Complete(all)
}

fn of_concept(
    graph: &Graph,
    graded: Graded<'_>,
    concept: Concept,
    settings: &Settings,
    budget: &Budget,
) -> Result<Standings, Stop> {
    let mut lists = vec![vec![Standing::Unstable; graph.states()]; graph.parties()];
    let mut raise = |concept: Concept, least: Degree, standing: Standing| -> Result<(), Stop> {
        let structure = graded.at_least(least);
        let analysis =
            tables(graph, structure.as_ref(), &[concept], settings, budget).complete()?;
        for (table, list) in analysis
            .tables
            .iter()
            .flat_map(|t| graph.party_ids().filter_map(|p| t.stable_for(p)))
            .zip(&mut lists)
        {
            for state in table.iter() {
                if let Some(place) = list.get_mut(state.index()) {
                    *place = standing;
                }
            }
        }
        Ok(())
    };
    for level in graded.levels() {
        raise(concept, level, Standing::Held(level))?;
    }
    raise(Concept::Nash, 0, Standing::Nash)?;
    Ok(Standings {
        concept,
        lists,
        states: graph.states(),
    })
}

/// A move by which a party would leave, the degree by which the best answer to it is worse, and that
/// answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradedFate {
    /// The greatest degree of a sanction to the move; `None` when nothing stops it.
    pub degree: Option<Degree>,
    /// The move and a shortest sanction of that degree.
    pub fate: ImprovementFate,
}

/// What stops each move by which a party would leave a state, and how severely. The state stands by
/// the least of the degrees.
///
/// # Errors
///
/// As [`explain`].
pub fn graded_fates(
    graph: &Graph,
    graded: Graded<'_>,
    concept: Concept,
    settings: &Settings,
    (party, state): (PartyId, StateId),
    budget: &Budget,
) -> Result<Vec<GradedFate>, ConceptError> {
    let mut found: Vec<GradedFate> = Vec::new();
    for level in graded.levels() {
        let structure = graded.at_least(level);
        let judged = (party, state);
        let verdict = explain(graph, structure.as_ref(), concept, settings, judged, budget)?;
        for (place, fate) in verdict.improvements.into_iter().enumerate() {
            let degree = matches!(fate.fate, Fate::Sanctioned { .. }).then_some(level);
            match found.get_mut(place) {
                None => found.push(GradedFate { degree, fate }),
                Some(held) if degree.is_some() => *held = GradedFate { degree, fate },
                Some(_) => {}
            }
        }
    }
    Ok(found)
}
