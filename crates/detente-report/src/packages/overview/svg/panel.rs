//! One picture of the frontier for two at the table.

use std::collections::BTreeSet;

use svg::node::element::{Group, Rectangle};

use super::draw::{self, Mark};
use crate::picture::labels::{self, Area, LINE, Wanted};
use crate::picture::paper;

use super::marks::{self, Marked};
use super::scale::Scale;
use crate::packages::overview::Packages;

/// What one picture shows.
pub(super) struct Panel<'a> {
    /// What was found.
    pub(super) finding: &'a Packages,
    /// Whose worths are drawn to the right and upwards, as places at the table.
    pub(super) axes: (usize, usize),
    /// Where the dots are, on the paper.
    pub(super) frame: Area,
    /// Whether everything is shown, or what.
    pub(super) view: View,
    /// Lines of a label at most.
    pub(super) most_lines: usize,
    /// A line above it.
    pub(super) heading: Option<String>,
}

/// Which part of the paper's worths a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Everything.
    Whole,
    /// Everything; the surroundings of what all could accept are outlined, and labelled in another picture.
    Around,
    /// The surroundings of what all could accept.
    Near,
}

/// Room beside the dots, as a part of their spread.
const ROOM: f64 = 0.06;

/// Room beside what all could accept, as a part of its spread, where it is enlarged.
const NEAR_ROOM: f64 = 0.35;

/// How many letters a line of a label has at most.
const LABEL_LETTERS: usize = 34;

