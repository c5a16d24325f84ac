//! Probability by date: all outcomes as shares of one, and each by itself against the words of ICD 203.
//!
//! A class has a value on the dates of the forecast and nowhere else: the lines between only join them. The lower part
//! shows what cannot be read off shares, the height of each and how far an estimate may be off.

mod days;
mod events;
mod parts;

use svg::node::element::{Circle, Polygon};

use self::days::Days;
use self::parts::Part;
use super::paper::{anchored, at, line, rectangle, soft, tick};
use super::pen::{self, Chart, LINE, MARGIN, SMALL, WIDTH, grid, path, through, value};
use super::{Asked, Kind, Picture, metrics};
use crate::document::{Form, Pointer};
use crate::dossier::Dossier;
use crate::forecast::Forecast;
use detente_analysis::model::estimative::BANDS;

pub(super) const KIND: Kind = Kind {
    name: "fan",
    says: "how probable each outcome is by when",
    needs: &["forecast"],
    draw,
};

/// Where the dates begin and end.
const LEFT: f64 = 166.0;
const RIGHT: f64 = 664.0;

/// Where the words beside the last date begin.
const BESIDE: f64 = 690.0;

/// How high a part is at least.
const HIGH: f64 = 250.0;

/// How high the part is when one outcome has all of it: there are no shares to compare.
const LOW: f64 = 46.0;

/// What is less probable than this throughout is not drawn by itself.
const LEAST: f64 = 0.005;

/// Half the width of a column, where there is one date only.
const COLUMN: f64 = 30.0;

fn draw(dossier: &Dossier, asked: &Asked) -> Option<Picture> {
    let forecast = dossier.forecast.as_ref()?;
    let parts = Part::all(forecast, asked);
    let shown: Vec<&Part> = parts.iter().filter(|p| p.most() >= LEAST).collect();
    if shown.is_empty() || forecast.dates.is_empty() {
        return None;
    }
    let days = Days::of(forecast, LEFT, RIGHT);
    let title = pen::titled(dossier.negotiation.as_ref(), "how probable by when");
    let mut chart = Chart::new("fan", title, says(forecast, &parts, &shown));
    chart.foot += 6.0;
    let whole = asked.class.is_none() && shown.iter().any(|p| p.is_class);
    let only = only(&shown).filter(|_| whole);
    if whole {
        let heading = match only {
            Some(_) => "One outcome on every date",
            None => "All outcomes together",
        };
        chart.heading(heading, MARGIN, chart.foot + 12.0, 500.0);
        chart.foot += 22.0;
        let top = chart.foot + events::draw(&mut chart, forecast, &days);
        shares(&mut chart, forecast, &days, &shown, top);
        chart.foot += 18.0;
    }
    if only.is_some() {
        closing(&mut chart, forecast, &parts, true);
        return Some(chart.done());
    }
    chart.heading("Each by itself", MARGIN, chart.foot + 12.0, 500.0);
    chart.foot += 22.0;
    let mut top = chart.foot + 4.0;
    if !whole {
        top += events::draw(&mut chart, forecast, &days);
    }
    each(&mut chart, forecast, &days, &shown, top);
    closing(&mut chart, forecast, &parts, false);
    Some(chart.done())
}

/// The outcome that is all there is to see, on every date.
fn only<'p>(shown: &[&'p Part]) -> Option<&'p Part> {
    match shown {
        [part] if part.is_class && part.least() > 1.0 - LEAST => Some(part),
        _ => None,
    }
}

/// What is shown, in words.
fn says(forecast: &Forecast, parts: &[Part], shown: &[&Part]) -> String {
    let last = forecast.dates.last().map_or("", String::as_str);
    let mut likely: Vec<(&Part, f64)> = shown.iter().map(|p| (*p, p.last())).collect();
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    let most: Vec<String> = likely
        .iter()
        .take(3)
        .filter(|(p, _)| p.last() >= LEAST)
        .map(|(p, _)| format!("{} ({})", p.name, p.word))
        .collect();
    let mut says = format!(
        "Probabilities from {} to {last}, as they follow from the model and what is assumed.",
        forecast.as_of
    );
    if let Some(only) = only(shown) {
        says.push_str(&format!(" On every date: {} ({}).", only.name, only.word));
    } else if !most.is_empty() {
        says.push_str(&format!(" On the last day: {}.", most.join(", ")));
    }
    if parts.iter().any(|p| p.errors.iter().any(Option::is_some)) {
        says.push_str(" The bands around lines are two standard errors of estimates.");
    }
    if forecast.stopped.is_some() {
        says.push_str(" The forecast is incomplete.");
    }
    says
}

