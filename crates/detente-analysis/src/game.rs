//! A negotiation ready to be analysed: its states, moves, rankings and classes.

use detente_model::model::Model;
use detente_model::syntax::{Diagnostic, Span};
use detente_model::{PartyId, model::Form};

use crate::budget::{Budget, Stop};
use crate::codes;
use crate::describe;
use crate::graph::{Conflict, Graph, Ranking, StateId, Superposition};
use crate::space::{Size, Space, SpaceError, moves, ranking};

/// Everything that analyses ask of a model, computed once.
#[derive(Clone)]
pub struct Game<'m> {
    /// The model.
    pub model: &'m Model,
    /// Its feasible states.
    pub space: Space,
    /// Who can move where.
    pub graph: Graph,
    /// What each party prefers.
    pub rankings: Vec<Ranking>,
    /// For each state the classes that it belongs to, as indices into the model's classes.
    pub classes: Vec<Vec<usize>>,
    /// Where things stand.
    pub status_quo: Option<StateId>,
    names: Vec<Option<usize>>,
    numbers: Option<Vec<u32>>,
    simultaneous: Option<Simultaneous>,
}

impl<'m> Game<'m> {
    /// Enumerates states, moves and rankings within the budget. What is wrong is reported with its
    /// place in the text.
    pub fn new(model: &'m Model, budget: &Budget) -> Result<Self, Vec<Diagnostic>> {
        let space = Space::new(model, budget).map_err(|e| vec![space_problem(model, &e)])?;
        let mut problems = Vec::new();
        let mut lists = Vec::with_capacity(model.parties.len());
        for party in model.party_ids() {
            let list =
                moves(model, &space, party, budget).map_err(|stop| vec![stopped(model, &stop)])?;
            lists.push(list);
        }
        let mut rankings = Vec::with_capacity(model.parties.len());
        for party in &model.parties {
            match ranking(party, &space) {
                Ok(ranking) => rankings.push(ranking),
                Err(unranked) => {
                    let span = party.place.0;
                    problems.push(unranked_problem(
                        model,
                        &space,
                        span,
                        &party.name,
                        &unranked,
                    ));
                }
            }
        }
        let status_quo = match find_status_quo(model, &space) {
            Ok(state) => state,
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let graph = Graph::new(space.len(), lists).unwrap_or_else(|| Graph::empty(space.len()));
        let mut classes = vec![Vec::new(); space.len()];
        for (index, class) in model.classes.iter().enumerate() {
            for state in space.matching(&class.condition) {
                classes[state.index()].push(index);
            }
        }
        let names = names(model, &space);
        let simultaneous = (model.form == Form::Options).then(|| Simultaneous::new(model, &space));
        Ok(Self {
            model,
            space,
            graph,
            rankings,
            classes,
            status_quo,
            numbers: numbers(model, &names),
            names,
            simultaneous,
        })
    }

    /// The conflict that stability concepts judge.
    pub fn conflict(&self) -> Conflict<'_> {
        let conflict = Conflict::matched(&self.graph, &self.rankings);
        match &self.simultaneous {
            Some(s) => conflict.with_superposition(s),
            None => conflict,
        }
    }

    /// The first class of a state, if it belongs to one.
    pub fn headline(&self, state: StateId) -> Option<usize> {
        self.classes[state.index()].first().copied()
    }

    /// The name that the author gave the state, if any, as an index into the model's states.
    pub fn named(&self, state: StateId) -> Option<usize> {
        self.names[state.index()]
    }

    /// The number by which people refer to a state: the author's, if every state has one; else its
    /// place among the feasible states, 1 for the first.
    pub fn id(&self, state: StateId) -> u32 {
        match &self.numbers {
            Some(numbers) => numbers[state.index()],
            None => state.0 + 1,
        }
    }

    /// The state that people refer to by this number; see [`Game::id`].
    pub fn by_id(&self, id: u32) -> Option<StateId> {
        match &self.numbers {
            Some(numbers) => numbers
                .iter()
                .position(|n| *n == id)
                .map(|i| StateId(i as u32)),
            None => id
                .checked_sub(1)
                .map(StateId)
                .filter(|s| s.index() < self.space.len()),
        }
    }
}

/// For every state the first name that the author gave it, as an index into the model's states.
fn names(model: &Model, space: &Space) -> Vec<Option<usize>> {
    let mut names = vec![None; space.len()];
    for (index, named) in model.states.iter().enumerate() {
        let state = match model.form {
            Form::Graph => space.find(index as u128),
            Form::Options => space.find_assignment(&named.assignment),
        };
        if let Some(state) = state {
            names[state.index()].get_or_insert(index);
        }
    }
    names
}

/// The author's numbers of the states, if every state has one and they differ.
fn numbers(model: &Model, names: &[Option<usize>]) -> Option<Vec<u32>> {
    let number = |name: &Option<usize>| model.states.get((*name)?)?.name.parse::<u32>().ok();
    let numbers: Vec<u32> = names.iter().map(number).collect::<Option<_>>()?;
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    sorted.dedup();
    (sorted.len() == numbers.len()).then_some(numbers)
}

/// What simultaneous moves lead to in the option form.
#[derive(Clone)]
struct Simultaneous {
    space: Space,
    own: Vec<u128>,
    consequences: crate::space::Consequences,
}

impl Simultaneous {
    fn new(model: &Model, space: &Space) -> Self {
        let mask = |options: &[detente_model::OptionId]| {
            options
                .iter()
                .fold(0, |mask, o| mask | space.layout().mask(*o))
        };
        Self {
            own: model.parties.iter().map(|p| mask(&p.options)).collect(),
            consequences: crate::space::Consequences::new(model, space),
            space: space.clone(),
        }
    }
}

