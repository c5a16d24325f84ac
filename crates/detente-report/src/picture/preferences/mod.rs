//! What each party prefers: ladders side by side, the best on top.

mod ladder;
mod many;
mod marks;
mod moving;

use std::collections::BTreeSet;

use svg::node::element::Group;

use self::moving::Moving;
use super::conflict::{Frame, MARGIN, View, WIDTH};
use super::{Asked, Kind, MOST_STATES, Picture, legend, metrics, paper};
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::finding::Party;

/// The kind.
pub(super) const KIND: Kind = Kind {
    name: "preferences",
    says: "how each party ranks the states, the best on top",
    needs: &["analysis", "places"],
    draw,
};

/// More ladders than these stand in several rows.
const MOST_ABREAST: usize = 4;

/// Statements that are written below a ladder, at most.
const MOST_STATEMENTS: usize = 12;

/// The picture as it is drawn.
struct Sheet<'a> {
    view: &'a View<'a>,
    parties: Vec<&'a Party>,
}

/// Where a ladder stands.
#[derive(Debug, Clone, Copy)]
struct Strip {
    left: f64,
    width: f64,
}

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let view = View::new(dossier)?;
    let wanted = |p: &&Party| asked.parties.is_empty() || asked.parties.contains(&p.name);
    let parties: Vec<&Party> = view.analysis.parties.iter().filter(wanted).collect();
    if parties.is_empty() {
        return None;
    }
    let each = view.analysis.states.len() <= MOST_STATES || asked.every_state;
    let sheet = Sheet {
        view: &view,
        parties,
    };
    Some(sheet.draw(each))
}