/// All classes upon each other: together they are one.
fn shares(chart: &mut Chart, forecast: &Forecast, days: &Days, shown: &[&Part], top: f64) {
    let classes: Vec<&Part> = shown.iter().filter(|p| p.is_class).copied().collect();
    let alone = only(shown).is_some();
    let high = if alone {
        LOW
    } else {
        HIGH.max(LINE * (classes.len() as f64 + 2.0))
    };
    let bottom = top + high;
    let y = |sum: f64| bottom - high * sum.clamp(0.0, 1.0);
    let count = days.dates.len();
    // Down from one: the first class lies on top.
    let mut over = vec![1.0_f64; count];
    let mut middles = Vec::new();
    for part in &classes {
        let under: Vec<f64> = (0..count)
            .map(|n| (over[n] - part.at(n)).max(0.0))
            .collect();
        let band = edges(days, &over, &under, y);
        let hue = part.hue;
        chart.add(
            Polygon::new()
                .set("points", band)
                .set("class", format!("{} edge", hue.fill))
                .set("fill", hue.light)
                .set("fill-opacity", part.shade)
                .set("stroke", "#fff")
                .set("stroke-width", 1.2)
                .set("data-class", part.name.as_str()),
        );
        let last = count.saturating_sub(1);
        middles.push(y(f64::midpoint(over[last], under[last])));
        over = under;
    }
    if over.iter().any(|rest| *rest >= 1e-5) {
        let nothing = vec![0.0; count];
        chart.add(
            Polygon::new()
                .set("points", edges(days, &over, &nothing, y))
                .set("class", "rest edge")
                .set("fill", "#c9ccd1")
                .set("stroke", "#fff")
                .set("stroke-width", 1.2)
                .set("data-class", ""),
        );
    }
    // One outcome has no shares to be read off a scale: its name and number stand beside it.
    let scale: &[f64] = if alone { &[] } else { &[0.0, 0.5, 1.0] };
    for &share in scale {
        let says = format!("{:.0}\u{a0}%", share * 100.0);
        let place = y(share);
        chart.add(line((LEFT - 5.0, place), (LEFT, place), 1.0));
        chart.add(tick(anchored(&says, LEFT - 9.0, place + 4.0, SMALL, "end")));
    }
    events::lines(chart, forecast, days, top, bottom);
    days.axis(chart, bottom);
    beside(chart, days, &classes, &middles, (top, bottom));
    chart.foot = bottom + 24.0;
}

/// The outline of a band between two courses, as points.
fn edges(days: &Days, over: &[f64], under: &[f64], y: impl Fn(f64) -> f64) -> String {
    let mut places: Vec<(f64, f64)> = Vec::new();
    if let ([x], [a], [b]) = (days.dates.as_slice(), over, under) {
        let (left, right) = (x - COLUMN, x + COLUMN);
        places.extend([(left, y(*a)), (right, y(*a)), (right, y(*b)), (left, y(*b))]);
    } else {
        let forth = days.dates.iter().zip(over);
        places.extend(forth.map(|(x, sum)| (*x, y(*sum))));
        let back = days.dates.iter().zip(under).rev();
        places.extend(back.map(|(x, sum)| (*x, y(*sum))));
    }
    // Finer than elsewhere: heights are read off.
    let points = places.iter().map(|(x, y)| format!("{},{y:.3}", at(*x)));
    points.collect::<Vec<String>>().join(" ")
}

/// Each as a line, over the bands of ICD 203.
fn each(chart: &mut Chart, forecast: &Forecast, days: &Days, shown: &[&Part], top: f64) {
    let high = (HIGH + 70.0).max(LINE * (shown.len() as f64 + 1.0));
    let bottom = top + high;
    let y = |p: f64| bottom - high * p.clamp(0.0, 1.0);
    bands(chart, y);
    events::lines(chart, forecast, days, top, bottom);
    for part in shown {
        let hue = part.hue;
        let places: Vec<(f64, f64)> = (0..days.dates.len())
            .map(|n| (days.dates[n], y(part.at(n))))
            .collect();
        if part.errors.iter().any(Option::is_some) {
            let error = |n: usize| 2.0 * part.errors.get(n).copied().flatten().unwrap_or(0.0);
            let of = |sign: f64| {
                let values = (0..days.dates.len()).map(|n| part.at(n) + sign * error(n));
                values.collect::<Vec<f64>>()
            };
            chart.add(
                Polygon::new()
                    .set("points", edges(days, &of(1.0), &of(-1.0), y))
                    .set("class", hue.fill)
                    .set("fill", hue.light)
                    .set("fill-opacity", 0.2),
            );
        }
        chart.add(
            path(&through(&places))
                .set("class", hue.stroke)
                .set("stroke", hue.light)
                .set("stroke-width", 2)
                .set("stroke-dasharray", hue.dashes),
        );
        for (x, y) in &places {
            let dot = Circle::new().set("cx", at(*x)).set("cy", at(*y));
            chart.add(if part.again {
                dot.set("r", 3.2)
                    .set("class", format!("paper {}", hue.stroke))
                    .set("fill", "#fff")
                    .set("stroke", hue.light)
                    .set("stroke-width", 1.6)
            } else {
                dot.set("r", 2.6)
                    .set("class", hue.fill)
                    .set("fill", hue.light)
            });
        }
    }
    days.axis(chart, bottom);
    let mut order: Vec<&Part> = shown.to_vec();
    order.sort_by(|a, b| b.last().total_cmp(&a.last()));
    let ends: Vec<f64> = order.iter().map(|p| y(p.last())).collect();
    beside(chart, days, &order, &ends, (top, bottom));
    chart.foot = bottom + 30.0;
}

