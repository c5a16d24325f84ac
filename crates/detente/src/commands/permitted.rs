//! Which changes the command line permits, at which prices.

use detente::analysis::inverse::{
    Fact, Permitted, PreferenceChange, Prices, StatementChanges, Structural, StructuralChange,
};
use detente::analysis::model::model::Preferences;
use detente::analysis::model::syntax::ast::Direction;
use detente::analysis::model::{Model, OptionId, PartyId};
use detente::analysis::{Game, candidates};
use detente::model::Condition;

use super::judging;
use crate::failure::Failure;
use crate::input::Loaded;

/// The kinds of changes, as they are named on the command line.
const KINDS: [&str; 11] = [
    "ranks",
    "drop",
    "reverse",
    "move",
    "insert",
    "irreversible",
    "reversible",
    "remove",
    "links",
    "bars",
    "sequences",
];

/// Kinds of changes of statements.
const EDITS: [&str; 4] = ["drop", "reverse", "move", "insert"];

/// Kinds of changes of moves.
const STRUCTURE: [&str; 6] = [
    "irreversible",
    "reversible",
    "remove",
    "links",
    "bars",
    "sequences",
];

/// Names for several kinds at once.
const GROUPS: [(&str, &[&str]); 4] = [
    ("preferences", &["drop", "reverse", "move"]),
    ("directions", &["irreversible", "reversible"]),
    ("structure", &STRUCTURE),
    // Ranks are one way to change what the edits change, so that all is all but them.
    ("all", KINDS.split_at(1).1),
];

/// The kinds that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kinds {
    kinds: Vec<&'static str>,
    /// Whether parties without statements may change their ranks though `ranks` is not named.
    ranks_elsewhere: bool,
}

impl Kinds {
    /// Reads a list such as `preferences,links`; only structural kinds with `structure`.
    pub(crate) fn read(given: &[String], structure: bool) -> Result<Self, Failure> {
        let mut found = Self {
            kinds: Vec::new(),
            ranks_elsewhere: false,
        };
        for text in given.iter().map(|t| t.trim()) {
            let group = GROUPS.iter().find(|(name, _)| *name == text);
            let kinds: Vec<&'static str> = match (group, KINDS.iter().find(|k| **k == text)) {
                (Some((_, kinds)), _) => kinds.to_vec(),
                (None, Some(kind)) => vec![kind],
                (None, None) => {
                    let mut known: Vec<&str> = if structure {
                        STRUCTURE.to_vec()
                    } else {
                        KINDS.to_vec()
                    };
                    known.extend(
                        GROUPS
                            .iter()
                            .map(|(name, _)| *name)
                            .filter(|n| !structure || matches!(*n, "directions" | "structure")),
                    );
                    return Err(Failure::unknown(
                        format!("there is no kind of change `{text}`"),
                        text,
                        &known,
                        &format!("the kinds are: {}", known.join(", ")),
                    ));
                }
            };
            if structure && kinds.iter().any(|k| !STRUCTURE.contains(k)) {
                return Err(Failure::with_hint(
                    format!("`{text}` is no commitment"),
                    "commitments are directions, links, sequences, bars and remove; `detente \
                     breakthrough` changes preferences",
                ));
            }
            found.ranks_elsewhere |= matches!(text, "preferences" | "all");
            found.kinds.extend(kinds);
        }
        found
            .kinds
            .sort_by_key(|k| KINDS.iter().position(|known| known == k));
        found.kinds.dedup();
        let edit = found.kinds.iter().find(|k| EDITS.contains(k));
        if let (true, Some(edit)) = (found.kinds.contains(&"ranks"), edit) {
            return Err(Failure::with_hint(
                format!("`ranks` and `{edit}` are two ways to change the same preferences"),
                "name one of them; `preferences` edits statements where there are some, and ranks \
                 elsewhere",
            ));
        }
        Ok(found)
    }

    fn has(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether any preferences may change.
    fn preferences(&self) -> bool {
        self.ranks_elsewhere || self.has("ranks") || EDITS.iter().any(|e| self.has(e))
    }
}

/// What each kind of change costs, for all and for single parties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PriceList {
    prices: Vec<(Option<PartyId>, String, u64)>,
}

