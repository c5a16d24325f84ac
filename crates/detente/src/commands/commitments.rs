//! `detente commitments`.

use detente::analysis::commitment::{self, Table};
use detente::analysis::inverse::StructuralChange;
use detente::analysis::{Outcome, Stop};
use detente::report::breakthrough::{Breakthrough, Unexplained};
use detente::report::commitments as report;

use super::aim;
use crate::cli::{CommitmentsArgs, Format};
use crate::failure::Failure;
use crate::{Done, output};

pub(crate) fn run(args: &CommitmentsArgs) -> Done {
    let changes = aim::Changes {
        kinds: &args.changes,
        commitments: true,
        insert: &[],
    };
    aim::search(&args.aim, &changes, |search, finding| {
        page(args.aim.format, search, finding)
    })
}

/// The plans with the table of all combinations, and the single changes that do it.
fn page(
    format: Format,
    search: &aim::Search<'_, '_>,
    plans: Breakthrough,
) -> Result<(String, Option<Stop>), Failure> {
    let (game, question) = (search.game, search.asked.question);
    let unexplained = |e: commitment::TableError| {
        aim::unexplained(
            search.loaded,
            match e {
                commitment::TableError::Concept(error) => Unexplained::Concept(error),
                commitment::TableError::Model(problems) => Unexplained::Model(problems),
            },
        )
    };
    let options = commitment::turned_on(game, &question.wants);
    let table: Outcome<Table> =
        commitment::table(game, question, &options, search.budget).map_err(unexplained)?;
    let mut structure = question.permitted.structure.iter();
    let singles = if structure.any(|s| !matches!(s.change, StructuralChange::Direction { .. })) {
        Some(commitment::singles(game, question, search.budget).map_err(unexplained)?)
    } else {
        None
    };
    let later = aim::stopped(&table).or(singles.as_ref().and_then(aim::stopped));
    let finding = report::finding(
        game,
        search.asked,
        plans,
        table.value(),
        singles.as_ref().map(|s| s.value().as_slice()),
        later.as_ref(),
    );
    let text = match format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::text(game, &finding, output::look()),
    };
    Ok((text, later))
}
