//! What doubt leaves open of a ladder: which rungs may change places, and how far.

use std::collections::BTreeMap;

use svg::node::element::Group;

use super::super::conflict::View;
use super::super::paper::Piece;
use super::super::{legend, metrics, paper};
use super::marks::{apart, bar, bracket, whisker};
use crate::document::Pointer;
use crate::finding::Party;
use crate::places::{PartyPlaces, RunEntry};

/// More lanes of whiskers than these would crowd a ladder: then brackets hold together what may change its
/// order, and a bar beside each rung says how far.
const MOST_LANES: usize = 5;

/// How wide the bars are that stand beside rungs then: from the worst rung of a bracket to the best.
const BARS: f64 = 46.0;

/// How wide a lane is.
const LANE: f64 = 9.0;

/// More states of a run are not named one by one.
const MOST_NAMED: usize = 12;

/// More runs are not told.
const MOST_RUNS: usize = 6;

/// What may move on the ladder of a party.
pub(super) struct Moving<'a> {
    pub(super) found: &'a PartyPlaces,
    from: Pointer,
    /// For each rung, the best first, its rank and the last place on it.
    rungs: Vec<(u32, usize)>,
    /// How far each state may come that may leave its rung, by its number.
    reaches: BTreeMap<u32, Reach>,
}

/// A line beside a ladder from one rank to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// The rank in the basic reading; `None` for a bracket.
    pub(super) own: Option<u32>,
    /// The rank of the highest rung that it reaches.
    pub(super) top: u32,
    /// That of the lowest.
    pub(super) bottom: u32,
}

impl<'a> Moving<'a> {
    /// What is known of a party; `None` when nothing of it is in doubt, or it was not computed.
    pub(super) fn of(view: &View<'a>, party: &Party) -> Option<Self> {
        let places = view.dossier.places.as_ref()?;
        let number = places.parties.iter().position(|p| p.party == party.name)?;
        let found = &places.parties[number];
        let mut alike: BTreeMap<u32, usize> = BTreeMap::new();
        for state in &view.analysis.states {
            if let Some(rank) = state.ranks.get(&party.name) {
                *alike.entry(*rank).or_default() += 1;
            }
        }
        let mut until = 0;
        let rungs = alike.iter().rev().map(|(rank, alike)| {
            until += alike;
            (*rank, until)
        });
        let rungs: Vec<(u32, usize)> = rungs.collect();
        // The rank of the rung on which a place lies in the basic reading.
        let rank_at = |place: usize| {
            let rung = rungs.partition_point(|(_, until)| *until < place);
            rungs.get(rung).or(rungs.last()).map(|(rank, _)| *rank)
        };
        let reaches = found.states.iter().filter_map(|places| {
            let state = view.state(view.place(places.state)?);
            let reach = Reach {
                own: Some(*state.ranks.get(&party.name)?),
                top: rank_at(places.best)?,
                bottom: rank_at(places.worst)?,
            };
            Some((places.state, reach))
        });
        Some(Self {
            found,
            from: Pointer::to("places").key("parties").index(number),
            reaches: reaches.collect(),
            rungs,
        })
    }

    /// How far a state may come, if it may leave its rung.
    pub(super) fn reach(&self, state: u32) -> Option<Reach> {
        self.reaches.get(&state).copied()
    }

    /// For each rung how far its states may come, the best rung first.
    fn whiskers(&self) -> Vec<Reach> {
        let mut by_rank: BTreeMap<u32, Reach> = BTreeMap::new();
        for reach in self.reaches.values() {
            let own = reach.own.unwrap_or(reach.top);
            let whole = by_rank.entry(own).or_insert(*reach);
            whole.top = whole.top.max(reach.top);
            whole.bottom = whole.bottom.min(reach.bottom);
        }
        by_rank.into_values().rev().collect()
    }

