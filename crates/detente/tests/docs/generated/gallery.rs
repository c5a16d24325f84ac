//! The gallery: one page for each folder of cases.

use std::collections::BTreeMap;

use detente::syntax::ast::Document;
use serde::Deserialize;
use serde_json::Value;

use super::Pages;
use super::pictures::GALLERY;
use crate::blocks::words;
use crate::book;
use crate::markdown;
use crate::sandbox::Sandbox;

/// What `outcome.json` says of a folder.
#[derive(Deserialize)]
struct CameOf {
    episode: Option<String>,
    what: String,
    source: Option<String>,
    url: Option<String>,
}

/// One file of a folder.
struct Case {
    /// Its path in the collection, without its ending, such as `water/elmira/elmira`.
    name: String,
    text: String,
    document: Document,
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

pub(super) fn add(sandbox: &Sandbox, drawn: &Pages, pages: &mut Pages) {
    let mut folders: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for file in book::files("cases") {
        if let Some(name) = file
            .strip_prefix("cases/")
            .and_then(|f| f.strip_suffix(".detente"))
        {
            let text = book::page(&file).text;
            let folder = name.rsplit_once('/').unwrap().0;
            folders.entry(folder.to_owned()).or_default().push(Case {
                name: name.to_owned(),
                document: detente::syntax::parse(&text).document,
                text,
            });
        }
    }
    assert!(folders.len() >= 6, "{} folders", folders.len());
    let mut index = String::from(
        "# Gallery\n\nThe cases that come with the program, each with its sources and with what is found in it. \
         `detente cases list` names them, `detente cases copy elmira` writes one into a file to work on. What comes out \
         is compared, in the tests, with results from elsewhere.\n\n| case | parties | what came of it |\n|---|---|---|\n",
    );
    for (folder, cases) in &folders {
        let came_of = came_of(folder);
        let title = title(cases, &came_of);
        let file = format!("{}.md", folder.replace('/', "-"));
        let parties = &cases[0].document.parties;
        let parties: Vec<&str> = parties
            .iter()
            .map(|p| p.title.as_deref().unwrap_or(p.name.as_str()))
            .collect();
        index.push_str(&format!(
            "| [{title}]({file}) | {} | {} |\n",
            parties.join("; "),
            came_of.what
        ));
        pages.insert(
            format!("docs/gallery/{file}"),
            page(sandbox, drawn, folder, &title, cases, &came_of),
        );
    }
    pages.insert("docs/gallery/cases.md".to_owned(), index);
}

fn came_of(folder: &str) -> CameOf {
    serde_json::from_str(&book::page(&format!("cases/{folder}/outcome.json")).text).unwrap()
}

fn title(cases: &[Case], came_of: &CameOf) -> String {
    let own = match cases {
        [one] => one.document.negotiation.clone(),
        _ => came_of.episode.clone(),
    };
    own.unwrap_or_else(|| last(&cases[0].name).to_owned())
}

fn page(
    sandbox: &Sandbox,
    drawn: &Pages,
    folder: &str,
    title: &str,
    cases: &[Case],
    came_of: &CameOf,
) -> String {
    let mut text = format!("# {title}\n\nFolder `cases/{folder}`.\n");
    let several = cases.len() > 1;
    for case in cases {
        let level = if several { "###" } else { "##" };
        if several {
            let title = case.document.negotiation.as_deref();
            text.push_str(&format!(
                "\n## {}\n\nFile `{}.detente`.\n",
                title.unwrap_or(last(&case.name)),
                last(&case.name)
            ));
        }
        about(&mut text, case, level);
        let command = question(&case.document);
        found(
            &mut text,
            sandbox,
            &format!("{command} cases/{}.detente", case.name),
            level,
        );
        pictures(&mut text, drawn, case);
        published(&mut text, folder, case, level);
        sources(&mut text, &case.document, level);
    }
    text.push_str(&format!("\n## What came of it\n\n{}", came_of.what));
    match (&came_of.source, &came_of.url) {
        (Some(source), Some(url)) => text.push_str(&format!(" Source: [{source}]({url}).\n")),
        (Some(source), None) => text.push_str(&format!(" Source: {source}.\n")),
        _ => text.push('\n'),
    }
    let readme = format!("cases/{folder}/README.md");
    if book::root().join(&readme).exists() {
        text.push('\n');
        text.push_str(&markdown::lowered(&book::page(&readme).text, 1));
    }
    text
}

/// What the file says: the opening comment, who takes part and what each can do, what is distinguished.
fn about(text: &mut String, case: &Case, level: &str) {
    let comment = opening_comment(&case.text);
    if !comment.is_empty() {
        text.push_str(&format!("\n{comment}\n"));
    }
    let document = &case.document;
    text.push_str("\n| party | can |\n|---|---|\n");
    for party in &document.parties {
        let title = party.title.as_deref();
        let name = party.name.as_str();
        let can: Vec<&str> = party
            .options
            .iter()
            .map(|o| o.title.as_deref().unwrap_or(o.name.as_str()))
            .collect();
        let can = match (can.is_empty(), party.moves.is_empty()) {
            (false, _) => can.join("; "),
            (true, false) => "move between the states of the graph".to_owned(),
            (true, true) => "agree or not".to_owned(),
        };
        let who = title.map_or(format!("`{name}`"), |t| format!("`{name}`: {t}"));
        text.push_str(&format!("| {who} | {can} |\n"));
    }
    let issues: Vec<&str> = document
        .issues
        .iter()
        .map(|i| i.title.as_deref().unwrap_or(i.name.as_str()))
        .collect();
    if !issues.is_empty() {
        text.push_str(&format!("\nIssues to be agreed: {}.\n", issues.join("; ")));
    }
    if !document.variants.is_empty() {
        text.push_str(&format!("\n{level} Variants\n\n"));
        for variant in &document.variants {
            let title = variant
                .title
                .as_deref()
                .map_or(String::new(), |t| format!(": {t}"));
            text.push_str(&format!("- `{}`{title}\n", variant.name.as_str()));
        }
    }
}

/// The first comment that stands by itself before the first party or source.
fn opening_comment(text: &str) -> String {
    let mut comment: Vec<&str> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('#') {
            Some(words) => comment.push(words.trim()),
            None if !comment.is_empty() || line.starts_with("party") => break,
            None => {}
        }
    }
    // An empty comment line separates paragraphs.
    comment
        .iter()
        .map(|l| if l.is_empty() { "\n" } else { *l })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Which command answers the question of a file: what could be agreed, or what would hold.
fn question(document: &Document) -> &'static str {
    let packages_alone = document
        .parties
        .iter()
        .all(|p| p.options.is_empty() && p.moves.is_empty());
    if packages_alone {
        "packages"
    } else {
        "analyze"
    }
}

