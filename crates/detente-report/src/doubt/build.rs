//! From what the analysis found to the serialisable value.

use detente_analysis::doubt::{self as found, Doubts, Family, Found, Share, Target};
use detente_analysis::reach::SequenceRule;
use detente_analysis::{Concept, Stop};
use indexmap::IndexMap;

use super::words;
use super::{
    AnswerEntry, ConceptShares, Doubt, DoubtEntry, Hinge, Method, QuestionEntry, ShareEntry,
    StateShare, TargetEntry, ToldEntry, WitnessEntry,
};
use crate::build;
use crate::finding::Settings;

/// What was asked, and what was found.
#[derive(Clone, Copy)]
pub struct Asked<'a, 'g, 'm> {
    /// The family of completions.
    pub family: &'a Family<'g, 'm>,
    /// What was asked about it.
    pub request: &'a found::Request,
    /// The concept of the parties that have none of their own.
    pub main: Concept,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// What was found.
    pub doubts: &'a Doubts,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}

/// Puts what was found into its serialisable form.
pub fn finding(asked: Asked<'_, '_, '_>) -> Doubt {
    let Asked { family, doubts, .. } = asked;
    let game = family.game();
    let model = game.model;
    let somewhere = |state: usize| {
        let mut rows = doubts.rows.iter();
        rows.any(|r| r.states.get(state).is_some_and(|s| !s.never()))
    };
    let shown = game.space.ids().filter(|s| somewhere(s.index()));
    Doubt {
        format: "detente-doubt/1".to_owned(),
        negotiation: model.title.clone(),
        variants: asked.variants.to_vec(),
        settings: settings(asked),
        method: method(asked),
        doubts: family.doubts().iter().map(|d| entry(asked, d)).collect(),
        assumptions: words::assumptions(family),
        concepts: doubts.rows.iter().map(|r| concept(asked, r)).collect(),
        targets: doubts.aims.iter().map(|a| target(asked, a)).collect(),
        hinges: doubts
            .hinges
            .iter()
            .map(|(state, w)| Hinge {
                state: game.id(*state),
                witness: witness(w),
            })
            .collect(),
        states: shown.map(|s| build::state(game, s)).collect(),
        stopped: asked.stop.map(ToString::to_string),
    }
}

fn settings(asked: Asked<'_, '_, '_>) -> Settings {
    let model = asked.family.game().model;
    let name = |concept| build::name_of(model, concept);
    let mut by_party = IndexMap::new();
    if asked.request.judges.iter().any(|c| *c != asked.main) {
        for (party, concept) in model.parties.iter().zip(&asked.request.judges) {
            by_party.insert(party.name.clone(), name(*concept));
        }
    }
    Settings {
        main: name(asked.main),
        sequences: match asked.request.settings.sequences {
            SequenceRule::Legal => "legal",
            SequenceRule::EachOnce => "each_once",
        }
        .to_owned(),
        diagonal: asked.request.settings.diagonal,
        by_party,
    }
}

fn method(asked: Asked<'_, '_, '_>) -> Method {
    let model = asked.family.game().model;
    match &asked.doubts.found {
        Found::Counted {
            completions,
            profiles,
        } => Method {
            kind: "counted".to_owned(),
            completions: Some(completions.to_string()),
            profiles: Some(*profiles),
            samples: None,
            seed: None,
            because: None,
        },
        Found::Sampled {
            samples,
            seed,
            because,
        } => Method {
            kind: "sampled".to_owned(),
            completions: None,
            profiles: None,
            samples: Some(*samples),
            seed: Some(*seed),
            because: Some(words::because(model, *because)),
        },
    }
}

fn entry(asked: Asked<'_, '_, '_>, doubt: &found::Doubt) -> DoubtEntry {
    let model = asked.family.game().model;
    let answers = doubt.answers.iter().enumerate();
    DoubtEntry {
        party: model.party(doubt.party).name.clone(),
        kind: words::kind(doubt).to_owned(),
        says: words::doubt(model, doubt),
        answers: answers
            .map(|(place, answer)| AnswerEntry {
                says: words::answer(model, doubt, place),
                probability: words::probability(&found::Chance::Exact(found::Ratio::new(
                    answer.weight,
                    doubt.total(),
                ))),
            })
            .collect(),
        basic: doubt.basic,
        assumed: doubt.assumed,
    }
}

fn share(share: &Share) -> ShareEntry {
    ShareEntry {
        completions: share
            .completions
            .as_ref()
            .map(|(holds, _)| holds.to_string()),
        probability: words::probability(&share.chance),
        always: share.always(),
        never: share.never(),
    }
}

fn concept(asked: Asked<'_, '_, '_>, row: &found::Row) -> ConceptShares {
    let game = asked.family.game();
    let classes = game.model.classes.iter().zip(&row.classes);
    let states = || game.space.ids().zip(&row.states);
    let always = states().filter(|(_, s)| s.always());
    let sometimes = states().filter(|(_, s)| !s.always() && !s.never());
    ConceptShares {
        concept: row.concept.map(|c| build::name_of(game.model, c)),
        any: share(&row.any),
        classes: classes.map(|(c, s)| (c.name.clone(), share(s))).collect(),
        always: always.map(|(id, _)| game.id(id)).collect(),
        sometimes: sometimes
            .map(|(id, s)| StateShare {
                state: game.id(id),
                share: share(s),
            })
            .collect(),
    }
}

/// The name of a target.
pub(super) fn name(asked: Asked<'_, '_, '_>, target: Target) -> String {
    let game = asked.family.game();
    match target {
        Target::Class(class) => {
            let class = game.model.classes.get(class);
            class.map(|c| c.name.clone()).unwrap_or_default()
        }
        Target::State(state) => crate::words::brief(game, state),
    }
}

fn target(asked: Asked<'_, '_, '_>, aim: &found::Aim) -> TargetEntry {
    TargetEntry {
        name: name(asked, aim.target),
        kind: match aim.target {
            Target::Class(_) => "class",
            Target::State(_) => "state",
        }
        .to_owned(),
        share: share(&aim.share),
        questions: aim.questions.single.iter().map(question).collect(),
        pairs: aim.questions.pairs.iter().map(question).collect(),
        witness: aim.witness.as_ref().map(witness),
    }
}

fn question(question: &found::Question) -> QuestionEntry {
    let told = |told: &found::Told| ToldEntry {
        answers: told.answers.clone(),
        probability: words::probability(&told.probability),
        target: words::probability(&told.target),
    };
    QuestionEntry {
        doubts: question.doubts.clone(),
        bits: words::rounded(question.bits),
        variance: words::rounded(question.variance),
        telling: question.telling,
        told: question.told.iter().map(told).collect(),
    }
}

fn witness(witness: &found::Witness) -> WitnessEntry {
    let changed = witness.changed.iter();
    WitnessEntry {
        basic: witness.basic,
        changed: changed.map(|(doubt, answer)| [*doubt, *answer]).collect(),
        fewest: witness.fewest,
        holds: witness.holds.clone(),
        fails: witness.fails.clone(),
    }
}