impl Sheet<'_> {
    fn draw(&self, each: bool) -> Picture {
        let view = self.view;
        let title = view.title("Preferences");
        let says = self.said(each);
        let mut y = 44.0;
        let mut body = Vec::new();
        for row in self.rows() {
            let (group, end) = self.row(&row, y, each);
            body.push(group);
            y = end + 18.0;
        }
        let frame = Frame {
            kind: KIND.name,
            title,
            says,
        };
        frame.filled(body, y, self.entries(each), &self.notes(each))
    }

    /// The parties in rows, as even as can be.
    fn rows(&self) -> Vec<Vec<&Party>> {
        let rows = self.parties.len().div_ceil(MOST_ABREAST);
        let even = self.parties.len().div_ceil(rows.max(1)).max(1);
        self.parties.chunks(even).map(<[&Party]>::to_vec).collect()
    }

    /// The gap between ladders, where lines join the same state.
    fn gap(&self, each: bool) -> f64 {
        if each && self.parties.len() > 1 {
            46.0
        } else {
            22.0
        }
    }

    fn row(&self, parties: &[&Party], top: f64, each: bool) -> (Group, f64) {
        let gap = self.gap(each);
        let count = parties.len() as f64;
        let width = ((WIDTH - 2.0 * MARGIN - gap * (count - 1.0)) / count).min(430.0);
        let strips: Vec<Strip> = (0..parties.len())
            .map(|n| Strip {
                left: MARGIN + (width + gap) * n as f64,
                width,
            })
            .collect();
        let mut out = paper::group();
        for (party, strip) in parties.iter().zip(&strips) {
            out = out.add(self.heading(party, *strip, top));
        }
        let first = top + 30.0;
        let (ladders, end) = if each {
            ladder::row(self.view, parties, &strips, first)
        } else {
            many::row(self.view, parties, &strips, first)
        };
        let mut bottom = end;
        out = out.add(ladders);
        for (party, strip) in parties.iter().zip(&strips) {
            let (doubt, from) = self.doubt(party, *strip, end + 12.0, each);
            let (wants, end_of) = self.wants(party, *strip, from);
            out = out.add(doubt).add(wants);
            bottom = bottom.max(end_of);
        }
        (out, bottom)
    }

    fn heading(&self, party: &Party, strip: Strip, top: f64) -> Group {
        let hue = self.view.hue(&party.name);
        let says = party.title.as_deref().unwrap_or(&party.name);
        let node = paper::exact(
            &metrics::fit(says, 13, strip.width),
            strip.left,
            top + 14.0,
            13,
        )
        .set("class", hue.fill)
        .set("fill", hue.light)
        .set("font-weight", "bold");
        let rule = paper::line(
            (strip.left, top + 20.0),
            (strip.left + strip.width, top + 20.0),
            2.0,
        );
        paper::group()
            .add(paper::tip(says))
            .add(node)
            .add(rule.set("class", hue.stroke).set("stroke", hue.light))
    }

    /// What doubt leaves open of the order of a party, in words.
    fn doubt(&self, party: &Party, strip: Strip, top: f64, each: bool) -> (Group, f64) {
        let mut out = paper::group();
        let Some(moving) = Moving::of(self.view, party) else {
            return (out, top);
        };
        let mut y = top - 4.0;
        let lines = if each {
            moving.lines(strip.width, 11)
        } else {
            moving.summary(self.view, party, strip.width, 11)
        };
        for line in lines {
            y += 15.0;
            out = out.add(paper::pieces(&line, strip.left, y, 11, strip.width));
        }
        (out, y + 10.0)
    }

    /// The parties of which it is known what doubt leaves open.
    fn moving(&self) -> Vec<Moving<'_>> {
        let parties = self.parties.iter();
        parties.filter_map(|p| Moving::of(self.view, p)).collect()
    }

    /// The statements of a party, most important first, with what is in doubt and how strongly they are held.
    fn wants(&self, party: &Party, strip: Strip, top: f64) -> (Group, f64) {
        let mut out = paper::group();
        let abouts = &self.view.dossier.about.parties;
        let Some(number) = abouts.iter().position(|a| a.name == party.name) else {
            return (out, top);
        };
        let wants = &abouts[number].wants;
        // What the text marks, and the model that is drawn does not, is settled by what happened since, or by a variant.
        let places = self.view.dossier.places.as_ref();
        let places = places.filter(|p| p.stopped.is_none());
        let settled = places.is_some_and(|p| p.parties.iter().all(|p| p.party != party.name));
        if wants.is_empty() {
            return (out, top);
        }
        let mut y = top + 12.0;
        let heading = metrics::fit("Stated, most important first:", 11, strip.width);
        out = out.add(paper::soft(paper::exact(&heading, strip.left, y, 11)));
        for (place, want) in wants.iter().take(MOST_STATEMENTS).enumerate() {
            let from = Pointer::to("about")
                .key("parties")
                .index(number)
                .key("wants")
                .index(place);
            let mut marks = Vec::new();
            if want.doubtful {
                marks.push(if settled { "doubt settled" } else { "in doubt" }.to_owned());
            }
            marks.extend(want.strength.iter().map(|s| format!("strength {s}")));
            let marks = if marks.is_empty() {
                String::new()
            } else {
                format!("  ({})", marks.join(", "))
            };
            let room = strip.width - 8.0;
            y += 15.0;
            let mark_width = metrics::width(&marks, 11).min(room * 0.5);
            let shown = metrics::fit(&want.says, 11, room - mark_width);
            let node = paper::exact(&shown, strip.left + 8.0, y, 11);
            // Only what is shown whole is said to be the value.
            let node = if shown == want.says {
                paper::valued(node, &from.key("says"))
            } else {
                node
            };
            let mut line = paper::group().add(paper::tip(want.says.as_str())).add(node);
            if !marks.is_empty() {
                let x = strip.left + 8.0 + metrics::width(&shown, 11) + metrics::width("  ", 11);
                let shown = metrics::fit(marks.trim(), 11, mark_width);
                line = line.add(paper::soft(paper::exact(&shown, x, y, 11)));
            }
            out = out.add(line);
        }
        if wants.len() > MOST_STATEMENTS {
            y += 15.0;
            out = out.add(paper::soft(paper::exact(
                "\u{2026}",
                strip.left + 8.0,
                y,
                11,
            )));
        }
        (out, y + 6.0)
    }

    fn said(&self, each: bool) -> String {
        let names: Vec<&str> = self.parties.iter().map(|p| p.name.as_str()).collect();
        let how = if each {
            "the states from best to worst, those that it ranks alike on one rung"
        } else {
            "from best to worst how many states of each class it ranks there"
        };
        let mut says = format!(
            "For each of {}: {how}. {}",
            names.join(", "),
            self.view.said()
        );
        for moving in self.moving() {
            says.push_str(&moving.said());
        }
        says
    }

    fn entries(&self, each: bool) -> Vec<legend::Entry> {
        let mut out = Vec::new();
        if each {
            let all: BTreeSet<usize> = (0..self.view.analysis.states.len()).collect();
            let marks = self.view.marks(&all);
            let first =
                usize::from(!self.view.held.is_empty()) + usize::from(self.view.start.is_some());
            out.extend(marks.into_iter().take(first));
            out.extend(ladder::entries(self.view, &self.parties));
            out.extend(moving::entries(&self.moving()));
        } else {
            out.extend(many::entries(self.view, &self.parties));
        }
        out
    }

    fn notes(&self, each: bool) -> Vec<String> {
        let mut out = Vec::new();
        if each {
            out.push("States on one rung are ranked alike. The number at a rung is the rank: larger is better.".to_owned());
        } else {
            out.push(
                "Each row takes the same number of neighbouring ranks, the best on top; a disc is the larger the \
                 more states of its class a party ranks there."
                    .to_owned(),
            );
        }
        let dossier = self.view.dossier;
        let mut parties = dossier.about.parties.iter();
        let doubtful = parties.any(|p| p.wants.iter().any(|w| w.doubtful));
        let known = dossier.places.as_ref();
        if doubtful && known.is_none_or(|p| p.stopped.is_some()) {
            out.push(
                "The ladders are those of the basic reading. What is in doubt may change them; how is not computed \
                 for all of them."
                    .to_owned(),
            );
        }
        out
    }
}
