//! Documents for the tests of renderers: a rich one made by hand, and random ones whose names are hostile.

mod names;
mod pairs;
mod random;

use detente_report::document::{
    Block, Column, Document, Entry, Figure, Form, Ground, Inline, Item, Number, Pointer, Row,
    Section, Sentence, Table,
};
use detente_report::picture::Picture;
use serde_json::{Value, json};
use svg::node::element::{Circle, Description, Rectangle, Text, Title};

pub(crate) use self::pairs::pairs;
pub(crate) use self::random::any_document;

/// Findings that grow with the document that is made of them.
#[derive(Default)]
struct Maker {
    values: Vec<Value>,
    texts: Vec<Value>,
}

impl Maker {
    fn number(&mut self, value: Value, form: Form) -> Inline {
        let from = Pointer::to("values").index(self.values.len());
        let shown = form.show(&value).expect("a value of this form");
        self.values.push(value);
        Inline::Number(Number { shown, from, form })
    }

    fn whole(&mut self, value: usize) -> Inline {
        self.number(json!(value), Form::Whole)
    }

    fn share(&mut self, value: f64) -> Inline {
        self.number(json!(value), Form::Percent(0))
    }

    fn name(&mut self, name: &str) -> Inline {
        self.texts.push(json!(name));
        Inline::name(name)
    }

    fn told(&mut self, text: &str) -> Inline {
        let from = Pointer::to("texts").index(self.texts.len());
        self.texts.push(json!(text));
        let text = text.to_owned();
        Inline::Told { text, from }
    }

    fn quote(&mut self, text: &str) -> Inline {
        self.texts.push(json!(text));
        Inline::Quote(text.to_owned())
    }

    fn code(&mut self, text: &str) -> Inline {
        self.texts.push(json!(text));
        Inline::Code(text.to_owned())
    }

    fn json(self) -> Value {
        json!({ "made_by": "detente 0.1.0", "values": self.values, "texts": self.texts })
    }
}

/// Names that an author may well write, and some that nobody should.
const NAMES: [&str; 9] = [
    "Upstream",
    "Downstream",
    "\u{627}\u{644}\u{623}\u{631}\u{62f}\u{646}",
    "\u{6cb3}\u{6d41}\u{59d4}\u{5458}\u{4f1a}",
    "Ministry <of> \"Water\" & 'Sons'",
    "\u{202e}Backwards\u{200b}House",
    "Commission for the Navigation and the Protection of the River and of its Many Tributaries",
    "<script>alert(1)</script>]]>",
    "\u{7}bell and \u{0}nothing",
];

/// A document with every kind of block, a long and a wide table and three pictures, and the findings behind it.
pub(crate) fn rich() -> (Document, Value) {
    let mut make = Maker::default();
    let sections = vec![
        question(&mut make),
        answer(&mut make),
        outcomes(&mut make),
        pictures(&mut make),
        doubts(&mut make),
        witnesses(&mut make),
        sources(&mut make),
    ];
    let document = Document {
        title: vec![make.name("The dam at the upper gorge")],
        subtitle: vec![
            Inline::words("as of "),
            make.number(json!("2019-03-05"), Form::AsIs),
            Inline::words(", variant "),
            make.name("late treaty"),
        ],
        sections,
    };
    (document, make.json())
}

fn question(make: &mut Maker) -> Section {
    let mut section = Section::new("question", "The question");
    section.paragraph(vec![
        Sentence::new("question.parties")
            .part(make.whole(2))
            .words(" parties, ")
            .part(make.name(NAMES[0]))
            .words(" and ")
            .part(make.name(NAMES[2]))
            .words(", decide over ")
            .part(make.whole(5))
            .words(" options, which leave ")
            .part(make.whole(24))
            .words(" states that can be.")
            .see("table-states"),
        Sentence::new("question.start")
            .words("Today they stand at ")
            .part(Inline::link("state-3", vec![make.whole(3)]))
            .words(", where ")
            .part(make.code("Upstream.build and not Downstream.sign"))
            .words(".")
            .on(Ground::Stated(Pointer::to("values").index(0))),
    ]);
    section.blocks.push(Block::List {
        ordered: false,
        items: NAMES.iter().map(|name| wish(make, name)).collect(),
    });
    section
}

