//! A plan carried out and explained.

use detente_analysis::concept::Settings;
use detente_analysis::inverse::{Change, Judgement, Plan, Want};
use detente_analysis::model::PartyId;
use detente_analysis::revised::{Revised, equilibria};
use detente_analysis::stability::{Fate, Sanction, Verdict, explain};
use detente_analysis::study::{Evolutions, evolutions};
use detente_analysis::{Budget, Game, StateId, StateSet, candidates};
use indexmap::IndexMap;

use super::said::{self, Mood};
use super::{
    Answered, Asked, Because, Becomes, Effect, Lot, PlanChange, Shift, Unexplained, variant,
};
use crate::build;
use crate::finding::{Reachability, Step};
use crate::why::{self, Explanation};
use crate::words::{self, Tense};

/// Carries a plan out and says what it does. States are those of the game before.
pub(super) fn finding(
    game: &Game<'_>,
    asked: &Asked<'_>,
    plan: &Plan,
    place: usize,
    mentioned: &mut Vec<StateId>,
    budget: &Budget,
) -> Result<super::Plan, Unexplained> {
    let question = asked.question;
    let model = plan.apply(game);
    let revised = Revised::new(game, &model, budget).map_err(Unexplained::Model)?;
    let mut shifts = Vec::new();
    let mut reasons = Vec::new();
    let concerned = concerned(plan, &question.wants);
    mentioned.extend(concerned.iter().copied());
    for judgement in &question.judgements {
        let before = equilibria(game, judgement, budget)?;
        let after = revised.equilibria(judgement, budget)?;
        for state in &concerned {
            // An unwanted state that never held is nothing to explain.
            let wanted = plan.holds.iter().flatten().any(|s| s == state);
            if wanted || before.contains(*state) {
                let sets = (&before, &after);
                reasons.push(because(
                    game, &revised, judgement, *state, sets, mentioned, budget,
                )?);
            }
        }
        shifts.push(shift(game, judgement, &before, &after));
    }
    for change in &plan.changes {
        if let Change::Ranks { reversed, .. } = change {
            let pairs = reversed.iter().take(20);
            mentioned.extend(pairs.flat_map(|(a, b)| a.iter().chain(b)).copied());
        }
    }
    let ways = evolutions(&revised.game, budget)?;
    let mut reachability = IndexMap::new();
    if let Some(ways) = &ways {
        for state in plan.holds.iter().flatten() {
            let found = reachable(&revised.game, ways, *state);
            reachability.insert(game.id(*state), found);
        }
    }
    let conditions: Vec<String> = plan
        .changes
        .iter()
        .flat_map(|c| said::change(game, c, Mood::Condition))
        .collect();
    let name = free_name(place, asked.taken);
    let title = format!("{}, price {}", goal(asked), plan.price);
    Ok(super::Plan {
        variant: if plan.changes.is_empty() {
            String::new()
        } else {
            variant::block(game, plan, &name, &title, asked.variants)
        },
        name,
        price: plan.price,
        who: names_of(game, &who(game, plan)),
        changes: plan.changes.iter().map(|c| change(game, c)).collect(),
        condition: words::list(&conditions),
        holds: plan
            .holds
            .iter()
            .map(|list| list.iter().map(|s| game.id(*s)).collect())
            .collect(),
        because: reasons,
        equilibria: shifts,
        reachability,
    })
}

