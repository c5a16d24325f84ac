//! Events ahead, marked with their names.

use super::days::{Days, named};
use crate::document::Pointer;
use crate::forecast::{EventEntry, Forecast};
use crate::picture::paper::{at, group, line, rectangle};
use crate::picture::pen::{Chart, SMALL, value};
use crate::picture::{metrics, palette, paper};

/// How many rows of names there are at most.
const ROWS: usize = 4;

/// The height of a row.
const ROW: f64 = 15.0;

/// No name of an event takes more room.
const ROOM: f64 = 190.0;

/// Names above the picture, where there is room. Says how high they are.
pub(super) fn draw(chart: &mut Chart, forecast: &Forecast, days: &Days) -> f64 {
    let top = chart.foot;
    let mut ends = [f64::NEG_INFINITY; ROWS];
    let mut placed = Vec::new();
    for (number, event, x) in sorted(forecast, days) {
        let name = called(event);
        let wide = metrics::width(&metrics::fit(name, SMALL, ROOM), SMALL);
        let left = x.min(super::RIGHT + 40.0 - wide).max(super::LEFT);
        let row = ends.iter().position(|end| left > *end);
        if let Some(row) = row {
            ends[row] = left + wide + 10.0;
            placed.push((number, name, x, left, row));
        }
    }
    let rows = placed.iter().map(|p| p.4 + 1).max().unwrap_or(0);
    for (number, name, x, left, row) in placed {
        let y = top + ROW * row as f64 + 11.0;
        let foot = top + ROW * rows as f64 + 4.0;
        chart.add(line((x, y + 3.0), (x, foot), 0.6));
        let event = Pointer::to("forecast").key("events").index(number);
        let shown = metrics::fit(name, SMALL, ROOM);
        if shown == name {
            let from = event.key(if name == told(forecast, number) {
                "title"
            } else {
                "name"
            });
            chart.add(value(&shown, left, y, SMALL, "start", &from));
        } else {
            chart.add(paper::label(name, left, y, SMALL, "start", ROOM));
        }
    }
    ROW * rows as f64 + 4.0
}

/// Lines through the picture where events are, or areas where they may be on several days.
pub(super) fn lines(chart: &mut Chart, forecast: &Forecast, days: &Days, top: f64, bottom: f64) {
    let hue = palette::party(5);
    for event in &forecast.events {
        let Some((first, last)) = named(&event.when) else {
            continue;
        };
        let (from, to) = (days.x(first), days.x(last));
        let says = format!("{} ({})", called(event), event.when);
        let mut mark = group().add(paper::tip(&says));
        if to - from > 1.5 {
            mark = mark.add(
                rectangle(from, top, to - from, bottom - top)
                    .set("class", hue.fill)
                    .set("fill", hue.light)
                    .set("fill-opacity", 0.12),
            );
        }
        chart.add(
            mark.add(
                line((from, top), (from, bottom), 1.0)
                    .set("stroke-dasharray", "2 3")
                    .set("data-event", at(from)),
            ),
        );
    }
}

/// The events that have days, in the order of the first.
fn sorted<'a>(forecast: &'a Forecast, days: &Days) -> Vec<(usize, &'a EventEntry, f64)> {
    let all = forecast.events.iter().enumerate();
    let mut all: Vec<(usize, &EventEntry, f64)> = all
        .filter_map(|(n, e)| Some((n, e, days.x(named(&e.when)?.0))))
        .collect();
    all.sort_by(|a, b| a.2.total_cmp(&b.2));
    all
}

fn called(event: &EventEntry) -> &str {
    let name = event.name.as_deref().unwrap_or_default();
    if event.title.is_empty() {
        name
    } else {
        &event.title
    }
}

fn told(forecast: &Forecast, number: usize) -> &str {
    forecast.events.get(number).map_or("", |e| &e.title)
}
