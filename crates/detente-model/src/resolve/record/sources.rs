//! Sources: their days, grades, and which of them only repeat another.

use std::collections::HashMap;

use detente_syntax::Diagnostic;
use detente_syntax::ast;

use super::super::{Resolver, scope::suggest};
use crate::codes;
use crate::model::{Grade, Source};

impl Resolver<'_> {
    /// The sources, with what is known of them.
    pub(in super::super) fn sources(&mut self) -> Vec<Source> {
        let document = self.document;
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut sources: Vec<Source> = Vec::with_capacity(document.sources.len());
        for source in &document.sources {
            if places.contains_key(source.name.as_str()) {
                self.out.push(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        format!("source `{}` is declared twice", source.name),
                    )
                    .at(source.name.span(), ""),
                );
            }
            places.entry(source.name.as_str()).or_insert(sources.len());
            let property = |key: &str| source.properties.get(key);
            let date = property("date").and_then(|date| {
                let parsed = date.parse().ok();
                if parsed.is_none() {
                    self.out.push(
                        Diagnostic::error(
                            codes::BAD_DATE,
                            format!("`{date}` is no day of the calendar"),
                        )
                        .at(source.place.0, ""),
                    );
                }
                parsed
            });
            let grade = property("grade").and_then(|text| self.grade(source, text));
            if let Some(holds) = property("holds")
                && !matches!(holds.as_str(), "notes" | "text")
            {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_SOURCE,
                        format!("the file of source `{}` holds `{holds}`", source.name),
                    )
                    .at(source.place.0, "")
                    .hint("write `holds notes` for notes on the source, or `holds text`"),
                );
            }
            sources.push(Source {
                name: source.name.text.clone(),
                title: source.title.clone(),
                date,
                kind: property("kind").cloned(),
                file: property("file").cloned(),
                notes: property("holds").is_some_and(|h| h == "notes"),
                republishes: None,
                grade,
                properties: source.properties.clone(),
            });
        }
        let originals: Vec<Option<usize>> = document
            .sources
            .iter()
            .map(|source| self.original(source, &places))
            .collect();
        for (source, original) in sources.iter_mut().zip(&originals) {
            source.republishes = *original;
        }
        self.circles(&originals);
        sources
    }

    fn grade(&mut self, source: &ast::Source, text: &str) -> Option<Grade> {
        let grade = Grade::read(text);
        if grade.is_none() {
            self.out.push(
                Diagnostic::error(
                    codes::BAD_SOURCE,
                    format!("`{text}` is no grade of source `{}`", source.name),
                )
                .at(source.place.0, "")
                .hint(
                    "write a letter from A to F for the source, and a digit from 1 to 6 for what it says: \
                     `grade B2`",
                ),
            );
        }
        grade
    }

    /// The source that one repeats.
    fn original(&mut self, source: &ast::Source, places: &HashMap<&str, usize>) -> Option<usize> {
        let name = source.properties.get("republishes")?;
        let found = places.get(name.as_str()).copied();
        if found.is_none() {
            let d = Diagnostic::error(
                codes::BAD_SOURCE,
                format!(
                    "there is no source `{name}` that `{}` could repeat",
                    source.name
                ),
            )
            .at(source.place.0, "");
            let known = self.document.sources.iter().map(|s| s.name.as_str());
            self.out.push(suggest(d, name, known, "sources"));
        }
        found
    }

    /// Reports chains of republications that lead round, once for each round.
    fn circles(&mut self, originals: &[Option<usize>]) {
        let mut told = vec![false; originals.len()];
        for start in 0..originals.len() {
            let mut round = Vec::new();
            let mut at = Some(start);
            while let Some(here) = at
                && !round.contains(&here)
                && !told[here]
            {
                round.push(here);
                at = originals[here];
            }
            for here in &round {
                told[*here] = true;
            }
            let Some(back) = at.and_then(|here| round.iter().position(|r| *r == here)) else {
                continue;
            };
            let names: Vec<String> = round[back..]
                .iter()
                .chain([&round[back]])
                .map(|s| format!("`{}`", self.document.sources[*s].name))
                .collect();
            self.out.push(
                Diagnostic::error(
                    codes::BAD_SOURCE,
                    format!(
                        "sources repeat each other in a circle: {}",
                        names.join(" repeats ")
                    ),
                )
                .at(self.document.sources[round[back]].place.0, "")
                .hint("one of them is the original, and republishes nothing"),
            );
        }
    }
}
