//! What options and statements are called in a document: findings say `US.relief`, readers read “Grant relief” (US).
//!
//! Findings are short, because whoever asks for one knows the file. A document is read by people who do not: in its
//! sentences an option has its title, and a statement that is told in backticks is told in full, with titles. The names
//! come from the findings themselves, so that the same text always becomes the same.

use std::collections::BTreeMap;

use super::typography::in_backticks;
use super::{Findings, Held, typographic};

/// Reads findings.
#[derive(Debug, Clone, Copy)]
struct Reader<'a>(&'a dyn Findings);

impl Reader<'_> {
    fn text(self, place: &str) -> Option<String> {
        self.0.at(place)?.into_text()
    }

    /// How many elements a list has.
    fn size(self, place: &str) -> usize {
        self.0.at(place).and_then(|held| held.size()).unwrap_or(0)
    }

    /// The places of the elements of a list.
    fn list(self, place: &str) -> impl Iterator<Item = String> {
        (0..self.size(place)).map(move |element| format!("{place}/{element}"))
    }

    /// A title that has no marks, which would be taken for those of the text around it.
    fn title(self, place: &str) -> Option<String> {
        self.text(place).filter(|t| !t.contains(['"', '`']))
    }
}

/// What findings call options, statements, packages and states.
#[derive(Debug)]
pub struct Naming<'a> {
    findings: Reader<'a>,
    parties: Vec<String>,
    options: Vec<Titled>,
    statements: Vec<Statement>,
    /// The names of packages, and their titles.
    packages: BTreeMap<String, String>,
    /// How many states the findings list; there may be so many that each is looked up when it is spoken of.
    states: usize,
}

#[derive(Debug)]
struct Titled {
    party: String,
    name: String,
    title: String,
}

#[derive(Debug)]
struct Statement {
    party: String,
    label: Option<String>,
    says: String,
    titled: String,
}

/// A state as it may be spoken of.
struct State {
    /// The name that the author gave it.
    name: Option<String>,
    /// Its title, or its class.
    called: String,
}

/// Words after which a name is not that of an option.
const OTHER_NAMES: [&str; 8] = ["is", "state", "term", "<", "<=", ">", ">=", "class"];

const STATES: &str = "/analysis/states";

impl<'a> Naming<'a> {
    /// The names that findings have.
    pub fn of(findings: &'a dyn Findings) -> Self {
        let from = Reader(findings);
        let options = from.list("/analysis/options").filter_map(|at| {
            let name = from.text(&format!("{at}/name"))?;
            let (party, name) = name.split_once('.')?;
            Some(Titled {
                party: party.to_owned(),
                name: name.to_owned(),
                title: from.title(&format!("{at}/title"))?,
            })
        });
        let (mut parties, mut statements) = (Vec::new(), Vec::new());
        for at in from.list("/about/parties") {
            let Some(party) = from.text(&format!("{at}/name")) else {
                continue;
            };
            statements.extend(from.list(&format!("{at}/wants")).filter_map(|at| {
                Some(Statement {
                    party: party.clone(),
                    label: from.text(&format!("{at}/label")),
                    says: from.text(&format!("{at}/says"))?,
                    titled: (from.text(&format!("{at}/titled"))).filter(|t| !t.contains('`'))?,
                })
            }));
            parties.push(party);
        }
        let packages = from.list("/packages/named").filter_map(|at| {
            let title = from.title(&format!("{at}/title"))?;
            Some((from.text(&format!("{at}/name"))?, title))
        });
        Self {
            packages: packages.collect(),
            options: options.collect(),
            states: from.size(STATES),
            findings: from,
            parties,
            statements,
        }
    }

