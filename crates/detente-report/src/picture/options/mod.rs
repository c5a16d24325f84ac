//! The option-form table: options as rows, states as columns.

mod columns;
mod panel;

use std::collections::{BTreeMap, BTreeSet};

use self::columns::{Column, each, heights, merged};
use self::panel::Panel;
use super::conflict::{Frame, MARGIN, View, WIDTH};
use super::paper::{self, Piece};
use super::{Asked, Kind, MOST_STATES, Picture, legend, metrics};
use crate::dossier::Dossier;
use crate::finding::OptionInfo;

/// The kind.
pub(super) const KIND: Kind = Kind {
    name: "options",
    says: "the states in option form, with their classes, equilibria and ranks",
    needs: &["analysis"],
    draw,
};

/// Of patterns, more panels than these are not drawn; states that are few or asked for have a column each.
const MOST_PANELS: usize = 6;

/// How wide the names of the rows are.
const NAMES: f64 = 226.0;

/// In which way an option can be moved, as the moves of the findings show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ways {
    up: bool,
    down: bool,
}

/// The table as a whole.
struct Table<'a> {
    view: &'a View<'a>,
    /// Whether columns may stand for several states.
    patterns: bool,
    ways: Vec<Ways>,
}

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let view = View::new(dossier)?;
    if view.analysis.options.is_empty() {
        return None;
    }
    let of_class = |place: &usize| {
        let wanted = asked.class.as_ref();
        wanted.is_none_or(|c| view.state(*place).classes.contains(c))
    };
    let places: Vec<usize> = view.by_class().into_iter().filter(of_class).collect();
    if places.is_empty() {
        return None;
    }
    let mut columns = each(&view, &places);
    let patterns = columns.len() > MOST_STATES && !asked.every_state;
    if patterns {
        let alone = view.held.iter().copied().chain(view.start).collect();
        columns = merged(columns, &heights(&view), &alone);
    }
    let table = Table {
        view: &view,
        patterns: columns.iter().any(|c| c.states.len() > 1),
        ways: ways(&view),
    };
    let width = table.column_width(columns.len());
    let per_panel = metrics::fits(WIDTH - 2.0 * MARGIN - NAMES, width);
    let most = if patterns {
        MOST_PANELS * per_panel
    } else {
        usize::MAX
    };
    let cut = shortened(&view, &mut columns, most);
    let shown: BTreeSet<usize> = columns
        .iter()
        .flat_map(|c| c.states.iter().copied())
        .collect();
    // Panels are as even as can be.
    let panels = columns.len().div_ceil(per_panel);
    let even = columns.len().div_ceil(panels.max(1)).max(1);

    let title = view.title("States by options");
    let says = table.said(&columns, cut);
    let mut y = 44.0;
    let keys = keys(&view, &columns, even, width);
    let mut body = Vec::new();
    for part in columns.chunks(even) {
        let panel = Panel {
            table: &table,
            columns: part,
            width,
            keys: &keys,
        };
        let (group, end) = panel.draw(y);
        body.push(group);
        y = end + 22.0;
    }
    let frame = Frame {
        kind: KIND.name,
        title,
        says,
    };
    let entries = table.entries(&shown, &keys);
    Some(frame.filled(body, y, entries, &table.notes(cut)))
}

/// Takes columns away until there are at most so many: those without an equilibrium and the status quo, from the end.
/// Says whether any were.
fn shortened(view: &View<'_>, columns: &mut Vec<Column>, most: usize) -> bool {
    if columns.len() <= most {
        return false;
    }
    let marked = |c: &Column| {
        c.states
            .iter()
            .any(|p| view.held.contains(p) || view.start == Some(*p))
    };
    let mut room = most.saturating_sub(columns.iter().filter(|c| marked(c)).count());
    columns.retain(|c| {
        let keep = marked(c) || room > 0;
        if keep && !marked(c) {
            room -= 1;
        }
        keep
    });
    columns.truncate(most);
    true
}

/// Whether options are ever taken up, and ever taken back, by the moves that the findings list.
fn ways(view: &View<'_>) -> Vec<Ways> {
    let mut out = vec![Ways::default(); view.analysis.options.len()];
    let all: Vec<usize> = (0..view.analysis.states.len()).collect();
    let moves = view.dossier.moves.as_ref().and_then(|m| m.each.as_ref());
    let Some(moves) = moves else {
        return vec![
            Ways {
                up: true,
                down: true
            };
            out.len()
        ];
    };
    let columns = each(view, &all);
    for one in moves {
        let (Some(from), Some(to)) = (view.place(one.from), view.place(one.to)) else {
            continue;
        };
        let levels = columns[from].levels.iter().zip(&columns[to].levels);
        for (way, (from, to)) in out.iter_mut().zip(levels) {
            way.up |= from < to;
            way.down |= from > to;
        }
    }
    out
}

