//! What the pictures of the conflict ask of the findings.

use std::collections::{BTreeMap, BTreeSet};

use svg::node::element::{Circle, Group, Rectangle};

use super::palette::{self, Hue};
use super::{Picture, legend, metrics, paper};
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::finding::{Analysis, State};

/// The letters by which concepts are told apart, when a state is an equilibrium under them.
const LETTERS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// The findings as pictures need them: everything by the place of a state or class in its list.
pub(super) struct View<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) analysis: &'a Analysis,
    /// The place of each state, by its number.
    places: BTreeMap<u32, usize>,
    /// The class that each state is counted under.
    pub(super) class: Vec<Option<usize>>,
    /// The equilibria that are ringed, as places.
    pub(super) held: BTreeSet<usize>,
    /// Other concepts with other equilibria: what they are called, and the equilibria.
    pub(super) others: Vec<(Vec<&'a str>, BTreeSet<usize>)>,
    /// The place of the status quo.
    pub(super) start: Option<usize>,
}

impl<'a> View<'a> {
    /// What a dossier says of its states; `None` when it lists none.
    pub(super) fn new(dossier: &'a Dossier) -> Option<Self> {
        let analysis = dossier.analysis.as_ref().filter(|a| !a.states.is_empty())?;
        let ids = analysis.states.iter().enumerate();
        let places: BTreeMap<u32, usize> = ids.map(|(place, s)| (s.id, place)).collect();
        let set = |ids: &[u32]| -> BTreeSet<usize> {
            ids.iter()
                .filter_map(|id| places.get(id).copied())
                .collect()
        };
        let mut class = vec![None; analysis.states.len()];
        for (number, of_class) in analysis.classes.iter().enumerate() {
            for place in set(&of_class.states) {
                class[place] = Some(number);
            }
        }
        let main = analysis.equilibria.get(&analysis.settings.main);
        let held = analysis.mixed_equilibria.as_ref().or(main);
        let held = held.map(|ids| set(ids)).unwrap_or_default();
        let mut others: Vec<(Vec<&str>, BTreeSet<usize>)> = Vec::new();
        for (concept, ids) in &analysis.equilibria {
            let states = set(ids);
            if states.is_empty() || states == held {
                continue;
            }
            let known = others.iter().position(|(_, known)| *known == states);
            match known {
                Some(known) => others[known].0.push(concept),
                None if others.len() < LETTERS.len() => others.push((vec![concept], states)),
                None => {}
            }
        }
        Some(Self {
            dossier,
            analysis,
            class,
            held,
            others,
            start: analysis.status_quo.and_then(|id| places.get(&id).copied()),
            places,
        })
    }