impl PriceList {
    /// Reads `KIND=N` and `PARTY.KIND=N`.
    pub(crate) fn read(model: &Model, given: &[String]) -> Result<Self, Failure> {
        let mut prices = Vec::new();
        for text in given {
            let usage = "write for example --price drop=2, or --price US.ranks=3";
            let (what, number) = text.split_once('=').ok_or_else(|| {
                Failure::with_hint(format!("`{text}` does not say what costs how much"), usage)
            })?;
            let price = number
                .trim()
                .parse::<u64>()
                .ok()
                .filter(|n| (1..=1_000_000).contains(n));
            let price = price.ok_or_else(|| {
                Failure::with_hint(
                    format!("`{}` is no price", number.trim()),
                    "prices are whole numbers from 1 to 1000000",
                )
            })?;
            let (party, kind) = match what.trim().split_once('.') {
                Some((party, kind)) => (Some(judging::party(model, party)?), kind),
                None => (None, what.trim()),
            };
            let group = GROUPS.iter().find(|(name, _)| *name == kind);
            let kinds: Vec<&str> = match group {
                Some((_, kinds)) => kinds.to_vec(),
                None => KINDS.iter().copied().filter(|k| *k == kind).collect(),
            };
            if kinds.is_empty() {
                return Err(Failure::unknown(
                    format!("there is no kind of change `{kind}`"),
                    kind,
                    &KINDS,
                    &format!("the kinds are: {}", KINDS.join(", ")),
                ));
            }
            prices.extend(kinds.into_iter().map(|k| (party, k.to_owned(), price)));
        }
        Ok(Self { prices })
    }

    /// The price of a kind for a party: its own price, else the general one, else 1; the last given
    /// counts.
    fn of(&self, kind: &str, party: Option<PartyId>) -> u64 {
        let find = |wanted: Option<PartyId>| {
            let mut prices = self.prices.iter().rev();
            prices
                .find(|(p, k, _)| *p == wanted && k == kind)
                .map(|(.., n)| *n)
        };
        let own = party.and_then(|p| find(Some(p)));
        own.or_else(|| find(None)).unwrap_or(1)
    }

    fn preferences(&self, party: PartyId) -> Prices {
        let of = |kind| self.of(kind, Some(party));
        Prices {
            swap: of("ranks"),
            pass: of("move"),
            drop: of("drop"),
            reverse: of("reverse"),
            insert: of("insert"),
        }
    }
}

