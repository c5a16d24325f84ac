//! What would have to be true for an expectation to hold, beside what the party believes.

use detente_model::model::{Preferences, Term};
use detente_model::{Condition, PartyId};

use super::distance::{Distance, between};
use super::{Hypergame, Judged};
use crate::inverse::{
    Answer, Change, Judgement, Permitted, Plan, PreferenceChange, Prices, Question,
    StatementChanges, Unsuited, Want, solve,
};
use crate::space::ranking;
use crate::{Budget, Concept, Game, Outcome, Ranking, StateId, Stop};

/// How many cheapest plans are listed for one wish.
const MOST_PLANS: usize = 8;

/// For how many wishes of one party plans are sought, at most.
const MOST_WISHES: usize = 16;

/// How a change of preferences that would make a wish hold compares with what the party believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// It is exactly what the party believes of everybody's preferences.
    Same,
    /// The party believes this, and more.
    Part,
    /// It is something else.
    Other,
}

/// An outcome that a party expects to hold and that does not hold in truth, and what would make it hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Whose expectation it is.
    pub viewer: PartyId,
    /// The class under which the states are counted; `None` for a state of no class.
    pub class: Option<usize>,
    /// The states of the true game that are expected and do not hold, in its numbers.
    pub states: Vec<StateId>,
    /// The cheapest changes of what parties want that make one of them an equilibrium, each with how it
    /// compares with the belief. A party whose wants are statements changes by edits of its list: it drops,
    /// reverses or moves one, or takes one up that the viewer believes it to have. Any other changes by
    /// swaps of neighbouring ranks. When no edits do, all change by swaps.
    pub plans: Vec<(Plan, Likeness)>,
    /// Whether these are all of the cheapest plans.
    pub all: bool,
}

/// Why plans were not sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The inverse question is not answered for the concept.
    Concept(Concept),
    /// The solver failed.
    Solver,
}

/// The wishes of all parties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// The wishes, by party and class.
    pub all: Vec<Wish>,
    /// Wishes that were left out because there are very many.
    pub left_out: usize,
    /// Why plans were not sought, if they were not.
    pub refused: Option<Refused>,
}

/// Sets what each party expects beside the true conflict: for every outcome that it expects and that does
/// not hold, the cheapest changes of what parties want in truth that would make it hold.
///
/// The outcome holds what was found until the budget ended.
pub fn wishes(hypergame: &Hypergame<'_>, judged: &Judged, budget: &Budget) -> Outcome<Wishes> {
    let mut found = Wishes::default();
    let Some(judgement) = judged.judgements.first() else {
        return Outcome::Complete(found);
    };
    for viewer in hypergame.party_ids() {
        let wanted = unfulfilled(hypergame, judged, viewer);
        found.left_out += wanted.len().saturating_sub(MOST_WISHES);
        for (class, states) in wanted.into_iter().take(MOST_WISHES) {
            let answer = match cheapest(hypergame, viewer, judgement, &states, budget) {
                Ok(Outcome::Complete(answer)) => answer,
                Ok(Outcome::Stopped(_, stop)) | Err(Unsuited::Stopped(stop)) => {
                    return Outcome::Stopped(found, stop);
                }
                Err(Unsuited::Concept(concept)) => {
                    found.refused = Some(Refused::Concept(concept));
                    return Outcome::Complete(found);
                }
                Err(_) => {
                    found.refused = Some(Refused::Solver);
                    return Outcome::Complete(found);
                }
            };
            if budget.is_cancelled() {
                return Outcome::Stopped(found, Stop::Cancelled);
            }
            let compared = |plan: Plan| {
                let likeness = likeness(hypergame, viewer, &plan);
                (plan, likeness)
            };
            found.all.push(Wish {
                viewer,
                class,
                states,
                all: answer.all,
                plans: answer.plans.into_iter().map(compared).collect(),
            });
        }
    }
    Outcome::Complete(found)
}

/// The outcomes that a party expects and that do not hold in truth: by class, if no state of the class
/// holds; states of no class one by one.
fn unfulfilled(
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    viewer: PartyId,
) -> Vec<(Option<usize>, Vec<StateId>)> {
    let truth = hypergame.truth();
    let holds = |class: usize| {
        let mut equilibria = judged.equilibria[0].iter();
        equilibria.any(|s| truth.headline(s) == Some(class))
    };
    let mut wanted: Vec<(Option<usize>, Vec<StateId>)> = Vec::new();
    for state in judged.expected[viewer.index()].iter() {
        if !hypergame.universe.is_real(state) || judged.equilibria[0].contains(state) {
            continue;
        }
        let class = truth.headline(state);
        match wanted
            .iter_mut()
            .find(|(c, _)| class.is_some() && *c == class)
        {
            Some((_, states)) => states.push(state),
            None if class.is_some_and(holds) => {}
            None => wanted.push((class, vec![state])),
        }
    }
    wanted.sort_by_key(|(class, states)| (class.is_none(), *class, states.first().copied()));
    wanted
}