impl Panel<'_> {
    /// The picture.
    pub(super) fn draw(&self) -> Group {
        let dots = marks::dots(self.finding, self.axes);
        let mut marked = marks::solutions(self.finding, self.axes);
        marked.extend(marks::named(self.finding, self.axes));
        let cloud = self.cloud();
        let (across, up) = self.scales(&dots, &marked, &cloud, self.view == View::Near);
        let near = (self.view == View::Around).then(|| self.scales(&dots, &marked, &cloud, true));
        let place = |worth: (f64, f64)| (across.at(worth.0), up.at(worth.1));
        let shown = |worth: (f64, f64)| across.shows(worth.0) && up.shows(worth.1);

        let mut group = paper::group();
        let mut taken = Vec::new();
        group = self.ground(group, &across, &up, &mut taken);
        if let Some(near) = &near {
            let ((left, right), (low, high)) = (near.0.ends(), near.1.ends());
            group = group.add(draw::outline(&Area {
                left: across.at(across.within(left)),
                top: up.at(up.within(high)),
                right: across.at(across.within(right)),
                bottom: up.at(up.within(low)),
            }));
        }
        for worth in cloud.iter().filter(|w| shown(**w)) {
            let (x, y) = place(*worth);
            group = group.add(draw::mark(Mark::Cloud, x, y, None));
        }
        if self.finding.table.len() == 2 {
            let edge: Vec<(f64, f64)> = dots
                .iter()
                .filter(|d| shown(d.worth))
                .map(|d| place(d.worth))
                .collect();
            group = group.add(draw::steps(&edge));
        }
        // Dots that would lie upon each other are drawn once.
        let mut drawn = BTreeSet::new();
        let mut soft: Vec<(f64, f64, f64)> = Vec::new();
        for dot in dots.iter().filter(|d| shown(d.worth)) {
            let (x, y) = place(dot.worth);
            if drawn.insert(((x * 2.0) as i64, (y * 2.0) as i64, dot.mark == Mark::Full)) {
                group = group.add(draw::mark(dot.mark, x, y, Some(&dot.says)));
                soft.push((x, y, 14.0));
            }
        }
        let few = cloud.iter().filter(|w| shown(**w)).map(|w| place(*w));
        soft.extend(few.map(|(x, y)| (x, y, 0.2)));
        let marked: Vec<Marked> = marked.into_iter().filter(|m| shown(m.worth)).collect();
        for mark in &marked {
            let (x, y) = place(mark.worth);
            if let Some(most) = mark.most {
                let corner = place(most);
                group = group.add(draw::vague(&Area {
                    left: 2.0 * x - corner.0,
                    top: corner.1,
                    right: corner.0,
                    bottom: 2.0 * y - corner.1,
                }));
            }
            group = group.add(draw::mark(mark.mark, x, y, Some(&mark.says)));
        }
        let elsewhere = |mark: &&Marked| {
            let (x, y) = mark.worth;
            !near
                .as_ref()
                .is_some_and(|(across, up)| across.shows(x) && up.shows(y))
        };
        let labelled: Vec<&Marked> = marked.iter().filter(elsewhere).collect();
        let labels = together(&labelled, self.most_lines, place);
        self.labels(group, &labels, &taken, &soft)
    }

    /// The zone, the frame, the axes and what having no agreement is worth.
    fn ground(&self, group: Group, across: &Scale, up: &Scale, taken: &mut Vec<Area>) -> Group {
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.frame;
        let mut group = group;
        let sides = [self.axes.0, self.axes.1].map(|a| self.finding.table.get(a));
        let [Some(first), Some(second)] = sides else {
            return group;
        };
        let nothing = (first.disagreement.rounded(), second.disagreement.rounded());
        let corner = (
            across.at(across.within(nothing.0)),
            up.at(up.within(nothing.1)),
        );
        group = group.add(draw::zone(&Area {
            left: corner.0,
            top,
            right,
            bottom: corner.1,
        }));
        if across.shows(nothing.0) {
            let dashed = paper::line((corner.0, top), (corner.0, bottom), 1.0);
            group = group.add(dashed.set("stroke-dasharray", "5 4"));
        }
        if up.shows(nothing.1) {
            let dashed = paper::line((left, corner.1), (right, corner.1), 1.0);
            group = group.add(dashed.set("stroke-dasharray", "5 4"));
        }
        for (x, y, says, anchor) in [
            (
                corner.0,
                bottom - 6.0,
                format!("{}: no agreement {}", first.name, first.disagreement),
                corner.0 < f64::midpoint(left, right),
            ),
            (
                left,
                corner.1 - 5.0,
                format!("{}: no agreement {}", second.name, second.disagreement),
                true,
            ),
        ] {
            let width = labels::width(&says);
            let (from, anchor, x) = if anchor {
                (x + 5.0, "start", x + 5.0)
            } else {
                (x - 5.0 - width, "end", x - 5.0)
            };
            taken.push(Area {
                left: from,
                top: y - LINE,
                right: from + width,
                bottom: y + 4.0,
            });
            let text = paper::over_dots(paper::text(&says, x, y, 11, anchor));
            group = group.add(text.set("font-style", "italic"));
        }
        let frame: Rectangle = draw::area(&self.frame);
        group = group.add(
            frame
                .set("class", "line")
                .set("fill", "none")
                .set("stroke", "#555"),
        );
        for (number, says) in across.ticks((right - left) / 75.0) {
            let x = across.at(number);
            group = group
                .add(paper::line((x, bottom), (x, bottom + 5.0), 1.0))
                .add(paper::text(&says, x, bottom + 18.0, 11, "middle"));
        }
        for (number, says) in up.ticks((bottom - top) / 50.0) {
            let y = up.at(number);
            group = group
                .add(paper::line((left - 5.0, y), (left, y), 1.0))
                .add(paper::text(&says, left - 8.0, y + 4.0, 11, "end"));
        }
        let title = |side: usize| {
            let side = self.finding.table.get(side);
            side.map_or_else(String::new, |s| {
                format!("worth to {}", s.title.as_deref().unwrap_or(&s.name))
            })
        };
        let middle = (f64::midpoint(left, right), f64::midpoint(top, bottom));
        let aside = left - 44.0;
        let upward = paper::text(&title(self.axes.1), aside, middle.1, 12, "middle");
        let turn = format!("rotate(-90 {} {})", paper::at(aside), paper::at(middle.1));
        group = group
            .add(paper::text(
                &title(self.axes.0),
                middle.0,
                bottom + 36.0,
                12,
                "middle",
            ))
            .add(upward.set("transform", turn));
        if let Some(heading) = &self.heading {
            let text = paper::text(heading, left, top - 8.0, 13, "start");
            group = group.add(text.set("font-weight", "bold"));
        }
        group
    }

    fn labels(
        &self,
        group: Group,
        wanted: &[(Wanted, bool)],
        taken: &[Area],
        soft: &[(f64, f64, f64)],
    ) -> Group {
        let mut group = group;
        let inner = Area {
            left: self.frame.left + 3.0,
            top: self.frame.top + 3.0,
            right: self.frame.right - 3.0,
            bottom: self.frame.bottom - 3.0,
        };
        let only: Vec<Wanted> = wanted.iter().map(|(w, _)| w.clone()).collect();
        let placed = labels::place(&only, &inner, taken, soft);
        for ((want, bold), placed) in wanted.iter().zip(placed) {
            let Some(placed) = placed else { continue };
            let (dx, dy) = (placed.foot.0 - want.x, placed.foot.1 - want.y);
            let length = dx.hypot(dy).max(1.0);
            if length > want.reach + 6.0 {
                let edge = (
                    want.x + dx / length * want.reach,
                    want.y + dy / length * want.reach,
                );
                group = group.add(paper::line(edge, placed.foot, 0.8));
            }
            let right_of = placed.area.left >= want.x;
            let left_of = placed.area.right <= want.x;
            let (x, anchor) = match (right_of, left_of) {
                (true, _) => (placed.area.left, "start"),
                (_, true) => (placed.area.right, "end"),
                _ => (f64::midpoint(placed.area.left, placed.area.right), "middle"),
            };
            for (number, says) in want.lines.iter().enumerate() {
                let y = placed.area.top + LINE * (number as f64 + 1.0) - 3.5;
                let text = paper::over_dots(paper::text(says, x, y, 12, anchor));
                group = group.add(if *bold {
                    text.set("font-weight", "bold")
                } else {
                    text
                });
            }
        }
        group
    }

    fn cloud(&self) -> Vec<(f64, f64)> {
        let worths = self.finding.cloud.iter();
        worths
            .filter_map(|w| Some((w.get(self.axes.0)?.rounded(), w.get(self.axes.1)?.rounded())))
            .collect()
    }

    /// The scales: over everything that is drawn, or over what all could accept and what lies near it.
    fn scales(
        &self,
        dots: &[Marked],
        marked: &[Marked],
        cloud: &[(f64, f64)],
        near: bool,
    ) -> (Scale, Scale) {
        let sides = [self.axes.0, self.axes.1].map(|a| self.finding.table.get(a));
        let nothing = sides.map(|s| s.map_or(0.0, |s| s.disagreement.rounded()));
        let mut all: Vec<(f64, f64)> = vec![(nothing[0], nothing[1])];
        let room = if near {
            let zone = dots.iter().filter(|d| d.mark == Mark::Full);
            all.extend(zone.map(|d| d.worth));
            NEAR_ROOM
        } else {
            all.extend(dots.iter().chain(marked).map(|d| d.worth));
            all.extend(marked.iter().filter_map(|m| m.most));
            all.extend(cloud);
            ROOM
        };
        let (xs, ys): (Vec<f64>, Vec<f64>) = all.into_iter().unzip();
        (
            Scale::over(&xs, room, self.frame.left, self.frame.right),
            Scale::over(&ys, room, self.frame.bottom, self.frame.top),
        )
    }
}

