//! `detente states`.

use detente::analysis::StateId;
use detente::report::listing;

use super::judging;
use crate::cli::{StatesArgs, StatesFormat};
use crate::{Done, input, output, running};

pub(crate) fn run(args: &StatesArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    if args.sizes {
        let sizes = listing::sizes(&model, &running::budget(&args.limits));
        return output::data(&match args.format {
            StatesFormat::Json => super::schema::json(&sizes)?,
            _ => listing::sizes_text(&model, &sizes, output::look()),
        });
    }
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    let mut states: Vec<StateId> = game.space.ids().collect();
    if let Some(class) = &args.class {
        let index = judging::class(&model, class)?;
        states.retain(|s| game.classes[s.index()].contains(&index));
    }
    if let Some(text) = &args.filter {
        let condition = judging::condition(&loaded, "--where", text)?;
        let matching = game.space.matching(&condition);
        states.retain(|s| matching.binary_search(s).is_ok());
    }
    drop(budget);
    let list = listing::list(&game, &states);
    output::data(&match args.format {
        StatesFormat::Json => super::schema::json(&list)?,
        StatesFormat::Csv => listing::csv(&list),
        StatesFormat::Text => listing::text(&game, &states, &list, output::look()),
    })
}