    /// The place of a state.
    pub(super) fn place(&self, id: u32) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// A state by its place.
    pub(super) fn state(&self, place: usize) -> &'a State {
        &self.analysis.states[place]
    }

    /// Where the number of a state stands.
    pub(super) fn number(place: usize) -> Pointer {
        Pointer::to("analysis").key("states").index(place).key("id")
    }

    /// How what belongs to a party looks.
    pub(super) fn hue(&self, party: &str) -> Hue {
        let place = self.analysis.parties.iter().position(|p| p.name == party);
        palette::party(place.unwrap_or(self.analysis.parties.len()))
    }

    /// What a class is called.
    pub(super) fn class_name(&self, class: Option<usize>) -> &'a str {
        let found = class.and_then(|c| self.analysis.classes.get(c));
        found.and_then(|c| c.name.as_deref()).unwrap_or("no class")
    }

    /// Whether there is more than one class to tell apart.
    pub(super) fn classed(&self) -> bool {
        self.analysis.classes.iter().any(|c| c.name.is_some())
    }

    /// The states in the order of their classes, then by their place.
    pub(super) fn by_class(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.class.len()).collect();
        order.sort_by_key(|place| (self.class[*place].unwrap_or(usize::MAX), *place));
        order
    }

    /// What a state is, in few words: what its author calls it, else what is on in it.
    pub(super) fn short(&self, place: usize) -> String {
        let state = self.state(place);
        let number = state.id.to_string();
        let name = state.name.as_ref().filter(|name| **name != number);
        match (&state.title, name) {
            (Some(title), _) => title.clone(),
            (None, Some(name)) => name.clone(),
            (None, None) if state.on.is_empty() && self.analysis.options.is_empty() => {
                String::new()
            }
            (None, None) => self.on(place),
        }
    }

    /// The options that are on in a state, party by party: `US relief, sign; DPRK test`.
    pub(super) fn on(&self, place: usize) -> String {
        let state = self.state(place);
        if state.on.is_empty() {
            return if self.analysis.options.is_empty() {
                String::new()
            } else {
                "nothing is on".to_owned()
            };
        }
        let mut parties: Vec<(&str, Vec<&str>)> = Vec::new();
        for on in &state.on {
            let (party, what) = on.split_once('.').unwrap_or(("", on));
            match parties.last_mut() {
                Some((last, list)) if *last == party => list.push(what),
                _ => parties.push((party, vec![what])),
            }
        }
        let each = parties
            .iter()
            .map(|(party, list)| format!("{party} {}", list.join(", ")).trim().to_owned());
        each.collect::<Vec<_>>().join("; ")
    }

    /// The letters of the other concepts under which a state is an equilibrium.
    pub(super) fn letters(&self, place: usize) -> String {
        let of = self.others.iter().zip(LETTERS);
        of.filter(|((_, states), _)| states.contains(&place))
            .map(|(_, letter)| letter)
            .collect()
    }

    /// The states by their numbers, in words.
    pub(super) fn numbers(&self, places: &BTreeSet<usize>) -> String {
        let ids: Vec<String> = places
            .iter()
            .map(|p| self.state(*p).id.to_string())
            .collect();
        ids.join(", ")
    }

    /// By which rule the ringed states are equilibria.
    pub(super) fn rule(&self) -> String {
        let settings = &self.analysis.settings;
        if self.analysis.mixed_equilibria.is_some() {
            return "when each party judges by its own concept".to_owned();
        }
        let held = &self.analysis.equilibria;
        let same = held.get(&settings.main).map(|main| {
            let also = held
                .iter()
                .filter(|(c, l)| **c != settings.main && *l == main);
            also.map(|(c, _)| c.as_str()).collect::<Vec<_>>()
        });
        match same.filter(|also| !also.is_empty() && !self.held.is_empty()) {
            Some(also) => format!("under {}, and under {} too", settings.main, also.join(", ")),
            None => format!("under {}", settings.main),
        }
    }

    /// What is said of equilibria and the status quo to those who do not see the picture.
    pub(super) fn said(&self) -> String {
        let judged = self.analysis.mixed_equilibria.is_some()
            || self
                .analysis
                .equilibria
                .contains_key(&self.analysis.settings.main);
        let mut out = if !judged {
            format!("Equilibria {} are not known.", self.rule())
        } else if self.held.is_empty() {
            format!("There is no equilibrium {}.", self.rule())
        } else {
            format!("Equilibria {}: {}.", self.rule(), self.numbers(&self.held))
        };
        if let Some(start) = self.start {
            out.push_str(&format!(
                " The status quo is state {}.",
                self.state(start).id
            ));
        }
        out
    }

    /// What a picture of this negotiation is called.
    pub(super) fn title(&self, what: &str) -> String {
        match self
            .dossier
            .negotiation
            .as_ref()
            .or(self.analysis.negotiation.as_ref())
        {
            Some(name) => format!("{what}: {name}"),
            None => what.to_owned(),
        }
    }

    /// The entries of a legend about marks of states: only of those that are there.
    pub(super) fn marks(&self, shown: &BTreeSet<usize>) -> Vec<legend::Entry> {
        let mut out = Vec::new();
        if self.held.iter().any(|p| shown.contains(p)) {
            let sample = mark(
                17.0,
                0.0,
                7.0,
                Look {
                    start: false,
                    held: true,
                },
            );
            out.push(legend::entry(
                sample,
                format!("equilibrium {}", self.rule()),
            ));
        }
        if self.start.is_some_and(|p| shown.contains(&p)) {
            let sample = mark(
                17.0,
                0.0,
                7.0,
                Look {
                    start: true,
                    held: false,
                },
            );
            out.push(legend::entry(sample, "status quo"));
        }
        for ((names, states), letter) in self.others.iter().zip(LETTERS) {
            if states.iter().any(|p| shown.contains(p)) {
                let sample = paper::group().add(paper::soft(paper::anchored(
                    letter, 28.0, 4.0, 12, "middle",
                )));
                let says = format!("equilibrium under {}", names.join(", "));
                out.push(legend::entry(sample, says));
            }
        }
        out
    }

    /// How a state looks.
    pub(super) fn look(&self, place: usize) -> Look {
        Look {
            start: self.start == Some(place),
            held: self.held.contains(&place),
        }
    }

    /// A state as a mark with its number.
    pub(super) fn numbered(&self, place: usize, x: f64, y: f64, r: f64, size: u32) -> Group {
        let number = self.state(place).id.to_string();
        let name = self.short(place);
        let says = if name.is_empty() {
            number.clone()
        } else {
            format!("{number}: {name}")
        };
        let node = paper::anchored(&number, x, y + f64::from(size) * 0.36, size, "middle");
        self.bare(place, x, y, r)
            .add(paper::tip(&says))
            .add(paper::valued(node, &Self::number(place)))
    }

    /// A state as a mark without its number.
    pub(super) fn bare(&self, place: usize, x: f64, y: f64, r: f64) -> Group {
        paper::group()
            .set("data-state", self.state(place).id)
            .add(mark(x, y, r, self.look(place)))
    }

    /// How wide the widest number of a state is.
    pub(super) fn widest_number(&self, size: u32) -> f64 {
        let ids = self.analysis.states.iter().map(|s| s.id.to_string());
        ids.map(|id| metrics::width(&id, size)).fold(0.0, f64::max)
    }
}

