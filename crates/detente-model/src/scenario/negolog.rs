//! NegoLog JSON: profiles alone, with `issueWeights` and `issues`.

use super::geniusweb::table;
use super::raw::{Domain, Profile, Table};
use super::reader::Reader;
use super::shorten;
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
    let mut issues = root.get("issues").map(Node::index).unwrap_or_default();
    let weights = root
        .get("issueWeights")
        .map(Node::index)
        .unwrap_or_default();
    for (place, issue) in domain.issues.iter().enumerate() {
        let name = issue.name.as_str();
        let (Some(values), Some(weight)) = (issues.remove(name), weights.get(name)) else {
            let message = format!(
                "issue `{}` has no values or no weight; worth nothing",
                shorten(name)
            );
            reader.repaired(&[root.span], message);
            continue;
        };
        profile.tables[place] = Some(Table {
            weight: Some(reader.number(weight, "the weight")?),
            values: table(values, issue, reader)?,
        });
    }
    let mut strange: Vec<_> = issues.values().map(|n| n.span).collect();
    strange.sort();
    reader.repaired(
        &strange,
        "an issue of the profile is not in the first one; left out",
    );
    profile.reservation = reader.number_of(root, "reservationValue");
    Some(())
}
