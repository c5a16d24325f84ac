//! What has a probability, with its looks.

use crate::document::Pointer;
use crate::forecast::{Forecast, TargetEntry};
use crate::picture::Asked;
use crate::picture::palette::{self, Hue};

/// A class or a target.
pub(super) struct Part {
    pub(super) name: String,
    /// Whether it is a class: classes exclude each other.
    pub(super) is_class: bool,
    /// The probabilities by date.
    values: Vec<f64>,
    /// Their standard errors.
    pub(super) errors: Vec<Option<f64>>,
    /// The word for the last of them.
    pub(super) word: String,
    /// Where it stands in the findings.
    pub(super) from: Pointer,
    pub(super) hue: Hue,
    /// Whether it is in the second round of hues: another part before it has the same.
    pub(super) again: bool,
    /// How dark its area is: neighbours differ in grey too.
    pub(super) shade: f64,
}

impl Part {
    /// All, or the one that is asked for.
    pub(super) fn all(forecast: &Forecast, asked: &Asked) -> Vec<Self> {
        let wanted = |t: &TargetEntry| asked.class.as_ref().is_none_or(|c| *c == t.name);
        let all = forecast.targets.iter().enumerate();
        let mut parts = Vec::new();
        let mut drawn = 0;
        for (place, target) in all.filter(|(_, t)| wanted(t)) {
            let part = Self::of(target, place, drawn, forecast.dates.len());
            // Hues go to what is seen.
            drawn += usize::from(part.most() >= super::LEAST);
            parts.push(part);
        }
        parts
    }

    fn of(target: &TargetEntry, place: usize, drawn: usize, dates: usize) -> Self {
        let at = target.at.iter().take(dates);
        let sane = |p: f64| {
            if p.is_finite() {
                p.clamp(0.0, 1.0)
            } else {
                0.0
            }
        };
        Self {
            name: target.name.clone(),
            is_class: target.kind == "class",
            values: at.clone().map(|p| sane(p.value)).collect(),
            errors: at.map(|p| p.standard_error.map(sane)).collect(),
            word: target.at.last().map(|p| p.word.clone()).unwrap_or_default(),
            from: super::target(place),
            hue: palette::party(drawn),
            again: !(drawn / palette::COUNT).is_multiple_of(2),
            shade: if drawn.is_multiple_of(2) { 0.85 } else { 0.5 },
        }
    }

    /// The probability on a date, by its place.
    pub(super) fn at(&self, date: usize) -> f64 {
        self.values.get(date).copied().unwrap_or(0.0)
    }

    /// The probability on the last date.
    pub(super) fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    /// The lowest.
    pub(super) fn least(&self) -> f64 {
        self.values.iter().copied().fold(1.0, f64::min)
    }

    /// The highest.
    pub(super) fn most(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }
}
