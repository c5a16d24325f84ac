//! What holds when preferences are in doubt.
//!
//! A [`Family`] holds all completions of what the text leaves open: which statements hold, which of two
//! comes first, which candidate is a party's order, which value a weight has. [`doubt`] judges them all
//! where their different orders can be listed and combined within the limit, and says exactly in how
//! many completions, and with which probability, each state is an equilibrium and each class holds one;
//! otherwise it draws completions at random and says how far off its estimates may be. For every target
//! it also finds which doubt is worth resolving first ([`Question`]), and the fewest doubts on which the
//! verdict hangs ([`Witness`]). [`relations`] makes of the same family what the analyses of unknown, fuzzy
//! and probabilistic preferences start from.

mod count;
mod family;
mod information;
mod orders;
mod panel;
mod ratio;
pub mod relations;
mod share;
mod witness;
mod worlds;

use std::collections::BTreeSet;

use num_bigint::BigUint;

pub use family::{About, Answer, Doubt, Family, Possible, Says};
pub use information::{Question, Questions, Told};
pub use orders::{Listed, Order};
pub use ratio::Ratio;
pub use share::{Chance, Share};
pub use witness::Witness;

use crate::{Budget, Concept, Outcome, Settings, StateId, Stop};
use count::{Cells, Counted, Sum};
use detente_model::PartyId;
use panel::{Lanes, Panel, Rows};
use worlds::{All, Drawn};

use crate::stability::Refusal;

/// How many combinations of orders are judged at most, unless the request says otherwise.
pub const MOST_PROFILES: u64 = 10_000_000;
/// How many completions of one party are gone through at most to list its orders.
pub const MOST_COMPLETIONS: u64 = 1 << 16;
/// How many completions are drawn, unless the request says otherwise.
pub const SAMPLES: u64 = 100_000;
/// How many states are targets when there are no classes.
const MOST_TARGETS: usize = 32;
/// Bytes at most for remembering in which profiles each state is an equilibrium.
const MOST_RECORDED: u64 = 256 << 20;

/// What is asked whether it is an equilibrium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// At least one state of this class, as a place among the model's classes.
    Class(usize),
    /// This state.
    State(StateId),
}

/// Which completions are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// All of them if there are not too many, else some that are drawn.
    #[default]
    Auto,
    /// All of them, or none.
    Counted,
    /// Some that are drawn.
    Sampled,
}

/// What is asked about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts by which everybody is judged, each in turn.
    pub concepts: Vec<Concept>,
    /// For each party the concept by which targets are judged.
    pub judges: Vec<Concept>,
    /// The rules of stability.
    pub settings: Settings,
    /// What is asked about in particular; `None` for every class or, when there are none, for every state
    /// that is an equilibrium in some completions only.
    pub targets: Option<Vec<Target>>,
    /// Which completions are judged.
    pub method: Method,
    /// How many combinations of orders are judged at most when all are.
    pub max_profiles: u64,
    /// How many completions are drawn.
    pub samples: u64,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Request {
    /// The five usual concepts; targets under this one.
    pub fn usual(parties: usize, concept: Concept) -> Self {
        Self {
            concepts: crate::bulk::CONCEPTS.to_vec(),
            judges: vec![concept; parties],
            settings: Settings::default(),
            targets: None,
            method: Method::Auto,
            max_profiles: MOST_PROFILES,
            samples: SAMPLES,
            seed: 1,
        }
    }
}

/// Why completions were drawn instead of counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It was asked for.
    Asked,
    /// There are more combinations of orders than the limit.
    TooMany,
    /// The orders of this party are not listed: it has too many completions, or several weights in doubt.
    Unlisted(PartyId),
}

/// How the numbers were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// All completions were judged: so many, which come to so many different combinations of orders.
    Counted {
        /// The completions.
        completions: BigUint,
        /// The combinations of different orders.
        profiles: u64,
    },
    /// Completions were drawn independently of each other.
    Sampled {
        /// How many.
        samples: u64,
        /// Where the random numbers started.
        seed: u64,
        /// Why.
        because: Because,
    },
}

