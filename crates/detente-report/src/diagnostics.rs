//! Diagnostics as text and as JSON: one value, several faces.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use detente_syntax::{Diagnostic, Label, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// The text that diagnostics are about.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// How the text is called, usually its path.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// How diagnostics are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing {
    /// Whether to use colours.
    pub colour: bool,
    /// The width of the terminal in columns.
    pub width: usize,
}

/// Diagnostics as a person reads them, with the lines that they point at.
pub fn text(diagnostics: &[Diagnostic], source: SourceText<'_>, drawing: Drawing) -> String {
    let renderer = if drawing.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(drawing.width.max(40));
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code);
        let mut group = match &diagnostic.primary {
            None => Group::with_title(title),
            Some(primary) => {
                let kinds = std::iter::once((AnnotationKind::Primary, primary)).chain(
                    diagnostic
                        .related
                        .iter()
                        .map(|l| (AnnotationKind::Context, l)),
                );
                let snippet =
                    Snippet::source(source.text)
                        .path(source.name)
                        .annotations(kinds.map(|(kind, label)| {
                            let annotation = kind.span(range(source.text, label));
                            if label.text.is_empty() {
                                annotation
                            } else {
                                annotation.label(label.text.as_str())
                            }
                        }));
                title.element(snippet)
            }
        };
        if let Some(hint) = &diagnostic.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// The label's range, moved to character boundaries within the text.
fn range(text: &str, label: &Label) -> std::ops::Range<usize> {
    let mut start = label.span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = label.span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// One diagnostic in the JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiagnosticJson {
    /// The code, such as `E0102`.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// Where; `null` when it concerns the file as a whole.
    pub place: Option<PlaceJson>,
    /// Other places that explain it.
    pub related: Vec<PlaceJson>,
    /// What to write instead.
    pub hint: Option<String>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceJson {
    /// First byte, from 0.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: usize,
    /// Column of the first byte in characters, from 1.
    pub column: usize,
    /// What is said of the place; may be empty.
    pub label: String,
}

/// All diagnostics of one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiagnosticsJson {
    /// What this is: `detente-diagnostics/1`.
    pub format: String,
    /// How the text is called.
    pub file: String,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The diagnostics, in the order of the text.
    pub diagnostics: Vec<DiagnosticJson>,
}

/// Diagnostics for programs.
pub fn json(diagnostics: &[Diagnostic], source: SourceText<'_>) -> DiagnosticsJson {
    let place = |label: &Label| {
        let range = range(source.text, label);
        let before = &source.text[..range.start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        PlaceJson {
            start: range.start,
            end: range.end,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            label: label.text.clone(),
        }
    };
    let count = |s: Severity| diagnostics.iter().filter(|d| d.severity == s).count();
    DiagnosticsJson {
        format: "detente-diagnostics/1".to_owned(),
        file: source.name.to_owned(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        diagnostics: diagnostics
            .iter()
            .map(|d| DiagnosticJson {
                code: d.code.to_owned(),
                severity: d.severity.word().to_owned(),
                message: d.message.clone(),
                place: d.primary.as_ref().map(place),
                related: d.related.iter().map(place).collect(),
                hint: d.hint.clone(),
            })
            .collect(),
    }
}