    /// The lines beside the ladder, lane by lane.
    pub(super) fn lanes(&self) -> Vec<Vec<Reach>> {
        let mut lanes: Vec<Vec<Reach>> = Vec::new();
        let mut whiskers = self.whiskers();
        // Long ones outside, where they do not cut off short ones from their rungs.
        whiskers.sort_by_key(|w| (w.top - w.bottom.min(w.top), std::cmp::Reverse(w.top)));
        for whisker in whiskers {
            let free = |lane: &Vec<Reach>| {
                let apart = |w: &Reach| w.bottom > whisker.top || w.top < whisker.bottom;
                lane.iter().all(apart)
            };
            match lanes.iter_mut().find(|lane| free(lane)) {
                Some(lane) => lane.push(whisker),
                None => lanes.push(vec![whisker]),
            }
        }
        if lanes.len() <= MOST_LANES {
            return lanes;
        }
        let runs = self.found.runs.iter().filter(|r| r.highest > r.lowest);
        let bracket = |run: &RunEntry| Reach {
            own: None,
            top: run.highest,
            bottom: run.lowest,
        };
        vec![runs.map(bracket).collect()]
    }

    /// How much room the lines beside the ladder take.
    pub(super) fn room(&self) -> f64 {
        let lanes = self.lanes();
        let bars = if bracketed(&lanes) { BARS + 6.0 } else { 0.0 };
        match lanes.len() {
            0 => 0.0,
            lanes => LANE * lanes as f64 + 3.0 + bars,
        }
    }

    /// Beside each rung how far its states may come, from the worst rung of its bracket at the left to the best at the
    /// right.
    fn bars(&self, heights: &BTreeMap<u32, f64>, left: f64) -> Group {
        let mut out = paper::group();
        for reach in self.whiskers() {
            let own = reach.own.unwrap_or(reach.top);
            let mut runs = self.found.runs.iter();
            let run = runs.find(|run| (run.lowest..=run.highest).contains(&own));
            let (lowest, span) = run.map_or((0, 1), |run| (run.lowest, run.highest - run.lowest));
            let x = |rank: u32| {
                let part = f64::from(rank.saturating_sub(lowest)) / f64::from(span.max(1));
                left + BARS * part.min(1.0)
            };
            if let Some(y) = heights.get(&own) {
                let bar = bar(x(reach.bottom), x(reach.top), x(own), *y);
                out = out.add(self.telling(bar, reach));
            }
        }
        out
    }

    /// A line that says between which ranks it reaches.
    fn telling(&self, line: Group, reach: Reach) -> Group {
        let says = match reach.own {
            Some(own) => format!(
                "rank {own} in the basic reading; {} to {} by what is in doubt",
                reach.top, reach.bottom
            ),
            None => format!(
                "ranks {} to {} may change their order",
                reach.top, reach.bottom
            ),
        };
        line.set("data-party", self.found.party.as_str())
            .set("data-reach", format!("{} {}", reach.top, reach.bottom))
            .add(paper::tip(&says))
    }

    /// Whether the states of a rung may be told apart by some order.
    pub(super) fn parts(&self, rank: u32) -> bool {
        let mut runs = self.found.runs.iter();
        runs.any(|run| run.highest == rank && run.lowest == rank)
    }

    /// The lines beside a ladder whose rungs lie at these heights, left of `right`.
    pub(super) fn draw(&self, heights: &BTreeMap<u32, f64>, right: f64) -> Group {
        let mut out = paper::group();
        let lanes = self.lanes();
        let mut right = right;
        if bracketed(&lanes) {
            right -= BARS + 6.0;
            out = out.add(self.bars(heights, right + 3.0));
        }
        let at = |rank: u32| heights.get(&rank).copied();
        for (number, lane) in lanes.iter().enumerate() {
            let x = right - LANE * (number as f64 + 0.5);
            for reach in lane {
                let (Some(top), Some(bottom)) = (at(reach.top), at(reach.bottom)) else {
                    continue;
                };
                let line = match reach.own.map(at) {
                    Some(own) => whisker(x, top, bottom, own),
                    None => bracket(x, top, bottom),
                };
                out = out.add(self.telling(line, *reach));
            }
        }
        out
    }

