//! The blocks of code of a page are true.
//!
//! | block | what is checked |
//! |---|---|
//! | `detente` | a whole file: no errors, laid out as `fmt` does; then it lies beside the commands of the page |
//! | `detente,file=NAME` | the same, under this name; `river.detente` without it |
//! | `detente,fragment` | elements of a file, of which names may be missing: the parser reads them, and they are laid out |
//! | `detente,wrong` | a file with an error, which lies beside the commands that show it |
//! | `detente,shows=CODE` | elements of a file, of which the parser says this code and no other |
//! | `console` | what `$ detente ...` prints; a line `...` stands for any lines, also at the end |
//! | `sh` | commands of `detente` in the abstract: their options exist and go together |
//! | `json`, `json,file=NAME` | values, one after the other; under a name they lie beside the commands too |
//! | `text` | nothing: what cannot be run. There are few |

use crate::book::Page;
use crate::markdown::{self, Block};
use crate::sandbox::Sandbox;

/// How many blocks of each kind a page has.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) files: usize,
    pub(crate) fragments: usize,
    pub(crate) commands: usize,
    pub(crate) typed: usize,
    pub(crate) texts: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.fragments += other.fragments;
        self.commands += other.commands;
        self.typed += other.typed;
        self.texts += other.texts;
    }
}

/// Programs beside `detente` that `sh` blocks may name; what they do is not checked.
const OTHER_PROGRAMS: [&str; 6] = [
    "bash",
    "cargo",
    "cd",
    "git",
    "mdbook",
    "target/release/detente-soak",
];

/// The marks of a block in the language.
const MARKS: [&str; 4] = ["file", "fragment", "shows", "wrong"];

/// Whether the lines shown are the lines printed, `...` standing for any number of them.
fn agrees(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|n| agrees(rest, &printed[n..])),
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, more)| line == first && agrees(rest, more)),
    }
}

/// The words of a command line; quotes, double or single, keep words together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Checks every block of a page; an error names the page and the line of every block that is untrue.
pub(crate) fn check(page: &Page) -> Result<Count, String> {
    let blocks = markdown::blocks(&page.text).map_err(|e| format!("{}: {e}", page.path))?;
    let sandbox = Sandbox::furnished();
    let mut count = Count::default();
    let mut faults = Vec::new();
    for block in &blocks {
        let done = match block.language.as_str() {
            "detente" => elements(block, &sandbox, &mut count),
            "console" => console(block, &sandbox, &mut count),
            "sh" => typed(block, &mut count),
            "json" => json(block, &sandbox),
            "text" => {
                count.texts += 1;
                Ok(())
            }
            "" => Err("the block names no language".to_owned()),
            other => Err(format!("`{other}` is no language of the book")),
        };
        if let Err(fault) = done {
            faults.push(format!("{}:{}: {fault}", page.path, block.line));
        }
    }
    if faults.is_empty() {
        Ok(count)
    } else {
        Err(faults.join("\n\n"))
    }
}

/// Something in the language itself.
fn elements(block: &Block, sandbox: &Sandbox, count: &mut Count) -> Result<(), String> {
    if let Some(mark) = block
        .marks
        .iter()
        .find(|m| !MARKS.contains(&m.split('=').next().unwrap_or_default()))
    {
        return Err(format!("`{mark}` is no mark of a block"));
    }
    let parsed = detente::syntax::parse(&block.text);
    if let Some(code) = block.value("shows") {
        count.fragments += 1;
        let mut codes = parsed.diagnostics.iter().map(|d| d.code);
        let shown = codes.len() > 0 && codes.all(|c| c == code);
        return if shown {
            Ok(())
        } else {
            Err(format!(
                "it does not show {code} alone: {:#?}",
                parsed.diagnostics
            ))
        };
    }
    let read = parsed.diagnostics.is_empty();
    if block.is("fragment") {
        count.fragments += 1;
        if !read {
            return Err(format!("{:#?}", parsed.diagnostics));
        }
        return tidy(&block.text);
    }
    let name = block.value("file").unwrap_or("river.detente");
    sandbox.write(name, &block.text);
    count.files += 1;
    let resolved = detente::model::resolve(&parsed.document);
    match (read && resolved.model.is_some(), block.is("wrong")) {
        (true, false) => tidy(&block.text),
        (false, true) => Ok(()),
        (true, true) => Err("there is no error in it".to_owned()),
        (false, false) => Err(format!(
            "{:#?}{:#?}",
            parsed.diagnostics, resolved.diagnostics
        )),
    }
}

