//! Random documents with hostile texts.

use detente_report::document::{
    Block, Column, Document, Entry, Figure, Form, Ground, Inline, Item, Line, Number, Pointer, Row,
    Section, Sentence, Table,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::{NAMES, names, picture};

/// Texts that break what is careless: markup, quotes, ends of sections, letters that turn the line, that forbid
/// themselves or that have no width, and very long words.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        prop::sample::select(vec![
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&#x41;",
            "&",
            "<",
            ">",
            "\"",
            "'",
            "`",
            "</style>",
            "</script>",
            "</svg>",
            "<p onclick=x>",
            "\u{202e}",
            "\u{2066}",
            "\u{200d}",
            "\u{feff}",
            "\u{301}",
            "\u{fffe}",
            "\u{1f}",
            "\u{85}",
            "\r\n",
            "\r",
            "\n",
            "\t",
            " ",
            "\\",
            "|",
            "*",
            "_",
            "#",
            "$",
            "%",
            "~",
            "^",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "@",
            "=",
            "+1",
            "-1",
            "=1+1",
            "\u{1f469}\u{200d}\u{1f680}",
            "\u{10ffff}",
        ])
        .prop_map(str::to_owned),
        Just("long".repeat(75)),
        any::<String>(),
    ];
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn words() -> impl Strategy<Value = Inline> {
    prop::sample::select(vec!["holds", " and ", "under the ", ", ", "a < b & c", ""])
        .prop_map(Inline::words)
}

fn number() -> impl Strategy<Value = Inline> {
    let form = prop::sample::select(vec![
        Form::Whole,
        Form::Length,
        Form::Decimals(2),
        Form::Percent(0),
        Form::Signed,
        Form::Points(1),
    ]);
    let number = (0..100_000_u32, hostile(), form);
    number.prop_map(|(value, key, form)| {
        let from = Pointer::to("values").key(&key);
        let shown = form.show(&json!(value)).unwrap_or_else(|| "7".to_owned());
        Inline::Number(Number { shown, from, form })
    })
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        words(),
        number(),
        hostile().prop_map(Inline::Name),
        hostile().prop_map(Inline::Code),
        hostile().prop_map(Inline::Quote),
        hostile().prop_map(|text| Inline::Told {
            text,
            from: Pointer::to("texts").index(1),
        }),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let parts = || vec(inner.clone(), 0..3);
        let url = prop::sample::select(vec![
            "https://example.org/?a=1&b=\"<x>\"",
            "javascript:alert(1)",
            "http://example.org/",
        ]);
        prop_oneof![
            parts().prop_map(Inline::Strong),
            (0..50_usize, parts()).prop_map(|(to, parts)| Inline::link(to.to_string(), parts)),
            (url, parts()).prop_map(|(url, parts)| Inline::Away {
                url: url.to_owned(),
                parts,
            }),
        ]
    })
}

fn line() -> impl Strategy<Value = Line> {
    vec(inline(), 0..4)
}

fn ground() -> impl Strategy<Value = Ground> {
    let to = || (0..50_usize).prop_map(|to| to.to_string());
    prop_oneof![
        to().prop_map(Ground::Moves),
        to().prop_map(Ground::See),
        (to(), hostile(), prop::option::of(hostile())).prop_map(|(anchor, name, passage)| {
            // The language has no source without a name.
            let name = format!("s{name}");
            Ground::Source {
                anchor,
                name,
                passage,
            }
        }),
        hostile().prop_map(|key| Ground::Stated(Pointer::to(&key))),
    ]
}

fn sentences() -> impl Strategy<Value = Vec<Sentence>> {
    let sentence = (line(), vec(ground(), 0..3));
    let sentence = sentence.prop_map(|(parts, grounds)| Sentence {
        rule: "test.rule",
        parts,
        grounds,
    });
    vec(sentence, 0..3)
}

fn item() -> impl Strategy<Value = Item> {
    let leaf = sentences().prop_map(|sentences| Item {
        sentences,
        items: Vec::new(),
    });
    leaf.prop_recursive(2, 4, 2, |inner| {
        (sentences(), vec(inner, 0..2)).prop_map(|(sentences, items)| Item { sentences, items })
    })
}

fn table() -> impl Strategy<Value = Table> {
    (1..4_usize).prop_flat_map(|width| {
        let column = (line(), any::<bool>());
        let column = column.prop_map(|(title, numeric)| Column { title, numeric });
        let row = (any::<bool>(), vec(line(), width)).prop_map(|(named, cells)| Row {
            id: named.then(String::new),
            cells,
        });
        let table = (line(), vec(column, width), vec(row, 0..3));
        table.prop_map(|(caption, columns, rows)| Table {
            id: String::new(),
            caption,
            columns,
            rows,
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let figure = (hostile(), vec(hostile(), 0..3), sentences());
    let leaf = prop_oneof![
        sentences().prop_map(Block::Paragraph),
        (any::<bool>(), vec(item(), 0..3))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        table().prop_map(Block::Table),
        figure.prop_map(|(title, names, caption)| Block::Figure(Figure {
            id: String::new(),
            picture: picture("random", &title, 320, 200, &names),
            caption,
        })),
        hostile().prop_map(|text| Block::Code {
            language: "detente",
            text: Inline::Code(text),
        }),
    ];
    leaf.prop_recursive(1, 4, 2, |inner| {
        let entry = (line(), vec(inner, 0..2)).prop_map(|(term, blocks)| Entry {
            id: String::new(),
            term,
            blocks,
        });
        vec(entry, 0..2).prop_map(Block::Entries)
    })
}

fn section() -> impl Strategy<Value = Section> {
    let leaf = (line(), vec(block(), 0..3)).prop_map(|(title, blocks)| Section {
        id: String::new(),
        title,
        blocks,
        sections: Vec::new(),
    });
    leaf.prop_recursive(2, 4, 2, |inner| {
        (line(), vec(inner, 0..2)).prop_map(|(title, sections)| Section {
            id: String::new(),
            title,
            blocks: Vec::new(),
            sections,
        })
    })
}

/// Random documents: every part has a name of its own and every link leads to one of them, but words are anything.
pub(crate) fn any_document() -> impl Strategy<Value = Document> {
    let document = (line(), line(), vec(section(), 1..3));
    document.prop_map(|(title, subtitle, sections)| {
        names::named(Document {
            title,
            subtitle,
            sections,
        })
    })
}
