//! How texts of findings are set: they are made of what a keyboard has, a document has quotation marks and arrows.

/// A text of a finding as it is set: `"no text"` and `` `relief` `` in quotation marks, `(4 -> 3)` with an arrow.
pub fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = None;
    let mut in_code = false;
    while let Some(letter) = letters.next() {
        match letter {
            '-' if letters.peek() == Some(&'>') => {
                letters.next();
                out.push('→');
            }
            '`' => {
                in_code = !in_code;
                out.push(if in_code { '“' } else { '”' });
            }
            '"' => {
                let opens = before.is_none_or(|b: char| b.is_whitespace() || "([{“‘`".contains(b));
                out.push(match (opens, in_code) {
                    (true, false) => '“',
                    (false, false) => '”',
                    (true, true) => '‘',
                    (false, true) => '’',
                });
            }
            other => out.push(other),
        }
        before = Some(letter);
    }
    out
}

/// A formula of a finding in quotation marks, those within it single.
pub(super) fn in_quotation_marks(formula: &str) -> String {
    typographic(&in_backticks(formula))
}

/// A formula in backticks; one that is a single title, `"Grant relief"` or `"Grant relief" (US)`, has its marks already.
pub(super) fn in_backticks(formula: &str) -> String {
    let title = formula.strip_prefix('"').and_then(|f| f.split_once('"'));
    let alone = title.is_some_and(|(title, after)| {
        let of_party = after.strip_prefix(" (").and_then(|a| a.strip_suffix(')'));
        let is_name = |l: char| l.is_alphanumeric() || matches!(l, '_' | '-');
        let of_party = of_party.is_some_and(|p| p.chars().all(is_name));
        !title.is_empty() && (after.is_empty() || of_party)
    });
    // A pattern is not a title.
    let is_pattern = |(title, _): (&str, &str)| title.chars().all(|l| "YN-".contains(l));
    if alone && !title.is_some_and(is_pattern) {
        formula.to_owned()
    } else {
        format!("`{formula}`")
    }
}

#[cfg(test)]
mod tests {
    use super::typographic;

    #[test]
    fn marks_are_set() {
        for (typed, set) in [
            ("\"small deal\"", "“small deal”"),
            (
                "by withdrawing relief (4 -> 3)",
                "by withdrawing relief (4 → 3)",
            ),
            (
                "asked for `not class \"crisis\"` and \"x\"",
                "asked for “not class ‘crisis’” and “x”",
            ),
            ("nothing to set", "nothing to set"),
            ("`\"YN-\"`", "“‘YN-’”"),
        ] {
            assert_eq!(typographic(typed), set);
        }
    }
}
