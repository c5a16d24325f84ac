use detente_report::document::{Document, Figure};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::expected::{dense, shown, visible};
use super::string;
use crate::documents::{any_document, pairs, rich};

/// The text that the body of a document shows, read letter by letter as TeX does: braces and environments are
/// balanced, and there is no command and no active letter but those that are known here.
struct Lexer {
    letters: Vec<char>,
    at: usize,
    out: String,
    open: Vec<String>,
}

impl Lexer {
    fn read(body: &str) -> String {
        let mut lexer = Self {
            letters: body.chars().collect(),
            at: 0,
            out: String::new(),
            open: Vec::new(),
        };
        lexer.group(false);
        assert_eq!(lexer.at, lexer.letters.len());
        assert!(lexer.open.is_empty(), "{:?}", lexer.open);
        lexer.out
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> char {
        self.at += 1;
        self.letters[self.at - 1]
    }

    /// Until the brace that closes the group, or the end.
    fn group(&mut self, is_inner: bool) {
        while let Some(letter) = self.peek() {
            self.at += 1;
            match letter {
                '}' => {
                    assert!(is_inner, "a brace too many");
                    return;
                }
                '{' => self.group(true),
                '\\' => self.command(),
                '~' => self.out.push(' '),
                '&' => assert_eq!(self.open.last().map(String::as_str), Some("longtable")),
                '`' | '\'' if self.peek() == Some(letter) => {
                    self.at += 1;
                    self.out.push('"');
                }
                '#' | '$' | '%' | '_' | '^' | '`' | '"' => {
                    panic!("`{letter}` after {}", self.out)
                }
                '-' | '<' | '>' | ',' => {
                    assert_ne!(self.peek(), Some(letter), "a ligature after {}", self.out);
                    self.out.push(letter);
                }
                '?' | '!' => {
                    assert_ne!(self.peek(), Some('`'), "a ligature after {}", self.out);
                    self.out.push(letter);
                }
                _ => self.out.push(letter),
            }
        }
        assert!(!is_inner, "a brace is missing");
    }

    /// What stands in the braces that follow, as it is.
    fn argument(&mut self) -> String {
        assert_eq!(self.next(), '{');
        let mut depth = 1;
        let mut out = String::new();
        while depth > 0 {
            let letter = self.next();
            match letter {
                '\\' => out.push(self.next()),
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => out.push(letter),
            }
        }
        out
    }

    fn command(&mut self) {
        let mut name = String::from(self.next());
        if name.chars().all(|c| c.is_ascii_alphabetic()) {
            while self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
                name.push(self.next());
            }
        }
        match &*name {
            "{" | "}" | "$" | "&" | "#" | "%" | "_" => self.out.push_str(&name),
            "\\" => {
                let next = self.letters[self.at..].iter().find(|c| !c.is_whitespace());
                assert!(
                    !matches!(next, Some('[' | '*')),
                    "an argument of a line end"
                );
            }
            "unshown" => self.out.push('\u{fffd}'),
            "textbackslash" => self.out.push('\\'),
            "textasciicircum" => self.out.push('^'),
            "textasciitilde" => self.out.push('~'),
            "textasciigrave" => self.out.push('`'),
            "textquotedbl" => self.out.push('"'),
            "allowbreak" | "item" | "par" | "small" | "toprule" | "midrule" | "bottomrule"
            | "endhead" | "endfoot" | "ttfamily" | "mbox" | "apart" => {}
            "section" | "subsection" | "subsubsection" | "paragraph" | "subparagraph"
            | "textbf" | "texttt" | "emph" => assert_eq!(self.peek(), Some('{')),
            "hypertarget" | "hyperlink" | "href" => {
                self.argument();
                assert_eq!(self.peek(), Some('{'));
            }
            "grounds" => {
                self.at += 1;
                self.out.push('[');
                self.group(true);
                self.out.push(']');
            }
            "begin" => {
                let name = self.argument();
                if name == "longtable" {
                    assert_eq!([self.next(), self.next(), self.next()], ['[', 'l', ']']);
                    self.argument();
                }
                self.open.push(name);
            }
            "end" => assert_eq!(Some(self.argument()), self.open.pop()),
            other => panic!("\\{other} is not known"),
        }
    }
}

fn figure(name: &str, figure: &Figure, caption: &str) -> String {
    let picture = &figure.picture;
    let title = visible(&picture.title);
    format!("{}{name}{title}.{caption}", picture.says)
}

fn holds(document: &Document, json: &Value) {
    let latex = string("latex", document, json);
    let (head, body) = latex
        .split_once("\\begin{document}\n\\maketitle\n")
        .unwrap();
    let body = body.strip_suffix("\n\\end{document}\n").unwrap();
    // The letters are declared by a command that every engine has; only pdfTeX has this one.
    assert_eq!(head.matches("DeclareUnicodeCharacter").count(), 1);
    let title = head.split_once("\\title").unwrap().1;
    let (title, subtitle) = title.split_once("\n\\author").unwrap();
    let subtitle = subtitle.strip_suffix("\n\\date{}\n").unwrap();
    let read = [title, subtitle, body].map(Lexer::read).concat();
    assert_eq!(dense(&read), shown(document, figure), "{latex}");
}

#[test]
fn the_rich_document_reads_the_same() {
    let (document, json) = rich();
    holds(&document, &json);
}

#[test]
fn whatever_parts_meet_read_the_same() {
    for document in pairs() {
        holds(&document, &json!({}));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_reader_of_latex_reads_the_same_text(document in any_document()) {
        holds(&document, &json!({}));
    }
}
