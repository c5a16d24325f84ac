//! `detente new`.

use crate::cli::NewArgs;
use crate::failure::Failure;
use crate::{Done, output};

/// The commented template.
pub(crate) const TEMPLATE: &str = include_str!("template.detente");

pub(crate) fn run(args: &NewArgs) -> Done {
    let Some(path) = &args.file else {
        return output::data(TEMPLATE);
    };
    if path.exists() && !args.force {
        return Err(Failure::with_hint(
            format!("`{}` exists already", path.display()),
            "choose another name, or replace it with --force",
        ));
    }
    output::file(path, TEMPLATE)?;
    let shown = path.display();
    output::note(&format!(
        "wrote {shown}; next: detente check {shown}, then detente analyze {shown}"
    ));
    Ok(())
}
