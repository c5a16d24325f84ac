//! A document as LaTeX source that every engine of a TeX distribution sets with an ordinary class.
//!
//! LaTeX cannot include SVG without other programs. The pictures stand beside the source as SVG, and as PNG where this
//! build can draw it; the source takes a PDF of the same name if there is one (`rsvg-convert -f pdf`), else the PNG,
//! else it says the picture in words. So it compiles whatever is there.

use std::collections::BTreeSet;

use super::labels::{
    Labels, address, anchor, is_address, marked, visible, visible_lines, with_seams, words,
};
use super::tables::{needs, shares};
use super::{Beside, Rendered, Unrendered, beside_name, figures, markdown, png};
use crate::document::{Block, Figure, Inline, Item, Section, Sentence, Table, plain};

const PREAMBLE: &str = r##"\documentclass[a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
  \usepackage{lmodern}
  \newcommand{\letter}[2]{\DeclareUnicodeCharacter{#1}{#2}}
\else
  \usepackage{fontspec}
  \newcommand{\letter}[2]{\catcode"#1=13 \begingroup\lccode`\~="#1 \lowercase{\endgroup
    \protected\def~}{\iffontchar\font"#1 \char"#1 \else#2\fi}}
\fi
\usepackage{array,booktabs,calc,graphicx,longtable}
\usepackage[hidelinks,unicode]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\setlength{\emergencystretch}{3em}
\newcommand{\grounds}[1]{{\footnotesize[#1]}}
\newcommand{\unshown}{[?]}
\newcommand{\apart}{\kern0pt}
"##;

/// What keeps two signs from becoming one; empty braces do so in pdfTeX only.
const APART: &str = "\\apart{}";

/// A document as LaTeX source.
pub(super) fn source(rendered: &Rendered<'_>) -> String {
    let labels = Labels::of(rendered.document);
    let writer = Writer {
        labels: &labels,
        stem: rendered.stem,
    };
    let document = rendered.document;
    let mut body = format!("\\title{{{}}}\n", writer.line(&document.title, true));
    body.push_str(&format!(
        "\\author{{{}}}\n\\date{{}}\n\\begin{{document}}\n\\maketitle\n",
        writer.line(&document.subtitle, true)
    ));
    for section in &document.sections {
        body.push('\n');
        writer.section(section, 0, &mut body);
    }
    body.push_str("\n\\end{document}\n");
    format!("{PREAMBLE}{}{body}", declarations(&body))
}

/// The pictures as SVG, and as PNG where it can be drawn.
pub(super) fn beside(rendered: &Rendered<'_>, stem: &str) -> Result<Vec<Beside>, Unrendered> {
    let mut files = markdown::beside(rendered, stem);
    for figure in figures(rendered.document) {
        match png::picture(&figure.picture.svg, 3.0) {
            Ok(bytes) => files.push(Beside {
                name: beside_name(stem, &figure.id, "png"),
                bytes,
            }),
            Err(Unrendered::NotBuilt { .. }) => break,
            Err(refused) => return Err(refused),
        }
    }
    Ok(files)
}

struct Writer<'a> {
    labels: &'a Labels,
    stem: Option<&'a str>,
}

impl Writer<'_> {
    fn section(&self, section: &Section, level: usize, out: &mut String) {
        const COMMANDS: [&str; 5] = [
            "section",
            "subsection",
            "subsubsection",
            "paragraph",
            "subparagraph",
        ];
        let command = COMMANDS[level.min(COMMANDS.len() - 1)];
        let title = self.line(&section.title, true);
        let id = anchor(&section.id);
        out.push_str(&format!(
            "\\hypertarget{{{id}}}{{\\{command}{{{title}}}}}\n"
        ));
        self.blocks(&section.blocks, out);
        for inner in &section.sections {
            out.push('\n');
            self.section(inner, level + 1, out);
        }
    }

    fn blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            out.push('\n');
            match block {
                Block::Paragraph(sentences) => {
                    out.push_str(&self.sentences(sentences));
                    out.push('\n');
                }
                Block::List { ordered, items } => self.items(items, *ordered, 0, out),
                Block::Entries(entries) => {
                    for entry in entries {
                        let term = self.line(&entry.term, false);
                        let id = anchor(&entry.id);
                        let number = self.labels.number(&entry.id);
                        out.push_str(&format!(
                            "\n\\hypertarget{{{id}}}{{\\textbf{{{number}{term}}}}}\n"
                        ));
                        self.blocks(&entry.blocks, out);
                    }
                }
                Block::Table(table) => self.table(table, out),
                Block::Figure(figure) => self.figure(figure, out),
                Block::Code { text, .. } => {
                    let text = visible_lines(&plain(std::slice::from_ref(text)));
                    out.push_str("\\begin{flushleft}\\ttfamily\n");
                    for line in text.lines() {
                        let line = line.replace('\t', "    ");
                        let words = line.trim_start_matches(' ');
                        let indent = "~".repeat(line.len() - words.len());
                        // A line may be broken at one space, and is not put together at several.
                        let words = escaped(words).replace("  ", " ~");
                        out.push_str(&format!("\\mbox{{}}{indent}{words}\\\\\n"));
                    }
                    out.push_str("\\end{flushleft}\n");
                }
            }
        }
    }

    /// LaTeX nests lists four deep; deeper points follow theirs.
    fn items(&self, items: &[Item], ordered: bool, depth: usize, out: &mut String) {
        if items.is_empty() {
            return;
        }
        let kind = if ordered { "enumerate" } else { "itemize" };
        let is_deep = depth > 2;
        if !is_deep {
            out.push_str(&format!("\\begin{{{kind}}}\n"));
        }
        for item in items {
            if is_deep {
                out.push_str("\\par{}");
            } else {
                out.push_str("\\item{} ");
            }
            out.push_str(&self.sentences(&item.sentences));
            out.push('\n');
            self.items(&item.items, false, depth + 1, out);
        }
        if !is_deep {
            out.push_str(&format!("\\end{{{kind}}}\n"));
        }
    }

    fn table(&self, table: &Table, out: &mut String) {
        let name = self.labels.capital(&table.id);
        let caption = self.line(&table.caption, false);
        let id = anchor(&table.id);
        out.push_str(&format!(
            "\\hypertarget{{{id}}}{{\\textbf{{{name}.}}}} {caption}\n"
        ));
        if table.columns.is_empty() {
            return;
        }
        let titles: Vec<String> = table
            .columns
            .iter()
            .map(|c| format!("\\textbf{{{}}}", self.line(&c.title, false)))
            .collect();
        let head = titles.join(" & ");
        out.push_str(&format!(
            "\n{{\\small\n\\begin{{longtable}}[l]{{@{{}}{}@{{}}}}\n\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n\
             \\bottomrule\n\\endfoot\n",
            columns(table)
        ));
        for row in &table.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|c| self.line(c, false)).collect();
            if let (Some(id), Some(first)) = (&row.id, cells.first_mut()) {
                *first = format!("\\hypertarget{{{}}}{{}}{first}", anchor(id));
            }
            out.push_str(&format!("{} \\\\\n", cells.join(" & ")));
        }
        out.push_str("\\end{longtable}}\n");
    }

    fn figure(&self, figure: &Figure, out: &mut String) {
        let picture = &figure.picture;
        let name = self.labels.capital(&figure.id);
        let (title, says) = (
            broken(&visible(&picture.title)),
            broken(&visible(&picture.says)),
        );
        let id = anchor(&figure.id);
        if let Some(stem) = self.stem {
            let pdf = beside_name(stem, &figure.id, "pdf");
            let png = beside_name(stem, &figure.id, "png");
            let include = |file: &str| {
                format!(
                    "\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{file}}}"
                )
            };
            out.push_str(&format!(
                "\\begin{{center}}\n\\IfFileExists{{{pdf}}}{{{}}}{{%\n\\IfFileExists{{{png}}}{{{}}}{{\\emph{{{says}}}}}}}\n\
                 \\end{{center}}\n",
                include(&pdf),
                include(&png),
            ));
        } else {
            out.push_str(&format!("\\begin{{quote}}\\emph{{{says}}}\\end{{quote}}\n"));
        }
        out.push_str(&format!(
            "\\hypertarget{{{id}}}{{\\textbf{{{name}.}}}} {title}. {}\n",
            self.sentences(&figure.caption)
        ));
    }

    fn sentences(&self, sentences: &[Sentence]) -> String {
        let mut out = Vec::new();
        for (sentence, grounds) in marked(sentences) {
            let mut text = self.line(&sentence.parts, false);
            let marks = (self.labels).marks(grounds, |to, mark| self.link(to, &broken(mark)));
            if !marks.is_empty() {
                text.push_str(&format!(" \\grounds{{{marks}}}"));
            }
            out.push(text);
        }
        out.join("\n")
    }

    fn link(&self, to: Option<&str>, shown: &str) -> String {
        match to {
            Some(to) if self.labels.has(to) => {
                format!("\\hyperlink{{{}}}{{{shown}}}", anchor(to))
            }
            _ => shown.to_owned(),
        }
    }

    /// A line; in titles there are no links.
    fn line(&self, line: &[Inline], is_title: bool) -> String {
        let mut out = String::new();
        for part in line {
            join(&mut out, &self.part(part, is_title));
        }
        out
    }

    fn part(&self, part: &Inline, is_title: bool) -> String {
        match part {
            Inline::Code(text) => format!("\\texttt{{{}}}", broken(&visible(text))),
            Inline::Quote(text) => {
                let mut quoted = format!("``{}", broken(&visible(text)));
                join(&mut quoted, "''");
                quoted
            }
            Inline::Strong(parts) => format!("\\textbf{{{}}}", self.line(parts, is_title)),
            Inline::Link { to, parts } if !is_title => self.link(Some(to), &self.line(parts, true)),
            Inline::Away { url, parts } if !is_title && is_address(url) => {
                format!("\\href{{{}}}{{{}}}", href(url), self.line(parts, true))
            }
            Inline::Link { parts, .. } | Inline::Away { parts, .. } => self.line(parts, is_title),
            other => broken(&words(std::slice::from_ref(other))),
        }
    }
}

