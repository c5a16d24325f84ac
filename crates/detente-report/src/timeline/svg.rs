//! The calendar as a picture: a lane for each track, days from left to right, numbers that the key explains.
//! Precedents are not drawn.

use detente_analysis::evidence::{EventFound, Tense};
use jiff::civil::Date;
use svg::node::element::{Circle, Group, Title};

use super::Calendar;
use crate::picture::paper::{at, group, line, over_dots, rectangle, sheet, text};
use crate::words;

/// The width of the paper.
const WIDTH: f64 = 960.0;

/// Room around everything.
const MARGIN: f64 = 20.0;

/// Where the lanes begin and end.
const LEFT: f64 = 130.0;
const RIGHT: f64 = WIDTH - MARGIN;

/// Where the first lane begins.
const TOP: f64 = 80.0;

/// The height of one row of marks.
const ROW: f64 = 22.0;

/// The height of one line of the key.
const LINE: f64 = 17.0;

/// A line of the key holds so many characters.
const KEY: usize = 130;

/// A heading holds so many characters, and the name of a lane so many.
const HEADING: usize = 95;
const LANE: usize = 16;

/// A bar is at least so wide: a few days of some years are still seen.
const BAR: f64 = 8.0;

/// An event with its place on the paper.
struct Placed<'a> {
    number: usize,
    event: &'a EventFound,
    from: f64,
    to: f64,
    lane: usize,
    row: usize,
}

/// The picture.
pub fn svg(calendar: &Calendar) -> String {
    let events: Vec<&EventFound> = calendar.timeline.events.iter().collect();
    let lanes = lanes(&events);
    let scale = Scale::of(&events, calendar.timeline.as_of.as_deref());
    let placed = place(&events, &lanes, &scale);
    let rows: Vec<usize> = (0..lanes.len())
        .map(|lane| {
            let of = placed.iter().filter(|p| p.lane == lane);
            of.map(|p| p.row + 1).max().unwrap_or(1)
        })
        .collect();
    let top_of = |lane: usize| {
        let before: usize = rows.iter().take(lane).sum();
        TOP + before as f64 * ROW + lane as f64 * 10.0
    };
    let bottom = top_of(lanes.len());
    let key = bottom + 50.0;
    let height = key + placed.len() as f64 * LINE + MARGIN;
    let called = match &calendar.negotiation {
        Some(title) => format!("{title}: the calendar"),
        None => "The calendar".to_owned(),
    };
    let said = format!(
        "{}; filled: has happened; hollow: to come, or not certain",
        words::count(placed.len(), "event")
    );
    let mut document = sheet(WIDTH, height, called.as_str(), said.as_str())
        .add(
            text(&shortened(&called, HEADING), MARGIN, 32.0, 18, "start")
                .set("font-weight", "bold"),
        )
        .add(text(&said, MARGIN, 54.0, 12, "start"));
    for (lane, name) in lanes.iter().enumerate() {
        let y = top_of(lane);
        let title = name.map_or("no track", |n| n);
        document = document
            .add(line((LEFT, y - 4.0), (RIGHT, y - 4.0), 0.5))
            .add(text(&shortened(title, LANE), MARGIN, y + 14.0, 12, "start"));
    }
    document = document.add(line((LEFT, bottom - 4.0), (RIGHT, bottom - 4.0), 0.5));
    document = document.add(axis(&scale, bottom));
    if let Some(day) = calendar
        .timeline
        .as_of
        .as_deref()
        .and_then(|d| d.parse().ok())
    {
        let x = scale.x(day);
        document = document
            .add(line((x, TOP - 8.0), (x, bottom), 1.5).set("stroke-dasharray", "4 3"))
            .add(text("as of", x, TOP - 11.0, 11, "middle"));
    }
    for one in &placed {
        document = document.add(mark(one, top_of(one.lane) + one.row as f64 * ROW));
    }
    for (line, one) in placed.iter().enumerate() {
        let y = key + line as f64 * LINE;
        document = document.add(text(&entry(one), MARGIN, y, 12, "start"));
    }
    let mut out = document.to_string();
    out.push('\n');
    out
}

/// The tracks at which something happens, in order of their first event, and `None` for events at none.
fn lanes<'a>(events: &[&'a EventFound]) -> Vec<Option<&'a str>> {
    let mut lanes: Vec<Option<&str>> = Vec::new();
    for event in events {
        let track = event.track.as_deref();
        if track.is_some() && !lanes.contains(&track) {
            lanes.push(track);
        }
    }
    if events.iter().any(|e| e.track.is_none()) {
        lanes.push(None);
    }
    lanes
}

