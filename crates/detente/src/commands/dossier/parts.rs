//! Each part of a dossier is what its command finds when it is asked about the same negotiation without further
//! questions: the command line that asks it is written here, and read by the same parser.

use clap::{Args, Command};
use detente::analysis::bargain::DealSpace;
use detente::analysis::doubt::Family;
use detente::analysis::doubt::places::{self as placed, MOST_PLACED};
use detente::analysis::evidence::timeline;
use detente::analysis::model::Model;
use detente::analysis::relation::Degrees;
use detente::analysis::{Budget, Game, Outcome, Stop};
use detente::model::model::{Preferences, Statement};
use detente::report::breakthrough::Breakthrough;
use detente::report::doubt::Doubt;
use detente::report::evidence::Ledger;
use detente::report::evolution::Evolution;
use detente::report::forecast::Forecast;
use detente::report::packages::overview::Packages;
use detente::report::perception::Perception;
use detente::report::places::{self, Places};
use detente::report::sensitivity::Sensitivity;
use detente::report::terms::Terms;
use detente::report::timeline::Calendar;
use detente::syntax::Diagnostic;

use crate::cli::{AnalyzeArgs, BreakthroughArgs, Limits};
use crate::commands::{
    aim, doubt as doubt_command, evidence as evidence_command, evolve,
    forecast as forecast_command, packages as packages_command, perceive,
    sensitivity as sensitivity_command, terms as terms_command,
};
use crate::failure::Failure;
use crate::input::Loaded;

/// The parts that are found from listed states.
pub(super) const OF_STATES: [&str; 9] = [
    "analysis",
    "moves",
    "evolution",
    "breakthroughs",
    "sensitivity",
    "doubt",
    "perception",
    "terms",
    "forecast",
];

/// Those of them that take no longer than the analysis.
pub(super) const QUICK_PARTS: [&str; 2] = ["analysis", "moves"];

/// A part, and why it is not complete.
type Part<T> = Result<(T, Option<Stop>), Failure>;

/// The states and moves of a conflict, or why they cannot be listed.
pub(super) type Listed<'m> = Result<Game<'m>, Vec<Diagnostic>>;

/// What all command lines have in common.
pub(super) struct Asked<'a> {
    pub(super) file: &'a str,
    pub(super) variants: &'a [String],
    pub(super) concept: Option<&'a str>,
    pub(super) limits: &'a Limits,
}

impl Asked<'_> {
    /// The arguments of a command that is asked nothing but this.
    fn line<A: Args>(&self, words: &[&str]) -> Result<A, Failure> {
        self.line_about(words, &[])
    }

    /// The same of a command that is asked about something in the file.
    fn line_about<A: Args>(&self, words: &[&str], about: &[&str]) -> Result<A, Failure> {
        let mut line: Vec<String> = vec!["detente".to_owned()];
        for variant in self.variants {
            line.extend(["--variant".to_owned(), variant.clone()]);
        }
        line.extend(words.iter().map(|w| (*w).to_owned()));
        line.extend(["--".to_owned(), self.file.to_owned()]);
        line.extend(about.iter().map(|w| (*w).to_owned()));
        read(line)
    }

    /// The words that say by which concept is judged.
    fn concept(&self) -> Vec<&str> {
        let named = self.concept.map(|concept| ["--concept", concept]);
        named.into_iter().flatten().collect()
    }

    fn judged_line<A: Args>(&self) -> Result<A, Failure> {
        self.line(&self.concept())
    }

    /// The arguments of `analyze`.
    pub(super) fn analysis(&self) -> Result<AnalyzeArgs, Failure> {
        let mut args: AnalyzeArgs = self.judged_line()?;
        args.limits = self.limits.clone();
        Ok(args)
    }
}

fn read<A: Args>(line: Vec<String>) -> Result<A, Failure> {
    let command = A::augment_args(Command::new("detente"));
    let matches = command.try_get_matches_from(line);
    let read = matches.and_then(|m| A::from_arg_matches(&m));
    read.map_err(|error| Failure::bad(error.to_string().trim_end().to_owned()))
}

pub(super) fn evidence(
    asked: &Asked<'_>,
    loaded: &Loaded,
    model: &Model,
    listed: Option<&Listed<'_>>,
    budget: &Budget,
) -> Part<Ledger> {
    let args = asked.line(&["--all"])?;
    evidence_command::ask(&args, loaded, model, listed, budget, |found, stop| {
        (detente::report::evidence::finding(found), stop.cloned())
    })
}

pub(super) fn calendar(
    asked: &Asked<'_>,
    loaded: &Loaded,
    model: &Model,
) -> Result<Calendar, Failure> {
    let document = loaded.document_with(asked.variants)?;
    let timeline = timeline(&document, model, None);
    Ok(detente::report::timeline::finding(
        &detente::report::timeline::Found {
            model,
            variants: asked.variants,
            party: None,
            timeline: &timeline,
            on: None,
        },
    ))
}

