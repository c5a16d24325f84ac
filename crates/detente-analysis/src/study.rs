//! The questions that an analyst asks first, answered together: what would hold, what can be
//! reached, who could gain by acting together, and why the rest does not hold.

use detente_model::syntax::Diagnostic;
use detente_model::{Model, PartyId};

use crate::coalition::{JointImprovements, joint_improvements};
use crate::concept::{Concept, Settings};
use crate::engine::MarginTable;
use crate::equilibrium::{StabilityTable, mixed_equilibria};
use crate::robustness::{Robustness, robustness};
use crate::stability::{Analysis, Fate, Refusal, Verdict, analyze, explain, margins};
use crate::status_quo::{Evolution, EvolutionRule, evolve};
use crate::{Budget, Game, Outcome, StateId, StateSet, Stop, codes, describe};

/// What to study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts to judge by.
    pub concepts: Vec<Concept>,
    /// The concept by which equilibria are listed, explained and followed; one of `concepts`.
    pub main: Concept,
    /// The rules on which published tools differ.
    pub settings: Settings,
    /// One concept per party, when each judges by its own.
    pub assignment: Option<Vec<Concept>>,
    /// From how many equilibria joint improvements are sought, at most.
    pub most_starts: usize,
}

/// With more states than this, simultaneous stability is left out unless it is asked for: its work
/// grows with the product of the parties' improvements.
pub const SIMULTANEOUS_UP_TO: usize = 1 << 12;

/// With more states than this, margins are computed for the main concept alone.
pub const MARGINS_UP_TO: usize = 1 << 12;

/// Robustness is computed for as many equilibria as fit into this many moves looked at.
pub const ROBUSTNESS_WORK_UP_TO: usize = 50_000_000;

/// Joint steps are followed from the status quo up to this many states times coalitions times moves:
/// in every state every coalition may have to search all moves.
pub const JOINT_WORK_UP_TO: usize = 100_000_000;

/// Moves looked at in search of joint improvements, at most, before starts are left out.
const JOINT_SEARCH: usize = 50_000_000;

impl Request {
    /// The concepts that are shown when none are named.
    pub fn usual(game: &Game<'_>) -> Self {
        let mut concepts = vec![
            Concept::Nash,
            Concept::Sseq,
            Concept::Seq,
            Concept::Smr,
            Concept::Gmr,
            Concept::BestResponseSeq,
        ];
        if game.conflict().superposition().is_some() && game.space.len() <= SIMULTANEOUS_UP_TO {
            concepts.extend([Concept::Sim, Concept::SimOneSided]);
        }
        Self {
            concepts,
            main: Concept::Seq,
            settings: Settings::default(),
            assignment: None,
            most_starts: {
                let all = crate::coalition::coalitions(game.graph.parties())
                    .coalitions
                    .len();
                let one = game.graph.total_moves().saturating_mul(all).max(1);
                (JOINT_SEARCH / one).clamp(1, 200)
            },
        }
    }
}

/// The answers.
pub struct Study<'g, 'm> {
    /// The game that was studied.
    pub game: &'g Game<'m>,
    /// What was asked.
    pub request: Request,
    /// Which states are stable for whom under which concept.
    pub tables: Vec<StabilityTable>,
    /// By how many rank steps each state holds for each party; of the main concept alone when there
    /// are more states than [`MARGINS_UP_TO`].
    pub margins: Vec<MarginTable>,
    /// How firmly the equilibria hold, judged by changes of one party's own ranking; of the first
    /// equilibria only when that is much work, see [`ROBUSTNESS_WORK_UP_TO`].
    pub robustness: Vec<Robustness>,
    /// The concepts that could not be applied, and why.
    pub refused: Vec<Refusal>,
    /// The equilibria when each party judges by its own concept.
    pub mixed: Option<StateSet>,
    /// What follows from the status quo by any moves, by improvements, and by improvements with
    /// joint steps of any coalition.
    pub evolution: Option<Evolutions>,
    /// Joint improvements out of the status quo and the equilibria of the main concept; those
    /// without any are left out.
    pub joint: Vec<JointImprovements>,
    /// Whether joint improvements were sought from every equilibrium.
    pub all_starts: bool,
    /// For every class without an equilibrium of the main concept, what undoes its most stable
    /// state.
    pub obstacles: Vec<Obstacle>,
    /// Equilibria that hold only because moves cannot be taken back.
    pub findings: Vec<Diagnostic>,
}

