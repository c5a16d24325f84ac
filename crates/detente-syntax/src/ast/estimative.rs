//! The words of likelihood that the language has.

/// The words of estimative probability, in lower case: the two rows of terms of Intelligence Community Directive
/// 203, Analytic Standards (2015), from the least likely to the most; which probabilities they stand for is no
/// matter of spelling.
pub const WORDS: &[&str] = &[
    "almost no chance",
    "remote",
    "very unlikely",
    "highly improbable",
    "unlikely",
    "improbable",
    "roughly even chance",
    "roughly even odds",
    "likely",
    "probable",
    "very likely",
    "highly probable",
    "almost certain",
    "nearly certain",
];
