//! Pictures of findings, as SVG that looks the same in a report, on a web page and in print.
//!
//! A picture is made from a [`Dossier`] and shows nothing that is not in it. Texts that show values say where they come
//! from (`data-from`, a place in the findings); texts of scales say that they are such (`data-tick`); other texts are
//! names of the negotiation or fixed words. No text covers another.

mod calendar;
#[cfg(test)]
mod check;
mod conflict;
mod evidence;
mod fan;
mod frontier;
mod graph;
pub(crate) mod labels;
mod legend;
pub(crate) mod metrics;
mod options;
pub(crate) mod palette;
pub(crate) mod paper;
mod pen;
mod perception;
mod preferences;
#[cfg(test)]
mod tests;
mod tornado;

pub(crate) use calendar::svg as calendar_svg;

pub use graph::dot;
use serde::Serialize;

use crate::dossier::Dossier;

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// What kind of picture it is: the name of its [`Kind`].
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// What it shows, in words, for those who do not see it.
    pub says: String,
    /// The picture as SVG.
    #[serde(skip)]
    pub svg: String,
}

impl Picture {
    /// The picture as documents show it: without the title at its head, which the caption says.
    #[must_use]
    pub fn captioned(mut self) -> Self {
        if let Some(svg) = paper::headless(&self.svg) {
            self.svg = svg;
        }
        self
    }
}

/// A kind of picture.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name: what `draw` takes.
    pub name: &'static str,
    /// What it shows, in a line.
    pub says: &'static str,
    /// The parts of a dossier that it needs, by their fields.
    pub needs: &'static [&'static str],
    /// Draws it; `None` when a part that it needs is not there, or there is nothing to draw.
    pub draw: fn(&Dossier, &Asked) -> Option<Picture>,
}

/// What is asked of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Draw every state, however many; otherwise many states are grouped by class.
    pub every_state: bool,
    /// Only what is about this class, where the picture is about classes.
    pub class: Option<String>,
    /// Only what is about these parties, where the picture is about parties.
    pub parties: Vec<String>,
}

/// More states than these are drawn grouped by class, unless every state is asked for.
pub const MOST_STATES: usize = 80;

/// All kinds of pictures, in the order of a report.
pub fn kinds() -> &'static [Kind] {
    const {
        &[
            graph::KIND,
            options::KIND,
            preferences::KIND,
            perception::KIND,
            frontier::KIND,
            fan::KIND,
            calendar::KIND,
            tornado::KIND,
            evidence::KIND,
        ]
    }
}

/// A kind by its name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().iter().find(|k| k.name == name)
}
