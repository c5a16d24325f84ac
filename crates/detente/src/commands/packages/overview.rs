//! `detente packages` without further questions: the whole table.

use detente::analysis::bargain::DealSpace;
use detente::analysis::model::Model;
use detente::report::packages::overview as report;

use crate::cli::packages::{PackagesArgs, PackagesFormat};
use crate::commands::schema;
use crate::{Done, output};

pub(super) fn run(args: &PackagesArgs, model: &Model, space: &DealSpace) -> Done {
    for name in &args.parties {
        super::voice(model, space, name)?;
    }
    let finding = report::finding(&report::Found {
        model,
        variants: &args.which.variants,
        space,
    });
    output::data(&match args.format {
        PackagesFormat::Json => schema::json(&finding)?,
        _ => report::text(&finding, output::look()),
    })
}
