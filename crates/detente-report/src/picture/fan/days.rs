//! From days to places on the paper.

use jiff::civil::Date;

use crate::document::Pointer;
use crate::forecast::Forecast;
use crate::picture::metrics;
use crate::picture::paper::line;
use crate::picture::pen::{Chart, MARGIN, SMALL, value};

/// The dates of a forecast on the paper.
pub(super) struct Days {
    first: Option<Date>,
    last: Option<Date>,
    left: f64,
    right: f64,
    /// The places of the dates of the answers.
    pub(super) dates: Vec<f64>,
    names: Vec<String>,
}

impl Days {
    /// From the day of the knowledge to the last day.
    pub(super) fn of(forecast: &Forecast, left: f64, right: f64) -> Self {
        let ends = [&forecast.as_of, &forecast.until];
        let all = forecast.dates.iter().chain(ends);
        let all: Vec<Date> = all.filter_map(|d| d.parse().ok()).collect();
        let mut days = Self {
            first: all.iter().min().copied(),
            last: all.iter().max().copied(),
            left,
            right,
            dates: Vec::new(),
            names: forecast.dates.clone(),
        };
        let count = forecast.dates.len();
        let steps = count.saturating_sub(1).max(1) as f64;
        let place = |(number, date): (usize, &String)| match date.parse() {
            Ok(day) => days.x(day),
            // Days that are none, which no forecast has, lie at equal distances.
            Err(_) => left + (right - left) * number as f64 / steps,
        };
        let mut dates: Vec<f64> = forecast.dates.iter().enumerate().map(place).collect();
        if let [only] = dates.as_mut_slice() {
            *only = only.clamp(left + super::COLUMN, right - super::COLUMN);
        }
        days.dates = dates;
        days
    }

    /// Where a day lies; days outside lie at the ends.
    pub(super) fn x(&self, day: Date) -> f64 {
        let (Some(first), Some(last)) = (self.first, self.last) else {
            return self.left;
        };
        let all = f64::from((last - first).get_days()).max(1.0);
        let part = f64::from((day - first).get_days()) / all;
        self.left + (self.right - self.left) * part.clamp(0.0, 1.0)
    }

    /// The dates under a picture: the last, and of the others those for which there is room.
    pub(super) fn axis(&self, chart: &mut Chart, y: f64) {
        chart.add(line((self.left, y), (self.right, y), 1.0));
        let mut free = self.right + MARGIN + 30.0;
        for (number, x) in self.dates.iter().enumerate().rev() {
            chart.add(line((*x, y), (*x, y + 5.0), 1.0));
            let name = self.names.get(number).map_or("", String::as_str);
            let half = metrics::width(name, SMALL) / 2.0;
            if x + half + 8.0 > free {
                continue;
            }
            free = x - half;
            let from = Pointer::to("forecast").key("dates").index(number);
            chart.add(value(name, *x, y + 18.0, SMALL, "middle", &from));
        }
    }
}

/// The days that a time names, the first and the last: `2019-01-19 .. 2019-01-21`.
pub(super) fn named(when: &str) -> Option<(Date, Date)> {
    let mut days = when
        .split_whitespace()
        .filter_map(|w| w.parse::<Date>().ok());
    let first = days.next()?;
    Some((first, days.next_back().unwrap_or(first)))
}
