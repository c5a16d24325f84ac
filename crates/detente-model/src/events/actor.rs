//! Who is looked for in a table.

use super::Side;

/// A name that a table uses, and the party that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name, country or code in the table; capitals do not matter.
    pub name: String,
    /// The short name of the party in the negotiation.
    pub party: Option<String>,
}

impl Actor {
    /// Reads `North Korea`, or `North Korea=DPRK` with the party that it is. `None` when a name is empty, or when
    /// what follows `=` cannot be the name of a party.
    pub fn read(text: &str) -> Option<Self> {
        let (name, party) = match text.split_once('=') {
            Some((name, party)) => (name.trim(), Some(party.trim())),
            None => (text.trim(), None),
        };
        let usable = party.is_none_or(detente_syntax::is_name);
        (!name.is_empty() && usable).then(|| Self {
            name: name.to_owned(),
            party: party.map(str::to_owned),
        })
    }

    /// Whether it is this side, by name or by country.
    pub(super) fn is(&self, side: &Side) -> bool {
        let wanted = self.name.to_lowercase();
        let same = |text: &str| text.to_lowercase() == wanted;
        same(&side.name) || side.country.as_deref().is_some_and(same)
    }
}