pub(super) fn packages(
    asked: &Asked<'_>,
    loaded: &Loaded,
    model: &Model,
    space: &DealSpace,
    budget: &Budget,
) -> Part<Packages> {
    let args = asked.line(&["--format", "json"])?;
    let cloud = packages_command::overview::CLOUD;
    packages_command::overview::find(&args, loaded, model, space, cloud, budget)
}

pub(super) fn evolution(
    asked: &Asked<'_>,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Part<Evolution> {
    let args = asked.judged_line()?;
    evolve::ask(&args, loaded, game, budget, |found| {
        let finding = detente::report::evolution::finding(found);
        (finding, found.stop.cloned())
    })
}

pub(super) fn breakthrough(
    asked: &Asked<'_>,
    goal: &str,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Part<Breakthrough> {
    let mut words = vec!["--most", "3"];
    words.extend(asked.concept());
    let args: BreakthroughArgs = asked.line_about(&words, &[goal])?;
    let changes = aim::Changes {
        kinds: &args.changes,
        commitments: false,
        insert: &args.insert,
    };
    let mut own = budget.clone();
    if asked.limits.work.is_none() {
        own.max_work = aim::WORK;
    }
    let found = aim::find(&args.aim, &changes, loaded, game, &own, |_, finding| {
        Ok(finding)
    })?;
    Ok((found.page, found.stop))
}

pub(super) fn sensitivity(
    asked: &Asked<'_>,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Part<Sensitivity> {
    let args = asked.judged_line()?;
    let (main, outcome) = sensitivity_command::find(&args, loaded, game, budget)?;
    let stop = outcome.stop();
    let found = outcome.value();
    let finding = detente::report::sensitivity::finding(game, found, main, asked.variants, stop);
    Ok((finding, stop.cloned()))
}

/// Whether the text leaves something open about preferences.
pub(super) fn is_in_doubt(model: &Model) -> bool {
    let open = |s: &Statement| !s.certainty.is_certain() || s.either_order;
    model.parties.iter().any(|party| {
        let statements = match &party.preferences {
            Preferences::Statements(statements) => statements.iter().any(open),
            _ => false,
        };
        statements || party.candidates.len() > 1 || !party.intervals.is_empty()
    })
}

pub(super) fn doubt(
    asked: &Asked<'_>,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Result<Option<(Doubt, Option<Stop>)>, Failure> {
    let args = asked.judged_line()?;
    doubt_command::ask(&args, loaded, game, budget, |found| {
        let stop = found.stop.cloned();
        (detente::report::doubt::finding(found), stop)
    })
}

/// How many states are placed at most in all orders of a party together.
const PLACED: u64 = 20_000_000;

/// Whether some preference is more than a plain one.
fn is_strong(model: &Model) -> bool {
    model.parties.iter().any(|party| match &party.preferences {
        Preferences::Statements(list) => list.iter().any(|s| !s.strength.is_plain()),
        Preferences::Ranks(tiers) => tiers.iter().any(|t| !t.strength.is_plain()),
        _ => false,
    })
}

/// The seed of the completions that are drawn where there are too many to compare all.
const SEED: u64 = 1;

pub(super) fn places(game: &Game<'_>, budget: &Budget) -> (Places, Option<Stop>) {
    let states = game.space.len();
    let strong = is_strong(game.model) && states <= super::DEAR;
    let degrees = strong.then(|| Degrees::of(game, budget).ok()).flatten();
    let most = (PLACED / states.max(1) as u64).clamp(1, MOST_PLACED);
    let outcome = if is_in_doubt(game.model) {
        match Family::new(game, most, budget) {
            Ok(family) => placed::places(&family, (most, SEED), budget),
            Err(stop) => Outcome::Stopped(Vec::new(), stop),
        }
    } else {
        Outcome::Complete(Vec::new())
    };
    let stop = outcome.stop().cloned();
    let finding = places::finding(game, outcome.value(), degrees.as_ref(), stop.as_ref());
    (finding, stop)
}

pub(super) fn perception(asked: &Asked<'_>, loaded: &Loaded, budget: &Budget) -> Part<Perception> {
    let args = asked.judged_line()?;
    perceive::ask(&args, loaded, budget, |found| {
        let finding = detente::report::perception::finding(found);
        (finding, found.stop.cloned())
    })
}

pub(super) fn terms(
    asked: &Asked<'_>,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Part<Terms> {
    let args = asked.line(&["--islands"])?;
    terms_command::ask(&args, loaded, game, budget, |found| {
        let finding = detente::report::terms::finding(found);
        (finding, found.stop.cloned())
    })
}

pub(super) fn forecast(
    asked: &Asked<'_>,
    until: Option<&str>,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Part<Forecast> {
    let args = match until {
        Some(day) => asked.line(&["--until", day])?,
        None => asked.line(&[])?,
    };
    forecast_command::ask(&args, loaded, game, budget, |found| {
        let finding = detente::report::forecast::finding(found);
        (finding, found.stop.cloned())
    })
}
