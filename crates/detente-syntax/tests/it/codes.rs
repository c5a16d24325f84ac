use detente_syntax::codes::CODES;
use detente_syntax::parse;

fn examples(text: &str) -> Vec<&str> {
    text.split("```detente\n")
        .skip(1)
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

#[test]
fn codes_are_sorted_and_stand_once() {
    assert!(CODES.is_sorted_by(|a, b| a.code < b.code));
}

#[test]
fn every_example_triggers_its_code_and_its_mending_nothing() {
    for page in CODES {
        let examples = examples(page.text);
        if page.code == "E0005" {
            assert!(examples.is_empty());
            continue;
        }
        let [wrong, right] = examples.as_slice() else {
            panic!("{}", page.code)
        };
        let found: Vec<&str> = parse(wrong).diagnostics.iter().map(|d| d.code).collect();
        let allowed = if page.code == "E0019" { 2 } else { 1 };
        assert!(
            !found.is_empty() && found.len() <= allowed,
            "{}: {found:?}",
            page.code
        );
        assert!(
            found.iter().all(|code| *code == page.code),
            "{}: {found:?}",
            page.code
        );
        assert_eq!(parse(right).diagnostics, [], "{}", page.code);
    }
}

#[test]
fn a_text_that_is_too_large_is_refused_whole() {
    let text = "x".repeat((64 << 20) + 1);
    let parse = parse(&text);
    assert_eq!(parse.diagnostics.len(), 1);
    assert_eq!(parse.diagnostics[0].code, "E0005");
    assert_eq!(u32::from(parse.tree().text().len()) as usize, text.len());
}
