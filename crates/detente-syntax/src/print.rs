//! A document as text.

mod bargain;
mod record;

use std::fmt::Write as _;

use crate::ast::{
    Attitude, Candidate, Certainty, Change, Citation, Direction, Document, Move, Name, OptionDecl,
    Party, Position, PreferenceEdit, Preferences, RankGroup, RankItem, Reading, Setting, Source,
    StateDecl, Statement, StatementEdit, StatusQuo, Strength, Target, Term, Variant, View,
    WeightedFormula,
};
use crate::kind::SyntaxKind;
use crate::{lexer, quote};

/// The text of a document, in the style of [`crate::format()`].
///
/// Reading the text gives the document again if the document can be written in the language; see
/// [`is_writable`].
pub fn print(document: &Document) -> String {
    let mut printer = Printer::default();
    printer.document(document);
    crate::format(&printer.out)
}

/// A change of a variant or a view on one line.
pub fn print_change(change: &Change) -> String {
    let mut printer = Printer::default();
    printer.change(0, change);
    let mut out = String::new();
    for line in printer.out.lines().map(str::trim) {
        match out.chars().last() {
            None => {}
            Some('{') => out.push(' '),
            Some(_) if line == "}" => out.push(' '),
            Some(_) => out.push_str("; "),
        }
        out.push_str(line);
    }
    out
}

/// Whether the language can say what the document says.
///
/// Documents that were read from a text without errors always can be written. One that was put together otherwise may
/// not: it may hold a party that is called `5`, or a ranking with an empty group.
pub fn is_writable(document: &Document) -> bool {
    let read = crate::parse(&print(document));
    read.diagnostics.is_empty() && read.document == *document
}

#[derive(Default)]
struct Printer {
    out: String,
}

/// A blank and the quoted text, if there is one.
fn titled(title: Option<&String>) -> String {
    title.map(|t| format!(" {}", quote(t))).unwrap_or_default()
}

fn cited(cites: &[Citation]) -> String {
    let mut out = String::new();
    for (i, cite) in cites.iter().enumerate() {
        out.push_str(if i == 0 { " [" } else { ", " });
        let before = i.checked_sub(1).and_then(|b| cites.get(b));
        let same = before.is_some_and(|b| b.source == cite.source);
        // A locator that starts with a word would be taken for a source.
        let clear =
            |l: &String| !l.starts_with(|c: char| c == '_' || unicode_ident::is_xid_start(c));
        let mut parts = Vec::new();
        if !same || !cite.locator.as_ref().is_some_and(clear) {
            parts.push(cite.source.text.clone());
        }
        parts.extend(cite.locator.clone());
        parts.extend(cite.quote.as_ref().map(|q| quote(q)));
        out.push_str(&parts.join(" "));
    }
    if !cites.is_empty() {
        out.push(']');
    }
    out
}

fn because(reason: Option<&String>) -> String {
    reason
        .map(|r| format!(" because {}", quote(r)))
        .unwrap_or_default()
}

fn list<T: std::fmt::Display>(items: &[T], separator: &str) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(separator)
}

/// Settings in braces.
fn settings(settings: &[Setting]) -> String {
    match settings {
        [] => "{ }".to_owned(),
        _ => format!("{{ {} }}", list(settings, ", ")),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "reversible",
        Direction::OnlyOn => "irreversible",
        Direction::OnlyOff => "only off",
    }
}

fn attitude(toward: &Name, attitude: Attitude) -> String {
    format!("attitude toward {toward} {}", attitude.word())
}

fn target(target: &Target) -> String {
    match target {
        Target::Name(name) => name.to_string(),
        Target::Text { text, .. } => quote(text),
    }
}

fn position(at: &Position) -> String {
    match at {
        Position::First => "first".to_owned(),
        Position::Last => "last".to_owned(),
        Position::Before(t) => format!("before {}", target(t)),
        Position::After(t) => format!("after {}", target(t)),
    }
}

/// What a party takes words to mean.
fn reading(reading: &Reading) -> String {
    let cites = cited(&reading.cites);
    format!("{} reads {}{cites}", reading.party, reading.formula)
}

/// A statement without its citations.
fn statement(statement: &Statement) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(statement.strength.words());
    match &statement.certainty {
        Certainty::Certain => {}
        Certainty::Maybe => words.push("maybe".to_owned()),
        Certainty::Probability(p) => words.push(format!("maybe {p}")),
    }
    if statement.either_order {
        words.push("either order".to_owned());
    }
    words.extend(statement.label.as_ref().map(ToString::to_string));
    let colon = if words.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", words.join(" "), statement.formula)
}

