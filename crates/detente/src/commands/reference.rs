//! The reference of the command line, as Markdown: what every command and option is, as its help says.

use clap::{Arg, Command};

/// The words of a group of options that stand under a heading of their own.
struct Group {
    heading: String,
    text: String,
}

/// From how many commands on a group is told once, in a section of its own.
const SHARED: usize = 3;

/// One page on the command and all that is below it.
pub(super) fn markdown(command: &Command) -> String {
    let mut commands = Vec::new();
    below(command, command.get_name(), &mut commands);
    let shared = shared_groups(&commands);
    let mut page = String::from("# The command line\n");
    paragraph(&mut page, &about(command));
    if let Some(after) = command.get_after_help() {
        paragraph(&mut page, &list_or_text(&after.to_string()));
    }
    paragraph(&mut page, "With every command:");
    let global = command.get_arguments().filter(|a| a.is_global_set());
    paragraph(&mut page, &items(global));
    for group in &shared {
        paragraph(&mut page, &format!("## {}", group.heading));
        paragraph(&mut page, &group.text);
    }
    for (name, command) in &commands {
        section(&mut page, name, command, &shared);
    }
    page
}

/// All commands below one, with their whole names, in the order of the help.
fn below<'a>(command: &'a Command, name: &str, found: &mut Vec<(String, &'a Command)>) {
    for sub in command.get_subcommands() {
        if sub.get_name() != "help" && !sub.is_hide_set() {
            let name = format!("{name} {}", sub.get_name());
            found.push((name.clone(), sub));
            below(sub, &name, found);
        }
    }
}

fn section(page: &mut String, name: &str, command: &Command, shared: &[Group]) {
    paragraph(page, &format!("## {name}"));
    paragraph(page, &about(command));
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").split_whitespace();
    paragraph(page, &format!("`{}`", usage.collect::<Vec<_>>().join(" ")));
    let own = |a: &&Arg| a.get_help_heading().is_none() && !a.is_global_set();
    paragraph(page, &items(command.get_arguments().filter(own)));
    for group in groups(command) {
        if shared.iter().any(|s| same(s, &group)) {
            let heading = &group.heading;
            let anchor = heading.to_lowercase().replace(' ', "-");
            paragraph(
                page,
                &format!("And the options under [{heading}](#{anchor})."),
            );
        } else {
            paragraph(page, &format!("{}:", group.heading));
            paragraph(page, &group.text);
        }
    }
}

fn paragraph(page: &mut String, text: &str) {
    if !text.is_empty() {
        page.push('\n');
        page.push_str(text.trim_end());
        page.push('\n');
    }
}

fn about(command: &Command) -> String {
    let text = command.get_long_about().or(command.get_about());
    let text = text.map(ToString::to_string).unwrap_or_default();
    let parts = text.split("\n\n").map(sentence);
    parts.collect::<Vec<_>>().join("\n\n")
}

/// A text as it stands, with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    if text.is_empty() || text.ends_with(['.', ':', '!', '?']) {
        text
    } else {
        format!("{text}.")
    }
}

/// Lines as a list, one line as a text.
fn list_or_text(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    match lines.as_slice() {
        [one] => sentence(one),
        many => {
            let items = many.iter().map(|line| format!("- {}", line.trim()));
            items.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The groups of options that many commands have word for word.
fn shared_groups(commands: &[(String, &Command)]) -> Vec<Group> {
    let mut counted: Vec<(Group, usize)> = Vec::new();
    for group in commands.iter().flat_map(|(_, command)| groups(command)) {
        match counted.iter_mut().find(|(known, _)| same(known, &group)) {
            Some((_, times)) => *times += 1,
            None => counted.push((group, 1)),
        }
    }
    let mut shared: Vec<Group> = Vec::new();
    for (group, times) in counted {
        // Two sections of one name could not be told apart: the first is it.
        if times >= SHARED && shared.iter().all(|s| s.heading != group.heading) {
            shared.push(group);
        }
    }
    shared
}

fn same(a: &Group, b: &Group) -> bool {
    a.heading == b.heading && a.text == b.text
}

/// The options of a command that stand under headings, by heading.
fn groups(command: &Command) -> Vec<Group> {
    let mut headings: Vec<&str> = Vec::new();
    for heading in command.get_arguments().filter_map(Arg::get_help_heading) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    let group = |heading: &str| Group {
        heading: heading.to_owned(),
        text: items(
            command
                .get_arguments()
                .filter(|a| a.get_help_heading() == Some(heading) && !a.is_global_set()),
        ),
    };
    headings.into_iter().map(group).collect()
}

/// A list of options, those that stand by their place first.
fn items<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let is_help = |a: &Arg| matches!(a.get_id().as_str(), "help" | "version");
    let mut shown: Vec<&Arg> = arguments
        .filter(|a| !a.is_hide_set() && !is_help(a))
        .collect();
    shown.sort_by_key(|a| !a.is_positional());
    shown.into_iter().map(item).collect()
}

fn item(argument: &Arg) -> String {
    let help = argument.get_long_help().or(argument.get_help());
    let help = sentence(&help.map(ToString::to_string).unwrap_or_default());
    let mut line = format!("- {}: {help}", written(argument));
    let defaults = argument.get_default_values();
    if takes_values(argument) && !defaults.is_empty() {
        let defaults: Vec<String> = defaults
            .iter()
            .map(|d| format!("`{}`", d.to_string_lossy()))
            .collect();
        line.push_str(&format!(" Default: {}.", defaults.join(", ")));
    }
    line.push('\n');
    if takes_values(argument) {
        for value in argument.get_possible_values() {
            let name = value.get_name();
            match value.get_help() {
                Some(help) => {
                    line.push_str(&format!("  - `{name}`: {}\n", sentence(&help.to_string())));
                }
                None => line.push_str(&format!("  - `{name}`\n")),
            }
        }
    }
    line
}

fn takes_values(argument: &Arg) -> bool {
    argument.is_positional() || argument.get_action().takes_values()
}

/// An option as it is typed, all its names.
fn written(argument: &Arg) -> String {
    let values: Vec<&str> = argument
        .get_value_names()
        .map(|names| names.iter().map(clap::builder::Str::as_str).collect())
        .unwrap_or_default();
    let values: Vec<String> = values.iter().map(|v| format!("<{v}>")).collect();
    let values = values.join(" ");
    if argument.is_positional() {
        return format!("`{values}`");
    }
    let short = argument.get_short().map(|s| format!("`-{s}`"));
    let value = match values.as_str() {
        values if takes_values(argument) && !values.is_empty() => format!(" {values}"),
        _ => String::new(),
    };
    let long = argument.get_long().map(|l| format!("`--{l}{value}`"));
    let aliases = argument.get_visible_aliases().unwrap_or_default();
    let aliases = aliases.into_iter().map(|a| format!("`--{a}`"));
    let names = short.into_iter().chain(long).chain(aliases);
    names.collect::<Vec<_>>().join(", ")
}
