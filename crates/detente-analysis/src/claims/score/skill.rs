//! Skill against a reference; its page is `skill.md`.

/// How much of the reference's mean score the forecasts save: 1 - score / reference. 1 is perfect, 0 no better
/// than the reference, negative worse. `None` when the reference is perfect itself, so that nothing can be saved.
/// Both are mean Brier scores of the same claims in the same form.
pub fn score(score: f64, reference: f64) -> Option<f64> {
    (reference > 0.0).then(|| 1.0 - score / reference)
}

/// The mean Brier score, single form, of always saying the base rate of these claims: the variance of what
/// came, f(1 - f) for the share f that came true. `None` of nothing.
pub fn base_rate_brier(came: usize, of: usize) -> Option<f64> {
    // One division, so that all or nothing coming true gives exactly 0.
    let counts = came as f64 * of.checked_sub(came)? as f64;
    (of > 0).then(|| counts / (of as f64 * of as f64))
}
