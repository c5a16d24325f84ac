//! `detente export`.

use detente::analysis::{Budget, Game};
use detente::model::gmcr::{self, RankedStates};
use detente::model::{Model, json, scenario};

use super::judging;
use crate::cli::{ExportArgs, ExportFormat};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &ExportArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    let document = loaded.document_with(&args.which.variants)?;
    let text = match format(args) {
        ExportFormat::Json => json::to_json(&document),
        ExportFormat::Text => detente::syntax::print(&document),
        ExportFormat::Gmcr => to_gmcr(&loaded, &model, &running::budget(&args.limits))?,
        ExportFormat::Genius => return to_genius(&loaded, &model, args),
    };
    match &args.output {
        Some(path) => output::file(path, &text),
        None => output::data(&text),
    }
}

fn format(args: &ExportArgs) -> ExportFormat {
    if let Some(format) = args.format {
        return format;
    }
    let ending = args
        .output
        .as_ref()
        .and_then(|p| p.extension())
        .and_then(|e| e.to_str());
    match ending {
        Some("gmcr") => ExportFormat::Gmcr,
        Some("detente") => ExportFormat::Text,
        _ => ExportFormat::Json,
    }
}

fn to_genius(loaded: &Loaded, model: &Model, args: &ExportArgs) -> Done {
    let Some(folder) = &args.output else {
        return Err(Failure::with_hint(
            "a GENIUS scenario is several files",
            "name a folder for them: `-o FOLDER`",
        ));
    };
    let path = std::path::Path::new(&args.which.file);
    let name = path.file_stem().and_then(|s| s.to_str());
    let name = name.filter(|n| *n != "-" && !n.is_empty());
    let exported = scenario::export(model, name.unwrap_or("scenario")).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })?;
    loaded.draw(&exported.notes);
    output::folder(folder)?;
    for (file, text) in &exported.files {
        output::file(&folder.join(file), text)?;
    }
    Ok(())
}

fn to_gmcr(loaded: &Loaded, model: &Model, budget: &Budget) -> Result<String, Failure> {
    let game = judging::game(loaded, model, budget)?;
    let ranked = ranked(&game);
    let text = gmcr::export(model, Some(&ranked)).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })?;
    loaded.draw(&gmcr::left_out(model));
    Ok(text)
}

/// Each party's states, best first, tied states together.
fn ranked(game: &Game<'_>) -> RankedStates {
    let of_party = |ranking: &detente::analysis::Ranking| {
        let mut groups = vec![Vec::new(); ranking.levels() as usize];
        for state in game.space.ids() {
            groups[ranking.rank(state) as usize].push(state.0 + 1);
        }
        groups.reverse();
        groups
    };
    RankedStates {
        parties: game.rankings.iter().map(of_party).collect(),
    }
}
