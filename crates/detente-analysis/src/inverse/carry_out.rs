//! From a candidate to a plan, and from a plan to a model that is analysed again.

use detente_model::model::{
    Form, Model, Preferences, RankItem, RankTier, Rule, Statement, Strength,
};
use detente_model::{Condition, Expr, Literal, OptionId, PartyId};

use super::change::{Change, Edit, Plan, PreferenceChange, Structural, StructuralChange};
use super::question::{Question, Reachable, Unsuited, Want};
use super::search::{Candidate, Order, Search};
use super::statements::Item;
use crate::coalition::coalitions;
use crate::revised::equilibria;
use crate::stability::ConceptError;
use crate::status_quo::{EvolutionRule, evolve};
use crate::{Budget, Game, Ranking, StateId, StateSet, Stop};

impl Plan {
    /// The model with the changes made. Everything else, the order of parties, options and statements
    /// included, stays as it is.
    ///
    /// `game` is the game that the plan was made for.
    pub fn apply(&self, game: &Game<'_>) -> Model {
        let mut model = game.model.clone();
        for change in &self.changes {
            match change {
                Change::Ranks { party, order, .. } => {
                    let tier = |states: &Vec<StateId>| RankTier {
                        items: states
                            .iter()
                            .map(|s| RankItem::Matching(exactly(game, *s)))
                            .collect(),
                        strength: Strength::PLAIN,
                    };
                    model.parties[party.index()].preferences =
                        Preferences::Ranks(order.iter().map(tier).collect());
                }
                Change::Statements { party, list, .. } => {
                    model.parties[party.index()].preferences =
                        Preferences::Statements(list.clone());
                }
                Change::Structural(Structural { change, .. }) => restructure(&mut model, change),
            }
        }
        model
    }
}

/// The condition that a state of the game is this one.
fn exactly(game: &Game<'_>, state: StateId) -> Condition {
    let text = game.id(state).to_string();
    if game.model.form == Form::Graph {
        return Condition::synthetic(Expr::Node(game.space.value(state) as u32), text);
    }
    let literal = |option: OptionId| {
        let level = game.space.level(state, option);
        Expr::Literal(Literal {
            option,
            from: level,
            to: level,
        })
    };
    Condition::synthetic(
        Expr::And(game.model.option_ids().map(literal).collect()),
        text,
    )
}

fn restructure(model: &mut Model, change: &StructuralChange) {
    match change {
        StructuralChange::Direction { option, direction } => {
            model.options[option.index()].direction = *direction;
        }
        StructuralChange::Remove { option } => {
            let taken = Expr::Literal(Literal {
                option: *option,
                from: 1,
                to: u16::MAX,
            });
            let text = model.qualified(*option);
            model.rules.push(Rule {
                condition: Condition::synthetic(taken, text),
                because: None,
                cites: Vec::new(),
            });
        }
        StructuralChange::Link(consequence) => model.consequences.push(consequence.clone()),
        StructuralChange::Bar(rule) => model.rules.push(rule.clone()),
        StructuralChange::Sequence(prohibition) => model.prohibitions.push(prohibition.clone()),
    }
}

/// Carries a plan out and analyses what comes of it, see [`met`]; `None` also when the changed model
/// cannot be analysed.
pub(super) fn meets(
    game: &Game<'_>,
    question: &Question,
    plan: &Plan,
    budget: &Budget,
) -> Result<Option<Vec<Vec<StateId>>>, Unsuited> {
    let model = plan.apply(game);
    let Ok(changed) = Game::new(&model, budget) else {
        return Ok(None);
    };
    let mut found = Vec::with_capacity(question.judgements.len());
    for judgement in &question.judgements {
        match equilibria(&changed, judgement, budget) {
            Ok(set) => found.push(set),
            Err(ConceptError::Stopped(stop)) => return Err(stop.into()),
            Err(_) => return Ok(None),
        }
    }
    let now = |state: StateId| changed.space.find(game.space.value(state));
    Ok(met(&changed, now, question, &found, budget)?)
}

/// For each want of a question, the states of it that are equilibria of every judgement after changes,
/// and can be reached in the way asked for; `None` when something wanted is not so.
///
/// `after` is the game after the changes, `now` says which of its states a state of the question is, if
/// it still is one, and `equilibria` are those of `after` for each judgement of the question.
///
/// # Errors
///
/// Stops when the budget ends.
pub fn met(
    after: &Game<'_>,
    now: impl Fn(StateId) -> Option<StateId>,
    question: &Question,
    equilibria: &[StateSet],
    budget: &Budget,
) -> Result<Option<Vec<Vec<StateId>>>, Stop> {
    let reached = match (question.reachable, after.status_quo) {
        (Some(how), Some(start)) => {
            let rule = match how {
                Reachable::Moves => EvolutionRule::Moves,
                Reachable::Improvements => EvolutionRule::Improvements,
                Reachable::Joint => {
                    EvolutionRule::Joint(coalitions(after.graph.parties()).coalitions)
                }
            };
            Some(evolve(&after.conflict(), start, &rule, budget)?.reachable())
        }
        _ => None,
    };
    let mut holds = Vec::with_capacity(question.wants.len());
    for want in &question.wants {
        let (states, unwanted) = match want {
            Want::Some(states) => (states, false),
            Want::None(states) => (states, true),
        };
        let is = |state: &StateId| {
            now(*state).is_some_and(|s| {
                if unwanted {
                    return equilibria.iter().any(|set| set.contains(s));
                }
                equilibria.iter().all(|set| set.contains(s))
                    && reached.as_ref().is_none_or(|set| set.contains(s))
            })
        };
        let held: Vec<StateId> = states.iter().copied().filter(is).collect();
        if held.is_empty() != unwanted {
            return Ok(None);
        }
        holds.push(held);
    }
    Ok(Some(holds))
}

