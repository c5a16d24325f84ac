//! What options and statements are called in a document: findings say `US.relief`, readers read “Grant relief” (US).
//!
//! Findings are short, because whoever asks for one knows the file. A document is read by people who do not: in its
//! sentences an option has its title, and a statement that is told in backticks is told in full, with titles. The names
//! come from the findings themselves, so that the same text always becomes the same.

use serde_json::Value;

use super::typographic;

/// The titles of options, and the statements of parties.
#[derive(Debug, Default)]
pub struct Naming {
    parties: Vec<String>,
    options: Vec<Titled>,
    statements: Vec<Statement>,
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

/// Words after which a name is not that of an option.
const OTHER_NAMES: [&str; 8] = ["is", "state", "term", "<", "<=", ">", ">=", "class"];

impl Naming {
    /// The names that findings have.
    pub fn of(json: &Value) -> Self {
        let list = |from: &str| json.pointer(from).and_then(Value::as_array).into_iter();
        let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
        let options = list("/analysis/options").flatten().filter_map(|option| {
            let name = text(option, "name")?;
            let (party, name) = name.split_once('.')?;
            // Marks in a title would be taken for those of the text around it.
            let title = text(option, "title").filter(|t| !t.contains(['"', '`']))?;
            Some(Titled {
                party: party.to_owned(),
                name: name.to_owned(),
                title,
            })
        });
        let parties = || list("/about/parties").flatten();
        let statements = parties().flat_map(|party| {
            let wants = party.get("wants").and_then(Value::as_array);
            wants.into_iter().flatten().filter_map(|want| {
                Some(Statement {
                    party: text(party, "name")?,
                    label: text(want, "label"),
                    says: text(want, "says")?,
                    titled: text(want, "titled").filter(|t| !t.contains('`'))?,
                })
            })
        });
        Self {
            parties: parties().filter_map(|p| text(p, "name")).collect(),
            options: options.collect(),
            statements: statements.collect(),
        }
    }

    /// A text of a finding as a document says it: with titles for names, and set.
    pub fn titled(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut party = None;
        for (place, piece) in text.split('`').enumerate() {
            let in_code = place % 2 == 1;
            if place > 0 {
                out.push('`');
            }
            if in_code {
                out.push_str(&self.formula(piece, party));
            } else {
                party = self.last_party(piece).or(party);
                out.push_str(&self.options(piece, None));
            }
        }
        typographic(&out)
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
            match self.option(name, own, &before) {
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
    use serde_json::json;

    use super::Naming;

    fn naming() -> Naming {
        Naming::of(&json!({
            "analysis": { "options": [
                { "name": "US.relief", "title": "Grant relief" },
                { "name": "US.sign", "title": "Sign" },
                { "name": "DPRK.sign", "title": "Sign a text" },
                { "name": "DPRK.test", "title": null },
                { "name": "US.drills", "title": "Hold drills" },
            ] },
            "about": { "parties": [
                { "name": "US", "wants": [
                    { "says": "not relief", "titled": "not \"Grant relief\"" },
                    { "says": "sign", "titled": "\"Sign\"", "label": "text" },
                ] },
                { "name": "DPRK", "wants": [
                    { "says": "sign", "titled": "\"Sign a text\"" },
                ] },
            ] },
        }))
    }

    #[test]
    fn names_become_titles_where_it_is_sure_whose_they_are() {
        for (told, titled) in [
            // A statement of whoever is named before it.
            (
                "US wanted the opposite of `not relief`",
                "US wanted the opposite of “not ‘Grant relief’”",
            ),
            ("US drops `sign`", "US drops “‘Sign’”"),
            ("DPRK drops `sign`", "DPRK drops “‘Sign a text’”"),
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
            ("`", "“"),
        ] {
            assert_eq!(naming().titled(told), titled);
        }
    }
}
