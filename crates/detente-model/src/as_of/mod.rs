//! Back-tests: a document without what was not known on a day.

mod dangling;
mod elements;
mod record;

use std::collections::BTreeMap;

use detente_syntax::Span;
use detente_syntax::ast::{
    Change, Citation, Document, Name, PreferenceEdit, Preferences, StatementEdit,
};
use jiff::civil::Date;

use self::elements::{Element, Stays};
use crate::present::day_of;

/// What was not known on a day and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// What it is, as people would call it: `statement 4 of US`, `event "The US paper"`, `source stanford`.
    pub what: String,
    /// The day from which it is known.
    pub known: Date,
    /// Where it stands in the text.
    pub span: Span,
}

/// The document as somebody could have written it on a day: `as of` is that day, and everything is left out that
/// became known later. Something is known from the day of its earliest dated source, of its own `known` or
/// `said`, or, for an event without either, from its own first day; what has no date is known. Sources that are
/// later go with the citations of them; an element all of whose citations are later goes with them.
///
/// More exactly:
///
/// - The words of the text stay, without later citations: parties, options, states, classes, terms, issues,
///   ratifiers and tracks. What is said with them goes: statements, weights, candidates, rules, attitudes, paces,
///   readings and wordings of terms, worths, packages and facts, views, and changes of variants and events.
/// - An event that is known by `known` stays whatever its sources are. One that takes place later stays if it was
///   announced, without what is said of it without an earlier source. What it sets or changes is a record of what
///   happened, and goes, unless it lies in the future of the document too. Plans stay: `default`, `opens`,
///   `closes` and mandates.
/// - An outcome of a claim is known from its `on`; without it, it is taken to be later. A claim that comes true with
///   an event that is not known yet loses its resolution; a conditional one goes.
/// - A person whose role begins later goes; where it ends later, its end does.
/// - A citation of a source without a date, and words about days, are those of the document: the days are written
///   as dates.
/// - What leads to something hidden goes too: a fact about a hidden package, an edit of a hidden statement.
///   Candidates of which some are hidden have no probabilities any more.
///
/// A document that is of that day, or of an earlier one, comes back as it is.
pub fn as_of(document: &Document, day: Date) -> (Document, Vec<Hidden>) {
    let stated = day_of(document);
    if stated.is_some_and(|stated| stated <= day) {
        return (document.clone(), Vec::new());
    }
    let date = |text: &String| text.parse::<Date>().ok();
    let sources = document.sources.iter().filter_map(|s| {
        let date = s.properties.get("date").and_then(date)?;
        Some((s.name.text.clone(), date))
    });
    let mut cut = Cut {
        day,
        stated,
        sources: sources.collect(),
        owner: None,
        hidden: Vec::new(),
    };
    let mut known = document.clone();
    cut.document(&mut known);
    let place = document.as_of.as_ref().map(|d| d.place).unwrap_or_default();
    let mut today = detente_syntax::ast::Date::from(day.to_string());
    today.place = place;
    known.as_of = Some(today);
    dangling::mend(document, &mut known, &mut cut.hidden);
    cut.hidden.sort_by_key(|h| (h.span, h.known));
    (known, cut.hidden)
}

/// What leaves out what is later than a day.
struct Cut {
    day: Date,
    /// The day of the document itself.
    stated: Option<Date>,
    /// The days of the sources that have one.
    sources: BTreeMap<String, Date>,
    /// To whom or what the elements at hand belong.
    owner: Option<String>,
    hidden: Vec<Hidden>,
}

impl Cut {
    /// Every field of a document is named here, so that none is forgotten.
    fn document(&mut self, document: &mut Document) {
        let Document {
            detente: _,
            negotiation: _,
            as_of: _,
            sources,
            parties,
            never,
            when,
            no_move,
            states,
            classes,
            terms,
            status_quo: _,
            issues,
            package_rules,
            packages,
            facts,
            agreed,
            views,
            variants,
            tracks,
            calendar,
            commitments,
            claims,
            references,
        } = document;
        self.later_sources(sources);
        self.stay(parties);
        self.list(never);
        self.list(when);
        self.list(no_move);
        self.stay(states);
        self.stay(classes);
        self.stay(terms);
        self.stay(issues);
        self.list(package_rules);
        self.list(packages);
        self.list(facts);
        self.list(agreed);
        self.list(views);
        for variant in variants {
            let name = variant.name.clone();
            self.within(&name, |cut| cut.changes(&mut variant.changes));
        }
        self.stay(tracks);
        self.list(calendar);
        self.list(commitments);
        self.list(references);
        self.list(claims);
    }