impl Search<'_, '_> {
    /// The plan that a candidate makes, carried out and analysed again.
    ///
    /// # Errors
    ///
    /// [`Unsuited::Failed`] when the analysis does not find what the search found.
    pub(super) fn plan(&self, candidate: &Candidate) -> Result<Plan, Unsuited> {
        let mut plan = self.changes_of(candidate);
        let Some(holds) = meets(self.game, self.question, &plan, &self.budget)? else {
            return Err(Unsuited::Failed);
        };
        plan.holds = holds;
        self.settle_insertions(&mut plan, candidate)?;
        Ok(plan)
    }

    fn changes_of(&self, candidate: &Candidate) -> Plan {
        let mut changes = Vec::new();
        let parties = (0..).map(PartyId).zip(&self.orders);
        for ((party, order), (list, ranking)) in
            parties.zip(candidate.lists.iter().zip(&candidate.rankings))
        {
            match (order, list) {
                (Order::Statements(statements), Some(edited)) => {
                    let (edits, price) = statements.edits(edited);
                    if !edits.is_empty() {
                        changes.push(Change::Statements {
                            party,
                            edits,
                            list: statements.list(edited),
                            price,
                        });
                    }
                }
                _ => changes.extend(self.reranked(party, ranking)),
            }
        }
        for (structural, chosen) in self.structure.iter().zip(&candidate.chosen) {
            if *chosen {
                changes.push(Change::Structural(structural.clone()));
            }
        }
        let price = changes
            .iter()
            .fold(0_u64, |sum, c| sum.saturating_add(c.price()));
        Plan {
            changes,
            price,
            holds: Vec::new(),
        }
    }

    fn reranked(&self, party: PartyId, ranking: &Ranking) -> Option<Change> {
        let before = self.game.rankings.get(party.index())?;
        if before == ranking {
            return None;
        }
        let mut order: Vec<Vec<StateId>> = vec![Vec::new(); ranking.levels() as usize];
        for state in self.game.graph.state_ids() {
            if let Some(tier) = order.get_mut((ranking.levels() - 1 - ranking.rank(state)) as usize)
            {
                tier.push(state);
            }
        }
        let mut reversed = Vec::new();
        for (place, better) in order.iter().enumerate() {
            for worse in &order[place + 1..] {
                if let (Some(b), Some(w)) = (better.first(), worse.first())
                    && before.prefers(*w, *b)
                {
                    reversed.push((better.clone(), worse.clone()));
                }
            }
        }
        let swap = match self.question.permitted.preferences.get(party.index()) {
            Some(PreferenceChange::Ranks(prices)) => prices.swap,
            _ => 0,
        };
        Some(Change::Ranks {
            party,
            order,
            price: swap.saturating_mul(reversed.len() as u64),
            reversed,
        })
    }

    /// Moves each inserted statement to the least important place that does, and notes the most
    /// important one.
    fn settle_insertions(&self, plan: &mut Plan, candidate: &Candidate) -> Result<(), Unsuited> {
        for at in 0..plan.changes.len() {
            let Change::Statements { party, list, .. } = &plan.changes[at] else {
                continue;
            };
            let found = candidate
                .lists
                .get(party.index())
                .and_then(Option::as_ref)
                .and_then(|l| l.items.iter().position(|i| matches!(i, Item::Inserted(_))));
            let Some(found) = found else { continue };
            let mut rest = list.clone();
            let inserted = rest.remove(found);
            let mut does = Vec::new();
            for place in 0..=rest.len() {
                let mut trial = plan.clone();
                place_at(&mut trial.changes[at], &rest, &inserted, place, place);
                if let Some(holds) = meets(self.game, self.question, &trial, &self.budget)? {
                    does.push((place, holds));
                }
            }
            if let (Some((highest, _)), Some((lowest, holds))) = (does.first(), does.last()) {
                place_at(&mut plan.changes[at], &rest, &inserted, *lowest, *highest);
                plan.holds.clone_from(holds);
            }
        }
        Ok(())
    }
}

/// Puts an inserted statement at a place of the list.
fn place_at(
    change: &mut Change,
    rest: &[Statement],
    inserted: &Statement,
    at: usize,
    most_important: usize,
) {
    if let Change::Statements { list, edits, .. } = change {
        *list = rest.to_vec();
        list.insert(at.min(rest.len()), inserted.clone());
        for edit in edits {
            if let Edit::Insert { place, highest, .. } = edit {
                *place = at;
                *highest = most_important;
            }
        }
    }
}
