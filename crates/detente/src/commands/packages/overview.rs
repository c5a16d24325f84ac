//! `detente packages` without further questions: the whole table.

use detente::analysis::bargain::mediation::Talks;
use detente::analysis::bargain::overview::{self, Request};
use detente::analysis::bargain::{DealSpace, Solution, UnknownSolution, solutions};
use detente::analysis::model::Model;
use detente::analysis::{Budget, Stop};
use detente::report::packages::overview::{self as report, MOST_PAIRS, Packages, Shown};

use super::beyond;
use crate::cli::packages::{PackagesArgs, PackagesFormat};
use crate::commands::{judging, schema};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, output};

/// Points of the frontier that text lists at most when nothing else is asked for.
const LISTED_POINTS: usize = 20;

/// Packages of equal worth that are written out at most when nothing else is asked for.
const LISTED_TIES: usize = 3;

/// Work that is spent on each count when no limit is asked for: some hundredths of a second.
const COUNTING: u64 = 200_000;

/// Different worths of packages that a picture shows at most.
pub(crate) const CLOUD: usize = 4_000;

pub(super) fn run(
    args: &PackagesArgs,
    loaded: &Loaded,
    model: &Model,
    space: &DealSpace,
    budget: &Budget,
) -> Done {
    let cloud = if args.format == PackagesFormat::Svg {
        CLOUD
    } else {
        0
    };
    let axes = axes(args, model, space, &request(args, model, space, cloud)?)?;
    let (finding, stop) = find(args, loaded, model, space, cloud, budget)?;
    output::data(&match args.format {
        PackagesFormat::Json => schema::json(&finding)?,
        PackagesFormat::Csv => report::csv(&finding),
        PackagesFormat::Svg => report::svg(&finding, axes),
        PackagesFormat::Text => report::text(&finding, shown(args), output::look()),
    })?;
    if let Some(stop) = &stop {
        return Err(judging::cut_short("analysis", stop));
    }
    wanted(args, &finding)
}

/// What text lists.
fn shown(args: &PackagesArgs) -> Shown {
    Shown {
        frontier: args.frontier,
        points: args.limit.unwrap_or(LISTED_POINTS),
        ties: args.limit.unwrap_or(LISTED_TIES),
    }
}

/// The whole table, with so many different worths of packages for a picture.
pub(crate) fn find(
    args: &PackagesArgs,
    loaded: &Loaded,
    model: &Model,
    space: &DealSpace,
    cloud: usize,
    budget: &Budget,
) -> Result<(Packages, Option<Stop>), Failure> {
    let request = request(args, model, space, cloud)?;
    let shown = shown(args);
    let outcome = overview::overview(space, &model.bargain, &request, budget);
    let outcome = outcome.map_err(|none| super::no_overview(&none))?;
    let stop = outcome.stop();
    let floors = outcome.value().sides.iter().map(|s| s.disagreement);
    let talks = Talks {
        space,
        floors: floors.collect(),
    };
    // Neither a picture nor a table for spreadsheets tells of it.
    let told = matches!(args.format, PackagesFormat::Text | PackagesFormat::Json);
    let game = if told {
        beyond::conflict(args, model, budget)
    } else {
        None
    };
    let asking = beyond::Asking {
        loaded,
        model,
        space,
        request: &request,
        overview: outcome.value(),
        complete: stop.is_none(),
        talks: &talks,
        game: game.as_ref(),
        budget,
    };
    let beyond = if told { Some(asking.find()?) } else { None };
    let whole = args.format != PackagesFormat::Text;
    let finding = report::finding(&report::Found {
        model,
        variants: &args.which.variants,
        space,
        request: &request,
        overview: outcome.value(),
        beyond: beyond.as_ref(),
        stop,
        examples: match args.format {
            PackagesFormat::Text | PackagesFormat::Json => shown.ties,
            PackagesFormat::Csv | PackagesFormat::Svg => 1,
        },
        points: match (whole, args.frontier) {
            (true, _) => usize::MAX,
            (false, true) => shown.points,
            (false, false) => 0,
        },
    });
    Ok((finding, stop.cloned()))
}

/// Fails where the user asked to.
fn wanted(args: &PackagesArgs, finding: &Packages) -> Done {
    let mut failed = false;
    if args.fail_no_zone && finding.zone.exists == Some(false) {
        output::note("there is no package that all could accept");
        failed = true;
    }
    let contradicted = finding.facts.iter().filter(|f| f.verdict == "contradicts");
    for fact in contradicted.filter(|_| args.fail_contradicted) {
        output::note(&format!("the numbers contradict `{}`", fact.says));
        failed = true;
    }
    if failed { Err(Failure::Found) } else { Ok(()) }
}

fn request(
    args: &PackagesArgs,
    model: &Model,
    space: &DealSpace,
    cloud: usize,
) -> Result<Request, Failure> {
    Ok(Request {
        voices: super::table(args, model, space)?,
        fallback: super::fallback(args),
        solutions: rules(args)?,
        counting: args.limits.work.unwrap_or(COUNTING),
        cloud,
    })
}

/// The rules of division that are asked for: all when none is.
fn rules(args: &PackagesArgs) -> Result<Vec<Solution>, Failure> {
    let known: Vec<&str> = solutions().iter().map(|info| info.id).collect();
    if args.solutions.is_empty() {
        return Ok(solutions().iter().map(|info| info.solution).collect());
    }
    let mut rules = Vec::new();
    for name in &args.solutions {
        let rule = name.parse().map_err(|unknown: UnknownSolution| {
            let hint = format!("they are {}", known.join(", "));
            Failure::unknown(unknown.to_string(), name, &known, &hint)
        })?;
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// The two whose worths the picture shows, as places at the table; `None` for every pair.
fn axes(
    args: &PackagesArgs,
    model: &Model,
    space: &DealSpace,
    request: &Request,
) -> Result<Option<(usize, usize)>, Failure> {
    let count = request.voices.len();
    if args.axes.is_empty() {
        if args.format == PackagesFormat::Svg && count < 2 {
            return Err(Failure::with_hint(
                "a picture needs two at the table",
                "give a second party a utility, or ask for another --format",
            ));
        }
        if args.format == PackagesFormat::Svg && count * (count - 1) / 2 > MOST_PAIRS {
            return Err(Failure::with_hint(
                format!("{count} at the table are too many for one picture of every pair"),
                "name two with --axes, such as --axes US,DPRK",
            ));
        }
        return Ok(None);
    }
    if args.format != PackagesFormat::Svg {
        return Err(Failure::with_hint(
            "--axes chooses what a picture shows",
            "add --format svg",
        ));
    }
    let [first, second] = args.axes.as_slice() else {
        return Err(Failure::with_hint(
            format!("--axes takes two names, not {}", args.axes.len()),
            "separate them by a comma: --axes US,DPRK",
        ));
    };
    let place = |name: &String| -> Result<usize, Failure> {
        let voice = super::voice(model, space, name)?;
        let place = request.voices.iter().position(|v| *v == voice);
        place.ok_or_else(|| {
            Failure::with_hint(
                format!("`{name}` is not at the table"),
                "name all who are with --parties",
            )
        })
    };
    let (first, second) = (place(first)?, place(second)?);
    if first == second {
        return Err(Failure::with_hint(
            "--axes names the same twice",
            "a picture needs two",
        ));
    }
    Ok(Some((first, second)))
}
