//! Why a state holds for a party, or does not: sentences with the exact moves.

use detente_analysis::concept::Settings;
use detente_analysis::model::PartyId;
use detente_analysis::reach::Step;
use detente_analysis::stability::{
    ConceptError, Fate, ImprovementFate, Sanction, Verdict, explain,
};
use detente_analysis::{Budget, Concept, Game, StateId};
use schemars::JsonSchema;
use serde::Serialize;

use crate::build::{concept_name, state as state_finding, verdict as verdict_finding};
use crate::finding;
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words::{self, Tense};

/// The serialisable answer to "why?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Why {
    /// What this is: `detente-why/1`.
    pub format: String,
    /// The state asked about.
    pub state: finding::State,
    /// Whether it is stable for every party that was asked about.
    pub stable: bool,
    /// One explanation per party.
    pub parties: Vec<Explanation>,
    /// The states that the explanations mention.
    pub mentioned: Vec<finding::State>,
}

/// Why the state is stable for one party, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Explanation {
    /// The verdict with its proof.
    pub verdict: finding::Verdict,
    /// The verdict in a sentence.
    pub claim: String,
    /// What becomes of each improvement, a sentence each.
    pub reasons: Vec<String>,
}

/// Explains one state for some parties, each by its own concept.
pub fn why(
    game: &Game<'_>,
    state: StateId,
    parties: &[(PartyId, Concept)],
    settings: &Settings,
    budget: &Budget,
) -> Result<Why, ConceptError> {
    let conflict = game.conflict();
    let mut verdicts = Vec::new();
    for (party, concept) in parties {
        verdicts.push(explain(
            &conflict, *concept, settings, *party, state, budget,
        )?);
    }
    let mut mentioned: Vec<StateId> = verdicts.iter().flat_map(states_of).collect();
    mentioned.retain(|s| *s != state);
    mentioned.sort_unstable();
    mentioned.dedup();
    Ok(Why {
        format: "detente-why/1".to_owned(),
        state: state_finding(game, state),
        stable: verdicts.iter().all(|v| v.stable),
        parties: verdicts
            .iter()
            .map(|v| Explanation {
                verdict: verdict_finding(game, v),
                claim: claim(game, v),
                reasons: v.improvements.iter().map(|i| reason(game, v, i)).collect(),
            })
            .collect(),
        mentioned: mentioned
            .into_iter()
            .map(|s| state_finding(game, s))
            .collect(),
    })
}

pub(crate) fn states_of(verdict: &Verdict) -> Vec<StateId> {
    let mut states = Vec::new();
    let mut walk = |steps: &[Step]| states.extend(steps.iter().map(|s| s.to));
    for improvement in &verdict.improvements {
        match &improvement.fate {
            Fate::Sanctioned {
                by: Sanction::Sequence(steps),
                ..
            } => walk(steps),
            Fate::Open {
                undone: Some(undone),
            } => walk(&undone.by),
            _ => {}
        }
    }
    if let Some(ahead) = &verdict.anticipation {
        walk(&ahead.steps);
    }
    for improvement in &verdict.improvements {
        states.push(improvement.to);
        match &improvement.fate {
            Fate::Sanctioned {
                result,
                best_escape,
                ..
            } => {
                states.push(*result);
                states.extend(*best_escape);
            }
            Fate::Open { undone } => {
                states.extend(undone.iter().flat_map(|u| [u.result, u.escape]));
            }
        }
    }
    states
}

pub(crate) fn claim(game: &Game<'_>, verdict: &Verdict) -> String {
    let name = words::party(game, verdict.party);
    let concept = concept_in_text(verdict.concept);
    let word = if verdict.stable {
        "stable"
    } else {
        "not stable"
    };
    let because = if verdict.improvements.is_empty() {
        let moves = game.graph.moves(verdict.party).from(verdict.state).len();
        match moves {
            0 => ": it has no move".to_owned(),
            1 => ": its one move would not improve its lot".to_owned(),
            n => format!(": none of its {n} moves would improve its lot"),
        }
    } else {
        let total = verdict.improvements.len();
        let open = verdict
            .improvements
            .iter()
            .filter(|i| matches!(i.fate, Fate::Open { .. }))
            .count();
        match (&verdict.anticipation, total, open) {
            (Some(ahead), _, _) if ahead.steps.is_empty() => {
                format!(": looking {} moves ahead, it stays", ahead.horizon)
            }
            (Some(ahead), _, _) => {
                format!(
                    ": looking {} moves ahead, it moves and expects to end in {}",
                    ahead.horizon,
                    words::state(game, ahead.end)
                )
            }
            (None, 1, 0) => ": its one improvement would be answered".to_owned(),
            (None, n, 0) => format!(": each of its {n} improvements would be answered"),
            (None, 1, _) => ": nothing deters its one improvement".to_owned(),
            (None, n, m) => format!(": nothing deters {m} of its {n} improvements"),
        }
    };
    format!("{name}: {word} under {concept}{because}.")
}

/// "US would gain by withdrawing relief (8 -> 5), but DPRK would then choose test (5 -> 21), which
/// is worse for US than 8."
pub(crate) fn reason(game: &Game<'_>, verdict: &Verdict, improvement: &ImprovementFate) -> String {
    let wording = Wording {
        leaves: "would gain by",
        escapes: "which it prefers to",
        judged: &|result| worse(game, verdict, result),
    };
    reason_in(game, verdict, improvement, &wording)
}

