//! The evidence as a person reads it in a terminal.

use detente_analysis::evidence::{
    Cited, Conflict, Element, Quotation, Side, SourceUse, Verdict, differences,
};
use detente_model::syntax::quote;

use super::words::{grade, many, source, support, verdict};
use super::{Found, Ledger, commitments, finding, short};
use crate::style::{Look, Page};
use crate::words::{self, count};

/// The report on evidence.
pub fn text(found: &Found<'_>, look: Look) -> String {
    let ledger = finding(found);
    let mut report = Report {
        found,
        ledger: &ledger,
        page: Page::new(look),
    };
    report.head();
    let shown = found.shown;
    if shown.is_short() {
        report.conflicts();
        report.quotations();
        short::hanging(found, &ledger, &mut report.page);
        return report.page.finish();
    }
    let one = shown.element.is_some();
    let narrowed = shown.is_narrowed();
    if !narrowed && !one {
        report.sources();
    }
    if one && !narrowed {
        report.cards();
    }
    if shown.conflicts || !narrowed {
        report.conflicts();
    }
    if shown.quotations || !narrowed {
        report.quotations();
    }
    if shown.commitments || (!narrowed && !one) {
        report.commitments();
    }
    if shown.unsupported || (!narrowed && !one) {
        report.assumptions();
    }
    if !narrowed && !one {
        report.elements();
    }
    report.page.finish()
}

struct Report<'a> {
    found: &'a Found<'a>,
    ledger: &'a Ledger,
    page: Page,
}

/// Citations in brackets, after what they support.
pub(super) fn cited(cites: &[String]) -> String {
    if cites.is_empty() {
        String::new()
    } else {
        format!(" [{}]", cites.join(", "))
    }
}

