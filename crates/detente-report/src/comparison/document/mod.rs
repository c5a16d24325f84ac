//! A comparison as a document, of which every format is a view.

mod behind;
mod beside;

use super::{Comparison, Side};
use crate::document::{
    Block, Column, Composer, Document, Entry, Findings, Form, Ground, Held, Inline, Item, Line,
    Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::dossier::Dossier;

/// The comparison as a document. Numbers and sentences are read in `findings`: the comparison itself, or its JSON form.
pub fn document(found: &Comparison, findings: &dyn Findings) -> Document {
    let dossier = Dossier::default();
    let maker = Maker {
        found,
        read: Composer::new(&dossier, findings),
    };
    let mut sections = vec![maker.sides()];
    sections.extend(maker.model());
    sections.extend(maker.answers());
    sections.extend(maker.causes());
    sections.extend(maker.verdicts());
    sections.extend(maker.packages());
    sections.extend(maker.package_causes());
    sections.extend(maker.claims());
    sections.extend(maker.forecast());
    sections.extend(maker.forecast_causes());
    sections.extend(maker.conflicts());
    sections.extend(maker.notes());
    let mut title = vec![Inline::words("What changed")];
    let called = found
        .b
        .negotiation
        .as_ref()
        .or(found.a.negotiation.as_ref());
    if let Some(called) = called {
        title.extend([Inline::words(": "), Inline::name(called)]);
    }
    Document {
        title,
        subtitle: Vec::new(),
        sections,
    }
}

struct Maker<'a> {
    found: &'a Comparison,
    read: Composer<'a>,
}

/// A value that may not be there.
const NONE: &str = "\u{2013}";

fn column(title: &'static str, numeric: bool) -> Column {
    Column {
        title: vec![Inline::words(title)],
        numeric,
    }
}

fn row(cells: Vec<Line>) -> Row {
    Row { id: None, cells }
}

