//! Whether a text tells what a finding says when names stand for titles and titles for names: both are brought to the
//! names' groups, without marks, and compared.

use serde_json::Value;

/// Titles of options and packages, with their short names; groups of those that share a name or a title.
struct Groups {
    /// A spelling and its group, the longest first.
    spellings: Vec<(String, usize)>,
    /// Ways to tell a statement, the longest first, and the shortest of them: its label, or its formula in groups.
    statements: Vec<(String, String)>,
    /// States: all the ways to call them, the longest first.
    states: Vec<(String, String)>,
}

fn bare(text: &str) -> String {
    let marks = ['"', '\'', '`', '“', '”', '‘', '’'];
    text.replace(marks, "").replace("->", "→")
}

fn texts<'j>(json: &'j Value, list: &str, keys: [&str; 2]) -> Vec<[Option<&'j str>; 2]> {
    let list = json.pointer(list).and_then(Value::as_array);
    let of = |v: &'j Value, key: &str| v.get(key).and_then(Value::as_str);
    let each = list.into_iter().flatten();
    each.map(|v| keys.map(|key| of(v, key))).collect()
}

impl Groups {
    fn of(json: &Value) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for list in ["/analysis/options", "/packages/named"] {
            for [name, title] in texts(json, list, ["name", "title"]) {
                if let (Some(name), Some(title)) = (name, title) {
                    let own = name.split_once('.').map_or(name, |(_, own)| own);
                    pairs.push((own.to_owned(), bare(title)));
                }
            }
        }
        let mut group: Vec<usize> = (0..pairs.len()).collect();
        for a in 0..pairs.len() {
            for b in 0..a {
                if pairs[a].0 == pairs[b].0 || pairs[a].1 == pairs[b].1 {
                    let (was, now) = (group[a], group[b]);
                    group
                        .iter_mut()
                        .filter(|g| **g == was)
                        .for_each(|g| *g = now);
                }
            }
        }
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for ((name, title), group) in pairs.into_iter().zip(group) {
            spellings.extend([(name, group), (title, group)]);
        }
        spellings.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
        spellings.dedup();
        let mut states = Vec::new();
        let all = json.pointer("/analysis/states").and_then(Value::as_array);
        for state in all.into_iter().flatten() {
            let id = &state["id"];
            let class = state.pointer("/classes/0");
            let called = state["title"].as_str().or(class.and_then(Value::as_str));
            let Some(called) = called.map(bare) else {
                continue;
            };
            let key = format!("\u{1}state {id}\u{1}");
            for way in [
                format!("{called} (state {id})"),
                format!("state {id} ({called})"),
                format!("{id} ({called})"),
            ] {
                states.push((way, key.clone()));
            }
            if let Some(name) = state["name"].as_str() {
                states.push((format!("{name} ({id})"), key));
            }
        }
        states.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
        let mut groups = Self {
            spellings,
            statements: Vec::new(),
            states,
        };
        let parties = json.pointer("/about/parties").and_then(Value::as_array);
        for (place, party) in parties.into_iter().flatten().enumerate() {
            let list = format!("/about/parties/{place}/wants");
            let party = party["name"].as_str().unwrap_or_default();
            for [label, says] in texts(json, &list, ["label", "says"]) {
                let Some(says) = says.map(|says| groups.grouped(says)) else {
                    continue;
                };
                // Of its own options a party need not say whose they are.
                let own = says.replace(&format!("\u{1} ({party})"), "\u{1}");
                if let Some(label) = label {
                    for says in [&says, &own] {
                        let labelled = format!("{label}: {says}");
                        groups.statements.push((labelled, label.to_owned()));
                    }
                }
                groups.statements.push((says, own));
            }
        }
        // Of two statements the one may begin with the other.
        groups
            .statements
            .sort_by_key(|(says, _)| std::cmp::Reverse(says.len()));
        groups
    }

    /// A text with groups for names and titles; `US.relief` is a title with its party behind it.
    fn grouped(&self, text: &str) -> String {
        let text = bare(text);
        let mut out = String::new();
        let mut rest = text.as_str();
        let is_word = |l: char| l.is_alphanumeric() || matches!(l, '_' | '-');
        while let Some(first) = rest.chars().next() {
            let begins = out.chars().next_back().is_none_or(|b| !is_word(b));
            let fits = |s: &str| {
                let after = rest.strip_prefix(s)?;
                let ends = after.chars().next().is_none_or(|a| !is_word(a));
                (begins && ends && !s.is_empty()).then_some(after)
            };
            if let Some((after, key)) = self.states.iter().find_map(|(s, k)| Some((fits(s)?, k))) {
                out.push_str(key);
                rest = after;
            } else if let Some((after, group)) =
                self.spellings.iter().find_map(|(s, g)| Some((fits(s)?, g)))
            {
                let party = out
                    .strip_suffix('.')
                    .map(|o| o.trim_end_matches(is_word).len());
                let party = party.map(|at| out.split_off(at));
                out.push_str(&format!("\u{1}{group}\u{1}"));
                if let Some(party) = party {
                    out.push_str(&format!(" ({})", party.trim_end_matches('.')));
                }
                rest = after;
            } else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }

    fn shortest(&self, text: &str) -> String {
        let told = self.statements.iter();
        told.fold(self.grouped(text), |text, (says, short)| {
            text.replace(says, short)
        })
    }
}

/// Whether a text of a page tells what a finding says, or the formula in it.
pub(super) fn tells(shown: &str, said: &str, json: &Value) -> bool {
    let groups = Groups::of(json);
    let (shown, whole) = (groups.shortest(shown), groups.shortest(said));
    let formula = said.find('`').zip(said.rfind('`'));
    let formula = formula.and_then(|(from, to)| said.get(from..to));
    shown == whole || formula.is_some_and(|f| shown == groups.shortest(f))
}
