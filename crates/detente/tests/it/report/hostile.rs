//! A negotiation whose every name is hostile, in every format and picture: nothing of a name becomes markup, a command
//! or a formula, and nothing of it is lost.

use std::path::Path;

use super::walk::walk;
use super::{as_file, page_of, run, written_out};
use crate::markup::{Element, parse};

/// What names hold: markup, ends of other languages' texts, commands of typesetters, formulas of spreadsheets, letters
/// that turn the direction or are not seen, and a word without a place to break it.
fn names() -> [String; 10] {
    [
        "<script>alert(1)</script>".to_owned(),
        "\"'><img src=x onerror=alert(2)> & &lt; ]]> <!-- --".to_owned(),
        "\\input{/etc/passwd} $x_1^2$ % # ~ {}".to_owned(),
        "#read(\"/etc/passwd\") *b* _i_ $x$ @see <label> // /* ".to_owned(),
        "=HYPERLINK(\"http://example.org\",\"x\")".to_owned(),
        "+1-2 `code` | cell | [a](javascript:alert(3)) **b**".to_owned(),
        "\u{202e}desrever\u{202c} \u{2066}inner\u{2069} שלום".to_owned(),
        "a\u{200b}b\u{200d}c\u{feff}d".to_owned(),
        "X".repeat(300),
        "@SUM(1) 1. - # \u{1d54f} 河 é".to_owned(),
    ]
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

fn negotiation() -> String {
    let names = names();
    let [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9] = names.each_ref().map(|n| quoted(n));
    format!(
        "negotiation {n0}\n\
         as of 2020-01-10\n\
         source s0 {n1} {{\n  date 2020-01-02\n  kind report\n}}\n\
         source s1 {n8} {{\n  kind report\n}}\n\
         issues {{\n  first {n4}: none {n5}, some {n6}, all {n8}\n  second {n0}: low, middle, high\n}}\n\
         party A {n2} {{\n  option x {n3}  [s0 {passage}]\n  option w {n8}\n  prefers {{\n    maybe a: x if B.y  [s1]\n    \
         not w\n  }}\n  utility {{\n    first: 0, 1, 2\n    second: 2, 1, 0\n    reservation 0\n  }}\n}}\n\
         party B {n9} {{\n  option y {n4}\n  option z {n7}\n  prefers {{\n    b: y unless z  [s0]\n    A.x\n  }}\n  utility \
         {{\n    first: 2, 1, 0\n    second: 0, 3, 4\n    reservation 0\n  }}\n}}\n\
         class {n0} when A.x and B.y\n\
         class {n1} when A.x and not B.y\n\
         class {n4} when not A.x and B.z\n\
         class {n8} when B.y and A.w\n\
         class {n6} otherwise\n\
         status quo {{ }}\n\
         never A.w and B.z because {n5}\n\
         variant v {n0} {{\n  A prefers {{ drop a }}\n}}\n\
         term word {n1} {{\n  A reads A.x or B.y\n  B reads B.y  [s0 ¶1]\n}}\n\
         package draft {n2} {{ first some }}  [s0]\n\
         calendar {{\n  2020-02-05 meeting e {n7} with A, B\n  2020-03-05 meeting f {n3} with A, B {{\n    likely\n  }}\n}}\n\
         in the eyes of A {{\n  B prefers {{ drop b }}  [s0 ¶2]\n}}\n\
         claim c {n5} by somebody said 2020-01-03  [s0] {{\n  likely\n  by 2020-05-01\n  resolves when class {n0}\n}}\n",
        passage = "¶1",
    )
}

/// A text without what is not seen of it and the places where it may be broken.
fn dense(text: &str) -> String {
    let is_unseen = |c: &char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(
                c,
                '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}'
            )
    };
    text.chars().filter(is_unseen).collect()
}

/// Marks that turn the direction of what is around them.
fn turns(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn text_of(format: &str, file: &Path) -> String {
    String::from_utf8(written_out(&["report", "--format", format], file)).unwrap()
}

/// A source without the pictures in it, which are texts of its own language.
fn without_pictures(source: &str) -> String {
    let mut pieces = source.split("<svg");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (_, rest) = piece.split_once("</svg>").unwrap();
        out.push_str(rest);
    }
    out
}