/// From days to places on the paper.
struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    fn of(events: &[&EventFound], as_of: Option<&str>) -> Self {
        let days = events
            .iter()
            .flat_map(|e| [e.first.as_deref(), e.last.as_deref()]);
        let days = days
            .chain([as_of])
            .flatten()
            .filter_map(|d| d.parse::<Date>().ok());
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        let first = days.first().copied().unwrap_or_default();
        let last = days.last().copied().unwrap_or_default();
        Self { first, last }
    }

    fn x(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| f64::from((to - from).get_days());
        let all = days(self.first, self.last).max(1.0);
        let room = RIGHT - LEFT - 24.0;
        LEFT + 12.0 + room * days(self.first, day) / all
    }
}

/// Every event in its lane, in the first row where there is room.
fn place<'a>(events: &[&'a EventFound], lanes: &[Option<&str>], scale: &Scale) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let day = |d: &Option<String>| d.as_deref().and_then(|d| d.parse::<Date>().ok());
        let (first, last) = (day(&event.first), day(&event.last));
        let (Some(from), Some(to)) = (first.or(last), last.or(first)) else {
            continue;
        };
        let track = event.track.as_deref();
        let lane = lanes.iter().position(|l| *l == track).unwrap_or_default();
        let (from, to) = (scale.x(from), scale.x(to));
        let taken = |row: usize| {
            let mut others = placed.iter().filter(|p| p.lane == lane && p.row == row);
            others.any(|p| from < p.to + 30.0 && p.from < to + 30.0)
        };
        let row = (0..=events.len()).find(|r| !taken(*r)).unwrap_or_default();
        placed.push(Placed {
            number: at + 1,
            event,
            from,
            to,
            lane,
            row,
        });
    }
    placed
}

/// A dot for a day, a bar for several; filled when it has happened. The number stands to its right.
fn mark(one: &Placed<'_>, y: f64) -> Group {
    let past = one.event.tense == Tense::Past;
    let (class, fill) = if past {
        ("full", "#0072b2")
    } else {
        ("hollow", "#fff")
    };
    let group = group().add(Title::new(entry(one)));
    let middle = y + 9.0;
    let group = if one.to - one.from < 2.0 {
        group.add(
            Circle::new()
                .set("cx", at(one.from))
                .set("cy", at(middle))
                .set("r", 5)
                .set("class", class)
                .set("fill", fill)
                .set("stroke", "#0072b2")
                .set("stroke-width", 1.2),
        )
    } else {
        let wide = (one.to - one.from).max(BAR);
        let left = f64::midpoint(one.from, one.to) - wide / 2.0;
        group.add(
            rectangle(left, middle - 5.0, wide, 10.0)
                .set("rx", 4)
                .set("class", class)
                .set("fill", fill)
                .set("stroke", "#0072b2")
                .set("stroke-width", 1.2),
        )
    };
    group.add(over_dots(text(
        &one.number.to_string(),
        one.to + 8.0,
        middle + 4.0,
        11,
        "start",
    )))
}

/// Weeks when there are few of them, else months, or years when there are many.
fn axis(scale: &Scale, y: f64) -> Group {
    let mut group = group();
    let tick = |x: f64, label: &str, group: Group| {
        let line = line((x, y - 4.0), (x, y + 2.0), 1.0);
        group.add(line).add(text(label, x, y + 15.0, 10, "middle"))
    };
    let days = (scale.last - scale.first).get_days();
    let months = f64::from(days) / 30.0;
    if days <= 62 {
        for passed in (0..=days).step_by(7) {
            if let Ok(day) = scale.first.checked_add(jiff::Span::new().days(passed)) {
                group = tick(scale.x(day), &day.to_string(), group);
            }
        }
        return group;
    }
    let every = match months {
        m if m <= 14.0 => 1,
        m if m <= 42.0 => 3,
        _ => 12,
    };
    let mut day = scale.first.first_of_month();
    let mut drawn = 0;
    while day <= scale.last && drawn < 200 {
        let counts = every != 12 && (i32::from(day.month()) - 1) % every == 0;
        let yearly = every == 12 && day.month() == 1;
        if (counts || yearly) && day >= scale.first {
            let x = scale.x(day);
            let label = if every == 12 {
                day.year().to_string()
            } else {
                format!("{}-{:02}", day.year(), day.month())
            };
            group = tick(x, &label, group);
            drawn += 1;
        }
        let Ok(next) = day.checked_add(jiff::Span::new().months(1)) else {
            break;
        };
        day = next;
    }
    group
}

/// What the key says of an event.
fn entry(one: &Placed<'_>) -> String {
    let event = one.event;
    let mut text = format!("{}  {}  {}", one.number, event.when, event.kind);
    if let Some(title) = event.title.as_ref().or(event.name.as_ref()) {
        text.push_str(&format!(": {title}"));
    } else if !event.effects.is_empty() {
        text.push_str(&format!(": {}", event.effects.join("; ")));
    }
    shortened(&text, KEY)
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", short.trim_end())
}
