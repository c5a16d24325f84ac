//! `detente explain`.

use detente::analysis::bargain::{offers, solutions};
use detente::analysis::claims::scoring_rules;
use detente::analysis::coalition::coalition_concepts;
use detente::analysis::relation::structures;
use detente::analysis::{concepts, hypergame, notions};
use detente::report::markdown;
use detente::syntax::CodeDoc;
use serde::Serialize;

use crate::cli::{ExplainArgs, Format};
use crate::failure::Failure;
use crate::{Done, output};

/// The reference of the language.
const LANGUAGE: &str = include_str!("../../../../docs/language.md");

/// A page of the documentation.
#[derive(Debug, Serialize)]
struct Page {
    topic: String,
    kind: &'static str,
    title: String,
    text: String,
}

/// Every diagnostic code of every room, ascending.
fn codes() -> Vec<&'static CodeDoc> {
    let mut all: Vec<&CodeDoc> = detente::syntax::codes::CODES
        .iter()
        .chain(detente::model::codes::CODES)
        .chain(detente::model::gmcr::CODES)
        .chain(detente::model::scenario::CODES)
        .chain(detente::analysis::codes::CODES)
        .collect();
    all.sort_by_key(|c| (&c.code[1..], &c.code[..1]));
    all
}

fn pages() -> Vec<Page> {
    let concepts = concepts().iter().map(|c| Page {
        topic: c.id.to_owned(),
        kind: "concept",
        title: c.name.to_owned(),
        text: c.page.to_owned(),
    });
    let coalitional = coalition_concepts().iter().map(|c| Page {
        topic: c.id.to_owned(),
        kind: "concept",
        title: c.name.to_owned(),
        text: c.page.to_owned(),
    });
    let structures = structures().iter().map(|s| Page {
        topic: s.id.to_owned(),
        kind: "structure",
        title: s.name.to_owned(),
        text: s.page.to_owned(),
    });
    let perception = [
        ("hypergame", "Hypergame", hypergame::PAGE),
        (
            "moves-deleted",
            "Moves deleted",
            hypergame::MOVES_DELETED_PAGE,
        ),
    ]
    .map(|(topic, title, text)| Page {
        topic: topic.to_owned(),
        kind: "concept",
        title: title.to_owned(),
        text: text.to_owned(),
    });
    let strategies = offers::strategies().iter().map(|s| Page {
        topic: s.id.to_owned(),
        kind: "strategy",
        title: s.name.to_owned(),
        text: s.page.to_owned(),
    });
    let notions = notions().iter().map(|n| Page {
        topic: n.id.to_owned(),
        kind: "notion",
        title: n.name.to_owned(),
        text: n.page.to_owned(),
    });
    let rules = solutions().iter().map(|s| Page {
        topic: format!("division-{}", s.id),
        kind: "rule",
        title: s.name.to_owned(),
        text: s.page.to_owned(),
    });
    let scoring = scoring_rules().iter().map(|s| Page {
        topic: s.id.to_owned(),
        kind: "scoring",
        title: s.name.to_owned(),
        text: s.page.to_owned(),
    });
    let codes = codes().into_iter().map(|c| Page {
        topic: c.code.to_owned(),
        kind: "code",
        title: c.title.to_owned(),
        text: format!("# {}: {}\n\n{}\n", c.code, c.title, c.text),
    });
    let language = Page {
        topic: "language".to_owned(),
        kind: "reference",
        title: "how a negotiation is written".to_owned(),
        text: LANGUAGE.to_owned(),
    };
    let concepts = concepts.chain(coalitional).chain(perception);
    concepts
        .chain(structures)
        .chain(notions)
        .chain(rules)
        .chain(strategies)
        .chain(scoring)
        .chain(codes)
        .chain([language])
        .collect()
}

pub(crate) fn run(args: &ExplainArgs) -> Done {
    let pages = pages();
    let Some(topic) = &args.topic else {
        return list(&pages, args.format, |_| true);
    };
    match topic.as_str() {
        "concepts" => return list(&pages, args.format, |p| p.kind == "concept"),
        "strategies" => return list(&pages, args.format, |p| p.kind == "strategy"),
        "codes" => return list(&pages, args.format, |p| p.kind == "code"),
        _ => {}
    }
    let page = pages.iter().find(|p| is_about(p, topic)).ok_or_else(|| {
        let known: Vec<&str> = pages.iter().map(|p| p.topic.as_str()).collect();
        Failure::unknown(
            format!("there is no page on `{topic}`"),
            topic,
            &known,
            "`detente explain` lists the pages",
        )
    })?;
    output::data(&match args.format {
        Format::Json => super::schema::json(page)?,
        Format::Text => markdown::text(&page.text, output::look()),
    })
}

/// Whether a page is about a topic: `l3` is about `l<h>`, `stackelberg_US` about Stackelberg.
fn is_about(page: &Page, topic: &str) -> bool {
    if page.topic.eq_ignore_ascii_case(topic) || page.title.eq_ignore_ascii_case(topic) {
        return true;
    }
    match page.topic.split_once('<') {
        Some(("l", _)) => {
            topic == "l"
                || topic == "limited_move"
                || topic
                    .strip_prefix('l')
                    .is_some_and(|h| h.parse::<u32>().is_ok())
        }
        Some((stem, _)) => topic.starts_with(stem.trim_end_matches('_')),
        None => false,
    }
}

fn list(pages: &[Page], format: Format, wanted: impl Fn(&Page) -> bool) -> Done {
    let shown: Vec<&Page> = pages.iter().filter(|p| wanted(p)).collect();
    if format == Format::Json {
        return output::data(&super::schema::json(&shown)?);
    }
    let mut page = detente::report::style::Page::new(output::look());
    for (kind, heading) in [
        ("concept", "Concepts"),
        ("structure", "Kinds of preferences"),
        ("notion", "Packages and agreements"),
        ("rule", "Rules of division"),
        ("strategy", "Strategies of bargaining"),
        ("scoring", "Scoring of claims"),
        ("code", "Codes"),
        ("reference", "Reference"),
    ] {
        let rows: Vec<Vec<String>> = shown
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| vec![p.topic.clone(), p.title.clone()])
            .collect();
        if !rows.is_empty() {
            page.heading(heading);
            page.table(&[], &rows, &[false, false]);
        }
    }
    output::data(&page.finish())
}
