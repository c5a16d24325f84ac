//! The elements of a document that cite sources, one by one. Each names all of its fields, so that a new field cannot
//! be forgotten.

use detente_syntax::Span;
use detente_syntax::ast::{
    Agent, Agreed, AttitudeDecl, Candidate, Citation, Class, Communication, Consequence, Discount,
    Fact, Importance, Issue, IssueWorth, Meaning, OptionDecl, Pace, Package, PackageRule, Party,
    Prohibition, Ratifier, Reading, Reference, Reservation, Rule, Source, Start, StateDecl, Stated,
    StatedValue, Statement, Term, Track, Utility, UtilityTerm, View, WeightedFormula, When,
    Wording,
};
use jiff::civil::Date;

use super::Cut;
use crate::days;

/// Something that is said, and goes when it was known only later.
pub(super) trait Element {
    /// What people call it; it is so-manieth of its list.
    fn called(&self, number: usize) -> String;
    /// Where it stands.
    fn span(&self) -> Span;
    /// Takes later citations away, and says from when it is known if that is later.
    fn later(&mut self, cut: &Cut) -> Option<Date>;
    /// Leaves out what is later in it.
    fn inside(&mut self, cut: &mut Cut);
}

/// Something with which things are said, and which stays.
pub(super) trait Stays {
    /// Its citations.
    fn cites(&mut self) -> &mut Vec<Citation>;
    /// Leaves out what is later in it.
    fn inside(&mut self, cut: &mut Cut);
}

/// Elements with nothing inside: their type, what they are called, and all of their fields but place and citations.
macro_rules! leaves {
    ($($kind:ident { $($field:ident),* } $what:literal;)*) => {
        $(impl Element for $kind {
            fn called(&self, number: usize) -> String {
                format!("{} {number}", $what)
            }
            fn span(&self) -> Span {
                self.place.0
            }
            fn later(&mut self, cut: &Cut) -> Option<Date> {
                let Self { $($field: _,)* cites, place: _ } = self;
                cut.cites(cites)
            }
            fn inside(&mut self, _: &mut Cut) {}
        })*
    };
}

leaves! {
    Rule { formula, because } "`never` rule";
    Consequence { condition, then, because } "forced consequence";
    Prohibition { party, from, to, because } "prohibited move";
    Statement { label, formula, certainty, strength, either_order } "statement";
    WeightedFormula { weight, up_to, formula } "weight";
    AttitudeDecl { toward, attitude } "attitude";
    Pace { days } "pace";
    Meaning { formula } "neutral reading";
    Reading { party, formula } "reading";
    Communication { by, to, known } "communication";
    PackageRule { kind, formula, because } "rule of packages";
    IssueWorth { issue, weight, trend, values } "worth of an issue";
    UtilityTerm { worth, formula } "term of a utility";
    Importance { issues } "order of importance";
    Reservation { value } "reservation";
    Fact { who, verdict } "fact";
    Agreed { setting, when } "line of `agreed`";
    StatedValue { of, value } "value";
    Wording { text } "wording";
}

/// Words of the text: their type and all of their fields but place and citations.
macro_rules! words {
    ($($kind:ident { $($field:ident),* })*) => {
        $(impl Stays for $kind {
            fn cites(&mut self) -> &mut Vec<Citation> {
                let Self { $($field: _,)* cites, place: _ } = self;
                cites
            }
            fn inside(&mut self, _: &mut Cut) {}
        })*
    };
}

words! {
    OptionDecl { name, title, levels, direction, stepwise }
    StateDecl { name, title, settings }
    Class { name, when }
    Issue { name, title, levels }
    Track { name, title, binds, hands_to }
}

/// Elements with a name and nothing inside.
macro_rules! named {
    ($($kind:ident { $($field:ident),* } $what:literal;)*) => {
        $(impl Element for $kind {
            fn called(&self, _: usize) -> String {
                format!("{} `{}`", $what, self.name)
            }
            fn span(&self) -> Span {
                self.name.span()
            }
            fn later(&mut self, cut: &Cut) -> Option<Date> {
                let Self { name: _, title: _, $($field: _,)* cites, place: _ } = self;
                cut.cites(cites)
            }
            fn inside(&mut self, _: &mut Cut) {}
        })*
    };
}

named! {
    Package { picks } "package";
    Reference { chance, classes } "reference class";
}

impl Cut {
    /// Leaves out later sources, and what others say of them.
    pub(super) fn later_sources(&mut self, sources: &mut Vec<Source>) {
        let mut later = Vec::new();
        sources.retain(|source| {
            let Source {
                name,
                title: _,
                properties: _,
                place,
            } = source;
            let known = self.is_later(name);
            if let Some(known) = known {
                later.push((format!("source `{name}`"), known, place.0));
            }
            known.is_none()
        });
        for (what, known, span) in later {
            self.hide(what, known, span);
        }
        for source in sources {
            let original = source.properties.get("republishes");
            if original.is_some_and(|o| self.sources.get(o).is_some_and(|d| *d > self.day)) {
                source.properties.shift_remove("republishes");
            }
        }
    }

