//! What sides see otherwise than it is, row by row.

use super::Side;
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::perception::{CorrectionFinding, Perception, Viewer};

/// How many rows there are at most.
const MOST: usize = 24;

/// Something that a side sees otherwise.
pub(super) struct Difference {
    /// What it is about.
    pub(super) name: String,
    /// How it is.
    pub(super) truth: String,
    /// How each side sees it.
    pub(super) cells: Vec<Cell>,
}

/// How a side sees it.
#[derive(Clone)]
pub(super) struct Cell {
    /// Whether that is otherwise.
    pub(super) differs: bool,
    /// A value before the words, with its place in the findings.
    pub(super) number: Option<(String, Pointer)>,
    pub(super) says: String,
}

/// What one side sees otherwise.
struct Seen {
    name: String,
    truth: String,
    number: Option<(String, Pointer)>,
    says: String,
}

impl Seen {
    fn words(name: impl Into<String>, truth: impl Into<String>, says: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            truth: truth.into(),
            number: None,
            says: says.into(),
        }
    }

    fn counted(name: String, truth: &str, count: u64, from: Pointer, says: &str) -> Self {
        Self {
            number: Some((count.to_string(), from)),
            ..Self::words(name, truth, says)
        }
    }
}

/// The differences of several sides, each once.
pub(super) fn differences(
    dossier: &Dossier,
    finding: &Perception,
    sides: &[Side<'_>],
) -> Vec<Difference> {
    let mut rows: Vec<Difference> = Vec::new();
    for (column, (place, viewer)) in sides.iter().enumerate() {
        for seen in of_side(dossier, finding, *place, viewer) {
            let cell = Cell {
                differs: true,
                number: seen.number,
                says: seen.says,
            };
            let same = |r: &&mut Difference| {
                r.name == seen.name && r.truth == seen.truth && !r.cells[column].differs
            };
            if let Some(row) = rows.iter_mut().find(same) {
                row.cells[column] = cell;
                continue;
            }
            let as_it_is = Cell {
                differs: false,
                number: None,
                says: "as it is".to_owned(),
            };
            let mut cells = vec![as_it_is; sides.len()];
            cells[column] = cell;
            rows.push(Difference {
                name: seen.name,
                truth: seen.truth,
                cells,
            });
        }
    }
    shortened(rows, sides.len())
}

/// As many rows as there is room for; the last says who sees more otherwise.
fn shortened(mut rows: Vec<Difference>, sides: usize) -> Vec<Difference> {
    if rows.len() <= MOST {
        return rows;
    }
    let rest = rows.split_off(MOST - 1);
    let cell = |column: usize| {
        let differs = rest
            .iter()
            .any(|r| r.cells.get(column).is_some_and(|c| c.differs));
        Cell {
            differs,
            number: None,
            says: if differs {
                "more otherwise"
            } else {
                "as it is"
            }
            .to_owned(),
        }
    };
    rows.push(Difference {
        name: "and more".to_owned(),
        truth: String::new(),
        cells: (0..sides).map(cell).collect(),
    });
    rows
}

/// What one side sees otherwise, with values from its place among the parties.
fn of_side(dossier: &Dossier, finding: &Perception, place: usize, viewer: &Viewer) -> Vec<Seen> {
    let from = Pointer::to("perception").key("parties").index(place);
    let mut seen = Vec::new();
    for option in &viewer.hidden {
        seen.push(Seen::words(
            option.as_str(),
            "is an option",
            "does not see it",
        ));
    }
    for option in &viewer.invented {
        seen.push(Seen::words(
            option.as_str(),
            "is no option",
            "believes that it is one",
        ));
    }
    for correction in &finding.corrections {
        let Some((first, others)) = correction.eyes.split_first() else {
            continue;
        };
        if *first == viewer.name {
            seen.extend(believed(dossier, correction, others));
        }
    }
    for (party, distance) in &viewer.distances {
        if distance.opposite > 0 {
            let at = from.key("distances").key(party).key("opposite");
            let says = plural(distance.opposite, "pair of states", "pairs of states");
            let says = format!("{says} in the opposite order");
            let name = format!("how {party} ranks states");
            let truth = "its own order";
            seen.push(Seen::counted(name, truth, distance.opposite, at, &says));
        }
    }
    let states = [
        (
            "unseen_count",
            viewer.unseen_count,
            "that exist are not seen",
        ),
        (
            "unreal_count",
            viewer.unreal_count,
            "are seen and do not exist",
        ),
    ];
    for (field, count, says) in states {
        if count > 0 {
            let count = count as u64;
            let says = format!("{} {says}", plural(count, "state", "states"));
            let truth = "what can be";
            seen.push(Seen::counted(
                "states".to_owned(),
                truth,
                count,
                from.key(field),
                &says,
            ));
        }
    }
    seen
}

/// A belief, or a reading that is not known.
fn believed(dossier: &Dossier, correction: &CorrectionFinding, others: &[String]) -> Option<Seen> {
    let eyes: Vec<String> = others
        .iter()
        .map(|o| format!("thinks that {o} sees: "))
        .collect();
    let eyes = eyes.concat();
    if let Some(reading) = &correction.reading {
        return Some(Seen::words(
            format!("the word {}", reading.term),
            format!("{} means: {}", reading.by, reading.meant),
            format!("{eyes}hears: {}", reading.heard),
        ));
    }
    let belief = correction.belief.as_ref()?;
    let (name, truth) = about(dossier, belief);
    Some(Seen::words(name, truth, format!("{eyes}{belief}")))
}

/// What a belief is about, and how that is.
fn about(dossier: &Dossier, belief: &str) -> (String, String) {
    let (first, rest) = belief.split_once(' ').unwrap_or((belief, ""));
    if first == "irreversible" || first == "reversible" {
        let other = if first == "irreversible" {
            "can be undone"
        } else {
            "cannot be undone"
        };
        return ("what can be undone".to_owned(), format!("{rest} {other}"));
    }
    let rules = dossier.about.rules.iter();
    if let Some(rule) = rules
        .map(|r| &r.says)
        .find(|says| belief.contains(says.as_str()))
    {
        return ("rules".to_owned(), rule.clone());
    }
    if !rest.starts_with("prefers") {
        return ("how it is".to_owned(), "not so".to_owned());
    }
    let inner = rest
        .split_once('{')
        .and_then(|(_, inner)| inner.rsplit_once('}'));
    let changes = inner.map_or(rest, |(changes, _)| changes).split(';');
    let truth: Vec<String> = changes.map(|change| unchanged(change.trim())).collect();
    (format!("what {first} wants"), truth.join("; "))
}

/// How it is, where a change of preferences is believed in.
fn unchanged(change: &str) -> String {
    let (verb, what) = change.split_once(' ').unwrap_or((change, ""));
    match verb {
        "drop" => format!("{what} stands"),
        "settle" => format!("{what} is in doubt"),
        "insert" => {
            let ends = [" before ", " after "]
                .iter()
                .filter_map(|w| what.rfind(w))
                .max();
            let what = ends.map_or(what, |end| &what[..end]);
            let what = what.trim_end_matches(" first").trim_end_matches(" last");
            format!("{what} is not asked for")
        }
        _ => "not so".to_owned(),
    }
}

fn plural(count: u64, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

#[cfg(test)]
mod tests {
    use super::unchanged;

    #[test]
    fn what_is_believed_is_not_so() {
        assert_eq!(unchanged("drop hinge"), "hinge stands");
        assert_eq!(
            unchanged("insert not (sign and DPRK.sign) unless DPRK.yongbyon before text"),
            "not (sign and DPRK.sign) unless DPRK.yongbyon is not asked for"
        );
        assert_eq!(unchanged("insert relief first"), "relief is not asked for");
        assert_eq!(unchanged(""), "not so");
    }
}