/// What is found under one concept, or under one for each party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The concept; `None` when the parties are judged by different ones.
    pub concept: Option<Concept>,
    /// For each state how often it is an equilibrium.
    pub states: Vec<Share>,
    /// For each class how often at least one of its states is.
    pub classes: Vec<Share>,
    /// How often there is an equilibrium at all.
    pub any: Share,
}

/// What is found about one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The target.
    pub target: Target,
    /// How often it is an equilibrium.
    pub share: Share,
    /// What each doubt would tell about it.
    pub questions: Questions,
    /// On which doubts it hangs; `None` when the verdict is the same in all completions that were judged.
    pub witness: Option<Witness>,
}

/// Everything that is found about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// How.
    pub found: Found,
    /// Under each concept of the request, and last under the parties' own when they differ.
    pub rows: Vec<Row>,
    /// The row by which targets are judged.
    pub main: usize,
    /// The targets, in order.
    pub aims: Vec<Aim>,
    /// For each state that is an equilibrium in some completions only, on which doubts that hangs. Empty
    /// when there are too many states and completions to remember.
    pub hinges: Vec<(StateId, Witness)>,
}

/// Why a family was not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unjudged {
    /// A concept does not apply.
    Refused(Refusal),
    /// All completions were to be counted, but they cannot be, for this reason.
    NotCounted(Because),
    /// The budget was too small, or the user asked to stop.
    Stopped(Stop),
}

impl From<Refusal> for Unjudged {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Judges the completions of a family. When drawing ends early, the result is that of the draws made
/// until then.
///
/// # Errors
///
/// When a concept does not apply, when all completions were to be counted and cannot be, and when
/// counting is stopped or would take more memory than the budget has.
pub fn doubt(
    family: &Family<'_, '_>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Doubts>, Unjudged> {
    let (rows, main) = rows(request);
    let panel = panel::panel(family.game(), &rows, &request.settings, budget)?;
    let cells = cells(family, &rows);
    let all = All::new(family, request.max_profiles);
    let because = because(family, request, all.is_some());
    let task = Task {
        family,
        request,
        rows: &rows,
        main,
        cells: &cells,
        panel: panel.as_ref(),
        budget,
    };
    task.fits()?;
    match (all, because) {
        (Some(all), None) => {
            let (completions, weight) = all.totals();
            if completions.bits() <= 126 && weight.bits() <= 126 {
                task.counted::<u128>(&all)
            } else {
                task.counted::<BigUint>(&all)
            }
        }
        (_, because) => {
            let because = because.unwrap_or(Because::TooMany);
            if request.method == Method::Counted {
                return Err(Unjudged::NotCounted(because));
            }
            task.sampled(because)
        }
    }
}

/// The rows, and which of them judges the targets.
fn rows(request: &Request) -> (Rows, usize) {
    let mut concepts: Vec<Concept> = Vec::new();
    for &concept in &request.concepts {
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }
    let same = request
        .judges
        .windows(2)
        .all(|pair| pair.first() == pair.last());
    match request.judges.first() {
        Some(&one) if same => {
            let place = concepts.iter().position(|c| *c == one);
            let main = place.unwrap_or(concepts.len());
            if place.is_none() {
                concepts.push(one);
            }
            (
                Rows {
                    concepts,
                    assigned: None,
                },
                main,
            )
        }
        _ => {
            let main = concepts.len();
            let assigned = Some(request.judges.clone());
            (Rows { concepts, assigned }, main)
        }
    }
}

fn cells(family: &Family<'_, '_>, rows: &Rows) -> Cells {
    let game = family.game();
    let mut sets = vec![Vec::new(); game.model.classes.len()];
    for (state, classes) in game.classes.iter().enumerate() {
        for class in classes {
            if let Some(set) = sets.get_mut(*class) {
                set.push(state);
            }
        }
    }
    Cells {
        rows: rows.count(),
        states: game.space.len(),
        sets,
    }
}

/// Why completions have to be drawn, or are to be; `None` when all are counted.
fn because(family: &Family<'_, '_>, request: &Request, countable: bool) -> Option<Because> {
    if request.method == Method::Sampled {
        return Some(Because::Asked);
    }
    let game = family.game();
    let mut parties = game.model.party_ids().zip(family.parties());
    let unlisted = parties.find(|(_, possible)| possible.listed().is_none());
    match unlisted {
        Some((party, _)) => Some(Because::Unlisted(party)),
        None if !countable => Some(Because::TooMany),
        None => None,
    }
}

/// What a computation needs at hand.
struct Task<'t, 'g, 'm> {
    family: &'t Family<'g, 'm>,
    request: &'t Request,
    rows: &'t Rows,
    main: usize,
    cells: &'t Cells,
    panel: &'t dyn Panel,
    budget: &'t Budget,
}

impl Task<'_, '_, '_> {
    /// Whether the sums fit the memory, those of the threads counted.
    fn fits(&self) -> Result<(), Unjudged> {
        let bytes = self.cells.count() as u64 * 32 * 64;
        if bytes > self.budget.max_memory {
            return Err(Unjudged::Stopped(Stop::Limit {
                what: "bytes for counting completions",
                limit: self.budget.max_memory,
            }));
        }
        Ok(())
    }

