//! What `breakthrough` and `commitments` aim at.

use detente::analysis::inverse::{Judgement, Reachable, Unsuited, Want};
use detente::analysis::model::{Model, OptionId, PartyId};
use detente::analysis::{Budget, Concept, Game, commitment};
use detente::report::breakthrough::Unexplained;

use super::judging;
use super::target::Target;
use crate::cli::{Aim, ReachableBy};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::running;

/// What is wanted, with what to call it, and the classes among it.
pub(crate) struct Wants {
    pub(crate) list: Vec<Want>,
    pub(crate) names: Vec<String>,
    pub(crate) classes: Vec<usize>,
    /// The options that may be linked: those named, or those that the targets turn on.
    pub(crate) linked: Vec<OptionId>,
    /// The options that bars and sequences may be about: those named, or all.
    pub(crate) among: Vec<OptionId>,
}

/// Reads the targets of the command line.
pub(crate) fn wants(game: &Game<'_>, model: &Model, aim: &Aim) -> Result<Wants, Failure> {
    let mut found = Wants {
        list: Vec::new(),
        names: Vec::new(),
        classes: Vec::new(),
        linked: Vec::new(),
        among: Vec::new(),
    };
    let targets = aim.targets.iter().map(|t| (t, false));
    for (text, unwanted) in targets.chain(aim.not.iter().map(|t| (t, true))) {
        let target = Target::read(game, model, text)?;
        let states = target.states(game);
        let name = match target {
            Target::Class(class) => {
                found.classes.push(class);
                format!("\"{}\"", model.classes[class].name)
            }
            Target::State(state) => detente::report::words::brief(game, state),
        };
        if states.is_empty() {
            return Err(Failure::with_hint(
                format!("no feasible state belongs to class `{}`", text.trim()),
                "check its definition against the rules",
            ));
        }
        if unwanted {
            found.list.push(Want::None(states));
            found.names.push(name);
        } else if aim.each && states.len() > 1 {
            for state in states {
                found.list.push(Want::Some(vec![state]));
                found.names.push(detente::report::words::brief(game, state));
            }
        } else {
            found.list.push(Want::Some(states));
            found.names.push(name);
        }
    }
    if aim.among.is_empty() {
        found.linked = commitment::turned_on(game, &found.list);
        found.among = model.option_ids().collect();
    } else {
        found.linked = aim
            .among
            .iter()
            .map(|name| option(model, name))
            .collect::<Result<_, _>>()?;
        found.linked.sort_unstable();
        found.linked.dedup();
        found.among.clone_from(&found.linked);
    }
    let wanted = |w: &Want| match w {
        Want::Some(states) => Some(states.clone()),
        Want::None(_) => None,
    };
    for want in &found.list {
        if let Want::None(unwanted) = want
            && let Some(both) = found
                .list
                .iter()
                .filter_map(wanted)
                .find(|states| states.iter().all(|s| unwanted.contains(s)))
        {
            let state = both.first().map_or(0, |s| game.id(*s));
            return Err(Failure::with_hint(
                format!("state {state} is to hold and not to hold at once"),
                "leave it out of the targets or out of --not",
            ));
        }
    }
    Ok(found)
}

/// An option by its name, with the party where it is needed.
fn option(model: &Model, name: &str) -> Result<OptionId, Failure> {
    let name = name.trim();
    let fits = |o: &OptionId| model.qualified(*o) == name || model.option(*o).name == name;
    let found: Vec<OptionId> = model.option_ids().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let names: Vec<String> = model.option_ids().map(|o| model.qualified(o)).collect();
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            Err(Failure::unknown(
                format!("there is no option `{name}`"),
                name,
                &known,
                &format!("the options are: {}", known.join(", ")),
            ))
        }
        _ => Err(Failure::with_hint(
            format!("several parties have an option `{name}`"),
            "write `PARTY.option`",
        )),
    }
}

/// The limits of a search for changes. One that is not over after so much work may never be: the bound
/// that it has reached, and the best plan known, are then worth more than to wait.
pub(crate) fn budget(aim: &Aim) -> Budget {
    const WORK: u64 = 300_000;
    let mut budget = running::budget(&aim.limits);
    if aim.limits.work.is_none() {
        budget.max_work = WORK;
    }
    budget
}

/// The judgements that the command line asks for: with concepts, all parties by each of them; without,
/// each party by its own or by seq. `--by` comes first.
pub(crate) fn judgements(
    loaded: &Loaded,
    model: &Model,
    aim: &Aim,
) -> Result<Vec<Judgement>, Failure> {
    let parties = model.parties.len();
    if aim.concepts.is_empty() {
        let own = judging::assignment(loaded, model, Concept::Seq, &aim.by)?;
        return Ok(vec![own.unwrap_or_else(|| vec![Concept::Seq; parties])]);
    }
    let mut given: Vec<(PartyId, Concept)> = Vec::new();
    for text in &aim.by {
        let (name, by) = text.split_once('=').ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` does not say which party is judged by which concept"),
                "write for example --by US=nash",
            )
        })?;
        given.push((judging::party(model, name)?, judging::concept(model, by)?));
    }
    let mut found: Vec<Judgement> = Vec::new();
    for text in &aim.concepts {
        let mut judgement = vec![judging::concept(model, text)?; parties];
        for (party, concept) in &given {
            judgement[party.index()] = *concept;
        }
        if !found.contains(&judgement) {
            found.push(judgement);
        }
    }
    Ok(found)
}

/// How wanted states have to be reachable.
pub(crate) fn reachable(game: &Game<'_>, aim: &Aim) -> Result<Option<Reachable>, Failure> {
    if aim.reachable.is_some() && game.status_quo.is_none() {
        return Err(Failure::with_hint(
            "without a status quo nothing can be reached from it",
            "say where things stand: `status quo { }`, or leave out --reachable",
        ));
    }
    Ok(aim.reachable.map(|way| match way {
        ReachableBy::Moves => Reachable::Moves,
        ReachableBy::Improvements => Reachable::Improvements,
        ReachableBy::Joint => Reachable::Joint,
    }))
}

/// The parties that may not change.
pub(crate) fn fixed(model: &Model, aim: &Aim) -> Result<Vec<bool>, Failure> {
    let mut fixed = vec![!aim.only.is_empty(); model.parties.len()];
    for name in &aim.fix {
        fixed[judging::party(model, name)?.index()] = true;
    }
    for name in &aim.only {
        fixed[judging::party(model, name)?.index()] = false;
    }
    Ok(fixed)
}

/// A question that cannot be answered, as a failure.
pub(crate) fn unsuited(error: &Unsuited) -> Failure {
    match error {
        Unsuited::Concept(concept) => Failure::with_hint(
            format!("there is no inverse question for `{}`", concept.id()),
            "ask by nash, gmr, smr, seq, sseq or best_response_seq",
        ),
        Unsuited::Stopped(stop) => Failure::with_hint(
            format!("the search is incomplete: {stop}"),
            "nothing was found until then; raise the limits to go on",
        ),
        other => Failure::bad(other.to_string()),
    }
}

/// An answer that cannot be explained, as a failure.
pub(crate) fn unexplained(loaded: &Loaded, error: Unexplained) -> Failure {
    match error {
        Unexplained::Model(problems) => {
            loaded.draw(&problems);
            Failure::Told
        }
        Unexplained::Concept(error) => {
            let hint = error
                .hint()
                .unwrap_or("`detente explain concepts` says what each needs");
            Failure::with_hint(error.to_string(), hint)
        }
    }
}