/// How a state looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// The status quo is a square, other states are round.
    pub(super) start: bool,
    /// Equilibria have a ring.
    pub(super) held: bool,
}

/// How far a mark reaches beyond its radius.
pub(super) const RING: f64 = 4.0;

/// The mark of a state.
pub(super) fn mark(x: f64, y: f64, r: f64, look: Look) -> Group {
    let shape = |r: f64, width: f64, fill: &str, class: &str, stroke: &str| -> Group {
        let out = paper::group();
        if look.start {
            out.add(styled(
                paper::rectangle(x - r, y - r, 2.0 * r, 2.0 * r),
                width,
                fill,
                class,
                stroke,
            ))
        } else {
            let circle = Circle::new()
                .set("cx", paper::at(x))
                .set("cy", paper::at(y))
                .set("r", paper::at(r))
                .set("class", class)
                .set("fill", fill)
                .set("stroke", stroke)
                .set("stroke-width", width);
            out.add(circle)
        }
    };
    let mut out = paper::group();
    if look.held {
        out = out.add(shape(r + RING - 1.0, 2.6, "#fff", "held", "#b06f00"));
    }
    out.add(shape(r, 1.3, "#fff", "disc", "#222"))
}

fn styled(node: Rectangle, width: f64, fill: &str, class: &str, stroke: &str) -> Rectangle {
    node.set("class", class)
        .set("rx", 1.5)
        .set("fill", fill)
        .set("stroke", stroke)
        .set("stroke-width", width)
}

/// How wide pictures of the conflict are.
pub(super) const WIDTH: f64 = 960.0;

/// Their margin.
pub(super) const MARGIN: f64 = 14.0;

/// The size of the title.
const TITLE: u32 = 17;

/// What every picture of the conflict has: its kind, its title, and what it shows in words.
pub(super) struct Frame {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) says: String,
}

impl Frame {
    /// The picture: the title on top, the body, and from `end` on the legend and the notes.
    pub(super) fn filled(
        self,
        body: Vec<Group>,
        end: f64,
        entries: Vec<legend::Entry>,
        notes: &[String],
    ) -> Picture {
        let right = WIDTH - MARGIN;
        let (legend, end) = legend::draw(entries, MARGIN, end, right);
        let (notes, end) = legend::notes(notes, MARGIN, end + 2.0, right);
        let title = paper::label(&self.title, MARGIN, 26.0, TITLE, "start", right - MARGIN);
        let mut sheet = paper::sheet(WIDTH, end + 14.0, &self.title, &self.says)
            .add(paper::heading(title.set("font-weight", "bold"), 34.0));
        for part in body {
            sheet = sheet.add(part);
        }
        Picture {
            kind: self.kind,
            title: self.title,
            says: self.says,
            svg: paper::written(&sheet.add(legend).add(notes)),
        }
    }
}