    fn cell(&self, target: Target) -> usize {
        let at = self.main * self.cells.width();
        match target {
            Target::State(state) => at + state.index(),
            Target::Class(class) => at + self.cells.states + class,
        }
    }

    /// The targets whose verdicts are remembered profile by profile: those asked for, the classes, and the
    /// states when there is room.
    fn recorded(&self, worlds: u64) -> Vec<Target> {
        let asked = self.request.targets.iter().flatten().copied();
        let mut targets: BTreeSet<Target> = asked.collect();
        targets.extend((0..self.cells.sets.len()).map(Target::Class));
        let states = self.family.game().space.ids();
        let room = (targets.len() + self.cells.states) as u64 * worlds / 8 <= MOST_RECORDED;
        if room {
            targets.extend(states.map(Target::State));
        }
        targets.into_iter().collect()
    }

    fn counted<W: Sum>(&self, all: &All<'_>) -> Result<Outcome<Doubts>, Unjudged> {
        let (completions, total) = all.totals();
        let weights = all.weights::<W>();
        let recorded = self.recorded(count::Worlds::count(all));
        let places: Vec<usize> = recorded.iter().map(|t| self.cell(*t)).collect();
        let weigh = |world: u64| {
            let one = BigUint::from(1_u8);
            let mut product = (W::from_big(&one), W::from_big(&one));
            for (list, order) in weights.iter().zip(all.orders(world)) {
                if let Some((count, weight)) = list.get(order) {
                    product = (product.0.times(count), product.1.times(weight));
                }
            }
            product
        };
        let counted = count::count(all, self.panel, self.cells, &places, &weigh, self.budget);
        if let Some(stop) = counted.stop {
            return Err(Unjudged::Stopped(stop));
        }
        let share = |(count, weight): &(W, W)| Share {
            completions: Some((count.clone().into_big(), completions.clone())),
            chance: Chance::Exact(Ratio::new(weight.clone().into_big(), total.clone())),
        };
        let shares: Vec<Share> = counted.sums.iter().map(share).collect();
        let told = information::Exact::<W>::new(self.family, all, &total);
        let records = Records {
            targets: &recorded,
            records: &counted.records,
        };
        let distances = witness::Distances::new(self.family, all);
        let witness = |target: Target| distances.witness(records.of(target)?);
        let questions = |target: Target| {
            let record = records.of(target);
            record.map_or_else(Questions::default, |r| told.questions(r, self.budget))
        };
        let found = Found::Counted {
            completions: completions.clone(),
            profiles: count::Worlds::count(all),
        };
        let doubts = self.doubts(found, &shares, &records, &questions, &witness);
        Ok(Outcome::Complete(doubts))
    }

