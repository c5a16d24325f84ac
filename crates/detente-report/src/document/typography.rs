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
    typographic(&format!("`{formula}`"))
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