fn wish(make: &mut Maker, name: &str) -> Item {
    let says = Sentence::new("question.wants")
        .part(Inline::Strong(vec![make.name(name)]))
        .words(" wants ")
        .part(make.quote("water, and what comes with it"))
        .words(".")
        .on(source(Some("\u{b6}5")));
    let below = Sentence::new("question.before")
        .words("Before that it wants ")
        .part(make.code("peace"))
        .words(".")
        .on(source(None));
    Item {
        sentences: vec![says],
        items: vec![Item {
            sentences: vec![below],
            items: Vec::new(),
        }],
    }
}

fn source(passage: Option<&str>) -> Ground {
    Ground::Source {
        anchor: "source-0".to_owned(),
        name: "article".to_owned(),
        passage: passage.map(str::to_owned),
    }
}

fn answer(make: &mut Maker) -> Section {
    let mut section = Section::new("answer", "The answer");
    for _ in 0..3 {
        section.paragraph(vec![
            Sentence::new("answer.count")
                .words("Of the states, ")
                .part(make.whole(2))
                .words(" would hold under ")
                .part(make.code("seq"))
                .words(": nobody who can leave them gains by it when the others answer.")
                .moves("verdict-0-3")
                .see("table-states"),
            Sentence::new("answer.likely")
                .words("The more probable is ")
                .part(make.name("a treaty of words"))
                .words(", with ")
                .part(make.share(0.62))
                .words(" of the histories; ")
                .part(make.told("the rest end before the flood season"))
                .words(".")
                .see("picture-wide"),
            Sentence::new("answer.why")
                .words("Whoever breaks it is answered within ")
                .part(make.whole(2))
                .words(" moves.")
                .moves("verdict-1-3")
                .on(source(Some("\u{b6}12")))
                .on(source(Some("page 240, note 3"))),
        ]);
    }
    section.blocks.push(Block::List {
        ordered: true,
        items: vec![wish(make, NAMES[1]), wish(make, NAMES[6])],
    });
    let mut inner = Section::new("answer-firm", "How firm it is");
    inner.paragraph(vec![
        Sentence::new("answer.margin")
            .words("It takes ")
            .part(make.number(json!(-1), Form::Signed))
            .words(" ranks to break it, and ")
            .part(make.number(json!(0.042), Form::Points(1)))
            .words(" points of doubt.")
            .see("answer"),
    ]);
    section.sections.push(inner);
    section
}

fn outcomes(make: &mut Maker) -> Section {
    let mut section = Section::new("outcomes", "All outcomes");
    let mut columns = vec![Column {
        title: vec![Inline::words("State")],
        numeric: true,
    }];
    for place in 0..11 {
        let numeric = place % 3 == 2;
        let title = match place % 3 {
            0 => make.name(NAMES[place % NAMES.len()]),
            1 => Inline::words("Verdict"),
            _ => Inline::words("Worth"),
        };
        let title = vec![title];
        columns.push(Column { title, numeric });
    }
    let rows = (1..=60).map(|state| {
        let mut cells = vec![vec![make.whole(state)]];
        for place in 0..11 {
            cells.push(match place % 3 {
                0 => vec![make.name("vague text of a treaty")],
                1 if state % 7 == 0 => Vec::new(),
                1 => vec![Inline::words("holds")],
                _ => vec![make.number(json!(state as f64 / 7.0), Form::Decimals(2))],
            });
        }
        let id = Some(format!("state-{state}"));
        Row { id, cells }
    });
    let rows = rows.collect();
    section.blocks.push(Block::Table(Table {
        id: "table-states".to_owned(),
        caption: vec![Inline::words(
            "All states with what holds in them, and what each is worth to whom",
        )],
        columns,
        rows,
    }));
    let rows = NAMES.iter().map(|name| Row {
        id: None,
        cells: vec![vec![make.name(name)], vec![make.share(0.25)]],
    });
    let rows = rows.collect();
    section.blocks.push(Block::Table(Table {
        id: "table-parties".to_owned(),
        caption: vec![Inline::words("How often each party moves")],
        columns: vec![
            Column {
                title: vec![Inline::words("Party")],
                numeric: false,
            },
            Column {
                title: vec![Inline::words("Share of moves")],
                numeric: true,
            },
        ],
        rows,
    }));
    section
}

fn pictures(make: &mut Maker) -> Section {
    let mut section = Section::new("pictures", "Pictures");
    for (kind, width, height) in [
        ("wide", 1400, 360),
        ("small", 300, 200),
        ("tall", 640, 1500),
    ] {
        section.blocks.push(Block::Figure(Figure {
            id: format!("picture-{kind}"),
            picture: picture(kind, "What was drawn", width, height, &NAMES),
            caption: vec![
                Sentence::new("picture.says")
                    .words("Each mark is an outcome; ")
                    .part(make.whole(9))
                    .words(" are shown.")
                    .see("table-states"),
            ],
        }));
    }
    section
}

