//! GENIUS XML: a domain (`negotiation_template`) and profiles (`utility_space`).

use std::collections::{HashMap, HashSet};

use detente_syntax::{Diagnostic, Span};
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::evaluator::{Curve, clip};
use super::raw::{Domain, Issue, Profile, Table};
use super::reader::{Reader, clean};
use super::xml::Element;
use super::{Evaluations, boxes, codes, number, shorten};

/// Evaluations of an issue none of which reaches this are worth nothing to GENIUS.
const LEAST: &str = "0.00001";

/// All elements with this name, in the order of the file.
fn all<'e>(root: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for child in &root.children {
        if child.name == name {
            found.push(child);
        }
        all(child, name, found);
    }
}

/// The elements with one of these names that stand in no other of them.
fn outermost<'e>(root: &'e Element, names: &[&str], found: &mut Vec<&'e Element>) {
    for child in &root.children {
        if names.contains(&child.name.as_str()) {
            found.push(child);
        } else {
            outermost(child, names, found);
        }
    }
}

fn elements<'e>(root: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    all(root, name, &mut found);
    found
}

/// An element's place in the numbering of the file, which begins at 1.
fn index(element: &Element) -> Option<usize> {
    let index: usize = element.get("index")?.parse().ok()?;
    index.checked_sub(1)
}

/// What the file says the negotiation is about; the usual placeholders say nothing.
fn title(root: &Element) -> Option<String> {
    let objective = elements(root, "objective").into_iter().next()?;
    let name = clean(objective.get("name")?);
    let says_nothing = ["", "any", "root", "domain", "objective"];
    (!says_nothing.contains(&name.to_lowercase().as_str())).then_some(name)
}

/// Reads the issues, from a domain or, where there is none, from a profile.
pub(crate) fn domain(root: &Element, reader: &mut Reader<'_>) -> Option<Domain> {
    let mut domain = Domain {
        name: title(root),
        issues: Vec::new(),
    };
    for element in elements(root, "issue") {
        if let Some(issue) = issue(element, reader) {
            domain.issues.push(issue);
        }
    }
    reader.problems.is_empty().then_some(domain)
}

fn issue(element: &Element, reader: &mut Reader<'_>) -> Option<Issue> {
    let Some(name) = element.get("name") else {
        reader.bad(element.span, "an issue has no name", "write `name=\"...\"`");
        return None;
    };
    let kind = ["type", "etype", "vtype"]
        .iter()
        .find_map(|a| element.get(a));
    let kind = kind.unwrap_or("discrete").to_lowercase();
    if element.first("item").is_some() || kind == "discrete" {
        return items(name, element, reader);
    }
    if kind != "integer" && kind != "real" {
        let message = format!(
            "`{}` is no type of issue; read as real numbers",
            shorten(&kind)
        );
        reader.repaired(&[element.span], message);
    }
    let range = element.first("range").unwrap_or(element);
    let mut bound = |names: [&str; 2]| {
        let found = names.iter().find_map(|n| element.get(n).or(range.get(n)));
        let Some(text) = found else {
            let message = format!("issue `{}` has no `{}`", shorten(name), names[0]);
            reader.bad(element.span, message, "write both bounds");
            return None;
        };
        reader.finite(text, element.span, names[0])
    };
    let bounds = (bound(["lowerbound", "min"])?, bound(["upperbound", "max"])?);
    let by = (kind == "integer").then(BigRational::one);
    reader.numbers(name, bounds, by, element.span)
}

fn items(name: &str, element: &Element, reader: &mut Reader<'_>) -> Option<Issue> {
    let mut items = Vec::new();
    let mut seen = HashSet::new();
    let (mut nameless, mut repeated) = (Vec::new(), Vec::new());
    for item in element.all("item") {
        match item.get("value") {
            None => nameless.push(item.span),
            Some(value) if seen.insert(value) => items.push(value.to_owned()),
            Some(_) => repeated.push(item.span),
        }
    }
    let name = shorten(name);
    reader.repaired(
        &nameless,
        format!("an item of issue `{name}` has no value; left out"),
    );
    reader.repaired(
        &repeated,
        format!("an item of issue `{name}` is repeated; the first counts"),
    );
    reader.items(&name, items, element.span)
}

