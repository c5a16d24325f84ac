//! Which change is behind what.

use super::{Maker, column, row};
use crate::document::{Block, Form, Ground, Inline, Pointer, Section, Sentence, Table, anchor};

impl Maker<'_> {
    pub(super) fn causes(&self) -> Option<Section> {
        self.answers_causes("answers", "causes", "Which change is behind it")
    }

    pub(super) fn package_causes(&self) -> Option<Section> {
        let title = "Which change is behind what could be agreed";
        self.answers_causes("packages", "package-causes", title)
    }

    /// What is behind the answers of one part of the finding.
    fn answers_causes(
        &self,
        part: &'static str,
        id: &'static str,
        title: &'static str,
    ) -> Option<Section> {
        let at = Pointer::to(part);
        let mut section = Section::new(id, title);
        if self.not_attributed(&at, &mut section) {
            return Some(section);
        }
        let list = at.key("causes").key("answers");
        let count = self.length(&list);
        if count == 0 {
            return None;
        }
        let rows = (0..count).map(|place| {
            let of = list.index(place);
            row(vec![
                self.told(&of.key("answer")),
                self.told(&of.key("text")),
            ])
        });
        section.blocks.extend(self.groups(&at.key("causes")));
        section.blocks.push(Block::Table(Table {
            id: anchor::table(id),
            caption: vec![Inline::words(
                "Changed answers and what is behind them: each change, or group of changes, was made alone to A, and left out alone of B",
            )],
            columns: vec![column("answer", false), column("what is behind it", false)],
            rows: rows.collect(),
        }));
        self.untried(&at.key("causes"), &mut section);
        Some(section)
    }

    pub(super) fn forecast_causes(&self) -> Option<Section> {
        let title = "Which change is behind the probabilities";
        let at = Pointer::to("forecast");
        let mut section = Section::new("forecast-causes", title);
        if self.not_attributed(&at, &mut section) {
            return Some(section);
        }
        let forecast = self.found.forecast.as_ref()?;
        let causes = forecast.causes.as_ref().filter(|c| !c.answers.is_empty())?;
        let at = at.key("causes");
        section.paragraph(vec![self.sentence("comparison.rule", &at.key("rule"))]);
        section.blocks.extend(self.groups(&at));
        let unit = if causes.groups.is_empty() {
            "change"
        } else {
            "group"
        };
        let (mut numbers, mut sets) = (Vec::new(), Vec::new());
        for (place, cause) in causes.answers.iter().enumerate() {
            let of = at.key("answers").index(place);
            let about = || {
                vec![
                    vec![self.read.number(&of.key("day"), Form::AsIs)],
                    self.told(&of.key("class")),
                ]
            };
            for change in 0..cause.changes.len() {
                let one = of.key("changes").index(change);
                let points = |field: &str| self.number(&one.key(field), Form::Points(2));
                let mut cells = about();
                cells.push(self.number(&one.key("change"), Form::Whole));
                cells.extend([points("made"), points("unmade"), points("share")]);
                numbers.push(row(cells));
            }
            let mut cells = about();
            cells.push(self.told(&of.key("text")));
            sets.push(row(cells));
        }
        section.blocks.push(Block::Table(Table {
            id: anchor::table("forecast-causes"),
            caption: vec![Inline::words(
                "What each change does to each probability that differs, in percentage points",
            )],
            columns: vec![
                column("day", false),
                column("class", false),
                column(unit, true),
                column("made", true),
                column("left out", true),
                column("share", true),
            ],
            rows: numbers,
        }));
        section.blocks.push(Block::Table(Table {
            id: anchor::table("forecast-sets"),
            caption: vec![Inline::words(
                "Which changes give the whole difference, up to rounding, and which are needed for it",
            )],
            columns: vec![
                column("day", false),
                column("class", false),
                column("what is behind it", false),
            ],
            rows: sets,
        }));
        if causes.not_shared.is_some() && causes.stopped.is_none() {
            let why = at.key("not_shared");
            let sentence = Sentence::new("comparison.not-shared")
                .words("There are no shares: ")
                .part(self.read.told(&why))
                .words(".");
            section.paragraph(vec![sentence.on(Ground::Stated(why))]);
        }
        self.untried(&at, &mut section);
        Some(section)
    }

    /// The groups in which changes were told apart, where there were too many.
    fn groups(&self, at: &Pointer) -> Option<Block> {
        let list = at.key("groups");
        let count = self.length(&list);
        let rows = (0..count).map(|place| {
            let of = list.index(place);
            row(vec![
                vec![self.read.number(&of.key("number"), Form::Whole)],
                self.told(&of.key("text")),
            ])
        });
        (count > 0).then(|| {
            Block::Table(Table {
                id: anchor::table(&format!("groups{}", at.as_str().replace('/', "-"))),
                caption: vec![Inline::words(
                    "There are too many changes to tell each apart: those about the same were taken together",
                )],
                columns: vec![column("group", true), column("changes", false)],
                rows: rows.collect(),
            })
        })
    }

    /// Says why it was not found out; whether there is something to say.
    fn not_attributed(&self, at: &Pointer, section: &mut Section) -> bool {
        let why = at.key("not_attributed");
        if self.value(&why).is_none() {
            return false;
        }
        let sentence = Sentence::new("comparison.not-attributed")
            .words("That is not said: ")
            .part(self.read.told(&why))
            .words(".");
        section.paragraph(vec![sentence.on(Ground::Stated(why))]);
        true
    }

    /// What could not be tried.
    fn untried(&self, at: &Pointer, section: &mut Section) {
        for (rule, words, key) in [
            (
                "comparison.not-alone",
                "Not to be made alone, for the text would name what is not there: ",
                "not_alone",
            ),
            (
                "comparison.not-omitted",
                "Not to be left out alone, likewise: ",
                "not_omitted",
            ),
        ] {
            let list = at.key(key);
            let count = self.length(&list);
            if count == 0 {
                continue;
            }
            let mut sentence = Sentence::new(rule).words(words);
            for place in 0..count {
                if place > 0 {
                    sentence = sentence.words(", ");
                }
                sentence = sentence.part(self.read.number(&list.index(place), Form::Whole));
            }
            section.paragraph(vec![sentence.words(".").on(Ground::Stated(list))]);
        }
        let stopped = at.key("stopped");
        if self.value(&stopped).is_some() {
            let sentence = Sentence::new("comparison.stopped")
                .words("Not all sets of changes were tried: ")
                .part(self.read.told(&stopped))
                .words(".");
            section.paragraph(vec![sentence.on(Ground::Stated(stopped))]);
        }
    }
}
