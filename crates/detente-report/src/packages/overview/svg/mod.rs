//! The frontier as a picture: for two at the table, or for every pair of them.

mod draw;
mod marks;
mod panel;
mod scale;

use svg::node::element::Group;

use self::draw::Mark;
use self::panel::{Panel, View};
use super::Packages;
use crate::document::Pointer;
use crate::packages::Exact;
use crate::picture::labels::Area;
use crate::picture::{metrics, paper};

/// Room around everything.
const MARGIN: f64 = 20.0;

/// What stands to the left of a frame: numbers and a title.
const LEFT: f64 = 62.0;

/// What stands under a frame.
const BELOW: f64 = 50.0;

/// What stands above the frames.
const ABOVE: f64 = 92.0;

/// How much of an axis the zone takes at most to be drawn once more, larger.
const SMALL_ZONE: f64 = 0.4;

/// More pairs than these are not drawn at once.
pub const MOST_PAIRS: usize = 10;

/// The picture, for two at the table, or for every pair of them.
pub fn svg(finding: &Packages, axes: Option<(usize, usize)>) -> String {
    let count = finding.table.len();
    let pairs: Vec<(usize, usize)> = match axes {
        Some(pair) => vec![pair],
        None => (0..count)
            .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
            .take(MOST_PAIRS)
            .collect(),
    };
    let (columns, wide, high) = match pairs.as_slice() {
        [only] if zone_is_small(finding, *only) => (2, 388.0, 400.0),
        [_] => (1, 640.0, 460.0),
        _ => (2, 388.0, 320.0),
    };
    let mut panels = Vec::new();
    let frame = |number: usize| {
        let (column, row) = ((number % columns) as f64, (number / columns) as f64);
        let left = MARGIN + LEFT + column * (wide + LEFT + MARGIN);
        let top = ABOVE + row * (high + BELOW + 40.0);
        Area {
            left,
            top,
            right: left + wide,
            bottom: top + high,
        }
    };
    let enlarged = pairs.len() == 1 && columns == 2;
    let most_lines = if pairs.len() == 1 { 10 } else { 4 };
    for (number, axes) in pairs.iter().enumerate() {
        panels.push(Panel {
            finding,
            axes: *axes,
            frame: frame(number),
            view: if enlarged { View::Around } else { View::Whole },
            most_lines,
            heading: enlarged.then(|| "Everything".to_owned()),
        });
    }
    if enlarged {
        panels.push(Panel {
            finding,
            axes: pairs[0],
            frame: frame(1),
            view: View::Near,
            most_lines,
            heading: Some("What all could accept, enlarged (the box)".to_owned()),
        });
    }
    let rows = panels.len().div_ceil(columns) as f64;
    let width = MARGIN + columns as f64 * (wide + LEFT + MARGIN);
    let below = ABOVE + rows * (high + BELOW + 40.0) - 40.0;
    let (legend, height) = legend(finding, width, below + 18.0);
    let called = title(finding);
    let room = width - 2.0 * MARGIN;
    let heading = paper::label(&called, MARGIN, 32.0, 18, "start", room);
    let mut document = paper::sheet(width, height, called.as_str(), says(finding).as_str())
        .add(paper::heading(heading.set("font-weight", "bold"), 38.0))
        .add(numbers(finding, room));
    for panel in &panels {
        document = document.add(panel.draw());
    }
    let mut text = paper::written(&document.add(legend));
    text.push('\n');
    text
}

/// What the picture is called.
pub(crate) fn title(finding: &Packages) -> String {
    match &finding.negotiation {
        Some(title) => format!("{title}: what could be agreed"),
        None => "What could be agreed".to_owned(),
    }
}

/// What the picture shows, in words.
pub(crate) fn says(finding: &Packages) -> String {
    let parts = summary(finding);
    let parts = parts.iter().map(|(says, _)| says.as_str());
    parts.collect::<Vec<&str>>().join(" ")
}