/// What can be reached from the status quo.
pub struct Evolutions {
    /// By any moves.
    pub moves: Evolution,
    /// By improvements of single parties.
    pub improvements: Evolution,
    /// By improvements of single parties and of coalitions acting together.
    /// `None` when there are too many states and coalitions to follow them all; see
    /// [`JOINT_WORK_UP_TO`].
    pub joint: Option<Evolution>,
}

/// Why no state of a class holds: its most stable state, and for whom that is not stable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The class, as an index into the model's classes.
    pub class: usize,
    /// Its state that is stable for the most parties; the first such.
    pub state: StateId,
    /// The verdicts of the parties for which it is not stable.
    pub verdicts: Vec<Verdict>,
}

impl<'g, 'm> Study<'g, 'm> {
    /// A study in which nothing has been answered.
    fn new(game: &'g Game<'m>, request: Request) -> Self {
        Self {
            game,
            request,
            tables: Vec::new(),
            margins: Vec::new(),
            robustness: Vec::new(),
            refused: Vec::new(),
            mixed: None,
            evolution: None,
            joint: Vec::new(),
            all_starts: true,
            obstacles: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The table of a concept, if it was computed.
    pub fn table(&self, concept: Concept) -> Option<&StabilityTable> {
        self.tables.iter().find(|t| t.concept == concept)
    }

    /// By how many rank steps a state holds for a party under the concept by which that judges: 0 when
    /// one step less breaks it, `Some(None)` when the party cannot leave it, `None` when the concept
    /// has no margins.
    pub fn margin(&self, party: PartyId, state: StateId) -> Option<Option<i64>> {
        let concept = self.concept_of(party);
        let table = self.margins.iter().find(|m| m.concept == concept)?;
        Some(table.margin(party, state))
    }

    /// The equilibria of the main concept, or of the parties' own concepts when these were given.
    pub fn equilibria(&self) -> Vec<StateId> {
        match (&self.mixed, self.table(self.request.main)) {
            (Some(mixed), _) => mixed.iter().collect(),
            (None, Some(table)) => table.equilibria().iter().collect(),
            (None, None) => Vec::new(),
        }
    }

    /// The concept by which a party judges.
    pub fn concept_of(&self, party: PartyId) -> Concept {
        let own = self
            .request
            .assignment
            .as_ref()
            .and_then(|a| a.get(party.index()));
        own.copied().unwrap_or(self.request.main)
    }

    /// The verdict of one party on one state by its concept; `None` when the concept does not apply
    /// or the budget ends.
    pub fn verdict(&self, party: PartyId, state: StateId, budget: &Budget) -> Option<Verdict> {
        let settings = &self.request.settings;
        let conflict = self.game.conflict();
        explain(
            &conflict,
            self.concept_of(party),
            settings,
            party,
            state,
            budget,
        )
        .ok()
    }
}

/// Studies a game. When the budget ends first, what was finished is returned with the reason.
pub fn study<'g, 'm>(
    game: &'g Game<'m>,
    request: Request,
    budget: &Budget,
) -> Outcome<Study<'g, 'm>> {
    let mut study = Study::new(game, request);
    match fill(&mut study, budget) {
        Ok(()) => Outcome::Complete(study),
        Err(stop) => Outcome::Stopped(study, stop),
    }
}

fn fill(study: &mut Study<'_, '_>, budget: &Budget) -> Result<(), Stop> {
    let game = study.game;
    let conflict = game.conflict();
    let mut concepts = study.request.concepts.clone();
    concepts.push(study.request.main);
    concepts.extend(study.request.assignment.iter().flatten());
    let outcome = analyze(&conflict, &concepts, &study.request.settings, budget);
    let (Analysis { tables, refused }, stop) = match outcome {
        Outcome::Complete(analysis) => (analysis, None),
        Outcome::Stopped(analysis, stop) => (analysis, Some(stop)),
    };
    study.tables = tables;
    study.refused = refused;
    if let Some(stop) = stop {
        return Err(stop);
    }
    let wanted: Vec<Concept> = study
        .tables
        .iter()
        .map(|t| t.concept)
        .filter(|c| game.space.len() <= MARGINS_UP_TO || *c == study.request.main)
        .collect();
    study.margins = margins(&conflict, &wanted, &study.request.settings, budget)?;
    if let Some(assignment) = &study.request.assignment {
        study.mixed = mixed_equilibria(&study.tables, assignment);
    }
    let equilibria = study.equilibria();
    let judges: Vec<Concept> = game
        .graph
        .party_ids()
        .map(|p| study.concept_of(p))
        .collect();
    let affordable = &equilibria[..affordable(game, equilibria.len())];
    study.robustness = robustness(
        &conflict,
        &judges,
        &study.request.settings,
        affordable,
        budget,
    )?;
    study.evolution = evolutions(game, budget)?;
    let mut starts: Vec<StateId> = game
        .status_quo
        .into_iter()
        .chain(equilibria.clone())
        .collect();
    starts.sort_unstable();
    starts.dedup();
    study.all_starts = starts.len() <= study.request.most_starts;
    starts.truncate(study.request.most_starts);
    for (done, start) in starts.iter().enumerate() {
        budget.report("joint improvements", done as u64, starts.len() as u64);
        let table = study.table(study.request.main);
        let found = joint_improvements(&conflict, *start, table, budget)?;
        if !found.coalitions.is_empty() {
            study.joint.push(found);
        }
    }
    study.obstacles = obstacles(study, &equilibria, budget);
    study.findings = held_by_irreversibility(study, &equilibria, budget)?;
    Ok(())
}

/// For how many of so many equilibria robustness is computed: each different rank of theirs takes one
/// pass through the moves, for each party.
fn affordable(game: &Game<'_>, equilibria: usize) -> usize {
    let graph = &game.graph;
    let pass = graph
        .total_moves()
        .saturating_add(graph.states().saturating_mul(graph.parties()))
        .max(1);
    let passes = ROBUSTNESS_WORK_UP_TO / pass / graph.parties().max(1);
    let ranks = game.rankings.iter().map(|r| r.levels() as usize).max();
    if ranks.is_none_or(|ranks| ranks <= passes) {
        equilibria
    } else {
        equilibria.min(passes)
    }
}

/// What can be reached from the status quo of a game, if it has one.
///
/// # Errors
///
/// Stops when the budget is cancelled.
pub fn evolutions(game: &Game<'_>, budget: &Budget) -> Result<Option<Evolutions>, Stop> {
    let Some(start) = game.status_quo else {
        return Ok(None);
    };
    let conflict = game.conflict();
    let all = crate::coalition::coalitions(game.graph.parties()).coalitions;
    let work = game.space.len() * all.len();
    let work = work.saturating_mul(game.graph.total_moves());
    let follow = |rule| evolve(&conflict, start, rule, budget);
    Ok(Some(Evolutions {
        moves: follow(&EvolutionRule::Moves)?,
        improvements: follow(&EvolutionRule::Improvements)?,
        joint: if work <= JOINT_WORK_UP_TO {
            Some(follow(&EvolutionRule::Joint(all))?)
        } else {
            None
        },
    }))
}

fn obstacles(study: &Study<'_, '_>, equilibria: &[StateId], budget: &Budget) -> Vec<Obstacle> {
    let game = study.game;
    let stable = |state: StateId| {
        let holds = |p: &PartyId| {
            study
                .table(study.concept_of(*p))
                .is_some_and(|t| t.is_stable(*p, state))
        };
        game.graph.party_ids().filter(holds).count()
    };
    let mut found = Vec::new();
    for class in 0..game.model.classes.len() {
        let of_class = |s: &StateId| game.headline(*s) == Some(class);
        if equilibria.iter().any(of_class) {
            continue;
        }
        let best = game
            .space
            .ids()
            .filter(of_class)
            .max_by_key(|s| (stable(*s), std::cmp::Reverse(*s)));
        let Some(state) = best else { continue };
        let verdicts = game
            .graph
            .party_ids()
            .filter_map(|p| study.verdict(p, state, budget));
        let verdicts = verdicts.filter(|v| !v.stable).collect();
        found.push(Obstacle {
            class,
            state,
            verdicts,
        });
    }
    found
}

/// What [`Study::findings`] has, without the rest of a study: nothing is judged where every option can be taken back,
/// or where joint steps are too many to be followed.
///
/// # Errors
///
/// Stops when the budget is cancelled or too small.
pub fn findings(
    game: &Game<'_>,
    request: Request,
    budget: &Budget,
) -> Result<Vec<Diagnostic>, Stop> {
    if game.model.options.iter().all(|o| o.direction.is_both()) {
        return Ok(Vec::new());
    }
    let mut study = Study::new(game, request);
    study.evolution = evolutions(game, budget)?;
    if study.evolution.as_ref().is_none_or(|e| e.joint.is_none()) {
        return Ok(Vec::new());
    }
    let mut concepts = vec![study.request.main];
    concepts.extend(study.request.assignment.iter().flatten());
    let settings = &study.request.settings;
    study.tables = match analyze(&game.conflict(), &concepts, settings, budget) {
        Outcome::Complete(analysis) => analysis.tables,
        Outcome::Stopped(_, stop) => return Err(stop),
    };
    if let Some(assignment) = &study.request.assignment {
        study.mixed = mixed_equilibria(&study.tables, assignment);
    }
    held_by_irreversibility(&study, &study.equilibria(), budget)
}

/// Equilibria that cannot be reached from the status quo and would not hold if every option could
/// be taken back.
fn held_by_irreversibility(
    study: &Study<'_, '_>,
    equilibria: &[StateId],
    budget: &Budget,
) -> Result<Vec<Diagnostic>, Stop> {
    let game = study.game;
    let Some(evolution) = study.evolution.as_ref().and_then(|e| e.joint.as_ref()) else {
        return Ok(Vec::new());
    };
    let far: Vec<StateId> = equilibria
        .iter()
        .copied()
        .filter(|s| evolution.distance(*s).is_none())
        .collect();
    if far.is_empty() || game.model.options.iter().all(|o| o.direction.is_both()) {
        return Ok(Vec::new());
    }
    let mut free: Model = game.model.clone();
    for option in &mut free.options {
        option.direction = detente_model::syntax::ast::Direction::Both;
    }
    let Ok(freed) = Game::new(&free, budget) else {
        return Ok(Vec::new());
    };
    let mut concepts = vec![study.request.main];
    concepts.extend(study.request.assignment.iter().flatten());
    let tables = match analyze(
        &freed.conflict(),
        &concepts,
        &study.request.settings,
        budget,
    ) {
        Outcome::Complete(analysis) => analysis.tables,
        Outcome::Stopped(_, stop) => return Err(stop),
    };
    let mut out = Vec::new();
    for state in far {
        let holds = freed.graph.party_ids().all(|p| {
            let concept = study.concept_of(p);
            tables
                .iter()
                .find(|t| t.concept == concept)
                .is_some_and(|t| t.is_stable(p, state))
        });
        if holds {
            continue;
        }
        let fixed = game
            .space
            .on(state)
            .into_iter()
            .find(|(option, _)| !game.model.option(*option).direction.is_both());
        let span = fixed.map(|(option, _)| game.model.option(option).place.0);
        let mut d = Diagnostic::warning(
            codes::STABLE_BY_IRREVERSIBILITY,
            format!(
                "state {} ({}) holds only because a move in it cannot be taken back, and no \
                 improvements, not even joint ones, lead to it from the status quo",
                game.id(state),
                describe::on(game, state).join(", ")
            ),
        );
        if let Some(span) = span {
            d = d.at(span, "cannot be taken back");
        }
        out.push(d);
    }
    Ok(out)
}

/// The improvements of a verdict that nothing stops.
pub fn open_improvements(verdict: &Verdict) -> impl Iterator<Item = StateId> + '_ {
    verdict
        .improvements
        .iter()
        .filter(|i| matches!(i.fate, Fate::Open { .. }))
        .map(|i| i.to)
}
