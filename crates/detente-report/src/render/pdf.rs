//! A document as PDF: its Typst source, set in memory (feature `pdf`).

use super::{Rendered, Unrendered};

/// Sets the Typst source of the document. Nothing is read but the source: no file, no network, no clock, and no fonts
/// but those within the program. Letters that none of these has are refused rather than shown as boxes.
#[cfg(feature = "pdf")]
pub(super) fn render(rendered: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    press::print(&super::typst::source(rendered.document)).map_err(|why| Unrendered::Refused {
        what: "the PDF",
        why,
    })
}

/// This build cannot write it.
#[cfg(not(feature = "pdf"))]
pub(super) fn render(_: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    Err(Unrendered::NotBuilt {
        what: "PDF",
        hint: "build it with `cargo install detente --features pdf`, or write `.typ` and run `typst compile` on it",
    })
}

#[cfg(feature = "pdf")]
mod press {
    use typst::diag::{FileError, FileResult, SourceDiagnostic};
    use typst::foundations::{Bytes, Datetime};
    use typst::layout::PagedDocument;
    use typst::syntax::{FileId, Source};
    use typst::text::{Font, FontBook};
    use typst::utils::LazyHash;
    use typst::{Library, LibraryExt, World};
    use typst_pdf::PdfOptions;

    /// A world of one source and the fonts of the program.
    struct Press {
        library: LazyHash<Library>,
        book: LazyHash<FontBook>,
        fonts: Vec<Font>,
        source: Source,
    }

    impl Press {
        fn new(source: &str) -> Self {
            let sans = [
                dejavu::sans::regular(),
                dejavu::sans::bold(),
                dejavu::sans::oblique(),
            ];
            let fonts: Vec<Font> = typst_assets::fonts()
                .chain(sans)
                .flat_map(|data| Font::iter(Bytes::new(data)))
                .collect();
            Self {
                library: LazyHash::new(Library::default()),
                book: LazyHash::new(FontBook::from_fonts(&fonts)),
                fonts,
                source: Source::detached(source),
            }
        }

        /// The letters of a text that no font has.
        fn missing(&self, text: &str) -> Vec<char> {
            let mut missing: Vec<char> = text
                .chars()
                .filter(|c| !c.is_ascii() && !c.is_whitespace() && *c != '\u{200b}')
                .filter(|c| !(0..self.fonts.len()).any(|place| self.has(place, *c)))
                .collect();
            missing.sort_unstable();
            missing.dedup();
            missing
        }

        fn has(&self, font: usize, letter: char) -> bool {
            let info = self.book.info(font);
            info.is_some_and(|info| info.coverage.contains(u32::from(letter)))
        }
    }

    impl World for Press {
        fn library(&self) -> &LazyHash<Library> {
            &self.library
        }

        fn book(&self) -> &LazyHash<FontBook> {
            &self.book
        }

        fn main(&self) -> FileId {
            self.source.id()
        }

        fn source(&self, id: FileId) -> FileResult<Source> {
            if id == self.source.id() {
                Ok(self.source.clone())
            } else {
                Err(FileError::AccessDenied)
            }
        }

        fn file(&self, _: FileId) -> FileResult<Bytes> {
            Err(FileError::AccessDenied)
        }

        fn font(&self, index: usize) -> Option<Font> {
            self.fonts.get(index).cloned()
        }

        fn today(&self, _: Option<i64>) -> Option<Datetime> {
            None
        }
    }

    /// The PDF of a Typst source.
    pub(super) fn print(source: &str) -> Result<Vec<u8>, String> {
        let press = Press::new(source);
        let missing = press.missing(source);
        if !missing.is_empty() {
            let missing: String = missing.into_iter().take(10).collect();
            return Err(format!(
                "no font in this program has the letters `{missing}`; write `.typ` and set it with fonts that have them"
            ));
        }
        let said = |errors: &[SourceDiagnostic]| {
            errors
                .first()
                .map_or_else(String::new, |error| error.message.to_string())
        };
        let document: PagedDocument = typst::compile(&press)
            .output
            .map_err(|errors| said(&errors))?;
        let pdf = typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|e| said(&e))?;
        // What was computed on the way is kept for a second setting, which there is not.
        typst::comemo::evict(0);
        Ok(pdf)
    }
}