/// Sets source after source so that no sign of the one becomes one sign with a sign of the other.
fn join(out: &mut String, next: &str) {
    if let (Some(last), Some(first)) = (out.chars().next_back(), next.chars().next())
        && is_ligature(last, first)
    {
        out.push_str(APART);
    }
    out.push_str(next);
}

/// Whether the fonts of TeX make one sign of two: dashes, guillemets, low and high quotation marks, and the question
/// and exclamation marks that stand on their heads.
fn is_ligature(last: char, first: char) -> bool {
    match first {
        '-' | '<' | '>' | ',' | '\'' => last == first,
        '`' => matches!(last, '`' | '?' | '!'),
        _ => false,
    }
}

/// The columns of a table: as wide as they need, if all fit on the page; otherwise shares of its width.
fn columns(table: &Table) -> String {
    const LETTERS: usize = 84;
    let needs = needs(table);
    let gaps = 2 * (needs.len() - 1);
    let side = |place: usize| table.columns.get(place).is_some_and(|c| c.numeric);
    let whole = needs.iter().sum::<usize>() + gaps;
    if whole <= LETTERS {
        return (0..needs.len())
            .map(|place| if side(place) { 'r' } else { 'l' })
            .collect();
    }
    let shares = shares(table, LETTERS.saturating_sub(gaps));
    let all: usize = shares.iter().sum();
    let column = |(place, share): (usize, &usize)| {
        let ragged = if side(place) {
            "raggedleft"
        } else {
            "raggedright"
        };
        format!(
            ">{{\\{ragged}\\arraybackslash}}p{{(\\linewidth - {gaps}\\tabcolsep) * \\real{{{:.4}}}}}",
            *share as f64 / all as f64
        )
    };
    shares.iter().enumerate().map(column).collect()
}