/// What is asked for in a few words, as the title of a variant.
fn goal(asked: &Asked<'_>) -> String {
    let wants = asked.names.iter().zip(&asked.question.wants);
    let each: Vec<String> = wants
        .map(|(name, want)| match want {
            Want::Some(_) => format!("{name} holds"),
            Want::None(_) => format!("{name} does not hold"),
        })
        .collect();
    let said = words::list(&each).replace('"', "");
    // The number of a state means nothing in a title.
    let number = said
        .find(" (")
        .filter(|at| said[..*at].chars().all(|c| c.is_ascii_digit()));
    let text = match number {
        _ if said.chars().count() > 60 => "What was asked for holds".to_owned(),
        Some(at) if each.len() == 1 => said[at + 2..].replacen(')', "", 1),
        _ => said,
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn free_name(place: usize, taken: &[String]) -> String {
    let mut name = format!("plan_{}", place + 1);
    while taken.contains(&name) {
        name.push('x');
    }
    name
}

/// The states that the answer is about: those that hold, and the unwanted ones.
fn concerned(plan: &Plan, wants: &[Want]) -> Vec<StateId> {
    let mut states: Vec<StateId> = plan.holds.iter().flatten().copied().collect();
    for want in wants {
        if let Want::None(unwanted) = want {
            states.extend(unwanted.iter().copied());
        }
    }
    states.sort_unstable();
    states.dedup();
    states
}

/// The parties that have to change.
fn who(game: &Game<'_>, plan: &Plan) -> Vec<PartyId> {
    let mut parties: Vec<PartyId> = Vec::new();
    for change in &plan.changes {
        match change {
            Change::Ranks { party, .. } | Change::Statements { party, .. } => parties.push(*party),
            Change::Structural(s) => parties.extend(candidates::makers(game, &s.change)),
        }
    }
    parties.sort_unstable();
    parties.dedup();
    parties
}

fn names_of(game: &Game<'_>, parties: &[PartyId]) -> Vec<String> {
    let name = |p: &PartyId| words::party(game, *p).to_owned();
    parties.iter().map(name).collect()
}

pub(crate) fn change(game: &Game<'_>, change: &Change) -> PlanChange {
    let (kind, parties) = match change {
        Change::Ranks { party, .. } => ("ranks", vec![*party]),
        Change::Statements { party, .. } => ("statements", vec![*party]),
        Change::Structural(s) => (said::kind(&s.change), candidates::makers(game, &s.change)),
    };
    PlanChange {
        kind: kind.to_owned(),
        parties: names_of(game, &parties),
        price: change.price(),
        said: said::change(game, change, Mood::Fact),
        order: match change {
            Change::Ranks { order, .. } => {
                let tier = |t: &Vec<StateId>| t.iter().map(|s| game.id(*s)).collect();
                Some(order.iter().map(tier).collect())
            }
            _ => None,
        },
        list: match change {
            Change::Statements { list, .. } => {
                Some(list.iter().map(|s| s.condition.text.clone()).collect())
            }
            _ => None,
        },
    }
}

fn shift(game: &Game<'_>, judgement: &Judgement, before: &StateSet, after: &StateSet) -> Shift {
    let ids = |set: &StateSet, without: Option<&StateSet>| {
        let new = |s: &StateId| without.is_none_or(|w| !w.contains(*s));
        set.iter().filter(new).map(|s| game.id(s)).collect()
    };
    Shift {
        judgement: said::judgement(game, judgement),
        before: ids(before, None),
        after: ids(after, None),
        appear: ids(after, Some(before)),
        vanish: ids(before, Some(after)),
    }
}

fn reachable(game: &Game<'_>, ways: &Evolutions, state: StateId) -> Reachability {
    Reachability {
        moves: build::route(game, &ways.moves, state),
        improvements: build::route(game, &ways.improvements, state),
        joint: ways
            .joint
            .as_ref()
            .and_then(|joint| build::route(game, joint, state)),
    }
}

/// Why a state holds after the changes, or does not any more.
fn because(
    game: &Game<'_>,
    revised: &Revised<'_>,
    judgement: &Judgement,
    state: StateId,
    (before, after): (&StateSet, &StateSet),
    mentioned: &mut Vec<StateId>,
    budget: &Budget,
) -> Result<Because, Unexplained> {
    let settings = Settings::default();
    let (was, is) = (game.conflict(), revised.game.conflict());
    let mut sentences = Vec::new();
    let mut parties = Vec::new();
    for (party, concept) in game.model.party_ids().zip(judgement) {
        let old = explain(&was, *concept, &settings, party, state, budget)?;
        let new = explain(&is, *concept, &settings, party, state, budget)?;
        mentioned.extend(why::states_of(&new));
        let turned = new.stable && !old.stable || !new.stable && old.stable;
        if turned && revised.feasible.contains(state) {
            sentences.extend(effects(game, revised, &old, &new));
        }
        parties.push(Explanation {
            verdict: build::verdict(&revised.game, &new),
            claim: why::claim(&revised.game, &new),
            reasons: new
                .improvements
                .iter()
                .map(|i| why::reason(&revised.game, &new, i))
                .collect(),
        });
    }
    if !revised.feasible.contains(state) {
        sentences.push(Effect {
            said: format!("{} would be excluded", words::brief(game, state)),
            states: vec![game.id(state)],
            improvement: None,
            becomes: Becomes::Excluded,
            answer: None,
        });
    }
    Ok(Because {
        state: game.id(state),
        judgement: said::judgement(game, judgement),
        holds: after.contains(state),
        held: before.contains(state),
        effects: sentences,
        parties,
    })
}

/// What becomes of the improvements that undid a state, or which one undoes it now: clauses that follow
/// "then", without a full stop.
fn effects(game: &Game<'_>, revised: &Revised<'_>, old: &Verdict, new: &Verdict) -> Vec<Effect> {
    let (party, state) = (old.party, old.state);
    let name = words::party(game, party);
    let deed = |game: &Game<'_>, to: StateId, tense| {
        format!(
            "{} ({} -> {})",
            words::deed(game, party, state, to, tense),
            game.id(state),
            game.id(to)
        )
    };
    let ids = |states: &[StateId]| states.iter().map(|s| game.id(*s)).collect();
    let improvement = |to: StateId| Step {
        party: name.to_owned(),
        from: game.id(state),
        to: game.id(to),
    };
    let open = |v: &Verdict| -> Vec<StateId> {
        let open = v
            .improvements
            .iter()
            .filter(|i| matches!(i.fate, Fate::Open { .. }));
        open.map(|i| i.to).collect()
    };
    if !new.stable {
        let one = |to: &StateId| Effect {
            said: format!(
                "{name} would gain by {}, and nothing would deter it",
                deed(game, *to, Tense::Gerund)
            ),
            states: ids(&[state, *to]),
            improvement: Some(improvement(*to)),
            becomes: Becomes::Open,
            answer: None,
        };
        return open(new).iter().take(1).map(one).collect();
    }
    let after = &revised.game;
    let mut said = Vec::new();
    // The simplest ones first.
    let changes = |to: &StateId| {
        let differs = |o| game.space.level(*to, o) != game.space.level(state, o);
        game.model.option_ids().filter(|o| differs(*o)).count()
    };
    let mut opened = open(old);
    opened.sort_by_key(|to| (changes(to), *to));
    for to in opened {
        // A link may have changed where the same deed leads.
        let moves = after.graph.moves(party).from(state);
        let alike = |t: &StateId| {
            let own = game.model.party(party).options.iter();
            own.clone()
                .all(|o| game.space.level(*t, *o) == game.space.level(to, *o))
        };
        let leads = if moves.contains(&to) {
            Some(to)
        } else if game.model.party(party).options.is_empty() {
            None
        } else {
            moves.iter().copied().find(alike)
        };
        let Some(to) = leads else {
            said.push(Effect {
                said: format!(
                    "{name} could no longer gain by {}",
                    deed(game, to, Tense::Gerund)
                ),
                states: ids(&[state, to]),
                improvement: Some(improvement(to)),
                becomes: Becomes::Gone,
                answer: None,
            });
            continue;
        };
        let fate = new.improvements.iter().find(|i| i.to == to);
        let mut states = vec![state, to];
        let mut answer = None;
        let gerund = deed(after, to, Tense::Gerund);
        let (text, becomes) = match fate.map(|i| &i.fate) {
            Some(Fate::Sanctioned {
                by: Sanction::Sequence(steps),
                result,
                ..
            }) if !steps.is_empty() => {
                states.extend(steps.iter().map(|s| s.to));
                answer = Some(Answered {
                    concept: build::concept_name(after, new.concept),
                    steps: build::steps(after, steps),
                    result: game.id(*result),
                    is: lot(after, new, *result),
                });
                let answered = why::answer(after, new.concept, steps, false);
                let worse = why::worse(after, new, *result);
                (
                    format!("{name}'s {gerund} would be answered: {answered}, and {worse}"),
                    Becomes::Answered,
                )
            }
            Some(_) => (
                format!("{name}'s {gerund} would be deterred"),
                Becomes::Deterred,
            ),
            None => (
                format!("{gerund} would be no gain for {name}"),
                Becomes::NoGain,
            ),
        };
        said.push(Effect {
            said: text,
            states: ids(&states),
            improvement: Some(improvement(to)),
            becomes,
            answer,
        });
    }
    said.dedup();
    said
}

/// What the end of an answer is to the party that moved.
fn lot(game: &Game<'_>, verdict: &Verdict, result: StateId) -> Lot {
    let Some(ranking) = game.rankings.get(verdict.party.index()) else {
        return Lot::NoBetter;
    };
    if result == verdict.state {
        Lot::Back
    } else if ranking.prefers(verdict.state, result) {
        Lot::Worse
    } else if ranking.prefers(result, verdict.state) {
        Lot::Better
    } else {
        Lot::NoBetter
    }
}
