use detente_report::document::{Block, Document, Figure, Inline, Item, Line, Section, Sentence};
use detente_report::render::{Unrendered, by_name};
use proptest::prelude::*;
use serde_json::{Value, json};
use typst::syntax::ast::{self, AstNode};
use typst::syntax::{SyntaxKind, SyntaxNode, parse};

use super::expected::{dense, shown, visible};
use super::{bytes, rendered, string};
use crate::documents::{any_document, pairs, rich};

/// The text that Typst source shows, by its own parser. Nothing in it is markup by accident.
fn read(source: &str) -> String {
    let root = parse(source);
    assert!(root.errors().is_empty(), "{:?} in {source}", root.errors());
    let mut out = String::new();
    markup(&root, &mut out);
    out
}

fn markup(node: &SyntaxNode, out: &mut String) {
    match node.kind() {
        SyntaxKind::Markup | SyntaxKind::ContentBlock => {
            for child in node.children() {
                markup(child, out);
            }
        }
        SyntaxKind::Text | SyntaxKind::Space | SyntaxKind::Parbreak | SyntaxKind::SmartQuote => {
            out.push_str(node.text());
        }
        SyntaxKind::Escape => {
            let escape: ast::Escape<'_> = node.cast().unwrap();
            out.push(escape.get());
        }
        SyntaxKind::FuncCall => call(node, out),
        SyntaxKind::Hash
        | SyntaxKind::Label
        | SyntaxKind::Semicolon
        | SyntaxKind::LeftBracket
        | SyntaxKind::RightBracket
        | SyntaxKind::SetRule
        | SyntaxKind::ShowRule
        | SyntaxKind::LetBinding => {}
        other => panic!("{other:?}: {}", node.clone().into_text()),
    }
}

/// A call shows its content blocks; `raw` shows its text, a picture what it says, grounds stand in brackets.
fn call(node: &SyntaxNode, out: &mut String) {
    let call: ast::FuncCall<'_> = node.cast().unwrap();
    let callee = call.callee().to_untyped().clone().into_text();
    if callee == "grounds" {
        out.push('[');
    }
    for arg in call.args().items() {
        match arg {
            ast::Arg::Pos(ast::Expr::Str(text)) if callee == "raw" => out.push_str(&text.get()),
            ast::Arg::Pos(ast::Expr::ContentBlock(block)) => markup(block.to_untyped(), out),
            ast::Arg::Pos(ast::Expr::FuncCall(inner)) => self::call(inner.to_untyped(), out),
            ast::Arg::Named(named) if callee == "image" && named.name().as_str() == "alt" => {
                let ast::Expr::Str(text) = named.expr() else {
                    panic!()
                };
                out.push_str(&text.get());
            }
            _ => {}
        }
    }
    if callee == "grounds" {
        out.push(']');
    }
}

fn figure(name: &str, figure: &Figure, caption: &str) -> String {
    let picture = &figure.picture;
    let title = visible(&picture.title);
    format!("{}{name}{title}.{caption}", picture.says)
}

fn holds(document: &Document, json: &Value) {
    let source = string("typst", document, json);
    assert_eq!(dense(&read(&source)), shown(document, figure), "{source}");
}

#[test]
fn the_rich_document_reads_the_same() {
    let (document, json) = rich();
    holds(&document, &json);
}

#[test]
fn letters_without_a_font_are_refused() {
    let (document, json) = rich();
    let format = by_name("pdf").unwrap();
    let refused = (format.render)(&rendered(&document, &json)).unwrap_err();
    assert!(refused.to_string().contains('\u{6cb3}'), "{refused}");
}

#[test]
fn the_rich_document_is_printed() {
    let (document, json) = latin();
    let pdf = bytes("pdf", &document, &json);
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&pdf);
    // The title, the outline and the pages are there, and no date.
    assert!(text.contains("/Outlines") && text.contains("/StructTreeRoot"));
    assert!(!text.contains("/CreationDate"));
}

/// The rich document without the letters that no font of the program has.
fn latin() -> (Document, Value) {
    let (mut document, json) = rich();
    assert!(format!("{document:?}").contains('\u{6cb3}'));
    document.sections.iter_mut().for_each(section);
    (document, json)
}

fn without(text: &str) -> String {
    text.replace(|c: char| u32::from(c) > 0x2fff, "X")
}

fn line(line: &mut Line) {
    for part in line {
        match part {
            Inline::Name(text) | Inline::Quote(text) | Inline::Code(text) => *text = without(text),
            Inline::Strong(parts) => self::line(parts),
            _ => {}
        }
    }
}

fn sentences(all: &mut [Sentence]) {
    for sentence in all {
        line(&mut sentence.parts);
    }
}

fn items(all: &mut [Item]) {
    for item in all {
        sentences(&mut item.sentences);
        items(&mut item.items);
    }
}

fn section(section: &mut Section) {
    for block in &mut section.blocks {
        match block {
            Block::Paragraph(all) => sentences(all),
            Block::List { items: all, .. } => items(all),
            Block::Table(table) => {
                for column in &mut table.columns {
                    line(&mut column.title);
                }
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    line(cell);
                }
            }
            Block::Figure(figure) => figure.picture.svg = without(&figure.picture.svg),
            _ => {}
        }
    }
    section.sections.iter_mut().for_each(self::section);
}

#[test]
fn whatever_parts_meet_read_the_same() {
    for document in pairs() {
        holds(&document, &json!({}));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_parser_of_typst_reads_the_same_text(document in any_document()) {
        holds(&document, &json!({}));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn whatever_has_a_font_is_printed(document in any_document()) {
        let format = by_name("pdf").unwrap();
        match (format.render)(&rendered(&document, &json!({}))) {
            Ok(pdf) => prop_assert!(pdf.starts_with(b"%PDF")),
            Err(Unrendered::Refused { why, .. }) => {
                prop_assert!(why.starts_with("no font in this program has"), "{why}");
            }
            Err(error) => panic!("{error}"),
        }
    }
}
