//! `detente bargain`.

use detente::analysis::Budget;
use detente::analysis::bargain::DealSpace;
use detente::analysis::bargain::offers::{
    Calendar, Choice, End, Luck, NoScenario, NoStrategy, Pace, Pairing, Plan, Scenario, Seats,
    Setting, Strategy, play, strategies, tournament,
};
use detente::analysis::model::Model;
use detente::report::offers::{self as report, Played, TournamentPlayed};

use super::judging::{self, day};
use super::packages;
use crate::cli::bargain::{BargainArgs, BargainFormat, ChooseBy};
use crate::failure::Failure;
use crate::{Done, input, output, running};

/// How many rounds there are unless it is said.
const ROUNDS: u32 = 100;
/// More rounds than this are not played.
const MOST_ROUNDS: u32 = 1_000_000;

/// A negotiation that was read.
struct Read {
    model: Model,
    space: DealSpace,
}

pub(crate) fn run(args: &BargainArgs) -> Done {
    if args.files.len() > 1 && !args.tournament {
        return Err(Failure::with_hint(
            "one session is played in one negotiation",
            "name one file, or add --tournament",
        ));
    }
    let mut all = Vec::new();
    for file in &args.files {
        let loaded = input::load(file)?;
        let model = loaded.model_with(&args.variants)?;
        let space = packages::space(&model)?;
        all.push(Read { model, space });
    }
    let budget = running::budget(&args.limits);
    let mut scenarios = Vec::new();
    for read in &all {
        scenarios.push(scenario(args, read, &budget)?);
    }
    let undated = all.iter().zip(&scenarios).any(|(read, scenario)| {
        let mut utilities = read
            .model
            .bargain
            .sides
            .iter()
            .filter_map(|s| s.utility.as_ref());
        scenario.setting.calendar.is_none() && utilities.any(|u| !u.discounts.is_empty())
    });
    let (Some(read), Some(scenario)) = (all.first(), scenarios.first()) else {
        return Ok(());
    };
    if args.tournament || args.repeat.is_some() {
        return many(args, &all, &scenarios, undated, budget);
    }
    let strategies = seated(args, &read.model, scenario)?;
    let first = match &args.first {
        Some(name) => seat(&read.model, scenario, name)?,
        None => 0,
    };
    let traced = args.trace || args.format == BargainFormat::Csv;
    let seats = Seats {
        strategies: &strategies,
        first,
        traced,
    };
    let session = play(scenario, seats, &mut Luck::new(args.seed, 0));
    drop(budget);
    let played = Played {
        model: &read.model,
        variants: &args.variants,
        scenario,
        strategies: &strategies,
        first,
        seed: args.seed,
        session: &session,
        traced,
        undated,
    };
    output::data(&match args.format {
        BargainFormat::Text => report::text(&played, output::look()),
        BargainFormat::Json => super::schema::json(&report::finding(&played))?,
        BargainFormat::Csv => report::csv(&report::finding(&played)),
    })?;
    if args.require && !matches!(session.end, End::Agreed { .. }) {
        output::note("there is no agreement");
        return Err(Failure::Found);
    }
    Ok(())
}

/// A tournament, or one session again and again.
fn many(
    args: &BargainArgs,
    all: &[Read],
    scenarios: &[Scenario],
    undated: bool,
    budget: Budget,
) -> Done {
    let (Some(read), Some(scenario)) = (all.first(), scenarios.first()) else {
        return Ok(());
    };
    let (strategies, pairing) = if args.tournament {
        (entrants(args)?, Pairing::All)
    } else {
        (seated(args, &read.model, scenario)?, Pairing::Fixed)
    };
    let plan = Plan {
        strategies,
        pairing,
        repeats: args.repeat.unwrap_or(1),
        seed: args.seed,
    };
    let outcome = tournament(scenarios, &plan, &budget);
    drop(budget);
    let stop = outcome.stop();
    let names: Vec<String> = all
        .iter()
        .map(|read| read.model.display_title().to_owned())
        .collect();
    let parties: Vec<String> = scenario
        .parties
        .iter()
        .map(|p| read.model.party(*p).name.clone())
        .collect();
    let results = outcome.value();
    let played = TournamentPlayed {
        names: &names,
        scenarios,
        parties: &parties,
        plan: &plan,
        results,
        stop,
        undated,
    };
    output::data(&match args.format {
        BargainFormat::Text => report::tournament_text(&played, output::look()),
        BargainFormat::Json => super::schema::json(&report::tournament(&played))?,
        BargainFormat::Csv => report::tournament_csv(&report::tournament(&played)),
    })?;
    if let Some(stop) = stop {
        return Err(judging::cut_short("tournament", stop));
    }
    if args.require && results.agreements.mean().is_none_or(|rate| rate < 1.0) {
        output::note("some sessions end without an agreement");
        return Err(Failure::Found);
    }
    Ok(())
}

