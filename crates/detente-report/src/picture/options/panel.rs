//! A part of the table that is as wide as the paper.

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::Group;

use super::super::conflict::{MARGIN, RING, View};
use super::super::{metrics, paper};
use super::columns::Column;
use super::{NAMES, Table};
use crate::document::Pointer;

/// The height of a row.
const ROW: f64 = 18.0;

/// The radius of the mark of a state.
const MARK: f64 = 9.5;

/// How many numbers of a pattern's states are written out.
const MOST_NUMBERS: usize = 3;

pub(super) struct Panel<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) columns: &'a [Column],
    pub(super) width: f64,
    pub(super) keys: &'a BTreeMap<Option<usize>, String>,
}

/// The mark of an option that no move takes back.
pub(super) fn one_way(x: f64, y: f64) -> Group {
    let part = |from: (f64, f64), to: (f64, f64), width: f64| paper::line(from, to, width);
    paper::group()
        .add(part((x, y - 4.0), (x, y + 4.0), 2.0))
        .add(part((x, y), (x + 10.0, y), 1.4))
        .add(part((x + 10.0, y), (x + 6.5, y - 3.0), 1.4))
        .add(part((x + 10.0, y), (x + 6.5, y + 3.0), 1.4))
}

impl Panel<'_> {
    fn view(&self) -> &View<'_> {
        self.table.view
    }

    /// The middle of a column.
    fn x(&self, column: usize) -> f64 {
        MARGIN + NAMES + self.width * (column as f64 + 0.5)
    }

    fn right(&self) -> f64 {
        MARGIN + NAMES + self.width * self.columns.len() as f64
    }

    /// Draws it from a height on; returns where it ends.
    pub(super) fn draw(&self, top: f64) -> (Group, f64) {
        let mut out = paper::group();
        let mut y = top;
        if self.view().classed() {
            out = out.add(self.classes(y));
            y += 22.0;
        }
        let (heads, end) = self.heads(y);
        y = end;
        let mut rows = paper::group();
        let first = y;
        (rows, y) = self.options(rows, y);
        y += 6.0;
        (rows, y) = self.concepts(rows, y);
        (rows, y) = self.ranks(rows, y);
        out = out.add(self.bands(first, y)).add(heads).add(rows);
        (out, y)
    }

    /// Runs of columns of one class: where they begin and end.
    fn runs(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut first = 0;
        for column in 1..=self.columns.len() {
            if column == self.columns.len()
                || self.columns[column].class != self.columns[first].class
            {
                out.push((first, column));
                first = column;
            }
        }
        out
    }

    fn classes(&self, y: f64) -> Group {
        let mut out = paper::group();
        for (number, (first, end)) in self.runs().into_iter().enumerate() {
            let left = MARGIN + NAMES + self.width * first as f64;
            let wide = self.width * (end - first) as f64;
            let class = self.columns[first].class;
            let name = self.view().class_name(class);
            let (shade, fill) = shade(number);
            let bar = paper::rectangle(left + 0.5, y, wide - 1.0, 18.0);
            let mut group = paper::group()
                .add(paper::tip(name))
                .add(bar.set("class", shade).set("fill", fill));
            let whole = metrics::width(name, 11) <= wide - 6.0;
            let says = if whole {
                Some(name)
            } else {
                self.keys.get(&class).map(String::as_str)
            };
            // A run that was cut by the edge of a panel may have less room than its class as a whole.
            let says = says.map(|s| metrics::fit(s, 11, wide - 4.0));
            if let Some(says) = says {
                let middle = left + wide / 2.0;
                group = group.add(paper::anchored(&says, middle, y + 13.0, 11, "middle"));
            }
            out = out.add(group);
        }
        out
    }

    fn bands(&self, top: f64, end: f64) -> Group {
        let mut out = paper::group();
        for (number, (first, last)) in self.runs().into_iter().enumerate() {
            if number % 2 == 0 || !self.view().classed() {
                let left = MARGIN + NAMES + self.width * first as f64;
                let wide = self.width * (last - first) as f64;
                let band = paper::rectangle(left + 0.5, top, wide - 1.0, end - top);
                out = out.add(band.set("class", "pale").set("fill", "#f1f4f7"));
            }
        }
        out
    }

    /// The numbers of the states above the columns.
    fn heads(&self, top: f64) -> (Group, f64) {
        let shown = |c: &Column| c.states.len().min(MOST_NUMBERS + 1);
        let most = self.columns.iter().map(shown).max().unwrap_or(1).max(1);
        let reach = self.mark() + RING + 2.0;
        let height = (14.0 * most as f64).max(2.0 * reach) + 4.0;
        let mut out = paper::group();
        for (number, column) in self.columns.iter().enumerate() {
            let x = self.x(number);
            if let [place] = column.states[..] {
                out = out.add(self.view().numbered(
                    place,
                    x,
                    top + height - reach - 1.0,
                    self.mark(),
                    11,
                ));
                continue;
            }
            let ids: Vec<String> = column
                .states
                .iter()
                .map(|p| self.view().state(*p).id.to_string())
                .collect();
            let mut group = paper::group().add(paper::tip(&format!("states {}", ids.join(", "))));
            let cut = column.states.len() > MOST_NUMBERS + 1;
            let count = if cut {
                MOST_NUMBERS
            } else {
                column.states.len()
            };
            let mut y = top + height - 14.0 * shown(column) as f64 + 7.0;
            for (place, id) in column.states.iter().zip(&ids).take(count) {
                let node = paper::anchored(id, x, y, 11, "middle");
                group = group.add(paper::valued(node, &View::number(*place)));
                y += 14.0;
            }
            if cut {
                group = group.add(paper::soft(paper::anchored(
                    "\u{2026}",
                    x,
                    y - 3.0,
                    11,
                    "middle",
                )));
            }
            out = out.add(group);
        }
        (out, top + height)
    }

    fn mark(&self) -> f64 {
        MARK.max(self.view().widest_number(11) / 2.0 + 2.0)
    }

    fn options(&self, mut out: Group, mut y: f64) -> (Group, f64) {
        let mut last: Option<&str> = None;
        let options = &self.view().analysis.options;
        for (number, option) in options.iter().enumerate() {
            let party = option.name.split_once('.').map_or("", |(party, _)| party);
            if last != Some(party) {
                last = Some(party);
                y += 6.0;
                out = out.add(self.party(party, y));
                y += ROW;
            }
            let levels = Table::levels(option);
            let short = option
                .name
                .split_once('.')
                .map_or(option.name.as_str(), |(_, o)| o);
            let name = option.title.as_deref().unwrap_or(short);
            let way = self.table.ways[number];
            let room = NAMES - 22.0 - if way.up == way.down { 0.0 } else { 16.0 };
            let base = y + 13.0;
            out = out.add(paper::label(name, MARGIN + 10.0, base, 12, "start", room));
            if way.up != way.down {
                let x = MARGIN + 16.0 + metrics::width(name, 12).min(room);
                out = out.add(one_way(x, y + ROW / 2.0));
            }
            for (place, column) in self.columns.iter().enumerate() {
                let chosen = column.levels[number].is_some_and(|level| level > 0);
                out = out.add(cell(
                    &Table::cell(option, column.levels[number]),
                    self.x(place),
                    y,
                    chosen,
                ));
            }
            y += ROW;
            if !levels.is_empty() {
                let says = levels.iter().map(|p| p.says.as_str()).collect::<String>();
                for line in metrics::lines(&says, 11, NAMES - 26.0, 3) {
                    let node = paper::exact(&line, MARGIN + 18.0, y + 10.0, 11);
                    out = out.add(paper::soft(node));
                    y += 14.0;
                }
            }
        }
        (out, y)
    }

    /// The name of a party above its options.
    fn party(&self, party: &str, y: f64) -> Group {
        let known = self
            .view()
            .analysis
            .parties
            .iter()
            .find(|p| p.name == party);
        let says = known.and_then(|p| p.title.as_deref()).unwrap_or(party);
        let hue = self.view().hue(party);
        let shown = metrics::fit(says, 12, NAMES - 12.0);
        let node = paper::exact(&shown, MARGIN, y + 13.0, 12)
            .set("class", hue.fill)
            .set("fill", hue.light)
            .set("font-weight", "bold");
        let rule = paper::line((MARGIN, y + ROW - 1.0), (self.right(), y + ROW - 1.0), 0.5);
        paper::group()
            .add(paper::tip(says))
            .add(node)
            .add(rule.set("class", hue.stroke).set("stroke", hue.light))
    }

    /// Under which other concepts the states are equilibria.
    fn concepts(&self, mut out: Group, mut y: f64) -> (Group, f64) {
        let shown: BTreeSet<usize> = self.columns.iter().flat_map(|c| c.states.clone()).collect();
        let others: Vec<_> = self
            .view()
            .others
            .iter()
            .filter(|(_, states)| !states.is_disjoint(&shown))
            .collect();
        if others.is_empty() {
            return (out, y);
        }
        out = out.add(paper::soft(paper::exact(
            "Equilibrium also under",
            MARGIN,
            y + 13.0,
            12,
        )));
        y += ROW;
        for (names, states) in others {
            let says = names.join(", ");
            out = out.add(paper::label(
                &says,
                MARGIN + 10.0,
                y + 13.0,
                12,
                "start",
                NAMES - 22.0,
            ));
            for (place, column) in self.columns.iter().enumerate() {
                let holding = column.states.iter().filter(|s| states.contains(s)).count();
                if holding > 0 {
                    let (x, middle) = (self.x(place), y + ROW / 2.0);
                    out = out.add(dot(x, middle, holding == column.states.len()));
                }
            }
            y += ROW;
        }
        (out, y + 6.0)
    }

    fn ranks(&self, mut out: Group, mut y: f64) -> (Group, f64) {
        let heading = "Rank of the state (larger is better)";
        out = out.add(paper::soft(paper::exact(heading, MARGIN, y + 13.0, 12)));
        y += ROW;
        let ranged = self.columns.iter().any(|c| c.states.len() > 1);
        for party in &self.view().analysis.parties {
            let hue = self.view().hue(&party.name);
            let shown = metrics::fit(&party.name, 12, NAMES - 22.0);
            let node = paper::exact(&shown, MARGIN + 10.0, y + 13.0, 12);
            out = out.add(
                paper::group()
                    .add(paper::tip(party.title.as_deref().unwrap_or(&party.name)))
                    .add(node.set("class", hue.fill).set("fill", hue.light)),
            );
            for (number, column) in self.columns.iter().enumerate() {
                let rank = |p: &usize| self.view().state(*p).ranks.get(&party.name).copied();
                let ranked = || column.states.iter().filter_map(|p| Some((rank(p)?, *p)));
                let (Some(best), Some(worst)) = (ranked().max(), ranked().min()) else {
                    continue;
                };
                let mut shown = vec![best];
                if worst.0 != best.0 {
                    shown.push(worst);
                }
                for (line, (rank, place)) in shown.into_iter().enumerate() {
                    let base = y + 13.0 + 13.0 * line as f64;
                    let node =
                        paper::anchored(&rank.to_string(), self.x(number), base, 11, "middle");
                    let at = Pointer::to("analysis").key("states").index(place);
                    out = out.add(paper::valued(node, &at.key("ranks").key(&party.name)));
                }
            }
            y += if ranged { ROW + 13.0 } else { ROW };
        }
        (out, y + 4.0)
    }
}

