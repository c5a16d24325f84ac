//! Valid and unique short names for elements that carry free text.

use std::collections::{HashMap, HashSet};

use detente_syntax::ast::Name;

/// How long a derived name may become, in characters; further words are left out.
const MAX_LENGTH: usize = 40;

/// The words that the language keeps for itself.
const RESERVED: [&str; 27] = [
    "and",
    "at",
    "because",
    "class",
    "exactly",
    "false",
    "if",
    "iff",
    "is",
    "least",
    "most",
    "negotiation",
    "never",
    "no",
    "not",
    "of",
    "option",
    "or",
    "otherwise",
    "party",
    "rest",
    "state",
    "then",
    "true",
    "unless",
    "variant",
    "when",
];

/// Gives out names, each once.
pub(crate) struct Names {
    /// `party` or `option`: what a name begins with when the text alone gives none.
    kind: &'static str,
    /// Further words that do not serve as they stand.
    avoided: &'static [&'static str],
    given: HashSet<String>,
    /// The number that was last put after a name.
    last: HashMap<String, u64>,
}

impl Names {
    pub(crate) fn new(kind: &'static str) -> Self {
        Self::avoiding(kind, &[])
    }

    /// The same, where further words would be misunderstood.
    pub(crate) fn avoiding(kind: &'static str, avoided: &'static [&'static str]) -> Self {
        Self {
            kind,
            avoided,
            given: HashSet::new(),
            last: HashMap::new(),
        }
    }

    /// A name made from `text`, different from all that were given before. `number` is the
    /// element's place, counted from 1; it serves when the text has no letter or digit.
    pub(crate) fn derive(&mut self, text: &str, number: usize) -> String {
        let base = self.base(text, number);
        if self.given.insert(base.clone()) {
            return base;
        }
        let last = self.last.entry(base.clone()).or_insert(1);
        loop {
            *last += 1;
            let name = format!("{base}_{last}");
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }

    fn base(&self, text: &str, number: usize) -> String {
        let mut name = String::new();
        let mut length = 0;
        for word in text.split(|c| !fits(c)).filter(|w| !w.is_empty()) {
            let more = word.chars().count() + usize::from(length > 0);
            if length + more > MAX_LENGTH {
                if length == 0 {
                    name.extend(word.chars().take(MAX_LENGTH));
                }
                break;
            }
            if length > 0 {
                name.push('_');
            }
            name.push_str(word);
            length += more;
        }
        if name.is_empty() {
            return format!("{}_{number}", self.kind);
        }
        if is_plain(&name) && !self.avoided.contains(&name.as_str()) {
            name
        } else {
            format!("{}_{name}", self.kind)
        }
    }
}

/// Whether the character can stand inside a name.
fn fits(c: char) -> bool {
    c.is_alphanumeric() && Name::is_valid(&format!("x_{c}"))
}

/// Whether the text is a name as it stands, and not only digits.
fn is_plain(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_numeric()) && !RESERVED.contains(&name) && Name::is_valid(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derive_all(texts: &[&str]) -> Vec<String> {
        let mut names = Names::new("option");
        texts
            .iter()
            .enumerate()
            .map(|(i, t)| names.derive(t, i + 1))
            .collect()
    }

    #[test]
    fn names_are_valid_and_unique() {
        assert_eq!(
            derive_all(&[
                "Prisoner One",
                "Prisoner  One!",
                "prisoner one",
                "Prisoner_One",
                ""
            ]),
            [
                "Prisoner_One",
                "Prisoner_One_2",
                "prisoner_one",
                "Prisoner_One_3",
                "option_5"
            ]
        );
        assert_eq!(
            derive_all(&[
                "when", "2", "2nd try", "Éa ß", "--", "Full", "Full", "Full_2", "Full"
            ]),
            [
                "option_when",
                "option_2",
                "option_2nd_try",
                "Éa_ß",
                "option_5",
                "Full",
                "Full_2",
                "Full_2_2",
                "Full_3"
            ]
        );
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(
            derive_all(&["The government of the first country releases more water than before"]),
            ["The_government_of_the_first_country"]
        );
        assert_eq!(derive_all(&[&"x".repeat(100)]), ["x".repeat(40)]);
    }

    #[test]
    fn many_equal_names_cost_no_more_than_few() {
        let mut names = Names::new("option");
        for i in 0..100_000 {
            names.derive("same", i);
        }
        assert_eq!(names.derive("same", 0), "same_100001");
    }
}