    /// What is known, in lines for below a ladder.
    pub(super) fn lines(&self, room: f64, size: u32) -> Vec<Vec<Piece>> {
        let mut lines = flow(self.how(), room, size);
        for (place, run) in self.found.runs.iter().take(MOST_RUNS).enumerate() {
            let at = self.from.key("runs").index(place);
            lines.extend(flow(told(run, &at), room, size));
        }
        if self.found.runs.len() > MOST_RUNS {
            lines.push(vec![Piece::words("\u{2026}")]);
        }
        lines
    }

    /// The same where states do not stand one by one: how many may move, and how far the status quo may.
    pub(super) fn summary(
        &self,
        view: &View<'_>,
        party: &Party,
        room: f64,
        size: u32,
    ) -> Vec<Vec<Piece>> {
        let mut lines = flow(self.how(), room, size);
        if self.found.runs.is_empty() {
            return lines;
        }
        let states = self.from.key("states");
        let mut pieces = vec![Piece::value(&self.found.states.len(), states.clone())];
        pieces.extend(words("of"));
        let all = Pointer::to("analysis").key("states");
        pieces.push(Piece::value(&view.analysis.states.len(), all.clone()));
        pieces.extend(words("states may leave their places."));
        lines.extend(flow(pieces, room, size));
        if let Some(start) = view.start {
            let id = view.state(start).id;
            let at = self.found.states.iter().position(|s| s.state == id);
            let mut pieces = words("Status quo:");
            if let Some(at) = at {
                let places = &self.found.states[at];
                let at = states.index(at);
                pieces.extend(words("place"));
                pieces.push(Piece::value(&places.best, at.key("best")));
                pieces.extend(words("to"));
                pieces.push(Piece::value(&places.worst, at.key("worst")));
                pieces.extend(words("of"));
                pieces.push(Piece::value(&view.analysis.states.len(), all));
                pieces.push(Piece::words("."));
            } else if view.state(start).ranks.contains_key(&party.name) {
                pieces.extend(words("it keeps its places."));
            }
            lines.extend(flow(pieces, room, size));
        }
        lines
    }

    /// From what it is known, in pieces that may stand on different lines.
    fn how(&self) -> Vec<Piece> {
        let found = self.found;
        let mut out = Vec::new();
        if let (Some(orders), Some(completions)) = (found.orders, found.completions) {
            let orders_at = self.from.key("orders");
            let completions_at = self.from.key("completions");
            if orders == 1 {
                out.extend(words("In doubt, but the order is the same in all"));
                out.push(Piece::value(&completions, completions_at));
                out.extend(words(" completions."));
                return out;
            }
            out.extend(words("In doubt:"));
            out.push(Piece::value(&orders, orders_at));
            out.extend(words(" orders from"));
            out.push(Piece::value(&completions, completions_at));
            out.extend(words(" completions."));
        } else if let Some(samples) = found.samples {
            out.extend(words("In doubt:"));
            out.push(Piece::value(&samples, self.from.key("samples")));
            out.extend(words(
                " completions drawn; there are more, and more may move.",
            ));
        } else {
            out.extend(words(
                "In doubt: weights between bounds, from every two states by themselves.",
            ));
        }
        if found.runs.is_empty() {
            out.extend(words(" No rung moves."));
        }
        out
    }

    /// The same in a sentence, for those who do not see the picture.
    pub(super) fn said(&self) -> String {
        let found = self.found;
        let party = &found.party;
        let mut out = match (found.orders, found.samples) {
            (Some(1), _) => {
                return format!(" What is in doubt about {party} leaves its order as it is.");
            }
            (Some(orders), _) => format!(" What is in doubt about {party} gives {orders} orders"),
            (None, Some(samples)) => {
                format!(" Of what is in doubt about {party}, {samples} completions were drawn")
            }
            (None, None) => format!(" Weights of {party} are in doubt"),
        };
        let apart: Vec<String> = found.runs.iter().take(MOST_RUNS).map(spoken).collect();
        if apart.is_empty() {
            out.push_str("; no rung moves.");
        } else {
            out.push_str(": the order may be another among ");
            out.push_str(&apart.join("; among "));
            let more = found.runs.len().saturating_sub(MOST_RUNS);
            if more > 0 {
                out.push_str(&format!("; and among {more} other groups"));
            }
            out.push('.');
        }
        out
    }
}