/// Text in which nothing is a command or a ligature.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.chars() {
        if is_ligature(before, letter) {
            out.push_str(APART);
        }
        before = letter;
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '[' | ']' | '*' => out.push_str(&format!("{{{letter}}}")),
            '\u{a0}' => out.push('~'),
            // LuaTeX takes it for a broken file.
            '\u{fffd}' => out.push_str("\\unshown{}"),
            _ => out.push(letter),
        }
    }
    out
}

/// Escaped text whose long words may be broken.
fn broken(text: &str) -> String {
    with_seams(text, "\\allowbreak{}", escaped)
}

/// An address within `\href`.
fn href(url: &str) -> String {
    address(url)
        .replace('%', "\\%")
        .replace('#', "\\#")
        .replace('&', "\\&")
        .replace('~', "\\string~")
        .replace('$', "\\$")
        .replace('_', "\\_")
}

/// What to show for letters that a font may not have: the usual signs by their commands, all others by their numbers,
/// so that nothing is lost and nothing stops any engine.
fn declarations(body: &str) -> String {
    let mut out = String::new();
    let letters: BTreeSet<char> = body.chars().filter(|c| !c.is_ascii()).collect();
    for letter in letters {
        let code = u32::from(letter);
        // The encodings declare Latin letters and the usual marks of print themselves.
        let is_known = matches!(code, 0xa1..=0x17f | 0x2013..=0x2014 | 0x2018..=0x201e | 0x2020..=0x2022
            | 0x2026 | 0x2030 | 0x2039..=0x203a | 0x20ac | 0x2122)
            && !matches!(
                code,
                0x108..=0x10b
                    | 0x114..=0x115
                    | 0x120..=0x121
                    | 0x124..=0x138
                    | 0x13b..=0x13c
                    | 0x13f..=0x140
                    | 0x145..=0x146
                    | 0x149
                    | 0x14c..=0x14f
                    | 0x156..=0x157
                    | 0x15c..=0x15d
                    | 0x166..=0x16f
                    | 0x172..=0x177
                    | 0x17f
            );
        if is_known {
            continue;
        }
        let shown = match letter {
            '→' => "\\ensuremath{\\rightarrow}".to_owned(),
            '←' => "\\ensuremath{\\leftarrow}".to_owned(),
            '↔' => "\\ensuremath{\\leftrightarrow}".to_owned(),
            '≥' => "\\ensuremath{\\geq}".to_owned(),
            '≤' => "\\ensuremath{\\leq}".to_owned(),
            '≠' => "\\ensuremath{\\neq}".to_owned(),
            '≈' => "\\ensuremath{\\approx}".to_owned(),
            '∈' => "\\ensuremath{\\in}".to_owned(),
            '∞' => "\\ensuremath{\\infty}".to_owned(),
            '−' => "\\ensuremath{-}".to_owned(),
            '✓' => "\\ensuremath{\\surd}".to_owned(),
            '\u{202f}' => "\\,".to_owned(),
            '\u{200b}' => "\\allowbreak{}".to_owned(),
            _ => format!("[U+{code:04X}]\\allowbreak{{}}"),
        };
        out.push_str(&format!("\\letter{{{code:04X}}}{{{shown}}}\n"));
    }
    out
}
