//! Views: the negotiation as a party sees it, or as one party thinks that another sees it.

use detente_syntax::ast::{Citation, Document, Name, View};
use detente_syntax::{Diagnostic, Span};

use crate::codes;
use crate::resolve::{Scope, suggest};
use crate::{present, term, variant};

/// The negotiation as it is seen along a path of parties: `["US"]` as the United States see it,
/// `["US", "DPRK"]` as the United States think that North Korea sees it.
///
/// What a view does not say is as in the view around it, at last as in the negotiation. A party without a
/// view sees what is around it; a party that *knows* the view of another thinks that the other sees what
/// it sees in fact. Terms are read as the viewer reads them, see [`term::seen_by`].
///
/// The result has no views, no variants and no status quo of its own: where things stand is a fact about
/// the negotiation, and may be a state that the party does not think of. Its parties are those of the
/// document, in order; options that a view invents come after the other options of their party.
///
/// # Errors
///
/// Says, with its place inside the view, which name, statement or rule was not found.
pub fn seen_by(document: &Document, path: &[&str]) -> Result<Document, Vec<Diagnostic>> {
    let mut seen = present::made(document)?.bare();
    seen.status_quo = None;
    // Whether commitments are kept and claims come true is a fact about the negotiation too.
    seen.commitments.clear();
    seen.claims.clear();
    let mut problems = Vec::new();
    for (viewer, view) in chain(&document.views, path) {
        for change in view.iter().flat_map(|v| &v.changes) {
            if let Err(problem) = variant::make(&mut seen, change) {
                problems.push(*problem);
            }
        }
        // That there is no such party is said of the view.
        let declared = seen.parties.iter().any(|p| p.name.as_str() == viewer);
        if declared && let Err(found) = term::seen_by(&mut seen, viewer) {
            problems.extend(found);
        }
    }
    if problems.is_empty() {
        Ok(seen)
    } else {
        Err(problems)
    }
}

/// Through whose eyes a path leads, outermost first, each with its view if it has one.
fn chain<'v>(all: &'v [View], path: &[&'v str]) -> Vec<(&'v str, Option<&'v View>)> {
    let mut found: Vec<(&str, Option<&View>)> = Vec::new();
    let mut level = all;
    for viewer in path {
        let around = found.last().copied();
        if around.is_some_and(|(name, _)| name == *viewer) {
            // What a party thinks that it sees itself is what it sees.
            continue;
        }
        let knows = |view: &View| view.knows.iter().any(|k| k.as_str() == *viewer);
        if around.and_then(|(_, view)| view).is_some_and(knows) {
            found.clear();
            level = all;
        }
        let view = level.iter().find(|v| v.viewer.as_str() == *viewer);
        level = view.map_or(&[], |v| v.views.as_slice());
        found.push((*viewer, view));
    }
    found
}

/// All paths of viewers along which something is said, outermost first: views, the views in them, and
/// the parties that they know the views of.
pub fn paths(document: &Document) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    collect(&document.views, &mut Vec::new(), &mut out);
    out
}

fn collect(views: &[View], before: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    for view in views {
        before.push(view.viewer.text.clone());
        out.push(before.clone());
        for known in &view.knows {
            let mut path = before.clone();
            path.push(known.text.clone());
            out.push(path);
        }
        collect(&view.views, before, out);
        before.pop();
    }
}

/// Adds a view to those that there are: to the view that its party has, or as a new one.
pub(crate) fn add(views: &mut Vec<View>, new: &View) {
    let Some(old) = views.iter_mut().find(|v| v.viewer == new.viewer) else {
        views.push(new.clone());
        return;
    };
    if new.title.is_some() {
        old.title.clone_from(&new.title);
    }
    for known in &new.knows {
        if !old.knows.contains(known) {
            old.knows.push(known.clone());
        }
    }
    old.changes.extend(new.changes.iter().cloned());
    old.cites.extend(new.cites.iter().cloned());
    for inner in &new.views {
        add(&mut old.views, inner);
    }
}