/// How a structure of preferences is spoken of.
pub(crate) struct Wording<'w> {
    /// What makes the party leave, before what it does: `would gain by`.
    pub(crate) leaves: &'w str,
    /// What makes it escape, before the state that it left: `which it prefers to`.
    pub(crate) escapes: &'w str,
    /// What the end of an answer is to the party.
    pub(crate) judged: &'w dyn Fn(StateId) -> String,
}

/// As [`reason`], in other words.
pub(crate) fn reason_in(
    game: &Game<'_>,
    verdict: &Verdict,
    improvement: &ImprovementFate,
    wording: &Wording<'_>,
) -> String {
    let name = words::party(game, verdict.party);
    let (from, to) = (verdict.state, improvement.to);
    let gain = format!(
        "{name} {} {} ({} -> {})",
        wording.leaves,
        words::deed(game, verdict.party, from, to, Tense::Gerund),
        game.id(from),
        game.id(to)
    );
    match &improvement.fate {
        Fate::Open { undone: None } => format!("{gain}, and nothing would deter it."),
        Fate::Open {
            undone: Some(undone),
        } => format!(
            "{gain}. {}, but {name} would escape by {} ({} -> {}), {} {}.",
            answer(game, verdict.concept, &undone.by, true),
            words::deed(
                game,
                verdict.party,
                undone.result,
                undone.escape,
                Tense::Gerund
            ),
            game.id(undone.result),
            game.id(undone.escape),
            wording.escapes,
            game.id(from)
        ),
        Fate::Sanctioned {
            by,
            result,
            best_escape,
        } => {
            let judged = (wording.judged)(*result);
            let answered = match by {
                Sanction::Sequence(steps) if steps.is_empty() => {
                    format!("but it expects the others to leave it there, and {judged}")
                }
                Sanction::Sequence(steps) => {
                    format!(
                        "but {}, and {judged}",
                        answer(game, verdict.concept, steps, false)
                    )
                }
                Sanction::Together(choices) => {
                    let at_once: Vec<String> = choices
                        .iter()
                        .map(|(p, t)| {
                            format!(
                                "{} {} ({} -> {})",
                                words::party(game, *p),
                                words::deed(game, *p, from, *t, Tense::Present),
                                game.id(from),
                                game.id(*t)
                            )
                        })
                        .collect();
                    format!(
                        "but if at the same time {}, the result is {}, and {judged}",
                        words::list(&at_once),
                        game.id(*result)
                    )
                }
            };
            let escape = match best_escape {
                Some(escape) => format!(
                    " Its best way out from there, {} ({} -> {}), does not make good the loss.",
                    words::deed(game, verdict.party, *result, *escape, Tense::Gerund),
                    game.id(*result),
                    game.id(*escape)
                ),
                None => String::new(),
            };
            format!("{gain}, {answered}.{escape}")
        }
    }
}

/// "DPRK would then choose test (5 -> 21), and then ...": a sequence of answers. Under concepts that
/// ask for improvements the others *would*, under the others they *could*.
pub(crate) fn answer(game: &Game<'_>, concept: Concept, steps: &[Step], begins: bool) -> String {
    let could = matches!(concept, Concept::Gmr | Concept::Smr);
    let verb = if could { "could" } else { "would" };
    let mut parts = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let then = if index == 0 && !begins { " then" } else { "" };
        let deed = words::step(game, step, Tense::Infinitive);
        parts.push(format!(
            "{} {verb}{then} {deed}",
            words::party(game, step.party)
        ));
    }
    parts.join(", then ")
}

/// "21 is worse for US than 8", or equally good.
pub(crate) fn worse(game: &Game<'_>, verdict: &Verdict, result: StateId) -> String {
    let name = words::party(game, verdict.party);
    let ranking = &game.rankings[verdict.party.index()];
    let (there, here) = (game.id(result), game.id(verdict.state));
    if result == verdict.state {
        format!("{name} would be back at {here}")
    } else if ranking.prefers(verdict.state, result) {
        format!("{there} is worse for {name} than {here}")
    } else if ranking.prefers(result, verdict.state) {
        format!("{there} is better for {name} than {here}")
    } else {
        format!("{there} is no better for {name} than {here}")
    }
}

/// The answer as a person reads it.
pub fn text(game: &Game<'_>, state: StateId, why: &Why, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("State {}", words::state(game, state)));
    for explanation in &why.parties {
        page.gap();
        page.paragraph(&explanation.claim);
        for reason in &explanation.reasons {
            page.hanging("  - ", "    ", reason);
        }
    }
    // States of a graph may have nothing but their numbers.
    let mentioned: Vec<(u32, String)> = why
        .mentioned
        .iter()
        .filter_map(|m| Some((m.id, words::content(game, game.by_id(m.id)?))))
        .filter(|(_, content)| !content.is_empty())
        .collect();
    if !mentioned.is_empty() {
        page.heading("The states mentioned");
        page.gap();
        for (id, content) in &mentioned {
            page.hanging(&format!("{id:>4}  "), "      ", content);
        }
    }
    page.finish()
}

/// The name of a concept as people write it.
pub fn named(game: &Game<'_>, concept: Concept) -> String {
    concept_name(game, concept)
}