    fn sampled(&self, because: Because) -> Result<Outcome<Doubts>, Unjudged> {
        let drawn = Drawn::new(self.family, self.request.seed, self.request.samples);
        let recorded = self.recorded(self.request.samples);
        let places: Vec<usize> = recorded.iter().map(|t| self.cell(*t)).collect();
        let one = |_| (1_u128, 0);
        let counted: Counted<u128> =
            count::count(&drawn, self.panel, self.cells, &places, &one, self.budget);
        let samples = counted.worlds;
        let share = |(hits, _): &(u128, u128)| Share {
            completions: None,
            chance: Chance::Estimated {
                hits: u64::try_from(*hits).unwrap_or(u64::MAX),
                of: samples,
            },
        };
        let shares: Vec<Share> = counted.sums.iter().map(share).collect();
        let records = Records {
            targets: &recorded,
            records: &counted.records,
        };
        let told = information::Estimated::new(self.family, &drawn, samples);
        let judge = |target: Target, answers: &[usize]| self.holds(target, answers);
        let witness = |target: Target| {
            let record = records.of(target)?;
            witness::drawn(self.family, &drawn, samples, record, &|answers| {
                judge(target, answers)
            })
        };
        let questions = |target: Target| {
            let record = records.of(target);
            record.map_or_else(Questions::default, |r| told.questions(r))
        };
        let found = Found::Sampled {
            samples,
            seed: self.request.seed,
            because,
        };
        let doubts = self.doubts(found, &shares, &records, &questions, &witness);
        Ok(match counted.stop {
            None => Outcome::Complete(doubts),
            Some(stop) => Outcome::Stopped(doubts, stop),
        })
    }

    /// Whether a target is an equilibrium with these answers; `None` when the computation is stopped.
    fn holds(&self, target: Target, answers: &[usize]) -> Option<bool> {
        let parties = self.family.game().model.party_ids();
        let profile = parties
            .map(|p| panel::Ranked::Drawn(self.family.ranking(p, answers)))
            .collect();
        let mut masks: Vec<Lanes> = vec![0; self.cells.rows * self.cells.states];
        self.panel.judge(&[profile], &mut masks).ok()?;
        let row = masks
            .chunks_exact(self.cells.states.max(1))
            .nth(self.main)?;
        let holds = |state: usize| row.get(state).is_some_and(|lanes| lanes & 1 == 1);
        Some(match target {
            Target::State(state) => holds(state.index()),
            Target::Class(class) => self.cells.sets.get(class)?.iter().any(|s| holds(*s)),
        })
    }

    fn doubts(
        &self,
        found: Found,
        shares: &[Share],
        records: &Records<'_>,
        questions: &dyn Fn(Target) -> Questions,
        witness: &dyn Fn(Target) -> Option<Witness>,
    ) -> Doubts {
        let (states, classes) = (self.cells.states, self.cells.sets.len());
        let concepts = self.rows.concepts.iter().map(|c| Some(*c));
        let concepts = concepts.chain(self.rows.assigned.iter().map(|_| None));
        let rows: Vec<Row> = shares
            .chunks_exact(self.cells.width())
            .zip(concepts)
            .filter_map(|(row, concept)| {
                Some(Row {
                    concept,
                    states: row.get(..states)?.to_vec(),
                    classes: row.get(states..states + classes)?.to_vec(),
                    any: row.last()?.clone(),
                })
            })
            .collect();
        let hinge = |target: &Target| {
            let Target::State(state) = target else {
                return None;
            };
            Some((*state, witness(*target)?))
        };
        let hinges: Vec<(StateId, Witness)> = records.targets.iter().filter_map(hinge).collect();
        let aims = self.targets(&hinges).into_iter().filter_map(|target| {
            Some(Aim {
                target,
                share: shares.get(self.cell(target))?.clone(),
                questions: questions(target),
                witness: witness(target),
            })
        });
        Doubts {
            found,
            aims: aims.collect(),
            rows,
            main: self.main,
            hinges,
        }
    }

    fn targets(&self, hinges: &[(StateId, Witness)]) -> Vec<Target> {
        if let Some(targets) = &self.request.targets {
            return targets.clone();
        }
        let classes = self.cells.sets.len();
        if classes > 0 {
            return (0..classes).map(Target::Class).collect();
        }
        let states = hinges.iter().map(|(state, _)| Target::State(*state));
        states.take(MOST_TARGETS).collect()
    }
}

/// In which profiles targets are equilibria.
struct Records<'r> {
    targets: &'r [Target],
    records: &'r [Vec<Lanes>],
}

impl Records<'_> {
    fn of(&self, target: Target) -> Option<&[Lanes]> {
        let place = self.targets.binary_search(&target).ok()?;
        self.records.get(place).map(Vec::as_slice)
    }
}
