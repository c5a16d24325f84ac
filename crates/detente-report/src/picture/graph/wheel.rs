//! Marks around a circle, with their labels in a column at each side.
//!
//! Between marks on a circle every line runs free of all other marks, however many lines there are; that is why states
//! with many moves are drawn so. Labels stand in the order of their marks, each as close to its own as others allow.

use std::f64::consts::TAU;

use super::super::conflict::{MARGIN, WIDTH};
use super::super::paper::{self, Piece};

/// How far the labels stand from the outermost marks.
const APART: f64 = 34.0;

/// How high a heading above labels is.
const HEADING: f64 = 22.0;

/// The size of headings.
pub(super) const HEADING_SIZE: u32 = 12;

/// A line of a label.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) size: u32,
}

impl Line {
    fn height(&self) -> f64 {
        f64::from(self.size) + 3.0
    }
}

/// What is placed on the circle.
pub(super) struct Spoke {
    /// How far its mark reaches.
    pub(super) reach: f64,
    /// The lines of its label; none for no label.
    pub(super) lines: Vec<Line>,
    /// The group that it belongs to; groups come one after the other.
    pub(super) group: usize,
    /// What the group is called, if that is to be said.
    pub(super) heading: Option<String>,
    /// All of its name, said when the label is pointed at.
    pub(super) whole: String,
}

/// A label that has its place.
pub(super) struct Label {
    /// Whose label.
    pub(super) spoke: usize,
    /// Whether it is to the right of the circle.
    pub(super) right: bool,
    /// Whether the heading of the group stands above it.
    pub(super) headed: bool,
    /// The top of the whole, and of its lines below the heading.
    pub(super) top: f64,
    pub(super) lines_top: f64,
    /// The height of the whole.
    height: f64,
}

/// Where everything is.
pub(super) struct Wheel {
    pub(super) middle: (f64, f64),
    pub(super) radius: f64,
    /// How far the marks reach outwards at most.
    pub(super) reach: f64,
    /// Each mark: its place, and its angle from the right downwards.
    pub(super) at: Vec<(f64, f64, f64)>,
    /// The angles where the arc of a mark begins and ends.
    pub(super) arcs: Vec<(f64, f64)>,
    pub(super) labels: Vec<Label>,
    /// The lower edge of all of it.
    pub(super) bottom: f64,
}

/// How far marks that reach so far can be from the middle, with room for labels or without.
pub(super) fn most_radius(reach: f64, labelled: bool) -> f64 {
    WIDTH / 2.0 - MARGIN - reach - if labelled { APART + 90.0 } else { 20.0 }
}

impl Wheel {
    /// Places the spokes clockwise from the top, the whole below `top`; `gap` is left between marks.
    pub(super) fn new(spokes: &[Spoke], top: f64, gap: f64) -> Self {
        let need: f64 = spokes.iter().map(|s| 2.0 * s.reach + gap).sum();
        let reach = spokes.iter().map(|s| s.reach).fold(0.0, f64::max);
        let labelled = spokes.iter().any(|s| !s.lines.is_empty());
        let most = most_radius(reach, labelled);
        let wish = (105.0 + 11.0 * spokes.len() as f64).min(225.0);
        let radius = if spokes.len() == 1 {
            60.0
        } else {
            (need / TAU).max(wish).min(most)
        };
        let mut wheel = Self {
            middle: (WIDTH / 2.0, 0.0),
            radius,
            reach,
            at: Vec::new(),
            arcs: Vec::new(),
            labels: Vec::new(),
            bottom: 0.0,
        };
        let mut turn = -TAU / 4.0;
        for spoke in spokes {
            let share = TAU * (2.0 * spoke.reach + gap) / need.max(1.0);
            let angle = turn + share / 2.0;
            let (down, right) = angle.sin_cos();
            wheel
                .at
                .push((wheel.middle.0 + radius * right, radius * down, angle));
            wheel.arcs.push((turn, turn + share));
            turn += share;
        }
        wheel.column(spokes, true);
        wheel.column(spokes, false);
        let labels = || wheel.labels.iter();
        let above = labels()
            .map(|l| l.top)
            .fold(-radius - reach - 12.0, f64::min);
        let below = labels()
            .map(|l| l.top + l.height)
            .fold(radius + reach + 12.0, f64::max);
        wheel.bottom = below;
        wheel.shift(top - above);
        wheel
    }

    /// The x of the edge of a column that is next to the circle.
    pub(super) fn edge(&self, right: bool) -> f64 {
        let away = self.radius + self.reach + APART;
        if right {
            self.middle.0 + away
        } else {
            self.middle.0 - away
        }
    }

    /// How wide a column is.
    pub(super) fn room(&self) -> f64 {
        WIDTH - MARGIN - self.edge(true)
    }

