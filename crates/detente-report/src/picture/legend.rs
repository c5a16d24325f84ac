//! Legends: samples of what is drawn, each with its words, in lines that fit the paper.

use svg::node::element::Group;

use super::{metrics, paper};

/// The size of the texts of a legend.
pub(crate) const SIZE: u32 = 12;

/// How wide a sample is.
pub(crate) const SAMPLE: f64 = 34.0;

/// How high a line of a legend is.
const LINE: f64 = 20.0;

/// A sample with its words. The sample is drawn around the middle of its left edge, in [`SAMPLE`] units.
pub(crate) struct Entry {
    pub(crate) sample: Group,
    pub(crate) says: String,
}

/// An entry whose sample is drawn as if its left edge were at the origin.
pub(crate) fn entry(sample: Group, says: impl Into<String>) -> Entry {
    Entry {
        sample,
        says: says.into(),
    }
}

/// Draws the entries from a place on downwards; returns where they end.
pub(crate) fn draw(entries: Vec<Entry>, left: f64, top: f64, right: f64) -> (Group, f64) {
    let mut sheet = paper::group();
    let (mut x, mut y) = (left, top + LINE / 2.0);
    for Entry { sample, says } in entries {
        let room = right - left - SAMPLE - 6.0;
        let lines = metrics::lines(&says, SIZE, room, 6);
        let width = lines
            .iter()
            .map(|l| metrics::width(l, SIZE))
            .fold(0.0, f64::max);
        if x > left && x + SAMPLE + 6.0 + width > right {
            (x, y) = (left, y + LINE);
        }
        let place = format!("translate({} {})", paper::at(x), paper::at(y));
        sheet = sheet.add(sample.set("transform", place));
        for (place, line) in lines.iter().enumerate() {
            if place > 0 {
                y += LINE - 4.0;
            }
            sheet = sheet.add(paper::exact(line, x + SAMPLE + 6.0, y + 4.0, SIZE));
        }
        x += SAMPLE + 6.0 + width + 22.0;
    }
    (sheet, y + LINE / 2.0)
}

/// Sentences below a picture, in lines that fit; returns where they end.
pub(crate) fn notes(says: &[String], left: f64, top: f64, right: f64) -> (Group, f64) {
    let mut sheet = paper::group();
    let mut y = top;
    for sentence in says {
        for line in metrics::lines(sentence, SIZE, right - left, 8) {
            y += 16.0;
            sheet = sheet.add(paper::soft(paper::exact(&line, left, y, SIZE)));
        }
    }
    (sheet, y)
}
