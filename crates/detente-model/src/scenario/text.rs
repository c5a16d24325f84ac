//! The text of a file whose encoding is not certain.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file, and how it was read when that was not simply UTF-8.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding, when the bytes are no UTF-8 text.
    pub(crate) other: Option<&'static str>,
}

/// Decodes a file: by its byte-order mark, else as UTF-8, else as its XML declaration says, else as Windows-1252.
/// The mark is left out.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        let rest = bytes.get(length..).unwrap_or_default();
        return decoded(encoding, rest);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            other: None,
        };
    }
    let encoding = declared(bytes).filter(|e| *e != UTF_8 && e.is_ascii_compatible());
    decoded(encoding.unwrap_or(WINDOWS_1252), bytes)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        other: Some(encoding.name()),
    }
}

/// What the XML declaration says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(200))?;
    let start = String::from_utf8_lossy(start);
    let declaration = start.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded_as_what_they_are() {
        let read = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (decoded.text, decoded.other)
        };
        assert_eq!(read("Gr\u{fc}n".as_bytes()), ("Gr\u{fc}n".to_owned(), None));
        assert_eq!(read(b"\xef\xbb\xbfa"), ("a".to_owned(), None));
        let latin = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>Gr\xfcn";
        assert!(read(latin).0.ends_with("Gr\u{fc}n"));
        assert_eq!(read(latin).1, Some("windows-1252"));
        let cyrillic = b"<?xml encoding='windows-1251'?>\xcc";
        assert!(read(cyrillic).0.ends_with('\u{41c}'));
        assert_eq!(read(b"\xff\xfea\0"), ("a".to_owned(), Some("UTF-16LE")));
        assert_eq!(read(b""), (String::new(), None));
    }
}
