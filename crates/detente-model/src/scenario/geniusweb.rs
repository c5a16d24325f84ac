//! GeniusWeb JSON: a domain (`issuesValues`) and profiles (`LinearAdditiveUtilitySpace`).

use std::collections::HashMap;

use num_rational::BigRational;
use num_traits::Zero;

use super::evaluator::Curve;
use super::raw::{Domain, Issue, Profile};
use super::reader::{Reader, clean};
use super::shorten;
use super::tree::{Node, Value};

/// The kind of a profile and what it holds: a map with one field, called after its class.
pub(crate) fn profile_of(root: &Node) -> Option<(&str, &Node)> {
    let [(class, content)] = root.fields() else {
        return None;
    };
    content.get("domain").map(|_| (class.as_str(), content))
}

/// Reads the issues, from a domain file or from the domain in a profile.
pub(crate) fn domain(root: &Node, reader: &mut Reader<'_>) -> Option<Domain> {
    let root = profile_of(root)
        .and_then(|(_, p)| p.get("domain"))
        .unwrap_or(root);
    let mut domain = Domain {
        name: root.get("name").and_then(Node::scalar).map(clean),
        issues: Vec::new(),
    };
    let Some(issues) = root.get("issuesValues").filter(|i| i.is_map()) else {
        reader.bad(
            root.span,
            "the domain has no `issuesValues`",
            "it holds the issues by name",
        );
        return None;
    };
    for (name, values) in issues.fields() {
        if let Some(issue) = issue(name, values, reader) {
            domain.issues.push(issue);
        }
    }
    reader.problems.is_empty().then_some(domain)
}

fn issue(name: &str, values: &Node, reader: &mut Reader<'_>) -> Option<Issue> {
    if let Some(range) = values.get("range") {
        return numbers(name, range, reader);
    }
    let Some(list) = values.get("values").and_then(Node::items) else {
        let message = format!("issue `{}` has neither `values` nor `range`", shorten(name));
        reader.bad(
            values.span,
            message,
            "write `{\"values\": [\"low\", \"high\"]}`",
        );
        return None;
    };
    let mut items = Vec::new();
    for item in list {
        let Some(text) = item.scalar() else {
            let message = format!("a value is {}", item.kind());
            reader.bad(item.span, message, "values are texts");
            return None;
        };
        items.push(text.to_owned());
    }
    reader.items(name, items, values.span)
}

fn numbers(name: &str, range: &Node, reader: &mut Reader<'_>) -> Option<Issue> {
    let parts: Vec<&Node> = match &range.value {
        Value::List(parts) => parts.iter().collect(),
        _ => ["low", "high", "step"]
            .iter()
            .filter_map(|f| range.get(f))
            .collect(),
    };
    let [from, to, by] = parts.as_slice() else {
        let message = format!(
            "the range of issue `{}` is not `[from, to, step]`",
            shorten(name)
        );
        reader.bad(range.span, message, "write three numbers");
        return None;
    };
    let from = reader.number(from, "the lower bound")?;
    let to = reader.number(to, "the upper bound")?;
    let by = reader.number(by, "the step")?;
    reader.numbers(name, (from, to), Some(by), range.span)
}

/// Reads what packages are worth.
pub(crate) fn profile(
    root: &Node,
    domain: &Domain,
    profile: &mut Profile,
    reader: &mut Reader<'_>,
) -> Option<()> {
    let (class, content) = profile_of(root)?;
    if class != "LinearAdditiveUtilitySpace" {
        let message = format!(
            "a profile of the kind `{}` gives no sum of worths",
            shorten(class)
        );
        reader.unsupported(content.span, message);
        return None;
    }
    profile.title = content
        .get("name")
        .and_then(Node::scalar)
        .map(str::to_owned);
    let index = |field: &str| content.get(field).map(Node::index).unwrap_or_default();
    reader.weighted(
        (domain, &mut *profile),
        (index("issueUtilities"), index("issueWeights")),
        content.span,
        ("no utility or no weight", "the domain"),
        values,
    )?;
    if let Some(bid) = content.get("reservationBid") {
        profile.reservation = Some(worth(bid, domain, profile, reader)?);
    }
    Some(())
}

fn values(utility: &Node, issue: &Issue, reader: &mut Reader<'_>) -> Option<Vec<BigRational>> {
    if let Some(map) = utility
        .get("discreteutils")
        .and_then(|d| d.get("valueUtilities"))
    {
        return table(map, issue, reader);
    }
    let Some(line) = utility.get("numberutils") else {
        let message = format!(
            "the utility of issue `{}` cannot be read",
            shorten(&issue.name)
        );
        reader.unsupported(utility.span, message);
        return None;
    };
    let mut field = |name: &str| {
        if let Some(node) = line.get(name) {
            return reader.number(node, name);
        }
        let message = format!("`{name}` is missing");
        reader.bad(line.span, message, "a line needs two points");
        None
    };
    let (low, low_worth) = (field("lowValue")?, field("lowUtility")?);
    let (high, high_worth) = (field("highValue")?, field("highUtility")?);
    let slope = if high == low {
        BigRational::zero()
    } else {
        (high_worth - &low_worth) / (high - &low)
    };
    let curve = Curve::linear(low_worth - &low * &slope, slope);
    reader.under(&curve, issue, utility.span, "`numberutils` needs a `range`")
}

/// A map from levels to worths. Levels that it does not have are worth nothing.
pub(crate) fn table(
    map: &Node,
    issue: &Issue,
    reader: &mut Reader<'_>,
) -> Option<Vec<BigRational>> {
    let mut values = vec![None; issue.len()];
    let mut strange = Vec::new();
    let mut empty = Vec::new();
    for (level, worth) in map.fields() {
        match issue.place(level) {
            None => strange.push(worth.span),
            Some(place) if worth.is_null() => {
                empty.push(worth.span);
                values[place] = Some(BigRational::zero());
            }
            Some(place) => values[place] = Some(reader.number(worth, "the worth")?),
        }
    }
    let name = shorten(&issue.name);
    reader.repaired(
        &strange,
        format!("a value of issue `{name}` is not in the domain; left out"),
    );
    reader.repaired(
        &empty,
        format!("a value of issue `{name}` has no worth; worth nothing"),
    );
    let missing = values.iter().filter(|v| v.is_none()).count();
    if missing > 0 {
        let message =
            format!("{missing} of the values of issue `{name}` are not listed; worth nothing");
        reader.repaired(&[map.span], message);
    }
    Some(values.into_iter().map(Option::unwrap_or_default).collect())
}

/// What a bid is worth; issues that it does not name add nothing.
fn worth(
    bid: &Node,
    domain: &Domain,
    profile: &Profile,
    reader: &mut Reader<'_>,
) -> Option<BigRational> {
    let values = bid
        .get("issuevalues")
        .or_else(|| bid.get("issueValues"))
        .unwrap_or(bid);
    let by_name: HashMap<&str, &Node> = values.index();
    let mut levels = Vec::new();
    for issue in &domain.issues {
        let Some(value) = by_name.get(issue.name.as_str()) else {
            levels.push(None);
            continue;
        };
        let level = value.scalar().and_then(|text| issue.place(text));
        if level.is_none() {
            let message = format!(
                "the bid takes a value of issue `{}` that it does not have",
                shorten(&issue.name)
            );
            reader.bad(value.span, message, "take one of the domain");
            return None;
        }
        levels.push(level);
    }
    Some(profile.worth_of_levels(&levels))
}