/// Lists and sorts the packages.
fn scenario(args: &BargainArgs, read: &Read, budget: &Budget) -> Result<Scenario, Failure> {
    let pace = Pace::read(&args.pace).ok_or_else(|| {
        Failure::with_hint(
            format!("`{}` is no pace", args.pace),
            "write rounds and days, as in `3/day`, `1/week` or `2/5`",
        )
    })?;
    let from = match &args.from {
        Some(text) => Some(day("--from", text)?),
        None => read.model.as_of,
    };
    let calendar = from.map(|from| Calendar { from, pace });
    let rounds = match (&args.until, calendar) {
        (None, _) => args.rounds.unwrap_or(ROUNDS),
        (Some(_), None) => {
            return Err(Failure::with_hint(
                "it is not known when the rounds begin",
                "give --from, or write `as of DATE` in the file",
            ));
        }
        (Some(text), Some(calendar)) => {
            let last = day("--until", text)?;
            match calendar.rounds_until(last) {
                0 => {
                    return Err(Failure::with_hint(
                        format!("{last} comes before the first round on {}", calendar.from),
                        "give a later day to --until, or an earlier one to --from",
                    ));
                }
                rounds if rounds > MOST_ROUNDS => {
                    return Err(Failure::with_hint(
                        format!("there would be {rounds} rounds until {last}"),
                        format!("{MOST_ROUNDS} are played at most; choose a slower --pace"),
                    ));
                }
                rounds => rounds,
            }
        }
    };
    let setting = Setting {
        rounds,
        calendar,
        ratified: args.ratified,
        choice: match args.choice {
            ChooseBy::Nearest => Choice::Nearest,
            ChooseBy::Kindest => Choice::Kindest,
            ChooseBy::Drawn => Choice::Drawn,
        },
    };
    let made = Scenario::new(&read.model.bargain, &read.space, setting, budget);
    made.map_err(|why| match why {
        NoScenario::TooFewParties => Failure::with_hint(
            why.to_string(),
            "say it in the block of a party: `utility { relief: 0, -8, -30 }`",
        ),
        NoScenario::NoPackages => Failure::with_hint(
            why.to_string(),
            "loosen an `always` or `never` in the block of issues",
        ),
        NoScenario::Stopped(stop) => Failure::bad(format!("nothing was played: {stop}")),
    })
}

/// The place at the table of a party.
fn seat(model: &Model, scenario: &Scenario, name: &str) -> Result<usize, Failure> {
    let seats = scenario.parties.iter();
    let names: Vec<&str> = seats.map(|p| model.party(*p).name.as_str()).collect();
    names.iter().position(|n| *n == name).ok_or_else(|| {
        Failure::unknown(
            format!("no party `{name}` sits at the table"),
            name,
            &names,
            &format!("those with a utility do: {}", names.join(", ")),
        )
    })
}

fn strategy(text: &str) -> Result<Strategy, Failure> {
    Strategy::read(text).map_err(|why| match &why {
        NoStrategy::Unknown(name) => {
            let known: Vec<&str> = strategies().iter().map(|s| s.id).collect();
            let hint = format!("the strategies are {}", known.join(", "));
            Failure::unknown(why.to_string(), name, &known, &hint)
        }
        NoStrategy::NoNumber(name) => {
            Failure::with_hint(why.to_string(), format!("write `{name}` alone"))
        }
        NoStrategy::Number { wanted, .. } => {
            Failure::with_hint(why.to_string(), format!("give {wanted}"))
        }
    })
}

/// The strategy of each party: its own, or that of all, or linear; of several the last one.
fn seated(
    args: &BargainArgs,
    model: &Model,
    scenario: &Scenario,
) -> Result<Vec<Strategy>, Failure> {
    let mut seats = vec![strategy("linear")?; scenario.parties.len()];
    for text in args.strategy.iter().filter(|t| !t.contains('=')) {
        seats.fill(strategy(text)?);
    }
    for text in &args.strategy {
        if let Some((name, text)) = text.split_once('=') {
            let seat = seat(model, scenario, name.trim())?;
            seats[seat] = strategy(text)?;
        }
    }
    Ok(seats)
}

/// The strategies of a tournament, each once.
fn entrants(args: &BargainArgs) -> Result<Vec<Strategy>, Failure> {
    if args.strategy.is_empty() {
        return Ok(Strategy::all());
    }
    let mut entrants: Vec<Strategy> = Vec::new();
    for text in &args.strategy {
        if text.contains('=') {
            return Err(Failure::with_hint(
                format!("`{text}` gives a strategy to one party"),
                "in a tournament every party has every strategy; write it without the party",
            ));
        }
        let one = strategy(text)?;
        if !entrants.contains(&one) {
            entrants.push(one);
        }
    }
    Ok(entrants)
}
