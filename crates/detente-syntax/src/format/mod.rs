//! One style for every text.
use crate::kind::SyntaxNode;
pub(crate) fn kept_text(node: &SyntaxNode) -> String {
    node.text().to_string()
}
