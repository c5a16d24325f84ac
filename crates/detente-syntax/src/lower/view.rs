//! Views and what can stand in them only.

use super::party::option_named;
use super::{Lower, children, citations, head, name, names, reference, text};
use crate::ast::{Change, View};
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn view(&mut self, node: &SyntaxNode) -> Option<View> {
        use SyntaxKind as K;
        let mut out = View {
            viewer: name(node)?,
            title: text(node),
            knows: Vec::new(),
            changes: Vec::new(),
            views: Vec::new(),
            cites: citations(node),
            place: head(node),
        };
        for item in children(node, K::Block).flat_map(|block| block.children()) {
            match item.kind() {
                K::Knows => out.knows.extend(names(&item)),
                K::View => out.views.extend(self.view(&item)),
                _ => out.changes.extend(self.change(&item)),
            }
        }
        Some(out)
    }
}

/// `invents DPRK.secret "..." irreversible`.
pub(super) fn invention(node: &SyntaxNode) -> Option<Change> {
    let invented = reference(node)?;
    Some(Change::Invent {
        party: invented.party?,
        option: option_named(invented.name, node),
    })
}
