//! The calendar as a picture: a lane for each track, days from left to right, names at the marks, and a list of what
//! they are. Precedents are not drawn.

mod lanes;
mod scale;

use svg::node::element::{Circle, Group};

use self::lanes::{Lanes, Placed};
use self::scale::Scale;
use super::paper::{anchored, at, group, label, line, over_dots, rectangle, tick, tip};
use super::pen::{self, Chart, LINE, MARGIN, SIZE, SMALL, WIDTH, calm, grid, soft_lines, value};
use super::{Asked, Kind, Picture};
use crate::document::Pointer;
use crate::dossier::Dossier;
use crate::timeline::Calendar;
use detente_analysis::evidence::{EventFound, Tense};

pub(super) const KIND: Kind = Kind {
    name: "calendar",
    says: "what happened when, and what is ahead",
    needs: &["calendar"],
    draw,
};

/// Where the lanes begin and end.
const LEFT: f64 = 150.0;
const RIGHT: f64 = WIDTH - MARGIN;

/// The height of one row of marks.
const ROW: f64 = 20.0;

/// A bar is at least so wide: a few days of some years are still seen.
const BAR: f64 = 8.0;

fn draw(dossier: &Dossier, _asked: &Asked) -> Option<Picture> {
    let calendar = dossier.calendar.as_ref()?;
    let dated = |e: &EventFound| scale::days(e).is_some();
    calendar
        .timeline
        .events
        .iter()
        .any(dated)
        .then(|| picture(calendar))
}

/// The picture as SVG, also of a calendar in which nothing has a day.
pub(crate) fn svg(calendar: &Calendar) -> String {
    picture(calendar).svg
}

fn picture(calendar: &Calendar) -> Picture {
    let events: Vec<&EventFound> = calendar.timeline.events.iter().collect();
    let title = pen::titled(calendar.negotiation.as_ref(), "the calendar");
    let mut chart = Chart::new("calendar", title, says(&events));
    let today = calendar.timeline.as_of.as_deref();
    let scale = Scale::of(&events, today, LEFT + 12.0, RIGHT - 12.0);
    let lanes = Lanes::of(&events, &scale);
    chart.foot += if today.is_some() { 26.0 } else { 12.0 };
    let top = chart.foot;
    for (number, name) in lanes.names.iter().enumerate() {
        let y = top + lanes.top(number);
        chart.add(grid((MARGIN, y - 4.0), (RIGHT, y - 4.0)));
        let name = name.unwrap_or("at no track");
        chart.add(label(
            name,
            MARGIN,
            y + 14.0,
            SIZE,
            "start",
            LEFT - MARGIN - 10.0,
        ));
    }
    let bottom = top + lanes.top(lanes.names.len());
    axis(&mut chart, &scale, bottom);
    if let Some(day) = today.and_then(|d| d.parse().ok()) {
        let x = scale.x(day);
        chart.add(line((x, top - 10.0), (x, bottom), 1.5).set("stroke-dasharray", "4 3"));
        let from = Pointer::to("calendar").key("as_of");
        let name = today.unwrap_or_default();
        let wide = 36.0 + super::metrics::width(name, SMALL);
        let left = (x - wide / 2.0).clamp(LEFT, RIGHT - wide);
        chart.add(label("as of", left, top - 14.0, SMALL, "start", 36.0));
        chart.add(value(name, left + 33.0, top - 14.0, SMALL, "start", &from));
    }
    for one in &lanes.placed {
        let y = top + lanes.top(one.lane) + one.row as f64 * ROW;
        chart.add(mark(one, y));
    }
    chart.foot = bottom + 34.0;
    list(&mut chart, &lanes.placed);
    chart.done()
}

/// What is shown, in words.
fn says(events: &[&EventFound]) -> String {
    let past = |e: &&&EventFound| e.tense == Tense::Past;
    let mut says =
        String::from("Filled marks have happened; hollow ones are to come, or are not certain.");
    if let Some(event) = events.iter().rev().find(past) {
        says.push_str(&format!(
            " The last that has happened: {} ({}).",
            lanes::called(event),
            event.when
        ));
    }
    let ahead = |e: &&&EventFound| matches!(e.tense, Tense::Now | Tense::Coming);
    if let Some(event) = events.iter().find(ahead) {
        says.push_str(&format!(
            " The next: {} ({}).",
            lanes::called(event),
            event.when
        ));
    }
    says
}

