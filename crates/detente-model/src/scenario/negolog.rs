//! NegoLog JSON: profiles alone, with `issueWeights` and `issues`.

use super::geniusweb::table;
use super::raw::{Domain, Profile};
use super::reader::Reader;
use super::tree::Node;

/// The issues of the first profile.
pub(crate) fn domain(root: &Node, reader: &mut Reader<'_>) -> Option<Domain> {
    let mut domain = Domain::default();
    for (name, values) in root.get("issues").map_or(&[][..], Node::fields) {
        let items = values
            .fields()
            .iter()
            .map(|(value, _)| value.clone())
            .collect();
        if let Some(issue) = reader.items(name, items, values.span) {
            domain.issues.push(issue);
        }
    }
    reader.problems.is_empty().then_some(domain)
}

/// Reads what packages are worth.
pub(crate) fn profile(
    root: &Node,
    domain: &Domain,
    profile: &mut Profile,
    reader: &mut Reader<'_>,
) -> Option<()> {
    let index = |field: &str| root.get(field).map(Node::index).unwrap_or_default();
    reader.weighted(
        (domain, &mut *profile),
        (index("issues"), index("issueWeights")),
        root.span,
        ("no values or no weight", "the first one"),
        table,
    )?;
    profile.reservation = reader.number_of(root, "reservationValue");
    Some(())
}
