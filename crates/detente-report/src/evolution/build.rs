//! From what was found to its serialisable form.

use detente_analysis::evolution::{
    ActorStep, Aim, Course, Obstacle, RouteLeg, Table, TargetCourse, Traps, Unwanted, Way,
};
use detente_analysis::model::PartyId;
use detente_analysis::reach::Step;
use detente_analysis::status_quo::Leg;
use detente_analysis::{StateId, StateSet};
use indexmap::IndexMap;

use super::Found;
use super::finding::{
    CycleFinding, Evolution, LegFinding, ObjectionFinding, ObstacleFinding, OpeningFinding,
    RouteFinding, StepFinding, TableFinding, TableRow, TargetFinding, TargetRoute, TrapFinding,
    TrapsFinding, UnwantedFinding, WayFinding,
};
use crate::build::{concept_name, state as state_finding, steps};
use crate::words;

/// With more states than this, only those that are referred to are described.
const ALL_STATES_UP_TO: usize = 1 << 12;

/// How many routes to states of one target, and how many traps, are written out at most.
const MOST_LISTED: usize = 1000;

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_, '_>) -> Evolution {
    let game = found.game;
    let mut b = Builder {
        found,
        named: StateSet::empty(game.space.len()),
    };
    b.named.insert(found.request.start);
    let targets: Vec<TargetFinding> = (0..found.aims.len()).map(|i| b.target(i)).collect();
    let ways: IndexMap<String, WayFinding> = found
        .courses
        .courses
        .iter()
        .map(|c| (way_name(c.way).to_owned(), b.way(c)))
        .collect();
    for state in found.equilibria {
        b.named.insert(*state);
    }
    if game.space.len() <= ALL_STATES_UP_TO {
        b.named = StateSet::all(game.space.len());
    }
    Evolution {
        format: "detente-evolution/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: found.variants.to_vec(),
        concepts: game
            .model
            .party_ids()
            .zip(found.concepts)
            .map(|(p, c)| (words::party(game, p).to_owned(), concept_name(game, *c)))
            .collect(),
        equilibria: b.ids(found.equilibria),
        start: game.id(found.request.start),
        from_status_quo: game.status_quo == Some(found.request.start),
        coalitions: found
            .request
            .coalitions
            .iter()
            .map(|members| b.names(members))
            .collect(),
        all_coalitions: found.all_coalitions,
        targets,
        ways,
        states: b.named.iter().map(|s| state_finding(game, s)).collect(),
        joint_skipped: found
            .courses
            .joint_skipped
            .as_ref()
            .map(ToString::to_string),
        stopped: found.stop.map(ToString::to_string),
    }
}

/// The name of a way in the serialised form.
fn way_name(way: Way) -> &'static str {
    match way {
        Way::Moves => "moves",
        Way::Improvements => "improvements",
        Way::Joint => "joint",
    }
}

/// The name of a target.
pub(super) fn aim_name(found: &Found<'_, '_>, aim: Aim) -> String {
    let game = found.game;
    match aim {
        Aim::Class(class) | Aim::Equilibria(Some(class)) => game.model.classes[class].name.clone(),
        Aim::Equilibria(None) => "equilibria of no class".to_owned(),
        Aim::State(state) => words::state(game, state),
    }
}

struct Builder<'a, 'm> {
    found: &'a Found<'a, 'm>,
    /// The states that are referred to.
    named: StateSet,
}

impl Builder<'_, '_> {
    fn ids(&self, states: &[StateId]) -> Vec<u32> {
        states.iter().map(|s| self.found.game.id(*s)).collect()
    }

    fn id(&mut self, state: StateId) -> u32 {
        self.named.insert(state);
        self.found.game.id(state)
    }

    fn names(&self, parties: &[PartyId]) -> Vec<String> {
        let name = |p: &PartyId| words::party(self.found.game, *p).to_owned();
        parties.iter().map(name).collect()
    }

    fn target(&self, place: usize) -> TargetFinding {
        let aim = self.found.aims[place];
        let states = self.found.request.targets.get(place);
        TargetFinding {
            name: aim_name(self.found, aim),
            kind: match aim {
                Aim::Class(_) => "class",
                Aim::State(_) => "state",
                Aim::Equilibria(_) => "equilibria",
            }
            .to_owned(),
            states: states.map_or(Vec::new(), |set| self.set(set)),
        }
    }

    fn set(&self, states: &StateSet) -> Vec<u32> {
        states.iter().map(|s| self.found.game.id(s)).collect()
    }

    fn way(&mut self, course: &Course) -> WayFinding {
        WayFinding {
            reached: self.set(&course.reached),
            ends: self.set(&course.ends),
            cycle: course.cycle.as_ref().map(|cycle| CycleFinding {
                steps: cycle.steps.iter().map(|s| self.step(course, *s)).collect(),
                states: self.set(&cycle.states),
            }),
            targets: (0..)
                .zip(&course.targets)
                .map(|(place, target)| self.target_route(course, place, target))
                .collect(),
            table: course.table.as_ref().map(|t| self.table(course, t)),
        }
    }

    fn step(&mut self, course: &Course, step: ActorStep) -> StepFinding {
        StepFinding {
            parties: self.names(&course.actors[step.actor]),
            from: self.id(step.from),
            to: self.id(step.to),
        }
    }