/// Reads what packages are worth.
pub(crate) fn profile(
    root: &Element,
    domain: &Domain,
    profile: &mut Profile,
    reader: &mut Reader<'_>,
) {
    let mut read = Read {
        domain,
        reader,
        greatest: Vec::new(),
    };
    let issues = read.issues(root);
    for (element, place) in &issues {
        let table = read.table(element, &domain.issues[*place]);
        profile.tables[*place] = profile.tables[*place].take().or(table);
    }
    read.weights(root, &issues, profile);
    let mut utilities = Vec::new();
    outermost(root, &["utility", "utility_function"], &mut utilities);
    for utility in utilities {
        boxes::read(utility, &issues, domain, profile, read.reader);
    }
    profile.reservation = read.reservation(root);
    read.discount(root);
    read.scale(profile, root.span);
    let nothing = profile.tables.iter().all(Option::is_none) && profile.terms.is_empty();
    if nothing && read.reader.problems.is_empty() {
        let message = "the profile gives no worth to anything";
        read.reader.repaired(&[root.span], message);
    }
}

struct Read<'r, 'o> {
    domain: &'r Domain,
    reader: &'r mut Reader<'o>,
    /// The greatest evaluations of the issues, to see whether GENIUS would scale them differently.
    greatest: Vec<BigRational>,
}

