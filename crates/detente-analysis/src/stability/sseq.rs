#![doc = include_str!("sseq.md")]

use super::kernel::Rule;
use crate::reach::StepRule;

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("sseq.md");

/// What sanctions, and whether the party may escape.
pub(super) const RULE: Rule = Rule {
    steps: StepRule::Improvements,
    escapes: true,
};
