//! The reference: every page that `detente explain` prints, every command, every word.

use serde::Deserialize;

use super::{Pages, printed};
use crate::book;
use crate::markdown;
use crate::sandbox::Sandbox;

/// A page that `detente explain` prints.
#[derive(Deserialize)]
struct Explained {
    topic: String,
    kind: String,
    title: String,
    text: String,
}

/// A page of the book that gathers the pages of one kind.
struct Gathered {
    kind: &'static str,
    file: &'static str,
    title: &'static str,
    opening: &'static str,
}

const GATHERED: [Gathered; 7] = [
    Gathered {
        kind: "concept",
        file: "concepts.md",
        title: "Solution concepts",
        opening: "When a state counts as stable. [The concepts side by side](../concepts/stability.md) shows the usual \
                  ones on one small conflict.",
    },
    Gathered {
        kind: "structure",
        file: "preferences.md",
        title: "Kinds of preferences",
        opening: "What stability makes of preferences that are strong, unknown, fuzzy or uncertain, and of attitudes.",
    },
    Gathered {
        kind: "notion",
        file: "packages.md",
        title: "Notions of packages",
        opening: "The words of [what could be agreed](../packages.md), [what a mediator asks](../mediation.md) and \
                  [offers in turn](../bargain.md).",
    },
    Gathered {
        kind: "rule",
        file: "divisions.md",
        title: "Rules of division",
        opening: "Which package a rule picks. One word means different things in different tools, so that each page \
                  says the definition that is computed.",
    },
    Gathered {
        kind: "strategy",
        file: "strategies.md",
        title: "Strategies of bargaining",
        opening: "What a party offers and accepts when offers are made [in turn](../bargain.md).",
    },
    Gathered {
        kind: "scoring",
        file: "scoring.md",
        title: "Rules of scoring",
        opening: "How good forecasts were; see [claims and forecasts](../claims.md).",
    },
    Gathered {
        kind: "code",
        file: "codes.md",
        title: "Diagnostic codes",
        opening: "What can be said of a file. A code that starts with E is an error, W a warning, N a note. \
                  `detente explain E0174` prints one of them.",
    },
];

pub(super) fn add(sandbox: &Sandbox, pages: &mut Pages) {
    let explained = printed(sandbox, &["explain", "--format", "json"]);
    let explained: Vec<Explained> = serde_json::from_str(&explained).unwrap();
    for page in &explained {
        let known = GATHERED.iter().any(|g| g.kind == page.kind);
        // The reference of the language is a page by itself, `docs/language.md`.
        assert!(
            known || page.topic == "language",
            "pages of the kind `{}` have no place in the book: say which in {}",
            page.kind,
            file!()
        );
    }
    for gathered in &GATHERED {
        let its = explained.iter().filter(|p| p.kind == gathered.kind);
        pages.insert(path(gathered.file), gather(gathered, its));
    }
    pages.insert(
        path("commands.md"),
        printed(sandbox, &["man", "--markdown"]),
    );
    pages.insert(path("glossary.md"), book::page("GLOSSARY.md").text);
}

pub(super) fn path(file: &str) -> String {
    format!("docs/reference/{file}")
}

/// All pages of one kind as one, each under a heading with what it is asked by.
fn gather<'a>(gathered: &Gathered, pages: impl Iterator<Item = &'a Explained>) -> String {
    let mut text = format!("# {}\n\n{}\n", gathered.title, gathered.opening);
    for page in pages {
        let body = page.text.trim_start();
        let (first, body) = body.split_once('\n').unwrap_or((body, ""));
        // A code stands in its own heading already.
        let heading = match first.strip_prefix("# ") {
            Some(heading) if gathered.kind == "code" => heading.to_owned(),
            _ => format!("{} (`{}`)", page.title, page.topic),
        };
        text.push_str(&format!("\n## {heading}\n\n"));
        let body = markdown::lowered(body.trim(), 1);
        text.push_str(&match gathered.kind {
            "code" => marked(&body, &page.topic),
            _ => body,
        });
    }
    text
}

/// The page of a code with its examples marked: what shows the code, and what to write instead.
fn marked(body: &str, code: &str) -> String {
    let mut text = String::new();
    let (mut open, mut instead) = (false, false);
    for line in body.lines() {
        let fence = line.starts_with("```");
        text.push_str(&match (fence && !open, instead) {
            (true, true) => format!("{line},fragment\n"),
            (true, false) => format!("{line},shows={code}\n"),
            (false, _) => format!("{line}\n"),
        });
        open ^= fence;
        instead = line == "Write instead:" || (instead && line.is_empty());
    }
    text
}

/// What `--help` lists under a heading, by its first word.
#[cfg(test)]
fn listed<'a>(help: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = help.lines().skip_while(|l| *l != heading).skip(1);
    let lines = lines.take_while(|l| !l.is_empty());
    let items = lines.filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    items.filter_map(|l| l.split_whitespace().next()).collect()
}

#[test]
fn the_reference_names_every_option_that_help_names() {
    let sandbox = Sandbox::empty();
    let reference = printed(&sandbox, &["man", "--markdown"]);
    let help = printed(&sandbox, &["--help"]);
    let commands = listed(&help, "Commands:");
    assert!(commands.len() > 30, "{commands:?}");
    let mut options = 0;
    for command in commands.into_iter().filter(|c| *c != "help") {
        let section = reference.split(&format!("\n## detente {command}\n")).nth(1);
        let section = section.unwrap_or_else(|| panic!("{command} is missing"));
        let section = section.split("\n## ").next().unwrap();
        let help = printed(&sandbox, &[command, "--help"]);
        let written = help.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        for option in written.filter(|w| w.starts_with("--") && w.len() > 2) {
            if ["--help", "--colour", "--color", "--as-of"].contains(&option) {
                continue;
            }
            let shared = reference.split("\n## detente ").next().unwrap();
            let named = |text: &str| {
                ["`", " "]
                    .iter()
                    .any(|end| text.contains(&format!("`{option}{end}")))
            };
            // Some are named in the words of another option only.
            let told = section.contains(option) || named(shared);
            assert!(told, "{command}: {option} is missing");
            options += 1;
        }
    }
    assert!(options > 200, "{options} options");
}
