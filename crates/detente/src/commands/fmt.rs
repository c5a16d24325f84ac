//! `detente fmt`.

use std::path::Path;

use detente::syntax;

use crate::cli::FmtArgs;
use crate::failure::Failure;
use crate::{Done, input, output};

pub(crate) fn run(args: &FmtArgs) -> Done {
    let (mut bad, mut differs) = (false, false);
    for file in &args.files {
        let (name, text) = input::read_text(file)?;
        let parsed = syntax::parse(&text);
        if parsed.has_errors() {
            let errors: Vec<_> = parsed
                .diagnostics
                .iter()
                .filter(|d| d.is_error())
                .cloned()
                .collect();
            input::draw(&name, &text, &errors);
            bad = true;
            continue;
        }
        let laid_out = syntax::format(&text);
        if args.check {
            if laid_out != text {
                output::note(&format!("{name}: would be laid out differently"));
                differs = true;
            }
        } else if args.stdout || file == "-" {
            output::data(&laid_out)?;
        } else if laid_out != text {
            output::file(Path::new(file), &laid_out)?;
            output::note(&format!("{name}: laid out"));
        }
    }
    if bad {
        Err(Failure::Told)
    } else if differs {
        Err(Failure::Found)
    } else {
        Ok(())
    }
}