    /// A place beyond the mark at its angle.
    pub(super) fn beyond(&self, spoke: usize, by: f64) -> (f64, f64) {
        let (down, right) = self.at[spoke].2.sin_cos();
        let away = self.radius + by;
        (self.middle.0 + away * right, self.middle.1 + away * down)
    }

    fn shift(&mut self, by: f64) {
        self.middle.1 += by;
        self.bottom += by;
        for at in &mut self.at {
            at.1 += by;
        }
        for label in &mut self.labels {
            label.top += by;
            label.lines_top += by;
        }
    }

    fn column(&mut self, spokes: &[Spoke], right: bool) {
        let is_right = |place: &usize| self.at[*place].0 >= self.middle.0;
        let mut places: Vec<usize> = (0..spokes.len())
            .filter(|p| !spokes[*p].lines.is_empty() && is_right(p) == right)
            .collect();
        if !right {
            places.reverse();
        }
        let mut wanted = Vec::new();
        let mut last = None;
        for place in places {
            let spoke = &spokes[place];
            let headed = spoke.heading.is_some() && last != Some(spoke.group);
            last = Some(spoke.group);
            let lines: f64 = spoke.lines.iter().map(Line::height).sum();
            let heading = if headed { HEADING } else { 0.0 };
            let wish = self.at[place].1 * (1.0 + 20.0 / self.radius) - lines / 2.0 - heading;
            wanted.push((wish, lines + heading + 3.0));
            self.labels.push(Label {
                spoke: place,
                right,
                headed,
                top: heading,
                lines_top: 0.0,
                height: lines + heading,
            });
        }
        let first = self.labels.len() - wanted.len();
        for (label, top) in self.labels[first..].iter_mut().zip(apart(&wanted)) {
            label.lines_top = top + label.top;
            label.top = top;
        }
    }
}

/// Tops of blocks with wished tops and heights, in order: none meets the one before, and together they are as close to
/// the wishes as can be (least squares, by pooling neighbours that meet).
fn apart(wanted: &[(f64, f64)]) -> Vec<f64> {
    let mut before = 0.0;
    // Each pool: the sum of its wishes less what stands before, and how many it holds.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wish, height) in wanted {
        pools.push((wish - before, 1));
        while let [.., (a, n), (b, m)] = pools[..] {
            if a / n as f64 <= b / m as f64 {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((a + b, n + m));
        }
        before += height;
    }
    let starts = pools
        .iter()
        .flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    let mut before = 0.0;
    let mut tops = Vec::new();
    for (start, (_, height)) in starts.zip(wanted) {
        tops.push(start + before);
        before += height;
    }
    tops
}

/// The labels of a wheel, with the lines that lead to their marks, or to the outside of a band around all marks.
pub(super) fn labels(
    wheel: &Wheel,
    spokes: &[Spoke],
    band: Option<f64>,
) -> svg::node::element::Group {
    let mut out = paper::group();
    for label in &wheel.labels {
        let spoke = &spokes[label.spoke];
        let edge = wheel.edge(label.right);
        let middle = spoke.lines.first().map_or(0.0, Line::height) / 2.0;
        let foot = if label.right { edge - 5.0 } else { edge + 5.0 };
        let lead = paper::line(
            wheel.beyond(label.spoke, band.unwrap_or(spoke.reach) + 3.0),
            (foot, label.lines_top + middle),
            0.7,
        );
        out = out.add(lead.set("stroke", "#8a929c"));
        if let (true, Some(heading)) = (label.headed, &spoke.heading) {
            let anchor = if label.right { "start" } else { "end" };
            let y = label.top + 14.0;
            let node = paper::label(heading, edge, y, HEADING_SIZE, anchor, wheel.room());
            out = out.add(node.set("font-weight", "bold"));
        }
        let mut y = label.lines_top;
        let mut said = paper::group().add(paper::tip(spoke.whole.as_str()));
        for line in &spoke.lines {
            let width = paper::width_of(&line.pieces, line.size).min(wheel.room());
            let x = if label.right { edge } else { edge - width };
            let base = y + f64::from(line.size) * 0.86;
            said = said.add(paper::pieces(
                &line.pieces,
                x,
                base,
                line.size,
                wheel.room(),
            ));
            y += line.height();
        }
        out = out.add(said);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn blocks_keep_apart_and_close_to_their_wishes() {
        assert_eq!(apart(&[(0.0, 10.0), (50.0, 10.0)]), [0.0, 50.0]);
        assert_eq!(apart(&[(20.0, 10.0), (20.0, 10.0)]), [15.0, 25.0]);
        let tops = apart(&[(5.0, 8.0), (4.0, 8.0), (30.0, 8.0), (3.0, 8.0)]);
        assert!(
            tops.windows(2).all(|w| w[1] - w[0] >= 8.0 - 1e-9),
            "{tops:?}"
        );
    }
}
