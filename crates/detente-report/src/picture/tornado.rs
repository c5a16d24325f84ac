//! What single assumptions carry: for each of those on which most hangs, what its worst change does.
//!
//! To the left the equilibria that vanish, hollow; to the right those that appear, filled; beside them in words which
//! classes lose their last equilibrium and which gain their first.

use super::paper::{anchored, label, line, rectangle, tick};
use super::pen::{self, Chart, LINE, MARGIN, RISE, SIZE, SMALL, WIDTH, calm, grid, lines, value};
use super::{Asked, Kind, Picture};
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::sensitivity::{Change, Effect, Sensitivity};

pub(super) const KIND: Kind = Kind {
    name: "tornado",
    says: "on which single assumptions most hangs",
    needs: &["sensitivity"],
    draw,
};

/// How many assumptions are drawn at most.
const MOST: usize = 12;

/// The widths of the words on both sides.
const WORDS: f64 = 308.0;

/// The middle of the bars, and how long they are at most.
const MIDDLE: f64 = 478.0;
const LONG: f64 = 104.0;

/// Where the classes begin.
const CLASSES: f64 = 632.0;

/// How many lines of words there are at most.
const MOST_LINES: usize = 3;

/// A bar with its words.
struct Bar<'a> {
    /// The change, as a place in the findings.
    place: usize,
    change: &'a Change,
    effect: &'a Effect,
    /// What happens to classes.
    moves: String,
    high: f64,
}

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let finding = dossier.sensitivity.as_ref()?;
    let all = bars(finding, asked);
    if all.is_empty() {
        return None;
    }
    let shown: Vec<&Bar> = all.iter().take(MOST).collect();
    let title = pen::titled(
        dossier.negotiation.as_ref(),
        "what hangs on single assumptions",
    );
    let mut chart = Chart::new("tornado", title, says(finding, &shown));
    let most = shown
        .iter()
        .map(|b| b.effect.vanished.len().max(b.effect.appeared.len()))
        .max()
        .unwrap_or(0)
        .max(1);
    let unit = LONG / most as f64;
    chart.foot += 8.0;
    heads(&mut chart, most);
    let top = chart.foot;
    let bottom = top + shown.iter().map(|b| b.high).sum::<f64>();
    for step in steps(most) {
        for side in [-1.0, 1.0] {
            let x = MIDDLE + side * unit * step as f64;
            chart.add(grid((x, top), (x, bottom)));
        }
    }
    for bar in &shown {
        row(&mut chart, bar, unit);
    }
    chart.add(line((MIDDLE, top - 4.0), (MIDDLE, bottom), 1.2));
    chart.foot += 10.0;
    let mut says = String::from(
        "Each assumption is changed by itself, by the one change of it that moves the most; an equilibrium is a \
         state that is stable for every party.",
    );
    if all.len() > shown.len() {
        says.push_str(" Other assumptions alter something too and move less.");
    }
    chart.paragraph(&says, 3);
    Some(chart.done())
}

/// The assumptions of which a change alters something, most first.
fn bars<'a>(finding: &'a Sensitivity, asked: &Asked) -> Vec<Bar<'a>> {
    let one = |ranked: &usize| {
        let assumption = finding.assumptions.get(*ranked)?;
        let party = assumption.party.as_ref();
        if !asked.parties.is_empty() && !party.is_some_and(|p| asked.parties.contains(p)) {
            return None;
        }
        let place = assumption.most?;
        let change = finding.changes.get(place)?;
        let effect = change.effect.as_ref()?;
        let moves = moves(effect);
        if effect.vanished.is_empty() && effect.appeared.is_empty() && moves.is_empty() {
            return None;
        }
        let words = pen::height(&change.says, WORDS, MOST_LINES);
        let beside = pen::height(&moves, WIDTH - MARGIN - CLASSES, MOST_LINES);
        Some(Bar {
            place,
            change,
            effect,
            high: words.max(beside).max(LINE) + 12.0,
            moves,
        })
    };
    finding.ranked.iter().filter_map(one).collect()
}

/// What is shown, in words.
fn says(finding: &Sensitivity, shown: &[&Bar]) -> String {
    let mut says = String::from(
        "The assumptions on which most hangs, each with the equilibria that vanish and appear when it is changed.",
    );
    if let Some(first) = shown.first() {
        says.push_str(" First: ");
        says.push_str(&first.change.says);
        if !first.moves.is_empty() {
            says.push_str(&format!(", which {}", first.moves));
        }
        says.push('.');
    }
    if finding.stopped.is_some() {
        says.push_str(" Not all changes were tried.");
    }
    says
}