impl Read<'_, '_> {
    /// The issues of the profile with their places in the domain: by name, else by number.
    fn issues<'e>(&mut self, root: &'e Element) -> Vec<(&'e Element, usize)> {
        let issues = &self.domain.issues;
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (place, issue) in issues.iter().enumerate() {
            by_name.entry(issue.name.as_str()).or_insert(place);
        }
        let mut found = Vec::new();
        let mut taken = vec![false; issues.len()];
        for (order, element) in elements(root, "issue").into_iter().enumerate() {
            let name = clean(element.get("name").unwrap_or(""));
            let numbered = index(element).unwrap_or(order);
            let place = by_name.get(name.as_str()).copied();
            let place = place.or_else(|| (numbered < issues.len()).then_some(numbered));
            let Some(place) = place.filter(|p| !std::mem::replace(&mut taken[*p], true)) else {
                let message = format!("the domain has no issue `{}`; left out", shorten(&name));
                self.reader.repaired(&[element.span], message);
                continue;
            };
            if issues[place].name != name {
                let message = format!(
                    "issue `{}` is called `{}` in the domain; taken by its number",
                    shorten(&name),
                    shorten(&issues[place].name)
                );
                self.reader.repaired(&[element.span], message);
            }
            found.push((element, place));
        }
        found
    }

    fn genius(&self) -> bool {
        self.reader.options.evaluations == Evaluations::Genius
    }

    fn table(&mut self, element: &Element, issue: &Issue) -> Option<Table> {
        if let Some(evaluator) = element.first("evaluator") {
            return self.curve(element, evaluator, issue);
        }
        element.first("item")?;
        self.evaluations(element, issue)
    }

    fn evaluations(&mut self, element: &Element, issue: &Issue) -> Option<Table> {
        let mut values: Vec<Option<BigRational>> = vec![None; issue.len()];
        let (mut strange, mut empty, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        for item in element.all("item") {
            // An item without a value is told of in the domain.
            let Some(value) = item.get("value") else {
                continue;
            };
            let Some(level) = issue.place(value) else {
                strange.push(item.span);
                continue;
            };
            if values[level].is_some() {
                repeated.push(item.span);
                continue;
            }
            let text = item
                .get("evaluation")
                .filter(|t| !t.is_empty() && *t != "null");
            values[level] = if let Some(text) = text {
                Some(self.reader.finite(text, item.span, "the evaluation")?)
            } else {
                empty.push(item.span);
                Some(BigRational::zero())
            };
        }
        let name = shorten(&issue.name);
        let tell = &mut *self.reader;
        tell.repaired(
            &strange,
            format!("a value of issue `{name}` is not in the domain; left out"),
        );
        tell.repaired(
            &empty,
            format!("a value of issue `{name}` has no evaluation; worth nothing"),
        );
        tell.repaired(
            &repeated,
            format!("an item of issue `{name}` is repeated; the first counts"),
        );
        let missing = values.iter().filter(|v| v.is_none()).count();
        if missing > 0 {
            let message =
                format!("{missing} of the values of issue `{name}` are not listed; worth nothing");
            tell.repaired(&[element.span], message);
        }
        let values: Vec<_> = values.into_iter().map(Option::unwrap_or_default).collect();
        let greatest = values.iter().max().cloned().unwrap_or_default();
        self.greatest.push(greatest.clone());
        let values = if self.genius() {
            let nothing = number::parse(LEAST).is_some_and(|least| greatest < least);
            let scaled = |v: BigRational| {
                if nothing {
                    BigRational::zero()
                } else {
                    v / &greatest
                }
            };
            values.into_iter().map(scaled).collect()
        } else {
            values
        };
        Some(Table {
            weight: None,
            values,
        })
    }

    fn curve(&mut self, element: &Element, evaluator: &Element, issue: &Issue) -> Option<Table> {
        let kind = evaluator.get("ftype").unwrap_or("linear").to_lowercase();
        let span = evaluator.span;
        let mut parameter = |names: [&str; 2], default: i32| {
            let found = names.iter().find_map(|n| evaluator.get(n));
            match found {
                Some(text) => self.reader.finite(text, span, names[0]),
                None => Some(number::whole(default)),
            }
        };
        let curve = match kind.as_str() {
            "linear" => Curve::linear(
                parameter(["offset", "parameter0"], 0)?,
                parameter(["slope", "parameter1"], 1)?,
            ),
            "constant" => Curve::Polynomial(vec![parameter(["parameter0", "offset"], 0)?]),
            "quadratic" => Curve::Polynomial(vec![
                parameter(["parameter0", "offset"], 0)?,
                parameter(["parameter1", "a1"], 1)?,
                parameter(["parameter2", "a2"], 1)?,
            ]),
            "triangular" => Curve::Triangular {
                start: parameter(["parameter0", "start"], 0)?,
                end: parameter(["parameter1", "end"], 1)?,
                top: parameter(["parameter2", "middle"], 1)?,
            },
            _ => {
                let message = format!("evaluators of type `{}` cannot be read", shorten(&kind));
                self.reader.unsupported(span, message);
                return None;
            }
        };
        let whole = issue_is_whole(element, issue);
        let shift = if self.genius() && whole && kind == "linear" {
            let from = element.get("lowerbound");
            let from = from.or_else(|| element.first("range")?.get("lowerbound"));
            from.and_then(number::parse)
                .or_else(|| issue.number(0))
                .unwrap_or_default()
        } else {
            BigRational::zero()
        };
        let values = (0..issue.len()).map(|l| issue.number(l).map(|x| curve.at(&(x - &shift))));
        let Some(mut values) = values.collect::<Option<Vec<_>>>() else {
            let message = format!(
                "issue `{}` has levels that are no numbers",
                shorten(&issue.name)
            );
            self.reader
                .bad(span, message, "an evaluator needs an issue of numbers");
            return None;
        };
        if self.genius() && kind == "linear" {
            clip(&mut values);
        }
        Some(Table {
            weight: None,
            values,
        })
    }

    /// Gives the tables their weights. What has none counts 1 to NegMAS and nothing to GENIUS.
    fn weights(&mut self, root: &Element, issues: &[(&Element, usize)], profile: &mut Profile) {
        let mut by_number: HashMap<usize, usize> = HashMap::new();
        for (order, (element, place)) in issues.iter().enumerate() {
            by_number
                .entry(index(element).unwrap_or(order))
                .or_insert(*place);
        }
        let mut weights: Vec<Option<BigRational>> = vec![None; profile.tables.len()];
        for element in elements(root, "weight") {
            let place = index(element).and_then(|i| by_number.get(&i)).copied();
            let Some(place) = place else {
                self.reader
                    .repaired(&[element.span], "a weight belongs to no issue; left out");
                continue;
            };
            let Some(text) = element.get("value").filter(|t| *t != "null") else {
                continue;
            };
            if let Some(weight) = self.reader.finite(text, element.span, "the weight") {
                weights[place].get_or_insert(weight);
            }
        }
        let mut missing = Vec::new();
        for (element, place) in issues {
            let Some(table) = &mut profile.tables[*place] else {
                continue;
            };
            let weight = weights[*place].take();
            if weight.is_none() {
                missing.push(element.span);
            }
            let genius = self.reader.options.evaluations == Evaluations::Genius;
            table.weight = weight.or_else(|| genius.then(BigRational::zero));
        }
        let what = if self.genius() { "nothing" } else { "1" };
        self.reader.repaired(
            &missing,
            format!("an issue has no weight; it counts {what}"),
        );
    }

    /// Both tools take 0 where nothing is written.
    fn reservation(&mut self, root: &Element) -> Option<BigRational> {
        let Some(element) = elements(root, "reservation").into_iter().next() else {
            return Some(BigRational::zero());
        };
        match element
            .get("value")
            .filter(|t| !t.is_empty() && *t != "null")
        {
            Some(text) => self
                .reader
                .finite(text, element.span, "the reservation value"),
            None => Some(BigRational::zero()),
        }
    }

    fn discount(&mut self, root: &Element) {
        let Some(element) = elements(root, "discount_factor").into_iter().next() else {
            return;
        };
        let factor = element.get("value").and_then(number::parse);
        if factor.is_some_and(|f| f > BigRational::zero() && f < BigRational::one()) {
            let message = format!(
                "the discount factor {} for the whole time is left out",
                shorten(element.get("value").unwrap_or(""))
            );
            let note = Diagnostic::note(codes::NOT_SAID, message).at(element.span, "");
            self.reader.note(note.hint(
                "a discount in the language begins on a day: `discount 0.9 from 2019-03-04`",
            ));
        }
    }

    /// Tells, once for the scenario, when the other reading would order packages in another way.
    fn scale(&mut self, profile: &Profile, span: Span) {
        let mut notes = self.reader.notes.iter();
        let told = notes.any(|n| n.diagnostic.code == codes::READ_AS);
        if self.genius() || told {
            return;
        }
        self.greatest.sort();
        self.greatest.dedup();
        let one = BigRational::one();
        let least = self
            .greatest
            .first()
            .cloned()
            .unwrap_or_else(|| one.clone());
        let small = profile.reservation.as_ref();
        let small = small.is_some_and(|r| *r > BigRational::zero() && *r <= one) && least > one;
        if self.greatest.len() > 1 || small {
            let message = if small {
                "the reservation value is at most 1, and evaluations are above 1; all are taken as they stand"
            } else {
                "evaluations of the issues end at different numbers; they are taken as they stand"
            };
            let note = Diagnostic::note(codes::READ_AS, message).at(span, "");
            let hint = "`--evaluations genius` divides each issue's evaluations by the greatest, as GENIUS does";
            self.reader.note(note.hint(hint));
        }
    }
}

/// Whether an issue has whole numbers to GENIUS.
fn issue_is_whole(element: &Element, issue: &Issue) -> bool {
    match ["type", "etype", "vtype"]
        .iter()
        .find_map(|a| element.get(a))
    {
        Some(kind) => kind.eq_ignore_ascii_case("integer"),
        None => Reader::is_range(issue),
    }
}