/// A run in words: its states, or its ranks when they are many.
fn spoken(run: &RunEntry) -> String {
    if run.states.len() > MOST_NAMED {
        return format!(
            "{} states of the ranks {} to {}",
            run.states.len(),
            run.highest,
            run.lowest
        );
    }
    let ids: Vec<String> = run.states.iter().map(u32::to_string).collect();
    format!("the states {}", ids.join(", "))
}

/// A run in pieces.
fn told(run: &RunEntry, at: &Pointer) -> Vec<Piece> {
    let mut out = Vec::new();
    if run.highest == run.lowest {
        out.extend(words("Alike or not, at rank"));
    } else {
        out.extend(words("May change order: ranks"));
        out.push(Piece::value(&run.highest, at.key("highest")));
        out.extend(words(" to"));
    }
    out.push(Piece::value(&run.lowest, at.key("lowest")));
    if run.states.len() > MOST_NAMED {
        out.push(Piece::words(","));
        out.push(Piece::value(&run.states.len(), at.key("states")));
        out.extend(words(" states."));
        return out;
    }
    out.extend(words(", states"));
    for (place, state) in run.states.iter().enumerate() {
        out.push(Piece::value(state, at.key("states").index(place)));
        out.push(Piece::words(if place + 1 < run.states.len() {
            ","
        } else {
            "."
        }));
    }
    out
}

/// Words one by one, so that lines may break between them.
fn words(says: &str) -> Vec<Piece> {
    says.split_whitespace().map(Piece::words).collect()
}

/// Pieces in lines that fit, with spaces between them except before marks.
fn flow(pieces: Vec<Piece>, room: f64, size: u32) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        let mark = [",", "."].contains(&piece.says.as_str());
        let space = Piece::words(" ");
        let lead = if mark || line.is_empty() {
            0.0
        } else {
            metrics::width(" ", size)
        };
        let used = paper::width_of(&line, size) + lead + metrics::width(&piece.says, size);
        // A mark never begins a line: there is room kept for it.
        let kept = if mark { 0.0 } else { metrics::width(",", size) };
        if used + kept > room && !mark && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        } else if !mark && !line.is_empty() {
            if piece.from.is_none() {
                piece.says = format!(" {}", piece.says);
            } else {
                line.push(space);
            }
        }
        line.push(piece);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether the lanes have brackets in place of whiskers.
fn bracketed(lanes: &[Vec<Reach>]) -> bool {
    lanes.iter().flatten().any(|reach| reach.own.is_none())
}

/// What the lines beside ladders mean.
pub(super) fn entries(all: &[Moving<'_>]) -> Vec<legend::Entry> {
    let mut out = Vec::new();
    let lanes: Vec<Reach> = all.iter().flat_map(Moving::lanes).flatten().collect();
    if lanes.iter().any(|reach| reach.own.is_some()) {
        let sample = paper::group().add(whisker(17.0, -7.0, 7.0, Some(3.0)));
        out.push(legend::entry(
            sample,
            "how far the states of a rung may come by what is in doubt; the dot is their own rung",
        ));
    }
    if lanes.iter().any(|reach| reach.own.is_none()) {
        let sample = paper::group().add(bracket(17.0, 0.0, 0.0));
        out.push(legend::entry(
            sample,
            "in doubt: the rungs may change their order",
        ));
        let sample = paper::group().add(bar(4.0, 30.0, 12.0, 0.0));
        out.push(legend::entry(
            sample,
            "how far the states of a rung may come within the bracket, from its worst rung (left) to its best (right); the \
             dot is their own",
        ));
    }
    let parted = |moving: &Moving<'_>| moving.rungs.iter().any(|(rank, _)| moving.parts(*rank));
    if all.iter().any(parted) {
        let back = apart(paper::rectangle(3.0, -8.0, 28.0, 16.0));
        out.push(legend::entry(
            paper::group().add(back),
            "in doubt: alike or not",
        ));
    }
    out
}
