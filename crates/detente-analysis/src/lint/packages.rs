//! What is said of packages without a source, or left unsaid.

use detente_model::Model;
use detente_model::bargain::{Fact, Utility};
use detente_model::syntax::Diagnostic;

use crate::codes;

/// Looks at what a model says of packages, in the order of the text.
pub fn packages(model: &Model) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    uncited(model, &mut out);
    for (party, side) in model.parties.iter().zip(&model.bargain.sides) {
        let own = side.utility.iter().map(|u| (party.name.clone(), u));
        let ratifiers = side.ratifiers.iter();
        let theirs = ratifiers.map(|r| (format!("{}.{}", party.name, r.name), &r.utility));
        for (name, utility) in own.chain(theirs) {
            unreserved(&name, utility, &mut out);
        }
    }
    out.sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
    out
}

/// One note for all facts without a source.
fn uncited(model: &Model, out: &mut Vec<Diagnostic>) {
    let facts = &model.bargain.facts;
    let bare: Vec<&Fact> = facts.iter().filter(|f| f.cites.is_empty()).collect();
    let Some(first) = bare.first() else { return };
    let message = format!("{} of {} facts cite no source", bare.len(), facts.len());
    let mut note = Diagnostic::note(codes::UNCITED_FACT, message).at(first.place.0, "an assumption");
    for other in bare.iter().skip(1).take(2) {
        note = note.see(other.place.0, "and this");
    }
    out.push(note);
}

/// A utility that does not say what having no agreement is worth.
fn unreserved(name: &str, utility: &Utility, out: &mut Vec<Diagnostic>) {
    if utility.reservation.is_some() {
        return;
    }
    out.push(
        Diagnostic::note(
            codes::NO_RESERVATION,
            format!("it is not said what no agreement is worth to `{name}`"),
        )
        .at(utility.place.0, "the worst package counts as no agreement")
        .hint("add `reservation` and a number"),
    );
}
