//! From what the analysis found to the serialisable value, and changes in words.

use detente_analysis::model::model::{Form, Preferences, RankItem, RankTier, Statement};
use detente_analysis::model::{Model, PartyId};
use detente_analysis::reach::SequenceRule;
use detente_analysis::sensitivity as found;
use detente_analysis::sensitivity::{Alteration, Held, Way};
use detente_analysis::{Game, Stop};
use indexmap::IndexMap;

use super::{Assumption, Change, Class, Effect, Equilibrium, Outcome, Sensitivity, WayChange};
use crate::build::name_of;
use crate::finding::Settings;
use crate::firmness::firmness;
use crate::words;

/// Puts what was found into its serialisable form. `main` is the concept of the parties that have none of
/// their own.
pub fn finding(
    game: &Game<'_>,
    found: &found::Sensitivity,
    main: detente_analysis::Concept,
    variants: &[String],
    stopped: Option<&Stop>,
) -> Sensitivity {
    let model = game.model;
    let all_changes: Vec<found::Change> = found.trials.iter().map(|t| t.change).collect();
    let idle = found.idle();
    let place = |trial: &found::Trial| all_changes.iter().position(|c| *c == trial.change);
    let places = |trials: &mut dyn Iterator<Item = &found::Trial>| -> Vec<usize> {
        trials.filter_map(place).collect()
    };
    let ranked = found.ranked();
    let mut assumptions: Vec<Assumption> = Vec::new();
    let mut order: Vec<found::Assumption> = Vec::new();
    let mut changes = Vec::new();
    for (index, trial) in found.trials.iter().enumerate() {
        let assumption = trial.change.assumption;
        if order.last() != Some(&assumption) {
            order.push(assumption);
            let most = ranked.iter().find(|t| t.change.assumption == assumption);
            assumptions.push(Assumption {
                says: assumption_in_words(model, assumption),
                kind: kind(assumption).to_owned(),
                party: assumption.party(model).map(|p| model.party(p).name.clone()),
                label: statement(model, assumption).and_then(|s| s.label.clone()),
                doubtful: statement(model, assumption).is_some_and(|s| !s.certainty.is_certain()),
                changes: Vec::new(),
                most: most.and_then(|t| place(t)),
                idle: idle.contains(&assumption),
            });
        }
        if let Some(last) = assumptions.last_mut() {
            last.changes.push(index);
        }
        let refused = match &trial.result {
            Some(Err(reason)) => Some(reason.clone()),
            _ => None,
        };
        changes.push(Change {
            assumption: order.len() - 1,
            change: word(trial.change.alteration).to_owned(),
            says: changed(model, trial.change),
            effect: trial.effect().map(|e| effect(game, e)),
            refused,
        });
    }
    let ranked = ranked
        .iter()
        .filter_map(|t| order.iter().position(|a| *a == t.change.assumption));
    let firm = |state| {
        let of_state = found.robustness.iter().find(|r| r.state == state);
        of_state.map(|r| firmness(game, r))
    };
    let equilibria = found.equilibria.iter().map(|state| Equilibrium {
        state: outcome(
            game,
            &Held {
                value: game.space.value(*state),
                state: Some(*state),
                levels: match model.form {
                    Form::Options => game.space.assignment(*state),
                    Form::Graph => Vec::new(),
                },
                class: game.headline(*state),
            },
        ),
        firmness: firm(*state),
        broken_by: places(&mut found.breaking(*state)),
    });
    let class = |class: &found::ClassBefore| Class {
        name: class_name(model, class.class),
        equilibria: class.equilibria,
        way: class.way.map(|w| way(w).to_owned()),
        emptied_by: places(&mut found.emptying(class.class)),
        opened_by: places(&mut found.opening(class.class)),
    };
    let about = found.request.about;
    let about = [
        ("preferences", about.preferences),
        ("directions", about.directions),
        ("rules", about.rules),
    ];
    Sensitivity {
        format: "detente-sensitivity/1".to_owned(),
        negotiation: model.title.clone(),
        variants: variants.to_vec(),
        settings: settings(model, &found.request, main),
        about: about
            .iter()
            .filter(|(_, on)| *on)
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        class: found.request.class.and_then(|c| class_name(model, Some(c))),
        feasible: game.space.len(),
        equilibria: equilibria.collect(),
        classes: found.classes.iter().map(class).collect(),
        assumptions,
        ranked: ranked.collect(),
        changes,
        notes: notes(game, found),
        stopped: stopped.map(ToString::to_string),
    }
}