/// The shade of a run of columns.
fn shade(number: usize) -> (&'static str, &'static str) {
    if number.is_multiple_of(2) {
        ("deep", "#d3dae1")
    } else {
        ("pale", "#e9edf1")
    }
}

/// What an option is in a state; what is chosen stands out.
fn cell(says: &str, x: f64, y: f64, chosen: bool) -> Group {
    let node = paper::anchored(says, x, y + 13.0, 12, "middle");
    if !chosen {
        return paper::group().add(paper::soft(node));
    }
    let back = paper::rectangle(x - 9.0, y + 1.5, 18.0, 15.0);
    paper::group()
        .add(
            back.set("rx", 2.5)
                .set("class", "deep")
                .set("fill", "#cfd8e0"),
        )
        .add(node.set("font-weight", "bold"))
}

/// A dot: full when all states of the column are meant, hollow when some are.
fn dot(x: f64, y: f64, full: bool) -> svg::node::element::Circle {
    svg::node::element::Circle::new()
        .set("cx", paper::at(x))
        .set("cy", paper::at(y))
        .set("r", 3.6)
        .set("class", if full { "solid line" } else { "disc" })
        .set("fill", if full { "#333" } else { "#fff" })
        .set("stroke", "#333")
        .set("stroke-width", 1.2)
}
