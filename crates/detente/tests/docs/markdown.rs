//! What the tests need to know of a Markdown text: its blocks of code, its links, and where links can lead.

/// A fenced block of code.
#[derive(Debug)]
pub(crate) struct Block {
    /// The line of its opening fence, counted from 1.
    pub(crate) line: usize,
    /// The first word behind the fence, as in `detente,fragment`.
    pub(crate) language: String,
    /// The other words, such as `fragment` or `file=talks.detente`.
    pub(crate) marks: Vec<String>,
    /// What stands between the fences, with its last line break.
    pub(crate) text: String,
}

impl Block {
    /// What stands after `name=` in a mark.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let values = self.marks.iter().filter_map(|m| m.split_once('='));
        values.filter(|(n, _)| *n == name).map(|(_, v)| v).next()
    }

    /// Whether it has the mark.
    pub(crate) fn is(&self, mark: &str) -> bool {
        self.marks.iter().any(|m| m == mark)
    }
}

/// A link or a picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The line on which its target stands, counted from 1.
    pub(crate) line: usize,
    /// Where it leads, as written.
    pub(crate) target: String,
}

/// The blocks of code of a text; an error is a fence that is not closed.
pub(crate) fn blocks(markdown: &str) -> Result<Vec<Block>, String> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in markdown.lines().enumerate() {
        match (line.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(info), false) => {
                open = true;
                let mut words = info.trim().split(',').map(str::to_owned);
                blocks.push(Block {
                    line: number + 1,
                    language: words.next().unwrap_or_default(),
                    marks: words.collect(),
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
    match blocks.last() {
        Some(block) if open => Err(format!("line {}: the block is not closed", block.line)),
        _ => Ok(blocks),
    }
}

/// The lines outside blocks of code, with their numbers from 1.
fn prose(markdown: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut open = false;
    markdown.lines().enumerate().filter_map(move |(i, line)| {
        let fence = line.starts_with("```");
        open ^= fence;
        (!open && !fence).then_some((i + 1, line))
    })
}

/// A line without what stands in backticks; `code` says whether a line begins within them, and is carried on.
fn without_code(line: &str, code: &mut bool) -> String {
    let mut text = String::new();
    for (i, part) in line.split('`').enumerate() {
        *code ^= i > 0;
        if !*code {
            text.push_str(part);
        }
    }
    text
}

/// All links and pictures of a text.
pub(crate) fn links(markdown: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut code = false;
    for (number, line) in prose(markdown) {
        code &= !line.is_empty();
        let line = without_code(line, &mut code);
        for part in line.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                found.push(Link {
                    line: number,
                    target: target.split(' ').next().unwrap_or_default().to_owned(),
                });
            }
        }
    }
    found
}

/// The anchors of a text's headings, as mdbook and code hosts make them.
pub(crate) fn anchors(markdown: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for (_, line) in prose(markdown) {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        let Some(title) = line[level..]
            .strip_prefix(' ')
            .filter(|_| (1..=6).contains(&level))
        else {
            continue;
        };
        let plain = anchor(title);
        let mut unique = plain.clone();
        let mut times = 0;
        while anchors.contains(&unique) {
            times += 1;
            unique = format!("{plain}-{times}");
        }
        anchors.push(unique);
    }
    anchors
}

/// The anchor of one heading.
pub(crate) fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => {
            Some(c.to_lowercase().next().unwrap_or(c))
        }
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// The text with every heading lower by some levels; blocks of code stay as they are.
pub(crate) fn lowered(markdown: &str, levels: usize) -> String {
    let mut open = false;
    let mut text = String::new();
    for line in markdown.lines() {
        open ^= line.starts_with("```");
        if !open && line.starts_with('#') {
            text.push_str(&"#".repeat(levels));
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[test]
fn links_in_code_are_none() {
    let text = "See [a](b.md#c), `[d](e)`\nand ![f](g.svg \"h\"), `[k]\n(l) [m](n)`.\n```text\n[i](j)\n```\n";
    let targets: Vec<_> = links(text)
        .into_iter()
        .map(|l| (l.line, l.target))
        .collect();
    assert_eq!(targets, [(1, "b.md#c".to_owned()), (2, "g.svg".to_owned())]);
}

#[test]
fn a_second_heading_of_a_name_gets_a_number() {
    let text = "# What could be agreed: `detente packages`\n## A\n```sh\n# b\n```\n## A\n#c\n";
    let expected = ["what-could-be-agreed-detente-packages", "a", "a-1"];
    assert_eq!(anchors(text), expected);
}

#[test]
fn a_block_has_a_language_and_marks() {
    let found = blocks("```detente,wrong,file=a.detente\nparty A { }\n```\n").unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].language.as_str()), (1, "detente"));
    assert!(found[0].is("wrong") && !found[0].is("fragment"));
    assert_eq!(found[0].value("file"), Some("a.detente"));
    assert_eq!(found[0].text, "party A { }\n");
    assert!(blocks("```sh\n").is_err());
}