fn doubts(make: &mut Maker) -> Section {
    let mut section = Section::new("doubts", "What we do not know");
    let long = "Upstream".repeat(38);
    section.paragraph(vec![
        Sentence::new("doubt.name")
            .words("Nobody has said what ")
            .part(make.name(&long))
            .words(" prefers, nor ")
            .part(make.quote(NAMES[7]))
            .words(", nor ")
            .part(make.code(&long))
            .words(".")
            .on(Ground::Stated(Pointer::to("texts").index(0))),
    ]);
    section.blocks.push(Block::Code {
        language: "detente",
        text: make.told("variant treaty {\n    Upstream prefers peace > dam & \"war\"\n}\n"),
    });
    section
}

fn witnesses(make: &mut Maker) -> Section {
    let mut section = Section::new("witnesses", "What proves it");
    let entries = (0..2).map(|party| Entry {
        id: format!("verdict-{party}-3"),
        term: vec![
            make.name(NAMES[party]),
            Inline::words(" at state "),
            Inline::link("state-3", vec![make.whole(3)]),
        ],
        blocks: vec![
            Block::Paragraph(vec![
                Sentence::new("witness.move")
                    .words("Every way out is answered.")
                    .see("state-3"),
            ]),
            Block::List {
                ordered: true,
                items: vec![wish(make, NAMES[0])],
            },
        ],
    });
    let entries = entries.collect();
    section.blocks.push(Block::Entries(entries));
    section
}

fn sources(make: &mut Maker) -> Section {
    let mut section = Section::new("sources", "Sources");
    let url = "https://example.org/a/very/long/address/of/an/article?with=a&query=1#and-a-fragment";
    let title = make.name("article");
    let shown = make.name(url);
    section.blocks.push(Block::Entries(vec![Entry {
        id: "source-0".to_owned(),
        term: vec![title],
        blocks: vec![Block::Paragraph(vec![
            Sentence::new("source.says")
                .part(make.quote("The river knows no border, and \u{5d0}\u{5d1}\u{5d2} neither"))
                .words(", in ")
                .part(Inline::Away {
                    url: url.to_owned(),
                    parts: vec![shown],
                })
                .words(" and ")
                .part(Inline::Away {
                    url: "https://example.org/short".to_owned(),
                    parts: vec![Inline::words("elsewhere")],
                })
                .words(".")
                .on(Ground::Stated(Pointer::to("texts").index(0))),
        ])],
    }]));
    section
}

/// A picture with a text for each name, below each other in columns.
pub(crate) fn picture<T: AsRef<str>>(
    kind: &'static str,
    title: &str,
    width: usize,
    height: usize,
    names: &[T],
) -> Picture {
    let says = "Marks with the names of what they stand for.";
    let mut sheet = svg::Document::new()
        .set("viewBox", (0, 0, width, height))
        .set("width", width)
        .set("height", height)
        .set("role", "img")
        .set("font-family", "Helvetica, Arial, sans-serif")
        .add(Title::new(title))
        .add(Description::new().add(svg::node::Text::new(says)))
        .add(
            Rectangle::new()
                .set("width", width)
                .set("height", height)
                .set("fill", "#fff"),
        )
        .add(
            Circle::new()
                .set("id", "mark")
                .set("cx", 12)
                .set("cy", 12)
                .set("r", 6),
        );
    for (place, name) in names.iter().enumerate() {
        let x = 30 + place / 9 * 280;
        let y = 20 + place % 9 * 20;
        let text = Text::new(name.as_ref())
            .set("x", x)
            .set("y", y)
            .set("font-size", 12)
            .set("textLength", 200)
            .set("lengthAdjust", "spacingAndGlyphs");
        let link = svg::node::element::Use::new()
            .set("href", "#mark")
            .set("y", y);
        sheet = sheet.add(text).add(link);
    }
    Picture {
        kind,
        title: title.to_owned(),
        says: says.to_owned(),
        svg: sheet.to_string(),
    }
}

#[test]
fn the_rich_document_is_sound() {
    let (document, json) = rich();
    let faults = detente_report::document::check(&document, &json);
    assert!(faults.is_empty(), "{faults:?}");
}