/// The cheapest plans: by edits of statements where there are some, and by swaps of ranks only if no edits
/// are found.
fn cheapest(
    hypergame: &Hypergame<'_>,
    viewer: PartyId,
    judgement: &Judgement,
    states: &[StateId],
    budget: &Budget,
) -> Result<Outcome<Answer>, Unsuited> {
    let game = hypergame.truth();
    let permitted: Vec<PreferenceChange> = hypergame
        .party_ids()
        .map(|party| permitted(hypergame, viewer, party))
        .collect();
    let edits = |p: &PreferenceChange| matches!(p, PreferenceChange::Statements(..));
    if permitted.iter().any(edits) {
        match asked(game, judgement, states, permitted, budget) {
            Ok(Outcome::Complete(answer)) if answer.plans.is_empty() => {}
            Ok(Outcome::Stopped(..)) | Err(Unsuited::Stopped(_)) if !budget.is_cancelled() => {}
            found => return found,
        }
    }
    let swaps = vec![PreferenceChange::Ranks(Prices::default()); game.graph.parties()];
    asked(game, judgement, states, swaps, budget)
}

/// How a party may change: by edits when it has statements, and is believed to have some.
fn permitted(hypergame: &Hypergame<'_>, viewer: PartyId, party: PartyId) -> PreferenceChange {
    let place = hypergame.sights.thought_of(viewer, party);
    let own = &hypergame.truth().model.party(party).preferences;
    let believed = &hypergame.games[place].model.party(party).preferences;
    let (Preferences::Statements(own), Preferences::Statements(believed)) = (own, believed) else {
        return PreferenceChange::Ranks(Prices::default());
    };
    let options = hypergame.truth().model.options.len();
    let mut insert = Vec::new();
    // Another set of options would have other numbers in it.
    if hypergame.games[place].model.options.len() == options {
        let new = believed.iter().map(|s| &s.condition);
        let new = new.filter(|c| own.iter().all(|s| s.condition.expr != c.expr));
        let terms = &hypergame.games[place].model.terms;
        insert.extend(new.map(|c| written_out(c, terms, party)));
    }
    let changes = StatementChanges {
        drop: true,
        reverse: true,
        pass: true,
        insert,
    };
    PreferenceChange::Statements(Prices::default(), changes)
}

/// A statement as the viewer hears it, with the terms in it written out: the party itself means something
/// else by the same words.
fn written_out(condition: &Condition, terms: &[Term], party: PartyId) -> Condition {
    let mut longest_first: Vec<&Term> = terms.iter().collect();
    longest_first.sort_by_key(|t| std::cmp::Reverse(t.name.len()));
    let mut out = condition.clone();
    for term in longest_first {
        let Some(sense) = term.sense(party) else {
            continue;
        };
        let word = format!("term {}", term.name);
        out.text = if out.text == word {
            sense.text.clone()
        } else {
            out.text.replace(&word, &format!("({})", sense.text))
        };
    }
    out
}

fn asked(
    game: &Game<'_>,
    judgement: &Judgement,
    states: &[StateId],
    preferences: Vec<PreferenceChange>,
    budget: &Budget,
) -> Result<Outcome<Answer>, Unsuited> {
    let question = Question {
        wants: vec![Want::Some(states.to_vec())],
        judgements: vec![judgement.clone()],
        reachable: None,
        permitted: Permitted {
            preferences,
            structure: Vec::new(),
        },
        most_plans: MOST_PLANS,
        up_to: None,
    };
    solve(game, &question, budget)
}

/// Compares the rankings after a plan with those that a party believes in, over the states that both have.
fn likeness(hypergame: &Hypergame<'_>, viewer: PartyId, plan: &Plan) -> Likeness {
    let truth = hypergame.truth();
    let mut likeness = Likeness::Same;
    for party in hypergame.party_ids() {
        let place = hypergame.sights.thought_of(viewer, party);
        let believed = &hypergame.games[place].rankings[party.index()];
        let actual = &truth.rankings[party.index()];
        let planned = planned(plan, party, truth);
        let planned = planned.as_ref().unwrap_or(actual);
        let ranks = |of: &dyn Fn(StateId, StateId) -> (u32, u32)| -> Distance {
            let both = truth.space.ids();
            let both = both.filter_map(|s| Some(of(s, hypergame.universe.inward(place, s)?)));
            between(both.collect())
        };
        let left = ranks(&|s, there| (planned.rank(s), believed.rank(there)));
        if left.is_none() {
            continue;
        }
        // What is turned round lies on the way to the belief when nothing of it has to be turned back.
        let turned = ranks(&|s, _| (actual.rank(s), planned.rank(s)));
        let whole = ranks(&|s, there| (actual.rank(s), believed.rank(there)));
        if turned.opposite + left.opposite != whole.opposite {
            return Likeness::Other;
        }
        likeness = Likeness::Part;
    }
    likeness
}

/// The ranking of a party after a plan, if the plan changes it.
fn planned(plan: &Plan, party: PartyId, game: &Game<'_>) -> Option<Ranking> {
    plan.changes.iter().find_map(|change| match change {
        Change::Ranks {
            party: p, order, ..
        } if *p == party => Some(ordered(order, game.space.len())),
        Change::Statements { party: p, list, .. } if *p == party => {
            let mut changed = game.model.party(party).clone();
            changed.preferences = Preferences::Statements(list.clone());
            ranking(&changed, &game.space).ok()
        }
        _ => None,
    })
}

/// The ranking in which these states are tied, best first.
fn ordered(order: &[Vec<StateId>], states: usize) -> Ranking {
    let mut values = vec![0_usize; states];
    for (place, tied) in order.iter().enumerate() {
        for state in tied {
            if let Some(value) = values.get_mut(state.index()) {
                *value = order.len() - place;
            }
        }
    }
    Ranking::from_values(&values)
}
