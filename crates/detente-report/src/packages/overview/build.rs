//! From what the analysis found to the serialisable value.

use super::{Found, Packages};

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_>) -> Packages {
    Packages {
        format: "detente-packages/1".to_owned(),
        negotiation: found.model.title.clone(),
        variants: found.variants.to_vec(),
    }
}