impl Report<'_> {
    fn head(&mut self) {
        let title = words::title(self.found.model, self.found.variants);
        self.page.heading(&title);
        let counts = &self.ledger.counts;
        let mut said = format!(
            "{} that can carry citations; {} something: {} with a source, {} on one witness \
             alone, {} assumed.",
            count(counts.elements, "element"),
            many(counts.assertions, "asserts", "assert"),
            counts.supported,
            counts.one_witness,
            counts.assumptions
        );
        said.push_str(&format!(
            " {}, {}; {}.",
            count(counts.sources, "source"),
            many(counts.witnesses, "witness", "witnesses"),
            count(counts.conflicts, "contradiction")
        ));
        self.page.paragraph(&said);
        if let Some(why) = &self.ledger.not_compared {
            let text = format!("Readings were not compared over the states: {why}.");
            self.page.paragraph(&text);
        }
        if let Some(stopped) = &self.ledger.stopped {
            self.page
                .paragraph(&format!("The quotations were not checked: {stopped}."));
        }
    }

    fn sources(&mut self) {
        if self.ledger.sources.is_empty() {
            return;
        }
        self.page.heading("Sources");
        self.page.gap();
        let single = self.found.shown.source.is_some();
        let rows: Vec<Vec<String>> = self
            .ledger
            .sources
            .iter()
            .map(|s| {
                let what = match (&s.kind, s.chain.first()) {
                    (_, Some(next)) => format!("repeats {next}"),
                    (Some(kind), None) => kind.clone(),
                    (None, None) if !s.declared => "not declared".to_owned(),
                    (None, None) => String::new(),
                };
                vec![
                    s.name.clone(),
                    s.date.clone().unwrap_or_default(),
                    what,
                    s.grade.clone().unwrap_or_default(),
                    s.elements.len().to_string(),
                    s.alone.len().to_string(),
                ]
            })
            .collect();
        let header = ["source", "date", "kind", "grade", "cited by", "alone"].map(str::to_owned);
        self.page
            .table(&header, &rows, &[false, false, false, false, true, true]);
        self.page.gap();
        self.page.paragraph(
            "Cited by: elements that cite it. Alone: elements that it alone supports, by itself or \
             through who repeats it.",
        );
        self.page.gap();
        let sources: Vec<SourceUse> = self.ledger.sources.clone();
        for one in sources.iter().filter(|s| single || !s.alone.is_empty()) {
            if single {
                self.source(one);
            }
            if !one.alone.is_empty() {
                let names = self.names(&one.alone);
                let text = format!("If {} is wrong, these fall: {names}.", one.name);
                self.page.hanging("", "  ", &text);
            }
        }
    }

    /// All that is said of one source.
    fn source(&mut self, one: &SourceUse) {
        self.page.gap_once();
        self.page.paragraph(&source(one));
        if let Some(letter) = &one.grade {
            self.page
                .hanging("  ", "  ", &format!("grade {}", grade(letter)));
        }
        if !one.chain.is_empty() {
            let text = format!(
                "repeats {}; the witness is {}",
                one.chain.join(", which repeats "),
                one.witness
            );
            self.page.hanging("  ", "  ", &text);
        }
        match &one.file {
            Some(file) if one.notes => {
                self.page
                    .hanging("  ", "  ", &format!("notes on it are in {file}"));
            }
            Some(file) => self
                .page
                .hanging("  ", "  ", &format!("its text is in {file}")),
            None => {}
        }
    }

    /// Elements by their names.
    fn names(&self, numbers: &[usize]) -> String {
        let elements = numbers
            .iter()
            .filter_map(|n| self.found.evidence.element(*n));
        let names: Vec<&str> = elements.map(|e| e.name.as_str()).collect();
        names.join("; ")
    }

    /// Everything about the elements asked for.
    fn cards(&mut self) {
        for element in &self.ledger.elements {
            self.page
                .heading(&format!("{}. {}", element.number, element.name));
            if let Some(says) = &element.says {
                self.page.hanging("  ", "  ", says);
            }
            let around = element.through.and_then(|n| self.found.evidence.element(n));
            let cites = &around.unwrap_or(element).cites;
            let from = around.map_or_else(String::new, |a| format!(", cited by {}", a.name));
            for cite in cites {
                let text = format!("supported by [{}]{from}", cite.text());
                self.page.hanging("  ", "    ", &text);
            }
            if element.sources.len() > 1 {
                self.page.hanging("  ", "    ", &support(element));
            }
            if element.sources.is_empty() {
                let text = if element.asserts {
                    "nothing supports it: an assumption"
                } else {
                    "no source is given, and none is needed: it asserts nothing"
                };
                self.page.hanging("  ", "  ", text);
            }
        }
        if self.ledger.elements.is_empty() {
            self.page.gap_once();
            self.page.paragraph("No element has that name or number.");
        }
    }

    fn conflicts(&mut self) {
        if self.ledger.conflicts.is_empty() {
            if self.found.shown.conflicts {
                self.page.gap_once();
                self.page.paragraph("No contradictions were found.");
            }
            return;
        }
        self.page.heading("Contradictions");
        for conflict in &self.ledger.conflicts {
            conflict_text(&mut self.page, conflict);
        }
    }

    fn quotations(&mut self) {
        if self.ledger.quotations.is_empty() {
            if self.found.shown.quotations {
                self.page.gap_once();
                self.page.paragraph("There are no quotations.");
            }
            return;
        }
        self.page.heading("Quotations");
        let narrowed = self.found.shown.element.is_some() || self.found.shown.source.is_some();
        if !narrowed {
            self.quotation_counts();
        }
        let shown = self.found.shown;
        let all = shown.quotations || shown.element.is_some() || shown.source.is_some();
        let quotations: Vec<Quotation> = self.ledger.quotations.clone();
        for one in &quotations {
            // Those that are wrong stand among the contradictions already.
            let listed = match one.verdict {
                Verdict::Verbatim | Verdict::Unchecked | Verdict::Differs | Verdict::Absent => {
                    false
                }
                Verdict::Elsewhere | Verdict::NotInNotes => true,
            };
            if all || listed {
                self.quotation(one);
            }
        }
        for unread in &self.ledger.unread {
            let text = format!(
                "The text of {} was not read: {} ({}).",
                unread.source, unread.why, unread.file
            );
            self.page.gap_once();
            self.page.paragraph(&text);
        }
    }

    /// How many quotations became what.
    fn quotation_counts(&mut self) {
        let counts = &self.ledger.counts;
        let parts = [
            (counts.verbatim, "verbatim"),
            (counts.elsewhere, "verbatim in another paragraph than cited"),
            (counts.wrong, "not as the source has them"),
            (counts.not_in_notes, "not in the notes on their source"),
            (counts.unchecked, "without a text to check them against"),
        ];
        let parts = parts.iter().filter(|p| p.0 > 0);
        let parts: Vec<String> = parts.map(|(n, what)| format!("{n} {what}")).collect();
        let text = format!(
            "{}: {}.",
            count(counts.quotations, "quotation"),
            parts.join(", ")
        );
        self.page.paragraph(&text);
    }

    fn quotation(&mut self, one: &Quotation) {
        let element = self.found.evidence.element(one.element);
        let name = element.map(|e| e.name.clone()).unwrap_or_default();
        let of = one.of.and_then(|n| self.found.evidence.element(n));
        let source = match (&one.source, of) {
            (Some(source), _) => source.clone(),
            (None, Some(of)) => of.name.clone(),
            (None, None) => "no source".to_owned(),
        };
        let locator = one
            .locator
            .as_ref()
            .map(|l| format!(" {l}"))
            .unwrap_or_default();
        self.page.gap_once();
        self.page
            .hanging("", "  ", &format!("{name}: {}", quote(&one.words)));
        let mut said = format!("{source}{locator}: {}", verdict(one.verdict));
        match (one.verdict, &one.paragraph) {
            (Verdict::Elsewhere, Some(paragraph)) => said.push_str(&format!(": {paragraph}")),
            (Verdict::Verbatim, Some(paragraph)) if one.locator.is_none() => {
                said.push_str(&format!(" in {paragraph}"));
            }
            (_, Some(paragraph)) if one.passage.is_some() => {
                said.push_str(&format!("; nearest in {paragraph}"));
            }
            _ => {}
        }
        if let Some(why) = &one.why {
            said.push_str(&format!(": {why}"));
        }
        self.page.hanging("  ", "    ", &said);
        if let Some(passage) = &one.passage {
            self.page
                .hanging("  ", "    ", &format!("source: {}", quote(passage)));
            self.page.hanging("  ", "    ", &differences(one));
        }
    }

    fn commitments(&mut self) {
        if self.ledger.commitments.is_empty() {
            if self.found.shown.commitments {
                self.page.gap_once();
                self.page
                    .paragraph("The negotiation declares no commitments.");
            }
            return;
        }
        self.page.heading("Commitments");
        for one in &self.ledger.commitments {
            commitments::commitment_text(&mut self.page, one);
        }
    }

    fn assumptions(&mut self) {
        let elements = self.ledger.elements.iter();
        let assumptions: Vec<&Element> = elements.filter(|e| e.assumed).collect();
        if assumptions.is_empty() {
            if self.found.shown.unsupported {
                self.page.gap_once();
                self.page
                    .paragraph("Everything that is asserted has a source.");
            }
            return;
        }
        self.page
            .heading("Assumptions: asserted, and no source says so");
        for element in assumptions {
            let says = element.says.as_ref().map(|s| format!(": {s}"));
            let cites: Vec<String> = element.cites.iter().map(Cited::text).collect();
            let text = format!(
                "{}{}{}",
                element.name,
                says.unwrap_or_default(),
                cited(&cites)
            );
            self.page
                .hanging(&format!("{:>4}  ", element.number), "      ", &text);
        }
    }

    fn elements(&mut self) {
        if self.ledger.elements.is_empty() {
            return;
        }
        self.page.heading("The ledger");
        self.page.gap();
        let rows: Vec<Vec<String>> = self
            .ledger
            .elements
            .iter()
            .map(|e| {
                let conflicts: Vec<String> = e.conflicts.iter().map(ToString::to_string).collect();
                vec![
                    e.number.to_string(),
                    e.name.clone(),
                    support(e),
                    conflicts.join(", "),
                ]
            })
            .collect();
        let header = ["", "element", "supported by", "contradictions"].map(str::to_owned);
        self.page
            .table(&header, &rows, &[true, false, false, false]);
        self.page.gap();
        self.page.paragraph(
            "Nothing: it is assumed. A dash: it only gives a name, or supposes a variant. \
             --element N says all about one of them.",
        );
    }
}

pub(crate) fn conflict_text(page: &mut Page, conflict: &Conflict) {
    page.gap_once();
    let head = format!("{}, {}", conflict.kind.words(), conflict.about);
    let number = match conflict.number {
        0 => String::new(),
        number => format!("{number}. "),
    };
    page.hanging(&number, "   ", &head);
    for side in &conflict.sides {
        side_text(page, "   - ", side);
    }
    let within = if conflict.within_one_witness {
        " (one witness says both)"
    } else {
        ""
    };
    let finding = words::capital(&conflict.finding);
    page.hanging("   ", "   ", &format!("{finding}{within}."));
}

pub(super) fn side_text(page: &mut Page, first: &str, side: &Side) {
    let others = " ".repeat(first.chars().count());
    page.hanging(
        first,
        &others,
        &format!("{}{}", side.says, cited(&side.cites)),
    );
}