/// A dot for a day, a bar for several; filled when it has happened. Its name stands to its right, or to its left
/// where there is no room.
fn mark(one: &Placed<'_>, y: f64) -> Group {
    let past = one.event.tense == Tense::Past;
    let hue = calm();
    let (class, fill) = if past {
        (format!("{} {}", hue.fill, hue.stroke), hue.light)
    } else {
        (format!("paper {}", hue.stroke), "#fff")
    };
    let says = format!("{} ({})", lanes::called(one.event), one.event.when);
    let group = group().add(tip(&says));
    let middle = y + 9.0;
    let group = if one.to - one.from < 2.0 {
        group.add(
            Circle::new()
                .set("cx", at(one.from))
                .set("cy", at(middle))
                .set("r", 5)
                .set("class", class)
                .set("fill", fill)
                .set("stroke", hue.light)
                .set("stroke-width", 1.4),
        )
    } else {
        let wide = (one.to - one.from).max(BAR);
        let left = f64::midpoint(one.from, one.to) - wide / 2.0;
        group.add(
            rectangle(left, middle - 5.0, wide, 10.0)
                .set("rx", 4)
                .set("class", class)
                .set("fill", fill)
                .set("stroke", hue.light)
                .set("stroke-width", 1.4),
        )
    };
    let (x, anchor) = one.label;
    // No line of a day runs through the name.
    let wide = super::metrics::width(&one.says, SMALL);
    let left = if anchor == "end" { x - wide } else { x };
    let under = rectangle(left - 2.0, middle - 6.0, wide + 4.0, 12.0);
    let group = if anchor == "start" && x < one.to {
        group
    } else {
        group.add(under.set("class", "paper").set("fill", "#fff"))
    };
    group.add(over_dots(anchored(
        &one.says,
        x,
        middle + 4.0,
        SMALL,
        anchor,
    )))
}

/// The days under the lanes.
fn axis(chart: &mut Chart, scale: &Scale, y: f64) {
    chart.add(line((LEFT, y - 4.0), (RIGHT, y - 4.0), 1.0));
    for (x, says) in scale.ticks(SMALL) {
        chart.add(line((x, y - 4.0), (x, y + 2.0), 1.0));
        let half = super::metrics::width(&says, SMALL) / 2.0;
        let x = x.clamp(LEFT + half, RIGHT + MARGIN - 4.0 - half);
        chart.add(tick(anchored(&says, x, y + 15.0, SMALL, "middle")));
    }
}

/// What happened when, a line for each.
fn list(chart: &mut Chart, placed: &[Placed<'_>]) {
    const KIND: f64 = MARGIN + 222.0;
    const SAYS: f64 = KIND + 100.0;
    for one in placed {
        let y = chart.foot + 12.0;
        let event = Pointer::to("calendar").key("events").index(one.place);
        let room = KIND - MARGIN - 12.0;
        if super::metrics::width(&one.event.when, SIZE) <= room {
            chart.add(value(
                &one.event.when,
                MARGIN,
                y,
                SIZE,
                "start",
                &event.key("when"),
            ));
        } else {
            chart.add(label(&one.event.when, MARGIN, y, SIZE, "start", room));
        }
        chart.add(soft_lines(&one.event.kind, KIND, chart.foot, SAYS - KIND - 10.0, 1).0);
        let mut says = lanes::called(one.event).to_owned();
        if !one.event.effects.is_empty() && says != one.event.effects.join("; ") {
            says.push_str(": ");
            says.push_str(&one.event.effects.join("; "));
        }
        let (words, high) = pen::lines(&says, SAYS, chart.foot, WIDTH - MARGIN - SAYS, 2);
        chart.add(words);
        chart.foot += high.max(LINE) + 2.0;
    }
}