    fn target_route(
        &mut self,
        course: &Course,
        place: usize,
        target: &TargetCourse,
    ) -> TargetRoute {
        let mut reached: Vec<(usize, StateId)> = self
            .found
            .request
            .targets
            .get(place)
            .into_iter()
            .flat_map(StateSet::iter)
            .filter_map(|s| Some((course.distance(s)?, s)))
            .collect();
        reached.sort_unstable();
        TargetRoute {
            target: place,
            reached: reached.len(),
            routes: reached
                .iter()
                .take(MOST_LISTED)
                .filter_map(|(_, state)| self.route(course, *state))
                .collect(),
            traps: target.traps.as_ref().map(|t| self.traps(course, t)),
            obstacle: target.obstacle.as_ref().map(|o| self.obstacle(course, o)),
        }
    }

    fn route(&mut self, course: &Course, to: StateId) -> Option<RouteFinding> {
        let conflict = self.found.game.conflict();
        let legs = course.legs_to(&conflict, to)?;
        let must = course.must_move(to)?;
        Some(RouteFinding {
            to: self.id(to),
            steps: legs.iter().map(|leg| self.leg(leg, None)).collect(),
            must_move: self.names(&must),
        })
    }

    fn leg(&mut self, leg: &Leg, unwanted: Option<Unwanted>) -> LegFinding {
        let game = self.found.game;
        LegFinding {
            parties: self.names(&leg.movers),
            from: self.id(leg.from),
            to: self.id(leg.to),
            class: game
                .headline(leg.to)
                .map(|c| game.model.classes[c].name.clone()),
            moves: steps(game, &leg.moves),
            unwanted: unwanted.map(unwanted_finding),
        }
    }

    fn traps(&mut self, course: &Course, traps: &Traps) -> TrapsFinding {
        let by = course.actors.iter().zip(&traps.crossings_by_actor);
        TrapsFinding {
            count: traps.traps.len(),
            traps: traps
                .traps
                .iter()
                .take(MOST_LISTED)
                .map(|trap| TrapFinding {
                    state: self.id(trap.state),
                    irreversible: trap.irreversible,
                    lost_by: self.step(course, trap.entry),
                })
                .collect(),
            steps: traps.all_crossings(),
            steps_by: by
                .filter(|(_, n)| **n > 0)
                .map(|(members, n)| (self.names(members).join("+"), *n))
                .collect(),
            losing_steps: traps
                .crossings
                .iter()
                .map(|s| self.step(course, *s))
                .collect(),
        }
    }

    fn obstacle(&mut self, course: &Course, obstacle: &Obstacle) -> ObstacleFinding {
        let game = self.found.game;
        ObstacleFinding {
            leaving: game
                .model
                .party_ids()
                .zip(&obstacle.leaving)
                .map(|(p, n)| (words::party(game, p).to_owned(), *n))
                .collect(),
            openings: obstacle.all_openings,
            opening_moves: obstacle
                .openings
                .iter()
                .map(|o| OpeningFinding {
                    party: words::party(game, o.step.party).to_owned(),
                    from: self.id(o.step.from),
                    to: self.id(o.step.to),
                    unwanted: unwanted_finding(o.unwanted),
                })
                .collect(),
            route: obstacle.route.as_ref().map(|legs| {
                legs.iter()
                    .map(|leg| self.leg(&whole(self.found, course, leg), leg.unwanted))
                    .collect()
            }),
            objections: obstacle
                .objections
                .iter()
                .map(|o| ObjectionFinding {
                    parties: self.names(&course.actors[o.actor]),
                    from: self.id(o.from),
                    to: self.id(o.to),
                    against: self.names(&o.against),
                })
                .collect(),
        }
    }

    fn table(&self, course: &Course, table: &Table) -> TableFinding {
        let by_actor = |lists: &[Vec<StateId>]| -> IndexMap<String, Vec<u32>> {
            let names = course.actors.iter().map(|a| self.names(a).join("+"));
            names.zip(lists.iter().map(|l| self.ids(l))).collect()
        };
        TableFinding {
            rows: (1..)
                .zip(&table.rows)
                .map(|(steps, row)| TableRow {
                    steps,
                    exactly: by_actor(&row.exactly),
                    new: by_actor(&row.new),
                    at_most: by_actor(&table.at_most(steps)),
                })
                .collect(),
            complete: table.complete,
        }
    }
}

/// A step of a route with the moves that make it up.
pub(super) fn whole(found: &Found<'_, '_>, course: &Course, leg: &RouteLeg) -> Leg {
    let ActorStep { actor, from, to } = leg.step;
    let movers = course.actors[actor].clone();
    let moves = match movers.as_slice() {
        [party] => vec![Step {
            party: *party,
            from,
            to,
        }],
        members => {
            let conflict = found.game.conflict();
            detente_analysis::coalition::route(&conflict, members, from, to).unwrap_or_default()
        }
    };
    Leg {
        movers,
        from,
        to,
        moves,
    }
}

fn unwanted_finding(unwanted: Unwanted) -> UnwantedFinding {
    let (why, loss) = match unwanted {
        Unwanted::Worse(loss) => ("worse", loss),
        Unwanted::Tie => ("tie", 0),
        Unwanted::OutOfTurn => ("out_of_turn", 0),
    };
    UnwantedFinding {
        why: why.to_owned(),
        loss,
    }
}
