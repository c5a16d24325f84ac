//! Documents in which any two parts of a line meet whose letters could make one sign or mark together.

use detente_report::document::{
    Block, Column, Document, Inline, Item, Row, Section, Sentence, Table,
};

/// What is a mark somewhere, or becomes one with what stands before or after it.
const TEXTS: [&str; 36] = [
    "a", "1.", "1)", "'", "''", "`", "``", "-", "--", "<", "<<", ">", ",", "?", "!", "*", "**",
    "_", "__", "[", "]", "]:", "](", "{", "}", "{}", "$", "|", "&", "#", "~", "^", ":", "\\", "/",
    "=",
];

/// Each text in each kind of part.
fn parts(text: &str) -> [Inline; 6] {
    let name = || vec![Inline::name(text)];
    [
        Inline::name(text),
        Inline::Quote(text.to_owned()),
        Inline::Code(text.to_owned()),
        Inline::Strong(name()),
        Inline::Link {
            to: "first".to_owned(),
            parts: name(),
        },
        Inline::Link {
            to: "first".to_owned(),
            parts: vec![Inline::Code(text.to_owned())],
        },
    ]
}

/// For each part a document in which each part follows it: in a title, a paragraph, a point of a list and a cell.
pub(crate) fn pairs() -> impl Iterator<Item = Document> {
    let all = || TEXTS.iter().flat_map(|text| parts(text));
    all().map(move |first| {
        let sections = all().enumerate().map(|(place, second)| {
            let line = || vec![first.clone(), second.clone()];
            let sentence = || Sentence {
                parts: line(),
                ..Sentence::new("test.pair")
            };
            let id = if place == 0 {
                "first".to_owned()
            } else {
                format!("section-{place}")
            };
            let mut section = Section::new(&id, "");
            section.title = line();
            section.blocks = vec![
                Block::Paragraph(vec![sentence()]),
                Block::List {
                    ordered: place % 2 == 0,
                    items: vec![Item {
                        sentences: vec![sentence()],
                        items: Vec::new(),
                    }],
                },
                Block::Table(Table {
                    id: format!("table-{place}"),
                    caption: line(),
                    columns: vec![Column {
                        title: line(),
                        numeric: false,
                    }],
                    rows: vec![Row {
                        id: None,
                        cells: vec![line()],
                    }],
                }),
            ];
            section
        });
        Document {
            title: Vec::new(),
            subtitle: Vec::new(),
            sections: sections.collect(),
        }
    })
}