fn tidy(text: &str) -> Result<(), String> {
    let laid_out = detente::syntax::format(text);
    if laid_out == text {
        Ok(())
    } else {
        Err(format!("`detente fmt` lays it out as\n{laid_out}"))
    }
}

/// Commands and what they print.
fn console(block: &Block, sandbox: &Sandbox, count: &mut Count) -> Result<(), String> {
    let mut parts = block.text.split("$ detente ");
    if parts.next() != Some("") {
        return Err("the block does not start with `$ detente `".to_owned());
    }
    for part in parts {
        let (line, shown) = part.split_once('\n').unwrap_or((part, ""));
        let printed = sandbox.printed(&words(line));
        let shown: Vec<&str> = shown.trim_end().lines().collect();
        let lines: Vec<&str> = printed.trim_end().lines().collect();
        if !agrees(&shown, &lines) {
            return Err(format!("`detente {line}` prints\n{printed}"));
        }
        count.commands += 1;
    }
    Ok(())
}

/// Commands whose files are any: the command line itself must be one that the program takes.
fn typed(block: &Block, count: &mut Count) -> Result<(), String> {
    for line in block.text.lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.split(" | ").next().unwrap_or_default();
        let line = line.split(" > ").next().unwrap_or_default();
        let words = words(line);
        match words.split_first() {
            Some((program, rest)) if program == "detente" => {
                // In an empty folder: what follows the reading of the command line finds no file.
                let printed = Sandbox::empty().printed(rest);
                if printed.contains("For more information, try '--help'") {
                    return Err(printed);
                }
                count.typed += 1;
            }
            Some((program, _)) if OTHER_PROGRAMS.contains(&program.as_str()) => {}
            _ => return Err(format!("`{line}` is no command of the book")),
        }
    }
    Ok(())
}

fn json(block: &Block, sandbox: &Sandbox) -> Result<(), String> {
    if let Some(name) = block.value("file") {
        sandbox.write(name, &block.text);
    }
    let values = serde_json::Deserializer::from_str(&block.text);
    for value in values.into_iter::<serde_json::Value>() {
        value.map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// The fault that a text of one block has.
#[cfg(test)]
fn fault(text: &str) -> Option<String> {
    let page = Page {
        path: "page.md".to_owned(),
        text: text.to_owned(),
    };
    check(&page).err()
}

#[test]
fn untrue_blocks_are_found() {
    for (text, expected) in [
        ("```\n```\n", "page.md:1: the block names no language"),
        ("\n```c\n```\n", "page.md:2: `c` is no language"),
        ("```sh\nrm x\n```\n", "no command of the book"),
        ("```sh\ndetente analyze --wrong x\n```\n", "--wrong"),
        ("```sh\ndetente analyse\n```\n", "required"),
        ("```json\n{\"a\": 1,}\n```\n", "trailing comma"),
        ("```detente\nparty A {\n```\n", "page.md:1: "),
        (
            "```detente\nparty A { prefers { B.b } }\n```\n",
            "page.md:1: ",
        ),
        (
            "```detente,fragment\nparty A  { option a }\n```\n",
            "lays it out",
        ),
        ("```detente,fragment\nparty { }\n```\n", "page.md:1: "),
        (
            "```detente,shows=E0001\nparty A { }\n```\n",
            "does not show",
        ),
        ("```detente,part\nparty A { }\n```\n", "no mark"),
        (
            "```detente,wrong\nparty A { option a; prefers { a } }\n```\n",
            "no error",
        ),
        ("```console\n$ ls\n```\n", "does not start"),
        (
            "```console\n$ detente cases show chicken\nnegotiation\n```\n",
            "prints",
        ),
    ] {
        let found = fault(text).unwrap_or_else(|| panic!("{text} passes"));
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn true_blocks_pass() {
    for text in [
        "```sh\ndetente analyze talks.detente --variant a   # a comment\ncargo test\n```\n",
        "```json\n{\"a\": 1}\n[2]\n```\n",
        "```detente,fragment\nparty A { option a }\n```\n",
        "```detente,wrong\nparty A { prefers { B.b } }\n```\n",
        "```console\n$ detente cases show chicken\nnegotiation \"Chicken\"\n...\n```\n",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn quotes_keep_words_together() {
    let expected = ["why", "a b", "{ c }", "", "d"];
    assert_eq!(words("why \"a b\" '{ c }' \"\" d"), expected);
}
