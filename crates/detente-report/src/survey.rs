//! The findings of a survey, as serialisable values and as text.

use detente_analysis::Stop;
use detente_analysis::model::Model;
use detente_analysis::model::model::Assignment;
use detente_analysis::space::Size;
use detente_analysis::survey::{self, Choice, Survey as Found, choice};
use indexmap::IndexMap;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::style::{Look, Page};
use crate::words;

/// What a survey of a conflict that is too large to list found.
///
/// Counts of states are decimal numbers in text, because they can be larger than any number type.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Survey {
    /// What this is: `detente-survey/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// The engine that found it, why, and what it was expected to take.
    pub engine: EngineChoice,
    /// The parties, in order.
    pub parties: Vec<String>,
    /// The options, in order, such as `US.relief`.
    pub options: Vec<String>,
    /// All combinations of options; `null` beyond 2^128.
    pub raw: Option<String>,
    /// Feasible states.
    pub feasible: String,
    /// The outcome classes, in order, last the states of no class (`null`), with the number of states
    /// counted under each.
    pub classes: Vec<ClassCount>,
    /// For each concept how many states hold.
    pub concepts: IndexMap<String, ConceptCounts>,
    /// Concepts that were not computed, and why.
    pub not_computed: IndexMap<String, String>,
    /// What the equilibria of the main concept are like; `null` when they are not known.
    pub portrait: Option<Portrait>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// The engine that was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EngineChoice {
    /// `explicit`, `closed-form` or `symbolic`.
    pub name: String,
    /// Why this one.
    pub because: String,
    /// Expected seconds on one core; `null` where that cannot be said beforehand.
    pub expected_seconds: Option<f64>,
    /// Expected bytes of memory; `null` where that cannot be said beforehand.
    pub expected_bytes: Option<u64>,
}

/// The states of an outcome class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassCount {
    /// Its name; `null` stands for the states of no class.
    pub name: Option<String>,
    /// How many states are counted under it.
    pub states: String,
}

/// How many states hold under a concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConceptCounts {
    /// How many states are stable for every party.
    pub equilibria: String,
    /// Of these, how many each class counts, in the order of `classes`.
    pub by_class: Vec<String>,
    /// How many states are stable for each party.
    pub stable: IndexMap<String, String>,
}

/// What the equilibria of a concept are like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Portrait {
    /// The concept.
    pub concept: String,
    /// The first of them, by number.
    pub first: Vec<Equilibrium>,
    /// What is the same in all of them, such as `US.relief` or `not US.relief`.
    pub fixed: Vec<String>,
    /// The one nearest to the status quo; `null` without a status quo or equilibria.
    pub nearest: Option<Nearest>,
    /// For each party the equilibrium that it likes best, the first such by number.
    pub best: IndexMap<String, Equilibrium>,
    /// For each party the equilibrium that it likes least, the first such by number.
    pub worst: IndexMap<String, Equilibrium>,
}

/// The equilibrium nearest to the status quo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nearest {
    /// In how many options they differ.
    pub distance: usize,
    /// The equilibrium.
    pub equilibrium: Equilibrium,
}

/// An equilibrium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Equilibrium {
    /// `Y` and `N`, first option first.
    pub yn: String,
    /// The options that are on: `US.relief`, `US.drills is cancel`.
    pub on: Vec<String>,
    /// The class under which it is counted.
    pub class: Option<String>,
    /// For each party by how many rank steps it holds: 0 when one step less breaks it, `null` when the
    /// party cannot leave it. Empty when margins were not computed.
    pub margins: IndexMap<String, Option<i64>>,
}

