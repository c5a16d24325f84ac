//! Elements that stand together: those of one kind and one party.

use detente_analysis::evidence::{Element, Kind};

use crate::dossier::Dossier;
use crate::evidence::Ledger;

/// How many squares stand side by side, and how far apart.
pub(super) const COLUMNS: usize = 10;
pub(super) const STEP: f64 = 13.5;

/// How many squares of a group are drawn; the number beside it counts all.
const MOST: usize = 40;

/// More groups than these are put together by kind alone.
const MOST_GROUPS: usize = 40;

/// What stands behind an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Support {
    /// No source.
    Nothing,
    /// One witness.
    One,
    /// Several.
    Several,
}

impl Support {
    pub(super) fn of(element: &Element) -> Self {
        match element.witnesses.len() {
            _ if element.assumed => Self::Nothing,
            0 => Self::Nothing,
            1 => Self::One,
            _ => Self::Several,
        }
    }
}

/// Elements of one kind and one party.
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) elements: Vec<&'a Element>,
}

impl Group<'_> {
    /// How high it is.
    pub(super) fn high(&self) -> f64 {
        let rows = self.shown().len().div_ceil(COLUMNS).max(1);
        (STEP * rows as f64 + 8.0).max(22.0)
    }

    /// The elements that are drawn as squares.
    pub(super) fn shown(&self) -> &[&Element] {
        self.elements.get(..MOST).unwrap_or(&self.elements)
    }

    /// How many elements one of these witnesses supports, and how many of them it supports alone.
    pub(super) fn behind(&self, witnesses: &[&str]) -> (usize, usize) {
        let supported = self.elements.iter().filter(|e| {
            let mut all = e.witnesses.iter();
            all.any(|w| witnesses.contains(&w.as_str()))
        });
        let alone = supported.clone().filter(|e| e.witnesses.len() == 1);
        (supported.count(), alone.count())
    }
}

/// The groups in the order of their first elements. Names for which no source is given assert nothing, and are left
/// out.
pub(super) fn all<'a>(ledger: &'a Ledger, dossier: &Dossier) -> Vec<Group<'a>> {
    let parties = parties(ledger, dossier);
    let groups = grouped(ledger, &parties);
    if groups.len() <= MOST_GROUPS {
        return groups;
    }
    grouped(ledger, &[])
}

fn grouped<'a>(ledger: &'a Ledger, parties: &[String]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let stands = |e: &&Element| e.asserts || !e.sources.is_empty() || !e.conflicts.is_empty();
    for element in ledger.elements.iter().filter(stands) {
        let kind = plural(element.kind);
        let name = match parties.iter().find(|p| is_of(&element.name, p)) {
            Some(party) => format!("{party}: {kind}"),
            None => kind,
        };
        match groups.iter_mut().find(|g| g.name == name) {
            Some(group) => group.elements.push(element),
            None => groups.push(Group {
                name,
                elements: vec![element],
            }),
        }
    }
    groups
}

/// The short names of the parties.
fn parties(ledger: &Ledger, dossier: &Dossier) -> Vec<String> {
    let mut names: Vec<String> = dossier
        .about
        .parties
        .iter()
        .map(|p| p.name.clone())
        .collect();
    let told = ledger.elements.iter().filter(|e| e.kind == Kind::Party);
    for name in told.filter_map(|e| e.name.strip_prefix("party ")) {
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Whether an element of this name is a party's: `statement 4 of US`, `Biegun for US`, `US.sign`.
fn is_of(name: &str, party: &str) -> bool {
    let before = name.strip_suffix(party);
    let ends = before.is_some_and(|b| [" of ", " for ", " by "].iter().any(|w| b.ends_with(w)));
    let begins = name.strip_prefix(party);
    ends || begins.is_some_and(|rest| rest.starts_with('.') || rest.starts_with(':'))
}

/// Several of a kind.
fn plural(kind: Kind) -> String {
    match kind {
        Kind::Party => "parties".to_owned(),
        Kind::Class => "classes".to_owned(),
        Kind::Agreed => "effects of agreements".to_owned(),
        Kind::Outcome => "outcomes of claims".to_owned(),
        Kind::Value => "values of events".to_owned(),
        other => format!("{}s", other.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn elements_are_of_parties() {
        assert!(is_of("statement 4 of US", "US"));
        assert!(is_of("Biegun for US", "US"));
        assert!(is_of("US.sign", "US"));
        assert!(!is_of("statement 4 of AUS", "US"));
        assert!(!is_of("USA.sign", "US"));
    }
}
