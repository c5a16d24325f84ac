//! How a negotiation gets from where it stands to an outcome, and where it loses the way.
//!
//! A negotiation is followed from a start along three [`Way`]s: by any moves, by improvements, and by
//! improvements with joint improvements of coalitions. In each way a sequence of steps is **legal** when
//! nobody takes two steps in succession, so that what may follow depends on the state and on who moved
//! last: the pair is called a *situation*. For each way there is said
//!
//! - how a target is reached by the fewest steps, or which steps that nobody wants stand between
//!   ([`Obstacle`]);
//! - by which step it is lost for good ([`Traps`]);
//! - where the steps end, and whether they may run in a circle ([`Cycle`]);
//! - the status-quo table of Li, Kilgour and Hipel: what can be reached by how many steps, and who took
//!   the last one ([`Table`]).

mod aims;
mod cycles;
mod obstacle;
mod open;
mod routes;
mod steps;
mod table;
mod traps;

use detente_model::PartyId;

pub use aims::{Aim, OWN_TARGETS_UP_TO, equilibria_by_class};
pub use cycles::Cycle;
pub use obstacle::{Objection, Obstacle, Opening, RouteLeg, Unwanted};
pub use table::{MOST_CELLS, Row, Table};
pub use traps::{MOST_CROSSINGS, Trap, Traps};

use crate::coalition;
use crate::status_quo::{Evolution, Leg, actors, follow};
use crate::{Budget, Conflict, Outcome, StateId, StateSet, Stop};
use obstacle::Obstacles;
use open::Open;
use steps::Steps;

/// By which steps a negotiation is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Any move of any party.
    Moves,
    /// Unilateral improvements.
    Improvements,
    /// Unilateral improvements, and joint improvements of the coalitions asked for. A joint improvement
    /// is one step of the coalition; see [`EvolutionRule::Joint`](crate::status_quo::EvolutionRule).
    Joint,
}

impl Way {
    /// All ways, from the freest on.
    pub const ALL: [Self; 3] = [Self::Moves, Self::Improvements, Self::Joint];
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the negotiation stands.
    pub start: StateId,
    /// Where it should get: each target is reached in any of its states.
    pub targets: Vec<StateSet>,
    /// The coalitions whose joint improvements are followed; parties that the conflict does not have are
    /// dropped from them, then those of fewer than two parties, and repeated ones.
    pub coalitions: Vec<Vec<PartyId>>,
    /// Whether status-quo tables are made.
    pub tables: bool,
}

/// One step of a party or a coalition, named by its place among the actors of the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorStep {
    /// Who takes it, as a place in [`Course::actors`].
    pub actor: usize,
    /// The state that is left.
    pub from: StateId,
    /// The state that is reached.
    pub to: StateId,
}

/// What follows from the start in one way.
#[derive(Debug, Clone)]
pub struct Course {
    /// The way.
    pub way: Way,
    /// Who takes steps: every party by itself, in order, then the coalitions.
    pub actors: Vec<Vec<PartyId>>,
    /// The states that are reached, the start among them.
    pub reached: StateSet,
    /// Among them, those in which nobody has a step of this way.
    pub ends: StateSet,
    /// Whether steps may run in a circle, with one shown. `None` also for any moves, where parties can
    /// go back and forth for nothing.
    pub cycle: Option<Cycle>,
    /// What becomes of each target, in the order of the request.
    pub targets: Vec<TargetCourse>,
    /// The status-quo table, when it was asked for.
    pub table: Option<Table>,
    evolution: Evolution,
}

/// What becomes of a target in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetCourse {
    /// Its state that takes the fewest steps, the first of these; `None` when it is not reached.
    pub nearest: Option<StateId>,
    /// Where the target is lost; `None` when it cannot be reached from the start at all.
    pub traps: Option<Traps>,
    /// What stands between the start and the target; `None` when it is reached, and for any moves.
    pub obstacle: Option<Obstacle>,
}

/// What follows from the start, in every way.
#[derive(Debug, Clone)]
pub struct Courses {
    /// The ways that were followed, from the freest on.
    pub courses: Vec<Course>,
    /// Why joint steps were not followed, when that would take more than the budget allows.
    pub joint_skipped: Option<Stop>,
}

impl Courses {
    /// What follows in one way, if it was followed.
    pub fn of(&self, way: Way) -> Option<&Course> {
        self.courses.iter().find(|c| c.way == way)
    }
}

impl Course {
    /// How many steps a state is away from the start, `None` when it is not reached.
    pub fn distance(&self, state: StateId) -> Option<usize> {
        self.evolution.distance(state)
    }

    /// The parties without which a state is not reached in this way, neither by steps of theirs nor of
    /// coalitions with them; `None` when it is not reached at all.
    pub fn must_move(&self, state: StateId) -> Option<Vec<PartyId>> {
        self.evolution.must_move(state)
    }