/// What the command says first: up to the list of equilibria, or of what rules pick.
fn found(text: &mut String, sandbox: &Sandbox, command: &str, level: &str) {
    let printed = sandbox.printed(&words(command));
    let end = ["\nThe equilibria, under", "\nWhat rules of division pick"];
    let end = end.iter().filter_map(|e| printed.find(e)).min();
    let shown = end.map_or(printed.as_str(), |end| &printed[..end]);
    let rest = if end.is_some() { "\n..." } else { "" };
    text.push_str(&format!(
        "\n{level} What is found\n\n```console\n$ detente {command}\n{}{rest}\n```\n",
        shown.trim_end()
    ));
}

/// The pictures that are drawn of a case.
fn pictures(text: &mut String, drawn: &Pages, case: &Case) {
    let stem = case.name.replace('/', "-");
    let title = case.document.negotiation.as_deref();
    let title = title.unwrap_or(last(&case.name));
    for file in drawn.keys() {
        let name = last(file);
        let is_own = file.starts_with(GALLERY) && name.starts_with(&format!("{stem}."));
        if is_own {
            text.push_str(&format!(
                "\n![Picture of {title}](../pictures/gallery/{name})\n"
            ));
        }
    }
}

/// What was published, and whether the program agrees.
fn published(text: &mut String, folder: &str, case: &Case, level: &str) {
    let expected: Value =
        serde_json::from_str(&book::page(&format!("cases/{folder}/expected.json")).text).unwrap();
    let own = format!("{}.detente", last(&case.name));
    let cases = expected["cases"].as_array().into_iter().flatten();
    let analyses = cases.filter(|c| c["case"] == own.as_str());
    let analyses = analyses.flat_map(|c| c["analyses"].as_array().into_iter().flatten());
    let mut rows = String::new();
    for analysis in analyses {
        let joined = |list: &Value| {
            let list = list
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            list.collect::<Vec<_>>().join(", ")
        };
        for result in analysis["published"].as_array().into_iter().flatten() {
            let concept = result["concept"].as_str().unwrap_or_default();
            let computed = joined(&analysis["equilibria"][concept]);
            let verdict = if result["agrees"] == true {
                "yes"
            } else {
                "no"
            };
            let variants = match joined(&analysis["variants"]) {
                none if none.is_empty() => "-".to_owned(),
                some => some,
            };
            rows.push_str(&format!(
                "| {variants} | `{concept}` | {} | {computed} | {verdict} |\n",
                joined(&result["equilibria"])
            ));
        }
    }
    if !rows.is_empty() {
        text.push_str(&format!(
            "\n{level} What was published\n\n| variants | concept | published | right | agree |\n|---|---|---|---|---|\n{rows}"
        ));
    }
}

fn sources(text: &mut String, document: &Document, level: &str) {
    if document.sources.is_empty() {
        return;
    }
    text.push_str(&format!("\n{level} Sources\n\n"));
    for source in &document.sources {
        let title = source.title.as_deref().unwrap_or(source.name.as_str());
        let property = |name: &str| source.properties.get(name).map(String::as_str);
        let title = match property("url") {
            Some(url) => format!("[{title}]({url})"),
            None => title.to_owned(),
        };
        let when = property("date")
            .or(property("year"))
            .map_or(String::new(), |d| format!(" ({d})"));
        let used = property("provenance").map_or(String::new(), |p| format!(": {p}"));
        text.push_str(&format!(
            "- `{}`: {title}{when}{used}\n",
            source.name.as_str()
        ));
    }
}