    /// The state of a number; they are listed by their numbers.
    fn known(&self, id: u64) -> Option<State> {
        let from = self.findings;
        let id_at = |place: usize| match from.0.at(&format!("{STATES}/{place}/id"))? {
            Held::Number(number) => number.as_u64(),
            _ => None,
        };
        let (mut low, mut high) = (0, self.states);
        while low < high {
            let middle = low + (high - low) / 2;
            if id_at(middle)? < id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if id_at(low)? != id {
            return None;
        }
        let at = format!("{STATES}/{low}");
        let title = from.text(&format!("{at}/title"));
        let called = title.or_else(|| from.text(&format!("{at}/classes/0")))?;
        Some(State {
            name: from.text(&format!("{at}/name")),
            called: Some(called).filter(|t| !t.contains(['"', '`']))?,
        })
    }

    /// A text of a finding as a document says it: with titles for names, and set.
    pub fn titled(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut party = None;
        for (place, piece) in text.split('`').enumerate() {
            let in_code = place % 2 == 1;
            if in_code {
                out.push_str(&in_backticks(&self.formula(piece, party)));
            } else {
                party = self.last_party(piece).or(party);
                out.push_str(&self.options(&self.states(piece), None));
            }
        }
        typographic(&out)
    }

    /// The formula that a text of a finding has in backticks, from the first to the last of them, in quotation marks.
    pub fn formula_in(&self, text: &str) -> Option<String> {
        let (before, code) = text.split_once('`')?;
        let (code, _) = code.rsplit_once('`')?;
        let formula = self.formula(code, self.last_party(before));
        Some(typographic(&in_backticks(&formula)))
    }

    /// A text in which states are called alike: `4 (Small deal)`, `state 4 (Small deal)` and `small (4)` become
    /// `"Small deal" (state 4)`.
    fn states(&self, text: &str) -> String {
        let is_name = |l: char| l.is_alphanumeric() || matches!(l, '_' | '-');
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find(" (") {
            let (before, inner) = (rest.get(..open), rest.get(open + 2..));
            let (Some(before), Some(inner)) = (before, inner) else {
                break;
            };
            let start = before.trim_end_matches(is_name).len();
            let (lead, word) = before.split_at(start);
            let found = self.state(word, inner);
            let Some((id, called, length)) = found.filter(|_| !lead.ends_with('.')) else {
                out.push_str(before);
                out.push_str(" (");
                rest = inner;
                continue;
            };
            out.push_str(lead.strip_suffix("state ").unwrap_or(lead));
            out.push_str(&format!("\"{called}\" (state {id})"));
            rest = inner.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }

    /// The state that a word and what stands in brackets behind it mean, and how much of the text that takes.
    fn state(&self, word: &str, inner: &str) -> Option<(u64, String, usize)> {
        if let Ok(id) = word.parse::<u64>() {
            let called = self.known(id)?.called;
            let behind = inner.strip_prefix(called.as_str())?.strip_prefix(')')?;
            let length = inner.len() - behind.len();
            return Some((id, called, length));
        }
        let (number, behind) = inner.split_once(')')?;
        let id = number.parse::<u64>().ok()?;
        let state = self.known(id)?;
        let fits = state.name.as_deref() == Some(word);
        fits.then(|| (id, state.called, inner.len() - behind.len()))
    }

    /// A formula in titles: a statement that is known as it is known, else with its options renamed.
    fn formula(&self, code: &str, party: Option<&str>) -> String {
        let label = |s: &Statement| s.label.as_deref() == Some(code);
        let labelled = |s: &Statement| {
            let own = s.label.as_ref().map(|l| format!("{l}: {}", s.says));
            own.as_deref() == Some(code)
        };
        let fits = |s: &&Statement| s.says == code || label(s) || labelled(s);
        let mut found: Vec<&Statement> = self.statements.iter().filter(fits).collect();
        let own = |s: &&Statement| Some(s.party.as_str()) == party;
        if found.iter().any(own) {
            found.retain(own);
        }
        let Some(first) = found.first().filter(|f| {
            let mut others = found.iter();
            others.all(|s| s.titled == f.titled && s.label == f.label)
        }) else {
            return self.options(code, party);
        };
        match first.label.as_ref().filter(|_| first.says != code) {
            Some(label) => format!("{label}: {}", first.titled),
            None => first.titled.clone(),
        }
    }

    /// A text with titles for the names of options; those without a party before them are of `own`, if there is one.
    fn options(&self, text: &str, own: Option<&str>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let is_name = |l: char| l.is_alphanumeric() || matches!(l, '_' | '-' | '.');
            let end = rest.find(|l| !is_name(l)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let name = word.trim_end_matches('.');
            let package = self.packages.get(name).filter(|_| before == "package");
            match self.option(name, own, &before) {
                None if package.is_some() => {
                    out.push('"');
                    out.push_str(package.map_or(name, String::as_str));
                    out.push('"');
                    out.push_str(word.get(name.len()..).unwrap_or_default());
                }
                Some((option, foreign)) => {
                    out.push('"');
                    out.push_str(&option.title);
                    out.push('"');
                    if foreign {
                        out.push_str(" (");
                        out.push_str(&option.party);
                        out.push(')');
                    }
                    out.push_str(word.get(name.len()..).unwrap_or_default());
                }
                None => out.push_str(word),
            }
            let next = after.find(is_name).unwrap_or(after.len());
            let (between, after) = after.split_at(next);
            out.push_str(between);
            let mark = between.trim();
            before = match (mark, word) {
                ("", "not") if before == "is" => before,
                ("", word) => word.to_owned(),
                (mark, _) => mark.to_owned(),
            };
            rest = after;
        }
        out
    }

    /// The option that a word names, and whether its party has to be said.
    fn option(&self, word: &str, own: Option<&str>, before: &str) -> Option<(&Titled, bool)> {
        if let Some((party, name)) = word.split_once('.') {
            let mut all = self.options.iter();
            let found = all.find(|o| o.party == party && o.name == name)?;
            return Some((found, Some(party) != own));
        }
        let own = own.filter(|_| !OTHER_NAMES.contains(&before))?;
        let mut all = self.options.iter();
        let found = all.find(|o| o.party == own && o.name == word)?;
        Some((found, false))
    }

    /// The party that a text names last.
    fn last_party(&self, text: &str) -> Option<&str> {
        let is_name = |l: char| l.is_alphanumeric() || matches!(l, '_' | '-');
        let mut words = text.rsplit(|l| !is_name(l));
        words.find_map(|word| {
            let found = self.parties.iter().find(|p| *p == word);
            found.map(String::as_str)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Naming;

    fn findings() -> Value {
        json!({
            "analysis": { "options": [
                { "name": "US.relief", "title": "Grant relief" },
                { "name": "US.sign", "title": "Sign" },
                { "name": "DPRK.sign", "title": "Sign a text" },
                { "name": "DPRK.test", "title": null },
                { "name": "US.drills", "title": "Hold drills" },
            ], "states": [
                { "id": 1, "name": "none", "title": null, "classes": ["No deal"] },
                { "id": 4, "name": "small", "title": "Small: deal", "classes": [] },
            ] },
            "packages": { "named": [{ "name": "offer", "title": "An offer" }] },
            "about": { "parties": [
                { "name": "US", "wants": [
                    { "says": "not relief", "titled": "not \"Grant relief\"" },
                    { "says": "sign", "titled": "\"Sign\"", "label": "text" },
                ] },
                { "name": "DPRK", "wants": [
                    { "says": "sign", "titled": "\"Sign a text\"" },
                ] },
            ] },
        })
    }

    #[test]
    fn names_become_titles_where_it_is_sure_whose_they_are() {
        for (told, titled) in [
            // A statement of whoever is named before it.
            (
                "US wanted the opposite of `not relief`",
                "US wanted the opposite of “not ‘Grant relief’”",
            ),
            ("US drops `sign`", "US drops “Sign”"),
            ("DPRK drops `sign`", "DPRK drops “Sign a text”"),
            ("US wants `DPRK.sign`", "US wants “Sign a text” (DPRK)"),
            ("whether `text` holds", "whether “text: ‘Sign’” holds"),
            ("whether `text: sign` holds", "whether “text: ‘Sign’” holds"),
            // Two parties have this one and none is named.
            ("whether `sign` holds", "whether “sign” holds"),
            // A formula that is no statement; names that are no options.
            (
                "US also wants `relief and not DPRK.sign`",
                "US also wants “‘Grant relief’ and not ‘Sign a text’ (DPRK)”",
            ),
            (
                "US wants `drills is sign`",
                "US wants “‘Hold drills’ is sign”",
            ),
            (
                "US wants `drills is not sign`",
                "US wants “‘Hold drills’ is not sign”",
            ),
            (
                "US wants `drills >= sign or sign`",
                "US wants “‘Hold drills’ >= sign or ‘Sign’”",
            ),
            (
                "never `DPRK.test and US.relief`",
                "never “DPRK.test and ‘Grant relief’ (US)”",
            ),
            // States are called as the document calls them.
            (
                "US ranked small (4) above 1 (No deal)",
                "US ranked “Small: deal” (state 4) above “No deal” (state 1)",
            ),
            (
                "and state 4 (Small: deal) is worse than 14 (Small: deal)",
                "and “Small: deal” (state 4) is worse than 14 (Small: deal)",
            ),
            (
                "a small (5) and small (four) (",
                "a small (5) and small (four) (",
            ),
            (
                "package offer and offer, fact 1",
                "package “An offer” and offer, fact 1",
            ),
            // Outside formulas only what has its party before it.
            (
                "the relief of US.relief.",
                "the relief of “Grant relief” (US).",
            ),
            (
                "US.relief made irreversible (4 -> 3)",
                "“Grant relief” (US) made irreversible (4 → 3)",
            ),
            ("", ""),
            ("`", "“”"),
            ("half a `formula", "half a “formula”"),
        ] {
            assert_eq!(Naming::of(&findings()).titled(told), titled);
        }
    }

    #[test]
    fn a_formula_is_taken_out_of_what_is_said_of_it() {
        let of = |told| Naming::of(&findings()).formula_in(told);
        assert_eq!(
            of("US: `not relief` (doubtful)").as_deref(),
            Some("“not ‘Grant relief’”")
        );
        assert_eq!(
            of("DPRK: `sign` reversed").as_deref(),
            Some("“Sign a text”")
        );
        assert_eq!(of("no formula"), None);
        assert_eq!(of("half a `formula"), None);
        assert_eq!(
            of("one `DPRK.sign`").as_deref(),
            Some("“Sign a text” (DPRK)")
        );
    }
}
