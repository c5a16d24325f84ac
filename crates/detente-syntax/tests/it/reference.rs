//! The language reference for analysts says what the parser does.

use detente_syntax::{RESERVED, format, parse};

const REFERENCE: &str = include_str!("../../../../docs/language.md");

fn examples() -> Vec<&'static str> {
    // The words behind the fence say whether an example is a whole file.
    let parts = REFERENCE.split("```detente").skip(1);
    parts
        .map(|part| {
            part.split_once('\n')
                .unwrap()
                .1
                .split("```")
                .next()
                .unwrap()
        })
        .collect()
}

#[test]
fn every_example_is_read_without_errors() {
    assert!(examples().len() >= 13);
    for example in examples() {
        assert_eq!(parse(example).diagnostics, [], "{example}");
    }
}

#[test]
fn every_example_is_tidy() {
    for example in examples() {
        assert_eq!(format(example), example);
    }
}

#[test]
fn the_reserved_words_are_listed() {
    let after = REFERENCE.split("## Reserved words").nth(1).unwrap();
    let list = after.split("##").next().unwrap();
    let listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, RESERVED);
}
