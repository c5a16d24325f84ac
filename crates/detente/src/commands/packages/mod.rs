//! `detente packages`: what could be agreed, and by whom.

mod beyond;
mod doubt;
mod holding;
mod lotteries;
mod mediation;
pub(crate) mod overview;

use detente::analysis::bargain::overview::{Fallback, NoOverview};
use detente::analysis::bargain::{DealSpace, Unfit};
use detente::analysis::model::Model;

use crate::cli::packages::{self as cli, PackagesArgs};
use crate::failure::Failure;
use crate::{Done, input, running};

pub(crate) fn run(args: &PackagesArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    let space = space(&model)?;
    let budget = running::budget(&args.limits);
    if args.doubt {
        return doubt::run(args, &model, &budget);
    }
    if args.mediation.any() {
        return mediation::run(args, &loaded, &model, &space, &budget);
    }
    if args.lotteries {
        return lotteries::run(args, &model, &space, &budget);
    }
    overview::run(args, &loaded, &model, &space, &budget)
}

/// The packages of a model in whole numbers.
pub(crate) fn space(model: &Model) -> Result<DealSpace, Failure> {
    DealSpace::new(&model.bargain).map_err(|unfit| self::unfit(model, &unfit))
}

/// Why there are no packages to speak of, and what to do about it.
fn unfit(model: &Model, unfit: &Unfit) -> Failure {
    match unfit {
        Unfit::NoIssues => Failure::with_hint(
            unfit.to_string(),
            "declare them: `issues { relief: none, some, all }`",
        ),
        Unfit::NoUtility => Failure::with_hint(
            unfit.to_string(),
            "say it in the block of a party: `utility { relief: 0, -8, -30 }`",
        ),
        Unfit::TooFine { who } => Failure::with_hint(
            format!("{unfit}: that of {}", who.name(model)),
            "round its values and weights; 30 digits in all can be held",
        ),
    }
}

/// Who is at the table, as places in the space: those who are named, else all parties with a utility.
fn table(args: &PackagesArgs, model: &Model, space: &DealSpace) -> Result<Vec<usize>, Failure> {
    let mut voices = Vec::new();
    for name in &args.parties {
        let voice = voice(model, space, name)?;
        if !voices.contains(&voice) {
            voices.push(voice);
        }
    }
    if voices.is_empty() {
        voices = space.leaders();
    }
    if voices.is_empty() {
        return Err(Failure::with_hint(
            "no party has a utility, only ratifiers have",
            "name who is at the table with --parties, such as --parties US.hawks",
        ));
    }
    Ok(voices)
}

/// What having no agreement is taken to be worth.
fn fallback(args: &PackagesArgs) -> Fallback {
    match args.disagreement {
        cli::Fallback::Better => Fallback::Better,
        cli::Fallback::Reservation => Fallback::Reservation,
        cli::Fallback::Worst => Fallback::Worst,
    }
}

/// Why there is no overview, and what to do about it.
fn no_overview(none: &NoOverview) -> Failure {
    match none {
        NoOverview::Forbidden => Failure::with_hint(
            none.to_string(),
            "look for rules of `issues` that contradict each other",
        ),
        NoOverview::Stopped(_) => Failure::with_hint(none.to_string(), "raise the limits"),
    }
}

/// The place of somebody with a utility among the voices: a party `US`, or a ratifier `US.hawks`.
fn voice(model: &Model, space: &DealSpace, name: &str) -> Result<usize, Failure> {
    let names: Vec<String> = space.voices.iter().map(|v| v.who.name(model)).collect();
    names.iter().position(|n| n == name).ok_or_else(|| {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        Failure::unknown(
            format!("nobody called `{name}` says what packages are worth"),
            name,
            &known,
            &format!("those who do are {}", known.join(", ")),
        )
    })
}
