//! `detente packages --lotteries`: packages of which chance chooses one.

use detente::analysis::bargain::lottery::lotteries;
use detente::analysis::bargain::overview::sides;
use detente::analysis::bargain::{DealSpace, frontier};
use detente::analysis::model::Model;
use detente::analysis::{Budget, Stop};
use detente::report::packages::lotteries::{self as report, Found};

use crate::cli::packages::{PackagesArgs, PackagesFormat};
use crate::commands::{judging, schema};
use crate::failure::Failure;
use crate::{Done, output};

/// Points of a frontier at most from which lotteries for three or more are made: what finds them looks at all points
/// at each step.
const MOST_POINTS: usize = 20_000;

pub(super) fn run(args: &PackagesArgs, model: &Model, space: &DealSpace, budget: &Budget) -> Done {
    if !matches!(args.format, PackagesFormat::Text | PackagesFormat::Json) {
        return Err(Failure::with_hint(
            "--lotteries has no picture and no table for spreadsheets",
            "use --format text or --format json",
        ));
    }
    let voices = super::table(args, model, space)?;
    let fallback = super::fallback(args);
    let sides = sides(space, fallback, budget).map_err(|none| super::no_overview(&none))?;
    let found = frontier(space, &voices, budget).complete();
    let frontier = found.map_err(judging::incomplete)?;
    if voices.len() > 2 && frontier.points.len() > MOST_POINTS {
        return Err(judging::incomplete(Stop::Limit {
            what: "points of the frontier",
            limit: MOST_POINTS as u64,
        }));
    }
    let disagreement: Vec<_> = voices
        .iter()
        .map(|v| space.voices[*v].utility(sides[*v].disagreement))
        .collect();
    let finding = report::finding(&Found {
        model,
        variants: &args.which.variants,
        space,
        fallback,
        sides: &sides,
        frontier: &frontier,
        lotteries: &lotteries(space, &frontier, &disagreement),
    });
    output::data(&match args.format {
        PackagesFormat::Json => schema::json(&finding)?,
        _ => report::text(&finding, output::look()),
    })
}