    fn is_later(&self, source: &Name) -> Option<Date> {
        let date = self.sources.get(source.as_str()).copied();
        date.filter(|d| *d > self.day)
    }

    /// Takes later citations away; says from when an element is known that has none but these.
    fn cites(&self, cites: &mut Vec<Citation>) -> Option<Date> {
        let first = cites.iter().filter_map(|c| self.is_later(&c.source)).min();
        cites.retain(|c| self.is_later(&c.source).is_none());
        first.filter(|_| cites.is_empty())
    }

    fn hide(&mut self, what: String, known: Date, span: Span) {
        let what = match &self.owner {
            Some(owner) => format!("{what} of {owner}"),
            None => what,
        };
        self.hidden.push(Hidden { what, known, span });
    }

    fn within(&mut self, owner: &Name, work: impl FnOnce(&mut Self)) {
        let outer = self.owner.replace(owner.text.clone());
        work(self);
        self.owner = outer;
    }

    /// Leaves out what of a list is later, and what is later in the rest.
    fn list<T: Element>(&mut self, list: &mut Vec<T>) {
        let mut number = 0;
        list.retain_mut(|element| {
            number += 1;
            let known = element.later(self);
            if let Some(known) = known {
                self.hide(element.called(number), known, element.span());
            } else {
                element.inside(self);
            }
            known.is_none()
        });
    }

    fn maybe<T: Element>(&mut self, element: &mut Option<T>) {
        if let Some(found) = element {
            if let Some(known) = found.later(self) {
                self.hide(found.called(1), known, found.span());
                *element = None;
            } else {
                found.inside(self);
            }
        }
    }

    /// What is later in elements that are words of the text.
    fn stay<T: Stays>(&mut self, list: &mut [T]) {
        for element in list {
            self.cites(element.cites());
            element.inside(self);
        }
    }

    /// Leaves out what is later of an order; `false` when nothing of it is left.
    fn preferences(&mut self, order: &mut Preferences) -> bool {
        match order {
            Preferences::Statements(list) => self.leaves_some(list),
            Preferences::Weights(list) => self.leaves_some(list),
            Preferences::Ranks(_) => true,
        }
    }

    fn leaves_some<T: Element>(&mut self, list: &mut Vec<T>) -> bool {
        let before = list.len();
        self.list(list);
        before == 0 || !list.is_empty()
    }

    fn changes(&mut self, changes: &mut Vec<Change>) {
        changes.retain_mut(|change| self.change(change));
    }

    /// Leaves out what is later of a change; `false` when nothing of it is left.
    fn change(&mut self, change: &mut Change) -> bool {
        match change {
            Change::Preferences { party, edit, cites } => {
                if let Some(known) = self.cites(cites) {
                    self.hide(format!("what {party} prefers"), known, party.span());
                    return false;
                }
                match edit {
                    PreferenceEdit::Replace(order) => self.preferences(order),
                    PreferenceEdit::Edit(edits) => {
                        edits.retain_mut(|edit| match edit {
                            StatementEdit::Insert { statement, at: _ } => self.keeps(statement),
                            StatementEdit::Drop(_)
                            | StatementEdit::Move { .. }
                            | StatementEdit::Swap(..)
                            | StatementEdit::Settle(_) => true,
                        });
                        !edits.is_empty()
                    }
                }
            }
            Change::Never(rule) => self.keeps(rule),
            Change::When(rule) => self.keeps(rule),
            Change::NoMove(rule) => self.keeps(rule),
            Change::View(view) => self.keeps(view),
            Change::Term(term) => {
                let term = std::slice::from_mut(term);
                self.stay(term);
                term.iter().any(|t| {
                    t.means.is_some()
                        || !t.stated.is_empty()
                        || !t.readings.is_empty()
                        || !t.communicated.is_empty()
                })
            }
            Change::Invent { party: _, option } => {
                self.stay(std::slice::from_mut(option));
                true
            }
            Change::Direction { .. }
            | Change::Concept { .. }
            | Change::Attitude { .. }
            | Change::WithoutNever(_)
            | Change::WithoutWhen(_)
            | Change::StatusQuo(_)
            | Change::Hide(_)
            | Change::WithoutView(_) => true,
        }
    }

    /// Whether one element stays; what is later in it goes.
    fn keeps<T: Element>(&mut self, element: &mut T) -> bool {
        if let Some(known) = element.later(self) {
            self.hide(element.called(1), known, element.span());
            return false;
        }
        element.inside(self);
        true
    }
}