/// One label for all that lies on the same place, with whether it is bold; solution points first.
fn together(
    marked: &[&Marked],
    most_lines: usize,
    place: impl Fn((f64, f64)) -> (f64, f64),
) -> Vec<(Wanted, bool)> {
    let mut labels: Vec<(Wanted, bool)> = Vec::new();
    for mark in marked {
        let (x, y) = place(mark.worth);
        let options = textwrap::Options::new(LABEL_LETTERS)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = mark.label.iter().flat_map(|l| textwrap::wrap(l, &options));
        let lines = lines.map(std::borrow::Cow::into_owned);
        let lines = lines.filter(|l| !l.is_empty());
        let bold = mark.mark == Mark::Ring;
        let here = labels
            .iter_mut()
            .find(|(w, _)| (w.x - x).abs() < 0.5 && (w.y - y).abs() < 0.5);
        if let Some((want, _)) = here {
            want.lines.extend(lines);
            want.reach = want.reach.max(mark.mark.reach());
            continue;
        }
        let lines = lines.collect();
        let reach = mark.mark.reach();
        labels.push((Wanted { x, y, reach, lines }, bold));
    }
    for (want, _) in &mut labels {
        let more = want.lines.len().saturating_sub(most_lines);
        if more > 1 {
            want.lines.truncate(most_lines);
            want.lines.push(format!("and {more} more"));
        }
    }
    labels.retain(|(w, _)| !w.lines.is_empty());
    labels
}
