//! The formatter: once is enough, comments stay, and nothing else is said afterwards.

use detente_syntax::{SyntaxKind, format, parse, print};
use proptest::prelude::*;

use crate::generate;

const FOUNDING: &str = include_str!("../data/founding.detente");

fn check(text: &str) -> String {
    let before = parse(text);
    assert_eq!(before.diagnostics, [], "{text}");
    let formatted = format(text);
    let after = parse(&formatted);
    assert_eq!(after.diagnostics, [], "{formatted}");
    assert_eq!(after.document, before.document, "{text}\n====\n{formatted}");
    assert_eq!(format(&formatted), formatted, "{text}\n====\n{formatted}");
    formatted
}

/// Writes a correct text in another way: other blanks and line breaks, and comments `#1`, `#2`, ...
fn untidy(text: &str, mut dice: impl FnMut(usize) -> usize) -> (String, usize) {
    let mut out = String::new();
    let mut comments = 0;
    let mut depth = 0_usize;
    let comment = |comments: &mut usize| {
        *comments += 1;
        format!("#{comments}.\n")
    };
    for token in parse(text)
        .tree()
        .descendants_with_tokens()
        .filter_map(detente_syntax::SyntaxElement::into_token)
    {
        let word = token.text();
        let located = token
            .parent()
            .is_some_and(|p| p.kind() == SyntaxKind::Locator);
        match token.kind() {
            _ if located => {}
            SyntaxKind::LParen => depth += 1,
            SyntaxKind::RParen => depth -= 1,
            _ => {}
        }
        match token.kind() {
            SyntaxKind::Whitespace => out += &" ".repeat(1 + dice(3)),
            SyntaxKind::Newline => match dice(6) {
                0 => out += &format!("  {}", comment(&mut comments)),
                1 => out += &format!("\n {}", comment(&mut comments)),
                2 => out += "\n\n\n\n",
                3 => out += " \r\n",
                _ => out += "\n",
            },
            _ => out += word,
        }
        let goes_on = matches!(word, "and" | "or" | "if" | "unless" | "iff" | "not")
            && token.kind() == SyntaxKind::Keyword
            && !token
                .parent()
                .is_some_and(|p| matches!(p.kind(), SyntaxKind::LevelAtom | SyntaxKind::Property));
        if goes_on || depth > 0 && matches!(word, "(" | ",") && !located {
            match dice(8) {
                0 => out += "\n",
                1 => out += &comment(&mut comments),
                2 => out += &format!("\n\n  {}", comment(&mut comments)),
                _ => {}
            }
        }
    }
    (out, comments)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn untidy_texts_become_tidy(
        document in generate::document(),
        rolls in prop::collection::vec(any::<usize>(), 1..200),
    ) {
        let tidy = print(&document);
        let mut next = 0;
        let (text, comments) = untidy(&tidy, |sides| {
            next += 1;
            rolls[next % rolls.len()] % sides
        });
        prop_assert_eq!(&parse(&text).document, &document, "{}", text);
        let formatted = check(&text);
        // Quoted texts may hold anything, also what looks like a comment.
        let said: Vec<String> = parse(&formatted)
            .tree()
            .descendants_with_tokens()
            .filter(|e| e.kind() == SyntaxKind::Comment)
            .map(|e| e.to_string())
            .collect();
        let said = said.join(" ");
        for number in 1..=comments {
            let comment = format!("#{number}.");
            prop_assert_eq!(said.matches(&comment).count(), 1, "{} in {}", comment, formatted);
        }
    }
}

#[test]
fn the_founding_case_becomes_tidy() {
    let formatted = check(FOUNDING);
    insta::assert_snapshot!(formatted);
}

#[test]
fn texts_with_errors_stay_as_they_are() {
    let text = "party  US {\n   option   class\n}\n";
    assert_eq!(format(text), text);
}

#[test]
fn each_case_by_hand() {
    for (text, tidy) in [
        ("", ""),
        ("\n\n# only a comment\n\n", "# only a comment\n"),
        ("\u{feff}negotiation \"x\"", "negotiation \"x\"\n"),
        ("never a;never b", "never a\nnever b\n"),
        ("never a\n\n\n\nnever b", "never a\n\nnever b\n"),
        (
            "never ( a or\nb )   and c[s   ¶ 5]",
            "never (a or\n  b) and c  [s ¶ 5]\n",
        ),
        (
            "party A{option x;option y}",
            "party A { option x; option y }\n",
        ),
        ("party A\n{\noption x}", "party A {\n  option x\n}\n"),
        (
            "party A # why\n{ option x}",
            "party A { option x }  # why\n",
        ),
        (
            "party A # why\n# how\n{ option x}",
            "party A {  # why\n  # how\n  option x\n}\n",
        ),
        ("party A {\n\n  # all\n\n}", "party A {\n  # all\n}\n"),
        ("state 1 \"one\"{}", "state 1 \"one\" { }\n"),
        (
            "status quo {A.x\nnot B.y}",
            "status quo {\n  A.x\n  not B.y\n}\n",
        ),
        (
            "status quo { A.x,not B.y }#c",
            "status quo { A.x, not B.y }  #c\n",
        ),
        (
            "party A { ranks{1>2=3>>rest} }",
            "party A { ranks { 1 > 2 = 3 >> rest } }\n",
        ),
        (
            "party A { prefers {\n a [s ¶5]\n not b if c [t]  # c\n d # d\n} }",
            "party A {\n  prefers {\n    a           [s ¶5]\n    not b if c  [t]  # c\n    d                # d\n  }\n}\n",
        ),
        (
            "claim a by b # c\n{likely 0.7;by 2019-03-05 resolves when event c}",
            "claim a by b { likely 0.7; by 2019-03-05; resolves when event c }  # c\n",
        ),
        (
            "claim a by b {\nresolves when x\nand y\nif z\n}",
            "claim a by b {\n  resolves when x\n    and y\n  if z\n}\n",
        ),
        (
            "calendar {\n2019-01-19..2019-01-21 talks # c\n by 2019-03-04 deadline d [s]\n}",
            "calendar {\n  2019-01-19 .. 2019-01-21 talks  # c\n  by 2019-03-04            deadline d  [s]\n}\n",
        ),
        (
            "calendar {2019-01-19 x {known 2019-01-01 likely sets a,not b where \"c\" [s]}}",
            "calendar { 2019-01-19 x { known 2019-01-01  likely  sets a, not b  where \"c\" [s] } }\n",
        ),
    ] {
        assert_eq!(check(text), tidy, "{text}");
    }
}

#[test]
fn a_block_that_does_not_fit_is_broken() {
    let items: Vec<String> = (10..25).map(|i| format!("US.opt{i}")).collect();
    let text = format!("status quo {{ {} }}\n", items.join(", "));
    assert!(text.len() > 100);
    let formatted = check(&text);
    assert_eq!(formatted.lines().count(), 17);
    let ranks: Vec<String> = (100..130).map(|i| i.to_string()).collect();
    let text = format!("party A {{ ranks {{ {} }} }}\n", ranks.join(" > "));
    assert!(check(&text).lines().all(|line| line.len() <= 100));
}
