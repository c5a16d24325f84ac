//! NegMAS YAML and JSON: a domain (`issues`) and utilities (`type`), of a closed list of classes.

use std::collections::HashMap;

use detente_syntax::Diagnostic;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::negmas_functions::{curve, values};
use super::number::{self, Number};
use super::raw::{Bound, Condition, Domain, Issue, Profile, Table, Term};
use super::reader::{Reader, clean};
use super::tree::{Node, Value};
use super::{codes, shorten};

/// How deeply utilities may stand in each other.
const MAX_DEPTH: usize = 16;

/// The class of an object, without the path of its module.
pub(crate) fn class(node: &Node) -> Option<&str> {
    let names = ["type", "__python_class__"];
    let class = names
        .iter()
        .find_map(|n| node.get(n))
        .and_then(Node::scalar)?;
    class.rsplit('.').next()
}

/// Whether a map is a utility.
pub(crate) fn is_utility(root: &Node) -> bool {
    class(root).is_some_and(|c| {
        let c = c.to_lowercase();
        c.ends_with("ufun") || c.ends_with("utilityfunction") || c.ends_with("aggregationfunction")
    })
}

/// Reads the issues; of a profile, those of its outcome space.
pub(crate) fn domain(root: &Node, reader: &mut Reader<'_>) -> Option<Domain> {
    let root = match root.get("issues") {
        Some(_) => root,
        None => root.get("outcome_space").unwrap_or(root),
    };
    let mut domain = Domain {
        name: root.get("name").and_then(Node::scalar).map(clean),
        issues: Vec::new(),
    };
    let Some(issues) = root.get("issues").and_then(Node::items) else {
        reader.bad(
            root.span,
            "there is no list `issues`",
            "the domain file lists the issues",
        );
        return None;
    };
    for (place, node) in issues.iter().enumerate() {
        if let Some(issue) = issue(place, node, reader) {
            domain.issues.push(issue);
        }
    }
    reader.problems.is_empty().then_some(domain)
}

fn issue(place: usize, node: &Node, reader: &mut Reader<'_>) -> Option<Issue> {
    let name = node.get("name").and_then(Node::scalar);
    let name = name.map_or_else(|| format!("issue {}", place + 1), str::to_owned);
    let Some(values) = node.get("values") else {
        let message = format!("issue `{}` has no `values`", shorten(&name));
        reader.bad(node.span, message, "list them, or write `[low, high]`");
        return None;
    };
    let kind = class(node).unwrap_or("");
    let range = match (kind, values.items()) {
        ("ContiguousIssue", Some([low, high])) => Some((low, high, Some(BigRational::one()))),
        ("ContinuousIssue", Some([low, high])) => Some((low, high, None)),
        _ => None,
    };
    if let Some((low, high, by)) = range {
        let bounds = (
            reader.number(low, "the lower bound")?,
            reader.number(high, "the upper bound")?,
        );
        return reader.numbers(&name, bounds, by, values.span);
    }
    match (&values.value, values.number()) {
        // A number of levels, counted from 0.
        (Value::Plain(_), Some(Number::Finite(count)))
            if count >= BigRational::one() && count.is_integer() =>
        {
            let last = count - BigRational::one();
            reader.numbers(
                &name,
                (number::whole(0), last),
                Some(BigRational::one()),
                values.span,
            )
        }
        (Value::List(list), _) => {
            let items: Option<Vec<String>> =
                list.iter().map(|i| i.scalar().map(str::to_owned)).collect();
            let Some(items) = items else {
                let message = format!(
                    "the values of issue `{}` are no texts or numbers",
                    shorten(&name)
                );
                reader.bad(values.span, message, "list texts or numbers");
                return None;
            };
            reader.items(&name, items, values.span)
        }
        _ => {
            let message = format!(
                "the values of issue `{}` are {}",
                shorten(&name),
                values.kind()
            );
            reader.bad(values.span, message, "list them, or write `[low, high]`");
            None
        }
    }
}

/// Reads what packages are worth.
pub(crate) fn profile(
    root: &Node,
    domain: &Domain,
    profile: &mut Profile,
    reader: &mut Reader<'_>,
) -> Option<()> {
    let mut read = Read { domain, reader };
    read.utility(root, profile, 0)?;
    profile.title = root.get("name").and_then(Node::scalar).map(str::to_owned);
    read.reservation(root, profile)
}

struct Read<'r, 'o> {
    domain: &'r Domain,
    reader: &'r mut Reader<'o>,
}