fn edit(edit: &StatementEdit) -> String {
    match edit {
        StatementEdit::Drop(t) => format!("drop {}", target(t)),
        StatementEdit::Insert { statement: new, at } => {
            format!(
                "insert {} {}{}",
                statement(new),
                position(at),
                cited(&new.cites)
            )
        }
        StatementEdit::Move { statement, to } => {
            format!("move {} {}", target(statement), position(to))
        }
        StatementEdit::Settle(t) => format!("settle {}", target(t)),
        StatementEdit::Swap(a, b) => format!("swap {} and {}", target(a), target(b)),
    }
}

fn rank_item(item: &RankItem) -> String {
    use crate::ast::FormulaKind as F;
    match item {
        RankItem::State(name) => name.to_string(),
        RankItem::Rest(_) => "rest".to_owned(),
        RankItem::Formula(formula) => match formula.kind {
            F::Class { .. } | F::Pattern { .. } => formula.to_string(),
            _ => format!("({formula})"),
        },
    }
}

fn ranking(groups: &[RankGroup]) -> String {
    let mut out = String::from("{");
    let mut strength = Strength::PLAIN;
    for (i, group) in groups.iter().enumerate() {
        if i > 0 {
            out.push(' ');
            out.push_str(&strength.sign());
        }
        let items: Vec<String> = group.items.iter().map(rank_item).collect();
        out.push(' ');
        out.push_str(&items.join(" = "));
        strength = group.strength;
    }
    out.push_str(" }");
    out
}

