//! Which word was probably meant.

/// The known word that was probably meant by a misspelt one, if any is near; the first among equals.
/// Of a known phrase the first word alone may be meant.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word: String = word.chars().take(40).collect();
    let distance = |k: &str| {
        let first = k.split(' ').next().unwrap_or(k);
        strsim::osa_distance(&word, first).min(strsim::osa_distance(&word, k))
    };
    let bound = (word.chars().count() / 3).max(1);
    known
        .iter()
        .copied()
        .min_by_key(|k| distance(k))
        .filter(|k| distance(k) <= bound)
}