/// The bands of ICD 203 as a faint scale, with their words.
fn bands(chart: &mut Chart, y: impl Fn(f64) -> f64) {
    let last = BANDS.len() - 1;
    for (number, band) in BANDS.iter().enumerate() {
        let least = if number == 0 { 0 } else { band.least };
        let most = if number == last { 100 } else { band.most };
        let (top, bottom) = (y(f64::from(most) / 100.0), y(f64::from(least) / 100.0));
        if number % 2 == 0 {
            chart.add(
                rectangle(LEFT, top, RIGHT - LEFT, bottom - top)
                    .set("class", "band")
                    .set("fill", "#f1f3f6"),
            );
        }
        chart.add(grid((LEFT, top), (RIGHT, top)));
        let middle = f64::midpoint(top, bottom) + 4.0;
        let words = tick(anchored(band.likelihood, LEFT - 44.0, middle, SMALL, "end"));
        chart.add(soft(words));
        if number < last {
            let says = format!("{most}\u{a0}%");
            chart.add(tick(anchored(&says, LEFT - 5.0, top + 4.0, SMALL, "end")));
        }
    }
    for (share, says) in [(0.0, "0\u{a0}%"), (1.0, "100\u{a0}%")] {
        let place = y(share);
        chart.add(line((LEFT, place), (RIGHT, place), 1.0));
        chart.add(tick(anchored(says, LEFT - 5.0, place + 4.0, SMALL, "end")));
    }
}

/// Names and last values beside the last date.
fn beside(chart: &mut Chart, days: &Days, parts: &[&Part], ends: &[f64], span: (f64, f64)) {
    let places = pen::spread(ends, LINE, span.0 + 4.0, span.1);
    let edge = if let [x] = days.dates.as_slice() {
        x + COLUMN
    } else {
        days.dates.last().copied().unwrap_or(RIGHT)
    };
    for ((part, end), place) in parts.iter().zip(ends).zip(&places) {
        let hue = part.hue;
        chart.add(
            path(&through(&[
                (edge + 3.0, *end),
                (BESIDE - 14.0, *place),
                (BESIDE - 4.0, *place),
            ]))
            .set("class", hue.stroke)
            .set("stroke", hue.light)
            .set("stroke-width", 1),
        );
        let shown = Form::Percent(0).show(part.last());
        let says = shown.unwrap_or_default();
        let last = days.dates.len().saturating_sub(1);
        let from = part.from.key("at").index(last).key("value");
        let number = value(&says, BESIDE + 42.0, place + 4.0, 12, "end", &from);
        chart.add(
            number
                .set("class", hue.fill)
                .set("fill", hue.light)
                .set("font-weight", "bold"),
        );
        let room = WIDTH - MARGIN - BESIDE - 50.0;
        chart.add(super::paper::label(
            &part.name,
            BESIDE + 50.0,
            place + 4.0,
            12,
            "start",
            room,
        ));
    }
}

/// What is not drawn, and how lines are to be read, where there are any.
fn closing(chart: &mut Chart, forecast: &Forecast, parts: &[Part], alone: bool) {
    let absent: Vec<&str> = parts
        .iter()
        .filter(|p| p.most() < LEAST)
        .map(|p| p.name.as_str())
        .collect();
    let mut says = String::new();
    if !absent.is_empty() {
        says.push_str("Not drawn, as it is less than half a hundredth throughout: ");
        says.push_str(&absent.join(", "));
        says.push_str(". ");
    }
    if forecast.dates.len() > 1 && !alone {
        says.push_str("Values belong to the dates; the lines between only join them. ");
    }
    if parts.iter().any(|p| p.again && p.most() >= LEAST) {
        says.push_str("Where two outcomes have one colour, the second has open dots. ");
    }
    says.push_str(if alone {
        "The height of the band has no scale: it is all there is."
    } else {
        "The words on the left are the bands of ICD\u{a0}203."
    });
    let room = WIDTH - 2.0 * MARGIN;
    chart.paragraph(&says, 1 + metrics::lines(&says, pen::SIZE, room, 4).len());
}

/// The place of a target in the findings.
fn target(place: usize) -> Pointer {
    Pointer::to("forecast").key("targets").index(place)
}
