//! What `breakthrough` and `commitments` aim at.

use detente::analysis::inverse::{Judgement, Question, Reachable, Unsuited, Want, solve};
use detente::analysis::model::{Model, OptionId, PartyId};
use detente::analysis::{Budget, Concept, Game, Outcome, Stop, commitment};
use detente::report::breakthrough::{self, Asked, Breakthrough, Unexplained};

use super::target::Target;
use super::{judging, permitted};
use crate::cli::{Aim, ReachableBy};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

/// What may change, as a command says it.
pub(crate) struct Changes<'a> {
    /// The kinds of changes.
    pub(crate) kinds: &'a [String],
    /// Whether they are commitments: changes of what can be done only.
    pub(crate) commitments: bool,
    /// The statements that may be inserted.
    pub(crate) insert: &'a [String],
}

/// A question of the command line, and the game that it is put to.
pub(crate) struct Search<'a, 'm> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) game: &'a Game<'m>,
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) budget: &'a Budget,
}

/// Searches for the changes that do what is aimed at. `page` says how the finding is printed, and
/// whether something beyond the search was cut short.
pub(crate) fn search(
    aim: &Aim,
    changes: &Changes<'_>,
    page: impl FnOnce(&Search<'_, '_>, Breakthrough) -> Result<(String, Option<Stop>), Failure>,
) -> Done {
    let loaded = input::load(&aim.which.file)?;
    let model = loaded.conflict_with(&aim.which.variants)?;
    let budget = budget(aim);
    let game = judging::game(&loaded, &model, &budget)?;
    let found = find(aim, changes, &loaded, &game, &budget, page)?;
    output::data(&found.page.0)?;
    if let Some(stop) = found.stop.or(found.page.1) {
        return Err(Failure::with_hint(
            format!("the search is incomplete: {stop}"),
            "what was found until then is printed; raise the limits to go on, or permit fewer changes",
        ));
    }
    if aim.require && !found.does_it {
        output::note("required: no permitted change does it");
        return Err(Failure::Found);
    }
    Ok(())
}

/// What became of a search.
pub(crate) struct Searched<R> {
    /// What was made of the finding.
    pub(crate) page: R,
    /// Why it stopped before its end.
    pub(crate) stop: Option<Stop>,
    /// Whether some permitted changes do what is aimed at.
    pub(crate) does_it: bool,
}

/// Searches for the changes that do what is aimed at, and makes something of the finding.
pub(crate) fn find<'m, R>(
    aim: &Aim,
    changes: &Changes<'_>,
    loaded: &Loaded,
    game: &Game<'m>,
    budget: &Budget,
    page: impl FnOnce(&Search<'_, 'm>, Breakthrough) -> Result<R, Failure>,
) -> Result<Searched<R>, Failure> {
    let model = game.model;
    let kinds = permitted::Kinds::read(changes.kinds, changes.commitments)?;
    let judgements = judgements(loaded, model, aim)?;
    let prices = permitted::PriceList::read(model, &aim.price)?;
    let fixed = fixed(model, aim)?;
    let inserted = permitted::insertions(loaded, model, changes.insert)?;
    let wanted = wants(game, model, aim)?;
    let question = Question {
        wants: wanted.list,
        judgements,
        reachable: reachable(game, aim)?,
        permitted: permitted::permitted(
            game,
            &kinds,
            &prices,
            &inserted,
            &fixed,
            &wanted.classes,
            (&wanted.linked, &wanted.among),
        )?,
        most_plans: aim.most as usize,
        up_to: aim.up_to,
    };
    let outcome = solve(game, &question, budget).map_err(|e| unsuited(&e))?;
    let stop = stopped(&outcome);
    let answer = outcome.value();
    let could = answer.forbidden.as_ref().map_or(Vec::new(), |f| {
        permitted::could(game, &kinds, &fixed, f, changes.commitments)
    });
    let taken: Vec<String> = loaded
        .document
        .variants
        .iter()
        .map(|v| v.name.text.clone())
        .collect();
    let asked = Asked {
        question: &question,
        names: &wanted.names,
        permitted: &permitted::words(game, &question.permitted),
        could_permit: &could,
        variants: &aim.which.variants,
        taken: &taken,
    };
    let finding = breakthrough::finding(game, &asked, answer, stop.as_ref(), budget)
        .map_err(|e| unexplained(loaded, e))?;
    let page = page(
        &Search {
            loaded,
            game,
            asked: &asked,
            budget,
        },
        finding,
    )?;
    Ok(Searched {
        page,
        stop,
        does_it: !answer.plans.is_empty(),
    })
}

/// Why a computation was cut short, if it was.
pub(crate) fn stopped<T>(outcome: &Outcome<T>) -> Option<Stop> {
    match outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop.clone()),
    }
}

/// What is wanted, with what to call it, and the classes among it.
struct Wants {
    pub(crate) list: Vec<Want>,
    pub(crate) names: Vec<String>,
    pub(crate) classes: Vec<usize>,
    /// The options that may be linked: those named, or those that the targets turn on.
    pub(crate) linked: Vec<OptionId>,
    /// The options that bars and sequences may be about: those named, or all.
    pub(crate) among: Vec<OptionId>,
}

/// Reads the targets of the command line.
fn wants(game: &Game<'_>, model: &Model, aim: &Aim) -> Result<Wants, Failure> {
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

/// The work of a search for changes when no limit is asked for.
pub(crate) const WORK: u64 = 300_000;

/// The limits of a search for changes. One that is not over after so much work may never be: the bound
/// that it has reached, and the best plan known, are then worth more than to wait.
fn budget(aim: &Aim) -> Budget {
    let mut budget = running::budget(&aim.limits);
    if aim.limits.work.is_none() {
        budget.max_work = WORK;
    }
    budget
}

/// The judgements that the command line asks for: with concepts, all parties by each of them; without,
/// each party by its own or by seq. `--by` comes first.
fn judgements(loaded: &Loaded, model: &Model, aim: &Aim) -> Result<Vec<Judgement>, Failure> {
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
fn reachable(game: &Game<'_>, aim: &Aim) -> Result<Option<Reachable>, Failure> {
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
fn fixed(model: &Model, aim: &Aim) -> Result<Vec<bool>, Failure> {
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
fn unsuited(error: &Unsuited) -> Failure {
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