/// What happens to classes, in words.
fn moves(effect: &Effect) -> String {
    let names = |classes: &[Option<String>]| {
        let name = |c: &Option<String>| c.clone().unwrap_or_else(|| "no class".to_owned());
        classes.iter().map(name).collect::<Vec<String>>().join(", ")
    };
    let mut parts = Vec::new();
    if !effect.classes_lost.is_empty() {
        parts.push(format!("empties {}", names(&effect.classes_lost)));
    }
    if !effect.classes_gained.is_empty() {
        parts.push(format!("opens {}", names(&effect.classes_gained)));
    }
    if !effect.ways.is_empty() {
        let classes: Vec<Option<String>> = effect.ways.iter().map(|w| w.class.clone()).collect();
        parts.push(format!("changes the way to {}", names(&classes)));
    }
    parts.join("; ")
}

/// The heads of the columns, and the scale.
fn heads(chart: &mut Chart, most: usize) {
    let y = chart.foot + RISE;
    let head = |x: f64, says: &str, anchor: &str, room: f64| {
        label(says, x, y, SIZE, anchor, room).set("font-weight", "bold")
    };
    chart.add(head(MARGIN, "What is changed", "start", WORDS));
    chart.add(head(MIDDLE - 8.0, "equilibria vanish", "end", LONG + 26.0));
    chart.add(head(MIDDLE + 8.0, "appear", "start", LONG + 26.0));
    chart.add(head(CLASSES, "What becomes of classes", "start", 300.0));
    let unit = LONG / most as f64;
    chart.add(tick(anchored("0", MIDDLE, y + LINE, SMALL, "middle")));
    for step in steps(most) {
        for side in [-1.0, 1.0] {
            let x = MIDDLE + side * unit * step as f64;
            chart.add(tick(anchored(
                &step.to_string(),
                x,
                y + LINE,
                SMALL,
                "middle",
            )));
        }
    }
    chart.foot += 2.0 * LINE + 8.0;
}

/// One or two round numbers up to the most.
fn steps(most: usize) -> Vec<usize> {
    let mut unit = 1;
    let mut times = [2, 5, 10].into_iter().cycle();
    let mut decade = 1;
    while most / unit > 2 {
        let next = times.next().unwrap_or(10);
        unit = decade * next;
        if next == 10 {
            decade = unit;
        }
    }
    (1..=most / unit).map(|n| n * unit).collect()
}

fn row(chart: &mut Chart, bar: &Bar, unit: f64) {
    let top = chart.foot;
    let hue = calm();
    let centred = |says: &str, x: f64, room: f64| {
        let high = pen::height(says, room, MOST_LINES);
        lines(says, x, top + (bar.high - high) / 2.0, room, MOST_LINES).0
    };
    chart.add(grid((MARGIN, top), (WIDTH - MARGIN, top)));
    chart.add(centred(&bar.change.says, MARGIN, WORDS));
    let room = WIDTH - MARGIN - CLASSES;
    chart.add(centred(&bar.moves, CLASSES, room));
    let middle = top + bar.high / 2.0;
    let (gone, come) = (bar.effect.vanished.len(), bar.effect.appeared.len());
    let wide = |count: usize| unit * count as f64;
    if gone > 0 {
        chart.add(
            rectangle(MIDDLE - wide(gone), middle - 8.0, wide(gone), 16.0)
                .set("class", format!("paper {}", hue.stroke))
                .set("fill", "#fff")
                .set("stroke", hue.light)
                .set("stroke-width", 1.6)
                .set("stroke-dasharray", "4 2"),
        );
    }
    if come > 0 {
        chart.add(
            rectangle(MIDDLE, middle - 8.0, wide(come), 16.0)
                .set("class", hue.fill)
                .set("fill", hue.light),
        );
    }
    let effect = Pointer::to("sensitivity")
        .key("changes")
        .index(bar.place)
        .key("effect");
    let sides = [
        (gone, MIDDLE - wide(gone) - 6.0, "end", "vanished"),
        (come, MIDDLE + wide(come) + 6.0, "start", "appeared"),
    ];
    for (count, x, anchor, field) in sides {
        let says = count.to_string();
        chart.add(value(
            &says,
            x,
            middle + 4.0,
            SIZE,
            anchor,
            &effect.key(field),
        ));
    }
    chart.foot += bar.high;
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn scales_have_few_round_numbers() {
        assert_eq!(steps(1), [1]);
        assert_eq!(steps(2), [1, 2]);
        assert_eq!(steps(5), [2, 4]);
        assert_eq!(steps(9), [5]);
        assert_eq!(steps(11), [5, 10]);
        assert_eq!(steps(24), [10, 20]);
        assert_eq!(steps(250), [100, 200]);
    }
}