/// Letters for classes whose names have no room above their columns.
fn keys(
    view: &View<'_>,
    columns: &[Column],
    per_panel: usize,
    width: f64,
) -> BTreeMap<Option<usize>, String> {
    let mut out = BTreeMap::new();
    if !view.classed() {
        return out;
    }
    for run in columns
        .chunks(per_panel)
        .flat_map(|p| p.chunk_by(|a, b| a.class == b.class))
    {
        let class = run.first().and_then(|c| c.class);
        let room = width * run.len() as f64 - 6.0;
        if metrics::width(view.class_name(class), 11) > room && !out.contains_key(&class) {
            out.insert(class, letter(out.len()));
        }
    }
    out
}

/// A letter, or more, for a place: `A` to `Z`, then `AA`.
pub(super) fn letter(mut place: usize) -> String {
    let mut out = String::new();
    loop {
        let one = u8::try_from(place % 26).unwrap_or_default();
        out.insert(0, char::from(b'A' + one));
        if place < 26 {
            return out;
        }
        place = place / 26 - 1;
    }
}

/// The letter of a level of an option with more than two.
fn level_letter(level: usize) -> String {
    letter(level).to_lowercase()
}

impl Table<'_> {
    fn column_width(&self, count: usize) -> f64 {
        let numbers = self.view.widest_number(11);
        let ranks = self
            .view
            .analysis
            .parties
            .iter()
            .map(|p| p.ranks.saturating_sub(1));
        let ranks = ranks.max().unwrap_or(0).to_string();
        let ranks = metrics::width(&ranks, 11);
        let least = 29.0_f64.max(numbers + 16.0).max(ranks + 8.0);
        // Few columns may be broader, so that names of classes have room.
        ((WIDTH - 2.0 * MARGIN - NAMES) / count.max(1) as f64).clamp(least, least.max(64.0))
    }

    /// What a level is shown as.
    fn cell(option: &OptionInfo, level: Option<usize>) -> String {
        match level {
            None => "\u{2013}".to_owned(),
            Some(level) if option.levels.len() > 2 => level_letter(level),
            Some(0) => "N".to_owned(),
            Some(_) => "Y".to_owned(),
        }
    }

    /// What the letters of an option's levels stand for.
    fn levels(option: &OptionInfo) -> Vec<Piece> {
        if option.levels.len() <= 2 {
            return Vec::new();
        }
        let each = option.levels.iter().enumerate();
        let each: Vec<String> = each
            .map(|(n, l)| format!("{} {l}", level_letter(n)))
            .collect();
        vec![Piece::words(each.join(", "))]
    }

    fn said(&self, columns: &[Column], cut: bool) -> String {
        let states: usize = columns.iter().map(|c| c.states.len()).sum();
        let mut out = format!(
            "A table with a row for each of {} options and a column for each of {} states or patterns of states, {} \
             states in all.",
            self.view.analysis.options.len(),
            columns.len(),
            states
        );
        if cut {
            out.push_str(" Other states are left out.");
        }
        out.push(' ');
        out.push_str(&self.view.said());
        out
    }

    fn entries(
        &self,
        shown: &BTreeSet<usize>,
        keys: &BTreeMap<Option<usize>, String>,
    ) -> Vec<legend::Entry> {
        let key = |sample: &str, says: &str| {
            let node = paper::anchored(sample, 17.0, 4.0, 12, "middle");
            legend::entry(paper::group().add(node.set("font-weight", "bold")), says)
        };
        let mut out = Vec::new();
        let binary = self
            .view
            .analysis
            .options
            .iter()
            .any(|o| o.levels.len() <= 2);
        if binary {
            out.push(key("Y", "chosen"));
            out.push(key("N", "not chosen"));
        }
        if self.patterns {
            out.push(key(
                "\u{2013}",
                "all levels are there: the column stands for several states",
            ));
        }
        let one_way = |w: &Ways| w.up != w.down;
        if self.ways.iter().any(one_way) {
            out.push(legend::entry(
                panel::one_way(10.0, 0.0),
                "no move takes it back",
            ));
        }
        out.extend(self.view.marks(shown).into_iter().take(2));
        for (class, letter) in keys {
            out.push(key(letter, self.view.class_name(*class)));
        }
        out
    }

    fn notes(&self, cut: bool) -> Vec<String> {
        let mut out = Vec::new();
        if self.patterns {
            out.push(
                "Ranks of a column that stands for several states are the highest and the lowest of them. Equilibria \
                 and the status quo have columns of their own."
                    .to_owned(),
            );
        }
        if cut {
            out.push(
                "There is no room for all columns: others without a mark are left out.".to_owned(),
            );
        }
        out
    }
}
