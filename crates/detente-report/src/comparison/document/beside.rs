//! What stands beside the conflict: packages, claims, forecasts and contradictions.

use super::{Maker, column, row};
use crate::document::{Block, Form, Ground, Inline, Pointer, Section, Sentence, Table, anchor};

impl Maker<'_> {
    pub(super) fn packages(&self) -> Option<Section> {
        let mut section = Section::new("packages", "What could be agreed");
        let changes = Pointer::to("packages").key("changes");
        section
            .blocks
            .push(self.list("comparison.packages", &changes, Some("text"))?);
        Some(section)
    }

    pub(super) fn claims(&self) -> Option<Section> {
        if self.found.claims.is_empty() {
            return None;
        }
        let mut section = Section::new("claims", "Claims that stand otherwise");
        let rows = (0..self.found.claims.len()).map(|place| {
            let of = Pointer::to("claims").index(place);
            row(vec![
                self.told(&of.key("claim")),
                self.told(&of.key("standing").key("a")),
                self.told(&of.key("standing").key("b")),
            ])
        });
        section.blocks.push(Block::Table(Table {
            id: anchor::table("claims"),
            caption: vec![Inline::words("Claims that stand otherwise")],
            columns: vec![
                column("claim", false),
                column("A", false),
                column("B", false),
            ],
            rows: rows.collect(),
        }));
        Some(section)
    }

    pub(super) fn forecast(&self) -> Option<Section> {
        let forecast = self.found.forecast.as_ref().filter(|f| f.changed)?;
        let mut section = Section::new("forecast", "How probable");
        let at = Pointer::to("forecast");
        let mut rows = Vec::new();
        for (place, day) in forecast.days.iter().enumerate() {
            let day_at = at.key("days").index(place);
            for class in 0..day.classes.len() {
                let of = day_at.key("classes").index(class);
                let share =
                    |side: &str| self.number(&of.key("probability").key(side), Form::Decimals(3));
                rows.push(row(vec![
                    vec![self.read.number(&day_at.key("day"), Form::AsIs)],
                    self.told(&of.key("class")),
                    share("a"),
                    share("b"),
                ]));
            }
        }
        section.blocks.push(Block::Table(Table {
            id: anchor::table("forecast"),
            caption: vec![Inline::words(
                "The probability to be in each class, on the days for which both forecasts answer",
            )],
            columns: vec![
                column("day", false),
                column("class", false),
                column("A", true),
                column("B", true),
            ],
            rows,
        }));
        for (rule, words, key, days) in [
            (
                "comparison.days-a",
                "Only A answers for ",
                "only_a",
                &forecast.only_a,
            ),
            (
                "comparison.days-b",
                "Only B answers for ",
                "only_b",
                &forecast.only_b,
            ),
        ] {
            if days.is_empty() {
                continue;
            }
            let list = at.key(key);
            let mut sentence = Sentence::new(rule).words(words);
            for place in 0..days.len() {
                if place > 0 {
                    sentence = sentence.words(", ");
                }
                sentence = sentence.part(self.read.number(&list.index(place), Form::AsIs));
            }
            section.paragraph(vec![sentence.words(".").on(Ground::Stated(list))]);
        }
        Some(section)
    }

    pub(super) fn conflicts(&self) -> Option<Section> {
        let mut section = Section::new("contradictions", "Contradictions in what is said");
        let at = Pointer::to("conflicts");
        for (rule, words, key) in [
            ("comparison.conflicts-gone", "In A only:", "gone"),
            ("comparison.conflicts-new", "In B only:", "new"),
        ] {
            if let Some(list) = self.list("comparison.conflict", &at.key(key), None) {
                let sentence = Sentence::new(rule).words(words);
                section.paragraph(vec![sentence.on(Ground::Stated(at.key(key)))]);
                section.blocks.push(list);
            }
        }
        (!section.blocks.is_empty()).then_some(section)
    }
}