/// Lets the beliefs fall away that the changes of variants have made void: edits of the original views that
/// cannot be made any more, because what they drop, move or swap is gone.
pub(crate) fn settle(original: &[View], changed: &mut Document) {
    if original.is_empty() {
        return;
    }
    let mut views = std::mem::take(&mut changed.views);
    settle_level(original, &mut views, changed);
    changed.views = views;
}

/// The document around the views has no views of its own.
fn settle_level(original: &[View], views: &mut [View], around: &Document) {
    for view in views {
        let Some(before) = original.iter().find(|v| v.viewer == view.viewer) else {
            continue;
        };
        let mut seen = around.clone();
        let mut kept = Vec::with_capacity(view.changes.len());
        for (place, change) in view.changes.iter().enumerate() {
            let left = variant::possible(&mut seen, change);
            if before.changes.get(place) == Some(change) {
                kept.extend(left);
            } else {
                // What a variant says itself is kept, so that what is wrong with it is reported.
                kept.push(change.clone());
            }
        }
        view.changes = kept;
        settle_level(&before.views, &mut view.views, &seen);
    }
}

/// Takes the view of a party away.
pub(crate) fn remove(views: &mut Vec<View>, viewer: &Name) -> Result<(), Box<Diagnostic>> {
    let before = views.len();
    let names: Vec<String> = views.iter().map(|v| v.viewer.text.clone()).collect();
    views.retain(|v| v.viewer != *viewer);
    if views.len() < before {
        return Ok(());
    }
    let d = Diagnostic::error(
        codes::UNKNOWN_TARGET,
        format!("there is no view of `{viewer}` to take away"),
    )
    .at(viewer.span(), "");
    let names = names.iter().map(String::as_str);
    Err(Box::new(suggest(
        d,
        viewer.as_str(),
        names,
        "views are those of",
    )))
}

/// What is wrong with the views themselves: whose they are, and what they contain. What their changes say
/// is found by making them; see [`seen_by`].
pub(crate) fn check(
    views: &[View],
    scope: &Scope<'_>,
    cite: &mut impl FnMut(&[Citation]),
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    level(scope, views, None, &mut out, cite);
    out
}

fn level(
    scope: &Scope<'_>,
    views: &[View],
    around: Option<&View>,
    out: &mut Vec<Diagnostic>,
    cite: &mut impl FnMut(&[Citation]),
) {
    for (index, view) in views.iter().enumerate() {
        cite(&view.cites);
        for change in &view.changes {
            variant::citations(change, cite);
        }
        let name = &view.viewer;
        out.extend(scope.find_party(name).err());
        let first = views[..index].iter().find(|v| v.viewer == *name);
        if let Some(first) = first {
            out.push(
                Diagnostic::error(
                    codes::DUPLICATE_NAME,
                    format!("the view of `{name}` is declared twice"),
                )
                .at(name.span(), "again here")
                .see(first.viewer.span(), "first here")
                .hint("write all that the party believes into one view"),
            );
        }
        if around.is_some_and(|a| a.viewer == *name) {
            out.push(of_itself(name.span(), name));
        }
        if let Some(knows) = around.and_then(|a| a.knows.iter().find(|k| *k == name)) {
            out.push(
                Diagnostic::error(
                    codes::KNOWN_AND_TOLD,
                    format!("the view of `{name}` is known, and told otherwise"),
                )
                .at(name.span(), "told here")
                .see(knows.span(), "known, as is said here")
                .hint("keep one of the two"),
            );
        }
        for known in &view.knows {
            out.extend(scope.find_party(known).err());
            if known == name {
                out.push(of_itself(known.span(), name));
            }
        }
        level(scope, &view.views, Some(view), out, cite);
    }
}

fn of_itself(span: Span, name: &Name) -> Diagnostic {
    Diagnostic::error(
        codes::VIEW_OF_ITSELF,
        format!("`{name}` sees what it sees; its view of itself says nothing"),
    )
    .at(span, "")
    .hint("name another party, or write what is meant into the view around this")
}
