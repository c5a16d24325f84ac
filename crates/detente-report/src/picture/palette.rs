//! Colours of parties and marks, after Okabe and Ito (2008), with dashes that tell them apart in grey print.

use std::fmt::Write;

/// How what belongs to a party looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hue {
    /// Its colour on light paper, dark enough for text.
    pub(crate) light: &'static str,
    /// Its colour on dark paper, light enough for text.
    pub(crate) dark: &'static str,
    /// How its lines are dashed; `none` for a solid line.
    pub(crate) dashes: &'static str,
    /// The class of lines in it.
    pub(crate) stroke: &'static str,
    /// The class of areas and texts in it.
    pub(crate) fill: &'static str,
}

/// The hues of the parties, in order; with more parties they come again.
const HUES: [Hue; 7] = [
    Hue {
        light: "#0072b2",
        dark: "#56b4e9",
        dashes: "none",
        stroke: "s0",
        fill: "f0",
    },
    Hue {
        light: "#b84a00",
        dark: "#f0913f",
        dashes: "7 3",
        stroke: "s1",
        fill: "f1",
    },
    Hue {
        light: "#00785a",
        dark: "#2fcf9f",
        dashes: "2 3",
        stroke: "s2",
        fill: "f2",
    },
    Hue {
        light: "#9c4a7e",
        dark: "#e08fc0",
        dashes: "9 3 2 3",
        stroke: "s3",
        fill: "f3",
    },
    Hue {
        light: "#7a6300",
        dark: "#e6c229",
        dashes: "12 4",
        stroke: "s4",
        fill: "f4",
    },
    Hue {
        light: "#444c56",
        dark: "#b9bec6",
        dashes: "4 2 1 2",
        stroke: "s5",
        fill: "f5",
    },
    Hue {
        light: "#5b3fb0",
        dark: "#b3a0f5",
        dashes: "1 2",
        stroke: "s6",
        fill: "f6",
    },
];

/// How many different hues there are.
pub(crate) const COUNT: usize = HUES.len();

/// The hue of a party, by its place.
pub(crate) fn party(place: usize) -> Hue {
    HUES[place % HUES.len()]
}

/// The rules by which hues change on dark paper.
pub(super) fn dark() -> String {
    let mut rules = String::from("@media screen and (prefers-color-scheme: dark) {");
    for hue in &HUES {
        let _ = write!(
            rules,
            " .{} {{ stroke: {} }} .{} {{ fill: {} }}",
            hue.stroke, hue.dark, hue.fill, hue.dark
        );
    }
    rules.push_str(" }");
    rules
}
