//! The examples of the README and of the pages in `docs/` are real: `detente` blocks are files, and what
//! `console` blocks show is what the command prints. A line `...` in a block stands for any lines.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may fail loudly, and read and write files"
)]

use std::path::Path;
use std::process::Command;

struct Block<'a> {
    language: &'a str,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for line in markdown.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(language), false) => {
                open = true;
                blocks.push(Block {
                    language,
                    text: String::new(),
                });
            }
            (None, true) => {
                let block = blocks.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, false) => {}
        }
    }
    blocks
}

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

/// The words of a command line; double quotes keep words together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(i, part)| {
            if i % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .collect()
}

/// Checks the examples of one text; says how many files and commands there are.
fn check(markdown: &str) -> (usize, usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join(markdown)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "bargaining/korea-2019-ratified/korea_ratified.detente",
        "diplomacy/us-dprk-2019/hanoi.detente",
        "diplomacy/us-dprk-2019/january.detente",
        "diplomacy/us-dprk-2019/packages.detente",
        "diplomacy/us-dprk-2019/season.detente",
        "diplomacy/us-dprk-2019/sources/article-notes.txt",
        "diplomacy/us-dprk-2019/sources/kcna-notes.txt",
        "diplomacy/us-dprk-2019/sources/singapore.txt",
        "diplomacy/us-dprk-2019/sources/whitehouse-notes.txt",
        "diplomacy/us-dprk-2019/weights.detente",
        "diplomacy/us-dprk-2019/readings.detente",
        "diplomacy/us-dprk-2019/weights.detente",
        "water/elmira/elmira.detente",
        "water/syria-iraq-1975/syria_iraq.detente",
    ] {
        let to = folder.path().join("cases").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root.join("cases").join(name), to).unwrap();
    }
    let contradicted = "crates/detente/tests/cmd/package-doubt.in/contradicted.detente";
    let to = folder.path().join(contradicted);
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::copy(root.join(contradicted), to).unwrap();
    let scenarios = root.join("crates/detente-model/tests/data/packages");
    for name in ["own-tiny-9", "own-korea-2019-4p"] {
        let to = folder.path().join("scenarios").join(name);
        std::fs::create_dir_all(&to).unwrap();
        for file in std::fs::read_dir(scenarios.join(name)).unwrap() {
            let file = file.unwrap();
            if file.path().extension().is_some_and(|e| e == "xml") {
                std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
    }
    let tables = root.join("crates/detente/tests/cmd/events.in");
    let to = folder.path().join("tables");
    std::fs::create_dir_all(&to).unwrap();
    for file in std::fs::read_dir(tables).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    let (mut files, mut commands) = (0, 0);
    for block in blocks(&text) {
        if block.language == "detente" {
            assert_eq!(detente::syntax::format(&block.text), block.text);
            std::fs::write(folder.path().join("river.detente"), &block.text).unwrap();
            files += 1;
        }
        if block.language != "console" {
            continue;
        }
        for part in block.text.split("$ detente ").skip(1) {
            let (line, shown) = part.split_once('\n').unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_detente"))
                .args(words(line))
                .current_dir(folder.path())
                .output()
                .unwrap();
            let mut printed = String::from_utf8(output.stdout).unwrap();
            printed.push_str(&String::from_utf8(output.stderr).unwrap());
            let shown: Vec<&str> = shown.trim_end().lines().collect();
            let lines: Vec<&str> = printed.trim_end().lines().collect();
            assert!(agrees(&shown, &lines), "`detente {line}` prints\n{printed}");
            commands += 1;
        }
    }
    (files, commands)
}

#[test]
fn the_readme_shows_what_is_printed() {
    let (files, commands) = check("README.md");
    assert!(
        files >= 1 && commands >= 5,
        "{files} files, {commands} commands"
    );
}

#[test]
fn the_pages_show_what_is_printed() {
    for page in [
        "as-of",
        "analogies",
        "attitudes",
        "bargain",
        "breakthrough",
        "claims",
        "brief",
        "coalitions",
        "compare",
        "conditions",
        "doubt",
        "forecast",
        "evidence",
        "packages",
        "mediation",
        "package-doubt",
        "import-events",
        "import-scenarios",
        "perceive",
        "sensitivity",
        "strength",
        "terms",
    ] {
        let (_, commands) = check(&format!("docs/{page}.md"));
        assert!(commands >= 1, "{page}: {commands} commands");
    }
}