    /// A shortest sequence of steps to a state, none for the start itself; `None` when it is not
    /// reached. Among the shortest it is the first by actor, then state, step by step.
    pub fn legs_to(&self, conflict: &Conflict<'_>, state: StateId) -> Option<Vec<Leg>> {
        let mut legs = self.evolution.legs_to(state)?;
        for leg in &mut legs {
            if leg.movers.len() > 1 {
                let moves = coalition::route(conflict, &leg.movers, leg.from, leg.to);
                leg.moves = moves.unwrap_or_default();
            }
        }
        Some(legs)
    }
}

/// Follows a negotiation in every way.
///
/// Joint steps are prepared for every state before they are followed. That is given up, and
/// [`Courses::joint_skipped`] says so, when it would look at more moves than the work of the budget or
/// would find more joint improvements than its moves.
///
/// Stops when the budget is cancelled; the ways finished by then are returned.
pub fn courses(conflict: &Conflict<'_>, request: &Request, budget: &Budget) -> Outcome<Courses> {
    let mut found = Courses {
        courses: Vec::new(),
        joint_skipped: None,
    };
    match fill(conflict, request, budget, &mut found) {
        Ok(()) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(found, stop),
    }
}

fn fill(
    conflict: &Conflict<'_>,
    request: &Request,
    budget: &Budget,
    found: &mut Courses,
) -> Result<(), Stop> {
    let parties = conflict.graph().parties();
    let moves = Steps::moves(conflict);
    let backwards = moves.reversed(budget)?;
    let mut free = Vec::with_capacity(request.targets.len());
    for target in &request.targets {
        free.push(Open::new(&backwards, target, budget)?);
    }
    for (done, way) in (0_u64..).zip(Way::ALL) {
        budget.report("ways", done, Way::ALL.len() as u64);
        let course = match way {
            Way::Moves => course(conflict, request, &moves, &free, &free, budget)?,
            Way::Improvements | Way::Joint => {
                let steps = if way == Way::Improvements {
                    Steps::improvements(conflict, budget)
                } else {
                    Steps::joint(conflict, actors(parties, &request.coalitions), budget)
                };
                let steps = match steps {
                    Err(stop @ Stop::Limit { .. }) if way == Way::Joint => {
                        found.joint_skipped = Some(stop);
                        continue;
                    }
                    other => other?,
                };
                let backwards = steps.reversed(budget)?;
                let mut open = Vec::with_capacity(request.targets.len());
                for target in &request.targets {
                    open.push(Open::new(&backwards, target, budget)?);
                }
                drop(backwards);
                course(conflict, request, &steps, &open, &free, budget)?
            }
        };
        found.courses.push(course);
    }
    Ok(())
}

/// Follows one way. `open` says for each target from where it can be reached in this way, `free` by any
/// moves.
fn course(
    conflict: &Conflict<'_>,
    request: &Request,
    steps: &Steps<'_>,
    open: &[Open],
    free: &[Open],
    budget: &Budget,
) -> Result<Course, Stop> {
    let graph = conflict.graph();
    let evolution = follow(
        graph.states(),
        graph.parties(),
        steps.actors.clone(),
        request.start,
        &mut |actor, from, into| into.extend_from_slice(steps.from(actor, from)),
        budget,
    )?;
    let reached = evolution.reachable();
    let mut ends = StateSet::empty(graph.states());
    let idle = |s: &StateId| (0..steps.actors.len()).all(|a| steps.from(a, *s).is_empty());
    for state in reached.iter().filter(idle) {
        ends.insert(state);
    }
    let mut obstacles = Obstacles::new(conflict, request.start, steps, &evolution);
    let mut targets = Vec::with_capacity(request.targets.len());
    for ((target, open), free) in request.targets.iter().zip(open).zip(free) {
        let nearest = target
            .iter()
            .filter_map(|s| Some((evolution.distance(s)?, s)))
            .min()
            .map(|(_, s)| s);
        let traps = nearest
            .map(|_| traps::find(&evolution, steps, open, free, budget))
            .transpose()?;
        let obstacle = if nearest.is_some() || steps.way == Way::Moves {
            None
        } else {
            Some(obstacles.of(target, open, &reached, budget)?)
        };
        targets.push(TargetCourse {
            nearest,
            traps,
            obstacle,
        });
    }
    let cycle = match steps.way {
        Way::Moves => None,
        Way::Improvements | Way::Joint => cycles::find(&evolution, steps, budget)?,
    };
    let table = if request.tables {
        Some(table::make(request.start, steps, budget)?)
    } else {
        None
    };
    Ok(Course {
        way: steps.way,
        actors: steps.actors.clone(),
        reached,
        ends,
        cycle,
        targets,
        table,
        evolution,
    })
}