impl Read<'_, '_> {
    fn utility(&mut self, node: &Node, profile: &mut Profile, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            self.reader
                .too_large(node.span, "utilities are nested more than 16 levels deep");
            return None;
        }
        match class(node).unwrap_or("") {
            "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => {
                self.additive(node, profile)
            }
            "LinearUtilityFunction" | "AffineUtilityFunction" => self.linear(node, profile),
            "ConstUtilityFunction" => self.constant(node, "value", profile),
            "HyperRectangleUtilityFunction" => self.boxes(node, profile),
            "WeightedUtilityFunction" => self.weighted(node, profile, depth),
            "ExpDiscountedUFun" | "LinDiscountedUFun" | "DiscountedUtilityFunction" => {
                self.discounted(node, profile, depth)
            }
            other => {
                let message = format!("utilities of the class `{}` cannot be read", shorten(other));
                self.reader.unsupported(node.span, message);
                None
            }
        }
    }

    /// Weights by position or by the issues' names.
    fn weights(&mut self, node: &Node) -> Option<Vec<Option<BigRational>>> {
        let issues = &self.domain.issues;
        let mut weights = vec![None; issues.len()];
        let Some(given) = node.get("weights") else {
            return Some(weights);
        };
        let by_name = given.index();
        for (place, issue) in issues.iter().enumerate() {
            let item = match given.items() {
                Some(items) => items.get(place),
                None => by_name.get(issue.name.as_str()).copied(),
            };
            if let Some(item) = item {
                weights[place] = Some(self.reader.number(item, "the weight")?);
            }
        }
        let extra = given
            .items()
            .map_or(0, |i| i.len().saturating_sub(issues.len()));
        if extra > 0 {
            self.reader.repaired(
                &[given.span],
                "there are more weights than issues; the last are left out",
            );
        }
        Some(weights)
    }

    fn additive(&mut self, node: &Node, profile: &mut Profile) -> Option<()> {
        let weights = self.weights(node)?;
        let Some(functions) = node.get("values") else {
            self.reader.bad(
                node.span,
                "there is no `values`",
                "it holds a function for each issue",
            );
            return None;
        };
        let by_name = functions.index();
        let mut missing = Vec::new();
        for (place, (issue, weight)) in self.domain.issues.iter().zip(weights).enumerate() {
            let function = match functions.items() {
                Some(items) => items.get(place),
                None => by_name.get(issue.name.as_str()).copied(),
            };
            let Some(function) = function.filter(|f| !f.is_null()) else {
                missing.push(functions.span);
                continue;
            };
            profile.tables[place] = Some(Table {
                weight,
                values: values(function, issue, self.reader)?,
            });
        }
        self.reader
            .repaired(&missing, "an issue has no function; worth nothing");
        self.constant(node, "bias", profile)
    }

    /// Issues of numbers, each multiplied by its weight; without weights they count equally.
    fn linear(&mut self, node: &Node, profile: &mut Profile) -> Option<()> {
        let equal = number::whole(self.domain.issues.len()).recip();
        let given = node.get("weights").is_some();
        for (place, weight) in self.weights(node)?.into_iter().enumerate() {
            let issue = &self.domain.issues[place];
            let Some(values) = (0..issue.len()).map(|l| issue.number(l)).collect() else {
                let message = format!(
                    "issue `{}` has levels that are no numbers",
                    shorten(&issue.name)
                );
                self.reader.bad(
                    node.span,
                    message,
                    "a linear utility needs issues of numbers",
                );
                return None;
            };
            let none = || {
                if given {
                    number::whole(0)
                } else {
                    equal.clone()
                }
            };
            let weight = Some(weight.unwrap_or_else(none));
            profile.tables[place] = Some(Table { weight, values });
        }
        self.constant(node, "bias", profile)
    }

    fn constant(&mut self, node: &Node, field: &str, profile: &mut Profile) -> Option<()> {
        if let Some(value) = node.get(field) {
            let value = self.reader.number(value, field)?;
            if value != number::whole(0) {
                profile.add_constant(value);
            }
        }
        Some(())
    }

    fn weighted(&mut self, node: &Node, profile: &mut Profile, depth: usize) -> Option<()> {
        let parts = node.get("ufuns").and_then(Node::items).unwrap_or(&[]);
        let weights = node.get("weights").and_then(Node::items).unwrap_or(&[]);
        for (place, part) in parts.iter().enumerate() {
            let weight = match weights.get(place) {
                Some(weight) => self.reader.number(weight, "the weight")?,
                None => number::whole(1),
            };
            let cells = self.domain.issues.iter().map(Issue::len).sum();
            if !self.reader.affordable(cells, part.span) {
                return None;
            }
            let mut read = Profile::new(profile.file, profile.tables.len());
            self.utility(part, &mut read, depth + 1)?;
            profile.add(read, &weight);
        }
        self.constant(node, "bias", profile)
    }

    fn discounted(&mut self, node: &Node, profile: &mut Profile, depth: usize) -> Option<()> {
        let Some(inner) = node.get("ufun") else {
            self.reader.bad(
                node.span,
                "there is no `ufun`",
                "a discounted utility holds another one",
            );
            return None;
        };
        let discount = node.get("discount").and_then(Node::scalar).unwrap_or("");
        let message = format!(
            "the discount {} for each step is left out",
            shorten(discount)
        );
        let note = Diagnostic::note(codes::NOT_SAID, message.replace("  ", " ")).at(node.span, "");
        self.reader.note(
            note.hint("a discount in the language begins on a day: `discount 0.9 from 2019-03-04`"),
        );
        self.utility(inner, profile, depth + 1)?;
        self.reservation(inner, profile)
    }

    fn boxes(&mut self, node: &Node, profile: &mut Profile) -> Option<()> {
        let list = |field: &str| node.get(field).and_then(Node::items).unwrap_or(&[]);
        let (ranges, utilities, weights) =
            (list("outcome_ranges"), list("utilities"), list("weights"));
        if ranges.len() != utilities.len() {
            let message = format!(
                "there are {} ranges and {} utilities",
                ranges.len(),
                utilities.len()
            );
            self.reader
                .bad(node.span, message, "every range has its utility");
            return None;
        }
        for (place, (range, utility)) in ranges.iter().zip(utilities).enumerate() {
            let mut worth = self.reader.number(utility, "the utility of a range")?;
            if let Some(weight) = weights.get(place) {
                worth *= self.reader.number(weight, "the weight")?;
            }
            let condition = self.range(range)?;
            profile.terms.push(Term { worth, condition });
        }
        self.constant(node, "bias", profile)
    }

    /// `{0: [1, 3], 2: [0, 4]}`: issues by number from 0, or by name.
    fn range(&mut self, node: &Node) -> Option<Condition> {
        let mut bounds = Vec::new();
        let mut names: HashMap<&str, usize> = HashMap::new();
        for (place, issue) in self.domain.issues.iter().enumerate() {
            names.entry(issue.name.as_str()).or_insert(place);
        }
        if !self.reader.affordable(node.fields().len(), node.span) {
            return None;
        }
        for (key, value) in node.fields() {
            let numbered = number::parse(key).filter(BigRational::is_integer);
            let numbered = numbered.and_then(|n| n.to_integer().to_usize());
            let issue = names.get(key.as_str()).copied().or(numbered);
            let Some(issue) = issue.filter(|i| *i < self.domain.issues.len()) else {
                let message = format!("there is no issue `{}`", shorten(key));
                self.reader
                    .bad(value.span, message, "issues are numbered from 0");
                return None;
            };
            if value.is_null() {
                continue;
            }
            let (low, high) = match value.items() {
                Some([low, high]) => (low, high),
                None => (value, value),
                Some(_) => {
                    self.reader
                        .bad(value.span, "a range has two ends", "write `[low, high]`");
                    return None;
                }
            };
            let low = self.reader.number(low, "the lower end")?;
            let high = self.reader.number(high, "the upper end")?;
            match self.domain.issues[issue].between(&low, &high) {
                Ok(Some((from, to))) => bounds.push(Bound { issue, from, to }),
                Ok(None) => return Some(Condition::Never),
                Err(_) => {
                    let message = "a range needs an issue whose levels are ascending numbers";
                    self.reader.bad(value.span, message, "see the domain");
                    return None;
                }
            }
        }
        Some(Condition::Inside(bounds))
    }

    /// Reads what having no agreement is worth, if the utility says it.
    fn reservation(&mut self, node: &Node, profile: &mut Profile) -> Option<()> {
        let Some(value) = node.get("reserved_value") else {
            let Some(outcome) = node.get("reserved_outcome") else {
                return Some(());
            };
            let values = outcome.items().unwrap_or(&[]);
            let issues = self.domain.issues.iter().enumerate();
            let levels = issues.map(|(p, issue)| {
                values
                    .get(p)
                    .and_then(Node::scalar)
                    .and_then(|t| issue.place(t))
            });
            let levels: Option<Vec<usize>> = levels.collect();
            let (Some(levels), true) = (levels, profile.terms.is_empty()) else {
                self.reader.bad(
                    outcome.span,
                    "the reserved outcome is no package",
                    "write `reserved_value`",
                );
                return None;
            };
            let levels: Vec<_> = levels.into_iter().map(Some).collect();
            profile.reservation = Some(profile.worth_of_levels(&levels));
            return Some(());
        };
        profile.reservation = match value.number() {
            Some(Number::Finite(number)) => Some(number),
            Some(Number::MinusInfinity | Number::Undefined) => {
                let message =
                    "without a finite reservation value, the worst package stands for no agreement";
                self.reader
                    .note(Diagnostic::note(codes::NOT_SAID, message).at(value.span, ""));
                None
            }
            Some(Number::Infinity) => {
                let message = "a reservation value above all numbers accepts nothing";
                self.reader.bad(value.span, message, "write a number");
                return None;
            }
            None => Some(self.reader.number(value, "reserved_value")?),
        };
        Some(())
    }
}

/// The values of all levels under a curve.
pub(crate) fn over(
    node: &Node,
    issue: &Issue,
    reader: &mut Reader<'_>,
) -> Option<Vec<BigRational>> {
    let curve = curve(node, reader)?;
    reader.under(&curve, issue, node.span, "only a table can value them")
}