const RUNS: [&str; 9] = [
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "base",
    "form",
    "input",
    "foreignobject",
];

fn runs_nothing(page: &Element) {
    for element in page.all() {
        assert!(!RUNS.contains(&element.name.as_str()), "{}", element.name);
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on"), "{name} of {}", element.name);
            let is_link = name == "href" || name == "src";
            let leads = ["#", "data:,", "https://", "http://"];
            assert!(
                !is_link || leads.iter().any(|l| value.starts_with(l)),
                "{value}"
            );
        }
    }
}

#[test]
fn a_page_holds_every_name_and_no_element_of_one() {
    let file = as_file(&negotiation());
    let (page, json) = page_of(&[], file.path());
    runs_nothing(&page);
    assert_eq!(walk(&page, &json).faults, Vec::<String>::new());
    let says = dense(&page.text());
    for name in names() {
        assert!(says.contains(&dense(&name)), "{name} is not on the page");
    }
    let json = json.to_string();
    for name in names() {
        let written = serde_json::to_string(&name).unwrap();
        let inner = written.trim_matches('"');
        assert!(json.contains(inner), "{name} is not in the findings");
    }
}

#[test]
fn printed_formats_hold_no_command_of_a_name() {
    let file = as_file(&negotiation());
    for (format, commands) in [
        ("latex", ["\\input{/etc", "$x_1", "% #"].as_slice()),
        ("typst", &["\n#read(", " #read(\"/etc", "*b*", "<label>"]),
        (
            "markdown",
            &["\n<script", " <script", "<img", "](javascript:"],
        ),
    ] {
        let printed = text_of(format, file.path());
        let mut printed = without_pictures(&printed);
        if format == "markdown" {
            printed = printed.replace("\\\\", "").replace("\\<", "");
        }
        assert!(!turns(&printed), "{format} turns the direction");
        for command in commands {
            let place = printed.find(command);
            let around = place.map(|p| printed.get(p.saturating_sub(80)..p + 20));
            assert_eq!(around, None, "{format}: {command}");
        }
    }
    let printed = text_of("text", file.path());
    assert!(!turns(&printed) && !printed.contains('\u{1b}'));
    let printed = dense(&printed);
    for name in names() {
        assert!(printed.contains(&dense(&name)), "{name} is not in the text");
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let file = as_file(&negotiation());
    let table = text_of("csv", file.path());
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let mut cells = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            let is_number = cell.parse::<f64>().is_ok();
            let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let is_sign = cell.len() == 1;
            let is_shown = cell
                .strip_suffix("\u{a0}%")
                .is_some_and(|n| n.parse::<f64>().is_ok());
            assert!(!begins || is_number || is_sign || is_shown, "{cell}");
            cells += 1;
        }
    }
    assert!(cells > 200, "{cells}");
    let book = written_out(&["report", "--format", "xlsx"], file.path());
    assert!(book.starts_with(b"PK"));
}

#[test]
fn pictures_hold_no_element_of_a_name() {
    let file = as_file(&negotiation());
    let mut drawn = 0;
    for kind in detente::report::picture::kinds() {
        let output = run(&["draw", kind.name], file.path());
        if !output.status.success() {
            let says = String::from_utf8(output.stderr).unwrap();
            assert!(says.contains("nothing to draw"), "{}: {says}", kind.name);
            continue;
        }
        let svg = String::from_utf8(output.stdout).unwrap();

        let picture = parse(&svg);
        assert!(!turns(&picture.text()), "{}", kind.name);
        runs_nothing(&picture);
        assert!(!picture.named("text").is_empty(), "{}", kind.name);
        drawn += 1;
    }
    assert!(drawn >= 7, "{drawn}");
    let dot = written_out(&["draw", "graph", "--format", "dot"], file.path());
    let dot = String::from_utf8(dot).unwrap();
    assert!(dot.starts_with("digraph") && !turns(&dot));
}