/// The serialisable form of a survey.
pub fn finding(
    model: &Model,
    found: &Found,
    choice: &Choice,
    variants: &[String],
    stop: Option<&Stop>,
) -> Survey {
    let names = |model: &Model| model.parties.iter().map(|p| p.name.clone()).collect();
    let digits = |numbers: &[BigUint]| numbers.iter().map(ToString::to_string).collect();
    let classes = model.classes.iter().map(|c| Some(c.name.clone()));
    let prospect = choice.prospect(found.engine);
    let concepts = found.summaries.iter().map(|summary| {
        let stable = model.parties.iter().zip(&summary.stable);
        let counts = ConceptCounts {
            equilibria: summary.equilibria.to_string(),
            by_class: digits(&summary.by_class),
            stable: stable
                .map(|(p, n)| (p.name.clone(), n.to_string()))
                .collect(),
        };
        (build::name_of(model, summary.concept), counts)
    });
    let unanswered = found.unanswered.iter();
    let portrait = found.portrait.as_ref().map(|portrait| {
        let by_party = |list: &[survey::Shown]| {
            let pairs = model.parties.iter().zip(list);
            pairs
                .map(|(p, s)| (p.name.clone(), equilibrium(model, s)))
                .collect()
        };
        Portrait {
            concept: build::name_of(model, portrait.concept),
            first: portrait
                .first
                .iter()
                .map(|s| equilibrium(model, s))
                .collect(),
            fixed: portrait
                .fixed
                .iter()
                .map(|(o, level)| detente_analysis::describe::plain_setting(model, *o, *level))
                .collect(),
            nearest: portrait.nearest.as_ref().map(|(distance, s)| Nearest {
                distance: *distance,
                equilibrium: equilibrium(model, s),
            }),
            best: by_party(&portrait.best),
            worst: by_party(&portrait.worst),
        }
    });
    Survey {
        format: "detente-survey/1".to_owned(),
        negotiation: model.title.clone(),
        as_of: model.as_of.map(|d| d.to_string()),
        variants: variants.to_vec(),
        engine: EngineChoice {
            name: found.engine.name().to_owned(),
            because: choice.because.clone(),
            expected_seconds: prospect.and_then(|p| p.seconds),
            expected_bytes: prospect.and_then(|p| p.bytes),
        },
        parties: names(model),
        options: model.option_ids().map(|o| model.qualified(o)).collect(),
        raw: Size::of(model).raw.map(|n| n.to_string()),
        feasible: found.feasible.to_string(),
        classes: classes
            .chain([None])
            .zip(&found.classes)
            .map(|(name, n)| ClassCount {
                name,
                states: n.to_string(),
            })
            .collect(),
        concepts: concepts.collect(),
        not_computed: unanswered
            .map(|(c, why)| (build::name_of(model, *c), why.clone()))
            .collect(),
        portrait,
        stopped: stop.map(ToString::to_string),
    }
}

pub(crate) fn equilibrium(model: &Model, shown: &survey::Shown) -> Equilibrium {
    let margins = model.parties.iter().zip(&shown.margins);
    Equilibrium {
        yn: words::yn(model, &shown.state),
        on: words::levels_on(model, &shown.state),
        class: words::class_of(model, &shown.state).map(str::to_owned),
        margins: margins.map(|(p, m)| (p.name.clone(), *m)).collect(),
    }
}

/// A survey as a person reads it in a terminal.
pub fn text(model: &Model, found: &Found, finding: &Survey, look: Look) -> String {
    let mut report = Report {
        model,
        found,
        finding,
        page: Page::new(look),
    };
    report.title();
    report.counts();
    report.portrait();
    report.remarks();
    report.page.finish()
}

struct Report<'a> {
    model: &'a Model,
    found: &'a Found,
    finding: &'a Survey,
    page: Page,
}

