//! The elements of what can be agreed: issues, utilities, ratifiers, packages and facts.

use detente_syntax::ast::{
    Agreed, Discount, Fact, Importance, Issue, IssueWorth, Package, PackageRule, Ratifier,
    Reservation, Utility, UtilityTerm,
};

use super::Kind;
use super::conflict::{joined, titled};
use super::said::{Said, formula, listed};
use super::walk::{Element, Order, Side, Walk};

impl Element for Issue {
    const KIND: Kind = Kind::Issue;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([titled(self.title.as_ref()), self.levels.said(side)])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            levels: walk.property("levels", &a.levels, &b.levels),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for PackageRule {
    const KIND: Kind = Kind::PackageRule;

    fn key(&self, side: &Side<'_>) -> String {
        let kind = self.kind.said(side).unwrap_or_default();
        format!("{kind} {}", formula(&self.formula, side))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            kind: a.kind,
            formula: a.formula.clone(),
            because: walk.words("because", &a.because, &b.because),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Utility {
    const KIND: Kind = Kind::Utility;

    fn key(&self, _side: &Side<'_>) -> String {
        String::new()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        let issues = self.issues.iter().map(|worth| worth.issue.to_string());
        let issues: Vec<String> = issues.collect();
        (!issues.is_empty()).then(|| issues.join(", "))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let any = Order::DoesNot;
        Self {
            issues: walk.list(&a.issues, &b.issues, any),
            terms: walk.list(&a.terms, &b.terms, any),
            importance: walk.list(&a.importance, &b.importance, any),
            reservation: walk.maybe(a.reservation.as_ref(), b.reservation.as_ref()),
            // What is lost by coming late counts in bargaining in time, not in what could be agreed.
            discounts: walk.aside(|w| w.list(&a.discounts, &b.discounts, Order::Counts)),
            place: a.place,
        }
    }
}

impl Element for IssueWorth {
    const KIND: Kind = Kind::Worth;

    fn key(&self, _side: &Side<'_>) -> String {
        self.issue.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        let weight = self.weight.said(side).map(|w| format!("weight {w}:"));
        joined([weight, self.trend.said(side), self.values.said(side)])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            issue: b.issue.clone(),
            weight: walk.property("weight", &a.weight, &b.weight),
            trend: walk.property("trend", &a.trend, &b.trend),
            values: walk.property("values", &a.values, &b.values),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for UtilityTerm {
    const KIND: Kind = Kind::UtilityTerm;

    fn key(&self, side: &Side<'_>) -> String {
        formula(&self.formula, side)
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.worth.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            worth: walk.property("worth", &a.worth, &b.worth),
            formula: a.formula.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Importance {
    const KIND: Kind = Kind::Importance;

    fn key(&self, _side: &Side<'_>) -> String {
        let issues = self.issues.iter().map(ToString::to_string);
        issues.collect::<Vec<_>>().join(" > ")
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            issues: a.issues.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Reservation {
    const KIND: Kind = Kind::Reservation;

    fn key(&self, _side: &Side<'_>) -> String {
        String::new()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.value.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            value: walk.property("value", &a.value, &b.value),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Discount {
    const KIND: Kind = Kind::Discount;

    fn key(&self, _side: &Side<'_>) -> String {
        format!("from {}", self.from)
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.factor.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            factor: walk.property("factor", &a.factor, &b.factor),
            from: a.from.clone(),
            event: walk.words("event", &a.event, &b.event),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Ratifier {
    const KIND: Kind = Kind::Ratifier;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        let votes = self.votes.said(side).map(|votes| format!("votes {votes}"));
        joined([titled(self.title.as_ref()), votes])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            votes: walk.words("votes", &a.votes, &b.votes),
            utility: Utility::merge(&a.utility, &b.utility, walk),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Package {
    const KIND: Kind = Kind::Package;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([titled(self.title.as_ref()), Some(listed(&self.picks, side))])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            picks: walk.property("picks", &a.picks, &b.picks),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Fact {
    const KIND: Kind = Kind::Fact;

    // Whoever ratifies is written with its party, and is no option.
    fn key(&self, side: &Side<'_>) -> String {
        let verdict = self.verdict.said(side).unwrap_or_default();
        format!("{} {verdict}", self.who)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            who: a.who.clone(),
            verdict: a.verdict.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Agreed {
    const KIND: Kind = Kind::Agreed;

    fn key(&self, side: &Side<'_>) -> String {
        let when = self.when.as_ref().map(|w| formula(w, side));
        let when = when.map(|when| format!(" when {when}"));
        let setting = self.setting.said(side).unwrap_or_default();
        format!("{setting}{}", when.unwrap_or_default())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            setting: a.setting.clone(),
            when: a.when.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}
