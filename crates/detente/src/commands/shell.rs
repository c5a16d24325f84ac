//! `detente completions` and `detente man`.

use clap::CommandFactory;

use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::failure::Failure;
use crate::{Done, output};

pub(crate) fn completions(args: &CompletionsArgs) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "detente", &mut script);
    output::data(&String::from_utf8_lossy(&script))
}

pub(crate) fn man(args: &ManArgs) -> Done {
    let mut command = Cli::command();
    command.build();
    if args.markdown {
        return output::data(&super::reference::markdown(&command));
    }
    let Some(folder) = &args.folder else {
        return output::data(&render(&command)?);
    };
    output::file(&folder.join("detente.1"), &render(&command)?)?;
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let page = render(&sub.clone().name(format!("detente-{}", sub.get_name())))?;
        output::file(&folder.join(format!("detente-{}.1", sub.get_name())), &page)?;
    }
    Ok(())
}

fn render(command: &clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(|e| Failure::bad(format!("the manual page cannot be made: {e}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
