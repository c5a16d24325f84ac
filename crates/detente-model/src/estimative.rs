//! Words of estimative probability: the seven bands of ICD 203, in their two rows of terms.

/// A probability as an analyst gives it: a number, or the band of a word, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// The band of the word, if there is one.
    pub band: Option<&'static Band>,
    /// The number in millionths, if there is one.
    pub number: Option<u32>,
}

/// One band of likelihood.
#[derive(Debug, PartialEq, Eq)]
pub struct Band {
    /// The term of the first row, such as `likely`.
    pub likelihood: &'static str,
    /// The term of the second row, such as `probable`.
    pub probability: &'static str,
    /// The least probability, in hundredths.
    pub least: u32,
    /// The most, in hundredths.
    pub most: u32,
}

/// The seven bands, from the least likely to the most. Source: Intelligence Community Directive 203,
/// Analytic Standards (2015).
pub static BANDS: [Band; 7] = [
    band("almost no chance", "remote", 1, 5),
    band("very unlikely", "highly improbable", 5, 20),
    band("unlikely", "improbable", 20, 45),
    band("roughly even chance", "roughly even odds", 45, 55),
    band("likely", "probable", 55, 80),
    band("very likely", "highly probable", 80, 95),
    band("almost certain", "nearly certain", 95, 99),
];

const fn band(likelihood: &'static str, probability: &'static str, least: u32, most: u32) -> Band {
    Band {
        likelihood,
        probability,
        least,
        most,
    }
}
