//! `detente import`.

use crate::cli::ImportArgs;
use crate::failure::Failure;
use crate::{Done, input, output};

pub(crate) fn run(args: &ImportArgs) -> Done {
    if args.events.events {
        return super::events::run(args);
    }
    let loaded = input::load_several(&args.files, &args.scenario)?;
    if !loaded.translated {
        return Err(Failure::with_hint(
            format!("`{}` is written in the language already", loaded.name),
            "`detente fmt` lays it out; `detente export --to text` prints it without comments",
        ));
    }
    // Everything is printed that could be read; what does not fit together is told beside it.
    loaded.draw(&loaded.diagnostics);
    let text = detente::syntax::print(&loaded.document);
    match &args.output {
        Some(path) => output::file(path, &text)?,
        None => output::data(&text)?,
    }
    if loaded.is_good() {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}
