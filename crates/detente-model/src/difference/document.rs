//! The document as a whole.

use detente_syntax::ast::Document;

use super::Bears;
use super::walk::{Order, Walk};

/// Goes through two documents and puts them together. All fields are named.
pub(super) fn merge(a: &Document, b: &Document, walk: &mut Walk<'_>) -> Document {
    let any = Order::DoesNot;
    let parties = walk.places();
    Document {
        detente: a.detente,
        negotiation: walk.words("title", &a.negotiation, &b.negotiation),
        as_of: walk.property("as of", &a.as_of, &b.as_of),
        sources: walk.aside(|w| w.list(&a.sources, &b.sources, any)),
        parties: walk.list(&a.parties, &b.parties, parties),
        never: walk.list(&a.never, &b.never, any),
        when: walk.list(&a.when, &b.when, Order::Counts),
        no_move: walk.list(&a.no_move, &b.no_move, any),
        states: walk.list(&a.states, &b.states, any),
        // The first class that fits a state is its headline.
        classes: walk.list(&a.classes, &b.classes, Order::Counts),
        terms: walk.list(&a.terms, &b.terms, any),
        status_quo: walk.property("status quo", &a.status_quo, &b.status_quo),
        issues: walk.bearing(Bears::PACKAGES, |w| w.list(&a.issues, &b.issues, any)),
        package_rules: walk.bearing(Bears::PACKAGES, |w| {
            w.list(&a.package_rules, &b.package_rules, any)
        }),
        packages: walk.bearing(Bears::PACKAGES, |w| w.list(&a.packages, &b.packages, any)),
        facts: walk.aside(|w| w.list(&a.facts, &b.facts, any)),
        agreed: walk.aside(|w| w.list(&a.agreed, &b.agreed, any)),
        views: walk.aside(|w| w.list(&a.views, &b.views, any)),
        variants: walk.aside(|w| w.list(&a.variants, &b.variants, any)),
        tracks: walk.bearing(Bears::COURSE, |w| w.list(&a.tracks, &b.tracks, any)),
        // What has happened changes where things stand.
        calendar: walk.list(&a.calendar, &b.calendar, any),
        commitments: walk.aside(|w| w.list(&a.commitments, &b.commitments, any)),
        claims: walk.aside(|w| w.list(&a.claims, &b.claims, any)),
        references: walk.aside(|w| w.list(&a.references, &b.references, any)),
    }
}
