//! What of the evidence was asked for.

use detente_analysis::evidence::{Element, Evidence};

use super::Shown;

/// The parts that were asked for. Without a question about sections, an element or a source has everything about it.
pub(super) fn pick(evidence: &Evidence, shown: &Shown) -> Evidence {
    let sections = shown.is_narrowed();
    let element = |element: &Element| {
        let named = shown
            .element
            .as_deref()
            .is_none_or(|w| is_named(element, w));
        let source = shown.source.as_deref();
        let cited = source.is_none_or(|s| element.sources.iter().any(|name| name == s));
        named && cited
    };
    let narrowed = shown.element.is_some() || shown.source.is_some();
    let elements: Vec<Element> = evidence
        .elements
        .iter()
        .filter(|e| element(e))
        .cloned()
        .collect();
    let has = |number: usize| elements.iter().any(|e| e.number == number);
    let source = |name: &str| {
        shown.source.as_deref().is_none_or(|s| s == name)
            && (shown.element.is_none()
                || elements.iter().any(|e| e.sources.iter().any(|s| s == name)))
    };
    let mut picked = Evidence {
        sources: evidence
            .sources
            .iter()
            .filter(|s| source(&s.name))
            .cloned()
            .collect(),
        quotations: evidence
            .quotations
            .iter()
            .filter(|q| !narrowed || has(q.element))
            .cloned()
            .collect(),
        conflicts: evidence
            .conflicts
            .iter()
            .filter(|c| !narrowed || c.sides.iter().filter_map(|s| s.element).any(has))
            .cloned()
            .collect(),
        commitments: evidence
            .commitments
            .iter()
            .filter(|c| !narrowed || has(c.element))
            .cloned()
            .collect(),
        elements: Vec::new(),
    };
    picked.elements = elements;
    if sections {
        picked.sources.clear();
        if shown.unsupported {
            picked.elements.retain(|e| e.assumed);
        } else {
            picked.elements.clear();
        }
        if !shown.conflicts {
            picked.conflicts.clear();
        }
        if !shown.quotations {
            picked.quotations.clear();
        }
        if !shown.commitments {
            picked.commitments.clear();
        }
    }
    picked
}

/// Whether an element has this number, or this in its name.
pub fn is_named(element: &Element, wanted: &str) -> bool {
    match wanted.parse::<usize>() {
        Ok(number) => element.number == number,
        Err(_) => element.name.to_lowercase().contains(&wanted.to_lowercase()),
    }
}