impl Report<'_> {
    fn title(&mut self) {
        let model = self.model;
        self.page
            .heading(&words::title(model, &self.finding.variants));
        let mut facts = Vec::new();
        if let Some(date) = model.as_of {
            facts.push(format!("as of {date}"));
        }
        facts.push(words::party_count(model.parties.len()));
        facts.push(words::count(model.options.len(), "option"));
        let raw = self.finding.raw.as_deref();
        facts.push(
            raw.map_or("more than 2^128 combinations".to_owned(), |raw| {
                format!("{} combinations", grouped(raw))
            }),
        );
        facts.push(format!(
            "{} states feasible",
            grouped(&self.finding.feasible)
        ));
        self.page.paragraph(&facts.join(", "));
        let engine = &self.finding.engine;
        let mut expected = Vec::new();
        expected.extend(engine.expected_seconds.map(words::seconds));
        expected.extend(engine.expected_bytes.map(choice::memory));
        let expected = if expected.is_empty() {
            String::new()
        } else {
            format!(" Expected to take {}.", expected.join(" and "))
        };
        self.page.paragraph(&format!(
            "Computed by the {} engine, because {}.{expected}",
            engine.name, engine.because
        ));
        self.page.gap();
    }

    fn counts(&mut self) {
        let Some((_, first)) = self.finding.concepts.first() else {
            return;
        };
        self.page
            .heading("How many states of each outcome would hold");
        self.page.gap();
        let mut header = vec!["outcome".to_owned(), "states".to_owned()];
        header.extend(self.finding.concepts.keys().cloned());
        let mut rows = Vec::new();
        let some_class = first.by_class.len() > 1;
        for (index, class) in self.finding.classes.iter().enumerate() {
            if !some_class || (class.name.is_none() && class.states == "0") {
                continue;
            }
            let name = class
                .name
                .clone()
                .unwrap_or_else(|| "(no class)".to_owned());
            let mut row = vec![name, number(&class.states)];
            for counts in self.finding.concepts.values() {
                row.push(
                    counts
                        .by_class
                        .get(index)
                        .map_or(String::new(), |n| number(n)),
                );
            }
            rows.push(row);
        }
        let mut total = vec!["all".to_owned(), number(&self.finding.feasible)];
        total.extend(
            self.finding
                .concepts
                .values()
                .map(|c| number(&c.equilibria)),
        );
        rows.push(total);
        let right = vec![true; header.len()];
        let right: Vec<bool> = right
            .into_iter()
            .enumerate()
            .map(|(i, r)| r && i > 0)
            .collect();
        self.page.table(&header, &rows, &right);
        self.page
            .heading("How many states are stable for each party");
        self.page.gap();
        let mut header = vec!["party".to_owned()];
        header.extend(self.finding.concepts.keys().cloned());
        let rows: Vec<Vec<String>> = self
            .finding
            .parties
            .iter()
            .map(|party| {
                let counts = self.finding.concepts.values();
                let cells =
                    counts.map(|c| c.stable.get(party).map_or(String::new(), |n| number(n)));
                std::iter::once(party.clone()).chain(cells).collect()
            })
            .collect();
        let right: Vec<bool> = (0..header.len()).map(|i| i > 0).collect();
        self.page.table(&header, &rows, &right);
    }

    fn portrait(&mut self) {
        let (Some(portrait), Some(found)) = (&self.finding.portrait, &self.found.portrait) else {
            return;
        };
        let name = found.concept.info().name;
        let total = self
            .found
            .summary(found.concept)
            .map_or_else(String::new, |s| s.equilibria.to_string());
        self.page
            .heading(&format!("The equilibria: {name} ({})", portrait.concept));
        self.page.gap();
        if portrait.first.is_empty() {
            self.page.paragraph("There is none.");
            return;
        }
        if !portrait.fixed.is_empty() {
            let fixed = format!("In all of them: {}.", portrait.fixed.join(", "));
            self.page.paragraph(&fixed);
            self.page.gap();
        }
        let say = |shown: &survey::Shown| described(self.model, &shown.state);
        let mut lines = Vec::new();
        if let Some((distance, nearest)) = &found.nearest {
            let how = match distance {
                0 => "the status quo itself".to_owned(),
                1 => "one option away".to_owned(),
                n => format!("{n} options away"),
            };
            lines.push(format!(
                "Nearest to the status quo ({how}): {}",
                say(nearest)
            ));
        }
        for (party, shown) in self.model.parties.iter().zip(&found.best) {
            lines.push(format!("Best for {}: {}", party.name, say(shown)));
        }
        for (party, shown) in self.model.parties.iter().zip(&found.worst) {
            lines.push(format!("Worst for {}: {}", party.name, say(shown)));
        }
        for line in &lines {
            self.page.hanging("", "  ", line);
        }
        if !lines.is_empty() {
            self.page.gap();
        }
        let shown = found.first.len();
        if found.first.iter().any(|s| !s.margins.is_empty()) {
            self.page.paragraph(words::ABOUT_MARGINS);
            self.page.gap();
        }
        self.page.paragraph(&if total == shown.to_string() {
            "All of them, by number:".to_owned()
        } else {
            format!("The first {shown} of {}, by number:", grouped(&total))
        });
        self.page.gap();
        for (listed, shown) in portrait.first.iter().zip(&found.first) {
            self.page
                .hanging("  ", "      ", &described(self.model, &shown.state));
            let margins: Vec<(&str, Option<i64>)> = listed
                .margins
                .iter()
                .map(|(p, m)| (p.as_str(), *m))
                .collect();
            if let Some(margins) = words::margins(&margins) {
                self.page.hanging("      ", "      ", &margins);
            }
        }
    }

    fn remarks(&mut self) {
        if self.finding.not_computed.is_empty() && self.finding.stopped.is_none() {
            return;
        }
        self.page.heading("Remarks");
        self.page.gap();
        for (concept, why) in &self.finding.not_computed {
            let line = format!("`{concept}` was not computed: {why}.");
            self.page.hanging("  - ", "    ", &line);
        }
        if let Some(stopped) = &self.finding.stopped {
            let line = format!("The computation is not complete: {stopped}.");
            self.page.hanging("  - ", "    ", &line);
        }
    }
}

/// `small deal; US: sign, relief; DPRK: sign`.
pub(crate) fn described(model: &Model, state: &Assignment) -> String {
    let on = words::levels_by_party(model, state);
    let on = if on.is_empty() {
        "nothing on".to_owned()
    } else {
        on
    };
    match words::class_of(model, state) {
        Some(class) => format!("{class}; {on}"),
        None => on,
    }
}

/// A count in a table: exact up to seven digits, beyond that in powers of ten.
fn number(digits: &str) -> String {
    match digits {
        "0" => "-".to_owned(),
        few if few.len() <= 9 => few.to_owned(),
        many => {
            let (head, rest) = many.split_at(1);
            format!("{head}.{}e{}", &rest[..2], rest.len())
        }
    }
}

/// A count in a sentence: in groups of three digits up to eighteen, beyond that in powers of ten.
pub(crate) fn grouped(digits: &str) -> String {
    if digits.len() > 18 {
        return format!("about {}", number(digits));
    }
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