/// The numbers under the title: words, and values with their places in the findings.
fn summary(finding: &Packages) -> Vec<(String, Option<Pointer>)> {
    let from = Pointer::to("packages");
    let mut parts = Vec::new();
    if let Some(count) = &finding.permitted.count {
        parts.push((count.clone(), Some(from.key("permitted").key("count"))));
        let words = if count == "1" {
            "package;"
        } else {
            "packages;"
        };
        parts.push((words.to_owned(), None));
    }
    let frontier = from.key("frontier");
    let points = finding.frontier.points.len();
    parts.push((points.to_string(), Some(frontier.key("points"))));
    let worths = if points == 1 { "worth" } else { "worths" };
    let mut words = format!("{worths} that nobody can better without somebody losing;");
    if finding.frontier.acceptable_points == 0 {
        words.push_str(" none of them acceptable to all");
        parts.push((words, None));
    } else {
        parts.push((words, None));
        let number = finding.frontier.acceptable_points.to_string();
        parts.push((number, Some(frontier.key("acceptable_points"))));
        parts.push(("of them acceptable to all".to_owned(), None));
    }
    if finding.stopped.is_some() {
        parts.push(("(incomplete)".to_owned(), None));
    }
    parts
}

/// The numbers under the title, in rows.
fn numbers(finding: &Packages, room: f64) -> Group {
    let mut group = paper::group();
    let (mut x, mut y) = (MARGIN, 52.0);
    for (says, from) in summary(finding) {
        let wide = metrics::width(&says, 12);
        if x > MARGIN && x - MARGIN + wide > room {
            (x, y) = (MARGIN, y + 16.0);
        }
        match from {
            Some(from) => {
                let text = paper::text(&says, x, y, 12, "start")
                    .set("textLength", paper::at(wide))
                    .set("lengthAdjust", "spacingAndGlyphs");
                group = group.add(paper::valued(text, &from));
            }
            None => group = group.add(paper::label(&says, x, y, 12, "start", room)),
        }
        x += wide + 4.0;
    }
    group
}

/// Whether what all could accept is a small part of the picture.
fn zone_is_small(finding: &Packages, axes: (usize, usize)) -> bool {
    let points = &finding.frontier.points;
    let part = |axis: usize| {
        let of = |acceptable: bool| {
            let shown = points.iter().filter(move |p| !acceptable || p.acceptable);
            let worths = shown.filter_map(move |p| p.worth.get(axis).map(Exact::rounded));
            let nothing = finding.table.get(axis).map(|s| s.disagreement.rounded());
            let all: Vec<f64> = worths.chain(nothing).collect();
            let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let least = all.iter().copied().fold(f64::INFINITY, f64::min);
            most - least
        };
        of(true) / of(false).max(1e-9)
    };
    points.iter().any(|p| p.acceptable) && part(axes.0) < SMALL_ZONE && part(axes.1) < SMALL_ZONE
}

/// What the marks mean, in rows, and where the paper ends.
fn legend(finding: &Packages, width: f64, top: f64) -> (Group, f64) {
    let points = &finding.frontier.points;
    let mut entries: Vec<(Option<Mark>, &str)> = Vec::new();
    let mut say = |shown: bool, mark: Option<Mark>, says| {
        if shown {
            entries.push((mark, says));
        }
    };
    let acceptable = finding.frontier.acceptable_points;
    let picked = finding.solutions.iter().any(|s| !s.points.is_empty());
    say(
        acceptable > 0,
        Some(Mark::Full),
        "efficient, and all could accept it",
    );
    say(
        acceptable < points.len(),
        Some(Mark::Hollow),
        "efficient, but somebody would rather have no agreement",
    );
    say(picked, Some(Mark::Ring), "picked by a rule of division");
    say(
        !finding.named.is_empty(),
        Some(Mark::Named),
        "package with a name",
    );
    say(!finding.cloud.is_empty(), Some(Mark::Cloud), "any package");
    say(true, None, "both gain over no agreement");
    let mut group = paper::group();
    let (mut x, mut y) = (MARGIN, top);
    for (mark, says) in entries {
        let wide = 26.0 + metrics::width(says, 12);
        if x > MARGIN && x + wide > width - MARGIN {
            (x, y) = (MARGIN, y + 20.0);
        }
        if let Some(mark) = mark {
            group = group.add(draw::mark(mark, x + 8.0, y - 4.0, None));
        } else {
            let patch = draw::zone(&Area {
                left: x,
                top: y - 10.0,
                right: x + 16.0,
                bottom: y + 2.0,
            });
            group = group.add(patch.set("stroke", "#0072b2").set("stroke-width", 0.5));
        }
        group = group.add(paper::label(says, x + 22.0, y, 12, "start", wide));
        x += wide + 14.0;
    }
    (group, y + MARGIN)
}
