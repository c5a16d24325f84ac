//! The literal transcription of the definitions as an examiner.

use crate::examiner::{Examiner, Subject};
use crate::literal::{self, Unread};
use crate::verdicts::Verdicts;

/// The definitions, word for word: see [`crate::literal`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Literal;

impl Examiner for Literal {
    fn name(&self) -> &'static str {
        "literal"
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        !matches!(subject.reading(), Err(Unread::TooLarge))
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let reading = subject.reading().map_err(|e| e.to_string())?;
        Ok(literal::judge(reading, subject.concepts()))
    }
}
