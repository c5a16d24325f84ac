//! The findings themselves.

use super::{Rendered, Unrendered};

/// The findings as JSON, indented, with nothing left out: the document is a view of them.
pub(super) fn render(rendered: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    let mut bytes = Vec::new();
    let written = rendered.findings.write_json(&mut bytes);
    written.map_err(|error| Unrendered::Refused {
        what: "JSON",
        why: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}
