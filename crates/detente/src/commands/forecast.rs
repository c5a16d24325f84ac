//! `detente forecast`.

use detente::analysis::model::model::Model;
use detente::analysis::model::present;
use detente::analysis::timed::{
    Behaviour, MOST_TARGETS, Method, PACE, Reason, Request, Target, Unforecast, forecast, horizon,
};
use detente::analysis::{Budget, Game, StateId, StateSet};
use detente::report::forecast::{self as report, Found};
use detente::syntax::ast;
use jiff::civil::Date;

use super::judging::{self, day};
use crate::cli::forecast::{ForecastArgs, ForecastFormat, ForecastMethod};
use crate::failure::Failure;
use crate::{Done, input, output, running};

/// The longest time between two times that a party reconsiders, in millionths of a day.
const MOST_PACE: u64 = 1_000_000_000_000;

pub(crate) fn run(args: &ForecastArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    ask(args, &loaded, &game, &budget, |found| {
        output::data(&match args.format {
            ForecastFormat::Json => super::schema::json(&report::finding(found))?,
            ForecastFormat::Csv => report::csv(&report::finding(found)),
            ForecastFormat::Text => report::text(found, output::look()),
        })?;
        match found.stop {
            None => Ok(()),
            Some(stop) => Err(Failure::with_hint(
                format!("not all histories were drawn: {stop}"),
                "what was found until then is printed",
            )),
        }
    })?
}

/// Looks ahead, and does something with what was found.
pub(crate) fn ask<R>(
    args: &ForecastArgs,
    loaded: &input::Loaded,
    game: &Game<'_>,
    budget: &Budget,
    then: impl FnOnce(&Found<'_, '_>) -> R,
) -> Result<R, Failure> {
    let model = game.model;
    let document = loaded.document_with(&args.which.variants)?;
    let (paces, paced) = paces(args, model)?;
    let (until, reason) = until(args, model)?;
    let request = Request {
        until,
        paces,
        behaviours: behaviours(args, model)?,
        meeting: meeting(&args.meeting)?,
        targets: targets(args, loaded, game)?,
        dates: args
            .dates
            .iter()
            .map(|d| day("--dates", d.trim()))
            .collect::<Result<_, _>>()?,
        method: match args.method {
            ForecastMethod::Auto => Method::Auto,
            ForecastMethod::Exact => Method::Exact,
            ForecastMethod::Sampled => Method::Sampled,
            ForecastMethod::Both => Method::Both,
        },
        replicates: args.replicates,
        seed: args.seed,
        comparisons: !args.no_comparisons,
    };
    dates_fit(model, &request)?;
    let after = |events: &[usize]| present::after(&document, events);
    let outcome =
        forecast(game, &after, &request, budget).map_err(|why| refused(loaded, model, &why))?;
    let stop = outcome.stop();
    let found = Found {
        game,
        variants: &args.which.variants,
        request: &request,
        reason,
        paced: &paced,
        forecast: outcome.value(),
        stop,
    };
    Ok(then(&found))
}

fn refused(loaded: &input::Loaded, model: &Model, why: &Unforecast) -> Failure {
    if let Unforecast::Changes(diagnostics) = why {
        loaded.draw(diagnostics);
    }
    match report::refusal(model, why) {
        Some((message, hint)) => Failure::with_hint(message, hint),
        None => Failure::Told,
    }
}

/// The last day, and why it is that.
fn until(args: &ForecastArgs, model: &Model) -> Result<(Date, Reason), Failure> {
    if let Some(text) = &args.until {
        return Ok((day("--until", text.trim())?, Reason::Asked));
    }
    horizon(model).ok_or_else(|| {
        let (message, hint) = report::refusal(model, &Unforecast::NoDay).unwrap_or_default();
        Failure::with_hint(message, hint)
    })
}

/// Refuses dates that the forecast does not reach.
fn dates_fit(model: &Model, request: &Request) -> Result<(), Failure> {
    let Some(start) = model.as_of else {
        return Ok(());
    };
    let outside = request
        .dates
        .iter()
        .find(|d| **d < start || **d > request.until);
    outside.map_or(Ok(()), |date| {
        Err(Failure::with_hint(
            format!(
                "{date} lies outside the forecast, which is from {start} to {}",
                request.until
            ),
            "name days between them, or a later --until",
        ))
    })
}