fn settings(model: &Model, request: &found::Request, main: detente_analysis::Concept) -> Settings {
    let own = request.judges.iter().any(|c| *c != main);
    let by_party: IndexMap<String, String> = model
        .parties
        .iter()
        .zip(&request.judges)
        .map(|(p, c)| (p.name.clone(), name_of(model, *c)))
        .collect();
    Settings {
        main: name_of(model, main),
        sequences: match request.settings.sequences {
            SequenceRule::Legal => "legal".to_owned(),
            SequenceRule::EachOnce => "each_once".to_owned(),
        },
        diagonal: request.settings.diagonal,
        by_party: if own { by_party } else { IndexMap::new() },
    }
}

fn notes(game: &Game<'_>, found: &found::Sensitivity) -> Vec<String> {
    let mut notes = Vec::new();
    if game.status_quo.is_none() {
        notes.push(
            "The file states no status quo, so nothing is said of what can be reached.".to_owned(),
        );
    } else if !found.joint {
        notes.push(
            "Joint steps were not followed from the status quo: there are too many states and \
             coalitions."
                .to_owned(),
        );
    }
    let refused = found.trials.iter().filter_map(|t| match &t.result {
        Some(Err(why)) => Some((t, why)),
        _ => None,
    });
    let refused: Vec<_> = refused.collect();
    if let Some((trial, why)) = refused.first() {
        let change = changed(game.model, trial.change);
        let why = why.trim_end_matches('.');
        notes.push(match refused.len() {
            1 => format!("1 change could not be analysed, {change}: {why}."),
            n => format!("{n} changes could not be analysed; the first, {change}: {why}."),
        });
    }
    notes
}

fn effect(game: &Game<'_>, effect: &found::Effect) -> Effect {
    let outcomes = |held: &[Held]| held.iter().map(|h| outcome(game, h)).collect();
    let names = |classes: &[Option<usize>]| {
        let name = |c: &Option<usize>| class_name(game.model, *c);
        classes.iter().map(name).collect()
    };
    Effect {
        feasible: effect.states,
        vanished: outcomes(&effect.vanished),
        appeared: outcomes(&effect.appeared),
        classes_lost: names(&effect.lost),
        classes_gained: names(&effect.gained),
        ways: effect
            .ways
            .iter()
            .map(|w| WayChange {
                class: class_name(game.model, w.class),
                before: way(w.before).to_owned(),
                after: way(w.after).to_owned(),
            })
            .collect(),
    }
}

fn outcome(game: &Game<'_>, held: &Held) -> Outcome {
    let model = game.model;
    let node = || (model.form == Form::Graph).then(|| usize::try_from(held.value).ok())?;
    let named = held.state.and_then(|s| game.named(s)).or_else(node);
    Outcome {
        id: held.state.map(|s| game.id(s)),
        decimal: held.value.to_string(),
        on: words::levels_on(model, &held.levels),
        name: named
            .and_then(|n| model.states.get(n))
            .map(|n| n.name.clone()),
        class: class_name(model, held.class),
    }
}

fn class_name(model: &Model, class: Option<usize>) -> Option<String> {
    class
        .and_then(|c| model.classes.get(c))
        .map(|c| c.name.clone())
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Improvements => "improvements",
        Way::JointSteps => "joint_steps",
        Way::MovesOnly => "moves_only",
        Way::Nowise => "nowise",
    }
}

fn kind(assumption: found::Assumption) -> &'static str {
    match assumption {
        found::Assumption::Statement(..) => "statement",
        found::Assumption::Tiers(..) => "ranks",
        found::Assumption::Weight(..) => "weight",
        found::Assumption::Doubtful => "doubtful",
        found::Assumption::Direction(_) => "direction",
        found::Assumption::Rule(_) => "never",
        found::Assumption::Consequence(_) => "when",
        found::Assumption::Prohibition(_) => "no_move",
    }
}