impl Maker<'_> {
    fn value(&self, at: &Pointer) -> Option<Held<'static>> {
        self.read.at(at).filter(|value| *value != Held::Null)
    }

    /// A text of the finding, or a dash.
    fn told(&self, at: &Pointer) -> Line {
        match self.value(at) {
            Some(_) => vec![self.read.told(at)],
            None => vec![Inline::words(NONE)],
        }
    }

    /// A number of the finding, or a dash.
    fn number(&self, at: &Pointer, form: Form) -> Line {
        match self.value(at) {
            Some(_) => vec![self.read.number(at, form)],
            None => vec![Inline::words(NONE)],
        }
    }

    /// A sentence that the finding tells, with its full stop.
    fn sentence(&self, rule: &'static str, at: &Pointer) -> Sentence {
        let ends = self
            .value(at)
            .is_some_and(|told| told.as_str().is_some_and(|text| text.ends_with('.')));
        let sentence = Sentence::new(rule).part(self.read.told(at));
        let sentence = if ends { sentence } else { sentence.words(".") };
        sentence.on(Ground::Stated(at.clone()))
    }

    /// How many elements a list has; 0 where there is none.
    fn length(&self, list: &Pointer) -> usize {
        self.value(list).and_then(|held| held.size()).unwrap_or(0)
    }

    /// A sentence for every text of a list.
    fn items(&self, rule: &'static str, list: &Pointer, field: Option<&str>) -> Vec<Item> {
        let count = self.length(list);
        let at = |place: usize| {
            let element = list.index(place);
            field.map_or(element.clone(), |field| element.key(field))
        };
        (0..count)
            .map(|place| Item {
                sentences: vec![self.sentence(rule, &at(place))],
                items: Vec::new(),
            })
            .collect()
    }

    fn list(&self, rule: &'static str, list: &Pointer, field: Option<&str>) -> Option<Block> {
        let items = self.items(rule, list, field);
        (!items.is_empty()).then_some(Block::List {
            ordered: false,
            items,
        })
    }

    fn sides(&self) -> Section {
        let mut section = Section::new("compared", "What is compared");
        let one = |name: &'static str, key: &str, side: &Side| {
            let at = Pointer::to(key);
            let variants = (0..side.variants.len()).map(|v| at.key("variants").index(v));
            let mut applied: Line = Vec::new();
            for variant in variants {
                if !applied.is_empty() {
                    applied.push(Inline::words(", "));
                }
                applied.push(self.read.told(&variant));
            }
            if applied.is_empty() {
                applied.push(Inline::words(NONE));
            }
            row(vec![
                vec![Inline::words(name)],
                self.told(&at.key("file")),
                self.told(&at.key("negotiation")),
                self.told(&at.key("as_of")),
                applied,
            ])
        };
        section.blocks.push(Block::Table(Table {
            id: anchor::table("compared"),
            caption: vec![Inline::words("What is compared; changes lead from A to B")],
            columns: vec![
                column("side", false),
                column("file", false),
                column("negotiation", false),
                column("as of", false),
                column("variants", false),
            ],
            rows: vec![one("A", "a", &self.found.a), one("B", "b", &self.found.b)],
        }));
        if self.found.same {
            let same = Sentence::new("comparison.same").words("There is no difference.");
            section.paragraph(vec![same.on(Ground::Stated(Pointer::to("same")))]);
        }
        section
    }

    fn model(&self) -> Option<Section> {
        let model = self.found.model.as_ref()?;
        if model.changes.is_empty() && model.renamed.is_empty() {
            return None;
        }
        let mut section = Section::new("model", "What changed in the model");
        let at = Pointer::to("model");
        let renamed = self.list("comparison.renamed", &at.key("renamed"), Some("text"));
        section.blocks.extend(renamed);
        let rows = model.changes.iter().enumerate().map(|(place, change)| {
            let of = at.key("changes").index(place);
            let bears = if change.bears { "yes" } else { "no" };
            Row {
                id: Some(format!("change-{}", change.number)),
                cells: vec![
                    self.number(&of.key("number"), Form::Whole),
                    self.told(&of.key("text")),
                    vec![Inline::words(bears)],
                ],
            }
        });
        section.blocks.push(Block::Table(Table {
            id: anchor::table("changes"),
            caption: vec![Inline::words(
                "The changes, and whether what holds and what is reached can depend on them",
            )],
            columns: vec![
                column("number", true),
                column("change", false),
                column("bears on answers", false),
            ],
            rows: rows.collect(),
        }));
        Some(section)
    }

    fn answers(&self) -> Option<Section> {
        let answers = self.found.answers.as_ref()?;
        let at = Pointer::to("answers");
        let mut section = Section::new("answers", "What changed in the answers");
        if !answers.changed {
            let none = Sentence::new("comparison.unchanged")
                .words("No answer about the conflict changed.")
                .on(Ground::Stated(at.key("changed")));
            section.paragraph(vec![none]);
            return Some(section);
        }
        if let Some(held) = &answers.held {
            let of = at.key("held");
            let length = |key: &str| self.read.number(&of.key(key), Form::Length);
            let sentence = Sentence::new("comparison.held")
                .words("Of the states that hold by the concept ")
                .part(Inline::Code(answers.main.clone()))
                .words(", ")
                .part(length("gone"))
                .words(" hold in A only, ")
                .part(length("new"))
                .words(" in B only, and ")
                .part(length("kept"))
                .words(" in both.")
                .on(Ground::Stated(of.clone()));
            section.paragraph(vec![sentence]);
            let mut rows = Vec::new();
            let lists = [("gone", "A only", &held.gone), ("new", "B only", &held.new)];
            for (key, word, list) in lists {
                for place in 0..list.len() {
                    rows.push(self.state_row(word, &of.key(key).index(place)));
                }
            }
            if !rows.is_empty() {
                section.blocks.push(Block::Table(Table {
                    id: anchor::table("held"),
                    caption: vec![Inline::words("States that hold in one of the two only")],
                    columns: vec![
                        column("holds in", false),
                        column("number in A", true),
                        column("number in B", true),
                        column("class", false),
                        column("what is on", false),
                    ],
                    rows,
                }));
            }
        }
        section.blocks.push(self.concepts(&at));
        section.blocks.extend(self.classes(&at));
        Some(section)
    }

    fn state_row(&self, word: &'static str, at: &Pointer) -> Row {
        row(vec![
            vec![Inline::words(word)],
            self.number(&at.key("a"), Form::Whole),
            self.number(&at.key("b"), Form::Whole),
            self.told(&at.key("class")),
            self.on(&at.key("on")),
        ])
    }

    /// What is on, with commas.
    fn on(&self, at: &Pointer) -> Line {
        let count = self.value(at).and_then(|held| held.size()).unwrap_or(0);
        let mut line = Vec::new();
        for place in 0..count {
            if place > 0 {
                line.push(Inline::words(", "));
            }
            line.push(self.read.told(&at.index(place)));
        }
        if line.is_empty() {
            line.push(Inline::words("nothing on"));
        }
        line
    }

    fn concepts(&self, at: &Pointer) -> Block {
        let list = at.key("concepts");
        let count = self.value(&list).and_then(|held| held.size()).unwrap_or(0);
        let rows = (0..count).map(|place| {
            let of = list.index(place);
            row(vec![
                self.told(&of.key("concept")),
                self.number(&of.key("count").key("a"), Form::Whole),
                self.number(&of.key("count").key("b"), Form::Whole),
                self.number(&of.key("equilibria").key("gone"), Form::Length),
                self.number(&of.key("equilibria").key("new"), Form::Length),
            ])
        });
        Block::Table(Table {
            id: anchor::table("equilibria"),
            caption: vec![Inline::words("Equilibria by concept")],
            columns: vec![
                column("concept", false),
                column("A", true),
                column("B", true),
                column("gone", true),
                column("new", true),
            ],
            rows: rows.collect(),
        })
    }

    fn classes(&self, at: &Pointer) -> Option<Block> {
        let answers = self.found.answers.as_ref()?;
        let way = |way: &Option<String>| -> Line {
            vec![Inline::words(
                way.as_deref()
                    .map_or(NONE, crate::comparison::words::way_in_words),
            )]
        };
        let rows: Vec<Row> = answers
            .classes
            .iter()
            .enumerate()
            .filter(|(_, class)| class.changed)
            .map(|(place, class)| {
                let of = at.key("classes").index(place);
                let number =
                    |field: &str, side: &str| self.number(&of.key(field).key(side), Form::Whole);
                row(vec![
                    self.told(&of.key("class")),
                    number("states", "a"),
                    number("states", "b"),
                    number("held", "a"),
                    number("held", "b"),
                    way(&class.reached.a),
                    way(&class.reached.b),
                ])
            })
            .collect();
        (!rows.is_empty()).then(|| {
            Block::Table(Table {
                id: anchor::table("classes"),
                caption: vec![Inline::words("Classes of which something changed")],
                columns: vec![
                    column("class", false),
                    column("states in A", true),
                    column("states in B", true),
                    column("hold in A", true),
                    column("hold in B", true),
                    column("reached in A", false),
                    column("reached in B", false),
                ],
                rows,
            })
        })
    }

    fn verdicts(&self) -> Option<Section> {
        let answers = self.found.answers.as_ref()?;
        if answers.verdicts.is_empty() {
            return None;
        }
        let mut section = Section::new("verdicts", "For whom, and why");
        let entries = (0..answers.verdicts.len()).map(|place| {
            let of = Pointer::to("answers").key("verdicts").index(place);
            let mut term = self.told(&of.key("party"));
            term.push(Inline::words(": "));
            term.extend(self.on(&of.key("state").key("on")));
            let mut blocks = Vec::new();
            for (word, side) in [("In A: ", "a"), ("In B: ", "b")] {
                let told = of.key("verdict").key(side);
                let mut claim = self.sentence("comparison.verdict", &told.key("claim"));
                claim.parts.insert(0, Inline::words(word));
                blocks.push(Block::Paragraph(vec![claim]));
                blocks.extend(self.list("comparison.reason", &told.key("reasons"), None));
            }
            Entry {
                id: format!("verdict-{place}"),
                term,
                blocks,
            }
        });
        section.blocks.push(Block::Entries(entries.collect()));
        Some(section)
    }

    fn notes(&self) -> Option<Section> {
        let mut section = Section::new("notes", "What is to be kept in mind");
        let list = self.list("comparison.note", &Pointer::to("notes"), None)?;
        section.blocks.push(list);
        Some(section)
    }
}
