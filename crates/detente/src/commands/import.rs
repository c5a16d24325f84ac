//! `detente import`.

use crate::cli::ImportArgs;
use crate::{Done, input, output};

pub(crate) fn run(args: &ImportArgs) -> Done {
    let loaded = input::load(&args.file)?;
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
        Err(crate::failure::Failure::Told)
    }
}