    fn utility(&mut self, utility: &mut Utility) {
        let Utility {
            issues,
            terms,
            importance,
            reservation,
            discounts,
            place: _,
        } = utility;
        self.list(issues);
        self.list(terms);
        self.list(importance);
        self.maybe(reservation);
        self.list(discounts);
    }
}

impl Stays for Party {
    fn cites(&mut self) -> &mut Vec<Citation> {
        &mut self.cites
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name,
            title: _,
            agents,
            options,
            moves: _,
            preferences,
            candidates,
            concept: _,
            attitudes,
            utility,
            pace,
            ratifiers,
            ratified: _,
            cites: _,
            place: _,
        } = self;
        cut.within(format!("`{name}`"), |cut| {
            cut.list(agents);
            cut.stay(options);
            if let Some(order) = preferences
                && !cut.preferences(order)
            {
                *preferences = None;
            }
            let before = candidates.len();
            cut.list(candidates);
            if candidates.len() < before {
                for candidate in candidates {
                    candidate.probability = None;
                }
            }
            cut.list(attitudes);
            if let Some(utility) = utility {
                cut.utility(utility);
            }
            cut.maybe(pace);
            cut.stay(ratifiers);
        });
    }
}

impl Stays for Ratifier {
    fn cites(&mut self) -> &mut Vec<Citation> {
        &mut self.cites
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name: _,
            title: _,
            votes: _,
            utility,
            cites: _,
            place: _,
        } = self;
        cut.utility(utility);
    }
}

impl Stays for Term {
    fn cites(&mut self) -> &mut Vec<Citation> {
        &mut self.cites
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name,
            title: _,
            stated,
            means,
            readings,
            communicated,
            cites: _,
            place: _,
        } = self;
        cut.within(format!("term `{name}`"), |cut| {
            cut.list(stated);
            cut.maybe(means);
            cut.list(readings);
            cut.list(communicated);
        });
    }
}

impl Element for Candidate {
    fn called(&self, _: usize) -> String {
        format!("candidate `{}`", self.name)
    }

    fn span(&self) -> Span {
        self.name.span()
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        cut.cites(&mut self.cites)
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name: _,
            probability: _,
            title: _,
            preferences,
            cites: _,
            place: _,
        } = self;
        cut.preferences(preferences);
    }
}

impl Element for Stated {
    fn called(&self, number: usize) -> String {
        format!("stated words {number}")
    }

    fn span(&self) -> Span {
        self.place.0
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let Self {
            source,
            quote: _,
            cites,
            place: _,
        } = self;
        let known = cut.cites(cites);
        cut.is_later(source).or(known)
    }

    fn inside(&mut self, _: &mut Cut) {}
}

impl Element for Discount {
    fn called(&self, number: usize) -> String {
        format!("discount {number}")
    }

    fn span(&self) -> Span {
        self.place.0
    }

    /// Without a source it is known from its own day.
    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let Self {
            factor: _,
            from,
            event: _,
            cites,
            place: _,
        } = self;
        if !cites.is_empty() {
            return cut.cites(cites);
        }
        match from {
            Start::Day(day) => day.text.parse::<Date>().ok().filter(|d| *d > cut.day),
            // It goes with its event.
            Start::Event(_) => None,
        }
    }

    fn inside(&mut self, _: &mut Cut) {}
}

impl Element for View {
    fn called(&self, _: usize) -> String {
        format!("view of `{}`", self.viewer)
    }

    fn span(&self) -> Span {
        self.viewer.span()
    }

    fn later(&mut self, cut: &Cut) -> Option<Date> {
        cut.cites(&mut self.cites)
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            viewer,
            title: _,
            knows: _,
            changes,
            views,
            cites: _,
            place: _,
        } = self;
        cut.within(format!("the view of `{viewer}`"), |cut| {
            cut.changes(changes);
            cut.list(views);
        });
    }
}

impl Element for Agent {
    fn called(&self, _: usize) -> String {
        format!("person `{}`", self.name)
    }

    fn span(&self) -> Span {
        self.name.span()
    }

    /// A role that begins later is not known, whoever wrote of it.
    fn later(&mut self, cut: &Cut) -> Option<Date> {
        let known = cut.cites(&mut self.cites);
        let during = self.during.as_ref();
        let begins = during.and_then(|d| days::when(d, cut.stated).ok());
        let begins = begins.and_then(crate::record::When::first);
        begins.filter(|first| *first > cut.day).or(known)
    }

    fn inside(&mut self, cut: &mut Cut) {
        let Self {
            name,
            title: _,
            role: _,
            track: _,
            during,
            cites: _,
            place: _,
        } = self;
        let Some(when) = during else { return };
        cut.dated(when);
        let ends = days::when(when, cut.stated)
            .ok()
            .and_then(crate::record::When::last);
        let Some(ends) = ends.filter(|last| *last > cut.day) else {
            return;
        };
        cut.hide(format!("end of the role of `{name}`"), ends, name.span());
        *during = match when {
            When::During(first, _) | When::Between(first, _) => Some(When::From(first.clone())),
            _ => None,
        };
    }
}