impl Superposition for Simultaneous {
    fn combine(&self, from: StateId, choices: &[(PartyId, StateId)]) -> Option<StateId> {
        let before = self.space.value(from);
        let after = choices.iter().fold(before, |value, (party, to)| {
            let own = self.own[party.index()];
            value & !own | self.space.value(*to) & own
        });
        self.space.find(self.consequences.apply(before, after))
    }
}

fn find_status_quo(model: &Model, space: &Space) -> Result<Option<StateId>, Diagnostic> {
    let Some(status_quo) = &model.status_quo else {
        return Ok(None);
    };
    let found = match status_quo.node {
        Some(node) => space.find(u128::from(node)),
        None => space.find_assignment(&status_quo.assignment),
    };
    if let Some(state) = found {
        return Ok(Some(state));
    }
    let mut d = Diagnostic::error(
        codes::STATUS_QUO_INFEASIBLE,
        "the status quo is not feasible",
    )
    .at(status_quo.place.0, "this state is excluded");
    let levels = &status_quo.assignment;
    let broken = model.rules.iter().find(|rule| {
        rule.condition.expr.eval(&mut |atom| match atom {
            detente_model::expr::Atom::Literal(l) => levels
                .get(l.option.index())
                .is_some_and(|level| l.admits(*level)),
            detente_model::expr::Atom::Node(n) => status_quo.node == Some(*n),
        })
    });
    if let Some(rule) = broken {
        d = d.see(rule.condition.span, "by this rule");
    }
    Err(d.hint("change the status quo, or the rule that excludes it"))
}

fn unranked_problem(
    model: &Model,
    space: &Space,
    span: Span,
    party: &str,
    unranked: &crate::space::Unranked,
) -> Diagnostic {
    let show = |s: &StateId| match model.form {
        Form::Graph => model
            .states
            .get(space.value(*s) as usize)
            .map_or(String::new(), |n| n.name.clone()),
        Form::Options => {
            let on = space.on(*s).into_iter();
            let on: Vec<String> = on
                .map(|(o, l)| describe::plain_setting(model, o, l))
                .collect();
            format!("{{ {} }}", on.join(", "))
        }
    };
    let shown: Vec<String> = unranked
        .states
        .iter()
        .take(3)
        .map(|s| format!("`{}`", show(s)))
        .collect();
    let count = unranked.states.len();
    let more = if count > 3 {
        format!(", and {} more", count - 3)
    } else {
        String::new()
    };
    let word = if count == 1 { "state" } else { "states" };
    Diagnostic::error(
        codes::UNRANKED,
        format!(
            "the ranking of `{party}` leaves out {count} feasible {word}: {}{more}",
            shown.join(", ")
        ),
    )
    .at(span, "this party's ranking")
    .hint("rank them too, or end the ranking with `> rest`")
}

fn stopped(model: &Model, stop: &Stop) -> Diagnostic {
    space_problem(model, &SpaceError::Stopped(stop.clone()))
}

/// That the rules of a model exclude every state, with the rules that do it where they can be found.
pub fn no_feasible_state(model: &Model) -> Diagnostic {
    let message = SpaceError::NoFeasibleState.to_string();
    let mut d = Diagnostic::error(codes::NO_FEASIBLE_STATE, message);
    let rules = smallest_conflict(model).unwrap_or_default();
    for (i, rule) in rules.iter().enumerate() {
        d = match (i, rules.len()) {
            (0, 1) => d.at(*rule, "this rule alone excludes everything"),
            (0, _) => d.at(*rule, "this rule"),
            _ => d.see(*rule, "together with this one"),
        };
    }
    d.hint(if rules.is_empty() {
        "drop or loosen a `never` rule, or declare a state"
    } else {
        "drop or loosen one of these rules: each is needed to exclude everything"
    })
}

fn space_problem(model: &Model, error: &SpaceError) -> Diagnostic {
    match error {
        SpaceError::NoFeasibleState => no_feasible_state(model),
        SpaceError::TooWide(_) => Diagnostic::error(codes::TOO_LARGE, error.to_string())
            .hint("leave out options that do not matter to the question, or split the negotiation"),
        SpaceError::Stopped(stop) => {
            let size = Size::of(model);
            let raw = size
                .raw
                .map_or("more than 2^128".to_owned(), |n| n.to_string());
            let d = Diagnostic::error(
                codes::TOO_LARGE,
                format!("{error} (raw combinations: {raw})"),
            );
            match stop {
                Stop::Cancelled => d,
                Stop::Limit { what: "states", .. } => d.hint(
                    "add `never` rules or leave out options; or raise the limit with --max-states",
                ),
                Stop::Limit { what, .. } => d.hint(format!(
                    "add rules, leave out options, or raise the limit with --max-{what}"
                )),
            }
        }
    }
}

/// A smallest set of rules that together exclude every state, found by leaving rules out one at a
/// time; `None` when that takes too long or there are no rules.
fn smallest_conflict(model: &Model) -> Option<Vec<Span>> {
    const MOST_RULES: usize = 200;
    let mut budget = Budget::default();
    budget.max_states = 1;
    budget.max_steps = 200_000;
    let empty = |rules: &[usize]| {
        let mut trial = model.clone();
        trial.rules = rules.iter().map(|i| model.rules[*i].clone()).collect();
        matches!(
            Space::new(&trial, &budget),
            Err(SpaceError::NoFeasibleState)
        )
    };
    let mut kept: Vec<usize> = (0..model.rules.len()).collect();
    if kept.is_empty() || kept.len() > MOST_RULES || !empty(&kept) {
        return None;
    }
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        if empty(&fewer) { kept = fewer } else { at += 1 }
    }
    Some(
        kept.into_iter()
            .map(|i| model.rules[i].condition.span)
            .collect(),
    )
}