fn word(alteration: Alteration) -> &'static str {
    match alteration {
        Alteration::Dropped => "dropped",
        Alteration::Reversed => "reversed",
        Alteration::Raised => "raised",
        Alteration::Lowered => "lowered",
        Alteration::First => "first",
        Alteration::Last => "last",
        Alteration::Swapped => "swapped",
        Alteration::Irreversible => "irreversible",
        Alteration::Reversible => "reversible",
    }
}

fn statement(model: &Model, assumption: found::Assumption) -> Option<&Statement> {
    let found::Assumption::Statement(party, place) = assumption else {
        return None;
    };
    match &model.parties.get(party.index())?.preferences {
        Preferences::Statements(list) => list.get(place),
        _ => None,
    }
}

/// An assumption in words: ``US: `not relief` ``, ``US.peace is irreversible``.
fn assumption_in_words(model: &Model, assumption: found::Assumption) -> String {
    let of = |party: PartyId, what: &str| format!("{}: {what}", model.party(party).name);
    match assumption {
        found::Assumption::Statement(party, _) => {
            let what = statement(model, assumption).map_or(String::new(), |s| {
                let text = s.label.as_ref().unwrap_or(&s.condition.text);
                let doubt = if s.certainty.is_certain() {
                    ""
                } else {
                    " (doubtful)"
                };
                format!("`{text}`{doubt}")
            });
            of(party, &what)
        }
        found::Assumption::Tiers(party, upper) => match &model.party(party).preferences {
            Preferences::Ranks(tiers) => {
                let text = |place: usize| tiers.get(place).map_or(String::new(), tier);
                of(party, &format!("{} > {}", text(upper), text(upper + 1)))
            }
            _ => of(party, "its ranking"),
        },
        found::Assumption::Weight(party, place) => match &model.party(party).preferences {
            Preferences::Weights(list) => {
                let text = list.get(place).map_or("", |(_, c)| c.text.as_str());
                of(party, &format!("the weight of `{text}`"))
            }
            _ => of(party, "its weights"),
        },
        found::Assumption::Doubtful => "all doubtful statements".to_owned(),
        found::Assumption::Direction(option) => model.qualified(option),
        found::Assumption::Rule(place) => {
            let text = model
                .rules
                .get(place)
                .map_or("", |r| r.condition.text.as_str());
            format!("never `{text}`")
        }
        found::Assumption::Consequence(place) => {
            model.consequences.get(place).map_or(String::new(), |c| {
                format!("when `{}` then `{}`", c.condition.text, c.then_text)
            })
        }
        found::Assumption::Prohibition(place) => {
            model.prohibitions.get(place).map_or(String::new(), |p| {
                let by = p.party.map(|p| format!(" by {}", model.party(p).name));
                format!(
                    "no move{} from `{}` to `{}`",
                    by.unwrap_or_default(),
                    p.from.text,
                    p.to.text
                )
            })
        }
    }
}

fn tier(tier: &RankTier) -> String {
    let item = |item: &RankItem| match item {
        RankItem::Matching(condition) => format!("`{}`", condition.text),
        RankItem::Rest(_) => "rest".to_owned(),
    };
    tier.items.iter().map(item).collect::<Vec<_>>().join(" = ")
}

/// A change in words: ``US: `hinge` (doubtful) dropped``, ``US.peace made reversible``.
pub fn changed(model: &Model, change: found::Change) -> String {
    let what = assumption_in_words(model, change.assumption);
    let done = match (change.assumption, change.alteration) {
        (found::Assumption::Weight(..), Alteration::Dropped) => "set to 0",
        (found::Assumption::Weight(..), Alteration::Reversed) => "with the other sign",
        (_, Alteration::Dropped) => "dropped",
        (_, Alteration::Reversed) => "reversed",
        (_, Alteration::Raised) => "one place up",
        (_, Alteration::Lowered) => "one place down",
        (_, Alteration::First) => "put first",
        (_, Alteration::Last) => "put last",
        (_, Alteration::Swapped) => "swapped",
        (_, Alteration::Irreversible) => "made irreversible",
        (_, Alteration::Reversible) => "made reversible",
    };
    format!("{what} {done}")
}