/// Reads `PARTY: FORMULA`.
pub(crate) fn insertions(
    loaded: &Loaded,
    model: &Model,
    given: &[String],
) -> Result<Vec<(PartyId, Condition)>, Failure> {
    let read = |text: &String| {
        let (party, formula) = text.split_once(':').ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` does not say whose statement may be inserted"),
                "write for example --insert \"US: not DPRK.test\"",
            )
        })?;
        let party = judging::party(model, party.trim())?;
        let condition = judging::condition(loaded, "--insert", formula.trim())?;
        Ok((party, condition))
    };
    given.iter().map(read).collect()
}

/// What may change.
pub(crate) fn permitted(
    game: &Game<'_>,
    kinds: &Kinds,
    prices: &PriceList,
    inserted: &[(PartyId, Condition)],
    fixed: &[bool],
    classes: &[usize],
    (linked, among): (&[OptionId], &[OptionId]),
) -> Result<Permitted, Failure> {
    let model = game.model;
    let mut preferences = Vec::new();
    for (party, fixed) in model.party_ids().zip(fixed) {
        let own: Vec<Condition> = inserted
            .iter()
            .filter(|(p, _)| *p == party)
            .map(|(_, c)| c.clone())
            .collect();
        let has_statements = matches!(model.party(party).preferences, Preferences::Statements(_));
        if !own.is_empty() && (*fixed || !has_statements) {
            let name = &model.party(party).name;
            return Err(if *fixed {
                Failure::with_hint(
                    format!("`{name}` may not change, so no statement of it can be inserted"),
                    "leave out --insert, or let the party change",
                )
            } else {
                Failure::with_hint(
                    format!("`{name}` has no statements among which one could be inserted"),
                    "parties with rankings or weights change by --changes ranks",
                )
            });
        }
        let edits = EDITS.iter().any(|e| kinds.has(e)) || !own.is_empty();
        preferences.push(if *fixed {
            PreferenceChange::Fixed
        } else if has_statements && edits {
            let mut insert = own;
            if kinds.has("insert") {
                for condition in candidates::statements(game, party, classes) {
                    if insert.iter().all(|c| c.expr != condition.expr) {
                        insert.push(condition);
                    }
                }
            }
            let changes = StatementChanges {
                drop: kinds.has("drop"),
                reverse: kinds.has("reverse"),
                pass: kinds.has("move"),
                insert,
            };
            PreferenceChange::Statements(prices.preferences(party), changes)
        } else if kinds.has("ranks") || kinds.ranks_elsewhere && !has_statements {
            PreferenceChange::Ranks(prices.preferences(party))
        } else {
            PreferenceChange::Fixed
        });
    }
    let mut structure = Vec::new();
    for kind in STRUCTURE.iter().filter(|k| kinds.has(k)) {
        let changes = match *kind {
            "irreversible" => candidates::irreversible(game),
            "reversible" => candidates::reversible(game),
            "remove" => candidates::removals(game),
            "links" => candidates::links(game, linked),
            "bars" => candidates::bars(game, among),
            _ => candidates::sequences(game, among),
        };
        for change in changes {
            let makers = candidates::makers(game, &change);
            if makers.iter().any(|p| fixed[p.index()]) {
                continue;
            }
            let maker = match makers.as_slice() {
                [one] => Some(*one),
                _ => None,
            };
            let price = prices.of(kind, maker);
            structure.push(Structural { change, price });
        }
    }
    let any = preferences.iter().any(|p| *p != PreferenceChange::Fixed);
    if !any && structure.is_empty() {
        let hint = if fixed.iter().all(|f| *f) {
            "every party is to stay as it is; leave out --fix or --only"
        } else if model.options.is_empty() && !kinds.preferences() {
            "states given as a graph have no options; `detente breakthrough` changes preferences"
        } else if kinds.preferences() && !kinds.has("ranks") {
            "only statements can be dropped, reversed, moved and inserted: --changes ranks changes \
             other preferences, --changes structure what can be done"
        } else {
            "name other kinds of changes or other parties"
        };
        return Err(Failure::with_hint(
            "nothing in this negotiation may change",
            hint,
        ));
    }
    Ok(Permitted {
        preferences,
        structure,
    })
}

/// What may change, in words with prices.
pub(crate) fn words(game: &Game<'_>, permitted: &Permitted) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |what: String, who: String| match found.iter_mut().find(|(w, _)| *w == what) {
        Some((_, all)) if !all.contains(&who) => all.push(who),
        Some(_) => {}
        None => found.push((what, vec![who])),
    };
    for (party, change) in game.model.party_ids().zip(&permitted.preferences) {
        let name = game.model.party(party).name.clone();
        match change {
            PreferenceChange::Fixed => {}
            PreferenceChange::Ranks(p) => add(format!("swaps of ranks ({} each)", p.swap), name),
            PreferenceChange::Statements(p, s) => {
                let mut edits = Vec::new();
                let kinds = [
                    (s.drop, "drop", p.drop),
                    (s.reverse, "reverse", p.reverse),
                    (s.pass, "move", p.pass),
                    (!s.insert.is_empty(), "insert", p.insert),
                ];
                for (may, word, price) in kinds {
                    if may {
                        edits.push(format!("{word} {price}"));
                    }
                }
                add(format!("statements ({})", edits.join(", ")), name);
            }
        }
    }
    let mut said: Vec<String> = found
        .into_iter()
        .map(|(what, who)| format!("{what} of {}", detente::report::words::list(&who)))
        .collect();
    let mut groups: Vec<(&str, u64, usize)> = Vec::new();
    for structural in &permitted.structure {
        let kind = match &structural.change {
            StructuralChange::Direction {
                direction: Direction::Both,
                ..
            } => "an option made reversible",
            StructuralChange::Direction { .. } => "an option made irreversible",
            StructuralChange::Remove { .. } => "an option taken away",
            StructuralChange::Link(_) => "a link of two options",
            StructuralChange::Bar(_) => "a rule on two options",
            StructuralChange::Sequence(_) => "a sequence of two options",
        };
        match groups
            .iter_mut()
            .find(|(k, p, _)| *k == kind && *p == structural.price)
        {
            Some((.., count)) => *count += 1,
            None => groups.push((kind, structural.price, 1)),
        }
    }
    said.extend(
        groups
            .into_iter()
            .map(|(kind, price, _)| format!("{kind} ({price} each)")),
    );
    said
}

/// What could be permitted in addition, when these facts stand in the way.
pub(crate) fn could(
    game: &Game<'_>,
    kinds: &Kinds,
    fixed: &[bool],
    facts: &[Fact],
    commitments: bool,
) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut add = |text: String| {
        if !said.contains(&text) {
            said.push(text);
        }
    };
    for fact in facts {
        match fact {
            Fact::Wanted(_) => {}
            Fact::Prefers { party, .. } => {
                let name = &game.model.party(*party).name;
                if fixed[party.index()] {
                    add(format!("that {name} changes (--fix, --only)"));
                } else if commitments {
                    add("that preferences change: `detente breakthrough`".to_owned());
                } else {
                    add(format!(
                        "that {name} ranks states otherwise (--changes ranks)"
                    ));
                }
            }
            Fact::Statement { party, .. } | Fact::Order { party } => {
                let name = &game.model.party(*party).name;
                if fixed[party.index()] {
                    add(format!("that {name} changes (--fix, --only)"));
                } else if !kinds.has("drop") || !kinds.has("move") {
                    add(format!(
                        "other edits of {name}'s statements (--changes drop,reverse,move,insert)"
                    ));
                } else {
                    add(format!(
                        "that {name} ranks states otherwise (--changes ranks)"
                    ));
                }
            }
            Fact::OneWay { option } => {
                let name = game.model.qualified(*option);
                if !kinds.has("reversible") {
                    add(format!(
                        "that {name} can be taken back (--changes reversible)"
                    ));
                }
            }
        }
    }
    let missing: Vec<&str> = STRUCTURE
        .iter()
        .copied()
        .filter(|k| !kinds.has(k))
        .collect();
    if missing.len() == STRUCTURE.len() {
        add("changes of what can be done (--changes structure)".to_owned());
    } else if !missing.is_empty() {
        add(format!(
            "other changes of what can be done (--changes {})",
            missing.join(",")
        ));
    }
    said
}