impl Printer {
    fn line(&mut self, indent: usize, text: &str) {
        for _ in 0..indent {
            self.out.push(' ');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A blank line, unless nothing stands before it.
    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn document(&mut self, document: &Document) {
        if let Some(title) = &document.negotiation {
            self.line(0, &format!("negotiation {}", quote(title)));
        }
        if let Some(date) = &document.as_of {
            self.line(0, &format!("as of {date}"));
        }
        self.group(&document.sources, Self::source);
        self.tracks(document);
        self.issues(document);
        for party in &document.parties {
            self.gap();
            self.party(party);
        }
        self.group(&document.never, |p, rule| {
            p.rule(
                0,
                &format!("never {}", rule.formula),
                rule.because.as_ref(),
                &rule.cites,
            );
        });
        self.group(&document.when, |p, rule| {
            let head = format!("when {} then {}", rule.condition, list(&rule.then, " and "));
            p.rule(0, &head, rule.because.as_ref(), &rule.cites);
        });
        self.group(&document.no_move, |p, rule| {
            p.rule(0, &prohibition(rule), rule.because.as_ref(), &rule.cites);
        });
        self.group(&document.states, Self::state);
        self.group(&document.classes, |p, class| {
            let when = match &class.when {
                Some(formula) => format!("when {formula}"),
                None => "otherwise".to_owned(),
            };
            let line = format!("class {} {when}{}", quote(&class.name), cited(&class.cites));
            p.line(0, &line);
        });
        for term in &document.terms {
            self.gap();
            self.term(0, term);
        }
        if let Some(status_quo) = &document.status_quo {
            self.gap();
            self.status_quo(0, status_quo);
        }
        self.packages(document);
        for view in &document.views {
            self.gap();
            self.view(0, view);
        }
        self.record(document);
        for variant in &document.variants {
            self.gap();
            self.variant(variant);
        }
    }

    /// Elements of one sort, after a blank line.
    fn group<T>(&mut self, items: &[T], print: impl Fn(&mut Self, &T)) {
        if !items.is_empty() {
            self.gap();
        }
        for item in items {
            print(self, item);
        }
    }

    fn rule(&mut self, indent: usize, head: &str, reason: Option<&String>, cites: &[Citation]) {
        self.line(
            indent,
            &format!("{head}{}{}", because(reason), cited(cites)),
        );
    }

    fn source(&mut self, source: &Source) {
        let mut line = format!("source {}{}", source.name, titled(source.title.as_ref()));
        if !source.properties.is_empty() {
            line.push_str(" {");
            for (key, value) in &source.properties {
                let plain = [SyntaxKind::Ident, SyntaxKind::Date, SyntaxKind::Number]
                    .iter()
                    .any(|kind| lexer::is_one(value, *kind));
                let value = if plain { value.clone() } else { quote(value) };
                let _ = write!(line, " {key} {value}");
            }
            line.push_str(" }");
        }
        self.line(0, &line);
    }

    fn party(&mut self, party: &Party) {
        let head = format!(
            "party {}{}{} {{",
            party.name,
            titled(party.title.as_ref()),
            cited(&party.cites)
        );
        let start = self.out.len();
        self.line(0, &head);
        let inner = self.out.len();
        // A blank line between the sorts of lines.
        let gap = |p: &mut Self| {
            if p.out.len() > inner {
                p.out.push('\n');
            }
        };
        for agent in &party.agents {
            self.line(2, &record::agent(agent));
        }
        if let Some(pace) = &party.pace {
            self.line(2, &record::pace(pace));
        }
        if !party.options.is_empty() {
            gap(self);
        }
        for option in &party.options {
            self.option(2, "option ", option);
        }
        if !party.moves.is_empty() {
            gap(self);
            self.moves(&party.moves);
        }
        if let Some(preferences) = &party.preferences {
            gap(self);
            self.preferences(2, "", preferences, &[]);
        }
        if !party.candidates.is_empty() {
            gap(self);
        }
        for candidate in &party.candidates {
            self.candidate(candidate);
        }
        if let Some(concept) = &party.concept {
            gap(self);
            self.line(2, &format!("concept {concept}"));
        }
        if !party.attitudes.is_empty() {
            gap(self);
        }
        for line in &party.attitudes {
            let text = attitude(&line.toward, line.attitude);
            self.line(2, &format!("{text}{}", cited(&line.cites)));
        }
        self.worth(party, gap);
        if self.out.len() == inner {
            self.out.truncate(start);
            self.line(0, &format!("{head} }}"));
        } else {
            self.line(0, "}");
        }
    }

    /// An option, as `head` calls it.
    fn option(&mut self, indent: usize, head: &str, option: &OptionDecl) {
        let mut line = format!("{head}{}{}", option.name, titled(option.title.as_ref()));
        if !option.levels.is_empty() {
            let _ = write!(line, " one of {}", list(&option.levels, ", "));
        }
        if !option.direction.is_both() {
            let _ = write!(line, " {}", direction(option.direction));
        }
        if option.stepwise {
            line.push_str(" step by step");
        }
        line.push_str(&cited(&option.cites));
        self.line(indent, &line);
    }

    fn moves(&mut self, moves: &[Move]) {
        self.line(2, "moves {");
        for entry in moves.chunk_by(|a, b| a.from == b.from) {
            let Some(first) = entry.first() else { continue };
            let to: Vec<String> = entry.iter().map(|m| m.to.to_string()).collect();
            self.line(4, &format!("{} -> {}", first.from, to.join(", ")));
        }
        self.line(2, "}");
    }

    /// `prefers`, `ranks` or `weights`, with the party before it in a variant.
    fn preferences(
        &mut self,
        indent: usize,
        party: &str,
        preferences: &Preferences,
        cites: &[Citation],
    ) {
        match preferences {
            Preferences::Statements(statements) => {
                let lines: Vec<String> = statements
                    .iter()
                    .map(|s| format!("{}{}", statement(s), cited(&s.cites)))
                    .collect();
                self.lines_in_braces(indent, &format!("{party}prefers"), &lines);
            }
            Preferences::Ranks(groups) => {
                let cites = cited(cites);
                self.line(indent, &format!("{party}ranks{cites} {}", ranking(groups)));
            }
            Preferences::Weights(weights) => {
                let line = |w: &WeightedFormula| {
                    let most = w.up_to.as_ref();
                    let most = most.map(|m| format!(" .. {}", m.text)).unwrap_or_default();
                    format!("{}{most}: {}{}", w.weight.text, w.formula, cited(&w.cites))
                };
                let lines: Vec<String> = weights.iter().map(line).collect();
                self.lines_in_braces(indent, &format!("{party}weights"), &lines);
            }
        }
    }

    fn candidate(&mut self, candidate: &Candidate) {
        let probability = candidate.probability.as_ref();
        let head = format!(
            "candidate {}{}{}{} {{",
            candidate.name,
            probability.map(|p| format!(" {p}")).unwrap_or_default(),
            titled(candidate.title.as_ref()),
            cited(&candidate.cites)
        );
        self.line(2, &head);
        self.preferences(4, "", &candidate.preferences, &[]);
        self.line(2, "}");
    }

    fn lines_in_braces(&mut self, indent: usize, head: &str, lines: &[String]) {
        if lines.is_empty() {
            self.line(indent, &format!("{head} {{ }}"));
            return;
        }
        self.line(indent, &format!("{head} {{"));
        for line in lines {
            self.line(indent + 2, line);
        }
        self.line(indent, "}");
    }

    fn state(&mut self, state: &StateDecl) {
        let block = state
            .settings
            .as_ref()
            .map(|s| format!(" {}", settings(s)))
            .unwrap_or_default();
        let title = titled(state.title.as_ref());
        self.line(
            0,
            &format!("state {}{title}{block}{}", state.name, cited(&state.cites)),
        );
    }

    fn status_quo(&mut self, indent: usize, status_quo: &StatusQuo) {
        let what = match status_quo {
            StatusQuo::Settings { settings: of, .. } => settings(of),
            StatusQuo::State(name) => format!("state {name}"),
        };
        self.line(indent, &format!("status quo {what}"));
    }

    fn variant(&mut self, variant: &Variant) {
        let mut head = format!("variant {}{}", variant.name, titled(variant.title.as_ref()));
        if !variant.extends.is_empty() {
            let _ = write!(head, " extends {}", list(&variant.extends, ", "));
        }
        if variant.changes.is_empty() {
            self.line(0, &format!("{head} {{ }}"));
            return;
        }
        self.line(0, &format!("{head} {{"));
        for change in &variant.changes {
            self.change(2, change);
        }
        self.line(0, "}");
    }

    fn view(&mut self, indent: usize, view: &View) {
        let (title, cites) = (titled(view.title.as_ref()), cited(&view.cites));
        let head = format!("in the eyes of {}{title}{cites}", view.viewer);
        if view.knows.is_empty() && view.changes.is_empty() && view.views.is_empty() {
            self.line(indent, &format!("{head} {{ }}"));
            return;
        }
        self.line(indent, &format!("{head} {{"));
        if !view.knows.is_empty() {
            let line = format!("knows the view of {}", list(&view.knows, ", "));
            self.line(indent + 2, &line);
        }
        for change in &view.changes {
            self.change(indent + 2, change);
        }
        for inner in &view.views {
            self.view(indent + 2, inner);
        }
        self.line(indent, "}");
    }

    fn change(&mut self, indent: usize, change: &Change) {
        match change {
            Change::Preferences {
                party,
                edit: PreferenceEdit::Replace(preferences),
                cites,
            } => {
                self.preferences(indent, &format!("{party} "), preferences, cites);
            }
            Change::Preferences {
                party,
                edit: PreferenceEdit::Edit(edits),
                cites,
            } => {
                let lines: Vec<String> = edits.iter().map(edit).collect();
                let head = format!("{party} prefers{}", cited(cites));
                match lines.as_slice() {
                    [line] => self.line(indent, &format!("{head} {{ {line} }}")),
                    _ => self.lines_in_braces(indent, &head, &lines),
                }
            }
            Change::Direction {
                direction: to,
                options,
            } => {
                self.line(
                    indent,
                    &format!("{} {}", direction(*to), list(options, ", ")),
                );
            }
            Change::Concept { party, concept } => {
                self.line(indent, &format!("{party} concept {concept}"));
            }
            Change::Attitude {
                party,
                toward,
                attitude: to,
            } => {
                self.line(indent, &format!("{party} {}", attitude(toward, *to)));
            }
            Change::Never(rule) => {
                let head = format!("never {}", rule.formula);
                self.rule(indent, &head, rule.because.as_ref(), &rule.cites);
            }
            Change::When(rule) => {
                let head = format!("when {} then {}", rule.condition, list(&rule.then, " and "));
                self.rule(indent, &head, rule.because.as_ref(), &rule.cites);
            }
            Change::NoMove(rule) => {
                self.rule(
                    indent,
                    &prohibition(rule),
                    rule.because.as_ref(),
                    &rule.cites,
                );
            }
            Change::WithoutNever(formula) => self.line(indent, &format!("without never {formula}")),
            Change::WithoutWhen(formula) => self.line(indent, &format!("without when {formula}")),
            Change::StatusQuo(status_quo) => self.status_quo(indent, status_quo),
            Change::Hide(options) => self.line(indent, &format!("hides {}", list(options, ", "))),
            Change::Invent { party, option } => {
                self.option(indent, &format!("invents {party}."), option);
            }
            Change::View(view) => self.view(indent, view),
            Change::WithoutView(viewer) => self.line(indent, &format!("without view of {viewer}")),
            Change::Term(term) => self.term(indent, term),
        }
    }

    fn term(&mut self, indent: usize, term: &Term) {
        let head = format!(
            "term {}{}{}",
            term.name,
            titled(term.title.as_ref()),
            cited(&term.cites)
        );
        let mut lines: Vec<String> = Vec::new();
        for stated in &term.stated {
            let quote = quote(&stated.quote);
            let cites = cited(&stated.cites);
            lines.push(format!("stated in {} {quote}{cites}", stated.source));
        }
        if let Some(means) = &term.means {
            lines.push(format!("means {}{}", means.formula, cited(&means.cites)));
        }
        lines.extend(term.readings.iter().map(reading));
        for told in &term.communicated {
            let known = if told.known.is_yes() {
                String::new()
            } else {
                format!(" {}", told.known.text())
            };
            let cites = cited(&told.cites);
            lines.push(format!(
                "communicated by {} to {}{known}{cites}",
                told.by, told.to
            ));
        }
        self.lines_in_braces(indent, &head, &lines);
    }
}

fn prohibition(rule: &crate::ast::Prohibition) -> String {
    let by = rule
        .party
        .as_ref()
        .map(|p| format!(" by {p}"))
        .unwrap_or_default();
    format!("no move{by} from {} to {}", rule.from, rule.to)
}