/// A value for all parties or for one: what stands before and after `=`.
fn split(text: &str) -> (Option<&str>, &str) {
    match text.split_once('=') {
        Some((party, value)) => (Some(party.trim()), value.trim()),
        None => (None, text.trim()),
    }
}

/// What is said for all first, then what is said for one.
fn ordered(list: &[String]) -> impl Iterator<Item = (Option<&str>, &str)> {
    let pairs = || list.iter().map(|text| split(text));
    pairs()
        .filter(|(party, _)| party.is_none())
        .chain(pairs().filter(|(party, _)| party.is_some()))
}

fn behaviours(args: &ForecastArgs, model: &Model) -> Result<Vec<Behaviour>, Failure> {
    let mut all = vec![Behaviour::Improving; model.parties.len()];
    for (party, text) in ordered(&args.behaviour) {
        let behaviour = match text {
            "improving" => Behaviour::Improving,
            "best" => Behaviour::Best,
            "wary" => Behaviour::Wary,
            _ => {
                let known = ["improving", "best", "wary"];
                let message = format!("`{text}` is no way to move");
                return Err(Failure::unknown(
                    message,
                    text,
                    &known,
                    "the ways are improving, best and wary",
                ));
            }
        };
        match party {
            Some(name) => all[judging::party(model, name)?.index()] = behaviour,
            None => all.fill(behaviour),
        }
    }
    Ok(all)
}

/// For each party its pace, and whether it was given on the command line.
fn paces(args: &ForecastArgs, model: &Model) -> Result<(Vec<u64>, Vec<bool>), Failure> {
    let mut paces: Vec<u64> = model
        .parties
        .iter()
        .map(|p| p.pace.unwrap_or(PACE))
        .collect();
    let mut given = vec![false; paces.len()];
    for (party, text) in ordered(&args.pace) {
        let weight = ast::Weight {
            text: text.to_owned(),
        };
        let pace = weight
            .millionths()
            .and_then(|p| u64::try_from(p).ok())
            .filter(|p| (1..=MOST_PACE).contains(p))
            .ok_or_else(|| {
                Failure::with_hint(
                    format!("`{text}` is no number of days for --pace"),
                    "write a decimal number from 0.000001 to 1000000, such as US=14",
                )
            })?;
        if let Some(name) = party {
            let place = judging::party(model, name)?.index();
            paces[place] = pace;
            given[place] = true;
        } else {
            paces.fill(pace);
            given.fill(true);
        }
    }
    Ok((paces, given))
}

fn meeting(text: &str) -> Result<u32, Failure> {
    let value = ast::probability(text).and_then(|p| u32::try_from(p).ok());
    value.ok_or_else(|| {
        Failure::with_hint(
            format!("`{text}` is no probability for --meeting"),
            "write a decimal number from 0 to 1",
        )
    })
}

/// Every class by its headline, and what was asked for besides.
fn targets(
    args: &ForecastArgs,
    loaded: &input::Loaded,
    game: &Game<'_>,
) -> Result<Vec<Target>, Failure> {
    let model = game.model;
    let set = |belongs: &dyn Fn(StateId) -> bool| {
        let mut states = StateSet::empty(game.space.len());
        for state in game.space.ids().filter(|s| belongs(*s)) {
            states.insert(state);
        }
        states
    };
    let mut all: Vec<Target> = Vec::new();
    for (place, class) in model.classes.iter().enumerate() {
        all.push(Target {
            name: class.name.clone(),
            states: set(&|s| game.headline(s) == Some(place)),
            class: Some(place),
        });
    }
    for text in &args.target {
        let name = text.trim();
        let states = if let Some(class) = model.classes.iter().position(|c| c.name == name) {
            // All states of the class, also those of which another class is the headline.
            set(&|s| game.classes[s.index()].contains(&class))
        } else {
            let condition = judging::condition(loaded, "--target", text)?;
            let test = game.space.test(&condition);
            set(&|s| test.holds(game.space.value(s)))
        };
        if all.iter().any(|t| t.name == name && t.states == states) {
            continue;
        }
        let taken = all.iter().any(|t| t.name == name);
        all.push(Target {
            name: if taken {
                format!("{name} (all its states)")
            } else {
                name.to_owned()
            },
            states,
            class: None,
        });
    }
    if all.len() > MOST_TARGETS {
        let targets = all.len();
        return Err(refused(loaded, model, &Unforecast::Targets { targets }));
    }
    Ok(all)
}
